//! A checked study file.

use std::collections::BTreeMap;

use serde::Serialize;

use super::source::{SheetChoice, Source};
use crate::language::Label;

/// A study that has passed all checks: which year, which files, which method.
#[derive(Clone, Debug)]
pub struct Study {
    /// Title for reports.
    pub title: Label,
    /// Bundled name or path of the methodology.
    pub methodology: String,
    /// Bundled name or path of the programme.
    pub programme: Option<String>,
    /// Printed on every sheet and page.
    pub notice: Option<Label>,
    /// Indicators left out, each with its reason.
    pub omit: BTreeMap<String, String>,
    /// The act that fixed the rules before the data.
    pub adopted: Option<Adopted>,
    /// Who prepared and approved, printed on the cover.
    pub sign_off: Option<SignOff>,
    /// Who is counted.
    pub register: RegisterChoice,
    /// The units of the register that are counted, when not all: a predicate over its columns.
    pub units: Option<Predicate>,
    /// Findings that somebody looked at.
    pub accept: Vec<Acceptance>,
    /// The sources, in the order of the file.
    pub sources: Vec<Source>,
    /// Lists that a programme uses, in the order of the file.
    pub lists: Vec<ListSource>,
    /// Register columns and measures whose numbers are masked in public reports below this count.
    pub min_count: Option<u32>,
}

/// A predicate as it is written, with the line on which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Predicate {
    /// Its text, an SQL expression.
    pub text: String,
    /// Line of the study file.
    pub line: u32,
}

/// The act that fixed methodology and programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Adopted {
    /// The act.
    pub act: String,
    /// Its date, `YYYY-MM-DD`.
    pub date: String,
    /// SHA-256 of the methodology file it fixed.
    pub methodology_sha256: Option<String>,
    /// SHA-256 of the programme file it fixed.
    pub programme_sha256: Option<String>,
}

/// Declared on the cover.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SignOff {
    /// Who prepared it.
    pub prepared: Option<String>,
    /// Who approved it.
    pub approved: Option<String>,
    /// When, as text.
    pub date: Option<String>,
}

/// Which register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegisterChoice {
    /// A bundled one by name, with an optional alias file.
    Bundled {
        /// `ro-uat-2025`.
        name: String,
        /// Path of an alias file.
        aliases: Option<String>,
    },
    /// A CSV or workbook of the study's own.
    File {
        /// Path, relative to the inputs folder.
        file: String,
        /// Sheet of a workbook.
        sheet: Option<String>,
        /// Column of the code.
        code: String,
        /// Column of the period, for a panel: a unit is a place in a period, and its code is
        /// `<code>|<period>`.
        period: Option<String>,
        /// Column of the name.
        name: String,
        /// Register column -> column of the file.
        columns: BTreeMap<String, String>,
        /// Path of an alias file.
        aliases: Option<String>,
    },
}

/// A finding that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// Rule id.
    pub finding: String,
    /// Source or node it is about; any when absent.
    pub source: Option<String>,
    /// Why it is accepted.
    pub reason: String,
    /// Line of the study file.
    pub line: u32,
}

/// A source whose rows are no measurements: a list that a programme uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListSource {
    /// Identifier; the programme names it.
    pub id: String,
    /// What its rows say.
    pub kind: ListKind,
    /// Path, relative to the inputs folder.
    pub file: String,
    /// Line of the study file on which the source begins, for messages.
    pub line: u32,
    /// Sheet of a workbook.
    pub sheet: Option<SheetChoice>,
    /// What a column is called where that is not its name in [`ListKind::all_columns`].
    pub columns: BTreeMap<String, String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Reference date or period, as text.
    pub reference: Option<String>,
    /// Pinned SHA-256.
    pub sha256: Option<String>,
}

/// What the rows of a list say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListKind {
    /// A unit, perhaps with a reason: who was funded before.
    Units,
    /// Two units that touch, perhaps with the length of their border; or boundaries to find them.
    Borders,
    /// What a unit decided, and when.
    Decisions,
    /// A list that was published before, as `selection.csv` holds it.
    Selection,
}

impl ListKind {
    /// The word of `layout`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Units => "units",
            Self::Borders => "borders",
            Self::Decisions => "decisions",
            Self::Selection => "selection",
        }
    }

    /// What it is a list of, in messages.
    pub fn of_what(self) -> &'static str {
        match self {
            Self::Units => "units",
            Self::Borders => "neighbours",
            Self::Decisions => "decisions",
            Self::Selection => "published places",
        }
    }

    /// The columns that say which unit a row is about, once for each unit that it names: code, name
    /// and county. The code or the name must be there; where both are, they are compared.
    pub fn keys(self) -> &'static [[&'static str; 3]] {
        match self {
            Self::Units | Self::Decisions | Self::Selection => &[["code", "name", "county"]],
            Self::Borders => &[["a", "a_name", "a_county"], ["b", "b_name", "b_county"]],
        }
    }

    /// The columns that it has beside its keys, and whether it must.
    pub fn columns(self) -> &'static [(&'static str, bool)] {
        match self {
            Self::Units => &[("reason", false)],
            Self::Borders => &[("border_m", false)],
            Self::Decisions => &[("date", true), ("decision", true), ("reference", false)],
            Self::Selection => {
                &[("state", true), ("decision", true), ("phase", true), ("score", true)]
            }
        }
    }

    /// Every column that it may have.
    pub fn all_columns(self) -> impl Iterator<Item = &'static str> + Clone {
        let keys = self.keys().iter().flatten().copied();
        keys.chain(self.columns().iter().map(|(name, _)| *name))
    }
}

impl ListSource {
    /// What the file calls a column.
    pub fn column<'s>(&'s self, id: &'s str) -> &'s str {
        self.columns.get(id).map_or(id, String::as_str)
    }
}
