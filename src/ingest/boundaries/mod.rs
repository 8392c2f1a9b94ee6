//! Reads where units lie: polygons in GeoJSON or TopoJSON.

mod features;
mod join;

use std::collections::BTreeSet;

use self::join::Join;
use super::Reading;
use super::bytes::inputs::{self, Inputs};
use super::findings::StationFindings;
use super::sheet::grid::GridBuilder;
use super::sheet::page::Page;
use crate::boundaries::Boundaries;
use crate::message::ingest::boundaries as message;
use crate::observation::InputFile;
use crate::quality::{Finding, Findings, Message};
use crate::register::Matcher;
use crate::study::{SheetChoice, Source};

/// Reads a source of polygons and adds its map and its borders to the reading.
pub(super) fn read(
    source: &Source,
    inputs: &Inputs,
    matcher: &Matcher<'_>,
    reading: &mut Reading,
) -> Findings {
    let mut missing = StationFindings::default();
    let paths = inputs.expand(&source.file).unwrap_or_else(|finding| {
        missing.push(finding);
        Vec::new()
    });
    let composed = inputs::composed_otherwise(&source.file, &paths);
    composed.into_iter().for_each(|finding| missing.push(finding));
    let mut findings = missing.about(&source.id);
    findings.extend(read_files(source, &FilesOf { inputs, paths: &paths }, matcher, reading));
    findings
}

/// Files among inputs.
pub(super) struct FilesOf<'f> {
    pub(super) inputs: &'f Inputs,
    pub(super) paths: &'f [String],
}

/// Reads the files of a source of polygons, whatever it names.
pub(super) fn read_files(
    source: &Source,
    files: &FilesOf<'_>,
    matcher: &Matcher<'_>,
    reading: &mut Reading,
) -> Findings {
    let mut findings = StationFindings::default();
    let mut join = Join::new(source, matcher);
    let mut digests = Vec::new();
    let mut is_complete = true;
    for path in files.paths {
        match read_file(source, files.inputs, path, &mut join) {
            Ok((file, found)) => {
                findings.extend(found);
                digests.push((path.clone(), file.sha256.clone().unwrap_or_default()));
                reading.observations.files.push(file);
            }
            Err(refusal) => {
                findings.merge(refusal);
                is_complete = false;
            }
        }
    }
    let pin = source.sha256.as_ref().filter(|_| !digests.is_empty());
    let differs = pin.and_then(|pin| inputs::check_pin(pin, &digests));
    differs.into_iter().for_each(|finding| findings.push(finding));
    let (shapes, found) = join.finish();
    found.into_iter().for_each(|finding| findings.push(finding));
    if is_complete && !shapes.is_empty() {
        let boundaries = Boundaries::new(shapes);
        let borders = boundaries.borders();
        let (shared, segments) = boundaries.shared_segments();
        let areas = boundaries.areas.len();
        findings.push(message::borders_found(areas, borders.len(), [shared, segments]));
        for overlap in boundaries.overlaps() {
            findings.push(message::areas_overlap(overlap.codes));
        }
        reading.observations.maps.insert(source.id.clone(), boundaries);
        reading.observations.borders.insert(source.id.clone(), borders);
    } else {
        reading.unread.push(source.id.clone());
    }
    findings.about(&source.id)
}

/// A file of polygons before a study says what it is for.
#[derive(Debug)]
pub(crate) struct MapProbe {
    /// `geojson` or `topojson`.
    pub(crate) format: &'static str,
    /// A row for each feature, below one of the names of its properties.
    pub(crate) page: Page,
    /// How many features have polygons.
    pub(crate) polygons: usize,
}

/// Looks at a file of polygons, of a topology at the chosen object; `None` when it is no such file.
///
/// # Errors
/// In words, why its polygons cannot be read.
pub(crate) fn probe_map(
    inputs: &Inputs,
    path: &str,
    object: Option<&SheetChoice>,
) -> Option<Result<MapProbe, Message>> {
    let bytes = inputs.bytes(path).ok()?;
    features::is_map(&bytes).then(|| {
        let layer = features::parse(&bytes, object)?;
        let polygons = layer.features.iter().filter(|it| !it.polygons.is_empty()).count();
        Ok(MapProbe { format: layer.format, page: page_of(&layer), polygons })
    })
}

/// The properties of features as cells.
fn page_of(layer: &features::Layer) -> Page {
    let known = layer.features.iter().flat_map(|feature| feature.properties.keys());
    let names: BTreeSet<&str> = known.map(String::as_str).collect();
    let mut grid = GridBuilder::default();
    grid.begin_row(1, 0);
    (1..).zip(&names).for_each(|(column, name)| grid.field(column, name));
    for (number, feature) in (2..).zip(&layer.features) {
        grid.begin_row(number, 0);
        for (column, name) in (1..).zip(&names) {
            if let Some(text) = feature.properties.get(*name) {
                grid.field(column, text);
            }
        }
    }
    Page::first(grid.finish_text(String::new()))
}

