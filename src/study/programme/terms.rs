//! What a programme is checked against, and the names that its formulas may use.

use super::super::Study;
use super::super::expression::{self, Kind};
use super::super::methodology::Against;
use super::super::problem::{Problems, Spot};
use super::super::spelling;
use super::super::written::Written;
use crate::index::{Formula, Method};
use crate::observation::Nature;
use crate::register::{Register, UNIT};

/// What a programme is checked against.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// The study, with its measures and lists.
    pub study: &'a Study,
    /// The name of the study's file, for messages.
    pub file: &'a str,
    /// Who is counted.
    pub register: &'a Register,
    /// The checked methodology.
    pub method: &'a Method,
}

/// Whether values of units are added up, as those of the members of a union are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Unit by unit: any number by unit will do.
    ByUnit,
    /// Of sums over several units: only counts and amounts can be added up.
    OfSums,
}

impl<'a> Terms<'a> {
    fn against(&self) -> Against<'a> {
        Against { study: self.study, file: self.file, register: self.register }
    }

    fn nodes(&self) -> Vec<&'a str> {
        self.method.nodes.iter().map(|node| node.id.as_str()).collect()
    }

    /// Compiles a condition over register columns, measures and nodes, unit by unit.
    pub(super) fn condition(&self, written: &Written, problems: &mut Problems) -> Option<Formula> {
        self.compile(written, Kind::Condition, Use::ByUnit, problems)
    }

    /// Compiles a value over register columns, measures and nodes.
    pub(super) fn value(
        &self,
        written: &Written,
        how: Use,
        problems: &mut Problems,
    ) -> Option<Formula> {
        self.compile(written, Kind::Number, how, problems)
    }

    fn compile(
        &self,
        written: &Written,
        kind: Kind,
        how: Use,
        problems: &mut Problems,
    ) -> Option<Formula> {
        let (against, nodes) = (self.against(), self.nodes());
        let lookup = |name: &str| {
            let kind = against.kind_by_unit(name, &nodes)?;
            if how == Use::OfSums && !self.adds_up(name) {
                let message = format!("`{name}` cannot be added up over several units");
                let hint = "only counts and amounts measured by unit add up";
                return Err((message, Some(hint.to_owned())));
            }
            Ok(kind)
        };
        match expression::compile(&written.text, kind, &lookup) {
            Ok(formula) => Some(formula),
            Err(refusals) => {
                written.refuse(refusals, problems);
                None
            }
        }
    }

    /// Whether a name is a count or amount measured by unit.
    fn adds_up(&self, name: &str) -> bool {
        let against = self.against();
        against.measure(name).is_some_and(|(source, m)| m.nature.sums() && source.level == UNIT)
    }

    /// The position of a node; else reports it.
    pub(super) fn node(&self, id: &str, at: &Spot, problems: &mut Problems) -> Option<usize> {
        let found = self.method.node(id);
        if found.is_none() {
            let hint = spelling::suggest(id, self.nodes());
            let message = format!("the methodology `{}` has no node `{id}`", self.method.id);
            problems.error(at, message, hint);
        }
        found
    }

    /// Whether a name is a classification: a register column, or a measure of categories; else
    /// reports it.
    pub(super) fn is_family(&self, id: &str, at: &Spot, problems: &mut Problems) -> bool {
        let is_word = |nature: Nature| nature == Nature::Category;
        let measured = self.against().measure(id).is_some_and(|(_, m)| is_word(m.nature));
        if self.register.level(id).is_some() || measured {
            return true;
        }
        let categories = self.study.sources.iter().flat_map(|source| {
            let measures = source.measures.iter().filter(|m| is_word(m.nature));
            measures.map(|m| format!("{}.{}", source.id, m.id))
        });
        let known: Vec<String> =
            self.register.level_names().map(str::to_owned).chain(categories).collect();
        let hint = spelling::suggest(id, known.iter().map(String::as_str));
        problems.error(at, format!("`{id}` is no classification of the units"), hint);
        false
    }

    /// Whether a group exists in a classification; else reports it. Groups of measured categories
    /// are known only when they are read.
    pub(super) fn is_group(
        &self,
        by: &str,
        group: &str,
        at: &Spot,
        problems: &mut Problems,
    ) -> bool {
        let Some(level) = self.register.level(by) else { return true };
        if level.position(group).is_some() {
            return true;
        }
        let hint = spelling::suggest(group, level.areas.iter().map(String::as_str));
        problems.error(at, format!("no `{by}` of the register is called `{group}`"), hint);
        false
    }

    /// Whether a code is one of the register; else reports it.
    pub(super) fn is_unit(&self, code: &str, at: &Spot, problems: &mut Problems) -> bool {
        let found = self.register.position(code).is_some();
        if !found {
            let hint = spelling::nearest(code, self.register.codes().iter().map(String::as_str));
            let hint = hint.and_then(|near| {
                let unit = self.register.position(near)?;
                Some(format!("did you mean `{near}` ({})?", self.register.names()[unit]))
            });
            problems.error(at, format!("`{code}` is no unit of the register"), hint);
        }
        found
    }
}
