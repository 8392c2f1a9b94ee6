//! How reports are asked for: formats and language.

use risk_index::language::Language;
use risk_index::report::Format;

/// Formats and language of reports
#[derive(Debug, clap::Args)]
pub(crate) struct ReportArgs {
    /// Formats to write: xlsx, html, csv, excel-csv, parquet, geojson, svg, png
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_values_t = Format::DEFAULT)]
    pub(crate) format: Vec<Format>,

    /// Language of the reports: ro or en
    #[arg(long, value_name = "LANG", default_value = "ro")]
    pub(crate) lang: Language,
}
