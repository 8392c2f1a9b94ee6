//! Study and methodology files: what is wrong in them is told at once, with line, column and caret.

use risk_index::index::method::{Direction, Method, Origin};
use risk_index::language::Label;
use risk_index::quality::Severity;
use risk_index::register::{Register, Unit};
use risk_index::study::methodology::doubts;
use risk_index::study::{
    Against, Key, Layout, Methodology, Problems, Selection, Study, bundled_methodologies,
};

const STUDY: &str = r#"
[study]
title       = { ro = "Titlu", en = "Title" }
methodology = "irc"

[register]
bundled = "ro-uat-2025"

[[source]]
id     = "population"
file   = "inputs/POP107D_*.csv"
layout = "tempo"
concept = "domicile"
reference = "2024-01-01"
[[source.measure]]
id     = "children"
nature = "count"
counts = "persons"
where  = { "Varste si grupe de varsta" = { from = 0, to = 17 }, "Sexe" = "Total", "Ani" = 2024 }
[[source.measure]]
id     = "total"
nature = "count"
counts = "persons"
where  = { "Varste si grupe de varsta" = "Total", "Sexe" = ["Masculin", "Feminin"], "Ani" = "2024" }

[[source]]
id      = "vmg"
file    = "inputs/vmg.xlsx"
sheet   = "2023"
header  = [4, 5]
key     = { code = "SIRUTA" }
series  = "vmg"
reference = 2023
measure = [ { id = "families", column = "Nr. dosare", nature = "count", counts = "families" } ]
numbers = { decimal = ",", thousands = "." }
missing = { ":" = "not-available", "c" = "confidential", "-" = "zero" }

[[source]]
id      = "unemployment"
file    = "inputs/someri.csv"
key     = { name = "UAT", county = "Judet" }
measure = [ { id = "rate", column = 4, nature = "rate" } ]

[[source]]
id      = "poverty"
file    = "inputs/SAR111C.csv"
key     = { region = "Regiuni" }
measure = [ { id = "rate", column = "Valoare", nature = "rate" } ]

[[source]]
id     = "dropout"
file   = "inputs/SCL113A.csv"
layout = "tempo"
level  = "county"
measure = [ { id = "rate", nature = "rate", where = { "Ani" = "2023" } } ]
"#;

fn register() -> Register {
    let unit = |code: &str, kind: &str, county: &str, region: &str| Unit {
        code: code.into(),
        name: code.into(),
        values: vec![kind.into(), county.into(), region.into()],
    };
    let columns = ["kind", "county", "region"].map(String::from).to_vec();
    let units = vec![
        unit("1", "commune", "A", "N"),
        unit("2", "town", "A", "N"),
        unit("3", "commune", "B", "N"),
        unit("4", "commune", "C", "S"),
    ];
    Register::new("ro-uat-2025", Label::same("r"), columns, units).unwrap()
}

fn read(bytes: &[u8]) -> (Option<Study>, Problems) {
    let mut problems = Problems::new();
    let study = Study::read("study.toml", bytes, &mut problems);
    (study, problems)
}

fn good_study(text: &str) -> Study {
    let (study, problems) = read(text.as_bytes());
    study.unwrap_or_else(|| panic!("{problems}"))
}

/// The problems of a study of which one line is replaced.
#[track_caller]
fn study_with(line: &str, other: &str) -> String {
    assert!(STUDY.contains(line), "{line}");
    let (study, problems) = read(STUDY.replacen(line, other, 1).as_bytes());
    assert!(study.is_none() && problems.has_errors(), "{problems}");
    problems.to_string()
}

const HEAD: &str = r#"
[methodology]
id = "m"
version = "1"
status = "illustrative"
title = "M"
"#;

const CHILDREN: &str = r#"
[[indicator]]
id = "children_share"
value = "population.children / population.total * 100"
steps = [ { minmax = { to = [0, 100] } } ]
"#;

fn check_files(files: &[(&str, &str)], study: &str) -> (Option<Method>, Problems) {
    let mut problems = Problems::new();
    let mut load = |path: &str| {
        let file = files.iter().find(|(name, _)| *name == path);
        file.map(|(_, text)| text.as_bytes().to_vec()).ok_or_else(|| "no such file".to_owned())
    };
    let methodology = Methodology::load(files[0].0, &mut load, &mut problems);
    let (study, register) = (good_study(study), register());
    let against = Against { study: &study, file: "study.toml", register: &register };
    let method = methodology.and_then(|methodology| methodology.check(&against, &mut problems));
    (method, problems)
}

