//! One page in Romanian that a mayor can be handed: the result, three reasons, the cut, how to appeal.

use std::fmt::Write as _;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::Explanation;
use super::measures::SourceCell;
use super::nodes::NodeAccount;
use super::what_if::WhatIf;
use crate::language::Language::Ro;
use crate::language::{numbered, shown, whole};
use crate::report::markup_text;

/// Reasons given.
const REASONS: usize = 3;

/// Changes listed.
const CHANGES: usize = 4;

const ILLUSTRATIVE: &str = "Metodologie ilustrativă: cifrele metodei sunt ipoteze, neadoptate prin \
                            niciun act.";

/// The page as HTML that prints on one sheet of A4; nothing in it is loaded from elsewhere.
pub fn letter(it: &Explanation) -> String {
    let county = it.columns.get("county").map_or_else(String::new, |name| format!(", {name}"));
    let about = format!("Cod {} · {} · metodologia {}", it.code, it.study.ro, it.methodology);
    let body = html! {
        @if let Some(notice) = &it.notice { (paragraph("notice", &notice.ro)) }
        @if it.act.is_none() { (paragraph("notice", ILLUSTRATIVE)) }
        h1 { (it.name) (county) } "\n"
        (paragraph("about", &about))
        (result(it))
        (cut(it))
        (reasons(it))
        (changes(it))
        (appeal(it))
    };
    markup_text(page(&format!("{} ({})", it.name, it.code), &body))
}

/// A paragraph on a line of its own.
fn paragraph(class: &str, text: &str) -> Markup {
    html! { p class=(class) { (text) } "\n" }
}

/// A heading on a line of its own.
fn heading(text: &str) -> Markup {
    html! { h2 { (text) } "\n" }
}

fn result(it: &Explanation) -> Markup {
    let standing = &it.standing;
    let Some(value) = standing.value else {
        let lacking: Vec<&str> = it
            .nodes
            .iter()
            .filter(|node| node.steps.last().is_none_or(|step| step.shown.value.is_none()))
            .map(|node| node.label.ro.as_str())
            .collect();
        let text =
            format!("Unitatea nu are scor. Lipsesc valorile pentru: {}.", lacking.join("; "));
        return html! { (heading("Rezultatul")) (paragraph("", &text)) };
    };
    let mut text = format!("Scor: {}", shown(value, 3, Ro));
    if let Some(place) = standing.place {
        let of = whole(standing.of, Ro);
        write!(text, ", locul {} din {of}", shown(place, 0, Ro)).expect("a text takes all");
        if standing.sharing > 1 {
            write!(text, " (loc împărțit de {} unități)", standing.sharing)
                .expect("a text takes all");
        }
    }
    text.push_str(". Locul 1 înseamnă riscul cel mai mare.");
    let neighbours: Vec<String> = standing
        .above
        .last()
        .into_iter()
        .chain(standing.below.first())
        .filter_map(|peer| {
            let (place, value) = (peer.place?, peer.value?);
            let (place, value) = (shown(place, 0, Ro), shown(value, 3, Ro));
            Some(format!("{}, {} (locul {place}, scor {value})", peer.name, peer.county))
        })
        .collect();
    html! {
        (heading("Rezultatul"))
        (paragraph("result", &text))
        @if !neighbours.is_empty() {
            (paragraph("", &format!("Vecinii din listă: {}.", neighbours.join("; "))))
        }
    }
}

/// The decision, the rule behind it, and the distance to the cut.
fn cut(it: &Explanation) -> Markup {
    let Some(decision) = &it.decision else { return html! {} };
    let state = match decision.state.as_str() {
        "selected" => "selectată",
        "reserve" => "pe lista de rezervă",
        "not-selected" => "neselectată",
        "excluded" => "exclusă",
        "ineligible" => "neeligibilă",
        _ => "fără scor",
    };
    let place = match (decision.place, &decision.phase, decision.reserve) {
        (Some(place), Some(phase), _) => format!(", poziția {place}, etapa {phase}"),
        (_, _, Some(place)) => format!(", poziția {place} pe rezervă"),
        _ => String::new(),
    };
    let distance = decision.distance.as_ref().map(|distance| {
        let points = distance.points.as_ref();
        let points =
            points.map_or_else(String::new, |it| format!("{} puncte și ", it.replace('.', ",")));
        let ranks = usize::try_from(distance.ranks.unsigned_abs()).unwrap_or(usize::MAX);
        let ranks = numbered(ranks, "loc", "locuri");
        format!(
            "Distanța față de linia de tăiere: {points}{ranks}, față de {} (cod {}).",
            distance.name, distance.with
        )
    });
    html! {
        (heading(&format!("Decizia programului „{}”", decision.title.ro)))
        (paragraph("result", &format!("{state}{place}: {}.", decision.because.ro)))
        @if let Some(distance) = distance { (paragraph("", &distance)) }
    }
}

