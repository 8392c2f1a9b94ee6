//! What a workbook says of its cells besides their contents, told alike from every kind of file.

use std::slice::from_ref;

use rust_xlsxwriter::{Format, FormatScript, Workbook};

use crate::command::{Case, says};
use crate::files::xls::{Cell, Sheet};
use crate::files::{METHOD, ods, xls, xlsb};

fn study(files: &str) -> String {
    format!(
        "[study]\ntitle = \"Studiu\"\nmethodology = \"method.toml\"\n\
         [register]\nbundled = \"ro-uat-2025\"\n\
         [[source]]\nid = \"s\"\nfile = \"{files}\"\n\
         key = {{ name = \"UAT\", county = \"Județ\" }}\n\
         measure = [ {{ id = \"x\", column = \"Dosare\", nature = \"count\", counts = \"families\" }},\n\
         {{ id = \"rate\", column = \"Rata\", nature = \"rate\" }} ]\n"
    )
}

/// A county merged over its rows, a number merged over two units, raised marks behind a name and a
/// number, a hidden row that repeats a unit, a hidden column of per cents.
fn table() -> Sheet<'static> {
    let texts: [&[&str]; 7] = [
        &["Județ", "UAT", "Dosare", "Rata"],
        &["Alba", "Aiud", "10"],
        &["", "", ""],
        &["", "Blaj", "30"],
        &["", "Cugir", ""],
        &["Alba", "Sebeș", "50"],
        &["Alba", "Sebeș", "60"],
    ];
    let mut sheet = Sheet::of("date", &texts).with(2, 1, Cell::Raised("Abrud", "2)")).with(
        2,
        2,
        Cell::Raised("139", "1"),
    );
    sheet.cells.retain(|cell| !matches!(cell.2, Cell::Text("")));
    sheet.cells.extend((1..=6).map(|row| (row, 3, Cell::Percent(f64::from(row) / 100.0))));
    sheet.cells.sort_by_key(|cell| (cell.0, cell.1));
    sheet.merges = vec![[1, 4, 0, 0], [3, 4, 2, 2]];
    sheet.hidden_rows = vec![6];
    sheet.hidden_columns = vec![3];
    sheet
}

fn xlsx(sheet: &Sheet<'_>) -> Vec<u8> {
    let mut writer = Workbook::new();
    let page = writer.add_worksheet().set_name(sheet.name).unwrap();
    let plain = Format::new();
    for &[top, bottom, left, right] in &sheet.merges {
        page.merge_range(top.into(), left, bottom.into(), right, "", &plain).unwrap();
    }
    for &(row, column, what) in &sheet.cells {
        let row = u32::from(row);
        match what {
            Cell::Text(text) => page.write(row, column, text),
            Cell::Number(value) => page.write(row, column, value),
            Cell::Percent(value) => {
                page.write_with_format(row, column, value, &Format::new().set_num_format("0.0%"))
            }
            Cell::Raised(text, mark) => {
                let raised = Format::new().set_font_script(FormatScript::Superscript);
                page.write_rich_string(row, column, &[(&plain, text), (&raised, mark)])
            }
            other => unreachable!("{other:?} is not in the table"),
        }
        .unwrap();
    }
    for &row in &sheet.hidden_rows {
        page.set_row_hidden(row.into()).unwrap();
    }
    for &column in &sheet.hidden_columns {
        page.set_column_hidden(column).unwrap();
    }
    writer.save_to_buffer().unwrap()
}

/// The same table in each kind of file that tells everything.
fn telling() -> [(&'static str, Vec<u8>); 3] {
    let sheet = table();
    [
        ("a.xlsx", xlsx(&sheet)),
        ("a.xls", xls::workbook(from_ref(&sheet))),
        ("a.ods", ods::workbook(&ods::sheet(&sheet))),
    ]
}

fn checked(files: &str, case: Case) -> String {
    case.file("study.toml", study(files)).file("method.toml", METHOD).run(&["check"])
}

#[test]
fn every_kind_of_workbook_tells_the_same() {
    let mut first: Option<String> = None;
    for (name, bytes) in telling() {
        let output = checked(name, Case::new().file(name, bytes));
        for words in [
            "exit code: 1",
            "in 3 rows the key is that of the merged cell in column `Județ` which covers them",
            "`x`: 2 cells in a cell merged over several units, which none of them gets",
            "in 1 row the raised mark in column `UAT` was taken for a footnote mark",
            "in 1 cell a raised mark was taken for a footnote mark and not for a digit, such as `1` \
             beside `139` [raised-mark]",
            "› C3: `139`",
            "1 hidden row was read like all others: 7 [hidden-rows]",
            "stands in 2 rows and was given no value; the row of `B7` is hidden",
            "the column `Rata`, which is read, is hidden in the spreadsheet [hidden-column]",
            "`rate`: 6 cells shown in per cent but stored as fractions; read as stored",
        ] {
            says(&output, words);
        }
        assert!(!output.contains("formatting-not-read"), "{output}");
        let output = output.replace(name, "FILE");
        assert_eq!(*first.get_or_insert_with(|| output.clone()), output, "{name}");
    }
}

#[test]
fn inspect_tells_what_is_hidden_and_raised() {
    for (name, bytes) in telling() {
        let output = Case::new().file(name, bytes).run(&["inspect", name]);
        says(&output, "doubt      1 hidden row was read like all others: 7");
        says(&output, "a raised mark was taken for a footnote mark");
        says(&output, "6 shown in per cent");
    }
}

#[test]
fn what_a_kind_of_file_cannot_tell_is_said_once() {
    let bytes = xlsb::workbook(from_ref(&table()));
    let case = Case::new().file("a1.xlsb", bytes.clone()).file("a2.xlsb", bytes);
    let output = checked("a*.xlsb", case);
    let told = "of xlsb files only the contents of cells are read: what is merged, hidden, shown in \
                per cent or raised is not known [formatting-not-read, 2 places]";
    assert_eq!(output.matches(told).count(), 1, "{output}");
}
