//! What might have been read instead: another measure, or another source measure by measure.

use super::alternatives::{Among, Odds, Written, choice};
use super::ground::{Ground, Refused};
use crate::message::level;
use crate::message::study::robustness as message;
use crate::quality::Advice;
use crate::robustness::plan::Verb;
use crate::study::methodology::Mention;
use crate::study::problem::Problems;
use crate::study::table::table;
use crate::study::{Measure, Source};

table! {
    /// Another measure read in place of one.
    pub(super) struct DoubtedMeasureTable as "`measure`" {
        /// The measure, `<source>.<measure>`.
        required of: Mention,
        /// Alternatives: `"as-is"`, or measures of the same kind, level and series.
        required among: Among<Mention>,
    }
}

table! {
    /// Another source read in place of one, measure by measure.
    pub(super) struct DoubtedSourceTable as "`source`" {
        /// The source.
        required of: Mention,
        /// Alternatives: `"as-is"`, or sources with measures of the same ids.
        required among: Among<Mention>,
    }
}

/// What takes part in a formula: a measure with its source.
type Measured<'a> = (&'a Source, &'a Measure);

impl DoubtedMeasureTable {
    pub(super) fn check(
        &self,
        odds: &Odds,
        ground: &Ground<'_>,
        problems: &mut Problems,
    ) -> Result<Verb, Refused> {
        let of = self.of.value.as_ref().ok_or(Refused::Reported)?;
        let declared = ground.read_measure(of)?;
        let other = |_: &Written<Mention>, what: &Mention, problems: &mut Problems| {
            if what.id == of.id {
                return Ok(None);
            }
            let other = ground.measure(what)?;
            if let Err(said) = comparable(declared, other) {
                problems.error(&what.at, said);
                return Err(Refused::Reported);
            }
            Ok(Some(vec![(of.id.clone(), what.id.clone())]))
        };
        let choice = choice(&self.among, odds, other, problems)?;
        Ok(Verb::Measures { of: of.id.clone(), choice })
    }
}

impl DoubtedSourceTable {
    pub(super) fn check(
        &self,
        odds: &Odds,
        ground: &Ground<'_>,
        problems: &mut Problems,
    ) -> Result<Verb, Refused> {
        let of = self.of.value.as_ref().ok_or(Refused::Reported)?;
        let source = ground.source(of)?;
        let name = |source: &Source, measure: &Measure| format!("{}.{}", source.id, measure.id);
        let read = source.measures.iter().filter(|it| ground.is_read(&name(source, it)));
        let read: Vec<&Measure> = read.collect();
        if read.is_empty() {
            let said = message::unread_source(&of.id, ground.score_id());
            return Err(Refused::Idle(of.at.clone(), said.into()));
        }
        let other = |_: &Written<Mention>, what: &Mention, problems: &mut Problems| {
            if what.id == of.id {
                return Ok(None);
            }
            let instead = ground.source(what)?;
            let mut pairs = Vec::new();
            for measure in &read {
                match counterpart((source, *measure), instead) {
                    Ok(other) => pairs.push((name(source, measure), name(instead, other))),
                    Err(said) => {
                        problems.error(&what.at, said);
                        return Err(Refused::Reported);
                    }
                }
            }
            Ok(Some(pairs))
        };
        let choice = choice(&self.among, odds, other, problems)?;
        Ok(Verb::Measures { of: of.id.clone(), choice })
    }
}

/// The measure of another source that has the id of a declared one and can stand for it.
fn counterpart<'a>(declared: Measured<'_>, other: &'a Source) -> Result<&'a Measure, Advice> {
    let (_, measure) = declared;
    let found = other.measures.iter().find(|it| it.id == measure.id);
    let found = found.ok_or_else(|| message::no_counterpart(&other.id, &measure.id))?;
    comparable(declared, (other, found))?;
    Ok(found)
}

/// Whether one measure can be read in place of another: of one kind, by the same areas, in one series.
fn comparable(declared: Measured<'_>, other: Measured<'_>) -> Result<(), Advice> {
    let name = |(source, measure): Measured<'_>| format!("{}.{}", source.id, measure.id);
    let [a, b] = [name(declared), name(other)];
    let ((source, measure), (other_source, other_measure)) = (declared, other);
    // a series that is not declared is not known to be another one
    if let (Some(series), Some(other)) = (&source.series, &other_source.series)
        && series != other
    {
        return Err(message::series_apart(&a, series, &b, other));
    }
    if source.level != other_source.level {
        let (here, there) = (level(&source.level), level(&other_source.level));
        return Err(message::levels_apart(&a, &here, &b, &there).into());
    }
    let is_like = measure.nature == other_measure.nature && measure.counts == other_measure.counts;
    if is_like { Ok(()) } else { Err(message::kinds_apart(&a, &b)) }
}
