use super::budget::Holds;
use super::fixture::Fixture;
use super::{Cost, Yardstick};
use crate::index::Formula;
use crate::quality::Message;
use crate::selection::{
    Appeals, Fill, Limit, Limits, Method, Objective, ProgrammeKey, QuotaRule, Reserve, Rule,
    RuleRef, Share, Silence, Unscored, WhenShort,
};
use crate::study::Problems;

const HEAD: &str = "[programme]\nid = 'p'\nstatus = 'illustrative'\ntitle = 't'\nscore = 'score'\n";

/// Everything that a programme can say.
const WHOLE: &str = r#"
[programme]
id = "whole"
version = "1"
status = "adopted"
act = "Ordin 1"
title = { ro = "tot", en = "whole" }
score = "score"
rule = "coverage"
objective = "people"
sources = [ "a document", { title = "another", place = "p. 3" } ]
assumptions = [ "one" ]
open_questions = [ { ro = "de ce", en = "why" } ]
[eligible]
where = "kind IN ('commune') AND population.class = 'severe'"
exclude = [ { source = "funded" }, { code = ["101", "102"], reason = "no" } ]
include = [ { code = 201, reason = "yes" } ]
unscored = { rule = "last-place", reason = "late" }
[order]
decimals = 3
ties = ["population.total DESC", "population.share asc"]
lottery = { source = "6/49", announced = 2026-11-20, seed = "3 11 17" }
accept_ties = "the act says so"
[[phase]]
id = "I"
upto = 2
limit = "1000.50"
fill = "at-most"
quota = [
  { by = "county", min = 1, max = { "Satu Mare" = 1, "*" = 3 } },
  { by = "kind", share = { commune = "62.5 %" } },
]
[[phase]]
id = "II"
upto = 3
quota = [ { by = "population.class", apportion = "sainte-lague", on = "population.total", min = 1 } ]
[budget]
cost = "120000 + 15 * population.total"
limit = 4056702255.30
when_short = "stop"
[unions]
max_members = 3
max_population = 6000
member_max_population = 2500
same = "county"
neighbours = { source = "borders", min_border_m = 100 }
people = "population.vulnerable"
place = "project"
[reserve]
by = "county"
each = 2
[decisions]
source = "decisions"
policy = "hold-harmless"
previous = "published"
silent = { after = 2026-03-01, means = "refused" }
[effort]
nodes = 500
[boundary]
margin = 0.25
[[envelope]]
id = "professionals"
total = 10_000
source = "p. 3"
each_place = 5
[[envelope]]
id = "money"
unit = "lei"
total = "3372732181.00"
source = "p. 4"
sum = "cost"
holds = "at-most"
"#;

