//! Ages as labels write them, and sums of ages that count nobody twice.

use super::labels::fold;

/// An age or a group of ages in completed years; open at the top when `to` is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ages {
    pub(super) from: u16,
    pub(super) to: Option<u16>,
}

impl Ages {
    fn is_single_year(self) -> bool {
        self.to == Some(self.from)
    }

    /// Whether some age lies in both.
    pub(super) fn overlaps(self, other: Self) -> bool {
        self.to.is_none_or(|to| other.from <= to) && other.to.is_none_or(|to| self.from <= to)
    }
}

/// The ages that a label of INS, or a range in a study, means: `0 ani`, `   0- 4 ani`, `1 an`,
/// `85 ani si peste`, `0-17`, `65+`.
pub(super) fn parse(label: &str) -> Option<Ages> {
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
pub(super) fn tile(wanted: Ages, labels: &[(usize, Ages)]) -> Option<Vec<usize>> {
    let mut sorted: Vec<(usize, Ages)> = labels
        .iter()
        .copied()
        .filter(|(_, ages)| ages.from >= wanted.from && ends_within(*ages, wanted))
        .collect();
    // Short groups are tried first; where they lead nowhere a longer one is.
    sorted.sort_by_key(|(_, ages)| (ages.from, ages.to.is_none(), ages.to, !ages.is_single_year()));
    let mut dead = std::collections::BTreeSet::new();
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

    fn ages(from: u16, to: u16) -> Ages {
        Ages { from, to: Some(to) }
    }

    #[test]
    fn labels_of_ages_are_understood() {
        for (label, expected) in [
            ("   0- 4 ani", ages(0, 4)),
            ("      0 ani", ages(0, 0)),
            ("1 an", ages(1, 1)),
            ("65-69 ani", ages(65, 69)),
            ("85 ani si peste", Ages { from: 85, to: None }),
            ("85 ani și peste", Ages { from: 85, to: None }),
            ("65+", Ages { from: 65, to: None }),
            ("0-17", ages(0, 17)),
        ] {
            assert_eq!(parse(label), Some(expected), "{label:?}");
        }
        for label in ["Total", "2024", "Anul 2024", "", "-", "17-0", "Masculin", "14 - x"] {
            assert_eq!(parse(label), None, "{label:?}");
        }
    }

    fn tiles(wanted: &str, labels: &[&str]) -> Option<Vec<String>> {
        let parsed: Vec<(usize, Ages)> = labels
            .iter()
            .enumerate()
            .filter_map(|(at, label)| parse(label).map(|ages| (at, ages)))
            .collect();
        let chosen = tile(parse(wanted).unwrap(), &parsed)?;
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
        assert!(ages(0, 4).overlaps(ages(4, 9)));
        assert!(!ages(0, 4).overlaps(ages(5, 9)));
        assert!(Ages { from: 85, to: None }.overlaps(ages(90, 95)));
        assert!(!Ages { from: 85, to: None }.overlaps(ages(80, 84)));
    }
}
