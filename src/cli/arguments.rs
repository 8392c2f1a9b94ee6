//! Options that several commands share: which study, under which limits, with which reports.

use std::path::{Path, PathBuf};
use std::{fs, io};

use risk_index::index::TraceMode;
use risk_index::ingest::{Budget, Inputs, ReadLimits, Worker};
use risk_index::language::Language;
use risk_index::report::Format;
use risk_index::run::{NamedBytes, Request, demo};

use risk_index::quality::Message;

use super::outcome::{Context as _, Failure, told};

/// Which study
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct StudyArgs {
    /// Study file; `study.toml` in this folder when absent
    #[arg(conflicts_with = "demo")]
    study: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) options: StudyOptions,
}

/// What is said of a study besides its name
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct StudyOptions {
    /// Use the demonstration study that the command carries
    #[arg(long, conflicts_with = "inputs")]
    pub(crate) demo: bool,

    /// Folder in which relative input paths start; the folder of the study when absent
    #[arg(long, value_name = "DIR")]
    inputs: Option<PathBuf>,

    /// Methodology (bundled name or file) instead of the one that the study names
    #[arg(long, value_name = "NAME")]
    pub(crate) methodology: Option<String>,

    /// Programme (bundled name or file) instead of the one that the study names
    #[arg(long, value_name = "NAME")]
    pub(crate) programme: Option<String>,

    /// File of doubts (bundled name or file) instead of the one that the study names; only the commands
    /// that look at doubts have an option for it.
    #[arg(skip)]
    doubts: Option<String>,

    #[command(flatten)]
    limits: LimitArgs,
}

/// Which doubts
#[derive(Debug, clap::Args)]
pub(crate) struct DoubtArgs {
    /// File of doubts (bundled name or file) instead of the one that the study names
    #[arg(long, value_name = "NAME")]
    pub(crate) doubts: Option<String>,
}

/// A study with what stands around it.
pub(crate) struct Opened {
    pub(crate) study: NamedBytes,
    pub(crate) inputs: Inputs,
    folder: PathBuf,
}

/// Whether it is said how sure each place is, and under which doubts
#[derive(Debug, clap::Args)]
pub(crate) struct SurenessArgs {
    /// Say how sure each place is too, under the doubts of the study or of `--doubts`, as `robustness` does
    #[arg(long)]
    pub(crate) robustness: bool,

    #[command(flatten)]
    pub(crate) doubts: DoubtArgs,
}

impl SurenessArgs {
    /// Whether it is asked: a file of doubts says so too.
    pub(crate) fn is_asked(&self) -> bool {
        self.robustness || self.doubts.doubts.is_some()
    }
}

impl StudyArgs {
    /// Opens the study and hands what a run is a function of to `run`.
    pub(crate) fn with_request<T>(
        &self,
        trace: TraceMode,
        run: impl FnOnce(&Request<'_>) -> T,
    ) -> Result<T, Failure> {
        let opened = self.open()?;
        Ok(self.options.request(&opened, trace, run))
    }

    /// The same study with the doubts that the command line names.
    pub(crate) fn doubting(&self, args: &DoubtArgs) -> Self {
        Self { options: self.options.doubting(args), ..self.clone() }
    }

    /// Reads the study file, or unpacks the demonstration.
    pub(crate) fn open(&self) -> Result<Opened, Failure> {
        self.options.open(self.study.as_deref())
    }
}

impl StudyOptions {
    /// No option but the limits.
    pub(crate) fn within(limits: LimitArgs) -> Self {
        Self { demo: false, inputs: None, methodology: None, programme: None, doubts: None, limits }
    }

    /// The same options with the doubts that the command line names.
    pub(crate) fn doubting(&self, args: &DoubtArgs) -> Self {
        Self { doubts: args.doubts.clone(), ..self.clone() }
    }

    /// The terms under which input files are read.
    pub(crate) fn terms(&self) -> ReadLimits {
        self.limits.terms()
    }

    /// Methodology, programme and file of doubts that are named instead of those of the study.
    pub(crate) fn overrides(&self) -> [Option<&str>; 3] {
        [self.methodology.as_deref(), self.programme.as_deref(), self.doubts.as_deref()]
    }

