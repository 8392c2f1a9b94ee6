//! `selftest`: run the embedded demonstration and compare with embedded digests.

use risk_index::language::Language;
use risk_index::report::{self, Format, sha256};
use risk_index::run::{self, demo};

use super::completed::failure;
use super::console::Console;
use super::outcome::{Failure, Outcome, told};

/// Run the demonstration that the command carries and compare its tables with the digests it carries
///
/// Proof for a new machine that this executable computes there what it computed where it was made:
/// `identical`, or the tables that differ. Reads and writes no file. Exit code 0: identical; 1: not.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run(_: &Args, console: &Console) -> Result<Outcome, Failure> {
    let inputs = demo::inputs();
    let run = run::compute(&demo::request(&inputs), console)
        .map_err(|stopped| failure(stopped, console))?;
    let files = report::files(&run.view(Language::Ro), &[Format::Csv], console)?;
    let mut outcome = Outcome::Done;
    for (path, expected) in demo::DIGESTS {
        let made = files.iter().find(|file| file.path == path);
        let found = made.map(|file| sha256(&file.bytes));
        if found.as_deref() != Some(expected) {
            outcome = Outcome::DoneWithErrors;
            let differs = match found {
                Some(found) => told!(
                    "{path}: expected SHA-256 {expected}, found {found}\n",
                    "{path}: SHA-256 așteptat {expected}, găsit {found}\n",
                ),
                None => told!("{path}: no such table\n", "{path}: tabelul lipsește\n"),
            };
            console.data(differs.text(console.language()))?;
        }
    }
    let tables = demo::DIGESTS.len();
    let compared = if outcome == Outcome::Done {
        told!("identical: {tables} tables compared\n", "identic: tabele comparate: {tables}\n")
    } else {
        told!("different: {tables} tables compared\n", "diferit: tabele comparate: {tables}\n")
    };
    console.data(compared.text(console.language()))?;
    Ok(outcome)
}
