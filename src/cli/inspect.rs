//! `inspect`: what is in a spreadsheet.

use std::path::Path;

use risk_index::ingest::Inputs;
use risk_index::inspect::{self, Folder, Portrait};
use risk_index::quality::Message;
use risk_index::register::{Bundled, Matcher, bundled};
use risk_index::run::register_of;
use risk_index::study::SheetChoice;

use super::arguments::LimitArgs;
use super::console::Console;
use super::outcome::{Failure, Outcome, told};

/// Say what is in a spreadsheet: sheets, header, columns, keys, and a `[[source]]` block for a study
///
/// The format is decided by the bytes of a file, never by its extension. The header and the rows of
/// data are found by joining columns to the bundled register; the block at the end was tried on the
/// file before it is printed, so that `check` accepts it as it stands. Every sheet of a workbook is
/// tried. What cannot be a source says why.
///
/// Exit code 0 when every file can be a source as it is, 1 when any of them cannot, whatever the reason:
/// no table of areas, a file of another kind, one that is damaged or too large to be looked at. Of files
/// that are versions of one another by their names (`vmg.xls`, `vmg_vechi.xls`) the newest is drafted, and
/// the others are named.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Files, or globs in quotes
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,

    /// Sheet to look at, by name or else by number; the one with the table of the finest areas when
    /// absent, the newest of several
    #[arg(long, value_name = "SHEET")]
    sheet: Option<String>,

    /// Register against which columns are joined, instead of the bundled one: a study whose
    /// `[register]` names it, or a table with columns `code`, `name` and those of larger areas
    #[arg(long, value_name = "FILE")]
    register: Option<String>,

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
                let failure = Failure::new(missing.message);
                return Err(match missing.hint {
                    Some(hint) => failure.hint(hint),
                    None => failure,
                });
            }
        }
    }
    let who = match &args.register {
        Some(file) => register(file, &args.limits)?,
        None => bundled(REGISTER).expect("the register is bundled"),
    };
    let matcher = Matcher::new(&who.register, &who.gazetteer, &who.aliases);
    let language = console.language();
    let folder = Folder { inputs: &inputs, matcher: &matcher, language };
    let sheet = args.sheet.clone().map(SheetChoice::Name);
    let older = inspect::newer_versions(&paths);
    let mut outcome = Outcome::Done;
    let mut portraits = Vec::new();
    for (at, path) in paths.iter().enumerate() {
        let gap = if at > 0 { "\n" } else { "" };
        if let Some(newer) = older.get(path) {
            if !args.json {
                let said = set_aside(path, newer, args);
                console.data(&format!("{gap}{}", said.text(language)))?;
            }
            continue;
        }
        let portrait = inspect::portray(&folder, path, sheet.as_ref());
        if !portrait.stands() {
            outcome = Outcome::DoneWithErrors;
        }
        if args.json {
            portraits.push(portrait);
        } else {
            console.data(&format!("{gap}{}", words(&portrait, args)))?;
        }
    }
    if args.json {
        console.data(&format!("{}\n", serde_json::to_string_pretty(&portraits)?))?;
    }
    Ok(outcome)
}

/// The register of a file, whose relative paths start in its folder.
fn register(file: &str, limits: &LimitArgs) -> Result<Bundled, Failure> {
    let path = Path::new(file);
    let folder = path.parent().map(Path::to_owned).unwrap_or_default();
    let name = path.file_name().map_or(file.into(), |name| name.to_string_lossy());
    let inputs = Inputs::Folder(folder).under(limits.terms());
    register_of(&name, &inputs).map_err(|Message { en, ro }| {
        Failure::new(told!(
            "`{file}` gives no register: {en}",
            "`{file}` nu dă niciun registru: {ro}"
        ))
    })
}

/// What is said of a file that a newer one stands for.
fn set_aside(path: &str, newer: &str, args: &Args) -> Message {
    if args.source {
        told!(
            "# `{path}` is left out: by its name an older version of `{newer}`\n",
            "# `{path}` este lăsat deoparte: după nume, o versiune mai veche a lui `{newer}`\n",
        )
    } else {
        told!(
            "{path}\n  older      by its name a version of `{newer}`, which is drafted instead; look at it \
             alone to draft it\n",
            "{path}\n  mai vechi  după nume, o versiune a lui `{newer}`, care este propus în locul lui; \
             priviți-l singur ca să fie propus el\n",
        )
    }
}

fn words(portrait: &Portrait, args: &Args) -> String {
    if args.source { portrait.source_block() } else { portrait.render() }
}
