//! `explain`: one unit from the cells of spreadsheets to its score, rank, class and decision.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use risk_index::explain::{self, Explanation};
use risk_index::index::{Index, TraceMode};
use risk_index::ingest;
use risk_index::language::Language;
use risk_index::report::{self, folder};

use super::compute::with_hint;
use super::console::Console;
use super::done::Done;
use super::outcome::Outcome;
use super::study::{Opened, StudyOptions};

/// Explain one unit: from the cells of spreadsheets to its score, rank, class and decision
///
/// UNIT is a code of the register, or a name with or without diacritics, with its county where
/// several units share it: `Apa`, `"apa, satu mare"`, `"Apa (SM)"`. Shown are the source cells with
/// what is written there, every step, weights and contributions, the neighbours on the list, and for
/// each single indicator the smallest change that would have given another result; each of these
/// changes was confirmed by running the computation again with that one number changed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Study file (left out with `--demo`), then code or name of the unit (left out with `--county`)
    #[arg(value_names = ["STUDY", "UNIT"], num_args = 0..=2)]
    words: Vec<String>,

    #[command(flatten)]
    options: StudyOptions,

    /// Print JSON, with every cell
    #[arg(long)]
    json: bool,

    /// One A4 page in Romanian that the mayor can be handed, as HTML ready to print
    #[arg(long, conflicts_with = "json")]
    letter: bool,

    /// One for every unit of a county (its name or plate letters) instead of UNIT, into the folder
    /// `--out`
    #[arg(long, value_name = "COUNTY", requires = "out")]
    county: Option<String>,

    /// File to write instead of standard output; with `--county` a folder
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
}

/// The form that was asked for.
#[derive(Clone, Copy)]
enum Form {
    Text,
    Json,
    Letter,
}

pub(crate) fn run(args: &Args, console: &Console) -> anyhow::Result<Outcome> {
    let (study, asked) = parted(args)?;
    let opened = args.options.open(study)?;
    let done =
        args.options.request(&opened, TraceMode::Keep, |request| Done::of(request, console))?;
    let form = match (args.json, args.letter) {
        (true, _) => Form::Json,
        (false, true) => Form::Letter,
        (false, false) => Form::Text,
    };
    if let Some(county) = &args.county {
        let out = args.out.as_deref().expect("clap asks for --out with --county");
        return of_county((&done, &opened), county, (out, form), console);
    }
    let asked = asked.expect("a unit is asked for where no county is");
    let unit = explain::find_unit(&done.run().register, asked)
        .map_err(|unfound| anyhow!("{unfound}\nhint: {}", unfound.hint))?;
    let text = said(&account(&done, &opened, unit), form)?;
    match &args.out {
        Some(file) => report::write_file(file, text.as_bytes())
            .with_context(|| format!("cannot write `{}`", file.display()))?,
        None => console.data(&text)?,
    }
    Ok(Outcome::Done)
}

/// The study and the unit among the words of the command line.
fn parted(args: &Args) -> anyhow::Result<(Option<&Path>, Option<&str>)> {
    match (args.words.as_slice(), args.options.demo, args.county.is_some()) {
        ([unit], true, false) => Ok((None, Some(unit))),
        ([study, unit], false, false) => Ok((Some(Path::new(study)), Some(unit))),
        ([], true, true) => Ok((None, None)),
        ([study], false, true) => Ok((Some(Path::new(study)), None)),
        (_, true, false) => bail!("name one unit: `risk-index explain --demo UNIT`"),
        (_, false, false) => bail!("name a study and a unit: `risk-index explain STUDY UNIT`"),
        (_, true, true) => {
            bail!("`--county` stands instead of a unit, `--demo` instead of a study")
        }
        (_, false, true) => bail!("name a study: `risk-index explain STUDY --county COUNTY`"),
    }
}

fn account(done: &Done, opened: &Opened, unit: usize) -> Explanation {
    let (run, view) = (done.run(), done.view(Language::En));
    let cells = explain::cells_of(&view.figures, unit);
    let (sources, files) = (&run.study.sources, &run.observations.files);
    let written = ingest::raw_cell_texts(sources, &opened.inputs, files, &cells);
    let mut account = Explanation::new(&view, unit, &written);
    if let Done::Selected(selected) = done {
        let again = selected.again();
        let select = |index: &Index| again.select(index);
        let judge = explain::by_state(&run.register.codes()[unit], &select);
        account.what_if = explain::what_if(&view.figures, unit, &*judge);
    } else if let Some(judge) = explain::by_class(&view.figures, unit) {
        account.what_if = explain::what_if(&view.figures, unit, &*judge);
    }
    account
}

fn said(account: &Explanation, form: Form) -> anyhow::Result<String> {
    Ok(match form {
        Form::Text => explain::text(account),
        Form::Letter => explain::letter(account),
        Form::Json => format!("{}\n", serde_json::to_string_pretty(account)?),
    })
}

/// One account for each unit of a county, in a folder that is written whole or not at all.
fn of_county(
    (done, opened): (&Done, &Opened),
    county: &str,
    (out, form): (&Path, Form),
    console: &Console,
) -> anyhow::Result<Outcome> {
    let units = explain::units_of_county(&done.run().register, county)
        .map_err(|unfound| anyhow!("{unfound}\nhint: {}", unfound.hint))?;
    let ending = match form {
        Form::Text => "txt",
        Form::Json => "json",
        Form::Letter => "html",
    };
    let mut files = Vec::with_capacity(units.len());
    for unit in units {
        let account = account(done, opened, unit);
        let path = format!("{}.{ending}", account.code);
        files.push(report::File { path, bytes: said(&account, form)?.into_bytes() });
    }
    let count = files.len();
    folder::write_as(&explain::PAGES, out, &explain::marked(files), console).map_err(|error| {
        let hint = error.hint();
        with_hint(error.into(), hint)
    })?;
    console.say(&format!("{count} pages in `{}`", out.display()))?;
    Ok(Outcome::Done)
}
