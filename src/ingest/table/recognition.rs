//! What each row of data is about, from the top of a table to its end.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::column_name;
use super::county::{CountyAbove, Heading};
use super::doubts::{Again, HeaderTexts};
use super::header::Header;
use super::left_out::{Acted, LeftOut};
use super::several::several_rows;
use crate::ingest::findings::StationFindings;
use crate::ingest::labels::{fold, trim};
use crate::ingest::rows::{
    At, DataRow, KeyColumns, KeyReader, OpenFile, Recognised, Recogniser, RowKey, Subject,
    TakenFrom, has_number,
};
use crate::ingest::sheet::grid::GridRow;
use crate::message::ingest::{COUNTY_MISSING, rows as rows_message, table as message};
use crate::quality::{Finding, Place};
use crate::register::{NameMatch, RowClass};
use crate::study::Parts;

/// Rows that name no area are reported one by one up to this number; the register has fewer units.
const MOST_REFUSED: usize = 5_000;
/// Rows that an area may have on average before the file is called no table of areas.
const MOST_REPEATED: usize = 20;

/// The columns of a table that are read.
pub(super) struct TableColumns<'t> {
    pub(super) key: KeyColumns,
    /// Those of the measures; nothing for one that is not there.
    pub(super) measures: &'t [Option<u32>],
    /// Those that are written once for several rows.
    pub(super) filled: Vec<u32>,
}

/// What each row of data is about, with the findings on the way.
pub(super) struct Recognition<'f, 'g> {
    file: &'f OpenFile<'g>,
    header: &'f Header,
    key: KeyColumns,
    reader: KeyReader<'g>,
    again: HeaderTexts<'f>,
    county: CountyAbove<'g>,
    /// The columns of the table, where others stand beside it.
    block: Option<RangeInclusive<u32>>,
    left_out: LeftOut<'g>,
    measures: &'f [Option<u32>],
    /// Fields of the longest row of the header.
    widest: Option<u32>,
    rows: Vec<DataRow<'g>>,
    named: usize,
    unnamed: usize,
    /// Rows with more fields than the header.
    long: Vec<Place>,
    /// Rows that bear the name of the county which another cell gives them, with the unit of that name:
    /// the total of the county, or its seat.
    seats: Vec<(usize, usize)>,
    /// Key cells whose text stands elsewhere, by column.
    taken: BTreeMap<(u32, TakenFrom), Vec<Place>>,
    findings: StationFindings,
}

impl<'f, 'g> Recognition<'f, 'g> {
    /// At the top of a table with these columns.
    pub(super) fn new(
        file: &'f OpenFile<'g>,
        header: &'f Header,
        columns: TableColumns<'f>,
        left_out: LeftOut<'g>,
    ) -> Self {
        let TableColumns { key, measures, filled } = columns;
        Self {
            file,
            header,
            key,
            reader: KeyReader::new(&file.sheet.grid, key, filled),
            again: HeaderTexts::new(header, &key, measures),
            county: CountyAbove::of(file, header),
            block: block(header, &key, measures),
            left_out,
            measures,
            widest: widest(file, header),
            rows: Vec::new(),
            named: 0,
            unnamed: 0,
            long: Vec::new(),
            seats: Vec::new(),
            taken: BTreeMap::new(),
            findings: StationFindings::default(),
        }
    }

    /// Reads the table to its end.
    ///
    /// # Errors
    /// The finding that the rows name no area, or cannot be one an area: a file is not read on before
    /// millions of them are reported one by one.
    pub(super) fn read(
        mut self,
        acted: &mut Acted,
    ) -> (Result<Vec<DataRow<'g>>, Finding>, StationFindings) {
        if let Some(finding) = self.county.refusal(self.file.sheet) {
            return (Err(finding), self.findings);
        }
        if let Some(finding) = self.county.contradiction(self.file.sheet) {
            self.findings.push(finding);
        }
        // lines that may follow of a header that stands again
        let mut lines = 0;
        for (at, row) in self.file.sheet.grid.rows_from(self.header.data).enumerate() {
            let row = self.block.as_ref().map_or(row, |columns| row.within(columns));
            let again = match self.again.goes_on(&row).filter(|_| lines > 0) {
                Some(next) => {
                    lines -= 1;
                    Some(next)
                }
                None => {
                    let first = self.again.again(&row);
                    lines =
                        if first.is_some() { self.header.rows.len().saturating_sub(1) } else { 0 };
                    first
                }
            };
            match again {
                Some(Again::Same) => {
                    let place = self.file.sheet.place().at_row(row.number());
                    self.findings.merge(message::header_repeated(place));
                }
                Some(Again::Other { column, expected, found }) => {
                    let place = self.file.sheet.cell(row.number(), column);
                    self.findings.push(message::second_header(&expected, &found, place));
                    break;
                }
                None if self.is_heading(row) => {}
                None => self.row(row, at),
            }
            if let Some(finding) = self.too_many() {
                return (Err(finding), self.findings);
            }
        }
        self.finish(acted)
    }

