//! A share of the children, written as a number or as a fraction, and compared exactly.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A share from 0 to 1: `0.8`, or `"2/3"`, which no number is. Two thirds of three children are two,
/// whatever digits a number would be rounded to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    part: u64,
    whole: u64,
}

/// Decimals that a share may have.
const DECIMALS: usize = 18;
/// The denominator of all of them.
const FINEST: u64 = 1_000_000_000_000_000_000;

impl Share {
    /// All of them.
    pub(crate) const ALL: Self = Self { part: 1, whole: 1 };

    /// The share that a number writes in its shortest decimal text; `None` outside 0 to 1.
    pub fn of(number: f64) -> Option<Self> {
        let text = format!("{number}");
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let behind = u32::try_from(decimals.len()).ok().filter(|_| decimals.len() <= DECIMALS)?;
        Self::new(format!("{whole}{decimals}").parse().ok()?, 10_u64.pow(behind))
    }

    /// The share that a fraction writes: `2/3`; `None` outside 0 to 1.
    pub(crate) fn fraction(text: &str) -> Option<Self> {
        let (part, whole) = text.split_once('/')?;
        Self::new(part.trim().parse().ok()?, whole.trim().parse().ok()?)
    }

    fn new(part: u64, whole: u64) -> Option<Self> {
        if whole == 0 || part > whole {
            return None;
        }
        let common = common_divisor(part, whole);
        Some(Self { part: part / common, whole: whole / common })
    }

    /// Whether so many of so many are enough.
    pub(crate) fn is_reached(self, present: usize, of: usize) -> bool {
        present as u128 * u128::from(self.whole) >= of as u128 * u128::from(self.part)
    }

    /// Numerator and denominator, without a common divisor.
    pub(crate) fn terms(self) -> [u64; 2] {
        [self.part, self.whole]
    }

    /// The number, where it has an end; else only the fraction says it.
    pub(crate) fn number(self) -> Option<f64> {
        FINEST.is_multiple_of(self.whole).then(|| self.part as f64 / self.whole as f64)
    }
}

fn common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.number() {
            Some(number) => serializer.serialize_f64(number),
            None => serializer.collect_str(&format_args!("{}/{}", self.part, self.whole)),
        }
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl Visitor<'_> for Reader {
    type Value = Share;

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("a share from 0 to 1: a number such as 0.8, or a fraction such as \"2/3\"")
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Share, E> {
        Share::of(number).ok_or_else(|| E::invalid_value(de::Unexpected::Float(number), &self))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Share, E> {
        let share = u64::try_from(number).ok().and_then(|part| Share::new(part, 1));
        share.ok_or_else(|| E::invalid_value(de::Unexpected::Signed(number), &self))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Share, E> {
        let share = Share::new(number, 1);
        share.ok_or_else(|| E::invalid_value(de::Unexpected::Unsigned(number), &self))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Share, E> {
        Share::fraction(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
    }
}

impl JsonSchema for Share {
    fn schema_name() -> Cow<'static, str> {
        "Share".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "anyOf": [
                { "type": "number", "minimum": 0, "maximum": 1 },
                { "type": "string", "pattern": r"^\s*[0-9]+\s*/\s*[0-9]+\s*$" }
            ]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_compared_as_it_is_written() {
        let third = Share::fraction("2/3").unwrap();
        assert!(third.is_reached(2, 3) && third.is_reached(4, 6) && !third.is_reached(1, 2));
        // the number nearest to it is more, one with four digits is less
        assert!(!Share::of(0.666_666_67).unwrap().is_reached(2, 3));
        assert!(Share::of(0.6666).unwrap().is_reached(2, 3));
        // 0.7·10 is 7.000000000000001 in doubles, and 0.8 of five is four
        assert!(Share::of(0.7).unwrap().is_reached(7, 10));
        assert!(Share::of(0.8).unwrap().is_reached(4, 5));
        assert!(Share::of(0.0).unwrap().is_reached(0, 5));
        assert!(!Share::ALL.is_reached(4, 5));
    }

    #[test]
    fn what_is_no_share_is_refused() {
        for number in [-0.1, 1.5, f64::NAN, f64::INFINITY, 1e-30] {
            assert_eq!(Share::of(number), None, "{number}");
        }
        for text in ["3/2", "1/0", "0/0", "-1/3", "2", "a/b", "1/99999999999999999999"] {
            assert_eq!(Share::fraction(text), None, "{text}");
        }
    }

    #[test]
    fn a_share_is_written_as_it_was_read() {
        for text in ["0.8", "1.0", "0.0", "\"2/3\"", "0.123456789012345"] {
            let share: Share = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&share).unwrap(), text);
        }
        let share: Share = serde_json::from_str("\" 4 / 5 \"").unwrap();
        assert_eq!(share, Share::of(0.8).unwrap());
        let error = serde_json::from_str::<Share>("\"3/2\"").unwrap_err().to_string();
        assert!(error.contains("a fraction such as \"2/3\""), "{error}");
    }
}
