//! Label setting: the choices so far, the dominance that prunes them, and how far below a bound to look.
//!
//! A *label* is a choice so far; a *state* is what it leaves open (which rows hold how much, which
//! neighbours are taken). Of two labels of one state, the one that costs no less and is no better is
//! *dominated* and dropped (Held and Karp 1962; labels as in resource-constrained shortest paths,
//! Desrochers 1988). What a label chose is kept in *back-pointers*: each adds one item to an earlier
//! choice, and what two choices share is kept once. Since few labels live close below a good upper
//! bound, a search asks for the best choice there first and then *deepens* towards the incumbent.

use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Labels that make one node of the declared effort.
const LABELS_A_NODE: u64 = 64;

/// The first step below a bound is this small a part of it, as a power of two: about a millionth.
const FINE: u32 = 20;

/// Labels of one step beyond which a search is too much: they are all in memory, some hundred bytes
/// each.
pub(super) const WIDEST: usize = 1_000_000;

/// The labels that a search may make, and those that it used.
pub(super) struct LabelBudget {
    most: u64,
    pub(super) used: u64,
    /// The most promising labels that are kept at a step; with all of them a search is a proof.
    pub(super) beam: usize,
    /// Labels that may be alive at a step.
    widest: usize,
}

impl LabelBudget {
    /// So many labels in all.
    pub(super) fn of(most: u64) -> Self {
        Self { most, used: 0, beam: usize::MAX, widest: usize::MAX }
    }

    /// So many labels in all, [`WIDEST`] at a step, of which the most promising are kept.
    pub(super) fn with_beam(most: u64, beam: usize) -> Self {
        Self { beam, widest: WIDEST, ..Self::of(most) }
    }

    /// Counts labels; `None` when they are too many.
    pub(super) fn spend(&mut self, labels: usize) -> Option<()> {
        self.used += labels as u64;
        (self.used <= self.most).then_some(())
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

/// Where a best value lies: not below the incumbent, not above the bound.
#[derive(Clone, Copy)]
pub(super) struct Bracket {
    pub(super) incumbent: i128,
    pub(super) bound: i128,
}

/// What looking ever further below a bound came to.
pub(super) struct Deepened<T> {
    pub(super) found: Found<T>,
    /// Nothing is worth more.
    pub(super) bound: i128,
    /// Nodes of the declared effort that were used.
    pub(super) nodes: u64,
}

/// Looks for the best choice first close below the bound, where few labels live, then further down,
/// at last to the incumbent. `search` takes what a choice must be worth and the labels it may make;
/// it answers how it ended and the labels it used.
pub(super) fn deepen<T>(
    bracket: Bracket,
    nodes: u64,
    mut search: impl FnMut(i128, u64) -> (Found<T>, u64),
) -> Deepened<T> {
    let Bracket { incumbent, mut bound } = bracket;
    let (top, most) = (bound, nodes.saturating_mul(LABELS_A_NODE));
    let (mut short, mut labels) = (0, 0);
    loop {
        let least = (top - short).max(incumbent);
        let (found, used) = search(least, most.saturating_sub(labels));
        labels += used;
        match found {
            Found::Nothing if least > incumbent => {
                bound = least - 1;
                short = (short + (short + 1) / 2).max(top.abs() >> FINE).max(1);
            }
            found => return Deepened { found, bound, nodes: labels.div_ceil(LABELS_A_NODE) },
        }
    }
}

/// Labels by state.
pub(super) type Layer<S, L> = BTreeMap<S, Vec<L>>;

/// A choice so far, by what it comes to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label<N, T> {
    pub(super) sums: N,
    /// Its choice before the last step.
    pub(super) trail: Trail,
    /// What the last step added.
    last: Option<T>,
}

impl<N, T> Label<N, T> {
    /// The choice of nothing.
    pub(super) fn start(sums: N) -> Self {
        Self { sums, trail: Trail::START, last: None }
    }
}

/// One step of a search: how choices are extended and compared.
pub(super) trait Step {
    /// What a choice leaves open.
    type State: Ord;
    /// What a choice comes to.
    type Sums: Copy;
    /// What a choice is made of.
    type Item: Copy + PartialEq;
    /// One way to go on.
    type Move;

