//! Selections worked out by hand: reasons, decisions, appeals, ties, reserves, refusals.

use std::collections::BTreeMap;

use crate::selection::{
    Answer, Appeals, Border, Bound, Budget, Candidate, Classification, DecidedBy, Decision, Draw,
    FailedCondition, History, Judgement, Limit, Limits, Lock, Lottery, Objective, Phase, Pool,
    Priced, Programme, Published, Quota, QuotaRule, Reason, Reserve, Rule, Selection, Standing,
    State, Unions, Unscored, WhenShort, alternatives, prices, select, ways,
};

/// Units `code county score`.
fn pool(units: &[(&str, &str, f64)]) -> Pool {
    let mut counties: Vec<String> =
        units.iter().map(|(_, county, _)| (*county).to_owned()).collect();
    counties.sort();
    counties.dedup();
    let candidate = |(code, county, score): &(&str, &str, f64)| Candidate {
        code: (*code).into(),
        score: Some(*score),
        groups: vec![counties.iter().position(|c| c == county)],
        people: 10,
        population: 1000,
        cost: Some(100),
        ..Candidate::default()
    };
    let candidates = units.iter().map(candidate).collect();
    Pool {
        classifications: vec![Classification { id: "county".into(), groups: counties }],
        candidates,
        ..Pool::default()
    }
}

fn phase(id: &str, upto: u32, quota: Vec<Quota>) -> Phase {
    Phase { id: id.into(), upto: Some(upto), quota, ..Phase::default() }
}

fn county(min: Option<u32>, max: Option<u32>) -> Quota {
    let limits = |n: Option<u32>| n.map(|n| Limits::each(Limit::Places(n))).unwrap_or_default();
    let rule = QuotaRule::Bounds { min: limits(min), max: limits(max), exactly: Limits::default() };
    Quota { by: "county".into(), rule }
}

fn programme(phases: Vec<Phase>) -> Programme {
    Programme { id: "case".into(), phases, ..Programme::default() }
}

#[track_caller]
fn run(programme: &Programme, pool: &Pool) -> Selection {
    select(programme, pool, &History::default()).unwrap_or_else(|refusal| panic!("{refusal}"))
}

#[track_caller]
fn refused(programme: &Programme, pool: &Pool) -> (Vec<&'static str>, String) {
    let refusal = select(programme, pool, &History::default()).unwrap_err();
    (refusal.objections.iter().map(|problem| problem.rule).collect(), refusal.to_string())
}

fn reason(selection: &Selection, code: &str) -> String {
    selection.unit(code).unwrap().reason.code()
}

fn lacks(selection: &Selection, code: &str) -> (String, i64, i64) {
    let distance = selection.unit(code).unwrap().distance.clone().unwrap();
    (distance.with, distance.points.unwrap(), distance.ranks)
}

const THREE: &[(&str, &str, f64)] = &[
    ("A1", "AA", 0.95),
    ("A2", "AA", 0.94),
    ("A3", "AA", 0.93),
    ("B1", "BB", 0.60),
    ("B2", "BB", 0.15),
    ("C1", "CC", 0.20),
    ("C2", "CC", 0.10),
];

#[test]
fn a_minimum_is_the_reason_on_both_sides() {
    let selection = run(&programme(vec![phase("I", 3, vec![county(Some(1), None)])]), &pool(THREE));
    assert_eq!(selection.list(), ["A1", "B1", "C1"]);
    assert_eq!(reason(&selection, "A1"), "rank");
    assert_eq!(reason(&selection, "B1"), "min:county=BB:I");
    assert_eq!(reason(&selection, "C1"), "min:county=CC:I");
    assert_eq!(reason(&selection, "A2"), "displaced:B1:min:county=BB:I");
    assert_eq!(reason(&selection, "A3"), "displaced:C1:min:county=CC:I");
    assert_eq!(reason(&selection, "C2"), "below-cut");
    // A2 would come in for A1 only: the other two are the only ones of their counties
    assert_eq!(lacks(&selection, "A2"), ("A1".into(), 10_000, 1));
    assert_eq!(lacks(&selection, "B2"), ("B1".into(), 450_000, 2));
    assert_eq!(lacks(&selection, "A1"), ("A2".into(), 10_000, 1));
}

