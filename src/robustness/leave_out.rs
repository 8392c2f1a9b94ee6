//! The list without one child of a node, each of them once: what depends on one component alone.

use super::designs::{Task, Unmade};
use crate::index::Variant;
use crate::index::method::Origin;
use crate::index::stats;

/// What leaving one child out does.
#[derive(Clone, Debug)]
pub(crate) struct WithoutChild {
    /// The node that loses it, and the child, by position.
    pub(crate) parent: usize,
    pub(crate) child: usize,
    /// The result, or why there is none.
    pub(crate) result: Result<Shifted, Unmade>,
}

/// How ranks and lists move.
#[derive(Clone, Debug)]
pub(crate) struct Shifted {
    /// Mean and largest absolute shift of ranks.
    pub(crate) mean: f64,
    pub(crate) largest: u32,
    /// Rank correlation with the declared scores; none where one side does not vary.
    pub(crate) spearman: Option<f64>,
    /// For all phases first, then for each: who has more of a place than before, and who less.
    pub(crate) moves: Vec<Moves>,
}

/// Who enters and who leaves, by position.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Moves {
    pub(crate) enter: Vec<usize>,
    pub(crate) leave: Vec<usize>,
}

impl Moves {
    /// From one list to another, each what the units have of the places.
    pub(crate) fn between(before: &[f64], after: &[f64]) -> Self {
        let of = |gains: fn(f64, f64) -> bool| {
            (0..before.len()).filter(|&unit| gains(before[unit], after[unit])).collect()
        };
        Self {
            enter: of(|before, after| after > before),
            leave: of(|before, after| after < before),
        }
    }
}

impl Task<'_, '_> {
    /// Leaves out each child of each node on which the score depends, one after the other.
    pub(crate) fn without_children(&self) -> Vec<WithoutChild> {
        let declared = &self.declared_by_phase;
        let method = self.engine.method();
        let below = method.below(self.score);
        let mut bench = self.engine.bench();
        let (ranks, scores) = (self.declared_ranks(), self.declared_scores());
        let mut found = Vec::new();
        for (parent, node) in method.nodes.iter().enumerate().filter(|(at, _)| below[*at]) {
            let Origin::Children(aggregate) = &node.origin else { continue };
            let weighty = aggregate.children.iter().filter(|child| child.weight != 0.0).count();
            for (position, child) in aggregate.children.iter().enumerate() {
                if child.weight == 0.0 || weighty < 2 {
                    continue;
                }
                let variant = Variant::default().without_child(parent, position);
                let run = self.engine.changed(variant, &mut bench).map_err(Unmade::Value);
                let result = run.and_then(|drawn| self.made(&drawn, &ranks)).map(|made| {
                    let shifts =
                        made.ranks.iter().zip(&ranks).map(|(own, other)| own.abs_diff(*other));
                    let of = |at: usize| made.listed.shares(at.checked_sub(1));
                    let moves = declared.iter().enumerate();
                    Shifted {
                        mean: made.shift,
                        largest: shifts.max().unwrap_or(0),
                        spearman: stats::spearman(&made.scores, &scores),
                        moves: moves.map(|(at, before)| Moves::between(before, &of(at))).collect(),
                    }
                });
                found.push(WithoutChild { parent, child: child.node, result });
            }
        }
        found
    }
}
