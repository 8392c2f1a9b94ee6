//! Amounts, bounds and shares as integers, read from the text of a file so that no float decides.

use std::collections::BTreeMap;

use schemars::{Schema, SchemaGenerator, json_schema};
use toml::de::DeValue;

use super::context::ProgrammeContext;
use crate::language::Words;
use crate::message::study::programme as message;
use crate::quality::Message;
use crate::selection::{Limit, Limits, Share};
use crate::study::fields::Item;
use crate::study::problem::{Problems, Spot};
use crate::study::shape::{Entries, Entry, Shape};
use crate::study::values::shapes;

/// The key that stands for every group.
const EVERY: &str = "*";

shapes! {
    /// An amount of lei in bani, not negative; as a number, or as text with a point.
    Lei: i64 = lei, { "type": ["number", "string"] };
    /// A number of places, or a share of them: `3`, `0.6`, `60 %`, `3/5`.
    Bound: Limit = bound, { "type": ["number", "string"] };
    /// A share of the places: `0.6`, `60 %`, `3/5`.
    PartOfAll: Share = share, { "type": ["number", "string"] };
}

/// A number as it stands in a file, before it is known how many decimals it may have.
#[derive(Clone, Debug)]
pub(super) struct WrittenNumber {
    at: Spot,
    /// Nothing when it is no number.
    text: Option<String>,
    kind: Words,
}

impl WrittenNumber {
    fn new(item: &Item<'_>) -> Self {
        Self { at: item.at(), text: written(item), kind: item.kind() }
    }

    /// The number as a count of the last decimal of `unit`.
    pub(super) fn count(&self, unit: Unit, problems: &mut Problems) -> Option<i64> {
        let Unit { decimals, called } = unit;
        let Some(text) = &self.text else {
            problems.error(&self.at, message::expected_number(&called(), self.kind));
            return None;
        };
        let found = parse(text, decimals);
        if found.is_none() {
            problems.error(&self.at, message::no_amount(text, &called(), decimals));
        }
        found
    }

    /// The same, where `subject` cannot be negative.
    pub(super) fn not_negative(
        &self,
        unit: Unit,
        subject: &Message,
        problems: &mut Problems,
    ) -> Option<i64> {
        let found = self.count(unit, problems)?;
        if found < 0 {
            problems.error(&self.at, message::negative(subject));
        }
        (found >= 0).then_some(found)
    }
}

impl Shape for WrittenNumber {
    type Value = Self;

    fn read(item: &Item<'_>, _: &mut Problems) -> Option<Self> {
        Some(Self::new(item))
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["number", "string"] })
    }
}

/// What a number counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// Decimals that it may have.
    pub(super) decimals: u8,
    /// How messages call such a number.
    pub(super) called: fn() -> Message,
}

impl Unit {
    /// Money, counted in bani.
    pub(super) const LEI: Self = Self { decimals: 2, called: message::lei };
    /// Whole things.
    pub(super) const WHOLE: Self = Self { decimals: 0, called: message::whole_number };

    /// Points of a score that is published with so many decimals.
    pub(super) fn points(decimals: u8) -> Self {
        Self { decimals, called: message::points }
    }
}

fn lei(item: &Item<'_>, problems: &mut Problems) -> Option<i64> {
    WrittenNumber::new(item).not_negative(Unit::LEI, &message::money(), problems)
}

/// The text of a number as it stands in the file.
pub(super) fn written(item: &Item<'_>) -> Option<String> {
    match item.get() {
        DeValue::String(text) => Some(text.trim().to_owned()),
        DeValue::Integer(number) => Some(number.as_str().replace('_', "")),
        DeValue::Float(number) => Some(number.as_str().replace('_', "")),
        DeValue::Boolean(_) | DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => None,
    }
}

/// A decimal text as a count of its last allowed digit; `None` when it is none, or has more digits.
pub(super) fn parse(text: &str, decimals: u8) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (digits, ""),
    };
    let places = usize::from(decimals);
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let too_fine = fraction.trim_end_matches('0').len() > places;
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) || too_fine {
        return None;
    }
    let padded = fraction.bytes().chain(std::iter::repeat(b'0')).take(places);
    let count = whole.bytes().chain(padded).try_fold(0_i64, |count, digit| {
        count.checked_mul(10)?.checked_add(i64::from(digit - b'0'))
    })?;
    Some(if negative { -count } else { count })
}

/// Bounds of the groups of a classification: `{ Cluj = 3, "*" = 1 }`, where `*` is every other
/// group, or one bound for all.
pub(super) struct Bounds;

impl Shape for Bounds {
    type Value = Vec<Entry<Limit>>;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self::Value> {
        if matches!(item.get(), DeValue::Table(_)) {
            return Some(groups::<Bound>(item, problems));
        }
        let value = bound(item, problems);
        Some(vec![Entry { key: EVERY.to_owned(), key_at: item.at(), value }])
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let (every, named) = (Bound::schema(generator), Entries::<Bound>::schema(generator));
        json_schema!({ "anyOf": [every, named] })
    }
}

/// Shares of named groups, `{ commune = "60 %" }`.
pub(super) struct Shares;

