//! The names that formulas may use: measures of the study, columns of the register, nodes.

use crate::message::study::formula as message;
use crate::message::{meant, suggest};
use crate::observation::Nature;
use crate::quality::Advice;
use crate::register::{Level, Register, UNIT};
use crate::study::expression::{Kind, Known};
use crate::study::{Measure, Source, Study};

/// What a methodology is checked against.
#[derive(Clone, Copy, Debug)]
pub struct MethodologyContext<'a> {
    /// The study, with its measures and what it omits.
    pub study: &'a Study,
    /// The name of the study's file, for messages.
    pub file: &'a str,
    /// Who is counted.
    pub register: &'a Register,
}

impl<'a> MethodologyContext<'a> {
    /// The measure `<source>.<measure>`.
    pub(in crate::study) fn measure(&self, name: &str) -> Option<(&'a Source, &'a Measure)> {
        let (source, measure) = name.split_once('.')?;
        let source = self.study.sources.iter().find(|known| known.id == source)?;
        Some((source, source.measures.iter().find(|known| known.id == measure)?))
    }

    /// What a measure or a register column holds.
    pub(in crate::study) fn kind(&self, name: &str) -> Result<Kind, Advice> {
        if let Some((_, measure)) = self.measure(name) {
            return Ok(match measure.nature {
                Nature::Count | Nature::Rate | Nature::Amount => Kind::Number,
                Nature::Category | Nature::Text => Kind::Text,
            });
        }
        if self.register.column(name).is_some() {
            return Ok(Kind::Text);
        }
        Err(self.unknown(name))
    }

    /// What is known of a measure or a register column before anything is read.
    pub(in crate::study) fn known(&self, name: &str) -> Known<'a> {
        if let Some((_, measure)) = self.measure(name) {
            return match measure.nature {
                Nature::Count => Known::From(0.0),
                _ => Known::Nothing,
            };
        }
        self.study.words_of(self.register, name)
    }

    /// What a measure, a register column or a node holds, for a formula that may not use nodes.
    pub(super) fn kind_without_nodes(&self, name: &str, nodes: &[&str]) -> Result<Kind, Advice> {
        self.kind(name).map_err(|unknown| {
            if nodes.contains(&name) { message::node_not_measure(name) } else { unknown }
        })
    }

    /// What a name holds in a formula that runs unit by unit: one of the given nodes, a measure or a
    /// register column. The count of a larger area says nothing about its units.
    pub(in crate::study) fn kind_by_unit(
        &self,
        name: &str,
        nodes: &[&str],
    ) -> Result<Kind, Advice> {
        if nodes.contains(&name) {
            return Ok(Kind::Number);
        }
        let kind = self.kind(name)?;
        if let Some((source, measure)) = self.measure(name)
            && measure.nature.sums()
            && source.level != UNIT
        {
            return Err(message::counted_above_units(name, &source.level));
        }
        Ok(kind)
    }

    /// The level of a measure or a register column, where the register has it.
    pub(super) fn level(&self, name: &str) -> Option<(&'a str, &'a Level)> {
        if let Some((source, _)) = self.measure(name) {
            Some((&source.level, self.register.level(&source.level)?))
        } else {
            let column = self.register.columns().iter().find(|column| *column == name)?;
            Some((column, self.register.level(column)?))
        }
    }

    /// Why a name is not known, with the nearest one.
    fn unknown(&self, name: &str) -> Advice {
        let all: Vec<String> = self.all();
        let source = name.split_once('.').map(|(source, _)| source);
        let known = source.and_then(|id| self.study.sources.iter().find(|s| s.id == id));
        if let Some(source) = known {
            let own: Vec<String> =
                source.measures.iter().map(|m| format!("{}.{}", source.id, m.id)).collect();
            let hint = suggest(name, own.iter().map(String::as_str));
            return message::no_measure_of_source(&source.id, name).advise(hint);
        }
        let known = all.iter().map(String::as_str);
        let Some(source) = source else {
            return message::unknown_name(name).advise(suggest(name, known));
        };
        let said = message::no_source(source, name);
        match meant(name, known) {
            Some(hint) => said.message.advise(hint),
            None => said,
        }
    }

    /// All measures, then all register columns.
    fn all(&self) -> Vec<String> {
        let measures = self.study.sources.iter().flat_map(|source| {
            source.measures.iter().map(|measure| format!("{}.{}", source.id, measure.id))
        });
        measures.chain(self.register.columns().iter().cloned()).collect()
    }
}
