//! `risk-index explain`: one unit from its cells to its class, and what would have changed it.

use risk_index::explain::{self, Explanation};
use risk_index::index::{self, Assumed, Assumption};
use risk_index::ingest::Written;
use risk_index::language::Language;
use risk_index::run::{self, Run, demo};
use risk_index::watch::Unwatched;

use crate::command::{Case, tree};
use crate::small::{METHOD, STUDY, VALUES, six, with};

/// The method of the six communes with classes.
fn classed() -> Case {
    let method = format!(
        "{METHOD}\n[[output]]\nid = \"class\"\nof = \"score\"\nclass = {{ quantiles = 2, labels = \
         [\"low\", \"high\"] }}\n"
    );
    with(STUDY, &method, VALUES)
}

fn demonstration() -> Run {
    run::compute(&demo::request(&demo::inputs()), &Unwatched).unwrap()
}

#[test]
fn a_commune_is_explained_from_its_cells_to_its_class() {
    let case = classed();
    insta::assert_snapshot!("poroina_mare", case.run(&["explain", "study.toml", "poroina mare"]));
}

#[test]
fn a_unit_is_asked_for_by_code_or_name_and_a_slip_is_answered() {
    let case = six();
    let by_code = case.run(&["explain", "study.toml", "202"]);
    assert_eq!(by_code, case.run(&["explain", "study.toml", "Poroina Mare (Mehedinți)"]));
    let slip = case.run(&["explain", "study.toml", "Beltiugg"]);
    assert!(slip.starts_with("exit code: 2\n"), "{slip}");
    assert!(slip.contains("did you mean Beltiug, Satu Mare (102)?"), "{slip}");
    assert!(case.run(&["explain", "study.toml"]).starts_with("exit code: 2\n"));
}

#[test]
fn json_holds_every_cell_and_step() {
    let case = six();
    let seen = case.run(&["explain", "study.toml", "101", "--json"]);
    let json = seen.split("----- stdout -----\n").nth(1).unwrap();
    let json = json.split("----- stderr -----").next().unwrap();
    let json: serde_json::Value = serde_json::from_str(json).unwrap();
    let children = &json["nodes"][0]["measures"][0];
    assert_eq!(children["name"], "people.children");
    assert_eq!(children["cells"][0]["cell"], "E2");
    assert_eq!(children["cells"][0]["written"], "500");
    assert_eq!(json["nodes"][0]["measures"][1]["cells"][0]["written"], "2.500");
    assert_eq!(json["standing"]["place"], 5.0);
    assert_eq!(json["nodes"][0]["enters"][0]["weight"], 0.25);
}

#[test]
fn a_letter_is_one_page_in_romanian_without_markup_of_the_inputs() {
    let study = STUDY.replace("Șase comune", "Șase <b>comune</b>");
    let case = with(&study, METHOD, VALUES);
    let seen = case.run(&["explain", "study.toml", "101", "--letter", "--out", "apa.html"]);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    let page = case.read("apa.html");
    insta::assert_snapshot!("letter", page);
    assert!(page.contains("&lt;b&gt;comune") && !page.contains("<b>comune"));
    let text: usize = page.split("<body>").nth(1).unwrap().lines().map(|l| 1 + l.len() / 95).sum();
    assert!(text < 50, "{text} lines do not fit on a page");
}

#[test]
fn a_county_gives_one_letter_for_each_of_its_communes() {
    let case = six();
    let ask = ["explain", "study.toml", "--county", "satu mare", "--letter", "--out", "letters"];
    assert!(case.run(&ask).starts_with("exit code: 0\n"));
    let pages: Vec<String> = tree(&case.path("letters")).into_iter().map(|it| it.0).collect();
    assert_eq!(pages, ["101.html", "102.html", "103.html", "pages.json"]);
    assert!(case.run(&ask).starts_with("exit code: 0\n"), "an older set is replaced");
    std::fs::write(case.path("letters/mine.txt"), "precious").unwrap();
    assert!(case.run(&ask).starts_with("exit code: 2\n"));
}

#[test]
fn the_account_agrees_with_the_trace_in_a_thousand_cells() {
    let run = demonstration();
    let view = run.view(Language::En);
    let (mut compared, mut unit) = (0, 17);
    while compared < 1_000 {
        let account = Explanation::new(&view, unit, &Written::new());
        for node in &account.nodes {
            for step in &node.steps {
                let known = run.index.trace.iter().find(|it| {
                    it.node == node.id && it.into.is_none() && it.position == step.position
                });
                let column = &known.unwrap().column;
                assert_eq!(step.shown.value, column.value(unit), "{} of {}", node.id, account.code);
                assert_eq!(step.shown.mark, column.marks()[unit]);
                compared += 1;
            }
        }
        let score = account.score().unwrap();
        let parts = account.nodes.iter().flat_map(|node| &node.enters);
        let sum: f64 = parts.filter_map(|entry| entry.contribution).sum();
        let value = score.steps[0].shown.value.unwrap();
        assert!((sum - value).abs() < 1e-9, "{sum} {value}");
        unit = (unit + 631) % run.register.len();
    }
}

#[test]
fn every_change_that_is_told_is_confirmed_and_one_step_less_changes_nothing() {
    let run = demonstration();
    let view = run.view(Language::En);
    let unit = run.register.position("1017").unwrap();
    let judge = explain::by_class(&view, unit).unwrap();
    let before = judge(&run.index);
    let mut told = 0;
    for answer in explain::what_if(&view, unit, &*judge) {
        let level = run.register.level(&answer.level).unwrap();
        let units: Vec<usize> = (0..run.register.len())
            .filter(|&other| level.of_unit[other] == level.of_unit[unit])
            .collect();
        let outcome = |value| {
            let assumed = Assumed { node: answer.node.clone(), units: units.clone(), value };
            judge(&index::assuming(&run.method, &run.register, &run.observations, &assumed))
        };
        for change in &answer.changes {
            told += 1;
            if let Some(word) = &change.to_word {
                assert_eq!(outcome(Assumption::Word(word.clone())), change.outcome);
                continue;
            }
            let (to, from) = (change.to.unwrap(), answer.from.unwrap());
            assert_eq!(outcome(Assumption::Number(to)), change.outcome, "{}", answer.node);
            assert_ne!(change.outcome, before);
            let step = answer.resolution.unwrap();
            let less = if to > from { (to - step).max(from) } else { (to + step).min(from) };
            assert_eq!(outcome(Assumption::Number(less)), before, "{} at {less}", answer.node);
        }
    }
    assert!(told >= 2, "{told}");
}
