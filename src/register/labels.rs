//! Finds the areas above the units by their labels: counties, regions, the country.

use std::collections::BTreeMap;

use super::aliases::Meaning;
use super::matches::{AreaMatch, How, SHORTEST_NEAR, SUGGESTIONS};
use super::{Alias, Aliases, Gazetteer, NATIONAL, Register, UNIT};
use crate::language::Label;
use crate::spelling::{Folded, distance, is_plausible, ranked, reach, same, spellings};

/// Labels of the whole country, folded.
const WHOLE: [&str; 14] = [
    "total",
    "totaltara",
    "totalpetara",
    "totalgeneral",
    "totalnational",
    "totalromania",
    "romania",
    "tara",
    "niveltara",
    "nivelnational",
    "grandtotal",
    "national",
    "country",
    "totalcountry",
];

/// An area: position of its level in [`Labels::levels`] and its position in that level.
type Area = (usize, usize);

/// The labels of all areas of a register.
#[derive(Debug)]
pub(super) struct Labels<'a> {
    register: &'a Register,
    /// Levels above the units, finest first; those of as many areas in the order of the columns.
    levels: Vec<&'a str>,
    by_spelling: BTreeMap<String, Vec<Area>>,
    /// Codes of areas (`AB`, `10`, `RO121`), in upper case.
    by_code: BTreeMap<String, Area>,
    aliases: BTreeMap<String, Vec<(Option<Area>, &'a Alias)>>,
}

impl<'a> Labels<'a> {
    pub(super) fn new(register: &'a Register, gazetteer: &Gazetteer, aliases: &'a Aliases) -> Self {
        let columns = register.columns().iter().map(String::as_str);
        let mut levels: Vec<&str> =
            columns.filter(|&column| column != UNIT && column != NATIONAL).collect();
        let size = |level: &str| register.level(level).map_or(0, |level| level.areas.len());
        levels.sort_by_key(|level| std::cmp::Reverse(size(level)));
        levels.push(NATIONAL);
        let mut labels = Self {
            register,
            levels,
            by_spelling: BTreeMap::new(),
            by_code: BTreeMap::new(),
            aliases: BTreeMap::new(),
        };
        labels.index_areas(gazetteer);
        labels.index_aliases(aliases);
        labels
    }

    fn index_areas(&mut self, gazetteer: &Gazetteer) {
        for (at, name) in self.levels.iter().enumerate() {
            let Some(level) = self.register.level(name) else { continue };
            for (area, label) in level.areas.iter().enumerate() {
                add(&mut self.by_spelling, label, (at, area));
            }
        }
        for known in gazetteer.labels() {
            let Some(area) = self.position(&known.level, &known.area) else { continue };
            for label in &known.labels {
                add(&mut self.by_spelling, label, area);
                self.by_code.entry(label.to_uppercase()).or_insert(area);
            }
        }
    }

    fn index_aliases(&mut self, aliases: &'a Aliases) {
        for alias in aliases.list() {
            let area = match &alias.meaning {
                Meaning::Area { level, area } => match self.position(level, area) {
                    Some(area) => Some(area),
                    None => continue,
                },
                Meaning::Total => None,
                Meaning::Unit(_) | Meaning::Locality(_) => continue,
            };
            for name in [Folded::of(&alias.seen), Folded::plain(&alias.seen)] {
                let known = self.aliases.entry(name.key()).or_default();
                if !known.iter().any(|(other, _)| *other == area) {
                    known.push((area, alias));
                }
            }
        }
    }

    fn position(&self, level: &str, area: &str) -> Option<Area> {
        let at = self.levels.iter().position(|name| *name == level)?;
        Some((at, self.register.level(level)?.position(area)?))
    }

    /// The area of a code such as `AB`, `10` or `RO121`: its level and position.
    pub(super) fn of_code(&self, code: &str) -> Option<(&'a str, usize)> {
        let &(level, area) = self.by_code.get(&code.to_uppercase())?;
        Some((self.levels[level], area))
    }

