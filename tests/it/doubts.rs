//! Files of doubts: what `check` says of them, and what it refuses.

use crate::command::{Case, never_says, says};

const STUDY: &str = r#"
[study]
title = "t"
methodology = "m.toml"
robustness = "d.toml"
[register]
file = "units.csv"
code = "code"
name = "name"
columns = { kind = "kind" }
[[source]]
id = "people"
file = "people.csv"
key = { code = "code" }
series = "a"
measure = [
  { id = "total", nature = "count", counts = "persons", column = "total" },
  { id = "young", nature = "count", counts = "persons", column = "young" },
  { id = "rate", nature = "rate", column = "rate" },
]
[[source]]
id = "others"
file = "people.csv"
key = { code = "code" }
series = "b"
measure = [
  { id = "total", nature = "count", counts = "persons", column = "total" },
  { id = "young", nature = "count", counts = "persons", column = "young" },
]
[[source]]
id = "experts"
file = "experts.csv"
layout = "weights"
columns = { expert = "weight_set", node = "iCode", weight = "Weight" }
"#;

const METHOD: &str = r#"
[methodology]
id = "m"
version = "1"
status = "illustrative"
title = "t"
[recipe]
share = [ { winsorise = { max = 1 } }, { minmax = { to = [0, 100] } } ]
[[indicator]]
id = "young"
value = "people.young / people.total"
steps = [ "share" ]
[[indicator]]
id = "rate"
value = "people.rate"
steps = [ { minmax = { to = [0, 100] } } ]
[[aggregate]]
id = "score"
of = { young = 1, rate = 1 }
"#;

const HEAD: &str = "[robustness]\nid = 'd'\nversion = '1'\nstatus = 'illustrative'\ntitle = 't'\n\
                    seed = 's'\nruns = 64\nshares = 32\nalone = 8\n";

fn case(doubts: &str) -> Case {
    let mut people = "code,total,young,rate\n".to_owned();
    let mut units = "code,name,kind\n".to_owned();
    for unit in 1..=20 {
        let kind = if unit % 4 == 0 { "town" } else { "commune" };
        units.push_str(&format!("{unit},U{unit},{kind}\n"));
        people.push_str(&format!("{unit},{},{},{}.5\n", 900 + unit, 90 + 7 * unit, unit % 7));
    }
    Case::new()
        .file("study.toml", STUDY)
        .file("m.toml", METHOD)
        .file("units.csv", units)
        .file("people.csv", people)
        .file(
            "experts.csv",
            "weight_set,iCode,Weight\n1,young,1.5\n1,rate,1\n2,young,0.5\n2,rate,1\n",
        )
        .file("d.toml", format!("{HEAD}{doubts}"))
}

fn checked(doubts: &str) -> String {
    case(doubts).run(&["check", "study.toml", "--lang", "en"])
}

/// One doubt for each thing that can be wrong with a choice.
const WRONG_CHOICES: &str = r#"
[[doubt]]
id = "nothing"
[[doubt]]
id = "two"
omit = { of = "score", chance = 0.5 }
weights = { of = "score", spread = 0.5 }
[[doubt]]
id = "no-node"
weights = { of = "scor", spread = 0.5 }
[[doubt]]
id = "no-children"
weights = { of = "rate", spread = 0.5 }
[[doubt]]
id = "spread"
weights = { of = "score", spread = 1.5 }
[[doubt]]
id = "no-law"
weights = { of = "score" }
[[doubt]]
id = "two-laws"
weights = { of = "score", spread = 0.5, any = true }
[[doubt]]
id = "order"
weights = { of = "score", any = true, order = ["young", "old"] }
[[doubt]]
id = "sets"
weights = { of = "score", sets = "expert" }
[[doubt]]
id = "other-sets"
weights = { of = "score", sets = "people" }
[[doubt]]
id = "no-recipe"
steps = { recipe = "shares", among = ["as-is", "left-out"] }
[[doubt]]
id = "no-step"
steps = { recipe = "share", step = "winsorize", among = ["as-is", "left-out"] }
[[doubt]]
id = "unknown-step"
steps = { recipe = "share", step = "minmax", among = { a = "as-is", b = "percentrank" } }
[[doubt]]
id = "two-declared"
method = { of = "score", among = ["as-is", "arithmetic"] }
[[doubt]]
id = "none-declared"
method = { of = "score", among = ["geometric", "harmonic"] }
[[doubt]]
id = "one-alternative"
method = { of = "score", among = ["as-is"] }
[[doubt]]
id = "odds"
method = { of = "score", among = ["as-is", "geometric"] }
odds = { as-is = 1, geometrc = 2 }
[[doubt]]
id = "odds-of-nothing"
omit = { of = "score", chance = 0.5 }
odds = { young = 1 }
[[doubt]]
id = "chance"
omit = { of = "score", chance = 1.5 }
[[doubt]]
id = "condition"
over = { among = { all = "as-is", some = "kinds = 'town'" } }
[[doubt]]
id = "no-measure"
measure = { of = "people.totals", among = ["as-is", "others.total"] }
[[doubt]]
id = "series"
measure = { of = "people.total", among = ["as-is", "others.total"] }
[[doubt]]
id = "unread"
source = { of = "others", among = ["as-is", "people"] }
[[doubt]]
id = "no-counterpart"
source = { of = "people", among = ["as-is", "others"] }
[[doubt]]
id = "with"
omit = { of = "score", chance = 0.5 }
with = "later"
"#;

