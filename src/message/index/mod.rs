//! What computing the index finds: formulas, steps, scores, diagnostics.

pub(crate) mod doubts;
pub(crate) mod parameters;
pub(crate) mod steps;

use super::declare;
use crate::language::{counted, numbered};
use crate::quality::{Finding, Message, Place, Rule, message};

declare! {
    OUTSIDE_PLAUSIBLE = "outside-plausible", Error,
        "a value outside the range declared plausible",
        "o valoare în afara intervalului declarat plauzibil";
    DIVISION_BY_ZERO = "division-by-zero", Error,
        "a formula that divides by zero",
        "o formulă care împarte la zero";
    NOT_A_NUMBER = "not-a-number", Error,
        "a formula or step whose result is not a finite number",
        "o formulă sau un pas al cărui rezultat nu este un număr finit";
    VALUE_MISSING = "value-missing", Warning,
        "units for which an indicator has no value",
        "unități pentru care un indicator nu are valoare";
    IMPUTED = "imputed", Warning,
        "cells filled by a declared rule",
        "celule completate printr-o regulă declarată";
    TREATED = "treated", Note,
        "cells changed by a declared treatment of outliers",
        "celule schimbate printr-un tratament declarat al valorilor extreme";
    CONSTANT_COLUMN = "constant-column", Warning,
        "an indicator that is the same for all units and cannot separate them",
        "un indicator identic pentru toate unitățile, care nu le poate deosebi";
    NO_SCORE = "no-score", Warning,
        "units without a score, with the reason",
        "unități fără scor, cu motivul";
    NOTHING_SCORED = "nothing-scored", Error,
        "no unit has a score at all",
        "nicio unitate nu are scor";
    RESCALED_WEIGHTS = "rescaled-weights", Note,
        "units whose score comes from fewer children, with weights rescaled",
        "unități al căror scor vine din mai puține componente, cu ponderi rescalate";
    BROADCAST = "broadcast", Note,
        "a value measured for a larger area and shared by its units",
        "o valoare măsurată pentru o arie mai mare și atribuită tuturor unităților ei";
    RESOLUTION = "resolution", Warning,
        "how few distinct scores there are, and what shares them",
        "cât de puține scoruri distincte există și ce le împart";
    OVERLAP = "overlap", Note,
        "declared double counting between components of one score",
        "dublă numărare declarată între componentele unui scor";
    NEGATIVE_PAIR = "negative-pair", Warning,
        "two components of one aggregate that move against each other (correlation of -0.3 or less), or one that moves against its aggregate",
        "două componente ale unui agregat corelate negativ (corelație de cel mult -0,3) sau una corelată negativ cu agregatul ei";
    OPPOSED_PAIR = "opposed-pair", Warning,
        "two components of one aggregate that say the opposite of each other (correlation of -0.9 or less)",
        "două componente ale unui agregat care spun una opusul celeilalte (corelație de cel mult -0,9)";
    REDUNDANT_PAIR = "redundant-pair", Warning,
        "two components of one aggregate that say nearly the same (correlation of 0.9 or more)",
        "două componente ale unui agregat care spun aproape același lucru (corelație de cel puțin 0,9)";
    LOW_ALPHA = "low-alpha", Note,
        "an aggregate whose components hardly hang together (Cronbach's alpha below 0.6)",
        "un agregat ale cărui componente sunt slab legate între ele (alfa Cronbach sub 0,6)";
    LOW_INFLUENCE = "low-influence", Warning,
        "a node without which units would move by less than 1 % of the places, on average, in the score that reports lead with",
        "un nod fără de care unitățile s-ar muta în medie cu mai puțin de 1 % din poziții în scorul principal al rapoartelor";
    BETWEEN_AREAS = "between-areas", Warning,
        "a score of whose variance at least 50 % lies between larger areas",
        "un scor din a cărui varianță cel puțin 50 % stă între arii mai mari";
    GEOMETRIC_ZERO = "geometric-zero", Warning,
        "a geometric or harmonic mean fed with values it cannot take",
        "o medie geometrică sau armonică cu valori pe care nu le poate primi";
    SCREENED = "screened", Note,
        "units left out by a declared screening rule",
        "unități lăsate deoparte de o regulă de includere în calcul";
    UNKNOWN_CATEGORY = "unknown-category", Error,
        "a category or value that the methodology gives no score",
        "o categorie sau o valoare căreia metodologia nu îi dă scor";
    SUM_INCOMPLETE = "sum-incomplete", Warning,
        "an area whose sum is missing because one of its parts is",
        "o arie a cărei sumă lipsește fiindcă lipsește una dintre părți";
    DIRECTION_UNUSED = "direction-unused", Warning,
        "a protective indicator that no normalising step turns round",
        "un indicator protector pe care nu îl întoarce niciun pas de normalizare";
    MIXED_SIGNS = "mixed-signs", Error,
        "weights from a principal component or factor that disagree in sign",
        "ponderi dintr-o componentă principală sau un factor, cu semne contrare";
    WEIGHTS_NOT_FOUND = "weights-not-found", Error,
        "weights from the data that cannot be found",
        "ponderi care trebuiau găsite din date și nu pot fi găsite";
    UNCLASSED = "unclassed", Warning,
        "values that fall in no declared class",
        "valori care nu cad în nicio clasă declarată";
}

