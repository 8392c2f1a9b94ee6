//! `archive`: a run with everything it read, in a bag that others can check and repeat.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use risk_index::archive::{self, BagContents, BagInfo, PersonalColumn};
use risk_index::index::TraceMode;
use risk_index::ingest::{Inputs, Recorder};
use risk_index::language::Language;
use risk_index::quality::{Message, Severity};
use risk_index::report::{self, File, Format, folder};
use risk_index::run::Request;
use risk_index::selection::Day;

use super::arguments::{Opened, ReportArgs, StudyArgs, StudyOptions, SurenessArgs};
use super::completed::{Asked, Completed};
use super::console::Console;
use super::outcome::{Context as _, Failure, Outcome, cannot_write, told};

/// Run a study and put it with everything it read into a bag that anybody can check and repeat
///
/// The bag (RFC 8493) holds the study, methodology and programme as used, the input files byte for
/// byte, what was read from them as tables, the run folder, and a page that says how to check all
/// this with `sha256sum`. Its payload is a Frictionless Data Package. A study that names a programme
/// is selected, with `--robustness` drawn again under its doubts too (`replay` then draws them again), another
/// one computed. Exit code 2 when input columns look like personal data (personal
/// numeric codes, telephone numbers, e-mail addresses) and nobody says why they may be in it.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    study: StudyArgs,

    #[command(flatten)]
    sureness: SurenessArgs,

    /// Bag to write: a folder, or a ZIP when the name ends in `.zip`; an older bag there is replaced,
    /// anything else is refused
    #[arg(long, value_name = "PATH", default_value = "archive")]
    out: PathBuf,

    #[command(flatten)]
    reports: ReportArgs,

    /// Day of the archive for `bag-info.txt`, `YYYY-MM-DD`; else that of `SOURCE_DATE_EPOCH`, else none
    #[arg(long, value_name = "DATE")]
    clock: Option<Day>,

    /// Archive columns that look like personal data, for this reason, which `bag-info.txt` keeps
    #[arg(long, value_name = "REASON")]
    personal_data: Option<String>,

    /// Also write the workbook, to be handed out, with the SHA-256 of the tag manifest on its cover; the
    /// workbook inside the bag cannot name the digest of what holds it
    #[arg(long, value_name = "FILE")]
    workbook: Option<PathBuf>,

    /// Print JSON: path, digest of the tag manifest, files, bytes
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args, console: &Console) -> Result<Outcome, Failure> {
    let recorder = Recorder::default();
    let study = args.study.doubting(&args.sureness.doubts);
    let mut opened = study.open()?;
    opened.inputs = Inputs::Recorded(Box::new(opened.inputs), recorder.clone());
    let options = PackOptions {
        study: &study.options,
        wanted: if args.sureness.robustness { Asked::Robustness } else { Asked::Named },
        formats: &args.reports.format,
        lang: args.reports.lang,
    };
    let packed = pack(&opened, &recorder, &options, console)?;
    let view = packed.completed.view(packed.language);
    let mut info = info(args, view.study.title.text(packed.language).to_owned())?;
    info.extend(personal(args, &opened, &recorder)?);
    let (files, digest) = archive::bag(&packed.payload, &info);
    write(&args.out, &files, console)?;
    if let Some(path) = &args.workbook {
        let book = report::handed_out(&view, &digest, console)?;
        report::write_file(path, &book).context(|| cannot_write(path))?;
    }
    let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
    if args.json {
        let summary = serde_json::json!({
            "path": args.out.display().to_string(),
            "tag_manifest_sha256": digest,
            "files": files.len(),
            "bytes": bytes,
        });
        console.data(&format!("{summary}\n"))?;
    } else {
        let (size, place) = (format!("{:.1}", bytes as f64 / 1e6), args.out.display());
        console.tell(&told!(
            "{count} files, {size} MB in `{place}`\nSHA-256 of the tag manifest, which commits to all of \
             it: {digest}",
            "fișiere în `{place}`: {count}, {size_ro} MB\nSHA-256 al manifestului etichetelor, care le \
             acoperă pe toate: {digest}",
            count = files.len(),
            size_ro = size.replace('.', ","),
        ))?;
    }
    let errors = view.findings.count(Severity::Error);
    Ok(if errors == 0 { Outcome::Done } else { Outcome::DoneWithErrors })
}

