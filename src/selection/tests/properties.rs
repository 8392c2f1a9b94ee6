//! Random programmes of up to 14 units: our list is the one that enumerating every list finds.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use crate::selection::{
    Answer, Border, Budget, Candidate, Classification, Decision, Fill, History, Least, Limit,
    Limits, Lock, Objective, Phase, Pool, Price, Priced, Programme, Quota, QuotaRule, Reason,
    Relister, Require, Reserve, Rule, Selection, Unions, Vacancy, WhenShort, listed, prices,
    select,
};
use proptest::prelude::*;

const FAMILIES: [(&str, usize); 4] = [("county", 4), ("region", 2), ("kind", 2), ("class", 3)];

fn candidate(at: usize) -> impl Strategy<Value = Candidate> {
    let groups = (0..4_usize, 0..2_usize, 0..3_usize);
    (0..8_i32, groups, 0..6_i64, 1..9_i64, 1..6_i64).prop_map(
        move |(score, (county, kind, class), people, cost, population)| Candidate {
            code: format!("{at:02}"),
            score: Some(f64::from(score) / 10.0),
            // regions hold counties, classes and kinds cross them
            groups: vec![Some(county), Some(county / 2), Some(kind), Some(class)],
            people,
            population,
            cost: Some(cost),
            ..Candidate::default()
        },
    )
}

fn candidates(most: usize) -> impl Strategy<Value = Vec<Candidate>> {
    (3..=most).prop_flat_map(|n| (0..n).map(candidate).collect::<Vec<_>>())
}

fn quota(families: &'static [usize]) -> impl Strategy<Value = Quota> {
    (prop::sample::select(families), 0..3_u32, 0..5_u32, 0..4_usize, any::<bool>()).prop_map(
        |(family, least, more, group, each)| {
            let (by, groups) = FAMILIES[family];
            let limits = |places: u32| {
                let limit = Limit::Places(places);
                let named = BTreeMap::from([(format!("{by}{}", group % groups), limit)]);
                if each { Limits::each(limit) } else { Limits { each: None, named } }
            };
            let min = if least < 2 { limits(least) } else { Limits::default() };
            let max = if more < 4 { limits(least.min(1) + more) } else { Limits::default() };
            Quota {
                by: by.into(),
                rule: QuotaRule::Bounds { min, max, exactly: Limits::default() },
            }
        },
    )
}

fn phase(families: &'static [usize]) -> impl Strategy<Value = Phase> {
    (prop::collection::vec(quota(families), 0..3), 1..7_u32, any::<bool>()).prop_map(
        |(quota, upto, exactly)| Phase {
            id: "I".into(),
            upto: Some(upto),
            quota,
            fill: Some(if exactly { Fill::Exactly } else { Fill::AtMost }),
            ..Phase::default()
        },
    )
}

fn rule() -> impl Strategy<Value = Rule> {
    prop::sample::select(vec![
        Rule::Priority,
        Rule::Coverage(Objective::Score),
        Rule::Coverage(Objective::People),
    ])
}

fn programme(families: &'static [usize]) -> impl Strategy<Value = Programme> {
    let phases = prop::collection::vec(phase(families), 1..3);
    (rule(), phases, prop::option::of(5..40_i64), prop::option::weighted(0.2, 0..14_usize))
        .prop_map(|(rule, mut phases, limit, included)| {
            for (at, phase) in phases.iter_mut().enumerate() {
                phase.id = format!("{at}");
            }
            if let [first, second] = &mut phases[..] {
                second.upto = Some(first.upto.unwrap() + second.upto.unwrap());
            }
            let mut programme = Programme { rule, phases, ..Programme::default() };
            programme.order.accept_ties = Some("the code decides".into());
            programme.budget = limit.map(|limit| Budget { limit, when_short: WhenShort::Skip });
            let lock = |at: usize| Lock { code: format!("{:02}", at % 3), reason: "court".into() };
            programme.eligible.include = included.map(lock).into_iter().collect();
            programme
        })
}

fn pool(candidates: Vec<Candidate>) -> Pool {
    let family = |(id, groups): (&str, usize)| Classification {
        id: id.into(),
        groups: (0..groups).map(|group| format!("{id}{group}")).collect(),
    };
    Pool {
        classifications: FAMILIES.into_iter().map(family).collect(),
        candidates,
        ..Pool::default()
    }
}

/// The pool in priority order, as an auditor would sort it.
fn order(pool: &Pool) -> Vec<&Candidate> {
    let mut order: Vec<_> = pool.candidates.iter().collect();
    order.sort_by(|a, b| {
        b.score.unwrap().total_cmp(&a.score.unwrap()).then_with(|| a.code.cmp(&b.code))
    });
    order
}

