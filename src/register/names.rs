//! Finds the units by their names, and refuses where a name could mean another one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::aliases::Meaning;
use super::matches::{How, SHORTEST_NEAR, SUGGESTIONS};
use super::{Alias, Aliases, Gazetteer, Level, Register};
use crate::spelling::{Folded, distance, is_plausible, ranked, same, spellings};

/// A text of more words is a sentence and no name.
const MOST_WORDS: usize = 7;

/// Words before a name that tell what kind of unit it is, or who governs it.
const KIND_WORDS: [&str; 26] = [
    "municipiul",
    "municipiului",
    "municipiu",
    "municipul",
    "mun",
    "oras",
    "orasul",
    "orasului",
    "ora?",
    "ora?ul",
    "ors",
    "or?",
    "comuna",
    "comunei",
    "com",
    "uat",
    "primaria",
    "primarie",
    "consiliul local",
    "consiliul municipal",
    "consiliul orasenesc",
    "consiliul comunal",
    "consiliul local al",
    "town",
    "commune",
    "municipality",
];

/// Where a name is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope<'a> {
    /// No county is given.
    Everywhere,
    /// Inside one area of a level.
    Inside(&'a Level, usize),
    /// A county is given that nobody knows.
    Nowhere,
}

impl Scope<'_> {
    fn holds(&self, unit: usize) -> bool {
        match self {
            Self::Everywhere => true,
            Self::Inside(level, area) => level.of_unit[unit] as usize == *area,
            Self::Nowhere => false,
        }
    }
}

/// What a name was found to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A unit.
    Unit(usize, How),
    /// Several units, or one of several that cannot be told apart without a county.
    Ambiguous(Vec<usize>),
    /// None.
    Nothing,
}

/// What an alias says about a name.
#[derive(Debug)]
struct Known<'a> {
    /// The area of the alias' county and the level it lies in.
    county: Option<usize>,
    unit: usize,
    inside: Inside,
    alias: &'a Alias,
}

/// Whether an alias means the unit or a place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inside {
    Unit,
    Locality,
}

/// The names of all units of a register.
#[derive(Debug)]
pub(super) struct Names<'a> {
    register: &'a Register,
    gazetteer: &'a Gazetteer,
    /// The level called `county`.
    county: Option<&'a Level>,
    /// Folded names, in the order of the units.
    keys: Vec<String>,
    by_spelling: BTreeMap<String, Vec<usize>>,
    aliases: BTreeMap<String, Vec<Known<'a>>>,
    localities: OnceLock<BTreeSet<(Option<usize>, String)>>,
}

impl<'a> Names<'a> {
    pub(super) fn new(
        register: &'a Register,
        gazetteer: &'a Gazetteer,
        aliases: &'a Aliases,
    ) -> Self {
        let keys: Vec<String> =
            register.names().iter().map(|name| Folded::of(name).key()).collect();
        let mut by_spelling: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (unit, key) in keys.iter().enumerate() {
            for spelling in spellings(key) {
                by_spelling.entry(spelling).or_default().push(unit);
            }
        }
        let county = register.level("county");
        Self {
            register,
            gazetteer,
            county,
            keys,
            by_spelling,
            aliases: index(register, county, aliases),
            localities: OnceLock::new(),
        }
    }

