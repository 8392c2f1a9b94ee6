//! The layers of a map: phases of a selection, and classes of units by what was computed or measured.

use crate::index::class::ClassRule;
use crate::index::stats::{self, Order};
use crate::index::{Column, Figures, Mark, OutputColumn};
use crate::language::{self, Language, Words};
use crate::message::labels;
use crate::observation::Missing;
use crate::report::model::selection::{Account, Phases, Profile, SelectionView};
use crate::report::model::sensitivity::Masks;
use crate::report::words;

/// Classes of a layer that has no classes of its own.
const FIFTHS: usize = 5;

/// What layers are made from.
#[derive(Clone, Copy)]
pub(crate) struct MapRun<'a> {
    pub(crate) figures: Figures<'a>,
    pub(crate) selection: Option<SelectionView<'a>>,
    pub(crate) language: Language,
    pub(crate) masks: &'a Masks,
}

/// One way to colour a map.
#[derive(Clone, Debug)]
pub(crate) struct Layer {
    /// What it shows.
    pub(crate) title: String,
    /// Its classes, the lowest first, with their limits; last, where one is withheld, that it is.
    pub(crate) names: Vec<String>,
    /// Class of each unit.
    pub(crate) units: Vec<Option<usize>>,
    /// What a unit without a class is.
    pub(crate) rest: Rest,
    /// Whether the last name is that of what is withheld.
    pub(crate) withholds: bool,
    /// Whether the value of each unit comes from what stands for a small count; empty where none does.
    pub(crate) stands: Vec<bool>,
    /// A number of each unit, from which the class of an area is found by its mean; none of phases.
    values: Vec<Option<f64>>,
    /// Upper ends of the classes, less one, where classes are intervals of `values`.
    cuts: Vec<f64>,
}

/// What the units without a class of a layer have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rest {
    /// Nothing is known of them.
    NoValue,
    /// The programme gave them neither a place nor a turn.
    NoPlace,
    /// The programme cannot give them a place.
    NotEligible,
}

impl Rest {
    /// As a legend says it.
    pub(crate) fn words(self) -> Words {
        match self {
            Self::NoValue => labels::NO_VALUE,
            Self::NoPlace => labels::NO_PLACE,
            Self::NotEligible => labels::STATE_INELIGIBLE,
        }
    }
}

impl Layer {
    /// The same layer with what its values are: one that is withheld is a class of its own.
    fn with_states(mut self, states: &[Mark], language: Language) -> Self {
        let is = |mark: Mark| states.iter().map(move |state| *state == mark);
        if is(Mark::Substituted).any(|it| it) {
            self.stands = is(Mark::Substituted).collect();
        }
        if is(Mark::Withheld).any(|it| it) {
            let withheld = self.names.len();
            self.names.push(labels::WITHHELD.text(language).to_owned());
            self.withholds = true;
            for (unit, is_withheld) in self.units.iter_mut().zip(is(Mark::Withheld)) {
                *unit = unit.or(is_withheld.then_some(withheld));
            }
        }
        self
    }

    /// A layer of values, of each of which it is known what it is.
    pub(super) fn of_values(
        title: String,
        names: Vec<String>,
        units: Vec<Option<usize>>,
        (values, cuts): (Vec<Option<f64>>, Vec<f64>),
    ) -> Self {
        let (withholds, stands) = (false, Vec::new());
        Self { title, names, units, rest: Rest::NoValue, withholds, stands, values, cuts }
    }

    /// How many values come from what stands for a small count.
    pub(crate) fn standing(&self) -> usize {
        self.stands.iter().filter(|stands| **stands).count()
    }

    /// The class of an area: that of the unweighted mean of its units; of phases, which have no mean,
    /// the first in which it has a unit.
    pub(crate) fn area(&self, units: &[usize]) -> Option<usize> {
        if self.rest == Rest::NoPlace {
            return units.iter().filter_map(|&unit| self.units[unit]).max();
        }
        let values: Vec<f64> = units.iter().filter_map(|&unit| self.values[unit]).collect();
        if values.is_empty() {
            return None;
        }
        let mean = stats::mean(&values);
        Some(class_of(mean, &self.cuts))
    }

