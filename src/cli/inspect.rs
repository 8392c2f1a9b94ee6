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
/// file before it is printed, so that `check` accepts it as it stands. Every sheet of a workbook is
/// tried. What cannot be a source says why.
///
/// Exit code 0 when every file can be a source as it is, 1 when any of them cannot, whatever the reason:
/// no table of areas, a file of another kind, one that is damaged or too large to be looked at.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Files, or globs in quotes
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,

    /// Sheet to look at, by name or else by number; the one with the table of the finest areas when
    /// absent, the newest of several
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
    let mut outcome = Outcome::Done;
    let mut portraits = Vec::new();
    for (at, path) in paths.iter().enumerate() {
        let portrait = portrait(args, &inputs, path, &matcher);
        if !portrait.stands() {
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

/// Looks at a file: at the sheet of the name that was given, or else of that number.
fn portrait(args: &Args, inputs: &Inputs, path: &str, matcher: &Matcher<'_>) -> Portrait {
    let Some(text) = &args.sheet else { return inspect::portray(inputs, path, None, matcher) };
    let named = SheetChoice::Name(text.clone());
    let by_name = inspect::portray(inputs, path, Some(&named), matcher);
    match text.parse() {
        Ok(number) if number > 0 && by_name.lacks_sheet() => {
            inspect::portray(inputs, path, Some(&SheetChoice::Number(number)), matcher)
        }
        _ => by_name,
    }
}
