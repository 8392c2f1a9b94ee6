//! Units near a cut, pair by pair.

use std::cmp::Ordering;

use super::designs::Task;

/// Units on each side of a cut of which every pair is compared.
const NEAR: usize = 30;
/// Two units near a cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pair {
    pub(crate) phase: usize,
    /// The unit with a place and the one without, by position.
    pub(crate) above: usize,
    pub(crate) below: usize,
    /// In what share of the runs the first is above the second, ties half.
    pub(crate) share: f64,
}

impl Pair {
    /// Counts one more run, of these ranks of the eligible units.
    pub(super) fn compare(&mut self, ranks: &[u32]) {
        self.share += match ranks[self.above].cmp(&ranks[self.below]) {
            Ordering::Less => 1.0,
            Ordering::Equal => 0.5,
            Ordering::Greater => 0.0,
        };
    }
}

/// The pairs of units nearest to each cut; positions are those among the eligible. `cuts` has for each
/// phase the units with a place up to it, in the declared order.
pub(super) fn pairs(task: &Task<'_, '_>, cuts: &[Vec<usize>]) -> Vec<Pair> {
    let ranks = task.declared_ranks();
    let mut order: Vec<usize> = (0..task.eligible.len()).filter(|at| ranks[*at] > 0).collect();
    order.sort_by_key(|at| (ranks[*at], *at));
    let mut pairs = Vec::new();
    for (phase, cut) in cuts.iter().enumerate() {
        let on = |at: &usize| cut.binary_search(&task.eligible[*at]).is_ok();
        let above: Vec<usize> = order.iter().rev().copied().filter(on).take(NEAR).collect();
        let below: Vec<usize> = order.iter().copied().filter(|at| !on(at)).take(NEAR).collect();
        for above in above.iter().rev() {
            for below in &below {
                pairs.push(Pair { phase, above: *above, below: *below, share: 0.0 });
            }
        }
    }
    pairs
}
