//! Bounds of quotas: a number of places or a share of them, for every group or by name.

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::super::fields::{Item, any};
use super::super::problem::{Problems, Spot};
use super::money::{parse, written};
use super::terms::Terms;
use crate::selection::{Limit, Limits, Share};

/// The key that stands for every group.
const EVERY: &str = "*";

/// A scalar for every group, or `{ Cluj = 3, "*" = 1 }`.
pub(super) fn limits(
    item: &Item<'_>,
    (by, terms): (&str, &Terms<'_>),
    problems: &mut Problems,
) -> Limits {
    if !matches!(item.get(), DeValue::Table(_)) {
        return Limits { each: limit(item, problems), named: BTreeMap::new() };
    }
    let mut limits = Limits::default();
    for (group, at, item) in groups(item, problems) {
        let Some(limit) = limit(&item, problems) else { continue };
        if group == EVERY {
            limits.each = Some(limit);
        } else if terms.is_group(by, group, &at, problems) {
            limits.named.insert(group.to_owned(), limit);
        }
    }
    limits
}

/// `{ commune = "60 %" }`: the share of each named group.
pub(super) fn shares(
    item: &Item<'_>,
    (by, terms): (&str, &Terms<'_>),
    problems: &mut Problems,
) -> BTreeMap<String, Share> {
    let mut shares = BTreeMap::new();
    for (group, at, item) in groups(item, problems) {
        let Some(share) = share(&item, problems) else { continue };
        if terms.is_group(by, group, &at, problems) {
            shares.insert(group.to_owned(), share);
        }
    }
    if more_than_all(&shares) {
        item.error("these shares are more than the whole", None, problems);
    }
    shares
}

fn groups<'t>(item: &Item<'t>, problems: &mut Problems) -> Vec<(&'t str, Spot, Item<'t>)> {
    let groups = item.table("this table of groups", problems).map(|mut table| table.rest());
    if groups.as_ref().is_some_and(Vec::is_empty) {
        item.error("this table names no group", None, problems);
    }
    groups.unwrap_or_default()
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

fn limit(item: &Item<'_>, problems: &mut Problems) -> Option<Limit> {
    if matches!(item.get(), DeValue::Integer(_)) {
        return any::<u32>(item, problems).map(Limit::Places);
    }
    share(item, problems).map(Limit::Share)
}

/// `0.6`, `"60 %"` or `"3/5"`.
fn share(item: &Item<'_>, problems: &mut Problems) -> Option<Share> {
    let found = written(item).and_then(|text| fraction(&text));
    if found.is_none() {
        let message = format!("expected a number of places or a share, found {}", item.kind());
        let hint = "a share is written `0.6`, `\"60 %\"` or `\"3/5\"`, and is at most the whole";
        item.error(message, Some(hint.to_owned()), problems);
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
