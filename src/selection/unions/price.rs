//! Prices on places and money that bound what any choice of projects can sum to.
//!
//! With a price on every place of a row and on every ban, no choice within the rows sums to more
//! than the price of all that is there plus the best choice of each part at those prices (the
//! Lagrange bound, as in [`super::super::lagrange`]). The prices are lowered and raised one at a
//! time, each to where its row is just used up.

use std::cmp::Ordering;

use super::packing::{Best, Line};

/// Prices are told this finely: the mean worth per ban has so many parts.
const PARTS: i128 = 1 << 24;

/// Times all prices are gone through.
const ROUNDS: usize = 3;

/// Parts of the price of money by which it is raised and lowered to look at choices from the side.
const BESIDE: [i128; 8] = [-8, 8, -32, 32, -128, 128, -512, 512];

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

/// The bound at some prices.
pub(super) struct Bounded<'a> {
    line: &'a Line,
    rules: &'a Rules,
    pub(super) prices: Prices,
    pub(super) parts: Vec<Part>,
    /// The best choice met that keeps every rule.
    pub(super) known: Option<Vec<usize>>,
}

/// A part at some prices.
pub(super) struct Part {
    /// None where the part is too wide to be looked at; then the gain is only a bound.
    pub(super) best: Option<Best>,
    pub(super) gain: i128,
    chosen: Vec<usize>,
}

/// What is priced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Priced {
    Row(usize),
    Money,
}

impl<'a> Bounded<'a> {
    /// Looks for prices with a low bound.
    pub(super) fn low(line: &'a Line, rules: &'a Rules) -> Self {
        let worth: i128 = line.projects.iter().map(|project| project.worth.abs()).sum();
        let cost: i128 = line.projects.iter().map(|project| i128::from(project.cost)).sum();
        let scale = if rules.limit.is_some() { (PARTS * cost / worth.max(1)).max(1) } else { 1 };
        let prices = Prices { rows: vec![0; rules.rows.len()], money: 0, scale };
        let mut bounded = Self { line, rules, prices, parts: Vec::new(), known: None };
        bounded.first_prices();
        let mut last = bounded.total();
        for _ in 0..ROUNDS {
            for row in 0..rules.rows.len() {
                bounded.adjust(Priced::Row(row));
            }
            if rules.limit.is_some() {
                bounded.adjust(Priced::Money);
            }
            let total = bounded.total();
            if total >= last {
                break;
            }
            last = total;
        }
        bounded.remember();
        bounded
    }

    /// The bounds at some lower and higher prices of money. A choice that is far from using up the
    /// money falls short of one of them even where it keeps the least bound.
    pub(super) fn beside(&self) -> Vec<Self> {
        let factors = if self.prices.money == 0 { &[][..] } else { &BESIDE[..] };
        let at = |factor: &i128| {
            let prices = Prices {
                money: self.prices.money + self.prices.money / factor,
                ..self.prices.clone()
            };
            let (line, rules) = (self.line, self.rules);
            let mut other = Self { line, rules, prices, parts: Vec::new(), known: None };
            other.parts = (0..line.count()).map(|part| other.look(part)).collect();
            other
        };
        factors.iter().map(at).collect()
    }

    /// What a project weighs at the prices.
    pub(super) fn weight(&self, project: usize) -> i128 {
        weight(self.line, &self.prices, project)
    }

    /// What all that is there costs.
    pub(super) fn constant(&self) -> i128 {
        let rows = self.prices.rows.iter().zip(&self.rules.rows);
        let places: i128 = rows
            .map(|(price, (lo, hi))| {
                price
                    * i128::from(match price.cmp(&0) {
                        Ordering::Less => *lo,
                        Ordering::Equal => 0,
                        Ordering::Greater => *hi,
                    })
            })
            .sum();
        places + self.prices.money * self.rules.limit.unwrap_or(0)
    }

