//! The Lagrangian bound of a packing problem: prices on places and money.
//!
//! With a price on every place of a row and on every ban, no choice within the side constraints sums
//! to more than the price of all that is there plus the best choice of each component at those prices
//! (the dual bound, as in `optimise::lagrangian`, here with many prices). Prices start so high that
//! few columns are left to look at, and go where the restricted master programme of
//! [`crate::optimise::master`] asks for them (column generation, seen from its dual).

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeSet;
use std::rc::Rc;

use super::components::{ColumnIndex, ComponentIndex, NEVER, Optimum, Packing, SideRow};
use super::prices::{Prices, Scaling};
use crate::optimise::master::{RestrictedMaster, TrustRegion};
use crate::optimise::problem::{IndexVec, Row};

/// Prices that are looked at.
const ROUNDS: usize = 400;

/// The prices are the best ones when the bound is so close to the least that it can be.
const CLOSE: f64 = 1e-9;

/// Parts of the price of money by which it is raised and lowered to look at choices from the side.
const BESIDE: [i128; 8] = [-8, 8, -32, 32, -128, 128, -512, 512];

/// The dual bound at some prices.
pub(super) struct PackingBound<'a> {
    packing: Packing<'a>,
    pub(super) prices: Prices,
    pub(super) components: IndexVec<ComponentIndex, Rc<PricedComponent>>,
    /// The best choice met that keeps every side constraint.
    pub(super) incumbent: Option<Vec<ColumnIndex>>,
    /// Components that were too wide to be looked at, with the prices; at lower ones they are wider.
    wide: Vec<(ComponentIndex, Prices)>,
}

/// A component at some prices.
pub(super) struct PricedComponent {
    /// None where the component is too wide to be looked at; then the gain is only a bound.
    pub(super) optimum: Option<Optimum>,
    pub(super) gain: i128,
    chosen: Vec<ColumnIndex>,
}

/// At most what the unit at a place can contribute, and the column that would.
#[derive(Clone, Copy)]
pub(super) struct UnitShare {
    pub(super) most: i128,
    column: Option<ColumnIndex>,
}

impl<'a> PackingBound<'a> {
    /// Looks for prices with a low bound.
    pub(super) fn low(packing: Packing<'a>) -> Self {
        let mut bound = Self::at(packing, Prices::high(packing));
        let least: i128 = packing.order.columns.iter().map(|column| column.value.abs()).sum();
        bound.descend(-least);
        bound
    }

    /// At given prices.
    pub(super) fn at(packing: Packing<'a>, prices: Prices) -> Self {
        let (components, wide) = (IndexVec::new(), Vec::new());
        let mut bound = Self { packing, prices, components, incumbent: None, wide };
        for component in packing.order.components() {
            let priced = bound.price(component);
            bound.components.push(Rc::new(priced));
        }
        bound.remember();
        bound
    }

    /// At other prices; components whose prices stay are not looked at again.
    fn moved(&self, prices: Prices) -> Self {
        let (components, wide) = (IndexVec::new(), self.wide.clone());
        let mut moved = Self { prices, components, incumbent: None, wide, ..*self };
        for (component, priced) in self.components.enumerate() {
            let same = self.is_same(component, &moved.prices);
            let priced = if same { Rc::clone(priced) } else { Rc::new(moved.price(component)) };
            moved.components.push(priced);
        }
        moved.remember();
        moved
    }

    /// Whether other prices are the same for a component.
    fn is_same(&self, component: ComponentIndex, prices: &Prices) -> bool {
        let order = self.packing.order;
        let mut starting = order.places(component).flat_map(|place| &order.starting[place]);
        let same = |row: &SideRow| prices.rows[*row] == self.prices.rows[*row];
        prices.money == self.prices.money
            && starting.all(|column| order.columns[*column].rows.iter().all(same))
    }