    /// The county of a unit, as a scope.
    pub(super) fn county_of(&self, unit: usize) -> Scope<'a> {
        self.county
            .map_or(Scope::Everywhere, |level| Scope::Inside(level, level.of_unit[unit] as usize))
    }

    /// The unit of that name inside the scope. `tail_is_scope` tells whether a folded text names
    /// the area of the scope itself.
    pub(super) fn find(
        &self,
        text: &str,
        scope: Scope<'a>,
        tail_is_scope: impl Fn(&Folded) -> bool,
    ) -> Found {
        let name = Folded::of(text);
        if name.is_empty() || name.speaks_of_county() {
            return Found::Nothing;
        }
        if scope != Scope::Everywhere
            && let Some(unit) = self.exact(text.trim(), scope)
        {
            return Found::Unit(unit, How::Exact);
        }
        if let Some(known) = self.alias(&name, scope) {
            known.alias.used.mark();
            return match known.inside {
                Inside::Unit => Found::Unit(known.unit, How::Alias(known.alias.reason.clone())),
                Inside::Locality => Found::Nothing,
            };
        }
        let writings = writings(text, name, tail_is_scope);
        for writing in &writings {
            match self.spelled(writing, scope).as_slice() {
                [] => {}
                [unit] if scope == Scope::Everywhere && self.has_namesake(*unit) => {
                    return Found::Ambiguous(vec![*unit]);
                }
                [unit] if self.register.names()[*unit] == text.trim() => {
                    return Found::Unit(*unit, How::Exact);
                }
                [unit] => return Found::Unit(*unit, How::Folded),
                several => return Found::Ambiguous(several.to_vec()),
            }
        }
        self.near(&writings, scope).map_or(Found::Nothing, |unit| Found::Unit(unit, How::Near))
    }

    /// Whether a unit is called exactly so, wherever it lies.
    pub(super) fn is_known(&self, name: &Folded) -> bool {
        !self.spelled(name, Scope::Everywhere).is_empty()
    }

    /// Whether the text can be a name of that unit, with or without what stands behind its head.
    pub(super) fn is_name_of(&self, text: &str, unit: usize) -> bool {
        let name = Folded::of(text);
        let key = &self.keys[unit];
        if name.is_empty() || name.speaks_of_county() {
            return false;
        }
        same(&name.key(), key)
            || name.without_kind().is_some_and(|name| same(&name.key(), key))
            || [true, false].into_iter().any(|has_tail| {
                let found = self.find(text, self.county_of(unit), |_| has_tail);
                matches!(found, Found::Unit(found, _) if found == unit)
            })
    }

    /// Whether the text is the name of a place below the units of the scope.
    pub(super) fn is_locality(&self, text: &str, scope: Scope<'a>) -> bool {
        let name = Folded::of(text);
        let known = self.alias(&name, scope).filter(|known| known.inside == Inside::Locality);
        if let Some(known) = known {
            known.alias.used.mark();
            return true;
        }
        let name = name.after(&["satul"]).or_else(|| name.after(&["sat"])).unwrap_or(name);
        self.is_place(&name, scope)
    }

    fn is_place(&self, name: &Folded, scope: Scope<'a>) -> bool {
        let places = self.localities.get_or_init(|| self.places());
        let county = match scope {
            Scope::Everywhere => None,
            Scope::Nowhere => return false,
            Scope::Inside(level, area) => {
                if !self.county.is_some_and(|county| std::ptr::eq(county, level)) {
                    return false;
                }
                Some(area)
            }
        };
        spellings(&name.key()).into_iter().any(|spelling| places.contains(&(county, spelling)))
    }

    fn places(&self) -> BTreeSet<(Option<usize>, String)> {
        let mut places = BTreeSet::new();
        for place in self.gazetteer.localities().values() {
            let Some(unit) = self.register.position(&place.unit) else { continue };
            let county = self.county.map(|level| level.of_unit[unit] as usize);
            for spelling in spellings(&Folded::of(&place.name).key()) {
                places.insert((county, spelling.clone()));
                places.insert((None, spelling));
            }
        }
        places
    }

    fn exact(&self, name: &str, scope: Scope<'a>) -> Option<usize> {
        let units = self.spelled(&Folded::of(name), scope);
        let mut same = units.into_iter().filter(|&unit| self.register.names()[unit] == name);
        same.next().filter(|_| same.next().is_none())
    }

    fn alias(&self, name: &Folded, scope: Scope<'a>) -> Option<&Known<'a>> {
        let holds = |known: &&Known| match (known.county, scope) {
            (None, _) => true,
            (Some(_), Scope::Everywhere | Scope::Nowhere) => false,
            (Some(county), Scope::Inside(_, area)) => county == area && scope.holds(known.unit),
        };
        let of = |name: &Folded| self.aliases.get(&name.key())?.iter().find(holds);
        of(name).or_else(|| of(&name.without_kind()?))
    }

    fn spelled(&self, name: &Folded, scope: Scope<'a>) -> Vec<usize> {
        let spelled = spellings(&name.key());
        let units = spelled.iter().filter_map(|spelling| self.by_spelling.get(spelling)).flatten();
        let found: BTreeSet<usize> = units.copied().filter(|&unit| scope.holds(unit)).collect();
        found.into_iter().collect()
    }

    /// Whether another unit of the register can be spelled like this one.
    fn has_namesake(&self, unit: usize) -> bool {
        spellings(&self.keys[unit]).iter().any(|spelling| self.by_spelling[spelling].len() > 1)
    }

    /// The one unit of the area at a letter's distance, when none of its own neighbours there is at
    /// a letter's distance from it, and no village has exactly that name.
    fn near(&self, writings: &[Folded], scope: Scope<'a>) -> Option<usize> {
        let Scope::Inside(..) = scope else { return None };
        if writings.iter().any(|name| self.is_place(name, scope)) {
            return None;
        }
        let members: Vec<usize> = (0..self.keys.len()).filter(|&unit| scope.holds(unit)).collect();
        let writings: Vec<String> = writings.iter().map(Folded::key).collect();
        let close = |unit: &&usize| {
            let key = &self.keys[**unit];
            key.chars().count() >= SHORTEST_NEAR
                && writings.iter().any(|name| distance(name, key, 1).is_some())
        };
        let mut found = members.iter().filter(close);
        let unit = *found.next().filter(|_| found.next().is_none())?;
        (!self.has_neighbour(unit, &members)).then_some(unit)
    }

    fn has_neighbour(&self, unit: usize, members: &[usize]) -> bool {
        let close = |&other: &usize| {
            other != unit && distance(&self.keys[other], &self.keys[unit], 1).is_some()
        };
        members.iter().any(close)
    }

    /// Units that look like a name that leads to none, best first.
    pub(super) fn alike(&self, text: &str, scope: Scope<'a>) -> Vec<usize> {
        let name = Folded::of(text);
        if name.is_empty() || name.words().len() > MOST_WORDS || name.speaks_of_county() {
            return Vec::new();
        }
        if let Some(known) = self.alias(&name, scope) {
            return vec![known.unit];
        }
        let wanted = name.without_kind().unwrap_or(name).key();
        let scope = if scope == Scope::Nowhere { Scope::Everywhere } else { scope };
        // a name of the whole country is near too many others
        let reach = match scope {
            Scope::Everywhere => 1,
            _ => (wanted.chars().count() / 3).max(2),
        };
        let known = self.keys.iter().map(String::as_str).enumerate();
        let known = known.filter(|(unit, key)| scope.holds(*unit) && is_plausible(&wanted, key));
        ranked(&wanted, known, reach).into_iter().take(SUGGESTIONS).collect()
    }
}

