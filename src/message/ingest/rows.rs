//! Which area a row is about, by its code, its name or its label.

use super::{
    ALIAS_USED, AMBIGUOUS_NAME, CODE_NAME_MISMATCH, COUNTY_MISSING, DUPLICATE_UNIT, FALLBACK_MATCH,
    KEY_FILLED, MOJIBAKE, NEAR_MATCH, Noun, PARTS_SUMMED, ROWS, ROWS_DROPPED, UNITS, UNKNOWN_CODE,
    UNKNOWN_LEVEL, UNKNOWN_NAME, did_you_mean, found, list,
};
use crate::language::Label;
use crate::quality::{Finding, Message, Place, message};

/// Villages.
pub(crate) const VILLAGES: Noun = Noun::new(["village", "villages"], ["sat", "sate"]);
/// Sectors of Bucharest.
pub(crate) const SECTORS: Noun = Noun::new(
    ["sector of Bucharest", "sectors of Bucharest"],
    ["sector al municipiului București", "sectoare ale municipiului București"],
);
/// Rows of counties.
pub(crate) const COUNTY_ROWS: Noun =
    Noun::new(["county row", "county rows"], ["rând de județ", "rânduri de județ"]);
/// Rows of regions and macroregions.
pub(crate) const REGION_ROWS: Noun = Noun::new(
    ["region or macroregion row", "region or macroregion rows"],
    ["rând de regiune sau macroregiune", "rânduri de regiune sau macroregiune"],
);
/// Rows of the whole country.
pub(crate) const NATIONAL_ROWS: Noun = Noun::new(
    ["national row", "national rows"],
    ["rând de total pe țară", "rânduri de total pe țară"],
);
/// Notes and headings.
pub(crate) const NOTES: Noun =
    Noun::new(["note or heading", "notes and headings"], ["notă sau titlu", "note și titluri"]);
/// Blank rows.
pub(crate) const BLANK_ROWS: Noun =
    Noun::new(["blank row", "blank rows"], ["rând gol", "rânduri goale"]);

/// A level that the register does not have; `near` is the one that was probably meant.
pub(crate) fn unknown_level<'l>(
    level: &str,
    near: Option<&str>,
    levels: impl IntoIterator<Item = &'l str>,
) -> Finding {
    let message =
        message!("the register has no level `{level}`", "registrul nu are nivelul `{level}`");
    let levels = message!(
        "the levels are {levels}",
        "nivelurile sunt {levels}";
        levels = list(levels, 12),
    );
    found(&UNKNOWN_LEVEL, message).hint(did_you_mean(near, levels))
}

/// What to do about a code or name that the register does not have.
fn correct_or_alias() -> Message {
    message!("correct the file or add an alias", "corectați fișierul sau adăugați un alias")
}

/// A unit or area recognised by its folded name. The same words for all rows, so that they become
/// one finding with many places.
pub(crate) fn fallback_match() -> Finding {
    let message = message!(
        "names recognised after folding case, diacritics, prefixes and punctuation",
        "denumiri recunoscute fără majuscule, diacritice, prefixe și punctuație",
    );
    found(&FALLBACK_MATCH, message)
}

/// A name that is one letter away from that of `known`.
pub(crate) fn near_match(text: &str, known: &str) -> Finding {
    let message = message!(
        "`{text}` was taken for {known}, one letter away",
        "`{text}` a fost luat drept {known}, la o literă diferență",
    );
    found(&NEAR_MATCH, message).hint(message!(
        "add an alias if that is right, correct the file if not",
        "adăugați un alias dacă este bine, corectați fișierul dacă nu",
    ))
}

/// A name that an alias explains.
pub(crate) fn alias_used(text: &str, known: &str, reason: &Label) -> Finding {
    let message = message!(
        "`{text}` is {known}: {en}",
        "`{text}` este {known}: {ro}",
        en = &reason.en,
        ro = &reason.ro,
    );
    found(&ALIAS_USED, message)
}

/// Letters in names that Romanian does not have.
pub(crate) fn wrong_letters() -> Finding {
    let message = message!(
        "letters that Romanian does not have stand in names: the file was decoded wrongly",
        "în denumiri apar litere pe care româna nu le are: fișierul a fost decodat greșit",
    );
    found(&MOJIBAKE, message).hint(message!(
        "say `encoding = \"windows-1250\"` or `\"iso-8859-2\"`, or save the file again as UTF-8",
        "scrieți `encoding = \"windows-1250\"` sau `\"iso-8859-2\"` ori salvați din nou \
         fișierul ca UTF-8",
    ))
}

