//! `replay`: verify a bag, repeat its run, and say *identical* or what differs.

use std::path::{Path, PathBuf};

use risk_index::archive::{self, Bag, Refused, ReplayError, Replayed};
use risk_index::compare::{self, Side};
use risk_index::ingest::{Inputs, Recorder};
use risk_index::language::Language;
use risk_index::quality::Message;
use risk_index::report::Format;

use super::archive::{EXECUTABLE, PackOptions, executable, pack};
use super::arguments::{LimitArgs, StudyOptions};
use super::completed::{Asked, failure};
use super::console::Console;
use super::outcome::{Context as _, Failure, Outcome, told};

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
    let shown = args.bag.display().to_string();
    let refused = |why| refused(&shown, &why);
    let files = archive::read(&args.bag).map_err(refused)?;
    let bag = Bag::verified(files).map_err(refused)?;
    if let Some(study) = &args.against {
        return against(&bag, study, args, console);
    }
    let mut replayed =
        archive::replay(&bag, &args.limits.terms(), console).map_err(|error| match error {
            ReplayError::Refused(why) => refused(why),
            ReplayError::Run(stopped) => failure(*stopped, console).while_doing(told!(
                "the archived study cannot be run by this version",
                "studiul din arhivă nu poate fi rulat de această versiune",
            )),
            ReplayError::Report(error) => error.into(),
        })?;
    if !replayed.identical
        && replayed.made_by == replayed.replayed_by
        && let Some(made) = bag.info.iter().find(|(label, _)| label == EXECUTABLE)
        && made.1 != executable()?
    {
        replayed.notes.push(told!(
            "the bag was made by another build of version {version}, whose executable has the SHA-256 \
             {digest}",
            "arhiva a fost făcută de altă compilare a versiunii {version}, al cărei executabil are \
             SHA-256 {digest}",
            version = &replayed.made_by,
            digest = &made.1,
        ));
    }
    let is_identical = replayed.identical;
    if args.json {
        let said = replayed.only(console.language());
        console.data(&format!("{}\n", serde_json::to_string_pretty(&said)?))?;
    } else {
        console.data(&words(&replayed, console.language()))?;
    }
    Ok(if is_identical { Outcome::Done } else { Outcome::DoneWithErrors })
}

/// Runs another study on the inputs of the bag, and compares.
fn against(bag: &Bag, study: &Path, args: &Args, console: &Console) -> Result<Outcome, Failure> {
    let shown = args.bag.display().to_string();
    let held = archive::inputs(bag).map_err(|why| refused(&shown, &why))?;
    let options = StudyOptions::within(args.limits.clone());
    let recorder = Recorder::default();
    let mut opened = options.open(Some(study))?;
    let held = held.under(args.limits.terms());
    opened.inputs = Inputs::Recorded(Box::new(held), recorder.clone());
    let options = PackOptions {
        study: &options,
        wanted: Asked::Named,
        formats: &[Format::Csv],
        lang: Some(Language::En),
    };
    let packed = pack(&opened, &recorder, &options, console).context(|| {
        let study = study.display();
        told!(
            "`{study}` cannot be run on the inputs of `{shown}`",
            "`{study}` nu poate fi rulat pe intrările din `{shown}`",
        )
    })?;
    let payload = packed.payload.into_iter().map(|file| (file.path, file.bytes)).collect();
    let archived = Side::of_payload(&shown, &bag.payload)?;
    let other = Side::of_payload(&study.display().to_string(), &payload)?;
    let comparison = compare::compare(&archived, &other, &args.limits.terms(), console)?;
    let is_same = comparison.same_results;
    console.data(&if args.json {
        let said = comparison.only(console.language());
        format!("{}\n", serde_json::to_string_pretty(&said)?)
    } else {
        compare::text(&comparison, console.language())
    })?;
    Ok(if is_same { Outcome::Done } else { Outcome::DoneWithErrors })
}

/// That a bag is not believed, with every reason.
pub(super) fn refused(bag: &str, why: &Refused) -> Failure {
    let Message { en, ro } = why.message();
    Failure::new(told!("the bag `{bag}` is refused\n{en}", "arhiva `{bag}` este refuzată\n{ro}"))
}

fn words(replayed: &Replayed, language: Language) -> String {
    let mut text = String::new();
    let note = told!("note", "notă");
    for said in &replayed.notes {
        text.push_str(&format!("{}: {}\n", note.text(language), said.text(language)));
    }
    for difference in &replayed.differences {
        text.push_str(&format!("{}\n", difference.message().text(language)));
    }
    let (files, differ) = (replayed.files, replayed.differences.len());
    let compared = if replayed.identical {
        told!("identical: {files} files compared", "identic: fișiere comparate: {files}")
    } else {
        told!(
            "different: {files} files compared, {differ} differ",
            "diferit: fișiere comparate: {files}, diferă {differ}",
        )
    };
    let digest = &replayed.digest;
    let digest = told!(
        "SHA-256 of the tag manifest: {digest}",
        "SHA-256 al manifestului etichetelor: {digest}",
    );
    text.push_str(&format!("{}\n{}\n", compared.text(language), digest.text(language)));
    text
}
