//! Where things stand that sheets name of each other.

use rust_xlsxwriter::RowNum;
use rust_xlsxwriter::utility::quote_sheet_name;

use crate::message::labels;
use crate::report::view::View;

/// Rows that stand on top of every sheet: title and notice.
pub(super) const TOP_ROWS: RowNum = 2;
/// Row of the count of changed parameters on the sheet *Weights*.
pub(super) const CHANGED: RowNum = TOP_ROWS + 1;

/// A number of rows of a sheet.
pub(super) fn rows(count: usize) -> RowNum {
    RowNum::try_from(count).unwrap_or(RowNum::MAX)
}

/// The sheet's name as formulas write it.
pub(super) fn reference(view: &View<'_>) -> String {
    quote_sheet_name(labels::SHEET_WEIGHTS.text(view.language))
}

/// The count of changed parameters, as formulas of other sheets name it.
pub(super) fn changed(view: &View<'_>) -> String {
    format!("{}!$B${}", reference(view), CHANGED + 1)
}
