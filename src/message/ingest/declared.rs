//! What a source declares about its rows and cells, and whether it acts: rows that are left out, units
//! behind numbers.

use super::values::CellProblem;
use super::{
    BRACKETS, DUPLICATE_UNIT, NO_EFFECT, NUMBER_FORMAT, Noun, ROWS, ROWS_DROPPED, ROWS_LEFT_OUT,
    UNITS_DIFFER, did_you_mean, found, list,
};
use crate::quality::{Finding, Message, Place, message};

/// Numbers in brackets that the study does not declare.
pub(crate) const BRACKETED: CellProblem = CellProblem {
    rule: &BRACKETS,
    words: || {
        message!(
            "with a number in brackets, which may be a minus or a value of weak reliability",
            "cu un număr în paranteze, care poate fi un minus sau o valoare puțin sigură",
        )
    },
    hint: || {
        message!(
            "look at the notes of the publisher and say which in the source: `brackets = \"value\"` \
             or `brackets = \"minus\"`",
            "citiți notele instituției care publică și spuneți la sursă: `brackets = \"value\"` sau \
             `brackets = \"minus\"`",
        )
    },
};

/// Numbers with a unit that not all numbers of the column carry.
pub(crate) const UNIT: CellProblem = CellProblem {
    rule: &UNITS_DIFFER,
    words: || {
        message!(
            "with a unit beside the number that not all numbers of the column carry",
            "cu o unitate de măsură lângă număr, pe care nu o au toate numerele coloanei",
        )
    },
    hint: || {
        message!(
            "write all numbers of the column in one unit",
            "scrieți toate numerele coloanei în aceeași unitate",
        )
    },
};

/// The same finding where this is the unit that most of the numbers with another one carry.
pub(crate) fn or_one_unit(finding: Finding, unit: &str) -> Finding {
    let unit = unit.replace(['"', '\\'], "");
    finding.hint(message!(
        "write all numbers of the column in one unit; where the others are meant in `{unit}` too, say it in \
         the measure: `unit = \"{unit}\"`",
        "scrieți toate numerele coloanei în aceeași unitate; dacă și celelalte sunt în `{unit}`, spuneți-o \
         la măsură: `unit = \"{unit}\"`",
    ))
}

/// The unit that the numbers of a measure carry.
pub(crate) fn unit_in_cells(measure: &str, unit: &str, place: Place) -> Finding {
    let message = message!(
        "the numbers carry `{unit}` and are read as written: `100 {unit}` is 100",
        "numerele au alături `{unit}` și se citesc cum sunt scrise: `100 {unit}` este 100",
    );
    found(&NUMBER_FORMAT, message.about(measure)).at(place)
}

/// A declared unit that no number carries.
pub(crate) fn unit_unused(measure: &str, unit: &str, place: Place) -> Finding {
    let message = message!(
        "no number carries the unit `{unit}` that the measure declares",
        "niciun număr nu are unitatea `{unit}` declarată la măsură",
    );
    found(&NO_EFFECT, message.about(measure)).at(place).hint(message!(
        "leave `unit` out, or write it as in the file",
        "ștergeți `unit` sau scrieți-o ca în fișier",
    ))
}

/// Areas with several rows, and the columns that tell these apart; `line` takes the newest of them.
pub(crate) fn several_rows(
    [areas, rows]: [usize; 2],
    columns: &[String],
    line: &str,
    place: Place,
) -> Finding {
    let areas =
        Noun::new(["area stands", "areas stand"], ["arie apare", "arii apar"]).counted(areas);
    let message = message!(
        "{areas} in several rows, {rows} in all, which differ in {columns}; none was given a value",
        "{areas} pe mai multe rânduri, în total {rows}, care diferă prin {columns}; niciuna nu a primit \
         vreo valoare";
        areas = areas,
        rows = ROWS.counted(rows),
        columns = list(columns.iter().map(String::as_str), 6),
    );
    found(&DUPLICATE_UNIT, message).at(place).hint(message!(
        "say in the source which row is meant; the newest is taken by `{line}`",
        "spuneți la sursă ce rând se ia; cel mai nou este luat prin `{line}`",
    ))
}

