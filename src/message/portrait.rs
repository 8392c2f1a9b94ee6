//! The words of a portrait: what stands in front of its parts, and what cells, marks and rows are.

use crate::language::Language;

/// What stands in front of each part of a portrait, at most ten letters.
pub(crate) mod caption {
    use crate::language::Words;

    pub(crate) const FILE: Words = Words::new("fișier", "file");
    pub(crate) const READ: Words = Words::new("citire", "read");
    pub(crate) const BLOCK: Words = Words::new("bloc", "block");
    pub(crate) const ENCODING: Words = Words::new("codare", "encoding");
    pub(crate) const DIALECT: Words = Words::new("dialect", "dialect");
    pub(crate) const SHEETS: Words = Words::new("foi", "sheets");
    pub(crate) const LAYOUT: Words = Words::new("așezare", "layout");
    pub(crate) const ABOVE: Words = Words::new("deasupra", "above");
    pub(crate) const HEADER: Words = Words::new("antet", "header");
    pub(crate) const DATA: Words = Words::new("date", "data");
    pub(crate) const BELOW: Words = Words::new("dedesubt", "below");
    pub(crate) const DOUBT: Words = Words::new("îndoială", "doubt");
    pub(crate) const ROWS: Words = Words::new("rânduri", "rows");
    pub(crate) const COLUMNS: Words = Words::new("coloane", "columns");
    pub(crate) const PROPERTIES: Words = Words::new("proprietăți", "properties");
    pub(crate) const KEYS: Words = Words::new("chei", "keys");
    pub(crate) const NONE: Words = Words::new("niciunul", "none");
    pub(crate) const NO_DATA: Words = Words::new("niciunele", "none");
    pub(crate) const NO_TABLE: Words = Words::new("niciun tabel", "no table");
    pub(crate) const NO_HEADER: Words = Words::new("(fără antet)", "(no header)");
}

/// What the cells of a column are, by the id of their shape.
const SHAPES: [(&str, &str); 13] = [
    ("empty", "goală"),
    ("per cent", "procente"),
    ("numbers and texts", "numere și texte"),
    ("running numbers", "numere curente"),
    ("whole numbers", "numere întregi"),
    ("decimals", "numere cu zecimale"),
    ("dates", "date calendaristice"),
    ("texts and numbers", "texte și numere"),
    ("text", "text"),
    ("no numbers", "nu sunt numere"),
    ("territory", "teritoriu"),
    ("labels", "etichete"),
    ("mixed", "amestecate"),
];

/// What a mark among numbers means, by its id.
const MEANINGS: [(&str, &str); 4] = [
    ("undeclared", "nedeclarat"),
    ("not available", "indisponibil"),
    ("confidential", "confidențial"),
    ("not applicable", "neaplicabil"),
];

/// What rows are about, by the id of their class: one and several in English, then in Romanian.
const CLASSES: [(&str, [&str; 3]); 12] = [
    ("units", ["unit", "unitate", "unități"]),
    ("areas of the level", ["area of the level", "zonă a nivelului", "zone ale nivelului"]),
    ("not recognised", ["not recognised", "nerecunoscut", "nerecunoscute"]),
    (
        "units, smaller than the level",
        [
            "unit, smaller than the level",
            "unitate, mai mică decât nivelul",
            "unități, mai mici decât nivelul",
        ],
    ),
    ("villages", ["village", "sat", "sate"]),
    (
        "sectors of Bucharest",
        ["sector of Bucharest", "sector al Bucureștiului", "sectoare ale Bucureștiului"],
    ),
    ("county rows", ["county row", "rând de județ", "rânduri de județ"]),
    (
        "region or macroregion rows",
        [
            "region or macroregion row",
            "rând de regiune sau macroregiune",
            "rânduri de regiune sau macroregiune",
        ],
    ),
    ("national rows", ["national row", "rând național", "rânduri naționale"]),
    ("notes and headings", ["note or heading", "notă sau titlu", "note și titluri"]),
    ("blank rows", ["blank row", "rând gol", "rânduri goale"]),
    (
        "not looked at, because there are too many",
        [
            "not looked at, because there are too many",
            "neprivit, pentru că sunt prea multe",
            "neprivite, pentru că sunt prea multe",
        ],
    ),
];

fn of_table(table: &[(&str, &'static str)], id: &str, language: Language) -> String {
    let ro = table.iter().find(|(known, _)| *known == id).filter(|_| language == Language::Ro);
    ro.map_or(id, |(_, ro)| ro).to_owned()
}

/// What the cells of a column are, in words.
pub(crate) fn shape(id: &str, language: Language) -> String {
    of_table(&SHAPES, id, language)
}

/// What a mark means, in words.
pub(crate) fn meaning(id: &str, language: Language) -> String {
    of_table(&MEANINGS, id, language)
}

/// What so many rows are about, in words.
pub(crate) fn class(id: &str, rows: usize, language: Language) -> String {
    let Some((_, [one, ro_one, ro_many])) = CLASSES.iter().find(|(known, _)| *known == id) else {
        return id.to_owned();
    };
    match (language, rows) {
        (Language::En, 1) => one,
        (Language::En, _) => id,
        (Language::Ro, 1) => ro_one,
        (Language::Ro, _) => ro_many,
    }
    .to_owned()
}
