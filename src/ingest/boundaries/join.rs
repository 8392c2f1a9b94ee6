//! Joins polygons to the units of the register.

use std::collections::{BTreeMap, BTreeSet};

use super::features::{Feature, Layer};
use crate::boundaries::{Border, Boundaries, Shape};
use crate::ingest::keys::{KeyTexts, Recogniser, Subject};
use crate::ingest::labels::{did_you_mean, fold, list, nearest};
use crate::ingest::ledger::Ledger;
use crate::ingest::reconcile::{counted_areas, counted_rows};
use crate::ingest::remarks::{At, Remark};
use crate::ingest::table::names_of;
use crate::language::{Language, thousands, whole};
use crate::message;
use crate::quality::{Message, Place, Severity, message};
use crate::register::{Matcher, Register, RowClass, UNIT};
use crate::study::Source;

/// Names of areas that one sentence lists.
const NAMES: usize = 5;

/// The polygons of a source, unit by unit.
pub(super) struct Join<'a> {
    source: &'a Source,
    matcher: &'a Matcher<'a>,
    /// By position of the unit.
    shapes: BTreeMap<usize, Shape>,
    /// Where each unit was seen.
    seen: BTreeMap<usize, Vec<Place>>,
    /// Features that are no unit, by class.
    dropped: BTreeMap<RowClass, Vec<Place>>,
    /// Parts that were put together, by unit.
    parts: BTreeMap<usize, Vec<Place>>,
}

impl<'a> Join<'a> {
    pub(super) fn new(source: &'a Source, matcher: &'a Matcher<'a>) -> Self {
        Self {
            source,
            matcher,
            shapes: BTreeMap::new(),
            seen: BTreeMap::new(),
            dropped: BTreeMap::new(),
            parts: BTreeMap::new(),
        }
    }

    /// Adds the features of a file; answers how many gave a polygon.
    pub(super) fn add(&mut self, path: &str, layer: &Layer, ledger: &mut Ledger<'_>) -> u64 {
        let Some(names) = self.property_names(path, layer, ledger) else { return 0 };
        let mut used = 0;
        for (number, feature) in (1..).zip(&layer.features) {
            let texts = names.each_ref().map(|name| {
                name.as_ref().and_then(|name| feature.properties.get(name)).map(String::as_str)
            });
            let [code, name, county, glued, area] = texts;
            let place = Place::file(path).on_sheet(&layer.name).at_row(number);
            let label = name.or(glued).or(code).or(area).unwrap_or_default();
            let place = place.with_text(label);
            let keys = KeyTexts { code, name, county, glued, area };
            used += u64::from(self.add_feature(feature, keys, place, ledger));
        }
        used
    }

    /// The properties that the key names, as the file writes them.
    fn property_names(
        &self,
        path: &str,
        layer: &Layer,
        ledger: &mut Ledger<'_>,
    ) -> Option<[Option<String>; 5]> {
        let known: BTreeSet<&str> =
            layer.features.iter().flat_map(|f| f.properties.keys()).map(String::as_str).collect();
        let key = self.source.key.as_ref()?;
        let [code, name, county, glued, area, _] = names_of(key);
        let mut complete = true;
        let names = [code, name, county, glued, area].map(|wanted| {
            let wanted = wanted?;
            let same = |name: &&&str| **name == wanted || fold(name) == fold(wanted);
            let found = known.iter().find(same).map(|name| (*name).to_owned());
            if found.is_none() {
                let message = message!(
                    "the features have no property `{wanted}`",
                    "elementele nu au proprietatea `{wanted}`",
                );
                let there_are = message!(
                    "the properties are {names}",
                    "proprietățile sunt {names}";
                    names = list(known.iter().copied(), 12),
                );
                let place = Place::file(path).on_sheet(&layer.name);
                ledger.tell_at(&message::ingest::COLUMN_MISSING, message, place).hint =
                    Some(did_you_mean(nearest(wanted, known.iter().copied()), there_are));
                complete = false;
            }
            found
        });
        complete.then_some(names)
    }

    fn add_feature(
        &mut self,
        feature: &Feature,
        keys: KeyTexts<'_>,
        place: Place,
        ledger: &mut Ledger<'_>,
    ) -> bool {
        let recogniser = Recogniser { matcher: self.matcher, level: UNIT };
        let recognised = recogniser.recognise(keys);
        let contradicted = recognised.remarks.iter().any(contradicts);
        for remark in &recognised.remarks {
            let finding = ledger.tell_at(remark.rule, remark.message.clone(), place.clone());
            finding.hint.clone_from(&remark.hint);
            finding.unit = remark.unit.map(|at| self.matcher.register().codes()[at].clone());
            let text = match remark.at {
                At::Code => keys.code.or(keys.glued).or(keys.name),
                At::Name => keys.name.or(keys.glued).or(keys.code),
            };
            if let (Some(text), Some(place)) = (text, finding.places.last_mut()) {
                place.text = Some(text.to_owned());
            }
        }
        let unit = match recognised.subject {
            Subject::Area(unit) => {
                // the polygon of somebody else is worse than none
                if contradicted {
                    return false;
                }
                self.seen.entry(unit).or_default().push(place.clone());
                unit
            }
            Subject::Part(RowClass::Sector, Some(unit)) => {
                self.parts.entry(unit).or_default().push(place.clone());
                unit
            }
            Subject::Part(class, _) | Subject::Total(class, _) | Subject::Other(class) => {
                self.dropped.entry(class).or_default().push(place);
                return false;
            }
            Subject::Refused => return false,
        };
        if feature.broken > 0 {
            let message = message!(
                "rings of fewer than three points were left out",
                "au fost lăsate deoparte contururi cu mai puțin de trei puncte",
            );
            ledger.tell_at(&message::ingest::BOUNDARY_BROKEN, message, place.clone());
        }
        if feature.polygons.is_empty() {
            let message = message!("areas without a polygon", "arii fără poligon");
            ledger.tell_at(&message::ingest::BOUNDARY_EMPTY, message, place);
            return false;
        }
        let code = &self.matcher.register().codes()[unit];
        let shape = self.shapes.entry(unit);
        let shape = shape.or_insert_with(|| Shape { code: code.clone(), polygons: Vec::new() });
        shape.polygons.extend(feature.polygons.iter().cloned());
        true
    }

