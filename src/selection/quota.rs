//! The quotas of a phase as counted rows: shares rounded, places apportioned, groups looked up.

use std::collections::BTreeMap;

use super::apportion::{Apportionment, apportion};
use super::problem::{Row, RowName, count};
use super::programme::{Limit, Limits, Phase, Quota, QuotaRule, Share};
use super::refusal::Problem;
use super::{Method, Pool};

/// What the bounds of a phase are computed from.
pub(super) struct Ground<'a> {
    pub(super) pool: &'a Pool,
    /// Positions of the units that pass `where`.
    pub(super) passing: &'a [usize],
    /// Positions of the units that may take a place.
    pub(super) contenders: &'a [usize],
    /// Positions of the units that are in already.
    pub(super) locked: &'a [usize],
}

/// Bounds of one group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) lo: i64,
    pub(super) hi: i64,
}

const FREE: Bounds = Bounds { lo: 0, hi: i64::MAX };

/// The rows of a phase's quotas, with the family and group that each counts.
pub(super) fn rows(
    phase: &Phase,
    ground: &Ground,
) -> Result<Vec<(Row, usize, usize)>, Vec<Problem>> {
    let mut rows = Vec::new();
    let mut problems = Vec::new();
    for (at, quota) in phase.quota.iter().enumerate() {
        match bounds(phase, quota, ground) {
            Ok((family, all)) => {
                let groups = &ground.pool.families[family].groups;
                for (group, bounds) in all.into_iter().enumerate().filter(|(_, b)| *b != FREE) {
                    let name = RowName::Group {
                        quota: at,
                        by: quota.by.clone(),
                        group: groups[group].clone(),
                    };
                    rows.push((Row { name, lo: bounds.lo, hi: bounds.hi }, family, group));
                }
            }
            Err(more) => problems.extend(more),
        }
    }
    if problems.is_empty() { Ok(rows) } else { Err(problems) }
}

/// The bounds of each group of the quota's family.
pub(super) fn bounds(
    phase: &Phase,
    quota: &Quota,
    ground: &Ground,
) -> Result<(usize, Vec<Bounds>), Vec<Problem>> {
    let Some(family) = ground.pool.family(&quota.by) else {
        let known = ground.pool.families.iter().map(|f| f.id.as_str());
        return Err(vec![
            Problem::new(
                "unknown-classification",
                "phase.quota.by",
                format!(
                    "phase `{}` has a quota by `{}`, which is no classification",
                    phase.id, quota.by
                ),
            )
            .hint(known_names(&quota.by, known)),
        ]);
    };
    let reader = Reader { phase, quota, ground, family };
    let bounds = match &quota.rule {
        QuotaRule::Bounds { min, max, exactly } => reader.bounded(min, max, exactly),
        QuotaRule::Share(shares) => reader.shared(shares),
        QuotaRule::Apportioned { method, on, min, max } => {
            reader.apportioned(*method, on.as_deref(), min, max)
        }
    }?;
    Ok((family, bounds))
}

/// Advice about a name that is not known.
pub(super) fn known_names<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let known: Vec<_> = known.collect();
    let near = known
        .iter()
        .map(|k| (strsim::osa_distance(&k.to_lowercase(), &name.to_lowercase()), *k))
        .min()
        .filter(|(distance, _)| *distance <= 2);
    match near {
        Some((_, near)) => format!("did you mean `{near}`?"),
        None if known.len() <= 12 => format!("known: {}", known.join(", ")),
        None => format!("known: {}, … ({} in all)", known[..12].join(", "), known.len()),
    }
}

struct Reader<'a> {
    phase: &'a Phase,
    quota: &'a Quota,
    ground: &'a Ground<'a>,
    family: usize,
}