/// Decimals with which a message shows a value at most.
const SHOWN: usize = 4;
/// Areas that a message names.
const AREAS: usize = 5;
/// Children that a message names.
const CHILDREN: usize = 6;

/// Units that a finding is about.
pub(crate) struct Units {
    /// The code of each, in register order.
    pub(crate) codes: Vec<String>,
    /// The first of them by name and code, and how many more there are.
    pub(crate) first: Message,
}

impl Units {
    fn count(&self) -> usize {
        self.codes.len()
    }
}

/// A finding about units: the first of them behind the message, all of them listed.
fn about(rule: &Rule, subject: &str, units: Units, message: Message) -> Finding {
    let Units { codes, first } = units;
    let message = message.and(&format!(": {}", first.en), &format!(": {}", first.ro));
    Finding::new(rule, subject, message).units(codes)
}

/// Measured values from `least` to `most` that lie outside the declared range.
pub(crate) fn outside_plausible(
    node: &str,
    units: Units,
    [low, high]: [f64; 2],
    [least, most]: [f64; 2],
    places: Vec<Place>,
) -> Finding {
    let n = units.count();
    let message = message!(
        "{units} values outside {low} to {high}, from {least} to {most}",
        "{au} valori în afara intervalului {low} … {high}, de la {least} la {most}",
        units = counted(n, "unit has", "units have"),
        au = numbered(n, "unitate are", "unități au");
        low = Message::trimmed(low, SHOWN),
        high = Message::trimmed(high, SHOWN),
        least = Message::trimmed(least, SHOWN),
        most = Message::trimmed(most, SHOWN),
    );
    about(&OUTSIDE_PLAUSIBLE, node, units, message).places(places).hint(message!(
        "correct the source, or widen `plausible` if such values are real",
        "corectați sursa sau lărgiți `plausible`, dacă astfel de valori sunt reale",
    ))
}

/// A formula that divides by zero, or whose result is no number for another reason.
pub(crate) fn undefined(node: &str, formula: &str, divides: bool, units: Units) -> Finding {
    let (n, of) = (units.count(), numbered(units.count(), "unitate", "unități"));
    if divides {
        let message = message!(
            "`{formula}` divides by zero for {n} units",
            "`{formula}` împarte la zero pentru {of}",
        );
        about(&DIVISION_BY_ZERO, node, units, message)
    } else {
        let message = message!(
            "`{formula}` has no finite result for {n} units",
            "`{formula}` nu are rezultat finit pentru {of}",
        );
        about(&NOT_A_NUMBER, node, units, message)
    }
}

/// The same for a formula over measures, with the source cells behind it.
pub(crate) fn undefined_measure(
    node: &str,
    formula: &str,
    divides: bool,
    units: Units,
    places: Vec<Place>,
) -> Finding {
    undefined(node, formula, divides, units).places(places).hint(message!(
        "look at the source cells, or say what such a unit means, for example with CASE",
        "priviți celulele sursei sau spuneți ce înseamnă o astfel de unitate, de exemplu cu CASE",
    ))
}

/// An indicator measured by `level`: `values` numbers stand for `units` units.
pub(crate) fn broadcast(node: &str, level: &str, values: usize, units: usize) -> Finding {
    let message = message!(
        "measured by {level}: {values} values stand for {units} units, none of which was measured itself",
        "măsurat la nivel de {level}: {of} pentru {pentru}, dintre care niciuna nu a fost măsurată",
        level = crate::message::level(level),
        of = numbered(values, "valoare", "valori"),
        pentru = numbered(units, "unitate", "unități"),
    );
    Finding::new(&BROADCAST, node, message)
}

/// Areas of `level` over which a series cannot be summed, because a part has no value.
pub(crate) fn incomplete_sums(node: &str, series: &str, level: &str, areas: &[&str]) -> Finding {
    let message = message!(
        "`{series}` cannot be summed by {level} where a part of it has no value: {areas}",
        "`{series}` nu se poate aduna la nivel de {level} unde o parte nu are valoare: {areas}",
        level = crate::message::level(level),
        areas = areas[..areas.len().min(AREAS)].join(", "),
    );
    Finding::new(&SUM_INCOMPLETE, node, message.and_more(areas.len().saturating_sub(AREAS)))
}

/// Units without a value of an indicator, so many of them because it is confidential.
pub(crate) fn value_missing(node: &str, units: Units, withheld: usize) -> Finding {
    let n = units.count();
    let message = message!(
        "{units} no value",
        "{au} valoare",
        units = counted(n, "unit has", "units have"),
        au = numbered(n, "unitate nu are", "unități nu au"),
    );
    let message = match withheld {
        0 => message,
        _ => message.and(
            &format!(" ({withheld} of them confidential)"),
            &format!(" (dintre care {withheld} cu date confidențiale)"),
        ),
    };
    about(&VALUE_MISSING, node, units, message)
}

