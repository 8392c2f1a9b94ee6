//! The neighbourhood of each cut: who is last in, who is first out, and who shares the place.

use std::collections::BTreeMap;

use super::exchange::Exchange;
use super::phases::{Field, Stage};
use super::refusal::{Problem, Refusal};
use super::reserve::seats;
use super::unions::Project;

/// What separates units that share score and keys across a cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecidedBy {
    /// The public lottery.
    Lottery,
    /// The code: nothing that was declared separates them.
    Code,
}

/// Units with the same published score and the same keys, some in and some out, where the ones
/// outside would have done as well under every rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// The last phase that has one of them.
    pub phase: String,
    /// Codes inside, by rank.
    pub inside: Vec<String>,
    /// Codes outside, by rank.
    pub outside: Vec<String>,
    /// What separated them.
    pub decided_by: DecidedBy,
    /// Whether nothing about any of them was measured at their own level.
    pub measured_above: bool,
}

/// The cut of a phase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boundary {
    /// The phase.
    pub phase: String,
    /// The lowest unit that the phase added.
    pub last_in: Option<String>,
    /// The highest unit outside that could take a place of the phase.
    pub first_out: Option<String>,
    /// Points between the two, in units of the last published decimal.
    pub gap: Option<i64>,
}

/// The ties that a cut crosses, in rank order.
pub(super) fn ties(field: &Field, stages: &[Stage]) -> Vec<Tie> {
    let Some(last) = stages.last() else { return Vec::new() };
    let (standings, n) = (&field.ranking.standings, field.ranking.order.len());
    let mut exchange = Exchange::new(field, stages);
    let seats = seats(stages);
    let lead: BTreeMap<_, _> = seats.iter().map(|seat| (seat.project.members[0], seat)).collect();
    let mut ties = Vec::new();
    let mut start = 0;
    while start < n {
        let end = (start + 1..n).find(|r| !standings[*r].ties_with(&standings[start])).unwrap_or(n);
        let (inside, outside): (Vec<_>, Vec<_>) =
            (start..end).partition(|rank| last.solved.list[*rank]);
        let mine: Vec<_> = inside.iter().filter_map(|rank| lead.get(rank)).collect();
        let could = |rank: &usize| {
            let alone = Project { members: vec![*rank], cost: last.problem.units[*rank].cost };
            mine.iter().any(|seat| exchange.fits(seat.phase, Some(&seat.project), &alone))
        };
        let outside: Vec<_> = outside.into_iter().filter(could).collect();
        let latest = mine.iter().max_by_key(|seat| seat.phase);
        if let (Some(seat), false) = (latest, outside.is_empty()) {
            let codes = |ranks: &[usize]| ranks.iter().map(|r| field.code(*r).to_owned()).collect();
            let unit = |rank: &usize| &field.pool.candidates[field.ranking.order[*rank]];
            ties.push(Tie {
                phase: stages[seat.phase].problem.phase.clone(),
                inside: codes(&inside),
                outside: codes(&outside),
                decided_by: if field.programme.order.lottery.is_some() {
                    DecidedBy::Lottery
                } else {
                    DecidedBy::Code
                },
                measured_above: inside.iter().chain(&outside).all(|rank| unit(rank).measured_above),
            });
        }
        start = end;
    }
    ties
}

/// Refuses a list in which the code alone decided between units about which nothing was measured at
/// their own level, unless the programme accepts that.
pub(super) fn refuse_blind_ties(field: &Field, ties: &[Tie]) -> Result<(), Refusal> {
    if field.programme.order.accept_ties.is_some() {
        return Ok(());
    }
    let blind = ties.iter().filter(|tie| tie.measured_above && tie.decided_by == DecidedBy::Code);
    let problem = |tie: &Tie| {
        let message = format!(
            "phase `{}`: {} units share the score at the cut, {} of them are in, and nothing about them was measured below the level of a county",
            tie.phase,
            tie.inside.len() + tie.outside.len(),
            tie.inside.len()
        );
        let hint = "declare tie keys or a public lottery in `[order]`, or say why the code may decide with `accept_ties`";
        Problem::new("tie-at-cut", "order.accept_ties", message).hint(hint).unit(&tie.outside[0])
    };
    Refusal::unless_empty(blind.map(problem).collect())
}

/// The cut of each phase.
pub(super) fn boundaries(field: &Field, stages: &[Stage], waiting: &[Project]) -> Vec<Boundary> {
    let mut exchange = Exchange::new(field, stages);
    let stages = stages.iter().enumerate();
    stages
        .map(|(phase, stage)| {
            let open = |p: &&Project| !stage.problem.units[p.members[0]].locked;
            let last = stage.added.iter().filter(open).map(|p| p.members[0]).max();
            let mut known = BTreeMap::new();
            let could = |p: &&Project| {
                let seats = stage.added.iter().map(|seat| (phase, seat));
                exchange.finds_seat(seats, p, &mut known)
            };
            let first = waiting.iter().filter(could).map(|p| p.members[0]).min();
            let gap =
                last.zip(first).and_then(|(a, b)| field.points(a).checked_sub(field.points(b)));
            Boundary {
                phase: stage.problem.phase.clone(),
                last_in: last.map(|rank| field.code(rank).to_owned()),
                first_out: first.map(|rank| field.code(rank).to_owned()),
                gap,
            }
        })
        .collect()
}
