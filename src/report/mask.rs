//! Small counts in what is published: they are masked, with every number that would give them back.
//!
//! A count from 1 to one below `[publish] min_count` becomes confidential. In a unit where that
//! touches an indicator, every indicator that was measured in the unit itself is masked with it:
//! one masked part alone could be computed from the score and the others (complementary
//! suppression; Hundepool and others, "Statistical Disclosure Control", 2012, chapter 4). Where a
//! node is made of one unknown part only, the scores of the unit are masked too, and with them the
//! means of its areas; place and class stay.

use crate::index::method::{Method, Origin, Statistic};
use crate::index::{Column, Figures, Index, Mark, OutputColumn};
use crate::observation::{Cell, Missing, Nature, Observations};
use crate::register::{Register, UNIT};

use super::selection::MaskedChosen;
use super::view::{Mask, View};
use crate::quality::Findings;

mod findings;

/// A run with small counts masked.
#[derive(Debug)]
pub(crate) struct Masked {
    observations: Observations,
    index: Index,
    units: Vec<Mask>,
    findings: Findings,
    chosen: Option<MaskedChosen>,
}

impl Masked {
    /// Masks a run; `None` where the study does not ask for it or no count is small.
    pub(crate) fn new(view: &View<'_>) -> Option<Self> {
        let least = f64::from(view.study.min_count?);
        let small = small(view.figures.observations, least);
        if small.iter().all(|cells| !cells.contains(&true)) {
            return None;
        }
        let units = units(view, &small);
        let findings = findings::masked(view, &small, &units);
        let mut observations = view.figures.observations.clone();
        for (series, small) in observations.series.iter_mut().zip(&small) {
            for (cell, is_small) in series.cells.iter_mut().zip(small) {
                if *is_small {
                    *cell = Cell::Missing(Missing::Confidential);
                }
            }
        }
        mask_rates(&mut observations, view.figures.register, &units);
        let mut index = view.figures.index.clone();
        mask_index(&mut index, view.figures.method, &units);
        mask_summaries(&mut index, (view.figures.method, view.figures.register), &units);
        let chosen = MaskedChosen::new(view, &observations, &units);
        Some(Self { observations, index, units, findings, chosen })
    }

    /// The run as it may be published.
    pub(crate) fn view<'m>(&'m self, view: &View<'m>) -> View<'m> {
        let chosen = view.chosen.zip(self.chosen.as_ref()).map(|(chosen, own)| own.chosen(chosen));
        View {
            figures: Figures {
                observations: &self.observations,
                index: &self.index,
                ..view.figures
            },
            masked: &self.units,
            findings: &self.findings,
            chosen,
            ..*view
        }
    }
}

/// For each series, which cells hold a small count.
fn small(observations: &Observations, least: f64) -> Vec<Vec<bool>> {
    let is_small = |cell: &Cell| cell.number().is_some_and(|count| count > 0.0 && count < least);
    observations
        .series
        .iter()
        .map(|series| match series.nature {
            Nature::Count => series.cells.iter().map(is_small).collect(),
            Nature::Rate | Nature::Amount | Nature::Category | Nature::Text => {
                vec![false; series.cells.len()]
            }
        })
        .collect()
}

/// What is masked of each unit.
fn units(view: &View<'_>, small: &[Vec<bool>]) -> Vec<Mask> {
    let parts = own_parts(view.figures.method, view.figures.index);
    let mut units = vec![Mask::Nothing; view.figures.register.len()];
    for (at, node) in view.figures.method.nodes.iter().enumerate() {
        let Origin::Measures(formula) = &node.origin else { continue };
        for (series, small) in view.figures.observations.series.iter().zip(small) {
            if !formula.names().contains(&series.name) {
                continue;
            }
            let Some(level) = view.figures.register.level(&series.level) else { continue };
            for (unit, mask) in units.iter_mut().enumerate() {
                if small.get(level.of_unit[unit] as usize) != Some(&true) {
                    continue;
                }
                // what a larger area hides is known to nobody from its units' scores either
                let known =
                    |other: &&usize| view.figures.index.nodes[**other].raw.value(unit).is_some();
                let gives_back = |parts: &Vec<usize>| parts.iter().filter(known).count() == 1;
                let is_own = view.figures.index.nodes[at].level == UNIT;
                let found =
                    if is_own && !parts.iter().any(gives_back) { Mask::Parts } else { Mask::Score };
                *mask = (*mask).max(found);
            }
        }
    }
    units
}