/// Units without a score; for each child that some of them lack, how many do.
pub(crate) fn no_score(node: &str, units: Units, missing: &[(&str, usize)]) -> Finding {
    let list = |word: &str| -> String {
        let each = missing.iter().take(CHILDREN).map(|(id, lost)| format!("`{id}` {word} {lost}"));
        each.collect::<Vec<_>>().join(", ")
    };
    let n = units.count();
    let message = message!(
        "{units} no score",
        "{au} scor",
        units = counted(n, "unit has", "units have"),
        au = numbered(n, "unitate nu are", "unități nu au"),
    );
    let message = match missing {
        [] => message,
        _ => {
            message.and(&format!(", missing {}", list("for")), &format!(", lipsesc {}", list("la")))
        }
    };
    about(&NO_SCORE, node, units, message)
}

/// A node that is published, or that nothing else is made of, and has a value for no unit.
pub(crate) fn nothing_scored(node: &str, units: Units) -> Finding {
    let message = message!("no unit has a value", "nicio unitate nu are valoare");
    about(&NOTHING_SCORED, node, units, message).hint(message!(
        "look at the findings of its sources: which columns and rows were read, and for whom",
        "verificați constatările surselor lui: ce coloane și rânduri s-au citit și pentru cine",
    ))
}

/// A value of a child that a mean cannot take.
pub(crate) fn impossible_mean(node: &str, child: &str, value: f64, units: Units) -> Finding {
    let message = message!(
        "the mean cannot take `{child}` = {value} and {n} units get no score",
        "media nu poate primi `{child}` = {value}, iar {of} fără scor",
        n = units.count(),
        of = numbered(n, "unitate rămâne", "unități rămân");
        value = Message::trimmed(value, SHOWN),
    );
    about(&GEOMETRIC_ZERO, node, units, message).hint(message!(
        "scale the children to begin above 0, for example `minmax = {{ to = [1, 100] }}`",
        "scalați indicatorii peste 0, de exemplu `minmax = {{ to = [1, 100] }}`",
    ))
}

/// Units whose score comes from fewer children.
pub(crate) fn rescaled_weights(node: &str, units: Units) -> Finding {
    let n = units.count();
    let message = message!(
        "{units} scored on fewer children",
        "{au} scorul din mai puțini indicatori",
        units = counted(n, "unit is", "units are"),
        au = numbered(n, "unitate are", "unități au"),
    );
    about(&RESCALED_WEIGHTS, node, units, message)
}

/// Weights from the data whose signs disagree, by the children in the minority.
pub(crate) fn mixed_signs(node: &str, against: &[&str]) -> Finding {
    let names: Vec<String> = against.iter().map(|child| format!("`{child}`")).collect();
    let message = message!(
        "the weights of {names} point the other way",
        "ponderile pentru {names} au semn contrar",
        names = names.join(", "),
    );
    Finding::new(&MIXED_SIGNS, node, message).hint(message!(
        "check the direction of these indicators, or declare `signs = \"as-is\"`",
        "verificați sensul acestor indicatori sau declarați `signs = \"as-is\"`",
    ))
}

/// Weights that too few data do not give.
pub(crate) fn too_little_for_weights(node: &str) -> Finding {
    let message = message!(
        "too few children vary, or too few units have all of them",
        "prea puțini indicatori variază sau prea puține unități îi au pe toți",
    );
    Finding::new(&WEIGHTS_NOT_FOUND, node, message)
}

/// Weights whose search does not end.
pub(crate) fn no_end_of_weights(node: &str) -> Finding {
    let message = message!(
        "the search for weights does not end at the declared tolerance",
        "căutarea ponderilor nu ajunge la toleranța declarată",
    );
    Finding::new(&WEIGHTS_NOT_FOUND, node, message)
}

/// A protective indicator that enters a parent as it was measured.
pub(crate) fn direction_unused(child: &str, parent: &str) -> Finding {
    let message = message!(
        "`{child}` is protective, and nothing turns it round before it enters `{parent}`",
        "`{child}` este protector și nimic nu îl inversează înainte de a intra în `{parent}`",
    );
    Finding::new(&DIRECTION_UNUSED, child, message).hint(message!(
        "add a normalising step, or turn it round in its formula and drop `direction`",
        "adăugați un pas de normalizare sau inversați-l în formulă și renunțați la `direction`",
    ))
}

/// Values that fall in no class of an output.
pub(crate) fn unclassed(output: &str, units: Units) -> Finding {
    let n = units.count();
    let message = message!(
        "{units} a value that falls in no class",
        "{au} o valoare care nu intră în nicio clasă",
        units = counted(n, "unit has", "units have"),
        au = numbered(n, "unitate are", "unități au"),
    );
    about(&UNCLASSED, output, units, message)
}
