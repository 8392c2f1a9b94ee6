//! One measure while it is filled: a slot for each area, what was seen, and what became of it.

use std::collections::BTreeMap;

use super::labels::list;
use super::ledger::Ledger;
use super::reconcile::Printed;
use super::states::{Problem, Said};
use crate::language::{plural, thousands};
use crate::observation::{Cell, Missing, Origin};
use crate::quality::{Place, rules};
use crate::register::{Matcher, UNIT};
use crate::study::Measure;
use crate::study::source::Absent;

/// What an area has got so far.
#[derive(Clone, Debug, Default)]
pub(super) enum Slot {
    /// No row.
    #[default]
    Absent,
    /// A cell, and where it came from.
    Filled(Cell, Vec<Origin>),
}

/// A measure while it is filled.
pub(super) struct Draft<'s> {
    pub(super) measure: &'s Measure,
    pub(super) slots: Vec<Slot>,
    /// Printed totals and parts, for reconciliation.
    pub(super) printed: Vec<Printed>,
    /// Whether it cannot be filled; an error finding says why.
    pub(super) failed: bool,
    missing: BTreeMap<(Missing, String), Vec<Place>>,
    problems: BTreeMap<Problem, Vec<Place>>,
    negative: Vec<Place>,
}

impl<'s> Draft<'s> {
    /// An empty draft for so many areas.
    pub(super) fn new(measure: &'s Measure, areas: usize) -> Self {
        Self {
            measure,
            slots: vec![Slot::Absent; areas],
            printed: Vec::new(),
            failed: false,
            missing: BTreeMap::new(),
            problems: BTreeMap::new(),
            negative: Vec::new(),
        }
    }

    /// Turns what a cell says into a cell, remembering missing states and problems with the place.
    pub(super) fn take(&mut self, said: Said<'_>, place: impl FnOnce() -> Place) -> Cell {
        match said {
            Said::Number(value) => {
                if value < 0.0 && self.measure.nature == crate::observation::Nature::Count {
                    self.negative.push(place());
                }
                Cell::Number(value)
            }
            Said::Missing(missing, mark) => {
                let key = (missing, mark.into_owned());
                self.missing.entry(key).or_default().push(place());
                Cell::Missing(missing)
            }
            Said::Problem(problem) => {
                self.problems.entry(problem).or_default().push(place());
                Cell::Missing(Missing::NotAvailable)
            }
        }
    }

    /// Fills the slot of an area. An area that already has a cell loses it: which of the two is right
    /// cannot be known. (The caller tells of the repetition.)
    pub(super) fn put(&mut self, area: usize, cell: Cell, origins: Vec<Origin>) {
        let slot = &mut self.slots[area];
        *slot = match std::mem::take(slot) {
            Slot::Absent => Slot::Filled(cell, origins),
            Slot::Filled(_, mut known) => {
                known.extend(origins);
                Slot::Filled(Cell::Missing(Missing::NotAvailable), known)
            }
        };
    }

    /// The areas without a row.
    pub(super) fn absent(&self) -> Vec<usize> {
        let is_absent = |slot: &Slot| matches!(slot, Slot::Absent);
        (0..self.slots.len()).filter(|&area| is_absent(&self.slots[area])).collect()
    }

    /// Tells what was seen in the cells of this measure.
    pub(super) fn tell(&mut self, ledger: &mut Ledger<'_>) {
        let id = &self.measure.id;
        for (problem, places) in std::mem::take(&mut self.problems) {
            let cells = plural(places.len(), "cell");
            let finding =
                ledger.tell(problem.rule(), format!("`{id}`: {cells} {}", problem.words()));
            finding.hint = Some(problem.hint().to_owned());
            finding.places = places;
        }
        if !self.negative.is_empty() {
            let cells = plural(self.negative.len(), "cell");
            let finding = ledger
                .tell(&rules::NEGATIVE_COUNT, format!("`{id}`: {cells} below zero in a count"));
            finding.hint = Some(
                "correct the file, or declare another `nature` if it is not a count".to_owned(),
            );
            finding.places = std::mem::take(&mut self.negative);
        }
        for ((missing, mark), places) in std::mem::take(&mut self.missing) {
            let cells = plural(places.len(), "cell");
            let seen = match mark.as_str() {
                "" => "empty".to_owned(),
                mark => format!("written `{mark}`"),
            };
            let message = format!("`{id}`: {cells} {}, {seen}", state_words(missing));
            ledger.tell(&rules::MISSING_VALUES, message).places = places;
        }
        self.tell_repeated_rate(ledger);
    }

