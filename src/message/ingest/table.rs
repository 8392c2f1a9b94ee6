//! Where a table is: its header, its columns, its rows.

use super::{
    COLUMN_DIFFERS, COLUMN_MISSING, COUNTIES_DIFFER, HEADER_DETECTED, HEADER_MARKED,
    HEADER_REPEATED, HIDDEN_COLUMN, KEY_MISSING, LONG_ROW, Noun, OUTSIDE_REGISTER, RAGGED_ROW,
    ROWS, Refusal, SECOND_BLOCK, SECOND_HEADER, UNITS, did_you_mean, found, list,
};
use crate::language::{numbered, thousands};
use crate::quality::{Finding, Message, Place, message};

/// The header that was found because none was declared.
pub(crate) fn header_detected(rows: &[u32], place: Place) -> Finding {
    let texts: Vec<String> = rows.iter().map(u32::to_string).collect();
    let list = texts.join(", ");
    let message = if rows.len() == 1 {
        message!("the header is row {list}", "antetul este rândul {list}")
    } else {
        message!("the header is rows {list}", "antetul este pe rândurile {list}")
    };
    found(&HEADER_DETECTED, message).at(place)
}

/// A header with a footnote mark behind the text that the study writes.
pub(crate) fn header_marked(wanted: &str, header: &str, place: Place) -> Finding {
    let message = message!(
        "the column `{wanted}` is headed `{header}`; a mark like this refers to a note, so read it",
        "coloana `{wanted}` are antetul `{header}`; un asemenea semn trimite la o notă, care trebuie \
         citită",
    );
    found(&HEADER_MARKED, message).at(place)
}

/// Areas that stand side by side: how many, in which row.
pub(crate) fn transposed_words(areas: usize, row: u32) -> Message {
    message!(
        "{areas} of the register stand side by side in row {row}, one a column: the table is transposed",
        "{areas} din registru stau una lângă alta pe rândul {row}, câte una pe coloană: tabelul este \
         transpus";
        areas = UNITS.counted(areas),
    )
}

/// What to do about a transposed table.
pub(crate) fn turn_round() -> Message {
    message!(
        "a source has one row for each area: turn the table round in the spreadsheet (copy, paste \
         special, transpose) and save it",
        "o sursă are un rând pentru fiecare arie: întoarceți tabelul în foaia de calcul (copiere, \
         lipire specială, transpunere) și salvați-l",
    )
}

/// A text that several columns have, whose whole headers differ.
pub(crate) fn several_columns<'l>(
    wanted: &str,
    count: usize,
    labels: impl IntoIterator<Item = &'l str>,
) -> Refusal {
    let hint = message!(
        "name the whole header, one of {names}",
        "scrieți antetul întreg, unul dintre {names}";
        names = list(labels, 6),
    );
    Refusal::new(columns_called(wanted, count), hint)
}

/// A text that several columns have, and nothing but their letters tells them apart.
pub(crate) fn equal_columns<'l>(
    wanted: &str,
    count: usize,
    letters: impl IntoIterator<Item = &'l str>,
) -> Refusal {
    let hint = message!(
        "name the column by its letter: {names}",
        "numiți coloana prin litera ei: {names}";
        names = list(letters, 6),
    );
    Refusal::new(columns_called(wanted, count), hint)
}

fn columns_called(wanted: &str, count: usize) -> Message {
    let columns =
        Noun::new(["column is", "columns are"], ["coloană se numește", "coloane se numesc"]);
    let columns = columns.counted(count);
    message!("{columns} called `{wanted}`", "{columns} `{wanted}`"; columns = columns)
}

/// A column that is not there; `near` is the one among `labels` that was probably meant.
pub(crate) fn no_column(wanted: &str, near: Option<&str>, labels: &[String]) -> Refusal {
    let hint = if near.is_none() && labels.is_empty() {
        message!("the file has no header there", "fișierul nu are antet acolo")
    } else {
        let names = list(labels.iter().map(String::as_str), 30);
        let there_are =
            message!("the columns are {names}", "coloanele sunt {names}"; names = names);
        did_you_mean(near, there_are)
    };
    Refusal::new(message!("there is no column `{wanted}`", "nu există coloana `{wanted}`"), hint)
}

