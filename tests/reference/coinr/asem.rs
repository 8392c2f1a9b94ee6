//! The peer's own example: 51 countries, 49 indicators, four levels.

use std::path::Path;

use libtest_mimic::Trial;
use risk_index::index::aggregate::{OptimisedWeights, PcaWeights, Signs, Weights};
use risk_index::index::diagnostics::{cronbach_alpha, tree_weights};
use risk_index::index::method::{Method, Origin};
use risk_index::index::stats::{self, Correlation, Order, Ranking, Ties, correlate};
use risk_index::index::{Index, Mark};

use super::synth::without;
use super::synth_statistics::{compare_components, describe_all, kind};
use super::{
    Frame, Set, Tally, after, compare_removals, golden, indicator, measured, method, parent, run,
    values,
};
use crate::data::trial;

pub(super) fn trials() -> Vec<Trial> {
    vec![
        trial("coinr/asem_steps", steps),
        trial("coinr/asem_variants", variants),
        trial("coinr/asem_normalised", normalised),
        trial("coinr/asem_treat", treatment),
        trial("coinr/asem_ranks", ranks),
        trial("coinr/asem_remove_elements", removed),
        trial("coinr/asem_eff_weights", nominal_weights),
        trial("coinr/asem_cronbach", alpha),
        trial("coinr/asem_pca", pca),
        trial("coinr/asem_corr", correlations),
        trial("coinr/asem_stats_raw", raw),
        trial("coinr/asem_screen_denominated_byNA09", screened),
        trial("coinr/asem_strengths_AUT", strengths),
        trial("coinr/asem_opt_weights_level3", optimised),
    ]
}

/// Countries whose TolMin equals that of others in the fifteen digits of the input, and differed in
/// the peer's own memory.
const SAME: [&str; 3] = ["BGR", "CZE", "NOR"];
const DIGITS: &str = "the input prints fifteen digits, and the peer's TolMin differed behind them";

/// One line of the table of indicators and aggregates.
#[derive(Clone)]
struct Line {
    level: u32,
    id: String,
    sign: f64,
    weight: f64,
    target: f64,
    denominator: Option<String>,
    parent: String,
}

impl Line {
    /// Names and units of this table hold commas without quotes: columns are counted from both ends.
    fn new(row: &[String]) -> Self {
        let back = |at: usize| row[row.len() - at].as_str();
        let signed = (3..row.len())
            .find(|&at| {
                ["1", "-1"].contains(&row[at].as_str()) && row[at + 1].parse::<f64>().is_ok()
            })
            .unwrap();
        Self {
            level: row[0].parse().unwrap(),
            id: row[1].clone(),
            sign: row[signed].parse().unwrap(),
            weight: row[signed + 1].parse().unwrap(),
            target: super::bench_set::number(back(4)),
            denominator: Some(back(3).to_owned()).filter(|name| !name.is_empty()),
            parent: back(2).to_owned(),
        }
    }
}

struct Asem {
    set: Set,
    lines: Vec<Line>,
}

impl Asem {
    fn new(folder: &Path) -> Self {
        let meta = golden(folder, "asem_meta.csv");
        let lines: Vec<Line> = meta
            .rows
            .iter()
            .filter(|row| ["Indicator", "Aggregate"].contains(&row.last().unwrap().as_str()))
            .map(|row| Line::new(row))
            .collect();
        let input = golden(folder, "asem_input.csv");
        let code = input.column("uCode");
        let mut measures: Vec<&str> =
            lines.iter().filter(|line| line.level == 1).map(|line| line.id.as_str()).collect();
        measures.extend(["Area", "Energy", "GDP", "Population"]);
        let set = Set::new(&input, |row| row[code].clone(), &["EurAsia_group"], &measures);
        Self { set, lines }
    }

