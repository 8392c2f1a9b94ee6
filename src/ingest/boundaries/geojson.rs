//! GeoJSON (RFC 7946).
//!
//! Read with `serde`, like TopoJSON: of a feature we need its properties, its id and its polygons, and
//! the crate `geojson` 1.0 turns on parts of crates that the table engine shares and that would all be
//! built again for it.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::features::{Feature, Layer, point, text};
use crate::boundaries::Loop;
use crate::quality::Message;

#[derive(Deserialize)]
struct Collection {
    features: Vec<Given>,
}

#[derive(Deserialize)]
struct Given {
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
pub(super) fn parse(bytes: &[u8]) -> Result<Layer, Message> {
    let collection: Collection =
        serde_json::from_slice(bytes).map_err(|error| Message::same(error.to_string()))?;
    let mut features = Vec::new();
    for given in collection.features {
        let id = given.id.as_ref().and_then(text);
        let mut feature = Feature::new(given.properties.as_ref(), id);
        if let Some(geometry) = &given.geometry {
            add(&mut feature, geometry)?;
        }
        features.push(feature);
    }
    Ok(Layer { format: "geojson", name: "features".to_owned(), features })
}

fn add(feature: &mut Feature, geometry: &Geometry) -> Result<(), Message> {
    match geometry {
        Geometry::Polygon { coordinates } => feature.push(loops(coordinates)?),
        Geometry::MultiPolygon { coordinates } => {
            for polygon in coordinates {
                feature.push(loops(polygon)?);
            }
        }
        Geometry::GeometryCollection { geometries } => {
            for part in geometries {
                add(feature, part)?;
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

#[cfg(test)]
mod tests {
    use super::super::features::parse;

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
}