/// The components that weigh most in the score, each with its number and where it comes from.
fn reasons(it: &Explanation) -> Markup {
    let Some(score) = &it.standing.score else { return html! {} };
    let mut parts: Vec<(&NodeAccount, f64)> = it
        .nodes
        .iter()
        .filter_map(|node| {
            let entry = node.enters.iter().find(|entry| &entry.parent == score)?;
            Some((node, entry.contribution.or(entry.shown.value.map(|x| x * entry.weight))?))
        })
        .collect();
    // Stable: of equal parts the first of the methodology stands first.
    parts.sort_by(|a, b| b.1.total_cmp(&a.1));
    if parts.is_empty() {
        return html! {};
    }
    let many = if parts.len() >= REASONS { "Trei motive" } else { "Motivele" };
    html! {
        (heading(&format!("{many}: componentele care contează cel mai mult în scor")))
        ol {
            "\n"
            @for (node, part) in parts.iter().take(REASONS) {
                li { (node.label.ro) ": " (measured(node, *part)) "." } "\n"
            }
        }
        "\n"
    }
}

fn measured(node: &NodeAccount, part: f64) -> String {
    let value = node.steps.first().and_then(|step| step.shown.value);
    let unit = node.unit.as_ref().map_or_else(String::new, |unit| format!(" {}", unit.ro));
    let value = match (&node.word, value) {
        (Some(word), _) => romanian(word).to_owned(),
        (None, Some(value)) => format!("{}{unit}", shown(value, 2, Ro)),
        (None, None) => "fără valoare".to_owned(),
    };
    let mut text = format!("{value}, adică {} puncte din scor", shown(part, 2, Ro));
    if node.above_unit {
        write!(text, " (valoare măsurată pentru {}, nu pentru această unitate)", node.area)
            .expect("a text takes all");
    }
    let cells = node.measures.iter().filter_map(|it| it.cells.first()).take(2);
    let cells: Vec<String> = cells.map(source).collect();
    if !cells.is_empty() {
        write!(text, "; sursa: {}", cells.join("; ")).expect("a text takes all");
    }
    text
}

fn source(cell: &SourceCell) -> String {
    let sheet = cell.sheet.as_ref().map_or_else(String::new, |sheet| format!(", foaia {sheet}"));
    let written = cell.written.as_ref().map_or_else(String::new, |text| format!(" („{text}”)"));
    format!("{}{sheet}, celula {}{written}", cell.file, cell.cell)
}

fn changes(it: &Explanation) -> Markup {
    let listed: Vec<String> = it.what_if.iter().filter_map(change).take(CHANGES).collect();
    if listed.is_empty() {
        return html! {};
    }
    html! {
        (heading("Ce ar fi schimbat rezultatul (o singură cifră, restul la fel)"))
        ul { "\n" @for text in &listed { li { (text) } "\n" } }
        "\n"
    }
}

/// Decimals that show steps of this size, four at most.
fn decimals_of(step: f64) -> usize {
    [1.0, 0.1, 0.01, 0.001].iter().position(|shown| step >= shown * 0.999).unwrap_or(4)
}

fn change(it: &WhatIf) -> Option<String> {
    let change = it.changes.first()?;
    let unit = it.unit.as_ref().map_or_else(String::new, |unit| format!(" {}", unit.ro));
    let number = |value: f64| {
        let decimals = it.resolution.map_or(2, decimals_of);
        format!("{}{unit}", shown(value, decimals, Ro))
    };
    let worded = |word: &String| romanian(word).to_owned();
    let from = it.from_word.as_ref().map(worded).or(it.from.map(number))?;
    let to = change.to_word.as_ref().map(worded).or(change.to.map(number))?;
    let whose = if it.above_unit { format!(" (pentru {})", it.area) } else { String::new() };
    Some(format!("{}{whose}: {to} în loc de {from}", it.label.ro))
}

/// Kinds of units in Romanian; other words as they are.
fn romanian(word: &str) -> &str {
    match word {
        "commune" => "comună",
        "town" => "oraș",
        "municipality" => "municipiu",
        other => other,
    }
}

fn appeal(it: &Explanation) -> Markup {
    let text = "Contestația se depune la autoritatea care a publicat lista, în termenul și în forma \
                pe care le arată actul de publicare. Dacă o cifră este greșită, indicați fișierul și \
                celula de mai sus, cifra corectă și documentul care o dovedește. Oricine poate reface \
                calculul din arhiva publicată, cu programul risk-index";
    let text = format!("{text} {}: risk-index replay ARHIVA.", it.version);
    html! { (heading("Cum se contestă")) (paragraph("", &text)) }
}

const STYLE: &str = "@page{size:A4;margin:18mm}body{font:11pt/1.35 serif;max-width:174mm;\
margin:0 auto;color:#000;background:#fff}h1{font-size:18pt;margin:0 0 2mm}h2{font-size:12pt;\
margin:5mm 0 1mm}p,li{margin:0 0 1.5mm}.notice{border:1pt solid #000;padding:1.5mm 2mm;\
font-weight:bold}.about{color:#333}.result{font-size:13pt}ol,ul{margin:0;padding-left:6mm}";

fn page(title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE) "\n"
        html lang="ro" {
            "\n"
            head {
                "\n"
                meta charset="utf-8"; "\n"
                meta http-equiv="Content-Security-Policy"
                    content="default-src 'none'; style-src 'unsafe-inline'"; "\n"
                title { (title) } "\n"
                style { (PreEscaped(STYLE)) } "\n"
            }
            "\n"
            body { "\n" (body) }
            "\n"
        }
        "\n"
    }
}
