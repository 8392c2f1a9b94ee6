//! The best choice of all parts together under rows and money.
//!
//! First each part alone tells what it can come to ([`super::labels`]), then the parts are put
//! together one after another: a label is a choice in the parts so far. Since the many ways to one
//! result within a part are gone by then, few labels are left to compare. Equal worth is decided by
//! the units covered and then by partners, so that no order of search can show.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;
use std::ops::Range;

use super::covered::Covered;
use super::labels::{Outcome, Within, compare_choices};
use super::measure::Rules;
use super::packing::Line;
use super::view::{Promise, Sums, View};
use crate::selection::frontier::{Allowed, Deepened, Found, WIDEST, deepen, narrow_down, thin};
use crate::selection::trails::Trails;

#[derive(Clone, Copy, Debug)]
struct Label {
    sums: Sums,
    /// What it can end with at most, in parts of a point.
    promise: i128,
    /// Where its choice in the parts before the last one is written down.
    trail: usize,
    /// That choice among those of the step.
    before: usize,
    /// Its outcome in the last part, among those of the part.
    added: usize,
}

/// Labels by the projects that each open row has.
type Layer = BTreeMap<Vec<i64>, Vec<Label>>;

/// The best choice between what is known to be there and a bound, within so many nodes; only so many
/// labels are kept at each step.
pub(super) fn search<'a>(
    (line, rules): (&'a Line, &'a Rules),
    views: &mut [View<'a>],
    between: (i128, i128),
    (nodes, widest): (u64, usize),
) -> Deepened<Vec<usize>> {
    deepen(between, nodes, |ask, most| {
        let mut search = Search::new(line, rules, views, Allowed::new(most, widest));
        (search.run(ask), search.allowed.made)
    })
}

/// The search over all parts.
struct Search<'v, 'a> {
    line: &'a Line,
    rules: &'a Rules,
    /// The bound at its own prices, then at others of money.
    views: &'v mut [View<'a>],
    /// The last part that counts each row.
    last_part: Vec<usize>,
    /// By part: units of each row from that part on, for the minima.
    ahead: Vec<Vec<i64>>,
    /// What parts came to.
    outcomes: Vec<Outcome>,
    /// The first outcome of the last part.
    first: usize,
    covered: Covered,
    /// Outcomes that a choice is made of.
    trails: Trails,
    allowed: Allowed,
}

