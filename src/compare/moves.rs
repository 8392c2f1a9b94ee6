//! Who moves between two runs, by unit, by county and among the first.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::side::Side;
use crate::index::stats::{self, Ranking};
use crate::selection::Points;

/// The first so many places that are compared.
const TOPS: [usize; 6] = [10, 50, 100, 139, 350, 2_000];

/// Movement between two runs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Moves {
    /// Units with a score on both sides.
    pub both: usize,
    /// Codes with a score only on the first side.
    pub only_first: Vec<String>,
    /// Codes with a score only on the second side.
    pub only_second: Vec<String>,
    /// Units of both sides whose place is another one.
    pub moved: usize,
    /// Spearman's rank correlation of the scores.
    pub spearman: Option<f64>,
    /// Kendall's rank correlation (tau-b) of the scores.
    pub kendall: Option<f64>,
    /// How much of the first places is shared.
    pub overlaps: Vec<Overlap>,
    /// Every unit of both sides that moved, the largest move first.
    pub units: Vec<Move>,
    /// Movement by county.
    pub counties: Vec<Area>,
    /// Who enters and leaves each phase; empty where a side has no selection.
    pub phases: Vec<PhaseChange>,
}

/// How much of the first `k` places is shared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Overlap {
    /// How many places.
    pub k: usize,
    /// Units among the first `k` on both sides.
    pub shared: usize,
}

/// A unit on both sides.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Move {
    /// The register's code.
    pub code: String,
    /// Its name on the second side.
    pub name: String,
    /// Its county.
    pub county: String,
    /// Score before and after.
    pub scores: [f64; 2],
    /// Place before and after, among the units with a score on both sides; equal scores share the
    /// better place.
    pub places: [f64; 2],
    /// Places gained towards the first: positive means more at risk than before.
    pub up: f64,
    /// What each change did to it, where that could be found.
    pub shares: Vec<Share>,
}

/// What one change did to a unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Share {
    /// The change: `inputs`, `methodology`, or an entry of the methodology.
    pub change: String,
    /// Its part of the move, in places towards the first.
    pub up: f64,
    /// Its part of the difference of the scores.
    pub score: f64,
}

/// The units of a county.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Area {
    /// The county.
    pub county: String,
    /// Units with a score on both sides.
    pub units: usize,
    /// Mean of the absolute moves, in places.
    pub mean_move: f64,
    /// The largest absolute move.
    pub largest_move: f64,
    /// Units selected before and after.
    pub selected: [usize; 2],
}

/// Who passes in and out of a phase.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct PhaseChange {
    /// The phase; `any` for the list as a whole.
    pub phase: String,
    /// Who enters, by score there.
    pub enter: Vec<Crossing>,
    /// Who leaves, by score before.
    pub leave: Vec<Crossing>,
    /// What the phase adds before and after, of the list as a whole what it comes to; none where a side
    /// does not say, or has the lists of one county only.
    pub totals: [Option<Totals>; 2],
}

/// A unit that enters or leaves a phase.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Crossing {
    /// The register's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its county.
    pub county: String,
    /// Its published score on the side whose list holds it; none where that has none, or withholds it.
    pub score: Option<String>,
}

/// What a list comes to; what is withheld is none.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Totals {
    /// Sum of the published scores.
    pub points: Option<String>,
    /// People.
    pub people: Option<i128>,
    /// Money, in bani.
    pub cost_bani: Option<i128>,
}

/// Compares the scores and lists of two sides.
pub(crate) fn moves(a: &Side, b: &Side) -> Moves {
    let (first, second) = (a.scores(), b.scores());
    let only = |one: &BTreeMap<&str, f64>, other: &BTreeMap<&str, f64>| -> Vec<String> {
        one.keys().filter(|code| !other.contains_key(*code)).map(|it| (*it).to_owned()).collect()
    };
    let codes: Vec<&str> = first.keys().filter(|it| second.contains_key(*it)).copied().collect();
    let before: Vec<f64> = codes.iter().map(|code| first[code]).collect();
    let after: Vec<f64> = codes.iter().map(|code| second[code]).collect();
    let everyone = vec![true; codes.len()];
    let place = |scores: &[f64]| stats::ranks(scores, &everyone, Ranking::default());
    let (from, to) = (place(&before), place(&after));
    let all: Vec<Move> = (0..codes.len())
        .map(|at| Move {
            code: codes[at].to_owned(),
            name: b.cell(codes[at], "name").to_owned(),
            county: b.cell(codes[at], "county").to_owned(),
            scores: [before[at], after[at]],
            places: [from[at], to[at]],
            up: from[at] - to[at],
            shares: Vec::new(),
        })
        .collect();
    let counties = counties(&all, a, b);
    let overlaps = TOPS.iter().filter(|&&k| k < codes.len()).map(|&k| overlap(k, &from, &to));
    let overlaps = overlaps.collect();
    let mut units: Vec<Move> = all.into_iter().filter(|it| it.up.abs() > 0.0).collect();
    units.sort_by(|a, b| b.up.abs().total_cmp(&a.up.abs()).then(a.code.cmp(&b.code)));
    Moves {
        both: codes.len(),
        only_first: only(&first, &second),
        only_second: only(&second, &first),
        moved: units.len(),
        spearman: stats::spearman(&before, &after),
        kendall: stats::kendall(&before, &after),
        overlaps,
        units,
        counties,
        phases: phases(a, b),
    }
}

