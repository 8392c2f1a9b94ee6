//! Names of files that every system can hold, and those that a bag may not have.

use crate::language::Words;
use crate::message::archive as message;

/// The longest name of a file or folder.
const LONGEST: usize = 100;

/// Names that Windows keeps for devices, whatever the extension.
const RESERVED: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// A safe name for the file of that path, made unique by its number: lower case ASCII letters,
/// digits, `.`, `-` and `_`.
pub(super) fn safe(number: usize, path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let mut safe = String::new();
    for letter in name.chars() {
        let plain = unicode_normalization::char::is_combining_mark;
        unicode_normalization::char::decompose_canonical(letter, |part| {
            if part.is_ascii_alphanumeric() || matches!(part, '.' | '-' | '_') {
                safe.push(part.to_ascii_lowercase());
            } else if !plain(part) && !safe.ends_with('-') {
                safe.push('-');
            }
        });
    }
    let safe = safe.trim_matches(['.', '-']);
    let start = safe.len().saturating_sub(LONGEST - 8);
    format!("{number:03}-{}", &safe[start..])
}

/// Why a path may not stand in a bag; `None` when it may.
pub(super) fn fault(path: &str) -> Option<Words> {
    if path.starts_with('/') || path.contains('\\') || path.contains(':') {
        return Some(message::ABSOLUTE);
    }
    for part in path.split('/') {
        let stem = part.split('.').next().unwrap_or(part).to_ascii_lowercase();
        if part == ".." || part == "." || part.is_empty() {
            return Some(message::LEAVES);
        }
        if part.len() > LONGEST {
            return Some(message::LONG);
        }
        if !part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_')) {
            return Some(message::LETTERS);
        }
        if part.ends_with('.') {
            return Some(message::DOT);
        }
        if RESERVED.contains(&stem.as_str()) {
            return Some(message::DEVICE);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_becomes_safe() {
        let safe_names = [safe(1, "inputs/Șomeri – județ.xlsx"), safe(2, "con"), safe(3, "../..")];
        assert_eq!(safe_names, ["001-someri-judet.xlsx", "002-con", "003-"]);
        for name in safe_names {
            assert_eq!(fault(&name), None, "{name}");
        }
        assert!(fault(&safe(4, &"ă".repeat(300))).is_none());
    }

    #[test]
    fn a_name_that_escapes_or_collides_with_a_system_is_refused() {
        for path in
            ["../a", "/a", "a/../b", "C:/a", "a\\b", "a//b", "nul.csv", "Aux", "a.", "ș", "a b"]
        {
            assert!(fault(path).is_some(), "{path}");
        }
        assert_eq!(fault("data/run/tables/index.csv"), None);
    }
}
