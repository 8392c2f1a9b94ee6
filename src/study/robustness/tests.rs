use std::io;

use super::{DoubtContext, Doubts};
use crate::index::Method;
use crate::language::Label;
use crate::quality::{Findings, Severity};
use crate::register::{Register, Unit};
use crate::robustness::plan::{CountLaw, Design, Layer, OtherStep, Plan, Spread, Verb, WeightLaw};
use crate::study::{Methodology, MethodologyContext, Problems, Study};

const STUDY: &str = r#"
[study]
title = "t"
methodology = "m.toml"
[register]
bundled = "r"
[[source]]
id = "population"
file = "p.csv"
key = { code = "code" }
measure = [
  { id = "total", nature = "count", counts = "persons", column = "total" },
  { id = "children", nature = "count", counts = "persons", column = "children" },
  { id = "class", nature = "category", column = "class" },
]
[[source]]
id = "census"
file = "c.csv"
key = { code = "code" }
measure = [ { id = "total", nature = "count", counts = "persons", column = "total" } ]
[[source]]
id = "vmg"
file = "v.csv"
key = { code = "code" }
series = "vmg"
measure = [ { id = "families", nature = "count", counts = "families", column = "f" } ]
[[source]]
id = "vmg_2022"
file = "v2.csv"
key = { code = "code" }
series = "vmg"
measure = [ { id = "families", nature = "count", counts = "families", column = "f" } ]
[[source]]
id = "vmi"
file = "i.csv"
key = { code = "code" }
series = "vmi"
measure = [ { id = "families", nature = "count", counts = "families", column = "f" } ]
[[source]]
id = "unemployment"
file = "u.csv"
key = { code = "code" }
measure = [
  { id = "rate", nature = "rate", column = "r" },
  { id = "registered", nature = "count", column = "n" },
  { id = "resources", nature = "count", column = "m" },
]
[[source]]
id = "poverty"
file = "a.csv"
key = { county = "county" }
level = "county"
measure = [
  { id = "rate", nature = "rate", column = "r" },
  { id = "se", nature = "rate", column = "se" },
  { id = "low", nature = "rate", column = "low" },
  { id = "high", nature = "rate", column = "high" },
]
"#;

const METHOD: &str = r#"
[methodology]
id = "m"
version = "1"
status = "illustrative"
title = "t"
headline = "irc"
[recipe]
share = [ { winsorise = { max = 5 } }, { minmax = { to = [0, 100] } } ]
rest = [ { minmax = { to = [0, 1] } } ]
[[indicator]]
id = "children_share"
value = "population.children / population.total"
steps = [ "share" ]
[[indicator]]
id = "vmg_share"
value = "vmg.families / population.total"
steps = [ { round = { decimals = 9 } }, "share" ]
[[indicator]]
id = "poverty"
value = "poverty.rate"
steps = [ { impute = { median = {} } }, { minmax = { to = [0, 100] } } ]
[[indicator]]
id = "unemployed_share"
value = "unemployment.rate"
steps = [ "share" ]
[[indicator]]
id = "employed"
value = "100 - unemployment.rate"
direction = "protective"
steps = [ "rest" ]
[[aggregate]]
id = "irc"
of = { children_share = 1, vmg_share = 2, poverty = 1, unemployed_share = 0, employed = 1 }
[[aggregate]]
id = "other"
of = { children_share = 1, vmg_share = 1 }
[[aggregate]]
id = "alone"
of = { children_share = 1 }
"#;

const HEAD: &str = "[robustness]\nid = 'd'\nversion = '1'\nstatus = 'illustrative'\ntitle = 't'\n\
                    seed = 's'\n";

struct Fixture {
    study: Study,
    register: Register,
    method: Method,
}

