use super::*;
use crate::index::Operand;

fn lookup(name: &str) -> Result<Kind, Advice> {
    match name {
        "population.children" | "population.total" | "a" | "b" => Ok(Kind::Number),
        "kind" => Ok(Kind::Text),
        other => Err(message::unknown_name(other).into()),
    }
}

/// Of no column anything is known.
fn nothing(_: &str) -> Known<'static> {
    Known::Nothing
}

const NONE: f64 = f64::NAN;

/// Evaluates on rows of `(a, b, kind)`.
fn evaluate(text: &str, wanted: Kind, rows: &[(f64, f64, Option<&str>)]) -> Vec<f64> {
    let formula =
        compile(text, wanted, &lookup, &nothing).unwrap_or_else(|refused| panic!("{refused:?}"));
    let a: Vec<f64> = rows.iter().map(|row| row.0).collect();
    let b: Vec<f64> = rows.iter().map(|row| row.1).collect();
    let kind: Vec<Option<&str>> = rows.iter().map(|row| row.2).collect();
    let operands: Vec<Operand<'_>> = formula
        .names()
        .iter()
        .map(|name| match name.as_str() {
            "a" | "population.children" => Operand::Numbers(&a),
            "kind" => Operand::Texts(&kind),
            _ => Operand::Numbers(&b),
        })
        .collect();
    formula.evaluate(&operands).into_iter().map(|value| value.unwrap_or(NONE)).collect()
}

#[track_caller]
fn number(text: &str, a: f64, b: f64, expected: f64) {
    let found = evaluate(text, Kind::Number, &[(a, b, Some("town")), (1.0, 2.0, None)]);
    assert_eq!(found.len(), 2, "{text}");
    assert!(
        found[0].to_bits() == expected.to_bits() || (found[0].is_nan() && expected.is_nan()),
        "{text}: {} instead of {expected}",
        found[0]
    );
}

#[track_caller]
fn condition(text: &str, a: f64, kind: Option<&str>, expected: f64) {
    let found = evaluate(text, Kind::Condition, &[(a, 3.0, kind), (1.0, 2.0, Some("x"))]);
    assert!(
        found[0].to_bits() == expected.to_bits() || (found[0].is_nan() && expected.is_nan()),
        "{text}: {} instead of {expected}",
        found[0]
    );
}

#[track_caller]
fn refused(text: &str, message: &str) {
    let refusals = compile(text, Kind::Number, &lookup, &nothing).expect_err(text);
    assert!(
        refusals.iter().any(|refusal| refusal.said.message.en.contains(message)),
        "{text}: {refusals:?} instead of {message}"
    );
}

#[test]
fn a_dotted_name_is_one_column_and_whole_numbers_do_not_truncate() {
    number("population.children / population.total * 100", 1.0, 4.0, 25.0);
    number("\"population.children\" / 2", 1.0, 0.0, 0.5);
    number("a + 1 / 2", 1.0, 0.0, 1.5);
    number("-a - -b", 1.0, 4.0, 3.0);
    number("(a + b) * 2", 1.0, 4.0, 10.0);
}

#[test]
fn division_by_zero_comes_out_as_it_is() {
    number("a / b", 1.0, 0.0, f64::INFINITY);
    number("a / b", -1.0, 0.0, f64::NEG_INFINITY);
    number("a / b", 0.0, 0.0, NONE);
    number("CASE WHEN b = 0 THEN 0 ELSE a / b END", 0.0, 0.0, 0.0);
}

#[test]
fn a_missing_operand_makes_the_result_missing() {
    number("a + b", NONE, 1.0, NONE);
    number("a * 0", NONE, 1.0, NONE);
    number("LEAST(a, b)", NONE, 1.0, NONE);
    number("GREATEST(a, b, 7)", 1.0, NONE, NONE);
    number("POWER(a, 0)", NONE, 1.0, NONE);
    number("COALESCE(a, b)", NONE, 1.0, 1.0);
    number("COALESCE(a, NULL, 5)", NONE, 1.0, 5.0);
    number("CASE WHEN a IS NULL THEN 9 ELSE a END", NONE, 1.0, 9.0);
    number("CASE WHEN a IS NOT NULL THEN a END", NONE, 1.0, NONE);
}

