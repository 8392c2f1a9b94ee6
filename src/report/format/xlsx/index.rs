//! The *Index* sheet: one row a unit, columns in groups, formulas where they say what was computed.

use rust_xlsxwriter::utility::{quote_sheet_name, row_col_to_cell};
use rust_xlsxwriter::{
    ColNum, ConditionalFormatCell, ConditionalFormatCellRule, Format, IgnoreError, RowNum,
    Sparkline, SparklineType, Url, Worksheet, XlsxError,
};

use super::formulas::Formulas;
use super::layout::{INDEX_FIRST, Places, TOP_ROWS, TRACE_FIRST, column, rows};
use super::page::{Heading, Page, giving_number, giving_text};
use super::styles::{self, CellStyles, Look};
use super::tables::{bars, cell, groups};
use crate::index::Mark;
use crate::message::labels;
use crate::report::model::{Book, Column, LiveOutput, Shown, Table};

/// Rows of the legend, of the check, of the groups, of the identifiers, of the header.
const LEGEND: RowNum = TOP_ROWS;
const CHECK: RowNum = TOP_ROWS + 1;
const GROUPS: RowNum = TOP_ROWS + 2;
const IDENTIFIERS: RowNum = TOP_ROWS + 3;
const HEADER: RowNum = TOP_ROWS + 4;
/// Links that one sheet may hold.
const LINK_LIMIT: usize = 65_530;

/// The sheet being written.
struct Sheet<'p, 'w> {
    page: Page<'p, 'w>,
    book: &'p Book<'p>,
    formulas: Formulas<'p>,
}

/// Composes the sheet.
pub(super) fn compose(
    sheet: &mut Worksheet,
    book: &Book<'_>,
    places: &Places,
) -> Result<(), XlsxError> {
    let name = labels::SHEET_INDEX.text(book.head.language);
    let mut page = Page::new(sheet, &book.head, name)?;
    page.simulation_title(name)?;
    let table = &book.index.table;
    legend(&mut page, table)?;
    let columns: Vec<&Column<'_>> = table.columns().iter().collect();
    let headings: Vec<Heading> = columns.iter().map(|column| Heading::of(column)).collect();
    page.table("IndexTable", HEADER, table.rows(), &headings)?;
    groups(&mut page, GROUPS, &columns)?;
    let formulas = Formulas { live: &book.live, places };
    let linked = linked(&columns, &book.index.shown, table.rows());
    let mut sheet = Sheet { page, book, formulas };
    for ((col, &column), &shown) in (0..).zip(&columns).zip(&book.index.shown) {
        sheet.page.text(IDENTIFIERS, col, &column.id, &styles::identifier())?;
        if let Some(note) = &column.note {
            sheet.page.note(HEADER, col, note)?;
        }
        if let Some(target) = column.link.filter(|_| linked.contains(&shown)) {
            sheet.links(col, target)?;
        }
        sheet.column(col, column, shown)?;
    }
    sheet.check()?;
    sheet.finish()
}

