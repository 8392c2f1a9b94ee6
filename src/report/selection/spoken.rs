//! What a selection says in the terminal: what a planner can read out.

use std::collections::BTreeMap;

use super::Chosen;
use super::capacity_words;
use super::sentences::Speaker;
use crate::message::labels;
use crate::optimise::Algorithm;
use crate::quality::printable;
use crate::report::View;
use crate::selection::{DecidedBy, Judgement, Reason, RuleRef, State};

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
        speaker.word(labels::LISTED_PROGRAMME),
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
            "  {} {}: {}",
            speaker.word(labels::PHASE_IN_TEXT),
            phase.id,
            labels::PLACES_FILLED.of(phase.places, speaker.language),
        );
        if phase.empty > 0 {
            let empty = speaker.count(phase.empty as i128);
            text += &format!(", {empty} {}", speaker.word(labels::PLACES_EMPTY));
        }
        if chosen.plan.rules.budget.is_some() {
            text += &format!(", {}", speaker.lei(phase.cost));
        }
        if chosen.plan.people.is_some() {
            let people = usize::try_from(phase.people).unwrap_or(usize::MAX);
            text += &format!(", {}", labels::PERSONS.of(people, speaker.language));
        }
        lines.push(text);
        if let (Some(last), Some(first)) = (&cut.last_in, &cut.first_out) {
            lines.push(format!(
                "    {} {}; {} {}{}",
                speaker.word(labels::LAST_IN_IS),
                speaker.name(last),
                speaker.word(labels::FIRST_OUT_IS),
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
        0 => return format!(", {}", speaker.word(labels::TIED_SCORE)),
        1 => speaker.word(labels::POINTS_LESS),
        _ => speaker.word(labels::POINTS_MORE),
    };
    format!(", {} {points} {words}", speaker.word(labels::WITH))
}

fn proof(speaker: &Speaker<'_>, proof: &crate::selection::Proof) -> String {
    let way = match proof.algorithm {
        Algorithm::NestedGreedy => speaker.word(labels::BY_GREEDY),
        Algorithm::CrossingFlow => speaker.word(labels::BY_FLOW),
        Algorithm::IntegerProgramme => speaker.word(labels::BY_INTEGER),
        Algorithm::UnionLabels => speaker.word(labels::BY_LABELS),
    };
    if proof.proved {
        return format!("{way}; {}", speaker.word(labels::PROVED));
    }
    let gap = proof.gap_per_million().unwrap_or_default();
    format!(
        "{way}; {} {gap} {}",
        speaker.word(labels::NOT_PROVED),
        speaker.word(labels::PER_MILLION_SHORT)
    )
}

/// Units outside with a higher score than somebody inside, by the rule that keeps them out.
fn overtaken(speaker: &Speaker<'_>) -> Vec<String> {
    let units = &speaker.chosen.selection.units;
    let mut by_rule: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for unit in units.iter().filter(|u| matches!(u.state, State::NotSelected | State::Reserve)) {
        let rule = match &unit.reason {
            Reason::Full(clause) => {
                format!("{} ({})", speaker.clause(clause), speaker.word(labels::REACHED))
            }
            Reason::KeptFor(clause) => {
                format!("{} {}", speaker.word(labels::PLACES_KEPT), speaker.clause(clause))
            }
            Reason::Money(RuleRef::Money { .. }) => speaker.word(labels::THE_BUDGET).to_owned(),
            Reason::SmallerSum => speaker.word(labels::LARGEST_SUM).to_owned(),
            _ => continue,
        };
        by_rule.entry(rule).or_default().push(&unit.code);
    }
    if by_rule.is_empty() {
        return Vec::new();
    }
    let total: usize = by_rule.values().map(Vec::len).sum();
    let mut lines = vec![format!("{}: {total}", speaker.word(labels::OUTSIDE_THOUGH_HIGHER))];
    let mut by_rule: Vec<_> = by_rule.into_iter().collect();
    by_rule.sort_by_key(|(_, codes)| std::cmp::Reverse(codes.len()));
    let more = by_rule.len().saturating_sub(RULES);
    for (rule, codes) in by_rule.into_iter().take(RULES) {
        lines.push(format!("  {rule}: {}", named(speaker, &codes)));
    }
    if more > 0 {
        let all = speaker.word(labels::MORE_RULES);
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
            DecidedBy::Lottery => speaker.word(labels::LOTTERY_DECIDED),
            DecidedBy::Code => speaker.word(labels::CODE_DECIDED),
        };
        format!(
            "{} ({} {}): {} {}; {} {}; {decided}",
            speaker.word(labels::TIE_AT_CUT),
            speaker.word(labels::PHASE_IN_TEXT),
            tie.phase,
            speaker.word(labels::INSIDE),
            codes(&tie.inside),
            speaker.word(labels::OUTSIDE),
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
        speaker.word(labels::RESERVE),
        speaker.count(reserve.len() as i128),
        first.join(", ")
    )]
}

fn afterwards(speaker: &Speaker<'_>) -> Vec<String> {
    let units = &speaker.chosen.selection.units;
    let count = |what: Judgement| units.iter().filter(|u| u.decision == Some(what)).count();
    let words = [
        (Judgement::Accepted, speaker.word(labels::PLACES_ACCEPTED)),
        (Judgement::Refused, speaker.word(labels::PLACES_REFUSED)),
        (Judgement::Withdrawn, speaker.word(labels::PLACES_WITHDRAWN)),
        (Judgement::Replacement, speaker.word(labels::PLACES_REPLACED)),
    ];
    let said: Vec<String> = words
        .into_iter()
        .map(|(what, word)| (count(what), word))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{} {word}", speaker.count(count as i128)))
        .collect();
    let mut lines = Vec::new();
    if !said.is_empty() {
        lines.push(format!("{}: {}", speaker.word(labels::LIST_DECISIONS), said.join(", ")));
    }
    for change in &speaker.chosen.selection.changes {
        lines.push(format!(
            "{} {}: {} -> {}",
            speaker.word(labels::CHANGE),
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
        let word = speaker.word(if cost < 0 { labels::IT_ADDS } else { labels::IT_COSTS });
        let points = speaker.points(cost.saturating_abs());
        let out: Vec<&str> = price.keeps_out.iter().map(String::as_str).collect();
        lines.push(format!(
            "{} {}: {} {}; {word} {points} {}",
            speaker.word(labels::PRICE_OF),
            speaker.clause(&price.rule),
            speaker.word(labels::IT_KEEPS_OUT),
            named(speaker, &out),
            speaker.word(labels::POINTS),
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
            None => format!("{title}: {total}, {}", speaker.word(labels::SHARED_OUT)),
            Some(compared) => {
                let fits = planned.holds.accepts(compared.computed, compared.envelope);
                let mark = if fits { "" } else { speaker.word(labels::DIFFERS) };
                format!(
                    "{title}: {} {} {total}{mark}",
                    amount(compared.computed),
                    speaker.word(labels::AGAINST)
                )
            }
        });
    }
    lines
}
