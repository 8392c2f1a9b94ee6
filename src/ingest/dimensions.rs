//! The dimensions of a TEMPO file: its columns as lists of labels, its rows as positions in them.

use std::collections::BTreeMap;

use super::grid::Grid;
use super::header::Header;
use super::labels::{fold, trim};
use crate::language::{numbered, thousands};
use crate::quality::{Message, message};

/// One dimension of a TEMPO file.
#[derive(Debug)]
pub struct Dimension {
    /// Column, from 1.
    pub column: u32,
    /// Its header, without spaces around it.
    pub name: String,
    /// Its labels as first written, without spaces around them, in the order of the file. Labels that
    /// differ only in case, diacritics or spaces are one.
    pub labels: Vec<String>,
    /// The same labels in the form in which they are compared.
    pub folded: Vec<String>,
    /// For each row the position of its label.
    pub of_row: Vec<u32>,
}

/// A TEMPO file as a cube in long form.
#[derive(Debug)]
pub struct Cube {
    /// Every column but that of the values.
    pub dimensions: Vec<Dimension>,
    /// Column of the values.
    pub value: u32,
    /// Positions in the grid of the rows, in the order of `Dimension::of_row`; blank rows are left
    /// out.
    pub rows: Vec<usize>,
    /// Numbers of the blank rows.
    pub blank: Vec<u32>,
}

/// The most labels that a dimension may have: ten times as many as the register has units.
const MOST_LABELS: usize = 32_000;

/// Reads the labels of all rows.
///
/// # Errors
/// In words: there are fewer than two columns, or one has far too many labels to be a dimension.
pub(super) fn read(grid: &Grid, header: &Header) -> Result<Cube, Message> {
    let none =
        || message!("the file has no columns of labels", "fișierul nu are coloane de etichete");
    let value = header
        .columns
        .iter()
        .rev()
        .find(|column| fold(&column.label()) == "valoare")
        .or(header.columns.last())
        .ok_or_else(none)?
        .column;
    let mut cube = Cube { dimensions: Vec::new(), value, rows: Vec::new(), blank: Vec::new() };
    for at in header.data..grid.len() {
        let row = grid.row(at);
        if row.is_blank() {
            cube.blank.push(row.number());
        } else {
            cube.rows.push(at);
        }
    }
    for column in header.columns.iter().filter(|column| column.column != value) {
        let name = trim(&column.label()).to_owned();
        let dimension = dimension(grid, &cube.rows, (column.column, name));
        if dimension.labels.len() > MOST_LABELS {
            return Err(message!(
                "`{name}` has more than {most} different labels, so it is no dimension",
                "`{name}` are peste {etichete}, deci nu este o dimensiune",
                name = &dimension.name,
                most = thousands(MOST_LABELS),
                etichete = numbered(MOST_LABELS, "etichetă diferită", "etichete diferite"),
            ));
        }
        cube.dimensions.push(dimension);
    }
    if cube.dimensions.is_empty() { Err(none()) } else { Ok(cube) }
}

/// The labels of one column; not read on once there are too many.
fn dimension(grid: &Grid, rows: &[usize], (column, name): (u32, String)) -> Dimension {
    let mut dimension = Dimension {
        column,
        name,
        labels: Vec::new(),
        folded: Vec::new(),
        of_row: Vec::with_capacity(rows.len()),
    };
    let mut written: BTreeMap<String, u32> = BTreeMap::new();
    let mut compared: BTreeMap<String, u32> = BTreeMap::new();
    let mut last: Option<(String, u32)> = None;
    for &at in rows {
        if dimension.labels.len() > MOST_LABELS {
            break;
        }
        let text = grid.row(at).cell(column).text();
        // Rows come in runs of equal labels, so most need no search.
        if let Some((known, position)) = &last
            && *known == text
        {
            dimension.of_row.push(*position);
            continue;
        }
        let position = if let Some(&position) = written.get(text.as_ref()) {
            position
        } else {
            let folded = fold(&text);
            let next = u32::try_from(dimension.labels.len()).unwrap_or(u32::MAX);
            let position = *compared.entry(folded.clone()).or_insert(next);
            if position == next {
                dimension.labels.push(trim(&text).to_owned());
                dimension.folded.push(folded);
            }
            written.insert(text.clone().into_owned(), position);
            position
        };
        dimension.of_row.push(position);
        last = Some((text.into_owned(), position));
    }
    dimension
}

#[cfg(test)]
mod tests {
    use super::super::budget::Budget;
    use super::super::{delimited, header};
    use super::*;

    #[test]
    fn rows_become_positions_in_lists_of_labels() {
        let text = "Sexe, Ani, UM: Numar, Valoare\nTotal , Anul 2024, Numar, 5\n\
                    TOTAL, Anul 2025, Numar, 6\n,,,\nFeminin, Anul 2024, Numar, 3\n";
        let grid = delimited::read(text.into(), b',', &Budget::default()).unwrap();
        let cube = read(&grid, &header::detect(&grid, &["Valoare"])).unwrap();
        assert_eq!(cube.value, 4);
        assert_eq!(cube.blank, [4]);
        assert_eq!(cube.rows.len(), 3);
        assert_eq!(cube.dimensions[0].name, "Sexe");
        assert_eq!(cube.dimensions[0].labels, ["Total", "Feminin"]);
        assert_eq!(cube.dimensions[0].of_row, [0, 0, 1]);
        assert_eq!(cube.dimensions[1].of_row, [0, 1, 0]);
    }
}
