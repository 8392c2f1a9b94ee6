//! The year and the month that a text names, so that of two tables the newer is taken.

/// A year, perhaps with its month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Period {
    pub(super) year: u16,
    /// From 1; 0 where only the year is named.
    pub(super) month: u8,
}

/// The months as files write them, by their beginnings, in Romanian and in English.
const MONTHS: [&[&str]; 12] = [
    &["ian", "jan"],
    &["feb"],
    &["mar"],
    &["apr"],
    &["mai", "may"],
    &["iun", "jun"],
    &["iul", "jul"],
    &["aug"],
    &["sep"],
    &["oct", "okt"],
    &["noi", "nov"],
    &["dec"],
];

impl Period {
    /// The newest year that a folded text names, with its month where the text names one. The year of
    /// an act (`416/2001`) is none.
    pub(super) fn newest_in(text: &str) -> Option<Self> {
        let words: Vec<(usize, &str)> = words(text);
        let (year, position) = words
            .iter()
            .enumerate()
            .filter(|&(_, &(at, _))| !is_of_an_act(text, at))
            .filter_map(|(position, &(_, word))| Some((year(word)?, position)))
            .max()?;
        // `mai` is a month beside a year only: elsewhere it is a word of many sentences
        let beside = [position.checked_sub(1), position.checked_sub(2), Some(position + 1)];
        let near = beside.into_iter().flatten().find_map(|at| month(words.get(at)?.1));
        Some(Self { year, month: near.or_else(|| day_month(text)).unwrap_or(0) })
    }

    /// As `reference` writes it: `2023`, `2023-12`.
    pub(super) fn text(self) -> String {
        match self.month {
            0 => self.year.to_string(),
            month => format!("{}-{month:02}", self.year),
        }
    }
}

/// The runs of letters and of digits, with where each begins.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut begun: Option<(usize, bool)> = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        let kind = letter.is_alphanumeric().then(|| letter.is_ascii_digit());
        if let Some((from, is_number)) = begun
            && kind != Some(is_number)
        {
            words.push((from, &text[from..at]));
            begun = None;
        }
        begun = begun.or(kind.map(|is_number| (at, is_number)));
    }
    words
}

fn year(word: &str) -> Option<u16> {
    let year = word.parse().ok().filter(|_| word.len() == 4)?;
    (1900..2100).contains(&year).then_some(year)
}

/// Whether the year at that place is that of an act: behind a number and a stroke, and no date.
fn is_of_an_act(text: &str, at: usize) -> bool {
    let Some(before) = text[..at].strip_suffix('/') else { return false };
    let number = before.trim_end_matches(|letter: char| letter.is_ascii_digit());
    number.len() < before.len() && !number.ends_with(['/', '.', '-'])
}

fn month(word: &str) -> Option<u8> {
    let is_month = |names: &&[&str]| {
        word.len() < 11 && word.is_ascii() && names.iter().any(|name| is_named(word, name))
    };
    let at = MONTHS.iter().position(is_month)?;
    u8::try_from(at + 1).ok()
}

/// Whether a word is a month: its whole name, or the three letters that stand for it.
fn is_named(word: &str, beginning: &str) -> bool {
    const NAMES: &[&str] = &[
        "ianuarie",
        "februarie",
        "martie",
        "aprilie",
        "mai",
        "iunie",
        "iulie",
        "august",
        "septembrie",
        "octombrie",
        "noiembrie",
        "decembrie",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "september",
        "october",
        "november",
        "december",
        "sept",
    ];
    word == beginning || (word.starts_with(beginning) && NAMES.contains(&word))
}

/// The month of a date such as `31.12.2023`.
fn day_month(text: &str) -> Option<u8> {
    let tight: Vec<&str> = text
        .split(|letter: char| !letter.is_ascii_digit() && !matches!(letter, '.' | '/'))
        .collect();
    tight.iter().find_map(|part| {
        let parts: Vec<&str> = part.split(['.', '/']).filter(|part| !part.is_empty()).collect();
        let [day, month, last] = parts.as_slice() else { return None };
        let (day, month): (u8, u8) = (day.parse().ok()?, month.parse().ok()?);
        let is_date = (1..=31).contains(&day) && (1..=12).contains(&month) && year(last).is_some();
        is_date.then_some(month)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn names(text: &str, year: u16, month: u8) {
        assert_eq!(Period::newest_in(text), Some(Period { year, month }), "{text}");
    }

    #[test]
    fn the_newest_year_of_a_text_is_found_with_its_month() {
        names("someri_localitati_decembrie_2023", 2023, 12);
        names("anul 2022 / anul 2023", 2023, 0);
        names("situatia la 31.12.2023", 2023, 12);
        names("pop2015", 2015, 0);
        names("cele mai vulnerabile comune in anul 2023", 2023, 0);
        names("beneficiari conform legii 416/2001, anul 2022", 2022, 0);
        assert_eq!(Period::newest_in("legea 416/2001"), None);
        assert_eq!(Period::newest_in("total 19000"), None);
        assert_eq!(Period::newest_in("marginalizate"), None);
    }

    #[test]
    fn later_months_are_newer() {
        let january = Period::newest_in("ianuarie 2023").unwrap();
        let march = Period::newest_in("martie 2023").unwrap();
        let year = Period::newest_in("2024").unwrap();
        assert!(january < march && march < year);
        assert_eq!((march.text(), year.text()), ("2023-03".to_owned(), "2024".to_owned()));
    }
}
