//! A portrait as a person reads it in a terminal.

use std::fmt::Write as _;

use super::portrait::{
    ColumnPortrait, KeyPortrait, Numbers, Portrait, SheetPortrait, TablePortrait, WritingPortrait,
    level_words,
};
use crate::language::thousands;
use crate::quality::printable;
use crate::study::Layout;

/// The most columns that are listed.
const COLUMNS: usize = 60;
/// The most sheets that are listed.
const SHEETS: usize = 60;
/// The most marks of a column that are listed.
const MARKS: usize = 10;
/// The longest text of a cell that is shown.
const LONGEST: usize = 28;

impl Portrait {
    /// The portrait in words, its draft of a source at the end.
    pub fn render(&self) -> String {
        let mut text = Text::default();
        text.line(&self.path);
        text.entry("file", &self.file_words());
        if let Some(obstacle) = &self.obstacle {
            text.entry("read", &format!("no: {}", obstacle.message));
            text.entry("", &format!("hint: {}", obstacle.hint));
        }
        if let Some(writing) = &self.writing {
            text.writing(writing);
        }
        text.sheets(&self.sheets);
        let several = !self.beside.is_empty();
        for (at, table) in self.tables().enumerate() {
            if several {
                text.out.push('\n');
                text.entry("block", &format!("{} of {}", at + 1, self.beside.len() + 1));
            }
            text.table(table);
        }
        text.out
    }

    fn file_words(&self) -> String {
        let format = self.format.unwrap_or("no table");
        let promised = self
            .promised
            .as_ref()
            .map_or_else(String::new, |extension| format!(" (and not .{extension})"));
        let digest = self.sha256.get(..12).unwrap_or_default();
        format!("{format}{promised}, {}, sha256 {digest}…", size(self.bytes))
    }
}

/// A size as people say it.
fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{:.1} KiB", bytes as f64 / 1024.0),
        _ => format!("{:.1} MiB", bytes as f64 / 1_048_576.0),
    }
}

/// A text of a file, shortened and without what steers a terminal.
fn shown(text: &str) -> String {
    let clean = printable(text);
    if clean.chars().count() <= LONGEST {
        return clean;
    }
    let mut short: String = clean.chars().take(LONGEST - 1).collect();
    short.push('…');
    short
}

fn ticked(texts: &[String]) -> String {
    texts.iter().map(|text| format!("`{}`", shown(text))).collect::<Vec<_>>().join(", ")
}

#[derive(Default)]
struct Text {
    out: String,
}

impl Text {
    fn line(&mut self, text: &str) {
        writeln!(self.out, "{}", printable(text)).expect("a String takes all");
    }

    fn entry(&mut self, name: &str, text: &str) {
        self.line(format!("  {name:<10} {text}").trim_end());
    }

    fn writing(&mut self, writing: &WritingPortrait) {
        let damaged = if writing.damaged { "; some bytes mean nothing in it" } else { "" };
        self.entry("encoding", &format!("{}: {}{damaged}", writing.encoding, writing.because));
        let delimiter = match writing.delimiter {
            '\t' => "a tab".to_owned(),
            other => format!("`{other}`"),
        };
        let spaced = if writing.spaced { " followed by a space" } else { "" };
        self.entry(
            "dialect",
            &format!(
                "fields parted by {delimiter}{spaced}: as often in {} of the first {} lines; lines \
                 end in {}",
                writing.agreeing, writing.looked_at, writing.line_ends
            ),
        );
    }