impl Fixture {
    fn new() -> Self {
        let mut problems = Problems::new();
        let study = Study::read("study.toml", STUDY.as_bytes(), &mut problems)
            .unwrap_or_else(|| panic!("{problems}"));
        let unit = |code: &str, kind: &str| Unit {
            code: code.into(),
            name: code.into(),
            values: vec!["Satu Mare".into(), kind.into()],
        };
        let columns = vec!["county".into(), "kind".into()];
        let units = vec![unit("101", "commune"), unit("102", "town")];
        let register = Register::new("r", Label::same("r"), columns, units).unwrap();
        let mut load = |_: &str| Ok(METHOD.as_bytes().to_vec());
        let method = Methodology::load("m.toml", &mut load, &mut problems).unwrap();
        let against = MethodologyContext { study: &study, file: "study.toml", register: &register };
        let method = method.check(&against, &mut problems).unwrap_or_else(|| panic!("{problems}"));
        Self { study, register, method }
    }

    fn read(
        &self,
        files: &[(&str, &str)],
        is_default: bool,
        problems: &mut Problems,
    ) -> Option<(Plan, Findings)> {
        let context = DoubtContext {
            study: &self.study,
            file: "study.toml",
            register: &self.register,
            method: &self.method,
            programme: None,
            is_default,
        };
        let mut load = |path: &str| {
            let found = files.iter().find(|(name, _)| *name == path);
            found
                .map(|(_, text)| text.as_bytes().to_vec())
                .ok_or_else(|| io::ErrorKind::NotFound.into())
        };
        Doubts::load(files[0].0, &mut load, problems)?.check(context, problems)
    }
}

/// A file that somebody named and that is right.
#[track_caller]
fn plan(text: &str) -> Plan {
    plan_of(&[("d.toml", text)])
}

#[track_caller]
fn plan_of(files: &[(&str, &str)]) -> Plan {
    let mut problems = Problems::new();
    let read = Fixture::new().read(files, false, &mut problems);
    read.unwrap_or_else(|| panic!("{problems}")).0
}

/// What is wrong with one doubt, in English.
#[track_caller]
fn wrong(doubt: &str) -> String {
    wrong_file(&format!("{HEAD}[[doubt]]\nid = 'x'\n{doubt}"))
}

#[track_caller]
fn wrong_file(text: &str) -> String {
    let mut problems = Problems::new();
    let read = Fixture::new().read(&[("d.toml", text)], false, &mut problems);
    assert!(read.is_none(), "nothing is wrong with {text}");
    for problem in problems.iter() {
        assert!(!problem.message.ro.contains(['ş', 'ţ']), "{}", problem.message.ro);
        assert!(problem.line.is_some(), "{}", problem.message.en);
    }
    problems.iter().map(|it| it.message.en.clone()).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn refused(doubt: &str, expected: &str) {
    let said = wrong(doubt);
    assert!(said.contains(expected), "{doubt}\nsays {said}\nnot {expected}");
    assert!(!said.contains('\n'), "more than one thing is said of {doubt}:\n{said}");
}

/// Every verb, with every key that it may have.
const WHOLE: &str = r#"
[robustness]
id = "whole"
version = "2"
status = "adopted"
act = "Ordin 1"
title = { ro = "tot", en = "whole" }
runs = 64
shares = 0
alone = 8
cases = 2
design = "random"
seed = "s"
interval = [0.1, 0.9]
certain = "9/10"
confidence = 0.9
people = "population.total"
[[doubt]]
id = "weights"
label = { ro = "Ponderile", en = "Weights" }
weights = { of = ["irc", "other"], spread = 0.25 }
[[doubt]]
id = "close"
weights = { of = "irc", concentration = 60 }
[[doubt]]
id = "any"
weights = { of = "irc", any = true, order = ["poverty", "vmg_share"] }
[[doubt]]
id = "normalisation"
steps = { recipe = "share", step = "minmax", among = { z = { zscore = { mean = 50, sd = 20 } }, declared = "as-is" } }
odds = { declared = 2, z = 1 }
[[doubt]]
id = "recipe"
steps = { recipe = "share", among = { same = [ { winsorise = { max = 5 } }, { minmax = { to = [0, 100] } } ], none = "left-out", rank = "percent_rank" } }
[[doubt]]
id = "mean"
method = { of = "irc", among = ["arithmetic", "geometric"], lift = [1, 100] }
[[doubt]]
id = "one-less"
omit = { of = "irc", chance = 0.3 }
[[doubt]]
id = "bounds"
over = { among = { all = "", communes = "kind = 'commune'" } }
[[doubt]]
id = "denominator"
measure = { of = "population.total", among = ["population.total", "census.total"] }
[[doubt]]
id = "year"
source = { of = "vmg", among = { now = "as-is", before = "vmg_2022" } }
[[doubt]]
id = "small"
counts = [
  { measure = "population.children", of = "population.total" },
  { measure = "unemployment.registered", of = "unemployment.resources", moves = "unemployment.rate" },
]
law = { beta_binomial = { rho = 0.002 } }
[[doubt]]
id = "sd"
error = { measure = "poverty.rate", sd = 1.5 }
[[doubt]]
id = "relative"
error = { measure = "poverty.rate", relative = 0.05 }
[[doubt]]
id = "se"
error = { measure = "poverty.rate", se = "poverty.se" }
[[doubt]]
id = "interval"
error = { measure = "poverty.rate", interval = ["poverty.low", "poverty.high"], level = 0.9 }
with = "se"
[[doubt]]
id = "rounding"
rounding = ["poverty.rate", { measure = "unemployment.rate", decimals = 1 }]
[[doubt]]
id = "imputed"
impute = { indicator = "poverty", draw = "donor" }
"#;

/// A plan with its fixture, of which the score is made of both aggregates.
fn whole() -> (Fixture, Plan) {
    let other = METHOD.replace("headline = \"irc\"", "headline = \"top\"");
    let top = "[[aggregate]]\nid = \"top\"\nof = { irc = 1, other = 1 }\n";
    let mut fixture = Fixture::new();
    fixture.method = methodology(&fixture, &format!("{other}{top}"));
    let mut problems = Problems::new();
    let read = fixture.read(&[("d.toml", WHOLE)], false, &mut problems);
    let plan = read.unwrap_or_else(|| panic!("{problems}")).0;
    assert!(problems.is_empty(), "{problems}");
    (fixture, plan)
}

fn verb<'p>(plan: &'p Plan, id: &str) -> &'p Verb {
    &plan.doubts.iter().find(|doubt| doubt.id == id).unwrap().verb
}

