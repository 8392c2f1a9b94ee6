//! Reads one source: all its files by its layout, then its series.

use std::collections::{BTreeMap, BTreeSet};

use super::cuts::{self, Constants};
use super::files::{self, Inputs};
use super::keys::{Recogniser, Subject};
use super::labels::{did_you_mean, list, nearest};
use super::ledger::Ledger;
use super::open::{Opened, Writing, open};
use super::reconcile::{self, Printed, What, counted_rows};
use super::remarks::{At, Refused, Remark};
use super::series::{Draft, tell_absent};
use super::{Reading, RefusedLabel, table, tempo};
use crate::message;
use crate::observation::{InputFile, Origin, Series};
use crate::quality::{Findings, Message, Place, message};
use crate::register::{Matcher, RowClass, UNIT};
use crate::study::{Layout, Source};

/// What a source has given so far, while its files are read one after the other.
pub(super) struct Progress<'a, 'f> {
    pub(super) source: &'a Source,
    pub(super) recogniser: Recogniser<'a>,
    pub(super) ledger: Ledger<'f>,
    pub(super) drafts: Vec<Draft<'a>>,
    /// Rows that give no values, by class.
    pub(super) dropped: BTreeMap<RowClass, Vec<Place>>,
    /// Labels that the register does not recognise, each once.
    refused: Vec<RefusedLabel>,
    known: BTreeSet<(String, Option<String>)>,
    /// Where each area was seen that has been seen twice, and where it was seen first.
    repeated: BTreeMap<usize, Vec<Place>>,
    seen: BTreeMap<(usize, usize), Place>,
}

/// A file that is being read, and its position among the files of the run.
pub(super) struct Current<'o> {
    pub(super) opened: &'o Opened,
    pub(super) file: u32,
}

impl Current<'_> {
    /// A cell as an origin of a value.
    pub(super) fn origin(&self, row: u32, column: u32) -> Origin {
        Origin { file: self.file, sheet: 0, row, column }
    }
}

impl Progress<'_, '_> {
    /// Gives up a measure.
    pub(super) fn fail(&mut self, measure: usize) {
        self.drafts[measure].failed = true;
    }

    /// Gives up the whole source.
    pub(super) fn fail_all(&mut self) {
        for draft in &mut self.drafts {
            draft.failed = true;
        }
    }

    /// Tells the remarks on a row; `place` makes the place of the cell they are about.
    pub(super) fn remark(&mut self, remarks: &[Remark], place: impl Fn(At) -> Place) {
        for remark in remarks {
            let place = place(remark.at);
            let finding = self.ledger.tell_at(remark.rule, remark.message.clone(), place);
            finding.hint.clone_from(&remark.hint);
            finding.unit =
                remark.unit.map(|unit| self.recogniser.matcher.register().codes()[unit].clone());
            if let Some(refused) = &remark.refused {
                let place = finding.places.last().cloned().unwrap_or_default();
                self.refuse(refused, place);
            }
        }
    }

    fn refuse(&mut self, refused: &Refused, place: Place) {
        if !self.known.insert((refused.label.clone(), refused.county.clone())) {
            return;
        }
        let (register, level) = (self.recogniser.matcher.register(), self.recogniser.level);
        let names = match register.level(level) {
            _ if level == UNIT => register.codes(),
            Some(level) => level.areas.as_slice(),
            None => &[],
        };
        self.refused.push(RefusedLabel {
            source: self.source.id.clone(),
            level: level.to_owned(),
            label: refused.label.clone(),
            county: refused.county.clone(),
            candidates: refused
                .candidates
                .iter()
                .filter_map(|&at| names.get(at).cloned())
                .collect(),
            place,
        });
    }

    /// Remembers that something was read for an area; the second time it is a repetition. Where all
    /// measures stand in one row, they share the measure 0.
    pub(super) fn see(&mut self, (measure, area): (usize, usize), place: impl FnOnce() -> Place) {
        let place = place();
        if let Some(first) = self.seen.get(&(measure, area)) {
            let places = self.repeated.entry(area).or_insert_with(|| vec![first.clone()]);
            if places.last() != Some(&place) {
                places.push(place);
            }
        } else {
            self.seen.insert((measure, area), place);
        }
    }

    /// Keeps a printed number for reconciliation, when it is known what it is the total or part of.
    pub(super) fn print(&mut self, measure: usize, subject: &Subject, value: f64, place: Place) {
        let what = match subject {
            Subject::Total(_, Some((level, area))) => What::Total(level.clone(), *area),
            Subject::Part(class, Some(unit)) if self.recogniser.level == UNIT => {
                What::Part(*class, *unit)
            }
            _ => return,
        };
        self.drafts[measure].printed.push(Printed { what, value, place });
    }

    /// Counts a row that gives no values.
    pub(super) fn drop_row(&mut self, class: RowClass, place: Place) {
        self.dropped.entry(class).or_default().push(place);
    }

    fn tell_repeated(&mut self) {
        let register = self.recogniser.matcher.register();
        let level = self.recogniser.level;
        for (area, mut places) in std::mem::take(&mut self.repeated) {
            places.sort();
            places.dedup();
            let (name, unit) = if level == UNIT {
                let code = &register.codes()[area];
                (format!("{} ({code})", register.names()[area]), Some(code.clone()))
            } else {
                let known = register.level(level).map(|level| level.areas[area].clone());
                (known.unwrap_or_default(), None)
            };
            let message = message!(
                "{name} stands in {rows} and was given no value",
                "{name} apare pe {rows} și nu a primit nicio valoare";
                rows = Message::counted(places.len(), ["row", "rows"], ["rând", "rânduri"]),
            );
            let finding = self.ledger.tell(&message::ingest::DUPLICATE_UNIT, message);
            finding.places = places;
            finding.unit = unit;
            finding.hint = Some(message!(
                "keep the row that is right and delete the others",
                "păstrați rândul corect și ștergeți-le pe celelalte",
            ));
        }
    }

