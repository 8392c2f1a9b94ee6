//! Runs that somebody lists, each with what every doubt comes to: the table of variants read back.

use super::designs::{PointRuns, Task, Unmade};
use super::draws::Set;
use super::plan::{Choice, Doubt, Plan, Verb, WeightLaw};
use super::point::{DRAWN, Decided};
use crate::index::Method;
use crate::message::robustness as message;
use crate::quality::Message;
use crate::watch::{Interrupted, Stage, Watch};

/// One listed run.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    /// The point whose noise it takes.
    n: u32,
    /// What each doubt comes to; none: as declared.
    decided: Vec<Option<Decided>>,
    /// The same in words.
    texts: Vec<String>,
}

/// The columns of a table of variants that say what a run is.
const DESIGN: &str = "design";
const RUN: &str = "run";

/// A cell that says nothing that can be run: its row, from 1, and what is wrong.
pub(crate) type Unknown = (usize, Message);

impl Given {
    /// Reads the rows of a table by its heading: the columns named as doubts are, and `run`. Columns of
    /// other names say nothing here; only rows of the joint design are read where `design` is there.
    pub(crate) fn read(
        plan: &Plan,
        method: &Method,
        heading: &[String],
        rows: &[Vec<String>],
    ) -> Result<Vec<Self>, Vec<Unknown>> {
        let column = |name: &str| heading.iter().position(|own| own == name);
        let doubts: Vec<Option<usize>> =
            plan.doubts.iter().map(|doubt| column(&doubt.id)).collect();
        if doubts.iter().all(Option::is_none) {
            let known = plan.doubts.iter().map(|doubt| doubt.id.as_str());
            return Err(vec![(1, message::no_doubt_in_heading(known))]);
        }
        let (run, design) = (column(RUN), column(DESIGN));
        let (mut given, mut unknown) = (Vec::new(), Vec::new());
        for (number, row) in rows.iter().enumerate() {
            let cell = |at: usize| row.get(at).map_or("", |cell| cell.trim());
            if design.is_some_and(|at| !matches!(cell(at), "" | "joint")) {
                continue;
            }
            let n = run.and_then(|at| cell(at).parse().ok()).unwrap_or(number as u32);
            let mut one = Self { n, decided: Vec::new(), texts: Vec::new() };
            for (doubt, at) in plan.doubts.iter().zip(&doubts) {
                let text = at.map_or("", cell);
                let decided = read(doubt, text, method);
                one.decided.push(decided.unwrap_or_else(|wrong| {
                    // row 1 is the heading
                    unknown.push((number + 2, wrong));
                    None
                }));
                one.texts.push(text.to_owned());
            }
            given.push(one);
        }
        if unknown.is_empty() { Ok(given) } else { Err(unknown) }
    }
}

/// What a cell says that a doubt comes to; none where it is empty.
fn read(doubt: &Doubt, text: &str, method: &Method) -> Result<Option<Decided>, Message> {
    if text.is_empty() {
        return Ok(None);
    }
    let names = |known: Vec<&str>| {
        let at = known.iter().position(|name| *name == text);
        at.ok_or_else(|| message::unknown_alternative(&doubt.id, text, known.iter().copied()))
    };
    let decided = match &doubt.verb {
        Verb::Steps { choice, .. } => Decided::Alternative(names(of(choice))?),
        Verb::Method { choice, .. } => Decided::Alternative(names(of(choice))?),
        Verb::Over(choice) => Decided::Alternative(names(of(choice))?),
        Verb::Measures { choice, .. } => Decided::Alternative(names(of(choice))?),
        Verb::Weights { law: WeightLaw::Sets { sets, .. }, .. } => {
            Decided::Alternative(names(sets.iter().map(|set| set.name.as_str()).collect())?)
        }
        Verb::Weights { of, .. } => weights(of, text, method)
            .map(Decided::Weights)
            .ok_or_else(|| message::wrong_weights(&doubt.id, text))?,
        Verb::Omit { of, .. } => {
            let children = method.inputs(*of);
            let known = children.iter().map(|child| method.nodes[*child].id.as_str());
            Decided::Omitted(Some(names(known.collect())?))
        }
        Verb::Counts { .. } | Verb::Error { .. } | Verb::Rounding { .. } | Verb::Impute { .. } => {
            names(vec![DRAWN])?;
            Decided::Noise
        }
    };
    Ok(Some(decided))
}

/// The names of all alternatives.
fn of<T>(choice: &Choice<T>) -> Vec<&str> {
    choice.alternatives.iter().map(|it| it.name.as_str()).collect()
}

/// Weights as [`Decided::text`] writes them.
fn weights(of: &[usize], text: &str, method: &Method) -> Option<Vec<Vec<f64>>> {
    let nodes: Vec<&str> = text.split(';').collect();
    if nodes.len() != of.len() {
        return None;
    }
    let read = |(node, own): (&usize, &&str)| {
        let weights: Option<Vec<f64>> =
            own.split_whitespace().map(|number| number.parse().ok()).collect();
        weights.filter(|weights| {
            weights.len() == method.inputs(*node).len()
                && weights.iter().all(|weight| weight.is_finite() && *weight >= 0.0)
        })
    };
    of.iter().zip(&nodes).map(read).collect()
}

impl Task<'_, '_> {
    /// Makes the listed runs, in their order, in place of those of the joint design.
    pub(crate) fn run_given(
        &self,
        given: &[Given],
        watch: &dyn Watch,
        each: &mut dyn FnMut(PointRuns),
    ) -> Result<(), Interrupted> {
        let ranks = self.declared_ranks();
        let mut bench = self.engine.bench();
        for (done, one) in given.iter().enumerate() {
            watch.at(Stage::Drawing, done, given.len())?;
            let mix = one.decided.iter().map(|own| own.as_ref().map(|_| Set::A)).collect();
            bench.forget();
            let drawn = self.engine.decide(one.n, &mix, &one.decided, &mut bench);
            let joint = drawn.map_err(Unmade::Value).and_then(|drawn| self.made(&drawn, &ranks));
            let given = Some(one.texts.clone());
            each(PointRuns { n: one.n, joint: Some(joint), given, ..PointRuns::default() });
        }
        watch.at(Stage::Drawing, given.len(), given.len())
    }
}
