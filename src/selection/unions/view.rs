//! What a choice so far can still gain, at some prices.

use std::collections::BTreeMap;
use std::ops::Add;

use super::packing::{Line, NEVER, steps};
use super::price::Bounded;

/// What projects come to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    pub(super) worth: i128,
    pub(super) cost: i128,
    /// Worth less prices, in parts of a point.
    pub(super) reduced: i128,
}

impl Add for Sums {
    type Output = Self;

    fn add(self, more: Self) -> Self {
        Self {
            worth: self.worth + more.worth,
            cost: self.cost + more.cost,
            reduced: self.reduced + more.reduced,
        }
    }
}

/// What choices can end with at most, by what they came to so far.
pub(super) struct Promise {
    /// At each view: what is still to come, and how much cheaper money is than at the first.
    rest: Vec<(i128, i128)>,
    /// What a choice must end with, in parts of a point.
    cut: i128,
    limit: Option<i128>,
}

impl Promise {
    /// With what is to come at each view, the bound at its own prices first.
    pub(super) fn new<'a>(
        views: &mut [View<'a>],
        (cut, limit): (i128, Option<i128>),
        mut rest: impl FnMut(&mut View<'a>) -> i128,
    ) -> Self {
        let money = views[0].bounded.prices.money;
        let look = |view: &mut View<'a>| (rest(view), money - view.bounded.prices.money);
        Self { rest: views.iter_mut().map(look).collect(), cut, limit }
    }

    /// What a choice can end with; none where that is too little, or it costs too much.
    pub(super) fn of(&self, sums: Sums) -> Option<i128> {
        let at = |(rest, cheaper): &(i128, i128)| sums.reduced + cheaper * sums.cost + rest;
        let at_all = self.rest.iter().map(at);
        let paid = self.limit.is_none_or(|limit| sums.cost <= limit);
        at_all.min().filter(|promise| paid && *promise >= self.cut)
    }

    /// Whether a choice comes to too little whatever it costs.
    pub(super) fn hopeless(&self, sums: Sums) -> bool {
        sums.reduced + self.rest[0].0 < self.cut
    }
}

/// The bound at some prices, from any place of the line on.
pub(super) struct View<'a> {
    line: &'a Line,
    pub(super) bounded: &'a Bounded<'a>,
    /// By part: what the parts behind it gain, with the constant of the bound; the bound itself first.
    behind: Vec<i128>,
    /// By part that is too wide to be looked at, and position in it: what it can give from there on.
    shares: BTreeMap<usize, Vec<i128>>,
    /// What was asked before, by position and taken units ahead.
    found: BTreeMap<(usize, u128), i128>,
}

impl<'a> View<'a> {
    pub(super) fn new(line: &'a Line, bounded: &'a Bounded<'a>) -> Self {
        let mut behind = vec![bounded.constant(); line.count() + 1];
        let mut shares = BTreeMap::new();
        for part in (0..line.count()).rev() {
            behind[part] = behind[part + 1] + bounded.parts[part].gain;
            if bounded.parts[part].best.is_none() {
                let mut share: Vec<i128> =
                    bounded.shares(part).into_iter().map(|(share, _)| share).collect();
                for at in (1..share.len()).rev() {
                    share[at - 1] += share[at];
                }
                shares.insert(part, share);
            }
        }
        Self { line, bounded, behind, shares, found: BTreeMap::new() }
    }

    /// The bound behind a number of parts, with what those chose left out.
    pub(super) fn behind(&self, parts: usize) -> i128 {
        self.behind[parts]
    }

    /// The bound behind a position of a part, with those units ahead taken: what can still be gained
    /// in the part, and what all other parts gain.
    pub(super) fn rest(&mut self, (part, position): (usize, usize), ahead: u128) -> i128 {
        let others = self.behind[0] - self.bounded.parts[part].gain;
        self.inside(part, position + 1, ahead) + others
    }

    fn inside(&mut self, part: usize, position: usize, mask: u128) -> i128 {
        let range = self.line.part(part);
        if position == range.end {
            return 0;
        }
        let Some(best) = &self.bounded.parts[part].best else {
            return self.shares[&part][position - range.start];
        };
        if let Some(known) = best.known(position, mask) {
            return known;
        }
        if let Some(known) = self.found.get(&(position, mask)) {
            return *known;
        }
        let (line, bounded) = (self.line, self.bounded);
        let mut gain = NEVER;
        for (project, next) in steps(line, position, mask, &line.starting[position]) {
            let weight = project.map_or(0, |project| bounded.weight(project));
            // what gains nothing is no better than passing, unless something must be covered
            if weight > 0 || project.is_none_or(|project| line.projects[project].required > 0) {
                gain = gain.max(weight + self.inside(part, position + 1, next));
            }
        }
        self.found.insert((position, mask), gain);
        gain
    }
}
