//! Names and codes seen in files that mean a unit under another name or code, each with its reason.
//!
//! An alias file is a CSV text with a header. `seen`, `to` and `reason` must be there, the rest may
//! be; columns stand in any order:
//!
//! | column | meaning |
//! | --- | --- |
//! | `seen` | the name, code or label as files write it; case, diacritics and punctuation do not matter |
//! | `level` | what it means: `uat` (a unit, the default), a column of the register (`county`, `region`), `locality` (a place inside a unit, never the unit), `total` (a territory that is none of our areas) |
//! | `to` | the unit's code, or the area as the register names it; for `locality` the code of the unit it lies in; for `total` empty |
//! | `county` | only in this county; empty: everywhere |
//! | `from`, `until` | year or day between which it was written so; for the reader, not compared with data |
//! | `reason` | why; shown in the findings of every run that uses it |
//! | `reason_ro` | the same for Romanian reports; `reason` when empty |
//! | `source` | where it was seen |
//!
//! Lines that begin with `#` are comments.
//!
//! A code or name that the register itself has means what the register says, whatever an alias says.

use std::sync::atomic::{AtomicBool, Ordering};

use super::{Register, UNIT};
use crate::language::Label;
use crate::message::register as message;
use crate::quality::{Finding, Place};
use crate::spelling::Folded;

/// What an alias means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// The unit of that code.
    Unit(String),
    /// An area of a register column.
    Area {
        /// The column.
        level: String,
        /// The area, as the register names it.
        area: String,
    },
    /// A place inside the unit of that code, which is not the unit itself.
    Locality(String),
    /// A territory that is none of the register's areas.
    Total,
}

/// One line of an alias file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Alias {
    /// As files write it.
    pub seen: String,
    /// What it means.
    pub meaning: Meaning,
    /// The county in which it holds; everywhere when absent.
    pub county: Option<String>,
    /// Year or day from which it was written so.
    pub from: Option<String>,
    /// Year or day until which it was written so.
    pub until: Option<String>,
    /// Why, in both languages.
    pub reason: Label,
    /// Where it was seen.
    pub source: Option<String>,
    /// Where it stands.
    pub place: Place,
    /// Whether it explained a text of a file.
    pub used: Used,
}

/// Whether something was of use, which a reader of many files notes by the way.
#[derive(Debug, Default)]
pub(crate) struct Used(AtomicBool);

