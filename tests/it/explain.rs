//! `risk-index explain`: one unit from its cells to its class, and what would have changed it.

use std::collections::BTreeMap;

use risk_index::explain::{self, Accounts, Judge, Relist};
use risk_index::index::{self, OutputColumn, TraceMode};
use risk_index::ingest::RawCellTexts;
use risk_index::language::Language;
use risk_index::observation::{Cell, Nature};
use risk_index::run::{self, Run, demo};
use risk_index::watch::Unwatched;

use crate::command::{Case, says, tree};
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
    assert!(lines(&page) < 56, "{} lines do not fit on a page", lines(&page));
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
    let texts = RawCellTexts::new();
    let accounts = Accounts::new(&run.view(Language::En), &texts, None);
    let (mut compared, mut unit) = (0, 17);
    while compared < 1_000 {
        let account = accounts.of(unit);
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

/// Two rates as published, and a programme with two places, at most one a county.
fn chosen() -> Case {
    let values = VALUES.replace(";500;25", ";20;1").replace(";900;60", ";30;2");
    let values = values.replace(";800;0", ";21,5;0").replace(";300;100", ";15;5");
    let values = values.replace(";250;30", ";25;3").replace(";1.800;250", ";18;2,5");
    let study = STUDY
        .replace(
            "methodology = \"method.toml\"",
            "methodology = \"method.toml\"\nprogramme = \"programme.toml\"",
        )
        .replace(
            "nature = \"count\", counts = \"persons\" },\n  { id = \"families\"",
            "nature = \"rate\" },\n  { id = \"families\"",
        )
        .replace("nature = \"count\", counts = \"families\"", "nature = \"rate\"");
    let method = METHOD
        .replace("people.children / people.total * 100", "people.children")
        .replace("people.families / people.total * 100", "people.families");
    let programme = "[programme]\nid = \"two\"\nstatus = \"illustrative\"\n\
        title = { ro = \"Două locuri\", en = \"Two places\" }\nscore = \"score\"\n\
        [eligible]\nwhere = \"kind = 'commune'\"\n\
        [order]\ndecimals = 3\nties = [ \"people.total DESC\" ]\n\
        [[phase]]\nid = \"I\"\nupto = 2\nquota = [ { by = \"county\", max = 1 } ]\n\
        [reserve]\nsize = 1\n";
    with(&study, &method, &values).file("programme.toml", programme)
}

/// What is on standard output.
fn printed(seen: &str) -> &str {
    let text = seen.split("----- stdout -----\n").nth(1).unwrap();
    text.split("----- stderr -----").next().unwrap()
}

/// Whether a unit is selected when one of its cells holds something else, by the command on a file.
fn selected_with(case: &Case, code: &str, change: Option<(usize, f64)>) -> bool {
    let row = |line: &str| {
        let mut cells: Vec<String> = line.split(';').map(str::to_owned).collect();
        if let Some((column, value)) = change.filter(|_| cells[0] == code) {
            cells[column] = value.to_string().replace('.', ",");
        }
        cells.join(";") + "\n"
    };
    let original = case.read("values.csv");
    std::fs::write(case.path("values.csv"), original.lines().map(row).collect::<String>()).unwrap();
    let seen = case.run(&["select", "study.toml", "--format", "csv"]);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    std::fs::write(case.path("values.csv"), original).unwrap();
    let list = case.read("out/tables/selection.csv");
    let mut lines = list.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let state = lines.next().unwrap().iter().position(|id| *id == "state").unwrap();
    lines.find(|cells| cells[0] == code).unwrap()[state] == "selected"
}

#[test]
fn every_change_that_is_told_of_a_decision_is_confirmed_by_another_file() {
    let case = chosen();
    let mut told = BTreeMap::<&str, usize>::new();
    for code in ["101", "102", "103", "201", "202", "203"] {
        let seen = case.run(&["explain", "study.toml", code, "--json"]);
        let account: serde_json::Value = serde_json::from_str(printed(&seen)).unwrap();
        let before = selected_with(&case, code, None);
        assert_eq!(account["decision"]["state"] == "selected", before, "{code}");
        for answer in account["what_if"].as_array().unwrap() {
            let column = if answer["measure"] == "people.children" { 4 } else { 5 };
            let (from, step) = (answer["from"].as_f64().unwrap(), answer["step"].as_f64().unwrap());
            assert_eq!(step, 0.1, "the last decimal that the file prints");
            for change in answer["changes"].as_array().unwrap() {
                *told.entry(if before { "in" } else { "out" }).or_default() += 1;
                let to = change["to"].as_f64().unwrap();
                let after = selected_with(&case, code, Some((column, to)));
                assert_ne!(after, before, "{code}, column {column}: {from} -> {to}");
                assert_eq!(change["outcome"] == "selected", after);
                let less = if to > from { (to - step).max(from) } else { (to + step).min(from) };
                // the number as the grid has it, without the noise of the subtraction
                let less = (less / step).round() * step;
                let less = format!("{less:.6}").parse().unwrap();
                let same = selected_with(&case, code, Some((column, less)));
                assert_eq!(same, before, "{code}, column {column}: {from} -> {less}");
            }
        }
    }
    assert!(told["in"] >= 2 && told["out"] >= 2, "{told:?}");
}

#[test]
fn the_letters_of_the_country_are_one_page_each() {
    let run = demonstration();
    let texts = RawCellTexts::new();
    let accounts = Accounts::new(&run.view(Language::En), &texts, None);
    for unit in (0..run.register.len()).step_by(16) {
        let account = accounts.of(unit);
        for language in [Language::Ro, Language::En] {
            let page = explain::letter(&account, language);
            // Besides these a heading and four changes of at most two lines.
            assert!(
                lines(&page) + 9 < 56,
                "{} lines for {}",
                lines(&page),
                run.register.names()[unit]
            );
        }
    }
}

/// The lines that the text of a letter takes on its page.
fn lines(page: &str) -> usize {
    let body = page.split("<body>").nth(1).unwrap();
    body.lines().map(|line| 1 + line.chars().count() / 105).sum()
}

/// The class of a unit when a cell of a measure holds another number, by the whole engine.
fn class_with(run: &Run, measure: &str, area: &str, number: f64, unit: usize) -> String {
    let mut observations = run.observations.clone();
    let series = observations.series.iter_mut().find(|series| series.name == measure).unwrap();
    let level = run.register.level(&series.level).unwrap();
    series.cells[level.position(area).unwrap()] = Cell::Number(number);
    let (index, _) = index::compute(&run.method, &run.register, &observations, TraceMode::Drop);
    let output = index.outputs.iter().find(|output| output.id == "class").unwrap();
    match &output.column {
        OutputColumn::Classes(classes) => format!("class {}", classes[unit].as_ref().unwrap()),
        OutputColumn::Numbers(_) => panic!("classes are words"),
    }
}

/// What an account says of small counts is what is published of them, and every file is the one that was
/// read although its digest is not said.
#[test]
fn accounts_say_of_small_counts_what_is_published_of_them() {
    let fixed = METHOD.replace(
        "direction = \"risk\"\nsteps     = [{ minmax = { to = [0, 100] } }]",
        "steps     = [{ goalposts = { low = 0, high = 60, to = [0, 100] } }]",
    );
    assert!(!fixed.contains("minmax"), "{fixed}");
    let account = |small: &str, unit: &str, more: &[&str]| {
        let study = format!("{STUDY}\n[publish]\nmin_count = 31\nsmall = \"{small}\"\n");
        let case = with(&study, &fixed, VALUES);
        let seen = case.run(&[&["explain", "study.toml", unit, "--lang", "en"], more].concat());
        assert!(seen.starts_with("exit code: 0\n"), "{seen}");
        seen
    };
    // 25 families, and 30 in Poroina Mare
    let own = account("withhold", "101", &[]);
    says(&own, "its score is not said: it would give a small count back");
    says(&own, "people.families = withheld\n");
    says(&own, "F2: (not said: it would give a small count back)");
    says(&own, "E2: `500`");
    let letter = account("withhold", "101", &["--letter"]);
    says(&letter, "The score of this unit is not published");
    for seen in [&own, &letter, &account("withhold", "103", &[])] {
        for secret in ["`25`", "25 families", "9.58", "14.16", "`30`"] {
            assert!(!seen.contains(secret), "{secret}: {seen}");
        }
    }
    let middle = account("midpoint", "101", &[]);
    says(&middle, "people.families = 15.5\n");
    says(&middle, "F2: (not said: it would give a small count back)");
    says(&middle, "D2: `2.500`");
}

#[test]
fn changes_are_whole_things_that_the_engine_confirms_and_none_smaller_does() {
    let run = demonstration();
    let view = run.view(Language::En);
    let texts = RawCellTexts::new();
    let accounts = Accounts::new(&view, &texts, Judge::by_class(&view.figures));
    let mut told = 0;
    for code in ["136802", "100004", "132342"] {
        let unit = run.register.position(code).unwrap();
        let account = accounts.of(unit);
        let classes = &run.index.outputs.iter().find(|output| output.id == "class").unwrap().column;
        let OutputColumn::Classes(classes) = classes else { panic!("classes are words") };
        let before = format!("class {}", classes[unit].as_ref().unwrap());
        for answer in &account.what_if {
            let series = run.observations.series(&answer.measure).unwrap();
            let is_count = series.nature == Nature::Count;
            for change in &answer.changes {
                told += 1;
                assert!(
                    !is_count || (change.to.fract() == 0.0 && answer.step == 1.0),
                    "{change:?}"
                );
                let with = |number| class_with(&run, &answer.measure, &answer.area, number, unit);
                assert_eq!(with(change.to), change.outcome, "{}", answer.measure);
                assert_ne!(change.outcome, before);
                let way = (change.to - answer.from).signum();
                let less = ((change.to - way * answer.step) / answer.step).round() * answer.step;
                assert_eq!(with(less), before, "{} at {less}", answer.measure);
            }
        }
    }
    assert!(told >= 6, "{told}");
}

#[test]
fn changes_of_a_decision_are_whole_persons_and_families() {
    let inputs = demo::inputs();
    let mut request = demo::request(&inputs);
    request.programme = Some("sci-2000".into());
    let selected = run::select(&request, &Unwatched).unwrap();
    let view = selected.view(Language::En, None);
    let texts = RawCellTexts::new();
    let start = || -> Relist<'_> { Box::new(selected.relisted()) };
    let judge = Judge::by_state(view.selection.unwrap(), &view.figures, start);
    let accounts = Accounts::new(&view, &texts, Some(judge));
    let cut = selected.selection.list()[1_999];
    let unit = selected.run.register.position(cut).unwrap();
    let account = accounts.of(unit);
    let counted =
        account.what_if.iter().filter(|answer| answer.step == 1.0 && !answer.changes.is_empty());
    let counted: Vec<_> = counted.collect();
    assert!(!counted.is_empty(), "who is at the cut is out for a few persons fewer");
    for answer in counted {
        for change in &answer.changes {
            assert_eq!((change.to.fract(), &*change.outcome), (0.0, "not selected"), "{answer:?}");
        }
    }
}
