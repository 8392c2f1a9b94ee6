//! What units need and what they have beside their risk, from what may be published.

use std::collections::BTreeMap;

use super::Chosen;
use crate::index::{self, Column, Formula, stats};
use crate::report::View;
use crate::report::table::Table;
use crate::report::tables::PLACES;
use crate::selection::{Balance, Points, Stock};
use crate::study::programme::{Capacity, Need, Resource};

/// A resource with what each unit has and needs.
pub(crate) struct Account<'a> {
    pub(crate) resource: &'a Resource,
    pub(crate) stock: Stock,
}

/// An area with its units.
pub(crate) struct Area {
    pub(crate) name: String,
    /// Positions in the register of the units in which some resource is counted.
    pub(crate) units: Vec<usize>,
    /// Mean score of those units, weighted as the programme says.
    pub(crate) score: Option<f64>,
}

/// The capacity of a run: computed from the view, so that what is masked there is unknown here.
pub(crate) struct Profile<'a> {
    view: View<'a>,
    pub(crate) capacity: &'a Capacity,
    pub(crate) accounts: Vec<Account<'a>>,
    pub(crate) areas: Vec<Area>,
    decimals: u8,
    scores: &'a Column,
}

impl<'a> Profile<'a> {
    /// The capacity that the programme asks for, restricted as its lists are: to the units of one
    /// county, and the areas that these lie in.
    pub(crate) fn of(view: &View<'a>, chosen: Chosen<'a>) -> Option<Self> {
        let capacity = chosen.plan.capacity.as_ref()?;
        let accounts: Vec<Account<'a>> = capacity
            .resources
            .iter()
            .map(|resource| Account { resource, stock: stock(view, resource) })
            .collect();
        let scores = &view.figures.index.nodes[chosen.plan.score].value;
        let decimals = chosen.plan.rules.order.decimals;
        let mut profile =
            Self { view: *view, capacity, accounts, areas: Vec::new(), decimals, scores };
        profile.areas = profile.areas(chosen.county);
        Some(profile)
    }

    /// The areas in their order, each with a unit in which something is counted.
    fn areas(&self, county: Option<&str>) -> Vec<Area> {
        let Some(level) = self.view.figures.register.level(&self.capacity.by) else {
            return Vec::new();
        };
        let weights = match &self.capacity.weight {
            Some(formula) => values(&self.view, formula),
            None => vec![1.0; self.view.figures.register.len()],
        };
        let mut members = vec![Vec::new(); level.areas.len()];
        for (unit, &area) in level.of_unit.iter().enumerate() {
            if self.is_counted(unit) {
                members[area as usize].push(unit);
            }
        }
        let is_here = |units: &[usize]| match county {
            Some(_) => units.iter().any(|&unit| self.is_in(unit, county)),
            None => !units.is_empty(),
        };
        let areas = level.areas.iter().zip(members).filter(|(_, units)| is_here(units));
        areas
            .map(|(name, units)| Area {
                name: name.clone(),
                score: self.mean(&units, &weights),
                units,
            })
            .collect()
    }

    /// Units in which some resource is counted, of one county where lists are restricted to it; in
    /// the order of the register.
    pub(crate) fn units(&self, county: Option<&str>) -> Vec<usize> {
        let all = 0..self.view.figures.register.len();
        all.filter(|&unit| self.is_counted(unit) && self.is_in(unit, county)).collect()
    }

    /// The published score of a unit.
    pub(crate) fn score(&self, unit: usize) -> Option<f64> {
        self.scores.value(unit).and_then(|score| self.published(score))
    }

    /// Units by score, the most vulnerable first; those without one last, then by code.
    pub(crate) fn by_risk(&self, mut units: Vec<usize>) -> Vec<usize> {
        let score = |unit: usize| self.score(unit).unwrap_or(f64::NEG_INFINITY);
        units.sort_by(|&a, &b| score(b).total_cmp(&score(a)).then(a.cmp(&b)));
        units
    }

    fn is_counted(&self, unit: usize) -> bool {
        self.accounts.iter().any(|account| account.stock.counted[unit])
    }

    fn is_in(&self, unit: usize, county: Option<&str>) -> bool {
        county.is_none_or(|county| self.view.figures.register_text("county", unit) == county)
    }

    fn mean(&self, units: &[usize], weights: &[f64]) -> Option<f64> {
        let known: Vec<(f64, f64)> = units
            .iter()
            .filter_map(|&unit| Some((self.scores.value(unit)?, weights[unit])))
            .filter(|(_, weight)| weight.is_finite())
            .collect();
        let total = stats::sum(known.iter().map(|(_, weight)| *weight));
        let sum = stats::sum(known.iter().map(|(score, weight)| score * weight));
        self.published(sum / total)
    }