    /// Whether a row only names the county of those below it.
    fn is_heading(&mut self, row: GridRow<'g>) -> bool {
        match self.county.heading(self.file, &row) {
            None => return false,
            Some(Heading::County(name)) => self.county.name = Some(name),
            Some(Heading::Unknown) => {
                self.county.name = None;
                return false;
            }
        }
        let is_bare = !has_number(&row);
        if is_bare {
            let subject = Subject::Other(RowClass::County);
            self.rows
                .push(DataRow { row, recognised: Recognised { subject, remarks: Vec::new() } });
        }
        is_bare
    }

    /// Reads the row at a position below the header.
    fn row(&mut self, row: GridRow<'g>, at: usize) {
        let texts = self.reader.read(&row);
        if self.left_out.leaves(at) {
            return;
        }
        let texts = match self.county.from {
            Some(_) => texts.under(self.county.name, self.key.at(At::Name)),
            None => texts,
        };
        if let Some(place) = outside(self.file, &row, &self.key, &texts) {
            self.findings.merge(message::outside_register(place));
            return;
        }
        let place = || self.file.sheet.place().at_row(row.number());
        let mut recognised = self.file.recogniser.row(&row, &texts);
        match self.left_out.subject(&row, at, &recognised, place) {
            Some(subject) => recognised.subject = subject,
            None => return,
        }
        if is_long(&row, self.widest) && recognised.subject.has_numbers() {
            self.long.push(place());
            return;
        }
        match recognised.subject {
            Subject::Area(_) => {
                self.named += 1;
                for (column, from) in texts.taken {
                    let places = self.taken.entry((column, from)).or_default();
                    places.push(place().at_column(column));
                }
            }
            Subject::Refused => self.unnamed += 1,
            Subject::Total(RowClass::County, _) => {
                self.seats.extend(self.seat(&texts).map(|unit| (self.rows.len(), unit)));
            }
            Subject::Total(..) | Subject::Part(..) | Subject::Other(_) => {}
        }
        self.rows.push(DataRow { row, recognised });
    }

    /// The unit that bears the name of the county which another cell gives its row.
    fn seat(&self, texts: &RowKey<'_>) -> Option<usize> {
        let is_given =
            |(_, from): &(u32, TakenFrom)| matches!(from, TakenFrom::Merged | TakenFrom::Above);
        let (name, county) = (texts.texts.name.as_deref()?, texts.texts.county.as_deref()?);
        if !texts.taken.iter().any(is_given) || fold(name) != fold(county) {
            return None;
        }
        match self.file.recogniser.matcher.name(name, Some(county)) {
            NameMatch::Unit(unit, _) => Some(unit),
            NameMatch::Ambiguous(_) | NameMatch::Unknown(_) => None,
        }
    }

    /// Takes rows that bear the name of their county for its seat, where no other row is that: as where
    /// every row names its county itself. A total that stands so is found by its sum.
    fn settle_seats(&mut self) {
        for (at, unit) in std::mem::take(&mut self.seats) {
            let is_taken = |row: &DataRow<'_>| row.recognised.subject == Subject::Area(unit);
            if !self.rows.iter().any(is_taken) {
                self.rows[at].recognised.subject = Subject::Area(unit);
                self.named += 1;
            }
        }
    }

    /// The column of the key.
    fn place(&self) -> Place {
        self.file.sheet.place().at_column(self.key.at(At::Code))
    }

    /// The finding that too many rows name no area, or that areas stand in too many rows.
    fn too_many(&self) -> Option<Finding> {
        let Recogniser { matcher, level, .. } = self.file.recogniser;
        if self.unnamed > MOST_REFUSED {
            return Some(message::too_many_unnamed_rows(level, MOST_REFUSED, self.place()));
        }
        if self.named <= MOST_REFUSED {
            return None;
        }
        let areas = matcher.register().level(level).map_or(0, |level| level.areas.len());
        let most = areas.saturating_mul(MOST_REPEATED).max(MOST_REFUSED);
        (self.named > most).then(|| {
            let several = several_rows(self.header, &self.key, self.measures, &self.rows);
            let line = several.as_ref().map(|several| several.line.as_str());
            message::too_many_rows(level, self.named, line, self.place())
        })
    }

