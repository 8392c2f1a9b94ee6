//! `report.xlsx`: cover, index, charts, map, areas, sources, method and data quality, for people.

mod areas;
mod charts;
mod cover;
mod index;
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

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::labels;
use super::selection::{List, lists};
use super::stamp::Role;
use super::{ReportError, View};
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
    let units = view.register.len();
    if units > ROW_LIMIT {
        return Err(ReportError::TooManyUnits { units });
    }
    let children: usize = view.index.nodes.iter().map(|node| node.weights.len()).sum();
    let trace = Trace::new(view);
    let columns = 13 + 4 * view.method.nodes.len() + children + 2 * view.index.outputs.len();
    if columns.max(trace.width()) > COLUMN_LIMIT {
        return Err(ReportError::TooManyColumns { columns: columns.max(trace.width()) });
    }
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(view)?);
    let areas = areas::names(view);
    let lists = view.chosen.map(|chosen| lists(view, chosen)).unwrap_or_default();
    let maps = Maps::of(view)?;
    cover::add(&mut workbook, view, &contents(view, (&areas, maps.as_ref()), &lists))?;
    for (number, list) in (1..).zip(&lists) {
        selection::add(&mut workbook, view, list, number)?;
    }
    let live = Live::new(view);
    let grid = Grid::new(view, &live);
    index::add(&mut workbook, view, index::Plan { live: &live, grid: &grid, trace: &trace })?;
    weights::add(&mut workbook, view, (&live, &grid))?;
    charts::add(&mut workbook, view, (&live, &grid))?;
    map::add(&mut workbook, view, maps.as_ref())?;
    for (summary, name) in areas.iter().enumerate() {
        areas::add(&mut workbook, view, name, summary)?;
    }
    ties::add(&mut workbook, view)?;
    trace::add(&mut workbook, view, &trace)?;
    sources::add(&mut workbook, view)?;
    method::add(&mut workbook, view)?;
    statistics::add(&mut workbook, view)?;
    quality::add(&mut workbook, view)?;
    Ok(workbook.save_to_buffer()?)
}

fn contents(
    view: &View<'_>,
    (areas, maps): (&[String], Option<&Maps>),
    lists: &[List],
) -> Vec<Entry> {
    let word = |words: labels::Words| words.text(view.language).to_owned();
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
        .set_subject(view.method.title.text(view.language))
        .set_creation_datetime(&created)
        .set_custom_property("risk-index", short(&view.stamp.version))
        .set_custom_property("methodology", short(&view.method.id))
        .set_custom_property("methodology version", short(&view.method.version));
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
