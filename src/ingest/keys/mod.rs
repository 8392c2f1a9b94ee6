//! Which area a row is about, from what stands in its key cells.

mod doubts;

use super::grid::{Content, GridRow};
use super::header::is_letter_row;
use super::labels::{short, trim};
use super::remarks::{At, Refused, Remark, look_for_damage};
use crate::message;
use crate::quality::{Message, message};
use crate::register::{AreaMatch, CodeMatch, Matcher, NameMatch, RowClass, UNIT};

/// The texts of the key cells of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeyTexts<'t> {
    /// The code.
    pub code: Option<&'t str>,
    /// The name.
    pub name: Option<&'t str>,
    /// The county beside it.
    pub county: Option<&'t str>,
    /// Code and name together.
    pub glued: Option<&'t str>,
    /// The label of an area of the source's level.
    pub area: Option<&'t str>,
}

/// The columns of the key, from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeyColumns {
    /// The code.
    pub code: Option<u32>,
    /// Joined with the code, for a panel.
    pub period: Option<u32>,
    /// The name.
    pub name: Option<u32>,
    /// The county beside it.
    pub county: Option<u32>,
    /// Code and name together.
    pub glued: Option<u32>,
    /// The label of an area of the source's level.
    pub area: Option<u32>,
}

impl KeyColumns {
    /// The column in which a remark's cell stands.
    pub(super) fn at(&self, at: At) -> u32 {
        let order = match at {
            At::Code => [self.code, self.glued, self.name, self.area],
            At::Name => [self.name, self.glued, self.area, self.code],
        };
        order.into_iter().flatten().next().unwrap_or(1)
    }
}

/// What a row is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// An area of the source's level: the row gives values.
    Area(usize),
    /// A printed total of a larger area; known when it could be told which.
    Total(RowClass, Option<(String, usize)>),
    /// A part of a unit (sector, village); with the position of the unit where it is known.
    Part(RowClass, Option<usize>),
    /// A note, a heading, a blank row.
    Other(RowClass),
    /// A row that should be an area and is none we know; the remarks say so.
    Refused,
}

/// A row's subject and the remarks on it.
#[derive(Clone, Debug)]
pub struct Recognised {
    /// What it is about.
    pub subject: Subject,
    /// What is to be told about that.
    pub remarks: Vec<Remark>,
}

/// Recognises the rows of one source.
#[derive(Clone, Copy)]
pub struct Recogniser<'m> {
    /// What recognises codes, names and labels.
    pub matcher: &'m Matcher<'m>,
    /// The level that the source measures.
    pub level: &'m str,
}

/// The first words of a row.
fn words<'g>(row: &GridRow<'g>) -> Option<&'g str> {
    row.cells().find_map(|(_, cell)| match cell {
        Content::Text(text) if text.contains(char::is_alphabetic) => Some(text),
        _ => None,
    })
}

/// Whether a row holds a number, stored as one or written.
fn has_number(row: &GridRow<'_>) -> bool {
    row.cells().any(|(_, cell)| match cell {
        Content::Number(_) => true,
        Content::Text(text) => {
            text.contains(|letter: char| letter.is_ascii_digit())
                && !text.contains(char::is_alphabetic)
        }
        _ => false,
    })
}

