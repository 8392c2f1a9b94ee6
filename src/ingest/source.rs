//! Reads one source: all its files by its layout, then its series.

use std::collections::{BTreeMap, BTreeSet};

use super::bytes::inputs::{self, Inputs};
use super::effects::{self, Uses};
use super::findings::StationFindings;
use super::labels::fold;
use super::rows::{OpenFile, Recogniser, RefusedLabel, RowAccount, Sighting, noun_of};
use super::series::{SeriesBuilder, absent_areas, absent_of_nobody, reconcile};
use super::sheet::{self, Sheet};
use super::tempo::{self, Agreement};
use super::values::FileReading;
use super::{Reading, table};
use crate::message::ingest::series::LostRows;
use crate::message::ingest::{
    Noun, rows as message, sheet as sheet_message, table as table_message,
};
use crate::observation::{InputFile, Series};
use crate::quality::{Finding, Findings, Place};
use crate::register::{Matcher, RowClass, UNIT};
use crate::spelling::nearest;
use crate::study::{Layout, Parts, SheetChoice, Source};

/// Sheets that are looked through for the columns of a source: each is a reading of the file.
const MOST_SHEETS: usize = 24;

/// The files of a source: to be opened, or one that is open already.
#[derive(Clone, Copy)]
pub(super) enum Files<'a> {
    /// Those that the source names, among these inputs.
    Named(&'a Inputs),
    /// The sheets of one file, whatever the source names.
    Open(&'a [Sheet]),
}

/// Reads a source and adds its files and series to the reading; `position` is that of the source.
pub(super) fn read(
    source: &Source,
    position: usize,
    files: Files<'_>,
    matcher: &Matcher<'_>,
    reading: &mut Reading,
) -> Findings {
    let Some(level) = matcher.register().level(&source.level) else {
        let names = source.measures.iter().map(|measure| series_name(source, &measure.id));
        reading.unread.extend(names);
        let mut findings = StationFindings::default();
        findings.push(unknown_level(source, matcher));
        return findings.about(&source.id);
    };
    let mut reader = SourceReader::new(source, matcher, level.areas.len());
    reader.first_file = reading.observations.files.len();
    match files {
        Files::Named(inputs) => reader.read_named(inputs),
        Files::Open(sheets) => {
            reader.read_open(sheets);
            reader.settle_labels();
            reader.settle_rows();
        }
    }
    reader.finish(position, reading).about(&source.id)
}

/// A source while its files are read one after the other.
struct SourceReader<'a> {
    source: &'a Source,
    recogniser: Recogniser<'a>,
    /// How many files the run had read before.
    first_file: usize,
    files: Vec<InputFile>,
    series: Vec<SeriesBuilder<'a>>,
    agreement: Agreement,
    /// What the declarations about rows did.
    acted: table::Acted,
    areas: SeenAreas,
    /// Rows that give no values, by class.
    dropped: BTreeMap<RowClass, Vec<Place>>,
    /// Labels that the register does not recognise, each once.
    refused: Vec<RefusedLabel>,
    /// These labels with the counties beside them.
    known_labels: BTreeSet<(String, Option<String>)>,
    /// What stands above columns named by letter or number in the first file or sheet, with its place.
    positions: BTreeMap<String, (String, Place)>,
    findings: StationFindings,
}

impl<'a> SourceReader<'a> {
    fn new(source: &'a Source, matcher: &'a Matcher<'a>, areas: usize) -> Self {
        let is_summed = source.parts == Parts::Sum;
        let series = source
            .measures
            .iter()
            .map(|measure| SeriesBuilder::new(measure, areas).summing(is_summed));
        Self {
            source,
            recogniser: Recogniser::of(matcher, source),
            first_file: 0,
            files: Vec::new(),
            series: series.collect(),
            agreement: Agreement::default(),
            acted: table::Acted::default(),
            areas: SeenAreas::default(),
            dropped: BTreeMap::new(),
            refused: Vec::new(),
            known_labels: BTreeSet::new(),
            positions: BTreeMap::new(),
            findings: StationFindings::default(),
        }
    }

    /// Reads the files that the source names.
    fn read_named(&mut self, inputs: &Inputs) {
        let paths = inputs.expand(&self.source.file).unwrap_or_else(|missing| {
            self.findings.push(missing);
            self.fail_all();
            Vec::new()
        });
        let composed = inputs::composed_otherwise(&self.source.file, &paths);
        composed.into_iter().for_each(|finding| self.findings.push(finding));
        let mut digests = Vec::new();
        for path in paths {
            let (sheets, findings) = self.open(inputs, &path);
            self.findings.extend(findings);
            match sheets.first() {
                Some(sheet) => {
                    digests.push((path, sheet.record.sha256.clone().unwrap_or_default()));
                    self.read_open(&sheets);
                }
                None => self.fail_all(),
            }
        }
        self.settle_labels();
        self.settle_rows();
        let pin = self.source.sha256.as_ref().filter(|_| !digests.is_empty());
        let differs = pin.and_then(|pin| inputs::check_pin(pin, &digests));
        differs.into_iter().for_each(|finding| self.findings.push(finding));
    }

