//! How sure each place of a selection is: the doubts of its file drawn over the whole programme.

use super::lists::Lists as ReadLists;
use super::pool::{self, Computed};
use super::refused::refused;
use super::robust_remarks::remarks;
use super::{Asked, NamedBytes, Run, RunError, Selected};
use crate::index::{Formula, Method};
use crate::message::robustness as message;
use crate::robustness::{
    Assessed, CellNotes, Drawn, Engine, Gatherer, Given, Lists, Plan, Task, Unknown,
};
use crate::selection::{self, Border, History, Listed, Pool, Refusal, Relister, Selection, State};
use crate::study::Problems;
use crate::study::programme::CheckedProgramme;
use crate::watch::{Interrupted, Watch};

/// Why a selection cannot be drawn again.
#[derive(Debug)]
pub(super) enum Undrawn {
    /// Somebody asked to stop.
    Interrupted(Interrupted),
    /// The rules leave no list.
    Refused(Refusal),
    /// A listed run says nothing that can be run: the row of the table and what is wrong.
    Unknown(Vec<Unknown>),
}

impl From<Interrupted> for Undrawn {
    fn from(interrupted: Interrupted) -> Self {
        Self::Interrupted(interrupted)
    }
}

impl From<Refusal> for Undrawn {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// The programme of a selection, asked who is on the list of a run.
struct ProgrammeLists<'s> {
    run: &'s Run,
    plan: &'s CheckedProgramme,
    relister: Relister<'s>,
    borders: &'s [Border],
    /// Whether something else than the score decides that a doubt touches.
    reads_drawn: bool,
}

impl Lists for ProgrammeLists<'_> {
    fn list(&self, drawn: &Drawn<'_, '_>) -> Option<Listed> {
        if self.reads_drawn {
            let (index, observations) = (&drawn.index(), &drawn.observations());
            let computed = Computed { observations, index, ..self.run.computed() };
            let (pool, _) = pool::pool(computed, self.plan, self.borders).ok()?;
            return self.relister.list_of(&pool).ok();
        }
        let column = drawn.value(self.plan.score);
        let scores: Vec<Option<f64>> =
            (0..self.run.register.len()).map(|unit| column.value(unit)).collect();
        self.relister.list(&scores).ok()
    }
}

/// Doubts that were read, with the table of variants whose runs are made in place of drawn ones.
pub(super) struct Doubted<'v> {
    plan: Plan,
    variants: Option<&'v NamedBytes>,
}

impl<'v> Doubted<'v> {
    /// Where the list alone is asked, only what says how sure each place is will be drawn.
    pub(super) fn new(mut plan: Plan, asked: Asked<'v>) -> Self {
        let variants = match asked {
            Asked::Sureness(variants) => variants,
            Asked::List => {
                (plan.settings.shares, plan.settings.alone) = (0, 0);
                None
            }
        };
        Self { plan, variants }
    }

    /// How sure each place is as long as no lots are drawn, which then stands in the pool: it is drawn by
    /// the score alone, and lots are drawn among those whose place that leaves contested.
    pub(super) fn before_the_draw(
        &self,
        (run, plan, history): (&Run, &CheckedProgramme, &History),
        pool: &mut Pool,
        watch: &dyn Watch,
    ) -> Result<Assessed, Undrawn> {
        let mut by_score = plan.clone();
        by_score.rules.order.draw = None;
        let selection = selection::select_to_compare(&by_score.rules, pool, history)?;
        let declared = Declared::new((run, &by_score), (pool, &selection));
        let assessed = self.assess(declared, watch)?;
        for unit in &assessed.outcome.units {
            pool.candidates[unit.unit].standing = unit.standing;
        }
        Ok(assessed)
    }

    /// Draws the doubts and keeps nothing of it.
    pub(super) fn tried(&self, declared: Declared<'_>, watch: &dyn Watch) -> Result<(), Undrawn> {
        declared.drawing(&self.plan, |drawing| {
            drawing.task.run(watch, &mut |_| {})?;
            Ok(())
        })
    }

