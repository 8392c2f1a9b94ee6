//! How much one file may hold before it is refused instead of read.

use std::path::PathBuf;

use crate::message::ingest::bytes as message;
use crate::quality::Message;

/// The limits under which files of others are read.
#[derive(Clone, Debug, Default)]
pub struct ReadLimits {
    /// How much one file may hold.
    pub budget: Budget,
    /// Where xls and ods files are read: in a process of its own, or, when absent, in this one.
    pub worker: Option<Worker>,
}

/// The process in which workbooks are read, and what it may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worker {
    /// The executable; it is started with the words `__read FORMAT` and the limits, and must hand
    /// its input and output to [`serve`](crate::ingest::serve).
    pub program: PathBuf,
    /// Seconds of work of the processor (on Unix), and a sixth of the seconds of waiting.
    pub seconds: u32,
    /// MiB of memory (on Linux; other systems do not enforce it).
    pub memory_mib: u32,
}

impl Worker {
    /// Seconds of work by default.
    pub const SECONDS: u32 = 4;
    /// MiB of memory by default.
    pub const MEMORY_MIB: u32 = 448;

    /// A worker by that executable with the usual limits.
    pub fn new(program: PathBuf) -> Self {
        Self { program, seconds: Self::SECONDS, memory_mib: Self::MEMORY_MIB }
    }
}

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
    /// Whether a sheet or text file with so many cells and bytes of text may be read.
    ///
    /// # Errors
    /// A sentence for people, with the option that raises the limit.
    pub(in crate::ingest) fn allows(&self, cells: usize, text: usize) -> Result<(), Message> {
        if cells > self.cells {
            Err(message::too_many_cells(self.cells))
        } else if text > self.text {
            Err(message::too_much_text(self.text))
        } else {
            Ok(())
        }
    }
}
