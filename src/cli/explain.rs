//! `explain`: one unit from the cells of spreadsheets to its score, rank, class and decision.

use std::path::{Path, PathBuf};

use risk_index::explain::{self, Explanation};
use risk_index::index::{Index, TraceMode};
use risk_index::ingest;
use risk_index::language::Language;
use risk_index::register::{find_unit, units_of_county};
use risk_index::report::{self, folder};

use super::arguments::{Opened, StudyOptions};
use super::completed::Completed;
use super::console::Console;
use super::outcome::{Context as _, Failure, Outcome, cannot_write, told};

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

/// How an account is written.
#[derive(Clone, Copy)]
enum Form {
    Text,
    Json,
    Letter,
}

impl Form {
    fn of(args: &Args) -> Self {
        match (args.json, args.letter) {
            (true, _) => Self::Json,
            (false, true) => Self::Letter,
            (false, false) => Self::Text,
        }
    }

    fn write(self, account: &Explanation) -> Result<String, Failure> {
        Ok(match self {
            Self::Text => explain::text(account),
            Self::Letter => explain::letter(account),
            Self::Json => format!("{}\n", serde_json::to_string_pretty(account)?),
        })
    }

    fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Json => "json",
            Self::Letter => "html",
        }
    }
}

pub(crate) fn run(args: &Args, console: &Console) -> Result<Outcome, Failure> {
    let (study, unit) = words(args)?;
    let opened = args.options.open(study)?;
    let completed = args
        .options
        .request(&opened, TraceMode::Keep, |request| Completed::of(request, console))?;
    let accounts = Accounts { completed: &completed, opened: &opened };
    let form = Form::of(args);
    if let Some(county) = &args.county {
        let out = args.out.as_deref().expect("clap asks for --out with --county");
        return of_county(&accounts, county, form, out, console);
    }
    let unit = unit.expect("a unit is named where no county is");
    let unit = find_unit(&completed.run().register, unit)?;
    let text = form.write(&accounts.of(unit))?;
    match &args.out {
        Some(file) => report::write_file(file, text.as_bytes()).context(|| cannot_write(file))?,
        None => console.data(&text)?,
    }
    Ok(Outcome::Done)
}

/// The study and the unit among the words of the command line.
fn words(args: &Args) -> Result<(Option<&Path>, Option<&str>), Failure> {
    let wrong = match (args.words.as_slice(), args.options.demo, args.county.is_some()) {
        ([unit], true, false) => return Ok((None, Some(unit))),
        ([study, unit], false, false) => return Ok((Some(Path::new(study)), Some(unit))),
        ([], true, true) => return Ok((None, None)),
        ([study], false, true) => return Ok((Some(Path::new(study)), None)),
        (_, true, false) => told!(
            "name one unit: `risk-index explain --demo UNIT`",
            "numiți o unitate: `risk-index explain --demo UNITATE`",
        ),
        (_, false, false) => told!(
            "name a study and a unit: `risk-index explain STUDY UNIT`",
            "numiți un studiu și o unitate: `risk-index explain STUDIU UNITATE`",
        ),
        (_, true, true) => told!(
            "`--county` stands instead of a unit, `--demo` instead of a study",
            "`--county` ține locul unei unități, iar `--demo` pe al unui studiu",
        ),
        (_, false, true) => told!(
            "name a study: `risk-index explain STUDY --county COUNTY`",
            "numiți un studiu: `risk-index explain STUDIU --county JUDEȚ`",
        ),
    };
    Err(Failure::new(wrong))
}

/// A run whose units are accounted for, with the files it read.
struct Accounts<'a> {
    completed: &'a Completed,
    opened: &'a Opened,
}

impl Accounts<'_> {
    fn of(&self, unit: usize) -> Explanation {
        let (run, view) = (self.completed.run(), self.completed.view(Language::En));
        let cells = explain::cells_of(&view.figures, unit);
        let (sources, files) = (&run.study.sources, &run.observations.files);
        let written = ingest::raw_cell_texts(sources, &self.opened.inputs, files, &cells);
        let mut account = Explanation::new(&view, unit, &written);
        if let Completed::Selected(selected) = self.completed {
            let select = |index: &Index| selected.reselect(index);
            let judge = explain::by_state(&run.register.codes()[unit], &select);
            account.what_if = explain::what_if(&view.figures, unit, &*judge);
        } else if let Some(judge) = explain::by_class(&view.figures, unit) {
            account.what_if = explain::what_if(&view.figures, unit, &*judge);
        }
        account
    }
}

/// One account for each unit of a county, in a folder that is written whole or not at all.
fn of_county(
    accounts: &Accounts<'_>,
    county: &str,
    form: Form,
    out: &Path,
    console: &Console,
) -> Result<Outcome, Failure> {
    let units = units_of_county(&accounts.completed.run().register, county)?;
    let mut files = Vec::with_capacity(units.len());
    for unit in units {
        let account = accounts.of(unit);
        let path = format!("{}.{}", account.code, form.extension());
        files.push(report::File { path, bytes: form.write(&account)?.into_bytes() });
    }
    let count = files.len();
    folder::write_as(&explain::PAGES, out, &explain::marked(files), console)?;
    let place = out.display();
    console.tell(&told!("{count} pages in `{place}`", "pagini în `{place}`: {count}"))?;
    Ok(Outcome::Done)
}
