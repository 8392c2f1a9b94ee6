//! Study and methodology files: what is wrong in them is told at once, with line, column and caret.
#![expect(clippy::too_many_lines, reason = "snapshots are shown in full")]

use std::io;

use risk_index::index::method::{Direction, Method, Origin};
use risk_index::language::Label;
use risk_index::quality::Severity;
use risk_index::register::{Register, Unit};
use risk_index::study::{
    Key, Layout, Methodology, MethodologyContext, Problems, Selection, Study, bundled_methodologies,
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
        file.map(|(_, text)| text.as_bytes().to_vec())
            .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "no such file"))
    };
    let methodology = Methodology::load(files[0].0, &mut load, &mut problems);
    let (study, register) = (good_study(study), register());
    let against = MethodologyContext { study: &study, file: "study.toml", register: &register };
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
    let area = Key::Area { level: "region".into(), column: "Regiuni".into() };
    assert_eq!(study.sources[3].key, Some(area));
    assert_eq!((&*study.sources[3].level, &*study.sources[4].level), ("region", "county"));
}

#[test]
fn an_unknown_key_is_answered_with_the_one_that_was_meant() {
    insta::assert_snapshot!(study_with("sheet   =", "sheat   ="), @r#"
    error: unknown key `sheat` in `[[source]]`
      --> study.toml:29:1
       |
    29 | sheat   = "2023"
       | ^^^^^
       |
       = hint: did you mean `sheet`?
    "#);
}

#[test]
fn a_letter_head_says_what_it_cannot_use() {
    for (line, expected) in [
        ("adressee = \"Primăria\"", "hint: did you mean `addressee`?"),
        (
            "addressee = \"Primăria {nume}\"",
            "only `{name}` and `{county}` can stand in braces here",
        ),
        ("issuer = { ro = \"Ministerul\" }", "needs the key `en`"),
        ("appeal = 30", "found a whole number"),
    ] {
        let said = study_with("[register]", &format!("[letter]\n{line}\n\n[register]"));
        assert!(said.contains("study.toml:7:") && said.contains(expected), "{said}");
        assert_eq!(said.matches("error: ").count(), 1, "{said}");
    }
}

#[test]
fn a_noun_has_two_forms_in_each_language_and_is_of_a_count() {
    let families = "counts = \"families\"";
    let rate = "column = 4, nature = \"rate\"";
    for (of, noun, expected) in [
        (families, "\"familii\"", "expected a table, found text"),
        (families, "{ ro = [\"o familie\", \"familii\"] }", "needs the key `en`"),
        (
            families,
            "{ ro = [\"familii\"], en = [\"one family\", \"families\"] }",
            "a noun has two forms",
        ),
        (
            rate,
            "{ ro = [\"un șomer\", \"șomeri\"], en = [\"one\", \"several\"] }",
            "names what a count counts, and this is not a count",
        ),
    ] {
        let said = study_with(of, &format!("{of}, noun = {noun}"));
        assert!(said.contains(expected), "{said}");
        assert_eq!(said.matches("error: ").count(), 1, "{said}");
    }
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
    insta::assert_snapshot!(problems, @r#"
    error: expected text, found a whole number
     --> study.toml:7:11
      |
    7 | bundled = 7
      |           ^

    error: unknown word `cuont`
      --> study.toml:17:10
       |
    17 | nature = "cuont"
       |          ^^^^^^^
       |
       = hint: did you mean `count`?

    error: this list is empty
      --> study.toml:30:11
       |
    30 | header  = []
       |           ^^

    error: the decimal mark is `.` or `,`
      --> study.toml:35:23
       |
    35 | numbers = { decimal = ";", thousands = "." }
       |                       ^^^

    error: unknown word `missing`
      --> study.toml:36:19
       |
    36 | missing = { ":" = "missing", "c" = "confidential", "-" = "zero" }
       |                   ^^^^^^^^^
       |
       = hint: known here: `not-available`, `confidential`, `not-applicable`, `zero`

    error: a source with the layout `table` needs a `key`: how does a row say which area it is about?
      --> study.toml:38:1
       |
    38 | [[source]]
       | ^^^^^^^^^^
       |
       = hint: for example `key = { code = "SIRUTA" }`, `{ glued = … }`, `{ name = …, county = … }` or `{ county = … }`

    error: `Unemployment rate` cannot be an identifier
      --> study.toml:39:11
       |
    39 | id      = "Unemployment rate"
       |           ^^^^^^^^^^^^^^^^^^^
       |
       = hint: use lower-case letters a-z, digits and `_`, starting with a letter

    error: `counts` says what a count counts, and this is not a count
      --> study.toml:54:54
       |
    54 | measure = [ { id = "rate", nature = "rate", counts = "persons", where = { "Ani" = "2023" } } ]
       |                                                      ^^^^^^^^^
       |
       = hint: leave it out, or write `nature = "count"`
    "#);
}

#[test]
fn a_byte_order_mark_is_skipped_with_a_note() {
    let bytes = [b"\xEF\xBB\xBF".as_slice(), STUDY.trim_start().as_bytes()].concat();
    let (study, problems) = read(&bytes);
    assert!(study.is_some() && !problems.has_errors());
    assert_eq!(problems.iter().next().unwrap().severity, Severity::Note);
    insta::assert_snapshot!(problems, @r#"
    note: this file starts with a byte order mark, as Notepad saves it
     --> study.toml:1:1
      |
    1 | [study]
      | ^
      |
      = hint: nothing to do: it was skipped
    "#);
}

#[test]
fn a_file_in_another_encoding_says_how_to_save_it() {
    let utf16: Vec<u8> = STUDY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (_, problems) = read(&[b"\xFF\xFE".as_slice(), &utf16].concat());
    insta::assert_snapshot!(problems, @r#"
    error: this file is UTF-16, as PowerShell's `>` and Notepad's Unicode write it
    --> study.toml
     = hint: save the file as UTF-8 (Notepad: Save as › Encoding › UTF-8; PowerShell: `Set-Content -Encoding utf8`)
    "#);
    let (_, problems) = read(b"[study]\ntitle = \"Jude\xFEul\"\n");
    insta::assert_snapshot!(problems, @r#"
    error: line 2 holds letters that are not UTF-8
    --> study.toml
     = hint: save the file as UTF-8 (Notepad: Save as › Encoding › UTF-8; PowerShell: `Set-Content -Encoding utf8`)
    "#);
}

#[test]
fn backslashes_in_paths_are_answered_with_slashes() {
    let line = r#"file    = "inputs/vmg.xlsx""#;
    insta::assert_snapshot!(study_with(line, r#"file    = "inputs\\vmg.xlsx""#), @r#"
    error: the path `inputs\vmg.xlsx` is written with backslashes
      --> study.toml:28:11
       |
    28 | file    = "inputs\\vmg.xlsx"
       |           ^^^^^^^^^^^^^^^^^^
       |
       = hint: write paths with `/`, on Windows too: `inputs/vmg.xlsx`
    "#);
    insta::assert_snapshot!(study_with(line, r"file    = 'inputs\vmg.xlsx'"), @r#"
    error: the path `inputs\vmg.xlsx` is written with backslashes
      --> study.toml:28:11
       |
    28 | file    = 'inputs\vmg.xlsx'
       |           ^^^^^^^^^^^^^^^^^
       |
       = hint: write paths with `/`, on Windows too: `inputs/vmg.xlsx`
    "#);
    insta::assert_snapshot!(study_with(line, r#"file    = "inputs\vmg.xlsx""#), @r#"
    error: between double quotes a backslash begins an escape, and `\v` is none
      --> study.toml:28:19
       |
    28 | file    = "inputs\vmg.xlsx"
       |                   ^
       |
       = hint: write paths with `/`, on Windows too: `inputs/vmg.xlsx`
    "#);
    insta::assert_snapshot!(study_with(line, r#"file    = "inputs\tabel.xlsx""#), @r#"
    error: the path `inputs\tabel.xlsx` is written with backslashes
      --> study.toml:28:11
       |
    28 | file    = "inputs\tabel.xlsx"
       |           ^^^^^^^^^^^^^^^^^^^
       |
       = hint: write paths with `/`, on Windows too: `inputs/vmg.xlsx`
    "#);
}

#[test]
fn paths_that_an_archive_could_not_hold_are_refused() {
    let line = r#"file    = "inputs/vmg.xlsx""#;
    insta::assert_snapshot!(study_with(line, r#"file    = "C:/date/vmg.xlsx""#), @r#"
    error: `C:/date/vmg.xlsx` is an absolute path
      --> study.toml:28:11
       |
    28 | file    = "C:/date/vmg.xlsx"
       |           ^^^^^^^^^^^^^^^^^^
       |
       = hint: a run must be replayable elsewhere: use a path relative to this file, or to the inputs folder that `--inputs` names
    "#);
    insta::assert_snapshot!(study_with(line, r#"file    = "../date/vmg.xlsx""#), @r#"
    error: a path may not leave the inputs folder
      --> study.toml:28:11
       |
    28 | file    = "../date/vmg.xlsx"
       |           ^^^^^^^^^^^^^^^^^^
       |
       = hint: put the file under the inputs folder, or say where that is with `--inputs`
    "#);
}

#[test]
fn a_wrong_word_is_answered_with_the_ones_that_exist() {
    insta::assert_snapshot!(study_with("layout = \"tempo\"", "layout = \"temp\""), @r#"
    error: unknown word `temp`
      --> study.toml:12:10
       |
    12 | layout = "temp"
       |          ^^^^^^
       |
       = hint: did you mean `tempo`?
    "#);
}

#[test]
fn a_source_that_stands_twice_is_told() {
    insta::assert_snapshot!(study_with("id      = \"vmg\"", "id      = \"population\""), @r#"
    error: the source `population` is declared twice
      --> study.toml:27:11
       |
    27 | id      = "population"
       |           ^^^^^^^^^^^^
       |
       = hint: the first is on line 9
    "#);
}

#[test]
fn broken_syntax_does_not_hide_other_problems() {
    let broken = STUDY.replacen("series  = \"vmg\"", "series  = vmg", 1);
    let text = broken.replacen("sheet   =", "sheat   =", 1);
    insta::assert_snapshot!(read(text.as_bytes()).1, @r#"
    error: unknown key `sheat` in `[[source]]`
      --> study.toml:29:1
       |
    29 | sheat   = "2023"
       | ^^^^^
       |
       = hint: did you mean `sheet`?

    error: string values must be quoted, expected literal string
      --> study.toml:32:11
       |
    32 | series  = vmg
       |           ^^^
    "#);
}

#[test]
fn an_unclosed_list_is_told_once() {
    insta::assert_snapshot!(study_with("header  = [4, 5]", "header  = [4, 5"), @r#"
    error: this line was taken for an element of a list
      --> study.toml:31:1
       |
    31 | key     = { code = "SIRUTA" }
       | ^
       |
       = hint: a list above this line is not closed with `]`
    "#);
}

#[test]
fn an_empty_study_says_what_it_needs() {
    insta::assert_snapshot!(read(b"").1, @r#"
    error: the study needs the key `register`
     --> study.toml:1:1
      |
    1 |
      | ^

    error: the study needs the key `source`
     --> study.toml:1:1
      |
    1 |
      | ^

    error: the study needs the key `study`
     --> study.toml:1:1
      |
    1 |
      | ^
    "#);
}

#[test]
fn a_key_with_a_period_needs_a_panel() {
    let text = STUDY.replacen("{ code = \"SIRUTA\" }", "{ code = \"SIRUTA\", period = \"An\" }", 1);
    assert_ne!(text, STUDY, "a key of the study has a code");
    let (study, mut problems) = read(text.as_bytes());
    study.unwrap().check_against("study.toml", &register(), &mut problems);
    let found = problems.to_string();
    assert!(
        found.contains("names a column of the period, and the register is no panel"),
        "{found}"
    );
}

#[test]
fn a_level_that_the_register_does_not_have_is_told_on_its_line() {
    let text = STUDY.replacen("level  = \"county\"", "level  = \"conty\"", 1);
    let (study, mut problems) = read(text.as_bytes());
    study.unwrap().check_against("study.toml", &register(), &mut problems);
    insta::assert_snapshot!(problems, @r#"
    error: the register `ro-uat-2025` has no level `conty`, which source `dropout` measures
      --> study.toml:50:1
       |
    50 | [[source]]
       | ^^^^^^^^^^
       |
       = hint: did you mean `county`?
    "#);
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
    insta::assert_snapshot!(problems, @r#"
    error: the register has no column `judet`
     --> study.toml:8:1
      |
    8 | where = "judet = 'A' OR kind <> 'commune'"
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = hint: known here: `kind`, `county`, `region`
    "#);
}

#[test]
fn bundled_methodologies_pass_their_own_checks() {
    for name in bundled_methodologies() {
        let mut problems = Problems::new();
        let mut load = |path: &str| Err(io::Error::other(format!("{path} is not bundled")));
        let methodology = Methodology::load(name, &mut load, &mut problems).unwrap();
        let text = STUDY
            .replace("id      = \"vmg\"", "id      = \"vmi\"")
            .replace("id = \"families\"", "id = \"inclusion_families\"");
        let study = good_study(if name == "irc-vmi" { &text } else { STUDY });
        let register = register();
        let against = MethodologyContext { study: &study, file: "study.toml", register: &register };
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
        // the type of locality is the same for all communes, and the rural index leaves it out
        let is_rural = name == "irc-rural";
        let count = ids.len() - 1;
        assert_eq!(ids[..count], components[usize::from(is_rural)..]);
        assert_eq!(ids[count], "irc");
        assert_eq!(method.over.is_some(), is_rural);
        let type_of_locality = &method.nodes[0].origin;
        let is_type = matches!(type_of_locality, Origin::Category(name) if name == "kind");
        assert_eq!(is_type, !is_rural);
        let description = method.description.unwrap();
        assert!(description.ro.contains("anchete sociale"), "{}", description.ro);
        assert!(description.en.contains("not those entitled to it"), "{}", description.en);
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
    let names: Vec<_> = method.nodes[0].step_names().collect();
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
    insta::assert_snapshot!(wrong(&text), @r#"
    error: nodes form a cycle: a -> b -> c -> a
      --> m.toml:14:6
       |
    14 | id = "a"
       |      ^^^
    "#);
}

#[test]
fn recipes_that_use_each_other_are_refused() {
    let text = format!("{HEAD}[recipe]\na = [ \"b\" ]\nb = [ \"a\" ]\n{CHILDREN}");
    insta::assert_snapshot!(wrong(&text), @r#"
    error: recipes form a cycle: b -> a -> b
     --> m.toml:8:7
      |
    8 | a = [ "b" ]
      |       ^^^

    error: recipes form a cycle: a -> b -> a
     --> m.toml:9:7
      |
    9 | b = [ "a" ]
      |       ^^^
    "#);
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
    insta::assert_snapshot!(wrong(&text), @r#"
    error: this formula cannot be read: expected an expression, found `/`
      --> m.toml:15:32
       |
    15 | value = "population.children / / 2"
       |                                ^^^

    error: `READ_CSV` is not allowed in a formula
      --> m.toml:18:10
       |
    18 | value = "read_csv('secret.csv')"
       |          ^^^^^^^^^^^^^^^^^^^^^
       |
       = hint: allowed: + - * / = <> < <= > >= AND OR NOT, IS NULL, IN (…), BETWEEN, CASE, COALESCE, LEAST, GREATEST, ABS, SIGN, SQRT, CBRT, LN, LOG10, EXP, POWER

    error: a query is not allowed in a formula
      --> m.toml:21:11
       |
    21 | value = "(SELECT 1)"
       |           ^^^^^^^^
       |
       = hint: allowed: + - * / = <> < <= > >= AND OR NOT, IS NULL, IN (…), BETWEEN, CASE, COALESCE, LEAST, GREATEST, ABS, SIGN, SQRT, CBRT, LN, LOG10, EXP, POWER

    error: a number is needed here, and this is a text
      --> m.toml:24:10
       |
    24 | value = "kind * 2"
       |          ^^^^
       |
       = hint: compare it (`kind = 'commune'`), or score it with the step `categories`
    "#);
}

#[test]
fn unknown_names_in_a_formula_are_told_with_the_nearest() {
    let text = format!(
        "{HEAD}{CHILDREN}\n\
         [[indicator]]\nid = \"a\"\nvalue = \"population.childen / populaton.total + knd\"\n\
         [[indicator]]\nid = \"b\"\nvalue = \"children_share * 2\"\n\
         [[aggregate]]\nid = \"c\"\nof = {{ children_shar = 1, county = 2 }}\n"
    );
    insta::assert_snapshot!(wrong(&text), @r#"
    error: the source `population` has no measure `population.childen`
      --> m.toml:15:10
       |
    15 | value = "population.childen / populaton.total + knd"
       |          ^^^^^^^^^^^^^^^^^^
       |
       = hint: did you mean `population.children`?

    error: the study has no source `populaton`, so there is no `populaton.total`
      --> m.toml:15:31
       |
    15 | value = "population.childen / populaton.total + knd"
       |                               ^^^^^^^^^^^^^^^
       |
       = hint: did you mean `population.total`?

    error: unknown name `knd`
      --> m.toml:15:49
       |
    15 | value = "population.childen / populaton.total + knd"
       |                                                 ^^^
       |
       = hint: did you mean `kind`?

    error: `children_share` is a node, not a measure
      --> m.toml:18:10
       |
    18 | value = "children_share * 2"
       |          ^^^^^^^^^^^^^^
       |
       = hint: a formula over nodes belongs into an `[[aggregate]]` with `value`

    error: unknown node `children_shar`
      --> m.toml:21:8
       |
    21 | of = { children_shar = 1, county = 2 }
       |        ^^^^^^^^^^^^^
       |
       = hint: did you mean `children_share`?

    error: `county` is not a node
      --> m.toml:21:27
       |
    21 | of = { children_shar = 1, county = 2 }
       |                           ^^^^^^
       |
       = hint: make an `[[indicator]]` of it first
    "#);
}

#[test]
fn ids_that_stand_twice_are_told() {
    let text = format!(
        "{HEAD}{CHILDREN}{CHILDREN}\n\
         [[aggregate]]\nid = \"county\"\nof = [ \"children_share\", \"children_share\" ]\n\
         [[aggregate]]\nid = \"children_share\"\nof = [ \"county\" ]\n"
    );
    insta::assert_snapshot!(wrong(&text), @r#"
    error: the id `children_share` stands twice
      --> m.toml:14:6
       |
    14 | id = "children_share"
       |      ^^^^^^^^^^^^^^^^
       |
       = hint: the first is on line 9

    error: `county` is already a column of the register
      --> m.toml:19:6
       |
    19 | id = "county"
       |      ^^^^^^^^
       |
       = hint: rename the node

    error: `children_share` stands twice in this list
      --> m.toml:20:26
       |
    20 | of = [ "children_share", "children_share" ]
       |                          ^^^^^^^^^^^^^^^^

    error: `children_share` is an indicator and an aggregate
      --> m.toml:22:6
       |
    22 | id = "children_share"
       |      ^^^^^^^^^^^^^^^^
       |
       = hint: the indicator is on line 9
    "#);
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
    insta::assert_snapshot!(wrong(&text), @r#"
    error: unknown step or recipe `minmx`
      --> m.toml:11:11
       |
    11 | steps = [ "minmx", { winsorize = { max = 5 } }, { round = { decimal = 2 } }, "round" ]
       |           ^^^^^^^
       |
       = hint: did you mean `minmax`?

    error: unknown step `winsorize`
      --> m.toml:11:22
       |
    11 | steps = [ "minmx", { winsorize = { max = 5 } }, { round = { decimal = 2 } }, "round" ]
       |                      ^^^^^^^^^
       |
       = hint: did you mean `winsorise`?

    error: the step `round`: unknown key `decimal`
      --> m.toml:11:61
       |
    11 | steps = [ "minmx", { winsorize = { max = 5 } }, { round = { decimal = 2 } }, "round" ]
       |                                                             ^^^^^^^
       |
       = hint: did you mean `decimals`?

    error: the step `round`: the key `decimals` is missing
      --> m.toml:11:78
       |
    11 | steps = [ "minmx", { winsorize = { max = 5 } }, { round = { decimal = 2 } }, "round" ]
       |                                                                              ^^^^^^^

    error: the step `goalposts` already says which direction is risk
      --> m.toml:15:13
       |
    15 | direction = "protective"
       |             ^^^^^^^^^^^^
       |
       = hint: leave `direction` out

    error: the register has no column `judet`
      --> m.toml:16:50
       |
    16 | steps = [ { goalposts = { low = 1, high = 2 } }, { impute = { mean = { within = "judet" } } } ]
       |                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = hint: known here: `county`, `kind`, `national`, `region`, `uat`

    error: `kind` is a text, and nothing turns it into a number
      --> m.toml:19:9
       |
    19 | value = "kind"
       |         ^^^^^^
       |
       = hint: begin `steps` with `{ categories = … }`, which scores each word

    error: an aggregate has either a `value` or children, not `of` too
      --> m.toml:22:6
       |
    22 | of = { a = -1, b = 0 }
       |      ^^^^^^^^^^^^^^^^^

    error: an aggregate has either a `value` or children, not `method` too
      --> m.toml:23:10
       |
    23 | method = "geometrical"
       |          ^^^^^^^^^^^^^
    "#);
}

#[test]
fn a_formula_that_mixes_levels_wrongly_cannot_be_written() {
    let text = format!(
        "{HEAD}\n\
         [[indicator]]\nid = \"a\"\nvalue = \"vmg.families * unemployment.rate / dropout.rate\"\n\
         [[indicator]]\nid = \"b\"\nvalue = \"CASE WHEN kind = 'town' THEN dropout.rate ELSE 1 END\"\n"
    );
    insta::assert_snapshot!(wrong(&text), @r#"
    error: `unemployment.rate` is a rate or text by uat and cannot be added up to county, the level at which this formula runs
      --> m.toml:10:9
       |
    10 | value = "vmg.families * unemployment.rate / dropout.rate"
       |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = hint: make an indicator of each and combine them in an `[[aggregate]]`

    error: `kind` differs inside a county, the level at which this formula runs
      --> m.toml:13:9
       |
    13 | value = "CASE WHEN kind = 'town' THEN dropout.rate ELSE 1 END"
       |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = hint: make an indicator of each and combine them in an `[[aggregate]]`
    "#);
}

#[test]
fn an_extending_methodology_replaces_key_by_key() {
    let top = "[methodology]\nid = \"own\"\nversion = \"2\"\nextends = \"base/m.toml\"\n\
               [[indicator]]\nid = \"children_share\"\ndirection = \"protective\"\n\
               [[indicator]]\nid = \"d\"\nvalue = \"dropout.rate\"\n\
               [[aggregate]]\nid = \"both\"\nvalue = \"children_share + d\"\n";
    let base = format!(
        "{HEAD}{CHILDREN}[[aggregate]]\nid = \"both\"\nlabel = \"Both\"\nof = [ \"children_share\" ]\n"
    );
    let files = [("own.toml", top), ("base/m.toml", base.as_str())];
    let (method, problems) = check_files(&files, STUDY);
    let method = method.unwrap_or_else(|| panic!("{problems}"));
    assert_eq!((&*method.id, &*method.version, &*method.title.ro), ("own", "2", "M"));
    assert_eq!(method.nodes[0].direction, Direction::Protective);
    assert_eq!(method.nodes[0].step_names().count(), 1);
    let both = &method.nodes[method.node("both").unwrap()];
    assert_eq!(both.label, Label::same("Both"));
    assert!(
        matches!(&both.origin, Origin::Nodes(formula) if formula.text() == "children_share + d")
    );
}

#[test]
fn problems_in_extended_files_name_their_file() {
    let top = "[methodology]\nid = \"own\"\nextends = \"base.toml\"\n\
               [[indicator]]\nid = \"children_share\"\nunits = \"%\"\n";
    let base = format!("{HEAD}{CHILDREN}plausble = [0, 1]\n");
    let (_, problems) = check_files(&[("own.toml", top), ("base.toml", &base)], STUDY);
    insta::assert_snapshot!(problems, @r#"
    error: `[methodology]` needs the key `version`
     --> own.toml:1:1
      |
    1 | [methodology]
      | ^^^^^^^^^^^^^

    error: unknown key `units` in `[[indicator]]`
     --> own.toml:6:1
      |
    6 | units = "%"
      | ^^^^^
      |
      = hint: did you mean `unit`?

    error: unknown key `plausble` in `[[indicator]]`
      --> base.toml:12:1
       |
    12 | plausble = [0, 1]
       | ^^^^^^^^
       |
       = hint: did you mean `plausible`?
    "#);
    let (_, problems) = check_files(&[("own.toml", top)], STUDY);
    insta::assert_snapshot!(problems, @r#"
    error: cannot read the methodology `base.toml`: no such file
     --> own.toml:3:11
      |
    3 | extends = "base.toml"
      |           ^^^^^^^^^^^
    "#);
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
         [[aggregate]]\nid = \"both\"\nof = {{ x = 2, children_share = 1 }}\n\
         [[output]]\nid = \"rank_x\"\nof = \"x\"\n"
    );
    let (method, problems) = check_files(&[("m.toml", &text)], &study);
    let method = method.unwrap_or_else(|| panic!("{problems}"));
    let Origin::Children(both) = &method.nodes[1].origin else { panic!() };
    assert_eq!((method.nodes.len(), both.children.len(), method.outputs.len()), (2, 1, 0));
    let study = study.replacen("{ x =", "{ y =", 1);
    let text = text.replace("nowhere.rate", "dropout.rate");
    insta::assert_snapshot!(check_files(&[("m.toml", &text)], &study).1, @r#"
    error: `omit` names `y`, which is not an indicator
    --> study.toml
     = hint: did you mean `x`?
    "#);
}

#[test]
fn a_methodology_leaves_indicators_of_what_it_extends_out() {
    let base = format!(
        "{HEAD}{CHILDREN}\
         [[indicator]]\nid = \"x\"\nvalue = \"dropout.rate\"\noverlaps = [\"children_share\"]\n\
         [[aggregate]]\nid = \"both\"\nof = {{ x = 2, children_share = 1 }}\n\
         [[output]]\nid = \"rank_children\"\nof = \"children_share\"\n"
    );
    let top = |omit: &str| {
        format!(
            "[methodology]\nid = \"top\"\nversion = \"1\"\nextends = \"base.toml\"\nomit = {omit}\n"
        )
    };
    let checked = |top: &str| check_files(&[("own.toml", top), ("base.toml", &base)], STUDY);
    let (method, problems) = checked(&top("[\"children_share\"]"));
    let method = method.unwrap_or_else(|| panic!("{problems}"));
    let ids: Vec<&str> = method.nodes.iter().map(|node| node.id.as_str()).collect();
    assert_eq!(ids, ["x", "both"]);
    assert!(method.nodes[0].overlaps.is_empty() && method.outputs.is_empty());
    insta::assert_snapshot!(checked(&top("[\"children\", \"both\"]")).1, @r#"
    error: `omit` names `children`, which is not an indicator
     --> own.toml:5:9
      |
    5 | omit = ["children", "both"]
      |         ^^^^^^^^^^
      |
      = hint: did you mean `children_share`?

    error: `omit` names `both`, which is not an indicator
     --> own.toml:5:21
      |
    5 | omit = ["children", "both"]
      |                     ^^^^^^
      |
      = hint: known here: `children_share`, `x`
    "#);
    let aggregate = "[[aggregate]]\nid = \"sum\"\nvalue = \"children_share + x\"\n";
    let using = format!("{}{aggregate}", top("[\"children_share\"]"));
    insta::assert_snapshot!(checked(&using).1, @r#"
    error: `children_share` is left out by `omit`
     --> own.toml:8:10
      |
    8 | value = "children_share + x"
      |          ^^^^^^^^^^^^^^
      |
      = hint: leave it out here too, or do not omit it
    "#);
}

#[test]
fn steps_that_say_the_direction_replace_that_of_what_is_extended() {
    let base = format!(
        "{HEAD}[[indicator]]\nid = \"x\"\nvalue = \"dropout.rate\"\ndirection = \"protective\"\n\
         steps = [ {{ minmax = {{}} }} ]\n"
    );
    let posts = "steps = [ { goalposts = { low = 0, high = 5 } } ]\n";
    let top = format!(
        "[methodology]\nid = \"top\"\nversion = \"1\"\nextends = \"base.toml\"\n\
         [[indicator]]\nid = \"x\"\n{posts}"
    );
    let files = [("own.toml", top.as_str()), ("base.toml", base.as_str())];
    let (method, problems) = check_files(&files, STUDY);
    let method = method.unwrap_or_else(|| panic!("{problems}"));
    assert_eq!(method.nodes[0].direction, Direction::Risk);
    let beside = format!("{top}direction = \"risk\"\n");
    let files = [("own.toml", beside.as_str()), ("base.toml", base.as_str())];
    let said = check_files(&files, STUDY).1.to_string();
    assert!(said.contains("the step `goalposts` already says which direction is risk"), "{said}");
}

#[test]
fn no_file_makes_the_reader_panic() {
    for end in 0..STUDY.len() {
        if STUDY.is_char_boundary(end) {
            drop(read(&STUDY.as_bytes()[..end]));
        }
    }
}
