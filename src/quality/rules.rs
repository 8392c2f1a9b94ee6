//! The table of rules: stable ids, weights and meanings of everything a run may find.
//!
//! One constant a rule, so that code cannot name a rule that does not exist, and one list
//! ([`ALL`]) from which help and reference text are made.

use super::Severity::{self, Error, Note, Warning};

/// A rule of the quality checks.
#[derive(Debug)]
pub struct Rule {
    /// Stable kebab-case id; `[[accept]]` names it.
    pub id: &'static str,
    /// Weight of its findings.
    pub severity: Severity,
    /// What it means, in a sentence an analyst understands.
    pub meaning: &'static str,
}

/// Declares the rules and the list of all of them from one table.
macro_rules! rules {
    ($($name:ident = $id:literal, $severity:ident, $meaning:literal;)*) => {
        $(
            #[doc = $meaning]
            pub const $name: Rule = Rule { id: $id, severity: $severity, meaning: $meaning };
        )*

        /// Every rule, in the order of this table.
        pub const ALL: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    // reading files
    ENCODING = "encoding", Note, "how the bytes of a text file were read as letters";
    MOJIBAKE = "mojibake", Warning, "letters in names that show a file was decoded with the wrong encoding, or damaged before it reached us";
    DIALECT = "dialect", Note, "the delimiter and line ends found in a text file";
    RAGGED_ROW = "ragged-row", Warning, "a row with more or fewer fields than the header";
    HEADER_DETECTED = "header-detected", Note, "the header row that was found because none was declared";
    SHEET_CHOSEN = "sheet-chosen", Note, "the sheet that was read because none was declared";
    HIDDEN_SHEET = "hidden-sheet", Warning, "a hidden sheet, not read unless named";
    ERROR_CELL = "error-cell", Warning, "a cell that holds a spreadsheet error, read as not available";
    FORMULA_NOT_CALCULATED = "formula-not-calculated", Warning, "a formula that the spreadsheet never calculated: open it in Excel and save";
    DATE_IN_NUMBERS = "date-in-numbers", Error, "a date in a column of numbers";
    NOT_FINITE = "not-finite", Error, "a number that is not finite";
    PERCENT_FORMAT = "percent-format", Warning, "a column shown in per cent whose stored numbers are fractions";
    PIN_DIFFERS = "pin-differs", Error, "a file whose SHA-256 is not the one pinned in the study";
    // ingest: what keeps a source or a measure from being read
    FILE_MISSING = "file-missing", Error, "a file that is not there, or a pattern that matches none";
    FILE_UNREADABLE = "file-unreadable", Error, "a file that cannot be opened or is no table";
    FORMAT_DIFFERS = "format-differs", Warning, "a file whose content is not what its extension says";
    SHEET_MISSING = "sheet-missing", Error, "a sheet that the workbook does not have";
    DUPLICATE_CELL = "duplicate-cell", Warning, "a cell that the workbook holds more than once; the last one counts";
    KEY_MISSING = "key-missing", Error, "a source that does not say, or whose rows do not show, which area each row is about";
    UNKNOWN_LEVEL = "unknown-level", Error, "a level that the register does not have";
    COLUMN_MISSING = "column-missing", Error, "a column or dimension that the file does not have, or has more than once";
    LABEL_MISSING = "label-missing", Error, "a label that a dimension does not have";
    DIMENSION_OPEN = "dimension-open", Error, "a dimension with several labels of which the study selects none";
    LABELS_OVERLAP = "labels-overlap", Error, "labels that cannot be added up: those of a rate, ages with gaps, or what would count something twice";
    DUPLICATE_ROW = "duplicate-row", Error, "the same combination of labels in more than one row";
    AGES_TILED = "ages-tiled", Note, "the age labels whose sum is the range the study asks for";
    UNDECLARED_MARK = "undeclared-mark", Error, "a dash in a column of numbers whose meaning the study does not declare";
    PARTS_ABSENT = "parts-absent", Warning, "sums of several rows of which some are absent, so that there is no sum";
    SUMS_INCOMPLETE = "sums-incomplete", Note, "printed totals that cannot be compared because some of their parts have no value";
    REGISTER_INVALID = "register-invalid", Error, "a register or alias table that cannot be used as it stands";
    // rows
    ROWS_DROPPED = "rows-dropped", Note, "rows that are not units: totals, regions, counties, sectors, villages, notes, blank rows";
    UNKNOWN_CODE = "unknown-code", Error, "a code that the register does not have";
    UNKNOWN_NAME = "unknown-name", Error, "a name that the register does not have";
    AMBIGUOUS_NAME = "ambiguous-name", Error, "a name that fits more than one unit";
    FALLBACK_MATCH = "fallback-match", Note, "a unit recognised by its folded name, not by its code or exact name";
    NEAR_MATCH = "near-match", Warning, "a unit recognised at one letter's distance";
    ALIAS_USED = "alias-used", Note, "a unit recognised through the alias table";
    CHECK_DIGIT = "check-digit", Note, "a code whose control digit does not fit; membership in the register decides";
    CODE_NAME_MISMATCH = "code-name-mismatch", Error, "the code and the name of a row belong to different units";
    OUTSIDE_REGISTER = "outside-register", Note, "rows that the study declares to lie outside of its register";
    DUPLICATE_UNIT = "duplicate-unit", Error, "a unit that appears more than once in a source";
    UNIT_ABSENT = "unit-absent", Warning, "units of the register that a source does not mention";
    ABSENT_AS_ZERO = "absent-as-zero", Note, "units without a row that the study declares to mean zero";
    ABSENT_NOT_APPLICABLE = "absent-not-applicable", Note, "units without a row to which, as the study declares, a measure does not apply: a list that they are not on";
    SUMS_RECONCILED = "sums-reconciled", Note, "printed totals that equal the sum of their parts";
    SUMS_DIFFER = "sums-differ", Warning, "a printed total that is not the sum of its parts";
    // boundaries
    BORDERS_FOUND = "borders-found", Note, "the common borders that were found between the polygons of a source";
    BOUNDARY_EMPTY = "boundary-empty", Warning, "areas of a boundary file that have no polygon";
    BOUNDARY_BROKEN = "boundary-broken", Warning, "rings of fewer than three points in a boundary file, left out";
    BOUNDARY_OVERLAP = "boundary-overlap", Warning, "areas of a boundary file that lie on top of each other";
    // values
    NUMBER_FORMAT = "number-format", Note, "the decimal and thousands marks decided for a column";
    AMBIGUOUS_NUMBERS = "ambiguous-numbers", Error, "numbers that can be read in two ways; say which with `numbers`";
    TEXT_IN_NUMBERS = "text-in-numbers", Error, "a text in a column of numbers";
    MISSING_VALUES = "missing-values", Note, "cells that hold no value, by the state they mean";
    OUTSIDE_PLAUSIBLE = "outside-plausible", Error, "a value outside the range declared plausible";
    NEGATIVE_COUNT = "negative-count", Error, "a count below zero";
    REPEATED_RATE = "repeated-rate", Warning, "a rate that is the same for all areas of a source";
    CONCEPTS_MIXED = "concepts-mixed", Warning, "a numerator and a denominator of different concepts of population";
    COUNTS_MIXED = "counts-mixed", Warning, "families or cases over persons: a ratio that is not a share of people";
    MIXED_YEARS = "mixed-years", Note, "sources of different reference dates in one index";
    SERIES_BREAK = "series-break", Warning, "measures of different series in one indicator";
    SMALL_POPULATION = "small-population", Note, "units so small that their rates are unstable";
    // index
    DIVISION_BY_ZERO = "division-by-zero", Error, "a formula that divides by zero";
    NOT_A_NUMBER = "not-a-number", Error, "a formula or step whose result is not a finite number";
    VALUE_MISSING = "value-missing", Warning, "units for which an indicator has no value";
    IMPUTED = "imputed", Warning, "cells filled by a declared rule";
    TREATED = "treated", Note, "cells changed by a declared treatment of outliers";
    CONSTANT_COLUMN = "constant-column", Warning, "an indicator that is the same for all units and cannot separate them";
    NO_SCORE = "no-score", Warning, "units without a score, with the reason";
    RESCALED_WEIGHTS = "rescaled-weights", Note, "units whose score comes from fewer children, with weights rescaled";
    BROADCAST = "broadcast", Note, "a value measured for a larger area and shared by its units";
    RESOLUTION = "resolution", Warning, "how few distinct scores there are, and what shares them";
    OVERLAP = "overlap", Note, "declared double counting between indicators";
    OMITTED = "omitted", Warning, "an indicator that the study leaves out, with its reason";
    NEGATIVE_CORRELATION = "negative-correlation", Warning, "an indicator that moves against its parent";
    LOW_INFLUENCE = "low-influence", Warning, "an indicator that carries less than two per cent of the variance of its parent";
    REDUNDANT_PAIR = "redundant-pair", Warning, "two indicators that say nearly the same";
    GEOMETRIC_ZERO = "geometric-zero", Warning, "a geometric or harmonic mean fed with values it cannot take";
    // index room
    SCREENED = "screened", Note, "units left out by a declared screening rule";
    UNKNOWN_CATEGORY = "unknown-category", Error, "a category or value that the methodology gives no score";
    SUM_INCOMPLETE = "sum-incomplete", Warning, "an area whose sum is missing because one of its parts is";
    DIRECTION_UNUSED = "direction-unused", Warning, "a protective indicator that no normalising step turns round";
    MIXED_SIGNS = "mixed-signs", Error, "weights from a principal component or factor that disagree in sign";
    WEIGHTS_NOT_FOUND = "weights-not-found", Error, "weights from the data that cannot be found";
    UNCLASSED = "unclassed", Warning, "values that fall in no declared class";
    ILLUSTRATIVE = "illustrative", Note, "a methodology or programme whose numbers are assumptions until an authority adopts them";
    // select
    TIE_AT_CUT = "tie-at-cut", Warning, "units that share score and tie keys across a cut, so that the lottery or the code decided";
    TIE_KEY_MISSING = "tie-key-missing", Warning, "units without a value of a tie key, which puts them behind those they tie with";
    NOT_PROVED = "not-proved", Error, "a list that is not proved to be the best one within the work allowed";
    ENVELOPE_DIFFERS = "envelope-differs", Error, "a total that a document gives and that the list does not come to";
    RESOURCE_ABSENT = "resource-absent", Note, "a resource of a programme that is not shown because the study has no source for it";
    UNIVERSES_DIFFER = "universes-differ", Warning, "a programme that chooses among other units than those whose distribution sets bounds and ranks";
    // check
    ABOVE_WHOLE = "above-whole", Error, "a share above 100 per cent: its numerator is larger than its denominator";
    ACCEPT_UNUSED = "accept-unused", Warning, "an `[[accept]]` that matches no finding";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::ALL;

    #[test]
    fn ids_are_unique_kebab_case() {
        let ids: BTreeSet<_> = ALL.iter().map(|rule| rule.id).collect();
        assert_eq!(ids.len(), ALL.len());
        for id in ids {
            assert!(id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{id}");
        }
    }
}
