//! What a programme is checked against, and the names that its formulas may use.

use crate::index::method::Origin;
use crate::index::{Formula, Method};
use crate::message::study::{formula, programme as message};
use crate::message::suggest;
use crate::observation::Nature;
use crate::quality::Advice;
use crate::register::{Register, UNIT};
use crate::spelling;
use crate::study::Layout;
use crate::study::expression::{self, Kind};
use crate::study::problem::{Problems, Spot};
use crate::study::shape::Spanned;
use crate::study::values::SpannedFormula;
use crate::study::{ListKind, MethodologyContext, Source, Study};

/// What a programme is checked against.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ProgrammeContext<'a> {
    /// The study, with its measures and lists.
    pub(crate) study: &'a Study,
    /// The name of the study's file, for messages.
    pub(crate) file: &'a str,
    /// Who is counted.
    pub(crate) register: &'a Register,
    /// The checked methodology.
    pub(crate) method: &'a Method,
}

/// Whether values of units are added up, as those of the members of a union are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Unit by unit: any number by unit will do.
    ByUnit,
    /// Of sums over several units: only counts and amounts can be added up.
    OfSums,
}

impl<'a> ProgrammeContext<'a> {
    fn against(&self) -> MethodologyContext<'a> {
        MethodologyContext { study: self.study, file: self.file, register: self.register }
    }

    fn nodes(&self) -> Vec<&'a str> {
        self.method.nodes.iter().map(|node| node.id.as_str()).collect()
    }

    /// What a name holds: of a node it is said which of its two columns is meant, of which the one is
    /// in per cent or lei and the other between the bounds of the methodology.
    fn kind(&self, name: &str) -> Result<Kind, Advice> {
        let origin = |id: &str| self.method.node(id).map(|at| &self.method.nodes[at].origin);
        if let Some(origin) = origin(name) {
            return Err(bare(name, origin));
        }
        let Some((id, column)) = name.rsplit_once('.') else {
            return self.against().kind_by_unit(name, &[]);
        };
        match (column, origin(id)) {
            ("score" | "measured", Some(_)) if self.against().measure(name).is_some() => {
                Err(message::measure_and_node(name))
            }
            ("score", Some(_)) | ("measured", Some(Origin::Measures(_))) => Ok(Kind::Number),
            ("measured", Some(origin)) => Err(unmeasured(id, origin)),
            ("score" | "measured", None) if !self.is_source(id) => {
                let said = message::methodology_without_node(&self.method.id, id);
                Err(said.advise(suggest(id, self.nodes())))
            }
            (_, Some(origin)) if !self.is_source(id) => Err(bare(id, origin)),
            _ => self.against().kind_by_unit(name, &[]),
        }
    }

    fn is_source(&self, id: &str) -> bool {
        self.study.sources.iter().any(|source| source.id == id)
    }

    /// Compiles a condition over register columns, measures and nodes, unit by unit.
    pub(super) fn condition(
        &self,
        written: &SpannedFormula,
        problems: &mut Problems,
    ) -> Option<Formula> {
        let compiled = self.compile(&written.text, Kind::Condition, Use::ByUnit);
        compiled.map_err(|refusals| written.refuse(refusals, problems)).ok()
    }

    /// Compiles a value over register columns, measures and nodes.
    pub(super) fn value(
        &self,
        written: &SpannedFormula,
        how: Use,
        problems: &mut Problems,
    ) -> Option<Formula> {
        let compiled = self.compile(&written.text, Kind::Number, how);
        compiled.map_err(|refusals| written.refuse(refusals, problems)).ok()
    }

    /// Compiles a text, or says why it cannot be.
    pub(super) fn compile(
        &self,
        text: &str,
        kind: Kind,
        how: Use,
    ) -> Result<Formula, Vec<expression::Refusal>> {
        let against = self.against();
        let lookup = |name: &str| {
            let kind = self.kind(name)?;
            if how == Use::OfSums && !self.adds_up(name) {
                return Err(formula::not_summed(name));
            }
            Ok(kind)
        };
        expression::compile(text, kind, &lookup, &|name| against.known(name))
    }

    /// The first part of a name that is neither a source of the study nor a node of the method.
    pub(super) fn absent_source(&self, name: &str) -> Option<String> {
        let (id, _) = name.split_once('.')?;
        let known = self.is_source(id) || self.method.node(id).is_some();
        (!known).then(|| id.to_owned())
    }

    /// Whether a name is a count or amount measured by unit.
    fn adds_up(&self, name: &str) -> bool {
        let against = self.against();
        against.measure(name).is_some_and(|(source, m)| m.nature.sums() && source.level == UNIT)
    }

    /// The position of a node; else reports it.
    pub(super) fn node(
        &self,
        id: &Spanned<Option<String>>,
        problems: &mut Problems,
    ) -> Option<usize> {
        let (id, at) = (id.value.as_deref()?, &id.at);
        let found = self.method.node(id);
        if found.is_none() {
            let said = message::methodology_without_node(&self.method.id, id);
            problems.error(at, said.advise(suggest(id, self.nodes())));
        }
        found
    }

    /// The name of a classification: a register column, or a measure of categories; else reports it.
    pub(super) fn classification(
        &self,
        id: &Spanned<Option<String>>,
        problems: &mut Problems,
    ) -> Option<String> {
        let (id, at) = (id.value.as_deref()?, &id.at);
        let is_word = |nature: Nature| nature == Nature::Category;
        let measured = self.against().measure(id).is_some_and(|(_, m)| is_word(m.nature));
        if self.register.level(id).is_some() || measured {
            return Some(id.to_owned());
        }
        let categories = self.study.sources.iter().flat_map(|source| {
            let measures = source.measures.iter().filter(|m| is_word(m.nature));
            measures.map(|m| format!("{}.{}", source.id, m.id))
        });
        let known: Vec<String> =
            self.register.level_names().map(str::to_owned).chain(categories).collect();
        let hint = suggest(id, known.iter().map(String::as_str));
        problems.error(at, message::no_classification(id).advise(hint));
        None
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
        let hint = suggest(group, level.areas.iter().map(String::as_str));
        problems.error(at, message::no_group(by, group).advise(hint));
        false
    }

    /// Whether a code is one of the register; else reports it.
    pub(super) fn is_unit(&self, code: &str, at: &Spot, problems: &mut Problems) -> bool {
        let found = self.register.position(code).is_some();
        if !found {
            let hint = spelling::nearest(code, self.register.codes().iter().map(String::as_str));
            let hint = hint.and_then(|near| {
                let unit = self.register.position(near)?;
                Some(message::meant_unit(near, &self.register.names()[unit]))
            });
            problems.error(at, message::no_unit(code).advise(hint));
        }
        found
    }

    /// The id of a source of lists of that kind; else reports it.
    pub(super) fn list(
        &self,
        id: &Spanned<Option<String>>,
        kind: ListKind,
        problems: &mut Problems,
    ) -> Option<String> {
        let (id, at, study) = (id.value.as_deref()?, &id.at, self.study);
        let found = study.lists.iter().find(|list| list.id == id);
        if found.is_some_and(|list| list.layout == kind) {
            return Some(id.to_owned());
        }
        let is_map = |source: &Source| source.id == id && source.layout == Layout::Boundaries;
        if kind == ListKind::Borders && study.sources.iter().any(is_map) {
            return Some(id.to_owned());
        }
        let word = kind.word();
        if found.is_some() || study.sources.iter().any(|source| source.id == id) {
            problems.error(at, message::no_list(id, &kind.of_what(), word));
            return None;
        }
        let known =
            study.lists.iter().filter(|list| list.layout == kind).map(|list| list.id.as_str());
        let said = message::list_absent(id, word);
        let hint = suggest(id, known).or(said.hint);
        problems.error(at, said.message.advise(hint));
        None
    }
}

/// A node of which it is not said whether what was measured is meant, or its score.
fn bare(id: &str, origin: &Origin) -> Advice {
    match origin {
        Origin::Measures(_) => message::bare_indicator(id),
        Origin::Category(_) | Origin::Children(_) | Origin::Nodes(_) => message::bare_node(id),
    }
}

/// A node without a measured number.
fn unmeasured(id: &str, origin: &Origin) -> Advice {
    match origin {
        Origin::Category(words) => message::words_measured(id, words),
        Origin::Measures(_) | Origin::Children(_) | Origin::Nodes(_) => {
            message::measured_nowhere(id)
        }
    }
}
