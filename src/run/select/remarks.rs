//! What a selection has to report beside its lists: ties, places given up, answers, gaps, envelopes.

use super::lists::Lists;
use crate::index;
use crate::index::method::Status;
use crate::language::{Language, lei};
use crate::message::selection as message;
use crate::quality::{Findings, Message, Place};
use crate::run::Run;
use crate::selection::{Answer, DecidedBy, Decision, Filled, Selection};
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
