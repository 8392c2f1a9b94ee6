//! One look at the numbers of a measure before the index believes them: counts are whole, `-999` is
//! no share, fractions do not stand among per cents, texts not among stored numbers.

use super::numbers::{Evidence, is_number};
use super::states::marker;
use super::{DataRow, MeasureColumn, Subject, units};
use crate::ingest::labels::{fold, trim};
use crate::ingest::sheet::grid::Content;
use crate::message::ingest::{facts, values as message};
use crate::observation::Nature;
use crate::quality::{Finding, Place};

/// Words of a header that say that its numbers are to be multiplied.
const SCALES: [&str; 9] =
    ["mii", "milioane", "mil", "miliarde", "mld", "thousand", "thousands", "million", "millions"];

/// The fewest numbers that a column must have before its scale is judged.
const FEWEST: usize = 5;
/// How many times larger the numbers above a gap are than those below it, where two scales are mixed.
const GAP: f64 = 3.0;
/// How many times larger a number of nothing but nines is than the greatest other one, where it stands
/// for something else.
const FAR: f64 = 2.0;

/// A number of an area.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) value: f64,
    pub(super) written: Written,
    /// Position of its row among those of the table.
    pub(super) row: usize,
}

/// How a file holds a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// As a number.
    Stored,
    /// As a text.
    Text,
    /// As a mark that the study declares to be zero.
    Mark,
}

/// A measure whose numbers are looked at.
pub(super) struct Look<'l> {
    pub(super) measure: &'l str,
    pub(super) nature: Nature,
    /// Whether the header promises per cent.
    pub(super) promises_percent: bool,
    pub(super) numbers: &'l [Seen],
}

impl Look<'_> {
    /// What is implausible, with the cells; `place` makes that of a row.
    pub(super) fn findings(&self, place: impl Fn(usize) -> Place) -> Vec<Finding> {
        let places = |seen: Vec<&Seen>| -> Vec<Place> {
            seen.into_iter().map(|seen| place(seen.row)).collect()
        };
        let mut findings = Vec::new();
        let broken = self.broken_counts();
        if !broken.is_empty() {
            let most = broken.len() * 2 > self.numbers.len();
            let thousands = broken.iter().all(|seen| has_three_decimals(seen.value));
            let example = broken[0].value;
            findings.push(message::broken_count(
                self.measure,
                example,
                [most, thousands],
                places(broken),
            ));
        }
        for (code, seen) in self.sentinels() {
            findings.push(message::sentinel(self.measure, code, places(seen)));
        }
        let fractions = self.fractions_among_percents();
        if !fractions.is_empty() {
            findings.push(message::mixed_scale(self.measure, fractions.len(), places(fractions)));
        } else if self.is_all_fractions() {
            findings.push(message::fractions_as_percents(self.measure, self.numbers.len()));
        }
        let texts = self.texts_among_numbers();
        if !texts.is_empty() {
            findings.push(message::text_among_numbers(self.measure, places(texts)));
        }
        findings
    }

    /// Numbers of a count that are not whole.
    fn broken_counts(&self) -> Vec<&Seen> {
        if self.nature != Nature::Count {
            return Vec::new();
        }
        self.numbers.iter().filter(|seen| seen.value.fract() != 0.0).collect()
    }

    /// Numbers that stand for a missing value in many files, where nothing else is near them.
    fn sentinels(&self) -> Vec<(f64, Vec<&Seen>)> {
        let mut found: Vec<(f64, Vec<&Seen>)> = Vec::new();
        for seen in self.numbers.iter().filter(|seen| is_code(seen.value)) {
            match found.iter_mut().find(|(code, _)| code.total_cmp(&seen.value).is_eq()) {
                Some((_, all)) => all.push(seen),
                None => found.push((seen.value, vec![seen])),
            }
        }
        if found.is_empty() {
            return found;
        }
        let others = self.numbers.iter().map(|seen| seen.value).filter(|value| !is_code(*value));
        let others: Vec<f64> = others.collect();
        if others.len() < FEWEST {
            return Vec::new();
        }
        let least = others.iter().copied().fold(f64::INFINITY, f64::min);
        let most = others.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        found.retain(|(code, _)| {
            if *code < 0.0 {
                least >= 0.0 && self.nature != Nature::Count
            } else {
                most > 0.0 && *code > FAR * most
            }
        });
        found
    }

    /// Numbers up to 1 below a gap, which are like the others when multiplied by a hundred.
    fn fractions_among_percents(&self) -> Vec<&Seen> {
        if self.nature != Nature::Rate {
            return Vec::new();
        }
        let mut above: Vec<f64> = self.numbers.iter().map(|seen| seen.value).collect();
        above.retain(|value| *value > 0.0 && !is_code(*value));
        above.sort_unstable_by(f64::total_cmp);
        if above.len() < FEWEST {
            return Vec::new();
        }
        let gap = (1..above.len()).max_by(|&a, &b| {
            let ratio = |at: usize| above[at] / above[at - 1];
            ratio(a).total_cmp(&ratio(b)).then(b.cmp(&a))
        });
        let Some(gap) = gap else { return Vec::new() };
        let (low, high) = (above[gap - 1], above[gap]);
        let is_like = low <= 1.0
            && high >= 1.0
            && high >= GAP * low
            && 100.0 * low <= 1.5 * above[above.len() - 1]
            && 100.0 * above[0] >= high / 1.5;
        let is_below = |seen: &&Seen| is_like && seen.value > 0.0 && seen.value <= low;
        self.numbers.iter().filter(is_below).collect()
    }

    /// Whether the header speaks of per cent and no number is above 1.
    fn is_all_fractions(&self) -> bool {
        self.promises_percent
            && self.nature == Nature::Rate
            && self.numbers.len() >= FEWEST
            && self.numbers.iter().all(|seen| (0.0..=1.0).contains(&seen.value))
            && self.numbers.iter().any(|seen| seen.value > 0.0)
    }

    /// Numbers written as texts in a column that is stored as numbers.
    fn texts_among_numbers(&self) -> Vec<&Seen> {
        let are = |written: Written| self.numbers.iter().filter(move |one| one.written == written);
        if are(Written::Stored).count() * 2 <= self.numbers.len() {
            return Vec::new();
        }
        are(Written::Text).collect()
    }
}

