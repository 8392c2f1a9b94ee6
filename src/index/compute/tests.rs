use super::*;
use crate::index::Facts;
use crate::index::class::Class;
use crate::index::method::{
    Aggregate, Child, Direction, Node, Origin, Output, Show, Status, Steps, Summary, SummaryColumn,
};
use crate::index::{Evaluation, Formula, Mark, MeasuredValue, Operand, OutputColumn};
use crate::language::Label;
use crate::message;
use crate::observation::{Cell, Missing, Nature, Origins, Series};
use crate::register::Unit;

fn register() -> Register {
    let unit = |code: &str, county: &str, kind: &str| Unit {
        code: code.into(),
        name: format!("Place {code}"),
        values: vec![county.into(), kind.into()],
    };
    let units = vec![
        unit("1", "A", "commune"),
        unit("2", "A", "commune"),
        unit("3", "B", "commune"),
        unit("4", "B", "town"),
    ];
    Register::new("r", Label::same("r"), vec!["county".into(), "kind".into()], units).unwrap()
}

fn series(name: &str, level: &str, nature: Nature, cells: Vec<Cell>) -> Series {
    let origins = vec![Origins::default(); cells.len()];
    Series {
        name: name.into(),
        source: 0,
        level: level.into(),
        nature,
        counts: None,
        cells,
        origins,
    }
}

fn numbers(cells: &[f64]) -> Vec<Cell> {
    cells
        .iter()
        .map(|&x| if x.is_nan() { Cell::Missing(Missing::NotAvailable) } else { Cell::Number(x) })
        .collect()
}

fn number<'a>(operand: &'a Operand<'a>) -> &'a [f64] {
    match operand {
        Operand::Numbers(numbers) => numbers,
        Operand::Texts(_) => &[],
    }
}

fn ratio(text: &str, a: &str, b: &str) -> Formula {
    Formula::new(text, vec![a.into(), b.into()], |operands| {
        let (a, b) = (number(&operands[0]), number(&operands[1]));
        a.iter().zip(b).map(|(a, b)| Some(a / b)).collect()
    })
    .with(Facts { divides: true, ..Facts::default() })
}

fn same(name: &str) -> Formula {
    Formula::new(name, vec![name.into()], |operands| {
        number(&operands[0]).iter().copied().map(Some).collect()
    })
}

fn is_commune() -> Formula {
    Formula::new("kind = 'commune'", vec!["kind".into()], |operands| match operands[0] {
        Operand::Texts(words) => {
            words.iter().map(|word| Some(f64::from(u8::from(*word == Some("commune"))))).collect()
        }
        Operand::Numbers(_) => Vec::new(),
    })
}

fn steps(text: &str) -> Steps {
    #[derive(serde::Deserialize)]
    struct Line {
        steps: Steps,
    }
    toml::from_str::<Line>(&format!("steps = {text}")).unwrap().steps
}

fn node(id: &str, origin: Origin, declared: &str) -> Node {
    Node::new(id, origin, steps(declared))
}

fn mean_of(nodes: &[usize]) -> Origin {
    let children = nodes.iter().map(|&node| Child { node, weight: 1.0 });
    Origin::Children(Aggregate::of(children.collect()))
}

fn method(nodes: Vec<Node>) -> Method {
    Method {
        id: "m".into(),
        version: "1".into(),
        status: Status::Illustrative,
        title: Label::same("m"),
        description: None,
        over: None,
        period: None,
        headline: None,
        nodes,
        outputs: Vec::new(),
        summaries: Vec::new(),
    }
}

fn run(method: &Method, series: Vec<Series>) -> (Index, Findings) {
    let observations = Observations { series, ..Observations::default() };
    compute(method, &register(), &observations, TraceMode::Keep)
}

