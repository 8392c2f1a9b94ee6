//! The peer's shares of the variance of one number.

use std::path::Path;

use libtest_mimic::Trial;
use risk_index::robustness::sensitivity::of_number;

use super::{Tally, golden};
use crate::data::trial;

pub(super) fn trials() -> Vec<Trial> {
    vec![trial("coinr/sensitivity", ishigami)]
}

/// The function of Ishigami and Homma at 64 points; the peer centres nothing.
fn ishigami(folder: &Path) -> String {
    let design = golden(folder, "sa_ishigami_design.csv");
    let block = |name: &str| -> Vec<f64> {
        let rows = design.rows.iter().filter(|row| design.text(row, "block") == name);
        rows.map(|row| design.number(row, "y")).collect()
    };
    let mixed = ["AB1", "AB2", "AB3"].map(block);
    let found = of_number(&block("A"), &block("B"), &mixed);
    let expected = golden(folder, "sa_ishigami_result.csv");
    let mut tally = Tally::default();
    assert_eq!(found.len(), expected.rows.len());
    for ([first, total], row) in found.into_iter().zip(&expected.rows) {
        tally.cell("Si", first, expected.number(row, "Si"));
        tally.cell("STi", total, expected.number(row, "STi"));
    }
    tally.all()
}
