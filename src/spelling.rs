//! Which known word or name a person probably meant.
//!
//! A key of a study file, a header of a spreadsheet, a group of a quota, a unit on the command line: all of
//! them are compared here, so that one slip of the hand is answered alike everywhere.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// The letter that stands for `â` or `î` in a folded text: ASCII writes it `a` or `i` at random.
const EITHER: char = 'â';

/// A text of many `â` and `î` is spelled out only up to this number; no name of the bundled register
/// has more than three.
const MOST_EITHER: usize = 4;

/// A text cut into folded words: lower case, no diacritics, no punctuation; `â` and `î` are both
/// [`EITHER`], a lost letter (`?`, U+FFFD) is `?`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Folded {
    pub(crate) words: Vec<String>,
}

impl Folded {
    /// Folds a text as written.
    pub(crate) fn of(text: &str) -> Self {
        let mut words = Vec::new();
        let mut word = String::new();
        for letter in text.chars() {
            if !fold_letter(letter, &mut word) && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
        }
        if !word.is_empty() {
            words.push(word);
        }
        Self { words }
    }

    /// Folds a text with `â` and `î` written as the ASCII letters below the hats.
    pub(crate) fn plain(text: &str) -> Self {
        Self::of(&text.replace(['â', 'Â'], "a").replace(['î', 'Î'], "i"))
    }

    /// The folded words.
    pub(crate) fn words(&self) -> &[String] {
        &self.words
    }

    /// Whether nothing but punctuation was written.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words run together: hyphens, dots and spaces inside names are written at random.
    pub(crate) fn key(&self) -> String {
        self.words.concat()
    }

    /// The text behind the first words, when they are `prefix` (each a beginning of a word).
    pub(crate) fn after(&self, prefix: &[&str]) -> Option<Self> {
        let fits = self.words.len() > prefix.len()
            && self.words.iter().zip(prefix).all(|(word, start)| word.starts_with(start));
        fits.then(|| Self { words: self.words[prefix.len()..].to_vec() })
    }
}

/// Appends the folded letter; `false` when it separates words.
fn fold_letter(letter: char, word: &mut String) -> bool {
    match letter {
        'a'..='z' | '0'..='9' => word.push(letter),
        'A'..='Z' => word.push(letter.to_ascii_lowercase()),
        'ă' | 'Ă' => word.push('a'),
        'â' | 'Â' | 'î' | 'Î' => word.push(EITHER),
        // Comma below, cedilla, and what Windows-1250 bytes become under a western table.
        'ș' | 'Ș' | 'ş' | 'Ş' | 'ª' | 'º' => word.push('s'),
        'ț' | 'Ț' | 'ţ' | 'Ţ' | 'þ' | 'Þ' => word.push('t'),
        '?' | '\u{FFFD}' => word.push('?'),
        // A circumflex written as a mark of its own.
        '\u{302}' => {
            if word.ends_with(['a', 'i']) {
                word.pop();
                word.push(EITHER);
            }
        }
        // A footnote mark glued to a name.
        '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' => {}
        _ if is_combining_mark(letter) => {}
        _ if letter.is_alphanumeric() => {
            for small in letter.to_lowercase() {
                decompose_canonical(small, |part| {
                    if !is_combining_mark(part) {
                        word.push(part);
                    }
                });
            }
        }
        _ => return false,
    }
    true
}

/// All ASCII spellings of a folded key: each [`EITHER`] once as `a` and once as `i`.
pub(crate) fn spellings(key: &str) -> Vec<String> {
    let count = key.chars().filter(|&letter| letter == EITHER).count();
    if count == 0 {
        return vec![key.to_owned()];
    }
    if count > MOST_EITHER {
        return vec![key.replace(EITHER, "a"), key.replace(EITHER, "i")];
    }
    let mut found = vec![String::new()];
    for letter in key.chars() {
        if letter == EITHER {
            let other: Vec<String> = found.iter().map(|start| format!("{start}i")).collect();
            for start in &mut found {
                start.push('a');
            }
            found.extend(other);
        } else {
            for start in &mut found {
                start.push(letter);
            }
        }
    }
    found
}

/// Whether two folded keys have a spelling in common.
pub(crate) fn same(one: &str, other: &str) -> bool {
    let either = |key: &str| key.contains(EITHER);
    if !either(one) && !either(other) {
        return one == other;
    }
    let others = spellings(other);
    spellings(one).iter().any(|spelling| others.contains(spelling))
}

/// The fewest letters to change, add, drop or swap between any spellings of two folded keys
/// (optimal string alignment distance), when there are at most `most`.
pub(crate) fn distance(one: &str, other: &str, most: usize) -> Option<usize> {
    if letters(one).abs_diff(letters(other)) > most || !may_be_near(one, other, most) {
        return None;
    }
    let others = spellings(other);
    spellings(one)
        .iter()
        .flat_map(|a| others.iter().map(|b| strsim::osa_distance(a, b)))
        .min()
        .filter(|&far| far <= most)
}

fn letters(key: &str) -> usize {
    key.chars().count()
}

/// Whether so few different letters are missing from either key that `most` edits may do: each edit
/// brings at most one of them. Spares nearly all comparisons when a whole register is searched.
fn may_be_near(one: &str, other: &str, most: usize) -> bool {
    let set = |bits: u32, letter: char| match letter {
        'a'..='z' => bits | 1 << (u32::from(letter) - u32::from('a')),
        _ => bits,
    };
    let needed = |key: &str| key.chars().fold(0, set);
    let offered = |key: &str| {
        let either = if key.contains(EITHER) { set(set(0, 'a'), 'i') } else { 0 };
        needed(key) | either
    };
    let missing = |from: &str, to: &str| (needed(from) & !offered(to)).count_ones() as usize;
    missing(one, other) <= most && missing(other, one) <= most
}

