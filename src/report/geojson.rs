//! `map/index.geojson`: the results of each unit for map programs (RFC 7946).

use serde_json::{Map, Value, json};

use super::map;
use super::view::View;
use crate::boundaries::{Boundaries, Pass};
use crate::index::OutputColumn;

/// A feature for each unit: its score, places and classes as properties, its polygons where the
/// study has boundaries (simplified so that neighbours still share their lines). Without them a
/// feature has no geometry, which RFC 7946 §3.2 allows.
pub(crate) fn geojson(view: &View<'_>) -> Vec<u8> {
    let boundaries = view.figures.observations.maps.values().next().map(map::simplified);
    let boundaries = boundaries.as_ref();
    let features: Vec<Value> =
        (0..view.figures.register.len()).map(|unit| feature(view, unit, boundaries)).collect();
    let collection = json!({
        "type": "FeatureCollection",
        "title": view.study.title.text(view.language),
        "notice": super::workbook::notice(view),
        "features": features,
    });
    let mut bytes = collection.to_string().into_bytes();
    bytes.push(b'\n');
    bytes
}

fn feature(view: &View<'_>, unit: usize, boundaries: Option<&Boundaries>) -> Value {
    let mut properties = Map::new();
    let code = &view.figures.register.codes()[unit];
    properties.insert("code".into(), json!(code));
    properties.insert("name".into(), json!(view.figures.register.names()[unit]));
    for place in super::tables::PLACES {
        properties.insert(place.into(), json!(view.figures.register_text(place, unit)));
    }
    for (node, result) in view.figures.method.nodes.iter().zip(&view.figures.index.nodes) {
        let column = if node.is_indicator() { &result.raw } else { &result.value };
        properties.insert(node.id.clone(), json!(column.value(unit)));
    }
    for (at, output) in view.figures.index.outputs.iter().enumerate() {
        if view.figures.contribution(at).is_some() {
            continue;
        }
        let value = match &output.column {
            OutputColumn::Numbers(column) => json!(column.value(unit)),
            OutputColumn::Classes(classes) => json!(classes[unit]),
        };
        properties.insert(output.id.clone(), value);
    }
    if let Some(selection) = view.chosen.map(|chosen| chosen.selection) {
        let outcome = selection.units.iter().find(|outcome| outcome.code == *code);
        properties.insert("phase".into(), json!(outcome.and_then(|it| it.phase.as_deref())));
        properties.insert("state".into(), json!(outcome.map(|it| it.state.word())));
    }
    let geometry = boundaries.map_or(Value::Null, |boundaries| geometry(boundaries, code));
    json!({ "type": "Feature", "id": code, "geometry": geometry, "properties": properties })
}

fn geometry(boundaries: &Boundaries, code: &str) -> Value {
    let Some(area) = boundaries.area(code) else { return Value::Null };
    let ring = |ring: &Vec<Pass>| {
        let mut points = boundaries.points(ring);
        points.extend(points.first().copied());
        let place = |point: crate::boundaries::Point| {
            let (lon, lat) = point.degrees();
            json!([lon, lat])
        };
        points.into_iter().map(place).collect::<Vec<Value>>()
    };
    let polygon = |rings: &Vec<Vec<Pass>>| rings.iter().map(ring).collect::<Vec<_>>();
    let polygons: Vec<_> = area.polygons.iter().map(polygon).collect();
    json!({ "type": "MultiPolygon", "coordinates": polygons })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::Fixture;

    #[test]
    fn each_unit_is_a_feature_with_its_results() {
        let fixture = Fixture::new();
        let read: Value = serde_json::from_slice(&geojson(&fixture.view())).unwrap();
        let features = read["features"].as_array().unwrap();
        assert_eq!(features.len(), 5);
        assert_eq!(features[1]["id"], "11");
        assert_eq!(features[1]["properties"]["irc"], 50.0);
        assert_eq!(features[4]["properties"]["irc"], Value::Null);
    }
}