    fn level(&self, level: u32) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.level == level)
    }

    fn ids(&self, level: u32) -> Vec<String> {
        self.level(level).map(|line| line.id.clone()).collect()
    }

    fn children(&self, parent: &str) -> Vec<String> {
        self.lines.iter().filter(|line| line.parent == parent).map(|line| line.id.clone()).collect()
    }

    fn method(&self, build: &Build<'_>) -> Method {
        let mut nodes: Vec<_> = self
            .level(1)
            .map(|line| {
                let over = line.denominator.as_deref().map(|name| (name, 1.0));
                let steps = format!("[{}]", build.steps(line));
                indicator(&line.id, measured(&line.id, over), line.sign, &steps)
            })
            .collect();
        for level in 2..=4 {
            let made: Vec<_> = self
                .level(level)
                .map(|line| {
                    let children: Vec<(String, f64)> = self
                        .lines
                        .iter()
                        .filter(|child| child.parent == line.id)
                        .map(|child| (child.id.clone(), build.weight(child)))
                        .collect();
                    let weights =
                        if level == 2 { build.first_weights() } else { Weights::Declared };
                    parent(
                        &nodes,
                        &line.id,
                        &children,
                        (build.function(), weights),
                        build.require(),
                    )
                })
                .collect();
            nodes.extend(made);
        }
        method(nodes)
    }

    fn run(&self, build: &Build<'_>) -> Index {
        run(&self.method(build), &self.set).0
    }

    /// Compares columns of a file by unit.
    fn columns(
        &self,
        expected: &Frame,
        ids: &[String],
        got: impl Fn(&str) -> Vec<f64>,
        tally: &mut Tally,
    ) {
        for id in ids {
            let got = got(id);
            for row in &expected.rows {
                let code = expected.text(row, "uCode");
                tally.cell(
                    &format!("{id} {code}"),
                    got[self.set.unit(code)],
                    expected.number(row, id),
                );
            }
        }
    }
}

/// A way to build the index.
struct Build<'a> {
    impute: &'a str,
    treat: &'a str,
    norm: &'a str,
    agg: &'a str,
    weights: &'a str,
}

impl Build<'_> {
    const REFERENCE: Self = Build {
        impute: "i_mean_grp",
        treat: "default",
        norm: "mm100",
        agg: "amean",
        weights: "original",
    };

    fn steps(&self, line: &Line) -> String {
        let impute = match self.impute {
            "i_mean_grp" => "{ impute = { mean = { within = 'EurAsia_group' } } }, ",
            "i_median_grp" => "{ impute = { median = { within = 'EurAsia_group' } } }, ",
            "i_mean" => "{ impute = { mean = {} } }, ",
            "none" | "none_datthresh08" => "",
            other => panic!("{other}"),
        };
        let treat = |max: u32, second: &str| {
            format!(
                "{{ treat = {{ try = [ {{ winsorise = {{ max = {max} }} }}, {second} ], keep = 'last' }} }}, "
            )
        };
        let treat = match self.treat {
            "default" => treat(5, "{ log_ct = {} }"),
            "winmax2" => treat(2, "{ log_ct = {} }"),
            "box05" => treat(1, "{ boxcox = { lambda = 0.5 } }"),
            "none" => String::new(),
            other => panic!("{other}"),
        };
        let norm = match self.norm {
            "mm100" => "{ minmax = { to = [0, 100] } }".into(),
            "mm1_100" => "{ minmax = { to = [1, 100] } }".into(),
            "z01" => "{ zscore = {} }".into(),
            "z10_2" => "{ zscore = { mean = 10, sd = 2 } }".into(),
            "prank" => "{ percent_rank = { decimals = 20 } }".into(),
            "rank" => "{ rank = { order = 'lowest-first', decimals = 20 } }".into(),
            "borda" => "{ borda = { decimals = 20 } }".into(),
            "dist2max" => "{ distance_to_max = {} }".into(),
            "dist2ref" => "{ distance_to_reference = { unit = 'ITA' } }".into(),
            "dist2targ" => format!("{{ distance_to_target = {{ target = {:?} }} }}", line.target),
            "denominated" => String::new(),
            other => panic!("{other}"),
        };
        format!("{impute}{treat}{norm}")
    }

    fn function(&self) -> &'static str {
        match self.agg {
            "amean" => "'arithmetic'",
            "gmean" => "'geometric'",
            "hmean" => "'harmonic'",
            "gen2" => "{ generalised = { p = 2 } }",
            other => panic!("{other}"),
        }
    }

    fn weight(&self, child: &Line) -> f64 {
        match (self.weights, child.id.as_str()) {
            ("equal_index_30_70", "Conn") => 0.3,
            ("equal_index_30_70", "Sust") => 0.7,
            ("equal_index_30_70", _) => 1.0,
            _ => child.weight,
        }
    }

    fn first_weights(&self) -> Weights {
        match self.weights {
            "pca_level1" => Weights::Pca(PcaWeights { signs: Signs::AsIs }),
            _ => Weights::Declared,
        }
    }

    fn require(&self) -> f64 {
        if self.impute == "none_datthresh08" { 0.8 } else { 0.0 }
    }
}

