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

use super::folding::Folded;
use super::{Register, UNIT};
use crate::language::Label;
use crate::quality::{Message, Place, message};

/// What an alias means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
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
pub struct Alias {
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
}

/// What is wrong with a line of an alias file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AliasProblem {
    /// The line.
    pub place: Place,
    /// What is wrong.
    pub message: Message,
    /// What to do about it.
    pub hint: Option<Message>,
}

/// A table of aliases: the bundled one, extended by the study's own.
#[derive(Clone, Debug, Default)]
pub struct Aliases {
    list: Vec<Alias>,
}

/// The columns an alias file may have.
const COLUMNS: [&str; 9] =
    ["seen", "level", "to", "county", "from", "until", "reason", "reason_ro", "source"];

impl Aliases {
    /// Reads an alias file; `file` is its name in messages. All problems are told at once.
    pub fn parse(text: &str, file: &str) -> Result<Self, Vec<AliasProblem>> {
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
    pub fn merged(&self, study: &Self) -> Self {
        Self { list: study.list.iter().chain(&self.list).cloned().collect() }
    }

    /// The aliases, those of the study first.
    pub fn list(&self) -> &[Alias] {
        &self.list
    }

    /// Aliases that lead to no unit or area of the register.
    pub fn check(&self, register: &Register) -> Vec<AliasProblem> {
        self.list.iter().filter_map(|alias| misled(alias, register)).collect()
    }
}

fn misled(alias: &Alias, register: &Register) -> Option<AliasProblem> {
    let problem = |message: Message, hint: Message| {
        Some(AliasProblem { place: alias.place.clone(), message, hint: Some(hint) })
    };
    if let Some(county) = &alias.county
        && register.level("county").is_some_and(|level| level.position(county).is_none())
    {
        return problem(
            message!(
                "the register has no county `{county}`",
                "registrul nu are județul `{county}`"
            ),
            message!(
                "write it as in the column `county` of the register",
                "scrieți-l ca în coloana `county` a registrului",
            ),
        );
    }
    match &alias.meaning {
        Meaning::Unit(code) | Meaning::Locality(code) if register.position(code).is_none() => {
            problem(
                message!("the register has no unit `{code}`", "registrul nu are unitatea `{code}`"),
                message!(
                    "`to` is the code of a unit; for an area say its `level`",
                    "`to` este codul unei unități; pentru o arie spuneți-i nivelul în `level`",
                ),
            )
        }
        Meaning::Area { level, area } => match register.level(level) {
            None => problem(
                message!(
                    "the register has no level `{level}`",
                    "registrul nu are nivelul `{level}`"
                ),
                message!(
                    "`level` is `uat`, `locality`, `total` or a column of the register",
                    "`level` este `uat`, `locality`, `total` sau o coloană a registrului",
                ),
            ),
            Some(known) if known.position(area).is_none() => problem(
                message!(
                    "the register has no {level} `{area}`",
                    "la nivelul `{level}`, registrul nu are `{area}`",
                ),
                message!("write it as the register does", "scrieți-o ca în registru"),
            ),
            Some(_) => None,
        },
        Meaning::Unit(_) | Meaning::Locality(_) | Meaning::Total => None,
    }
}

fn unreadable(file: &str, error: &csv::Error) -> AliasProblem {
    let line = error.position().map_or(1, |at| u32::try_from(at.line()).unwrap_or(u32::MAX));
    AliasProblem {
        place: Place::file(file).at_row(line),
        message: message!(
            "the line cannot be read as CSV in UTF-8",
            "linia nu poate fi citită ca CSV în UTF-8",
        ),
        hint: Some(message!(
            "save the file as CSV UTF-8 with commas",
            "salvați fișierul ca CSV UTF-8 cu virgule",
        )),
    }
}

fn check_header(header: &csv::StringRecord, file: &str) -> Vec<AliasProblem> {
    let place = Place::file(file).at_row(1);
    let hint = Some(message!(
        "the columns are `{columns}`, between commas",
        "coloanele sunt `{columns}`, despărțite prin virgule",
        columns = COLUMNS.join("`, `"),
    ));
    let mut problems = Vec::new();
    for name in header.iter().filter(|name| !COLUMNS.contains(name)) {
        let message = message!("unknown column `{name}`", "coloană necunoscută `{name}`");
        problems.push(AliasProblem { place: place.clone(), message, hint: hint.clone() });
    }
    for name in ["seen", "to", "reason"] {
        if !header.iter().any(|found| found == name) {
            let message = message!("the column `{name}` is missing", "lipsește coloana `{name}`");
            problems.push(AliasProblem { place: place.clone(), message, hint: hint.clone() });
        }
    }
    problems
}

#[expect(clippy::too_many_lines, reason = "its sentences move to `message`")]
fn alias(
    header: &csv::StringRecord,
    record: &csv::StringRecord,
    file: &str,
) -> Result<Alias, Box<AliasProblem>> {
    let line = record.position().map_or(1, |at| u32::try_from(at.line()).unwrap_or(u32::MAX));
    let place = Place::file(file).at_row(line);
    let problem = |message: Message, hint: Message| {
        Box::new(AliasProblem { place: place.clone(), message, hint: Some(hint) })
    };
    if record.len() > header.len() {
        return Err(problem(
            message!(
                "the line has more fields than the header",
                "linia are mai multe câmpuri decât antetul",
            ),
            message!(
                "put a text that holds a comma between double quotes",
                "puneți între ghilimele duble un text care conține virgulă",
            ),
        ));
    }
    let field = |name: &str| {
        let at = header.iter().position(|column| column == name)?;
        record.get(at).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let Some(seen) = field("seen").filter(|seen| !Folded::of(seen).is_empty()) else {
        return Err(problem(
            message!("`seen` is empty", "`seen` este gol"),
            message!(
                "write the name or code as the file has it",
                "scrieți denumirea sau codul cum sunt în fișier",
            ),
        ));
    };
    let Some(reason) = field("reason") else {
        return Err(problem(
            message!("`reason` is empty", "`reason` este gol"),
            message!(
                "say why; the reason stands in every report",
                "scrieți de ce; motivul apare în fiecare raport",
            ),
        ));
    };
    for name in ["from", "until"] {
        if field(name).is_some_and(|text| !is_date(&text)) {
            return Err(problem(
                message!(
                    "`{name}` is neither a year nor a day",
                    "`{name}` nu este nici an, nici zi",
                ),
                message!("write `2019` or `2019-07-01`", "scrieți `2019` sau `2019-07-01`"),
            ));
        }
    }
    let level = field("level").unwrap_or_else(|| UNIT.to_owned());
    let meaning = meaning(level, field("to")).map_err(|(message, hint)| problem(message, hint))?;
    Ok(Alias {
        seen,
        meaning,
        county: field("county"),
        from: field("from"),
        until: field("until"),
        reason: Label { ro: field("reason_ro").unwrap_or_else(|| reason.clone()), en: reason },
        source: field("source"),
        place,
    })
}

/// What a line means by its level and where it leads, or what is wrong and what to do.
fn meaning(level: String, to: Option<String>) -> Result<Meaning, (Message, Message)> {
    match (level.as_str(), to) {
        ("total", None) => Ok(Meaning::Total),
        ("total", Some(_)) => Err((
            message!("a `total` leads to no area", "un `total` nu duce la nicio arie"),
            message!("leave `to` empty", "lăsați `to` gol"),
        )),
        (_, None) => Err((
            message!("`to` is empty", "`to` este gol"),
            message!("write the code of the unit, or the area", "scrieți codul unității sau aria"),
        )),
        (UNIT, Some(to)) => Ok(Meaning::Unit(to)),
        ("locality", Some(to)) => Ok(Meaning::Locality(to)),
        (_, Some(area)) => Ok(Meaning::Area { level, area }),
    }
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
        assert_eq!(problems[0].place, Place::file("aliases.csv").at_row(line));
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
