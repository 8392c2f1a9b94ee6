//! `replay`: verify a bag, repeat its run, and say *identical* or what differs.

use std::path::{Path, PathBuf};

use risk_index::archive::{self, Bag, ReplayError, Replayed};
use risk_index::compare::{self, Side};
use risk_index::ingest::{Inputs, Recorder};
use risk_index::language::Language;
use risk_index::report::Format;

use super::archive::{EXECUTABLE, PackOptions, executable, pack};
use super::arguments::{LimitArgs, StudyOptions};
use super::completed::failure;
use super::console::Console;
use super::outcome::{Context as _, Failure, Outcome};

/// Verify the digests of a bag, repeat its run, and say `identical` or show the first cell that
/// differs
///
/// Compared is every file of the payload: what was read, results, reports, record. For each file
/// that differs the first cell is shown with both values and the step that made it. Exit code 0:
/// identical; 1: something differs; 2: the bag is refused (a digest, a missing, extra or unsafe file,
/// a link, a compressed ZIP) or its study cannot be run.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Bag: a folder or a ZIP that `archive` made
    bag: PathBuf,

    /// Run this study instead of the archived one, with its sources, methodology and programme, on the
    /// input files of the bag, and show what that changes, as `compare` does; exit code 1 when a score
    /// or a decision is another one
    #[arg(long, value_name = "STUDY")]
    against: Option<PathBuf>,

    /// Print JSON
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    limits: LimitArgs,
}

pub(crate) fn run(args: &Args, console: &Console) -> Result<Outcome, Failure> {
    let shown = args.bag.display();
    let refused = |refused| Failure::new(format!("the bag `{shown}` is refused\n{refused}"));
    let files = archive::read(&args.bag).map_err(refused)?;
    let bag = Bag::verified(files).map_err(refused)?;
    if let Some(study) = &args.against {
        return against(&bag, study, args, console);
    }
    let mut replayed =
        archive::replay(&bag, &args.limits.terms(), console).map_err(|error| match error {
            ReplayError::Refused(reasons) => refused(reasons),
            ReplayError::Run(stopped) => failure(*stopped, console)
                .while_doing("the archived study cannot be run by this version"),
            ReplayError::Report(error) => error.into(),
        })?;
    if !replayed.identical
        && replayed.made_by == replayed.replayed_by
        && let Some(made) = bag.info.iter().find(|(label, _)| label == EXECUTABLE)
        && made.1 != executable()?
    {
        replayed.notes.push(format!(
            "the bag was made by another build of version {}, whose executable has the SHA-256 {}",
            replayed.made_by, made.1
        ));
    }
    if args.json {
        console.data(&format!("{}\n", serde_json::to_string_pretty(&replayed)?))?;
    } else {
        console.data(&words(&replayed))?;
    }
    Ok(if replayed.identical { Outcome::Done } else { Outcome::DoneWithErrors })
}

/// Runs another study on the inputs of the bag, and compares.
fn against(bag: &Bag, study: &Path, args: &Args, console: &Console) -> Result<Outcome, Failure> {
    let shown = args.bag.display();
    let held = archive::inputs(bag)
        .map_err(|it| Failure::new(format!("the bag `{shown}` is refused\n{it}")))?;
    let options = StudyOptions::within(args.limits.clone());
    let recorder = Recorder::default();
    let mut opened = options.open(Some(study))?;
    let held = held.under(args.limits.terms());
    opened.inputs = Inputs::Recorded(Box::new(held), recorder.clone());
    let options = PackOptions { study: &options, formats: &[Format::Csv], language: Language::En };
    let packed = pack(&opened, &recorder, &options, console)
        .context(|| format!("`{}` cannot be run on the inputs of `{shown}`", study.display()))?;
    let payload = packed.payload.into_iter().map(|file| (file.path, file.bytes)).collect();
    let archived = Side::of_payload(&shown.to_string(), &bag.payload)?;
    let other = Side::of_payload(&study.display().to_string(), &payload)?;
    let comparison = compare::compare(&archived, &other, &args.limits.terms(), console)?;
    console.data(&if args.json {
        format!("{}\n", serde_json::to_string_pretty(&comparison)?)
    } else {
        compare::text(&comparison)
    })?;
    Ok(if comparison.same_results { Outcome::Done } else { Outcome::DoneWithErrors })
}

fn words(replayed: &Replayed) -> String {
    let mut text = String::new();
    for note in &replayed.notes {
        text.push_str(&format!("note: {note}\n"));
    }
    for difference in &replayed.differences {
        text.push_str(&format!("{difference}\n"));
    }
    let word = if replayed.identical { "identical" } else { "different" };
    text.push_str(&format!("{word}: {} files compared", replayed.files));
    if !replayed.identical {
        text.push_str(&format!(", {} differ", replayed.differences.len()));
    }
    text.push_str(&format!("\nSHA-256 of the tag manifest: {}\n", replayed.digest));
    text
}
