//! Sharing places out among groups by exact integer arithmetic.
//!
//! Balinski and Young, *Fair Representation* (1982). Quotients are compared by cross-multiplication,
//! never as floats.

use std::cmp::Ordering;

/// A method of apportionment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// Largest remainder: the whole part of each quota, the rest to the largest remainders. Stays
    /// within the quota; one place more can cost a group a place (Alabama paradox).
    Hamilton,
    /// D'Hondt, Jefferson: the next place to the largest v / (a + 1). Favours large groups.
    Dhondt,
    /// Sainte-Laguë, Webster: v / (2a + 1). Favours nobody on average.
    #[default]
    Webster,
    /// Huntington-Hill: v² / (a (a + 1)); the first place is free.
    Hill,
    /// Adams: v / a; the first place is free. Favours small groups.
    Adams,
}

impl Method {
    /// The names that a programme file may use; a method by two names is one method.
    pub(crate) const NAMES: [&'static str; 9] = [
        "hamilton",
        "largest-remainder",
        "dhondt",
        "jefferson",
        "webster",
        "sainte-lague",
        "hill",
        "huntington-hill",
        "adams",
    ];

    /// The method that a programme file names.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "hamilton" | "largest-remainder" => Self::Hamilton,
            "dhondt" | "jefferson" => Self::Dhondt,
            "webster" | "sainte-lague" => Self::Webster,
            "hill" | "huntington-hill" => Self::Hill,
            "adams" => Self::Adams,
            _ => return None,
        })
    }
}

/// What is to be shared out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Apportionment {
    /// Votes of each group, not negative; groups in the order of their codes.
    pub(crate) votes: Vec<i64>,
    /// Least places of each group.
    pub(crate) min: Vec<i64>,
    /// Most places of each group: the declared maximum or the eligible units, whichever is less.
    pub(crate) max: Vec<i64>,
    /// Places in all.
    pub(crate) places: i64,
}

/// Places of each group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seats {
    /// Places, in the order of the votes; they sum to the places in all.
    pub(crate) places: Vec<i64>,
    /// Groups that had an equal claim to the last place, when larger vote or code had to decide.
    pub(crate) tied: Vec<usize>,
}

/// Shares the places out; `None` when the bounds do not allow it.
///
/// Bounds are part of the method: every group starts at its minimum, a group at its maximum is
/// passed over, so that the total stays. Equal claims: the larger vote, then the
/// group that comes first.
pub(crate) fn apportion(method: Method, claims: &Apportionment) -> Option<Seats> {
    let least: i64 = claims.min.iter().sum();
    let most = claims.max.iter().fold(0_i64, |sum, most| sum.saturating_add(*most));
    let crossed = claims.min.iter().zip(&claims.max).any(|(min, max)| min > max);
    if crossed || least > claims.places || most < claims.places {
        return None;
    }
    let mut seats = Seats { places: claims.min.clone(), tied: Vec::new() };
    let mut left = claims.places - least;
    if method == Method::Hamilton {
        left -= whole_quotas(claims, &mut seats.places);
    }
    while left > 0 {
        let open: Vec<_> =
            (0..claims.votes.len()).filter(|g| seats.places[*g] < claims.max[*g]).collect();
        let claim = |g: usize| Claim::of(method, claims, g, seats.places[g]);
        let first = *open.iter().min_by(|a, b| {
            claim(**b).compare(&claim(**a)).then_with(|| claims.votes[**b].cmp(&claims.votes[**a]))
        })?;
        seats.tied =
            open.into_iter().filter(|g| claim(*g).compare(&claim(first)).is_eq()).collect();
        // a group that gets the next place anyway was not passed over by the tie rule
        if i64::try_from(seats.tied.len()).is_ok_and(|tied| tied <= left) {
            seats.tied.clear();
        }
        seats.places[first] += 1;
        left -= 1;
    }
    Some(seats)
}

/// Raises every group to the whole part of its quota, within its bounds; answers how many places
/// that took. Only as many are given as there are.
fn whole_quotas(claims: &Apportionment, places: &mut [i64]) -> i64 {
    let total: i128 = claims.votes.iter().map(|v| i128::from(*v)).sum();
    let mut left = claims.places - places.iter().sum::<i64>();
    let mut taken = 0;
    for (g, votes) in claims.votes.iter().enumerate() {
        let whole =
            if total == 0 { 0 } else { i128::from(*votes) * i128::from(claims.places) / total };
        let whole = i64::try_from(whole).unwrap_or(i64::MAX).min(claims.max[g]);
        let more = (whole - places[g]).clamp(0, left);
        places[g] += more;
        left -= more;
        taken += more;
    }
    taken
}

/// A group's claim to the next place: first the free places, then a quotient.
struct Claim {
    free: bool,
    over: u128,
    under: u128,
}

