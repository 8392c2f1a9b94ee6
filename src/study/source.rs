//! A source of a study: which file, where in it, what it measures. Checked; `ingest` reads by it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::problem::Problems;
use super::shape::Tables;
pub use super::source_key::{CountyFrom, Key};
pub(crate) use super::source_rows::RowCondition;
use super::source_rows::{Condition, Skips};
pub(crate) use super::source_values::Marker;
use super::source_values::{
    Anything, Dimensions, Encoding, HeaderRows, LayoutWord, MissingMarks, NumberMarks,
};
pub use super::source_values::{Layout, NumberFormat, SheetChoice};
use super::table::table;
use super::values::{Character, Identifier, InputPath, Sha256, Text, TextOrNumber, Texts};
use crate::language::Noun;
use crate::message::study::{file, source as message};
use crate::observation::{Counts, Nature};
use crate::register::{NATIONAL, UNIT};
use crate::spelling;

/// What an absent row means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Absent {
    /// Nobody measured it (the default: an absent row is never a zero by itself).
    #[default]
    NotAvailable,
    /// The publisher leaves out zeros; told in a finding that counts them.
    Zero,
    /// The source is a list, and who has no row is not on it: the measure does not apply there.
    /// Told in a finding that counts them.
    NotApplicable,
}

/// What several rows of one unit mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Parts {
    /// A unit has one row; villages and sectors give no value.
    #[default]
    None,
    /// Rows of villages, of sectors and of a unit that stands several times are summed.
    Sum,
}

/// What brackets around a number mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Brackets {
    /// A minus, as accountants write it.
    Minus,
    /// The value itself, which the publisher does not fully trust.
    Value,
}

/// Which cells a measure takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// A column of a table, by header text, letter or number.
    Column(String),
    /// Labels of TEMPO dimensions: dimension -> accepted labels (several are summed; `0-17` is the
    /// sum of the single years of age, or of groups that tile the range exactly).
    Where(BTreeMap<String, Vec<String>>),
}

table! {
    /// A measure of a source: a `column` of a table, or the labels (`where`) of a TEMPO file.
    #[derive(Clone, Debug, PartialEq, Eq)]
    #[expect(private_interfaces, reason = "what a shape reads is a public type")]
    pub struct Measure from MeasureTable as "`[[source.measure]]`" {
        /// Identifier: lower-case letters, digits and `_`; formulas say `<source>.<measure>`.
        required id: Identifier,
        /// What kind of quantity: only counts and amounts are summed, only rates are broadcast.
        required nature: Nature,
        /// What a count counts.
        optional counts: Counts,
        /// What it counts as people say it, of one with its article and of several: `{ ro = ["un copil",
        /// "copii"], en = ["one child", "children"] }`; letters count with it.
        optional noun: Noun,
        /// Column by header text, letter or number.
        checked column: TextOrNumber,
        /// TEMPO dimension -> label, or labels that are summed.
        checked r#where: Dimensions,
        /// What an absent row means.
        optional absent: Absent = Absent::NotAvailable,
        /// Declared marks of numbers, over those of the source.
        optional numbers: NumberMarks,
        /// The unit that is written behind its numbers, `lei` in `100 lei`; also where only some of them
        /// carry it.
        optional unit: Text,
        /// Which cells.
        computed selection: Selection,
    }
}

