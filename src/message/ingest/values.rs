//! What the cells of a measure say: numbers, marks, states, problems, and what is implausible in them.

use super::{
    AMBIGUOUS_NUMBERS, BROKEN_COUNT, CELLS, DATE_IN_NUMBERS, ERROR_CELL, FORMULA_NOT_CALCULATED,
    FRACTIONS_AS_PERCENTS, MERGED_VALUE, MISSING_VALUES, MIXED_SCALE, NEGATIVE_COUNT, NOT_FINITE,
    NUMBER_FORMAT, Noun, PERCENT_FORMAT, READ_AS_ZERO, SENTINEL, TEXT_AMONG_NUMBERS,
    TEXT_IN_NUMBERS, UNDECLARED_MARK, counted_texts, found, number,
};
use crate::quality::{Finding, Message, Place, Rule, Severity, message};

/// The decimal mark and the thousands mark of a column in words: `decimal comma, thousands parted
/// by a point`.
pub(crate) fn number_marks(decimal: char, thousands: Option<char>) -> Message {
    let decimal = if decimal == ',' {
        message!("decimal comma", "virgulă zecimală")
    } else {
        message!("decimal point", "punct zecimal")
    };
    let thousands = match thousands {
        None => message!("no mark between thousands", "niciun semn între mii"),
        Some(',') => message!("thousands parted by a comma", "mii despărțite prin virgulă"),
        Some('.') => message!("thousands parted by a point", "mii despărțite prin punct"),
        Some(' ') => message!("thousands parted by a space", "mii despărțite prin spațiu"),
        Some(_) => message!("thousands parted by an apostrophe", "mii despărțite prin apostrof"),
    };
    message!("{decimal}, {thousands}", "{decimal}, {thousands}"; decimal = decimal, thousands = thousands)
}

/// The number format that was decided for a measure.
pub(crate) fn number_format(measure: &str, marks: &Message, place: Place) -> Finding {
    found(&NUMBER_FORMAT, marks.clone().about(measure)).at(place)
}

/// The number format that was decided for a measure, because another column settles its decimal
/// mark.
pub(crate) fn number_format_by_neighbour(
    measure: &str,
    marks: &Message,
    letters: &str,
    decimal: char,
    place: Place,
) -> Finding {
    let message = message!(
        "{marks}, as column `{letters}` uses `{decimal}` for decimals",
        "{marks}, pentru că în coloana `{letters}` zecimalele sunt scrise cu `{decimal}`";
        marks = marks,
    );
    found(&NUMBER_FORMAT, message.about(measure)).at(place)
}

/// Numbers of a table that can be read in two ways; `mark` is the one that does not say what it is.
/// For a rate the reading with decimals is proposed first.
pub(crate) fn ambiguous_column(
    measure: &str,
    example: &str,
    mark: char,
    rate: bool,
    place: Place,
) -> Finding {
    let other = if mark == '.' { ',' } else { '.' };
    let plain: String = example.chars().filter(|&letter| letter != mark).collect();
    let message = message!(
        "`{measure}`: `{example}` can be read as {plain} or as {decimals}",
        "`{measure}`: `{example}` se poate citi ca {plain} sau ca {zecimale}",
        zecimale = example.replace(mark, ","),
        decimals = example.replace(mark, "."),
    );
    let thousands = format!("`numbers = {{ decimal = \"{other}\", thousands = \"{mark}\" }}`");
    let decimal = format!("`numbers = {{ decimal = \"{mark}\" }}`");
    let (first, second) = if rate { (decimal, thousands) } else { (thousands, decimal) };
    found(&AMBIGUOUS_NUMBERS, message)
        .at(place)
        .hint(message!("say which: {first} or {second}", "spuneți care: {first} sau {second}"))
}

/// Numbers of a TEMPO file that can be read in two ways.
pub(crate) fn ambiguous_values(measure: &str, example: &str, place: Place) -> Finding {
    let message = message!(
        "`{example}` can be read in two ways",
        "`{example}` se poate citi în două feluri",
    );
    found(&AMBIGUOUS_NUMBERS, message.about(measure)).at(place).hint(message!(
        "say which, as in `numbers = {{ decimal = \",\" }}`",
        "spuneți care, de exemplu `numbers = {{ decimal = \",\" }}`",
    ))
}

/// Two texts that cannot be numbers of one format.
pub(crate) fn number_conflict(measure: &str, first: &str, second: &str, place: Place) -> Finding {
    let message = message!(
        "`{first}` and `{second}` cannot be numbers of one format",
        "`{first}` și `{second}` nu pot fi numere scrise în același fel",
    );
    found(&AMBIGUOUS_NUMBERS, message.about(measure)).at(place).hint(message!(
        "write the numbers of the column in one way",
        "scrieți numerele coloanei în același fel",
    ))
}

