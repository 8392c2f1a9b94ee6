//! What may be shown where: data on stdout, words and progress on stderr, and when to stop.

use std::cell::{Cell, RefCell};
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use risk_index::language::Language;
use risk_index::quality::Message;
use risk_index::watch::{Interrupted, Stage, Watch};

use super::outcome::{Failure, error_word, said, told};

/// A bar appears when a stage takes longer than this.
const PATIENCE: Duration = Duration::from_millis(500);

/// How much is shown to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verbosity {
    /// Summary, findings, progress.
    Normal,
    /// Errors only.
    Quiet,
}

/// The terminal of one command.
pub(crate) struct Console {
    verbosity: Verbosity,
    /// The language that was asked for.
    asked: Option<Language>,
    colour: bool,
    stop: Arc<AtomicBool>,
    /// Whether a search runs, which does not look at `stop` before it ends.
    searching: Arc<AtomicBool>,
    stage: RefCell<Option<Running>>,
}

struct Running {
    stage: Stage,
    since: Instant,
    bar: Option<ProgressBar>,
}

impl Console {
    /// A console that stops the run at the first Ctrl-C. In the middle of a search, when nothing lies
    /// on the disk yet, the process ends at once, and so it does at the second Ctrl-C.
    pub(crate) fn new(verbosity: Verbosity, asked: Option<Language>) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let searching = Arc::new(AtomicBool::new(false));
        let (flag, within) = (Arc::clone(&stop), Arc::clone(&searching));
        let language = asked.unwrap_or(Language::En);
        let handler = move || {
            if flag.swap(true, Ordering::SeqCst) {
                abandon();
            }
            if within.load(Ordering::SeqCst) {
                let below_the_bar = if io::stderr().is_terminal() { "\n" } else { "" };
                // whether it can be said or not, the process ends
                let (error, stopped) = (error_word(language), said(Interrupted));
                let stopped = stopped.text(language);
                writeln!(io::stderr().lock(), "{below_the_bar}{error}{stopped}").ok();
                abandon();
            }
        };
        // Without a handler Ctrl-C still ends the process; nothing is lost but the clean message.
        ctrlc::set_handler(handler).ok();
        Self {
            verbosity,
            asked,
            colour: wants_colour(),
            stop,
            searching,
            stage: RefCell::new(None),
        }
    }

    /// Whether people's text may be coloured: a terminal, and `NO_COLOR` unset.
    pub(crate) fn colour(&self) -> bool {
        self.colour
    }

    /// The language of what is said: the one that was asked for, else English.
    pub(crate) fn language(&self) -> Language {
        self.asked.unwrap_or(Language::En)
    }

    /// The language of the summary of reports: the one that was asked for, else theirs.
    pub(crate) fn language_of(&self, reports: Language) -> Language {
        self.asked.unwrap_or(reports)
    }

    /// Says something to a person, in the language of the terminal.
    pub(crate) fn tell(&self, message: &Message) -> io::Result<()> {
        self.say(message.text(self.language()))
    }

    /// Writes data that one could pipe.
    pub(crate) fn data(&self, text: &str) -> io::Result<()> {
        self.clear();
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        out.flush()
    }

    /// Says something to a person.
    pub(crate) fn say(&self, text: &str) -> io::Result<()> {
        if self.verbosity == Verbosity::Quiet {
            return Ok(());
        }
        self.warn(text)
    }

    /// Says something that even a quiet run must not keep to itself.
    pub(crate) fn warn(&self, text: &str) -> io::Result<()> {
        self.clear();
        writeln!(io::stderr().lock(), "{text}")
    }

    fn clear(&self) {
        if let Some(running) = self.stage.borrow_mut().take()
            && let Some(bar) = running.bar
        {
            bar.finish_and_clear();
        }
    }
}

