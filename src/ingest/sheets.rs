//! Which sheet of a workbook is read.

use super::labels::{fold, list, nearest};
use crate::study::SheetChoice;

/// A sheet as the workbook lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SheetEntry {
    pub(super) name: String,
    pub(super) hidden: bool,
}

/// Why no sheet is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NoSheet {
    pub(super) message: String,
    pub(super) hint: String,
}

/// The sheets to try, best first: the declared one alone, else the visible ones in order. Numbers
/// count the tabs a person sees, so hidden sheets have none.
pub(super) fn candidates(
    sheets: &[SheetEntry],
    choice: Option<&SheetChoice>,
) -> Result<Vec<usize>, NoSheet> {
    let visible: Vec<usize> = (0..sheets.len()).filter(|&at| !sheets[at].hidden).collect();
    match choice {
        None => Ok(visible),
        Some(SheetChoice::Number(number)) => (*number as usize)
            .checked_sub(1)
            .and_then(|at| visible.get(at))
            .map(|&at| vec![at])
            .ok_or_else(|| NoSheet {
                message: format!(
                    "there is no sheet {number}: the workbook has {} visible sheets",
                    visible.len()
                ),
                hint: known(sheets),
            }),
        Some(SheetChoice::Name(name)) => sheets
            .iter()
            .position(|sheet| sheet.name == *name)
            .or_else(|| sheets.iter().position(|sheet| fold(&sheet.name) == fold(name)))
            .map(|at| vec![at])
            .ok_or_else(|| NoSheet {
                message: format!("there is no sheet `{name}`"),
                hint: match nearest(name, sheets.iter().map(|sheet| sheet.name.as_str())) {
                    Some(near) => format!("did you mean `{near}`? {}", known(sheets)),
                    None => known(sheets),
                },
            }),
    }
}

/// What to say where no visible sheet has anything in it.
pub(super) fn nothing_visible(sheets: &[SheetEntry]) -> String {
    let hidden: Vec<&str> =
        sheets.iter().filter(|sheet| sheet.hidden).map(|sheet| sheet.name.as_str()).collect();
    match hidden.as_slice() {
        [] => "no visible sheet has anything in it".to_owned(),
        names => format!(
            "no visible sheet has anything in it; hidden ones are read when `sheet` names them: {}",
            list(names.iter().copied(), 8)
        ),
    }
}

fn known(sheets: &[SheetEntry]) -> String {
    format!("the sheets are {}", list(sheets.iter().map(|sheet| sheet.name.as_str()), 20))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheets() -> Vec<SheetEntry> {
        let sheet = |name: &str, hidden| SheetEntry { name: name.to_owned(), hidden };
        vec![sheet("notes", true), sheet("2022", false), sheet("2023 ", false)]
    }

    #[test]
    fn hidden_sheets_are_read_only_when_named() {
        assert_eq!(candidates(&sheets(), None), Ok(vec![1, 2]));
        assert_eq!(candidates(&sheets(), Some(&SheetChoice::Number(1))), Ok(vec![1]));
        assert_eq!(candidates(&sheets(), Some(&SheetChoice::Name("notes".into()))), Ok(vec![0]));
    }

    #[test]
    fn a_sheet_is_found_without_minding_spaces() {
        assert_eq!(candidates(&sheets(), Some(&SheetChoice::Name("2023".into()))), Ok(vec![2]));
    }

    #[test]
    fn a_wrong_sheet_gets_a_suggestion() {
        let error = candidates(&sheets(), Some(&SheetChoice::Name("note".into()))).unwrap_err();
        assert!(error.hint.starts_with("did you mean `notes`?"), "{}", error.hint);
        assert!(candidates(&sheets(), Some(&SheetChoice::Number(3))).is_err());
        assert!(candidates(&sheets(), Some(&SheetChoice::Number(0))).is_err());
    }
}
