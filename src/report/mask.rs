//! Small counts in what is published: they are masked, with every number that would give them back.
//!
//! A count from 1 to one below `[publish] min_count` becomes confidential. In a unit where that
//! touches an indicator, every indicator that was measured in the unit itself is masked with it:
//! one masked part alone could be computed from the score and the others (complementary
//! suppression; Hundepool and others, "Statistical Disclosure Control", 2012, chapter 4). Where a
//! node is made of one unknown part only, the scores of the unit are masked too, and with them the
//! means of its areas; place and class stay.
//!
//! The figures and the selection are masked here, before anything is made from them. What a table
//! adds to them is masked by the [`Sensitivity`] of its columns when they are added.

mod findings;
mod selection;

use crate::index::method::Origin;
use crate::index::{Column, Figures, Index, Mark, OutputColumn};
use crate::observation::{Cell, Missing, Nature, Observations};
use crate::quality::Findings;
use crate::register::{Register, UNIT};
use crate::report::model::{
    Mask, Masks, Rows, Sensitivity, View, sensitivity_of_node, sensitivity_of_output,
};
use selection::MaskedSelection;

/// A run with small counts masked.
#[derive(Debug)]
pub(crate) struct Masked {
    observations: Observations,
    index: Index,
    findings: Findings,
    selection: Option<MaskedSelection>,
    masks: Masks,
}

impl Masked {
    /// Masks a run; `None` where the study does not ask for it or no count is small.
    pub(crate) fn new(view: &View<'_>) -> Option<Self> {
        let least = f64::from(view.study.min_count?);
        let figures = &view.figures;
        let small = small(figures.observations, least);
        if small.iter().all(|cells| !cells.contains(&true)) {
            return None;
        }
        let units = units(figures, &small);
        let findings = findings::masked(figures, view.findings, &small, &units);
        let mut observations = figures.observations.clone();
        for (series, small) in observations.series.iter_mut().zip(&small) {
            for (cell, is_small) in series.cells.iter_mut().zip(small) {
                if *is_small {
                    *cell = Cell::Missing(Missing::Confidential);
                }
            }
        }
        mask_rates(&mut observations, figures.register, &units);
        let index = masked_index(figures, &units);
        let before_and_after = selection::Hidden { figures, masked: &observations, units: &units };
        let selection =
            view.selection.map(|chosen| MaskedSelection::new(&before_and_after, chosen));
        let sums = selection.as_ref().map(|selection| selection.sums.clone()).unwrap_or_default();
        Some(Self { observations, index, findings, selection, masks: Masks { units, sums } })
    }

    /// The run as it may be published.
    pub(crate) fn view<'m>(&'m self, view: &View<'m>) -> View<'m> {
        let own = view.selection.zip(self.selection.as_ref());
        View {
            figures: Figures {
                observations: &self.observations,
                index: &self.index,
                ..view.figures
            },
            findings: &self.findings,
            selection: own.map(|(chosen, own)| own.view(chosen)),
            masks: &self.masks,
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
fn units(figures: &Figures<'_>, small: &[Vec<bool>]) -> Vec<Mask> {
    let parts = own_parts(figures);
    let mut units = vec![Mask::Nothing; figures.register.len()];
    for (at, node) in figures.method.nodes.iter().enumerate() {
        let Origin::Measures(formula) = &node.origin else { continue };
        for (series, small) in figures.observations.series.iter().zip(small) {
            if !formula.names().contains(&series.name) {
                continue;
            }
            let Some(level) = figures.register.level(&series.level) else { continue };
            for (unit, mask) in units.iter_mut().enumerate() {
                if small.get(level.of_unit[unit] as usize) != Some(&true) {
                    continue;
                }
                // what a larger area hides is known to nobody from its units' scores either
                let known = |other: &&usize| figures.index.nodes[**other].raw.value(unit).is_some();
                let gives_back = |parts: &Vec<usize>| parts.iter().filter(known).count() == 1;
                let is_own = figures.index.nodes[at].level == UNIT;
                let found =
                    if is_own && !parts.iter().any(gives_back) { Mask::Parts } else { Mask::Score };
                *mask = (*mask).max(found);
            }
        }
    }
    units
}

/// For each node made of others, those of its parts that are measured in the units themselves.
fn own_parts(figures: &Figures<'_>) -> Vec<Vec<usize>> {
    let is_own = |part: &usize| sensitivity_of_node(figures, *part) == Sensitivity::Part;
    let parts = figures.method.nodes.iter().map(|node| figures.children(node));
    parts.map(|parts| parts.into_iter().filter(is_own).collect()).collect()
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

/// The index without what may not be shown of each unit: columns, steps and contributions.
fn masked_index(figures: &Figures<'_>, units: &[Mask]) -> Index {
    let masks = Masks { units: units.to_vec(), sums: Vec::new() };
    let rows = Rows::Units((0..figures.register.len()).map(Some).collect());
    let hidden = |column: &Column, sensitivity: Sensitivity| {
        let is_hidden = |unit| masks.hides(sensitivity, &rows, unit);
        let reason = |unit: usize| {
            (is_hidden(unit) && column.value(unit).is_some()).then_some(Mark::Confidential)
        };
        column.without(reason)
    };
    let mut index = figures.index.clone();
    for (at, result) in index.nodes.iter_mut().enumerate() {
        let sensitivity = sensitivity_of_node(figures, at);
        result.raw = hidden(&result.raw, sensitivity);
        result.value = hidden(&result.value, sensitivity);
    }
    for step in &mut index.trace {
        let node = figures.method.node(&step.node);
        let sensitivity =
            node.map_or(Sensitivity::Score, |node| sensitivity_of_node(figures, node));
        step.column = hidden(&step.column, sensitivity);
    }
    for (at, output) in index.outputs.iter_mut().enumerate() {
        if let OutputColumn::Numbers(column) = &output.column {
            output.column =
                OutputColumn::Numbers(hidden(column, sensitivity_of_output(figures, at)));
        }
    }
    index
}

#[cfg(test)]
mod tests {
    use super::*;
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
        assert_eq!(masked.masks.units[0], Mask::Score);
        assert_eq!(masked.masks.units[1], Mask::Nothing);
        // a measured zero names nobody
        assert_eq!(masked.masks.units[3], Mask::Nothing);
        let shown = masked.view(&view);
        assert_eq!(shown.figures.index.nodes[0].raw.value(0), None);
        assert_eq!(shown.figures.index.nodes[2].value.value(0), None);
        assert_eq!(shown.figures.index.nodes[0].raw.value(1), Some(40.0));
        assert_eq!(shown.figures.place(0), None);
        // the mean of its county would give the score back, the number of units would not
        let areas = &crate::report::model::areas(&shown.figures, shown.masks, shown.language)[0];
        let number = |column: usize, row| areas.table.columns()[column].cells.number(row);
        assert_eq!([number(1, 0), number(1, 1)], [Some(3.0), Some(1.0)]);
        assert_eq!(number(2, 0), None);
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
        let rule = &crate::message::ingest::NEAR_MATCH;
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
