//! The walk over a parsed formula that lets through what is allowed and settles kinds.

mod calls;

use std::ops::Range;

use sqlparser::ast::{BinaryOperator, CaseWhen, Expr as Sql, Ident, Spanned, UnaryOperator, Value};

use super::tree::{Arithmetic, Comparison, Part, Tree};
use super::{Comparand, Kind, Knowledge, Known, Literal, Lookup, Name, Refusal, byte, constant};
use crate::message::study::formula as message;
use crate::message::{meant, suggest};
use crate::quality::{Advice, Message};

/// How deep a formula may nest, so that no stack can overflow.
const DEEPEST: usize = 200;
/// How many parts may be evaluated; `BETWEEN`, `IN` and `CASE` repeat theirs.
const LARGEST: usize = 4_000;

pub(super) struct Walk<'a, 'k> {
    text: &'a str,
    lookup: &'a Lookup<'a>,
    known: &'a Knowledge<'k>,
    /// Texts with which columns are compared, each with its column.
    words: Vec<(String, String)>,
    names: Vec<(Name, Kind)>,
    refusals: Vec<Refusal>,
    depth: usize,
}

impl<'a, 'k> Walk<'a, 'k> {
    pub(super) fn new(text: &'a str, lookup: &'a Lookup<'a>, known: &'a Knowledge<'k>) -> Self {
        let (names, words, refusals) = (Vec::new(), Vec::new(), Vec::new());
        Self { text, lookup, known, words, names, refusals, depth: 0 }
    }

    /// The texts with which columns are compared, each with its column.
    pub(super) fn take_words(&mut self) -> Vec<(String, String)> {
        std::mem::take(&mut self.words)
    }

    /// Names with their kinds, and what was refused.
    pub(super) fn finish(self) -> (Vec<(Name, Kind)>, Vec<Refusal>) {
        (self.names, self.refusals)
    }

    /// A whole formula, whose answers are numbers.
    pub(super) fn whole(&mut self, tree: &Sql, wanted: Kind) -> Option<Tree> {
        let part = self.part(tree)?;
        let part = match wanted {
            Kind::Condition => self.condition(tree, part)?,
            Kind::Number | Kind::Text => self.number(tree, part)?,
        };
        Some(part.of_kind(Kind::Number))
    }

    fn part(&mut self, tree: &Sql) -> Option<Part> {
        if self.depth >= DEEPEST {
            self.refuse(0..self.text.len(), message::too_deep());
            return None;
        }
        self.depth += 1;
        let part = self.shape(tree);
        self.depth -= 1;
        if part.as_ref().is_some_and(|part| part.size > LARGEST) {
            self.refuse(self.span(tree), message::too_large());
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
            Sql::IsNull(inner) => self.is_missing(inner),
            Sql::IsNotNull(inner) => {
                self.is_missing(inner).map(|part| Part { tree: part.tree.not(), ..part })
            }
            Sql::InList { expr, list, negated } => self.in_list(expr, list, *negated),
            Sql::Between { expr, negated, low, high } => self.between(expr, low, high, *negated),
            Sql::Case { operand, conditions, else_result, .. } => {
                self.case(operand.as_deref(), conditions, else_result.as_deref())
            }
            Sql::Function(function) => self.function(tree, function),
            Sql::Ceil { .. } | Sql::Floor { .. } => self.not_allowed(tree, &message::rounding()),
            Sql::Cast { .. } | Sql::Convert { .. } => self.not_allowed(tree, &message::cast()),
            Sql::Subquery(_) | Sql::InSubquery { .. } | Sql::Exists { .. } => {
                self.not_allowed(tree, &message::query())
            }
            Sql::Wildcard(_) | Sql::QualifiedWildcard(..) => self.not_allowed(tree, &quoted("*")),
            other => {
                let what = quoted(other);
                self.not_allowed(tree, &what)
            }
        }
    }

