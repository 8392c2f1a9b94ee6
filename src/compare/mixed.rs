//! A run that is made with some of the changes between two sides and without the others.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

use toml::{Table, Value};

use super::side::Side;
use crate::archive::BagInputs;
use crate::index::{Graph, Memo, TraceMode, Variant, evaluate};
use crate::ingest::{Inputs, ReadLimits};
use crate::run::{self, NamedBytes, Prepared, Request, RunError, Wanted};
use crate::study::bundled_text;
use crate::watch::{Interrupted, Watch};

/// The head table of a methodology.
const HEAD: &str = "methodology";

/// A change between two sides that a run can be made with or without.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Change {
    /// What was read from the inputs, and what the study leaves out.
    Inputs,
    /// The methodology as a whole.
    Methodology,
    /// An entry of the methodology file: its table, and its id where it has one.
    Entry(String, Option<String>),
}

impl Change {
    /// What messages call it.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Inputs => "inputs".to_owned(),
            Self::Methodology => HEAD.to_owned(),
            Self::Entry(table, None) => format!("{HEAD}: {table}"),
            Self::Entry(table, Some(id)) => format!("{HEAD}: {table}[{id}]"),
        }
    }
}

/// The score of each unit that has one, by code.
pub(super) type Scores = BTreeMap<String, f64>;

/// Two sides of which everything that their runs read is known.
pub(super) struct Mixed<'a> {
    sides: [(&'a Side, &'a BagInputs); 2],
    studies: [Table; 2],
    /// What the study of each side gives, read once; `None` where it gives nothing to compute from.
    prepared: [OnceCell<Option<Prepared>>; 2],
}

impl<'a> Mixed<'a> {
    /// `None` where a side is a run folder, which does not hold what its run read.
    pub(super) fn new(a: &'a Side, b: &'a Side) -> Option<Self> {
        let sides = [(a, a.bag.as_ref()?), (b, b.bag.as_ref()?)];
        let study = |bag: &BagInputs| text(&bag.study.bytes).parse().ok();
        let studies = [study(sides[0].1)?, study(sides[1].1)?];
        Some(Self { sides, studies, prepared: [OnceCell::new(), OnceCell::new()] })
    }

    /// The changes, the methodology as a whole.
    pub(super) fn coarse(&self) -> Vec<Change> {
        let inputs = self.inputs().then_some(Change::Inputs);
        let [one, two] = [0, 1].map(|side| self.digests(side));
        inputs.into_iter().chain((one != two).then_some(Change::Methodology)).collect()
    }

    /// The changes, the methodology entry by entry; `None` where the two files do not rest on the
    /// same ones.
    pub(super) fn fine(&self) -> Option<Vec<Change>> {
        let [one, two] = self.tables()?;
        let (one, two) = (entries(&one), entries(&two));
        let keys: BTreeSet<_> = one.keys().chain(two.keys()).collect();
        let changed = keys.into_iter().filter(|key| {
            let bare = |from: &BTreeMap<_, Value>| from.get(*key).map(essence);
            !matches!(key.0.as_str(), "output" | "summary") && bare(&one) != bare(&two)
        });
        let entries = changed.map(|(table, id)| Change::Entry(table.clone(), id.clone()));
        Some(self.inputs().then_some(Change::Inputs).into_iter().chain(entries).collect())
    }

    /// The scores with these changes made and no others; `None` where that gives no index, because
    /// the one side's methodology cannot stand on the other's data or entries.
    pub(super) fn scores(
        &self,
        made: &[&Change],
        terms: &ReadLimits,
        watch: &dyn Watch,
    ) -> Result<Option<Scores>, Interrupted> {
        let data = usize::from(made.contains(&&Change::Inputs));
        let Some(prepared) = self.prepared(data, terms, watch)? else { return Ok(None) };
        let rules = usize::from(made.contains(&&Change::Methodology));
        let entries = made.iter().any(|change| matches!(change, Change::Entry(..)));
        let mixed = if entries { self.tables().map(|tables| mix(&tables, made)) } else { None };
        let name = self.reference(if entries { 1 } else { rules });
        let name = if entries { beside(&name) } else { name };
        let load = |path: &str| {
            if let Some(mixed) = mixed.as_ref().filter(|_| path == name) {
                return Ok(mixed.to_string().into_bytes());
            }
            self.sibling(path, if entries || rules == 1 { [1, 0] } else { [0, 1] })
        };
        let file = &self.sides[data].1.study.name;
        let Some(method) = run::other_method(prepared, file, &name, &load) else {
            return Ok(None);
        };
        let (register, observations) = (&prepared.register, &prepared.reading.observations);
        let graph = Graph::new(&method, register, observations);
        let evaluation = evaluate(&graph, &Variant::default(), &mut Memo::default());
        let scores = method.headline().map(|score| {
            let codes = register.codes().iter().enumerate();
            let column = evaluation.value(score);
            codes.filter_map(|(at, code)| Some((code.clone(), column.value(at)?))).collect()
        });
        Ok(scores)
    }

