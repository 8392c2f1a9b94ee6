//! What a letter says of a number, in its language: the value, what was counted, and the cells in which
//! it stands.

use std::collections::BTreeSet;

use super::Explanation;
use super::measures::{MeasureAccount, SourceCell};
use super::nodes::NodeAccount;
use crate::language::{Language, Noun, Words, trimmed};
use crate::message::explain as message;
use crate::message::labels;
use crate::message::selection::reasons;
use crate::quality::Message;
use crate::register::{NATIONAL, UNIT};

/// An account on its way to a page in one language.
pub(super) struct Page<'a> {
    pub(super) it: &'a Explanation,
    pub(super) language: Language,
}

impl Page<'_> {
    pub(super) fn text<'m>(&self, message: &'m Message) -> &'m str {
        message.text(self.language)
    }

    /// What a component measured of this unit.
    pub(super) fn own(node: &NodeAccount) -> Message {
        let value = node.steps.first().and_then(|step| step.shown.value);
        Self::value(node, node.word.as_deref(), value, 2)
    }

    /// A value of a component with its unit of measure, or its word.
    pub(super) fn value(
        node: &NodeAccount,
        word: Option<&str>,
        value: Option<f64>,
        decimals: usize,
    ) -> Message {
        let unit = |language: Language| {
            node.unit.as_ref().map_or_else(String::new, |unit| format!(" {}", unit.text(language)))
        };
        match (word, value) {
            (Some(word), _) => worded(word),
            (None, Some(value)) => {
                let number = Message::number(value, decimals);
                number.and(&unit(Language::En), &unit(Language::Ro))
            }
            (None, None) => message::no_value(),
        }
    }

    /// For whom a component was measured, what was counted, and in which cells it stands. The cells of a
    /// count are told once in a letter: `cited` holds the measures whose cells were.
    pub(super) fn origin(&self, node: &NodeAccount, cited: &mut BTreeSet<String>) -> Vec<String> {
        let mut told = Vec::new();
        if node.above_unit {
            let area = area(&node.level, &node.area);
            told.push(self.text(&message::measured_for(&area)).to_owned());
        }
        let mut cells = Vec::new();
        for measure in &node.measures {
            let is_first = cited.insert(measure.name.clone());
            match self.counted(measure, is_first) {
                Some(counted) => told.push(counted),
                None => cells.extend(self.cited(measure).filter(|_| is_first)),
            }
        }
        if !cells.is_empty() {
            let cells = Message::same(cells.join("; "));
            told.push(self.text(&message::source(&cells)).to_owned());
        }
        told
    }

    /// A count with its cells: `406 copii (suma a 18 celule, G235–G1952, inputs/pop.csv)`.
    fn counted(&self, measure: &MeasureAccount, with_cells: bool) -> Option<String> {
        let noun = measure.noun.as_ref()?;
        let count = if measure.is_small {
            self.text(&message::small_count(&several(noun))).to_owned()
        } else {
            things(noun, measure.value?, self.language)
        };
        Some(match self.cited(measure).filter(|_| with_cells) {
            Some(cells) => format!("{count} ({cells})"),
            None => count,
        })
    }

    /// The cells of a measure: one with what is written there, several by their number.
    fn cited(&self, measure: &MeasureAccount) -> Option<String> {
        let (first, count) = (measure.cells.first()?, measure.cells.len() + measure.more_cells);
        if count == 1 {
            return Some(self.cell(first));
        }
        let files: BTreeSet<(&str, Option<&str>)> =
            measure.cells.iter().map(|cell| (&*cell.file, cell.sheet.as_deref())).collect();
        let last = measure.cells.last()?;
        if files.len() == 1 && measure.more_cells == 0 {
            let sum = message::sum_of_cells(&message::cells(count), &first.cell, &last.cell);
            return Some(format!("{}, {}", self.text(&sum), self.file(first)));
        }
        if measure.more_cells > 0 {
            return None;
        }
        let sum = message::sum_of_files(&message::cells(count), &message::files(files.len()));
        Some(self.text(&sum).to_owned())
    }

    fn file(&self, cell: &SourceCell) -> String {
        let sheet = cell.sheet.as_ref().map(|sheet| message::sheet(sheet));
        let sheet = sheet.map_or_else(String::new, |it| format!(", {}", self.text(&it)));
        format!("{}{sheet}", cell.file)
    }

    fn cell(&self, cell: &SourceCell) -> String {
        let written = cell.written.as_ref().map_or_else(String::new, |text| match self.language {
            Language::Ro => format!(" („{}”)", text.trim()),
            Language::En => format!(" (“{}”)", text.trim()),
        });
        let name = message::cell(&cell.cell);
        format!("{}, {}{written}", self.file(cell), self.text(&name))
    }
}

/// Kinds of units in words; other words as they are.
pub(super) fn worded(word: &str) -> Message {
    let known = labels::KINDS.iter().find(|(kind, _)| *kind == word);
    known.map_or_else(|| Message::same(word), |(_, it)| words(*it))
}

/// An area of a level.
pub(super) fn area(level: &str, area: &str) -> Message {
    match level {
        NATIONAL => message::whole_country(),
        UNIT => Message::same(area),
        _ => reasons::group(level, area).name,
    }
}

/// What a noun calls several.
fn several(noun: &Noun) -> Message {
    Message { en: noun.en[1].clone(), ro: noun.ro[1].clone() }
}

/// So many things, in whole numbers where they are whole.
pub(super) fn things(noun: &Noun, value: f64, language: Language) -> String {
    // the text of a whole number reads back as one
    if let Ok(count) = value.to_string().parse() {
        return noun.counted(count, language);
    }
    let [_, many] = match language {
        Language::Ro => &noun.ro,
        Language::En => &noun.en,
    };
    format!("{} {many}", trimmed(value, 2, language))
}

/// Fixed words as a message.
pub(super) fn words(words: Words) -> Message {
    Message { en: words.en.to_owned(), ro: words.ro.to_owned() }
}
