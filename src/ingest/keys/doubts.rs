//! What is told of keys: codes and names that the register does not have, that do not belong
//! together, or that were found by a fallback.

use super::{KeyTexts, Recogniser};
use crate::ingest::labels::{list, trim};
use crate::ingest::remarks::{At, Refused, Remark, correct_or_alias, told};
use crate::message;
use crate::quality::{Message, message};
use crate::register::{How, NameMatch};

impl Recogniser<'_> {
    /// What to tell of a code that the register does not have.
    pub(super) fn no_such_code(&self, texts: KeyTexts<'_>, control_digit_fits: bool) -> Remark {
        let code = trim(texts.code.unwrap_or_default());
        let message = match (code.is_empty(), control_digit_fits) {
            (true, _) => message!(
                "the row of `{name}` has no code",
                "rândul cu `{name}` nu are cod",
                name = texts.name.map_or("", trim),
            ),
            (false, true) => message!(
                "the register has no unit with the code `{code}`",
                "registrul nu are nicio unitate cu codul `{code}`",
            ),
            (false, false) => message!(
                "the register has no unit with the code `{code}`, and its control digit does not \
                 fit: probably mistyped",
                "registrul nu are nicio unitate cu codul `{code}`, iar cifra de control nu se \
                 potrivește: probabil greșit scris",
            ),
        };
        let hint = texts.name.and_then(|name| match self.matcher.name(name, texts.county) {
            NameMatch::Unit(unit, _) => {
                let code = &self.matcher.register().codes()[unit];
                Some(message!(
                    "the name beside it is that of `{code}`; {advice}",
                    "denumirea de alături este a codului `{code}`; {advice}";
                    advice = correct_or_alias(),
                ))
            }
            _ => None,
        });
        Remark {
            rule: &message::ingest::UNKNOWN_CODE,
            message,
            hint: hint.or_else(|| Some(correct_or_alias())),
            unit: None,
            at: At::Code,
            refused: None,
        }
    }

    /// Compares the name beside a code with the unit of that code.
    pub(super) fn compare(&self, texts: KeyTexts<'_>, unit: usize, remarks: &mut Vec<Remark>) {
        let Some(name) = texts.name.map(trim).filter(|name| !name.is_empty()) else { return };
        if self.matcher.is_name_of(name, unit) {
            return;
        }
        let register = self.matcher.register();
        let (code, known) = (&register.codes()[unit], &register.names()[unit]);
        let hint = match self.matcher.name(name, texts.county) {
            NameMatch::Unit(other, _) if other != unit => {
                message!(
                    "`{name}` is the name of `{code}`; find out which of the two the row is about",
                    "`{name}` este denumirea codului `{code}`; aflați despre care dintre cele două \
                     este rândul",
                    code = &register.codes()[other],
                )
            }
            _ => message!(
                "find out which of the two the row is about, then {advice}",
                "aflați despre care dintre cele două este rândul, apoi {advice}";
                advice = correct_or_alias(),
            ),
        };
        remarks.push(Remark {
            rule: &message::ingest::CODE_NAME_MISMATCH,
            message: message!(
                "the code `{code}` is that of {known}, the name beside it is `{name}`",
                "codul `{code}` este al unității {known}, denumirea de alături este `{name}`",
            ),
            hint: Some(hint),
            unit: Some(unit),
            at: At::Name,
            refused: None,
        });
    }

    /// What to tell of a label that names no area of the level.
    pub(super) fn unknown_area(&self, label: &str, suggestions: Vec<usize>) -> Remark {
        let level = self.matcher.register().level(self.level);
        let names: Vec<&str> = suggestions
            .iter()
            .filter_map(|&area| level.and_then(|level| level.areas.get(area)))
            .map(String::as_str)
            .collect();
        let hint = if names.is_empty() {
            correct_or_alias()
        } else {
            message!(
                "did you mean {names}? {advice}",
                "ați vrut să scrieți {names}? {advice}";
                names = list(names, 3),
                advice = correct_or_alias(),
            )
        };
        Remark {
            rule: &message::ingest::UNKNOWN_NAME,
            message: message!(
                "the register has no {level} `{label}`",
                "la nivelul `{level}`, registrul nu are `{label}`",
                level = self.level,
            ),
            hint: Some(hint),
            unit: None,
            at: At::Name,
            refused: Some(Refused {
                label: label.to_owned(),
                county: None,
                candidates: suggestions,
            }),
        }
    }

    pub(super) fn suggest(&self, units: &[usize]) -> Message {
        let register = self.matcher.register();
        let county = register.column("county");
        let names: Vec<String> = units
            .iter()
            .map(|&unit| {
                let name = &register.names()[unit];
                let inside = county.map_or(String::new(), |county| format!(", {}", county[unit]));
                format!("{} {name}{inside}", register.codes()[unit])
            })
            .collect();
        if names.is_empty() {
            return correct_or_alias();
        }
        message!(
            "it may be {names}; {advice}",
            "poate fi {names}; {advice}";
            names = list(names.iter().map(String::as_str), 4),
            advice = correct_or_alias(),
        )
    }

    pub(super) fn remark_how(
        &self,
        how: &How,
        (text, at): (&str, At),
        unit: usize,
        remarks: &mut Vec<Remark>,
    ) {
        let register = self.matcher.register();
        let known = format!("{} ({})", register.names()[unit], register.codes()[unit]);
        if let Some((rule, message, hint)) = told(how, text, &known) {
            let unit = Some(unit);
            remarks.push(Remark { rule, message, hint, unit, at, refused: None });
        }
    }

    pub(super) fn remark_area(
        &self,
        how: &How,
        text: &str,
        area: usize,
        remarks: &mut Vec<Remark>,
    ) {
        let level = self.matcher.register().level(self.level);
        let known = level.map_or("", |level| level.areas[area].as_str());
        if let Some((rule, message, hint)) = told(how, text, known) {
            let at = At::Name;
            remarks.push(Remark { rule, message, hint, unit: None, at, refused: None });
        }
    }
}
