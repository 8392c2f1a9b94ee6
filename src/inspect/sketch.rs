//! A source while it is drafted: what a table says of itself, and guesses from its headers.

use std::collections::{BTreeMap, BTreeSet};

use super::cube::{Choice, Tempo};
use super::guesses::{counts, doubt, likely, nature, only_counts_rows};
use super::join::{self, Aside, COUNTY_FROM, Join};
use super::marks::{DraftedMark, is_mark};
use super::portrait::{ColumnPortrait, Numbers};
use crate::ingest::{Header, fold};
use crate::language::Language;
use crate::message::inspect as message;
use crate::observation::{Counts, Nature};
use crate::quality::{Message, column_letters};
use crate::study::expression::can_be_named;
use crate::study::{CountyFrom, Layout, NumberFormat};

/// A text longer than this among numbers is no mark of a missing value.
const LONGEST_MARK: usize = 40;
/// Up to so many texts among numbers are taken for marks, whatever they are.
const FEW_MARKS: usize = 3;
/// What `sheet` says where all sheets are parts of one table.
pub(super) const EVERY_SHEET: &str = "*";
/// The most measures that a draft declares.
const MEASURES: usize = 40;

/// A source while it is drafted.
#[derive(Clone, Debug)]
pub(super) struct Sketch {
    pub(super) id: String,
    pub(super) file: String,
    pub(super) layout: Layout,
    pub(super) sheet: Option<String>,
    pub(super) header: Vec<u32>,
    pub(super) key: Vec<(String, String)>,
    /// The column of the key that is written once for a block of rows.
    pub(super) fill: Option<String>,
    pub(super) level: Option<String>,
    pub(super) missing: Vec<DraftedMark>,
    pub(super) measures: Vec<MeasureSketch>,
    pub(super) notes: Vec<Message>,
    /// The places that name the county of its rows, where no column does.
    pub(super) county_places: Vec<CountyFrom>,
    /// Why it cannot be a source at all.
    pub(super) hopeless: Option<Message>,
}

#[derive(Clone, Debug)]
pub(super) struct MeasureSketch {
    pub(super) id: String,
    pub(super) nature: Nature,
    pub(super) counts: Option<Counts>,
    pub(super) source: MeasureSource,
    /// Declared where the file leaves a doubt.
    pub(super) numbers: Option<NumberFormat>,
}

#[derive(Clone, Debug)]
pub(super) enum MeasureSource {
    Column(String),
    Labels(Choice),
}

impl Sketch {
    fn new(path: &str, sheet: Option<&str>) -> Self {
        let path = path.replace('\\', "/");
        let outside = path.starts_with(['/', '~'])
            || path.as_bytes().get(1) == Some(&b':')
            || path.split('/').any(|part| part == "..");
        let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
        let mut notes = Vec::new();
        let file = if outside {
            notes.push(message::beside_the_study());
            name.clone()
        } else {
            path.trim_start_matches("./").to_owned()
        };
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        Self {
            id: identifier(stem, "source", &[]),
            file,
            layout: Layout::Table,
            sheet: sheet.map(str::to_owned),
            header: Vec::new(),
            key: Vec::new(),
            fill: None,
            level: None,
            missing: Vec::new(),
            measures: Vec::new(),
            notes,
            county_places: Vec::new(),
            hopeless: None,
        }
    }

    /// Gives the sources of blocks that stand side by side ids of their own, and says how one list is
    /// made of them.
    pub(super) fn are_blocks(blocks: &mut [&mut Self]) {
        for (number, block) in (1..).zip(blocks.iter_mut()).skip(1) {
            block.id = format!("{}_{number}", block.id);
        }
        let named: Vec<String> = blocks
            .iter()
            .filter_map(|block| Some(format!("{}.{}", block.id, block.measures.first()?.id)))
            .collect();
        let (count, formula) = (blocks.len(), named.join(", "));
        if let Some(first) = blocks.first_mut() {
            first.notes.push(message::blocks(count, &formula));
        }
    }

    /// A source by columns.
    pub(super) fn of_table(
        path: &str,
        sheet: Option<&str>,
        header: &Header,
        columns: &[ColumnPortrait],
        join: Option<&Join>,
    ) -> Self {
        let mut sketch = Self::new(path, sheet);
        sketch.header.clone_from(&header.rows);
        let Some(join) = join else {
            sketch.hopeless = Some(message::no_areas());
            return sketch;
        };
        let rows = join.rows_an_area();
        if rows > 1.9 {
            let rows = Message::number(rows, usize::from(rows < 10.0));
            sketch.hopeless = Some(message::several_rows_an_area(&rows));
        }
        if join.cut {
            sketch.notes.push(message::too_long());
        }
        if header.rows.is_empty() {
            sketch.notes.push(message::no_header());
        }
        let names = Names::of(header);
        let key: Vec<u32> = join.choice.roles().into_iter().map(|(_, column)| column).collect();
        for (role, column) in join.choice.roles() {
            sketch.key.push((role, names.name(column)));
        }
        if let Some(aside) = &join.choice.aside {
            sketch.take_aside(aside);
        }
        sketch.fill = join.filled.map(|column| names.name(column));
        sketch.take_columns(&names, columns, &key);
        sketch
    }

