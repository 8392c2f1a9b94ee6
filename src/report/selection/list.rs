//! A list for people: named columns of texts or numbers.

/// A list for people.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct List {
    /// Name of its sheet.
    pub(crate) name: String,
    /// What it is, in a sentence.
    pub(crate) about: String,
    /// Its columns, all of one length.
    pub(crate) columns: Vec<Column>,
}

/// A column of a list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Column {
    pub(crate) heading: String,
    /// Width in characters.
    pub(crate) width: u16,
    pub(crate) filling: Filling,
}

/// Cells of a column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Filling {
    Text(Vec<String>),
    /// Numbers with a fixed count of decimals.
    Numbers(Vec<Option<f64>>, usize),
}

impl List {
    pub(super) fn new(name: &str, about: &str) -> Self {
        Self { name: name.to_owned(), about: about.to_owned(), columns: Vec::new() }
    }

    /// How many rows it has.
    pub(crate) fn rows(&self) -> usize {
        self.columns.first().map_or(0, |column| match &column.filling {
            Filling::Text(cells) => cells.len(),
            Filling::Numbers(cells, _) => cells.len(),
        })
    }

    pub(super) fn text(
        mut self,
        heading: &str,
        width: u16,
        cells: impl Iterator<Item = String>,
    ) -> Self {
        let filling = Filling::Text(cells.collect());
        self.columns.push(Column { heading: heading.to_owned(), width, filling });
        self
    }

    pub(super) fn numbers(
        mut self,
        heading: &str,
        decimals: usize,
        cells: impl Iterator<Item = Option<f64>>,
    ) -> Self {
        let filling = Filling::Numbers(cells.collect(), decimals);
        self.columns.push(Column { heading: heading.to_owned(), width: 12, filling });
        self
    }

    pub(super) fn count(self, heading: &str, cells: impl Iterator<Item = Option<usize>>) -> Self {
        self.numbers(heading, 0, cells.map(|cell| cell.map(|count| count as f64)))
    }
}