fn ids(fixture: &Fixture, nodes: &[usize]) -> Vec<String> {
    nodes.iter().map(|&at| fixture.method.nodes[at].id.clone()).collect()
}

#[test]
fn the_head_says_how_much_is_drawn() {
    let (_, plan) = whole();
    let settings = &plan.settings;
    assert_eq!((settings.runs, settings.shares, settings.alone, settings.cases), (64, 0, 8, 2));
    assert_eq!((settings.design, settings.certain.terms()), (Design::Random, [9, 10]));
    assert_eq!((settings.interval, settings.confidence), ([0.1, 0.9], 0.9));
    assert_eq!((plan.id.as_str(), plan.people.as_deref()), ("whole", Some("population.total")));
    assert_eq!((plan.work(), plan.groups().len(), plan.doubts.len()), ([64, 0], 16, 17));
    assert_eq!(plan.doubts[0].label.ro, "Ponderile");
    assert_eq!(plan.doubts[14].with, Some(13));
    let choices = plan.doubts.iter().filter(|doubt| doubt.layer() == Layer::Choice);
    assert_eq!(choices.count(), 10);
}

#[test]
fn choices_come_into_the_plan() {
    let (fixture, plan) = whole();
    let Verb::Weights { of, law: WeightLaw::Spread(0.25) } = verb(&plan, "weights") else {
        panic!()
    };
    assert_eq!(ids(&fixture, of), ["irc", "other"]);
    let close = verb(&plan, "close");
    assert!(matches!(close, Verb::Weights { law: WeightLaw::Concentration(60.0), .. }));
    let Verb::Weights { law: WeightLaw::Any { order }, .. } = verb(&plan, "any") else { panic!() };
    assert_eq!(order, &[2, 1]);
    let Verb::Method { lift: Some([1.0, 100.0]), choice, .. } = verb(&plan, "mean") else {
        panic!()
    };
    assert_eq!(choice.declared(), 0);
    assert!(matches!(verb(&plan, "one-less"), Verb::Omit { chance: 0.3, .. }));
    let Verb::Over(choice) = verb(&plan, "bounds") else { panic!() };
    assert_eq!(choice.declared(), 0);
}

