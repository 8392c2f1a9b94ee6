//! `risk-index compute`: what it writes, what it refuses, and that it writes whole or not at all.

use std::fs;
use std::process::Command;

use crate::command::{Case, says, tree};
use crate::small::{METHOD, STUDY, VALUES, six, with};

/// Runs `compute` and answers what a person sees.
fn compute(case: &Case) -> String {
    case.run(&["compute", "study.toml", "--lang", "en"])
}

/// Runs `compute` on a broken study: it must say so, with that exit code, and write nothing when it
/// could not be done.
fn broken(case: &Case, code: i32, words: &[&str]) -> String {
    let seen = compute(case);
    assert!(seen.starts_with(&format!("exit code: {code}\n")), "{seen}");
    for word in words {
        assert!(seen.contains(word), "`{word}` is not in:\n{seen}");
    }
    assert_eq!(case.path("out").exists(), code != 2, "{seen}");
    seen
}

#[test]
fn six_communes_are_scored_as_by_hand() {
    let case = six();
    let seen = compute(&case);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    // children 20 30 20 15 25 18 %, families 1 2 0 5 3 2.5 per 100; weights 1 and 3
    let expected = "\
code,name,kind,county,region,children_share,children_share.normalised,vmg_share,vmg_share.normalised,score,rank
101,Apa,commune,Satu Mare,Nord-Vest,20,33.33333333333333,1,20,23.333333333333332,5
102,Beltiug,commune,Satu Mare,Nord-Vest,30,100,2,40,55,3
103,Culciu,commune,Satu Mare,Nord-Vest,20,33.33333333333333,0,0,8.333333333333332,6
201,Gruia,commune,Mehedinți,Sud-Vest Oltenia,15,0,5,100,75,1
202,Poroina Mare,commune,Mehedinți,Sud-Vest Oltenia,25,66.66666666666666,3,60,61.666666666666664,2
203,Strehaia,town,Mehedinți,Sud-Vest Oltenia,18,20,2.5,50,42.5,4
";
    assert_eq!(case.read("out/tables/index.csv"), expected);
    insta::assert_snapshot!("six_communes", seen);
}

#[test]
fn the_bytes_do_not_depend_on_folder_threads_locale_or_time_zone() {
    let one = six().variable("POLARS_MAX_THREADS", "1").variable("RAYON_NUM_THREADS", "1");
    let two = six()
        .variable("POLARS_MAX_THREADS", "2")
        .variable("RAYON_NUM_THREADS", "2")
        .variable("LANG", "ro_RO.UTF-8")
        .variable("LC_ALL", "ro_RO.UTF-8")
        .variable("TZ", "Europe/Bucharest");
    compute(&one);
    compute(&two);
    assert_eq!(tree(&one.path("out")), tree(&two.path("out")));
    compute(&one);
    assert_eq!(tree(&one.path("out")), tree(&two.path("out")), "a second run into the same folder");
}

#[test]
fn a_folder_that_holds_something_else_is_left_alone() {
    let case = six().file("out/thesis.docx", "precious");
    let seen = compute(&case);
    assert!(seen.starts_with("exit code: 2\n"), "{seen}");
    assert_eq!(case.read("out/thesis.docx"), "precious");
    assert_eq!(tree(&case.path("out")).len(), 1);
}

#[test]
fn a_missing_study_says_what_to_do() {
    let case = Case::new();
    let seen = compute(&case);
    assert!(seen.starts_with("exit code: 2\n"), "{seen}");
    assert!(seen.contains("study.toml"), "{seen}");
}

#[test]
fn a_missing_file_is_named() {
    let study = STUDY.replace("values.csv", "valeus.csv");
    broken(&with(&study, METHOD, VALUES), 2, &["valeus.csv"]);
}

#[test]
fn a_renamed_column_gets_a_suggestion() {
    let values = VALUES.replace("Copii", "Copiii");
    broken(&with(STUDY, METHOD, &values), 2, &["`Copii`", "Copiii"]);
}

