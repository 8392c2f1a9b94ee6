//! A study file: the tables that it may have, and a checked study.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::expression;
use super::fields::{Fields, Item, Site};
use super::letter_head::{LetterHead, LetterTable};
use super::lists::{ListKind, ListSource, ListTable};
use super::problem::Problems;
use super::shape::{Entries, Shape, Table, Tables};
use super::source::{Source, SourceTable};
use super::table::table;
use super::values::{Date, InputPath, RelativePath, Sha256, Text, TextOrNumber, Texts};
use crate::language::{Label, Language, Words};
use crate::message;

table! {
    /// A study: which year, which files, which methodology.
    pub(super) struct StudyFile as "the study", "studiu" {
        /// What the study is.
        required study: StudyTable,
        /// The act that fixed the rules before the data; other digests stop the run.
        optional adopted: AdoptedTable,
        /// Declared, printed on the cover.
        optional sign_off: SignOffTable,
        /// What letters to units say of who writes them.
        optional letter: LetterTable,
        /// Who is counted.
        required register: RegisterTable,
        /// Findings that somebody looked at.
        optional accept: Tables<AcceptanceTable>,
        /// Where numbers come from.
        required source: Tables<AnySource>,
        /// What may be published.
        optional publish: PublishTable,
    }
}

table! {
    /// What the study is.
    pub(super) struct StudyTable as "`[study]`" {
        /// Title for reports.
        required title: Label,
        /// Language of reports, `ro` or `en`; `--lang` wins over it. Romanian when absent.
        optional lang: Language,
        /// Bundled name (`irc`) or path of the methodology; that of the programme when absent.
        optional methodology: RelativePath,
        /// Bundled name or path of the programme that `select` applies.
        optional programme: RelativePath,
        /// Bundled name or path of the file of doubts that `robustness` draws; the one that comes with the
        /// methodology when absent.
        optional robustness: RelativePath,
        /// Printed on every sheet and page.
        optional notice: Label,
        /// Indicators left out, each with a reason that reports print.
        optional omit: Entries<Text>,
    }
}

/// A study that has passed all checks: which year, which files, which method.
#[derive(Clone, Debug)]
pub struct Study {
    /// Title for reports.
    pub title: Label,
    /// Language of reports, where the study names one.
    pub(crate) lang: Option<Language>,
    /// Bundled name or path of the methodology; none: the programme names it.
    pub methodology: Option<String>,
    /// Bundled name or path of the programme.
    pub(crate) programme: Option<String>,
    /// Bundled name or path of the file of doubts.
    pub(crate) robustness: Option<String>,
    /// Printed on every sheet and page.
    pub(crate) notice: Option<Label>,
    /// Indicators left out, each with its reason.
    pub(crate) omit: BTreeMap<String, String>,
    /// The act that fixed the rules before the data.
    pub(crate) adopted: Option<Adopted>,
    /// Who prepared and approved, printed on the cover.
    pub(crate) sign_off: Option<SignOff>,
    /// What letters to units say of who writes them.
    pub(crate) letter: Option<Box<LetterHead>>,
    /// Who is counted.
    pub(crate) register: RegisterChoice,
    /// The units of the register that are counted, when not all: a predicate over its columns.
    pub(crate) units: Option<Predicate>,
    /// Findings that somebody looked at.
    pub(crate) accept: Vec<Acceptance>,
    /// The sources, in the order of the file.
    pub sources: Vec<Source>,
    /// Lists that a programme uses, in the order of the file.
    pub(crate) lists: Vec<ListSource>,
    /// What becomes of small counts in what is published; they stand as they are when absent.
    pub(crate) publish: Option<Publish>,
}

/// A predicate as it is written, with the line on which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Predicate {
    /// Its text, an SQL expression.
    pub(crate) text: String,
    /// Line of the study file.
    pub(crate) line: u32,
}