    /// Each class with how many units it has; units without one last.
    pub(crate) fn legend(&self, language: Language) -> Vec<(Option<usize>, String)> {
        let units = |count| labels::UNITS.of(count, language);
        let named = self.names.iter().zip(self.counts()).enumerate();
        let mut all: Vec<(Option<usize>, String)> = named
            .map(|(class, (name, count))| (Some(class), format!("{name} ({})", units(count))))
            .collect();
        let none = self.none();
        if none > 0 {
            let word = self.rest.words().text(language);
            all.push((None, format!("{word} ({})", units(none))));
        }
        all
    }

    /// How many units are drawn with a broken line, and why; `None` where none is.
    pub(crate) fn remark(&self, language: Language) -> Option<String> {
        let standing = Some(self.standing()).filter(|count| *count > 0)?;
        let units = labels::UNITS.of(standing, language);
        Some(format!("≈ {}: {units}", labels::STANDS_FOR_SMALL.text(language)))
    }

    /// How many units have no class.
    pub(crate) fn none(&self) -> usize {
        self.units.iter().filter(|unit| unit.is_none()).count()
    }

    /// How many units are in each class.
    pub(crate) fn counts(&self) -> Vec<usize> {
        let of = |class: usize| self.units.iter().filter(|unit| **unit == Some(class)).count();
        (0..self.names.len()).map(of).collect()
    }
}

/// The layers of a run: phases, `sureness` (how sure places are), gaps and classes of the headline first, then the score, then what was
/// measured, then every other output.
pub(super) fn layers(run: &MapRun<'_>, sureness: Vec<Layer>) -> Vec<Layer> {
    let Some(headline) = run.figures.headline() else { return Vec::new() };
    let mut layers: Vec<Layer> = phases(run).into_iter().collect();
    layers.extend(sureness);
    layers.extend(gaps(run));
    for output in 0..run.figures.index.outputs.len() {
        layers.extend(classes(run, headline, output));
    }
    let of_node = |node: usize| {
        let is_indicator = run.figures.method.nodes[node].is_indicator();
        let result = &run.figures.index.nodes[node];
        let column = if is_indicator { &result.raw } else { &result.value };
        fifths(run, run.figures.node_title(node, run.language), column)
    };
    let others = (0..run.figures.method.nodes.len()).filter(|&node| node != headline);
    layers.extend(std::iter::once(headline).chain(others).filter_map(of_node));
    layers.extend(
        (0..run.figures.index.outputs.len()).filter_map(|it| other_output(run, headline, it)),
    );
    layers
}

/// The layers that a report shows by itself: the score, then the phases of a selection.
pub(crate) fn main_layers(run: &MapRun<'_>) -> Vec<Layer> {
    let score = run.figures.headline().and_then(|node| {
        fifths(
            run,
            run.figures.node_title(node, run.language),
            &run.figures.index.nodes[node].value,
        )
    });
    score.into_iter().chain(phases(run)).collect()
}

/// The phases of a selection, the first the darkest.
fn phases(run: &MapRun<'_>) -> Option<Layer> {
    let chosen = run.selection?;
    let Phases { mut names, units } = Phases::of(chosen, run.figures.register, run.language)?;
    let phases = chosen.selection.phases.len();
    let word = labels::PHASE_IN_TEXT.text(run.language);
    names.iter_mut().take(phases).for_each(|id| *id = format!("{word} {id}"));
    names.reverse();
    let last = names.len().checked_sub(1)?;
    let units: Vec<Option<usize>> =
        units.into_iter().map(|phase| phase.map(|phase| last - phase)).collect();
    let title = labels::PHASE_LAYER.text(run.language).to_owned();
    let (values, cuts) = (Vec::new(), Vec::new());
    let (withholds, stands) = (false, Vec::new());
    Some(Layer { title, names, units, rest: Rest::NoPlace, withholds, stands, values, cuts })
}

/// What units lack of each resource that a programme sets beside their risk.
fn gaps(run: &MapRun<'_>) -> Vec<Layer> {
    let Some(profile) = run.selection.and_then(Profile::of) else {
        return Vec::new();
    };
    let needed = profile.accounts.iter().filter(|account| account.stock.need.is_some());
    let layer = |account: &Account<'_>| {
        let gap = |code: &String| profile.gap(account, code).ok_or(Missing::NotApplicable);
        let column = Column::new(run.figures.register.codes().iter().map(gap));
        let title = account.resource.title.text(run.language);
        let word = labels::GAP.text(run.language);
        fifths(run, format!("{title}: {word}"), &column)
    };
    needed.filter_map(layer).collect()
}

