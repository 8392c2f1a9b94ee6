//! How a command ended, and the exit code people and schedulers see.

use std::process::ExitCode;

/// How a command that could be carried out ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Done; nothing at error level.
    Done,
    /// Done, with findings at error level that nobody accepted, or a replay that differs.
    DoneWithErrors,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::DoneWithErrors => Self::from(1),
        }
    }
}
