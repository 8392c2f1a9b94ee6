//! Small counts against somebody who has every published file, the public tables and this program.
//!
//! Two intruders. One solves linear programmes over what is published: the counts that are not said, the
//! totals that are known, scores, classes and phases of the others. The other looks whether another count
//! would have published one byte otherwise.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use risk_index::index::{Column, TraceMode};
use risk_index::ingest::Inputs;
use risk_index::language::Language;
use risk_index::observation::Cell;
use risk_index::quality::Severity;
use risk_index::register::Register;
use risk_index::report::{self, File, Format};
use risk_index::run::{self, NamedBytes, Request, RunError, demo};
use risk_index::watch::Unwatched;

use crate::small::{METHOD, STUDY, VALUES, with};

/// Counts from 1 to one below this are small.
const LEAST: i64 = 5;

/// A stream of numbers that is the same everywhere.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        i64::try_from((mixed ^ (mixed >> 31)) % below.unsigned_abs()).unwrap()
    }

    fn holds(&mut self, in_ten: i64) -> bool {
        self.next(10) < in_ten
    }
}

/// A study: who lives where, and how many families.
#[derive(Clone, Debug)]
struct World {
    small: &'static str,
    /// Whether a public table has the families of each county.
    totals: bool,
    /// Whether the file of families prints them.
    printed: bool,
    /// Whether families with and without children are counted, which add up.
    split: bool,
    /// Decimals of the families in a hundred people that the file prints too, and whether the indicator
    /// is that printed rate.
    rate: Option<(usize, bool)>,
    /// Bounds from the data, or fixed ones.
    steps: &'static str,
    /// The weight of the families in the score.
    weight: &'static str,
    class: &'static str,
    places: usize,
    /// County, people, children, families, of them with children.
    units: Vec<[i64; 5]>,
}

impl World {
    fn random(seed: u64, small: &'static str) -> Self {
        let mut dice = Dice(seed);
        let counties = 2 + dice.next(3);
        let units = (0..counties * (4 + dice.next(5))).map(|at| {
            let people = 400 + dice.next(4_000);
            let families = match dice.next(10) {
                0 => 0,
                1..4 => 1 + dice.next(LEAST - 1),
                4..6 => LEAST + dice.next(12),
                _ => 15 + dice.next(60),
            };
            [
                at % counties,
                people,
                people / 4 + dice.next(people / 8),
                families,
                dice.next(families + 1),
            ]
        });
        let mut units: Vec<[i64; 5]> = units.collect();
        // a seat of each county has many people, and not always many families
        for county in 0..usize::try_from(counties).unwrap() {
            units[county][1] += 20_000;
            units[county][2] += 5_000;
            units[county][3] += dice.next(4) * 20;
        }
        let is_withheld = small == "withhold";
        let fixed = is_withheld && dice.holds(8);
        let mut printing = Dice(seed ^ 0x5eed);
        let is_indicator = !is_withheld && printing.holds(5);
        let decimals = 2 + usize::try_from(printing.next(5)).unwrap();
        Self {
            rate: printing.holds(5).then_some((decimals, is_indicator)),
            small,
            totals: dice.holds(if is_withheld { 2 } else { 5 }),
            printed: dice.holds(if is_withheld { 1 } else { 3 }),
            split: !is_withheld && dice.holds(2),
            steps: match dice.next(3) {
                _ if fixed => "[{ goalposts = { low = 0, high = 50, to = [0, 100] } }]",
                0 => "[{ minmax = { to = [0, 100] } }]",
                1 => "[\"zscore\"]",
                _ => "[{ winsorise = { max = 2 } }, { minmax = { to = [0, 100] } }]",
            },
            weight: if fixed { "0.05" } else { "1" },
            class: if fixed { "cuts = [20, 55, 60]" } else { "quantiles = 3" },
            places: 3 + usize::try_from(dice.next(4)).unwrap(),
            units,
        }
    }

    fn study(&self) -> String {
        let mut text = format!(
            "[study]\ntitle = {{ ro = \"Studiu\", en = \"Study\" }}\nmethodology = \"method.toml\"\n\
             programme = \"programme.toml\"\n\
             [publish]\nmin_count = {LEAST}\nsmall = \"{}\"\n\
             [register]\nfile = \"register.csv\"\ncode = \"code\"\nname = \"name\"\n\
             columns = {{ kind = \"kind\", county = \"county\" }}\n\
             [[source]]\nid = \"people\"\nfile = \"people.csv\"\nkey = {{ code = \"code\" }}\npublic = true\n\
             measure = [\n\
             {{ id = \"total\", column = \"total\", nature = \"count\", counts = \"persons\" }},\n\
             {{ id = \"children\", column = \"children\", nature = \"count\", counts = \"persons\" }},\n]\n\
             [[source]]\nid = \"vmg\"\nfile = \"vmg.csv\"\nkey = {{ code = \"code\" }}\nmeasure = [\n\
             {{ id = \"families\", column = \"families\", nature = \"count\", counts = \"families\" }},\n",
            self.small
        );
        if self.split {
            for id in ["young", "old"] {
                text.push_str(&format!(
                    "{{ id = \"{id}\", column = \"{id}\", nature = \"count\", counts = \"families\" }},\n"
                ));
            }
        }
        if self.rate.is_some() {
            text.push_str("{ id = \"rate\", column = \"rate\", nature = \"rate\" },\n");
        }
        text.push_str("]\n");
        if self.printed {
            text = text.replace(
                "file = \"vmg.csv\"\nkey = { code = \"code\" }",
                "file = \"vmg.csv\"\nkey = { name = \"name\", county = \"county\" }",
            );
        }
        if self.totals {
            text.push_str(
                "[[source]]\nid = \"table\"\nfile = \"table.csv\"\nkey = { county = \"county\" }\n\
                 public = true\nmeasure = [ { id = \"families\", column = \"families\", \
                 nature = \"count\", counts = \"families\" } ]\n",
            );
        }
        text
    }

