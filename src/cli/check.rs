//! `check`: read and join everything a study names, and say what is found.

use std::path::PathBuf;

use risk_index::index::TraceMode;
use risk_index::language::Language;
use risk_index::quality::Severity;
use risk_index::report;
use risk_index::run::{self, Checked};
use serde_json::json;

use super::arguments::{DoubtArgs, StudyArgs};
use super::completed::{failure, paint};
use super::console::Console;
use super::outcome::{Context as _, Failure, Outcome, cannot_write, told};

/// Read and join everything a study names and say what is found; compute nothing
///
/// Findings are grouped by source, with places and advice; then come sums that were compared, and
/// for how many areas each measure and indicator has a value. Nothing is written but the files asked
/// for. Exit code 0: no finding at error level that the study does not accept; 1: some; 2: the study
/// is wrong or cannot be read at all.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    study: StudyArgs,

    #[command(flatten)]
    doubts: DoubtArgs,

    /// Write all findings with all their places to a CSV file
    #[arg(long, value_name = "FILE")]
    findings: Option<PathBuf>,

    /// Write an alias file for the names that were refused, with what each probably means
    #[arg(long, value_name = "FILE")]
    aliases: Option<PathBuf>,

    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args, console: &Console) -> Result<Outcome, Failure> {
    let checked = args
        .study
        .doubting(&args.doubts)
        .with_request(TraceMode::Drop, |request| run::check(request, console))?
        .map_err(|stopped| failure(stopped, console))?;
    if !checked.notes.is_empty() {
        console.say(checked.notes.render(console.language(), paint(console)).trim_end())?;
    }
    if let Some(file) = &args.findings {
        report::write_file(file, &report::findings_csv(&checked.findings))
            .context(|| cannot_write(file))?;
    }
    if let Some(file) = &args.aliases {
        report::write_file(file, checked.aliases().as_bytes()).context(|| cannot_write(file))?;
    }
    if args.json {
        console.data(&format!(
            "{}\n",
            serde_json::to_string_pretty(&as_json(&checked, console.language()))?
        ))?;
    } else {
        console.data(&checked.render(console.language()))?;
        if args.aliases.is_none() && !checked.refused.is_empty() {
            let count = checked.refused.len();
            let names = if count == 1 { "name was" } else { "names were" };
            console.tell(&told!(
                "\nhint: {count} {names} not recognised; `--aliases FILE` writes an alias file to \
                 look through, which `[register] aliases = \"FILE\"` then uses",
                "\nde făcut: denumiri nerecunoscute: {count}; `--aliases FIȘIER` scrie un fișier de \
                 aliasuri de verificat, pe care îl folosește apoi `[register] aliases = \"FIȘIER\"`",
            ))?;
        }
    }
    let errors = checked.findings.count(Severity::Error);
    Ok(if errors == 0 { Outcome::Done } else { Outcome::DoneWithErrors })
}

fn as_json(checked: &Checked, language: Language) -> serde_json::Value {
    let findings: Vec<_> =
        checked.findings.iter().map(|finding| finding.clone().only(language)).collect();
    json!({
        "units": checked.register.len(),
        "findings": findings,
        "measures": checked.measures,
        "indicators": checked.indicators,
        "unread": checked.unread,
        "doubts": checked.doubts,
        "programme": checked.programme.clone().map(|programme| programme.only(language)),
    })
}
