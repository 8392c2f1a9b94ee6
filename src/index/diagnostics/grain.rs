//! The level at which the values of a node differ: what a county says of its communes is one value.

use crate::index::method::{Method, Origin};
use crate::index::result::Index;
use crate::index::stats::{self, Links};
use crate::register::{Register, UNIT};

/// The level of every node.
pub(crate) struct Grain<'a> {
    register: &'a Register,
    levels: Vec<&'a str>,
}

impl<'a> Grain<'a> {
    /// The levels of an index: of an indicator that at which it was measured, of any other node the
    /// finest of what it is made from.
    pub(crate) fn of(method: &Method, register: &'a Register, index: &'a Index) -> Self {
        let mut grain = Self { register, levels: Vec::with_capacity(method.nodes.len()) };
        for (node, result) in method.nodes.iter().zip(&index.nodes) {
            let level = match &node.origin {
                Origin::Measures(_) | Origin::Category(_) => &result.level,
                Origin::Children(aggregate) => {
                    grain.finest(aggregate.children.iter().map(|child| Some(child.node)))
                }
                // what is no node is a column of the units
                Origin::Nodes(formula) => {
                    grain.finest(formula.names().iter().map(|name| method.node(name)))
                }
            };
            grain.levels.push(level);
        }
        grain
    }

    /// Whether the values of a node are those of larger areas.
    pub(crate) fn is_broadcast(&self, node: usize) -> bool {
        self.levels[node] != UNIT
    }

    /// The coarser of the levels of two nodes: that with fewer areas.
    pub(crate) fn coarser(&self, a: usize, b: usize) -> &'a str {
        let (a, b) = (self.levels[a], self.levels[b]);
        if self.areas(b) < self.areas(a) { b } else { a }
    }

    /// Two columns at the coarser level of their nodes, over the units in which both have a value: as
    /// they are at that of the units, else a mean for each area.
    pub(crate) fn paired(&self, a: (usize, &[f64]), b: (usize, &[f64])) -> (Vec<f64>, Vec<f64>) {
        let both = a.1.iter().zip(b.1).enumerate();
        let both = both.filter(|(_, (x, y))| !x.is_nan() && !y.is_nan());
        let level = self.coarser(a.0, b.0);
        let Some(level) = self.register.level(level).filter(|_| level != UNIT) else {
            return both.map(|(_, (&x, &y))| (x, y)).unzip();
        };
        let mut areas: Vec<(Vec<f64>, Vec<f64>)> = vec![Default::default(); level.areas.len()];
        for (unit, (&x, &y)) in both {
            let area = &mut areas[level.of_unit[unit] as usize];
            area.0.push(x);
            area.1.push(y);
        }
        let inhabited = areas.iter().filter(|area| !area.0.is_empty());
        inhabited.map(|(xs, ys)| (common(xs), common(ys))).unzip()
    }

    /// The correlations of two columns at the coarser level of their nodes.
    pub(crate) fn links(&self, a: (usize, &[f64]), b: (usize, &[f64])) -> Links {
        let (a, b) = self.paired(a, b);
        Links::between(&a, &b)
    }

    fn finest(&self, nodes: impl Iterator<Item = Option<usize>>) -> &'a str {
        let levels = nodes.map(|node| node.map_or(UNIT, |node| self.levels[node]));
        levels.max_by_key(|level| self.areas(level)).unwrap_or(UNIT)
    }

    fn areas(&self, level: &str) -> usize {
        self.register.level(level).map_or(0, |level| level.areas.len())
    }
}

/// The mean of the values of an area; the value itself, to the last digit, where all are the same.
fn common(values: &[f64]) -> f64 {
    let away: Vec<f64> = values.iter().map(|value| value - values[0]).collect();
    values[0] + stats::mean(&away)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_have_that_value_as_their_mean() {
        assert_eq!(common(&[0.1; 7]).to_bits(), 0.1_f64.to_bits());
        assert!((common(&[1.0, 2.0, 6.0]) - 3.0).abs() < 1e-15);
    }
}
