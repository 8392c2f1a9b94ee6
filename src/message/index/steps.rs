//! What a step did to its column: cells filled, changed or lost.

use super::{
    CONSTANT_COLUMN, IMPUTED, NOT_A_NUMBER, SCREENED, TREATED, UNKNOWN_CATEGORY, Units, about,
};
use crate::language::numbered;
use crate::quality::{Finding, Message, message};

/// Cells that a step filled, by the rule named.
pub(crate) fn imputed(node: &str, units: Units, rule: &Message) -> Finding {
    let message = message!(
        "{n} cells filled with {en}",
        "{of} cu {ro}",
        n = units.count(),
        of = numbered(n, "celulă completată", "celule completate"),
        en = &rule.en,
        ro = &rule.ro,
    );
    about(&IMPUTED, node, units, message)
}

/// What fills cells: nothing.
pub(crate) fn filled_by_nothing() -> Message {
    message!("nothing", "nimic")
}

/// What fills cells: a constant, shown with so many decimals at most.
pub(crate) fn filled_by_constant(value: f64, decimals: usize) -> Message {
    message!("the constant {value}", "constanta {value}"; value = Message::trimmed(value, decimals))
}

/// What fills cells: the mean of the donors.
pub(crate) fn filled_by_mean(within: Option<&str>) -> Message {
    of_donors(message!("the mean", "media"), within)
}

/// What fills cells: the median of the donors.
pub(crate) fn filled_by_median(within: Option<&str>) -> Message {
    of_donors(message!("the median", "mediana"), within)
}

fn of_donors(statistic: Message, within: Option<&str>) -> Message {
    match within {
        Some(area) => statistic.and(&format!(" within {area}"), &format!(" pe `{area}`")),
        None => statistic,
    }
}

/// What fills cells: the mean of the unit's other indicators.
pub(crate) fn filled_by_row_mean() -> Message {
    message!("the mean of the unit's other indicators", "media celorlalți indicatori ai unității",)
}

/// What fills cells: the median of the unit's other indicators.
pub(crate) fn filled_by_row_median() -> Message {
    message!(
        "the median of the unit's other indicators",
        "mediana celorlalți indicatori ai unității",
    )
}

/// What fills cells: an earlier value of the same place.
pub(crate) fn filled_by_latest() -> Message {
    message!("the latest earlier value", "cea mai recentă valoare anterioară")
}

/// What fills cells: a value between those of other periods.
pub(crate) fn filled_by_interpolation() -> Message {
    message!("interpolation between periods", "interpolarea între perioade")
}

/// Cells whose value a step lost.
pub(crate) fn no_result(node: &str, step: &str, units: Units) -> Finding {
    let message = message!(
        "`{step}` has no finite result for {n} units",
        "`{step}` nu are rezultat finit pentru {of}",
        n = units.count(),
        of = numbered(n, "unitate", "unități"),
    );
    about(&NOT_A_NUMBER, node, units, message)
}

/// A column with the same value for all its units, which cannot be normalised.
pub(crate) fn constant(node: &str, units: usize) -> Finding {
    let message = message!(
        "the value is the same for all {units} units that have one and cannot be normalised",
        "valoarea este aceeași pentru {of} care au una și nu poate fi normalizată",
        of = numbered(units, "unitate", "unități"),
    );
    Finding::new(&CONSTANT_COLUMN, node, message).hint(message!(
        "the weight goes to the other children; leave the indicator out or find a finer source",
        "ponderea trece la ceilalți indicatori; scoateți indicatorul sau căutați o sursă mai fină",
    ))
}

/// Units that a rule of screening leaves out.
pub(crate) fn screened(node: &str, units: Units) -> Finding {
    let message = message!(
        "{n} units screened out",
        "{of} prin regula de selecție a unităților",
        n = units.count(),
        of = numbered(n, "unitate eliminată", "unități eliminate"),
    );
    about(&SCREENED, node, units, message)
}

/// A word or value that has no score.
pub(crate) fn unknown_category(node: &str, category: &str, units: Units) -> Finding {
    let message = message!(
        "`{category}` has no score; {n} units have it",
        "`{category}` nu are punctaj și apare la {of}",
        n = units.count(),
        of = numbered(n, "unitate", "unități"),
    );
    about(&UNKNOWN_CATEGORY, node, units, message)
}

/// Values that a treatment changed; `how` is one of the three below.
pub(crate) fn treated(node: &str, units: Units, how: &Message) -> Finding {
    let message = message!(
        "{n} values {en}",
        "{of} {ro}",
        n = units.count(),
        of = numbered(n, "valoare", "valori"),
        en = &how.en,
        ro = &how.ro,
    );
    about(&TREATED, node, units, message)
}

/// How values were treated: by declared bounds.
pub(crate) fn cut_to_bounds() -> Message {
    message!("cut to the declared bounds", "tăiate la limitele declarate")
}

/// How values were treated: by winsorisation.
pub(crate) fn winsorised() -> Message {
    message!("winsorised", "winsorizate")
}

/// How values were treated: by the quantiles of the distribution.
pub(crate) fn winsorised_to_quantiles() -> Message {
    message!("winsorised to quantiles", "winsorizate la cuantile")
}

/// Skewness and kurtosis of a column.
pub(crate) struct Shape {
    /// Skewness.
    pub(crate) skewness: f64,
    /// Excess kurtosis.
    pub(crate) kurtosis: f64,
}

/// The attempt that passed.
pub(crate) fn treated_by(node: &str, attempt: &str, before: &Shape, after: &Shape) -> Finding {
    let message = message!("treated by `{attempt}`", "tratat cu `{attempt}`");
    Finding::new(&TREATED, node, changed(message, before, after))
}

/// The attempt that is kept although none passed.
pub(crate) fn no_attempt_passes(
    node: &str,
    attempt: &str,
    before: &Shape,
    after: &Shape,
) -> Finding {
    let message = message!(
        "no attempt passes; `{attempt}` is kept",
        "nicio încercare nu trece pragul; se păstrează `{attempt}`",
    );
    Finding::new(&TREATED, node, changed(message, before, after)).hint(message!(
        "look at the column: outliers may be errors of the source",
        "priviți coloana: valorile extreme pot fi greșeli ale sursei",
    ))
}

fn changed(message: Message, before: &Shape, after: &Shape) -> Message {
    let describe = |shape: &Shape| {
        message!(
            "skewness {s}, kurtosis {k}",
            "asimetrie {s}, boltire {k}";
            s = Message::number(shape.skewness, 2),
            k = Message::number(shape.kurtosis, 2),
        )
    };
    let (before, after) = (describe(before), describe(after));
    message.and(
        &format!(": {}, then {}", before.en, after.en),
        &format!(": {}, apoi {}", before.ro, after.ro),
    )
}
