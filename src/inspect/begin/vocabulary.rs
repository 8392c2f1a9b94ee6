//! By which words of headers, titles and file names a column is known to be a measure that the bundled
//! methodologies ask for.

use crate::language::Words;
use crate::observation::{Counts, Nature};
use crate::register::UNIT;

/// A measure of the bundled methodologies, and the words by which files are known to hold it.
///
/// Words are written as [`fold`](crate::ingest::fold) leaves them: lower case, no diacritics. A word
/// is found where it begins a word of the text, so `somer` finds `Șomeri`; one that ends with `$`
/// must end there too.
#[derive(Debug)]
pub(super) struct Term {
    /// The source and the measure, as formulas name them.
    pub(super) measure: [&'static str; 2],
    /// What it is, for people.
    pub(super) what: Words,
    pub(super) nature: Nature,
    pub(super) counts: Option<Counts>,
    /// Levels at which the methodologies take it, the best first.
    pub(super) levels: &'static [&'static str],
    /// What it is about: one of these stands in the header, the title, the name of the sheet or of
    /// the file.
    pub(super) about: &'static [&'static str],
    /// Beginnings of the codes of TEMPO matrices that hold it, as exports are named.
    pub(super) matrices: &'static [&'static str],
    /// Which of the columns about it: one of these stands in the header. Empty: any column about it.
    pub(super) column: &'static [&'static str],
    /// Of several such columns the one with the first of these.
    pub(super) rather: &'static [&'static str],
    /// None of these stands in the header: another measure, or a part of this one.
    pub(super) never: &'static [&'static str],
    /// The years of age of the people that it counts; `None` when it counts all.
    pub(super) ages: Option<(u32, u32)>,
}

/// What a person who reads a header would take for a part of the people.
const PARTS: &[&str] = &[
    "masculin", "feminin", "barbat", "femei", "fete", "baieti", "male$", "female", "men$", "women",
    "urban", "rural",
];

