//! How a command ended, and the exit code that people and schedulers see.

use std::io::{self, ErrorKind, Write as _};
use std::path::Path;
use std::process::ExitCode;

use risk_index::compare::Unreadable;
use risk_index::language::Language;
use risk_index::message::of_system;
use risk_index::quality::Message;
use risk_index::register::UnitNotFound;
use risk_index::report::ReportError;
use risk_index::report::folder::WriteError;
use risk_index::watch::Interrupted;

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

/// What kind of failure it is; the kind decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Usage, input or output, an invalid file, a stop that the rules ask for.
    Impossible,
    /// Stopped by the user.
    Interrupted,
    /// Whoever read our output went away (`| head`), which is no failure.
    ClosedPipe,
}

/// Why a command could not be carried out: classified where an error of the library is met, printed in
/// one place.
#[derive(Debug)]
pub(crate) struct Failure {
    kind: Kind,
    message: Message,
    hint: Option<Message>,
    /// Whether its text says what it is itself, as problems and findings do that are shown.
    is_headed: bool,
}

/// Writes a sentence in English and in Romanian with the same values.
macro_rules! told {
    ($en:literal, $ro:literal $(, $name:ident = $value:expr)* $(,)?) => {{
        $(let $name = $value;)*
        risk_index::quality::Message { en: format!($en), ro: format!($ro) }
    }};
}
pub(crate) use told;

impl Failure {
    /// A failure that the user can do something about.
    pub(crate) fn new(message: impl Into<Message>) -> Self {
        Self { kind: Kind::Impossible, message: message.into(), hint: None, is_headed: false }
    }

    /// Problems or findings as they are shown.
    pub(crate) fn shown(text: String) -> Self {
        Self { is_headed: true, ..Self::new(Message { en: text.clone(), ro: text }) }
    }

    /// What was typed wrong, with advice; said by those who speak Romanian only.
    pub(crate) fn in_romanian(message: String, hint: String) -> Self {
        let [message, hint] = [message, hint].map(|ro| Message { en: ro.clone(), ro });
        Self::new(message).hint(hint)
    }

    /// The same with advice.
    pub(crate) fn hint(mut self, hint: impl Into<Message>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same, met while something was done.
    pub(crate) fn while_doing(mut self, context: impl Into<Message>) -> Self {
        let (context, inner) = (context.into(), self.message);
        self.message = Message {
            en: format!("{}: {}", context.en, inner.en),
            ro: format!("{}: {}", context.ro, inner.ro),
        };
        self.is_headed = false;
        self
    }

    /// An error with what to do about it, where that is known.
    fn of(message: Message, hint: Option<Message>, kind: Kind) -> Self {
        Self { kind, hint, ..Self::new(message) }
    }

    /// Prints it once and answers the exit code.
    pub(crate) fn report(self, language: Language) -> ExitCode {
        let code = match self.kind {
            Kind::Impossible => 2,
            Kind::Interrupted => 130,
            Kind::ClosedPipe => return ExitCode::SUCCESS,
        };
        let advice = match language {
            Language::Ro => "de făcut",
            Language::En => "hint",
        };
        let prefix = if self.is_headed { "" } else { error_word(language) };
        let hint = self
            .hint
            .map_or_else(String::new, |hint| format!("\n{advice}: {}", hint.text(language)));
        // Nothing is left to do when even stderr is closed.
        writeln!(io::stderr(), "{prefix}{}{hint}", self.message.text(language)).ok();
        ExitCode::from(code)
    }
}

/// What stands before a failure.
pub(crate) fn error_word(language: Language) -> &'static str {
    match language {
        Language::Ro => "eroare: ",
        Language::En => "error: ",
    }
}

/// That a file cannot be written.
pub(crate) fn cannot_write(path: &Path) -> Message {
    let path = path.display();
    told!("cannot write `{path}`", "nu se poate scrie `{path}`")
}

/// Results whose error becomes a [`Failure`] that says what was being done.
pub(crate) trait Context<T> {
    /// The value, or a failure that begins with the context.
    fn context<C: Into<Message>>(self, context: impl FnOnce() -> C) -> Result<T, Failure>;
}

impl<T, E: Into<Failure>> Context<T> for Result<T, E> {
    fn context<C: Into<Message>>(self, context: impl FnOnce() -> C) -> Result<T, Failure> {
        self.map_err(|error| error.into().while_doing(context()))
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let is_closed = error.kind() == ErrorKind::BrokenPipe;
        let kind = if is_closed { Kind::ClosedPipe } else { Kind::Impossible };
        Self::of(of_system(&error), None, kind)
    }
}

impl From<Interrupted> for Failure {
    fn from(interrupted: Interrupted) -> Self {
        Self::of(said(interrupted), None, Kind::Interrupted)
    }
}

/// That somebody asked to stop.
pub(crate) fn said(interrupted: Interrupted) -> Message {
    told!("{interrupted}", "întrerupt; nu s-a scris nimic")
}

impl From<ReportError> for Failure {
    fn from(error: ReportError) -> Self {
        let kind = match error {
            ReportError::Interrupted(_) => Kind::Interrupted,
            _ => Kind::Impossible,
        };
        Self::of(error.message(), error.hint(), kind)
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        let kind = match error {
            WriteError::Interrupted(_) => Kind::Interrupted,
            _ => Kind::Impossible,
        };
        Self::of(error.message(), error.hint(), kind)
    }
}

impl From<UnitNotFound> for Failure {
    fn from(error: UnitNotFound) -> Self {
        Self::new(error.message).hint(error.hint)
    }
}

impl From<Unreadable> for Failure {
    fn from(error: Unreadable) -> Self {
        Self::new(error.message())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::new(told!(
            "cannot be written as JSON: {error}",
            "nu se poate scrie ca JSON: `{error}`"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(failure: impl Into<Failure>) -> Kind {
        failure.into().kind
    }

    #[test]
    fn an_interruption_is_known_whoever_passes_it_on() {
        let context: Result<(), Failure> =
            Err(Interrupted).context(|| told!("while it ran", "în timpul rulării"));
        assert_eq!(kind(Interrupted), Kind::Interrupted);
        assert_eq!(kind(context.unwrap_err()), Kind::Interrupted);
        assert_eq!(kind(ReportError::Interrupted(Interrupted)), Kind::Interrupted);
        assert_eq!(kind(WriteError::Interrupted(Interrupted)), Kind::Interrupted);
        assert_eq!(kind(ReportError::TooManyUnits { units: 1 }), Kind::Impossible);
    }

    #[test]
    fn a_closed_pipe_is_known_and_another_error_of_the_system_is_not_one() {
        assert_eq!(kind(io::Error::from(ErrorKind::BrokenPipe)), Kind::ClosedPipe);
        assert_eq!(kind(io::Error::from(ErrorKind::NotFound)), Kind::Impossible);
    }

    #[test]
    fn a_failure_says_what_was_done_and_every_cause() {
        let source = io::Error::other("the disk is full");
        let error = WriteError::Write { path: "out".into(), source };
        let failure = Err::<(), _>(error)
            .context(|| told!("`a` cannot be compared", "`a` nu poate fi comparat"));
        let message = failure.unwrap_err().message.en;
        assert_eq!(message, "`a` cannot be compared: cannot write `out`: the disk is full");
    }
}
