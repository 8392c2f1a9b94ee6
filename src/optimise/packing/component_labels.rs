//! What a component can come to, by labels along its places.
//!
//! A label is a choice so far: which of the next units are taken, how many columns each row has, what
//! it costs, what it sums to. A label whose *upper bound* (what it has, less prices, plus what the
//! bound of [`super::bound`] still gives from its place on) shows that it ends below a choice already
//! known, whatever the other components choose, is dropped; of two labels that leave the same open,
//! the dominated one is. What is left at the end of the component are its outcomes, which
//! [`super::search`] puts together.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Add;

use super::bound::PackingBound;
use super::components::{ColumnIndex, ComponentIndex, NEVER, Packing, Place, SideRow, VertexOrder};
use crate::optimise::labels::{BackPointers, Label, LabelBudget, Layer, LayerOf, Step, advance};
use crate::optimise::problem::{IndexVec, Position, Rank};

/// What columns come to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    pub(super) value: i128,
    pub(super) cost: i128,
    /// Value less prices, in parts of a point.
    pub(super) reduced: i128,
}

impl Add for Sums {
    type Output = Self;

    fn add(self, more: Self) -> Self {
        Self {
            value: self.value + more.value,
            cost: self.cost + more.cost,
            reduced: self.reduced + more.reduced,
        }
    }
}

/// What a choice so far comes to, and what it can end with at most, in parts of a point.
#[derive(Clone, Copy, Debug)]
pub(super) struct Partial {
    pub(super) sums: Sums,
    pub(super) upper_bound: i128,
}

impl Partial {
    /// The choice of nothing.
    pub(super) const START: Self =
        Self { sums: Sums { value: 0, cost: 0, reduced: 0 }, upper_bound: i128::MAX };
}

/// What choices can end with at most, by what they came to so far.
pub(super) struct UpperBound {
    /// At each price of money: what is still to come, and how much cheaper money is than at the
    /// first.
    rest: Vec<(i128, i128)>,
    /// What a choice must end with, in parts of a point.
    cut: i128,
    limit: Option<i128>,
}

impl UpperBound {
    /// With what is to come at each price of money, that of the least bound first.
    pub(super) fn new<'a>(
        suffixes: &mut [SuffixBound<'a>],
        cut: i128,
        mut rest: impl FnMut(&mut SuffixBound<'a>) -> i128,
    ) -> Self {
        let (money, limit) = (suffixes[0].bound.prices.money, suffixes[0].packing.side.limit);
        let look = |suffix: &mut SuffixBound<'a>| (rest(suffix), money - suffix.bound.prices.money);
        Self { rest: suffixes.iter_mut().map(look).collect(), cut, limit }
    }

    /// What a choice can end with; none where that is too little, or it costs too much.
    pub(super) fn of(&self, sums: Sums) -> Option<Partial> {
        let at = |(rest, cheaper): &(i128, i128)| sums.reduced + cheaper * sums.cost + rest;
        let upper_bound = self.rest.iter().map(at).min()?;
        let paid = self.limit.is_none_or(|limit| sums.cost <= limit);
        (paid && upper_bound >= self.cut).then_some(Partial { sums, upper_bound })
    }

    /// Whether a choice comes to too little whatever it costs.
    pub(super) fn is_out_of_reach(&self, sums: Sums) -> bool {
        sums.reduced + self.rest[0].0 < self.cut
    }
}

/// The bound at some prices, from any place of the order on.
pub(super) struct SuffixBound<'a> {
    packing: Packing<'a>,
    pub(super) bound: &'a PackingBound<'a>,
    /// By number of components looked at: what those behind gain, with the constant of the bound; the
    /// bound itself first.
    behind: Vec<i128>,
    /// By component that is too wide to be looked at, and place in it: what it can give from there on.
    shares: BTreeMap<ComponentIndex, Vec<i128>>,
    /// What was computed before, by place and taken units.
    found: BTreeMap<(Place, u128), i128>,
}

