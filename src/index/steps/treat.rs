//! Test and try: treatments of a column, one after another, until its distribution passes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Step;
use super::operation::Operation;
use super::winsorise::Limits;
use crate::index::Column;
use crate::index::scene::{Scene, base};
use crate::index::stats;
use crate::message;
use crate::quality::{Finding, Findings, Message, message};

/// Tries steps until skewness or kurtosis is within bounds, each from the original column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Treat {
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
pub enum Keep {
    /// The last attempt, as the COIN tool does.
    Last,
    /// The one of the original and the attempts with the smallest |skewness|.
    #[default]
    Best,
    /// The original column.
    Original,
}

impl Operation for Treat {
    fn problems(&self) -> Vec<String> {
        let mut problems = self.until.problems();
        if self.r#try.is_empty() {
            problems.push("`try` needs at least one step".into());
        }
        problems.extend(self.r#try.iter().flat_map(Step::problems));
        problems.extend(self.r#try.iter().filter(|step| step.normalises()).map(|step| {
            format!("`{}` normalises and cannot be an attempt of `treat`", step.name())
        }));
        problems
    }

    fn areas(&self) -> Vec<&str> {
        self.r#try.iter().flat_map(Step::areas).collect()
    }

    fn indicators(&self) -> Vec<&str> {
        self.r#try.iter().flat_map(Step::indicators).collect()
    }

    fn apply(&self, column: &Column, scene: &mut Scene<'_>) -> Column {
        let Some(passes) = self.until.pass(stats::moments(&base(column.values(), scene.ranked)))
        else {
            return column.clone();
        };
        if passes {
            return column.clone();
        }
        let mut attempts: Vec<(&str, Column)> = vec![("nothing", column.clone())];
        for step in &self.r#try {
            let after = attempt(step, column, scene);
            let outcome = self.until.pass(stats::moments(&base(after.values(), scene.ranked)));
            attempts.push((step.name(), after));
            if outcome == Some(true) {
                return self.settle(attempts, Outcome::Passed, scene);
            }
        }
        self.settle(attempts, Outcome::Failed, scene)
    }
}

/// Whether an attempt met the limits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Passed,
    Failed,
}

impl Treat {
    /// Chooses among the original and the attempts, and tells what was chosen.
    fn settle(
        &self,
        mut attempts: Vec<(&str, Column)>,
        outcome: Outcome,
        scene: &mut Scene<'_>,
    ) -> Column {
        let last = attempts.len() - 1;
        let skew =
            |column: &Column| stats::moments(&base(column.values(), scene.ranked)).skewness().abs();
        let chosen = match (outcome, self.keep) {
            (Outcome::Passed, _) | (Outcome::Failed, Keep::Last) => last,
            (Outcome::Failed, Keep::Original) => 0,
            (Outcome::Failed, Keep::Best) => (0..attempts.len())
                .filter(|&at| !skew(&attempts[at].1).is_nan())
                .min_by(|&a, &b| skew(&attempts[a].1).total_cmp(&skew(&attempts[b].1)))
                .unwrap_or(0),
        };
        let describe = |column: &Column| {
            let moments = stats::moments(&base(column.values(), scene.ranked));
            message!(
                "skewness {s}, kurtosis {k}",
                "asimetrie {s}, boltire {k}";
                s = Message::number(moments.skewness(), 2),
                k = Message::number(moments.kurtosis(), 2),
            )
        };
        let (before, after) = (describe(&attempts[0].1), describe(&attempts[chosen].1));
        let (name, column) = attempts.swap_remove(chosen);
        let message = match outcome {
            Outcome::Passed => message!("treated by `{name}`", "tratat cu `{name}`"),
            Outcome::Failed => message!(
                "no attempt passes; `{name}` is kept",
                "nicio încercare nu trece pragul; se păstrează `{name}`",
            ),
        };
        let message = message.and(
            &format!(": {}, then {}", before.en, after.en),
            &format!(": {}, apoi {}", before.ro, after.ro),
        );
        let mut finding = Finding::new(&message::index::TREATED, scene.node, message);
        if outcome == Outcome::Failed {
            finding = finding.hint(message!(
                "look at the column: outliers may be errors of the source",
                "priviți coloana: valorile extreme pot fi greșeli ale sursei",
            ));
        }
        scene.findings.push(finding);
        column
    }
}

/// One attempt; what it would tell is told by the outcome of all.
fn attempt(step: &Step, column: &Column, scene: &mut Scene<'_>) -> Column {
    let mut aside = Findings::default();
    let mut scene = Scene { findings: &mut aside, ..*scene };
    step.apply(column, &mut scene)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::steps::logarithm::LogCt;
    use crate::index::steps::stage::on;
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