/// `-1`, `-9`, and nothing but nines from `99` on: what files write where a value is missing.
fn is_code(value: f64) -> bool {
    let size = value.abs();
    if size < 99.0 {
        return value < 0.0 && (size == 1.0 || size == 9.0);
    }
    // the remainder of whole numbers costs little, and nearly all numbers end here
    (size as i64) % 10 == 9 && NINES.contains(&size)
}

/// `99`, `999` and so on.
const NINES: [f64; 9] = [
    99.0,
    999.0,
    9_999.0,
    99_999.0,
    999_999.0,
    9_999_999.0,
    99_999_999.0,
    999_999_999.0,
    9_999_999_999.0,
];

/// Whether a number has three decimals, as one has whose mark of thousands was taken for a point.
fn has_three_decimals(value: f64) -> bool {
    let thousand = value * 1000.0;
    (thousand - thousand.round()).abs() < 1e-6 && value.abs() >= 1.0
}

impl<'g> MeasureColumn<'g> {
    /// The unit that is read behind the numbers: the declared one, else the one that all of them carry;
    /// and whether one of them carries it.
    pub(super) fn unit(&self) -> Option<(&'g str, bool)> {
        match self.measure.unit.as_deref() {
            Some(declared) => {
                let folded = fold(declared);
                Some((declared, self.carried().flatten().any(|unit| fold(unit) == folded)))
            }
            None => self.only_unit().map(|unit| (unit, true)),
        }
    }

    /// The finding that the header says thousands or millions.
    pub(super) fn scaled(&self) -> Option<Finding> {
        let folded = fold(self.header);
        let words: Vec<&str> = folded.split_whitespace().collect();
        // `peste 2 mii` counts something
        let is_counted =
            |at: usize| at > 0 && words[at - 1].ends_with(|it: char| it.is_ascii_digit());
        let said = words.iter().enumerate().find_map(|(at, word)| {
            let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
            (SCALES.contains(&word) && !is_counted(at)).then_some(word)
        });
        let place = || self.file.sheet.place().at_column(self.column);
        said.map(|word| facts::scaled_header(&self.measure.id, self.header, word, place()))
    }

    /// The unit that all numbers carry.
    fn only_unit(&self) -> Option<&'g str> {
        let mut carried = self.carried();
        let first = carried.next()??;
        let folded = fold(first);
        let is_same =
            |unit: Option<&str>| unit.is_some_and(|unit| unit == first || fold(unit) == folded);
        carried.all(is_same).then_some(first)
    }

    /// The units of the numbers; nothing for a number without one.
    fn carried(&self) -> impl Iterator<Item = Option<&'g str>> {
        let (column, missing) = (self.column, &self.file.source.missing);
        let rows = self.rows.iter().filter(|row| row.recognised.subject.has_numbers());
        rows.filter_map(move |row| match row.row.cell(column) {
            Content::Text(text) if marker(trim(text), missing).is_none() => {
                match units::split(text) {
                    Some((_, unit)) => Some(Some(unit)),
                    None => is_number(text).then_some(None),
                }
            }
            Content::Number(_) => Some(None),
            _ => None,
        })
    }
}

