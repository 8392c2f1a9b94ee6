//! Sentences about the lists of a programme and the values of its formulas.
//!
//! What is wrong with a row is shown on its line in the terminal, in English.

use super::LIST_ROWS;
use super::refusal::Advice;
use crate::language::{counted, thousands};
use crate::message::ingest;
use crate::quality::{Finding, Message, Place, Severity, message};

/// The columns by which a row names a unit.
pub(crate) struct UnitKeys<'a> {
    /// Keys of the declaration: code, name and county.
    pub(crate) keys: [&'a str; 3],
    /// What the file should call code and name.
    pub(crate) columns: [&'a str; 2],
}

/// A file without a column for the code or the name of a unit.
pub(crate) fn unit_columns_missing(list: &str, file: &str, keys: &UnitKeys<'_>) -> Finding {
    let ([code, name, county], [called, named]) = (keys.keys, keys.columns);
    let message = message!(
        "there is no column `{called}`, and no column `{named}`",
        "nu există nici coloana `{called}`, nici coloana `{named}`",
    );
    let hint = message!(
        "a unit is told by its code, or by its name and county: `columns = {{ {code} = \
         \"…\" }}` or `columns = {{ {name} = \"…\", {county} = \"…\" }}` says what the \
         file calls them",
        "o unitate se recunoaște după cod sau după denumire și județ: `columns = {{ {code} \
         = \"…\" }}` sau `columns = {{ {name} = \"…\", {county} = \"…\" }}` spune cum le \
         numește fișierul",
    );
    Finding::new(&ingest::COLUMN_MISSING, list, message).hint(hint).at(Place::file(file))
}

/// A file that is not the one that was pinned.
pub(crate) fn pin_differs(list: &str, file: &str, digest: &str, pin: &str) -> Finding {
    let message = message!(
        "the file has SHA-256 `{digest}`, and `{pin}` is pinned",
        "fișierul are amprenta SHA-256 `{digest}`, iar fixată este `{pin}`",
    );
    Finding::new(&ingest::PIN_DIFFERS, list, message).at(Place::file(file))
}

/// Rows that name no unit.
pub(crate) fn rows_without_unit(list: &str) -> Finding {
    let message = message!("rows that name no unit", "rânduri care nu numesc nicio unitate");
    Finding::new(&ingest::ROWS_DROPPED, list, message)
}

/// Rows of a list that no programme can use, and why not the first of them; whether a programme does.
pub(crate) fn wrong_rows(list: &str, why: &Message, places: Vec<Place>, is_used: bool) -> Finding {
    let rows = Message::counted(
        places.len(),
        ["row cannot be used", "rows cannot be used"],
        ["rând nu poate fi folosit", "rânduri nu pot fi folosite"],
    );
    let message = message!("{rows}: {why}", "{rows}: {why}"; rows = rows, why = why);
    let severity = if is_used { Severity::Error } else { Severity::Warning };
    Finding::new(&LIST_ROWS, list, message).weighing(severity).places(places)
}

fn stands_in(message: String, list: &str) -> Advice {
    Advice { message, hint: Some(format!("it stands in the list `{list}`")) }
}

/// A unit that the study does not count.
pub(crate) fn not_counted(label: &str, list: &str) -> Advice {
    stands_in(format!("`{label}` is not counted by the study"), list)
}

/// A row without a name.
pub(crate) fn row_names_nobody(list: &str) -> Advice {
    stands_in("the row names no unit".to_owned(), list)
}

/// A name that the register does not have.
pub(crate) fn no_unit(label: &str, list: &str) -> Advice {
    stands_in(format!("`{label}` is no unit of the register"), list)
}

/// A lock without a reason.
pub(crate) fn no_reason(code: &str) -> Advice {
    Advice {
        message: format!("unit `{code}` is listed without a reason"),
        hint: Some("fill the column `reason`, or give the list one in the programme".to_owned()),
    }
}

/// A length that is none.
pub(crate) fn no_length(text: &str) -> Advice {
    format!("`{text}` is no length of a border in metres").into()
}

/// A unit that borders itself.
pub(crate) fn own_neighbour(code: &str) -> Advice {
    format!("unit `{code}` cannot be its own neighbour").into()
}

/// A day that is none.
pub(crate) fn no_day(text: &str) -> Advice {
    format!("`{text}` is no day of the form 2026-11-20").into()
}

/// A decision that is none.
pub(crate) fn no_decision(word: &str) -> Advice {
    Advice {
        message: format!("`{word}` is no decision"),
        hint: Some("write `accepted`, `refused` or `withdrawn`".to_owned()),
    }
}

/// A state that is none.
pub(crate) fn no_state(word: &str) -> Advice {
    Advice {
        message: format!("`{word}` is no state of a list"),
        hint: Some("give the `selection.csv` of the run that was published".to_owned()),
    }
}

/// A formula without a whole number for units that may take a place; `names` lists them.
pub(crate) fn not_whole(formula: &str, units: usize, names: &Message) -> String {
    let units = counted(units, "unit", "units");
    format!("`{formula}` is no whole number for {units} that may take a place: {}", names.en)
}

/// A union without a cost.
pub(crate) fn union_without_cost(codes: &[String]) -> String {
    format!("the union {} has no finite cost", codes.join(" + "))
}

/// A sentence about a unit with its name, and the other units that it holds for: some by code and
/// name, and how many more.
pub(crate) fn same_for(
    message: &str,
    name: Option<&str>,
    others: &[String],
    more: usize,
) -> String {
    let mut text = match name {
        Some(name) => format!("{message} ({name})"),
        None => message.to_owned(),
    };
    if !others.is_empty() {
        let mut list = others.to_vec();
        if more > 0 {
            list.push(format!("and {} more", thousands(more)));
        }
        let units = if list.len() == 1 { "one more unit" } else { "more units" };
        text += &format!("; the same for {units}: {}", list.join(", "));
    }
    text
}

/// A sentence about several units and who they are.
pub(crate) fn who(message: &str, names: &Message) -> String {
    format!("{message}: {}", names.en)
}

/// A unit by its code and name.
pub(crate) fn code_and_name(code: &str, name: Option<&str>) -> String {
    name.map_or_else(|| format!("`{code}`"), |name| format!("`{code}` ({name})"))
}

/// A programme as the place of a problem without a line.
pub(crate) fn programme(id: &str) -> String {
    format!("programme `{id}`")
}
