//! Joins polygons to the units of the register.

use std::collections::{BTreeMap, BTreeSet};

use super::features::{Feature, Layer};
use crate::boundaries::Shape;
use crate::ingest::findings::StationFindings;
use crate::ingest::labels::fold;
use crate::ingest::rows::{At, KeyParts, KeyTexts, Recogniser, Remark, Subject, noun_of};
use crate::message::ingest::CODE_NAME_MISMATCH;
use crate::message::ingest::boundaries as message;
use crate::quality::{Finding, Place};
use crate::register::{Matcher, RowClass, UNIT};
use crate::spelling::nearest;
use crate::study::Source;

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
    /// Of no polygons yet.
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
    pub(super) fn add(&mut self, path: &str, layer: &Layer) -> (u64, StationFindings) {
        let (names, mut findings) = self.property_names(path, layer);
        let mut used = 0;
        for (number, feature) in (1..).zip(&layer.features) {
            let Some(names) = &names else { break };
            let text = |name: &String| feature.properties.get(name).map(String::as_str);
            let keys: KeyTexts<'_> = names.as_ref().and_then(text);
            let label = keys.name.or(keys.glued).or(keys.code).or(keys.area).unwrap_or_default();
            let place = Place::file(path).on_sheet(&layer.name).at_row(number).with_text(label);
            let (has_polygon, found) = self.add_feature(feature, keys, &place);
            used += u64::from(has_polygon);
            findings.extend(found);
        }
        (used, findings)
    }

    /// The properties that the key names, as the file writes them; `None` when one is not there,
    /// which a finding says, or when there is no key.
    fn property_names(
        &self,
        path: &str,
        layer: &Layer,
    ) -> (Option<KeyParts<String>>, StationFindings) {
        let mut findings = StationFindings::default();
        let known: BTreeSet<&str> =
            layer.features.iter().flat_map(|f| f.properties.keys()).map(String::as_str).collect();
        let Some(key) = &self.source.key else { return (None, findings) };
        let wanted = KeyParts { period: None, ..KeyParts::named(key) };
        let names = wanted.and_then(|wanted| {
            let same = |name: &&&str| **name == wanted || fold(name) == fold(wanted);
            let found = known.iter().find(same).map(|name| (*name).to_owned());
            if found.is_none() {
                let near = nearest(wanted, known.iter().copied());
                let place = Place::file(path).on_sheet(&layer.name);
                findings.merge(message::no_property(wanted, near, known.iter().copied(), place));
            }
            found
        });
        let is_complete = names.as_ref().parts().count() == wanted.parts().count();
        (is_complete.then_some(names), findings)
    }

    /// Adds a feature; answers whether it gave a polygon.
    fn add_feature(
        &mut self,
        feature: &Feature,
        keys: KeyTexts<'_>,
        place: &Place,
    ) -> (bool, StationFindings) {
        let mut findings = StationFindings::default();
        let recogniser = Recogniser::at(self.matcher, UNIT);
        let recognised = recogniser.recognise(keys);
        for remark in &recognised.remarks {
            let text = match remark.at {
                At::Code => keys.code.or(keys.glued).or(keys.name),
                At::Name => keys.name.or(keys.glued).or(keys.code),
            };
            let mut place = place.clone();
            place.text = text.map(str::to_owned).or(place.text);
            findings.merge(remark.finding.clone().at(place));
        }
        let unit = match recognised.subject {
            // the polygon of another unit is worse than none
            Subject::Area(_) if recognised.remarks.iter().any(contradicts) => None,
            Subject::Area(unit) => {
                self.seen.entry(unit).or_default().push(place.clone());
                Some(unit)
            }
            Subject::Part(RowClass::Sector, Some(unit)) => {
                self.parts.entry(unit).or_default().push(place.clone());
                Some(unit)
            }
            Subject::Part(class, _) | Subject::Total(class, _) | Subject::Other(class) => {
                self.dropped.entry(class).or_default().push(place.clone());
                None
            }
            Subject::Refused => None,
        };
        let Some(unit) = unit else { return (false, findings) };
        if feature.broken > 0 {
            findings.merge(message::broken_rings(place.clone()));
        }
        if feature.polygons.is_empty() {
            findings.merge(message::no_polygon(place.clone()));
            return (false, findings);
        }
        let code = &self.matcher.register().codes()[unit];
        let shape = self.shapes.entry(unit);
        let shape = shape.or_insert_with(|| Shape { code: code.clone(), polygons: Vec::new() });
        shape.polygons.extend(feature.polygons.iter().cloned());
        (true, findings)
    }

    /// The shapes, and what was put together, dropped and missed.
    pub(super) fn finish(self) -> (Vec<Shape>, Vec<Finding>) {
        let register = self.matcher.register();
        let (names, codes) = (register.names(), register.codes());
        let mut findings = Vec::new();
        for (unit, places) in self.parts {
            findings.push(message::sectors_joined(&names[unit], places));
        }
        for (unit, places) in self.seen.into_iter().filter(|(_, places)| places.len() > 1) {
            findings.push(message::several_features(&names[unit], &codes[unit], places));
        }
        for (class, places) in self.dropped {
            findings.push(message::features_dropped(noun_of(class), places));
        }
        let expected: Vec<usize> =
            (0..register.len()).filter(|&unit| self.matcher.counts(UNIT, unit)).collect();
        let absent: Vec<usize> =
            expected.iter().copied().filter(|unit| !self.shapes.contains_key(unit)).collect();
        if !absent.is_empty() {
            let codes = absent.iter().map(|&unit| codes[unit].clone()).collect();
            let names: Vec<&str> = absent.iter().map(|&unit| names[unit].as_str()).collect();
            findings.push(message::units_without_polygon(codes, &names, expected.len()));
        }
        (self.shapes.into_values().collect(), findings)
    }
}

/// Whether a remark says that code and name are those of different units.
fn contradicts(remark: &Remark) -> bool {
    remark.finding.rule == CODE_NAME_MISMATCH.id
}
