//! Keys of a source that change nothing in its files.

use super::{NO_EFFECT, OUTSIDE_REGISTER, found, list};
use crate::quality::{Finding, Message, message};

/// Marks that a source declares and that stand in no cell of its measures.
pub(crate) fn unseen_marks(marks: &[&str]) -> Finding {
    let message = message!(
        "`missing` declares {marks}, which no cell of a measure holds",
        "`missing` declară {marks}, care nu apare în nicio celulă a vreunei măsuri";
        marks = list(marks.iter().copied(), 12),
    );
    found(&NO_EFFECT, message).hint(message!(
        "compare the mark with the file letter by letter, or leave it out",
        "comparați semnul cu fișierul literă cu literă sau scoateți-l",
    ))
}

/// Rows of parts that are declared to be summed, where there are none.
pub(crate) fn nothing_summed() -> Finding {
    let message = message!(
        "`parts = \"sum\"` adds up nothing: no row is of a village or sector, and no unit stands in several",
        "`parts = \"sum\"` nu adună nimic: niciun rând nu este al unui sat sau sector și nicio unitate nu \
         apare de mai multe ori",
    );
    found(&NO_EFFECT, message).hint(leave_out())
}

/// Measures that declare what an area without a row means, where every area has one.
pub(crate) fn nobody_absent(measures: &[&str]) -> Finding {
    let message = message!(
        "`absent` of {measures} changes nothing: every area that is counted has a row",
        "`absent` la {measures} nu schimbă nimic: fiecare arie luată în calcul are un rând";
        measures = list(measures.iter().copied(), 12),
    );
    found(&NO_EFFECT, message).hint(leave_out())
}

/// Brackets that stand around no number.
pub(crate) fn no_brackets() -> Finding {
    let message = message!(
        "`brackets` is declared, and no number stands in brackets",
        "`brackets` este declarat, dar niciun număr nu stă în paranteze",
    );
    found(&NO_EFFECT, message).hint(leave_out())
}

/// A format of numbers where all numbers are stored.
pub(crate) fn no_written_number() -> Finding {
    let message = message!(
        "`numbers` is declared, and the file stores its numbers as numbers: how they are written \
         changes nothing",
        "`numbers` este declarat, dar fișierul își păstrează numerele ca numere: felul în care sunt \
         scrise nu schimbă nimic",
    );
    found(&NO_EFFECT, message).hint(leave_out())
}

/// A key of text files where there is none.
pub(crate) fn no_text_file(key: &str) -> Finding {
    let message = message!(
        "`{key}` is declared, and the file is a workbook, which says it by itself",
        "`{key}` este declarat, dar fișierul este un registru de calcul, care o spune singur",
    );
    found(&NO_EFFECT, message).hint(leave_out())
}

/// A sheet of a text file.
pub(crate) fn no_workbook() -> Finding {
    let message = message!(
        "`sheet` is declared, and a text file has no sheets",
        "`sheet` este declarat, dar un fișier text nu are foi",
    );
    found(&NO_EFFECT, message).hint(leave_out())
}

/// Columns to be filled that have no empty cell below a written one.
pub(crate) fn nothing_filled(columns: &[String]) -> Finding {
    let message = message!(
        "`fill` names {columns}, and no empty cell of it repeats the one above",
        "`fill` numește {columns}, dar nicio celulă goală nu o repetă pe cea de deasupra";
        columns = list(columns.iter().map(String::as_str), 4),
    );
    found(&NO_EFFECT, message).hint(leave_out())
}

/// Measures that were read and that no formula uses, of the methodology and perhaps of a programme.
pub(crate) fn unused_measures(method: &str, measures: &[&str], has_programme: bool) -> Finding {
    let programme = if has_programme {
        message!(" nor of the programme", " și nici a programului")
    } else {
        Message::same("")
    };
    let message = message!(
        "no formula of the methodology{programme} uses {measures}",
        "nicio formulă a metodologiei{programme} nu folosește {measures}";
        programme = programme,
        measures = list(measures.iter().copied(), 8),
    );
    Finding::new(&NO_EFFECT, method.to_owned(), message)
}

/// Areas outside of the register of which there is no row.
pub(crate) fn nobody_outside(labels: &[String]) -> Finding {
    let message = message!(
        "`outside` names {labels}, and no row is about them",
        "`outside` numește {labels}, dar niciun rând nu este despre ele";
        labels = list(labels.iter().map(String::as_str), 8),
    );
    found(&NO_EFFECT, message).hint(leave_out())
}

/// Whether a finding is about rows outside of the register.
pub(crate) fn is_outside(finding: &Finding) -> bool {
    finding.rule == OUTSIDE_REGISTER.id
}

fn leave_out() -> Message {
    message!("leave the key out", "scoateți cheia")
}
