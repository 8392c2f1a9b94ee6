//! A programme with one rule changed: `county Teleorman +1`, `places -10`, `limit =2000000`.
//!
//! A [`Wish`] is read from its words, the last of which says by how much; applied to a programme it
//! answers each number that it changed.

use std::fmt::{self, Display, Formatter};

use super::difference::Difference;
use super::outcome::Selection;
use super::pool::Pool;
use super::prices::Bound;
use super::programme::{Limit, Limits, Phase, Programme, Quota, QuotaRule, Share};
use crate::language::machine;
use crate::message::selection::what_if as message;
use crate::quality::Advice;

/// What is asked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Wish {
    /// The phase that it is about; none: all that have the rule.
    phase: Option<String>,
    what: What,
    change: Change,
}

#[derive(Clone, Debug, PartialEq)]
enum What {
    /// Bounds on the groups of a classification, by kind and group; none means every one.
    Quota { bound: Option<Bound>, by: String, group: Option<String> },
    /// The number of places.
    Places,
    /// The money.
    Limit,
    /// The weight of a node.
    Weight { node: String },
}

/// How a number changes.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Change {
    sign: Sign,
    /// The digits as a whole number.
    digits: i64,
    /// How many of them stand behind the point.
    decimals: u32,
    /// Whether it is a part of a hundred.
    percent: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    More,
    Less,
    Set,
}

/// A number of the programme or of the methodology that was changed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Changed {
    /// Which.
    pub(crate) what: Subject,
    /// What it was; none where there was no such bound.
    pub(crate) from: Option<Number>,
    /// What it is.
    pub(crate) to: Number,
}

/// What a number is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// The places of a phase with those of the phases before.
    Places {
        /// The phase.
        phase: String,
    },
    /// The money, up to a phase where one is named.
    Money {
        /// The phase.
        phase: Option<String>,
    },
    /// A bound on the groups of a classification.
    Quota {
        /// The phase.
        phase: String,
        /// The kind of bound.
        bound: Bound,
        /// The classification.
        by: String,
        /// The group; none: every one without a number of its own.
        group: Option<String>,
    },
    /// The weight of a node.
    Weight {
        /// The node.
        node: String,
        /// In which aggregate.
        parent: String,
    },
}

/// A number of a programme or of a methodology.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Number {
    /// Places.
    Places(u32),
    /// A share of the places.
    Share(Share),
    /// Money, in bani.
    Bani(i64),
    /// A weight.
    Weight(f64),
}

/// By the words of its file: `phase I, max county Teleorman`.
impl Display for Subject {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Places { phase } => write!(out, "phase {phase}, upto"),
            Self::Money { phase: Some(phase) } => write!(out, "phase {phase}, limit"),
            Self::Money { phase: None } => out.write_str("limit"),
            Self::Quota { phase, bound, by, group: Some(group) } => {
                write!(out, "phase {phase}, {} {by} {group}", bound.word())
            }
            Self::Quota { phase, bound, by, group: None } => {
                write!(out, "phase {phase}, {} {by}", bound.word())
            }
            Self::Weight { node, parent } => write!(out, "weight {node} ({parent})"),
        }
    }
}

/// As its file may have it: a share as a fraction, or in points of a hundred where they are whole.
impl Display for Number {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Places(places) => write!(out, "{places}"),
            Self::Share(share) => out.write_str(&share_text(*share)),
            Self::Bani(bani) => out.write_str(&super::pool::lei(*bani)),
            Self::Weight(weight) => out.write_str(&machine(*weight)),
        }
    }
}

impl From<Limit> for Number {
    fn from(limit: Limit) -> Self {
        match limit {
            Limit::Places(places) => Self::Places(places),
            Limit::Share(share) => Self::Share(share),
        }
    }
}

/// What changes would do to a list. It is no list: nothing of it is written into a run folder.
#[derive(Clone, Debug)]
pub struct WhatIf {
    /// The numbers that were changed.
    pub(crate) changed: Vec<Changed>,
    /// What the list would gain and lose.
    pub(crate) difference: Difference,
    /// The list with the changes.
    pub(crate) selection: Selection,
    /// Whether codes would decide a tie that stops a selection.
    pub(crate) is_tied: bool,
}

/// Most decimals of a change.
const DECIMALS: usize = 6;

