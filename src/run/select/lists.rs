//! The lists that a programme uses: units locked in or out, borders, decisions, a published list.

use std::collections::BTreeMap;

use super::named::{Named, Names};
use crate::ingest::{Inputs, ListedRow, Listing};
use crate::message;
use crate::observation::InputFile;
use crate::quality::{Finding, Findings, Place, message};
use crate::register::Matcher;
use crate::report::sha256;
use crate::run::{Run, Stopped};
use crate::selection::{Answer, Border, Day, Decision, History, Lock, Points, Published, State};
use crate::study::programme::{ListUse, Plan};
use crate::study::{ListSource, Problems};

/// A row of a list: its number in the file, the codes of the units that it names (`None` where the
/// register does not know one, which is told), and its other texts, in the order of the kind's
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
    /// File and row of the first decision of each unit.
    pub(super) decided: BTreeMap<String, (String, u32)>,
    /// File and row of the first border of each unit.
    pub(super) bordering: BTreeMap<String, (String, u32)>,
}

impl Lists {
    /// Reads the lists that a programme names; the files join those of the run.
    pub(super) fn read(
        run: &mut Run,
        plan: &Plan,
        (inputs, matcher): (&Inputs, &Matcher<'_>),
    ) -> Result<Self, Stopped> {
        let mut findings = Findings::default();
        let mut reader = Reader {
            lists: run.study.lists.clone(),
            inputs,
            findings: &mut findings,
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
        let Reader { files, problems, names, .. } = reader;
        let told: Vec<Finding> = names.told().collect();
        told.into_iter().for_each(|finding| findings.push(finding));
        if findings.count(crate::quality::Severity::Error) > 0 {
            findings.sort();
            return Err(Stopped::Unread(findings));
        }
        if problems.has_errors() {
            return Err(Stopped::Invalid(problems));
        }
        run.findings.extend(findings);
        run.observations.files.extend(files);
        Ok(lists)
    }

    /// The programme with the units that lists lock, and what had happened before.
    pub(super) fn applied(&self, mut plan: Plan) -> (Plan, History) {
        let add = |own: &mut Vec<Lock>, listed: &[Lock]| {
            for lock in listed {
                if !own.iter().any(|known| known.code == lock.code) {
                    own.push(lock.clone());
                }
            }
        };
        add(&mut plan.rules.eligible.exclude, &self.exclude);
        add(&mut plan.rules.eligible.include, &self.include);
        let past = History { decisions: self.decisions.clone(), previous: self.previous.clone() };
        (plan, past)
    }
}

struct Reader<'a> {
    lists: Vec<ListSource>,
    inputs: &'a Inputs,
    findings: &'a mut Findings,
    files: Vec<InputFile>,
    problems: Problems,
    names: Names<'a>,
}

impl Reader<'_> {
    /// The rows of a list, with an empty text for an optional column that the file does not have.
    fn rows(&mut self, id: &str) -> Option<(ListSource, Vec<Row>)> {
        let list = self.lists.iter().find(|list| list.id == id)?.clone();
        let listing = Listing { file: &list.file, sheet: list.sheet.as_ref(), subject: id };
        let declared = |name: &str| list.columns.contains_key(name);
        let keys = list.kind.keys().iter().flatten().map(|name| (*name, declared(name)));
        let others =
            list.kind.columns().iter().map(|(name, must)| (*name, *must || declared(name)));
        let wanted: Vec<(&str, bool)> =
            keys.chain(others).map(|(name, must)| (list.column(name), must)).collect();
        let (found, findings) = listing.rows(self.inputs, &wanted);
        self.findings.extend(findings);
        let found = found?;
        if !self.has_keys(&list, found.first()) {
            return None;
        }
        let mut rows = Vec::new();
        for ListedRow { number, texts: mut cells } in found {
            let texts = cells.split_off(3 * list.kind.keys().len());
            let texts: Vec<String> = texts.into_iter().map(Option::unwrap_or_default).collect();
            let alone = texts.iter().all(String::is_empty);
            let mut codes = Vec::new();
            for key in cells.chunks(3) {
                match self.names.unit((&list, number), key, alone) {
                    Named::Unit(code) => codes.push(Some(code)),
                    Named::Note => {}
                    Named::Nobody(message, hint) => {
                        self.problems.error_on_line(&list.file, number, message, hint);
                        codes.push(None);
                    }
                }
            }
            if !codes.is_empty() {
                rows.push(Row { number, codes, texts });
            }
        }
        self.record(&list, rows.len());
        Some((list, rows))
    }

