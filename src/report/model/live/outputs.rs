//! Columns of places and classes as formulas over rounded values and cuts.

use super::Rounded;
use crate::index::Figures;
use crate::index::class::{Class, ClassRule, Side};
use crate::index::method::Output;
use crate::index::stats::{self, Order, Ties};
use crate::index::steps::Step;
use crate::report::model::index::PLACES;

/// A live column of classes.
#[derive(Clone, Debug)]
pub(crate) struct LiveClass {
    /// The rounded values that are classed.
    pub(crate) rounded: Rounded,
    /// Ids of the classes, that of the lowest values first.
    pub(crate) labels: Vec<String>,
    /// The cuts between them, rising.
    pub(crate) cuts: Vec<f64>,
    /// Shares of the units at which quantiles are cut; empty for declared cuts.
    pub(crate) shares: Vec<f64>,
    /// Which end of an interval belongs to it.
    pub(crate) closed: Side,
}

impl LiveClass {
    /// The live form of an output in classes by quantiles or cuts.
    pub(super) fn of(figures: &Figures<'_>, output: &Output) -> Option<Self> {
        let decimals = match output.steps.as_slice() {
            [] => 9,
            [Step::Round(round)] if round.decimals <= 9 => round.decimals,
            _ => return None,
        };
        if output.within.is_some() {
            return None;
        }
        let Class { rule, labels } = output.class.as_ref()?;
        let rounded = Rounded { node: output.of, raw: false, decimals };
        let named = |at: usize| labels.get(at).cloned().unwrap_or_else(|| (at + 1).to_string());
        match rule {
            ClassRule::Quantiles { classes, closed, order } => {
                let parts = *classes as usize;
                let shares: Vec<f64> = (1..parts).map(|at| at as f64 / parts as f64).collect();
                let base = base(figures, output.of, decimals);
                let cut = |share: &f64| stats::half_up(stats::quantile(&base, *share), 9);
                let mut labels: Vec<String> = (0..parts).map(named).collect();
                if *order == Order::HighestFirst {
                    labels.reverse();
                }
                let cuts: Vec<f64> = shares.iter().map(cut).collect();
                let found = cuts.iter().all(|cut| cut.is_finite());
                found.then_some(Self { rounded, labels, cuts, shares, closed: *closed })
            }
            ClassRule::Cuts { cuts, closed } => Some(Self {
                rounded,
                labels: (0..=cuts.len()).map(named).collect(),
                cuts: cuts.clone(),
                shares: Vec::new(),
                closed: *closed,
            }),
            ClassRule::Tenths { .. } | ClassRule::Natural { .. } | ClassRule::Bands(_) => None,
        }
    }
}

fn base(figures: &Figures<'_>, node: usize, decimals: u32) -> Vec<f64> {
    let values = figures.index.nodes[node].value.values().iter().zip(&figures.index.ranked);
    let ranked = values.filter(|(x, ranked)| **ranked && !x.is_nan());
    ranked.map(|(&x, _)| stats::half_up(x, decimals)).collect()
}

/// A live column of places.
#[derive(Clone, Debug)]
pub(crate) struct LiveRank {
    /// The rounded values that are ranked.
    pub(crate) rounded: Rounded,
    /// Which end is first.
    pub(crate) order: Order,
    /// What equal values get.
    pub(crate) ties: Ties,
    /// Position in [`PLACES`] of the areas within which units are ranked.
    pub(crate) within: Option<usize>,
}

impl LiveRank {
    /// The live form of an output that rounds, or not, and ranks.
    pub(super) fn of(figures: &Figures<'_>, output: &Output) -> Option<Self> {
        let (round, rank) = match output.steps.as_slice() {
            [Step::Rank(rank)] => (rank.decimals, rank),
            [Step::Round(round), Step::Rank(rank)] if round.decimals <= rank.decimals => {
                (round.decimals, rank)
            }
            _ => return None,
        };
        let within = match rank.within.as_ref().or(output.within.as_ref()) {
            None => None,
            Some(column) => Some(area_column(figures, column)?),
        };
        if !matches!(rank.ties, Ties::Min | Ties::Max | Ties::Mean) {
            return None;
        }
        let rounded = Rounded { node: output.of, raw: false, decimals: round };
        Some(Self { rounded, order: rank.order, ties: rank.ties, within })
    }
}

/// The column of the sheet with those areas, whose names a condition of a spreadsheet compares as
/// they are.
fn area_column(figures: &Figures<'_>, column: &str) -> Option<usize> {
    let at = PLACES.iter().position(|place| *place == column)?;
    let areas = &figures.register.level(column)?.areas;
    let plain = |name: &String| !name.is_empty() && !name.contains(['*', '?', '~', '<', '>', '=']);
    areas.iter().all(plain).then_some(at)
}
