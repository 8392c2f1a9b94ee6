//! Delimited text in two forms that are never mixed: one for machines, one for Excel.

use std::borrow::Cow;

use crate::language::machine;
use crate::report::model::{Cells, Table};

/// The form a delimited file takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// UTF-8 without BOM, comma, point, line feed, text as it is: read back, hashed, compared.
    Machine,
    /// BOM, semicolon, decimal comma, CR LF, text that a spreadsheet could take for something
    /// else made inert: opened by double click where Excel speaks Romanian, and for nothing else.
    Excel,
}

/// The machine form.
pub(crate) fn csv(table: &Table<'_>) -> Vec<u8> {
    write(table, Form::Machine)
}

/// The Excel form.
pub(crate) fn excel_csv(table: &Table<'_>) -> Vec<u8> {
    write(table, Form::Excel)
}

fn write(table: &Table<'_>, form: Form) -> Vec<u8> {
    let (start, delimiter, terminator): (&[u8], u8, csv::Terminator) = match form {
        Form::Machine => (b"", b',', csv::Terminator::Any(b'\n')),
        Form::Excel => ("\u{feff}".as_bytes(), b';', csv::Terminator::CRLF),
    };
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(terminator)
        .from_writer(start.to_vec());
    let memory = "writing to memory cannot fail";
    let columns = table.file_columns();
    writer.write_record(columns.iter().map(|column| column.id.as_str())).expect(memory);
    for row in 0..table.rows() {
        for column in &columns {
            writer.write_field(field(&column.cells, row, form).as_bytes()).expect(memory);
        }
        writer.write_record(None::<&[u8]>).expect(memory);
    }
    writer.into_inner().expect(memory)
}

fn field<'t>(cells: &'t Cells<'_>, row: usize, form: Form) -> Cow<'t, str> {
    match (cells, form) {
        (Cells::Text(cells), Form::Machine) => Cow::Borrowed(cells[row].as_deref().unwrap_or("")),
        (Cells::Text(cells), Form::Excel) => inert(cells[row].as_deref().unwrap_or("")),
        (Cells::Numbers(cells), Form::Machine) => {
            Cow::Owned(cells[row].map(machine).unwrap_or_default())
        }
        (Cells::Numbers(cells), Form::Excel) => {
            Cow::Owned(cells[row].map(machine).unwrap_or_default().replace('.', ","))
        }
        (Cells::Integers(cells), _) => {
            Cow::Owned(cells[row].map(|value| value.to_string()).unwrap_or_default())
        }
    }
}

/// A text no spreadsheet runs or reinterprets: an apostrophe goes before what starts a formula
/// (OWASP, *CSV Injection*: `= + - @`, tab, CR, LF and their full-width forms) and before a text
/// of digits followed by a word, because Excel turns the commune `23 August` into a date.
fn inert(text: &str) -> Cow<'_, str> {
    let starts_formula = text
        .trim_start_matches([' ', '\u{a0}'])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let like_a_date = text.starts_with(|c: char| c.is_ascii_digit())
        && text.contains(char::is_alphabetic)
        && text.contains([' ', '-', '.', '/']);
    if starts_formula || like_a_date { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::model::{Column, Sensitivity};

    fn table() -> Table<'static> {
        let mut table = Table::default();
        let names = ["Băcia", "=1+1", "23 August", "a,b;\"c\""];
        table.push(Column::text("name", Sensitivity::Public, names));
        let values = [Some(1_234.5), Some(-0.0), None, Some(-2.5)];
        table.push(Column::numbers("value", Sensitivity::Public, values));
        let steps = [Some(1), None, Some(-3), Some(0)];
        table.push(Column::integers("step", Sensitivity::Public, steps));
        table
    }

    #[test]
    fn machines_get_text_and_numbers_as_they_are() {
        let expected = "name,value,step\nBăcia,1234.5,1\n=1+1,0,\n23 August,,-3\n\
                        \"a,b;\"\"c\"\"\",-2.5,0\n";
        assert_eq!(String::from_utf8(csv(&table())).unwrap(), expected);
    }

    #[test]
    fn excel_gets_its_own_marks_and_inert_text_but_untouched_numbers() {
        let expected = "\u{feff}name;value;step\r\nBăcia;1234,5;1\r\n'=1+1;0;\r\n\
                        '23 August;;-3\r\n\"a,b;\"\"c\"\"\";-2,5;0\r\n";
        assert_eq!(String::from_utf8(excel_csv(&table())).unwrap(), expected);
    }

    #[test]
    fn every_way_to_start_a_formula_is_inert() {
        for text in ["=a", "+a", "-a", "@a", "\ta", "\ra", "\na", " =a", "＝a"] {
            assert!(inert(text).starts_with('\''), "{text:?}");
        }
        for text in ["a=b", "1017", "Sânpetru-German", "D17:D34", ""] {
            assert_eq!(inert(text), text);
        }
    }

    #[test]
    fn a_table_without_rows_has_its_header() {
        let mut table = Table::default();
        table.push(Column::text("rule", Sensitivity::Public, Vec::<&str>::new()));
        table.push(Column::text("hint", Sensitivity::Public, Vec::<&str>::new()));
        assert_eq!(csv(&table), b"rule,hint\n");
    }
}
