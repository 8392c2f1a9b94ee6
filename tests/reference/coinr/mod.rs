//! The peer's numbers (golden/coinr), recomputed by methods built here.

mod asem;
mod bench_set;
mod panel;
mod refused;
mod sensitivity;
mod synth;
mod synth_statistics;
mod uncertainty;

use std::path::Path;

use libtest_mimic::Trial;
use risk_index::index::aggregate::{Combine, ConstantChild, MissingChildren, Share, Weights};
use risk_index::index::diagnostics::removals;
use risk_index::index::method::{Aggregate, Child, Direction, Method, Node, Origin, Status, Steps};
use risk_index::index::{Column, Facts, Formula, Graph, Index, Memo, Operand, TraceMode, compute};
use risk_index::language::Label;
use risk_index::quality::Findings;
use serde::Deserialize;

pub(crate) use bench_set::{Frame, Set};

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = synth::trials();
    trials.extend(synth_statistics::trials());
    trials.extend(asem::trials());
    trials.extend(panel::trials());
    trials.extend(refused::trials());
    trials.extend(sensitivity::trials());
    trials.extend(uncertainty::trials());
    trials
}

/// A file of the golden set.
pub(crate) fn golden(folder: &Path, file: &str) -> Frame {
    Frame::read(&folder.join("golden/coinr").join(file))
}

/// How many cells were compared, and how many agree.
#[derive(Default)]
pub(crate) struct Tally {
    compared: usize,
    equal: usize,
    misses: Vec<String>,
}

impl Tally {
    /// Compares a number at 1e-9·max(1, |x|); missing equals missing.
    pub(crate) fn cell(&mut self, what: &str, got: f64, expected: f64) {
        self.within(what, got, expected, 1e-9);
    }

    /// Compares at another relative tolerance.
    pub(crate) fn within(&mut self, what: &str, got: f64, expected: f64, tolerance: f64) {
        self.compared += 1;
        let fits = (got.is_nan() && expected.is_nan())
            || (got - expected).abs() <= tolerance * expected.abs().max(1.0);
        if fits {
            self.equal += 1;
        } else {
            self.misses.push(format!("{what}: {got} is not {expected}"));
        }
    }

    /// The verdict in words; fails when a cell differs.
    pub(crate) fn all(self) -> String {
        assert!(self.compared > 0, "nothing was compared");
        let shown = &self.misses[..self.misses.len().min(5)];
        assert_eq!(self.compared, self.equal, "{shown:#?}");
        format!("{} cells compared, {} equal", self.compared, self.equal)
    }

    /// The verdict where exactly `count` cells differ, all of them named so that one of `of` is in
    /// their name, for a stated reason.
    pub(crate) fn all_except(mut self, count: usize, of: &[&str], reason: &str) -> String {
        let others: Vec<&String> =
            self.misses.iter().filter(|miss| !of.iter().any(|name| miss.contains(name))).collect();
        assert!(others.is_empty(), "{others:#?}");
        assert_eq!(self.misses.len(), count, "{:#?}", self.misses);
        self.misses.clear();
        format!("{} cells compared, {} equal; {count} differ: {reason}", self.compared, self.equal)
    }

    /// The same with a remark about a defect of the peer.
    pub(crate) fn all_but(self, remark: &str) -> String {
        format!("{}; {remark}", self.all())
    }
}

/// Compares what leaving each node out does to a score with a table of the peer.
pub(crate) fn compare_removals(
    method: &Method,
    score: &str,
    set: &Set,
    expected: &Frame,
    tally: &mut Tally,
) {
    let graph = Graph::new(method, &set.register, &set.observations);
    let found = removals(&graph, method.node(score).unwrap(), &mut Memo::default());
    let rows: Vec<_> = expected.rows.iter().filter(|row| row[1] != "Nominal").collect();
    assert_eq!(found.len(), rows.len());
    for row in rows {
        let node = method.node(&row[1]).unwrap();
        let removal = found.iter().find(|removal| removal.node == node).unwrap();
        tally.cell(&row[1], removal.shift, expected.number(row, "mean_abs_rank_diff"));
    }
}