#[test]
fn a_case_whose_condition_is_missing_is_missing() {
    number("CASE WHEN a > 5 THEN 1 ELSE 0 END", NONE, 1.0, NONE);
    number("CASE WHEN b = 1 THEN 2 WHEN a > 5 THEN 1 ELSE 0 END", NONE, 1.0, 2.0);
    number("CASE WHEN b = 7 THEN 2 WHEN a > 5 THEN 1 ELSE 0 END", NONE, 1.0, NONE);
    number("CASE WHEN 0 / b > 5 THEN 1 ELSE 0 END", 1.0, 0.0, NONE);
    number("COALESCE(CASE WHEN a > 5 THEN 1 ELSE 0 END, 0)", NONE, 1.0, 0.0);
}

#[test]
fn a_case_compares_texts_and_gives_texts_or_numbers() {
    number("CASE kind WHEN 'town' THEN 3 WHEN 'commune' THEN 2 ELSE a END", 1.0, 0.0, 3.0);
    number("CASE WHEN CASE WHEN a > 0 THEN 'x' ELSE kind END = 'x' THEN 1 ELSE 2 END", 1., 0., 1.);
    number("a * (kind = 'town')", 4.0, 0.0, 4.0);
    number("(a > 3) + (b > 3)", 4.0, 0.0, 1.0);
}

#[test]
fn functions_follow_their_definitions() {
    number("ABS(a)", -2.5, 0.0, 2.5);
    number("SQRT(a)", 9.0, 0.0, 3.0);
    number("SQRT(a)", -9.0, 0.0, NONE);
    number("CBRT(a)", 27.0, 0.0, 3.0);
    number("SIGN(a)", -3.0, 0.0, -1.0);
    number("LN(a)", 1.0, 0.0, 0.0);
    number("LN(a)", 0.0, 0.0, f64::NEG_INFINITY);
    number("LOG10(a)", 1000.0, 0.0, libm::log10(1000.0));
    number("EXP(a)", 1.0, 0.0, libm::exp(1.0));
    number("POWER(a, b)", 2.0, 0.5, libm::pow(2.0, 0.5));
    number("pow(a, 3)", 2.0, 0.5, 8.0);
    number("least(a, b, 3)", 5.0, 4.0, 3.0);
    number("GREATEST(a, b)", 5.0, 4.0, 5.0);
}

#[test]
fn conditions_follow_three_valued_logic() {
    condition("kind = 'commune'", 1.0, Some("commune"), 1.0);
    condition("kind = 'commune'", 1.0, Some("town"), 0.0);
    condition("kind = 'commune'", 1.0, None, NONE);
    condition("kind IN ('commune', 'town') AND a >= 1", 1.0, Some("town"), 1.0);
    condition("kind NOT IN ('commune', 'town')", 1.0, Some("town"), 0.0);
    condition("a > 1 OR TRUE", NONE, None, 1.0);
    condition("a > 1 AND FALSE", NONE, None, 0.0);
    condition("NOT a > 1", NONE, None, NONE);
    condition("a BETWEEN 1 AND 2", 2.0, None, 1.0);
    condition("a NOT BETWEEN 1 AND 2", 2.5, None, 1.0);
    condition("a <> 1", 1.0, None, 0.0);
    condition("a IS NULL", NONE, None, 1.0);
}

#[test]
fn only_scalar_expressions_can_be_written() {
    refused("SELECT a", "unexpected `a`");
    refused("(SELECT a FROM b)", "a query is not allowed");
    refused("read_csv('secret.csv')", "`READ_CSV` is not allowed");
    refused("a IN (SELECT a FROM b)", "a query is not allowed");
    refused("EXISTS (SELECT a)", "a query is not allowed");
    refused("SUM(a)", "`SUM` is not allowed");
    refused("SUM(a) OVER ()", "is not allowed");
    refused("ABS(a) OVER ()", "is not allowed");
    refused("COALESCE(DISTINCT a, b)", "is not allowed");
    refused("CAST(a AS INT)", "a cast is not allowed");
    refused("a::int", "a cast is not allowed");
    refused("COUNT(*)", "is not allowed");
    refused("ROUND(a, 2)", "`ROUND` is not allowed");
    refused("FLOOR(a)", "rounding is not allowed");
    refused("a % 2", "is not allowed");
    refused("kind LIKE 'x%'", "is not allowed");
    refused("kind || 'x'", "is not allowed");
    refused("a[1]", "is not allowed");
    refused("INTERVAL '1 day' + a", "is not allowed");
    refused("a; DROP TABLE b", "unexpected `;`");
    refused("a AS b", "unexpected `AS`");
    refused("a --b", "no comments");
    refused("a /* b */", "no comments");
    refused("ABS(a, b)", "`ABS` takes 1 arguments, found 2");
}