#[test]
fn the_steps_of_a_recipe_are_found_where_nodes_use_it() {
    let (fixture, plan) = whole();
    let Verb::Steps { nodes, recipe, step: Some("minmax"), choice } = verb(&plan, "normalisation")
    else {
        panic!()
    };
    assert_eq!(recipe, "share");
    assert_eq!(ids(&fixture, nodes), ["children_share", "vmg_share", "unemployed_share"]);
    assert_eq!(choice.declared(), 1);
    assert_eq!(choice.alternatives.iter().map(|it| it.odds).collect::<Vec<_>>(), [1, 2]);
    let used = &fixture.method.nodes[nodes[1]].recipes;
    assert_eq!((used[0].recipe.as_str(), used[0].steps.clone()), ("share", 1..3));
    let Verb::Steps { step: None, choice, .. } = verb(&plan, "recipe") else { panic!() };
    assert_eq!(choice.declared(), 0);
    assert!(matches!(choice.alternatives[1].other, Some(OtherStep::LeftOut)));
}

#[test]
fn sources_become_pairs_of_measures() {
    let (_, plan) = whole();
    let pair = |a: &str, b: &str| Some(vec![(a.to_owned(), b.to_owned())]);
    let Verb::Measures { choice, .. } = verb(&plan, "denominator") else { panic!() };
    assert_eq!(choice.alternatives[1].other, pair("population.total", "census.total"));
    let Verb::Measures { of, choice } = verb(&plan, "year") else { panic!() };
    assert_eq!((of.as_str(), choice.alternatives[1].name.as_str()), ("vmg", "before"));
    assert_eq!(choice.alternatives[1].other, pair("vmg.families", "vmg_2022.families"));
}

#[test]
fn errors_come_into_the_plan() {
    let (fixture, plan) = whole();
    let Verb::Counts { counts, law: CountLaw::BetaBinomial { rho: 0.002 } } = verb(&plan, "small")
    else {
        panic!()
    };
    assert_eq!(counts[1].moves.as_deref(), Some("unemployment.rate"));
    let spread = |id: &str| match verb(&plan, id) {
        Verb::Error { spread, .. } => spread.clone(),
        _ => panic!(),
    };
    assert_eq!(spread("sd"), Spread::Sd(1.5));
    assert_eq!(spread("relative"), Spread::Relative(0.05));
    assert_eq!(spread("se"), Spread::Se("poverty.se".into()));
    let (low, high) = ("poverty.low".into(), "poverty.high".into());
    assert_eq!(spread("interval"), Spread::Interval { low, high, level: 0.9 });
    let Verb::Rounding { measures } = verb(&plan, "rounding") else { panic!() };
    assert_eq!(measures[0], ("poverty.rate".into(), None));
    assert_eq!(measures[1], ("unemployment.rate".into(), Some(1)));
    let Verb::Impute { node } = verb(&plan, "imputed") else { panic!() };
    assert_eq!(ids(&fixture, &[*node]), ["poverty"]);
}

fn methodology(fixture: &Fixture, text: &str) -> Method {
    let mut problems = Problems::new();
    let mut load = |_: &str| Ok(text.as_bytes().to_vec());
    let method = Methodology::load("m.toml", &mut load, &mut problems).unwrap();
    let Fixture { study, register, .. } = fixture;
    let against = MethodologyContext { study, file: "study.toml", register };
    method.check(&against, &mut problems).unwrap_or_else(|| panic!("{problems}"))
}

