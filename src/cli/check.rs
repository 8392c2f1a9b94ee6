//! `check`: read and join everything a study names, and say what is found.

use std::path::PathBuf;

use risk_index::index::TraceMode;
use risk_index::language::Language;
use risk_index::quality::Severity;
use risk_index::report;
use risk_index::run::{self, Checked, RunError};
use risk_index::watch::Stage;
use serde_json::json;

use super::arguments::{DoubtArgs, StudyArgs};
use super::completed::{failure, paint};
use super::console::{Console, Stopwatch};
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
    let selects = checked.programme.as_ref().is_some_and(|it| !it.phases.is_empty());
    if checked.doubts.is_some() && selects && errors == 0 && !args.json {
        duration(args, console)?;
    }
    Ok(if errors == 0 { Outcome::Done } else { Outcome::DoneWithErrors })
}

/// Seconds of drawing from which the time of all variants is told.
const ENOUGH: f64 = 0.2;

/// Says how long the doubts take to draw, from a short trial. A trial that is refused says nothing: why
/// there is no list, `select` says.
fn duration(args: &Args, console: &Console) -> Result<(), Failure> {
    let study = args.study.doubting(&args.doubts);
    let stopwatch = Stopwatch::new(console, Stage::Drawing);
    let tried = study.with_request(TraceMode::Drop, |request| {
        // where few variants take so long already, they are told from
        run::trial(request, &stopwatch, &|| stopwatch.seconds() > ENOUGH)
    })?;
    match tried {
        Ok(Some([few, all])) => {
            let seconds = stopwatch.seconds() * all as f64 / few.max(1) as f64;
            let takes = spell(seconds);
            console.tell(&told!(
                "`risk-index robustness` would draw variants for about {takes} here, as a trial of {few} of them \
                 says; sets of ranks and single cases come on top",
                "`risk-index robustness` ar trage variante timp de circa {takes} pe acest calculator, după o \
                 încercare ({few}); intervalele simultane și cazurile singulare vin în plus",
            ))?;
        }
        Err(RunError::Interrupted(interrupted)) => {
            return Err(failure(RunError::Interrupted(interrupted), console));
        }
        Ok(None) | Err(_) => {}
    }
    Ok(())
}

/// Seconds, or minutes from two on.
fn spell(seconds: f64) -> String {
    if seconds < 120.0 {
        format!("{:.0} s", seconds.max(1.0))
    } else {
        format!("{:.0} min", seconds / 60.0)
    }
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
