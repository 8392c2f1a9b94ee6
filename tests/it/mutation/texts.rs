//! Numbers, names and delimited texts.

use std::borrow::Cow;
use std::collections::BTreeMap;

use risk_index::ingest::{FileRefusal, Inputs, RefusalKind, number_format, probe, read_number};
use risk_index::inspect::{Folder, portray};
use risk_index::language::Language;
use risk_index::register::{AreaMatch, CodeMatch, Matcher, NameMatch, RowClass, bundled};
use risk_index::study::NumberFormat;

use super::inputs;

const NUMBERS: [&str; 16] = [
    "1.234",
    "1,234",
    "39,9",
    "5.7",
    "18.042,59",
    " 5,673     ",
    "1 234",
    "1'234",
    "(1.234,5)",
    "-.8",
    "12,5 %",
    "1.017,00",
    "1E+05",
    "3.4e-05",
    "\u{2212}3",
    "0",
];
const SIGNS: [&str; 22] = [
    ".", ",", " ", "'", "’", "\u{a0}", "\u{202f}", "%", "-", "+", "(", ")", "\u{2212}", "e-", "E+",
    "0", "999", "-", ":", "c", "lei", "<",
];

#[test]
fn numbers_are_read_alike_by_everybody_or_refused() {
    inputs("numbers", 100_000, |random| {
        let count = 1 + random.below(4);
        let column: Vec<String> = (0..count)
            .map(|_| {
                let number = random.pick(&NUMBERS);
                random.damage_text(number, &SIGNS)
            })
            .collect();
        let texts = column.iter().map(String::as_str);
        let Some(format) = number_format(texts) else { return };
        for text in &column {
            let Some(value) = read_number(text, format) else { continue };
            assert!(value.is_finite() && value.to_bits() != (-0.0_f64).to_bits(), "{text:?}");
            // What reads as a plain number elsewhere must be that number here.
            if format == (NumberFormat { decimal: '.', thousands: None })
                && let Ok(plain) = text.parse::<f64>()
            {
                assert_eq!(value, plain + 0.0, "{text:?}");
            }
            let digits = text.chars().filter(char::is_ascii_digit).count();
            assert!(digits > 0, "{text:?} gave {value}");
            if text.starts_with(|letter: char| letter.is_ascii_digit()) {
                let negated = format!("-{text}");
                assert_eq!(read_number(&negated, format), Some(0.0 - value), "{negated:?}");
            }
        }
    });
}

const COUNTIES: [&str; 8] =
    ["Alba", "SATU MARE", "CARAS", "Bistrița-Năsăud", "MUN. BUC.", "B", "Județul Iași", "Narnia"];
const NAME_WORDS: [&str; 24] = [
    "MUNICIPIUL ",
    "Oraș ",
    "COMUNA ",
    "COM. ",
    "JUDETUL ",
    "Sat ",
    "Tg. ",
    "SF.",
    "-",
    ".",
    " ",
    "  ",
    "Ș",
    "ş",
    "â",
    "î",
    "ã",
    "º",
    "?",
    "\u{302}",
    "\u{326}",
    "TOTAL",
    "(fost X)",
    "1017 ",
];

#[test]
fn a_name_leads_to_a_unit_of_its_county_or_to_none() {
    let ro = bundled("ro-uat-2025").unwrap();
    let matcher = Matcher::new(&ro.register, &ro.gazetteer, &ro.aliases);
    let register = &ro.register;
    let (names, codes) = (register.names(), register.codes());
    let county = register.column("county").unwrap();
    inputs("names", 6_000, |random| {
        let unit = random.below(names.len());
        let name = random.damage_text(&names[unit], &NAME_WORDS);
        let inside = match random.below(4) {
            0 => Cow::Borrowed(county[unit].as_str()),
            1 => Cow::Owned(random.damage_text(&county[unit], &NAME_WORDS)),
            2 => Cow::Borrowed(random.pick(&COUNTIES)),
            _ => Cow::Borrowed(""),
        };
        let given = Some(inside.as_ref());
        let found = matcher.name(&name, given);
        if let NameMatch::Unit(found, _) = found {
            if let AreaMatch::Area(area, _) = matcher.area("county", &inside) {
                assert_eq!(
                    county[found],
                    register.level("county").unwrap().areas[area],
                    "{name:?} in {inside:?}"
                );
            }
            assert!(matcher.is_name_of(&name, found), "{name:?} in {inside:?}");
        }
        let code = random.damage_text(&codes[unit], &["0", ".0", ",00", " ", "AB", "1", "9"]);
        if let CodeMatch::Unit(found, _) = matcher.code(&code) {
            let digits: String = code.chars().filter(char::is_ascii_digit).collect();
            assert!(digits.contains(&codes[found]), "{code:?} is {}", codes[found]);
        }
        let class = matcher.row_class(Some(&code), Some(&name), given);
        if matches!(matcher.code(&code), CodeMatch::Unit(..)) {
            assert!(
                matches!(class, RowClass::Unit | RowClass::Note),
                "{code:?} {name:?}: {class:?}"
            );
        }
        let glued = format!("{code} {name}");
        if let Some((code, name)) = matcher.split_glued(&glued) {
            assert!(glued.contains(code) && glued.contains(name), "{glued:?}");
        }
        matcher.row_total(Some(&code), Some(&name), given);
    });
}