/// How a run that is packed is carried out and reported.
pub(crate) struct PackOptions<'a> {
    pub(crate) study: &'a StudyOptions,
    pub(crate) wanted: Asked,
    pub(crate) formats: &'a [Format],
    /// The language that was asked for; else that of the study.
    pub(crate) lang: Option<Language>,
}

/// A run that was packed.
pub(crate) struct Packed {
    pub(crate) payload: Vec<File>,
    completed: Completed,
    /// The language of its reports.
    language: Language,
}

/// Runs a study whose inputs note what is read, and packs what it read and made.
pub(crate) fn pack(
    opened: &Opened,
    recorder: &Recorder,
    options: &PackOptions<'_>,
    console: &Console,
) -> Result<Packed, Failure> {
    let beside = RefCell::new(BTreeMap::new());
    let completed = options.study.request(opened, TraceMode::Keep, |request| {
        let noted = |path: &str| {
            let bytes = (request.beside)(path)?;
            beside.borrow_mut().insert(path.to_owned(), bytes.clone().into());
            Ok(bytes)
        };
        Completed::of(&Request { beside: &noted, ..request.clone() }, options.wanted, console)
    })?;
    let language = completed.run().study.language(options.lang);
    let view = completed.view(language);
    let files = report::files(&view, options.formats, console)?;
    let truth = completed.unmasked(language);
    let unmasked =
        truth.map(|view| report::full_files(&view, options.formats, console)).transpose()?;
    let formats: Vec<String> = options.formats.iter().map(ToString::to_string).collect();
    let payload = archive::payload(&BagContents {
        view,
        study: &opened.study,
        beside: &beside.borrow(),
        inputs: &recorder.files(),
        overrides: options.study.overrides(),
        formats: &formats,
        files: &files,
        unmasked: truth.zip(unmasked.as_deref()),
    });
    Ok(Packed { payload, completed, language })
}

/// What `bag-info.txt` says: who made the bag, on which system, with which executable, and when.
fn info(args: &Args, title: String) -> Result<BagInfo, Failure> {
    let system = format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS);
    let version = env!("CARGO_PKG_VERSION");
    let mut info = vec![
        ("Bag-Software-Agent".to_owned(), format!("risk-index {version}")),
        ("External-Description".to_owned(), title),
        ("Risk-Index-Version".to_owned(), version.to_owned()),
        ("Risk-Index-Target".to_owned(), system),
        (EXECUTABLE.to_owned(), executable()?),
    ];
    if let Some(day) = clock(args)? {
        info.push(("Bagging-Date".to_owned(), day.to_string()));
    }
    Ok(info)
}

/// The label of the digest of the executable that made a bag.
pub(crate) const EXECUTABLE: &str = "Risk-Index-Executable-SHA256";

/// SHA-256 of the executable of this command.
pub(crate) fn executable() -> Result<String, Failure> {
    let path = std::env::current_exe().context(|| {
        told!(
            "cannot find the executable of this command",
            "nu se găsește executabilul acestei comenzi"
        )
    })?;
    let cannot_read = || {
        told!(
            "cannot read the executable of this command",
            "nu se poate citi executabilul acestei comenzi"
        )
    };
    let mut file = fs::File::open(path).context(cannot_read)?;
    report::sha256_of(&mut file).context(cannot_read)
}