#[test]
fn every_key_reaches_the_engine() {
    let plan = Fixture::new().plan(WHOLE);
    let rules = &plan.rules;
    assert_eq!(rules.rule, Rule::Coverage(Objective::People));
    let conditions: Vec<&str> = plan.conditions.iter().map(Formula::text).collect();
    assert_eq!(conditions, ["kind IN ('commune')", "population.class = 'severe'"]);
    assert_eq!(plan.exclude[0].source, "funded");
    assert_eq!(rules.eligible.exclude.len(), 2);
    assert_eq!(rules.eligible.include[0].code, "201");
    assert_eq!(rules.eligible.unscored, Unscored::LastPlace("late".into()));
    assert_eq!(rules.order.decimals, 3);
    let first: Vec<bool> = plan.ties.iter().map(|key| key.larger_first).collect();
    assert_eq!(first, [true, false]);
    assert_eq!(rules.order.lottery.as_ref().unwrap().seed, "3 11 17");
    assert_eq!(rules.phases[0].limit, Some(100_050));
    assert_eq!(rules.phases[0].fill, Some(Fill::AtMost));
    let QuotaRule::Bounds { min, max, .. } = &rules.phases[0].quota[0].rule else { panic!() };
    assert_eq!(*min, Limits::each(Limit::Places(1)));
    assert_eq!(max.each, Some(Limit::Places(3)));
    assert_eq!(max.named["Satu Mare"], Limit::Places(1));
    let QuotaRule::Share(shares) = &rules.phases[0].quota[1].rule else { panic!() };
    assert_eq!(shares["commune"], Share { parts: 625_000, of: 1_000_000 });
    let QuotaRule::Apportioned { method, on, .. } = &rules.phases[1].quota[0].rule else {
        panic!()
    };
    assert_eq!((*method, on.as_deref()), (Method::Webster, Some("population.total")));
    assert_eq!(plan.votes.len(), 1);
    let budget = rules.budget.as_ref().unwrap();
    assert_eq!((budget.limit, budget.when_short), (405_670_225_530, WhenShort::Stop));
    assert!(matches!(plan.cost, Some(Cost::Formula(_))));
    let unions = rules.unions.as_ref().unwrap();
    assert_eq!((unions.max_members, unions.min_border_m), (3, 100));
    assert_eq!(plan.people.unwrap().text(), "population.vulnerable");
    assert_eq!(plan.population.unwrap().text(), "population.total");
    assert_eq!(rules.reserve, Some(Reserve::Each { by: "county".into(), each: 2 }));
    assert_eq!(rules.decisions.policy, Appeals::HoldHarmless);
    assert_eq!(plan.decisions.as_deref(), Some("decisions"));
    assert_eq!(rules.decisions.silent, Some(Silence { after: "2026-03-01".parse().unwrap() }));
    assert_eq!(plan.previous.as_deref(), Some("published"));
    assert_eq!(plan.families, ["county", "kind", "population.class"]);
    assert_eq!((plan.margin, rules.effort.nodes), (250, 500));
    assert!(matches!(plan.envelopes[0].computed, Yardstick::EachPlace(5)));
    assert_eq!(plan.envelopes[1].envelope.total, 337_273_218_100);
    assert_eq!(plan.envelopes[1].holds, Holds::AtMost);
    assert_eq!(plan.texts.sources.len(), 2);
    let quota = RuleRef::Quota { phase: "I".into(), by: "kind".into(), number: 2 };
    assert_eq!(plan.positions.of_rule(&quota).unwrap().line, 31);
    let line = |key| plan.positions.of_key(key).map(|line| line.line);
    assert_eq!(line(ProgrammeKey::Limit), Some(39));
    assert_eq!(line(ProgrammeKey::MaxMembers), Some(42));
}

#[test]
fn a_key_without_a_line_has_that_of_its_table() {
    let text = format!("{HEAD}[[phase]]\nid = 'I'\nupto = 3\n[budget]\ncost = 1\nlimit = 1\n");
    let plan = Fixture::new().plan(&text);
    let line = |key| plan.positions.of_key(key).map(|line| line.line);
    assert_eq!(line(ProgrammeKey::Limit), Some(11));
    assert_eq!(line(ProgrammeKey::WhenShort), Some(9));
    assert_eq!(line(ProgrammeKey::Quota), Some(6));
    assert_eq!(line(ProgrammeKey::Decimals), None);
}

#[test]
fn a_programme_of_six_lines_is_enough() {
    let plan = Fixture::new().plan(&format!("{HEAD}[[phase]]\nid = 'I'\nupto = 3\n"));
    assert_eq!(plan.rules.rule, Rule::Priority);
    assert_eq!(plan.rules.order.decimals, 6);
    assert!(plan.conditions.is_empty());
}

#[test]
fn a_programme_replaces_keys_of_the_one_it_extends() {
    let base = format!(
        "{HEAD}[order]\ndecimals = 2\n[[phase]]\nid = 'I'\nupto = 3\nquota = [ {{ by = 'county', min = 1 }} ]\n"
    );
    let own = "[programme]\nid = 'own'\nextends = 'base.toml'\n[[phase]]\nid = 'I'\nupto = 2\n";
    let mut problems = Problems::new();
    let files = [("own.toml", own), ("base.toml", base.as_str())];
    let plan = Fixture::new().read(&files, &mut problems).unwrap();
    assert_eq!((plan.rules.id.as_str(), plan.rules.order.decimals), ("own", 2));
    assert_eq!(plan.rules.phases[0].upto, Some(2));
    assert_eq!(plan.rules.phases[0].quota.len(), 1);
}

/// The problems of a programme with these lines behind the head: line, message, hint.
#[track_caller]
fn said(text: &str) -> Vec<String> {
    let problems = Fixture::new().problems(&format!("{HEAD}{text}"));
    let hint = |hint: &Option<Message>| hint.clone().map_or(String::new(), |h| format!(" ({h})"));
    problems
        .iter()
        .map(|p| format!("{}: {}{}", p.line.unwrap_or(0), p.message, hint(&p.hint)))
        .collect()
}

