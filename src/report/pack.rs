//! The pack of a county: a run of which everything but its units is taken out.
//!
//! Nothing is computed again. Scores, positions and classes stay those among all units of the run, and
//! every sheet, page and drawing says so in its notices; figures of the whole run that say nothing of a
//! unit of the county (correlations, charts of all scores, areas larger than the county) are left to its
//! own report. The selection stays whole behind the lists, since their sentences name units elsewhere: at
//! the cut, or in whose favour a rule decided.

use std::collections::BTreeSet;

use crate::boundaries::Boundaries;
use crate::index::{Column, Figures, Index, NodeResult, OutputColumn, Standings, stats};
use crate::observation::{Observations, Series};
use crate::quality::Findings;
use crate::register::{COUNTY, Register};
use crate::report::model::{Masks, SelectionView, View};

/// A run of which only the units of one county are left.
#[derive(Debug)]
pub(crate) struct Pack {
    register: Register,
    observations: Observations,
    index: Index,
    standings: Standings,
    findings: Findings,
    masks: Masks,
}

impl Pack {
    /// The pack of the county to which lists are restricted; `None` where they are not.
    pub(crate) fn new(view: &View<'_>) -> Option<Self> {
        let county = view.selection?.county?;
        let whole = &view.figures;
        let all = 0..whole.register.len();
        let units: Vec<usize> =
            all.filter(|&unit| whole.register_text(COUNTY, unit) == county).collect();
        let register = whole.register.of_units(&units);
        let is_here = |code: &str| register.position(code).is_some();
        let findings = view.findings.iter().filter_map(|finding| finding.of_units(&is_here));
        let masks = match view.masks.units.as_slice() {
            [] => Vec::new(),
            masked => units.iter().map(|&unit| masked[unit]).collect(),
        };
        let class =
            |&(output, unit): &(usize, usize)| Some((output, units.binary_search(&unit).ok()?));
        let classes = view.masks.classes.iter().filter_map(class).collect();
        Some(Self {
            observations: observations(whole, &register),
            index: index(whole, &units),
            standings: Standings {
                places: units.iter().map(|&unit| whole.place(unit)).collect(),
                sharing: units.iter().map(|&unit| whole.sharing(unit)).collect(),
            },
            findings: findings.collect(),
            masks: Masks { units: masks, sums: view.masks.sums.clone(), classes },
            register,
        })
    }

    /// The run as its pack shows it.
    pub(crate) fn view<'p>(&'p self, view: &View<'p>) -> View<'p> {
        View {
            figures: Figures {
                method: view.figures.method,
                register: &self.register,
                observations: &self.observations,
                index: &self.index,
                among: Some(&self.standings),
            },
            findings: &self.findings,
            masks: &self.masks,
            // what is drawn is told of the whole list
            selection: view.selection.map(|chosen| SelectionView { robustness: None, ..chosen }),
            ..*view
        }
    }
}

/// What was read of the units of a part, and of the areas in which they lie.
fn observations(whole: &Figures<'_>, part: &Register) -> Observations {
    let read = whole.observations;
    let series = |series: &Series| {
        let levels = part.level(&series.level).zip(whole.register.level(&series.level));
        let kept: Vec<usize> = levels.map_or_else(Vec::new, |(kept, all)| {
            kept.areas.iter().filter_map(|area| all.position(area)).collect()
        });
        Series {
            cells: kept.iter().map(|&area| series.cells[area].clone()).collect(),
            origins: kept.iter().map(|&area| series.origins[area].clone()).collect(),
            ..series.clone()
        }
    };
    let is_here = |code: &str| part.position(code).is_some();
    let map = |(id, map): (&String, &Boundaries)| (id.clone(), map.of_areas(&is_here));
    Observations {
        files: read.files.clone(),
        series: read.series.iter().map(series).collect(),
        maps: read.maps.iter().map(map).collect(),
        ..Observations::default()
    }
}

/// What was computed of some units. Of the tables by area those of which each area holds these units
/// or none of them.
fn index(whole: &Figures<'_>, units: &[usize]) -> Index {
    let mut index = whole.index.clone();
    index.ranked = units.iter().map(|&unit| index.ranked[unit]).collect();
    for node in &mut index.nodes {
        cut_node(node, units);
        node.distinct = stats::distinct(&stats::base(node.value.values(), &index.ranked));
    }
    for output in &mut index.outputs {
        output.column = match &output.column {
            OutputColumn::Numbers(column) => OutputColumn::Numbers(cut(column, units)),
            OutputColumn::Classes(classes) => {
                OutputColumn::Classes(units.iter().map(|&unit| classes[unit].clone()).collect())
            }
        };
    }
    for step in &mut index.trace {
        step.column = cut(&step.column, units);
    }
    for summary in &mut index.summaries {
        let inside = areas_inside(whole.register, &summary.by, units);
        let all = 0..summary.areas.len();
        let kept: Vec<usize> =
            all.filter(|&at| inside.contains(summary.areas[at].as_str())).collect();
        summary.areas = kept.iter().map(|&at| summary.areas[at].clone()).collect();
        for (_, _, values) in &mut summary.columns {
            *values = kept.iter().map(|&at| values[at]).collect();
        }
    }
    index
}

fn cut_node(node: &mut NodeResult, units: &[usize]) {
    node.raw = cut(&node.raw, units);
    node.value = cut(&node.value, units);
    if !node.words.is_empty() {
        node.words = units.iter().map(|&unit| node.words[unit].clone()).collect();
    }
}

fn cut(column: &Column, units: &[usize]) -> Column {
    let (values, marks) = (column.values(), column.marks());
    Column::from_parts(
        units.iter().map(|&unit| values[unit]).collect(),
        units.iter().map(|&unit| marks[unit]).collect(),
    )
}

/// The areas of a level that hold some of these units and no other.
fn areas_inside<'r>(register: &'r Register, by: &str, units: &[usize]) -> BTreeSet<&'r str> {
    let Some(level) = register.level(by) else { return BTreeSet::new() };
    let mut counts = vec![[0_usize; 2]; level.areas.len()];
    level.of_unit.iter().for_each(|&area| counts[area as usize][0] += 1);
    units.iter().for_each(|&unit| counts[level.of_unit[unit] as usize][1] += 1);
    let held = level.areas.iter().zip(counts).filter(|(_, [all, own])| all == own);
    held.map(|(area, _)| area.as_str()).collect()
}
