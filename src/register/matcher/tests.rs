use super::*;
use crate::language::Label;
use crate::register::{Bundled, RowClass, Unit, bundled};

fn ro() -> Bundled {
    bundled("ro-uat-2025").unwrap()
}

fn matcher(of: &Bundled) -> Matcher<'_> {
    Matcher::new(&of.register, &of.gazetteer, &of.aliases)
}

#[track_caller]
fn named(matcher: &Matcher, name: &str, county: &str, expected: &str) {
    match matcher.name(name, Some(county)) {
        NameMatch::Unit(unit, _) => {
            assert_eq!(matcher.register().codes()[unit], expected, "{name}");
            assert!(matcher.is_name_of(name, unit), "{name}");
        }
        other => panic!("{name} in {county}: {other:?}"),
    }
}

#[test]
fn names_are_found_in_their_county_however_written() {
    let ro = ro();
    let matcher = matcher(&ro);
    let cases = [
        ("Alba Iulia", "Alba", "1017"),
        ("MUNICIPIUL ALBA IULIA", "AB", "1017"),
        ("Comuna Maracineni", "Arges", "13365"),
        ("MUNICIPIUL  GHEORGHENI", "Harghita", "83561"),
        ("C.A.ROSETTI", "BUZAU", "45815"),
        ("TG. OCNA", "BACAU", "20965"),
        ("TG-JIU", "GORJ", "77812"),
        ("SF.GHEORGHE", "COVASNA", "63394"),
        ("Rm. Valcea", "VALCEA", "167473"),
        ("INT.BUZAULUI", "COVASNA", "63580"),
        ("ORS. HUEDIN", "CLUJ", "55446"),
        ("Fantinele", "SUCEAVA", "148453"),
        ("Comuna Sinmihaiu de Cimpie", "Bistrita Nasaud", "34477"),
        ("Municipiul Orsova - Mehedinti", "Mehedinti", "110063"),
        ("UNGHENI (FOST BOSIA)", "IASI", "96003"),
        ("ABRĂMUȚ", "BIHOR", "27169"),
        ("COMUNA ABRAMUT", "Bihor", "27169"),
        ("Ciuhoi", "Bihor", "28610"),
        ("RAMETEA", "Alba", "6592"),
        ("RASCA", "Cluj", "59238"),
        ("Basarabi", "Constanta", "62360"),
        ("Pescari", "Caras", "53489"),
        ("Brazii", "Ialomita", "101243"),
        ("Silistea Noua", "Teleorman", "154282"),
        ("BUCURESTI", "Municipiul Bucuresti", "179132"),
        ("CGMB", "B", "179132"),
        ("23 AUGUST", "Constanta", "60598"),
        ("SUPLACUL DE BARCAU", "Bihor", "31262"),
    ];
    for (name, county, code) in cases {
        named(&matcher, name, county, code);
    }
}

#[test]
fn how_a_name_was_found_is_told() {
    let ro = ro();
    let matcher = matcher(&ro);
    let how = |name: &str, county: &str| match matcher.name(name, Some(county)) {
        NameMatch::Unit(_, how) => how,
        other => panic!("{name}: {other:?}"),
    };
    assert_eq!(how("Alba Iulia", "Alba"), How::Exact);
    assert_eq!(how("ALBA IULIA", "Alba"), How::Folded);
    assert_eq!(how("Voşlobeni", "Harghita"), How::Near);
    let alias = How::Alias(Label {
        ro: "redenumită Petreu la mutarea reședinței acolo".to_owned(),
        en: "renamed Petreu when the seat moved there".to_owned(),
    });
    assert_eq!(how("ABRAMUT", "BIHOR"), alias);
    let town = How::Alias(Label {
        ro: "oraș prin Legea 83/2004 și din nou comună prin Legea 37/2019".to_owned(),
        en: "a town by Law 83/2004 and again a commune by Law 37/2019".to_owned(),
    });
    assert_eq!(how("ORAȘ BĂNEASA", "CONSTANȚA"), town);
    assert_eq!(how("BĂNEASA", "CONSTANȚA"), How::Folded);
}

#[test]
fn a_name_in_several_counties_is_ambiguous_without_one() {
    let ro = ro();
    let matcher = matcher(&ro);
    let NameMatch::Ambiguous(units) = matcher.name("Vânători", None) else { panic!() };
    assert_eq!(units.len(), 5);
    assert!(matches!(matcher.name("Râșca", None), NameMatch::Ambiguous(_)));
    assert!(matches!(matcher.name("RISCA", None), NameMatch::Ambiguous(_)));
    assert!(matches!(matcher.name("Zlatnaa", None), NameMatch::Unknown(_)), "no near one");
    assert!(matches!(matcher.name("ZLATNA", None), NameMatch::Unit(_, How::Folded)));
    assert!(matches!(matcher.name("Zlatna", None), NameMatch::Unit(_, How::Exact)));
    assert!(matches!(matcher.name("ZLATNA", Some("Narnia")), NameMatch::Unknown(_)));
}