#[test]
#[expect(clippy::too_many_lines, reason = "one index, followed from end to end")]
fn an_index_is_computed_from_cells_to_ranks_and_classes() {
    let mut method = method(vec![
        node(
            "children",
            Origin::Measures(ratio("c / t", "c", "t")),
            "[ { minmax = { to = [0, 100] } } ]",
        ),
        node(
            "kind",
            Origin::Category("kind".into()),
            "[ { categories = { scores = { commune = 100, town = 0 } } } ]",
        ),
        node("index", mean_of(&[0, 1]), "[]"),
    ]);
    method.outputs = vec![
        Output {
            filter: Some(is_commune()),
            ..Output::new("rank", 2, steps("[ { round = { decimals = 9 } }, { rank = {} } ]"))
        },
        Output {
            class: Some(toml::from_str::<Class>("cuts = [60]\nlabels = ['low', 'high']").unwrap()),
            ..Output::new("class", 2, Steps::default())
        },
        Output { show: Show::Contributions, ..Output::new("part", 2, Steps::default()) },
    ];
    method.summaries = vec![Summary {
        by: "county".into(),
        weight: Some("t".into()),
        columns: vec![SummaryColumn {
            id: "mean".into(),
            statistic: crate::index::method::Statistic::Mean,
            of: 2,
        }],
    }];
    let (index, _) = run(
        &method,
        vec![
            series("c", "uat", Nature::Count, numbers(&[1.0, 2.0, 3.0, 4.0])),
            series("t", "uat", Nature::Count, numbers(&[10.0; 4])),
        ],
    );
    assert_eq!(index.nodes[1].raw.values(), [100.0, 100.0, 100.0, 0.0]);
    assert_eq!(index.nodes[1].raw.marks(), [Mark::Value; 4]);
    assert_eq!(index.nodes[1].words[3].as_deref(), Some("town"));
    let scores = index.nodes[2].value.values();
    let expected = [50.0, 200.0 / 3.0, 250.0 / 3.0, 50.0];
    assert!(scores.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12), "{scores:?}");
    let OutputColumn::Numbers(rank) = &index.outputs[0].column else { panic!("numbers") };
    assert_eq!(rank.values()[..3], [3.0, 2.0, 1.0]);
    assert_eq!(rank.marks()[3], Mark::NotApplicable);
    let labels = ["low", "high", "high", "low"].map(|label| Some(label.to_owned()));
    assert_eq!(index.outputs[1].column, OutputColumn::Classes(labels.to_vec()));
    assert_eq!(index.outputs[2].id, "part.children");
    let part = &index.outputs[2];
    assert_eq!((part.declared, part.of, part.child), (2, 2, Some(0)));
    let OutputColumn::Numbers(part) = &index.outputs[3].column else { panic!("numbers") };
    assert!((part.values()[1] - 0.75).abs() < 1e-12);
    assert!((index.summaries[0].columns[0].2[0] - f64::midpoint(50.0, 200.0 / 3.0)).abs() < 1e-12);
    let names: Vec<&str> = index.trace.iter().map(|column| column.step.as_str()).collect();
    assert_eq!(
        names,
        [
            "value",
            "minmax",
            "value",
            "categories",
            "value",
            "value",
            "round",
            "rank",
            "value",
            "value",
            "value"
        ]
    );
}

#[test]
fn a_coarse_count_is_never_put_over_a_finer_one() {
    let method = method(vec![node("vmg", Origin::Measures(ratio("f / p", "f", "p")), "[]")]);
    let (index, findings) = run(
        &method,
        vec![
            series("f", "county", Nature::Count, numbers(&[30.0, 5.0])),
            series("p", "uat", Nature::Count, numbers(&[100.0, 200.0, 10.0, f64::NAN])),
        ],
    );
    assert_eq!(index.nodes[0].raw.values()[..2], [0.1, 0.1]);
    assert!(index.nodes[0].raw.value(2).is_none(), "a part of the county has no people count");
    assert_eq!(index.nodes[0].level, "county");
    for rule in [
        &message::index::BROADCAST,
        &message::index::SUM_INCOMPLETE,
        &message::index::VALUE_MISSING,
    ] {
        assert!(findings.has(rule), "{}", rule.id);
    }
}

