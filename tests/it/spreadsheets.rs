//! From a folder of unknown spreadsheets to a study that `check` accepts, and what `check` says.

use std::fs;

use rust_xlsxwriter::{Format, Workbook};

use crate::command::{Case, never_says, says, tree};
use crate::files::xls::Sheet;
use crate::files::{METHOD, ods, xls, xlsb};

/// Units of one county: code and name.
const ALBA: [(&str, &str); 6] = [
    ("1017", "MUNICIPIUL ALBA IULIA"),
    ("1213", "MUNICIPIUL AIUD"),
    ("1874", "MUNICIPIUL SEBEȘ"),
    ("1151", "ORAȘ ABRUD"),
    ("2130", "ALBAC"),
    ("2309", "ALMAȘU MARE"),
];

/// A ministry's workbook: titles, a header over two rows with merged cells, column letters, county
/// total, note.
fn ministry() -> Vec<u8> {
    let mut writer = Workbook::new();
    let plain = Format::new();
    let sheet = writer.add_worksheet().set_name("2023").unwrap();
    sheet.write(0, 0, "Ministerul Muncii și Solidarității Sociale").unwrap();
    sheet.write(1, 0, "Situația beneficiarilor de VMG, anul 2023").unwrap();
    for (column, text) in [(0, "Județ"), (1, "Cod SIRUTA"), (2, "UAT")] {
        sheet.merge_range(3, column, 4, column, text, &plain).unwrap();
    }
    sheet.merge_range(3, 3, 3, 4, "Dosare", &plain).unwrap();
    sheet.write_row(4, 3, ["Depuse", "Aflate în plată"]).unwrap();
    sheet.write_row(5, 0, ["A", "B", "C", "1", "2"]).unwrap();
    sheet.write_row(6, 0, ["ALBA", "", "JUDEȚUL ALBA"]).unwrap();
    sheet.write_row(6, 3, [42, 21]).unwrap();
    for (row, (code, name)) in (7..).zip(ALBA) {
        sheet.write_row(row, 0, ["ALBA", code, name]).unwrap();
        sheet.write_row(row, 3, [7, row - 7]).unwrap();
    }
    sheet.write(14, 0, "Sursa: ANPIS").unwrap();
    writer.save_to_buffer().unwrap()
}

fn by_code() -> String {
    let rows = ALBA.map(|(code, name)| format!("{code};{name};1.234,5;{}\n", code.len()));
    format!("SIRUTA;Denumire;Suma plătită (lei);Dosare\n{}", rows.concat())
}

fn by_name() -> Vec<u8> {
    let rows = ALBA.map(|(code, name)| format!("Alba,{name},\" 5,{}     \",3.37\r", &code[..3]));
    let text =
        format!("JUDET,Localitate, Numar total someri ,Rata somajului (%)\r{}", rows.concat());
    encoding_rs::WINDOWS_1250.encode(&text.replace('Ș', "Ş").replace('Ț', "Ţ")).0.into_owned()
}

const BY_COUNTY: &str = "\r\nNiveluri de instruire , Macroregiuni  regiuni de dezvoltare si judete, Ani, UM: Procente, Valoare
Invatamant primar, TOTAL, Anul 2016, Procente, 1.8
Invatamant primar, Regiunea CENTRU, Anul 2016, Procente, 2
Invatamant primar, Alba, Anul 2016, Procente, .8
Invatamant primar, Brasov, Anul 2016, Procente, 2.4
Invatamant primar, Covasna, Anul 2016, Procente, 3.1
";

const GLUED: &str =
    "Varste si grupe de varsta, Sexe, Judete, Localitati , Ani, UM: Numar persoane, Valoare
Total, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 64227
Total, Total, Alba, 1213 MUNICIPIUL AIUD, Anul 2026, Numar persoane, 20000
   0- 4 ani, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 3000
   0- 4 ani, Total, Alba, 1213 MUNICIPIUL AIUD, Anul 2026, Numar persoane, 900
";

fn old_rows() -> Vec<[&'static str; 3]> {
    let mut rows = vec![["SIRUTA", "Denumire", "Populatie"]];
    rows.extend(ALBA.map(|(code, name)| [code, name, "500"]));
    rows
}