fn classes(run: &MapRun<'_>, headline: usize, output: usize) -> Option<Layer> {
    let result = &run.figures.index.outputs[output];
    let OutputColumn::Classes(own) = &result.column else { return None };
    let declared = &run.figures.method.outputs[result.declared];
    if declared.of != headline || result.child.is_some() {
        return None;
    }
    let ids = in_order(declared.class.as_ref().map(|class| (&class.rule, &class.labels)), own);
    let units: Vec<Option<usize>> = own
        .iter()
        .map(|class| class.as_ref().and_then(|class| ids.iter().position(|id| id == class)))
        .collect();
    // an area takes the class nearest to the mean number of its units' classes
    let values = units.iter().map(|class| class.map(|class| class as f64)).collect();
    let cuts = (1..ids.len()).map(|class| class as f64 - 0.5).collect();
    let name = |id: &String| words::named(labels::CLASSES, id, run.language).to_owned();
    let names = ids.iter().map(name).collect();
    let title = run.figures.output_title(output, run.language);
    let layer = Layer::of_values(title, names, units, (values, cuts));
    Some(layer.with_states(&run.masks.class_states(output, own), run.language))
}

/// An output that says something the layers before it do not: classes of another node, and
/// numbers that are no contribution and no place by the headline.
fn other_output(run: &MapRun<'_>, headline: usize, output: usize) -> Option<Layer> {
    let result = &run.figures.index.outputs[output];
    if result.child.is_some() {
        return None;
    }
    let declared = &run.figures.method.outputs[result.declared];
    match &result.column {
        OutputColumn::Classes(_) if declared.of != headline => classes(run, declared.of, output),
        OutputColumn::Classes(_) => None,
        OutputColumn::Numbers(column) => {
            let is_place = declared.steps.last().is_some_and(|step| step.name() == "rank");
            let is_known = declared.of == headline && is_place && declared.within.is_none();
            let title = run.figures.output_title(output, run.language);
            (!is_known).then(|| fifths(run, title, column)).flatten()
        }
    }
}

/// The ids of classes, the lowest values first.
fn in_order(
    declared: Option<(&ClassRule, &Vec<String>)>,
    classes: &[Option<String>],
) -> Vec<String> {
    let mut found: Vec<String> = classes.iter().flatten().cloned().collect();
    found.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
    found.dedup();
    let Some((rule, labels)) = declared else { return found };
    let (mut ids, order) = match rule {
        ClassRule::Bands(bands) => {
            let mut bands: Vec<_> = bands.iter().collect();
            let low = |band: &crate::index::class::Band| band.from.unwrap_or(f64::NEG_INFINITY);
            bands.sort_by(|a, b| low(a).total_cmp(&low(b)));
            (bands.into_iter().map(|band| band.label.clone()).collect(), Order::LowestFirst)
        }
        ClassRule::Quantiles { order, .. } | ClassRule::Tenths { order, .. } => {
            (labels.clone(), *order)
        }
        ClassRule::Cuts { .. } | ClassRule::Natural { .. } => (labels.clone(), Order::LowestFirst),
    };
    if ids.is_empty() {
        ids = found;
    }
    if order == Order::HighestFirst {
        ids.reverse();
    }
    ids
}

/// Fifths of the units by a column; equal values are never split, so there may be fewer.
fn fifths(run: &MapRun<'_>, title: String, column: &Column) -> Option<Layer> {
    let base: Vec<f64> = stats::present(column.values());
    let (low, high) = (stats::minimum(&base), stats::maximum(&base));
    if base.is_empty() || low.total_cmp(&high).is_eq() {
        return None;
    }
    let mut cuts: Vec<f64> =
        (1..FIFTHS).map(|at| stats::quantile(&base, at as f64 / FIFTHS as f64)).collect();
    cuts.dedup_by(|a, b| a.total_cmp(b).is_eq());
    cuts.retain(|cut| *cut < high);
    // a class without a unit is none
    let mut below = f64::NEG_INFINITY;
    cuts.retain(|&cut| {
        let held = base.iter().any(|x| below < *x && *x <= cut);
        if held {
            below = cut;
        }
        held
    });
    let names = named(&cuts, &base, run.language);
    let values: Vec<Option<f64>> = (0..column.len()).map(|unit| column.value(unit)).collect();
    let class = |value: &Option<f64>| value.map(|x| class_of(x, &cuts));
    let units = values.iter().map(class).collect();
    let layer = Layer::of_values(title, names, units, (values, cuts));
    Some(layer.with_states(column.marks(), run.language))
}

