//! A methodology laid over the one it extends, key by key.

use super::super::fields::{Fields, report_twice};
use super::super::problem::{Problems, Spot};
use super::super::shapes::relative_path;
use super::draft::CHILDREN_KEYS;

/// The tables of all layers, those of the extended one first, laid over each other.
pub(super) struct Merged<'t> {
    pub(super) head: Option<Fields<'t>>,
    pub(super) recipe: Option<Fields<'t>>,
    pub(super) indicators: Vec<Fields<'t>>,
    pub(super) aggregates: Vec<Fields<'t>>,
    pub(super) outputs: Vec<Fields<'t>>,
    pub(super) summaries: Vec<Fields<'t>>,
    pub(super) top: Spot,
}

/// Lays the layers over each other, the extended ones first.
pub(super) fn merge<'t>(roots: Vec<Fields<'t>>, problems: &mut Problems) -> Option<Merged<'t>> {
    let mut merged: Option<Merged<'t>> = None;
    let last = roots.len().checked_sub(1)?;
    for (at, mut root) in roots.into_iter().enumerate() {
        let mut head = root.table("methodology", "`[methodology]`", problems);
        if let Some(head) = &mut head {
            head.optional("extends", relative_path, problems);
            if at == last && at > 0 {
                for key in ["id", "version"] {
                    if !head.has(key) {
                        head.missing(key, problems);
                    }
                }
            }
        }
        let layer = Merged {
            head: head.map(|head| head.without(&["extends"])),
            recipe: root.table("recipe", "`[recipe]`", problems),
            indicators: root.tables("indicator", "`[[indicator]]`", problems),
            aggregates: root.tables("aggregate", "`[[aggregate]]`", problems),
            outputs: root.tables("output", "`[[output]]`", problems),
            summaries: root.tables("summary", "`[[summary]]`", problems),
            top: root.at(),
        };
        for list in [&layer.indicators, &layer.aggregates, &layer.outputs] {
            report_twice(list, problems);
        }
        if !root.has("methodology") && at == last {
            root.missing("methodology", problems);
        }
        root.finish(problems);
        merged = Some(match merged {
            None => layer,
            Some(below) => Merged {
                head: over(below.head, layer.head),
                recipe: over(below.recipe, layer.recipe),
                indicators: lists(below.indicators, layer.indicators, "id"),
                aggregates: lists(below.aggregates, layer.aggregates, "id"),
                outputs: lists(below.outputs, layer.outputs, "id"),
                summaries: lists(below.summaries, layer.summaries, "by"),
                top: layer.top,
            },
        });
    }
    merged
}

fn over<'t>(below: Option<Fields<'t>>, above: Option<Fields<'t>>) -> Option<Fields<'t>> {
    match (below, above) {
        (Some(below), Some(above)) => Some(below.overlaid(above)),
        (below, above) => above.or(below),
    }
}

/// Entries with the same id are replaced key by key, others added. What an aggregate is made of is
/// replaced as a whole: a new `value` drops the old children, and the other way round.
fn lists<'t>(mut below: Vec<Fields<'t>>, above: Vec<Fields<'t>>, id: &str) -> Vec<Fields<'t>> {
    for entry in above {
        let name = entry.text_of(id);
        let at = below.iter().position(|known| name.is_some() && known.text_of(id) == name);
        match at {
            Some(at) => {
                let mut known = below[at].clone();
                if entry.has("value") {
                    known = known.without(CHILDREN_KEYS);
                } else if entry.has("of") {
                    known = known.without(&["value"]);
                }
                below[at] = known.overlaid(entry);
            }
            None => below.push(entry),
        }
    }
    below
}