fn steps(folder: &Path) -> String {
    let asem = Asem::new(folder);
    let index = asem.run(&Build::REFERENCE);
    let ids = asem.ids(1);
    let mut tally = Tally::default();
    for (file, step) in [
        ("denominated", "value"),
        ("imputed", "impute"),
        ("treated", "treat"),
        ("normalised", "minmax"),
    ] {
        let expected = golden(folder, &format!("asem_step_{file}.csv"));
        asem.columns(&expected, &ids, |id| after(&index, id, step).values().to_vec(), &mut tally);
    }
    let expected = golden(folder, "asem_step_aggregated.csv");
    let above: Vec<String> = [asem.ids(2), asem.ids(3), asem.ids(4)].concat();
    asem.columns(&expected, &above, |id| values(&index, id).to_vec(), &mut tally);
    tally.all()
}

fn variants(folder: &Path) -> String {
    let asem = Asem::new(folder);
    let (table, expected) =
        (golden(folder, "asem_variant_table.csv"), golden(folder, "asem_variants.csv"));
    let above: Vec<String> = [asem.ids(2), asem.ids(3), asem.ids(4)].concat();
    let mut tally = Tally::default();
    for row in &table.rows {
        let text = |name| table.text(row, name);
        let build = Build {
            impute: text("impute"),
            treat: text("treat"),
            norm: text("norm"),
            agg: text("agg"),
            weights: text("weights"),
        };
        let index = asem.run(&build);
        for line in expected.rows.iter().filter(|line| line[0] == text("id")) {
            let unit = asem.set.unit(expected.text(line, "uCode"));
            for id in &above {
                let what = format!("{} {id} {}", text("id"), expected.text(line, "uCode"));
                tally.within(&what, values(&index, id)[unit], expected.number(line, id), 1e-8);
            }
        }
    }
    tally.all_except(54, &SAME, DIGITS)
}

fn normalised(folder: &Path) -> String {
    let asem = Asem::new(folder);
    let mut tally = Tally::default();
    for norm in ["dist2ref", "dist2targ", "prank", "rank", "z01"] {
        let expected = golden(folder, &format!("asem_normalised_{norm}.csv"));
        let index = asem.run(&Build { norm, ..Build::REFERENCE });
        asem.columns(&expected, &asem.ids(1), |id| values(&index, id).to_vec(), &mut tally);
    }
    tally.all_except(6, &["TolMin"], DIGITS)
}

fn treatment(folder: &Path) -> String {
    let asem = Asem::new(folder);
    let index = asem.run(&Build::REFERENCE);
    let (details, points) =
        (golden(folder, "asem_treat_details.csv"), golden(folder, "asem_treat_points.csv"));
    let mut tally = Tally::default();
    for row in &details.rows {
        let id = &row[0];
        let before = after(&index, id, "impute").values();
        let treated = after(&index, id, "treat").values();
        let shape = |tally: &mut Tally, stage: u32, values: &[f64]| {
            let base = stats::present(values);
            let cell = |name: &str| details.number(row, &format!("check_SkewKurt{stage}.{name}"));
            tally.cell(id, stats::moments(&base).skewness(), cell("Skew"));
            tally.cell(id, stats::moments(&base).kurtosis(), cell("Kurt"));
        };
        shape(&mut tally, 0, before);
        let moved: Vec<usize> =
            (0..before.len()).filter(|&unit| before[unit] != treated[unit]).collect();
        if details.text(row, "check_SkewKurt1.Pass") == "TRUE" {
            shape(&mut tally, 1, treated);
            let ours = moved.len() as f64;
            tally.cell(&format!("{id} points"), ours, details.number(row, "winsorise.nwin"));
        }
        let told: Vec<_> = points.rows.iter().filter(|point| point[0] == *id).collect();
        if told.is_empty() {
            continue;
        }
        for point in told.iter().filter(|point| point[2].starts_with("win")) {
            let unit = asem.set.unit(&point[1]);
            tally.cell(&point.join(" "), before[unit], points.number(point, "before"));
            tally.cell(&point.join(" "), treated[unit], points.number(point, "after"));
        }
    }
    tally.all()
}

fn ranks(folder: &Path) -> String {
    let (asem, expected) = (Asem::new(folder), golden(folder, "asem_ranks.csv"));
    let index = asem.run(&Build::REFERENCE);
    let all = vec![true; asem.set.register.len()];
    let mut tally = Tally::default();
    let ids: Vec<String> = ["Index", "Conn", "Sust"].map(str::to_owned).to_vec();
    let places = |id: &str| stats::ranks(values(&index, id), &all, Ranking::default());
    asem.columns(&expected, &ids, places, &mut tally);
    let groups = asem.set.register.column("EurAsia_group").unwrap();
    for row in &expected.rows {
        let group = expected.text(row, "EurAsia_group");
        let inside: Vec<bool> = groups.iter().map(|known| known == group).collect();
        let found = stats::ranks(values(&index, "Index"), &inside, Ranking::default());
        let unit = asem.set.unit(&row[0]);
        tally.cell(&row[0], found[unit], expected.number(row, "Index_group_rank"));
    }
    tally.all()
}

