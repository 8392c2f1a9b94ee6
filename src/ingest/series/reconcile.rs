//! Compares printed totals with the sum of their parts, before the totals are dropped.

use super::SeriesBuilder;
use crate::ingest::rows::{areas_of, noun_of};
use crate::ingest::values::PrintedOf;
use crate::message::ingest::series::{self as message, LevelAbove, PrintedSum};
use crate::observation::Nature;
use crate::quality::{Finding, Place};
use crate::register::{Register, RowClass};

/// The outcome of one comparison.
struct Comparison {
    label: String,
    printed: f64,
    sum: f64,
    parts: usize,
    without: usize,
    places: Vec<Place>,
}

impl Comparison {
    /// Counts agree exactly; amounts to half a unit of their second decimal for each part.
    fn agrees(&self, nature: Nature) -> bool {
        let slack = if nature == Nature::Amount { 0.005 * (self.parts as f64 + 1.0) } else { 1e-6 };
        (self.printed - self.sum).abs() <= slack
    }

    fn in_words(&self) -> PrintedSum<'_> {
        let Self { label, printed, sum, parts, .. } = self;
        PrintedSum { printed: *printed, sum: *sum, parts: *parts, label }
    }
}

/// What is compared with each other.
#[derive(PartialEq, Eq)]
enum Kind {
    /// Totals of a level with the areas below.
    Total(String),
    /// Units with their parts of a class.
    Parts(RowClass),
}

/// Compares all totals and parts of a measure that sums; answers the outcome with the numbers.
pub(in crate::ingest) fn check(
    series: &SeriesBuilder<'_>,
    level: &str,
    register: &Register,
) -> Vec<Finding> {
    if !series.measure.nature.sums() || series.printed.is_empty() {
        return Vec::new();
    }
    let mut kinds: Vec<(Kind, Vec<Comparison>)> = Vec::new();
    for (kind, comparison) in
        totals(series, level, register).into_iter().chain(parts(series, register))
    {
        match kinds.iter_mut().find(|known| known.0 == kind) {
            Some(known) => known.1.push(comparison),
            None => kinds.push((kind, vec![comparison])),
        }
    }
    kinds
        .into_iter()
        .flat_map(|(kind, comparisons)| match kind {
            Kind::Total(above) => {
                let above = LevelAbove { level: &above, below: areas_of(level) };
                on_totals(series, above, comparisons)
            }
            Kind::Parts(class) => on_parts(series, class, comparisons),
        })
        .collect()
}

fn totals(series: &SeriesBuilder<'_>, level: &str, register: &Register) -> Vec<(Kind, Comparison)> {
    let Some(fine) = register.level(level) else { return Vec::new() };
    let mut comparisons = Vec::new();
    for printed in &series.printed {
        let PrintedOf::Total(above, area) = &printed.of else { continue };
        let Some(coarse) = register.level(above) else { continue };
        if !fine.refines(coarse) {
            continue;
        }
        let mut counted = vec![false; fine.areas.len()];
        let mut comparison = Comparison {
            label: coarse.areas[*area].clone(),
            printed: printed.value,
            sum: 0.0,
            parts: 0,
            without: 0,
            places: vec![printed.place.clone()],
        };
        for (part, _) in
            fine.of_unit.iter().zip(&coarse.of_unit).filter(|&(_, &of)| of as usize == *area)
        {
            let part = *part as usize;
            if std::mem::replace(&mut counted[part], true) {
                continue;
            }
            comparison.parts += 1;
            match series.number(part) {
                Some(value) => comparison.sum += value,
                None => comparison.without += 1,
            }
        }
        comparisons.push((Kind::Total(above.clone()), comparison));
    }
    comparisons
}

fn parts(series: &SeriesBuilder<'_>, register: &Register) -> Vec<(Kind, Comparison)> {
    let mut comparisons: Vec<(RowClass, usize, Comparison)> = Vec::new();
    for printed in &series.printed {
        let PrintedOf::Part(class, unit) = &printed.of else { continue };
        let known = comparisons.iter_mut().find(|(found, of, _)| (found, of) == (class, unit));
        if let Some((_, _, comparison)) = known {
            comparison.sum += printed.value;
            comparison.parts += 1;
            comparison.places.push(printed.place.clone());
        } else if let Some(value) = series.number(*unit) {
            let comparison = Comparison {
                label: register.names()[*unit].clone(),
                printed: value,
                sum: printed.value,
                parts: 1,
                without: 0,
                places: vec![printed.place.clone()],
            };
            comparisons.push((*class, *unit, comparison));
        }
    }
    comparisons.into_iter().map(|(class, _, comparison)| (Kind::Parts(class), comparison)).collect()
}

/// The findings about totals of a level above: those that agree, those that do not, and those that
/// cannot be compared.
fn on_totals(
    series: &SeriesBuilder<'_>,
    above: LevelAbove<'_>,
    comparisons: Vec<Comparison>,
) -> Vec<Finding> {
    let (id, all) = (series.measure.id.as_str(), comparisons.len());
    let (complete, open): (Vec<_>, Vec<_>) = comparisons.into_iter().partition(|c| c.without == 0);
    let (equal, different): (Vec<_>, Vec<_>) =
        complete.into_iter().partition(|c| c.agrees(series.measure.nature));
    let mut findings = Vec::new();
    match equal.as_slice() {
        [] => {}
        [only] if all == 1 => {
            let places = only.places.clone();
            findings.push(message::total_reconciled(id, above, only.in_words(), places));
        }
        several => {
            let sum = several.iter().map(|comparison| comparison.sum).sum();
            let counts = [several.len(), all];
            let places = places_of(several);
            findings.push(message::totals_reconciled(id, above, counts, sum, places));
        }
    }
    findings.extend(different.iter().map(|comparison| {
        let places = comparison.places.clone();
        message::total_differs(id, above, comparison.in_words(), places)
    }));
    if !open.is_empty() {
        let without = open.iter().map(|comparison| comparison.without).sum();
        let places = places_of(&open);
        findings.push(message::totals_incomplete(id, above, open.len(), without, places));
    }
    findings
}

/// The findings about units and their parts of a class: those that agree, and those that do not.
fn on_parts(
    series: &SeriesBuilder<'_>,
    class: RowClass,
    comparisons: Vec<Comparison>,
) -> Vec<Finding> {
    let (id, class) = (series.measure.id.as_str(), noun_of(class));
    let (equal, different): (Vec<_>, Vec<_>) =
        comparisons.into_iter().partition(|c| c.agrees(series.measure.nature));
    let places = places_of(&equal);
    let reconciled = match equal.as_slice() {
        [] => None,
        [only] => Some(message::parts_reconciled(id, class, only.in_words(), places)),
        several => Some(message::all_parts_reconciled(id, class, several.len(), places)),
    };
    let differing = different.iter().map(|comparison| {
        let places = comparison.places.clone();
        message::parts_differ(id, class, comparison.in_words(), places)
    });
    reconciled.into_iter().chain(differing).collect()
}

fn places_of(comparisons: &[Comparison]) -> Vec<Place> {
    comparisons.iter().flat_map(|comparison| comparison.places.iter().cloned()).collect()
}
