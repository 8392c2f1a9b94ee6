//! Reads xls and ods workbooks in a process of its own, so that a reader that aborts, hangs or eats
//! memory on a damaged file ends in a sentence and not with us.
//!
//! The parent keeps the bytes (they are what was hashed) and writes them to the child, which has
//! limits of memory and work; the child answers with the list of sheets and, on request, with the
//! cells of one of them. [`super::guard_wire`] says how they talk.

use std::io::{self, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use super::budget::Budget;
use super::format::Format;
use super::grid::Grid;
use super::guard_wire::{self as wire, Answer};
use super::labels::list;
use super::sheets::SheetEntry;
use crate::language::numbered;
use crate::quality::{Message, message};

/// How much longer than its allowance of work a child may take before it is ended: a busy machine
/// gives it less than a processor of its own.
const PATIENCE: u32 = 6;
/// How much of the last words of a child is read.
const LAST_WORDS: u64 = 4096;

/// The process in which workbooks are read, and what it may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guard {
    /// The executable; it is started with the words `__read FORMAT` and the limits, and must hand
    /// its input and output to [`super::serve`].
    pub program: PathBuf,
    /// Seconds of work of the processor (on Unix), and a sixth of the seconds of waiting.
    pub seconds: u32,
    /// MiB of memory (on Linux; other systems do not enforce it).
    pub memory_mib: u32,
}

impl Guard {
    /// Seconds of work when nobody says otherwise.
    pub const SECONDS: u32 = 4;
    /// MiB of memory when nobody says otherwise.
    pub const MEMORY_MIB: u32 = 448;

    /// A guard by that executable with the usual limits.
    pub fn new(program: PathBuf) -> Self {
        Self { program, seconds: Self::SECONDS, memory_mib: Self::MEMORY_MIB }
    }

