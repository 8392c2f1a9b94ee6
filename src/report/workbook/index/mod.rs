//! The *Index* sheet: one row a unit, from its class and score back to what was measured.

mod columns;
mod formulas;
mod headings;
mod links;
mod outputs;
mod selection;
mod weighted;

use rust_xlsxwriter::{
    ColNum, ConditionalFormatDataBar, Format, IgnoreError, RowNum, Sparkline, SparklineType,
    Worksheet, XlsxError,
};

use super::layout::{self, TOP_ROWS};
use super::live::{Live, Rounded};
use super::look::{self, NumberLook, Scale};
use super::page::{Heading, Page};
use super::trace::Trace;
use crate::index::{Column, Mark, OutputColumn, stats};
use crate::language;
use crate::message::labels;
use crate::report::view::Mask;
use crate::report::view::View;
use crate::report::{tables, words};
pub(super) use columns::{Grid, Shown};
use formulas::Formulas;
use headings::{heading, identifier};
pub(super) use weighted::weighted;

/// Rows of the legend, of the check, of the groups, of the identifiers, of the header.
const LEGEND: RowNum = TOP_ROWS;
const CHECK: RowNum = TOP_ROWS + 1;
const GROUPS: RowNum = TOP_ROWS + 2;
const IDENTIFIERS: RowNum = TOP_ROWS + 3;
const HEADER: RowNum = TOP_ROWS + 4;
/// First row of the units.
pub(super) const FIRST: RowNum = HEADER + 1;

/// The sheet being written.
struct Sheet<'p, 'a, 'w> {
    page: &'p mut Page<'a, 'w>,
    formulas: Formulas<'p, 'a>,
}

/// What the sheet is made with.
#[derive(Clone, Copy)]
pub(super) struct Plan<'p, 'a> {
    /// What is live.
    pub(super) live: &'p Live,
    /// The columns.
    pub(super) grid: &'p Grid,
    /// Where scores and measured values lead.
    pub(super) trace: &'p Trace<'a>,
}

/// Composes the sheet.
pub(super) fn compose(
    sheet: &mut Worksheet,
    view: &View<'_>,
    Plan { live, grid, trace }: Plan<'_, '_>,
) -> Result<(), XlsxError> {
    let name = labels::SHEET_INDEX.text(view.language);
    let mut page = Page::new(sheet, view, name)?;
    page.simulation_title(name)?;
    legend(&mut page)?;
    let reference = layout::reference(view);
    let formulas = Formulas { view, live, grid, sheet: &reference };
    let headings: Vec<Heading> = grid.columns.iter().map(|&it| heading(&formulas, it)).collect();
    page.table("IndexTable", HEADER, view.figures.register.len(), &headings)?;
    let mut sheet = Sheet { page: &mut page, formulas };
    sheet.groups()?;
    let linked = links::linked(view, grid);
    for (column, &shown) in (0..).zip(&grid.columns) {
        let identifier = identifier(view, shown);
        sheet.page.text(IDENTIFIERS, column, &identifier, &look::identifier())?;
        if let Some(node) = linked.iter().find(|(it, _)| *it == shown).map(|(_, node)| *node) {
            sheet.links(column, node, trace)?;
        }
        sheet.column(column, shown)?;
    }
    sheet.check()?;
    sheet.finish()
}

fn legend(page: &mut Page<'_, '_>) -> Result<(), XlsxError> {
    let [broadcast, imputed, quiet] = look::legend_fonts();
    let signs = [
        labels::LEGEND_NOT_AVAILABLE,
        labels::LEGEND_CONFIDENTIAL,
        labels::LEGEND_NOT_APPLICABLE,
        labels::LEGEND_CONSTANT,
        labels::LEGEND_ZERO,
    ];
    let signs = signs.map(|sign| page.word(sign)).join(", ");
    let texts = [
        (&quiet, format!("{}: ", page.word(labels::LEGEND))),
        (&broadcast, page.word(labels::LEGEND_BROADCAST).to_owned()),
        (&quiet, " · ".to_owned()),
        (&imputed, page.word(labels::LEGEND_IMPUTED).to_owned()),
        (
            &quiet,
            format!(
                " · {signs} · {} · {}",
                page.word(labels::LEGEND_LIVE),
                page.word(labels::LEGEND_LINKS)
            ),
        ),
    ];
    let segments: Vec<(&Format, &str)> =
        texts.iter().map(|(font, text)| (*font, text.as_str())).collect();
    page.sheet.write_rich_string(LEGEND, 0, &segments)?;
    Ok(())
}

