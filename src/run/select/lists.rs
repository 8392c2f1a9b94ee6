//! The lists that a programme uses: units locked in or out, borders, decisions, a published list.

mod look;

use std::collections::BTreeMap;

pub(in crate::run) use self::look::look;
use crate::ingest::{Inputs, KeyTexts, ListedRow, Listing, Recogniser, Subject};
use crate::language::Language;
use crate::message::selection::lists as message;
use crate::message::selection::lists::UnitKeys;
use crate::observation::InputFile;
use crate::quality::{Advice, Finding, Findings, Message, Place, Severity};
use crate::register::{Matcher, Register, UNIT};
use crate::run::listed_file::input_file;
use crate::run::{Run, RunError};
use crate::selection::{Answer, Border, Day, Decision, History, Lock, Points, Published, State};
use crate::spelling::Folded;
use crate::study::programme::{CheckedProgramme, ListUse};
use crate::study::{ListSource, Problems};

/// A row of a list: its number in the file, the codes of the units that it names (`None` where the
/// register does not know one, which is reported), and its other texts, in the order of the kind's
/// columns.
struct Row {
    number: u32,
    codes: Vec<Option<String>>,
    texts: Vec<String>,
}

/// Everything that lists say.
#[derive(Debug, Default)]
pub(super) struct Lists {
    exclude: Vec<Lock>,
    include: Vec<Lock>,
    pub(super) borders: Vec<Border>,
    decisions: Vec<Decision>,
    previous: Option<Vec<Published>>,
    /// File and row of the first decision of each unit on each day.
    pub(super) decided: BTreeMap<(String, Day), (String, u32)>,
    /// File and row of the first border of each unit.
    pub(super) bordering: BTreeMap<String, (String, u32)>,
}

/// The lists of a programme with what reading them came to.
pub(super) struct ReadLists {
    pub(super) lists: Lists,
    pub(super) findings: Findings,
    pub(super) files: Vec<InputFile>,
}

impl Lists {
    /// Reads the lists that a programme names.
    pub(super) fn read(
        run: &Run,
        plan: &CheckedProgramme,
        inputs: &Inputs,
        matcher: &Matcher<'_>,
    ) -> Result<ReadLists, RunError> {
        let mut reader = Reader {
            lists: &run.study.lists,
            inputs,
            findings: Findings::default(),
            files: Vec::new(),
            problems: run.notes.clone(),
            names: Names::new(matcher, &run.register),
        };
        let mut lists = Self {
            exclude: reader.locks(&plan.exclude),
            include: reader.locks(&plan.include),
            ..Self::default()
        };
        if let Some(source) = &plan.borders {
            match run.observations.borders.get(source) {
                Some(found) => lists.borders.clone_from(found),
                None => reader.borders(source, &mut lists),
            }
        }
        if let Some(source) = &plan.decisions {
            reader.decisions(source, &mut lists);
        }
        if let Some(source) = &plan.previous {
            lists.previous = Some(reader.published(source, plan.rules.order.decimals));
        }
        let Reader { files, problems, names, mut findings, .. } = reader;
        names.findings().for_each(|finding| findings.push(finding));
        if findings.count(Severity::Error) > 0 {
            findings.sort();
            return Err(RunError::Unread(findings));
        }
        if problems.has_errors() {
            return Err(RunError::Invalid(problems));
        }
        Ok(ReadLists { lists, findings, files })
    }

    /// The programme with the units that lists lock, and what happened before.
    pub(super) fn applied(&self, mut plan: CheckedProgramme) -> (CheckedProgramme, History) {
        let add = |own: &mut Vec<Lock>, listed: &[Lock]| {
            for lock in listed {
                if !own.iter().any(|known| known.code == lock.code) {
                    own.push(lock.clone());
                }
            }
        };
        add(&mut plan.rules.eligible.exclude, &self.exclude);
        add(&mut plan.rules.eligible.include, &self.include);
        let history =
            History { decisions: self.decisions.clone(), previous: self.previous.clone() };
        (plan, history)
    }
}

struct Reader<'a> {
    lists: &'a [ListSource],
    inputs: &'a Inputs,
    findings: Findings,
    files: Vec<InputFile>,
    problems: Problems,
    names: Names<'a>,
}

