//! `explain`: one unit from the cells of spreadsheets to its score, rank, class and decision.

use std::path::{Path, PathBuf};

use risk_index::explain::{self, Accounts, Explanation, Judge, Relist};
use risk_index::index::TraceMode;
use risk_index::ingest;
use risk_index::language::Language;
use risk_index::register::{find_unit, units_of_county};
use risk_index::report::{self, folder};
use risk_index::study::Study;

use super::arguments::{Opened, StudyOptions, SurenessArgs};
use super::completed::{Asked, Completed};
use super::console::Console;
use super::outcome::{Context as _, Failure, Outcome, cannot_write, told};

/// Explain one unit: from the cells of spreadsheets to its score, rank, class and decision
///
/// UNIT is a code of the register, or a name with or without diacritics, with its county where
/// several units share it: `Apa`, `"apa, satu mare"`, `"Apa (SM)"`. Shown are the source cells with
/// what is written there, every step, weights and contributions, the neighbours on the list, and for
/// each single number the smallest possible change (whole persons, families, the last published
/// decimal) that would have given another result; each of these changes was confirmed by running the
/// engine again with that one number changed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Study file (left out with `--demo`), then code or name of the unit (left out with `--county` and
    /// `--all`)
    #[arg(value_names = ["STUDY", "UNIT"], num_args = 0..=2)]
    words: Vec<String>,

    #[command(flatten)]
    options: StudyOptions,

    #[command(flatten)]
    sureness: SurenessArgs,

    /// Print JSON, with every cell
    #[arg(long)]
    json: bool,

    /// One A4 page that the mayor can be handed, as HTML ready to print
    #[arg(long, conflicts_with = "json")]
    letter: bool,

    /// Language of letters and of what is written to `--out`: ro or en; else that of the study, else ro
    #[arg(long, value_name = "LANG")]
    lang: Option<Language>,

    /// One for every unit of a county (its name or plate letters) instead of UNIT, into the folder
    /// `--out`
    #[arg(long, value_name = "COUNTY", requires = "out")]
    county: Option<String>,

    /// One for every unit of the register instead of UNIT, into the folder `--out`
    #[arg(long, requires = "out", conflicts_with = "county")]
    all: bool,

    /// File to write instead of standard output; with `--county` and `--all` a folder
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
}

/// How an account is written.
#[derive(Clone, Copy)]
enum Form {
    Text(Language),
    Json,
    Letter(Language),
}

impl Form {
    /// What is handed out speaks the language of reports, what the terminal shows that of the terminal.
    fn of(args: &Args, study: &Study, console: &Console) -> Self {
        let language = study.language(args.lang);
        match (args.json, args.letter, &args.out) {
            (true, _, _) => Self::Json,
            (false, true, _) => Self::Letter(language),
            (false, false, Some(_)) => Self::Text(language),
            (false, false, None) => Self::Text(console.language()),
        }
    }

    fn write(self, account: &Explanation) -> Result<String, serde_json::Error> {
        Ok(match self {
            Self::Text(language) => explain::text(account, language),
            Self::Letter(language) => explain::letter(account, language),
            Self::Json => format!("{}\n", serde_json::to_string_pretty(account)?),
        })
    }

    fn extension(self) -> &'static str {
        match self {
            Self::Text(_) => "txt",
            Self::Json => "json",
            Self::Letter(_) => "html",
        }
    }
}

pub(crate) fn run(args: &Args, console: &Console) -> Result<Outcome, Failure> {
    let (study, unit) = words(args)?;
    let options = args.options.doubting(&args.sureness.doubts);
    let opened = options.open(study)?;
    let asked = if args.sureness.is_asked() { Asked::Robustness } else { Asked::Named };
    let completed = options
        .request(&opened, TraceMode::Keep, |request| Completed::of(request, asked, console))?;
    let register = &completed.run().register;
    let units = match (unit, &args.county) {
        (Some(unit), _) => vec![find_unit(register, unit)?],
        (None, Some(county)) => units_of_county(register, county)?,
        (None, None) => (0..register.len()).collect(),
    };
    let form = Form::of(args, &completed.run().study, console);
    let files = written(&completed, &opened, &units, form, console)?;
    match (unit.is_some(), &args.out) {
        (true, Some(file)) => {
            report::write_file(file, &files[0].bytes).context(|| cannot_write(file))?;
        }
        (true, None) => console.data(&String::from_utf8_lossy(&files[0].bytes))?,
        (false, out) => {
            let out = out.as_deref().expect("clap asks for --out with --county and --all");
            let count = files.len();
            folder::write_as(&explain::PAGES, out, &explain::marked(files), console)?;
            let place = out.display();
            console.tell(&told!("{count} pages in `{place}`", "pagini în `{place}`: {count}"))?;
        }
    }
    Ok(Outcome::Done)
}

/// The study and the unit among the words of the command line.
fn words(args: &Args) -> Result<(Option<&Path>, Option<&str>), Failure> {
    let several = args.county.is_some() || args.all;
    let wrong = match (args.words.as_slice(), args.options.demo, several) {
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
            "`--county` and `--all` stand instead of a unit, `--demo` instead of a study",
            "`--county` și `--all` țin locul unei unități, iar `--demo` pe al unui studiu",
        ),
        (_, false, true) => told!(
            "name a study: `risk-index explain STUDY --county COUNTY`",
            "numiți un studiu: `risk-index explain STUDIU --county JUDEȚ`",
        ),
    };
    Err(Failure::new(wrong))
}

/// One file for each unit, named by its code.
fn written(
    completed: &Completed,
    opened: &Opened,
    units: &[usize],
    form: Form,
    console: &Console,
) -> Result<Vec<report::File>, Failure> {
    let whole = completed.view(Language::En);
    let published = report::Published::of(&whole);
    let view = published.view(&whole);
    let cells = explain::cells_of(&view.figures, units);
    let sources = &completed.run().study.sources;
    let texts = ingest::raw_cell_texts(sources, &opened.inputs, completed.files_read(), &cells);
    let judge = match (completed, view.selection) {
        // what a change would have done says where a score stands that is withheld
        _ if published.withholds() => None,
        (Completed::Selected(selected), Some(chosen)) => {
            let start = || -> Relist<'_> { Box::new(selected.relisted()) };
            Some(Judge::by_state(chosen, &view.figures, start))
        }
        _ => Judge::by_class(&view.figures),
    };
    let accounts = Accounts::new(&view, &texts, judge);
    let file = |account: &Explanation| {
        let path = format!("{}.{}", account.code, form.extension());
        let text = form.write(account)?;
        Ok::<_, serde_json::Error>(report::File { path, bytes: text.into_bytes() })
    };
    let files = accounts.each(units, console, &file)?;
    Ok(files.into_iter().collect::<Result<_, _>>()?)
}
