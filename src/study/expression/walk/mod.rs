//! The walk over a parsed formula that lets through what is allowed and compiles it to polars.

mod calls;

use std::ops::Range;

use polars::prelude::{DataType, Expr, NULL, lit, when};
use sqlparser::ast::{BinaryOperator, CaseWhen, Expr as Sql, Ident, Spanned, UnaryOperator, Value};

use super::part::{Part, column, comparable, missing, number, of_kind, truth};
use super::{ALLOWED, Kind, Lookup, Name, Refusal, byte};

/// How deep a formula may nest, so that no stack can overflow.
const DEEPEST: usize = 200;
/// How many parts polars may see; `BETWEEN`, `IN` and `CASE` repeat theirs.
const LARGEST: usize = 4_000;

pub(super) struct Walk<'a> {
    text: &'a str,
    lookup: &'a Lookup<'a>,
    names: Vec<(Name, Kind)>,
    refusals: Vec<Refusal>,
    depth: usize,
}

impl<'a> Walk<'a> {
    pub(super) fn new(text: &'a str, lookup: &'a Lookup<'a>) -> Self {
        Self { text, lookup, names: Vec::new(), refusals: Vec::new(), depth: 0 }
    }

    /// Names with their kinds, and what was refused.
    pub(super) fn finish(self) -> (Vec<(Name, Kind)>, Vec<Refusal>) {
        (self.names, self.refusals)
    }

    /// Compiles a whole formula to floats.
    pub(super) fn whole(&mut self, tree: &Sql, wanted: Kind) -> Option<Expr> {
        let part = self.part(tree)?;
        let part = match wanted {
            Kind::Condition => self.condition(tree, part)?,
            Kind::Number | Kind::Text => self.number(tree, part)?,
        };
        Some(part.expr.cast(DataType::Float64))
    }

    fn part(&mut self, tree: &Sql) -> Option<Part> {
        if self.depth >= DEEPEST {
            let hint = "split it into nodes of its own".to_owned();
            self.refuse(0..self.text.len(), "this formula is nested too deeply", Some(hint));
            return None;
        }
        self.depth += 1;
        let part = self.shape(tree);
        self.depth -= 1;
        if part.as_ref().is_some_and(|part| part.size > LARGEST) {
            let hint = "split it into nodes of its own".to_owned();
            self.refuse(self.span(tree), "this part of the formula is too large", Some(hint));
            return None;
        }
        part
    }

    fn shape(&mut self, tree: &Sql) -> Option<Part> {
        match tree {
            Sql::Identifier(_) | Sql::CompoundIdentifier(_) => self.column(tree),
            Sql::Nested(inner) => self.part(inner),
            Sql::Value(value) => self.literal(tree, &value.value),
            Sql::UnaryOp { op, expr } => self.unary(tree, *op, expr),
            Sql::BinaryOp { left, op, right } => self.binary(tree, left, op, right),
            Sql::IsNull(inner) => self.is_null(inner).map(|(size, expr)| truth(expr, size)),
            Sql::IsNotNull(inner) => {
                self.is_null(inner).map(|(size, expr)| truth(expr.not(), size))
            }
            Sql::InList { expr, list, negated } => self.in_list(expr, list, *negated),
            Sql::Between { expr, negated, low, high } => self.between(expr, low, high, *negated),
            Sql::Case { operand, conditions, else_result, .. } => {
                self.case(operand.as_deref(), conditions, else_result.as_deref())
            }
            Sql::Function(function) => self.function(tree, function),
            Sql::Ceil { .. } | Sql::Floor { .. } => self.not_allowed(tree, "rounding"),
            Sql::Cast { .. } | Sql::Convert { .. } => self.not_allowed(tree, "a cast"),
            Sql::Subquery(_) | Sql::InSubquery { .. } | Sql::Exists { .. } => {
                self.not_allowed(tree, "a query")
            }
            Sql::Wildcard(_) | Sql::QualifiedWildcard(..) => self.not_allowed(tree, "`*`"),
            other => {
                let what = format!("`{other}`");
                self.not_allowed(tree, &what)
            }
        }
    }

    fn not_allowed(&mut self, tree: &Sql, what: &str) -> Option<Part> {
        let message = format!("{what} is not allowed in a formula");
        self.refuse(self.span(tree), message, Some(ALLOWED.to_owned()));
        None
    }

    fn column(&mut self, tree: &Sql) -> Option<Part> {
        let name = column_name(tree)?;
        if let Some(at) = self.names.iter().position(|(known, _)| known.name == name) {
            return Some(column(at, self.names[at].1));
        }
        let span = self.span(tree);
        match (self.lookup)(&name) {
            Ok(kind) => {
                self.names.push((Name { name, span }, kind));
                Some(column(self.names.len() - 1, kind))
            }
            Err((message, hint)) => {
                self.refuse(span, message, hint);
                None
            }
        }
    }

