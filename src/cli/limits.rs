//! How much a file of others may take, and where xls and ods files are read.

use risk_index::ingest::{Budget, ReadLimits, Worker};

/// Each limit says it, so that options declared behind them stand under their own heading.
const HEADING: &str = "Limits on input files";

/// Limits on input files
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct LimitArgs {
    /// MiB of one file
    #[arg(long, value_name = "MIB", default_value_t = Budget::default().file >> 20, hide_short_help = true)]
    max_file_mib: u64,

    /// Cells of one sheet or text file
    #[arg(long, help_heading = HEADING, value_name = "N", default_value_t = Budget::default().cells)]
    max_cells: usize,

    /// MiB of text in the cells of one sheet
    #[arg(long, help_heading = HEADING, value_name = "MIB", default_value_t = Budget::default().text >> 20, hide_short_help = true)]
    max_text_mib: usize,

    /// MiB to which a workbook may inflate
    #[arg(long, help_heading = HEADING, value_name = "MIB", default_value_t = Budget::default().inflated >> 20, hide_short_help = true)]
    max_inflated_mib: u64,

    /// How many times a large part of a workbook may inflate
    #[arg(long, help_heading = HEADING, value_name = "N", default_value_t = Budget::default().ratio, hide_short_help = true)]
    max_ratio: u64,

    /// MiB of memory for the shared texts of a workbook
    #[arg(long, help_heading = HEADING, value_name = "MIB", default_value_t = Budget::default().shared >> 20, hide_short_help = true)]
    max_shared_mib: u64,

    /// MiB of memory for reading one xls or ods file, in a process of its own
    #[arg(long, help_heading = HEADING, value_name = "MIB", default_value_t = Worker::MEMORY_MIB, hide_short_help = true)]
    max_memory_mib: u32,

    /// Seconds of work for reading one xls or ods file
    #[arg(long, help_heading = HEADING, value_name = "N", default_value_t = Worker::SECONDS, value_parser = clap::value_parser!(u32).range(1..), hide_short_help = true)]
    max_seconds: u32,
}

impl LimitArgs {
    /// The terms under which files are read. Where the path of this executable is not known, xls
    /// and ods files are read in this process.
    pub(crate) fn terms(&self) -> ReadLimits {
        let budget = Budget {
            file: self.max_file_mib.saturating_mul(1 << 20),
            cells: self.max_cells,
            text: self.max_text_mib.saturating_mul(1 << 20),
            inflated: self.max_inflated_mib.saturating_mul(1 << 20),
            ratio: self.max_ratio,
            shared: self.max_shared_mib.saturating_mul(1 << 20),
            ..Budget::default()
        };
        let worker = std::env::current_exe().ok().map(|program| Worker {
            seconds: self.max_seconds,
            memory_mib: self.max_memory_mib,
            ..Worker::new(program)
        });
        ReadLimits { budget, worker }
    }
}
