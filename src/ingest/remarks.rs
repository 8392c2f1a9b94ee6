//! What is told about the way a row was recognised.

use super::encoding::{Damage, damage};
use crate::message;
use crate::quality::{Message, Rule, message};
use crate::register::How;

/// Which cell of the row a remark is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// The code, or code and name together.
    Code,
    /// The name, or the label of the area.
    Name,
}

/// Something to tell about how a row was recognised, or why it was not.
#[derive(Clone, Debug)]
pub struct Remark {
    /// The rule that speaks.
    pub rule: &'static Rule,
    /// What is to be told.
    pub message: Message,
    /// What to do.
    pub hint: Option<Message>,
    /// Position of the unit it is about.
    pub unit: Option<usize>,
    /// The cell it is about.
    pub at: At,
    /// The label that is not recognised, where that is what it says.
    pub refused: Option<Refused>,
}

/// A name or label that the register does not recognise, and what it may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// As written, without spaces around it.
    pub label: String,
    /// The county beside it.
    pub county: Option<String>,
    /// Positions of the units, or of the areas of the source's level, that it may mean.
    pub candidates: Vec<usize>,
}

/// What to do about a code or name that the register does not have.
pub(super) fn correct_or_alias() -> Message {
    message!("correct the file or add an alias", "corectați fișierul sau adăugați un alias")
}

/// What to tell about the way a text was recognised: the rule, the message and the hint.
pub(super) fn told(
    how: &How,
    text: &str,
    known: &str,
) -> Option<(&'static Rule, Message, Option<Message>)> {
    match how {
        How::Exact => None,
        // The same words for all rows, so that they become one finding with many places.
        How::Folded => {
            let message = message!(
                "names recognised after folding case, diacritics, prefixes and punctuation",
                "denumiri recunoscute fără majuscule, diacritice, prefixe și punctuație",
            );
            Some((&message::ingest::FALLBACK_MATCH, message, None))
        }
        How::Near => {
            let message = message!(
                "`{text}` was taken for {known}, one letter away",
                "`{text}` a fost luat drept {known}, la o literă diferență",
            );
            let hint = message!(
                "add an alias if that is right, correct the file if not",
                "adăugați un alias dacă este bine, corectați fișierul dacă nu",
            );
            Some((&message::ingest::NEAR_MATCH, message, Some(hint)))
        }
        How::Alias(reason) => {
            let message = message!(
                "`{text}` is {known}: {en}",
                "`{text}` este {known}: {ro}",
                en = &reason.en,
                ro = &reason.ro,
            );
            Some((&message::ingest::ALIAS_USED, message, None))
        }
    }
}

pub(super) fn look_for_damage(text: &str, remarks: &mut Vec<Remark>) {
    let (message, hint) = match damage(text) {
        None => return,
        Some(Damage::WrongLetters) => (
            message!(
                "letters that Romanian does not have stand in names: the file was decoded wrongly",
                "în denumiri apar litere pe care româna nu le are: fișierul a fost decodat greșit",
            ),
            message!(
                "say `encoding = \"windows-1250\"` or `\"iso-8859-2\"`, or save the file again as \
                 UTF-8",
                "scrieți `encoding = \"windows-1250\"` sau `\"iso-8859-2\"` ori salvați din nou \
                 fișierul ca UTF-8",
            ),
        ),
        Some(Damage::Lost) => (
            message!(
                "`?` stands in names where a letter was lost before the file reached us",
                "în denumiri apare `?` în locul unei litere pierdute înainte ca fișierul să ajungă \
                 la noi",
            ),
            message!(
                "ask the publisher for an undamaged file",
                "cereți instituției care publică un fișier nedeteriorat",
            ),
        ),
    };
    remarks.push(Remark {
        rule: &message::ingest::MOJIBAKE,
        message,
        hint: Some(hint),
        unit: None,
        at: At::Name,
        refused: None,
    });
}
