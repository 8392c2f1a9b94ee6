//! Joins the rows of a page to the register by one choice of key columns.

use std::collections::BTreeMap;

use super::failures::{Gathered, Remarked};
use super::portrait::{KeyColumn, KeyPortrait, RowCount};
use crate::ingest::{
    GridRow, Header, HeaderColumn, KeyColumns, Page, Recogniser, Remark, Subject, short, trim,
};
use crate::message;
use crate::quality::column_letters;
use crate::register::{Matcher, RowClass, UNIT};

/// Rows that name no area are looked at up to this number.
const MOST_REFUSED: usize = 5_000;
/// Rows are looked up to this number: many more than the register has units and villages.
const MOST_LOOKED_UP: usize = 200_000;
/// Labels that are remembered, so that they are looked up once.
const MOST_LABELS: usize = 20_000;
/// The most examples kept of anything.
const EXAMPLES: usize = 3;

/// Columns that together may say which area a row is about; columns count from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct KeyChoice {
    pub(super) code: Option<u32>,
    pub(super) glued: Option<u32>,
    pub(super) name: Option<u32>,
    pub(super) county: Option<u32>,
    pub(super) area: Option<u32>,
    pub(super) level: String,
}

impl KeyChoice {
    /// What kind of key it is.
    pub(super) fn kind(&self) -> &'static str {
        if self.code.is_some() {
            "code"
        } else if self.glued.is_some() {
            "glued"
        } else if self.area.is_some() {
            "label"
        } else {
            "name"
        }
    }

    /// The column that speaks first.
    pub(super) fn leading(&self) -> u32 {
        self.code.or(self.glued).or(self.area).or(self.name).unwrap_or(1)
    }

    /// Its columns with their roles.
    pub(super) fn columns(&self) -> Vec<(String, u32)> {
        let own = [
            ("code", self.code),
            ("glued", self.glued),
            ("name", self.name),
            ("county", self.county),
        ];
        let mut columns: Vec<(String, u32)> =
            own.into_iter().filter_map(|(role, column)| Some((role.to_owned(), column?))).collect();
        columns.extend(self.area.map(|column| (self.level.clone(), column)));
        columns
    }
}

/// Rows of a page joined to the register by one key.
pub(super) struct Join {
    pub(super) choice: KeyChoice,
    /// What each row of the page is about, in the order of the page.
    pub(super) subjects: Vec<Subject>,
    failures: Gathered,
    near: usize,
    aliases: usize,
    areas: BTreeMap<usize, usize>,
    /// Whether the rows behind some are not joined, because there are too many.
    pub(super) cut: bool,
    /// Labels that are areas without doubt.
    labels: BTreeMap<String, usize>,
    looked_up: usize,
    of: usize,
}

/// Joins all rows of a page.
pub(super) fn join(page: &Page, choice: KeyChoice, matcher: &Matcher<'_>) -> Join {
    let recogniser = Recogniser { matcher, level: &choice.level };
    let mut joined = Join {
        subjects: Vec::with_capacity(page.grid.len()),
        failures: Gathered::default(),
        near: 0,
        aliases: 0,
        areas: BTreeMap::new(),
        cut: false,
        labels: BTreeMap::new(),
        looked_up: 0,
        of: matcher.register().level(&choice.level).map_or(0, |level| level.areas.len()),
        choice: KeyChoice::default(),
    };
    let mut refused = 0;
    for row in page.grid.rows_from(0) {
        // What is no table of areas is not looked at to its end.
        if refused > MOST_REFUSED || joined.looked_up >= MOST_LOOKED_UP {
            break;
        }
        let subject = joined.row(&row, &choice, &recogniser);
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
    ) -> Subject {
        let KeyChoice { code, name, county, glued, area, .. } = *choice;
        // Labels in long form stand in many rows each.
        let label = glued.or(area).map(|column| short(row.cell(column).text()));
        if let Some(&area) = label.as_deref().and_then(|label| self.labels.get(label)) {
            *self.areas.entry(area).or_default() += 1;
            return Subject::Area(area);
        }
        self.looked_up += 1;
        let key = KeyColumns { code, period: None, name, county, glued, area };
        let recognised = recogniser.row(row, &key);
        if let Subject::Area(area) = recognised.subject {
            *self.areas.entry(area).or_default() += 1;
            let no_doubt = |remark: &Remark| remark.rule.id == message::ingest::FALLBACK_MATCH.id;
            if let Some(label) = label
                && self.labels.len() < MOST_LABELS
                && recognised.remarks.iter().all(no_doubt)
            {
                self.labels.insert(label.into_owned(), area);
            }
        }
        for remark in &recognised.remarks {
            self.near += usize::from(remark.rule.id == message::ingest::NEAR_MATCH.id);
            self.aliases += usize::from(remark.rule.id == message::ingest::ALIAS_USED.id);
            self.failures.add(&Remarked { row: self.subjects.len(), number: row.number() }, remark);
        }
        recognised.subject
    }

    fn rows_that(&self, is: fn(&Subject) -> bool) -> usize {
        self.subjects.iter().filter(|subject| is(subject)).count()
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

    /// How it went, for rows from position `from` to before `to`.
    pub(super) fn portrait(&self, header: &Header, (from, to): (usize, usize)) -> KeyPortrait {
        let inside = &self.subjects[from.min(self.subjects.len())..to.min(self.subjects.len())];
        let count = |is: fn(&Subject) -> bool| inside.iter().filter(|s| is(s)).count();
        let recognised = count(|subject| matches!(subject, Subject::Area(_)));
        let refused = count(|subject| *subject == Subject::Refused);
        KeyPortrait {
            kind: self.choice.kind(),
            level: self.choice.level.clone(),
            columns: self
                .choice
                .columns()
                .into_iter()
                .map(|(role, column)| KeyColumn {
                    role,
                    letters: column_letters(column),
                    header: label(header, column),
                })
                .collect(),
            rows: recognised + refused,
            recognised,
            areas: self.areas.len(),
            of: self.of,
            repeated: self.repeated(),
            near: self.near,
            aliases: self.aliases,
            failures: self.failures.within((from, to), EXAMPLES),
        }
    }

    /// The rows of a range by what they are about.
    pub(super) fn classes(&self, page: &Page, (from, to): (usize, usize)) -> Vec<RowCount> {
        let mut counts: BTreeMap<&'static str, RowCount> = BTreeMap::new();
        for at in from..to {
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
