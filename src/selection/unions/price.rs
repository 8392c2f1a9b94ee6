//! Prices on places and money that bound what any choice of projects can sum to.
//!
//! With a price on every place of a row and on every ban, no choice within the rows sums to more
//! than the price of all that is there plus the best choice of each part at those prices (the
//! Lagrange bound, as in [`super::super::lagrange`]). Prices start so high that few projects are left
//! to look at, and go where [`super::master`] asks for them.

use std::cmp::Ordering;
use std::rc::Rc;

use super::master::{Master, Region};
use super::measure::{Measure, Prices, Rules};
use super::packing::{Best, Line, NEVER};

/// Prices that are looked at.
const ROUNDS: usize = 400;

/// The prices are the best ones when the bound is so close to the least that it can be.
const CLOSE: f64 = 1e-9;

/// Parts of the price of money by which it is raised and lowered to look at choices from the side.
const BESIDE: [i128; 8] = [-8, 8, -32, 32, -128, 128, -512, 512];

/// The bound at some prices.
pub(super) struct Bounded<'a> {
    line: &'a Line,
    rules: &'a Rules,
    pub(super) prices: Prices,
    pub(super) parts: Vec<Rc<Part>>,
    /// The best choice met that keeps every rule.
    pub(super) known: Option<Vec<usize>>,
    /// Parts that were too wide to be looked at, with the prices; at lower ones they are wider.
    wide: Vec<(usize, Prices)>,
}

/// A part at some prices.
pub(super) struct Part {
    /// None where the part is too wide to be looked at; then the gain is only a bound.
    pub(super) best: Option<Best>,
    pub(super) gain: i128,
    chosen: Vec<usize>,
}

impl<'a> Bounded<'a> {
    /// Looks for prices with a low bound.
    pub(super) fn low(line: &'a Line, rules: &'a Rules) -> Self {
        let mut bounded = Self::dear(line, rules);
        let least: i128 = line.projects.iter().map(|project| project.worth.abs()).sum();
        bounded.descend(-least);
        bounded
    }

    /// At prices so high that few projects are left to look at.
    pub(super) fn dear(line: &'a Line, rules: &'a Rules) -> Self {
        Self::at(line, rules, Prices::dear(line, rules))
    }

    /// At given prices.
    pub(super) fn at(line: &'a Line, rules: &'a Rules, prices: Prices) -> Self {
        let (parts, wide) = (Vec::new(), Vec::new());
        let mut bounded = Self { line, rules, prices, parts, known: None, wide };
        for part in 0..line.count() {
            let looked = bounded.look(part);
            bounded.parts.push(Rc::new(looked));
        }
        bounded.remember();
        bounded
    }

    /// At other prices; parts whose prices stay are not looked at again.
    fn moved(&self, prices: Prices) -> Self {
        let wide = self.wide.clone();
        let mut moved = Self { prices, parts: Vec::new(), known: None, wide, ..*self };
        for part in 0..self.line.count() {
            let same = self.same(part, &moved.prices);
            let looked = if same { self.parts[part].clone() } else { Rc::new(moved.look(part)) };
            moved.parts.push(looked);
        }
        moved.remember();
        moved
    }

    /// Whether other prices are the same for a part.
    fn same(&self, part: usize, prices: &Prices) -> bool {
        let mut starting = self.line.part(part).flat_map(|at| &self.line.starting[at]);
        let same = |row: &usize| prices.rows[*row] == self.prices.rows[*row];
        prices.money == self.prices.money
            && starting.all(|project| self.line.projects[*project].rows.iter().all(same))
    }

    /// No choice is worth more.
    pub(super) fn most(&self) -> i128 {
        self.total().div_euclid(self.prices.scale)
    }

