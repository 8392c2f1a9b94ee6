//! Normalisation between goalposts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::minmax::between;
use super::operation::{Operation, range};
use super::post::Post;
use crate::index::Column;
use crate::index::scene::{Scene, base};
use crate::index::stats;

/// (x - low)/(high - low) scaled to a range. The goalposts say the direction: with low above high
/// less is more risk, and the indicator declares no `direction` beside them. Goalposts taken from the
/// distribution are those of the ranked units; where both are the same the column is constant.
///
/// Source: UNDP, Human Development Report, technical note 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Goalposts {
    /// The value that scores the lower end of `to`.
    pub low: Post,
    /// The value that scores the upper end of `to`.
    pub high: Post,
    /// The range of the result.
    #[serde(default = "unit_range")]
    pub to: [f64; 2],
    /// What happens to values beyond the goalposts.
    #[serde(default)]
    pub clip: Beyond,
    /// The logarithm that value and goalposts go through first.
    #[serde(default)]
    pub log: Option<Logarithm>,
    /// Least result, applied last.
    #[serde(default)]
    pub floor: Option<f64>,
}

fn unit_range() -> [f64; 2] {
    [0.0, 1.0]
}

/// What happens to values beyond the goalposts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Beyond {
    /// They count as the goalpost.
    #[default]
    Both,
    /// Only those beyond `high` count as the goalpost.
    High,
    /// Only those beyond `low` count as the goalpost.
    Low,
    /// They get results outside the range.
    None,
}

/// A logarithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Logarithm {
    /// Natural.
    Ln,
    /// Decimal.
    Log10,
}

impl Operation for Goalposts {
    fn problems(&self) -> Vec<String> {
        let mut problems: Vec<String> = range("to", self.to).into_iter().collect();
        problems.extend(self.low.problem("low"));
        problems.extend(self.high.problem("high"));
        let declared = [self.low.declared(), self.high.declared()];
        if let [Some(low), Some(high)] = declared
            && low.total_cmp(&high).is_eq()
        {
            problems.push("`low` and `high` must be two different numbers".into());
        }
        if self.log.is_some() && declared.into_iter().flatten().any(|post| post <= 0.0) {
            problems.push("goalposts of a logarithm must be above 0".into());
        }
        problems
    }

    fn normalises(&self) -> bool {
        true
    }

    fn apply(&self, column: &Column, scene: &mut Scene<'_>) -> Column {
        let base = base(column.values(), scene.ranked);
        let posts = [self.low.over(&base), self.high.over(&base)];
        if posts[0].total_cmp(&posts[1]).is_eq() {
            return scene.constant(column);
        }
        let mirrored = scene.sign < 0.0;
        let values = column.values().iter().map(|&x| self.of(x, posts, mirrored)).collect();
        column.with_values(values)
    }
}

impl Goalposts {
    fn of(&self, x: f64, [low, high]: [f64; 2], mirrored: bool) -> f64 {
        if x.is_nan() {
            return x;
        }
        let (least, most) = (low.min(high), low.max(high));
        // cut before the logarithm, which cannot take what may lie below a goalpost
        let cut_low = matches!(self.clip, Beyond::Both)
            || self.clip == if low < high { Beyond::Low } else { Beyond::High };
        let cut_high = matches!(self.clip, Beyond::Both)
            || self.clip == if low < high { Beyond::High } else { Beyond::Low };
        let mut x = x;
        if cut_low {
            x = x.max(least);
        }
        if cut_high {
            x = x.min(most);
        }
        let log = |x: f64| match self.log {
            None => x,
            Some(Logarithm::Ln) => stats::ln(x),
            Some(Logarithm::Log10) => stats::log10(x),
        };
        let posts = if mirrored { [high, low] } else { [low, high] };
        let scaled = between(log(x), [log(posts[0]), log(posts[1])], self.to);
        self.floor.map_or(scaled, |floor| scaled.max(floor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Mark;
    use crate::index::steps::stage::{after, after_protective, on};

    fn posts(low: impl Into<Post>, high: impl Into<Post>) -> Goalposts {
        let (low, high) = (low.into(), high.into());
        Goalposts { low, high, to: [0.0, 1.0], clip: Beyond::Both, log: None, floor: None }
    }

    #[test]
    fn life_expectancy_runs_from_twenty_to_eighty_five() {
        assert_eq!(after(&posts(20.0, 85.0), &[20.0, 85.0, 90.0, 52.5]), [0.0, 1.0, 1.0, 0.5]);
        assert_eq!(after_protective(&posts(20.0, 85.0), &[20.0, 85.0, 90.0]), [1.0, 0.0, 0.0]);
        assert_eq!(after(&posts(85.0, 20.0), &[20.0, 85.0, 90.0]), [1.0, 0.0, 0.0]);
    }

    #[test]
    fn income_is_scaled_by_its_logarithm() {
        let income = Goalposts { log: Some(Logarithm::Ln), ..posts(100.0, 75_000.0) };
        let got = after(&income, &[100.0, 75_000.0, 50.0, 2_738.612_787_525_830_6]);
        assert_eq!(got[..3], [0.0, 1.0, 0.0]);
        assert!((got[3] - 0.5).abs() < 1e-12);
    }

    #[test]
    fn values_beyond_are_cut_only_where_declared() {
        let open = |clip| Goalposts { clip, ..posts(0.0, 10.0) };
        assert_eq!(after(&open(Beyond::None), &[-5.0, 20.0]), [-0.5, 2.0]);
        assert_eq!(after(&open(Beyond::High), &[-5.0, 20.0]), [-0.5, 1.0]);
        assert_eq!(after(&open(Beyond::Low), &[-5.0, 20.0]), [0.0, 2.0]);
        let floored = Goalposts { floor: Some(0.01), ..posts(0.0, 10.0) };
        assert_eq!(after(&floored, &[0.0]), [0.01]);
    }

    #[test]
    fn goalposts_must_differ() {
        assert!(!posts(1.0, 1.0).problems().is_empty());
        assert!(!Goalposts { log: Some(Logarithm::Ln), ..posts(0.0, 1.0) }.problems().is_empty());
    }

    #[test]
    fn posts_of_the_distribution_are_those_of_the_ranked_units() {
        let best: Goalposts =
            toml::from_str("low = { quantile = 0.25 }\nhigh = { mean_of_highest = 2 }").unwrap();
        let got = after(&best, &[0.0, 2.0, 4.0, 8.0, 12.0]);
        assert_eq!(got, [0.0, 0.0, 0.25, 0.75, 1.0]);
        let constant: Goalposts = toml::from_str("low = 'min'\nhigh = 'max'").unwrap();
        let (column, findings) = on(&constant, &[3.0; 4], 1.0);
        assert_eq!(column.marks(), [Mark::Constant; 4]);
        assert_eq!(findings.iter().count(), 1);
    }
}