fn limit_of(limits: &Limits, group: &str, present: bool) -> Option<i64> {
    let places = |limit: &Limit| match limit {
        Limit::Places(places) => i64::from(*places),
        Limit::Share(_) => panic!("no shares here"),
    };
    limits.named.get(group).or(limits.each.as_ref().filter(|_| present)).map(places)
}

/// Whether a number of places is right and every quota is kept; `places` are the leads.
fn admissible(phase: &Phase, pool: &Pool, places: &[&Candidate]) -> bool {
    let upto = phase.upto.unwrap() as usize;
    let size = match phase.fill.unwrap() {
        Fill::Exactly => places.len() == upto,
        Fill::AtMost => places.len() <= upto,
    };
    size && phase.quota.iter().all(|quota| {
        let family = pool.classification(&quota.by).unwrap();
        let QuotaRule::Bounds { min, max, .. } = &quota.rule else { panic!("only bounds here") };
        pool.classifications[family].groups.iter().enumerate().all(|(group, name)| {
            let here = |c: &&&Candidate| c.groups[family] == Some(group);
            let held = places.iter().filter(here).count() as i64;
            let present = pool.candidates.iter().any(|c| c.groups[family] == Some(group));
            limit_of(min, name, present).is_none_or(|least| held >= least)
                && limit_of(max, name, present).is_none_or(|most| held <= most)
        })
    })
}

/// Whether the required sums of people are kept.
fn sums_hold(programme: &Programme, phase: &Phase, chosen: &[&Candidate]) -> bool {
    let sum: i64 = chosen.iter().map(|unit| unit.people).sum();
    let last = programme.phases.last().unwrap();
    programme.require.iter().all(|require| {
        let Some(Least::Of(least)) = require.least else { panic!("only amounts here") };
        phase.id != last.id || (sum >= least && require.most.is_none_or(|most| sum <= most))
    })
}

/// The people of each unit as a measure, and a sum of them that is required.
fn require(programme: &mut Programme, pool: &mut Pool, (least, more): (i64, Option<i64>)) {
    pool.measures = vec!["people".into()];
    pool.candidates.iter_mut().for_each(|unit| unit.measures = vec![unit.people]);
    programme.require = vec![Require {
        sum: "people".into(),
        phase: None,
        least: Some(Least::Of(least)),
        most: more.map(|more| least + more),
    }];
}

fn value(rule: Rule, candidate: &Candidate) -> i64 {
    match rule {
        Rule::Priority => 0,
        Rule::Coverage(Objective::People) => candidate.people,
        Rule::Coverage(Objective::Score) => (candidate.score.unwrap() * 10.0).round() as i64,
    }
}

/// Phase by phase the best of all lists, as ranks; `None` when a phase has none.
fn enumerated(programme: &Programme, pool: &Pool) -> Option<Vec<Vec<String>>> {
    let order = order(pool);
    let included: BTreeSet<_> =
        programme.eligible.include.iter().map(|l| l.code.as_str()).collect();
    let mut locked: u32 = 0;
    for (rank, candidate) in order.iter().enumerate() {
        locked |= u32::from(included.contains(candidate.code.as_str())) << rank;
    }
    let mut lists = Vec::new();
    for phase in &programme.phases {
        let mut best: Option<(i64, u32, u32)> = None;
        for list in (0..1_u32 << order.len()).filter(|list| list & locked == locked) {
            let chosen: Vec<_> =
                (0..order.len()).filter(|r| list >> r & 1 == 1).map(|r| order[r]).collect();
            let cost: i64 = chosen.iter().map(|c| c.cost.unwrap()).sum();
            if programme.budget.as_ref().is_some_and(|budget| cost > budget.limit)
                || !admissible(phase, pool, &chosen)
                || !sums_hold(programme, phase, &chosen)
            {
                continue;
            }
            let sum = chosen.iter().map(|c| value(programme.rule, c)).sum();
            // reading the list from its first rank on is reading its bits from the lowest on
            let key = (sum, list.reverse_bits(), list);
            best = best.max(Some(key));
        }
        let (_, _, list) = best?;
        locked = list;
        lists.push(
            (0..order.len())
                .filter(|r| list >> r & 1 == 1)
                .map(|r| order[r].code.clone())
                .collect(),
        );
    }
    Some(lists)
}

fn found(programme: &Programme, pool: &Pool) -> Option<Vec<Vec<String>>> {
    let selection = select(programme, pool, &History::default());
    if let Err(refusal) = &selection {
        assert!(refusal.objections.iter().all(|p| p.rule == "infeasible"), "{refusal}");
    }
    let selection: Selection = selection.ok()?;
    assert!(selection.proved());
    let ranks: BTreeMap<_, _> =
        order(pool).iter().enumerate().map(|(r, c)| (c.code.clone(), r)).collect();
    let mut so_far: Vec<String> = Vec::new();
    let lists = selection.phases.iter().map(|phase| {
        so_far.extend(phase.added.iter().cloned());
        so_far.sort_by_key(|code| ranks[code]);
        so_far.clone()
    });
    Some(lists.collect())
}

