//! A source whose rows are no measurements: a list that a programme uses.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::problem::Problems;
use super::shape::Entries;
use super::source_values::SheetChoice;
use super::table::table;
use super::values::{Identifier, InputPath, Sha256, Text, TextOrNumber};
use crate::message::study::source as message;
use crate::message::suggest;
use crate::quality::Message;

table! {
    /// A list that a programme uses.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct ListSource from ListTable as "`[[source]]`" {
        /// Identifier: lower-case letters, digits and `_`; the programme names it.
        required id: Identifier,
        /// File, relative to the inputs folder, with `/`.
        required file: InputPath,
        /// What kind of list it is.
        required layout: ListKind,
        /// Sheet by name or number; the first visible one with data when absent.
        optional sheet: SheetChoice,
        /// What the file calls a column, where that is not its own name.
        checked columns: Entries<TextOrNumber>,
        /// Who publishes it.
        optional publisher: Text,
        /// Reference date or period.
        optional reference: TextOrNumber,
        /// Pinned SHA-256 of the file.
        optional sha256: Sha256,
        /// Line of the study file on which the source begins, for messages.
        computed line: u32,
        /// What the file calls a column, where that is not its name in [`ListKind::all_columns`].
        computed renamed: BTreeMap<String, String>,
    }
}

/// What the rows of a list say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ListKind {
    /// A unit, perhaps with a reason: who was funded before.
    Units,
    /// Two units that touch, perhaps with the length of their border; or boundaries to find them.
    Borders,
    /// What a unit decided, and when.
    Decisions,
    /// A list that was published before, as `selection.csv` holds it.
    Selection,
    /// Weights of nodes that an expert proposes, for the doubt about weights.
    Weights,
}

impl ListKind {
    /// The kind that a word of `layout` names.
    pub(super) fn named(word: &str) -> Option<Self> {
        let all = [Self::Units, Self::Borders, Self::Decisions, Self::Selection, Self::Weights];
        all.into_iter().find(|kind| kind.word() == word)
    }

    /// The word of `layout`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Units => "units",
            Self::Borders => "borders",
            Self::Decisions => "decisions",
            Self::Selection => "selection",
            Self::Weights => "weights",
        }
    }

    /// What it is a list of, in messages.
    pub(crate) fn of_what(self) -> Message {
        match self {
            Self::Units => message::units(),
            Self::Borders => message::neighbours(),
            Self::Decisions => message::decisions(),
            Self::Selection => message::published_places(),
            Self::Weights => message::weights(),
        }
    }

    /// The columns that say which unit a row is about, once for each unit that it names: code, name
    /// and county. The code or the name must be there; where both are, they are compared.
    pub(crate) fn keys(self) -> &'static [[&'static str; 3]] {
        match self {
            Self::Units | Self::Decisions | Self::Selection => &[["code", "name", "county"]],
            Self::Weights => &[],
            Self::Borders => &[["a", "a_name", "a_county"], ["b", "b_name", "b_county"]],
        }
    }

    /// The columns that it has beside its keys, and whether it must.
    pub(crate) fn columns(self) -> &'static [(&'static str, bool)] {
        match self {
            Self::Units => &[("reason", false)],
            Self::Borders => &[("border_m", false)],
            Self::Decisions => &[("date", true), ("decision", true), ("reference", false)],
            Self::Weights => &[("expert", true), ("node", true), ("weight", true)],
            Self::Selection => {
                &[("state", true), ("decision", true), ("phase", true), ("score", true)]
            }
        }
    }

    /// Every column that it may have.
    pub(crate) fn all_columns(self) -> impl Iterator<Item = &'static str> + Clone {
        let keys = self.keys().iter().flatten().copied();
        keys.chain(self.columns().iter().map(|(name, _)| *name))
    }
}

impl ListSource {
    /// What the file calls a column.
    pub(crate) fn column<'s>(&'s self, id: &'s str) -> &'s str {
        self.renamed.get(id).map_or(id, String::as_str)
    }
}

impl ListTable {
    /// The list, where its columns are those that its kind has.
    pub(super) fn check(mut self, problems: &mut Problems) -> Option<ListSource> {
        let kind = self.layout.value?;
        let mut renamed = BTreeMap::new();
        for column in self.columns.value.take().unwrap_or_default() {
            if !kind.all_columns().any(|name| name == column.key) {
                let hint = suggest(&column.key, kind.all_columns());
                let said = message::list_without_column(&kind.of_what(), &column.key);
                problems.error(&column.key_at, said.advise(hint));
            } else if let Some(called) = column.value {
                renamed.insert(column.key, called);
            }
        }
        if self.sheet.value == Some(SheetChoice::Every) {
            problems.error(&self.sheet.at, message::list_of_every_sheet());
        }
        self.line = Some(problems.texts().line(&self.site.at).1);
        self.renamed = Some(renamed);
        ListSource::of(self)
    }
}