/// Letters in names that were lost before the file reached us.
pub(crate) fn lost_letters() -> Finding {
    let message = message!(
        "`?` stands in names where a letter was lost before the file reached us",
        "în denumiri apare `?` în locul unei litere pierdute înainte ca fișierul să ajungă la noi",
    );
    found(&MOJIBAKE, message).hint(message!(
        "ask the publisher for an undamaged file",
        "cereți instituției care publică un fișier nedeteriorat",
    ))
}

/// Rows with numbers whose key cells are all empty.
pub(crate) fn numbers_without_area() -> Finding {
    let message = message!(
        "rows with numbers name no area: their key cells are empty",
        "rânduri cu numere care nu numesc nicio arie: celulele-cheie sunt goale",
    );
    found(&UNKNOWN_NAME, message).hint(message!(
        "find out what each row is about: where the key is written once for the rows below it, name its \
         column in `fill`; a subtotal is left out by `skip`; else write the area into the file",
        "aflați despre ce este fiecare rând: unde cheia este scrisă o singură dată pentru rândurile de sub \
         ea, numiți coloana în `fill`; un subtotal se lasă deoparte prin `skip`; altfel scrieți aria în \
         fișier",
    ))
}

/// A row that has a name and no code; `code_of_name` is the code of the unit that is called so.
pub(crate) fn no_code(name: &str, code_of_name: Option<&str>) -> Finding {
    let message = message!("the row of `{name}` has no code", "rândul cu `{name}` nu are cod");
    found(&UNKNOWN_CODE, message).hint(unless_named(code_of_name))
}

/// A code that the register does not have; `code_of_name` is the code of the unit of the name in
/// the row.
pub(crate) fn unknown_code(code: &str, is_mistyped: bool, code_of_name: Option<&str>) -> Finding {
    let message = if is_mistyped {
        message!(
            "the register has no unit with the code `{code}`, and its control digit does not \
             fit: probably mistyped",
            "registrul nu are nicio unitate cu codul `{code}`, iar cifra de control nu se \
             potrivește: probabil greșit scris",
        )
    } else {
        message!(
            "the register has no unit with the code `{code}`",
            "registrul nu are nicio unitate cu codul `{code}`",
        )
    };
    found(&UNKNOWN_CODE, message).hint(unless_named(code_of_name))
}

fn unless_named(code_of_name: Option<&str>) -> Message {
    match code_of_name {
        Some(code) => message!(
            "the name beside it is that of `{code}`; {advice}",
            "denumirea de alături este a codului `{code}`; {advice}";
            advice = correct_or_alias(),
        ),
        None => correct_or_alias(),
    }
}

/// A code and a name of different units: the code is that of `known`, the name that of `code_of_name`
/// where it is known.
pub(crate) fn code_name_mismatch(
    code: &str,
    known: &str,
    name: &str,
    code_of_name: Option<&str>,
) -> Finding {
    let hint = match code_of_name {
        Some(other) => message!(
            "`{name}` is the name of `{other}`; find out which of the two the row is about",
            "`{name}` este denumirea codului `{other}`; aflați despre care dintre cele două \
             este rândul",
        ),
        None => message!(
            "find out which of the two the row is about, then {advice}",
            "aflați despre care dintre cele două este rândul, apoi {advice}";
            advice = correct_or_alias(),
        ),
    };
    let message = message!(
        "the code `{code}` is that of {known}, the name beside it is `{name}`",
        "codul `{code}` este al unității {known}, denumirea de alături este `{name}`",
    );
    found(&CODE_NAME_MISMATCH, message).hint(hint)
}

/// A label that names no area of the level; `near` are the areas that it may mean.
pub(crate) fn unknown_area(level: &str, label: &str, near: &[&str]) -> Finding {
    let message = message!(
        "the register has no {level} `{label}`",
        "la nivelul `{level}`, registrul nu are `{label}`",
    );
    let hint = if near.is_empty() {
        correct_or_alias()
    } else {
        message!(
            "did you mean {names}? {advice}",
            "ați vrut să scrieți {names}? {advice}";
            names = list(near.iter().copied(), 3),
            advice = correct_or_alias(),
        )
    };
    found(&UNKNOWN_NAME, message).hint(hint)
}

/// A name that several units have.
pub(crate) fn ambiguous_name(name: &str, units: &[String]) -> Finding {
    let message = message!(
        "`{name}` is the name of {count}",
        "`{name}` este denumirea a {count}";
        count = UNITS.counted(units.len()),
    );
    found(&AMBIGUOUS_NAME, message).hint(it_may_be(units))
}

