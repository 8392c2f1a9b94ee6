//! A small hand-made run on which the reports are tested.

use std::collections::BTreeMap;

use super::model::{Telling, UNMASKED, View};
use super::provenance::{FileDigest, Provenance, Role};
use crate::index::method::{
    Aggregate, Child, Direction, Node, Origin as From, Output, Show, Statistic, Status, Steps,
    Summary, SummaryColumn,
};
use crate::index::steps::Step;
use crate::index::{Figures, Formula, Index, Method, Operand};
use crate::language::{Label, Language};
use crate::observation::{
    Cell, Counts, InputFile, Missing, Nature, Observations, Origin, Origins, Series,
};
use crate::quality::{Finding, Findings, Place, message};
use crate::register::{Register, Unit};
use crate::study::source::Absent;
use crate::study::{Adopted, Key, Measure, RegisterChoice, Selection, SignOff, Source, Study};

mod computed;

/// Five units in two counties, two indicators, one index.
pub(crate) struct Fixture {
    pub(crate) study: Study,
    pub(crate) method: Method,
    pub(crate) register: Register,
    pub(crate) observations: Observations,
    pub(crate) index: Index,
    pub(crate) findings: Findings,
    pub(crate) provenance: Provenance,
    telling: Telling,
}

impl Fixture {
    pub(crate) fn new() -> Self {
        Self {
            study: study(),
            method: method(),
            register: register(),
            observations: observations(),
            index: computed::index(),
            findings: findings(),
            provenance: provenance(),
            telling: Telling::default(),
        }
    }

    /// Withholds cells, by positions of series and area.
    pub(crate) fn withhold(&mut self, cells: &[(usize, usize)]) {
        self.observations.withheld = cells.iter().copied().collect();
    }

    pub(crate) fn view(&self) -> View<'_> {
        self.view_in(Language::Ro)
    }

    pub(crate) fn view_in(&self, language: Language) -> View<'_> {
        View {
            study: &self.study,
            figures: Figures {
                method: &self.method,
                register: &self.register,
                observations: &self.observations,
                index: &self.index,
                among: None,
            },
            findings: &self.findings,
            provenance: &self.provenance,
            selection: None,
            language,
            masks: &UNMASKED,
            telling: &self.telling,
        }
    }
}

fn label(ro: &str, en: &str) -> Label {
    Label { ro: ro.into(), en: en.into() }
}

fn step(json: &str) -> Step {
    serde_json::from_str(json).unwrap()
}

fn study() -> Study {
    let measure = |id: &str, nature| Measure {
        id: id.into(),
        nature,
        counts: (nature == Nature::Count).then_some(Counts::Persons),
        noun: None,
        selection: Selection::Column(id.into()),
        absent: Absent::NotAvailable,
        numbers: None,
        unit: None,
    };
    let source = |id: &str, file: &str, level: &str, measures| Source {
        line: 10,
        key: Some(Key::Area { level: "county".into(), column: "Judet".into() }),
        level: level.into(),
        publisher: Some("INS".into()),
        reference: Some("2024-01-01".into()),
        concept: Some("domicile".into()),
        measures,
        ..Source::new(id, file)
    };
    Study {
        title: label("Indicele de risc comunitar 2023", "Community risk index 2023"),
        lang: None,
        methodology: Some("irc".into()),
        programme: None,
        robustness: None,
        notice: Some(label("Date demonstrative & generate", "Demonstration & generated data")),
        omit: BTreeMap::from([("poverty".into(), "no UAT-level source yet".into())]),
        adopted: Some(Adopted {
            act: "Ordin 1".into(),
            date: "2026-01-15".into(),
            methodology_sha256: None,
            programme_sha256: None,
            robustness_sha256: None,
        }),
        letter: None,
        sign_off: Some(SignOff { prepared: Some("Compartiment A".into()), ..SignOff::default() }),
        register: RegisterChoice::Bundled { name: "ro-uat-2025".into(), aliases: None },
        units: None,
        accept: Vec::new(),
        lists: Vec::new(),
        sources: vec![
            source(
                "population",
                "inputs/pop.xlsx",
                "uat",
                vec![measure("children", Nature::Count), measure("total", Nature::Count)],
            ),
            source("unemployment", "inputs/*.csv", "county", vec![measure("rate", Nature::Rate)]),
        ],
        publish: None,
    }
}

