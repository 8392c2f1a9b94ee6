//! The peer's 24 runs under other norms, weights and functions, made by the command from their decoded
//! choices.

use std::fs;
use std::path::Path;
use std::process::Command;

use libtest_mimic::Trial;

use super::{Frame, Tally, golden};
use crate::data::trial;

const NORMS: [&str; 3] = ["minmax", "z", "rank"];

pub(super) fn trials() -> Vec<Trial> {
    vec![trial("coinr/ua_synth", ua_synth)]
}

fn ua_synth(folder: &Path) -> String {
    let design = golden(folder, "ua_synth_design.csv");
    let case = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(case.path().join(name), text).unwrap();
    let coinr = folder.join("golden/coinr");
    for file in ["synth_input.csv", "ua_synth_weight_sets.csv"] {
        // ids of nodes are lower-case here
        let text = fs::read_to_string(coinr.join(file)).unwrap();
        write(file, &text.replace(",P1,", ",p1,").replace(",P2,", ",p2,"));
    }
    write("study.toml", STUDY);
    write("method.toml", METHOD);
    write("programme.toml", PROGRAMME);
    write("doubts.toml", DOUBTS);
    let mut variants = "run,norm,weights,p1,p2,idx\n".to_owned();
    for row in &design.rows {
        let whole = |name: &str| design.text(row, name).parse::<usize>().unwrap();
        let rep = whole("rep") - 1;
        let norm = NORMS[whole("norm_alt") - 1];
        let set = design.text(row, "weight_set");
        let function = match design.text(row, "agg") {
            "a_amean" => "arithmetic",
            _ => "geometric",
        };
        variants += &format!("{rep},{norm},{set},{function},{function},{function}\n");
    }
    write("given.csv", &variants);
    let output = Command::new(env!("CARGO_BIN_EXE_risk-index"))
        .current_dir(case.path())
        .args(["robustness", "--format", "csv", "--variants", "given.csv"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{said}");
    let mut tally = Tally::default();
    let made = Frame::read(&case.path().join("out/tables/variants.csv"));
    assert_eq!(made.rows.len(), 24, "{said}");
    for (own, expected) in made.rows.iter().zip(&design.rows) {
        let what = format!("shift of run {}", design.text(expected, "rep"));
        let shift = design.number(expected, "mean_abs_rank_change");
        tally.cell(&what, made.number(own, "mean_rank_shift"), shift);
    }
    let found = Frame::read(&case.path().join("out/tables/robustness.csv"));
    let ranks = golden(folder, "ua_synth_rankstats.csv");
    assert_eq!(found.rows.len(), ranks.rows.len());
    for (own, expected) in found.rows.iter().zip(&ranks.rows) {
        let code = ranks.text(expected, "uCode");
        assert_eq!(found.text(own, "code"), code);
        for (ours, theirs) in [
            ("rank", "Nominal"),
            ("rank_median", "Median"),
            ("rank_low", "Q5"),
            ("rank_high", "Q95"),
        ] {
            let what = format!("{theirs} of {code}");
            tally.cell(&what, found.number(own, ours), ranks.number(expected, theirs));
        }
    }
    tally.all_except(20, &NOISE, TIES)
}

/// Under ranks the last bits of x1/(pop/1000) of two units (U0105, U0539) decide whether they tie with
/// others, differently on the machine of the peer: they, their neighbours, and the shifts of these runs.
const NOISE: [&str; 20] = [
    "run 3:",
    "run 9:",
    "run 11:",
    "run 13:",
    "run 17:",
    "run 19:",
    "run 20:",
    "Q5 of U0105:",
    "Q95 of U0105:",
    "Q95 of U0316:",
    "Q5 of U0356:",
    "Q95 of U0416:",
    "Median of U0539:",
    "Q95 of U0539:",
    "Q5 of U0650:",
    "Median of U1063:",
    "Q5 of U1545:",
    "Q95 of U2083:",
    "Q95 of U2727:",
    "Q95 of U3137:",
];
const TIES: &str = "the last bit of x1 breaks ties that are none";

const STUDY: &str = r#"
[study]
title = "t"
methodology = "method.toml"
programme = "programme.toml"
robustness = "doubts.toml"
[register]
file = "synth_input.csv"
code = "uCode"
name = "uName"
columns = { county = "county" }
[[source]]
id = "v"
file = "synth_input.csv"
key = { code = "uCode" }
measure = [
  { id = "pop", column = "pop", nature = "amount" },
  { id = "x1", column = "x1", nature = "amount" },
  { id = "x2", column = "x2", nature = "rate" },
  { id = "x3", column = "x3", nature = "rate" },
  { id = "x4", column = "x4", nature = "rate" },
  { id = "x5", column = "x5", nature = "rate" },
  { id = "x6", column = "x6", nature = "rate" },
]
[[source]]
id = "experts"
file = "ua_synth_weight_sets.csv"
layout = "weights"
columns = { expert = "weight_set", node = "iCode", weight = "Weight" }
"#;

const METHOD: &str = r#"
[methodology]
id = "synth"
version = "1"
status = "illustrative"
title = "t"
[recipe]
all = [
  { impute = { mean = {} } },
  { treat = { try = [ { winsorise = { max = 5 } }, { log_ct = {} } ], keep = "last" } },
  { minmax = { to = [1, 100] } },
]
[[indicator]]
id = "x1"
value = "v.x1 / (v.pop / 1000)"
steps = ["all"]
[[indicator]]
id = "x2"
value = "v.x2"
direction = "protective"
steps = ["all"]
[[indicator]]
id = "x3"
value = "v.x3"
steps = ["all"]
[[indicator]]
id = "x4"
value = "v.x4"
direction = "protective"
steps = ["all"]
[[indicator]]
id = "x5"
value = "v.x5"
steps = ["all"]
[[indicator]]
id = "x6"
value = "v.x6"
steps = ["all"]
[[aggregate]]
id = "p1"
of = { x1 = 2, x2 = 1, x3 = 1.5 }
[[aggregate]]
id = "p2"
of = { x4 = 1, x5 = 1, x6 = 3 }
[[aggregate]]
id = "idx"
of = { p1 = 0.6, p2 = 0.4 }
"#;

const PROGRAMME: &str = r#"
[programme]
id = "p"
version = "1"
status = "illustrative"
title = "t"
score = "idx"
rule = "priority"
[[phase]]
id = "I"
upto = 100
"#;

const DOUBTS: &str = r#"
[robustness]
id = "synth-robust"
version = "1"
status = "illustrative"
title = "t"
runs = 32
shares = 0
alone = 0
cases = 1
seed = "s"
interval = [0.05, 0.95]
[[doubt]]
id = "norm"
steps = { recipe = "all", step = "minmax", among = { minmax = "as-is", z = { zscore = { mean = 100, sd = 3 } }, rank = { rank = { order = "lowest-first", decimals = 20 } } } }
[[doubt]]
id = "weights"
weights = { of = ["p1", "p2", "idx"], sets = "experts" }
[[doubt]]
id = "p1"
method = { of = "p1", among = { arithmetic = "as-is", geometric = "geometric" } }
[[doubt]]
id = "p2"
with = "p1"
method = { of = "p2", among = { arithmetic = "as-is", geometric = "geometric" } }
[[doubt]]
id = "idx"
with = "p1"
method = { of = "idx", among = { arithmetic = "as-is", geometric = "geometric" } }
"#;
