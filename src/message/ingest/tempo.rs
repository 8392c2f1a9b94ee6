//! What the dimensions of a TEMPO file hold, and which of its rows a measure takes.

use super::{
    AGES_TILED, AREAS, COLUMN_MISSING, DIMENSION_OPEN, DUPLICATE_ROW, KEY_MISSING, LABEL_MISSING,
    LABELS_OVERLAP, Noun, PARTS_ABSENT, Refusal, did_you_mean, found, list, series,
};
use crate::language::{numbered, thousands};
use crate::quality::{Finding, Message, Place, message};

const LABELS: Noun = Noun::new(["label", "labels"], ["etichetă", "etichete"]);

/// A file without columns of labels beside its values.
pub(crate) fn no_labels() -> Message {
    message!("the file has no columns of labels", "fișierul nu are coloane de etichete")
}

/// A column with so many labels that it is no dimension.
pub(crate) fn too_many_labels(dimension: &str, most: usize) -> Message {
    message!(
        "`{dimension}` has more than {most} different labels, so it is no dimension",
        "`{dimension}` are peste {etichete}, deci nu este o dimensiune",
        etichete = numbered(most, "etichetă diferită", "etichete diferite"),
        most = thousands(most),
    )
}

/// A file that is no TEMPO file.
pub(crate) fn not_tempo(why: Message, place: Place) -> Finding {
    found(&COLUMN_MISSING, why).at(place)
}

/// A measure that names a column in a file of labels.
pub(crate) fn column_in_tempo(measure: &str) -> Finding {
    let message = message!(
        "`{measure}` names a column, which TEMPO does not have",
        "`{measure}` numește o coloană, ceea ce TEMPO nu are",
    );
    found(&COLUMN_MISSING, message).hint(message!(
        "say `where`, or `layout = \"table\"`",
        "scrieți `where` sau `layout = \"table\"`",
    ))
}

/// A file of which no dimension tells where.
pub(crate) fn no_territory<'d>(
    level: &str,
    dimensions: impl IntoIterator<Item = &'d str>,
    place: Place,
) -> Finding {
    let message = message!(
        "no dimension has labels of the level `{level}`",
        "nicio dimensiune nu are etichete de nivelul `{level}`",
    );
    found(&KEY_MISSING, message).at(place).hint(message!(
        "look at `level`, or name the dimension in `key`; there are {names}",
        "verificați `level` sau numiți dimensiunea în `key`; există {names}";
        names = list(dimensions, 10),
    ))
}

/// A range of ages that the labels of a dimension do not fill; `known` are its labels of ages.
pub(crate) fn ages_not_tiled<'l>(
    wanted: &str,
    dimension: &str,
    known: impl IntoIterator<Item = &'l str>,
) -> Refusal {
    Refusal::new(
        message!(
            "the ages `{wanted}` cannot be put together from the labels of `{dimension}` without \
             gaps or overlaps",
            "vârstele `{wanted}` nu se pot alcătui din etichetele dimensiunii `{dimension}` fără \
             goluri sau suprapuneri",
        ),
        message!(
            "export single years of age, or choose a range that these fill: {labels}",
            "exportați vârstele an cu an sau alegeți un interval pe care îl umplu: {labels}";
            labels = list(known, 30),
        ),
    )
}

/// Two labels that have something in common.
pub(crate) fn counted_twice(first: &str, second: &str, dimension: &str) -> Refusal {
    Refusal::new(
        message!(
            "`{first}` and `{second}` of `{dimension}` would count something twice",
            "`{first}` și `{second}` din `{dimension}` ar număra ceva de două ori",
        ),
        message!(
            "choose labels that have nothing in common",
            "alegeți etichete care nu au nimic în comun",
        ),
    )
}

/// Labels that cannot be added up.
pub(crate) fn labels_overlap(measure: &str, refusal: Refusal, place: Place) -> Finding {
    let Refusal { message, hint } = refusal;
    found(&LABELS_OVERLAP, message.about(measure)).hint(hint).at(place)
}

/// Several labels of a measure that is no count or amount.
pub(crate) fn labels_of_a_rate(
    measure: &str,
    labels: usize,
    dimension: &str,
    place: Place,
) -> Finding {
    let message = message!(
        "`{measure}`: {labels} of `{dimension}` cannot be added up, because only counts and \
         amounts can",
        "`{measure}`: {labels} din `{dimension}` nu se pot aduna, pentru că doar numărările și \
         sumele de bani se adună";
        labels = LABELS.counted(labels),
    );
    let hint = message!("select one label", "alegeți o singură etichetă");
    found(&LABELS_OVERLAP, message).hint(hint).at(place)
}

