//! A table with several rows for most of its areas: which columns tell them apart, and the line that
//! takes one of them.

use std::collections::{BTreeMap, BTreeSet};

use super::columns;
use super::header::Header;
use crate::ingest::labels::{fold, trim};
use crate::ingest::rows::{DataRow, KeyColumns, OpenFile, Subject};
use crate::language;
use crate::message::ingest::declared as message;
use crate::quality::{Finding, column_letters};
use crate::study::Parts;
use crate::study::expression::can_be_named;

/// The fewest areas with several rows.
const FEWEST: usize = 3;
/// A column with more values than this is no period or kind.
const MOST_VALUES: usize = 1_000;
/// The most columns that are looked at.
const MOST_COLUMNS: usize = 60;
/// Several rows for most areas of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SeveralRows {
    /// How many areas have several.
    pub(super) areas: usize,
    /// How many rows they have.
    pub(super) rows: usize,
    /// The columns that tell them apart.
    pub(super) columns: Vec<String>,
    /// The line of the source that takes the newest of them.
    pub(super) line: String,
    /// Whether some of them are totals of the others, by what such a column says.
    pub(super) has_totals: bool,
}

impl SeveralRows {
    /// The finding that none of the areas was given a value; nothing where `parts` sums their rows and
    /// none of them is a total of the others.
    pub(super) fn finding(&self, file: &OpenFile<'_>) -> Option<Finding> {
        let place = file.sheet.place();
        match file.source.parts {
            Parts::None => {
                let counts = [self.areas, self.rows];
                Some(message::several_rows(counts, &self.columns, &self.line, place))
            }
            Parts::Sum => self
                .has_totals
                .then(|| message::totals_among_parts(self.areas, &self.columns, &self.line, place)),
        }
    }
}

/// A column that may tell the rows of an area apart, with its text in each of them.
struct Telling {
    name: String,
    texts: Vec<String>,
}