/// Rows of areas that `parts` would sum although some are the totals of the others.
pub(crate) fn totals_among_parts(
    areas: usize,
    columns: &[String],
    line: &str,
    place: Place,
) -> Finding {
    let message = message!(
        "{areas} in several rows, of which some are totals of the others by {columns}: summed, each would \
         count twice; none is read",
        "{areas} în mai multe rânduri, dintre care unele sunt totaluri ale celorlalte, după {columns}: \
         adunate, s-ar număra de două ori; nu se citește niciunul";
        areas = Noun::new(["area stands", "areas stand"], ["arie apare", "arii apar"]).counted(areas),
        columns = list(columns.iter().map(String::as_str), 6),
    );
    found(&DUPLICATE_UNIT, message).at(place).hint(message!(
        "take the totals alone, by `{line}` in place of `parts`, or leave them out by a condition of `rows`",
        "luați doar totalurile, prin `{line}` în loc de `parts`, sau lăsați-le deoparte printr-o condiție \
         `rows`",
    ))
}

/// Rows that `skip` leaves out.
pub(crate) fn rows_skipped(beginning: &str, places: Vec<Place>) -> Finding {
    let rows = Noun::new(["row begins", "rows begin"], ["rând începe", "rânduri încep"]);
    let message = message!(
        "{rows} with `{beginning}` and give no values, as `skip` declares",
        "{rows} cu `{beginning}` și nu dau valori, cum declară `skip`";
        rows = rows.counted(places.len()),
    );
    found(&ROWS_DROPPED, message).places(places)
}

/// Rows that name an area and begin as `skip` says.
pub(crate) fn skip_names_areas(beginning: &str, places: Vec<Place>) -> Finding {
    let rows = Noun::new(["row names", "rows name"], ["rând numește", "rânduri numesc"]);
    let message = message!(
        "{rows} an area and begin with `{beginning}` of `skip`; no area is left out",
        "{rows} o arie și încep cu `{beginning}` din `skip`; nicio arie nu se lasă deoparte";
        rows = rows.counted(places.len()),
    );
    found(&ROWS_LEFT_OUT, message).places(places).hint(message!(
        "write so much of the beginning that it fits the notes alone",
        "scrieți din început atât cât să se potrivească doar notelor",
    ))
}

/// The same finding for a row without numbers, which begins with some words: it may be a note.
pub(crate) fn or_a_note(finding: Finding, words: &str) -> Finding {
    let beginning: Vec<&str> = words.split_whitespace().take(3).collect();
    let skip = format!("`skip = [\"{}\"]`", beginning.join(" ").replace(['"', '\\'], ""));
    let note = message!(
        "the row has no numbers: if it is a note, leave it out by {skip} in the source",
        "rândul nu are numere: dacă este o notă, lăsați-l deoparte prin {skip} la sursă",
    );
    let hint = match &finding.hint {
        Some(hint) => message!("{hint}; {note}", "{hint}; {note}"; hint = hint, note = note),
        None => note,
    };
    finding.hint(hint)
}

/// A beginning of rows in `skip` with which no row begins.
pub(crate) fn skip_unused(beginning: &str) -> Finding {
    let message = message!(
        "no row begins with `{beginning}` of `skip`",
        "niciun rând nu începe cu `{beginning}` din `skip`",
    );
    found(&NO_EFFECT, message).hint(message!(
        "leave it out, or write it as the first cell of the row begins",
        "ștergeți-l sau scrieți-l cum începe prima celulă a rândului",
    ))
}

/// Rows of text alone that `skip` leaves out by class.
pub(crate) fn notes_skipped(places: Vec<Place>) -> Finding {
    let rows = Noun::new(["row is", "rows are"], ["rând este doar", "rânduri sunt doar"]);
    let message = message!(
        "{rows} nothing but one text that names no area, left out by the class `note` of `skip`",
        "{rows} un text care nu numește o arie; clasa `note` din `skip` lasă deoparte ce este așa";
        rows = rows.counted(places.len()),
    );
    found(&ROWS_DROPPED, message).places(places)
}

