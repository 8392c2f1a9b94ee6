//! The lists that a programme uses: units locked in or out, borders, decisions, a published list.

use std::collections::BTreeMap;

use crate::ingest::{self, Inputs};
use crate::observation::InputFile;
use crate::quality::{Finding, Findings, Place, rules, said};
use crate::report::sha256;
use crate::run::{Run, Stopped};
use crate::selection::{Answer, Border, Day, Decision, Lock, Past, Points, Published, State};
use crate::study::programme::{ListUse, Plan};
use crate::study::{ListSource, Problems};

/// A row of a list: its number in the file and its texts, in the order of the kind's columns.
type Row = (u32, Vec<String>);

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
    pub(super) fn read(run: &mut Run, plan: &Plan, inputs: &Inputs) -> Result<Self, Stopped> {
        let mut findings = Findings::default();
        let mut reader = Reader {
            lists: run.study.lists.clone(),
            inputs,
            findings: &mut findings,
            files: Vec::new(),
            problems: run.notes.clone(),
            codes: run.register.codes().to_vec(),
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
        let Reader { files, problems, .. } = reader;
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
    pub(super) fn applied(&self, mut plan: Plan) -> (Plan, Past) {
        let add = |own: &mut Vec<Lock>, listed: &[Lock]| {
            for lock in listed {
                if !own.iter().any(|known| known.code == lock.code) {
                    own.push(lock.clone());
                }
            }
        };
        add(&mut plan.rules.eligible.exclude, &self.exclude);
        add(&mut plan.rules.eligible.include, &self.include);
        let past = Past { decisions: self.decisions.clone(), previous: self.previous.clone() };
        (plan, past)
    }
}

struct Reader<'a> {
    lists: Vec<ListSource>,
    inputs: &'a Inputs,
    findings: &'a mut Findings,
    files: Vec<InputFile>,
    problems: Problems,
    codes: Vec<String>,
}

impl Reader<'_> {
    /// The rows of a list, with an empty text for an optional column that the file does not have.
    fn rows(&mut self, id: &str) -> Option<(ListSource, Vec<Row>)> {
        let list = self.lists.iter().find(|list| list.id == id)?.clone();
        let file = list.file.clone();
        let place = (file.as_str(), list.sheet.as_ref());
        let columns = list.kind.columns();
        let all: Vec<&str> = columns.iter().map(|(name, _)| list.column(name)).collect();
        let must = |(name, required): &(&str, bool)| *required || list.columns.contains_key(*name);
        let needed: Vec<&str> =
            columns.iter().filter(|c| must(c)).map(|(name, _)| list.column(name)).collect();
        let mut unseen = Findings::default();
        let rows = match ingest::text_columns(self.inputs, place, &all, (id, &mut unseen)) {
            Some(rows) => {
                self.findings.extend(unseen);
                rows
            }
            None => {
                let found = ingest::text_columns(self.inputs, place, &needed, (id, self.findings))?;
                let widen = |texts: Vec<String>| {
                    let mut texts = texts.into_iter();
                    let next = |c| if must(c) { texts.next() } else { None };
                    columns.iter().map(next).map(Option::unwrap_or_default).collect()
                };
                found.into_iter().map(|(row, texts)| (row, widen(texts))).collect()
            }
        };
        self.record(&list, rows.len());
        Some((list, rows))
    }

    /// Adds the file to those of the run and compares its pin.
    fn record(&mut self, list: &ListSource, rows: usize) {
        let Ok(bytes) = self.inputs.bytes(&list.file) else { return };
        let digest = sha256(&bytes);
        if let Some(pin) = list.sha256.as_ref().filter(|pin| **pin != digest) {
            let message = said!(
                "the file has SHA-256 `{digest}`, and `{pin}` is pinned",
                "fișierul are amprenta SHA-256 `{digest}`, iar fixată este `{pin}`",
            );
            let finding = Finding::new(&rules::PIN_DIFFERS, &list.id, message);
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

    /// Whether a code is one of the register; else reports the row.
    fn is_unit(&mut self, list: &ListSource, row: u32, code: &str) -> bool {
        let known = self.codes.binary_search_by(|known| known.as_str().cmp(code)).is_ok();
        if !known {
            let message = format!("`{code}` is no unit of the register");
            let hint = format!("it stands in the list `{}`", list.id);
            self.problems.error_on_line(&list.file, row, message, Some(hint));
        }
        known
    }

    fn locks(&mut self, uses: &[ListUse]) -> Vec<Lock> {
        let mut locks = Vec::new();
        for used in uses {
            let Some((list, rows)) = self.rows(&used.source) else { continue };
            for (row, texts) in rows {
                let [code, own] = &texts[..] else { continue };
                if !self.is_unit(&list, row, code) {
                    continue;
                }
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
        for (row, texts) in rows {
            let [a, b, metres] = &texts[..] else { continue };
            let known = [a, b].map(|code| self.is_unit(&list, row, code));
            let length = whole_metres(metres);
            if length.is_none() && !metres.is_empty() {
                let message = format!("`{metres}` is no length of a border in metres");
                self.problems.error_on_line(&list.file, row, message, None);
            }
            if a == b {
                let message = format!("unit `{a}` cannot be its own neighbour");
                self.problems.error_on_line(&list.file, row, message, None);
            }
            if known == [true, true] {
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
        for (row, texts) in rows {
            let [code, day, word, reference] = &texts[..] else { continue };
            let known = self.is_unit(&list, row, code);
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
            if let (true, Some(day), Some(answer)) = (known, day, answer) {
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
        for (row, texts) in rows {
            let [code, state, decision, phase, score] = &texts[..] else { continue };
            let Some(was) = State::named(state) else {
                let message = format!("`{state}` is no state of a list");
                let hint = "give the `selection.csv` of the run that was published".to_owned();
                self.problems.error_on_line(&list.file, row, message, Some(hint));
                continue;
            };
            if !self.is_unit(&list, row, code) {
                continue;
            }
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