impl Recogniser<'_> {
    /// What a row is about, from the cells of its key columns.
    ///
    /// Where only a code is declared and a row has none, its first words tell what it is; a row with
    /// numbers whose key cells are all empty is refused, so that nobody is left out without a word.
    pub fn row(&self, row: &GridRow<'_>, key: &KeyColumns) -> Recognised {
        let nothing = |class| Recognised { subject: Subject::Other(class), remarks: Vec::new() };
        if row.is_blank() {
            return nothing(RowClass::Blank);
        }
        if is_letter_row(row) {
            return nothing(RowClass::Note);
        }
        let text = |column: Option<u32>| column.map(|column| short(row.cell(column).text()));
        let [code, name, county, glued, area, period] =
            [key.code, key.name, key.county, key.glued, key.area, key.period].map(text);
        let code = match (code, period) {
            (Some(code), Some(period)) => Some(format!("{}|{}", trim(&code), trim(&period)).into()),
            (code, _) => code,
        };
        let is_empty = |text: &str| trim(text).is_empty();
        let uncoded = code.as_deref().is_some_and(is_empty);
        let has_number = has_number(row);
        let name = match name {
            None if uncoded && has_number && county.as_deref().is_none_or(is_empty) => {
                words(row).map(|words| short(words.into()))
            }
            name => name,
        };
        let mut recognised = self.recognise(KeyTexts {
            code: code.as_deref(),
            name: name.as_deref(),
            county: county.as_deref(),
            glued: glued.as_deref(),
            area: area.as_deref(),
        });
        if recognised.subject != Subject::Other(RowClass::Blank) {
            return recognised;
        }
        recognised.subject = Subject::Other(RowClass::Note);
        if has_number {
            recognised.subject = Subject::Refused;
            recognised.remarks.push(Remark {
                rule: &message::ingest::UNKNOWN_NAME,
                message: message!(
                    "rows with numbers name no area: their key cells are empty",
                    "rânduri cu numere care nu numesc nicio arie: celulele-cheie sunt goale",
                ),
                hint: Some(message!(
                    "write the area into the file, or delete rows of subtotals",
                    "scrieți aria în fișier sau ștergeți rândurile de subtotal",
                )),
                unit: None,
                at: At::Code,
                refused: None,
            });
        }
        recognised
    }

    /// What a row with these key texts is about.
    pub fn recognise(&self, texts: KeyTexts<'_>) -> Recognised {
        let mut remarks = Vec::new();
        let subject = if let Some(glued) = texts.glued {
            self.glued(glued, texts.county, &mut remarks)
        } else if let Some(label) = texts.area {
            self.area(label, &mut remarks)
        } else if texts.code.is_some() {
            self.code(texts, &mut remarks)
        } else {
            self.name(texts, &mut remarks)
        };
        for text in [texts.name, texts.glued, texts.area].into_iter().flatten() {
            look_for_damage(text, &mut remarks);
        }
        Recognised { subject, remarks }
    }

    fn glued(&self, text: &str, county: Option<&str>, remarks: &mut Vec<Remark>) -> Subject {
        match self.matcher.split_glued(text) {
            Some((code, name)) => {
                let texts =
                    KeyTexts { code: Some(code), name: Some(name), county, ..KeyTexts::default() };
                self.code(texts, remarks)
            }
            None => {
                self.name(KeyTexts { name: Some(text), county, ..KeyTexts::default() }, remarks)
            }
        }
    }

    fn code(&self, texts: KeyTexts<'_>, remarks: &mut Vec<Remark>) -> Subject {
        let code = texts.code.unwrap_or_default();
        match self.matcher.code(code) {
            CodeMatch::Unit(unit, how) if self.level == UNIT => {
                self.compare(texts, unit, remarks);
                self.remark_how(&how, (code, At::Code), unit, remarks);
                Subject::Area(unit)
            }
            CodeMatch::Area { level, area } if level == self.level => Subject::Area(area),
            CodeMatch::Area { level, .. } => Subject::Total(class_of(&level), self.total(texts)),
            CodeMatch::Locality { parent, .. } => {
                let class = match self.class(texts) {
                    RowClass::Sector => RowClass::Sector,
                    _ => RowClass::Village,
                };
                Subject::Part(class, Some(parent))
            }
            CodeMatch::Unit(..) => Subject::Part(RowClass::Unit, None),
            CodeMatch::Unknown { control_digit_fits } => {
                self.unknown_code(texts, control_digit_fits, remarks)
            }
        }
    }

    fn unknown_code(
        &self,
        texts: KeyTexts<'_>,
        control_digit_fits: bool,
        remarks: &mut Vec<Remark>,
    ) -> Subject {
        let code = trim(texts.code.unwrap_or_default());
        if let Some(subject) = self.not_an_area(texts) {
            return subject;
        }
        // A county source may write the county's name where a code is declared.
        if self.level != UNIT
            && let AreaMatch::Area(area, _) = self.matcher.area(self.level, code)
        {
            return Subject::Area(area);
        }
        remarks.push(self.no_such_code(texts, control_digit_fits));
        Subject::Refused
    }

    fn class(&self, texts: KeyTexts<'_>) -> RowClass {
        self.matcher.row_class(texts.code, texts.name, texts.county)
    }

    /// The subject of a row that the register recognises as something else than a unit.
    fn not_an_area(&self, texts: KeyTexts<'_>) -> Option<Subject> {
        match self.class(texts) {
            RowClass::Unit => None,
            class @ (RowClass::Note | RowClass::Blank) => Some(Subject::Other(class)),
            class @ RowClass::Village => Some(Subject::Part(class, None)),
            class @ RowClass::Sector => Some(Subject::Part(class, self.capital())),
            class @ (RowClass::County | RowClass::Region | RowClass::National) => {
                if class == RowClass::County && self.level == "county" {
                    return None;
                }
                Some(Subject::Total(class, self.total(texts)))
            }
        }
    }

    /// The area above the level whose total a row is.
    fn total(&self, texts: KeyTexts<'_>) -> Option<(String, usize)> {
        if self.level == UNIT {
            return self.matcher.row_total(texts.code, texts.name, texts.county);
        }
        let labels = [texts.name, texts.code, texts.county].into_iter().flatten();
        labels.into_iter().find_map(|label| self.matcher.total_of(self.level, label))
    }

    /// The unit whose sectors are listed: Bucharest, the only one that has any.
    fn capital(&self) -> Option<usize> {
        match self.matcher.name("Municipiul București", Some("București")) {
            NameMatch::Unit(unit, _) => Some(unit),
            _ => None,
        }
    }

    fn name(&self, texts: KeyTexts<'_>, remarks: &mut Vec<Remark>) -> Subject {
        let name = trim(texts.name.unwrap_or_default());
        if let Some(subject) = self.not_an_area(texts) {
            return subject;
        }
        if self.level != UNIT {
            return self.area(name, remarks);
        }
        let county = texts.county.map(trim).filter(|county| !county.is_empty());
        let candidates = match self.matcher.name(name, county) {
            NameMatch::Unit(unit, how) => {
                self.remark_how(&how, (name, At::Name), unit, remarks);
                return Subject::Area(unit);
            }
            NameMatch::Ambiguous(units) => {
                let message = message!(
                    "`{name}` is the name of {count}",
                    "`{name}` este denumirea a {count}";
                    count = Message::counted(
                        units.len(),
                        ["unit", "units"],
                        ["unitate", "unități"],
                    ),
                );
                (&message::ingest::AMBIGUOUS_NAME, message, units)
            }
            NameMatch::Unknown(units) => {
                let message = match county {
                    Some(county) => message!(
                        "the register has no unit `{name}` in `{county}`",
                        "registrul nu are unitatea `{name}` în `{county}`",
                    ),
                    None => message!(
                        "the register has no unit `{name}`",
                        "registrul nu are unitatea `{name}`",
                    ),
                };
                (&message::ingest::UNKNOWN_NAME, message, units)
            }
        };
        let (rule, message, units) = candidates;
        let hint = Some(self.suggest(&units));
        let refused = Some(Refused {
            label: name.to_owned(),
            county: county.map(str::to_owned),
            candidates: units,
        });
        remarks.push(Remark { rule, message, hint, unit: None, at: At::Name, refused });
        Subject::Refused
    }

    fn area(&self, label: &str, remarks: &mut Vec<Remark>) -> Subject {
        let label = trim(label);
        let suggestions = match self.matcher.area(self.level, label) {
            AreaMatch::Area(area, how) => {
                if self.level == UNIT {
                    self.remark_how(&how, (label, At::Name), area, remarks);
                } else {
                    self.remark_area(&how, label, area, remarks);
                }
                return Subject::Area(area);
            }
            AreaMatch::Total => {
                let area = self.matcher.total_of(self.level, label);
                let class = match &area {
                    Some((level, _)) => class_of(level),
                    None => match self.matcher.row_class(None, Some(label), None) {
                        RowClass::National => RowClass::National,
                        _ => RowClass::Region,
                    },
                };
                return Subject::Total(class, area);
            }
            AreaMatch::Unknown(suggestions) => suggestions,
        };
        match self.matcher.row_class(None, Some(label), None) {
            class @ (RowClass::Note | RowClass::Blank) => return Subject::Other(class),
            class @ (RowClass::Region | RowClass::National) => {
                return Subject::Total(class, self.matcher.total_of(self.level, label));
            }
            class @ RowClass::Sector => return Subject::Part(class, None),
            class @ RowClass::County if self.is_finer("county") => {
                return Subject::Part(class, None);
            }
            RowClass::Unit | RowClass::Village | RowClass::County => {}
        }
        remarks.push(self.unknown_area(label, suggestions));
        Subject::Refused
    }

    /// Whether areas of another level lie inside those of the source's level.
    fn is_finer(&self, level: &str) -> bool {
        let register = self.matcher.register();
        match (register.level(level), register.level(self.level)) {
            (Some(other), Some(own)) => other.areas.len() > own.areas.len() && other.refines(own),
            _ => false,
        }
    }
}

fn class_of(level: &str) -> RowClass {
    match level {
        "county" => RowClass::County,
        crate::register::NATIONAL => RowClass::National,
        _ => RowClass::Region,
    }
}
