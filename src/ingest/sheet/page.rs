//! The cells of one sheet or text file before a study says what they mean.

use std::ops::RangeInclusive;

use super::grid::Grid;

/// The cells of one sheet or text file.
#[derive(Debug)]
pub struct Page {
    /// Position of its sheet in the file.
    pub(crate) sheet: usize,
    /// Its cells.
    pub(crate) grid: Grid,
    /// Cells that the workbook holds more than once: row and column, from 1.
    pub(crate) repeated: Vec<(u32, u32)>,
}

impl Page {
    /// The only page of a file.
    pub(in crate::ingest) fn first(grid: Grid) -> Self {
        Self { sheet: 0, grid, repeated: Vec::new() }
    }

    /// The same page with the cells of some columns only.
    pub(crate) fn block(&self, columns: &RangeInclusive<u32>) -> Self {
        Self { sheet: self.sheet, grid: self.grid.block(columns), repeated: Vec::new() }
    }

    /// Row and column of each cell with anything in it, from 1, in reading order.
    pub fn positions(&self) -> impl Iterator<Item = (u32, u32)> {
        self.grid.rows_from(0).flat_map(|row| {
            let number = row.number();
            row.cells().map(move |(column, _)| (number, column))
        })
    }

    /// The last column with anything in it, from 1; 0 when there is none.
    pub fn width(&self) -> u32 {
        self.grid.width()
    }
}
