//! Doubts that need the numbers, or the findings of everybody else.

use crate::index::method::{Node, Origin, Status};
use crate::index::{Formula, Method};
use crate::message::{index::CONSTANT_COLUMN, run as message};
use crate::observation::{Cell, Counts, Observations, Series};
use crate::quality::{Finding, Findings};
use crate::register::{Register, UNIT};
use crate::study::Study;

/// Below this many inhabitants a rate of a unit moves by more than 0.2 points with one case.
const SMALL: f64 = 500.0;

/// What a computed run says of itself: small populations, numbers that nobody adopted.
pub(super) fn computed(
    study: &Study,
    method: &Method,
    register: &Register,
    observations: &Observations,
) -> Findings {
    let assumed = (method.status == Status::Illustrative)
        .then(|| message::illustrative_methodology(&method.id));
    let small = small_populations(study, method, register, observations);
    small.into_iter().chain(assumed).collect()
}

/// The units with fewer than 500 inhabitants. The population is the largest count of persons by unit
/// that an indicator uses.
pub(super) fn small_populations(
    study: &Study,
    method: &Method,
    register: &Register,
    observations: &Observations,
) -> Option<Finding> {
    let population = population(method, observations)?;
    let is_small = |unit: &usize| population.cells[*unit].number().is_some_and(|n| n < SMALL);
    let small: Vec<usize> = (0..register.len()).filter(is_small).collect();
    let names: Vec<&str> = small.iter().map(|&unit| register.names()[unit].as_str()).collect();
    let source = &study.sources[population.source].id;
    (!small.is_empty()).then(|| message::small_population(source, &population.name, SMALL, &names))
}

fn population<'a>(method: &Method, observations: &'a Observations) -> Option<&'a Series> {
    let total = |series: &Series| {
        series.cells.iter().filter_map(Cell::number).fold(0.0, |sum, count| sum + count)
    };
    let formulas = method.nodes.iter().filter_map(|node| match &node.origin {
        Origin::Measures(formula) => Some(formula),
        Origin::Category(_) | Origin::Children(_) | Origin::Nodes(_) => None,
    });
    formulas
        .flat_map(Formula::names)
        .filter_map(|name| observations.series(name))
        .filter(|series| series.level == UNIT && series.counts == Some(Counts::Persons))
        .max_by(|a, b| total(a).total_cmp(&total(b)).then_with(|| b.name.cmp(&a.name)))
}

/// An indicator that cannot separate the units, where nothing says so yet.
pub(super) fn constant(node: &Node, values: &[f64], findings: &Findings) -> Option<Finding> {
    let mut found = values.iter().filter(|value| value.is_finite());
    let first = found.next()?;
    let is_known = findings
        .iter()
        .any(|finding| finding.rule == CONSTANT_COLUMN.id && finding.subject == node.id);
    let mut others = found.peekable();
    let is_constant = others.peek().is_some() && others.all(|it| it.total_cmp(first).is_eq());
    (is_constant && !is_known).then(|| message::constant_indicator(&node.id, *first))
}

/// Shares above the whole, where the methodology declares no range of its own.
pub(super) fn above_whole(node: &Node, values: &[f64], register: &Register) -> Option<Finding> {
    let is_share =
        node.unit.as_ref().is_some_and(|unit| unit.en == "%") && node.plausible.is_none();
    let above: Vec<usize> = (0..values.len()).filter(|&unit| values[unit] > 100.0).collect();
    let first = *above.first().filter(|_| is_share)?;
    let codes = above.into_iter().map(|unit| register.codes()[unit].clone()).collect();
    let name = &register.names()[first];
    Some(message::above_whole(&node.id, codes, values[first], name))
}

/// Marks the findings that somebody looked at; acceptances that fit none are findings of their own.
pub(super) fn accept(study: &Study, file: &str, findings: &mut Findings) {
    for acceptance in &study.accept {
        let (rule, subject) = (&acceptance.finding, acceptance.source.as_deref());
        if findings.accept(rule, subject, &acceptance.reason) == 0 {
            findings.push(message::accept_unused(rule, subject, file, acceptance.line));
        }
    }
}