    /// The bound, in parts of a point.
    pub(super) fn total(&self) -> i128 {
        self.constant() + self.parts.iter().map(|part| part.gain).sum::<i128>()
    }

    /// Starts with the places (or the money) so dear that few projects are left to look at: parts
    /// are widest where everything is free.
    fn first_prices(&mut self) {
        let everybody = i64::try_from(self.line.ranks.len()).unwrap_or(i64::MAX);
        let dear = self
            .line
            .projects
            .iter()
            .map(|p| p.worth * self.prices.scale)
            .max()
            .unwrap_or(0)
            .max(0);
        if self.rules.limit.is_some() {
            let cheapest =
                self.line.projects.iter().map(|p| i128::from(p.cost)).filter(|c| *c > 0).min();
            self.prices.money = dear / cheapest.unwrap_or(1) + 1;
        } else if self.rules.rows.first().is_some_and(|(_, hi)| *hi < everybody) {
            self.prices.rows[0] = dear;
        }
        self.parts = (0..self.line.count()).map(|part| self.look(part)).collect();
        self.remember();
    }

    fn look(&self, part: usize) -> Part {
        match Best::of(self.line, part, |project| self.weight(project)) {
            Some(best) => Part { gain: best.gain, chosen: best.chosen.clone(), best: Some(best) },
            None => Part { gain: self.shares(part).iter().sum(), chosen: Vec::new(), best: None },
        }
    }

    /// For each position of a part at most what its unit can contribute, when every project is
    /// shared out among its members.
    pub(super) fn shares(&self, part: usize) -> Vec<i128> {
        let range = self.line.part(part);
        let first = range.start;
        let mut shares = vec![0; range.len()];
        for at in range {
            for project in &self.line.starting[at] {
                let placed = &self.line.projects[*project];
                let members = i128::try_from(placed.members.len()).unwrap_or(1);
                let each = self.weight(*project).max(0).div_euclid(members) + 1;
                for bit in (0..128).filter(|bit| placed.bits >> bit & 1 == 1) {
                    let share: &mut i128 = &mut shares[at + bit - first];
                    *share = (*share).max(each);
                }
            }
        }
        shares
    }

    fn used(&self, priced: Priced) -> i128 {
        let chosen =
            self.parts.iter().flat_map(|part| &part.chosen).map(|p| &self.line.projects[*p]);
        match priced {
            Priced::Row(row) => {
                i128::try_from(chosen.filter(|p| p.rows.binary_search(&row).is_ok()).count())
                    .unwrap_or(0)
            }
            Priced::Money => chosen.map(|p| i128::from(p.cost)).sum(),
        }
    }

    fn price(&mut self, priced: Priced) -> &mut i128 {
        match priced {
            Priced::Row(row) => &mut self.prices.rows[row],
            Priced::Money => &mut self.prices.money,
        }
    }

    /// Sets a price and looks again at the parts it touches; answers what is used at it.
    fn try_price(&mut self, priced: Priced, price: i128) -> i128 {
        *self.price(priced) = price;
        for part in 0..self.line.count() {
            if self.touches(priced, part) {
                self.parts[part] = self.look(part);
            }
        }
        self.used(priced)
    }

    fn touches(&self, priced: Priced, part: usize) -> bool {
        let Priced::Row(row) = priced else { return true };
        let mut starting = self.line.part(part).flat_map(|at| &self.line.starting[at]);
        starting.any(|project| self.line.projects[*project].rows.binary_search(&row).is_ok())
    }

