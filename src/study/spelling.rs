//! What is wrong with a word that serde does not know, in our wording.

pub(crate) use crate::spelling::{meant, nearest, suggest};

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serde_messages_are_reworded_with_a_suggestion() {
        let (message, hint) = reword("unknown variant `cout`, expected one of `count`, `rate`");
        assert_eq!(message, "unknown word `cout`");
        assert_eq!(hint.unwrap(), "did you mean `count`?");
        assert_eq!(reword("missing field `decimals`").0, "the key `decimals` is missing");
    }
}
