//! The study that a command works on: a file, or the demonstration that the command carries.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use risk_index::index::TraceMode;
use risk_index::ingest::{Inputs, ReadLimits};
use risk_index::run::{Given, Request, demo};

use super::limits::LimitArgs;

/// Which study
#[derive(Debug, clap::Args)]
pub(crate) struct StudyArgs {
    /// Study file; `study.toml` in this folder when absent
    #[arg(conflicts_with = "demo")]
    study: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) options: StudyOptions,
}

/// What is said of a study besides its name
#[derive(Debug, clap::Args)]
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

    #[command(flatten)]
    limits: LimitArgs,
}

/// A study with what stands around it.
pub(crate) struct Opened {
    pub(crate) study: Given,
    pub(crate) inputs: Inputs,
    folder: PathBuf,
}

impl StudyArgs {
    /// Opens the study and hands what a run is a function of to `run`.
    pub(crate) fn with_request<T>(
        &self,
        trace: TraceMode,
        run: impl FnOnce(&Request<'_>) -> T,
    ) -> anyhow::Result<T> {
        let opened = self.open()?;
        Ok(self.options.request(&opened, trace, run))
    }

    /// Reads the study file, or unpacks the demonstration.
    pub(crate) fn open(&self) -> anyhow::Result<Opened> {
        self.options.open(self.study.as_deref())
    }
}

impl StudyOptions {
    /// Nothing said but the limits.
    pub(crate) fn within(limits: LimitArgs) -> Self {
        Self { demo: false, inputs: None, methodology: None, programme: None, limits }
    }

    /// The terms under which input files are read.
    pub(crate) fn terms(&self) -> ReadLimits {
        self.limits.terms()
    }

    /// Hands what a run of an opened study is a function of to `run`.
    pub(crate) fn request<T>(
        &self,
        opened: &Opened,
        trace: TraceMode,
        run: impl FnOnce(&Request<'_>) -> T,
    ) -> T {
        let given = [self.methodology.as_deref(), self.programme.as_deref()];
        run(&Request {
            study: opened.study.clone(),
            methodology: self.methodology.clone(),
            programme: self.programme.clone(),
            inputs: &opened.inputs,
            beside: &|path| opened.beside(path, given),
            trace,
        })
    }

    /// Reads a study file, `study.toml` when none is named, or unpacks the demonstration.
    pub(crate) fn open(&self, study: Option<&Path>) -> anyhow::Result<Opened> {
        if self.demo {
            let folder = PathBuf::new();
            return Ok(Opened { study: demo::study(), inputs: demo::inputs(), folder });
        }
        let path = study.map_or_else(|| PathBuf::from("study.toml"), Path::to_owned);
        let bytes = fs::read(&path).with_context(|| {
            let shown = path.display();
            match study {
                Some(_) => format!("cannot open the study `{shown}`"),
                None => format!(
                    "there is no `{shown}` here; name a study file, or try \
                     `risk-index compute --demo`"
                ),
            }
        })?;
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let inputs = Inputs::Folder(self.inputs.clone().unwrap_or_else(|| folder.clone()));
        let inputs = inputs.under(self.limits.terms());
        Ok(Opened { study: Given { name, bytes }, inputs, folder })
    }
}

impl Opened {
    /// Reads a file beside the study; a path of `given`, those of the command line, starts in this
    /// folder.
    fn beside(&self, path: &str, given: [Option<&str>; 2]) -> Result<Vec<u8>, String> {
        // what a file of the command line extends lies beside it
        let near = |file: &str| {
            let folder = file.rsplit_once('/').map(|(folder, _)| folder);
            path == file || folder.is_some_and(|folder| Path::new(path).starts_with(folder))
        };
        let here = given.iter().flatten().any(|file| near(file));
        let file = if here { PathBuf::from(path) } else { self.folder.join(path) };
        fs::read(file).map_err(|error| error.to_string())
    }
}
