//! A selection as reports see it, and every table that tells of it.

mod accounts;
mod capacity;
mod lists;
mod prices;
mod robustness;
mod robustness_sheet;
mod sentences;
mod tables;
mod units;

use super::sensitivity::Masks;
use crate::index::Figures;
use crate::language::Language;
use crate::message::labels;
use crate::register::{COUNTY, Register};
use crate::robustness::Assessed;
use crate::selection::{Alternative, Filled, History, Pool, Price, Selection, State};
use crate::study::programme::CheckedProgramme;
pub(crate) use capacity::{Account, Part, Profile};
pub(crate) use lists::lists;
pub(crate) use robustness::tables as robustness_tables;
pub(crate) use robustness_sheet::{
    WIDTHS as ROBUSTNESS_WIDTHS, parts as robustness_parts, sureness,
};
pub(crate) use sentences::Wording;
pub(crate) use tables::tables;

/// A selection with the programme that was applied and what each of its rules costs.
#[derive(Clone, Copy, Debug)]
pub struct SelectionView<'a> {
    /// The run over all units, from which the lists were made.
    pub(crate) figures: Figures<'a>,
    /// What is masked in it.
    pub(crate) masks: &'a Masks,
    /// The programme, with the locks of its lists.
    pub(crate) plan: &'a CheckedProgramme,
    /// The units as the engine saw them, in the order of the register.
    pub pool: &'a Pool,
    /// What had happened before.
    pub past: &'a History,
    /// The lists, with reasons.
    pub selection: &'a Selection,
    /// What each rule costs.
    pub(crate) prices: &'a [Price],
    /// The lists under other meanings of *best*.
    pub(crate) alternatives: &'a [Alternative],
    /// Envelopes beside what the list comes to, in the order of the programme.
    pub(crate) envelopes: &'a [Filled],
    /// How sure each place is, where it was asked.
    pub(crate) robustness: Option<&'a Assessed>,
    /// The county to which lists are restricted, as the register calls it; all when absent.
    pub county: Option<&'a str>,
}

impl SelectionView<'_> {
    /// Whether a unit belongs to the county to which lists are restricted.
    pub(crate) fn is_here(&self, code: &str) -> bool {
        let place = self.figures.register.column(COUNTY).zip(self.figures.register.position(code));
        let own = place.map_or("", |(counties, unit)| counties[unit].as_str());
        self.county.is_none_or(|county| own == county)
    }

    /// Those of some units that belong to it.
    pub(crate) fn here<'c>(&self, codes: &'c [String]) -> Vec<&'c String> {
        codes.iter().filter(|code| self.is_here(code)).collect()
    }

    /// Whether every list is proved to be the one that the rules ask for.
    pub(crate) fn proved(&self) -> bool {
        self.selection.proved()
    }

    /// Whether the programme has no phase and only sets need beside supply.
    pub(crate) fn selects_nobody(&self) -> bool {
        self.plan.rules.phases.is_empty()
    }

    /// The group of a unit in a classification.
    pub(crate) fn group(&self, family: &str, code: &str) -> Option<&str> {
        let at = self.pool.classification(family)?;
        let unit = self.pool.candidates.iter().find(|unit| unit.code == code)?;
        Some(&self.pool.classifications[at].groups[unit.groups[at]?])
    }
}

/// Phases of a run in which a programme was applied.
#[derive(Clone, Debug)]
pub(crate) struct Phases {
    /// Names, in the order of the programme; last of all the reserve, where there is one.
    pub(crate) names: Vec<String>,
    /// For each unit of the register, the position of its phase in `names`.
    pub(crate) units: Vec<Option<usize>>,
}

impl Phases {
    /// The phases; `None` where the programme has none.
    pub(crate) fn of(
        chosen: SelectionView<'_>,
        register: &Register,
        language: Language,
    ) -> Option<Self> {
        let selection = Some(chosen).filter(|chosen| !chosen.selects_nobody())?.selection;
        let mut names: Vec<String> =
            selection.phases.iter().map(|phase| phase.id.clone()).collect();
        let reserve = names.len();
        if selection.units.iter().any(|unit| unit.state == State::Reserve) {
            names.push(labels::PHASE_RESERVE.text(language).to_owned());
        }
        let mut units = vec![None; register.len()];
        for outcome in &selection.units {
            let Some(unit) = register.position(&outcome.code) else { continue };
            units[unit] = match outcome.state {
                State::Selected => outcome
                    .phase
                    .as_ref()
                    .and_then(|id| selection.phases.iter().position(|phase| phase.id == *id)),
                State::Reserve => Some(reserve),
                State::NotSelected | State::Excluded | State::Ineligible | State::Unscored => None,
            };
        }
        Some(Self { names, units })
    }

    /// The name of a unit's phase.
    pub(crate) fn name(&self, unit: usize) -> Option<&str> {
        self.units[unit].map(|phase| self.names[phase].as_str())
    }
}
