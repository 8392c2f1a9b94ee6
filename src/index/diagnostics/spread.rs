//! How much of a column's variance lies between areas.

use std::collections::BTreeMap;

use crate::index::stats;

/// `Σn_a(mean_a - mean)²/Σ(x - mean)²` over the areas of the units; NaN values are left out. `None`
/// for a column without variance.
pub fn between_areas(values: &[f64], areas: &[u32]) -> Option<f64> {
    let mut members: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
    for (&value, &area) in values.iter().zip(areas) {
        if !value.is_nan() {
            members.entry(area).or_default().push(value);
        }
    }
    let all = stats::present(values);
    let centre = stats::mean(&all);
    let total = stats::sum(all.iter().map(|x| (x - centre) * (x - centre)));
    let between = stats::sum(members.values().map(|base| {
        let away = stats::mean(base) - centre;
        base.len() as f64 * away * away
    }));
    let constant = stats::minimum(&all).total_cmp(&stats::maximum(&all)).is_eq();
    (total > 0.0 && !constant).then(|| (between / total).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_county_value_varies_between_counties_only() {
        assert_eq!(between_areas(&[1.0, 1.0, 3.0, 3.0], &[0, 0, 1, 1]), Some(1.0));
        assert_eq!(between_areas(&[1.0, 3.0, 1.0, 3.0], &[0, 0, 1, 1]), Some(0.0));
        assert_eq!(between_areas(&[1.0, 1.0, f64::NAN], &[0, 0, 1]), None);
    }
}