impl Sheet<'_, '_, '_> {
    /// One line above the header that says which columns belong together.
    fn groups(&mut self) -> Result<(), XlsxError> {
        let (view, columns) = (self.page.view, &self.formulas.grid.columns);
        let mut from = 0;
        while from < columns.len() {
            let group = columns[from].group(view);
            let alike = columns[from..].iter().take_while(|shown| shown.group(view) == group);
            let end = from + alike.count();
            let text = self.page.word(group);
            self.page.group(GROUPS, (column_number(from), column_number(end - 1)), text)?;
            from = end;
        }
        Ok(())
    }

    fn column(&mut self, column: ColNum, shown: Shown) -> Result<(), XlsxError> {
        let (view, figures) = (self.page.view, self.page.view.figures);
        let results = &figures.index.nodes;
        let scale = |node| figures.broadcast_level(node).map_or(Scale::Own, |_| Scale::Broadcast);
        match shown {
            Shown::Code => self.texts(column, figures.register.codes().iter().map(String::as_str)),
            Shown::Name => self.texts(column, figures.register.names().iter().map(String::as_str)),
            Shown::Place(at) => {
                let place = tables::PLACES[at];
                let shown = (0..figures.register.len()).map(|unit| {
                    words::named(labels::KINDS, figures.register_text(place, unit), view.language)
                });
                self.texts(column, shown)
            }
            Shown::Raw(node) => {
                self.page.note(HEADER, column, &super::notes::indicator(view, node))?;
                self.values(column, &results[node].raw, scale(node))
            }
            Shown::Normalised(node) => {
                self.page.note(HEADER, column, &super::notes::normalised(view, node))?;
                let Some(norm) = self.formulas.live.norms.get(&node) else {
                    return self.values(column, &results[node].value, scale(node));
                };
                let formulas = self.formulas;
                let look = number_look(&results[node].value, scale(node));
                // what a rule filled in has no measured cell to point at
                let is_live = |mark| mark == Mark::Value;
                let formula = |_, row| formulas.normalised(node, norm, row);
                self.live((column, is_live), &results[node].value, &look, formula)
            }
            Shown::Weighted(node, child) => {
                let weighted = weighted(view, node, child);
                let formulas = self.formulas;
                let look = number_look(&weighted, Scale::Own);
                let formula = |unit, row| formulas.weighted(node, child, (unit, row));
                self.live((column, |_| true), &weighted, &look, formula)
            }
            Shown::Aggregate(node) => {
                self.page.note(HEADER, column, &super::notes::aggregate(view, node))?;
                if !self.formulas.live.aggregates.contains(&node) {
                    return self.values(column, &results[node].value, Scale::Own);
                }
                let formulas = self.formulas;
                let look = number_look(&results[node].value, Scale::Own);
                let formula = |unit, row| formulas.score(node, (unit, row));
                self.live((column, |_| true), &results[node].value, &look, formula)
            }
            Shown::Output(output) => self.output(column, output),
            Shown::Computed(output) => match &figures.index.outputs[output].column {
                OutputColumn::Numbers(numbers) => self.values(column, numbers, Scale::Broadcast),
                OutputColumn::Classes(_) => Ok(()),
            },
            Shown::Rounded(rounded) => self.rounded(column, rounded),
            Shown::Profile => self.profile(column),
            Shown::Order | Shown::Phase | Shown::Published | Shown::Turn => {
                match &self.formulas.live.phases {
                    Some(phases) => self.live_selection(column, shown, phases),
                    None => Ok(()),
                }
            }
            Shown::Selected => self.selected(column),
        }
    }

    fn rounded(&mut self, column: ColNum, rounded: Rounded) -> Result<(), XlsxError> {
        let view = self.page.view;
        let result = &view.figures.index.nodes[rounded.node];
        let values = if rounded.raw { &result.raw } else { &result.value };
        let look = NumberLook::new("0.000000000", Scale::Broadcast);
        let format = look.of(Mark::Value).clone();
        for (unit, row) in (0..view.figures.register.len()).zip(FIRST..) {
            if !view.figures.index.ranked[unit] {
                continue;
            }
            let formula = self.formulas.rounded(rounded, row);
            match values.value(unit) {
                Some(value) => {
                    let value = stats::half_up(value, rounded.decimals);
                    self.page.formula((row, column), &formula, value, &format)?;
                }
                None => self.page.formula_text((row, column), &formula, ":", &format)?,
            }
        }
        Ok(())
    }

    /// Columns of the normalised values, one drawing a unit, all on one scale.
    fn profile(&mut self, column: ColNum) -> Result<(), XlsxError> {
        let grid = self.formulas.grid;
        let is_normalised = |shown: &&Shown| matches!(shown, Shown::Normalised(_));
        let found = || grid.columns.iter().filter(is_normalised);
        let ends = found().next().zip(found().next_back());
        let Some((first, last)) = ends else { return Ok(()) };
        let (Some(first), Some(last)) = (grid.column(*first), grid.column(*last)) else {
            return Ok(());
        };
        let name = labels::SHEET_INDEX.text(self.page.view.language);
        let profile = Sparkline::new()
            .set_type(SparklineType::Column)
            .set_range((name, FIRST, first, grid.last, last))
            .set_group_max(true)
            .set_group_min(true)
            .set_sparkline_color(look::INK);
        self.page.sheet.add_sparkline_group(FIRST, column, grid.last, column, &profile)?;
        Ok(())
    }

    fn texts<'t>(
        &mut self,
        column: ColNum,
        mut texts: impl Iterator<Item = &'t str>,
    ) -> Result<(), XlsxError> {
        let format = look::cell();
        let mut rows = FIRST..;
        texts.try_for_each(|text| {
            self.page.text(rows.next().expect("rows do not run out"), column, text, &format)
        })
    }

    fn values(&mut self, column: ColNum, cells: &Column, scale: Scale) -> Result<(), XlsxError> {
        self.formatted(column, cells, &number_look(cells, scale))
    }

    fn formatted(
        &mut self,
        column: ColNum,
        cells: &Column,
        look: &NumberLook,
    ) -> Result<(), XlsxError> {
        self.live((column, |_| false), cells, look, |_, _| String::new())
    }

    /// Formulas with what the engine computed as their results; values and signs where a cell is
    /// not live.
    fn live(
        &mut self,
        (column, is_live): (ColNum, impl Fn(Mark) -> bool),
        cells: &Column,
        look: &NumberLook,
        formula: impl Fn(usize, RowNum) -> String,
    ) -> Result<(), XlsxError> {
        let rows = FIRST..;
        for (row, (unit, &mark)) in rows.zip(cells.marks().iter().enumerate()) {
            let format = look.of(mark);
            // what a formula says of masked cells would not be what the engine computed
            let is_live = is_live(mark) && self.page.view.mask(unit) == Mask::Nothing;
            match (cells.value(unit), is_live) {
                (Some(value), true) => {
                    self.page.formula((row, column), &formula(unit, row), value, format)?;
                }
                (Some(value), false) => self.page.number(row, column, value, format)?,
                (None, true) => {
                    let sign = look::missing_sign(mark);
                    self.page.formula_text((row, column), &formula(unit, row), sign, format)?;
                }
                (None, false) => {
                    self.page.text(row, column, look::missing_sign(mark), format)?;
                }
            }
        }
        Ok(())
    }

    /// How many places differ between the engine's and the live column.
    fn check(&mut self) -> Result<(), XlsxError> {
        let grid = self.formulas.grid;
        let differing: Vec<String> = grid
            .columns
            .iter()
            .filter_map(|shown| match shown {
                Shown::Computed(output) => Some((Shown::Output(*output), *shown)),
                Shown::Selected if grid.column(Shown::Phase).is_some() => {
                    Some((Shown::Phase, *shown))
                }
                _ => None,
            })
            .map(|(live, computed)| {
                format!("SUMPRODUCT(--({}<>{}))", grid.range(live), grid.range(computed))
            })
            .collect();
        if differing.is_empty() {
            return Ok(());
        }
        let text = self.page.word(labels::CHECK);
        let formula = format!("\"{text}: \"&({})", differing.join("+"));
        self.page.formula_text((CHECK, 0), &formula, &format!("{text}: 0"), &look::check())
    }

    fn finish(&mut self) -> Result<(), XlsxError> {
        let (view, grid) = (self.page.view, self.formulas.grid);
        let last = grid.last;
        let sheet = &mut *self.page.sheet;
        sheet.set_freeze_panes(FIRST, 2)?;
        sheet.set_repeat_columns(0, 1)?;
        sheet.ignore_error_range(FIRST, 0, last, 1, IgnoreError::NumberStoredAsText)?;
        let end = column_number(grid.columns.len() - 1);
        sheet.ignore_error_range(FIRST, 2, last, end, IgnoreError::FormulaDiffers)?;
        // How a value came about stays on the screen: with it a page is too wide to be read.
        let is_printed = |shown: &&Shown| {
            matches!(
                shown.group(view),
                labels::GROUP_UNIT | labels::GROUP_RESULT | labels::GROUP_MEASURED
            )
        };
        let printed = grid.columns.iter().filter(is_printed).count();
        sheet.set_print_area(0, 0, last, column_number(printed - 1))?;
        let score = view.figures.headline().and_then(|node| grid.column(Shown::Aggregate(node)));
        if let Some(column) = score {
            let bars = ConditionalFormatDataBar::new()
                .set_fill_color(look::BAR)
                .set_solid_fill(true)
                .set_border_off(true);
            sheet.add_conditional_format(FIRST, column, last, column, &bars)?;
        }
        Ok(())
    }
}

fn number_look(cells: &Column, scale: Scale) -> NumberLook {
    NumberLook::new(&look::number_format(language::decimals(cells.values())), scale)
}

fn column_number(at: usize) -> ColNum {
    ColNum::try_from(at).unwrap_or(ColNum::MAX)
}