    /// What the study of a side gives to compute from.
    fn prepared(
        &self,
        side: usize,
        terms: &ReadLimits,
        watch: &dyn Watch,
    ) -> Result<Option<&Prepared>, Interrupted> {
        if let Some(known) = self.prepared[side].get() {
            return Ok(known.as_ref());
        }
        let inputs = Inputs::Held(self.sides[side].1.inputs.clone()).under(terms.clone());
        let order = [side, 1 - side];
        let request = Request {
            study: self.study(side),
            methodology: Some(self.reference(side)),
            programme: None,
            doubts: None,
            inputs: &inputs,
            beside: &|path| self.sibling(path, order),
            trace: TraceMode::Drop,
        };
        let prepared = match run::prepare(&request, Wanted::INDEX, watch) {
            Ok(prepared) => Some(prepared).filter(|it| it.reading.is_complete()),
            Err(RunError::Interrupted(interrupted)) => return Err(interrupted),
            Err(_) => None,
        };
        Ok(self.prepared[side].get_or_init(|| prepared).as_ref())
    }

    /// A file beside the study, from the first side in that order that holds it.
    fn sibling(&self, path: &str, order: [usize; 2]) -> io::Result<Vec<u8>> {
        let held = order.iter().find_map(|&side| self.sides[side].1.beside.get(path));
        let absent = || io::Error::new(io::ErrorKind::NotFound, "neither side holds it");
        held.map(|bytes| bytes.to_vec()).ok_or_else(absent)
    }

    /// Whether something else was read, or left out.
    fn inputs(&self) -> bool {
        let [one, two] = &self.studies;
        let omit = |study: &Table| study.get("study").and_then(|it| it.get("omit")).cloned();
        self.sides[0].0.read != self.sides[1].0.read || omit(one) != omit(two)
    }

    /// The study without what speaks of its own rules only.
    fn study(&self, side: usize) -> NamedBytes {
        let mut study = self.studies[side].clone();
        study.remove("adopted");
        if let Some(head) = study.get_mut("study").and_then(Value::as_table_mut) {
            // the programme may be what names the methodology
            head.insert(HEAD.to_owned(), self.reference(side).into());
            head.remove("programme");
        }
        let name = self.sides[side].1.study.name.clone();
        NamedBytes { name, bytes: study.to_string().into_bytes() }
    }

    /// The name or path of a side's methodology: the first of its files.
    fn reference(&self, side: usize) -> String {
        let files = self.sides[side].0.record["files"].as_array();
        let first = files.into_iter().flatten().find(|file| file["role"] == HEAD);
        first.and_then(|file| file["name"].as_str()).unwrap_or_default().to_owned()
    }

    /// The digests of a methodology and of the files it extends.
    fn digests(&self, side: usize) -> Vec<String> {
        let files = self.sides[side].0.record["files"].as_array().cloned().unwrap_or_default();
        let of_method = files.iter().filter(|file| file["role"] == HEAD);
        of_method.map(|file| file["sha256"].to_string()).collect()
    }

    /// The two methodology files, where both rest on the same ones: on none, on the same ones, or the
    /// second on the first.
    fn tables(&self) -> Option<[Table; 2]> {
        let read = |side: usize| -> Option<Table> {
            let name = self.reference(side);
            let held = self.sides[side].1.beside.get(&name).map(|bytes| text(bytes));
            held.or_else(|| bundled_text(&name).map(str::to_owned))?.parse().ok()
        };
        let [one, two] = [read(0)?, read(1)?];
        let extends = |table: &Table| Some(table.get(HEAD)?.get("extends")?.as_str()?.to_owned());
        let [below, above] = [self.digests(0), self.digests(1)];
        if extends(&two).is_some() && above.get(1..) == Some(&below[..]) {
            return Some([head_alone(&two).into_iter().collect(), two]);
        }
        let same = extends(&one) == extends(&two) && below.get(1..) == above.get(1..);
        same.then_some([one, two])
    }
}

