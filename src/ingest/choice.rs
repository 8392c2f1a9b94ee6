//! Which labels of a TEMPO dimension a study means by what it wrote.

use super::ages::{self, Ages};
use super::dimensions::Dimension;
use super::labels::{did_you_mean, fold, list, nearest};
use crate::quality::{Message, message};

/// The labels of one dimension that are summed, by position, without repetition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) labels: Vec<usize>,
    /// Ranges of ages that were put together, each with the labels that fill it.
    pub(super) tiled: Vec<(String, Vec<usize>)>,
    /// What the study wrote and the dimension does not have.
    pub(super) unknown: Vec<String>,
}

/// Why labels cannot be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) message: Message,
    pub(super) hint: Message,
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
        match ages_of(dimension, text)? {
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
        let meant = ages::parse(&wanted)?;
        dimension.folded.iter().position(|known| ages::parse(known) == Some(meant))
    })
}

/// A folded label without the word for its period: `anul 2024` is `2024`.
fn without_period(label: &str) -> &str {
    const PERIODS: [&str; 5] = ["anul scolar ", "anul ", "luna ", "trimestrul ", "semestrul "];
    PERIODS.iter().find_map(|word| label.strip_prefix(word)).unwrap_or(label)
}

fn ages_of(dimension: &Dimension, wanted: &str) -> Result<Option<Vec<usize>>, Refusal> {
    let Some(range) = ages::parse(wanted) else { return Ok(None) };
    let known: Vec<(usize, Ages)> = dimension
        .folded
        .iter()
        .enumerate()
        .filter_map(|(at, label)| ages::parse(label).map(|ages| (at, ages)))
        .collect();
    if known.is_empty() {
        return Ok(None);
    }
    match ages::tile(range, &known) {
        Some(labels) => Ok(Some(labels)),
        None => Err(Refusal {
            message: message!(
                "the ages `{wanted}` cannot be put together from the labels of `{name}` without \
                 gaps or overlaps",
                "vârstele `{wanted}` nu se pot alcătui din etichetele dimensiunii `{name}` fără \
                 goluri sau suprapuneri",
                name = &dimension.name,
            ),
            hint: message!(
                "export single years of age, or choose a range that these fill: {labels}",
                "exportați vârstele an cu an sau alegeți un interval pe care îl umplu: {labels}";
                labels = list(known.iter().map(|&(at, _)| dimension.labels[at].as_str()), 30),
            ),
        }),
    }
}

fn overlap(dimension: &Dimension, chosen: &[usize]) -> Option<Refusal> {
    let name = |at: usize| dimension.labels[at].as_str();
    let refuse = |first: usize, second: usize| Refusal {
        message: message!(
            "`{first}` and `{second}` of `{dimension}` would count something twice",
            "`{first}` și `{second}` din `{dimension}` ar număra ceva de două ori",
            first = name(first),
            second = name(second),
            dimension = &dimension.name,
        ),
        hint: message!(
            "choose labels that have nothing in common",
            "alegeți etichete care nu au nimic în comun",
        ),
    };
    for (position, &first) in chosen.iter().enumerate() {
        for &second in &chosen[position + 1..] {
            let total = |at: usize| dimension.folded[at].starts_with("total");
            let twice_aged = match (
                ages::parse(&dimension.folded[first]),
                ages::parse(&dimension.folded[second]),
            ) {
                (Some(a), Some(b)) => a.overlaps(b),
                _ => false,
            };
            if first == second || total(first) || total(second) || twice_aged {
                return Some(refuse(first, second));
            }
        }
    }
    None
}

/// What to say about a label that no file has.
pub(super) fn unknown(name: &str, wanted: &str, labels: &[String]) -> Refusal {
    let known = labels.iter().map(String::as_str);
    let all = message!(
        "the labels are {all}",
        "etichetele sunt {all}";
        all = list(known.clone(), 20),
    );
    Refusal {
        message: message!(
            "`{name}` has no label `{wanted}`",
            "`{name}` nu are eticheta `{wanted}`"
        ),
        hint: did_you_mean(nearest(wanted, known), all),
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
}
