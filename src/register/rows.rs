//! Tells what a row of a file is about before anybody reads its figures.

use super::labels::is_whole;
use super::matcher::{Matcher, number};
use super::matches::{CodeMatch, RowClass, is_place};
use super::names::Found;
use super::{LocalityKind, NATIONAL, UNIT};
use crate::spelling::Folded;

/// Beginnings of notes under and between tables, folded.
const NOTE_WORDS: [&str; 14] = [
    "nota",
    "note",
    "sursa",
    "surse",
    "source",
    "legenda",
    "observatii",
    "date provizorii",
    "date definitive",
    "din care",
    "of which",
    "in care",
    "atentie",
    "ultima actualizare",
];

/// Headings of groups of units, folded.
const GROUP_HEADINGS: [&str; 15] = [
    "municipii",
    "orase",
    "comune",
    "municipii si orase",
    "orase si municipii",
    "municipii orase si comune",
    "total municipii",
    "total orase",
    "total comune",
    "total municipii si orase",
    "urban",
    "rural",
    "mediul urban",
    "mediul rural",
    "sate",
];

/// Headers of the columns that name areas, folded.
const HEADER_WORDS: [&str; 22] = [
    "region",
    "regiune",
    "regiunea",
    "regiuni",
    "regiune de dezvoltare",
    "regiunea de dezvoltare",
    "regiuni de dezvoltare",
    "macroregiune",
    "macroregiunea",
    "judet",
    "judetul",
    "judete",
    "localitate",
    "localitatea",
    "localitati",
    "uat",
    "denumire",
    "denumire uat",
    "denumirea",
    "siruta",
    "cod siruta",
    "code",
];

/// A name longer than this is a sentence; the longest of the register and its localities has 26.
const LONGEST_NAME: usize = 60;

impl Matcher<'_> {
    /// The area whose total a row of units is, from the cells of [`Self::row_class`]: that of its
    /// code (`AB`), of its name (`JUDETUL ALBA`), or of its county where the name says `TOTAL`.
    /// `None` for rows that are no total, such as those of a county council.
    pub fn row_total(
        &self,
        code: Option<&str>,
        name: Option<&str>,
        county: Option<&str>,
    ) -> Option<(String, usize)> {
        let of_code = |code| match self.code(code) {
            CodeMatch::Area { level, area } => Some((level, area)),
            CodeMatch::Unit(..) | CodeMatch::Locality { .. } | CodeMatch::Unknown { .. } => None,
        };
        match self.row_class(code, name, county) {
            RowClass::County | RowClass::Region | RowClass::National => {}
            RowClass::Unit
            | RowClass::Village
            | RowClass::Sector
            | RowClass::Note
            | RowClass::Blank => return None,
        }
        let label = name.map(Folded::of).unwrap_or_default();
        if label.words().first().is_some_and(|word| word == "consiliul") {
            return None;
        }
        let county = county.filter(|county| !is_whole(&Folded::of(county)));
        let by_name = || match name.filter(|_| !label.is_empty()) {
            Some(_) if is_whole(&label) && county.is_some() => self.total_of(UNIT, county?),
            Some(name) => self.total_of(UNIT, name),
            None => self.total_of(UNIT, county.or(code).unwrap_or("TOTAL")),
        };
        code.and_then(of_code).or_else(by_name)
    }

    /// What a row is about, from what stands in its code, name and county cells. County and region
    /// rows are recognised before any prefix is stripped from a name.
    pub fn row_class(
        &self,
        code: Option<&str>,
        name: Option<&str>,
        county: Option<&str>,
    ) -> RowClass {
        let [code, name, county] =
            [code, name, county].map(|cell| cell.filter(|text| !is_blank(text)));
        if is_letter_row(&[code, name, county]) {
            return RowClass::Note;
        }
        match (code, name, county) {
            (None, None, None) => RowClass::Blank,
            (Some(code), name, county) => by_code(self, code, name, county),
            (None, Some(name), county) => by_name(self, name, county),
            (None, None, Some(county)) => heading(self, county).unwrap_or(RowClass::Note),
        }
    }
}

