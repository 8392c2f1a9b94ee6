//! Why a unit stands where it stands, as a sentence that its mayor can read.

use super::SelectionView;
use crate::language::Language::{self, En, Ro};
use crate::language::{Label, Words, lei, shown};
use crate::message::selection::lists;
use crate::message::selection::reasons::{self as message, Answered, Group};
use crate::quality::Message;
use crate::register::Register;
use crate::selection::{
    Answer, Candidate, Day, FailedCondition, Holder, PlaceHistory, Points, Reason, RuleRef,
    Standing, State, UnitOutcome,
};
use crate::study::programme::NamedTest;

/// A selection with the names of its units, in one language.
#[derive(Clone, Copy)]
pub(crate) struct Wording<'a> {
    pub(crate) chosen: SelectionView<'a>,
    pub(crate) register: &'a Register,
    pub(crate) language: Language,
}

impl<'a> Wording<'a> {
    pub(crate) fn new(chosen: SelectionView<'a>, language: Language) -> Self {
        Self { chosen, register: chosen.figures.register, language }
    }

    /// The same in another language.
    pub(crate) fn in_language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// Words of the table of labels.
    pub(crate) fn word(&self, words: Words) -> &'static str {
        words.text(self.language)
    }

    /// The name of a unit.
    pub(crate) fn name(&self, code: &str) -> String {
        let unit = self.register.position(code);
        unit.map_or_else(|| code.to_owned(), |unit| self.register.names()[unit].clone())
    }

    /// Names joined: of the members of a project.
    pub(crate) fn names(&self, codes: &[String]) -> String {
        codes.iter().map(|code| self.name(code)).collect::<Vec<_>>().join(" + ")
    }

    /// A classification in words, behind *by*.
    pub(super) fn family(&self, by: &str) -> String {
        let known = match (by, self.language) {
            ("county", Ro) => "județ",
            ("region", Ro) => "regiune",
            ("kind", Ro) => "tip de localitate",
            ("kind", En) => "kind of locality",
            (by, _) => by,
        };
        known.to_owned()
    }

    /// The name of a unit with its county.
    pub(crate) fn named(&self, code: &str) -> Message {
        message::named(&self.name(code), self.register_text("county", code))
    }

    /// Names of the members of a project, with their county.
    fn all_named(&self, codes: &[String]) -> Message {
        match codes {
            [one] => self.named(one),
            several => Message::same(self.names(several)),
        }
    }

    /// Points as people read them.
    pub(crate) fn points_text(&self, units: i64) -> String {
        let decimals = self.chosen.plan.rules.order.decimals;
        let text = Points::from_units(units).text(decimals);
        match self.language {
            Ro => text.replace('.', ","),
            En => text,
        }
    }

    /// Bani as lei.
    pub(crate) fn lei(&self, bani: i128) -> String {
        lei(bani, self.language)
    }

    /// A count as people read it.
    pub(crate) fn count(&self, count: i128) -> String {
        shown(count as f64, 0, self.language)
    }

    /// A rule of the programme in words, with why it is there where the programme says so.
    pub(crate) fn clause(&self, clause: &RuleRef) -> String {
        let rule = self.rule(clause).text(self.language).to_owned();
        match clause {
            // the rules are told apart by what they sum
            RuleRef::Sum { sum, .. } => format!("{rule} (`{sum}`)"),
            _ => rule,
        }
    }

    fn rule(&self, clause: &RuleRef) -> Message {
        let rule = rule(clause);
        match self.chosen.plan.because.rule(clause) {
            Some(why) => rule.and(&format!(" ({})", why.en), &format!(" ({})", why.ro)),
            None => rule,
        }
    }

    /// The named tests that a unit passes.
    pub(crate) fn tests(&self, code: &str) -> impl Iterator<Item = &'a NamedTest> + use<'a> {
        let SelectionView { plan, pool, .. } = self.chosen;
        let unit = self.register.position(code).map(|unit| &pool.candidates[unit]);
        let passed = unit.map(|unit| unit.passed.as_slice()).unwrap_or_default();
        passed.iter().map(|at| &plan.tests.named[*at])
    }

    /// Which tests the unit passed, where the programme has some.
    fn passed(&self, unit: &UnitOutcome) -> Option<Message> {
        let passed: Vec<Message> = self
            .tests(&unit.code)
            .map(|test| Message { en: test.because.en.clone(), ro: test.because.ro.clone() })
            .collect();
        (!passed.is_empty()).then(|| message::passes(&joined(&passed)))
    }

    /// What a unit does not meet: in the words of the programme where it has some, else by what the unit
    /// is.
    fn conditions(&self, failed: &[FailedCondition]) -> Message {
        let seen = |failed: &FailedCondition| -> Vec<Message> {
            let seen = failed.seen.iter().flatten();
            seen.filter_map(|(column, value)| message::seen(column, value)).collect()
        };
        let all = |seen: &[Message]| (!seen.is_empty()).then(|| joined(seen));
        // one text may stand for several conditions
        let mut by_words: Vec<(&Label, Vec<Message>)> = Vec::new();
        let (mut without_words, mut unseen, mut seen_there) = (0, false, Vec::new());
        for failed in failed {
            let Some(why) = self.chosen.plan.because.condition(&failed.condition) else {
                without_words += 1;
                let seen = seen(failed);
                unseen |= seen.is_empty();
                seen_there.extend(seen);
                continue;
            };
            match by_words.iter_mut().find(|(known, _)| *known == why) {
                Some((_, known)) => known.extend(seen(failed)),
                None => by_words.push((why, seen(failed))),
            }
        }
        let fails = |(why, seen): &(&Label, Vec<Message>)| {
            let why = Message { en: why.en.clone(), ro: why.ro.clone() };
            message::fails(&why, all(seen).as_ref())
        };
        let mut told: Vec<Message> = by_words.iter().map(fails).collect();
        if without_words > 0 {
            // what was seen of some conditions is not all that is wrong
            let seen = all(&seen_there);
            let seen = if unseen { seen.as_ref().map(message::among_others) } else { seen };
            told.push(message::fails_without_words(without_words, seen.as_ref()));
        }
        joined(&told)
    }

    /// The whole sentence: what became of the unit, where it stands, why, and what would have changed
    /// it.
    pub(crate) fn sentence(&self, unit: &UnitOutcome) -> String {
        let mut told = self.afterwards(unit);
        told.extend(self.reasons_of(unit));
        told.extend(self.distance(unit));
        let told: Vec<&str> = told.iter().map(|sentence| sentence.text(self.language)).collect();
        told.join(" ")
    }

    /// What became of a place that the unit held after the list was made; the last thing first.
    pub(crate) fn afterwards(&self, unit: &UnitOutcome) -> Vec<Message> {
        let mut told: Vec<(Option<Day>, Message)> = Vec::new();
        if unit.decision.is_none() {
            return Vec::new();
        }
        for (number, place) in (1..).zip(&self.chosen.selection.places) {
            let held = place.holders.iter().enumerate();
            let held = held.filter(|(_, holder)| holder.codes.contains(&unit.code));
            for (at, holder) in held {
                let own = Held { wording: *self, number, place, at, holder };
                told.extend(own.came().map(|said| (holder.since, said)));
                told.extend(own.answers(&unit.code));
            }
        }
        // stable: of one day what was done stands behind what was got
        told.sort_by_key(|(day, _)| *day);
        told.into_iter().rev().map(|(_, said)| said).collect()
    }

    /// Why the list has the unit, or has it not. Of a unit that stands elsewhere by now only why the list
    /// put it where it did.
    pub(crate) fn reasons_of(&self, unit: &UnitOutcome) -> Vec<Message> {
        if !unit.is_as_listed() {
            return vec![message::when_listed(&self.reason(unit))];
        }
        let mut told = vec![self.reason(unit)];
        told.extend(self.passed(unit));
        told.extend(self.lower(unit));
        told.extend(unit.reserve.map(message::on_reserve));
        told
    }

    /// That units further down have a place, and what gave it to them.
    fn lower(&self, unit: &UnitOutcome) -> Option<Message> {
        let is_outside = matches!(unit.state, State::NotSelected | State::Reserve);
        let rank = unit.rank.filter(|_| is_outside)?;
        let lower: Vec<&UnitOutcome> = self.chosen.selection.selected_below(rank).collect();
        let reasons = || lower.iter().map(|it| &it.reason);
        let rules: Vec<&RuleRef> =
            reasons().chain([&unit.reason]).filter_map(rule_behind).collect();
        let by_rules = (!rules.is_empty()).then(|| {
            let is_quota = |rule: &&RuleRef| {
                matches!(rule, RuleRef::Least { .. } | RuleRef::Most { .. } | RuleRef::Quota { .. })
            };
            if rules.iter().all(is_quota) { message::by_quotas() } else { message::by_rules() }
        });
        let is_decided = |reason: &Reason| {
            matches!(reason, Reason::Included(_) | Reason::Accepted | Reason::HeldHarmless)
        };
        let by_decision = reasons().any(is_decided).then(message::by_decision);
        let by: Vec<Message> = by_rules.into_iter().chain(by_decision).collect();
        (!lower.is_empty()).then(|| message::lower_are_in(lower.len(), &by))
    }

    /// The position of a unit among those that may take a place.
    fn position(&self, unit: &UnitOutcome) -> Message {
        match unit.rank {
            Some(rank) => message::position(rank, self.contenders()),
            None => lists::withheld_position(),
        }
    }

    /// Among how many units, and of which group, lots were drawn for the place of a unit.
    fn contested(&self, unit: &UnitOutcome) -> Message {
        let pool = self.chosen.pool;
        let draw = self.chosen.plan.rules.order.draw.as_ref();
        let by = draw.and_then(|draw| draw.by.as_ref());
        let family = by.and_then(|by| pool.classification(by));
        let own = self.register.position(&unit.code);
        let group = family.zip(own).and_then(|(at, own)| pool.candidates[own].groups[at]);
        let is_among = |other: &&Candidate| {
            other.standing == Some(Standing::Contested)
                && family.is_none_or(|at| other.groups[at] == group)
        };
        let count = pool.candidates.iter().filter(is_among).count();
        let named = family.zip(group).map(|(at, group)| {
            let family = &pool.classifications[at];
            message::group(&family.id, &family.groups[group]).among
        });
        message::contested(count, named.as_ref())
    }

    /// How many units may take a place.
    pub(crate) fn contenders(&self) -> usize {
        self.chosen.selection.units.iter().filter(|unit| unit.rank.is_some()).count()
    }

    fn reason(&self, unit: &UnitOutcome) -> Message {
        let phase = unit.phase.as_deref().unwrap_or_default();
        match &unit.reason {
            Reason::Rank => message::by_rank(phase, &self.position(unit)),
            Reason::Needed(RuleRef::Least { by, group, .. }) => {
                message::seated(phase, &message::group(by, group).of, &self.position(unit))
            }
            Reason::Needed(clause) => {
                message::seated_by_another_rule(phase, &self.rule(clause), &self.position(unit))
            }
            Reason::Drawn => message::drawn(phase, &self.contested(unit)),
            Reason::NotDrawn => message::not_drawn(&self.contested(unit)),
            Reason::LargestSum => message::largest_sum(phase),
            Reason::Included(why) => message::included(why),
            Reason::Accepted => message::kept(),
            Reason::HeldHarmless => message::held_harmless(),
            Reason::Partner(lead) => message::partner(&self.named(lead)),
            Reason::BelowCut => message::below(&self.position(unit)),
            Reason::Full(RuleRef::Most { phase, by, group }) => {
                let count = message::places(self.held_by(by, group, phase));
                message::full(&message::group(by, group).of, &count)
            }
            Reason::Full(clause) => message::full_by_another_rule(&self.rule(clause)),
            Reason::Displaced { by, rule: RuleRef::Least { by: family, group, .. } } => {
                message::displaced(&self.named(by), &message::group(family, group).of)
            }
            Reason::Displaced { by, rule: clause } => {
                message::displaced_by_another_rule(&self.named(by), &self.rule(clause))
            }
            Reason::Money(clause) => message::money(&self.rule(clause)),
            Reason::SmallerSum => message::smaller_sum(),
            Reason::TieLost(to) if self.chosen.plan.rules.order.lottery.is_some() => {
                message::lost_the_draw(&self.named(to))
            }
            Reason::TieLost(to) => message::lost_by_code(&self.named(to)),
            Reason::Excluded(why) => message::excluded(why),
            Reason::Ineligible(failed) => message::ineligible(&self.conditions(failed)),
            Reason::Unscored(why) => message::unscored(why),
        }
    }

    /// Places that a group has up to a phase.
    pub(crate) fn held_by(&self, by: &str, group: &str, phase: &str) -> usize {
        let phases = &self.chosen.selection.phases;
        let last = phases.iter().position(|it| it.id == phase).map_or(phases.len(), |at| at + 1);
        let leads = phases[..last].iter().flat_map(|phase| &phase.projects);
        let pool = self.chosen.pool;
        let Some(family) = pool.classification(by) else { return 0 };
        let own = pool.classifications[family].groups.iter().position(|known| known == group);
        // the pool has the order of the register
        let of = |lead: &String| pool.candidates[self.register.position(lead)?].groups[family];
        leads.filter_map(|project| project.first()).filter(|lead| of(lead) == own).count()
    }

    /// How far the unit is from the other side of the cut.
    fn distance(&self, unit: &UnitOutcome) -> Option<Message> {
        let distance = unit.distance.as_ref()?;
        let with = self.named(&distance.with);
        let ranks = usize::try_from(distance.ranks.unsigned_abs()).unwrap_or(usize::MAX);
        let ranks = message::ranks(ranks);
        let points = distance.points.map(|points| self.gap(points.saturating_abs()));
        let has_more = distance.points.is_some_and(|points| points < 0);
        Some(match unit.state {
            State::Selected => message::spared(points.as_ref(), &ranks, &with),
            _ => message::lacked(points.as_ref().map(|it| (it, has_more)), &ranks, &with),
        })
    }

    /// Points with as many decimals as tell them from none, at least two, in both languages.
    pub(crate) fn gap(&self, units: i64) -> Message {
        let most = self.chosen.plan.rules.order.decimals;
        let text = Points::from_units(units).text(most);
        let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
        let first = fraction.find(|digit| digit != '0').map_or(0, |at| at + 2);
        let is_small = units.unsigned_abs() < 10_u64.saturating_pow(u32::from(most));
        let keep = if is_small { first.max(2) } else { 2 }.min(fraction.len());
        Message::number(text.parse().unwrap_or(f64::NAN), keep)
    }
}

