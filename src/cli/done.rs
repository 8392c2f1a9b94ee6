//! A run that was done, with its selection where the study has a programme.

use risk_index::language::Language;
use risk_index::report::View;
use risk_index::run::{self, Request, Run, Selected};

use super::compute::explain;
use super::console::Console;

/// What a study gives.
pub(crate) enum Done {
    Computed(Box<Run>),
    Selected(Box<Selected>),
}

impl Done {
    /// Selects where a programme is named, else computes.
    pub(crate) fn of(request: &Request<'_>, console: &Console) -> anyhow::Result<Self> {
        let stopped = |stopped| explain(stopped, console);
        Ok(if run::names_programme(request) {
            Self::Selected(Box::new(run::select(request, console).map_err(stopped)?))
        } else {
            Self::Computed(Box::new(run::compute(request, console).map_err(stopped)?))
        })
    }

    pub(crate) fn run(&self) -> &Run {
        match self {
            Self::Computed(run) => run,
            Self::Selected(selected) => &selected.run,
        }
    }

    pub(crate) fn view(&self, language: Language) -> View<'_> {
        match self {
            Self::Computed(run) => run.view(language),
            Self::Selected(selected) => selected.view(language, None),
        }
    }
}
