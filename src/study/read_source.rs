//! From a `[[source]]` table to a checked [`Source`].

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::fields::{Fields, Item, any};
use super::problem::{Problems, position};
use super::shapes::{self, identifier, text, text_or_number};
use super::source::{
    Absent, Key, Layout, Marker, Measure, NumberFormat, Selection, SheetChoice, Source,
};
use super::spelling;
use crate::observation::{Counts, Nature};
use crate::register::{NATIONAL, UNIT};

/// Reads one source.
pub(super) fn source(mut fields: Fields<'_>, problems: &mut Problems) -> Option<Source> {
    let at = fields.at();
    let (line, _) = position(problems.text(at.file), at.span.start);
    let id = fields.required("id", identifier, problems);
    let file = fields.required("file", shapes::input_path, problems);
    // a layout that could not be read is not known, and nothing is checked against it
    let layout = if fields.has("layout") {
        fields.optional("layout", layout, problems)
    } else {
        fields.optional("layout", layout, problems).or(Some(Layout::default()))
    };
    let sheet = fields.optional("sheet", sheet, problems);
    let header = fields.optional("header", header, problems);
    let key = fields.optional("key", key, problems);
    let level = level(&mut fields, key.as_ref(), problems);
    let publisher = fields.optional("publisher", text, problems);
    let reference = fields.optional("reference", text_or_number, problems);
    let concept = fields.optional("concept", text, problems);
    let series = fields.optional("series", text, problems);
    let encoding = fields.optional("encoding", encoding, problems);
    let delimiter = fields.optional("delimiter", shapes::character, problems);
    let numbers = fields.optional("numbers", numbers, problems);
    let outside = fields.optional("outside", shapes::texts, problems).unwrap_or_default();
    let missing = fields.optional("missing", missing, problems).unwrap_or_default();
    let sha256 = fields.optional("sha256", shapes::sha256, problems);
    let measures = if layout.is_none_or(Layout::measures) {
        measures(&mut fields, layout, problems)
    } else {
        no_measures(&mut fields, problems);
        Vec::new()
    };
    if let Some(item) = fields.item("columns") {
        let hint = "a measure names its own `column`".to_owned();
        item.error("only lists have `columns`", Some(hint), problems);
    }
    key_fits(&fields, layout, key.as_ref().map(|(key, _)| key), problems);
    if layout == Some(Layout::Table) && level != NATIONAL {
        needs_key(&fields, problems);
    }
    fields.finish(problems);
    Some(Source {
        id: id?,
        file: file?,
        line,
        layout: layout?,
        sheet,
        header,
        key: key.map(|(key, _)| key),
        level,
        publisher,
        reference,
        concept,
        series,
        encoding,
        delimiter,
        numbers,
        outside,
        missing,
        sha256,
        measures,
    })
}

fn needs_key(fields: &Fields<'_>, problems: &mut Problems) {
    if !fields.has("key") && !problems.is_broken(fields.at().file) {
        let hint = "for example `key = { code = \"SIRUTA\" }`, `{ glued = … }`, \
                    `{ name = …, county = … }` or `{ county = … }`";
        let message = "a source with the layout `table` needs a `key`: how does a row say which \
                       area it is about?";
        problems.error(&fields.at(), message, Some(hint.to_owned()));
    }
}

/// The layout of a source of measures. Lists have others, and are not read here.
fn layout(item: &Item<'_>, problems: &mut Problems) -> Option<Layout> {
    let word = text(item, problems)?;
    match word.as_str() {
        "table" => Some(Layout::Table),
        "tempo" => Some(Layout::Tempo),
        "boundaries" => Some(Layout::Boundaries),
        _ => {
            let known =
                ["table", "tempo", "boundaries", "units", "borders", "decisions", "selection"];
            let hint = spelling::suggest(&word, known);
            item.error(format!("unknown word `{word}`"), hint, problems);
            None
        }
    }
}

pub(super) fn sheet(item: &Item<'_>, problems: &mut Problems) -> Option<SheetChoice> {
    match item.get() {
        DeValue::Integer(_) => positive(item, problems).map(SheetChoice::Number),
        _ => text(item, problems).map(SheetChoice::Name),
    }
}

fn positive(item: &Item<'_>, problems: &mut Problems) -> Option<u32> {
    let number: i64 = item.read(problems)?;
    let number = u32::try_from(number).ok().filter(|number| *number > 0);
    if number.is_none() {
        item.error("rows and sheets count from 1", None, problems);
    }
    number
}

fn header(item: &Item<'_>, problems: &mut Problems) -> Option<Vec<u32>> {
    let Some(items) = item.as_array() else { return positive(item, problems).map(|row| vec![row]) };
    if !shapes::not_empty(item, &items, problems) {
        return None;
    }
    let rows: Option<Vec<u32>> = items.iter().map(|each| positive(each, problems)).collect();
    let rows = rows?;
    if rows.windows(2).any(|pair| pair[0] >= pair[1]) {
        item.error("header rows go from top to bottom", None, problems);
        return None;
    }
    Some(rows)
}

