//! Prices of places and money, and the scale on which a solver sees them.

use super::components::{ColumnIndex, ComponentIndex, Packing, SideRow};
use crate::optimise::master::{Cut, Part, ResourceRow};
use crate::optimise::problem::{IndexVec, Position};

/// Prices are as fine as this: the mean value per ban has so many parts.
const PARTS: i128 = 1 << 24;

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
        Cut { part: Part::new(component.number()), value, used }
    }
}