/// A family of projects, each by ranks.
type Projects = Vec<Vec<usize>>;

/// Every family of projects that adds to `earlier`.
fn families(
    all: &[Vec<usize>],
    from: usize,
    used: u32,
    so_far: &mut Projects,
    visit: &mut impl FnMut(&Projects),
) {
    visit(so_far);
    for at in from..all.len() {
        let bits = all[at].iter().fold(0_u32, |bits, rank| bits | 1 << rank);
        if bits & used == 0 {
            so_far.push(all[at].clone());
            families(all, at + 1, used | bits, so_far, visit);
            so_far.pop();
        }
    }
}

fn joined_projects(programme: &Programme, pool: &Pool, order: &[&Candidate]) -> Projects {
    let unions = programme.unions.as_ref().unwrap();
    let near = |a: usize, b: usize| {
        pool.borders.iter().any(|border| {
            (border.a == order[a].code && border.b == order[b].code)
                || (border.b == order[a].code && border.a == order[b].code)
        })
    };
    let quotas = programme.phases.iter().flat_map(|p| &p.quota).map(|q| q.by.as_str());
    let same: BTreeSet<_> = quotas.chain(unions.same.as_deref()).collect();
    let fits = |members: &[usize]| {
        members.iter().map(|m| order[*m].population).sum::<i64>() <= unions.max_population
            && same.iter().all(|by| {
                let family = pool.classification(by).unwrap();
                members.iter().all(|m| order[*m].groups[family] == order[members[0]].groups[family])
            })
    };
    let n = order.len();
    let mut all: Projects = (0..n).map(|rank| vec![rank]).collect();
    for a in 0..n {
        for b in a + 1..n {
            if near(a, b) && fits(&[a, b]) {
                all.push(vec![a, b]);
            }
            for c in b + 1..n {
                let links =
                    usize::from(near(a, b)) + usize::from(near(b, c)) + usize::from(near(a, c));
                if unions.max_members == 3 && links >= 2 && fits(&[a, b, c]) {
                    all.push(vec![a, b, c]);
                }
            }
        }
    }
    all
}

/// Smaller rank at the first difference is better, more is better.
fn higher(a: &[usize], b: &[usize]) -> Ordering {
    a.iter().zip(b).find(|(a, b)| a != b).map_or(a.len().cmp(&b.len()), |(a, b)| b.cmp(a))
}

fn better(rule: Rule, order: &[&Candidate], a: &Projects, b: &Projects) -> Ordering {
    let covered = |family: &Projects| {
        let mut ranks: Vec<_> = family.iter().flatten().copied().collect();
        ranks.sort_unstable();
        ranks
    };
    let sum =
        |family: &Projects| family.iter().flatten().map(|r| value(rule, order[*r])).sum::<i64>();
    let sorted = |family: &Projects| {
        let mut sorted = family.clone();
        sorted.sort();
        sorted
    };
    let cover = higher(&covered(a), &covered(b));
    let fewer = b.len().cmp(&a.len());
    let first = if rule == Rule::Priority {
        cover.then(fewer)
    } else {
        sum(a).cmp(&sum(b)).then(fewer).then(cover)
    };
    let (one, two) = (sorted(a), sorted(b));
    first.then_with(|| {
        one.iter().zip(&two).find(|(a, b)| a != b).map_or(Ordering::Equal, |(a, b)| higher(a, b))
    })
}

fn enumerated_unions(programme: &Programme, pool: &Pool) -> Option<Projects> {
    let order = order(pool);
    let all = joined_projects(programme, pool, &order);
    let included: BTreeSet<_> =
        programme.eligible.include.iter().map(|l| l.code.as_str()).collect();
    let must: Vec<_> =
        (0..order.len()).filter(|r| included.contains(order[*r].code.as_str())).collect();
    let mut earlier: Projects = Vec::new();
    for phase in &programme.phases {
        let used = earlier.iter().flatten().fold(0_u32, |bits, rank| bits | 1 << rank);
        let mut best: Option<Projects> = None;
        families(&all, 0, used, &mut Vec::new(), &mut |added| {
            let whole: Projects = earlier.iter().chain(added).cloned().collect();
            let leads: Vec<_> = whole.iter().map(|project| order[project[0]]).collect();
            let cost: i64 = whole.iter().flatten().map(|r| order[*r].cost.unwrap()).sum();
            let paid = programme.budget.as_ref().is_none_or(|budget| cost <= budget.limit);
            let musts = must.iter().all(|m| whole.iter().flatten().any(|r| r == m));
            if paid && musts && admissible(phase, pool, &leads) {
                let wins =
                    best.as_ref().is_none_or(|b| better(programme.rule, &order, added, b).is_gt());
                if wins {
                    best = Some(added.clone());
                }
            }
        });
        let mut best = best?;
        best.sort();
        earlier.extend(best);
    }
    Some(earlier)
}

