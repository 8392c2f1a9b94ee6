//! GeoJSON (RFC 7946).

use geojson::feature::Id;
use geojson::{FeatureCollection, GeometryValue, Position};

use super::features::{Feature, Layer, point};
use crate::boundaries::Loop;

/// Reads a feature collection.
pub(super) fn parse(bytes: &[u8]) -> Result<Layer, String> {
    let collection: FeatureCollection =
        serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    let mut features = Vec::new();
    for given in collection.features {
        let id = given.id.map(|id| match id {
            Id::String(id) => id,
            Id::Number(id) => id.to_string(),
        });
        let mut feature = Feature::new(given.properties.as_ref(), id);
        if let Some(geometry) = given.geometry {
            add(&mut feature, &geometry.value)?;
        }
        features.push(feature);
    }
    Ok(Layer { format: "geojson", name: "features".to_owned(), features })
}

/// Polygons count; points and lines bound nothing.
fn add(feature: &mut Feature, value: &GeometryValue) -> Result<(), String> {
    match value {
        GeometryValue::Polygon { coordinates } => feature.push(loops(coordinates)?),
        GeometryValue::MultiPolygon { coordinates } => {
            for polygon in coordinates {
                feature.push(loops(polygon)?);
            }
        }
        GeometryValue::GeometryCollection { geometries } => {
            for geometry in geometries {
                add(feature, &geometry.value)?;
            }
        }
        GeometryValue::Point { .. }
        | GeometryValue::MultiPoint { .. }
        | GeometryValue::LineString { .. }
        | GeometryValue::MultiLineString { .. } => {}
    }
    Ok(())
}

fn loops(polygon: &[Vec<Position>]) -> Result<Vec<Loop>, String> {
    let points = |ring: &Vec<Position>| ring.iter().map(|at| point(at.as_slice())).collect();
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
        assert!(parse(text.as_bytes(), None).unwrap_err().contains("WGS 84"));
        assert!(parse(b"var localities = {}", None).is_err());
        assert!(parse(b"{\"type\": \"Feature\"}", None).unwrap_err().contains("`Feature`"));
    }
}
