//! Integration tests: the command as its users run it, one module a subject.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod register_real;

mod ingest_real;

#[test]
fn the_library_links() {
    let register = risk_index::register::Register::new(
        "r",
        risk_index::language::Label::same("r"),
        Vec::new(),
        vec![risk_index::register::Unit { code: "1".into(), name: "a".into(), values: Vec::new() }],
    );
    assert_eq!(register.unwrap().len(), 1);
}
