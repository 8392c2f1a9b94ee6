//! What the numbers of an index say about it: influence, redundancy, resolution.

use super::{LOW_INFLUENCE, NEGATIVE_CORRELATION, REDUNDANT_PAIR, RESOLUTION};
use crate::language::numbered;
use crate::quality::{Finding, Message, message};

/// A child whose correlation with its parent is negative.
pub(crate) fn negative_correlation(child: &str, parent: &str, r: f64) -> Finding {
    let message = message!(
        "`{child}` moves against `{parent}`: correlation {r}",
        "`{child}` merge împotriva lui `{parent}`: corelație {r}";
        r = Message::number(r, 2),
    );
    Finding::new(&NEGATIVE_CORRELATION, child, message).hint(message!(
        "check its direction; where it is right, the index hides this indicator",
        "verificați sensul; dacă este corect, indicele ascunde acest indicator",
    ))
}

/// A child that carries hardly any of the variance of its parent, in per cent.
pub(crate) fn low_influence(child: &str, parent: &str, share: f64) -> Finding {
    let message = message!(
        "`{child}` carries {share} % of the variance of `{parent}`",
        "`{child}` explică {share} % din variația lui `{parent}`";
        share = Message::number(share, 1),
    );
    Finding::new(&LOW_INFLUENCE, child, message).hint(message!(
        "its declared weight has no effect; treat its outliers or reconsider it",
        "ponderea declarată nu are efect; tratați valorile extreme sau reconsiderați-l",
    ))
}

/// Two children that say nearly the same.
pub(crate) fn redundant_pair(parent: &str, one: &str, other: &str, r: f64) -> Finding {
    let message = message!(
        "`{one}` and `{other}` say nearly the same: correlation {r}",
        "`{one}` și `{other}` spun aproape același lucru: corelație {r}";
        r = Message::number(r, 2),
    );
    Finding::new(&REDUNDANT_PAIR, parent, message).hint(message!(
        "what they measure counts twice; drop one or share one weight",
        "ce măsoară se numără de două ori; renunțați la unul sau împărțiți o pondere",
    ))
}

/// How coarsely a score tells units apart.
pub(crate) struct Coarseness<'a> {
    /// Units with a score.
    pub(crate) scored: usize,
    /// Different scores.
    pub(crate) distinct: usize,
    /// Different combinations of measured values.
    pub(crate) profiles: usize,
    /// Share of the weight that was measured above the units, in per cent.
    pub(crate) coarse: f64,
    /// The largest ties: first and last place of each.
    pub(crate) ties: &'a [(usize, usize)],
}

/// A score that cannot tell units apart.
pub(crate) fn resolution(node: &str, seen: &Coarseness<'_>) -> Finding {
    let ties = |units: &str, to: &str| -> String {
        let one = |(first, last): &(usize, usize)| {
            format!("{} {units} {first} {to} {last}", last - first + 1)
        };
        seen.ties.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    let message = message!(
        "{scored} units share {distinct} scores from {profiles} profiles; {coarse} % of the \
         weight was measured above the units; largest ties: {en}",
        "{units} împart {distinct} scoruri din {profiles} profiluri; {coarse} % din pondere \
         a fost măsurată la niveluri mai mari; cele mai mari egalități: {ro}",
        scored = seen.scored,
        units = numbered(scored, "unitate", "unități"),
        distinct = seen.distinct,
        profiles = seen.profiles,
        en = ties("units in places", "to"),
        ro = ties("unități pe locurile", "–");
        coarse = Message::number(seen.coarse, 0),
    );
    Finding::new(&RESOLUTION, node, message).hint(message!(
        "the index cannot order units inside a tie: add an indicator measured for each unit, \
         or declare tie rules",
        "indicele nu poate ordona unitățile la egalitate: adăugați un indicator măsurat pentru \
         fiecare unitate sau declarați reguli de departajare",
    ))
}
