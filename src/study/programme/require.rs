//! `[[require]]`: what the selected must come to of something that units have.

use schemars::JsonSchema;
use serde::Deserialize;

use super::amounts::{PartOfAll, Unit, WrittenNumber};
use super::context::{ProgrammeContext, Use};
use crate::index::Formula;
use crate::language::Label;
use crate::message::study::programme as message;
use crate::selection::{Least, Require};
use crate::study::problem::Problems;
use crate::study::shape::Spanned;
use crate::study::table::table;
use crate::study::values::{SpannedFormula, Text};

table! {
    /// A sum over the selected: a `share` of what all eligible units come to, or a `min` and a `max`.
    pub(super) struct RequireTable as "`[[require]]`" {
        /// Formula of what is summed, a whole number of each unit.
        required sum: SpannedFormula,
        /// The least, as a share of what `of` comes to: `0.6`, `60 %`, `3/5`.
        optional share: PartOfAll,
        /// What `share` is of.
        optional of: WholeOf,
        /// The least.
        optional min: WrittenNumber,
        /// The most.
        optional max: WrittenNumber,
        /// The phase up to and including which it is summed; the last when absent.
        optional phase: Text,
        /// Why, as a sentence for people.
        optional because: Label,
    }
}

/// What a share is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum WholeOf {
    /// All who pass `where` and the tests.
    Eligible,
}

impl RequireTable {
    /// The rule; what it sums is added to `summed`. `phases` are those of the programme.
    pub(super) fn check(
        &self,
        (summed, phases): (&mut Vec<Formula>, &[&str]),
        context: &ProgrammeContext<'_>,
        problems: &mut Problems,
    ) -> Option<Require> {
        let formula = context.value(self.sum.value.as_ref()?, Use::OfSums, problems);
        if self.share.is_written != self.of.is_written {
            problems.error(&self.site.at, message::share_of_what());
        }
        let mut number = |written: &Spanned<Option<WrittenNumber>>| {
            let number = written.value.as_ref()?;
            number.not_negative(Unit::WHOLE, &message::required_sum(), problems)
        };
        let (min, most) = (number(&self.min), number(&self.max));
        let least = match (self.share.value, min) {
            (Some(share), _) => Some(Least::ShareOfEligible(share)),
            (None, min) => min.map(Least::Of),
        };
        let of_nothing = !self.share.is_written && !self.min.is_written && !self.max.is_written;
        if of_nothing || (self.share.is_written && self.min.is_written) {
            problems.error(&self.site.at, message::require_of_nothing());
        }
        if let (Some(min), Some(most)) = (min, most)
            && min > most
        {
            problems.error(&self.max.at, message::sum_crossed(min, most));
        }
        let phase = self.phase.value.clone();
        if let Some(id) = phase.as_ref().filter(|id| !phases.contains(&id.as_str())) {
            problems.error(&self.phase.at, message::unknown_phase(id, phases));
        }
        let formula = formula?;
        let sum = formula.text().to_owned();
        if !summed.iter().any(|known| known.text() == sum) {
            summed.push(formula);
        }
        Some(Require { sum, phase, least, most })
    }
}
