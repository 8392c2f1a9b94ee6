//! The walk down the items, and the programmes that it asks for completions.

use std::collections::BTreeSet;

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, SolveOptions, Variable};

use super::{Classes, Goal, Task, Weights};
use crate::optimise::Unsolved;
pub(super) use crate::optimise::class_moves::Counts;
use crate::optimise::class_moves::{self, Halt, Move};
use crate::optimise::problem::{ClassIndex, IndexVec, Rank, Row, RowIndex, count};

/// Sums of rows.
type Sums = IndexVec<RowIndex, i64>;

/// What a programme is asked for.
#[derive(Clone, Copy)]
enum Wish<'a> {
    /// As near as can be to these counts.
    Near(&'a Counts),
    /// The extreme sum of a row.
    Extreme(Goal),
    /// The same, whatever the bounds of that row say.
    Beyond(Goal),
}

/// What a programme ended in.
enum Completion {
    /// Counts that keep every row, and how far they may be from the best, as a part of it; none where
    /// that is not known, nought where no others are nearer to the wish.
    Found(Counts, Option<f64>),
    Infeasible,
    /// The work allowed was not enough to tell.
    Unknown,
}

pub(super) struct Walk<'a> {
    classes: &'a Classes,
    rows: IndexVec<RowIndex, Row>,
    /// The least that each row can sum to.
    least: Sums,
    /// Rows that weigh what they count.
    weighing: Vec<RowIndex>,
    /// Items taken so far; every completion holds them.
    pub(super) taken: Counts,
    /// Items that may still be taken in all: what was taken, once the class is closed.
    most: Counts,
    /// Sums of the items taken.
    held: Sums,
    /// Counts that keep every row, with no fewer than are taken of each class.
    pub(super) completion: Counts,
    /// Its sums.
    sums: Sums,
    /// Classes that found no room.
    refused: Vec<ClassIndex>,
    nodes: u64,
    pub(super) spent: u64,
    /// What the sum of the last goal cannot be better than.
    pub(super) bound: Option<i64>,
    pub(super) proved: bool,
}

impl<'a> Walk<'a> {
    pub(super) fn new(task: &Task, classes: &'a Classes, nodes: u64) -> Self {
        let none = IndexVec::filled(0, classes.weights.len());
        let nothing: Sums = IndexVec::filled(0, task.rows.len());
        let mut least = nothing.clone();
        for (row, weight) in task.items.iter().flatten().filter(|(_, weight)| *weight < 0) {
            least[*row] = least[*row].saturating_add(*weight);
        }
        Self {
            classes,
            rows: task.rows.clone(),
            least,
            weighing: rows_that_weigh(task),
            taken: none.clone(),
            most: classes.items.iter().map(|items| count(items.len())).collect(),
            held: nothing.clone(),
            completion: none,
            sums: nothing,
            refused: Vec::new(),
            nodes,
            spent: 0,
            bound: None,
            proved: true,
        }
    }

    /// Finds a first completion near to what the upper bounds alone would let in.
    pub(super) fn begin(&mut self) -> Result<(), Unsolved> {
        let (mut wanted, mut sums) = (self.taken.clone(), self.held.clone());
        let mut order: Vec<(Rank, ClassIndex)> =
            self.classes.of.enumerate().map(|(rank, class)| (rank, *class)).collect();
        order.sort_unstable();
        for (_, class) in order {
            let weights = &self.classes.weights[class];
            if weights.iter().all(|(row, weight)| sums[*row] + weight <= self.rows[*row].hi) {
                wanted[class] += 1;
                weights.iter().for_each(|(row, weight)| sums[*row] += weight);
            }
        }
        match self.complete(Wish::Near(&wanted)) {
            Completion::Found(counts, _) => self.hold(counts),
            Completion::Infeasible => return Err(Unsolved::Infeasible),
            Completion::Unknown => return Err(Unsolved::OutOfNodes),
        }
        Ok(())
    }

    fn hold(&mut self, counts: Counts) {
        self.sums = self.sums_of(&counts);
        self.completion = counts;
    }

    fn sums_of(&self, counts: &Counts) -> Sums {
        let mut sums: Sums = IndexVec::filled(0, self.rows.len());
        for (class, number) in counts.enumerate().filter(|(_, number)| **number != 0) {
            for (row, weight) in &self.classes.weights[class] {
                sums[*row] = sums[*row].saturating_add(weight.saturating_mul(*number));
            }
        }
        sums
    }

