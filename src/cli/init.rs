//! `init`: a study to begin with.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use risk_index::ingest::Inputs;
use risk_index::inspect::{self, Folder, NewStudy, Portrait};
use risk_index::quality::Message;
use risk_index::register::{Matcher, bundled};
use risk_index::report::write_file;
use risk_index::run::demo;

use super::arguments::LimitArgs;
use super::console::Console;
use super::outcome::{Context as _, Failure, Outcome, cannot_write, told};

/// Begin a study: a commented file to fill in, with the sources of a folder, or the demonstration
///
/// Nothing that is already there is overwritten.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Folder of the study; made when it is not there
    #[arg(default_value = ".", value_name = "DIR")]
    folder: PathBuf,

    /// Look at every file in FOLDER and below, find the columns that the bundled methodology asks for,
    /// write a study of them with what is missing or in doubt at its top, and copy the files that it
    /// reads to DIR/inputs; other files are named with the reason
    #[arg(long, value_name = "FOLDER", conflicts_with = "demo")]
    from: Option<PathBuf>,

    /// Copy the demonstration study with its inputs
    #[arg(long)]
    demo: bool,

    #[command(flatten)]
    limits: LimitArgs,
}

/// Where a study keeps its files.
const INPUTS: &str = "inputs";

/// A file to be written: its name in the study's folder, and its bytes.
type Planned<'a> = (String, Cow<'a, [u8]>);

pub(crate) fn run(args: &Args, console: &Console) -> Result<Outcome, Failure> {
    let planned = if args.demo {
        demonstration()?
    } else if let Some(from) = &args.from {
        of_folder(args, from, console)?
    } else {
        vec![study_file(inspect::empty_study(console.language()))]
    };
    let shown = args.folder.display();
    for (name, _) in &planned {
        if args.folder.join(name).symlink_metadata().is_ok() {
            return Err(Failure::new(told!(
                "`{shown}` already has `{name}`",
                "`{shown}` are deja `{name}`"
            ))
            .hint(told!(
                "name an empty folder, or one that is not there yet",
                "numiți un dosar gol sau unul care încă nu există",
            )));
        }
    }
    for (name, bytes) in &planned {
        let path = args.folder.join(name);
        let parent = path.parent().expect("a file of the study is in its folder");
        fs::create_dir_all(parent)
            .and_then(|()| write_file(&path, bytes))
            .context(|| cannot_write(&path))?;
    }
    let study = args.folder.join("study.toml");
    if !args.demo && args.from.is_none() {
        console.tell(&told!(
            "an empty study; `--from FOLDER` writes one from the files of a folder",
            "un studiu gol; `--from DOSAR` scrie unul din fișierele unui dosar",
        ))?;
    }
    console.tell(&told!(
        "wrote {files} to `{shown}`; next: `risk-index check {study}`",
        "fișiere scrise în `{shown}`: {count}; urmează: `risk-index check {study}`",
        files = files(planned.len()),
        count = planned.len(),
        study = study.display(),
    ))?;
    Ok(Outcome::Done)
}

fn files(count: usize) -> String {
    if count == 1 { "1 file".to_owned() } else { format!("{count} files") }
}

fn study_file(text: String) -> Planned<'static> {
    ("study.toml".to_owned(), Cow::Owned(text.into_bytes()))
}

fn demonstration() -> Result<Vec<Planned<'static>>, Failure> {
    let mut planned = vec![("study.toml".to_owned(), Cow::Owned(demo::study().bytes))];
    let Inputs::Held(files) = demo::inputs() else {
        return Err(Failure::new(told!(
            "the demonstration has no inputs",
            "demonstrația nu are fișiere de intrare",
        )));
    };
    planned.extend(files);
    Ok(planned)
}

/// The study of a folder's files, and copies of those that it reads.
fn of_folder(
    args: &Args,
    from: &Path,
    console: &Console,
) -> Result<Vec<Planned<'static>>, Failure> {
    let shown = from.display();
    let mut found = Found::default();
    found.walk(from, "").context(|| {
        told!("cannot look into `{shown}`", "nu se poate citi conținutul lui `{shown}`")
    })?;
    let Found { mut names, mut beside } = found;
    names.sort();
    if names.is_empty() {
        return Err(Failure::new(told!(
            "there is no file to read in `{shown}`",
            "în `{shown}` nu este niciun fișier de citit",
        )));
    }
    let who = bundled("ro-uat-2025").expect("the register is bundled");
    let matcher = Matcher::new(&who.register, &who.gazetteer, &who.aliases);
    let inputs = Inputs::Folder(from.to_owned()).under(args.limits.terms());
    let folder = Folder { inputs: &inputs, matcher: &matcher, language: console.language() };
    let portraits: Vec<Portrait> =
        names.iter().map(|name| inspect::portray(&folder, name, None)).collect();
    let (portraits, older) = inspect::newest(portraits);
    beside.extend(older);
    beside.sort();
    let is_inside = is_inside(from, &args.folder);
    let called = |name: &str| match &is_inside {
        Some(inside) if inside.is_empty() => name.to_owned(),
        Some(inside) => format!("{inside}/{name}"),
        None => format!("{INPUTS}/{name}"),
    };
    let new = inspect::study_of(&portraits, &beside, &folder, called);
    tell(&new, console)?;
    let mut planned = vec![study_file(new.study)];
    if let Some(methodology) = new.methodology {
        planned.push((inspect::METHODOLOGY.to_owned(), Cow::Owned(methodology.into_bytes())));
    }
    if is_inside.is_none() {
        for name in new.files {
            let bytes = inputs.bytes(&name).context(|| {
                let path = from.join(&name);
                let path = path.display();
                told!("cannot open `{path}`", "nu se poate deschide `{path}`")
            })?;
            planned.push((format!("{INPUTS}/{name}"), bytes));
        }
    }
    Ok(planned)
}

/// Says what is missing or in doubt, and what was left aside.
fn tell(new: &NewStudy, console: &Console) -> Result<(), Failure> {
    console.say(&new.summary)?;
    for (number, sentence) in (1..).zip(&new.mend) {
        console.say(&format!("{number:>3}. {sentence}"))?;
    }
    for sentence in &new.know {
        console.say(&format!("  -  {sentence}"))?;
    }
    Ok(())
}

/// The path of a folder inside another, with `/`; `None` when it is not inside.
fn is_inside(folder: &Path, of: &Path) -> Option<String> {
    let (folder, of) = (fs::canonicalize(folder).ok()?, fs::canonicalize(of).ok()?);
    let inside = folder.strip_prefix(of).ok()?;
    Some(inside.to_string_lossy().replace('\\', "/"))
}

/// What a folder holds.
#[derive(Default)]
struct Found {
    /// Files that are looked at.
    names: Vec<String>,
    /// Files that are not, each with the reason.
    beside: Vec<(String, Message)>,
}

impl Found {
    /// The files of a folder and below; folders that begin with a point are left out.
    fn walk(&mut self, root: &Path, below: &str) -> std::io::Result<()> {
        for entry in fs::read_dir(root.join(below))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
            let kind = entry.file_type()?;
            if kind.is_dir() {
                if !name.starts_with('.') {
                    self.walk(root, &path)?;
                }
            } else if let Some(why) = inspect::bystander(&path, kind.is_symlink()) {
                self.beside.push((path, why));
            } else if kind.is_file() {
                self.names.push(path);
            }
        }
        Ok(())
    }
}
