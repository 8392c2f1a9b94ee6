//! Who moves between two runs, by unit, by county and among the first.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::side::Side;
use crate::index::stats::{self, Ranking};

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
    /// Codes that enter.
    pub enter: Vec<String>,
    /// Codes that leave.
    pub leave: Vec<String>,
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

fn phases(a: &Side, b: &Side) -> Vec<PhaseChange> {
    if a.selection.is_empty() || b.selection.is_empty() {
        return Vec::new();
    }
    let rows = || a.selection.values().chain(b.selection.values());
    let named: BTreeSet<&str> =
        rows().filter_map(|row| row.get("phase")).map(String::as_str).collect();
    let codes: BTreeSet<&String> = a.selection.keys().chain(b.selection.keys()).collect();
    let change = |phase: Option<&str>| {
        let crosses = |from: &Side, to: &Side| -> Vec<String> {
            let crosses =
                |code: &&&String| !is_selected(from, code, phase) && is_selected(to, code, phase);
            codes.iter().filter(crosses).map(|code| (*code).clone()).collect()
        };
        PhaseChange {
            phase: phase.unwrap_or("any").to_owned(),
            enter: crosses(a, b),
            leave: crosses(b, a),
        }
    };
    let each = named.into_iter().filter(|phase| !phase.is_empty()).map(|it| change(Some(it)));
    std::iter::once(change(None)).chain(each).collect()
}