/// So many cells that are shown in per cent and stored as fractions, with others that are not where
/// the column is `mixed`.
pub(crate) fn percent_cells(measure: &str, cells: usize, mixed: bool, place: Place) -> Finding {
    let shown = Noun::new(["cell", "cells"], ["celulă afișată", "celule afișate"]);
    let hint = if mixed {
        message!(
            "write all numbers of the column in one scale: multiplied by 100 the others would be wrong",
            "scrieți toate numerele coloanei la aceeași scară: înmulțite cu 100, celelalte ar fi greșite",
        )
    } else {
        message!(
            "multiply by 100 in the formula of the indicator if it is to be in per cent",
            "înmulțiți cu 100 în formula indicatorului, dacă trebuie să fie în procente",
        )
    };
    let mixed = if mixed { message!(", others are not", ", altele nu") } else { Message::same("") };
    let message = message!(
        "`{measure}`: {cells} shown in per cent but stored as fractions{mixed}; read as stored",
        "`{measure}`: {cells} în procente, cu numere păstrate ca fracții{mixed}; se citesc cum sunt \
         păstrate";
        cells = shown.counted(cells),
        mixed = mixed,
    );
    found(&PERCENT_FORMAT, message).at(place).hint(hint)
}

/// Numbers of which some carry a per cent sign.
pub(crate) fn mixed_percent_signs(measure: &str, place: Place) -> Finding {
    let message = message!(
        "`{measure}`: some numbers carry `%` and others do not; read as written",
        "`{measure}`: unele numere au `%`, altele nu; citite cum sunt scrise",
    );
    found(&PERCENT_FORMAT, message).at(place).hint(message!(
        "write all numbers of the column in one way",
        "scrieți toate numerele coloanei în același fel",
    ))
}

/// Numbers that carry a per cent sign.
pub(crate) fn percent_signs(measure: &str, place: Place) -> Finding {
    let message = message!(
        "`{measure}`: the numbers carry `%`, read as written: `5 %` is 5",
        "`{measure}`: numerele au `%`, citite cum sunt scrise: `5 %` este 5",
    );
    found(&NUMBER_FORMAT, message).at(place)
}

/// Why cells give no number: what stands behind their count, and what to do.
pub(crate) struct CellProblem {
    pub(super) rule: &'static Rule,
    pub(super) words: fn() -> Message,
    pub(super) hint: fn() -> Message,
}

impl CellProblem {
    /// What was found, behind the number of cells.
    pub(crate) fn words(&self) -> Message {
        (self.words)()
    }
}

/// Texts that are neither numbers nor declared marks.
pub(crate) const TEXT: CellProblem = CellProblem {
    rule: &TEXT_IN_NUMBERS,
    words: || message!("with a text where a number should stand", "cu un text în locul unui număr"),
    hint: || {
        message!(
            "correct the file, or declare what the text means, as in \
             `missing = {{ \"n/a\" = \"not-available\" }}`",
            "corectați fișierul sau declarați ce înseamnă textul, de exemplu \
             `missing = {{ \"n/a\" = \"not-available\" }}`",
        )
    },
};

/// Numbers of which one stands for several units.
pub(crate) const MERGED: CellProblem = CellProblem {
    rule: &MERGED_VALUE,
    words: || {
        message!(
            "in a cell merged over several units, which none of them gets",
            "dintr-o celulă îmbinată peste mai multe unități, pe care nu o primește niciuna",
        )
    },
    hint: || {
        message!(
            "ask the publisher for the number of each unit",
            "cereți instituției care publică numărul fiecărei unități",
        )
    },
};

/// Dashes that the study does not declare.
pub(crate) const DASH: CellProblem = CellProblem {
    rule: &UNDECLARED_MARK,
    words: || message!("with a dash that nobody declared", "cu o liniuță nedeclarată"),
    hint: || {
        message!(
            "look at the notes of the publisher and declare what it means in this source: \
             `\"not-available\"`, `\"not-applicable\"`, `\"confidential\"`, or, where the publisher says so, \
             `missing = {{ \"-\" = \"zero\" }}`",
            "citiți notele instituției care publică și declarați ce înseamnă în această sursă: \
             `\"not-available\"`, `\"not-applicable\"`, `\"confidential\"` sau, dacă așa spune instituția, \
             `missing = {{ \"-\" = \"zero\" }}`",
        )
    },
};

/// Dates.
pub(crate) const DATE: CellProblem = CellProblem {
    rule: &DATE_IN_NUMBERS,
    words: || {
        message!(
            "with a date where a number should stand",
            "cu o dată calendaristică în locul unui număr",
        )
    },
    hint: || {
        message!(
            "a spreadsheet made a date of what was typed, such as `1-9` or `1.9`, and its number is now \
             another one: ask the publisher for the number and type it again as a text",
            "foaia de calcul a făcut o dată din ce s-a scris, de exemplu `1-9` sau `1.9`, iar numărul \
             ei este acum altul: cereți valoarea instituției care publică și rescrieți-o ca text",
        )
    },
};

