//! Compares printed totals with the sum of their parts, before the totals are dropped.

use super::labels::number;
use super::ledger::Ledger;
use super::series::{Draft, Slot};
use crate::language::{numbered, thousands};
use crate::message;
use crate::observation::{Cell, Nature};
use crate::quality::{Message, Place, message};
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
    let mut kinds: Vec<(Kind, Vec<Comparison>)> = Vec::new();
    for (kind, comparison) in
        totals(draft, level, register).into_iter().chain(parts(draft, register))
    {
        match kinds.iter_mut().find(|known| known.0 == kind) {
            Some(known) => known.1.push(comparison),
            None => kinds.push((kind, vec![comparison])),
        }
    }
    for (kind, comparisons) in kinds {
        tell(draft.measure, (&kind, level), comparisons, ledger);
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

/// The number of an area, where it has one; an absent row that means zero is one.
fn value(draft: &Draft<'_>, area: usize) -> Option<f64> {
    match &draft.slots[area] {
        Slot::Filled(Cell::Number(value), _) => Some(*value),
        Slot::Filled(..) => None,
        Slot::Absent => (draft.measure.absent == Absent::Zero).then_some(0.0),
    }
}

fn totals(draft: &Draft<'_>, level: &str, register: &Register) -> Vec<(Kind, Comparison)> {
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
        comparisons.push((Kind::Total(above.clone()), comparison));
    }
    comparisons
}

fn parts(draft: &Draft<'_>, register: &Register) -> Vec<(Kind, Comparison)> {
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
    comparisons.into_iter().map(|(class, _, comparison)| (Kind::Parts(class), comparison)).collect()
}

/// Rows of a class, counted: `1 county row`, `41 county rows`.
pub(super) fn counted_rows(class: RowClass, count: usize) -> Message {
    let (en, ro) = words(class);
    Message::counted(count, en, ro)
}

/// Rows of a class, one and several, in English and in Romanian.
fn words(class: RowClass) -> ([&'static str; 2], [&'static str; 2]) {
    match class {
        RowClass::Unit => (["unit", "units"], ["unitate", "unități"]),
        RowClass::Village => (["village", "villages"], ["sat", "sate"]),
        RowClass::Sector => (
            ["sector of Bucharest", "sectors of Bucharest"],
            ["sector al municipiului București", "sectoare ale municipiului București"],
        ),
        RowClass::County => (["county row", "county rows"], ["rând de județ", "rânduri de județ"]),
        RowClass::Region => (
            ["region or macroregion row", "region or macroregion rows"],
            ["rând de regiune sau macroregiune", "rânduri de regiune sau macroregiune"],
        ),
        RowClass::National => (
            ["national row", "national rows"],
            ["rând de total pe țară", "rânduri de total pe țară"],
        ),
        RowClass::Note => {
            (["note or heading", "notes and headings"], ["notă sau titlu", "note și titluri"])
        }
        RowClass::Blank => (["blank row", "blank rows"], ["rând gol", "rânduri goale"]),
    }
}

