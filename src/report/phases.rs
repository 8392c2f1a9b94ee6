//! Which phase of a programme each unit was selected in, as reports show it.

use super::view::View;
use crate::message::labels;
use crate::selection::State;

/// Phases of a run in which a programme was applied.
#[derive(Clone, Debug)]
pub(crate) struct Phases {
    /// Names, in the order of the programme; last of all the reserve, where there is one.
    pub(crate) names: Vec<String>,
    /// For each unit of the register, the position of its phase in `names`.
    pub(crate) units: Vec<Option<usize>>,
}

impl Phases {
    /// The phases; `None` where no programme was applied.
    pub(crate) fn of(view: &View<'_>) -> Option<Self> {
        let selection = view.chosen.filter(|chosen| !chosen.selects_nobody())?.selection;
        let mut names: Vec<String> =
            selection.phases.iter().map(|phase| phase.id.clone()).collect();
        let reserve = names.len();
        if selection.units.iter().any(|unit| unit.state == State::Reserve) {
            names.push(labels::PHASE_RESERVE.text(view.language).to_owned());
        }
        let mut units = vec![None; view.figures.register.len()];
        for outcome in &selection.units {
            let Some(unit) = view.figures.register.position(&outcome.code) else { continue };
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
