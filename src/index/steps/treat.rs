//! Test and try: treatments of a column, one after another, until its distribution passes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Step;
use super::operation::{Explained, Operation, StepContext, StepText};
use super::winsorise::Limits;
use crate::index::Column;
use crate::index::stats;
use crate::message::index::parameters;
use crate::message::index::steps as message;
use crate::quality::{Finding, Message};

/// Tries steps until skewness or kurtosis is within bounds, each from the original column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Treat {
    /// When the column passes.
    #[serde(default)]
    pub until: Limits,
    /// Attempts in order.
    pub r#try: Vec<Step>,
    /// What is kept when no attempt passes.
    #[serde(default)]
    pub keep: Keep,
}

/// What is kept when no attempt passes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Keep {
    /// The last attempt, as the COIN tool does.
    Last,
    /// The one of the original and the attempts with the smallest |skewness|.
    #[default]
    Best,
    /// The original column.
    Original,
}

impl Explained for Treat {
    const TEXT: StepText = StepText {
        summary: "Tries treatments until skewness or kurtosis is within bounds",
        romanian: "încearcă tratamente până când asimetria sau boltirea este acceptabilă",
        formula: "the first attempt, each from the original column, with |skew| < limit or kurtosis < limit",
        example: "{ treat = { until = { skew = 2, kurtosis = 3.5 }, try = [ { winsorise = { max = 5 } }, { log_ct = {} } ], keep = \"last\" } }",
        source: "COIN tool of the JRC",
    };
}

impl Operation for Treat {
    fn problems(&self) -> Vec<Message> {
        let mut problems = self.until.problems();
        if self.r#try.is_empty() {
            problems.push(parameters::needs_a_step());
        }
        problems.extend(self.r#try.iter().flat_map(Step::problems));
        problems.extend(
            self.r#try
                .iter()
                .filter(|step| step.normalises())
                .map(|step| parameters::no_attempt(step.name())),
        );
        problems
    }

    fn areas(&self) -> Vec<&str> {
        self.r#try.iter().flat_map(Step::areas).collect()
    }

    fn indicators(&self) -> Vec<&str> {
        self.r#try.iter().flat_map(Step::indicators).collect()
    }

    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        self.choice(column, context).map_or_else(|| column.clone(), |choice| choice.column)
    }

    fn findings(&self, before: &Column, after: &Column, context: &StepContext<'_>) -> Vec<Finding> {
        let Some(choice) = self.choice(before, context) else { return Vec::new() };
        let shape = |column: &Column| {
            let moments = moments(column, context);
            message::Shape { skewness: moments.skewness(), kurtosis: moments.kurtosis() }
        };
        let finding = if choice.passed { message::treated_by } else { message::no_attempt_passes };
        vec![finding(context.node, choice.attempt, &shape(before), &shape(after))]
    }
}

/// What is kept of the original and the attempts.
struct Choice<'a> {
    attempt: &'a str,
    column: Column,
    passed: bool,
}

impl Treat {
    /// The first attempt that passes, or what is kept when none does; `None` for a column that
    /// needs no treatment, or cannot be judged.
    fn choice(&self, column: &Column, context: &StepContext<'_>) -> Option<Choice<'_>> {
        if self.until.pass(moments(column, context))? {
            return None;
        }
        let mut attempts: Vec<(&str, Column)> = vec![("nothing", column.clone())];
        for step in &self.r#try {
            let column = step.apply(column, context);
            if self.until.pass(moments(&column, context)) == Some(true) {
                return Some(Choice { attempt: step.name(), column, passed: true });
            }
            attempts.push((step.name(), column));
        }
        let skew = |at: usize| moments(&attempts[at].1, context).skewness().abs();
        let kept = match self.keep {
            Keep::Last => attempts.len() - 1,
            Keep::Original => 0,
            Keep::Best => (0..attempts.len())
                .filter(|&at| !skew(at).is_nan())
                .min_by(|&a, &b| skew(a).total_cmp(&skew(b)))
                .unwrap_or(0),
        };
        let (attempt, column) = attempts.swap_remove(kept);
        Some(Choice { attempt, column, passed: false })
    }
}

fn moments(column: &Column, context: &StepContext<'_>) -> stats::Moments {
    stats::moments(&stats::base(column.values(), context.ranked))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::steps::fixture::on;
    use crate::index::steps::logarithm::LogCt;
    use crate::index::steps::winsorise::Winsorise;

    fn treat(keep: Keep) -> Treat {
        Treat {
            until: Limits::default(),
            r#try: vec![Step::Winsorise(Winsorise::default()), Step::LogCt(LogCt {})],
            keep,
        }
    }

    fn skewed() -> Vec<f64> {
        let tail = (30..40).map(|i| stats::exp(f64::from(i)));
        (0..60).map(f64::from).chain(tail).collect()
    }

    #[test]
    fn a_failed_first_attempt_is_followed_by_the_second_from_the_original() {
        let values = skewed();
        let (column, findings) = on(&treat(Keep::Last), &values, 1.0);
        let low = 0.01 * (values[69] - values[0]);
        assert!((column.values()[0] - stats::ln(low)).abs() < 1e-12);
        assert!(findings.iter().next().unwrap().message.en.contains("`log_ct`"));
    }

    #[test]
    fn a_column_that_passes_is_left_alone_without_a_word() {
        let (column, findings) = on(&treat(Keep::Last), &[1.0, 2.0, 3.0, 4.0], 1.0);
        assert_eq!(column.values(), [1.0, 2.0, 3.0, 4.0]);
        assert!(findings.is_empty());
    }

    #[test]
    fn what_is_kept_after_failure_is_declared() {
        let mut spike = vec![-1000.0];
        spike.extend((0..60).map(|i| f64::from(i % 7)));
        let only_log = |keep| Treat {
            until: Limits { skew: 1e-6, kurtosis: 1e-6 },
            r#try: vec![Step::LogCt(LogCt {})],
            keep,
        };
        let (original, findings) = on(&only_log(Keep::Original), &spike, 1.0);
        assert_eq!(original.values(), spike);
        assert!(findings.iter().next().unwrap().message.en.starts_with("no attempt passes"));
        let (best, _) = on(&only_log(Keep::Best), &spike, 1.0);
        assert_eq!(best.values(), spike, "the logarithm makes a left skew worse");
        let (last, _) = on(&only_log(Keep::Last), &spike, 1.0);
        assert_ne!(last.values(), spike);
    }
}