impl Used {
    /// Notes that it was.
    pub(crate) fn mark(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was.
    pub(crate) fn is_marked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Clone for Used {
    fn clone(&self) -> Self {
        Self(AtomicBool::new(self.is_marked()))
    }
}

/// What is the same is the same whether it was of use or not.
impl PartialEq for Used {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Used {}

/// A table of aliases: the bundled one, extended by the study's own.
#[derive(Clone, Debug, Default)]
pub struct Aliases {
    list: Vec<Alias>,
}

/// The columns an alias file may have.
const COLUMNS: [&str; 9] =
    ["seen", "level", "to", "county", "from", "until", "reason", "reason_ro", "source"];

impl Aliases {
    /// Reads an alias file; `file` is its name in messages.
    ///
    /// # Errors
    /// Every faulty line, as findings of the rule `register-invalid`.
    pub(crate) fn parse(text: &str, file: &str) -> Result<Self, Vec<Finding>> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .trim(csv::Trim::All)
            .comment(Some(b'#'))
            .from_reader(text.as_bytes());
        let header = match reader.headers() {
            Ok(header) => header.clone(),
            Err(error) => return Err(vec![unreadable(file, &error)]),
        };
        let mut problems = check_header(&header, file);
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut list = Vec::new();
        for record in reader.records() {
            match record {
                Ok(record) if record.iter().all(str::is_empty) => {}
                Ok(record) => match alias(&header, &record, file) {
                    Ok(alias) => list.push(alias),
                    Err(problem) => problems.push(*problem),
                },
                Err(error) => problems.push(unreadable(file, &error)),
            }
        }
        if problems.is_empty() { Ok(Self { list }) } else { Err(problems) }
    }

    /// These aliases with those of a study in front: where both speak, the study's are used.
    #[must_use]
    pub(crate) fn merged(&self, study: &Self) -> Self {
        Self { list: study.list.iter().chain(&self.list).cloned().collect() }
    }

    /// The aliases, those of the study first.
    pub(crate) fn list(&self) -> &[Alias] {
        &self.list
    }

    /// Where those of the first so many stand that explained nothing, with what they say files write.
    pub(crate) fn idle(&self, first: usize) -> Vec<Place> {
        let idle = self.list.iter().take(first).filter(|alias| !alias.used.is_marked());
        idle.map(|alias| alias.place.clone().with_text(&alias.seen)).collect()
    }

    /// Aliases that lead to no unit or area of the register.
    pub(crate) fn check(&self, register: &Register) -> Vec<Finding> {
        self.list.iter().filter_map(|alias| misled(alias, register)).collect()
    }
}

fn misled(alias: &Alias, register: &Register) -> Option<Finding> {
    let place = || alias.place.clone();
    if let Some(county) = &alias.county
        && register.level("county").is_some_and(|level| level.position(county).is_none())
    {
        return Some(message::alias_unknown_county(place(), county));
    }
    match &alias.meaning {
        Meaning::Unit(code) | Meaning::Locality(code) => {
            register.position(code).is_none().then(|| message::alias_unknown_unit(place(), code))
        }
        Meaning::Area { level, area } => match register.level(level) {
            None => Some(message::alias_unknown_level(place(), level)),
            Some(known) => known
                .position(area)
                .is_none()
                .then(|| message::alias_unknown_area(place(), level, area)),
        },
        Meaning::Total => None,
    }
}

/// The place of a line of the file, counted from 1.
fn line(file: &str, position: Option<&csv::Position>) -> Place {
    let line = position.map_or(1, |at| u32::try_from(at.line()).unwrap_or(u32::MAX));
    Place::file(file).at_row(line)
}

fn unreadable(file: &str, error: &csv::Error) -> Finding {
    message::alias_unreadable(line(file, error.position()))
}

fn check_header(header: &csv::StringRecord, file: &str) -> Vec<Finding> {
    let place = || Place::file(file).at_row(1);
    let unknown = header
        .iter()
        .filter(|name| !COLUMNS.contains(name))
        .map(|name| message::alias_unknown_column(place(), name, &COLUMNS));
    let missing = ["seen", "to", "reason"]
        .into_iter()
        .filter(|name| !header.iter().any(|found| found == *name))
        .map(|name| message::alias_missing_column(place(), name, &COLUMNS));
    unknown.chain(missing).collect()
}

fn alias(
    header: &csv::StringRecord,
    record: &csv::StringRecord,
    file: &str,
) -> Result<Alias, Box<Finding>> {
    let place = line(file, record.position());
    if record.len() > header.len() {
        return Err(Box::new(message::alias_too_wide(place)));
    }
    let field = |name: &str| {
        let at = header.iter().position(|column| column == name)?;
        record.get(at).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let Some(seen) = field("seen").filter(|seen| !Folded::of(seen).is_empty()) else {
        return Err(Box::new(message::alias_without_name(place)));
    };
    let Some(reason) = field("reason") else {
        return Err(Box::new(message::alias_without_reason(place)));
    };
    for name in ["from", "until"] {
        if field(name).is_some_and(|text| !is_date(&text)) {
            return Err(Box::new(message::alias_not_a_date(place, name)));
        }
    }
    let level = field("level").unwrap_or_else(|| UNIT.to_owned());
    let meaning = match (level.as_str(), field("to")) {
        ("total", None) => Meaning::Total,
        ("total", Some(_)) => return Err(Box::new(message::alias_of_total_leads_on(place))),
        (_, None) => return Err(Box::new(message::alias_without_target(place))),
        (UNIT, Some(to)) => Meaning::Unit(to),
        ("locality", Some(to)) => Meaning::Locality(to),
        (_, Some(area)) => Meaning::Area { level, area },
    };
    Ok(Alias {
        seen,
        meaning,
        county: field("county"),
        from: field("from"),
        until: field("until"),
        reason: Label { ro: field("reason_ro").unwrap_or_else(|| reason.clone()), en: reason },
        source: field("source"),
        place,
        used: Used::default(),
    })
}

/// `2019` or `2019-07-01`.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits =
        |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        [year] => digits(year, 4),
        [year, month, day] => digits(year, 4) && digits(month, 2) && digits(day, 2),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(text: &str, line: u32, message: &str) {
        let problems = Aliases::parse(text, "aliases.csv").unwrap_err();
        assert_eq!(problems[0].message.en, message);
        assert_eq!(problems[0].places, [Place::file("aliases.csv").at_row(line)]);
    }

    #[test]
    fn three_columns_are_enough() {
        let text = "\u{FEFF}reason,seen,to\nold name,Basarabi,62360\n,,\n";
        let aliases = Aliases::parse(text, "aliases.csv").unwrap();
        assert_eq!(aliases.list().len(), 1);
        assert_eq!(aliases.list()[0].meaning, Meaning::Unit("62360".into()));
        assert_eq!(aliases.list()[0].reason, Label::same("old name"));
    }

    #[test]
    fn faulty_lines_are_told_with_their_place() {
        refused("seen,to\nA,1\n", 1, "the column `reason` is missing");
        refused("seen,too,reason\nA,1,x\n", 1, "unknown column `too`");
        refused("seen,to,reason\nA,1,x\n,2,y\n", 3, "`seen` is empty");
        refused("seen,to,reason\nA,,x\n", 2, "`to` is empty");
        refused("seen,to,reason\nA,1,\n", 2, "`reason` is empty");
        refused("seen,to,reason\nA,1,b,c\n", 2, "the line has more fields than the header");
        refused("seen,level,to,reason\nA,total,1,b\n", 2, "a `total` leads to no area");
        refused("seen,to,reason,from\nA,1,b,May\n", 2, "`from` is neither a year nor a day");
    }

    #[test]
    fn all_faulty_lines_are_told_at_once() {
        let problems = Aliases::parse("seen,to,reason\nA,,x\nB,,y\n", "a.csv").unwrap_err();
        assert_eq!(problems.len(), 2);
    }

    #[test]
    fn an_alias_must_lead_somewhere() {
        let register = crate::register::bundled("ro-uat-2025").unwrap().register;
        let text = "seen,level,to,county,reason\nA,,9,,x\nB,county,Alba,,x\nC,county,Albo,,x\n\
                    D,judet,Alba,,x\nE,,1017,Albo,x\n";
        let found = Aliases::parse(text, "a.csv").unwrap().check(&register);
        let messages: Vec<&str> = found.iter().map(|problem| problem.message.en.as_str()).collect();
        assert_eq!(
            messages,
            [
                "the register has no unit `9`",
                "the register has no county `Albo`",
                "the register has no level `judet`",
                "the register has no county `Albo`",
            ]
        );
    }
}