impl Wish {
    /// Reads a wish; names of groups are looked up when it is applied.
    pub(crate) fn read(text: &str, pool: &Pool) -> Result<Self, Advice> {
        let mut words: Vec<&str> = text.split_whitespace().collect();
        let last = words.pop().ok_or_else(|| message::not_a_wish(text))?;
        let change = Change::read(last).ok_or_else(|| message::not_a_change(last))?;
        let phase = match words[..] {
            ["phase" | "etapa", id, ..] => Some(id.to_owned()),
            _ => None,
        };
        let rest = if phase.is_some() { &words[2..] } else { &words[..] };
        let what = match rest {
            ["places" | "upto"] => What::Places,
            [] if phase.is_some() => What::Places,
            ["limit" | "budget"] => What::Limit,
            ["weight", node] if phase.is_none() => What::Weight { node: (*node).to_owned() },
            ["weight", ..] => return Err(message::weight_of_what()),
            [kind, by, group @ ..] if Bound::named(kind).is_some() => {
                What::quota(Bound::named(kind), (by, group), pool)?
            }
            [by, group @ ..] => What::quota(None, (by, group), pool)?,
            [] => return Err(message::not_a_wish(text)),
        };
        Ok(Self { phase, what, change })
    }

    /// The node whose weight it is about.
    pub(crate) fn node(&self) -> Option<&str> {
        if let What::Weight { node } = &self.what { Some(node) } else { None }
    }

    /// A weight after the change; `None` below zero or beyond all numbers.
    pub(crate) fn weight(&self, now: f64) -> Option<f64> {
        let scale = (0..self.change.decimals).fold(1.0, |scale, _| scale * 10.0);
        let by = self.change.digits as f64 / scale;
        let new = match self.change.sign {
            Sign::More => now + by,
            Sign::Less => now - by,
            Sign::Set => by,
        };
        (!self.change.percent && new.is_finite() && new >= 0.0).then_some(new)
    }

    /// Changes a programme; `group` finds the group of a classification by how it is written.
    pub(crate) fn apply(
        &self,
        programme: &mut Programme,
        group: &dyn Fn(&str, &str) -> Result<String, Advice>,
    ) -> Result<Vec<Changed>, Advice> {
        if let Some(id) = &self.phase {
            let known = || programme.phases.iter().map(|phase| phase.id.as_str());
            if !known().any(|known| known == id) {
                return Err(message::unknown_phase(id, known()));
            }
        }
        match &self.what {
            What::Weight { .. } => Ok(Vec::new()),
            What::Places => self.places(programme),
            What::Limit => self.limit(programme),
            What::Quota { bound, by, group: wanted } => {
                let found = wanted.as_ref().map(|wanted| group(by, wanted)).transpose()?;
                self.quotas(programme, *bound, (by, found.as_deref()))
            }
        }
    }

    fn is_here(&self, phase: &Phase) -> bool {
        self.phase.as_ref().is_none_or(|id| *id == phase.id)
    }

    /// The last phase that it is about.
    fn last<'p>(&self, programme: &'p mut Programme) -> Result<&'p mut Phase, Advice> {
        let mut phases = programme.phases.iter_mut().rev();
        phases.find(|phase| self.is_here(phase)).ok_or_else(|| message::no_phase().into())
    }

    fn places(&self, programme: &mut Programme) -> Result<Vec<Changed>, Advice> {
        let change = self.change;
        let phase = self.last(programme)?;
        let now = phase.upto.ok_or_else(|| message::open_phase(&phase.id))?;
        let to = change.places(now)?;
        phase.upto = Some(to);
        let what = Subject::Places { phase: phase.id.clone() };
        Ok(vec![Changed { what, from: Some(Number::Places(now)), to: Number::Places(to) }])
    }

    fn limit(&self, programme: &mut Programme) -> Result<Vec<Changed>, Advice> {
        let change = self.change;
        let budget = programme.budget.as_mut().ok_or_else(message::no_budget)?;
        let changed = |phase: Option<String>, money: &mut i64| {
            let from = Some(Number::Bani(*money));
            *money = change.money(*money)?;
            let what = Subject::Money { phase };
            Ok::<_, Advice>(vec![Changed { what, from, to: Number::Bani(*money) }])
        };
        if self.phase.is_none() {
            return changed(None, &mut budget.limit);
        }
        let whole = budget.limit;
        let phase = self.last(programme)?;
        let money = phase.limit.get_or_insert(whole);
        changed(Some(phase.id.clone()), money)
    }

    fn quotas(
        &self,
        programme: &mut Programme,
        bound: Option<Bound>,
        (by, group): (&str, Option<&str>),
    ) -> Result<Vec<Changed>, Advice> {
        let mut changed = Vec::new();
        for phase in programme.phases.iter_mut().filter(|phase| self.is_here(phase)) {
            let id = phase.id.clone();
            let what = |bound: Bound, group: Option<&str>| Subject::Quota {
                phase: id.clone(),
                bound,
                by: by.to_owned(),
                group: group.map(str::to_owned),
            };
            for quota in phase.quota.iter_mut().filter(|quota| quota.by == by) {
                for (kind, limits) in bounds(&mut quota.rule) {
                    if bound.is_none_or(|bound| bound == kind) {
                        let of = |group: Option<&str>| what(kind, group);
                        changed.extend(self.change.limits(limits, group, &of)?);
                    }
                }
                if let (QuotaRule::Share(shares), None | Some(Bound::Share)) =
                    (&mut quota.rule, bound)
                {
                    let own = shares.iter_mut().filter(|(own, _)| group.is_none_or(|g| g == *own));
                    for (own, share) in own {
                        let from = Some(Number::Share(*share));
                        *share = self.change.share(*share)?;
                        let what = what(Bound::Share, Some(own));
                        changed.push(Changed { what, from, to: Number::Share(*share) });
                    }
                }
            }
        }
        match (changed.is_empty(), bound, group) {
            (false, ..) => Ok(changed),
            (true, Some(bound @ (Bound::Min | Bound::Max | Bound::Exactly)), Some(group))
                if self.change.sign == Sign::Set =>
            {
                self.put(programme, bound, (by, group))
            }
            (true, ..) => Err(message::no_bound(by, group)),
        }
    }

    /// Sets a bound that the programme does not have.
    fn put(
        &self,
        programme: &mut Programme,
        bound: Bound,
        (by, group): (&str, &str),
    ) -> Result<Vec<Changed>, Advice> {
        let limit = self.change.limit(None)?;
        let phase = self.last(programme)?;
        let mut rule = QuotaRule::Bounds {
            min: Limits::default(),
            max: Limits::default(),
            exactly: Limits::default(),
        };
        for (kind, limits) in bounds(&mut rule) {
            if kind == bound {
                limits.named.insert(group.to_owned(), limit);
            }
        }
        phase.quota.push(Quota { by: by.to_owned(), rule });
        let (phase, by, group) = (phase.id.clone(), by.to_owned(), Some(group.to_owned()));
        let what = Subject::Quota { phase, bound, by, group };
        Ok(vec![Changed { what, from: None, to: limit.into() }])
    }
}