impl<'a> Reader<'a> {
    /// The rows of a list, with an empty text for an optional column that the file does not have.
    fn rows(&mut self, id: &str) -> Option<(&'a ListSource, Vec<Row>)> {
        let list = self.lists.iter().find(|list| list.id == id)?;
        let listing = Listing { file: &list.file, sheet: list.sheet.as_ref(), subject: id };
        let declared = |name: &str| list.renamed.contains_key(name);
        let keys = list.layout.keys().iter().flatten().map(|name| (*name, declared(name)));
        let others =
            list.layout.columns().iter().map(|(name, must)| (*name, *must || declared(name)));
        let wanted: Vec<(&str, bool)> =
            keys.chain(others).map(|(name, must)| (list.column(name), must)).collect();
        let (found, findings) = listing.rows(self.inputs, &wanted);
        self.findings.extend(findings);
        let found = found?;
        if !self.has_keys(list, found.first()) {
            return None;
        }
        let mut rows = Vec::new();
        for ListedRow { number, texts: mut cells } in found {
            let texts = cells.split_off(3 * list.layout.keys().len());
            let texts: Vec<String> = texts.into_iter().map(Option::unwrap_or_default).collect();
            let alone = texts.iter().all(String::is_empty);
            let mut codes = Vec::new();
            for key in cells.chunks(3) {
                match self.names.unit(list, number, key, alone) {
                    Named::Unit(code) => codes.push(Some(code)),
                    Named::Note => {}
                    Named::Nobody(advice) => {
                        self.error(list, number, advice);
                        codes.push(None);
                    }
                }
            }
            if !codes.is_empty() {
                rows.push(Row { number, codes, texts });
            }
        }
        self.record(list, rows.len());
        Some((list, rows))
    }

    /// Reports what is wrong with a row.
    fn error(&mut self, list: &ListSource, row: u32, said: impl Into<Advice>) {
        self.problems.error_on_line(&list.file, row, said);
    }

    /// Whether the file has a column for the code or the name of each unit of a row; else reports
    /// which is missing.
    fn has_keys(&mut self, list: &ListSource, first: Option<&ListedRow>) -> bool {
        let Some(ListedRow { texts: cells, .. }) = first else { return true };
        let mut complete = true;
        for (keys, cells) in list.layout.keys().iter().zip(cells.chunks(3)) {
            if cells[0].is_none() && cells[1].is_none() {
                let columns = [list.column(keys[0]), list.column(keys[1])];
                let keys = UnitKeys { keys: *keys, columns };
                self.findings.push(message::unit_columns_missing(&list.id, &list.file, &keys));
                complete = false;
            }
        }
        complete
    }

    /// Adds the file to those of the run and compares its pin.
    fn record(&mut self, list: &ListSource, rows: usize) {
        let Some((file, finding)) = input_file(list, self.inputs, rows) else { return };
        finding.into_iter().for_each(|finding| self.findings.push(finding));
        self.files.push(file);
    }

    fn locks(&mut self, uses: &[ListUse]) -> Vec<Lock> {
        let mut locks = Vec::new();
        for used in uses {
            let Some((list, rows)) = self.rows(&used.source) else { continue };
            for Row { number: row, codes, texts } in rows {
                let ([Some(code)], [own]) = (&codes[..], &texts[..]) else { continue };
                let own = Some(own).filter(|own| !own.is_empty());
                let reason = own.or(used.reason.as_ref()).cloned();
                match reason {
                    Some(reason) => locks.push(Lock { code: code.clone(), reason }),
                    None => self.error(list, row, message::no_reason(code)),
                }
            }
        }
        locks
    }

    fn borders(&mut self, source: &str, lists: &mut Lists) {
        let Some((list, rows)) = self.rows(source) else { return };
        for Row { number: row, codes, texts } in rows {
            let [metres] = &texts[..] else { continue };
            let length = whole_metres(metres);
            if length.is_none() && !metres.is_empty() {
                self.error(list, row, message::no_length(metres));
            }
            let [Some(a), Some(b)] = &codes[..] else { continue };
            if a == b {
                self.error(list, row, message::own_neighbour(a));
            } else {
                for code in [a, b] {
                    let place = (list.file.clone(), row);
                    lists.bordering.entry(code.clone()).or_insert(place);
                }
                lists.borders.push(Border { a: a.clone(), b: b.clone(), metres: length });
            }
        }
    }