#[test]
fn a_bare_county_name_is_no_unit_without_a_county() {
    let ro = ro();
    let matcher = matcher(&ro);
    let arad = ro.register.position("9262").unwrap();
    assert_eq!(matcher.name("ARAD", None), NameMatch::Ambiguous(vec![arad]));
    assert_eq!(matcher.name("MUNICIPIUL ARAD", None), NameMatch::Unit(arad, How::Folded));
    assert_eq!(matcher.name("ARAD", Some("AR")), NameMatch::Unit(arad, How::Folded));
}

#[test]
fn no_county_row_becomes_the_town_of_its_name() {
    let ro = ro();
    let matcher = matcher(&ro);
    let counties = &ro.register.level("county").unwrap().areas;
    let mut traps = 0;
    for county in counties.iter().filter(|county| *county != "București") {
        let town = matcher.name(county, Some(county));
        for prefix in ["JUDETUL", "Județul", "JUDEŢUL", "Jud.", "CONSILIUL JUDETEAN"] {
            let label = format!("{prefix} {county}");
            let found = matcher.name(&label, Some(county));
            assert!(matches!(found, NameMatch::Unknown(_)), "{label}: {found:?}");
            assert_eq!(matcher.row_class(None, Some(&label), Some(county)), RowClass::County);
            assert_eq!(matcher.row_class(None, Some(&label), None), RowClass::County);
            if let NameMatch::Unit(unit, _) = town {
                assert!(!matcher.is_name_of(&label, unit), "{label}");
            }
        }
        traps += usize::from(matches!(town, NameMatch::Unit(..)));
    }
    assert_eq!(traps, 18);
}

#[test]
fn neighbours_at_one_letter_are_refused() {
    let ro = ro();
    let matcher = matcher(&ro);
    let county = ro.register.level("county").unwrap();
    let keys: Vec<String> = ro.register.names().iter().map(|name| Folded::of(name).key()).collect();
    let mut neighbours = Vec::new();
    for (unit, key) in keys.iter().enumerate() {
        let close = |other: &usize| {
            *other != unit
                && county.of_unit[*other] == county.of_unit[unit]
                && crate::spelling::distance(key, &keys[*other], 1).is_some()
        };
        if (0..keys.len()).any(|other| close(&other)) {
            neighbours.push(unit);
        }
    }
    // 57 with `â` written `a`, and Birda, whose neighbour Bârna is also written `Birna`.
    assert_eq!(neighbours.len(), 58);
    for unit in neighbours {
        let written = format!("{}x", ro.register.names()[unit]);
        let county = &ro.register.column("county").unwrap()[unit];
        let found = matcher.name(&written, Some(county));
        let NameMatch::Unknown(alike) = found else { panic!("{written}: {found:?}") };
        assert!(alike.contains(&unit), "{written}");
    }
}

#[test]
fn a_name_two_letters_off_is_refused_with_suggestions() {
    let ro = ro();
    let matcher = matcher(&ro);
    let suggested = |name: &str, county: &str| match matcher.name(name, Some(county)) {
        NameMatch::Unknown(units) => {
            units.iter().map(|&unit| ro.register.names()[unit].as_str()).collect::<Vec<_>>()
        }
        other => panic!("{name}: {other:?}"),
    };
    assert_eq!(suggested("HERCULANE", "CARAS-SEVERIN"), ["Băile Herculane"]);
    assert_eq!(suggested("NEGRESTI", "SATU MARE")[0], "Negrești-Oaș");
    assert_eq!(suggested("ZZZZZZ", "SATU MARE"), [""; 0]);
    assert_eq!(suggested("", "SATU MARE"), [""; 0]);
}

#[test]
fn a_village_is_never_taken_for_a_unit() {
    let ro = ro();
    let matcher = matcher(&ro);
    assert!(matches!(matcher.name("Bărăbanț", Some("Alba")), NameMatch::Unknown(_)));
    assert!(matches!(matcher.name("Goranu", Some("Valcea")), NameMatch::Unknown(_)));
    assert!(matches!(matcher.name("Cernele", Some("DJ")), NameMatch::Unknown(_)));
}