#[test]
fn a_maximum_is_the_reason() {
    let selection = run(&programme(vec![phase("I", 3, vec![county(None, Some(2))])]), &pool(THREE));
    assert_eq!(selection.list(), ["A1", "A2", "B1"]);
    assert_eq!(reason(&selection, "A3"), "max:county=AA:I");
    assert_eq!(lacks(&selection, "A3"), ("A2".into(), 10_000, 1));
    assert_eq!(reason(&selection, "C1"), "below-cut");
    assert_eq!(lacks(&selection, "C1"), ("B1".into(), 400_000, 1));
    assert_eq!(lacks(&selection, "B1"), ("C1".into(), 400_000, 1));
}

#[test]
fn the_price_of_a_minimum() {
    let programme = programme(vec![phase("I", 3, vec![county(Some(1), None)])]);
    let pool = pool(THREE);
    let prices = prices(&programme, &pool, &History::default());
    let [price] = &prices[..] else { panic!("{prices:?}") };
    let (by, phases) = ("county".to_owned(), vec!["I".to_owned()]);
    assert_eq!(price.rules, [Priced::Quota { by, bound: Bound::Min, phases }]);
    let whole = &price.without.as_ref().unwrap().difference.whole;
    assert_eq!(whole.points, 1_070_000);
    assert_eq!(whole.leaves, ["B1", "C1"]);
    assert_eq!(whole.enters, ["A2", "A3"]);
}

#[test]
fn the_price_of_phases() {
    let units = &[
        ("A1", "AA", 0.9),
        ("A2", "AA", 0.8),
        ("A3", "AA", 0.7),
        ("B1", "BB", 0.6),
        ("C1", "CC", 0.1),
    ];
    let phases = vec![phase("I", 3, vec![county(Some(1), None)]), phase("II", 4, vec![])];
    let (programme, pool) = (programme(phases), pool(units));
    let prices = prices(&programme, &pool, &History::default());
    let phasing = prices.iter().find(|price| price.rules == [Priced::Phases]).unwrap();
    let whole = &phasing.without.as_ref().unwrap().difference.whole;
    assert_eq!((whole.points, &whole.leaves[..]), (600_000, &["C1".to_owned()][..]));
}

#[test]
fn a_reserve_of_the_country_and_of_each_county() {
    let mut programme = programme(vec![phase("I", 3, vec![county(None, Some(2))])]);
    programme.reserve = Some(Reserve::Size(2));
    assert_eq!(run(&programme, &pool(THREE)).reserve, [["A3"], ["C1"]]);
    programme.reserve = Some(Reserve::Each { by: "county".into(), each: 1 });
    let selection = run(&programme, &pool(THREE));
    assert_eq!(selection.reserve, [["A3"], ["C1"], ["B2"]]);
    assert_eq!(selection.unit("C1").unwrap().state, State::Reserve);
    assert_eq!(selection.unit("C1").unwrap().reserve, Some(2));
    assert_eq!(selection.unit("C2").unwrap().state, State::NotSelected);
}

fn decision(day: &str, code: &str, answer: Answer) -> Decision {
    Decision { day: day.parse().unwrap(), code: code.into(), answer, reference: "HCL 1".into() }
}

#[test]
fn refused_places_pass_down_the_reserve_under_the_same_quotas() {
    let mut programme = programme(vec![phase("I", 3, vec![county(None, Some(2))])]);
    programme.reserve = Some(Reserve::Size(2));
    let decisions = vec![
        decision("2026-03-09", "C1", Answer::Accepted),
        decision("2026-03-05", "A3", Answer::Refused),
        decision("2026-03-01", "A1", Answer::Refused),
        decision("2026-03-02", "A2", Answer::Accepted),
    ];
    let history = History { decisions, previous: None };
    let selection = select(&programme, &pool(THREE), &history).unwrap();
    // A1's place goes to A3 (its county has room again), then to C1; the list as computed stays
    assert_eq!(selection.list(), ["A1", "A2", "B1"]);
    let place = &selection.places[0];
    let holders: Vec<_> = place.holders.iter().map(|holder| holder.codes[0].as_str()).collect();
    assert_eq!(holders, ["A1", "A3", "C1"]);
    let judged = |code: &str| selection.unit(code).unwrap().decision;
    assert_eq!(judged("A1"), Some(Judgement::Refused));
    assert_eq!(judged("A3"), Some(Judgement::Refused));
    assert_eq!(judged("C1"), Some(Judgement::Accepted));
    assert_eq!(judged("A2"), Some(Judgement::Accepted));
    assert_eq!(judged("B1"), None);
}

