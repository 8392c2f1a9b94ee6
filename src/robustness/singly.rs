//! Each alternative of a choice by itself, all else as declared: what the list would be if somebody had
//! chosen otherwise in this one thing.

use super::designs::{Made, Task, Tried, Unmade};
use super::draws::Set;
use super::engine::Bench;
use super::leave_out::Moves;
use super::plan::{Choice, Verb, WeightLaw};
use super::point::Decided;

/// One alternative alone.
#[derive(Clone, Debug)]
pub(crate) struct Singly {
    /// The doubt, by position, and the name of the alternative.
    pub(crate) doubt: usize,
    pub(crate) name: String,
    /// How often it is drawn beside the others of its doubt.
    pub(crate) odds: u32,
    /// Places exchanged, the mean shift of ranks and who enters and leaves; none where there is no list.
    pub(crate) result: Option<(f64, f64, Moves)>,
}

impl Task<'_, '_> {
    /// Every alternative but the declared one, doubts in the order of the file.
    pub(crate) fn alternatives(&self) -> Vec<Singly> {
        let mut bench = self.engine.bench();
        let ranks = self.declared_ranks();
        let mut found = Vec::new();
        for (doubt, own) in self.engine.plan.doubts.iter().enumerate() {
            for (alternative, name, odds) in named(&own.verb) {
                let decided = Decided::Alternative(alternative);
                // a point of its own for each, so that nothing of another is remembered as its
                let n = u32::MAX - found.len() as u32;
                let tried = self.decided((n, doubt, decided), &ranks, &mut bench);
                let result = tried.ok().map(|Made { listed, exchanged, shift, .. }| {
                    (exchanged, shift, Moves::between(&self.declared, &listed.shares(None)))
                });
                found.push(Singly { doubt, name, odds, result });
            }
        }
        found
    }

    fn decided(
        &self,
        (n, doubt, decided): (u32, usize, Decided),
        ranks: &[u32],
        bench: &mut Bench,
    ) -> Tried {
        let doubts = self.engine.plan.doubts.len();
        let mut mix = vec![None; doubts];
        mix[doubt] = Some(Set::A);
        let mut decisions = vec![None; doubts];
        decisions[doubt] = Some(decided);
        let drawn = self.engine.decide(n, &mix, &decisions, bench);
        drawn.map_err(Unmade::Value).and_then(|drawn| self.made(&drawn, ranks))
    }
}

/// The alternatives of a doubt but the declared one: position, name, odds.
fn named(verb: &Verb) -> Vec<(usize, String, u32)> {
    fn of<T>(choice: &Choice<T>) -> Vec<(usize, String, u32)> {
        let others = choice.alternatives.iter().enumerate().filter(|(_, it)| it.other.is_some());
        others.map(|(at, it)| (at, it.name.clone(), it.odds)).collect()
    }
    match verb {
        Verb::Steps { choice, .. } => of(choice),
        Verb::Method { choice, .. } => of(choice),
        Verb::Over(choice) => of(choice),
        Verb::Measures { choice, .. } => of(choice),
        Verb::Weights { law: WeightLaw::Sets { sets, .. }, .. } => {
            sets.iter().enumerate().map(|(at, set)| (at, set.name.clone(), 1)).collect()
        }
        _ => Vec::new(),
    }
}
