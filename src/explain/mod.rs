//! Why a unit stands where it stands: from the cells of spreadsheets to its score, rank, class and
//! decision, and what would have changed the decision.
//!
//! Nothing here computes a number of its own: values come from the trace of the run, texts from the
//! input files, and every answer to "what if" from running the engine again.

mod decision;
mod letter;
mod measures;
mod nodes;
mod peers;
mod text;
mod what_if;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

pub use decision::{DecisionAccount, by_state};
pub use letter::letter;
use measures::Inputs;
pub use measures::{MeasureAccount, SourceCell, cells_of};
pub use nodes::{Entry, NodeAccount, OutputAccount, Shown, StepAccount};
pub use peers::{Peer, Peers};
pub use text::text;
pub use what_if::{Change, Judge, WhatIf, by_class, what_if};

use crate::ingest::RawCellTexts;
use crate::language::Label;
use crate::quality::Severity;
use crate::report::folder::Kind;
use crate::report::{File, View};

/// The account of one unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// The register's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its register columns: kind, county, region.
    pub columns: BTreeMap<String, String>,
    /// Title of the study.
    pub study: Label,
    /// Notice of the study, printed wherever its numbers are.
    pub notice: Option<Label>,
    /// The methodology: id and version.
    pub methodology: String,
    /// Its title.
    pub method_title: Label,
    /// The act that adopted it; `None` when its numbers are assumptions.
    pub act: Option<String>,
    /// Version of the program.
    pub version: String,
    /// Indicators, then aggregates, in the order of the methodology.
    pub nodes: Vec<NodeAccount>,
    /// The columns that feed nothing: ranks, classes, contributions.
    pub outputs: Vec<OutputAccount>,
    /// Where it stands among the others.
    pub standing: Peers,
    /// What the programme decided, where one was applied.
    pub decision: Option<DecisionAccount>,
    /// What was repaired, doubted or missing about it.
    pub findings: Vec<UnitFinding>,
    /// What a change of a single indicator would have done.
    pub what_if: Vec<WhatIf>,
}

/// A finding that names the unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitFinding {
    /// The rule.
    pub rule: String,
    /// How serious it is.
    pub severity: Severity,
    /// In words.
    pub message: String,
}

impl Explanation {
    /// Everything about the unit at that position of the register, but what a change would have
    /// done, which [`what_if`] answers.
    ///
    /// `written` holds the texts of the cells that [`cells_of`] names; a cell that is not in it is
    /// shown without its text. The run must have kept its trace.
    pub fn new(view: &View<'_>, unit: usize, written: &RawCellTexts) -> Self {
        let register = view.figures.register;
        let inputs = Inputs { figures: view.figures, sources: &view.study.sources, written };
        let column =
            |name: &String| (name.clone(), view.figures.register_text(name, unit).to_owned());
        let code = &register.codes()[unit];
        let about = |finding: &&crate::quality::Finding| finding.units.contains(code);
        Self {
            code: code.clone(),
            name: register.names()[unit].clone(),
            columns: register.columns().iter().map(column).collect(),
            study: view.study.title.clone(),
            notice: view.study.notice.clone(),
            methodology: format!("{} {}", view.figures.method.id, view.figures.method.version),
            method_title: view.figures.method.title.clone(),
            act: nodes::act(view.figures.method),
            version: view.provenance.version.clone(),
            nodes: nodes::nodes(&inputs, unit),
            outputs: nodes::outputs(&view.figures, unit),
            standing: peers::peers(&view.figures, unit),
            decision: view.selection.and_then(|chosen| decision::decision(chosen, register, unit)),
            findings: view.findings.iter().filter(about).map(UnitFinding::from).collect(),
            what_if: Vec::new(),
        }
    }

    /// The account of a node.
    pub fn node(&self, id: &str) -> Option<&NodeAccount> {
        self.nodes.iter().find(|node| node.id == id)
    }

    /// The node that stands for the whole.
    pub fn score(&self) -> Option<&NodeAccount> {
        self.node(self.standing.score.as_deref()?)
    }
}

impl From<&crate::quality::Finding> for UnitFinding {
    fn from(finding: &crate::quality::Finding) -> Self {
        Self {
            rule: finding.rule.to_owned(),
            severity: finding.severity,
            message: finding.message.en.clone(),
        }
    }
}

/// The file that marks a folder of accounts.
const MARK: &str = "pages.json";

/// What stands first in the mark.
const FORMAT: &str = "risk-index pages 1";

#[derive(Serialize, Deserialize)]
struct Mark {
    format: String,
    files: Vec<String>,
}

/// The folder of accounts.
pub const PAGES: Kind = Kind { noun: "set of pages", mark: MARK, own };

fn own(_: &Path, mark: &[u8]) -> Option<BTreeSet<String>> {
    let mark: Mark = serde_json::from_slice(mark).ok()?;
    let files = mark.files.into_iter().chain([MARK.to_owned()]);
    (mark.format == FORMAT).then(|| files.collect())
}

/// The pages with the file that marks their folder.
pub fn marked(mut pages: Vec<File>) -> Vec<File> {
    let files = pages.iter().map(|page| page.path.clone()).collect();
    let mark = Mark { format: FORMAT.to_owned(), files };
    let mut bytes = serde_json::to_vec_pretty(&mark).expect("a mark is plain data");
    bytes.push(b'\n');
    pages.push(File { path: MARK.to_owned(), bytes });
    pages
}
