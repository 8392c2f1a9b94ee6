use super::fixture::{Measured, method, register, run};
use super::*;
use crate::index::Influence;

#[test]
fn a_value_of_a_county_counts_once_in_a_correlation() {
    // one, two, and four communes
    let register = register("ABBCCCC");
    let indicators: [Measured<'_>; 4] = [
        ("a", "county", &[1.0, 2.0, 3.0]),
        ("b", "county", &[2.0, 1.0, 3.0]),
        ("c", "uat", &[5.0, 0.0, 2.0, 6.0, 8.0, 10.0, 12.0]),
        ("d", "uat", &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, f64::NAN]),
    ];
    let method = method(&indicators, &[]);
    let (index, _) = run(&method, &register, &indicators);
    let pairs = statistics(&method, &register, &index, "county").pairs;
    let seen = |a: &str, b: &str| {
        let pair = pairs.iter().find(|pair| pair.a == a && pair.b == b).unwrap();
        let link = pair.links.pearson.unwrap();
        (pair.level.as_str(), pair.links.n, (link.r * 1e6).round() / 1e6)
    };
    // r of (1, 2, 3) and (2, 1, 3); over communes it would be 0.70
    assert_eq!(seen("a", "b"), ("county", 3, 0.5));
    // means of `c`: 5, 1, 9; r = 4 / √(2·32)
    assert_eq!(seen("a", "c"), ("county", 3, 0.5));
    // means of `d` over the units that have it: 1, 2.5, 5
    assert_eq!(seen("a", "d"), ("county", 3, 0.989_743));
    assert_eq!(seen("c", "d"), ("uat", 6, 0.763_532));
}

#[test]
fn values_of_one_area_have_no_correlation() {
    let register = register("AAA");
    let indicators: [Measured<'_>; 2] = [("a", "county", &[7.0]), ("b", "uat", &[1.0, 2.0, 4.0])];
    let method = method(&indicators, &[]);
    let (index, _) = run(&method, &register, &indicators);
    let pairs = statistics(&method, &register, &index, "county").pairs;
    assert_eq!(pairs[0].links, Links { n: 1, pearson: None, spearman: None, kendall: None });
}

/// `x` and a curve `y` of it, in a mean that weighs them three to one.
#[test]
fn effective_weights_and_covariance_shares_sum_to_one() {
    let x: Vec<f64> = (0..100).map(f64::from).collect();
    let y: Vec<f64> = x.iter().map(|x| (x - 49.5) * (x - 49.5) / 10.0).collect();
    let indicators: [Measured<'_>; 2] = [("x", "uat", &x), ("y", "uat", &y)];
    let method = method(&indicators, &[("mean", &[(0, 3.0), (1, 1.0)])]);
    let (index, _) = run(&method, &register(&"A".repeat(100)), &indicators);
    let found: Vec<Influence> =
        index.nodes[2].weights.iter().map(|weight| weight.influence).collect();
    let near = |got: Option<f64>, expected: f64| {
        assert!((got.unwrap() - expected).abs() < 1e-9, "{got:?} is not {expected}");
    };
    // no covariance between them: 9·var(x) / (9·var(x) + var(y)) = 7575 / 13183.866…, which is r² too
    near(found[0].covariance, 0.574_565_883_6);
    near(found[1].covariance, 0.425_434_116_4);
    near(found[0].pearson.map(|r| r * r), 0.574_565_883_6);
    // ten groups of ten units each, in another program
    near(found[0].ratio, 0.973_411_947_9);
    near(found[1].ratio, 0.420_336_977_5);
    near(found[0].effective, 0.698_412_698_4);
    near(found[1].effective, 0.301_587_301_6);
}

#[test]
fn a_constant_child_weighs_nothing_and_one_without_weight_is_not_asked() {
    let indicators: [Measured<'_>; 3] = [
        ("a", "uat", &[1.0, 2.0, 3.0, 5.0]),
        ("b", "uat", &[7.0; 4]),
        ("c", "uat", &[1.0, 0.0, 2.0, 9.0]),
    ];
    let method = method(&indicators, &[("mean", &[(0, 1.0), (1, 1.0), (2, 0.0)])]);
    let (index, _) = run(&method, &register("AABB"), &indicators);
    let found: Vec<Influence> =
        index.nodes[3].weights.iter().map(|weight| weight.influence).collect();
    assert_eq!((found[0].effective, found[0].covariance), (Some(1.0), Some(1.0)));
    assert_eq!((found[1].effective, found[1].covariance), (Some(0.0), Some(0.0)));
    assert_eq!(found[1].pearson, None);
    assert_eq!((found[2].effective, found[2].covariance), (None, None));
}
