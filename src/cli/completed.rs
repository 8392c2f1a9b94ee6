//! A run that was carried out, with its selection where the study has a programme.

use std::path::Path;

use risk_index::language::{Language, plural};
use risk_index::observation::InputFile;
use risk_index::quality::{Message, Severity};
use risk_index::report::{self, File, ReportError, View, folder};
use risk_index::run::{self, Request, Run, RunError, Selected};
use risk_index::study::Paint;

use super::console::Console;
use super::outcome::{Failure, told};

/// What a study gives.
pub(crate) enum Completed {
    Computed(Box<Run>),
    Selected(Box<Selected>),
}

/// How much of a study is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// The selection where a programme is named, else the index.
    Named,
    /// The selection, and how sure each of its places is.
    Robustness,
}

impl Completed {
    /// Carries out as much of a study as was asked for.
    pub(crate) fn of(
        request: &Request<'_>,
        asked: Asked,
        console: &Console,
    ) -> Result<Self, Failure> {
        let failure = |stopped| failure(stopped, console);
        Ok(if asked == Asked::Robustness {
            let selected = run::robustness(request, None, console).map_err(failure)?;
            Self::Selected(Box::new(selected))
        } else if run::names_programme(request) {
            Self::Selected(Box::new(run::select(request, console).map_err(failure)?))
        } else {
            Self::Computed(Box::new(run::compute(request, console).map_err(failure)?))
        })
    }

    pub(crate) fn run(&self) -> &Run {
        match self {
            Self::Computed(run) => run,
            Self::Selected(selected) => &selected.run,
        }
    }

    /// The run with the counts as they are, where something stands for small ones in what is published
    /// or they are withheld there.
    pub(crate) fn unmasked(&self, language: Language) -> Option<View<'_>> {
        match self {
            Self::Computed(run) => run.unmasked(language),
            Self::Selected(selected) => selected.unmasked(language),
        }
    }

    /// The files that were read, each with its digest.
    pub(crate) fn files_read(&self) -> &[InputFile] {
        match self {
            Self::Computed(run) => run.files_read(),
            Self::Selected(selected) => selected.files_read(),
        }
    }

    pub(crate) fn view(&self, language: Language) -> View<'_> {
        match self {
            Self::Computed(run) => run.view(language),
            Self::Selected(selected) => selected.view(language, None),
        }
    }
}

/// Why a run stopped, as people read it.
pub(crate) fn failure(stopped: RunError, console: &Console) -> Failure {
    let language = console.language();
    let nothing_written = |text: &str, errors: usize| {
        let text = text.trim_end();
        let count = match language {
            Language::En => format!("{}; nothing was written", plural(errors, "problem")),
            Language::Ro if errors == 1 => "o problemă; nu s-a scris nimic".to_owned(),
            Language::Ro => format!("probleme: {errors}; nu s-a scris nimic"),
        };
        Failure::shown(format!("{text}\n\n{count}"))
    };
    match stopped {
        RunError::Invalid(problems) | RunError::Refused { problems, .. } => {
            let errors = problems.iter().filter(|p| p.severity == Severity::Error).count();
            nothing_written(&problems.render(language, paint(console)), errors)
        }
        RunError::Unread(findings) => {
            let errors = findings.count(Severity::Error);
            nothing_written(&report::render_findings(&findings, Severity::Error, language), errors)
        }
        RunError::NotAdopted(differences) => Failure::new(lines(&differences)).hint(told!(
            "use the files that the act fixed, or remove `[adopted]`",
            "folosiți fișierele fixate prin act sau scoateți `[adopted]`",
        )),
        RunError::Interrupted(interrupted) => interrupted.into(),
    }
}

/// Sentences, a line each.
fn lines(sentences: &[Message]) -> Message {
    let joined = |language| {
        let lines: Vec<&str> = sentences.iter().map(|sentence| sentence.text(language)).collect();
        lines.join("\n")
    };
    Message { en: joined(Language::En), ro: joined(Language::Ro) }
}

/// Shows the notes about the files of a study.
pub(crate) fn show_notes(run: &Run, console: &Console) -> Result<(), Failure> {
    if !run.notes.is_empty() {
        console.say(run.notes.render(console.language(), paint(console)).trim_end())?;
    }
    Ok(())
}

/// Writes the folder of a run whose files were made.
pub(crate) fn write(
    made: Result<Vec<File>, ReportError>,
    out: &Path,
    console: &Console,
) -> Result<Vec<File>, Failure> {
    let files = made?;
    folder::write(out, &files, console)?;
    Ok(files)
}

/// Whether problems are shown in colours.
pub(crate) fn paint(console: &Console) -> Paint {
    if console.colour() { Paint::Coloured } else { Paint::Plain }
}
