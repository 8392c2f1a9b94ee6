//! A selection: a study's index, its programme and its lists, turned into places with reasons.

mod eligible;
mod lists;
mod pool;
mod refused;
mod remarks;
mod robust;
mod robust_remarks;
mod uses;
mod what_if;

use std::collections::BTreeMap;

use super::small_counts::{self, Protected, withheld};
use super::{NamedBytes, Prepared, Request, Run, RunError, Wanted, indexed, prepare, settle};
use crate::index::{Formula, OtherRun};
use crate::language::Language;
use crate::message::robustness as robustness_message;
use crate::message::selection as message;
use crate::observation::InputFile;
use crate::quality::Message;
use crate::register::Matcher;
use crate::report::{SelectionView, View};
use crate::robustness::{Assessed, Plan};
use crate::selection::{
    self, Alternative, Filled, History, Pool, Price, Relister, Selection, SharedPart,
};
use crate::study::programme::{CheckedProgramme, EnvelopePlan, Yardstick};
use crate::watch::{Interrupted, Stage, Watch};

pub(super) use lists::look;
use lists::{Lists, ReadLists};
use pool::Computed;
pub(super) use pool::structure;
use refused::{refused, unusable};
use remarks::{doubtful, remark, remark_answers};
pub(super) use remarks::{nobody_passes, universe_differs};
use robust::Doubted;
pub(super) use uses::used_twice;
pub use what_if::Unanswered;

/// A selection that was done.
#[derive(Debug)]
pub struct Selected {
    /// The run whose index it orders.
    pub run: Run,
    /// The programme, with the locks of its lists.
    pub(crate) plan: CheckedProgramme,
    /// The units as the engine saw them.
    pub(crate) pool: Pool,
    /// What had happened before.
    pub(crate) history: History,
    /// The lists, with reasons.
    pub selection: Selection,
    /// What each rule costs.
    pub(crate) prices: Vec<Price>,
    /// The lists under other meanings of *best*.
    pub(crate) alternatives: Vec<Alternative>,
    /// Envelopes beside what the list comes to.
    pub(crate) envelopes: Vec<Filled>,
    /// How sure each place is, where it was asked.
    pub(crate) robustness: Option<Box<Assessed>>,
    /// The same selection with the counts as they are, where something stands for small ones in this
    /// one. Nothing of it is published.
    pub(crate) truth: Truth,
}

/// A selection with the counts as they are.
#[derive(Debug, Default)]
pub(crate) enum Truth {
    /// It is this one.
    #[default]
    Same,
    /// It is another one.
    Other(Box<Selected>),
    /// The rules allow none: the run alone.
    NoList(Box<Run>),
}

impl Selected {
    /// The selection as reports see it, its lists perhaps restricted to one county.
    pub fn view<'v>(&'v self, language: Language, county: Option<&'v str>) -> View<'v> {
        let view = self.run.view(language);
        let chosen = SelectionView {
            figures: view.figures,
            masks: view.masks,
            plan: &self.plan,
            pool: &self.pool,
            past: &self.history,
            selection: &self.selection,
            prices: &self.prices,
            alternatives: &self.alternatives,
            envelopes: &self.envelopes,
            robustness: self.robustness.as_deref(),
            county,
        };
        View { selection: Some(chosen), ..view }
    }

    /// The files that were read, as [`Run::files_read`] says them.
    pub fn files_read(&self) -> &[InputFile] {
        match &self.truth {
            Truth::Same => self.run.files_read(),
            Truth::Other(selected) => selected.files_read(),
            Truth::NoList(run) => run.files_read(),
        }
    }

