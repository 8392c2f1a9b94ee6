//! What a measure comes to: areas without a row, printed totals, suspicious rates.

use super::{
    ABSENT_AS_ZERO, ABSENT_NOT_APPLICABLE, Noun, REPEATED_RATE, SUMS_DIFFER, SUMS_INCOMPLETE,
    SUMS_RECONCILED, UNIT_ABSENT, UNITS, found, list, number,
};
use crate::language::{Language, numbered, thousands, whole};
use crate::quality::{Finding, Message, Place, Rule, Severity, message};

/// A rate that is the same for all areas of a source.
pub(crate) fn repeated_rate(measure: &str, rate: f64, areas: usize) -> Finding {
    let message = message!(
        "the rate is {rate} in all {areas} areas",
        "rata este {rate} în toate cele {arii}",
        arii = numbered(areas, "arie", "arii");
        rate = number(rate),
    );
    found(&REPEATED_RATE, message.about(measure)).hint(message!(
        "ask the publisher whether the rate of the country stands in every row",
        "întrebați instituția care publică dacă pe fiecare rând stă rata țării",
    ))
}

/// What to do about rows that are not there, where a publisher leaves out zeros.
pub(super) fn zeros_left_out() -> Message {
    message!(
        "say `absent = \"zero\"` in the measure if the publisher leaves out zeros",
        "scrieți `absent = \"zero\"` la măsură, dacă instituția care publică nu scrie zerourile",
    )
}

/// Areas without a row in some measures of a source, of `expected` areas of its level.
#[derive(Clone, Copy)]
pub(crate) struct AbsentAreas<'a> {
    /// Ids of the measures.
    pub(crate) measures: &'a [&'a str],
    /// Names of the areas.
    pub(crate) names: &'a [&'a str],
    /// Codes of the units; of larger areas their names.
    pub(crate) codes: &'a [&'a str],
    /// How many areas should have a row.
    pub(crate) expected: usize,
    /// What they are called: units, or areas.
    pub(crate) noun: &'a Noun,
}

/// Areas without a row, which counts as zero.
pub(crate) fn absent_as_zero(areas: &AbsentAreas<'_>) -> Finding {
    absent(
        &ABSENT_AS_ZERO,
        areas,
        &message!("have no row and count as zero", "nu au rând și contează ca zero"),
    )
}

/// Areas without a row, to which the measure does not apply.
pub(crate) fn absent_not_applicable(areas: &AbsentAreas<'_>) -> Finding {
    absent(
        &ABSENT_NOT_APPLICABLE,
        areas,
        &message!(
            "have no row, so that the measure does not apply to them",
            "nu au rând, deci măsura nu li se aplică",
        ),
    )
}

