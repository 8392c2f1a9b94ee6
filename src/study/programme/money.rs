//! Amounts and counts as integers, read from the text of a file so that no float decides.

use toml::de::DeValue;

use super::super::fields::Item;
use super::super::problem::Problems;

/// Decimals of lei.
pub(super) const BANI: u8 = 2;

/// A decimal number with at most `decimals` digits behind the point, as a count of the last of
/// them; `what` is how messages call it.
pub(super) fn decimal(
    item: &Item<'_>,
    decimals: u8,
    what: &str,
    problems: &mut Problems,
) -> Option<i64> {
    let Some(text) = written(item) else {
        item.expected(&format!("{what} such as 1250.50"), problems);
        return None;
    };
    let found = parse(&text, decimals);
    if found.is_none() {
        let message = format!("`{text}` is not {what}");
        let hint = format!(
            "digits, and behind a point at most {decimals} more; no spaces and no thousands marks"
        );
        item.error(message, Some(hint), problems);
    }
    found
}

/// An amount of lei in bani, not negative.
pub(super) fn lei(item: &Item<'_>, problems: &mut Problems) -> Option<i64> {
    let bani = decimal(item, BANI, "an amount of lei", problems)?;
    if bani < 0 {
        item.error("money cannot be negative", None, problems);
        return None;
    }
    Some(bani)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn bani(text: &str, expected: Option<i64>) {
        assert_eq!(parse(text, BANI), expected, "{text}");
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
}
