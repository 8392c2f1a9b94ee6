//! The table of match rates in `docs/published.md`, made from `rates.csv`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use risk_index::language::thousands;

use super::rates::Rate;

/// Lines between which the table stands.
const BEGIN: &str = "<!-- match rates: begin -->\n";
const END: &str = "<!-- match rates: end -->\n";

/// Cells of one release, or of one level of it.
struct Line {
    release: String,
    part: String,
    units: usize,
    cells: usize,
    equal: usize,
}

/// Compares the page with the table; with the word `write` puts the table there instead.
pub(super) fn check(rates: &[Rate], write: bool) -> String {
    let file = page();
    let text = fs::read_to_string(&file).unwrap();
    let (before, rest) = text.split_once(BEGIN).expect("the page has the table of match rates");
    let (shown, after) = rest.split_once(END).expect("the page ends the table of match rates");
    let table = table(rates);
    if write && shown != table {
        fs::write(&file, format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
        return "written into docs/published.md".to_owned();
    }
    assert_eq!(
        shown, table,
        "docs/published.md shows another table; RISK_INDEX_WRITE_PAGE=1 writes it"
    );
    format!("{} lines of the table", table.lines().count())
}

fn page() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/published.md")
}

fn table(rates: &[Rate]) -> String {
    let lines = lines(rates);
    let mut text = String::from(
        "| release | units | cells compared | cells equal | |\n|---|---:|---:|---:|---:|\n",
    );
    for line in &lines {
        let twice = lines.iter().filter(|other| other.release == line.release).count() > 1;
        let part = if twice && !line.part.is_empty() {
            format!(", from {}", line.part)
        } else {
            String::new()
        };
        row(&mut text, &format!("{}{part}", line.release), line);
    }
    let sum = |of: fn(&Line) -> usize| lines.iter().map(of).sum();
    let (release, part) = (String::new(), String::new());
    let all =
        Line { release, part, units: 0, cells: sum(|it| it.cells), equal: sum(|it| it.equal) };
    row(&mut text, "**all**", &all);
    text
}

fn row(text: &mut String, name: &str, line: &Line) {
    let units = if line.units == 0 { String::new() } else { thousands(line.units) };
    let share = if line.equal == line.cells {
        "exact".to_owned()
    } else {
        // cut off, not rounded: only what is exact may look so
        let hundredths = line.equal * 10_000 / line.cells;
        format!("{}.{:02} %", hundredths / 100, hundredths % 100)
    };
    let (cells, equal) = (thousands(line.cells), thousands(line.equal));
    writeln!(text, "| {name} | {units} | {cells} | {equal} | {share} |").unwrap();
}

fn lines(rates: &[Rate]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for rate in rates {
        let same = |line: &&mut Line| line.release == rate.release && line.part == rate.part;
        if let Some(line) = lines.iter_mut().find(same) {
            line.units = line.units.max(rate.units);
            line.cells += rate.cells;
            line.equal += rate.equal;
        } else {
            lines.push(Line {
                release: rate.release.clone(),
                part: rate.part.clone(),
                units: rate.units,
                cells: rate.cells,
                equal: rate.equal,
            });
        }
    }
    lines
}