    /// Declares where the county of the names stands. The name of the sheet is not needed where that of the
    /// file says the same.
    fn take_aside(&mut self, aside: &Aside) {
        self.county_places.clone_from(&aside.places);
        let Some(from) = aside.places.first() else { return };
        self.key.push((COUNTY_FROM.to_owned(), from.word().to_owned()));
        if *from != CountyFrom::Sheet && aside.places.contains(&CountyFrom::Sheet) {
            self.sheet = None;
        }
    }

    fn take_columns(&mut self, names: &Names<'_>, columns: &[ColumnPortrait], key: &[u32]) {
        let free = |column: &&ColumnPortrait| !key.contains(&column.number);
        for column in columns.iter().filter(free).filter(|column| !only_counts_rows(column)) {
            let name = names.name(column.number);
            let Some(numbers) = &column.numbers else {
                if !column.problems.is_empty() {
                    self.notes.push(message::left_out(&name, &all_of(&column.problems)));
                }
                continue;
            };
            if self.measures.len() >= MEASURES {
                self.notes.push(message::many_columns(&name));
                break;
            }
            if let Some(why) = why_not(&name, column, numbers) {
                self.notes.push(why);
                continue;
            }
            self.take_marks(column);
            self.take_numbers(name, column, numbers);
        }
        if self.measures.is_empty() {
            self.take_words(names, columns, key);
        }
    }

    /// Declares what stands among the numbers of a column.
    fn take_marks(&mut self, column: &ColumnPortrait) {
        for mark in column.undeclared() {
            match self.missing.iter_mut().find(|known| known.text == mark.text) {
                Some(known) => known.cells += mark.count,
                None => {
                    self.missing.push(DraftedMark { text: mark.text.clone(), cells: mark.count });
                }
            }
        }
    }

    fn take_numbers(&mut self, name: String, column: &ColumnPortrait, numbers: &Numbers) {
        let nature = match column.shape {
            "per cent" => Nature::Rate,
            // texts between which nobody can decide are whole where their mark parts thousands
            _ => {
                nature(&column.header, numbers.whole || numbers.open.is_some(), numbers.least < 0.0)
            }
        };
        let format = numbers.open.as_ref().map(|open| likely(open, nature));
        self.add(&column.header, &column.letters, nature, MeasureSource::Column(name));
        let measure = self.measures.last_mut().expect("one was added above");
        measure.numbers = format;
        if let (Some(open), Some(format)) = (&numbers.open, format) {
            self.notes.push(doubt(&measure.id, open, format));
        }
    }

    /// A column of words, where there is none of numbers.
    fn take_words(&mut self, names: &Names<'_>, columns: &[ColumnPortrait], key: &[u32]) {
        let words = columns
            .iter()
            .filter(|column| !key.contains(&column.number) && column.filled > 0)
            .filter(|column| column.numbers.is_none() && column.shape == "text")
            .min_by_key(|column| (column.distinct < 2, column.distinct, column.number));
        let Some(column) = words else {
            self.hopeless.get_or_insert_with(message::nothing_to_measure);
            return;
        };
        let nature = if column.distinct <= 20 { Nature::Category } else { Nature::Text };
        let name = names.name(column.number);
        self.add(&column.header, &column.letters, nature, MeasureSource::Column(name));
    }

    fn add(&mut self, header: &str, letters: &str, nature: Nature, source: MeasureSource) {
        let known: Vec<String> = self.measures.iter().map(|measure| measure.id.clone()).collect();
        let id = identifier(header, &format!("column {letters}"), &known);
        let counts = (nature == Nature::Count).then(|| counts(header)).flatten();
        self.measures.push(MeasureSketch { id, nature, counts, source, numbers: None });
    }

    /// A source of polygons, whose properties join the units by `best`, or what else they name by
    /// `other`.
    pub(super) fn of_map(
        path: &str,
        header: &Header,
        best: Option<&Join>,
        other: Option<&Join>,
    ) -> Self {
        let mut sketch = Self::new(path, None);
        sketch.layout = Layout::Boundaries;
        let Some(join) = best else {
            sketch.hopeless = Some(match other.filter(|join| join.share() >= 0.4) {
                Some(join) => message::other_polygons(&join.choice.level),
                None => message::no_property(),
            });
            return sketch;
        };
        let named = |(role, column): (String, u32)| (role, join::label(header, column));
        sketch.key = join.choice.roles().into_iter().map(named).collect();
        sketch
    }