    /// Makes the sum of a row extreme and keeps it there.
    pub(super) fn extreme(&mut self, goal: Goal) -> i64 {
        let mut gap = Some(0.0);
        if !self.is_extreme(goal) {
            gap = None;
            if let Completion::Found(counts, known) = self.complete(Wish::Extreme(goal)) {
                let gained = self.sums_of(&counts)[goal.row] - self.sums[goal.row];
                if gained != 0 && (gained > 0) == goal.most {
                    self.hold(counts);
                }
                gap = known;
            }
        }
        let sum = self.sums[goal.row];
        self.proved &= gap.is_some_and(|gap| gap <= 0.0);
        // a sum of what units have, far below 2^53
        let short = gap.map(|gap| (gap * sum as f64).abs().ceil() as i64);
        self.bound = short.map(|short| if goal.most { sum + short } else { sum - short });
        let row = &mut self.rows[goal.row];
        if goal.most {
            row.lo = row.lo.max(sum);
        } else {
            row.hi = row.hi.min(sum);
        }
        sum
    }

    /// Whether no counts at all, whatever the other rows say, have a better sum.
    fn is_extreme(&self, goal: Goal) -> bool {
        let bound: i64 = self
            .classes
            .weights
            .enumerate()
            .map(|(class, weights)| {
                let own = weights.iter().find(|(row, _)| *row == goal.row);
                let weight = own.map_or(0, |(_, weight)| *weight);
                let extreme = (weight > 0) == goal.most;
                weight.saturating_mul(if extreme { self.most[class] } else { self.taken[class] })
            })
            .fold(0, i64::saturating_add);
        self.sums[goal.row] == bound
    }

    /// Takes the next item of a class where what was taken can be completed with it; closes the class
    /// otherwise.
    pub(super) fn takes(&mut self, class: ClassIndex) -> bool {
        if self.taken[class] == self.most[class] {
            return false;
        }
        let weights = &self.classes.weights[class];
        let is_full = weights.iter().any(|(row, weight)| {
            self.rows[*row].hi < i64::MAX && self.held[*row] + weight > self.rows[*row].hi
        });
        if is_full || self.is_hopeless(class) || !self.makes_room(class) {
            self.most[class] = self.taken[class];
            return false;
        }
        self.taken[class] += 1;
        weights.iter().for_each(|(row, weight)| self.held[*row] += weight);
        true
    }

    /// Whether a class that was refused is nowhere harder to take. A lower bound that the items taken meet
    /// by themselves is none.
    fn is_hopeless(&self, class: ClassIndex) -> bool {
        self.completion[class] == self.taken[class]
            && self.refused.iter().any(|other| self.is_no_harder(*other, class))
    }

    fn is_no_harder(&self, easy: ClassIndex, hard: ClassIndex) -> bool {
        let (easy, hard) = (&self.classes.weights[easy], &self.classes.weights[hard]);
        let of = |weights: &Weights, row: RowIndex| {
            weights.iter().find(|(own, _)| *own == row).map_or(0, |(_, weight)| *weight)
        };
        easy.iter().chain(hard).all(|(row, _)| {
            let bounds = self.rows[*row];
            (bounds.hi == i64::MAX || of(easy, *row) <= of(hard, *row))
                && (bounds.lo <= self.held[*row] + self.least[*row]
                    || of(easy, *row) >= of(hard, *row))
        })
    }

    /// Whether a completion holds one more of a class than is taken; it becomes the completion.
    fn makes_room(&mut self, class: ClassIndex) -> bool {
        if self.completion[class] > self.taken[class] || self.exchanges(class) {
            return true;
        }
        let mut wanted = self.completion.clone();
        wanted[class] = self.taken[class] + 1;
        self.taken[class] += 1;
        let completion = self.complete(Wish::Near(&wanted));
        self.taken[class] -= 1;
        match completion {
            Completion::Found(counts, _) => self.hold(counts),
            Completion::Infeasible => {
                self.refused.push(class);
                return false;
            }
            Completion::Unknown => {
                self.proved = false;
                return false;
            }
        }
        true
    }