fn overlap(k: usize, from: &[f64], to: &[f64]) -> Overlap {
    let top = |place: f64| place <= k as f64;
    Overlap { k, shared: from.iter().zip(to).filter(|(a, b)| top(**a) && top(**b)).count() }
}

fn counties(all: &[Move], a: &Side, b: &Side) -> Vec<Area> {
    let mut areas: BTreeMap<&str, Area> = BTreeMap::new();
    for it in all {
        let area = areas.entry(&it.county).or_default();
        area.units += 1;
        area.mean_move += it.up.abs();
        area.largest_move = area.largest_move.max(it.up.abs());
        for (selected, side) in area.selected.iter_mut().zip([a, b]) {
            *selected += usize::from(is_selected(side, &it.code, None));
        }
    }
    areas
        .into_iter()
        .map(|(county, area)| Area {
            county: county.to_owned(),
            mean_move: area.mean_move / area.units as f64,
            ..area
        })
        .collect()
}

fn is_selected(side: &Side, code: &str, phase: Option<&str>) -> bool {
    side.selection.get(code).is_some_and(|row| {
        let cell = |column: &str| row.get(column).map_or("", String::as_str);
        cell("state") == "selected" && phase.is_none_or(|phase| cell("phase") == phase)
    })
}

/// A unit as the list that holds it names it.
fn crossing(side: &Side, code: &str) -> Crossing {
    let row = side.selection.get(code);
    let cell = |column: &str| row.and_then(|row| row.get(column)).filter(|cell| !cell.is_empty());
    Crossing {
        code: code.to_owned(),
        name: cell("name").cloned().unwrap_or_default(),
        county: cell("county").cloned().unwrap_or_default(),
        // tables leave zeros at the end out
        score: cell("score").map(|score| match (score.parse::<f64>(), decimals(side)) {
            (Ok(value), Some(decimals)) => format!("{value:.*}", usize::from(decimals)),
            _ => score.clone(),
        }),
    }
}

/// What a phase adds, or the whole list comes to; `selection.json` counts what came before.
fn totals(side: &Side, phase: Option<&str>) -> Option<Totals> {
    if side.selection.len() != side.index.len() {
        return None;
    }
    let phases = side.chosen["phases"].as_array()?;
    let at = match phase {
        Some(id) => phases.iter().position(|own| own["id"] == id)?,
        None => phases.len().checked_sub(1)?,
    };
    let before = phase.and(at.checked_sub(1));
    let added = |key: &str| -> Option<i128> {
        let sum = units(&phases[at][key])?;
        sum.checked_sub(before.map_or(Some(0), |before| units(&phases[before][key]))?)
    };
    let decimals = decimals(side)?;
    let points = |units| Some(Points::from_units(i64::try_from(units).ok()?).text(decimals));
    Some(Totals {
        points: added("score_sum").and_then(points),
        people: added("people"),
        cost_bani: added("cost_bani"),
    })
}

/// With how many decimals a side publishes scores of its programme.
fn decimals(side: &Side) -> Option<u8> {
    side.chosen["decimals"].as_u64().and_then(|it| u8::try_from(it).ok())
}

/// A number of `selection.json` in units of its last decimal; large ones are texts there.
fn units(value: &Value) -> Option<i128> {
    match value {
        Value::String(text) => text.replace('.', "").parse().ok(),
        other => other.as_i64().map(i128::from),
    }
}

fn phases(a: &Side, b: &Side) -> Vec<PhaseChange> {
    if a.selection.is_empty() || b.selection.is_empty() {
        return Vec::new();
    }
    let rows = || a.selection.values().chain(b.selection.values());
    let named: BTreeSet<&str> =
        rows().filter_map(|row| row.get("phase")).map(String::as_str).collect();
    let codes: BTreeSet<&String> = a.selection.keys().chain(b.selection.keys()).collect();
    let change = |phase: Option<&str>| {
        let crosses = |from: &Side, to: &Side| -> Vec<Crossing> {
            let crosses =
                |code: &&&String| !is_selected(from, code, phase) && is_selected(to, code, phase);
            let crossing = codes.iter().filter(crosses).map(|code| crossing(to, code));
            let mut found: Vec<Crossing> = crossing.collect();
            let score = |it: &Crossing| {
                it.score.as_ref().and_then(|score| score.parse().ok()).unwrap_or(f64::MIN)
            };
            found.sort_by(|a, b| score(b).total_cmp(&score(a)).then_with(|| a.code.cmp(&b.code)));
            found
        };
        PhaseChange {
            phase: phase.unwrap_or("any").to_owned(),
            enter: crosses(a, b),
            leave: crosses(b, a),
            totals: [a, b].map(|side| totals(side, phase)),
        }
    };
    let each = named.into_iter().filter(|phase| !phase.is_empty()).map(|it| change(Some(it)));
    std::iter::once(change(None)).chain(each).collect()
}
