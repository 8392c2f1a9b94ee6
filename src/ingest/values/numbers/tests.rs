use super::*;

fn decide(texts: &[&str]) -> Decision {
    let mut evidence = Evidence::default();
    for text in texts {
        evidence.see(text);
    }
    evidence.decide()
}

#[track_caller]
fn format(texts: &[&str], decimal: char, thousands: Option<char>) {
    match decide(texts) {
        Decision::Format { format, .. } => {
            assert_eq!(format, NumberFormat { decimal, thousands }, "{texts:?}");
        }
        other => panic!("{texts:?}: {other:?}"),
    }
}

#[track_caller]
fn ambiguous(texts: &[&str]) {
    assert!(matches!(decide(texts), Decision::Ambiguous { .. }), "{texts:?}");
}

#[track_caller]
fn reads(text: &str, decimal: char, thousands: Option<char>, expected: f64) {
    let value = parse(text, NumberFormat { decimal, thousands }, &mut String::new());
    assert_eq!(value.map(f64::to_bits), Some(expected.to_bits()), "{text:?}");
}

#[test]
fn one_text_that_fits_only_one_reading_decides_the_column() {
    format(&["1.234", "0.5"], '.', None);
    format(&["1.234", "39,9"], ',', Some('.'));
    format(&["1.234.567", "12"], ',', Some('.'));
    format(&["1,234", "1,234.5"], '.', Some(','));
    format(&["1.234,5", "2"], ',', Some('.'));
    format(&[".6", "-.8", "12"], '.', None);
    format(&["0,123"], ',', None);
    format(&["1 234", "5"], '.', Some(' '));
    format(&["1\u{202f}234,5"], ',', Some(' '));
    format(&["1'234", "7"], '.', Some('\''));
    format(&["5", "7"], '.', None);
    format(&["12.5", "1234.75"], '.', None);
    format(&["3.4675e-05", "12"], '.', None);
}

#[test]
fn what_can_be_read_in_two_ways_is_not_guessed() {
    ambiguous(&["1.234"]);
    ambiguous(&["1,234", "792", "15,616"]);
    ambiguous(&["1.234", "5", "999"]);
}

#[test]
fn contradicting_texts_are_named() {
    assert_eq!(decide(&["39,9", "5.7"]), Decision::Conflict("39,9".into(), "5.7".into()));
}

#[test]
fn an_assumed_decimal_mark_settles_doubt() {
    let mut evidence = Evidence::default();
    evidence.see("1,234");
    evidence.assume_decimal('.');
    assert!(matches!(evidence.decide(), Decision::Format { format, .. }
            if format.thousands == Some(',')));
}

#[test]
fn numbers_are_read_with_all_their_dress() {
    reads(" 5,673     ", '.', Some(','), 5673.0);
    reads("18.042,59", ',', Some('.'), 18042.59);
    reads("1\u{a0}234", '.', Some(' '), 1234.0);
    reads("(1.234,5)", ',', Some('.'), -1234.5);
    reads("\u{2212}3", '.', None, -3.0);
    reads("'39,9", ',', None, 39.9);
    reads(".6", '.', None, 0.6);
    reads("-.8", '.', None, -0.8);
    reads("12,5 %", ',', None, 12.5);
    reads("-0", '.', None, 0.0);
    reads("0.1", '.', None, 0.1);
    reads("1’000’000", '.', Some('\''), 1_000_000.0);
    reads("3.4675855305978e-05", '.', None, 3.467_585_530_597_8e-5);
    reads("-1,5E-3", ',', None, -0.0015);
}

#[test]
fn what_is_no_number_is_refused() {
    for text in [
        "", "-", "abc", "1E+05", "1.5e5", "1.5E+05", "e-05", "12.5e-3", "1e-5x", "12 34",
        "1,23,456", "5.", "1..2", "<0.5", "2 lei", "()",
    ] {
        for (decimal, thousands) in READINGS {
            let format = NumberFormat { decimal, thousands };
            assert_eq!(parse(text, format, &mut String::new()), None, "{text:?} {format:?}");
        }
    }
}

#[test]
fn the_commonest_column_needs_no_telling() {
    assert!(matches!(decide(&["12.5", "7"]), Decision::Format { plain: true, .. }));
    assert!(matches!(decide(&["12,5"]), Decision::Format { plain: false, .. }));
}
