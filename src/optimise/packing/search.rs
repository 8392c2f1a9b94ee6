//! The best choice of all components together under rows and money.
//!
//! First each component alone is searched for its outcomes ([`super::component_labels`]), then the
//! components are put together one after another: a label is a choice in the components so far. Since
//! the many ways to one result within a component are gone by then, few labels are left to compare.
//! Equal value is decided by the units covered and then by partners, so that no order of search can
//! show. The labels differ from those along places in two ways: a step has thousands of moves, best
//! first, so it ends where the rest is out of reach, and which units a choice covers is kept as bits
//! that are compared without walking through back-pointers.

use std::cmp::{Ordering, Reverse};
use std::ops::Range;

use super::component_labels::{
    ComponentSearch, Outcome, Partial, RowCounts, SuffixBound, UpperBound, compare_choices,
};
use super::components::{ColumnIndex, ComponentIndex, Packing, SideRow, VertexOrder};
use crate::optimise::labels::{
    BackPointers, Bracket, Deepened, Found, LabelBudget, Layer, Trail, WIDEST, deepen,
    keep_most_promising, keep_undominated,
};
use crate::optimise::problem::{IndexVec, Position, positions};

positions! {
    /// An outcome of any component.
    OutcomeIndex
    /// A choice that a step begins with.
    ChoiceIndex
    /// An outcome of the component of a step.
    AdditionIndex
}

/// The work that a search may do.
#[derive(Clone, Copy)]
pub(super) struct Effort {
    pub(super) nodes: u64,
    /// Labels that are kept at each step; with all of them a search is a proof.
    pub(super) beam: usize,
}

/// The best choice between the incumbent and a bound.
pub(super) fn search<'a>(
    packing: Packing<'a>,
    suffixes: &mut [SuffixBound<'a>],
    bracket: Bracket,
    effort: Effort,
) -> Deepened<Vec<ColumnIndex>> {
    deepen(bracket, effort.nodes, |least, most| {
        let budget = LabelBudget::with_beam(most, effort.beam);
        let mut search = Search::new(packing, suffixes, budget);
        (search.run(least), search.budget.used)
    })
}

#[derive(Clone, Copy, Debug)]
struct Label {
    so_far: Partial,
    /// Its choice in the components before the last one.
    trail: Trail,
    /// That choice among those of the step.
    before: ChoiceIndex,
    /// Its outcome in the last component.
    added: AdditionIndex,
}

/// The search over all components.
struct Search<'v, 'a> {
    packing: Packing<'a>,
    /// The bound at its own prices, then at others of money.
    suffixes: &'v mut [SuffixBound<'a>],
    /// The last component that counts each row.
    last: IndexVec<SideRow, ComponentIndex>,
    /// By number of components looked at: units of each row behind them, for the minima.
    behind: Vec<RowCounts>,
    /// What components came to.
    outcomes: IndexVec<OutcomeIndex, Outcome>,
    /// Outcomes of the components before the last one.
    earlier: usize,
    covered: Covered,
    /// Outcomes that a choice is made of.
    back: BackPointers<OutcomeIndex>,
    budget: LabelBudget,
}

