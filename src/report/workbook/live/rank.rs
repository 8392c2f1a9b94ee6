//! A column of places as formulas over rounded values.

use super::Rounded;
use crate::index::method::Output;
use crate::index::stats::{Order, Ties};
use crate::index::steps::Step;
use crate::report::tables;
use crate::report::view::View;

/// A live column of places.
#[derive(Clone, Debug)]
pub(in crate::report::workbook) struct LiveRank {
    /// The rounded values that are ranked.
    pub(in crate::report::workbook) rounded: Rounded,
    /// Which end is first.
    pub(in crate::report::workbook) order: Order,
    /// What equal values get.
    pub(in crate::report::workbook) ties: Ties,
    /// Position in [`tables::PLACES`] of the areas within which units are ranked.
    pub(in crate::report::workbook) within: Option<usize>,
}

impl LiveRank {
    /// The live form of an output that rounds, or not, and ranks.
    pub(super) fn of(view: &View<'_>, output: &Output) -> Option<Self> {
        let (round, rank) = match output.steps.as_slice() {
            [Step::Rank(rank)] => (rank.decimals, rank),
            [Step::Round(round), Step::Rank(rank)] if round.decimals <= rank.decimals => {
                (round.decimals, rank)
            }
            _ => return None,
        };
        let within = match rank.within.as_ref().or(output.within.as_ref()) {
            None => None,
            Some(column) => Some(area_column(view, column)?),
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
fn area_column(view: &View<'_>, column: &str) -> Option<usize> {
    let at = tables::PLACES.iter().position(|place| *place == column)?;
    let areas = &view.figures.register.level(column)?.areas;
    let plain = |name: &String| !name.is_empty() && !name.contains(['*', '?', '~', '<', '>', '=']);
    areas.iter().all(plain).then_some(at)
}
