//! Everything a run may find, room by room: rules, and the sentences that tell a finding.
//!
//! A file a room. Each begins with its table of rules (id, weight, meaning in both languages); under
//! it stands one constructor a sentence, which takes plain values and answers the whole finding. A
//! new finding is a row and a constructor here, and a call in its room.

pub(crate) mod begin;
pub(crate) mod index;
pub(crate) mod ingest;
pub(crate) mod labels;
pub(crate) mod register;
pub(crate) mod run;
pub(crate) mod selection;
pub(crate) mod study;

use crate::quality::Rule;

/// Declares the rules of a room from one table: constant, id, weight, meaning in English and in
/// Romanian.
macro_rules! declare {
    ($($name:ident = $id:literal, $severity:ident, $en:literal, $ro:literal;)*) => {
        $(
            #[doc = $en]
            pub(crate) const $name: $crate::quality::Rule = $crate::quality::Rule {
                id: $id,
                severity: $crate::quality::Severity::$severity,
                meaning: $crate::language::Words { en: $en, ro: $ro },
            };
        )*

        /// Every rule of this room, in the order of its table.
        pub(super) const RULES: &[&$crate::quality::Rule] = &[$(&$name),*];
    };
}
use declare;

/// Every rule, room by room.
pub(crate) fn rules() -> impl Iterator<Item = &'static Rule> + Clone {
    [ingest::RULES, register::RULES, study::RULES, index::RULES, selection::RULES, run::RULES]
        .into_iter()
        .flatten()
        .copied()
}

/// The rule with that id.
pub(crate) fn rule(id: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::rules;

    #[test]
    fn ids_are_unique_kebab_case() {
        let ids: BTreeSet<_> = rules().map(|rule| rule.id).collect();
        assert_eq!(ids.len(), rules().count());
        for id in ids {
            assert!(id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{id}");
        }
    }

    #[test]
    fn every_rule_is_explained_in_both_languages_with_comma_below() {
        for rule in rules() {
            assert!(!rule.meaning.en.is_empty() && !rule.meaning.ro.is_empty(), "{}", rule.id);
            assert!(!rule.meaning.ro.contains(['ş', 'ţ']), "{}", rule.id);
        }
    }
}
