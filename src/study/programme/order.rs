//! Who comes first: decimals, tie keys, lottery.

use super::super::fields::{Fields, Item, any};
use super::super::problem::Problems;
use super::super::shapes::{date, text};
use super::super::written::Written;
use super::lines::Lines;
use super::plan::TieKey;
use super::terms::{Terms, Use};
use crate::selection::{self, Lottery};

/// Most decimals that a published score has.
const MOST_DECIMALS: u8 = 9;

pub(super) fn order(
    mut fields: Fields<'_>,
    terms: &Terms<'_>,
    lines: &mut Lines,
    problems: &mut Problems,
) -> (selection::Order, Vec<TieKey>) {
    lines.note("order", &fields.at(), problems);
    for key in ["decimals", "ties", "lottery", "accept_ties"] {
        lines.note(format!("order.{key}"), &fields.at_key(key), problems);
    }
    let mut order = selection::Order::default();
    if let Some(decimals) = fields.optional("decimals", any::<u8>, problems) {
        if decimals > MOST_DECIMALS {
            let message = format!("a score is published with at most {MOST_DECIMALS} decimals");
            problems.error(&fields.at_key("decimals"), message, None);
        }
        order.decimals = decimals;
    }
    let ties = fields.optional("ties", |item, problems| keys(item, terms, problems), problems);
    order.lottery = fields.optional("lottery", lottery, problems);
    order.accept_ties = fields.optional("accept_ties", text, problems);
    fields.finish(problems);
    let (names, keys) = ties.unwrap_or_default().into_iter().unzip();
    order.ties = names;
    (order, keys)
}

/// `["children_share DESC"]`: a formula and its direction, which must be said.
fn keys(
    item: &Item<'_>,
    terms: &Terms<'_>,
    problems: &mut Problems,
) -> Option<Vec<(String, TieKey)>> {
    let Some(items) = item.as_array() else {
        item.expected("a list such as [\"population.children DESC\"]", problems);
        return None;
    };
    let mut keys: Vec<(String, TieKey)> = Vec::new();
    for each in items {
        let Some(written) = Written::read(&each, problems) else { continue };
        let Some((value, larger_first)) = direction(&written.text) else {
            let message = format!("`{}` does not say which comes first", written.text);
            let hint = "end it with ` DESC` (the larger first) or ` ASC` (the smaller first)";
            each.error(message, Some(hint.to_owned()), problems);
            continue;
        };
        let Some(value) = terms.value(&written.beginning(value), Use::ByUnit, problems) else {
            continue;
        };
        if keys.iter().any(|(name, _)| *name == written.text) {
            each.error(format!("`{}` stands twice", written.text), None, problems);
            continue;
        }
        keys.push((written.text.clone(), TieKey { value, larger_first }));
    }
    Some(keys)
}

fn direction(text: &str) -> Option<(&str, bool)> {
    let (value, word) = text.trim_end().rsplit_once(char::is_whitespace)?;
    match word.to_ascii_uppercase().as_str() {
        "DESC" => Some((value.trim_end(), true)),
        "ASC" => Some((value.trim_end(), false)),
        _ => None,
    }
}

fn lottery(item: &Item<'_>, problems: &mut Problems) -> Option<Lottery> {
    let mut fields = item.table("`lottery`", problems)?;
    let source = fields.required("source", text, problems);
    let announced = fields.required("announced", date, problems);
    let seed = fields.optional("seed", text, problems);
    if !fields.has("seed") {
        let message = "a lottery without a `seed` cannot be drawn again by anybody";
        let hint = "give what the public draw showed, `seed = \"6/49 2026-12-06: 3 11 17 …\"`; \
                    before the draw leave `lottery` out"
            .to_owned();
        item.error(message, Some(hint), problems);
    }
    fields.finish(problems);
    Some(Lottery { source: source?, announced: announced?, seed: seed? })
}
