//! What a table of a folder offers: the block that was drafted for it, its measures one by one, and the
//! texts that say what they are about.

use toml::{Table, Value};

use super::vocabulary;
use crate::ingest::fold;
use crate::inspect::portrait::{ColumnPortrait, Numbers, Portrait, TablePortrait};
use crate::inspect::sketch::EVERY_SHEET;
use crate::language::Period;
use crate::register::UNIT;

/// The share of rows of a list that name a unit.
const RECOGNISED: f64 = 0.9;

/// A table of a file that can be a source.
#[derive(Clone, Debug)]
pub(super) struct Offer {
    /// The path of its file, as it was looked at.
    pub(super) path: String,
    /// Files of the same kind that are read as one with it, when there are any.
    pub(super) alike: Vec<String>,
    /// How many areas it has.
    pub(super) areas: usize,
    /// The drafted block, without its id, its file and its measures.
    pub(super) block: Table,
    /// The level of its areas.
    pub(super) level: String,
    pub(super) measures: Vec<Offered>,
    /// Folded texts that say what the whole table is about.
    pub(super) title: String,
    pub(super) sheet: String,
    pub(super) name: String,
    /// Year and month that the table as a whole is of.
    pub(super) period: Option<Period>,
    /// What the draft says of itself.
    pub(super) notes: Vec<String>,
}

/// A measure that a table offers.
#[derive(Clone, Debug)]
pub(super) struct Offered {
    /// Its column or its labels, as people name it.
    pub(super) shown: String,
    /// The same, folded, with everything that says what it is.
    pub(super) header: String,
    /// What the draft declares of it.
    pub(super) declared: Table,
    /// Whether all its numbers are whole; `None` when they were not looked at.
    pub(super) whole: Option<bool>,
    /// The largest of its numbers.
    pub(super) greatest: Option<f64>,
    /// Texts among its numbers, with how often.
    pub(super) marks: Vec<(String, usize)>,
    /// Year and month that its header names.
    pub(super) period: Option<Period>,
}

impl Offer {
    /// Whether it is a list of units that were chosen or paid before.
    pub(super) fn is_list(&self) -> bool {
        let key = self.block.get("key").and_then(Value::as_table);
        let of_units = key.is_some_and(|key| key.contains_key("code") || key.contains_key("name"));
        let texts = [&self.name, &self.title, &self.sheet];
        of_units && texts.into_iter().any(|text| vocabulary::is_list(text))
    }

    /// The files that it is read from.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        let own = self.alike.is_empty().then_some(&self.path);
        self.alike.iter().chain(own).map(String::as_str)
    }
}

/// The offers of a file: one for each block that was drafted.
pub(super) fn offers(portrait: &Portrait) -> Vec<Offer> {
    let of_table = |table: &TablePortrait| {
        if table.draft.stands {
            blocks(portrait, table)
        } else {
            bare_list(portrait, table).into_iter().collect()
        }
    };
    portrait.tables().flat_map(of_table).collect()
}

/// A table that names units and says no more of them: nothing but a list can be made of it.
fn bare_list(portrait: &Portrait, table: &TablePortrait) -> Option<Offer> {
    let best = table.keys.first().filter(|key| key.level == UNIT && key.rate() >= RECOGNISED)?;
    let mut key = Table::new();
    for column in &best.columns {
        let name = if column.header.is_empty() { &column.letters } else { &column.header };
        key.insert(column.role.clone(), Value::from(name.as_str()));
    }
    let sheet = table.sheet.iter().map(|sheet| ("sheet".to_owned(), Value::from(sheet.as_str())));
    let block = sheet.chain([("key".to_owned(), Value::Table(key))]).collect();
    Some(offer(portrait, table, block)).filter(Offer::is_list)
}

fn blocks(portrait: &Portrait, table: &TablePortrait) -> Vec<Offer> {
    let Ok(draft) = table.draft.toml.parse::<Table>() else { return Vec::new() };
    let blocks = draft.get("source").and_then(Value::as_array);
    blocks
        .into_iter()
        .flatten()
        .filter_map(|block| Some(offer(portrait, table, block.as_table()?.clone())))
        .collect()
}