#[test]
fn a_node_is_named_with_the_column_that_is_meant() {
    let phase = "[[phase]]\nid = 'I'\nupto = 1\n";
    let said_of = |condition: &str| said(&format!("[eligible]\nwhere = '{condition}'\n{phase}"));
    let one = "`score` is a node: a programme says which of its columns is meant (`score.measured` is \
               the value in its own unit, `score.score` the same after the steps of the methodology, \
               as it enters the index)";
    assert_eq!(said_of("score > 3"), [format!("7: {one}")]);
    assert_eq!(
        said_of("scor.score > 3"),
        ["7: the methodology `m` has no node `scor` (did you mean `score`?)"]
    );
    let both = "score.measured > 3 AND score.score > 1";
    let plan = Fixture::new().plan(&format!("{HEAD}[eligible]\nwhere = '{both}'\n{phase}"));
    assert_eq!(plan.conditions.len(), 2);
}

#[test]
fn all_problems_come_at_once_each_on_its_line() {
    let found = said(
        "[eligible]\nwhere = 'kimd = 1'\nexclude = [ { code = '103', reason = 'x' } ]\n\
         [order]\nlottery = { source = 'a draw', announced = 2026-01-01 }\nties = ['score']\n\
         [[phase]]\nid = 'I'\nupto = 2\nquota = [ { by = 'county', min = { 'Satu Mara' = 1 } } ]\n\
         [budget]\ncost = 'population.totl'\nlimit = '-5'\n",
    );
    assert_eq!(
        found,
        [
            "7: unknown name `kimd` (did you mean `kind`?)",
            "8: `103` is no unit of the register (did you mean `101` (Apa)?)",
            "10: a lottery without a `seed` cannot be drawn again by anybody (give what the public draw showed, `seed = \"6/49 2026-12-06: 3 11 17 …\"`; before the draw leave `lottery` out)",
            "11: `score` does not say which comes first (end it with ` DESC` (the larger first) or ` ASC` (the smaller first))",
            "15: no `county` of the register is called `Satu Mara` (did you mean `Satu Mare`?)",
            "17: the source `population` has no measure `population.totl` (did you mean `population.total`?)",
            "18: money cannot be negative",
        ]
    );
}

#[test]
fn conditions_have_one_text_or_one_each() {
    let phase = "[[phase]]\nid = 'I'\nupto = 1\n";
    let both = "[eligible]\nwhere = \"kind = 'commune' AND county <> 'Satu Mare'\"\n";
    let plan = |because: &str| {
        let plan = Fixture::new().plan(&format!("{HEAD}{both}because = {because}\n{phase}"));
        let said = |condition: &str| plan.because.condition(condition).map(|it| it.ro.clone());
        [said("kind = 'commune'"), said("county <> 'Satu Mare'")]
    };
    let one = |text: &str| Some(text.to_owned());
    let for_all = one("o comună din alt județ");
    assert_eq!(plan("'o comună din alt județ'"), [for_all.clone(), for_all]);
    let for_each = [one("o comună"), one("din alt județ")];
    assert_eq!(plan("['o comună', 'din alt județ']"), for_each);
    for because in ["[]", "['a', 'b', 'c']"] {
        let said = said(&format!("{both}because = {because}\n{phase}"));
        assert!(said[0].starts_with("8: `because` has "), "{said:?}");
        assert!(said[0].contains("one for each, in their order"), "{said:?}");
    }
}

#[test]
fn words_for_another_condition_are_not_said_of_this_one() {
    let phase = "[[phase]]\nid = 'I'\nupto = 1\n";
    let base = format!(
        "{HEAD}[eligible]\nwhere = \"kind = 'commune'\"\nbecause = 'o comună'\n{phase}\
         [[test]]\nid = 'far'\nwhere = \"county = 'Satu Mare'\"\nbecause = 'departe'\n"
    );
    let read = |own: &str, problems: &mut Problems| {
        let own = format!("[programme]\nid = 'own'\nextends = 'base.toml'\n{own}");
        Fixture::new().read(&[("own.toml", &own), ("base.toml", &base)], problems)
    };
    let mut problems = Problems::new();
    let kept = read("", &mut problems).unwrap();
    assert!(kept.because.condition("kind = 'commune'").is_some());
    let other = "[eligible]\nwhere = \"county = 'Mehedinți'\"\n";
    let replaced = read(other, &mut problems).unwrap();
    assert!(replaced.because.condition("county = 'Mehedinți'").is_none());
    let said = read(&format!("{other}because = 'în Mehedinți'\n"), &mut problems).unwrap();
    assert_eq!(said.because.condition("county = 'Mehedinți'").unwrap().ro, "în Mehedinți");
    assert!(problems.is_empty(), "{problems}");
    assert!(
        read("[[test]]\nid = 'far'\nwhere = \"county <> 'Satu Mare'\"\n", &mut problems).is_none()
    );
    let told = problems.iter().next().unwrap();
    assert_eq!((told.line, told.file.as_str()), (Some(6), "own.toml"));
    assert!(told.message.to_string().contains("speaks of another condition"), "{problems}");
}

