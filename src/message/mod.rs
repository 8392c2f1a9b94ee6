//! Everything a run may find, room by room: rules, and the sentences that tell a finding.
//!
//! A file a room. Each begins with its table of rules (id, weight, meaning in both languages); under
//! it stands one constructor a sentence, which takes plain values and answers the whole finding. A
//! new finding is a row and a constructor here, and a call in its room.

pub(crate) mod account;
pub(crate) mod archive;
pub(crate) mod begin;
pub(crate) mod check;
pub(crate) mod compare;
pub(crate) mod explain;
pub(crate) mod index;
pub(crate) mod ingest;
pub(crate) mod inspect;
pub(crate) mod labels;
mod portrait;
pub(crate) mod register;
pub(crate) mod report;
pub(crate) mod robustness;
pub(crate) mod run;
pub(crate) mod selection;
pub(crate) mod small_counts;
pub(crate) mod study;

use std::io;

use crate::quality::{Message, Rule, message};
use crate::spelling;

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
    [
        ingest::RULES,
        register::RULES,
        study::RULES,
        index::RULES,
        selection::RULES,
        run::RULES,
        robustness::RULES,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// The rule with that id.
pub(crate) fn rule(id: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.id == id)
}

/// A level of the register as sentences name it: by its key in English, in Romanian by its word where
/// it has one.
pub(crate) fn level(key: &str) -> Message {
    let ro = match key {
        "uat" => "UAT",
        "county" => "județ",
        "region" => "regiune",
        "macroregion" => "macroregiune",
        "national" => "țară",
        own => return Message { en: own.to_owned(), ro: format!("`{own}`") },
    };
    Message { en: key.to_owned(), ro: ro.to_owned() }
}

/// Asks whether the nearest known word was meant.
pub(crate) fn meant<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<Message> {
    let near = spelling::nearest(word, known)?;
    Some(message!("did you mean `{near}`?", "ați vrut să scrieți `{near}`?"))
}

/// The hint for an unknown word: the one probably meant, else the known ones when they are few.
pub fn suggest<'k>(
    word: &str,
    known: impl IntoIterator<Item = &'k str> + Clone,
) -> Option<Message> {
    if let Some(hint) = meant(word, known.clone()) {
        return Some(hint);
    }
    let all: Vec<&str> = known.into_iter().collect();
    let shown = if all.len() > 24 { 16 } else { all.len() };
    let list = Message::same(spelling::list(all[..shown].iter().copied()));
    let list = list.and_more(all.len() - shown);
    (!all.is_empty()).then(|| message!("known here: {list}", "aici se cunosc: {list}"; list = list))
}

/// What the system says when a file cannot be read or written.
pub fn of_system(error: &io::Error) -> Message {
    let ro = match error.kind() {
        io::ErrorKind::NotFound => "nu există un astfel de fișier sau dosar",
        io::ErrorKind::PermissionDenied => "accesul este interzis",
        io::ErrorKind::IsADirectory => "este un dosar, nu un fișier",
        io::ErrorKind::NotADirectory => "o parte a căii nu este un dosar",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "nu mai este loc pe disc",
        io::ErrorKind::ReadOnlyFilesystem => "discul este numai pentru citire",
        io::ErrorKind::AlreadyExists => "există deja",
        io::ErrorKind::ResourceBusy => "fișierul este folosit de alt program",
        _ => return message!("{error}", "sistemul spune: `{error}`"),
    };
    message!("{error}", "{ro}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{rules, suggest};

    #[test]
    fn few_known_words_are_listed_and_many_are_counted() {
        let many: Vec<String> = (0..30).map(|at| format!("known{at}")).collect();
        let hint = suggest("zzz", many.iter().map(String::as_str)).unwrap();
        assert!(hint.en.starts_with("known here: `known0`, "), "{hint}");
        assert!(hint.en.ends_with(" and 14 more") && hint.ro.ends_with(" și încă 14"), "{hint}");
        assert_eq!(suggest("zzz", []), None);
        let few = suggest("zzz", ["a", "b"]).unwrap();
        assert_eq!((&*few.en, &*few.ro), ("known here: `a`, `b`", "aici se cunosc: `a`, `b`"));
    }

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
