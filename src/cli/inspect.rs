//! `inspect`: what is in a spreadsheet.

use risk_index::ingest::Inputs;
use risk_index::inspect::{self, Portrait};
use risk_index::register::{Matcher, bundled};
use risk_index::study::SheetChoice;

use super::arguments::LimitArgs;
use super::console::Console;
use super::outcome::{Failure, Outcome};

/// Say what is in a spreadsheet: sheets, header, columns, keys, and a `[[source]]` block for a study
///
/// The format is decided by the bytes of a file, never by its extension. The header and the rows of
/// data are found by joining columns to the bundled register; the block at the end was tried on the
/// file before it is printed, so that `check` accepts it as it stands. What cannot be a source says
/// why. Exit code 1 when a file is damaged or too large to be looked at.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Files, or globs in quotes
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,

    /// Sheet to look at, by name or number; the first visible one with data when absent
    #[arg(long, value_name = "SHEET")]
    sheet: Option<String>,

    /// Print only the `[[source]]` blocks, to append them to a study
    #[arg(long, conflicts_with = "json")]
    source: bool,

    /// Print JSON: a list with an object for each file
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    limits: LimitArgs,
}

/// The register against which columns are joined.
const REGISTER: &str = "ro-uat-2025";

pub(crate) fn run(args: &Args, console: &Console) -> Result<Outcome, Failure> {
    let inputs = Inputs::Folder(std::path::PathBuf::new()).under(args.limits.terms());
    let mut paths = Vec::new();
    for file in &args.files {
        match inputs.expand(&file.replace('\\', "/")) {
            Ok(found) => paths.extend(found),
            Err(missing) => {
                let failure = Failure::new(missing.message.to_string());
                return Err(match missing.hint {
                    Some(hint) => failure.hint(hint.to_string()),
                    None => failure,
                });
            }
        }
    }
    let who = bundled(REGISTER).expect("the register is bundled");
    let matcher = Matcher::new(&who.register, &who.gazetteer, &who.aliases);
    let sheet = args.sheet.as_deref().map(choice);
    let mut outcome = Outcome::Done;
    let mut portraits = Vec::new();
    for (at, path) in paths.iter().enumerate() {
        let portrait = inspect::portray(&inputs, path, sheet.as_ref(), &matcher);
        if !portrait.is_known() {
            outcome = Outcome::DoneWithErrors;
        }
        if args.json {
            portraits.push(portrait);
        } else {
            let gap = if at > 0 { "\n" } else { "" };
            console.data(&format!("{gap}{}", words(&portrait, args)))?;
        }
    }
    if args.json {
        console.data(&format!("{}\n", serde_json::to_string_pretty(&portraits)?))?;
    }
    Ok(outcome)
}

fn words(portrait: &Portrait, args: &Args) -> String {
    if args.source { portrait.source_block() } else { portrait.render() }
}

fn choice(text: &str) -> SheetChoice {
    match text.parse() {
        Ok(number) if number > 0 => SheetChoice::Number(number),
        _ => SheetChoice::Name(text.to_owned()),
    }
}
