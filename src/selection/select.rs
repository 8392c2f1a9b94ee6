//! The one door: a programme and a pool go in, a list with reasons comes out.

use std::collections::{BTreeMap, BTreeSet};

use super::appeal::{self, Past};
use super::boundary;
use super::decisions::{Answer, PlaceHistory, Replay};
use super::eligible::Access;
use super::phases::{Field, Stage};
use super::reasons::{Account, Accounts};
use super::reserve;
use super::result::{
    Judgement, PhaseOutcome, Proof, Reason, Replacement, Selection, State, UnitOutcome,
};
use super::solve::{Algorithm, Best};
use super::unions::{Project, projects};
use super::{Pool, Programme, Refusal};

/// Selects. What it answers depends on the three arguments only, not on the order of anything in
/// them.
pub fn select(programme: &Programme, pool: &Pool, past: &Past) -> Result<Selection, Refusal> {
    let field = Field::new(programme, pool, past)?;
    let mut stages = field.stages(&field.locked_from(past))?;
    let free = field.without_kept(past);
    let held = appeal::hold(&field, &mut stages, past);
    let all = programme.unions.as_ref().map(|unions| projects(&field, unions)).transpose()?;
    let all = all.unwrap_or_default();
    let waiting = reserve::waiting(&field, &stages, &all);
    let reserve = reserve::reserve(&field, &stages, &waiting)?;
    let ties = boundary::ties(&field, &stages);
    boundary::refuse_blind_ties(&field, &ties)?;
    let replay = Replay::new(&field, &stages, (&reserve, &waiting, &all));
    let places = replay.run(&past.decisions)?;
    let codes = |project: &Project| -> Vec<String> {
        project.members.iter().map(|rank| field.code(*rank).to_owned()).collect()
    };
    let mut selection = Selection {
        phases: phases(&field, &stages),
        units: Listing { field: &field, stages: &stages, reserve: &reserve, held: &held, free }
            .units(&places),
        reserve: reserve.iter().map(codes).collect(),
        replacements: reserve::replacements(&field, &stages, &waiting)
            .iter()
            .map(|(out, into)| Replacement { leaves: codes(out), enters: into.as_ref().map(codes) })
            .collect(),
        places,
        boundaries: boundary::boundaries(&field, &stages, &waiting),
        ties,
        changes: Vec::new(),
    };
    selection.changes = appeal::changes(&field, programme, &selection, past);
    Ok(selection)
}

/// The algorithm of each phase, as `check` tells it before anything is computed.
pub fn algorithms(programme: &Programme, pool: &Pool) -> Result<Vec<Algorithm>, Refusal> {
    Field::new(programme, pool, &Past::default())?.algorithms()
}

fn phases(field: &Field, stages: &[Stage]) -> Vec<PhaseOutcome> {
    let mut outcomes = Vec::new();
    let (mut places, mut cost) = (0, 0);
    for stage in stages {
        let list = &stage.solved.list;
        let ranks: Vec<_> = (0..list.len()).filter(|rank| list[*rank]).collect();
        let codes = |members: &[usize]| -> Vec<String> {
            members.iter().map(|rank| field.code(*rank).to_owned()).collect()
        };
        places += stage.added.len();
        cost += stage.added.iter().map(|project| i128::from(project.cost)).sum::<i128>();
        let sum = |of: &dyn Fn(usize) -> i64| ranks.iter().map(|rank| i128::from(of(*rank))).sum();
        outcomes.push(PhaseOutcome {
            id: stage.problem.phase.clone(),
            added: stage.added.iter().flat_map(|project| codes(&project.members)).collect(),
            projects: stage.added.iter().map(|project| codes(&project.members)).collect(),
            places,
            empty: usize::try_from(stage.problem.rows[0].hi).unwrap_or(0).saturating_sub(places),
            cost,
            points: sum(&|rank| field.points(rank)),
            people: sum(&|rank| field.people(rank)),
            proof: Proof {
                algorithm: stage.solved.algorithm,
                sum: (field.best() == Best::Coverage).then(|| stage.problem.value(list)),
                bound: stage.solved.bound,
                price: stage.solved.price,
                proved: stage.solved.proved,
                nodes: stage.solved.nodes,
            },
        });
    }
    outcomes
}

/// Everything that the rows of `selection.csv` are made from.
struct Listing<'a> {
    field: &'a Field<'a>,
    stages: &'a [Stage],
    reserve: &'a [Project],
    /// Ranks on the list because of an appeal that harms nobody.
    held: &'a BTreeSet<usize>,
    /// The list as it would be if no accepted place were kept; none where none is.
    free: Option<Vec<bool>>,
}

