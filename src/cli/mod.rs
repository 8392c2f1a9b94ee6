//! The command line: one file a command, a console, and the one place that reports failures.

mod archive;
mod arguments;
mod check;
mod compare;
mod completed;
mod compute;
mod console;
mod explain;
mod init;
mod inspect;
mod methods;
mod outcome;
mod read;
mod replay;
mod robustness;
mod romanian;
mod schema;
mod select;
mod selftest;
mod typed;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use console::{Console, Verbosity, language_of_environment};
use outcome::{Failure, Outcome};
use risk_index::language::Language;

/// Compute a community risk index from the spreadsheets that agencies publish
#[derive(Debug, Parser)]
#[command(name = "risk-index", version, max_term_width = 100, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    /// Language of what is said on the terminal: ro or en; else that of `RISK_INDEX_LANG`, else en
    #[arg(long, value_name = "LANG", global = true)]
    lang: Option<Language>,

    /// Say nothing but errors
    #[arg(long, short, global = true)]
    quiet: bool,
}

const EXIT_CODES: &str = "\
Exit codes:
  0    done
  1    done, with findings at error level that the study does not accept
  2    could not be done: usage, input or output, an invalid file, a stop the rules ask for
  130  interrupted; nothing was written";

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Args),
    Inspect(inspect::Args),
    Check(check::Args),
    Compute(compute::Args),
    Explain(explain::Args),
    Archive(archive::Args),
    Replay(replay::Args),
    Compare(compare::Args),
    Selftest(selftest::Args),
    Select(select::Args),
    Robustness(robustness::Args),
    Methods(methods::Args),
    Schema(schema::Args),
    #[command(name = "__read", hide = true)]
    Read(read::Args),
}

/// Carries out what was typed and answers its exit code.
pub(crate) fn main() -> ExitCode {
    typed::parsed(&std::env::args_os().collect::<Vec<_>>()).map_or_else(|ended| ended, Cli::run)
}

impl Cli {
    /// Carries out the command and answers its exit code; a failure is printed once.
    fn run(self) -> ExitCode {
        let asked = match self.lang {
            Some(language) => Ok(Some(language)),
            None => language_of_environment(),
        };
        match asked {
            Ok(asked) => self.carried_out(asked).map_or_else(
                |failure| failure.report(asked.unwrap_or(Language::En)),
                ExitCode::from,
            ),
            Err(failure) => failure.report(Language::En),
        }
    }

    fn carried_out(self, asked: Option<Language>) -> Result<Outcome, Failure> {
        let verbosity = if self.quiet { Verbosity::Quiet } else { Verbosity::Normal };
        let console = Console::new(verbosity, asked);
        match self.command {
            Command::Init(args) => init::run(&args, &console),
            Command::Inspect(args) => inspect::run(&args, &console),
            Command::Check(args) => check::run(&args, &console),
            Command::Compute(args) => compute::run(&args, &console),
            Command::Explain(args) => explain::run(&args, &console),
            Command::Archive(args) => archive::run(&args, &console),
            Command::Replay(args) => replay::run(&args, &console),
            Command::Compare(args) => compare::run(&args, &console),
            Command::Selftest(args) => selftest::run(&args, &console),
            Command::Select(args) => select::run(&args, &console),
            Command::Robustness(args) => robustness::run(&args, &console),
            Command::Methods(args) => methods::run(&args, &console),
            Command::Schema(args) => schema::run(&args, &console),
            Command::Read(args) => read::run(&args),
        }
    }
}