    /// No choice is worth more.
    pub(super) fn most(&self) -> i128 {
        self.total().div_euclid(self.prices.scale)
    }

    /// Goes to the prices with the least bound, or to some with a bound below `least`: where no choice
    /// keeps the rows, there is no end to it.
    pub(super) fn descend(&mut self, least: i128) {
        let scaling = Scaling::of(self.packing);
        let resources = scaling.resources(self.packing);
        if resources.is_empty() || self.components.iter().any(|priced| priced.gain <= NEVER / 2) {
            return;
        }
        let mut master = RestrictedMaster::default();
        self.add_cuts(&scaling, &mut master);
        let mut region = TrustRegion::around(scaling.scaled(&self.prices));
        for _ in 0..ROUNDS {
            let lowest = master.lowest(&resources, &region, self.packing.order.count());
            let Some((proposed, bound)) = lowest else { return };
            let total = scaling.points(self.total(), self.prices.scale);
            if bound >= total - total.abs() * CLOSE || self.most() < least {
                return;
            }
            let mut tried = self.moved(scaling.prices(&proposed, self.prices.scale));
            tried.add_cuts(&scaling, &mut master);
            self.wide.clone_from(&tried.wide);
            if tried.total() < self.total() {
                region.move_to(proposed);
                std::mem::swap(self, &mut tried);
            } else if region.is_a_point() {
                return;
            } else {
                region.narrow();
            }
            self.keep(tried.incumbent);
        }
    }

    /// Tells the master programme what the components choose at the prices.
    fn add_cuts(&self, scaling: &Scaling, master: &mut RestrictedMaster) {
        let columns = &self.packing.order.columns;
        for (component, priced) in self.components.enumerate() {
            let chosen: Vec<(ColumnIndex, f64)> = if priced.optimum.is_some() {
                priced.chosen.iter().map(|column| (*column, 1.0)).collect()
            } else {
                let shares = self.shares(component).into_iter();
                let in_part =
                    |column: ColumnIndex| (column, 1.0 / columns[column].members.len() as f64);
                shares.filter_map(|share| share.column.map(in_part)).collect()
            };
            master.add(scaling.cut(self.packing, component, &chosen));
        }
    }

    /// The bounds at some lower and higher prices of money. A choice that is far from using up the
    /// money falls short of one of them even where it keeps the least bound.
    pub(super) fn beside(&self) -> Vec<Self> {
        let factors = if self.prices.money == 0 { &[][..] } else { &BESIDE[..] };
        let at = |factor: &i128| {
            let money = self.prices.money + self.prices.money / factor;
            self.moved(Prices { money, ..self.prices.clone() })
        };
        factors.iter().map(at).collect()
    }

    /// What a column weighs at the prices: its reduced value.
    pub(super) fn weight(&self, column: ColumnIndex) -> i128 {
        let column = &self.packing.order.columns[column];
        let places: i128 = column.rows.iter().map(|row| self.prices.rows[*row]).sum();
        column.value * self.prices.scale - self.prices.money * i128::from(column.cost) - places
    }

    /// What all that is there costs.
    pub(super) fn constant(&self) -> i128 {
        let used = |price: &i128, row: &Row| match price.cmp(&0) {
            Ordering::Less => row.lo,
            Ordering::Equal => 0,
            Ordering::Greater => row.hi,
        };
        let rows = self.prices.rows.iter().zip(self.packing.side.rows.iter());
        let places: i128 = rows.map(|(price, row)| price * i128::from(used(price, row))).sum();
        places + self.prices.money * self.packing.side.limit.unwrap_or(0)
    }

    /// The bound, in parts of a point.
    fn total(&self) -> i128 {
        self.constant() + self.components.iter().map(|priced| priced.gain).sum::<i128>()
    }