/// Totals of no known area that `skip` leaves out by class.
pub(crate) fn totals_skipped(places: Vec<Place>) -> Finding {
    let rows = Noun::new(
        ["row is a total", "rows are totals"],
        ["rând este un total", "rânduri sunt totaluri"],
    );
    let message = message!(
        "{rows} of no known area, left out by the class `total` of `skip`",
        "{rows} fără o arie cunoscută; clasa `total` din `skip` lasă deoparte ce este așa";
        rows = rows.counted(places.len()),
    );
    found(&ROWS_DROPPED, message).places(places)
}

/// A class of rows in `skip` that no row needs.
pub(crate) fn class_unused(class: &str) -> Finding {
    let message = message!(
        "no row is left out by the class `{class}` of `skip`",
        "niciun rând nu este lăsat deoparte prin clasa `{class}` din `skip`",
    );
    found(&NO_EFFECT, message).hint(message!(
        "leave it out: notes and totals that are known for what they are need no `skip`",
        "ștergeți-o: notele și totalurile recunoscute ca atare nu au nevoie de `skip`",
    ))
}

/// Rows for which the condition of `rows` does not hold.
pub(crate) fn rows_left_out(condition: &str, rows: usize, kept: usize, place: Place) -> Finding {
    let message = message!(
        "{left} left out, {kept} taken, as `rows` declares: {condition}",
        "{left} deoparte, {kept}, cum declară `rows`: {condition}";
        left = Noun::new(["row is", "rows are"], ["rând este lăsat", "rânduri sunt lăsate"]).counted(rows),
        kept = Message {
            en: kept.to_string(),
            ro: Noun::new(["", ""], ["rând este luat", "rânduri sunt luate"]).counted(kept).ro,
        },
    );
    found(&ROWS_DROPPED, message).at(place)
}

/// Rows that name an area and lack a cell which the condition of `rows` needs.
pub(crate) fn rows_unanswered(condition: &str, places: Vec<Place>) -> Finding {
    let message = message!(
        "in {rows} of areas a cell is empty, or no number, that `rows` needs ({condition}); no value is \
         taken from them",
        "pe {rows} cu arii, o celulă de care are nevoie `rows` ({condition}) este goală sau nu este număr; \
         din ele nu se ia nicio valoare";
        rows = ROWS.counted(places.len()),
    );
    found(&ROWS_LEFT_OUT, message).places(places).hint(message!(
        "where the cell above is meant, name the column in `fill`; else write it into the file",
        "unde este valabilă celula de deasupra, numiți coloana în `fill`; altfel scrieți-o în fișier",
    ))
}

/// A condition that holds for no row.
pub(crate) fn no_row_taken(condition: &str, place: Place) -> Finding {
    let message = message!(
        "`rows` holds for no row that names an area: {condition}",
        "`rows` nu este adevărată pentru niciun rând care numește o arie: {condition}",
    );
    found(&ROWS_LEFT_OUT, message).at(place).hint(message!(
        "look which values stand together in the file",
        "verificați ce valori apar împreună în fișier",
    ))
}

/// A value in the condition of `rows` that its column has in no file; `near` is the one among `values`
/// that was probably meant.
pub(crate) fn value_missing(
    column: &str,
    value: &str,
    near: Option<&str>,
    values: &[String],
    place: Place,
) -> Finding {
    let message = message!(
        "column `{column}`, which `rows` compares, never holds `{value}`",
        "coloana `{column}`, pe care o compară `rows`, nu conține niciodată `{value}`",
    );
    let all = message!(
        "it holds {values}",
        "conține {values}";
        values = list(values.iter().map(String::as_str), 20),
    );
    found(&ROWS_LEFT_OUT, message).at(place).hint(did_you_mean(near, all))
}