#[test]
fn kinds_are_checked_before_anything_runs() {
    refused("kind + 1", "this is a text");
    refused("kind", "this is a text");
    refused("kind = 1", "do not go together");
    refused("kind < 'x'", "texts have no order");
    refused("CASE WHEN a THEN 1 END + b", "a condition is needed");
    refused("COALESCE(a, 'x')", "do not go together");
    refused("1 + 1", "uses no column");
    refused("1e999 + a", "is not a number");
    refused("", "cannot be read");
    refused("a +", "cannot be read");
    let predicate = compile("a + 1", Kind::Condition, &lookup, &nothing).unwrap_err();
    assert_eq!(predicate[0].said.message.en, "a condition is needed here");
}

#[test]
fn every_wrong_name_is_told_with_its_place() {
    let refusals = compile("a + x.y / (b - zz)", Kind::Number, &lookup, &nothing).unwrap_err();
    let told: Vec<_> =
        refusals.iter().map(|r| (r.said.message.en.as_str(), r.span.clone())).collect();
    assert_eq!(told, [("unknown name `x.y`", 4..7), ("unknown name `zz`", 15..17)]);
}

#[test]
fn names_are_found_without_knowing_what_they_are() {
    let found = names("CASE WHEN x.y = 'k' THEN z ELSE LEAST(x.y, w) END").unwrap();
    let found: Vec<_> = found.iter().map(|name| name.name.as_str()).collect();
    assert_eq!(found, ["x.y", "z", "w"]);
    assert_eq!(single_name("kind").as_deref(), Some("kind"));
    assert_eq!(single_name("(kind)").as_deref(), Some("kind"));
    assert_eq!(single_name("a + b"), None);
}

#[test]
fn words_of_the_language_cannot_be_names() {
    for word in ["case", "select", "not", "null", "interval"] {
        assert!(!can_be_named(word), "{word}");
    }
    for word in ["total", "rate", "kind", "level", "date", "poverty", "x1"] {
        assert!(can_be_named(word), "{word}");
    }
}

#[test]
fn monstrous_formulas_are_refused_and_overflow_no_stack() {
    refused(&vec!["a"; 3_000].join("+"), "nested too deeply");
    refused(&"(".repeat(3_000), "cannot be read");
    refused(&"-".repeat(3_000), "no comments");
    refused(&"- ".repeat(3_000), "cannot be read");
    refused(&vec!["a"; 5_000].join("+"), "longer than");
    let mut nested = "a".to_owned();
    for _ in 0..12 {
        nested = format!("CASE WHEN {nested} BETWEEN 1 AND 2 THEN 1 ELSE 0 END");
    }
    refused(&nested, "too large");
    number(&vec!["a"; 150].join("+"), 1.0, 0.0, 150.0);
}

#[test]
fn many_rows_are_evaluated_in_place() {
    let rows: Vec<_> = (0..3_181).map(|n| (f64::from(n), 7.0, Some("town"))).collect();
    let found = evaluate("a / b * 100", Kind::Number, &rows);
    for (row, value) in rows.iter().zip(found) {
        assert_eq!(value.to_bits(), (row.0 / 7.0 * 100.0).to_bits());
    }
}

