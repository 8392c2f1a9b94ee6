//! `risk-index compare` and `selftest`: two runs side by side, and one against itself.

use crate::command::Case;
use crate::small::{METHOD, STUDY, six};

/// The six communes by two methods: children count a quarter, or as much as families.
fn two() -> Case {
    let method = METHOD.replace("vmg_share = 3", "vmg_share = 1");
    six().file("other.toml", STUDY.replace("method.toml", "even.toml")).file("even.toml", method)
}

#[test]
fn two_methods_are_compared_in_changes_moves_and_correlations() {
    let case = two();
    let seen = case.run(&["compare", "study.toml", "other.toml"]);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    // even: 33.3, 70, 16.7, 50, 63.3, 35 give places 5 1 6 3 2 4; before 5 3 6 1 2 4
    assert!(seen.contains("6 units have a score on both sides, 2 of them another place"), "{seen}");
    // 1 - 6 * (4 + 4) / (6 * 35) = 0.7714; 15 pairs, 3 of them turned round: (12 - 3) / 15 = 0.6
    assert!(seen.contains("Spearman 0.7714, Kendall 0.6000"), "{seen}");
    assert!(seen.contains("study: study.methodology = \"method.toml\" -> \"even.toml\""), "{seen}");
}

#[test]
fn a_study_its_run_folder_and_its_bag_are_the_same() {
    let case = two();
    case.run(&["compute", "study.toml", "--lang", "en"]);
    case.run(&["archive", "study.toml", "--out", "bag.zip"]);
    for other in ["study.toml", "bag.zip", "out"] {
        let seen = case.run(&["compare", "out", other]);
        assert!(seen.contains("made from the same"), "{other}: {seen}");
        assert!(
            seen.contains("0 of them another place; Spearman 1.0000, Kendall 1.0000"),
            "{seen}"
        );
    }
    assert!(case.run(&["compare", "out", "nothing"]).starts_with("exit code: 2\n"));
}

#[test]
fn the_executable_proves_itself_on_the_demonstration() {
    let seen = Case::new().run(&["selftest"]);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    assert!(seen.contains("identical: 3 tables compared"), "{seen}");
}