#[test]
fn an_answer_without_a_place_counts_for_none() {
    let mut programme = programme(vec![phase("I", 3, vec![])]);
    programme.reserve = Some(Reserve::Size(2));
    let decisions = vec![
        decision("2026-03-01", "C2", Answer::Accepted),
        decision("2026-03-01", "B1", Answer::Refused),
        decision("2026-03-05", "A1", Answer::Refused),
        decision("2026-03-05", "A1", Answer::Refused),
    ];
    let mut history = History { decisions, previous: None };
    let twice = select(&programme, &pool(THREE), &history).unwrap_err();
    assert_eq!(twice.objections[0].rule, "decision-conflict");
    history.decisions.pop();
    let selection = select(&programme, &pool(THREE), &history).unwrap();
    let codes: Vec<&str> = selection.unplaced.iter().map(|d| d.code.as_str()).collect();
    assert_eq!(codes, ["B1", "C2"]);
    // B1, first on the reserve, had refused before it had a place: C1 enters
    assert_eq!(selection.places[0].holders[1].codes, ["C1"]);
    assert_eq!(selection.unit("C2").unwrap().decision, None);
    history.decisions = vec![decision("2026-03-01", "X9", Answer::Accepted)];
    let nobody = select(&programme, &pool(THREE), &history).unwrap_err();
    assert_eq!(nobody.objections[0].rule, "not-selected");
}

fn published(selection: &Selection) -> Vec<Published> {
    let units = selection.units.iter();
    units
        .map(|unit| Published {
            code: unit.code.clone(),
            state: unit.state,
            holds: unit.state == State::Selected,
            phase: unit.phase.clone(),
            points: unit.points,
        })
        .collect()
}

#[test]
fn an_accepted_unit_stays_when_an_appeal_overtakes_it() {
    let mut programme = programme(vec![phase("I", 3, vec![])]);
    let before = pool(&[
        ("A1", "AA", 0.9),
        ("B2", "AA", 0.8),
        ("C3", "AA", 0.7),
        ("D4", "BB", 0.69),
        ("E5", "BB", 0.6),
    ]);
    let first = run(&programme, &before);
    let after = pool(&[
        ("A1", "AA", 0.9),
        ("B2", "AA", 0.8),
        ("C3", "AA", 0.7),
        ("D4", "BB", 0.69),
        ("E5", "BB", 0.75),
    ]);
    let history = History {
        decisions: vec![decision("2026-03-01", "C3", Answer::Accepted)],
        previous: Some(published(&first)),
    };
    // strict: C3 keeps its place, so B2 is the lowest without an answer: E5 enters for it
    let strict = select(&programme, &after, &history).unwrap();
    assert_eq!(strict.list(), ["A1", "B2", "C3"]);
    assert_eq!(strict.unit("C3").unwrap().reason, Reason::Accepted);
    assert!(strict.changes.is_empty());
    // hold-harmless: the same, and E5 is added
    programme.decisions.policy = Appeals::HoldHarmless;
    let harmless = select(&programme, &after, &history).unwrap();
    assert_eq!(harmless.list(), ["A1", "B2", "E5", "C3"]);
    assert_eq!(harmless.changes.len(), 1);
    assert_eq!(harmless.phases[0].places, 4);
}

#[test]
fn an_accepted_unit_that_is_no_longer_eligible_stays() {
    let programme = programme(vec![phase("I", 2, vec![])]);
    let mut pool = pool(&[("A1", "AA", 0.9), ("B2", "AA", 0.8), ("C3", "AA", 0.7)]);
    let first = run(&programme, &pool);
    pool.candidates[1].failed =
        vec![FailedCondition { condition: "kind is not commune".into(), seen: None }];
    let mut history = History {
        decisions: vec![decision("2026-03-01", "B2", Answer::Accepted)],
        previous: Some(published(&first)),
    };
    assert_eq!(select(&programme, &pool, &history).unwrap().list(), ["A1", "B2"]);
    history.decisions.clear();
    let without = select(&programme, &pool, &history).err();
    let changes = select(&programme, &pool, &history).unwrap().changes;
    assert!(without.is_none());
    let said: Vec<_> =
        changes.iter().map(|change| format!("{}: {}", change.code, change.why)).collect();
    assert_eq!(said, ["C3: instead of B2", "B2: kind is not commune"]);
}

