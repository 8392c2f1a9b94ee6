//! The steps a column goes through, one file a family, in one table.

mod categories;
mod cells;
mod distance;
mod elementary;
#[cfg(test)]
pub(crate) mod fixture;
mod from_rank;
mod goalposts;
mod held;
mod impute;
mod logarithm;
mod minmax;
mod operation;
mod ranking;
mod shrink;
mod treat;
mod winsorise;
mod zscore;

use schemars::{JsonSchema, Schema};
use serde::{Deserialize, Serialize};

pub(crate) use operation::{Explained, Operation, StepContext, StepText};

use super::{Column, Mark};
use crate::message::index::steps as message;
use crate::quality::{Finding, Message};

/// A step as the reference explains it.
pub(crate) struct Known {
    /// The name a methodology uses.
    pub(crate) name: &'static str,
    /// What it is.
    pub(crate) text: StepText,
    /// The schema of its parameters.
    pub(crate) options: fn() -> Schema,
}

/// Declares [`Step`], its names and the table behind the reference from one list; what is said of a
/// step stands in its own file.
macro_rules! steps {
    ($($file:ident::$variant:ident($name:literal);)*) => {
        /// One named operation with its parameters, as a methodology declares it.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
        pub(crate) enum Step {
            $(
                #[schemars(description = <$file::$variant as Explained>::TEXT.summary)]
                #[serde(rename = $name)]
                $variant($file::$variant),
            )*
        }

        impl Step {
            /// The name a methodology uses.
            pub(crate) fn name(&self) -> &'static str {
                match self { $(Self::$variant(_) => $name,)* }
            }

            fn operation(&self) -> &dyn Operation {
                match self { $(Self::$variant(operation) => operation,)* }
            }
        }

        $(
            #[cfg(test)]
            impl From<$file::$variant> for Step {
                fn from(step: $file::$variant) -> Self {
                    Self::$variant(step)
                }
            }
        )*

        /// Every step, in the order of their use.
        pub(crate) const TABLE: &[Known] = &[$(Known {
            name: $name,
            text: <$file::$variant as Explained>::TEXT,
            options: || schemars::schema_for!($file::$variant),
        }),*];
    };
}

steps! {
    cells::Screen("screen");
    impute::Impute("impute");
    cells::Fill("fill");
    shrink::Shrink("shrink");
    winsorise::Winsorise("winsorise");
    winsorise::WinsorisePercentile("winsorise_percentile");
    cells::Clip("clip");
    logarithm::LogCt("log_ct");
    logarithm::LogCtMirror("log_ct_mirror");
    logarithm::LogShift("log_shift");
    elementary::LogSigned("log_signed");
    logarithm::Boxcox("boxcox");
    treat::Treat("treat");
    elementary::Ln("ln");
    elementary::Log10("log10");
    elementary::Log1p("log1p");
    elementary::Sqrt("sqrt");
    elementary::Cbrt("cbrt");
    elementary::Power("power");
    elementary::Arcsinh("arcsinh");
    elementary::Shift("shift");
    elementary::Scale("scale");
    elementary::Reverse("reverse");
    elementary::Round("round");
    elementary::Truncate("truncate");
    elementary::Significant("significant");
    elementary::Single("single");
    cells::Flag("flag");
    minmax::MinMax("minmax");
    zscore::ZScore("zscore");
    zscore::RobustZScore("robust_zscore");
    ranking::Rank("rank");
    ranking::PercentRank("percent_rank");
    ranking::Percentile("percentile");
    ranking::Borda("borda");
    goalposts::Goalposts("goalposts");
    distance::DistanceToReference("distance_to_reference");
    distance::DistanceToTarget("distance_to_target");
    distance::DistanceToMax("distance_to_max");
    distance::FractionOfMax("fraction_of_max");
    distance::AboveBelowMean("above_below_mean");
    minmax::AroundReference("around_reference");
    categories::Categories("categories");
    from_rank::RankShare("rank_share");
    from_rank::Exponential("exponential");
    from_rank::NormalScores("normal_scores");
    distance::Logistic("logistic");
    distance::Vector("vector");
    distance::ShareOfSum("share_of_sum");
}