/// Errors of a spreadsheet.
pub(crate) const ERROR: CellProblem = CellProblem {
    rule: &ERROR_CELL,
    words: || {
        message!(
            "with a spreadsheet error, read as not available",
            "cu o eroare de calcul tabelar, citită ca indisponibilă",
        )
    },
    hint: || {
        message!("correct the formula in the workbook", "corectați formula din registrul de calcul",)
    },
};

/// Formulas without a value.
pub(crate) const UNCALCULATED: CellProblem = CellProblem {
    rule: &FORMULA_NOT_CALCULATED,
    words: || {
        message!(
            "with a formula that was never calculated",
            "cu o formulă care nu a fost calculată niciodată",
        )
    },
    hint: || {
        message!(
            "open the workbook in Excel, let it calculate, and save",
            "deschideți registrul de calcul în Excel, lăsați-l să calculeze și salvați-l",
        )
    },
};

/// Numbers that are not finite.
pub(crate) const INFINITE: CellProblem = CellProblem {
    rule: &NOT_FINITE,
    words: || message!("with a number that is not finite", "cu un număr care nu este finit"),
    hint: || {
        message!("correct the cell in the workbook", "corectați celula din registrul de calcul")
    },
};

/// Cells of a measure that give no number for one reason.
pub(crate) fn cell_problem(measure: &str, problem: &CellProblem, places: Vec<Place>) -> Finding {
    let message = message!(
        "{cells} {words}",
        "{cells} {words}";
        cells = CELLS.counted(places.len()),
        words = problem.words(),
    );
    let is_of_texts = [TEXT_IN_NUMBERS.id, UNDECLARED_MARK.id].contains(&problem.rule.id);
    let texts = if is_of_texts { counted_texts(&places) } else { Vec::new() };
    // Several texts may mean several things: each is listed with its count.
    let message = if texts.len() > 1 {
        let shown = texts.iter().take(MOST_TEXTS).map(|(text, cells)| format!("`{text}` {cells}×"));
        let shown = Message::same(shown.collect::<Vec<_>>().join(", "));
        let texts = shown.and_more(texts.len().saturating_sub(MOST_TEXTS));
        message!("{message}: {texts}", "{message}: {texts}"; message = message, texts = texts)
    } else {
        message
    };
    found(problem.rule, message.about(measure)).hint((problem.hint)()).places(places)
}

/// The most texts that are listed of a column.
const MOST_TEXTS: usize = 12;

/// Counts below zero.
pub(crate) fn negative_counts(measure: &str, places: Vec<Place>) -> Finding {
    let message = message!(
        "{cells} below zero in a count",
        "{cells} sub zero într-un număr de persoane sau cazuri";
        cells = CELLS.counted(places.len()),
    );
    found(&NEGATIVE_COUNT, message.about(measure)).places(places).hint(message!(
        "correct the file, or declare another `nature` if it is not a count",
        "corectați fișierul sau declarați altă `nature`, dacă nu este o numărare",
    ))
}

/// Cells that are zero because the source declares what stands in them to mean it.
pub(crate) fn marked_zeros(measure: &str, mark: &str, places: Vec<Place>) -> Finding {
    let seen = seen_as(mark);
    let message = message!(
        "{cells} {seen}, read as zero as the study declares",
        "{cells} {seen}, cu înțelesul de zero, cum declară studiul";
        cells = CELLS.counted(places.len()),
        seen = seen,
    );
    found(&READ_AS_ZERO, message.about(measure)).places(places)
}

fn seen_as(mark: &str) -> Message {
    match mark {
        "" => message!("empty", "fără conținut"),
        mark => message!("written `{mark}`", "cu semnul `{mark}`"),
    }
}

/// Cells without a value that nobody measured; `mark` is what stands in them.
pub(crate) fn not_available(measure: &str, mark: &str, places: Vec<Place>) -> Finding {
    let state = match places.len() {
        1 => message!("not available", "indisponibilă"),
        _ => message!("not available", "indisponibile"),
    };
    missing_values(measure, &state, mark, places)
}

/// Cells whose value the publisher withholds; `mark` is what stands in them.
pub(crate) fn confidential(measure: &str, mark: &str, places: Vec<Place>) -> Finding {
    let state = match places.len() {
        1 => message!("confidential", "confidențială"),
        _ => message!("confidential", "confidențiale"),
    };
    missing_values(measure, &state, mark, places)
}

/// Cells where a value has no meaning; `mark` is what stands in them.
pub(crate) fn not_applicable(measure: &str, mark: &str, places: Vec<Place>) -> Finding {
    let state = message!("not applicable", "unde nu se aplică");
    missing_values(measure, &state, mark, places)
}

