//! The priority rule over three or more crossing families, decided on counts of classes.
//!
//! Units that the same rows count stand for one another as far as rows go, so which counts of classes
//! can be completed is all that the walk down the ranking has to know: an integer programme with one
//! variable for each class, not for each unit, and three crossing families have few classes. Without
//! money a class that found no room once never finds room again, so that most units are answered
//! without a programme: the class is closed, a row of it is full, the completion at hand holds one
//! more of the class, or one exchange of two classes makes it hold one.
//!
//! What the programme of `microlp` answers is rounded and counted again in integers. The answer does
//! not depend on its path: a unit is taken exactly when the units taken before can be completed with
//! it.

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, SolveOptions};

use super::class_moves::{self, Counts, Halt, Move};
use super::problem::{ClassIndex, IndexVec, Problem, RowIndex, Solution, UnitClasses, count};
use super::{Algorithm, Solved, Unsolved};

/// The solution that holds the highest unit on which solutions differ, of a problem without money.
/// When `nodes` are used up the solution is the best one known and says that it is not proved.
pub(super) fn by_priority(
    problem: &Problem,
    classes: &UnitClasses,
    nodes: u64,
) -> Result<Solved, Unsolved> {
    let mut walk = Walk::new(problem, classes, nodes);
    walk.begin()?;
    let mut solution: Solution = problem.units.iter().map(|unit| unit.locked).collect();
    for (rank, unit) in problem.units.enumerate() {
        solution[rank] = unit.locked || walk.takes(classes.of[rank]);
    }
    debug_assert!(problem.admits(&solution), "the last completion is the solution");
    Ok(Solved {
        solution,
        algorithm: Algorithm::IntegerProgramme,
        bound: None,
        proved: walk.proved,
        nodes: walk.spent,
        price: None,
    })
}

/// What a programme ended in.
enum Completion {
    /// Counts that keep every row.
    Found(Counts),
    /// There are none.
    Infeasible,
    /// The work allowed was not enough to tell.
    Unknown,
}

struct Walk<'a> {
    problem: &'a Problem,
    classes: &'a UnitClasses,
    /// Units taken so far; every completion holds them.
    taken: Counts,
    /// Units that may still be taken in all: what was taken, once the class is closed.
    most: Counts,
    /// Taken units of each row.
    held: IndexVec<RowIndex, i64>,
    /// Counts that keep every row, with no fewer than are taken of each class.
    completion: Counts,
    nodes: u64,
    spent: u64,
    proved: bool,
}

impl<'a> Walk<'a> {
    /// With the locked units taken, and no completion yet.
    fn new(problem: &'a Problem, classes: &'a UnitClasses, nodes: u64) -> Self {
        let mut taken = IndexVec::filled(0, classes.rows.len());
        let mut held = IndexVec::filled(0, problem.rows.len());
        for (rank, unit) in problem.units.enumerate().filter(|(_, unit)| unit.locked) {
            taken[classes.of[rank]] += 1;
            unit.rows.iter().for_each(|row| held[*row] += 1);
        }
        let most = classes.units.iter().map(|units| count(units.len())).collect();
        let (completion, proved) = (taken.clone(), true);
        Self { problem, classes, taken, most, held, completion, nodes, spent: 0, proved }
    }

    /// Finds a first completion, as near as can be to the highest units that there are places for.
    fn begin(&mut self) -> Result<(), Unsolved> {
        let mut wanted = self.taken.clone();
        let places = self.problem.rows[RowIndex::PLACES].hi - self.held[RowIndex::PLACES];
        let free = self.problem.units.enumerate().filter(|(_, unit)| !unit.locked);
        for (rank, _) in free.take(usize::try_from(places).unwrap_or(0)) {
            wanted[self.classes.of[rank]] += 1;
        }
        match self.complete(&wanted) {
            Completion::Found(counts) => self.completion = counts,
            Completion::Infeasible => return Err(Unsolved::Infeasible),
            Completion::Unknown => return Err(Unsolved::OutOfNodes),
        }
        Ok(())
    }

    /// Takes the next unit of a class where what was taken can be completed with it; closes the class
    /// otherwise.
    fn takes(&mut self, class: ClassIndex) -> bool {
        if self.taken[class] == self.most[class] {
            return false;
        }
        let rows = &self.classes.rows[class];
        let is_full = rows.iter().any(|row| self.held[*row] >= self.problem.rows[*row].hi);
        if is_full || !self.makes_room(class) {
            self.most[class] = self.taken[class];
            return false;
        }
        self.taken[class] += 1;
        rows.iter().for_each(|row| self.held[*row] += 1);
        true
    }

    /// Whether a completion holds one more of a class than is taken; it becomes the completion.
    fn makes_room(&mut self, class: ClassIndex) -> bool {
        if self.completion[class] > self.taken[class] || self.exchanges(class) {
            return true;
        }
        let mut wanted = self.completion.clone();
        wanted[class] = self.taken[class] + 1;
        self.taken[class] += 1;
        let completion = self.complete(&wanted);
        self.taken[class] -= 1;
        match completion {
            Completion::Found(counts) => self.completion = counts,
            Completion::Infeasible => return false,
            Completion::Unknown => {
                self.proved = false;
                return false;
            }
        }
        true
    }