fn index<'a>(
    register: &Register,
    county: Option<&Level>,
    aliases: &'a Aliases,
) -> BTreeMap<String, Vec<Known<'a>>> {
    let mut index: BTreeMap<String, Vec<Known>> = BTreeMap::new();
    for alias in aliases.list() {
        let (code, inside) = match &alias.meaning {
            Meaning::Unit(code) => (code, Inside::Unit),
            Meaning::Locality(code) => (code, Inside::Locality),
            Meaning::Area { .. } | Meaning::Total => continue,
        };
        let Some(unit) = register.position(code) else { continue };
        let bound = match (&alias.county, county) {
            (Some(label), Some(level)) => match level.position(label) {
                Some(area) => Some(area),
                None => continue,
            },
            _ => None,
        };
        let (of, plain) = (Folded::of(&alias.seen).key(), Folded::plain(&alias.seen).key());
        for key in BTreeSet::from([of, plain]) {
            let known = Known { county: bound, unit, inside, alias };
            index.entry(key).or_default().push(known);
        }
    }
    index
}

/// A name as written, and without what may be left out of it or written out in it.
fn writings(text: &str, name: Folded, tail_is_scope: impl Fn(&Folded) -> bool) -> Vec<Folded> {
    let mut writings: Vec<Folded> = Vec::new();
    writings.extend(name.without_kind());
    writings.insert(0, name);
    if let Some(head) = before_tail(text, tail_is_scope) {
        writings.extend([head.without_kind(), Some(head)].into_iter().flatten());
    }
    let long: Vec<Folded> = writings.iter().filter_map(Folded::written_out).collect();
    writings.extend(long);
    writings
}

