//! What reading files finds, station by station.
//!
//! A finding of this room has no subject yet: a station does not know for which source it reads, so
//! the source is written in where its findings are collected.

pub(crate) mod boundaries;
pub(crate) mod bytes;
pub(crate) mod declared;
pub(crate) mod effects;
pub(crate) mod facts;
pub(crate) mod rows;
pub(crate) mod series;
pub(crate) mod sheet;
pub(crate) mod table;
pub(crate) mod tempo;
pub(crate) mod values;

use std::collections::BTreeMap;

use super::declare;
use crate::language::{Language, grouped};
use crate::quality::{Finding, Message, Place, Rule, message};

declare! {
    ENCODING = "encoding", Note,
        "how the bytes of a text file were read as letters",
        "cum au fost citiți ca litere octeții unui fișier text";
    MOJIBAKE = "mojibake", Warning,
        "letters in names that show a file was decoded with the wrong encoding, or damaged before it reached us",
        "litere din denumiri care arată că fișierul a fost decodat greșit sau stricat înainte de a ajunge la noi";
    DIALECT = "dialect", Note,
        "the delimiter and line ends found in a text file",
        "separatorul și sfârșiturile de linie găsite într-un fișier text";
    RAGGED_ROW = "ragged-row", Warning,
        "a row with fewer fields than the header",
        "un rând cu mai puține câmpuri decât antetul";
    LONG_ROW = "long-row", Error,
        "a row with more fields than the header, of which nobody knows which belongs where",
        "un rând cu mai multe câmpuri decât antetul, despre care nu se știe care unde aparține";
    HEADER_REPEATED = "header-repeated", Note,
        "the header of a table that stands again between its rows",
        "antetul unui tabel care apare din nou printre rândurile lui";
    SECOND_HEADER = "second-header", Error,
        "the header of another table below the rows of the first",
        "antetul altui tabel sub rândurile celui dintâi";
    SECOND_BLOCK = "second-block", Warning,
        "a second block of columns with the same headers beside the one that is read",
        "un al doilea bloc de coloane cu aceleași antete, lângă cel care se citește";
    COLUMN_DIFFERS = "column-differs", Error,
        "a column chosen by letter or number whose header differs between the files of a source",
        "o coloană aleasă prin literă sau număr, al cărei antet diferă între fișierele unei surse";
    HEADER_MARKED = "header-marked", Note,
        "a header with a footnote mark behind the text by which the study names its column",
        "un antet cu semn de notă după textul prin care studiul numește coloana";
    HEADER_DETECTED = "header-detected", Note,
        "the header row that was found because none was declared",
        "rândul de antet găsit, fiindcă nu a fost declarat niciunul";
    SHEET_CHOSEN = "sheet-chosen", Note,
        "the sheet that was read because none was declared, or the sheets that are parts of one table",
        "foaia citită, fiindcă nu a fost declarată niciuna, sau foile care sunt părți ale unui tabel";
    OLDER_SHEET = "older-sheet", Warning,
        "the first sheet of a file, read because none was declared, beside one of a later period",
        "prima foaie a unui fișier, citită fiindcă nu a fost declarată niciuna, lângă una dintr-o perioadă mai nouă";
    HIDDEN_SHEET = "hidden-sheet", Warning,
        "a hidden sheet, not read unless named",
        "o foaie ascunsă, care nu se citește decât dacă este numită";
    HIDDEN_ROWS = "hidden-rows", Warning,
        "rows that the spreadsheet does not show, read like all others",
        "rânduri pe care foaia de calcul nu le arată, citite ca toate celelalte";
    HIDDEN_COLUMN = "hidden-column", Warning,
        "a column that is read and that the spreadsheet does not show",
        "o coloană care se citește și pe care foaia de calcul nu o arată";
    RAISED_MARK = "raised-mark", Warning,
        "raised marks behind numbers, taken for footnote marks and not for digits",
        "semne ridicate după numere, luate drept note de subsol, nu drept cifre";
    FORMATTING_NOT_READ = "formatting-not-read", Note,
        "a file that does not tell us what is merged, hidden, shown in per cent or raised",
        "un fișier din care nu se află ce este îmbinat, ascuns, afișat în procente sau ridicat";
    ERROR_CELL = "error-cell", Warning,
        "a cell that holds a spreadsheet error, read as not available",
        "o celulă cu o eroare de calcul tabelar, citită ca indisponibilă";
    FORMULA_NOT_CALCULATED = "formula-not-calculated", Warning,
        "a formula that the spreadsheet never calculated: open it in Excel and save",
        "o formulă pe care foaia de calcul nu a calculat-o niciodată: deschideți fișierul în Excel și salvați-l";
    DATE_IN_NUMBERS = "date-in-numbers", Error,
        "a date in a column of numbers",
        "o dată calendaristică într-o coloană de numere";
    NOT_FINITE = "not-finite", Error,
        "a number that is not finite",
        "un număr care nu este finit";
    PERCENT_FORMAT = "percent-format", Warning,
        "a column shown in per cent whose stored numbers are fractions",
        "o coloană afișată în procente, ale cărei numere sunt de fapt fracții";
    SCALED_HEADER = "scaled-header", Warning,
        "a column whose header says that its numbers are thousands or millions; they are read as they stand",
        "o coloană al cărei antet spune că numerele sunt mii sau milioane; se citesc așa cum stau";
    PIN_DIFFERS = "pin-differs", Error,
        "a file whose SHA-256 is not the one pinned in the study",
        "un fișier a cărui amprentă SHA-256 nu este cea fixată în studiu";
    FILE_NAME_COMPOSED = "file-name-composed", Note,
        "a file found under a name whose letters are composed in another way than in the study",
        "un fișier găsit sub un nume cu literele compuse altfel decât în studiu";
    FILE_MISSING = "file-missing", Error,
        "a file that is not there, or a pattern that matches none",
        "un fișier care nu există sau un model de nume căruia nu îi corespunde niciunul";
    FILE_UNREADABLE = "file-unreadable", Error,
        "a file that cannot be opened or is no table",
        "un fișier care nu poate fi deschis sau nu este un tabel";
    FORMAT_DIFFERS = "format-differs", Warning,
        "a file whose content is not what its extension says",
        "un fișier al cărui conținut nu este ce spune extensia";
    SHEET_MISSING = "sheet-missing", Error,
        "a sheet that the workbook does not have",
        "o foaie pe care registrul de calcul nu o are";
    DUPLICATE_CELL = "duplicate-cell", Warning,
        "a cell that the workbook holds more than once; the last one counts",
        "o celulă aflată de mai multe ori în registrul de calcul; se ia ultima";
    KEY_MISSING = "key-missing", Error,
        "a source that does not say, or whose rows do not show, which area each row is about",
        "o sursă care nu spune sau ale cărei rânduri nu arată despre ce arie este fiecare";
    UNKNOWN_LEVEL = "unknown-level", Error,
        "a level that the register does not have",
        "un nivel pe care registrul nu îl are";
    COLUMN_MISSING = "column-missing", Error,
        "a column or dimension that the file does not have, or has more than once",
        "o coloană sau o dimensiune pe care fișierul nu o are sau o are de mai multe ori";
    LABEL_MISSING = "label-missing", Error,
        "a label that a dimension does not have",
        "o etichetă pe care o dimensiune nu o are";
    DIMENSION_OPEN = "dimension-open", Error,
        "a dimension with several labels of which the study selects none",
        "o dimensiune cu mai multe etichete, din care studiul nu alege niciuna";
    LABELS_OVERLAP = "labels-overlap", Error,
        "labels that cannot be added up: those of a rate, ages with gaps, or what would count something twice",
        "etichete care nu se pot aduna: ale unei rate, vârste cu goluri sau cu dublă numărare";
    DUPLICATE_ROW = "duplicate-row", Error,
        "the same combination of labels in more than one row",
        "aceeași combinație de etichete pe mai multe rânduri";
    AGES_TILED = "ages-tiled", Note,
        "the age labels whose sum is the range the study asks for",
        "etichetele de vârstă a căror sumă este intervalul cerut de studiu";
    UNDECLARED_MARK = "undeclared-mark", Error,
        "a dash in a column of numbers whose meaning the study does not declare",
        "o liniuță într-o coloană de numere, al cărei înțeles nu este declarat în studiu";
    PARTS_ABSENT = "parts-absent", Warning,
        "sums of several rows of which some are absent, so that there is no sum",
        "sume de mai multe rânduri din care unele lipsesc, deci fără sumă";
    SUMS_INCOMPLETE = "sums-incomplete", Note,
        "printed totals that cannot be compared because some of their parts have no value",
        "totaluri tipărite care nu se pot compara, fiindcă unele părți nu au valoare";
    ROWS_DROPPED = "rows-dropped", Note,
        "rows that are not units: totals, regions, counties, sectors, villages, notes, blank rows",
        "rânduri care nu sunt unități: totaluri, regiuni, județe, sectoare, sate, note, rânduri goale";
    UNKNOWN_CODE = "unknown-code", Error,
        "a code that the register does not have",
        "un cod care nu există în registru";
    UNKNOWN_NAME = "unknown-name", Error,
        "a name that the register does not have",
        "o denumire care nu există în registru";
    COUNTY_MISSING = "county-missing", Error,
        "a name without its county, which may be that of a unit elsewhere",
        "o denumire fără județ, care poate fi a unei unități din altă parte";
    COUNTIES_DIFFER = "counties-differ", Error,
        "the name of a sheet and the title on it, which name different counties",
        "numele unei foi și titlul de pe ea, care numesc județe diferite";
    KEY_FILLED = "key-filled", Note,
        "key cells that repeat a merged cell or the cell above, hold a code shown as a date or a raised mark",
        "celule-cheie care repetă o celulă îmbinată sau pe cea de deasupra, au un cod afișat ca dată sau un semn ridicat";
    AMBIGUOUS_NAME = "ambiguous-name", Error,
        "a name that fits more than one unit",
        "o denumire care se potrivește mai multor unități";
    FALLBACK_MATCH = "fallback-match", Note,
        "a unit recognised by its folded name, not by its code or exact name",
        "o unitate recunoscută după denumirea simplificată, nu după cod sau denumirea exactă";
    NEAR_MATCH = "near-match", Warning,
        "a unit recognised at one letter's distance",
        "o unitate recunoscută la o literă diferență";
    ALIAS_USED = "alias-used", Note,
        "a unit recognised through the alias table",
        "o unitate recunoscută prin tabelul de alias-uri";
    CODE_NAME_MISMATCH = "code-name-mismatch", Error,
        "the code and the name of a row belong to different units",
        "codul și denumirea de pe un rând aparțin unor unități diferite";
    OUTSIDE_REGISTER = "outside-register", Note,
        "rows that the study declares to lie outside of its register",
        "rânduri despre care studiul declară că sunt în afara registrului";
    DUPLICATE_UNIT = "duplicate-unit", Error,
        "a unit that appears more than once in a source",
        "o unitate care apare de mai multe ori într-o sursă";
    PARTS_SUMMED = "parts-summed", Note,
        "units whose value is the sum of several rows, as the study declares",
        "unități a căror valoare este suma mai multor rânduri, cum declară studiul";
    UNIT_ABSENT = "unit-absent", Warning,
        "units of the register that a source does not mention",
        "unități din registru pe care o sursă nu le menționează";
    ABSENT_AS_ZERO = "absent-as-zero", Note,
        "units without a row that the study declares to mean zero",
        "unități fără rând, despre care studiul declară că înseamnă zero";
    ABSENT_NOT_APPLICABLE = "absent-not-applicable", Note,
        "units without a row to which, as the study declares, a measure does not apply: a list that they are not on",
        "unități fără rând, cărora, după declarația studiului, măsura nu li se aplică: o listă pe care nu sunt";
    SUMS_RECONCILED = "sums-reconciled", Note,
        "printed totals that equal the sum of their parts",
        "totaluri tipărite, egale cu suma părților lor";
    SUMS_DIFFER = "sums-differ", Warning,
        "a printed total that is not the sum of its parts",
        "un total tipărit care nu este suma părților sale";
    BORDERS_FOUND = "borders-found", Note,
        "the common borders that were found between the polygons of a source",
        "limitele comune găsite între poligoanele unei surse";
    BOUNDARY_EMPTY = "boundary-empty", Warning,
        "areas of a boundary file that have no polygon",
        "arii dintr-un fișier de limite care nu au poligon";
    BOUNDARY_BROKEN = "boundary-broken", Warning,
        "rings of fewer than three points in a boundary file, left out",
        "contururi cu mai puțin de trei puncte într-un fișier de limite, lăsate deoparte";
    BOUNDARY_OVERLAP = "boundary-overlap", Warning,
        "areas of a boundary file that lie on top of each other",
        "arii dintr-un fișier de limite care se suprapun";
    NUMBER_FORMAT = "number-format", Note,
        "the decimal and thousands marks decided for a column",
        "semnele de zecimale și de mii hotărâte pentru o coloană";
    AMBIGUOUS_NUMBERS = "ambiguous-numbers", Error,
        "numbers that can be read in two ways; say which with `numbers`",
        "numere care se pot citi în două feluri; spuneți care prin `numbers`";
    TEXT_IN_NUMBERS = "text-in-numbers", Error,
        "a text in a column of numbers",
        "un text într-o coloană de numere";
    MISSING_VALUES = "missing-values", Note,
        "cells that hold no value, by the state they mean",
        "celule fără valoare, după starea pe care o înseamnă";
    MERGED_VALUE = "merged-value", Error,
        "one number in a cell that is merged over several units",
        "un singur număr într-o celulă îmbinată peste mai multe unități";
    READ_AS_ZERO = "read-as-zero", Note,
        "cells that are zero because the study declares what stands in them to mean it",
        "celule citite ca zero, fiindcă studiul declară că acesta este înțelesul lor";
    NEGATIVE_COUNT = "negative-count", Error,
        "a count below zero",
        "un număr de persoane sau cazuri sub zero";
    BROKEN_COUNT = "broken-count", Error,
        "numbers of a count that are not whole",
        "numere dintr-o numărătoare care nu sunt întregi";
    SENTINEL = "sentinel", Error,
        "numbers such as -999 or 9999 that stand for a missing value",
        "numere precum -999 sau 9999, care țin locul unei valori lipsă";
    MIXED_SCALE = "mixed-scale", Error,
        "fractions among per cents in one column",
        "fracții printre procente în aceeași coloană";
    FRACTIONS_AS_PERCENTS = "fractions-as-percents", Warning,
        "numbers up to 1 under a header that speaks of per cent",
        "numere de cel mult 1 sub un antet care vorbește de procente";
    TEXT_AMONG_NUMBERS = "text-among-numbers", Warning,
        "numbers written as text in a column that is stored as numbers",
        "numere scrise ca text într-o coloană păstrată ca numere";
    BRACKETS = "brackets", Error,
        "numbers in brackets whose meaning the study does not declare",
        "numere în paranteze, al căror înțeles nu este declarat în studiu";
    NO_EFFECT = "no-effect", Note,
        "a key of a source that changes nothing in its files",
        "o cheie a unei surse care nu schimbă nimic în fișierele ei";
    UNITS_DIFFER = "units-differ", Error,
        "numbers with a unit that not all numbers of the column carry",
        "numere cu o unitate de măsură pe care nu o au toate numerele coloanei";
    ROWS_LEFT_OUT = "rows-left-out", Error,
        "rows about which `rows` or `skip` cannot be followed as the source declares them",
        "rânduri pentru care `rows` sau `skip` nu se pot urma cum le declară sursa";
    REPEATED_RATE = "repeated-rate", Warning,
        "a rate that is the same for all areas of a source",
        "o rată identică pentru toate ariile unei surse";
}