#[test]
fn phases_with_unions_and_quotas() {
    // AA: a row of four small communes; BB: two that touch; one project per county in phase I
    let mut pool = pool(&[
        ("A1", "AA", 0.9),
        ("A2", "AA", 0.5),
        ("A3", "AA", 0.8),
        ("A4", "AA", 0.3),
        ("B1", "BB", 0.7),
        ("B2", "BB", 0.6),
    ]);
    pool.borders = [("A1", "A2"), ("A2", "A3"), ("A3", "A4"), ("B1", "B2")]
        .map(|(a, b)| Border { a: a.into(), b: b.into(), metres: Some(900) })
        .to_vec();
    let mut programme = programme(vec![
        phase("I", 2, vec![county(None, Some(1))]),
        phase("II", 3, vec![county(None, Some(2))]),
    ]);
    programme.unions = Some(Unions {
        max_members: 2,
        max_population: 2000,
        member_max_population: None,
        same: Some("county".into()),
        min_border_m: 500,
    });
    let selection = run(&programme, &pool);
    // I: A1 first; A3 cannot share with it (A2 lies between); B1, then B2 and A2 as partners
    assert_eq!(selection.phases[0].projects, [["A1", "A2"], ["B1", "B2"]]);
    assert_eq!(selection.phases[1].projects, [["A3", "A4"]]);
    assert_eq!(reason(&selection, "A2"), "partner:A1");
    assert_eq!(selection.unit("A4").unwrap().place, Some(3));
    // a border of 900 m is none when 1,000 are asked for
    programme.unions.as_mut().unwrap().min_border_m = 1000;
    assert_eq!(run(&programme, &pool).list(), ["A1", "B1", "A3"]);
}

#[test]
fn a_union_goes_on_without_the_partner_that_leaves() {
    let mut pool = pool(&[("A1", "AA", 0.9), ("A2", "AA", 0.5), ("A3", "AA", 0.8)]);
    pool.borders = vec![Border { a: "A1".into(), b: "A2".into(), metres: None }];
    let mut programme = programme(vec![phase("I", 1, vec![])]);
    programme.unions = Some(Unions {
        max_members: 2,
        max_population: 2000,
        member_max_population: None,
        same: None,
        min_border_m: 0,
    });
    let history =
        History { decisions: vec![decision("2026-03-01", "A2", Answer::Refused)], previous: None };
    let selection = select(&programme, &pool, &history).unwrap();
    let codes: Vec<_> =
        selection.places[0].holders.iter().map(|holder| holder.codes.join("+")).collect();
    assert_eq!(codes, ["A1+A2", "A1"]);
    assert_eq!(selection.unit("A1").unwrap().decision, None);
    let history =
        History { decisions: vec![decision("2026-03-01", "A1", Answer::Refused)], previous: None };
    let selection = select(&programme, &pool, &history).unwrap();
    let codes: Vec<_> =
        selection.places[0].holders.iter().map(|holder| holder.codes.join("+")).collect();
    assert_eq!(codes, ["A1+A2", "A2"]);
}

#[test]
fn a_group_emptied_by_exclusions_is_infeasible() {
    let mut programme = programme(vec![phase("I", 3, vec![county(Some(1), None)])]);
    let lock = |code: &str| Lock { code: code.into(), reason: "funded before".into() };
    programme.eligible.exclude = vec![lock("C1"), lock("C2")];
    let (rules, message) = refused(&programme, &pool(THREE));
    assert_eq!(rules, ["infeasible"]);
    assert_eq!(
        message,
        "phase `I` has no list: county CC must have at least 1 (0 eligible): 1 place missing"
    );
    // a county without any unit passing `where` is no county of the programme
    let mut pool = pool(THREE);
    for unit in &mut pool.candidates[5..] {
        unit.failed = vec![FailedCondition { condition: "not rural".into(), seen: None }];
    }
    programme.eligible.exclude.clear();
    assert_eq!(run(&programme, &pool).list(), ["A1", "A2", "B1"]);
}

