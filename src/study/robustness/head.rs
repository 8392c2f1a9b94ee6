//! `[robustness]`: what the file is, how much is drawn, and how it is read.

use crate::index::aggregate::Share;
use crate::index::method::Status;
use crate::language::Label;
use crate::message::study::file::kinds;
use crate::message::study::robustness as message;
use crate::robustness::plan::{Design, Settings};
use crate::study::layers::{StatusWord, status};
use crate::study::methodology::{Bounds, Mention};
use crate::study::problem::Problems;
use crate::study::shape::{Entries, Entry, Spanned};
use crate::study::table::table;
use crate::study::values::{FileId, RelativePath, Text, TextOrNumber};

/// Most runs or points that a design has: a Sobol sequence of the library has no more.
const MOST_RUNS: u32 = 65_536;

table! {
    /// What the file is, and how much is drawn.
    pub(super) struct RobustnessTable as "`[robustness]`" {
        /// Identifier: lower-case letters, digits, `_` and `-`.
        required id: FileId,
        /// Version, as text.
        required version: TextOrNumber,
        /// `illustrative`, or `adopted` with `act`; taken from what it extends when absent.
        inherited status: StatusWord,
        /// The act that adopted it.
        optional act: Text,
        /// Title for reports; taken from what it extends when absent.
        inherited title: Label,
        /// Runs of each design: joint, choices alone, errors alone. At most 65,536.
        optional runs: u32 = 2048,
        /// Base points of the sensitivity design; 0 for none. At most 65,536.
        optional shares: u32 = 1024,
        /// Points of the joint design with one doubt drawn and all else as declared; 256, or `runs` where
        /// those are fewer, when absent.
        optional alone: u32,
        /// By how many cases a count is changed, at most, to find what moves a unit across the cut.
        optional cases: u32 = 3,
        /// How the points of choices are laid.
        optional design: Design = Design::Sobol,
        /// The text from which every draw follows; printed. Taken from what it extends when absent.
        inherited seed: Text,
        /// Lower and upper share of the interval of ranks.
        optional interval: Bounds = [0.05, 0.95],
        /// The share of the variants from which on a place is certain; its complement: out.
        optional certain: Share,
        /// Confidence of intervals of shares and of rank sets.
        optional confidence: f64 = 0.95,
        /// The measure of the people whom a wrong list loses.
        optional people: Mention,
        /// Doubts of what it extends that it leaves out, each with a reason that reports print.
        optional omit: Entries<Label>,
        /// Bundled name or path of a file of doubts of which this one replaces keys and adds doubts.
        optional extends: RelativePath,
    }
}

/// `[robustness]`, checked.
pub(super) struct Head {
    pub(super) id: String,
    pub(super) version: String,
    pub(super) status: Status,
    pub(super) title: Label,
    pub(super) settings: Settings,
}

impl RobustnessTable {
    pub(super) fn check(&self, problems: &mut Problems) -> Option<Head> {
        // what is extended has a name and a version of its own
        for (key, at) in [("id", &self.id.at), ("version", &self.version.at)] {
            if self.extends.is_written && at.file != self.site.at.file {
                self.site.missing(key, problems);
            }
        }
        let status = status(&self.status, &self.act, kinds::ROBUSTNESS, problems);
        let settings = self.settings(problems);
        Some(Head {
            id: self.id.value.clone()?,
            version: self.version.value.clone()?,
            status: status?,
            title: self.title.value.clone()?,
            settings: settings?,
        })
    }

    /// The doubts that the file leaves out, each with its reason.
    pub(super) fn omitted(&self) -> impl Iterator<Item = &Entry<Label>> {
        self.omit.value.iter().flatten()
    }

    fn settings(&self, problems: &mut Problems) -> Option<Settings> {
        check_count("runs", 1, &self.runs, problems);
        check_count("shares", 0, &self.shares, problems);
        let alone = self.alone.value.unwrap_or_else(|| self.runs.value.min(256));
        if alone > self.runs.value {
            problems.error(&self.alone.at, message::more_alone_than_runs(alone, self.runs.value));
        }
        if self.cases.value == 0 || self.cases.value > 100 {
            problems.error(&self.cases.at, message::no_cases());
        }
        let [low, high] = self.interval.value;
        if !(low > 0.0 && high < 1.0) {
            problems.error(&self.interval.at, message::no_interval());
        }
        let certain = self.certain.value.or_else(|| Share::fraction("19/20"))?;
        let [part, whole] = certain.terms().map(u128::from);
        if part * 2 <= whole {
            problems.error(&self.certain.at, message::certain_below_half());
        }
        let confidence = self.confidence.value;
        if !(confidence > 0.0 && confidence < 1.0) {
            problems.error(&self.confidence.at, message::no_confidence());
        }
        Some(Settings {
            runs: self.runs.value,
            shares: self.shares.value,
            alone,
            cases: self.cases.value,
            design: self.design.value,
            seed: self.seed.value.clone()?,
            interval: self.interval.value,
            certain,
            confidence,
        })
    }
}

/// A number of runs or points, which should be a power of two: there a Sobol sequence is even.
fn check_count(key: &str, least: u32, count: &Spanned<u32>, problems: &mut Problems) {
    let number = count.value;
    if number < least || number > MOST_RUNS {
        problems.error(&count.at, message::too_many_runs(key, least, MOST_RUNS));
    } else if number > 0 && !number.is_power_of_two() {
        let (below, above) = (number.next_power_of_two() / 2, number.next_power_of_two());
        problems.warning(&count.at, message::no_power_of_two(key, number, below, above));
    }
}
