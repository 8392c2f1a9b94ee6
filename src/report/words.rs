//! Steps, classes and formulas of a methodology in plain words.

use serde::Serialize;
use serde_json::Value;

use crate::index::reference;
use crate::index::steps::Step;
use crate::language::{Language, Words};

/// Step and sentence, the verb first, in the third person.
const SENTENCES: &[(&str, &str)] = &[
    ("screen", "lasă deoparte unitățile cu prea puține date sau prea puțini locuitori"),
    ("impute", "completează valorile lipsă după regula declarată"),
    ("fill", "pune o constantă unde nu există valoare, după transformare"),
    ("shrink", "apropie ratele populațiilor mici de rata ariei lor (micșorare bayesiană)"),
    (
        "winsorise",
        "aduce valorile extreme la următoarea valoare, cât timp asimetria și boltirea sunt amândouă prea mari (winsorizare)",
    ),
    ("winsorise_percentile", "aduce valorile de dincolo de percentilele declarate la acestea"),
    ("clip", "limitează valorile la intervalul declarat"),
    ("log_ct", "ia logaritmul, cu o deplasare dată de amplitudine"),
    ("log_ct_mirror", "ia logaritmul ca log_ct, oglindit la asimetrie spre stânga"),
    ("log_shift", "ia logaritmul distanței față de minim, plus 1"),
    ("log_signed", "ia logaritmul, păstrând semnul"),
    ("boxcox", "aplică transformarea Box-Cox distanței față de minim"),
    ("treat", "încearcă tratamente până când asimetria sau boltirea este acceptabilă"),
    ("ln", "ia logaritmul natural"),
    ("log10", "ia logaritmul zecimal"),
    ("log1p", "ia logaritmul natural al valorii plus 1"),
    ("sqrt", "ia rădăcina pătrată"),
    ("cbrt", "ia rădăcina cubică"),
    ("power", "ridică la puterea declarată"),
    ("arcsinh", "ia sinusul hiperbolic invers"),
    ("shift", "adaugă o constantă"),
    ("scale", "înmulțește cu o constantă"),
    ("reverse", "întoarce scorul"),
    ("round", "rotunjește la zecimalele declarate, jumătatea în sus"),
    ("truncate", "taie zecimalele de prisos"),
    ("significant", "rotunjește la cifrele semnificative declarate"),
    ("single", "păstrează numărul pe patru octeți"),
    ("flag", "pune 1 de la pragul declarat în sus, altfel 0"),
    ("minmax", "aduce amplitudinea distribuției pe scala declarată (min–max)"),
    ("zscore", "exprimă distanța față de medie în abateri standard (scor z)"),
    ("robust_zscore", "exprimă distanța față de mediană în abateri absolute mediane"),
    ("rank", "dă fiecărei unități locul ei în ordine"),
    ("percent_rank", "dă fiecărei unități cota celorlalte unități aflate sub ea"),
    ("percentile", "dă fiecărei unități cota distribuției aflate la nivelul ei sau sub el"),
    ("borda", "numără câte unități sunt dedesubt"),
    ("goalposts", "așază valorile între două repere, declarate sau luate din distribuție"),
    (
        "distance_to_reference",
        "dă distanța față de minim, ca parte din cea a unei unități de referință",
    ),
    ("distance_to_target", "dă distanța față de minim, ca parte din cea a țintei"),
    ("distance_to_max", "dă distanța față de maxim, ca parte din amplitudine"),
    ("fraction_of_max", "dă cota din maxim; ce lipsește până la el, pentru un indicator protector"),
    ("above_below_mean", "spune dacă valoarea este peste, în jurul sau sub medie"),
    ("around_reference", "scalează astfel încât referința să cadă la mijloc"),
    ("categories", "dă cuvintelor sau benzilor de valori scorul declarat"),
    ("rank_share", "exprimă rangul ca pondere"),
    ("exponential", "transformă rangul pe scala exponențială"),
    ("normal_scores", "înlocuiește rangul cu valoarea normală standard"),
    ("logistic", "aplică o curbă logistică"),
    ("vector", "dă cota din lungimea coloanei ca vector"),
    ("share_of_sum", "dă cota din suma coloanei"),
];

/// What the step of that name does; the name itself when nobody wrote a sentence.
pub(crate) fn step_text(step: &str, language: Language) -> String {
    let romanian = || SENTENCES.iter().find(|(name, _)| *name == step).map(|(_, text)| *text);
    let english = || reference::step_summary(step);
    match language {
        Language::Ro => romanian().unwrap_or(step).to_owned(),
        Language::En => english().unwrap_or(step).to_owned(),
    }
}

/// What a step does, in a sentence.
pub(crate) fn step_sentence(step: &Step, language: Language) -> String {
    step_text(step.name(), language)
}

/// A part of a methodology as its file declares it: `winsorise = { max = 5 }`, parameters left at
/// nothing not printed.
pub(crate) fn declared<T: Serialize>(part: &T) -> String {
    match declared_value(part) {
        Value::Object(entries) => pairs(&entries),
        other => inline(&other),
    }
}

fn declared_value<T: Serialize>(part: &T) -> Value {
    serde_json::to_value(part).expect("declared parts of a methodology are plain data")
}

fn pairs(entries: &serde_json::Map<String, Value>) -> String {
    let said = entries.iter().filter(|(_, value)| !value.is_null());
    said.map(|(key, value)| format!("{key} = {}", inline(value))).collect::<Vec<_>>().join(", ")
}

fn inline(value: &Value) -> String {
    match value {
        Value::Object(entries) if entries.is_empty() => "{}".to_owned(),
        Value::Object(entries) => format!("{{ {} }}", pairs(entries)),
        Value::Array(items) => {
            format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", "))
        }
        Value::Number(number) => {
            let text = number.to_string();
            text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
        }
        Value::Null | Value::Bool(_) | Value::String(_) => value.to_string(),
    }
}

/// A choice of a methodology that is one word, in words; anything richer as it is declared.
pub(crate) fn choice<T: Serialize>(
    table: &[(&str, Words)],
    part: &T,
    language: Language,
) -> String {
    match declared_value(part) {
        Value::String(id) => named(table, &id, language).to_owned(),
        _ => declared(part),
    }
}

/// The text of `words` for an identifier of a small table, the identifier itself when it has none.
pub(crate) fn named<'t>(table: &[(&str, Words)], id: &'t str, language: Language) -> &'t str {
    table.iter().find(|(known, _)| *known == id).map_or(id, |(_, words)| words.text(language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_told_by_name_sentence_and_declared_form() {
        let step: Step = serde_json::from_str(r#"{"round":{"decimals":9}}"#).unwrap();
        assert_eq!(declared(&step), "round = { decimals = 9 }");
        assert!(step_sentence(&step, Language::Ro).starts_with("rotunjește"));
    }

    #[test]
    fn parameters_read_as_in_the_file() {
        let part = serde_json::json!({
            "impute": { "median": { "within": "county", "donors": null } }, "to": [0.0, 100.0], "x": {}
        });
        assert_eq!(
            declared(&part),
            r#"impute = { median = { within = "county" } }, to = [0, 100], x = {}"#
        );
    }

    #[test]
    fn every_step_is_told_in_romanian() {
        let untold: Vec<_> = reference::step_names()
            .filter(|step| SENTENCES.iter().all(|(name, _)| name != step))
            .collect();
        assert_eq!(untold, Vec::<&str>::new());
        assert!(SENTENCES.iter().all(|(_, text)| !text.contains(['ş', 'ţ'])));
    }
}