    fn not_allowed(&mut self, tree: &Sql, what: &Message) -> Option<Part> {
        self.refuse(self.span(tree), message::not_allowed(what));
        None
    }

    fn column(&mut self, tree: &Sql) -> Option<Part> {
        let name = column_name(tree)?;
        if let Some(at) = self.names.iter().position(|(known, _)| known.name == name) {
            return Some(Part { kind: Some(self.names[at].1), tree: Tree::Operand(at), size: 1 });
        }
        let span = self.span(tree);
        match (self.lookup)(&name) {
            Ok(kind) => {
                self.names.push((Name { name, span }, kind));
                let tree = Tree::Operand(self.names.len() - 1);
                Some(Part { kind: Some(kind), tree, size: 1 })
            }
            Err(advice) => {
                self.refuse(span, advice);
                None
            }
        }
    }

    fn literal(&mut self, tree: &Sql, value: &Value) -> Option<Part> {
        let (kind, tree) = match value {
            Value::Number(digits, false) => match digits.parse::<f64>() {
                Ok(number) if number.is_finite() => (Kind::Number, Tree::Number(number)),
                _ => {
                    self.refuse(self.span(tree), message::no_number(digits));
                    return None;
                }
            },
            Value::SingleQuotedString(text) => (Kind::Text, Tree::Text(text.clone())),
            Value::Boolean(truth) => (Kind::Condition, Tree::Truth(*truth)),
            Value::Null => return Some(Part::missing()),
            other => return self.not_allowed(tree, &quoted(other)),
        };
        Some(Part { kind: Some(kind), tree, size: 1 })
    }

    fn unary(&mut self, tree: &Sql, op: UnaryOperator, inner: &Sql) -> Option<Part> {
        let part = self.part(inner)?;
        match op {
            UnaryOperator::Plus => self.number(inner, part),
            UnaryOperator::Minus => {
                let part = self.number(inner, part)?;
                let turned = Box::new([Tree::Number(-1.0), part.tree]);
                Some(Part::number(Tree::Arithmetic(Arithmetic::Multiply, turned), part.size + 2))
            }
            UnaryOperator::Not => {
                let part = self.condition(inner, part)?;
                Some(Part::condition(part.tree.not(), part.size + 1))
            }
            other => self.not_allowed(tree, &quoted(other)),
        }
    }

    fn binary(&mut self, tree: &Sql, left: &Sql, op: &BinaryOperator, right: &Sql) -> Option<Part> {
        use BinaryOperator as Op;
        let (a, b) = (self.part(left), self.part(right));
        let (a, b) = (a?, b?);
        let arithmetic = match op {
            Op::Plus => Arithmetic::Add,
            Op::Minus => Arithmetic::Subtract,
            Op::Multiply => Arithmetic::Multiply,
            Op::Divide => Arithmetic::Divide,
            Op::And | Op::Or => {
                let (a, b) = (self.condition(left, a), self.condition(right, b));
                let (a, b) = (a?, b?);
                let size = a.size + b.size + 1;
                let both = matches!(op, Op::And);
                let joined = if both { a.tree.and(b.tree) } else { a.tree.or(b.tree) };
                return Some(Part::condition(joined, size));
            }
            _ => {
                let Some(comparison) = comparison(op) else {
                    return self.not_allowed(tree, &quoted(op));
                };
                let part = self.compare(tree, a, comparison, b)?;
                self.check_ranges(tree, &part);
                return Some(part);
            }
        };
        let (a, b) = (self.number(left, a), self.number(right, b));
        let (a, b) = (a?, b?);
        let size = a.size + b.size + 1;
        Some(Part::number(Tree::Arithmetic(arithmetic, Box::new([a.tree, b.tree])), size))
    }