fn removed(folder: &Path) -> String {
    let asem = Asem::new(folder);
    let nominal = asem.method(&Build::REFERENCE);
    let all = vec![true; asem.set.register.len()];
    let places = |method: &Method| {
        let index = run(method, &asem.set).0;
        stats::ranks(values(&index, "Index"), &all, Ranking::default())
    };
    let before = places(&nominal);
    let mut tally = Tally::default();
    let expected = golden(folder, "asem_remove_elements.csv");
    compare_removals(&nominal, "Index", &asem.set, &expected, &mut tally);
    for row in &expected.rows {
        let after = places(&without(&nominal, &row[1]));
        let moves: Vec<f64> = before.iter().zip(&after).map(|(a, b)| (a - b).abs()).collect();
        tally.cell(&row[1], stats::mean(&moves), expected.number(row, "mean_abs_rank_diff"));
    }
    let expected = golden(folder, "asem_remove_level2_ranks.csv");
    let elements: Vec<String> = expected.header[1..].to_vec();
    asem.columns(&expected, &elements, |id| places(&without(&nominal, id)), &mut tally);
    tally.all()
}

fn nominal_weights(folder: &Path) -> String {
    let (asem, expected) = (Asem::new(folder), golden(folder, "asem_eff_weights.csv"));
    let method = asem.method(&Build::REFERENCE);
    let index = run(&method, &asem.set).0;
    let weights = tree_weights(&method, &index, method.node("Index").unwrap());
    let mut tally = Tally::default();
    for row in &expected.rows {
        let got = weights[method.node(&row[0]).unwrap()];
        tally.cell(&row[0], got, expected.number(row, "EffWeight"));
    }
    tally.all()
}

fn alpha(folder: &Path) -> String {
    let (asem, expected) = (Asem::new(folder), golden(folder, "asem_cronbach.csv"));
    let index = asem.run(&Build::REFERENCE);
    let mut tally = Tally::default();
    for row in &expected.rows {
        let columns: Vec<Vec<f64>> =
            asem.children(&row[1])
                .iter()
                .map(|id| {
                    if row[0] == "Raw" { asem.set.measure(id) } else { values(&index, id).to_vec() }
                })
                .collect();
        let views: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        tally.cell(&row.join(" "), cronbach_alpha(&views).unwrap(), expected.number(row, "alpha"));
    }
    tally.all()
}

fn pca(folder: &Path) -> String {
    let asem = Asem::new(folder);
    let index = asem.run(&Build::REFERENCE);
    let families = |level: u32| -> Vec<(String, Vec<String>)> {
        asem.ids(level).into_iter().map(|id| (id.clone(), asem.children(&id))).collect()
    };
    [("asem_pca_level1.csv", families(2)), ("asem_pca_level2.csv", families(3))]
        .map(|(file, families)| {
            compare_components(&golden(folder, file), &families, |id| values(&index, id).to_vec())
        })
        .join("; ")
}

fn correlations(folder: &Path) -> String {
    let asem = Asem::new(folder);
    let index = asem.run(&Build::REFERENCE);
    let mut tally = Tally::default();
    let expected = golden(folder, "asem_corr_physical.csv");
    for row in &expected.rows {
        let kind = kind(expected.text(row, "method"));
        let link = correlate(kind, &asem.set.measure(&row[1]), &asem.set.measure(&row[0])).unwrap();
        let what = row.join(" ");
        tally.cell(&what, link.r, expected.number(row, "value"));
        let tolerance = if kind == Correlation::Pearson { 1e-9 } else { 0.05 };
        tally.within(&what, link.p, expected.number(row, "pvalue"), tolerance);
    }
    let expected = golden(folder, "asem_corr_ind_index.csv");
    for row in &expected.rows {
        let r = stats::pearson(values(&index, &row[1]), values(&index, &row[0])).unwrap();
        tally.cell(&row.join(" "), r, expected.number(row, "Correlation"));
    }
    let expected = golden(folder, "asem_corr_flags_070.csv");
    let mut flagged = 0;
    for pillar in asem.ids(2) {
        let ids = asem.children(&pillar);
        for (i, a) in ids.iter().enumerate() {
            for b in &ids[..i] {
                let r = stats::pearson(values(&index, a), values(&index, b)).unwrap();
                if r > 0.7 {
                    flagged += 1;
                    let row = expected.rows.iter().find(|row| {
                        row[0] == pillar
                            && (row[1..3] == [a.clone(), b.clone()]
                                || row[1..3] == [b.clone(), a.clone()])
                    });
                    tally.cell(&format!("{a} {b}"), r, expected.number(row.unwrap(), "Corr"));
                }
            }
        }
    }
    assert_eq!(flagged, expected.rows.len());
    tally.all()
}

