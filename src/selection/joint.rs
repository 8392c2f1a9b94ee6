//! Several open places at once: who takes them is one question, not one for each place.
//!
//! From the first phase with an open place on, the lists of all phases are solved together. Whoever
//! holds a place stays and may move to an earlier phase; whoever waits may enter in any of them; whoever
//! gave a place up counts on in every rule where a place stays empty, from a phase not earlier than
//! that of its own. As few places as possible stay empty, as few as possible enter from beyond the
//! reserve, the earlier phases are filled first; then each phase in turn has its best list.
//!
//! Each of those who may come into a phase is an item of [`crate::optimise`]'s goals. Whom no rule tells
//! apart stand for one another, so that of later phases only their number is looked at until their turn
//! comes.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::ranked_pool::PhaseIndex;
use super::vacancy::{EntryKey, Link, Opening, Succeeded, Succession, Waiting};
use crate::optimise::{
    Criterion, Goal, IndexVec, Position, Project, Rank, Row, RowIndex, Task, Unsolved, Weights,
    count,
};

/// What comes into a phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Link(Link),
    /// An opening that stays empty, by position.
    Empty(usize),
}

/// Who may come into phases, all alike for the rules.
struct Group {
    who: Vec<Who>,
    /// Where it comes from: it may come into earlier phases only.
    before: PhaseIndex,
    /// The first phase that it may come into.
    from: PhaseIndex,
    cost: i64,
    value: i64,
    beyond: bool,
    is_empty: bool,
}

/// The rows of a joint task.
struct Rows {
    /// By phase and row of its problem.
    counts: BTreeMap<(PhaseIndex, RowIndex), RowIndex>,
    /// The same, without those who gave a place up, where they exceed a bound.
    units: BTreeMap<(PhaseIndex, RowIndex), RowIndex>,
    money: BTreeMap<PhaseIndex, RowIndex>,
    /// By phase, of each required sum.
    sums: BTreeMap<PhaseIndex, Vec<RowIndex>>,
    value: BTreeMap<PhaseIndex, RowIndex>,
    empty: BTreeMap<PhaseIndex, RowIndex>,
    beyond: RowIndex,
    /// Each group takes each of its own once.
    once: Vec<RowIndex>,
    /// Each unit is in one project.
    member: BTreeMap<Rank, RowIndex>,
}

/// The open places of a list, solved together.
pub(super) struct Joint<'j, 'a> {
    list: &'j Succession<'a>,
    open: &'j [Opening],
    queue: &'j [Waiting],
    first: PhaseIndex,
    behind: PhaseIndex,
    groups: Vec<Group>,
    rows: Rows,
    bounds: IndexVec<RowIndex, Row>,
    /// Whether projects share members.
    joins: bool,
    /// Holders who come before those they tie with.
    favoured: BTreeSet<usize>,
}

impl<'j, 'a> Joint<'j, 'a> {
    /// The question; `favoured` are holdings that come before all with whom they tie.
    pub(super) fn new(
        list: &'j Succession<'a>,
        open: &'j [Opening],
        queue: &'j [Waiting],
        favoured: BTreeSet<usize>,
    ) -> Self {
        let behind = list.behind();
        let first = open.iter().map(|open| open.phase).min().unwrap_or(behind);
        let joins = list.ranked.programme.unions.is_some();
        let mut bounds = IndexVec::new();
        let beyond = bounds.push(Row::FREE);
        let rows = Rows {
            counts: BTreeMap::new(),
            units: BTreeMap::new(),
            money: BTreeMap::new(),
            sums: BTreeMap::new(),
            value: BTreeMap::new(),
            empty: BTreeMap::new(),
            beyond,
            once: Vec::new(),
            member: BTreeMap::new(),
        };
        let mut joint = Self {
            list,
            open,
            queue,
            first,
            behind,
            groups: Vec::new(),
            rows,
            bounds,
            joins,
            favoured,
        };
        joint.gather();
        joint.bound();
        joint
    }

