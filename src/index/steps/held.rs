//! Steps with everything held that they take from the distribution: what each would do to one value more.

use super::goalposts::{Beyond, Goalpost, Goalposts};
use super::{Step, StepContext, cells, impute};
use crate::index::{Column, stats};

impl Step {
    /// Steps that do to any value what this one did to those of a column, bounds and moments held. `None`
    /// where that is no function of the value alone (ranks, statistics within areas).
    pub(crate) fn held(
        &self,
        before: &Column,
        after: &Column,
        context: &StepContext<'_>,
    ) -> Option<Vec<Self>> {
        if !self.areas().is_empty() || context.within.is_some() {
            return None;
        }
        match self {
            Self::Winsorise(_) | Self::WinsorisePercentile(_) => {
                Some(vec![cut(before, after, context)])
            }
            Self::MinMax(_)
            | Self::ZScore(_)
            | Self::RobustZScore(_)
            | Self::AroundReference(_) => straight(before, after, context).map(|step| vec![step]),
            Self::Goalposts(posts) => {
                let declared = |post: &Goalpost| matches!(post, Goalpost::Number(_));
                (declared(&posts.low) && declared(&posts.high)).then(|| vec![self.clone()])
            }
            Self::Impute(impute::Impute::Exclude {} | impute::Impute::Constant { .. })
            | Self::Fill(_)
            | Self::Clip(_)
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
            | Self::Flag(_)
            | Self::Categories(_) => Some(vec![self.clone()]),
            _ => None,
        }
    }
}

/// The bounds to which values of the distribution were moved; on a side where none was, none.
fn cut(before: &Column, after: &Column, context: &StepContext<'_>) -> Step {
    let moved = |is_moved: fn(f64, f64) -> bool| {
        let mut all = before.values().iter().zip(after.values()).zip(context.ranked);
        all.find(|((old, new), ranked)| **ranked && is_moved(**old, **new))
            .map(|((_, new), _)| *new)
    };
    let (low, high) = (moved(|old, new| old < new), moved(|old, new| old > new));
    Step::Clip(cells::Clip { low, high })
}

/// The straight line through what became of the least and the greatest value; `None` of a constant.
fn straight(before: &Column, after: &Column, context: &StepContext<'_>) -> Option<Step> {
    let base = stats::base(before.values(), context.ranked);
    let (low, high) = (stats::minimum(&base), stats::maximum(&base));
    let result = |end: f64| {
        let at = before.values().iter().position(|value| *value == end)?;
        after.value(at)
    };
    let to = [result(low)?, result(high)?];
    (low < high).then_some(Step::Goalposts(Goalposts {
        low: Goalpost::Number(low),
        high: Goalpost::Number(high),
        to,
        clip: Beyond::None,
        log: None,
        floor: None,
    }))
}
