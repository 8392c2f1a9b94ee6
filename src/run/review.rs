//! Doubts that need the numbers, or the findings of everybody else.

use std::collections::{BTreeMap, BTreeSet};

use crate::index::method::{Node, Origin, Status};
use crate::index::{self, Formula, Index, Method};
use crate::message::ingest::effects;
use crate::message::{index::CONSTANT_COLUMN, run as message};
use crate::observation::{Cell, Counts, Observations, Series};
use crate::quality::{Finding, Findings, Place, Scope, Thing};
use crate::register::{Register, UNIT};
use crate::spelling::{Folded, nearest};
use crate::study::programme::CheckedProgramme;
use crate::study::{Acceptance, Key, Study};

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
    let totals = county_totals(study, method, register, observations);
    totals.into_iter().chain(small).chain(assumed).collect()
}

/// Texts with which formulas compare measured words, and which no cell holds, where that is the case of
/// all that a formula compares with a column, or a text of the column was probably meant.
pub(super) fn unknown_words<'f>(
    formulas: impl Iterator<Item = &'f Formula>,
    observations: &Observations,
) -> Vec<Finding> {
    let mut found: BTreeMap<(&str, &str), Finding> = BTreeMap::new();
    for formula in formulas {
        for (name, word) in formula.words() {
            let Some(series) = observations.series(name) else { continue };
            let held: BTreeSet<&str> = series.cells.iter().filter_map(word_of).collect();
            let compared: BTreeSet<&str> = formula
                .words()
                .iter()
                .filter(|(other, _)| other == name)
                .map(|(_, word)| word.as_str())
                .collect();
            let others = held.difference(&compared).copied();
            let is_dead = held.is_disjoint(&compared) || nearest(word, others.clone()).is_some();
            if !held.contains(word.as_str()) && is_dead {
                let told = || message::unknown_word(name, word, others.collect());
                found.entry((name, word)).or_insert_with(told);
            }
        }
    }
    found.into_values().collect()
}

fn word_of(cell: &Cell) -> Option<&str> {
    match cell {
        Cell::Text(word) => Some(word),
        Cell::Number(_) | Cell::Substitute(_) | Cell::Missing(_) | Cell::Withheld => None,
    }
}

/// The formulas of a method and of a programme.
pub(super) fn formulas<'m>(
    method: &'m Method,
    plan: Option<&'m CheckedProgramme>,
) -> impl Iterator<Item = &'m Formula> {
    let nodes = method.nodes.iter().filter_map(|node| match &node.origin {
        Origin::Measures(formula) | Origin::Nodes(formula) => Some(formula),
        Origin::Category(_) | Origin::Children(_) => None,
    });
    let filters = method.outputs.iter().filter_map(|output| output.filter.as_ref());
    let programme = plan.into_iter().flat_map(CheckedProgramme::formulas);
    nodes.chain(&method.over).chain(filters).chain(programme)
}

/// The measures that were read and that neither the method nor the programme uses.
pub(super) fn unused_measures(
    method: &Method,
    plan: Option<&CheckedProgramme>,
    observations: &Observations,
) -> Option<Finding> {
    let categories = method.nodes.iter().filter_map(|node| match &node.origin {
        Origin::Category(name) => Some(name),
        Origin::Measures(_) | Origin::Nodes(_) | Origin::Children(_) => None,
    });
    let weights = method.summaries.iter().filter_map(|summary| summary.weight.as_ref());
    let families = plan.into_iter().flat_map(|plan| &plan.families);
    let named = formulas(method, plan).flat_map(Formula::names);
    let used: BTreeSet<&String> = named.chain(categories).chain(weights).chain(families).collect();
    let unused = observations.series.iter().filter(|series| !used.contains(&series.name));
    let unused: Vec<&str> = unused.map(|series| series.name.as_str()).collect();
    (!unused.is_empty()).then(|| effects::unused_measures(&method.id, &unused, plan.is_some()))
}