    fn tell_dropped(&mut self) {
        for (class, places) in std::mem::take(&mut self.dropped) {
            let rows = counted_rows(class, places.len());
            let message = if places.len() == 1 {
                message!("{rows} gives no value", "{rows} nu dă nicio valoare"; rows = rows)
            } else {
                message!("{rows} give no values", "{rows} nu dau valori"; rows = rows)
            };
            self.ledger.tell(&message::ingest::ROWS_DROPPED, message).places = places;
        }
    }
}

/// The files of a source: to be opened, or one that is open already.
#[derive(Clone, Copy)]
pub(super) enum Files<'a> {
    /// Those that the source names, among these inputs.
    Named(&'a Inputs),
    /// One file, whatever the source names.
    Open(&'a Opened),
}

/// Reads a source and adds its files and series to the reading.
pub(super) fn read(
    position: usize,
    source: &Source,
    files: Files<'_>,
    matcher: &Matcher<'_>,
    (reading, findings): (&mut Reading, &mut Findings),
) {
    let mut ledger = Ledger::new(findings, &source.id);
    let Some(level) = matcher.register().level(&source.level) else {
        tell_unknown_level(source, matcher, &mut ledger);
        ledger.close();
        reading.unread.extend(source.measures.iter().map(|measure| name(source, &measure.id)));
        return;
    };
    let areas = level.areas.len();
    let mut progress = Progress {
        source,
        recogniser: Recogniser { matcher, level: &source.level },
        ledger,
        drafts: source.measures.iter().map(|measure| Draft::new(measure, areas)).collect(),
        dropped: BTreeMap::new(),
        refused: Vec::new(),
        known: BTreeSet::new(),
        repeated: BTreeMap::new(),
        seen: BTreeMap::new(),
    };
    match files {
        Files::Named(inputs) => read_files(&mut progress, inputs, reading),
        Files::Open(opened) => {
            let mut constants = Constants::default();
            read_file(&mut progress, opened, reading, &mut constants);
            cuts::tell_unknown(&mut progress, constants);
        }
    }
    progress.tell_repeated();
    progress.tell_dropped();
    close(position, progress, reading);
}

fn read_files(progress: &mut Progress<'_, '_>, inputs: &Inputs, reading: &mut Reading) {
    let source = progress.source;
    let paths = files::expand(inputs, &source.file, &mut progress.ledger);
    if paths.is_empty() {
        progress.fail_all();
    }
    let mut digests = Vec::new();
    let mut constants = Constants::default();
    for path in paths {
        let writing = Writing::from(source);
        let Some(opened) = open(inputs, &path, writing, &mut progress.ledger) else {
            progress.fail_all();
            continue;
        };
        digests.push((path, opened.record.sha256.clone()));
        read_file(progress, &opened, reading, &mut constants);
    }
    cuts::tell_unknown(progress, constants);
    if let Some(pin) = &source.sha256
        && !digests.is_empty()
    {
        files::check_pin(pin, &digests, &mut progress.ledger);
    }
}

/// Reads one open file by the layout of the source.
fn read_file(
    progress: &mut Progress<'_, '_>,
    opened: &Opened,
    reading: &mut Reading,
    constants: &mut Constants,
) {
    let file = u32::try_from(reading.observations.files.len()).unwrap_or(u32::MAX);
    let current = Current { opened, file };
    let used: BTreeSet<u32> = match progress.source.layout {
        Layout::Tempo => tempo::read(progress, &current, constants),
        // polygons are read in a room of their own
        Layout::Table | Layout::Boundaries => table::read(progress, &current),
    };
    reading.observations.files.push(InputFile {
        source: progress.source.id.clone(),
        rows_used: used.len() as u64,
        ..opened.record.clone()
    });
}

fn close(position: usize, mut progress: Progress<'_, '_>, reading: &mut Reading) {
    let (source, register) = (progress.source, progress.recogniser.matcher.register());
    for draft in progress.drafts.iter_mut().filter(|draft| !draft.failed) {
        draft.tell(&mut progress.ledger);
        reconcile::check(draft, &source.level, register, &mut progress.ledger);
    }
    tell_absent(&progress.drafts, &source.level, progress.recogniser.matcher, &mut progress.ledger);
    reading.refused.append(&mut progress.refused);
    for draft in progress.drafts {
        let name = name(source, &draft.measure.id);
        if draft.failed {
            reading.unread.push(name);
            continue;
        }
        let (nature, counts) = (draft.measure.nature, draft.measure.counts);
        let (cells, origins) = draft.finish();
        let level = source.level.clone();
        let series = Series { name, source: position, level, nature, counts, cells, origins };
        reading.observations.series.push(series);
    }
    progress.ledger.close();
}

fn name(source: &Source, measure: &str) -> String {
    format!("{}.{measure}", source.id)
}

fn tell_unknown_level(source: &Source, matcher: &Matcher<'_>, ledger: &mut Ledger<'_>) {
    let known: Vec<&str> = matcher.register().level_names().collect();
    let level = &source.level;
    let message =
        message!("the register has no level `{level}`", "registrul nu are nivelul `{level}`");
    let near = nearest(level, known.iter().copied());
    let levels = message!(
        "the levels are {levels}",
        "nivelurile sunt {levels}";
        levels = list(known.iter().copied(), 12),
    );
    ledger.tell(&message::ingest::UNKNOWN_LEVEL, message).hint = Some(did_you_mean(near, levels));
}
