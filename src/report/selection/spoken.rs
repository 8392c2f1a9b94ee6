//! What a selection says in the terminal: what a planner can read out.

use std::collections::BTreeMap;

use super::Chosen;
use super::capacity_words;
use super::sentences::Speaker;
use crate::quality::printable;
use crate::report::View;
use crate::selection::{Algorithm, Clause, DecidedBy, Judgement, Reason, State};

/// Units named of a list.
const NAMED: usize = 5;
/// Rules that keep units out, with most units first.
const RULES: usize = 8;

/// The selection in a dozen lines; empty for a run without one.
pub fn spoken(view: &View<'_>) -> String {
    let Some(chosen) = view.chosen else { return String::new() };
    let speaker = Speaker::new(view, chosen);
    let rules = &chosen.plan.rules;
    let mut lines = vec![format!(
        "{}: {} ({})",
        speaker.say("Program", "Programme"),
        rules.title.text(view.language),
        rules.id
    )];
    lines.extend(phases(&speaker));
    lines.extend(overtaken(&speaker));
    lines.extend(ties(&speaker));
    lines.extend(reserve(&speaker));
    lines.extend(afterwards(&speaker));
    lines.extend(prices(&speaker));
    lines.extend(envelopes(&speaker));
    lines.extend(capacity_words::spoken(&speaker, view));
    let printed: Vec<String> = lines.iter().map(|line| printable(line)).collect();
    printed.join("\n")
}

fn phases(speaker: &Speaker<'_>) -> Vec<String> {
    let chosen = speaker.chosen;
    let mut lines = Vec::new();
    for (phase, cut) in chosen.selection.phases.iter().zip(&chosen.selection.boundaries) {
        let mut text = format!(
            "  {} {}: {} {}",
            speaker.say("etapa", "phase"),
            phase.id,
            speaker.count(phase.places as i128),
            speaker.say("locuri ocupate în total", "places filled in all")
        );
        if phase.empty > 0 {
            text += &format!(", {} {}", phase.empty, speaker.say("rămase libere", "left empty"));
        }
        if chosen.plan.rules.budget.is_some() {
            text += &format!(", {}", speaker.lei(phase.cost));
        }
        if chosen.plan.people.is_some() {
            let people = speaker.count(phase.people);
            text += &format!(", {people} {}", speaker.say("persoane", "people"));
        }
        lines.push(text);
        if let (Some(last), Some(first)) = (&cut.last_in, &cut.first_out) {
            lines.push(format!(
                "    {} {}; {} {}{}",
                speaker.say("ultima selectată:", "last in:"),
                speaker.name(last),
                speaker.say("prima din afara listei:", "first outside the list:"),
                speaker.name(first),
                cut.gap.map_or_else(String::new, |gap| less(speaker, gap))
            ));
        }
        lines.push(format!("    {}", proof(speaker, &phase.proof)));
    }
    lines
}

/// How much less the first outside has than the last inside; a rule may have put it there although
/// it has more.
fn less(speaker: &Speaker<'_>, gap: i64) -> String {
    let points = speaker.points(gap.saturating_abs());
    let words = match gap.signum() {
        0 => return speaker.say(", cu același scor", ", with the same score").to_owned(),
        1 => speaker.say("puncte mai puțin", "points less"),
        _ => speaker.say("puncte mai mult", "points more"),
    };
    format!(", {} {points} {words}", speaker.say("cu", "with"))
}

fn proof(speaker: &Speaker<'_>, proof: &crate::selection::Proof) -> String {
    let way = match proof.algorithm {
        Algorithm::NestedGreedy => {
            speaker.say("cote imbricate: parcurgere exactă a clasamentului", "nested: exact greedy")
        }
        Algorithm::CrossingFlow => {
            speaker.say("două sisteme de cote: flux exact", "two crossing: exact flow")
        }
        Algorithm::IntegerProgramme => {
            speaker.say("program întreg, cu margine", "integer programme, bound reported")
        }
        Algorithm::UnionLabels => speaker
            .say("asocieri: etichete exacte, cu margine", "unions: exact labels, bound reported"),
    };
    if proof.proved {
        return format!("{way}; {}", speaker.say("demonstrat", "proved"));
    }
    let gap = proof.gap_per_million().unwrap_or_default();
    format!(
        "{way}; {} {gap} {}",
        speaker.say("NEDEMONSTRAT: cel mult", "NOT PROVED: at most"),
        speaker.say("părți la milion sub optim", "parts per million short of the best")
    )
}

/// Units outside with a higher score than somebody inside, by the rule that keeps them out.
fn overtaken(speaker: &Speaker<'_>) -> Vec<String> {
    let units = &speaker.chosen.selection.units;
    let mut by_rule: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for unit in units.iter().filter(|u| matches!(u.state, State::NotSelected | State::Reserve)) {
        let rule = match &unit.reason {
            Reason::Full(clause) => {
                format!("{} ({})", speaker.clause(clause), speaker.say("atins", "reached"))
            }
            Reason::KeptFor(clause) => format!(
                "{} {}",
                speaker.say("locuri păstrate pentru", "places kept for"),
                speaker.clause(clause)
            ),
            Reason::Money(Clause::Money { .. }) => speaker.say("bugetul", "the budget").to_owned(),
            Reason::SmallerSum => speaker.say("suma cea mai mare", "the largest sum").to_owned(),
            _ => continue,
        };
        by_rule.entry(rule).or_default().push(&unit.code);
    }
    if by_rule.is_empty() {
        return Vec::new();
    }
    let total: usize = by_rule.values().map(Vec::len).sum();
    let mut lines = vec![format!(
        "{}: {total}",
        speaker.say(
            "În afara listei, cu scor mai mare decât unele selectate",
            "Outside although their score is higher than that of some inside"
        )
    )];
    let mut by_rule: Vec<_> = by_rule.into_iter().collect();
    by_rule.sort_by_key(|(_, codes)| std::cmp::Reverse(codes.len()));
    let more = by_rule.len().saturating_sub(RULES);
    for (rule, codes) in by_rule.into_iter().take(RULES) {
        lines.push(format!("  {rule}: {}", named(speaker, &codes)));
    }
    if more > 0 {
        let all = speaker.say(
            "și alte {} reguli: tables/selection.csv",
            "and {} more rules: tables/selection.csv",
        );
        lines.push(format!("  {}", all.replace("{}", &more.to_string())));
    }
    lines
}

