//! Envelopes: totals that a programme was given, shared out so that the parts sum exactly.

use super::apportion::{Apportionment, Method, apportion};

/// A total that a document gives: places, spaces, professionals, people, bani.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// What it counts, `teams`.
    pub id: String,
    /// How much, in whole units (money in bani).
    pub total: i64,
    /// The document and the page.
    pub source: String,
}

/// An envelope beside what a list comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The envelope's id.
    pub id: String,
    /// What the document gives.
    pub envelope: i64,
    /// What the list comes to.
    pub computed: i64,
    /// What the list lacks; below nought what it has too much.
    pub missing: i64,
}

/// An envelope beside a list, shared out by county and phase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The envelope's id.
    pub id: String,
    /// Beside what the list comes to, where something is computed.
    pub compared: Option<Compared>,
    /// The total in parts that sum to it, counties in order, phases in order; empty where nobody
    /// has a place.
    pub parts: Vec<SharedPart>,
}

/// The part of an envelope that goes to the places which a phase added in a county.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedPart {
    /// The county.
    pub county: String,
    /// The phase.
    pub phase: String,
    /// Whole units, or bani.
    pub amount: i64,
}

impl Envelope {
    /// Beside a computed total.
    pub fn compare(&self, computed: i64) -> Compared {
        let missing = self.total.saturating_sub(computed);
        Compared { id: self.id.clone(), envelope: self.total, computed, missing }
    }

    /// Shared out in proportion to `weights` (places of each county and phase, say), by largest
    /// remainder; the parts sum to the total. `None` when there is nothing to share it by.
    pub fn shared(&self, weights: &[i64]) -> Option<Vec<i64>> {
        share_out(self.total, weights)
    }
}

/// Shares a total out in proportion to weights, by largest remainder: equal remainders go to the
/// larger weight, then to the first. `None` for a negative total or weight, or when all weights are
/// nought.
pub fn share_out(total: i64, weights: &[i64]) -> Option<Vec<i64>> {
    if total < 0 || weights.iter().any(|w| *w < 0) || weights.iter().all(|w| *w == 0) {
        return None;
    }
    let asked = Apportionment {
        votes: weights.to_vec(),
        min: vec![0; weights.len()],
        max: weights.iter().map(|w| if *w == 0 { 0 } else { total }).collect(),
        places: total,
    };
    Some(apportion(Method::Hamilton, &asked)?.places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_sum_to_the_last_ban() {
        let weights: Vec<i64> = (1..=42).collect();
        let parts = share_out(405_670_225_530, &weights).unwrap();
        assert_eq!(parts.iter().sum::<i64>(), 405_670_225_530);
        assert!(parts.windows(2).all(|pair| pair[0] <= pair[1]));
    }

    #[test]
    fn a_remainder_goes_where_it_is_largest() {
        assert_eq!(share_out(10, &[6, 6, 2]), Some(vec![4, 4, 2]));
        assert_eq!(share_out(1, &[0, 3, 3]), Some(vec![0, 1, 0]));
        assert_eq!(share_out(0, &[1, 1]), Some(vec![0, 0]));
    }

    #[test]
    fn nothing_is_shared_by_nothing() {
        assert_eq!(share_out(10, &[0, 0]), None);
        assert_eq!(share_out(10, &[]), None);
        assert_eq!(share_out(-1, &[1]), None);
    }

    #[test]
    fn a_list_that_differs_from_its_envelope_shows_it() {
        let envelope = Envelope { id: "teams".into(), total: 2000, source: "p. 3".into() };
        assert_eq!(envelope.compare(2000).missing, 0);
        assert_eq!(envelope.compare(1999).missing, 1);
    }
}
