//! What changed in what two runs were made from: program, inputs, study, methodology, programme.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::side::Side;

/// The changes, a sentence each.
pub(crate) fn sources(a: &Side, b: &Side) -> Vec<String> {
    let mut sentences = Vec::new();
    let text = |side: &Side, keys: &[&str]| -> String {
        let found = keys.iter().fold(&side.record, |value, key| &value[*key]);
        found.as_str().unwrap_or_default().to_owned()
    };
    for (what, keys) in [
        ("program version", &["version"][..]),
        ("methodology", &["methodology", "id"]),
        ("methodology version", &["methodology", "version"]),
        ("score", &["methodology", "score"]),
        ("register", &["register", "id"]),
    ] {
        let (one, two) = (text(a, keys), text(b, keys));
        if one != two {
            sentences.push(format!("{what}: `{one}` -> `{two}`"));
        }
    }
    sentences.extend(inputs(a, b));
    sentences.extend(measures(a, b));
    sentences.extend(files(a, b));
    sentences
}

fn inputs(a: &Side, b: &Side) -> Vec<String> {
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
        (Some(_), Some(_)) => Some(format!("input `{path}`: other bytes")),
        (Some(_), None) => Some(format!("input `{path}`: no longer read")),
        (None, _) => Some(format!("input `{path}`: new")),
    });
    changed.collect()
}

/// For each measure, how many areas have another value.
fn measures(a: &Side, b: &Side) -> Vec<String> {
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
        let areas = if count == 1 { "area has" } else { "areas have" };
        format!("measure `{measure}`: {count} {areas} another value, first {first}")
    });
    sentences.collect()
}

/// The keys of study, methodology and programme files whose values differ.
fn files(a: &Side, b: &Side) -> Vec<String> {
    if a.texts.is_empty() || b.texts.is_empty() {
        return digests(a, b);
    }
    let mut sentences = Vec::new();
    let names: BTreeSet<&String> = a.texts.keys().chain(b.texts.keys()).collect();
    for name in names {
        match (a.texts.get(name), b.texts.get(name)) {
            (Some(old), Some(new)) if old == new => {}
            (Some(old), Some(new)) => sentences.extend(keys(name, old, new)),
            (Some(_), None) => sentences.push(format!("file `{name}`: no longer used")),
            (None, _) => sentences.push(format!("file `{name}`: new")),
        }
    }
    sentences
}

/// Where only digests are known, which files are others.
fn digests(a: &Side, b: &Side) -> Vec<String> {
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
    let sentences = differs.map(|(role, name)| {
        format!("{role} `{name}`: another file (compare bags or studies to see its keys)")
    });
    sentences.collect()
}

fn keys(name: &str, old: &str, new: &str) -> Vec<String> {
    let flat = |text: &str| {
        let mut found = BTreeMap::new();
        if let Ok(table) = text.parse::<toml::Table>() {
            flatten("", &toml::Value::Table(table), &mut found);
        }
        found
    };
    let (one, two) = (flat(old), flat(new));
    let all: BTreeSet<&String> = one.keys().chain(two.keys()).collect();
    let mut sentences: Vec<String> = all
        .into_iter()
        .filter_map(|key| match (one.get(key), two.get(key)) {
            (a, b) if a == b => None,
            (Some(a), Some(b)) => Some(format!("{name}: {key} = {a} -> {b}")),
            (Some(a), None) => Some(format!("{name}: {key} = {a} is gone")),
            (None, b) => Some(format!("{name}: {key} = {} is new", b.map_or("", String::as_str))),
        })
        .collect();
    if sentences.is_empty() {
        sentences.push(format!("{name}: other comments or spaces, the same values"));
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
        assert_eq!(
            keys("m.toml", old, new),
            [
                "m.toml: indicator[a].steps[1].minmax.to = [0, 100] -> [0, 10]",
                "m.toml: indicator[a].unit = \"%\" is new",
            ]
        );
        assert_eq!(
            keys("m.toml", "a = 1", "a = 1 # why"),
            ["m.toml: other comments or spaces, the same values"]
        );
    }
}