/// Whether one key is a part of the other: of three letters at its beginning or end, of four or more
/// anywhere.
fn is_part(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    match letters(short) {
        0..3 => false,
        3 => long.starts_with(short) || long.ends_with(short),
        _ => long.contains(short),
    }
}

/// The values of the known keys that may be meant by `wanted`, best first and equally good ones as
/// given: those at a [`distance`] of at most `reach`, and those of which one is a part of the other,
/// which is no worse than one letter.
pub(crate) fn ranked<'k, T>(
    wanted: &str,
    known: impl IntoIterator<Item = (T, &'k str)>,
    reach: usize,
) -> Vec<T> {
    // of two parts the one that all but one letter make comes first
    let likeness = |key: &str| match distance(wanted, key, reach) {
        Some(0) => Some((0, false)),
        far if is_part(wanted, key) => Some((1, far != Some(1))),
        far => far.map(|far| (far, true)),
    };
    let mut found: Vec<((usize, bool), T)> =
        known.into_iter().filter_map(|(value, key)| Some((likeness(key)?, value))).collect();
    found.sort_by_key(|(far, _)| *far);
    found.into_iter().map(|(_, value)| value).collect()
}

/// Whether two folded keys are about as long as each other, or one begins or ends the other: a long
/// sentence is near to every short name, and means none of them.
pub(crate) fn is_plausible(one: &str, other: &str) -> bool {
    let (short, long) = if letters(one) <= letters(other) { (one, other) } else { (other, one) };
    let of_it = long.starts_with(short) || long.ends_with(short);
    let most = if of_it { 4 } else { 2 };
    letters(long) <= letters(short) * most
}

/// How many letters of a folded word may be wrong: a third of them, and one in any case.
pub(crate) fn reach(word: &str) -> usize {
    (letters(word) / 3).max(1)
}

/// The known word nearest to `word`, when it is within [`reach`]. Case, diacritics and what separates
/// words do not count. Of equally near words the first given wins.
pub(crate) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let fold = |text: &str| Folded::of(text).words.join("_");
    let word = fold(word);
    let known: Vec<(&str, String)> = known.into_iter().map(|known| (known, fold(known))).collect();
    let keys = known.iter().map(|(known, key)| (*known, key.as_str()));
    ranked(&word, keys, reach(&word)).into_iter().next()
}

/// Words in backticks, with commas.
pub(crate) fn list<'k>(words: impl IntoIterator<Item = &'k str>) -> String {
    words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn key(text: &str, expected: &str) {
        assert_eq!(Folded::of(text).key(), expected);
    }

    #[test]
    fn case_diacritics_and_punctuation_fold_away() {
        key("Poșta Câlnău", "postacâlnau");
        key("POŞTA CÎLNĂU", "postacâlnau");
        key("C.A. ROSETTI", "carosetti");
        key("SÂRBII - MĂGURA", "sârbiimagura");
        key("s\u{326}i a\u{302}", "siâ");
        key("ILFOV ⁴", "ilfov");
        key("Ñandú Ёж", "nanduеж");
        key("CARA?-SEVERIN", "cara?severin");
        key(" - ", "");
    }

    #[test]
    fn both_vowels_are_tried_for_each_circumflex() {
        let spelled = spellings(&Folded::of("FÂNTÂNELE").key());
        assert_eq!(spelled, ["fantanele", "fintanele", "fantinele", "fintinele"]);
        assert!(same("fintanele", "fântânele"));
        assert!(!same("fontanele", "fântânele"));
        assert_eq!(spellings(&"â".repeat(9)).len(), 2);
    }

    #[test]
    fn a_distance_is_the_least_over_all_spellings() {
        assert_eq!(distance("fintinel", "fântânele", 1), Some(1));
        assert_eq!(distance("saint", "saitn", 1), Some(1));
        assert_eq!(distance("saint", "saint", 0), Some(0));
        assert_eq!(distance("saint", "paint", 0), None);
        assert_eq!(distance("abc", "xyz", 3), Some(3));
        assert_eq!(distance("râu", "riuleț", 2), None);
    }

    #[track_caller]
    fn meant(word: &str, known: &[&str], expected: Option<&str>) {
        assert_eq!(nearest(word, known.iter().copied()), expected);
    }

    #[test]
    fn a_slip_finds_the_word_and_another_word_does_not() {
        meant("publsher", &["publisher", "reference"], Some("publisher"));
        meant("Nature", &["nature"], Some("nature"));
        meant("min-max", &["minmax", "zscore"], Some("minmax"));
        meant("child", &["children_share"], Some("children_share"));
        meant("poverty", &["dropout"], None);
        meant("x", &[], None);
    }

    #[test]
    fn headers_groups_and_names_are_compared_like_keys() {
        let headers = ["Nr. dosare", "Judet", "Nr. dosare aflate in plata"];
        meant("Nr dosare", &headers, Some("Nr. dosare"));
        meant("Județ", &headers, Some("Judet"));
        meant("populatie", &headers, None);
        meant("populatie", &["cod", "pop"], Some("pop"));
        meant("Rimnicu Valcea", &["Bucov", "Râmnicu Vâlcea"], Some("Râmnicu Vâlcea"));
        meant("Cod", &["Nr", "UAT"], None);
    }

    #[test]
    fn of_several_the_best_comes_first_and_equal_ones_as_given() {
        let known =
            [("far", "sharing"), ("part", "children_share"), ("slip", "shore"), ("same", "share")];
        assert_eq!(ranked("share", known, 2), ["same", "part", "slip"]);
        assert_eq!(ranked("ip", [("unit", "filip")], 1), Vec::<&str>::new());
    }
}