#[test]
fn what_conflicts_is_named_with_what_would_do() {
    let programme = programme(vec![phase("I", 2, vec![county(Some(1), None)])]);
    let refusal = select(&programme, &pool(THREE), &History::default()).unwrap_err();
    let problem = &refusal.objections[0];
    let conflict = problem.conflict.as_ref().unwrap();
    assert_eq!(conflict.code, "sum-of-minima-3-exceeds-size-2");
    assert_eq!(conflict.rules.len(), 4);
    assert_eq!(conflict.missing, 1);
    assert_eq!(
        problem.hint.as_ref().unwrap().en,
        "one of these changes would do: 3 places; or at least 0 for county AA; or at least 0 for county BB; or at least 0 for county CC"
    );
}

#[test]
fn money_that_is_short_says_how_much_is_missing() {
    let mut programme = programme(vec![phase("I", 3, vec![county(Some(1), None)])]);
    programme.budget = Some(Budget { limit: 250, when_short: WhenShort::Skip });
    let (_, message) = refused(&programme, &pool(THREE));
    assert!(message.contains("0.50 lei missing"), "{message}");
    programme.budget = Some(Budget { limit: 300, when_short: WhenShort::Skip });
    assert_eq!(run(&programme, &pool(THREE)).list(), ["A1", "B1", "C1"]);
}

#[test]
fn meanings_of_a_budget_stand_side_by_side() {
    let mut pool = pool(&[
        ("A", "AA", 0.9),
        ("B", "AA", 0.8),
        ("C", "BB", 0.7),
        ("D", "BB", 0.6),
        ("E", "CC", 0.5),
    ]);
    for (unit, cost) in pool.candidates.iter_mut().zip([60, 50, 30, 20, 20]) {
        unit.cost = Some(cost);
    }
    let mut programme = programme(vec![Phase { id: "I".into(), ..Phase::default() }]);
    programme.budget = Some(Budget { limit: 100, when_short: WhenShort::Skip });
    let found: Vec<_> = alternatives(&programme, &pool)
        .into_iter()
        .map(|alternative| {
            (alternative.meaning.word(), alternative.list.join("+"), alternative.overtakings)
        })
        .collect();
    assert_eq!(found[0], ("stop", "A".to_owned(), 0));
    assert_eq!(found[1], ("skip", "A+C".to_owned(), 1));
    assert_eq!(found[2], ("coverage-score", "B+C+D".to_owned(), 3));
    let selection = run(&programme, &pool);
    assert_eq!(reason(&selection, "B"), "budget:I");
    programme.rule = Rule::Coverage(Objective::Score);
    let selection = run(&programme, &pool);
    assert_eq!(reason(&selection, "A"), "budget:I");
    assert_eq!(selection.phases[0].proof.bound, Some(2_100_000));
}

#[test]
fn a_tie_across_a_cut_stops_the_selection_unless_it_is_declared() {
    let mut programme = programme(vec![phase("I", 2, vec![])]);
    let mut pool = pool(&[
        ("A", "AA", 0.9),
        ("B", "AA", 0.7),
        ("C", "BB", 0.7),
        ("D", "BB", 0.7),
        ("E", "CC", 0.5),
    ]);
    let (rules, message) = refused(&programme, &pool);
    assert_eq!(rules, ["tie-at-cut"]);
    assert!(message.ends_with("nothing that was measured for the score tells these 3 apart"));
    // rounded to the same score, and measured apart
    pool.candidates[3].profile = 1;
    let (_, message) = refused(&programme, &pool);
    assert!(message.ends_with("puts 1 in and leaves 2 out"), "{message}");
    programme.order.accept_ties = Some("the act says so".into());
    let selection = run(&programme, &pool);
    assert_eq!(selection.list(), ["A", "B"]);
    assert_eq!(selection.ties.len(), 1);
    let tie = &selection.ties[0];
    assert_eq!((tie.inside.join(" "), tie.outside.join(" ")), ("B".into(), "C D".into()));
    assert_eq!(tie.decided_by, DecidedBy::Code);
    assert_eq!(reason(&selection, "C"), "tie-lost:B");
    assert_eq!(selection.boundaries[0].gap, Some(0));
    assert_eq!(selection.near(0).len(), 3);
    programme.order.accept_ties = None;
    programme.order.lottery = Some(Lottery {
        source: "a draw".into(),
        announced: "2026-11-20".into(),
        seed: "1 2 3".into(),
    });
    assert_eq!(run(&programme, &pool).ties[0].decided_by, DecidedBy::Lottery);
}

