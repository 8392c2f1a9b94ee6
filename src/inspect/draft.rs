//! What a study would say about a table: a `[[source]]` block, tried before it is shown.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::Serialize;

use super::cube::{Choice, Tempo};
use super::join::Join;
use super::portrait::{ColumnPortrait, Draft};
use super::tables::Asked;
use super::words::{counts, identifier, nature, quoted};
use crate::ingest::{self, Header, Opened, fold};
use crate::observation::{Counts, Nature};
use crate::quality::{Findings, Severity, column_letters};
use crate::register::{Matcher, UNIT};
use crate::study::{Layout, Problems, Study};

/// A text longer than this among numbers is no mark of a missing value.
const LONGEST_MARK: usize = 40;
/// The most measures that a draft declares.
const MEASURES: usize = 40;

/// Something to know about a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DraftNote {
    /// In words; written as a comment above the block.
    pub text: String,
}

/// A source while it is drafted.
#[derive(Clone, Debug)]
pub(super) struct Sketch {
    id: String,
    file: String,
    layout: Layout,
    sheet: Option<String>,
    header: Vec<u32>,
    key: Vec<(String, String)>,
    level: Option<String>,
    missing: Vec<String>,
    measures: Vec<MeasureSketch>,
    notes: Vec<String>,
    /// Why it cannot be a source at all.
    hopeless: Option<String>,
}

#[derive(Clone, Debug)]
struct MeasureSketch {
    id: String,
    nature: Nature,
    counts: Option<Counts>,
    taken: Taken,
}

#[derive(Clone, Debug)]
enum Taken {
    Column(String),
    Labels(Choice),
}

impl Sketch {
    fn new(asked: &Asked<'_>, sheet: Option<&str>) -> Self {
        let path = asked.path.replace('\\', "/");
        let outside = path.starts_with(['/', '~'])
            || path.as_bytes().get(1) == Some(&b':')
            || path.split('/').any(|part| part == "..");
        let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
        let mut notes = Vec::new();
        let file = if outside {
            notes.push("put the file beside the study, or say `--inputs` where it is".to_owned());
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
            level: None,
            missing: Vec::new(),
            measures: Vec::new(),
            notes,
            hopeless: None,
        }
    }

    /// A source by columns.
    pub(super) fn of_table(
        asked: &Asked<'_>,
        sheet: Option<&str>,
        (header, columns): (&Header, &[ColumnPortrait]),
        join: Option<&Join>,
    ) -> Self {
        let mut sketch = Self::new(asked, sheet);
        sketch.header.clone_from(&header.rows);
        let Some(join) = join else {
            sketch.hopeless = Some(
                "no column names units or larger areas of the register: add one with SIRUTA codes, \
                 or with names beside their counties"
                    .to_owned(),
            );
            return sketch;
        };
        if join.rows_an_area() > 1.9 {
            sketch.hopeless = Some(format!(
                "every area stands in {:.1} rows on average: keep one row for each, or save one \
                 file for each period or kind",
                join.rows_an_area()
            ));
        }
        if join.cut {
            sketch.notes.push("it is too long to be joined to its end".to_owned());
        }
        if header.rows.is_empty() {
            sketch.notes.push(
                "the table has no header: give it one, so that columns have names".to_owned(),
            );
        }
        let names = Names::of(header);
        let taken: Vec<u32> = join.choice.columns().into_iter().map(|(_, column)| column).collect();
        for (role, column) in join.choice.columns() {
            sketch.key.push((role, names.name(column)));
        }
        sketch.take_columns(&names, columns, &taken);
        sketch
    }

    fn take_columns(&mut self, names: &Names<'_>, columns: &[ColumnPortrait], key: &[u32]) {
        let free = |column: &&ColumnPortrait| !key.contains(&column.number);
        for column in columns.iter().filter(free) {
            let name = names.name(column.number);
            let Some(numbers) = &column.numbers else {
                if !column.problems.is_empty() {
                    self.notes
                        .push(format!("`{name}` is left out: {}", column.problems.join(", ")));
                }
                continue;
            };
            let undeclared: Vec<&str> = column
                .marks
                .iter()
                .filter(|mark| mark.meaning == "undeclared")
                .map(|mark| mark.text.as_str())
                .collect();
            let why_not = if !numbers.decided {
                let format = &numbers.format;
                let advice = "say `numbers = { decimal = …, thousands = … }` to take it in";
                Some(format!("`{name}` is left out, its numbers are {format}: {advice}"))
            } else if !column.problems.is_empty() {
                Some(format!("`{name}` is left out: {}", column.problems.join(", ")))
            } else if undeclared.len() > 3
                || undeclared.iter().any(|mark| mark.len() > LONGEST_MARK)
            {
                Some(format!("`{name}` is left out: texts stand among its numbers"))
            } else if self.measures.len() >= MEASURES {
                Some(format!("`{name}` and those behind it are left out: there are many"))
            } else {
                None
            };
            if let Some(why) = why_not {
                self.notes.push(why);
                if self.measures.len() >= MEASURES {
                    break;
                }
                continue;
            }
            for mark in undeclared {
                if !self.missing.iter().any(|known| known == mark) {
                    self.missing.push(mark.to_owned());
                }
            }
            let whole = column.shape == "whole numbers" || column.shape == "numbers and texts";
            let nature = match column.shape {
                "per cent" => Nature::Rate,
                _ => nature(&column.header, whole, numbers.least < 0.0),
            };
            self.add(&column.header, &column.letters, (nature, Taken::Column(name)));
        }
        if self.measures.is_empty() {
            self.take_words(names, columns, key);
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
            self.hopeless.get_or_insert_with(|| "it has no column of numbers or words".to_owned());
            return;
        };
        let nature = if column.distinct <= 20 { Nature::Category } else { Nature::Text };
        let name = names.name(column.number);
        self.add(&column.header, &column.letters, (nature, Taken::Column(name)));
    }

