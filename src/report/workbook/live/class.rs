//! A column of classes as formulas over cuts.

use super::Rounded;
use crate::index::class::{Class, ClassRule, Side};
use crate::index::method::Output;
use crate::index::stats::{self, Order};
use crate::index::steps::Step;
use crate::report::view::View;

/// A live column of classes.
#[derive(Clone, Debug)]
pub(in crate::report::workbook) struct LiveClass {
    /// The rounded values that are classed.
    pub(in crate::report::workbook) rounded: Rounded,
    /// Ids of the classes, that of the lowest values first.
    pub(in crate::report::workbook) labels: Vec<String>,
    /// The cuts between them, rising.
    pub(in crate::report::workbook) cuts: Vec<f64>,
    /// Shares of the units at which quantiles are cut; empty for declared cuts.
    pub(in crate::report::workbook) shares: Vec<f64>,
    /// Which end of an interval belongs to it.
    pub(in crate::report::workbook) closed: Side,
}

impl LiveClass {
    /// The live form of an output in classes by quantiles or cuts.
    pub(super) fn of(view: &View<'_>, output: &Output) -> Option<Self> {
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
                let base = base(view, output.of, decimals);
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

fn base(view: &View<'_>, node: usize, decimals: u32) -> Vec<f64> {
    let values =
        view.figures.index.nodes[node].value.values().iter().zip(&view.figures.index.ranked);
    let ranked = values.filter(|(x, ranked)| **ranked && !x.is_nan());
    ranked.map(|(&x, _)| stats::half_up(x, decimals)).collect()
}
