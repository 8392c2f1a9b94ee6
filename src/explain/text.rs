//! The account of a unit as a person reads it in a terminal.

use std::fmt::Write as _;

use super::Explanation;
use super::Peer;
use super::measures::MeasureAccount;
use super::nodes::{Entry, NodeAccount, Shown, StepAccount};
use super::what_if::WhatIf;
use crate::index::Mark;
use crate::language::{Label, Language, shown};
use crate::message::{account as message, labels, level};
use crate::quality::{Message, printable};
use crate::selection::State;

/// Cells shown of one measure; the rest are counted. `--json` has them all.
const CELLS: usize = 4;

/// The account in words; numbers have every digit, in both languages as the trace writes them.
pub fn text(it: &Explanation, language: Language) -> String {
    let mut out = Page { text: String::new(), language };
    heading(&mut out, it);
    standing(&mut out, it);
    decided(&mut out, it);
    if let Some(score) = it.score() {
        parts(&mut out, it, score);
    }
    for node in it.nodes.iter().filter(|node| !node.measures.is_empty() || node.formula.is_some()) {
        indicator(&mut out, node);
    }
    for output in &it.outputs {
        let value = output.class.clone().or(output.value.map(number));
        let value = value.unwrap_or_else(|| out.said(&message::none()));
        out.line(&format!("{} = {value}", output.id));
    }
    if !it.findings.is_empty() {
        out.text.push('\n');
        out.say(&message::findings());
        for finding in &it.findings {
            let word = labels::severity(finding.severity).text(language);
            let said = printable(finding.said.text(language));
            out.line(&format!("  {word}: {said} ({})", finding.rule));
        }
    }
    changes(&mut out, &it.what_if);
    out.text
}

/// A page of the terminal in a language.
struct Page {
    text: String,
    language: Language,
}

impl Page {
    fn line(&mut self, words: &str) {
        writeln!(self.text, "{}", words.trim_end_matches(' ')).expect("a text takes all");
    }

    fn say(&mut self, sentence: &Message) {
        self.line(sentence.text(self.language));
    }

    fn said(&self, sentence: &Message) -> String {
        sentence.text(self.language).to_owned()
    }

    fn label<'l>(&self, label: &'l Label) -> &'l str {
        match self.language {
            Language::En => &label.en,
            Language::Ro => &label.ro,
        }
    }

    fn gap(&mut self) {
        self.text.push('\n');
    }
}

fn heading(out: &mut Page, it: &Explanation) {
    out.line(&format!("{} ({})", printable(&it.name), it.code));
    let columns: Vec<String> =
        it.columns.iter().map(|(name, value)| format!("{name} {}", printable(value))).collect();
    out.line(&columns.join(", "));
    if let Some(notice) = &it.notice {
        let notice = printable(out.label(notice));
        out.line(&notice);
    }
    let act = it
        .act
        .as_ref()
        .map_or_else(message::illustrative, |act| message::adopted_by(&printable(act)));
    out.say(&message::methodology(&it.methodology, &act));
    out.gap();
}

fn standing(out: &mut Page, it: &Explanation) {
    let standing = &it.standing;
    let (Some(value), Some(score)) = (standing.value, &standing.score) else {
        let is_withheld = standing.is_withheld;
        out.say(&if is_withheld { message::withheld_score() } else { message::no_score() });
        out.gap();
        return;
    };
    match standing.place {
        Some(place) => {
            let shared = match standing.sharing {
                0 | 1 => Message::same(""),
                several => message::shared(several),
            };
            let value = number(value);
            out.say(&message::place(&place.to_string(), standing.of, &shared, score, &value));
        }
        None => out.say(&message::not_ranked(score, &number(value))),
    }
    let [above, below] = [message::above(), message::below()].map(|word| out.said(&word));
    let mut neighbour = |peer: &Peer, mark: &str| {
        let place = peer.place.map_or_else(String::new, |place| place.to_string());
        let value = peer.value.map_or_else(String::new, number);
        let who = printable(&format!("{}, {} ({})", peer.name, peer.county, peer.code));
        out.line(&format!("  {mark} {place:>5}  {value:>12}  {who}"));
    };
    standing.above.iter().for_each(|peer| neighbour(peer, &above));
    standing.below.iter().for_each(|peer| neighbour(peer, &below));
    out.gap();
}