    fn decisions(&mut self, source: &str, lists: &mut Lists) {
        let Some((list, rows)) = self.rows(source) else { return };
        // the first decision that is understood says in which language the file is written
        let language = rows.iter().find_map(|row| Some(answer(row.texts.get(1)?)?.1));
        for Row { number: row, codes, texts } in rows {
            let ([code], [day, word, reference]) = (&codes[..], &texts[..]) else { continue };
            if day.is_empty() && word.is_empty() {
                let place = Place::file(&list.file).at_row(row);
                self.names.add(message::rows_without_answer(&list.id), place);
                continue;
            }
            let (text, answer) = (without_time(day), answer(word));
            let day = calendar_day(text);
            if day.is_none() {
                self.error(list, row, message::no_day(text));
            }
            if answer.is_none() {
                self.error(list, row, message::no_decision(word, language));
            }
            if let (Some(code), Some(day), Some((answer, _))) = (code, day, answer) {
                let place = (list.file.clone(), row);
                lists.decided.entry((code.clone(), day)).or_insert(place);
                let (code, reference) = (code.clone(), reference.clone());
                lists.decisions.push(Decision { day, code, answer, reference });
            }
        }
    }

    fn published(&mut self, source: &str, decimals: u8) -> Vec<Published> {
        let Some((list, rows)) = self.rows(source) else { return Vec::new() };
        let mut published = Vec::new();
        for Row { number: row, codes, texts } in rows {
            let [state, decision, phase, score] = &texts[..] else { continue };
            let Some(was) = State::named(state) else {
                self.error(list, row, message::no_state(state));
                continue;
            };
            let [Some(code)] = &codes[..] else { continue };
            let points = score.parse::<f64>().ok();
            let points = points.and_then(|score| Points::round(score, decimals).ok());
            let holds = match decision.as_str() {
                "accepted" | "replacement" | "moved-up" => true,
                "refused" | "withdrawn" | "silent" => false,
                _ => was == State::Selected,
            };
            let phase = Some(phase.clone()).filter(|phase| !phase.is_empty());
            published.push(Published { code: code.clone(), state: was, holds, phase, points });
        }
        published
    }
}

/// What a row is about.
enum Named {
    /// A unit that is counted, by its code.
    Unit(String),
    /// A note under the list.
    Note,
    /// Nothing that is counted: why, and what to do.
    Nobody(Advice),
}

/// Recognises the rows of the lists of one programme and collects what there is to report: which unit a
/// row is about, by code, or by name and county as in any other source.
struct Names<'m> {
    recogniser: Recogniser<'m>,
    /// Codes of the units that are counted, in order.
    codes: Vec<String>,
    /// Findings by list, rule and message, each with its places.
    found: BTreeMap<(String, &'static str, Message), Finding>,
}

impl<'m> Names<'m> {
    fn new(matcher: &'m Matcher<'m>, counted: &Register) -> Self {
        let recogniser = Recogniser::at(matcher, UNIT);
        Self { recogniser, codes: counted.codes().to_vec(), found: BTreeMap::new() }
    }