    /// Whether the completion can hold one more of a class, alone or for one of another class: of the
    /// class whose last unit stands lowest.
    fn exchanges(&mut self, class: ClassIndex) -> bool {
        let counts = self.row_counts();
        let (enters, rows) = (&self.classes.rows[class], &self.problem.rows);
        let room = |row: &RowIndex| counts[*row] < rows[*row].hi;
        if enters.iter().all(room) {
            self.completion[class] += 1;
            return true;
        }
        let fits = |other: &ClassIndex| {
            let leaves = &self.classes.rows[*other];
            self.completion[*other] > self.taken[*other]
                && enters.iter().all(|row| leaves.binary_search(row).is_ok() || room(row))
                && leaves
                    .iter()
                    .all(|row| enters.binary_search(row).is_ok() || counts[*row] > rows[*row].lo)
        };
        let last = |other: &ClassIndex| {
            let units = &self.classes.units[*other];
            usize::try_from(self.completion[*other]).ok().and_then(|held| units.get(held - 1))
        };
        let leaver = self.classes.rows.positions().filter(fits).max_by_key(last);
        if let Some(other) = leaver {
            self.completion[class] += 1;
            self.completion[other] -= 1;
        }
        leaver.is_some()
    }

    /// Units of each row that the completion holds.
    fn row_counts(&self) -> IndexVec<RowIndex, i64> {
        let mut counts = IndexVec::filled(0, self.problem.rows.len());
        for (class, held) in self.completion.enumerate() {
            self.classes.rows[class].iter().for_each(|row| counts[*row] += held);
        }
        counts
    }

    /// Asks for counts that keep every row, hold what is taken, take nothing of closed classes, and are
    /// as near as can be to what is wanted.
    fn complete(&mut self, wanted: &Counts) -> Completion {
        let Some(left) = self.nodes.checked_sub(self.spent).filter(|left| *left > 0) else {
            return Completion::Unknown;
        };
        let within = |class: ClassIndex| wanted[class].clamp(self.taken[class], self.most[class]);
        let start: Counts = wanted.positions().map(within).collect();
        let Some(model) = Model::new(self, &start) else { return Completion::Infeasible };
        let mut options = SolveOptions::default();
        options.node_limit = Some(left);
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
        if self.admits(&moved.counts) {
            Completion::Found(moved.counts)
        } else {
            Completion::Unknown
        }
    }

    fn admits(&self, counts: &Counts) -> bool {
        let mut held = IndexVec::filled(0, self.problem.rows.len());
        for (class, number) in counts.enumerate() {
            self.classes.rows[class].iter().for_each(|row| held[*row] += number);
        }
        let keeps = self.problem.rows.iter().zip(held.iter()).all(|(row, held)| row.admits(*held));
        let within = |class| (self.taken[class]..=self.most[class]).contains(&counts[class]);
        keeps && counts.positions().all(within)
    }
}

/// The programme of a completion: by how many each class stands above or below what is wanted.
struct Model {
    programme: microlp::Problem,
    variables: Vec<Move>,
}

impl Model {
    /// `None` when a row cannot be kept whatever moves.
    fn new(walk: &Walk<'_>, start: &Counts) -> Option<Self> {
        let mut programme = microlp::Problem::new(OptimizationDirection::Minimize);
        let mut variables = Vec::new();
        for (class, number) in start.enumerate() {
            let room = [(1, walk.most[class] - number), (-1, number - walk.taken[class])];
            for (sign, room) in room.into_iter().filter(|(_, room)| *room > 0) {
                let room = i32::try_from(room).unwrap_or(i32::MAX);
                variables.push((class, sign, programme.add_integer_var(1.0, (0, room))));
            }
        }
        let mut model = Self { programme, variables };
        walk.problem.rows.positions().try_for_each(|row| model.add_row(walk, start, row))?;
        Some(model)
    }

    fn add_row(&mut self, walk: &Walk<'_>, start: &Counts, row: RowIndex) -> Option<()> {
        let is_counted = |class: ClassIndex| walk.classes.rows[class].binary_search(&row).is_ok();
        let sum = |counts: &Counts| -> i64 {
            counts.enumerate().filter(|(class, _)| is_counted(*class)).map(|(_, n)| n).sum()
        };
        let (least, held, most) = (sum(&walk.taken), sum(start), sum(&walk.most));
        let bounds = walk.problem.rows[row];
        if least > bounds.hi || most < bounds.lo {
            return None;
        }
        let mut moved = LinearExpr::empty();
        for (class, sign, variable) in &self.variables {
            if is_counted(*class) {
                moved.add(*variable, *sign as f64);
            }
        }
        let by = |bound: i64| (bound - held) as f64;
        match (most > bounds.hi, least < bounds.lo) {
            (true, true) if bounds.lo == bounds.hi => {
                self.programme.add_constraint(moved, ComparisonOp::Eq, by(bounds.lo));
            }
            (above, below) => {
                if above {
                    self.programme.add_constraint(moved.clone(), ComparisonOp::Le, by(bounds.hi));
                }
                if below {
                    self.programme.add_constraint(moved, ComparisonOp::Ge, by(bounds.lo));
                }
            }
        }
        Some(())
    }
}
