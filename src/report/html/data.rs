//! The numbers behind the page, as data that its script reads.

use serde_json::{Value, json};

use crate::index::{Column, Mark};
use crate::language;
use crate::language::Language;
use crate::language::Words;
use crate::message::labels;
use crate::report::map::{Layer, Map};
use crate::report::view::View;
use crate::report::words;

/// The data; no text in it can end the element that holds it.
pub(super) fn json(view: &View<'_>, map: Option<&Map>, layers: &[Layer]) -> String {
    let areas = map.map_or(&[][..], |map| map.areas.as_slice());
    let scores = view.figures.scores();
    let decimals = scores.map_or(2, |scores| language::decimals(scores.values()));
    let value = json!({
        "locale": match view.language { Language::Ro => "ro-RO", Language::En => "en-GB" },
        "words": words_of(view),
        "decimals": decimals,
        "score": scores.map_or_else(Vec::new, |scores| cells(scores, decimals + 2)),
        "areas": areas,
        "layers": layers.iter().map(|it| layer(view, it, areas)).collect::<Vec<_>>(),
        "indicators": indicators(view),
    });
    value.to_string().replace('<', "\\u003c")
}

fn words_of(view: &View<'_>) -> Value {
    let word = |words: Words| words.text(view.language);
    json!({
        "count": word(labels::COUNT_SHOWN),
        "showAll": word(labels::SHOW_ALL),
        "none": word(labels::NO_VALUE),
        "score": word(labels::TIE_SCORE),
        "place": word(labels::TIE_PLACE),
        "class": word(labels::CLASS),
        "phase": word(labels::PHASE),
        "unscored": word(labels::PROFILE_UNSCORED),
        "profileCaption": word(labels::PROFILE_CAPTION),
        "indicator": word(labels::BOUND_INDICATOR),
        "measured": word(labels::PROFILE_MEASURED),
        "normalised": word(labels::PROFILE_NORMALISED),
        "contribution": word(labels::PROFILE_CONTRIBUTION),
        "states": {
            "a": word(labels::STATE_NOT_AVAILABLE),
            "c": word(labels::STATE_CONFIDENTIAL),
            "z": word(labels::STATE_NOT_APPLICABLE),
            "k": word(labels::STATE_CONSTANT),
        },
    })
}

/// A layer: a letter for each unit and each area, `-` where there is no class.
fn layer(view: &View<'_>, layer: &Layer, areas: &[Vec<usize>]) -> Value {
    let letters = |classes: Vec<Option<usize>>| -> String {
        let letter = |class: Option<usize>| {
            let digit = class.and_then(|class| u32::try_from(class).ok());
            digit.and_then(|digit| char::from_digit(digit, 36)).unwrap_or('-')
        };
        classes.into_iter().map(letter).collect()
    };
    json!({
        "title": layer.title,
        "names": layer.names,
        "colours": layer.colours(),
        "rest": layer.rest.words().text(view.language),
        "fill": layer.rest.fill(),
        "units": letters(layer.units.clone()),
        "areas": letters(areas.iter().map(|units| layer.area(units)).collect()),
    })
}

fn indicators(view: &View<'_>) -> Vec<Value> {
    let nodes = view.figures.method.nodes.iter().zip(&view.figures.index.nodes).enumerate();
    nodes
        .filter(|(_, (node, _))| node.is_indicator())
        .map(|(at, (_, result))| {
            let decimals = language::decimals(result.raw.values());
            let share = (0..view.figures.index.outputs.len()).find_map(|output| {
                let (declared, child) = view.figures.contribution(output)?;
                let of_headline = Some(declared.of) == view.figures.headline() && child == at;
                match &view.figures.index.outputs[output].column {
                    crate::index::OutputColumn::Numbers(column) if of_headline => Some(column),
                    _ => None,
                }
            });
            let present = crate::index::stats::present(result.value.values());
            let (low, high) =
                (crate::index::stats::minimum(&present), crate::index::stats::maximum(&present));
            json!({
                "id": result.id,
                "title": view.figures.node_title(at, view.language),
                "note": note(view, at),
                "decimals": decimals,
                "raw": cells(&result.raw, decimals),
                "states": result.raw.marks().iter().map(|&mark| state(mark)).collect::<String>(),
                "norm": cells(&result.value, 2),
                "range": (low < high).then_some([low, high]),
                "share": share.map(|column| cells(column, 4)),
            })
        })
        .collect()
}

/// That a value was measured in a larger area.
fn note(view: &View<'_>, node: usize) -> String {
    view.figures.broadcast_level(node).map_or_else(String::new, |level| {
        let level = words::named(labels::LEVELS, level, view.language);
        format!("{} {level}", labels::VALUE_OF.text(view.language))
    })
}

fn state(mark: Mark) -> char {
    match mark {
        Mark::Value | Mark::Imputed => '.',
        Mark::NotAvailable => 'a',
        Mark::Confidential => 'c',
        Mark::NotApplicable => 'z',
        Mark::Constant => 'k',
    }
}

/// Numbers as they are shown, so that the page stays small.
fn cells(column: &Column, decimals: usize) -> Vec<Value> {
    let decimals = u32::try_from(decimals).unwrap_or(9);
    let shown = |value: f64| {
        let value = crate::index::stats::half_up(value, decimals) + 0.0;
        // whole numbers without `.0`
        if value.fract() == 0.0 && value.abs() < 1e15 { json!(value as i64) } else { json!(value) }
    };
    (0..column.len()).map(|unit| column.value(unit).map_or(Value::Null, shown)).collect()
}