fn found_unions(programme: &Programme, pool: &Pool) -> Option<Projects> {
    let selection = select(programme, pool, &History::default()).ok()?;
    assert!(selection.proved());
    let ranks: BTreeMap<_, _> =
        order(pool).iter().enumerate().map(|(r, c)| (c.code.clone(), r)).collect();
    let projects = selection.phases.iter().flat_map(|phase| &phase.projects);
    Some(projects.map(|project| project.iter().map(|code| ranks[code]).collect()).collect())
}

/// The groups of a phase's quotas with their bounds.
fn groups<'p>(phase: &'p Phase, pool: &'p Pool) -> Vec<(usize, usize, i64, i64)> {
    let mut groups = Vec::new();
    for quota in &phase.quota {
        let family = pool.classification(&quota.by).unwrap();
        let QuotaRule::Bounds { min, max, .. } = &quota.rule else { panic!("only bounds here") };
        for (group, name) in pool.classifications[family].groups.iter().enumerate() {
            let present = pool.candidates.iter().any(|c| c.groups[family] == Some(group));
            let least = limit_of(min, name, present).unwrap_or(0);
            let most = limit_of(max, name, present).unwrap_or(i64::MAX);
            groups.push((family, group, least, most));
        }
    }
    groups
}

/// Who stands where after some of a list gave their places up on one day: the best of all ways, as the
/// phase of each unit in order and the empty places of each phase. A unit stands at `phases` or above
/// where it stands nowhere.
struct Day<'a> {
    programme: &'a Programme,
    pool: &'a Pool,
    order: Vec<&'a Candidate>,
    /// The phase of each unit's place on the list as computed.
    before: Vec<usize>,
    gone: Vec<bool>,
    beyond: Vec<bool>,
}