#[test]
fn silence_counts_where_answers_are_read() {
    let phase = "[[phase]]\nid = 'I'\nupto = 2\n";
    let silent = "[decisions]\nsilent = { after = 2026-03-01, means = 'refused' }\n";
    let said = said(&format!("{phase}{silent}"));
    assert!(said[0].contains("silence counts where answers are read"), "{said:?}");
}

#[test]
fn a_required_sum_says_how_much_of_what() {
    let phase = "[[phase]]\nid = 'I'\nupto = 2\n[[require]]\nsum = 'population.total'\n";
    for (rest, expected) in [
        ("", "a required sum has either a `share` or a `min`, or a `max`"),
        ("share = 0.6", "a required share says of what it is one"),
        ("share = 0.6\nof = 'eligible'\nmin = 3", "a required sum has either"),
        ("min = 3\nmax = 2", "the least, 3, is above the most, 2"),
        ("min = 3\nphase = 'II'", "no phase is called `II`"),
    ] {
        let said = said(&format!("{phase}{rest}\n"));
        assert!(said[0].contains(expected), "{rest}: {said:?}");
    }
}

#[test]
fn rules_that_do_not_go_together_are_told() {
    let phase = |rest: &str| format!("[[phase]]\nid = 'I'\nupto = 2\n{rest}");
    for (text, expected) in [
        (phase("quota = [ { by = 'county' } ]"), "this quota bounds nothing"),
        (
            phase("quota = [ { by = 'county', min = 2, max = 1 } ]"),
            "the minimum, 2, is above the maximum, 1",
        ),
        (
            phase("quota = [ { by = 'county', min = 1, exactly = 1 } ]"),
            "these keys of a quota do not go together",
        ),
        (
            phase(
                "quota = [ { by = 'county', share = { 'Satu Mare' = 0.6, 'Mehedinți' = 0.5 } } ]",
            ),
            "these shares are more than the whole",
        ),
        (
            phase("quota = [ { by = 'county', apportion = 'webter' } ]"),
            "unknown method of apportionment `webter`",
        ),
        (
            phase("[[phase]]\nid = 'II'\nupto = 1"),
            "`upto` counts all places up to this phase, and phase `I` fills 2",
        ),
        (phase("limit = 5"), "a phase has a `limit` only where `[budget]` says what a place costs"),
        ("[[phase]]\nid = 'I'\n".to_owned(), "`[[phase]]` needs the key `upto`"),
        (String::new(), "a programme without a phase selects nobody"),
        (
            phase(
                "[unions]\nmax_members = 4\nmax_population = 9\nneighbours = { source = 'funded' }",
            ),
            "a union has 2 or 3 members, not 4",
        ),
        (phase("[decisions]\nsource = 'borders'"), "the source `borders` is no list of decisions"),
        (
            phase("[decisions]\npolicy = 'hold-harmless'"),
            "who holds somebody harmless says which list was published before",
        ),
        (
            phase("[reserve]\nsize = 1\neach = 2"),
            "a reserve has a `size`, or so many `each` `by` a classification",
        ),
        (
            phase("[[envelope]]\nid = 'e'\ntotal = 1\nsource = 's'\nsum = 'population.share'"),
            "`population.share` cannot be added up over several units",
        ),
        (
            phase("[eligible]\nunscored = 'exclude'"),
            "who leaves out units without a score, or puts them last, says why",
        ),
        (
            phase("[eligible]\nexclude = [ { code = '101' } ]"),
            "this entry of `exclude` needs the key `reason`",
        ),
    ] {
        let found = said(&text);
        assert!(found[0].contains(expected), "{expected}: {found:#?}");
    }
}