    fn price(&mut self, component: ComponentIndex) -> PricedComponent {
        let is_wide = |(wide, prices): &(ComponentIndex, Prices)| {
            *wide == component && self.prices.at_most(prices)
        };
        let optimum = if self.wide.iter().any(is_wide) {
            None
        } else {
            let found = Optimum::of(self.packing.order, component, |column| self.weight(column));
            if found.is_none() {
                self.wide.push((component, self.prices.clone()));
            }
            found
        };
        let shared = || self.shares(component).iter().map(|share| share.most).sum();
        let gain = optimum.as_ref().map_or_else(shared, |optimum| optimum.gain);
        let chosen = optimum.as_ref().map_or_else(Vec::new, |optimum| optimum.chosen.clone());
        PricedComponent { optimum, gain, chosen }
    }

    /// What each unit of a component can contribute, when every column is shared out among its
    /// members.
    pub(super) fn shares(&self, component: ComponentIndex) -> Vec<UnitShare> {
        let order = self.packing.order;
        let places = order.places(component);
        let mut shares = vec![UnitShare { most: 0, column: None }; places.len()];
        for place in places {
            let offset = order.offset(component, place);
            for at in &order.starting[place] {
                let column = &order.columns[*at];
                let members = i128::try_from(column.members.len()).unwrap_or(1);
                let most = self.weight(*at).max(0).div_euclid(members) + 1;
                for bit in (0..128).filter(|bit| column.bits >> bit & 1 == 1) {
                    let share = &mut shares[offset + bit];
                    if share.most < most {
                        *share = UnitShare { most, column: Some(*at) };
                    }
                }
            }
        }
        shares
    }

    /// Keeps the choice behind the bound, made to fit, when it is the best so far.
    fn remember(&mut self) {
        let mut chosen: Vec<ColumnIndex> =
            self.components.iter().flat_map(|priced| priced.chosen.clone()).collect();
        chosen.sort_by_key(|column| (Reverse(self.weight(*column)), *column));
        let fitted = self.fit(&chosen);
        self.keep(fitted);
    }

    /// Keeps a choice when it is the best so far.
    fn keep(&mut self, choice: Option<Vec<ColumnIndex>>) {
        let value = |chosen: &Vec<ColumnIndex>| self.packing.order.value(chosen);
        if choice.as_ref().map(value) > self.incumbent.as_ref().map(value) {
            self.incumbent = choice;
        }
    }

    /// Takes columns in an order, then whatever else is worth most, as far as the rules allow.
    fn fit(&self, chosen: &[ColumnIndex]) -> Option<Vec<ColumnIndex>> {
        let Packing { order, side } = self.packing;
        let mut rest: Vec<ColumnIndex> = order.columns.positions().collect();
        rest.sort_by_key(|column| (Reverse(order.columns[*column].value), *column));
        let mut taken = BTreeSet::new();
        let mut counts: IndexVec<SideRow, i64> = IndexVec::filled(0, side.rows.len());
        let mut left = side.limit.unwrap_or(i128::MAX);
        let mut fitted = Vec::new();
        for at in chosen.iter().chain(&rest) {
            let column = &order.columns[*at];
            let free = column.members.iter().all(|rank| !taken.contains(rank));
            let room = column.rows.iter().all(|row| counts[*row] < side.rows[*row].hi);
            let short = column.rows.iter().any(|row| counts[*row] < side.rows[*row].lo);
            if free
                && room
                && i128::from(column.cost) <= left
                && (column.value > 0 || short || column.required > 0)
            {
                taken.extend(column.members.iter().copied());
                column.rows.iter().for_each(|row| counts[*row] += 1);
                left -= i128::from(column.cost);
                fitted.push(*at);
            }
        }
        let met = counts.iter().zip(side.rows.iter()).all(|(held, row)| *held >= row.lo);
        let required = order.ranks.iter().zip(order.required.iter());
        let covered = required.into_iter().all(|(rank, must)| !must || taken.contains(rank));
        fitted.sort_unstable();
        (met && covered).then_some(fitted)
    }
}