#[test]
fn conditions_joined_with_and_stand_alone() {
    let parts = |text: &str| conjuncts(text).join(" | ");
    assert_eq!(
        parts("kind IN ('commune', 'town') AND (a.b > 3 AND c.d BETWEEN 1 AND 2)"),
        "kind IN ('commune', 'town') | a.b > 3 | c.d BETWEEN 1 AND 2"
    );
    assert_eq!(parts("a = 1 OR b = 2 AND c = 3"), "a = 1 OR b = 2 AND c = 3");
    assert_eq!(parts("(a = 1 OR b = 2) AND c = 3"), "(a = 1 OR b = 2) | c = 3");
}

/// Numbers whose quotients, products and sums round in many ways.
const AWKWARD: &[f64] = &[
    0.0,
    -0.0,
    0.1,
    0.2,
    0.3,
    1.0,
    3.0,
    7.0,
    10.0,
    57.0,
    60.0,
    100.0,
    783.0,
    1_000.0,
    1e-300,
    1e300,
    0.57,
    13.05,
    -2.5,
    1.0 / 3.0,
    5e-324,
    123_456_789.123,
];

/// A number as a literal of a formula, to the bit; a negative one in brackets.
fn literal(number: f64) -> String {
    if number.is_sign_negative() { format!("(-{:?})", -number) } else { format!("{number:?}") }
}

#[track_caller]
fn to_the_bit(text: &str, values: (f64, f64), expected: f64) {
    let found = evaluate(text, Kind::Number, &[(values.0, values.1, None)])[0];
    let same = found.to_bits() == expected.to_bits() || (found.is_nan() && expected.is_nan());
    assert!(same, "{text} of {values:?}: {found:e} instead of {expected:e}");
}

#[test]
fn every_operator_is_exact_with_a_constant_on_either_side() {
    let truth = |holds: bool| f64::from(u8::from(holds));
    for &x in AWKWARD {
        for &y in AWKWARD {
            let expected = [
                ("+", x + y),
                ("-", x - y),
                ("*", x * y),
                ("/", x / y),
                ("=", truth(x == y)),
                ("<>", truth(x != y)),
                ("<", truth(x < y)),
                ("<=", truth(x <= y)),
                (">", truth(x > y)),
                (">=", truth(x >= y)),
            ];
            for (sign, expected) in expected {
                to_the_bit(&format!("a {sign} b"), (x, y), expected);
                to_the_bit(&format!("a {sign} {}", literal(y)), (x, y), expected);
                to_the_bit(&format!("{} {sign} b", literal(x)), (x, y), expected);
                let constants = format!("{} {sign} {} + 0 * a", literal(x), literal(y));
                // 0 * a is 0 where a is finite, and adding it turns -0 into 0
                to_the_bit(&constants, (x, y), expected + 0.0 * x);
            }
        }
    }
}

