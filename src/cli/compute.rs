//! `compute`: read, compute, write the run folder.

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use risk_index::index::TraceMode;
use risk_index::quality::Severity;
use risk_index::report::{self, File, Format, View, folder};
use risk_index::run::{self, Run, Stopped};
use risk_index::study::Paint;

use super::console::Console;
use super::outcome::Outcome;
use super::reports::ReportArgs;
use super::study::StudyArgs;
use risk_index::language::plural;

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

pub(crate) fn run(args: &Args, console: &Console) -> anyhow::Result<Outcome> {
    let run = computed(&args.study, console)?;
    let view = run.view(args.reports.lang);
    let files = write(&view, &args.reports.format, &args.out, console)?;
    if args.json {
        let record = files.last().expect("the record is always made, and last");
        console.data(&String::from_utf8_lossy(&record.bytes))?;
    } else {
        console.say(&report::summary(&view, &args.out, &files))?;
    }
    let errors = run.findings.count(Severity::Error);
    Ok(if errors == 0 { Outcome::Done } else { Outcome::DoneWithErrors })
}

/// Makes the files of a run and writes its folder.
pub(crate) fn write(
    view: &View<'_>,
    formats: &[Format],
    out: &Path,
    console: &Console,
) -> anyhow::Result<Vec<File>> {
    let files = report::files(view, formats, console).map_err(|error| {
        let hint = error.hint();
        with_hint(error.into(), hint)
    })?;
    folder::write(out, &files, console).map_err(|error| {
        let hint = error.hint();
        with_hint(error.into(), hint)
    })?;
    Ok(files)
}

/// Runs the study; problems and findings that stop it become the error's text.
pub(crate) fn computed(args: &StudyArgs, console: &Console) -> anyhow::Result<Run> {
    let run = args
        .with_request(TraceMode::Keep, |request| run::compute(request, console))?
        .map_err(|stopped| explain(stopped, console))?;
    if !run.notes.is_empty() {
        console.say(run.notes.render(paint(console)).trim_end())?;
    }
    Ok(run)
}

pub(crate) fn explain(stopped: Stopped, console: &Console) -> anyhow::Error {
    match stopped {
        Stopped::Invalid(problems) | Stopped::Refused { problems, .. } => {
            let errors = problems.iter().filter(|p| p.severity == Severity::Error).count();
            let text = problems.render(paint(console));
            anyhow!("{}\n\n{}; nothing was written", text.trim_end(), plural(errors, "problem"))
        }
        Stopped::Unread(findings) => {
            let text = report::told(&findings, Severity::Error);
            let errors = findings.count(Severity::Error);
            anyhow!("{}\n\n{}; nothing was written", text.trim_end(), plural(errors, "problem"))
        }
        Stopped::NotAdopted(differences) => anyhow!(
            "{}\nhint: use the files that the act fixed, or remove `[adopted]`",
            differences.join("\n")
        ),
        Stopped::Interrupted(interrupted) => interrupted.into(),
    }
}

pub(crate) fn with_hint(error: anyhow::Error, hint: Option<&str>) -> anyhow::Error {
    match hint {
        Some(hint) => {
            let text = format!("{error:#}\nhint: {hint}");
            error.context(text)
        }
        None => error,
    }
}

pub(crate) fn paint(console: &Console) -> Paint {
    if console.colour() { Paint::Coloured } else { Paint::Plain }
}