fn decided(out: &mut Page, it: &Explanation) {
    let Some(decision) = &it.decision else { return };
    let place = match (decision.place, &decision.phase, decision.reserve) {
        (Some(place), Some(phase), _) => message::place_of_phase(place, phase),
        (_, _, Some(place)) => message::on_reserve(place),
        _ => Message::same(""),
    };
    let state = message::state(&decision.state);
    out.say(&match &decision.decision {
        Some(after) => {
            let after = message::state(after);
            message::decided_since(&decision.programme, &after, &state, &place)
        }
        None => message::decided(&decision.programme, &state, &place),
    });
    let sureness = decision.sureness.iter().flat_map(|sureness| &sureness.told);
    for told in decision.afterwards.iter().chain(&decision.because).chain(sureness) {
        let told = printable(told.text(out.language));
        out.line(&format!("  {told}"));
    }
    // the words of a condition stand above, its formula in the programme
    if decision.state != State::Ineligible.word() {
        out.say(&message::rule(&printable(&decision.reason)));
    }
    if let Some(distance) = &decision.distance {
        let points = distance.points.as_ref();
        let points = points.map_or_else(|| Message::same(""), |it| message::points(it));
        let with = printable(&format!("{} ({})", distance.name, distance.with));
        let ranks = message::ranks(distance.ranks);
        out.say(&message::distance(&points, &ranks, &with));
    }
    out.gap();
}

/// What the score is made of.
fn parts(out: &mut Page, it: &Explanation, score: &NodeAccount) {
    let method = score.method.as_deref().or(score.formula.as_deref()).unwrap_or_default();
    out.line(&format!("{} = {} ({method})", score.id, cell(out, &last(score))));
    let entries = it.nodes.iter().filter_map(|node| {
        let enters = node.enters.iter().find(|entry| entry.parent == score.id)?;
        Some((node, enters))
    });
    out.say(&message::columns_of_parts());
    for (node, entry) in entries {
        let adds = entry.contribution.map_or_else(|| "-".to_owned(), |part| fixed(part, 4));
        let level = above(node).map_or_else(String::new, |level| format!(" {}", out.said(&level)));
        let label = out.label(&node.label).to_owned();
        out.line(&format!(
            "  {:>8}  {:>7}  {adds:>7}  {label}{level}",
            fixed(entry.weight, 4),
            entry.shown.value.map_or_else(|| "-".to_owned(), |value| fixed(value, 3)),
        ));
    }
    out.gap();
}

fn indicator(out: &mut Page, node: &NodeAccount) {
    let unit = node.unit.as_ref().map_or_else(String::new, |unit| format!(" {}", out.label(unit)));
    let first = node.steps.first();
    let first = first.map_or_else(|| out.said(&message::none()), |step| cell(out, &step.shown));
    let raw = node.word.clone().unwrap_or(first);
    let label = out.label(&node.label).to_owned();
    out.line(&format!("{} = {}{unit}: {label}", node.id, printable(&raw)));
    if let Some(level) = above(node) {
        let level = out.said(&level);
        out.line(&format!("  {level}"));
    }
    if let Some(formula) = &node.formula {
        out.say(&message::formula(formula));
    }
    node.measures.iter().for_each(|it| measure(out, it));
    if node.steps.len() > 1 {
        let way = way(out, node.word.as_deref(), &node.steps);
        out.say(&message::steps(&way));
    }
    node.enters.iter().for_each(|entry| enters(out, entry));
    out.gap();
}

fn above(node: &NodeAccount) -> Option<Message> {
    node.above_unit.then(|| message::above_unit(&level(&node.level), &printable(&node.area)))
}

