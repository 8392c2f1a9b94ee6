//! `select`: read, compute, apply the programme, write the run folder with the lists.

use std::path::PathBuf;

use risk_index::index::TraceMode;
use risk_index::quality::Severity;
use risk_index::register::find_county;
use risk_index::report;
use risk_index::run::{self, RunError, Selected};

use super::arguments::{ReportArgs, StudyArgs, SurenessArgs};
use super::completed::{failure, show_notes, write};
use super::console::Console;
use super::outcome::{Failure, Outcome};

/// Apply a programme to a study: who gets a place, who waits, who does not, each with its reason
///
/// Writes what `compute` writes, and beside it `tables/selection.csv` (each registered unit with
/// phase, place, state, decision, reason and distance to the cut), `reserve.csv`,
/// `replacements.csv`, `unions.csv`, `summary_places_*.csv`, `selection.json` (proofs, cuts, the
/// price of each rule) and the sheets of the workbook. Exit code 1: a list that is not proved to be
/// the best (its gap is told), or an envelope that it does not come to; 2: the rules allow no list,
/// with the smallest set of rules that conflict and what would do.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    study: StudyArgs,

    /// Run folder; an older run there is replaced, anything else is refused
    #[arg(long, value_name = "DIR", default_value = "out")]
    out: PathBuf,

    #[command(flatten)]
    reports: ReportArgs,

    #[command(flatten)]
    sureness: SurenessArgs,

    /// Write the pack of one county, by its short code or name: its units alone, with the positions that
    /// they have among all
    #[arg(long, value_name = "SM")]
    county: Option<String>,

    /// Try a change out and say who would enter and leave; nothing is written. Repeat it for several
    /// together
    ///
    /// The last word is the change: `+1`, `-1`, `=5`, `+5%` for a share. Before it stands what changes:
    /// `county Teleorman` (every bound of that group), `max county Teleorman`, `min county` (of all
    /// groups), `places`, `phase I places`, `limit` (lei), `weight NODE`; `phase I` in front keeps to
    /// that phase.
    #[arg(long, value_name = "CHANGE", allow_hyphen_values = true)]
    #[arg(conflicts_with_all = ["out", "format", "county", "robustness", "doubts"])]
    what_if: Vec<String>,

    /// Print `selection.json`, or why nothing was selected, on standard output; with `--what-if` its
    /// answer
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args, console: &Console) -> Result<Outcome, Failure> {
    let study = args.study.doubting(&args.sureness.doubts);
    let selected = study.with_request(TraceMode::Keep, |request| {
        if args.sureness.is_asked() {
            run::robustness(request, None, console)
        } else {
            run::select(request, console)
        }
    })?;
    let selected = selected.map_err(|stopped| refuse(args, stopped, console))?;
    show_notes(&selected.run, console)?;
    if !args.what_if.is_empty() {
        return what_if(args, &selected, console);
    }
    let county = match &args.county {
        Some(county) => Some(find_county(&selected.run.register, county)?),
        None => None,
    };
    let language = selected.run.study.language(args.reports.lang);
    let view = selected.view(language, county);
    let files = write(report::files(&view, &args.reports.format, console), &args.out, console)?;
    if args.json {
        let json = files.iter().find(|file| file.path == "selection.json");
        let json = json.expect("a selection always has one");
        console.data(&String::from_utf8_lossy(&json.bytes))?;
    } else {
        let view = selected.view(console.language_of(language), county);
        console.say(&report::spoken(&view))?;
        changed_sides(&selected, console)?;
        console.say("")?;
        console.say(&report::summary(&view, &args.out, &files))?;
    }
    let errors = selected.run.findings.count(Severity::Error);
    let done = errors == 0 && selected.selection.proved();
    Ok(if done { Outcome::Done } else { Outcome::DoneWithErrors })
}

/// Says what changes would do. It writes nothing, so that no simulation can pass for a list.
fn what_if(args: &Args, selected: &Selected, console: &Console) -> Result<Outcome, Failure> {
    let answer = selected.what_if(&args.what_if).map_err(|unanswered| {
        let failure = Failure::new(unanswered.message);
        match unanswered.hint {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    })?;
    let language = selected.run.study.language(args.reports.lang);
    let view = selected.view(console.language_of(language), None);
    if args.json {
        console.data(&format!("{:#}\n", report::what_if_json(&view, &answer)))?;
    } else {
        console.data(&format!("{}\n", report::what_if(&view, &answer)))?;
    }
    Ok(Outcome::Done)
}

/// Says how many units are on the list, or off it, because something stands for small counts. It stands
/// on the console and in the bag only.
fn changed_sides(selected: &Selected, console: &Console) -> Result<(), Failure> {
    let said = selected.changed_sides();
    said.map_or(Ok(()), |said| Ok(console.say(&format!("\n{}", said.text(console.language())))?))
}

/// What stops a selection; with `--json` a refusal stands on standard output too.
fn refuse(args: &Args, stopped: RunError, console: &Console) -> Failure {
    if let (true, RunError::Refused { problems, refusal }) = (args.json, &stopped) {
        let text = format!("{:#}\n", report::refused_json(refusal, problems, console.language()));
        if let Err(error) = console.data(&text) {
            return error.into();
        }
    }
    failure(stopped, console)
}