    /// The ways to go on from a state, with the states that they lead to.
    fn moves(&mut self, state: Self::State) -> Vec<(Self::Move, Self::State)>;

    /// What a choice comes to after a move; `None` where that is too little or costs too much.
    fn extend(&self, sums: Self::Sums, by: &Self::Move) -> Option<Self::Sums>;

    /// What a move adds.
    fn item(by: &Self::Move) -> Option<Self::Item>;

    /// What a choice sums to.
    fn value(sums: &Self::Sums) -> i128;

    /// What a choice costs; zero where money does not count.
    fn cost(&self, sums: &Self::Sums) -> i128;

    /// What a choice can end with at most.
    fn upper_bound(sums: &Self::Sums) -> i128;

    /// Orders choices of one value, by what each has and the other has not; greater is better.
    fn compare_choices(&self, one: &[Self::Item], other: &[Self::Item]) -> Ordering;
}

/// The labels of a step.
pub(super) type LayerOf<S> = Layer<<S as Step>::State, Label<<S as Step>::Sums, <S as Step>::Item>>;

/// Extends every label by every move that its state allows; `None` when there are too many labels.
pub(super) fn advance<S: Step>(
    step: &mut S,
    layer: LayerOf<S>,
    back: &mut BackPointers<S::Item>,
    budget: &mut LabelBudget,
) -> Option<LayerOf<S>> {
    let mut next: LayerOf<S> = Layer::new();
    let mut alive = 0;
    for (state, labels) in layer {
        for (by, reached) in step.moves(state) {
            let extend = |label: &Label<S::Sums, S::Item>| {
                let sums = step.extend(label.sums, &by)?;
                Some(Label { sums, trail: label.trail, last: S::item(&by) })
            };
            let extended: Vec<_> = labels.iter().filter_map(extend).collect();
            budget.spend(extended.len())?;
            alive += extended.len();
            if alive > budget.widest {
                return None;
            }
            if !extended.is_empty() {
                let kept = next.entry(reached).or_default();
                kept.extend(extended);
                let cost = |label: &Label<S::Sums, S::Item>| step.cost(&label.sums);
                keep_undominated(kept, cost, |a, b| compare(step, back, a, b));
            }
        }
    }
    keep_most_promising(&mut next, budget.beam, |label| S::upper_bound(&label.sums));
    for label in next.values_mut().flatten() {
        if let Some(item) = label.last.take() {
            label.trail = back.push(label.trail, item);
        }
    }
    Some(next)
}

/// Greater is better: the value, then the choices.
pub(super) fn compare<S: Step>(
    step: &S,
    back: &BackPointers<S::Item>,
    a: &Label<S::Sums, S::Item>,
    b: &Label<S::Sums, S::Item>,
) -> Ordering {
    S::value(&a.sums).cmp(&S::value(&b.sums)).then_with(|| {
        if (a.trail, a.last) == (b.trail, b.last) {
            return Ordering::Equal;
        }
        let (mut one, mut other) = back.apart(a.trail, b.trail);
        one.extend(a.last);
        other.extend(b.last);
        step.compare_choices(&one, &other)
    })
}

/// Drops every label that another dominates: that costs no more and is no worse. What is left stands
/// by rising cost, each label better than the one before; without money all cost nothing, and one
/// label is left.
pub(super) fn keep_undominated<L>(
    labels: &mut Vec<L>,
    cost: impl Fn(&L) -> i128,
    compare: impl Fn(&L, &L) -> Ordering,
) {
    labels.sort_by(|a, b| cost(a).cmp(&cost(b)).then_with(|| compare(b, a)));
    // of neighbours, the one behind goes unless it is better
    labels.dedup_by(|label, best| compare(label, best) != Ordering::Greater);
}

/// Drops what promises least where there are more labels than the beam is wide.
pub(super) fn keep_most_promising<S: Ord, L>(
    layer: &mut Layer<S, L>,
    beam: usize,
    upper_bound: impl Fn(&L) -> i128,
) {
    if beam == usize::MAX {
        return;
    }
    let mut bounds: Vec<i128> = layer.values().flatten().map(&upper_bound).collect();
    if bounds.len() <= beam {
        return;
    }
    let at = bounds.len() - beam;
    let (_, least, above) = bounds.select_nth_unstable(at);
    let mut ties = beam - above.iter().filter(|bound| *bound > least).count();
    let mut keeps = |label: &L| match upper_bound(label).cmp(least) {
        Ordering::Less => false,
        Ordering::Greater => true,
        // of those that promise as much as the last one kept, the first in the order of states
        Ordering::Equal => {
            let kept = ties > 0;
            ties -= usize::from(kept);
            kept
        }
    };
    layer.values_mut().for_each(|labels| labels.retain(&mut keeps));
    layer.retain(|_, labels| !labels.is_empty());
}

/// A choice that is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Trail(usize);

impl Trail {
    /// The choice of nothing.
    pub(super) const START: Self = Self(0);
}

/// How choices came about: the item that each adds, and the choice it adds it to.
#[derive(Debug)]
pub(super) struct BackPointers<T> {
    /// Of every choice but that of nothing.
    entries: Vec<(Trail, T)>,
}

impl<T: Copy> BackPointers<T> {
    /// With the choice of nothing.
    pub(super) fn new() -> Self {
        Self { entries: Vec::new() }
    }

