//! The methodologies that come with the program, by name.

/// Names and texts of the bundled methodologies, in the order in which they are listed.
const METHODOLOGIES: &[(&str, &str)] = &[
    ("irc", include_str!("../../data/methodologies/irc.toml")),
    ("irc-vmi", include_str!("../../data/methodologies/irc-vmi.toml")),
];

/// The text of the bundled methodology of that name.
pub fn bundled_methodology(name: &str) -> Option<&'static str> {
    METHODOLOGIES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// The names of the bundled methodologies.
pub fn bundled_methodologies() -> impl Iterator<Item = &'static str> + Clone {
    METHODOLOGIES.iter().map(|(name, _)| *name)
}
