//! What units need and what they have beside their risk, from what may be published.

use super::{SelectionView, Wording};
use crate::index::{self, Figures, Formula, Mark, stats};
use crate::language::{Words, decimals};
use crate::message::labels;
use crate::observation::Cell;
use crate::report::model::column::{Column, Kind};
use crate::report::model::sensitivity::{Masks, Rows, Sensitivity};
use crate::report::model::table::{Table, Titled};
use crate::selection::{Balance, Points, Stock};
use crate::study::programme::{Capacity, Need, Resource};

/// A resource with what each unit has and needs.
pub(crate) struct Account<'a> {
    pub(crate) resource: &'a Resource,
    pub(crate) stock: Stock,
    /// What each unit's supply is made from, where it is not as it was read.
    supply_marks: Vec<Option<Mark>>,
    /// The same of its need.
    need_marks: Vec<Option<Mark>>,
}

/// What is told of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// What is needed.
    Need,
    /// What there is.
    Supply,
    /// What is lacking.
    Gap,
}

impl Part {
    /// The end of its columns' ids.
    fn id(self) -> &'static str {
        match self {
            Self::Need => "need",
            Self::Supply => "supply",
            Self::Gap => "gap",
        }
    }

    fn words(self) -> Words {
        match self {
            Self::Need => labels::NEED,
            Self::Supply => labels::SUPPLY,
            Self::Gap => labels::GAP,
        }
    }
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
    figures: Figures<'a>,
    pub(crate) capacity: &'a Capacity,
    pub(crate) accounts: Vec<Account<'a>>,
    pub(crate) areas: Vec<Area>,
    decimals: u8,
    scores: &'a index::Column,
}

impl<'a> Profile<'a> {
    /// The capacity that the programme asks for, restricted as its lists are: to the units of one
    /// county, and the areas that these lie in.
    pub(crate) fn of(chosen: SelectionView<'a>) -> Option<Self> {
        let figures = chosen.figures;
        let capacity = chosen.plan.capacity.as_ref()?;
        let accounts: Vec<Account<'a>> = capacity
            .resources
            .iter()
            .map(|resource| Account {
                resource,
                stock: stock(&figures, resource),
                supply_marks: marks(&figures, &resource.supply),
                need_marks: match &resource.need {
                    Some(Need::Formula(formula)) => marks(&figures, formula),
                    Some(Need::Each(_)) | None => vec![None; figures.register.len()],
                },
            })
            .collect();
        let scores = &figures.index.nodes[chosen.plan.score].value;
        let decimals = chosen.plan.rules.order.decimals;
        let mut profile = Self { figures, capacity, accounts, areas: Vec::new(), decimals, scores };
        profile.areas = profile.areas(chosen.county);
        Some(profile)
    }

