//! The keys of a study file.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::{Label, Reasons, TextOrNumber};
use crate::observation::{Counts, Nature};
use crate::study::source::{Absent, Marker, NumberFormat};

/// A study: which year, which files, which methodology.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "Study of risk-index")]
pub(super) struct StudyFile {
    /// What the study is.
    study: Head,
    /// The act that fixed the rules before the data; other digests stop the run.
    adopted: Option<Adopted>,
    /// Declared, printed on the cover.
    sign_off: Option<SignOff>,
    /// Who is counted.
    register: RegisterTable,
    /// Findings that somebody looked at.
    accept: Option<Vec<Accept>>,
    /// Where numbers come from.
    #[schemars(length(min = 1))]
    source: Vec<SourceTable>,
    /// What may be published.
    publish: Option<Publish>,
}

/// What the study is.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Head {
    /// Title for reports.
    title: Label,
    /// Bundled name (`irc`) or path of the methodology.
    methodology: String,
    /// Bundled name or path of the programme that `select` applies.
    programme: Option<String>,
    /// Printed on every sheet and page.
    notice: Option<Label>,
    /// Indicators left out, each with a reason that reports print.
    omit: Option<Reasons>,
}

/// The act that fixed methodology and programme.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Adopted {
    /// The act.
    act: String,
    /// Its date, `2026-01-15`.
    date: String,
    /// SHA-256 of the methodology file, followed by the files that it extends, the nearest first:
    /// `cat own.toml base.toml | sha256sum`.
    methodology_sha256: Option<String>,
    /// SHA-256 of the programme file, followed by those that it extends.
    programme_sha256: Option<String>,
}

/// Who prepared and approved.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct SignOff {
    /// Who prepared it.
    prepared: Option<String>,
    /// Who approved it.
    approved: Option<String>,
    /// When.
    date: Option<String>,
}

/// Who is counted: a bundled register, or a file with a code, a name and free columns.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct RegisterTable {
    /// Name of a bundled register (`ro-uat-2025`).
    bundled: Option<String>,
    /// File of a register of the study's own, relative to the inputs folder.
    file: Option<String>,
    /// Sheet of a workbook.
    sheet: Option<TextOrNumber>,
    /// Column of the code.
    code: Option<TextOrNumber>,
    /// Column of the name.
    name: Option<TextOrNumber>,
    /// Register column -> column of the file.
    columns: Option<BTreeMap<String, TextOrNumber>>,
    /// File of names and codes seen in files, with the code they mean and a reason.
    aliases: Option<String>,
    /// Register column that holds the period of a panel.
    period: Option<String>,
    /// The units that are counted, when not all: a condition over register columns.
    r#where: Option<String>,
}

/// A finding that was looked at.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Accept {
    /// Rule of the finding (`constant-column`).
    finding: String,
    /// Source or node it is about; any when absent.
    source: Option<String>,
    /// Why it is accepted.
    reason: String,
}

/// What may be published.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Publish {
    /// Counts below this are masked in reports and public tables.
    min_count: Option<u32>,
}

/// How the numbers lie in a file, or what kind of list it is.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum AnyLayout {
    /// One row an area, one column a measure.
    Table,
    /// INS TEMPO: long form.
    Tempo,
    /// Polygons of units, for maps and neighbours.
    Boundaries,
    /// A list of units: columns `code`, `reason`.
    Units,
    /// Units that touch: columns `a`, `b`, `border_m`.
    Borders,
    /// What units decided: columns `code`, `date`, `decision`, `reference`.
    Decisions,
    /// A list that was published before, as `selection.csv` holds it.
    Selection,
}

/// A source: one table in one file, or in several that a pattern names.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct SourceTable {
    /// Identifier: lower-case letters, digits and `_`; formulas say `<source>.<measure>`.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9_]*$"))]
    id: String,
    /// File or pattern (`inputs/POP107D_*.csv`), relative to the inputs folder, with `/`.
    file: String,
    /// How the numbers lie in the file.
    layout: Option<AnyLayout>,
    /// For lists: what the file calls a column, where that is not its own name.
    columns: Option<BTreeMap<String, TextOrNumber>>,
    /// Sheet by name or number; the first visible one with data when absent.
    sheet: Option<TextOrNumber>,
    /// Header row, or rows, from 1; detected when absent.
    header: Option<Header>,
    /// How a row says which area it is about.
    key: Option<Key>,
    /// Register column that is measured: `uat` (default), `county`, `region`, `national` …
    level: Option<String>,
    /// Who publishes it.
    publisher: Option<String>,
    /// Reference date or period.
    reference: Option<TextOrNumber>,
    /// Concept of population (`domicile`, `resident`).
    concept: Option<String>,
    /// Series it belongs to (`vmg`, `vmi-inclusion`, `arope-2030`).
    series: Option<String>,
    /// Encoding (`windows-1250`); decided by the bytes when absent.
    encoding: Option<String>,
    /// Delimiter, one character; decided when absent.
    delimiter: Option<char>,
    /// Marks of numbers; decided per column when absent.
    numbers: Option<NumberFormat>,
    /// Counties or countries in the file whose rows lie outside the register on purpose.
    outside: Option<Vec<String>>,
    /// Texts that stand for missing values or zeros.
    missing: Option<BTreeMap<String, Marker>>,
    /// Pinned SHA-256 of the file.
    sha256: Option<String>,
    /// What it measures; left out for boundaries.
    #[schemars(length(min = 1))]
    measure: Option<Vec<MeasureTable>>,
}

/// A header row, or several.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Header {
    /// One row.
    Row(u32),
    /// Several rows, from top to bottom.
    Rows(Vec<u32>),
}

/// How a row says which area it is about.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Key {
    /// A column of codes; name and county are compared when given.
    Code(CodeKey),
    /// A column in which code and name stand together.
    Glued(GluedKey),
    /// Columns of name and county.
    Name(NameKey),
    /// A level of the register with the column of its labels: `{ county = "Judet" }`.
    Area(BTreeMap<String, TextOrNumber>),
}

/// A column of codes.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct CodeKey {
    /// Column of the code.
    code: TextOrNumber,
    /// Column of the name.
    name: Option<TextOrNumber>,
    /// Column of the county.
    county: Option<TextOrNumber>,
}

/// A column in which code and name stand together.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct GluedKey {
    /// The column.
    glued: TextOrNumber,
}

/// Columns of name and county.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct NameKey {
    /// Column of the name.
    name: TextOrNumber,
    /// Column of the county.
    county: TextOrNumber,
}

/// A measure of a source: a `column` of a table, or the labels (`where`) of a TEMPO file.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct MeasureTable {
    /// Identifier: lower-case letters, digits and `_`.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9_]*$"))]
    id: String,
    /// What kind of quantity: only counts and amounts are summed, only rates are broadcast.
    nature: Nature,
    /// What a count counts.
    counts: Option<Counts>,
    /// Column by header text, letter or number.
    column: Option<TextOrNumber>,
    /// TEMPO dimension -> label, or labels that are summed.
    r#where: Option<BTreeMap<String, Labels>>,
    /// What an absent row means.
    absent: Option<Absent>,
    /// Marks of numbers, over those of the source.
    numbers: Option<NumberFormat>,
}

/// Labels of a TEMPO dimension.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Labels {
    /// One label; `0-17` is the sum of what tiles the range.
    One(TextOrNumber),
    /// Several labels, summed.
    Several(Vec<TextOrNumber>),
    /// A range of whole numbers.
    Range(LabelRange),
}

/// A range of whole numbers.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct LabelRange {
    /// First.
    from: u32,
    /// Last.
    to: u32,
}
