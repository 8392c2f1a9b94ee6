//! Small counts of a study that withholds them: they are masked, with every number that would give
//! them back.
//!
//! A count from 1 to one below `[publish] min_count` is withheld. In a unit where an indicator is made
//! of one, every indicator that was measured in the unit itself, its scores, contributions and ranks
//! are withheld with it (complementary suppression; Hundepool and others, "Statistical Disclosure
//! Control", 2012, chapter 4), and the means of its areas; class and phase stay, but for a class that would
//! be another with another small count (`telling`). The ranks of the
//! others are those among the others, since a gap would give the rank of the masked unit back.
//!
//! The figures and the selection are masked here, before anything is made from them. What a table
//! adds to them is masked by the [`Sensitivity`] of its columns when they are added.

mod findings;
mod selection;
mod telling;

use std::collections::BTreeSet;

use crate::index::method::{Node, Origin};
use crate::index::{Column, Figures, Index, Influence, Mark, OutputColumn, outputs_without, stats};
use crate::observation::{Cell, Nature, Observations};
use crate::quality::Findings;
use crate::register::UNIT;
use crate::report::model::{
    Masks, Rows, SelectionView, Sensitivity, Telling, View, sensitivity_of_node,
    sensitivity_of_output,
};
pub(crate) use findings::Secrets;
use selection::MaskedSelection;
pub(crate) use telling::telling;

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
    /// Masks a run; `None` where nothing of it is withheld.
    pub(crate) fn new(view: &View<'_>) -> Option<Self> {
        let figures = &view.figures;
        let withheld = &figures.observations.withheld;
        if withheld.is_empty() {
            return None;
        }
        let units = units(figures, withheld);
        let findings = telling::published(kept(view, withheld), view.telling);
        let observations = masked_observations(figures, withheld, &units);
        let index = masked_index(figures, &units, view.telling);
        let before_and_after = selection::Hidden { figures, masked: &observations, units: &units };
        let selection =
            view.selection.map(|chosen| MaskedSelection::new(&before_and_after, chosen));
        let sums = selection.as_ref().map(|selection| selection.sums.clone()).unwrap_or_default();
        let masks = Masks { units, sums, classes: view.telling.classes.clone() };
        Some(Self { observations, index, findings, selection, masks })
    }

    /// The run as it may be published.
    pub(crate) fn view<'m>(&'m self, view: &View<'m>) -> View<'m> {
        let own = view.selection.zip(self.selection.as_ref());
        let figures =
            Figures { observations: &self.observations, index: &self.index, ..view.figures };
        let masked = |(chosen, own): (SelectionView<'m>, &'m MaskedSelection)| SelectionView {
            figures,
            masks: &self.masks,
            ..own.view(chosen)
        };
        View {
            figures,
            findings: &self.findings,
            selection: own.map(masked),
            masks: &self.masks,
            ..*view
        }
    }
}

/// What no sentence of a run may say, taken out of its findings.
fn kept(view: &View<'_>, small: &BTreeSet<(usize, usize)>) -> Findings {
    let figures = &view.figures;
    let mut secrets = Secrets::of(view.study.publish.map_or(0, |publish| publish.min_count));
    for &(at, area) in small {
        let series = &figures.observations.series[at];
        let code = (series.level == UNIT).then(|| figures.register.codes()[area].as_str());
        let source = &view.study.sources[series.source].id;
        secrets.keep(source, code, series.cells[area].number().unwrap_or_default());
        // what is found of an indicator is found of its counts
        for node in figures.method.nodes.iter().filter(|node| names(node, &series.name)) {
            secrets.keep(&node.id, code, 0.0);
        }
        for origin in &series.origins[area] {
            secrets.keep_cell(&figures.observations.files[origin.file as usize], origin);
        }
    }
    view.findings.iter().cloned().map(|finding| secrets.kept(finding)).collect()
}

fn names(node: &Node, series: &String) -> bool {
    matches!(&node.origin, Origin::Measures(formula) if formula.names().contains(series))
}

/// Whether something of each unit is masked: where a small count of it, or of its area, is a part of
/// what was computed.
fn units(figures: &Figures<'_>, small: &BTreeSet<(usize, usize)>) -> Vec<bool> {
    let mut units = vec![false; figures.register.len()];
    for &(at, area) in small {
        let series = &figures.observations.series[at];
        let is_used = figures.method.nodes.iter().any(|node| names(node, &series.name));
        let Some(level) = figures.register.level(&series.level).filter(|_| is_used) else {
            continue;
        };
        for (unit, of) in units.iter_mut().zip(&level.of_unit) {
            *unit |= *of as usize == area;
        }
    }
    units
}

