//! The *Index* sheet: one row a unit, from what was measured to its class.

use rust_xlsxwriter::{
    ColNum, ConditionalFormatDataBar, Format, IgnoreError, RowNum, Workbook, XlsxError,
};

use super::look::{self, NumberLook, Scale};
use super::page::{Heading, Page, TOP_ROWS};
use crate::index::{Column, OutputColumn};
use crate::report::view::View;
use crate::report::{labels, numbers, tables, words};

/// Row of the legend, of the identifiers, of the header.
const LEGEND: RowNum = TOP_ROWS;
const IDENTIFIERS: RowNum = TOP_ROWS + 1;
const HEADER: RowNum = TOP_ROWS + 2;
/// First row of the units.
const FIRST: RowNum = HEADER + 1;

/// What a column of the sheet shows. Nodes and outputs by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Code,
    Name,
    Place(usize),
    Raw(usize),
    Normalised(usize),
    Aggregate(usize),
    Output(usize),
}

/// Adds the sheet.
pub(super) fn add(workbook: &mut Workbook, view: &View<'_>) -> Result<(), XlsxError> {
    let name = labels::SHEET_INDEX.text(view.language);
    let mut page = Page::add(workbook, view, name)?;
    let columns = columns(view);
    legend(&mut page)?;
    let headings: Vec<Heading> = columns.iter().map(|&shown| heading(view, shown)).collect();
    page.table("IndexTable", HEADER, view.register.len(), &headings)?;
    let mut grouped = (0..).zip(&columns);
    grouped.try_for_each(|(column, &shown)| write_column(&mut page, column, shown))?;
    page.sheet.set_freeze_panes(FIRST, 2)?;
    page.sheet.set_repeat_columns(0, 1)?;
    let last = FIRST + RowNum::try_from(view.register.len() - 1).unwrap_or(0);
    page.sheet.ignore_error_range(FIRST, 0, last, 1, IgnoreError::NumberStoredAsText)?;
    score_bars(&mut page, &columns, last)
}

fn columns(view: &View<'_>) -> Vec<Shown> {
    let nodes = || view.method.nodes.iter().enumerate();
    let indicators = nodes().filter(|(_, node)| node.is_indicator());
    let aggregates = nodes().filter(|(_, node)| !node.is_indicator());
    let mut columns = vec![Shown::Code, Shown::Name];
    columns.extend((0..tables::PLACES.len()).map(Shown::Place));
    columns.extend(indicators.flat_map(|(at, _)| [Shown::Raw(at), Shown::Normalised(at)]));
    columns.extend(aggregates.map(|(at, _)| Shown::Aggregate(at)));
    columns.extend((0..view.index.outputs.len()).map(Shown::Output));
    columns
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
        (&quiet, format!(" · {signs}")),
    ];
    let segments: Vec<(&Format, &str)> =
        texts.iter().map(|(font, text)| (*font, text.as_str())).collect();
    page.sheet.write_rich_string(LEGEND, 0, &segments)?;
    Ok(())
}

fn heading(view: &View<'_>, shown: Shown) -> Heading {
    let word = |words: labels::Words| words.text(view.language);
    match shown {
        Shown::Code => Heading::new(word(labels::CODE), 9),
        Shown::Name => Heading::new(word(labels::NAME), 24),
        Shown::Place(0) => Heading::new(word(labels::KIND), 12),
        Shown::Place(1) => Heading::new(word(labels::COUNTY), 15),
        Shown::Place(_) => Heading::new(word(labels::REGION), 17),
        Shown::Raw(node) => {
            let title = view.node_title(node);
            match view.broadcast_level(node) {
                None => Heading::new(title, 12),
                Some(level) => {
                    let level = words::named(labels::LEVELS, level, view.language);
                    let text = format!("{title} · {} {level}", word(labels::VALUE_OF));
                    Heading { format: look::broadcast_header(), ..Heading::new(text, 12) }
                }
            }
        }
        Shown::Normalised(node) => {
            let label = view.node_label(node);
            let heading = Heading::new(format!("{label} – {}", word(labels::NORMALISED)), 12);
            match view.broadcast_level(node) {
                None => heading,
                Some(_) => Heading { format: look::broadcast_header(), ..heading },
            }
        }
        Shown::Aggregate(node) => Heading::new(view.node_title(node), 12),
        Shown::Output(output) => {
            let width = match view.index.outputs[output].column {
                OutputColumn::Numbers(_) => 10,
                OutputColumn::Classes(_) => 16,
            };
            Heading::new(view.output_title(output), width)
        }
    }
}