table! {
    /// A source: one table in one file, or in several that a pattern names.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    #[expect(private_interfaces, reason = "what a shape reads is a public type")]
    pub struct Source from SourceTable as "`[[source]]`" {
        /// Identifier: lower-case letters, digits and `_`; formulas say `<source>.<measure>`.
        required id: Identifier,
        /// File or pattern (`inputs/POP107D_*.csv`), relative to the inputs folder, with `/`. A
        /// pattern is one source in several files.
        required file: InputPath,
        /// How the numbers lie in the file.
        optional layout: LayoutWord = Layout::Table,
        /// Sheet by name or number, or `*` for every visible one that has the columns of the source; the
        /// first visible one with data when absent.
        optional sheet: SheetChoice,
        /// Header row, or rows, from 1; detected when absent.
        optional header: HeaderRows,
        /// How a row says which area it is about; for TEMPO it is found among the dimensions when
        /// absent.
        optional key: Key,
        /// Columns of the key that are written once for a block of rows: their empty cells and ditto
        /// marks repeat the cell above.
        optional fill: Texts = Vec::new(),
        /// The rows that are taken of a table with several rows for one area, by its own columns:
        /// `An = 2023 AND Luna = 'decembrie'`.
        optional rows: Condition,
        /// The rows that are left out although they are not known for notes: by the beginning of their
        /// first text, or by class, `{ class = "note" }`. A row that names an area is never left out.
        optional skip: Skips = Vec::new(),
        /// Whether rows of villages and sectors, and several rows of one unit, are summed; for counts
        /// and amounts only.
        optional parts: Parts = Parts::None,
        /// Register column that is measured: `uat`, `county`, `region`, `national` …; the one that
        /// the key names when absent.
        optional level: Identifier = UNIT.to_owned(),
        /// Who publishes it.
        optional publisher: Text,
        /// Reference date or period.
        optional reference: TextOrNumber,
        /// Whether everybody has its tables anyway: none of its counts is small, and what is published
        /// gives no count of another source back to somebody who has them.
        optional public: bool = false,
        /// What its confidential cells hide: counts from 1 to one below this. The run computes with their
        /// middle, and tells it.
        optional masked_below: u32,
        /// Concept of population (`domicile`, `resident`, …).
        optional concept: Text,
        /// Series it belongs to (`vmg`, `vmi-inclusion`, `arope-2030`).
        optional series: Text,
        /// Encoding (`windows-1250`); decided by the bytes when absent.
        optional encoding: Encoding,
        /// Delimiter, one character; decided by constancy when absent.
        optional delimiter: Character,
        /// Declared marks of numbers; decided per column when absent.
        optional numbers: NumberMarks,
        /// Counties or countries in the file whose rows lie outside the register on purpose: a
        /// network that reaches across the border. They give no value and are reported.
        optional outside: Texts = Vec::new(),
        /// Texts that stand for missing values or zeros, over the defaults `:` `::` (not available)
        /// and `c` `*` `**` (confidential).
        optional missing: MissingMarks = BTreeMap::new(),
        /// What brackets around a number mean: a `minus`, or the `value` itself. Undeclared, such a
        /// cell is an error.
        optional brackets: Brackets,
        /// Pinned SHA-256 of the file.
        optional sha256: Sha256,
        /// What it measures; left out for boundaries.
        checked measure: Tables<MeasureTable>,
        /// What only lists have.
        refused columns: Anything,
        /// Line of the study file on which the source begins, for messages.
        computed line: u32,
        /// The measures; none for boundaries.
        computed measures: Vec<Measure>,
    }
}

impl Source {
    /// A table of units with nothing declared but where it is, as a study file that says no more.
    pub fn new(id: impl Into<String>, file: impl Into<String>) -> Self {
        let (id, file) = (id.into(), file.into());
        Self { id, file, line: 1, level: UNIT.to_owned(), ..Self::default() }
    }
}

impl SourceTable {
    /// What is wrong with it as a whole is added to `problems`; the source, as far as there is one.
    pub(super) fn check(mut self, problems: &mut Problems) -> Option<Source> {
        self.check_level(problems);
        let layout = self.known_layout();
        let measures = if layout.is_none_or(Layout::measures) {
            self.measures(problems)
        } else {
            self.no_measures(problems);
            Vec::new()
        };
        if self.columns.is_written {
            problems.error(&self.columns.at, message::only_lists_have_columns());
        }
        self.check_table_only(problems);
        self.check_key(problems);
        self.check_fill(problems);
        self.check_parts(&measures, problems);
        self.check_unread(problems);
        self.check_masked(&measures, problems);
        self.line = Some(problems.texts().line(&self.site.at).1);
        self.measures = Some(measures);
        Source::of(self)
    }

    /// The layout; a layout that could not be read is not known, and nothing is checked against it.
    fn known_layout(&self) -> Option<Layout> {
        (!self.layout.is_refused).then_some(self.layout.value)
    }