#[test]
fn coordinates_are_counted_over_all_doubts() {
    let text = format!(
        "{HEAD}omit = {{ b = 'no reason to doubt it' }}\n\
         [[doubt]]\nid = 'a'\nomit = {{ of = 'irc', chance = 0.5 }}\n\
         [[doubt]]\nid = 'b'\nweights = {{ of = 'irc', spread = 0.5 }}\n\
         [[doubt]]\nid = 'c'\nrounding = ['poverty.rate']\n\
         [[doubt]]\nid = 'd'\nmethod = {{ of = 'irc', among = ['as-is', 'geometric'] }}\n\
         [[doubt]]\nid = 'e'\nover = {{ among = ['as-is', \"kind = 'town'\"] }}\nwith = 'd'\n\
         [[doubt]]\nid = 'f'\nweights = {{ of = 'irc', concentration = 9 }}\nwith = 'b'\n"
    );
    let plan = plan(&text);
    let seen: Vec<(&str, usize, Option<usize>)> =
        plan.doubts.iter().map(|it| (it.id.as_str(), it.coordinate, it.with)).collect();
    assert_eq!(
        seen,
        [("a", 0, None), ("c", 6, None), ("d", 6, None), ("e", 6, Some(2)), ("f", 1, None)]
    );
    assert_eq!(plan.left_out.len(), 1);
    assert_eq!(plan.left_out[0].reason.en, "no reason to doubt it");
    assert_eq!(plan.groups(), [vec![0], vec![1], vec![2, 3], vec![4]]);
}

#[test]
fn a_file_that_extends_another_replaces_verbs_and_leaves_doubts_out() {
    let base = format!(
        "{HEAD}runs = 64\n\
         [[doubt]]\nid = 'a'\nlabel = 'A'\nmethod = {{ of = 'irc', among = ['as-is', 'geometric'] }}\n\
         odds = {{ as-is = 3, geometric = 1 }}\n\
         [[doubt]]\nid = 'b'\nomit = {{ of = 'irc', chance = 0.5 }}\n"
    );
    let own = "[robustness]\nid = 'own'\nversion = '2'\nextends = 'base.toml'\n\
               omit = { b = { ro = 'de aceea', en = 'because' } }\n\
               [[doubt]]\nid = 'a'\nweights = { of = 'irc', spread = 0.1 }\n\
               [[doubt]]\nid = 'c'\nrounding = ['poverty.rate']\n";
    let plan = plan_of(&[("own.toml", own), ("base.toml", &base)]);
    let ids: Vec<&str> = plan.doubts.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["a", "c"]);
    assert_eq!((plan.doubts[0].label.en.as_str(), plan.settings.runs), ("A", 64));
    assert!(matches!(plan.doubts[0].verb, Verb::Weights { .. }));
    assert_eq!(plan.left_out[0].reason.ro, "de aceea");
    assert_eq!(plan.settings.alone, 64);
}

#[test]
fn what_the_study_lacks_is_left_out_of_a_file_that_nobody_named() {
    let text = format!(
        "{HEAD}people = 'population.elders'\n\
         [[doubt]]\nid = 'a'\nerror = {{ measure = 'poverty.rates', sd = 1 }}\n\
         [[doubt]]\nid = 'b'\nrounding = ['poverty.rate', 'dropout.rate']\n\
         [[doubt]]\nid = 'c'\nweights = {{ of = 'irc', spread = 0.5 }}\n"
    );
    let mut problems = Problems::new();
    let read = Fixture::new().read(&[("d.toml", &text)], true, &mut problems);
    let (plan, findings) = read.unwrap_or_else(|| panic!("{problems}"));
    let ids: Vec<&str> = plan.doubts.iter().map(|it| it.id.as_str()).collect();
    assert_eq!((ids, plan.people), (vec!["b", "c"], None));
    assert!(matches!(&plan.doubts[0].verb, Verb::Rounding { measures } if measures.len() == 1));
    let said: Vec<String> = findings.iter().map(|it| it.message.en.clone()).collect();
    assert_eq!(
        said,
        [
            "`d`: the doubt `a` is not drawn: the study has no measure `poverty.rates`",
            "`d`: the doubt `b` leaves out `dropout.rate`: the study has no measure `dropout.rate`",
            "`d`: the doubt `people` leaves out `population.elders`: the study has no measure `population.elders`",
        ]
    );
    let said = wrong_file(&text);
    assert_eq!(said.lines().count(), 3, "{said}");
}