    fn compare(&mut self, tree: &Sql, a: Part, comparison: Comparison, b: Part) -> Option<Part> {
        let kind = self.common(tree, &[&a, &b])?;
        if comparison.orders() && kind == Kind::Text {
            self.refuse(self.span(tree), message::no_order_of_texts());
            return None;
        }
        let size = a.size + b.size + 3;
        let operands = Box::new([a.of_kind(kind), b.of_kind(kind)]);
        self.check_words(tree, &operands);
        Some(Part::condition(Tree::Compare(comparison, operands), size))
    }

    /// Refuses a text that its column never holds.
    fn check_words(&mut self, tree: &Sql, operands: &[Tree; 2]) {
        let (at, word) = match operands {
            [Tree::Operand(at), Tree::Text(word)] | [Tree::Text(word), Tree::Operand(at)] => {
                (*at, word)
            }
            _ => return,
        };
        let column = self.names[at].0.name.clone();
        if let Known::Words { all, is_closed } = (self.known)(&column)
            && !all.contains(word)
        {
            let words = all.iter().map(String::as_str);
            if is_closed || meant(word, words.clone()).is_some() {
                let said = message::no_such_word(&column, word).advise(suggest(word, words));
                self.refuse(self.span(tree), said);
            }
        }
        self.words.push((column, word.clone()));
    }

    /// Refuses a comparison of numbers that is the same for every unit.
    fn check_ranges(&mut self, tree: &Sql, part: &Part) {
        let Tree::Compare(comparison, operands) = &part.tree else { return };
        let is_column = |tree: &Tree| !matches!(tree, Tree::Number(_));
        if !operands.iter().any(is_column) {
            return;
        }
        let known = |at: usize| (self.known)(&self.names[at].0.name);
        let ranges = operands.each_ref().map(|operand| constant::range(operand, &known));
        let [Some(a), Some(b)] = ranges else { return };
        let said = match constant::answer(*comparison, [a, b]) {
            Some(true) => message::always_true(),
            Some(false) => message::never_true(),
            None => return,
        };
        self.refuse(self.span(tree), said);
    }

    fn is_missing(&mut self, inner: &Sql) -> Option<Part> {
        let part = self.part(inner)?;
        Some(Part::condition(Tree::IsMissing(Box::new(part.tree)), part.size + 1))
    }

    fn in_list(&mut self, inner: &Sql, list: &[Sql], negated: bool) -> Option<Part> {
        let part = self.part(inner);
        let items: Vec<Option<Part>> = list.iter().map(|item| self.part(item)).collect();
        let part = part?;
        let mut found: Option<Part> = None;
        for (tree, item) in list.iter().zip(items) {
            let equal = self.compare(tree, part.clone(), Comparison::Equal, item?)?;
            found = Some(match found {
                None => equal,
                Some(so_far) => {
                    let size = so_far.size + equal.size + 1;
                    Part::condition(so_far.tree.or(equal.tree), size)
                }
            });
        }
        let Some(found) = found else {
            self.refuse(self.span(inner), message::empty_in());
            return None;
        };
        Some(if negated { Part::condition(found.tree.not(), found.size + 1) } else { found })
    }