impl Day<'_> {
    /// Whether every rule is kept and no phase has another number of places.
    fn keeps(&self, stands: &[usize], ghosts: &[usize]) -> bool {
        let units = 0..self.order.len();
        self.programme.phases.iter().enumerate().all(|(at, phase)| {
            let leavers: Vec<usize> = units.clone().filter(|u| self.gone[*u]).collect();
            let mut here: Vec<usize> = units.clone().filter(|unit| stands[*unit] <= at).collect();
            here.extend(leavers.iter().zip(ghosts).filter(|(_, g)| **g <= at).map(|(u, _)| *u));
            let before = units.clone().filter(|unit| self.before[*unit] <= at).count();
            let cost: i64 = here.iter().map(|unit| self.order[*unit].cost.unwrap()).sum();
            let paid = self.programme.budget.as_ref().is_none_or(|budget| cost <= budget.limit);
            let chosen: Vec<&Candidate> = here.iter().map(|unit| self.order[*unit]).collect();
            here.len() == before
                && paid
                && sums_hold(self.programme, phase, &chosen)
                && groups(phase, self.pool).iter().all(|(family, group, least, most)| {
                    let held =
                        here.iter().filter(|u| self.order[**u].groups[*family] == Some(*group));
                    (*least..=*most).contains(&(held.count() as i64))
                })
        })
    }

    /// Fewest empty in the end, fewest from beyond the reserve, fewest empty phase after phase, then the
    /// best list phase after phase; smaller is better.
    fn worth(&self, stands: &[usize], ghosts: &[usize]) -> Vec<i64> {
        let phases = self.programme.phases.len();
        let empty = |at: usize| ghosts.iter().filter(|ghost| **ghost <= at).count() as i64;
        let entered = |unit: &usize| stands[*unit] < phases && self.before[*unit] >= phases;
        let beyond = (0..stands.len()).filter(|unit| entered(unit) && self.beyond[*unit]).count();
        let mut worth = vec![empty(phases - 1), beyond as i64];
        worth.extend((0..phases).map(empty));
        for at in 0..phases {
            let sum = (0..stands.len()).filter(|unit| stands[*unit] <= at);
            worth.push(-sum.map(|unit| value(self.programme.rule, self.order[unit])).sum::<i64>());
            worth.extend(stands.iter().map(|phase| i64::from(*phase > at)));
        }
        worth
    }

    fn best(&self) -> (Vec<usize>, Vec<usize>) {
        let phases = self.programme.phases.len();
        let promotes = self.programme.decisions.vacancy == Vacancy::Promote;
        let mut choices: Vec<Vec<usize>> = Vec::new();
        for unit in 0..self.order.len() {
            choices.push(match self.before[unit] {
                _ if self.gone[unit] => vec![phases],
                before if before >= phases => (0..=phases).collect(),
                before if promotes => (0..=before).collect(),
                before => vec![before],
            });
        }
        let leavers = (0..self.order.len()).filter(|unit| self.gone[*unit]);
        choices.extend(leavers.map(|unit| (self.before[unit]..=phases).collect()));
        let mut best: Option<(Vec<i64>, Vec<usize>)> = None;
        let mut ways = vec![Vec::new()];
        for choice in choices {
            let longer = |way: &Vec<usize>| -> Vec<Vec<usize>> {
                choice.iter().map(|at| [way.clone(), vec![*at]].concat()).collect()
            };
            ways = ways.iter().flat_map(longer).collect();
        }
        for way in ways {
            let (stands, ghosts) = way.split_at(self.order.len());
            if self.keeps(stands, ghosts) {
                let worth = self.worth(stands, ghosts);
                if best.as_ref().is_none_or(|(known, _)| worth < *known) {
                    best = Some((worth, way));
                }
            }
        }
        let (_, way) = best.unwrap();
        let (stands, ghosts) = way.split_at(self.order.len());
        let empty = (0..phases).map(|at| ghosts.iter().filter(|ghost| **ghost == at).count());
        (stands.to_vec(), empty.collect())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    /// Places that are given up on one day are shared out as enumerating every way does.
    #[test]
    fn places_of_one_day_are_filled_together(
        mut programme in programme(&[0, 1, 2]),
        units in candidates(6),
        leaves in prop::collection::vec(any::<bool>(), 6),
        size in prop::option::of(0..4_u32),
        in_place in any::<bool>(),
        sum in prop::option::weighted(0.3, (0..12_i64, prop::option::of(0..8_i64))),
    ) {
        programme.eligible.include.clear();
        programme.decisions.vacancy = if in_place { Vacancy::InPlace } else { Vacancy::Promote };
        programme.reserve = size.map(Reserve::Size);
        let mut pool = pool(units);
        sum.into_iter().for_each(|sum| require(&mut programme, &mut pool, sum));
        let Ok(list) = select(&programme, &pool, &History::default()) else { return Ok(()) };
        let order = order(&pool);
        let phases = programme.phases.len();
        let at = |code: &str| list.phases.iter().position(|phase| phase.added.iter().any(|c| c == code));
        let before: Vec<usize> = order.iter().map(|unit| at(&unit.code).unwrap_or(phases)).collect();
        let gone: Vec<bool> =
            before.iter().zip(leaves).map(|(before, leaves)| leaves && *before < phases).collect();
        let waits = |unit: &&Candidate| !list.reserve.iter().any(|codes| codes[0] == unit.code);
        let beyond = order.iter().map(waits).collect();
        let leavers = order.iter().zip(&gone).filter(|(_, gone)| **gone).map(|(unit, _)| Decision {
            day: "2026-03-01".parse().unwrap(),
            code: unit.code.clone(),
            answer: Answer::Refused,
            reference: "HCL 1".into(),
        });
        let history = History { decisions: leavers.collect(), previous: None };
        let after = select(&programme, &pool, &history).unwrap();
        let mut stands = vec![phases; order.len()];
        let mut empty = vec![0; phases];
        for place in &after.places {
            let phase = programme.phases.iter().position(|phase| phase.id == place.phase).unwrap();
            if place.empty {
                empty[phase] += 1;
            } else {
                let holder = &place.holders.last().unwrap().codes[0];
                stands[order.iter().position(|unit| unit.code == *holder).unwrap()] = phase;
            }
        }
        let day = Day { programme: &programme, pool: &pool, order, before, gone, beyond };
        prop_assert_eq!((stands, empty), day.best());
    }
}

/// The programme without each of its rules, by hand: minima and maxima by classification, then phases and money.
fn edited(programme: &Programme) -> Vec<(String, Programme)> {
    let mut found: Vec<(String, Programme)> = Vec::new();
    for quota in programme.phases.iter().flat_map(|phase| &phase.quota) {
        let QuotaRule::Bounds { min, max, .. } = &quota.rule else { panic!("only bounds here") };
        for (kind, limits) in [("min", min), ("max", max)] {
            let code = format!("{kind}:{}", quota.by);
            if *limits == Limits::default() || found.iter().any(|(known, _)| *known == code) {
                continue;
            }
            let mut left = programme.clone();
            for own in left.phases.iter_mut().flat_map(|phase| &mut phase.quota) {
                let QuotaRule::Bounds { min, max, .. } = &mut own.rule else { panic!() };
                if own.by == quota.by {
                    *(if kind == "min" { min } else { max }) = Limits::default();
                }
            }
            found.push((code, left));
        }
    }
    let bounds: [(&str, fn(&mut Require) -> bool); 2] =
        [("min", |it| it.least.take().is_some()), ("max", |it| it.most.take().is_some())];
    for (kind, take) in bounds {
        let mut left = programme.clone();
        let mut is_asked = false;
        for own in &mut left.require {
            is_asked |= take(own);
        }
        found.extend(is_asked.then(|| (format!("{kind}-sum:people"), left)));
    }
    if let [_, last] = &programme.phases[..] {
        found
            .push(("phases".into(), Programme { phases: vec![last.clone()], ..programme.clone() }));
    }
    if programme.budget.is_some() {
        found.push(("budget".into(), Programme { budget: None, ..programme.clone() }));
    }
    found
}