fn named(speaker: &Speaker<'_>, codes: &[&str]) -> String {
    let names: Vec<String> = codes.iter().take(NAMED).map(|code| speaker.name(code)).collect();
    let more = codes.len().saturating_sub(NAMED);
    let rest = if more > 0 { format!(" +{more}") } else { String::new() };
    format!("{}{rest}", names.join(", "))
}

fn ties(speaker: &Speaker<'_>) -> Vec<String> {
    let ties = speaker.chosen.selection.ties.iter();
    ties.map(|tie| {
        let codes = |codes: &[String]| {
            named(speaker, &codes.iter().map(String::as_str).collect::<Vec<_>>())
        };
        let decided = match tie.decided_by {
            DecidedBy::Lottery => speaker.say("a decis tragerea la sorți", "the lottery decided"),
            DecidedBy::Code => speaker.say("a decis codul", "the code decided"),
        };
        format!(
            "{} ({} {}): {} {}; {} {}; {decided}",
            speaker.say("Egalitate la linie", "Tie at the cut"),
            speaker.say("etapa", "phase"),
            tie.phase,
            speaker.say("înăuntru", "inside"),
            codes(&tie.inside),
            speaker.say("în afară", "outside"),
            codes(&tie.outside)
        )
    })
    .collect()
}

fn reserve(speaker: &Speaker<'_>) -> Vec<String> {
    let reserve = &speaker.chosen.selection.reserve;
    if reserve.is_empty() {
        return Vec::new();
    }
    let first: Vec<String> = reserve.iter().take(NAMED).map(|codes| speaker.names(codes)).collect();
    let rest = if reserve.len() > NAMED { " …" } else { "" };
    vec![format!(
        "{}: {} ({}{rest})",
        speaker.say("Lista de rezervă", "Reserve"),
        reserve.len(),
        first.join(", ")
    )]
}

fn afterwards(speaker: &Speaker<'_>) -> Vec<String> {
    let units = &speaker.chosen.selection.units;
    let count = |what: Judgement| units.iter().filter(|u| u.decision == Some(what)).count();
    let words = [
        (Judgement::Accepted, speaker.say("acceptate", "accepted")),
        (Judgement::Refused, speaker.say("refuzate", "refused")),
        (Judgement::Withdrawn, speaker.say("retrase", "withdrawn")),
        (Judgement::Replacement, speaker.say("intrate din rezervă", "replacements")),
    ];
    let said: Vec<String> = words
        .into_iter()
        .map(|(what, word)| (count(what), word))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    let mut lines = Vec::new();
    if !said.is_empty() {
        lines.push(format!("{}: {}", speaker.say("Decizii", "Decisions"), said.join(", ")));
    }
    for change in &speaker.chosen.selection.changes {
        lines.push(format!(
            "{} {}: {} -> {}",
            speaker.say("Schimbare", "Change"),
            speaker.name(&change.code),
            change.before.word(),
            change.after.word()
        ));
    }
    lines
}

fn prices(speaker: &Speaker<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for price in speaker.chosen.prices.iter().filter(|price| !price.keeps_out.is_empty()) {
        let cost = i64::try_from(price.points).unwrap_or(i64::MAX);
        // under `priority` a rule may bring a list with a larger sum
        let word =
            if cost < 0 { speaker.say("aduce", "adds") } else { speaker.say("costă", "costs") };
        let points = speaker.points(cost.saturating_abs());
        let out: Vec<&str> = price.keeps_out.iter().map(String::as_str).collect();
        lines.push(format!(
            "{} {}: {} {}; {word} {points} {}",
            speaker.say("Prețul regulii", "Price of"),
            speaker.clause(&price.clause),
            speaker.say("lasă în afară", "keeps out"),
            named(speaker, &out),
            speaker.say("puncte", "points"),
        ));
    }
    lines
}

fn envelopes(speaker: &Speaker<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let chosen: Chosen<'_> = speaker.chosen;
    for (filled, planned) in chosen.envelopes.iter().zip(&chosen.plan.envelopes) {
        let amount = |units: i64| {
            if planned.money {
                speaker.lei(i128::from(units))
            } else {
                speaker.count(i128::from(units))
            }
        };
        let total = amount(planned.envelope.total);
        let title = planned.title.text(speaker.language);
        lines.push(match &filled.compared {
            None => format!("{title}: {total}, {}", speaker.say("repartizat", "shared out")),
            Some(compared) => {
                let fits = planned.holds.accepts(compared.computed, compared.envelope);
                let mark = if fits { "" } else { speaker.say(" – DIFERĂ", " – DIFFERS") };
                format!(
                    "{title}: {} {} {total}{mark}",
                    amount(compared.computed),
                    speaker.say("față de", "against")
                )
            }
        });
    }
    lines
}
