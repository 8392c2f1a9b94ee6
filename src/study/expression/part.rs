//! A compiled part of a formula: its kind and the polars expression behind it.

use polars::prelude::{DataType, Expr, LiteralValue, col};

use super::{Kind, functions};

/// A compiled part of a formula. `kind` is absent for `NULL`, which fits everywhere.
#[derive(Clone)]
pub(super) struct Part {
    pub(super) kind: Option<Kind>,
    pub(super) expr: Expr,
    /// How many parts polars sees; `BETWEEN`, `IN` and `CASE` repeat theirs.
    pub(super) size: usize,
    /// Whether no row can be not-a-number: columns, literals and conditions.
    pub(super) plain: bool,
}

/// The column at a position.
pub(super) fn column(at: usize, kind: Kind) -> Part {
    Part { kind: Some(kind), expr: col(at.to_string()), size: 1, plain: true }
}

/// A number that something was computed to.
pub(super) fn number(expr: Expr, size: usize) -> Part {
    Part { kind: Some(Kind::Number), expr, size, plain: false }
}

/// A condition.
pub(super) fn truth(expr: Expr, size: usize) -> Part {
    Part { kind: Some(Kind::Condition), expr, size, plain: true }
}

/// No value, in the type of a kind.
pub(super) fn missing(kind: Kind) -> Expr {
    Expr::Literal(LiteralValue::untyped_null()).cast(data_type(kind))
}

pub(super) fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Number => DataType::Float64,
        Kind::Text => DataType::String,
        Kind::Condition => DataType::Boolean,
    }
}

/// A part in the type of `kind`, to which it fits.
pub(super) fn of_kind(part: Part, kind: Kind) -> Expr {
    if part.kind == Some(kind) { part.expr } else { part.expr.cast(data_type(kind)) }
}

/// A part ready to be compared: what is not a number becomes missing.
pub(super) fn comparable(part: &Part, kind: Kind) -> Expr {
    let expr = of_kind(part.clone(), kind);
    if kind == Kind::Number && !part.plain {
        functions::missing_if_not_a_number(expr)
    } else {
        expr
    }
}
