//! Two lists side by side: who enters, who leaves, and what changes in points, people and money.

use std::collections::{BTreeMap, BTreeSet};

use super::outcome::{PhaseOutcome, Selection};

/// A list with the order of its units.
pub(super) struct Listed<'a> {
    /// Its phases, with what each added.
    pub(super) phases: &'a [PhaseOutcome],
    /// Each unit's place in the order.
    pub(super) ranks: BTreeMap<&'a str, usize>,
}

/// What another list changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shift {
    /// Codes that only the other list holds, in its order.
    pub(crate) enters: Vec<String>,
    /// Codes that only this list holds, in its order.
    pub(crate) leaves: Vec<String>,
    /// Points of the other list less those of this one, in units of the last published decimal.
    pub(crate) points: i128,
    /// People of the other list less those of this one.
    pub(crate) people: i128,
    /// Money of the other list less that of this one, in bani.
    pub(crate) cost: i128,
}

impl Shift {
    /// Whether both hold the same units.
    pub(crate) fn moves_nobody(&self) -> bool {
        self.enters.is_empty() && self.leaves.is_empty()
    }
}

/// What another list changes in the whole, and in what each phase adds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Difference {
    /// In the whole list.
    pub(crate) whole: Shift,
    /// In what each phase adds, by its id; none where the lists have other phases.
    pub(crate) phases: Vec<(String, Shift)>,
}

impl Difference {
    /// What `other` changes in `one`.
    pub(super) fn between(one: &Listed<'_>, other: &Listed<'_>) -> Self {
        let [held, new] = [one, other].map(parts);
        let is_same = held.iter().map(|part| part.id).eq(new.iter().map(|part| part.id));
        let pairs = held.iter().zip(&new).filter(|_| is_same);
        let shift = |(a, b): (&Part<'_>, &Part<'_>)| Shift {
            enters: only(b, a, &other.ranks),
            leaves: only(a, b, &one.ranks),
            points: b.points - a.points,
            people: b.people - a.people,
            cost: b.cost - a.cost,
        };
        Self {
            whole: shift((&together(&held), &together(&new))),
            phases: pairs.map(|(a, b)| (a.id.to_owned(), shift((a, b)))).collect(),
        }
    }

    /// What another selection changes.
    pub(crate) fn of(one: &Selection, other: &Selection) -> Self {
        Self::between(&one.listed(), &other.listed())
    }

    /// Whether nobody enters, leaves or changes the phase.
    pub(crate) fn moves_nobody(&self) -> bool {
        self.whole.moves_nobody() && self.phases.iter().all(|(_, shift)| shift.moves_nobody())
    }
}

impl Selection {
    fn listed(&self) -> Listed<'_> {
        let ranked = self.units.iter().filter_map(|unit| Some((unit.code.as_str(), unit.rank?)));
        Listed { phases: &self.phases, ranks: ranked.collect() }
    }
}

/// What one phase adds, or all together.
#[derive(Clone, Default)]
struct Part<'a> {
    id: &'a str,
    codes: BTreeSet<&'a str>,
    points: i128,
    people: i128,
    cost: i128,
}

fn together<'a>(parts: &[Part<'a>]) -> Part<'a> {
    let mut whole = Part::default();
    for part in parts {
        whole.codes.extend(&part.codes);
        whole.points += part.points;
        whole.people += part.people;
        whole.cost += part.cost;
    }
    whole
}

/// What each phase adds; sums of phases count what came before.
fn parts<'a>(list: &Listed<'a>) -> Vec<Part<'a>> {
    let mut before = (0, 0, 0);
    let mut parts = Vec::new();
    for phase in list.phases {
        parts.push(Part {
            id: &phase.id,
            codes: phase.added.iter().map(String::as_str).collect(),
            points: phase.points - before.0,
            people: phase.people - before.1,
            cost: phase.cost - before.2,
        });
        before = (phase.points, phase.people, phase.cost);
    }
    parts
}

/// Codes of one part that the other does not hold, in the order of the list.
fn only(part: &Part<'_>, other: &Part<'_>, ranks: &BTreeMap<&str, usize>) -> Vec<String> {
    let mut codes: Vec<&str> = part.codes.difference(&other.codes).copied().collect();
    codes.sort_by_key(|code| (ranks.get(code).copied().unwrap_or(usize::MAX), *code));
    codes.into_iter().map(str::to_owned).collect()
}
