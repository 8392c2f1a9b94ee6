//! A country of any size whose sources hold invented numbers, in memory.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use risk_index::index::TraceMode;
use risk_index::ingest::Inputs;
use risk_index::run::{self, NamedBytes, Request, Run};
use risk_index::watch::Unwatched;
use rust_xlsxwriter::Workbook;

/// Units of one county; 42 counties make the size of Romania.
const OF_COUNTY: usize = 76;

const STUDY: &str = r#"
[study]
title       = "Bench"
methodology = "irc"

[register]
file    = "register.csv"
code    = "code"
name    = "name"
columns = { kind = "kind", county = "county", region = "region" }

[[source]]
id      = "population"
file    = "population.csv"
key     = { code = "code" }
measure = [
  { id = "total", column = "total", nature = "count", counts = "persons" },
  { id = "children", column = "children", nature = "count", counts = "persons" },
]

[[source]]
id      = "vmg"
file    = "vmg.xlsx"
key     = { code = "code" }
measure = [ { id = "families", column = "families", nature = "count", counts = "families" } ]

[[source]]
id      = "unemployment"
file    = "unemployment.csv"
key     = { code = "code" }
measure = [ { id = "rate", column = "rate", nature = "rate" } ]

[[source]]
id      = "dropout"
file    = "dropout.csv"
level   = "county"
key     = { county = "county" }
measure = [ { id = "rate", column = "rate", nature = "rate" } ]

[[source]]
id      = "poverty"
file    = "poverty.csv"
level   = "region"
key     = { region = "region" }
measure = [ { id = "rate", column = "rate", nature = "rate" } ]
"#;

/// The files of a study.
pub(crate) struct Country {
    pub(crate) inputs: Inputs,
    /// The workbook among them, and the texts, for readers that know nothing of the study.
    pub(crate) workbook: Vec<u8>,
    pub(crate) texts: Vec<Vec<u8>>,
}

impl Country {
    /// With so many units.
    pub(crate) fn of(units: usize) -> Self {
        let texts = texts(units);
        let workbook = workbook(units);
        let held = texts.iter().map(|(name, text)| (*name, text.clone().into_bytes()));
        let files = held.chain([("vmg.xlsx", workbook.clone())]);
        let files: BTreeMap<_, _> =
            files.map(|(name, bytes)| (name.to_owned(), Cow::Owned(bytes))).collect();
        let texts = texts.into_iter().map(|(_, text)| text.into_bytes()).collect();
        Self { inputs: Inputs::Held(files), workbook, texts }
    }

    /// The study of the country.
    pub(crate) fn request(&self) -> Request<'_> {
        Request {
            study: NamedBytes { name: "study.toml".to_owned(), bytes: STUDY.as_bytes().to_vec() },
            methodology: None,
            programme: None,
            doubts: None,
            inputs: &self.inputs,
            beside: &|path| {
                Err(std::io::Error::other(format!("nothing stands beside the study: {path}")))
            },
            trace: TraceMode::Keep,
        }
    }

    /// Runs it.
    pub(crate) fn run(&self) -> Run {
        run::compute(&self.request(), &Unwatched).expect("the study is sound")
    }
}

fn texts(units: usize) -> Vec<(&'static str, String)> {
    let mut register = "code,name,kind,county,region\n".to_owned();
    let mut population = "code,total,children\n".to_owned();
    let mut unemployment = "code,rate\n".to_owned();
    for unit in 0..units {
        let county = unit / OF_COUNTY;
        let kind =
            ["commune", "town", "municipality"][usize::from(unit % 10 == 0) * (1 + unit % 2)];
        writeln!(
            register,
            "{},Unit {unit},{kind},County {county},Region {}",
            code(unit),
            county / 5
        )
        .expect("a text takes any text");
        let total = 500 + draw(unit, 1) % 9_500;
        let children = total * (8 + draw(unit, 2) % 30) / 100;
        writeln!(population, "{},{total},{children}", code(unit)).expect("a text takes any text");
        let rate = draw(unit, 3) % 2_000;
        writeln!(unemployment, "{},{}.{:02}", code(unit), rate / 100, rate % 100)
            .expect("a text takes any text");
    }
    let counties = units.div_ceil(OF_COUNTY);
    vec![
        ("register.csv", register),
        ("population.csv", population),
        ("unemployment.csv", unemployment),
        ("dropout.csv", areas("county", "County", counties)),
        ("poverty.csv", areas("region", "Region", counties.div_ceil(5))),
    ]
}

fn areas(column: &str, prefix: &str, count: usize) -> String {
    let mut text = format!("{column},rate\n");
    for area in 0..count {
        let rate = draw(area, 4) % 400;
        writeln!(text, "{prefix} {area},{}.{}", rate / 10, rate % 10)
            .expect("a text takes any text");
    }
    text
}

fn workbook(units: usize) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, ["code", "name", "families"]).expect("the first row is in range");
    for unit in 0..units {
        let row = u32::try_from(unit + 1).expect("fewer units than rows");
        sheet.write(row, 0, code(unit)).expect("in range");
        sheet.write(row, 1, format!("Unit {unit}")).expect("in range");
        sheet.write(row, 2, (draw(unit, 5) % 120) as f64).expect("in range");
    }
    workbook.save_to_buffer().expect("the workbook is sound")
}

fn code(unit: usize) -> String {
    format!("{}", 1_000_000 + unit)
}

/// A number that looks drawn and depends on nothing but its place (the finaliser of splitmix64).
fn draw(unit: usize, salt: u64) -> u64 {
    let mut x = (unit as u64).wrapping_add(salt.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}
