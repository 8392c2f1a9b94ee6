//! A programme laid over the one it extends, key by key.

use std::collections::BTreeMap;

use super::super::fields::{Fields, report_twice};
use super::super::problem::{Problems, Spot};
use super::super::shapes::relative_path;

/// The tables of a programme that stand once.
const TABLES: [(&str, &str); 10] = [
    ("programme", "`[programme]`"),
    ("eligible", "`[eligible]`"),
    ("order", "`[order]`"),
    ("budget", "`[budget]`"),
    ("unions", "`[unions]`"),
    ("reserve", "`[reserve]`"),
    ("decisions", "`[decisions]`"),
    ("effort", "`[effort]`"),
    ("boundary", "`[boundary]`"),
    ("capacity", "`[capacity]`"),
];

/// The tables of all layers, laid over each other.
pub(super) struct Merged<'t> {
    tables: BTreeMap<&'static str, Fields<'t>>,
    pub(super) phases: Vec<Fields<'t>>,
    pub(super) envelopes: Vec<Fields<'t>>,
    pub(super) resources: Vec<Fields<'t>>,
    pub(super) top: Spot,
}

impl<'t> Merged<'t> {
    /// Whether one of the tables that stand once is there.
    pub(super) fn has(&self, key: &str) -> bool {
        self.tables.contains_key(key)
    }

    /// Takes one of the tables that stand once.
    pub(super) fn take(&mut self, key: &str) -> Option<Fields<'t>> {
        self.tables.remove(key)
    }
}

/// Lays the layers over each other, the extended ones first. Phases, envelopes and
/// resources of the same id are replaced key by key, others added.
pub(super) fn merge<'t>(roots: Vec<Fields<'t>>, problems: &mut Problems) -> Option<Merged<'t>> {
    let mut merged: Option<Merged<'t>> = None;
    let last = roots.len().checked_sub(1)?;
    for (at, mut root) in roots.into_iter().enumerate() {
        let mut layer = Merged {
            tables: BTreeMap::new(),
            phases: Vec::new(),
            envelopes: Vec::new(),
            resources: Vec::new(),
            top: root.at(),
        };
        for (key, name) in TABLES {
            if let Some(table) = root.table(key, name, problems) {
                layer.tables.insert(key, table);
            }
        }
        if let Some(mut head) = layer.tables.remove("programme") {
            head.optional("extends", relative_path, problems);
            if at == last && at > 0 && !head.has("id") {
                head.missing("id", problems);
            }
            layer.tables.insert("programme", head.without(&["extends"]));
        }
        layer.phases = root.tables("phase", "`[[phase]]`", problems);
        layer.envelopes = root.tables("envelope", "`[[envelope]]`", problems);
        layer.resources = root.tables("resource", "`[[resource]]`", problems);
        for list in [&layer.phases, &layer.envelopes, &layer.resources] {
            report_twice(list, problems);
        }
        if !root.has("programme") && at == last {
            root.missing("programme", problems);
        }
        root.finish(problems);
        merged = Some(match merged {
            None => layer,
            Some(below) => below.under(layer),
        });
    }
    merged
}

impl Merged<'_> {
    fn under(mut self, above: Self) -> Self {
        for (key, table) in above.tables {
            let table = match self.tables.remove(key) {
                Some(below) => below.overlaid(table),
                None => table,
            };
            self.tables.insert(key, table);
        }
        self.phases = lists(self.phases, above.phases);
        self.envelopes = lists(self.envelopes, above.envelopes);
        self.resources = lists(self.resources, above.resources);
        self.top = above.top;
        self
    }
}

fn lists<'t>(mut below: Vec<Fields<'t>>, above: Vec<Fields<'t>>) -> Vec<Fields<'t>> {
    for entry in above {
        let name = entry.text_of("id");
        match below.iter().position(|known| name.is_some() && known.text_of("id") == name) {
            Some(at) => below[at] = below[at].clone().overlaid(entry),
            None => below.push(entry),
        }
    }
    below
}