    /// Draws the doubts, and says what the lists say together.
    pub(super) fn assess(
        &self,
        declared: Declared<'_>,
        watch: &dyn Watch,
    ) -> Result<Assessed, Undrawn> {
        declared.drawing(&self.plan, |drawing| drawing.assess(self, declared, watch))
    }
}

impl Undrawn {
    /// As the command tells it.
    pub(super) fn told(
        self,
        doubted: &Doubted<'_>,
        (run, plan, lists): (&Run, &CheckedProgramme, &ReadLists),
    ) -> RunError {
        match self {
            Self::Interrupted(interrupted) => interrupted.into(),
            Self::Unknown(unknown) => {
                let file = doubted.variants.map_or("", |variants| &variants.name);
                let mut problems = Problems::new();
                for (row, message) in unknown {
                    problems.error_on_line(file, row as u32, message);
                }
                RunError::Invalid(problems)
            }
            Self::Refused(refusal) => refused(refusal, run, plan, lists),
        }
    }
}

impl Selected {
    /// Keeps what the lists say together, and reports it.
    pub(super) fn be_sure(&mut self, assessed: Assessed) {
        let remarks = remarks(self, &assessed);
        remarks.into_iter().for_each(|finding| self.run.findings.push(finding));
        self.robustness = Some(Box::new(assessed));
    }

    /// The list beside which others are held.
    pub(super) fn declared(&self) -> Declared<'_> {
        Declared::new((&self.run, &self.plan), (&self.pool, &self.selection))
    }
}

/// A list as it is declared, beside which others are held.
#[derive(Clone, Copy)]
pub(super) struct Declared<'s> {
    run: &'s Run,
    plan: &'s CheckedProgramme,
    pool: &'s Pool,
    selection: &'s Selection,
}

/// A plan about to be drawn over a declared list.
struct Drawing<'t, 'a> {
    task: Task<'t, 'a>,
    /// Who has a place by decision, and for each phase who has one up to it.
    locked: Vec<bool>,
    cuts: Vec<Vec<usize>>,
    /// What the cells of the study leave undrawn.
    notes: CellNotes,
}

impl Drawing<'_, '_> {
    fn assess(
        self,
        doubted: &Doubted<'_>,
        declared: Declared<'_>,
        watch: &dyn Watch,
    ) -> Result<Assessed, Undrawn> {
        let Self { task, locked, cuts, notes } = self;
        let doubts = &doubted.plan;
        let given = doubted.variants.map(|file| given(doubts, &declared.run.method, file));
        let given = given.transpose()?;
        let runs = given.as_ref().map_or(doubts.settings.runs, |given| given.len() as u32);
        let mut gatherer = Gatherer::new(&task, declared.people(doubts), &cuts, runs);
        let shares = match &given {
            Some(given) => {
                task.run_given(given, watch, &mut |runs| gatherer.take(runs))?;
                Vec::new()
            }
            None => task.run(watch, &mut |runs| gatherer.take(runs))?,
        };
        let outcome = gatherer.finish(&shares);
        let leave_out = task.without_children();
        let one_cases = task.one_cases(&locked, watch)?;
        let singly = task.alternatives();
        Ok(Assessed { doubts: doubts.clone(), outcome, leave_out, one_cases, singly, notes })
    }
}

impl<'s> Declared<'s> {
    pub(super) fn new(
        (run, plan): (&'s Run, &'s CheckedProgramme),
        (pool, selection): (&'s Pool, &'s Selection),
    ) -> Self {
        Self { run, plan, pool, selection }
    }

    /// Makes everything ready to draw a plan.
    fn drawing<T>(
        &self,
        doubts: &Plan,
        draw: impl FnOnce(Drawing<'_, '_>) -> Result<T, Undrawn>,
    ) -> Result<T, Undrawn> {
        let run = self.run;
        let (engine, notes) = Engine::new(doubts, &run.method, &run.register, &run.observations);
        let lists = ProgrammeLists {
            run,
            plan: self.plan,
            relister: Relister::new(&self.plan.rules, self.pool, &doubts.settings.seed)?,
            borders: &self.pool.borders,
            reads_drawn: self.reads_drawn(&engine),
        };
        let standing = self.standing();
        let task = Task {
            lists: &lists,
            score: self.plan.score,
            eligible: standing.eligible,
            declared: standing.declared[0].clone(),
            declared_by_phase: standing.declared,
            last_by_rank: self.last_by_rank(),
            phases: self.plan.rules.phases.len(),
            engine: &engine,
        };
        draw(Drawing { task, locked: standing.locked, cuts: standing.cuts, notes })
    }