    /// The area of `level` with that label, without doubt.
    pub(super) fn find(&self, level: &str, label: &Folded) -> Option<(usize, How)> {
        let at = self.levels.iter().position(|name| *name == level)?;
        if let Some(known) = self.aliases.get(&label.key()) {
            let known = known.iter().find_map(|(area, alias)| match area {
                Some((of, area)) if *of == at => Some((*area, *alias)),
                _ => None,
            });
            if let Some((area, alias)) = known {
                alias.used.mark();
                return Some((area, How::Alias(alias.reason.clone())));
            }
        }
        let whole = || (level == NATIONAL && is_whole(label)).then_some(0);
        let behind = || behind_level_word(level, label).and_then(|rest| self.spelled(at, &rest));
        let area = self.spelled(at, label).or_else(behind).or_else(whole)?;
        Some((area, How::Folded))
    }

    /// The only area of a level that is spelled so.
    fn spelled(&self, level: usize, label: &Folded) -> Option<usize> {
        let mut found = None;
        for spelling in spellings(&label.key()) {
            for (_, area) in
                self.by_spelling.get(&spelling).into_iter().flatten().filter(|of| of.0 == level)
            {
                if found.is_some_and(|other| other != *area) {
                    return None;
                }
                found = Some(*area);
            }
        }
        found
    }

    /// The finest level, of those given by `wanted`, with an area of that label.
    pub(super) fn find_in(
        &self,
        label: &Folded,
        wanted: impl Fn(&str) -> bool,
    ) -> Option<(&'a str, usize)> {
        if label.is_empty() {
            return None;
        }
        let levels = self.levels.iter().copied().filter(|level| wanted(level));
        levels.into_iter().find_map(|level| Some((level, self.find(level, label)?.0)))
    }

    /// Whether the label is a territory that is none of the register's areas.
    pub(super) fn is_other_territory(&self, label: &Folded) -> bool {
        let known = self.aliases.get(&label.key());
        let other = known.and_then(|known| known.iter().find(|(area, _)| area.is_none()));
        other.inspect(|(_, alias)| alias.used.mark()).is_some()
    }

    /// The larger area of which the label names the total, for figures of the areas of `level`.
    pub(super) fn total_of(&self, level: &str, label: &Folded) -> Option<(&'a str, usize)> {
        let of = self.register.level(level)?;
        if self.is_other_territory(label) {
            return None;
        }
        self.find_in(label, |coarser| {
            self.register
                .level(coarser)
                .is_some_and(|coarser| coarser.areas.len() < of.areas.len() && of.refines(coarser))
        })
    }

    /// What a label is where areas of `level` are wanted.
    pub(super) fn matched(&self, level: &str, text: &str) -> AreaMatch {
        let Some(known) = self.register.level(level) else {
            return AreaMatch::Unknown(Vec::new());
        };
        if let Some(area) = known.position(text.trim()) {
            return AreaMatch::Area(area, How::Exact);
        }
        let label = Folded::of(text);
        if label.is_empty() {
            return AreaMatch::Unknown(Vec::new());
        }
        if let Some((area, how)) = self.find(level, &label) {
            return AreaMatch::Area(area, how);
        }
        if let Some(area) = abbreviated(&known.areas, text) {
            let reason = Label { en: "abbreviated".to_owned(), ro: "prescurtat".to_owned() };
            return AreaMatch::Area(area, How::Alias(reason));
        }
        if self.is_other_territory(&label) || self.total_of(level, &label).is_some() {
            return AreaMatch::Total;
        }
        if level == UNIT {
            return AreaMatch::Unknown(Vec::new());
        }
        let label = behind_level_word(level, &label).unwrap_or(label);
        near(&known.areas, &label)
    }
}

/// The only area whose words a text writes with some of them cut by a point: `Bistrita-N.`,
/// `Caras-Sev.`, `S. Mare`.
fn abbreviated(areas: &[String], text: &str) -> Option<usize> {
    if !text.contains('.') {
        return None;
    }
    let words = text.split(|letter: char| letter.is_whitespace() || matches!(letter, '-' | '_'));
    let written: Vec<(String, bool)> = words
        .flat_map(|word| word.split_inclusive('.'))
        .map(|word| (Folded::of(word).key(), word.ends_with('.')))
        .filter(|(word, _)| !word.is_empty())
        .collect();
    if written.len() < 2 {
        return None;
    }
    let is_meant = |area: &&usize| {
        let name = Folded::of(&areas[**area]);
        let fits = |(word, (written, is_cut)): (&String, &(String, bool))| {
            same(word, written) || *is_cut && word.starts_with(written.as_str())
        };
        name.words().len() == written.len() && name.words().iter().zip(&written).all(fits)
    };
    let all: Vec<usize> = (0..areas.len()).collect();
    let mut meant = all.iter().filter(is_meant);
    meant.next().copied().filter(|_| meant.next().is_none())
}

