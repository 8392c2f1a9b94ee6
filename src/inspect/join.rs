//! Joins the rows of a page to the register by one choice of key columns.

use std::collections::BTreeMap;
use std::ops::Range;

use super::portrait::{Failure, KeyColumn, KeyPortrait, RowCount};
use crate::ingest::{
    GridRow, Header, HeaderColumn, Heading, KeyColumns, KeyReader, Page, Recogniser, Remark,
    RowKey, Subject, TakenFrom, has_number, heading, short, trim,
};
use crate::message;
use crate::quality::{Message, column_letters};
use crate::register::{Matcher, RowClass, UNIT};
use crate::study::CountyFrom;

/// Rows that name no area are looked at up to this number.
const MOST_REFUSED: usize = 5_000;
/// Rows are looked up to this number: many more than the register has units and villages.
const MOST_LOOKED_UP: usize = 200_000;
/// Labels that are remembered, so that they are looked up once.
const MOST_LABELS: usize = 20_000;
/// The key of a source that says where the county of its names stands.
pub(super) const COUNTY_FROM: &str = "county_from";
/// The most examples shown of anything.
const EXAMPLES: usize = 3;

/// Columns that together may say which area a row is about; columns count from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct KeyChoice {
    pub(super) columns: KeyColumns,
    pub(super) level: String,
    /// Where the county of its names stands, when no column has it.
    pub(super) aside: Option<Aside>,
}

/// Where the county of names stands that no column has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Aside {
    /// The places that name it, the best first.
    pub(super) places: Vec<CountyFrom>,
    /// The county; nothing when each section names its own.
    pub(super) county: Option<String>,
}

impl KeyChoice {
    /// What kind of key it is.
    pub(super) fn kind(&self) -> &'static str {
        let KeyColumns { code, glued, area, .. } = self.columns;
        if code.is_some() {
            "code"
        } else if glued.is_some() {
            "glued"
        } else if area.is_some() {
            "label"
        } else {
            "name"
        }
    }

    /// The column that speaks first.
    pub(super) fn leading(&self) -> u32 {
        let KeyColumns { code, name, glued, area, .. } = self.columns;
        code.or(glued).or(area).or(name).unwrap_or(1)
    }

    /// Its columns with their roles.
    pub(super) fn roles(&self) -> Vec<(String, u32)> {
        let KeyColumns { code, name, county, glued, area, .. } = self.columns;
        let own = [("code", code), ("glued", glued), ("name", name), ("county", county)];
        let mut columns: Vec<(String, u32)> =
            own.into_iter().filter_map(|(role, column)| Some((role.to_owned(), column?))).collect();
        columns.extend(area.map(|column| (self.level.clone(), column)));
        columns
    }
}

/// Rows of a page joined to the register by one key.
pub(super) struct Join {
    pub(super) choice: KeyChoice,
    /// What each row of the page is about, in the order of the page.
    pub(super) subjects: Vec<Subject>,
    failures: Failures,
    near: usize,
    aliases: usize,
    areas: BTreeMap<usize, usize>,
    /// The column of a county that is written once for its block, where units need it.
    pub(super) filled: Option<u32>,
    /// Whether the rows behind some are not joined, because there are too many.
    pub(super) cut: bool,
    /// Labels that are areas without doubt.
    labels: BTreeMap<String, usize>,
    looked_up: usize,
    of: usize,
}

/// Joins all rows of a page.
pub(super) fn join(page: &Page, choice: KeyChoice, matcher: &Matcher<'_>) -> Join {
    let recogniser = Recogniser::at(matcher, &choice.level);
    let mut joined = Join {
        subjects: Vec::with_capacity(page.grid.len()),
        failures: Failures::default(),
        near: 0,
        aliases: 0,
        areas: BTreeMap::new(),
        filled: None,
        cut: false,
        labels: BTreeMap::new(),
        looked_up: 0,
        of: matcher.register().level(&choice.level).map_or(0, |level| level.areas.len()),
        choice: KeyChoice::default(),
    };
    let mut refused = 0;
    // a county that is written once for its block is drafted with `fill`
    let mut reader =
        KeyReader::new(&page.grid, choice.columns, choice.columns.county.into_iter().collect());
    let aside = choice.aside.as_ref();
    let mut county = aside.and_then(|aside| aside.county.clone());
    let is_section = aside.is_some_and(|aside| aside.county.is_none());
    for row in page.grid.rows_from(0) {
        // What is no table of areas is not looked at to its end.
        if refused > MOST_REFUSED || joined.looked_up >= MOST_LOOKED_UP {
            break;
        }
        match is_section.then(|| heading(matcher, &row)).flatten() {
            Some(Heading::County(name)) => {
                county = Some(name.to_owned());
                if !has_number(&row) {
                    joined.subjects.push(Subject::Other(RowClass::County));
                    continue;
                }
            }
            Some(Heading::Unknown) => county = None,
            None => {}
        }
        let mut key = reader.read(&row);
        if aside.is_some() {
            key = key.under(county.as_deref(), choice.leading());
        }
        let subject = joined.row(&row, &choice, &recogniser, &key);
        refused += usize::from(subject == Subject::Refused);
        joined.subjects.push(subject);
    }
    joined.cut = joined.subjects.len() < page.grid.len();
    joined.choice = choice;
    joined
}