/// The same where the column was to hold the county, which stands in the name of the sheet or file, or
/// above the header.
pub(crate) fn county_elsewhere(refusal: Refusal, name: &str, from: &str) -> Refusal {
    let Refusal { message, hint } = refusal;
    let key = format!("`key = {{ name = \"{name}\", county_from = \"{from}\" }}`");
    let place = county_place(from);
    let hint = message!(
        "{place} names the county: write {key}, and `sheet = \"*\"` where each county has a sheet; {hint}",
        "{place} numește județul: scrieți {key} și `sheet = \"*\"`, dacă fiecare județ are o foaie; {hint}";
        place = place, hint = hint, key = Message::same(key),
    );
    Refusal { message, hint }
}

/// Two places that name different counties for the rows of a table: the one that the source declares, and
/// another.
pub(crate) fn counties_differ(places: [&str; 2], counties: [&str; 2]) -> Finding {
    let [place, other] = places.map(county_place);
    let [named, otherwise] = counties;
    let message = message!(
        "{place} names {named}, and {other} names {otherwise}: these rows are of one of them, and a name \
         may be that of a place in the other",
        "{place} numește {named}, iar {other} numește {otherwise}: rândurile sunt ale unuia dintre ele, iar o \
         denumire poate fi a unui loc din celălalt";
        place = place, other = other,
        named = Message::same(named), otherwise = Message::same(otherwise),
    );
    found(&COUNTIES_DIFFER, message).hint(message!(
        "find out whose rows these are, and have the sheet renamed or its title corrected",
        "aflați ale cui sunt rândurile și cereți redenumirea foii sau corectarea titlului",
    ))
}

/// A place where the county of a whole table may stand, by its word in `county_from`.
fn county_place(from: &str) -> Message {
    match from {
        "sheet" => message!("the name of the sheet", "numele foii"),
        "file" => message!("the name of the file", "numele fișierului"),
        _ => message!("a line above the header", "un rând de deasupra antetului"),
    }
}

/// A column that a source names and its file does not have.
pub(crate) fn column_missing(refusal: Refusal, place: Place) -> Finding {
    refusal.finding(&COLUMN_MISSING).at(place)
}

/// A measure that selects labels in a table of columns.
pub(crate) fn labels_in_a_table(measure: &str) -> Finding {
    let message = message!(
        "`{measure}` says `where`, which the layout `table` does not have",
        "`{measure}` spune `where`, ceea ce așezarea `table` nu are",
    );
    found(&COLUMN_MISSING, message).hint(message!(
        "name its `column`, or say `layout = \"tempo\"`",
        "numiți-i coloana în `column` sau scrieți `layout = \"tempo\"`",
    ))
}

/// A source that does not say which column names the area of a row.
pub(crate) fn key_undeclared() -> Finding {
    let message = message!(
        "the source does not say which column names the area of a row",
        "sursa nu spune ce coloană numește aria unui rând",
    );
    found(&KEY_MISSING, message).hint(message!(
        "add `key = {{ code = \"…\" }}`, `{{ name = \"…\", county = \"…\" }}` or \
         `{{ county = \"…\" }}`",
        "adăugați `key = {{ code = \"…\" }}`, `{{ name = \"…\", county = \"…\" }}` sau \
         `{{ county = \"…\" }}`",
    ))
}

/// A file of which more than `most` rows name no area of the level.
pub(crate) fn too_many_unnamed_rows(level: &str, most: usize, place: Place) -> Finding {
    let message = message!(
        "more than {most} rows name no {level} of the register, so it is not read on",
        "peste {randuri} nu numesc nimic de nivelul `{level}` din registru, așa că nu se \
         citește mai departe",
        randuri = numbered(most, "rând", "rânduri"),
        most = thousands(most),
    );
    found(&KEY_MISSING, message).hint(look_at_key()).at(place)
}

