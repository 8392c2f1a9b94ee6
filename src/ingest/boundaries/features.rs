//! What a boundary file holds: features with properties and polygons, read from GeoJSON (RFC 7946) or
//! from TopoJSON, whose polygons are walks over shared arcs.
//!
//! Both are read with `serde`. Of a feature we need its properties, its id and its polygons, and the
//! crate `geojson` 1.0 turns on parts of crates that the table engine shares and that would all be
//! built again for it; the crate `topojson` 0.5 needs a `geojson` older than 0.24 and refuses objects
//! without a geometry, which real files have.

use std::collections::BTreeMap;
use std::fmt::Display;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::boundaries::{Loop, Point};
use crate::message::ingest::boundaries as message;
use crate::quality::Message;
use crate::study::SheetChoice;

/// The features of one file.
#[derive(Debug, PartialEq)]
pub(super) struct Layer {
    /// `geojson` or `topojson`.
    pub(super) format: &'static str,
    /// The object of a topology; `features` of a GeoJSON file.
    pub(super) name: String,
    /// In the order of the file.
    pub(super) features: Vec<Feature>,
}

/// One feature.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Feature {
    /// Properties as text, with the feature's own `id` where no property is called so.
    pub(super) properties: BTreeMap<String, String>,
    /// Polygons: of each the outer loop, then its holes.
    pub(super) polygons: Vec<Vec<Loop>>,
    /// Loops left out because they have fewer than three points.
    pub(super) broken: usize,
}

impl Feature {
    /// A feature without polygons yet.
    fn new(properties: Option<&Map<String, Value>>, id: Option<String>) -> Self {
        let mut texts: BTreeMap<String, String> = properties
            .into_iter()
            .flatten()
            .filter_map(|(name, value)| Some((name.clone(), text(value)?)))
            .collect();
        if let Some(id) = id {
            texts.entry("id".to_owned()).or_insert(id);
        }
        Self { properties: texts, ..Self::default() }
    }

    /// Adds a polygon.
    fn push(&mut self, loops: impl IntoIterator<Item = Loop>) {
        let mut sound = Vec::new();
        for (at, points) in loops.into_iter().map(tidy).enumerate() {
            if points.len() > 2 {
                sound.push(points);
            } else {
                self.broken += 1;
                // without its outer loop a polygon has only holes
                if at == 0 {
                    return;
                }
            }
        }
        if !sound.is_empty() {
            self.polygons.push(sound);
        }
    }
}

/// Without points repeated in a row, or at the end.
fn tidy(mut points: Loop) -> Loop {
    points.dedup();
    while points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    points
}

/// A property or id as text; none for lists, tables and nothing.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => {
            let whole = number.as_f64().filter(|number| number.fract() == 0.0);
            Some(whole.map_or_else(|| number.to_string(), |whole| format!("{whole}")))
        }
        Value::Bool(_) | Value::Array(_) | Value::Object(_) | Value::Null => None,
    }
}

/// A point from degrees; the message says what is wrong with it.
fn point(position: &[f64]) -> Result<Point, Message> {
    let [lon, lat, ..] = position else { return Err(message::no_position()) };
    Point::at(*lon, *lat).ok_or_else(|| message::not_in_degrees(*lon, *lat))
}

#[derive(Deserialize)]
struct Head {
    r#type: String,
}

/// Whether a file says that it is a collection of features or a topology.
pub(super) fn is_map(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    serde_json::from_slice::<Head>(bytes)
        .is_ok_and(|head| matches!(head.r#type.as_str(), "Topology" | "FeatureCollection"))
}

/// Reads a file.
pub(super) fn parse(bytes: &[u8], choice: Option<&SheetChoice>) -> Result<Layer, Message> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head: Head =
        serde_json::from_slice(bytes).map_err(|error| message::not_json(&error.to_string()))?;
    match head.r#type.as_str() {
        "Topology" => topology(bytes, choice),
        "FeatureCollection" => collection(bytes),
        other => Err(message::other_type(other)),
    }
}

fn as_is(error: impl Display) -> Message {
    Message::same(error.to_string())
}

#[derive(Deserialize)]
struct Collection {
    features: Vec<GeoFeature>,
}

#[derive(Deserialize)]
struct GeoFeature {
    id: Option<Value>,
    properties: Option<Map<String, Value>>,
    geometry: Option<Geometry>,
}

/// Polygons count; points and lines bound nothing.
#[derive(Deserialize)]
#[serde(tag = "type")]
#[expect(clippy::enum_variant_names, reason = "the words of the format")]
enum Geometry {
    Polygon {
        coordinates: Vec<Vec<Vec<f64>>>,
    },
    MultiPolygon {
        coordinates: Vec<Vec<Vec<Vec<f64>>>>,
    },
    GeometryCollection {
        geometries: Vec<Self>,
    },
    #[serde(other)]
    Other,
}

