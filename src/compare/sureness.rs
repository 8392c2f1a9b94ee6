//! How sure places are on two sides: whose standing is another one, and whose share of variants moves most.

use std::collections::BTreeMap;

use serde::Serialize;

use super::side::{Rows, Side};

/// Standings in the order in which they are told.
pub(super) const STANDINGS: [&str; 3] = ["certain", "contested", "out"];

/// What changed in how sure places are.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Sureness {
    /// Units that both sides drew.
    pub both: usize,
    /// Units by their standing before and after, where the two differ.
    pub turns: Vec<Turn>,
    /// Every unit whose share of variants with a place moved or whose standing changed, the largest move
    /// first.
    pub units: Vec<ShareMove>,
    /// Counties with another number of contested units.
    pub counties: Vec<Contested>,
}

/// Units that went from one standing to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Turn {
    /// Standings before and after.
    pub standings: [String; 2],
    /// How many.
    pub units: usize,
}

/// A unit on both sides.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct ShareMove {
    /// The register's code.
    pub code: String,
    /// Its name on the second side.
    pub name: String,
    /// Its county.
    pub county: String,
    /// Share of the variants in which it has a place, before and after; none where it is not said.
    pub shares: [Option<f64>; 2],
    /// Its standing before and after.
    pub standings: [String; 2],
}

impl ShareMove {
    fn size(&self) -> f64 {
        let [before, after] = self.shares;
        before.zip(after).map_or(0.0, |(before, after)| (after - before).abs())
    }

    /// Whether its standing is another one.
    pub(super) fn turns(&self) -> bool {
        self.standings[0] != self.standings[1]
    }
}

/// Contested units of a county.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Contested {
    /// The county.
    pub county: String,
    /// How many before and after.
    pub units: [usize; 2],
}

/// What changed between two sides that both drew doubts; `None` for others.
pub(super) fn sureness(a: &Side, b: &Side) -> Option<Sureness> {
    if a.sure.is_empty() || b.sure.is_empty() {
        return None;
    }
    let cell =
        |row: &BTreeMap<String, String>, column: &str| row.get(column).cloned().unwrap_or_default();
    let pairs = b.sure.iter().filter_map(|(code, after)| Some((code, a.sure.get(code)?, after)));
    let all: Vec<ShareMove> = pairs
        .map(|(code, before, after)| ShareMove {
            code: code.clone(),
            name: cell(after, "name"),
            county: cell(after, "county"),
            shares: [before, after].map(|row| cell(row, "share").parse().ok()),
            standings: [before, after].map(|row| cell(row, "standing")),
        })
        .collect();
    let mut turns: BTreeMap<[usize; 2], Turn> = BTreeMap::new();
    let place = |standing: &String| {
        STANDINGS.iter().position(|known| known == standing).unwrap_or(STANDINGS.len())
    };
    for unit in all.iter().filter(|unit| unit.turns()) {
        let [before, after] = &unit.standings;
        let turn = turns
            .entry([place(before), place(after)])
            .or_insert_with(|| Turn { standings: unit.standings.clone(), units: 0 });
        turn.units += 1;
    }
    let both = all.len();
    let mut units: Vec<ShareMove> =
        all.into_iter().filter(|unit| unit.turns() || unit.size() > 0.0).collect();
    units.sort_by(|a, b| b.size().total_cmp(&a.size()).then_with(|| a.code.cmp(&b.code)));
    let turns = turns.into_values().collect();
    Some(Sureness { both, turns, units, counties: counties([&a.sure, &b.sure]) })
}

fn counties(sides: [&Rows; 2]) -> Vec<Contested> {
    let mut known: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for (at, rows) in sides.into_iter().enumerate() {
        for row in
            rows.values().filter(|row| row.get("standing").is_some_and(|it| it == "contested"))
        {
            let county = row.get("county").map_or("", String::as_str);
            known.entry(county).or_default()[at] += 1;
        }
    }
    let changed = known.into_iter().filter(|(_, [before, after])| before != after);
    changed.map(|(county, units)| Contested { county: county.to_owned(), units }).collect()
}
