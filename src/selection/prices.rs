//! What each rule costs: the list that a re-run without it gives, beside the list with it.
//!
//! A rule is what a planner wrote, over all phases: every bound of one kind on one classification,
//! whatever its numbers. A re-run solves the phases again and nothing else, each within the declared
//! effort.

use super::appeals;
use super::difference::{Difference, Listed};
use super::history::History;
use super::outcome::PhaseOutcome;
use super::outcomes;
use super::phases::{self, SolvedPhase, SolvedPhases};
use super::pool::Pool;
use super::programme::{
    Fill, Limits, Objective, Phase, Programme, Quota, QuotaRule, Rule, WhenShort,
};
use super::ranked_pool::RankedPool;
use super::rule_ref::Refusal;
use crate::optimise::{Position, RowIndex, Solution};

/// A kind of bound on the groups of a classification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    /// At least so many places.
    Min,
    /// At most so many.
    Max,
    /// Exactly so many.
    Exactly,
    /// A share of the places.
    Share,
    /// All places shared out.
    Apportioned,
}

/// What a re-run leaves out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Priced {
    /// One kind of bound on one classification, in every phase that has it.
    Quota {
        /// The classification.
        by: String,
        /// The kind of bound.
        bound: Bound,
        /// The phases that have it.
        phases: Vec<String>,
    },
    /// The least or the most that a sum must come to, in every phase that asks for it.
    Sum {
        /// What is summed.
        sum: String,
        /// Whether it is the most, not the least.
        most: bool,
        /// The phases that have it.
        phases: Vec<String>,
    },
    /// That there are several phases: one of the last `upto` under the quotas of the last.
    Phases,
    /// The money.
    Money,
    /// That neighbours may join.
    Unions,
}

impl Priced {
    /// Stable text: `min:county`, `apportioned:region`, `min-sum:population`, `phases`, `budget`,
    /// `unions`.
    pub(crate) fn code(&self) -> String {
        match self {
            Self::Quota { by, bound, .. } => {
                format!("{}:{by}", bound.word())
            }
            Self::Sum { sum, most: false, .. } => format!("min-sum:{sum}"),
            Self::Sum { sum, most: true, .. } => format!("max-sum:{sum}"),
            Self::Phases => "phases".to_owned(),
            Self::Money => "budget".to_owned(),
            Self::Unions => "unions".to_owned(),
        }
    }

    /// The programme without it; everything else stays.
    fn removed(&self, programme: &Programme) -> Programme {
        let mut without = programme.clone();
        match self {
            Self::Quota { by, bound, .. } => {
                let cut = |quota: &Quota| {
                    if quota.by == *by { bound.cut(quota) } else { Some(quota.clone()) }
                };
                for phase in &mut without.phases {
                    phase.quota = phase.quota.iter().filter_map(cut).collect();
                }
            }
            Self::Sum { sum, most, .. } => {
                for require in without.require.iter_mut().filter(|require| require.sum == *sum) {
                    if *most { require.most = None } else { require.least = None }
                }
                without.require.retain(|it| it.least.is_some() || it.most.is_some());
            }
            Self::Phases => without.phases = programme.phases.last().cloned().into_iter().collect(),
            Self::Money => without.budget = None,
            Self::Unions => without.unions = None,
        }
        if matches!(self, Self::Money | Self::Unions) {
            // where money or unions let places stay empty, they may still
            without
                .phases
                .iter_mut()
                .for_each(|phase| phase.fill = phase.fill.or(Some(Fill::AtMost)));
        }
        without
    }
}

impl Bound {
    const OF_GROUPS: [Self; 3] = [Self::Min, Self::Max, Self::Exactly];