    /// Hands what a run of an opened study is a function of to `run`.
    pub(crate) fn request<T>(
        &self,
        opened: &Opened,
        trace: TraceMode,
        run: impl FnOnce(&Request<'_>) -> T,
    ) -> T {
        let overrides = self.overrides();
        run(&Request {
            study: opened.study.clone(),
            methodology: self.methodology.clone(),
            programme: self.programme.clone(),
            doubts: self.doubts.clone(),
            inputs: &opened.inputs,
            beside: &|path| opened.beside(path, overrides),
            trace,
        })
    }

    /// Reads a study file, `study.toml` when none is named, or unpacks the demonstration.
    pub(crate) fn open(&self, study: Option<&Path>) -> Result<Opened, Failure> {
        if self.demo {
            let folder = PathBuf::new();
            return Ok(Opened { study: demo::study(), inputs: demo::inputs(), folder });
        }
        let path = study.map_or_else(|| PathBuf::from("study.toml"), Path::to_owned);
        let shown = path.display();
        let bytes = if path.is_dir() {
            Err(Failure::new(told!("`{shown}` is a folder", "`{shown}` este un dosar")))
        } else {
            fs::read(&path).context(|| match study {
                Some(_) => {
                    told!("cannot open the study `{shown}`", "nu se poate deschide studiul `{shown}`")
                }
                None => told!(
                    "there is no `{shown}` here; name a study file, or try `risk-index compute --demo`",
                    "aici nu există `{shown}`; numiți un fișier de studiu sau încercați \
                     `risk-index compute --demo`",
                ),
            })
        };
        let bytes = bytes.map_err(|failure| match near(&path) {
            Some(found) => failure.hint(found),
            None => failure,
        })?;
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let inputs = Inputs::Folder(self.inputs.clone().unwrap_or_else(|| folder.clone()));
        let inputs = inputs.under(self.limits.terms());
        Ok(Opened { study: NamedBytes { name, bytes }, inputs, folder })
    }
}

/// Studies near a path that could not be opened as one: in that folder, in those of this folder, and
/// in the folder above.
fn near(path: &Path) -> Option<Message> {
    let is_study = |path: &Path| path.is_file();
    if path.is_dir() {
        let shown = path.display();
        let inside = path.join("study.toml");
        if is_study(&inside) {
            let inside = inside.display();
            return Some(told!(
                "name the study in it: `{inside}`",
                "numiți studiul din el: `{inside}`"
            ));
        }
        return Some(told!(
            "a study is a file: `risk-index init --from {shown}` writes one for a folder of spreadsheets",
            "un studiu este un fișier: `risk-index init --from {shown}` scrie unul pentru un dosar cu \
             foi de calcul",
        ));
    }
    let here = path.parent().unwrap_or(Path::new(""));
    let entries = fs::read_dir(if here.as_os_str().is_empty() { Path::new(".") } else { here });
    let mut found: Vec<PathBuf> = entries
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let below = here.join(entry.file_name()).join("study.toml");
            is_study(&below).then_some(below)
        })
        .collect();
    found.sort();
    found.truncate(5);
    let above = here.join("..").join("study.toml");
    found.extend(is_study(&above).then_some(above));
    let shown: Vec<String> = found.iter().map(|path| format!("`{}`", path.display())).collect();
    let shown = shown.join(", ");
    (!found.is_empty()).then(|| told!("studies near: {shown}", "studii în apropiere: {shown}"))
}

impl Opened {
    /// Reads a file beside the study; a path of `overrides`, those of the command line, starts in this
    /// folder.
    fn beside(&self, path: &str, overrides: [Option<&str>; 3]) -> io::Result<Vec<u8>> {
        // what a file of the command line extends lies beside it
        let near = |file: &str| {
            let folder = file.rsplit_once('/').map(|(folder, _)| folder);
            path == file || folder.is_some_and(|folder| Path::new(path).starts_with(folder))
        };
        let here = overrides.iter().flatten().any(|file| near(file));
        let file = if here { PathBuf::from(path) } else { self.folder.join(path) };
        fs::read(file)
    }
}

/// Each limit says it, so that options declared behind them stand under their own heading.
const HEADING: &str = "Limits on input files";

/// Limits on input files
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct LimitArgs {
    /// MiB of one file
    #[arg(long, help_heading = HEADING, value_name = "MIB", default_value_t = Budget::default().file >> 20, hide_short_help = true)]
    max_file_mib: u64,

    /// Cells of one sheet or text file
    #[arg(long, help_heading = HEADING, value_name = "N", default_value_t = Budget::default().cells)]
    max_cells: usize,

    /// MiB of text in the cells of one sheet
    #[arg(long, help_heading = HEADING, value_name = "MIB", default_value_t = Budget::default().text >> 20, hide_short_help = true)]
    max_text_mib: usize,

    /// MiB to which a workbook may inflate
    #[arg(long, help_heading = HEADING, value_name = "MIB", default_value_t = Budget::default().inflated >> 20, hide_short_help = true)]
    max_inflated_mib: u64,

    /// How many times a large part of a workbook may inflate
    #[arg(long, help_heading = HEADING, value_name = "N", default_value_t = Budget::default().ratio, hide_short_help = true)]
    max_ratio: u64,

    /// MiB of memory for the shared texts of a workbook
    #[arg(long, help_heading = HEADING, value_name = "MIB", default_value_t = Budget::default().shared >> 20, hide_short_help = true)]
    max_shared_mib: u64,

    /// MiB of memory for reading one xls or ods file, in a process of its own
    #[arg(long, help_heading = HEADING, value_name = "MIB", default_value_t = Worker::MEMORY_MIB, hide_short_help = true)]
    max_memory_mib: u32,

    /// Seconds of work for reading one xls or ods file
    #[arg(long, help_heading = HEADING, value_name = "N", default_value_t = Worker::SECONDS, value_parser = clap::value_parser!(u32).range(1..), hide_short_help = true)]
    max_seconds: u32,
}

impl LimitArgs {
    /// The terms under which files are read. Where the path of this executable is not known, xls
    /// and ods files are read in this process.
    pub(crate) fn terms(&self) -> ReadLimits {
        let budget = Budget {
            file: self.max_file_mib.saturating_mul(1 << 20),
            cells: self.max_cells,
            text: self.max_text_mib.saturating_mul(1 << 20),
            inflated: self.max_inflated_mib.saturating_mul(1 << 20),
            ratio: self.max_ratio,
            shared: self.max_shared_mib.saturating_mul(1 << 20),
            ..Budget::default()
        };
        let worker = std::env::current_exe().ok().map(|program| Worker {
            seconds: self.max_seconds,
            memory_mib: self.max_memory_mib,
            ..Worker::new(program)
        });
        ReadLimits { budget, worker }
    }
}

/// Formats and language of reports
#[derive(Debug, clap::Args)]
pub(crate) struct ReportArgs {
    /// Formats to write: xlsx, html, csv, excel-csv, parquet, geojson, svg, png
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_values_t = Format::DEFAULT)]
    pub(crate) format: Vec<Format>,

    /// Language of the reports: ro or en; else that of the study, else ro
    #[arg(long, value_name = "LANG")]
    pub(crate) lang: Option<Language>,
}