impl Step {
    /// What is wrong with its parameters, in words for the person who wrote them.
    pub(crate) fn problems(&self) -> Vec<Message> {
        self.operation().problems()
    }

    /// Register columns it names, which the register must have.
    pub(crate) fn areas(&self) -> Vec<&str> {
        self.operation().areas()
    }

    /// Indicators whose measured columns it reads.
    pub(crate) fn indicators(&self) -> Vec<&str> {
        self.operation().indicators()
    }

    /// Codes of units it names, which the register must have.
    pub(crate) fn units(&self) -> Vec<&str> {
        self.operation().units()
    }

    /// Whether it normalises: the first such step of an indicator turns a protective one round.
    pub(crate) fn normalises(&self) -> bool {
        self.operation().normalises()
    }

    /// Whether it needs the methodology to name a `period`.
    pub(crate) fn needs_period(&self) -> bool {
        self.operation().needs_period()
    }

    /// Whether it scores words.
    pub(crate) fn scores_words(&self) -> bool {
        self.operation().scores_words()
    }

    /// Where it fills a cell with the middle of donors: the areas within which they are sought, none for
    /// everywhere, and whether only units of the distribution give.
    pub(crate) fn donors(&self) -> Option<(Option<&str>, bool)> {
        match self {
            Self::Impute(impute::Impute::Mean(from) | impute::Impute::Median(from)) => {
                Some((from.within.as_deref(), from.donors == impute::Donors::Ranked))
            }
            _ => None,
        }
    }

    /// Whether it looks at one unit alone: which units set bounds and ranks changes nothing of it.
    pub(crate) fn looks_alone(&self) -> bool {
        match self {
            Self::Goalposts(posts) => posts.are_declared(),
            Self::Screen(_)
            | Self::Fill(_)
            | Self::Clip(_)
            | Self::Flag(_)
            | Self::LogSigned(_)
            | Self::Ln(_)
            | Self::Log10(_)
            | Self::Log1p(_)
            | Self::Sqrt(_)
            | Self::Cbrt(_)
            | Self::Power(_)
            | Self::Arcsinh(_)
            | Self::Shift(_)
            | Self::Scale(_)
            | Self::Reverse(_)
            | Self::Round(_)
            | Self::Truncate(_)
            | Self::Significant(_)
            | Self::Single(_)
            | Self::Categories(_) => true,
            _ => false,
        }
    }

    /// Whether it fills missing cells from other units of a group.
    pub(crate) fn has_donors(&self) -> bool {
        self.donors().is_some()
    }

    /// The column after the step.
    pub(crate) fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        self.operation().apply(column, context)
    }

    /// What there is to say of a step from the columns before and after it: cells it filled, lost or
    /// found constant, and what only the step itself can say.
    pub(crate) fn findings(
        &self,
        before: &Column,
        after: &Column,
        context: &StepContext<'_>,
    ) -> Vec<Finding> {
        let changed = |from: fn(Mark) -> bool, to: Mark| -> Option<Vec<usize>> {
            let marks = before.marks().iter().zip(after.marks()).enumerate();
            let changed = marks.filter(|(_, (old, new))| from(**old) && **new == to);
            let units: Vec<usize> = changed.map(|(unit, _)| unit).collect();
            (!units.is_empty()).then_some(units)
        };
        let mut findings = self.operation().findings(before, after, context);
        if let Some(constant) = changed(Mark::has_value, Mark::Constant) {
            findings.push(message::constant(context.node, constant.len()));
        }
        if let Some(filled) = changed(|mark| !mark.has_value(), Mark::Imputed) {
            let by = self.operation().filling();
            let by = by.unwrap_or_else(|| Message::same(format!("`{}`", self.name())));
            findings.push(message::imputed(context.node, context.units(&filled), &by));
        }
        // words and values without a score are said by the step itself
        let lost = changed(Mark::has_value, Mark::NotAvailable).filter(|_| !self.scores_words());
        if let Some(lost) = lost {
            findings.push(message::no_result(context.node, self.name(), context.units(&lost)));
        }
        findings
    }
}
