//! Speed of robustness on the demonstration: what one variant of a programme takes, from its columns to its
//! list, under different doubts.
//!
//! `cargo bench --bench robustness` prints milliseconds a point of one thread, then what numpy takes for the
//! same variants (`benches/peers/robustness.py`, where `python3` has numpy) in the same run. Both rank every
//! unit in every variant, and their median ranks are compared.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a bench prints and may panic")]
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]

use std::cell::Cell;
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs, io};

use risk_index::language::Language;
use risk_index::report::{self, Format};
use risk_index::run::{self, demo};
use risk_index::watch::{Interrupted, Stage, Unwatched, Watch};

/// What is drawn: a name, the programme, how many variants, the doubts.
const WORKS: [(&str, &str, u32, &str); 4] = [
    (PLAIN, "sci-2000", 4_096, WEIGHTS_AND_OUTLIERS),
    ("counts drawn", "sci-2000", 2_048, COUNTS),
    ("every doubt of the bundled file", "sci-2000", 2_048, ""),
    ("two kinds of quotas that cross", "pms-800-2000", 2_048, WEIGHTS_AND_OUTLIERS),
];

/// The work that numpy does too.
const PLAIN: &str = "winsorised, min-max, mean, rank";

const WEIGHTS_AND_OUTLIERS: &str = r#"
[[doubt]]
id = "weights"
weights = { of = "irc", spread = 0.25 }
[[doubt]]
id = "outliers"
steps = { recipe = "share", step = "winsorise", among = { declared = "as-is", none = "left-out" } }
"#;

const COUNTS: &str = r#"
[[doubt]]
id = "small-numbers"
counts = [
  { measure = "vmg.families", of = "population.total" },
  { measure = "population.children", of = "population.total" },
]
"#;

/// A file of doubts that draws so many variants and nothing else.
fn file(runs: u32, doubts: &str) -> String {
    let extends = if doubts.is_empty() { "extends = \"irc-robust\"\n" } else { "" };
    format!(
        "[robustness]\n{extends}id = \"bench\"\nversion = \"1\"\nstatus = \"illustrative\"\ntitle = \"t\"\n\
         runs = {runs}\nshares = 0\nalone = 0\ncases = 1\nseed = \"bench\"\n{doubts}"
    )
}

/// Takes the time of the drawing.
#[derive(Default)]
struct Drawing {
    began: Cell<Option<Instant>>,
    took: Cell<Duration>,
}

impl Watch for Drawing {
    fn at(&self, stage: Stage, _: usize, _: usize) -> Result<(), Interrupted> {
        if stage == Stage::Drawing {
            let began = self.began.get().unwrap_or_else(Instant::now);
            self.began.set(Some(began));
            self.took.set(began.elapsed());
        }
        Ok(())
    }
}

fn main() {
    let arguments: Vec<String> = env::args().collect();
    if let [_, word, work, folder] = arguments.as_slice()
        && word == "draw"
    {
        draw(work.parse().unwrap(), folder);
        return;
    }
    if arguments.iter().any(|argument| argument == "--test") {
        return;
    }
    let folder = env::temp_dir().join("risk-index-robustness");
    fs::create_dir_all(&folder).unwrap();
    println!("work, ms a point on one thread (joint, and where two layers are doubted each alone)");
    for (at, (name, ..)) in WORKS.iter().enumerate() {
        // the pool of threads is made once a process
        let child = Command::new(env::current_exe().unwrap())
            .args(["draw", &at.to_string(), &folder.display().to_string()])
            .env("RAYON_NUM_THREADS", "1")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&child.stdout).trim().to_owned();
        println!("{name}, {said}{}", String::from_utf8_lossy(&child.stderr));
        if *name == PLAIN
            && let Ok(ours) = said.parse()
        {
            numpy(&folder.display().to_string(), ours);
        }
    }
}

/// Draws one work and prints milliseconds a point; of the plain one writes what numpy needs.
fn draw(work: usize, folder: &str) {
    let (name, programme, runs, doubts) = WORKS[work];
    let text = file(runs, doubts);
    let beside = move |path: &str| match path {
        "bench.toml" => Ok(text.clone().into_bytes()),
        _ => Err(io::Error::from(io::ErrorKind::NotFound)),
    };
    let inputs = demo::inputs();
    let mut request = demo::request(&inputs);
    request.programme = Some(programme.to_owned());
    request.methodology = Some("irc".to_owned());
    request.doubts = Some("bench.toml".to_owned());
    request.beside = &beside;
    let drawing = Drawing::default();
    let selected = run::robustness(&request, None, &drawing).unwrap();
    println!("{:.4}", drawing.took.get().as_secs_f64() * 1e3 / f64::from(runs));
    if name == PLAIN {
        let view = selected.view(Language::En, None);
        for file in report::files(&view, &[Format::Csv], &Unwatched).unwrap() {
            let wanted = ["tables/index.csv", "tables/variants.csv", "tables/robustness.csv"];
            if wanted.contains(&file.path.as_str()) {
                let name = file.path.replace("tables/", "");
                fs::write(format!("{folder}/{name}"), &file.bytes).unwrap();
            }
        }
    }
}

/// The same variants in numpy.
fn numpy(folder: &str, ours: f64) {
    let peer = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/robustness.py");
    let Ok(output) = Command::new("python3").args([peer, folder]).output() else {
        println!("numpy: no `python3` to compare with");
        return;
    };
    if !output.status.success() {
        println!("numpy: {}", String::from_utf8_lossy(&output.stderr).trim());
        return;
    }
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let [name, theirs, differing] = line.split(',').collect::<Vec<_>>().try_into().unwrap();
        let theirs: f64 = theirs.parse().unwrap();
        println!(
            "  numpy, {name}, {theirs:.4} ms, {:.1} x; median ranks that differ: {differing}",
            theirs / ours
        );
    }
    // COINr 1.1.14, get_sensitivity, measured apart: 0.235 CPU seconds a variant
    println!("  COINr (frozen figure), 235 ms, {:.0} x", 235.0 / ours);
}