    fn method(&self) -> String {
        let steps = self.steps;
        format!(
            "[methodology]\nid = \"m\"\nversion = \"1\"\nstatus = \"illustrative\"\n\
             title = {{ ro = \"M\", en = \"M\" }}\n\
             [[indicator]]\nid = \"children\"\nlabel = {{ ro = \"Copii\", en = \"Children\" }}\n\
             value = \"people.children / people.total * 100\"\nunit = \"%\"\n{direction}steps = {steps}\n\
             [[indicator]]\nid = \"vmg\"\nlabel = {{ ro = \"VMG\", en = \"VMG\" }}\n\
             value = \"{value}\"\nunit = \"%\"\n{direction}steps = {steps}\n\
             [[aggregate]]\nid = \"score\"\nlabel = {{ ro = \"Scor\", en = \"Score\" }}\n\
             of = {{ children = 1, vmg = {} }}\nmethod = \"arithmetic\"\n\
             [[output]]\nid = \"rank\"\nof = \"score\"\nsteps = [{{ round = {{ decimals = 9 }} }}, \
             {{ rank = {{ order = \"highest-first\", ties = \"min\" }} }}]\n\
             [[output]]\nid = \"class\"\nof = \"score\"\nclass = {{ {}, labels = [{}] }}\n\
             [[summary]]\nby = \"county\"\ncolumns = {{ mean = \"score\" }}\n",
            self.weight,
            self.class,
            if self.class.starts_with("cuts") {
                "\"a\", \"b\", \"c\", \"d\""
            } else {
                "\"a\", \"b\", \"c\""
            },
            value = if self.by_rate() { "vmg.rate" } else { "vmg.families / people.total * 100" },
            direction = if steps.contains("goalposts") { "" } else { "direction = \"risk\"\n" },
        )
    }

    fn programme(&self) -> String {
        format!(
            "[programme]\nid = \"p\"\nstatus = \"illustrative\"\ntitle = {{ ro = \"P\", en = \"P\" }}\n\
             score = \"score\"\npeople = \"vmg.families\"\nassumptions = [ {{ ro = \"locuri\", en = \"places\" }} ]\n\
             [order]\ndecimals = 6\naccept_ties = \"a test\"\n[[phase]]\nid = \"I\"\nupto = {}\n",
            self.places
        )
    }

    fn inputs(&self) -> Inputs {
        let mut register = "code,name,kind,county\n".to_owned();
        let mut people = "code,total,children\n".to_owned();
        let mut vmg = "code,name,county,families,young,old,rate\n".to_owned();
        let mut counties: BTreeMap<i64, i64> = BTreeMap::new();
        for (at, [county, total, children, families, with]) in self.units.iter().enumerate() {
            let (code, name, area) = (100 + at, format!("Loc{at}x"), county_name(*county));
            register.push_str(&format!("{code},{name},commune,{area}\n"));
            people.push_str(&format!("{code},{total},{children}\n"));
            let rate = *families as f64 / *total as f64 * 100.0;
            let rate = format!("{rate:.*}", self.decimals());
            let without = families - with;
            vmg.push_str(&format!("{code},{name},{area},{families},{with},{without},{rate}\n"));
            *counties.entry(*county).or_default() += families;
        }
        let mut table = "county,families\n".to_owned();
        for (county, families) in counties {
            table.push_str(&format!("{},{families}\n", county_name(county)));
            if self.printed {
                let area = county_name(county);
                // one that says of which county it is, and ones that do not
                let name = if county == 0 { "JUDETUL Alba" } else { "TOTAL JUDET" };
                let area = if county == 0 { area } else { "" };
                vmg.push_str(&format!(",{name},{area},{families},,,\n"));
            }
        }
        let files = [
            ("register.csv", register),
            ("people.csv", people),
            ("vmg.csv", vmg),
            ("table.csv", table),
        ];
        let held = files.map(|(name, text)| (name.to_owned(), Cow::Owned(text.into_bytes())));
        Inputs::Held(held.into_iter().collect())
    }

    /// Everything that is published; why nothing is, where nothing is.
    fn publish(&self, formats: &[Format]) -> Result<Vec<File>, String> {
        let beside = |path: &str| match path {
            "method.toml" => Ok(self.method().into_bytes()),
            "programme.toml" => Ok(self.programme().into_bytes()),
            _ => Err(io::Error::from(io::ErrorKind::NotFound)),
        };
        let inputs = self.inputs();
        let request = Request {
            study: NamedBytes { name: "study.toml".to_owned(), bytes: self.study().into_bytes() },
            methodology: None,
            programme: None,
            doubts: None,
            inputs: &inputs,
            beside: &beside,
            trace: TraceMode::Keep,
        };
        match run::select(&request, &Unwatched) {
            Ok(selected) => {
                let view = selected.view(Language::En, None);
                Ok(report::files(&view, formats, &Unwatched).unwrap())
            }
            Err(RunError::Invalid(problems) | RunError::Refused { problems, .. }) => {
                let said: Vec<&str> = problems.iter().map(|it| it.message.en.as_str()).collect();
                Err(said.join("\n"))
            }
            Err(RunError::Unread(findings)) => panic!(
                "{}\n{}",
                report::render_findings(&findings, Severity::Error, Language::En),
                self.study()
            ),
            Err(other) => panic!("{other:?}"),
        }
    }

