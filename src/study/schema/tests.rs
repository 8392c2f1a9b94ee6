use std::collections::BTreeSet;

use serde_json::Value;

use super::{Document, schema};
use crate::language::Label;
use crate::register::{Register, Unit};
use crate::study::{Against, Methodology, Problems, Study};

/// The properties of a table of the schema; `definition` is empty for the file itself.
fn properties(document: Document, definition: &str) -> BTreeSet<String> {
    let schema = schema(document);
    let table = match definition {
        "" => &schema,
        name => &schema["definitions"][name],
    };
    let Value::Object(properties) = &table["properties"] else { panic!("{definition}: {table}") };
    properties.keys().cloned().collect()
}

/// The keys that the walker lists when it meets an unknown one in a table of that name.
fn known(problems: &Problems, name: &str) -> BTreeSet<String> {
    let message = format!("unknown key `zzzzzzzz` in {name}");
    let problem = problems.iter().find(|problem| problem.message == message);
    let hint = problem.unwrap_or_else(|| panic!("{name}: {problems}")).hint.clone().unwrap();
    hint.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn the_schema_and_the_walker_know_the_same_keys_of_a_study() {
    let text = "zzzzzzzz = 1\n[study]\nzzzzzzzz = 1\n[adopted]\nzzzzzzzz = 1\n\
                [sign_off]\nzzzzzzzz = 1\n[register]\nfile = 'x'\nzzzzzzzz = 1\n\
                [[accept]]\nzzzzzzzz = 1\n[publish]\nzzzzzzzz = 1\n[[source]]\nzzzzzzzz = 1\n\
                [[source.measure]]\nzzzzzzzz = 1\n";
    let mut problems = Problems::new();
    assert!(Study::read("study.toml", text.as_bytes(), &mut problems).is_none());
    for (definition, name) in [
        ("", "the study"),
        ("Head", "`[study]`"),
        ("Adopted", "`[adopted]`"),
        ("SignOff", "`[sign_off]`"),
        ("RegisterTable", "`[register]`"),
        ("Accept", "`[[accept]]`"),
        ("Publish", "`[publish]`"),
        ("SourceTable", "`[[source]]`"),
        ("MeasureTable", "`[[source.measure]]`"),
    ] {
        assert_eq!(properties(Document::Study, definition), known(&problems, name), "{name}");
    }
}

#[test]
fn the_schema_and_the_walker_know_the_same_keys_of_a_methodology() {
    let study = "[study]\ntitle = 't'\nmethodology = 'm.toml'\n[register]\nbundled = 'r'\n\
                 [[source]]\nid = 's'\nfile = 's.csv'\nkey = { code = 'A' }\n\
                 measure = [ { id = 'm', nature = 'rate', column = 'B' } ]\n";
    let text = "zzzzzzzz = 1\n[methodology]\nid = 'm'\nversion = '1'\nstatus = 'illustrative'\n\
                title = 't'\nzzzzzzzz = 1\n\
                [[indicator]]\nid = 'a'\nvalue = 's.m'\nzzzzzzzz = 1\n\
                [[aggregate]]\nid = 'b'\nof = ['a']\nzzzzzzzz = 1\n\
                [[output]]\nid = 'c'\nof = 'a'\nzzzzzzzz = 1\n\
                [[summary]]\nby = 'county'\ncolumns = {}\nzzzzzzzz = 1\n";
    let mut problems = Problems::new();
    let study = Study::read("study.toml", study.as_bytes(), &mut problems).unwrap();
    let unit = Unit { code: "1".into(), name: "a".into(), values: vec!["x".into()] };
    let register = Register::new("r", Label::same("r"), vec!["county".into()], vec![unit]).unwrap();
    let mut load = |_: &str| Ok(text.as_bytes().to_vec());
    let methodology = Methodology::load("m.toml", &mut load, &mut problems).unwrap();
    let against = Against { study: &study, file: "study.toml", register: &register };
    assert!(methodology.check(&against, &mut problems).is_none());
    for (definition, name) in [
        ("", "the methodology"),
        ("Head", "`[methodology]`"),
        ("Indicator", "`[[indicator]]`"),
        ("Aggregate", "`[[aggregate]]`"),
        ("Output", "`[[output]]`"),
        ("Summary", "`[[summary]]`"),
    ] {
        let mut told = known(&problems, name);
        // what is extended is read before the layers are laid over each other
        if definition == "Head" {
            told.insert("extends".into());
        }
        assert_eq!(properties(Document::Methodology, definition), told, "{name}");
    }
}

#[test]
fn steps_are_described_with_their_parameters() {
    let schema = schema(Document::Methodology).to_string();
    assert!(schema.contains("http://json-schema.org/draft-07/schema#"));
    assert!(schema.contains("\"winsorise\"") && schema.contains("\"minmax\""));
}

#[test]
fn the_schema_and_the_walker_know_the_same_keys_of_a_programme() {
    let text = "zzzzzzzz = 1\n[programme]\nzzzzzzzz = 1\n[eligible]\nzzzzzzzz = 1\n\
                exclude = [ { zzzzzzzz = 1 } ]\n[order]\nzzzzzzzz = 1\n\
                lottery = { zzzzzzzz = 1 }\n[[phase]]\nquota = [ { zzzzzzzz = 1 } ]\n\
                zzzzzzzz = 1\n[budget]\nzzzzzzzz = 1\n[unions]\nneighbours = { zzzzzzzz = 1 }\n\
                zzzzzzzz = 1\n[reserve]\nzzzzzzzz = 1\n[decisions]\nzzzzzzzz = 1\n\
                [effort]\nzzzzzzzz = 1\n[boundary]\nzzzzzzzz = 1\n[[envelope]]\nzzzzzzzz = 1\n\
                [capacity]\nzzzzzzzz = 1\n[[resource]]\nzzzzzzzz = 1\n";
    let scene = crate::study::programme::scene::Scene::new();
    let problems = scene.problems(text);
    for (definition, name) in [
        ("", "the programme"),
        ("Head", "`[programme]`"),
        ("Eligible", "`[eligible]`"),
        ("Lock", "this entry of `exclude`"),
        ("Order", "`[order]`"),
        ("Lottery", "`lottery`"),
        ("Phase", "`[[phase]]`"),
        ("Quota", "this quota"),
        ("Budget", "`[budget]`"),
        ("Unions", "`[unions]`"),
        ("Neighbours", "`neighbours`"),
        ("Reserve", "`[reserve]`"),
        ("Decisions", "`[decisions]`"),
        ("Effort", "`[effort]`"),
        ("Boundary", "`[boundary]`"),
        ("Envelope", "`[[envelope]]`"),
        ("Capacity", "`[capacity]`"),
        ("Resource", "`[[resource]]`"),
    ] {
        let mut told = known(&problems, name);
        // what is extended is read before the layers are laid over each other
        if definition == "Head" {
            told.insert("extends".into());
        }
        assert_eq!(properties(Document::Programme, definition), told, "{name}");
    }
}