/// The observations without small counts, and without the rates of masked units, which with a
/// denominator give the count back.
fn masked_observations(
    figures: &Figures<'_>,
    small: &BTreeSet<(usize, usize)>,
    units: &[bool],
) -> Observations {
    let mut observations = figures.observations.clone();
    let mut files: BTreeSet<String> = BTreeSet::new();
    for &(at, area) in small {
        observations.series[at].cells[area] = Cell::Withheld;
        let origins = observations.series[at].origins[area].iter();
        files.extend(origins.map(|it| observations.files[it.file as usize].path.clone()));
    }
    for file in observations.files.iter_mut().filter(|file| files.contains(&file.path)) {
        (file.sha256, file.bytes) = (None, None);
    }
    let rates = observations.series.iter_mut().filter(|series| series.nature == Nature::Rate);
    for series in rates.filter(|series| series.level == UNIT) {
        for (cell, is_masked) in series.cells.iter_mut().zip(units) {
            if *is_masked && cell.number().is_some() {
                *cell = Cell::Withheld;
            }
        }
    }
    observations
}

/// The index without what may not be shown of each unit: columns, steps and contributions.
fn masked_index(figures: &Figures<'_>, units: &[bool], telling: &Telling) -> Index {
    let masks = Masks { units: units.to_vec(), ..Masks::default() };
    let rows = Rows::Units((0..figures.register.len()).map(Some).collect());
    let hidden = |column: &Column, sensitivity: Sensitivity| {
        let is_hidden = |unit| masks.hides(sensitivity, &rows, unit);
        let reason = |unit: usize| {
            (is_hidden(unit) && column.value(unit).is_some()).then_some(Mark::Withheld)
        };
        column.without(reason)
    };
    let mut index = figures.index.clone();
    for (at, result) in index.nodes.iter_mut().enumerate() {
        let sensitivity = sensitivity_of_node(figures, at);
        result.raw = hidden(&result.raw, sensitivity);
        result.value = hidden(&result.value, sensitivity);
        result.distinct = stats::distinct(&stats::base(result.value.values(), &index.ranked));
    }
    for step in &mut index.trace {
        let node = figures.method.node(&step.node);
        let sensitivity = node.map_or(Sensitivity::Unit, |node| sensitivity_of_node(figures, node));
        step.column = hidden(&step.column, sensitivity);
    }
    // how much each child counts was measured with the units that are masked
    let weights = index.nodes.iter_mut().flat_map(|node| &mut node.weights);
    weights.for_each(|weight| weight.influence = Influence::default());
    let again = outputs_without(figures, &|unit| units[unit]);
    for ((at, output), again) in index.outputs.iter_mut().enumerate().zip(again) {
        match &mut output.column {
            OutputColumn::Numbers(column) => {
                let kept = hidden(column, sensitivity_of_output(figures, at));
                *column = again.unwrap_or(kept);
            }
            OutputColumn::Classes(classes) => {
                let own = telling.classes.iter().filter(|(output, _)| *output == at);
                own.for_each(|(_, unit)| classes[*unit] = None);
            }
        }
    }
    retrace(figures, &mut index);
    index
}

/// The last step of an output leads to what is published of it: ranks among those that still have one.
fn retrace(figures: &Figures<'_>, index: &mut Index) {
    let last = |id: &str| index.trace.iter().rposition(|step| step.node == id);
    let numbers = index.outputs.iter().filter_map(|output| match &output.column {
        // a step of a node of that name is none of the output
        OutputColumn::Numbers(_) if figures.method.node(&output.id).is_some() => None,
        OutputColumn::Numbers(column) => Some((last(&output.id)?, column.clone())),
        OutputColumn::Classes(_) => None,
    });
    for (step, column) in numbers.collect::<Vec<_>>() {
        index.trace[step].column = column;
    }
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
        fixture.withhold(&[(0, 0)]);
        let view = fixture.view();
        let masked = Masked::new(&view).unwrap();
        // 200 children; a measured zero names nobody
        assert_eq!(masked.masks.units, [true, false, false, false, false]);
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
        fixture.withhold(&[(0, 0)]);
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
        fixture.withhold(&[(0, 0)]);
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
        fixture.withhold(&[]);
        assert!(Masked::new(&fixture.view()).is_none());
    }
}