    /// Whether the indicator is the printed rate.
    fn by_rate(&self) -> bool {
        self.rate.is_some_and(|(_, is_indicator)| is_indicator)
    }

    /// Decimals of a printed rate.
    fn decimals(&self) -> usize {
        self.rate.map_or(0, |(decimals, _)| decimals)
    }

    /// One in the last decimal of a printed rate.
    fn last_digit(&self) -> f64 {
        (0..self.decimals()).fold(1.0, |unit, _| unit / 10.0)
    }

    /// The units with a small number of families.
    fn small(&self) -> Vec<usize> {
        let units = self.units.iter().enumerate();
        units.filter(|(_, unit)| (1..LEAST).contains(&unit[3])).map(|(at, _)| at).collect()
    }
}

fn county_name(county: i64) -> &'static str {
    ["Alba", "Arad", "Bihor", "Cluj", "Dolj"][usize::try_from(county).unwrap()]
}

/// A published table: a map of its columns for each row.
fn table(files: &[File], path: &str) -> Vec<BTreeMap<String, String>> {
    let file = files.iter().find(|file| file.path == path).unwrap();
    let mut reader = csv::Reader::from_reader(file.bytes.as_slice());
    reader.deserialize().map(Result::unwrap).collect()
}

/// What an intruder does not know: counts with the least and the most they may be.
struct Unknown {
    /// For each count, its range.
    ranges: Vec<(f64, f64)>,
    /// Sums of counts that he knows, and bounds of them.
    known: Vec<(Vec<(usize, f64)>, ComparisonOp, f64)>,
}

impl Unknown {
    /// The least and the most that a count may be, given all the rest.
    fn range(&self, count: usize) -> (f64, f64) {
        let end = |direction| {
            let mut problem = Problem::new(direction);
            let ranges = self.ranges.iter().enumerate();
            let variables: Vec<Variable> = ranges
                .map(|(at, range)| problem.add_var(f64::from(u8::from(at == count)), *range))
                .collect();
            for (sum, relation, value) in &self.known {
                let terms: Vec<(Variable, f64)> =
                    sum.iter().map(|(at, times)| (variables[*at], *times)).collect();
                problem.add_constraint(terms, *relation, *value);
            }
            let solution = problem.solve().unwrap().into_solution().unwrap();
            solution.var_value(variables[count])
        };
        (end(OptimizationDirection::Minimize), end(OptimizationDirection::Maximize))
    }

    /// A count is known to lie about a rate of so many people.
    fn in_a_hundred(&mut self, count: usize, (rate, half): (f64, f64), people: f64) {
        for (relation, rate) in [(ComparisonOp::Ge, rate - half), (ComparisonOp::Le, rate + half)] {
            self.known.push((vec![(count, 1.0)], relation, rate * people / 100.0));
        }
    }

    /// Whether each small count may be each of them, and each partner one of as many.
    #[track_caller]
    fn is_held(&self, world: &World) {
        for (at, (least, most)) in self.ranges.iter().enumerate() {
            let (low, high) = self.range(at);
            if *least < 2.0 {
                assert!(
                    low <= least + 1e-6 && high >= most - 1e-6,
                    "a count may only be {low} to {high}: {world:#?}"
                );
            } else {
                assert!(high - low >= (LEAST - 2) as f64 - 1e-6, "{low} to {high}: {world:#?}");
            }
        }
    }
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok()
}

/// What somebody knows of a run with the middle in place of small counts. What is computed from the
/// counts must be computed from what is said of them.
fn seen_of_midpoint(world: &World, files: &[File]) -> Unknown {
    let observed = table(files, "tables/observations.csv");
    let middle = LEAST as f64 / 2.0;
    let mut unknown = Unknown { ranges: Vec::new(), known: Vec::new() };
    let mut position: BTreeMap<(String, usize), usize> = BTreeMap::new();
    let mut said: BTreeMap<(String, usize), f64> = BTreeMap::new();
    let counts = |row: &&BTreeMap<String, String>| {
        row["measure"].starts_with("vmg.") && row["measure"] != RATE
    };
    for row in observed.iter().filter(counts) {
        let unit = row["area"].parse::<usize>().unwrap() - 100;
        let key = (row["measure"].clone(), unit);
        let value = number(&row["value"]).unwrap();
        said.insert(key.clone(), value);
        if row["state"] == "substituted" {
            let is_small = (value - middle).abs() < 1e-9;
            let range = if is_small { (1.0, (LEAST - 1) as f64) } else { (LEAST as f64, 1e6) };
            position.insert(key, unknown.ranges.len());
            unknown.ranges.push(range);
        }
    }
    let mut sums: Vec<(Vec<((String, usize), f64)>, f64)> = Vec::new();
    if world.totals || world.printed {
        for county in 0..5 {
            let inside = world.units.iter().enumerate().filter(|(_, unit)| unit[0] == county);
            let cells = inside.clone().map(|(at, _)| (("vmg.families".to_owned(), at), 1.0));
            sums.push((cells.collect(), inside.map(|(_, unit)| unit[3] as f64).sum()));
        }
    }
    if world.split {
        for at in 0..world.units.len() {
            let cell = |id: &str, times| ((format!("vmg.{id}"), at), times);
            sums.push((vec![cell("young", 1.0), cell("old", 1.0), cell("families", -1.0)], 0.0));
        }
    }
    for (cells, total) in sums {
        let whole: f64 = cells.iter().map(|(key, times)| times * said[key]).sum();
        let open: Vec<(usize, f64)> =
            cells.iter().filter_map(|(key, times)| Some((*position.get(key)?, *times))).collect();
        let known: f64 = cells
            .iter()
            .filter(|(key, _)| !position.contains_key(key))
            .map(|(key, times)| times * said[key])
            .sum();
        let alike = !world.split || open.len() != 2;
        assert!(!alike || (whole - total).abs() < 1e-6, "a total does not hold: {world:#?}");
        if !open.is_empty() {
            unknown.known.push((open, ComparisonOp::Eq, total - known));
        }
    }
    seen_rates(world, files, (&said, &position), &mut unknown);
    unknown
}