    fn literal(&mut self, tree: &Sql, value: &Value) -> Option<Part> {
        let (kind, expr) = match value {
            Value::Number(digits, false) => match digits.parse::<f64>() {
                Ok(number) if number.is_finite() => (Some(Kind::Number), lit(number)),
                _ => {
                    self.refuse(self.span(tree), format!("`{digits}` is not a number"), None);
                    return None;
                }
            },
            Value::SingleQuotedString(text) => (Some(Kind::Text), lit(text.as_str())),
            Value::Boolean(truth) => (Some(Kind::Condition), lit(*truth)),
            Value::Null => (None, lit(NULL)),
            other => return self.not_allowed(tree, &format!("`{other}`")),
        };
        Some(Part { kind, expr, size: 1, plain: true })
    }

    fn unary(&mut self, tree: &Sql, op: UnaryOperator, inner: &Sql) -> Option<Part> {
        let part = self.part(inner)?;
        match op {
            UnaryOperator::Plus => self.number(inner, part),
            UnaryOperator::Minus => {
                let part = self.number(inner, part)?;
                Some(number(lit(-1.0) * part.expr, part.size + 2))
            }
            UnaryOperator::Not => {
                let part = self.condition(inner, part)?;
                Some(truth(part.expr.not(), part.size + 1))
            }
            other => self.not_allowed(tree, &format!("`{other}`")),
        }
    }

    fn binary(&mut self, tree: &Sql, left: &Sql, op: &BinaryOperator, right: &Sql) -> Option<Part> {
        use BinaryOperator as Op;
        let (a, b) = (self.part(left), self.part(right));
        let (a, b) = (a?, b?);
        match op {
            Op::Plus | Op::Minus | Op::Multiply | Op::Divide => {
                let (a, b) = (self.number(left, a), self.number(right, b));
                let (a, b) = (a?, b?);
                let size = a.size + b.size + 1;
                let expr = match op {
                    Op::Plus => a.expr + b.expr,
                    Op::Minus => a.expr - b.expr,
                    Op::Multiply => a.expr * b.expr,
                    _ => a.expr / b.expr,
                };
                Some(number(expr, size))
            }
            Op::And | Op::Or => {
                let (a, b) = (self.condition(left, a), self.condition(right, b));
                let (a, b) = (a?, b?);
                let size = a.size + b.size + 1;
                let both = matches!(op, Op::And);
                Some(truth(if both { a.expr.and(b.expr) } else { a.expr.or(b.expr) }, size))
            }
            Op::Eq | Op::NotEq | Op::Lt | Op::LtEq | Op::Gt | Op::GtEq => {
                self.compare(tree, &a, op, &b)
            }
            other => self.not_allowed(tree, &format!("`{other}`")),
        }
    }

    fn compare(&mut self, tree: &Sql, a: &Part, op: &BinaryOperator, b: &Part) -> Option<Part> {
        use BinaryOperator as Op;
        let kind = self.common(tree, &[a, b])?;
        let ordering = !matches!(op, Op::Eq | Op::NotEq);
        if ordering && kind == Kind::Text {
            let hint = "compare texts with `=`, `<>` or `IN (…)`".to_owned();
            self.refuse(self.span(tree), "texts have no order in a formula", Some(hint));
            return None;
        }
        let size = a.size + b.size + 3;
        let (a, b) = (comparable(a, kind), comparable(b, kind));
        Some(truth(
            match op {
                Op::Eq => a.eq(b),
                Op::NotEq => a.neq(b),
                Op::Lt => a.lt(b),
                Op::LtEq => a.lt_eq(b),
                Op::Gt => a.gt(b),
                _ => a.gt_eq(b),
            },
            size,
        ))
    }

    fn is_null(&mut self, inner: &Sql) -> Option<(usize, Expr)> {
        let part = self.part(inner)?;
        Some((part.size + 1, part.expr.is_null()))
    }

    fn in_list(&mut self, inner: &Sql, list: &[Sql], negated: bool) -> Option<Part> {
        let part = self.part(inner);
        let items: Vec<Option<Part>> = list.iter().map(|item| self.part(item)).collect();
        let part = part?;
        let mut found: Option<Part> = None;
        for (tree, item) in list.iter().zip(items) {
            let equal = self.compare(tree, &part, &BinaryOperator::Eq, &item?)?;
            found = Some(match found {
                None => equal,
                Some(so_far) => {
                    let size = so_far.size + equal.size + 1;
                    truth(so_far.expr.or(equal.expr), size)
                }
            });
        }
        let Some(found) = found else {
            self.refuse(self.span(inner), "`IN ()` names nothing", None);
            return None;
        };
        Some(if negated { truth(found.expr.not(), found.size + 1) } else { found })
    }