/// The rule that put a unit where another with a lower score stands, or below one.
fn rule_behind(reason: &Reason) -> Option<&RuleRef> {
    match reason {
        Reason::Needed(rule)
        | Reason::Full(rule)
        | Reason::Money(rule)
        | Reason::Displaced { rule, .. } => Some(rule),
        _ => None,
    }
}

/// A place that a unit held.
struct Held<'h> {
    wording: Wording<'h>,
    number: usize,
    place: &'h PlaceHistory,
    /// Its position among the holders of the place.
    at: usize,
    holder: &'h Holder,
}

impl Held<'_> {
    /// How the unit came to a place that another had given up.
    fn came(&self) -> Option<Message> {
        let before = self.place.holders.get(self.at.checked_sub(1)?)?;
        let day = day(&self.holder.since?.to_string());
        let after = self.wording.all_named(&before.codes);
        let (number, phase) = (message::number(self.number), self.place.phase.as_str());
        Some(if self.holder.moved_up {
            message::moved_up(&number, phase, &after, &day)
        } else {
            message::entered(&number, phase, &after, &day)
        })
    }

    /// What the unit answered, each with its day.
    fn answers(&self, code: &str) -> Vec<(Option<Day>, Message)> {
        let own = self.holder.answers.iter().filter(|answer| answer.code == code);
        let name = self.wording.name(code);
        own.map(|answer| {
            let day = day(&answer.day.to_string());
            let answered = Answered { name: &name, day: &day, document: &answer.reference };
            let said = match answer.answer {
                Answer::Accepted => answered.accepted(),
                Answer::Refused => answered.refused(&self.onward()),
                Answer::Withdrawn => answered.withdrew(&self.onward()),
                Answer::Silent => answered.silent(&self.onward()),
            };
            (Some(answer.day), said)
        })
        .collect()
    }

    /// To whom the place went next.
    fn onward(&self) -> Message {
        let (number, phase) = (message::number(self.number), self.place.phase.as_str());
        match self.place.holders.get(self.at + 1) {
            Some(next) => {
                let to = self.wording.all_named(&next.codes);
                if next.moved_up {
                    message::passed_up(&number, phase, &to)
                } else {
                    message::passed_on(&number, phase, &to)
                }
            }
            None => message::left_empty(&number, phase),
        }
    }
}

