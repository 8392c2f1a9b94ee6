//! A selection: a study's index, its programme and its lists, turned into places with reasons.

mod envelopes;
mod lists;
mod measured;
mod named;
mod pool;
mod refused;
mod unions;
mod universe;

use std::sync::Mutex;

use super::{Request, Run, Stopped, indexed, read, settle};
use crate::index::Index;
use crate::index::method::Status;
use crate::language::{Language, lei};
use crate::message;
use crate::quality::{Finding, Findings, Message, message};
use crate::register::Matcher;
use crate::report::{Chosen, View, Withheld};
use crate::selection::{self, Alternative, Filled, History, Pool, Price, Selection};
use crate::study::programme::Plan;
use crate::watch::{Stage, Watch};

use lists::Lists;
pub(super) use pool::structure;
pub(super) use universe::differs as universe_differs;

/// A selection that was done.
#[derive(Debug)]
pub struct Selected {
    /// The run whose index it orders.
    pub run: Run,
    /// The programme, with the locks of its lists.
    pub plan: Plan,
    /// The units as the engine saw them.
    pub pool: Pool,
    /// What had happened before.
    pub past: History,
    /// The lists, with reasons.
    pub selection: Selection,
    /// What each rule costs.
    pub(crate) prices: Vec<Price>,
    /// The lists under other meanings of *best*.
    pub(crate) alternatives: Vec<Alternative>,
    /// Envelopes beside what the list comes to.
    pub(crate) envelopes: Vec<Filled>,
}

impl Selected {
    /// The selection as reports see it, its lists perhaps restricted to one county.
    pub fn view<'v>(&'v self, language: Language, county: Option<&'v str>) -> View<'v> {
        let chosen = Chosen {
            plan: &self.plan,
            pool: &self.pool,
            past: &self.past,
            selection: &self.selection,
            prices: &self.prices,
            alternatives: &self.alternatives,
            envelopes: &self.envelopes,
            withheld: Withheld::default(),
            county,
        };
        View { chosen: Some(chosen), ..self.run.view(language) }
    }
}

/// Selects again from other indexes of the same study.
pub struct Again<'a> {
    selected: &'a Selected,
    lists: Lists,
    /// The run whose index is exchanged; without its findings and source cells.
    run: Mutex<Run>,
}

impl Selected {
    /// What selects again under the same programme and with the same lists.
    pub fn again(&self) -> Again<'_> {
        let mut run = self.run.clone();
        run.findings = Findings::default();
        run.observations.series.iter_mut().for_each(|it| it.origins = Vec::new());
        let mut lists = Lists::default();
        lists.borders.clone_from(&self.pool.borders);
        Again { selected: self, lists, run: Mutex::new(run) }
    }
}

impl Again<'_> {
    /// The selection from another index; `None` where the programme allows no list.
    pub fn select(&self, index: &Index) -> Option<Selection> {
        let pool = {
            let mut run = self.run.lock().ok()?;
            run.index = index.clone();
            pool::pool(&mut run, &self.selected.plan, &self.lists).ok()?
        };
        selection::select(&self.selected.plan.rules, &pool, &self.selected.past).ok()
    }
}

/// Reads, checks, computes and selects.
pub fn select(request: &Request<'_>, watch: &dyn Watch) -> Result<Selected, Stopped> {
    let read = read(request, super::Programmes::Required, watch)?;
    let Some(plan) = read.plan.clone() else { return Err(Stopped::Invalid(read.notes)) };
    let who = read.who.clone();
    let mut run = indexed(read, request, watch)?;
    watch.at(Stage::Selecting, 0, 3)?;
    let matcher = Matcher::new(&who.register, &who.gazetteer, &who.aliases);
    let lists = Lists::read(&mut run, &plan, (request.inputs, &matcher))?;
    let (plan, past) = lists.applied(plan);
    let pool = pool::pool(&mut run, &plan, &lists)?;
    let selects = !plan.rules.phases.is_empty();
    let selection = if selects {
        selection::select(&plan.rules, &pool, &past)
            .map_err(|refusal| refused::refused(refusal, &run, &plan, &lists))?
    } else {
        Selection::default()
    };
    watch.at(Stage::Selecting, 1, 3)?;
    let (mut prices, mut alternatives) = (Vec::new(), Vec::new());
    if selects {
        prices = selection::prices(&plan.rules, &pool, &selection);
        alternatives = selection::alternatives(&plan.rules, &pool);
    }
    watch.at(Stage::Selecting, 2, 3)?;
    let envelopes = envelopes::filled(&run, &plan, &pool, &selection);
    let other_units = universe::differs(&plan, &run.method, &pool, &run.index.ranked);
    other_units.into_iter().for_each(|finding| run.findings.push(finding));
    remark(&plan, &selection, &envelopes, &mut run.findings);
    settle(&mut run, &request.study.name);
    watch.at(Stage::Selecting, 3, 3)?;
    Ok(Selected { run, plan, pool, past, selection, prices, alternatives, envelopes })
}

