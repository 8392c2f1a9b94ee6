//! Which sheet of a workbook is read.

use super::labels::{did_you_mean, fold, list, nearest};
use crate::quality::{Message, message};
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
    pub(super) message: Message,
    pub(super) hint: Message,
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
                message: message!(
                    "there is no sheet {number}: the workbook has {sheets}",
                    "nu există foaia {number}: registrul de calcul are {sheets}";
                    sheets = Message::counted(
                        visible.len(),
                        ["visible sheet", "visible sheets"],
                        ["foaie vizibilă", "foi vizibile"],
                    ),
                ),
                hint: known(sheets),
            }),
        Some(SheetChoice::Name(name)) => sheets
            .iter()
            .position(|sheet| sheet.name == *name)
            .or_else(|| sheets.iter().position(|sheet| fold(&sheet.name) == fold(name)))
            .map(|at| vec![at])
            .ok_or_else(|| NoSheet {
                message: message!("there is no sheet `{name}`", "nu există foaia `{name}`"),
                hint: did_you_mean(
                    nearest(name, sheets.iter().map(|sheet| sheet.name.as_str())),
                    known(sheets),
                ),
            }),
    }
}

/// What to say where no visible sheet has anything in it.
pub(super) fn nothing_visible(sheets: &[SheetEntry]) -> Message {
    let hidden: Vec<&str> =
        sheets.iter().filter(|sheet| sheet.hidden).map(|sheet| sheet.name.as_str()).collect();
    match hidden.as_slice() {
        [] => {
            message!("no visible sheet has anything in it", "nicio foaie vizibilă nu conține ceva")
        }
        names => message!(
            "no visible sheet has anything in it; hidden ones are read when `sheet` names them: \
             {names}",
            "nicio foaie vizibilă nu conține ceva; cele ascunse se citesc dacă `sheet` le numește: \
             {names}";
            names = list(names.iter().copied(), 8),
        ),
    }
}

fn known(sheets: &[SheetEntry]) -> Message {
    message!(
        "the sheets are {names}",
        "foile sunt {names}";
        names = list(sheets.iter().map(|sheet| sheet.name.as_str()), 20),
    )
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
        assert!(error.hint.en.starts_with("did you mean `notes`?"), "{}", error.hint);
        assert!(candidates(&sheets(), Some(&SheetChoice::Number(3))).is_err());
        assert!(candidates(&sheets(), Some(&SheetChoice::Number(0))).is_err());
    }
}
