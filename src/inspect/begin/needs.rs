//! What the bundled methodologies ask a study to measure, read from their files.

use super::vocabulary::{self, Term};
use crate::study::bundled_text;
use crate::study::expression;

/// An indicator of a bundled methodology with the measures that its formula names.
#[derive(Debug)]
pub(super) struct Need {
    /// Its id, as `omit` names it.
    pub(super) indicator: String,
    /// Its formula.
    pub(super) value: String,
    /// The measures, in the order of its formula.
    pub(super) terms: Vec<&'static Term>,
}

impl Need {
    /// Its formula with measures under other names; nothing where none has another.
    pub(super) fn renamed(&self, name: &dyn Fn(&str) -> Option<String>) -> Option<String> {
        let mut names = expression::names(&self.value).ok()?;
        names.sort_by_key(|named| std::cmp::Reverse(named.span.start));
        let mut value = self.value.clone();
        for named in &names {
            if let Some(other) = name(&named.name) {
                value.replace_range(named.span.clone(), &other);
            }
        }
        (value != self.value).then_some(value)
    }
}

/// The indicators of a bundled methodology that are made of measures; what it extends is below it,
/// without what it leaves out.
pub(super) fn needs(methodology: &str) -> Vec<Need> {
    let document: toml::Table = bundled_text(methodology)
        .and_then(|text| text.parse().ok())
        .expect("a bundled methodology is TOML");
    let head = |key: &str| document.get("methodology").and_then(|head| head.get(key));
    let base = head("extends").and_then(toml::Value::as_str);
    let mut needs = base.map(needs).unwrap_or_default();
    let left_out = head("omit").and_then(toml::Value::as_array);
    let left_out: Vec<&str> =
        left_out.into_iter().flatten().filter_map(toml::Value::as_str).collect();
    needs.retain(|need| !left_out.contains(&need.indicator.as_str()));
    let own = document.get("indicator").and_then(toml::Value::as_array);
    for indicator in own.into_iter().flatten() {
        let text = |key: &str| indicator.get(key).and_then(toml::Value::as_str);
        let (Some(id), Some(value)) = (text("id"), text("value")) else { continue };
        let need =
            Need { indicator: id.to_owned(), value: value.to_owned(), terms: measured(value) };
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
            let indicators = text.get("indicator").and_then(toml::Value::as_array);
            let values = indicators.into_iter().flatten().filter_map(|it| it.get("value"));
            for formula in values.map(|value| value.as_str().unwrap()) {
                let measures = expression::names(formula).unwrap();
                let measures = measures.iter().filter(|name| name.name.contains('.'));
                assert_eq!(measures.count(), measured(formula).len(), "{methodology}: {formula}");
            }
        }
    }

    #[test]
    fn a_formula_takes_other_names_and_keeps_the_rest() {
        let needs = needs("irc");
        let share = needs.iter().find(|need| need.indicator == "children_share").unwrap();
        let other = |name: &str| (name == "population.children").then(|| "young.of_17".to_owned());
        let renamed = share.renamed(&other);
        assert_eq!(renamed.as_deref(), Some("young.of_17 / population.total * 100"));
        assert_eq!(share.renamed(&|_| None), None);
    }

    #[test]
    fn a_methodology_that_extends_another_asks_for_what_it_changes() {
        let asked = |methodology: &str| {
            let needs = needs(methodology);
            let of = needs.iter().find(|need| need.indicator == "vmg_share").unwrap();
            of.terms[0].name()
        };
        assert_eq!(asked("irc"), "vmg.families");
        assert_eq!(asked("irc-rural"), "vmg.families");
        assert_eq!(asked("irc-goalposts"), "vmg.families");
        assert_eq!(asked("irc-vmi"), "vmi.inclusion_families");
        for variant in ["irc-vmi", "irc-rural", "irc-goalposts"] {
            assert_eq!(needs("irc").len(), needs(variant).len());
        }
    }
}
