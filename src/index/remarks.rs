//! What a run tells about its columns: gaps, fills, impossible values, lost scores.

use std::collections::BTreeMap;

use super::aggregate::combine::Combined;
use super::aggregate::component::Failure;
use super::compute::Run;
use super::method::{Aggregate, Node};
use super::scene::{Scene, about_units};
use super::steps::Step;
use super::{Column, Formula, Mark};
use crate::language::{counted, numbered};
use crate::message;
use crate::quality::{Finding, Findings, Message, Place, message};
use crate::register::Register;

/// Decimals with which messages show a value at most.
const SHOWN: usize = 4;

/// Measured values outside the range declared plausible.
pub(super) fn on_range(
    node: &Node,
    register: &Register,
    column: &Column,
    places: impl Fn(&[usize]) -> Vec<Place>,
) -> Findings {
    let mut findings = Findings::default();
    let Some([low, high]) = node.plausible else { return findings };
    let outside: Vec<usize> = (0..column.len())
        .filter(|&unit| column.value(unit).is_some_and(|x| x < low || x > high))
        .collect();
    if !outside.is_empty() {
        let values = outside.iter().map(|&unit| column.values()[unit]);
        let (least, most) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), x| {
            (least.min(x), most.max(x))
        });
        let message = message!(
            "{units} values outside {low} to {high}, from {least} to {most}",
            "{au} valori în afara intervalului {low} … {high}, de la {least} la {most}",
            units = counted(outside.len(), "unit has", "units have"),
            au = numbered(outside.len(), "unitate are", "unități au");
            low = Message::trimmed(low, SHOWN),
            high = Message::trimmed(high, SHOWN),
            least = Message::trimmed(least, SHOWN),
            most = Message::trimmed(most, SHOWN),
        );
        findings.push(
            about_units(&message::index::OUTSIDE_PLAUSIBLE, &node.id, register, &outside, message)
                .places(places(&outside))
                .hint(message!(
                    "correct the source, or widen `plausible` if such values are real",
                    "corectați sursa sau lărgiți `plausible`, dacă astfel de valori sunt reale",
                )),
        );
    }
    findings
}

/// Why a formula over nodes has no number for a unit.
pub(super) fn reason(formula: &Formula, unit: usize, nodes: &BTreeMap<&str, &Column>) -> Mark {
    let marks = formula.names().iter().filter_map(|name| nodes.get(name.as_str()));
    let lost: Option<Mark> =
        marks.map(|column| column.marks()[unit]).filter(|mark| !mark.has_value()).max();
    lost.unwrap_or(Mark::NotAvailable)
}

/// Divisions by zero and other undefined results of a formula over nodes.
pub(super) fn on_formula(
    node: &Node,
    formula: &Formula,
    register: &Register,
    undefined: &[usize],
) -> Option<Finding> {
    let rule = if formula.facts().divides {
        &message::index::DIVISION_BY_ZERO
    } else {
        &message::index::NOT_A_NUMBER
    };
    let message = undefined_result(formula, undefined.len());
    (!undefined.is_empty()).then(|| about_units(rule, &node.id, register, undefined, message))
}

/// A formula that divides by zero, or whose result is no number for another reason.
pub(super) fn undefined_result(formula: &Formula, units: usize) -> Message {
    let text = formula.text();
    let of = numbered(units, "unitate", "unități");
    if formula.facts().divides {
        message!(
            "`{text}` divides by zero for {units} units",
            "`{text}` împarte la zero pentru {of}"
        )
    } else {
        message!(
            "`{text}` has no finite result for {units} units",
            "`{text}` nu are rezultat finit pentru {of}",
        )
    }
}

