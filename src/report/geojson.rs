//! `map/index.geojson`: the results of each unit for map programs (RFC 7946).

use serde_json::{Map, Value, json};

use super::view::View;
use crate::index::OutputColumn;

/// A feature for each unit: its score, places and classes as properties; without boundaries a
/// feature has no geometry, which RFC 7946 §3.2 allows.
pub(crate) fn geojson(view: &View<'_>) -> Vec<u8> {
    let features: Vec<Value> = (0..view.register.len()).map(|unit| feature(view, unit)).collect();
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

fn feature(view: &View<'_>, unit: usize) -> Value {
    let mut properties = Map::new();
    let code = &view.register.codes()[unit];
    properties.insert("code".into(), json!(code));
    properties.insert("name".into(), json!(view.register.names()[unit]));
    for place in super::tables::PLACES {
        properties.insert(place.into(), json!(view.register_text(place, unit)));
    }
    for (node, result) in view.method.nodes.iter().zip(&view.index.nodes) {
        let column = if node.is_indicator() { &result.raw } else { &result.value };
        properties.insert(node.id.clone(), json!(column.value(unit)));
    }
    for (at, output) in view.index.outputs.iter().enumerate() {
        if view.contribution(at).is_some() {
            continue;
        }
        let value = match &output.column {
            OutputColumn::Numbers(column) => json!(column.value(unit)),
            OutputColumn::Classes(classes) => json!(classes[unit]),
        };
        properties.insert(output.id.clone(), value);
    }
    json!({ "type": "Feature", "id": code, "geometry": Value::Null, "properties": properties })
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
