use super::*;
use crate::report::fixture::Fixture;
use crate::report::model;

fn text(fixture: &Fixture, language: Language) -> String {
    String::from_utf8(page(&model::page(&fixture.view_in(language)))).unwrap()
}

#[test]
fn a_commune_named_like_a_script_runs_nothing() {
    let evil = "<script>alert(1)</script>";
    let mut fixture = Fixture::new();
    fixture.register = crate::register::Register::new(
        "r",
        crate::language::Label::same("r"),
        vec!["kind".into(), "county".into(), "region".into()],
        (0..5)
            .map(|at| crate::register::Unit {
                code: format!("{at}\"><script>"),
                name: evil.into(),
                values: vec![evil.into(), "</script><script>x".into(), "R".into()],
            })
            .collect(),
    )
    .unwrap();
    fixture.study.title.ro = evil.into();
    fixture.method.nodes[0].label.ro = evil.into();
    fixture.method.nodes[2].unit = Some(crate::language::Label::same(evil));
    fixture.study.notice = Some(crate::language::Label::same(evil));
    fixture.study.omit.insert(evil.into(), evil.into());
    let text = text(&fixture, Language::Ro);
    // the data and the program of the page, and no third
    assert_eq!(text.matches("<script").count(), 2, "{text}");
    assert_eq!(text.matches("</script").count(), 2);
    assert!(!text.contains("alert(1)</script>"));
}

#[test]
fn the_page_asks_nothing_of_any_network() {
    let text = text(&Fixture::new(), Language::En);
    assert!(text.contains("Content-Security-Policy"));
    // the one address is the name of the namespace of drawings
    let addresses = text.matches("http").count() - text.matches("http-equiv").count();
    assert_eq!(addresses, text.matches("http://www.w3.org/2000/svg").count());
    for word in [" src=", "@import", "url(http", "<link"] {
        assert!(!text.contains(word), "{word}");
    }
}

#[test]
fn every_unit_has_a_row_and_its_state() {
    let text = text(&Fixture::new(), Language::Ro);
    assert_eq!(text.matches("<tr id=\"s").count(), 5);
    assert!(text.contains("Gâștești"));
    assert!(text.contains("lang=\"ro\""));
    assert!(text.contains("\"states\":\"....c\""));
    assert!(text.contains("METODOLOGIE ILUSTRATIVĂ"));
}
