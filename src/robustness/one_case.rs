//! The smallest whole change of one count that moves a unit across the list: one family more, one person
//! less.

use std::sync::Mutex;

use rayon::prelude::*;

use super::designs::Task;
use super::engine::Bench;
use super::plan::{Count, Verb};
use crate::watch::{Interrupted, Stage, Watch};

/// A changed count by which a unit enters the list or leaves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OneCase {
    /// The measure.
    pub(crate) measure: String,
    /// By how many cases it changes: up for a unit that enters, down for one that leaves.
    pub(crate) cases: i32,
}

impl Task<'_, '_> {
    /// For each unit of the register the smallest change of one of its counts, at most `cases`, that moves it
    /// across the list; toward risk for who is out, away from it for who is in. `locked` units are not
    /// asked. Counts above the level of the units move many at once and are no case of one.
    pub(crate) fn one_cases(
        &self,
        locked: &[bool],
        watch: &dyn Watch,
    ) -> Result<Vec<Option<OneCase>>, Interrupted> {
        let mut found = vec![None; self.declared.len()];
        let counts: Vec<&Count> = self
            .engine
            .plan
            .doubts
            .iter()
            .filter_map(|doubt| match &doubt.verb {
                Verb::Counts { counts, .. } => Some(counts),
                _ => None,
            })
            .flatten()
            .collect();
        let asked: Vec<usize> =
            self.eligible.iter().copied().filter(|unit| !locked[*unit]).collect();
        let benches: Vec<Mutex<Bench>> =
            (0..=rayon::current_num_threads()).map(|_| Mutex::new(self.engine.bench())).collect();
        let near = self.near(&counts, &asked);
        for (done, some) in near.chunks(ASKED).enumerate() {
            watch.at(Stage::Drawing, done * ASKED, near.len())?;
            let ask = |unit: &usize| {
                let thread = rayon::current_thread_index().map_or(0, |index| index + 1);
                let mut bench = benches[thread].lock().expect("no thread panics with a bench");
                (*unit, self.one_case(*unit, &counts, &mut bench))
            };
            let answers: Vec<(usize, Option<OneCase>)> = some.par_iter().map(ask).collect();
            answers.into_iter().for_each(|(unit, case)| found[unit] = case);
        }
        Ok(found)
    }

    /// The units that twice so many cases would take across the score of the last by rank, everything else
    /// held; nobody where the method does not let it be held.
    fn near(&self, counts: &[&Count], asked: &[usize]) -> Vec<usize> {
        let scores = self.engine.declared().value(self.score);
        let Some(cut) = self.last_by_rank.and_then(|last| scores.value(last)) else {
            return Vec::new();
        };
        let cases = 2 * self.engine.plan.settings.cases as i32;
        let mut bench = self.engine.bench();
        let mut near = Vec::new();
        for count in counts {
            let mut with = |cases| self.engine.held_with(self.score, count, cases, &mut bench);
            let (Some(away), Some(toward)) = (with(-cases), with(cases)) else { continue };
            near.extend(asked.iter().copied().filter(|&unit| {
                if self.declared[unit] > 0.0 {
                    away.values()[unit] <= cut
                } else {
                    toward.values()[unit] >= cut
                }
            }));
        }
        near.sort_unstable();
        near.dedup();
        near
    }

    /// Tries one case, then two, each count in the order of the file.
    fn one_case(&self, unit: usize, counts: &[&Count], bench: &mut Bench) -> Option<OneCase> {
        let on = self.declared[unit] > 0.0;
        for size in 1..=self.engine.plan.settings.cases as i32 {
            let cases = if on { -size } else { size };
            for count in counts {
                let Some(variant) = self.engine.with_cases(count, unit, cases) else { continue };
                let Ok(drawn) = self.engine.changed(variant, bench) else { continue };
                let Some(listed) = self.lists.list(&drawn) else { continue };
                let now = listed.shares(None)[unit];
                if (now > 0.0) != on {
                    return Some(OneCase { measure: count.measure.clone(), cases });
                }
            }
        }
        None
    }
}

/// Units between two looks at whether to go on.
const ASKED: usize = 64;