    /// The areas in their order, each with a unit in which something is counted.
    fn areas(&self, county: Option<&str>) -> Vec<Area> {
        let Some(level) = self.figures.register.level(&self.capacity.by) else { return Vec::new() };
        let weights = match &self.capacity.weight {
            Some(formula) => values(&self.figures, formula),
            None => vec![1.0; self.figures.register.len()],
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
        let all = 0..self.figures.register.len();
        all.filter(|&unit| self.is_counted(unit) && self.is_in(unit, county)).collect()
    }

    /// What a unit lacks of a resource, by its code.
    pub(crate) fn gap(&self, account: &Account<'_>, code: &str) -> Option<f64> {
        account.stock.gap(self.figures.register.position(code)?)
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
        county.is_none_or(|county| self.figures.register_text("county", unit) == county)
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
fn stock(figures: &Figures<'_>, resource: &Resource) -> Stock {
    let known = |formula: &Formula| -> Vec<Option<f64>> {
        let values = values(figures, formula);
        values.into_iter().map(|value| value.is_finite().then_some(value)).collect()
    };
    let all = figures.register.len();
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

/// Of each unit whether what a formula reads of it is withheld or stands for something else.
fn marks(figures: &Figures<'_>, formula: &Formula) -> Vec<Option<Mark>> {
    let mut marks = vec![None; figures.register.len()];
    for name in formula.names() {
        let Some(series) = figures.observations.series(name) else { continue };
        let Some(level) = figures.register.level(&series.level) else { continue };
        for (mark, area) in marks.iter_mut().zip(&level.of_unit) {
            let own = match series.cells[*area as usize] {
                Cell::Withheld => Some(Mark::Withheld),
                Cell::Substitute(_) => Some(Mark::Substituted),
                Cell::Number(_) | Cell::Text(_) | Cell::Missing(_) => None,
            };
            *mark = stronger(*mark, own);
        }
    }
    marks
}

/// Of two marks the one that says more: what is withheld is not known, whatever stands for the rest.
fn stronger(one: Option<Mark>, other: Option<Mark>) -> Option<Mark> {
    [one, other].into_iter().flatten().max_by_key(|mark| *mark == Mark::Withheld)
}

/// The values of a formula for each unit; not a number where there is none.
fn values(figures: &Figures<'_>, formula: &Formula) -> Vec<f64> {
    index::at_scored_units(formula, figures.index, figures.register, figures.observations)
}

/// Columns that a file and a sheet order differently: where they stand on a sheet.
const SHEET_ORDER: [&str; 8] =
    ["units", "need", "supply", "gap", "short", "having", "unknown", "names"];

impl<'a> Profile<'a> {
    /// `capacity.csv`: a row for each unit, and `summary_capacity_<by>.csv`: one for each area.
    pub(super) fn files(
        &self,
        wording: &Wording<'a>,
        masks: &'a Masks,
    ) -> Vec<(String, Table<'a>)> {
        let units = self.units(wording.chosen.county);
        let summary = format!("summary_capacity_{}", self.capacity.by);
        vec![
            ("capacity".to_owned(), self.by_unit(wording, &units, masks)),
            (summary, self.by_area(wording, masks)),
        ]
    }

    /// The sheets: areas, then units, the most vulnerable first.
    pub(super) fn lists(&self, wording: &Wording<'a>, masks: &'a Masks) -> Vec<Titled<'a>> {
        let units = self.by_risk(self.units(wording.chosen.county));
        let (areas, units) = (self.by_area(wording, masks), self.by_unit(wording, &units, masks));
        vec![
            wording.list(labels::LIST_CAPACITY, labels::ABOUT_CAPACITY, areas),
            wording.list(labels::LIST_CAPACITY_UNITS, labels::ABOUT_CAPACITY_UNITS, units),
        ]
    }

    fn score_column(
        &self,
        wording: &Wording<'_>,
        words: Words,
        sensitivity: Sensitivity,
        cells: impl Iterator<Item = Option<f64>>,
    ) -> Column<'a> {
        Column::numbers("score", sensitivity, cells)
            .headed(wording.word(words))
            .shown_as(Kind::Decimals(usize::from(self.decimals)))
    }

    fn by_unit(&self, wording: &Wording<'a>, units: &[usize], masks: &'a Masks) -> Table<'a> {
        let all = self.figures.register.codes();
        let codes: Vec<&str> = units.iter().map(|&unit| all[unit].as_str()).collect();
        let [code, name, kind, county, region] = wording.identified(&codes);
        let scores = units.iter().map(|&unit| self.score(unit));
        let mut table = wording.table_of(codes.iter().copied(), masks);
        table.extend([code, name, kind, county, region.only_in_files()]);
        table.push(self.score_column(wording, labels::TIE_SCORE, Sensitivity::Unit, scores));
        for account in &self.accounts {
            let stock = &account.stock;
            let rows: Vec<Vec<usize>> = units.iter().map(|&unit| vec![unit]).collect();
            let of = |part: Part, of: &dyn Fn(usize) -> Option<f64>| {
                let cells = units.iter().map(|&unit| of(unit)).collect();
                account.numbers(wording, part, cells, &rows)
            };
            if stock.need.is_some() {
                table.push(of(Part::Need, &|unit| stock.need(unit)));
            }
            table.push(of(Part::Supply, &|unit| stock.supply(unit)));
            if stock.need.is_some() {
                table.push(of(Part::Gap, &|unit| stock.gap(unit)));
            }
        }
        table
    }

    fn by_area(&self, wording: &Wording<'a>, masks: &'a Masks) -> Table<'a> {
        let areas = &self.areas;
        let by = self.capacity.by.as_str();
        let heading = match by {
            "county" => wording.word(labels::COUNTY),
            "region" => wording.word(labels::REGION),
            by => by,
        };
        let names = areas.iter().map(|area| area.name.clone());
        let scores = areas.iter().map(|area| area.score);
        let rows = areas.iter().map(|area| area.units.clone()).collect();
        let mut table = Table::new(Rows::Areas(rows), masks);
        table.push(Column::text(by, Column::PUBLIC, names).headed(heading).wide(20));
        // a mean of the scores that may be known
        let known = Column::FIGURES;
        table.push(self.score_column(wording, labels::MEAN_SCORE, known, scores));
        for (number, account) in (1..).zip(&self.accounts) {
            let balances: Vec<Balance> =
                areas.iter().map(|area| account.stock.balance(&area.units)).collect();
            let at = |column: Column<'a>, id: &str| {
                let among = SHEET_ORDER.iter().position(|known| *known == id).unwrap_or(0);
                column.sheet_at(100 * number + among)
            };
            let rows: Vec<Vec<usize>> = areas.iter().map(|area| area.units.clone()).collect();
            let columns = account.balances(wording, &balances, &rows);
            table.extend(columns.into_iter().map(|(id, column)| at(column, id)));
            if account.resource.named {
                let names = balances.iter().map(|balance| self.named(&balance.having));
                let column = account.headed(
                    Column::text(account.id("names"), Column::FIGURES, names).wide(50),
                    wording,
                    labels::UNITS_NAMED,
                );
                table.push(at(column, "names"));
            }
        }
        table
    }

    /// Names of units, bytewise ordered.
    pub(crate) fn named(&self, units: &[usize]) -> String {
        let all = self.figures.register.names();
        let mut names: Vec<&str> = units.iter().map(|&unit| all[unit].as_str()).collect();
        names.sort_unstable();
        names.join(", ")
    }
}

