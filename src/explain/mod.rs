//! Why a unit stands where it stands: from the cells of spreadsheets to its score, rank, class and
//! decision, and what would have changed the decision.
//!
//! Nothing here computes a number of its own: values come from the trace of the run, texts from the
//! input files, and every answer to "what if" from running the engine again.

mod accounts;
mod citation;
mod decision;
mod differences;
mod grid;
mod judge;
mod labels;
mod letter;
mod measures;
mod nodes;
mod text;
mod what_if;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::index::{self, Figures};
use crate::language::Label;
use crate::quality::Severity;
use crate::report::File;
use crate::report::folder::Kind;
use crate::study::LetterHead;

pub use accounts::Accounts;
pub(crate) use decision::{Against, DecisionAccount};
pub use judge::{Judge, Relist};
pub use letter::letter;
pub use measures::cells_of;
pub use nodes::{Entry, Shown, StepAccount};
pub(crate) use nodes::{NodeAccount, OutputAccount};
pub use text::text;
pub use what_if::Change;
pub(crate) use what_if::WhatIf;

/// The account of one unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// The register's code.
    pub code: String,
    /// Its name.
    pub(crate) name: String,
    /// Its register columns: kind, county, region.
    pub(crate) columns: BTreeMap<String, String>,
    /// Title of the study.
    pub(crate) study: Label,
    /// Notice of the study, printed wherever its numbers are.
    pub(crate) notice: Option<Label>,
    /// The methodology: id and version.
    pub(crate) methodology: String,
    /// Its version.
    pub(crate) method_version: String,
    /// Its title.
    pub(crate) method_title: Label,
    /// The act that adopted it; `None` when its numbers are assumptions.
    pub(crate) act: Option<String>,
    /// Version of the program.
    pub(crate) version: String,
    /// Indicators, then aggregates, in the order of the methodology.
    pub nodes: Vec<NodeAccount>,
    /// The columns that feed nothing: ranks, classes, contributions.
    pub(crate) outputs: Vec<OutputAccount>,
    /// Where it stands among the others.
    pub(crate) standing: Peers,
    /// What the programme decided, where one was applied.
    pub(crate) decision: Option<DecisionAccount>,
    /// Without a programme: the nearest unit by score in another class.
    pub(crate) against: Option<Against>,
    /// What the study says of letters.
    pub(crate) letter: Option<Box<LetterHead>>,
    /// SHA-256 of the list, the file `selection.csv`.
    pub(crate) list_digest: Option<String>,
    /// What was repaired, doubted or missing about it.
    pub(crate) findings: Vec<UnitFinding>,
    /// What a change of a single indicator would have done.
    pub what_if: Vec<WhatIf>,
}

/// A finding that names the unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct UnitFinding {
    /// The rule.
    pub rule: String,
    /// How serious it is.
    pub severity: Severity,
    /// In words.
    pub message: String,
    /// The same in both languages.
    #[serde(skip)]
    pub(crate) said: crate::quality::Message,
}

impl Explanation {
    /// The account of a node.
    pub(crate) fn node(&self, id: &str) -> Option<&NodeAccount> {
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
            said: finding.message.clone(),
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
pub const PAGES: Kind = Kind { noun: crate::message::report::PAGES, mark: MARK, own };

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

/// Neighbours listed on each side.
const SIDE: usize = 3;

/// The place of a unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Peers {
    /// The node that orders the units.
    pub score: Option<String>,
    /// Its value.
    pub value: Option<f64>,
    /// Whether it has one that is withheld, since it would give a small count back.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_withheld: bool,
    /// The place, from 1; those who share a score share the better place.
    pub place: Option<f64>,
    /// How many units share the place, this one among them.
    pub sharing: usize,
    /// How many units have a place.
    pub of: usize,
    /// Those just above, the nearest last.
    pub above: Vec<Peer>,
    /// Those just below, the nearest first.
    pub below: Vec<Peer>,
}

/// A neighbour.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Peer {
    /// Its place.
    pub place: Option<f64>,
    /// The register's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its county, where the register has one.
    pub county: String,
    /// Its score.
    pub value: Option<f64>,
}

/// Where every unit stands, found once for all.
#[derive(Debug)]
struct Standings {
    /// The units with a place, the one most at risk first.
    order: Vec<usize>,
    /// The position of each unit in `order`.
    position: Vec<Option<usize>>,
}

impl Standings {
    fn new(figures: &Figures<'_>) -> Self {
        let order = figures.most_at_risk(figures.register.len());
        let mut position = vec![None; figures.register.len()];
        order.iter().enumerate().for_each(|(at, &unit)| position[unit] = Some(at));
        Self { order, position }
    }

    /// Where a unit stands.
    fn of(&self, figures: &Figures<'_>, unit: usize) -> Peers {
        let (order, at) = (&self.order, self.position[unit]);
        let around =
            |from: usize, to: usize| order[from..to].iter().map(|&it| peer(figures, it)).collect();
        let (above, below) = match at {
            Some(at) => (
                around(at.saturating_sub(SIDE), at),
                around(at + 1, (at + 1 + SIDE).min(order.len())),
            ),
            None => (Vec::new(), Vec::new()),
        };
        Peers {
            score: figures.headline().map(|node| figures.method.nodes[node].id.clone()),
            value: figures.scores().and_then(|scores| scores.value(unit)),
            is_withheld: figures
                .scores()
                .is_some_and(|scores| scores.marks()[unit] == index::Mark::Withheld),
            place: at.and_then(|_| figures.place(unit)),
            sharing: if at.is_some() { figures.sharing(unit) } else { 0 },
            of: order.len(),
            above,
            below,
        }
    }
}

fn peer(figures: &Figures<'_>, unit: usize) -> Peer {
    Peer {
        place: figures.place(unit),
        code: figures.register.codes()[unit].clone(),
        name: figures.register.names()[unit].clone(),
        county: figures.register_text("county", unit).to_owned(),
        value: figures.scores().and_then(|scores| scores.value(unit)),
    }
}