/// A file with many more rows than the level has areas.
pub(crate) fn too_many_rows(level: &str, rows: usize, line: Option<&str>, place: Place) -> Finding {
    let message = message!(
        "{named} rows name a {level}, many more than there are",
        "{numite} numesc ceva de nivelul `{level}`, mult mai multe decât există",
        numite = numbered(rows, "rând", "rânduri"),
        named = thousands(rows),
    );
    let hint = match line {
        Some(line) => message!(
            "say in the source which of the rows of an area is meant; the newest is taken by `{line}`",
            "spuneți la sursă care dintre rândurile unei arii se ia; cel mai nou este luat prin `{line}`",
        ),
        None => message!(
            "a table has one row an area: say which in `rows = \"…\"`, or `layout = \"tempo\"` where it is \
             an export of INS TEMPO",
            "un tabel are un rând pentru o arie: spuneți care în `rows = \"…\"` sau scrieți \
             `layout = \"tempo\"`, dacă este un export INS TEMPO",
        ),
    };
    found(&KEY_MISSING, message).hint(hint).at(place)
}

/// A file of which none of `rows` rows names an area; with what the column of the key holds, and how
/// many of them are parts of units.
pub(crate) fn no_area(
    level: &str,
    rows: usize,
    parts: usize,
    examples: &[String],
    place: Place,
) -> Finding {
    let message = message!(
        "none of {rows} names a {level} of the register",
        "niciunul din {rows} nu numește ceva de nivelul `{level}` din registru";
        rows = ROWS.counted(rows),
    );
    if parts > 0 {
        let message = message.clone();
        return found(&KEY_MISSING, message).at(place).hint(message!(
            "{parts} villages or sectors: for counts and amounts add `parts = \"sum\"` to the source, \
             and each unit gets the sum of its rows",
            "{parts} sate sau sectoare: pentru numărători și sume de bani adăugați la sursă \
             `parts = \"sum\"`, iar fiecare unitate primește suma rândurilor ei";
            parts = Noun::new(["row is of", "rows are of"], ["rând este pentru", "rânduri sunt pentru"])
                .counted(parts),
        ));
    }
    let hint = message!(
        "{look}; the column holds {examples}",
        "{look}; coloana conține {examples}";
        look = look_at_key(),
        examples = list(examples.iter().map(String::as_str), 3),
    );
    found(&KEY_MISSING, message).hint(hint).at(place)
}

fn look_at_key() -> Message {
    message!(
        "look whether `key` names the right column and `level` the right areas",
        "verificați dacă `key` numește coloana bună și `level` ariile bune",
    )
}

/// A table whose key and numbers stand below each other: the areas are its columns.
pub(crate) fn transposed(key: &str, measure: &str, place: Place) -> Finding {
    let message = message!(
        "`{key}` and `{measure}` stand below each other in one column: the areas are the columns of this \
         table, not its rows",
        "`{key}` și `{measure}` apar una sub alta, în aceeași coloană: ariile sunt coloanele acestui \
         tabel, nu rândurile lui",
    );
    found(&KEY_MISSING, message).at(place).hint(message!(
        "turn the table in the spreadsheet (copy, Paste Special, Transpose) and save it",
        "întoarceți tabelul în foaia de calcul (copiere, Lipire specială, Transpunere) și salvați-l",
    ))
}

/// A second block of columns beside the one that is read: its key column has the same header and names
/// so many units.
pub(crate) fn second_block(
    header: &str,
    [own, other]: &[String; 2],
    units: usize,
    place: Place,
) -> Finding {
    let message = message!(
        "column `{other}` is called `{header}` like the key in column `{own}` and names {units}: a second \
         block of the table stands beside the first and is not read",
        "coloana `{other}` se numește `{header}`, la fel ca cheia din coloana `{own}`, și numește {units}: \
         lângă primul bloc al tabelului este un al doilea, care nu se citește";
        units = UNITS.counted(units),
    );
    found(&SECOND_BLOCK, message).at(place).hint(message!(
        "read it as a source of its own, with its columns by their letters, and join both in the formula: \
         `COALESCE(first.x, second.x)`",
        "citiți-l ca sursă proprie, cu coloanele numite prin litere, și uniți-le în formulă: \
         `COALESCE(prima.x, a_doua.x)`",
    ))
}

/// A row that the study declares to lie outside of the register.
pub(crate) fn outside_register(place: Place) -> Finding {
    let message = message!(
        "rows outside of the register by declaration, which give no value",
        "rânduri declarate în afara registrului, care nu dau nicio valoare",
    );
    found(&OUTSIDE_REGISTER, message).at(place)
}

