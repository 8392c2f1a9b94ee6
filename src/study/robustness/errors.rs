//! What somebody measured and might have measured otherwise: counts, estimates, rounding, imputation.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::ground::{Ground, Refused};
use crate::index::steps::Step;
use crate::language::Words;
use crate::message::level;
use crate::message::study::file::{self, kinds};
use crate::message::study::robustness as message;
use crate::observation::Nature;
use crate::quality::{Advice, Message};
use crate::robustness::plan::{Count, CountLaw, Spread, Verb};
use crate::study::Source;
use crate::study::fields::Item;
use crate::study::methodology::{Mention, Mentions};
use crate::study::problem::{Problems, Spot};
use crate::study::shape::{Element, Shape, Spanned};
use crate::study::table::table;

table! {
    /// A count, and of how many it is one.
    pub(super) struct DoubtedCountTable as "this count", "acest număr" {
        /// The measure that is counted.
        required measure: Mention,
        /// The measure of all who could be.
        required of: Mention,
        /// A published rate that moves with the count, in place of the count itself.
        optional moves: Mention,
    }
}

table! {
    /// The error of an estimate: its standard error by one of `sd`, `relative`, `se`, `interval`.
    pub(super) struct DoubtedErrorTable as "`error`" {
        /// The measure.
        required measure: Mention,
        /// Standard error in the unit of the measure.
        optional sd: f64,
        /// Standard error as a share of the value.
        optional relative: f64,
        /// A measure of standard errors, of the same level.
        optional se: Mention,
        /// Measures of the lower and the upper end of an interval, of the same level.
        optional interval: Mentions,
        /// Confidence level of `interval`; 0.95 when absent.
        optional level: f64,
    }
}

table! {
    /// A measure with the decimals to which it was rounded.
    struct RoundedMeasureTable as "this measure", "această măsură" {
        /// The measure.
        required measure: Mention,
        /// Its decimals; the most decimals in any of its cells when absent.
        optional decimals: u32,
    }
}

table! {
    /// Imputed cells of an indicator drawn otherwise.
    pub(super) struct DoubtedImputationTable as "`impute`" {
        /// The indicator.
        required indicator: Mention,
        /// From whom.
        optional draw: Draw = Draw::Donor,
    }
}

/// From whom imputed cells are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Draw {
    /// A unit of the same group that has a value.
    Donor,
}

/// A measure that was rounded, by its name or as a table.
#[derive(Clone, Debug)]
pub(super) struct Rounded {
    measure: Mention,
    decimals: Option<u32>,
}

/// Most decimals that a double holds beside a digit before the point.
const MOST_DECIMALS: u32 = 15;

impl Shape for Rounded {
    type Value = Self;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        if item.get().as_table().is_none() {
            return Mention::read(item, problems).map(|measure| Self { measure, decimals: None });
        }
        let table = RoundedMeasureTable::read(item, problems)?;
        let decimals = table.decimals.value;
        if decimals.is_some_and(|decimals| decimals > MOST_DECIMALS) {
            problems.error(&table.decimals.at, message::too_many_decimals(MOST_DECIMALS));
        }
        (!table.decimals.is_refused).then_some(())?;
        Some(Self { measure: table.measure.value?, decimals })
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let (name, table) = (Mention::schema(generator), RoundedMeasureTable::schema(generator));
        json_schema!({ "anyOf": [name, table] })
    }
}

impl Element for Rounded {
    const LIST: Words = kinds::MEASURES;
}

/// The measures of a doubt, each with why it cannot be drawn, where it cannot.
pub(super) type Parts<T> = Vec<(Mention, Result<T, Refused>)>;