    /// Whether the file has a column for the code or the name of each unit of a row; else reports
    /// which is missing.
    fn has_keys(&mut self, list: &ListSource, first: Option<&ListedRow>) -> bool {
        let Some(ListedRow { texts: cells, .. }) = first else { return true };
        let mut complete = true;
        for ([code, name, county], cells) in list.kind.keys().iter().zip(cells.chunks(3)) {
            if cells[0].is_none() && cells[1].is_none() {
                let (called, named) = (list.column(code), list.column(name));
                let message = message!(
                    "there is no column `{called}`, and no column `{named}`",
                    "nu există nici coloana `{called}`, nici coloana `{named}`",
                );
                let hint = message!(
                    "a unit is told by its code, or by its name and county: `columns = {{ {code} = \
                     \"…\" }}` or `columns = {{ {name} = \"…\", {county} = \"…\" }}` says what the \
                     file calls them",
                    "o unitate se recunoaște după cod sau după denumire și județ: `columns = {{ {code} \
                     = \"…\" }}` sau `columns = {{ {name} = \"…\", {county} = \"…\" }}` spune cum le \
                     numește fișierul",
                );
                let finding =
                    Finding::new(&message::ingest::COLUMN_MISSING, &list.id, message).hint(hint);
                self.findings.push(finding.at(Place::file(&list.file)));
                complete = false;
            }
        }
        complete
    }

    /// Adds the file to those of the run and compares its pin.
    fn record(&mut self, list: &ListSource, rows: usize) {
        let Ok(bytes) = self.inputs.bytes(&list.file) else { return };
        let digest = sha256(&bytes);
        if let Some(pin) = list.sha256.as_ref().filter(|pin| **pin != digest) {
            let message = message!(
                "the file has SHA-256 `{digest}`, and `{pin}` is pinned",
                "fișierul are amprenta SHA-256 `{digest}`, iar fixată este `{pin}`",
            );
            let finding = Finding::new(&message::ingest::PIN_DIFFERS, &list.id, message);
            self.findings.push(finding.at(Place::file(&list.file)));
        }
        let ending = list.file.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
        let workbook = ["xlsx", "xls", "xlsb", "ods"].contains(&ending.as_str());
        self.files.push(InputFile {
            source: list.id.clone(),
            path: list.file.clone(),
            sha256: digest,
            bytes: bytes.len() as u64,
            format: if workbook { ending } else { "text".to_owned() },
            sheets: Vec::new(),
            encoding: None,
            delimiter: None,
            rows_used: rows as u64,
        });
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
                    None => {
                        let message = format!("unit `{code}` is listed without a reason");
                        let hint =
                            "fill the column `reason`, or give the list one in the programme";
                        let hint = Some(hint.to_owned());
                        self.problems.error_on_line(&list.file, row, message, hint);
                    }
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
                let message = format!("`{metres}` is no length of a border in metres");
                self.problems.error_on_line(&list.file, row, message, None);
            }
            let [Some(a), Some(b)] = &codes[..] else { continue };
            if a == b {
                let message = format!("unit `{a}` cannot be its own neighbour");
                self.problems.error_on_line(&list.file, row, message, None);
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
        for Row { number: row, codes, texts } in rows {
            let ([code], [day, word, reference]) = (&codes[..], &texts[..]) else { continue };
            let day = match calendar_day(day) {
                Ok(day) => Some(day),
                Err(message) => {
                    self.problems.error_on_line(&list.file, row, message, None);
                    None
                }
            };
            let answer = answer(word);
            if answer.is_none() {
                let message = format!("`{word}` is no decision");
                let hint = "write `accepted`, `refused` or `withdrawn`".to_owned();
                self.problems.error_on_line(&list.file, row, message, Some(hint));
            }
            if let (Some(code), Some(day), Some(answer)) = (code, day, answer) {
                let place = (list.file.clone(), row);
                lists.decided.entry(code.clone()).or_insert(place);
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
                let message = format!("`{state}` is no state of a list");
                let hint = "give the `selection.csv` of the run that was published".to_owned();
                self.problems.error_on_line(&list.file, row, message, Some(hint));
                continue;
            };
            let [Some(code)] = &codes[..] else { continue };
            let points = score.parse::<f64>().ok();
            let points = points.and_then(|score| Points::round(score, decimals).ok());
            let holds = match decision.as_str() {
                "accepted" | "replacement" => true,
                "refused" | "withdrawn" => false,
                _ => was == State::Selected,
            };
            let phase = Some(phase.clone()).filter(|phase| !phase.is_empty());
            published.push(Published { code: code.clone(), state: was, holds, phase, points });
        }
        published
    }
}

/// `2026-11-20`, also as a spreadsheet shows it with a time of midnight, or `20.11.2026`.
fn calendar_day(text: &str) -> Result<Day, String> {
    let text = text.strip_suffix("T00:00:00").or(text.strip_suffix(" 00:00:00")).unwrap_or(text);
    let parts: Vec<&str> = text.split('.').collect();
    let turned = match parts[..] {
        [day, month, year] => format!("{year}-{month:0>2}-{day:0>2}"),
        _ => text.to_owned(),
    };
    turned.parse::<Day>().map_err(|_| format!("`{text}` is no day of the form 2026-11-20"))
}

fn answer(word: &str) -> Option<Answer> {
    Some(match word.to_lowercase().as_str() {
        "accepted" | "acceptat" | "acceptată" => Answer::Accepted,
        "refused" | "refuzat" | "refuzată" => Answer::Refused,
        "withdrawn" | "retras" | "retrasă" => Answer::Withdrawn,
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
            assert_eq!(calendar_day(text), Ok(day), "{text}");
        }
        assert!(calendar_day("1/3/2026").is_err());
        assert!(calendar_day("31.02.2026").is_err());
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