/// One doubt for each thing that can be wrong with an error.
const WRONG_ERRORS: &str = r#"
people = "people.rate"
omit = { nobody = "why" }
[[doubt]]
id = "no-count"
counts = [ { measure = "people.rate", of = "people.total" } ]
[[doubt]]
id = "unread-count"
counts = [ { measure = "others.young", of = "others.total" } ]
[[doubt]]
id = "moves"
counts = [ { measure = "others.young", of = "others.total", moves = "people.young" } ]
[[doubt]]
id = "of-itself"
counts = [ { measure = "people.young", of = "people.young" } ]
[[doubt]]
id = "law"
counts = [ { measure = "people.young", of = "people.total" } ]
law = { beta_binomial = { rho = 2 } }
[[doubt]]
id = "law-of-nothing"
rounding = ["people.rate"]
law = "poisson"
[[doubt]]
id = "no-size"
error = { measure = "people.rate" }
[[doubt]]
id = "two-sizes"
error = { measure = "people.rate", sd = 1, relative = 0.1 }
[[doubt]]
id = "negative"
error = { measure = "people.rate", sd = -1 }
[[doubt]]
id = "one-end"
error = { measure = "people.rate", interval = ["people.total"] }
[[doubt]]
id = "level"
error = { measure = "people.rate", sd = 1, level = 0.9 }
[[doubt]]
id = "decimals"
rounding = [ { measure = "people.rate", decimals = 40 } ]
[[doubt]]
id = "twice"
rounding = ["people.rate", "people.rate"]
[[doubt]]
id = "imputed"
impute = { indicator = "rate" }
[[doubt]]
id = "choice"
omit = { of = "score", chance = 0.5 }
[[doubt]]
id = "together"
rounding = ["people.rate"]
with = "choice"
[[doubt]]
id = "again"
omit = { of = "score", chance = 0.1 }
"#;

#[test]
fn every_mistake_in_a_choice_is_told_at_its_place() {
    let case = case(WRONG_CHOICES);
    insta::assert_snapshot!("wrong_choices_en", case.run(&["check", "study.toml", "--lang", "en"]));
    insta::assert_snapshot!("wrong_choices_ro", case.run(&["check", "study.toml", "--lang", "ro"]));
}

#[test]
fn every_mistake_in_an_error_is_told_at_its_place() {
    let case = case(WRONG_ERRORS);
    insta::assert_snapshot!("wrong_errors_en", case.run(&["check", "study.toml", "--lang", "en"]));
    insta::assert_snapshot!("wrong_errors_ro", case.run(&["check", "study.toml", "--lang", "ro"]));
}

#[test]
fn settings_that_cannot_be_drawn_are_told() {
    let doubts = "[robustness]\nid = 'd'\nversion = '1'\nstatus = 'adopted'\ntitle = 't'\n\
                  runs = 70000\nshares = 100\nalone = 80000\ncases = 0\ninterval = [0, 1]\n\
                  certain = 0.4\nconfidence = 2\nextend = 'irc-robust'\n";
    let case = case("").file("d.toml", doubts);
    insta::assert_snapshot!(
        "wrong_settings_en",
        case.run(&["check", "study.toml", "--lang", "en"])
    );
    insta::assert_snapshot!(
        "wrong_settings_ro",
        case.run(&["check", "study.toml", "--lang", "ro"])
    );
}

