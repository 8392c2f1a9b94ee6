//! What a part of the line can come to, by labels along it.
//!
//! A label is a choice so far: which of the next units are taken, how many projects each row has,
//! what it costs, what it is worth. Labels that the bound of [`super::price`] shows to end below a
//! choice already known, whatever the other parts choose, are dropped; of two labels that leave the
//! same open, the worse one is. What is left at the end of the part are its choices, which
//! [`super::joint`] puts together.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::measure::Rules;
use super::packing::{Line, steps};
use super::view::{Promise, Sums, View};
use crate::selection::frontier::{Allowed, WIDEST, narrow_down, thin};
use crate::selection::trails::Trails;

#[derive(Clone, Copy, Debug)]
struct Label {
    sums: Sums,
    /// What it can end with at most, in parts of a point.
    promise: i128,
    /// Where its choice before the last step is written down.
    trail: usize,
    /// The project that the last step added.
    added: Option<usize>,
}

/// A choice of projects in one part.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    pub(super) sums: Sums,
    /// Projects, ascending.
    pub(super) projects: Vec<usize>,
}

/// Choices in a part by the projects that each row has; those of one number by rising cost and worth.
pub(super) type Outcomes = BTreeMap<Vec<i64>, Vec<Outcome>>;

/// Taken units ahead, and projects of each row.
type Key = (u128, Vec<i64>);

/// The search in one part.
pub(super) struct Within<'s, 'v, 'a> {
    pub(super) line: &'a Line,
    pub(super) rules: &'a Rules,
    /// The bound at its own prices, then at others of money.
    pub(super) views: &'v mut [View<'a>],
    pub(super) allowed: &'s mut Allowed,
    pub(super) part: usize,
    /// What a choice of all parts must come to, in parts of a point.
    pub(super) cut: i128,
}

impl Within<'_, '_, '_> {
    /// Every choice in the part that may belong to a good enough one of all parts, and that no other
    /// beats; `None` when there are too many labels.
    pub(super) fn outcomes(&mut self) -> Option<Outcomes> {
        let start =
            Label { sums: Sums::default(), promise: i128::MAX, trail: Trails::START, added: None };
        let mut trails = Trails::new();
        let mut layer: BTreeMap<Key, Vec<Label>> =
            BTreeMap::from([((0, vec![0; self.rules.rows.len()]), vec![start])]);
        for at in self.line.part(self.part) {
            layer = self.advance(&layer, at, &trails)?;
            narrow_down(&mut layer, self.allowed.widest, |label| label.promise);
            for label in layer.values_mut().flatten() {
                if let Some(project) = label.added.take() {
                    label.trail = trails.push(label.trail, project);
                }
            }
        }
        let outcome = |label: Label| {
            let mut projects: Vec<usize> = trails.of(label.trail).collect();
            projects.sort_unstable();
            Outcome { sums: label.sums, projects }
        };
        // projects end with their part: no unit is taken ahead
        let ended = layer.into_iter().map(|((_, counts), labels)| (counts, labels));
        Some(
            ended.map(|(counts, list)| (counts, list.into_iter().map(outcome).collect())).collect(),
        )
    }

    fn advance(
        &mut self,
        layer: &BTreeMap<Key, Vec<Label>>,
        at: usize,
        trails: &Trails,
    ) -> Option<BTreeMap<Key, Vec<Label>>> {
        let (line, part) = (self.line, self.part);
        let asked = (self.cut, self.rules.limit);
        let mut next: BTreeMap<Key, Vec<Label>> = BTreeMap::new();
        let mut alive = 0;
        for ((mask, counts), labels) in layer {
            for (project, ahead) in steps(line, at, *mask, &line.starting[at]) {
                let Some(counted) = self.count(counts, project) else { continue };
                let promise = Promise::new(self.views, asked, |view| view.rest((part, at), ahead));
                let moved: Vec<Label> =
                    labels.iter().filter_map(|label| self.step(label, project, &promise)).collect();
                self.allowed.spend(moved.len())?;
                alive += moved.len();
                if alive > WIDEST {
                    return None;
                }
                if !moved.is_empty() {
                    self.merge(next.entry((ahead, counted)).or_default(), moved, trails);
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

    /// A choice with one project more, or with none, where it is still good enough.
    fn step(&self, label: &Label, project: Option<usize>, promise: &Promise) -> Option<Label> {
        let Some(added) = project else {
            return Some(Label { promise: promise.of(label.sums)?, ..*label });
        };
        let placed = &self.line.projects[added];
        let more = Sums {
            worth: placed.worth,
            cost: i128::from(placed.cost),
            reduced: self.views[0].bounded.weight(added),
        };
        let sums = label.sums + more;
        Some(Label { sums, promise: promise.of(sums)?, trail: label.trail, added: project })
    }

    fn merge(&self, kept: &mut Vec<Label>, new: Vec<Label>, trails: &Trails) {
        let money = self.rules.limit.is_some();
        let cost = |label: &Label| if money { label.sums.cost } else { 0 };
        kept.extend(new);
        thin(kept, cost, |a, b| {
            a.sums.worth.cmp(&b.sums.worth).then_with(|| {
                if (a.trail, a.added) == (b.trail, b.added) {
                    return Ordering::Equal;
                }
                let (mut one, mut other) = trails.apart(a.trail, b.trail);
                one.extend(a.added);
                other.extend(b.added);
                compare_choices(self.line, &one, &other)
            })
        });
    }
}

/// Greater is better: covers the highest unit on which two choices differ; for the same units, gives
/// the highest unit whose project differs the higher partner, and any partner rather than none.
pub(super) fn compare_choices(line: &Line, one: &[usize], two: &[usize]) -> Ordering {
    let projects = |list: &[usize]| {
        let mut projects: Vec<&[usize]> =
            list.iter().map(|project| line.projects[*project].members.as_slice()).collect();
        projects.sort_unstable();
        projects
    };
    let (one, two) = (projects(one), projects(two));
    let covered = |projects: &[&[usize]]| {
        let mut ranks = projects.concat();
        ranks.sort_unstable();
        ranks
    };
    higher(&covered(&one), &covered(&two)).then_with(|| {
        let differ = one.iter().zip(&two).find(|(a, b)| a != b);
        differ.map_or_else(|| one.len().cmp(&two.len()), |(a, b)| higher(a, b))
    })
}

/// Compares ascending ranks: the smaller rank at the first difference is better, more is better.
fn higher(one: &[usize], two: &[usize]) -> Ordering {
    let differ = one.iter().zip(two).find(|(a, b)| a != b);
    differ.map_or_else(|| one.len().cmp(&two.len()), |(a, b)| b.cmp(a))
}