#[test]
fn every_function_is_exact_of_a_constant_and_of_a_column() {
    type Of = (&'static str, fn(f64) -> f64);
    let functions: [Of; 7] = [
        ("ABS", f64::abs),
        ("SQRT", f64::sqrt),
        ("CBRT", libm::cbrt),
        ("LN", libm::log),
        ("LOG10", libm::log10),
        ("EXP", libm::exp),
        ("POWER", |x| libm::pow(x, 0.5)),
    ];
    for &x in AWKWARD {
        for (name, function) in functions {
            let rest = if name == "POWER" { ", 0.5" } else { "" };
            to_the_bit(&format!("{name}(a{rest})"), (x, 1.0), function(x));
            let constant = format!("{name}({}{rest}) * b", literal(x));
            to_the_bit(&constant, (x, 1.0), function(x));
        }
    }
}

#[test]
fn a_share_is_the_nearest_double_and_meets_its_own_bound() {
    number("a / 100", 57.0, 0.0, 0.57);
    number("a / 10", 3.0, 0.0, 0.3);
    number("a / 60", 783.0, 0.0, 13.05);
    condition("a / 100 <= 0.57", 57.0, None, 1.0);
    condition("57 / 100 <= a / 100", 57.0, None, 1.0);
}

#[test]
fn a_formula_knows_from_its_tree_whether_it_leaves_rows_out_and_divides() {
    let lookup = |_: &str| Ok(Kind::Number);
    let facts = |text: &str| compile(text, Kind::Number, &lookup, &nothing).unwrap().facts();
    let both = |partial, divides| Facts { partial, divides };
    assert_eq!(facts("vmg.cases / vmg.families"), both(false, true));
    assert_eq!(facts("\"nullif/case\" + 1"), both(false, false));
    assert_eq!(facts("CASE WHEN a > 0 THEN b / a END"), both(true, true));
    assert_eq!(facts("CASE WHEN a > 0 THEN b ELSE a END"), both(false, false));
    assert_eq!(facts("CASE WHEN a > 0 THEN b ELSE NULL END"), both(true, false));
    assert_eq!(facts("CASE WHEN a IS NULL THEN 0 ELSE a / 2 END"), both(false, true));
}

#[test]
fn what_is_left_out_is_told_from_what_is_undefined() {
    let formula =
        compile("CASE WHEN a > 0 THEN b / b END", Kind::Number, &lookup, &nothing).unwrap();
    let columns: [&[f64]; 2] = [&[1.0, 0.0, 1.0], &[2.0, 2.0, 0.0]];
    let operands = columns.map(Operand::Numbers);
    let found = formula.evaluate(&operands);
    assert_eq!(found[..2], [Some(1.0), None]);
    assert!(found[2].is_some_and(f64::is_nan));
}

/// The table of formulas of the README: every row gives what it says.
#[test]
fn the_readme_says_what_formulas_give() {
    let readme = include_str!("../../../README.md");
    let cell = |text: &str| match text {
        "missing" => NONE,
        "infinite" => f64::INFINITY,
        number => number.parse().unwrap_or_else(|_| panic!("`{number}` is not a number")),
    };
    let rows = readme.lines().skip_while(|line| !line.starts_with("| formula | `a` |")).skip(2);
    let mut tried = 0;
    for row in rows.take_while(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [_, formula, a, b, gives, ..] = cells[..] else { panic!("{row}") };
        number(formula.trim_matches('`'), cell(a), cell(b), cell(gives));
        tried += 1;
    }
    assert_eq!(tried, 11);
}

#[test]
fn a_comparison_that_is_the_same_for_every_unit_is_refused() {
    let kinds: Vec<String> = ["commune", "town"].map(str::to_owned).into();
    let refused = |text: &str, is_closed: bool| -> Vec<String> {
        let known = |name: &str| match name {
            "kind" => Known::Words { all: &kinds, is_closed },
            "population.total" => Known::From(0.0),
            _ => Known::Nothing,
        };
        let refusals = compile(text, Kind::Condition, &lookup, &known).err().unwrap_or_default();
        let said = refusals.into_iter().map(|refusal| {
            let place = &text[refusal.span];
            let hint = refusal.said.hint.map(|hint| hint.en).unwrap_or_default();
            format!("{place}: {}; {hint}", refusal.said.message.en)
        });
        said.collect()
    };
    let none: [&str; 0] = [];
    assert_eq!(refused("kind = 'town' OR kind IN ('commune')", true), none);
    assert_eq!(
        refused("a > 1 AND kind = 'Town'", true),
        ["kind = 'Town': `kind` is never `Town`; did you mean `town`?"]
    );
    assert_eq!(
        refused("kind IN ('town', 'village')", true),
        ["'village': `kind` is never `village`; known here: `commune`, `town`"]
    );
    assert_eq!(refused("kind <> 'village'", false), none);
    assert_eq!(refused("kind <> 'comune'", false).len(), 1);
    assert_eq!(refused("CASE kind WHEN 'x' THEN 1 ELSE 2 END = 1", true).len(), 1);
    for constant in ["population.total < 0", "population.total >= 0", "-1 > population.total"] {
        assert_eq!(refused(constant, true).len(), 1, "{constant}");
    }
    for fine in ["population.total = 0", "population.total BETWEEN 0 AND 9", "1 < 2 AND a > 0"] {
        assert_eq!(refused(fine, true), none, "{fine}");
    }
}

#[test]
fn a_formula_knows_the_texts_it_compares() {
    let formula =
        compile("kind IN ('a', 'b') OR 'c' = kind", Kind::Condition, &lookup, &nothing).unwrap();
    let words: Vec<&str> = formula.words().iter().map(|(_, word)| word.as_str()).collect();
    assert_eq!(words, ["a", "b", "c"]);
}