/// The one area at a letter's distance that has no neighbour at that distance, else suggestions.
fn near(areas: &[String], label: &Folded) -> AreaMatch {
    let keys: Vec<String> = areas.iter().map(|area| Folded::of(area).key()).collect();
    let wanted = label.key();
    let is_near = |one: &str, other: &str| distance(one, other, 1).is_some();
    let close: Vec<usize> = (0..keys.len()).filter(|&area| is_near(&wanted, &keys[area])).collect();
    if let [area] = close.as_slice()
        && keys[*area].chars().count() >= SHORTEST_NEAR
    {
        let mut others = keys.iter().enumerate().filter(|(other, _)| other != area);
        if others.all(|(_, key)| !is_near(key, &keys[*area])) {
            return AreaMatch::Area(*area, How::Near);
        }
    }
    let known = keys.iter().map(String::as_str).enumerate();
    let known = known.filter(|(_, key)| is_plausible(&wanted, key));
    AreaMatch::Unknown(
        ranked(&wanted, known, reach(&wanted)).into_iter().take(SUGGESTIONS).collect(),
    )
}

fn add(index: &mut BTreeMap<String, Vec<Area>>, label: &str, area: Area) {
    for spelling in spellings(&Folded::of(label).key()) {
        let known = index.entry(spelling).or_default();
        if !known.contains(&area) {
            known.push(area);
        }
    }
}

/// Whether the label means the whole country.
pub(super) fn is_whole(label: &Folded) -> bool {
    let key = label.key();
    WHOLE.iter().any(|whole| same(whole, &key))
}