/// The parts of a doubt that can be drawn. Those that the study lacks are left out where nobody asked
/// for the doubt, else reported; a doubt of which nothing is left is left out whole.
pub(super) fn drawable<T>(
    parts: Parts<T>,
    ground: &Ground<'_>,
    left_out: &mut Vec<(String, Message)>,
    problems: &mut Problems,
) -> Result<Vec<T>, Refused> {
    let mut kept = Vec::new();
    let mut idle = Vec::new();
    for (mention, part) in parts {
        match part {
            Ok(part) => kept.push(part),
            Err(Refused::Reported) => return Err(Refused::Reported),
            Err(Refused::Idle(at, said)) => idle.push((mention.id, at, said)),
        }
    }
    if !ground.context.is_default && !idle.is_empty() {
        idle.into_iter().for_each(|(_, at, said)| problems.error(&at, said));
        return Err(Refused::Reported);
    }
    if kept.is_empty() {
        let first = idle.into_iter().next().map(|(_, at, said)| Refused::Idle(at, said));
        return Err(first.unwrap_or(Refused::Reported));
    }
    left_out.extend(idle.into_iter().map(|(id, _, said)| (id, said.message)));
    Ok(kept)
}

/// The counts of a doubt.
pub(super) fn counts(
    (tables, at): (&[DoubtedCountTable], &Spot),
    ground: &Ground<'_>,
    problems: &mut Problems,
) -> Result<Parts<Count>, Refused> {
    if tables.is_empty() {
        problems.error(at, file::empty_list());
    }
    let mut seen: Vec<&str> = Vec::new();
    let mut parts = Vec::new();
    for table in tables {
        let mention = table.measure.value.as_ref().ok_or(Refused::Reported)?;
        if seen.contains(&mention.id.as_str()) {
            problems.error(&mention.at, message::drawn_twice(&mention.id));
            return Err(Refused::Reported);
        }
        seen.push(&mention.id);
        parts.push((mention.clone(), table.check(ground)));
    }
    Ok(parts)
}

impl DoubtedCountTable {
    fn check(&self, ground: &Ground<'_>) -> Result<Count, Refused> {
        let (Some(measure), Some(of)) = (&self.measure.value, &self.of.value) else {
            return Err(Refused::Reported);
        };
        let (source, counted) = match &self.moves.value {
            Some(moves) => {
                let found = ground.measure(measure)?;
                let (rated, rate) = ground.read_measure(moves)?;
                if rate.nature != Nature::Rate {
                    return refused(&moves.at, message::moves_no_rate(&moves.id));
                }
                same_level(measure, found.0, moves, rated)?;
                found
            }
            None if self.moves.is_refused => return Err(Refused::Reported),
            None => ground.read_measure(measure)?,
        };
        let (whole, all) = ground.measure(of)?;
        for (mention, found) in [(measure, counted), (of, all)] {
            if found.nature != Nature::Count {
                return refused(&mention.at, message::no_count(&mention.id));
            }
        }
        if measure.id == of.id {
            return refused(&of.at, message::count_of_itself(&of.id));
        }
        same_level(measure, source, of, whole)?;
        let name = |mention: &Mention| mention.id.clone();
        Ok(Count {
            measure: name(measure),
            of: name(of),
            moves: self.moves.value.as_ref().map(name),
        })
    }
}

/// The law of counts, where its parameters are sound.
pub(super) fn law(
    law: &Spanned<Option<CountLaw>>,
    problems: &mut Problems,
) -> Result<CountLaw, Refused> {
    if law.is_refused {
        return Err(Refused::Reported);
    }
    let law_of_counts = law.value.unwrap_or_default();
    if let CountLaw::BetaBinomial { rho } = law_of_counts
        && !(rho > 0.0 && rho < 1.0)
    {
        problems.error(&law.at, message::no_correlation());
        return Err(Refused::Reported);
    }
    Ok(law_of_counts)
}

impl DoubtedErrorTable {
    pub(super) fn check(
        &self,
        ground: &Ground<'_>,
        problems: &mut Problems,
    ) -> Result<Verb, Refused> {
        self.check_keys(problems)?;
        let measure = self.measure.value.as_ref().ok_or(Refused::Reported)?;
        let (source, _) = ground.read_measure(measure)?;
        let spread = self.spread(measure, source, ground, problems)?;
        Ok(Verb::Error { measure: measure.id.clone(), spread })
    }

