//! What checking a register or a table of aliases finds.

use super::declare;
use crate::language::numbered;
use crate::quality::{Finding, Message, Place, message, sentences};

declare! {
    REGISTER_INVALID = "register-invalid", Error,
        "a register or alias table that cannot be used as it stands",
        "un registru sau un tabel de alias-uri care nu poate fi folosit așa cum este";
    CHECK_DIGIT = "check-digit", Note,
        "a code whose control digit does not fit; membership in the register decides",
        "un cod a cărui cifră de control nu se potrivește; hotărăște prezența în registru";
}

/// The subject of findings about the register.
const SUBJECT: &str = "register";

/// Something wrong with a line of an alias file, and what to do about it.
fn alias(place: Place, message: Message, hint: Message) -> Finding {
    Finding::new(&REGISTER_INVALID, SUBJECT, message).hint(hint).at(place)
}

/// A line of an alias file that cannot be read.
pub(crate) fn alias_unreadable(line: Place) -> Finding {
    alias(
        line,
        message!(
            "the line cannot be read as CSV in UTF-8",
            "linia nu poate fi citită ca CSV în UTF-8",
        ),
        message!(
            "save the file as CSV UTF-8 with commas",
            "salvați fișierul ca CSV UTF-8 cu virgule",
        ),
    )
}

/// A column of an alias file that no alias file may have, beside those it may have.
pub(crate) fn alias_unknown_column(header: Place, name: &str, columns: &[&str]) -> Finding {
    let message = message!("unknown column `{name}`", "coloană necunoscută `{name}`");
    alias(header, message, alias_columns(columns))
}

/// A column that every alias file has.
pub(crate) fn alias_missing_column(header: Place, name: &str, columns: &[&str]) -> Finding {
    let message = message!("the column `{name}` is missing", "lipsește coloana `{name}`");
    alias(header, message, alias_columns(columns))
}

fn alias_columns(columns: &[&str]) -> Message {
    message!(
        "the columns are `{columns}`, between commas",
        "coloanele sunt `{columns}`, despărțite prin virgule",
        columns = columns.join("`, `"),
    )
}

/// A line of an alias file with more fields than its header.
pub(crate) fn alias_too_wide(line: Place) -> Finding {
    alias(
        line,
        message!(
            "the line has more fields than the header",
            "linia are mai multe câmpuri decât antetul",
        ),
        message!(
            "put a text that holds a comma between double quotes",
            "puneți între ghilimele duble un text care conține virgulă",
        ),
    )
}

/// An alias that does not say what files write.
pub(crate) fn alias_without_name(line: Place) -> Finding {
    alias(
        line,
        message!("`seen` is empty", "`seen` este gol"),
        message!(
            "write the name or code as the file has it",
            "scrieți denumirea sau codul cum sunt în fișier",
        ),
    )
}

/// An alias that does not say why.
pub(crate) fn alias_without_reason(line: Place) -> Finding {
    alias(
        line,
        message!("`reason` is empty", "`reason` este gol"),
        message!(
            "say why; the reason stands in every report",
            "scrieți de ce; motivul apare în fiecare raport",
        ),
    )
}

/// An alias whose column `from` or `until` holds no date.
pub(crate) fn alias_not_a_date(line: Place, name: &str) -> Finding {
    alias(
        line,
        message!("`{name}` is neither a year nor a day", "`{name}` nu este nici an, nici zi"),
        message!("write `2019` or `2019-07-01`", "scrieți `2019` sau `2019-07-01`"),
    )
}

/// An alias of a total that names an area.
pub(crate) fn alias_of_total_leads_on(line: Place) -> Finding {
    alias(
        line,
        message!("a `total` leads to no area", "un `total` nu duce la nicio arie"),
        message!("leave `to` empty", "lăsați `to` gol"),
    )
}

/// An alias that does not say which unit or area it means.
pub(crate) fn alias_without_target(line: Place) -> Finding {
    alias(
        line,
        message!("`to` is empty", "`to` este gol"),
        message!("write the code of the unit, or the area", "scrieți codul unității sau aria"),
    )
}

