//! The quotas of a phase as counted rows: shares rounded, places apportioned, groups looked up.

use std::collections::BTreeMap;

use super::apportion::{Apportionment, Method, apportion};
use super::pool::{Pool, UnitIndex};
use super::programme::{Fill, Limit, Limits, Phase, Quota, QuotaRule, Share};
use super::rule_ref::{Objection, RowName};
use crate::language::Words;
use crate::message::selection::refusal as message;
use crate::optimise::{Row, count};
use crate::quality::Advice;
use crate::selection::ProgrammeKey;

/// What the bounds of a phase are computed from.
pub(super) struct QuotaContext<'a> {
    pub(super) pool: &'a Pool,
    /// The units that pass `where`.
    pub(super) passing: &'a [UnitIndex],
    /// The units that may take a place.
    pub(super) contenders: &'a [UnitIndex],
    /// The units that are in already.
    pub(super) locked: &'a [UnitIndex],
}

/// A counted row of a quota.
pub(super) struct QuotaRow {
    pub(super) name: RowName,
    pub(super) bounds: Row,
    /// Positions of the classification and the group that it counts.
    classification: usize,
    group: usize,
}

impl QuotaRow {
    /// Whether the row counts a unit with these groups.
    pub(super) fn counts(&self, groups: &[Option<usize>]) -> bool {
        groups[self.classification] == Some(self.group)
    }
}

/// The rows of a phase's quotas.
pub(super) fn rows(
    phase: &Phase,
    context: &QuotaContext<'_>,
) -> Result<Vec<QuotaRow>, Vec<Objection>> {
    let mut rows = Vec::new();
    let mut objections = Vec::new();
    for (at, quota) in phase.quota.iter().enumerate() {
        let Some(classification) = context.pool.classification(&quota.by) else {
            let known = context.pool.classifications.iter().map(|c| c.id.as_str());
            let advice = message::unknown_quota(&phase.id, &quota.by, known);
            objections.push(Objection::new(
                "unknown-classification",
                ProgrammeKey::QuotaBy,
                advice,
            ));
            continue;
        };
        let reader = QuotaReader { phase, quota, context, classification };
        let bounds = match reader.bounds() {
            Ok(bounds) => bounds,
            Err(more) => {
                objections.extend(more);
                continue;
            }
        };
        let bounded = bounds.into_iter().enumerate().filter(|(_, bounds)| *bounds != Row::FREE);
        rows.extend(bounded.map(|(group, bounds)| QuotaRow {
            name: RowName::Group {
                quota: at,
                by: quota.by.clone(),
                group: reader.groups()[group].clone(),
            },
            bounds,
            classification,
            group,
        }));
    }
    if objections.is_empty() { Ok(rows) } else { Err(objections) }
}

struct QuotaReader<'a> {
    phase: &'a Phase,
    quota: &'a Quota,
    context: &'a QuotaContext<'a>,
    classification: usize,
}