/// Cells that a step filled, and cells that it lost.
pub(super) fn on_step(step: &Step, (before, after): (&Column, &Column), scene: &mut Scene<'_>) {
    let changed = |from: fn(Mark) -> bool, to: Mark| -> Vec<usize> {
        let marks = before.marks().iter().zip(after.marks()).enumerate();
        marks.filter(|(_, (old, new))| from(**old) && **new == to).map(|(unit, _)| unit).collect()
    };
    let filled = changed(|mark| !mark.has_value(), Mark::Imputed);
    if !filled.is_empty() {
        let how = match step {
            Step::Impute(rule) => rule.describe(),
            Step::Fill(fill) => {
                message!("the constant {value}", "constanta {value}"; value = Message::trimmed(fill.value, SHOWN))
            }
            _ => Message::same(format!("`{}`", step.name())),
        };
        let message = message!(
            "{n} cells filled with {en}",
            "{of} cu {ro}",
            n = filled.len(),
            of = numbered(n, "celulă completată", "celule completate"),
            en = how.en,
            ro = how.ro,
        );
        scene.tell(&message::index::IMPUTED, &filled, message);
    }
    if matches!(step, Step::Categories(_)) {
        return; // tells words and values without a score itself
    }
    let lost = changed(Mark::has_value, Mark::NotAvailable);
    if !lost.is_empty() {
        let message = message!(
            "`{step}` has no finite result for {n} units",
            "`{step}` nu are rezultat finit pentru {of}",
            step = step.name(),
            n = lost.len(),
            of = numbered(n, "unitate", "unități"),
        );
        scene.tell(&message::index::NOT_A_NUMBER, &lost, message);
    }
}

/// Weights and means that cannot be had, and units scored on fewer children.
pub(super) fn on_aggregate(
    run: &mut Run<'_>,
    node: &Node,
    aggregate: &Aggregate,
    columns: &[Column],
    combined: &Combined,
) {
    let register = run.sources.register;
    let child = |at: usize| run.method.nodes[aggregate.children[at].node].id.as_str();
    if let Some(failure) = &combined.failure {
        let finding = no_weights(&node.id, failure, child);
        run.findings.push(finding);
    }
    let mut by_child: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &(unit, at) in &combined.impossible {
        by_child.entry(at).or_default().push(unit);
    }
    for (at, units) in by_child {
        let message = message!(
            "the mean cannot take `{child}` = {value} and {n} units get no score",
            "media nu poate primi `{child}` = {value}, iar {of} fără scor",
            child = child(at),
            n = units.len(),
            of = numbered(n, "unitate rămâne", "unități rămân");
            value = Message::trimmed(columns[at].values()[units[0]], SHOWN),
        );
        run.findings.push(
            about_units(
                &message::index::GEOMETRIC_ZERO,
                &node.id,
                register,
                &units,
                message,
            )
            .hint(message!(
                "scale the children to begin above 0, for example `minmax = {{ to = [1, 100] }}`",
                "scalați indicatorii peste 0, de exemplu `minmax = {{ to = [1, 100] }}`",
            )),
        );
    }
    if !combined.rescaled.is_empty() {
        let message = message!(
            "{units} scored on fewer children",
            "{au} scorul din mai puțini indicatori",
            units = counted(combined.rescaled.len(), "unit is", "units are"),
            au = numbered(combined.rescaled.len(), "unitate are", "unități au"),
        );
        run.findings.push(about_units(
            &message::index::RESCALED_WEIGHTS,
            &node.id,
            register,
            &combined.rescaled,
            message,
        ));
    }
}

