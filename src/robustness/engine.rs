//! A run of the index under the draws of one point: of every node only what a drawn doubt touches.
//!
//! An [`Engine`] knows the plan, the method and what was measured. A [`Bench`] is what one thread keeps
//! between runs: it makes nothing other, only faster.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cells::{CellNotes, DoubtedCells, PointCells};
use super::donors::Donors;
use super::draws::Set;
use super::other_steps::OtherSteps;
use super::plan::{Count, Doubt, Plan, Verb};
use super::point::{Decided, Decider, Mix};
use crate::index::method::Origin;
use crate::index::{Column, Evaluation, Graph, Index, Memo, Method, Remeasured, Variant, evaluate};
use crate::index::{finished, impossible};
use crate::observation::{Cell, Observations, Series};
use crate::register::Register;

/// What runs are computed from.
pub(crate) struct Engine<'a> {
    pub(crate) plan: &'a Plan,
    /// The graph as declared, then one for each other set of units that sets bounds.
    graphs: Vec<Graph<'a>>,
    /// The doubt about these units, and the graph of each of its alternatives.
    over: Option<(usize, Vec<usize>)>,
    cells: DoubtedCells,
    indicators: Vec<Indicator<'a>>,
    decider: Decider,
    /// What was measured, without the cells of files.
    bare: Observations,
    /// The run as declared.
    declared: Evaluation,
    /// The method with bounds, moments and weights held as the declared run has them, where it can be.
    held: Option<Variant>,
}

/// An indicator that some doubt about its measures touches.
struct Indicator<'a> {
    node: usize,
    formula: Remeasured<'a>,
    slots: Vec<usize>,
    doubts: Vec<usize>,
}

impl Indicator<'_> {
    fn sides(&self, mix: &Mix) -> Vec<Option<Set>> {
        self.doubts.iter().map(|doubt| mix[*doubt]).collect()
    }

    fn column(&self, mix: &Mix, cells: &[Arc<[f64]>], bench: &mut Bench) -> Arc<Column> {
        let compute = || Arc::new(self.formula.column(&|slot| &cells[slot]));
        Arc::clone(bench.columns.entry((self.node, self.sides(mix))).or_insert_with(compute))
    }
}

/// What one thread keeps between runs.
pub(crate) struct Bench {
    memos: Vec<Memo>,
    /// Of runs with everything held.
    held: Memo,
    n: u32,
    cells: PointCells,
    columns: BTreeMap<(usize, Vec<Option<Set>>), Arc<Column>>,
    decided: BTreeMap<(usize, Set), Decided>,
    other_steps: OtherSteps,
}

/// A run under the draws of a point.
pub(crate) struct Drawn<'e, 'a> {
    engine: &'e Engine<'a>,
    graph: usize,
    variant: Variant,
    evaluation: Evaluation,
    /// The cells of each doubted measure.
    cells: Vec<Arc<[f64]>>,
}

/// A unit that a run could give no value although the declared one does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Failed {
    /// The node, by its position.
    pub(crate) node: usize,
    /// The unit, by its position.
    pub(crate) unit: usize,
}

impl<'a> Engine<'a> {
    /// Prepares the runs of a plan, and says what is to be noted about its cells.
    pub(crate) fn new(
        plan: &'a Plan,
        method: &'a Method,
        register: &'a Register,
        observations: &'a Observations,
    ) -> (Self, CellNotes) {
        let mut graphs = vec![Graph::new(method, register, observations)];
        let mut over = None;
        for (at, doubt) in plan.doubts.iter().enumerate() {
            let Verb::Over(choice) = &doubt.verb else { continue };
            let own = choice.alternatives.iter().map(|alternative| match &alternative.other {
                None => 0,
                Some(units) => {
                    let graph = graphs[0].over(units.as_ref());
                    graphs.push(graph);
                    graphs.len() - 1
                }
            });
            over = Some((at, own.collect()));
        }
        let (cells, notes) = DoubtedCells::new(plan, register, observations);
        let indicators = (0..method.nodes.len()).filter_map(|node| {
            let formula = graphs[0].remeasured(node, &|name| cells.slot(name))?;
            let slots: Vec<usize> = formula.slots().collect();
            let mut doubts: Vec<usize> =
                slots.iter().flat_map(|slot| cells.doubts(*slot)).collect();
            doubts.sort_unstable();
            doubts.dedup();
            Some(Indicator { node, formula, slots, doubts })
        });
        let indicators = indicators.collect();
        let series = observations.series.iter();
        let bare = series.map(|series| Series { origins: Vec::new(), ..series.clone() });
        let declared = evaluate(&graphs[0], &Variant::default(), &mut Memo::default());
        let held = graphs[0].held(&declared);
        let engine = Self {
            plan,
            indicators,
            over,
            cells,
            decider: Decider::new(plan, method),
            bare: Observations { series: bare.collect(), ..Observations::default() },
            declared,
            held,
            graphs,
        };
        (engine, notes)
    }