/// Counts by measure and unit.
type Said<T> = BTreeMap<(String, usize), T>;

/// What rates say of counts beyond what is said of these.
fn seen_rates(
    world: &World,
    files: &[File],
    (said, position): (&Said<f64>, &Said<usize>),
    unknown: &mut Unknown,
) {
    let mut rounded = [1e-9; 60];
    for (unit, rate, is_said) in rates(&table(files, "tables/observations.csv")) {
        let people = world.units[unit][1] as f64;
        let (key, half) = (("vmg.families".to_owned(), unit), world.last_digit() / 2.0);
        if !is_said {
            assert!(
                (rate.unwrap() - said[&key] / people * 100.0).abs() < 1e-9,
                "{unit}: {world:#?}"
            );
        } else if let Some(&count) = position.get(&key) {
            unknown.in_a_hundred(count, (rate.unwrap(), half), people);
        }
        rounded[unit] += if is_said && world.by_rate() { half } else { 0.0 };
    }
    for row in table(files, "tables/index.csv") {
        let unit = row["code"].parse::<usize>().unwrap() - 100;
        let families = said[&("vmg.families".to_owned(), unit)];
        let raw = families / world.units[unit][1] as f64 * 100.0;
        assert!((number(&row["vmg"]).unwrap() - raw).abs() < rounded[unit], "{row:?}");
    }
}

/// The measure of printed rates.
const RATE: &str = "vmg.rate";

/// The published rates: unit, rate, and whether it is said to be as it was read.
fn rates(observed: &[BTreeMap<String, String>]) -> Vec<(usize, Option<f64>, bool)> {
    let rates = observed.iter().filter(|row| row["measure"] == RATE);
    let rate = |row: &BTreeMap<String, String>| {
        let unit = row["area"].parse::<usize>().unwrap() - 100;
        (unit, number(&row["value"]), row["state"] == "value")
    };
    rates.map(rate).collect()
}

/// What somebody knows of a run that withholds small counts: from the others how a count makes a score,
/// from their classes and phases between which scores it lies.
fn seen_of_withheld(world: &World, files: &[File]) -> Unknown {
    let index = table(files, "tables/index.csv");
    let selection = table(files, "tables/selection.csv");
    let score = |row: &BTreeMap<String, String>| number(&row["score"]);
    let open: Vec<usize> = (0..index.len()).filter(|&at| score(&index[at]).is_none()).collect();
    let line = |id: &str| {
        let of = |row: &BTreeMap<String, String>| {
            Some((number(&row[id])?, number(&row[&format!("{id}.normalised")])?))
        };
        let mut points: Vec<(f64, f64)> = index.iter().filter_map(of).collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        // the ends may have been moved in
        let quarter = points.len() / 4;
        let ((x, y), (u, v)) = (points[quarter], points[points.len() - 1 - quarter]);
        let slope = (v - y) / (u - x);
        (slope, y - slope * x)
    };
    let (children, families) = (line("children"), line("vmg"));
    let rates = rates(&table(files, "tables/observations.csv"));
    let weight: f64 = world.weight.parse().unwrap();
    let mut lines: Vec<(f64, f64)> = Vec::new();
    let mut unknown = Unknown { ranges: Vec::new(), known: Vec::new() };
    for (at, &unit) in open.iter().enumerate() {
        let [_, people, of_children, count, _] = world.units[unit];
        let is_small = (1..LEAST).contains(&count);
        let range = if is_small { (1.0, (LEAST - 1) as f64) } else { (LEAST as f64, 1e6) };
        unknown.ranges.push(range);
        if let Some((_, Some(rate), _)) = rates.iter().find(|(of, ..)| *of == unit) {
            unknown.in_a_hundred(at, (*rate, world.last_digit() / 2.0), people as f64);
        }
        let share = of_children as f64 / people as f64 * 100.0;
        let base = children.0 * share + children.1 + weight * families.1;
        let (base, times) =
            (base / (1.0 + weight), weight * families.0 * 100.0 / people as f64 / (1.0 + weight));
        lines.push((base, times));
        let mut bound = |relation, score: f64| {
            unknown.known.push((vec![(at, times)], relation, score - base));
        };
        for (other, row) in index.iter().enumerate() {
            let Some(score) = score(row) else { continue };
            let own = (&index[unit]["class"], &selection[unit]["phase"]);
            let (class, phase) = (&row["class"], &selection[other]["phase"]);
            let is_told = !class.is_empty() && !own.0.is_empty();
            if (is_told && class > own.0) || (phase == "I" && own.1 != "I") {
                bound(ComparisonOp::Le, score + 1e-6);
            }
            if (is_told && class < own.0) || (phase != "I" && own.1 == "I") {
                bound(ComparisonOp::Ge, score - 1e-6);
            }
        }
    }
    seen_totals(world, &open, &mut unknown);
    seen_sums(world, files, (&open, &lines), &mut unknown);
    unknown
}

