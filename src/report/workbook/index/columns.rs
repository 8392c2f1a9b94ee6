//! Which columns the *Index* sheet has, in which order and groups, and where a formula finds them.

use rust_xlsxwriter::utility::{column_number_to_name, row_col_to_cell};
use rust_xlsxwriter::{ColNum, RowNum};

use super::{FIRST, Live};
use crate::index::OutputColumn;
use crate::language::Words;
use crate::message::labels;
use crate::report::tables;
use crate::report::view::View;
use crate::report::workbook::live::{LiveOutput, Rounded};

/// What a column of the sheet shows. Nodes and outputs by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report::workbook) enum Shown {
    Code,
    Name,
    Place(usize),
    /// A small drawing of the normalised values.
    Profile,
    Raw(usize),
    Normalised(usize),
    /// An aggregate, and one of its children by number.
    Weighted(usize, usize),
    Aggregate(usize),
    Output(usize),
    /// What the engine computed, as a value beside the live column.
    Computed(usize),
    Rounded(Rounded),
    /// The published score of the units that may take a place.
    Published,
    /// Their turn among equal scores.
    Turn,
    /// Their number in the order of a selection.
    Order,
    /// The phase, recalculated.
    Phase,
    /// The phase as the engine gave it.
    Selected,
}

impl Shown {
    /// The group a column stands in.
    pub(super) fn group(self, view: &View<'_>) -> Words {
        match self {
            Self::Code | Self::Name | Self::Place(_) => labels::GROUP_UNIT,
            Self::Output(output) if view.figures.contribution(output).is_some() => {
                labels::GROUP_SHARE
            }
            Self::Aggregate(_)
            | Self::Output(_)
            | Self::Computed(_)
            | Self::Profile
            | Self::Order
            | Self::Phase
            | Self::Selected => labels::GROUP_RESULT,
            Self::Raw(_) => labels::GROUP_MEASURED,
            Self::Normalised(_) => labels::GROUP_NORMALISED,
            Self::Weighted(..) => labels::GROUP_WEIGHTED,
            Self::Rounded(_) => labels::GROUP_ROUNDED,
            Self::Published | Self::Turn => labels::GROUP_ORDER,
        }
    }
}

/// The columns of the sheet and the rows of its units.
pub(in crate::report::workbook) struct Grid {
    /// The columns, from the left.
    pub(in crate::report::workbook) columns: Vec<Shown>,
    /// Row of the last unit.
    pub(in crate::report::workbook) last: RowNum,
}

impl Grid {
    /// The columns for a run.
    pub(in crate::report::workbook) fn new(view: &View<'_>, live: &Live) -> Self {
        let nodes = || view.figures.method.nodes.iter().enumerate();
        let indicators = || nodes().filter(|(_, node)| node.is_indicator()).map(|(at, _)| at);
        let aggregates = || nodes().filter(|(_, node)| !node.is_indicator()).map(|(at, _)| at);
        let outputs = || 0..view.figures.index.outputs.len();
        let is_share = |output: &usize| view.figures.contribution(*output).is_some();
        let mut columns = vec![Shown::Code, Shown::Name];
        columns.extend((0..tables::PLACES.len()).map(Shown::Place));
        columns.extend(aggregates().rev().map(Shown::Aggregate));
        for output in outputs().filter(|output| !is_share(output)) {
            columns.push(Shown::Output(output));
            if is_checked(view, live, output) {
                columns.push(Shown::Computed(output));
            }
        }
        if live.phases.is_some() {
            columns.extend([Shown::Order, Shown::Phase]);
        }
        if view.chosen.is_some() {
            columns.push(Shown::Selected);
        }
        if indicators().count() > 1 {
            columns.push(Shown::Profile);
        }
        columns.extend(indicators().map(Shown::Raw));
        columns.extend(indicators().map(Shown::Normalised));
        for &node in &live.aggregates {
            let children = 0..view.figures.index.nodes[node].weights.len();
            columns.extend(children.map(|child| Shown::Weighted(node, child)));
        }
        columns.extend(outputs().filter(is_share).map(Shown::Output));
        columns.extend(live.rounded.iter().copied().map(Shown::Rounded));
        if live.phases.is_some() {
            columns.extend([Shown::Published, Shown::Turn]);
        }
        let units = RowNum::try_from(view.figures.register.len()).unwrap_or(RowNum::MAX - FIRST);
        Self { columns, last: FIRST + units.saturating_sub(1) }
    }

    /// Where a column stands.
    pub(in crate::report::workbook) fn column(&self, shown: Shown) -> Option<ColNum> {
        let at = self.columns.iter().position(|&column| column == shown)?;
        ColNum::try_from(at).ok()
    }

    /// The cell of a column in a row, as formulas of that row name it.
    pub(super) fn cell(&self, shown: Shown, row: RowNum) -> String {
        row_col_to_cell(row, self.column(shown).expect("formulas name columns of the sheet"))
    }

    /// All units of a column.
    pub(in crate::report::workbook) fn range(&self, shown: Shown) -> String {
        let column = self.column(shown).expect("formulas name columns of the sheet");
        let name = column_number_to_name(column);
        format!("${name}${}:${name}${}", FIRST + 1, self.last + 1)
    }
}

/// Whether what the engine computed stands beside a live column: for places over all units.
fn is_checked(view: &View<'_>, live: &Live, output: usize) -> bool {
    let is_number = matches!(view.figures.index.outputs[output].column, OutputColumn::Numbers(_));
    let ranks_all =
        matches!(live.outputs.get(&output), Some(LiveOutput::Rank(rank)) if rank.within.is_none());
    is_number && ranks_all
}