#[track_caller]
fn method(text: &str) -> Method {
    let (method, problems) = check_files(&[("m.toml", text)], STUDY);
    method.unwrap_or_else(|| panic!("{problems}"))
}

#[track_caller]
fn wrong(text: &str) -> String {
    let (method, problems) = check_files(&[("m.toml", text)], STUDY);
    assert!(method.is_none() && problems.has_errors(), "{problems}");
    problems.to_string()
}

#[test]
fn a_good_study_is_read_without_a_word() {
    let (study, problems) = read(STUDY.as_bytes());
    assert!(problems.is_empty(), "{problems}");
    let study = study.unwrap();
    let population = &study.sources[0];
    assert_eq!((population.line, population.layout), (9, Layout::Tempo));
    let Selection::Where(cells) = &population.measures[0].selection else { panic!() };
    assert_eq!(cells["Varste si grupe de varsta"], ["0-17"]);
    assert_eq!(cells["Ani"], ["2024"]);
    let Selection::Where(cells) = &population.measures[1].selection else { panic!() };
    assert_eq!(cells["Sexe"], ["Masculin", "Feminin"]);
    assert_eq!(study.sources[1].reference.as_deref(), Some("2023"));
    assert_eq!(study.sources[1].header, Some(vec![4, 5]));
    assert_eq!(study.sources[2].measures[0].selection, Selection::Column("4".into()));
    assert_eq!(study.sources[3].key, Some(Key::Area("Regiuni".into())));
    assert_eq!((&*study.sources[3].level, &*study.sources[4].level), ("region", "county"));
}

#[test]
fn an_unknown_key_is_answered_with_the_one_that_was_meant() {
    insta::assert_snapshot!(study_with("sheet   =", "sheat   ="), @"");
}

#[test]
fn all_problems_of_a_study_are_told_at_once() {
    let text = STUDY
        .replacen("bundled = \"ro-uat-2025\"", "bundled = 7", 1)
        .replacen("nature = \"count\"", "nature = \"cuont\"", 1)
        .replacen("header  = [4, 5]", "header  = []", 1)
        .replacen("decimal = \",\"", "decimal = \";\"", 1)
        .replacen("\"not-available\"", "\"missing\"", 1)
        .replacen("id      = \"unemployment\"", "id      = \"Unemployment rate\"", 1)
        .replacen("key     = { name = \"UAT\", county = \"Judet\" }\n", "", 1)
        .replacen("nature = \"rate\", where", "nature = \"rate\", counts = \"persons\", where", 1);
    let (study, problems) = read(text.as_bytes());
    assert!(study.is_none());
    insta::assert_snapshot!(problems, @"");
}

#[test]
fn a_byte_order_mark_is_skipped_with_a_note() {
    let bytes = [b"\xEF\xBB\xBF".as_slice(), STUDY.trim_start().as_bytes()].concat();
    let (study, problems) = read(&bytes);
    assert!(study.is_some() && !problems.has_errors());
    assert_eq!(problems.iter().next().unwrap().severity, Severity::Note);
    insta::assert_snapshot!(problems, @"");
}

#[test]
fn a_file_in_another_encoding_says_how_to_save_it() {
    let utf16: Vec<u8> = STUDY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (_, problems) = read(&[b"\xFF\xFE".as_slice(), &utf16].concat());
    insta::assert_snapshot!(problems, @"");
    let (_, problems) = read(b"[study]\ntitle = \"Jude\xFEul\"\n");
    insta::assert_snapshot!(problems, @"");
}