/// Conditions of a method that hold for no unit.
pub(super) fn conditions_of_nobody(
    method: &Method,
    register: &Register,
    observations: &Observations,
    index: &Index,
) -> Vec<Finding> {
    let nodes = index.nodes.iter().map(|node| (node.id.as_str(), &node.value)).collect();
    let over = method.over.iter().map(|over| (&method.id, "over", over));
    let outputs = method.outputs.iter();
    let outputs = outputs.filter_map(|output| Some((&output.id, "where", output.filter.as_ref()?)));
    let of_nobody = |(_, _, formula): &(&String, &str, &Formula)| {
        let values = index::at_units(formula, &nodes, register, observations);
        !values.iter().any(|value| holds(*value))
    };
    let conditions = over.chain(outputs).filter(of_nobody);
    conditions.map(|(id, key, it)| message::condition_of_nobody(id, key, it.text())).collect()
}

/// Whether a condition answers that it holds.
pub(super) fn holds(value: f64) -> bool {
    value.is_finite() && value != 0.0
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

/// When the findings of others are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// More may be found later, by computing.
    BeforeComputing,
    /// Nothing is found after that.
    Last,
}

/// Marks what somebody looked at. An `[[accept]]` that names units, texts or cells comes before one that
/// names none. Where there is more than it counts, it accepts nothing: which of them were looked at,
/// nobody knows. What fits none or another number is a finding of its own.
pub(super) fn accept(study: &Study, file: &str, stage: Stage, findings: &mut Findings) {
    let mut ordered: Vec<(&Acceptance, Scope<'_>)> =
        study.accept.iter().map(|acceptance| (acceptance, scope(acceptance))).collect();
    ordered.sort_by_key(|(_, scope)| !scope.is_narrow());
    for (acceptance, scope) in ordered {
        let line = Place::file(file).at_row(acceptance.line);
        let found = findings.covered(&scope).count();
        let told = match acceptance.count.map(|count| count as usize) {
            Some(count) if found > count => {
                let (places, units) = named(findings.covered(&scope));
                let told = message::accept_exceeded(scope.rule, [count, found], line);
                findings.push(told.places(places).units(units));
                continue;
            }
            _ if found == 0 => (stage == Stage::Last)
                .then(|| message::accept_unused(scope.rule, scope.subject, line)),
            Some(count) if found < count && stage == Stage::Last => {
                Some(message::accept_fewer(scope.rule, [count, found], line))
            }
            None => Some(message::accept_uncounted(scope.rule, found, line)),
            Some(_) => None,
        };
        findings.accept(&scope, &acceptance.reason);
        told.into_iter().for_each(|finding| findings.push(finding));
    }
}

fn scope(acceptance: &Acceptance) -> Scope<'_> {
    Scope {
        rule: &acceptance.finding,
        subject: acceptance.source.as_deref(),
        texts: &acceptance.text,
        units: &acceptance.unit,
        cells: &acceptance.cell,
    }
}

/// The places of some things, and the units of those without a place.
fn named<'f>(things: impl Iterator<Item = Thing<'f>>) -> (Vec<Place>, Vec<String>) {
    let (mut places, mut units) = (Vec::new(), Vec::new());
    for thing in things {
        match (thing.place, thing.unit) {
            (Some(place), _) => places.push(place.clone()),
            (None, unit) => units.extend(unit.map(str::to_owned)),
        }
    }
    (places, units)
}

/// The fewest other units of a county whose sum is compared with one of its units.
const FEWEST_OTHERS: usize = 3;

/// A unit that has, in a source which names its units, what all others of its county have together: the
/// printed total of the county stands under the name of its seat, or the unit outweighs its county.
struct Outweighed<'s> {
    series: &'s Series,
    unit: usize,
    /// The units of its county.
    county: &'s [usize],
    value: f64,
    others: f64,
    parts: usize,
}

