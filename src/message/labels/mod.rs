//! Every word of the reports in Romanian and English.

mod index;
mod method;
pub(crate) mod robustness;
mod selection;
mod sheets;

use crate::language::{Counted, Words};
use crate::quality::Severity;
pub(crate) use index::*;
pub(crate) use method::*;
pub(crate) use selection::*;
pub(crate) use sheets::*;

/// Declares the labels and the list of all of them from one table.
macro_rules! labels {
    ($all:ident: $($name:ident = $ro:literal, $en:literal;)*) => {
        $(pub(crate) const $name: $crate::language::Words =
            $crate::language::Words::new($ro, $en);)*

        /// Every label of this table.
        #[cfg(test)]
        pub(super) const $all: &[$crate::language::Words] = &[$($name),*];
    };
}
use labels;

/// The word of a severity.
pub(crate) fn severity(severity: Severity) -> Words {
    match severity {
        Severity::Error => ERROR,
        Severity::Warning => WARNING,
        Severity::Note => NOTE,
    }
}

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
    ("arithmetic", Words::new("medie aritmetică ponderată", "weighted arithmetic mean")),
    ("geometric", Words::new("medie geometrică ponderată", "weighted geometric mean")),
    ("harmonic", Words::new("medie armonică ponderată", "weighted harmonic mean")),
    ("min", Words::new("minimul componentelor", "least child")),
    ("max", Words::new("maximul componentelor", "greatest child")),
    ("median", Words::new("mediană ponderată", "weighted median")),
    ("product", Words::new("produs", "product")),
    ("sum", Words::new("sumă ponderată", "weighted sum")),
    ("present", Words::new("ponderea componentelor cu valoare", "share of children with a value")),
    ("copeland", Words::new("majoritate pe perechi", "pairwise majority")),
];

/// Where weights come from.
pub(crate) const WEIGHTS: &[(&str, Words)] = &[
    ("declared", Words::new("declarate în metodologie", "declared in the methodology")),
    ("equal", Words::new("egale", "equal")),
];

/// Levels of measurement, as in "a county value".
pub(crate) const LEVELS: &[(&str, Words)] = &[
    ("uat", Words::new("UAT", "unit")),
    ("county", Words::new("județ", "county")),
    ("region", Words::new("regiune", "region")),
    ("macroregion", Words::new("macroregiune", "macroregion")),
    ("national", Words::new("țară", "country")),
];

/// Classes as bundled methodologies call them; a study may have others.
pub(crate) const CLASSES: &[(&str, Words)] = &[
    ("very-low", Words::new("foarte scăzut", "very low")),
    ("low", Words::new("scăzut", "low")),
    ("medium", Words::new("mediu", "medium")),
    ("high", Words::new("ridicat", "high")),
    ("very-high", Words::new("foarte ridicat", "very high")),
];

/// Kinds of units in the bundled register.
pub(crate) const KINDS: &[(&str, Words)] = &[
    ("commune", Words::new("comună", "commune")),
    ("town", Words::new("oraș", "town")),
    ("municipality", Words::new("municipiu", "municipality")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_is_said_in_both_languages_with_comma_below_letters() {
        let tables = [COMBINES, WEIGHTS, LEVELS, CLASSES, KINDS];
        let listed = tables.iter().flat_map(|table| table.iter().map(|(_, words)| *words));
        let all = [
            INDEX_LABELS,
            METHOD_LABELS,
            PAGE_LABELS,
            robustness::ROBUSTNESS_LABELS,
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
