//! What a study declares acts and covers what it says, or is told: acceptances, keys without effect,
//! files that nothing uses, conditions that choose nobody.

use rust_xlsxwriter::Workbook;

use crate::command::{Case, never_says, says};
use crate::files::METHOD;

const STUDY: &str = "\
[study]
title = \"Studiu\"
methodology = \"method.toml\"
[register]
bundled = \"ro-uat-2025\"
where = \"county = 'Alba'\"
";

const SOURCE: &str = "\
[[source]]
id = \"s\"
file = \"s.csv\"
key = { code = \"Cod\", name = \"UAT\" }
measure = [ { id = \"x\", column = \"X\", nature = \"amount\", absent = \"zero\" } ]
";

const ROWS: &str = "Cod,UAT,X\n1017,Alba Iulia,7\n1213,Aiud,3\n1348,Blaj,5\n1874,Sebeș,4\n";

/// A study with these rows and acceptances.
fn case(rows: &str, accept: &str) -> Case {
    Case::new()
        .file("s.csv", rows)
        .file("method.toml", METHOD)
        .file("study.toml", format!("{STUDY}{accept}{SOURCE}"))
}

/// The block of a rule that `check` prints, with a reason.
fn printed(output: &str, rule: &str) -> String {
    let lines: Vec<&str> = output.lines().map(str::trim).collect();
    let finding = format!("finding = \"{rule}\"");
    let at = lines.iter().position(|line| *line == finding).unwrap() - 1;
    let end = lines[at..].iter().position(|line| line.starts_with("reason")).unwrap();
    let block = lines[at..=at + end].join("\n");
    block.replace("reason  = \"\"", "reason  = \"looked at\"\n")
}

#[test]
fn the_block_that_check_prints_accepts_what_was_looked_at_and_nothing_else() {
    let rows = ROWS.replace("1213,Aiud,3", "1213,Aiud,n/a");
    let output = case(&rows, "").run(&["check"]);
    says(&output, "exit code: 1");
    let block = printed(&output, "text-in-numbers");
    says(&block, "source  = \"s\"\nunit    = \"1213\"\ncount   = 1\n");

    let output = case(&rows, &block).run(&["check"]);
    says(&output, "exit code: 0");
    says(&output, "accepted: looked at");

    // a commune that becomes unreadable later, even by the same text, is not covered
    let later = rows.replace("1874,Sebeș,4", "1874,Sebeș,n/a");
    let output = case(&later, &block).run(&["check"]);
    says(&output, "exit code: 1");
    says(&output, "2 cells with a text where a number should stand [text-in-numbers, 2 places]");
    says(&output, "accepted: 1/2: looked at");
    says(&output, "at s.csv › line 5, field 3: `n/a`");
    never_says(&output, "line 3, field 3");
    says(&printed(&output, "text-in-numbers"), "unit    = \"1874\"\ncount   = 1\n");
}

#[test]
fn an_unwritten_reason_is_refused() {
    let accept = "[[accept]]\nfinding = \"text-in-numbers\"\ncount = 1\nreason = \"\"\n";
    let output = case(ROWS, accept).run(&["check"]);
    says(&output, "exit code: 2");
    says(&output, "this text is empty");
}

#[test]
fn more_than_were_looked_at_are_all_open_again() {
    let rows = ROWS.replace("1213,Aiud,3", "1213,Aiud,n/a").replace("Sebeș,4", "Sebeș,?");
    let accept = "[[accept]]\nfinding = \"text-in-numbers\"\ncount = 1\nreason = \"looked\"\n";
    for command in ["check", "compute"] {
        let output = case(&rows, accept).run(&[command, "study.toml"]);
        says(&output, "exit code: 1");
    }
    let output = case(&rows, accept).run(&["check", "--findings", "findings.csv"]);
    says(
        &output,
        "an `[[accept]]` of `text-in-numbers` fits 2, and only 1 was looked at: none of them is \
         accepted [accept-exceeded, 3 places]",
    );
    says(&output, "at study.toml › line 7");
    says(&output, "at s.csv › line 3, field 3: `n/a`");
    says(&output, "if all are right write `count = 2`");
}

#[test]
fn an_acceptance_without_a_number_says_how_many_it_covers() {
    let rows = ROWS.replace("1213,Aiud,3", "1213,Aiud,n/a").replace("Sebeș,4", "Sebeș,?");
    let accept = "[[accept]]\nfinding = \"text-in-numbers\"\nreason = \"looked\"\n";
    let output = case(&rows, accept).run(&["check"]);
    says(&output, "exit code: 0");
    says(&output, "covers 2, and would cover more: add `count = 2` [accept-count]");

    let counted = accept.replace("reason", "count = 3\nreason");
    let found = case(&rows, &counted);
    says(&found.run(&["compute", "study.toml", "--out", "out"]), "exit code: 0");
    let findings = found.read("out/tables/findings.csv");
    says(&findings, "covers 2 of the 3 that were looked at: write `count = 2`");
}

#[test]
fn units_texts_and_cells_are_named_as_people_write_them() {
    let rows = ROWS.replace("1213,Aiud,3", "1213,Aiud,n/a").replace("Sebeș,4", "Sebeș,?");
    for (name, covers) in [
        ("unit = \"Aiud\"", "1/2"),
        ("unit = [1213, \"Sebes\"]", "looked"),
        ("text = \"?\"", "1/2"),
        ("cell = \"C3\"", "1/2"),
        ("cell = [\"C3\", \"s.csv:C5\"]", "looked"),
        ("unit = \"Aiud\"\ntext = \"?\"", "no finding"),
    ] {
        let accept =
            format!("[[accept]]\nfinding = \"text-in-numbers\"\n{name}\nreason = \"looked\"\n");
        let case = case(&rows, &accept);
        if covers == "no finding" {
            never_says(&case.run(&["check"]), "accepted:");
            case.run(&["compute", "study.toml", "--out", "out"]);
            says(&case.read("out/tables/findings.csv"), "no finding `text-in-numbers` to accept");
        } else {
            says(&case.run(&["check"]), &format!("accepted: {covers}"));
        }
    }
    let accept = "[[accept]]\nfinding = \"text-in-numbers\"\nunit = \"Aiudd\"\nreason = \"x\"\n";
    let output = case(&rows, accept).run(&["check"]);
    says(&output, "exit code: 2");
    says(&output, "Aiud");
}

#[test]
fn units_without_a_row_are_accepted_one_by_one() {
    let absent = SOURCE.replace(", absent = \"zero\"", "");
    let study = |rows: &str, accept: &str| {
        let study = STUDY.replace("'Alba'", "'Alba' AND kind = 'municipality'");
        case(rows, "").file("study.toml", format!("{study}{accept}{absent}")).run(&["check"])
    };
    let rows = ROWS.replace("1213,Aiud,3\n", "");
    let block = printed(&study(&rows, ""), "unit-absent");
    says(&block, "unit    = \"1213\"\ncount   = 1\n");
    never_says(&study(&rows, &block), "finding = \"unit-absent\"");
    let fewer = rows.replace("1874,Sebeș,4\n", "");
    says(&printed(&study(&fewer, &block), "unit-absent"), "unit    = \"1874\"\ncount   = 1\n");
}

/// The line of `check` about a key without effect.
#[track_caller]
fn tells_no_effect(case: &Case, key: &str) {
    let output = case.run(&["check"]);
    let told = |line: &&str| line.contains("[no-effect]") && line.contains(&format!("`{key}`"));
    assert!(output.lines().any(|line| told(&line)), "nothing about `{key}` in\n{output}");
}

#[test]
fn keys_that_change_nothing_in_the_files_are_told() {
    let with = |keys: &str| {
        let source = SOURCE.replace("measure", &format!("{keys}\nmeasure"));
        case(ROWS, "").file("study.toml", format!("{STUDY}{source}"))
    };
    let output = with("missing = { \"-\" = \"zero\", \"…\" = \"confidential\" }").run(&["check"]);
    says(&output, "`missing` declares `-`, `…`, which no cell of a measure holds [no-effect]");
    tells_no_effect(&with("brackets = \"value\""), "brackets");
    tells_no_effect(&with("sheet = \"2023\""), "sheet");
    tells_no_effect(&with("fill = [\"UAT\"]"), "fill");
    tells_no_effect(&with("parts = \"sum\""), "parts = \"sum\"");
    let output = with("encoding = \"utf-8\"\ndelimiter = \",\"\nnumbers = { decimal = \",\" }");
    never_says(&output.run(&["check"]), "no-effect");

    let mut writer = Workbook::new();
    let sheet = writer.add_worksheet();
    sheet.write_row(0, 0, ["Cod", "UAT", "X"]).unwrap();
    for (row, (code, name)) in (1..).zip([("1017", "Alba Iulia"), ("1213", "Aiud")]) {
        sheet.write_row(row, 0, [code, name]).unwrap();
        sheet.write(row, 2, 7).unwrap();
    }
    let book = writer.save_to_buffer().unwrap();
    let keys = "encoding = \"utf-8\"\ndelimiter = \",\"\nnumbers = { decimal = \",\" }\nmeasure";
    let source = SOURCE.replace("measure", keys).replace("s.csv", "s.xlsx");
    let case = case("", "").file("s.xlsx", book).file("study.toml", format!("{STUDY}{source}"));
    for key in ["encoding", "delimiter", "numbers"] {
        tells_no_effect(&case, key);
    }
}

#[test]
fn what_absent_means_is_told_where_every_unit_has_a_row() {
    let capital = STUDY.replace("Alba", "București");
    let output = case("Cod,UAT,X\n179132,București,7\n", "")
        .file("study.toml", format!("{capital}{SOURCE}"))
        .run(&["check"]);
    let told = "`absent` of `x` changes nothing: every area that is counted has a row [no-effect]";
    says(&output, told);
    never_says(&case(ROWS, "").run(&["check"]), "no-effect");
}

#[test]
fn what_no_formula_and_no_list_of_steps_uses_is_told() {
    let study = |source: &str, method: &str| {
        case(ROWS, "").file("study.toml", format!("{STUDY}{source}")).file("method.toml", method)
    };
    let more = SOURCE.replace("} ]", "}, { id = \"y\", column = \"X\", nature = \"amount\" } ]");
    let output = study(&more, METHOD).run(&["check", "--lang", "ro"]);
    says(&output, "nicio formulă a metodologiei nu folosește `s.y` [no-effect]");
    let recipe = "\n[recipe]\nused = [ \"log1p\" ]\nidle = [ \"log1p\" ]\nboth = [ \"used\" ]\n";
    let output = study(SOURCE, &format!("{METHOD}{recipe}")).run(&["check"]);
    says(&output, "no list of steps names the recipe `idle`");
    says(&output, "exit code: 0");
}

#[test]
fn a_mark_that_stands_in_one_file_of_a_pattern_acts() {
    let source = SOURCE
        .replace("s.csv", "s_*.csv")
        .replace("measure", "missing = { \"-\" = \"zero\" }\nmeasure");
    let case = case("", "")
        .file("s_1.csv", "Cod,UAT,X\n1017,Alba Iulia,7\n1213,Aiud,3\n")
        .file("s_2.csv", "Cod,UAT,X\n1348,Blaj,-\n1874,Sebeș,4\n")
        .file("study.toml", format!("{STUDY}{source}"));
    never_says(&case.run(&["check"]), "no-effect");
}

#[test]
fn a_list_is_read_by_check_whether_a_programme_uses_it_or_not() {
    let list = "[[source]]\nid = \"funded\"\nfile = \"funded.csv\"\nlayout = \"units\"\n";
    let case = case(ROWS, "").file("study.toml", format!("{STUDY}{SOURCE}{list}"));
    let output = case.run(&["check"]);
    says(&output, "exit code: 1");
    says(&output, "there is no file `funded.csv` [file-missing]");

    let case = case.file("funded.csv", "code,reason\n1017,before\n999999,before\n");
    let output = case.run(&["check"]);
    says(&output, "exit code: 0");
    says(&output, "warning  1 row cannot be used: ");
    says(&output, "at funded.csv › line 3");
}

#[test]
fn an_alias_that_no_file_needs_is_told() {
    let rows = ROWS.replace("1213,Aiud,3", "1213,Orașul de sub cetate,3");
    let aliases = "seen,to,reason\nOrasul de sub cetate,1213,as the county writes it\n\
                   Cetatea,1017,as it was called\n";
    let study = STUDY.replace("[register]", "[register]\naliases = \"aliases.csv\"");
    let case =
        case(&rows, "").file("aliases.csv", aliases).file("study.toml", format!("{study}{SOURCE}"));
    let output = case.run(&["check"]);
    says(&output, "1 entry of the alias file explained nothing: `Cetatea` [alias-idle]");
}

const SECOND: &str = "[[indicator]]
id = \"lost\"
label = \"lost\"
value = \"s.x / 2\"
direction = \"risk\"
steps = [{ minmax = { to = [0, 100] } }]
";

#[test]
fn an_indicator_that_enters_nothing_is_told() {
    for command in ["check", "compute"] {
        let case = case(ROWS, "").file("method.toml", format!("{METHOD}{SECOND}"));
        let output = case.run(&[command, "study.toml"]);
        says(&output, "forgotten");
        says(&output, "`lost`");
    }
    let output = "[[output]]\nid = \"shown\"\nof = \"lost\"\n";
    let case = case(ROWS, "").file("method.toml", format!("{METHOD}{SECOND}{output}"));
    never_says(&case.run(&["check"]), "enters nothing");
}

const PROGRAMME: &str = "[programme]
id = \"p\"
title = \"p\"
status = \"illustrative\"
score = \"a\"
[eligible]
where = \"WHERE\"
unscored = { rule = \"exclude\", reason = \"no score\" }
[budget]
limit = 100
cost = 10
[[phase]]
id = \"one\"
";

/// What a command finds with a programme of this condition.
fn selecting(condition: &str, command: &str) -> String {
    let programme = PROGRAMME.replace("WHERE", condition);
    let study = STUDY.replace("[register]", "programme = \"p.toml\"\n[register]");
    let case =
        case(ROWS, "").file("p.toml", programme).file("study.toml", format!("{study}{SOURCE}"));
    if command == "check" {
        return case.run(&["check"]);
    }
    let output = case.run(&[command, "study.toml", "--out", "out"]);
    format!("{output}\n{}", case.read("out/tables/findings.csv"))
}

#[test]
fn a_condition_that_leaves_nobody_is_an_error() {
    for command in ["check", "select"] {
        let output = selecting("s.x > 100", command);
        says(&output, "exit code: 1");
        says(&output, "nobody meets `s.x > 100`");
        let output = selecting("s.x > 5 AND s.x < 5", command);
        says(&output, "nobody meets `s.x > 5 AND s.x < 5`");
    }
    let output = selecting("a.score > 1000", "select");
    says(&output, "exit code: 1");
    says(&output, "nobody meets `a.score > 1000`");
    never_says(&selecting("s.x > 3", "select"), "nobody");
}

#[test]
fn an_output_for_nobody_is_an_error() {
    let output = "[[output]]\nid = \"shown\"\nof = \"a\"\nwhere = \"s.x > 100\"\n";
    let case = case(ROWS, "").file("method.toml", format!("{METHOD}{output}"));
    let said = case.run(&["compute", "study.toml", "--out", "out"]);
    says(&said, "exit code: 1");
    says(&case.read("out/tables/findings.csv"), "`where` holds for no unit: `s.x > 100`");
}

#[test]
fn nobody_with_a_score_is_an_error_without_an_output_too() {
    let rows = "Cod,UAT,X\n1017,Alba Iulia,:\n1213,Aiud,:\n";
    let source = SOURCE.replace(", absent = \"zero\"", "");
    let case = case(rows, "").file("study.toml", format!("{STUDY}{source}"));
    let output = case.run(&["compute", "study.toml", "--out", "out"]);
    says(&output, "exit code: 1");
    says(&case.read("out/tables/findings.csv"), "nothing-scored,error,a");
}

#[test]
fn a_word_that_no_unit_has_is_refused_with_the_one_that_was_meant() {
    let study = STUDY.replace("'Alba'", "'Iasi'");
    let output = case(ROWS, "").file("study.toml", format!("{study}{SOURCE}")).run(&["check"]);
    says(&output, "exit code: 2");
    says(&output, "`county` is never `Iasi`");
    says(&output, "did you mean `Iași`?");

    let output = selecting("kind = 'comuna' AND s.x > 3", "check");
    says(&output, "exit code: 2");
    says(&output, "`kind` is never `comuna`");
    says(&output, "did you mean `commune`?");

    let method = METHOD.replace("\"s.x\"", "\"CASE WHEN region = 'Centrul' THEN s.x ELSE 0 END\"");
    let output = case(ROWS, "").file("method.toml", method).run(&["check"]);
    says(&output, "exit code: 2");
    says(&output, "`region` is never `Centrul`");

    // a word of the whole register is one, also where the study chooses among units without it
    let output = selecting("kind = 'commune' AND county <> 'Cluj' AND s.x > 3", "check");
    says(&output, "nobody meets");
    never_says(&output, "is never");
}

#[test]
fn a_count_is_not_compared_with_what_it_cannot_be() {
    let source = SOURCE.replace("amount", "count");
    let output = |condition: &str| {
        let method =
            format!("{METHOD}[[output]]\nid = \"o\"\nof = \"a\"\nwhere = \"{condition}\"\n");
        let case = case(ROWS, "").file("method.toml", method);
        case.file("study.toml", format!("{STUDY}{source}")).run(&["check"])
    };
    says(&output("s.x < 0"), "this comparison can never be true");
    says(&output("s.x >= 0"), "this comparison is always true");
    says(&output("s.x BETWEEN 0 AND 4"), "exit code: 0");
}

#[test]
fn words_of_a_measure_are_compared_with_those_that_were_read() {
    let rows = "Cod,UAT,X,Mediu\n1017,Alba Iulia,7,urban\n1213,Aiud,3,rural\n1348,Blaj,5,rural\n";
    let measures = "measure = [ { id = \"x\", column = \"X\", nature = \"amount\", absent = \"zero\" }, \
                    { id = \"setting\", column = \"Mediu\", nature = \"category\" } ]\n";
    let (source, _) = SOURCE.split_once("measure").unwrap();
    let said = |condition: &str| {
        let method =
            format!("{METHOD}[[output]]\nid = \"o\"\nof = \"a\"\nwhere = \"{condition}\"\n");
        let case = case(rows, "").file("method.toml", method);
        case.file("study.toml", format!("{STUDY}{source}{measures}")).run(&["check"])
    };
    let output = said("s.setting IN ('Urban', 'rural')");
    says(&output, "`s.setting` is compared with `Urban`, which none of its cells holds");
    says(&output, "did you mean `urban`?");
    says(&said("s.setting = 'village'"), "[unknown-word]");
    never_says(&said("s.setting IN ('urban', 'suburban and more')"), "unknown-word");
    // the cost of a project is such a formula too
    let cost = "cost = \"CASE WHEN s.setting = 'Urban' THEN 5 ELSE 10 END\"";
    let programme = PROGRAMME.replace("WHERE", "s.x > 3").replace("cost = 10", cost);
    let study = STUDY.replace("[register]", "programme = \"p.toml\"\n[register]");
    let of_cost = case(rows, "")
        .file("p.toml", programme)
        .file("study.toml", format!("{study}{source}{measures}"))
        .run(&["check"]);
    says(&of_cost, "`s.setting` is compared with `Urban`, which none of its cells holds");
}

#[test]
fn keys_that_a_layout_does_not_read_are_refused() {
    let source = |layout: &str, key: &str, keys: &str| {
        let source = format!(
            "[[source]]\nid = \"s\"\nfile = \"s.csv\"\nlayout = \"{layout}\"\n{key}\n{keys}\n"
        );
        case(ROWS, "").file("study.toml", format!("{STUDY}{source}")).run(&["check"])
    };
    let codes = "key = { code = \"Cod\" }";
    for key in [
        "header = 1",
        "encoding = \"utf-8\"",
        "missing = { \"-\" = \"zero\" }",
        "brackets = \"minus\"",
    ] {
        let output = source("boundaries", codes, key);
        let word = key.split(' ').next().unwrap();
        says(&output, &format!("`{word}` says how cells are read, and boundaries have none"));
    }
    says(&source("boundaries", codes, "level = \"county\""), "boundaries are those of units");
    let measure = "measure = [ { id = \"x\", nature = \"count\", where = { Ani = \"2023\" } } ]";
    says(&source("tempo", codes, measure), "finds its areas by a column of codes with names");
    let outside = format!("outside = [\"Moldova\"]\n{measure}");
    says(&source("tempo", "", &outside), "`outside` belongs to the layout `table`");

    let words =
        SOURCE.replace("amount\", absent = \"zero\"", "category\", numbers = { decimal = \",\" }");
    let output = case(ROWS, "").file("study.toml", format!("{STUDY}{words}")).run(&["check"]);
    says(&output, "`numbers` says how numbers are written, and this measure holds words");
    let within = "[[output]]\nid = \"o\"\nof = \"a\"\nwithin = \"county\"\n";
    let output = case(ROWS, "").file("method.toml", format!("{METHOD}{within}")).run(&["check"]);
    says(&output, "this output has neither steps nor classes");
}