impl<'v, 'a> Search<'v, 'a> {
    fn new(line: &'a Line, rules: &'a Rules, views: &'v mut [View<'a>], allowed: Allowed) -> Self {
        let rows = rules.rows.len();
        let mut last_part = vec![0; rows];
        let mut ahead = vec![vec![0; rows]; line.count() + 1];
        for part in (0..line.count()).rev() {
            ahead[part] = ahead[part + 1].clone();
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
        Self {
            line,
            rules,
            views,
            last_part,
            ahead,
            outcomes: Vec::new(),
            first: 0,
            covered: Covered::new(line),
            trails: Trails::new(),
            allowed,
        }
    }

    /// The best choice among those worth at least `least`.
    fn run(&mut self, least: i128) -> Found<Vec<usize>> {
        let cut = least.saturating_mul(self.views[0].bounded.prices.scale);
        let start = Label {
            sums: Sums::default(),
            promise: i128::MAX,
            trail: Trails::START,
            before: 0,
            added: 0,
        };
        let mut layer: Layer = BTreeMap::from([(vec![0; self.rules.rows.len()], vec![start])]);
        for part in 0..self.line.count() {
            let Some(next) = self.advance(&layer, part, cut) else { return Found::TooMuch };
            layer = self.close(next, part);
            narrow_down(&mut layer, self.allowed.widest, |label| label.promise);
            let labels = || layer.values().flatten();
            self.covered.step(labels().map(|label| (label.before, label.added)));
            for (at, label) in layer.values_mut().flatten().enumerate() {
                label.trail = self.trails.push(label.trail, self.first + label.added);
                (label.before, label.added) = (at, 0);
            }
            self.first = self.outcomes.len();
        }
        // every label was written down with its last outcome: nothing is added to any
        self.covered.additions(std::iter::once(&[][..]));
        let best = layer.into_values().flatten().max_by(|a, b| self.compare(a, b));
        match best {
            Some(best) if best.sums.worth >= least => Found::Best(self.read(best.trail)),
            _ => Found::Nothing,
        }
    }

    /// The choices so far with each outcome of a part.
    fn advance(&mut self, layer: &Layer, part: usize, cut: i128) -> Option<Layer> {
        let groups = self.look_at(part, cut)?;
        let asked = (cut, self.rules.limit);
        let promise = Promise::new(self.views, asked, |view| view.behind(part + 1));
        let mut next = Layer::new();
        let mut alive = 0;
        for (counts, group) in groups {
            for (held, labels) in layer {
                let Some(counted) = self.add(held, &counts) else { continue };
                let joined = next.entry(counted).or_default();
                let before = joined.len();
                self.join(labels, &group, &promise, joined)?;
                alive += joined.len() - before;
                if alive > WIDEST {
                    alive = self.relieve(&mut next)?;
                }
            }
        }
        Some(next)
    }

    /// What a part can come to, by the projects that each row has; best first.
    fn look_at(&mut self, part: usize, cut: i128) -> Option<Vec<(Vec<i64>, Range<usize>)>> {
        let (line, rules) = (self.line, self.rules);
        let (views, allowed) = (&mut *self.views, &mut self.allowed);
        let found = Within { line, rules, views, allowed, part, cut }.outcomes()?;
        let mut groups = Vec::new();
        for (counts, mut outcomes) in found {
            outcomes.sort_by_key(|outcome| Reverse(outcome.sums.reduced));
            let from = self.outcomes.len() - self.first;
            self.outcomes.extend(outcomes);
            groups.push((counts, from..self.outcomes.len() - self.first));
        }
        let lists = self.outcomes[self.first..].iter().map(|outcome| outcome.projects.as_slice());
        self.covered.additions(lists);
        Some(groups)
    }

    /// Adds every label with every outcome of a group that is good enough.
    fn join(
        &mut self,
        labels: &[Label],
        group: &Range<usize>,
        promise: &Promise,
        joined: &mut Vec<Label>,
    ) -> Option<()> {
        for label in labels {
            for added in group.clone() {
                self.allowed.spend(1)?;
                let outcome = &self.outcomes[self.first + added];
                let sums = label.sums + outcome.sums;
                if promise.hopeless(sums) {
                    break;
                }
                let Some(promise) = promise.of(sums) else { continue };
                joined.push(Label { sums, promise, added, ..*label });
            }
        }
        Some(())
    }

    /// Makes room in a layer with too many labels, and tells how many are left; `None` where it has
    /// no room to make.
    fn relieve(&self, layer: &mut Layer) -> Option<usize> {
        layer.values_mut().for_each(|labels| self.thin(labels));
        narrow_down(layer, self.allowed.widest, |label| label.promise);
        let left = layer.values().map(Vec::len).sum();
        (left <= WIDEST / 2).then_some(left)
    }

    /// Sums the counts; `None` when a row is over-full.
    fn add(&self, held: &[i64], more: &[i64]) -> Option<Vec<i64>> {
        let counted: Vec<i64> = held.iter().zip(more).map(|(held, more)| held + more).collect();
        let fits = counted.iter().zip(&self.rules.rows).all(|(held, (_, hi))| held <= hi);
        fits.then_some(counted)
    }

    /// Keeps the labels that no other beats: that costs no more and is no worse.
    fn thin(&self, labels: &mut Vec<Label>) {
        let money = self.rules.limit.is_some();
        let cost = |label: &Label| if money { label.sums.cost } else { 0 };
        thin(labels, cost, |a, b| self.compare(a, b));
    }

    /// At the end of a part: rows that nobody counts any more must be met, and are forgotten.
    fn close(&self, layer: Layer, part: usize) -> Layer {
        let mut closed = Layer::new();
        for (mut counts, labels) in layer {
            let mut met = true;
            for (row, (lo, _)) in self.rules.rows.iter().enumerate() {
                met &= counts[row] + self.ahead[part + 1][row] >= *lo || self.last_part[row] < part;
                if self.last_part[row] <= part {
                    counts[row] = 0;
                }
            }
            if met && !labels.is_empty() {
                closed.entry(counts).or_default().extend(labels);
            }
        }
        closed.values_mut().for_each(|labels| self.thin(labels));
        closed
    }

    /// Greater is better: worth, then the units covered, then partners.
    fn compare(&self, a: &Label, b: &Label) -> Ordering {
        let by_units = || self.covered.compare((a.before, a.added), (b.before, b.added));
        a.sums.worth.cmp(&b.sums.worth).then_with(by_units).then_with(|| {
            let (mut one, mut other) = self.trails.apart(a.trail, b.trail);
            one.extend(self.last(a));
            other.extend(self.last(b));
            let projects = |outcomes: &[usize]| -> Vec<usize> {
                outcomes.iter().flat_map(|at| self.outcomes[*at].projects.iter().copied()).collect()
            };
            compare_choices(self.line, &projects(&one), &projects(&other))
        })
    }

    /// The outcome in the last part; none where a label was written down with it.
    fn last(&self, label: &Label) -> Option<usize> {
        let at = self.first + label.added;
        (at < self.outcomes.len()).then_some(at)
    }

    fn read(&self, trail: usize) -> Vec<usize> {
        let outcomes = self.trails.of(trail).map(|outcome| &self.outcomes[outcome]);
        let mut list: Vec<usize> =
            outcomes.flat_map(|outcome| outcome.projects.iter().copied()).collect();
        list.sort_unstable();
        list
    }
}