#[test]
fn a_doubt_has_one_verb_and_no_key_of_another() {
    refused("label = 'X'", "does not say what is drawn");
    refused(
        "rounding = ['poverty.rate']\nomit = { of = 'irc', chance = 0.5 }",
        "`rounding` stands beside `omit`",
    );
    refused("omit = { of = 'irc', chance = 0.5 }\nodds = { a = 1 }", "this doubt has none");
    refused("omit = { of = 'irc', chance = 0.5 }\nlaw = 'poisson'", "this doubt has none");
    refused("omitt = { of = 'irc', chance = 0.5 }\nrounding = ['poverty.rate']", "unknown key");
}

#[test]
fn exactly_one_alternative_is_the_declared_one() {
    let method = |among: &str| format!("method = {{ of = 'irc', among = {among} }}");
    refused(&method("['as-is', 'arithmetic']"), "a second alternative is what");
    refused(&method("['geometric', 'harmonic']"), "no alternative is what the methodology");
    refused(&method("['as-is']"), "there is no second alternative");
    refused(&method("{ '' = 'as-is', g = 'geometric' }"), "an alternative has a name");
    refused(&method("['as-is', 'geometric', 'geometric']"), "stands twice in this list");
    refused(&method("'geometric'"), "a table of alternatives");
    refused(&method("['as-is', 'geometrical']"), "unknown");
    refused(&method("{ a = 'as-is', b = { generalised = { p = 0 } } }"), "0");
    let odds = |odds: &str| format!("{}\nodds = {odds}", method("['as-is', 'geometric']"));
    refused(&odds("{ as-is = 1, geometrc = 1 }"), "`geometrc`, which is no alternative");
    refused(&odds("{ as-is = 1 }"), "`geometric` is missing");
    refused(&odds("{ as-is = 1, geometric = 0 }"), "there is no second alternative");
    assert!(wrong(&odds("{ as-is = 1, geometric = -1 }")).contains("-1"));
}

#[test]
fn a_doubt_that_can_touch_nothing_is_refused() {
    let weights = |of: &str, law: &str| format!("weights = {{ of = '{of}', {law} }}");
    refused(&weights("ircc", "spread = 0.5"), "no node `ircc`");
    refused(&weights("other", "spread = 0.5"), "not among the nodes of which `irc` is made");
    refused(&weights("poverty", "spread = 0.5"), "no children with weights");
    refused(&weights("irc", "spread = 1"), "above 0 and below 1");
    refused(&weights("irc", "spread = nan"), "above 0 and below 1");
    refused(&weights("irc", "concentration = 0"), "above 0");
    refused(&weights("irc", "any = false"), "is `true`");
    refused(&weights("irc", "spread = 0.5, any = true"), "in one way");
    refused(&weights("irc", "spread = 0.5, order = ['poverty']"), "drawn by `any`");
    refused(&weights("irc", "any = true, order = ['poverty']"), "at least two");
    refused(&weights("irc", "any = true, order = ['poverty', 'x']"), "no child");
    refused("weights = { of = 'irc' }", "how they are drawn");
    let steps = |keys: &str| format!("steps = {{ {keys}, among = ['as-is', 'left-out'] }}");
    refused(&steps("recipe = 'shares'"), "uses the recipe `shares`");
    refused(&steps("recipe = 'share', step = 'zscore'"), "no step `zscore`");
    refused(&steps("recipe = 'rest'"), "turns `employed` round");
    refused("omit = { of = 'irc', chance = 0 }", "at most 1");
    refused("over = { among = ['as-is', 'kind'] }", "condition");
    refused("over = { among = ['as-is', \"county = 'Satu Mare'\"] }", "the same units");
    refused(
        "measure = { of = 'census.total', among = ['as-is', 'population.total'] }",
        "nor the programme reads `census.total`",
    );
    refused(
        "measure = { of = 'vmg.families', among = ['as-is', 'vmi.families'] }",
        "are not comparable",
    );
    refused(
        "measure = { of = 'vmg.families', among = ['as-is', 'census.total'] }",
        "same kind of thing",
    );
    refused(
        "measure = { of = 'unemployment.rate', among = ['as-is', 'poverty.rate'] }",
        "is measured by",
    );
    refused("source = { of = 'vmg', among = ['as-is', 'vmi'] }", "are not comparable");
    refused("source = { of = 'vmg', among = ['as-is', 'census'] }", "has no measure `families`");
    refused("source = { of = 'census', among = ['as-is', 'vmg'] }", "reads a measure of `census`");
    refused("source = { of = 'vmgs', among = ['as-is', 'vmg'] }", "no source `vmgs`");
    refused("impute = { indicator = 'vmg_share' }", "fills missing cells");
    refused("impute = { indicator = 'irc' }", "fills missing cells");
    refused("impute = { indicator = 'poverty', draw = 'median' }", "unknown");
}

