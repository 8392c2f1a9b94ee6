//! What one point of a design draws: of each choice the alternative, of each set of weights the weights.

use super::draws::Set;
use super::draws::sobol::Points;
use super::laws;
use super::plan::{Doubt, Plan, Verb, WeightLaw};
use crate::index::Method;
use crate::index::method::Origin;

/// Which draw each doubt takes in a run, by its position in the plan; none: as declared.
pub(crate) type Mix = Vec<Option<Set>>;

/// What a doubt comes to at a point.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Decided {
    /// One of several alternatives, by its position.
    Alternative(usize),
    /// Weights of the children of each doubted node.
    Weights(Vec<Vec<f64>>),
    /// The child that is left out.
    Omitted(Option<usize>),
    /// Noise, drawn by area.
    Noise,
}

/// What tables say of noise that is drawn.
pub(crate) const DRAWN: &str = "drawn";

impl Decided {
    /// The weights that it comes to, for each doubted node.
    pub(crate) fn weights<'d>(&'d self, law: &'d WeightLaw) -> &'d [Vec<f64>] {
        match (self, law) {
            (Self::Weights(weights), _) => weights,
            (Self::Alternative(at), WeightLaw::Sets { sets, .. }) => &sets[*at].weights,
            _ => &[],
        }
    }

    /// What it is, by name: an alternative, the child that is left out, weights in the order of the children.
    pub(crate) fn text(&self, doubt: &Doubt, method: &Method) -> String {
        match (self, &doubt.verb) {
            (Self::Alternative(at), Verb::Steps { choice, .. }) => choice.name(*at),
            (Self::Alternative(at), Verb::Method { choice, .. }) => choice.name(*at),
            (Self::Alternative(at), Verb::Over(choice)) => choice.name(*at),
            (Self::Alternative(at), Verb::Measures { choice, .. }) => choice.name(*at),
            (Self::Omitted(Some(child)), Verb::Omit { of, .. }) => {
                let children = method.inputs(*of);
                method.nodes[children[*child]].id.clone()
            }
            (Self::Alternative(at), Verb::Weights { law: WeightLaw::Sets { sets, .. }, .. }) => {
                sets[*at].name.clone()
            }
            (Self::Noise, _) => DRAWN.to_owned(),
            (Self::Weights(weights), _) => {
                let of_node = |own: &Vec<f64>| -> String {
                    let texts: Vec<String> = own.iter().map(f64::to_string).collect();
                    texts.join(" ")
                };
                weights.iter().map(of_node).collect::<Vec<_>>().join("; ")
            }
            _ => String::new(),
        }
    }
}

/// Decides what each doubt of a plan comes to.
#[derive(Clone, Debug)]
pub(crate) struct Decider {
    points: Points,
    /// The declared weights of the children of each node that has some.
    weights: Vec<Vec<f64>>,
}

impl Decider {
    pub(crate) fn new(plan: &Plan, method: &Method) -> Self {
        let weights = method.nodes.iter().map(|node| match &node.origin {
            Origin::Children(aggregate) => aggregate.children.iter().map(|it| it.weight).collect(),
            Origin::Measures(_) | Origin::Category(_) | Origin::Nodes(_) => Vec::new(),
        });
        let points = Points::new(plan.settings.design, &plan.settings.seed);
        Self { points, weights: weights.collect() }
    }

    /// What a doubt comes to at the n-th point of a set.
    pub(crate) fn decide(&self, doubt: &Doubt, n: u32, set: Set) -> Decided {
        let coordinate = |at: usize| self.points.coordinate(n, doubt.coordinate + at, set);
        match &doubt.verb {
            Verb::Weights { law: WeightLaw::Sets { sets, .. }, .. } => {
                Decided::Alternative(laws::one_of(coordinate(0), sets.len()))
            }
            Verb::Weights { of, law } => Decided::Weights(self.weights(of, law, &coordinate)),
            Verb::Steps { choice, .. } => Decided::Alternative(choice.drawn(coordinate(0))),
            Verb::Method { choice, .. } => Decided::Alternative(choice.drawn(coordinate(0))),
            Verb::Over(choice) => Decided::Alternative(choice.drawn(coordinate(0))),
            Verb::Measures { choice, .. } => Decided::Alternative(choice.drawn(coordinate(0))),
            Verb::Omit { of, chance } => {
                let children = self.weights[*of].len();
                Decided::Omitted(laws::omitted(coordinate(0), *chance, children))
            }
            Verb::Counts { .. }
            | Verb::Error { .. }
            | Verb::Rounding { .. }
            | Verb::Impute { .. } => Decided::Noise,
        }
    }

    fn weights(
        &self,
        of: &[usize],
        law: &WeightLaw,
        coordinate: &dyn Fn(usize) -> f64,
    ) -> Vec<Vec<f64>> {
        let mut first = 0;
        let mut drawn = Vec::with_capacity(of.len());
        for (position, &node) in of.iter().enumerate() {
            let declared = &self.weights[node];
            let uniforms: Vec<f64> =
                (0..declared.len()).map(|child| coordinate(first + child)).collect();
            first += declared.len();
            let total: f64 = declared.iter().sum();
            let shares = laws::weights::weights(law, position, declared, &uniforms);
            drawn.push(shares.into_iter().map(|share| share * total).collect());
        }
        drawn
    }
}
