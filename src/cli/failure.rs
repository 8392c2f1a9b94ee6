//! The one place that prints a failure and chooses its exit code.

use std::io::{self, ErrorKind, Write as _};
use std::process::ExitCode;

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
    if error.chain().any(<dyn std::error::Error>::is::<Interrupted>) {
        ExitCode::from(INTERRUPTED)
    } else {
        ExitCode::from(IMPOSSIBLE)
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == ErrorKind::BrokenPipe)
}