/// Indicators measured in the units themselves; a column of the register is no secret.
fn own_indicators(method: &Method, index: &Index) -> Vec<usize> {
    let is_own = |at: &usize| {
        matches!(method.nodes[*at].origin, Origin::Measures(_)) && index.nodes[*at].level == UNIT
    };
    (0..method.nodes.len()).filter(is_own).collect()
}

/// For each node made of others, those of its parts that are measured in the units themselves.
fn own_parts(method: &Method, index: &Index) -> Vec<Vec<usize>> {
    let own = own_indicators(method, index);
    let of = |origin: &Origin| match origin {
        Origin::Measures(_) | Origin::Category(_) => Vec::new(),
        Origin::Children(aggregate) => aggregate.children.iter().map(|child| child.node).collect(),
        Origin::Nodes(formula) => formula.names().iter().filter_map(|id| method.node(id)).collect(),
    };
    let parts = method.nodes.iter().map(|node| of(&node.origin));
    parts.map(|parts| parts.into_iter().filter(|part| own.contains(part)).collect()).collect()
}

/// Rates of a masked unit, which with a denominator give the count back.
fn mask_rates(observations: &mut Observations, register: &Register, units: &[Mask]) {
    for series in &mut observations.series {
        let Some(level) = register.level(&series.level).filter(|_| series.level == UNIT) else {
            continue;
        };
        if series.nature != Nature::Rate {
            continue;
        }
        for (unit, mask) in units.iter().enumerate() {
            let cell = &mut series.cells[level.of_unit[unit] as usize];
            if *mask != Mask::Nothing && cell.number().is_some() {
                *cell = Cell::Missing(Missing::Confidential);
            }
        }
    }
}

fn mask_index(index: &mut Index, method: &Method, units: &[Mask]) {
    let own = own_indicators(method, index);
    let hidden = |column: &Column, from: Mask| {
        let reason = |unit: usize| {
            (units[unit] >= from && column.value(unit).is_some()).then_some(Mark::Confidential)
        };
        column.without(reason)
    };
    for (at, node) in method.nodes.iter().enumerate() {
        let from = if own.contains(&at) { Mask::Parts } else { Mask::Score };
        // a larger area's value and the kind of a unit are known anyway
        if node.is_indicator() && from == Mask::Score {
            continue;
        }
        let result = &mut index.nodes[at];
        result.raw = hidden(&result.raw, from);
        result.value = hidden(&result.value, from);
    }
    for step in &mut index.trace {
        let node = method.node(&step.node);
        let is_own = node.is_some_and(|node| own.contains(&node));
        let is_score = node.is_none_or(|node| !method.nodes[node].is_indicator());
        if is_own || is_score {
            let from = if is_own { Mask::Parts } else { Mask::Score };
            step.column = hidden(&step.column, from);
        }
    }
    for output in &mut index.outputs {
        if let (Some(_), OutputColumn::Numbers(column)) = (output.child, &output.column) {
            output.column = OutputColumn::Numbers(hidden(column, Mask::Parts));
        }
    }
}

