//! `report.html`: one page with a map, a table of all units and their profiles, from one file that
//! needs no network and no other file.

mod units;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::{Value, json};

use crate::index::{self, Mark, stats};
use crate::language::{Language, Words, decimals, whole};
use crate::message::labels::{self, robustness};
use crate::report::format::svg;
use crate::report::markup::markup_text;
use crate::report::model::{Cells, Column, Drawing, Indicator, Layer, Page, Table, shown_number};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// Nothing is fetched from anywhere, whatever a text in the data would like.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; \
                      base-uri 'none'; form-action 'none'";

/// The page as bytes; the same model gives the same bytes.
pub(crate) fn page(page: &Page<'_>) -> Vec<u8> {
    let language = match page.head.language {
        Language::Ro => "ro",
        Language::En => "en",
    };
    let markup = html! {
        (DOCTYPE) "\n"
        html lang=(language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                title { (page.head.title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a class="skip" href="#main" { (word(page, labels::PAGE_SKIP)) }
                (header(page))
                main id="main" {
                    (map_part(page))
                    (units::part(page))
                    (method(page))
                    (sources(page))
                    (findings(page))
                }
                (footer(page))
                script type="application/json" id="data" { (PreEscaped(data(page))) }
                script { (PreEscaped(SCRIPT)) }
            }
        }
        "\n"
    };
    markup_text(markup).into_bytes()
}

fn word(page: &Page<'_>, words: Words) -> &'static str {
    words.text(page.head.language)
}

fn header(page: &Page<'_>) -> Markup {
    let notice = page.head.notice();
    html! {
        header {
            h1 { (page.head.title) }
            @if let Some(programme) = &page.head.programme {
                p class="quiet" { (word(page, labels::LISTED_PROGRAMME)) ": " (programme) }
            }
            p class="quiet" { (page.head.methodology()) }
            @if !notice.is_empty() { p class="notice" { (notice) } }
            ul class="facts" {
                @for (count, what) in &page.facts {
                    li { b { (whole(*count, page.head.language)) } (what) }
                }
            }
            (navigation(page))
        }
    }
}

fn navigation(page: &Page<'_>) -> Markup {
    let parts = [
        ("#map-part", labels::PART_MAP),
        ("#table-part", labels::PART_TABLE),
        ("#method-part", labels::SHEET_METHOD),
        ("#sources-part", labels::SHEET_SOURCES),
        ("#quality-part", labels::SHEET_QUALITY),
    ];
    html! {
        nav aria-label=(word(page, labels::CONTENTS)) {
            ul { @for (part, words) in parts { li { a href=(part) { (word(page, words)) } } } }
        }
    }
}

/// The map with its layers and the profile of the chosen unit.
fn map_part(page: &Page<'_>) -> Markup {
    html! {
        section aria-labelledby="map-part" {
            h2 id="map-part" { (word(page, labels::PART_MAP)) }
            div class="split" {
                @if let (Some(drawing), Some(layer)) = (&page.drawing, page.layers.first()) {
                    (figure(page, drawing, layer))
                } @else {
                    p { (word(page, labels::MAP_NONE)) }
                }
                section class="profile" id="profile" aria-live="polite" {
                    h3 { (word(page, labels::PROFILE)) }
                    p { (word(page, labels::PROFILE_CHOOSE)) }
                }
            }
        }
    }
}

fn figure(page: &Page<'_>, drawing: &Drawing<'_>, layer: &Layer) -> Markup {
    let buttons = [
        ("in", "+", labels::MAP_IN),
        ("out", "−", labels::MAP_OUT),
        ("left", "←", labels::MAP_LEFT),
        ("right", "→", labels::MAP_RIGHT),
        ("up", "↑", labels::MAP_UP),
        ("down", "↓", labels::MAP_DOWN),
        ("whole", "⤢", labels::MAP_WHOLE),
    ];
    let of_units = drawing.map.areas.is_empty();
    let about = if of_units { labels::MAP_UNITS } else { labels::MAP_TILES };
    html! {
        div {
            div class="tools" {
                label {
                    (word(page, labels::MAP_LAYER))
                    select id="layer" {
                        @for (at, layer) in page.layers.iter().enumerate() {
                            option value=(at) { (layer.title) }
                        }
                    }
                }
                @for (act, sign, words) in buttons {
                    button type="button" data-map=(act) aria-label=(word(page, words))
                        title=(word(page, words)) { (sign) }
                }
            }
            figure aria-describedby="map-about" {
                div class="map" id="map" {
                    (svg::inside(drawing, layer))
                    div class="tip" id="tip" aria-hidden="true" hidden {}
                }
                figcaption {
                    // on paper there is no list of layers to say which one this is
                    p class="paper" id="layer-title" { (layer.title) }
                    @for (at, layer) in page.layers.iter().enumerate() {
                        (legend(page, at, layer))
                    }
                    p class="quiet" id="map-about" { (word(page, about)) }
                    (without(page))
                }
            }
        }
    }
}

/// Names the units that boundaries do not show: none is left out silently.
fn without(page: &Page<'_>) -> Markup {
    let count = labels::UNITS.of(page.without.len(), page.head.language);
    html! {
        @if !page.without.is_empty() {
            details id="without" {
                summary { (word(page, labels::MAP_WITHOUT)) ": " (count) }
                p { (page.without.join("; ")) }
            }
        }
    }
}

fn legend(page: &Page<'_>, at: usize, layer: &Layer) -> Markup {
    let named = layer.names.iter().zip(svg::colours(layer)).zip(layer.counts());
    let none = layer.none();
    let of_units = page.drawing.as_ref().is_some_and(|drawing| drawing.map.areas.is_empty());
    let remark = layer.remark(page.head.language).filter(|_| of_units);
    html! {
        ul class="legend" data-legend=(at) hidden[at > 0] {
            @for ((name, colour), count) in named { (swatch(page, &colour, name, count)) }
            @if none > 0 {
                (swatch(page, svg::fill(layer.rest), word(page, layer.rest.words()), none))
            }
            @if let Some(remark) = remark { li { (remark) } }
        }
    }
}

fn swatch(page: &Page<'_>, fill: &str, name: &str, count: usize) -> Markup {
    html! {
        li {
            svg viewBox="0 0 10 10" aria-hidden="true" {
                rect width="10" height="10" fill=(fill) stroke="#555" {}
            }
            (name) " (" (whole(count, page.head.language)) ")"
        }
    }
}

fn method(page: &Page<'_>) -> Markup {
    html! {
        section aria-labelledby="method-part" {
            h2 id="method-part" { (word(page, labels::SHEET_METHOD)) }
            @for titled in &page.method { (table(page, &titled.title, &titled.table)) }
            @if !page.omitted.is_empty() {
                h3 { (word(page, labels::OMITTED)) }
                ul { @for line in &page.omitted { li { (line) } } }
            }
        }
    }
}

fn sources(page: &Page<'_>) -> Markup {
    html! {
        section aria-labelledby="sources-part" {
            h2 id="sources-part" { (word(page, labels::SHEET_SOURCES)) }
            (table(page, word(page, labels::ABOUT_SOURCES), &page.sources))
        }
    }
}

fn findings(page: &Page<'_>) -> Markup {
    html! {
        section aria-labelledby="quality-part" {
            h2 id="quality-part" { (word(page, labels::SHEET_QUALITY)) }
            @if page.findings.rows() == 0 {
                p { (word(page, labels::NO_FINDINGS)) }
            } @else {
                (table(page, word(page, labels::ABOUT_QUALITY), &page.findings))
            }
        }
    }
}

/// A table whose first column names the rows.
fn table(page: &Page<'_>, caption: &str, table: &Table<'_>) -> Markup {
    let columns = table.page_columns();
    html! {
        table {
            caption { (caption) }
            thead { tr { @for column in &columns { th scope="col" { (column.heading) } } } }
            tbody {
                @for row in 0..table.rows() {
                    tr {
                        @for (at, column) in columns.iter().enumerate() {
                            @let text = cell(column, row, page.head.language);
                            @if at == 0 { th scope="row" { (text) } } @else { td { (text) } }
                        }
                    }
                }
            }
        }
    }
}

fn cell(column: &Column<'_>, row: usize, language: Language) -> String {
    match &column.cells {
        Cells::Text(_) => column.cells.word(row).to_owned(),
        Cells::Numbers(_) | Cells::Integers(_) => shown_number(column, row, language),
    }
}

/// What identifies the run.
fn footer(page: &Page<'_>) -> Markup {
    html! {
        footer {
            p class="quiet" { "risk-index " (page.head.version) }
            ul class="digest" {
                @for file in page.digests { li { (file.name) " sha256 " (file.sha256) } }
            }
        }
    }
}

#[cfg(test)]
mod tests;

/// The numbers behind the page, as data that its script reads; no text in it can end the element that holds it.
fn data(page: &Page<'_>) -> String {
    let language = page.head.language;
    let areas = page.drawing.as_ref().map_or(&[][..], |drawing| drawing.map.areas.as_slice());
    let layers = page.layers.iter().map(|it| layer_data(it, areas, language));
    let value = json!({
        "locale": match language { Language::Ro => "ro-RO", Language::En => "en-GB" },
        "words": words_of(language),
        "decimals": page.decimals,
        "score": page.scores.map_or_else(Vec::new, |it| cells(it, page.decimals + 2)),
        "areas": areas,
        "layers": layers.collect::<Vec<_>>(),
        "indicators": page.indicators.iter().map(indicator_data).collect::<Vec<_>>(),
        "sure": page.sureness.as_ref().map(|it| json!({ "ranks": it.ranks, "shares": it.shares })),
    });
    value.to_string().replace('<', "\\u003c")
}

fn words_of(language: Language) -> Value {
    let word = |words: Words| words.text(language);
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
        "intervals": word(robustness::INTERVALS),
        "aboutIntervals": word(robustness::ABOUT_INTERVALS),
        "rank": word(robustness::DECLARED_RANK),
        "interval": word(robustness::INTERVAL),
        "share": word(robustness::SHARE_IN_PERCENT),
        "unit": word(labels::UNIT),
        "states": {
            "a": word(labels::STATE_NOT_AVAILABLE),
            "c": word(labels::STATE_CONFIDENTIAL),
            "s": word(labels::STATE_SUBSTITUTED),
            "w": word(labels::STATE_WITHHELD),
            "z": word(labels::STATE_NOT_APPLICABLE),
            "k": word(labels::STATE_CONSTANT),
        },
    })
}

