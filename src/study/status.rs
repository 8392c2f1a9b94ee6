//! Whether an authority adopted a methodology or programme, as its file declares.

use super::fields::{Fields, any};
use super::problem::Problems;
use super::shapes::text;
use crate::index::method::Status;

#[derive(Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    Illustrative,
    Adopted,
}

/// Reads `status` and `act` of a head table; `noun` is `methodology` or `programme`.
pub(super) fn status(
    fields: &mut Fields<'_>,
    noun: &str,
    problems: &mut Problems,
) -> Option<Status> {
    let word = fields.required("status", any::<Word>, problems);
    let act = fields.optional("act", text, problems);
    match (word, act) {
        (Some(Word::Adopted), Some(act)) => Some(Status::Adopted { act }),
        (Some(Word::Illustrative), None) => Some(Status::Illustrative),
        (Some(Word::Adopted), None) => {
            let hint = "add `act = \"Ordin …\"`, or write `status = \"illustrative\"`".to_owned();
            let message = format!("an adopted {noun} names the act that adopted it");
            problems.error(&fields.at_key("status"), message, Some(hint));
            None
        }
        (Some(Word::Illustrative), Some(_)) => {
            let message = format!("an illustrative {noun} has no act");
            problems.error(&fields.at_key("act"), message, None);
            None
        }
        (None, _) => None,
    }
}