/// County totals that were read as values of the town which bears the name of the county, or of its
/// seat. A value that equals the sum of all others is one; a larger one is doubted where the town has
/// less than half of the people of its county.
pub(super) fn county_totals(
    study: &Study,
    method: &Method,
    register: &Register,
    observations: &Observations,
) -> Vec<Finding> {
    let named = observations.series.iter().filter(|series| {
        let key = study.sources.get(series.source).and_then(|source| source.key.as_ref());
        let by_name = matches!(key, Some(Key::Name { .. } | Key::NameUnder { .. } | Key::Glued(_)));
        by_name && series.level == UNIT && series.nature.sums()
    });
    let mut named = named.peekable();
    if named.peek().is_none() {
        return Vec::new();
    }
    let counties = counties(register);
    let population = population(method, observations);
    let mut findings = Vec::new();
    for series in named {
        for found in counties.iter().flat_map(|county| outweighed(series, county)) {
            let is_total = (found.value - found.others).abs() <= 1e-6 * found.others.max(1.0);
            let is_doubted = found.value > found.others
                && population.is_some_and(|all| is_minority(all, found.unit, found.county));
            if is_total || is_doubted {
                findings.push(finding(&found, is_total, study, register, observations));
            }
        }
    }
    findings
}

/// A county: its units, and those of them that may be its seat.
struct County {
    units: Vec<usize>,
    seats: Vec<usize>,
}

fn counties(register: &Register) -> Vec<County> {
    let (Some(counties), Some(level)) = (register.column("county"), register.level("county"))
    else {
        return Vec::new();
    };
    let mut units: Vec<Vec<usize>> = vec![Vec::new(); level.areas.len()];
    for (unit, area) in level.of_unit.iter().enumerate() {
        units[*area as usize].push(unit);
    }
    let county = |units: Vec<usize>| {
        let seats = units.iter().filter(|&&unit| may_be_a_seat(register, counties, unit));
        County { seats: seats.copied().collect(), units }
    };
    units.into_iter().map(county).collect()
}

/// Whether a unit bears the name of its county or is a municipality, one of which is the seat.
fn may_be_a_seat(register: &Register, counties: &[String], unit: usize) -> bool {
    let name = &register.names()[unit];
    let kind = register.column("kind").map(|kinds| kinds[unit].as_str());
    Folded::of(name) == Folded::of(&counties[unit]) || kind == Some("municipality")
}

/// The possible seats of a county that have as much as all others of it together.
fn outweighed<'s>(series: &'s Series, county: &'s County) -> Vec<Outweighed<'s>> {
    let numbers =
        || county.units.iter().filter_map(|&unit| Some((unit, series.cells[unit].number()?)));
    let all = numbers().fold(0.0, |sum, (_, value)| sum + value);
    let found = |&unit: &usize| {
        let value = series.cells[unit].number().filter(|value| *value > 0.0)?;
        // most have far less: their others are not summed one by one
        let is_large = value >= (all - value) * (1.0 - 1e-5);
        if !is_large || series.origins[unit].is_empty() {
            return None;
        }
        let (mut others, mut parts) = (0.0, 0);
        for (_, value) in numbers().filter(|(other, _)| *other != unit) {
            others += value;
            parts += 1;
        }
        (parts >= FEWEST_OTHERS && others > 0.0 && value >= others - 1e-6 * others)
            .then_some(Outweighed { series, unit, county: &county.units, value, others, parts })
    };
    county.seats.iter().filter_map(found).collect()
}

/// Whether a unit has less than half of the people of its county.
fn is_minority(population: &Series, unit: usize, county: &[usize]) -> bool {
    let all = county.iter().filter_map(|&unit| population.cells[unit].number());
    let all = all.fold(0.0, |sum, people| sum + people);
    population.cells[unit].number().is_some_and(|own| 2.0 * own < all)
}

/// The finding about such a unit, with the cells of its value.
fn finding(
    found: &Outweighed<'_>,
    is_total: bool,
    study: &Study,
    register: &Register,
    observations: &Observations,
) -> Finding {
    let Outweighed { series, unit, value, others, parts, .. } = *found;
    let source = &study.sources[series.source].id;
    let (code, name) = (&register.codes()[unit], &register.names()[unit]);
    let doubt = if is_total {
        message::total_as_unit(source, &series.name, name, value, parts)
    } else {
        message::outweighs_county(source, &series.name, name, [value, others], parts)
    };
    let places = series.origins[unit].iter().filter_map(|origin| {
        let file = observations.files.get(origin.file as usize)?;
        let place = Place::file(&file.path);
        let place = match file.sheets.first() {
            Some(sheet) => place.on_sheet(sheet),
            None => place,
        };
        Some(place.at_row(origin.row).at_column(origin.column))
    });
    doubt.unit(code).places(places)
}