    fn published(&self, score: f64) -> Option<f64> {
        Points::round(score, self.decimals).ok()?.text(self.decimals).parse().ok()
    }
}

/// What each unit has and needs of a resource.
fn stock(view: &View<'_>, resource: &Resource) -> Stock {
    let known = |formula: &Formula| -> Vec<Option<f64>> {
        let values = values(view, formula);
        values.into_iter().map(|value| value.is_finite().then_some(value)).collect()
    };
    let all = view.figures.register.len();
    Stock {
        counted: match &resource.counted {
            Some(formula) => known(formula).iter().map(|x| x.is_some_and(|x| x != 0.0)).collect(),
            None => vec![true; all],
        },
        supply: known(&resource.supply),
        need: resource.need.as_ref().map(|need| match need {
            Need::Each(each) => vec![Some(*each); all],
            Need::Formula(formula) => known(formula),
        }),
    }
}

/// The values of a formula for each unit; not a number where there is none.
fn values(view: &View<'_>, formula: &Formula) -> Vec<f64> {
    let ids = view.figures.method.nodes.iter().map(|node| node.id.as_str());
    let nodes: BTreeMap<&str, &Column> =
        ids.zip(view.figures.index.nodes.iter().map(|node| &node.value)).collect();
    index::at_units(formula, &nodes, view.figures.register, view.figures.observations)
}

/// `capacity.csv`: a row for each unit, and `summary_capacity_<by>.csv`: one for each area.
pub(super) fn tables<'a>(view: &View<'a>, chosen: Chosen<'a>) -> Vec<(String, Table<'a>)> {
    let Some(profile) = Profile::of(view, chosen) else { return Vec::new() };
    let summary = format!("summary_capacity_{}", profile.capacity.by);
    vec![
        ("capacity".to_owned(), by_unit(view, &profile, chosen.county)),
        (summary, by_area(view, &profile)),
    ]
}

fn by_unit<'a>(view: &View<'a>, profile: &Profile<'a>, county: Option<&str>) -> Table<'a> {
    let units = profile.units(county);
    let mut table = Table::default();
    table.text("code", units.iter().map(|&unit| view.figures.register.codes()[unit].as_str()));
    table.text("name", units.iter().map(|&unit| view.figures.register.names()[unit].as_str()));
    for column in PLACES {
        table.text(column, units.iter().map(|&unit| view.figures.register_text(column, unit)));
    }
    table.numbers("score", units.iter().map(|&unit| profile.score(unit)));
    for Account { resource, stock } in &profile.accounts {
        let id = &resource.id;
        if stock.need.is_some() {
            table.numbers(format!("{id}.need"), units.iter().map(|&unit| stock.need(unit)));
        }
        table.numbers(format!("{id}.supply"), units.iter().map(|&unit| stock.supply(unit)));
        if stock.need.is_some() {
            table.numbers(format!("{id}.gap"), units.iter().map(|&unit| stock.gap(unit)));
        }
    }
    table
}

fn by_area<'a>(view: &View<'a>, profile: &Profile<'a>) -> Table<'a> {
    let areas = &profile.areas;
    let mut table = Table::default();
    table.text(profile.capacity.by.as_str(), areas.iter().map(|area| area.name.clone()));
    table.numbers("score", areas.iter().map(|area| area.score));
    for Account { resource, stock } in &profile.accounts {
        let id = &resource.id;
        let balances: Vec<Balance> = areas.iter().map(|area| stock.balance(&area.units)).collect();
        let mut count = |column: &str, of: fn(&Balance) -> usize| {
            let cells = balances.iter().map(|balance| i32::try_from(of(balance)).ok());
            table.integers(format!("{id}.{column}"), cells);
        };
        count("units", |balance| balance.units);
        count("unknown", |balance| balance.unknown);
        count("having", |balance| balance.having.len());
        if stock.need.is_some() {
            count("short", |balance| balance.short.len());
            table.numbers(format!("{id}.need"), balances.iter().map(|balance| balance.need));
        }
        table.numbers(format!("{id}.supply"), balances.iter().map(|balance| balance.supply));
        if stock.need.is_some() {
            table.numbers(format!("{id}.gap"), balances.iter().map(|balance| balance.gap));
        }
        if resource.named {
            table.text(
                format!("{id}.names"),
                balances.iter().map(|balance| named(view, &balance.having)),
            );
        }
    }
    table
}

/// Names of units, bytewise ordered.
pub(super) fn named(view: &View<'_>, units: &[usize]) -> String {
    let mut names: Vec<&str> =
        units.iter().map(|&unit| view.figures.register.names()[unit].as_str()).collect();
    names.sort_unstable();
    names.join(", ")
}