impl MeasureColumn<'_> {
    /// What there is to say about numbers shown in per cent, or written with its sign.
    pub(super) fn percent(&self, evidence: &Evidence, place: &Place) -> Vec<Finding> {
        let id = self.measure.id.as_str();
        let is_area = |row: &&DataRow<'_>| matches!(row.recognised.subject, Subject::Area(_));
        let is_number =
            |row: &&DataRow<'_>| matches!(row.row.cell(self.column), Content::Number(_));
        let (shown, plain): (Vec<_>, Vec<_>) = self
            .rows
            .iter()
            .filter(is_area)
            .filter(is_number)
            .partition(|row| row.row.is_percent(self.column));
        let mut findings = Vec::new();
        if !shown.is_empty() {
            let mixed = !plain.is_empty();
            findings.push(message::percent_cells(id, shown.len(), mixed, place.clone()));
        }
        if evidence.mixes_percent() {
            findings.push(message::mixed_percent_signs(id, place.clone()));
        } else if evidence.has_percent() {
            findings.push(message::percent_signs(id, place.clone()));
        }
        findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message;

    fn look(nature: Nature, promises_percent: bool, values: &[f64]) -> Vec<(&'static str, usize)> {
        let numbers: Vec<Seen> = values
            .iter()
            .enumerate()
            .map(|(row, &value)| Seen { value, written: Written::Stored, row })
            .collect();
        let look = Look { measure: "x", nature, promises_percent, numbers: &numbers };
        let findings = look.findings(|row| Place::file("f").at_row(row as u32 + 1));
        findings.iter().map(|finding| (finding.rule, finding.places.len())).collect()
    }

    #[test]
    fn counts_are_whole() {
        let rule = message::ingest::BROKEN_COUNT.id;
        assert_eq!(look(Nature::Count, false, &[120.0, 1.274, 300.0]), [(rule, 1)]);
        assert_eq!(look(Nature::Count, false, &[120.0, 1274.0, 0.0]), []);
        assert_eq!(look(Nature::Amount, false, &[120.0, 1.274, 300.0]), []);
    }

    #[test]
    fn what_stands_for_a_missing_value_is_told_where_nothing_else_is_near_it() {
        let rule = message::ingest::SENTINEL.id;
        let with = |code: f64| [&[2.0, 2.4, 3.1, 5.0, 8.2][..], &[code]].concat();
        for code in [-1.0, -9.0, -999.0, 99.0, 9999.0, 99_999_999.0] {
            assert_eq!(look(Nature::Rate, false, &with(code)), [(rule, 1)], "{code}");
        }
        assert_eq!(look(Nature::Rate, false, &with(9.0)), []);
        // growth may well be -1, and a town may have 9,999 people
        assert_eq!(look(Nature::Rate, false, &[2.0, -0.4, 3.1, -5.0, 8.2, -1.0]), []);
        assert_eq!(look(Nature::Count, false, &[2000.0, 12.0, 8000.0, 31.0, 4.0, 9999.0]), []);
    }

    #[test]
    fn fractions_among_per_cents_are_told_and_small_shares_are_not() {
        let rule = message::ingest::MIXED_SCALE.id;
        let mixed = [9.4, 10.0, 0.09, 11.2, 14.0, 0.12, 20.0];
        assert_eq!(look(Nature::Rate, false, &mixed), [(rule, 2)]);
        let even = [0.2, 0.4, 0.7, 1.1, 1.9, 3.0, 4.4, 7.0, 10.0];
        assert_eq!(look(Nature::Rate, false, &even), []);
        let lonely = [0.01, 9.0, 10.0, 11.0, 12.0, 13.0];
        assert_eq!(look(Nature::Rate, false, &lonely), []);
    }

    #[test]
    fn fractions_under_a_header_in_per_cent_are_told() {
        let rule = message::ingest::FRACTIONS_AS_PERCENTS.id;
        let values = [0.1, 0.25, 0.3, 0.0, 0.02];
        assert_eq!(look(Nature::Rate, true, &values), [(rule, 0)]);
        assert_eq!(look(Nature::Rate, false, &values), []);
    }
}