/// Reads a feature collection.
fn collection(bytes: &[u8]) -> Result<Layer, Message> {
    let collection: Collection = serde_json::from_slice(bytes).map_err(as_is)?;
    let mut features = Vec::new();
    for part in collection.features {
        let id = part.id.as_ref().and_then(text);
        let mut feature = Feature::new(part.properties.as_ref(), id);
        if let Some(geometry) = &part.geometry {
            add_geometry(&mut feature, geometry)?;
        }
        features.push(feature);
    }
    Ok(Layer { format: "geojson", name: "features".to_owned(), features })
}

fn add_geometry(feature: &mut Feature, geometry: &Geometry) -> Result<(), Message> {
    match geometry {
        Geometry::Polygon { coordinates } => feature.push(loops(coordinates)?),
        Geometry::MultiPolygon { coordinates } => {
            for polygon in coordinates {
                feature.push(loops(polygon)?);
            }
        }
        Geometry::GeometryCollection { geometries } => {
            for part in geometries {
                add_geometry(feature, part)?;
            }
        }
        Geometry::Other => {}
    }
    Ok(())
}

fn loops(polygon: &[Vec<Vec<f64>>]) -> Result<Vec<Loop>, Message> {
    let points = |ring: &Vec<Vec<f64>>| ring.iter().map(|position| point(position)).collect();
    polygon.iter().map(points).collect()
}

#[derive(Deserialize)]
struct Topology {
    objects: BTreeMap<String, Object>,
    arcs: Vec<Vec<Vec<f64>>>,
    transform: Option<Transform>,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Object {
    r#type: Option<String>,
    id: Option<Value>,
    properties: Option<Map<String, Value>>,
    #[serde(default)]
    geometries: Vec<Self>,
    arcs: Option<Value>,
}

/// Reads one object of a topology: the one that is chosen, or else the only one.
fn topology(bytes: &[u8], choice: Option<&SheetChoice>) -> Result<Layer, Message> {
    let topology: Topology = serde_json::from_slice(bytes).map_err(as_is)?;
    let (name, object) = chosen(&topology, choice)?;
    let arcs = arcs(&topology)?;
    let mut features = Vec::new();
    let parts = if object.geometries.is_empty() {
        std::slice::from_ref(object)
    } else {
        &object.geometries[..]
    };
    for part in parts {
        let mut feature = Feature::new(part.properties.as_ref(), part.id.as_ref().and_then(text));
        add_object(&mut feature, part, &arcs)?;
        features.push(feature);
    }
    Ok(Layer { format: "topojson", name: name.clone(), features })
}

fn chosen<'t>(
    topology: &'t Topology,
    choice: Option<&SheetChoice>,
) -> Result<(&'t String, &'t Object), Message> {
    let found = match choice {
        Some(SheetChoice::Name(name)) => topology.objects.get_key_value(name),
        Some(SheetChoice::Number(_) | SheetChoice::Every) => None,
        None => topology.objects.iter().next().filter(|_| topology.objects.len() == 1),
    };
    found.ok_or_else(|| message::no_object(topology.objects.keys().map(String::as_str)))
}

/// The arcs in degrees; those of a quantised topology are sums of steps.
fn arcs(topology: &Topology) -> Result<Vec<Vec<Point>>, Message> {
    let degrees = |arc: &Vec<Vec<f64>>| {
        let (mut x, mut y) = (0.0, 0.0);
        arc.iter()
            .map(|position| {
                let Some(Transform { scale, translate }) = &topology.transform else {
                    return point(position);
                };
                let [dx, dy, ..] = position[..] else { return point(position) };
                (x, y) = (x + dx, y + dy);
                point(&[x * scale[0] + translate[0], y * scale[1] + translate[1]])
            })
            .collect()
    };
    topology.arcs.iter().map(degrees).collect()
}

fn add_object(feature: &mut Feature, object: &Object, arcs: &[Vec<Point>]) -> Result<(), Message> {
    let walks = |value: &Option<Value>| value.clone().unwrap_or(Value::Array(Vec::new()));
    let wrong = |error: serde_json::Error| message::broken_arcs(&error.to_string());
    let polygons: Vec<Vec<Vec<i64>>> = match object.r#type.as_deref() {
        Some("Polygon") => {
            vec![serde_json::from_value(walks(&object.arcs)).map_err(wrong)?]
        }
        Some("MultiPolygon") => serde_json::from_value(walks(&object.arcs)).map_err(wrong)?,
        _ => Vec::new(),
    };
    for polygon in polygons {
        let loops: Result<Vec<Loop>, Message> =
            polygon.iter().map(|walk| walked(walk, arcs)).collect();
        feature.push(loops?);
    }
    object.geometries.iter().try_for_each(|part| add_object(feature, part, arcs))
}