    fn finish(mut self, acted: &mut Acted) -> (Result<Vec<DataRow<'g>>, Finding>, StationFindings) {
        if !self.long.is_empty() {
            let delimiter = self.file.sheet.record.delimiter;
            self.findings.push(message::long_rows(std::mem::take(&mut self.long), delimiter));
        }
        self.settle_seats();
        if self.file.source.parts == Parts::Sum {
            acted.sum(parts_as_areas(&mut self.rows));
            self.named = self.rows.iter().filter(|row| row.recognised.subject.is_area()).count();
        }
        for ((column, from), places) in std::mem::take(&mut self.taken) {
            let column = column_name(self.header, column);
            if from == TakenFrom::Above {
                acted.fill();
            }
            self.findings.push(match from {
                TakenFrom::Merged => rows_message::filled_from_merged(&column, places),
                TakenFrom::Above => rows_message::filled_from_above(&column, places),
                TakenFrom::Outside => rows_message::county_from_above(places),
                TakenFrom::Date => rows_message::codes_as_dates(&column, places),
                TakenFrom::Unmarked => rows_message::names_without_marks(&column, places),
            });
        }
        let has_left = self.left_out.has_left();
        if self.named == 0 && (self.unnamed > 0 || !has_left) {
            return (Err(self.no_area()), self.findings);
        }
        let (named, place) = (self.named, self.file.sheet.place());
        for finding in self.left_out.findings(named, place, acted) {
            self.findings.push(finding);
        }
        (Ok(self.rows), self.findings)
    }

    fn no_area(&self) -> Finding {
        let remarks = self.rows.iter().flat_map(|row| &row.recognised.remarks);
        let mut of_county =
            remarks.filter(|it| it.finding.rule == COUNTY_MISSING.id).map(|it| &it.finding);
        if let Some(finding) = of_county.next() {
            return finding.clone().at(self.place());
        }
        let looked_at = if self.unnamed > 0 { self.unnamed } else { self.rows.len() };
        let examples = examples(&self.rows, self.key.at(At::Code));
        let parts =
            |row: &&DataRow<'_>| matches!(row.recognised.subject, Subject::Part(_, Some(_)));
        let parts = self.rows.iter().filter(parts).count();
        message::no_area(self.file.recogniser.level, looked_at, parts, &examples, self.place())
    }
}

/// Takes the rows of villages and sectors for rows of their units, where a unit has none of its own:
/// beside one of its own they are only compared with it. Answers whether there are any.
fn parts_as_areas(rows: &mut [DataRow<'_>]) -> bool {
    let mut are_taken = false;
    let own: BTreeSet<usize> = rows
        .iter()
        .filter_map(|row| match row.recognised.subject {
            Subject::Area(area) => Some(area),
            _ => None,
        })
        .collect();
    for row in rows {
        if let Subject::Part(_, Some(unit)) = row.recognised.subject
            && !own.contains(&unit)
        {
            row.recognised.subject = Subject::Area(unit);
            are_taken = true;
        }
    }
    are_taken
}

/// Where a row stands that lies outside of the register by declaration.
fn outside(
    file: &OpenFile<'_>,
    row: &GridRow<'_>,
    key: &KeyColumns,
    texts: &RowKey<'_>,
) -> Option<Place> {
    let labels = &file.source.outside;
    let column = key.county.or(key.area).filter(|_| !labels.is_empty())?;
    let text = fold(texts.texts.county.as_deref().or(texts.texts.area.as_deref())?);
    let named = key.name.or(key.glued).or(key.code).unwrap_or(column);
    let is_outside = labels.iter().any(|label| fold(label) == text);
    is_outside.then(|| file.sheet.cell(row.number(), named))
}

/// Some texts of a column.
fn examples(rows: &[DataRow<'_>], column: u32) -> Vec<String> {
    rows.iter()
        .map(|row| trim(&row.row.cell(column).text()).to_owned())
        .filter(|text| !text.is_empty())
        .take(3)
        .collect()
}

/// The columns of the block that holds all columns that are read, where a table is printed as several
/// blocks side by side: what stands in the others says nothing of its rows.
fn block(
    header: &Header,
    key: &KeyColumns,
    measures: &[Option<u32>],
) -> Option<RangeInclusive<u32>> {
    let columns: Vec<u32> = key.parts().chain(measures.iter().copied().flatten()).collect();
    let holds = |block: &RangeInclusive<u32>| columns.iter().all(|column| block.contains(column));
    header.blocks().into_iter().find(holds)
}

/// The fields of the longest row of the header of a text file; none in a workbook, where rows have no
/// length.
fn widest(file: &OpenFile<'_>, header: &Header) -> Option<u32> {
    let fields = |&number: &u32| file.sheet.grid.numbered(number).map(|row| row.fields());
    header.rows.iter().filter_map(fields).max().filter(|fields| *fields > 0)
}

/// Whether a row has something in a field that the header does not have, so that nobody knows which
/// of its fields belong to which column.
fn is_long(row: &GridRow<'_>, widest: Option<u32>) -> bool {
    let last = row.cells().last().map_or(0, |(column, _)| column);
    widest.is_some_and(|widest| last > widest)
}
