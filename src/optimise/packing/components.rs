//! Set packing over a path decomposition: columns that share no unit, component by component.
//!
//! A *column* is a project that may be chosen. Units are put in an order in which those that may join
//! stand close together. Walking along it, all that matters of the past is which of the next units
//! are taken already: a few bits. Where no column reaches across a gap in the order, a new
//! *component* begins. The best choice in a component is found by looking at every reachable set of
//! bits (dynamic programming over a path decomposition), as long as no side constraint ties the
//! components together; those are priced in [`super::bound`].

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::optimise::problem::{IndexVec, Position, Rank, Row, positions};

/// Reachable sets of bits at one place beyond which a component counts as too wide.
const WIDEST: usize = 60_000;

/// Below every sum that can be.
pub(super) const NEVER: i128 = i128::MIN / 4;

positions! {
    /// A column of the packing problem.
    ColumnIndex
    /// A place in the order of units.
    Place
    /// A connected component of units that may join.
    ComponentIndex
    /// A counted row that ties components together.
    SideRow
}

/// A project that may be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// The members' places as bits, the first member at bit 0.
    pub(super) bits: u128,
    /// Ascending.
    pub(super) members: Vec<Rank>,
    /// What it sums to: what coverage counts, times more than there can be projects, less one.
    pub(super) value: i128,
    /// Bani.
    pub(super) cost: i64,
    /// Rows that count it, ascending.
    pub(super) rows: Vec<SideRow>,
    /// How many units that must be covered it covers.
    pub(super) required: usize,
}

/// What a choice of columns must keep, beyond sharing no member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SideConstraints {
    /// Least and most columns of each row.
    pub(super) rows: IndexVec<SideRow, Row>,
    /// Money.
    pub(super) limit: Option<i128>,
}

/// A packing problem: columns in the order of their units, under side constraints.
#[derive(Clone, Copy)]
pub(super) struct Packing<'a> {
    pub(super) order: &'a VertexOrder,
    pub(super) side: &'a SideConstraints,
}

/// Units in an order, with the columns that begin at each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct VertexOrder {
    /// The unit at each place.
    pub(super) ranks: IndexVec<Place, Rank>,
    /// Whether the unit at a place must be covered.
    pub(super) required: IndexVec<Place, bool>,
    /// Columns whose first member in the order is at a place.
    pub(super) starting: IndexVec<Place, Vec<ColumnIndex>>,
    /// All columns.
    pub(super) columns: IndexVec<ColumnIndex, Column>,
    /// Number of the first place of each component, with the number of places at the end.
    starts: Vec<usize>,
    place: BTreeMap<Rank, Place>,
    /// By place: columns that cover its unit.
    covering: IndexVec<Place, Vec<ColumnIndex>>,
}

impl VertexOrder {
    /// Orders the units of some columns; `None` when units that may join stand too far apart for the
    /// bits at hand. Components with the same rows stand together.
    pub(super) fn new(columns: Vec<Column>, required: &BTreeSet<Rank>) -> Option<Self> {
        let mut columns: IndexVec<ColumnIndex, Column> = columns.into_iter().collect();
        let (ranks, starts) = arrange(columns.iter());
        let place: BTreeMap<Rank, Place> =
            ranks.enumerate().map(|(at, rank)| (*rank, at)).collect();
        let mut starting = IndexVec::filled(Vec::new(), ranks.len());
        let mut covering = IndexVec::filled(Vec::new(), ranks.len());
        for at in columns.positions() {
            let column = &mut columns[at];
            let places: Vec<Place> = column.members.iter().map(|rank| place[rank]).collect();
            let first = *places.iter().min().expect("a project has members");
            column.bits = 0;
            for place in places {
                let shift = u32::try_from(place.number() - first.number()).ok();
                column.bits |= 1 << shift.filter(|shift| *shift < 127)?;
                covering[place].push(at);
            }
            starting[first].push(at);
        }
        let nobody = IndexVec::filled(false, ranks.len());
        let mut order =
            Self { ranks, required: nobody, starting, columns, starts, place, covering };
        required.iter().for_each(|rank| order.require(*rank));
        Some(order)
    }

