//! Cutting a column into classes.

use super::natural::natural_breaks;
use super::{Band, Class, ClassRule, Side, TenthsRule};
use crate::index::stats::{self, Order, Ranking, Ties};

/// The class of each unit: its label, or its number from 1. `None` where there is no value or no
/// declared band holds it. Cuts come from the ranked units; values are compared at 9 decimals.
pub(crate) fn classify(class: &Class, values: &[f64], ranked: &[bool]) -> Vec<Option<String>> {
    let values: Vec<f64> = values.iter().map(|&x| stats::half_up(x, 9)).collect();
    let base = stats::base(&values, ranked);
    let numbers: Vec<Option<usize>> = match &class.rule {
        ClassRule::Quantiles { classes, closed, order } => {
            let parts = *classes as usize;
            let cuts: Vec<f64> = (1..parts)
                .map(|at| stats::half_up(stats::quantile(&base, at as f64 / parts as f64), 9))
                .collect();
            values.iter().map(|&x| turned(interval(x, &cuts, *closed), parts, *order)).collect()
        }
        ClassRule::Tenths { rule, parts, order } => {
            tenths(&values, ranked, (*rule, *parts, *order))
        }
        ClassRule::Cuts { cuts, closed } => {
            values.iter().map(|&x| interval(x, cuts, *closed)).collect()
        }
        ClassRule::Natural { classes } => {
            let cuts = natural_breaks(&base, *classes as usize);
            values.iter().map(|&x| interval(x, &cuts, Side::Right)).collect()
        }
        ClassRule::Bands(bands) => values.iter().map(|&x| band(x, bands)).collect(),
    };
    let label = |number: usize| match &class.rule {
        ClassRule::Bands(bands) => bands[number].label.clone(),
        ClassRule::Quantiles { .. }
        | ClassRule::Tenths { .. }
        | ClassRule::Cuts { .. }
        | ClassRule::Natural { .. } => {
            class.labels.get(number).cloned().unwrap_or_else(|| (number + 1).to_string())
        }
    };
    numbers.into_iter().map(|number| number.map(label)).collect()
}

/// The interval between rising cuts that holds x, from 0.
fn interval(x: f64, cuts: &[f64], closed: Side) -> Option<usize> {
    if x.is_nan() {
        return None;
    }
    Some(match closed {
        Side::Left => cuts.partition_point(|&cut| cut <= x),
        Side::Right => cuts.partition_point(|&cut| cut < x),
    })
}

fn turned(number: Option<usize>, classes: usize, order: Order) -> Option<usize> {
    number.map(|number| match order {
        Order::LowestFirst => number,
        Order::HighestFirst => classes - 1 - number,
    })
}

/// ceil(parts·r/n) or floor(parts·(r-1)/n) + 1 by exact integers, r with the best place for ties.
fn tenths(
    values: &[f64],
    ranked: &[bool],
    (rule, parts, order): (TenthsRule, u32, Order),
) -> Vec<Option<usize>> {
    let ranking = Ranking { ties: Ties::Min, order, decimals: 9 };
    let n = stats::base(values, ranked).len();
    let parts = parts as usize;
    stats::ranks(values, ranked, ranking)
        .into_iter()
        .map(|rank| {
            if rank.is_nan() || n == 0 {
                return None;
            }
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a place from 1, without a fraction for ties of this kind"
            )]
            let place = (rank as usize).min(n);
            Some(match rule {
                TenthsRule::Ceil => (parts * place).div_ceil(n) - 1,
                TenthsRule::Floor => parts * (place - 1) / n,
            })
        })
        .collect()
}

fn band(x: f64, bands: &[Band]) -> Option<usize> {
    bands.iter().position(|band| {
        band.from.is_none_or(|from| x >= from)
            && band.below.is_none_or(|below| x < below)
            && !x.is_nan()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, values: &[f64], expected: &str) {
        let class: Class = toml::from_str(text).unwrap();
        let got = classify(&class, values, &vec![true; values.len()]);
        let got: Vec<String> = got.into_iter().map(|label| label.unwrap_or("-".into())).collect();
        assert_eq!(got.join(" "), expected, "{text}");
    }

    #[test]
    fn quantiles_never_split_equal_values() {
        case("quantiles = 2", &[1.0, 2.0, 2.0, 2.0, 5.0, f64::NAN], "1 1 1 1 2 -");
        case("quantiles = 2\nclosed = 'left'", &[1.0, 2.0, 2.0, 2.0, 5.0], "1 2 2 2 2");
        case("quantiles = 2\norder = 'highest-first'\nlabels = ['h', 'l']", &[1.0, 9.0], "l h");
    }

    #[test]
    fn tenths_go_by_place() {
        let values: Vec<f64> = (1..=11).map(f64::from).collect();
        case("tenths = 'ceil'", &values, "10 10 9 8 7 6 5 4 3 2 1");
        case("tenths = 'floor'", &values, "10 9 8 7 6 5 4 3 2 1 1");
        case(
            "tenths = 'floor'\nparts = 2\norder = 'lowest-first'",
            &[3.0, 3.0, 4.0, 5.0],
            "1 1 2 2",
        );
    }

    #[test]
    fn cuts_and_bands_are_closed_on_the_named_side() {
        case("cuts = [2, 5]", &[1.9, 2.0, 5.0], "1 2 3");
        case("cuts = [2, 5]\nclosed = 'right'", &[1.9, 2.0, 5.0], "1 1 2");
        case(
            "bands = [ { from = 5, label = 'a' }, { from = 2, below = 4, label = 'b' } ]",
            &[5.0, 2.0, 4.5],
            "a b -",
        );
    }

    #[test]
    fn natural_breaks_lie_in_the_gaps() {
        case("natural = 3", &[1.0, 1.1, 5.0, 5.2, 9.0, 9.1, 9.2], "1 1 2 2 3 3 3");
    }
}