#[test]
fn a_division_of_nothing_by_nothing_is_told_whatever_its_measures_are_called() {
    let formula = ratio("cases / null_records", "cases", "null_records");
    let method = method(vec![node("vmg", Origin::Measures(formula), "[]")]);
    let (index, findings) = run(
        &method,
        vec![
            series("cases", "uat", Nature::Count, numbers(&[0.0, 2.0, 3.0, 4.0])),
            series("null_records", "uat", Nature::Count, numbers(&[0.0, 4.0, 4.0, 4.0])),
        ],
    );
    assert_eq!(index.nodes[0].raw.marks()[0], Mark::NotAvailable);
    let finding = findings.iter().find(|finding| finding.rule == "division-by-zero").unwrap();
    assert_eq!(finding.units.len(), 1);
}

#[test]
fn a_division_by_zero_is_told_and_is_no_value() {
    let method = method(vec![node("x", Origin::Measures(ratio("a / b", "a", "b")), "[]")]);
    let (index, findings) = run(
        &method,
        vec![
            series("a", "uat", Nature::Count, numbers(&[1.0, 0.0, 3.0, f64::NAN])),
            series("b", "uat", Nature::Count, numbers(&[0.0, 0.0, 2.0, 2.0])),
        ],
    );
    let marks = index.nodes[0].raw.marks();
    assert_eq!(marks, [Mark::NotAvailable, Mark::NotAvailable, Mark::Value, Mark::NotAvailable]);
    let finding = findings.iter().find(|finding| finding.rule == "division-by-zero").unwrap();
    assert_eq!(finding.units, ["1", "2"]);
    assert_eq!(finding.message.en, "`a / b` divides by zero for 2 units: Place 1 (1), Place 2 (2)");
}

#[test]
fn bounds_come_from_the_distribution_and_all_units_get_values() {
    let mut method = method(vec![node("x", Origin::Measures(same("x")), "[ { minmax = {} } ]")]);
    method.over = Some(is_commune());
    let (index, _) =
        run(&method, vec![series("x", "uat", Nature::Rate, numbers(&[1.0, 2.0, 3.0, 5.0]))]);
    assert_eq!(index.nodes[0].value.values(), [0.0, 0.5, 1.0, 2.0]);
    assert_eq!(index.ranked, [true, true, true, false]);
}

#[test]
fn the_weight_of_a_constant_child_goes_to_its_siblings() {
    let method = method(vec![
        node("x", Origin::Measures(same("x")), "[ { minmax = {} } ]"),
        node("y", Origin::Measures(same("y")), "[ { minmax = {} } ]"),
        node("index", mean_of(&[0, 1]), "[]"),
    ]);
    let (index, findings) = run(
        &method,
        vec![
            series("x", "uat", Nature::Rate, numbers(&[1.0, 2.0, 3.0, 5.0])),
            series("y", "uat", Nature::Rate, numbers(&[7.0; 4])),
        ],
    );
    assert_eq!(index.nodes[2].value.values(), [0.0, 0.25, 0.5, 1.0]);
    assert!(findings.has(&message::index::CONSTANT_COLUMN));
    assert!(!findings.has(&message::index::NO_SCORE));
}

#[test]
fn a_protective_indicator_is_turned_round_once() {
    let mut method = method(vec![node(
        "x",
        Origin::Measures(same("x")),
        "[ { minmax = {} }, { rank = { order = \"lowest-first\" } } ]",
    )]);
    method.nodes[0].direction = Direction::Protective;
    let (index, _) =
        run(&method, vec![series("x", "uat", Nature::Rate, numbers(&[1.0, 2.0, 3.0, 5.0]))]);
    assert_eq!(index.nodes[0].value.values(), [4.0, 3.0, 2.0, 1.0]);
}

/// A score of two means of two indicators each, one of them protective.
fn tree() -> Method {
    let indicator = |id: &str| node(id, Origin::Measures(same(id)), "[ { minmax = {} } ]");
    let mut method = method(vec![
        indicator("a"),
        indicator("b"),
        node("left", mean_of(&[0, 1]), "[]"),
        indicator("c"),
        node("score", mean_of(&[2, 3]), "[ { scale = { by = 10 } } ]"),
    ]);
    method.nodes[1].direction = Direction::Protective;
    method
}