fn by_code(matcher: &Matcher, code: &str, name: Option<&str>, county: Option<&str>) -> RowClass {
    match matcher.code(code) {
        CodeMatch::Unit(..) => return RowClass::Unit,
        CodeMatch::Locality { name, .. } => {
            let number = number(code.trim()).unwrap_or(code.trim());
            let place = matcher.gazetteer().localities().get(number);
            let sector = place
                .map_or(is_sector(&Folded::of(&name)), |place| place.kind == LocalityKind::Sector);
            return if sector { RowClass::Sector } else { RowClass::Village };
        }
        CodeMatch::Area { level, .. } => return of_level(&level),
        CodeMatch::Unknown { .. } => {}
    }
    // A text in the column of codes: a total, a heading, or a code that nobody knows.
    if let Some(class) = heading(matcher, code) {
        return class;
    }
    match name {
        Some(name) => match by_name(matcher, name, county) {
            // A known place under an unknown code stays, so that the code is reported.
            RowClass::Village => RowClass::Unit,
            class => class,
        },
        None if code.chars().count() > LONGEST_NAME || code.trim().contains(' ') => RowClass::Note,
        None => RowClass::Unit,
    }
}

fn by_name(matcher: &Matcher, name: &str, county: Option<&str>) -> RowClass {
    let label = Folded::of(name);
    // `TOTAL` beside the name of a county is that county's total.
    let county = county.filter(|county| !is_whole(&Folded::of(county)));
    if is_whole(&label) {
        let Some(county) = county else { return RowClass::National };
        return match heading(matcher, county) {
            Some(RowClass::Region) => RowClass::Region,
            _ => RowClass::County,
        };
    }
    if is_header(&label) {
        return RowClass::Note;
    }
    if label.speaks_of_county() {
        return RowClass::County;
    }
    if name.trim().bytes().all(|byte| byte.is_ascii_alphabetic())
        && let CodeMatch::Area { level, .. } = matcher.code(name)
    {
        return of_level(&level);
    }
    if is_sector(&label) {
        return RowClass::Sector;
    }
    let found = matcher.found(name, county);
    let indented = name.starts_with("  ") || name.starts_with('\u{a0}');
    match found {
        Found::Unit(..) if county.is_some() => return RowClass::Unit,
        // The census tells villages from the commune of their name by indenting them.
        Found::Unit(..) | Found::Ambiguous(_) | Found::Nothing
            if indented && county.is_none() && matcher.is_locality(name, None) =>
        {
            return RowClass::Village;
        }
        Found::Unit(..) => return RowClass::Unit,
        Found::Ambiguous(_) | Found::Nothing => {}
    }
    // A number in a column of names is no area's code.
    let heading = Some(name).filter(|name| number(name.trim()).is_none());
    match heading.and_then(|name| self::heading(matcher, name)) {
        // A bare `Arad` in the county of Bihor is no county, but a name nobody knows.
        Some(RowClass::County | RowClass::Region)
            if county.is_some_and(|county| is_elsewhere(matcher, &label, county)) => {}
        Some(class) => return class,
        None => {}
    }
    match found {
        Found::Nothing if matcher.is_locality(name, county) => RowClass::Village,
        Found::Unit(..) | Found::Ambiguous(_) | Found::Nothing => RowClass::Unit,
    }
}

/// Whether the label is that of an area other than the county of its row.
fn is_elsewhere(matcher: &Matcher, label: &Folded, county: &str) -> bool {
    let area = matcher.labels().find_in(label, is_place);
    let bare = !label.words().first().is_some_and(|word| names_region(word));
    bare && area.is_some() && area != matcher.labels().find_in(&Folded::of(county), is_place)
}

fn names_region(word: &str) -> bool {
    word.starts_with("regiun") || word.starts_with("macroregiun")
}