    /// Opens a file: the sheets that are read.
    fn open(&self, inputs: &Inputs, path: &str) -> (Vec<Sheet>, StationFindings) {
        if self.source.sheet == Some(SheetChoice::Every) {
            return sheet::open_every(inputs, path, self.source);
        }
        let (sheet, findings) = self.open_one(inputs, path);
        (sheet.into_iter().collect(), findings)
    }

    /// Opens one sheet of a file. Where no sheet is declared and the first lacks columns that the source names, the
    /// first visible one that has them all is read.
    fn open_one(&self, inputs: &Inputs, path: &str) -> (Option<Sheet>, StationFindings) {
        let source = self.source;
        let first = sheet::open(inputs, path, source);
        let is_settled = source.sheet.is_some()
            || source.layout != Layout::Table
            || first.0.as_ref().is_none_or(|sheet| table::has_columns(sheet, source));
        if is_settled {
            return first;
        }
        for name in sheet::visible_sheets(inputs, path).into_iter().take(MOST_SHEETS) {
            let (sheet, mut findings) = sheet::open_named(inputs, path, source, &name);
            if let Some(sheet) = sheet.filter(|sheet| table::has_columns(sheet, source)) {
                findings.push(sheet_message::sheet_with_columns(&name, Place::file(path)));
                return (Some(sheet), findings);
            }
        }
        first
    }

    /// Reads those of the open sheets of a file that are parts of the source.
    fn read_open(&mut self, sheets: &[Sheet]) {
        if self.source.sheet == Some(SheetChoice::Every) {
            let (parts, findings) = table::with_columns(sheets, self.source);
            self.findings.extend(findings);
            self.read_file(&parts);
        } else {
            self.read_file(&sheets.iter().collect::<Vec<_>>());
        }
    }

    /// Reads the sheets of one open file; it is recorded once, whatever their number.
    fn read_file(&mut self, sheets: &[&Sheet]) {
        let Some(first) = sheets.first() else { return };
        let file = self.first_file + self.files.len();
        let mut record = InputFile { source: self.source.id.clone(), ..first.record.clone() };
        record.sheets.clear();
        for (at, sheet) in sheets.iter().enumerate() {
            let position = [file, at].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
            record.rows_used += self.read_sheet(sheet, position);
            record.sheets.extend(sheet.record.sheets.iter().cloned());
        }
        self.files.push(record);
    }

    /// Reads one sheet by the layout of the source; answers how many of its rows gave values.
    fn read_sheet(&mut self, sheet: &Sheet, position: [u32; 2]) -> u64 {
        let (source, recogniser) = (self.source, self.recogniser);
        let file = OpenFile { source, recogniser, sheet, position };
        let failed: Vec<bool> = self.series.iter().map(SeriesBuilder::is_failed).collect();
        let reading = match source.layout {
            Layout::Tempo => tempo::read(&file, &failed, &mut self.agreement),
            // polygons are read in a room of their own
            Layout::Table | Layout::Boundaries => table::read(&file, &failed, &mut self.acted),
        };
        self.take(reading, sheet)
    }

    /// Takes what a sheet gave; answers how many of its rows gave values.
    fn take(&mut self, reading: FileReading, sheet: &Sheet) -> u64 {
        self.findings.extend(reading.findings);
        self.compare_positions(reading.positions, sheet);
        for (series, measure) in self.series.iter_mut().zip(reading.measures) {
            series.add(measure);
        }
        let RowAccount { seen, dropped, refused, used } = reading.rows;
        seen.into_iter().for_each(|sighting| self.areas.see(sighting, sheet));
        for (class, places) in dropped {
            self.dropped.entry(class).or_default().extend(places);
        }
        for label in refused {
            if self.known_labels.insert((label.label.clone(), label.county.clone())) {
                self.refused.push(label);
            }
        }
        used.len() as u64
    }

    /// Compares what stands above columns named by letter or number with the first sheet; a column
    /// that is another one gives the source up.
    fn compare_positions(&mut self, positions: Vec<(String, String)>, sheet: &Sheet) {
        let mut differs = false;
        for (wanted, above) in positions {
            let here = (above, sheet.place());
            let (first, place) =
                self.positions.entry(wanted.clone()).or_insert_with(|| here.clone());
            if fold(first) != fold(&here.0) {
                let places = [place.clone(), here.1];
                let finding = table_message::column_differs(&wanted, first, &here.0, places);
                self.findings.push(finding);
                differs = true;
            }
        }
        if differs {
            self.fail_all();
        }
    }

    /// Gives up the whole source.
    fn fail_all(&mut self) {
        self.series.iter_mut().for_each(SeriesBuilder::fail);
    }

    /// Gives up the measures that select labels which no file has.
    fn settle_labels(&mut self) {
        let agreement = std::mem::take(&mut self.agreement);
        for (measure, finding) in agreement.unknown_labels(&self.source.measures) {
            self.findings.merge(finding);
            self.series[measure].fail();
        }
    }