/// Rows of a source that give no value and may be about units without a row of their own.
#[derive(Clone, Debug, Default)]
pub(crate) struct LostRows {
    /// Whether rows were refused.
    pub(crate) has_refused: bool,
    /// Whether rows were left out by the condition `rows`.
    pub(crate) has_condition: bool,
    /// Rows of parts of units, by what they are called.
    pub(crate) parts: Vec<(&'static Noun, usize)>,
}

/// Areas without a row; `lost` may be theirs.
pub(crate) fn unit_absent(areas: &AbsentAreas<'_>, lost: &LostRows) -> Finding {
    let hint = message!(
        "{zero}; in a list of units, `absent = \"not-applicable\"` if the others are not on it",
        "{zero}; la o listă de unități, `absent = \"not-applicable\"`, dacă celelalte nu sunt pe ea";
        zero = zeros_left_out(),
    );
    let parts = lost.parts.iter().map(|(class, rows)| class.counted(*rows)).reduce(
        |some, more| message!("{some}, {more}", "{some}, {more}"; some = some, more = more),
    );
    let hint = if lost.has_refused {
        message!(
            "mend the errors of this source first: rows that were refused may be theirs",
            "îndreptați mai întâi erorile acestei surse: rândurile refuzate pot fi ale lor",
        )
    } else if let Some(parts) = parts {
        message!(
            "this source holds {parts} that give no value: find out whether they are of these units before you \
             declare anything",
            "această sursă are {parts} care nu dau valori: aflați dacă aceste unități sunt printre ele înainte \
             de a declara ceva";
            parts = parts,
        )
    } else if lost.has_condition {
        message!(
            "look whether they have rows that `rows` leaves out before you declare anything",
            "verificați dacă au rânduri pe care `rows` le lasă deoparte, înainte de a declara ceva",
        )
    } else {
        hint
    };
    absent(&UNIT_ABSENT, areas, &message!("have no row", "nu au rând")).hint(hint)
}

/// Units without a row of their own of which rows of villages or sectors stand in the file, by their
/// names and codes; whether the measure adds up, and whether absent rows are declared to be zeros.
pub(crate) fn only_parts(
    measure: &str,
    [names, codes]: [&[&str]; 2],
    [can_be_summed, is_zero]: [bool; 2],
) -> Finding {
    let message = message!(
        "{units} only rows of villages or sectors: {names}",
        "{units} doar rânduri de sate sau sectoare: {names}";
        units = Noun::new(["unit has", "units have"], ["unitate are", "unități au"])
            .counted(names.len()),
        names = list(names.iter().copied(), 5),
    );
    let hint = if can_be_summed {
        message!(
            "add `parts = \"sum\"` to the source: each unit gets the sum of its rows",
            "adăugați la sursă `parts = \"sum\"`: fiecare unitate primește suma rândurilor ei",
        )
    } else {
        message!(
            "a rate of parts cannot be summed: ask the publisher for the value of the unit",
            "rata părților nu se poate aduna: cereți instituției care publică valoarea unității",
        )
    };
    let severity = if is_zero { Severity::Error } else { Severity::Warning };
    let codes = codes.iter().copied().map(str::to_owned);
    found(&UNIT_ABSENT, message.about(measure)).hint(hint).weighing(severity).units(codes)
}

fn absent(rule: &Rule, areas: &AbsentAreas<'_>, meaning: &Message) -> Finding {
    let AbsentAreas { measures, names, codes, expected, noun } = areas;
    let message = message!(
        "{ids}: {count} of {all} {meant}: {names}",
        "{ids}: {din} din {all} {meant}: {names}",
        din = whole(names.len(), Language::Ro),
        count = thousands(names.len());
        ids = list(measures.iter().copied(), 6),
        all = noun.counted(*expected),
        meant = meaning,
        names = list(names.iter().copied(), 5),
    );
    found(rule, message).units(codes.iter().copied().map(str::to_owned))
}

/// A total that a source prints, and the sum of its parts.
#[derive(Clone, Copy)]
pub(crate) struct PrintedSum<'a> {
    /// The printed number.
    pub(crate) printed: f64,
    /// The sum of the parts.
    pub(crate) sum: f64,
    /// How many parts there are.
    pub(crate) parts: usize,
    /// What the total is of.
    pub(crate) label: &'a str,
}

/// A level above the areas of a source, whose totals it prints.
#[derive(Clone, Copy)]
pub(crate) struct LevelAbove<'a> {
    /// The level of the totals.
    pub(crate) level: &'a str,
    /// What lies below: units, or areas.
    pub(crate) below: &'a Noun,
}

impl LevelAbove<'_> {
    /// Totals of the level, counted.
    fn rows(&self, count: usize, ro: [&str; 2]) -> Message {
        let level = self.level;
        let words = ro.map(|words| words.replace("{level}", &crate::message::level(level).ro));
        Message::counted(
            count,
            [&format!("{level} row"), &format!("{level} rows")],
            [&words[0], &words[1]],
        )
    }

    /// The areas below: `units`, `areas`; in Romanian as whose sum it is.
    fn whose(&self) -> Message {
        if *self.below == UNITS {
            message!("units", "unităților")
        } else {
            message!("areas", "ariilor")
        }
    }
}

/// The one printed total of a level, which is the sum of its areas.
pub(crate) fn total_reconciled(
    measure: &str,
    above: LevelAbove<'_>,
    total: PrintedSum<'_>,
    places: Vec<Place>,
) -> Finding {
    let level = crate::message::level(above.level);
    let message = message!(
        "the {level} row prints {printed}, the sum of its {parts}",
        "totalul la nivel de {level} este {printed}, cât suma celor {parts} ale sale";
        level = level,
        printed = number(total.printed),
        parts = above.below.counted(total.parts),
    );
    found(&SUMS_RECONCILED, message.about(measure)).places(places)
}