/// Tells the optional resources that the study has no source for.
fn absent_resources(plan: &Plan, findings: &mut Findings) {
    let id = &plan.rules.id;
    for absent in plan.capacity.iter().flat_map(|capacity| &capacity.absent) {
        let message = message!(
            "the resource `{id}` is not shown: the study has no source `{source}`",
            "resursa `{id}` nu este arătată: studiul nu are sursa `{source}`",
            id = &absent.id,
            source = &absent.source,
        );
        findings.push(Finding::new(&message::selection::RESOURCE_ABSENT, id, message));
    }
}

/// What a selection tells beside its lists.
fn remark(plan: &Plan, selection: &Selection, envelopes: &[Filled], findings: &mut Findings) {
    let id = &plan.rules.id;
    if plan.status == Status::Illustrative {
        let message = message!(
            "the numbers of programme `{id}` are assumptions",
            "cifrele programului `{id}` sunt ipoteze",
        );
        let hint = message!(
            "no authority has adopted it: an act would be named in `status` and `act`",
            "nicio autoritate nu l-a adoptat: un act ar fi numit în `status` și `act`",
        );
        findings.push(Finding::new(&message::run::ILLUSTRATIVE, id, message).hint(hint));
    }
    absent_resources(plan, findings);
    for tie in &selection.ties {
        let message = message!(
            "phase `{phase}`: {inside} share score and keys with {outside} outside, and {by} decided",
            "etapa `{phase}`: {inside} același scor și aceleași criterii de departajare cu {outside} \
             din afară, iar {by} hotărât",
            phase = &tie.phase,
            outside = tie.outside.len();
            inside = Message::counted(
                tie.inside.len(),
                ["unit inside", "units inside"],
                ["unitate dinăuntru are", "unități dinăuntru au"],
            ),
            by = match tie.decided_by {
                selection::DecidedBy::Lottery => message!("the lottery", "tragerea la sorți a"),
                selection::DecidedBy::Code => message!("the code", "codul a"),
            },
        );
        let units = tie.inside.iter().chain(&tie.outside).cloned();
        findings.push(Finding::new(&message::selection::TIE_AT_CUT, id, message).units(units));
    }
    for phase in selection.phases.iter().filter(|phase| !phase.proof.proved) {
        let gap = phase.proof.gap_per_million().unwrap_or_default();
        let message = message!(
            "phase `{phase}`: the list is not proved to be the best; it is at most {gap} parts per \
             million short of it",
            "etapa `{phase}`: nu s-a demonstrat că lista este cea mai bună; îi lipsesc cel mult {gap} \
             părți la milion",
            phase = &phase.id,
        );
        let hint = message!("raise `effort.nodes`", "măriți `effort.nodes`");
        findings.push(Finding::new(&message::selection::NOT_PROVED, id, message).hint(hint));
    }
    for (filled, plan) in envelopes.iter().zip(&plan.envelopes) {
        let Some(compared) = &filled.compared else { continue };
        if plan.holds.accepts(compared.computed, compared.envelope) {
            continue;
        }
        let message = message!(
            "`{envelope}` of `{source}` is {given}, and the list comes to {computed}",
            "`{envelope}` din `{source}` este {given}, iar lista ajunge la {computed}",
            envelope = &compared.id,
            source = &plan.envelope.source;
            given = amount(compared.envelope, plan.money),
            computed = amount(compared.computed, plan.money),
        );
        findings.push(Finding::new(&message::selection::ENVELOPE_DIFFERS, id, message));
    }
}

/// Bani as lei, or a count.
fn amount(units: i64, money: bool) -> Message {
    let shown = |language| {
        if money { lei(i128::from(units), language) } else { units.to_string() }
    };
    Message { en: shown(Language::En), ro: shown(Language::Ro) }
}