    /// Tells which declarations about rows fit no row; gives the source up where they leave none.
    fn settle_rows(&mut self) {
        let (findings, is_empty) = self.acted.findings(self.source);
        findings.into_iter().for_each(|finding| self.findings.push(finding));
        if is_empty {
            self.fail_all();
        }
    }

    /// The rows of parts of units that give no value, by what they are called.
    fn parts(&self) -> Vec<(&'static Noun, usize)> {
        let parts = [RowClass::Village, RowClass::Sector].into_iter();
        parts.filter_map(|class| Some((noun_of(class), self.dropped.get(&class)?.len()))).collect()
    }

    /// Adds the files and series to the reading; answers what was found.
    fn finish(mut self, position: usize, reading: &mut Reading) -> StationFindings {
        let (source, matcher) = (self.source, self.recogniser.matcher);
        let mut findings = std::mem::take(&mut self.findings);
        let lost = LostRows {
            has_refused: findings.has_errors(),
            has_condition: source.rows.is_some(),
            parts: self.parts(),
        };
        let mut found: Vec<Finding> = Vec::new();
        if source.parts == Parts::Sum {
            let summed = self.areas.summed();
            self.acted.sum(summed.is_some());
            found.extend(summed);
        } else {
            found.extend(self.areas.repeated(source, matcher));
        }
        found.extend(
            std::mem::take(&mut self.dropped)
                .into_iter()
                .map(|(class, places)| message::rows_dropped(noun_of(class), places)),
        );
        if !self.series.iter().any(SeriesBuilder::is_failed) {
            let uses: Vec<Uses> = self.series.iter_mut().map(SeriesBuilder::uses).collect();
            found.extend(effects::without(source, &uses, &self.files, &findings));
            found.extend(self.acted.nothing_filled(source));
            found.extend(self.acted.nothing_summed(source));
            found.extend(absent_of_nobody(&self.series, &source.level, matcher));
        }
        for series in self.series.iter_mut().filter(|series| !series.is_failed()) {
            found.extend(series.findings());
            found.extend(reconcile::check(series, &source.level, matcher.register()));
        }
        found.extend(absent_areas(&self.series, &source.level, matcher, &lost));
        found.into_iter().for_each(|finding| findings.push(finding));
        reading.observations.files.extend(self.files);
        reading.refused.extend(self.refused);
        for series in self.series {
            let measure = series.measure;
            let name = series_name(source, &measure.id);
            if series.is_failed() {
                reading.unread.push(name);
                continue;
            }
            reading.observations.totals.extend(series.totals(
                &name,
                &source.level,
                matcher.register(),
            ));
            let (cells, origins) = series.finish();
            reading.observations.series.push(Series {
                name,
                source: position,
                level: source.level.clone(),
                nature: measure.nature,
                counts: measure.counts,
                cells,
                origins,
            });
        }
        findings
    }
}

/// Where areas were seen, so that one which stands in two rows is found.
#[derive(Default)]
struct SeenAreas {
    first: BTreeMap<(usize, usize), Place>,
    /// Where each area was seen that has been seen twice, and where it was seen first.
    repeated: BTreeMap<usize, Vec<Place>>,
    /// Those of these places that the spreadsheet does not show.
    hidden: BTreeSet<Place>,
}

impl SeenAreas {
    fn see(&mut self, Sighting { measure, area, place }: Sighting, sheet: &Sheet) {
        if sheet.hides(&place) {
            self.hidden.insert(place.clone());
        }
        if let Some(first) = self.first.get(&(measure, area)) {
            let places = self.repeated.entry(area).or_insert_with(|| vec![first.clone()]);
            if places.last() != Some(&place) {
                places.push(place);
            }
        } else {
            self.first.insert((measure, area), place);
        }
    }

    /// The finding about areas whose rows were summed.
    fn summed(self) -> Option<Finding> {
        let rows = self.repeated.values().map(Vec::len).sum();
        (!self.repeated.is_empty()).then(|| message::rows_summed(self.repeated.len(), rows))
    }

    /// The findings about areas that stand in several rows.
    fn repeated(self, source: &Source, matcher: &Matcher<'_>) -> Vec<Finding> {
        let register = matcher.register();
        let finding = |(area, places): (usize, Vec<Place>)| {
            let places: Vec<Place> =
                places.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
            let hidden: Vec<String> = places
                .iter()
                .filter(|place| self.hidden.contains(place))
                .map(Place::spot)
                .collect();
            if source.level == UNIT {
                let code = &register.codes()[area];
                let name = format!("{} ({code})", register.names()[area]);
                return message::duplicate_unit(&name, places, &hidden).unit(code);
            }
            let level = register.level(&source.level);
            let name = level.map_or("", |level| &level.areas[area]);
            message::duplicate_unit(name, places, &hidden)
        };
        self.repeated.into_iter().map(finding).collect()
    }
}

fn series_name(source: &Source, measure: &str) -> String {
    format!("{}.{measure}", source.id)
}

fn unknown_level(source: &Source, matcher: &Matcher<'_>) -> Finding {
    let known: Vec<&str> = matcher.register().level_names().collect();
    let near = nearest(&source.level, known.iter().copied());
    message::unknown_level(&source.level, near, known.iter().copied())
}