impl What {
    fn quota(
        bound: Option<Bound>,
        (by, group): (&str, &[&str]),
        pool: &Pool,
    ) -> Result<Self, Advice> {
        if pool.classification(by).is_none() {
            let known = pool.classifications.iter().map(|family| family.id.as_str());
            return Err(message::unknown_target(by, known.chain(["places", "limit", "weight"])));
        }
        let group = (!group.is_empty()).then(|| group.join(" "));
        Ok(Self::Quota { bound, by: by.to_owned(), group })
    }
}

/// The bounds of a quota, by kind.
fn bounds(rule: &mut QuotaRule) -> Vec<(Bound, &mut Limits)> {
    match rule {
        QuotaRule::Bounds { min, max, exactly } => {
            vec![(Bound::Min, min), (Bound::Max, max), (Bound::Exactly, exactly)]
        }
        QuotaRule::Apportioned { min, max, .. } => vec![(Bound::Min, min), (Bound::Max, max)],
        QuotaRule::Share(_) => Vec::new(),
    }
}

impl Change {
    fn read(word: &str) -> Option<Self> {
        let sign = match word.chars().next()? {
            '+' => Sign::More,
            '-' | '−' => Sign::Less,
            '=' => Sign::Set,
            _ => return None,
        };
        let number = word.trim_start_matches(['+', '-', '−', '=']);
        let (number, percent) = match number.strip_suffix('%') {
            Some(number) => (number, true),
            None => (number, false),
        };
        let (whole, fraction) = number.split_once(['.', ',']).unwrap_or((number, ""));
        let all = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let is_number =
            !whole.is_empty() && all(whole) && all(fraction) && fraction.len() <= DECIMALS;
        let is_whole = !number.ends_with(['.', ',']);
        let digits = format!("{whole}{fraction}").parse().ok().filter(|_| is_number && is_whole)?;
        let decimals = u32::try_from(fraction.len()).ok()?;
        Some(Self { sign, digits, decimals, percent })
    }

    /// A whole number after the change, counted in parts of `10^scale`.
    fn number(self, now: i64, scale: u32) -> Option<i64> {
        let by = self.digits.checked_mul(10_i64.checked_pow(scale.checked_sub(self.decimals)?)?)?;
        let new = match self.sign {
            Sign::More => now.checked_add(by)?,
            Sign::Less => now.checked_sub(by)?,
            Sign::Set => by,
        };
        (!self.percent && new >= 0).then_some(new)
    }

    fn places(self, now: u32) -> Result<u32, Advice> {
        let new = self.number(i64::from(now), 0).and_then(|new| u32::try_from(new).ok());
        new.ok_or_else(|| message::not_places(now))
    }