    /// Whether the completion can hold one more of a class, alone or for one of another class: of the
    /// class whose last item stands lowest.
    fn exchanges(&mut self, class: ClassIndex) -> bool {
        let last = |other: &ClassIndex| {
            let held = usize::try_from(self.completion[*other]).ok()?;
            self.classes.items[*other].get(held.checked_sub(1)?)
        };
        let is_open = |other: &ClassIndex| self.completion[*other] > self.taken[*other];
        let others = self.classes.weights.positions().filter(is_open);
        let fits = |other: &Option<ClassIndex>| self.fits(class, *other);
        let leaver = std::iter::once(None)
            .chain(others.map(Some))
            .filter(fits)
            .max_by_key(|other| (other.is_none(), other.and_then(|other| last(&other).copied())));
        let Some(leaver) = leaver else { return false };
        self.shift(class, 1);
        leaver.into_iter().for_each(|other| self.shift(other, -1));
        true
    }

    fn shift(&mut self, class: ClassIndex, by: i64) {
        self.completion[class] += by;
        for (row, weight) in &self.classes.weights[class] {
            self.sums[*row] += by * weight;
        }
    }

    /// Whether every row is kept when one enters and perhaps another leaves.
    fn fits(&self, enters: ClassIndex, leaves: Option<ClassIndex>) -> bool {
        let into = &self.classes.weights[enters];
        let none = Vec::new();
        let out = leaves.map_or(&none, |class| &self.classes.weights[class]);
        let of = |weights: &Weights, row: RowIndex| {
            weights.iter().find(|(own, _)| *own == row).map_or(0, |(_, weight)| *weight)
        };
        into.iter().chain(out).all(|(row, _)| {
            self.rows[*row].admits(self.sums[*row] + of(into, *row) - of(out, *row))
        })
    }

    /// A row that weighs and has a bound on one side only: how far it can go says whether the bound can be
    /// kept, which is far less work than to look for counts that keep it.
    fn one_sided(&self) -> Option<Goal> {
        let is_low = |row: &RowIndex| self.rows[*row].lo > self.held[*row] + self.least[*row];
        let is_high = |row: &RowIndex| self.rows[*row].hi < i64::MAX;
        let low = self.weighing.iter().find(|row| is_low(row) && !is_high(row));
        let high = || self.weighing.iter().find(|row| is_high(row) && !is_low(row));
        let least = || high().map(|row| Goal { row: *row, most: false });
        low.map(|row| Goal { row: *row, most: true }).or_else(least)
    }

    /// Asks for counts that keep every row, hold what is taken and take nothing of closed classes.
    fn complete(&mut self, wish: Wish<'_>) -> Completion {
        let Some(left) = self.nodes.checked_sub(self.spent).filter(|left| *left > 0) else {
            return Completion::Unknown;
        };
        let within = |wanted: &Counts, class: ClassIndex| {
            wanted[class].clamp(self.taken[class], self.most[class])
        };
        let near = if let Wish::Near(wanted) = wish { wanted } else { &self.completion };
        let start: Counts = near.positions().map(|class| within(near, class)).collect();
        let sums = self.sums_of(&start);
        if matches!(wish, Wish::Near(_)) && self.keeps(&sums) {
            return Completion::Found(start, Some(0.0));
        }
        let wish = match (wish, self.one_sided()) {
            (Wish::Near(_), Some(goal)) => Wish::Beyond(goal),
            (wish, _) => wish,
        };
        let Some(model) = Model::new(self, &start, &sums, wish) else {
            return Completion::Infeasible;
        };
        let mut options = SolveOptions::default();
        options.node_limit = Some(left);
        options.tolerances.prune_epsilon = 1e-13;
        self.spent += 1;
        let moved = match class_moves::solve(&model.programme, &model.variables, start, options) {
            Ok(moved) => moved,
            Err(Halt::Infeasible) => return Completion::Infeasible,
            Err(Halt::Unknown(nodes)) => {
                self.spent += nodes;
                return Completion::Unknown;
            }
        };
        self.spent += moved.nodes;
        let counts = moved.counts;
        let within = |class| (self.taken[class]..=self.most[class]).contains(&counts[class]);
        let sums = self.sums_of(&counts);
        if let Wish::Beyond(Goal { row, .. }) = wish
            && moved.is_optimal
            && !self.rows[row].admits(sums[row])
        {
            return Completion::Infeasible;
        }
        if counts.positions().all(within) && self.keeps(&sums) {
            let gap = if moved.is_optimal { Some(0.0) } else { moved.gap };
            Completion::Found(counts, gap)
        } else {
            Completion::Unknown
        }
    }

    fn keeps(&self, sums: &Sums) -> bool {
        self.rows.iter().zip(sums.iter()).all(|(row, sum)| row.admits(*sum))
    }
}

/// The programme of a completion: by how many each class stands above or below a start.
struct Model {
    programme: microlp::Problem,
    variables: Vec<Move>,
}

