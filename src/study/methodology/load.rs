//! A methodology file and the ones it extends, loaded and not yet checked.

use super::super::bundled::{bundled_methodologies, bundled_methodology};
use super::super::layers::{Layer, Layered, Load};
use super::super::problem::Problems;

const KIND: Layered = Layered {
    word: "methodology",
    several: "methodologies",
    bundled: bundled_methodology,
    names: || bundled_methodologies().collect(),
};

/// A methodology with everything it extends, loaded and not yet checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Methodology {
    /// The file that was asked for first, then the one it extends, and so on.
    pub layers: Vec<Layer>,
}

impl Methodology {
    /// Loads a methodology by bundled name or path, and what it extends.
    ///
    /// A reference with a `/` or the ending `.toml` is a path and is read through `load`; a path
    /// in `extends` starts in the folder of the file that says it.
    pub fn load(reference: &str, load: &mut Load<'_>, problems: &mut Problems) -> Option<Self> {
        KIND.load(reference, load, problems).map(|layers| Self { layers })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extending_in_a_circle_is_refused() {
        let mut problems = Problems::new();
        let mut load = |path: &str| {
            let other = if path == "a.toml" { "b.toml" } else { "a.toml" };
            Ok(format!("[methodology]\nextends = \"{other}\"\n").into_bytes())
        };
        assert_eq!(Methodology::load("a.toml", &mut load, &mut problems), None);
        let said: Vec<_> = problems.iter().map(|p| p.message.as_str()).collect();
        assert_eq!(
            said,
            ["methodologies extend each other in a cycle: a.toml -> b.toml -> a.toml"]
        );
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_known_ones() {
        let mut problems = Problems::new();
        let mut load = |_: &str| Err("never asked".to_owned());
        assert_eq!(Methodology::load("icr", &mut load, &mut problems), None);
        let hint = problems.iter().next().unwrap().hint.clone().unwrap();
        assert!(hint.contains("`irc`"), "{hint}");
    }
}