    fn between(&mut self, inner: &Sql, low: &Sql, high: &Sql, negated: bool) -> Option<Part> {
        let (part, least, most) = (self.part(inner), self.part(low), self.part(high));
        let (part, least, most) = (part?, least?, most?);
        let from = self.compare(low, part.clone(), Comparison::AtLeast, least)?;
        let to = self.compare(high, part, Comparison::AtMost, most)?;
        let size = from.size + to.size + 2;
        let inside = from.tree.and(to.tree);
        Some(Part::condition(if negated { inside.not() } else { inside }, size))
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
                    self.compare(&branch.condition, subject.clone(), Comparison::Equal, value)
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
            None => Part::missing(),
        });
        let last = &branches.last()?.result;
        let kind = self.common(last, &results.iter().collect::<Vec<_>>())?;
        let size = conditions.iter().chain(&results).map(|part| 2 * part.size + 2).sum();
        let otherwise = Box::new(results.pop()?.of_kind(kind));
        let branches = conditions.into_iter().zip(results);
        let branches = branches.map(|(condition, result)| [condition.tree, result.of_kind(kind)]);
        let tree = Tree::Case { branches: branches.collect(), otherwise };
        Some(Part { kind: Some(kind), tree, size })
    }

    /// The kind that all parts have; conditions among numbers count as numbers.
    fn common(&mut self, tree: &Sql, parts: &[&Part]) -> Option<Kind> {
        let kinds: Vec<Kind> = parts.iter().filter_map(|part| part.kind).collect();
        let text = kinds.contains(&Kind::Text);
        if text && kinds.iter().any(|kind| *kind != Kind::Text) {
            self.refuse(self.span(tree), message::text_and_number());
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
                self.refuse(self.span(tree), message::number_needed());
                None
            }
            Some(Kind::Condition) | None => {
                let size = part.size + 1;
                Some(Part::number(part.of_kind(Kind::Number), size))
            }
        }
    }

    fn condition(&mut self, tree: &Sql, part: Part) -> Option<Part> {
        match part.kind {
            Some(Kind::Condition) => Some(part),
            None => Some(Part::condition(Tree::Missing(Kind::Condition), 2)),
            Some(Kind::Number | Kind::Text) => {
                self.refuse(self.span(tree), message::condition_needed());
                None
            }
        }
    }

    fn refuse(&mut self, span: Range<usize>, said: impl Into<Advice>) {
        let refusal = Refusal::new(span, said);
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

/// A part of a formula as written.
fn quoted(part: impl std::fmt::Display) -> Message {
    Message::same(format!("`{part}`"))
}

fn comparison(op: &BinaryOperator) -> Option<Comparison> {
    Some(match op {
        BinaryOperator::Eq => Comparison::Equal,
        BinaryOperator::NotEq => Comparison::Different,
        BinaryOperator::Lt => Comparison::Less,
        BinaryOperator::LtEq => Comparison::AtMost,
        BinaryOperator::Gt => Comparison::More,
        BinaryOperator::GtEq => Comparison::AtLeast,
        _ => return None,
    })
}

/// The values with which the conditions of a tree compare names.
pub(super) fn comparands(tree: &Sql, found: &mut Vec<Comparand>) {
    let mut pair = |name: &Sql, value: &Sql, is_equated| {
        if let (Some(name), Some(value)) = (column_name(name), plain_value(value)) {
            found.push(Comparand { name, value, is_equated });
        }
    };
    match tree {
        Sql::BinaryOp { left, op, right } => {
            let is_equated = matches!(op, BinaryOperator::Eq | BinaryOperator::NotEq);
            pair(left, right, is_equated);
            pair(right, left, is_equated);
            comparands(left, found);
            comparands(right, found);
        }
        Sql::InList { expr, list, .. } => list.iter().for_each(|value| pair(expr, value, true)),
        Sql::Between { expr, low, high, .. } => {
            pair(expr, low, false);
            pair(expr, high, false);
        }
        Sql::Nested(inner) | Sql::UnaryOp { expr: inner, .. } => comparands(inner, found),
        _ => {}
    }
}

/// The value that a part of a formula is, when it is nothing else.
fn plain_value(tree: &Sql) -> Option<Literal> {
    match tree {
        Sql::Value(value) => match &value.value {
            Value::Number(digits, false) => digits.parse().ok().map(Literal::Number),
            Value::SingleQuotedString(text) => Some(Literal::Text(text.clone())),
            _ => None,
        },
        Sql::Nested(inner) => plain_value(inner),
        Sql::UnaryOp { op: UnaryOperator::Minus, expr } => match plain_value(expr)? {
            Literal::Number(number) => Some(Literal::Number(-number)),
            Literal::Text(_) => None,
        },
        _ => None,
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
