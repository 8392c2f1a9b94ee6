//! The control digit of SIRUTA codes, which only words a message: membership decides.

/// Weights of the digits before the last, from the right.
const WEIGHTS: [u32; 5] = [1, 2, 3, 5, 7];

/// Whether the last digit fits the others.
///
/// Each digit before the last is multiplied by its weight (1, 2, 3, 5, 7 from the right), the
/// digits of the products are added, and the last digit is (1 − sum) mod 10. 77 codes of the
/// register were computed from the wrong end, with 7, 5, 3, 2, 1 from the left, so that reading is
/// accepted too; with both, all 16,978 codes of the register fit (measured), and 15 % of arbitrary
/// numbers do.
pub(super) fn fits(code: &str) -> bool {
    let Some(digits) = code.chars().map(|digit| digit.to_digit(10)).collect::<Option<Vec<_>>>()
    else {
        return false;
    };
    let Some((&last, body)) = digits.split_last() else { return false };
    if body.is_empty() || body.len() > WEIGHTS.len() {
        return false;
    }
    let from_right = body.iter().rev().zip(WEIGHTS);
    let from_left = body.iter().zip(WEIGHTS.into_iter().rev());
    last == control(from_right) || last == control(from_left)
}

fn control<'d>(weighted: impl Iterator<Item = (&'d u32, u32)>) -> u32 {
    let sum: u32 = weighted.map(|(digit, weight)| digit * weight).map(|p| p / 10 + p % 10).sum();
    (11 - sum % 10) % 10
}

/// Whether the last digit fits by the published rule alone, weights from the right.
#[cfg(test)]
pub(super) fn fits_from_right(code: &str) -> bool {
    let digits: Vec<u32> = code.chars().filter_map(|digit| digit.to_digit(10)).collect();
    let (&last, body) = digits.split_last().unwrap();
    last == control(body.iter().rev().zip(WEIGHTS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_examples_fit() {
        assert!(fits("1017"));
        assert!(fits("40198"));
        assert!(fits("26312"), "computed from the left");
        assert!(!fits_from_right("26312"));
        assert!(!fits("1018"));
        assert!(!fits("TM"));
        assert!(!fits("1"));
        assert!(!fits(""));
        assert!(!fits("12345678"));
    }
}
