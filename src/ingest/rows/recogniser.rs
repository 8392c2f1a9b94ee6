//! Which area a row is about, from what stands in its key cells.

use std::borrow::Cow;

use super::fill::{RowKey, says_nothing};
use super::remarks::{on_damage, on_match};
use super::{At, KeyTexts, Recognised, Refused, Remark, Subject};
use crate::ingest::labels::{short, trim};
use crate::ingest::sheet::grid::{Content, GridRow};
use crate::ingest::table::header::is_letter_row;
use crate::message::ingest::{declared, rows as message};
use crate::quality::{Finding, Severity};
use crate::register::{AreaMatch, CodeMatch, How, Matcher, NATIONAL, NameMatch, RowClass, UNIT};
use crate::study::{Key, Source};

/// Recognises the rows of one source.
#[derive(Clone, Copy)]
pub(crate) struct Recogniser<'m> {
    /// What recognises codes, names and labels.
    pub(crate) matcher: &'m Matcher<'m>,
    /// The level that the source measures.
    pub(crate) level: &'m str,
    /// The column of the county beside a name, as the study calls it.
    pub(crate) county: Option<&'m str>,
}

/// The first words of a row.
fn words<'g>(row: &GridRow<'g>) -> Option<&'g str> {
    row.cells().find_map(|(_, cell)| match cell {
        Content::Text(text) if text.contains(char::is_alphabetic) => Some(text),
        _ => None,
    })
}

/// Whether a row holds a number, stored as one or written.
pub(crate) fn has_number(row: &GridRow<'_>) -> bool {
    row.cells().any(|(_, cell)| match cell {
        Content::Number(_) => true,
        Content::Text(text) => {
            text.contains(|letter: char| letter.is_ascii_digit())
                && !text.contains(char::is_alphabetic)
        }
        _ => false,
    })
}