    /// The word of programme files.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Min => "min",
            Self::Max => "max",
            Self::Exactly => "exactly",
            Self::Share => "share",
            Self::Apportioned => "apportioned",
        }
    }

    /// The kind of bound that a word of programme files names, of those with numbers of their own.
    pub(super) fn named(word: &str) -> Option<Self> {
        let kinds = [Self::Min, Self::Max, Self::Exactly, Self::Share];
        kinds.into_iter().find(|bound| bound.word() == word)
    }

    /// The kinds of bound that a quota sets.
    fn of(quota: &Quota) -> Vec<Self> {
        match &quota.rule {
            QuotaRule::Bounds { min, max, exactly } => Self::OF_GROUPS
                .into_iter()
                .zip([min, max, exactly])
                .filter(|(_, limits)| **limits != Limits::default())
                .map(|(bound, _)| bound)
                .collect(),
            QuotaRule::Share(_) => vec![Self::Share],
            QuotaRule::Apportioned { .. } => vec![Self::Apportioned],
        }
    }

    /// A quota without this kind of bound; `None` where nothing is left.
    fn cut(self, quota: &Quota) -> Option<Quota> {
        Self::kept(quota, |bound| bound != self)
    }

    /// A quota with this kind of bound alone; `None` where it has none.
    fn alone(self, quota: &Quota) -> Option<Quota> {
        Self::kept(quota, |bound| bound == self)
    }

    fn kept(quota: &Quota, keeps: impl Fn(Self) -> bool) -> Option<Quota> {
        let left: Vec<Self> = Self::of(quota).into_iter().filter(|bound| keeps(*bound)).collect();
        let QuotaRule::Bounds { min, max, exactly } = &quota.rule else {
            return (!left.is_empty()).then(|| quota.clone());
        };
        let kept = |bound: Self, limits: &Limits| {
            if left.contains(&bound) { limits.clone() } else { Limits::default() }
        };
        let rule = QuotaRule::Bounds {
            min: kept(Self::Min, min),
            max: kept(Self::Max, max),
            exactly: kept(Self::Exactly, exactly),
        };
        (!left.is_empty()).then(|| Quota { by: quota.by.clone(), rule })
    }
}

/// What a rule costs, or several together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Price {
    /// What the re-run leaves out: one rule, or for the joint price several.
    pub(crate) rules: Vec<Priced>,
    /// The list without it.
    pub(crate) without: Result<Rerun, NoList>,
}

/// What a re-run gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rerun {
    /// What it changes.
    pub(crate) difference: Difference,
    /// What its list may be short of the best, in parts per million, where it is not proved.
    pub(crate) gap: Option<i128>,
}

/// Why a re-run gave no list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NoList {
    /// The rules that are left allow none.
    Rules {
        /// The phase that cannot be filled, where one is named.
        phase: Option<String>,
    },
    /// None was found within the declared effort.
    Effort,
}

/// What *best* means in a list that is computed for comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// By priority, without money.
    Priority,
    /// By priority; the first unit that cannot be paid ends the list.
    Stop,
    /// By priority; a unit that cannot be paid is passed over.
    Skip,
    /// The largest sum of points.
    CoverageScore,
    /// The most people.
    CoveragePeople,
}

impl Meaning {
    /// The word of `selection.json`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Priority => "priority",
            Self::Stop => "stop",
            Self::Skip => "skip",
            Self::CoverageScore => "coverage-score",
            Self::CoveragePeople => "coverage-people",
        }
    }

    /// The programme with this meaning.
    fn of(self, programme: &Programme) -> Programme {
        let (rule, when_short) = match self {
            Self::Priority => (Rule::Priority, None),
            Self::Stop => (Rule::Priority, Some(WhenShort::Stop)),
            Self::Skip => (Rule::Priority, Some(WhenShort::Skip)),
            Self::CoverageScore => (Rule::Coverage(Objective::Score), None),
            Self::CoveragePeople => (Rule::Coverage(Objective::People), None),
        };
        let mut other = Programme { rule, ..programme.clone() };
        if let (Some(budget), Some(when_short)) = (&mut other.budget, when_short) {
            budget.when_short = when_short;
        }
        other
    }
}

/// The list under another meaning of *best*, for comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Alternative {
    /// What *best* means in it.
    pub(crate) meaning: Meaning,
    /// Codes, phases in order.
    pub(crate) list: Vec<String>,
    /// Points in units of the last published decimal.
    pub(crate) points: i128,
    /// People covered.
    pub(crate) people: i128,
    /// Bani.
    pub(crate) cost: i128,
    /// Pairs of a unit inside and a higher unit outside: what a mayor will ask about.
    pub(crate) overtakings: u64,
    /// Whether the list is proved.
    pub(crate) proved: bool,
}

