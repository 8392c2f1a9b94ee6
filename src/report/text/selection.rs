//! What a selection says in the terminal: what a planner can read out.

use std::collections::BTreeMap;

use crate::language::shown;
use crate::message::labels;
use crate::message::selection::reasons;
use crate::quality::Message;
use crate::report::model::{Account, Profile, Wording};
use crate::selection::{Boundary, DecidedBy, Judgement, Reason, RuleRef, State, UnitOutcome, way};

/// Units named of a list.
const NAMED: usize = 5;
/// Rules that keep units out, with most units first.
const RULES: usize = 8;

/// The selection in a dozen lines.
pub(super) fn lines(wording: Wording<'_>, capacity: Option<Profile<'_>>) -> Vec<String> {
    let chosen = wording.chosen;
    let rules = &chosen.plan.rules;
    let mut lines = vec![format!(
        "{}: {} ({})",
        wording.word(labels::LISTED_PROGRAMME),
        rules.title.text(wording.language),
        rules.id
    )];
    lines.extend(phases(&wording));
    lines.extend(overtaken(&wording));
    lines.extend(ties(&wording));
    lines.extend(reserve(&wording));
    lines.extend(afterwards(&wording));
    lines.extend(prices(&wording));
    lines.extend(envelopes(&wording));
    if let Some(profile) = capacity {
        lines.extend(Capacity { wording, profile }.lines());
    }
    lines
}

fn phases(wording: &Wording<'_>) -> Vec<String> {
    let chosen = wording.chosen;
    let mut lines = Vec::new();
    for (phase, cut) in chosen.selection.phases.iter().zip(&chosen.selection.boundaries) {
        let mut text = format!(
            "  {} {}: {}",
            wording.word(labels::PHASE_IN_TEXT),
            phase.id,
            labels::PLACES_FILLED.of(phase.places, wording.language),
        );
        if phase.empty > 0 {
            let empty = wording.count(phase.empty as i128);
            text += &format!(", {empty} {}", wording.word(labels::PLACES_EMPTY));
        }
        if chosen.plan.rules.budget.is_some() {
            text += &format!(", {}", wording.lei(phase.cost));
        }
        if chosen.plan.people.is_some() {
            let people = usize::try_from(phase.people).unwrap_or(usize::MAX);
            text += &format!(", {}", labels::PERSONS.of(people, wording.language));
        }
        lines.push(text);
        if let (Some(last), Some(first)) = (&cut.last_in, &cut.first_out) {
            lines.push(format!(
                "    {} {}; {} {}{}",
                wording.word(labels::LAST_IN_IS),
                wording.name(last),
                wording.word(labels::FIRST_OUT_IS),
                wording.name(first),
                cut.gap.map_or_else(String::new, |gap| less(wording, gap))
            ));
        }
        lines.extend(apart(wording, cut));
        lines.push(format!("    {}", proof(wording, &phase.proof)));
    }
    lines
}

/// Who stands on a side of the cut for another reason than the order, how many and who first.
fn apart(wording: &Wording<'_>, cut: &Boundary) -> Option<String> {
    let kinds = [
        (labels::SEATED_BY_MINIMUM, &cut.seated),
        (labels::DISPLACED_BY_SEATED, &cut.displaced),
        (labels::KEPT_OUT_BY_MAXIMUM, &cut.kept_out),
    ];
    let said: Vec<String> = kinds
        .into_iter()
        .filter(|(_, codes)| !codes.is_empty())
        .map(|(words, codes)| {
            format!("{}: {}", wording.word(words), wording.count(codes.len() as i128))
        })
        .collect();
    (!said.is_empty()).then(|| format!("    {}", said.join("; ")))
}

/// How much less the first outside has than the last inside; a rule may have put it there although
/// it has more.
fn less(wording: &Wording<'_>, gap: i64) -> String {
    let points = wording.points_text(gap.saturating_abs());
    let words = match gap.signum() {
        0 => return format!(", {}", wording.word(labels::TIED_SCORE)),
        1 => wording.word(labels::POINTS_LESS),
        _ => wording.word(labels::POINTS_MORE),
    };
    format!(", {} {points} {words}", wording.word(labels::WITH))
}

fn proof(wording: &Wording<'_>, proof: &crate::selection::Proof) -> String {
    let way = wording.word(way(proof.algorithm));
    if proof.proved {
        return format!("{way}; {}", wording.word(labels::PROVED));
    }
    let gap = proof.gap_per_million().unwrap_or_default();
    format!(
        "{way}; {} {gap} {}",
        wording.word(labels::NOT_PROVED),
        wording.word(labels::PER_MILLION_SHORT)
    )
}

