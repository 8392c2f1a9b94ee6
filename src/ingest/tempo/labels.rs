//! Which labels of a TEMPO dimension a study means by what it wrote; ages that no label has are put
//! together from those that fill them.

use std::collections::BTreeSet;

use super::dimensions::Dimension;
use crate::ingest::labels::fold;
use crate::message::ingest::{Refusal, tempo as message};
use crate::spelling::nearest;

/// The labels of one dimension that are summed, by position, without repetition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) labels: Vec<usize>,
    /// Ranges of ages that were put together, each with the labels that fill it.
    pub(super) tiled: Vec<(String, Vec<usize>)>,
    /// What the study wrote and the dimension does not have.
    pub(super) unknown: Vec<String>,
}

/// The labels that a study means. Labels are compared without case, diacritics and spaces; `2024`
/// also means `Anul 2024`; a range of ages that is no label is put together from labels that fill it
/// exactly.
///
/// # Errors
/// Ages that cannot be put together, and labels that would count something twice.
pub(super) fn choose(dimension: &Dimension, wanted: &[String]) -> Result<Choice, Refusal> {
    let mut choice = Choice::default();
    for text in wanted {
        if let Some(at) = label(dimension, text) {
            choice.labels.push(at);
            continue;
        }
        match tiles_of(dimension, text)? {
            Some(labels) => {
                choice.labels.extend(&labels);
                choice.tiled.push((text.clone(), labels));
            }
            None => choice.unknown.push(text.clone()),
        }
    }
    overlap(dimension, &choice.labels).map_or(Ok(choice), Err)
}

fn label(dimension: &Dimension, wanted: &str) -> Option<usize> {
    let wanted = fold(wanted);
    let same = |known: &String| *known == wanted || without_period(known) == wanted;
    let exact = dimension.folded.iter().position(|known| *known == wanted);
    exact.or_else(|| dimension.folded.iter().position(same)).or_else(|| {
        let meant = ages(&wanted)?;
        dimension.folded.iter().position(|known| ages(known) == Some(meant))
    })
}

/// A folded label without the word for its period: `anul 2024` is `2024`.
fn without_period(label: &str) -> &str {
    const PERIODS: [&str; 5] = ["anul scolar ", "anul ", "luna ", "trimestrul ", "semestrul "];
    PERIODS.iter().find_map(|word| label.strip_prefix(word)).unwrap_or(label)
}

fn tiles_of(dimension: &Dimension, wanted: &str) -> Result<Option<Vec<usize>>, Refusal> {
    let Some(range) = ages(wanted) else { return Ok(None) };
    let known: Vec<(usize, Ages)> = dimension
        .folded
        .iter()
        .enumerate()
        .filter_map(|(at, label)| ages(label).map(|ages| (at, ages)))
        .collect();
    if known.is_empty() {
        return Ok(None);
    }
    match tile(range, &known) {
        Some(labels) => Ok(Some(labels)),
        None => {
            let known = known.iter().map(|&(at, _)| dimension.labels[at].as_str());
            Err(message::ages_not_tiled(wanted, &dimension.name, known))
        }
    }
}

fn overlap(dimension: &Dimension, chosen: &[usize]) -> Option<Refusal> {
    for (position, &first) in chosen.iter().enumerate() {
        for &second in &chosen[position + 1..] {
            let total = |at: usize| dimension.folded[at].starts_with("total");
            let twice_aged = match (ages(&dimension.folded[first]), ages(&dimension.folded[second]))
            {
                (Some(a), Some(b)) => a.overlaps(b),
                _ => false,
            };
            if first == second || total(first) || total(second) || twice_aged {
                let [first, second] = [first, second].map(|at| dimension.labels[at].as_str());
                return Some(message::counted_twice(first, second, &dimension.name));
            }
        }
    }
    None
}

/// What to say about a label that no file has.
pub(super) fn unknown(name: &str, wanted: &str, labels: &[String]) -> Refusal {
    let near = nearest(wanted, labels.iter().map(String::as_str));
    message::unknown_label(name, wanted, near, labels)
}

/// An age or a group of ages in completed years; open at the top when `to` is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Ages {
    from: u16,
    to: Option<u16>,
}

impl Ages {
    fn is_single_year(self) -> bool {
        self.to == Some(self.from)
    }

    /// Whether some age lies in both.
    fn overlaps(self, other: Self) -> bool {
        self.to.is_none_or(|to| other.from <= to) && other.to.is_none_or(|to| self.from <= to)
    }
}