impl<'v, 'a> Search<'v, 'a> {
    fn new(packing: Packing<'a>, suffixes: &'v mut [SuffixBound<'a>], budget: LabelBudget) -> Self {
        let (order, rows) = (packing.order, packing.side.rows.len());
        let mut last = IndexVec::filled(ComponentIndex::new(0), rows);
        let mut behind = vec![RowCounts::filled(0, rows); order.count() + 1];
        for component in order.components().rev() {
            let at = component.number();
            behind[at] = behind[at + 1].clone();
            for place in order.places(component) {
                // a unit alone is the most columns that it can be in
                for column in order.starting[place].iter().take(1) {
                    for row in &order.columns[*column].rows {
                        behind[at][*row] += 1;
                        last[*row] = last[*row].max(component);
                    }
                }
            }
        }
        Self {
            packing,
            suffixes,
            last,
            behind,
            outcomes: IndexVec::new(),
            earlier: 0,
            covered: Covered::new(order),
            back: BackPointers::new(),
            budget,
        }
    }

    /// The best choice among those worth at least `least`.
    fn run(&mut self, least: i128) -> Found<Vec<ColumnIndex>> {
        let cut = least.saturating_mul(self.suffixes[0].bound.prices.scale);
        let nothing = AdditionIndex::new(0);
        let start = Label {
            so_far: Partial::START,
            trail: Trail::START,
            before: ChoiceIndex::new(0),
            added: nothing,
        };
        let counts = RowCounts::filled(0, self.packing.side.rows.len());
        let mut layer = Layer::from([(counts, vec![start])]);
        for component in self.packing.order.components() {
            let Some(next) = self.advance(&layer, component, cut) else { return Found::TooMuch };
            layer = self.close(next, component);
            keep_most_promising(&mut layer, self.budget.beam, upper_bound);
            let labels = || layer.values().flatten();
            self.covered.step(labels().map(|label| (label.before, label.added)));
            for (at, label) in layer.values_mut().flatten().enumerate() {
                let outcome = OutcomeIndex::new(self.earlier + label.added.number());
                label.trail = self.back.push(label.trail, outcome);
                (label.before, label.added) = (ChoiceIndex::new(at), nothing);
            }
            self.earlier = self.outcomes.len();
        }
        // every label was written down with its last outcome: nothing is added to any
        self.covered.additions(std::iter::once(&[][..]));
        let best = layer.into_values().flatten().max_by(|a, b| self.compare(a, b));
        match best {
            Some(best) if best.so_far.sums.value >= least => Found::Best(self.read(best.trail)),
            _ => Found::Nothing,
        }
    }

    /// The choices so far with each outcome of a component.
    fn advance(
        &mut self,
        layer: &Layer<RowCounts, Label>,
        component: ComponentIndex,
        cut: i128,
    ) -> Option<Layer<RowCounts, Label>> {
        let groups = self.look_at(component, cut)?;
        let bound = UpperBound::new(self.suffixes, cut, |suffix| suffix.behind(component));
        let mut next = Layer::new();
        let mut alive = 0;
        for (counts, group) in groups {
            for (held, labels) in layer {
                let Some(counted) = self.add(held, &counts) else { continue };
                let joined = next.entry(counted).or_default();
                let before = joined.len();
                self.join(labels, &group, &bound, joined)?;
                alive += joined.len() - before;
                if alive > WIDEST {
                    alive = self.relieve(&mut next)?;
                }
            }
        }
        Some(next)
    }

    /// What a component can come to, by the columns that each row has; best first.
    fn look_at(
        &mut self,
        component: ComponentIndex,
        cut: i128,
    ) -> Option<Vec<(RowCounts, Range<usize>)>> {
        let suffixes = &mut *self.suffixes;
        let mut within = ComponentSearch { packing: self.packing, suffixes, component, cut };
        let found = within.outcomes(&mut self.budget)?;
        let mut groups = Vec::new();
        for (counts, mut outcomes) in found {
            outcomes.sort_by_key(|outcome| Reverse(outcome.sums.reduced));
            let from = self.outcomes.len() - self.earlier;
            outcomes.into_iter().for_each(|outcome| {
                self.outcomes.push(outcome);
            });
            groups.push((counts, from..self.outcomes.len() - self.earlier));
        }
        let added = self.outcomes.iter().skip(self.earlier);
        self.covered.additions(added.map(|outcome| outcome.columns.as_slice()));
        Some(groups)
    }

    /// Adds every label with every outcome of a group that is good enough.
    fn join(
        &mut self,
        labels: &[Label],
        group: &Range<usize>,
        bound: &UpperBound,
        joined: &mut Vec<Label>,
    ) -> Option<()> {
        for label in labels {
            for added in group.clone() {
                self.budget.spend(1)?;
                let outcome = &self.outcomes[OutcomeIndex::new(self.earlier + added)];
                let sums = label.so_far.sums + outcome.sums;
                if bound.is_out_of_reach(sums) {
                    break;
                }
                let Some(so_far) = bound.of(sums) else { continue };
                joined.push(Label { so_far, added: AdditionIndex::new(added), ..*label });
            }
        }
        Some(())
    }

    /// Makes room in a layer with too many labels, and answers how many are left; `None` where it has
    /// no room to make.
    fn relieve(&self, layer: &mut Layer<RowCounts, Label>) -> Option<usize> {
        layer.values_mut().for_each(|labels| self.thin(labels));
        keep_most_promising(layer, self.budget.beam, upper_bound);
        let left = layer.values().map(Vec::len).sum();
        (left <= WIDEST / 2).then_some(left)
    }

    /// Sums the counts; `None` when a row is over-full.
    fn add(&self, held: &RowCounts, more: &RowCounts) -> Option<RowCounts> {
        let counted: RowCounts = held.iter().zip(more.iter()).map(|(a, b)| a + b).collect();
        let rows = self.packing.side.rows.iter();
        let fits = counted.iter().zip(rows).all(|(held, row)| *held <= row.hi);
        fits.then_some(counted)
    }

    /// Keeps the labels that no other dominates.
    fn thin(&self, labels: &mut Vec<Label>) {
        let money = self.packing.side.limit.is_some();
        let cost = |label: &Label| if money { label.so_far.sums.cost } else { 0 };
        keep_undominated(labels, cost, |a, b| self.compare(a, b));
    }

    /// At the end of a component: rows that nobody counts any more must be met, and are forgotten.
    fn close(
        &self,
        layer: Layer<RowCounts, Label>,
        component: ComponentIndex,
    ) -> Layer<RowCounts, Label> {
        let behind = &self.behind[component.number() + 1];
        let mut closed: Layer<RowCounts, Label> = Layer::new();
        for (mut counts, labels) in layer {
            let mut met = true;
            for (at, row) in self.packing.side.rows.enumerate() {
                met &= counts[at] + behind[at] >= row.lo || self.last[at] < component;
                if self.last[at] <= component {
                    counts[at] = 0;
                }
            }
            if met && !labels.is_empty() {
                closed.entry(counts).or_default().extend(labels);
            }
        }
        closed.values_mut().for_each(|labels| self.thin(labels));
        closed
    }

    /// Greater is better: value, then the units covered, then partners.
    fn compare(&self, a: &Label, b: &Label) -> Ordering {
        let by_units = || self.covered.compare((a.before, a.added), (b.before, b.added));
        let by_value = a.so_far.sums.value.cmp(&b.so_far.sums.value);
        by_value.then_with(by_units).then_with(|| {
            let (mut one, mut other) = self.back.apart(a.trail, b.trail);
            one.extend(self.last_outcome(a));
            other.extend(self.last_outcome(b));
            let columns = |outcomes: &[OutcomeIndex]| -> Vec<ColumnIndex> {
                outcomes.iter().flat_map(|at| self.outcomes[*at].columns.iter().copied()).collect()
            };
            compare_choices(self.packing.order, &columns(&one), &columns(&other))
        })
    }

    /// The outcome in the last component; none where a label was written down with it.
    fn last_outcome(&self, label: &Label) -> Option<OutcomeIndex> {
        let at = self.earlier + label.added.number();
        (at < self.outcomes.len()).then_some(OutcomeIndex::new(at))
    }

    fn read(&self, trail: Trail) -> Vec<ColumnIndex> {
        let outcomes = self.back.items(trail).map(|outcome| &self.outcomes[outcome]);
        let mut columns: Vec<ColumnIndex> =
            outcomes.flat_map(|outcome| outcome.columns.iter().copied()).collect();
        columns.sort_unstable();
        columns
    }
}

fn upper_bound(label: &Label) -> i128 {
    label.so_far.upper_bound
}

/// Units covered by the choices of one step and by what may be added to each, as bits that are
/// compared without walking through the choices.
struct Covered {
    /// By column: the numbers of its members among all units, the highest first.
    numbers: IndexVec<ColumnIndex, Vec<usize>>,
    words: usize,
    /// Bits of each choice, the highest unit first.
    choices: Vec<u64>,
    /// Bits of each addition.
    added: Vec<u64>,
}

impl Covered {
    /// With one choice, which covers nobody.
    fn new(order: &VertexOrder) -> Self {
        let mut ranks: Vec<_> = order.ranks.iter().copied().collect();
        ranks.sort_unstable();
        let number = |rank: &_| ranks.partition_point(|other| other < rank);
        let numbers = order.columns.iter().map(|c| c.members.iter().map(number).collect());
        let words = ranks.len().div_ceil(64).max(1);
        Self { numbers: numbers.collect(), words, choices: vec![0; words], added: Vec::new() }
    }