/// The totals of counties, where a table has them.
fn seen_totals(world: &World, open: &[usize], unknown: &mut Unknown) {
    for county in 0..5 {
        let cells: Vec<(usize, f64)> = open
            .iter()
            .enumerate()
            .filter(|(_, unit)| world.units[**unit][0] == county)
            .map(|(at, _)| (at, 1.0))
            .collect();
        if (world.totals || world.printed) && !cells.is_empty() {
            let total: i64 = cells.iter().map(|(at, _)| world.units[open[*at]][3]).sum();
            unknown.known.push((cells, ComparisonOp::Eq, total as f64));
        }
    }
}

/// What published sums say of the counts behind them: the mean score of a county, the people of a list.
fn seen_sums(
    world: &World,
    files: &[File],
    (open, lines): (&[usize], &[(f64, f64)]),
    unknown: &mut Unknown,
) {
    let mut know = |cells: Vec<(usize, f64)>, value: f64| {
        if !cells.is_empty() {
            unknown.known.push((cells.clone(), ComparisonOp::Le, value + 1e-6));
            unknown.known.push((cells, ComparisonOp::Ge, value - 1e-6));
        }
    };
    let index = table(files, "tables/index.csv");
    for row in table(files, "tables/summary_county.csv") {
        let Some(mean) = number(&row["mean"]) else { continue };
        let members = || (0..index.len()).filter(|&unit| index[unit]["county"] == row["county"]);
        let known: f64 = members().filter_map(|unit| number(&index[unit]["score"])).sum();
        let hidden = open.iter().enumerate().filter(|(_, unit)| members().any(|it| it == **unit));
        let hidden: Vec<usize> = hidden.map(|(at, _)| at).collect();
        let base: f64 = hidden.iter().map(|&at| lines[at].0).sum();
        let cells = hidden.iter().map(|&at| (at, lines[at].1)).collect();
        know(cells, mean * members().count() as f64 - known - base);
    }
    let selection = table(files, "tables/selection.csv");
    let told = files.iter().find(|file| file.path == "selection.json").unwrap();
    let told: serde_json::Value = serde_json::from_slice(&told.bytes).unwrap();
    let people = told["phases"][0]["people"].as_f64();
    for sum in people.into_iter().chain(
        table(files, "tables/summary_places_kind.csv")
            .iter()
            .filter_map(|row| number(row.get("people")?)),
    ) {
        let inside = |unit: &usize| selection[*unit]["phase"] == "I";
        let families = |unit: usize| world.units[unit][3] as f64;
        let known: f64 = (0..selection.len())
            .filter(|unit| inside(unit) && !open.contains(unit))
            .map(families)
            .sum();
        let cells = open.iter().enumerate().filter(|(_, unit)| inside(unit));
        know(cells.map(|(at, _)| (at, 1.0)).collect(), sum - known);
    }
}

#[test]
fn the_middle_of_small_counts_leaves_each_of_them_possible_in_200_studies() {
    let (mut published, mut with_partners, mut with_rates) = (0, 0, 0);
    for seed in 0..200 {
        let world = World::random(seed, "midpoint");
        match world.publish(&[Format::Csv]) {
            Ok(files) => {
                let unknown = seen_of_midpoint(&world, &files);
                unknown.is_held(&world);
                published += 1;
                with_rates += usize::from(world.rate.is_some() && !world.small().is_empty());
                with_partners += usize::from(unknown.ranges.iter().any(|(least, _)| *least > 2.0));
            }
            Err(why) => assert!(why.contains("would give a small count"), "{why}\n{world:#?}"),
        }
    }
    assert!(published > 120 && with_partners > 40, "{published}, {with_partners}");
    assert!(with_rates > 50, "{with_rates}");
}

#[test]
fn what_is_withheld_leaves_each_small_count_possible_in_200_studies() {
    // studies published, and those of them that withhold a class: by cuts, by thirds of the units
    let (mut published, mut classes) = ([0; 2], [0; 2]);
    for seed in 1_000..1_200 {
        let world = World::random(seed, "withhold");
        let is_fixed = world.steps.contains("goalposts");
        let thirds =
            is_fixed.then(|| World { class: "quantiles = 3", weight: "0.5", ..world.clone() });
        for (kind, world) in [Some(world), thirds].into_iter().enumerate() {
            let Some(world) = world.filter(|world| !world.small().is_empty()) else { continue };
            match world.publish(&[Format::Csv]) {
                Ok(files) => {
                    seen_of_withheld(&world, &files).is_held(&world);
                    published[kind] += 1;
                    classes[kind] += usize::from(is_withheld(&world, &files) > 0);
                }
                Err(why) => assert!(
                    why.contains("would give a small count") || why.contains("would still tell"),
                    "{why}\n{world:#?}"
                ),
            }
        }
    }
    assert!(published[0] > 20 && published[1] > 20, "{published:?}");
    assert!(classes[1] > 5, "{classes:?} of {published:?}");
}