    /// Tells what was put together, dropped and missed; answers the shapes.
    pub(super) fn close(self, ledger: &mut Ledger<'_>) -> Vec<Shape> {
        let register = self.matcher.register();
        for (unit, places) in &self.parts {
            let message = message!(
                "{parts} the area of {name}",
                "{parts} aria unității {name}",
                name = &register.names()[*unit];
                parts = Message::counted(
                    places.len(),
                    ["sector makes", "sectors make"],
                    ["sector alcătuiește", "sectoare alcătuiesc"],
                ),
            );
            ledger.tell(&message::ingest::ROWS_DROPPED, message).places.clone_from(places);
        }
        for (unit, places) in self.seen.iter().filter(|(_, places)| places.len() > 1) {
            let (name, code) = (&register.names()[*unit], &register.codes()[*unit]);
            let message = message!(
                "{name} ({code}) stands in {features}, taken together",
                "{name} ({code}) apare în {features}, luate împreună";
                features = Message::counted(
                    places.len(),
                    ["feature", "features"],
                    ["element", "elemente"],
                ),
            );
            let finding = ledger.tell(&message::ingest::DUPLICATE_UNIT, message);
            finding.severity = Severity::Warning;
            finding.places.clone_from(places);
            finding.unit = Some(code.clone());
        }
        for (class, places) in self.dropped {
            let message = message!(
                "{rows} give no area",
                "{rows} fără poligon de unitate";
                rows = counted_rows(class, places.len()),
            );
            ledger.tell(&message::ingest::ROWS_DROPPED, message).places = places;
        }
        let counts = |unit: &usize| self.matcher.counts(UNIT, *unit);
        let all: Vec<usize> = (0..register.len()).filter(counts).collect();
        let absent: Vec<usize> =
            all.iter().copied().filter(|unit| !self.shapes.contains_key(unit)).collect();
        if !absent.is_empty() {
            tell_absent(register, &absent, all.len(), ledger);
        }
        self.shapes.into_values().collect()
    }
}

/// Tells the units, of so many, that have no polygon.
fn tell_absent(register: &Register, absent: &[usize], all: usize, ledger: &mut Ledger<'_>) {
    let message = message!(
        "{missing} of {all} have no polygon: {names}",
        "{lipsesc} din {all} nu au poligon: {names}",
        missing = thousands(absent.len()),
        lipsesc = whole(absent.len(), Language::Ro);
        all = counted_areas(UNIT, all),
        names = list(absent.iter().map(|at| register.names()[*at].as_str()), NAMES),
    );
    let finding = ledger.tell(&message::ingest::UNIT_ABSENT, message);
    finding.units = absent.iter().map(|at| register.codes()[*at].clone()).collect();
    finding.hint = Some(message!(
        "the map leaves them out, and they have no neighbours: look for a newer file",
        "harta nu le arată și nu au vecini: căutați un fișier mai nou",
    ));
}

/// Whether a remark says that code and name are those of different units.
fn contradicts(remark: &Remark) -> bool {
    remark.rule.id == message::ingest::CODE_NAME_MISMATCH.id
}

/// Tells how many borders were found, and where areas lie on top of each other.
pub(super) fn tell_borders(boundaries: &Boundaries, borders: &[Border], ledger: &mut Ledger<'_>) {
    let (shared, all) = boundaries.shared_segments();
    let message = message!(
        "{areas} {borders} in common: {between} of {segments} lie between two areas",
        "{areas} {borders}: {intre} din {segments} între două arii",
        between = thousands(shared),
        intre = whole(shared, Language::Ro);
        areas = Message::counted(boundaries.areas.len(), ["area has", "areas have"], ["arie are", "arii au"]),
        borders = Message::counted(
            borders.len(),
            ["border", "borders"],
            ["hotar comun", "hotare comune"],
        ),
        segments = Message::counted(all, ["segment", "segments"], ["segment", "segmente"]),
    );
    ledger.tell(&message::ingest::BORDERS_FOUND, message);
    for overlap in boundaries.overlaps() {
        let message = message!(
            "a line bounds more than two areas: {codes}",
            "o linie mărginește mai mult de două arii: {codes}",
            codes = overlap.codes.join(", "),
        );
        let finding = ledger.tell(&message::ingest::BOUNDARY_OVERLAP, message);
        finding.units = overlap.codes;
        finding.hint = Some(message!(
            "areas lie on top of each other: ask for a clean file",
            "ariile se suprapun: cereți un fișier corect",
        ));
    }
}