#[test]
fn a_tie_that_a_rule_decides_is_none() {
    // B1 and C1 share a score, and BB has no room for B1: in any order of codes C1 is in
    let units = &[("A1", "AA", 0.9), ("B0", "BB", 0.8), ("B1", "BB", 0.5), ("C1", "CC", 0.5)];
    let programme = programme(vec![phase("I", 3, vec![county(None, Some(1))])]);
    let selection = run(&programme, &pool(units));
    assert_eq!(selection.list(), ["A1", "B0", "C1"]);
    assert!(selection.ties.is_empty());
}

#[test]
fn an_eligible_unit_without_a_score_is_never_lost_quietly() {
    let mut programme = programme(vec![phase("I", 7, vec![])]);
    let mut pool = pool(THREE);
    pool.candidates[0].score = None;
    assert_eq!(refused(&programme, &pool).0, ["unscored"]);
    programme.eligible.unscored = Unscored::LastPlace("no data".into());
    assert_eq!(run(&programme, &pool).list().last(), Some(&"A1"));
    programme.eligible.unscored = Unscored::Exclude("no data".into());
    programme.phases[0].upto = Some(6);
    let selection = run(&programme, &pool);
    assert_eq!(selection.unit("A1").unwrap().state, State::Unscored);
    assert_eq!(reason(&selection, "A1"), "unscored:no data");
}

#[test]
fn bad_input_is_named() {
    let good = || programme(vec![phase("I", 3, vec![])]);
    let case = |change: &dyn Fn(&mut Programme, &mut Pool)| {
        let (mut programme, mut pool) = (good(), pool(THREE));
        change(&mut programme, &mut pool);
        refused(&programme, &pool)
    };
    let named = |name: &str, places: u32| {
        let min = Limits { each: None, named: [(name.to_owned(), Limit::Places(places))].into() };
        let rule = QuotaRule::Bounds { min, max: Limits::default(), exactly: Limits::default() };
        Quota { by: "county".into(), rule }
    };
    let said = case(&|programme, _| programme.phases[0].quota = vec![named("AB", 1)]);
    assert_eq!(said, (vec!["unknown-group"], "no `county` is called `AB`".into()));
    let said = case(&|programme, _| programme.phases[0].quota = vec![named("BB", 3)]);
    assert_eq!(
        said.1,
        "phase `I` has no list: county BB must have at least 3 (2 eligible): 1 place missing"
    );
    let said = case(&|_, pool| pool.candidates[1].code = "A1".into());
    assert_eq!(said.0, ["duplicate-unit"]);
    let said = case(&|programme, pool| {
        programme.budget = Some(Budget { limit: 500, when_short: WhenShort::Skip });
        pool.candidates[3].cost = None;
    });
    assert_eq!(said, (vec!["missing-cost"], "unit `B1` may take a place and has no cost".into()));
    let said = case(&|programme, _| {
        programme.budget = Some(Budget { limit: -100, when_short: WhenShort::Skip });
    });
    assert_eq!(
        said,
        (vec!["negative-budget"], "a limit of -1.00 lei: money cannot be negative".into())
    );
    let said = case(&|programme, pool| {
        pool.borders = vec![Border { a: "A1".into(), b: "XX".into(), metres: None }];
        programme.unions = Some(Unions {
            max_members: 2,
            max_population: 9,
            member_max_population: None,
            same: None,
            min_border_m: 0,
        });
    });
    assert_eq!(
        said,
        (
            vec!["unknown-neighbour"],
            "the border `A1` - `XX`: `XX` is no unit of the register".into()
        )
    );
    let said = case(&|_, pool| pool.candidates[0].score = Some(f64::NAN));
    assert_eq!(said, (vec!["score"], "unit `A1` has a score that is not a finite number".into()));
    let said = case(&|programme, _| programme.phases.clear());
    assert_eq!(said.0, ["no-phase"]);
    let said = case(&|programme, _| programme.phases[0].upto = Some(8));
    assert_eq!(
        said.1,
        "phase `I` has no list: 8 places must be filled (7 units may take one): 1 place missing"
    );
}