    /// What a thread works with.
    pub(crate) fn bench(&self) -> Bench {
        Bench {
            memos: vec![Memo::default(); self.graphs.len()],
            held: Memo::default(),
            n: 0,
            cells: PointCells::default(),
            columns: BTreeMap::new(),
            decided: BTreeMap::new(),
            other_steps: OtherSteps::default(),
        }
    }

    /// The method.
    pub(crate) fn method(&self) -> &'a Method {
        self.graphs[0].method
    }

    /// The run as declared.
    pub(crate) fn declared(&self) -> &Evaluation {
        &self.declared
    }

    /// The names of the measures that some doubt touches.
    pub(crate) fn doubted(&self) -> impl Iterator<Item = &str> {
        self.cells.measures().map(|(name, _)| name)
    }

    /// What a doubt comes to at a point, as reports decode it.
    pub(crate) fn decided(&self, doubt: usize, n: u32, set: Set) -> Decided {
        self.decider.decide(&self.plan.doubts[doubt], n, set)
    }

    /// The run of the n-th point in which each doubt takes the draw that `mix` says.
    pub(crate) fn run<'e>(
        &'e self,
        n: u32,
        mix: &Mix,
        bench: &mut Bench,
    ) -> Result<Drawn<'e, 'a>, Failed> {
        bench.at(n);
        for (at, doubt) in self.plan.doubts.iter().enumerate() {
            if let Some(set) = mix[at] {
                let decide = || self.decider.decide(doubt, n, set);
                bench.decided.entry((at, set)).or_insert_with(decide);
            }
        }
        let decided = |at: usize| mix[at].map(|set| bench.decided[&(at, set)].clone());
        let decisions: Vec<Option<Decided>> = (0..mix.len()).map(decided).collect();
        self.decide(n, mix, &decisions, bench)
    }

    /// The run of what each doubt was decided to be; its noise is that of the n-th point.
    pub(crate) fn decide<'e>(
        &'e self,
        n: u32,
        mix: &Mix,
        decisions: &[Option<Decided>],
        bench: &mut Bench,
    ) -> Result<Drawn<'e, 'a>, Failed> {
        bench.at(n);
        let graph = match &self.over {
            Some((doubt, graphs)) => match &decisions[*doubt] {
                Some(Decided::Alternative(chosen)) => graphs[*chosen],
                _ => 0,
            },
            None => 0,
        };
        let cells = self.drawn_cells(n, mix, decisions, bench);
        let mut variant = self.measured(n, mix, &cells, (Variant::default(), &mut *bench));
        variant = bench.other_steps.apply(self.plan, self.method(), decisions, variant);
        variant = self.other_weights(decisions, variant);
        let evaluation = evaluate(&self.graphs[graph], &variant, &mut bench.memos[graph]);
        match impossible(&evaluation, &self.declared) {
            Some((node, unit)) => Err(Failed { node, unit }),
            None => Ok(Drawn { engine: self, graph, variant, evaluation, cells }),
        }
    }

    /// The values of a node under the errors of the n-th point, with bounds, moments and weights as they are
    /// declared; `None` where the method does not let them be held.
    pub(crate) fn held(
        &self,
        node: usize,
        (n, mix): (u32, &Mix),
        bench: &mut Bench,
    ) -> Option<Column> {
        let held = self.held.clone()?;
        bench.at(n);
        let noise = vec![Some(Decided::Noise); mix.len()];
        let cells = self.drawn_cells(n, mix, &noise, bench);
        let variant = self.measured(n, mix, &cells, (held, &mut *bench));
        let evaluation = evaluate(&self.graphs[0], &variant, &mut bench.held);
        Some(evaluation.value(node).clone())
    }

    /// A run in which something else changes than a doubt says.
    pub(crate) fn changed<'e>(
        &'e self,
        variant: Variant,
        bench: &mut Bench,
    ) -> Result<Drawn<'e, 'a>, Failed> {
        let slots = 0..self.cells.measures().count();
        let cells = slots.map(|slot| self.cells.declared(slot)).collect();
        let evaluation = evaluate(&self.graphs[0], &variant, &mut bench.memos[0]);
        match impossible(&evaluation, &self.declared) {
            Some((node, unit)) => Err(Failed { node, unit }),
            None => Ok(Drawn { engine: self, graph: 0, variant, evaluation, cells }),
        }
    }

    /// The run in which one unit has so many cases more of a count; `None` where it cannot.
    pub(crate) fn with_cases(&self, count: &Count, unit: usize, cases: i32) -> Option<Variant> {
        let (slot, cells) = self.cells.with_cases(count, Some(unit), cases)?;
        Some(self.with_cells(slot, &cells, Variant::default()))
    }

    /// The values of a node with so many cases more of a count in every unit, each by itself: bounds,
    /// moments and weights are held.
    pub(crate) fn held_with(
        &self,
        node: usize,
        count: &Count,
        cases: i32,
        bench: &mut Bench,
    ) -> Option<Column> {
        let (slot, cells) = self.cells.with_cases(count, None, cases)?;
        let variant = self.with_cells(slot, &cells, self.held.clone()?);
        Some(evaluate(&self.graphs[0], &variant, &mut bench.held).value(node).clone())
    }

    /// A variant with other cells of one measure.
    fn with_cells(&self, slot: usize, cells: &[f64], mut variant: Variant) -> Variant {
        let declared: Vec<Arc<[f64]>> =
            (0..self.cells.measures().count()).map(|slot| self.cells.declared(slot)).collect();
        for indicator in self.indicators.iter().filter(|it| it.slots.contains(&slot)) {
            let of = |at: usize| if at == slot { cells } else { &declared[at] };
            let column = Arc::new(indicator.formula.column(&of));
            variant = variant.with_column(indicator.node, column);
        }
        variant
    }

    /// A variant with the measured columns of a point.
    fn measured(
        &self,
        n: u32,
        mix: &Mix,
        cells: &[Arc<[f64]>],
        (mut variant, bench): (Variant, &mut Bench),
    ) -> Variant {
        for indicator in &self.indicators {
            if indicator.doubts.iter().any(|doubt| mix[*doubt].is_some()) {
                let column = indicator.column(mix, cells, bench);
                variant = variant.with_column(indicator.node, column);
            }
        }
        self.filled(n, mix, variant)
    }

    fn drawn_cells(
        &self,
        n: u32,
        mix: &Mix,
        decisions: &[Option<Decided>],
        bench: &mut Bench,
    ) -> Vec<Arc<[f64]>> {
        let decided = |doubt: usize, _: Set| decisions[doubt].clone().unwrap_or(Decided::Noise);
        (0..self.cells.measures().count())
            .map(|slot| self.cells.cells(slot, (n, mix), &decided, &mut bench.cells))
            .collect()
    }

    /// By node, how many drawn values of the point at the bench lie outside the plausible range of an
    /// indicator that an error touches, and how many there are.
    pub(crate) fn beyond(&self, mix: &Mix, bench: &Bench) -> Vec<(usize, u64, u64)> {
        let nodes = &self.method().nodes;
        let with_error = |doubt: &usize| {
            matches!(self.plan.doubts[*doubt].verb, Verb::Error { .. }) && mix[*doubt].is_some()
        };
        let found = self.indicators.iter().filter(|it| it.doubts.iter().any(with_error));
        found
            .filter_map(|indicator| {
                let [low, high] = nodes[indicator.node].plausible?;
                let column = bench.columns.get(&(indicator.node, indicator.sides(mix)))?;
                let drawn = column.values().iter().filter(|value| !value.is_nan());
                let outside = drawn.clone().filter(|value| **value < low || **value > high);
                Some((indicator.node, outside.count() as u64, drawn.count() as u64))
            })
            .collect()
    }

    /// Imputed cells from donors.
    fn filled(&self, n: u32, mix: &Mix, mut variant: Variant) -> Variant {
        for (at, doubt) in self.plan.doubts.iter().enumerate() {
            if let (Verb::Impute { node }, Some(set)) = (&doubt.verb, mix[at]) {
                let donors = Donors { graph: &self.graphs[0], plan: self.plan, doubt };
                if let Some(column) = donors.column(*node, &variant, set.run(n)) {
                    variant = variant.with_column(*node, Arc::new(column));
                }
            }
        }
        variant
    }

    fn other_weights(&self, decisions: &[Option<Decided>], mut variant: Variant) -> Variant {
        let nodes = &self.method().nodes;
        let mut drawn: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
        for (doubt, decided) in self.plan.doubts.iter().zip(decisions) {
            match (&doubt.verb, decided) {
                (Verb::Weights { of, law }, Some(decided)) => {
                    for (&node, own) in of.iter().zip(decided.weights(law)) {
                        let Origin::Children(declared) = &nodes[node].origin else { continue };
                        let known = drawn.entry(node);
                        // what two doubts do to a weight multiplies
                        known
                            .and_modify(|known| {
                                let declared = declared.children.iter().map(|child| child.weight);
                                let all = known.iter_mut().zip(own).zip(declared);
                                all.for_each(|((known, own), declared)| {
                                    *known *= if declared > 0.0 { own / declared } else { 0.0 };
                                });
                            })
                            .or_insert_with(|| own.clone());
                    }
                }
                (Verb::Omit { of, .. }, Some(Decided::Omitted(Some(child)))) => {
                    variant = variant.without_child(*of, *child);
                }
                _ => {}
            }
        }
        drawn
            .into_iter()
            .fold(variant, |variant, (node, weights)| variant.with_weights(node, weights))
    }
}