impl Reader<'_> {
    fn groups(&self) -> &[String] {
        &self.ground.pool.families[self.family].groups
    }

    fn problem(rule: &'static str, message: impl Into<String>) -> Problem {
        Problem::new(rule, "phase.quota", message)
    }

    /// How many of the units at `positions` each group has.
    fn sizes(&self, positions: &[usize]) -> Vec<i64> {
        let mut sizes = vec![0; self.groups().len()];
        for at in positions {
            if let Some(group) = self.ground.pool.candidates[*at].groups[self.family] {
                sizes[group] += 1;
            }
        }
        sizes
    }

    /// A bound for each group: its own, or the common one for groups with a unit passing `where`.
    fn spread(&self, limits: &Limits, round: Round) -> Result<Vec<Option<i64>>, Vec<Problem>> {
        let mut problems = self.unknown(limits.named.keys());
        let mut places = |limit: &Limit| match self.places(*limit, round) {
            Ok(places) => Some(places),
            Err(problem) => {
                problems.push(problem);
                None
            }
        };
        let each = limits.each.as_ref().and_then(&mut places);
        let passing = self.sizes(self.ground.passing);
        let spread = self
            .groups()
            .iter()
            .zip(passing)
            .map(|(group, n)| match limits.named.get(group) {
                Some(limit) => places(limit),
                None => each.filter(|_| n > 0),
            })
            .collect();
        if problems.is_empty() { Ok(spread) } else { Err(problems) }
    }

    fn unknown<'k>(&self, names: impl Iterator<Item = &'k String>) -> Vec<Problem> {
        names
            .filter(|name| !self.groups().contains(name))
            .map(|name| {
                let message = format!("no `{}` is called `{name}`", self.quota.by);
                Self::problem("unknown-group", message)
                    .hint(known_names(name, self.groups().iter().map(String::as_str)))
            })
            .collect()
    }

    fn places(&self, limit: Limit, round: Round) -> Result<i64, Problem> {
        match limit {
            Limit::Places(places) => Ok(i64::from(places)),
            Limit::Share(share) => {
                let all = i128::from(self.upto("a share")?) * i128::from(share.parts);
                let of = i128::from(share.of.max(1));
                let rounded = match round {
                    Round::Up => (all + of - 1) / of,
                    Round::Down => all / of,
                };
                Ok(i64::try_from(rounded).unwrap_or(i64::MAX))
            }
        }
    }

    fn upto(&self, what: &str) -> Result<i64, Problem> {
        self.phase.upto.map(i64::from).ok_or_else(|| {
            let message =
                format!("{what} of the places of phase `{}`, which has no `upto`", self.phase.id);
            Self::problem("share-of-nothing", message)
                .hint("say `upto`, or give the quota as places")
        })
    }

    fn bounded(
        &self,
        min: &Limits,
        max: &Limits,
        exactly: &Limits,
    ) -> Result<Vec<Bounds>, Vec<Problem>> {
        let lows = self.spread(min, Round::Up)?;
        let highs = self.spread(max, Round::Down)?;
        let both = self.spread(exactly, Round::Up)?;
        let mut problems = Vec::new();
        let mut all = Vec::new();
        for (group, ((lo, hi), exact)) in lows.into_iter().zip(highs).zip(both).enumerate() {
            let bounds = match exact {
                Some(places) => Bounds { lo: places, hi: places },
                None => Bounds { lo: lo.unwrap_or(0), hi: hi.unwrap_or(i64::MAX) },
            };
            if bounds.lo > bounds.hi {
                let name = &self.groups()[group];
                let message = format!(
                    "{} {name} must have at least {} and at most {} places in phase `{}`",
                    self.quota.by, bounds.lo, bounds.hi, self.phase.id
                );
                problems.push(Self::problem("bounds-crossed", message));
            }
            all.push(bounds);
        }
        if problems.is_empty() { Ok(all) } else { Err(problems) }
    }

    /// Largest remainder over the named shares and what they leave.
    fn shared(&self, shares: &BTreeMap<String, Share>) -> Result<Vec<Bounds>, Vec<Problem>> {
        let problems = self.unknown(shares.keys());
        if !problems.is_empty() {
            return Err(problems);
        }
        let places = self.upto("a share").map_err(|problem| vec![problem])?;
        let of: i128 = shares.values().map(|share| i128::from(share.of.max(1))).product();
        let part = |share: &Share| of / i128::from(share.of.max(1)) * i128::from(share.parts);
        let named: Vec<_> = shares.values().map(part).collect();
        let rest = of - named.iter().sum::<i128>();
        let votes: Option<Vec<i64>> =
            named.iter().chain([&rest]).map(|part| i64::try_from(*part).ok()).collect();
        let votes = votes.filter(|_| rest >= 0).ok_or_else(|| {
            vec![Self::problem(
                "shares-too-large",
                format!("shares by `{}` sum to more than the whole", self.quota.by),
            )]
        })?;
        let groups = votes.len();
        let asked =
            Apportionment { min: vec![0; groups], max: vec![places; groups], votes, places };
        let seats = apportion(Method::Hamilton, &asked).expect("free bounds always allow it");
        let by_name: BTreeMap<_, _> = shares.keys().zip(seats.places).collect();
        Ok(self
            .groups()
            .iter()
            .map(|group| by_name.get(group).map_or(FREE, |n| Bounds { lo: *n, hi: *n }))
            .collect())
    }

    fn apportioned(
        &self,
        method: Method,
        on: Option<&str>,
        min: &Limits,
        max: &Limits,
    ) -> Result<Vec<Bounds>, Vec<Problem>> {
        let places = self.upto("an apportionment").map_err(|problem| vec![problem])?;
        let votes = self.votes(on).map_err(|problem| vec![problem])?;
        let (lows, highs) = (self.spread(min, Round::Up)?, self.spread(max, Round::Down)?);
        let (locked, room) = (self.sizes(self.ground.locked), self.sizes(self.ground.contenders));
        let low = |g: usize| lows[g].unwrap_or(0).max(locked[g]);
        let high = |g: usize| highs[g].unwrap_or(i64::MAX).max(locked[g]).min(room[g]);
        let groups = votes.len();
        let asked = Apportionment {
            votes,
            min: (0..groups).map(low).collect(),
            max: (0..groups).map(high).collect(),
            places,
        };
        let seats = apportion(method, &asked).ok_or_else(|| {
            let (least, most) = (asked.min.iter().sum::<i64>(), asked.max.iter().sum::<i64>());
            let message = format!(
                "{places} places cannot be apportioned by `{}`: the groups need at least {least} and can take at most {most}",
                self.quota.by
            );
            vec![Self::problem("infeasible", message).hint("change `upto`, `min` or `max`")]
        })?;
        Ok(seats.places.into_iter().map(|n| Bounds { lo: n, hi: n }).collect())
    }

    /// Votes of each group: the measure summed over the units passing `where`.
    fn votes(&self, on: Option<&str>) -> Result<Vec<i64>, Problem> {
        let Some(name) = on else { return Ok(self.sizes(self.ground.passing)) };
        let pool = self.ground.pool;
        let Some(measure) = pool.measures.iter().position(|m| m == name) else {
            let hint = known_names(name, pool.measures.iter().map(String::as_str));
            let message = format!("nothing to apportion on is called `{name}`");
            return Err(Self::problem("unknown-measure", message).hint(hint));
        };
        let mut votes = vec![0_i64; self.groups().len()];
        for at in self.ground.passing {
            let candidate = &pool.candidates[*at];
            let Some(group) = candidate.groups[self.family] else { continue };
            let value = candidate.measures[measure];
            if value < 0 {
                let message = format!(
                    "unit `{}` has {value} in `{name}`: votes cannot be negative",
                    candidate.code
                );
                return Err(Self::problem("negative-votes", message).unit(&candidate.code));
            }
            votes[group] = votes[group].checked_add(value).ok_or_else(|| {
                Self::problem("too-large", format!("the sum of `{name}` does not fit"))
            })?;
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
pub(super) fn places(phase: &Phase, fill: super::Fill, contenders: usize) -> Bounds {
    let most = phase.upto.map_or_else(|| count(contenders), i64::from);
    let least = if fill == super::Fill::Exactly && phase.upto.is_some() { most } else { 0 };
    Bounds { lo: least, hi: most }
}