#[test]
fn the_algorithm_is_told_before_anything_runs() {
    let words = |programme: &Programme| ways(programme, &pool(THREE)).unwrap()[0].en;
    let mut programme = programme(vec![phase("I", 3, vec![county(Some(1), None)])]);
    assert_eq!(words(&programme), "nested: exact greedy");
    programme.budget = Some(Budget { limit: 500, when_short: WhenShort::Skip });
    programme.rule = Rule::Coverage(Objective::Score);
    assert_eq!(words(&programme), "integer programme, bound reported");
}

#[test]
fn the_optimum_keeps_the_money_when_the_bound_decides_everybody() {
    let mut pool = pool(&[
        ("A", "AA", 0.0),
        ("B", "AA", 0.0),
        ("C", "AA", 0.0),
        ("D", "AA", 0.0),
        ("E", "AA", 0.0),
    ]);
    for (unit, (people, cost)) in
        pool.candidates.iter_mut().zip([(5, 8), (1, 1), (2, 4), (2, 6), (4, 7)])
    {
        (unit.people, unit.cost) = (people, Some(cost));
    }
    let mut programme = programme(vec![phase("I", 2, vec![]), phase("II", 6, vec![])]);
    programme.rule = Rule::Coverage(Objective::People);
    programme.budget = Some(Budget { limit: 23, when_short: WhenShort::Skip });
    // C and D cover two people each, and either can be paid beside A, B and E
    programme.order.accept_ties = Some("the code decides".into());
    // all five cost 26; without D they cost 20
    let selection = run(&programme, &pool);
    assert_eq!(selection.list(), ["A", "E", "B", "C"]);
    assert_eq!(selection.phases[1].cost, 20);
}

/// Seven units whose standings are given, for two certain places, five contested ones and two that are out.
fn disputed() -> Pool {
    use Standing::{Certain, Contested, Out};
    let mut pool = pool(&[
        ("A1", "AA", 0.9),
        ("B1", "BB", 0.8),
        ("A3", "AA", 0.75),
        ("B3", "BB", 0.7),
        ("A2", "AA", 0.6),
        ("B2", "BB", 0.55),
        ("C1", "CC", 0.5),
        ("A4", "AA", 0.95),
        ("B4", "BB", 0.2),
    ]);
    let standings =
        [Certain, Certain, Contested, Contested, Contested, Contested, Contested, Out, Out];
    for (unit, standing) in pool.candidates.iter_mut().zip(standings) {
        unit.standing = Some(standing);
    }
    pool
}

/// Tickets of this seed by `sha256sum`, the smallest first: A2 09ac, C1 55a1, A3 7511, B2 b5f4, B3 e513.
fn drawing(phases: Vec<Phase>, by: Option<&str>) -> Programme {
    let mut programme = programme(phases);
    programme.order.lottery = Some(Lottery {
        source: "Loto 6/49".into(),
        announced: "2026-11-20".into(),
        seed: "6/49 2026-12-06: 3 11 17 24 38 45".into(),
    });
    programme.order.draw = Some(Draw { by: by.map(str::to_owned) });
    programme
}