    fn sheets(&mut self, sheets: &[SheetPortrait]) {
        for (at, sheet) in sheets.iter().take(SHEETS).enumerate() {
            let what = match &sheet.obstacle {
                Some(obstacle) => obstacle.clone(),
                None if sheet.rows == 0 => "empty".to_owned(),
                None => format!(
                    "{} rows, {} columns",
                    thousands(sheet.rows),
                    thousands(sheet.columns as usize)
                ),
            };
            let holds = sheet.holds.as_ref().map_or_else(String::new, |areas| format!(", {areas}"));
            let hidden = if sheet.hidden { ", hidden: read only when named" } else { "" };
            let here = if sheet.portrayed { ", shown below" } else { "" };
            let name = if at == 0 { "sheets" } else { "" };
            self.entry(name, &format!("`{}`: {what}{holds}{hidden}{here}", shown(&sheet.name)));
        }
        if sheets.len() > SHEETS {
            self.entry("", &format!("and {} more", sheets.len() - SHEETS));
        }
    }

    fn table(&mut self, table: &TablePortrait) {
        match table.layout {
            Layout::Table => {}
            Layout::Tempo => {
                self.entry("layout", "tempo: one row a combination of labels, the value last");
            }
            Layout::Boundaries => {
                let features = thousands(table.data_rows);
                self.entry("layout", &format!("boundaries: polygons of {features} features"));
            }
        }
        if table.layout.measures() {
            self.extent(table);
        }
        self.rows(table);
        self.columns(table);
        self.keys(&table.keys);
        self.out.push('\n');
        self.out.push_str(&table.draft.toml.lines().map(printable).collect::<Vec<_>>().join("\n"));
        self.out.push('\n');
    }

    /// Where the table is on its sheet.
    fn extent(&mut self, table: &TablePortrait) {
        for (at, line) in table.above.iter().enumerate() {
            self.entry(if at == 0 { "above" } else { "" }, &cut(line, 90));
        }
        let rows: Vec<String> = table.header.iter().map(u32::to_string).collect();
        let header = match rows.as_slice() {
            [] => "none".to_owned(),
            [one] => format!("row {one}"),
            several => format!("rows {}", several.join(", ")),
        };
        self.entry("header", &header);
        let data = format!("{}, {} rows", table.range, thousands(table.data_rows));
        self.entry("data", if table.range.is_empty() { "none" } else { &data });
        for (at, line) in table.below.iter().enumerate() {
            self.entry(if at == 0 { "below" } else { "" }, &cut(line, 90));
        }
        if table.repeated_cells > 0 {
            let message = match table.repeated_cells {
                1 => "1 cell stands more than once; the last one counts".to_owned(),
                cells => {
                    format!("{} cells stand more than once; the last one counts", thousands(cells))
                }
            };
            self.entry("doubt", &message);
        }
        table.doubts.iter().for_each(|doubt| self.entry("doubt", doubt));
    }

    fn rows(&mut self, table: &TablePortrait) {
        for (at, count) in table.rows.iter().enumerate() {
            let examples = ticked(&count.examples);
            let class = if count.rows == 1 { one(count.class) } else { count.class };
            let words = format!("{:>7} {class}: {examples}", thousands(count.rows));
            self.entry(if at == 0 { "rows" } else { "" }, words.trim_end_matches([':', ' ']));
        }
    }

    fn columns(&mut self, table: &TablePortrait) {
        self.out.push('\n');
        self.line(if table.layout.measures() { "  columns" } else { "  properties" });
        for column in table.columns.iter().take(COLUMNS) {
            self.column(column);
        }
        let rest = table.columns.len().saturating_sub(COLUMNS) + table.columns_left_out;
        if rest > 0 {
            self.line(&format!("    and {} more columns", thousands(rest)));
        }
    }