    /// Starts the child, hands it a workbook and waits for the list of its sheets.
    pub(super) fn open(
        &self,
        bytes: &[u8],
        format: Format,
        budget: &Budget,
    ) -> Result<Guarded, Message> {
        let failed = |error: io::Error| {
            message!(
                "its reader could not be started: {error}",
                "cititorul lui nu a putut fi pornit: {error}",
            )
        };
        let mut child = Command::new(&self.program)
            .arg("__read")
            .arg(format.name())
            .args([self.seconds.to_string(), self.memory_mib.to_string()])
            .args([budget.cells.to_string(), budget.text.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        let output = child.stdout.take().expect("it was asked for above");
        let input = child.stdin.take();
        let answers = listen(output, *budget);
        let mut guarded =
            Guarded { guard: self.clone(), child, input, answers, sheets: Vec::new(), lost: false };
        // A child that ends before it has read everything says why when it is asked.
        guarded.send(|input| wire::write_workbook(input, bytes)).ok();
        match guarded.answer()? {
            Answer::Sheets(sheets) => guarded.sheets = sheets,
            Answer::Cells(_) => return Err(out_of_turn()),
        }
        Ok(guarded)
    }

    fn too_long(&self) -> Message {
        message!(
            "its reader was stopped after {seconds} seconds; `--max-seconds` raises the limit",
            "cititorul lui a fost oprit după {secunde}; `--max-seconds` ridică limita",
            secunde = numbered(self.seconds as usize, "secundă", "secunde"),
            seconds = self.seconds,
        )
    }

    /// What became of a child, from how it ended and what it said last.
    fn obituary(&self, status: ExitStatus, words: &str) -> Message {
        if words.contains("memory allocation") || words.contains("capacity overflow") {
            return message!(
                "its reader needs more than {limit} MiB of memory; `--max-memory-mib` raises the \
                 limit",
                "cititorul lui are nevoie de peste {limit} MiB de memorie; `--max-memory-mib` \
                 ridică limita",
                limit = self.memory_mib,
            );
        }
        match signal(status) {
            // SIGKILL and SIGXCPU, by which a system ends what works too long.
            Some(9 | 24) => self.too_long(),
            _ => message!(
                "its reader stopped: the file is damaged",
                "cititorul lui s-a oprit: fișierul este deteriorat",
            ),
        }
    }
}

fn out_of_turn() -> Message {
    message!("its reader answered out of turn", "cititorul lui a răspuns când nu era rândul lui")
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_status: ExitStatus) -> Option<i32> {
    None
}

/// Turns the output of a child into answers, on a thread of its own so that waiting can end.
fn listen(output: ChildStdout, budget: Budget) -> Receiver<Result<Answer, Silence>> {
    let (sender, receiver) = sync_channel(1);
    thread::spawn(move || {
        let mut output = BufReader::with_capacity(1 << 16, output);
        loop {
            let answer = match wire::read_answer(&mut output, &budget) {
                Ok(Ok(answer)) => Ok(answer),
                Ok(Err(refusal)) => Err(Silence::Refused(refusal)),
                Err(_) => Err(Silence::Ended),
            };
            let ended = matches!(answer, Err(Silence::Ended));
            if sender.send(answer).is_err() || ended {
                break;
            }
        }
    });
    receiver
}

/// Why a child gives no answer.
#[derive(Debug)]
enum Silence {
    /// It says why.
    Refused(Message),
    /// Its output ended.
    Ended,
}

/// A workbook opened in a process of its own.
#[derive(Debug)]
pub(super) struct Guarded {
    guard: Guard,
    child: Child,
    input: Option<ChildStdin>,
    answers: Receiver<Result<Answer, Silence>>,
    sheets: Vec<SheetEntry>,
    lost: bool,
}

impl Guarded {
    /// Whether the child has ended.
    pub(super) fn is_lost(&self) -> bool {
        self.lost
    }

    /// The sheets in the order of the workbook.
    pub(super) fn sheets(&self) -> Vec<SheetEntry> {
        self.sheets.clone()
    }

    /// The cells of a sheet.
    ///
    /// # Errors
    /// What the reader says, or what became of it.
    pub(super) fn grid(&mut self, name: &str) -> Result<Grid, Message> {
        let Some(at) = self.sheets.iter().position(|sheet| sheet.name == name) else {
            let known = list(self.sheets.iter().map(|sheet| sheet.name.as_str()), 8);
            return Err(message!(
                "there is no sheet `{name}`, but {known}",
                "nu există foaia `{name}`, ci {known}";
                known = known,
            ));
        };
        self.send(|input| wire::write_request(input, at)).ok();
        match self.answer()? {
            Answer::Cells(grid) => Ok(*grid),
            Answer::Sheets(_) => Err(out_of_turn()),
        }
    }

    fn send(&mut self, write: impl FnOnce(&mut ChildStdin) -> io::Result<()>) -> io::Result<()> {
        match &mut self.input {
            Some(input) => write(input).and_then(|()| input.flush()),
            None => Ok(()),
        }
    }

    fn answer(&mut self) -> Result<Answer, Message> {
        let patience = Duration::from_secs(u64::from(self.guard.seconds) * u64::from(PATIENCE));
        match self.answers.recv_timeout(patience) {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(Silence::Refused(refusal))) => Err(refusal),
            Ok(Err(Silence::Ended)) | Err(RecvTimeoutError::Disconnected) => Err(self.bury()),
            Err(RecvTimeoutError::Timeout) => {
                self.lost = true;
                self.child.kill().ok();
                self.child.wait().ok();
                Err(self.guard.too_long())
            }
        }
    }

    /// Waits for a child that has closed its output and says what became of it.
    fn bury(&mut self) -> Message {
        self.lost = true;
        self.input = None;
        let mut words = Vec::new();
        if let Some(stderr) = self.child.stderr.take() {
            stderr.take(LAST_WORDS).read_to_end(&mut words).ok();
        }
        match self.child.wait() {
            Ok(status) => self.guard.obituary(status, &String::from_utf8_lossy(&words)),
            Err(error) => {
                message!("its reader was lost: {error}", "cititorul lui s-a pierdut: {error}")
            }
        }
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        // Nobody asks any more: the child ends at the end of its input, or is ended.
        self.input = None;
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Limits the memory and work of this process; for the child, before it opens anything.
///
/// # Errors
/// Those of the operating system. On systems that are not Unix nothing is limited.
#[cfg(unix)]
pub fn confine(seconds: u32, memory_mib: u32) -> io::Result<()> {
    use nix::sys::resource::{Resource, setrlimit};
    let memory = u64::from(memory_mib) << 20;
    // Once the soft limit of work is reached the child is told, a second later it is ended.
    setrlimit(Resource::RLIMIT_CPU, u64::from(seconds), u64::from(seconds) + 1)?;
    setrlimit(Resource::RLIMIT_AS, memory, memory)?;
    Ok(())
}

/// Limits the memory and work of this process; for the child, before it opens anything.
///
/// # Errors
/// None: on systems that are not Unix nothing is limited but the time that the parent waits.
#[cfg(not(unix))]
pub fn confine(_seconds: u32, _memory_mib: u32) -> io::Result<()> {
    Ok(())
}