fn missing_values(measure: &str, state: &Message, mark: &str, places: Vec<Place>) -> Finding {
    let seen = seen_as(mark);
    let message = message!(
        "{cells} {state}, {seen}",
        "{cells} {state}, {seen}";
        cells = CELLS.counted(places.len()),
        state = state,
        seen = seen,
    );
    found(&MISSING_VALUES, message.about(measure)).places(places)
}

/// Numbers of a count that are not whole: `most` of them, or a few; with three decimals, where a
/// mark of thousands was probably taken for a decimal point (`thousands`).
pub(crate) fn broken_count(
    measure: &str,
    example: f64,
    [most, thousands]: [bool; 2],
    places: Vec<Place>,
) -> Finding {
    let message = message!(
        "{cells} of a count not whole, such as {example}",
        "{cells} dintr-o numărătoare fără valoare întreagă, de exemplu {example}";
        cells = CELLS.counted(places.len()),
        example = number(example),
    );
    let hint = if thousands {
        message!(
            "a spreadsheet may have taken the mark between thousands for a decimal mark, so that \
             1.274 stands for 1274: look at the publisher's table, and correct the file",
            "o foaie de calcul poate să fi luat semnul miilor drept semn zecimal, astfel că 1,274 \
             înseamnă 1274: verificați tabelul publicat și corectați fișierul",
        )
    } else {
        message!(
            "correct the file; for an estimate with decimals declare `nature = \"amount\"`",
            "corectați fișierul; pentru o estimare cu zecimale declarați `nature = \"amount\"`",
        )
    };
    let severity = if most { Severity::Warning } else { Severity::Error };
    let finding = found(&BROKEN_COUNT, message.about(measure)).places(places).hint(hint);
    finding.weighing(severity)
}

/// Cells that hold a number by which files say that there is none.
pub(crate) fn sentinel(measure: &str, code: f64, places: Vec<Place>) -> Finding {
    let code = code.to_string();
    let message = message!(
        "{cells} with `{code}`, far from all other numbers: probably the mark of a missing value",
        "{cells} cu `{code}`, departe de toate celelalte numere: probabil semnul unei valori lipsă";
        cells = CELLS.counted(places.len()),
    );
    found(&SENTINEL, message.about(measure)).places(places).hint(message!(
        "declare what it means: `missing = {{ \"{code}\" = \"not-available\" }}`; if it is a value, \
         accept this finding with a reason",
        "declarați ce înseamnă: `missing = {{ \"{code}\" = \"not-available\" }}`; dacă este o valoare, \
         acceptați constatarea, cu un motiv",
    ))
}

/// Numbers up to 1 that are like the others when multiplied by a hundred.
pub(crate) fn mixed_scale(measure: &str, count: usize, places: Vec<Place>) -> Finding {
    let message = message!(
        "{cells} of at most 1, far below the others and like them when multiplied by 100: fractions \
         among per cents",
        "{cells} de cel mult 1, mult sub celelalte și la fel cu ele după înmulțirea cu 100: fracții \
         printre procente";
        cells = CELLS.counted(count),
    );
    found(&MIXED_SCALE, message.about(measure)).places(places).hint(message!(
        "write all numbers of the column in one scale; if they are right, accept this finding with a \
         reason",
        "scrieți toate numerele coloanei la aceeași scară; dacă sunt corecte, acceptați constatarea, \
         cu un motiv",
    ))
}

/// Numbers of which none is above 1 under a header that speaks of per cent.
pub(crate) fn fractions_as_percents(measure: &str, count: usize) -> Finding {
    let message = message!(
        "the header speaks of per cent and none of {cells} is above 1: they may be fractions",
        "antetul vorbește de procente și niciuna din {cells} nu depășește 1: pot fi fracții";
        cells = CELLS.counted(count),
    );
    found(&FRACTIONS_AS_PERCENTS, message.about(measure)).hint(message!(
        "look at the publisher's table; multiply by 100 in the formula of the indicator if they are",
        "verificați tabelul publicat; dacă sunt fracții, înmulțiți cu 100 în formula indicatorului",
    ))
}

/// Numbers that are texts in a column stored as numbers.
pub(crate) fn text_among_numbers(measure: &str, places: Vec<Place>) -> Finding {
    let message = message!(
        "{cells} written as text among stored numbers, read as it stands there",
        "{cells} ca text printre numere păstrate ca numere, citit cum este scris";
        cells = Noun::new(["cell", "cells"], ["celulă scrisă", "celule scrise"])
            .counted(places.len()),
    );
    found(&TEXT_AMONG_NUMBERS, message.about(measure)).places(places).hint(message!(
        "they were probably typed by hand: compare them with the publisher's table",
        "probabil au fost scrise de mână: comparați-le cu tabelul publicat",
    ))
}