impl<'a> SuffixBound<'a> {
    pub(super) fn new(packing: Packing<'a>, bound: &'a PackingBound<'a>) -> Self {
        let mut behind = vec![bound.constant(); packing.order.count() + 1];
        let mut shares = BTreeMap::new();
        for component in packing.order.components().rev() {
            let (priced, at) = (&bound.components[component], component.number());
            behind[at] = behind[at + 1] + priced.gain;
            if priced.optimum.is_none() {
                let each = bound.shares(component).into_iter();
                let mut rest: Vec<i128> = each.map(|share| share.most).collect();
                for at in (1..rest.len()).rev() {
                    rest[at - 1] += rest[at];
                }
                shares.insert(component, rest);
            }
        }
        Self { packing, bound, behind, shares, found: BTreeMap::new() }
    }

    /// The bound behind a component, with what the components up to it chose left out.
    pub(super) fn behind(&self, component: ComponentIndex) -> i128 {
        self.behind[component.number() + 1]
    }

    /// The bound behind a place of a component, with those next units taken: what can still be gained
    /// in the component, and what all other components gain.
    fn rest(&mut self, component: ComponentIndex, place: Place, mask: u128) -> i128 {
        let others = self.behind[0] - self.bound.components[component].gain;
        self.inside(component, Place::new(place.number() + 1), mask) + others
    }

    fn inside(&mut self, component: ComponentIndex, place: Place, mask: u128) -> i128 {
        let (order, bound) = (self.packing.order, self.bound);
        if place == order.end(component) {
            return 0;
        }
        let Some(optimum) = &bound.components[component].optimum else {
            return self.shares[&component][order.offset(component, place)];
        };
        if let Some(known) = optimum.known(place, mask) {
            return known;
        }
        if let Some(known) = self.found.get(&(place, mask)) {
            return *known;
        }
        let mut gain = NEVER;
        for (column, next) in order.steps(place, mask, &order.starting[place]) {
            let weight = column.map_or(0, |column| bound.weight(column));
            // what gains nothing is no better than passing, unless something must be covered
            if weight > 0 || column.is_none_or(|column| order.columns[column].required > 0) {
                let behind = Place::new(place.number() + 1);
                gain = gain.max(weight + self.inside(component, behind, next));
            }
        }
        self.found.insert((place, mask), gain);
        gain
    }
}

/// A choice of columns in one component.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    pub(super) sums: Sums,
    /// Ascending.
    pub(super) columns: Vec<ColumnIndex>,
}

/// How many columns each row has.
pub(super) type RowCounts = IndexVec<SideRow, i64>;

/// Outcomes of a component by the columns that each row has; those of one number by rising cost and
/// value.
pub(super) type Outcomes = BTreeMap<RowCounts, Vec<Outcome>>;

/// The search in one component.
pub(super) struct ComponentSearch<'v, 'a> {
    pub(super) packing: Packing<'a>,
    /// The bound at the prices of the least one, then at others of money.
    pub(super) suffixes: &'v mut [SuffixBound<'a>],
    pub(super) component: ComponentIndex,
    /// What a choice of all components must come to, in parts of a point.
    pub(super) cut: i128,
}

impl ComponentSearch<'_, '_> {
    /// Every choice in the component that may belong to a good enough one of all components, and
    /// that no other dominates; `None` when there are too many labels.
    pub(super) fn outcomes(&mut self, budget: &mut LabelBudget) -> Option<Outcomes> {
        let mut back = BackPointers::new();
        let state = (0, RowCounts::filled(0, self.packing.side.rows.len()));
        let mut layer: LayerOf<PlaceStep<'_, '_, '_>> =
            Layer::from([(state, vec![Label::start(Partial::START)])]);
        for place in self.packing.order.places(self.component) {
            let mut step = PlaceStep { search: self, place };
            layer = advance(&mut step, layer, &mut back, budget)?;
        }
        let outcome = |label: Label<Partial, ColumnIndex>| {
            let mut columns: Vec<ColumnIndex> = back.items(label.trail).collect();
            columns.sort_unstable();
            Outcome { sums: label.sums.sums, columns }
        };
        // columns end with their component: no unit is taken behind it
        let ended = layer.into_iter().map(|((_, counts), labels)| {
            (counts, labels.into_iter().map(outcome).collect::<Vec<_>>())
        });
        Some(ended.collect())
    }
}