/// An alias for a county that the register does not have.
pub(crate) fn alias_unknown_county(line: Place, county: &str) -> Finding {
    alias(
        line,
        message!("the register has no county `{county}`", "registrul nu are județul `{county}`"),
        message!(
            "write it as in the column `county` of the register",
            "scrieți-l ca în coloana `county` a registrului",
        ),
    )
}

/// An alias of a unit that the register does not have.
pub(crate) fn alias_unknown_unit(line: Place, code: &str) -> Finding {
    alias(
        line,
        message!("the register has no unit `{code}`", "registrul nu are unitatea `{code}`"),
        message!(
            "`to` is the code of a unit; for an area say its `level`",
            "`to` este codul unei unități; pentru o arie spuneți-i nivelul în `level`",
        ),
    )
}

/// An alias of a level that the register does not have.
pub(crate) fn alias_unknown_level(line: Place, level: &str) -> Finding {
    alias(
        line,
        message!("the register has no level `{level}`", "registrul nu are nivelul `{level}`"),
        message!(
            "`level` is `uat`, `locality`, `total` or a column of the register",
            "`level` este `uat`, `locality`, `total` sau o coloană a registrului",
        ),
    )
}

/// An alias of an area that its level does not have.
pub(crate) fn alias_unknown_area(line: Place, level: &str, area: &str) -> Finding {
    alias(
        line,
        message!(
            "the register has no {level} `{area}`",
            "la nivelul `{level}`, registrul nu are `{area}`",
        ),
        message!("write it as the register does", "scrieți-o ca în registru"),
    )
}

/// A register in which a code stands twice.
pub(crate) fn duplicate_code(code: &str) -> Message {
    message!(
        "the code `{code}` appears twice in the register",
        "codul `{code}` apare de două ori în registru",
    )
}

/// A register with a unit that has no code.
pub(crate) fn empty_code(name: &str) -> Message {
    message!("the unit `{name}` has no code", "unitatea `{name}` nu are cod")
}

/// A register with a unit that has more or fewer values than there are columns.
pub(crate) fn wrong_width(code: &str, found: usize, expected: usize) -> Message {
    message!(
        "the unit `{code}` has {found} values for {expected} columns",
        "unitatea `{code}` are {valori} pentru {coloane}",
        valori = numbered(found, "valoare", "valori"),
        coloane = numbered(expected, "coloană", "coloane"),
    )
}

/// A register without units.
pub(crate) fn no_units() -> Message {
    message!("the register has no units", "registrul nu are unități")
}

sentences! {
    name_of_several(wanted: &str, count: usize, units: &str)
        "`{wanted}` is the name of {count} units",
        "`{wanted}` este denumirea mai multor unități ({count})"
        => "add the county, or use the code: {units}",
           "adăugați județul sau scrieți codul: {units}";
    no_counties()
        "the register has no column `county`",
        "registrul nu are coloana `county`"
        => "map one in `[register] columns`",
           "numiți coloana județului în `[register] columns`";
    unit_not_counted(unit: &str)
        "the study does not count {unit}",
        "studiul nu numără {unit}"
        => "its `[register] where` leaves it out",
           "o lasă deoparte `where` din `[register]`";
    county_not_counted(county: &str)
        "the study counts no unit of {county}",
        "studiul nu numără nicio unitate din {county}"
        => "its `[register] where` leaves them out",
           "le lasă deoparte `where` din `[register]`";
    no_unit(wanted: &str)
        "the register has no unit `{wanted}`",
        "registrul nu are unitatea `{wanted}`"
        => "use the code of the register, or the name with its county: `Apa, Satu Mare`",
           "scrieți codul din registru sau denumirea cu județul: `Apa, Satu Mare`";
    near_unit(wanted: &str, units: &str)
        "the register has no unit `{wanted}`",
        "registrul nu are unitatea `{wanted}`"
        => "did you mean {units}?",
           "ați vrut să scrieți {units}?";
    no_county(wanted: &str)
        "the register has no county `{wanted}`",
        "registrul nu are județul `{wanted}`"
        => "use its name or the letters of its plates: `Satu Mare`, `SM`",
           "scrieți denumirea sau indicativul auto: `Satu Mare`, `SM`";
    near_county(wanted: &str, near: &str)
        "the register has no county `{wanted}`",
        "registrul nu are județul `{wanted}`"
        => "did you mean {near}?",
           "ați vrut să scrieți {near}?";
}
