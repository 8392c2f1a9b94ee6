//! Compares printed totals with the sum of their parts, before the totals are dropped.

use super::labels::number;
use super::ledger::Ledger;
use super::series::{Draft, Slot};
use crate::language::{plural, thousands};
use crate::observation::{Cell, Nature};
use crate::quality::{Place, rules};
use crate::register::{Register, RowClass, UNIT};
use crate::study::source::Absent;

/// What a printed number beside the areas is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// The total of a larger area: its level and position there.
    Total(String, usize),
    /// A part (sector, village) of a unit.
    Part(RowClass, usize),
}

/// A number printed beside those of the areas.
#[derive(Clone, Debug)]
pub(super) struct Printed {
    pub(super) what: What,
    pub(super) value: f64,
    pub(super) place: Place,
}

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
}

/// Compares all totals and parts of a measure that sums, and tells the outcome with the numbers.
pub(super) fn check(draft: &Draft<'_>, level: &str, register: &Register, ledger: &mut Ledger<'_>) {
    if !draft.measure.nature.sums() || draft.printed.is_empty() {
        return;
    }
    let mut kinds: Vec<(String, &str, Vec<Comparison>)> = Vec::new();
    for comparison in totals(draft, level, register) {
        push(
            &mut kinds,
            (comparison.0, if level == UNIT { "units" } else { "areas" }),
            comparison.1,
        );
    }
    for comparison in parts(draft, register) {
        push(&mut kinds, (comparison.0, ""), comparison.1);
    }
    for (kind, below, comparisons) in kinds {
        tell(draft.measure, (&kind, below), comparisons, ledger);
    }
}

fn push<'k>(
    kinds: &mut Vec<(String, &'k str, Vec<Comparison>)>,
    (kind, below): (String, &'k str),
    comparison: Comparison,
) {
    match kinds.iter_mut().find(|known| known.0 == kind) {
        Some(known) => known.2.push(comparison),
        None => kinds.push((kind, below, vec![comparison])),
    }
}

/// The number of an area, where it has one; an absent row that means zero is one.
fn value(draft: &Draft<'_>, area: usize) -> Option<f64> {
    match &draft.slots[area] {
        Slot::Filled(Cell::Number(value), _) => Some(*value),
        Slot::Filled(..) => None,
        Slot::Absent => (draft.measure.absent == Absent::Zero).then_some(0.0),
    }
}

fn totals(draft: &Draft<'_>, level: &str, register: &Register) -> Vec<(String, Comparison)> {
    let Some(fine) = register.level(level) else { return Vec::new() };
    let mut comparisons = Vec::new();
    for printed in &draft.printed {
        let What::Total(above, area) = &printed.what else { continue };
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
            match value(draft, part) {
                Some(value) => comparison.sum += value,
                None => comparison.without += 1,
            }
        }
        comparisons.push((above.clone(), comparison));
    }
    comparisons
}

fn parts(draft: &Draft<'_>, register: &Register) -> Vec<(String, Comparison)> {
    let mut comparisons: Vec<(RowClass, usize, Comparison)> = Vec::new();
    for printed in &draft.printed {
        let What::Part(class, unit) = &printed.what else { continue };
        let known = comparisons.iter_mut().find(|(found, of, _)| (found, of) == (class, unit));
        if let Some((_, _, comparison)) = known {
            comparison.sum += printed.value;
            comparison.parts += 1;
            comparison.places.push(printed.place.clone());
        } else if let Some(value) = value(draft, *unit) {
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
    comparisons
        .into_iter()
        .map(|(class, _, comparison)| (words(class).1.to_owned(), comparison))
        .collect()
}

/// Rows of a class, in words: one of them, and several.
pub(super) fn words(class: RowClass) -> (&'static str, &'static str) {
    match class {
        RowClass::Unit => ("unit", "units"),
        RowClass::Village => ("village", "villages"),
        RowClass::Sector => ("sector of Bucharest", "sectors of Bucharest"),
        RowClass::County => ("county row", "county rows"),
        RowClass::Region => ("region or macroregion row", "region or macroregion rows"),
        RowClass::National => ("national row", "national rows"),
        RowClass::Note => ("note or heading", "notes and headings"),
        RowClass::Blank => ("blank row", "blank rows"),
    }
}

fn tell(
    measure: &crate::study::Measure,
    (kind, below): (&str, &str),
    comparisons: Vec<Comparison>,
    ledger: &mut Ledger<'_>,
) {
    let id = &measure.id;
    let all = comparisons.len();
    let (complete, open): (Vec<_>, Vec<_>) = comparisons.into_iter().partition(|c| c.without == 0);
    let (equal, differ): (Vec<_>, Vec<_>) =
        complete.into_iter().partition(|c| c.agrees(measure.nature));
    let is_total = !below.is_empty();
    if let [first, ..] = equal.as_slice() {
        let sum = equal.iter().map(|comparison| comparison.sum).sum::<f64>();
        let message = match (is_total, equal.len()) {
            (true, 1) if all == 1 => format!(
                "`{id}`: the {kind} row prints {}, the sum of its {} {below}",
                number(first.printed),
                first.parts
            ),
            (true, count) => format!(
                "`{id}`: {count} of {} equal the sum of their {below}, together {}",
                plural(all, &format!("{kind} row")),
                number(sum)
            ),
            (false, 1) => format!(
                "`{id}`: {} {kind} add up to the {} of {}",
                first.parts,
                number(first.printed),
                first.label
            ),
            (false, count) => format!("`{id}`: the {kind} of {count} units add up to their unit"),
        };
        ledger.tell(&rules::SUMS_RECONCILED, message).places =
            equal.into_iter().flat_map(|comparison| comparison.places).collect();
    }
    for comparison in differ {
        let (label, printed, sum) =
            (&comparison.label, number(comparison.printed), number(comparison.sum));
        let message = if is_total {
            format!("`{id}`: the {kind} row of {label} prints {printed}, its {below} sum to {sum}")
        } else {
            format!("`{id}`: {label} has {printed}, its {kind} sum to {sum}")
        };
        let finding = ledger.tell(&rules::SUMS_DIFFER, message);
        finding.places = comparison.places;
        finding.hint = Some("look for a row that is missing, repeated or mistyped".to_owned());
    }
    if !open.is_empty() {
        let parts: usize = open.iter().map(|comparison| comparison.without).sum();
        let message = format!(
            "`{id}`: {} cannot be compared, because {} of their {below} have no value",
            plural(open.len(), &format!("{kind} row")),
            thousands(parts)
        );
        ledger.tell(&rules::SUMS_INCOMPLETE, message).places =
            open.into_iter().flat_map(|comparison| comparison.places).collect();
    }
}