/// A row as the programme sees it: what may move, how far, and the largest weight in it.
#[derive(Clone, Default)]
struct Moves {
    sum: Vec<(Variable, i64)>,
    up: i64,
    down: i64,
    largest: i64,
}

impl Model {
    /// `None` when a row cannot be kept whatever moves.
    fn new(walk: &Walk<'_>, start: &Counts, sums: &Sums, wish: Wish<'_>) -> Option<Self> {
        let direction = match wish {
            Wish::Extreme(Goal { most: true, .. }) | Wish::Beyond(Goal { most: true, .. }) => {
                OptimizationDirection::Maximize
            }
            Wish::Extreme(_) | Wish::Beyond(_) | Wish::Near(_) => OptimizationDirection::Minimize,
        };
        let mut model = Self { programme: microlp::Problem::new(direction), variables: Vec::new() };
        let mut moves: IndexVec<RowIndex, Moves> =
            IndexVec::filled(Moves::default(), walk.rows.len());
        for (class, number) in start.enumerate() {
            let room = [(1, walk.most[class] - number), (-1, number - walk.taken[class])];
            for (sign, room) in room.into_iter().filter(|(_, room)| *room > 0) {
                model.add_class(walk, (class, sign, room), wish, &mut moves);
            }
        }
        let beyond = if let Wish::Beyond(goal) = wish { Some(goal.row) } else { None };
        for (row, moves) in moves.enumerate().filter(|(row, _)| Some(*row) != beyond) {
            model.add_row(walk.rows[row], sums[row], moves)?;
        }
        Some(model)
    }

    fn add_class(
        &mut self,
        walk: &Walk<'_>,
        (class, sign, room): (ClassIndex, i64, i64),
        wish: Wish<'_>,
        moves: &mut IndexVec<RowIndex, Moves>,
    ) {
        let weights = &walk.classes.weights[class];
        let objective = match wish {
            Wish::Near(_) => 1.0,
            Wish::Extreme(goal) | Wish::Beyond(goal) => {
                let own = weights.iter().find(|(row, _)| *row == goal.row);
                own.map_or(0.0, |(_, weight)| (sign * weight) as f64)
            }
        };
        let most = i32::try_from(room).unwrap_or(i32::MAX);
        let variable = self.programme.add_integer_var(objective, (0, most));
        self.variables.push((class, sign, variable));
        for (row, weight) in weights {
            let (row, weight) = (&mut moves[*row], sign * weight);
            row.sum.push((variable, weight));
            row.largest = row.largest.max(weight.saturating_abs());
            let all = weight.saturating_mul(room);
            row.up = row.up.saturating_add(all.max(0));
            row.down = row.down.saturating_add(all.min(0));
        }
    }

    /// Bounds what moves in a row, in a unit that keeps its coefficients small.
    fn add_row(&mut self, bounds: Row, held: i64, moves: &Moves) -> Option<()> {
        let (above, below) = (
            held.saturating_add(moves.up) > bounds.hi,
            held.saturating_add(moves.down) < bounds.lo,
        );
        let unreachable = held.saturating_add(moves.down) > bounds.hi
            || held.saturating_add(moves.up) < bounds.lo;
        if unreachable {
            return None;
        }
        let (unit, slack) =
            if moves.largest > 1 { (moves.largest as f64 / 1000.0, 0.5) } else { (1.0, 0.0) };
        let mut sum = LinearExpr::empty();
        moves.sum.iter().for_each(|(variable, weight)| sum.add(*variable, *weight as f64 / unit));
        // half a unit of slack: rounding must not cut off sums that are exactly what they may be
        let by = |bound: i64, slack: f64| ((bound - held) as f64 + slack) / unit;
        if above && below && bounds.lo == bounds.hi && slack == 0.0 {
            self.programme.add_constraint(sum, ComparisonOp::Eq, by(bounds.lo, 0.0));
            return Some(());
        }
        if above {
            self.programme.add_constraint(sum.clone(), ComparisonOp::Le, by(bounds.hi, slack));
        }
        if below {
            self.programme.add_constraint(sum, ComparisonOp::Ge, by(bounds.lo, -slack));
        }
        Some(())
    }
}

fn rows_that_weigh(task: &Task) -> Vec<RowIndex> {
    let weighs = |(_, weight): &&(RowIndex, i64)| *weight != 1;
    let rows: BTreeSet<RowIndex> =
        task.items.iter().flatten().filter(weighs).map(|(row, _)| *row).collect();
    rows.into_iter().collect()
}
