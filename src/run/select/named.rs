//! Which unit a row of a list is about: by code, or by name and county as in any other source.

use std::collections::BTreeMap;

use crate::ingest::{KeyTexts, Recogniser, Subject};
use crate::message;
use crate::quality::{Finding, Message, Place, Severity, message};
use crate::register::{Matcher, Register, UNIT};
use crate::study::ListSource;

/// What a row is about.
pub(super) enum Named {
    /// A unit that is counted, by its code.
    Unit(String),
    /// A note under the list.
    Note,
    /// Nothing that is counted: why, and what to do.
    Nobody(String, Option<String>),
}

/// Recognises the rows of the lists of one programme and keeps what there is to tell.
pub(super) struct Names<'m> {
    recogniser: Recogniser<'m>,
    /// Codes of the units that are counted, in order.
    codes: Vec<String>,
    /// Findings by list, rule and message, each with its places.
    told: BTreeMap<(String, &'static str, Message), Finding>,
}

impl<'m> Names<'m> {
    pub(super) fn new(matcher: &'m Matcher<'m>, counted: &Register) -> Self {
        let recogniser = Recogniser { matcher, level: UNIT };
        Self { recogniser, codes: counted.codes().to_vec(), told: BTreeMap::new() }
    }

    /// The unit of a row, from the texts of its code, name and county; `alone` where nothing else
    /// stands in the row.
    pub(super) fn unit(
        &mut self,
        (list, row): (&ListSource, u32),
        key: &[Option<String>],
        alone: bool,
    ) -> Named {
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
            let finding = Finding { unit: None, ..remark.finding };
            match finding.severity {
                Severity::Error => {
                    let hint = finding.hint.map(|hint| hint.en);
                    refused = refused.or(Some((finding.message.en, hint)));
                }
                Severity::Warning | Severity::Note => self.keep(&list.id, finding, place.clone()),
            }
        }
        let label = code.or(name).unwrap_or_default();
        let hint = Some(format!("it stands in the list `{}`", list.id));
        match (found.subject, refused) {
            (_, Some((message, hint))) => Named::Nobody(message, hint),
            (Subject::Area(unit), None) => {
                let code = &self.recogniser.matcher.register().codes()[unit];
                if self.is_counted(code) {
                    return Named::Unit(code.clone());
                }
                Named::Nobody(format!("`{label}` is not counted by the study"), hint)
            }
            (Subject::Other(_), None) if alone => {
                let message =
                    message!("rows that name no unit", "rânduri care nu numesc nicio unitate");
                let finding = Finding::new(&message::ingest::ROWS_DROPPED, &list.id, message);
                self.keep(&list.id, finding, place.with_text(label));
                Named::Note
            }
            (Subject::Other(_), None) if label.is_empty() => {
                Named::Nobody("the row names no unit".to_owned(), hint)
            }
            (
                Subject::Other(_) | Subject::Total(..) | Subject::Part(..) | Subject::Refused,
                None,
            ) => Named::Nobody(format!("`{label}` is no unit of the register"), hint),
        }
    }

    /// What was told about rows that were recognised.
    pub(super) fn told(self) -> impl Iterator<Item = Finding> {
        self.told.into_values()
    }

    fn is_counted(&self, code: &str) -> bool {
        self.codes.binary_search_by(|known| known.as_str().cmp(code)).is_ok()
    }

    fn keep(&mut self, list: &str, finding: Finding, place: Place) {
        let key = (list.to_owned(), finding.rule, finding.message.clone());
        let subject = list.to_owned();
        let known = self.told.remove(&key).unwrap_or(Finding { subject, ..finding });
        self.told.insert(key, known.at(place));
    }
}
