//! The checked tree of a formula, with the facts that can be read from it.

use super::Kind;

/// A part of a formula that was checked: every operand has the kind that its place needs.
#[derive(Clone, Debug)]
pub(super) enum Tree {
    /// The operand at a position.
    Operand(usize),
    Number(f64),
    Text(String),
    Truth(bool),
    /// No value of a kind, `NULL`.
    Missing(Kind),
    /// A condition as 1 or 0.
    Counted(Box<Self>),
    Arithmetic(Arithmetic, Box<[Self; 2]>),
    /// A function of one number.
    Mapped(fn(f64) -> f64, Box<Self>),
    /// A function of two numbers, folded from the left over the first and the others.
    Folded(fn(f64, f64) -> f64, Box<Self>, Vec<Self>),
    Compare(Comparison, Box<[Self; 2]>),
    And(Box<[Self; 2]>),
    Or(Box<[Self; 2]>),
    Not(Box<Self>),
    IsMissing(Box<Self>),
    /// The first that has a value.
    Coalesce(Box<Self>, Vec<Self>),
    /// The result of the first condition that holds, in pairs of condition and result.
    Case {
        branches: Vec<[Self; 2]>,
        otherwise: Box<Self>,
    },
}

/// The operations of arithmetic, each as IEEE 754 defines it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
}

impl Arithmetic {
    pub(super) fn of(self, a: f64, b: f64) -> f64 {
        match self {
            Self::Add => a + b,
            Self::Subtract => a - b,
            Self::Multiply => a * b,
            Self::Divide => a / b,
        }
    }
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    Different,
    Less,
    AtMost,
    More,
    AtLeast,
}

impl Comparison {
    /// Whether it needs values that have an order.
    pub(super) fn orders(self) -> bool {
        !matches!(self, Self::Equal | Self::Different)
    }

    pub(super) fn holds<T: PartialOrd + Copy>(self, a: T, b: T) -> bool {
        match self {
            Self::Equal => a == b,
            Self::Different => a != b,
            Self::Less => a < b,
            Self::AtMost => a <= b,
            Self::More => a > b,
            Self::AtLeast => a >= b,
        }
    }
}

impl Tree {
    pub(super) fn not(self) -> Self {
        Self::Not(Box::new(self))
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self::And(Box::new([self, other]))
    }

    pub(super) fn or(self, other: Self) -> Self {
        Self::Or(Box::new([self, other]))
    }

    /// Whether the formula may leave a row out although it has all its operands: a `CASE` without
    /// `ELSE`, or a `NULL`.
    pub(super) fn is_partial(&self) -> bool {
        self.any(&|part| matches!(part, Self::Missing(_)))
    }

    /// Whether something is divided.
    pub(super) fn divides(&self) -> bool {
        self.any(&|part| matches!(part, Self::Arithmetic(Arithmetic::Divide, _)))
    }

    fn any(&self, holds: &dyn Fn(&Self) -> bool) -> bool {
        let among = |parts: &[Self]| parts.iter().any(|part| part.any(holds));
        holds(self)
            || match self {
                Self::Operand(_)
                | Self::Number(_)
                | Self::Text(_)
                | Self::Truth(_)
                | Self::Missing(_) => false,
                Self::Counted(part)
                | Self::Mapped(_, part)
                | Self::Not(part)
                | Self::IsMissing(part) => part.any(holds),
                Self::Arithmetic(_, parts)
                | Self::Compare(_, parts)
                | Self::And(parts)
                | Self::Or(parts) => among(&parts[..]),
                Self::Folded(_, first, others) | Self::Coalesce(first, others) => {
                    first.any(holds) || among(others)
                }
                Self::Case { branches, otherwise } => {
                    branches.iter().any(|branch| among(branch)) || otherwise.any(holds)
                }
            }
    }
}

/// A part of a formula as the walk builds it.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// Absent for `NULL`, which fits everywhere.
    pub(super) kind: Option<Kind>,
    pub(super) tree: Tree,
    /// How many parts are evaluated; `BETWEEN`, `IN` and `CASE` repeat theirs.
    pub(super) size: usize,
}

impl Part {
    /// A number that something is computed to.
    pub(super) fn number(tree: Tree, size: usize) -> Self {
        Self { kind: Some(Kind::Number), tree, size }
    }

    /// A condition.
    pub(super) fn condition(tree: Tree, size: usize) -> Self {
        Self { kind: Some(Kind::Condition), tree, size }
    }

    /// No value.
    pub(super) fn missing() -> Self {
        Self { kind: None, tree: Tree::Missing(Kind::Number), size: 1 }
    }

    /// The tree in a kind to which it fits: conditions count among numbers, `NULL` fits everywhere.
    pub(super) fn of_kind(self, kind: Kind) -> Tree {
        match self.kind {
            None => Tree::Missing(kind),
            Some(Kind::Condition) if kind == Kind::Number => Tree::Counted(Box::new(self.tree)),
            Some(_) => self.tree,
        }
    }
}