impl Bench {
    /// Forgets what belongs to the last point.
    pub(crate) fn forget(&mut self) {
        self.cells = PointCells::default();
        self.columns.clear();
        self.decided.clear();
    }

    /// Forgets what belongs to another point.
    fn at(&mut self, n: u32) {
        if self.n != n {
            self.n = n;
            self.forget();
        }
    }
}

impl Drawn<'_, '_> {
    /// A node after its steps.
    pub(crate) fn value(&self, node: usize) -> &Column {
        self.evaluation.value(node)
    }

    /// The whole index of this run.
    pub(crate) fn index(&self) -> Index {
        finished(&self.engine.graphs[self.graph], &self.variant, &self.evaluation)
    }

    /// What was measured, with the drawn cells; without polygons and the cells of files.
    pub(crate) fn observations(&self) -> Observations {
        let mut observations = self.engine.bare.clone();
        for ((_, series), cells) in self.engine.cells.measures().zip(&self.cells) {
            for (cell, drawn) in observations.series[series].cells.iter_mut().zip(cells.iter()) {
                if !drawn.is_nan() {
                    *cell = Cell::Number(*drawn);
                }
            }
        }
        observations
    }
}

/// The doubts of a layer, or of a group, drawn from a set.
pub(crate) fn mix_of(plan: &Plan, set: Set, drawn: impl Fn(usize, &Doubt) -> bool) -> Mix {
    let sides = plan.doubts.iter().enumerate();
    sides.map(|(at, doubt)| drawn(at, doubt).then_some(set)).collect()
}
