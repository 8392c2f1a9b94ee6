//! Published boundary files: which polygons reach their units, and who borders whom.

use std::collections::BTreeSet;
use std::path::Path;

use libtest_mimic::Trial;
use risk_index::boundaries::Border;
use risk_index::ingest::{Inputs, Reading, read};
use risk_index::quality::Finding;
use risk_index::register::{Matcher, bundled};
use risk_index::study::{Key, Layout, Source};

use crate::data::trial;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("boundaries/geojson_of_all_communes", geojson_of_all_communes),
        trial("boundaries/topojson_with_three_wrong_codes", topojson_with_three_wrong_codes),
        trial("boundaries/both_files_agree_on_neighbours", both_files_agree_on_neighbours),
        trial("boundaries/covasna_unsimplified", covasna_unsimplified),
    ]
}

struct Outcome {
    reading: Reading,
    findings: Vec<Finding>,
}

impl Outcome {
    fn read(folder: &Path, file: &str, (code, name): (&str, &str)) -> Self {
        let key = Key::Code {
            code: code.to_owned(),
            name: Some(name.to_owned()),
            county: None,
            period: None,
        };
        let source =
            Source { layout: Layout::Boundaries, key: Some(key), ..Source::new("borders", file) };
        let register = bundled("ro-uat-2025").unwrap();
        let matcher = Matcher::new(&register.register, &register.gazetteer, &register.aliases);
        let inputs = Inputs::Folder(folder.join("real-data/boundaries"));
        let (reading, findings) = read(&[source], &inputs, &matcher);
        Self { reading, findings: findings.iter().cloned().collect() }
    }

    fn told(&self, rule: &str) -> Vec<&Finding> {
        self.findings.iter().filter(|finding| finding.rule == rule).collect()
    }

    fn borders(&self) -> &[Border] {
        &self.reading.observations.borders["borders"]
    }

    fn areas(&self) -> usize {
        self.reading.observations.maps["borders"].areas.len()
    }

    fn summary(&self) -> String {
        let border: i64 = self.borders().iter().filter_map(|border| border.metres).sum();
        format!("{} areas, {} borders, {border} m", self.areas(), self.borders().len())
    }
}

fn comune(folder: &Path) -> Outcome {
    Outcome::read(folder, "comune2.geojson", ("natcode", "name"))
}

fn topojson(folder: &Path) -> Outcome {
    Outcome::read(folder, "ro-uats3_polygon-topo.json", ("siruta", "nume"))
}

/// 3,183 polygons of 3,186 features, six of them sectors; a unit has 5.8 neighbours on average.
fn geojson_of_all_communes(folder: &Path) -> String {
    let outcome = comune(folder);
    assert_eq!(outcome.areas(), 3_178 - outcome.told("code-name-mismatch").len());
    let empty = outcome.told("boundary-empty");
    assert_eq!(empty[0].places.len(), 3);
    assert!(outcome.told("boundary-overlap").is_empty());
    assert!(outcome.told("unknown-code").is_empty());
    let mean = 2.0 * outcome.borders().len() as f64 / outcome.areas() as f64;
    assert!((5.75..5.85).contains(&mean), "{mean} neighbours on average");
    outcome.summary()
}

/// Sânpetru Mare carries the code of Mănăștiur; Siliștea and Siliștea-Gumești are swapped.
fn topojson_with_three_wrong_codes(folder: &Path) -> String {
    let outcome = topojson(folder);
    let wrong: BTreeSet<&str> = outcome
        .told("code-name-mismatch")
        .iter()
        .filter_map(|finding| finding.unit.as_deref())
        .collect();
    let map = &outcome.reading.observations.maps["borders"];
    for code in ["157736", "154282", "154228"] {
        assert!(wrong.contains(code), "{wrong:?}");
        assert!(map.area(code).is_none(), "{code} has the polygon of another commune");
    }
    format!("{}, mismatches {wrong:?}", outcome.summary())
}

/// The files were simplified apart from each other, so a few short borders differ.
fn both_files_agree_on_neighbours(folder: &Path) -> String {
    let pairs = |outcome: &Outcome| -> BTreeSet<(String, String)> {
        outcome.borders().iter().map(|b| (b.a.clone(), b.b.clone())).collect()
    };
    let (one, two) = (pairs(&comune(folder)), pairs(&topojson(folder)));
    let both = one.intersection(&two).count();
    assert!(
        both * 100 > 97 * one.len().max(two.len()),
        "{both} of {} and {}",
        one.len(),
        two.len()
    );
    format!("{both} pairs in both, {} and {} in all", one.len(), two.len())
}

fn covasna_unsimplified(folder: &Path) -> String {
    let outcome = Outcome::read(folder, "uat_CV.geojson", ("SIRUTA", "UAT"));
    assert_eq!(outcome.areas(), 45);
    outcome.summary()
}