impl Watch for Console {
    fn at(&self, stage: Stage, done: usize, total: usize) -> Result<(), Interrupted> {
        if self.stop.load(Ordering::SeqCst) {
            self.clear();
            return Err(Interrupted);
        }
        self.searching.store(stage == Stage::Selecting && done < total, Ordering::SeqCst);
        if self.verbosity == Verbosity::Quiet || !io::stderr().is_terminal() {
            return Ok(());
        }
        if self.stage.borrow().as_ref().is_none_or(|running| running.stage != stage) {
            self.clear();
            self.stage.replace(Some(Running { stage, since: now(), bar: None }));
        }
        if let Some(running) = self.stage.borrow_mut().as_mut() {
            if running.bar.is_none() && running.since.elapsed() >= PATIENCE {
                running.bar = Some(bar(words(stage).text(self.language()), total));
            }
            if let Some(bar) = &running.bar {
                bar.set_position(done as u64);
            }
        }
        Ok(())
    }
}

/// The words beside a progress bar.
fn words(stage: Stage) -> Message {
    match stage {
        Stage::Reading => told!("reading sources", "se citesc sursele"),
        Stage::Computing => told!("computing the index", "se calculează indicele"),
        Stage::Selecting => told!("applying the programme", "se aplică programul"),
        Stage::Drawing => told!("drawing variants", "se trag variantele"),
        Stage::Explaining => told!("explaining units", "se explică unitățile"),
        Stage::Reporting => told!("making reports", "se fac rapoartele"),
        Stage::Writing => told!("writing the run folder", "se scrie dosarul rulării"),
    }
}

fn bar(words: &str, total: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(total as u64).with_style(style).with_message(words.to_owned())
}

/// Sums the time between the pieces of one stage; the rest is as the console does it.
pub(crate) struct Stopwatch<'c> {
    console: &'c Console,
    stage: Stage,
    last: Cell<Option<Instant>>,
    took: Cell<Duration>,
}

impl<'c> Stopwatch<'c> {
    pub(crate) fn new(console: &'c Console, stage: Stage) -> Self {
        Self { console, stage, last: Cell::new(None), took: Cell::new(Duration::ZERO) }
    }

    pub(crate) fn seconds(&self) -> f64 {
        self.took.get().as_secs_f64()
    }
}

impl Watch for Stopwatch<'_> {
    fn at(&self, stage: Stage, done: usize, total: usize) -> Result<(), Interrupted> {
        if stage == self.stage {
            let now = now();
            // a stage that begins again does not count what lay between
            if let Some(before) = self.last.get().filter(|_| done > 0) {
                self.took.set(self.took.get() + now.duration_since(before));
            }
            self.last.set(Some(now));
        }
        self.console.at(stage, done, total)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the clock only decides when a bar is shown, and takes the time of a trial"
)]
fn now() -> Instant {
    Instant::now()
}

#[expect(clippy::disallowed_methods, reason = "NO_COLOR is read here and nowhere else")]
fn wants_colour() -> bool {
    let no_colour = std::env::var("NO_COLOR").is_ok_and(|value| !value.is_empty());
    let dumb = std::env::var("TERM").is_ok_and(|value| value == "dumb");
    io::stderr().is_terminal() && !no_colour && !dumb
}

#[expect(clippy::exit, reason = "the second Ctrl-C ends the process at once")]
fn abandon() {
    std::process::exit(130);
}

/// The language of the terminal by `RISK_INDEX_LANG`; none where it is not set.
#[expect(clippy::disallowed_methods, reason = "RISK_INDEX_LANG is read here and nowhere else")]
pub(crate) fn language_of_environment() -> Result<Option<Language>, Failure> {
    match std::env::var("RISK_INDEX_LANG") {
        Ok(word) if !word.is_empty() => word.parse().map(Some).map_err(|_| {
            Failure::new(told!("RISK_INDEX_LANG is `{word}`", "RISK_INDEX_LANG este `{word}`"))
                .hint(told!("choose `ro` or `en`", "alegeți `ro` sau `en`"))
        }),
        _ => Ok(None),
    }
}
