//! `compute`: read, compute, write the run folder.

use std::path::PathBuf;

use risk_index::index::TraceMode;
use risk_index::quality::Severity;
use risk_index::report;
use risk_index::run;

use super::arguments::{ReportArgs, StudyArgs};
use super::completed::{failure, show_notes, write};
use super::console::Console;
use super::outcome::{Failure, Outcome};

/// Compute the index, ranks and classes of a study; write the run folder
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    study: StudyArgs,

    /// Run folder; an older run there is replaced, anything else is refused
    #[arg(long, value_name = "DIR", default_value = "out")]
    out: PathBuf,

    #[command(flatten)]
    reports: ReportArgs,

    /// Print the record of the run (`run.json`) on standard output
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args, console: &Console) -> Result<Outcome, Failure> {
    let run = args
        .study
        .with_request(TraceMode::Keep, |request| run::compute(request, console))?
        .map_err(|stopped| failure(stopped, console))?;
    show_notes(&run, console)?;
    let language = run.study.language(args.reports.lang);
    let view = run.view(language);
    let files = write(report::files(&view, &args.reports.format, console), &args.out, console)?;
    if args.json {
        let record = files.last().expect("the record is always made, and last");
        console.data(&String::from_utf8_lossy(&record.bytes))?;
    } else {
        let spoken = run.view(console.language_of(language));
        console.say(&report::summary(&spoken, &args.out, &files))?;
    }
    let errors = run.findings.count(Severity::Error);
    Ok(if errors == 0 { Outcome::Done } else { Outcome::DoneWithErrors })
}