#[test]
fn bounds_are_doubted_where_a_step_looks_at_other_units() {
    let flat = METHOD
        .replace(
            "{ winsorise = { max = 5 } }, { minmax = { to = [0, 100] } }",
            "{ goalposts = { low = 0, high = 1 } }",
        )
        .replace("{ minmax = { to = [0, 1] } }", "{ goalposts = { low = 100, high = 0 } }")
        .replace("direction = \"protective\"\n", "")
        .replace("{ impute = { median = {} } }, { minmax = { to = [0, 100] } }", "\"sqrt\"");
    let mut fixture = Fixture::new();
    fixture.method = methodology(&fixture, &flat);
    let bounds = "[[doubt]]\nid = 'x'\nover = { among = ['as-is', \"kind = 'town'\"] }\n";
    let mut problems = Problems::new();
    let text = format!("{HEAD}{bounds}");
    assert!(fixture.read(&[("d.toml", &text)], false, &mut problems).is_none());
    let said: Vec<&str> = problems.iter().map(|it| it.message.en.as_str()).collect();
    assert_eq!(said.len(), 1);
    assert!(said[0].starts_with("no step of the nodes of which `irc` is made takes bounds"));
    // another step of the recipe may
    let steps =
        "[[doubt]]\nid = 'y'\nsteps = { recipe = 'share', among = ['as-is', 'percent_rank'] }\n";
    let text = format!("{HEAD}{bounds}{steps}");
    let read = fixture.read(&[("d.toml", &text)], false, &mut Problems::new());
    assert_eq!(read.unwrap().0.doubts.len(), 2);
}

#[test]
fn counts_errors_and_roundings_fit_their_measures() {
    let counts = |keys: &str| format!("counts = [ {{ {keys} }} ]");
    refused(&counts("measure = 'population.children', of = 'poverty.rate'"), "is no count");
    refused(&counts("measure = 'poverty.rate', of = 'population.total'"), "is no count");
    refused(
        &counts("measure = 'unemployment.registered', of = 'population.total'"),
        "reads `unemployment.registered`",
    );
    refused(
        &counts("measure = 'population.total', of = 'population.total'"),
        "counted among itself",
    );
    refused(
        &counts("measure = 'population.total', of = 'census.total', moves = 'poverty.rate'"),
        "is measured by",
    );
    refused(
        &counts("measure = 'vmi.families', of = 'census.total', moves = 'vmg.families'"),
        "is no rate",
    );
    let twice = "{ measure = 'population.children', of = 'population.total' }";
    refused(&format!("counts = [ {twice}, {twice} ]"), "drawn twice");
    refused(&format!("counts = [ {twice} ]\nlaw = {{ beta_binomial = {{ rho = 1 }} }}"), "`rho`");
    let error = |keys: &str| format!("error = {{ measure = 'poverty.rate', {keys} }}");
    refused("error = { measure = 'poverty.rate' }", "how large");
    refused(&error("sd = 1, relative = 0.1"), "said once");
    refused(&error("sd = 0"), "above 0");
    refused(&error("relative = -1"), "above 0");
    refused(&error("se = 'unemployment.rate'"), "is measured by");
    refused(&error("se = 'poverty.ses'"), "no measure `poverty.ses`");
    refused(&error("interval = ['poverty.low']"), "two ends");
    refused(&error("interval = ['poverty.low', 'poverty.high'], level = 1"), "confidence");
    refused(&error("sd = 1, level = 0.9"), "of an `interval`");
    refused("error = { measure = 'population.class', sd = 1 }", "holds words");
    refused("rounding = ['poverty.rate', 'poverty.rate']", "drawn twice");
    refused("rounding = ['poverty.se']", "reads `poverty.se`");
    refused("rounding = [ { measure = 'poverty.rate', decimals = 16 } ]", "at most 15");
    refused("rounding = []", "this list is empty");
    refused("counts = []", "this list is empty");
}

