//! The best choice of projects under rows and money, by labels along the line.
//!
//! A label is a choice so far: which of the next units are taken, how many projects each open row
//! has, what it costs, what it is worth. Labels that the bound of [`super::price`] shows to end
//! below a choice already known are dropped; of two labels that leave the same open, the worse one
//! is. What is left at the end is the best choice, with equal worth decided by the units covered and
//! then by partners, so that no order of search can show.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::packing::{Line, NEVER, steps};
use super::price::{Bounded, Rules};
use crate::selection::trails::Trails;

/// Labels that make one node of the declared effort.
const LABELS_A_NODE: u64 = 32;

/// How a search ended.
pub(super) enum Found {
    /// The best choice.
    Best(Vec<usize>),
    /// Nothing as good as what was asked.
    Nothing,
    /// The work allowed was not enough.
    TooMuch,
}

#[derive(Clone, Copy, Debug)]
struct Label {
    worth: i128,
    cost: i128,
    /// Worth less prices, in parts of a point.
    reduced: i128,
    /// Where its choice is written down.
    trail: usize,
}

/// Taken units ahead, and counts of open rows.
type Key = (u128, Vec<i64>);

pub(super) struct Search<'a> {
    line: &'a Line,
    rules: &'a Rules,
    bounded: &'a Bounded<'a>,
    /// The last part that counts each row.
    last_part: Vec<usize>,
    /// By part: units of each row from that part on, for the minima.
    ahead: Vec<Vec<i64>>,
    /// By part: what the parts behind it gain.
    behind: Vec<i128>,
    /// Projects that a choice took.
    trails: Trails,
    pub(super) labels: u64,
    most: u64,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        line: &'a Line,
        rules: &'a Rules,
        bounded: &'a Bounded<'a>,
        nodes: u64,
    ) -> Self {
        let rows = rules.rows.len();
        let mut last_part = vec![0; rows];
        let mut ahead = vec![vec![0; rows]; line.count() + 1];
        let mut behind = vec![bounded.constant(); line.count() + 1];
        for part in (0..line.count()).rev() {
            ahead[part] = ahead[part + 1].clone();
            behind[part] = behind[part + 1] + bounded.parts[part].gain;
            for at in line.part(part) {
                // a unit alone is the most projects that it can be in
                for project in line.starting[at].iter().take(1) {
                    for row in &line.projects[*project].rows {
                        ahead[part][*row] += 1;
                        last_part[*row] = last_part[*row].max(part);
                    }
                }
            }
        }
        let most = nodes.saturating_mul(LABELS_A_NODE);
        Self {
            line,
            rules,
            bounded,
            last_part,
            ahead,
            behind,
            trails: Trails::new(),
            labels: 0,
            most,
        }
    }

    /// Nodes of the declared effort that were used.
    pub(super) fn nodes(&self) -> u64 {
        self.labels.div_ceil(LABELS_A_NODE)
    }

    /// The best choice among those worth at least `least`.
    pub(super) fn run(&mut self, least: i128) -> Found {
        let cut = least.saturating_mul(self.bounded.prices.scale);
        let start = Label { worth: 0, cost: 0, reduced: 0, trail: Trails::START };
        let mut layer: BTreeMap<Key, Vec<Label>> =
            BTreeMap::from([((0, vec![0; self.rules.rows.len()]), vec![start])]);
        for part in 0..self.line.count() {
            let mut completions = Completions::new(self.line, self.bounded, part);
            for at in self.line.part(part) {
                let Some(next) = self.advance(&layer, (part, at), &mut completions, cut) else {
                    return Found::TooMuch;
                };
                layer = next;
            }
            layer = self.close(layer, part);
        }
        let mut best: Option<Label> = None;
        for label in layer.into_values().flatten() {
            if best.is_none_or(|best| self.compare(&label, &best) == Ordering::Greater) {
                best = Some(label);
            }
        }
        match best {
            Some(best) if best.worth >= least => Found::Best(self.read(best.trail)),
            _ => Found::Nothing,
        }
    }

    fn advance(
        &mut self,
        layer: &BTreeMap<Key, Vec<Label>>,
        (part, at): (usize, usize),
        completions: &mut Completions,
        cut: i128,
    ) -> Option<BTreeMap<Key, Vec<Label>>> {
        let (line, bounded) = (self.line, self.bounded);
        let mut next: BTreeMap<Key, Vec<Label>> = BTreeMap::new();
        for ((mask, counts), labels) in layer {
            for (project, ahead) in steps(line, at, *mask, &line.starting[at]) {
                let Some(counted) = self.count(counts, project) else { continue };
                let rest = completions.from(at + 1, ahead) + self.behind[part + 1];
                for label in labels {
                    let mut moved = *label;
                    if let Some(project) = project {
                        moved.worth += line.projects[project].worth;
                        moved.cost += i128::from(line.projects[project].cost);
                        moved.reduced += bounded.weight(project);
                    }
                    if moved.reduced + rest < cut
                        || self.rules.limit.is_some_and(|limit| moved.cost > limit)
                    {
                        continue;
                    }
                    if let Some(project) = project {
                        moved.trail = self.trails.push(label.trail, project);
                    }
                    self.labels += 1;
                    if self.labels > self.most {
                        return None;
                    }
                    self.keep(next.entry((ahead, counted.clone())).or_default(), moved);
                }
            }
        }
        Some(next)
    }

    /// The counts with one more project; `None` when a row is full.
    fn count(&self, counts: &[i64], project: Option<usize>) -> Option<Vec<i64>> {
        let mut counted = counts.to_vec();
        for row in project.into_iter().flat_map(|project| &self.line.projects[project].rows) {
            counted[*row] += 1;
            if counted[*row] > self.rules.rows[*row].1 {
                return None;
            }
        }
        Some(counted)
    }

    /// Adds a label unless another is at least as good in worth and money; drops those it beats.
    fn keep(&self, labels: &mut Vec<Label>, new: Label) {
        let money = self.rules.limit.is_some();
        let beats = |a: &Label, b: &Label| {
            (!money || a.cost <= b.cost) && self.compare(a, b) != Ordering::Less
        };
        if labels.iter().any(|old| beats(old, &new)) {
            return;
        }
        labels.retain(|old| !beats(&new, old));
        labels.push(new);
    }

    /// At the end of a part: rows that nobody counts any more must be met, and are forgotten.
    fn close(&self, layer: BTreeMap<Key, Vec<Label>>, part: usize) -> BTreeMap<Key, Vec<Label>> {
        let mut closed: BTreeMap<Key, Vec<Label>> = BTreeMap::new();
        for ((mask, mut counts), labels) in layer {
            let mut met = true;
            for (row, (lo, _)) in self.rules.rows.iter().enumerate() {
                met &= counts[row] + self.ahead[part + 1][row] >= *lo || self.last_part[row] < part;
                if self.last_part[row] <= part {
                    counts[row] = 0;
                }
            }
            if met {
                let kept = closed.entry((mask, counts)).or_default();
                labels.into_iter().for_each(|label| self.keep(kept, label));
            }
        }
        closed
    }

    /// Greater is better: worth, then the units covered, then partners.
    fn compare(&self, a: &Label, b: &Label) -> Ordering {
        a.worth.cmp(&b.worth).then_with(|| {
            if a.trail == b.trail {
                return Ordering::Equal;
            }
            let (one, two) = self.trails.apart(a.trail, b.trail);
            compare_choices(self.line, &one, &two)
        })
    }

    fn read(&self, trail: usize) -> Vec<usize> {
        let mut list: Vec<usize> = self.trails.of(trail).collect();
        list.sort_unstable();
        list
    }
}

