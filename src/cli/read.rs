//! `__read`: the process in which xls and ods files are read; started by the command itself.

use std::io;

use risk_index::ingest::{self, Budget};

use super::outcome::{Context as _, Failure, Outcome, told};

/// Read a workbook from standard input and hand out its cells (started by the command itself)
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// `xls` or `ods`
    format: String,
    /// Seconds of work
    seconds: u32,
    /// MiB of memory
    memory_mib: u32,
    /// Cells of one sheet
    cells: usize,
    /// Bytes of text in one sheet
    text: usize,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Failure> {
    ingest::confine(args.seconds, args.memory_mib)
        .context(|| told!("cannot limit this process", "acest proces nu poate fi limitat"))?;
    let budget = Budget { cells: args.cells, text: args.text, ..Budget::default() };
    ingest::serve(&args.format, &budget, &mut io::stdin().lock(), &mut io::stdout().lock())?;
    Ok(Outcome::Done)
}
