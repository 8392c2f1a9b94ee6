//! Speed and memory of the index engine: a national index with its trace, a million units, Copeland.
//!
//! `cargo bench --bench index` times the parts, then prints what the same work costs in numpy
//! (`benches/peers/index.py`, where `python3` has numpy) as ratios in the same run, and the memory that a
//! million units take.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a bench prints and may panic")]
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput};
use risk_index::index::aggregate::{Combine, Copeland};
use risk_index::index::method::{Aggregate, Child, Method, Node, Origin, Output, Status, Steps};
use risk_index::index::{
    Formula, Graph, Index, Memo, Operand, TraceMode, Variant, compute, evaluate,
};
use risk_index::language::Label;
use risk_index::observation::{Cell, Missing, Nature, Observations, Series};
use risk_index::register::{Register, Unit};
use risk_index::run::{self, demo};
use risk_index::watch::Unwatched;

/// Units of the national register, and indicators of the national index.
const UNITS: usize = 3_181;
const INDICATORS: usize = 6;
/// The large register.
const MILLION: usize = 1_000_000;
const FIFTY: usize = 50;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, word, units, indicators] = arguments.as_slice()
        && word == "memory"
    {
        println!("{}", added_memory(units.parse().unwrap(), indicators.parse().unwrap()));
        return;
    }
    let mut criterion = Criterion::default().configure_from_args();
    national(&mut criterion);
    pairwise(&mut criterion);
    variants(&mut criterion);
    large(&mut criterion);
    criterion.final_summary();
    if !arguments.iter().any(|argument| argument == "--test") {
        ratios();
        memory();
    }
}

/// Impute, winsorise, min-max, arithmetic mean, rank, with the trace.
fn national(criterion: &mut Criterion) {
    let set = Set::new(UNITS, INDICATORS);
    let method = Set::method(INDICATORS, Combine::Arithmetic);
    criterion.bench_function("national index with trace, 3181 x 6", |bencher| {
        bencher.iter(|| set.index(&method, TraceMode::Keep));
    });
}

fn pairwise(criterion: &mut Criterion) {
    let set = Set::new(UNITS, INDICATORS);
    let method = Set::method(INDICATORS, Combine::Copeland(Copeland::default()));
    criterion.bench_function("copeland, 3181 x 6", |bencher| {
        bencher.iter(|| set.index(&method, TraceMode::Drop));
    });
}

/// Weights of the score of the demonstration drawn again and again: with what is remembered of the
/// indicators, and from the measures on.
fn variants(criterion: &mut Criterion) {
    let run = run::compute(&demo::request(&demo::inputs()), &Unwatched).unwrap();
    let score = run.method.outputs[0].of;
    let Origin::Children(aggregate) = &run.method.nodes[score].origin else {
        panic!("the score of the demonstration is an aggregate")
    };
    let declared: Vec<f64> = aggregate.children.iter().map(|child| child.weight).collect();
    let graph = || Graph::new(&run.method, &run.register, &run.observations);
    let variant = |state: &mut u64| {
        let drawn = declared.iter().map(|weight| weight * (0.75 + 0.5 * uniform(state)));
        Variant::default().with_weights(score, drawn.collect())
    };
    let mut group = criterion.benchmark_group("variants of weights");
    group.sample_size(10);
    for (name, draws, is_remembered) in [("memo", 10_000, true), ("in full", 100, false)] {
        group.throughput(Throughput::Elements(draws));
        group.bench_function(BenchmarkId::new(name, draws), |bencher| {
            bencher.iter(|| {
                let (mut state, mut memo, known) = (1, Memo::default(), graph());
                for _ in 0..draws {
                    let variant = variant(&mut state);
                    if is_remembered {
                        black_box(evaluate(&known, &variant, &mut memo));
                    } else {
                        black_box(evaluate(&graph(), &variant, &mut Memo::default()));
                    }
                }
            });
        });
    }
    group.finish();
}

