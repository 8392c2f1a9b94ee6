//! Formulas: SQL expressions over named columns, parsed, checked and evaluated on polars columns.
//!
//! The parser's tree is walked and only what is on the list below becomes part of a formula, so a
//! query, a table function, a file, a window or a sum over units cannot be expressed. Tests hold:
//!
//! - **Names.** `population.children` is one column, not a field of a struct; `"…"` quotes a name.
//!   Names are case-sensitive.
//! - **Numbers.** Every number is a float: `1 / 2` is 0.5. A division divides: `x / 100` is the
//!   double nearest to the quotient, not `x` times a hundredth.
//! - **Missing.** An operation with a missing operand is missing; only `COALESCE`, `IS NULL` and
//!   `CASE` can rescue it. `AND` and `OR` follow three-valued logic. A `CASE` whose condition is
//!   missing is missing: it does not fall through to `ELSE`, where "not known" would quietly become
//!   a number (this is stricter than SQL). `LEAST` and `GREATEST` are missing when an operand is.
//! - **Division.** `x/0` is infinite and `0/0` is not a number; both come out of the formula, so
//!   that the index can report them. A comparison with something that is not a number is missing.
//! - **Text.** Texts are compared with `=`, `<>` and `IN`, letter for letter.
//! - **Conditions** are 1 or 0 where a number is needed; a number is never a condition.
//! - **Portability.** Everything works row by row; `+ - * /`, `ABS` and `SQRT` are exact in IEEE
//!   754; `LN`, `LOG10`, `EXP`, `POWER` and `CBRT` go through `libm`, not through the platform.
//!
//! The kinds of all parts are settled when a formula is checked, so evaluating it cannot fail. Its
//! tree also says whether it may leave rows out and whether it divides.

mod constant;
mod evaluate;
mod tree;
mod walk;

use std::ops::Range;

use sqlparser::ast::{BinaryOperator, Expr as Sql};
use sqlparser::dialect::GenericDialect;
use sqlparser::parser::Parser;
use sqlparser::tokenizer::{Location, Token, Tokenizer, Whitespace};

use crate::index::{Facts, Formula};
use crate::message::study::{formula as message, library};
use crate::quality::Advice;

const LONGEST: usize = 8_000;

/// Words that the parser may take for a name in one place and for an operator in another.
const RESERVED: &[&str] = &[
    "all", "and", "any", "array", "as", "between", "by", "case", "cast", "collate", "distinct",
    "else", "end", "except", "exists", "false", "from", "group", "having", "ilike", "in",
    "interval", "is", "isnull", "like", "limit", "not", "notnull", "null", "on", "or", "order",
    "over", "overlaps", "prior", "select", "similar", "some", "then", "true", "union", "unknown",
    "when", "where", "with", "xor",
];

/// What a column or a part of a formula holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Numbers.
    Number,
    /// Texts.
    Text,
    /// True or false.
    Condition,
}

/// Something in a formula that cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// Bytes of the formula.
    pub span: Range<usize>,
    /// What is wrong and what to do.
    pub said: Advice,
}

impl Refusal {
    fn new(span: Range<usize>, said: impl Into<Advice>) -> Self {
        Self { span, said: said.into() }
    }
}

/// Answers what a name of a formula holds, or why it cannot stand there, with advice.
pub(crate) type Lookup<'a> = dyn Fn(&str) -> Result<Kind, Advice> + 'a;

/// What is known of a column before anything is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Known<'k> {
    /// Nothing.
    Nothing,
    /// Texts that stand in it; where it `is_closed`, no other text ever does.
    Words { all: &'k [String], is_closed: bool },
    /// The smallest number that it may hold, as that of a count.
    From(f64),
}

/// Answers what is known of a column.
pub(crate) type Knowledge<'a> = dyn Fn(&str) -> Known<'a> + 'a;

/// A name in a formula and where it first stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    /// The name, with dots.
    pub name: String,
    /// Bytes of the formula.
    pub span: Range<usize>,
}

/// Parses and checks a formula.
///
/// `wanted` is [`Kind::Number`] for a value (a condition counts 1 or 0) and [`Kind::Condition`]
/// for a predicate. All refusals are answered at once, among them comparisons that by what is `known`
/// of their columns are the same for every unit.
pub(crate) fn compile(
    text: &str,
    wanted: Kind,
    lookup: &Lookup<'_>,
    known: &Knowledge<'_>,
) -> Result<Formula, Vec<Refusal>> {
    let tree = parse(text).map_err(|refusal| vec![refusal])?;
    let mut walk = walk::Walk::new(text, lookup, known);
    let compiled = walk.whole(&tree, wanted);
    let words = walk.take_words();
    let (names, refusals) = walk.finish();
    let Some(tree) = compiled.filter(|_| refusals.is_empty()) else { return Err(refusals) };
    if names.is_empty() {
        return Err(vec![Refusal::new(0..text.len(), message::no_column())]);
    }
    let names = names.into_iter().map(|(name, _)| name.name).collect();
    let facts = Facts { partial: tree.is_partial(), divides: tree.divides() };
    let formula = Formula::new(text, names, move |operands| evaluate::evaluate(&tree, operands));
    Ok(formula.with(facts).comparing(words))
}