fn indicator(id: &str, title: Label, formula: &str, names: &[&str]) -> Node {
    let names = names.iter().map(|&name| name.to_owned()).collect();
    Node {
        id: id.into(),
        label: title,
        unit: Some(Label::same("%")),
        direction: Direction::Risk,
        plausible: Some([0.0, 60.0]),
        overlaps: Vec::new(),
        origin: From::Measures(Formula::new(formula, names, first_operand)),
        steps: vec![step(r#"{"round":{"decimals":4}}"#)],
        recipes: Vec::new(),
    }
}

/// What a formula of the fixture answers: its first operand.
fn first_operand(operands: &[Operand<'_>]) -> Vec<Option<f64>> {
    match operands.first() {
        Some(Operand::Numbers(numbers)) => numbers.iter().copied().map(Some).collect(),
        Some(Operand::Texts(texts)) => vec![None; texts.len()],
        None => Vec::new(),
    }
}

fn method() -> Method {
    let children = vec![Child { node: 0, weight: 1.0 }, Child { node: 1, weight: 1.0 }];
    let output = |id: &str, title| Output {
        id: id.into(),
        label: title,
        of: 2,
        show: Show::Value,
        steps: vec![step(r#"{"round":{"decimals":9}}"#)],
        class: None,
        filter: None,
        within: None,
    };
    Method {
        id: "irc".into(),
        version: "0.1".into(),
        status: Status::Illustrative,
        title: label("Indicele de risc comunitar", "Community risk index"),
        description: None,
        over: None,
        period: None,
        headline: None,
        nodes: vec![
            indicator(
                "children",
                label("Ponderea copiilor", "Share of children"),
                "population.children / population.total * 100",
                &["population.children", "population.total"],
            ),
            indicator(
                "unemployed",
                label("Rata șomajului", "Unemployment rate"),
                "unemployment.rate",
                &["unemployment.rate"],
            ),
            Node {
                label: label("Scor IRC", "IRC score"),
                ..Node::new("irc", From::Children(Aggregate::of(children)), Steps::default())
            },
        ],
        outputs: vec![
            output("rank", label("Loc", "Rank")),
            output("class", label("Clasă", "Class")),
        ],
        summaries: vec![Summary {
            by: "county".into(),
            weight: None,
            columns: vec![SummaryColumn { id: "mean".into(), statistic: Statistic::Mean, of: 2 }],
        }],
    }
}

fn register() -> Register {
    let unit = |code: &str, name: &str, kind: &str, county: &str, region: &str| Unit {
        code: code.into(),
        name: name.into(),
        values: vec![kind.into(), county.into(), region.into()],
    };
    Register::new(
        "ro-uat-2025",
        label("Registrul UAT 2025", "Register of UATs 2025"),
        vec!["kind".into(), "county".into(), "region".into()],
        vec![
            unit("10", "Alfa", "town", "Alba", "Centru"),
            unit("11", "=2+3", "commune", "Alba", "Centru"),
            unit("12", "Gâștești", "commune", "Alba", "Centru"),
            unit("20", "Delta", "commune", "Cluj", "Nord-Vest"),
            unit("21", "23 August", "commune", "Cluj", "Nord-Vest"),
        ],
    )
    .unwrap()
}

fn observations() -> Observations {
    let file = |source: &str, path: &str, sheet: Option<&str>| InputFile {
        source: source.into(),
        path: path.into(),
        sha256: Some(super::provenance::sha256(path.as_bytes())),
        bytes: Some(1_234),
        format: if sheet.is_some() { "xlsx" } else { "text" }.into(),
        sheets: sheet.into_iter().map(str::to_owned).collect(),
        encoding: sheet.is_none().then(|| "UTF-8".into()),
        delimiter: sheet.is_none().then_some(','),
        rows_used: 5,
    };
    let at = |file, column, row| Origin { file, sheet: 0, row, column };
    let series = |name: &str, source, level: &str, nature, cells, origins| Series {
        name: name.into(),
        source,
        level: level.into(),
        nature,
        counts: None,
        cells,
        origins: Vec::into_iter(origins).map(Origins::from_iter::<Vec<Origin>>).collect(),
    };
    let count = |value: f64| Cell::Number(value);
    Observations {
        files: vec![
            file("population", "inputs/pop.xlsx", Some("2024")),
            file("unemployment", "inputs/a.csv", None),
            file("unemployment", "inputs/b.csv", None),
        ],
        series: vec![
            series(
                "population.children",
                0,
                "uat",
                Nature::Count,
                vec![
                    count(200.0),
                    count(400.0),
                    count(300.0),
                    count(0.0),
                    Cell::Missing(Missing::Confidential),
                ],
                vec![
                    vec![at(0, 4, 5), at(0, 4, 6)],
                    vec![at(0, 4, 7)],
                    vec![at(0, 4, 8)],
                    vec![at(0, 4, 9)],
                    vec![at(0, 4, 10)],
                ],
            ),
            series(
                "unemployment.rate",
                1,
                "county",
                Nature::Rate,
                vec![count(5.5), Cell::Missing(Missing::NotAvailable)],
                vec![vec![at(1, 2, 2), at(2, 2, 3)], Vec::new()],
            ),
        ],
        ..Observations::default()
    }
}

fn findings() -> Findings {
    let place = |row, text: &str| {
        Place::file("inputs/pop.xlsx").on_sheet("2024").at_row(row).at_column(4).with_text(text)
    };
    let mut findings = Findings::default();
    findings.push(
        Finding::new(
            &crate::message::index::NO_SCORE,
            "irc",
            message!(
                "1 unit has no score: no value of `children`",
                "1 unitate nu are scor: fără valoare pentru `children`"
            ),
        )
        .unit("21"),
    );
    findings.push(
        Finding::new(
            &crate::message::ingest::TEXT_IN_NUMBERS,
            "population",
            message!("a text in a column of numbers", "un text într-o coloană de numere"),
        )
        .hint(message!("correct the cell", "corectați celula"))
        .places([place(7, "lipsă"), place(9, "=HYPERLINK(\"x\")")]),
    );
    let many = (20..61).map(|row| place(row, "JUDETUL X"));
    findings.push(
        Finding::new(
            &crate::message::ingest::ROWS_DROPPED,
            "population",
            message!("41 county rows", "41 de rânduri de județ"),
        )
        .places(many),
    );
    findings.push(Finding::new(
        &crate::message::ingest::REPEATED_RATE,
        "unemployment",
        message!("the same rate everywhere", "aceeași rată peste tot"),
    ));
    let scope = crate::quality::Scope { rule: "repeated-rate", ..Default::default() };
    findings.accept(&scope, "văzut de comisie");
    findings.sort();
    findings
}

fn provenance() -> Provenance {
    let file = |role, name: &str| FileDigest {
        role,
        name: name.into(),
        sha256: super::provenance::sha256(name.as_bytes()),
    };
    Provenance {
        version: "0.1.0".into(),
        created: Some("2026-01-15".into()),
        files: vec![file(Role::Study, "study.toml"), file(Role::Methodology, "irc")],
        bag: None,
    }
}