impl QuotaReader<'_> {
    fn groups(&self) -> &[String] {
        &self.context.pool.classifications[self.classification].groups
    }

    fn object(rule: &'static str, what: impl Into<Advice>) -> Objection {
        Objection::new(rule, ProgrammeKey::Quota, what)
    }

    /// The bounds of each group.
    fn bounds(&self) -> Result<Vec<Row>, Vec<Objection>> {
        match &self.quota.rule {
            QuotaRule::Bounds { min, max, exactly } => self.bounded(min, max, exactly),
            QuotaRule::Share(shares) => self.shared(shares),
            QuotaRule::Apportioned { method, on, min, max } => {
                self.apportioned(*method, on.as_deref(), min, max)
            }
        }
    }

    fn group_of(&self, unit: UnitIndex) -> Option<usize> {
        self.context.pool.unit(unit).groups[self.classification]
    }

    /// How many of some units each group has.
    fn sizes(&self, units: &[UnitIndex]) -> Vec<i64> {
        let mut sizes = vec![0; self.groups().len()];
        for group in units.iter().filter_map(|unit| self.group_of(*unit)) {
            sizes[group] += 1;
        }
        sizes
    }

    /// A bound for each group: its own, or the common one for groups with a unit passing `where`.
    fn spread(&self, limits: &Limits, round: Round) -> Result<Vec<Option<i64>>, Vec<Objection>> {
        let mut objections = self.unknown(limits.named.keys());
        let mut places = |limit: &Limit| match self.places(*limit, round) {
            Ok(places) => Some(places),
            Err(objection) => {
                objections.push(objection);
                None
            }
        };
        let each = limits.each.as_ref().and_then(&mut places);
        let passing = self.sizes(self.context.passing);
        let spread = self
            .groups()
            .iter()
            .zip(passing)
            .map(|(group, n)| match limits.named.get(group) {
                Some(limit) => places(limit),
                None => each.filter(|_| n > 0),
            })
            .collect();
        if objections.is_empty() { Ok(spread) } else { Err(objections) }
    }

    fn unknown<'k>(&self, names: impl Iterator<Item = &'k String>) -> Vec<Objection> {
        names
            .filter(|name| !self.groups().contains(name))
            .map(|name| {
                let known = self.groups().iter().map(String::as_str);
                let advice = message::unknown_group(&self.quota.by, name, known);
                Self::object("unknown-group", advice)
            })
            .collect()
    }

    fn places(&self, limit: Limit, round: Round) -> Result<i64, Objection> {
        match limit {
            Limit::Places(places) => Ok(i64::from(places)),
            Limit::Share(share) => {
                let all = i128::from(self.upto(message::SHARE)?) * i128::from(share.parts);
                let of = i128::from(share.of.max(1));
                let rounded = match round {
                    Round::Up => (all + of - 1) / of,
                    Round::Down => all / of,
                };
                Ok(i64::try_from(rounded).unwrap_or(i64::MAX))
            }
        }
    }

    fn upto(&self, what: Words) -> Result<i64, Objection> {
        self.phase.upto.map(i64::from).ok_or_else(|| {
            Self::object("share-of-nothing", message::share_of_nothing(what, &self.phase.id))
        })
    }

    fn bounded(
        &self,
        min: &Limits,
        max: &Limits,
        exactly: &Limits,
    ) -> Result<Vec<Row>, Vec<Objection>> {
        let lows = self.spread(min, Round::Up)?;
        let highs = self.spread(max, Round::Down)?;
        let both = self.spread(exactly, Round::Up)?;
        let mut objections = Vec::new();
        let mut all = Vec::new();
        for (group, ((lo, hi), exact)) in lows.into_iter().zip(highs).zip(both).enumerate() {
            let bounds = match exact {
                Some(places) => Row { lo: places, hi: places },
                None => Row { lo: lo.unwrap_or(0), hi: hi.unwrap_or(i64::MAX) },
            };
            if bounds.lo > bounds.hi {
                let group = message::group(&self.quota.by, &self.groups()[group]);
                let phase = &self.phase.id;
                let message = message::bounds_crossed(&group, bounds.lo, bounds.hi, phase);
                objections.push(Self::object("bounds-crossed", message));
            }
            all.push(bounds);
        }
        if objections.is_empty() { Ok(all) } else { Err(objections) }
    }

    /// Largest remainder over the named shares and what they leave.
    fn shared(&self, shares: &BTreeMap<String, Share>) -> Result<Vec<Row>, Vec<Objection>> {
        let objections = self.unknown(shares.keys());
        if !objections.is_empty() {
            return Err(objections);
        }
        let places = self.upto(message::SHARE).map_err(|objection| vec![objection])?;
        let of: i128 = shares.values().map(|share| i128::from(share.of.max(1))).product();
        let part = |share: &Share| of / i128::from(share.of.max(1)) * i128::from(share.parts);
        let named: Vec<_> = shares.values().map(part).collect();
        let rest = of - named.iter().sum::<i128>();
        let votes: Option<Vec<i64>> =
            named.iter().chain([&rest]).map(|part| i64::try_from(*part).ok()).collect();
        let votes = votes.filter(|_| rest >= 0).ok_or_else(|| {
            vec![Self::object("shares-too-large", message::shares_too_large(&self.quota.by))]
        })?;
        let groups = votes.len();
        let claims =
            Apportionment { min: vec![0; groups], max: vec![places; groups], votes, places };
        let seats = apportion(Method::Hamilton, &claims).expect("free bounds always allow it");
        let by_name: BTreeMap<_, _> = shares.keys().zip(seats.places).collect();
        Ok(self
            .groups()
            .iter()
            .map(|group| by_name.get(group).map_or(Row::FREE, |n| Row { lo: *n, hi: *n }))
            .collect())
    }

    fn apportioned(
        &self,
        method: Method,
        on: Option<&str>,
        min: &Limits,
        max: &Limits,
    ) -> Result<Vec<Row>, Vec<Objection>> {
        let places = self.upto(message::APPORTIONMENT).map_err(|objection| vec![objection])?;
        let votes = self.votes(on).map_err(|objection| vec![objection])?;
        let (lows, highs) = (self.spread(min, Round::Up)?, self.spread(max, Round::Down)?);
        let (locked, room) = (self.sizes(self.context.locked), self.sizes(self.context.contenders));
        let low = |g: usize| lows[g].unwrap_or(0).max(locked[g]);
        let high = |g: usize| highs[g].unwrap_or(i64::MAX).max(locked[g]).min(room[g]);
        let groups = votes.len();
        let claims = Apportionment {
            votes,
            min: (0..groups).map(low).collect(),
            max: (0..groups).map(high).collect(),
            places,
        };
        let seats = apportion(method, &claims).ok_or_else(|| {
            let (least, most) = (claims.min.iter().sum::<i64>(), claims.max.iter().sum::<i64>());
            let advice = message::not_apportioned(places, &self.quota.by, least, most);
            vec![Self::object("infeasible", advice)]
        })?;
        Ok(seats.places.into_iter().map(|n| Row { lo: n, hi: n }).collect())
    }

    /// Votes of each group: the measure summed over the units passing `where`.
    fn votes(&self, on: Option<&str>) -> Result<Vec<i64>, Objection> {
        let Some(name) = on else { return Ok(self.sizes(self.context.passing)) };
        let pool = self.context.pool;
        let Some(measure) = pool.measures.iter().position(|m| m == name) else {
            let known = pool.measures.iter().map(String::as_str);
            return Err(Self::object("unknown-measure", message::unknown_measure(name, known)));
        };
        let mut votes = vec![0_i64; self.groups().len()];
        for unit in self.context.passing {
            let Some(group) = self.group_of(*unit) else { continue };
            let candidate = pool.unit(*unit);
            let value = candidate.measures[measure];
            if value < 0 {
                let message = message::negative_votes(&candidate.code, value, name);
                return Err(Self::object("negative-votes", message).unit(&candidate.code));
            }
            let sum = votes[group].checked_add(value);
            votes[group] =
                sum.ok_or_else(|| Self::object("too-large", message::votes_too_large(name)))?;
        }
        Ok(votes)
    }
}

/// Towards the stricter side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Round {
    Up,
    Down,
}

/// How many places a phase may and must fill.
pub(super) fn places(phase: &Phase, fill: Fill, contenders: usize) -> Row {
    let most = phase.upto.map_or_else(|| count(contenders), i64::from);
    let least = if fill == Fill::Exactly && phase.upto.is_some() { most } else { 0 };
    Row { lo: least, hi: most }
}
