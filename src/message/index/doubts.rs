//! What a finished index makes one doubt: components against each other or alike, a score of larger
//! areas, nodes without effect, ties.

use super::{
    BETWEEN_AREAS, LOW_ALPHA, LOW_INFLUENCE, NEGATIVE_PAIR, OPPOSED_PAIR, OVERLAP, REDUNDANT_PAIR,
    RESOLUTION,
};
use crate::language::numbered;
use crate::message::level;
use crate::quality::{Finding, Message, message};

/// A correlation, over how many areas of which level.
#[derive(Clone, Copy)]
pub(crate) struct Correlated<'a> {
    /// Pearson's coefficient.
    pub(crate) r: f64,
    /// Areas.
    pub(crate) n: usize,
    /// The coarser level of the two nodes.
    pub(crate) level: &'a str,
}

impl Correlated<'_> {
    fn told(&self) -> Message {
        message!(
            "correlation {r} (n = {n}, by {level})",
            "corelație {r} (n = {n}, la nivel de {level})";
            r = Message::number(self.r, 2),
            n = Message::number(self.n as f64, 0),
            level = level(self.level),
        )
    }
}

/// Two components that say nearly the same.
pub(crate) fn redundant_pair(
    parent: &str,
    one: &str,
    other: &str,
    seen: Correlated<'_>,
) -> Finding {
    let message = message!(
        "`{one}` and `{other}` say nearly the same: {seen}",
        "`{one}` și `{other}` spun aproape același lucru: {seen}";
        seen = seen.told(),
    );
    Finding::new(&REDUNDANT_PAIR, parent, message).hint(message!(
        "what they measure counts twice; drop one or share one weight",
        "ce măsoară se numără de două ori; renunțați la unul sau împărțiți o pondere",
    ))
}

/// Two components that say the opposite of each other.
pub(crate) fn opposed_pair(parent: &str, one: &str, other: &str, seen: Correlated<'_>) -> Finding {
    let message = message!(
        "`{one}` and `{other}` say the opposite of each other, and in `{parent}` they cancel out: {seen}",
        "`{one}` și `{other}` spun unul opusul celuilalt și se anulează în `{parent}`: {seen}";
        seen = seen.told(),
    );
    Finding::new(&OPPOSED_PAIR, parent, message).hint(message!(
        "look whether the direction of one of them is wrong; where both are right, they measure one thing \
         from two sides",
        "verificați dacă sensul unuia este greșit; dacă amândouă sunt corecte, măsoară același lucru din \
         două părți",
    ))
}

/// Two components that move against each other.
pub(crate) fn negative_pair(parent: &str, one: &str, other: &str, seen: Correlated<'_>) -> Finding {
    let message = message!(
        "`{one}` and `{other}` move against each other in `{parent}`: {seen}",
        "`{one}` și `{other}` sunt corelate negativ în `{parent}`: {seen}";
        seen = seen.told(),
    );
    Finding::new(&NEGATIVE_PAIR, parent, message).hint(message!(
        "check their directions; where both are right, a mean hides what each of them says",
        "verificați sensurile; dacă amândouă sunt corecte, media ascunde ce spune fiecare",
    ))
}

/// A component that moves against what it is part of.
pub(crate) fn against_parent(child: &str, parent: &str, seen: Correlated<'_>) -> Finding {
    let message = message!(
        "`{child}` moves against `{parent}`, of which it is a part: {seen}",
        "`{child}` este corelată negativ cu `{parent}`, din care face parte: {seen}";
        seen = seen.told(),
    );
    Finding::new(&NEGATIVE_PAIR, child, message).hint(message!(
        "check its direction; where it is right, the index hides this component",
        "verificați sensul; dacă este corect, indicele ascunde această componentă",
    ))
}

/// Components that hardly hang together.
pub(crate) fn low_alpha(parent: &str, alpha: f64, children: usize) -> Finding {
    let message = message!(
        "the {n} components of `{parent}` hardly hang together: Cronbach's alpha {alpha}",
        "cele {of} din `{parent}` sunt slab legate între ele: alfa Cronbach {alpha}",
        n = children,
        of = numbered(n, "componentă", "componente");
        alpha = Message::number(alpha, 2),
    );
    Finding::new(&LOW_ALPHA, parent, message).hint(message!(
        "that is right where they are meant to be different things; else look at the correlations for one \
         that does not belong here",
        "este bine dacă sunt gândite ca lucruri diferite; altfel căutați în corelații o componentă care nu \
         are ce căuta aici",
    ))
}

