//! Tables by area: means, shares of the worst tenth, extent, counts.

use std::sync::Arc;

use super::method::Statistic;
use super::node::Graph;
use super::node::NodeColumns;
use super::result::SummaryResult;
use super::stats::{self, Ranking};
use crate::register::NATIONAL;

/// All summaries, in the order of the method. Only units of the distribution are counted.
pub(super) fn summaries(graph: &Graph<'_>, nodes: &[Arc<NodeColumns>]) -> Vec<SummaryResult> {
    let sources = graph.sources;
    graph
        .method
        .summaries
        .iter()
        .map(|summary| {
            let register = sources.register;
            let level = register
                .level(&summary.by)
                .or_else(|| register.level(NATIONAL))
                .expect("every register has the national level");
            let mut members = vec![Vec::new(); level.areas.len()];
            for (unit, &area) in level.of_unit.iter().enumerate() {
                if graph.ranked[unit] {
                    members[area as usize].push(unit);
                }
            }
            let weights = summary
                .weight
                .as_ref()
                .and_then(|name| sources.measure(name))
                .unwrap_or_else(|| vec![1.0; register.len()]);
            let columns = summary.columns.iter().map(|column| {
                let table = Table {
                    values: nodes[column.of].value.values(),
                    ranked: &graph.ranked,
                    weights: &weights,
                };
                let per_unit = table.per_unit(column.statistic);
                let cells =
                    members.iter().map(|units| table.cell(column.statistic, &per_unit, units));
                (column.id.clone(), column.statistic, cells.collect())
            });
            SummaryResult {
                by: summary.by.clone(),
                areas: level.areas.clone(),
                columns: columns.collect(),
            }
        })
        .collect()
}

/// A node's scores with the weights of units.
struct Table<'a> {
    values: &'a [f64],
    ranked: &'a [bool],
    weights: &'a [f64],
}

impl Table<'_> {
    /// What is averaged over the units of an area.
    fn per_unit(&self, statistic: Statistic) -> Vec<f64> {
        let places = || stats::ranks(self.values, self.ranked, Ranking::default());
        let n = self
            .values
            .iter()
            .zip(self.ranked)
            .filter(|(value, ranked)| **ranked && !value.is_nan())
            .count() as f64;
        match statistic {
            Statistic::Mean
            | Statistic::Concentration
            | Statistic::Count
            | Statistic::Max
            | Statistic::Intensity => self.values.to_vec(),
            Statistic::MeanRank => places(),
            Statistic::WorstTenth => {
                let tenth = |r: f64| f64::from(u8::from((10.0 * r / n).ceil() <= 1.0));
                places().iter().map(|&r| if r.is_nan() { r } else { tenth(r) }).collect()
            }
            Statistic::Extent => {
                places().iter().map(|&r| if r.is_nan() { r } else { extent(r, n) }).collect()
            }
            Statistic::Headcount => {
                let poor = |&x: &f64| if x.is_nan() { x } else { f64::from(u8::from(x > 0.0)) };
                self.values.iter().map(poor).collect()
            }
        }
    }

    fn cell(&self, statistic: Statistic, per_unit: &[f64], units: &[usize]) -> f64 {
        let present: Vec<usize> =
            units.iter().copied().filter(|&unit| !per_unit[unit].is_nan()).collect();
        let weighted = |units: &[usize]| {
            let known: Vec<usize> =
                units.iter().copied().filter(|&unit| !self.weights[unit].is_nan()).collect();
            let total = stats::sum(known.iter().map(|&unit| self.weights[unit]));
            stats::sum(known.iter().map(|&unit| self.weights[unit] * per_unit[unit])) / total
        };
        let cell = match statistic {
            Statistic::Mean | Statistic::MeanRank | Statistic::Extent | Statistic::Headcount => {
                weighted(&present)
            }
            // a share of units, not of people
            Statistic::WorstTenth => {
                let cells: Vec<f64> = present.iter().map(|&unit| per_unit[unit]).collect();
                stats::mean(&cells)
            }
            Statistic::Intensity => {
                let poor: Vec<usize> =
                    present.iter().copied().filter(|&unit| per_unit[unit] > 0.0).collect();
                weighted(&poor)
            }
            Statistic::Concentration => {
                let known = present.iter().filter(|&&unit| !self.weights[unit].is_nan());
                concentration(known.map(|&unit| (per_unit[unit], self.weights[unit])).collect())
            }
            Statistic::Count => present.len() as f64,
            Statistic::Max => {
                let cells: Vec<f64> = present.iter().map(|&unit| per_unit[unit]).collect();
                stats::maximum(&cells)
            }
        };
        if cell.is_finite() { cell } else { f64::NAN }
    }
}

/// Weight of a place in the extent: 1 in the worst tenth, then from 0.95 in the 11th hundredth
/// down to 0.05 in the 30th, 0 beyond.
///
/// Source: English Indices of Deprivation 2019, technical report, "extent".
fn extent(rank: f64, n: f64) -> f64 {
    let hundredth = (100.0 * rank / n).ceil();
    if hundredth <= 10.0 {
        1.0
    } else if hundredth <= 30.0 {
        0.95 - (hundredth - 11.0) * 0.9 / 19.0
    } else {
        0.0
    }
}

/// Weighted mean of the highest values that hold a tenth of the weight, the last of them in part.
///
/// Source: English Indices of Deprivation 2019, technical report, "local concentration", which is
/// this of the ranks.
fn concentration(mut units: Vec<(f64, f64)>) -> f64 {
    units.sort_by(|a, b| b.0.total_cmp(&a.0));
    let wanted = stats::sum(units.iter().map(|unit| unit.1)) / 10.0;
    let mut left = wanted;
    let parts: Vec<f64> = units
        .iter()
        .map(|&(value, weight)| {
            let part = weight.min(left);
            left -= part;
            value * part
        })
        .collect();
    stats::sum(parts) / wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extent_declines_from_the_worst_tenth_to_the_worst_thirty_hundredths() {
        for (place, expected) in
            [(1.0, 1.0), (100.0, 1.0), (101.0, 0.95), (300.0, 0.05), (301.0, 0.0)]
        {
            assert!((extent(place, 1000.0) - expected).abs() < 1e-12, "{place}");
        }
    }

    #[test]
    fn the_concentration_takes_the_last_unit_in_part() {
        // a tenth of 100 people: 4 at 9, and 6 of the 26 at 5
        let got = concentration(vec![(1.0, 70.0), (5.0, 26.0), (9.0, 4.0)]);
        assert!((got - 6.6).abs() < 1e-12, "{got}");
        assert!(concentration(Vec::new()).is_nan());
    }

    #[test]
    fn statistics_of_an_area_weigh_units_or_count_them() {
        let values = [4.0, 2.0, 0.0, f64::NAN];
        let table = Table { values: &values, ranked: &[true; 4], weights: &[1.0, 3.0, 0.0, 9.0] };
        let cell = |statistic| table.cell(statistic, &table.per_unit(statistic), &[0, 1, 2, 3]);
        assert!((cell(Statistic::Mean) - 2.5).abs() < 1e-15);
        assert!((cell(Statistic::MeanRank) - 1.75).abs() < 1e-15);
        assert!((cell(Statistic::Count) - 3.0).abs() < 1e-15);
        assert!((cell(Statistic::Max) - 4.0).abs() < 1e-15);
        assert!((cell(Statistic::Headcount) - 1.0).abs() < 1e-15);
        assert!(table.cell(Statistic::Mean, &values, &[3]).is_nan());
    }
}
