//! The panel: thirty places over six years.

use std::path::Path;

use libtest_mimic::Trial;
use risk_index::index::aggregate::Weights;
use risk_index::index::diagnostics::{compound_growth, fitted_change};
use risk_index::index::method::Method;

use super::{Frame, Set, Tally, golden, indicator, measured, method, parent, run, values};
use crate::data::trial;

pub(super) fn trials() -> Vec<Trial> {
    vec![
        trial("coinr/panel_imputed", imputed),
        trial("coinr/panel_index", index_by_period),
        trial("coinr/panel_trends", trends),
    ]
}

const MEASURES: [(&str, f64); 3] = [("v1", 1.0), ("v2", -1.0), ("v3", 1.0)];

fn key(frame: &Frame, row: &[String]) -> String {
    format!("{}-{}", frame.text(row, "uCode"), frame.text(row, "Time"))
}

fn set(folder: &Path) -> Set {
    let frame = golden(folder, "panel_input.csv");
    Set::new(&frame, |row| key(&frame, row), &["uCode", "Time"], &["v1", "v2", "v3"])
}

fn panel(steps: &str) -> Method {
    let mut nodes: Vec<_> =
        MEASURES.iter().map(|(id, sign)| indicator(id, measured(id, None), *sign, steps)).collect();
    let children: Vec<(String, f64)> = MEASURES.iter().map(|(id, _)| ((*id).into(), 1.0)).collect();
    let index = parent(&nodes, "IDX", &children, ("'arithmetic'", Weights::Declared), 0.0);
    nodes.push(index);
    Method { period: Some("Time".into()), ..method(nodes) }
}

fn compare(
    (folder, file): (&Path, &str),
    set: &Set,
    steps: &str,
    names: &[&str],
    tally: &mut Tally,
) {
    let expected = golden(folder, file);
    let (index, _) = run(&panel(steps), set);
    for row in &expected.rows {
        let unit = set.unit(&key(&expected, row));
        for name in names {
            let what = format!("{file} {name} {}", key(&expected, row));
            tally.cell(&what, values(&index, name)[unit], expected.number(row, name));
        }
    }
}

fn imputed(folder: &Path) -> String {
    let set = set(folder);
    let mut tally = Tally::default();
    for (file, steps) in [
        ("panel_imputed_latest.csv", "[ { impute = { latest = { place = 'uCode' } } } ]"),
        (
            "panel_imputed_latest_max1.csv",
            "[ { impute = { latest = { place = 'uCode', max_age = 1 } } } ]",
        ),
        ("panel_imputed_linear.csv", "[ { impute = { linear = { place = 'uCode' } } } ]"),
    ] {
        compare((folder, file), &set, steps, &["v1", "v2", "v3"], &mut tally);
    }
    tally.all()
}

fn index_by_period(folder: &Path) -> String {
    let set = set(folder);
    let mut tally = Tally::default();
    for (file, steps) in [
        ("panel_index_global_minmax.csv", "[ { minmax = { to = [0, 100] } } ]"),
        ("panel_index_by_year_minmax.csv", "[ { minmax = { to = [0, 100], within = 'Time' } } ]"),
    ] {
        compare((folder, file), &set, steps, &["v1", "v2", "v3", "IDX"], &mut tally);
    }
    tally.all()
}

fn trends(folder: &Path) -> String {
    let (set, expected) = (set(folder), golden(folder, "panel_trends.csv"));
    let years: Vec<u32> = (2018..=2023).collect();
    let times: Vec<f64> = years.iter().map(|&year| f64::from(year)).collect();
    let mut tally = Tally::default();
    for row in &expected.rows {
        let measure = set.measure(&row[1]);
        let series: Vec<f64> =
            years.iter().map(|year| measure[set.unit(&format!("{}-{year}", row[0]))]).collect();
        let what = format!("{} {}", row[0], row[1]);
        let or_nan = |x: Option<f64>| x.unwrap_or(f64::NAN);
        tally.cell(&what, or_nan(compound_growth(&times, &series)), expected.number(row, "CAGR"));
        for (name, per) in [("prc_change_per1", 1.0), ("prc_change_per10", 10.0)] {
            tally.cell(
                &what,
                or_nan(fitted_change(&times, &series, per)),
                expected.number(row, name),
            );
        }
    }
    tally.all()
}