/// The price of each rule of a programme, of its phases, its money and its unions; last the joint price of
/// all rules that stand at their bound and without any of which alone nobody moves, where there are
/// several. Decisions and the list that was published count in each re-run as they do in the list.
pub(crate) fn prices(programme: &Programme, pool: &Pool, history: &History) -> Vec<Price> {
    let Ok(ranked) = RankedPool::new(programme, pool, history) else { return Vec::new() };
    let Ok((solved, phases)) = solved(&ranked, history) else { return Vec::new() };
    let ranks = ranked.ranks_by_code();
    let ranks = ranks.into_iter().map(|(code, rank)| (code, rank.number())).collect();
    let with = Listed { phases: &phases, ranks };
    let all = rules(programme);
    let price = |rules: Vec<Priced>| {
        let apart = |left: Programme, rule: &Priced| rule.removed(&left);
        let left = rules.iter().fold(programme.clone(), apart);
        Price { without: rerun(&left, pool, history, &with), rules }
    };
    let mut prices: Vec<Price> = all.into_iter().map(|rule| price(vec![rule])).collect();
    let binds = |price: &&Price| {
        let nobody = price.without.as_ref().is_ok_and(|rerun| rerun.difference.moves_nobody());
        nobody && price.rules.iter().all(|rule| is_reached(rule, &ranked, &solved))
    };
    let together: Vec<Priced> =
        prices.iter().filter(binds).flat_map(|price| price.rules.clone()).collect();
    if together.len() > 1 {
        prices.push(price(together));
    }
    prices
}

/// Everything of a programme that has a price, in the order in which it is written.
fn rules(programme: &Programme) -> Vec<Priced> {
    let mut found: Vec<(&str, Bound, Vec<String>)> = Vec::new();
    for phase in &programme.phases {
        for quota in &phase.quota {
            for bound in Bound::of(quota) {
                let own = found.iter_mut().find(|(by, kind, _)| *by == quota.by && *kind == bound);
                match own {
                    Some((_, _, phases)) if phases.contains(&phase.id) => {}
                    Some((_, _, phases)) => phases.push(phase.id.clone()),
                    None => found.push((&quota.by, bound, vec![phase.id.clone()])),
                }
            }
        }
    }
    let quotas = found.into_iter().map(|(by, bound, phases)| Priced::Quota {
        by: by.to_owned(),
        bound,
        phases,
    });
    let sums = sums(programme);
    let others = [
        (programme.phases.len() > 1, Priced::Phases),
        (programme.budget.is_some(), Priced::Money),
        (programme.unions.is_some(), Priced::Unions),
    ];
    quotas
        .chain(sums)
        .chain(others.into_iter().filter(|(has, _)| *has).map(|(_, rule)| rule))
        .collect()
}

/// The sums that a programme requires, the least and the most of each apart.
fn sums(programme: &Programme) -> Vec<Priced> {
    let mut found: Vec<(&str, bool, Vec<String>)> = Vec::new();
    for require in &programme.require {
        let Some(phase) = require.phase(programme) else { continue };
        for (has, most) in [(require.least.is_some(), false), (require.most.is_some(), true)] {
            let own = found.iter_mut().find(|(sum, kind, _)| *sum == require.sum && *kind == most);
            match own {
                _ if !has => {}
                Some((_, _, phases)) if phases.iter().any(|known| known == phase) => {}
                Some((_, _, phases)) => phases.push(phase.to_owned()),
                None => found.push((&require.sum, most, vec![phase.to_owned()])),
            }
        }
    }
    let priced = |(sum, most, phases): (&str, bool, Vec<String>)| Priced::Sum {
        sum: sum.to_owned(),
        most,
        phases,
    };
    found.into_iter().map(priced).collect()
}

/// The phases of a list, and what each came to.
fn solved(
    ranked: &RankedPool<'_>,
    history: &History,
) -> Result<(SolvedPhases, Vec<PhaseOutcome>), Refusal> {
    let mut solved = phases::solve(ranked, &ranked.locked_from(history))?;
    appeals::hold_harmless(ranked, &mut solved, history);
    let outcomes = outcomes(ranked, &solved);
    Ok((solved, outcomes))
}

fn rerun(
    programme: &Programme,
    pool: &Pool,
    history: &History,
    with: &Listed<'_>,
) -> Result<Rerun, NoList> {
    let other = RankedPool::new(programme, pool, history);
    let (_, phases) = other.and_then(|ranked| solved(&ranked, history)).map_err(no_list)?;
    let unproved = phases.iter().filter(|phase| !phase.proof.proved);
    let gap = unproved.map(|phase| phase.proof.gap_per_million().unwrap_or_default()).max();
    let without = Listed { phases: &phases, ranks: with.ranks.clone() };
    Ok(Rerun { difference: Difference::between(with, &without), gap })
}

fn no_list(refusal: Refusal) -> NoList {
    if refusal.objections.iter().any(|objection| objection.rule == "effort") {
        return NoList::Effort;
    }
    let mut conflicts = refusal.objections.into_iter().filter_map(|objection| objection.conflict);
    NoList::Rules { phase: conflicts.next().map(|conflict| conflict.phase) }
}