/// Score, contributions and rank are withheld and say so; class stays or is withheld too, and the ranks of
/// the others have no gap. Answers how many classes are withheld.
fn is_withheld(world: &World, files: &[File]) -> usize {
    let index = table(files, "tables/index.csv");
    let mut ranks = Vec::new();
    let mut classes = 0;
    for (unit, row) in index.iter().enumerate() {
        if row["class"].is_empty() {
            assert_eq!(row["class.state"], "withheld");
            classes += 1;
        }
        if world.small().contains(&unit) {
            for column in ["vmg", "vmg.normalised", "score", "rank"] {
                assert_eq!(
                    (row[column].as_str(), row[&format!("{column}.state")].as_str()),
                    ("", "withheld")
                );
            }
        }
        ranks.extend(number(&row["rank"]));
    }
    ranks.sort_by(f64::total_cmp);
    for (at, rank) in ranks.iter().enumerate() {
        assert!(*rank <= (at + 1) as f64, "{ranks:?}");
    }
    assert!((ranks[ranks.len() - 1] - ranks.len() as f64).abs() < 1.5, "{ranks:?}");
    classes
}

/// With every small count as 1, as 2, … the same bytes are published in every format, whatever the counts are
/// and where classes are thirds of the units.
#[test]
fn other_small_counts_that_are_withheld_publish_the_same_bytes() {
    let formats =
        [Format::Csv, Format::Xlsx, Format::Html, Format::Parquet, Format::Geojson, Format::Svg];
    let (mut tried, mut classes) = (0, 0);
    for seed in 1_000..1_200 {
        let world = World::random(seed, "withhold");
        let is_open = !world.totals && !world.printed && world.rate.is_none();
        if !is_open || world.small().is_empty() || !world.steps.contains("goalposts") {
            continue;
        }
        let world = World { class: "quantiles = 3", weight: "0.5", ..world };
        let Ok(published) = world.publish(&formats) else { continue };
        for count in 1..LEAST {
            let mut other = world.clone();
            for unit in world.small() {
                other.units[unit][3] = count;
                other.units[unit][4] = 0;
            }
            for (one, two) in published.iter().zip(other.publish(&formats).unwrap()) {
                assert!(one.bytes == two.bytes, "{} tells {count}: {world:#?}", one.path);
            }
        }
        tried += 1;
        classes += is_withheld(&world, &published);
        if tried > 8 && classes > 3 {
            break;
        }
    }
    assert!(tried > 8 && classes > 3, "{tried}, {classes}");
}

/// Every other small count publishes the same bytes, in every format; where a total is known, the
/// partner has the difference.
#[test]
fn another_small_count_publishes_the_same_bytes() {
    let mut tried = 0;
    for seed in 0..200 {
        let world = World { split: false, ..World::random(seed, "midpoint") };
        let formats: &[Format] = match seed {
            0..2 => &[Format::Csv, Format::Xlsx, Format::Html, Format::Parquet, Format::Geojson],
            _ => &[Format::Csv],
        };
        let (Ok(published), Some(&unit)) = (world.publish(formats), world.small().first()) else {
            continue;
        };
        let partner = if world.totals || world.printed {
            let same = |at: &usize| world.units[*at][0] == world.units[unit][0];
            let able = |at: &usize| same(at) && world.units[*at][3] >= LEAST;
            let largest = |at: &usize| world.units[*at][1] + world.units[*at][2];
            (0..world.units.len()).filter(able).max_by_key(largest)
        } else {
            None
        };
        for count in 1..LEAST {
            let mut other = world.clone();
            let difference = count - other.units[unit][3];
            other.units[unit][3] = count;
            other.units[unit][4] = 0;
            if let Some(partner) = partner {
                other.units[partner][3] -= difference;
                if other.units[partner][3] < LEAST {
                    continue;
                }
            }
            tried += 1;
            for (one, two) in published.iter().zip(other.publish(formats).unwrap()) {
                assert!(
                    one.bytes == two.bytes,
                    "{} tells {count} from {}: {world:#?}\n{}\n{}",
                    one.path,
                    world.units[unit][3],
                    String::from_utf8_lossy(&one.bytes),
                    String::from_utf8_lossy(&two.bytes)
                );
            }
        }
        if tried > 120 {
            break;
        }
    }
    assert!(tried > 120, "{tried}");
}