    /// Whether what decides besides the score reads something that a doubt touches.
    fn reads_drawn(&self, engine: &Engine<'_>) -> bool {
        let doubted: Vec<&str> = engine.doubted().collect();
        let nodes: Vec<String> = self.run.method.nodes.iter().map(|node| node.id.clone()).collect();
        let touched = |name: &String| {
            let node = name.split_once('.').map_or(name.as_str(), |(node, _)| node);
            doubted.contains(&name.as_str())
                || nodes.iter().any(|known| known == name || known == node)
        };
        let ties = self.plan.ties.iter().map(|key| &key.value);
        let formulas = self.plan.eligibility().chain(ties).chain(self.plan.deciding());
        formulas.flat_map(Formula::names).chain(&self.plan.families).any(touched)
    }

    /// The last unit that the last phase has by rank.
    fn last_by_rank(&self) -> Option<usize> {
        let last = self.selection.boundaries.last()?.last_in.as_deref()?;
        self.run.register.position(last)
    }

    /// The people of each unit of the register, NaN where nobody knows them.
    fn people(&self, doubts: &Plan) -> Vec<f64> {
        let nobody = || vec![f64::NAN; self.run.register.len()];
        let Some(name) = &doubts.people else { return nobody() };
        crate::index::measure(name, &self.run.register, &self.run.observations)
            .unwrap_or_else(nobody)
    }

    /// Where the units stand on the declared list.
    fn standing(&self) -> Standing {
        let units = self.run.register.len();
        let phases = &self.plan.rules.phases;
        let mut standing = Standing {
            eligible: Vec::new(),
            locked: vec![false; units],
            declared: vec![vec![0.0; units]; phases.len() + 1],
            cuts: vec![Vec::new(); phases.len()],
        };
        for unit in &self.selection.units {
            let Some(at) = self.run.register.position(&unit.code) else { continue };
            if matches!(unit.state, State::Selected | State::Reserve | State::NotSelected) {
                standing.eligible.push(at);
            }
            let includes = self.plan.rules.eligible.include.iter();
            standing.locked[at] = includes.clone().any(|lock| lock.code == unit.code);
            let phase = phases.iter().position(|phase| Some(&phase.id) == unit.phase.as_ref());
            if let Some(phase) = phase {
                standing.declared[0][at] = 1.0;
                standing.declared[phase + 1][at] = 1.0;
                standing.cuts[phase..].iter_mut().for_each(|cut| cut.push(at));
            }
        }
        standing.eligible.sort_unstable();
        standing.cuts.iter_mut().for_each(|cut| cut.sort_unstable());
        standing
    }
}

/// The runs that a table of variants lists.
fn given(doubts: &Plan, method: &Method, file: &NamedBytes) -> Result<Vec<Given>, Undrawn> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&*file.bytes);
    let mut rows: Vec<Vec<String>> = Vec::new();
    for record in reader.records() {
        let record = record
            .map_err(|_| Undrawn::Unknown(vec![(rows.len() + 1, message::unread_variants())]))?;
        rows.push(record.iter().map(str::to_owned).collect());
    }
    let heading = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
    Given::read(doubts, method, &heading, &rows).map_err(Undrawn::Unknown)
}

/// The declared list, by position in the register.
struct Standing {
    /// Who may have a place.
    eligible: Vec<usize>,
    /// Who has one by decision.
    locked: Vec<bool>,
    /// What each unit has of the places: of all phases, then of each.
    declared: Vec<Vec<f64>>,
    /// For each phase who has a place up to it.
    cuts: Vec<Vec<usize>>,
}