/// How rows name their area, and the level that this implies.
fn key(item: &Item<'_>, problems: &mut Problems) -> Option<(Key, Option<String>)> {
    let mut fields = item.table("`key`", problems)?;
    let key = if fields.has("code") {
        let code = fields.required("code", text_or_number, problems);
        let name = fields.optional("name", text_or_number, problems);
        let county = fields.optional("county", text_or_number, problems);
        let period = fields.optional("period", text_or_number, problems);
        code.map(|code| (Key::Code { code, name, county, period }, None))
    } else if fields.has("glued") {
        let column = fields.required("glued", text_or_number, problems);
        column.map(|column| (Key::Glued(column), None))
    } else if fields.has("name") {
        let name = fields.required("name", text_or_number, problems);
        let county = fields.required("county", text_or_number, problems);
        name.zip(county).map(|(name, county)| (Key::Name { name, county }, None))
    } else {
        let rest = fields.rest();
        if let [(level, _, column)] = rest.as_slice() {
            text_or_number(column, problems)
                .map(|column| (Key::Area(column), Some((*level).to_owned())))
        } else {
            let hint = "one of `{ code = … }`, `{ glued = … }`, `{ name = …, county = … }`, \
                        `{ county = … }` or another level with its column";
            item.error("this key does not say one area", Some(hint.to_owned()), problems);
            None
        }
    };
    fields.finish(problems);
    key
}

/// A source of polygons measures nothing.
fn no_measures(fields: &mut Fields<'_>, problems: &mut Problems) {
    if let Some(item) = fields.item("measure") {
        let hint = "leave `measure` out, or read the numbers as another source";
        item.error("this layout holds no measures", Some(hint.to_owned()), problems);
    }
}

/// Polygons are read by the key of a unit.
fn key_fits(
    fields: &Fields<'_>,
    layout: Option<Layout>,
    key: Option<&Key>,
    problems: &mut Problems,
) {
    let fits = match (layout, key) {
        (Some(Layout::Boundaries), Some(key)) => {
            matches!(key, Key::Code { period: None, .. } | Key::Name { .. } | Key::Glued(_))
        }
        // a key that could not be read was told already
        (Some(Layout::Boundaries), None) => fields.has("key"),
        (Some(Layout::Table | Layout::Tempo) | None, _) => true,
    };
    if !fits && !problems.is_broken(fields.at().file) {
        let place = if fields.has("key") { fields.at_key("key") } else { fields.at() };
        let message = "a source with the layout `boundaries` needs the `key` of a unit: which \
                       properties hold its code or name?";
        let hint = "for example `key = { code = \"natcode\", name = \"name\" }`";
        problems.error(&place, message, Some(hint.to_owned()));
    }
}

/// The level that is measured: as declared, else as the key says, else the units.
fn level(
    fields: &mut Fields<'_>,
    key: Option<&(Key, Option<String>)>,
    problems: &mut Problems,
) -> String {
    let declared = fields.optional("level", identifier, problems);
    let implied = key.and_then(|(_, level)| level.clone());
    if let (Some(declared), Some(implied)) = (&declared, &implied)
        && declared != implied
    {
        let message = format!("the level is `{declared}` and the key names a `{implied}`");
        problems.error(&fields.at_key("level"), message, None);
    }
    declared.or(implied).unwrap_or_else(|| UNIT.to_owned())
}

fn encoding(item: &Item<'_>, problems: &mut Problems) -> Option<String> {
    let label = text(item, problems)?;
    if encoding_rs::Encoding::for_label(label.as_bytes()).is_some() {
        return Some(label);
    }
    let known = ["utf-8", "windows-1250", "iso-8859-2", "iso-8859-16", "windows-1252", "utf-16le"];
    item.error(format!("unknown encoding `{label}`"), spelling::suggest(&label, known), problems);
    None
}

fn numbers(item: &Item<'_>, problems: &mut Problems) -> Option<NumberFormat> {
    let mut fields = item.table("`numbers`", problems)?;
    let decimal = fields.required("decimal", shapes::character, problems);
    let thousands = fields.optional("thousands", shapes::character, problems);
    let (decimal_at, thousands_at) = (fields.at_key("decimal"), fields.at_key("thousands"));
    fields.finish(problems);
    let decimal = decimal?;
    if !matches!(decimal, '.' | ',') {
        problems.error(&decimal_at, "the decimal mark is `.` or `,`", None);
        return None;
    }
    if let Some(mark) = thousands {
        if !matches!(mark, '.' | ',' | ' ' | '\'' | '\u{a0}' | '\u{202f}' | '’') {
            let message = "the thousands mark is `.`, `,`, a space or `'`";
            problems.error(&thousands_at, message, None);
            return None;
        }
        if mark == decimal {
            problems.error(&thousands_at, "both marks are the same", None);
            return None;
        }
    }
    Some(NumberFormat { decimal, thousands })
}