/// Who enters and leaves and how many points, of the whole and of each phase where they are the same.
type Changed = (Vec<String>, Vec<String>, i128);

fn told(price: &Price) -> Option<Vec<Changed>> {
    let difference = &price.without.as_ref().ok()?.difference;
    let shifts = std::iter::once(&difference.whole).chain(difference.phases.iter().map(|(_, s)| s));
    let sorted =
        |codes: &[String]| codes.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect();
    Some(shifts.map(|s| (sorted(&s.enters), sorted(&s.leaves), s.points)).collect())
}

fn changed(with: &Selection, without: &Selection) -> Vec<Changed> {
    let own = |selection: &Selection, phase: Option<usize>| {
        let phases =
            selection.phases.iter().enumerate().filter(|(at, _)| phase.is_none_or(|p| p == *at));
        let codes: BTreeSet<String> = phases.flat_map(|(_, phase)| phase.added.clone()).collect();
        let points =
            |code: &String| i128::from(selection.unit(code).unwrap().points.unwrap().units());
        let sum: i128 = codes.iter().map(points).sum();
        (codes, sum)
    };
    let shift = |phase: Option<usize>| {
        let ((a, one), (b, two)) = (own(with, phase), own(without, phase));
        (b.difference(&a).cloned().collect(), a.difference(&b).cloned().collect(), two - one)
    };
    let phases = if with.phases.len() == without.phases.len() { with.phases.len() } else { 0 };
    std::iter::once(None).chain((0..phases).map(Some)).map(shift).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nested_quotas_are_exact(programme in programme(&[0, 1]), units in candidates(12)) {
        let pool = pool(units);
        prop_assert_eq!(found(&programme, &pool), enumerated(&programme, &pool));
    }

    #[test]
    fn crossing_quotas_are_exact(programme in programme(&[0, 2]), units in candidates(12)) {
        let pool = pool(units);
        prop_assert_eq!(found(&programme, &pool), enumerated(&programme, &pool));
    }

    #[test]
    fn three_crossing_quotas_are_exact(programme in programme(&[0, 1, 2, 3]), units in candidates(12)) {
        let pool = pool(units);
        prop_assert_eq!(found(&programme, &pool), enumerated(&programme, &pool));
    }

    #[test]
    fn required_sums_are_exact(
        mut programme in programme(&[0, 1, 2]),
        units in candidates(10),
        sum in (0..25_i64, prop::option::of(0..10_i64)),
    ) {
        let mut pool = pool(units);
        require(&mut programme, &mut pool, sum);
        prop_assert_eq!(found(&programme, &pool), enumerated(&programme, &pool));
    }

    #[test]
    fn larger_pools_are_exact(programme in programme(&[0, 1, 2]), units in candidates(14)) {
        let pool = pool(units);
        prop_assert_eq!(found(&programme, &pool), enumerated(&programme, &pool));
    }

    /// With nested quotas and no money the list of one place more is the list and somebody.
    #[test]
    fn one_place_more_removes_nobody(mut programme in programme(&[0, 1]), units in candidates(14)) {
        programme.phases.truncate(1);
        programme.budget = None;
        let pool = pool(units);
        let fewer = found(&programme, &pool);
        programme.phases[0].upto = programme.phases[0].upto.map(|upto| upto + 1);
        if let (Some(fewer), Some(more)) = (fewer, found(&programme, &pool)) {
            prop_assert!(fewer[0].iter().all(|code| more[0].contains(code)), "{fewer:?} {more:?}");
        }
    }

    /// With too little work allowed a list may be missing or unproved, but never wrongly proved.
    #[test]
    fn little_effort_never_claims_too_much(
        mut programme in programme(&[0, 2, 3]),
        units in candidates(12),
        nodes in 1..30_u64,
    ) {
        programme.effort.nodes = nodes;
        let pool = pool(units);
        let selection = select(&programme, &pool, &History::default());
        if let Some(selection) = selection.ok().filter(Selection::proved) {
            programme.effort.nodes = 200_000;
            prop_assert_eq!(enumerated(&programme, &pool), found(&programme, &pool));
            let whole = select(&programme, &pool, &History::default()).unwrap();
            prop_assert_eq!(whole.list(), selection.list());
        }
    }

    /// Where no tie is told, no order of codes changes a phase.
    #[test]
    fn without_a_tie_codes_decide_nothing(
        mut programme in programme(&[0, 1, 2]),
        units in candidates(8),
        turn in 1..8_usize,
    ) {
        programme.rule = Rule::Priority;
        programme.eligible.include.clear();
        let (pool, mut other) = (pool(units.clone()), pool(units));
        if let Ok(selection) = select(&programme, &pool, &History::default())
            && selection.ties.is_empty()
        {
            let n = other.candidates.len();
            let renamed = |code: &str| format!("{:02}", (code.parse::<usize>().unwrap() + turn) % n);
            other.candidates.iter_mut().for_each(|unit| unit.code = renamed(&unit.code));
            let again = select(&programme, &other, &History::default()).unwrap();
            for (one, two) in selection.phases.iter().zip(&again.phases) {
                let before: BTreeSet<String> = one.added.iter().map(|code| renamed(code)).collect();
                prop_assert_eq!(before, two.added.iter().cloned().collect());
            }
        }
    }

    /// Whoever is told to be tied and outside is in when the code puts it first of its equals.
    #[test]
    fn codes_decide_a_tie(mut programme in programme(&[0, 1, 2]), units in candidates(8)) {
        let mut pool = pool(units);
        let selection = select(&programme, &pool, &History::default());
        let tie = selection.ok().and_then(|selection| selection.ties.first().cloned());
        if let Some(tie) = tie.filter(|_| programme.eligible.include.is_empty()) {
            // another list of this phase may leave a later one without any
            programme.phases.retain(|phase| phase.id <= tie.phase);
            for code in &tie.outside {
                let unit = pool.candidates.iter().position(|unit| unit.code == *code).unwrap();
                pool.candidates[unit].code = "!".into();
                let again = select(&programme, &pool, &History::default()).unwrap();
                let mut added = again.phases.iter().flat_map(|phase| &phase.added);
                prop_assert!(added.any(|added| added == "!"), "{code} of {tie:?}");
                pool.candidates[unit].code.clone_from(code);
            }
        }
    }

    /// What a unit is told of its phase is what the phase alone would tell, earlier ones locked in, and
    /// by rank is who the maxima alone would have too.
    #[test]
    fn a_reason_is_that_of_the_phase_alone(
        mut programme in programme(&[0, 1]),
        units in candidates(12),
    ) {
        programme.rule = Rule::Priority;
        programme.budget = None;
        programme.eligible.include.clear();
        let pool = pool(units);
        if let Ok(whole) = select(&programme, &pool, &History::default()) {
            let mut earlier: Vec<Lock> = Vec::new();
            for (at, phase) in programme.phases.iter().enumerate() {
                let mut alone = Programme { phases: vec![phase.clone()], ..programme.clone() };
                alone.eligible.include.clone_from(&earlier);
                let single = select(&alone, &pool, &History::default()).unwrap();
                for quota in &mut alone.phases[0].quota {
                    let QuotaRule::Bounds { min, .. } = &mut quota.rule else { panic!() };
                    *min = Limits::default();
                }
                let free = select(&alone, &pool, &History::default()).unwrap();
                let is_last = at + 1 == programme.phases.len();
                for unit in &whole.units {
                    let is_locked = earlier.iter().any(|lock| lock.code == unit.code);
                    let is_here = unit.phase.as_deref() == Some(&phase.id);
                    if is_here || (is_last && unit.phase.is_none()) {
                        prop_assert_eq!(&unit.reason, &single.unit(&unit.code).unwrap().reason);
                    }
                    if is_here && !is_locked {
                        let both = free.list().contains(&unit.code.as_str());
                        prop_assert_eq!(unit.reason == Reason::Rank, both, "{:?}", unit);
                    }
                }
                let added = whole.phases[at].added.iter();
                earlier.extend(added.map(|c| Lock { code: c.clone(), reason: "earlier".into() }));
            }
        }
    }

    /// A price is what the whole selection gives from the programme without the rule.
    #[test]
    fn a_price_is_a_selection_without_the_rule(
        mut programme in programme(&[0, 1, 2]),
        units in candidates(10),
        sum in prop::option::of((0..25_i64, prop::option::of(0..10_i64))),
    ) {
        let mut pool = pool(units);
        if let Some(sum) = sum {
            require(&mut programme, &mut pool, sum);
        }
        let (programme, pool) = (programme, pool);
        let nothing = History::default();
        let Ok(with) = select(&programme, &pool, &nothing) else { return Ok(()) };
        let found = prices(&programme, &pool, &nothing);
        let (mut expected, mut still) = (Vec::new(), Vec::new());
        for (code, left) in edited(&programme) {
            let without = select(&left, &pool, &nothing).ok();
            let is_quota = code.contains(':');
            let same = without.as_ref().is_some_and(|other| {
                with.phases.iter().map(|p| &p.added).eq(other.phases.iter().map(|p| &p.added))
            });
            still.extend((is_quota && same).then(|| code.clone()));
            expected.push((code, without));
        }
        let single = found.iter().filter(|price| price.rules.len() == 1);
        let codes: Vec<String> = single.clone().map(|price| price.rules[0].code()).collect();
        prop_assert_eq!(&codes, &expected.iter().map(|(code, _)| code.clone()).collect::<Vec<_>>());
        for (price, (_, without)) in single.zip(&expected) {
            prop_assert_eq!(told(price), without.as_ref().map(|without| changed(&with, without)));
        }
        if let Some(joint) = found.iter().find(|price| price.rules.len() > 1) {
            let codes: Vec<String> = joint.rules.iter().map(Priced::code).collect();
            prop_assert!(codes.iter().all(|code| still.contains(code)), "{codes:?} of {still:?}");
            let left = codes.iter().fold(programme.clone(), |left, code| {
                edited(&left).into_iter().find(|(own, _)| own == code).unwrap().1
            });
            let without = select(&left, &pool, &nothing).ok();
            prop_assert_eq!(told(joint), without.as_ref().map(|without| changed(&with, without)));
        }
    }

    /// What the reserve says it covers is who enters when one of the selected gives its place up.
    #[test]
    fn the_reserve_covers_what_it_says(
        mut programme in programme(&[0, 1, 2]),
        units in candidates(10),
        size in 0..5_u32,
        in_place in any::<bool>(),
    ) {
        programme.rule = Rule::Priority;
        programme.budget = None;
        programme.eligible.include.clear();
        programme.decisions.vacancy = if in_place { Vacancy::InPlace } else { Vacancy::Promote };
        let pool = pool(units);
        for size in [size, 100] {
            programme.reserve = Some(Reserve::Size(size));
            let Ok(list) = select(&programme, &pool, &History::default()) else { return Ok(()) };
            let (mut uncovered, mut irreplaceable) = (0, 0);
            for replacement in &list.replacements {
                let decision = Decision {
                    day: "2026-03-01".parse().unwrap(),
                    code: replacement.leaves[0].clone(),
                    answer: Answer::Withdrawn,
                    reference: "HCL 1".into(),
                };
                let history = History { decisions: vec![decision], previous: None };
                let after = select(&programme, &pool, &history).unwrap();
                let mut holders = after.places.iter().flat_map(|place| &place.holders);
                let entered = holders.find(|holder| holder.since.is_some() && !holder.moved_up);
                uncovered += usize::from(entered.is_none_or(|holder| holder.beyond_reserve));
                irreplaceable += usize::from(entered.is_none());
                if size == 100 {
                    prop_assert_eq!(entered.map(|holder| &holder.codes), replacement.enters.as_ref());
                }
            }
            let gap = list.gap.unwrap();
            prop_assert_eq!((gap.uncovered, gap.irreplaceable), (uncovered, irreplaceable));
        }
    }

    #[test]
    fn a_list_asked_for_again_is_the_one_that_is_selected(
        programme in programme(&[0, 1, 2]),
        units in candidates(14),
        scores in prop::collection::vec(0..8_i32, 14),
    ) {
        let pool = pool(units);
        let history = History::default();
        let Ok(Some(relister)) = Relister::as_declared(&programme, &pool, &history) else {
            return Ok(());
        };
        let scores: Vec<Option<f64>> =
            scores.iter().take(pool.candidates.len()).map(|score| Some(f64::from(*score) / 10.0)).collect();
        let mut other = pool.clone();
        other.candidates.iter_mut().zip(&scores).for_each(|(unit, score)| unit.score = *score);
        let again = relister.list(&scores).ok();
        let on = again.map(|again| again.phase.iter().map(Option::is_some).collect::<Vec<_>>());
        prop_assert_eq!(on, listed(&programme, &other, &history).ok());
    }

    #[test]
    fn the_order_of_rows_changes_nothing(
        programme in programme(&[0, 1, 2, 3]),
        (units, shuffled) in candidates(14).prop_flat_map(|u| (Just(u.clone()), Just(u).prop_shuffle())),
    ) {
        let history = History::default();
        prop_assert_eq!(select(&programme, &pool(units), &history), select(&programme, &pool(shuffled), &history));
    }

    #[test]
    fn unions_are_exact(
        mut programme in programme(&[0, 1, 2]),
        units in candidates(8),
        links in prop::collection::vec((0..8_usize, 0..8_usize), 0..14),
        same in prop::option::of(Just("county".to_owned())),
        max_population in 3..14_i64,
        max_members in 2..4_u8,
    ) {
        let mut pool = pool(units);
        let n = pool.candidates.len();
        let links = links.into_iter().map(|(a, b)| (a % n, b % n)).filter(|(a, b)| a != b);
        pool.borders = links
            .map(|(a, b)| Border { a: format!("{a:02}"), b: format!("{b:02}"), metres: None })
            .collect();
        programme.unions = Some(Unions {
            max_members, max_population, member_max_population: None, same, min_border_m: 0,
        });
        prop_assert_eq!(found_unions(&programme, &pool), enumerated_unions(&programme, &pool));
    }
}
