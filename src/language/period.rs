//! The year and the month that a text names, so that of two tables the newer is taken.

/// A year, perhaps with its month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Period {
    pub(crate) year: u16,
    /// From 1; 0 where only the year is named.
    pub(crate) month: u8,
}

/// The months as files write them, folded: their names in Romanian and English, and the letters that
/// stand for them.
const MONTHS: [&[&str]; 12] = [
    &["ianuarie", "ian", "january", "jan"],
    &["februarie", "february", "feb"],
    &["martie", "march", "mar"],
    &["aprilie", "april", "apr"],
    &["mai", "may"],
    &["iunie", "iun", "june", "jun"],
    &["iulie", "iul", "july", "jul"],
    &["august", "aug"],
    &["septembrie", "september", "sept", "sep"],
    &["octombrie", "october", "oct", "okt"],
    &["noiembrie", "noi", "november", "nov"],
    &["decembrie", "december", "dec"],
];

/// The number of the month that a folded word names, from 1.
pub(crate) fn month(word: &str) -> Option<u8> {
    let at = MONTHS.iter().position(|names| names.contains(&word))?;
    u8::try_from(at + 1).ok()
}

impl Period {
    /// The newest year that a folded text names, with its month where the text names one. The year of
    /// an act (`416/2001`) is none.
    pub(crate) fn newest_in(text: &str) -> Option<Self> {
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
        let (at, _) = words[position];
        let month = near.or_else(|| day_month(text)).or_else(|| month_before(text, at));
        Some(Self { year, month: month.unwrap_or(0) })
    }

    /// As `reference` writes it: `2023`, `2023-12`.
    pub(crate) fn text(self) -> String {
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

/// The month that stands as a number before the year at that place, as in `03.2024`.
fn month_before(text: &str, at: usize) -> Option<u8> {
    let before = text[..at].strip_suffix(['.', '-', '_'])?;
    let rest = before.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let stands_alone = !rest.ends_with(char::is_alphanumeric);
    let month = before[rest.len()..].parse().ok()?;
    (stands_alone && (1..=12).contains(&month)).then_some(month)
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
        names("anul 2021-2022", 2022, 0);
        names("03.2024", 2024, 3);
        names("dec. 2023", 2023, 12);
        names("cele mai vulnerabile comune in anul 2023", 2023, 0);
        names("beneficiari conform legii 416/2001, anul 2022", 2022, 0);
        assert_eq!(Period::newest_in("legea 416/2001"), None);
        assert_eq!(Period::newest_in("total 19000"), None);
        assert_eq!(Period::newest_in("foaia1"), None);
        assert_eq!(Period::newest_in("sheet 12"), None);
        assert_eq!(Period::newest_in("marginalizate"), None);
    }

    #[test]
    fn a_month_is_known_by_its_name_and_by_the_letters_that_stand_for_it() {
        let known = ["ianuarie", "feb", "march", "sept", "noi"].map(month);
        assert_eq!(known, [Some(1), Some(2), Some(3), Some(9), Some(11)]);
        assert_eq!(["marginalizate", "decizie", ""].map(month), [None; 3]);
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
