//! `compare`: two studies, run folders or bags side by side.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use risk_index::archive::{self, Bag};
use risk_index::compare::{self, Side};
use risk_index::ingest::{Inputs, Recorder};
use risk_index::language::Language;
use risk_index::report::{Format, RECORD, folder};

use super::archive::{PackOptions, pack};
use super::arguments::StudyOptions;
use super::completed::Asked;
use super::console::Console;
use super::outcome::{Context as _, Failure, Outcome, told};
use super::replay::refused;

/// Set two studies, run folders or bags side by side: who moves, who enters and leaves, and why
///
/// Shown are what changed in inputs, study, methodology and programme, rank correlations, how much of
/// the first places is shared, the largest moves, how much of each move every change made, and movement
/// by county. A study is run for it; so are mixtures of two studies or bags, with some of the changes
/// and without the others, when several changed. A run folder does not hold what that takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A study file, a run folder, or a bag (folder or ZIP)
    a: PathBuf,

    /// The other one
    b: PathBuf,

    #[command(flatten)]
    options: StudyOptions,

    /// Print JSON, with every unit that moved
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args, console: &Console) -> Result<Outcome, Failure> {
    let one = side(&args.a, args, console)?;
    let two = side(&args.b, args, console)?;
    let comparison = compare::compare(&one, &two, &args.options.terms(), console)?;
    if args.json {
        console.data(&format!(
            "{}\n",
            serde_json::to_string_pretty(&comparison.only(console.language()))?
        ))?;
    } else {
        console.data(&compare::text(&comparison, console.language()))?;
    }
    Ok(Outcome::Done)
}

fn side(path: &Path, args: &Args, console: &Console) -> Result<Side, Failure> {
    let name = path.display().to_string();
    let place = folder::locate(&folder::RUN, path);
    if place.join(RECORD).is_file() {
        let mut files = BTreeMap::new();
        for file in [
            RECORD,
            "selection.json",
            "tables/index.csv",
            "tables/selection.csv",
            "tables/robustness.csv",
            "tables/observations.csv",
        ] {
            if let Ok(bytes) = fs::read(place.join(file)) {
                files.insert(file.to_owned(), bytes);
            }
        }
        return Ok(Side::new(&name, &files, BTreeMap::new())?);
    }
    if path.is_dir() || path.extension().is_some_and(|end| end.eq_ignore_ascii_case("zip")) {
        let refused = |why| refused(&name, &why);
        let bag = Bag::verified(archive::read(path).map_err(refused)?).map_err(refused)?;
        return Ok(Side::of_payload(&name, &bag.payload)?);
    }
    let recorder = Recorder::default();
    let mut opened = args.options.open(Some(path))?;
    opened.inputs = Inputs::Recorded(Box::new(opened.inputs), recorder.clone());
    let options = PackOptions {
        study: &args.options,
        wanted: Asked::Named,
        formats: &[Format::Csv],
        lang: Some(Language::En),
    };
    let packed = pack(&opened, &recorder, &options, console)
        .context(|| told!("`{name}` cannot be compared", "`{name}` nu poate fi comparat"))?;
    let payload = packed.payload.into_iter().map(|file| (file.path, file.bytes)).collect();
    Ok(Side::of_payload(&name, &payload)?)
}