#[test]
fn code_and_name_of_different_units_are_told_apart() {
    let ro = ro();
    let matcher = matcher(&ro);
    let unit = |code| ro.register.position(code).unwrap();
    assert!(!matcher.is_name_of("SÂNPETRU MARE", unit("157736")));
    assert!(!matcher.is_name_of("SILIȘTEA", unit("154282")));
    assert!(!matcher.is_name_of("SILIȘTEA-GUMEȘTI", unit("154228")));
    assert!(!matcher.is_name_of("", unit("154228")));
    assert!(matcher.is_name_of("SILIȘTEA", unit("154228")));
    // what stands behind the head may be read as a tail or as part of a misspelt name
    let zalau = unit("139704");
    assert!(
        matches!(matcher.name("Zală, u?", Some("Sălaj")), NameMatch::Unit(found, _) if found == zalau)
    );
    assert!(matcher.is_name_of("Zală, u?", zalau));
}

#[test]
fn glued_codes_are_split_and_names_that_begin_with_a_number_are_not() {
    let ro = ro();
    let matcher = matcher(&ro);
    let cases = [
        ("40198 MUNICIPIUL BRASOV", Some(("40198", "MUNICIPIUL BRASOV"))),
        ("102543 1 DECEMBRIE", Some(("102543", "1 DECEMBRIE"))),
        ("60598 23 AUGUST", Some(("60598", "23 AUGUST"))),
        ("1018 MUNICIPIUL ALBA IULIA", Some(("1018", "MUNICIPIUL ALBA IULIA"))),
        ("10 JUDETUL ALBA", Some(("10", "JUDETUL ALBA"))),
        ("70049 CERNELE", Some(("70049", "CERNELE"))),
        ("23 AUGUST", None),
        ("1 DECEMBRIE", None),
        ("10 MAI", None),
        ("TOTAL", None),
        ("IS IASI", None),
        ("", None),
    ];
    for (text, expected) in cases {
        assert_eq!(matcher.split_glued(text), expected, "{text}");
    }
}

#[test]
fn totals_of_rows_lead_to_their_areas() {
    let ro = ro();
    let matcher = matcher(&ro);
    let total = |code, name, county| {
        let (level, area) = matcher.row_total(code, name, county)?;
        Some(ro.register.level(&level).unwrap().areas[area].clone())
    };
    assert_eq!(total(Some("AB"), Some("JUDETUL ALBA"), Some("ALBA")).unwrap(), "Alba");
    assert_eq!(total(None, Some("TOTAL"), Some("Brasov")).unwrap(), "Brașov");
    assert_eq!(total(None, Some("TOTAL"), Some("TOTAL")).unwrap(), "national");
    assert_eq!(total(None, Some("TOTAL"), None).unwrap(), "national");
    assert_eq!(total(Some("TOTAL"), None, None).unwrap(), "national");
    assert_eq!(total(None, Some("TOTAL"), Some("Narnia")), None);
    assert_eq!(total(None, Some("Mun. Bucuresti -incl. SAI"), None), None);
    assert_eq!(total(None, None, Some("ROMÂNIA")).unwrap(), "national");
    assert_eq!(total(None, Some("Regiunea VEST"), None).unwrap(), "Vest");
    assert_eq!(total(Some("10"), Some("CONSILIUL JUDETEAN"), Some("ALBA")), None);
    assert_eq!(total(Some("1017"), Some("ALBA IULIA"), Some("ALBA")), None);
}

#[test]
fn registers_of_other_countries_need_no_romanian_words() {
    let unit = |code: &str, name: &str, area: &str| Unit {
        code: code.into(),
        name: name.into(),
        values: vec![area.into()],
    };
    let register = Register::new(
        "md",
        Label::same("md"),
        vec!["raion".into()],
        vec![
            unit("0101", "Com Valley", "North"),
            unit("0102", "Valley", "North"),
            unit("0201", "Oraș", "South"),
            unit("0202", "Ниспорены", "South"),
            unit("0203", "Riverside", "South"),
        ],
    )
    .unwrap();
    let (gazetteer, aliases) = (Gazetteer::default(), Aliases::default());
    let matcher = Matcher::new(&register, &gazetteer, &aliases);
    let find = |name: &str, area| match matcher.name(name, area) {
        NameMatch::Unit(unit, _) => register.codes()[unit].as_str(),
        NameMatch::Ambiguous(_) | NameMatch::Unknown(_) => "",
    };
    assert_eq!(find("COM VALLEY", None), "0101");
    assert_eq!(find("valley", Some("north")), "0102");
    assert_eq!(find("valley", Some("south")), "");
    assert_eq!(find("ORAS", None), "0201");
    assert_eq!(find("НИСПОРЕНЫ", None), "0202");
    assert_eq!(find("Riversid", Some("South")), "0203");
    assert_eq!(matcher.row_class(None, Some("North"), None), RowClass::Region);
    assert_eq!(matcher.row_class(None, Some("TOTAL"), None), RowClass::National);
    assert_eq!(matcher.row_class(Some("0999"), Some("Lake"), None), RowClass::Unit);
    assert_eq!(matcher.area("raion", "SOUTH"), AreaMatch::Area(1, How::Folded));
    assert_eq!(matcher.area("uat", "0101"), AreaMatch::Area(0, How::Exact));
}