/// Greater is better: covers the highest unit on which two choices differ; for the same units, gives
/// the highest unit whose project differs the higher partner, and any partner rather than none.
pub(super) fn compare_choices(line: &Line, one: &[usize], two: &[usize]) -> Ordering {
    let covered = |list: &[usize]| {
        let mut ranks: Vec<_> = list
            .iter()
            .flat_map(|project| line.projects[*project].members.iter().copied())
            .collect();
        ranks.sort_unstable();
        ranks
    };
    let partners = |list: &[usize]| {
        let mut projects: Vec<_> =
            list.iter().map(|project| &line.projects[*project].members).collect();
        projects.sort();
        projects
    };
    higher(&covered(one), &covered(two)).then_with(|| {
        let (one, two) = (partners(one), partners(two));
        let differ = one.iter().zip(&two).find(|(a, b)| a != b);
        differ.map_or_else(|| one.len().cmp(&two.len()), |(a, b)| higher(a, b))
    })
}

/// Compares ascending ranks: the smaller rank at the first difference is better, more is better.
fn higher(one: &[usize], two: &[usize]) -> Ordering {
    let differ = one.iter().zip(two).find(|(a, b)| a != b);
    differ.map_or_else(|| one.len().cmp(&two.len()), |(a, b)| b.cmp(a))
}

/// What can still be gained inside one part, remembered.
struct Completions<'a> {
    line: &'a Line,
    bounded: &'a Bounded<'a>,
    part: usize,
    found: BTreeMap<(usize, u128), i128>,
    /// By position of a part that is too wide: what it and the positions behind it can give.
    shares: Vec<i128>,
}

impl<'a> Completions<'a> {
    fn new(line: &'a Line, bounded: &'a Bounded<'a>, part: usize) -> Self {
        let mut shares = Vec::new();
        if bounded.parts[part].best.is_none() {
            shares = bounded.shares(part);
            for at in (1..shares.len()).rev() {
                shares[at - 1] += shares[at];
            }
        }
        Self { line, bounded, part, found: BTreeMap::new(), shares }
    }

    fn from(&mut self, position: usize, mask: u128) -> i128 {
        let range = self.line.part(self.part);
        if position == range.end {
            return 0;
        }
        let Some(best) = &self.bounded.parts[self.part].best else {
            return self.shares[position - range.start];
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
                gain = gain.max(weight + self.from(position + 1, next));
            }
        }
        self.found.insert((position, mask), gain);
        gain
    }
}