    /// The selection with the counts as they are, for the bag, where what is published says other ones or
    /// none; the run alone where the rules allow no list with them.
    pub fn unmasked(&self, language: Language) -> Option<View<'_>> {
        match &self.truth {
            Truth::Same => self.run.unmasked(language).map(|_| self.view(language, None)),
            Truth::Other(selected) => Some(selected.view(language, None)),
            Truth::NoList(run) => Some(run.view(language)),
        }
    }

    /// How many units are chosen, or in another phase, because something stands for small counts; for
    /// the console and the bag only, since it says something of these counts.
    pub fn changed_sides(&self) -> Option<Message> {
        match &self.truth {
            Truth::Same => None,
            Truth::NoList(_) => Some(message::no_list_with_true_counts()),
            Truth::Other(other) => {
                let phases = |of: &Selection| -> BTreeMap<String, Option<String>> {
                    of.units.iter().map(|unit| (unit.code.clone(), unit.phase.clone())).collect()
                };
                let (said, true_ones) = (phases(&self.selection), phases(&other.selection));
                let changed = |side: fn(&Option<String>, &Option<String>) -> bool| {
                    let pairs =
                        said.iter().filter_map(|(code, own)| Some((own, true_ones.get(code)?)));
                    pairs.filter(|(own, other)| side(own, other)).count()
                };
                let entering = changed(|own, other| own.is_some() && other.is_none());
                let leaving = changed(|own, other| own.is_none() && other.is_some());
                let moving = changed(|own, other| own.is_some() && other.is_some() && own != other);
                Some(message::changed_sides(entering, leaving, moving))
            }
        }
    }

    /// Who would be on the list had one cell held something else, unit by unit in the order of the
    /// register, under the same programme and with the same lists; `None` where the programme then
    /// allows no list.
    pub fn relisted(&self) -> impl FnMut(&OtherRun<'_>) -> Option<Vec<bool>> + '_ {
        let formulas: Vec<&Formula> = self.plan.formulas_of_list().collect();
        let families = &self.plan.families;
        let reads = move |name: &str| {
            let named = formulas.iter().flat_map(|formula| formula.names()).chain(families);
            named.into_iter().any(|own| own == name)
        };
        let nodes = self.run.method.nodes.iter();
        let computed =
            nodes.flat_map(|node| [format!("{}.measured", node.id), format!("{}.score", node.id)]);
        let reads_a_node = computed.into_iter().any(|name| reads(&name));
        let mut pool = self.pool.clone();
        let relister = Relister::as_declared(&self.plan.rules, &self.pool, &self.history);
        let relister = relister.ok().flatten();
        move |other| {
            if reads_a_node || reads(other.series) {
                let index = &other.index();
                let computed =
                    Computed { index, observations: other.observations, ..self.run.computed() };
                let (pool, _) = pool::pool(computed, &self.plan, &self.pool.borders).ok()?;
                return selection::listed(&self.plan.rules, &pool, &self.history).ok();
            }
            let column = other.value(self.plan.score);
            let scores = (0..pool.candidates.len()).map(|unit| column.value(unit));
            if let Some(relister) = &relister {
                let scores: Vec<Option<f64>> = scores.collect();
                let listed = relister.list(&scores).ok()?;
                return Some(listed.phase.iter().map(Option::is_some).collect());
            }
            pool.candidates.iter_mut().zip(scores).for_each(|(unit, score)| unit.score = score);
            selection::listed(&self.plan.rules, &pool, &self.history).ok()
        }
    }
}

impl withheld::Publishable for Selected {
    fn seen(&self) -> View<'_> {
        self.view(Language::En, None)
    }
}

impl Run {
    /// What the formulas of a programme are computed from.
    fn computed(&self) -> Computed<'_> {
        Computed {
            method: &self.method,
            register: &self.register,
            observations: &self.observations,
            index: &self.index,
        }
    }
}

/// Reads, checks, computes and selects.
pub fn select(request: &Request<'_>, watch: &dyn Watch) -> Result<Selected, RunError> {
    chosen(request, (Wanted::LIST, None), watch)
}

/// Reads, checks, computes and selects, and says how sure each place is: the doubts of the study are drawn
/// over the whole programme.
///
/// With a table of variants (`tables/variants.csv` of another run, or one written by hand) its joint runs are
/// made in place of those that would be drawn.
pub fn robustness(
    request: &Request<'_>,
    variants: Option<&NamedBytes>,
    watch: &dyn Watch,
) -> Result<Selected, RunError> {
    chosen(request, (Wanted::SURE, variants), watch)
}

fn chosen(
    request: &Request<'_>,
    (wanted, variants): (Wanted, Option<&NamedBytes>),
    watch: &dyn Watch,
) -> Result<Selected, RunError> {
    let file = &request.study.name;
    let prepared = prepare(request, wanted, watch)?;
    if let (Wanted::SURE, Some(plan)) = (wanted, &prepared.plan)
        && plan.rules.phases.is_empty()
    {
        let mut problems = prepared.notes;
        let place = message::lists::programme(&plan.rules.id);
        problems.error_in_file(&place, robustness_message::selects_nobody());
        return Err(RunError::Invalid(problems));
    }
    let Protected { published, truth } = small_counts::protect(prepared, file)?;
    let listed = |prepared| applied(prepared, (request, Asked::List), watch);
    let telling = withheld::check(&published, file, &listed)?;
    let mut selected = applied(published, (request, Asked::Sureness(variants)), watch)?;
    selected.run.telling = telling;
    if let Some(truth) = truth {
        selected.truth = match listed(truth.clone()) {
            Ok(other) => Truth::Other(Box::new(other)),
            Err(RunError::Refused { .. }) => {
                let mut run = indexed(truth, request, watch)?;
                settle(&mut run, file);
                Truth::NoList(Box::new(run))
            }
            Err(other) => return Err(other),
        };
    }
    Ok(selected)
}

