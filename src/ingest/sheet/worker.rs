//! Reads xls and ods workbooks in a process of its own, so that a reader that aborts, hangs or eats
//! memory on a damaged file ends in a sentence and not with us.
//!
//! The parent keeps the bytes (they are what was hashed) and writes them to the child behind their
//! length; the child, which has limits of memory and work, answers with the list of sheets. Then the
//! parent asks for one sheet after the other by its position, and the child answers with its cells and
//! what the sheet says of them besides. Each record of an answer stands behind its length.

use std::io::{self, BufReader, BufWriter, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::facts::Facts;
use super::grid::{Content, Grid, GridBuilder};
use super::whole_sheet::{SheetEntry, WholeSheets};
use crate::ingest::bytes::format::Format;
use crate::ingest::bytes::limits::{Budget, Worker};
use crate::message::ingest::sheet as message;
use crate::quality::Message;

/// How much longer than its allowance of work a child may take before it is ended: a busy machine
/// gives it less than a processor of its own.
const PATIENCE: u32 = 6;
/// How much of the last words of a child is read.
const LAST_WORDS: u64 = 4096;
/// Cells of a row that are sent together.
const TOGETHER: usize = 256;
/// The longest record of an answer.
const LONGEST: u32 = 64 << 20;

/// A part of an answer.
#[derive(Debug, Serialize, Deserialize)]
enum Record<'r> {
    /// The sheets of the workbook: a whole answer.
    Sheets(Vec<SheetEntry>),
    /// The number of a row, and of each of some of its cells the column, whether it is shown in per cent, its content.
    Row(u32, #[serde(borrow)] Vec<(u32, bool, Content<'r>)>),
    /// That a sheet has no more cells, and what it says of them besides.
    End(Box<Facts>),
    /// Why there is no answer, in English and in Romanian.
    Refused(&'r str, &'r str),
}

impl Record<'_> {
    fn send(&self, output: &mut impl Write) -> io::Result<()> {
        let bytes = postcard::to_stdvec(self).map_err(io::Error::other)?;
        let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        output.write_all(&length.to_le_bytes())?;
        output.write_all(&bytes)
    }
}

/// Reads the next record into `buffer`, from which it borrows its texts.
fn receive<'r>(input: &mut impl Read, buffer: &'r mut Vec<u8>) -> io::Result<Record<'r>> {
    let mut length = [0; 4];
    input.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    if length > LONGEST {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a record of impossible length"));
    }
    buffer.resize(length as usize, 0);
    input.read_exact(buffer)?;
    postcard::from_bytes(buffer).map_err(io::Error::other)
}

/// Limits the memory and work of this process; for the child, before it opens anything.
///
/// # Errors
/// Those of the operating system. On systems that are not Unix nothing is limited but the time that
/// the parent waits.
pub fn confine(seconds: u32, memory_mib: u32) -> io::Result<()> {
    #[cfg(unix)]
    {
        use nix::sys::resource::{Resource, setrlimit};
        let memory = u64::from(memory_mib) << 20;
        // Once the soft limit of work is reached the child gets a signal, a second later it is ended.
        setrlimit(Resource::RLIMIT_CPU, u64::from(seconds), u64::from(seconds) + 1)?;
        setrlimit(Resource::RLIMIT_AS, memory, memory)?;
    }
    #[cfg(not(unix))]
    let _ = (seconds, memory_mib);
    Ok(())
}

/// Serves one workbook: reads it from `input`, answers on `output`, until no further sheet is
/// requested. For the process that a [`Worker`] names; `format` is the word it was started with.
///
/// # Errors
/// When input or output end early; what is wrong with the workbook is an answer.
pub fn serve(
    format: &str,
    budget: &Budget,
    input: &mut impl Read,
    output: &mut impl Write,
) -> io::Result<()> {
    let mut output = BufWriter::with_capacity(1 << 16, output);
    let mut length = [0; 8];
    input.read_exact(&mut length)?;
    let mut bytes = Vec::new();
    input.take(u64::from_le_bytes(length)).read_to_end(&mut bytes)?;
    let format = if format == Format::Ods.name() { Format::Ods } else { Format::Xls };
    let mut book = match WholeSheets::open(&bytes, format, budget) {
        Ok(book) => book,
        Err(refusal) => return refuse(&mut output, &refusal),
    };
    let sheets = book.sheets();
    Record::Sheets(sheets.clone()).send(&mut output)?;
    output.flush()?;
    let mut request = [0; 4];
    while input.read_exact(&mut request).is_ok() {
        let requested = sheets.get(u32::from_le_bytes(request) as usize);
        let name = requested.map_or("", |sheet| sheet.name.as_str());
        match book.grid(name, budget) {
            Ok(grid) => send_grid(&mut output, &grid)?,
            Err(refusal) => refuse(&mut output, &refusal)?,
        }
    }
    Ok(())
}

