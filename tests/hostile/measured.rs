//! Runs the command in a process of its own and asks the operating system what it used.

use std::path::Path;
use std::process::{Command, Stdio};

/// The word by which this executable is asked to measure.
pub(crate) const WORD: &str = "--measured";

/// What a run of the command used and said.
pub(crate) struct Use {
    /// Its exit code; none when a signal ended it.
    pub(crate) code: Option<i32>,
    /// Standard output and error.
    pub(crate) said: String,
    /// The most memory that the command or its reader had at any time.
    pub(crate) memory_mib: u64,
    /// Seconds of the processor, of the command and its reader together.
    pub(crate) seconds: f64,
}

/// Runs the command in a folder.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Use {
    let report = folder.join("used");
    let output = Command::new(std::env::current_exe().unwrap())
        .arg(WORD)
        .arg(&report)
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = std::fs::read_to_string(report).unwrap();
    let mut numbers = text.split(' ').map(|number| number.parse::<i64>().unwrap());
    let mut next = || u64::try_from(numbers.next().unwrap()).unwrap_or(u64::MAX);
    let (memory, micro, code) = (next(), next(), next());
    let said = [output.stdout, output.stderr].concat();
    Use {
        code: i32::try_from(code).ok(),
        said: String::from_utf8_lossy(&said).into_owned(),
        memory_mib: memory >> 10,
        seconds: micro as f64 / 1e6,
    }
}

/// Runs the command with the words behind the first, and writes into the file that the first names:
/// KiB of memory, microseconds of work, exit code (-1 for a signal).
pub(crate) fn measure(words: &[String]) {
    let (report, arguments) = words.split_first().unwrap();
    let status = Command::new(env!("CARGO_BIN_EXE_risk-index")).args(arguments).status().unwrap();
    let (memory, micro) = used();
    let code = status.code().unwrap_or(-1);
    std::fs::write(report, format!("{memory} {micro} {code}")).unwrap();
}

/// The most memory of a child or grandchild (KiB), and the work of all (microseconds).
#[cfg(unix)]
fn used() -> (i64, i64) {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike as _;
    let used = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap();
    let work = used.user_time() + used.system_time();
    (used.max_rss(), work.num_microseconds())
}

/// Nothing is measured where the system has no such record.
#[cfg(not(unix))]
fn used() -> (i64, i64) {
    (0, 0)
}