    fn between(&mut self, inner: &Sql, low: &Sql, high: &Sql, negated: bool) -> Option<Part> {
        let (part, least, most) = (self.part(inner), self.part(low), self.part(high));
        let (part, least, most) = (part?, least?, most?);
        let from = self.compare(low, &part, &BinaryOperator::GtEq, &least)?;
        let to = self.compare(high, &part, &BinaryOperator::LtEq, &most)?;
        let size = from.size + to.size + 2;
        let inside = from.expr.and(to.expr);
        Some(truth(if negated { inside.not() } else { inside }, size))
    }

    /// The first branch whose condition holds; missing when a condition before it is missing.
    fn case(
        &mut self,
        operand: Option<&Sql>,
        branches: &[CaseWhen],
        otherwise: Option<&Sql>,
    ) -> Option<Part> {
        let subject = operand.map(|tree| self.part(tree));
        let mut conditions = Vec::new();
        let mut results = Vec::new();
        for branch in branches {
            let condition = self.part(&branch.condition);
            conditions.push(match (&subject, condition) {
                (Some(Some(subject)), Some(value)) => {
                    self.compare(&branch.condition, subject, &BinaryOperator::Eq, &value)
                }
                (None, Some(condition)) => self.condition(&branch.condition, condition),
                _ => None,
            });
            results.push(self.part(&branch.result));
        }
        let otherwise = otherwise.map(|tree| self.part(tree));
        let conditions = conditions.into_iter().collect::<Option<Vec<Part>>>()?;
        let mut results = results.into_iter().collect::<Option<Vec<Part>>>()?;
        results.push(match otherwise {
            Some(part) => part?,
            None => Part { kind: None, expr: lit(NULL), size: 1, plain: true },
        });
        let last = &branches.last()?.result;
        let kind = self.common(last, &results.iter().collect::<Vec<_>>())?;
        let size = conditions.iter().chain(&results).map(|part| 2 * part.size + 2).sum();
        let mut expr = results.pop().map(|part| of_kind(part, kind))?;
        for (condition, result) in conditions.into_iter().zip(results).rev() {
            expr = when(condition.expr.clone().is_null())
                .then(missing(kind))
                .otherwise(when(condition.expr).then(of_kind(result, kind)).otherwise(expr));
        }
        Some(Part { kind: Some(kind), expr, size, plain: false })
    }

    /// The kind that all parts have; conditions among numbers count as numbers.
    fn common(&mut self, tree: &Sql, parts: &[&Part]) -> Option<Kind> {
        let kinds: Vec<Kind> = parts.iter().filter_map(|part| part.kind).collect();
        let text = kinds.contains(&Kind::Text);
        if text && kinds.iter().any(|kind| *kind != Kind::Text) {
            self.refuse(self.span(tree), "a text and a number do not go together here", None);
            return None;
        }
        Some(match kinds.first() {
            Some(Kind::Text) => Kind::Text,
            Some(Kind::Condition) if kinds.iter().all(|kind| *kind == Kind::Condition) => {
                Kind::Condition
            }
            _ => Kind::Number,
        })
    }

    fn number(&mut self, tree: &Sql, part: Part) -> Option<Part> {
        match part.kind {
            Some(Kind::Number) => Some(part),
            Some(Kind::Text) => {
                let hint =
                    "compare it (`kind = 'commune'`), or score it with the step `categories`";
                let message = "a number is needed here, and this is a text";
                self.refuse(self.span(tree), message, Some(hint.to_owned()));
                None
            }
            Some(Kind::Condition) | None => {
                let size = part.size + 1;
                Some(number(of_kind(part, Kind::Number), size))
            }
        }
    }

    fn condition(&mut self, tree: &Sql, part: Part) -> Option<Part> {
        match part.kind {
            Some(Kind::Condition) => Some(part),
            None => Some(truth(missing(Kind::Condition), 2)),
            Some(Kind::Number | Kind::Text) => {
                let hint = "compare it with something: `… > 0`, `kind = 'commune'`".to_owned();
                self.refuse(self.span(tree), "a condition is needed here", Some(hint));
                None
            }
        }
    }

    fn refuse(&mut self, span: Range<usize>, message: impl Into<String>, hint: Option<String>) {
        let refusal = Refusal::new(span, message, hint);
        if !self.refusals.contains(&refusal) {
            self.refusals.push(refusal);
        }
    }

    /// Bytes of a part of the formula; the whole formula when the parser does not say.
    fn span(&self, tree: &Sql) -> Range<usize> {
        let span = tree.span();
        let (start, end) = (byte(self.text, span.start), byte(self.text, span.end));
        if span.start.line == 0 || start >= end { 0..self.text.len() } else { start..end }
    }
}

/// The name of a column, with dots.
pub(super) fn column_name(tree: &Sql) -> Option<String> {
    let join = |parts: &[Ident]| {
        parts.iter().map(|part| part.value.as_str()).collect::<Vec<_>>().join(".")
    };
    match tree {
        Sql::Identifier(name) => Some(name.value.clone()),
        Sql::CompoundIdentifier(parts) => Some(join(parts)),
        Sql::Nested(inner) => column_name(inner),
        _ => None,
    }
}
