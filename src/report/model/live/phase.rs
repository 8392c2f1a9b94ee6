//! The phases of a plain selection as formulas: the first so many of those who may take a place.

use super::Live;
use crate::index::{Figures, Formula};
use crate::report::model::selection::SelectionView;
use crate::report::model::sensitivity::Masks;
use crate::selection::{Candidate, Decisions, Points, Programme, Rule, Unscored};

/// More phases than this make a formula deeper than a cell takes.
const PHASES: usize = 50;

/// A live selection.
#[derive(Clone, Debug)]
pub(crate) struct LivePhases {
    /// The node whose score orders the list.
    pub(crate) node: usize,
    /// Decimals of the published score.
    pub(crate) decimals: u8,
    /// For each unit of the register that may take a place, its turn among equal scores, from 1:
    /// what the declared keys and the code give, which no weight changes.
    pub(crate) turns: Vec<Option<u32>>,
    /// Name of each phase, and the places filled up to and including it.
    pub(crate) upto: Vec<(String, u32)>,
}

impl LivePhases {
    /// The live form of a selection by places alone: no quota, money, union, lock or draw, and
    /// nothing that happened before.
    pub(super) fn of(
        figures: &Figures<'_>,
        chosen: SelectionView<'_>,
        masks: &Masks,
        live: &Live,
    ) -> Option<Self> {
        let rules = &chosen.plan.rules;
        let node = chosen.plan.score;
        let is_indicator = figures.method.nodes.get(node)?.is_indicator();
        let is_plain = (is_indicator || live.means.contains_key(&node))
            && masks.units.is_empty()
            && has_places_only(rules)
            && has_no_past(chosen)
            && formulas(chosen).all(|formula| is_fixed(figures, formula));
        if !is_plain {
            return None;
        }
        let places = |phase: &crate::selection::Phase| Some((phase.id.clone(), phase.upto?));
        let upto = rules.phases.iter().map(places).collect::<Option<Vec<_>>>()?;
        let phases =
            Self { node, decimals: rules.order.decimals, turns: turns(figures, chosen)?, upto };
        phases.gives(figures, chosen).then_some(phases)
    }

    /// Whether the first so many by score and turn are whom the engine selected.
    fn gives(&self, figures: &Figures<'_>, chosen: SelectionView<'_>) -> bool {
        let scores = &figures.index.nodes[self.node].value;
        let mut order: Vec<(std::cmp::Reverse<Points>, u32, usize)> = Vec::new();
        for (unit, turn) in self.turns.iter().enumerate() {
            let (Some(turn), Some(score)) = (turn, scores.value(unit)) else { continue };
            let Ok(points) = Points::round(score, self.decimals) else { return false };
            order.push((std::cmp::Reverse(points), *turn, unit));
        }
        order.sort_unstable();
        let mut given = vec![None; self.turns.len()];
        for (place, (.., unit)) in (1..).zip(order) {
            given[unit] = self.phase_of(place);
        }
        figures.register.codes().iter().zip(given).all(|(code, given)| {
            chosen.selection.unit(code).and_then(|unit| unit.phase.as_deref()) == given
        })
    }

    fn phase_of(&self, place: u32) -> Option<&str> {
        self.upto.iter().find(|(_, upto)| place <= *upto).map(|(id, _)| id.as_str())
    }
}

fn has_places_only(rules: &Programme) -> bool {
    let is_plain =
        |phase: &crate::selection::Phase| phase.quota.is_empty() && phase.limit.is_none();
    rules.rule == Rule::Priority
        && rules.eligible.include.is_empty()
        && !matches!(rules.eligible.unscored, Unscored::LastPlace(_))
        && rules.order.lottery.is_none()
        && rules.budget.is_none()
        && rules.unions.is_none()
        && rules.decisions == Decisions::default()
        && rules.phases.len() <= PHASES
        && rules.phases.iter().all(is_plain)
}

fn has_no_past(chosen: SelectionView<'_>) -> bool {
    chosen.past.decisions.is_empty() && chosen.past.previous.is_none()
}

/// What decides beside the score: conditions and tie keys.
fn formulas(chosen: SelectionView<'_>) -> impl Iterator<Item = &Formula> {
    let ties = chosen.plan.ties.iter().map(|key| &key.value);
    chosen.plan.conditions.iter().chain(ties)
}

/// Whether no weight changes a formula: it uses nothing that is made from other nodes.
fn is_fixed(figures: &Figures<'_>, formula: &Formula) -> bool {
    let is_fixed = |name: &String| {
        let node = name.strip_suffix(".score").and_then(|id| figures.method.node(id));
        node.is_none_or(|node| figures.method.nodes[node].is_indicator())
    };
    formula.names().iter().all(is_fixed)
}

/// The turns of the units that may take a place.
fn turns(figures: &Figures<'_>, chosen: SelectionView<'_>) -> Option<Vec<Option<u32>>> {
    let excluded = &chosen.plan.rules.eligible.exclude;
    let may_enter =
        |unit: &&Candidate| unit.passes() && excluded.iter().all(|lock| lock.code != unit.code);
    let mut order: Vec<&Candidate> = chosen.pool.candidates.iter().filter(may_enter).collect();
    order.sort_by(|a, b| b.keys.cmp(&a.keys).then_with(|| a.code.cmp(&b.code)));
    let mut turns = vec![None; figures.register.len()];
    for (turn, unit) in (1..).zip(order) {
        turns[figures.register.position(&unit.code)?] = Some(turn);
    }
    Some(turns)
}