fn offer(portrait: &Portrait, table: &TablePortrait, mut block: Table) -> Offer {
    for known in ["id", "file"] {
        block.remove(known);
    }
    let declared = block.remove("measure");
    let measures = declared.as_ref().and_then(Value::as_array);
    let measures = measures.into_iter().flatten().filter_map(Value::as_table);
    let is_tempo = block.get("layout").and_then(Value::as_str) == Some("tempo");
    let measures: Vec<Offered> = measures
        .flat_map(|declared| {
            if is_tempo { by_labels(declared, table) } else { vec![by_column(declared, table)] }
        })
        .collect();
    let name = file_name(&portrait.path);
    let dimensions = if is_tempo { dimensions(table) } else { String::new() };
    let title = fold(&format!("{} {dimensions}", table.above.join(" ")));
    let sheet = fold(table.sheet.as_deref().unwrap_or_default());
    let name = fold(name);
    let period = [&sheet, &name, &title].into_iter().find_map(|text| Period::newest_in(text));
    let is_whole_book = block.get("sheet").and_then(Value::as_str) == Some(EVERY_SHEET);
    let areas = match table.keys.first() {
        Some(key) if !is_whole_book => key.areas,
        _ => table.draft.areas,
    };
    Offer {
        level: level(&block),
        path: portrait.path.clone(),
        alike: Vec::new(),
        areas,
        block,
        measures,
        title,
        sheet,
        // people part the words of a file's name with anything
        name: name.replace(['_', '-', '.', '+'], " "),
        period,
        notes: table
            .draft
            .notes
            .iter()
            .map(|note| note.text.text(portrait.language).to_owned())
            .collect(),
    }
}

/// The last part of a path.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The level that a block measures: as declared, else as its key names it, else the units.
fn level(block: &Table) -> String {
    let declared = block.get("level").and_then(Value::as_str);
    let key = block.get("key").and_then(Value::as_table);
    let of_unit =
        |key: &&Table| ["code", "glued", "name"].iter().any(|role| key.contains_key(*role));
    let of_key = key.filter(|key| !of_unit(key)).and_then(|key| key.keys().next());
    declared.or(of_key.map(String::as_str)).unwrap_or(UNIT).to_owned()
}

/// The names of the dimensions of a TEMPO file, with its unit of measurement.
fn dimensions(table: &TablePortrait) -> String {
    let names: Vec<&str> = table.columns.iter().map(|column| column.header.as_str()).collect();
    names.join(" ")
}

fn by_column(declared: &Table, table: &TablePortrait) -> Offered {
    let named = declared.get("column").map(|column| match column {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    });
    let named = named.unwrap_or_default();
    let is_it = |column: &&ColumnPortrait| {
        column.header == named || column.letters == named || column.number.to_string() == named
    };
    let by_header = table.columns.iter().find(|column| column.header == named);
    let portrait = by_header.or_else(|| table.columns.iter().find(is_it));
    let shown = match portrait {
        Some(column) if !column.header.is_empty() => column.header.clone(),
        _ => named,
    };
    let marks = portrait.map(|column| column.marks.as_slice()).unwrap_or_default();
    Offered {
        header: fold(&shown),
        period: Period::newest_in(&fold(&shown)),
        shown,
        declared: declared.clone(),
        whole: portrait.map(|column| column.numbers.as_ref().is_some_and(is_whole)),
        greatest: portrait.and_then(|column| Some(column.numbers.as_ref()?.greatest)),
        marks: marks.iter().map(|mark| (mark.text.clone(), mark.count)).collect(),
    }
}

/// Whether numbers are whole; those that can be read in two ways are where their mark parts thousands.
fn is_whole(numbers: &Numbers) -> bool {
    numbers.whole || numbers.open.is_some()
}

/// The measure of labels that was drafted; where it takes all ages, children beside it.
fn by_labels(declared: &Table, table: &TablePortrait) -> Vec<Offered> {
    let drafted = labelled(declared.clone(), table);
    let age = |name: &str| fold(name).contains("varst");
    let labels = declared.get("where").and_then(Value::as_table);
    let all_ages = labels.into_iter().flatten().find(|(name, label)| {
        age(name) && label.as_str().is_some_and(|label| fold(label).starts_with("total"))
    });
    let Some((name, _)) = all_ages else { return vec![drafted] };
    let mut children = declared.clone();
    if let Some(Value::Table(labels)) = children.get_mut("where") {
        labels.insert(name.clone(), Value::from("0-17"));
    }
    vec![drafted, labelled(children, table)]
}

fn labelled(declared: Table, table: &TablePortrait) -> Offered {
    let labels = declared.get("where").and_then(Value::as_table);
    let texts: Vec<&str> =
        labels.into_iter().flatten().filter_map(|(_, label)| label.as_str()).collect();
    let shown = texts.join(", ");
    let folded: Vec<String> = texts.iter().map(|label| fold(label)).collect();
    let periods: Vec<Period> = folded.iter().filter_map(|label| Period::newest_in(label)).collect();
    // The unit is no label of a measure, but says what its numbers are.
    let mut headers = table.columns.iter().map(|column| fold(&column.header));
    let is_percent = headers.any(|header| header.starts_with("um") && header.contains("procent"));
    Offered {
        header: format!("{}{}", folded.join(" "), if is_percent { " %" } else { "" }),
        shown,
        period: periods.into_iter().max(),
        whole: None,
        greatest: None,
        marks: Vec::new(),
        declared,
    }
}
