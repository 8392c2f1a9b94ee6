//! `robustness`: select, then draw the doubts of the study over the whole programme.

use std::fs;
use std::path::{Path, PathBuf};

use risk_index::index::TraceMode;
use risk_index::quality::Severity;
use risk_index::report;
use risk_index::run::{self, NamedBytes};

use super::arguments::{DoubtArgs, ReportArgs, StudyArgs};
use super::completed::{failure, show_notes, write};
use super::console::Console;
use super::outcome::{Context as _, Failure, Outcome, told};

/// Say how sure each place of a list is: under other choices of the method, and under errors of the data
///
/// Writes what `select` writes, and beside it `tables/robustness.csv` (each eligible unit with the
/// share of the declared variants in which it has a place, its interval of ranks, and whether it is
/// certain, contested or out), `sensitivity.csv`, `leave_out.csv`, `variants.csv`, `pairs.csv`,
/// `summary_robustness_county.csv` and `robustness.json`. What is doubted stands in a file of its own:
/// the one that the study names, or the one that comes with its methodology. The share of variants is
/// no probability. Exit code 1: variants without a list, or a list that is not proved to be the best.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    study: StudyArgs,

    #[command(flatten)]
    doubts: DoubtArgs,

    /// Run folder; an older run there is replaced, anything else is refused
    #[arg(long, value_name = "DIR", default_value = "out")]
    out: PathBuf,

    #[command(flatten)]
    reports: ReportArgs,

    /// Make the joint runs that a table lists (`variants.csv`) in place of drawing them
    #[arg(long, value_name = "FILE")]
    variants: Option<PathBuf>,

    /// Print `robustness.json` on standard output
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args, console: &Console) -> Result<Outcome, Failure> {
    let variants = args.variants.as_deref().map(listed).transpose()?;
    let selected = args.study.doubting(&args.doubts).with_request(TraceMode::Keep, |request| {
        run::robustness(request, variants.as_ref(), console)
    })?;
    let selected = selected.map_err(|stopped| failure(stopped, console))?;
    show_notes(&selected.run, console)?;
    let language = selected.run.study.language(args.reports.lang);
    let view = selected.view(language, None);
    let files = write(report::files(&view, &args.reports.format, console), &args.out, console)?;
    if args.json {
        let json = files.iter().find(|file| file.path == "robustness.json");
        let json = json.expect("a list that was drawn again always has one");
        console.data(&String::from_utf8_lossy(&json.bytes))?;
    } else {
        let view = selected.view(console.language_of(language), None);
        console.say(&report::spoken(&view))?;
        console.say("")?;
        console.say(&report::summary(&view, &args.out, &files))?;
    }
    let errors = selected.run.findings.count(Severity::Error);
    let done = errors == 0 && selected.selection.proved();
    Ok(if done { Outcome::Done } else { Outcome::DoneWithErrors })
}

/// Reads a table of variants.
fn listed(path: &Path) -> Result<NamedBytes, Failure> {
    let shown = path.display().to_string();
    let bytes =
        fs::read(path).context(|| told!("cannot read `{shown}`", "nu se poate citi `{shown}`"))?;
    Ok(NamedBytes { name: shown, bytes })
}
