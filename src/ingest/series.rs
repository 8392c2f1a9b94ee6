//! One measure while it is filled: a slot for each area, what was seen, and what became of it.

use std::collections::BTreeMap;

use super::labels::{list, number};
use super::ledger::Ledger;
use super::reconcile::{Printed, counted_areas};
use super::states::{CellValue, Problem};
use crate::language::{Language, numbered, thousands, whole};
use crate::message;
use crate::observation::{Cell, Missing, Origin};
use crate::quality::{Message, Place, Rule, message};
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
    pub(super) fn take(&mut self, value: CellValue<'_>, place: impl FnOnce() -> Place) -> Cell {
        match value {
            CellValue::Number(number) => {
                if number < 0.0 && self.measure.nature == crate::observation::Nature::Count {
                    self.negative.push(place());
                }
                Cell::Number(number)
            }
            CellValue::Missing(missing, mark) => {
                let key = (missing, mark.into_owned());
                self.missing.entry(key).or_default().push(place());
                Cell::Missing(missing)
            }
            CellValue::Problem(problem) => {
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
            let message = message!(
                "{cells} {words}",
                "{cells} {words}";
                cells = cells(places.len()),
                words = problem.words(),
            );
            let finding = ledger.tell(problem.rule(), message.about(id));
            finding.hint = Some(problem.hint());
            finding.places = places;
        }
        if !self.negative.is_empty() {
            let message = message!(
                "{cells} below zero in a count",
                "{cells} sub zero într-un număr de persoane sau cazuri";
                cells = cells(self.negative.len()),
            );
            let finding = ledger.tell(&message::ingest::NEGATIVE_COUNT, message.about(id));
            finding.hint = Some(message!(
                "correct the file, or declare another `nature` if it is not a count",
                "corectați fișierul sau declarați altă `nature`, dacă nu este o numărare",
            ));
            finding.places = std::mem::take(&mut self.negative);
        }
        for ((missing, mark), places) in std::mem::take(&mut self.missing) {
            let seen = match mark.as_str() {
                "" => message!("empty", "fără conținut"),
                mark => message!("written `{mark}`", "cu semnul `{mark}`"),
            };
            let message = message!(
                "{cells} {state}, {seen}",
                "{cells} {state}, {seen}";
                cells = cells(places.len()),
                state = state_words(missing, places.len()),
                seen = seen,
            );
            ledger.tell(&message::ingest::MISSING_VALUES, message.about(id)).places = places;
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
            let message = message!(
                "the rate is {rate} in all {areas} areas",
                "rata este {rate} în toate cele {arii}",
                arii = numbered(numbers.len(), "arie", "arii"),
                areas = numbers.len();
                rate = number(*first),
            );
            ledger.tell(&message::ingest::REPEATED_RATE, message.about(&self.measure.id)).hint =
                Some(message!(
                    "ask the publisher whether the rate of the country stands in every row",
                    "întrebați instituția care publică dacă pe fiecare rând stă rata țării",
                ));
        }
    }

    /// The finished cells and their origins; absent areas as the measure declares.
    pub(super) fn finish(self) -> (Vec<Cell>, Vec<Vec<Origin>>) {
        let absent = match self.measure.absent {
            Absent::Zero => Cell::Number(0.0),
            Absent::NotAvailable => Cell::Missing(Missing::NotAvailable),
            Absent::NotApplicable => Cell::Missing(Missing::NotApplicable),
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

fn cells(count: usize) -> Message {
    Message::counted(count, ["cell", "cells"], ["celulă", "celule"])
}

/// The state of so many cells, in words.
fn state_words(missing: Missing, cells: usize) -> Message {
    match (missing, cells) {
        (Missing::NotAvailable, 1) => message!("not available", "indisponibilă"),
        (Missing::NotAvailable, _) => message!("not available", "indisponibile"),
        (Missing::Confidential, 1) => message!("confidential", "confidențială"),
        (Missing::Confidential, _) => message!("confidential", "confidențiale"),
        (Missing::NotApplicable, _) => message!("not applicable", "unde nu se aplică"),
    }
}

/// What to do about rows that are not there, where a publisher leaves out zeros.
pub(super) fn say_zero() -> Message {
    message!(
        "say `absent = \"zero\"` in the measure if the publisher leaves out zeros",
        "scrieți `absent = \"zero\"` la măsură, dacă instituția care publică nu scrie zerourile",
    )
}

/// The rule that tells of absent rows, and what they mean.
fn meant(kind: Absent) -> (&'static Rule, Message) {
    match kind {
        Absent::Zero => (
            &message::ingest::ABSENT_AS_ZERO,
            message!("have no row and count as zero", "nu au rând și contează ca zero"),
        ),
        Absent::NotApplicable => (
            &message::ingest::ABSENT_NOT_APPLICABLE,
            message!(
                "have no row, so that the measure does not apply to them",
                "nu au rând, deci măsura nu li se aplică",
            ),
        ),
        Absent::NotAvailable => {
            (&message::ingest::UNIT_ABSENT, message!("have no row", "nu au rând"))
        }
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
        let expected = (0..known.areas.len()).filter(|&area| matcher.counts(level, area)).count();
        let (rule, meant) = meant(kind);
        let message = message!(
            "{ids}: {count} of {all} {meant}: {names}",
            "{ids}: {din} din {all} {meant}: {names}",
            din = whole(absent.len(), Language::Ro),
            count = thousands(absent.len());
            ids = list(ids, 6),
            all = counted_areas(level, expected),
            meant = meant,
            names = list(names, 5),
        );
        let finding = ledger.tell(rule, message);
        finding.hint = (kind == Absent::NotAvailable).then(|| {
            message!(
                "{zero}; in a list of units, `absent = \"not-applicable\"` if the others are not \
                 on it",
                "{zero}; la o listă de unități, `absent = \"not-applicable\"`, dacă celelalte nu \
                 sunt pe ea";
                zero = say_zero(),
            )
        });
    }
}
