//! Which known word a person probably meant.

/// The known word nearest to `word`, when it is near enough to be a slip.
///
/// Letters are compared without case and with `-` and `_` alike; a slip is an optimal string
/// alignment distance of at most a third of the word's length (at least one), or a word that is
/// the beginning or the end of a known one. Of equally near words the first given wins.
pub(crate) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let folded = fold(word);
    let allowed = (folded.chars().count() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in known {
        let other = fold(candidate);
        let mut distance = strsim::osa_distance(&folded, &other);
        if folded.chars().count() >= 3 && (other.starts_with(&folded) || other.ends_with(&folded)) {
            distance = distance.min(allowed);
        }
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Asks whether the nearest known word was meant.
pub(crate) fn meant<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<String> {
    nearest(word, known).map(|meant| format!("did you mean `{meant}`?"))
}

/// The hint for an unknown word: the one probably meant, else the known ones when they are few.
pub fn suggest<'k>(word: &str, known: impl IntoIterator<Item = &'k str> + Clone) -> Option<String> {
    if let Some(hint) = meant(word, known.clone()) {
        return Some(hint);
    }
    let all: Vec<&str> = known.into_iter().collect();
    match all.len() {
        0 => None,
        1..=24 => Some(format!("known here: {}", list(all))),
        more => Some(format!("known here: {} and {} more", list(all[..16].to_vec()), more - 16)),
    }
}

/// Words in backticks, with commas.
pub(crate) fn list<'k>(words: impl IntoIterator<Item = &'k str>) -> String {
    words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// Turns a message of a serde error into our wording, with a hint where it lists what is known.
pub(crate) fn reword(message: &str) -> (String, Option<String>) {
    let message = message.lines().next().unwrap_or_default();
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let (Some(&word), known) = (quoted.first(), quoted.get(1..).unwrap_or_default()) else {
        return (message.to_owned(), None);
    };
    let reworded = if message.starts_with("unknown variant") {
        format!("unknown word `{word}`")
    } else if message.starts_with("unknown field") || message.starts_with("unexpected key") {
        format!("unknown key `{word}`")
    } else if message.starts_with("missing field") {
        return (format!("the key `{word}` is missing"), None);
    } else {
        return (message.to_owned(), None);
    };
    (reworded, suggest(word, known.iter().copied()))
}

fn fold(word: &str) -> String {
    word.to_lowercase().replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn serde_messages_are_reworded_with_a_suggestion() {
        let (message, hint) = reword("unknown variant `cout`, expected one of `count`, `rate`");
        assert_eq!(message, "unknown word `cout`");
        assert_eq!(hint.unwrap(), "did you mean `count`?");
        assert_eq!(reword("missing field `decimals`").0, "the key `decimals` is missing");
    }
}