impl Listing<'_> {
    fn units(&self, places: &[PlaceHistory]) -> Vec<UnitOutcome> {
        let mut accounts = Accounts::new(self.field, self.stages);
        let ranks: BTreeMap<_, _> =
            self.field.ranking.order.iter().enumerate().map(|(rank, at)| (*at, rank)).collect();
        let seats = self.seats();
        let waits: BTreeMap<_, _> = self
            .reserve
            .iter()
            .enumerate()
            .flat_map(|(at, project)| project.members.iter().map(move |rank| (*rank, at + 1)))
            .collect();
        let judged = judgements(places);
        let mut units = Vec::new();
        for at in 0..self.field.pool.candidates.len() {
            let rank = ranks.get(&at).copied();
            let mut unit = self.unit(at, rank, &mut accounts);
            if let Some((phase, place)) = rank.and_then(|rank| seats.get(&rank)) {
                unit.phase = Some(self.stages[*phase].problem.phase.clone());
                unit.place = Some(*place);
            }
            if unit.state == State::NotSelected {
                unit.reserve = rank.and_then(|rank| waits.get(&rank)).copied();
                unit.state =
                    if unit.reserve.is_some() { State::Reserve } else { State::NotSelected };
            }
            unit.decision = judged.get(unit.code.as_str()).copied();
            units.push(unit);
        }
        units.sort_by(|a, b| a.code.cmp(&b.code));
        units
    }

    /// Phase and number of each rank's place.
    fn seats(&self) -> BTreeMap<usize, (usize, usize)> {
        let seats = reserve::seats(self.stages);
        let numbered = seats.iter().enumerate();
        numbered
            .flat_map(|(at, seat)| {
                seat.project.members.iter().map(move |r| (*r, (seat.phase, at + 1)))
            })
            .collect()
    }

    fn unit(&self, at: usize, rank: Option<usize>, accounts: &mut Accounts) -> UnitOutcome {
        let access = &self.field.entrants.access[at];
        let on = rank.is_some_and(|r| self.stages.last().is_some_and(|s| s.solved.list[r]));
        let (state, barred) = match access {
            Access::Open | Access::Included(_) | Access::Accepted if on => (State::Selected, None),
            Access::Open | Access::Included(_) | Access::Accepted => (State::NotSelected, None),
            Access::Excluded(why) => (State::Excluded, Some(Reason::Excluded(why.clone()))),
            Access::Ineligible(why) => (State::Ineligible, Some(Reason::Ineligible(why.clone()))),
            Access::Unscored(why) => (State::Unscored, Some(Reason::Unscored(why.clone()))),
        };
        let account = match (barred, rank) {
            (None, Some(rank)) => self.account(access, rank, accounts),
            (barred, _) => Account {
                reason: barred.unwrap_or(Reason::BelowCut),
                clauses: Vec::new(),
                distance: None,
            },
        };
        let ticket = rank.map(|rank| self.field.ranking.standings[rank].ticket.clone());
        UnitOutcome {
            code: self.field.pool.candidates[at].code.clone(),
            state,
            phase: None,
            place: None,
            reserve: None,
            rank: rank.map(|rank| rank + 1),
            points: self.field.entrants.points[at],
            reason: account.reason,
            clauses: account.clauses,
            distance: account.distance,
            ticket: ticket.filter(|ticket| !ticket.is_empty()),
            decision: None,
        }
    }

    fn account(&self, access: &Access, rank: usize, accounts: &mut Accounts) -> Account {
        let account = accounts.of(rank);
        let held = self.held.contains(&rank);
        let by_rank =
            *access == Access::Accepted && self.free.as_ref().is_some_and(|free| free[rank]);
        match appeal::standing_reason(access, held).filter(|_| !by_rank) {
            Some(reason) => Account { reason, clauses: Vec::new(), distance: None },
            None => account,
        }
    }
}

/// What became of each unit after the list was made.
fn judgements(places: &[PlaceHistory]) -> BTreeMap<&str, Judgement> {
    let mut judged = BTreeMap::new();
    for place in places {
        for (at, holder) in place.holders.iter().enumerate() {
            for code in &holder.codes {
                let said =
                    holder.said.iter().filter(|d| d.code == *code).map(|d| d.answer).next_back();
                let judgement = match said {
                    Some(Answer::Accepted) => Some(Judgement::Accepted),
                    Some(Answer::Refused) => Some(Judgement::Refused),
                    Some(Answer::Withdrawn) => Some(Judgement::Withdrawn),
                    // a union that goes on without a member is not a replacement
                    None if at > 0 && !place.holders[0].codes.contains(code) => {
                        Some(Judgement::Replacement)
                    }
                    None => None,
                };
                if let Some(judgement) = judgement {
                    judged.insert(code.as_str(), judgement);
                }
            }
        }
    }
    judged
}
