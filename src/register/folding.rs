//! Folds names to the letters that survive every spelling, so that two writings of one name meet.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// The letter that stands for `â` or `î` in a folded name: ASCII writes it `a` or `i` at random.
const EITHER: char = 'â';

/// A name of many `â` and `î` is spelled out only up to this number; none of the register has more
/// than three.
const MOST_EITHER: usize = 4;

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

/// A name cut into folded words: lower case, no diacritics, no punctuation; `â` and `î` are both
/// [`EITHER`], a lost letter (`?`, U+FFFD) is `?`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Folded {
    words: Vec<String>,
}

impl Folded {
    /// Folds a name as written.
    pub(super) fn of(text: &str) -> Self {
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

    /// The folded words.
    pub(super) fn words(&self) -> &[String] {
        &self.words
    }

    /// Folds a name with `â` and `î` written as the ASCII letters below the hats.
    pub(super) fn plain(text: &str) -> Self {
        Self::of(&text.replace(['â', 'Â'], "a").replace(['î', 'Î'], "i"))
    }

    /// Whether nothing but punctuation was written.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words run together: hyphens, dots and spaces inside names are written at random.
    pub(super) fn key(&self) -> String {
        self.words.concat()
    }

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

    /// The name behind the first words, when they are `prefix` (each a beginning of a word).
    pub(super) fn after(&self, prefix: &[&str]) -> Option<Self> {
        let fits = self.words.len() > prefix.len()
            && self.words.iter().zip(prefix).all(|(word, start)| word.starts_with(start));
        fits.then(|| Self { words: self.words[prefix.len()..].to_vec() })
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

/// All ASCII spellings of a folded key: each [`EITHER`] once as `a` and once as `i`.
pub(super) fn spellings(key: &str) -> Vec<String> {
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

/// The fewest letters to change, add, drop or swap between any spellings of two folded keys
/// (optimal string alignment), when there are at most `most`.
pub(super) fn distance(one: &str, other: &str, most: usize) -> Option<usize> {
    let length = |key: &str| key.chars().count();
    if length(one).abs_diff(length(other)) > most || !may_be_near(one, other, most) {
        return None;
    }
    let others = spellings(other);
    spellings(one)
        .iter()
        .flat_map(|a| others.iter().map(|b| strsim::osa_distance(a, b)))
        .min()
        .filter(|&far| far <= most)
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

/// Whether two folded keys have a spelling in common.
pub(super) fn same(one: &str, other: &str) -> bool {
    let either = |key: &str| key.contains(EITHER);
    if !either(one) && !either(other) {
        return one == other;
    }
    let others = spellings(other);
    spellings(one).iter().any(|spelling| others.contains(spelling))
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
