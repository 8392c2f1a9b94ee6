//! The best choice of projects: a bound, a search below it, and the parts that need no search together.

use std::collections::BTreeSet;

use super::labels::Search;
use super::packing::{Best, Line, Placed};
use super::price::{Bounded, Rules};
use super::view::View;
use crate::selection::frontier::{Found, deepen};
use crate::selection::solve::Unsolved;

/// Chosen projects.
pub(super) struct Picked {
    pub(super) projects: Vec<Vec<usize>>,
    /// No choice is worth more.
    pub(super) bound: Option<i128>,
    pub(super) proved: bool,
    pub(super) nodes: u64,
}

/// Labels of a step in the search for a good choice where the best one takes too much work.
const NARROW: usize = 2_000;

/// The choice worth most; equal worth by the units covered, then by partners.
pub(super) fn choose(
    placed: Vec<Placed>,
    required: &BTreeSet<usize>,
    rules: &Rules,
    nodes: u64,
) -> Result<Picked, Unsolved> {
    let reachable: BTreeSet<_> = placed.iter().flat_map(|p| p.members.iter().copied()).collect();
    if !required.is_subset(&reachable) {
        return Err(Unsolved::Impossible);
    }
    let most: i128 = placed.iter().map(|p| p.worth.abs()).sum();
    let Some(line) = Line::new(placed, required) else { return Err(Unsolved::OutOfNodes) };
    if parts_decide_alone(&line, rules) {
        return part_by_part(&line, required, nodes);
    }
    let bounded = Bounded::low(&line, rules);
    let bound = bounded.total().div_euclid(bounded.prices.scale);
    let worth = |list: &[usize]| list.iter().map(|p| line.projects[*p].worth).sum::<i128>();
    let known = bounded.known.as_ref().map(|list| worth(list));
    let least = known.unwrap_or(-most - 1);
    let beside = bounded.beside();
    let mut views: Vec<_> =
        std::iter::once(&bounded).chain(&beside).map(|bounded| View::new(&line, bounded)).collect();
    let deepened = deepen((least, bound), nodes, |ask, most| {
        let mut search = Search::new(&line, rules, &mut views, most);
        (search.run(ask), search.labels)
    });
    let (list, proved) = match deepened.found {
        Found::Best(list) => (list, true),
        Found::Nothing => return Err(Unsolved::Impossible),
        Found::TooMuch => {
            let narrow = Search::new(&line, rules, &mut views, u64::MAX).narrow(NARROW).run(least);
            let found = if let Found::Best(list) = narrow { Some(list) } else { None };
            (found.or(bounded.known).ok_or(Unsolved::OutOfNodes)?, false)
        }
    };
    Ok(Picked {
        projects: list.iter().map(|p| line.projects[*p].members.clone()).collect(),
        bound: Some(deepened.bound),
        proved,
        nodes: deepened.nodes,
    })
}

/// Whether the best choices of the parts keep every rule together. All best choices of a part have
/// as many projects, because each project takes one off its worth; so where a part's projects count
/// in the same rows, one best choice tells for all.
fn parts_decide_alone(line: &Line, rules: &Rules) -> bool {
    if rules.limit.is_some() || (line.count() == 1 && rules.rows.is_empty()) {
        return false;
    }
    let mut counts = vec![0; rules.rows.len()];
    for part in 0..line.count() {
        let Some(best) = Best::of(line, part, |project| line.projects[project].worth) else {
            return false;
        };
        let mut starting = line.part(part).flat_map(|at| &line.starting[at]);
        let Some(first) = starting.next().map(|project| &line.projects[*project].rows) else {
            continue;
        };
        if starting.any(|project| line.projects[*project].rows != *first) {
            return false;
        }
        let more = i64::try_from(best.chosen.len()).unwrap_or(i64::MAX);
        first.iter().for_each(|row| counts[*row] += more);
    }
    counts.iter().zip(&rules.rows).all(|(held, (lo, hi))| (lo..=hi).contains(&held))
}

/// The best choice of each part, without regard to the others.
fn part_by_part(line: &Line, required: &BTreeSet<usize>, nodes: u64) -> Result<Picked, Unsolved> {
    let free = Rules { rows: Vec::new(), limit: None };
    let mut all = Picked { projects: Vec::new(), bound: Some(0), proved: true, nodes: 0 };
    for part in 0..line.count() {
        let starting = line.part(part).flat_map(|at| &line.starting[at]);
        let placed = starting.map(|project| Placed {
            rows: Vec::new(),
            required: 0,
            ..line.projects[*project].clone()
        });
        let within =
            line.part(part).map(|at| line.ranks[at]).filter(|rank| required.contains(rank));
        let left = nodes.saturating_sub(all.nodes);
        let picked = choose(placed.collect(), &within.collect(), &free, left)?;
        all.projects.extend(picked.projects);
        all.bound = all.bound.zip(picked.bound).map(|(one, other)| one + other);
        all.proved &= picked.proved;
        all.nodes += picked.nodes;
    }
    Ok(all)
}