    /// The level that is measured: as declared, else as the key says, else the units.
    fn check_level(&mut self, problems: &mut Problems) {
        let Some(Key::Area { level: implied, .. }) = &self.key.value else { return };
        let declared = self.level.is_written && !self.level.is_refused;
        if declared && self.level.value != *implied {
            let said = message::level_against_key(&self.level.value, implied);
            problems.error(&self.level.at, said);
        } else {
            self.level.value.clone_from(implied);
        }
    }

    /// What only tables have stands in no other layout.
    fn check_table_only(&self, problems: &mut Problems) {
        if self.known_layout().is_none_or(|layout| layout == Layout::Table) {
            return;
        }
        let is_every = self.sheet.value == Some(SheetChoice::Every);
        let keys = [
            ("sheet = \"*\"", is_every, &self.sheet.at),
            ("fill", self.fill.is_written, &self.fill.at),
            ("rows", self.rows.is_written, &self.rows.at),
            ("skip", self.skip.is_written, &self.skip.at),
            ("parts", self.parts.value == Parts::Sum, &self.parts.at),
        ];
        for (key, _, at) in keys.into_iter().filter(|(_, is_written, _)| *is_written) {
            problems.error(at, message::of_tables_only(key));
        }
    }

    /// A table needs a key, unless it is of the whole country; polygons are read by that of a unit.
    fn check_key(&self, problems: &mut Problems) {
        if problems.is_broken(self.site.at.file) {
            return;
        }
        let layout = self.known_layout();
        if layout == Some(Layout::Table) && self.level.value != NATIONAL && !self.key.is_written {
            problems.error(&self.site.at, message::table_without_key());
        }
        let fits = match &self.key.value {
            Some(Key::Code { period, .. }) => period.is_none(),
            Some(Key::Name { .. } | Key::Glued(_)) => true,
            Some(Key::NameUnder { .. } | Key::Area { .. }) => false,
            // a key that could not be read was reported already
            None => self.key.is_refused,
        };
        if layout == Some(Layout::Boundaries) && !fits {
            problems.error(&self.key.at, message::boundaries_without_key());
        }
    }

    /// Only columns of the key and of `rows` are filled: a value that is repeated would be counted twice.
    fn check_fill(&self, problems: &mut Problems) {
        if !self.fill.is_written || self.fill.is_refused {
            return;
        }
        let Some(key) = &self.key.value else { return };
        let conditions = self.rows.value.iter().flat_map(RowCondition::columns);
        let mut columns = key.columns();
        columns.extend(conditions.map(|column| column.name.as_str()));
        for column in &self.fill.value {
            if !columns.contains(&column.as_str()) {
                let known = spelling::list(columns.iter().copied());
                problems.error(&self.fill.at, message::no_column_of_the_key(column, &known));
            }
        }
    }

    /// Only what adds up is summed.
    fn check_parts(&self, measures: &[Measure], problems: &mut Problems) {
        if self.parts.value != Parts::Sum {
            return;
        }
        let rate = measures.iter().find(|measure| !measure.nature.sums());
        if let Some(measure) = rate {
            problems.error(&self.parts.at, message::parts_not_summed(&measure.id));
        }
    }

    /// Only counts are masked, and below 2 there is none.
    fn check_masked(&self, measures: &[Measure], problems: &mut Problems) {
        let at = &self.masked_below.at;
        if self.masked_below.value.is_some_and(|least| least < 2) {
            problems.error(at, message::no_small_count());
        }
        let is_count = |measure: &Measure| measure.nature == Nature::Count;
        if self.masked_below.is_written && !measures.iter().any(is_count) {
            problems.error(at, message::masked_without_counts());
        }
    }