#[test]
fn a_code_is_read_however_it_is_disfigured() {
    let ro = bundled("ro-uat-2025").unwrap();
    let matcher = Matcher::new(&ro.register, &ro.gazetteer, &ro.aliases);
    let alba = ro.register.position("1017").unwrap();
    assert_eq!(matcher.code("1017"), CodeMatch::Unit(alba, How::Exact));
    assert_eq!(matcher.code(" 1017\u{a0}"), CodeMatch::Unit(alba, How::Exact));
    let written = ["1017.0", "1017,00", "1017.", "01017", "001017", "'01017", "1017.000000"];
    let framed = ["1 017", "RO1017", "SIRUTA 1017", "Cod SIRUTA: 1017", "1017-", "1017 *"];
    for text in written.into_iter().chain(framed) {
        assert_eq!(matcher.code(text), CodeMatch::Unit(alba, How::Folded), "{text}");
    }
    for text in ["1017.5", "1,017", "1 01 7", "1017,000", "", "0", "-1017", "1017a", "NR 1017"] {
        assert!(matches!(matcher.code(text), CodeMatch::Unknown { .. }), "{text}");
    }
}

#[test]
fn codes_of_other_things_are_told_apart() {
    let ro = bundled("ro-uat-2025").unwrap();
    let matcher = Matcher::new(&ro.register, &ro.gazetteer, &ro.aliases);
    let place = |code: &str| match matcher.code(code) {
        CodeMatch::Locality { name, parent } => (name, ro.register.codes()[parent].clone()),
        other => panic!("{code}: {other:?}"),
    };
    assert_eq!(place("138404"), ("Racșa".into(), "180091".into()));
    assert_eq!(place("179141"), ("București Sectorul 1".into(), "179132".into()));
    assert_eq!(place("70049"), ("Cernele".into(), "69900".into()));
    assert_eq!(place("167589.0"), ("Goranu".into(), "167473".into()));
    let county = ro.register.level("county").unwrap();
    for (code, name) in [("10", "Alba"), ("tm", "Timiș"), ("B", "București"), ("519", "Călărași")]
    {
        let area = county.position(name).unwrap();
        assert_eq!(matcher.code(code), CodeMatch::Area { level: "county".into(), area });
    }
}

#[test]
fn the_control_digit_words_the_message() {
    let ro = bundled("ro-uat-2025").unwrap();
    let matcher = Matcher::new(&ro.register, &ro.gazetteer, &ro.aliases);
    assert_eq!(matcher.code("1018"), CodeMatch::Unknown { is_mistyped: true });
    assert_eq!(matcher.code("180116"), CodeMatch::Unknown { is_mistyped: true });
    assert_eq!(matcher.code("180117"), CodeMatch::Unknown { is_mistyped: false });
    assert_eq!(matcher.code("n/a"), CodeMatch::Unknown { is_mistyped: false });
}

#[test]
fn codes_of_other_countries_are_any_text() {
    let unit = |code: &str| Unit { code: code.into(), name: code.into(), values: vec![] };
    let register = Register::new(
        "r",
        Label::same("r"),
        vec![],
        vec![unit("MD-01"), unit("007"), unit("07"), unit("08")],
    )
    .unwrap();
    let (gazetteer, aliases) = (Gazetteer::default(), Aliases::default());
    let matcher = Matcher::new(&register, &gazetteer, &aliases);
    let position = |code: &str| register.position(code).unwrap();
    assert_eq!(matcher.code("MD-01"), CodeMatch::Unit(position("MD-01"), How::Exact));
    assert_eq!(matcher.code("007"), CodeMatch::Unit(position("007"), How::Exact));
    assert_eq!(matcher.code("8"), CodeMatch::Unit(position("08"), How::Folded));
    assert_eq!(matcher.code("7"), CodeMatch::Unknown { is_mistyped: false }, "two codes fit");
}

#[test]
fn the_worked_examples_fit() {
    assert!(control_digit_fits("1017"));
    assert!(control_digit_fits("40198"));
    assert!(control_digit_fits("26312"), "computed from the left");
    assert!(!control_digit_fits_from_right("26312"));
    assert!(!control_digit_fits("1018"));
    assert!(!control_digit_fits("TM"));
    assert!(!control_digit_fits("1"));
    assert!(!control_digit_fits(""));
    assert!(!control_digit_fits("12345678"));
}