impl Join {
    fn row(
        &mut self,
        row: &GridRow<'_>,
        choice: &KeyChoice,
        recogniser: &Recogniser<'_>,
        key: &RowKey<'_>,
    ) -> Subject {
        // Labels in long form stand in many rows each.
        let label = choice
            .columns
            .glued
            .or(choice.columns.area)
            .map(|column| short(row.cell(column).text()));
        if let Some(&area) = label.as_deref().and_then(|label| self.labels.get(label)) {
            *self.areas.entry(area).or_default() += 1;
            return Subject::Area(area);
        }
        self.looked_up += 1;
        let recognised = recogniser.row(row, key);
        if let Subject::Area(area) = recognised.subject {
            *self.areas.entry(area).or_default() += 1;
            let above = key.taken.iter().find(|(_, from)| *from == TakenFrom::Above);
            self.filled = self.filled.or(above.map(|(column, _)| *column));
            let no_doubt =
                |remark: &Remark| remark.finding.rule == message::ingest::FALLBACK_MATCH.id;
            if let Some(label) = label
                && self.labels.len() < MOST_LABELS
                && recognised.remarks.iter().all(no_doubt)
            {
                self.labels.insert(label.into_owned(), area);
            }
        }
        for remark in &recognised.remarks {
            self.near += usize::from(remark.finding.rule == message::ingest::NEAR_MATCH.id);
            self.aliases += usize::from(remark.finding.rule == message::ingest::ALIAS_USED.id);
            self.failures.add(&Remarked { row: self.subjects.len(), number: row.number() }, remark);
        }
        recognised.subject
    }

    fn rows_that(&self, is: fn(&Subject) -> bool) -> usize {
        self.subjects.iter().filter(|subject| is(subject)).count()
    }

    /// The areas named, by their positions in the level.
    pub(super) fn areas(&self) -> impl Iterator<Item = usize> {
        self.areas.keys().copied()
    }

    /// Rows that name an area.
    pub(super) fn recognised(&self) -> usize {
        self.rows_that(|subject| matches!(subject, Subject::Area(_)))
    }

    /// Different areas named.
    pub(super) fn distinct(&self) -> usize {
        self.areas.len()
    }

    /// How many rows an area has on average; 1 when every area stands once.
    pub(super) fn rows_an_area(&self) -> f64 {
        self.recognised() as f64 / self.areas.len().max(1) as f64
    }

    /// Areas that stand in more than one row.
    pub(super) fn repeated(&self) -> usize {
        self.areas.values().filter(|rows| **rows > 1).count()
    }

    /// Rows of that range of positions that should name an area, and do.
    pub(super) fn share(&self) -> f64 {
        let refused = self.rows_that(|subject| *subject == Subject::Refused);
        let recognised = self.recognised();
        recognised as f64 / (recognised + refused).max(1) as f64
    }

    /// The same from the first row that names an area: what stands above may be titles and a header.
    pub(super) fn share_below(&self) -> f64 {
        let below = self.subjects.iter().skip_while(|subject| !matches!(subject, Subject::Area(_)));
        let refused = below.filter(|subject| **subject == Subject::Refused).count();
        let recognised = self.recognised();
        recognised as f64 / (recognised + refused).max(1) as f64
    }

    /// How it went, for rows of a range of positions.
    pub(super) fn portrait(&self, header: &Header, range: &Range<usize>) -> KeyPortrait {
        let known = self.subjects.len();
        let inside = &self.subjects[range.start.min(known)..range.end.min(known)];
        let count = |is: fn(&Subject) -> bool| inside.iter().filter(|s| is(s)).count();
        let recognised = count(|subject| matches!(subject, Subject::Area(_)));
        let refused = count(|subject| *subject == Subject::Refused);
        KeyPortrait {
            kind: self.choice.kind(),
            level: self.choice.level.clone(),
            columns: self.key_columns(header),
            rows: recognised + refused,
            recognised,
            areas: self.areas.len(),
            of: self.of,
            repeated: self.repeated(),
            near: self.near,
            aliases: self.aliases,
            failures: self.failures.within(range, EXAMPLES),
        }
    }

