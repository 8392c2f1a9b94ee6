//! The best choice of projects: a bound, and a search below it.

use std::collections::BTreeSet;

use super::joint::search;
use super::measure::Rules;
use super::packing::{Line, Placed};
use super::price::Bounded;
use super::view::View;
use crate::selection::frontier::Found;
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
const NARROW: usize = 20_000;

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
    let bounded = Bounded::low(&line, rules);
    let bound = bounded.most();
    let least = bounded.known.as_ref().map_or(-most - 1, |list| line.worth(list));
    let beside = bounded.beside();
    let mut views: Vec<_> =
        std::iter::once(&bounded).chain(&beside).map(|bounded| View::new(&line, bounded)).collect();
    let deepened = search((&line, rules), &mut views, (least, bound), (nodes, usize::MAX));
    let (list, proved) = match deepened.found {
        Found::Best(list) => (list, true),
        Found::Nothing => return Err(Unsolved::Impossible),
        Found::TooMuch => {
            // as much work again for a good choice
            let between = (least, deepened.bound);
            let narrow = search((&line, rules), &mut views, between, (nodes, NARROW));
            let found = if let Found::Best(list) = narrow.found { Some(list) } else { None };
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
