//! The restricted master programme: where the prices of places and money bound lowest, as far as is
//! known.
//!
//! Each component that was looked at at some prices gave a choice, and at any other prices the
//! component gains at least what that choice is worth there: a *cut*. The least that the dual bound
//! can be is therefore a linear programme over the prices (Kelley 1960; the dual of the master
//! programme of Dantzig and Wolfe 1960), solved in a *trust region* around the best prices met
//! (Marsten, Hogan and Blankenship 1975). Its answer is only asked where to look next: what is looked
//! at is summed in whole numbers, so a choice that is proved does not depend on the solver. One that
//! is not proved may.

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem};

use super::components::{ColumnIndex, ComponentIndex, Packing, SideRow};
use crate::optimise::problem::{IndexVec, Position};

/// Prices are as fine as this: the mean value per ban has so many parts.
const PARTS: i128 = 1 << 24;

/// A region so small beside its prices is a point.
const FINEST: f64 = 1e-10;

/// Prices in parts of a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Prices {
    /// Per place of a row; below zero where a minimum needs help.
    pub(super) rows: IndexVec<SideRow, i128>,
    /// Per ban.
    pub(super) money: i128,
    /// Parts of a point of value.
    pub(super) scale: i128,
}

impl Prices {
    /// Whether no price is higher than another's.
    pub(super) fn at_most(&self, other: &Self) -> bool {
        let mut rows = self.rows.iter().zip(other.rows.iter());
        self.money <= other.money && rows.all(|(one, other)| one <= other)
    }

    /// So high that few columns are left to look at: components are widest where everything is free.
    pub(super) fn high(packing: Packing<'_>) -> Self {
        let columns = || packing.order.columns.iter();
        let value: i128 = columns().map(|column| column.value.abs()).sum();
        let cost: i128 = columns().map(|column| i128::from(column.cost)).sum();
        let money = packing.side.limit.is_some();
        let scale = if money { (PARTS * cost / value.max(1)).max(PARTS) } else { PARTS };
        let most = columns().map(|column| column.value).max().unwrap_or(0).max(0);
        let cheapest = columns().map(|c| i128::from(c.cost)).filter(|cost| *cost > 0).min();
        let high = most * scale;
        Self {
            rows: IndexVec::filled(if money { 0 } else { high }, packing.side.rows.len()),
            money: if money { high / cheapest.unwrap_or(1) + 1 } else { 0 },
            scale,
        }
    }
}

/// What value and money are measured in beside each other: the means of a column.
pub(super) struct Scaling {
    value: f64,
    cost: f64,
    /// How many rows are priced before the money.
    rows: usize,
    money: bool,
}

impl Scaling {
    /// The means of the columns.
    pub(super) fn of(packing: Packing<'_>) -> Self {
        let columns = packing.order.columns.len().max(1) as f64;
        let mean = |sum: i128| (sum as f64 / columns).max(1.0);
        let all = || packing.order.columns.iter();
        Self {
            value: mean(all().map(|column| column.value.abs()).sum()),
            cost: mean(all().map(|column| i128::from(column.cost)).sum()),
            rows: packing.side.rows.len(),
            money: packing.side.limit.is_some(),
        }
    }

    /// What is priced: the rows, then the money.
    pub(super) fn resources(&self, packing: Packing<'_>) -> Vec<ResourceRow> {
        let rows = packing.side.rows.iter();
        let rows = rows.map(|row| ResourceRow { lo: row.lo as f64, hi: row.hi as f64 });
        let money = packing.side.limit;
        let money = money.map(|limit| ResourceRow { lo: 0.0, hi: limit as f64 / self.cost });
        rows.chain(money).collect()
    }

    /// Parts of a point in mean values.
    pub(super) fn points(&self, parts: i128, scale: i128) -> f64 {
        parts as f64 / scale as f64 / self.value
    }

    /// Prices in mean values: of a place, and of the mean cost.
    pub(super) fn scaled(&self, prices: &Prices) -> Vec<f64> {
        let rows = prices.rows.iter().map(|price| self.points(*price, prices.scale));
        let money = self.money.then(|| self.points(prices.money, prices.scale) * self.cost);
        rows.chain(money).collect()
    }

    /// Scaled prices in whole parts of a point.
    pub(super) fn prices(&self, scaled: &[f64], scale: i128) -> Prices {
        let part = self.value * scale as f64;
        let rows = scaled[..self.rows].iter().map(|price| (price * part).round() as i128).collect();
        let money =
            scaled.get(self.rows).map_or(0, |price| (price * part / self.cost).round() as i128);
        Prices { rows, money, scale }
    }

    /// What a choice gives at any prices; a column may be chosen in part.
    pub(super) fn cut(
        &self,
        packing: Packing<'_>,
        component: ComponentIndex,
        chosen: &[(ColumnIndex, f64)],
    ) -> Cut {
        let mut used = vec![0.0; self.rows + usize::from(self.money)];
        let mut value = 0.0;
        for (column, share) in chosen {
            let column = &packing.order.columns[*column];
            value += share * column.value as f64 / self.value;
            column.rows.iter().for_each(|row| used[row.number()] += share);
            if self.money {
                used[self.rows] += share * column.cost as f64 / self.cost;
            }
        }
        let used = used.into_iter().enumerate().filter(|(_, used)| *used != 0.0).collect();
        Cut { component, value, used }
    }
}