/// The label behind the word that names its level: `JUDEȚUL ALBA`, `Regiunea de dezvoltare VEST`.
fn behind_level_word(level: &str, label: &Folded) -> Option<Folded> {
    match level {
        "county" => label.after(&["jud"]),
        "region" => label
            .after(&["regiun", "de", "dezvoltare"])
            .or_else(|| label.after(&["regiun"]))
            .or_else(|| label.after(&["region"])),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::{Bundled, bundled};

    fn ro() -> Bundled {
        bundled("ro-uat-2025").unwrap()
    }

    fn area(of: &Bundled, level: &str, label: &str) -> AreaMatch {
        Labels::new(&of.register, &of.gazetteer, &of.aliases).matched(level, label)
    }

    #[track_caller]
    fn found(of: &Bundled, level: &str, label: &str, expected: &str) {
        let AreaMatch::Area(at, _) = area(of, level, label) else { panic!("{label}: not found") };
        assert_eq!(of.register.level(level).unwrap().areas[at], expected, "{label}");
    }

    #[test]
    fn counties_are_found_by_every_writing_seen() {
        let ro = ro();
        let cases = [
            ("Alba", "Alba"),
            ("ALBA ", "Alba"),
            (" ALBA", "Alba"),
            ("JUDEȚUL ALBA", "Alba"),
            ("JUDEŢUL ALBA", "Alba"),
            ("jud. Alba", "Alba"),
            ("AB", "Alba"),
            ("10", "Alba"),
            ("RO121", "Alba"),
            ("B", "București"),
            ("BUCURESTI", "București"),
            ("Municipiul Bucuresti", "București"),
            ("Municipiul  BUCURESTI", "București"),
            ("MUNICIPIUL BUCUREŞTI", "București"),
            ("MUNICIPIUL BUCURE?TI", "București"),
            ("MUN. BUCURESTI", "București"),
            ("MUN. BUC.", "București"),
            ("Bucharest", "București"),
            ("SATU M.", "Satu Mare"),
            ("SATU-MARE", "Satu Mare"),
            ("SATU_MARE", "Satu Mare"),
            ("CARA?-SEVERIN", "Caraș-Severin"),
            ("CARAS - SEVERIN", "Caraș-Severin"),
            ("CARAS", "Caraș-Severin"),
            ("BISTRITA", "Bistrița-Năsăud"),
            ("BISTRITA NASAUD", "Bistrița-Năsăud"),
            ("DIMBOVITA", "Dâmbovița"),
            ("DAMBOVITA", "Dâmbovița"),
            ("Vîlcea", "Vâlcea"),
            ("VILCEA", "Vâlcea"),
            ("ILFOV ⁴", "Ilfov"),
            ("TIMI?", "Timiș"),
        ];
        for (label, expected) in cases {
            found(&ro, "county", label, expected);
        }
    }

    #[test]
    fn municipalities_are_not_counties_except_the_capital() {
        let ro = ro();
        for label in ["MUNICIPIUL ARAD", "Municipiul Iasi", "ORAS BUZAU", "43", "1", "52"] {
            assert!(matches!(area(&ro, "county", label), AreaMatch::Unknown(_)), "{label}");
        }
    }

    #[test]
    fn the_historic_territory_around_bucharest_is_not_bucharest() {
        let ro = ro();
        let label = "Mun. Bucuresti -incl. SAI";
        assert_eq!(area(&ro, "county", label), AreaMatch::Total);
        let labels = Labels::new(&ro.register, &ro.gazetteer, &ro.aliases);
        assert_eq!(labels.total_of("county", &Folded::of(label)), None);
    }

    #[test]
    fn regions_are_found_with_and_without_their_word() {
        let ro = ro();
        let cases = [
            ("Regiunea NORD-VEST", "Nord-Vest"),
            ("Regiunea BUCURESTI - ILFOV", "București-Ilfov"),
            ("Regiunea SUD-VEST OLTENIA", "Sud-Vest Oltenia"),
            ("Regiunea de dezvoltare Sud-Muntenia", "Sud-Muntenia"),
            ("Sud - Muntenia", "Sud-Muntenia"),
            ("Vest", "Vest"),
            ("RO12", "Centru"),
        ];
        for (label, expected) in cases {
            found(&ro, "region", label, expected);
        }
        found(&ro, "macroregion", "MACROREGIUNEA UNU", "Macroregiunea unu");
        found(&ro, "national", "Total TARA ", "national");
    }

    #[test]
    fn labels_of_larger_areas_are_totals() {
        let ro = ro();
        let labels = Labels::new(&ro.register, &ro.gazetteer, &ro.aliases);
        let cases = [
            ("county", "Regiunea NORD-VEST", "region", "Nord-Vest"),
            ("county", "MACROREGIUNEA UNU", "macroregion", "Macroregiunea unu"),
            ("county", "TOTAL", "national", "national"),
            ("county", "Total TARA ", "national", "national"),
            ("county", "Total general", "national", "national"),
            ("region", "MACROREGIUNEA UNU", "macroregion", "Macroregiunea unu"),
            ("region", "ROMÂNIA", "national", "national"),
            ("uat", "JUDETUL ALBA", "county", "Alba"),
            ("uat", "Total ", "national", "national"),
        ];
        for (level, label, coarser, expected) in cases {
            assert_eq!(labels.matched(level, label), AreaMatch::Total, "{label}");
            let (found, area) = labels.total_of(level, &Folded::of(label)).unwrap();
            assert_eq!(found, coarser, "{label}");
            assert_eq!(ro.register.level(found).unwrap().areas[area], expected, "{label}");
        }
        assert_eq!(labels.total_of("region", &Folded::of("JUDETUL ALBA")), None);
        assert_eq!(labels.total_of("national", &Folded::of("TOTAL")), None);
    }

    #[test]
    fn counties_are_known_by_words_that_a_point_cuts() {
        let ro = ro();
        for (label, expected) in [
            ("Bistrita-N.", "Bistrița-Năsăud"),
            ("Caras-Sev.", "Caraș-Severin"),
            ("S. Mare", "Satu Mare"),
        ] {
            found(&ro, "county", label, expected);
        }
        assert!(matches!(area(&ro, "county", "Bistrita-S."), AreaMatch::Unknown(_)));
    }

    #[test]
    fn unknown_labels_come_with_suggestions() {
        let ro = ro();
        let AreaMatch::Unknown(alike) = area(&ro, "county", "Valceaua") else { panic!() };
        assert_eq!(ro.register.level("county").unwrap().areas[alike[0]], "Vâlcea");
        assert_eq!(area(&ro, "county", "  "), AreaMatch::Unknown(Vec::new()));
        assert_eq!(area(&ro, "parish", "Alba"), AreaMatch::Unknown(Vec::new()));
    }
}
