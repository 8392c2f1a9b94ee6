//! A doubt that needs the numbers: units with so few people that their rates jump.

use crate::index::method::Origin;
use crate::index::{Formula, Method};
use crate::language::{counted, numbered};
use crate::message;
use crate::observation::{Cell, Counts, Observations, Series};
use crate::quality::{Finding, Findings, message};
use crate::register::{Register, UNIT};

/// Below this many inhabitants a rate of a unit moves by more than 0.2 points with one case.
const SMALL: f64 = 500.0;

/// Tells the units with fewer than 500 inhabitants. The population is the largest count of persons
/// by unit that an indicator uses.
pub(super) fn small_populations(
    method: &Method,
    register: &Register,
    observations: &Observations,
    findings: &mut Findings,
) {
    let Some(population) = population(method, observations) else { return };
    let is_small = |unit: &usize| population.cells[*unit].number().is_some_and(|n| n < SMALL);
    let small: Vec<usize> = (0..register.len()).filter(is_small).collect();
    if small.is_empty() {
        return;
    }
    let names: Vec<&str> =
        small.iter().take(5).map(|&unit| register.names()[unit].as_str()).collect();
    let dots = if small.len() > names.len() { " …" } else { "" };
    let message = message!(
        "{units} fewer than {SMALL} persons in `{population}`: {names}{dots}",
        "{au} sub {SMALL} de persoane în `{population}`: {names}{dots}",
        units = counted(small.len(), "unit has", "units have"),
        au = numbered(small.len(), "unitate are", "unități au"),
        population = &population.name,
        names = names.join(", "),
    );
    let hint = message!(
        "read their rates with care: one case more or less moves them",
        "citiți cu grijă ratele lor: un caz în plus sau în minus le schimbă",
    );
    let subject = population.name.split('.').next().unwrap_or_default();
    findings.push(Finding::new(&message::run::SMALL_POPULATION, subject, message).hint(hint));
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
