//! Doubts that an index raises about itself, each told with advice.

use crate::command::Case;

const STUDY: &str = "\
[study]
title = 'Hygiene'
methodology = 'method.toml'
[register]
file = 'units.csv'
code = 'code'
name = 'name'
[[source]]
id = 's'
file = 'units.csv'
key = { code = 'code' }
numbers = { decimal = '.' }
measure = [
  { id = 'a', column = 'a', nature = 'rate' },
  { id = 'b', column = 'b', nature = 'rate' },
  { id = 'c', column = 'c', nature = 'rate' },
  { id = 'd', column = 'd', nature = 'rate' },
]
";

const METHOD: &str = "\
[methodology]
id = 'hygiene'
version = '1'
status = 'illustrative'
title = 'Hygiene'
headline = 'mean'
[[indicator]]
id = 'a'
value = 's.a'
steps = [{ minmax = { to = [0, 100] } }]
[[indicator]]
id = 'b'
value = 's.b'
steps = [{ minmax = { to = [0, 100] } }]
[[indicator]]
id = 'c'
value = 's.c'
steps = [{ minmax = { to = [0, 100] } }]
[[indicator]]
id = 'd'
value = 's.d'
[[aggregate]]
id = 'mean'
of = { a = 1, b = 1, c = 1, d = 1 }
[[aggregate]]
id = 'product'
of = ['a', 'b']
method = 'geometric'
";

/// Twelve units: `b` follows `a`, `c` goes the other way, `d` knows nothing of them and is small.
fn units() -> String {
    let row = |at: usize| {
        let d = usize::from([0, 3].contains(&(at % 4)));
        let b = 10 * at + at * at % 3;
        format!("{},Unit {at},{at},{b},{},{d}\n", 100 + at, 50 - at)
    };
    format!("code,name,a,b,c,d\n{}", (0..12).map(row).collect::<String>())
}

#[test]
fn what_works_against_an_index_is_told_with_advice() {
    let case = Case::new()
        .file("study.toml", STUDY)
        .file("method.toml", METHOD)
        .file("units.csv", units());
    let run = case.run(&["compute", "study.toml", "--lang", "en", "--quiet"]);
    assert!(run.starts_with("exit code: 0\n"), "{run}");
    let findings = case.read("out/tables/findings.csv");
    for (rule, subject, told, advice) in [
        ("negative-pair", "c", "`c` moves against `mean`", "check its direction"),
        ("opposed-pair", "mean", "`a` and `c` say the opposite", "look whether the direction"),
        (
            "low-influence",
            "d",
            "without `d` units would move by 0 places on average in `mean`",
            "its weight has hardly any effect",
        ),
        (
            "redundant-pair",
            "mean",
            "`a` and `b` say nearly the same",
            "drop one or share one weight",
        ),
        (
            "geometric-zero",
            "product",
            "the mean cannot take `a` = 0",
            "scale the children to begin above 0",
        ),
    ] {
        let line = findings
            .lines()
            .find(|line| line.contains(rule) && line.contains(told))
            .unwrap_or_else(|| panic!("no {rule}: {findings}"));
        assert!(line.contains(subject) && line.contains(advice), "{line}");
    }
}

#[test]
fn weights_shares_and_the_headline_are_checked_where_they_are_declared() {
    let problem = |from: &str, to: &str| {
        assert!(METHOD.contains(from), "{from}");
        let case = Case::new()
            .file("study.toml", STUDY)
            .file("method.toml", METHOD.replace(from, to))
            .file("units.csv", units());
        case.run(&["compute", "study.toml", "--lang", "en", "--quiet"])
    };
    for (from, to, told) in [
        ("c = 1, d = 1", "c = -1, d = 1", "a weight is a number from 0"),
        ("c = 1, d = 1", "c = nan, d = 1", "a weight is a number from 0"),
        ("d = 1 }", "d = 1 }\nmissing = { require = '4/3' }", "a fraction such as \"2/3\""),
        ("headline = 'mean'", "headline = 'maen'", "unknown node `maen`"),
    ] {
        let run = problem(from, to);
        assert!(run.starts_with("exit code: 2\n") && run.contains(told), "{run}");
    }
    let run = problem("d = 1 }", "d = 1 }\nmissing = { require = '2/3' }");
    assert!(run.starts_with("exit code: 0\n"), "{run}");
}