/// The demonstration, whose file of families prints the totals of counties.
#[test]
fn no_small_count_of_the_demonstration_is_given_back() {
    let inputs = demo::inputs();
    let truth = run::compute(&demo::request(&inputs), &Unwatched).unwrap();
    let mut request = demo::request(&inputs);
    let text = String::from_utf8(request.study.bytes).unwrap();
    let text = text.replacen("[[source]]", "[publish]\nmin_count = 5\n[[source]]", 1);
    request.study.bytes = text.into_bytes();
    let run = run::compute(&request, &Unwatched).unwrap();
    let [families, said] =
        [&truth, &run].map(|run| run.observations.series("vmg.families").unwrap().cells.clone());
    let counties = run.register.level("county").unwrap();
    let (mut small, mut partners) = (0, 0);
    for county in 0..counties.areas.len() {
        let inside = (0..said.len()).filter(|&unit| counties.of_unit[unit] as usize == county);
        let (mut total, mut unknown) = (0.0, Unknown { ranges: Vec::new(), known: Vec::new() });
        for unit in inside {
            let number = families[unit].number().unwrap();
            match said[unit] {
                Cell::Substitute(middle) if (middle - 2.5).abs() < 1e-9 => {
                    assert!((1.0..5.0).contains(&number));
                    unknown.ranges.push((1.0, 4.0));
                    small += 1;
                }
                Cell::Substitute(_) => {
                    unknown.ranges.push((5.0, 1e6));
                    partners += 1;
                }
                _ => continue,
            }
            total += number;
        }
        let all = (0..unknown.ranges.len()).map(|at| (at, 1.0)).collect();
        unknown.known.push((all, ComparisonOp::Eq, total));
        for (at, (least, most)) in unknown.ranges.iter().enumerate() {
            let (low, high) = unknown.range(at);
            assert!(low <= *least + 1e-6 || *least > 2.0, "{low}");
            assert!(high >= most.min(low + 3.0) - 1e-6, "{low} to {high}");
        }
    }
    let is_small = |cell: &&Cell| cell.number().is_some_and(|it| it > 0.0 && it < 5.0);
    // a rate of registered persons in the labour force would give them back
    let cells = |measure: &str| run.observations.series(measure).unwrap().cells.clone();
    let registered = truth.observations.series("unemployment.registered").unwrap();
    let (labour, rates) = (cells("unemployment.resources"), cells("unemployment.rate"));
    let hidden = registered.cells.iter().enumerate().filter(|(_, cell)| is_small(cell));
    let hidden: Vec<usize> = hidden.map(|(unit, _)| unit).collect();
    assert!(hidden.len() > 20, "{}", hidden.len());
    for unit in hidden {
        let Cell::Substitute(rate) = rates[unit] else { panic!("{unit}: {:?}", rates[unit]) };
        assert!((rate - 2.5 / labour[unit].number().unwrap() * 100.0).abs() < 1e-9);
    }
    assert_eq!(small, families.iter().filter(is_small).count());
    assert!(small > 100 && partners > 0, "{small}, {partners}");
}

/// Classes of the demonstration are fifths of the units: those that another small count would change are
/// withheld, and an intruder who knows all but one count finds each of them possible in every other class.
#[test]
fn what_the_demonstration_withholds_is_not_given_back() {
    let least = 3;
    let inputs = demo::inputs();
    let truth = run::compute(&demo::request(&inputs), &Unwatched).unwrap();
    let mut request = demo::request(&inputs);
    let text = String::from_utf8(request.study.bytes).unwrap();
    let publish = format!("[publish]\nmin_count = {least}\nsmall = \"withhold\"\n[[source]]");
    request.study.bytes = text.replacen("[[source]]", &publish, 1).into_bytes();
    let run = run::compute(&request, &Unwatched).unwrap();
    let files = report::files(&run.view(Language::En), &[Format::Csv], &Unwatched).unwrap();
    let index = table(&files, "tables/index.csv");
    let cells = |measure: &str| truth.observations.series(measure).unwrap().cells.clone();
    let (families, people) = (cells("vmg.families"), cells("population.total"));
    let node = |id: &str| truth.index.nodes.iter().find(|node| node.id == id).unwrap();
    let (score, share) = (node("irc"), node("vmg_share"));
    let rise = |of: &Column| of.values()[10] - of.values()[20];
    let slope = rise(&share.value) / rise(&share.raw) / 6.0;
    let order = ["very-low", "low", "medium", "high", "very-high"];
    let class = |row: &BTreeMap<String, String>| order.iter().position(|id| row["class"] == *id);
    let open: Vec<(f64, usize)> =
        index.iter().filter_map(|row| Some((number(&row["irc"])?, class(row)?))).collect();
    let (mut hidden, mut near) = (0, 0);
    for (unit, row) in index.iter().enumerate() {
        let count = families[unit].number().unwrap();
        let is_small = count > 0.0 && count < f64::from(least);
        near += usize::from(row["class"].is_empty() && row["class.state"] == "withheld");
        let Some(own) = class(row).filter(|_| is_small) else { continue };
        hidden += 1;
        let below = open.iter().filter(|(_, of)| *of < own).map(|it| it.0).fold(0.0, f64::max);
        let above = open.iter().filter(|(_, of)| *of > own).map(|it| it.0).fold(100.0, f64::min);
        for other in 1..least {
            let change = (f64::from(other) - count) / people[unit].number().unwrap() * 100.0;
            let other = score.value.values()[unit] + slope * change;
            assert!((below - 1e-9..=above + 1e-9).contains(&other), "{row:?}: {other}");
        }
    }
    assert!(hidden > 100 && near > 0, "{hidden}, {near}");
    let counties = truth.register.level("county").unwrap();
    let observed = table(&files, "tables/observations.csv");
    let state = |measure: &str| -> Vec<&str> {
        let rows = observed.iter().filter(|row| row["measure"] == measure);
        let states: BTreeMap<&str, &str> =
            rows.map(|row| (row["area"].as_str(), row["state"].as_str())).collect();
        states.into_values().collect()
    };
    sums_hold(&truth.register, &state("vmg.families"), &families, f64::from(least));
    // the mean of a county with such a unit is not published
    let means = table(&files, "tables/summary_county.csv");
    for (area, row) in counties.areas.iter().zip(&means) {
        let inside = |row: &&BTreeMap<String, String>| row["county"] == *area;
        let withheld = index.iter().filter(inside).any(|row| row["irc"].is_empty());
        assert_eq!((row["county"].as_str(), row["mean"].is_empty()), (area.as_str(), withheld));
    }
    // a small count that no indicator uses is withheld itself, and nothing with it
    let unused = state("vmg_2022.families");
    let is_alone = |(unit, row): (usize, &BTreeMap<String, String>)| {
        unused[unit] == "withheld" && !row["irc"].is_empty() && !row["rank"].is_empty()
    };
    assert!(index.iter().enumerate().filter(|it| is_alone(*it)).count() > 20);
}