/// Why something cannot be read, with what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// What is wrong.
    pub(crate) message: Message,
    /// What to do.
    pub(crate) hint: Message,
}

impl Refusal {
    fn new(message: Message, hint: Message) -> Self {
        Self { message, hint }
    }

    fn finding(self, rule: &Rule) -> Finding {
        found(rule, self.message).hint(self.hint)
    }
}

/// A noun, one and several, in English and in Romanian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Noun {
    en: [&'static str; 2],
    ro: [&'static str; 2],
}

impl Noun {
    const fn new(en: [&'static str; 2], ro: [&'static str; 2]) -> Self {
        Self { en, ro }
    }

    fn counted(&self, count: usize) -> Message {
        Message::counted(count, self.en, self.ro)
    }
}

/// Units of the register.
pub(crate) const UNITS: Noun = Noun::new(["unit", "units"], ["unitate", "unități"]);
/// Areas of a level above the units.
pub(crate) const AREAS: Noun = Noun::new(["area", "areas"], ["arie", "arii"]);
const ROWS: Noun = Noun::new(["row", "rows"], ["rând", "rânduri"]);
const CELLS: Noun = Noun::new(["cell", "cells"], ["celulă", "celule"]);

/// A finding whose subject is written in by the collector of its source.
fn found(rule: &Rule, message: Message) -> Finding {
    Finding::new(rule, String::new(), message)
}

/// Up to `most` labels in backticks, with the number of those left out.
fn list<'k>(labels: impl IntoIterator<Item = &'k str>, most: usize) -> Message {
    let labels: Vec<&str> = labels.into_iter().collect();
    let shown: Vec<String> = labels.iter().take(most).map(|label| format!("`{label}`")).collect();
    Message::same(shown.join(", ")).and_more(labels.len().saturating_sub(most))
}