/// What is asked of a study that was read.
#[derive(Clone, Copy)]
enum Asked<'a> {
    /// The list.
    List,
    /// The list, and how sure it is where doubts were read: perhaps by the runs of a table of variants in
    /// place of drawn ones.
    Sureness(Option<&'a NamedBytes>),
}

/// A run with everything that a programme selects from.
struct Ready {
    run: Run,
    plan: CheckedProgramme,
    history: History,
    lists: Lists,
    pool: Pool,
    /// What is doubted, where somebody is selected.
    doubts: Option<Plan>,
}

/// Computes a study that was read, and reads the lists of its programme.
fn ready(prepared: Prepared, request: &Request<'_>, watch: &dyn Watch) -> Result<Ready, RunError> {
    let Some(plan) = prepared.plan.clone() else { return Err(RunError::Invalid(prepared.notes)) };
    let (whole, doubts) = (prepared.whole.clone(), prepared.doubts.clone());
    let mut run = indexed(prepared, request, watch)?;
    watch.at(Stage::Selecting, 0, 3)?;
    let matcher = Matcher::new(&whole.register, &whole.gazetteer, &whole.aliases);
    let ReadLists { lists, findings, files } = Lists::read(&run, &plan, request.inputs, &matcher)?;
    run.findings.extend(findings);
    run.observations.files.extend(files);
    let (plan, history) = lists.applied(plan);
    let (pool, remarks) = pool::pool(run.computed(), &plan, &lists.borders)
        .map_err(|wrong| unusable(wrong, &run, &plan))?;
    remarks.into_iter().for_each(|finding| run.findings.push(finding));
    let doubts = doubts.filter(|_| !plan.rules.phases.is_empty());
    Ok(Ready { run, plan, history, lists, pool, doubts })
}

/// Draws a few variants of a study over its programme: how many these were, and how many all of its doubts
/// ask for; `None` where nothing is doubted, or each variant is a search for unions or required sums. How
/// long it takes, a watch sees; `is_enough` is asked after the first point.
pub fn trial(
    request: &Request<'_>,
    watch: &dyn Watch,
    is_enough: &dyn Fn() -> bool,
) -> Result<Option<[u64; 2]>, RunError> {
    let prepared = prepare(request, Wanted::SURE, watch)?;
    let Ready { run, mut plan, history, lists, pool, doubts } = ready(prepared, request, watch)?;
    let is_searched = plan.rules.unions.is_some() || !plan.rules.require.is_empty();
    let Some(doubts) = doubts.filter(|_| !is_searched) else { return Ok(None) };
    plan.rules.order.draw = None;
    let selection = selection::select_to_compare(&plan.rules, &pool, &history)
        .map_err(|refusal| refused(refusal, &run, &plan, &lists))?;
    let declared = robust::Declared::new((&run, &plan), (&pool, &selection));
    let mut drawn = 0;
    for few in [doubts.one_point(), doubts.some_points()] {
        drawn += few.variants();
        let doubted = Doubted::new(few, Asked::Sureness(None));
        let tried = doubted.tried(declared, watch);
        tried.map_err(|undrawn| undrawn.told(&doubted, (&run, &plan, &lists)))?;
        if is_enough() {
            break;
        }
    }
    Ok(Some([drawn, doubts.variants()]))
}

/// Computes a study that was read, and selects.
fn applied(
    prepared: Prepared,
    (request, asked): (&Request<'_>, Asked<'_>),
    watch: &dyn Watch,
) -> Result<Selected, RunError> {
    let Ready { run, plan, history, lists, mut pool, doubts } = ready(prepared, request, watch)?;
    let doubts = doubts.map(|doubts| Doubted::new(doubts, asked));
    let before_the_draw = match &doubts {
        Some(doubted) if plan.rules.order.draw.is_some() => {
            let assessed = doubted.before_the_draw((&run, &plan, &history), &mut pool, watch);
            Some(assessed.map_err(|undrawn| undrawn.told(doubted, (&run, &plan, &lists)))?)
        }
        _ => None,
    };
    let selection = if plan.rules.phases.is_empty() {
        Selection::default()
    } else {
        // a list is drawn again although equal units stand at its cut: they share the places there
        let select =
            if doubts.is_some() { selection::select_to_compare } else { selection::select };
        select(&plan.rules, &pool, &history)
            .map_err(|refusal| refused(refusal, &run, &plan, &lists))?
    };
    let mut selected = Selected {
        run,
        plan,
        pool,
        history,
        selection,
        prices: Vec::new(),
        alternatives: Vec::new(),
        envelopes: Vec::new(),
        robustness: None,
        truth: Truth::Same,
    };
    selected.set_beside(&lists, watch)?;
    if let Some(doubted) = doubts.filter(|_| matches!(asked, Asked::Sureness(_))) {
        let assessed = match before_the_draw {
            Some(assessed) => assessed,
            None => doubted.assess(selected.declared(), watch).map_err(|undrawn| {
                undrawn.told(&doubted, (&selected.run, &selected.plan, &lists))
            })?,
        };
        selected.be_sure(assessed);
    }
    settle(&mut selected.run, &request.study.name);
    Ok(selected)
}

