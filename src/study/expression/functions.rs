//! The functions that a formula may call, from `libm` where a platform would decide last digits.

/// A function of one number.
pub(super) fn of_one(name: &str) -> Option<fn(f64) -> f64> {
    Some(match name {
        "ABS" => f64::abs,
        "SQRT" => f64::sqrt,
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