fn raw(folder: &Path) -> String {
    let asem = Asem::new(folder);
    let file = golden(folder, "asem_stats_raw.csv");
    describe_all(&file, |id| asem.set.measure(id)).all_except(2, &["TolMin"], DIGITS)
}

fn screened(folder: &Path) -> String {
    let (asem, expected) =
        (Asem::new(folder), golden(folder, "asem_screen_denominated_byNA09.csv"));
    let build = Build { impute: "none", treat: "none", norm: "denominated", ..Build::REFERENCE };
    let mut method = asem.method(&build);
    let ids: Vec<String> = asem.ids(1).iter().map(|id| format!("'{id}'")).collect();
    let declared = format!(
        "[ {{ fill = {{ value = 0 }} }}, {{ screen = {{ of = [{}], present = 0.9 }} }} ]",
        ids.join(", ")
    );
    method.nodes[0].set_steps(super::steps(&declared));
    let index = run(&method, &asem.set).0;
    let mut tally = Tally::default();
    for row in &expected.rows {
        let unit = asem.set.unit(&row[0]);
        let cells: Vec<f64> = (0..49).map(|at| index.nodes[at].raw.values()[unit]).collect();
        let missing = cells.iter().filter(|x| x.is_nan()).count() as f64;
        let zeros = cells.iter().filter(|&&x| x == 0.0).count() as f64;
        tally.cell(&row[0], missing, expected.number(row, "N_missing"));
        tally.cell(&row[0], zeros, expected.number(row, "N_zero"));
        tally.cell(&row[0], 1.0 - missing / 49.0, expected.number(row, "Dat_Avail"));
        tally.cell(&row[0], 1.0 - zeros / (49.0 - missing), expected.number(row, "Non_Zero"));
        let kept = index.nodes[0].value.marks()[unit] != Mark::NotApplicable;
        let theirs = expected.text(row, "Included") == "TRUE";
        tally.cell(&row[0], f64::from(u8::from(kept)), f64::from(u8::from(theirs)));
    }
    tally.all()
}

fn strengths(folder: &Path) -> String {
    let (asem, expected) = (Asem::new(folder), golden(folder, "asem_strengths_AUT.csv"));
    let all = vec![true; asem.set.register.len()];
    let austria = asem.set.unit("AUT");
    let mut tally = Tally::default();
    for row in &expected.rows {
        let line = asem.level(1).find(|line| line.id == row[1]).unwrap();
        let column: Vec<f64> = asem.set.measure(&line.id).iter().map(|x| line.sign * x).collect();
        let ranking = Ranking { ties: Ties::Min, order: Order::HighestFirst, decimals: 9 };
        let place = stats::ranks(&column, &all, ranking)[austria];
        tally.cell(&row[1], place, expected.number(row, "Rank"));
        tally.cell(&row[1], line.sign * column[austria], expected.number(row, "Value"));
    }
    tally.all()
}

fn optimised(folder: &Path) -> String {
    let (asem, expected) = (Asem::new(folder), golden(folder, "asem_opt_weights_level3.csv"));
    let mut method = asem.method(&Build::REFERENCE);
    let top = method.node("Index").unwrap();
    let Origin::Children(aggregate) = &mut method.nodes[top].origin else { panic!("a parent") };
    aggregate.weights = Weights::Optimise(OptimisedWeights::default());
    let index = run(&method, &asem.set).0;
    let mut tally = Tally::default();
    let correlations: Vec<f64> = index.nodes[top]
        .weights
        .iter()
        .map(|weight| {
            stats::pearson(values(&index, &weight.child), values(&index, "Index")).unwrap()
        })
        .collect();
    tally.within("correlations", correlations[0] - correlations[1], 0.0, 1e-8);
    for row in &expected.rows {
        let weight = index.nodes[top].weights.iter().find(|weight| weight.child == row[0]).unwrap();
        tally.within(&row[0], weight.nominal, expected.number(row, "OptWeight"), 1e-4);
    }
    tally.all()
}
