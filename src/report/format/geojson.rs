//! `map/index.geojson`: the results of each unit for map programs (RFC 7946).

use serde_json::{Map, Value, json};

use crate::boundaries::{Boundaries, Pass};
use crate::report::model::{Cells, Column, Features, Kind, Table};

/// A feature for each unit: its score, places and classes as properties, its polygons where the
/// study has boundaries (simplified so that neighbours still share their lines). Without them a
/// feature has no geometry, which RFC 7946 §3.2 allows.
pub(crate) fn geojson(features: &Features<'_>) -> Vec<u8> {
    let all: Vec<Value> = (0..features.index.rows()).map(|unit| feature(features, unit)).collect();
    let collection = json!({
        "type": "FeatureCollection",
        "title": features.head.title,
        "programme": features.head.programme,
        "notice": features.head.notice(),
        "features": all,
    });
    let mut bytes = collection.to_string().into_bytes();
    bytes.push(b'\n');
    bytes
}

fn feature(features: &Features<'_>, unit: usize) -> Value {
    let mut properties = Map::new();
    add(&mut properties, &features.index, Some(unit));
    if let Some(selection) = &features.selection {
        add(&mut properties, selection, features.selected[unit]);
    }
    let code = features.codes[unit].as_str();
    let boundaries = features.boundaries.as_ref();
    let geometry = boundaries.map_or(Value::Null, |boundaries| geometry(boundaries, code));
    json!({ "type": "Feature", "id": code, "geometry": geometry, "properties": properties })
}

/// The cells of a row as properties; nothing where a table has no such row.
fn add(properties: &mut Map<String, Value>, table: &Table<'_>, row: Option<usize>) {
    for column in table.map_columns() {
        let value = row.map_or(Value::Null, |row| property(&column, row));
        properties.insert(column.id.clone(), value);
    }
}

fn property(column: &Column<'_>, row: usize) -> Value {
    match &column.cells {
        // the register has a word for every unit, if an empty one
        Cells::Text(cells) if column.kind == Kind::Word => {
            json!(cells[row].as_deref().unwrap_or(""))
        }
        Cells::Text(cells) => json!(cells[row].as_deref()),
        Cells::Numbers(cells) => json!(cells[row]),
        Cells::Integers(cells) => json!(cells[row]),
    }
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
    use crate::report::model::features;

    #[test]
    fn each_unit_is_a_feature_with_its_results() {
        let fixture = Fixture::new();
        let read: Value = serde_json::from_slice(&geojson(&features(&fixture.view()))).unwrap();
        let features = read["features"].as_array().unwrap();
        assert_eq!(features.len(), 5);
        assert_eq!(features[1]["id"], "11");
        assert_eq!(features[1]["properties"]["irc"], 50.0);
        assert_eq!(features[4]["properties"]["irc"], Value::Null);
    }
}