/// Weights that the data do not give.
fn no_weights<'a>(node: &str, failure: &Failure, child: impl Fn(usize) -> &'a str) -> Finding {
    match failure {
        Failure::Signs(against) => {
            let names: Vec<String> = against.iter().map(|&at| format!("`{}`", child(at))).collect();
            let message = message!(
                "the weights of {names} point the other way",
                "ponderile pentru {names} au semn contrar",
                names = names.join(", "),
            );
            Finding::new(&message::index::MIXED_SIGNS, node, message).hint(message!(
                "check the direction of these indicators, or declare `signs = \"as-is\"`",
                "verificați sensul acestor indicatori sau declarați `signs = \"as-is\"`",
            ))
        }
        Failure::TooLittle => Finding::new(
            &message::index::WEIGHTS_NOT_FOUND,
            node,
            message!(
                "too few children vary, or too few units have all of them",
                "prea puțini indicatori variază sau prea puține unități îi au pe toți",
            ),
        ),
        Failure::NoEnd => Finding::new(
            &message::index::WEIGHTS_NOT_FOUND,
            node,
            message!(
                "the search for weights does not end at the declared tolerance",
                "căutarea ponderilor nu ajunge la toleranța declarată",
            ),
        ),
    }
}

/// A protective indicator that enters a parent as it was measured.
pub(super) fn not_turned(child: &str, parent: &str) -> Finding {
    let message = message!(
        "`{child}` is protective, and nothing turns it round before it enters `{parent}`",
        "`{child}` este protector și nimic nu îl inversează înainte de a intra în `{parent}`",
    );
    Finding::new(&message::index::DIRECTION_UNUSED, child, message).hint(message!(
        "add a normalising step, or turn it round in its formula and drop `direction`",
        "adăugați un pas de normalizare sau inversați-l în formulă și renunțați la `direction`",
    ))
}

/// Units without a value at the end of a node's steps.
pub(super) fn on_node(run: &mut Run<'_>, node: &Node) {
    let register = run.sources.register;
    let result = run.nodes.last().expect("the node was just filed");
    let empty: Vec<usize> = (0..result.value.len())
        .filter(|&unit| {
            matches!(result.value.marks()[unit], Mark::NotAvailable | Mark::Confidential)
        })
        .collect();
    if !empty.is_empty() {
        let finding = if node.is_indicator() {
            let withheld = empty
                .iter()
                .filter(|&&unit| result.value.marks()[unit] == Mark::Confidential)
                .count();
            let message = message!(
                "{units} no value",
                "{au} valoare",
                units = counted(empty.len(), "unit has", "units have"),
                au = numbered(empty.len(), "unitate nu are", "unități nu au"),
            );
            let message = match withheld {
                0 => message,
                _ => message.and(
                    &format!(" ({withheld} of them confidential)"),
                    &format!(" (dintre care {withheld} cu date confidențiale)"),
                ),
            };
            about_units(&message::index::VALUE_MISSING, &node.id, register, &empty, message)
        } else {
            let why = missing_children(run, node, &empty);
            let message = message!(
                "{units} no score{en}",
                "{au} scor{ro}",
                units = counted(empty.len(), "unit has", "units have"),
                au = numbered(empty.len(), "unitate nu are", "unități nu au"),
                en = why.en,
                ro = why.ro,
            );
            about_units(&message::index::NO_SCORE, &node.id, register, &empty, message)
        };
        run.findings.push(finding);
    }
}

/// Which children are missing for how many of the units.
fn missing_children(run: &Run<'_>, node: &Node, units: &[usize]) -> Message {
    let super::method::Origin::Children(aggregate) = &node.origin else { return Message::same("") };
    let mut counts: Vec<(usize, &str)> = aggregate
        .children
        .iter()
        .map(|child| {
            let result = &run.nodes[child.node];
            let lost = units.iter().filter(|&&unit| result.value.value(unit).is_none()).count();
            (lost, result.id.as_str())
        })
        .filter(|(lost, _)| *lost > 0)
        .collect();
    counts.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let shown = |word: &str| -> String {
        let each = counts.iter().take(6).map(|(lost, id)| format!("`{id}` {word} {lost}"));
        each.collect::<Vec<_>>().join(", ")
    };
    if counts.is_empty() {
        return Message::same("");
    }
    message!(", missing {en}", ", lipsesc {ro}", en = shown("for"), ro = shown("la"))
}
