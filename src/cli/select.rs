//! `select`: read, compute, apply the programme, write the run folder with the lists.

use std::path::PathBuf;

use anyhow::anyhow;
use risk_index::index::TraceMode;
use risk_index::quality::Severity;
use risk_index::register::county_of_plate;
use risk_index::report;
use risk_index::run::{self, Selected, Stopped};

use super::compute::{explain, paint, write};
use super::console::Console;
use super::outcome::Outcome;
use super::reports::ReportArgs;
use super::study::StudyArgs;

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

    /// Restrict the lists to one county, by its short code or name; everybody is still ranked
    #[arg(long, value_name = "SM")]
    county: Option<String>,

    /// Print `selection.json`, or why nothing was selected, on standard output
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args, console: &Console) -> anyhow::Result<Outcome> {
    let selected =
        args.study.with_request(TraceMode::Keep, |request| run::select(request, console))?;
    let selected = selected.map_err(|stopped| refuse(args, stopped, console))?;
    if !selected.run.notes.is_empty() {
        console.say(selected.run.notes.render(paint(console)).trim_end())?;
    }
    let county = county(args, &selected)?;
    let view = selected.view(args.reports.lang, county.as_deref());
    let files = write(&view, &args.reports.format, &args.out, console)?;
    if args.json {
        let json = files.iter().find(|file| file.path == "selection.json");
        let json = json.expect("a selection always has one");
        console.data(&String::from_utf8_lossy(&json.bytes))?;
    } else {
        console.say(&report::spoken(&view))?;
        console.say("")?;
        console.say(&report::summary(&view, &args.out, &files))?;
    }
    let errors = selected.run.findings.count(Severity::Error);
    let done = errors == 0 && selected.selection.proved();
    Ok(if done { Outcome::Done } else { Outcome::DoneWithErrors })
}

/// What stops a selection; with `--json` a refusal is told on standard output too.
fn refuse(args: &Args, stopped: Stopped, console: &Console) -> anyhow::Error {
    if let (true, Stopped::Refused { problems, refusal }) = (args.json, &stopped) {
        let text = format!("{:#}\n", report::refused_json(refusal, problems));
        if let Err(error) = console.data(&text) {
            return error.into();
        }
    }
    explain(stopped, console)
}

/// The county of `--county` as the register calls it.
fn county(args: &Args, selected: &Selected) -> anyhow::Result<Option<String>> {
    let Some(asked) = &args.county else { return Ok(None) };
    let level = selected.run.register.level("county");
    let level = level.ok_or_else(|| anyhow!("the register has no column `county`"))?;
    let named = county_of_plate(asked).unwrap_or(asked);
    let known = level.areas.iter().find(|area| area.to_lowercase() == named.to_lowercase());
    known.cloned().map(Some).ok_or_else(|| {
        anyhow!("the register has no county `{asked}`\nhint: a short code such as `SM`, or a name")
    })
}
