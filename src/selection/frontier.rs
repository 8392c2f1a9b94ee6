//! Searches by labels: how one ends, how far below a bound it looks, and which labels it keeps.
//!
//! A label is a choice so far. Of two that leave the same open, one that costs no less and is no
//! better is dropped (Held and Karp 1962; labels as in resource-constrained paths, Desrochers 1988).

use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Labels that make one node of the declared effort.
const LABELS_A_NODE: u64 = 64;

/// The first step below a bound is this small a part of it, as a power of two: about a millionth.
const FINE: u32 = 20;

/// Labels of one step beyond which a search is too much: they are all in memory, some hundred bytes
/// each.
pub(super) const WIDEST: usize = 1_000_000;

/// The labels that a search may make, and those that it made.
pub(super) struct Allowed {
    most: u64,
    pub(super) made: u64,
    /// Labels that are kept at a step.
    pub(super) widest: usize,
}

impl Allowed {
    /// So many labels in all. Where only the most promising are kept at each step the search is fast,
    /// and no proof.
    pub(super) fn new(most: u64, widest: usize) -> Self {
        Self { most, made: 0, widest }
    }

    /// Counts labels; `None` when they are too many.
    pub(super) fn spend(&mut self, labels: usize) -> Option<()> {
        self.made += labels as u64;
        (self.made <= self.most).then_some(())
    }
}

/// How a search ended.
pub(super) enum Found<T> {
    /// The best choice.
    Best(T),
    /// Nothing as good as what was asked.
    Nothing,
    /// The work allowed was not enough.
    TooMuch,
}

/// What looking ever further below a bound came to.
pub(super) struct Deepened<T> {
    pub(super) found: Found<T>,
    /// Nothing is worth more.
    pub(super) bound: i128,
    /// Nodes of the declared effort that were used.
    pub(super) nodes: u64,
}

/// Looks for the best choice first close below a bound, where few labels live, then further down,
/// at last to what is known to be there. `search` is told what a choice must be worth and the labels
/// it may make; it says how it ended and the labels it made.
pub(super) fn deepen<T>(
    (least, mut bound): (i128, i128),
    nodes: u64,
    mut search: impl FnMut(i128, u64) -> (Found<T>, u64),
) -> Deepened<T> {
    let (top, most) = (bound, nodes.saturating_mul(LABELS_A_NODE));
    let (mut short, mut labels) = (0, 0);
    loop {
        let ask = (top - short).max(least);
        let (found, made) = search(ask, most.saturating_sub(labels));
        labels += made;
        match found {
            Found::Nothing if ask > least => {
                bound = ask - 1;
                short = (short + (short + 1) / 2).max(top.abs() >> FINE).max(1);
            }
            found => return Deepened { found, bound, nodes: labels.div_ceil(LABELS_A_NODE) },
        }
    }
}

/// Drops every label that another beats: that costs no more and is no worse. What is left stands by
/// rising cost, each label better than the one before; without money all cost nothing, and one label
/// is left.
pub(super) fn thin<L>(
    labels: &mut Vec<L>,
    cost: impl Fn(&L) -> i128,
    compare: impl Fn(&L, &L) -> Ordering,
) {
    labels.sort_by(|a, b| cost(a).cmp(&cost(b)).then_with(|| compare(b, a)));
    // of neighbours, the one behind goes unless it is better
    labels.dedup_by(|label, best| compare(label, best) != Ordering::Greater);
}

/// Drops what promises least where there are more labels than are kept.
pub(super) fn narrow_down<K: Ord, L>(
    layer: &mut BTreeMap<K, Vec<L>>,
    widest: usize,
    promise: impl Fn(&L) -> i128,
) {
    if widest == usize::MAX {
        return;
    }
    let mut promises: Vec<i128> = layer.values().flatten().map(&promise).collect();
    if promises.len() <= widest {
        return;
    }
    let at = promises.len() - widest;
    let (_, least, above) = promises.select_nth_unstable(at);
    let mut ties = widest - above.iter().filter(|promise| *promise > least).count();
    let mut keeps = |label: &L| match promise(label).cmp(least) {
        Ordering::Less => false,
        Ordering::Greater => true,
        // of those that promise as much as the last one kept, the first in the order of keys
        Ordering::Equal => {
            let kept = ties > 0;
            ties -= usize::from(kept);
            kept
        }
    };
    layer.values_mut().for_each(|labels| labels.retain(&mut keeps));
    layer.retain(|_, labels| !labels.is_empty());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn thinned(labels: &[(i128, i32)], expected: &[(i128, i32)]) {
        let mut one = labels.to_vec();
        let mut other: Vec<_> = labels.iter().rev().copied().collect();
        for labels in [&mut one, &mut other] {
            thin(labels, |label| label.0, |a, b| a.1.cmp(&b.1));
            assert_eq!(labels, expected);
        }
    }

    #[test]
    fn what_costs_no_less_and_is_no_better_is_dropped() {
        thinned(&[(1, 1), (4, 6), (2, 5), (3, 5), (5, 6)], &[(1, 1), (2, 5), (4, 6)]);
        thinned(&[(1, 1), (1, 2)], &[(1, 2)]);
        thinned(&[(3, 9), (1, 9), (2, 10)], &[(1, 9), (2, 10)]);
        thinned(&[(0, 0)], &[(0, 0)]);
    }

    #[test]
    fn a_search_goes_down_from_the_bound_to_what_is_known() {
        let mut asked = Vec::new();
        let deepened = deepen((60, 100), 1_000, |ask, _| {
            asked.push(ask);
            (if ask <= 80 { Found::Best(80) } else { Found::Nothing }, LABELS_A_NODE)
        });
        assert_eq!(asked, [100, 99, 98, 97, 95, 92, 88, 82, 73]);
        assert!(matches!(deepened.found, Found::Best(80)));
        assert_eq!((deepened.bound, deepened.nodes), (81, 9));
    }
}
