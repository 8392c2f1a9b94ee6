//! What polygons say: their format, their units, their borders.

use super::{
    BORDERS_FOUND, BOUNDARY_BROKEN, BOUNDARY_EMPTY, BOUNDARY_OVERLAP, COLUMN_MISSING,
    DUPLICATE_UNIT, Noun, ROWS_DROPPED, UNIT_ABSENT, UNITS, bytes, did_you_mean, found, list,
};
use crate::language::{Language, thousands, whole};
use crate::quality::{Finding, Message, Place, Severity, message};

/// Names of units that one sentence lists.
const NAMES: usize = 5;

/// A position of fewer than two numbers.
pub(crate) fn no_position() -> Message {
    message!(
        "a position has no longitude and latitude",
        "o poziție nu are longitudine și latitudine",
    )
}

/// A position that does not lie on the globe.
pub(crate) fn not_in_degrees(lon: f64, lat: f64) -> Message {
    message!(
        "the position {lon}, {lat} is no longitude and latitude in degrees: save the file in \
         WGS 84 (EPSG:4326)",
        "poziția {lon}, {lat} nu este longitudine și latitudine în grade: salvați fișierul în \
         WGS 84 (EPSG:4326)",
    )
}

/// A text that is no JSON of boundaries.
pub(crate) fn not_json(error: &str) -> Message {
    message!("it is not such JSON: {error}", "nu este un astfel de JSON: {error}")
}

/// JSON of another type than a feature collection or a topology.
pub(crate) fn other_type(name: &str) -> Message {
    message!("its type is `{name}`", "tipul lui este `{name}`")
}

/// A topology of which no object, or none that it has, is named.
pub(crate) fn no_object<'o>(objects: impl Iterator<Item = &'o str>) -> Message {
    let names = objects.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    message!(
        "`sheet` names none of its objects, which are {names}",
        "`sheet` nu numește niciunul dintre obiectele lui, care sunt {names}",
    )
}

/// An object of a topology whose arcs make no sense.
pub(crate) fn broken_arcs(error: &str) -> Message {
    message!("the arcs of an object: {error}", "arcele unui obiect: {error}")
}

/// A walk over an arc that the topology does not have.
pub(crate) fn no_arc(step: i64) -> Message {
    message!("there is no arc {step}", "nu există arcul {step}")
}

/// A file that holds no boundaries.
pub(crate) fn no_boundaries(path: &str, why: &Message) -> Finding {
    let hint = message!(
        "boundaries are GeoJSON (a feature collection) or TopoJSON (a topology)",
        "limitele sunt GeoJSON (o colecție de elemente) sau TopoJSON (o topologie)",
    );
    bytes::unreadable(path, why, hint)
}

/// A property that the features do not have; `near` is the one among `known` that was probably
/// meant.
pub(crate) fn no_property<'k>(
    wanted: &str,
    near: Option<&str>,
    known: impl IntoIterator<Item = &'k str>,
    place: Place,
) -> Finding {
    let message = message!(
        "the features have no property `{wanted}`",
        "elementele nu au proprietatea `{wanted}`",
    );
    let there_are = message!(
        "the properties are {names}",
        "proprietățile sunt {names}";
        names = list(known, 12),
    );
    found(&COLUMN_MISSING, message).hint(did_you_mean(near, there_are)).at(place)
}

/// Rings of fewer than three points.
pub(crate) fn broken_rings(place: Place) -> Finding {
    let message = message!(
        "rings of fewer than three points were left out",
        "au fost lăsate deoparte contururi cu mai puțin de trei puncte",
    );
    found(&BOUNDARY_BROKEN, message).at(place)
}

/// An area without a polygon.
pub(crate) fn no_polygon(place: Place) -> Finding {
    found(&BOUNDARY_EMPTY, message!("areas without a polygon", "arii fără poligon")).at(place)
}

/// Sectors whose polygons were put together to the area of a unit.
pub(crate) fn sectors_joined(unit: &str, places: Vec<Place>) -> Finding {
    let sectors =
        Noun::new(["sector makes", "sectors make"], ["sector alcătuiește", "sectoare alcătuiesc"]);
    let message = message!(
        "{parts} the area of {unit}",
        "{parts} aria unității {unit}";
        parts = sectors.counted(places.len()),
    );
    found(&ROWS_DROPPED, message).places(places)
}

/// A unit that several features name.
pub(crate) fn several_features(name: &str, code: &str, places: Vec<Place>) -> Finding {
    let features = Noun::new(["feature", "features"], ["element", "elemente"]);
    let message = message!(
        "{name} ({code}) stands in {features}, taken together",
        "{name} ({code}) apare în {features}, luate împreună";
        features = features.counted(places.len()),
    );
    found(&DUPLICATE_UNIT, message).weighing(Severity::Warning).places(places).unit(code)
}

/// Features of a class that are no units.
pub(crate) fn features_dropped(class: &Noun, places: Vec<Place>) -> Finding {
    let message = message!(
        "{rows} give no area",
        "{rows} fără poligon de unitate";
        rows = class.counted(places.len()),
    );
    found(&ROWS_DROPPED, message).places(places)
}

/// Units without a polygon, by their codes and names, of `all` units.
pub(crate) fn units_without_polygon(codes: Vec<String>, names: &[&str], all: usize) -> Finding {
    let message = message!(
        "{missing} of {all} have no polygon: {names}",
        "{lipsesc} din {all} nu au poligon: {names}",
        missing = thousands(names.len()),
        lipsesc = whole(names.len(), Language::Ro);
        all = UNITS.counted(all),
        names = list(names.iter().copied(), NAMES),
    );
    found(&UNIT_ABSENT, message).units(codes).hint(message!(
        "the map leaves them out, and they have no neighbours: look for a newer file",
        "harta nu le arată și nu au vecini: căutați un fișier mai nou",
    ))
}

/// How many borders some areas have in common: `shared` of their `segments` lie between two of them.
pub(crate) fn borders_found(
    areas: usize,
    borders: usize,
    [shared, segments]: [usize; 2],
) -> Finding {
    let counted = |count, en, ro| Noun::new(en, ro).counted(count);
    let message = message!(
        "{areas} {borders} in common: {between} of {segments} lie between two areas",
        "{areas} {borders}: {intre} din {segments} între două arii",
        between = thousands(shared),
        intre = whole(shared, Language::Ro);
        areas = counted(areas, ["area has", "areas have"], ["arie are", "arii au"]),
        borders = counted(borders, ["border", "borders"], ["limită comună", "limite comune"]),
        segments = counted(segments, ["segment", "segments"], ["segment", "segmente"]),
    );
    found(&BORDERS_FOUND, message)
}

/// Areas that lie on top of each other, by their codes.
pub(crate) fn areas_overlap(codes: Vec<String>) -> Finding {
    let message = message!(
        "a line bounds more than two areas: {codes}",
        "o linie mărginește mai mult de două arii: {codes}",
        codes = codes.join(", "),
    );
    found(&BOUNDARY_OVERLAP, message).units(codes).hint(message!(
        "areas lie on top of each other: ask for a clean file",
        "ariile se suprapun: cereți un fișier corect",
    ))
}
