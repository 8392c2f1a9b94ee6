//! The normalisation of an indicator as a formula over its measured value and its bounds.

use super::Rounded;
use crate::index::method::{Direction, Origin};
use crate::index::stats::{self, Order, Ties};
use crate::index::steps::Step;
use crate::index::{Column, Figures, Mark};
use crate::report::model::sensitivity::Masks;

/// Relative difference that the order of operations may make.
const NEAR: f64 = 1e-12;

/// A live normalised column.
#[derive(Clone, Debug)]
pub(crate) struct Norm {
    /// Bounds to which values are cut before, where a step moved any: least and greatest.
    pub(crate) cut: [Option<f64>; 2],
    /// The rule.
    pub(crate) rule: Rule,
    /// Whether more means less risk.
    pub(crate) protective: bool,
    /// Whether bounds can be taken from the measured column by a formula.
    pub(crate) from_column: bool,
}

/// The rule of a live normalisation, with what it takes from the distribution.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Rule {
    /// The value itself.
    Same,
    /// Between two bounds, to a range.
    MinMax { from: [f64; 2], to: [f64; 2] },
    /// Distance from a mean in deviations, to a mean and deviation; divisor n - `ddof`.
    ZScore { centre: f64, spread: f64, mean: f64, sd: f64, ddof: u8 },
    /// The place, ties sharing the best.
    Rank { order: Order, decimals: u32 },
}

impl Norm {
    /// The live form of an indicator's steps, where they have one that gives the engine's values.
    pub(super) fn of(figures: &Figures<'_>, masks: &Masks, at: usize) -> Option<Self> {
        let node = &figures.method.nodes[at];
        let steps: &[Step] = match &node.origin {
            Origin::Measures(_) => &node.steps,
            Origin::Category(_) => node.steps.get(1..)?,
            Origin::Children(_) | Origin::Nodes(_) => return None,
        };
        let (before, last) = match steps.split_last() {
            None => (&[][..], None),
            Some((last, before)) => (before, Some(last)),
        };
        let columns = Columns { figures, at, skipped: node.steps.len() - steps.len() };
        let is_cut = |step: &Step| {
            matches!(step, Step::Winsorise(_) | Step::WinsorisePercentile(_) | Step::Clip(_))
        };
        let is_filled = |step: &Step| matches!(step, Step::Impute(_) | Step::Fill(_));
        let (cut, filled) = match before {
            [] => ([None, None], false),
            [step] if is_cut(step) => (columns.cut(0)?, false),
            [step] if is_filled(step) => ([None, None], true),
            [fill, step] if is_filled(fill) && is_cut(step) => (columns.cut(1)?, true),
            _ => return None,
        };
        let treated = columns.after(before.len())?;
        let protective = node.direction == Direction::Protective;
        let rule = rule(figures, last, &treated)?;
        let everybody = figures.index.ranked.iter().all(|&ranked| ranked);
        let is_cut = cut.iter().any(Option::is_some);
        let from_column = everybody
            && masks.units.is_empty()
            && !figures.is_part()
            && !filled
            && !(is_cut && matches!(rule, Rule::ZScore { .. }));
        let norm = Self { cut, rule, protective, from_column };
        norm.gives(figures, at).then_some(norm)
    }

    /// Whether the formula gives what the engine computed, unit by unit.
    fn gives(&self, figures: &Figures<'_>, at: usize) -> bool {
        let result = &figures.index.nodes[at];
        let is_rank = matches!(self.rule, Rule::Rank { .. });
        let has_all = !figures.is_part();
        if is_rank && (self.protective || self.cut != [None, None] || !has_all) {
            return false;
        }
        result.value.marks().iter().enumerate().all(|(unit, &mark)| {
            match (mark, result.raw.value(unit), result.value.value(unit)) {
                (Mark::Value | Mark::Substituted, Some(raw), Some(value)) => {
                    is_rank || (self.apply(raw) - value).abs() <= NEAR * value.abs().max(1.0)
                }
                (Mark::Value | Mark::Substituted, ..) => false,
                _ => true,
            }
        })
    }

    fn apply(&self, raw: f64) -> f64 {
        let [low, high] = self.cut;
        let x = raw.min(high.unwrap_or(f64::INFINITY)).max(low.unwrap_or(f64::NEG_INFINITY));
        match &self.rule {
            Rule::Same | Rule::Rank { .. } => x,
            Rule::MinMax { from, to } => {
                let above = if self.protective { from[1] - x } else { x - from[0] };
                above / (from[1] - from[0]) * (to[1] - to[0]) + to[0]
            }
            Rule::ZScore { centre, spread, mean, sd, .. } => {
                let above = if self.protective { centre - x } else { x - centre };
                above / spread * sd + mean
            }
        }
    }

    pub(super) fn rounded(&self, node: usize) -> Option<Rounded> {
        match self.rule {
            Rule::Rank { decimals, .. } => Some(Rounded { node, raw: true, decimals }),
            Rule::Same | Rule::MinMax { .. } | Rule::ZScore { .. } => None,
        }
    }
}

/// The columns an indicator leaves behind on its way.
struct Columns<'v, 'a> {
    figures: &'v Figures<'a>,
    at: usize,
    /// Steps that only score words, after which the column counts as measured.
    skipped: usize,
}

impl Columns<'_, '_> {
    /// The column after that many steps.
    fn after(&self, steps: usize) -> Option<Column> {
        let result = &self.figures.index.nodes[self.at];
        if steps == 0 {
            return Some(result.raw.clone());
        }
        let position = u32::try_from(self.skipped + steps).ok()?;
        let traced = self.figures.index.trace.iter().find(|step| {
            step.node == result.id && step.into.is_none() && step.position == position
        })?;
        Some(traced.column.clone())
    }

    /// The bounds that step number `step` cut values to.
    fn cut(&self, step: usize) -> Option<[Option<f64>; 2]> {
        let (before, after) = (self.after(step)?, self.after(step + 1)?);
        let mut cut = [None, None];
        for (from, to) in before.values().iter().zip(after.values()) {
            if from < to {
                cut[0] = Some(*to);
            } else if from > to {
                cut[1] = Some(*to);
            }
        }
        Some(cut)
    }
}

fn rule(figures: &Figures<'_>, step: Option<&Step>, treated: &Column) -> Option<Rule> {
    let cells = treated.values().iter().zip(&figures.index.ranked);
    let base: Vec<f64> =
        cells.filter(|(x, ranked)| **ranked && !x.is_nan()).map(|(&x, _)| x).collect();
    Some(match step {
        None => Rule::Same,
        Some(Step::MinMax(step)) if step.within.is_none() => {
            Rule::MinMax { from: [stats::minimum(&base), stats::maximum(&base)], to: step.to }
        }
        Some(Step::ZScore(step)) if step.within.is_none() => Rule::ZScore {
            centre: stats::mean(&base),
            spread: stats::variance(&base, step.ddof).sqrt(),
            mean: step.mean,
            sd: step.sd,
            ddof: step.ddof,
        },
        Some(Step::Rank(step)) if step.within.is_none() && step.ties == Ties::Min => {
            // without all units in the distribution a place needs another formula for each
            let everybody = figures.index.ranked.iter().all(|&ranked| ranked);
            everybody.then_some(Rule::Rank { order: step.order, decimals: step.decimals })?
        }
        Some(_) => return None,
    })
}
