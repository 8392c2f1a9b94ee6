//! The functions of formulas that polars does not compute for us: `libm` ones, least, greatest.

use polars::prelude::{
    Column, DataType, Expr, Field, Float64Chunked, IntoColumn, NewChunkedArray, PolarsResult,
    map_multiple,
};

/// A function of one number.
pub(super) fn of_one(name: &str) -> Option<fn(f64) -> f64> {
    Some(match name {
        "LN" => libm::log,
        "LOG10" => libm::log10,
        "EXP" => libm::exp,
        "CBRT" => libm::cbrt,
        "SIGN" => sign,
        _ => return None,
    })
}

/// A function of two numbers.
pub(super) fn of_two(name: &str) -> Option<fn(f64, f64) -> f64> {
    matches!(name, "POWER" | "POW").then_some(libm::pow as fn(f64, f64) -> f64)
}

/// A function of two or more numbers, folded from the left.
pub(super) fn of_many(name: &str) -> Option<fn(f64, f64) -> f64> {
    Some(match name {
        "LEAST" => |a, b| if a.is_nan() || a <= b { a } else { b },
        "GREATEST" => |a, b| if a.is_nan() || a >= b { a } else { b },
        _ => return None,
    })
}

/// -1, 0 or 1; not a number stays so.
fn sign(value: f64) -> f64 {
    if value > 0.0 {
        1.0
    } else if value < 0.0 {
        -1.0
    } else {
        value
    }
}

/// Applies a function to every number of an expression.
pub(super) fn map(expression: Expr, function: fn(f64) -> f64) -> Expr {
    expression.map(
        move |column| each(&column, |value| Some(function(value))),
        |_, field| Ok(Field::new(field.name().clone(), DataType::Float64)),
    )
}

/// Turns what is not a number into a missing value, for comparisons.
pub(super) fn missing_if_not_a_number(expression: Expr) -> Expr {
    expression.map(
        |column| each(&column, |value| (!value.is_nan()).then_some(value)),
        |_, field| Ok(Field::new(field.name().clone(), DataType::Float64)),
    )
}

/// Folds a function over several expressions, row by row; a row with a missing cell is missing.
pub(super) fn fold(expressions: &[Expr], function: fn(f64, f64) -> f64) -> Expr {
    map_multiple(
        move |columns| {
            let columns: Vec<Float64Chunked> =
                columns.iter().map(numbers).collect::<PolarsResult<_>>()?;
            let rows = rows(&columns);
            let cells: Vec<Vec<Option<f64>>> =
                columns.iter().map(|column| column.iter().collect()).collect();
            let folded = (0..rows).map(|row| {
                let mut values = cells.iter().map(|column| {
                    // a literal arrives as a column of one row
                    if column.len() == 1 { column[0] } else { column[row] }
                });
                let first = values.next().flatten()?;
                values.try_fold(first, |acc, value| value.map(|value| function(acc, value)))
            });
            Ok(Float64Chunked::from_iter_options("".into(), folded).into_column())
        },
        expressions,
        |_, fields| Ok(Field::new(fields[0].name().clone(), DataType::Float64)),
    )
}

/// How many rows columns have of which some may be literals of one row.
fn rows(columns: &[Float64Chunked]) -> usize {
    let lengths = columns.iter().map(polars::prelude::ChunkedArray::len);
    lengths.clone().find(|&length| length != 1).unwrap_or(lengths.max().unwrap_or(0))
}

fn numbers(column: &Column) -> PolarsResult<Float64Chunked> {
    column.cast(&DataType::Float64)?.f64().cloned()
}

fn each(column: &Column, function: impl Fn(f64) -> Option<f64>) -> PolarsResult<Column> {
    let cells = numbers(column)?;
    let cells = cells.iter().map(|cell| cell.and_then(&function));
    Ok(Float64Chunked::from_iter_options("".into(), cells).into_column())
}
