//! What a check of a study prints: coverage, sums, how a programme will be solved, the count.

use crate::language::Words;
use crate::quality::{Message, message, sentences};

/// What a table of coverage counts.
pub(crate) const COVERAGE: [Words; 6] = [
    Words::new("nivel", "level"),
    Words::new("valori", "values"),
    Words::new("din", "of"),
    Words::new("indisponibile", "not available"),
    Words::new("confidențiale", "confidential"),
    Words::new("neaplicabile", "not applicable"),
];

sentences! {
    coverage_of_measures()
        "coverage of measures",
        "acoperirea măsurilor";
    coverage_of_indicators()
        "coverage of indicators",
        "acoperirea indicatorilor";
    measure_unread(measure: &str)
        "`{measure}` could not be read",
        "`{measure}` nu a putut fi citită";
    selects_nobody(programme: &str)
        "programme `{programme}` selects nobody: need beside supply",
        "programul `{programme}` nu selectează pe nimeni: pune necesarul lângă ce există";
    phase()
        "phase",
        "etapa";
    no_phase_solved(why: &Message)
        "  no phase can be solved: {why}",
        "  nicio etapă nu poate fi rezolvată: {why}";
    rows_used(rows: u64)
        "{rows} rows used",
        "rânduri folosite: {rows}";
    sums()
        "sums",
        "sume";
    equal()
        "equal",
        "egale";
    differ()
        "differ",
        "diferă";
    open()
        "open",
        "deschise";
    more_alike(more: usize, rule: &str, places: &Message)
        "  … and {more} more `{rule}`, in {places}",
        "  … și încă {more} `{rule}`, în {places}";
    to_accept()
        "           if that was looked at and is right, add to the study, with the reason:",
        "           dacă s-a verificat și este bine, adăugați în studiu, cu motivul:";
    accepted(reason: &str)
        "           accepted: {reason}",
        "           acceptată: {reason}";
}

/// So many cells, lines or files that a finding names.
pub(crate) fn places(places: usize) -> Message {
    Message::counted(places, ["place", "places"], ["apariție", "apariții"])
}

/// So many more than those shown.
pub(crate) fn more_places(more: usize) -> Message {
    let more = Message::counted(more, ["more place", "more places"], ["apariție", "apariții"]);
    message!("           and {more}", "           și încă {more}"; more = more)
}

/// A programme, and how many units may take a place.
pub(crate) fn may_take_a_place(programme: &str, units: usize) -> Message {
    let units = Message::counted(units, ["unit", "units"], ["unitate", "unități"]);
    message!(
        "programme `{programme}`: {units} may take a place",
        "programul `{programme}`: pot primi un loc {units}";
        units = units,
    )
}

/// How many doubts of a file are drawn, in so many runs of a design and of the sensitivity design.
pub(crate) fn assumptions(file: &str, drawn: usize, [runs, shares]: [u64; 2]) -> Message {
    let drawn = Message::counted(drawn, ["assumption", "assumptions"], ["ipoteză", "ipoteze"]);
    let (last, first) = if shares == 0 { (runs, None) } else { (shares, Some(runs)) };
    let last = usize::try_from(last).unwrap_or(usize::MAX);
    let last = Message::counted(last, ["run", "runs"], ["rulare", "rulări"]);
    let work = match first {
        Some(runs) => {
            let runs = Message::number(runs as f64, 0);
            message!("{runs} + {last}", "{runs} + {last}"; runs = runs, last = last)
        }
        None => last,
    };
    message!(
        "doubts `{file}`: {drawn}, {work}",
        "incertitudinile `{file}`: {drawn}, {work}";
        file = Message::same(file), drawn = drawn, work = work,
    )
}

/// How many findings were accepted, beside the others.
pub(crate) fn beside_accepted(count: usize) -> Message {
    message!("{count} accepted", "acceptate: {count}")
}

/// How many errors, warnings and notes there are, and how many were accepted.
pub(crate) fn counts([errors, warnings, notes]: [usize; 3], accepted: usize) -> Message {
    let accepted = match accepted {
        0 => Message::same(""),
        count => message!(", {accepted}", ", {accepted}"; accepted = beside_accepted(count)),
    };
    message!(
        "{errors}, {warnings}, {notes}{accepted}; nothing was written",
        "{errors}, {warnings}, {notes}{accepted}; nu s-a scris nimic";
        errors = Message::counted(errors, ["error", "errors"], ["eroare", "erori"]),
        warnings = Message::counted(warnings, ["warning", "warnings"], ["avertizare", "avertizări"]),
        notes = Message::counted(notes, ["note", "notes"], ["notă", "note"]),
        accepted = accepted,
    )
}
