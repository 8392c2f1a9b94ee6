//! What a study would say about a table: a `[[source]]` block, tried before it is shown.

use std::fmt::Write as _;

use super::marks::DraftedMark;
use super::portrait::{Draft, DraftNote, one_line};
use super::sketch::{MeasureSketch, MeasureSource, Sketch, quoted};
use crate::ingest::Reading;
use crate::language::Language;
use crate::message::inspect as message;
use crate::observation::{Counts, Nature};
use crate::quality::{Findings, Message, Severity};
use crate::register::UNIT;
use crate::study::{Layout, NumberFormat, Problems, Source, Study};

/// Reads a file by a source.
pub(super) type ReadBy<'r> = dyn Fn(&Source) -> (Reading, Findings) + 'r;

/// Writes a sketch down and reads the file by it; measures that cannot be filled are taken out, and
/// what cannot be a source becomes a comment that says why.
pub(super) fn draft(mut sketch: Sketch, language: Language, read: &ReadBy<'_>) -> Draft {
    if let Some(why) = sketch.hopeless.clone() {
        return commented(&sketch, &why, language);
    }
    for _ in 0..2 {
        match tried(&sketch, language, read) {
            Ok(tried) if tried.unread.is_empty() => {
                sketch.notes.extend(tried.errors);
                return finished(&sketch, tried.areas, language);
            }
            Ok(tried) if tried.unread.len() < sketch.measures.len() => {
                for id in &tried.unread {
                    sketch.notes.push(message::measure_left_out(id));
                }
                sketch.measures.retain(|measure| !tried.unread.contains(&measure.id));
            }
            Ok(tried) => {
                let why = tried.errors.first().cloned().unwrap_or_else(message::unreadable);
                return commented(&sketch, &why, language);
            }
            Err(why) => return commented(&sketch, &why, language),
        }
    }
    commented(&sketch, &message::unreadable_as_drafted(), language)
}

fn notes(sketch: &Sketch) -> Vec<DraftNote> {
    sketch.notes.iter().map(|text| DraftNote { text: text.clone() }).collect()
}

fn finished(sketch: &Sketch, areas: usize, language: Language) -> Draft {
    let mut toml = String::new();
    for note in &sketch.notes {
        writeln!(toml, "# {}", one_line(note.text(language))).expect("a String takes all");
    }
    toml.push_str(&block(sketch, language));
    let is_number = |measure: &&MeasureSketch| measure.nature.is_number();
    Draft {
        id: sketch.id.clone(),
        file: sketch.file.clone(),
        numbers: sketch.measures.iter().filter(is_number).map(|one| one.id.clone()).collect(),
        toml,
        stands: true,
        areas,
        notes: notes(sketch),
    }
}

fn commented(sketch: &Sketch, why: &Message, language: Language) -> Draft {
    let no_source = message::no_source(&sketch.file, why);
    let mut toml = format!("# {}\n", one_line(no_source.text(language)));
    let mut notes = notes(sketch);
    for note in &notes {
        writeln!(toml, "# {}", one_line(note.text.text(language))).expect("a String takes all");
    }
    notes.insert(0, DraftNote { text: why.clone() });
    Draft {
        id: sketch.id.clone(),
        file: sketch.file.clone(),
        numbers: Vec::new(),
        toml,
        stands: false,
        areas: 0,
        notes,
    }
}

struct Tried {
    unread: Vec<String>,
    /// Areas to which a measure gives a value.
    areas: usize,
    errors: Vec<Message>,
}

/// Reads the file by the sketch.
fn tried(sketch: &Sketch, language: Language, read: &ReadBy<'_>) -> Result<Tried, Message> {
    let mut here = sketch.clone();
    "the-file".clone_into(&mut here.file);
    let study = format!(
        "[study]\ntitle = \"x\"\nmethodology = \"irc\"\n\n\
         [register]\nbundled = \"ro-uat-2025\"\n\n{}",
        block(&here, language)
    );
    let mut problems = Problems::new();
    let Some(study) = Study::read("draft", study.as_bytes(), &mut problems) else {
        let first = problems.iter().next().map(|problem| problem.message.clone());
        return Err(first.unwrap_or_else(message::no_block));
    };
    let Some(source) = study.sources.first() else {
        return Err(message::no_block());
    };
    let (reading, findings) = read(source);
    let id = |name: &String| name.split_once('.').map_or("", |(_, id)| id).to_owned();
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    let mut examples: Vec<Message> = Vec::new();
    let mut rules: Vec<(&str, usize)> = Vec::new();
    for finding in errors {
        let places = finding.places.len().max(1);
        match rules.iter_mut().find(|(rule, _)| *rule == finding.rule) {
            Some((_, count)) => *count += places,
            None => {
                rules.push((finding.rule, places));
                examples.push(finding.message.clone());
            }
        }
    }
    let errors = rules
        .iter()
        .zip(examples)
        .map(|((rule, count), example)| {
            message::check_will_tell(rule, &message::times(*count), &example)
        })
        .collect();
    let present = reading
        .observations
        .series
        .iter()
        .map(|series| series.origins.iter().filter(|origins| !origins.is_empty()).count());
    let areas = present.max().unwrap_or(0);
    Ok(Tried { areas, unread: reading.unread.iter().map(id).collect(), errors })
}

/// The block of a sketch.
fn block(sketch: &Sketch, language: Language) -> String {
    let mut toml = String::from("[[source]]\n");
    let mut line = |key: &str, value: String| {
        writeln!(toml, "{key:<7} = {value}").expect("a String takes all");
    };
    line("id", quoted(&sketch.id));
    line("file", quoted(&sketch.file));
    match sketch.layout {
        Layout::Table => {}
        Layout::Tempo => line("layout", quoted("tempo")),
        Layout::Boundaries => line("layout", quoted("boundaries")),
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
    if let Some(column) = &sketch.fill {
        line("fill", format!("[{}]", quoted(column)));
    }
    if let [mark] = sketch.missing.as_slice() {
        let declared = format!("{} = {}", quoted(&mark.text), quoted(mark.state()));
        line("missing", format!("{{ {declared} }}  # {}", mark.comment().text(language)));
    } else if !sketch.missing.is_empty() {
        toml.push_str(&missing_lines(&sketch.missing, language));
    }
    for measure in &sketch.measures {
        toml.push_str("[[source.measure]]\n");
        toml.push_str(&measure_lines(measure));
    }
    toml
}

/// The marks of missing values as a table of their own, each with its count.
fn missing_lines(marks: &[DraftedMark], language: Language) -> String {
    let zero = message::zero_where_measured();
    let mut text = format!("[source.missing]  # {}\n", zero.text(language));
    for mark in marks {
        let (name, state) = (quoted(&mark.text), quoted(mark.state()));
        writeln!(text, "{name} = {state}  # {}", mark.comment().text(language))
            .expect("a String takes all");
    }
    text
}

fn measure_lines(measure: &MeasureSketch) -> String {
    let mut text = format!("id     = {}\n", quoted(&measure.id));
    match &measure.source {
        MeasureSource::Column(column) => {
            writeln!(text, "column = {}", quoted(column)).expect("a String takes all");
        }
        MeasureSource::Labels(choice) => {
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
    if let Some(NumberFormat { decimal, thousands }) = measure.numbers {
        let thousands = thousands.map_or_else(String::new, |mark| {
            format!(", thousands = {}", quoted(&mark.to_string()))
        });
        let decimal = quoted(&decimal.to_string());
        writeln!(text, "numbers = {{ decimal = {decimal}{thousands} }}")
            .expect("a String takes all");
    }
    text
}
