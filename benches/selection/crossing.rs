//! Three crossing systems of quotas, beside `HiGHS` in the same run (`benches/peers/crossing.py`).

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;
use std::time::Instant;

use risk_index::selection::{
    Candidate, History, Limit, Limits, Objective, Phase, Pool, Programme, QuotaRule, Rule, select,
};

use super::{bounds, each, programme};

/// Numbers of places: pilots, and a national programme.
pub(super) const PLACES: [u32; 2] = [139, 2_000];

/// So many places: counties within a quarter of their share, towns a tenth of all, each size of
/// population a sixth at least.
pub(super) fn three_quotas(rule: Rule, places: u32) -> Programme {
    let towns = Limits::default();
    let towns = Limits { named: [("town".into(), Limit::Places(places / 10))].into(), ..towns };
    let share = places / 42;
    let quota = vec![
        bounds("county", each(share - share / 4), each(share + share / 4 + 1)),
        bounds("kind", towns.clone(), towns),
        bounds("size", each(places / 6), Limits::default()),
    ];
    let phase = Phase { id: "I".into(), upto: Some(places), quota, ..Phase::default() };
    Programme { rule, ..programme(phase) }
}

/// Prints how long the largest sum takes here and in `HiGHS`, which must find the same sum.
pub(super) fn beside_highs(country: &Pool) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("problem.lp");
    let peer = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/crossing.py");
    println!("\nplaces, seconds here, seconds in HiGHS, HiGHS/here, points");
    for places in PLACES {
        let wanted = three_quotas(Rule::Coverage(Objective::Score), places);
        let (ours, points) = quickest(|| {
            let found = select(&wanted, country, &History::default()).unwrap();
            let chosen: BTreeSet<&str> = found.list().into_iter().collect();
            let points = country.candidates.iter().filter(|c| chosen.contains(c.code.as_str()));
            points.map(micro_points).sum::<i64>()
        });
        fs::write(&file, linear_programme(country, &wanted)).unwrap();
        let Ok(output) = Command::new("python3").arg(peer).arg(&file).output() else {
            println!("no `python3` to compare with");
            return;
        };
        if !output.status.success() {
            println!("HiGHS: {}", String::from_utf8_lossy(&output.stderr).trim());
            return;
        }
        let printed = String::from_utf8(output.stdout).unwrap();
        // the solver greets before
        let last = printed.trim().lines().last().unwrap_or_default();
        let [theirs, check] = last.split(',').collect::<Vec<_>>().try_into().unwrap();
        let (theirs, check): (f64, f64) = (theirs.parse().unwrap(), check.parse().unwrap());
        println!("{places}, {ours:.4}, {theirs:.4}, {:.1}, {points}", theirs / ours);
        assert!((points as f64 - check).abs() < 0.5, "not the same sum: {check}");
    }
}

/// A score as the search counts it.
fn micro_points(candidate: &Candidate) -> i64 {
    (candidate.score.unwrap() * 1e6).round() as i64
}

/// The least of three times in seconds, and the result.
fn quickest<T>(work: impl Fn() -> T) -> (f64, T) {
    let timed = || {
        let start = Instant::now();
        let result = work();
        (start.elapsed().as_secs_f64(), result)
    };
    let rest: Vec<f64> = (0..2).map(|_| timed().0).collect();
    let (last, result) = timed();
    (rest.into_iter().fold(last, f64::min), result)
}

/// The same quotas in the LP format of CPLEX, which `HiGHS` reads.
fn linear_programme(country: &Pool, programme: &Programme) -> String {
    let phase = &programme.phases[0];
    let places = i64::from(phase.upto.unwrap());
    let everybody = 0..country.candidates.len();
    let mut text = String::from("Maximize\n obj:");
    for (at, candidate) in country.candidates.iter().enumerate() {
        writeln!(text, " + {} x{at}", micro_points(candidate)).unwrap();
    }
    text.push_str("Subject To\n");
    let mut row = |units: &[usize], sense: &str, bound: i64| {
        units.iter().for_each(|at| writeln!(text, " + x{at}").unwrap());
        writeln!(text, " {sense} {bound}").unwrap();
    };
    row(&everybody.clone().collect::<Vec<_>>(), "=", places);
    for quota in &phase.quota {
        let family = country.classifications.iter().position(|c| c.id == quota.by).unwrap();
        let QuotaRule::Bounds { min, max, .. } = &quota.rule else {
            unreachable!("all are bounds")
        };
        for (group, name) in country.classifications[family].groups.iter().enumerate() {
            let units: Vec<usize> = (everybody.clone())
                .filter(|at| country.candidates[*at].groups[family] == Some(group))
                .collect();
            for (limits, sense) in [(min, ">="), (max, "<=")] {
                if let Some(Limit::Places(bound)) = limits.named.get(name).copied().or(limits.each)
                {
                    row(&units, sense, bound.into());
                }
            }
        }
    }
    text.push_str("Binary\n");
    everybody.for_each(|at| writeln!(text, " x{at}").unwrap());
    text.push_str("End\n");
    text
}
