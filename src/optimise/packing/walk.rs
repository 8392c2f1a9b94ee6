//! Walking down the ranking when neighbours may share a place.
//!
//! A unit is taken when the taken ones and it can still be covered by columns that keep every rule.
//! Without money only numbers of columns matter: in a class (components that the same rows count)
//! every number between the fewest columns that cover the taken units and one column for each unit
//! can be had, because a union can be split and a unit can stand alone. So a test is the fewest
//! columns of one component, and counted rows over classes. With money the least cost of a component
//! is looked at too, and the rows together with it.

use std::collections::{BTreeMap, BTreeSet};

use super::bound::PackingBound;
use super::component_labels::SuffixBound;
use super::components::{
    Column, ColumnIndex, ComponentIndex, Optimum, Packing, SideConstraints, SideRow, VertexOrder,
};
use super::prices::Prices;
use super::search::{Effort, search};
use crate::optimise::labels::{Bracket, Found};
use crate::optimise::problem::{IndexVec, Position, Problem, Rank, Row, RowIndex, Unit, count};
use crate::optimise::{Criterion, Unsolved, solve};

/// What a walk took.
pub(super) struct Walked {
    pub(super) taken: BTreeSet<Rank>,
    pub(super) proved: bool,
    pub(super) nodes: u64,
}

/// Takes whoever can be taken, in rank order.
pub(super) fn walk(
    columns: &[Column],
    required: &BTreeSet<Rank>,
    side: &SideConstraints,
    nodes: u64,
) -> Result<Walked, Unsolved> {
    let costly = |column: &Column| Column { value: -i128::from(column.cost), ..column.clone() };
    let columns: Vec<Column> =
        if side.limit.is_some() { columns.iter().map(costly).collect() } else { columns.to_vec() };
    let reachable: BTreeSet<Rank> =
        columns.iter().flat_map(|column| column.members.iter().copied()).collect();
    if !required.is_subset(&reachable) {
        return Err(Unsolved::Infeasible);
    }
    let order = VertexOrder::new(columns, required).ok_or(Unsolved::OutOfNodes)?;
    let mut walk = Walk::new(order, side, nodes)?;
    let mut taken = required.clone();
    for rank in reachable {
        if !taken.contains(&rank) && walk.take(rank) {
            taken.insert(rank);
        }
    }
    Ok(Walked { taken, proved: walk.proved, nodes: walk.nodes })
}

/// How a component covers what was taken.
struct Cover {
    /// The fewest columns, below zero.
    fewest: i128,
    /// The least cost (without money, the fewest columns), below zero.
    least: i128,
    /// The columns of the least cost.
    chosen: Vec<ColumnIndex>,
}

struct Walk<'a> {
    order: VertexOrder,
    side: &'a SideConstraints,
    covers: IndexVec<ComponentIndex, Cover>,
    /// Components by the rows that count their columns.
    classes: BTreeMap<Vec<SideRow>, Vec<ComponentIndex>>,
    /// Classes in which no column more is possible.
    closed: BTreeSet<Vec<SideRow>>,
    /// Prices that decided about the last unit that was decided by prices.
    prices: Option<Prices>,
    proved: bool,
    nodes: u64,
    most: u64,
}

impl<'a> Walk<'a> {
    fn new(order: VertexOrder, side: &'a SideConstraints, most: u64) -> Result<Self, Unsolved> {
        let mut classes: BTreeMap<Vec<SideRow>, Vec<ComponentIndex>> = BTreeMap::new();
        for component in order.components() {
            classes.entry(rows(&order, component)).or_default().push(component);
        }
        let mut walk = Self {
            order,
            side,
            covers: IndexVec::new(),
            classes,
            closed: BTreeSet::new(),
            prices: None,
            proved: true,
            nodes: 0,
            most,
        };
        for component in walk.order.components() {
            let cover = walk.look_at(component).ok_or(Unsolved::OutOfNodes)?;
            walk.covers.push(cover);
        }
        match (walk.possible_counts() && walk.possible_money(), walk.proved) {
            (true, _) => Ok(walk),
            (false, true) => Err(Unsolved::Infeasible),
            (false, false) => Err(Unsolved::OutOfNodes),
        }
    }

    fn look_at(&self, component: ComponentIndex) -> Option<Cover> {
        let fewest = Optimum::of(&self.order, component, |_| -1)?;
        if self.side.limit.is_none() {
            return Some(Cover { fewest: fewest.gain, least: fewest.gain, chosen: fewest.chosen });
        }
        let value = |column: ColumnIndex| self.order.columns[column].value;
        let least = Optimum::of(&self.order, component, value)?;
        Some(Cover { fewest: fewest.gain, least: least.gain, chosen: least.chosen })
    }

