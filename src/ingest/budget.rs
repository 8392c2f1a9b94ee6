//! How much one file may hold before it is refused instead of read.

/// Limits on one input file. They protect the machine against files that are made, or broken, to
/// eat its memory; every published Romanian table is far below them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    /// Cells with something in them, of one sheet.
    pub(super) cells: usize,
    /// Bytes of text in the cells of one sheet.
    pub(super) text: usize,
    /// Bytes of all parts of a workbook once inflated.
    pub(super) inflated: u64,
    /// Parts of a workbook.
    pub(super) parts: usize,
    /// Inflated bytes for one packed byte, of parts above 10 MiB.
    pub(super) ratio: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self { cells: 20_000_000, text: 1 << 30, inflated: 1 << 30, parts: 10_000, ratio: 200 }
    }
}