    /// A source by labels.
    pub(super) fn of_tempo(path: &str, sheet: Option<&str>, tempo: &Tempo) -> Self {
        let mut sketch = Self::new(path, sheet);
        sketch.layout = Layout::Tempo;
        let Some((level, _)) = &tempo.level else {
            sketch.hopeless = Some(message::no_dimension());
            return sketch;
        };
        sketch.level = Some(level.clone());
        let unit = tempo.unit();
        let nature = match fold(&unit) {
            unit if unit.contains("numar") => Nature::Count,
            _ => Nature::Rate,
        };
        for (name, choice) in tempo.choices().into_iter().take(MEASURES) {
            let header = if name.is_empty() { "value" } else { name.as_str() };
            sketch.add(header, "value", nature, MeasureSource::Labels(choice));
            if nature == Nature::Count {
                let measure = sketch.measures.last_mut().expect("one was added above");
                measure.counts = counts(&unit);
            }
        }
        if tempo.dimensions().len() > 2 {
            sketch.notes.push(message::choose_labels());
        }
        sketch
    }
}

/// What stands among the numbers of a column, in a row.
fn all_of(problems: &[Message]) -> Message {
    let joined = |language| {
        problems.iter().map(|problem| problem.text(language)).collect::<Vec<_>>().join(", ")
    };
    Message { en: joined(Language::En), ro: joined(Language::Ro) }
}

/// Why a column of numbers cannot be a measure as it is.
fn why_not(name: &str, column: &ColumnPortrait, numbers: &Numbers) -> Option<Message> {
    if !numbers.decided && numbers.open.is_none() {
        return Some(message::undecided(name, &numbers.format));
    }
    if !column.problems.is_empty() {
        return Some(message::left_out(name, &all_of(&column.problems)));
    }
    let has_digit = |text: &str| text.contains(|letter: char| letter.is_ascii_digit());
    // a number that somebody mistyped is no mark of a missing value
    if let Some(miswritten) = column.undeclared().find(|mark| has_digit(&mark.text)) {
        return Some(message::miswritten(name, &miswritten.text));
    }
    let is_few = column.undeclared().count() <= FEW_MARKS;
    let is_none =
        |text: &str, cells: usize| text.len() > LONGEST_MARK || !is_few && !is_mark(text, cells);
    let word = column.undeclared().find(|mark| is_none(&mark.text, mark.count))?;
    Some(message::texts_among(name, &word.text))
}

/// How a study names the columns of a header.
struct Names<'h> {
    header: &'h Header,
    /// How many columns a folded text can mean: by its whole header, or by one of its rows.
    meant: BTreeMap<String, usize>,
}

impl<'h> Names<'h> {
    fn of(header: &'h Header) -> Self {
        let mut meant: BTreeMap<String, usize> = BTreeMap::new();
        for column in &header.columns {
            let mut texts: BTreeSet<String> = column.parts.iter().map(|part| fold(part)).collect();
            texts.insert(column.folded().to_owned());
            for text in texts {
                *meant.entry(text).or_default() += 1;
            }
        }
        Self { header, meant }
    }

    /// A column by its header where that is one column's only, else by its letters.
    fn name(&self, column: u32) -> String {
        let label = join::label(self.header, column);
        let folded = fold(&label);
        let clear = !label.contains(char::is_control) && self.meant.get(&folded) == Some(&1);
        if !folded.is_empty() && clear {
            return label;
        }
        let letters = column_letters(column);
        // A header that reads like these letters would be found first; a number is found after all.
        if self.meant.contains_key(&fold(&letters)) { column.to_string() } else { letters }
    }
}

/// The longest identifier that is made.
const LONGEST: usize = 40;

/// An identifier from any text: `Nr. dosare aflate în plată` gives `nr_dosare_aflate_in_plata`. Not
/// one of `taken`, and never a word of the formula language.
pub(super) fn identifier(text: &str, otherwise: &str, taken: &[String]) -> String {
    let mut word = slug(text);
    if word.is_empty() {
        word = slug(otherwise);
    }
    if !word.starts_with(|letter: char| letter.is_ascii_lowercase()) {
        word = format!("v_{word}");
    }
    let word = word.trim_end_matches('_').to_owned();
    let free = |word: &String| !taken.contains(word) && can_be_named(word);
    if free(&word) {
        return word;
    }
    (2..=taken.len() + 2)
        .map(|number| format!("{word}_{number}"))
        .find(free)
        .expect("there are more numbers than names taken")
}

fn slug(text: &str) -> String {
    let mut word = String::new();
    for letter in fold(text).chars() {
        if letter.is_ascii_alphanumeric() {
            word.push(letter);
        } else if letter == '%' {
            word.push_str("_percent_");
        } else if !word.is_empty() && !word.ends_with('_') {
            word.push('_');
        }
        if word.len() >= LONGEST {
            break;
        }
    }
    word.replace("__", "_").trim_matches('_').to_owned()
}

/// A text as TOML writes it.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_made_from_any_header() {
        let none: [String; 0] = [];
        assert_eq!(identifier("Nr. dosare (plată)", "C", &none), "nr_dosare_plata");
        assert_eq!(identifier("2023-01", "C", &none), "v_2023_01");
        assert_eq!(identifier("", "column C", &none), "column_c");
        assert_eq!(identifier("Rata (%)", "C", &none), "rata_percent");
        assert_eq!(identifier("x", "C", &["x".to_owned()]), "x_2");
        assert_ne!(identifier("case", "C", &none), "case");
    }
}
