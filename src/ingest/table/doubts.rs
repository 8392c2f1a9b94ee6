//! What rows show that the study did not declare: a header that stands again between them, the same
//! one, as printed on every page, or that of another table below; and a column of names beside the
//! codes, which is compared all the same, because codes that slipped by a row give every unit the
//! value of its neighbour.

use super::header::{Header, HeaderColumn};
use crate::ingest::labels::{fold, trim};
use crate::ingest::rows::{DataRow, KeyColumns, OpenFile, Subject};
use crate::ingest::sheet::grid::{Content, GridRow};
use crate::message::ingest::{rows as message, table as table_message};
use crate::quality::{Finding, column_letters};
use crate::register::{CodeMatch, UNIT};
use crate::study::Key;

/// A row that looks like a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Again {
    /// It says the same above the columns that are read.
    Same,
    /// It says something else above a column that is read.
    Other {
        /// The column, from 1.
        column: u32,
        /// What the header says there.
        expected: String,
        /// What this row says there.
        found: String,
    },
}

/// Knows the headers of the columns that are read.
pub(super) struct HeaderTexts<'h> {
    key: Vec<Names<'h>>,
    measures: Vec<Names<'h>>,
}

/// A column with its names, folded.
struct Names<'h> {
    column: &'h HeaderColumn,
    names: Vec<String>,
}

impl Names<'_> {
    /// What a row says in the column, folded; nothing where it is no text.
    fn text(&self, row: &GridRow<'_>) -> String {
        match row.cell(self.column.column) {
            Content::Text(text) => fold(text),
            _ => String::new(),
        }
    }

    /// That a row says something else in the column.
    fn other(&self, row: &GridRow<'_>) -> Again {
        Again::Other {
            column: self.column.column,
            expected: self.column.label(),
            found: row.cell(self.column.column).text().into_owned(),
        }
    }

    fn is(&self, text: &str) -> bool {
        self.names.iter().any(|name| name == text)
    }

    /// Whether the row says a name of the column. Hardly any does, which the first letter shows.
    fn is_said(&self, row: &GridRow<'_>) -> bool {
        let Content::Text(text) = row.cell(self.column.column) else { return false };
        let Some(first) = trim(text).chars().next() else { return false };
        let may_begin =
            |name: &String| !first.is_ascii() || name.starts_with(first.to_ascii_lowercase());
        self.names.iter().any(may_begin) && self.is(&fold(text))
    }
}

impl<'h> HeaderTexts<'h> {
    /// For a header and the columns of the key and of measures.
    pub(super) fn new(header: &'h Header, key: &KeyColumns, measures: &[Option<u32>]) -> Self {
        let of = |column: u32| {
            let column = header.columns.iter().find(|known| known.column == column)?;
            let names = column.names().iter().filter(|name| !name.is_empty()).cloned().collect();
            Some(Names { column, names })
        };
        Self {
            key: key.parts().filter_map(of).collect(),
            measures: measures.iter().flatten().copied().filter_map(of).collect(),
        }
    }

    /// What a row of data is, where it repeats the header of a key column.
    pub(super) fn again(&self, row: &GridRow<'_>) -> Option<Again> {
        if !self.key.iter().any(|column| column.is_said(row)) {
            return None;
        }
        let other = self.key.iter().chain(&self.measures).find(|column| {
            let text = column.text(row);
            !text.is_empty() && !column.is(&text)
        });
        // a header with a gap above a column that is read, and its word elsewhere, is another one too
        let gap = || {
            let moved = row.cells().any(|(column, cell)| self.is_moved(column, cell));
            self.measures.iter().find(|column| moved && column.text(row).is_empty())
        };
        Some(other.or_else(gap).map_or(Again::Same, |column| column.other(row)))
    }

    /// What the next row is, below the first line of a header of several lines that stands again: its
    /// next line names no area.
    pub(super) fn goes_on(&self, row: &GridRow<'_>) -> Option<Again> {
        let is_blank = |column: &Names<'_>| row.cell(column.column.column).is_blank();
        if row.is_blank() || !self.key.iter().all(is_blank) {
            return None;
        }
        let other = self.measures.iter().find(|column| {
            let text = fold(&row.cell(column.column.column).text());
            !text.is_empty() && !column.is(&text)
        });
        Some(other.map_or(Again::Same, |column| column.other(row)))
    }