    fn column(&mut self, column: &ColumnPortrait) {
        let header =
            if column.header.is_empty() { "(no header)".to_owned() } else { shown(&column.header) };
        let empty = match column.empty {
            0 => String::new(),
            empty => format!(", {} empty", thousands(empty)),
        };
        let more = if column.distinct >= ColumnPortrait::MOST { " or more" } else { "" };
        let head = format!("    {:<3} {header:<28} {}", column.letters, column.shape);
        let what = match &column.numbers {
            Some(numbers) => spread(numbers),
            None => ticked(&column.examples),
        };
        self.line(
            format!("{head}, {}{more} different{empty}: {what}", thousands(column.distinct))
                .trim_end_matches([':', ' ']),
        );
        if let Some(numbers) = &column.numbers {
            let unmarked = numbers.format == "decimal point, no mark between thousands";
            let percent = match numbers.percent {
                0 => String::new(),
                count => format!("; {} shown in per cent", thousands(count)),
            };
            if !unmarked || !percent.is_empty() {
                self.line(&format!("        {}{percent}", numbers.format));
            }
        }
        if !column.marks.is_empty() {
            let marks: Vec<String> = column
                .marks
                .iter()
                .take(MARKS)
                .map(|mark| format!("`{}` {}× ({})", shown(&mark.text), mark.count, mark.meaning))
                .collect();
            let more = match column.marks.len().saturating_sub(MARKS) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            self.line(&format!("        among them {}{more}", marks.join(", ")));
        }
        for problem in &column.problems {
            self.line(&format!("        {problem}"));
        }
    }

    fn keys(&mut self, keys: &[KeyPortrait]) {
        self.out.push('\n');
        self.line("  keys");
        if keys.is_empty() {
            self.line("    no column names units or larger areas of the register");
        }
        for (at, key) in keys.iter().enumerate() {
            self.key(key, at == 0);
        }
    }

    fn key(&mut self, key: &KeyPortrait, is_best: bool) {
        let columns: Vec<String> = key
            .columns
            .iter()
            .map(|column| match column.header.as_str() {
                "" => format!("{} {}", column.role, column.letters),
                header => format!("{} `{}` ({})", column.role, shown(header), column.letters),
            })
            .collect();
        let repeated = match key.repeated {
            0 => String::new(),
            areas => format!(", {} of them in several rows", thousands(areas)),
        };
        self.line(&format!(
            "    {}: {} of {} rows recognised ({:.2} %), {} of {} {}{repeated}",
            columns.join(", "),
            thousands(key.recognised),
            thousands(key.rows),
            key.rate() * 100.0,
            thousands(key.areas),
            thousands(key.of),
            level_words(&key.level, key.of)
        ));
        if !is_best {
            return;
        }
        if key.near + key.aliases > 0 {
            self.line(&format!(
                "        {} at one letter's distance, {} through the alias table",
                thousands(key.near),
                thousands(key.aliases)
            ));
        }
        for failure in &key.failures {
            self.line(&format!("        {}: {}", failure.rule, rows(failure.rows)));
            for example in &failure.examples {
                self.line(&format!("            {}", cut(example, 160)));
            }
        }
    }
}

/// The words for one row of a class.
fn one(class: &str) -> &str {
    match class {
        "units" => "unit",
        "areas of the level" => "area of the level",
        "units, smaller than the level" => "unit, smaller than the level",
        "villages" => "village",
        "sectors of Bucharest" => "sector of Bucharest",
        "county rows" => "county row",
        "region or macroregion rows" => "region or macroregion row",
        "national rows" => "national row",
        "notes and headings" => "note or heading",
        "blank rows" => "blank row",
        other => other,
    }
}

fn spread(numbers: &Numbers) -> String {
    let zeros = match numbers.zeros {
        0 => String::new(),
        1 => ", 1 zero".to_owned(),
        zeros => format!(", {} zeros", thousands(zeros)),
    };
    if numbers.sparkline.is_empty() {
        return format!("always {}{zeros}", numbers.least);
    }
    format!("{} ▕{}▏ {}{zeros}", numbers.least, numbers.sparkline, numbers.greatest)
}

fn rows(count: usize) -> String {
    format!("{} {}", thousands(count), if count == 1 { "row" } else { "rows" })
}

fn cut(text: &str, length: usize) -> String {
    if text.chars().count() <= length {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(length - 1).collect();
    short.push('…');
    short
}