/// A name that the register does not have, in a county where one stands with it; `units` are those
/// that it may mean.
pub(crate) fn unknown_name(name: &str, county: Option<&str>, units: &[String]) -> Finding {
    let message = match county {
        Some(county) => message!(
            "the register has no unit `{name}` in `{county}`",
            "registrul nu are unitatea `{name}` în `{county}`",
        ),
        None => {
            message!("the register has no unit `{name}`", "registrul nu are unitatea `{name}`")
        }
    };
    // what has no letters is not misspelt: an alias would make a value of a row that is out of step
    found(&UNKNOWN_NAME, message).hint(if name.contains(char::is_alphabetic) {
        it_may_be(units)
    } else {
        message!(
            "that is no name: look whether its row lacks a field or has one too many",
            "aceasta nu este o denumire: vedeți dacă rândului îi lipsește un câmp sau are unul în plus",
        )
    })
}

fn it_may_be(units: &[String]) -> Message {
    if units.is_empty() {
        return correct_or_alias();
    }
    message!(
        "it may be {names}; {advice}",
        "poate fi {names}; {advice}";
        names = list(units.iter().map(String::as_str), 4),
        advice = correct_or_alias(),
    )
}

/// Names whose county cell is empty, in the column of that name. The same words for all rows, so that
/// they become one finding with many places.
pub(crate) fn county_missing(column: &str) -> Finding {
    let message = message!(
        "names stand beside an empty county, and a name alone may be that of a place elsewhere",
        "denumiri apar lângă un județ gol, iar o denumire singură poate fi a unui loc din altă parte",
    );
    found(&COUNTY_MISSING, message).hint(message!(
        "where the county is written once for the rows below it, add `fill = [\"{column}\"]` to the \
         source; else write it into every row",
        "unde județul este scris o singură dată pentru rândurile de sub el, adăugați la sursă \
         `fill = [\"{column}\"]`; altfel scrieți-l pe fiecare rând",
    ))
}

/// Names that stand where no county is known yet: above the first row of a county, or beside an empty label.
pub(crate) fn county_not_known() -> Finding {
    let message = message!(
        "names stand where their county is not known, and a name alone may be that of a place elsewhere",
        "denumiri apar unde județul lor nu este cunoscut, iar o denumire singură poate fi a unui loc din altă \
         parte",
    );
    found(&COUNTY_MISSING, message).hint(message!(
        "look at what stands above these rows: the row of their county may be missing, or be misspelt",
        "verificați ce apare deasupra acestor rânduri: rândul județului lor poate lipsi sau poate fi greșit \
         scris",
    ))
}

/// Names in a column that has neither codes nor counties beside it.
pub(crate) fn name_alone() -> Finding {
    let message = message!(
        "names stand without a code and without their county, and a name alone may be that of a \
         place elsewhere",
        "denumiri apar fără cod și fără județ, iar o denumire singură poate fi a unui loc din altă \
         parte",
    );
    found(&COUNTY_MISSING, message).hint(message!(
        "write the codes in front of the names, or say where the county stands: \
         `key = {{ name = \"…\", county = \"…\" }}`, or `county_from`",
        "scrieți codurile în fața denumirilor sau spuneți unde apare județul: \
         `key = {{ name = \"…\", county = \"…\" }}` sau `county_from`",
    ))
}

/// A sheet whose name should say the county, and does not say one.
pub(crate) fn no_county_in_sheet(name: Option<&str>) -> Finding {
    let message = match name {
        Some(name) => message!(
            "the name of the sheet `{name}` says no county, or more than one",
            "numele foii `{name}` nu spune niciun județ sau spune mai multe",
        ),
        None => message!(
            "a text file has no sheet whose name could say the county",
            "un fișier text nu are o foaie al cărei nume să spună județul",
        ),
    };
    found(&COUNTY_MISSING, message).hint(message!(
        "rename the sheet after its county, or say where else the county stands: \
         `county_from = \"title\"`, `\"file\"`, `\"section\"`",
        "numiți foaia după județul ei sau spuneți unde mai apare județul: `county_from = \"title\"`, \
         `\"file\"`, `\"section\"`",
    ))
}

/// A table above whose header the county should stand, and does not.
pub(crate) fn no_county_in_title() -> Finding {
    let message = message!(
        "the lines above the header name no county, or more than one",
        "rândurile de deasupra antetului nu numesc niciun județ sau numesc mai multe",
    );
    found(&COUNTY_MISSING, message).hint(message!(
        "say where else the county stands: `county_from = \"sheet\"`, `\"file\"`, `\"section\"`; or write \
         `Județul …` above the header",
        "spuneți unde mai apare județul: `county_from = \"sheet\"`, `\"file\"`, `\"section\"`; sau scrieți \
         `Județul …` deasupra antetului",
    ))
}

/// A file whose name should say the county, and does not say one.
pub(crate) fn no_county_in_file(name: &str) -> Finding {
    let message = message!(
        "the name of the file, `{name}`, says no county, or more than one",
        "numele fișierului, `{name}`, nu spune niciun județ sau spune mai multe",
    );
    found(&COUNTY_MISSING, message).hint(message!(
        "put the county into the name of the file, or say where else it stands: \
         `county_from = \"title\"`, `\"sheet\"`, `\"section\"`",
        "scrieți județul în numele fișierului sau spuneți unde mai apare: `county_from = \"title\"`, \
         `\"sheet\"`, `\"section\"`",
    ))
}

