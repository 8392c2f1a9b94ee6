//! What a selection has to report beside its lists: ties, places given up, answers, gaps, envelopes, and
//! what is doubtful about its programme.

use super::lists::Lists;
use super::uses::used_twice;
use crate::index::method::Status;
use crate::index::{self, Formula, Method};
use crate::language::{Language, lei};
use crate::message::run as run_message;
use crate::message::selection::{self as message, Universe};
use crate::quality::{Finding, Findings, Message, Place};
use crate::run::{Run, review};
use crate::selection::{Answer, Candidate, DecidedBy, Decision, Filled, Pool, Selection};
use crate::study::programme::CheckedProgramme;

/// What a selection has to report beside its lists.
pub(super) fn remark(
    plan: &CheckedProgramme,
    selection: &Selection,
    envelopes: &[Filled],
    findings: &mut Findings,
) {
    let id = &plan.rules.id;
    if plan.status == Status::Illustrative {
        findings.push(message::illustrative(id));
    }
    for absent in plan.capacity.iter().flat_map(|capacity| &capacity.absent) {
        findings.push(message::resource_absent(id, &absent.id, &absent.source));
    }
    for tie in &selection.ties {
        let by_lottery = tie.decided_by == DecidedBy::Lottery;
        findings.push(match (&plan.rules.order.lottery, tie.decided_by) {
            (Some(lottery), DecidedBy::Draw) => {
                let drawn = (lottery.source.as_str(), lottery.announced.as_str());
                message::lots_drawn(id, &tie.across(), drawn)
            }
            _ => message::tie_at_cut(id, &tie.across(), by_lottery),
        });
    }
    remark_places(id, selection, findings);
    for phase in selection.phases.iter().filter(|phase| !phase.proof.proved) {
        findings.push(message::not_proved(id, &phase.id, phase.proof.gap_per_million()));
    }
    for (filled, plan) in envelopes.iter().zip(&plan.envelopes) {
        let Some(compared) = &filled.compared else { continue };
        if !plan.holds.accepts(compared.computed, compared.envelope) {
            let given = amount(compared.envelope, plan.money);
            let computed = amount(compared.computed, plan.money);
            let source = &plan.envelope.source;
            findings.push(message::envelope_differs(id, &compared.id, source, &given, &computed));
        }
    }
}

/// What became of places that were given up, and whether the reserve could replace the selected.
fn remark_places(id: &str, selection: &Selection, findings: &mut Findings) {
    if let Some(gap) = selection.gap.filter(|gap| gap.uncovered > 0) {
        let (uncovered, nobody) = (gap.uncovered, gap.irreplaceable);
        findings.push(message::reserve_gap(id, gap.selected, uncovered, nobody));
    }
    let holders = selection.places.iter().flat_map(|place| &place.holders);
    let beyond: Vec<String> = holders
        .filter(|holder| holder.beyond_reserve)
        .flat_map(|holder| holder.codes.iter().cloned())
        .collect();
    if !beyond.is_empty() {
        findings.push(message::beyond_reserve(id, beyond));
    }
    for (number, place) in (1..).zip(&selection.places).filter(|(_, place)| place.empty) {
        let rule = place.kept_by.as_ref().map(ToString::to_string);
        findings.push(message::place_empty(id, (&place.phase, number), rule.as_deref()));
    }
}

/// Ties on the reserve, answers that count for no place, and silence that counts as a refusal.
pub(super) fn remark_answers(id: &str, selection: &Selection, lists: &Lists, run: &mut Run) {
    for tie in &selection.reserve_ties {
        let codes: Vec<String> = tie.on.iter().chain(&tie.off).cloned().collect();
        let units = codes.iter().filter_map(|code| run.register.position(code));
        let names = index::named(&run.register, &units.collect::<Vec<_>>());
        let sides = (tie.on.len(), tie.off.len());
        run.findings.push(message::tie_in_reserve(id, sides, codes, &names));
    }
    let unplaced: Vec<&Decision> = selection.unplaced.iter().collect();
    if !unplaced.is_empty() {
        let place = |answer: &&Decision| {
            let (file, row) = lists.decided.get(&(answer.code.clone(), answer.day))?;
            Some(Place { unit: Some(answer.code.clone()), ..Place::file(file).at_row(*row) })
        };
        let places = unplaced.iter().filter_map(place).collect();
        let names = named(run, &unplaced);
        run.findings.push(message::answer_without_place(id, unplaced.len(), &names, places));
    }
    let holders = selection.places.iter().flat_map(|place| &place.holders);
    let answers = holders.flat_map(|holder| &holder.answers);
    let silent: Vec<&Decision> =
        answers.filter(|decision| decision.answer == Answer::Silent).collect();
    if let Some(first) = silent.first() {
        let (day, names) = (first.day.to_string(), named(run, &silent));
        let codes = silent.iter().map(|answer| answer.code.clone()).collect();
        run.findings.push(message::silence(id, &day, codes, &names));
    }
}