    /// Takes a unit if what was taken and it can be covered.
    fn take(&mut self, rank: Rank) -> bool {
        let component = self.order.component_of(rank);
        self.order.require(rank);
        let covers = |column: &ColumnIndex| self.order.columns[*column].members.contains(&rank);
        if self.covers[component].chosen.iter().any(covers) {
            return true;
        }
        let Some(cover) = self.look_at(component) else {
            self.proved = false;
            self.order.release(rank);
            return false;
        };
        let class = rows(&self.order, component);
        let before = std::mem::replace(&mut self.covers[component], cover);
        let more = self.covers[component].fewest != before.fewest;
        let room = !more || !self.closed.contains(&class) && self.possible_counts();
        if room && self.possible_money() {
            return true;
        }
        if !room {
            self.closed.insert(class);
        }
        self.covers[component] = before;
        self.order.release(rank);
        false
    }

    /// Whether the rows leave room for the fewest columns.
    fn possible_counts(&self) -> bool {
        if self.side.rows.len() == 0 {
            return true;
        }
        let mut units = IndexVec::new();
        for (rows, components) in &self.classes {
            let covers = components.iter().map(|component| &self.covers[*component]);
            let fewest = -covers.map(|cover| cover.fewest).sum::<i128>();
            let all: usize =
                components.iter().map(|component| self.order.places(*component).len()).sum();
            // the first row of a problem counts everybody
            let counted_by = rows.iter().map(|row| RowIndex::new(row.number() + 1));
            let rows: Vec<RowIndex> = std::iter::once(RowIndex::PLACES).chain(counted_by).collect();
            for at in 0..all {
                let locked = i128::try_from(at).is_ok_and(|at| at < fewest);
                units.push(Unit { value: 0, cost: 0, rows: rows.clone(), locked });
            }
        }
        let everybody = Row { lo: 0, hi: count(units.len()) };
        let rows = std::iter::once(everybody).chain(self.side.rows.iter().copied()).collect();
        let counts = Problem { units, rows, limit: None, sums: Vec::new() };
        solve(&counts, Criterion::Priority, self.most).is_ok()
    }

    /// Whether the cheapest cover at hand keeps the rows as it is.
    fn keeps_rows(&self) -> bool {
        let mut counts: IndexVec<SideRow, i64> = IndexVec::filled(0, self.side.rows.len());
        for column in self.covers.iter().flat_map(|cover| &cover.chosen) {
            self.order.columns[*column].rows.iter().for_each(|row| counts[*row] += 1);
        }
        counts.iter().zip(self.side.rows.iter()).all(|(held, row)| row.admits(*held))
    }

    /// Whether some cover keeps the rows within the money. Most units are decided by the prices of
    /// the unit before.
    fn possible_money(&mut self) -> bool {
        let Some(limit) = self.side.limit else { return true };
        let least: i128 = -self.covers.iter().map(|cover| cover.least).sum::<i128>();
        if least > limit || self.keeps_rows() {
            return least <= limit;
        }
        let side = SideConstraints { rows: self.side.rows.clone(), limit: None };
        let packing = Packing { order: &self.order, side: &side };
        let decides = |bound: &PackingBound<'_>| {
            let known = bound.incumbent.as_ref();
            let known = known.is_some_and(|known| self.order.value(known) >= -limit);
            if bound.most() < -limit { Some(false) } else { known.then_some(true) }
        };
        let prices = self.prices.clone().unwrap_or_else(|| Prices::high(packing));
        let mut bound = PackingBound::at(packing, prices);
        let mut answer = decides(&bound);
        if answer.is_none() {
            bound.descend(-limit);
            answer = decides(&bound);
        }
        if answer != Some(false) {
            self.prices = Some(bound.prices.clone());
        }
        if let Some(answer) = answer {
            return answer;
        }
        let effort = Effort { nodes: self.most.saturating_sub(self.nodes), beam: usize::MAX };
        let mut suffixes = [SuffixBound::new(packing, &bound)];
        let bracket = Bracket { incumbent: -limit, bound: bound.most() };
        let deepened = search(packing, &mut suffixes, bracket, effort);
        self.nodes += deepened.nodes;
        match deepened.found {
            Found::Best(_) => true,
            Found::Nothing => false,
            Found::TooMuch => {
                self.proved = false;
                false
            }
        }
    }
}

/// The rows that count the columns of a component; all its columns share them.
fn rows(order: &VertexOrder, component: ComponentIndex) -> Vec<SideRow> {
    let first = order.places(component).flat_map(|place| &order.starting[place]).next();
    first.map_or_else(Vec::new, |column| order.columns[*column].rows.clone())
}
