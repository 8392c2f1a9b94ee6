//! Every word of the reports in Romanian and English.

mod capacity;
mod index;
mod method;
mod page;
mod selection;
mod sheets;

use super::numbers::Counted;
use crate::language::Language;
pub(crate) use capacity::*;
pub(crate) use index::*;
pub(crate) use method::*;
pub(crate) use page::*;
pub(crate) use selection::*;
pub(crate) use sheets::*;

/// A text of the reports in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    /// Romanian.
    pub(crate) ro: &'static str,
    /// English.
    pub(crate) en: &'static str,
}

impl Words {
    /// The text in `language`.
    pub(crate) fn text(self, language: Language) -> &'static str {
        match language {
            Language::Ro => self.ro,
            Language::En => self.en,
        }
    }
}

const fn words(ro: &'static str, en: &'static str) -> Words {
    Words { ro, en }
}

/// Declares the labels and the list of all of them from one table.
macro_rules! labels {
    ($all:ident: $($name:ident = $ro:literal, $en:literal;)*) => {
        $(pub(crate) const $name: $crate::report::labels::Words =
            $crate::report::labels::words($ro, $en);)*

        /// Every label of this table.
        #[cfg(test)]
        pub(super) const $all: &[$crate::report::labels::Words] = &[$($name),*];
    };
}
use labels;

/// Nouns that follow a number.
pub(crate) const UNITS: Counted = Counted { ro: ["unitate", "unități"], en: ["unit", "units"] };
/// Units that a list leaves out.
pub(crate) const MORE_UNITS: Counted =
    Counted { ro: ["unitate", "unități"], en: ["more unit", "more units"] };
/// Errors.
pub(crate) const ERRORS: Counted = Counted { ro: ["eroare", "erori"], en: ["error", "errors"] };
/// Warnings.
pub(crate) const WARNINGS: Counted =
    Counted { ro: ["avertizare", "avertizări"], en: ["warning", "warnings"] };
/// Notes.
pub(crate) const NOTES: Counted = Counted { ro: ["notă", "note"], en: ["note", "notes"] };
/// Places of a phase with those of the phases before.
pub(crate) const PLACES_FILLED: Counted = Counted {
    ro: ["loc ocupat în total", "locuri ocupate în total"],
    en: ["place filled in all", "places filled in all"],
};
/// People whom a phase reaches.
pub(crate) const PERSONS: Counted =
    Counted { ro: ["persoană", "persoane"], en: ["person", "people"] };
/// Files.
pub(crate) const FILES: Counted = Counted { ro: ["fișier", "fișiere"], en: ["file", "files"] };
/// Distinct scores.
pub(crate) const SCORES: Counted = Counted {
    ro: ["scor distinct", "scoruri distincte"],
    en: ["distinct score", "distinct scores"],
};

/// How children are combined.
pub(crate) const COMBINES: &[(&str, Words)] = &[
    ("arithmetic", words("medie aritmetică ponderată", "weighted arithmetic mean")),
    ("geometric", words("medie geometrică ponderată", "weighted geometric mean")),
    ("harmonic", words("medie armonică ponderată", "weighted harmonic mean")),
    ("min", words("minimul componentelor", "least child")),
    ("max", words("maximul componentelor", "greatest child")),
    ("median", words("mediană ponderată", "weighted median")),
    ("product", words("produs", "product")),
    ("sum", words("sumă ponderată", "weighted sum")),
    ("present", words("cota componentelor cu valoare", "share of children with a value")),
    ("copeland", words("majoritate pe perechi", "pairwise majority")),
];

/// Where weights come from.
pub(crate) const WEIGHTS: &[(&str, Words)] = &[
    ("declared", words("declarate în metodologie", "declared in the methodology")),
    ("equal", words("egale", "equal")),
];

/// Levels of measurement, as in "a county value".
pub(crate) const LEVELS: &[(&str, Words)] = &[
    ("uat", words("UAT", "unit")),
    ("county", words("județ", "county")),
    ("region", words("regiune", "region")),
    ("macroregion", words("macroregiune", "macroregion")),
    ("national", words("țară", "country")),
];

/// Classes as bundled methodologies call them; a study may have others.
pub(crate) const CLASSES: &[(&str, Words)] = &[
    ("very-low", words("foarte scăzut", "very low")),
    ("low", words("scăzut", "low")),
    ("medium", words("mediu", "medium")),
    ("high", words("ridicat", "high")),
    ("very-high", words("foarte ridicat", "very high")),
];

/// Kinds of units in the bundled register.
pub(crate) const KINDS: &[(&str, Words)] = &[
    ("commune", words("comună", "commune")),
    ("town", words("oraș", "town")),
    ("municipality", words("municipiu", "municipality")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_is_said_in_both_languages_with_comma_below_letters() {
        let tables = [COMBINES, WEIGHTS, LEVELS, CLASSES, KINDS];
        let listed = tables.iter().flat_map(|table| table.iter().map(|(_, words)| *words));
        let all = [
            CAPACITY_LABELS,
            INDEX_LABELS,
            METHOD_LABELS,
            PAGE_LABELS,
            SELECTION_LABELS,
            SHEETS_LABELS,
        ]
        .concat();
        for words in all.into_iter().chain(listed) {
            assert!(!words.ro.trim().is_empty() && !words.en.trim().is_empty(), "{words:?}");
            assert!(!words.ro.contains(['ş', 'ţ', 'Ş', 'Ţ']), "{words:?}");
        }
    }
}
