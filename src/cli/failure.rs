//! The one place that prints a failure and chooses its exit code.

use std::io::{self, ErrorKind, Write as _};
use std::process::ExitCode;

use risk_index::archive::ReplayError;
use risk_index::report::ReportError;
use risk_index::report::folder::WriteError;
use risk_index::watch::Interrupted;

/// Could not be done: usage, input or output, an invalid file, a stop that the rules ask for.
const IMPOSSIBLE: u8 = 2;
/// Stopped by the user.
const INTERRUPTED: u8 = 130;

/// Prints the error once and answers the exit code. A closed pipe (`| head`) is no failure.
pub(crate) fn report(error: &anyhow::Error) -> ExitCode {
    if is_broken_pipe(error) {
        return ExitCode::SUCCESS;
    }
    let text = format!("{error:#}");
    let line = if text.starts_with("error") { text } else { format!("error: {text}") };
    // Nothing is left to do when even stderr is closed.
    writeln!(io::stderr(), "{line}").ok();
    if is_interrupted(error) { ExitCode::from(INTERRUPTED) } else { ExitCode::from(IMPOSSIBLE) }
}

/// Whether somebody asked to stop. An error that only passes another on stands in its place, so each
/// of those is asked by its own name.
fn is_interrupted(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let report = match cause.downcast_ref() {
            Some(ReplayError::Report(report)) => Some(report),
            _ => cause.downcast_ref(),
        };
        cause.is::<Interrupted>()
            || matches!(report, Some(ReportError::Interrupted(_)))
            || matches!(cause.downcast_ref(), Some(WriteError::Interrupted(_)))
    })
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interruption_is_known_whoever_passes_it_on() {
        let passed: [anyhow::Error; 5] = [
            Interrupted.into(),
            anyhow::Error::from(Interrupted).context("while it ran"),
            ReportError::Interrupted(Interrupted).into(),
            ReplayError::Report(ReportError::Interrupted(Interrupted)).into(),
            WriteError::Interrupted(Interrupted).into(),
        ];
        assert!(passed.iter().all(is_interrupted));
        assert!(!is_interrupted(&ReportError::TooManyUnits { units: 1 }.into()));
    }
}
