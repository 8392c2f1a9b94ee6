//! Comparisons that are the same for every unit, as far as the numbers of their sides are known.

use super::Known;
use super::tree::{Arithmetic, Comparison, Tree};

/// The least and the greatest number that a part can be, where both are known; `known` says it of an
/// operand.
pub(super) fn range<'k>(tree: &Tree, known: &dyn Fn(usize) -> Known<'k>) -> Option<[f64; 2]> {
    match tree {
        Tree::Operand(at) => match known(*at) {
            Known::From(least) => Some([least, f64::INFINITY]),
            Known::Nothing | Known::Words { .. } => None,
        },
        Tree::Number(number) => Some([*number, *number]),
        Tree::Counted(_) => Some([0.0, 1.0]),
        Tree::Arithmetic(operation, parts) => {
            let [[a, b], [c, d]] = [range(&parts[0], known)?, range(&parts[1], known)?];
            if *operation == Arithmetic::Divide {
                return None;
            }
            let ends = [(a, c), (a, d), (b, c), (b, d)].map(|(x, y)| operation.of(x, y));
            let least = ends.into_iter().fold(f64::INFINITY, f64::min);
            let most = ends.into_iter().fold(f64::NEG_INFINITY, f64::max);
            ends.into_iter().all(|end| !end.is_nan()).then_some([least, most])
        }
        _ => None,
    }
}

/// What a comparison of two ranges always answers; none where it depends on the numbers.
pub(super) fn answer(comparison: Comparison, [a, b]: [[f64; 2]; 2]) -> Option<bool> {
    let is_below = a[1] < b[0];
    let is_above = a[0] > b[1];
    let at_most = a[1] <= b[0];
    let at_least = a[0] >= b[1];
    let is_one =
        a[0].total_cmp(&a[1]).is_eq() && b[0].total_cmp(&b[1]).is_eq() && at_most && at_least;
    let (yes, no) = match comparison {
        Comparison::Less => (is_below, at_least),
        Comparison::AtMost => (at_most, is_above),
        Comparison::More => (is_above, at_most),
        Comparison::AtLeast => (at_least, is_below),
        Comparison::Equal => (is_one, is_below || is_above),
        Comparison::Different => (is_below || is_above, is_one),
    };
    (yes || no).then_some(yes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn always(comparison: Comparison, number: f64, expected: Option<bool>) {
        let count = [0.0, f64::INFINITY];
        assert_eq!(answer(comparison, [count, [number, number]]), expected, "{number}");
    }

    #[test]
    fn a_count_is_compared_with_what_it_can_be() {
        always(Comparison::Less, 0.0, Some(false));
        always(Comparison::Less, 5.0, None);
        always(Comparison::AtMost, -1.0, Some(false));
        always(Comparison::AtMost, 0.0, None);
        always(Comparison::AtLeast, 0.0, Some(true));
        always(Comparison::More, 0.0, None);
        always(Comparison::More, -1.0, Some(true));
        always(Comparison::Equal, -1.0, Some(false));
        always(Comparison::Different, -1.0, Some(true));
        always(Comparison::Equal, 0.0, None);
    }

    #[test]
    fn ranges_go_through_arithmetic_but_not_through_a_division() {
        let two = |operation, a: Tree, b: Tree| Tree::Arithmetic(operation, Box::new([a, b]));
        let known = |_| Known::From(0.0);
        let count = || Tree::Operand(0);
        let sum = two(Arithmetic::Add, count(), Tree::Number(3.0));
        assert_eq!(range(&sum, &known), Some([3.0, f64::INFINITY]));
        let turned = two(Arithmetic::Multiply, Tree::Number(-1.0), count());
        assert_eq!(range(&turned, &known), Some([f64::NEG_INFINITY, 0.0]));
        assert_eq!(range(&two(Arithmetic::Divide, count(), Tree::Number(2.0)), &known), None);
        assert_eq!(range(&two(Arithmetic::Subtract, count(), count()), &known), None);
        assert_eq!(range(&Tree::Counted(Box::new(Tree::Truth(true))), &known), Some([0.0, 1.0]));
    }
}
