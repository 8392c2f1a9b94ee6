//! Selects with a quota: twenty communes, at most two of a county: `cargo run --example select_with_quota`.
#![expect(clippy::print_stdout, reason = "an example prints")]

use risk_index::run::{self, Request, demo};
use risk_index::watch::Unwatched;

const PROGRAMME: &[u8] = br#"
programme = { id = "twenty", status = "illustrative", title = "Twenty communes", score = "irc" }
eligible = { where = "kind = 'commune'" }
order = { decimals = 6 }
[[phase]]
id = "I"
upto = 20
quota = [ { by = "county", max = 2 } ]
"#;

fn main() {
    let inputs = demo::inputs();
    let beside = |_: &str| Ok(PROGRAMME.to_vec());
    let programme = Some("twenty.toml".to_owned());
    let request = Request { programme, beside: &beside, ..demo::request(&inputs) };
    let selected = run::select(&request, &Unwatched).expect("the rules allow a list");
    let register = &selected.run.register;
    let counties = register.column("county").expect("the bundled register has counties");
    for code in selected.selection.list() {
        let unit = register.position(code).expect("a selected unit is registered");
        println!("{:<20} {}", register.names()[unit], counties[unit]);
    }
}