#[test]
fn check_says_how_much_will_be_drawn() {
    let doubts = "[[doubt]]\nid = 'weights'\nweights = { of = 'score', sets = 'experts' }\n\
                  [[doubt]]\nid = 'rounding'\nrounding = ['people.rate']\n";
    let case = case(doubts);
    let said = case.run(&["check", "study.toml", "--lang", "en"]);
    says(&said, "doubts `d`: 2 assumptions, 64 + 128 runs\n");
    let said = case.run(&["check", "study.toml", "--lang", "ro"]);
    says(&said, "incertitudinile `d`: 2 ipoteze, 64 + 128 de rulări\n");
    let said = case.run(&["check", "study.toml", "--doubts", "irc-robust", "--lang", "en"]);
    says(&said, "the methodology `m` has no node `irc`");
}

#[test]
fn sets_of_experts_are_complete_or_told() {
    let doubts = "[[doubt]]\nid = 'weights'\nweights = { of = 'score', sets = 'experts' }\n";
    let said = |experts: &str| {
        let case = case(doubts).file("experts.csv", format!("weight_set,iCode,Weight\n{experts}"));
        case.run(&["check", "study.toml", "--lang", "en"])
    };
    for (experts, expected) in [
        ("1,young,1\n1,rate,1\n", "at least two sets"),
        ("1,young,1\n1,rate,1\n2,young,1\n", "`2` gives no weight for `rate`"),
        ("1,young,1\n1,rate,-1\n2,young,1\n2,rate,1\n", "`-1` is no weight"),
        ("1,young,1\n1,rates,1\n", "the methodology has no node `rates`"),
        ("1,young,1\n1,young,2\n", "`1` gives `young` a weight twice"),
        ("1,young,0\n1,rate,0\n2,young,1\n2,rate,1\n", "every child of a node the weight 0"),
        (",young,1\n", "does not say who proposes"),
    ] {
        let said = said(experts);
        says(&said, expected);
        says(&said, "exit code: 1");
        never_says(&said, "assumption");
    }
    let commas = said("1,young,\"0,5\"\n1,rate,1\n2,young,1\n2,rate,\"0,25\"\n");
    says(&commas, "1 assumption, 64 + 96 runs");
}

#[test]
fn an_alternative_on_another_scale_is_told() {
    let steps = |z: &str| {
        checked(&format!(
            "[[doubt]]\nid = 'normalisation'\nsteps = {{ recipe = 'share', step = 'minmax', among = {{ \
             declared = 'as-is', z = {z} }} }}\n"
        ))
    };
    let said = steps("'zscore'");
    says(&said, "[scale-mixed]");
    says(&said, "`normalisation`, alternative `z`: among the children of `score`");
    never_says(&steps("{ zscore = { mean = 50, sd = 30 } }"), "scale-mixed");
}

#[test]
fn an_act_fixes_the_file_of_doubts() {
    let doubts = "[[doubt]]\nid = 'rounding'\nrounding = ['people.rate']\n";
    let other = "0".repeat(64);
    let adopted = format!(
        "{STUDY}[adopted]\nact = \"Ordin 1\"\ndate = 2026-01-15\nrobustness_sha256 = \"{other}\"\n"
    );
    let said =
        case(doubts).file("study.toml", adopted).run(&["check", "study.toml", "--lang", "en"]);
    says(&said, "file of doubts");
    says(&said, "exit code: 2");
}

#[test]
fn the_bundled_doubts_are_those_of_the_demonstration() {
    let said = Case::new().run(&["check", "--demo", "--lang", "en"]);
    says(&said, "doubts `irc-robust`: 11 assumptions, 2,048 + 13,312 runs\n");
    never_says(&said, "doubt-left-out");
    never_says(&said, "scale-mixed");
    for (methodology, doubts) in [("irc-rural", "irc-rural-robust"), ("irc-vmi", "irc-vmi-robust")]
    {
        let said =
            Case::new().run(&["check", "--demo", "--methodology", methodology, "--lang", "en"]);
        says(&said, &format!("doubts `{doubts}`: 10 assumptions, 2,048 + 12,288 runs\n"));
        assert_eq!(said.matches("doubt-left-out").count(), 1, "{said}");
    }
}

#[test]
fn a_bag_keeps_the_doubts_that_were_named() {
    let doubts = "[[doubt]]\nid = 'rounding'\nrounding = ['people.rate']\n";
    let own = "[robustness]\nid = 'own'\nversion = '1'\nextends = 'd.toml'\nalone = 4\n";
    let case = case(doubts).file("own.toml", own);
    let bag = "bag";
    let said = case.run(&[
        "archive",
        "study.toml",
        "--doubts",
        "own.toml",
        "--out",
        bag,
        "--format",
        "csv",
    ]);
    says(&said, "exit code: 0");
    let order = case.read("bag/data/archive.json");
    says(&order, "\"doubts\": \"own.toml\"");
    says(&order, "d.toml");
    says(&case.run(&["replay", bag]), "identical");
}