fn order(selection: &Selection) -> String {
    let mut units: Vec<_> = selection.units.iter().collect();
    units.sort_by_key(|unit| unit.rank);
    units.iter().map(|unit| unit.code.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn lots_are_drawn_among_the_contested() {
    let selection = run(&drawing(vec![phase("I", 4, Vec::new())], None), &disputed());
    // A4 has the highest score and is out in nearly all variants
    assert_eq!(order(&selection), "A1 B1 A2 C1 A3 B2 B3 A4 B4");
    assert_eq!(selection.list(), ["A1", "B1", "A2", "C1"]);
    let [tie] = &selection.ties[..] else { panic!("{:?}", selection.ties) };
    assert_eq!((tie.inside.join(" "), tie.outside.join(" ")), ("A2 C1".into(), "A3 B2 B3".into()));
    assert_eq!(tie.decided_by, DecidedBy::Draw);
    let reasons = ["A1", "C1", "B3", "A4"].map(|code| reason(&selection, code));
    assert_eq!(reasons, ["rank", "drawn", "not-drawn", "below-cut"]);
    // points between a unit that was drawn and another say nothing
    let lacks = &selection.unit("B3").unwrap().distance.as_ref().unwrap();
    assert_eq!((lacks.with.as_str(), lacks.points, lacks.ranks), ("C1", None, 3));
    assert_eq!(selection.boundaries[0].gap, None);
    // set aside, the score decides
    let mut by_score = drawing(vec![phase("I", 4, Vec::new())], None);
    by_score.order.draw = None;
    assert_eq!(run(&by_score, &disputed()).list(), ["A4", "A1", "B1", "A3"]);
}

#[test]
fn lots_of_a_county_are_drawn_for_its_own_positions() {
    // by score the contested stand A3 B3 A2 B2 C1; C1 is alone, and keeps its position
    let programme = drawing(vec![phase("I", 4, Vec::new())], Some("county"));
    let selection = run(&programme, &disputed());
    assert_eq!(order(&selection), "A1 B1 A2 B2 A3 B3 C1 A4 B4");
    assert_eq!(selection.list(), ["A1", "B1", "A2", "B2"]);
    let sides = selection.ties.iter().map(|tie| (tie.inside.join(" "), tie.outside.join(" ")));
    assert_eq!(sides.collect::<Vec<_>>(), [("A2".into(), "A3".into()), ("B2".into(), "B3".into())]);
    let reasons = ["B2", "A3", "C1"].map(|code| reason(&selection, code));
    assert_eq!(reasons, ["drawn", "not-drawn", "below-cut"]);
}

#[test]
fn quotas_and_phases_hold_in_a_draw() {
    let phases = vec![phase("I", 3, Vec::new()), phase("II", 5, vec![county(None, Some(2))])];
    let selection = run(&drawing(phases, None), &disputed());
    // A3 is drawn before B2, and AA has its two places; only B3 could have had that of B2, and nobody
    // that of C1
    assert_eq!(selection.list(), ["A1", "B1", "A2", "C1", "B2"]);
    let reasons = ["A2", "C1", "B2", "A3", "B3"].map(|code| reason(&selection, code));
    assert_eq!(reasons, ["drawn", "rank", "drawn", "max:county=AA:II", "not-drawn"]);
}

#[test]
fn of_two_full_groups_the_one_without_anybody_lower_keeps_a_unit_out() {
    // AA has its two places and communes their three: B1, a commune lower than A3, is in, so that it is AA
    // that keeps A3 out, whichever stands first; D1 is kept out by the communes alone
    let mut pool = pool(&[
        ("A1", "AA", 0.9),
        ("A2", "AA", 0.8),
        ("A3", "AA", 0.7),
        ("B1", "BB", 0.6),
        ("D1", "DD", 0.5),
        ("T1", "CC", 0.4),
    ]);
    let kinds = Classification { id: "kind".into(), groups: vec!["commune".into(), "town".into()] };
    pool.classifications.push(kinds);
    for unit in &mut pool.candidates {
        unit.groups.push(Some(usize::from(unit.code == "T1")));
    }
    let communes = BTreeMap::from([("commune".to_owned(), Limit::Places(3))]);
    let kind = Quota {
        by: "kind".into(),
        rule: QuotaRule::Bounds {
            min: Limits::default(),
            max: Limits { each: None, named: communes },
            exactly: Limits::default(),
        },
    };
    for quotas in [vec![county(None, Some(2)), kind.clone()], vec![kind, county(None, Some(2))]] {
        let selection = run(&programme(vec![phase("I", 4, quotas)]), &pool);
        assert_eq!(selection.list(), ["A1", "A2", "B1", "T1"]);
        assert_eq!(reason(&selection, "A3"), "max:county=AA:I");
        assert_eq!(reason(&selection, "D1"), "max:kind=commune:I");
    }
}