impl<'m> Recogniser<'m> {
    /// The code of the unit that a row is about, where it is about one.
    pub(in crate::ingest) fn code_of(&self, subject: &Subject) -> Option<&'m str> {
        match subject {
            Subject::Area(unit) if self.level == UNIT => {
                Some(&self.matcher.register().codes()[*unit])
            }
            _ => None,
        }
    }

    /// For rows that name areas of a level.
    pub(crate) fn at(matcher: &'m Matcher<'m>, level: &'m str) -> Self {
        Self { matcher, level, county: None }
    }

    /// For the rows of a source.
    pub(crate) fn of(matcher: &'m Matcher<'m>, source: &'m Source) -> Self {
        let county = match &source.key {
            Some(Key::Name { county, .. }) => Some(county.as_str()),
            Some(Key::Code { county, .. }) => county.as_deref(),
            Some(Key::Glued(_) | Key::NameUnder { .. } | Key::Area { .. }) | None => None,
        };
        Self { matcher, level: &source.level, county }
    }

    /// What a row is about, from the cells of its key columns.
    ///
    /// Where only a code is declared and a row has none, its first words tell what it is; a row with
    /// numbers whose key cells are all empty is refused, so that no area is left out without a word.
    /// A county that is repeated from above counts for rows of units only: a total under a block is
    /// not the total of the county written last.
    pub(crate) fn row(&self, row: &GridRow<'_>, key: &RowKey<'_>) -> Recognised {
        let nothing = |class| Recognised { subject: Subject::Other(class), remarks: Vec::new() };
        if row.is_blank() {
            return nothing(RowClass::Blank);
        }
        if is_letter_row(row) {
            return nothing(RowClass::Note);
        }
        let texts = &key.texts;
        let is_empty = |text: &str| trim(text).is_empty();
        let code = match (&texts.code, &texts.period) {
            (Some(code), Some(period)) => {
                Some(Cow::Owned(format!("{}|{}", trim(code), trim(period))))
            }
            (code, _) => code.clone(),
        };
        let has_number = has_number(row);
        let own_county = key.own_county.as_deref().filter(|county| !says_nothing(county));
        let uncoded = code.as_deref().is_some_and(is_empty) && own_county.is_none();
        let name = match &texts.name {
            None if uncoded && has_number => words(row).map(|words| short(words.into())),
            name => name.clone(),
        };
        let is_total = || {
            let class = self.matcher.row_class(code.as_deref(), name.as_deref(), own_county);
            !matches!(class, RowClass::Unit | RowClass::Village | RowClass::Sector)
        };
        let county = match texts.county.as_deref() {
            Some(_) if own_county.is_none() && is_total() => Some(""),
            Some(county) if says_nothing(county) => Some(""),
            county => county,
        };
        let mut recognised = self.recognise(KeyTexts {
            code: code.as_deref(),
            name: name.as_deref(),
            county,
            glued: texts.glued.as_deref(),
            area: texts.area.as_deref(),
            period: None,
        });
        if recognised.subject == Subject::Refused && !has_number {
            let words = words(row).map_or("", trim);
            let remarks = recognised.remarks.iter_mut().filter(|_| !words.is_empty());
            for remark in remarks.filter(|it| it.finding.severity == Severity::Error) {
                remark.finding = declared::or_a_note(remark.finding.clone(), words);
            }
        }
        if recognised.subject != Subject::Other(RowClass::Blank) {
            return recognised;
        }
        recognised.subject = Subject::Other(RowClass::Note);
        if has_number {
            recognised.subject = Subject::Refused;
            recognised.remarks.push(Remark::new(message::numbers_without_area(), At::Code));
        }
        recognised
    }

    /// What a row with these key texts is about.
    pub(crate) fn recognise(&self, texts: KeyTexts<'_>) -> Recognised {
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
        let names = [texts.name, texts.glued, texts.area];
        remarks.extend(names.into_iter().flatten().filter_map(on_damage));
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
                remarks.extend(self.mismatch(texts, unit));
                remarks.extend(self.on_unit(&how, code, unit).map(|of| Remark::new(of, At::Code)));
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
            CodeMatch::Unknown { is_mistyped } => self.unknown_code(texts, is_mistyped, remarks),
        }
    }

    fn unknown_code(
        &self,
        texts: KeyTexts<'_>,
        is_mistyped: bool,
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
        remarks.push(self.no_such_code(texts, is_mistyped));
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
        let known = self.matcher.name(name, county);
        // a namesake in another county would take the value, also through an alias
        if county.is_none() && !self.says_its_county(&known) {
            let finding = match texts.county {
                Some(_) => {
                    self.county.map_or_else(message::county_not_known, message::county_missing)
                }
                None => message::name_alone(),
            };
            remarks.push(Remark::new(finding, At::Name));
            return Subject::Refused;
        }
        let (finding, candidates) = match known {
            NameMatch::Unit(unit, how) => {
                remarks.extend(self.on_unit(&how, name, unit).map(|of| Remark::new(of, At::Name)));
                return Subject::Area(unit);
            }
            NameMatch::Ambiguous(units) => {
                (message::ambiguous_name(name, &self.described(&units)), units)
            }
            NameMatch::Unknown(units) => {
                (message::unknown_name(name, county, &self.described(&units)), units)
            }
        };
        let (label, county) = (name.to_owned(), county.map(str::to_owned));
        remarks.push(Remark::refusing(finding, Refused { label, county, candidates }));
        Subject::Refused
    }

    /// Whether a name says by itself which county its unit is in: Bucharest is a county of its own.
    fn says_its_county(&self, known: &NameMatch) -> bool {
        let NameMatch::Unit(unit, _) = known else { return false };
        let counties = self.matcher.register().column("county");
        counties.is_none_or(|counties| {
            counties.iter().filter(|county| **county == counties[*unit]).count() == 1
        })
    }

    fn area(&self, label: &str, remarks: &mut Vec<Remark>) -> Subject {
        let label = trim(label);
        let suggestions = match self.matcher.area(self.level, label) {
            AreaMatch::Area(area, how) => {
                let finding = if self.level == UNIT {
                    self.on_unit(&how, label, area)
                } else {
                    self.on_area(&how, label, area)
                };
                remarks.extend(finding.map(|finding| Remark::new(finding, At::Name)));
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

    /// The finding about the way a text was recognised as a unit.
    fn on_unit(&self, how: &How, text: &str, unit: usize) -> Option<Finding> {
        let register = self.matcher.register();
        let code = &register.codes()[unit];
        let known = format!("{} ({code})", register.names()[unit]);
        on_match(how, text, &known).map(|finding| finding.unit(code))
    }

    /// The finding about the way a text was recognised as an area of the level.
    fn on_area(&self, how: &How, text: &str, area: usize) -> Option<Finding> {
        let level = self.matcher.register().level(self.level);
        on_match(how, text, level.map_or("", |level| level.areas[area].as_str()))
    }

    /// The remark on a code that the register does not have.
    fn no_such_code(&self, texts: KeyTexts<'_>, is_mistyped: bool) -> Remark {
        let code = trim(texts.code.unwrap_or_default());
        let named = texts.name.and_then(|name| match self.matcher.name(name, texts.county) {
            NameMatch::Unit(unit, _) => Some(self.matcher.register().codes()[unit].as_str()),
            _ => None,
        });
        let finding = if code.is_empty() {
            message::no_code(texts.name.map_or("", trim), named)
        } else {
            message::unknown_code(code, is_mistyped, named)
        };
        Remark::new(finding, At::Code)
    }

    /// The remark on a name that is not that of the unit of the code beside it.
    fn mismatch(&self, texts: KeyTexts<'_>, unit: usize) -> Option<Remark> {
        let name = texts.name.map(trim).filter(|name| !name.is_empty())?;
        if self.matcher.is_name_of(name, unit) {
            return None;
        }
        let register = self.matcher.register();
        let (code, known) = (&register.codes()[unit], &register.names()[unit]);
        let named = match self.matcher.name(name, texts.county) {
            NameMatch::Unit(other, _) if other != unit => Some(register.codes()[other].as_str()),
            _ => None,
        };
        let finding = message::code_name_mismatch(code, known, name, named).unit(code);
        Some(Remark::new(finding, At::Name))
    }

    /// The remark on a label that names no area of the level.
    fn unknown_area(&self, label: &str, candidates: Vec<usize>) -> Remark {
        let level = self.matcher.register().level(self.level);
        let near: Vec<&str> = candidates
            .iter()
            .filter_map(|&area| level.and_then(|level| level.areas.get(area)))
            .map(String::as_str)
            .collect();
        let finding = message::unknown_area(self.level, label, &near);
        Remark::refusing(finding, Refused { label: label.to_owned(), county: None, candidates })
    }

    /// Units with their codes, names and counties.
    fn described(&self, units: &[usize]) -> Vec<String> {
        let register = self.matcher.register();
        let county = register.column("county");
        let described = |&unit: &usize| {
            let name = &register.names()[unit];
            let inside = county.map_or(String::new(), |county| format!(", {}", county[unit]));
            format!("{} {name}{inside}", register.codes()[unit])
        };
        units.iter().map(described).collect()
    }
}

fn class_of(level: &str) -> RowClass {
    match level {
        "county" => RowClass::County,
        NATIONAL => RowClass::National,
        _ => RowClass::Region,
    }
}