#[test]
fn a_unit_that_appears_twice_is_an_error() {
    let values = format!("{VALUES}101;Apa;Satu Mare;2.500;500;25\n");
    broken(&with(STUDY, METHOD, &values), 1, &["duplicate-unit"]);
}

#[test]
fn a_text_among_numbers_is_an_error_at_its_cell() {
    let values = VALUES.replace("3.000;900", "3.000;nouă sute");
    broken(&with(STUDY, METHOD, &values), 1, &["text-in-numbers", "nouă sute", "line 3"]);
}

#[test]
fn a_share_of_140_per_cent_is_implausible() {
    let values = VALUES.replace("1.000;250", "1.000;1.400");
    broken(&with(STUDY, METHOD, &values), 1, &["outside-plausible", "Poroina Mare", "140"]);
}

#[test]
fn nobody_with_a_score_is_an_error() {
    let header = VALUES.lines().next().unwrap();
    let rows = VALUES.lines().skip(1).map(|row| {
        let key: Vec<&str> = row.split(';').take(3).collect();
        format!("{};:;:;:\n", key.join(";"))
    });
    let values = format!("{header}\n{}", rows.collect::<String>());
    broken(&with(STUDY, METHOD, &values), 1, &["nothing-scored"]);
}

#[test]
fn an_unknown_code_is_an_error() {
    let values = format!("{VALUES}999;Nicăieri;Satu Mare;1.000;100;1\n");
    broken(&with(STUDY, METHOD, &values), 1, &["unknown-code", "999"]);
}

#[test]
fn a_name_in_two_counties_is_ambiguous_without_its_county() {
    let register = crate::small::REGISTER.replace("103,Culciu", "103,Gruia");
    let study = STUDY.replace(
        r#"key     = { code = "Cod", name = "Denumire", county = "Județ" }"#,
        r#"key     = { name = "Denumire" }"#,
    );
    let case = with(&study, METHOD, VALUES).file("register.csv", register);
    broken(&case, 2, &["county"]);
}

#[test]
fn a_cycle_is_told_in_full() {
    let method = METHOD
        .replace("of     = { children_share = 1, vmg_share = 3 }", "of = { other = 1 }")
        + "\n[[aggregate]]\nid = \"other\"\nof = { score = 1 }\n";
    broken(&with(STUDY, &method, VALUES), 2, &["score -> other -> score"]);
}

#[test]
fn an_act_fixes_a_methodology_with_everything_that_it_extends() {
    let own = "[methodology]\nid = \"own\"\nversion = \"1\"\nextends = \"method.toml\"\n";
    let digest = risk_index::report::sha256(format!("{own}{METHOD}").as_bytes());
    let adopted = format!(
        "{}\n[adopted]\nact = \"Ordin 1\"\ndate = 2026-01-15\nmethodology_sha256 = \"{digest}\"\n",
        STUDY.replace("\"method.toml\"", "\"own.toml\"")
    );
    let case = with(&adopted, METHOD, VALUES).file("own.toml", own);
    let seen = compute(&case);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    let base = METHOD.replace("vmg_share = 3", "vmg_share = 2");
    assert_ne!(base, METHOD);
    broken(&with(&adopted, &base, VALUES).file("own.toml", own), 2, &["Ordin 1", &digest]);
}

#[test]
fn an_unknown_key_gets_a_suggestion() {
    let method = METHOD.replace("plausible", "plausibel");
    broken(&with(STUDY, &method, VALUES), 2, &["plausibel", "plausible"]);
}

#[test]
fn a_division_by_zero_is_an_error_and_no_score() {
    let values = VALUES.replace("2.000;300", "0;300");
    let case = with(STUDY, METHOD, &values);
    broken(&case, 1, &["division-by-zero", "Gruia"]);
    let index = case.read("out/tables/index.csv");
    assert!(index.contains("\n201,Gruia,commune,Mehedinți,Sud-Vest Oltenia,,,,,,\n"), "{index}");
}

