//! How much one file may hold before it is refused instead of read.

use crate::language::{numbered, thousands};
use crate::quality::{Message, message};

/// Limits on one input file. They protect the machine against files that are made, or broken, to
/// eat its memory; every published Romanian table is far below them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Bytes of a file.
    pub file: u64,
    /// Cells of one sheet or text file, empty but formatted ones included.
    pub cells: usize,
    /// Bytes of text in the cells of one sheet.
    pub text: usize,
    /// Bytes of all parts of a workbook once inflated.
    pub inflated: u64,
    /// Parts of a workbook.
    pub parts: usize,
    /// Inflated bytes for one packed byte, of parts above 10 MiB.
    pub ratio: u64,
    /// Bytes that the shared texts of a workbook take in memory.
    pub shared: u64,
    /// Bytes without a tag in a part of a workbook: the longest text it may hold.
    pub run: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            file: 160 << 20,
            cells: 8_000_000,
            text: 256 << 20,
            inflated: 1 << 30,
            parts: 10_000,
            ratio: 200,
            shared: 192 << 20,
            run: 4 << 20,
        }
    }
}

impl Budget {
    /// What to say about a sheet or text file with more cells than allowed.
    pub(super) fn exceeded(&self) -> Message {
        message!(
            "it holds more than {cells} cells; `--max-cells` raises the limit",
            "conține peste {celule}; `--max-cells` ridică limita",
            cells = thousands(self.cells),
            celule = numbered(self.cells, "celulă", "celule"),
        )
    }

    /// What to say about a file with more bytes than allowed.
    pub(super) fn too_large(&self, bytes: u64) -> Message {
        message!(
            "it has {size} MiB, more than {limit} MiB; `--max-file-mib` raises the limit",
            "are {size} MiB, peste {limit} MiB; `--max-file-mib` ridică limita",
            size = bytes >> 20,
            limit = self.file >> 20,
        )
    }

    /// What to say about a sheet or text file with more text than allowed.
    pub(super) fn too_much_text(&self) -> Message {
        message!(
            "its cells hold more than {limit} MiB of text; `--max-text-mib` raises the limit",
            "celulele lui conțin peste {limit} MiB de text; `--max-text-mib` ridică limita",
            limit = self.text >> 20,
        )
    }
}
