//! Reads where units lie: polygons in GeoJSON or TopoJSON.

mod features;
mod join;

use self::join::Join;
use super::Reading;
use super::bytes::inputs::{self, Inputs};
use super::findings::StationFindings;
use crate::boundaries::Boundaries;
use crate::message::ingest::boundaries as message;
use crate::observation::InputFile;
use crate::quality::{Finding, Findings};
use crate::register::Matcher;
use crate::study::Source;

/// Reads a source of polygons and adds its map and its borders to the reading.
pub(super) fn read(
    source: &Source,
    inputs: &Inputs,
    matcher: &Matcher<'_>,
    reading: &mut Reading,
) -> Findings {
    let mut findings = StationFindings::default();
    let mut join = Join::new(source, matcher);
    let mut digests = Vec::new();
    let mut is_complete = true;
    let paths = inputs.expand(&source.file).unwrap_or_else(|missing| {
        findings.push(missing);
        Vec::new()
    });
    for path in paths {
        match read_file(source, inputs, &path, &mut join) {
            Ok((file, found)) => {
                findings.extend(found);
                digests.push((path, file.sha256.clone()));
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
        sha256,
        bytes: bytes.len() as u64,
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
