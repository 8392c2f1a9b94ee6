//! The methodologies, programmes and files of doubts that come with the program: by name, and as
//! `methods list` shows them.

use serde::Serialize;

use crate::language::Language;

/// Names and texts of the bundled methodologies, in the order in which they are listed.
const METHODOLOGIES: &[(&str, &str)] = &[
    ("irc", include_str!("../../data/methodologies/irc.toml")),
    ("irc-rural", include_str!("../../data/methodologies/irc-rural.toml")),
    ("irc-goalposts", include_str!("../../data/methodologies/irc-goalposts.toml")),
    ("irc-vmi", include_str!("../../data/methodologies/irc-vmi.toml")),
];

/// The text of the bundled methodology of that name.
pub(crate) fn bundled_methodology(name: &str) -> Option<&'static str> {
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
pub(crate) fn bundled_programme(name: &str) -> Option<&'static str> {
    PROGRAMMES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// The names of the bundled programmes.
pub(crate) fn bundled_programmes() -> impl Iterator<Item = &'static str> + Clone {
    PROGRAMMES.iter().map(|(name, _)| *name)
}

/// Names and texts of the bundled files of doubts, in the order in which they are listed.
const ROBUSTNESS: &[(&str, &str)] = &[
    ("irc-robust", include_str!("../../data/robustness/irc-robust.toml")),
    ("irc-rural-robust", include_str!("../../data/robustness/irc-rural-robust.toml")),
    ("irc-vmi-robust", include_str!("../../data/robustness/irc-vmi-robust.toml")),
];

/// The text of the bundled file of doubts of that name.
pub(crate) fn bundled_robustness(name: &str) -> Option<&'static str> {
    ROBUSTNESS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// The names of the bundled files of doubts.
pub(crate) fn bundled_robustnesses() -> impl Iterator<Item = &'static str> + Clone {
    ROBUSTNESS.iter().map(|(name, _)| *name)
}

/// A file that comes with the program, by the head it carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bundled {
    /// The name by which a study or `extends` takes it.
    pub name: &'static str,
    /// `methodology`, `programme` or `robustness`: the table that is its head.
    pub kind: &'static str,
    /// What it is called.
    pub title: String,
    /// Its version; empty where it has none.
    pub version: String,
    /// `illustrative` or `adopted`; empty where it does not say.
    pub status: String,
    /// What it extends.
    pub extends: Option<String>,
}

/// The bundled methodologies, programmes and files of doubts in their order, titles in that language.
pub fn bundled_heads(language: Language) -> Vec<Bundled> {
    let methodologies = bundled_methodologies().map(|name| ("methodology", name));
    let programmes = bundled_programmes().map(|name| ("programme", name));
    let doubts = bundled_robustnesses().map(|name| ("robustness", name));
    let all = methodologies.chain(programmes).chain(doubts);
    all.filter_map(|(kind, name)| head(kind, name, language)).collect()
}

/// The text of the bundled methodology, programme or file of doubts of that name.
pub fn bundled_text(name: &str) -> Option<&'static str> {
    bundled_methodology(name)
        .or_else(|| bundled_programme(name))
        .or_else(|| bundled_robustness(name))
}

/// What the head of a bundled file says, with what it leaves to the one it extends.
fn head(kind: &'static str, name: &'static str, language: Language) -> Option<Bundled> {
    let document: toml::Table = bundled_text(name)?.parse().ok()?;
    let head = document.get(kind)?.as_table()?;
    let text = |key: &str| head.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    let extends = text("extends");
    let base = extends.as_deref().and_then(|base| {
        let programmes = bundled_programmes().chain(bundled_robustnesses());
        let mut names = bundled_methodologies().chain(programmes);
        let base = names.find(|known| *known == base && *known != name)?;
        self::head(kind, base, language)
    });
    let inherited = |of: fn(Bundled) -> String| base.clone().map(of);
    let title = match head.get("title") {
        Some(toml::Value::Table(both)) => {
            let key = match language {
                Language::Ro => "ro",
                Language::En => "en",
            };
            both.get(key).and_then(toml::Value::as_str).map(str::to_owned)
        }
        Some(other) => other.as_str().map(str::to_owned),
        None => inherited(|base| base.title),
    };
    Some(Bundled {
        name,
        kind,
        title: title.unwrap_or_else(|| name.to_owned()),
        version: text("version").or_else(|| inherited(|base| base.version)).unwrap_or_default(),
        status: text("status").or_else(|| inherited(|base| base.status)).unwrap_or_default(),
        extends,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bundled_file_has_a_head() {
        let listed = bundled_heads(Language::En);
        let programmes = bundled_programmes().chain(bundled_robustnesses());
        assert_eq!(listed.len(), bundled_methodologies().count() + programmes.count());
        assert!(listed.iter().all(|it| !it.title.is_empty() && it.status == "illustrative"));
        let vmi = listed.iter().find(|it| it.name == "irc-vmi").unwrap();
        assert_eq!(vmi.extends.as_deref(), Some("irc"));
        assert_eq!(bundled_heads(Language::Ro)[0].title, "Indicele de risc comunitar");
    }
}