/// Key cells that are empty and repeat the merged cell which covers them.
pub(crate) fn filled_from_merged(column: &str, places: Vec<Place>) -> Finding {
    let message = message!(
        "in {rows} the key is that of the merged cell in column `{column}` which covers them",
        "pe {rows}, cheia este cea a celulei îmbinate din coloana `{column}` care le acoperă";
        rows = ROWS.counted(places.len()),
    );
    found(&KEY_FILLED, message).places(places)
}

/// Key cells that are empty and repeat the cell above, as the source declares.
pub(crate) fn filled_from_above(column: &str, places: Vec<Place>) -> Finding {
    let message = message!(
        "in {rows} the empty cell of column `{column}` repeats the one above, as `fill` declares",
        "pe {rows}, celula goală din coloana `{column}` o repetă pe cea de deasupra, cum declară `fill`";
        rows = ROWS.counted(places.len()),
    );
    found(&KEY_FILLED, message).places(places)
}

/// Names whose county stands in a row above, or in the name of the sheet or file.
pub(crate) fn county_from_above(places: Vec<Place>) -> Finding {
    let message = message!(
        "in {rows} the county is taken from where `county_from` says",
        "pe {rows}, județul este luat de unde spune `county_from`";
        rows = ROWS.counted(places.len()),
    );
    found(&KEY_FILLED, message).places(places)
}

/// Codes that a spreadsheet shows as dates.
pub(crate) fn codes_as_dates(column: &str, places: Vec<Place>) -> Finding {
    let message = message!(
        "in {rows} the code of column `{column}` is formatted as a date and matched by its number",
        "pe {rows}, codul din coloana `{column}` este formatat ca dată și este recunoscut după număr";
        rows = ROWS.counted(places.len()),
    );
    found(&KEY_FILLED, message).places(places)
}

/// Key cells with a raised mark behind the name.
pub(crate) fn names_without_marks(column: &str, places: Vec<Place>) -> Finding {
    let message = message!(
        "in {rows} the raised mark in column `{column}` was taken for a footnote mark",
        "pe {rows}, semnul ridicat din coloana `{column}` a fost luat drept notă de subsol";
        rows = ROWS.counted(places.len()),
    );
    found(&KEY_FILLED, message).places(places)
}

/// A unit or area that stands in several rows; of those that the spreadsheet does not show the spots.
pub(crate) fn duplicate_unit(name: &str, places: Vec<Place>, hidden: &[String]) -> Finding {
    let spots = list(hidden.iter().map(String::as_str), 4);
    let hidden = match hidden.len() {
        0 => Message::same(""),
        1 => {
            message!("; the row of {spots} is hidden", "; rândul cu {spots} este ascuns"; spots = spots)
        }
        _ => message!(
            "; the rows of {spots} are hidden",
            "; rândurile cu {spots} sunt ascunse";
            spots = spots,
        ),
    };
    let message = message!(
        "{name} stands in {rows} and was given no value{hidden}",
        "{name} apare pe {rows} și nu a primit nicio valoare{hidden}";
        rows = ROWS.counted(places.len()),
        hidden = hidden,
    );
    found(&DUPLICATE_UNIT, message).places(places).hint(message!(
        "find out which row is right, and delete the others; only where all rows of every such unit are its \
         parts (villages, sectors), `parts = \"sum\"` in the source adds them up",
        "aflați care rând este corect și ștergeți-le pe celelalte; doar dacă toate rândurile fiecărei astfel \
         de unități sunt părți ale ei (sate, sectoare), `parts = \"sum\"` la sursă le adună",
    ))
}

/// So many rows that are the parts of so many units.
pub(crate) fn rows_summed(units: usize, rows: usize) -> Finding {
    let message = message!(
        "{rows} are summed to {units}, as `parts` declares",
        "{rows} se adună în {units}, cum declară `parts`";
        units = UNITS.counted(units),
        rows = ROWS.counted(rows),
    );
    found(&PARTS_SUMMED, message)
}

/// Rows of a class that give no values.
pub(crate) fn rows_dropped(class: &Noun, places: Vec<Place>) -> Finding {
    let rows = class.counted(places.len());
    let message = if places.len() == 1 {
        message!("{rows} gives no value", "{rows} nu dă nicio valoare"; rows = rows)
    } else {
        message!("{rows} give no values", "{rows} nu dau valori"; rows = rows)
    };
    found(&ROWS_DROPPED, message).places(places)
}
