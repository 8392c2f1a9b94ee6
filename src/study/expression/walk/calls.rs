//! Calls of functions in a formula, and the functions themselves: from `libm` where a platform would
//! decide last digits.

use sqlparser::ast::{Expr as Sql, Function, FunctionArg, FunctionArgExpr, FunctionArguments};

use super::{Walk, quoted};
use crate::message::study::formula as message;
use crate::study::expression::tree::{Part, Tree};

impl Walk<'_, '_> {
    pub(super) fn function(&mut self, tree: &Sql, function: &Function) -> Option<Part> {
        let name = function.name.to_string().to_uppercase();
        let Some(arguments) = arguments(function) else {
            return self.not_allowed(tree, &quoted(tree));
        };
        let parts: Vec<Option<Part>> = arguments.iter().map(|each| self.part(each)).collect();
        if self.refuse_function(tree, &name, arguments.len()) {
            return None;
        }
        let parts = parts.into_iter().collect::<Option<Vec<Part>>>()?;
        let size = parts.iter().map(|part| part.size + 1).sum::<usize>() + 1;
        if name == "COALESCE" {
            let kind = self.common(tree, &parts.iter().collect::<Vec<_>>())?;
            let mut parts = parts.into_iter().map(|part| part.of_kind(kind));
            let first = Box::new(parts.next()?);
            let tree = Tree::Coalesce(first, parts.collect());
            return Some(Part { kind: Some(kind), tree, size });
        }
        let mut numbers = Vec::new();
        for (tree, part) in arguments.iter().zip(parts) {
            numbers.push(self.number(tree, part)?.tree);
        }
        let mut numbers = numbers.into_iter();
        let first = Box::new(numbers.next()?);
        let tree = match of_one(&name) {
            Some(function) => Tree::Mapped(function, first),
            None => {
                let two = of_two(&name).or_else(|| of_many(&name))?;
                Tree::Folded(two, first, numbers.collect())
            }
        };
        Some(Part::number(tree, size))
    }

    /// Refuses a function that is not on the list, or with a wrong number of arguments.
    fn refuse_function(&mut self, tree: &Sql, name: &str, given: usize) -> bool {
        let wanted = match name {
            "COALESCE" | "LEAST" | "GREATEST" => 2..=usize::MAX,
            _ if of_one(name).is_some() => 1..=1,
            _ if of_two(name).is_some() => 2..=2,
            _ => {
                let said = match name {
                    "ROUND" => message::round_is_a_step(name),
                    "SUM" | "AVG" | "MIN" | "MAX" | "COUNT" | "MEDIAN" | "STDDEV" => {
                        message::statistics_are_steps(name)
                    }
                    _ => message::not_allowed(&quoted(name)),
                };
                self.refuse(self.span(tree), said);
                return true;
            }
        };
        if !wanted.contains(&given) {
            let (least, most) = wanted.into_inner();
            self.refuse(self.span(tree), message::arguments(name, [least, most], given));
            return true;
        }
        false
    }
}

/// The plain arguments of a function; nothing when it has windows, filters or the like.
fn arguments(function: &Function) -> Option<Vec<&Sql>> {
    let plain = !function.uses_odbc_syntax
        && matches!(function.parameters, FunctionArguments::None)
        && function.filter.is_none()
        && function.null_treatment.is_none()
        && function.over.is_none()
        && function.within_group.is_empty();
    let FunctionArguments::List(list) = &function.args else { return None };
    if !plain || list.duplicate_treatment.is_some() || !list.clauses.is_empty() {
        return None;
    }
    list.args
        .iter()
        .map(|argument| match argument {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(tree)) => Some(tree),
            _ => None,
        })
        .collect()
}

/// A function of one number.
fn of_one(name: &str) -> Option<fn(f64) -> f64> {
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
fn of_two(name: &str) -> Option<fn(f64, f64) -> f64> {
    matches!(name, "POWER" | "POW").then_some(libm::pow as fn(f64, f64) -> f64)
}

/// A function of two or more numbers, folded from the left.
fn of_many(name: &str) -> Option<fn(f64, f64) -> f64> {
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