/// What a cell says that names no unit: a larger area, a group of units, a note.
fn heading(matcher: &Matcher, text: &str) -> Option<RowClass> {
    let label = Folded::of(text);
    if is_whole(&label) {
        return Some(RowClass::National);
    }
    if is_header(&label) {
        return Some(RowClass::Note);
    }
    if label.words().first().is_some_and(|word| word == "total")
        && let Some(rest) = label.after(&["total"])
    {
        if rest.speaks_of_county() {
            return Some(RowClass::County);
        }
        if let Some((level, _)) = matcher.labels().find_in(&rest, is_place) {
            return Some(of_level(level));
        }
    }
    if label.speaks_of_county() {
        return Some(RowClass::County);
    }
    if matcher.labels().is_other_territory(&label) {
        return Some(RowClass::Region);
    }
    if let Some((level, _)) = matcher.labels().find_in(&label, is_place) {
        return Some(of_level(level));
    }
    if label
        .words()
        .first()
        .is_some_and(|word| word.starts_with("regiun") || word.starts_with("macroregiun"))
    {
        return Some(RowClass::Region);
    }
    is_note(text, &label).then_some(RowClass::Note)
}

fn of_level(level: &str) -> RowClass {
    match level {
        NATIONAL => RowClass::National,
        "county" | "county_code" | "county_siruta" | "nuts3" => RowClass::County,
        _ => RowClass::Region,
    }
}

fn is_blank(text: &str) -> bool {
    text.chars().all(|letter| letter.is_whitespace() || letter == '\u{FEFF}')
}

/// `A`, `B`, `1`, `2` under the header: every cell one letter, or all of them small numbers.
fn is_letter_row(cells: &[Option<&str>]) -> bool {
    let cells: Vec<&str> = cells.iter().flatten().map(|cell| cell.trim()).collect();
    let letter = |cell: &&str| cell.len() == 1 && cell.bytes().all(|b| b.is_ascii_alphanumeric());
    cells.len() >= 2 && cells.iter().all(letter)
}