    /// The unit of a row, from the texts of its code, name and county; `alone` where nothing else
    /// is in the row.
    fn unit(&mut self, list: &ListSource, row: u32, key: &[Option<String>], alone: bool) -> Named {
        let text = |at: usize| key[at].as_deref().filter(|text| !text.is_empty());
        let (code, name, county) = (text(0), text(1), text(2));
        if let (Some(code), None) = (code, name)
            && self.is_counted(code)
        {
            return Named::Unit(code.to_owned());
        }
        let texts = KeyTexts { code, name, county, ..KeyTexts::default() };
        let found = self.recogniser.recognise(texts);
        let place = Place::file(&list.file).at_row(row);
        let mut refused = None;
        for remark in found.remarks {
            let (mut place, subject) = (place.clone(), list.id.clone());
            place.unit.clone_from(&remark.finding.unit);
            let finding = Finding { unit: None, subject, ..remark.finding };
            match finding.severity {
                Severity::Error => {
                    refused = refused.or(Some(finding.message.advise(finding.hint)));
                }
                Severity::Warning | Severity::Note => self.add(finding, place),
            }
        }
        let label = code.or(name).unwrap_or_default();
        match (found.subject, refused) {
            (_, Some(advice)) => Named::Nobody(advice),
            (Subject::Area(unit), None) => {
                let code = &self.recogniser.matcher.register().codes()[unit];
                if self.is_counted(code) {
                    return Named::Unit(code.clone());
                }
                Named::Nobody(message::not_counted(label, &list.id))
            }
            (Subject::Other(_), None) if alone => {
                self.add(message::rows_without_unit(&list.id), place.with_text(label));
                Named::Note
            }
            (Subject::Other(_), None) if label.is_empty() => {
                Named::Nobody(message::row_names_nobody(&list.id))
            }
            (
                Subject::Other(_) | Subject::Total(..) | Subject::Part(..) | Subject::Refused,
                None,
            ) => Named::Nobody(message::no_unit(label, &list.id)),
        }
    }

    /// What there is to report about rows that were recognised.
    fn findings(self) -> impl Iterator<Item = Finding> {
        self.found.into_values()
    }

    fn is_counted(&self, code: &str) -> bool {
        self.codes.binary_search_by(|known| known.as_str().cmp(code)).is_ok()
    }

    /// Adds a place to what is found of a list.
    fn add(&mut self, finding: Finding, place: Place) {
        let key = (finding.subject.clone(), finding.rule, finding.message.clone());
        let known = self.found.remove(&key).unwrap_or(finding);
        self.found.insert(key, known.at(place));
    }
}

/// A day without the midnight that a spreadsheet shows with it.
fn without_time(text: &str) -> &str {
    text.strip_suffix("T00:00:00").or(text.strip_suffix(" 00:00:00")).unwrap_or(text)
}

/// `2026-11-20` or `20.11.2026`.
fn calendar_day(text: &str) -> Option<Day> {
    let parts: Vec<&str> = text.split('.').collect();
    let turned = match parts[..] {
        [day, month, year] => format!("{year}-{month:0>2}-{day:0>2}"),
        _ => text.to_owned(),
    };
    turned.parse().ok()
}

/// What a word of a decisions file says, and in which language.
fn answer(word: &str) -> Option<(Answer, Language)> {
    Some(match Folded::plain(word).key().as_str() {
        "accepted" => (Answer::Accepted, Language::En),
        "acceptat" | "acceptata" => (Answer::Accepted, Language::Ro),
        "refused" => (Answer::Refused, Language::En),
        "refuzat" | "refuzata" => (Answer::Refused, Language::Ro),
        "withdrawn" => (Answer::Withdrawn, Language::En),
        "retras" | "retrasa" => (Answer::Withdrawn, Language::Ro),
        _ => return None,
    })
}

/// Metres as a whole number; parts of a metre are cut off, so that a border is never longer than
/// it is.
fn whole_metres(text: &str) -> Option<i64> {
    let whole = text.split(['.', ',']).next()?;
    let fraction = &text[whole.len()..];
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = digits(whole) && digits(fraction.get(1..).unwrap_or_default());
    is_number.then(|| whole.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_offices_write_them() {
        let day = "2026-03-01".parse::<Day>().unwrap();
        for text in ["2026-03-01", "1.3.2026", "01.03.2026", "2026-03-01 00:00:00"] {
            assert_eq!(calendar_day(without_time(text)), Some(day), "{text}");
        }
        assert!(calendar_day("1/3/2026").is_none());
        assert!(calendar_day("31.02.2026").is_none());
    }

    #[test]
    fn a_border_is_never_longer_than_it_is() {
        assert_eq!(whole_metres("99.9"), Some(99));
        assert_eq!(whole_metres("1250"), Some(1250));
        assert_eq!(whole_metres("1250,5"), Some(1250));
        assert_eq!(whole_metres("-5"), None);
        assert_eq!(whole_metres("1.2.3"), None);
        assert_eq!(whole_metres(""), None);
    }
}