/// The total of each county is printed: no count that is withheld may be pinned by it.
fn sums_hold(register: &Register, states: &[&str], counts: &[Cell], least: f64) {
    let counties = register.level("county").unwrap();
    let mut withheld = 0;
    for county in 0..counties.areas.len() {
        let (mut total, mut unknown) = (0.0, Unknown { ranges: Vec::new(), known: Vec::new() });
        for unit in (0..counts.len()).filter(|&it| counties.of_unit[it] as usize == county) {
            if states[unit] == "withheld" {
                let count = counts[unit].number().unwrap();
                unknown.ranges.push(if count < least { (1.0, least - 1.0) } else { (least, 1e6) });
                total += count;
            }
        }
        let all = (0..unknown.ranges.len()).map(|at| (at, 1.0)).collect();
        unknown.known.push((all, ComparisonOp::Eq, total));
        for at in 0..unknown.ranges.len() {
            let (low, high) = unknown.range(at);
            assert!(high - low >= least - 2.0 - 1e-6, "{low} to {high}");
            withheld += 1;
        }
    }
    assert!(withheld > 100, "{withheld}");
}

#[test]
fn a_bag_keeps_both_runs_and_is_repeated() {
    let case = with(&format!("{STUDY}\n[publish]\nmin_count = 31\n"), METHOD, VALUES);
    let seen = case.run(&["archive", "study.toml", "--out", "bag", "--format", "csv"]);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    let observed = |folder: &str| case.read(&format!("bag/data/{folder}/tables/observations.csv"));
    assert!(observed("run").contains("people.families,uat,101,substituted,15.5,"));
    assert!(observed("unmasked").contains("people.families,uat,101,value,25,"));
    assert!(case.read("bag/data/run/run.json").contains("\"sha256\": null"));
    assert!(case.read("bag/data/README.txt").contains("NOT to be published"));
    let seen = case.run(&["replay", "bag"]);
    assert!(seen.starts_with("exit code: 0\n") && seen.contains("identical"), "{seen}");
}

#[test]
fn a_source_that_arrives_masked_says_what_it_hides() {
    let values = VALUES.replace(";900;60", ";900;c");
    let study = STUDY.replace("concept = \"resident\"", "concept = \"resident\"\nmasked_below = 5");
    let case = with(&study, METHOD, &values);
    let seen = case.run(&["compute", "study.toml", "--format", "csv", "--lang", "en"]);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    let observed = case.read("out/tables/observations.csv");
    assert!(observed.contains("people.families,uat,102,substituted,2.5,"), "{observed}");
    let findings = case.read("out/tables/findings.csv");
    assert!(findings.contains("1 confidential count, below 5 as the source says"), "{findings}");
    let rates = study
        .replace("nature = \"count\"", "nature = \"rate\"")
        .replace(", counts = \"persons\"", "");
    let rates = rates.replace(", counts = \"families\"", "");
    let seen = with(&rates, METHOD, VALUES).run(&["check", "study.toml"]);
    assert!(seen.contains("`masked_below` is about counts"), "{seen}");
}

#[test]
fn a_rate_that_everybody_has_stops_what_another_one_lets_pass() {
    let rates = "code,rate\n101,1.0\n102,2.0\n103,0.0\n201,5.0\n202,3.0\n203,2.5\n";
    let source = "[[source]]\nid = \"rates\"\nfile = \"rates.csv\"\nkey = { code = \"code\" }\n\
                  measure = [ { id = \"vmg\", column = \"rate\", nature = \"rate\" } ]\n";
    let study = format!("{STUDY}\n{source}\n[publish]\nmin_count = 31\n");
    let case = with(&study, METHOD, VALUES).file("rates.csv", rates);
    let seen = case.run(&["compute", "study.toml", "--format", "csv", "--lang", "en"]);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    // 15.5 of 2,500
    let observed = case.read("out/tables/observations.csv");
    assert!(observed.contains("rates.vmg,uat,101,substituted,0.62,"), "{observed}");
    assert!(observed.contains("rates.vmg,uat,102,value,2,"), "{observed}");
    let findings = case.read("out/tables/findings.csv");
    assert!(findings.contains("`rates.vmg`: 2 rates of such counts, computed from"), "{findings}");
    let public = study.replace("\"rates\"\n", "\"rates\"\npublic = true\n");
    let case = with(&public, METHOD, VALUES).file("rates.csv", rates);
    let seen = case.run(&["compute", "study.toml"]);
    assert!(seen.starts_with("exit code: 2\n"), "{seen}");
    let said =
        "`rates.vmg`, which everybody has, is the rate of `people.families` in `people.total`";
    assert!(seen.contains(said), "{seen}");
}