#[test]
fn a_wrong_sheet_gets_a_suggestion() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("2023").unwrap();
    sheet.write(0, 0, "Cod").unwrap();
    let study = STUDY.replace("\"values.csv\"", "\"values.xlsx\"\nsheet = \"2032\"");
    let case = with(&study, METHOD, VALUES).file("values.xlsx", book.save_to_buffer().unwrap());
    broken(&case, 2, &["2032", "2023"]);
}

#[test]
fn a_full_disk_leaves_the_old_run() {
    let case = six();
    compute(&case);
    let before = tree(&case.path("out"));
    // A file size limit of 1,024 bytes fails every larger write, as a full disk does.
    let script = format!(
        "trap '' XFSZ; ulimit -f 2; exec {} compute study.toml",
        env!("CARGO_BIN_EXE_risk-index")
    );
    let output =
        Command::new("sh").args(["-c", &script]).current_dir(case.path("")).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("error: "));
    assert_eq!(tree(&case.path("out")), before);
    let names: Vec<_> =
        fs::read_dir(case.path("")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names.len(), 5, "nothing is left behind: {names:?}");
}

/// Two places in two years each, in a register of the study's own.
fn panel() -> Case {
    let study = "[study]\ntitle = \"x\"\nmethodology = \"method.toml\"\n[register]\nfile = \"r.csv\"\n\
                 code = \"cod\"\nname = \"nume\"\nperiod = \"an\"\ncolumns = { zona = \"zona\", an = \"an\" }\n\
                 [[source]]\nid = \"v\"\nfile = \"r.csv\"\nkey = { code = \"cod\", period = \"an\" }\n\
                 measure = [{ id = \"x\", column = \"x\", nature = \"count\" }]\n";
    let method = "[methodology]\nid = \"m\"\nversion = \"1\"\nstatus = \"illustrative\"\ntitle = \"x\"\nperiod = \"an\"\n\
                  [[indicator]]\nid = \"share\"\nlabel = \"x\"\nvalue = \"v.x\"\nunit = \"x\"\n\
                  direction = \"risk\"\nsteps = [{ minmax = {} }]\n\
                  [[output]]\nid = \"rank\"\nof = \"share\"\nsteps = [{ rank = { ties = \"min\" } }]\n";
    let rows = "cod,nume,zona,an,x\n1,Cahul,Sud,2022,1\n1,Cahul,Sud,2023,2\n2,Cantemir,Nord,2022,3\n\
                2,Cantemir,Nord,2023,4\n";
    Case::new().file("study.toml", study).file("method.toml", method).file("r.csv", rows)
}

#[test]
fn entries_of_one_place_are_told_apart_by_their_period() {
    let seen = panel().run(&["compute", "--format", "csv", "--lang", "en"]);
    says(&seen, "Cantemir (2023)");
    says(&seen, "Cantemir (2022)");
}

#[test]
fn the_index_has_the_columns_of_the_register_of_the_study() {
    let case = panel();
    case.run(&["compute", "--format", "csv", "--lang", "en"]);
    let index = case.read("out/tables/index.csv");
    let lines: Vec<&str> = index.lines().collect();
    assert_eq!(lines[0], "code,name,an,zona,share,share.normalised,rank");
    assert!(lines[1].starts_with("1|2022,Cahul,2022,Sud,1,"), "{index}");
}

#[test]
fn a_file_is_found_however_the_letters_of_its_name_are_composed() {
    let study = STUDY.replace("values.csv", "comune și orașe.csv");
    let case = with(&study, METHOD, VALUES).file("comune s\u{326}i oras\u{326}e.csv", VALUES);
    let seen = case.run(&["check", "--lang", "en"]);
    says(&seen, "exit code: 0");
    says(&seen, "[file-name-composed]");
}