/// A day as each language writes it.
fn day(iso: &str) -> Message {
    let parts: Vec<&str> = iso.split('-').collect();
    match parts.as_slice() {
        [year, month, day] => Message { en: iso.to_owned(), ro: format!("{day}.{month}.{year}") },
        _ => Message::same(iso),
    }
}

/// Parts one after the other.
fn joined(parts: &[Message]) -> Message {
    let of = |text: fn(&Message) -> &str| parts.iter().map(text).collect::<Vec<_>>().join("; ");
    Message { en: of(|part| &part.en), ro: of(|part| &part.ro) }
}

/// A rule of a programme in words.
pub(crate) fn rule(clause: &RuleRef) -> Message {
    let of = |by: &str, group: &str| -> Group { message::group(by, group) };
    match clause {
        RuleRef::Places { phase } => message::places_of(phase),
        RuleRef::Least { phase, by, group } => message::minimum(&of(by, group), phase),
        RuleRef::Most { phase, by, group } => message::maximum(&of(by, group), phase),
        RuleRef::Quota { phase, by, .. } => message::quota(by, phase),
        RuleRef::Money { phase } => message::budget(phase),
        RuleRef::Sum { phase, most: true, .. } => message::largest_total(phase),
        RuleRef::Sum { phase, most: false, .. } => message::least_total(phase),
        RuleRef::Locked { phase } => message::locked(phase),
    }
}