    /// The unit must be covered from now on.
    pub(super) fn require(&mut self, rank: Rank) {
        let place = self.place[&rank];
        self.required[place] = true;
        for column in &self.covering[place] {
            self.columns[*column].required += 1;
        }
    }

    /// The unit need not be covered any more.
    pub(super) fn release(&mut self, rank: Rank) {
        let place = self.place[&rank];
        self.required[place] = false;
        for column in &self.covering[place] {
            self.columns[*column].required -= 1;
        }
    }

    /// The component of a unit.
    pub(super) fn component_of(&self, rank: Rank) -> ComponentIndex {
        let place = self.place[&rank].number();
        ComponentIndex::new(self.starts.partition_point(|first| *first <= place) - 1)
    }

    /// The places of a component.
    pub(super) fn places(
        &self,
        component: ComponentIndex,
    ) -> impl DoubleEndedIterator<Item = Place> + ExactSizeIterator + use<> {
        self.range(component).map(Place::new)
    }

    /// The place behind a component.
    pub(super) fn end(&self, component: ComponentIndex) -> Place {
        Place::new(self.range(component).end)
    }

    /// How far a place lies behind the first one of its component.
    pub(super) fn offset(&self, component: ComponentIndex, place: Place) -> usize {
        place.number() - self.range(component).start
    }

    fn range(&self, component: ComponentIndex) -> Range<usize> {
        self.starts[component.number()]..self.starts[component.number() + 1]
    }

    /// How many components there are.
    pub(super) fn count(&self) -> usize {
        self.starts.len() - 1
    }

    /// All components.
    pub(super) fn components(
        &self,
    ) -> impl DoubleEndedIterator<Item = ComponentIndex> + ExactSizeIterator + use<> {
        (0..self.count()).map(ComponentIndex::new)
    }

    /// What some columns sum to.
    pub(super) fn value(&self, columns: &[ColumnIndex]) -> i128 {
        columns.iter().map(|column| self.columns[*column].value).sum()
    }

    /// What can happen at a place when the units of `mask` are taken: nothing, or one of the columns
    /// that begin there; with the units taken at the next place.
    pub(super) fn steps<'a>(
        &'a self,
        place: Place,
        mask: u128,
        starting: &'a [ColumnIndex],
    ) -> impl Iterator<Item = (Option<ColumnIndex>, u128)> + 'a {
        let taken = mask & 1 == 1;
        let pass = (taken || !self.required[place]).then_some((None, mask >> 1));
        let begin = starting.iter().filter(move |_| !taken).filter_map(move |column| {
            let bits = self.columns[*column].bits;
            (mask & bits == 0).then_some((Some(*column), (mask | bits) >> 1))
        });
        pass.into_iter().chain(begin)
    }
}

/// Units that may join, by unit.
type Neighbours = BTreeMap<Rank, BTreeSet<Rank>>;

/// Units in order, and where components begin.
fn arrange<'c>(columns: impl Iterator<Item = &'c Column>) -> (IndexVec<Place, Rank>, Vec<usize>) {
    let mut near: Neighbours = BTreeMap::new();
    let mut rows: BTreeMap<Rank, &[SideRow]> = BTreeMap::new();
    for column in columns {
        for rank in &column.members {
            near.entry(*rank).or_default().extend(&column.members);
            rows.insert(*rank, &column.rows);
        }
    }
    // outer rows come later in a row list: reversed, components of one region stand together, then
    // county
    let mut first: Vec<_> =
        near.keys().map(|rank| (rows[rank].iter().rev().collect::<Vec<_>>(), *rank)).collect();
    first.sort();
    let mut ranks = IndexVec::new();
    let mut starts = vec![0];
    let mut done = BTreeSet::new();
    for (_, start) in first {
        if done.contains(&start) {
            continue;
        }
        let mut open = BTreeSet::new();
        let mut next = far_end(&near, start);
        loop {
            done.insert(next);
            open.remove(&next);
            ranks.push(next);
            open.extend(near[&next].iter().filter(|rank| !done.contains(rank)));
            // the open unit that opens fewest others goes next
            let opens = |rank: &Rank| {
                near[rank].iter().filter(|r| !done.contains(*r) && !open.contains(*r)).count()
            };
            match open.iter().min_by_key(|rank| (opens(rank), **rank)) {
                Some(rank) => next = *rank,
                None => break,
            }
        }
        starts.push(ranks.len());
    }
    (ranks, starts)
}