/// The names that a formula uses, each where it first stands, without checking what they are.
pub(crate) fn names(text: &str) -> Result<Vec<Name>, Vec<Refusal>> {
    let tree = parse(text).map_err(|refusal| vec![refusal])?;
    let lookup = |_: &str| Ok(Kind::Number);
    let mut walk = walk::Walk::new(text, &lookup, &|_| Known::Nothing);
    // what it refuses is told when the formula is compiled with real kinds
    drop(walk.whole(&tree, Kind::Number));
    Ok(walk.finish().0.into_iter().map(|(name, _)| name).collect())
}

/// The column that a formula names, when it is nothing but a name.
pub(crate) fn single_name(text: &str) -> Option<String> {
    parse(text).ok().and_then(|tree| walk::column_name(&tree))
}

/// The conditions that a formula joins with `AND`, each as a formula of its own; the formula itself
/// where it joins none.
pub(crate) fn conjuncts(text: &str) -> Vec<String> {
    fn collect(tree: &Sql, parts: &mut Vec<String>) {
        match tree {
            Sql::BinaryOp { left, op: BinaryOperator::And, right } => {
                collect(left, parts);
                collect(right, parts);
            }
            Sql::Nested(inner)
                if matches!(**inner, Sql::BinaryOp { op: BinaryOperator::And, .. }) =>
            {
                collect(inner, parts);
            }
            _ => parts.push(tree.to_string()),
        }
    }
    let mut parts = Vec::new();
    if let Ok(tree) = parse(text) {
        collect(&tree, &mut parts);
    }
    if parts.len() < 2 { vec![text.to_owned()] } else { parts }
}

/// A value that a formula compares a name with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Literal {
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
}

/// A name of a formula beside a value, and whether `=`, `<>` or `IN` compares the two: then the value is
/// one that the column should have.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Comparand {
    /// The name.
    pub(crate) name: String,
    /// The value.
    pub(crate) value: Literal,
    /// Whether they are compared for equality.
    pub(crate) is_equated: bool,
}

/// The values with which a condition compares its names, in the order of the text.
pub(crate) fn comparands(text: &str) -> Vec<Comparand> {
    let mut found = Vec::new();
    if let Ok(tree) = parse(text) {
        walk::comparands(&tree, &mut found);
    }
    found
}

/// Whether a word can stand in a formula as a name and as the part after a dot.
pub(crate) fn can_be_named(word: &str) -> bool {
    !RESERVED.contains(&word.to_lowercase().as_str())
        && single_name(word).as_deref() == Some(word)
        && single_name(&format!("x.{word}")).is_some_and(|name| name == format!("x.{word}"))
        && single_name(&format!("{word}.x")).is_some_and(|name| name == format!("{word}.x"))
}

fn parse(text: &str) -> Result<Sql, Refusal> {
    let whole = 0..text.len();
    if text.len() > LONGEST {
        return Err(Refusal::new(whole, message::too_long(LONGEST)));
    }
    let dialect = GenericDialect {};
    let tokens = Tokenizer::new(&dialect, text)
        .tokenize_with_location()
        .map_err(|error| refused_at(text, &error.to_string()))?;
    for token in &tokens {
        if let Token::Whitespace(
            Whitespace::SingleLineComment { .. } | Whitespace::MultiLineComment(_),
        ) = token.token
        {
            let start = byte(text, token.span.start);
            return Err(Refusal::new(start..text.len(), message::comment()));
        }
    }
    let mut parser = Parser::new(&dialect).with_tokens_with_locations(tokens);
    let tree = parser.parse_expr().map_err(|error| refused_at(text, &error.to_string()))?;
    let next = parser.peek_token();
    if next.token == Token::EOF {
        return Ok(tree);
    }
    let span = byte(text, next.span.start)..byte(text, next.span.end);
    Err(Refusal::new(span, message::unexpected(&next.token.to_string())))
}

/// A message of the parser, which ends in `at Line: 1, Column: 5`, as a refusal.
fn refused_at(text: &str, message: &str) -> Refusal {
    let message = message.strip_prefix("sql parser error: ").unwrap_or(message);
    let (what, place) = message.rsplit_once(" at Line: ").unwrap_or((message, ""));
    let mut numbers = place.split(", Column: ").map(|number| number.trim().parse::<u64>());
    let start = match (numbers.next(), numbers.next()) {
        (Some(Ok(line)), Some(Ok(column))) => byte(text, Location { line, column }),
        _ => text.len(),
    };
    Refusal::new(start..text.len(), message::unreadable(&library::formula(what)))
}

/// The byte of a place that counts lines and characters from 1.
fn byte(text: &str, at: Location) -> usize {
    let mut start = 0;
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        if number == at.line {
            let column = usize::try_from(at.column.saturating_sub(1)).unwrap_or(usize::MAX);
            let offset = line.char_indices().nth(column).map_or(line.len(), |(offset, _)| offset);
            return start + offset;
        }
        start += line.len();
    }
    text.len()
}

#[cfg(test)]
mod tests;