/// The rows of areas that have several, where most areas do and columns beside key and measures tell
/// them apart.
pub(super) fn several_rows(
    header: &Header,
    key: &KeyColumns,
    measures: &[Option<u32>],
    rows: &[DataRow<'_>],
) -> Option<SeveralRows> {
    let of_areas = || {
        rows.iter().filter_map(|row| match row.recognised.subject {
            Subject::Area(area) => Some((area, row)),
            _ => None,
        })
    };
    let mut areas: Vec<usize> = of_areas().map(|(area, _)| area).collect();
    let named = areas.len();
    areas.sort_unstable();
    areas.dedup();
    if named - areas.len() < FEWEST {
        return None;
    }
    let mut by_area: BTreeMap<usize, Vec<&DataRow<'_>>> = BTreeMap::new();
    of_areas().for_each(|(area, row)| by_area.entry(area).or_default().push(row));
    let all = by_area.len();
    by_area.retain(|_, rows| rows.len() > 1);
    if by_area.len() < FEWEST || by_area.len() * 2 < all {
        return None;
    }
    let taken: BTreeSet<u32> = key.parts().chain(measures.iter().flatten().copied()).collect();
    let free = header.columns.iter().map(|column| column.column).filter(|it| !taken.contains(it));
    let groups: Vec<Vec<&DataRow<'_>>> = by_area.into_values().collect();
    let telling = free.take(MOST_COLUMNS).filter_map(|column| telling(header, column, &groups));
    let sizes: Vec<usize> = groups.iter().map(Vec::len).collect();
    let chosen = fewest(telling.collect(), &sizes)?;
    let columns = chosen.iter().map(|column| column.name.clone()).collect();
    let condition = newest(&chosen);
    let is_total = |text: &String| fold(text).starts_with("total");
    let has_totals = chosen
        .iter()
        .any(|column| column.texts.iter().any(is_total) && !column.texts.iter().all(is_total));
    Some(SeveralRows {
        areas: sizes.len(),
        rows: sizes.iter().sum(),
        columns,
        line: format!("rows = {}", toml::Value::from(condition)),
        has_totals,
    })
}

/// A column as one of periods or kinds: it has few values, of which most areas have most.
fn telling(header: &Header, column: u32, groups: &[Vec<&DataRow<'_>>]) -> Option<Telling> {
    let mut texts = Vec::new();
    let mut values = BTreeSet::new();
    let mut in_areas = 0;
    let mut differs = false;
    for group in groups {
        let mut own = BTreeSet::new();
        for row in group {
            let text = trim(&row.row.cell(column).text()).to_owned();
            own.insert(text.clone());
            texts.push(text);
        }
        in_areas += own.len();
        differs |= own.len() > 1;
        values.extend(own);
        if values.len() > MOST_VALUES {
            return None;
        }
    }
    let is_shared = in_areas * 2 >= values.len() * groups.len();
    let is_filled = !values.contains("");
    let name = name(header, column);
    (differs && is_shared && is_filled).then_some(Telling { name, texts })
}

/// A column as a condition names it.
fn name(header: &Header, column: u32) -> String {
    let label = header.columns.iter().find(|known| known.column == column);
    let label = label.map(super::HeaderColumn::label).unwrap_or_default();
    let width = header.columns.last().map_or(0, |last| last.column);
    if columns::find(header, &label, width) == Ok(column) { label } else { column_letters(column) }
}

/// The fewest columns that tell all rows of each area apart; years and dates stay among them where they
/// differ, so that the newest rows are those of the last year.
fn fewest(mut telling: Vec<Telling>, sizes: &[usize]) -> Option<Vec<Telling>> {
    telling.sort_by_key(|column| rank(&column.texts));
    let apart = |columns: &[Telling]| tells_apart(&columns.iter().collect::<Vec<_>>(), sizes);
    let needed = (1..=telling.len()).find(|&first| apart(&telling[..first]))?;
    telling.truncate(needed);
    for at in (0..needed).rev().filter(|&at| rank(&telling[at].texts) > 0).collect::<Vec<_>>() {
        let others = telling.iter().enumerate().filter(|(other, _)| *other != at);
        let others: Vec<&Telling> = others.map(|(_, column)| column).collect();
        if tells_apart(&others, sizes) {
            telling.remove(at);
        }
    }
    Some(telling)
}

/// Whether no two rows of an area have the same texts in some columns.
fn tells_apart(columns: &[&Telling], sizes: &[usize]) -> bool {
    let mut from = 0;
    sizes.iter().all(|&size| {
        let rows = from..from + size;
        from += size;
        let texts =
            |row: usize| columns.iter().map(|it| it.texts[row].as_str()).collect::<Vec<_>>();
        rows.map(texts).collect::<BTreeSet<_>>().len() == size
    })
}

/// The condition that takes the newest rows: the last year, then the last month in it, then the total or
/// the last of any other kind.
fn newest(columns: &[Telling]) -> String {
    let mut kept: Vec<usize> =
        columns.first().map_or_else(Vec::new, |it| (0..it.texts.len()).collect());
    let mut parts = Vec::new();
    for Telling { name, texts } in columns {
        let Some(value) = last(texts, &kept) else { continue };
        kept.retain(|&row| texts[row] == value);
        let name = if can_be_named(name) {
            name.clone()
        } else {
            format!("\"{}\"", name.replace('"', "\"\""))
        };
        let is_number = texts.iter().all(|text| is_plain_number(text));
        let value = if is_number { value } else { format!("'{}'", value.replace('\'', "''")) };
        parts.push(format!("{name} = {value}"));
    }
    parts.join(" AND ")
}

/// Whether a text is a number as a formula writes it.
fn is_plain_number(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && text.parse::<f64>().is_ok()
}

/// Years and dates before months, months before anything else.
fn rank(texts: &[String]) -> u8 {
    if texts.iter().all(|text| is_plain_number(text) || is_date(text)) {
        0
    } else if texts.iter().all(|text| month(text).is_some()) {
        1
    } else {
        2
    }
}

fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7 && bytes[..4].iter().all(u8::is_ascii_digit) && bytes[4] == b'-'
}

/// The number of the month that a text names: their names do not sort as they follow each other.
fn month(text: &str) -> Option<u8> {
    language::month(&fold(text))
}

/// The newest text of some rows, or their total.
fn last(texts: &[String], rows: &[usize]) -> Option<String> {
    let of = || rows.iter().map(|&row| &texts[row]);
    if of().all(|text| is_plain_number(text)) {
        let number = |text: &str| text.parse::<f64>().unwrap_or(0.0);
        return of().max_by(|a, b| number(a).total_cmp(&number(b))).cloned();
    }
    if of().all(|text| is_date(text)) {
        return of().max().cloned();
    }
    if of().all(|text| month(text).is_some()) {
        return of().max_by_key(|text| month(text)).cloned();
    }
    of().find(|text| fold(text).starts_with("total")).or_else(|| of().next_back()).cloned()
}