/// The same index over more and more units: time per cell must not grow.
fn large(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("without trace, 50 indicators");
    group.sample_size(10).measurement_time(Duration::from_secs(20));
    let method = Set::method(FIFTY, Combine::Arithmetic);
    for units in [MILLION / 8, MILLION / 4, MILLION / 2, MILLION] {
        group.throughput(Throughput::Elements((units * FIFTY) as u64));
        group.bench_function(BenchmarkId::from_parameter(units), |bencher| {
            let set = Set::new(units, FIFTY);
            bencher.iter_batched(
                || (),
                |()| set.index(&method, TraceMode::Drop),
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

/// Ours and numpy's time for the same numbers, the least of several runs each.
fn ratios() {
    let set = Set::new(UNITS, INDICATORS);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("columns.csv");
    fs::write(&file, set.csv()).unwrap();
    let peer = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/index.py");
    let Ok(output) = Command::new("python3").arg(peer).arg(&file).output() else {
        println!("numpy: no `python3` to compare with");
        return;
    };
    if !output.status.success() {
        println!("numpy: {}", String::from_utf8_lossy(&output.stderr).trim());
        return;
    }
    println!("\nwork, seconds here, seconds in numpy, numpy/here, sums of squared results");
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let [name, theirs, check] = line.split(',').collect::<Vec<_>>().try_into().unwrap();
        let (method, trace) = match name {
            "national" => (Set::method(INDICATORS, Combine::Arithmetic), TraceMode::Keep),
            "copeland" => {
                let rule = Combine::Copeland(Copeland::default());
                (Set::method(INDICATORS, rule), TraceMode::Drop)
            }
            other => panic!("{other}"),
        };
        let (ours, index) = quickest(|| set.index(&method, trace));
        let scores = index.nodes.last().unwrap().value.values();
        let squares: f64 = scores.iter().map(|score| score * score).fold(0.0, |a, b| a + b);
        let (theirs, check): (f64, f64) = (theirs.parse().unwrap(), check.parse().unwrap());
        println!("{name}, {ours:.6}, {theirs:.6}, {:.1}, {squares} and {check}", theirs / ours);
        assert!((squares - check).abs() <= 1e-9 * check, "not the same work");
    }
}

fn quickest(work: impl Fn() -> Index) -> (f64, Index) {
    let mut least = f64::INFINITY;
    for _ in 0..15 {
        let since = Instant::now();
        black_box(work());
        least = least.min(since.elapsed().as_secs_f64());
    }
    (least, work())
}

/// What an index of a million units takes beyond its observations, in a process of its own.
fn memory() {
    for units in [MILLION / 4, MILLION] {
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["memory", &units.to_string(), &FIFTY.to_string()])
            .output()
            .unwrap();
        let text = String::from_utf8(child.stdout).unwrap();
        let Ok(added) = text.trim().parse::<f64>() else { continue };
        let data = (units * FIFTY * 8) as f64;
        println!("memory of {units} x {FIFTY} without trace: {:.2} x the data", added / data);
    }
}

/// Bytes by which the peak of this process grows while the index is computed; NaN where the system
/// does not tell.
fn added_memory(units: usize, indicators: usize) -> f64 {
    let set = Set::new(units, indicators);
    let method = Set::method(indicators, Combine::Arithmetic);
    let before = peak();
    black_box(set.index(&method, TraceMode::Drop));
    peak() - before
}

fn peak() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok());
    kilobytes.map_or(f64::NAN, |kilobytes: f64| kilobytes * 1024.0)
}

/// Units with skewed numbers, one in fifty missing.
struct Set {
    register: Register,
    observations: Observations,
}

impl Set {
    fn new(units: usize, indicators: usize) -> Self {
        let unit = |at: usize| Unit {
            code: format!("{at:07}"),
            name: String::new(),
            values: vec![format!("{:02}", at * 42 / units)],
        };
        let columns = vec!["county".to_owned()];
        let title = Label::same("bench");
        let register =
            Register::new("bench", title, columns, (0..units).map(unit).collect()).unwrap();
        let mut state = 1_u64;
        let series = (0..indicators)
            .map(|at| Series {
                name: format!("s.m{at}"),
                source: 0,
                level: "uat".into(),
                nature: Nature::Rate,
                counts: None,
                cells: (0..units).map(|_| cell(&mut state)).collect(),
                origins: Vec::new(),
            })
            .collect();
        Self { register, observations: Observations { series, ..Observations::default() } }
    }

    /// The columns, for the peer; a missing cell is empty.
    fn csv(&self) -> String {
        let mut text = String::new();
        for unit in 0..UNITS {
            let cells = self.observations.series.iter().map(|series| series.cells[unit].number());
            let cells: Vec<String> = cells
                .map(|cell| cell.map_or_else(|| "nan".to_owned(), |x| x.to_string()))
                .collect();
            writeln!(text, "{}", cells.join(",")).unwrap();
        }
        text
    }

    fn method(indicators: usize, combine: Combine) -> Method {
        let each = "steps = [ { impute = { median = {} } }, { winsorise = { max = 5 } }, { minmax = { to = [0, 100] } } ]";
        let mut nodes: Vec<Node> = (0..indicators)
            .map(|at| Node::new(&format!("i{at}"), measure(format!("s.m{at}")), steps(each)))
            .collect();
        let children = (0..indicators).map(|at| Child { node: at, weight: 1.0 }).collect();
        let mut aggregate = Aggregate::of(children);
        aggregate.combine = combine;
        nodes.push(Node::new("irc", Origin::Children(aggregate), Steps::default()));
        let rank = "steps = [ { rank = { order = 'highest-first' } } ]";
        let rank = Output::new("rank", indicators, steps(rank));
        Method {
            id: "bench".into(),
            version: "1".into(),
            status: Status::Illustrative,
            title: Label::same("bench"),
            description: None,
            over: None,
            period: None,
            headline: None,
            nodes,
            outputs: vec![rank],
            summaries: Vec::new(),
        }
    }

    fn index(&self, method: &Method, trace: TraceMode) -> Index {
        compute(method, &self.register, &self.observations, trace).0
    }
}

/// The ninth power of a uniform number of a linear congruential generator (Knuth, MMIX): skewed enough to
/// be winsorised.
fn cell(state: &mut u64) -> Cell {
    if uniform(state) < 0.02 {
        return Cell::Missing(Missing::NotAvailable);
    }
    let x = uniform(state);
    let cube = x * x * x;
    Cell::Number(100.0 * cube * cube * cube)
}

fn uniform(state: &mut u64) -> f64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 11) as f64 / (1_u64 << 53) as f64
}

fn measure(name: String) -> Origin {
    Origin::Measures(Formula::new(name.clone(), vec![name], |operands| match &operands[0] {
        Operand::Numbers(numbers) => numbers.iter().copied().map(Some).collect(),
        Operand::Texts(_) => Vec::new(),
    }))
}

fn steps(text: &str) -> Steps {
    #[derive(serde::Deserialize)]
    struct Line {
        steps: Steps,
    }
    toml::from_str::<Line>(text).unwrap().steps
}