/// A range of ages and the labels whose sum it is.
pub(crate) fn ages_tiled(measure: &str, range: &str, labels: &[&str], place: Place) -> Finding {
    let message = message!(
        "`{measure}`: `{range}` is the sum of {labels}: {names}",
        "`{measure}`: `{range}` este suma a {labels}: {names}";
        names = list(labels.iter().copied(), 6),
        labels = LABELS.counted(labels.len()),
    );
    found(&AGES_TILED, message).at(place)
}

/// A dimension with several labels of which the measure selects none.
pub(crate) fn open_dimension(
    measure: &str,
    dimension: &str,
    labels: &[&str],
    place: Place,
) -> Finding {
    let message = message!(
        "`{measure}`: `where` does not say which of {count} of `{dimension}` it means",
        "`{measure}`: `where` nu spune care din {count} ale dimensiunii `{dimension}`";
        count = LABELS.counted(labels.len()),
    );
    found(&DIMENSION_OPEN, message).at(place).hint(message!(
        "add `\"{dimension}\" = …` with one of {labels}",
        "adăugați `\"{dimension}\" = …` cu una dintre {labels}";
        labels = list(labels.iter().copied(), 30),
    ))
}

/// A dimension that has one label in each file, not the same in all: `first` and where it was seen,
/// `other` and where that was.
pub(crate) fn files_disagree(
    measure: &str,
    dimension: &str,
    [first, other]: [&str; 2],
    places: [Place; 2],
) -> Finding {
    let message = message!(
        "`{measure}`: `{dimension}` is `{first}` in one file and `{other}` in another",
        "`{measure}`: `{dimension}` este `{first}` într-un fișier și `{other}` în altul",
    );
    found(&DIMENSION_OPEN, message).places(places).hint(message!(
        "say in `where` which `{dimension}` it means",
        "spuneți în `where` care `{dimension}` se ia",
    ))
}

/// Rows that hold the same combination of labels.
pub(crate) fn duplicate_rows(measure: &str, places: Vec<Place>) -> Finding {
    let rows = Noun::new(["row", "rows"], ["rând are", "rânduri au"]);
    let message = message!(
        "{rows} hold a combination of labels that another row holds too",
        "{rows} o combinație de etichete care este și pe alt rând";
        rows = rows.counted(places.len()),
    );
    found(&DUPLICATE_ROW, message.about(measure)).places(places).hint(message!(
        "export the matrix again; a combination has one value",
        "exportați din nou matricea; o combinație are o singură valoare",
    ))
}

/// A label that no file of a source has; `near` is the one among `labels` that was probably meant.
pub(crate) fn unknown_label(
    dimension: &str,
    wanted: &str,
    near: Option<&str>,
    labels: &[String],
) -> Refusal {
    let all = message!(
        "the labels are {all}",
        "etichetele sunt {all}";
        all = list(labels.iter().map(String::as_str), 20),
    );
    Refusal::new(
        message!(
            "`{dimension}` has no label `{wanted}`",
            "`{dimension}` nu are eticheta `{wanted}`"
        ),
        did_you_mean(near, all),
    )
}

/// A measure that selects a label which no file of its source has.
pub(crate) fn label_missing(measure: &str, refusal: Refusal, place: Place) -> Finding {
    let Refusal { message, hint } = refusal;
    found(&LABEL_MISSING, message.about(measure)).hint(hint).at(place)
}

/// Areas that lack some of the rows that are summed, which count as zero.
pub(crate) fn parts_as_zero(measure: &str, places: Vec<Place>) -> Finding {
    let message = message!(
        "`{measure}`: {areas} lack some of the rows that are summed; those count as zero",
        "`{measure}`: {areas} fără unele dintre rândurile care se adună; acestea contează ca zero";
        areas = AREAS.counted(places.len()),
    );
    found(&super::ABSENT_AS_ZERO, message).places(places)
}

/// Areas that lack some of the rows that are summed and have no value.
pub(crate) fn parts_absent(measure: &str, places: Vec<Place>) -> Finding {
    let message = message!(
        "`{measure}`: {areas} lack some of the rows that are summed and have no value",
        "`{measure}`: {areas} fără unele dintre rândurile care se adună, deci fără valoare";
        areas = AREAS.counted(places.len()),
    );
    found(&PARTS_ABSENT, message).hint(series::zeros_left_out()).places(places)
}