    fn money(self, now: i64) -> Result<i64, Advice> {
        self.number(now, 2).ok_or_else(|| message::not_money(&super::pool::lei(now)))
    }

    /// A share of the places after the change, in points of a hundred.
    fn share(self, now: Share) -> Result<Share, Advice> {
        let refuse = || message::not_a_share(&share_text(now));
        let of = 10_u32.checked_pow(self.decimals).and_then(|tens| tens.checked_mul(100));
        let (of, parts) =
            (of.ok_or_else(refuse)?, u32::try_from(self.digits).map_err(|_| refuse())?);
        if !self.percent {
            return Err(refuse());
        }
        if self.sign == Sign::Set {
            return (parts <= of).then_some(Share { parts, of }).ok_or_else(refuse);
        }
        let scaled = |parts: u32, of: u32| u64::from(parts).checked_mul(u64::from(of));
        let (own, by) = (scaled(now.parts, of), scaled(parts, now.of));
        let new = match self.sign {
            Sign::Less => own.zip(by).and_then(|(own, by)| own.checked_sub(by)),
            _ => own.zip(by).and_then(|(own, by)| own.checked_add(by)),
        };
        let whole = scaled(now.of, of).ok_or_else(refuse)?;
        let new = new.filter(|new| *new <= whole).ok_or_else(refuse)?;
        let common = divisor(new, whole);
        let small = |number: u64| u32::try_from(number / common).map_err(|_| refuse());
        Ok(Share { parts: small(new)?, of: small(whole)? })
    }

    fn limit(self, now: Option<Limit>) -> Result<Limit, Advice> {
        match now {
            Some(Limit::Places(now)) => self.places(now).map(Limit::Places),
            Some(Limit::Share(now)) => self.share(now).map(Limit::Share),
            None if self.percent => self.share(Share { parts: 0, of: 1 }).map(Limit::Share),
            None => self.places(0).map(Limit::Places),
        }
    }

    /// Bounds after the change: of one group, or of every one that is bounded.
    fn limits(
        self,
        limits: &mut Limits,
        group: Option<&str>,
        what: &dyn Fn(Option<&str>) -> Subject,
    ) -> Result<Vec<Changed>, Advice> {
        let mut changed = Vec::new();
        let mut change = |group: Option<&str>, now: Limit| {
            let new = self.limit(Some(now))?;
            changed.push(Changed { what: what(group), from: Some(now.into()), to: new.into() });
            Ok::<_, Advice>(new)
        };
        if let Some(group) = group {
            if let Some(now) = limits.named.get(group).copied().or(limits.each) {
                let new = change(Some(group), now)?;
                limits.named.insert(group.to_owned(), new);
            }
            return Ok(changed);
        }
        if let Some(each) = &mut limits.each {
            *each = change(None, *each)?;
        }
        for (group, limit) in &mut limits.named {
            *limit = change(Some(group), *limit)?;
        }
        Ok(changed)
    }
}

fn divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a.max(1) } else { divisor(b, a % b) }
}

/// A share as a fraction, or in points of a hundred where they are whole.
fn share_text(share: Share) -> String {
    let (parts, of) = (u64::from(share.parts) * 100, u64::from(share.of.max(1)));
    if parts % of == 0 {
        format!("{}%", parts / of)
    } else {
        format!("{}/{}", share.parts, share.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_a_sign_and_a_number() {
        let change =
            |sign, digits, decimals, percent| Some(Change { sign, digits, decimals, percent });
        assert_eq!(Change::read("+1"), change(Sign::More, 1, 0, false));
        assert_eq!(Change::read("-2,5%"), change(Sign::Less, 25, 1, true));
        assert_eq!(Change::read("=0.25"), change(Sign::Set, 25, 2, false));
        for wrong in ["1", "+", "+x", "+1.", "+.5", "++", "=1.0000001", "+99999999999999999999"] {
            assert_eq!(Change::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn numbers_stay_what_they_count() {
        let read = |word: &str| Change::read(word).unwrap();
        assert_eq!(read("+3").places(5), Ok(8));
        assert!(read("-6").places(5).is_err());
        assert!(read("+0.5").places(5).is_err());
        assert!(read("+4294967295").places(5).is_err());
        assert_eq!(read("+0.5").money(100), Ok(150));
        assert!(read("+0.005").money(100).is_err());
        let half = Share { parts: 1, of: 2 };
        assert_eq!(read("+10%").share(half), Ok(Share { parts: 3, of: 5 }));
        assert!(read("+51%").share(half).is_err());
        assert!(read("+1").share(half).is_err());
    }
}