fn tell(
    measure: &crate::study::Measure,
    (kind, level): (&Kind, &str),
    comparisons: Vec<Comparison>,
    ledger: &mut Ledger<'_>,
) {
    let id = &measure.id;
    let all = comparisons.len();
    let (complete, open): (Vec<_>, Vec<_>) = comparisons.into_iter().partition(|c| c.without == 0);
    let (equal, differ): (Vec<_>, Vec<_>) =
        complete.into_iter().partition(|c| c.agrees(measure.nature));
    if !equal.is_empty() {
        let message = match kind {
            Kind::Total(above) => equal_totals((above, level), &equal, all),
            Kind::Parts(class) => equal_parts(*class, &equal),
        };
        ledger.tell(&message::ingest::SUMS_RECONCILED, message.about(id)).places =
            equal.into_iter().flat_map(|comparison| comparison.places).collect();
    }
    for comparison in differ {
        let finding = ledger
            .tell(&message::ingest::SUMS_DIFFER, differing(kind, level, &comparison).about(id));
        finding.places = comparison.places;
        finding.hint = Some(message!(
            "look for a row that is missing, repeated or mistyped",
            "căutați un rând care lipsește, se repetă sau este greșit scris",
        ));
    }
    if !open.is_empty() {
        let Kind::Total(above) = kind else { return };
        let without: usize = open.iter().map(|comparison| comparison.without).sum();
        let message = message!(
            "{rows} cannot be compared, because {without} have no value",
            "{rows} compara, pentru că {without} nu au valoare";
            rows = Message::counted(
                open.len(),
                [&format!("{above} row"), &format!("{above} rows")],
                [
                    &format!("total de nivel `{above}` nu se poate"),
                    &format!("totaluri de nivel `{above}` nu se pot"),
                ],
            ),
            without = Message {
                en: format!("{} of their {}", thousands(without), below(level).en),
                ro: counted_areas(level, without).ro,
            },
        );
        ledger.tell(&message::ingest::SUMS_INCOMPLETE, message.about(id)).places =
            open.into_iter().flat_map(|comparison| comparison.places).collect();
    }
}

/// The areas of a level below a total: `units`, `areas`; in Romanian as whose sum it is.
fn below(level: &str) -> Message {
    if level == UNIT { message!("units", "unităților") } else { message!("areas", "ariilor") }
}

/// So many areas of a level, or units.
pub(super) fn counted_areas(level: &str, count: usize) -> Message {
    if level == UNIT {
        Message::counted(count, ["unit", "units"], ["unitate", "unități"])
    } else {
        Message::counted(count, ["area", "areas"], ["arie", "arii"])
    }
}

fn equal_totals((above, level): (&str, &str), equal: &[Comparison], all: usize) -> Message {
    if let ([only], 1) = (equal, all) {
        return message!(
            "the {above} row prints {printed}, the sum of its {parts}",
            "totalul de nivel `{above}` este {printed}, cât suma celor {parts} ale sale";
            printed = number(only.printed),
            parts = counted_areas(level, only.parts),
        );
    }
    message!(
        "{count} of {rows} equal the sum of their {below}, together {sum}",
        "{count} din {rows} sunt egale cu suma {below} lor, împreună {sum}",
        count = equal.len();
        rows = Message::counted(
            all,
            [&format!("{above} row"), &format!("{above} rows")],
            [&format!("total de nivel `{above}`"), &format!("totaluri de nivel `{above}`")],
        ),
        below = below(level),
        sum = number(equal.iter().map(|comparison| comparison.sum).sum::<f64>()),
    )
}

fn equal_parts(class: RowClass, equal: &[Comparison]) -> Message {
    match equal {
        [only] => message!(
            "{parts} add up to the {printed} of {label}",
            "{parts} însumează {printed}, cât are {label}",
            label = &only.label;
            parts = counted_rows(class, only.parts),
            printed = number(only.printed),
        ),
        several => message!(
            "the {kind} of {count} units add up to their unit",
            "la {unitati}, suma părților ({tip}) este cât unitatea",
            kind = words(class).0[1],
            tip = words(class).1[1],
            unitati = numbered(several.len(), "unitate", "unități"),
            count = several.len(),
        ),
    }
}

fn differing(kind: &Kind, level: &str, comparison: &Comparison) -> Message {
    let label = &comparison.label;
    let (printed, sum) = (number(comparison.printed), number(comparison.sum));
    match kind {
        Kind::Total(above) => message!(
            "the {above} row of {label} prints {printed}, its {below} sum to {sum}",
            "totalul de nivel `{above}` pentru {label} este {printed}, iar suma {below} este {sum}";
            printed = printed, below = below(level), sum = sum,
        ),
        Kind::Parts(class) => message!(
            "{label} has {printed}, its {kind} sum to {sum}",
            "{label} are {printed}, iar suma părților ({tip}) este {sum}",
            kind = words(*class).0[1],
            tip = words(*class).1[1];
            printed = printed, sum = sum,
        ),
    }
}
