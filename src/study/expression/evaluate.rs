//! The value of a formula for every row, on eager polars columns.
//!
//! A cell without a value is null; what is not a number (`0/0`) is a value of its column until it
//! is compared. Constants are columns like any other, so that an operator does the same to them on
//! either side.

use polars::prelude::{
    BooleanChunked, ChunkFull as _, ChunkFullNull as _, Float64Chunked, NewChunkedArray as _,
    StringChunked,
};

use super::Kind;
use super::tree::{Comparison, Tree};
use crate::index::Operand;

/// The numbers of a formula, one a row; `None` where it answers nothing. Conditions count 1 or 0.
pub(super) fn evaluate(tree: &Tree, operands: &[Operand<'_>]) -> Vec<Option<f64>> {
    let rows = operands.first().map_or(0, |operand| match operand {
        Operand::Numbers(values) => values.len(),
        Operand::Texts(values) => values.len(),
    });
    Frame { rows, operands }.numbers(tree).iter().collect()
}

/// The columns that a formula is evaluated on.
struct Frame<'a> {
    rows: usize,
    operands: &'a [Operand<'a>],
}

impl Frame<'_> {
    fn values(&self, tree: &Tree) -> Values {
        match tree {
            Tree::Operand(at) => Values::of(&self.operands[*at]),
            Tree::Text(text) => Values::Texts(StringChunked::full("".into(), text, self.rows)),
            Tree::Missing(kind) => Values::missing(*kind, self.rows),
            Tree::Coalesce(first, others) => {
                others.iter().fold(self.values(first), |known, other| {
                    choose(&known.absent(), self.values(other), known)
                })
            }
            Tree::Case { branches, otherwise } => {
                branches.iter().rev().fold(self.values(otherwise), |rest, [condition, result]| {
                    choose(&self.truths(condition), self.values(result), rest)
                })
            }
            Tree::Number(_)
            | Tree::Counted(_)
            | Tree::Arithmetic(..)
            | Tree::Mapped(..)
            | Tree::Folded(..) => Values::Numbers(self.numbers(tree)),
            Tree::Truth(_)
            | Tree::Compare(..)
            | Tree::And(_)
            | Tree::Or(_)
            | Tree::Not(_)
            | Tree::IsMissing(_) => Values::Truths(self.truths(tree)),
        }
    }

    fn numbers(&self, tree: &Tree) -> Float64Chunked {
        match tree {
            Tree::Number(number) => Float64Chunked::full("".into(), *number, self.rows),
            Tree::Counted(part) => {
                let truths = self.truths(part);
                truths.iter().map(|cell| cell.map(|truth| f64::from(u8::from(truth)))).collect()
            }
            Tree::Arithmetic(operation, parts) => {
                let [a, b] = parts.each_ref().map(|part| self.numbers(part));
                zip(a.iter(), b.iter(), |a, b| operation.of(a, b))
            }
            Tree::Mapped(function, part) => {
                self.numbers(part).iter().map(|cell| cell.map(function)).collect()
            }
            Tree::Folded(function, first, others) => {
                others.iter().fold(self.numbers(first), |folded, other| {
                    zip(folded.iter(), self.numbers(other).iter(), function)
                })
            }
            other => match self.values(other) {
                Values::Numbers(numbers) => numbers,
                Values::Texts(_) | Values::Truths(_) => unreachable!("kinds were checked"),
            },
        }
    }

    fn truths(&self, tree: &Tree) -> BooleanChunked {
        match tree {
            Tree::Truth(truth) => BooleanChunked::full("".into(), *truth, self.rows),
            Tree::Compare(comparison, parts) => {
                let [a, b] = parts.each_ref().map(|part| self.values(part));
                compare(*comparison, &a, &b)
            }
            Tree::And(parts) => self.join(parts, false),
            Tree::Or(parts) => self.join(parts, true),
            Tree::Not(part) => {
                let truths = self.truths(part);
                truths.iter().map(|cell| cell.map(|truth| !truth)).collect()
            }
            Tree::IsMissing(part) => self.values(part).absent(),
            other => match self.values(other) {
                Values::Truths(truths) => truths,
                Values::Numbers(_) | Values::Texts(_) => unreachable!("kinds were checked"),
            },
        }
    }

    /// `AND` (decided by a false) or `OR` (decided by a true) in three-valued logic.
    fn join(&self, parts: &[Tree; 2], decisive: bool) -> BooleanChunked {
        let [a, b] = parts.each_ref().map(|part| self.truths(part));
        let joined = a.iter().zip(b.iter()).map(|cells| match cells {
            (Some(truth), _) | (_, Some(truth)) if truth == decisive => Some(decisive),
            (Some(_), Some(_)) => Some(!decisive),
            _ => None,
        });
        joined.collect()
    }
}