impl Claim {
    fn of(method: Method, claims: &Apportionment, group: usize, held: i64) -> Self {
        let votes = claims.votes[group].unsigned_abs();
        let (v, a) = (u128::from(votes), u128::from(held.unsigned_abs()));
        let claim = |over, under| Self { free: under == 0, over, under };
        match method {
            Method::Dhondt => claim(v, a + 1),
            Method::Webster => claim(v, 2 * a + 1),
            Method::Adams => claim(v, a),
            // the square of v / sqrt(a (a + 1)), compared without the square
            Method::Hill => claim(v, a * (a + 1)),
            Method::Hamilton => {
                let total: u128 = claims.votes.iter().map(|v| u128::from(v.unsigned_abs())).sum();
                let places = u128::from(claims.places.unsigned_abs());
                // a group above its quota (a minimum, or a full circle of remainders) comes last
                let due = v * places;
                claim(due.saturating_sub(a * total), total.max(1))
            }
        }
        .squared(method)
    }

    fn squared(self, method: Method) -> Self {
        if method == Method::Hill { Self { over: self.over * self.over, ..self } } else { self }
    }

    fn compare(&self, other: &Self) -> Ordering {
        match (self.free, other.free) {
            (true, true) => self.over.cmp(&other.over),
            (true, false) => Ordering::Greater,
            (false, true) => Ordering::Less,
            (false, false) => wide(self.over, other.under).cmp(&wide(other.over, self.under)),
        }
    }
}

/// The product of two numbers, in full: high and low half.
fn wide(a: u128, b: u128) -> (u128, u128) {
    const HALF: u128 = (1 << 64) - 1;
    let (a1, a0, b1, b0) = (a >> 64, a & HALF, b >> 64, b & HALF);
    let low = a0 * b0;
    let middle = a1 * b0 + (low >> 64);
    let other = a0 * b1 + (middle & HALF);
    (a1 * b1 + (middle >> 64) + (other >> 64), (other << 64) | (low & HALF))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(
        method: Method,
        votes: &[i64],
        bounds: (&[i64], &[i64]),
        places: i64,
        expected: &[i64],
    ) {
        let claims = Apportionment {
            votes: votes.to_vec(),
            min: bounds.0.to_vec(),
            max: bounds.1.to_vec(),
            places,
        };
        assert_eq!(apportion(method, &claims).unwrap().places, expected);
    }

    const FREE: (&[i64], &[i64]) = (&[0; 4], &[99; 4]);
    const VOTES: &[i64] = &[100_000, 80_000, 30_000, 20_000];

    #[test]
    fn five_methods_differ_where_they_should() {
        case(Method::Dhondt, VOTES, FREE, 8, &[4, 3, 1, 0]);
        case(Method::Webster, VOTES, FREE, 8, &[3, 3, 1, 1]);
        case(Method::Hamilton, VOTES, FREE, 8, &[3, 3, 1, 1]);
        case(Method::Adams, VOTES, FREE, 8, &[3, 3, 1, 1]);
        case(Method::Hill, VOTES, FREE, 8, &[3, 3, 1, 1]);
        case(Method::Dhondt, VOTES, FREE, 9, &[5, 3, 1, 0]);
    }

    #[test]
    fn bounds_keep_the_total() {
        case(Method::Webster, VOTES, (&[1; 4], &[3; 4]), 9, &[3, 3, 2, 1]);
        case(Method::Dhondt, VOTES, (&[0; 4], &[2, 99, 99, 99]), 8, &[2, 4, 1, 1]);
    }

    #[test]
    fn one_more_place_can_cost_a_place_under_largest_remainder() {
        let free: (&[i64], &[i64]) = (&[0; 3], &[99; 3]);
        case(Method::Hamilton, &[6, 6, 2], free, 10, &[4, 4, 2]);
        case(Method::Hamilton, &[6, 6, 2], free, 11, &[5, 5, 1]);
    }

    #[test]
    fn a_tie_for_the_last_place_is_told() {
        let claims =
            Apportionment { votes: vec![6, 6], min: vec![0; 2], max: vec![9; 2], places: 3 };
        let seats = apportion(Method::Webster, &claims).unwrap();
        assert_eq!(seats, Seats { places: vec![2, 1], tied: vec![0, 1] });
    }

    #[test]
    fn impossible_bounds_are_refused() {
        let claims =
            Apportionment { votes: vec![6, 6], min: vec![2; 2], max: vec![9; 2], places: 3 };
        assert_eq!(apportion(Method::Webster, &claims), None);
    }

    #[test]
    fn products_of_large_numbers_are_exact() {
        assert_eq!(wide(u128::MAX, u128::MAX), (u128::MAX - 1, 1));
        assert_eq!(wide(1 << 100, 1 << 100), (1 << 72, 0));
    }
}