/// Bani as lei, or a count.
fn amount(units: i64, money: bool) -> Message {
    let shown = |language| {
        if money { lei(i128::from(units), language) } else { units.to_string() }
    };
    Message { en: shown(Language::En), ro: shown(Language::Ro) }
}

/// The units that answered, some by name and how many more.
fn named(run: &Run, answers: &[&Decision]) -> Message {
    let units = answers.iter().filter_map(|answer| run.register.position(&answer.code));
    index::named(&run.register, &units.collect::<Vec<_>>())
}

/// What is doubtful about a programme beside its index: other units, values used twice, nobody chosen.
pub(super) fn doubtful(
    run: &Run,
    plan: &CheckedProgramme,
    pool: &Pool,
    selection: &Selection,
) -> Vec<Finding> {
    let other_units = universe_differs(plan, &run.method, pool, &run.index.ranked).into_iter();
    let twice = used_twice(plan, &run.method);
    other_units.chain(twice).chain(of_nobody(run, plan, pool, selection)).collect()
}

/// Reports when the units that pass `where` are others than those of the methodology's `over`
/// (`ranked`): bounds, ranks and classes then come from units that the programme does not choose
/// among, or leave out some that it does.
///
/// A condition over nodes is only known when they are computed; before that there is nothing to
/// report.
pub(in crate::run) fn universe_differs(
    plan: &CheckedProgramme,
    method: &Method,
    pool: &Pool,
    ranked: &[bool],
) -> Option<Finding> {
    let chooses: Vec<bool> = pool.candidates.iter().map(Candidate::passes).collect();
    if plan.rules.phases.is_empty() || chooses == ranked {
        return None;
    }
    let count = |of: &[bool]| of.iter().filter(|holds| **holds).count();
    let conditions: Vec<&str> = plan.eligibility().map(Formula::text).collect();
    let joined = Some(conditions.join(" AND ")).filter(|text| !text.is_empty());
    let passing = Universe { units: count(&chooses), condition: joined.as_deref() };
    let over = method.over.as_ref().map(Formula::text);
    let distributed = Universe { units: count(ranked), condition: over };
    Some(message::universes_differ(&plan.rules.id, &passing, &distributed))
}

/// Reports when no unit may take a place, with the conditions that nobody meets.
pub(in crate::run) fn nobody_passes(plan: &CheckedProgramme, pool: &Pool) -> Option<Finding> {
    let is_nobody = !pool.candidates.iter().any(Candidate::passes);
    if plan.rules.phases.is_empty() || plan.eligibility().next().is_none() || !is_nobody {
        return None;
    }
    let all: Vec<&str> = plan.eligibility().map(Formula::text).collect();
    let fails = |unit: &Candidate, text: &str| unit.failed.iter().any(|it| it.condition == text);
    let joined = all.join(" AND ");
    let unmet = all.iter().filter(|text| pool.candidates.iter().all(|unit| fails(unit, text)));
    let mut unmet: Vec<&str> = unmet.copied().collect();
    if unmet.is_empty() {
        unmet.push(&joined);
    }
    Some(run_message::nobody_passes(&plan.rules.id, &unmet))
}

/// What chooses no unit: the conditions of the programme, its list, the conditions of its resources.
fn of_nobody(
    run: &Run,
    plan: &CheckedProgramme,
    pool: &Pool,
    selection: &Selection,
) -> Vec<Finding> {
    let id = &plan.rules.id;
    let mut found: Vec<Finding> = nobody_passes(plan, pool).into_iter().collect();
    let passing = pool.candidates.iter().filter(|unit| unit.passes()).count();
    if passing > 0 && !plan.rules.phases.is_empty() && selection.list().is_empty() {
        found.push(run_message::list_of_nobody(id, passing));
    }
    for resource in plan.capacity.iter().flat_map(|capacity| &capacity.resources) {
        let Some(counted) = &resource.counted else { continue };
        if !run.computed().values(counted).into_iter().any(review::holds) {
            found.push(run_message::condition_of_nobody(&resource.id, "where", counted.text()));
        }
    }
    found
}
