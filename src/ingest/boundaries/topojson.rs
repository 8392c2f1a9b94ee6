//! TopoJSON: polygons as walks over shared arcs.
//!
//! Read from the specification (version 1) with `serde`: the crate `topojson` 0.5 needs a `geojson`
//! older than 0.24 and refuses objects without a geometry, which real files have.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::features::{Feature, Layer, point, text};
use crate::boundaries::{Loop, Point};
use crate::quality::{Message, message};
use crate::study::SheetChoice;

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
pub(super) fn parse(bytes: &[u8], choice: Option<&SheetChoice>) -> Result<Layer, Message> {
    let topology: Topology =
        serde_json::from_slice(bytes).map_err(|error| Message::same(error.to_string()))?;
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
        add(&mut feature, part, &arcs)?;
        features.push(feature);
    }
    Ok(Layer { format: "topojson", name: name.clone(), features })
}

fn chosen<'t>(
    topology: &'t Topology,
    choice: Option<&SheetChoice>,
) -> Result<(&'t String, &'t Object), Message> {
    let names = || topology.objects.keys().map(|name| format!("`{name}`")).collect::<Vec<_>>();
    let found = match choice {
        Some(SheetChoice::Name(name)) => topology.objects.get_key_value(name),
        Some(SheetChoice::Number(_)) => None,
        None => topology.objects.iter().next().filter(|_| topology.objects.len() == 1),
    };
    found.ok_or_else(|| {
        let names = names().join(", ");
        message!(
            "`sheet` names none of its objects, which are {names}",
            "`sheet` nu numește niciunul dintre obiectele lui, care sunt {names}",
        )
    })
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

fn add(feature: &mut Feature, object: &Object, arcs: &[Vec<Point>]) -> Result<(), Message> {
    let walks = |value: &Option<Value>| value.clone().unwrap_or(Value::Array(Vec::new()));
    let wrong = |error: serde_json::Error| {
        message!("the arcs of an object: {error}", "arcele unui obiect: {error}")
    };
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
    object.geometries.iter().try_for_each(|part| add(feature, part, arcs))
}

/// The points of a walk over arcs; the arc `!i` is arc `i` backwards.
fn walked(walk: &[i64], arcs: &[Vec<Point>]) -> Result<Loop, Message> {
    let mut points = Vec::new();
    for step in walk {
        let at = usize::try_from(if *step < 0 { !step } else { *step }).ok();
        let Some(arc) = at.and_then(|at| arcs.get(at)) else {
            return Err(message!("there is no arc {step}", "nu există arcul {step}"));
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
    use super::super::features::parse;

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
        let name = crate::study::SheetChoice::Name("uat".to_owned());
        assert_eq!(parse(text.as_bytes(), Some(&name)).unwrap().name, "uat");
    }
}
