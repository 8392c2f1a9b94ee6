//! Which cells of the *Index* sheet lead to the sheet *Trace*.

use rust_xlsxwriter::{ColNum, XlsxError};

use super::{FIRST, Grid, Sheet, Shown};
use crate::report::view::View;
use crate::report::workbook::trace::Trace;

/// The columns whose cells are links, with the node each leads to: scores before measured values,
/// as many columns as a sheet can hold links for.
pub(super) fn linked(view: &View<'_>, grid: &Grid) -> Vec<(Shown, usize)> {
    let scores = grid.columns.iter().filter_map(|&shown| match shown {
        Shown::Aggregate(node) => Some((shown, node)),
        _ => None,
    });
    let measured = grid.columns.iter().filter_map(|&shown| match shown {
        Shown::Raw(node) => Some((shown, node)),
        _ => None,
    });
    let mut linked: Vec<(Shown, usize)> = scores.chain(measured).collect();
    linked.truncate(Trace::links_of_each(view.figures.register.len()));
    linked
}

impl Sheet<'_, '_, '_> {
    /// Makes the cells of a column lead to where their node is told on the sheet *Trace*.
    pub(super) fn links(
        &mut self,
        column: ColNum,
        node: usize,
        trace: &Trace<'_>,
    ) -> Result<(), XlsxError> {
        for (row, unit) in (FIRST..).zip(0..self.page.view.figures.register.len()) {
            if let Some(link) = trace.link(node, unit) {
                self.page.link(row, column, link)?;
            }
        }
        Ok(())
    }
}
