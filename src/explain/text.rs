//! The account of a unit as a person reads it in a terminal.

use std::fmt::Write as _;

use super::Explanation;
use super::Peer;
use super::measures::MeasureAccount;
use super::nodes::{Entry, NodeAccount, Shown, StepAccount};
use super::what_if::WhatIf;
use crate::index::Mark;
use crate::language::Language;
use crate::language::shown;
use crate::quality::printable;

/// Cells shown of one measure; the rest are counted. `--json` has them all.
const CELLS: usize = 4;

/// The account in words.
pub fn text(it: &Explanation) -> String {
    let mut out = String::new();
    heading(&mut out, it);
    standing(&mut out, it);
    decided(&mut out, it);
    if let Some(score) = it.score() {
        parts(&mut out, it, score);
    }
    for node in it.nodes.iter().filter(|node| !node.measures.is_empty() || node.formula.is_some()) {
        indicator(&mut out, node);
    }
    for output in &it.outputs {
        let value = output.class.clone().or(output.value.map(number));
        line(&mut out, &format!("{} = {}", output.id, value.unwrap_or_else(|| "none".to_owned())));
    }
    if !it.findings.is_empty() {
        line(&mut out, "\nfindings that name it");
        for finding in &it.findings {
            let word = finding.severity.word();
            line(
                &mut out,
                &format!("  {word}: {} ({})", printable(&finding.message), finding.rule),
            );
        }
    }
    changes(&mut out, &it.what_if);
    out
}

fn heading(out: &mut String, it: &Explanation) {
    line(out, &format!("{} ({})", printable(&it.name), it.code));
    let columns: Vec<String> =
        it.columns.iter().map(|(name, value)| format!("{name} {}", printable(value))).collect();
    line(out, &columns.join(", "));
    if let Some(notice) = &it.notice {
        line(out, &printable(&notice.en));
    }
    let act = it.act.as_ref().map_or_else(
        || "illustrative: its numbers are assumptions".to_owned(),
        |act| format!("adopted by {}", printable(act)),
    );
    line(out, &format!("methodology {} ({act})\n", it.methodology));
}

fn standing(out: &mut String, it: &Explanation) {
    let standing = &it.standing;
    let (Some(value), Some(score)) = (standing.value, &standing.score) else {
        line(out, "no score: what it lacks is below\n");
        return;
    };
    match standing.place {
        Some(place) => {
            let shared = match standing.sharing {
                0 | 1 => String::new(),
                several => format!(", shared by {several} units"),
            };
            let of = standing.of;
            line(out, &format!("place {place} of {of}{shared}: {score} = {}", number(value)));
        }
        None => {
            line(out, &format!("{score} = {}; it is not among the units ranked", number(value)));
        }
    }
    let mut neighbour = |peer: &Peer, mark: &str| {
        let place = peer.place.map_or_else(String::new, |place| place.to_string());
        let value = peer.value.map_or_else(String::new, number);
        let who = printable(&format!("{}, {} ({})", peer.name, peer.county, peer.code));
        line(out, &format!("  {mark} {place:>5}  {value:>12}  {who}"));
    };
    standing.above.iter().for_each(|peer| neighbour(peer, "above"));
    standing.below.iter().for_each(|peer| neighbour(peer, "below"));
    out.push('\n');
}

fn decided(out: &mut String, it: &Explanation) {
    let Some(decision) = &it.decision else { return };
    let place = match (decision.place, &decision.phase, decision.reserve) {
        (Some(place), Some(phase), _) => format!(", place {place}, phase {phase}"),
        (_, _, Some(place)) => format!(", number {place} of the reserve"),
        _ => String::new(),
    };
    let state = &decision.state;
    line(out, &format!("programme {}: {state}{place}", decision.programme));
    for told in &decision.afterwards {
        line(out, &format!("  {}", printable(&told.en)));
    }
    for told in &decision.because {
        line(out, &format!("  {}", printable(&told.en)));
    }
    line(out, &format!("  rule: {}", printable(&decision.reason)));
    if let Some(distance) = &decision.distance {
        let points =
            distance.points.as_ref().map_or_else(String::new, |it| format!("{it} points, "));
        let with = printable(&format!("{} ({})", distance.name, distance.with));
        line(
            out,
            &format!(
                "  distance to the cut: {points}{} {}, against {with}",
                distance.ranks,
                if distance.ranks.abs() == 1 { "rank" } else { "ranks" }
            ),
        );
    }
    if let Some(after) = &decision.decision {
        line(out, &format!("  afterwards: {after}"));
    }
    out.push('\n');
}

/// What the score is made of.
fn parts(out: &mut String, it: &Explanation, score: &NodeAccount) {
    let method = score.method.as_deref().or(score.formula.as_deref()).unwrap_or_default();
    line(out, &format!("{} = {} ({method})", score.id, cell(&last(score))));
    let entries = it.nodes.iter().filter_map(|node| {
        let enters = node.enters.iter().find(|entry| entry.parent == score.id)?;
        Some((node, enters))
    });
    line(out, "    weight    value     adds");
    for (node, entry) in entries {
        let adds = entry.contribution.map_or_else(|| "-".to_owned(), |part| fixed(part, 4));
        let level = above(node).unwrap_or_default();
        let label = &node.label.en;
        line(
            out,
            &format!(
                "  {:>8}  {:>7}  {adds:>7}  {label}{level}",
                fixed(entry.weight, 4),
                entry.shown.value.map_or_else(|| "-".to_owned(), |value| fixed(value, 3)),
            ),
        );
    }
    out.push('\n');
}

