//! What a column may give away, and what is therefore hidden in what is published.

use std::collections::BTreeSet;

use crate::index::method::Origin;
use crate::index::{Figures, Mark, OutputColumn};
use crate::register::UNIT;

/// What a column may give away. Whoever adds a column must say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sensitivity {
    /// No small count: names, places, classes, decisions, the rules themselves.
    Public,
    /// Nothing that the figures it is made from do not hold; masked figures hold no small count and
    /// nothing that gives one back.
    Figures,
    /// Measured in a unit, a part of its score, the score itself, or what gives it back.
    Unit,
    /// A sum over units, of which one unknown part could be computed from the others.
    Sum(Sum),
}

impl Sensitivity {
    /// Whether a column may give something away.
    pub(crate) fn is_secret(self) -> bool {
        !matches!(self, Self::Public | Self::Figures)
    }
}

/// What is summed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sum {
    /// Scores, and what rules cost in points.
    Scores,
    /// People whom a selection reaches.
    People,
    /// Inhabitants.
    Population,
    /// Money.
    Cost,
}

/// The units that the rows of a table are about.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Rows {
    /// None: rules, files, nodes.
    #[default]
    Other,
    /// One unit a row, by its position in the register; `None` where the register has none.
    Units(Vec<Option<usize>>),
    /// All units of an area.
    Areas(Vec<Vec<usize>>),
}

/// What of a run would say something of a small count although the count and its score are withheld.
///
/// It is found from runs with other small counts, and from none with the counts as they are: it says of
/// these no more than which cells they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Telling {
    /// Classes: position of the output, position of the unit.
    pub(crate) classes: BTreeSet<(usize, usize)>,
    /// Findings: rule and subject.
    pub(crate) findings: BTreeSet<(&'static str, String)>,
}

/// What is hidden in everything that is published of a run; nothing by default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Masks {
    /// Whether something of each unit is masked; empty where nothing is.
    pub(crate) units: Vec<bool>,
    /// Kinds of sums of which a part is masked.
    pub(crate) sums: Vec<Sum>,
    /// Classes that are masked: position of the output, position of the unit.
    pub(crate) classes: BTreeSet<(usize, usize)>,
}

/// Nothing is hidden: what is not published.
pub(crate) static UNMASKED: Masks =
    Masks { units: Vec::new(), sums: Vec::new(), classes: BTreeSet::new() };

impl Masks {
    /// Whether something of a unit is masked.
    pub(crate) fn is_masked(&self, unit: usize) -> bool {
        self.units.get(unit).copied().unwrap_or_default()
    }

    /// What the classes of an output are, where one of them is withheld.
    pub(crate) fn class_states(&self, output: usize, classes: &[Option<String>]) -> Vec<Mark> {
        if !self.classes.iter().any(|(of, _)| *of == output) {
            return Vec::new();
        }
        let state = |(unit, class): (usize, &Option<String>)| match class {
            Some(_) => Mark::Value,
            None if self.classes.contains(&(output, unit)) => Mark::Withheld,
            None => Mark::NotAvailable,
        };
        classes.iter().enumerate().map(state).collect()
    }

    /// Whether sums of that kind are withheld.
    pub(crate) fn withholds(&self, sum: Sum) -> bool {
        self.sums.contains(&sum)
    }

    /// Whether the cell of such a column is hidden in that row.
    pub(crate) fn hides(&self, sensitivity: Sensitivity, rows: &Rows, row: usize) -> bool {
        match sensitivity {
            Sensitivity::Public | Sensitivity::Figures => return false,
            Sensitivity::Sum(sum) => return self.withholds(sum),
            Sensitivity::Unit => {}
        }
        match rows {
            Rows::Other => self.units.contains(&true),
            Rows::Units(units) => units[row].is_some_and(|unit| self.is_masked(unit)),
            Rows::Areas(areas) => areas[row].iter().any(|&unit| self.is_masked(unit)),
        }
    }
}

/// What the columns of a node give away: nothing, where a larger area or the register was measured.
pub(crate) fn of_node(figures: &Figures<'_>, node: usize) -> Sensitivity {
    match figures.method.nodes[node].origin {
        Origin::Measures(_) if figures.index.nodes[node].level == UNIT => Sensitivity::Unit,
        Origin::Measures(_) | Origin::Category(_) => Sensitivity::Public,
        Origin::Children(_) | Origin::Nodes(_) => Sensitivity::Unit,
    }
}

/// What an output gives away: contributions and ranks say something of a score; classes stay.
pub(crate) fn of_output(figures: &Figures<'_>, output: usize) -> Sensitivity {
    match figures.index.outputs[output].column {
        OutputColumn::Numbers(_) => Sensitivity::Unit,
        OutputColumn::Classes(_) => Sensitivity::Public,
    }
}