/// The step over one place: no column begins there, or one does.
struct PlaceStep<'s, 'v, 'a> {
    search: &'s mut ComponentSearch<'v, 'a>,
    place: Place,
}

impl PlaceStep<'_, '_, '_> {
    /// The counts with one more column; `None` when a row is full.
    fn count(&self, counts: &RowCounts, column: Option<ColumnIndex>) -> Option<RowCounts> {
        let Packing { order, side } = self.search.packing;
        let mut counted = counts.clone();
        for row in column.into_iter().flat_map(|column| &order.columns[column].rows) {
            counted[*row] += 1;
            if counted[*row] > side.rows[*row].hi {
                return None;
            }
        }
        Some(counted)
    }
}

impl Step for PlaceStep<'_, '_, '_> {
    /// Units that are taken at the next places, and columns of each row.
    type State = (u128, RowCounts);
    type Sums = Partial;
    type Item = ColumnIndex;
    type Move = (Option<ColumnIndex>, UpperBound);

    fn moves(&mut self, (mask, counts): Self::State) -> Vec<(Self::Move, Self::State)> {
        let (order, place) = (self.search.packing.order, self.place);
        let (component, cut) = (self.search.component, self.search.cut);
        let mut moves = Vec::new();
        for (column, next) in order.steps(place, mask, &order.starting[place]) {
            let Some(counted) = self.count(&counts, column) else { continue };
            let rest = |suffix: &mut SuffixBound<'_>| suffix.rest(component, place, next);
            let bound = UpperBound::new(self.search.suffixes, cut, rest);
            moves.push(((column, bound), (next, counted)));
        }
        moves
    }

    fn extend(&self, so_far: Partial, (column, bound): &Self::Move) -> Option<Partial> {
        let Some(at) = *column else { return bound.of(so_far.sums) };
        let column = &self.search.packing.order.columns[at];
        let more = Sums {
            value: column.value,
            cost: i128::from(column.cost),
            reduced: self.search.suffixes[0].bound.weight(at),
        };
        bound.of(so_far.sums + more)
    }

    fn item((column, _): &Self::Move) -> Option<ColumnIndex> {
        *column
    }

    fn value(so_far: &Partial) -> i128 {
        so_far.sums.value
    }

    fn cost(&self, so_far: &Partial) -> i128 {
        if self.search.packing.side.limit.is_some() { so_far.sums.cost } else { 0 }
    }

    fn upper_bound(so_far: &Partial) -> i128 {
        so_far.upper_bound
    }

    fn compare_choices(&self, one: &[ColumnIndex], other: &[ColumnIndex]) -> Ordering {
        compare_choices(self.search.packing.order, one, other)
    }
}

/// Greater is better: covers the highest unit on which two choices differ; for the same units, gives
/// the highest unit whose project differs the higher partner, and any partner rather than none.
pub(super) fn compare_choices(
    order: &VertexOrder,
    one: &[ColumnIndex],
    other: &[ColumnIndex],
) -> Ordering {
    let projects = |list: &[ColumnIndex]| {
        let mut projects: Vec<&[Rank]> =
            list.iter().map(|column| order.columns[*column].members.as_slice()).collect();
        projects.sort_unstable();
        projects
    };
    let (one, other) = (projects(one), projects(other));
    let covered = |projects: &[&[Rank]]| {
        let mut ranks = projects.concat();
        ranks.sort_unstable();
        ranks
    };
    higher(&covered(&one), &covered(&other)).then_with(|| {
        let differ = one.iter().zip(&other).find(|(a, b)| a != b);
        differ.map_or_else(|| one.len().cmp(&other.len()), |(a, b)| higher(a, b))
    })
}

/// Compares ascending ranks: the smaller rank at the first difference is better, more is better.
fn higher(one: &[Rank], other: &[Rank]) -> Ordering {
    let differ = one.iter().zip(other).find(|(a, b)| a != b);
    differ.map_or_else(|| one.len().cmp(&other.len()), |(a, b)| b.cmp(a))
}