/// A header that stands again between rows of data and says the same.
pub(crate) fn header_repeated(place: Place) -> Finding {
    let message = message!(
        "the header stands again between the rows; it says the same and is skipped",
        "antetul apare din nou printre rânduri; spune același lucru și este sărit",
    );
    found(&HEADER_REPEATED, message).at(place)
}

/// A header between rows of data under which other columns stand: `found` where `expected` was.
pub(crate) fn second_header(expected: &str, text: &str, place: Place) -> Finding {
    let message = message!(
        "a second header stands here, with `{text}` in the column of `{expected}`; nothing below it \
         is read",
        "aici începe un al doilea antet, cu `{text}` în coloana `{expected}`; de aici în jos nu se \
         citește nimic",
    );
    found(&SECOND_HEADER, message).at(place).hint(message!(
        "two tables stand on one sheet: put the second on a sheet or into a file of its own, with a \
         source of its own",
        "pe aceeași foaie sunt două tabele: puneți-l pe al doilea pe altă foaie sau în alt fișier, cu \
         o sursă proprie",
    ))
}

/// Rows of a text file with more fields than the header, parted by `delimiter`.
pub(crate) fn long_rows(places: Vec<Place>, delimiter: Option<char>) -> Finding {
    let rows = Noun::new(["row has", "rows have"], ["rând are", "rânduri au"]);
    let message = message!(
        "{rows} more fields than the header; no value is taken from them",
        "{rows} mai multe câmpuri decât antetul; din ele nu se ia nicio valoare";
        rows = rows.counted(places.len()),
    );
    let hint = if delimiter == Some(',') {
        message!(
            "fields are parted by commas: numbers with a decimal comma, and texts with a comma, must \
             stand between quotes (`\"2,37\"`); or export with `;`",
            "câmpurile sunt despărțite prin virgulă: numerele cu virgulă zecimală și textele cu virgulă \
             trebuie puse între ghilimele (`\"2,37\"`); sau exportați cu `;`",
        )
    } else {
        message!(
            "look for a delimiter inside a text that is not quoted",
            "căutați un separator într-un text care nu este între ghilimele",
        )
    };
    found(&LONG_ROW, message).places(places).hint(hint)
}

/// Columns chosen by their letter or number above which two files of a source say different things.
pub(crate) fn column_differs(
    wanted: &str,
    first: &str,
    here: &str,
    [first_place, place]: [Place; 2],
) -> Finding {
    let message = if first_place.file == place.file {
        message!(
            "column `{wanted}` is `{here}` on this sheet and `{first}` on the sheet `{sheet}`",
            "coloana `{wanted}` este `{here}` pe această foaie și `{first}` pe foaia `{sheet}`",
            sheet = first_place.sheet.unwrap_or_default(),
        )
    } else {
        message!(
            "column `{wanted}` is `{here}` in this file and `{first}` in `{file}`",
            "coloana `{wanted}` este `{here}` în acest fișier și `{first}` în `{file}`",
            file = first_place.file,
        )
    };
    found(&COLUMN_DIFFERS, message).at(place).hint(message!(
        "name the column by its header instead of its letter, or give this table a source of its own",
        "numiți coloana prin antetul ei, nu prin literă, sau dați acestui tabel o sursă proprie",
    ))
}

/// A column that is read and that the spreadsheet does not show.
pub(crate) fn hidden_column(column: &str, place: Place) -> Finding {
    let message = message!(
        "the column `{column}`, which is read, is hidden in the spreadsheet",
        "coloana `{column}`, care se citește, este ascunsă în foaia de calcul",
    );
    found(&HIDDEN_COLUMN, message).at(place).hint(message!(
        "show it in the spreadsheet and see whether it is the one that is meant",
        "afișați-o în foaia de calcul și vedeți dacă este cea dorită",
    ))
}

/// Rows that end before the last column of the header.
pub(crate) fn ragged_rows(places: Vec<Place>) -> Finding {
    let rows = Noun::new(["row has", "rows have"], ["rând are", "rânduri au"]);
    let message = message!(
        "{rows} fewer fields than the header",
        "{rows} mai puține câmpuri decât antetul";
        rows = rows.counted(places.len()),
    );
    found(&RAGGED_ROW, message).places(places).hint(message!(
        "look for a delimiter inside a text that is not quoted",
        "căutați un separator într-un text care nu este între ghilimele",
    ))
}