    /// One of the keys that say how large the error is.
    fn check_keys(&self, problems: &mut Problems) -> Result<(), Refused> {
        let keys = [
            (self.sd.is_written, &self.sd.at),
            (self.relative.is_written, &self.relative.at),
            (self.se.is_written, &self.se.at),
            (self.interval.is_written, &self.interval.at),
        ];
        let written: Vec<&Spot> =
            keys.into_iter().filter_map(|(is_written, at)| is_written.then_some(at)).collect();
        match written.as_slice() {
            [_] => {}
            [] => problems.error(&self.site.at, message::error_without_size()),
            [_, second, ..] => problems.error(second, message::one_size_of_error()),
        }
        if self.level.is_written && !self.interval.is_written {
            problems.error(&self.level.at, message::level_without_interval());
            return Err(Refused::Reported);
        }
        if written.len() == 1 { Ok(()) } else { Err(Refused::Reported) }
    }

    fn spread(
        &self,
        measure: &Mention,
        source: &Source,
        ground: &Ground<'_>,
        problems: &mut Problems,
    ) -> Result<Spread, Refused> {
        let mut positive = |number: &Spanned<Option<f64>>| {
            let value = number.value.filter(|value| *value > 0.0 && value.is_finite());
            if value.is_none() && !number.is_refused {
                problems.error(&number.at, message::no_size());
            }
            value.ok_or(Refused::Reported)
        };
        if self.sd.is_written {
            return positive(&self.sd).map(Spread::Sd);
        }
        if self.relative.is_written {
            return positive(&self.relative).map(Spread::Relative);
        }
        let beside = |name: &Mention| {
            let (other, _) = ground.measure(name)?;
            same_level(measure, source, name, other)?;
            Ok(name.id.clone())
        };
        if self.se.is_written {
            let se = self.se.value.as_ref().ok_or(Refused::Reported)?;
            return beside(se).map(Spread::Se);
        }
        let ends = self.interval.value.as_deref().ok_or(Refused::Reported)?;
        let [low, high] = ends else {
            problems.error(&self.interval.at, message::two_ends());
            return Err(Refused::Reported);
        };
        let level = self.level.value.unwrap_or(0.95);
        if self.level.is_refused || !(level > 0.0 && level < 1.0) {
            problems.error(&self.level.at, message::no_confidence());
            return Err(Refused::Reported);
        }
        Ok(Spread::Interval { low: beside(low)?, high: beside(high)?, level })
    }
}

/// The measures whose rounding is drawn.
pub(super) fn rounded(
    (list, at): (&[Rounded], &Spot),
    ground: &Ground<'_>,
    problems: &mut Problems,
) -> Result<Parts<(String, Option<u32>)>, Refused> {
    if list.is_empty() {
        problems.error(at, file::empty_list());
    }
    let mut seen: Vec<&str> = Vec::new();
    for Rounded { measure, .. } in list {
        if seen.contains(&measure.id.as_str()) {
            problems.error(&measure.at, message::drawn_twice(&measure.id));
            return Err(Refused::Reported);
        }
        seen.push(&measure.id);
    }
    let part = |one: &Rounded| {
        let found = ground.read_measure(&one.measure);
        (one.measure.clone(), found.map(|_| (one.measure.id.clone(), one.decimals)))
    };
    Ok(list.iter().map(part).collect())
}

impl DoubtedImputationTable {
    pub(super) fn check(&self, ground: &Ground<'_>) -> Result<Verb, Refused> {
        let mention = self.indicator.value.as_ref().ok_or(Refused::Reported)?;
        if self.draw.is_refused {
            return Err(Refused::Reported);
        }
        let node = ground.node(mention)?;
        if ground.context.method.nodes[node].steps.iter().any(Step::has_donors) {
            return Ok(Verb::Impute { node });
        }
        refused(&mention.at, message::nothing_imputed(&mention.id))
    }
}

/// Whether two measures are measured by the same areas.
fn same_level(a: &Mention, source: &Source, b: &Mention, other: &Source) -> Result<(), Refused> {
    if source.level == other.level {
        return Ok(());
    }
    let (here, there) = (level(&source.level), level(&other.level));
    refused(&b.at, message::levels_apart(&a.id, &here, &b.id, &there))
}

fn refused<T>(at: &Spot, said: impl Into<Advice>) -> Result<T, Refused> {
    Err(Refused::Idle(at.clone(), said.into()))
}