/// `Sectorul 3`, `BUCUREȘTI SECTORUL 3`, `Sector 3 București`.
fn is_sector(label: &Folded) -> bool {
    let words = label.words();
    let sector = |word: &String| word == "sector" || word == "sectorul";
    words.iter().position(sector).is_some_and(|at| {
        words.get(at + 1).is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

/// A footnote, a source line, a heading of a group of units.
fn is_note(text: &str, label: &Folded) -> bool {
    let text = text.trim();
    let folded = label.words().join(" ");
    let starts = |start: &&str| {
        folded.strip_prefix(*start).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    // `A. MUNICIPII ȘI ORAȘE`, `II. COMUNE`
    let numbered = text.split_once(['.', ')']).is_some_and(|(number, _)| {
        number.len() <= 4 && number.chars().all(|letter| "ABCDEFIVX0123456789(".contains(letter))
    });
    // `1) Populația rezidentă`, `(2) Estimare`
    let footnote = text.split_once(')').is_some_and(|(number, _)| {
        let number = number.trim_start_matches('(');
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    let group = |words: &[String]| GROUP_HEADINGS.contains(&words.join(" ").as_str());
    label.is_empty()
        || footnote
        || text.starts_with(['*', '¹', '²', '³', '†'])
        || text.chars().count() > LONGEST_NAME
        || NOTE_WORDS.iter().any(starts)
        || group(label.words())
        || (numbered && group(&label.words()[1..]))
}

/// A header repeated between rows.
fn is_header(label: &Folded) -> bool {
    HEADER_WORDS.contains(&label.words().join(" ").as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::{Bundled, bundled};

    /// Code, name and county as they stand in files; an empty text is an empty cell.
    #[track_caller]
    fn rows(cases: &[(&str, &str, &str, RowClass)]) {
        let Bundled { register, gazetteer, aliases } = bundled("ro-uat-2025").unwrap();
        let matcher = Matcher::new(&register, &gazetteer, &aliases);
        for (code, name, county, expected) in cases {
            let found = matcher.row_class(Some(code), Some(name), Some(county));
            assert_eq!(found, *expected, "`{code}` `{name}` `{county}`");
        }
    }

    #[test]
    fn rows_of_the_census_by_code() {
        rows(&[
            ("1017", "MUNICIPIUL ALBA IULIA", "ALBA", RowClass::Unit),
            ("AB", "JUDETUL ALBA", "ALBA", RowClass::County),
            ("AR", "JUDETUL ARAD", "ARAD", RowClass::County),
            ("179132", "MUNICIPIUL BUCUREȘTI", "MUNICIPIUL BUCUREȘTI", RowClass::Unit),
            ("179141", "SECTORUL 1", "MUNICIPIUL BUCUREȘTI", RowClass::Sector),
            ("10", "CONSILIUL JUDETEAN", "ALBA", RowClass::County),
            ("138404", "RACȘA", "SATU MARE", RowClass::Village),
            ("70049", "CERNELE", "DOLJ", RowClass::Village),
            ("9999", "STRĂINĂTATE", "", RowClass::Unit),
            ("1018", "ALBA IULIA", "ALBA", RowClass::Unit),
            ("1018", "", "", RowClass::Unit),
        ]);
    }

    #[test]
    fn rows_of_the_census_workbooks() {
        rows(&[
            ("", "", "ROMÂNIA", RowClass::National),
            ("", "ALBA", "", RowClass::County),
            ("", "SATU MARE", "", RowClass::County),
            ("", "MUNICIPIUL SATU MARE", "", RowClass::Unit),
            ("", "ILFOV ⁴", "", RowClass::County),
            ("", "  BUCUREȘTI SECTORUL 1", "", RowClass::Sector),
            ("", "   Bărăbanț", "", RowClass::Village),
            ("", "A. MUNICIPII ȘI ORAȘE", "", RowClass::Note),
            ("", "B. COMUNE", "", RowClass::Note),
            ("B", "C", "A", RowClass::Note),
            ("", "1", "A", RowClass::Note),
            ("", "  ", "\u{a0}", RowClass::Blank),
            ("", "Sursa: INS, RPL 2021", "", RowClass::Note),
            ("", "*) Date confidențiale", "", RowClass::Note),
            ("", "1) Populația rezidentă", "", RowClass::Note),
            ("", "C.A. ROSETTI", "BUZĂU", RowClass::Unit),
            ("", "I.L. Caragiale", "DÂMBOVIȚA", RowClass::Unit),
        ]);
    }

    #[test]
    fn rows_of_county_tables_and_tempo() {
        rows(&[
            ("", "TOTAL", "Brasov", RowClass::County),
            ("", "TOTAL", "TOTAL", RowClass::National),
            ("", "Total ", "", RowClass::National),
            ("", "", "Total TARA ", RowClass::National),
            ("", "", "Total general", RowClass::National),
            ("", "", "MACROREGIUNEA UNU", RowClass::Region),
            ("", "", "Regiunea NORD-VEST", RowClass::Region),
            ("", "", "Regiunea BUCURESTI - ILFOV", RowClass::Region),
            ("", "", "Mun. Bucuresti -incl. SAI", RowClass::Region),
            ("", "", "ALBA", RowClass::County),
            ("", "TOTAL JUDEȚ", "", RowClass::County),
            ("", "Total județul Alba", "", RowClass::County),
            ("TOTAL", "", "", RowClass::National),
            ("TM", "Consiliul Judetean Timis", "", RowClass::County),
        ]);
    }

    #[test]
    fn rows_by_name_and_county() {
        rows(&[
            ("", "Comuna Maracineni", "Arges", RowClass::Unit),
            ("", "Arad", "Arad", RowClass::Unit),
            ("", "Alba", "Alba", RowClass::County),
            ("", "Judetul Bacau", "Bacau", RowClass::County),
            ("", "Sectorul 4", "Bucuresti", RowClass::Sector),
            ("", "RIMETEAA", "Alba", RowClass::Unit),
            ("", "Nowhere", "Alba", RowClass::Unit),
            ("", "Bărăbanț", "Alba", RowClass::Village),
            ("", "  Abrud", "Alba", RowClass::Unit),
            ("", "Vânători", "", RowClass::Unit),
            ("", "Arad", "Bihor", RowClass::Unit),
            ("", "Arad", "TOTAL", RowClass::County),
            ("", "TOTAL", "Narnia", RowClass::County),
            ("", "Localitate", "Județ", RowClass::Note),
            ("SIRUTA", "Denumire", "", RowClass::Note),
            ("", "10", "", RowClass::Unit),
        ]);
    }
}