/// Whether a rule stands at its bound in some phase: a group of a quota, or a sum that one exchange of two
/// units would put beyond it.
fn is_reached(rule: &Priced, ranked: &RankedPool<'_>, solved: &SolvedPhases) -> bool {
    let (by, bound) = match rule {
        Priced::Quota { by, bound, .. } => (by, bound),
        Priced::Sum { sum, most, .. } => {
            return solved.iter().any(|phase| is_sum_reached(sum, *most, phase));
        }
        Priced::Phases | Priced::Money | Priced::Unions => return false,
    };
    ranked.programme.phases.iter().zip(solved.iter()).any(|(phase, solved)| {
        let own = phase.quota.iter().filter(|quota| quota.by == *by);
        let alone =
            Phase { quota: own.filter_map(|quota| bound.alone(quota)).collect(), ..phase.clone() };
        let locked: Solution = solved.rules.problem.units.iter().map(|unit| unit.locked).collect();
        phases::problem(ranked, &alone, &locked).is_ok_and(|rules| {
            let problem = rules.problem;
            let counts = problem.counts(&solved.solved.solution);
            let mut groups = problem.rows.enumerate().filter(|(row, _)| *row != RowIndex::PLACES);
            groups.any(|(row, bounds)| {
                let held = counts[row];
                (bounds.lo > 0 && held <= bounds.lo) || held >= bounds.hi
            })
        })
    })
}

fn is_sum_reached(name: &str, most: bool, phase: &SolvedPhase) -> bool {
    let (problem, chosen) = (&phase.rules.problem, &phase.solved.solution);
    let own = phase.rules.sums.iter().zip(&problem.sums).find(|(own, _)| *own == name);
    own.is_some_and(|(_, sum)| {
        let open = problem.units.enumerate().filter(|(_, unit)| !unit.locked);
        let (inside, outside): (Vec<_>, Vec<_>) =
            open.map(|(rank, _)| (chosen[rank], sum.weights[rank])).partition(|(is_in, _)| *is_in);
        let reached = sum.of(chosen.marked());
        let [inside, outside] =
            [inside, outside].map(|side| side.into_iter().map(|(_, weight)| weight));
        let (leaves, enters) =
            if most { (inside.min(), outside.max()) } else { (inside.max(), outside.min()) };
        let exchanged = reached - leaves.unwrap_or(0) + enters.unwrap_or(0);
        if most { exchanged > sum.bounds.hi } else { exchanged < sum.bounds.lo }
    })
}

/// The lists under the other meanings of *best*; one that cannot be computed is left out, and coverage of
/// people where none are counted.
pub(crate) fn alternatives(programme: &Programme, pool: &Pool) -> Vec<Alternative> {
    let mut meanings = if programme.budget.is_some() && programme.unions.is_none() {
        vec![Meaning::Stop, Meaning::Skip]
    } else {
        vec![Meaning::Priority]
    };
    meanings.push(Meaning::CoverageScore);
    if pool.candidates.iter().any(|candidate| candidate.people != 0) {
        meanings.push(Meaning::CoveragePeople);
    }
    let mut found = Vec::new();
    for meaning in meanings {
        let (programme, nothing) = (meaning.of(programme), History::default());
        let Ok(ranked) = RankedPool::new(&programme, pool, &nothing) else { continue };
        // who else could have been taken, who waits and why is asked of the list alone
        let Ok((solved, phases)) = solved(&ranked, &nothing) else { continue };
        found.push(alternative(meaning, &ranked, &solved, &phases));
    }
    found
}

fn alternative(
    meaning: Meaning,
    ranked: &RankedPool<'_>,
    solved: &SolvedPhases,
    phases: &[PhaseOutcome],
) -> Alternative {
    let (held, last) = (solved.last(), phases.last());
    let (mut out, mut overtakings) = (0, 0);
    for rank in ranked.ranks() {
        if held.is_some_and(|held| held.holds(rank)) {
            overtakings += out;
        } else {
            out += 1;
        }
    }
    Alternative {
        meaning,
        list: phases.iter().flat_map(|phase| phase.added.iter().cloned()).collect(),
        points: last.map_or(0, |phase| phase.points),
        people: last.map_or(0, |phase| phase.people),
        cost: last.map_or(0, |phase| phase.cost),
        overtakings,
        proved: phases.iter().all(|phase| phase.proof.proved),
    }
}
