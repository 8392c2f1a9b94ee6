//! What prices are on, and how prices in whole numbers are told to the master programme.

use super::master::{Cut, Stock};
use super::packing::Line;

/// Prices are told this finely: the mean worth per ban has so many parts.
const PARTS: i128 = 1 << 24;

/// What a choice of projects must keep, beyond sharing no member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rules {
    /// Least and most projects of each row.
    pub(super) rows: Vec<(i64, i64)>,
    /// Money.
    pub(super) limit: Option<i128>,
}

/// Prices in parts of a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Prices {
    /// Per place of a row; below nought where a minimum needs help.
    pub(super) rows: Vec<i128>,
    /// Per ban.
    pub(super) money: i128,
    /// Parts of a point of worth.
    pub(super) scale: i128,
}

impl Prices {
    /// Whether no price is higher than another's.
    pub(super) fn at_most(&self, other: &Self) -> bool {
        let mut rows = self.rows.iter().zip(&other.rows);
        self.money <= other.money && rows.all(|(one, other)| one <= other)
    }

    /// So high that few projects are left to look at: parts are widest where everything is free.
    pub(super) fn dear(line: &Line, rules: &Rules) -> Self {
        let worth: i128 = line.projects.iter().map(|project| project.worth.abs()).sum();
        let cost: i128 = line.projects.iter().map(|project| i128::from(project.cost)).sum();
        let money = rules.limit.is_some();
        let scale = if money { (PARTS * cost / worth.max(1)).max(PARTS) } else { PARTS };
        let most = line.projects.iter().map(|project| project.worth).max().unwrap_or(0).max(0);
        let cheapest = line.projects.iter().map(|p| i128::from(p.cost)).filter(|c| *c > 0).min();
        let dear = most * scale;
        Self {
            rows: vec![if money { 0 } else { dear }; rules.rows.len()],
            money: if money { dear / cheapest.unwrap_or(1) + 1 } else { 0 },
            scale,
        }
    }
}

/// What worth and money are measured in beside each other: the means of a project.
pub(super) struct Measure {
    worth: f64,
    cost: f64,
    /// How many rows are priced before the money.
    rows: usize,
    money: bool,
}

impl Measure {
    /// The means of the projects of a line.
    pub(super) fn of(line: &Line, rules: &Rules) -> Self {
        let projects = line.projects.len().max(1) as f64;
        let mean = |sum: i128| (sum as f64 / projects).max(1.0);
        let worth = mean(line.projects.iter().map(|project| project.worth.abs()).sum());
        let cost = mean(line.projects.iter().map(|project| i128::from(project.cost)).sum());
        Self { worth, cost, rows: rules.rows.len(), money: rules.limit.is_some() }
    }

    /// What is priced: the rows, then the money.
    pub(super) fn stocks(&self, rules: &Rules) -> Vec<Stock> {
        let rows = rules.rows.iter().map(|(lo, hi)| Stock { lo: *lo as f64, hi: *hi as f64 });
        let money = rules.limit.map(|limit| Stock { lo: 0.0, hi: limit as f64 / self.cost });
        rows.chain(money).collect()
    }

    /// Parts of a point in mean worths.
    pub(super) fn points(&self, parts: i128, scale: i128) -> f64 {
        parts as f64 / scale as f64 / self.worth
    }

    /// Prices in mean worths: of a place, and of the mean cost.
    pub(super) fn told(&self, prices: &Prices) -> Vec<f64> {
        let rows = prices.rows.iter().map(|price| self.points(*price, prices.scale));
        let money = self.money.then(|| self.points(prices.money, prices.scale) * self.cost);
        rows.chain(money).collect()
    }

    /// Told prices in whole parts of a point.
    pub(super) fn prices(&self, told: &[f64], scale: i128) -> Prices {
        let part = self.worth * scale as f64;
        let rows = told[..self.rows].iter().map(|price| (price * part).round() as i128).collect();
        let money =
            told.get(self.rows).map_or(0, |price| (price * part / self.cost).round() as i128);
        Prices { rows, money, scale }
    }

    /// What a choice gives at any prices; a project may be chosen in part.
    pub(super) fn cut(&self, line: &Line, part: usize, chosen: &[(usize, f64)]) -> Cut {
        let mut used = vec![0.0; self.rows + usize::from(self.money)];
        let mut worth = 0.0;
        for (project, share) in chosen {
            let placed = &line.projects[*project];
            worth += share * placed.worth as f64 / self.worth;
            placed.rows.iter().for_each(|row| used[*row] += share);
            if self.money {
                used[self.rows] += share * placed.cost as f64 / self.cost;
            }
        }
        let used = used.into_iter().enumerate().filter(|(_, used)| *used != 0.0).collect();
        Cut { part, worth, used }
    }
}