/// Steps from their text.
pub(crate) fn steps(text: &str) -> Steps {
    #[derive(Deserialize)]
    struct Line {
        steps: Steps,
    }
    let text = format!("steps = {text}");
    toml::from_str::<Line>(&text).unwrap_or_else(|error| panic!("{text}: {error}")).steps
}

/// A function from its text.
pub(crate) fn combine(text: &str) -> Combine {
    #[derive(Deserialize)]
    struct Line {
        method: Combine,
    }
    toml::from_str::<Line>(&format!("method = {text}")).unwrap().method
}

/// A measure as it is, or divided by another times a factor.
pub(crate) fn measured(value: &str, over: Option<(&str, f64)>) -> Origin {
    let Some((denominator, factor)) = over else {
        return Origin::Measures(Formula::new(value, vec![value.into()], |operands| {
            numbers(&operands[0]).iter().copied().map(Some).collect()
        }));
    };
    let text = format!("{value} / ({denominator} / {factor})");
    let ratio = Formula::new(text, vec![value.into(), denominator.into()], move |operands| {
        let (x, d) = (numbers(&operands[0]), numbers(&operands[1]));
        x.iter().zip(d).map(|(x, d)| Some(x / (d / factor))).collect()
    });
    Origin::Measures(ratio.with(Facts { divides: true, ..Facts::default() }))
}

fn numbers<'a>(operand: &'a Operand<'a>) -> &'a [f64] {
    match operand {
        Operand::Numbers(numbers) => numbers,
        Operand::Texts(_) => panic!("a number is expected"),
    }
}

/// An indicator.
pub(crate) fn indicator(id: &str, origin: Origin, sign: f64, declared: &str) -> Node {
    let direction = if sign < 0.0 { Direction::Protective } else { Direction::Risk };
    let mut node = Node::new(id, origin, steps(declared));
    node.direction = direction;
    node
}

/// A parent of nodes given by id and weight.
pub(crate) fn parent(
    nodes: &[Node],
    id: &str,
    children: &[(String, f64)],
    declared: (&str, Weights),
    require: f64,
) -> Node {
    let position = |id: &str| nodes.iter().position(|node| node.id == id).unwrap();
    let children =
        children.iter().map(|(id, weight)| Child { node: position(id), weight: *weight });
    let mut aggregate = Aggregate::of(children.collect());
    aggregate.weights = declared.1;
    aggregate.combine = combine(declared.0);
    aggregate.missing =
        MissingChildren { require: Share::of(require).unwrap(), constant: ConstantChild::Share };
    Node::new(id, Origin::Children(aggregate), Steps::default())
}

/// A method of those nodes.
pub(crate) fn method(nodes: Vec<Node>) -> Method {
    Method {
        id: "golden".into(),
        version: "1".into(),
        status: Status::Illustrative,
        title: Label::same("golden"),
        description: None,
        over: None,
        period: None,
        headline: None,
        nodes,
        outputs: Vec::new(),
        summaries: Vec::new(),
    }
}

/// Computes a method on a set.
pub(crate) fn run(method: &Method, set: &Set) -> (Index, Findings) {
    compute(method, &set.register, &set.observations, TraceMode::Keep)
}

/// The values of a node.
pub(crate) fn values<'a>(index: &'a Index, id: &str) -> &'a [f64] {
    index.nodes.iter().find(|node| node.id == id).unwrap().value.values()
}

/// The column that a node's trace left behind its last step of that name.
pub(crate) fn after<'a>(index: &'a Index, id: &str, step: &str) -> &'a Column {
    let traced = index.trace.iter().rev().find(|trace| trace.node == id && trace.step == step);
    &traced.unwrap().column
}