/// Units outside with a higher score than somebody inside, by the rule that keeps them out.
fn overtaken(wording: &Wording<'_>) -> Vec<String> {
    let units = &wording.chosen.selection.units;
    let mut by_rule: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let is_outside =
        |unit: &&UnitOutcome| matches!(unit.state, State::NotSelected | State::Reserve);
    let mut outside: Vec<&UnitOutcome> = units.iter().filter(is_outside).collect();
    outside.sort_by_key(|unit| unit.rank);
    for unit in outside {
        let rule = match &unit.reason {
            Reason::Full(clause) => {
                format!("{} ({})", wording.clause(clause), wording.word(labels::REACHED))
            }
            Reason::Displaced { rule: RuleRef::Least { phase, by, group }, .. } => {
                let of = reasons::group(by, group).of;
                reasons::kept_for_minimum(&of, phase).text(wording.language).to_owned()
            }
            Reason::Displaced { rule: clause, .. } => {
                format!("{} {}", wording.word(labels::PLACES_KEPT), wording.clause(clause))
            }
            Reason::Money(RuleRef::Money { .. }) => wording.word(labels::THE_BUDGET).to_owned(),
            Reason::SmallerSum => wording.word(labels::LARGEST_SUM).to_owned(),
            _ => continue,
        };
        by_rule.entry(rule).or_default().push(&unit.code);
    }
    if by_rule.is_empty() {
        return Vec::new();
    }
    let total: usize = by_rule.values().map(Vec::len).sum();
    let mut lines = vec![format!("{}: {total}", wording.word(labels::OUTSIDE_THOUGH_HIGHER))];
    let mut by_rule: Vec<_> = by_rule.into_iter().collect();
    by_rule.sort_by_key(|(_, codes)| std::cmp::Reverse(codes.len()));
    let more = by_rule.len().saturating_sub(RULES);
    for (rule, codes) in by_rule.into_iter().take(RULES) {
        lines.push(format!("  {rule}: {}", named(wording, &codes)));
    }
    if more > 0 {
        let all = wording.word(labels::MORE_RULES);
        lines.push(format!("  {}", all.replace("{}", &more.to_string())));
    }
    lines
}

fn named(wording: &Wording<'_>, codes: &[&str]) -> String {
    let names: Vec<String> = codes.iter().take(NAMED).map(|code| wording.name(code)).collect();
    let more = codes.len().saturating_sub(NAMED);
    Message::same(names.join(", ")).and_more(more).text(wording.language).to_owned()
}

fn ties(wording: &Wording<'_>) -> Vec<String> {
    let ties = wording.chosen.selection.ties.iter();
    ties.map(|tie| {
        let codes = |codes: &[String]| {
            named(wording, &codes.iter().map(String::as_str).collect::<Vec<_>>())
        };
        let (what, inside, outside, decided) = match tie.decided_by {
            DecidedBy::Draw => {
                (labels::LOTS_DRAWN, labels::WITH_A_PLACE, labels::WITHOUT_A_PLACE, None)
            }
            DecidedBy::Lottery => {
                (labels::TIE_AT_CUT, labels::INSIDE, labels::OUTSIDE, Some(labels::LOTTERY_DECIDED))
            }
            DecidedBy::Code => {
                (labels::TIE_AT_CUT, labels::INSIDE, labels::OUTSIDE, Some(labels::CODE_DECIDED))
            }
        };
        let line = format!(
            "{} ({} {}): {} {}; {} {}",
            wording.word(what),
            wording.word(labels::PHASE_IN_TEXT),
            tie.phase,
            wording.word(inside),
            codes(&tie.inside),
            wording.word(outside),
            codes(&tie.outside)
        );
        decided.map_or_else(|| line.clone(), |words| format!("{line}; {}", wording.word(words)))
    })
    .collect()
}

fn reserve(wording: &Wording<'_>) -> Vec<String> {
    let reserve = &wording.chosen.selection.reserve;
    if reserve.is_empty() {
        return Vec::new();
    }
    let first: Vec<String> = reserve.iter().take(NAMED).map(|codes| wording.names(codes)).collect();
    let rest = if reserve.len() > NAMED { " …" } else { "" };
    vec![format!(
        "{}: {} ({}{rest})",
        wording.word(labels::RESERVE),
        wording.count(reserve.len() as i128),
        first.join(", ")
    )]
}

fn afterwards(wording: &Wording<'_>) -> Vec<String> {
    let units = &wording.chosen.selection.units;
    let count = |what: Judgement| units.iter().filter(|u| u.decision == Some(what)).count();
    let words = [
        (Judgement::Accepted, wording.word(labels::PLACES_ACCEPTED)),
        (Judgement::Refused, wording.word(labels::PLACES_REFUSED)),
        (Judgement::Withdrawn, wording.word(labels::PLACES_WITHDRAWN)),
        (Judgement::Silent, wording.word(labels::PLACES_SILENT)),
        (Judgement::Replacement, wording.word(labels::PLACES_REPLACED)),
    ];
    let said: Vec<String> = words
        .into_iter()
        .map(|(what, word)| (count(what), word))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{} {word}", wording.count(count as i128)))
        .collect();
    let mut lines = Vec::new();
    if !said.is_empty() {
        lines.push(format!("{}: {}", wording.word(labels::LIST_DECISIONS), said.join(", ")));
    }
    for change in &wording.chosen.selection.changes {
        lines.push(format!(
            "{} {}: {} -> {}",
            wording.word(labels::CHANGE),
            wording.name(&change.code),
            change.before.word(),
            change.after.word()
        ));
    }
    lines
}

