//! Two runs side by side: who moves, who enters and leaves, and what changed in what they were made
//! from.
//!
//! A side is read from what a run wrote, so that a study, a run folder and a bag are compared alike.

mod mixed;
mod moves;
mod shares;
mod side;
mod sources;

pub use side::{Side, Unreadable};

use std::fmt::Write as _;

use serde::Serialize;

use crate::ingest::ReadLimits;
use crate::language::{Language, shown};
use crate::quality::printable;
use crate::watch::{Interrupted, Watch};
use moves::{Moves, Share, moves};
use sources::sources;

/// Two runs compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// How the sides are called.
    pub(crate) names: [String; 2],
    /// What changed in inputs, study, methodology and programme, a sentence each.
    pub(crate) changes: Vec<String>,
    /// Whether every cell of the index and of the selection is the same.
    pub same_results: bool,
    /// Why the moves do not say how much of them each change made; `None` when they do, or when
    /// nobody moved.
    pub(crate) untold: Option<&'static str>,
    /// Who moved.
    pub(crate) moves: Moves,
}

/// Compares two sides; input files are read under the given terms where a run shows how much of a
/// move each change made.
///
/// # Errors
/// Somebody asked to stop.
pub fn compare(
    a: &Side,
    b: &Side,
    terms: &ReadLimits,
    watch: &dyn Watch,
) -> Result<Comparison, Interrupted> {
    let mut moves = moves(a, b);
    let untold = shares::attribute(&mut moves, [a, b], terms, watch)?;
    Ok(Comparison {
        names: [a.name.clone(), b.name.clone()],
        changes: sources(a, b),
        same_results: a.index == b.index && a.selection == b.selection,
        untold,
        moves,
    })
}

/// Units shown of each list; the rest are counted. `--json` has them all.
const SHOWN: usize = 15;

/// The comparison in words.
#[expect(clippy::too_many_lines, reason = "one page, section by section")]
pub fn text(it: &Comparison) -> String {
    let mut out = String::new();
    let [a, b] = &it.names;
    line(&mut out, &format!("{a} -> {b}\n"));
    line(&mut out, if it.changes.is_empty() { "made from the same" } else { "what changed" });
    some(&mut out, &it.changes);
    let moves = &it.moves;
    let number = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |v| fixed(v, 4));
    line(
        &mut out,
        &format!(
            "\n{} units have a score on both sides, {} of them another place; Spearman {}, Kendall {}",
            moves.both,
            moves.moved,
            number(moves.spearman),
            number(moves.kendall)
        ),
    );
    for (codes, side) in [(&moves.only_first, a), (&moves.only_second, b)] {
        if !codes.is_empty() {
            line(&mut out, &format!("only {side} scores {} units", codes.len()));
            some(&mut out, codes);
        }
    }
    for overlap in &moves.overlaps {
        let share = fixed(overlap.shared as f64 / overlap.k as f64 * 100.0, 1);
        line(&mut out, &format!("  first {}: {} shared ({share} %)", overlap.k, overlap.shared));
    }
    if !moves.units.is_empty() {
        line(&mut out, "\nlargest moves: places before and after, scores before and after");
    }
    let rows: Vec<String> = moves
        .units
        .iter()
        .map(|it| {
            let [from, to] = it.places;
            let [old, new] = it.scores.map(|score| fixed(score, 3));
            let name = printable(&format!("{}, {} ({})", it.name, it.county, it.code));
            let shares: Vec<String> = it.shares.iter().map(share).collect();
            let by = if shares.len() > 1 {
                format!("\n    {}", shares.join("; "))
            } else {
                String::new()
            };
            format!("{from:>6} -> {to:>6}  {old:>9} -> {new:>9}  {name}{by}")
        })
        .collect();
    for row in rows.iter().take(SHOWN) {
        line(&mut out, &format!("  {row}"));
    }
    if rows.len() > SHOWN {
        line(&mut out, &format!("  and {} more", rows.len() - SHOWN));
    }
    if let Some(why) = it.untold {
        line(&mut out, &format!("how much of a move each change made is not told: {why}"));
    }
    for phase in &moves.phases {
        let (enter, leave) = (phase.enter.len(), phase.leave.len());
        let which =
            if phase.phase == "any" { "list".into() } else { format!("phase {}", phase.phase) };
        line(&mut out, &format!("\n{which}: {enter} enter, {leave} leave"));
        let all = phase.enter.iter().map(|it| format!("+ {it}"));
        some(
            &mut out,
            &all.chain(phase.leave.iter().map(|it| format!("- {it}"))).collect::<Vec<_>>(),
        );
    }
    if moves.moved > 0 {
        line(&mut out, "\nby county: units, mean and largest move, selected before and after");
        for area in &moves.counties {
            let (mean, largest) = (fixed(area.mean_move, 1), area.largest_move);
            let [before, after] = area.selected;
            let name = printable(&area.county);
            let units = area.units;
            line(
                &mut out,
                &format!(
                    "  {units:>5}  {mean:>8}  {largest:>6}  {before:>5} -> {after:>5}  {name}"
                ),
            );
        }
    }
    out
}

/// What a change did to a unit.
fn share(it: &Share) -> String {
    let signed = |value: f64, decimals| {
        let text = fixed(value, decimals);
        if value < 0.0 { text } else { format!("+{text}") }
    };
    let change = printable(&it.change);
    format!("{change} {} places, {} points", signed(it.up, 2), signed(it.score, 3))
}

fn some(out: &mut String, lines: &[String]) {
    lines.iter().take(SHOWN).for_each(|it| line(out, &format!("  {}", printable(it))));
    if lines.len() > SHOWN {
        line(out, &format!("  and {} more", lines.len() - SHOWN));
    }
}

fn fixed(value: f64, decimals: usize) -> String {
    shown(value, decimals, Language::En)
}

fn line(out: &mut String, text: &str) {
    writeln!(out, "{text}").expect("a text takes all");
}