fn write_column(page: &mut Page<'_, '_>, column: ColNum, shown: Shown) -> Result<(), XlsxError> {
    let view = page.view;
    let identifier = match shown {
        Shown::Code => "code".to_owned(),
        Shown::Name => "name".to_owned(),
        Shown::Place(at) => tables::PLACES[at].to_owned(),
        Shown::Raw(node) | Shown::Aggregate(node) => view.method.nodes[node].id.clone(),
        Shown::Normalised(node) => format!("{}.normalised", view.method.nodes[node].id),
        Shown::Output(output) => view.index.outputs[output].id.clone(),
    };
    page.text(IDENTIFIERS, column, &identifier, &look::identifier())?;
    let own = Scale::Own;
    let of_node = |node| view.broadcast_level(node).map_or(own, |_| Scale::Broadcast);
    let results = &view.index.nodes;
    match shown {
        Shown::Code => texts(page, column, view.register.codes().iter().map(String::as_str)),
        Shown::Name => texts(page, column, view.register.names().iter().map(String::as_str)),
        Shown::Place(at) => {
            let place = tables::PLACES[at];
            let units = 0..view.register.len();
            let shown = units.map(|unit| {
                words::named(labels::KINDS, view.register_text(place, unit), view.language)
            });
            texts(page, column, shown)
        }
        Shown::Raw(node) => {
            page.note(HEADER, column, &super::notes::indicator(view, node))?;
            cells(page, column, &results[node].raw, of_node(node))
        }
        Shown::Normalised(node) => {
            page.note(HEADER, column, &super::notes::normalised(view, node))?;
            cells(page, column, &results[node].value, of_node(node))
        }
        Shown::Aggregate(node) => {
            page.note(HEADER, column, &super::notes::aggregate(view, node))?;
            cells(page, column, &results[node].value, own)
        }
        Shown::Output(output) => match &view.index.outputs[output].column {
            OutputColumn::Numbers(numbers) => cells(page, column, numbers, own),
            OutputColumn::Classes(classes) => {
                let words = classes.iter().map(|class| class.as_deref().unwrap_or(":"));
                let format = look::set_off();
                (FIRST..)
                    .zip(words)
                    .try_for_each(|(row, word)| page.text(row, column, word, &format))
            }
        },
    }
}

fn texts<'t>(
    page: &mut Page<'_, '_>,
    column: ColNum,
    texts: impl Iterator<Item = &'t str>,
) -> Result<(), XlsxError> {
    let format = look::cell();
    (FIRST..).zip(texts).try_for_each(|(row, text)| page.text(row, column, text, &format))
}

fn cells(
    page: &mut Page<'_, '_>,
    column: ColNum,
    cells: &Column,
    scale: Scale,
) -> Result<(), XlsxError> {
    let look = NumberLook::new(numbers::decimals(cells.values()), scale);
    for (row, (&value, &mark)) in (FIRST..).zip(cells.values().iter().zip(cells.marks())) {
        let format = look.of(mark);
        if mark.has_value() {
            page.number(row, column, value, format)?;
        } else {
            page.text(row, column, look::missing_sign(mark), format)?;
        }
    }
    Ok(())
}

fn score_bars(page: &mut Page<'_, '_>, columns: &[Shown], last: RowNum) -> Result<(), XlsxError> {
    let score = page.view.headline().map(Shown::Aggregate);
    let Some(column) = columns.iter().position(|&shown| Some(shown) == score) else {
        return Ok(());
    };
    let column = ColNum::try_from(column).unwrap_or(ColNum::MAX);
    let bars = ConditionalFormatDataBar::new()
        .set_fill_color(look::BAR)
        .set_solid_fill(true)
        .set_border_off(true);
    page.sheet.add_conditional_format(FIRST, column, last, column, &bars)?;
    Ok(())
}