#[test]
fn backslashes_in_paths_are_answered_with_slashes() {
    let line = r#"file    = "inputs/vmg.xlsx""#;
    insta::assert_snapshot!(study_with(line, r#"file    = "inputs\\vmg.xlsx""#), @"");
    insta::assert_snapshot!(study_with(line, r"file    = 'inputs\vmg.xlsx'"), @"");
    insta::assert_snapshot!(study_with(line, r#"file    = "inputs\vmg.xlsx""#), @"");
    insta::assert_snapshot!(study_with(line, r#"file    = "inputs\tabel.xlsx""#), @"");
}

#[test]
fn paths_that_an_archive_could_not_hold_are_refused() {
    let line = r#"file    = "inputs/vmg.xlsx""#;
    insta::assert_snapshot!(study_with(line, r#"file    = "C:/date/vmg.xlsx""#), @"");
    insta::assert_snapshot!(study_with(line, r#"file    = "../date/vmg.xlsx""#), @"");
}

#[test]
fn a_wrong_word_is_answered_with_the_ones_that_exist() {
    insta::assert_snapshot!(study_with("layout = \"tempo\"", "layout = \"temp\""), @"");
}

#[test]
fn a_source_that_stands_twice_is_told() {
    insta::assert_snapshot!(study_with("id      = \"vmg\"", "id      = \"population\""), @"");
}

#[test]
fn broken_syntax_does_not_hide_other_problems() {
    let text = STUDY.replacen("title       = {", "title       = [", 1).replacen(
        "sheet   =",
        "sheat   =",
        1,
    );
    let (study, problems) = read(text.as_bytes());
    assert!(study.is_none());
    insta::assert_snapshot!(problems, @"");
}

#[test]
fn an_empty_study_says_what_it_needs() {
    insta::assert_snapshot!(read(b"").1, @"");
}

#[test]
fn a_level_that_the_register_does_not_have_is_told_on_its_line() {
    let text = STUDY.replacen("level  = \"county\"", "level  = \"conty\"", 1);
    let (study, mut problems) = read(text.as_bytes());
    study.unwrap().check_against("study.toml", &register(), &mut problems);
    insta::assert_snapshot!(problems, @"");
}

#[test]
fn a_register_can_be_restricted() {
    let text = STUDY.replacen(
        "bundled = \"ro-uat-2025\"",
        "bundled = \"ro-uat-2025\"\nwhere = \"county = 'A' OR kind <> 'commune'\"",
        1,
    );
    let mut problems = Problems::new();
    let study = good_study(&text);
    let chosen = study.choose_units("study.toml", register(), &mut problems).unwrap();
    assert_eq!(chosen.codes(), ["1", "2"]);
    let text = text.replacen("county = 'A'", "judet = 'A'", 1);
    let (study, mut problems) = read(text.as_bytes());
    let chosen = study.unwrap().choose_units("study.toml", register(), &mut problems);
    assert!(chosen.is_none());
    insta::assert_snapshot!(problems, @"");
}

#[test]
fn bundled_methodologies_pass_their_own_checks() {
    for name in bundled_methodologies() {
        let mut problems = Problems::new();
        let mut load = |path: &str| Err(format!("{path} is not bundled"));
        let methodology = Methodology::load(name, &mut load, &mut problems).unwrap();
        let text = STUDY
            .replace("id      = \"vmg\"", "id      = \"vmi\"")
            .replace("id = \"families\"", "id = \"inclusion_families\"");
        let study = good_study(if name == "irc" { STUDY } else { &text });
        let register = register();
        let against = Against { study: &study, file: "study.toml", register: &register };
        let method = methodology.check(&against, &mut problems);
        assert!(problems.is_empty(), "{problems}");
        let method = method.unwrap();
        assert_eq!(method.id, name);
        let ids: Vec<&str> = method.nodes.iter().map(|node| node.id.as_str()).collect();
        let components = [
            "locality_type",
            "children_share",
            "poverty",
            "vmg_share",
            "unemployed_share",
            "dropout",
        ];
        assert_eq!(ids[..6], components);
        assert_eq!(ids[6], "irc");
        assert!(matches!(&method.nodes[0].origin, Origin::Category(name) if name == "kind"));
        assert_eq!(methodology.layers.len(), if name == "irc" { 1 } else { 2 });
    }
}

#[test]
fn recipes_stand_for_their_steps() {
    let text = format!(
        "{HEAD}[recipe]\nscaled = [ {{ minmax = {{ to = [0, 1] }} }} ]\n\
         all = [ \"log1p\", \"scaled\", {{ round = {{ decimals = 2 }} }} ]\n\
         [[indicator]]\nid = \"x\"\nvalue = \"dropout.rate\"\nsteps = [ \"all\" ]\n"
    );
    let method = method(&text);
    let names: Vec<_> = method.nodes[0].steps.iter().map(|step| step.name()).collect();
    assert_eq!(names, ["log1p", "minmax", "round"]);
}

#[test]
fn nodes_stand_behind_their_children() {
    let text = format!(
        "{HEAD}{CHILDREN}\
         [[aggregate]]\nid = \"top\"\nvalue = \"LEAST(middle, children_share) + 1\"\n\
         [[aggregate]]\nid = \"middle\"\nof = [ \"children_share\" ]\n\
         [[output]]\nid = \"rank\"\nof = \"top\"\nwhere = \"kind = 'commune' AND middle > 3\"\n"
    );
    let method = method(&text);
    let ids: Vec<&str> = method.nodes.iter().map(|node| node.id.as_str()).collect();
    assert_eq!(ids, ["children_share", "middle", "top"]);
    assert_eq!(method.outputs[0].of, 2);
    let Origin::Children(middle) = &method.nodes[1].origin else { panic!() };
    assert_eq!(middle.children[0].node, 0);
}

#[test]
fn a_cycle_is_named_in_full() {
    let text = format!(
        "{HEAD}{CHILDREN}\n\
         [[aggregate]]\nid = \"a\"\nof = {{ children_share = 1, b = 1 }}\n\
         [[aggregate]]\nid = \"b\"\nvalue = \"c * 2\"\n\
         [[aggregate]]\nid = \"c\"\nof = {{ a = 1 }}\n"
    );
    insta::assert_snapshot!(wrong(&text), @"");
}

#[test]
fn recipes_that_use_each_other_are_refused() {
    let text = format!("{HEAD}[recipe]\na = [ \"b\" ]\nb = [ \"a\" ]\n{CHILDREN}");
    insta::assert_snapshot!(wrong(&text), @"");
}

#[test]
fn a_bad_formula_is_shown_where_it_breaks() {
    let text = format!(
        "{HEAD}{CHILDREN}\n\
         [[indicator]]\nid = \"a\"\nvalue = \"population.children / / 2\"\n\
         [[indicator]]\nid = \"b\"\nvalue = \"read_csv('secret.csv')\"\n\
         [[indicator]]\nid = \"c\"\nvalue = \"(SELECT 1)\"\n\
         [[indicator]]\nid = \"d\"\nvalue = \"kind * 2\"\n"
    );
    insta::assert_snapshot!(wrong(&text), @"");
}

#[test]
fn unknown_names_in_a_formula_are_told_with_the_nearest() {
    let text = format!(
        "{HEAD}{CHILDREN}\n\
         [[indicator]]\nid = \"a\"\nvalue = \"population.childen / populaton.total + knd\"\n\
         [[indicator]]\nid = \"b\"\nvalue = \"children_share * 2\"\n\
         [[aggregate]]\nid = \"c\"\nof = {{ children_shar = 1, county = 2 }}\n"
    );
    insta::assert_snapshot!(wrong(&text), @"");
}

#[test]
fn ids_that_stand_twice_are_told() {
    let text = format!(
        "{HEAD}{CHILDREN}{CHILDREN}\n\
         [[aggregate]]\nid = \"county\"\nof = [ \"children_share\", \"children_share\" ]\n\
         [[aggregate]]\nid = \"children_share\"\nof = [ \"county\" ]\n"
    );
    insta::assert_snapshot!(wrong(&text), @"");
}

#[test]
fn steps_are_checked_with_their_parameters() {
    let text = format!(
        "{HEAD}\n\
         [[indicator]]\nid = \"a\"\nvalue = \"dropout.rate\"\n\
         steps = [ \"minmx\", {{ winsorize = {{ max = 5 }} }}, {{ round = {{ decimal = 2 }} }}, \"round\" ]\n\
         [[indicator]]\nid = \"b\"\nvalue = \"dropout.rate\"\ndirection = \"protective\"\n\
         steps = [ {{ goalposts = {{ low = 1, high = 2 }} }}, {{ impute = {{ mean = {{ within = \"judet\" }} }} }} ]\n\
         [[indicator]]\nid = \"c\"\nvalue = \"kind\"\n\
         [[aggregate]]\nid = \"d\"\nof = {{ a = -1, b = 0 }}\nmethod = \"geometrical\"\nvalue = \"a\"\n"
    );
    insta::assert_snapshot!(wrong(&text), @"");
}

#[test]
fn a_formula_that_mixes_levels_wrongly_cannot_be_written() {
    let text = format!(
        "{HEAD}\n\
         [[indicator]]\nid = \"a\"\nvalue = \"vmg.families * unemployment.rate / dropout.rate\"\n\
         [[indicator]]\nid = \"b\"\nvalue = \"CASE WHEN kind = 'town' THEN dropout.rate ELSE 1 END\"\n"
    );
    insta::assert_snapshot!(wrong(&text), @"");
}

#[test]
fn an_extending_methodology_replaces_key_by_key() {
    let top = "[methodology]\nid = \"own\"\nversion = \"2\"\nextends = \"base/m.toml\"\n\
               [[indicator]]\nid = \"children_share\"\ndirection = \"protective\"\n\
               [[indicator]]\nid = \"d\"\nvalue = \"dropout.rate\"\n\
               [[aggregate]]\nid = \"all\"\nvalue = \"children_share + d\"\n";
    let base = format!(
        "{HEAD}{CHILDREN}[[aggregate]]\nid = \"all\"\nlabel = \"All\"\nof = [ \"children_share\" ]\n"
    );
    let files = [("own.toml", top), ("base/m.toml", base.as_str())];
    let (method, problems) = check_files(&files, STUDY);
    let method = method.unwrap_or_else(|| panic!("{problems}"));
    assert_eq!((&*method.id, &*method.version, &*method.title.ro), ("own", "2", "M"));
    assert_eq!(method.nodes[0].direction, Direction::Protective);
    assert_eq!(method.nodes[0].steps.len(), 1);
    let all = &method.nodes[method.node("all").unwrap()];
    assert_eq!(all.label, Label::same("All"));
    assert!(
        matches!(&all.origin, Origin::Nodes(formula) if formula.text() == "children_share + d")
    );
}

#[test]
fn problems_in_extended_files_name_their_file() {
    let top = "[methodology]\nid = \"own\"\nextends = \"base.toml\"\n\
               [[indicator]]\nid = \"children_share\"\nunits = \"%\"\n";
    let base = format!("{HEAD}{CHILDREN}plausble = [0, 1]\n");
    let (_, problems) = check_files(&[("own.toml", top), ("base.toml", &base)], STUDY);
    insta::assert_snapshot!(problems, @"");
    let (_, problems) = check_files(&[("own.toml", top)], STUDY);
    insta::assert_snapshot!(problems, @"");
}

#[test]
fn omitted_indicators_leave_their_parents() {
    let study = STUDY.replacen(
        "methodology = \"irc\"",
        "methodology = \"irc\"\nomit = { x = \"no source\" }",
        1,
    );
    let text = format!(
        "{HEAD}{CHILDREN}\
         [[indicator]]\nid = \"x\"\nvalue = \"nowhere.rate\"\n\
         [[aggregate]]\nid = \"all\"\nof = {{ x = 2, children_share = 1 }}\n\
         [[output]]\nid = \"rank_x\"\nof = \"x\"\n"
    );
    let (method, problems) = check_files(&[("m.toml", &text)], &study);
    let method = method.unwrap_or_else(|| panic!("{problems}"));
    let Origin::Children(all) = &method.nodes[1].origin else { panic!() };
    assert_eq!((method.nodes.len(), all.children.len(), method.outputs.len()), (2, 1, 0));
    let study = study.replacen("{ x =", "{ y =", 1);
    let text = text.replace("nowhere.rate", "dropout.rate");
    insta::assert_snapshot!(check_files(&[("m.toml", &text)], &study).1, @"");
}

#[test]
fn what_the_files_alone_make_doubtful_is_found() {
    let study = good_study(&STUDY.replacen(
        "file    = \"inputs/vmg.xlsx\"",
        "file = \"v.xlsx\"\nconcept = \"resident\"",
        1,
    ));
    let mut problems = Problems::new();
    let mut load = |_: &str| Err(String::new());
    let methodology = Methodology::load("irc", &mut load, &mut problems).unwrap();
    let register = register();
    let against = Against { study: &study, file: "study.toml", register: &register };
    let method = methodology.check(&against, &mut problems).unwrap();
    let told: Vec<String> = doubts(&method, &against)
        .iter()
        .map(|finding| format!("{}: {}", finding.rule, finding.message))
        .collect();
    insta::assert_snapshot!(told.join("\n"), @"");
}

#[test]
fn no_file_makes_the_reader_panic() {
    for end in 0..STUDY.len() {
        if STUDY.is_char_boundary(end) {
            let _ = read(&STUDY.as_bytes()[..end]);
        }
    }
}