fn missing(item: &Item<'_>, problems: &mut Problems) -> Option<BTreeMap<String, Marker>> {
    let mut fields = item.table("`missing`", problems)?;
    let marks = fields.rest();
    Some(
        marks
            .into_iter()
            .filter_map(|(text, _, item)| Some((text.to_owned(), item.read(problems)?)))
            .collect(),
    )
}

fn measures(
    fields: &mut Fields<'_>,
    layout: Option<Layout>,
    problems: &mut Problems,
) -> Vec<Measure> {
    let tables = fields.tables("measure", "`[[source.measure]]`", problems);
    match fields.peek("measure") {
        None => fields.missing("measure", problems),
        Some(item) if item.as_array().is_some_and(|list| list.is_empty()) => {
            item.error("this list is empty", None, problems);
        }
        Some(_) => {}
    }
    let mut measures: Vec<Measure> = Vec::new();
    for table in tables {
        let at = table.at_key("id");
        let Some(measure) = measure(table, layout, problems) else { continue };
        if measures.iter().any(|known| known.id == measure.id) {
            let message = format!("the measure `{}` is declared twice in this source", measure.id);
            problems.error(&at, message, None);
        } else {
            measures.push(measure);
        }
    }
    measures
}

fn measure(
    mut fields: Fields<'_>,
    layout: Option<Layout>,
    problems: &mut Problems,
) -> Option<Measure> {
    let id = fields.required("id", identifier, problems);
    let nature = fields.required("nature", any::<Nature>, problems);
    let counts = fields.optional("counts", any::<Counts>, problems);
    if let Some(nature) = nature
        && counts.is_some()
        && nature != Nature::Count
    {
        let message = "`counts` says what a count counts, and this is not a count";
        let hint = "leave it out, or write `nature = \"count\"`".to_owned();
        problems.error(&fields.at_key("counts"), message, Some(hint));
    }
    let selection = selection(&mut fields, layout, problems);
    let absent = fields.optional("absent", any::<Absent>, problems).unwrap_or_default();
    if absent == Absent::Zero
        && let Some(nature) = nature
        && !nature.sums()
    {
        let message = "an absent row can mean zero for counts and amounts only";
        problems.error(&fields.at_key("absent"), message, None);
    }
    let numbers = fields.optional("numbers", numbers, problems);
    fields.finish(problems);
    Some(Measure { id: id?, nature: nature?, counts, selection: selection?, absent, numbers })
}

fn selection(
    fields: &mut Fields<'_>,
    layout: Option<Layout>,
    problems: &mut Problems,
) -> Option<Selection> {
    match (fields.item("column"), fields.item("where"), layout) {
        (Some(_), Some(item), _) => {
            let message = "a measure has either a `column` or a `where`, not both";
            item.error(message, None, problems);
            None
        }
        (None, None, _) => {
            let key = if layout == Some(Layout::Tempo) { "where" } else { "column" };
            fields.missing(key, problems);
            None
        }
        (Some(item), None, Some(Layout::Tempo)) => {
            let hint = "for example `where = { \"Sexe\" = \"Total\", \"Ani\" = \"2024\" }`";
            let message = "a TEMPO file has no column a measure: say `where`";
            item.error(message, Some(hint.to_owned()), problems);
            None
        }
        (None, Some(item), Some(Layout::Table)) => {
            let hint = "add `layout = \"tempo\"` to the source, or name a `column`";
            let message = "`where` chooses labels of a TEMPO file";
            item.error(message, Some(hint.to_owned()), problems);
            None
        }
        (Some(item), None, _) => text_or_number(&item, problems).map(Selection::Column),
        (None, Some(item), _) => dimensions(&item, problems).map(Selection::Where),
    }
}

/// Labels of each dimension.
fn dimensions(item: &Item<'_>, problems: &mut Problems) -> Option<BTreeMap<String, Vec<String>>> {
    let chosen = item.table("`where`", problems)?.rest();
    if chosen.is_empty() {
        item.error("this table is empty", None, problems);
    }
    let chosen = chosen.into_iter().filter_map(|(dimension, _, labels)| {
        Some((dimension.to_owned(), labels_of(&labels, problems)?))
    });
    Some(chosen.collect())
}

/// Labels of a dimension: a text, a whole number, a range `{ from = 0, to = 17 }`, or a list.
fn labels_of(item: &Item<'_>, problems: &mut Problems) -> Option<Vec<String>> {
    if !matches!(item.get(), DeValue::Table(_)) {
        return shapes::texts(item, problems);
    }
    let mut range = item.table("this range", problems)?;
    let from = range.required("from", any::<u32>, problems);
    let to = range.required("to", any::<u32>, problems);
    range.finish(problems);
    let (from, to) = (from?, to?);
    if from > to {
        item.error("this range ends before it starts", None, problems);
        return None;
    }
    Some(vec![format!("{from}-{to}")])
}
