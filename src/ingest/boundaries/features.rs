//! What a boundary file holds, whatever its format: features with properties and polygons.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{geojson, topojson};
use crate::boundaries::{Loop, Point};
use crate::quality::{Message, message};
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
    pub(super) fn new(properties: Option<&Map<String, Value>>, id: Option<String>) -> Self {
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
    pub(super) fn push(&mut self, loops: impl IntoIterator<Item = Loop>) {
        let mut kept = Vec::new();
        for (at, points) in loops.into_iter().map(tidy).enumerate() {
            if points.len() > 2 {
                kept.push(points);
            } else {
                self.broken += 1;
                // without its outer loop a polygon has only holes
                if at == 0 {
                    return;
                }
            }
        }
        if !kept.is_empty() {
            self.polygons.push(kept);
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
pub(super) fn text(value: &Value) -> Option<String> {
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
pub(super) fn point(position: &[f64]) -> Result<Point, Message> {
    let [lon, lat, ..] = position else {
        return Err(message!(
            "a position has no longitude and latitude",
            "o poziție nu are longitudine și latitudine",
        ));
    };
    Point::at(*lon, *lat).ok_or_else(|| {
        message!(
            "the position {lon}, {lat} is no longitude and latitude in degrees: save the file in \
             WGS 84 (EPSG:4326)",
            "poziția {lon}, {lat} nu este longitudine și latitudine în grade: salvați fișierul în \
             WGS 84 (EPSG:4326)",
        )
    })
}

#[derive(Deserialize)]
struct Head {
    r#type: String,
}

/// Reads a file.
pub(super) fn parse(bytes: &[u8], choice: Option<&SheetChoice>) -> Result<Layer, Message> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head: Head = serde_json::from_slice(bytes).map_err(|error| {
        message!("it is not such JSON: {error}", "nu este un astfel de JSON: {error}")
    })?;
    match head.r#type.as_str() {
        "Topology" => topojson::parse(bytes, choice),
        "FeatureCollection" => geojson::parse(bytes),
        other => Err(message!("its type is `{other}`", "tipul lui este `{other}`")),
    }
}