fn indicator(out: &mut String, node: &NodeAccount) {
    let unit = node.unit.as_ref().map_or_else(String::new, |unit| format!(" {}", unit.en));
    let first = node.steps.first().map_or_else(|| "none".to_owned(), |step| cell(&step.shown));
    let raw = node.word.clone().unwrap_or(first);
    line(out, &format!("{} = {}{unit}: {}", node.id, printable(&raw), node.label.en));
    if let Some(level) = above(node) {
        line(out, &format!(" {level}"));
    }
    if let Some(formula) = &node.formula {
        line(out, &format!("  formula: {formula}"));
    }
    node.measures.iter().for_each(|it| measure(out, it));
    if node.steps.len() > 1 {
        line(out, &format!("  steps: {}", way(node.word.as_deref(), &node.steps)));
    }
    node.enters.iter().for_each(|entry| enters(out, entry));
    out.push('\n');
}

fn above(node: &NodeAccount) -> Option<String> {
    node.above_unit.then(|| {
        format!(" ({} value of {}, not measured in this unit)", node.level, printable(&node.area))
    })
}

fn measure(out: &mut String, it: &MeasureAccount) {
    let value = match (&it.text, it.value, it.missing) {
        (Some(text), _, _) => format!("`{}`", printable(text)),
        (None, Some(value), _) => number(value),
        (None, None, Some(missing)) => word(missing.into()).to_owned(),
        (None, None, None) => "no value".to_owned(),
    };
    let origin: Vec<&str> =
        [&it.publisher, &it.reference].into_iter().flatten().map(String::as_str).collect();
    let origin =
        if origin.is_empty() { String::new() } else { format!(" ({})", origin.join(", ")) };
    let summed = match it.areas.as_slice() {
        [_] | [] => String::new(),
        areas => format!(", the sum of {} areas", areas.len()),
    };
    line(out, &format!("  {} = {value}{summed}{}", it.name, printable(&origin)));
    for source in it.cells.iter().take(CELLS) {
        let sheet = source.sheet.as_ref().map_or_else(String::new, |sheet| format!(" › {sheet}"));
        let written = match &source.written {
            Some(text) => format!("`{text}`"),
            None => "(the file is not the one that was read)".to_owned(),
        };
        let place = format!("    {}{sheet} › {}: {written}", source.file, source.cell);
        line(out, &printable(&place));
    }
    let more = it.cells.len().saturating_sub(CELLS) + it.more_cells;
    if more > 0 {
        line(out, &format!("    and {more} more cells"));
    }
}

fn way(word: Option<&str>, steps: &[StepAccount]) -> String {
    let mut parts = Vec::new();
    for step in steps {
        let value = cell(&step.shown);
        parts.push(match step.position {
            0 => word.map_or(value, printable),
            _ => format!("{} {value}", step.declared),
        });
    }
    parts.join(" -> ")
}

fn enters(out: &mut String, entry: &Entry) {
    let each = if entry.steps.len() > 1 {
        format!(" through {}", way(None, &entry.steps))
    } else {
        String::new()
    };
    let adds = entry
        .contribution
        .map_or_else(String::new, |part| format!(" and adds {} points", fixed(part, 6)));
    let weight = fixed(entry.weight, 6);
    line(out, &format!("  enters {}{each} with weight {weight}{adds}", entry.parent));
}

fn changes(out: &mut String, all: &[WhatIf]) {
    if all.iter().all(|it| it.changes.is_empty()) {
        return;
    }
    line(out, "\nwhat the smallest change of one number would have given, each confirmed by a run");
    for it in all {
        let unit = it.unit.as_ref().map_or_else(String::new, |unit| format!(" {}", unit.en));
        let whose = if it.above_unit {
            format!(" (for all of {})", printable(&it.area))
        } else {
            String::new()
        };
        for change in &it.changes {
            let (from, to, gives) = (number(it.from), number(change.to), &change.outcome);
            line(out, &format!("  {}{whose}: {from} -> {to}{unit} gives {gives}", it.measure));
        }
    }
}

fn last(node: &NodeAccount) -> Shown {
    node.steps.last().map_or(Shown { value: None, mark: Mark::NotAvailable }, |step| step.shown)
}

fn cell(it: &Shown) -> String {
    match it.value {
        Some(value) if it.mark == Mark::Imputed => format!("{} (imputed)", number(value)),
        Some(value) if it.mark == Mark::Substituted => format!("{} (substituted)", number(value)),
        Some(value) => number(value),
        None => word(it.mark).to_owned(),
    }
}

fn word(mark: Mark) -> &'static str {
    match mark {
        Mark::Value => "value",
        Mark::Imputed => "imputed",
        Mark::Substituted => "substituted",
        Mark::NotAvailable => "not available",
        Mark::Confidential => "confidential",
        Mark::Withheld => "withheld",
        Mark::NotApplicable => "not applicable",
        Mark::Constant => "constant everywhere",
    }
}

/// Every digit, as the trace has them.
fn number(value: f64) -> String {
    if value == 0.0 { "0".to_owned() } else { value.to_string() }
}

fn fixed(value: f64, decimals: usize) -> String {
    shown(value, decimals, Language::En)
}

fn line(out: &mut String, text: &str) {
    writeln!(out, "{}", text.trim_end_matches(' ')).expect("a text takes all");
}
