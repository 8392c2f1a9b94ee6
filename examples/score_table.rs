//! Scores a table of one's own, held in memory: `cargo run --example score_table`.
#![expect(clippy::print_stdout, reason = "an example prints")]

use std::collections::BTreeMap;

use risk_index::ingest::Inputs;
use risk_index::run::{self, NamedBytes, Request, demo};
use risk_index::watch::Unwatched;

const TABLE: &[u8] = b"code,name,poverty,dropout\n1,Apa,30,4\n2,Bixad,42,9\n3,Certeze,18,2\n";
const STUDY: &[u8] = br#"
study = { title = "Three communes", methodology = "method.toml" }
register = { file = "table.csv", code = "code", name = "name" }
[[source]]
id = "table"
file = "table.csv"
key = { code = "code" }
numbers = { decimal = "." }
measure = [ { id = "poverty", column = "poverty", nature = "rate" },
            { id = "dropout", column = "dropout", nature = "rate" } ]
"#;
const METHOD: &[u8] = br#"
methodology = { id = "two", version = "1", status = "illustrative", title = "Two rates" }
indicator = [ { id = "poverty", value = "table.poverty", steps = [ "minmax" ] },
              { id = "dropout", value = "table.dropout", steps = [ "minmax" ] } ]
aggregate = [ { id = "score", of = { poverty = 2, dropout = 1 } } ]
"#;

fn main() {
    let inputs = Inputs::Held(BTreeMap::from([("table.csv".to_owned(), TABLE.into())]));
    let study = NamedBytes { name: "study.toml".to_owned(), bytes: STUDY.to_vec() };
    let beside = |_: &str| Ok(METHOD.to_vec());
    let request = Request { study, beside: &beside, ..demo::request(&inputs) };
    let run = run::compute(&request, &Unwatched).expect("the table is sound");
    let score = run.index.nodes.last().expect("the aggregate stands last");
    for (unit, name) in run.register.names().iter().enumerate() {
        println!("{name:<10} {:.3}", score.value.value(unit).unwrap_or(f64::NAN));
    }
}