const TABLES: [&str; 6] = [
    "Judet;SIRUTA;Denumire;Dosare\nAlba;1017;ALBA IULIA;1.234\nAlba;1213;AIUD;39,9\nAlba;1348;ABRUD;-\n\
     Total;;;1.273\nSursa: ANPIS;;;\n",
    "\r\nVarste si grupe de varsta, Sexe, Judete, Localitati , Ani, UM: Numar persoane, Valoare\n\
     Total, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 100\n\
     0- 4 ani, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, .6\n\
     Total, Total, Alba, 1213 MUNICIPIUL AIUD, Anul 2026, Numar persoane, 50\n",
    "JUDET, Numar total someri ,Rata somajului (%) ,\nALBA,\" 5,673     \", 3.37 ,\nARAD, 792     ,3.37,\n\
     CARA?-SEVERIN,\"2,682\",3.37,\nTotal ,\"9,147\",3.37,\n,,,\n,,,\n",
    "a\tb\tc\n\"x\ny\"\t1\t2\n\"\"\"\"\t3\t4\n1\t2\n1\t2\t3\t4\n",
    "{\"type\": \"FeatureCollection\", \"features\": []}",
    "<html><table><tr><td>Alba</td></tr></table>",
];
const TABLE_WORDS: [&str; 20] = [
    "\"",
    "\"\"",
    ";",
    ",",
    "\t",
    "|",
    "\r",
    "\n",
    "\r\n",
    "\u{feff}",
    "Anul 2025",
    "Total",
    "1017",
    "0",
    ":",
    "-",
    "Județ",
    "\u{0}",
    "Valoare",
    "1.234,5",
];

/// Whether a refusal is one in words, with advice.
pub(super) fn is_said(refusal: &FileRefusal) -> bool {
    refusal.kind != RefusalKind::Closed
        && !refusal.message.en.is_empty()
        && !refusal.hint.en.is_empty()
}

#[test]
fn a_delimited_text_is_a_table_or_is_refused_in_words() {
    let ro = bundled("ro-uat-2025").unwrap();
    let matcher = Matcher::new(&ro.register, &ro.gazetteer, &ro.aliases);
    inputs("delimited", 1_200, |random| {
        let mut bytes = random.pick(&TABLES).as_bytes().to_vec();
        if random.once_in(8) {
            bytes =
                encoding_rs::WINDOWS_1250.encode(&String::from_utf8(bytes).unwrap()).0.into_owned();
        }
        random.damage(&mut bytes, &TABLE_WORDS);
        let held = BTreeMap::from([("a.csv".to_owned(), Cow::Owned(bytes))]);
        let inputs = Inputs::Held(held);
        let found = probe(&inputs, "a.csv", None);
        match (&found.page, &found.refusal) {
            (Some(page), None) => {
                assert!(page.positions().is_sorted_by(|a, b| a < b));
                let columns = page.positions().map(|(_, column)| column);
                assert!(columns.max().unwrap_or(0) == page.width());
            }
            (None, Some(refusal)) => assert!(is_said(refusal), "{refusal:?}"),
            other => panic!("{other:?}"),
        }
        let folder = Folder { inputs: &inputs, matcher: &matcher, language: Language::Ro };
        let portrait = portray(&folder, "a.csv", None);
        assert!(!portrait.render().is_empty());
        assert!(!portrait.source_block().is_empty());
    });
}