/// Printed totals of a level that are the sums of their areas: `equal` of `all`, together `sum`.
pub(crate) fn totals_reconciled(
    measure: &str,
    above: LevelAbove<'_>,
    [equal, all]: [usize; 2],
    sum: f64,
    places: Vec<Place>,
) -> Finding {
    let message = message!(
        "{equal} of {rows} equal the sum of their {below}, together {sum}",
        "{equal} din {rows} sunt egale cu suma {below} lor, împreună {sum}";
        rows = above.rows(all, ["total la nivel de {level}", "totaluri la nivel de {level}"]),
        below = above.whose(),
        sum = number(sum),
    );
    found(&SUMS_RECONCILED, message.about(measure)).places(places)
}

/// The one unit whose printed parts add up to it.
pub(crate) fn parts_reconciled(
    measure: &str,
    class: &Noun,
    unit: PrintedSum<'_>,
    places: Vec<Place>,
) -> Finding {
    let message = message!(
        "{parts} add up to the {printed} of {label}",
        "{parts} însumează {printed}, cât are {label}",
        label = unit.label;
        parts = class.counted(unit.parts),
        printed = number(unit.printed),
    );
    found(&SUMS_RECONCILED, message.about(measure)).places(places)
}

/// Units whose printed parts add up to them.
pub(crate) fn all_parts_reconciled(
    measure: &str,
    class: &Noun,
    units: usize,
    places: Vec<Place>,
) -> Finding {
    let message = message!(
        "the {kind} of {units} units add up to their unit",
        "la {unitati}, suma părților ({tip}) este cât unitatea",
        kind = class.en[1],
        tip = class.ro[1],
        unitati = numbered(units, "unitate", "unități"),
    );
    found(&SUMS_RECONCILED, message.about(measure)).places(places)
}

/// A printed total of a level that is not the sum of its areas.
pub(crate) fn total_differs(
    measure: &str,
    above: LevelAbove<'_>,
    total: PrintedSum<'_>,
    places: Vec<Place>,
) -> Finding {
    let (level, label) = (crate::message::level(above.level), total.label);
    let message = message!(
        "the {level} row of {label} prints {printed}, its {below} sum to {sum}",
        "totalul la nivel de {level} pentru {label} este {printed}, iar suma {below} este {sum}";
        level = level, printed = number(total.printed), below = above.whose(), sum = number(total.sum),
    );
    found(&SUMS_DIFFER, message.about(measure)).hint(look_for_a_row()).places(places)
}

/// A unit whose printed parts do not add up to it.
pub(crate) fn parts_differ(
    measure: &str,
    class: &Noun,
    unit: PrintedSum<'_>,
    places: Vec<Place>,
) -> Finding {
    let message = message!(
        "{label} has {printed}, its {kind} sum to {sum}",
        "{label} are {printed}, iar suma părților ({tip}) este {sum}",
        label = unit.label,
        kind = class.en[1],
        tip = class.ro[1];
        printed = number(unit.printed), sum = number(unit.sum),
    );
    found(&SUMS_DIFFER, message.about(measure)).hint(look_for_a_row()).places(places)
}

fn look_for_a_row() -> Message {
    message!(
        "look for a row that is missing, repeated or mistyped",
        "căutați un rând care lipsește, se repetă sau este greșit scris",
    )
}

/// Printed totals of a level that cannot be compared: `totals` of them, of whose areas `without`
/// have no value.
pub(crate) fn totals_incomplete(
    measure: &str,
    above: LevelAbove<'_>,
    totals: usize,
    without: usize,
    places: Vec<Place>,
) -> Finding {
    let message = message!(
        "{rows} cannot be compared, because {without} have no value",
        "{rows} compara, pentru că {without} nu au valoare";
        rows = above.rows(
            totals,
            ["total la nivel de {level} nu se poate", "totaluri la nivel de {level} nu se pot"],
        ),
        without = Message {
            en: format!("{} of their {}", thousands(without), above.whose().en),
            ro: above.below.counted(without).ro,
        },
    );
    found(&SUMS_INCOMPLETE, message.about(measure)).places(places)
}
