//! What the bundled methodologies ask a study to measure, read from their files.

use super::vocabulary::{self, Term};
use crate::study::bundled_text;
use crate::study::expression;

/// An indicator of a bundled methodology with the measures that its formula names.
#[derive(Debug)]
pub(super) struct Need {
    /// Its id, as `omit` names it.
    pub(super) indicator: String,
    /// The measures, in the order of its formula.
    pub(super) terms: Vec<&'static Term>,
}

/// The indicators of a bundled methodology that are made of measures; what it extends is below it.
pub(super) fn needs(methodology: &str) -> Vec<Need> {
    let document: toml::Table = bundled_text(methodology)
        .and_then(|text| text.parse().ok())
        .expect("a bundled methodology is TOML");
    let base = document.get("methodology").and_then(|head| head.get("extends"));
    let mut needs = base.and_then(toml::Value::as_str).map(needs).unwrap_or_default();
    let own = document.get("indicator").and_then(toml::Value::as_array);
    for indicator in own.into_iter().flatten() {
        let text = |key: &str| indicator.get(key).and_then(toml::Value::as_str);
        let (Some(id), Some(value)) = (text("id"), text("value")) else { continue };
        let need = Need { indicator: id.to_owned(), terms: measured(value) };
        match needs.iter_mut().find(|known| known.indicator == id) {
            Some(known) => *known = need,
            None if need.terms.is_empty() => {}
            None => needs.push(need),
        }
    }
    needs
}

/// The measures that a formula names; columns of the register are none.
fn measured(formula: &str) -> Vec<&'static Term> {
    let names = expression::names(formula).expect("a formula of a bundled methodology parses");
    names.iter().filter_map(|name| vocabulary::term(&name.name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::bundled_methodologies;

    #[test]
    fn every_measure_of_the_bundled_methodologies_is_in_the_vocabulary() {
        for methodology in bundled_methodologies() {
            let text: toml::Table = bundled_text(methodology).unwrap().parse().unwrap();
            for indicator in text["indicator"].as_array().unwrap() {
                let formula = indicator["value"].as_str().unwrap();
                let measures = expression::names(formula).unwrap();
                let measures = measures.iter().filter(|name| name.name.contains('.'));
                assert_eq!(measures.count(), measured(formula).len(), "{methodology}: {formula}");
            }
        }
    }

    #[test]
    fn a_methodology_that_extends_another_asks_for_what_it_changes() {
        let asked = |methodology: &str| {
            let needs = needs(methodology);
            let of = needs.iter().find(|need| need.indicator == "vmg_share").unwrap();
            of.terms[0].name()
        };
        assert_eq!(asked("irc"), "vmg.families");
        assert_eq!(asked("irc-vmi"), "vmi.inclusion_families");
        assert_eq!(needs("irc").len(), needs("irc-vmi").len());
    }
}