table! {
    /// The act that fixed methodology and programme.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub(crate) struct Adopted from AdoptedTable as "`[adopted]`" {
        /// The act.
        required act: Text,
        /// Its date, `2026-01-15`.
        required date: Date,
        /// SHA-256 of the methodology file, followed by the files that it extends, the nearest first:
        /// `cat own.toml base.toml | sha256sum`.
        optional methodology_sha256: Sha256,
        /// SHA-256 of the programme file, followed by those that it extends.
        optional programme_sha256: Sha256,
        /// SHA-256 of the file of doubts, followed by those that it extends.
        optional robustness_sha256: Sha256,
    }
}

table! {
    /// Who prepared and approved, printed on the cover.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
    pub(crate) struct SignOff from SignOffTable as "`[sign_off]`" {
        /// Who prepared it.
        optional prepared: Text,
        /// Who approved it.
        optional approved: Text,
        /// When, as text.
        optional date: TextOrNumber,
    }
}

/// Which register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RegisterChoice {
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

table! {
    /// A bundled register.
    pub(super) struct BundledRegisterTable as "`[register]`" {
        /// The units that are counted, when not all: a condition over register columns.
        optional r#where: Predicate,
        /// File of names and codes seen in files, with the code they mean and a reason.
        optional aliases: InputPath,
        /// Name of a bundled register (`ro-uat-2025`).
        required bundled: Text,
    }
}

table! {
    /// A register of the study's own: a file with a code, a name and free columns.
    pub(super) struct OwnRegisterTable as "`[register]`" {
        /// The units that are counted, when not all: a condition over register columns.
        optional r#where: Predicate,
        /// File of names and codes seen in files, with the code they mean and a reason.
        optional aliases: InputPath,
        /// What only a bundled register has.
        refused bundled: Text,
        /// File of the register, relative to the inputs folder.
        expected file: InputPath,
        /// Sheet of a workbook.
        optional sheet: TextOrNumber,
        /// Column of the code.
        required code: TextOrNumber,
        /// Column of the period of a panel: a unit is a place in a period.
        optional period: TextOrNumber,
        /// Column of the name.
        required name: TextOrNumber,
        /// Register column -> column of the file.
        optional columns: Entries<TextOrNumber>,
    }
}

/// `[register]`: who is counted.
#[derive(Clone, Debug)]
pub(super) enum RegisterTable {
    Bundled(Box<BundledRegisterTable>),
    Own(Box<OwnRegisterTable>),
}

impl Table for RegisterTable {
    const NAME: Words = Words::new("`[register]`", "`[register]`");
    const ID: Option<&'static str> = None;

    fn read_keys(fields: Fields<'_>, problems: &mut Problems) -> Self {
        match (fields.has("bundled"), fields.has("file")) {
            (true, false) => {
                Self::Bundled(Box::new(BundledRegisterTable::read_keys(fields, problems)))
            }
            (false, true) => Self::Own(Box::new(OwnRegisterTable::read_keys(fields, problems))),
            // which register it is is wrong, and nothing else is missing
            (true, true) | (false, false) => {
                Self::Own(Box::new(OwnRegisterTable::read_keys(fields.excused(), problems)))
            }
        }
    }

    fn site(&self) -> &Site {
        match self {
            Self::Bundled(table) => &table.site,
            Self::Own(table) => &table.site,
        }
    }
}

/// A `[[source]]`: what kind it is, its `layout` says.
#[derive(Clone, Debug)]
pub(super) enum AnySource {
    List(Box<ListTable>),
    Measures(Box<SourceTable>),
}

impl Table for AnySource {
    const NAME: Words = Words::new("`[[source]]`", "`[[source]]`");
    const ID: Option<&'static str> = None;

    fn read_keys(fields: Fields<'_>, problems: &mut Problems) -> Self {
        if fields.text_of("layout").and_then(ListKind::named).is_some() {
            Self::List(Box::new(ListTable::read_keys(fields, problems)))
        } else {
            Self::Measures(Box::new(SourceTable::read_keys(fields, problems)))
        }
    }