/// The name before a tail that adds nothing: the county (`Orșova - Mehedinți`) or a former name
/// (`Ungheni (fost Bosia)`).
fn before_tail(text: &str, tail_is_scope: impl Fn(&Folded) -> bool) -> Option<Folded> {
    let cut = [" - ", "(", ","].into_iter().filter_map(|mark| text.find(mark)).min()?;
    let (head, tail) = (Folded::of(&text[..cut]), Folded::of(&text[cut..]));
    let former = tail.words().first().is_some_and(|word| word.starts_with("fost"));
    (!head.is_empty() && (former || tail_is_scope(&tail))).then_some(head)
}

impl Folded {
    /// The name behind the words that only tell its kind (`Municipiul`, `Com.`, `Primăria`), or
    /// `None` when there are none. A county's word (`Județul`) is never taken off: eighteen
    /// counties are named like one of their own towns.
    pub(super) fn without_kind(&self) -> Option<Self> {
        let mut rest = self.words.as_slice();
        while let Some(length) = kind_length(rest) {
            rest = &rest[length..];
        }
        (rest.len() < self.words.len()).then(|| Self { words: rest.to_vec() })
    }

    /// The name with the usual abbreviations of its words written out (`Tg. Jiu`, `Sf. Gheorghe`),
    /// or `None` when there are none.
    pub(super) fn written_out(&self) -> Option<Self> {
        fn long(word: &str) -> &str {
            match word {
                "tg" => "târgu",
                "sf" => "sfântu",
                "rm" => "râmnicu",
                "int" => "întorsura",
                _ => word,
            }
        }
        let words: Vec<String> =
            self.words.iter().flat_map(|word| Self::of(long(word)).words).collect();
        (words != self.words).then_some(Self { words })
    }

    /// Whether the first word begins like `județ`, or it is the county's council.
    pub(super) fn speaks_of_county(&self) -> bool {
        let county = |word: &String| word == "jud" || word.starts_with("jude");
        match self.words.as_slice() {
            [first, ..] if county(first) => true,
            [first, second, ..] => first.starts_with("consiliul") && county(second),
            _ => false,
        }
    }
}

/// How many of the first words tell a kind and leave a name behind them.
fn kind_length(words: &[String]) -> Option<usize> {
    (1..=3)
        .rev()
        .filter(|&length| words.len() > length)
        .find(|&length| KIND_WORDS.contains(&words[..length].join(" ").as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn stripped(text: &str, expected: Option<&str>) {
        assert_eq!(Folded::of(text).without_kind().map(|name| name.key()).as_deref(), expected);
    }

    #[test]
    fn words_of_kind_are_taken_off_and_never_the_name() {
        stripped("MUNICIPIUL  GHEORGHENI", Some("gheorgheni"));
        stripped("ORŞ. HUEDIN", Some("huedin"));
        stripped("COMUNA COMUNA BARU", Some("baru"));
        stripped("Primăria Comunei Bănișor", Some("banisor"));
        stripped("Consiliul Municipal Giurgiu", Some("giurgiu"));
        stripped("Orașu Nou", None);
        stripped("COMUNA", None);
        stripped("JUDEȚUL ARAD", None);
        stripped("Comana", None);
    }

    #[test]
    fn a_county_is_recognised_by_its_word() {
        for text in ["JUDETUL ARAD", "Jud. Arad", "CONSILIUL JUDEȚEAN ARAD", "judet"] {
            assert!(Folded::of(text).speaks_of_county(), "{text}");
        }
        assert!(!Folded::of("Consiliul Local Arad").speaks_of_county());
    }
}