/// What a component gives at any prices: its choice, worth so much and using so much of everything.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cut {
    component: ComponentIndex,
    value: f64,
    /// By price, ascending.
    used: Vec<(usize, f64)>,
}

/// A priced thing: between how much and how much of it can be used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ResourceRow {
    lo: f64,
    hi: f64,
}

/// A box around the best prices met.
#[derive(Clone, Debug)]
pub(super) struct TrustRegion {
    centre: Vec<f64>,
    radius: Vec<f64>,
}

impl TrustRegion {
    /// As wide as the prices are high.
    pub(super) fn around(centre: Vec<f64>) -> Self {
        let radius = centre.iter().map(|price| price.abs().max(1.0) / 2.0).collect();
        Self { centre, radius }
    }

    /// Better prices: where they lie at the edge, it was too near.
    pub(super) fn move_to(&mut self, prices: Vec<f64>) {
        for ((radius, centre), price) in self.radius.iter_mut().zip(&self.centre).zip(&prices) {
            if (price - centre).abs() > 0.999 * *radius {
                *radius *= 4.0;
            }
        }
        self.centre = prices;
    }

    /// No better prices.
    pub(super) fn narrow(&mut self) {
        self.radius.iter_mut().for_each(|radius| *radius /= 2.0);
    }

    /// Whether the prices are as fine as they can be.
    pub(super) fn is_a_point(&self) -> bool {
        let mut sides = self.centre.iter().zip(&self.radius);
        sides.all(|(price, radius)| *radius < FINEST * price.abs().max(1.0))
    }

    /// Least and greatest price; below zero only where some must be used.
    fn range(&self, at: usize, resource: &ResourceRow) -> (f64, f64) {
        let least = if resource.lo > 0.0 { f64::NEG_INFINITY } else { 0.0 };
        let (centre, radius) = (self.centre[at], self.radius[at]);
        ((centre - radius).max(least), centre + radius)
    }
}

/// All cuts met.
#[derive(Debug, Default)]
pub(super) struct RestrictedMaster {
    cuts: Vec<Cut>,
}

impl RestrictedMaster {
    pub(super) fn add(&mut self, cut: Cut) {
        if !self.cuts.contains(&cut) {
            self.cuts.push(cut);
        }
    }

    /// The prices in a region at which the cuts bound lowest, and that bound; `None` where the solver
    /// finds none.
    pub(super) fn lowest(
        &self,
        resources: &[ResourceRow],
        region: &TrustRegion,
        components: usize,
    ) -> Option<(Vec<f64>, f64)> {
        const ANY: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);
        let mut programme = Problem::new(OptimizationDirection::Minimize);
        let mut prices = Vec::new();
        for (at, resource) in resources.iter().enumerate() {
            let range = region.range(at, resource);
            if resource.lo <= 0.0 {
                prices.push(programme.add_var(resource.hi, range));
                continue;
            }
            // a price below zero is paid on the least that must be used
            let price = programme.add_var(0.0, range);
            let paid = programme.add_var(1.0, ANY);
            for used in [resource.lo, resource.hi] {
                programme.add_constraint([(paid, 1.0), (price, -used)], ComparisonOp::Ge, 0.0);
            }
            prices.push(price);
        }
        let gains: IndexVec<ComponentIndex, _> =
            (0..components).map(|_| programme.add_var(1.0, ANY)).collect();
        for cut in &self.cuts {
            let mut sum = LinearExpr::empty();
            sum.add(gains[cut.component], 1.0);
            cut.used.iter().for_each(|(price, used)| sum.add(prices[*price], *used));
            programme.add_constraint(sum, ComparisonOp::Ge, cut.value);
        }
        let outcome = programme.solve().ok()?;
        let solution = outcome.solution()?;
        let at = prices.iter().map(|price| solution.var_value(*price)).collect();
        Some((at, solution.objective()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn bounds(resource: ResourceRow, upto: f64, bound: f64, prices: std::ops::RangeInclusive<f64>) {
        let mut master = RestrictedMaster::default();
        for (component, value) in [(0, 5.0), (1, 3.0)] {
            let component = ComponentIndex::new(component);
            master.add(Cut { component, value: 0.0, used: Vec::new() });
            master.add(Cut { component, value, used: vec![(0, 1.0)] });
        }
        let region = TrustRegion { centre: vec![0.0], radius: vec![upto] };
        let (at, least) = master.lowest(&[resource], &region, 2).expect("there is a least bound");
        assert!((least - bound).abs() < 1e-9, "{least} instead of {bound}");
        assert!(prices.contains(&at[0]), "{at:?}");
    }

    #[test]
    fn one_place_for_two_goes_to_the_dearer_one() {
        // any price between what the second and the first would pay
        bounds(ResourceRow { lo: 0.0, hi: 1.0 }, 9.0, 5.0, 3.0..=5.0);
        bounds(ResourceRow { lo: 0.0, hi: 2.0 }, 9.0, 8.0, 0.0..=0.0);
        bounds(ResourceRow { lo: 0.0, hi: 1.0 }, 2.0, 6.0, 2.0..=2.0);
    }

    #[test]
    fn what_must_be_used_may_have_a_price_below_nought() {
        // two must be taken: at no price they are, at a higher one less would be bound
        bounds(ResourceRow { lo: 2.0, hi: 2.0 }, 9.0, 8.0, -9.0..=3.0);
    }
}