    fn add(&mut self, header: &str, letters: &str, (nature, taken): (Nature, Taken)) {
        let known: Vec<String> = self.measures.iter().map(|measure| measure.id.clone()).collect();
        let id = identifier(header, &format!("column {letters}"), &known);
        let counts = (nature == Nature::Count).then(|| counts(header)).flatten();
        self.measures.push(MeasureSketch { id, nature, counts, taken });
    }

    /// A source by labels.
    pub(super) fn of_tempo(asked: &Asked<'_>, sheet: Option<&str>, tempo: &Tempo) -> Self {
        let mut sketch = Self::new(asked, sheet);
        sketch.layout = Layout::Tempo;
        let Some((level, _)) = &tempo.level else {
            sketch.hopeless = Some("no dimension names areas of the register".to_owned());
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
            sketch.add(header, "value", (nature, Taken::Labels(choice)));
            if nature == Nature::Count {
                let measure = sketch.measures.last_mut().expect("one was added above");
                measure.counts = counts(&unit);
            }
        }
        if tempo.dimensions().len() > 2 {
            sketch
                .notes
                .push("`where` takes totals and the last period: choose what you need".to_owned());
        }
        sketch
    }
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
            texts.insert(fold(&column.label()));
            for text in texts {
                *meant.entry(text).or_default() += 1;
            }
        }
        Self { header, meant }
    }

    /// A column by its header where that is one column's only, else by its letters.
    fn name(&self, column: u32) -> String {
        let label = super::join::label(self.header, column);
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

/// Writes a sketch down and reads the file by it; measures that cannot be filled are taken out, and
/// what cannot be a source becomes a comment that says why.
pub(super) fn draft(mut sketch: Sketch, opened: &Opened, matcher: &Matcher<'_>) -> Draft {
    if let Some(why) = sketch.hopeless.clone() {
        return commented(&sketch, why);
    }
    for _ in 0..2 {
        match tried(&sketch, opened, matcher) {
            Ok(tried) if tried.unread.is_empty() => {
                sketch.notes.extend(tried.errors);
                return finished(&sketch);
            }
            Ok(tried) if tried.unread.len() < sketch.measures.len() => {
                for id in &tried.unread {
                    sketch.notes.push(format!("`{id}` is left out: it cannot be read as it is"));
                }
                sketch.measures.retain(|measure| !tried.unread.contains(&measure.id));
            }
            Ok(tried) => {
                let why = tried.errors.first().cloned();
                return commented(&sketch, why.unwrap_or_else(|| "it cannot be read".to_owned()));
            }
            Err(why) => return commented(&sketch, why),
        }
    }
    commented(&sketch, "it cannot be read as drafted".to_owned())
}

fn notes(sketch: &Sketch) -> Vec<DraftNote> {
    sketch.notes.iter().map(|text| DraftNote { text: text.clone() }).collect()
}

fn finished(sketch: &Sketch) -> Draft {
    let mut toml = String::new();
    for note in &sketch.notes {
        writeln!(toml, "# {}", one_line(note)).expect("a String takes all");
    }
    toml.push_str(&block(sketch));
    let is_number = |measure: &&MeasureSketch| measure.nature.is_number();
    Draft {
        id: sketch.id.clone(),
        file: sketch.file.clone(),
        numbers: sketch.measures.iter().filter(is_number).map(|one| one.id.clone()).collect(),
        toml,
        stands: true,
        notes: notes(sketch),
    }
}

fn commented(sketch: &Sketch, why: String) -> Draft {
    let file = one_line(&sketch.file);
    let mut toml = format!("# `{file}` cannot be a source as it is: {}\n", one_line(&why));
    let mut notes = notes(sketch);
    for note in &notes {
        writeln!(toml, "# {}", one_line(&note.text)).expect("a String takes all");
    }
    notes.insert(0, DraftNote { text: why });
    Draft {
        id: sketch.id.clone(),
        file: sketch.file.clone(),
        numbers: Vec::new(),
        toml,
        stands: false,
        notes,
    }
}

/// A text that stays inside one comment.
fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

struct Tried {
    unread: Vec<String>,
    errors: Vec<String>,
}

/// Reads the file by the sketch.
fn tried(sketch: &Sketch, opened: &Opened, matcher: &Matcher<'_>) -> Result<Tried, String> {
    let mut here = sketch.clone();
    "the-file".clone_into(&mut here.file);
    let study = format!(
        "[study]\ntitle = \"x\"\nmethodology = \"irc\"\n\n\
         [register]\nbundled = \"ro-uat-2025\"\n\n{}",
        block(&here)
    );
    let mut problems = Problems::new();
    let Some(study) = Study::read("draft", study.as_bytes(), &mut problems) else {
        let first = problems.iter().next().map(|problem| problem.message.clone());
        return Err(first.unwrap_or_else(|| "its block cannot be written".to_owned()));
    };
    let Some(source) = study.sources.first() else {
        return Err("its block cannot be written".to_owned());
    };
    let mut findings = Findings::default();
    let reading = ingest::read_found(source, opened, matcher, &mut findings);
    let id = |name: &String| name.split_once('.').map_or("", |(_, id)| id).to_owned();
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    let mut told: Vec<String> = Vec::new();
    let mut rules: Vec<(&str, usize)> = Vec::new();
    for finding in errors {
        let places = finding.places.len().max(1);
        match rules.iter_mut().find(|(rule, _)| *rule == finding.rule) {
            Some((_, count)) => *count += places,
            None => {
                rules.push((finding.rule, places));
                told.push(finding.message.en.clone());
            }
        }
    }
    let errors = rules
        .iter()
        .zip(told)
        .map(|((rule, count), example)| {
            let times = if *count == 1 { "once".to_owned() } else { format!("{count} times") };
            format!("`check` will tell `{rule}` {times}, as in: {example}")
        })
        .collect();
    Ok(Tried { unread: reading.unread.iter().map(id).collect(), errors })
}

/// The block of a sketch.
fn block(sketch: &Sketch) -> String {
    let mut toml = String::from("[[source]]\n");
    let mut line = |key: &str, value: String| {
        writeln!(toml, "{key:<7} = {value}").expect("a String takes all");
    };
    line("id", quoted(&sketch.id));
    line("file", quoted(&sketch.file));
    if sketch.layout == Layout::Tempo {
        line("layout", quoted("tempo"));
    }
    if let Some(sheet) = &sketch.sheet {
        line("sheet", quoted(sheet));
    }
    if !sketch.header.is_empty() && sketch.layout == Layout::Table {
        let rows: Vec<String> = sketch.header.iter().map(u32::to_string).collect();
        line("header", format!("[{}]", rows.join(", ")));
    }
    if let Some(level) = sketch.level.as_ref().filter(|level| *level != UNIT) {
        line("level", quoted(level));
    }
    if !sketch.key.is_empty() {
        let columns: Vec<String> = sketch
            .key
            .iter()
            .map(|(role, column)| format!("{role} = {}", quoted(column)))
            .collect();
        line("key", format!("{{ {} }}", columns.join(", ")));
    }
    if !sketch.missing.is_empty() {
        let marks: Vec<String> = sketch
            .missing
            .iter()
            .map(|mark| format!("{} = \"not-available\"", quoted(mark)))
            .collect();
        line("missing", format!("{{ {} }}  # say what each means", marks.join(", ")));
    }
    for measure in &sketch.measures {
        toml.push_str("[[source.measure]]\n");
        toml.push_str(&measure_lines(measure));
    }
    toml
}

fn measure_lines(measure: &MeasureSketch) -> String {
    let mut text = format!("id     = {}\n", quoted(&measure.id));
    match &measure.taken {
        Taken::Column(column) => {
            writeln!(text, "column = {}", quoted(column)).expect("a String takes all");
        }
        Taken::Labels(choice) => {
            let labels: Vec<String> = choice
                .iter()
                .map(|(dimension, label)| format!("{} = {}", quoted(dimension), quoted(label)))
                .collect();
            writeln!(text, "where  = {{ {} }}", labels.join(", ")).expect("a String takes all");
        }
    }
    let nature = match measure.nature {
        Nature::Count => "count",
        Nature::Rate => "rate",
        Nature::Amount => "amount",
        Nature::Category => "category",
        Nature::Text => "text",
    };
    writeln!(text, "nature = \"{nature}\"").expect("a String takes all");
    if let Some(counts) = measure.counts {
        let counts = match counts {
            Counts::Persons => "persons",
            Counts::Families => "families",
            Counts::Cases => "cases",
        };
        writeln!(text, "counts = \"{counts}\"").expect("a String takes all");
    }
    text
}