/// Numbers of an area from which a masked value of one of its units could be computed. Counts, shares
/// and ranks rest on places, which stay.
fn mask_summaries(index: &mut Index, (method, register): (&Method, &Register), units: &[Mask]) {
    let own = own_indicators(method, index);
    for (summary, result) in method.summaries.iter().zip(&mut index.summaries) {
        let Some(level) = register.level(&summary.by) else { continue };
        for (id, statistic, values) in &mut result.columns {
            let Some(column) = summary.columns.iter().find(|column| column.id == *id) else {
                continue;
            };
            let of_values = matches!(
                statistic,
                Statistic::Mean | Statistic::Max | Statistic::Concentration | Statistic::Intensity
            );
            let from = if own.contains(&column.of) { Mask::Parts } else { Mask::Score };
            for (unit, _) in
                units.iter().enumerate().filter(|(_, mask)| of_values && **mask >= from)
            {
                let name = &level.areas[level.of_unit[unit] as usize];
                if let Some(area) = result.areas.iter().position(|area| area == name) {
                    values[area] = f64::NAN;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message;
    use crate::report::fixture::Fixture;
    use crate::report::{Format, files};
    use crate::watch::Unwatched;

    #[test]
    fn a_small_count_is_masked_with_every_number_that_gives_it_back() {
        let mut fixture = Fixture::new();
        fixture.study.min_count = Some(250);
        let view = fixture.view();
        let masked = Masked::new(&view).unwrap();
        // 200 children; one own indicator only, so that the score would give it back
        assert_eq!(masked.units[0], Mask::Score);
        assert_eq!(masked.units[1], Mask::Nothing);
        // a measured zero names nobody
        assert_eq!(masked.units[3], Mask::Nothing);
        let shown = masked.view(&view);
        assert_eq!(shown.figures.index.nodes[0].raw.value(0), None);
        assert_eq!(shown.figures.index.nodes[2].value.value(0), None);
        assert_eq!(shown.figures.index.nodes[0].raw.value(1), Some(40.0));
        assert_eq!(shown.figures.place(0), None);
        // the mean of its county would give the score back, the number of units would not
        let columns = &shown.figures.index.summaries[0].columns;
        assert_eq!(columns[0].2, [3.0, 1.0]);
        assert!(columns[1].2[0].is_nan());
    }

    #[test]
    fn nothing_published_holds_what_was_masked() {
        let mut fixture = Fixture::new();
        fixture.study.min_count = Some(250);
        let view = fixture.view();
        for file in files(&view, &[Format::Csv, Format::Geojson], &Unwatched).unwrap() {
            if !file.path.contains("index") {
                continue;
            }
            let text = String::from_utf8(file.bytes).unwrap();
            let line = text.lines().find(|line| line.contains("Alfa")).unwrap_or("");
            assert!(!line.contains("20.0") && !line.contains(",20,50,"), "{}: {line}", file.path);
        }
    }

    #[test]
    fn no_finding_says_what_was_masked() {
        let mut fixture = Fixture::new();
        fixture.study.min_count = Some(250);
        let rule = &message::ingest::NEAR_MATCH;
        let told = |code: &str| {
            let message = crate::quality::message!("200 children, 20.0 %", "200 de copii, 20,0 %");
            crate::quality::Finding::new(rule, "population", message).unit(code)
        };
        fixture.findings.push(told("10"));
        fixture.findings.push(told("11"));
        let view = fixture.view();
        let masked = Masked::new(&view).unwrap();
        let shown = masked.view(&view);
        let said: Vec<_> = shown.findings.iter().collect();
        let [.., hidden, open] = said.as_slice() else { panic!("two findings") };
        assert_eq!(hidden.message.en, "c children, c %");
        assert_eq!(hidden.message.ro, "c de copii, c %");
        assert_eq!(open.message.en, "200 children, 20.0 %");
    }

    #[test]
    fn without_small_counts_nothing_changes() {
        let mut fixture = Fixture::new();
        assert!(Masked::new(&fixture.view()).is_none());
        fixture.study.min_count = Some(5);
        assert!(Masked::new(&fixture.view()).is_none());
    }
}