/// Two nodes that are declared to overlap and both count in one.
pub(crate) fn overlap(of: &str, one: &str, other: &str, seen: Option<Correlated<'_>>) -> Finding {
    let message = message!(
        "`{one}` and `{other}` are declared to overlap, and both count in `{of}`",
        "`{one}` și `{other}` sunt declarate ca suprapuse și intră amândouă în `{of}`",
    );
    let message = match seen.map(|seen| seen.told()) {
        Some(seen) => message.and(&format!(": {}", seen.en), &format!(": {}", seen.ro)),
        None => message,
    };
    Finding::new(&OVERLAP, one, message).hint(message!(
        "what they share counts twice: see what the ranks become without one of them",
        "ce au în comun se numără de două ori: vedeți cum se schimbă pozițiile fără unul dintre ei",
    ))
}

/// Where the variance of a score lies; shares in per cent.
pub(crate) struct Between<'a> {
    /// For each level the share of the variance that lies between its areas.
    pub(crate) shares: &'a [(&'a str, f64)],
    /// Share of the weight of components measured above the units.
    pub(crate) weight: f64,
    /// Their share of the covariance, where components are added up.
    pub(crate) covariance: Option<f64>,
}

/// A score that says more of where a unit lies than of the unit.
pub(crate) fn between_areas(node: &str, seen: &Between<'_>) -> Finding {
    let told = |(at, (key, share)): (usize, &(&str, f64))| {
        let level = level(key);
        let share = Message::number(*share, 0);
        match at {
            0 => message!(
                "{share} % of the variance of `{node}` lies between areas of `{level}`",
                "{share} % din varianța lui `{node}` este la nivel de {level}";
                share = share, level = level,
            ),
            _ => message!(
                ", {share} % between areas of `{level}`",
                ", {share} % la nivel de {level}";
                share = share, level = level,
            ),
        }
    };
    let message = seen
        .shares
        .iter()
        .enumerate()
        .map(told)
        .reduce(|all, more| all.and(&more.en, &more.ro))
        .unwrap_or_else(|| Message::same(""));
    let message = match (seen.weight > 0.0, seen.covariance) {
        (false, _) => message,
        (true, None) => {
            let told = message!(
                "; components measured above the unit carry {weight} % of the weight",
                "; componentele măsurate deasupra unității poartă {weight} % din pondere";
                weight = Message::number(seen.weight, 0),
            );
            message.and(&told.en, &told.ro)
        }
        (true, Some(covariance)) => {
            let told = message!(
                "; components measured above the unit carry {weight} % of the weight and {share} % of the \
                 variance",
                "; componentele măsurate deasupra unității poartă {weight} % din pondere și {share} % din \
                 varianță";
                weight = Message::number(seen.weight, 0),
                share = Message::number(covariance, 0),
            );
            message.and(&told.en, &told.ro)
        }
    };
    Finding::new(&BETWEEN_AREAS, node, message).hint(message!(
        "the score says more of where a unit lies than of the unit: compare units by their rank within \
         the area, or add components measured for each unit",
        "scorul spune mai mult unde se află o unitate decât cum este ea: comparați unitățile după poziția \
         din interiorul ariei sau adăugați componente măsurate pentru fiecare unitate",
    ))
}

/// A node without which units move by hardly a place: by so many on average, of so many units.
pub(crate) fn low_influence(node: &str, score: &str, places: f64, units: usize) -> Finding {
    let message = message!(
        "without `{node}` units would move by {places} places on average in `{score}`, of {units}",
        "fără `{node}`, poziția unei unități în `{score}` s-ar schimba în medie cu {places}, din {units}";
        places = Message::trimmed(places, 2),
        units = Message::number(units as f64, 0),
    );
    Finding::new(&LOW_INFLUENCE, node, message).hint(message!(
        "its weight has hardly any effect on the score: look at its distribution, at what else says the \
         same, and at the weight",
        "ponderea lui aproape nu are efect asupra scorului: priviți distribuția lui, ce altceva spune \
         același lucru și ponderea",
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
        "{units} împart {scoruri} din {profiluri}; {coarse} % din pondere \
         a fost măsurată la niveluri mai mari; cele mai mari egalități: {ro}",
        scored = seen.scored,
        units = numbered(scored, "unitate", "unități"),
        distinct = seen.distinct,
        scoruri = numbered(distinct, "scor", "scoruri"),
        profiles = seen.profiles,
        profiluri = numbered(profiles, "profil", "profiluri"),
        en = ties("units in places", "to"),
        ro = ties("unități pe pozițiile", "–");
        coarse = Message::number(seen.coarse, 0),
    );
    Finding::new(&RESOLUTION, node, message).hint(message!(
        "the index cannot order units inside a tie: add an indicator measured for each unit, \
         or declare tie rules",
        "indicele nu poate ordona unitățile la egalitate: adăugați un indicator măsurat pentru \
         fiecare unitate sau declarați reguli de departajare",
    ))
}
