//! Selection problems small enough to check by hand, one folder each under `tests/golden/selection`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use risk_index::selection::{
    Appeals, Apportionment, Border, Budget, Candidate, Family, Fill, Limit, Limits, Lock, Lottery,
    Method, Objective, Past, Phase, Pool, Programme, Published, Quota, QuotaRule, Reserve, Rule,
    State, Unions, WhenShort, apportion, select, ticket,
};
use toml::{Table, Value};

fn folder(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/selection").join(case)
}

fn rows(case: &str, file: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(folder(case).join(file)).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

fn expected(case: &str, file: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(folder(case).join(file)).unwrap();
    reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn case(name: &str) -> Table {
    fs::read_to_string(folder(name).join("case.toml")).unwrap().parse().unwrap()
}

fn limits(value: Option<&Value>) -> Limits {
    let places = |v: &Value| Limit::Places(v.as_integer().unwrap().try_into().unwrap());
    match value {
        None => Limits::default(),
        Some(Value::Table(named)) => Limits {
            each: None,
            named: named.iter().map(|(group, v)| (group.clone(), places(v))).collect(),
        },
        Some(each) => Limits::each(places(each)),
    }
}

fn programme(case: &Table) -> Programme {
    let locks = |key: &str| {
        let list = case.get("eligible").and_then(|e| e.get(key)).and_then(Value::as_array);
        let text = |lock: &Value, key: &str| lock[key].as_str().unwrap().to_owned();
        let lock = |l: &Value| Lock { code: text(l, "code"), reason: text(l, "reason") };
        list.map(|list| list.iter().map(lock).collect()).unwrap_or_default()
    };
    let mut programme = Programme { id: "case".into(), ..Programme::default() };
    programme.eligible.exclude = locks("exclude");
    programme.eligible.include = locks("include");
    if let Some(order) = case.get("order") {
        let decimals = order.get("decimals").and_then(Value::as_integer);
        programme.order.decimals = decimals.map_or(6, |d| d.try_into().unwrap());
        let ties = order.get("ties").and_then(Value::as_array);
        programme.order.ties =
            ties.into_iter().flatten().map(|t| t.as_str().unwrap().to_owned()).collect();
        programme.order.lottery = order.get("lottery").map(|lottery| Lottery {
            source: "a draw".into(),
            announced: "2026-11-20".into(),
            seed: lottery["seed"].as_str().unwrap().into(),
        });
    }
    for phase in case["phase"].as_array().unwrap() {
        let quota = phase.get("quota").and_then(Value::as_array);
        let quota = quota.into_iter().flatten().map(|q| Quota {
            by: q["by"].as_str().unwrap().into(),
            rule: QuotaRule::Bounds {
                min: limits(q.get("min")),
                max: limits(q.get("max")),
                exactly: limits(q.get("exactly")),
            },
        });
        programme.phases.push(Phase {
            id: phase["id"].as_str().unwrap().into(),
            upto: phase.get("upto").map(|n| n.as_integer().unwrap().try_into().unwrap()),
            quota: quota.collect(),
            ..Phase::default()
        });
    }
    programme
}

fn pool(programme: &Programme, name: &str, file: &str) -> Pool {
    let rows = rows(name, file);
    let families = ["county", "region", "kind"].into_iter().filter(|id| rows[0].contains_key(*id));
    let families: Vec<_> = families
        .map(|id| {
            let mut groups: Vec<_> = rows.iter().map(|row| row[id].clone()).collect();
            groups.sort();
            groups.dedup();
            Family { id: id.into(), groups }
        })
        .collect();
    let number = |row: &BTreeMap<String, String>, key: &str| {
        row.get(key).map_or(0, |text| text.parse::<i64>().unwrap())
    };
    let candidate = |row: &BTreeMap<String, String>| Candidate {
        code: row["code"].clone(),
        score: Some(row["score"].parse().unwrap()),
        keys: programme
            .order
            .ties
            .iter()
            .map(|tie| number(row, tie.split(' ').next().unwrap()))
            .collect(),
        groups: families.iter().map(|f| f.groups.iter().position(|g| *g == row[&f.id])).collect(),
        people: number(row, "vulnerable"),
        population: number(row, "population"),
        cost: row.get("cost").map(|cost| cost.parse::<i64>().unwrap() * 100),
        ..Candidate::default()
    };
    let candidates = rows.iter().map(candidate).collect();
    Pool { families, candidates, ..Pool::default() }
}

/// The list as `code, phase, rank`.
#[track_caller]
fn listed(programme: &Programme, pool: &Pool) -> Vec<Vec<String>> {
    let selection =
        select(programme, pool, &Past::default()).unwrap_or_else(|refusal| panic!("{refusal}"));
    assert!(selection.proved());
    let phases = selection.phases.iter();
    phases
        .flat_map(|phase| phase.added.iter().map(|code| (phase.id.clone(), code.clone())))
        .map(|(phase, code)| {
            let rank = selection.unit(&code).and_then(|unit| unit.rank).unwrap();
            vec![code, phase, rank.to_string()]
        })
        .collect()
}

#[track_caller]
fn plain(name: &str) {
    let programme = programme(&case(name));
    let pool = pool(&programme, name, "units.csv");
    assert_eq!(listed(&programme, &pool), expected(name, "expected.csv"));
}

#[track_caller]
fn both_rules(name: &str) {
    for (rule, file) in [
        (Rule::Priority, "expected_priority.csv"),
        (Rule::Coverage(Objective::Score), "expected_coverage.csv"),
    ] {
        let programme = Programme { rule, ..programme(&case(name)) };
        let pool = pool(&programme, name, "units.csv");
        assert_eq!(listed(&programme, &pool), expected(name, file));
    }
}

#[track_caller]
fn refused(name: &str) {
    let programme = programme(&case(name));
    let pool = pool(&programme, name, "units.csv");
    let refusal = select(&programme, &pool, &Past::default()).unwrap_err();
    let said: Vec<_> = refusal
        .problems
        .into_iter()
        .map(|problem| {
            let code = problem.conflict.map(|conflict| conflict.code).or(problem.unit).unwrap();
            vec![problem.rule.to_owned(), code]
        })
        .collect();
    assert_eq!(said, expected(name, "expected_error.csv"));
}

#[track_caller]
fn replaced(name: &str) {
    let programme = programme(&case(name));
    let pool = pool(&programme, name, "units.csv");
    let selection = select(&programme, &pool, &Past::default()).unwrap();
    let found = selection.replacements.iter().map(|replacement| {
        [replacement.leaves.clone(), replacement.enters.clone().unwrap_or_default()].concat()
    });
    assert_eq!(found.collect::<Vec<_>>(), expected(name, "expected_replacements.csv"));
}

#[track_caller]
fn appealed(name: &str) {
    let mut programme = programme(&case(name));
    programme.reserve = Some(Reserve::Size(2));
    let before = pool(&programme, name, "before_units.csv");
    let before = select(&programme, &before, &Past::default()).unwrap();
    let published = before.units.iter().map(|unit| Published {
        code: unit.code.clone(),
        // the case counts no reserve before
        state: if unit.state == State::Reserve { State::NotSelected } else { unit.state },
        holds: unit.state == State::Selected,
        phase: unit.phase.clone(),
        points: unit.points,
    });
    let past = Past { decisions: Vec::new(), previous: Some(published.collect()) };
    let pool = pool(&programme, name, "units.csv");
    let mut found = Vec::new();
    for (policy, word) in [(Appeals::Strict, "strict"), (Appeals::HoldHarmless, "hold-harmless")] {
        programme.decisions.policy = policy;
        let selection = select(&programme, &pool, &past).unwrap();
        for change in selection.changes {
            let after = match change.reserve {
                Some(number) => format!("reserve-{number}"),
                None => change.after.word().to_owned(),
            };
            let before = change.before.word().to_owned();
            found.push(vec![word.to_owned(), change.code, before, after, change.why.to_string()]);
        }
    }
    assert_eq!(found, expected(name, "expected_changes.csv"));
}

#[track_caller]
fn shared_out(name: &str) {
    let case = case(name);
    let asked = &case["apportion"];
    let list = |key: &str| {
        asked.get(key).map(|list| -> Vec<i64> {
            list.as_array().unwrap().iter().map(|n| n.as_integer().unwrap()).collect()
        })
    };
    let votes = list("votes").unwrap();
    let mut found = Vec::new();
    for places in list("seats").unwrap() {
        for method in asked["methods"].as_array().unwrap() {
            let method = method.as_str().unwrap();
            let asked = Apportionment {
                votes: votes.clone(),
                min: list("min").unwrap_or(vec![0; votes.len()]),
                max: list("max").unwrap_or(vec![i64::MAX; votes.len()]),
                places,
            };
            let seats = apportion(Method::named(method).unwrap(), &asked).unwrap().places;
            let mut row = vec![places.to_string(), method.to_owned()];
            row.extend(seats.iter().map(i64::to_string));
            found.push(row);
        }
    }
    assert_eq!(found, expected(name, "expected.csv"));
}

#[track_caller]
fn paid(name: &str) {
    let case = case(name);
    let limit = case["budget"]["limit"].as_integer().unwrap() * 100;
    let rules = case["budget"]["rules"].as_array().unwrap().iter().map(|r| r.as_str().unwrap());
    let found = rules.map(|rule| {
        let mut programme = programme(&case);
        let when_short = if rule == "stop" { WhenShort::Stop } else { WhenShort::Skip };
        programme.budget = Some(Budget { limit, when_short });
        if rule == "optimal" {
            programme.rule = Rule::Coverage(Objective::Score);
        }
        let pool = pool(&programme, name, "units.csv");
        let selection = select(&programme, &pool, &Past::default()).unwrap();
        let phase = &selection.phases[0];
        let sum = format!("{}.{:02}", phase.points / 1_000_000, phase.points % 1_000_000 / 10_000);
        vec![rule.to_owned(), phase.added.join("+"), (phase.cost / 100).to_string(), sum]
    });
    assert_eq!(found.collect::<Vec<_>>(), expected(name, "expected.csv"));
}

#[track_caller]
fn joined(name: &str) {
    let case = case(name);
    let unions = &case["unions"];
    let number = |key: &str| unions[key].as_integer().unwrap();
    let mut found = Vec::new();
    for size in case["case"]["sizes"].as_array().unwrap() {
        let size = size.as_integer().unwrap();
        let mut programme = programme(&case);
        programme.rule = Rule::Coverage(Objective::People);
        programme.phases[0].upto = Some(size.try_into().unwrap());
        programme.phases[0].fill = Some(Fill::AtMost);
        programme.unions = Some(Unions {
            max_members: number("max_members").try_into().unwrap(),
            max_population: number("max_population"),
            member_max_population: None,
            same: Some("county".into()),
            min_border_m: 0,
        });
        let mut pool = pool(&programme, name, "units.csv");
        let border = |row: &BTreeMap<String, String>| Border {
            a: row["a"].clone(),
            b: row["b"].clone(),
            metres: row["border_m"].parse().ok(),
        };
        pool.borders = rows(name, "neighbours.csv").iter().map(border).collect();
        let selection = select(&programme, &pool, &Past::default()).unwrap();
        let phase = &selection.phases[0];
        for (at, project) in phase.projects.iter().enumerate() {
            let row = [size.to_string(), (at + 1).to_string(), project.join("+")];
            found.push([row.to_vec(), vec![phase.people.to_string()]].concat());
        }
    }
    assert_eq!(found, expected(name, "expected.csv"));
}

#[test]
fn the_three_highest_scores() {
    plain("s01_top_k");
}

#[test]
fn a_second_key_decides_a_tie() {
    plain("s02_tie_second_key");
}

#[test]
fn a_public_lottery_decides_a_tie() {
    let name = "s03_tie_lottery";
    plain(name);
    let programme = programme(&case(name));
    let seed = &programme.order.lottery.as_ref().unwrap().seed;
    for row in expected(name, "expected_tickets.csv") {
        assert_eq!(ticket(seed, &row[0]), row[1]);
    }
}

#[test]
fn locked_out_and_locked_in() {
    plain("s04_exclude_include");
    refused("s05_lock_conflict");
}

#[test]
fn quotas_on_one_classification() {
    plain("s06_county_max_replacements");
    plain("s07_county_min");
}

#[test]
fn nested_quotas_have_one_meaning() {
    both_rules("s08_region_and_county");
    both_rules("s09_min_inside_capped_region");
}

#[test]
fn crossing_quotas_have_two() {
    both_rules("s10_crossing_two_meanings");
    both_rules("s11_crossing_lookahead");
}

#[test]
fn places_are_apportioned() {
    shared_out("s12_apportion_methods");
    shared_out("s13_alabama_paradox");
    shared_out("s14_apportion_min_max");
    shared_out("s15_apportion_capacity");
}

#[test]
fn money_stops_skips_or_is_used_best() {
    paid("s16_budget_three_rules");
    paid("s17_budget_county_min");
    paid("s18_budget_equal_optima");
}

#[test]
fn phases_lock_what_came_before() {
    plain("s19_phases_nested");
    plain("s20_phases_lock_costs");
}

#[test]
fn impossible_programmes_are_refused() {
    refused("s21_infeasible_size");
    refused("s22_infeasible_capacity");
}

#[test]
fn a_withdrawal_brings_in_one_unit() {
    replaced("s06_county_max_replacements");
    replaced("s07_county_min");
}

#[test]
fn an_appeal_is_strict_or_harms_nobody() {
    plain("s27_appeal");
    appealed("s27_appeal");
}

#[test]
fn published_decimals_decide() {
    plain("s23_published_precision");
}

#[test]
fn neighbours_join() {
    joined("s24_unions_path");
    joined("s25_unions_triple_county");
    joined("s26_unions_canonical");
}