/// Reads one file of polygons.
///
/// # Errors
/// The finding that says why it cannot be read.
fn read_file(
    source: &Source,
    inputs: &Inputs,
    path: &str,
    join: &mut Join<'_>,
) -> Result<(InputFile, StationFindings), Finding> {
    let (bytes, sha256) = inputs::load(inputs, path)?;
    let layer = features::parse(&bytes, source.sheet.as_ref())
        .map_err(|why| message::no_boundaries(path, &why))?;
    let (used, findings) = join.add(path, &layer);
    let file = InputFile {
        source: source.id.clone(),
        path: path.to_owned(),
        sha256: Some(sha256),
        bytes: Some(bytes.len() as u64),
        format: layer.format.to_owned(),
        sheets: vec![layer.name],
        encoding: None,
        delimiter: None,
        rows_used: used,
    };
    Ok((file, findings))
}

#[cfg(test)]
mod tests {
    use crate::ingest::fixture::{Outcome, outcome, source};
    use crate::message;
    use crate::study::{Key, Layout};

    /// Unit squares beside each other: of Alba Iulia, Aiud with a wrong name, a sector, a village.
    fn geojson() -> String {
        let feature = |x: u32, code: &str, name: &str| {
            let ring = format!("[[2{x},45],[2{0},45],[2{0},46],[2{x},46],[2{x},45]]", x + 1);
            format!(
                r#"{{"type": "Feature", "properties": {{"natcode": "{code}", "name": "{name}"}},
                    "geometry": {{"type": "Polygon", "coordinates": [{ring}]}}}}"#
            )
        };
        let features = [
            feature(0, "1017", "Alba Iulia"),
            feature(1, "1213", "Blaj"),
            feature(1, "1348", "Blaj"),
            feature(2, "179141", "Sectorul 1"),
            feature(3, "179150", "Sectorul 2"),
            feature(4, "1026", "Alba Iulia"),
        ];
        let all = features.join(",");
        format!(r#"{{"type": "FeatureCollection", "features": [{all}]}}"#)
    }

    fn read(text: &str, layout: Layout, key: Key) -> Outcome {
        let mut source = source("in.txt", key, Vec::new());
        source.layout = layout;
        outcome(&[source], &[("in.txt", text.as_bytes())])
    }

    fn by_name() -> Key {
        Key::Code {
            code: "NATCODE".to_owned(),
            name: Some("name".to_owned()),
            county: None,
            period: None,
        }
    }

    #[test]
    fn polygons_reach_their_units_and_wrong_ones_reach_none() {
        let outcome = read(&geojson(), Layout::Boundaries, by_name());
        let map = &outcome.reading.observations.maps["s"];
        let codes: Vec<&str> = map.areas.iter().map(|area| area.code.as_str()).collect();
        assert_eq!(codes, ["1017", "1348", "179132"]);
        assert_eq!(map.area("179132").unwrap().polygons.len(), 2);
        let borders = &outcome.reading.observations.borders["s"];
        assert_eq!((borders[0].a.as_str(), borders[0].b.as_str()), ("1017", "1348"));
        // a degree of the meridian at 45.5°: 111,132.95 - 559.82 cos 2φ + 1.18 cos 4φ = 111,141.55 m
        assert_eq!(borders[0].metres, Some(111_142));
        assert_eq!(borders.len(), 2);
        assert_eq!(outcome.one(&message::ingest::CODE_NAME_MISMATCH).unit.as_deref(), Some("1213"));
        assert_eq!(outcome.found(&message::ingest::ROWS_DROPPED).len(), 2);
        let absent = outcome.one(&message::ingest::UNIT_ABSENT);
        assert!(absent.message.en.starts_with("3,178 of 3,181 units have no polygon"));
        let found = &outcome.one(&message::ingest::BORDERS_FOUND).message;
        assert!(found.en.contains("3 areas have 2 borders"), "{found}");
    }

    #[test]
    fn a_property_that_is_not_there_and_a_text_that_is_no_map_stop_the_source() {
        let key = Key::Glued("natcod".to_owned());
        let outcome = read(&geojson(), Layout::Boundaries, key);
        let missing = outcome.one(&message::ingest::COLUMN_MISSING);
        assert!(missing.hint.as_ref().unwrap().en.contains("did you mean `natcode`?"));
        assert_eq!(outcome.reading.unread, ["s"]);
        let outcome = read("cod,nume\n1017,x\n", Layout::Boundaries, by_name());
        assert_eq!(outcome.found(&message::ingest::FILE_UNREADABLE).len(), 1);
    }
}
