//! Rows that are walked again and again, each time down another order of the same units.

use super::crossing_walk;
use super::flow_graph::{Graph, TwoFamilies};
use super::laminar::{LaminarFamily, Laminarity, Nested};
use super::problem::{IndexVec, Problem, Rank, RowIndex, Solution, UnitClasses};

/// A problem of one laminar family, or of two that cross, without money or sums. A rank is a position among
/// its units here, and not yet a place in an order.
pub(crate) struct Walk {
    problem: Problem,
    classes: UnitClasses,
    families: Families,
}

enum Families {
    One(LaminarFamily),
    Two { down: LaminarFamily, up: LaminarFamily, graph: Graph },
}

/// How a solution treats equal units.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Treated {
    /// None could take the place of another.
    Apart,
    /// The cut parts them.
    Parted(Parted),
    /// Single swaps do not tell.
    NotTold,
}

/// Equal units that the cut parts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parted {
    /// Those inside and outside who could stand in each other's place.
    pub(crate) ranks: Vec<Rank>,
    /// How many of them are inside.
    pub(crate) inside: usize,
    /// Whether each inside could be replaced by each outside.
    pub(crate) is_alike: bool,
}

impl Walk {
    /// `None` where a walk does not answer the problem.
    pub(crate) fn new(problem: &Problem) -> Option<Self> {
        if problem.limit.is_some() || !problem.sums.is_empty() {
            return None;
        }
        let problem = problem.without_idle_rows().into_owned();
        let classes = problem.classes();
        let families = match Laminarity::of(&problem, &classes) {
            Laminarity::Laminar(family) => Families::One(family),
            Laminarity::TwoFamilies(down, up) => {
                let rows =
                    TwoFamilies { problem: &problem, classes: &classes, down: &down, up: &up };
                let graph = Graph::new(rows);
                Families::Two { down, up, graph }
            }
            Laminarity::General(..) => return None,
        };
        Some(Self { problem, classes, families })
    }

    /// The solution that holds the highest unit of an order on which solutions differ, with the `locked`
    /// units in; `None` where there is none.
    pub(crate) fn best(&self, order: &[Rank], locked: &Solution) -> Option<Solution> {
        let Self { problem, classes, families } = self;
        match families {
            Families::One(family) => {
                Nested { problem, classes, family }.greedy(order, locked, |_| true)
            }
            Families::Two { down, up, graph } => {
                let rows = TwoFamilies { problem, classes, down, up };
                crossing_walk::best(rows, graph, order, locked)
            }
        }
    }

    /// Whether the solution holds some of equal units and not others who could take their place.
    ///
    /// The solutions of one family are the bases of a matroid, in which single swaps find whoever another
    /// order of the equal ones would admit. Where two cross they do so among units of one class only.
    pub(crate) fn tie(&self, equal: &[Rank], locked: &Solution, solution: &Solution) -> Treated {
        let free = equal.iter().copied().filter(|rank| !locked[*rank]);
        let (inside, outside): (Vec<Rank>, Vec<Rank>) = free.partition(|rank| solution[*rank]);
        if inside.is_empty() || outside.is_empty() {
            return Treated::Apart;
        }
        let class = self.classes.of[inside[0]];
        let is_alone = inside.iter().chain(&outside).all(|rank| self.classes.of[*rank] == class);
        if matches!(self.families, Families::Two { .. }) && !is_alone {
            return Treated::NotTold;
        }
        let counts = self.problem.counts(solution);
        let may_swap = |out: &Rank, into: &Rank| self.may_swap(&counts, *out, *into);
        let (held, waiting): (Vec<Rank>, Vec<Rank>) = (
            inside
                .iter()
                .filter(|out| outside.iter().any(|into| may_swap(out, into)))
                .copied()
                .collect(),
            outside
                .iter()
                .filter(|into| inside.iter().any(|out| may_swap(out, into)))
                .copied()
                .collect(),
        );
        if held.is_empty() {
            return Treated::Apart;
        }
        let is_alike = held.iter().all(|out| waiting.iter().all(|into| may_swap(out, into)));
        Treated::Parted(Parted { inside: held.len(), ranks: [held, waiting].concat(), is_alike })
    }

    /// Whether every row is kept when one unit leaves and another enters.
    fn may_swap(&self, counts: &IndexVec<RowIndex, i64>, out: Rank, into: Rank) -> bool {
        let rows = |rank: Rank| &self.classes.rows[self.classes.of[rank]];
        let (leaving, entering) = (rows(out), rows(into));
        let bounds = |row: &RowIndex| self.problem.rows[*row];
        leaving
            .iter()
            .filter(|row| !entering.contains(row))
            .all(|row| counts[*row] > bounds(row).lo)
            && entering
                .iter()
                .filter(|row| !leaving.contains(row))
                .all(|row| counts[*row] < bounds(row).hi)
    }
}
