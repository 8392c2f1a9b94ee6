//! `methods` and `schema`: what comes with the program, and what its files may say.

use crate::command::Case;

#[test]
fn what_comes_with_the_program_is_listed() {
    insta::assert_snapshot!(Case::new().run(&["methods", "list"]), @r"
    exit code: 0
    ----- stdout -----
    irc              methodology: Community risk index, version 0.1, illustrative
    irc-rural        methodology: Community risk index of communes, version 0.1, illustrative, extends `irc`
    irc-goalposts    methodology: Community risk index with fixed goalposts, version 0.1, illustrative, extends `irc`
    irc-vmi          methodology: Community risk index (VMI), version 0.1, illustrative, extends `irc`
    pms-800-2000     programme: Minimum package of services: 800, then 2,000 localities, version 0.1, illustrative, extends `county-profile`
    sci-2000         programme: Integrated community services in 2,000 communes, version 0.1, illustrative, extends `county-profile`
    sci-2000-decided programme: Integrated community services in 2,000 communes, after the answers of the communes, version 0.1, illustrative, extends `sci-2000`
    sci-139          programme: Integrated community services: 139 pilot localities, version 0.1, illustrative, extends `county-profile`
    spas-350         programme: Social assistance network: 350 marginalised communities, version 0.1, illustrative, extends `county-profile`
    county-profile   programme: County profile: social services beside risk, version 0.1, illustrative
    irc-robust       robustness: How sure the list is, version 0.1, illustrative
    irc-rural-robust robustness: How sure the list of communes is, version 0.1, illustrative, extends `irc-robust`
    irc-vmi-robust   robustness: How sure the list is (VMI), version 0.1, illustrative, extends `irc-robust`
    ----- stderr -----
    ");
}

#[test]
fn a_bundled_methodology_is_printed_as_it_is() {
    let shown = Case::new().run(&["methods", "show", "irc"]);
    let text = include_str!("../../data/methodologies/irc.toml");
    assert_eq!(shown, format!("exit code: 0\n----- stdout -----\n{text}----- stderr -----\n"));
    insta::assert_snapshot!(Case::new().run(&["methods", "show", "icr"]), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: there is no bundled methodology, programme or file of doubts `icr`
    hint: did you mean `irc`?
    "#);
}

#[test]
fn a_step_is_explained_with_formula_parameters_example_and_source() {
    insta::assert_snapshot!(Case::new().run(&["methods", "steps", "winsorise"]), @r#"
    exit code: 0
    ----- stdout -----
    Steps of an indicator, an aggregate or an output (`steps`, `each`)

    winsorise
      Moves the most extreme values to the next, while skewness and kurtosis are both out of bounds
      formula    while |skew| >= 2 and kurtosis >= 3.5 and fewer than max points: the extreme value (with its ties) := the next
      parameters kurtosis (default 3.5): Limit of kurtosis; below it nothing more is done.
                 max (default 5): Points that may be changed; no further round begins once that many are. Ties at the extreme move together, so the last round may go beyond it.
                 skew (default 2.0): Limit of |skewness|; below it nothing more is done.
      example    { winsorise = { max = 5 } }
      source     COIN tool of the JRC; Groeneveld and Meeden (1984) for the limits
    ----- stderr -----
    "#);
    insta::assert_snapshot!(Case::new().run(&["methods", "steps", "winsorize"]), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: there is no step `winsorize`
    hint: did you mean `winsorise`?
    "#);
}

#[test]
fn everything_a_methodology_can_name_is_explained() {
    let json = Case::new().command(&["methods", "steps", "--json"]).output().unwrap();
    let entries: Vec<serde_json::Value> = serde_json::from_slice(&json.stdout).unwrap();
    for entry in &entries {
        for key in ["group", "name", "summary", "formula", "example", "source"] {
            assert!(entry[key].as_str().is_some_and(|text| !text.is_empty()), "{entry}");
        }
        assert!(entry["parameters"].is_array());
    }
    let text = Case::new().run(&["methods", "steps"]);
    for entry in &entries {
        let name = entry["name"].as_str().unwrap();
        assert!(text.contains(&format!("\n{name}\n")), "{name} is not in the text");
    }
}

#[test]
fn the_steps_of_the_schema_are_those_that_are_explained() {
    let schema = Case::new().command(&["schema", "methodology"]).output().unwrap();
    let schema: serde_json::Value = serde_json::from_slice(&schema.stdout).unwrap();
    let choices = schema["definitions"]["Step"]["oneOf"].as_array().unwrap();
    let in_schema: Vec<&str> =
        choices.iter().map(|choice| choice["required"][0].as_str().unwrap()).collect();
    let json = Case::new().command(&["methods", "steps", "--json"]).output().unwrap();
    let entries: Vec<serde_json::Value> = serde_json::from_slice(&json.stdout).unwrap();
    let explained: Vec<&str> = entries
        .iter()
        .filter(|entry| entry["group"] == "step")
        .map(|entry| entry["name"].as_str().unwrap())
        .collect();
    assert_eq!(in_schema, explained);
}

#[test]
fn a_schema_is_printed_for_each_file_and_refused_for_others() {
    for file in ["study", "methodology", "programme"] {
        let output = Case::new().command(&["schema", file]).output().unwrap();
        let schema: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    }
    let refused = Case::new().run(&["schema", "selection"]);
    assert!(refused.starts_with("exit code: 2\n"), "{refused}");
    assert!(refused.contains("there is no schema of `selection`"), "{refused}");
}
