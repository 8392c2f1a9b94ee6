//! What a corrected input does to a list that was published: who is kept on it, who entered, who left.

use std::collections::{BTreeMap, BTreeSet};

use super::history::{History, Published, State};
use super::outcome::{Cause, Change, Reason, Selection};
use super::phases::SolvedPhases;
use super::pool::{UnitIndex, conditions_text};
use super::programme::Appeals;
use super::ranked_pool::{Access, PhaseIndex, RankedPool};
use crate::optimise::{Position, Rank};

/// Under hold-harmless: adds those who held a place and would lose it by being overtaken. Who no
/// longer passes `where` or was excluded is not held. Answers the ranks that were added.
pub(super) fn hold_harmless(
    ranked: &RankedPool<'_>,
    phases: &mut SolvedPhases,
    history: &History,
) -> BTreeSet<Rank> {
    let mut held = BTreeSet::new();
    if ranked.programme.decisions.policy != Appeals::HoldHarmless {
        return held;
    }
    let previous = history.previous.iter().flatten().filter(|published| published.holds);
    let before: BTreeMap<&str, &Published> = previous.map(|p| (p.code.as_str(), p)).collect();
    let Some(last) = phases.positions().last() else { return held };
    for rank in ranked.ranks() {
        let Some(published) = before.get(ranked.code(rank)) else { continue };
        if phases[last].holds(rank) {
            continue;
        }
        let own = |at: &PhaseIndex| Some(phases[*at].id()) == published.phase.as_deref();
        let phase = phases.positions().find(own).unwrap_or(last);
        held.insert(rank);
        let project = phases[last].alone(rank);
        phases[phase].added.push(project);
        phases[phase].added.sort();
        let later = phases.iter_mut().skip(phase.number());
        later.for_each(|phase| phase.solved.solution[rank] = true);
    }
    held
}

/// Who entered and who left since the list that was published before: entered first, then by rank.
pub(super) fn changes(
    ranked: &RankedPool<'_>,
    selection: &Selection,
    history: &History,
) -> Vec<Change> {
    let Some(previous) = &history.previous else { return Vec::new() };
    let before: BTreeMap<&str, &Published> =
        previous.iter().map(|published| (published.code.as_str(), published)).collect();
    let held = |code: &str| before.get(code).is_some_and(|published| published.holds);
    let places = selection.places.iter().filter(|place| !place.empty);
    let holders = places.filter_map(|place| place.holders.last());
    let holding: BTreeSet<&str> =
        holders.flat_map(|holder| holder.codes.iter().map(String::as_str)).collect();
    let mut codes: Vec<&str> = ranked.ranks().map(|rank| ranked.code(rank)).collect();
    let known: BTreeSet<&str> = codes.iter().copied().collect();
    codes.extend(selection.units.iter().map(|u| u.code.as_str()).filter(|c| !known.contains(c)));
    let entered: Vec<&str> =
        codes.iter().copied().filter(|code| holding.contains(code) && !held(code)).collect();
    let left: Vec<&str> =
        codes.iter().copied().filter(|code| held(code) && !holding.contains(code)).collect();
    let texts = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
    let change = |code: &&str, otherwise: Cause| {
        let unit = selection.unit(code)?;
        let then = before.get(code).copied();
        let (at, _) = ranked.pool.units().find(|(_, candidate)| candidate.code == *code)?;
        let why = own_cause(ranked, at, then).unwrap_or(otherwise);
        Some(Change {
            code: (*code).to_owned(),
            before: then.map_or(State::NotSelected, |published| published.state),
            after: unit.state,
            reserve: unit.reserve,
            why,
        })
    };
    let came = entered.iter().filter_map(|code| change(code, Cause::InsteadOf(texts(&left))));
    let went = left.iter().filter_map(|code| change(code, Cause::OvertakenBy(texts(&entered))));
    came.chain(went).collect()
}

/// What about a unit itself puts it on one list and not on the other, where it is not the others.
fn own_cause(ranked: &RankedPool<'_>, at: UnitIndex, then: Option<&Published>) -> Option<Cause> {
    let then = then.and_then(|published| published.points);
    let scores = then.zip(ranked.entrants.points[at]).filter(|(a, b)| a != b);
    match &ranked.entrants.access[at] {
        Access::Excluded(why) | Access::Unscored(why) => Some(Cause::Barred(why.clone())),
        Access::Ineligible => Some(Cause::Barred(conditions_text(&ranked.pool.unit(at).failed))),
        Access::Open | Access::Included(_) | Access::Accepted => {
            let decimals = ranked.programme.order.decimals;
            scores.map(|(before, after)| Cause::Score { before, after, decimals })
        }
    }
}

/// The reason of a unit that holds its place for another cause than its rank.
pub(super) fn standing_reason(access: &Access, held: bool) -> Option<Reason> {
    match access {
        Access::Included(why) => Some(Reason::Included(why.clone())),
        Access::Accepted => Some(Reason::Accepted),
        Access::Open if held => Some(Reason::HeldHarmless),
        Access::Open | Access::Excluded(_) | Access::Ineligible | Access::Unscored(_) => None,
    }
}
