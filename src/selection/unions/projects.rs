//! Projects: single units, and unions of two or three neighbours that the programme lets join.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Pool;
use super::super::phases::Field;
use super::super::programme::Unions;
use super::super::quota::known_names;
use super::super::refusal::{Problem, Refusal};

/// A unit, or neighbours that join.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) struct Project {
    /// Ranks, ascending; the first leads.
    pub(in super::super) members: Vec<usize>,
    /// Bani.
    pub(in super::super) cost: i64,
}

/// All projects that a programme lets be, by their members.
///
/// A project takes one place, and a place counts in one group of each quota: the members of a union
/// agree in every classification that has a quota, and in `same`. A union of three needs two common
/// borders, not three.
pub(in super::super) fn projects(field: &Field, unions: &Unions) -> Result<Vec<Project>, Refusal> {
    check(field, unions)?;
    let borders = neighbours(field, unions);
    let mut sets: BTreeSet<Vec<usize>> = (0..borders.len()).map(|rank| vec![rank]).collect();
    let joins = Joins { field, unions, families: families(field, unions) };
    for (rank, near) in borders.iter().enumerate() {
        for (at, one) in near.iter().enumerate() {
            joins.add(&mut sets, &[rank, *one]);
            for two in &near[at + 1..] {
                joins.add(&mut sets, &[rank, *one, *two]);
            }
        }
    }
    Ok(sets.into_iter().map(|members| Project { cost: cost(field, &members), members }).collect())
}

struct Joins<'a> {
    field: &'a Field<'a>,
    unions: &'a Unions,
    families: Vec<usize>,
}

impl Joins<'_> {
    fn add(&self, sets: &mut BTreeSet<Vec<usize>>, members: &[usize]) {
        let pool = self.field.pool;
        let unit = |rank: usize| &pool.candidates[self.field.ranking.order[rank]];
        let first = unit(members[0]);
        let fits = members.len() <= usize::from(self.unions.max_members)
            && members.iter().all(|rank| {
                self.unions.member_max_population.is_none_or(|most| unit(*rank).population <= most)
            })
            && members.iter().map(|rank| i128::from(unit(*rank).population)).sum::<i128>()
                <= i128::from(self.unions.max_population)
            && self.families.iter().all(|family| {
                members.iter().all(|rank| unit(*rank).groups[*family] == first.groups[*family])
            });
        if fits {
            let mut sorted = members.to_vec();
            sorted.sort_unstable();
            sets.insert(sorted);
        }
    }
}

/// Classifications in which members must agree.
fn families(field: &Field, unions: &Unions) -> Vec<usize> {
    let quotas = field.programme.phases.iter().flat_map(|phase| &phase.quota).map(|quota| &quota.by);
    let ids: BTreeSet<_> = quotas.chain(&unions.same).collect();
    ids.into_iter().filter_map(|id| field.pool.family(id)).collect()
}

fn check(field: &Field, unions: &Unions) -> Result<(), Refusal> {
    let pool = field.pool;
    let mut problems = Vec::new();
    if !(1..=3).contains(&unions.max_members) {
        let message = format!("projects of {} members: 1 to 3 are possible", unions.max_members);
        problems.push(Problem::new("union-size", "unions.max_members", message));
    }
    if let Some(same) = unions.same.as_ref().filter(|same| pool.family(same).is_none()) {
        let message = format!("`{same}` is no classification");
        let hint = known_names(same, pool.families.iter().map(|family| family.id.as_str()));
        problems.push(Problem::new("unknown-classification", "unions.same", message).hint(hint));
    }
    let codes: BTreeSet<_> = pool.candidates.iter().map(|c| c.code.as_str()).collect();
    for border in &pool.borders {
        for code in [&border.a, &border.b] {
            if !codes.contains(code.as_str()) {
                let message = format!("the border `{}` - `{}`: `{code}` is no unit of the register", border.a, border.b);
                problems.push(Problem::new("unknown-neighbour", "unions.neighbours", message).unit(code));
            }
        }
        if border.a == border.b {
            let message = format!("unit `{}` has a border with itself", border.a);
            problems.push(Problem::new("own-neighbour", "unions.neighbours", message).unit(&border.a));
        }
    }
    problems.sort_by(|a, b| (a.rule, &a.message).cmp(&(b.rule, &b.message)));
    Refusal::unless_empty(problems)
}

/// Neighbours of each rank, ascending.
fn neighbours(field: &Field, unions: &Unions) -> Vec<Vec<usize>> {
    let ranks: BTreeMap<_, _> =
        (0..field.ranking.order.len()).map(|rank| (field.code(rank), rank)).collect();
    let mut near = vec![BTreeSet::new(); ranks.len()];
    for border in &field.pool.borders {
        let long = border.metres.is_none_or(|metres| metres >= unions.min_border_m);
        let ends = (ranks.get(border.a.as_str()), ranks.get(border.b.as_str()));
        if let (true, (Some(a), Some(b))) = (long, ends) {
            near[*a].insert(*b);
            near[*b].insert(*a);
        }
    }
    near.into_iter().map(|near| near.into_iter().collect()).collect()
}

fn cost(field: &Field, members: &[usize]) -> i64 {
    let pool: &Pool = field.pool;
    let unit = |rank: usize| &pool.candidates[field.ranking.order[rank]];
    let mut codes: Vec<_> = members.iter().map(|rank| unit(*rank).code.clone()).collect();
    codes.sort();
    let own = members.iter().map(|rank| unit(*rank).cost.unwrap_or(0));
    let sum = || own.fold(0_i64, i64::saturating_add);
    pool.union_costs.get(&codes).copied().filter(|_| codes.len() > 1).unwrap_or_else(sum)
}