/// The class of a value: a cut belongs to the class below it.
fn class_of(value: f64, cuts: &[f64]) -> usize {
    cuts.partition_point(|&cut| cut < value)
}

/// What each class between cuts is called: from where to where. Classes of whole numbers tell the
/// numbers that they hold, since the cut below one belongs to the class before.
fn named(cuts: &[f64], values: &[f64], language: Language) -> Vec<String> {
    let (low, high) = (stats::minimum(values), stats::maximum(values));
    let decimals = language::decimals(values);
    let shown = |value: f64| language::shown(value, decimals, language);
    let whole = values.iter().all(|value| value.fract() == 0.0);
    let ends: Vec<f64> = [low].into_iter().chain(cuts.iter().copied()).chain([high]).collect();
    let range = |(at, pair): (usize, &[f64])| {
        let mut ends = (pair[0], pair[1]);
        if whole {
            let held = values.iter().copied().filter(|x| class_of(*x, cuts) == at);
            let held: Vec<f64> = held.collect();
            ends = (stats::minimum(&held), stats::maximum(&held));
        }
        let (from, to) = (shown(ends.0), shown(ends.1));
        if from == to { from } else { format!("{from} – {to}") }
    };
    ends.windows(2).enumerate().map(range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::Fixture;

    #[test]
    fn a_column_is_cut_into_fifths_that_never_split_equal_values() {
        let fixture = Fixture::new();
        let run = fixture.view().map_run();
        let column = Column::new([1.0, 1.0, 1.0, 1.0, 9.0].map(Ok));
        let layer = fifths(&run, "x".into(), &column).unwrap();
        assert_eq!(layer.names, ["1", "9"]);
        assert!(layer.units[..4].iter().all(|class| *class == Some(0)));
        assert!(fifths(&run, "x".into(), &Column::new([Ok(2.0), Ok(2.0)])).is_none());
    }

    #[test]
    fn what_is_withheld_and_what_stands_for_a_small_count_look_like_nothing_else() {
        let fixture = Fixture::new();
        let run = fixture.view().map_run();
        let column = Column::new([Ok(1.0), Ok(5.0), Ok(9.0), Err(Missing::NotAvailable), Ok(7.0)]);
        let withheld = column.without(|unit| (unit == 1).then_some(Mark::Withheld));
        let layer = fifths(&run, "x".into(), &withheld.substituted(|unit| unit == 2)).unwrap();
        assert_eq!(layer.names.last().map(String::as_str), Some("nepublicat"));
        assert_eq!((layer.units[1], layer.units[3]), (Some(layer.names.len() - 1), None));
        assert_eq!((layer.withholds, layer.none(), layer.standing()), (true, 1, 1));
        assert_ne!(layer.area(&[1, 2]), layer.units[1]);
        let remark = layer.remark(Language::Ro).unwrap();
        assert!(remark.starts_with("≈ ") && remark.ends_with(": 1 unitate"), "{remark}");
        let plain = fifths(&run, "x".into(), &column).unwrap();
        assert!(!plain.withholds && plain.remark(Language::Ro).is_none());
    }

    #[test]
    fn an_area_without_values_has_no_class() {
        let fixture = Fixture::new();
        let layers = layers(&fixture.view().map_run(), Vec::new());
        let score = layers.iter().find(|layer| layer.title == "Scor IRC").unwrap();
        assert_eq!(score.area(&[4]), None);
        assert_eq!(score.area(&[1]), score.units[1]);
    }

    #[test]
    fn the_phase_of_an_area_is_the_first_in_which_it_has_a_unit() {
        let layer = Layer {
            title: "x".into(),
            names: ["reserve", "II", "I"].map(str::to_owned).to_vec(),
            units: vec![Some(0), Some(2), None, Some(1)],
            rest: Rest::NoPlace,
            withholds: false,
            stands: Vec::new(),
            values: Vec::new(),
            cuts: Vec::new(),
        };
        assert_eq!(layer.area(&[0, 1, 2]), Some(2));
        assert_eq!(layer.area(&[0, 2]), Some(0));
        assert_eq!(layer.area(&[2]), None);
    }
}