/// The ages that a label of INS, or a range in a study, means: `0 ani`, `   0- 4 ani`, `1 an`,
/// `85 ani si peste`, `0-17`, `65+`.
fn ages(label: &str) -> Option<Ages> {
    let folded = fold(label).replace(['–', '—'], "-");
    let text = folded.as_str();
    let open = ["si peste", "si mai mult", "+"].iter().find_map(|end| text.strip_suffix(end));
    let years = |text: &str| -> Option<u16> {
        let text = text.trim();
        let text = ["ani", "an"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text);
        let digits = text.trim();
        // `2024` is a year of the calendar, not an age.
        let sound = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        sound.then(|| digits.parse().ok()).flatten()
    };
    if let Some(start) = open {
        return years(start).map(|from| Ages { from, to: None });
    }
    if let Some((from, to)) = text.split_once('-') {
        let (from, to) = (years(from)?, years(to)?);
        return (from <= to).then_some(Ages { from, to: Some(to) });
    }
    years(text).map(|from| Ages { from, to: Some(from) })
}

/// Positions of labels whose ages fill the wanted range exactly, each age once, in the order of the
/// ages; single years before groups wherever both are there. `None` when they cannot.
fn tile(wanted: Ages, labels: &[(usize, Ages)]) -> Option<Vec<usize>> {
    let mut sorted: Vec<(usize, Ages)> = labels
        .iter()
        .copied()
        .filter(|(_, ages)| ages.from >= wanted.from && ends_within(*ages, wanted))
        .collect();
    // Short groups are tried first; where they lead nowhere a longer one is.
    sorted.sort_by_key(|(_, ages)| (ages.from, ages.to.is_none(), ages.to, !ages.is_single_year()));
    let mut dead = BTreeSet::new();
    let mut chosen: Vec<usize> = Vec::new();
    // A walk with one candidate position a level, so that no input can exhaust the stack.
    let mut tried: Vec<usize> = vec![0];
    loop {
        let start = chosen.last().map_or(Some(wanted.from), |&at| sorted[at].1.to.map(|to| to + 1));
        let done = match (start, wanted.to) {
            (None, None) => true,
            (Some(next), Some(last)) => next == last + 1,
            (None, Some(_)) | (Some(_), None) => false,
        };
        if done {
            return Some(chosen.into_iter().map(|at| sorted[at].0).collect());
        }
        let next = start.filter(|next| !dead.contains(next));
        let from = *tried.last()?;
        let candidate =
            next.and_then(|next| (from..sorted.len()).find(|&at| sorted[at].1.from == next));
        if let Some(at) = candidate {
            *tried.last_mut()? = at + 1;
            chosen.push(at);
            tried.push(0);
        } else {
            dead.extend(start);
            tried.pop();
            chosen.pop()?;
        }
    }
}

