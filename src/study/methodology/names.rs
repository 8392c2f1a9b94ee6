//! The names that formulas may use: measures of the study, columns of the register, nodes.

use crate::observation::Nature;
use crate::register::{Level, Register, UNIT};
use crate::spelling;
use crate::study::expression::Kind;
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

type Unknown = (String, Option<String>);

impl<'a> MethodologyContext<'a> {
    /// The measure `<source>.<measure>`.
    pub(in crate::study) fn measure(&self, name: &str) -> Option<(&'a Source, &'a Measure)> {
        let (source, measure) = name.split_once('.')?;
        let source = self.study.sources.iter().find(|known| known.id == source)?;
        Some((source, source.measures.iter().find(|known| known.id == measure)?))
    }

    /// What a measure or a register column holds.
    pub(in crate::study) fn kind(&self, name: &str) -> Result<Kind, Unknown> {
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

    /// What a measure, a register column or a node holds, for a formula that may not use nodes.
    pub(super) fn kind_without_nodes(&self, name: &str, nodes: &[&str]) -> Result<Kind, Unknown> {
        self.kind(name).map_err(|unknown| {
            if nodes.contains(&name) {
                let hint = "a formula over nodes belongs into an `[[aggregate]]` with `value`";
                (format!("`{name}` is a node, not a measure"), Some(hint.to_owned()))
            } else {
                unknown
            }
        })
    }

    /// What a name holds in a formula that runs unit by unit: one of the given nodes, a measure or a
    /// register column. The count of a larger area says nothing about its units.
    pub(in crate::study) fn kind_by_unit(
        &self,
        name: &str,
        nodes: &[&str],
    ) -> Result<Kind, Unknown> {
        if nodes.contains(&name) {
            return Ok(Kind::Number);
        }
        let kind = self.kind(name)?;
        if let Some((source, measure)) = self.measure(name)
            && measure.nature.sums()
            && source.level != UNIT
        {
            let message = format!(
                "`{name}` is counted by {}, and this formula runs unit by unit",
                source.level
            );
            let hint = "make an `[[indicator]]` of it first, which runs at its own level";
            return Err((message, Some(hint.to_owned())));
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
    fn unknown(&self, name: &str) -> Unknown {
        let all: Vec<String> = self.all();
        let source = name.split_once('.').map(|(source, _)| source);
        let known = source.and_then(|id| self.study.sources.iter().find(|s| s.id == id));
        if let Some(source) = known {
            let own: Vec<String> =
                source.measures.iter().map(|m| format!("{}.{}", source.id, m.id)).collect();
            let message = format!("the source `{}` has no measure `{name}`", source.id);
            return (message, spelling::suggest(name, own.iter().map(String::as_str)));
        }
        let known = all.iter().map(String::as_str);
        let Some(source) = source else {
            return (format!("unknown name `{name}`"), spelling::suggest(name, known));
        };
        let add = || {
            format!(
                "add a `[[source]]` with the id `{source}`, or leave the indicator out with `omit` \
                 in `[study]`"
            )
        };
        let message = format!("the study has no source `{source}`, so there is no `{name}`");
        (message, spelling::meant(name, known).or_else(|| Some(add())))
    }

    /// All measures, then all register columns.
    fn all(&self) -> Vec<String> {
        let measures = self.study.sources.iter().flat_map(|source| {
            source.measures.iter().map(|measure| format!("{}.{}", source.id, measure.id))
        });
        measures.chain(self.register.columns().iter().cloned()).collect()
    }
}