/// The files of every shape, by name.
fn shapes() -> Vec<(&'static str, Vec<u8>)> {
    let rows = old_rows();
    let rows: Vec<&[&str]> = rows.iter().map(|row| &row[..]).collect();
    vec![
        ("vmg.xlsx", ministry()),
        ("plati.csv", by_code().into_bytes()),
        ("someri 2023.csv", by_name()),
        ("SCL113A.csv", BY_COUNTY.as_bytes().to_vec()),
        ("POP107D.csv", GLUED.as_bytes().to_vec()),
        ("populatie.ods", ods::workbook(&ods::table("date", &rows))),
        ("populatie.xls", xls::workbook(&[Sheet::of("date", &rows)])),
        ("populatie.xlsb", xlsb::workbook(&[Sheet::of("date", &rows)])),
        ("unicode.txt", utf_16(&by_code().replace(';', "\t"))),
    ]
}

fn utf_16(text: &str) -> Vec<u8> {
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

const STUDY: &str = "\
[study]
title = \"Studiu\"
methodology = \"method.toml\"
[register]
bundled = \"ro-uat-2025\"

";

#[test]
fn check_accepts_the_block_that_inspect_prints_as_it_stands() {
    for (name, bytes) in shapes() {
        let case = Case::new().file(name, bytes);
        let printed = case.command(&["inspect", "--source", name]).output().unwrap();
        let block = String::from_utf8(printed.stdout).unwrap();
        says(&block, "[[source]]");
        let value = |key: &str| {
            let line = block.lines().find(|line| line.starts_with(key)).unwrap();
            line.split('"').nth(1).unwrap().to_owned()
        };
        let measure = format!("{}.{}", value("id      ="), value("id     ="));
        let case = case
            .file("study.toml", format!("{STUDY}{block}"))
            .file("method.toml", METHOD.replace("s.x", &measure));
        let output = case.run(&["check"]);
        assert!(
            output.starts_with("exit code: 0") || output.starts_with("exit code: 1"),
            "{name}\n{block}\n{output}"
        );
        never_says(&output, "could not be read");
        says(&output, &measure);
    }
}

#[test]
fn a_folder_of_files_becomes_a_study_of_the_bundled_methodology() {
    let mut case = Case::new();
    for (name, bytes) in shapes() {
        case = case.file(&format!("primite/{name}"), bytes);
    }
    case = case
        .file("primite/raport.xls", "<html><table><tr><td>Alba</td></tr></table></html>")
        .file("primite/limite.json", "{\"type\": \"FeatureCollection\", \"features\": []}")
        .file("primite/nota.csv", "Aceasta este o nota\n");
    let begun = case.run(&["init", "--from", "primite", "studiu"]);
    says(&begun, "exit code: 0");
    says(&begun, "looked at 12 files: 4 of them used in 4 sources");
    says(&begun, "1. no file gives `population.children`");
    says(&begun, "wrote 5 files to `studiu`");
    let study = case.read("studiu/study.toml");
    says(&study, "methodology = \"irc\"");
    says(&study, "`raport.xls` is no source: it is a web page (HTML)");
    says(&study, "# vmg.families: `Dosare / Aflate în plată`, known by the title of its table");
    let before = tree(&case.path("studiu"));
    let output = case.run(&["check", "studiu/study.toml"]);
    assert!(!output.starts_with("exit code: 2"), "{output}");
    never_says(&output, "could not be read");
    assert_eq!(before, tree(&case.path("studiu")), "check writes nothing");
    let again = case.run(&["init", "--from", "primite", "studiu"]);
    says(&again, "already has `study.toml`");
}

#[test]
fn a_mistyped_number_is_no_mark_of_a_missing_value() {
    let text = "SIRUTA;Dosare;Familii\n1017;12;-\n1213;1.2.3;5\n1348;7;6\n";
    let case = Case::new().file("a.csv", text);
    let output = case.run(&["inspect", "a.csv"]);
    says(&output, "`Dosare` is left out: `1.2.3` stands among its numbers and is none");
    says(&output, "missing = { \"-\" = \"not-available\" }");
    never_says(&output, "\"1.2.3\" =");
}

#[test]
fn inspect_says_what_a_ministry_wrote() {
    let case = Case::new().file("vmg.xlsx", ministry());
    let output = case.run(&["inspect", "vmg.xlsx"]);
    for words in [
        "above      Ministerul Muncii",
        "header     rows 4, 5",
        "below      Sursa: ANPIS",
        "6 units",
        "1 county row:",
        "Dosare / Aflate în plată",
        "6 of 6 rows recognised (100.00 %), 6 of 3,181 units",
        "header  = [4, 5]",
    ] {
        says(&output, words);
    }
    let json = case.command(&["inspect", "--json", "vmg.xlsx"]).output().unwrap();
    let portraits: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(portraits[0]["table"]["header"], serde_json::json!([4, 5]));
    assert_eq!(portraits[0]["table"]["keys"][0]["recognised"], 6);
}

#[test]
fn inspect_calls_boundaries_what_they_are_and_goes_on() {
    let case = Case::new()
        .file("a.json", "{\"type\":\"Topology\",\"objects\":{}}")
        .file("b.csv", by_code());
    let output = case.run(&["inspect", "a.json", "b.csv"]);
    says(&output, "exit code: 1");
    says(&output, "it is TopoJSON (boundaries), not a table");
    says(&output, "6 of 6 rows recognised");
}

/// A workbook with a cover, a sheet for each year and one that is hidden.
fn of_years() -> Vec<u8> {
    let mut writer = Workbook::new();
    writer.add_worksheet().set_name("Cuprins").unwrap().write(0, 0, "Populația").unwrap();
    for year in ["2021", "2023", "2022", "arhiva"] {
        let sheet = writer.add_worksheet().set_name(year).unwrap();
        sheet.write_row(0, 0, ["Nr. crt.", "Cod SIRUTA", "Denumire", "Populație"]).unwrap();
        for (row, (code, name)) in (1..).zip(ALBA) {
            sheet.write(row, 0, row).unwrap();
            sheet.write_row(row, 1, [code, name]).unwrap();
            sheet.write(row, 3, 100 * row + 7).unwrap();
        }
        sheet.set_hidden(year == "arhiva");
    }
    writer.save_to_buffer().unwrap()
}

#[test]
fn every_sheet_is_tried_and_the_newest_is_drafted() {
    let case = Case::new().file("pop.xlsx", of_years());
    let output = case.run(&["inspect", "pop.xlsx"]);
    for words in [
        "`Cuprins`: 1 row, 1 column",
        "`2023`: 7 rows, 4 columns, 6 units, shown below",
        "`arhiva`: 7 rows, 4 columns, 6 units, hidden: read only when named",
        "`2021`, `2022` hold such a table of an older period: `2023` is the newest by its name",
        "`arhiva` holds a table too and the workbook hides it",
        "sheet   = \"2023\"",
        "running numbers",
    ] {
        says(&output, words);
    }
    never_says(&output, "id     = \"nr_crt\"");
    says(&case.run(&["inspect", "pop.xlsx", "--sheet", "2022"]), "sheet   = \"2022\"");
    says(&case.run(&["inspect", "pop.xlsx", "--sheet", "2"]), "sheet   = \"2021\"");
    let lost = case.run(&["inspect", "pop.xlsx", "--sheet", "2024"]);
    says(&lost, "exit code: 1");
    says(&lost, "there is no sheet");
}

#[test]
fn a_mark_between_thousands_and_decimals_is_declared_with_its_doubt() {
    let rows = ALBA.map(|(code, name)| format!("{code};{name};43.{code:.3};7.{code:.3}\n"));
    let text = format!("SIRUTA;Denumire;Populație;Rata (%)\n{}", rows.concat());
    let case = Case::new().file("pop.csv", text);
    let output = case.run(&["inspect", "pop.csv"]);
    says(&output, "numbers = { decimal = \",\", thousands = \".\" }");
    says(&output, "numbers = { decimal = \".\" }");
    says(&output, "# doubt: `.` in `43.101` of `populatie` can part thousands or decimals");
}

#[test]
fn polygons_are_drafted_as_boundaries() {
    let feature = |(at, (code, name)): (usize, (&str, &str))| {
        let (left, right) = (20 + at, 21 + at);
        format!(
            "{{\"type\": \"Feature\", \"properties\": {{\"natcode\": {code}, \"name\": \"{name}\"}}, \
             \"geometry\": {{\"type\": \"Polygon\", \"coordinates\": [[[{left}, 45], [{right}, 45], \
             [{right}, 46], [{left}, 45]]]}}}}"
        )
    };
    let features: Vec<String> = ALBA.into_iter().enumerate().map(feature).collect();
    let map =
        format!("{{\"type\": \"FeatureCollection\", \"features\": [{}]}}", features.join(", "));
    let case = Case::new().file("uat.geojson", map);
    let output = case.run(&["inspect", "uat.geojson"]);
    for words in [
        "exit code: 0",
        "boundaries: polygons of 6 features",
        "layout  = \"boundaries\"",
        "key     = { code = \"natcode\", name = \"name\" }",
    ] {
        says(&output, words);
    }
}

#[test]
fn of_versions_of_one_file_the_newest_is_drafted() {
    let case = Case::new()
        .file("plati.csv", by_code())
        .file("plati_vechi.csv", by_code().replace("1.234,5", "1.111,5"));
    let output = case.run(&["inspect", "plati.csv", "plati_vechi.csv"]);
    says(&output, "exit code: 0");
    says(&output, "by its name a version of `plati.csv`");
    let blocks = case.run(&["inspect", "--source", "*.csv"]);
    says(&blocks, "# `plati_vechi.csv` is left out: by its name an older version of `plati.csv`");
    assert_eq!(blocks.matches("[[source]]").count(), 1);
    says(&case.run(&["inspect", "plati_vechi.csv"]), "file    = \"plati_vechi.csv\"");
}

/// Units of three counties, as an office writes each on a sheet of its own.
const OF_COUNTIES: [(&str, [&str; 3]); 3] = [
    ("Tulcea", ["Babadag", "Baia", "Beidaud"]),
    ("Galați", ["Barcea", "Berești", "Braniștea"]),
    ("Brăila", ["Bordei Verde", "Cazasu", "Chiscani"]),
];

/// A workbook with a cover and a sheet for each county, under the title that `title` makes of its name.
fn of_counties(title: impl Fn(&str) -> String) -> Vec<u8> {
    let mut writer = Workbook::new();
    writer.add_worksheet().set_name("Copertă").unwrap().write(0, 0, "Raport").unwrap();
    for (county, names) in OF_COUNTIES {
        let sheet = writer.add_worksheet().set_name(county).unwrap();
        sheet.write(0, 0, title(county)).unwrap();
        sheet.write_row(2, 0, ["Localitatea", "Familii VMG"]).unwrap();
        for (row, name) in (3..).zip(names) {
            sheet.write(row, 0, name).unwrap();
            sheet.write(row, 1, row).unwrap();
        }
    }
    writer.save_to_buffer().unwrap()
}

#[test]
fn sheets_of_counties_are_drafted_as_one_source_whose_county_is_their_name() {
    let book = of_counties(|county| format!("Județul {county}"));
    let case = Case::new().file("date/vmg.xlsx", book);
    let output = case.run(&["inspect", "date/vmg.xlsx"]);
    for words in [
        "exit code: 0",
        "sheet   = \"*\"",
        "key     = { name = \"Localitatea\", county_from = \"sheet\" }",
        "as a part of one table: `Tulcea`, `Galați`, `Brăila`",
    ] {
        says(&output, words);
    }
    let begun = case.run(&["init", "--from", "date", "studiu"]);
    says(&begun, "exit code: 0");
    let study = case.read("studiu/study.toml");
    says(&study, "county_from = \"sheet\"");
    says(&study, "where   = \"county IN ('Brăila', 'Galați', 'Tulcea')\"");
}

#[test]
fn a_county_in_the_name_of_its_file_or_in_its_title_is_drafted() {
    let rows = "Localitatea;Familii\nBabadag;3\nBaia;4\nBeidaud;5\n";
    let case = Case::new()
        .file("vmg_tulcea.csv", rows)
        .file("vmg.csv", format!("Județul Tulcea;\n{rows}"))
        .file("vmg_iasi.csv", rows);
    let by_file = case.run(&["inspect", "vmg_tulcea.csv"]);
    says(&by_file, "key     = { name = \"Localitatea\", county_from = \"file\" }");
    let by_title = case.run(&["inspect", "vmg.csv"]);
    says(&by_title, "key     = { name = \"Localitatea\", county_from = \"title\" }");
    says(&case.run(&["inspect", "vmg_iasi.csv"]), "exit code: 1");
}

#[test]
fn a_study_is_begun_from_the_newer_of_two_versions() {
    let rows = |people: u32| {
        let row = |(code, name): (&str, &str)| format!("{code};{name};{people}\n");
        format!("SIRUTA;Denumire;Populație totală\n{}", ALBA.map(row).concat())
    };
    let case = Case::new()
        .file("date/populatie.csv", rows(1))
        .file("date/populatie_final.csv", rows(2))
        .file("date/populatie_nou.docx", "x");
    let begun = case.run(&["init", "--from", "date", "studiu"]);
    says(&begun, "an older version of `populatie_final.csv`, which is taken");
    says(&case.read("studiu/study.toml"), "file      = \"inputs/populatie_final.csv\"");
    assert!(!case.path("studiu/inputs/populatie.csv").exists());
}

#[test]
fn columns_are_joined_to_another_register() {
    let case = Case::new()
        .file("unitati.csv", "cod,denumire,judet\nA1,Nord,Unu\nB2,Sud,Unu\nC3,Est,Doi\n")
        .file("date.csv", "Unitate,Persoane\nA1,5\nB2,6\nC3,7\n")
        .file(
            "study.toml",
            "[study]\ntitle = \"x\"\nmethodology = \"irc\"\n\n[register]\nfile = \"unitati.csv\"\n\
             code = \"cod\"\nname = \"denumire\"\ncolumns = { county = \"judet\" }\n\n[[source]]\nid = \"s\"\nfile = \"date.csv\"\n\
             key = { code = \"Unitate\" }\n\
             measure = [ { id = \"x\", column = \"Persoane\", nature = \"count\" } ]\n",
        );
    for register in ["unitati.csv", "study.toml"] {
        let output = case.run(&["inspect", "date.csv", "--register", register]);
        says(&output, "3 of 3 rows recognised (100.00 %), 3 of 3 units");
        says(&output, "key     = { code = \"Unitate\" }");
    }
    let none = case.run(&["inspect", "date.csv", "--register", "date.csv"]);
    says(&none, "`date.csv` gives no register: its columns `code` and `name` are not found");
}

/// A study of one table by name and county.
fn named(rows: &str, more: &str) -> Case {
    let source = "[[source]]\nid = \"s\"\nfile = \"s.csv\"\n\
                  key = { name = \"UAT\", county = \"Judet\" }\n\
                  measure = [ { id = \"x\", column = \"X\", nature = \"rate\" } ]\n";
    Case::new()
        .file("s.csv", format!("Judet,UAT,X\n{rows}"))
        .file("method.toml", METHOD)
        .file("study.toml", format!("{STUDY}{source}{more}"))
}

#[test]
fn names_that_check_refuses_become_an_alias_file_that_is_used_and_told() {
    let rows = "Alba,Aiud,1\nAlba,Orasul de sub cetate,2\nSatu Mare,NEGRESTI,3\n";
    let case = named(rows, "");
    let refused = case.run(&["check", "--aliases", "aliases.csv"]);
    says(&refused, "exit code: 1");
    says(&refused, "the register has no unit `NEGRESTI` in `Satu Mare`");
    let proposed = case.read("aliases.csv");
    says(&proposed, "#NEGRESTI,uat,136599,Satu Mare,the spelling of the source,\"s (s.csv");
    says(&proposed, "it may be Negrești-Oaș, Satu Mare (136599)");
    says(&proposed, "#Orasul de sub cetate,uat,");

    let accepted = proposed.replace("#NEGRESTI", "NEGRESTI");
    let study = case.read("study.toml");
    let study = study.replace("bundled = ", "aliases = \"aliases.csv\"\nbundled = ");
    let case = case.file("aliases.csv", accepted).file("study.toml", study);
    let used = case.run(&["check"]);
    never_says(&used, "the register has no unit `NEGRESTI`");
    says(&used, "`NEGRESTI` is Negrești-Oaș (136599): the spelling of the source");
    says(&used, "alias-used");
    says(&used, "the register has no unit `Orasul de sub cetate`");
}

#[test]
fn findings_are_grouped_counted_written_and_accepted() {
    let rows = "Alba,Aiud,3.37\nAlba,Abrud,3.37\nAlba,Blaj,3.37\nAlba,TOTAL,3.37\n,,\n,,\n";
    let case = named(rows, "");
    let output = case.run(&["check", "--findings", "findings.csv"]);
    says(&output, "s (s.csv, 3 rows used)");
    says(&output, "the rate is 3.37 in all 3 areas [repeated-rate]");
    says(&output, "2 blank rows give no values");
    says(&output, "coverage of measures");
    says(&output, "coverage of indicators");
    says(&output, "3,178 of 3,181 units have no row");
    let written = case.read("findings.csv");
    says(&written, "repeated-rate");
    says(&written, "rows-dropped");
    assert!(written.lines().count() > 5, "{written}");

    let accept = "\n[[accept]]\nfinding = \"repeated-rate\"\nsource = \"s\"\n\
                  reason = \"the agency confirmed it\"\n";
    let case = named(rows, accept);
    let output = case.run(&["check"]);
    says(&output, "accepted: the agency confirmed it");
    says(&output, "1 accepted");
}

#[test]
fn check_compares_codes_with_names_and_sums_with_totals() {
    // Three codes of a published map, and a village in the place of its commune.
    let rows = "Cod,Nume,Judet,X\n157736,SÂNPETRU MARE,Timiș,1\n154282,SILIȘTEA,Teleorman,2\n\
                154228,SILIȘTEA-GUMEȘTI,Teleorman,3\n138404,RACȘA,Satu Mare,4\n1017,Alba Iulia,Alba,5\n\
                AB,JUDETUL ALBA,Alba,6\n";
    let source = "[[source]]\nid = \"s\"\nfile = \"s.csv\"\n\
                  key = { code = \"Cod\", name = \"Nume\", county = \"Judet\" }\n\
                  measure = [ { id = \"x\", column = \"X\", nature = \"count\" } ]\n";
    let case = Case::new()
        .file("s.csv", rows)
        .file("method.toml", METHOD)
        .file("study.toml", format!("{STUDY}{source}"));
    let output = case.run(&["check"]);
    says(&output, "exit code: 1");
    for words in [
        "the code `157736` is that of Mănăștiur, the name beside it is `SÂNPETRU MARE`",
        "the code `154282` is that of Siliștea-Gumești, the name beside it is `SILIȘTEA`",
        "the code `154228` is that of Siliștea, the name beside it is `SILIȘTEA-GUMEȘTI`",
        "code-name-mismatch",
        "1 village gives no value",
        "sums",
    ] {
        says(&output, words);
    }
}

#[test]
fn county_rows_never_become_the_towns_of_their_names() {
    let counties = [
        "Arad",
        "Bacău",
        "Botoșani",
        "Brașov",
        "Brăila",
        "Buzău",
        "Călărași",
        "Constanța",
        "Galați",
        "Giurgiu",
        "Hunedoara",
        "Iași",
        "Satu Mare",
        "Sibiu",
        "Suceava",
        "Tulcea",
        "Vaslui",
        "Timiș",
    ];
    let rows = counties.map(|county| format!("{county},JUDETUL {county},9\n"));
    let case = named(&format!("Alba,Aiud,1\n{}", rows.concat()), "");
    let output = case.run(&["check"]);
    says(&output, "18 county rows give no values");
    says(&output, "3,180 of 3,181 units have no row");
}

#[test]
fn a_name_in_five_counties_is_five_units_and_none_without_the_county() {
    let vanatori = ["Galați", "Iași", "Mehedinți", "Mureș", "Vrancea"];
    let rows = vanatori.map(|county| format!("{county},Vânători,9.5\n"));
    let case = named(&rows.concat(), "");
    says(&case.run(&["check"]), "3,176 of 3,181 units have no row");
    let case = named(",Vânători,9.5\nAlba,Aiud,1\n", "");
    says(&case.run(&["check"]), "names stand beside an empty county");
}

#[test]
fn a_row_without_a_code_is_told_and_not_lost() {
    let source = "[[source]]\nid = \"s\"\nfile = \"s.csv\"\nkey = { code = \"Cod\" }\n\
                  measure = [ { id = \"x\", column = \"X\", nature = \"count\" } ]\n";
    let case = Case::new()
        .file("s.csv", "Cod,Nume,X\n1017,Alba Iulia,5\n,Aiud,6\n,Total,11\n,Sursa: INS,\n")
        .file("method.toml", METHOD)
        .file("study.toml", format!("{STUDY}{source}"));
    let output = case.run(&["check"]);
    says(&output, "exit code: 1");
    says(&output, "the row of `Aiud` has no code");
    says(&output, "the name beside it is that of `1213`");
    says(&output, "1 national row gives no value");
}

#[test]
fn six_odd_labels_of_the_employment_agency_are_counties() {
    let labels = ["MUN. BUC.", "SATU M.", "CARA?-SEVERIN", "BISTRITA", "ALBA"];
    let rows = labels.map(|label| format!("{label},5,3.1\n"));
    let source = |rows: &str| {
        let source = "[[source]]\nid = \"s\"\nfile = \"s.csv\"\nlevel = \"county\"\n\
                      key = { county = \"JUDET\" }\n\
                      measure = [ { id = \"x\", column = \"Rata\", nature = \"rate\" } ]\n";
        Case::new()
            .file("s.csv", format!("JUDET,Someri,Rata\n{rows}"))
            .file("method.toml", METHOD)
            .file("study.toml", format!("{STUDY}{source}"))
            .run(&["check"])
    };
    says(&source(&rows.concat()), "37 of 42 areas have no row");
    says(&source("CARAS,5,3.1\nMUNICIPIUL BUCURE?TI,6,3.2\n"), "40 of 42 areas have no row");
}

#[test]
fn what_is_not_plausible_is_told() {
    let rows =
        "Cod,Copii,Total,Familii\n1017,700,100,5\n1213,10,100,5\n1696,20,100,5\n1794,30,100,5\n";
    let source = "[[source]]\nid = \"a\"\nfile = \"s.csv\"\nkey = { code = \"Cod\" }\nconcept = \"domicile\"\n\
        reference = \"2021-12-01\"\n\
        measure = [ { id = \"children\", column = \"Copii\", nature = \"count\", counts = \"persons\" },\n\
        { id = \"families\", column = \"Familii\", nature = \"count\", counts = \"families\" } ]\n\
        [[source]]\nid = \"b\"\nfile = \"s.csv\"\nkey = { code = \"Cod\" }\nconcept = \"resident\"\n\
        reference = \"2015-01-01\"\n\
        measure = [ { id = \"total\", column = \"Total\", nature = \"count\", counts = \"persons\" } ]\n";
    let share = "\"a.children / b.total * 100\"\nunit = \"%\"";
    let method = METHOD.replace("\"s.x\"", share).replace(
        "[[aggregate]]",
        "[[indicator]]\nid = \"f\"\nlabel = \"f\"\nvalue = \"a.families / b.total * 100\"\n\
         plausible = [0, 4]\ndirection = \"risk\"\nsteps = [{ minmax = { to = [0, 100] } }]\n[[aggregate]]",
    );
    let case = Case::new()
        .file("s.csv", rows)
        .file("method.toml", method.replace("of = { i = 1 }", "of = { i = 1, f = 1 }"))
        .file("study.toml", format!("{STUDY}{source}"));
    let output = case.run(&["check"]);
    for rule in [
        "above-whole",
        "outside-plausible",
        "constant-column",
        "concepts-mixed",
        "counts-mixed",
        "mixed-years",
    ] {
        says(&output, rule);
    }
}

#[test]
fn limits_are_options_with_their_names_in_the_messages() {
    let case = Case::new().file("a.csv", by_code());
    let output = case.run(&["inspect", "--max-cells", "10", "a.csv"]);
    says(&output, "exit code: 1");
    says(&output, "it holds more than 10 cells; `--max-cells` raises the limit");
    let output = case.run(&["inspect", "--max-file-mib", "0", "a.csv"]);
    says(&output, "`--max-file-mib` raises the limit");
    assert!(fs::exists(case.path("a.csv")).unwrap());
}