    /// Keys that the reader of a layout does not look at.
    fn check_unread(&self, problems: &mut Problems) {
        let layout = self.known_layout();
        if self.outside.is_written && layout.is_some_and(|layout| layout != Layout::Table) {
            problems.error(&self.outside.at, message::of_tables_only("outside"));
        }
        let reads_code = matches!(self.key.value, Some(Key::Code { .. } | Key::NameUnder { .. }));
        if layout == Some(Layout::Tempo) && reads_code {
            problems.error(&self.key.at, message::key_of_tempo());
        }
        if layout != Some(Layout::Boundaries) {
            return;
        }
        let of_cells = [
            ("header", &self.header.at, self.header.is_written),
            ("encoding", &self.encoding.at, self.encoding.is_written),
            ("delimiter", &self.delimiter.at, self.delimiter.is_written),
            ("numbers", &self.numbers.at, self.numbers.is_written),
            ("missing", &self.missing.at, self.missing.is_written),
            ("brackets", &self.brackets.at, self.brackets.is_written),
        ];
        for (key, at, _) in of_cells.into_iter().filter(|(_, _, is_written)| *is_written) {
            problems.error(at, message::not_of_boundaries(key));
        }
        if self.level.is_written && self.level.value != UNIT {
            problems.error(&self.level.at, message::level_of_boundaries());
        }
    }

    /// A source of polygons measures nothing.
    fn no_measures(&self, problems: &mut Problems) {
        if self.measure.is_written {
            problems.error(&self.measure.at, message::no_measures());
        }
    }

    fn measures(&mut self, problems: &mut Problems) -> Vec<Measure> {
        let layout = self.known_layout();
        if !self.measure.is_written {
            self.site.missing("measure", problems);
        }
        let tables = self.measure.value.take().unwrap_or_default();
        if tables.is_empty() && self.measure.is_written {
            problems.error(&self.measure.at, file::empty_list());
        }
        let mut measures: Vec<Measure> = Vec::new();
        for table in tables {
            let at = table.id.at.clone();
            let Some(measure) = table.check(layout, problems) else { continue };
            if measures.iter().any(|known| known.id == measure.id) {
                problems.error(&at, message::measure_twice(&measure.id));
            } else {
                measures.push(measure);
            }
        }
        measures
    }
}

impl MeasureTable {
    fn check(mut self, layout: Option<Layout>, problems: &mut Problems) -> Option<Measure> {
        if let Some(nature) = self.nature.value {
            if self.counts.value.is_some() && nature != Nature::Count {
                problems.error(&self.counts.at, message::counts_of_no_count());
            }
            if self.noun.is_written && nature != Nature::Count {
                problems.error(&self.noun.at, message::noun_of_no_count());
            }
            if self.numbers.is_written && !nature.is_number() {
                problems.error(&self.numbers.at, message::numbers_of_words());
            }
            if self.absent.value == Absent::Zero && !nature.sums() {
                problems.error(&self.absent.at, message::zero_of_no_sum());
            }
        }
        self.check_unit(layout, problems);
        self.selection = self.select(layout, problems);
        Measure::of(self)
    }

    /// Only numbers of a table are written with their unit.
    fn check_unit(&self, layout: Option<Layout>, problems: &mut Problems) {
        let is_number = self.nature.value.is_none_or(Nature::is_number);
        let is_table = layout.is_none_or(|layout| layout == Layout::Table);
        if self.unit.is_written && !(is_number && is_table) {
            problems.error(&self.unit.at, message::unit_of_no_table());
        }
    }

    /// The cells that it takes, by `column` or `where`, whichever the layout has.
    fn select(&mut self, layout: Option<Layout>, problems: &mut Problems) -> Option<Selection> {
        let Self { column, r#where: labels, .. } = self;
        match (column.is_written, labels.is_written, layout) {
            (true, true, _) => {
                problems.error(&labels.at, message::column_and_labels());
                None
            }
            (false, false, _) => {
                let key = if layout == Some(Layout::Tempo) { "where" } else { "column" };
                self.site.missing(key, problems);
                None
            }
            (true, false, Some(Layout::Tempo)) => {
                problems.error(&column.at, message::tempo_column());
                None
            }
            (false, true, Some(Layout::Table)) => {
                problems.error(&labels.at, message::labels_of_table());
                None
            }
            (true, false, _) => column.value.take().map(Selection::Column),
            (false, true, _) => labels.value.take().map(Selection::Where),
        }
    }
}