impl Selected {
    /// Sets beside the list what its rules cost, other lists and envelopes, and reports what there is to
    /// report.
    fn set_beside(&mut self, lists: &Lists, watch: &dyn Watch) -> Result<(), Interrupted> {
        let (plan, pool) = (&self.plan, &self.pool);
        watch.at(Stage::Selecting, 1, 3)?;
        if !plan.rules.phases.is_empty() {
            self.prices = selection::prices(&plan.rules, pool, &self.history);
            self.alternatives = selection::alternatives(&plan.rules, pool);
        }
        watch.at(Stage::Selecting, 2, 3)?;
        self.envelopes = filled(&self.run, plan, pool, &self.selection);
        remark(plan, &self.selection, &self.envelopes, &mut self.run.findings);
        remark_answers(&plan.rules.id, &self.selection, lists, &mut self.run);
        let found = doubtful(&self.run, plan, pool, &self.selection);
        found.into_iter().for_each(|finding| self.run.findings.push(finding));
        watch.at(Stage::Selecting, 3, 3)
    }
}

/// Every envelope of a programme: compared where something is computed, and shared out in
/// proportion to the places of each county and phase, so that the parts sum to the total.
fn filled(run: &Run, plan: &CheckedProgramme, pool: &Pool, selection: &Selection) -> Vec<Filled> {
    let places = places(pool, selection);
    let weights: Vec<i64> = places.iter().map(|(_, _, places)| *places).collect();
    plan.envelopes
        .iter()
        .map(|planned| {
            let computed = computed(planned, run, selection);
            let parts = planned.envelope.shared(&weights).unwrap_or_default();
            let parts = places.iter().zip(parts).map(|((county, phase, _), amount)| SharedPart {
                county: county.clone(),
                phase: phase.clone(),
                amount,
            });
            Filled {
                id: planned.envelope.id.clone(),
                compared: computed.map(|computed| planned.envelope.compare(computed)),
                parts: parts.collect(),
            }
        })
        .collect()
}

/// County, phase and places that the phase added there, counties in order; a union counts where
/// its lead is.
fn places(pool: &Pool, selection: &Selection) -> Vec<(String, String, i64)> {
    let family = pool.classification("county");
    let county = |code: &str| {
        let unit = pool.candidates.iter().find(|unit| unit.code == code)?;
        let family = family?;
        Some(pool.classifications[family].groups[unit.groups[family]?].clone())
    };
    let mut counted: BTreeMap<(String, usize), i64> = BTreeMap::new();
    for (at, phase) in selection.phases.iter().enumerate() {
        for project in &phase.projects {
            let lead = project.first().and_then(|code| county(code)).unwrap_or_default();
            *counted.entry((lead, at)).or_default() += 1;
        }
    }
    counted
        .into_iter()
        .map(|((county, at), places)| (county, selection.phases[at].id.clone(), places))
        .collect()
}

fn computed(planned: &EnvelopePlan, run: &Run, selection: &Selection) -> Option<i64> {
    let last = selection.phases.last()?;
    let places = i64::try_from(last.places).ok()?;
    let units = i64::try_from(selection.list().len()).ok()?;
    match &planned.computed {
        Yardstick::Nothing => None,
        Yardstick::EachPlace(each) => places.checked_mul(*each),
        Yardstick::EachUnit(each) => units.checked_mul(*each),
        Yardstick::Cost => i64::try_from(last.cost).ok(),
        Yardstick::Sum(formula) => {
            let own: Vec<Option<i64>> = if planned.money {
                run.computed().values(formula).into_iter().map(pool::bani).collect()
            } else {
                run.computed().counts(formula)
            };
            selection
                .list()
                .iter()
                .try_fold(0_i64, |sum, code| sum.checked_add(own[run.register.position(code)?]?))
        }
    }
}