fn measure(out: &mut Page, it: &MeasureAccount) {
    let value = match (&it.text, it.value, it.missing) {
        (Some(text), _, _) => format!("`{}`", printable(text)),
        (None, Some(value), _) => number(value),
        (None, None, Some(_)) if it.is_small => out.said(&word(Mark::Withheld)),
        (None, None, Some(missing)) => out.said(&word(missing.into())),
        (None, None, None) => out.said(&message::no_value()),
    };
    let origin: Vec<&str> =
        [&it.publisher, &it.reference].into_iter().flatten().map(String::as_str).collect();
    let origin =
        if origin.is_empty() { String::new() } else { format!(" ({})", origin.join(", ")) };
    let summed = match it.areas.as_slice() {
        [_] | [] => String::new(),
        areas => out.said(&message::sum_of_areas(areas.len())),
    };
    out.line(&format!("  {} = {value}{summed}{}", it.name, printable(&origin)));
    for source in it.cells.iter().take(CELLS) {
        let sheet = source.sheet.as_ref().map_or_else(String::new, |sheet| format!(" › {sheet}"));
        let written = match &source.written {
            Some(text) => format!("`{text}`"),
            None if it.is_small => out.said(&message::not_said()),
            None => out.said(&message::another_file()),
        };
        let place = format!("    {}{sheet} › {}: {written}", source.file, source.cell);
        out.line(&printable(&place));
    }
    let more = it.cells.len().saturating_sub(CELLS) + it.more_cells;
    if more > 0 {
        out.say(&message::more_cells(more));
    }
}

fn way(out: &Page, word: Option<&str>, steps: &[StepAccount]) -> String {
    let mut parts = Vec::new();
    for step in steps {
        let value = cell(out, &step.shown);
        parts.push(match step.position {
            0 => word.map_or(value, printable),
            _ => format!("{} {value}", step.declared),
        });
    }
    parts.join(" -> ")
}

fn enters(out: &mut Page, entry: &Entry) {
    let through = if entry.steps.len() > 1 {
        message::through(&way(out, None, &entry.steps))
    } else {
        Message::same("")
    };
    let adds = entry.contribution;
    let adds = adds.map_or_else(|| Message::same(""), |part| message::adds(&fixed(part, 6)));
    out.say(&message::enters(&entry.parent, &through, &fixed(entry.weight, 6), &adds));
}

fn changes(out: &mut Page, all: &[WhatIf]) {
    if all.iter().all(|it| it.changes.is_empty()) {
        return;
    }
    out.gap();
    out.say(&message::smallest_changes());
    for it in all {
        let unit =
            it.unit.as_ref().map_or_else(String::new, |unit| format!(" {}", out.label(unit)));
        let whose = if it.above_unit {
            message::for_all_of(&printable(&it.area))
        } else {
            Message::same("")
        };
        for change in &it.changes {
            let way = format!("{} -> {}{unit}", number(it.from), number(change.to));
            out.say(&message::gives(&it.measure, &whose, &way, &message::state(&change.outcome)));
        }
    }
}

fn last(node: &NodeAccount) -> Shown {
    node.steps.last().map_or(Shown { value: None, mark: Mark::NotAvailable }, |step| step.shown)
}

fn cell(out: &Page, it: &Shown) -> String {
    match it.value {
        Some(value) if matches!(it.mark, Mark::Imputed | Mark::Substituted) => {
            format!("{} ({})", number(value), out.said(&word(it.mark)))
        }
        Some(value) => number(value),
        None => out.said(&word(it.mark)),
    }
}

fn word(mark: Mark) -> Message {
    match mark {
        Mark::Value => message::value(),
        Mark::Imputed => message::imputed(),
        Mark::Substituted => message::substituted(),
        Mark::NotAvailable => message::not_available(),
        Mark::Confidential => message::confidential(),
        Mark::Withheld => message::withheld(),
        Mark::NotApplicable => message::not_applicable(),
        Mark::Constant => message::constant(),
    }
}

/// Every digit, as the trace has them.
fn number(value: f64) -> String {
    if value == 0.0 { "0".to_owned() } else { value.to_string() }
}

fn fixed(value: f64, decimals: usize) -> String {
    shown(value, decimals, Language::En)
}
