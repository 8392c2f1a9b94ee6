//! A table of a report: columns of one length about the same rows, masked as they are added.

use std::borrow::Cow;

use super::column::{Cells, Column, Medium};
use super::sensitivity::{Masks, Rows, Sensitivity};

/// Columns of one length about the same rows. A column is masked when it is added.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Table<'a> {
    columns: Vec<Column<'a>>,
    rows: Rows,
    masks: Option<&'a Masks>,
}

impl<'a> Table<'a> {
    /// A table without columns, in which `masks` are hidden. [`Self::default`] takes none, and only
    /// columns that give nothing away.
    pub(crate) fn new(rows: Rows, masks: &'a Masks) -> Self {
        Self { columns: Vec::new(), rows, masks: Some(masks) }
    }

    /// Adds a column. What it may not show is taken out of it.
    pub(crate) fn push(&mut self, mut column: Column<'a>) {
        let same = self.columns.first().is_none_or(|first| first.cells.len() == column.cells.len());
        assert!(same, "all columns of a table have one length");
        let sensitivity = column.sensitivity();
        match self.masks {
            Some(masks) => {
                let is_withheld =
                    matches!(sensitivity, Sensitivity::Sum(sum) if masks.withholds(sum));
                column.hide(is_withheld, |row| masks.hides(sensitivity, &self.rows, row));
            }
            None => assert!(!sensitivity.is_secret(), "a table of secrets needs masks"),
        }
        self.columns.push(column);
    }

    /// Adds columns.
    pub(crate) fn extend(&mut self, columns: impl IntoIterator<Item = Column<'a>>) {
        columns.into_iter().for_each(|column| self.push(column));
    }

    /// All columns, in the order in which they were added.
    pub(crate) fn columns(&self) -> &[Column<'a>] {
        &self.columns
    }

    /// The columns of a table for machines, each followed by the states of its cells where one of them
    /// is substituted or withheld.
    pub(crate) fn file_columns(&self) -> Vec<Cow<'_, Column<'a>>> {
        with_states(self.of(Medium::File))
    }

    /// The columns of a sheet, in its order.
    pub(crate) fn sheet_columns(&self) -> Vec<&Column<'a>> {
        self.of(Medium::Sheet)
    }

    /// The columns of the page, in its order.
    pub(crate) fn page_columns(&self) -> Vec<&Column<'a>> {
        self.of(Medium::Page)
    }

    /// The properties of a feature of a map, with states as in a table for machines.
    pub(crate) fn map_columns(&self) -> Vec<Cow<'_, Column<'a>>> {
        with_states(self.of(Medium::Map))
    }

    /// The columns of a medium, in its order.
    fn of(&self, medium: Medium) -> Vec<&Column<'a>> {
        let added = self.columns.iter().enumerate();
        let mut columns: Vec<(usize, &Column<'a>)> =
            added.filter(|(_, column)| column.stands_in(medium)).collect();
        columns.sort_by_key(|(added, column)| column.place_in(medium, *added));
        columns.into_iter().map(|(_, column)| column).collect()
    }

    /// How many rows there are, without the header.
    pub(crate) fn rows(&self) -> usize {
        self.columns.first().map_or(0, |column| column.cells.len())
    }

    /// Keeps the rows whose text in a column is `text`; a table without that column is kept whole.
    pub(crate) fn keep_where(&mut self, id: &str, text: &str) {
        let column = self.columns.iter().find(|column| column.id == id);
        let Some(Cells::Text(words)) = column.map(|column| &column.cells) else { return };
        let kept: Vec<bool> = words.iter().map(|word| word.as_deref() == Some(text)).collect();
        self.columns.iter_mut().for_each(|column| column.retain(&kept));
    }
}

/// Columns, each followed by its states where they say what its cells do not.
fn with_states<'t, 'a>(columns: Vec<&'t Column<'a>>) -> Vec<Cow<'t, Column<'a>>> {
    let both = |column: &'t Column<'a>| {
        let states = column.state_column().map(Cow::Owned);
        std::iter::once(Cow::Borrowed(column)).chain(states)
    };
    columns.into_iter().flat_map(both).collect()
}

/// A table under a title, with a sentence that says what it is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Titled<'a> {
    pub(crate) title: String,
    pub(crate) about: String,
    pub(crate) table: Table<'a>,
}

#[cfg(test)]
mod tests;