/// A column of a formula.
enum Values {
    Numbers(Float64Chunked),
    Texts(StringChunked),
    Truths(BooleanChunked),
}

impl Values {
    fn of(operand: &Operand<'_>) -> Self {
        match operand {
            Operand::Numbers(values) => Self::Numbers(
                values.iter().map(|value| (!value.is_nan()).then_some(*value)).collect(),
            ),
            Operand::Texts(values) => {
                Self::Texts(StringChunked::from_iter_options("".into(), values.iter().copied()))
            }
        }
    }

    fn missing(kind: Kind, rows: usize) -> Self {
        match kind {
            Kind::Number => Self::Numbers(Float64Chunked::full_null("".into(), rows)),
            Kind::Text => Self::Texts(StringChunked::full_null("".into(), rows)),
            Kind::Condition => Self::Truths(BooleanChunked::full_null("".into(), rows)),
        }
    }

    /// Which cells have no value.
    fn absent(&self) -> BooleanChunked {
        match self {
            Self::Numbers(cells) => cells.iter().map(|cell| cell.is_none()).collect(),
            Self::Texts(cells) => cells.iter().map(|cell| cell.is_none()).collect(),
            Self::Truths(cells) => cells.iter().map(|cell| cell.is_none()).collect(),
        }
    }
}

/// A function of two cells, row by row; missing where one of them is.
fn zip<A, B, C, Column: FromIterator<Option<C>>>(
    a: impl Iterator<Item = Option<A>>,
    b: impl Iterator<Item = Option<B>>,
    function: impl Fn(A, B) -> C,
) -> Column {
    a.zip(b).map(|(a, b)| Some(function(a?, b?))).collect()
}

/// Compares two columns of one kind; what is not a number is missing.
fn compare(comparison: Comparison, a: &Values, b: &Values) -> BooleanChunked {
    let known = |cell: Option<f64>| cell.filter(|value| !value.is_nan());
    match (a, b) {
        (Values::Numbers(a), Values::Numbers(b)) => {
            zip(a.iter().map(known), b.iter().map(known), |a, b| comparison.holds(a, b))
        }
        (Values::Texts(a), Values::Texts(b)) => {
            zip(a.iter(), b.iter(), |a, b| comparison.holds(a, b))
        }
        (Values::Truths(a), Values::Truths(b)) => {
            zip(a.iter(), b.iter(), |a, b| comparison.holds(a, b))
        }
        _ => unreachable!("kinds were checked"),
    }
}

/// The one column where a condition holds, the other where it does not, nothing where it is missing.
fn choose(condition: &BooleanChunked, then: Values, otherwise: Values) -> Values {
    fn pick<T, Column: FromIterator<Option<T>>>(
        condition: &BooleanChunked,
        then: impl Iterator<Item = Option<T>>,
        otherwise: impl Iterator<Item = Option<T>>,
    ) -> Column {
        let rows = condition.iter().zip(then.zip(otherwise));
        rows.map(|(holds, (then, otherwise))| if holds? { then } else { otherwise }).collect()
    }
    match (then, otherwise) {
        (Values::Numbers(a), Values::Numbers(b)) => {
            Values::Numbers(pick(condition, a.iter(), b.iter()))
        }
        (Values::Texts(a), Values::Texts(b)) => Values::Texts(pick(condition, a.iter(), b.iter())),
        (Values::Truths(a), Values::Truths(b)) => {
            Values::Truths(pick(condition, a.iter(), b.iter()))
        }
        _ => unreachable!("kinds were checked"),
    }
}