/// A unit far from `start`: orders that begin at an edge stay narrow.
fn far_end(near: &Neighbours, start: Rank) -> Rank {
    let mut seen = BTreeSet::from([start]);
    let mut layer = BTreeSet::from([start]);
    let mut last = start;
    while let Some(least) = layer.first() {
        last = *least;
        let around = layer.iter().flat_map(|rank| &near[rank]).copied();
        layer = around.filter(|rank| seen.insert(*rank)).collect();
    }
    last
}

/// The best choice in one component for given weights of the columns.
#[derive(Clone, Debug)]
pub(super) struct Optimum {
    /// By place of the component and set of bits, ascending: what can still be gained.
    layers: Vec<Vec<(u128, i128)>>,
    first: usize,
    /// What the component gains.
    pub(super) gain: i128,
    /// The columns that gain it.
    pub(super) chosen: Vec<ColumnIndex>,
}

impl Optimum {
    /// Looks at one component; `None` when it is too wide. Columns that gain nothing are left out
    /// unless they cover a unit that must be covered.
    pub(super) fn of(
        order: &VertexOrder,
        component: ComponentIndex,
        weight: impl Fn(ColumnIndex) -> i128,
    ) -> Option<Self> {
        let needed =
            |column: &ColumnIndex| weight(*column) > 0 || order.columns[*column].required > 0;
        let usable = |place: Place| -> (Place, Vec<ColumnIndex>) {
            (place, order.starting[place].iter().copied().filter(needed).collect())
        };
        let usable: Vec<(Place, Vec<ColumnIndex>)> = order.places(component).map(usable).collect();
        let mut masks: Vec<Vec<u128>> = vec![vec![0]];
        for (at, (place, starting)) in usable.iter().enumerate() {
            let mut next = BTreeSet::new();
            for mask in &masks[at] {
                next.extend(order.steps(*place, *mask, starting).map(|(_, mask)| mask));
            }
            if next.len() > WIDEST {
                return None;
            }
            masks.push(next.into_iter().collect());
        }
        let end = masks.pop().expect("a component has an end");
        let mut layers = vec![end.into_iter().map(|mask| (mask, 0)).collect::<Vec<_>>()];
        for ((place, starting), masks) in usable.iter().zip(&masks).rev() {
            let after = layers.last().expect("there is a layer behind");
            let reach = |mask: u128| {
                after.binary_search_by_key(&mask, |(m, _)| *m).map_or(NEVER, |i| after[i].1)
            };
            let gain = |mask: &u128| {
                order
                    .steps(*place, *mask, starting)
                    .map(|(column, next)| column.map_or(0, &weight) + reach(next))
                    .max()
                    .unwrap_or(NEVER)
            };
            layers.push(masks.iter().map(|mask| (*mask, gain(mask))).collect());
        }
        layers.reverse();
        let first = order.range(component).start;
        let mut best = Self { gain: layers[0][0].1, layers, first, chosen: Vec::new() };
        best.chosen = best.follow(order, &usable, &weight);
        Some(best)
    }

    fn follow(
        &self,
        order: &VertexOrder,
        usable: &[(Place, Vec<ColumnIndex>)],
        weight: &impl Fn(ColumnIndex) -> i128,
    ) -> Vec<ColumnIndex> {
        let mut chosen = Vec::new();
        let mut mask = 0;
        for (place, starting) in usable {
            let best = order
                .steps(*place, mask, starting)
                .map(|(column, next)| {
                    let rest = self.known(Place::new(place.number() + 1), next).unwrap_or(NEVER);
                    (column.map_or(0, weight) + rest, column, next)
                })
                .max_by_key(|(gain, _, _)| *gain);
            let Some((_, column, next)) = best else { return chosen };
            chosen.extend(column);
            mask = next;
        }
        chosen
    }

    /// What can still be gained from a place on, where it was looked at.
    pub(super) fn known(&self, place: Place, mask: u128) -> Option<i128> {
        let layer = self.layers.get(place.number() - self.first)?;
        layer.binary_search_by_key(&mask, |(m, _)| *m).ok().map(|at| layer[at].1)
    }
}