impl Account<'_> {
    /// Decimals in which the resource is shown.
    pub(crate) fn decimals(&self) -> usize {
        let mut all: Vec<f64> = self.stock.supply.iter().copied().flatten().collect();
        all.extend(self.stock.need.iter().flatten().copied().flatten());
        decimals(&all)
    }

    fn id(&self, column: &str) -> String {
        format!("{}.{column}", self.resource.id)
    }

    /// A column under the title of the resource.
    fn headed<'c>(&self, column: Column<'c>, wording: &Wording<'_>, words: Words) -> Column<'c> {
        let title = self.resource.title.text(wording.language);
        column.headed(format!("{title}: {}", wording.word(words)))
    }

    /// A column of what the units of each row need, have or lack, with the states of its cells where
    /// something of them is withheld or stands for something else.
    fn numbers<'c>(
        &self,
        wording: &Wording<'_>,
        part: Part,
        cells: Vec<Option<f64>>,
        rows: &[Vec<usize>],
    ) -> Column<'c> {
        let marks: Vec<Option<Mark>> = rows.iter().map(|units| self.mark(part, units)).collect();
        let plain =
            |cell: &Option<f64>| if cell.is_some() { Mark::Value } else { Mark::NotAvailable };
        let states = if marks.iter().any(Option::is_some) {
            marks
                .iter()
                .zip(&cells)
                .map(|(mark, cell)| mark.unwrap_or_else(|| plain(cell)))
                .collect()
        } else {
            Vec::new()
        };
        let column = Column::numbers(self.id(part.id()), Column::FIGURES, cells)
            .in_states(states)
            .shown_as(Kind::Decimals(self.decimals()));
        self.headed(column, wording, part.words())
    }

    /// What a part of some units together is made from, where it is not as it was read.
    pub(crate) fn mark(&self, part: Part, units: &[usize]) -> Option<Mark> {
        let counted = units.iter().filter(|&&unit| self.stock.counted[unit]);
        let own = |&unit: &usize| match part {
            Part::Need => self.need_marks[unit],
            Part::Supply => self.supply_marks[unit],
            Part::Gap => stronger(self.need_marks[unit], self.supply_marks[unit]),
        };
        counted.map(own).fold(None, stronger)
    }

    /// What areas have and need, each column with its name.
    fn balances<'c>(
        &self,
        wording: &Wording<'_>,
        balances: &[Balance],
        rows: &[Vec<usize>],
    ) -> Vec<(&'static str, Column<'c>)> {
        let count = |id: &'static str, words, of: fn(&Balance) -> usize| {
            let cells = balances.iter().map(|balance| Some(of(balance)));
            let column = Column::counts(self.id(id), Column::FIGURES, cells);
            (id, self.headed(column, wording, words))
        };
        let sum = |part: Part, of: fn(&Balance) -> Option<f64>| {
            (part.id(), self.numbers(wording, part, balances.iter().map(of).collect(), rows))
        };
        let has_need = self.stock.need.is_some();
        let (id, unknown) = count("unknown", labels::UNITS_UNKNOWN, |balance| balance.unknown);
        // a sheet says how many are unknown where some are
        let some = balances.iter().any(|balance| balance.unknown > 0);
        let unknown = if some { unknown } else { unknown.only_in_files() };
        let mut columns = vec![
            count("units", labels::RESOURCE_UNITS, |balance| balance.units),
            (id, unknown),
            count("having", labels::UNITS_HAVING, |balance| balance.having.len()),
        ];
        if has_need {
            columns.push(count("short", labels::UNITS_SHORT, |balance| balance.short.len()));
            columns.push(sum(Part::Need, |balance| balance.need));
        }
        columns.push(sum(Part::Supply, |balance| balance.supply));
        if has_need {
            columns.push(sum(Part::Gap, |balance| balance.gap));
        }
        columns
    }
}