/// The different texts of places with how often they stand, the most frequent first.
fn counted_texts(places: &[Place]) -> Vec<(&str, usize)> {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for text in places.iter().filter_map(|place| place.text.as_deref()) {
        *counted.entry(text.trim()).or_default() += 1;
    }
    let mut texts: Vec<(&str, usize)> = counted.into_iter().collect();
    texts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    texts
}

/// A number with the shortest decimals: `1,234.5` and `1.234,5`.
fn number(value: f64) -> Message {
    let text = value.abs().to_string();
    let (whole, decimals) =
        text.split_once('.').map_or((text.as_str(), None), |(w, d)| (w, Some(d)));
    let sign = if value < 0.0 { "-" } else { "" };
    let shown = |language: Language| {
        let (thousands, point) = language.marks();
        let whole = grouped(whole, thousands);
        decimals.map_or_else(|| format!("{sign}{whole}"), |d| format!("{sign}{whole}{point}{d}"))
    };
    Message { en: shown(Language::En), ro: shown(Language::Ro) }
}

/// What to do where one label was probably meant: a question in front of what there is.
fn did_you_mean(near: Option<&str>, there_are: Message) -> Message {
    match near {
        Some(near) => message!(
            "did you mean `{near}`? {there_are}",
            "ați vrut să scrieți `{near}`? {there_are}";
            there_are = there_are,
        ),
        None => there_are,
    }
}

/// A file whose name has the letters of the study's, each composed in another way.
pub(crate) fn composed(path: &str) -> Finding {
    let message = message!(
        "found under the name `{path}`, whose letters with marks are composed in another way than the study's",
        "găsit sub numele `{path}`, ale cărui litere cu semne sunt compuse altfel decât în studiu",
    );
    found(&FILE_NAME_COMPOSED, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_messages_have_commas_between_thousands() {
        assert_eq!(number(-1234.5).en, "-1,234.5");
        assert_eq!(number(-1234.5).ro, "-1.234,5");
    }

    #[test]
    fn lists_say_how_many_they_leave_out() {
        let some = list(["a", "b", "c"], 2);
        assert_eq!(
            (some.en.as_str(), some.ro.as_str()),
            ("`a`, `b` and 1 more", "`a`, `b` și încă 1")
        );
    }
}
