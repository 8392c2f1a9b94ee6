//! How finely an index tells units apart.

use std::collections::BTreeSet;

use super::influence::tree_weights;
use crate::index::method::{Method, Origin};
use crate::index::result::Index;
use crate::index::stats;
use crate::register::UNIT;

/// How finely a node tells the ranked units apart.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Resolution {
    /// Ranked units with a value.
    pub scored: usize,
    /// Different values among them, compared at 9 decimals.
    pub distinct: usize,
    /// Different combinations of measured indicator values behind them.
    pub profiles: usize,
    /// Share of the nominal weight of indicators measured above the level of the units.
    pub coarse_weight: f64,
    /// Blocks of units that share a value, by place from the highest; single units are not listed.
    pub blocks: Vec<Block>,
}

/// Units that share a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// The first of their places, from 1.
    pub first: usize,
    /// The last.
    pub last: usize,
}

impl Block {
    /// How many units share it.
    pub(crate) fn units(&self) -> usize {
        self.last - self.first + 1
    }
}

impl Resolution {
    /// The largest block; of equally large ones that with the better places.
    pub(crate) fn largest(&self) -> Option<Block> {
        self.blocks.iter().copied().max_by_key(|block| (block.units(), usize::MAX - block.first))
    }
}

/// The resolution of a node.
pub(crate) fn resolution(method: &Method, index: &Index, of: usize) -> Resolution {
    let values = index.nodes[of].value.values();
    let scored: Vec<usize> =
        (0..values.len()).filter(|&unit| index.ranked[unit] && !values[unit].is_nan()).collect();
    let mut in_order = stats::in_order(&stats::base(values, &index.ranked));
    in_order.reverse();
    let mut blocks = Vec::new();
    let (mut place, mut distinct) = (1, 0);
    for units in stats::ties(&in_order) {
        if units > 1 {
            blocks.push(Block { first: place, last: place + units - 1 });
        }
        place += units;
        distinct += 1;
    }
    let leaves = leaves(method, of);
    Resolution {
        scored: scored.len(),
        distinct,
        profiles: profiles(index, &leaves, &scored),
        coarse_weight: coarse_weight(method, index, of),
        blocks,
    }
}

/// Indicators from which a node is made.
fn leaves(method: &Method, of: usize) -> Vec<usize> {
    let below = method.below(of);
    (0..=of).filter(|&at| below[at] && method.nodes[at].is_indicator()).collect()
}

/// Different rows of measured values, compared as scores are.
fn profiles(index: &Index, leaves: &[usize], units: &[usize]) -> usize {
    let rows: BTreeSet<Vec<u64>> = units
        .iter()
        .map(|&unit| {
            let measured = leaves.iter().map(|&leaf| index.nodes[leaf].raw.values()[unit]);
            measured.map(|value| stats::compared(value).to_bits()).collect()
        })
        .collect();
    rows.len()
}

/// Share of the weight that indicators above the level of the units carry; a formula over nodes
/// counts as coarse when everything it is made of is.
pub(crate) fn coarse_weight(method: &Method, index: &Index, of: usize) -> f64 {
    let weights = tree_weights(method, index, of);
    let ends: Vec<usize> = (0..=of)
        .filter(|&at| !matches!(method.nodes[at].origin, Origin::Children(_)) && weights[at] != 0.0)
        .collect();
    let coarse = |&at: &usize| {
        let leaves = leaves(method, at);
        !leaves.is_empty() && leaves.iter().all(|&leaf| index.nodes[leaf].level != UNIT)
    };
    let share = stats::sum(ends.iter().copied().filter(coarse).map(|at| weights[at].abs()));
    let total = stats::sum(ends.iter().map(|&at| weights[at].abs()));
    if total > 0.0 { share / total } else { 0.0 }
}
