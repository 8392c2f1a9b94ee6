//! Selections of national size: `cargo bench --bench selection`. At the end three crossing quotas are
//! timed beside `HiGHS`, where `python3` has `highspy`.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a bench prints and may panic")]
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]

mod crossing;
mod parishes;

use std::collections::BTreeMap;

use criterion::{Criterion, criterion_group};
use parishes::{Draws, parishes, shared_costs, unions};
use risk_index::selection::{
    Budget, Candidate, Classification, History, Limit, Limits, Objective, Phase, Pool, Programme,
    Quota, QuotaRule, Rule, WhenShort, select,
};

/// Units and counties of the country.
const UNITS: usize = 3_181;
const COUNTIES: usize = 42;
/// Grids of communes that make about 10,000 candidates for unions.
const GRIDS: usize = 48;

/// Units in 42 counties, two kinds and five sizes; about every tenth is a town.
fn country() -> Pool {
    let mut draws = Draws(7);
    let candidates = (0..UNITS)
        .map(|at| {
            let hardship = draws.below(1_000_000);
            let population = 400 + draws.below(6_000);
            Candidate {
                code: format!("{:06}", 10_000 + at),
                score: Some((hardship + draws.below(300_000)) as f64 / 1_000_000.0),
                groups: vec![
                    Some(at % COUNTIES),
                    Some(usize::from(draws.below(10) == 0)),
                    Some(usize::try_from((population - 400) / 1_200).unwrap()),
                ],
                people: population * (5 + hardship / 40_000) / 100,
                population,
                cost: Some(100 * (120_000 + 15 * population + draws.below(60_000))),
                ..Candidate::default()
            }
        })
        .collect();
    Pool {
        classifications: vec![
            Classification {
                id: "county".into(),
                groups: (0..COUNTIES).map(|c| format!("{c:02}")).collect(),
            },
            Classification { id: "kind".into(), groups: vec!["commune".into(), "town".into()] },
            Classification { id: "size".into(), groups: (0..5).map(|s| format!("{s}")).collect() },
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

fn bench(criterion: &mut Criterion) {
    let (country, parishes, shared) = (country(), parishes(GRIDS), shared_costs(GRIDS));
    let mut group = criterion.benchmark_group("selection");
    group.sample_size(10);
    let mut run = |name: &str, programme: &Programme, pool: &Pool| {
        group.bench_function(name, |bencher| {
            bencher.iter(|| select(programme, pool, &History::default()).expect("there is a list"));
        });
    };
    run("county and kind quotas, priority", &crossing(Rule::Priority), &country);
    run("county and kind quotas, score", &crossing(Rule::Coverage(Objective::Score)), &country);
    for places in crossing::PLACES {
        let name = |by: &str| format!("three crossing quotas, {places} places, {by}");
        run(&name("priority"), &crossing::three_quotas(Rule::Priority, places), &country);
        let by_score = Rule::Coverage(Objective::Score);
        run(&name("score"), &crossing::three_quotas(by_score, places), &country);
    }
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

fn main() {
    benches();
    Criterion::default().configure_from_args().final_summary();
    crossing::beside_highs(&country());
}
