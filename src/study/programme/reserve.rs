//! `[reserve]` and `[decisions]`: who waits for a place, and what happened after the list was published.

use schemars::JsonSchema;
use serde::Deserialize;

use super::context::ProgrammeContext;
use crate::message::study::file as values;
use crate::message::study::programme as message;
use crate::selection::{Appeals, Day, Decisions, Reserve, Silence, Vacancy};
use crate::study::ListKind;
use crate::study::problem::Problems;
use crate::study::table::table;
use crate::study::values::{Date, Text};

table! {
    /// Who waits: `size`, or `each` of every group.
    pub(super) struct ReserveTable as "`[reserve]`" {
        /// So many in all.
        optional size: u32,
        /// Classification of whose groups each has its own reserve.
        optional by: Text,
        /// How many in each group.
        optional each: u32,
    }
}

impl ReserveTable {
    /// `size = 100`, or `by = "county", each = 2`.
    pub(super) fn check(
        &self,
        context: &ProgrammeContext<'_>,
        problems: &mut Problems,
    ) -> Option<Reserve> {
        let by = context.classification(&self.by, problems);
        match [self.size.is_written, self.by.is_written, self.each.is_written] {
            [true, false, false] => self.size.value.map(Reserve::Size),
            [false, true, true] => Some(Reserve::Each { by: by?, each: self.each.value? }),
            _ => {
                problems.error(&self.site.at, message::reserve_of_nothing());
                None
            }
        }
    }
}

table! {
    /// What happened after the list was made.
    pub(super) struct DecisionsTable as "`[decisions]`" {
        /// A `[[source]]` with `layout = "decisions"`.
        optional source: Text,
        /// A `[[source]]` with `layout = "selection"`: the list that was published before.
        optional previous: Text,
        /// What a corrected input does to a list that was published.
        optional policy: Appeals = Appeals::Strict,
        /// Who may take a place that is given up.
        optional vacancy: Vacancy = Vacancy::Promote,
        /// When silence counts as a refusal.
        optional silent: SilentTable,
    }
}

table! {
    /// Who held a place before a day and has no answer up to it refuses on that day; who enters then
    /// is not yet silent. No clock is read: the key is added when the day has passed.
    pub(super) struct SilentTable as "`silent`" {
        /// The last day of an answer, `2026-03-01`.
        required after: Date,
        /// What silence counts as.
        required means: SilenceMeans,
    }
}

/// What silence counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum SilenceMeans {
    /// A refusal.
    Refused,
}

/// `[decisions]`, checked.
#[derive(Default)]
pub(super) struct CheckedDecisions {
    pub(super) rules: Decisions,
    pub(super) source: Option<String>,
    pub(super) previous: Option<String>,
}

impl DecisionsTable {
    pub(super) fn check(
        &self,
        context: &ProgrammeContext<'_>,
        problems: &mut Problems,
    ) -> CheckedDecisions {
        let source = context.list(&self.source, ListKind::Decisions, problems);
        let previous = context.list(&self.previous, ListKind::Selection, problems);
        let policy = self.policy.value;
        if policy == Appeals::HoldHarmless && !self.previous.is_written {
            problems.error(&self.policy.at, message::harmless_without_list());
        }
        let rules =
            Decisions { policy, vacancy: self.vacancy.value, silent: self.silence(problems) };
        CheckedDecisions { rules, source, previous }
    }
    fn silence(&self, problems: &mut Problems) -> Option<Silence> {
        let table = self.silent.value.as_ref()?;
        if !self.source.is_written {
            problems.error(&self.silent.at, message::silence_without_source());
        }
        let written = table.after.value.as_deref()?;
        let after = written.parse::<Day>();
        if after.is_err() {
            problems.error(&table.after.at, values::no_date(written));
        }
        match table.means.value? {
            SilenceMeans::Refused => after.ok().map(|after| Silence { after }),
        }
    }
}