fn refuse(output: &mut impl Write, refusal: &Message) -> io::Result<()> {
    Record::Refused(&refusal.en, &refusal.ro).send(output)?;
    output.flush()
}

fn send_grid(output: &mut impl Write, grid: &Grid) -> io::Result<()> {
    for row in grid.rows_from(0) {
        let mut cells = row.shown_cells().peekable();
        while cells.peek().is_some() {
            Record::Row(row.number(), cells.by_ref().take(TOGETHER).collect()).send(output)?;
        }
    }
    Record::End(Box::new(grid.facts.clone())).send(output)?;
    output.flush()
}

/// What a child answers.
#[derive(Debug)]
enum Answer {
    /// The sheets of the workbook.
    Sheets(Vec<SheetEntry>),
    /// The cells of the sheet that was requested.
    Cells(Box<Grid>),
}

/// Why a child gives no answer.
#[derive(Debug)]
enum Silence {
    /// It says why.
    Refused(Message),
    /// Its output ended, or made no sense.
    Ended,
}

/// Reads the next answer.
fn read_answer(input: &mut impl Read, budget: &Budget) -> Result<Answer, Silence> {
    let mut builder = GridBuilder::default();
    let mut buffer = Vec::new();
    loop {
        match receive(input, &mut buffer).map_err(|_| Silence::Ended)? {
            Record::Sheets(sheets) => return Ok(Answer::Sheets(sheets)),
            Record::Row(row, cells) => {
                for (column, is_percent, content) in cells {
                    builder.cell(row, column, content);
                    if is_percent {
                        builder.shown_in_percent();
                    }
                    builder.within(budget).map_err(Silence::Refused)?;
                }
            }
            Record::End(facts) => {
                let (mut grid, _) = builder.finish_cells();
                grid.facts = *facts;
                return Ok(Answer::Cells(Box::new(grid)));
            }
            Record::Refused(en, ro) => {
                let (en, ro) = (en.to_owned(), ro.to_owned());
                return Err(Silence::Refused(Message { en, ro }));
            }
        }
    }
}

/// Turns the output of a child into answers, on a thread of its own so that waiting can end.
fn listen(output: ChildStdout, budget: Budget) -> Receiver<Result<Answer, Silence>> {
    let (sender, receiver) = sync_channel(1);
    thread::spawn(move || {
        let mut output = BufReader::with_capacity(1 << 16, output);
        loop {
            let answer = read_answer(&mut output, &budget);
            let ended = matches!(answer, Err(Silence::Ended));
            if sender.send(answer).is_err() || ended {
                break;
            }
        }
    });
    receiver
}

/// A workbook opened in a process of its own.
#[derive(Debug)]
pub(super) struct WorkerBook {
    worker: Worker,
    child: Child,
    input: Option<ChildStdin>,
    answers: Receiver<Result<Answer, Silence>>,
    sheets: Vec<SheetEntry>,
    lost: bool,
}

impl WorkerBook {
    /// Starts the child, hands it a workbook and waits for the list of its sheets.
    ///
    /// # Errors
    /// What the reader says about a file it cannot open, or what became of it.
    pub(super) fn open(
        bytes: &[u8],
        format: Format,
        worker: &Worker,
        budget: &Budget,
    ) -> Result<Self, Message> {
        let mut child = Command::new(&worker.program)
            .arg("__read")
            .arg(format.name())
            .args([worker.seconds.to_string(), worker.memory_mib.to_string()])
            .args([budget.cells.to_string(), budget.text.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| message::worker_not_started(&error.to_string()))?;
        let output = child.stdout.take().expect("it is piped above");
        let mut book = Self {
            worker: worker.clone(),
            input: child.stdin.take(),
            answers: listen(output, *budget),
            child,
            sheets: Vec::new(),
            lost: false,
        };
        // A child that ends before it has read everything says why when its answer is read.
        book.send(&(bytes.len() as u64).to_le_bytes()).and_then(|()| book.send(bytes)).ok();
        match book.answer()? {
            Answer::Sheets(sheets) => book.sheets = sheets,
            Answer::Cells(_) => return Err(message::worker_out_of_turn()),
        }
        Ok(book)
    }

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
            let known = self.sheets.iter().map(|sheet| sheet.name.as_str());
            return Err(message::worker_has_no_sheet(name, known));
        };
        self.send(&u32::try_from(at).unwrap_or(u32::MAX).to_le_bytes()).ok();
        match self.answer()? {
            Answer::Cells(grid) => Ok(*grid),
            Answer::Sheets(_) => Err(message::worker_out_of_turn()),
        }
    }

    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        match &mut self.input {
            Some(input) => input.write_all(bytes).and_then(|()| input.flush()),
            None => Ok(()),
        }
    }

    fn answer(&mut self) -> Result<Answer, Message> {
        let patience = Duration::from_secs(u64::from(self.worker.seconds) * u64::from(PATIENCE));
        match self.answers.recv_timeout(patience) {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(Silence::Refused(refusal))) => Err(refusal),
            Ok(Err(Silence::Ended)) | Err(RecvTimeoutError::Disconnected) => Err(self.obituary()),
            Err(RecvTimeoutError::Timeout) => {
                self.lost = true;
                self.child.kill().ok();
                self.child.wait().ok();
                Err(message::worker_too_slow(self.worker.seconds))
            }
        }
    }

    /// Waits for a child that has closed its output; what became of it, from how it ended and what
    /// it said last.
    fn obituary(&mut self) -> Message {
        self.lost = true;
        self.input = None;
        let mut words = Vec::new();
        if let Some(stderr) = self.child.stderr.take() {
            stderr.take(LAST_WORDS).read_to_end(&mut words).ok();
        }
        let words = String::from_utf8_lossy(&words);
        match self.child.wait() {
            Ok(_) if words.contains("memory allocation") || words.contains("capacity overflow") => {
                message::worker_too_large(self.worker.memory_mib)
            }
            // SIGKILL and SIGXCPU, by which a system ends what works too long.
            Ok(status) if matches!(signal(status), Some(9 | 24)) => {
                message::worker_too_slow(self.worker.seconds)
            }
            Ok(_) => message::worker_stopped(),
            Err(error) => message::worker_lost(&error.to_string()),
        }
    }
}

