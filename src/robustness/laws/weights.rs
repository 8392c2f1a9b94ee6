//! Weights of the children of a node, drawn around the declared ones or freely.

use super::gamma::ln_inverse;
use super::one_of;
use crate::index::stats::{exp, ln_1p, sum};
use crate::robustness::plan::{WeightLaw, WeightSet};

/// The weights of the children of a node, which sum to 1. A child with a declared weight of 0 keeps it,
/// but where any weights are drawn.
///
/// `node` is the position of the node among those of the doubt, `uniforms` has a number for each child,
/// or one alone where one of several sets is drawn.
pub(crate) fn weights(
    law: &WeightLaw,
    node: usize,
    declared: &[f64],
    uniforms: &[f64],
) -> Vec<f64> {
    let weights = match law {
        WeightLaw::Spread(spread) => spread_out(*spread, declared, uniforms),
        WeightLaw::Concentration(concentration) => around(*concentration, declared, uniforms),
        WeightLaw::Any { order } => any(order, uniforms),
        WeightLaw::Sets { sets, .. } => proposed(sets, node, uniforms).unwrap_or(declared).to_vec(),
    };
    rescaled(weights)
}

/// w (1 − f + 2 f u).
fn spread_out(spread: f64, declared: &[f64], uniforms: &[f64]) -> Vec<f64> {
    let drawn = |(weight, u): (&f64, &f64)| weight * (1.0 - spread + 2.0 * spread * u);
    declared.iter().zip(uniforms).map(drawn).collect()
}

/// Gamma variables of the shapes c w / Σ w, all divided by the greatest: rescaled, a Dirichlet draw.
fn around(concentration: f64, declared: &[f64], uniforms: &[f64]) -> Vec<f64> {
    let total = sum(declared.iter().copied());
    let drawn = |(weight, u): (&f64, &f64)| {
        let shape = concentration * weight / total;
        if shape > 0.0 { ln_inverse(shape, *u) } else { f64::NEG_INFINITY }
    };
    let logs: Vec<f64> = declared.iter().zip(uniforms).map(drawn).collect();
    let top = logs.iter().copied().fold(f64::MIN, f64::max);
    logs.iter().map(|log| exp(log - top)).collect()
}

/// Exponential variables: rescaled, every set of weights is as likely as another. Those at the places
/// of `order` are sorted among themselves, the heaviest first.
fn any(order: &[usize], uniforms: &[f64]) -> Vec<f64> {
    let mut weights: Vec<f64> = uniforms.iter().map(|u| -ln_1p(-u)).collect();
    let mut sorted: Vec<f64> = order.iter().filter_map(|&at| weights.get(at).copied()).collect();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let places = order.iter().filter(|&&at| at < uniforms.len());
    for (&place, weight) in places.zip(sorted) {
        weights[place] = weight;
    }
    weights
}

/// The weights of one of the sets.
fn proposed<'a>(sets: &'a [WeightSet], node: usize, uniforms: &[f64]) -> Option<&'a [f64]> {
    let set = sets.get(one_of(*uniforms.first()?, sets.len()))?;
    set.weights.get(node).map(Vec::as_slice)
}

/// Weights that sum to 1, unless all are 0.
fn rescaled(mut weights: Vec<f64>) -> Vec<f64> {
    let total = sum(weights.iter().copied());
    if total > 0.0 {
        weights.iter_mut().for_each(|weight| *weight /= total);
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::robustness::draws::{Area, Stream};

    #[track_caller]
    fn near(got: &[f64], expected: &[f64]) {
        let apart = got.iter().zip(expected).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(got.len() == expected.len() && apart < 1e-14, "{got:?} is not {expected:?}");
    }

    #[test]
    fn a_spread_multiplies_and_rescales() {
        let law = WeightLaw::Spread(0.25);
        // 2 × 0.75, 1 × 1.25, 1 × 1
        near(&weights(&law, 0, &[2.0, 1.0, 1.0], &[0.0, 1.0, 0.5]), &[0.4, 1.0 / 3.0, 4.0 / 15.0]);
        near(&weights(&law, 0, &[0.0, 1.0], &[0.9, 0.1]), &[0.0, 1.0]);
    }

    #[test]
    fn any_weights_keep_an_order_where_they_are_told_to() {
        let u = [0.2, 0.9, 0.5];
        let [light, heavy, middle] = u.map(|u: f64| -ln_1p(-u));
        let total = light + heavy + middle;
        let any =
            |order: &[usize]| weights(&WeightLaw::Any { order: order.to_vec() }, 0, &[0.0; 3], &u);
        near(&any(&[]), &[light / total, heavy / total, middle / total]);
        near(&any(&[0, 2]), &[middle / total, heavy / total, light / total]);
        near(&any(&[2, 0, 1]), &[middle / total, light / total, heavy / total]);
        near(&any(&[7, 0]), &[light / total, heavy / total, middle / total]);
    }

    #[test]
    fn one_of_several_sets_is_drawn_whole() {
        let set = |name: &str, weights: Vec<Vec<f64>>| WeightSet { name: name.to_owned(), weights };
        let sets = vec![
            set("Cluj", vec![vec![1.0, 3.0], vec![1.0, 1.0]]),
            set("Iași", vec![vec![3.0, 1.0], vec![4.0, 1.0]]),
        ];
        let law = WeightLaw::Sets { source: "experts".into(), sets };
        near(&weights(&law, 0, &[1.0, 1.0], &[0.49]), &[0.25, 0.75]);
        near(&weights(&law, 1, &[1.0, 1.0], &[0.5]), &[0.8, 0.2]);
    }

    #[test]
    fn a_concentration_draws_around_the_declared_weights() {
        let stream = Stream::new("IRC 2026", "weights");
        let (declared, c) = ([3.0, 1.0, 0.0, 2.0], 20.0);
        let runs = 4_000;
        let (mut means, mut squares) = ([0.0; 4], [0.0; 4]);
        for run in 0..runs {
            let u: Vec<f64> = (0..4).map(|k| stream.uniform(run, Area::NONE, k)).collect();
            let drawn = weights(&WeightLaw::Concentration(c), 0, &declared, &u);
            assert!((drawn.iter().sum::<f64>() - 1.0).abs() < 1e-14 && drawn[2] == 0.0);
            for (at, weight) in drawn.iter().enumerate() {
                means[at] += weight / f64::from(runs);
                squares[at] += weight * weight / f64::from(runs);
            }
        }
        for (at, share) in [0.5, 1.0 / 6.0, 0.0, 1.0 / 3.0].into_iter().enumerate() {
            let variance = share * (1.0 - share) / (c + 1.0);
            assert!((means[at] - share).abs() < 0.005, "{means:?}");
            assert!((squares[at] - means[at] * means[at] - variance).abs() < 0.001, "{squares:?}");
        }
    }

    #[test]
    fn weights_stay_numbers_where_chance_leaves_next_to_nothing() {
        let law = WeightLaw::Concentration(1e-5);
        let drawn = weights(&law, 0, &[1.0, 1.0], &[0.3, 0.6]);
        near(&drawn, &[0.0, 1.0]);
        near(&weights(&law, 0, &[0.0, 0.0], &[0.3, 0.6]), &[0.0, 0.0]);
    }
}