/// The points of a walk over arcs; the arc `!i` is arc `i` backwards.
fn walked(walk: &[i64], arcs: &[Vec<Point>]) -> Result<Loop, Message> {
    let mut points = Vec::new();
    for step in walk {
        let at = usize::try_from(if *step < 0 { !step } else { *step }).ok();
        let Some(arc) = at.and_then(|at| arcs.get(at)) else {
            return Err(message::no_arc(*step));
        };
        // the point where two arcs meet is repeated here and dropped with the other repetitions
        if *step < 0 {
            points.extend(arc.iter().rev());
        } else {
            points.extend(arc);
        }
    }
    Ok(points)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_without_geometry_stay_and_ids_become_properties() {
        let text = r#"{"type": "FeatureCollection", "features": [
            {"type": "Feature", "id": 1017, "properties": {"name": "Alba Iulia", "n": 2.0},
             "geometry": {"type": "Polygon",
                          "coordinates": [[[23, 46], [24, 46], [24, 47], [23, 46]]]}},
            {"type": "Feature", "properties": null, "geometry": null}]}"#;
        let layer = parse(text.as_bytes(), None).unwrap();
        assert_eq!(layer.features.len(), 2);
        assert_eq!(layer.features[0].properties["id"], "1017");
        assert_eq!(layer.features[0].properties["n"], "2");
        assert_eq!(layer.features[0].polygons[0][0].len(), 3);
        assert!(layer.features[1].polygons.is_empty());
    }

    #[test]
    fn projected_coordinates_and_other_texts_are_refused() {
        let text = r#"{"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon",
             "coordinates": [[[500000, 400000], [500001, 400000], [500001, 400001]]]}}]}"#;
        assert!(parse(text.as_bytes(), None).unwrap_err().en.contains("WGS 84"));
        assert!(parse(b"var localities = {}", None).is_err());
        assert!(parse(b"{\"type\": \"Feature\"}", None).unwrap_err().en.contains("`Feature`"));
    }

    /// Two squares beside each other with one arc between them, quantised; the third has none.
    const TWO: &str = r#"{"type": "Topology",
        "transform": {"scale": [0.5, 0.5], "translate": [20, 44]},
        "objects": {"uat": {"type": "GeometryCollection", "geometries": [
            {"type": "Polygon", "arcs": [[0, 1]], "properties": {"siruta": 1017}},
            {"type": "Polygon", "arcs": [[-2, 2]], "properties": {"siruta": "1213"}},
            {"type": null, "properties": {"siruta": "1348"}}]}},
        "arcs": [[[2, 2], [-2, 0], [0, -2], [2, 0]], [[2, 0], [0, 2]],
                 [[2, 0], [2, 0], [0, 2], [-2, 0]]]}"#;

    #[test]
    fn steps_become_degrees_and_arcs_are_walked_both_ways() {
        let layer = parse(TWO.as_bytes(), None).unwrap();
        let degrees = |feature: usize| {
            let points = layer.features[feature].polygons[0][0].iter();
            points.map(|point| point.degrees()).collect::<Vec<_>>()
        };
        assert_eq!(degrees(0), [(21.0, 45.0), (20.0, 45.0), (20.0, 44.0), (21.0, 44.0)]);
        assert_eq!(degrees(1), [(21.0, 45.0), (21.0, 44.0), (22.0, 44.0), (22.0, 45.0)]);
        assert_eq!(layer.features[0].properties["siruta"], "1017");
        assert!(layer.features[2].polygons.is_empty());
    }

    #[test]
    fn an_arc_that_is_not_there_is_refused() {
        let text = TWO.replace("[[-2, 2]]", "[[-2, 9]]");
        assert!(parse(text.as_bytes(), None).unwrap_err().en.contains("no arc 9"));
    }

    #[test]
    fn one_of_several_objects_must_be_named() {
        let text = TWO.replace("\"uat\": {", "\"county\": {\"type\": null}, \"uat\": {");
        assert!(parse(text.as_bytes(), None).unwrap_err().en.contains("`county`, `uat`"));
        let name = SheetChoice::Name("uat".to_owned());
        assert_eq!(parse(text.as_bytes(), Some(&name)).unwrap().name, "uat");
    }
}