#[test]
fn two_doubts_choose_no_one_thing() {
    let pairs = [
        ("omit = { of = 'irc', chance = 0.5 }", "omit = { of = 'irc', chance = 0.1 }"),
        (
            "over = { among = ['as-is', \"kind = 'town'\"] }",
            "over = { among = { all = '', here = \"kind = 'commune'\" } }",
        ),
        (
            "source = { of = 'vmg', among = ['as-is', 'vmg_2022'] }",
            "measure = { of = 'vmg.families', among = ['as-is', 'vmg_2022.families'] }",
        ),
        (
            "steps = { recipe = 'share', step = 'winsorise', among = ['as-is', 'left-out'] }",
            "steps = { recipe = 'share', step = 'winsorise', among = { a = 'as-is', b = { winsorise = { max = 3 } } } }",
        ),
    ];
    for (one, other) in pairs {
        let said = wrong_file(&format!(
            "{HEAD}[[doubt]]\nid = 'x'\n{one}\n[[doubt]]\nid = 'y'\n{other}\n"
        ));
        assert_eq!(said, "`x` and `y` choose the same thing, so that one undoes the other");
    }
    // a step and the whole recipe are two things
    let text = format!(
        "{HEAD}[[doubt]]\nid = 'x'\n{}\n[[doubt]]\nid = 'y'\nsteps = {{ recipe = 'share', among = ['as-is', 'percent_rank'] }}\n",
        pairs[3].0
    );
    assert_eq!(plan(&text).doubts.len(), 2);
}

#[test]
fn doubts_share_a_draw_when_they_are_drawn_alike() {
    let after = |with: &str| {
        wrong_file(&format!(
            "{HEAD}[[doubt]]\nid = 'w'\nomit = {{ of = 'irc', chance = 0.5 }}\n\
             [[doubt]]\nid = 'x'\n{with}\n"
        ))
    };
    let said = after("rounding = ['poverty.rate']\nwith = 'w'");
    assert!(said.contains("they are not drawn alike"), "{said}");
    let said = after("weights = { of = 'irc', spread = 0.5 }\nwith = 'w'");
    assert!(said.contains("they are not drawn alike"), "{said}");
    let said = after("weights = { of = 'irc', spread = 0.5 }\nwith = 'x'");
    assert!(said.contains("no doubt above this one is called `x`"), "{said}");
}

#[test]
fn settings_stay_within_what_can_be_drawn() {
    let doubt = "[[doubt]]\nid = 'x'\nomit = { of = 'irc', chance = 0.5 }\n";
    let wrong = |key: &str, expected: &str| {
        let said = wrong_file(&format!("{HEAD}{key}\n{doubt}"));
        assert!(said.contains(expected), "{said}");
    };
    wrong("runs = 65537", "from 1 to 65536");
    wrong("runs = 0", "from 1 to 65536");
    wrong("shares = 131072", "from 0 to 65536");
    wrong("runs = 64\nalone = 128", "128 of 64");
    wrong("cases = 0", "from 1 to 100");
    wrong("interval = [0, 1]", "above 0 and below 1");
    wrong("certain = 0.5", "more than half");
    wrong("confidence = 1", "above 0 and below 1");
    wrong("omit = { y = 'r' }", "`omit` names `y`");
    wrong("omit = { x = 'r' }", "draws no doubt");
    let said = wrong_file(HEAD);
    assert!(said.contains("draws no doubt"), "{said}");
    let mut problems = Problems::new();
    let text = format!("{HEAD}runs = 1000\nshares = 100\nalone = 8\n{doubt}");
    let read = Fixture::new().read(&[("d.toml", &text)], false, &mut problems);
    assert_eq!(read.unwrap().0.work(), [1000, 300]);
    let said: Vec<_> = problems.iter().map(|it| (it.severity, it.message.en.clone())).collect();
    assert_eq!(said.len(), 2);
    assert!(said.iter().all(|(severity, text)| *severity == Severity::Warning && text.contains("power of two")));
}