/// The head of a methodology without what in it reaches a score: what stands below it, unchanged.
fn head_alone(table: &Table) -> Option<(String, Value)> {
    let mut head = table.get(HEAD)?.as_table()?.clone();
    for key in ["over", "omit", "period", "headline"] {
        head.remove(key);
    }
    Some((HEAD.to_owned(), head.into()))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A name in the same folder that no file has.
fn beside(reference: &str) -> String {
    let folder = reference.rsplit_once('/').map_or(String::new(), |(it, _)| format!("{it}/"));
    format!("{folder}the methodology of both.toml")
}

type Entries = BTreeMap<(String, Option<String>), Value>;

/// The entries of a file: of a list of tables with ids each one, else the whole value.
fn entries(table: &Table) -> Entries {
    let mut found = Entries::new();
    for (key, value) in table {
        match identified(value) {
            Some(items) => found.extend(
                items.into_iter().map(|(id, item)| ((key.clone(), Some(id)), item.clone())),
            ),
            None => drop(found.insert((key.clone(), None), value.clone())),
        }
    }
    found
}

/// The items of a list of tables, when each has an id.
fn identified(value: &Value) -> Option<Vec<(String, &Value)>> {
    let id = |item| -> Option<(String, &Value)> {
        Some((Value::get(item, "id")?.as_str()?.to_owned(), item))
    };
    value.as_array()?.iter().map(id).collect()
}

/// Keys for people, and of the file itself.
const PROSE: [&str; 9] =
    ["id", "version", "title", "description", "label", "status", "act", "unit", "assumptions"];

/// What of an entry reaches a score: all but names for people and of the file itself.
fn essence(entry: &Value) -> Value {
    let mut entry = entry.clone();
    if let Some(table) = entry.as_table_mut() {
        for key in PROSE {
            table.remove(key);
        }
    }
    entry
}

/// The first file with these of its entries taken from the second, and the columns of the second.
fn mix([one, two]: &[Table; 2], made: &[&Change]) -> Table {
    let (old, new) = (entries(one), entries(two));
    let mut keys: Vec<String> = one.keys().cloned().collect();
    keys.extend(two.keys().filter(|key| !one.contains_key(*key)).cloned());
    let mut mixed = Table::new();
    for key in keys {
        if matches!(key.as_str(), "output" | "summary") {
            mixed.extend(two.get(&key).map(|value| (key.clone(), value.clone())));
            continue;
        }
        let listed = |table: &Table| table.get(&key).and_then(identified).map(|items| ids(&items));
        let chosen = |id: Option<String>| {
            let change = Change::Entry(key.clone(), id.clone());
            let from = if made.contains(&&change) { &new } else { &old };
            from.get(&(key.clone(), id)).cloned()
        };
        match (listed(one), listed(two)) {
            (None, None) => mixed.extend(chosen(None).map(|value| (key.clone(), value))),
            (first, second) => {
                let mut order = first.unwrap_or_default();
                for id in second.unwrap_or_default() {
                    if !order.contains(&id) {
                        order.push(id);
                    }
                }
                let items: Vec<Value> =
                    order.into_iter().filter_map(|id| chosen(Some(id))).collect();
                if !items.is_empty() {
                    mixed.insert(key.clone(), Value::Array(items));
                }
            }
        }
    }
    mixed
}

fn ids(items: &[(String, &Value)]) -> Vec<String> {
    items.iter().map(|(id, _)| id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mix_takes_the_made_entries_from_the_second_file() {
        let one = "[methodology]\nid = \"a\"\n[[indicator]]\nid = \"x\"\nvalue = \"1\"\n\
                   [[indicator]]\nid = \"y\"\nvalue = \"2\"\n[[output]]\nid = \"r\"\n";
        let two = "[methodology]\nid = \"b\"\n[[indicator]]\nid = \"x\"\nvalue = \"3\"\n\
                   [[indicator]]\nid = \"z\"\nvalue = \"4\"\n[[output]]\nid = \"s\"\n";
        let tables = [one.parse().unwrap(), two.parse().unwrap()];
        let entry = |id: &str| Change::Entry("indicator".into(), Some(id.into()));
        let mixed = mix(&tables, &[&entry("x"), &entry("z")]);
        let value = |at: usize| mixed["indicator"][at]["value"].as_str().unwrap();
        assert_eq!([value(0), value(1), value(2)], ["3", "2", "4"]);
        assert_eq!(mixed["methodology"]["id"].as_str(), Some("a"));
        assert_eq!(mixed["output"][0]["id"].as_str(), Some("s"));
        let without = mix(&tables, &[&entry("y")]);
        assert_eq!(without["indicator"].as_array().unwrap().len(), 1);
    }
}