    fn tell_repeated_rate(&self, ledger: &mut Ledger<'_>) {
        if self.measure.nature != crate::observation::Nature::Rate {
            return;
        }
        let numbers: Vec<f64> = self
            .slots
            .iter()
            .filter_map(|slot| match slot {
                Slot::Filled(cell, _) => cell.number(),
                Slot::Absent => None,
            })
            .collect();
        let [first, rest @ ..] = numbers.as_slice() else { return };
        if rest.len() >= 2 && rest.iter().all(|value| value.total_cmp(first).is_eq()) {
            let message = format!(
                "`{}`: the rate is {first} in all {} areas",
                self.measure.id,
                numbers.len()
            );
            ledger.tell(&rules::REPEATED_RATE, message).hint = Some(
                "ask the publisher whether the rate of the country stands in every row".to_owned(),
            );
        }
    }

    /// The finished cells and their origins; absent areas as the measure declares.
    pub(super) fn finish(self) -> (Vec<Cell>, Vec<Vec<Origin>>) {
        let absent = match self.measure.absent {
            Absent::Zero => Cell::Number(0.0),
            Absent::NotAvailable => Cell::Missing(Missing::NotAvailable),
        };
        self.slots
            .into_iter()
            .map(|slot| match slot {
                Slot::Absent => (absent.clone(), Vec::new()),
                Slot::Filled(cell, origins) => (cell, origins),
            })
            .unzip()
    }
}

fn state_words(missing: Missing) -> &'static str {
    match missing {
        Missing::NotAvailable => "not available",
        Missing::Confidential => "confidential",
        Missing::NotApplicable => "not applicable",
    }
}

/// Tells which areas have no row, once for all measures that miss the same ones.
pub(super) fn tell_absent(
    drafts: &[Draft<'_>],
    level: &str,
    matcher: &Matcher<'_>,
    ledger: &mut Ledger<'_>,
) {
    let register = matcher.register();
    let mut groups: Vec<(Vec<usize>, Absent, Vec<&str>)> = Vec::new();
    for draft in drafts.iter().filter(|draft| !draft.failed) {
        let mut absent = draft.absent();
        absent.retain(|&area| matcher.counts(level, area));
        if absent.is_empty() {
            continue;
        }
        let (kind, id) = (draft.measure.absent, draft.measure.id.as_str());
        match groups.iter_mut().find(|group| group.1 == kind && group.0 == absent) {
            Some(group) => group.2.push(id),
            None => groups.push((absent, kind, vec![id])),
        }
    }
    let Some(known) = register.level(level) else { return };
    for (absent, kind, ids) in groups {
        let names: Vec<&str> = absent
            .iter()
            .map(|&area| if level == UNIT { &register.names()[area] } else { &known.areas[area] })
            .map(String::as_str)
            .collect();
        let unit = if level == UNIT { "unit" } else { "area" };
        let expected = (0..known.areas.len()).filter(|&area| matcher.counts(level, area)).count();
        let of = plural(expected, unit);
        let (names, ids) = (list(names, 5), list(ids, 6));
        let count = thousands(absent.len());
        match kind {
            Absent::Zero => {
                let message =
                    format!("{ids}: {count} of {of} have no row and count as zero: {names}");
                ledger.tell(&rules::ABSENT_AS_ZERO, message);
            }
            Absent::NotAvailable => {
                let message = format!("{ids}: {count} of {of} have no row: {names}");
                ledger.tell(&rules::UNIT_ABSENT, message).hint = Some(
                    "say `absent = \"zero\"` in the measure if the publisher leaves out zeros"
                        .to_owned(),
                );
            }
        }
    }
}
