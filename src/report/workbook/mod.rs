//! `report.xlsx`: cover, index, charts, map, areas, sources, method and data quality, for people.

mod areas;
mod charts;
mod cover;
mod index;
mod layout;
mod live;
mod look;
mod map;
mod method;
mod notes;
mod page;
mod quality;
mod selection;
mod sources;
mod statistics;
mod ties;
mod trace;
mod weights;

use rayon::iter::{IndexedParallelIterator as _, IntoParallelIterator as _, ParallelIterator as _};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use super::View;
use super::file::ReportError;
use super::selection::{List, lists};
use super::stamp::Role;
use crate::language::Words;
use crate::message::labels;
use cover::Entry;
use index::Grid;
use live::Live;
use map::Maps;
pub(crate) use notes::made_from;
pub(crate) use page::notice;
pub(crate) use quality::meaning;
use trace::Trace;

/// Rows and columns of a sheet, less room for what stands above a list.
const ROW_LIMIT: usize = 1_048_000;
const COLUMN_LIMIT: usize = 16_384;
/// Characters of a custom property.
const PROPERTY_LIMIT: usize = 255;

/// The workbook as bytes; the same view gives the same bytes.
pub(crate) fn workbook(view: &View<'_>) -> Result<Vec<u8>, ReportError> {
    let units = view.figures.register.len();
    if units > ROW_LIMIT {
        return Err(ReportError::TooManyUnits { units });
    }
    let children: usize = view.figures.index.nodes.iter().map(|node| node.weights.len()).sum();
    let trace = Trace::new(view);
    let columns =
        13 + 4 * view.figures.method.nodes.len() + children + 2 * view.figures.index.outputs.len();
    if columns.max(trace.width()) > COLUMN_LIMIT {
        return Err(ReportError::TooManyColumns { columns: columns.max(trace.width()) });
    }
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(view)?);
    let areas = areas::names(view);
    let lists = view.chosen.map(|chosen| lists(view, chosen)).unwrap_or_default();
    let maps = Maps::of(view);
    let contents = contents(view, (&areas, maps.as_ref()), &lists);
    let live = Live::new(view);
    let grid = Grid::new(view, &live);
    let plan = index::Plan { live: &live, grid: &grid, trace: &trace };
    let mut sheets: Vec<Sheet<'_>> = vec![sheet(|sheet| cover::compose(sheet, view, &contents))];
    for (number, list) in (1..).zip(&lists) {
        sheets.push(sheet(move |sheet| selection::compose(sheet, view, list, number)));
    }
    sheets.push(sheet(|sheet| index::compose(sheet, view, plan)));
    sheets.push(sheet(|sheet| weights::compose(sheet, view, (&live, &grid))));
    if charts::has_any(view) {
        sheets.push(sheet(|sheet| charts::compose(sheet, view, (&live, &grid))));
    }
    if let Some(maps) = &maps {
        sheets.push(sheet(|sheet| map::compose(sheet, view, maps)));
    }
    for (summary, name) in areas.iter().enumerate() {
        sheets.push(sheet(move |sheet| areas::compose(sheet, view, name, summary)));
    }
    sheets.push(sheet(|sheet| ties::compose(sheet, view)));
    sheets.push(sheet(|sheet| trace::compose(sheet, view, &trace)));
    sheets.push(sheet(|sheet| sources::compose(sheet, view)));
    sheets.push(sheet(|sheet| method::compose(sheet, view)));
    sheets.push(sheet(|sheet| statistics::compose(sheet, view)));
    sheets.push(sheet(|sheet| quality::compose(sheet, view)));
    for sheet in written(sheets)? {
        workbook.push_worksheet(sheet);
    }
    Ok(workbook.save_to_buffer()?)
}

/// What fills a sheet. No sheet needs another one.
type Sheet<'s> = Box<dyn FnOnce(&mut Worksheet) -> Result<(), ReportError> + Send + 's>;

fn sheet<'s, E: Into<ReportError>>(
    write: impl FnOnce(&mut Worksheet) -> Result<(), E> + Send + 's,
) -> Sheet<'s> {
    Box::new(|sheet| write(sheet).map_err(Into::into))
}

/// The sheets, written at the same time as far as the machine can, in their order.
fn written(sheets: Vec<Sheet<'_>>) -> Result<Vec<Worksheet>, ReportError> {
    let write = |write: Sheet<'_>| {
        let mut sheet = Worksheet::new();
        write(&mut sheet).map(|()| sheet)
    };
    let written: Vec<_> = sheets.into_par_iter().with_max_len(1).map(write).collect();
    written.into_iter().collect()
}

fn contents(
    view: &View<'_>,
    (areas, maps): (&[String], Option<&Maps>),
    lists: &[List],
) -> Vec<Entry> {
    let word = |words: Words| words.text(view.language).to_owned();
    let entry = |sheet, about| Entry { sheet: word(sheet), about: word(about) };
    let mut contents: Vec<Entry> = lists
        .iter()
        .map(|list| Entry { sheet: list.name.clone(), about: list.about.clone() })
        .collect();
    contents.push(entry(labels::SHEET_INDEX, labels::ABOUT_INDEX));
    contents.push(entry(labels::SHEET_WEIGHTS, labels::ABOUT_WEIGHTS));
    if charts::has_any(view) {
        contents.push(entry(labels::SHEET_CHARTS, labels::ABOUT_CHARTS));
    }
    contents.extend(maps.map(|_| entry(labels::SHEET_MAP, labels::ABOUT_MAP)));
    let area = |sheet: &String| Entry { sheet: sheet.clone(), about: word(labels::ABOUT_SUMMARY) };
    contents.extend(areas.iter().map(area));
    contents.push(entry(labels::SHEET_TIES, labels::ABOUT_TIES));
    contents.push(entry(labels::SHEET_TRACE, labels::ABOUT_TRACE));
    contents.push(entry(labels::SHEET_SOURCES, labels::ABOUT_SOURCES));
    contents.push(entry(labels::SHEET_METHOD, labels::ABOUT_METHOD));
    contents.push(entry(labels::SHEET_STATISTICS, labels::ABOUT_STATISTICS));
    contents.push(entry(labels::SHEET_QUALITY, labels::ABOUT_QUALITY));
    contents
}

/// Title and digests, which file managers show without opening the file; no author and no clock.
fn properties(view: &View<'_>) -> Result<DocProperties, XlsxError> {
    let declared = view.stamp.created.as_deref().map(ExcelDateTime::parse_from_str);
    let created = match declared {
        Some(Ok(date)) => date,
        // What a person wrote as a date may be words; the property then says nothing.
        Some(Err(_)) | None => ExcelDateTime::from_ymd(1980, 1, 1)?,
    };
    let mut properties = DocProperties::new()
        .set_title(view.study.title.text(view.language))
        .set_subject(view.figures.method.title.text(view.language))
        .set_creation_datetime(&created)
        .set_custom_property("risk-index", short(&view.stamp.version))
        .set_custom_property("methodology", short(&view.figures.method.id))
        .set_custom_property("methodology version", short(&view.figures.method.version));
    for (name, role) in [
        ("study sha256", Role::Study),
        ("methodology sha256", Role::Methodology),
        ("programme sha256", Role::Programme),
        ("register sha256", Role::Register),
    ] {
        if let Some(digest) = view.stamp.digest(role) {
            properties = properties.set_custom_property(name, digest);
        }
    }
    Ok(properties)
}

fn short(text: &str) -> String {
    text.chars().take(PROPERTY_LIMIT).collect()
}

#[cfg(test)]
mod tests;
