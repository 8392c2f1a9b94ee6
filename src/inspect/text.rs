//! A portrait as a person reads it in a terminal.

use super::portrait::{
    ColumnPortrait, KeyPortrait, Mark, Numbers, Portrait, SheetPortrait, TablePortrait,
    WritingPortrait,
};
use crate::language::{Language, Words, whole};
use crate::message::inspect as message;
use crate::message::inspect::caption;
use crate::quality::{Message, printable};
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
        let mut text = Text { out: String::new(), language: self.language };
        text.line(&self.path);
        text.entry(caption::FILE, &self.file_words());
        if let Some(obstacle) = &self.obstacle {
            text.tell(caption::READ, &message::not_read(&obstacle.message));
            text.below(&message::hint(&obstacle.hint));
        }
        if let Some(writing) = &self.writing {
            text.writing(writing);
        }
        text.sheets(&self.sheets);
        let several = !self.beside.is_empty();
        for (at, table) in self.tables().enumerate() {
            if several {
                text.out.push('\n');
                text.tell(caption::BLOCK, &message::block_of(at + 1, self.beside.len() + 1));
            }
            text.table(table);
        }
        text.out
    }

    fn file_words(&self) -> String {
        let format = self.format.unwrap_or(caption::NO_TABLE.text(self.language));
        let promised = self.promised.as_ref().map(|extension| message::and_not(extension));
        let promised = promised.as_ref().map_or("", |words| words.text(self.language));
        let digest = self.sha256.get(..12).unwrap_or_default();
        let size = message::size(self.bytes);
        format!("{format}{promised}, {}, sha256 {digest}…", size.text(self.language))
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

struct Text {
    out: String,
    language: Language,
}

impl Text {
    fn line(&mut self, text: &str) {
        self.out.push_str(&printable(text));
        self.out.push('\n');
    }

    fn entry(&mut self, name: Words, text: &str) {
        self.named(name.text(self.language), text);
    }

    fn named(&mut self, name: &str, text: &str) {
        self.line(format!("  {name:<10} {text}").trim_end());
    }

    /// An entry that is a sentence.
    fn tell(&mut self, name: Words, message: &Message) {
        self.entry(name, message.text(self.language));
    }

    /// A sentence below an entry.
    fn below(&mut self, message: &Message) {
        self.named("", message.text(self.language));
    }

    /// A sentence on a line of its own.
    fn say(&mut self, message: &Message) {
        self.line(message.text(self.language));
    }

    fn whole(&self, count: usize) -> String {
        whole(count, self.language)
    }

    fn writing(&mut self, writing: &WritingPortrait) {
        let language = self.language;
        let damaged = if writing.damaged { message::damaged() } else { Message::same("") };
        let because = writing.because.text(language);
        let encoding = format!("{}: {because}{}", writing.encoding, damaged.text(language));
        self.entry(caption::ENCODING, &encoding);
        let delimiter = match writing.delimiter {
            '\t' => message::a_tab(),
            other => Message::same(format!("`{other}`")),
        };
        let spaced = if writing.spaced { message::with_space() } else { Message::same("") };
        let WritingPortrait { agreeing, looked_at, line_ends, .. } = writing;
        let dialect = message::dialect(&delimiter, &spaced, *agreeing, *looked_at, line_ends);
        self.tell(caption::DIALECT, &dialect);
    }

    fn sheets(&mut self, sheets: &[SheetPortrait]) {
        for (at, sheet) in sheets.iter().take(SHEETS).enumerate() {
            let what = match &sheet.obstacle {
                Some(obstacle) => obstacle.clone(),
                None if sheet.rows == 0 => message::empty(),
                None => {
                    let columns = message::columns(sheet.columns as usize);
                    message::rows_and_columns(&message::rows(sheet.rows), &columns)
                }
            };
            let mut words = format!("`{}`: {}", shown(&sheet.name), what.text(self.language));
            if let Some(areas) = &sheet.holds {
                words.push_str(&format!(", {}", areas.text(self.language)));
            }
            if sheet.hidden {
                words.push_str(message::hidden().text(self.language));
            }
            if sheet.portrayed {
                words.push_str(message::shown_below().text(self.language));
            }
            self.first(at, caption::SHEETS, &words);
        }
        if sheets.len() > SHEETS {
            self.below(&message::and_more(sheets.len() - SHEETS));
        }
    }

    /// An entry of several lines, which is named on its first.
    fn first(&mut self, at: usize, name: Words, text: &str) {
        self.named(if at == 0 { name.text(self.language) } else { "" }, text);
    }

    fn table(&mut self, table: &TablePortrait) {
        match table.layout {
            Layout::Table => {}
            Layout::Tempo => self.tell(caption::LAYOUT, &message::tempo()),
            Layout::Boundaries => {
                let features = message::whole(table.data_rows);
                self.tell(caption::LAYOUT, &message::boundaries(&features));
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
            self.first(at, caption::ABOVE, &cut(line, 90));
        }
        let rows: Vec<String> = table.header.iter().map(u32::to_string).collect();
        match rows.as_slice() {
            [] => self.tell(caption::HEADER, &caption::NONE.into()),
            [one] => self.tell(caption::HEADER, &message::row(one)),
            several => self.tell(caption::HEADER, &message::several_rows(&several.join(", "))),
        }
        let rows = message::rows(table.data_rows);
        let data = format!("{}, {}", table.range, rows.text(self.language));
        let none = caption::NO_DATA.text(self.language);
        self.entry(caption::DATA, if table.range.is_empty() { none } else { &data });
        for (at, line) in table.below.iter().enumerate() {
            self.first(at, caption::BELOW, &cut(line, 90));
        }
        if table.repeated_cells > 0 {
            self.tell(caption::DOUBT, &message::repeated(table.repeated_cells));
        }
        table.doubts.iter().for_each(|doubt| self.tell(caption::DOUBT, doubt));
    }

    fn rows(&mut self, table: &TablePortrait) {
        for (at, count) in table.rows.iter().enumerate() {
            let examples = ticked(&count.examples);
            let class = message::class(count.class, count.rows, self.language);
            let words = format!("{:>7} {class}: {examples}", self.whole(count.rows));
            self.first(at, caption::ROWS, words.trim_end_matches([':', ' ']));
        }
    }

    fn columns(&mut self, table: &TablePortrait) {
        self.out.push('\n');
        let measures = table.layout.measures();
        let heading = if measures { caption::COLUMNS } else { caption::PROPERTIES };
        self.line(&format!("  {}", heading.text(self.language)));
        for column in table.columns.iter().take(COLUMNS) {
            self.column(column);
        }
        let rest = table.columns.len().saturating_sub(COLUMNS) + table.columns_left_out;
        if rest > 0 {
            self.say(&message::more_columns(rest));
        }
    }

    fn column(&mut self, column: &ColumnPortrait) {
        let language = self.language;
        let no_header = || caption::NO_HEADER.text(language).to_owned();
        let header = if column.header.is_empty() { no_header() } else { shown(&column.header) };
        let empty = match column.empty {
            0 => Message::same(""),
            empty => message::empty_cells(&message::whole(empty)),
        };
        let distinct = message::whole(column.distinct);
        let different = if column.distinct >= ColumnPortrait::MOST {
            message::at_least_different(&distinct)
        } else {
            message::different(&distinct)
        };
        let shape = message::shape(column.shape, language);
        let head = format!("    {:<3} {header:<28} {shape}", column.letters);
        let what = match &column.numbers {
            Some(numbers) => self.spread(numbers),
            None => ticked(&column.examples),
        };
        let (different, empty) = (different.text(language), empty.text(language));
        self.line(format!("{head}, {different}{empty}: {what}").trim_end_matches([':', ' ']));
        if let Some(numbers) = &column.numbers {
            self.format(numbers);
        }
        self.marks(&column.marks);
        for problem in &column.problems {
            self.line(&format!("        {}", problem.text(language)));
        }
    }

    /// How the numbers of a column are written, where that is not the plainest way.
    fn format(&mut self, numbers: &Numbers) {
        if numbers.plain && numbers.percent == 0 {
            return;
        }
        let percent = match numbers.percent {
            0 => Message::same(""),
            count => message::in_per_cent(&message::whole(count)),
        };
        let (format, percent) = (numbers.format.text(self.language), percent.text(self.language));
        self.line(&format!("        {format}{percent}"));
    }

    fn marks(&mut self, marks: &[Mark]) {
        if marks.is_empty() {
            return;
        }
        let said = |mark: &Mark| {
            let meaning = message::meaning(mark.meaning, self.language);
            format!("`{}` {}× ({meaning})", shown(&mark.text), mark.count)
        };
        let listed: Vec<String> = marks.iter().take(MARKS).map(said).collect();
        let listed = Message::same(listed.join(", ")).and_more(marks.len().saturating_sub(MARKS));
        self.say(&message::among_them(&listed));
    }

    fn keys(&mut self, keys: &[KeyPortrait]) {
        self.out.push('\n');
        self.line(&format!("  {}", caption::KEYS.text(self.language)));
        if keys.is_empty() {
            self.say(&message::no_key());
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
        let [recognised, rows, found] = [key.recognised, key.rows, key.areas].map(message::whole);
        let share = Message::number(key.rate() * 100.0, 2);
        let areas = message::of_all(&found, &message::areas(key.of, &key.level));
        let repeated = match key.repeated {
            0 => Message::same(""),
            areas => message::in_several_rows(&message::whole(areas)),
        };
        let joined = message::recognised(&columns.join(", "), [&recognised, &rows], &share, &areas);
        let (joined, repeated) = (joined.text(self.language), repeated.text(self.language));
        self.line(&format!("{joined}{repeated}"));
        if !is_best {
            return;
        }
        if key.near + key.aliases > 0 {
            self.say(&message::near(&message::whole(key.near), &message::whole(key.aliases)));
        }
        for failure in &key.failures {
            let rows = message::rows(failure.rows);
            self.line(&format!("        {}: {}", failure.rule, rows.text(self.language)));
            for example in &failure.examples {
                self.line(&format!("            {}", cut(example.text(self.language), 160)));
            }
        }
    }

    fn spread(&self, numbers: &Numbers) -> String {
        let zeros = match numbers.zeros {
            0 => Message::same(""),
            zeros => message::zeros(zeros),
        };
        let zeros = zeros.text(self.language);
        if numbers.sparkline.is_empty() {
            let always = message::always(&numbers.least.to_string());
            return format!("{}{zeros}", always.text(self.language));
        }
        format!("{} ▕{}▏ {}{zeros}", numbers.least, numbers.sparkline, numbers.greatest)
    }
}

fn cut(text: &str, length: usize) -> String {
    if text.chars().count() <= length {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(length - 1).collect();
    short.push('…');
    short
}
