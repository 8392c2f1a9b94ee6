//! What a choice so far can still gain, at some prices.

use std::collections::BTreeMap;

use super::packing::{Line, NEVER, steps};
use super::price::Bounded;

/// The bound at some prices, from any place of the line on.
pub(super) struct View<'a> {
    line: &'a Line,
    pub(super) bounded: &'a Bounded<'a>,
    /// By part: what the parts behind it gain, with the constant of the bound.
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
                let mut share = bounded.shares(part);
                for at in (1..share.len()).rev() {
                    share[at - 1] += share[at];
                }
                shares.insert(part, share);
            }
        }
        Self { line, bounded, behind, shares, found: BTreeMap::new() }
    }

    /// What can still be gained behind a position of a part, with those units ahead taken.
    pub(super) fn rest(&mut self, (part, position): (usize, usize), ahead: u128) -> i128 {
        self.inside(part, position + 1, ahead) + self.behind[part + 1]
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