    /// What may be added from now on.
    fn additions<'c>(&mut self, choices: impl Iterator<Item = &'c [ColumnIndex]>) {
        self.added.clear();
        for columns in choices {
            let first = self.added.len();
            self.added.resize(first + self.words, 0);
            for number in columns.iter().flat_map(|column| &self.numbers[*column]) {
                self.added[first + number / 64] |= 1 << (63 - number % 64);
            }
        }
    }

    /// Greater covers the highest unit on which two choices differ, each with its addition.
    fn compare(
        &self,
        a: (ChoiceIndex, AdditionIndex),
        b: (ChoiceIndex, AdditionIndex),
    ) -> Ordering {
        self.bits(a).cmp(self.bits(b))
    }

    /// Takes choices with their additions for the choices of the next step.
    fn step(&mut self, taken: impl Iterator<Item = (ChoiceIndex, AdditionIndex)>) {
        let next = taken.flat_map(|pair| self.bits(pair)).collect();
        self.choices = next;
    }

    fn bits(&self, (choice, added): (ChoiceIndex, AdditionIndex)) -> impl Iterator<Item = u64> {
        let choice = &self.choices[choice.number() * self.words..][..self.words];
        let added = &self.added[added.number() * self.words..][..self.words];
        choice.iter().zip(added).map(|(one, other)| one | other)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::optimise::packing::components::Column;
    use crate::optimise::problem::Rank;

    #[test]
    fn the_highest_unit_on_which_choices_differ_decides() {
        let alone = |rank: usize| Column {
            bits: 0,
            members: vec![Rank::new(rank)],
            value: 1,
            cost: 0,
            rows: Vec::new(),
            required: 0,
        };
        // columns 0 to 2 cover ranks 70, 3 and 150
        let columns = [70, 3, 150].map(alone).to_vec();
        let order = VertexOrder::new(columns, &BTreeSet::new()).expect("short");
        let mut covered = Covered::new(&order);
        let column = ColumnIndex::new;
        let pair = |choice, added| (ChoiceIndex::new(choice), AdditionIndex::new(added));
        let lists = [vec![], vec![column(0)], vec![column(1)], vec![column(0), column(2)]];
        covered.additions(lists.iter().map(Vec::as_slice));
        let compare = |covered: &Covered, a, b| covered.compare(a, b);
        assert_eq!(
            compare(&covered, pair(0, 2), pair(0, 3)),
            Ordering::Greater,
            "rank 3 beats 70 and 150"
        );
        assert_eq!(compare(&covered, pair(0, 3), pair(0, 1)), Ordering::Greater, "150 more");
        covered.step([pair(0, 1), pair(0, 2)].into_iter());
        let lists = [vec![], vec![column(1)], vec![column(0)]];
        covered.additions(lists.iter().map(Vec::as_slice));
        assert_eq!(compare(&covered, pair(0, 1), pair(1, 2)), Ordering::Equal);
        assert_eq!(compare(&covered, pair(0, 0), pair(1, 0)), Ordering::Less);
    }
}