impl Drop for WorkerBook {
    fn drop(&mut self) {
        // No further sheet is requested: the child ends at the end of its input, or is ended.
        self.input = None;
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_status: ExitStatus) -> Option<i32> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::sheet::facts::{Hidden, Rectangle};

    fn answer(bytes: &[u8]) -> Result<Answer, Silence> {
        read_answer(&mut &*bytes, &Budget::default())
    }

    #[test]
    fn cells_arrive_as_they_were_sent() {
        let mut builder = GridBuilder::default();
        builder.cell(3, 2, Content::Text("Râmnicu"));
        builder.cell(3, 3, Content::Number(-0.5));
        builder.cell(4, 2, Content::Date("2021-12-01"));
        builder.cell(4, 3, Content::Bool(true));
        builder.cell(5, 1, Content::Error("#DIV/0!"));
        builder.cell(5, 2, Content::Uncalculated);
        builder.shown_in_percent();
        let (mut sent, _) = builder.finish_cells();
        sent.facts.merges = vec![Rectangle { top: 1, left: 1, bottom: 2, right: 4 }];
        sent.facts.hidden_rows = vec![Hidden { first: 3, last: 4, by_filter: true }];
        let mut bytes = Vec::new();
        send_grid(&mut bytes, &sent).unwrap();
        let Ok(Answer::Cells(grid)) = answer(&bytes) else { panic!("cells were sent") };
        assert_eq!(grid.facts, sent.facts);
        assert_eq!(grid.len(), 3);
        for row in sent.rows_from(0) {
            let found = grid.numbered(row.number()).unwrap();
            assert!(row.shown_cells().eq(found.shown_cells()));
        }
    }

    #[test]
    fn a_workbook_that_is_none_is_refused_in_words() {
        let bytes = b"not a workbook";
        let input = [&(bytes.len() as u64).to_le_bytes()[..], bytes].concat();
        let mut output = Vec::new();
        serve("xls", &Budget::default(), &mut &*input, &mut output).unwrap();
        assert!(matches!(answer(&output), Err(Silence::Refused(_))));
    }

    #[test]
    fn output_that_ends_or_makes_no_sense_is_an_error() {
        let mut sheets = Vec::new();
        Record::Sheets(vec![SheetEntry { name: "2023".to_owned(), hidden: false }])
            .send(&mut sheets)
            .unwrap();
        assert!(matches!(answer(&sheets), Ok(Answer::Sheets(_))));
        for bytes in [&b""[..], &sheets[..sheets.len() - 1], b"zzzzzzzz", b"\x02\0\0\0\xff\xff"] {
            assert!(matches!(answer(bytes), Err(Silence::Ended)), "{bytes:?}");
        }
    }

    #[test]
    fn more_cells_than_allowed_are_refused_while_they_arrive() {
        let mut bytes = Vec::new();
        for row in 1..=5 {
            Record::Row(row, vec![(1, false, Content::Number(1.0))]).send(&mut bytes).unwrap();
        }
        let tight = Budget { cells: 3, ..Budget::default() };
        let refused = read_answer(&mut &*bytes, &tight);
        let Err(Silence::Refused(refusal)) = refused else { panic!("there are too many") };
        assert!(refusal.en.contains("more than 3 cells"), "{refusal}");
    }
}