const TABLE: &[Term] = &[
    Term {
        measure: ["population", "total"],
        what: Words::new("populația", "the population"),
        nature: Nature::Count,
        counts: Some(Counts::Persons),
        levels: &[UNIT],
        about: &["populat", "locuitor", "pop$", "pop2", "inhabitants", "residents"],
        matrices: &["pop105", "pop106", "pop107", "pop108"],
        column: &[
            "total",
            "populat",
            "locuitor",
            "pop$",
            "pop2",
            "inhabitants",
            "residents",
            "numar",
        ],
        rather: &["total"],
        never: &[
            "copii", "minori", "children", "varstnic", "elderly", "sub$", "peste$", "under$",
            "over$", "activ", "ocupat", "scolar", "salariat", "densitat", "density", "%",
            "pondere", "share",
        ],
        ages: None,
    },
    Term {
        measure: ["population", "children"],
        what: Words::new("copiii de 0-17 ani", "children of 0-17 years"),
        nature: Nature::Count,
        counts: Some(Counts::Persons),
        levels: &[UNIT],
        about: &["copii", "minori", "children", "0-17", "sub 18", "under 18"],
        matrices: &["pop105", "pop106", "pop107", "pop108"],
        column: &["copii", "minori", "children", "0-17", "sub 18", "under 18"],
        rather: &["0-17", "sub 18", "under 18"],
        never: &["%", "pondere", "share", "institut", "alocati", "beneficiar", "scolar"],
        ages: Some((0, 17)),
    },
    Term {
        measure: ["poverty", "rate"],
        what: Words::new(
            "rata riscului de sărăcie sau excluziune socială (AROPE)",
            "the rate at risk of poverty or social exclusion (AROPE)",
        ),
        nature: Nature::Rate,
        counts: None,
        levels: &[UNIT, "region"],
        about: &[
            "arope",
            "saracie sau excluziune",
            "saracie si excluziune",
            "saracie sau de excluziune",
            "poverty or social exclusion",
            "poverty and social exclusion",
        ],
        matrices: &["sar111", "sar114"],
        column: &[],
        rather: &["%", "rata", "rate$", "total"],
        never: &["eroare", "interval", "persoane", "numar", "persons", "depriv", "coeficient"],
        ages: None,
    },
    Term {
        measure: ["vmg", "families"],
        what: Words::new(
            "familiile și persoanele singure cu venit minim garantat (VMG)",
            "families and single persons on minimum guaranteed income (VMG)",
        ),
        nature: Nature::Count,
        counts: Some(Counts::Families),
        levels: &[UNIT, "county"],
        about: &[
            "vmg$",
            "venit minim garantat",
            "venitul minim garantat",
            "venitului minim garantat",
            "ajutor social",
            "ajutorului social",
            "ajutoare sociale",
            "legea 416",
            "416/2001",
            "minimum guaranteed income",
            "guaranteed minimum income",
            "social aid",
        ],
        matrices: &["ass118f"],
        column: &["famil", "dosar", "gospodar", "beneficiar", "titular", "households", "cases"],
        rather: &["plata", "famil", "dosar", "total"],
        never: &[
            "sume",
            "suma",
            "lei$",
            "plati$",
            "amount",
            "copii",
            "children",
            "respins",
            "suspend",
            "incetat",
            "depus",
            "nou",
            "noi$",
            "%",
            "pondere",
            "share",
            "alocati",
            "vmi$",
            "incluziune",
        ],
        ages: None,
    },
    Term {
        measure: ["vmi", "inclusion_families"],
        what: Words::new(
            "familiile cu ajutor de incluziune (VMI)",
            "families on inclusion aid (VMI)",
        ),
        nature: Nature::Count,
        counts: Some(Counts::Families),
        levels: &[UNIT, "county"],
        about: &[
            "vmi$",
            "venit minim de incluziune",
            "venitul minim de incluziune",
            "venitului minim de incluziune",
            "legea 196",
            "196/2016",
            "ajutor de incluziune",
            "ajutorului de incluziune",
            "inclusion income",
            "inclusion aid",
        ],
        matrices: &[],
        column: &["ajutor de incluziune", "ajutorului de incluziune", "ai$", "inclusion aid"],
        rather: &["plata", "famil", "dosar", "total"],
        never: &[
            "sume", "suma", "lei$", "plati$", "amount", "copii", "respins", "suspend", "incetat",
            "depus", "nou", "noi$", "%", "pondere", "share",
        ],
        ages: None,
    },
    Term {
        measure: ["unemployment", "rate"],
        what: Words::new(
            "rata sau ponderea șomerilor înregistrați",
            "the rate or share of registered unemployed",
        ),
        nature: Nature::Rate,
        counts: None,
        levels: &[UNIT, "county"],
        about: &["somer", "somaj", "unemploy"],
        matrices: &["som101", "som103"],
        column: &["rata", "rate$", "pondere", "procent", "%", "share", "percent"],
        rather: &["total", "pondere", "rata"],
        never: &["indemniz", "neindemniz", "tineri", "youth", "lunga durata", "long-term"],
        ages: None,
    },
    Term {
        measure: ["dropout", "rate"],
        what: Words::new("rata abandonului școlar", "the school dropout rate"),
        nature: Nature::Rate,
        counts: None,
        levels: &["county", UNIT],
        about: &["abandon$", "abandonul", "dropout", "drop-out", "drop out"],
        matrices: &["scl113"],
        column: &[],
        rather: &["primar si gimnazial", "gimnazial", "total", "rata", "%"],
        never: &["numar", "elevi", "pupils", "students", "abandonat"],
        ages: None,
    },
];

/// What the names and titles of lists say of the units on them: they were chosen or paid before.
const CHOSEN: &[&str] = &[
    "finantat",
    "funded",
    "contractat",
    "selectat",
    "aprobat",
    "castigat",
    "awarded",
    "grant$",
    "granturi",
    "grants",
];

/// What they say of what is on them.
const UNITS: &[&str] =
    &["lista$", "list$", "comun", "localit", "uat$", "unitat", "oras", "communes", "towns"];

/// Every measure that is known.
pub(super) fn terms() -> impl Iterator<Item = &'static Term> {
    TABLE.iter()
}

/// The id of a list of such units.
pub(super) const LISTED_ID: &str = "funded";

/// Words for the concepts of population, with what `concept` calls each.
const CONCEPTS: &[(&str, &[&str])] = &[
    ("domicile", &["domicili", "pop107", "pop108"]),
    ("resident", &["rezident", "resident", "resedinta", "pop105"]),
];

