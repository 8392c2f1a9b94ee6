//! Who waits for a place, and who would enter when one is given up.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::phases::SolvedPhases;
use super::programme::Reserve;
use super::ranked_pool::RankedPool;
use super::rule_ref::{Objection, Refusal};
use super::swap::{SwapOracle, seats};
use crate::message::selection::refusal as message;
use crate::optimise::Project;
use crate::selection::ProgrammeKey;

/// Everybody who may still enter, in the order of entry: by rank, under coverage by what they bring.
/// With unions these are projects of units that nobody covers.
pub(super) fn waiting(
    ranked: &RankedPool<'_>,
    phases: &SolvedPhases,
    projects: &[Project],
) -> Vec<Project> {
    let Some(last) = phases.last() else { return Vec::new() };
    let free = |p: &&Project| p.members.iter().all(|rank| !last.holds(*rank));
    let mut waiting: Vec<Project> = if projects.is_empty() {
        let outside = ranked.ranks().filter(|rank| !last.holds(*rank));
        outside.map(|rank| last.alone(rank)).collect()
    } else {
        projects.iter().filter(free).cloned().collect()
    };
    let oracle = SwapOracle::new(ranked, phases);
    waiting.sort_by_cached_key(|project| {
        // of unions with one lead the one that covers more comes first
        let (more, members) = (Reverse(project.members.len()), project.members.clone());
        (oracle.entry_key(project), project.lead(), more, members)
    });
    waiting
}

/// The reserve: of those who wait, in order, whoever could take somebody's place under every rule.
pub(super) fn reserve(
    ranked: &RankedPool<'_>,
    phases: &SolvedPhases,
    waiting: &[Project],
) -> Result<Vec<Project>, Refusal> {
    let Some(rule) = &ranked.programme.reserve else { return Ok(Vec::new()) };
    let (by, each, most) = match rule {
        Reserve::Size(size) => (None, u32::MAX, *size as usize),
        Reserve::Each { by, each } => (Some(classification(ranked, by)?), *each, usize::MAX),
    };
    let mut oracle = SwapOracle::new(ranked, phases);
    let seats = seats(phases);
    let mut used = BTreeSet::new();
    let mut held = BTreeMap::new();
    let mut known = BTreeMap::new();
    let mut reserve = Vec::new();
    for project in waiting {
        if reserve.len() >= most {
            break;
        }
        let group = by.and_then(|by| ranked.candidate(project.lead()).groups[by]);
        let count: &mut u32 = held.entry(group).or_default();
        let fresh = project.members.iter().all(|rank| !used.contains(rank));
        let taken = || seats.iter().map(|seat| (seat.phase, &seat.project));
        if fresh
            && *count < each
            && (by.is_none() || group.is_some())
            && oracle.finds_seat(taken(), project, &mut known)
        {
            *count += 1;
            used.extend(project.members.iter().copied());
            reserve.push(project.clone());
        }
    }
    Ok(reserve)
}

fn classification(ranked: &RankedPool<'_>, by: &str) -> Result<usize, Refusal> {
    ranked.pool.classification(by).ok_or_else(|| {
        let known = ranked.pool.classifications.iter().map(|by| by.id.as_str());
        let advice = message::unknown_classification(by, known);
        Refusal::one(Objection::new("unknown-classification", ProgrammeKey::ReserveBy, advice))
    })
}

/// For each place who would enter if it were given up now and everybody else stayed.
pub(super) fn replacements(
    ranked: &RankedPool<'_>,
    phases: &SolvedPhases,
    waiting: &[Project],
) -> Vec<(Project, Option<Project>)> {
    let mut oracle = SwapOracle::new(ranked, phases);
    let seats = seats(phases).into_iter();
    seats
        .map(|seat| {
            let enters = waiting.iter().find(|p| oracle.fits(seat.phase, Some(&seat.project), p));
            (seat.project, enters.cloned())
        })
        .collect()
}