#[expect(clippy::disallowed_methods, reason = "SOURCE_DATE_EPOCH is read here and nowhere else")]
fn clock(args: &Args) -> Result<Option<Day>, Failure> {
    if args.clock.is_some() {
        return Ok(args.clock);
    }
    let Ok(epoch) = std::env::var("SOURCE_DATE_EPOCH") else { return Ok(None) };
    let day = epoch.trim().parse().ok().and_then(Day::of_second);
    day.map(Some).ok_or_else(|| {
        Failure::new(told!(
            "SOURCE_DATE_EPOCH is `{epoch}`, not a number of seconds",
            "SOURCE_DATE_EPOCH este `{epoch}`, nu un număr de secunde",
        ))
    })
}

/// Stops where input columns look like personal data and nobody said why they may be archived.
fn personal(args: &Args, opened: &Opened, recorder: &Recorder) -> Result<BagInfo, Failure> {
    let read = recorder.files();
    let found = archive::personal_columns(&opened.inputs, read.keys().map(String::as_str));
    let shown: Vec<String> = found.iter().map(|it| column(it).en).collect();
    match (&args.personal_data, found.is_empty()) {
        (None, true) => Ok(vec![("Personal-Data".to_owned(), "none found".to_owned())]),
        (Some(_), true) => {
            Err(Failure::new(told!(
                "no input column looks like personal data: remove `--personal-data`",
                "nicio coloană nu pare a avea date personale: scoateți `--personal-data`",
            )))
        }
        (Some(reason), false) => Ok(vec![(
            "Personal-Data".to_owned(),
            format!("acknowledged: {reason}: {}", shown.join("; ")),
        )]),
        (None, false) => Err(Failure::new(told!(
            "the bag would hold what looks like personal data:\n  {listed}",
            "arhiva ar cuprinde ce par a fi date personale:\n  {listed_ro}",
            listed = shown.join("\n  "),
            listed_ro = found.iter().map(|it| column(it).ro).collect::<Vec<_>>().join("\n  "),
        ))
        .hint(told!(
            "remove these columns from the inputs, or say why they may be archived with \
             `--personal-data REASON`",
            "scoateți aceste coloane din fișiere sau spuneți cu `--personal-data MOTIV` de ce pot fi \
             arhivate",
        ))),
    }
}

fn column(it: &PersonalColumn) -> Message {
    let sheet = it.sheet.as_ref().map_or_else(String::new, |sheet| format!(" › {sheet}"));
    let (file, column, count) = (&it.file, &it.column, it.cells);
    told!(
        "{file}{sheet} › column {column}: {count} {cells} like {like}",
        "{file}{sheet} › coloana {column}: celule ca {like_ro}: {count}",
        cells = if count == 1 { "cell" } else { "cells" },
        like = it.looks_like,
        like_ro = if it.looks_like == "phone" { "un număr de telefon" } else { it.looks_like },
    )
}

/// Writes the bag whole or not at all.
fn write(out: &Path, files: &[File], console: &Console) -> Result<(), Failure> {
    let is_zip = out.extension().is_some_and(|end| end.eq_ignore_ascii_case("zip"));
    if !is_zip {
        return Ok(folder::write_as(&archive::BAG, out, files, console)?);
    }
    let shown = out.display();
    if out.exists() {
        let older = fs::read(out)
            .context(|| told!("cannot look into `{shown}`", "nu se poate citi `{shown}`"))?;
        if !archive::unzip(&older).is_ok_and(|files| archive::is_bag(&files)) {
            return Err(Failure::new(told!(
                "`{shown}` is there and is no bag of this program",
                "`{shown}` există și nu este o arhivă a acestui program",
            ))
            .hint(told!("name another file with `--out`", "numiți alt fișier cu `--out`")));
        }
    }
    let top = out.file_stem().map_or_else(|| "archive".into(), |stem| stem.to_string_lossy());
    let safe: String = top
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' })
        .collect();
    report::write_file(out, &archive::zip(&safe, files)).context(|| cannot_write(out))
}
