//! What a workbook says beside the contents of its cells: what is hidden, what is raised, and for which
//! kind of file that is not known.

use super::{
    CELLS, FORMATTING_NOT_READ, HIDDEN_ROWS, HIDDEN_SHEET, RAISED_MARK, SCALED_HEADER, found,
};
use crate::quality::{Finding, Message, Place, message};

/// A hidden sheet.
pub(crate) fn hidden_sheet(name: &str, file: Place) -> Finding {
    let message = message!(
        "the sheet `{name}` is hidden and was not read",
        "foaia `{name}` este ascunsă și nu a fost citită",
    );
    found(&HIDDEN_SHEET, message).at(file.on_sheet(name)).hint(message!(
        "name it in `sheet` if it is the one you want",
        "numiți-o în `sheet`, dacă ea este cea dorită",
    ))
}

/// Rows that are not shown, each with whether a filter hides it; first and last of those that follow
/// each other.
pub(crate) fn hidden_rows(ranges: &[(u32, u32, bool)], places: Vec<Place>) -> Finding {
    let shown = |by_filter: &str| {
        let range = |&(first, last, is_filtered): &(u32, u32, bool)| {
            let rows = if first == last { first.to_string() } else { format!("{first}–{last}") };
            if is_filtered { format!("{rows} ({by_filter})") } else { rows }
        };
        ranges.iter().take(MOST_RANGES).map(range).collect::<Vec<_>>().join(", ")
    };
    let which = Message { en: shown("by a filter"), ro: shown("de un filtru") };
    let message = message!(
        "{rows} read like all others: {which}",
        "{rows} ca toate celelalte: {which}";
        rows = Message::counted(
            places.len(),
            ["hidden row was", "hidden rows were"],
            ["rând ascuns a fost citit", "rânduri ascunse au fost citite"],
        ),
        which = which.and_more(ranges.len().saturating_sub(MOST_RANGES)),
    );
    found(&HIDDEN_ROWS, message).places(places).hint(message!(
        "show them in the spreadsheet; delete those that are not meant to count",
        "afișați-le în foaia de calcul; ștergeți-le pe cele care nu trebuie să conteze",
    ))
}

/// Ranges of rows that are written out.
const MOST_RANGES: usize = 8;

/// Numbers that were read without the raised mark behind them, such as this one.
pub(crate) fn raised_marks(number: &str, mark: &str, places: Vec<Place>) -> Finding {
    let message = message!(
        "in {cells} a raised mark was taken for a footnote mark and not for a digit, such as `{mark}` \
         beside `{number}`",
        "în {cells} un semn ridicat a fost luat drept notă de subsol, nu drept cifră, de exemplu \
         `{mark}` lângă `{number}`";
        cells = CELLS.counted(places.len()),
    );
    found(&RAISED_MARK, message).places(places).hint(message!(
        "look at what the footnote says of the number",
        "verificați ce spune nota despre număr",
    ))
}

/// A column whose header says that its numbers are thousands or millions.
pub(crate) fn scaled_header(measure: &str, header: &str, word: &str, place: Place) -> Finding {
    let message = message!(
        "`{measure}`: the header `{header}` says `{word}`; its numbers are read as they stand and not \
         multiplied",
        "`{measure}`: antetul `{header}` spune `{word}`; numerele se citesc așa cum stau și nu se \
         înmulțesc",
    );
    found(&SCALED_HEADER, message).at(place).hint(message!(
        "where an indicator sets it against single persons, families or lei, multiply in its formula, by \
         1000 for thousands",
        "dacă un indicator o raportează la persoane, familii sau lei, înmulțiți în formula lui, cu 1000 \
         pentru mii",
    ))
}

/// A file of a kind of which only the contents of cells are read.
pub(crate) fn formatting_of_kind_not_read(kind: &str, file: Place) -> Finding {
    let message = message!(
        "of {kind} files only the contents of cells are read: what is merged, hidden, shown in per cent \
         or raised is not known",
        "din fișierele {kind} se citește numai conținutul celulelor: nu se știe ce este îmbinat, ascuns, \
         afișat în procente sau ridicat",
    );
    found(&FORMATTING_NOT_READ, message).at(file).hint(save_as_xlsx())
}

/// A file of which only the contents of cells can be read.
pub(crate) fn formatting_not_read(file: Place) -> Finding {
    let message = message!(
        "only the contents of its cells could be read: what is merged, hidden, shown in per cent or \
         raised is not known",
        "s-a putut citi numai conținutul celulelor lui: nu se știe ce este îmbinat, ascuns, afișat în \
         procente sau ridicat",
    );
    found(&FORMATTING_NOT_READ, message).at(file).hint(save_as_xlsx())
}

fn save_as_xlsx() -> Message {
    message!(
        "save it as xlsx if any of it matters, and nothing needs to be guessed",
        "salvați-l ca xlsx dacă ceva din acestea contează; atunci nu rămâne nimic de ghicit",
    )
}
