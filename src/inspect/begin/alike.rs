//! Files that one office or one export wrote alike, a county each, become one source with a pattern.

use std::collections::BTreeMap;

use toml::Value;

use super::Folder;
use super::fit;
use super::offer::{Offer, file_name};
use super::text;
use super::trial::Trial;
use super::vocabulary;

/// The shortest beginning that names of one pattern share.
const BEGINNING: usize = 3;

/// The offers, with those of one pattern made one, where they have a measure that is known. Files of one pattern are drafted alike, share the
/// beginning and the end of their names, and have no area in common; that is tried.
pub(super) fn merged(offers: Vec<Offer>, paths: &[&str], folder: &Folder<'_>) -> Vec<Offer> {
    let mut kinds: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let wanted = |offer: &Offer| vocabulary::terms().any(|term| fit::has(term, offer));
    for (at, offer) in offers.iter().enumerate().filter(|(_, offer)| wanted(offer)) {
        kinds.entry(kind(offer)).or_default().push(at);
    }
    let mut joined: BTreeMap<usize, Offer> = BTreeMap::new();
    let mut gone: Vec<usize> = Vec::new();
    for members in kinds.into_values().filter(|members| members.len() > 1) {
        let group: Vec<&Offer> = members.iter().map(|&at| &offers[at]).collect();
        let Some(one) = joint(&group, paths) else { continue };
        if is_whole(&one, folder) {
            joined.insert(members[0], one);
            gone.extend(&members[1..]);
        }
    }
    let kept = offers.into_iter().enumerate().filter(|(at, _)| !gone.contains(at));
    kept.map(|(at, offer)| joined.remove(&at).unwrap_or(offer)).collect()
}

/// What files of one kind have in common: their folder and everything that is drafted for them, apart
/// from what differs between tables of one kind.
fn kind(offer: &Offer) -> String {
    let parent = offer.path.strip_suffix(file_name(&offer.path)).unwrap_or_default();
    let mut kind = format!("{parent}\n");
    for (key, value) in &offer.block {
        if !["header", "missing"].contains(&key.as_str()) {
            kind.push_str(&format!("{key} = {value}\n"));
        }
    }
    for measure in &offer.measures {
        kind.push_str(&format!("{}\n", Value::Table(measure.declared.clone())));
    }
    kind
}

/// The offers as one, under the pattern of their paths; `None` when no pattern names them alone.
fn joint(group: &[&Offer], paths: &[&str]) -> Option<Offer> {
    let alike: Vec<String> = group.iter().map(|offer| offer.path.clone()).collect();
    let pattern = pattern(&alike)?;
    let (beginning, end) = pattern.split_once('*')?;
    let is_named = |path: &&&str| {
        let inside = path.strip_prefix(beginning).and_then(|rest| rest.strip_suffix(end));
        inside.is_some_and(|inside| !inside.contains('/'))
    };
    if paths.iter().filter(is_named).count() != alike.len() {
        return None;
    }
    let mut one = group[0].clone();
    one.path = pattern;
    one.alike = alike;
    one.areas = group.iter().map(|offer| offer.areas).sum();
    for other in &group[1..] {
        add(&mut one, other);
    }
    Some(one)
}

/// What another table of the kind adds: its marks, and its header where that stands elsewhere.
fn add(one: &mut Offer, other: &Offer) {
    if one.block.get("header") != other.block.get("header") {
        one.block.remove("header");
    }
    match (one.block.get_mut("missing"), other.block.get("missing")) {
        (Some(Value::Table(marks)), Some(Value::Table(more))) => {
            marks.extend(more.iter().map(|(mark, meaning)| (mark.clone(), meaning.clone())));
        }
        (None, Some(marks)) => {
            one.block.insert("missing".to_owned(), marks.clone());
        }
        _ => {}
    }
    one.period = one.period.max(other.period);
    for (measure, more) in one.measures.iter_mut().zip(&other.measures) {
        measure.whole = measure.whole.zip(more.whole).map(|(one, other)| one && other);
        measure.greatest = measure.greatest.zip(more.greatest).map(|(one, other)| one.max(other));
        for (mark, count) in &more.marks {
            match measure.marks.iter_mut().find(|(known, _)| known == mark) {
                Some((_, known)) => *known += count,
                None => measure.marks.push((mark.clone(), *count)),
            }
        }
    }
}

/// A pattern for paths of one folder: what their names begin and end with.
fn pattern(paths: &[String]) -> Option<String> {
    let first = paths.first()?;
    let parent = first.len() - file_name(first).len();
    let names: Vec<&str> = paths.iter().map(|path| file_name(path)).collect();
    let alike = |at: usize, letter: char| names.iter().all(|name| name[at..].starts_with(letter));
    let beginning: usize = names[0]
        .char_indices()
        .take_while(|&(at, letter)| {
            names.iter().all(|name| name.is_char_boundary(at)) && alike(at, letter)
        })
        .map(|(_, letter)| letter.len_utf8())
        .sum();
    let shortest = names.iter().map(|name| name.len()).min()?;
    let mut end = 0;
    for letter in names[0].chars().rev() {
        let next = end + letter.len_utf8();
        let is_shared = |name: &&str| name[..name.len() - end].ends_with(letter);
        if beginning + next > shortest || !names.iter().all(is_shared) {
            break;
        }
        end = next;
    }
    let (head, tail) = (&names[0][..beginning], &names[0][names[0].len() - end..]);
    let is_plain = |text: &str| !text.contains(['*', '?', '[', ']', '\\']);
    let fits = head.chars().count() >= BEGINNING && is_plain(&first[..parent + beginning]);
    (fits && is_plain(tail)).then(|| format!("{}{head}*{tail}", &first[..parent]))
}

/// Whether the files have no area in common: read as one they give as many as each alone.
fn is_whole(offer: &Offer, folder: &Folder<'_>) -> bool {
    let Some(block) = text::first_measure(offer) else { return false };
    let study = format!("{}{}{block}", text::study_table(None, "irc"), text::register(&[]));
    let trial = Trial::of(&study, folder);
    trial.is_ok_and(|trial| {
        let present = trial.coverage.first().map(|coverage| coverage.present);
        trial.unread.is_empty() && present == Some(offer.areas)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(paths: &[&str]) -> Option<String> {
        pattern(&paths.iter().map(|&path| path.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn a_pattern_is_what_names_share_at_both_ends() {
        let of_export = of(&["ins/POP107D_AB.csv", "ins/POP107D_TL.csv"]);
        assert_eq!(of_export.as_deref(), Some("ins/POP107D_*.csv"));
        assert_eq!(of(&["vmg Alba.xlsx", "vmg Arad.xlsx"]).as_deref(), Some("vmg A*.xlsx"));
        assert_eq!(of(&["a.csv", "b.csv"]), None);
        assert_eq!(of(&["vmg[1].csv", "vmg[2].csv"]), None);
    }
}
