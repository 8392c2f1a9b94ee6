//! The restricted master programme: where the prices of what parts of a problem share bound lowest, as
//! far as is known.
//!
//! Each part that was looked at at some prices gave a choice, and at any other prices the
//! part gains at least what that choice is worth there: a *cut*. The least that the dual bound
//! can be is therefore a linear programme over the prices (Kelley 1960; the dual of the master
//! programme of Dantzig and Wolfe 1960), solved in a *trust region* around the best prices met
//! (Marsten, Hogan and Blankenship 1975). Its answer is only asked where to look next: what is looked
//! at is summed in whole numbers, so a choice that is proved does not depend on the solver. One that
//! is not proved may.

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem};

use super::problem::{IndexVec, Position, positions};

/// A region so small beside its prices is a point.
const FINEST: f64 = 1e-10;

positions! {
    /// A part of a problem that is looked at by itself once everything the parts share has its price.
    Part
}

/// What a part gives at any prices: its choice, worth so much and using so much of everything.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cut {
    pub(super) part: Part,
    pub(super) value: f64,
    /// By price, ascending.
    pub(super) used: Vec<(usize, f64)>,
}

/// A priced thing: between how much and how much of it can be used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ResourceRow {
    pub(super) lo: f64,
    pub(super) hi: f64,
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
        parts: usize,
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
        let gains: IndexVec<Part, _> = (0..parts).map(|_| programme.add_var(1.0, ANY)).collect();
        for cut in &self.cuts {
            let mut sum = LinearExpr::empty();
            sum.add(gains[cut.part], 1.0);
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
        for (part, value) in [(0, 5.0), (1, 3.0)] {
            let part = Part::new(part);
            master.add(Cut { part, value: 0.0, used: Vec::new() });
            master.add(Cut { part, value, used: vec![(0, 1.0)] });
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