    /// Moves one price to where what it stands for is just used up.
    fn adjust(&mut self, priced: Priced) {
        let (lo, hi) = match priced {
            Priced::Row(row) => self.rules.rows[row],
            Priced::Money => {
                (0, i64::try_from(self.rules.limit.unwrap_or(i128::MAX)).unwrap_or(i64::MAX))
            }
        };
        let (lo, hi) = (i128::from(lo), i128::from(hi));
        let now = *self.price(priced);
        let used = self.used(priced);
        let calm = (now == 0 && (lo..=hi).contains(&used))
            || (now > 0 && used == hi)
            || (now < 0 && used == lo);
        if calm {
            return;
        }
        let dear = 1 + self
            .line
            .projects
            .iter()
            .map(|p| p.worth.abs() * self.prices.scale)
            .max()
            .unwrap_or(0);
        // the use falls as the price rises: bracket the fall, then halve the bracket
        let over = |used: i128, price: i128| used > if price < 0 { lo } else { hi };
        let (mut low, mut high) = (now, now);
        let mut step = (dear / 64).max(1);
        if priced == Priced::Money {
            step = (now.abs() / 8).max(1);
        }
        let floor = if lo > 0 { -4 * dear } else { 0 };
        let ceiling = 4 * dear;
        if over(used, now) {
            while high < ceiling && {
                high = (high + step).min(ceiling);
                over(self.try_price(priced, high), high)
            } {
                (low, step) = (high, step * 2);
            }
        } else {
            while low > floor && {
                low = (low - step).max(floor);
                !over(self.try_price(priced, low), low)
            } {
                (high, step) = (low, step * 2);
            }
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if over(self.try_price(priced, middle), middle) { low = middle } else { high = middle }
        }
        self.try_price(priced, low);
        let cheap = self.total();
        self.try_price(priced, high);
        self.remember();
        if cheap < self.total() {
            self.try_price(priced, low);
        }
    }

    /// Keeps the choice behind the bound, made to fit, when it is the best so far.
    fn remember(&mut self) {
        let mut chosen: Vec<_> = self.parts.iter().flat_map(|part| part.chosen.clone()).collect();
        chosen.sort_by_key(|project| (std::cmp::Reverse(self.weight(*project)), *project));
        let Some(fitted) = self.fit(&chosen) else { return };
        let worth =
            |list: &[usize]| list.iter().map(|p| self.line.projects[*p].worth).sum::<i128>();
        if self.known.as_ref().is_none_or(|known| worth(known) < worth(&fitted)) {
            self.known = Some(fitted);
        }
    }

    /// Takes projects in an order, then whatever else is worth most, as far as rules allow.
    fn fit(&self, chosen: &[usize]) -> Option<Vec<usize>> {
        let mut rest: Vec<_> = (0..self.line.projects.len()).collect();
        rest.sort_by_key(|project| {
            (std::cmp::Reverse(self.line.projects[*project].worth), *project)
        });
        let mut taken = std::collections::BTreeSet::new();
        let mut counts = vec![0; self.rules.rows.len()];
        let mut left = self.rules.limit.unwrap_or(i128::MAX);
        let mut list = Vec::new();
        for project in chosen.iter().chain(&rest) {
            let placed = &self.line.projects[*project];
            let free = placed.members.iter().all(|rank| !taken.contains(rank));
            let room = placed.rows.iter().all(|row| counts[*row] < self.rules.rows[*row].1);
            let short = placed.rows.iter().any(|row| counts[*row] < self.rules.rows[*row].0);
            if free
                && room
                && i128::from(placed.cost) <= left
                && (placed.worth > 0 || short || placed.required > 0)
            {
                taken.extend(placed.members.iter().copied());
                placed.rows.iter().for_each(|row| counts[*row] += 1);
                left -= i128::from(placed.cost);
                list.push(*project);
            }
        }
        let met = counts.iter().zip(&self.rules.rows).all(|(held, (lo, _))| held >= lo);
        let required = self
            .line
            .ranks
            .iter()
            .zip(&self.line.required)
            .all(|(rank, r)| !r || taken.contains(rank));
        list.sort_unstable();
        (met && required).then_some(list)
    }
}

fn weight(line: &Line, prices: &Prices, project: usize) -> i128 {
    let placed = &line.projects[project];
    let places: i128 = placed.rows.iter().map(|row| prices.rows[*row]).sum();
    placed.worth * prices.scale - prices.money * i128::from(placed.cost) - places
}