fn measured() -> Observations {
    let series = vec![
        series("a", "uat", Nature::Rate, numbers(&[1.0, 2.0, 3.0, 5.0])),
        series("b", "uat", Nature::Rate, numbers(&[4.0, 8.0, 2.0, 1.0])),
        series("c", "uat", Nature::Rate, numbers(&[9.0, 7.0, 8.0, f64::NAN])),
    ];
    Observations { series, ..Observations::default() }
}

/// The columns of every node, to the bit.
fn bits(evaluation: &Evaluation) -> Vec<Vec<u64>> {
    let bits = |node| evaluation.value(node).values().iter().map(|value| value.to_bits()).collect();
    (0..5).map(bits).collect()
}

#[test]
fn a_variant_gives_what_a_method_declared_so_gives_whatever_is_remembered() {
    let (register, observations, declared) = (register(), measured(), tree());
    let graph = Graph::new(&declared, &register, &observations);
    let mut memo = Memo::default();
    let mut case = |variant: Variant, change: fn(&mut Method, &mut Observations)| {
        let (mut method, mut observations) = (tree(), measured());
        change(&mut method, &mut observations);
        let whole = Graph::new(&method, &register, &observations);
        let expected = evaluate(&whole, &Variant::default(), &mut Memo::default());
        for _ in 0..2 {
            assert_eq!(bits(&evaluate(&graph, &variant, &mut memo)), bits(&expected));
        }
    };
    let children = |method: &mut Method, node: usize| match &mut method.nodes[node].origin {
        Origin::Children(aggregate) => std::mem::take(&mut aggregate.children),
        _ => panic!("an aggregate"),
    };
    case(Variant::default(), |_, _| {});
    case(Variant::default().with_weights(4, vec![3.0, 1.0]), |method, _| {
        let Origin::Children(aggregate) = &mut method.nodes[4].origin else { panic!("children") };
        aggregate.children[0].weight = 3.0;
    });
    let third = MeasuredValue::Number(7.0);
    case(Variant::default().with_value(0, [2].into(), third), |_, observations| {
        observations.series[0].cells[2] = Cell::Number(7.0);
    });
    let ranks = Arc::new(steps("[ { percent_rank = {} } ]"));
    case(Variant::default().with_steps(1, ranks), |method, _| {
        method.nodes[1].steps = steps("[ { percent_rank = {} } ]").list().to_vec();
    });
    let mut greatest = Aggregate::of(children(&mut tree(), 2));
    greatest.combine = crate::index::aggregate::Combine::Max;
    case(Variant::default().with_aggregate(2, Arc::new(greatest)), |method, _| {
        let Origin::Children(aggregate) = &mut method.nodes[2].origin else { panic!("children") };
        aggregate.combine = crate::index::aggregate::Combine::Max;
    });
    case(Variant::default().without_child(2, 0), |method, _| {
        let Origin::Children(aggregate) = &mut method.nodes[2].origin else { panic!("children") };
        aggregate.children.remove(0);
    });
    case(Variant::default(), |_, _| {});
}

#[test]
fn only_what_a_change_touches_is_computed_again() {
    let (register, observations, method) = (register(), measured(), tree());
    let graph = Graph::new(&method, &register, &observations);
    let mut memo = Memo::default();
    let before = evaluate(&graph, &Variant::default(), &mut memo);
    let touched = |variant: Variant, memo: &mut Memo| -> Vec<bool> {
        let after = evaluate(&graph, &variant, memo);
        let is_shared =
            |node: usize| std::ptr::eq(before.value(node).values(), after.value(node).values());
        (0..5).map(|node| !is_shared(node)).collect()
    };
    let weights = Variant::default().with_weights(4, vec![1.0, 2.0]);
    assert_eq!(touched(weights, &mut memo), [false, false, false, false, true]);
    let value = Variant::default().with_value(0, [0].into(), MeasuredValue::Number(2.5));
    assert_eq!(touched(value, &mut memo), [true, false, true, false, true]);
    assert_eq!(touched(Variant::default(), &mut memo), [false; 5]);
}
