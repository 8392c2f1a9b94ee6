//! Where things stand that sheets name of each other: the columns of *Index*, the parameters.

use std::collections::BTreeMap;

use rust_xlsxwriter::utility::{
    column_number_to_name, quote_sheet_name, row_col_to_cell, row_col_to_cell_absolute,
};
use rust_xlsxwriter::{ColNum, RowNum};

use crate::language::Language;
use crate::message::labels;
use crate::report::model::{Book, Shown};

/// Rows that stand on top of every sheet: title and notice.
pub(super) const TOP_ROWS: RowNum = 2;
/// First row of the units on the sheet *Index*, and on the sheet *Trace*.
pub(super) const INDEX_FIRST: RowNum = TOP_ROWS + 5;
pub(super) const TRACE_FIRST: RowNum = TOP_ROWS + 3;
/// Row of the count of changed parameters on the sheet *Weights*.
pub(super) const CHANGED: RowNum = TOP_ROWS + 1;
/// Row of the heading of its first part.
const PARTS: RowNum = TOP_ROWS + 3;

/// A number of rows of a sheet.
pub(super) fn rows(count: usize) -> RowNum {
    RowNum::try_from(count).unwrap_or(RowNum::MAX)
}

/// The number of a column.
pub(super) fn column(at: usize) -> ColNum {
    ColNum::try_from(at).unwrap_or(ColNum::MAX)
}

/// The name of the sheet *Index* as formulas write it.
pub(super) fn index_sheet(language: Language) -> String {
    quote_sheet_name(labels::SHEET_INDEX.text(language))
}

/// The count of changed parameters, as formulas of other sheets name it.
pub(super) fn changed(language: Language) -> String {
    format!("{}!$B${}", quote_sheet_name(labels::SHEET_WEIGHTS.text(language)), CHANGED + 1)
}

/// A parameter of formulas, by its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Parameter {
    /// Weight of a child.
    Weight,
    /// Name of a class.
    ClassName,
    /// Upper end of a class.
    Cut,
    /// Name of a phase.
    PhaseName,
    /// Places filled up to and including a phase.
    Places,
    /// Least value kept.
    CutLow,
    /// Greatest value kept.
    CutHigh,
    /// Least of the distribution, or its mean.
    From,
    /// Greatest of the distribution, or its deviation.
    To,
    /// What the least becomes, or the mean of the result.
    First,
    /// What the greatest becomes, or the deviation of the result.
    Second,
}

impl Parameter {
    pub(super) fn column(self) -> ColNum {
        match self {
            Self::ClassName | Self::PhaseName => 1,
            Self::CutLow => 2,
            Self::Weight | Self::Cut | Self::Places | Self::CutHigh => 3,
            Self::From => 4,
            Self::To => 5,
            Self::First => 6,
            Self::Second => 7,
        }
    }
}

/// Where formulas find their operands.
pub(super) struct Places {
    /// The sheet of parameters as formulas write it.
    sheet: String,
    shown: Vec<Shown>,
    units: usize,
    /// Row of the first weight of each node that has weights.
    pub(super) weights: BTreeMap<usize, RowNum>,
    /// Row of the first class of each live class output.
    pub(super) classes: BTreeMap<usize, RowNum>,
    /// Row of the first live phase.
    pub(super) first_phase: RowNum,
    /// Row of the parameters of each live indicator.
    pub(super) bounds: BTreeMap<usize, RowNum>,
}

impl Places {
    /// Gives every parameter of a book its row.
    pub(super) fn of(book: &Book<'_>) -> Self {
        let parameters = &book.parameters;
        let mut places = Self {
            sheet: quote_sheet_name(labels::SHEET_WEIGHTS.text(book.head.language)),
            shown: book.index.shown.clone(),
            units: book.index.table.rows(),
            weights: BTreeMap::new(),
            classes: BTreeMap::new(),
            first_phase: 0,
            bounds: BTreeMap::new(),
        };
        let mut row = PARTS;
        if !parameters.weights.is_empty() {
            row += 2;
            for set in &parameters.weights {
                places.weights.insert(set.node, row);
                // a row for the sum of the weights stands below them
                row += rows(set.entries.len()) + 1;
            }
            row += 1;
        }
        if !parameters.classes.is_empty() {
            row += 2;
            for set in &parameters.classes {
                places.classes.insert(set.output, row);
                row += rows(set.names.len());
            }
            row += 1;
        }
        if let Some(phases) = &parameters.phases {
            row += 2;
            places.first_phase = row;
            row += rows(phases.upto.len()) + 1;
        }
        row += 2;
        for bound in &parameters.bounds {
            places.bounds.insert(bound.node, row);
            row += 1;
        }
        places
    }

    /// Row of the last unit of the sheet *Index*.
    pub(super) fn last(&self) -> RowNum {
        INDEX_FIRST + rows(self.units).saturating_sub(1)
    }

    /// Where a column of the sheet *Index* stands.
    pub(super) fn column(&self, shown: Shown) -> Option<ColNum> {
        self.shown.iter().position(|&column| column == shown).map(column)
    }

    fn known(&self, shown: Shown) -> ColNum {
        self.column(shown).expect("formulas name columns of the sheet")
    }

    /// The cell of a column in a row, as formulas of that row name it.
    pub(super) fn cell(&self, shown: Shown, row: RowNum) -> String {
        row_col_to_cell(row, self.known(shown))
    }

    /// All units of a column.
    pub(super) fn range(&self, shown: Shown) -> String {
        let name = column_number_to_name(self.known(shown));
        format!("${name}${}:${name}${}", INDEX_FIRST + 1, self.last() + 1)
    }

    /// A parameter, as formulas of every sheet name it.
    pub(super) fn parameter(&self, row: RowNum, parameter: Parameter) -> String {
        format!("{}!{}", self.sheet, row_col_to_cell_absolute(row, parameter.column()))
    }

    /// A parameter of several rows.
    pub(super) fn parameters(&self, first: RowNum, last: RowNum, parameter: Parameter) -> String {
        let column = parameter.column();
        let (from, to) =
            (row_col_to_cell_absolute(first, column), row_col_to_cell_absolute(last, column));
        format!("{}!{from}:{to}", self.sheet)
    }
}
