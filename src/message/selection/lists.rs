//! Sentences about the lists of a programme and the values of its formulas.

use super::LIST_ROWS;
use crate::language::{Language, Words, whole};
use crate::message::{ingest, labels, suggest};
use crate::quality::{Advice, Finding, Message, Place, Severity, message, sentences};

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

/// Rows of a list of answers that hold none.
pub(crate) fn rows_without_answer(list: &str) -> Finding {
    let message = message!(
        "rows with neither a decision nor a day: their units have not answered",
        "rânduri fără decizie și fără dată: unitățile lor nu au răspuns",
    );
    Finding::new(&ingest::ROWS_DROPPED, list, message)
}

/// A word that is no decision, in a file that writes decisions in a language, as far as that is known.
pub(crate) fn no_decision(word: &str, language: Option<Language>) -> Advice {
    const ANSWERS: [Words; 3] =
        [labels::ANSWER_ACCEPTED, labels::ANSWER_REFUSED, labels::ANSWER_WITHDRAWN];
    let of = |language| ANSWERS.iter().map(move |words| words.text(language));
    let known: Vec<&str> = match language {
        Some(language) => of(language).collect(),
        None => of(Language::Ro).chain(of(Language::En)).collect(),
    };
    let said = message!("`{word}` is no decision", "`{word}` nu este o decizie");
    said.advise(suggest(word, known))
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

sentences! {
    not_counted(label: &str, list: &str)
        "`{label}` is not counted by the study",
        "`{label}` nu este printre unitățile studiului"
        => "it stands in the list `{list}`",
           "se află în lista `{list}`";
    row_names_nobody(list: &str)
        "the row names no unit",
        "rândul nu numește nicio unitate"
        => "it stands in the list `{list}`",
           "se află în lista `{list}`";
    no_unit(label: &str, list: &str)
        "`{label}` is no unit of the register",
        "`{label}` nu este o unitate a registrului"
        => "it stands in the list `{list}`",
           "se află în lista `{list}`";
    no_reason(code: &str)
        "unit `{code}` is listed without a reason",
        "unitatea `{code}` este în listă fără motiv"
        => "fill the column `reason`, or give the list one in the programme",
           "completați coloana `reason` sau dați listei un motiv în program";
    no_length(text: &str)
        "`{text}` is no length of a border in metres",
        "`{text}` nu este o lungime de limită comună, în metri";
    own_neighbour(code: &str)
        "unit `{code}` cannot be its own neighbour",
        "unitatea `{code}` nu poate fi vecină cu ea însăși";
    no_day(text: &str)
        "`{text}` is no day such as 2026-11-20 or 20.11.2026",
        "`{text}` nu este o zi scrisă ca 20.11.2026 sau 2026-11-20";
    no_state(word: &str)
        "`{word}` is no state of a list",
        "`{word}` nu este o stare dintr-o listă"
        => "give the `selection.csv` of the run that was published",
           "dați fișierul `selection.csv` al rulării publicate";
    union_without_finite_cost(units: &str)
        "the union {units} has no finite cost",
        "asocierea {units} nu are un cost finit";
}

/// A formula without a whole number for units that may take a place; `names` lists them.
pub(crate) fn not_whole(formula: &str, units: usize, names: &Message) -> Message {
    message!(
        "`{formula}` is no whole number for {units} that may take a place: {names}",
        "`{formula}` nu dă un număr întreg pentru {units}: {names}",
        ;
        names = names,
        units = Message::counted(
            units,
            ["unit", "units"],
            ["unitate care poate primi un loc", "unități care pot primi un loc"],
        ),
    )
}

/// A union without a cost.
pub(crate) fn union_without_cost(codes: &[String]) -> Message {
    union_without_finite_cost(&codes.join(" + "))
}

/// A sentence about a unit with its name, and the other units that it holds for: some by code and
/// name, and how many more.
pub(crate) fn same_for(
    message: &Message,
    name: Option<&str>,
    others: &[String],
    more: usize,
) -> Message {
    let mut text = message.clone();
    if let Some(name) = name {
        text = text.and(&format!(" ({name})"), &format!(" ({name})"));
    }
    if others.is_empty() {
        return text;
    }
    let list = others.join(", ");
    let (en, ro) = if others.len() == 1 && more == 0 {
        ("one more unit", "încă o unitate")
    } else {
        ("more units", "alte unități")
    };
    let text =
        text.and(&format!("; the same for {en}: {list}"), &format!("; la fel pentru {ro}: {list}"));
    match more {
        0 => text,
        more => text.and(
            &format!(", and {} more", whole(more, Language::En)),
            &format!(" și încă {}", whole(more, Language::Ro)),
        ),
    }
}

/// A sentence about several units and who they are.
pub(crate) fn who(message: &Message, names: &Message) -> Message {
    message!("{message}: {names}", "{message}: {names}"; message = message, names = names)
}

/// A unit by its code and name.
pub(crate) fn code_and_name(code: &str, name: Option<&str>) -> String {
    name.map_or_else(|| format!("`{code}`"), |name| format!("`{code}` ({name})"))
}

/// A programme as the place of a problem without a line.
pub(crate) fn programme(id: &str) -> String {
    format!("programme `{id}`")
}

/// A position that is not published: it would give a small count back.
pub(crate) fn withheld_position() -> Message {
    message!("a position that is withheld", "o poziție nepublicată")
}