    fn phases(&self) -> impl DoubleEndedIterator<Item = PhaseIndex> + use<> {
        (self.first.number()..self.behind.number()).map(PhaseIndex::new)
    }

    fn project(&self, who: Who) -> &'j Project {
        match who {
            Who::Link(Link::Moves(at)) => &self.list.holdings[at].project,
            Who::Link(Link::Enters(at)) => &self.queue[at].project,
            Who::Empty(at) => &self.open[at].leaver,
        }
    }

    /// Everybody who may come into a phase, by what tells them apart for the rules; of each group the
    /// first ones, more of whom there are no places for.
    fn gather(&mut self) {
        let promotes = self.list.promotes();
        let holdings = self.list.holdings.iter().enumerate();
        let movers = holdings.filter(|(_, h)| promotes && h.phase > self.first);
        let mut all: Vec<(Who, (PhaseIndex, PhaseIndex), bool)> = movers
            .map(|(at, h)| (Who::Link(Link::Moves(at)), (self.first, h.phase), false))
            .collect();
        all.extend(self.queue.iter().enumerate().map(|(at, waiting)| {
            (Who::Link(Link::Enters(at)), (self.first, self.behind), !waiting.on_reserve)
        }));
        all.extend(
            self.open
                .iter()
                .enumerate()
                .map(|(at, open)| (Who::Empty(at), (open.phase, self.behind), false)),
        );
        let mut known: BTreeMap<_, Vec<Who>> = BTreeMap::new();
        for (who, span, beyond) in all {
            let project = self.project(who);
            let is_empty = matches!(who, Who::Empty(_));
            let (class, cost) = (self.list.entry_class(project), project.cost);
            let value = if self.list.ranked.criterion() == Criterion::Coverage {
                i64::try_from(self.list.value(project)).unwrap_or(i64::MAX)
            } else {
                0
            };
            // members of several projects are looked at one by one
            let alone = self.joins.then_some(who);
            known
                .entry((is_empty, span, beyond, class, (cost, value), alone))
                .or_default()
                .push(who);
        }
        let most = self.open.len().saturating_mul(self.behind.number() - self.first.number());
        for ((is_empty, (from, before), beyond, _, (cost, value), _), mut who) in known {
            if is_empty {
                // the places with the highest numbers stay empty
                who.sort_by_key(|who| Reverse(self.place(*who)));
            } else {
                who.sort_by_cached_key(|who| self.key(*who));
                who.truncate(most);
            }
            self.groups.push(Group { who, before, from, cost, value, beyond, is_empty });
        }
    }

    fn place(&self, who: Who) -> usize {
        match who {
            Who::Empty(at) => self.open[at].place,
            Who::Link(_) => 0,
        }
    }

    /// The order of those who come: as the list is ordered, the favoured before their equals.
    fn key(&self, who: Who) -> EntryKey {
        let mut key = self.list.key(self.project(who));
        if let Who::Link(Link::Moves(at)) = who
            && self.favoured.contains(&at)
        {
            key.1 = self.list.first_equal(key.1);
            key.3.clear();
        }
        key
    }

    /// The rows, each with what it may still count beside those who stay.
    fn bound(&mut self) {
        for phase in self.phases() {
            let problem = self.list.oracle.problem(phase);
            for (row, bounds) in problem.rows.enumerate() {
                self.bound_count(phase, row, *bounds);
            }
            if let Some(limit) = problem.limit {
                self.bound_money(phase, limit);
            }
            self.bound_sums(phase);
            let empty = self.bounds.push(Row::FREE);
            self.rows.empty.insert(phase, empty);
            if self.list.ranked.criterion() == Criterion::Coverage {
                let value = self.bounds.push(Row { lo: i64::MIN, hi: i64::MAX });
                self.rows.value.insert(phase, value);
            }
        }
        for group in &self.groups {
            let hi = count(group.who.len());
            self.rows.once.push(self.bounds.push(Row { lo: 0, hi }));
        }
        if self.joins {
            let members = self.queue.iter().flat_map(|waiting| waiting.project.members.iter());
            for rank in members.copied().collect::<BTreeSet<Rank>>() {
                let row = self.bounds.push(Row { lo: 0, hi: 1 });
                self.rows.member.insert(rank, row);
            }
        }
    }

    /// Those who gave up a place of a phase or of an earlier one.
    fn leavers(&self, phase: PhaseIndex) -> impl Iterator<Item = &'j Project> {
        let open = self.open.iter().filter(move |open| open.phase <= phase);
        open.map(|open| &open.leaver)
    }

    fn bound_count(&mut self, phase: PhaseIndex, row: RowIndex, bounds: Row) {
        let rows = &self.list.oracle.problem(phase).units;
        let counted = |project: &&Project| rows[project.lead()].rows.contains(&row);
        let now = self.list.oracle.count(phase, row);
        let left = count(self.leavers(phase).filter(counted).count());
        let stays = now - left;
        // what kept units alone exceed counts as met; a list longer than its phase loses places first
        let own = if row == RowIndex::PLACES {
            Row { lo: now - left.min((now - bounds.hi).max(0)), hi: now }
        } else {
            Row { lo: bounds.lo.min(now), hi: bounds.hi.max(now) }
        };
        let hi = if own.hi == i64::MAX { own.hi } else { own.hi - stays };
        let at = self.bounds.push(Row { lo: own.lo - stays, hi });
        self.rows.counts.insert((phase, row), at);
        if now > bounds.hi {
            let hi = bounds.hi.max(stays) - stays;
            let at = self.bounds.push(Row { lo: 0, hi });
            self.rows.units.insert((phase, row), at);
        }
    }

    fn bound_money(&mut self, phase: PhaseIndex, limit: i64) {
        let now = self.list.oracle.cost(phase);
        let stays = now - self.leavers(phase).map(|project| i128::from(project.cost)).sum::<i128>();
        // where the list is dearer than allowed, nobody makes it dearer
        let left = i128::from(limit).max(now) - stays;
        let hi = i64::try_from(left).unwrap_or(i64::MAX);
        let at = self.bounds.push(Row { lo: 0, hi });
        self.rows.money.insert(phase, at);
    }

    fn bound_sums(&mut self, phase: PhaseIndex) {
        let mut rows = Vec::new();
        for (at, weighted) in self.list.oracle.problem(phase).sums.iter().enumerate() {
            let now = self.list.oracle.sum(phase, at);
            let left = self.leavers(phase).map(|p| weighted.of(p.members.iter().copied()));
            let Row { lo, hi } = weighted.bounds;
            let mut bounds = Row { lo: lo.min(now), hi: hi.max(now) };
            bounds.less(now - left.sum::<i64>());
            rows.push(self.bounds.push(bounds));
        }
        self.rows.sums.insert(phase, rows);
    }

    /// What one of a group adds that comes into a phase; `who` where it is one of its own.
    fn weights(&self, at: usize, into: PhaseIndex, who: Option<Who>) -> Weights {
        let group = &self.groups[at];
        let mut weights = vec![(self.rows.once[at], 1)];
        for phase in self.phases().filter(|phase| (into..group.before).contains(phase)) {
            let units = &self.list.oracle.problem(phase).units;
            let project = self.project(group.who[0]);
            let lead = project.lead();
            let sums = self.rows.sums[&phase].iter().zip(&self.list.oracle.problem(phase).sums);
            weights.extend(sums.map(|(row, sum)| (*row, sum.of(project.members.iter().copied()))));
            for row in &units[lead].rows {
                weights.push((self.rows.counts[&(phase, *row)], 1));
                let only = self.rows.units.get(&(phase, *row)).filter(|_| !group.is_empty);
                weights.extend(only.map(|row| (*row, 1)));
            }
            weights.extend(self.rows.money.get(&phase).map(|row| (*row, group.cost)));
            if group.is_empty {
                weights.push((self.rows.empty[&phase], 1));
            } else {
                weights.extend(self.rows.value.get(&phase).map(|row| (*row, group.value)));
            }
        }
        weights.extend(group.beyond.then_some((self.rows.beyond, 1)));
        let members = who.filter(|who| self.joins && matches!(who, Who::Link(Link::Enters(_))));
        if let Some(who) = members {
            let members = self.project(who).members.iter();
            weights.extend(members.filter_map(|rank| Some((*self.rows.member.get(rank)?, 1))));
        }
        weights.retain(|(_, weight)| *weight != 0);
        weights.sort_unstable();
        weights
    }

    /// The answer, phase after phase.
    pub(super) fn solve(mut self, nodes: u64) -> Result<Succeeded, Unsolved> {
        let mut goals = self.goals();
        let mut succeeded = Succeeded { proved: true, ..Succeeded::default() };
        let mut nodes = nodes;
        for phase in self.phases() {
            let (task, items) = self.task(phase);
            let own = self.rows.value.get(&phase).map(|row| Goal { row: *row, most: true });
            goals.extend(own);
            let here = items.iter().take_while(|(_, into, _)| *into == phase).count();
            let reached = task.reach(&goals, here, nodes)?;
            nodes = nodes.saturating_sub(reached.nodes);
            succeeded.proved &= reached.proved;
            for (goal, sum) in goals.drain(..).zip(reached.sums) {
                let row = &mut self.bounds[goal.row];
                if goal.most { row.lo = sum } else { row.hi = sum }
            }
            let chosen = reached.taken.iter().zip(&items).take(here).filter(|(taken, _)| **taken);
            for (_, (group, into, position)) in chosen.rev() {
                let who = self.groups[*group].who[*position];
                self.settle(*group, *into, who);
                self.groups[*group].who.remove(*position);
                match who {
                    Who::Link(link) => succeeded.links.push((*into, link)),
                    Who::Empty(at) => succeeded.empty.push((at, *into)),
                }
            }
        }
        succeeded.links.sort_unstable();
        succeeded.empty.sort_unstable();
        Ok(succeeded)
    }

    /// As few empty places in the end, as few from beyond the reserve, then the earlier phases filled.
    fn goals(&self) -> Vec<Goal> {
        let fewest = |row: RowIndex| Goal { row, most: false };
        let empty = self.rows.empty.values().copied();
        let mut goals: Vec<Goal> =
            self.rows.empty.values().last().copied().map(fewest).into_iter().collect();
        goals.push(fewest(self.rows.beyond));
        goals.extend(empty.map(fewest));
        goals
    }

    /// Items from a phase on: those who may come into it in the order of the list, behind them the empty
    /// places; then by group those who may come into later ones.
    fn task(&self, phase: PhaseIndex) -> (Task, Vec<(usize, PhaseIndex, usize)>) {
        let mut here = Vec::new();
        let mut later = Vec::new();
        for (at, group) in self.groups.iter().enumerate() {
            let own = (group.from..group.before).contains(&phase);
            for (position, who) in group.who.iter().enumerate() {
                if own {
                    let key = (!group.is_empty).then(|| self.key(*who));
                    here.push((group.is_empty, key, Reverse(self.place(*who)), at, position));
                }
                let after = self.phases().filter(|into| *into > phase && *into >= group.from);
                later.extend(
                    after.filter(|into| *into < group.before).map(|into| (at, into, position)),
                );
            }
        }
        here.sort();
        let mut items: Vec<(usize, PhaseIndex, usize)> =
            here.into_iter().map(|(.., at, position)| (at, phase, position)).collect();
        items.extend(later);
        let weights = |(at, into, position): &(usize, PhaseIndex, usize)| {
            self.weights(*at, *into, Some(self.groups[*at].who[*position]))
        };
        (Task { items: items.iter().map(weights).collect(), rows: self.bounds.clone() }, items)
    }

    /// Takes what came into a phase off every row.
    fn settle(&mut self, group: usize, into: PhaseIndex, who: Who) {
        for (row, weight) in self.weights(group, into, Some(who)) {
            self.bounds[row].less(weight);
        }
    }
}