fn ends_within(ages: Ages, wanted: Ages) -> bool {
    match (ages.to, wanted.to) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(to), Some(last)) => to <= last,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dimension(labels: &[&str]) -> Dimension {
        Dimension {
            column: 1,
            name: "D".to_owned(),
            labels: labels.iter().map(|label| label.trim().to_owned()).collect(),
            folded: labels.iter().map(|label| fold(label)).collect(),
            of_row: Vec::new(),
        }
    }

    #[track_caller]
    fn chosen(labels: &[&str], wanted: &[&str], expected: &[usize]) {
        let wanted: Vec<String> = wanted.iter().map(|text| (*text).to_owned()).collect();
        let choice = choose(&dimension(labels), &wanted).unwrap();
        assert_eq!((choice.labels.as_slice(), choice.unknown.len()), (expected, 0));
    }

    #[track_caller]
    fn refused(labels: &[&str], wanted: &[&str]) {
        let wanted: Vec<String> = wanted.iter().map(|text| (*text).to_owned()).collect();
        assert!(choose(&dimension(labels), &wanted).is_err());
    }

    #[test]
    fn labels_are_found_as_people_write_them() {
        chosen(&["Anul 2023", "Anul 2024"], &["2024"], &[1]);
        chosen(&["Luna octombrie 2025"], &["octombrie 2025"], &[0]);
        chosen(&["Total ", "Masculin "], &["total"], &[0]);
        chosen(&["Învățământ primar"], &["invatamant  primar"], &[0]);
        chosen(&["   0- 4 ani", "   5- 9 ani"], &["0-4"], &[0]);
        chosen(&["Masculin", "Feminin"], &["Feminin", "Masculin"], &[1, 0]);
    }

    #[test]
    fn a_range_of_ages_is_put_together() {
        chosen(&["Total", "0-4 ani", "0 ani", "1 ani", "2 ani"], &["0-2"], &[2, 3, 4]);
        chosen(&["Total", "65-69 ani", "70 ani si peste"], &["65+"], &[1, 2]);
        refused(&["Total", "15-19 ani"], &["0-17"]);
    }

    #[test]
    fn nothing_is_counted_twice() {
        refused(&["Total", "Masculin"], &["Total", "Masculin"]);
        refused(&["0- 4 ani", "0 ani"], &["0-4", "0"]);
        refused(&["a", "b"], &["a", "A"]);
    }

    #[test]
    fn what_the_dimension_does_not_have_is_remembered() {
        let choice = choose(&dimension(&["Anul 2023"]), &["2025".to_owned()]).unwrap();
        assert_eq!(choice.unknown, ["2025"]);
        let refusal = unknown("Ani", "2025", &["Anul 2024".to_owned()]);
        assert_eq!(refusal.message.en, "`Ani` has no label `2025`");
    }

    fn years(from: u16, to: u16) -> Ages {
        Ages { from, to: Some(to) }
    }

    #[test]
    fn labels_of_ages_are_understood() {
        for (label, expected) in [
            ("   0- 4 ani", years(0, 4)),
            ("      0 ani", years(0, 0)),
            ("1 an", years(1, 1)),
            ("65-69 ani", years(65, 69)),
            ("85 ani si peste", Ages { from: 85, to: None }),
            ("85 ani și peste", Ages { from: 85, to: None }),
            ("65+", Ages { from: 65, to: None }),
            ("0-17", years(0, 17)),
        ] {
            assert_eq!(ages(label), Some(expected), "{label:?}");
        }
        for label in ["Total", "2024", "Anul 2024", "", "-", "17-0", "Masculin", "14 - x"] {
            assert_eq!(ages(label), None, "{label:?}");
        }
    }

    fn tiles(wanted: &str, labels: &[&str]) -> Option<Vec<String>> {
        let parsed: Vec<(usize, Ages)> = labels
            .iter()
            .enumerate()
            .filter_map(|(at, label)| ages(label).map(|ages| (at, ages)))
            .collect();
        let chosen = tile(ages(wanted).unwrap(), &parsed)?;
        Some(chosen.into_iter().map(|at| labels[at].to_owned()).collect())
    }

    #[test]
    fn single_years_come_before_groups() {
        let labels = ["Total", "0-4", "0", "1", "2", "3", "4", "5-9", "5", "6", "7", "8", "9"];
        assert_eq!(tiles("0-5", &labels).unwrap(), ["0", "1", "2", "3", "4", "5"]);
        assert_eq!(tiles("0-9", &labels).unwrap().len(), 10);
    }

    #[test]
    fn groups_are_taken_where_they_fill_the_range() {
        let labels = ["65-69", "70-74", "75-79", "80-84", "85 ani si peste", "Total"];
        assert_eq!(tiles("65+", &labels).unwrap(), &labels[..5]);
        let mixed = ["0-4", "5-9", "10-14", "15", "16", "17", "15-19"];
        assert_eq!(tiles("0-17", &mixed).unwrap(), &mixed[..6]);
    }

    #[test]
    fn a_short_start_that_leads_nowhere_gives_way_to_a_group() {
        let labels = ["0", "0-4", "5-9", "1-2"];
        assert_eq!(tiles("0-9", &labels).unwrap(), ["0-4", "5-9"]);
    }

    #[test]
    fn what_cannot_be_tiled_is_refused() {
        let groups = ["0-4", "5-9", "10-14", "15-19"];
        assert_eq!(tiles("0-17", &groups), None);
        assert_eq!(tiles("65+", &["65-69", "70-74"]), None);
        assert_eq!(tiles("0-9", &["0-4"]), None);
        assert_eq!(tiles("0-9", &[]), None);
    }

    #[test]
    fn overlapping_ages_are_seen() {
        assert!(years(0, 4).overlaps(years(4, 9)));
        assert!(!years(0, 4).overlaps(years(5, 9)));
        assert!(Ages { from: 85, to: None }.overlaps(years(90, 95)));
        assert!(!Ages { from: 85, to: None }.overlaps(years(80, 84)));
    }
}
