//! `[letter]`: what letters to units say of who writes them.

use schemars::{Schema, SchemaGenerator};
use serde::Serialize;

use super::fields::Item;
use super::problem::Problems;
use super::shape::Shape;
use super::table::table;
use super::values::TextOrNumber;
use crate::language::Label;
use crate::message::study::source as message;

table! {
    /// What letters to units say of who writes them; what is left out is a line to fill in.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
    pub(crate) struct LetterHead from LetterTable as "`[letter]`" {
        /// The authority that writes.
        optional issuer: Label,
        /// Its number.
        optional number: TextOrNumber,
        /// Its date, as text.
        optional date: TextOrNumber,
        /// The act by which it decides.
        optional legal_basis: Label,
        /// To whom it goes; `{name}` and `{county}` stand for the unit and its county.
        optional addressee: Addressee,
        /// Within which term and where an appeal is made.
        optional appeal: Label,
        /// Who signs.
        optional signatory: Label,
    }
}

impl LetterHead {
    /// Stands for the name of the unit in `addressee`.
    pub(crate) const NAME: &str = "{name}";
    /// Stands for its county.
    pub(crate) const COUNTY: &str = "{county}";
}

/// A text with places for the name and the county of a unit.
pub(crate) struct Addressee;

impl Shape for Addressee {
    type Value = Label;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Label> {
        let label = Label::read(item, problems)?;
        for text in [&label.ro, &label.en] {
            let rest = text.replace(LetterHead::NAME, "").replace(LetterHead::COUNTY, "");
            if rest.contains(['{', '}']) {
                item.error(message::unknown_blank(), problems);
                return None;
            }
        }
        Some(label)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        Label::schema(generator)
    }
}
