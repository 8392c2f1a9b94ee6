//! Small communes that may join, drawn the same each time.

use std::collections::BTreeMap;

use risk_index::selection::{
    Border, Budget, Candidate, Classification, Fill, Objective, Phase, Pool, Programme, Rule,
    Unions, WhenShort,
};

/// Draws from a linear congruential generator (Knuth's MMIX constants).
pub(crate) struct Draws(pub(crate) u64);

impl Draws {
    /// A number from nought, below a bound.
    pub(crate) fn below(&mut self, bound: u64) -> i64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % bound).expect("a draw is small")
    }
}

/// Grids of 42 small communes, each a county of its own: some 270 candidates for unions a grid.
pub(crate) fn parishes(grids: usize) -> Pool {
    const WIDE: usize = 6;
    const HIGH: usize = 7;
    let mut draws = Draws(11);
    let mut candidates = Vec::new();
    let mut borders = Vec::new();
    let code = |grid: usize, x: usize, y: usize| format!("{grid:02}{x}{y}");
    for grid in 0..grids {
        for x in 0..WIDE {
            for y in 0..HIGH {
                let population = 700 + draws.below(1_800);
                candidates.push(Candidate {
                    code: code(grid, x, y),
                    score: Some(draws.below(1_000_000) as f64 / 1_000_000.0),
                    groups: vec![Some(grid)],
                    people: population * (5 + draws.below(25)) / 100,
                    population,
                    cost: Some(100 * (120_000 + 15 * population)),
                    ..Candidate::default()
                });
                let mut link = |to: String| {
                    borders.push(Border { a: code(grid, x, y), b: to, metres: Some(1_000) });
                };
                if x + 1 < WIDE {
                    link(code(grid, x + 1, y));
                }
                if y + 1 < HIGH {
                    link(code(grid, x, y + 1));
                }
            }
        }
    }
    let groups = (0..grids).map(|grid| format!("{grid:02}")).collect();
    Pool {
        classifications: vec![Classification { id: "county".into(), groups }],
        candidates,
        borders,
        ..Pool::default()
    }
}

/// The same communes where a union pays the fixed part of the costs once.
pub(crate) fn shared_costs(grids: usize) -> Pool {
    let mut pool = parishes(grids);
    let population: BTreeMap<&str, i64> =
        pool.candidates.iter().map(|c| (c.code.as_str(), c.population)).collect();
    let mut near: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for border in &pool.borders {
        near.entry(&border.a).or_default().push(&border.b);
        near.entry(&border.b).or_default().push(&border.a);
    }
    let mut costs = BTreeMap::new();
    let mut price = |members: &[&str]| {
        let people: i64 = members.iter().map(|code| population[code]).sum();
        let mut codes: Vec<String> = members.iter().map(ToString::to_string).collect();
        codes.sort();
        costs.insert(codes, 100 * (120_000 + 15 * people));
    };
    for (one, others) in &near {
        for (at, other) in others.iter().enumerate() {
            price(&[one, other]);
            others[at + 1..].iter().for_each(|third| price(&[one, other, third]));
        }
    }
    pool.union_costs = costs;
    pool
}

/// Projects of up to three communes with most people, at most so many, or for so much money.
pub(crate) fn unions(places: Option<u32>, limit: Option<i64>) -> Programme {
    let fill = places.map(|_| Fill::AtMost);
    let phase = Phase { id: "I".into(), upto: places, fill, ..Phase::default() };
    Programme {
        rule: Rule::Coverage(Objective::People),
        unions: Some(Unions {
            max_members: 3,
            max_population: 6_000,
            member_max_population: None,
            same: Some("county".into()),
            min_border_m: 100,
        }),
        budget: limit.map(|limit| Budget { limit, when_short: WhenShort::Skip }),
        phases: vec![phase],
        ..Programme::default()
    }
}
