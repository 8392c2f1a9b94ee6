//! The table of what is met, which `docs/published.md` shows.

use std::fmt::Write as _;
use std::fs;

use super::compare::Counted;
use super::{Case, root};

/// A line of `rates.csv`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rate {
    pub(super) index: String,
    pub(super) part: String,
    pub(super) release: String,
    columns: String,
    pub(super) units: usize,
    pub(super) cells: usize,
    pub(super) equal: usize,
    /// How many equal cells the release is known to allow; never fewer.
    floor: usize,
}

pub(super) fn rates() -> Vec<Rate> {
    let text = fs::read_to_string(root().join("rates.csv")).unwrap();
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

fn of(index: &str, part: &str) -> Vec<Rate> {
    let here = |rate: &Rate| rate.index == index && rate.part == part.trim_start_matches('-');
    rates().into_iter().filter(here).collect()
}

/// How many cells of a group the right methodology meets.
pub(super) fn equal(index: &str, part: &str, group: &str) -> usize {
    of(index, part).iter().find(|rate| rate.columns == group).map_or(0, |rate| rate.equal)
}

/// Compares what was measured with the table; answers what was measured in words.
pub(super) fn check(index: &str, part: &str, measured: &[Counted]) -> String {
    let known = of(index, part);
    let mut lines = String::new();
    let mut same = known.len() == measured.len();
    for counted in measured {
        let part = part.trim_start_matches('-');
        let rate = known.iter().find(|rate| rate.columns == counted.group);
        let floor = rate.map_or(counted.equal, |rate| rate.floor);
        same &= rate.is_some_and(|rate| {
            (rate.units, rate.cells, rate.equal) == (counted.units, counted.cells, counted.equal)
                && rate.release == counted.release
                && rate.floor <= rate.equal
        });
        let Counted { release, group, units, cells, equal, first } = counted;
        let first = first.as_ref().map_or_else(String::new, |first| format!("    # {first}"));
        writeln!(lines, "{index},{part},{release},{group},{units},{cells},{equal},{floor}{first}")
            .unwrap();
    }
    assert!(same, "`rates.csv` says otherwise; measured:\n{lines}");
    measured
        .iter()
        .map(|counted| format!("{} {} of {}", counted.group, counted.equal, counted.cells))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Whether the table has lines of releases that no longer have a study.
pub(super) fn complete(cases: &[Case]) -> String {
    let rates = rates();
    for rate in &rates {
        let has = |case: &&Case| {
            case.index == rate.index && case.part.trim_start_matches('-') == rate.part
        };
        assert!(cases.iter().any(|case| has(&case)), "no study for {rate:?}");
    }
    let (cells, equal) =
        rates.iter().fold((0, 0), |sum, rate| (sum.0 + rate.cells, sum.1 + rate.equal));
    format!("{equal} of {cells} cells of {} studies", cases.len())
}