impl Shape for Shares {
    type Value = Vec<Entry<Share>>;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self::Value> {
        Some(groups::<PartOfAll>(item, problems))
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        Entries::<PartOfAll>::schema(generator)
    }
}

fn groups<S: Shape>(item: &Item<'_>, problems: &mut Problems) -> Vec<Entry<S::Value>> {
    let groups = Entries::<S>::read(item, problems).unwrap_or_default();
    if groups.is_empty() && matches!(item.get(), DeValue::Table(_)) {
        item.error(message::no_groups(), problems);
    }
    groups
}

/// The bounds of the groups of a classification, each of which must exist.
pub(super) fn limits(
    bounds: &[Entry<Limit>],
    by: &str,
    context: &ProgrammeContext<'_>,
    problems: &mut Problems,
) -> Limits {
    let mut limits = Limits::default();
    for Entry { key: group, key_at, value } in bounds {
        let Some(limit) = *value else { continue };
        if group == EVERY {
            limits.each = Some(limit);
        } else if context.is_group(by, group, key_at, problems) {
            limits.named.insert(group.clone(), limit);
        }
    }
    limits
}

/// The shares of the groups of a classification, each of which must exist; `at` is where they stand.
pub(super) fn shares(
    shares: &[Entry<Share>],
    (by, at): (&str, &Spot),
    context: &ProgrammeContext<'_>,
    problems: &mut Problems,
) -> BTreeMap<String, Share> {
    let mut known = BTreeMap::new();
    for Entry { key: group, key_at, value } in shares {
        let Some(share) = *value else { continue };
        if context.is_group(by, group, key_at, problems) {
            known.insert(group.clone(), share);
        }
    }
    if more_than_all(&known) {
        problems.error(at, message::shares_too_large());
    }
    known
}

fn more_than_all(shares: &BTreeMap<String, Share>) -> bool {
    // the common denominator is the product of at most a few hundred small numbers: sum as u128
    // fractions of the least common multiple, and give up on what cannot be written so
    let mut sum: (u128, u128) = (0, 1);
    for share in shares.values() {
        let of = u128::from(share.of);
        let common = sum.1 / gcd(sum.1, of) * of;
        sum = (sum.0 * (common / sum.1) + u128::from(share.parts) * (common / of), common);
        if common > 1 << 64 {
            return false;
        }
    }
    sum.0 > sum.1
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

fn bound(item: &Item<'_>, problems: &mut Problems) -> Option<Limit> {
    if matches!(item.get(), DeValue::Integer(_)) {
        return item.read::<u32>(problems).map(Limit::Places);
    }
    share(item, problems).map(Limit::Share)
}

/// `0.6`, `"60 %"` or `"3/5"`.
fn share(item: &Item<'_>, problems: &mut Problems) -> Option<Share> {
    let found = written(item).and_then(|text| fraction(&text));
    if found.is_none() {
        item.error(message::no_share(item.kind()), problems);
    }
    found
}

fn fraction(text: &str) -> Option<Share> {
    let share = |parts: i64, of: i64| {
        let share = Share { parts: u32::try_from(parts).ok()?, of: u32::try_from(of).ok()? };
        (share.of > 0 && share.parts <= share.of).then_some(share)
    };
    if let Some((parts, of)) = text.split_once('/') {
        return share(parse(parts.trim(), 0)?, parse(of.trim(), 0)?);
    }
    match text.strip_suffix('%') {
        Some(percent) => share(parse(percent.trim(), 4)?, 1_000_000),
        None => share(parse(text, 6)?, 1_000_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn bani(text: &str, expected: Option<i64>) {
        assert_eq!(parse(text, 2), expected, "{text}");
    }

    #[test]
    fn lei_are_counted_in_bani_to_the_last() {
        bani("4056702255.30", Some(405_670_225_530));
        bani("100", Some(10_000));
        bani("0.5", Some(50));
        bani("1.500", Some(150));
        bani("-1.00", Some(-100));
        bani("1.505", None);
        bani("1.", None);
        bani(".5", None);
        bani("1 000", None);
        bani("1.000,00", None);
        bani("1e3", None);
        bani("99999999999999999999", None);
        bani("", None);
    }

    #[test]
    fn shares_are_exact_fractions() {
        assert_eq!(fraction("3/5"), Some(Share { parts: 3, of: 5 }));
        assert_eq!(fraction("62.5 %"), Some(Share { parts: 625_000, of: 1_000_000 }));
        assert_eq!(fraction("0.1"), Some(Share { parts: 100_000, of: 1_000_000 }));
        assert_eq!(fraction("101 %"), None);
        assert_eq!(fraction("1/0"), None);
        assert_eq!(fraction("-0.1"), None);
        assert_eq!(fraction("most"), None);
    }

    #[test]
    fn thirds_are_the_whole_and_no_more() {
        let third = Share { parts: 1, of: 3 };
        let mut shares: BTreeMap<String, Share> =
            ["a", "b", "c"].map(|group| (group.to_owned(), third)).into();
        assert!(!more_than_all(&shares));
        shares.insert("d".into(), Share { parts: 1, of: 1_000_000 });
        assert!(more_than_all(&shares));
    }
}
