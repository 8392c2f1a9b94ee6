//! `[budget]` and `[[envelope]]`: what a place costs, and the totals that documents give.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::amounts::{Lei, Unit, WrittenNumber, parse, written};
use super::context::{ProgrammeContext, Use};
use crate::index::Formula;
use crate::language::Label;
use crate::message::study::programme as message;
use crate::selection::{Budget, Envelope, WhenShort};
use crate::study::fields::Item;
use crate::study::problem::Problems;
use crate::study::shape::{Shape, Spanned};
use crate::study::table::table;
use crate::study::values::{Identifier, SpannedFormula, Text};

table! {
    /// The money.
    pub(super) struct BudgetTable as "`[budget]`" {
        /// What a place costs in lei: an amount, or a formula; of a union over the sums of its
        /// members.
        inherited cost: CostText,
        /// The limit in lei.
        inherited limit: Lei,
        /// What happens under `priority` when a unit cannot be paid.
        optional when_short: WhenShort = WhenShort::Skip,
    }
}

/// What a project costs.
#[derive(Clone, Debug)]
pub(crate) enum Cost {
    /// The same for each, in bani.
    Each(i64),
    /// A formula, in lei; of a union over the sums of its members.
    Formula(Formula),
}

impl BudgetTable {
    /// The budget and the cost of a project. With unions the cost must add up, which `how` says.
    pub(super) fn check(
        &self,
        how: Use,
        context: &ProgrammeContext<'_>,
        problems: &mut Problems,
    ) -> Option<(Budget, Cost)> {
        let cost = match self.cost.value.as_ref()? {
            CostText::Each(bani) => Some(Cost::Each(*bani)),
            CostText::Formula(written) => context.value(written, how, problems).map(Cost::Formula),
        };
        let budget = Budget { limit: self.limit.value?, when_short: self.when_short.value };
        Some((budget, cost?))
    }
}

/// An amount that every project costs, or a formula.
#[derive(Clone, Debug)]
pub(super) enum CostText {
    Each(i64),
    Formula(SpannedFormula),
}

impl Shape for CostText {
    type Value = Self;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let is_amount = |text: String| parse(&text, Unit::LEI.decimals).is_some();
        if item.as_str().is_none() || written(item).is_some_and(is_amount) {
            return Lei::read(item, problems).map(Self::Each);
        }
        SpannedFormula::read(item, problems).map(Self::Formula)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["number", "string"] })
    }
}

table! {
    /// A total that a document gives.
    pub(super) struct EnvelopeTable as "`[[envelope]]`" by "id" {
        /// Identifier: lower-case letters, digits and `_`.
        required id: Identifier,
        /// Name for reports; the id when absent.
        optional title: Label,
        /// Whole things, or money with two decimals.
        optional unit: EnvelopeUnit = EnvelopeUnit::Count,
        /// The total.
        inherited total: WrittenNumber,
        /// The document and the page.
        inherited source: Text,
        /// The list comes to so many for each place.
        optional each_place: WrittenNumber,
        /// The list comes to so many for each unit covered.
        optional each_unit: WrittenNumber,
        /// The list comes to this formula summed over the units covered, or to its `cost`.
        optional sum: SpannedFormula,
        /// How the computed total must stand to the envelope; `exactly` when absent.
        optional holds: Holds,
        /// What the comparison assumes.
        optional assumption: Label,
    }
}

/// What an envelope counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum EnvelopeUnit {
    /// Whole things.
    Count,
    /// Money with two decimals.
    Lei,
}

/// A total that a document gives, with what a list is held against.
#[derive(Clone, Debug)]
pub(crate) struct EnvelopePlan {
    /// The total, in whole units or bani.
    pub(crate) envelope: Envelope,
    /// Name for reports.
    pub(crate) title: Label,
    /// Whether it is money, printed in lei with two decimals.
    pub(crate) money: bool,
    /// What the list comes to.
    pub(crate) computed: Yardstick,
    /// How the two must stand.
    pub(crate) holds: Holds,
    /// What the comparison assumes.
    #[expect(dead_code, reason = "no report prints it yet")]
    pub(crate) assumption: Option<Label>,
}

/// What a list is counted in.
#[derive(Clone, Debug)]
pub(crate) enum Yardstick {
    /// So many for each place.
    EachPlace(i64),
    /// So many for each unit covered.
    EachUnit(i64),
    /// A count summed over the units covered.
    Sum(Formula),
    /// The cost of the list.
    Cost,
    /// Nothing is computed: the total is only shared out.
    Nothing,
}

/// How a computed total must stand to its envelope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Holds {
    /// Equal.
    #[default]
    Exactly,
    /// Not less.
    AtLeast,
    /// Not more.
    AtMost,
    /// It is shown, whatever it is.
    Shown,
}

impl Holds {
    /// Whether a computed total stands as it must.
    pub(crate) fn accepts(self, computed: i64, envelope: i64) -> bool {
        match self {
            Self::Exactly => computed == envelope,
            Self::AtLeast => computed >= envelope,
            Self::AtMost => computed <= envelope,
            Self::Shown => true,
        }
    }
}

impl EnvelopeTable {
    /// The envelope, where `has_budget` says whether the list has a cost.
    pub(super) fn check(
        &self,
        has_budget: bool,
        context: &ProgrammeContext<'_>,
        problems: &mut Problems,
    ) -> Option<EnvelopePlan> {
        let money = self.unit.value == EnvelopeUnit::Lei;
        let unit = if money { Unit::LEI } else { Unit::WHOLE };
        let mut amount = |number: &Spanned<Option<WrittenNumber>>| {
            number.value.as_ref()?.not_negative(unit, &message::total(), problems)
        };
        let total = amount(&self.total);
        let each_place = amount(&self.each_place).map(Yardstick::EachPlace);
        let each_unit = amount(&self.each_unit).map(Yardstick::EachUnit);
        let sum = self.sum(has_budget && money, context, problems);
        self.check_keys(problems);
        let id = self.id.value.clone()?;
        Some(EnvelopePlan {
            title: self.title.value.clone().unwrap_or_else(|| Label::same(&id)),
            envelope: Envelope { id, total: total?, source: self.source.value.clone()? },
            money,
            computed: each_place.or(each_unit).or(sum).unwrap_or(Yardstick::Nothing),
            holds: self.holds.value.unwrap_or_default(),
            assumption: self.assumption.value.clone(),
        })
    }

    /// What `sum` adds up; `has_cost` says whether the list has a cost in the unit of the envelope.
    fn sum(
        &self,
        has_cost: bool,
        context: &ProgrammeContext<'_>,
        problems: &mut Problems,
    ) -> Option<Yardstick> {
        let written = self.sum.value.as_ref()?;
        if written.text != "cost" {
            return context.value(written, Use::OfSums, problems).map(Yardstick::Sum);
        }
        if !has_cost {
            problems.error(&self.sum.at, message::cost_without_budget());
        }
        Some(Yardstick::Cost)
    }

    /// Which keys go together.
    fn check_keys(&self, problems: &mut Problems) {
        let computed = [self.each_place.is_written, self.each_unit.is_written, self.sum.is_written];
        let count = computed.into_iter().filter(|written| *written).count();
        if count > 1 {
            problems.error(&self.site.at, message::one_yardstick());
        }
        if count == 0 && self.holds.value.is_some() {
            problems.error(&self.holds.at, message::holds_without_sum());
        }
    }
}