/// The concept of population that the first of some folded texts names.
pub(super) fn concept(texts: [&String; 3]) -> Option<&'static str> {
    let named = |text: &String| CONCEPTS.iter().find(|(_, words)| says_any(text, words));
    texts.into_iter().find_map(named).map(|(concept, _)| *concept)
}

/// The term of a measure that a formula names, `population.total`.
pub(super) fn term(name: &str) -> Option<&'static Term> {
    TABLE.iter().find(|term| term.name() == name)
}

/// Whether a folded text says that it lists units that were chosen or paid before.
pub(super) fn is_list(text: &str) -> bool {
    says_any(text, CHOSEN) && says_any(text, UNITS)
}

impl Term {
    /// As formulas name it.
    pub(super) fn name(&self) -> String {
        self.measure.join(".")
    }

    /// Whether a folded text speaks of a measure of another source.
    pub(super) fn is_other(&self, text: &str) -> bool {
        let is_other = |term: &&Self| term.measure[0] != self.measure[0];
        TABLE.iter().filter(is_other).any(|term| says_any(text, term.about))
    }

    /// Whether the folded header of a column speaks of this measure and of no other and no part of it.
    pub(super) fn allows(&self, header: &str) -> bool {
        // the years of age in the header of a rate are those of its denominator
        let ages = ages(header).filter(|_| self.counts == Some(Counts::Persons));
        let of_age = ages.is_none_or(|found| self.ages == Some(found));
        of_age && !says_any(header, self.never) && !says_any(header, PARTS)
    }
}

/// Whether a folded text holds one of the words.
pub(super) fn says_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| says(text, word))
}

/// Whether a folded text holds a word, at the beginning of one of its own.
fn says(text: &str, word: &str) -> bool {
    let (word, whole) = word.strip_suffix('$').map_or((word, false), |word| (word, true));
    let is_end = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
    // A word that begins with a sign stands behind anything.
    let inside = word.starts_with(char::is_alphanumeric);
    text.match_indices(word).any(|(at, _)| {
        let after = text[at + word.len()..].chars().next();
        let number_goes_on = word.ends_with(|letter: char| letter.is_ascii_digit())
            && word.contains('-')
            && after.is_some_and(|letter| letter.is_ascii_digit());
        (!inside || is_end(text[..at].chars().next_back()))
            && (!whole || is_end(after))
            && !number_goes_on
    })
}

/// The years of age that a folded header names, `15-19 ani` or `0 - 17`; a range of years of the
/// calendar is none.
fn ages(header: &str) -> Option<(u32, u32)> {
    let tight = header.replace([' ', '\u{2013}'], "-");
    let numbers: Vec<&str> = tight
        .split(|letter: char| !letter.is_ascii_digit() && letter != '-')
        .filter(|part| part.contains('-'))
        .collect();
    numbers.into_iter().find_map(|part| {
        let mut ends = part.split('-').filter(|end| !end.is_empty());
        let (from, to) = (ends.next()?.parse().ok()?, ends.next()?.parse().ok()?);
        (ends.next().is_none() && from <= to && to < 130).then_some((from, to))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_a_word_begins() {
        assert!(says("nr. someri (%)", "somer"));
        assert!(!says("consomeri", "somer"));
        assert!(says("beneficiari vmg 2023", "vmg$"));
        assert!(!says("vmgx", "vmg$"));
        assert!(says("rata(%)", "%"));
        assert!(!says("0-174", "0-17"));
    }

    #[test]
    fn ages_are_no_years() {
        assert_eq!(ages("din care: 0 - 17 ani"), Some((0, 17)));
        assert_eq!(ages("15-19"), Some((15, 19)));
        assert_eq!(ages("2019-2023"), None);
        assert_eq!(ages("total 2023"), None);
    }

    #[test]
    fn a_part_of_the_people_is_not_the_people() {
        let total = term("population.total").unwrap();
        assert!(total.allows("populatie / total"));
        assert!(!total.allows("populatie / 0-14 ani"));
        assert!(!total.allows("populatie feminina / feminin"));
        let children = term("population.children").unwrap();
        assert!(children.allows("copii 0-17 ani"));
        assert!(!children.allows("copii 0-14 ani"));
        let unemployed = term("unemployment.rate").unwrap();
        assert!(unemployed.allows("pondere someri in populatia 18-62 ani (%)"));
    }
}
