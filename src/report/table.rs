//! A table of named columns: what CSV and Parquet files are written from.

use std::borrow::Cow;

/// Cells of one column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cells<'a> {
    /// Words; empty where `None`.
    Text(Vec<Option<Cow<'a, str>>>),
    /// Measured or computed numbers.
    Numbers(Vec<Option<f64>>),
    /// Positions and counts.
    Integers(Vec<Option<i32>>),
}

impl Cells<'_> {
    fn len(&self) -> usize {
        match self {
            Self::Text(cells) => cells.len(),
            Self::Numbers(cells) => cells.len(),
            Self::Integers(cells) => cells.len(),
        }
    }
}

/// A named column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TableColumn<'a> {
    /// Stable English identifier, the same in every language.
    pub(crate) id: String,
    /// Its cells.
    pub(crate) cells: Cells<'a>,
}

/// Columns of one length.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Table<'a> {
    columns: Vec<TableColumn<'a>>,
}

impl<'a> Table<'a> {
    /// The columns, in order.
    pub(crate) fn columns(&self) -> &[TableColumn<'a>] {
        &self.columns
    }

    /// How many rows there are, without the header.
    pub(crate) fn rows(&self) -> usize {
        self.columns.first().map_or(0, |column| column.cells.len())
    }

    /// Adds a column of words; an empty word is an empty cell.
    pub(crate) fn text<T: Into<Cow<'a, str>>>(
        &mut self,
        id: impl Into<String>,
        cells: impl IntoIterator<Item = T>,
    ) {
        let cells = cells.into_iter().map(Into::into);
        let cells = cells.map(|cell: Cow<'a, str>| (!cell.is_empty()).then_some(cell)).collect();
        self.push(id, Cells::Text(cells));
    }

    /// Adds a column of numbers.
    pub(crate) fn numbers(
        &mut self,
        id: impl Into<String>,
        cells: impl IntoIterator<Item = Option<f64>>,
    ) {
        self.push(id, Cells::Numbers(cells.into_iter().collect()));
    }

    /// Adds a column of positions or counts.
    pub(crate) fn integers(
        &mut self,
        id: impl Into<String>,
        cells: impl IntoIterator<Item = Option<i32>>,
    ) {
        self.push(id, Cells::Integers(cells.into_iter().collect()));
    }

    /// Keeps the rows whose text in a column is `text`; a table without that column is kept whole.
    pub(crate) fn keep_where(&mut self, id: &str, text: &str) {
        let column = self.columns.iter().find(|column| column.id == id);
        let Some(Cells::Text(words)) = column.map(|column| &column.cells) else { return };
        let kept: Vec<bool> = words.iter().map(|word| word.as_deref() == Some(text)).collect();
        for column in &mut self.columns {
            let mut rows = kept.iter();
            let mut keep = || rows.next().copied().unwrap_or(false);
            match &mut column.cells {
                Cells::Text(cells) => cells.retain(|_| keep()),
                Cells::Numbers(cells) => cells.retain(|_| keep()),
                Cells::Integers(cells) => cells.retain(|_| keep()),
            }
        }
    }

    fn push(&mut self, id: impl Into<String>, cells: Cells<'a>) {
        let same = self.columns.first().is_none_or(|first| first.cells.len() == cells.len());
        assert!(same, "all columns of a table have one length");
        self.columns.push(TableColumn { id: id.into(), cells });
    }
}
