//! Who waits for a place, and who would enter when one is given up.

use std::collections::{BTreeMap, BTreeSet};

use super::exchange::Exchange;
use super::phases::{Field, Stage};
use super::programme::Reserve;
use super::quota::known_names;
use super::refusal::{Problem, Refusal};
use super::unions::Project;

/// A place and the project that holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seat {
    /// Position of the phase.
    pub(super) phase: usize,
    pub(super) project: Project,
}

/// The places of all phases in order.
pub(super) fn seats(stages: &[Stage]) -> Vec<Seat> {
    let stages = stages.iter().enumerate();
    let seats = stages.flat_map(|(phase, stage)| stage.added.iter().map(move |p| (phase, p)));
    seats.map(|(phase, project)| Seat { phase, project: project.clone() }).collect()
}

/// Everybody who may still enter, in the order of entry: by rank, under coverage by what they bring.
/// With unions these are projects of units that nobody covers.
pub(super) fn waiting(field: &Field, stages: &[Stage], projects: &[Project]) -> Vec<Project> {
    let Some(last) = stages.last() else { return Vec::new() };
    let free = |p: &&Project| p.members.iter().all(|rank| !last.solved.list[*rank]);
    let mut waiting: Vec<_> = if projects.is_empty() {
        let ranks = (0..last.solved.list.len()).filter(|rank| !last.solved.list[*rank]);
        ranks.map(|r| Project { members: vec![r], cost: last.problem.units[r].cost }).collect()
    } else {
        projects.iter().filter(free).cloned().collect()
    };
    let exchange = Exchange::new(field, stages);
    waiting.sort_by_cached_key(|project| {
        let (value, members) = exchange.entry_key(project);
        // of unions with one lead the one that covers more comes first
        (value, members[0], std::cmp::Reverse(members.len()), members)
    });
    waiting
}

/// The reserve: of those who wait, in order, whoever could take somebody's place under every rule.
pub(super) fn reserve(
    field: &Field,
    stages: &[Stage],
    waiting: &[Project],
) -> Result<Vec<Project>, Refusal> {
    let Some(rule) = &field.programme.reserve else { return Ok(Vec::new()) };
    let (family, each, most) = match rule {
        Reserve::Size(size) => (None, u32::MAX, *size as usize),
        Reserve::Each { by, each } => (Some(family(field, by)?), *each, usize::MAX),
    };
    let mut exchange = Exchange::new(field, stages);
    let seats = seats(stages);
    let mut used = BTreeSet::new();
    let mut held = BTreeMap::new();
    let mut known = BTreeMap::new();
    let mut reserve = Vec::new();
    for project in waiting {
        if reserve.len() >= most {
            break;
        }
        let lead = &field.pool.candidates[field.ranking.order[project.members[0]]];
        let group = family.and_then(|family| lead.groups[family]);
        let count: &mut u32 = held.entry(group).or_default();
        let fresh = project.members.iter().all(|rank| !used.contains(rank));
        let taken = || seats.iter().map(|seat| (seat.phase, &seat.project));
        if fresh
            && *count < each
            && (family.is_none() || group.is_some())
            && exchange.finds_seat(taken(), project, &mut known)
        {
            *count += 1;
            used.extend(project.members.iter().copied());
            reserve.push(project.clone());
        }
    }
    Ok(reserve)
}

fn family(field: &Field, by: &str) -> Result<usize, Refusal> {
    field.pool.family(by).ok_or_else(|| {
        let known = field.pool.families.iter().map(|family| family.id.as_str());
        let problem = Problem::new(
            "unknown-classification",
            "reserve.by",
            format!("`{by}` is no classification"),
        );
        Refusal::one(problem.hint(known_names(by, known)))
    })
}

/// For each place who would enter if it were given up now and everybody else stayed.
pub(super) fn replacements(
    field: &Field,
    stages: &[Stage],
    waiting: &[Project],
) -> Vec<(Project, Option<Project>)> {
    let mut exchange = Exchange::new(field, stages);
    let seats = seats(stages).into_iter();
    seats
        .map(|seat| {
            let enters = waiting.iter().find(|p| exchange.fits(seat.phase, Some(&seat.project), p));
            (seat.project, enters.cloned())
        })
        .collect()
}
