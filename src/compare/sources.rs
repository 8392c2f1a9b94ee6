//! What changed in what two runs were made from: program, inputs, study, methodology, programme.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::side::Side;
use crate::message::compare as message;
use crate::quality::Message;

/// The changes, a sentence each.
pub(crate) fn sources(a: &Side, b: &Side) -> Vec<Message> {
    let mut sentences = Vec::new();
    let text = |side: &Side, keys: &[&str]| -> String {
        let found = keys.iter().fold(&side.record, |value, key| &value[*key]);
        found.as_str().unwrap_or_default().to_owned()
    };
    for (what, keys) in [
        (message::VERSION, &["version"][..]),
        (message::METHODOLOGY, &["methodology", "id"]),
        (message::EDITION, &["methodology", "version"]),
        (message::SCORE, &["methodology", "score"]),
        (message::REGISTER, &["register", "id"]),
    ] {
        let (one, two) = (text(a, keys), text(b, keys));
        if one != two {
            sentences.push(message::other(what, &one, &two));
        }
    }
    sentences.extend(inputs(a, b));
    sentences.extend(measures(a, b));
    sentences.extend(files(a, b));
    sentences
}

fn inputs(a: &Side, b: &Side) -> Vec<Message> {
    let listed = |side: &Side| -> BTreeMap<String, String> {
        let inputs = side.record["inputs"].as_array().cloned().unwrap_or_default();
        let one = |input: &Value| {
            Some((input["path"].as_str()?.to_owned(), input["sha256"].as_str()?.to_owned()))
        };
        inputs.iter().filter_map(one).collect()
    };
    let (one, two) = (listed(a), listed(b));
    let paths: BTreeSet<&String> = one.keys().chain(two.keys()).collect();
    let changed = paths.into_iter().filter_map(|path| match (one.get(path), two.get(path)) {
        (Some(old), Some(new)) if old == new => None,
        (Some(_), Some(_)) => Some(message::other_bytes(path)),
        (Some(_), None) => Some(message::unread(path)),
        (None, _) => Some(message::new_input(path)),
    });
    changed.collect()
}

/// For each measure, how many areas have another value.
fn measures(a: &Side, b: &Side) -> Vec<Message> {
    let mut changed: BTreeMap<&str, (usize, String)> = BTreeMap::new();
    for ((measure, area), old) in &a.observed {
        let Some(new) = b.observed.get(&(measure.clone(), area.clone())) else { continue };
        if old != new {
            let entry = changed.entry(measure).or_default();
            entry.0 += 1;
            if entry.0 == 1 {
                entry.1 = format!("{area}: {old} -> {new}");
            }
        }
    }
    let sentences = changed.into_iter().map(|(measure, (count, first))| {
        let areas = Message::counted(count, ["area has", "areas have"], ["zonă are", "zone au"]);
        message::other_values(measure, &areas, &first)
    });
    sentences.collect()
}

/// The keys of study, methodology and programme files whose values differ.
fn files(a: &Side, b: &Side) -> Vec<Message> {
    if a.texts.is_empty() || b.texts.is_empty() {
        return digests(a, b);
    }
    let mut sentences = Vec::new();
    let names: BTreeSet<&String> = a.texts.keys().chain(b.texts.keys()).collect();
    for name in names {
        match (a.texts.get(name), b.texts.get(name)) {
            (Some(old), Some(new)) if old == new => {}
            (Some(old), Some(new)) => sentences.extend(keys(name, old, new)),
            (Some(_), None) => sentences.push(message::unused(name)),
            (None, _) => sentences.push(message::new_file(name)),
        }
    }
    sentences
}

/// Where only digests are known, which files are others.
fn digests(a: &Side, b: &Side) -> Vec<Message> {
    let listed = |side: &Side| -> BTreeMap<(String, String), String> {
        let files = side.record["files"].as_array().cloned().unwrap_or_default();
        let one = |file: &Value| {
            let key = (file["role"].as_str()?.to_owned(), file["name"].as_str()?.to_owned());
            Some((key, file["sha256"].as_str()?.to_owned()))
        };
        files.iter().filter_map(one).collect()
    };
    let (one, two) = (listed(a), listed(b));
    let all: BTreeSet<&(String, String)> = one.keys().chain(two.keys()).collect();
    let differs = all.into_iter().filter(|key| one.get(*key) != two.get(*key));
    differs.map(|(role, name)| message::other_file(&message::role(role), name)).collect()
}

fn keys(name: &str, old: &str, new: &str) -> Vec<Message> {
    let flat = |text: &str| {
        let mut found = BTreeMap::new();
        if let Ok(table) = text.parse::<toml::Table>() {
            flatten("", &toml::Value::Table(table), &mut found);
        }
        found
    };
    let (one, two) = (flat(old), flat(new));
    let all: BTreeSet<&String> = one.keys().chain(two.keys()).collect();
    let mut sentences: Vec<Message> = all
        .into_iter()
        .filter_map(|key| match (one.get(key), two.get(key)) {
            (a, b) if a == b => None,
            (Some(a), Some(b)) => Some(message::other_key(name, key, a, b)),
            (Some(a), None) => Some(message::key_gone(name, key, a)),
            (None, b) => Some(message::key_new(name, key, b.map_or("", String::as_str))),
        })
        .collect();
    if sentences.is_empty() {
        sentences.push(message::same_values(name));
    }
    sentences
}

/// Every value by its path; an entry of a list that has an id is named by it.
fn flatten(path: &str, value: &toml::Value, found: &mut BTreeMap<String, String>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                flatten(&path, value, found);
            }
        }
        toml::Value::Array(items) if items.iter().all(toml::Value::is_table) => {
            for (at, item) in items.iter().enumerate() {
                let id = item.get("id").and_then(toml::Value::as_str).map(str::to_owned);
                let id = id.unwrap_or_else(|| (at + 1).to_string());
                flatten(&format!("{path}[{id}]"), item, found);
            }
        }
        other => {
            found.insert(path.to_owned(), other.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_key_is_named_by_the_id_of_its_table() {
        let old = "[[indicator]]\nid = \"a\"\nsteps = [{ minmax = { to = [0, 100] } }]\n";
        let new =
            "[[indicator]]\nid = \"a\"\nsteps = [{ minmax = { to = [0, 10] } }]\nunit = \"%\"\n";
        let said = |old, new| -> Vec<String> {
            keys("m.toml", old, new).into_iter().map(|message| message.en).collect()
        };
        assert_eq!(
            said(old, new),
            [
                "m.toml: indicator[a].steps[1].minmax.to = [0, 100] -> [0, 10]",
                "m.toml: indicator[a].unit = \"%\" is new",
            ]
        );
        assert_eq!(
            said("a = 1", "a = 1 # why"),
            ["m.toml: other comments or spaces, the same values"]
        );
    }
}