    /// Whether a cell outside the columns of measures holds the header of one.
    fn is_moved(&self, column: u32, cell: Content<'_>) -> bool {
        let Content::Text(text) = cell else { return false };
        let text = fold(text);
        self.measures.iter().all(|known| known.column.column != column)
            && self.measures.iter().any(|known| known.is(&text))
    }
}

/// The least rows of a table whose columns are looked at.
const FEWEST: usize = 5;

/// The findings about rows whose code contradicts the name beside it; none where the study declares
/// a name, which is compared by itself.
pub(super) fn contradictions(
    file: &OpenFile<'_>,
    key: &KeyColumns,
    rows: &[DataRow<'_>],
) -> Vec<Finding> {
    let only_code = matches!(&file.source.key, Some(Key::Code { name: None, .. }));
    if !only_code || file.recogniser.level != UNIT {
        return Vec::new();
    }
    let units: Vec<(&DataRow<'_>, usize)> = rows
        .iter()
        .filter_map(|row| match row.recognised.subject {
            Subject::Area(unit) => Some((row, unit)),
            _ => None,
        })
        .collect();
    if units.len() < FEWEST {
        return Vec::new();
    }
    let taken: Vec<u32> = key.parts().collect();
    let names = (1..=file.sheet.grid.width())
        .filter(|column| !taken.contains(column))
        .find(|&column| names_units(file, &units, column));
    let Some(column) = names else { return Vec::new() };
    units.iter().filter_map(|&(row, unit)| contradiction(file, row, unit, column)).collect()
}

/// The finding about a column that has the header of the key and names areas of its own: a second block
/// of the table beside the one that is read.
pub(super) fn second_block(
    file: &OpenFile<'_>,
    header: &Header,
    key: &KeyColumns,
) -> Option<Finding> {
    let own = key.code.or(key.glued).or(key.name)?;
    let label = |column: u32| header.columns.iter().find(|known| known.column == column);
    let own_label = label(own)?.folded();
    let same = |column: &&HeaderColumn| {
        key.parts().all(|taken| taken != column.column) && column.folded() == own_label
    };
    let matcher = file.recogniser.matcher;
    header.columns.iter().filter(same).find_map(|other| {
        let texts = file.sheet.grid.rows_from(header.data).map(|row| row.cell(other.column).text());
        let is_unit = |text: &str| match (key.code, key.glued) {
            (Some(_), _) => matches!(matcher.code(text), CodeMatch::Unit(..)),
            (None, Some(_)) => matcher.split_glued(text).is_some(),
            (None, None) => matcher.is_unit_name(text),
        };
        let units = texts.filter(|text| is_unit(trim(text))).count();
        let place = file.sheet.place().at_column(other.column);
        let letters = [own, other.column].map(column_letters);
        (units >= FEWEST)
            .then(|| table_message::second_block(&other.label(), &letters, units, place))
    })
}

fn text<'g>(row: &DataRow<'g>, column: u32) -> Option<&'g str> {
    match row.row.cell(column) {
        Content::Text(text) => Some(trim(text)).filter(|text| !text.is_empty()),
        _ => None,
    }
}

/// Whether nearly all texts of a column are names of units, and not mostly labels of larger areas:
/// a column of counties is full of names of their seats.
fn names_units(file: &OpenFile<'_>, units: &[(&DataRow<'_>, usize)], column: u32) -> bool {
    let matcher = file.recogniser.matcher;
    let texts: Vec<&str> = units.iter().filter_map(|(row, _)| text(row, column)).collect();
    if texts.len() * 10 < units.len() * 8 {
        return false;
    }
    // most columns are none, which their first texts show
    if !texts.iter().take(3).any(|text| matcher.is_unit_name(text)) {
        return false;
    }
    let named = texts.iter().filter(|text| matcher.is_unit_name(text)).count();
    let mut different = texts.clone();
    different.sort_unstable();
    different.dedup();
    named * 10 >= texts.len() * 8 && different.len() * 10 >= texts.len() * 7
}

fn contradiction(
    file: &OpenFile<'_>,
    row: &DataRow<'_>,
    unit: usize,
    column: u32,
) -> Option<Finding> {
    let matcher = file.recogniser.matcher;
    let name = text(row, column)?;
    if matcher.is_name_of(name, unit) || !matcher.is_unit_name(name) {
        return None;
    }
    let register = matcher.register();
    let (code, known) = (&register.codes()[unit], &register.names()[unit]);
    let place = file.sheet.cell(row.row.number(), column);
    Some(message::code_name_mismatch(code, known, name, None).unit(code).at(place))
}