    /// Goes to the prices with the least bound, or to some with a bound below `least`: where no choice
    /// keeps the rows, there is no end to it.
    pub(super) fn descend(&mut self, least: i128) {
        let measure = Measure::of(self.line, self.rules);
        let stocks = measure.stocks(self.rules);
        if stocks.is_empty() || self.parts.iter().any(|part| part.gain <= NEVER / 2) {
            return;
        }
        let mut master = Master::default();
        self.tell(&measure, &mut master);
        let mut region = Region::around(measure.told(&self.prices));
        for _ in 0..ROUNDS {
            let lowest = master.lowest(&stocks, &region, self.line.count());
            let Some((asked, bound)) = lowest else { return };
            let total = measure.points(self.total(), self.prices.scale);
            if bound >= total - total.abs() * CLOSE || self.most() < least {
                return;
            }
            let mut tried = self.moved(measure.prices(&asked, self.prices.scale));
            tried.tell(&measure, &mut master);
            self.wide.clone_from(&tried.wide);
            if tried.total() < self.total() {
                region.move_to(asked);
                std::mem::swap(self, &mut tried);
            } else if region.is_a_point() {
                return;
            } else {
                region.narrow();
            }
            self.keep(tried.known);
        }
    }

    /// Tells the master programme what the parts choose at the prices.
    fn tell(&self, measure: &Measure, master: &mut Master) {
        for (part, looked) in self.parts.iter().enumerate() {
            let whole = |project: &usize| (*project, 1.0);
            let shared = |(_, project): &(i128, Option<usize>)| {
                project.map(|project| {
                    (project, 1.0 / self.line.projects[project].members.len() as f64)
                })
            };
            let chosen: Vec<(usize, f64)> = if looked.best.is_some() {
                looked.chosen.iter().map(whole).collect()
            } else {
                self.shares(part).iter().filter_map(shared).collect()
            };
            master.add(measure.cut(self.line, part, &chosen));
        }
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
            self.moved(prices)
        };
        factors.iter().map(at).collect()
    }

    /// What a project weighs at the prices.
    pub(super) fn weight(&self, project: usize) -> i128 {
        let placed = &self.line.projects[project];
        let places: i128 = placed.rows.iter().map(|row| self.prices.rows[*row]).sum();
        placed.worth * self.prices.scale - self.prices.money * i128::from(placed.cost) - places
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

    fn look(&mut self, part: usize) -> Part {
        let is_wide =
            |(wide, prices): &(usize, Prices)| *wide == part && self.prices.at_most(prices);
        let best = if self.wide.iter().any(is_wide) {
            None
        } else {
            let best = Best::of(self.line, part, |project| self.weight(project));
            if best.is_none() {
                self.wide.push((part, self.prices.clone()));
            }
            best
        };
        let shared = || self.shares(part).iter().map(|(share, _)| share).sum();
        let gain = best.as_ref().map_or_else(shared, |best| best.gain);
        let chosen = best.as_ref().map_or_else(Vec::new, |best| best.chosen.clone());
        Part { best, gain, chosen }
    }

    /// For each position of a part at most what its unit can contribute, when every project is
    /// shared out among its members, and the project that would.
    pub(super) fn shares(&self, part: usize) -> Vec<(i128, Option<usize>)> {
        let range = self.line.part(part);
        let first = range.start;
        let mut shares = vec![(0, None); range.len()];
        for at in range {
            for project in &self.line.starting[at] {
                let placed = &self.line.projects[*project];
                let members = i128::try_from(placed.members.len()).unwrap_or(1);
                let each = self.weight(*project).max(0).div_euclid(members) + 1;
                for bit in (0..128).filter(|bit| placed.bits >> bit & 1 == 1) {
                    let share = &mut shares[at + bit - first];
                    if share.0 < each {
                        *share = (each, Some(*project));
                    }
                }
            }
        }
        shares
    }

    /// Keeps the choice behind the bound, made to fit, when it is the best so far.
    fn remember(&mut self) {
        let mut chosen: Vec<_> = self.parts.iter().flat_map(|part| part.chosen.clone()).collect();
        chosen.sort_by_key(|project| (std::cmp::Reverse(self.weight(*project)), *project));
        let fitted = self.fit(&chosen);
        self.keep(fitted);
    }

    /// Keeps a choice when it is the best so far.
    fn keep(&mut self, choice: Option<Vec<usize>>) {
        let worth = |list: &Vec<usize>| self.line.worth(list);
        if choice.as_ref().map(worth) > self.known.as_ref().map(worth) {
            self.known = choice;
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
