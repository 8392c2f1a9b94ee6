//! `[reserve]` and `[decisions]`: who waits for a place, and what happened after the list was published.

use super::context::ProgrammeContext;
use crate::message::study::programme as message;
use crate::selection::{Appeals, Decisions, Reserve, Vacancy};
use crate::study::ListKind;
use crate::study::problem::Problems;
use crate::study::table::table;
use crate::study::values::Text;

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
    }
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
        let rules = Decisions { policy, vacancy: self.vacancy.value };
        CheckedDecisions { rules, source, previous }
    }
}
