//! The methodologies and programmes that come with the program, by name.

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

/// Names and texts of the bundled programmes, in the order in which they are listed.
const PROGRAMMES: &[(&str, &str)] = &[
    ("pms-800-2000", include_str!("../../data/programmes/pms-800-2000.toml")),
    ("sci-2000", include_str!("../../data/programmes/sci-2000.toml")),
    ("sci-2000-decided", include_str!("../../data/programmes/sci-2000-decided.toml")),
    ("sci-139", include_str!("../../data/programmes/sci-139.toml")),
    ("spas-350", include_str!("../../data/programmes/spas-350.toml")),
    ("county-profile", include_str!("../../data/programmes/county-profile.toml")),
];

/// The text of the bundled programme of that name.
pub fn bundled_programme(name: &str) -> Option<&'static str> {
    PROGRAMMES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// The names of the bundled programmes.
pub fn bundled_programmes() -> impl Iterator<Item = &'static str> + Clone {
    PROGRAMMES.iter().map(|(name, _)| *name)
}