    /// The choice that adds an item to an earlier one.
    pub(super) fn push(&mut self, before: Trail, item: T) -> Trail {
        self.entries.push((before, item));
        Trail(self.entries.len())
    }

    /// The items of a choice, the last first.
    pub(super) fn items(&self, mut trail: Trail) -> impl Iterator<Item = T> {
        std::iter::from_fn(move || {
            (trail != Trail::START).then(|| {
                let (before, item) = self.entry(trail);
                trail = before;
                item
            })
        })
    }

    /// What each of two choices added since they parted.
    pub(super) fn apart(&self, mut a: Trail, mut b: Trail) -> (Vec<T>, Vec<T>) {
        let (mut one, mut other) = (Vec::new(), Vec::new());
        while a != b {
            let (trail, added) = if a > b { (&mut a, &mut one) } else { (&mut b, &mut other) };
            let (before, item) = self.entry(*trail);
            added.push(item);
            *trail = before;
        }
        (one, other)
    }

    fn entry(&self, trail: Trail) -> (Trail, T) {
        self.entries[trail.0 - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn thinned(labels: &[(i128, i32)], expected: &[(i128, i32)]) {
        let mut one = labels.to_vec();
        let mut other: Vec<_> = labels.iter().rev().copied().collect();
        for labels in [&mut one, &mut other] {
            keep_undominated(labels, |label| label.0, |a, b| a.1.cmp(&b.1));
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
    fn a_beam_keeps_what_promises_most_in_the_order_of_states() {
        let mut layer = Layer::from([(1, vec![5, 9]), (2, vec![7, 5]), (3, vec![5])]);
        keep_most_promising(&mut layer, 3, |label| *label);
        assert_eq!(layer, Layer::from([(1, vec![5, 9]), (2, vec![7])]));
    }

    #[test]
    fn a_search_goes_down_from_the_bound_to_what_is_known() {
        let mut tried = Vec::new();
        let deepened = deepen(Bracket { incumbent: 60, bound: 100 }, 1_000, |least, _| {
            tried.push(least);
            (if least <= 80 { Found::Best(80) } else { Found::Nothing }, LABELS_A_NODE)
        });
        assert_eq!(tried, [100, 99, 98, 97, 95, 92, 88, 82, 73]);
        assert!(matches!(deepened.found, Found::Best(80)));
        assert_eq!((deepened.bound, deepened.nodes), (81, 9));
    }

    #[test]
    fn two_choices_differ_in_what_they_added_since_they_parted() {
        let mut back = BackPointers::new();
        let common = back.push(Trail::START, 7);
        let one = back.push(common, 3);
        let other = back.push(common, 5);
        let further = back.push(other, 9);
        assert_eq!(back.apart(one, further), (vec![3], vec![9, 5]));
        assert_eq!(back.items(further).collect::<Vec<_>>(), [9, 5, 7]);
        assert_eq!(back.items(Trail::START).count(), 0);
    }
}