fn prices(wording: &Wording<'_>) -> Vec<String> {
    wording.chosen.prices.iter().flat_map(|price| wording.price(price, NAMED)).collect()
}

fn envelopes(wording: &Wording<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let chosen = wording.chosen;
    for (filled, planned) in chosen.envelopes.iter().zip(&chosen.plan.envelopes) {
        let amount = |units: i64| {
            if planned.money {
                wording.lei(i128::from(units))
            } else {
                wording.count(i128::from(units))
            }
        };
        let total = amount(planned.envelope.total);
        let title = planned.title.text(wording.language);
        lines.push(match &filled.compared {
            None => format!("{title}: {total}, {}", wording.word(labels::SHARED_OUT)),
            Some(compared) => {
                let fits = planned.holds.accepts(compared.computed, compared.envelope);
                let mark = if fits { "" } else { wording.word(labels::DIFFERS) };
                format!(
                    "{title}: {} {} {total}{mark}",
                    amount(compared.computed),
                    wording.word(labels::AGAINST)
                )
            }
        });
    }
    lines
}

/// Need beside supply, as a programme asks for it.
struct Capacity<'a> {
    wording: Wording<'a>,
    profile: Profile<'a>,
}

impl Capacity<'_> {
    /// Each resource in all, or in the county of the lists.
    fn lines(&self) -> Vec<String> {
        let county = self.wording.chosen.county;
        let whole = county.unwrap_or(self.wording.word(labels::WHOLE_COUNTRY));
        let units = self.profile.units(county);
        let mut lines = vec![format!("{}, {whole}:", self.wording.word(labels::LIST_CAPACITY))];
        for account in &self.profile.accounts {
            lines.extend(self.resource(account, &units).iter().map(|line| format!("  {line}")));
        }
        lines.extend(self.absent().into_iter().map(|line| format!("  {line}")));
        lines
    }

    /// A resource over some units: the sums, then who lacks it first.
    fn resource(&self, account: &Account<'_>, units: &[usize]) -> Vec<String> {
        let Account { resource, stock, .. } = account;
        let title = resource.title.text(self.wording.language);
        let balance = stock.balance(units);
        let number = |value: Option<f64>| {
            let text = |value| shown(value, account.decimals(), self.wording.language);
            value.map_or_else(|| self.wording.word(labels::NOT_KNOWN).to_owned(), text)
        };
        let mut text = format!("{title}: {}", number(balance.supply));
        if stock.need.is_some() {
            text += &format!(
                " {} {}, {} {}",
                self.wording.word(labels::AGAINST_NEED),
                number(balance.need),
                self.wording.word(labels::IT_LACKS),
                number(balance.gap),
            );
        }
        text += &format!(
            " ({} {} {} {})",
            self.wording.count(balance.having.len() as i128),
            self.wording.word(labels::OUT_OF),
            labels::UNITS.of(balance.units, self.wording.language),
            self.wording.word(labels::HAVE_SOME),
        );
        if resource.named && self.wording.chosen.county.is_some() && !balance.having.is_empty() {
            text += &format!(": {}", self.profile.named(&balance.having));
        }
        let mut lines = vec![text];
        if balance.unknown > 0 {
            let words = self.wording.word(labels::WITHOUT_VALUE_IN);
            let units = labels::UNITS.of(balance.unknown, self.wording.language);
            lines.push(format!("  {words} {units}"));
        }
        let first = self.profile.by_risk(balance.short);
        if !first.is_empty() {
            let names: Vec<&str> = first
                .iter()
                .take(NAMED)
                .map(|&unit| self.wording.register.names()[unit].as_str())
                .collect();
            let dots = if first.len() > NAMED { " …" } else { "" };
            let words = self.wording.word(labels::FIRST_SHORT);
            lines.push(format!("  {words}: {}{dots}", names.join(", ")));
        }
        if let Some(assumption) = &resource.assumption {
            let words = self.wording.word(labels::BASIS_ASSUMPTION);
            lines.push(format!("  {words}: {}", assumption.text(self.wording.language)));
        }
        lines
    }

    /// What the study has no source for.
    fn absent(&self) -> Vec<String> {
        let absent = self.profile.capacity.absent.iter();
        absent
            .map(|absent| {
                format!(
                    "{}: {} `{}`",
                    absent.title.text(self.wording.language),
                    self.wording.word(labels::NO_SOURCE),
                    absent.source
                )
            })
            .collect()
    }
}