    fn site(&self) -> &Site {
        match self {
            Self::List(table) => &table.site,
            Self::Measures(table) => &table.site,
        }
    }
}

/// Declares that a table is one of two, for its JSON Schema and for whoever takes it.
macro_rules! either {
    ($name:ident: $one:ty, $other:ty, $about:literal) => {
        impl JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).trim_end_matches("Table").into()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                let (one, other) = (<$one>::schema(generator), <$other>::schema(generator));
                json_schema!({ "description": $about, "anyOf": [one, other] })
            }
        }

        impl Shape for $name {
            type Value = Self;

            fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
                super::shape::read(item, problems)
            }

            fn schema(generator: &mut SchemaGenerator) -> Schema {
                generator.subschema_for::<Self>()
            }

            fn take(
                fields: &mut Fields<'_>,
                key: &'static str,
                problems: &mut Problems,
            ) -> super::shape::Spanned<Option<Self>> {
                super::shape::take(fields, key, problems)
            }
        }
    };
}

either!(RegisterTable: BundledRegisterTable, OwnRegisterTable, "Who is counted.");
either!(AnySource: SourceTable, ListTable, "Where numbers come from, or a list that a programme uses.");

table! {
    /// A finding that was looked at.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Acceptance from AcceptanceTable as "`[[accept]]`" {
        /// Rule of the finding (`constant-column`).
        required finding: RuleId,
        /// Source or node it is about; any when absent.
        optional source: Text,
        /// Texts of the cells that were looked at; any when absent.
        optional text: Texts = Vec::new(),
        /// Units that were looked at, by code or name; any when absent.
        optional unit: Texts = Vec::new(),
        /// Cells that were looked at, `sheet!D17` or `file:sheet!D17`; any when absent.
        optional cell: Texts = Vec::new(),
        /// How many cells, units or findings were looked at; where there are more, none is accepted.
        optional count: u32,
        /// Why it is accepted.
        required reason: Text,
        /// Line of the study file.
        computed line: u32,
    }
}

table! {
    /// What may be published.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) struct Publish from PublishTable as "`[publish]`" {
        /// Counts from 1 to one below this are small: nothing that is published gives one of them back.
        /// At least 2.
        required min_count: u32,
        /// What stands for a small count.
        optional small: Small = Small::Midpoint,
        /// Line of the study file.
        computed line: u32,
    }
}

/// What stands for a small count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Small {
    /// The middle of 1 … `min_count` - 1, with which the whole run computes, selection included.
    #[default]
    Midpoint,
    /// Nothing: the run computes with the count itself, and what would give it back is left out. A run
    /// in which class or phase would still tell it is refused.
    Withhold,
}

impl Publish {
    /// The middle of the small counts.
    pub(crate) fn middle(self) -> f64 {
        f64::from(self.min_count) / 2.0
    }

    /// Whether a count is small.
    pub(crate) fn is_small(self, count: f64) -> bool {
        count > 0.0 && count < f64::from(self.min_count)
    }
}

/// The id of a rule of the quality checks.
pub(crate) struct RuleId;

impl Shape for RuleId {
    type Value = String;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<String> {
        let id = Text::read(item, problems)?;
        if message::rule(&id).is_none() {
            let hint = message::suggest(&id, message::rules().map(|known| known.id));
            item.error(message::study::source::unknown_finding(&id).advise(hint), problems);
        }
        Some(id)
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}

/// A predicate whose names only the register can check.
impl Shape for Predicate {
    type Value = Self;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let text = Text::read(item, problems)?;
        let (_, line) = problems.texts().line(&item.at());
        if let Err(refusals) = expression::names(&text) {
            for refusal in refusals {
                item.error(refusal.said, problems);
            }
            return None;
        }
        Some(Self { text, line })
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}
