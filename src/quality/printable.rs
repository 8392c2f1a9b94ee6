//! Text of a file as it may be shown in a terminal.

/// The text without what could steer a terminal: control characters and marks that turn the
/// direction of writing become `�`.
pub fn printable(text: &str) -> String {
    let steers =
        |c: char| c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if steers(c) { '\u{FFFD}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_replaced() {
        assert_eq!(printable("a\u{1b}[31m\u{202e}ț"), "a\u{FFFD}[31m\u{FFFD}ț");
    }
}
