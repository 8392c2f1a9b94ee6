//! Selections of national size: `cargo bench --bench selection`.

use std::collections::BTreeMap;

use criterion::{Criterion, criterion_group, criterion_main};
use risk_index::selection::{
    Border, Budget, Candidate, Family, Fill, Limit, Limits, Objective, Past, Phase, Pool,
    Programme, Quota, QuotaRule, Rule, Unions, WhenShort, select,
};

/// Units and counties of the country.
const UNITS: usize = 3_181;
const COUNTIES: usize = 42;

/// Draws from a linear congruential generator (Knuth's MMIX constants).
struct Draws(u64);

impl Draws {
    fn below(&mut self, bound: u64) -> i64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % bound).expect("a draw is small")
    }
}

/// Units in 42 counties and two kinds; about every tenth is a town.
fn country() -> Pool {
    let mut draws = Draws(7);
    let candidates = (0..UNITS)
        .map(|at| {
            let hardship = draws.below(1_000_000);
            let population = 400 + draws.below(6_000);
            Candidate {
                code: format!("{:06}", 10_000 + at),
                score: Some((hardship + draws.below(300_000)) as f64 / 1_000_000.0),
                groups: vec![Some(at % COUNTIES), Some(usize::from(draws.below(10) == 0))],
                people: population * (5 + hardship / 40_000) / 100,
                population,
                cost: Some(100 * (120_000 + 15 * population + draws.below(60_000))),
                ..Candidate::default()
            }
        })
        .collect();
    Pool {
        families: vec![
            Family {
                id: "county".into(),
                groups: (0..COUNTIES).map(|c| format!("{c:02}")).collect(),
            },
            Family { id: "kind".into(), groups: vec!["commune".into(), "town".into()] },
        ],
        candidates,
        ..Pool::default()
    }
}

fn each(places: u32) -> Limits {
    Limits::each(Limit::Places(places))
}

fn bounds(by: &str, min: Limits, max: Limits) -> Quota {
    Quota { by: by.into(), rule: QuotaRule::Bounds { min, max, exactly: Limits::default() } }
}

fn programme(phase: Phase) -> Programme {
    Programme { phases: vec![phase], ..Programme::default() }
}

/// 800 places, 5 to 40 a county, 60 towns at most.
fn crossing(rule: Rule) -> Programme {
    let towns = Limits { each: None, named: BTreeMap::from([("town".into(), Limit::Places(60))]) };
    let quota = vec![bounds("county", each(5), each(40)), bounds("kind", Limits::default(), towns)];
    Programme {
        rule,
        ..programme(Phase { id: "I".into(), upto: Some(800), quota, ..Phase::default() })
    }
}

/// Money for about 800 units, at least 5 and at most 40 a county.
fn money(objective: Objective) -> Programme {
    let quota = vec![bounds("county", each(5), each(40))];
    Programme {
        rule: Rule::Coverage(objective),
        budget: Some(Budget { limit: 100 * 160_000_000, when_short: WhenShort::Skip }),
        ..programme(Phase { id: "I".into(), quota, ..Phase::default() })
    }
}

/// The same money walked down the ranking.
fn money_by_priority() -> Programme {
    Programme { rule: Rule::Priority, ..money(Objective::Score) }
}

/// About 10,000 candidates for unions: 48 grids of 42 small communes, each a county of its own.
fn parishes() -> Pool {
    const GRIDS: usize = 48;
    const WIDE: usize = 6;
    const HIGH: usize = 7;
    let mut draws = Draws(11);
    let mut candidates = Vec::new();
    let mut borders = Vec::new();
    let code = |grid: usize, x: usize, y: usize| format!("{grid:02}{x}{y}");
    for grid in 0..GRIDS {
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
    let groups = (0..GRIDS).map(|grid| format!("{grid:02}")).collect();
    Pool {
        families: vec![Family { id: "county".into(), groups }],
        candidates,
        borders,
        ..Pool::default()
    }
}

/// The same communes where a union pays the fixed part of the costs once.
fn shared_costs() -> Pool {
    let mut pool = parishes();
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
fn unions(places: Option<u32>, limit: Option<i64>) -> Programme {
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
        ..programme(phase)
    }
}

fn bench(criterion: &mut Criterion) {
    let (country, parishes, shared) = (country(), parishes(), shared_costs());
    let mut group = criterion.benchmark_group("selection");
    group.sample_size(10);
    let mut run = |name: &str, programme: &Programme, pool: &Pool| {
        group.bench_function(name, |bencher| {
            bencher.iter(|| select(programme, pool, &Past::default()).expect("there is a list"));
        });
    };
    run("county and kind quotas, priority", &crossing(Rule::Priority), &country);
    run("county and kind quotas, score", &crossing(Rule::Coverage(Objective::Score)), &country);
    run("money by priority, 42 minima", &money_by_priority(), &country);
    run("money for score, 42 minima", &money(Objective::Score), &country);
    run("money for people, 42 minima", &money(Objective::People), &country);
    run("unions, 250 projects", &unions(Some(250), None), &parishes);
    let lei = |millions: i64| Some(100 * 1_000_000 * millions);
    run("unions for 40 million lei, fixed costs once", &unions(None, lei(40)), &shared);
    run("unions for 40 million lei", &unions(None, lei(40)), &parishes);
    run("150 unions for 40 million lei", &unions(Some(150), lei(40)), &parishes);
    run("250 unions for 60 million lei", &unions(Some(250), lei(60)), &parishes);
}

criterion_group!(benches, bench);
criterion_main!(benches);