/// A layer: a letter for each unit and each area, `-` where there is no class.
fn layer_data(layer: &Layer, areas: &[Vec<usize>], language: Language) -> Value {
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
        "colours": svg::colours(layer),
        "rest": layer.rest.words().text(language),
        "fill": svg::fill(layer.rest),
        "units": letters(layer.units.clone()),
        "areas": letters(areas.iter().map(|units| layer.area(units)).collect()),
        "stands": layer.stands.iter().map(|it| if *it { '1' } else { '0' }).collect::<String>(),
    })
}

fn indicator_data(it: &Indicator<'_>) -> Value {
    let decimals = decimals(it.raw.values());
    json!({
        "id": it.id,
        "title": it.title,
        "note": it.note,
        "decimals": decimals,
        "raw": cells(it.raw, decimals),
        "states": it.raw.marks().iter().map(|&mark| state(mark)).collect::<String>(),
        "norm": cells(it.normalised, 2),
        "range": it.range,
        "share": it.share.map(|column| cells(column, 4)),
    })
}

fn state(mark: Mark) -> char {
    match mark {
        Mark::Value | Mark::Imputed => '.',
        Mark::Substituted => 's',
        Mark::NotAvailable => 'a',
        Mark::Confidential => 'c',
        Mark::Withheld => 'w',
        Mark::NotApplicable => 'z',
        Mark::Constant => 'k',
    }
}

/// Numbers as they are shown, so that the page stays small.
fn cells(column: &index::Column, decimals: usize) -> Vec<Value> {
    let decimals = u32::try_from(decimals).unwrap_or(9);
    let shown = |value: f64| {
        let value = stats::half_up(value, decimals) + 0.0;
        // whole numbers without `.0`
        if value.fract() == 0.0 && value.abs() < 1e15 { json!(value as i64) } else { json!(value) }
    };
    (0..column.len()).map(|unit| column.value(unit).map_or(Value::Null, shown)).collect()
}