/// Columns whose cells are links: scores before measured values, as many columns as a sheet can
/// hold links for.
fn linked(columns: &[&Column<'_>], shown: &[Shown], units: usize) -> Vec<Shown> {
    let leads = |wanted: fn(&Shown) -> bool| {
        let pairs = columns.iter().zip(shown).filter(move |(_, shown)| wanted(shown));
        pairs.filter(|(column, _)| column.link.is_some()).map(|(_, shown)| *shown)
    };
    let scores = leads(|shown| matches!(shown, Shown::Aggregate(_)));
    let measured = leads(|shown| matches!(shown, Shown::Raw(_)));
    scores.chain(measured).take(LINK_LIMIT / units.max(1)).collect()
}

fn legend(page: &mut Page<'_, '_>, table: &Table<'_>) -> Result<(), XlsxError> {
    let [broadcast, imputed, quiet] = styles::legend_fonts();
    let signs = [
        labels::LEGEND_NOT_AVAILABLE,
        labels::LEGEND_CONFIDENTIAL,
        labels::LEGEND_NOT_APPLICABLE,
        labels::LEGEND_CONSTANT,
        labels::LEGEND_ZERO,
    ];
    let is_shown = |mark| table.columns().iter().any(|column| column.states.contains(&mark));
    let of_small = [
        (Mark::Substituted, labels::LEGEND_SUBSTITUTED),
        (Mark::Withheld, labels::LEGEND_WITHHELD),
    ];
    let of_small = of_small.into_iter().filter(|(mark, _)| is_shown(*mark));
    let signs = signs.into_iter().chain(of_small.map(|(_, sign)| sign));
    let signs = signs.map(|sign| page.word(sign)).collect::<Vec<_>>().join(", ");
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

impl Sheet<'_, '_> {
    /// Makes the cells of a column lead to where their node stands on the sheet *Trace*.
    fn links(&mut self, col: ColNum, target: usize) -> Result<(), XlsxError> {
        let sheet = quote_sheet_name(self.page.word(labels::SHEET_TRACE));
        for unit in 0..self.book.index.table.rows() {
            let cell = row_col_to_cell(TRACE_FIRST + rows(unit), column(target));
            let link = Url::new(format!("internal:{sheet}!{cell}")).set_text(" ");
            self.page.link(INDEX_FIRST + rows(unit), col, link)?;
        }
        Ok(())
    }

    /// Formulas with what the engine computed as their results; values and signs where a cell is
    /// not live.
    fn column(&mut self, col: ColNum, column: &Column<'_>, shown: Shown) -> Result<(), XlsxError> {
        if shown == Shown::Profile {
            return self.profile(col);
        }
        let styles = CellStyles::new(column, Look::Grid);
        for unit in 0..self.book.index.table.rows() {
            let place = (INDEX_FIRST + rows(unit), col);
            let state = column.states.get(unit);
            let is_measured = matches!(state, Some(Mark::Value | Mark::Substituted));
            let format = styles.of(column, unit);
            match (self.formulas.of(shown, unit, is_measured), column.cells.number(unit)) {
                (Some(formula), Some(number)) => {
                    self.page.formula(place, giving_number(&formula, number), format)?;
                }
                (Some(formula), None) => {
                    let word = column.cells.word(unit);
                    let sign = column.states.get(unit).map_or(":", |it| styles::missing_sign(*it));
                    let text = if word.is_empty() { sign } else { word };
                    // a changed weight may give a published score or a turn again
                    let format = match shown {
                        Shown::Published | Shown::Order | Shown::Rounded(_) => styles.of_value(),
                        _ => format,
                    };
                    self.page.formula(place, giving_text(&formula, text), format)?;
                }
                // who is outside the distribution has no place in it
                (None, _) if matches!(shown, Shown::Rounded(_)) => {}
                (None, _) => cell(&mut self.page, place, column, unit, &styles)?,
            }
        }
        self.colours(col, shown)
    }

    /// Columns of the normalised values, one drawing a unit, all on one scale.
    fn profile(&mut self, col: ColNum) -> Result<(), XlsxError> {
        let shown = &self.book.index.shown;
        let is_normalised = |shown: &&Shown| matches!(shown, Shown::Normalised(_));
        let mut found = shown.iter().filter(is_normalised);
        let Some(first) = found.next() else { return Ok(()) };
        let last = found.next_back().unwrap_or(first);
        let places = self.formulas.places;
        let (Some(first), Some(last)) = (places.column(*first), places.column(*last)) else {
            return Ok(());
        };
        let name = self.page.word(labels::SHEET_INDEX);
        let profile = Sparkline::new()
            .set_type(SparklineType::Column)
            .set_range((name, INDEX_FIRST, first, places.last(), last))
            .set_group_max(true)
            .set_group_min(true)
            .set_sparkline_color(styles::INK);
        self.page.sheet.add_sparkline_group(INDEX_FIRST, col, places.last(), col, &profile)?;
        Ok(())
    }

    /// Behind each live class its colour, light for the lowest: the word says the same.
    fn colours(&mut self, col: ColNum, shown: Shown) -> Result<(), XlsxError> {
        let Shown::Output(output) = shown else { return Ok(()) };
        let Some(LiveOutput::Class(_)) = self.formulas.live.outputs.get(&output) else {
            return Ok(());
        };
        let last = self.formulas.places.last();
        let sets = self.book.parameters.classes.iter().filter(|set| set.output == output);
        for set in sets {
            for (name, fill) in set.names.iter().zip(styles::class_fills(set.names.len())) {
                let rule = ConditionalFormatCellRule::EqualTo(name.clone());
                let format = Format::new().set_background_color(fill);
                let condition = ConditionalFormatCell::new().set_rule(rule).set_format(format);
                self.page.sheet.add_conditional_format(INDEX_FIRST, col, last, col, &condition)?;
            }
        }
        Ok(())
    }

    /// How many places differ between the engine's and the live column.
    fn check(&mut self) -> Result<(), XlsxError> {
        let places = self.formulas.places;
        let differing: Vec<String> = self
            .book
            .index
            .shown
            .iter()
            .filter_map(|shown| match shown {
                Shown::Computed(output) => Some((Shown::Output(*output), *shown)),
                Shown::Selected if places.column(Shown::Phase).is_some() => {
                    Some((Shown::Phase, *shown))
                }
                _ => None,
            })
            .map(|(live, computed)| {
                format!("SUMPRODUCT(--({}<>{}))", places.range(live), places.range(computed))
            })
            .collect();
        if differing.is_empty() {
            return Ok(());
        }
        let text = self.page.word(labels::CHECK);
        let formula = format!("\"{text}: \"&({})", differing.join("+"));
        self.page.formula(
            (CHECK, 0),
            giving_text(&formula, &format!("{text}: 0")),
            &styles::check(),
        )
    }

    fn finish(&mut self) -> Result<(), XlsxError> {
        let places = self.formulas.places;
        let last = places.last();
        let sheet = &mut *self.page.sheet;
        sheet.set_freeze_panes(INDEX_FIRST, 2)?;
        sheet.set_repeat_columns(0, 1)?;
        sheet.ignore_error_range(INDEX_FIRST, 0, last, 1, IgnoreError::NumberStoredAsText)?;
        let end = column(self.book.index.shown.len() - 1);
        sheet.ignore_error_range(INDEX_FIRST, 2, last, end, IgnoreError::FormulaDiffers)?;
        // How a value came about stays on the screen: with it a page is too wide to be read.
        sheet.set_print_area(0, 0, last, column(self.book.index.printed - 1))?;
        let score = self.book.index.headline.and_then(|shown| places.column(shown));
        if let Some(score) = score {
            sheet.add_conditional_format(INDEX_FIRST, score, last, score, &bars())?;
        }
        Ok(())
    }
}