    /// The columns of the key, and where else a part of it stands.
    fn key_columns(&self, header: &Header) -> Vec<KeyColumn> {
        let of_columns = self.choice.roles().into_iter().map(|(role, column)| KeyColumn {
            role,
            letters: column_letters(column),
            header: label(header, column),
        });
        let aside = self.choice.aside.iter().filter_map(|aside| aside.places.first());
        let aside = aside.map(|from| KeyColumn {
            role: COUNTY_FROM.to_owned(),
            letters: from.word().to_owned(),
            header: String::new(),
        });
        of_columns.chain(aside).collect()
    }

    /// The rows of a range by what they are about.
    pub(super) fn classes(&self, page: &Page, range: &Range<usize>) -> Vec<RowCount> {
        let mut counts: BTreeMap<&'static str, RowCount> = BTreeMap::new();
        for at in range.clone() {
            let class = match self.subjects.get(at) {
                Some(subject) => class_words(subject, &self.choice.level),
                None => ("not looked at, because there are too many", "99"),
            };
            let count = counts.entry(class.1).or_insert_with(|| RowCount {
                class: class.0,
                rows: 0,
                examples: Vec::new(),
            });
            count.rows += 1;
            if count.examples.len() < EXAMPLES {
                let text = row_text(&page.grid.row(at), self.choice.leading());
                if !text.is_empty() && !count.examples.contains(&text) {
                    count.examples.push(text);
                }
            }
        }
        counts.into_values().collect()
    }
}

/// The header of a column.
pub(super) fn label(header: &Header, column: u32) -> String {
    let found = header.columns.iter().find(|known| known.column == column);
    found.map(HeaderColumn::label).unwrap_or_default()
}

/// The text of a cell, else the first text of the row.
fn row_text(row: &GridRow<'_>, column: u32) -> String {
    let own = trim(&short(row.cell(column).text())).to_owned();
    if !own.is_empty() {
        return own;
    }
    row.cells()
        .map(|(_, cell)| trim(&short(cell.text())).to_owned())
        .find(|text| !text.is_empty())
        .unwrap_or_default()
}

/// A class in words, and the key by which classes are ordered.
fn class_words(subject: &Subject, level: &str) -> (&'static str, &'static str) {
    match subject {
        Subject::Area(_) if level == UNIT => ("units", "0"),
        Subject::Area(_) => ("areas of the level", "0"),
        Subject::Refused => ("not recognised", "1"),
        Subject::Total(class, _) | Subject::Part(class, _) | Subject::Other(class) => match class {
            RowClass::Unit => ("units, smaller than the level", "2"),
            RowClass::Village => ("villages", "3"),
            RowClass::Sector => ("sectors of Bucharest", "4"),
            RowClass::County => ("county rows", "5"),
            RowClass::Region => ("region or macroregion rows", "6"),
            RowClass::National => ("national rows", "7"),
            RowClass::Note => ("notes and headings", "8"),
            RowClass::Blank => ("blank rows", "9"),
        },
    }
}

/// Rules about rows that are recognised without any doubt.
const NO_DOUBT: [&str; 2] = [message::ingest::FALLBACK_MATCH.id, message::ingest::ALIAS_USED.id];

/// A row that was remarked on: its position on the page and its number for people.
struct Remarked {
    row: usize,
    number: u32,
}

/// Remarks by rule, with the positions of their rows.
#[derive(Default)]
struct Failures {
    rules: Vec<(&'static str, Vec<(usize, Message)>)>,
}

impl Failures {
    /// Takes a remark in.
    fn add(&mut self, at: &Remarked, remark: &Remark) {
        if NO_DOUBT.contains(&remark.finding.rule) {
            return;
        }
        let finding = &remark.finding;
        let row = message::inspect::remark(at.number, &finding.message);
        let text = match &finding.hint {
            Some(hint) => message::inspect::with_advice(&row, hint),
            None => row,
        };
        match self.rules.iter_mut().find(|(rule, _)| *rule == finding.rule) {
            Some((_, rows)) => rows.push((at.row, text)),
            None => self.rules.push((finding.rule, vec![(at.row, text)])),
        }
    }

    /// The failures of rows in a range of positions, the most frequent first, each with the first
    /// few texts.
    fn within(&self, range: &Range<usize>, examples: usize) -> Vec<Failure> {
        let mut failures: Vec<Failure> = self
            .rules
            .iter()
            .filter_map(|(rule, rows)| {
                let inside = || rows.iter().filter(|(row, _)| range.contains(row));
                let count = inside().count();
                (count > 0).then(|| Failure {
                    rule,
                    rows: count,
                    examples: inside().take(examples).map(|(_, text)| text.clone()).collect(),
                })
            })
            .collect();
        failures.sort_by(|a, b| b.rows.cmp(&a.rows).then_with(|| a.rule.cmp(b.rule)));
        failures
    }
}
