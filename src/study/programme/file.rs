//! The tables that a programme file may have, with the places of their keys, so that what the engine
//! refuses is shown in the file.

use super::amounts::WrittenNumber;
use super::budget::{BudgetTable, EnvelopeTable};
use super::capacity::{CapacityTable, ResourceTable};
use super::eligible::{Code, EligibleTable, LockTable, TestTable};
use super::order::OrderTable;
use super::phases::PhaseTable;
use super::programme_table::ProgrammeTable;
use super::require::RequireTable;
use super::reserve::{DecisionsTable, ReserveTable};
use super::unions::UnionsTable;
use crate::selection::{Objection, ProgrammeKey, RuleRef};
use crate::study::problem::{Spot, Texts};
use crate::study::shape::{Spanned, Tables};
use crate::study::table::table;

table! {
    /// A programme: who is chosen.
    pub(in crate::study) struct ProgrammeFile as "the programme", "program" {
        /// What the programme is.
        required programme: ProgrammeTable,
        /// Who may be chosen.
        optional eligible: EligibleTable,
        /// Who comes first.
        optional order: OrderTable,
        /// The money.
        optional budget: BudgetTable,
        /// Whether small neighbours may join under one project.
        optional unions: UnionsTable,
        /// Who waits for a place.
        optional reserve: ReserveTable,
        /// What happened after the list was made.
        optional decisions: DecisionsTable,
        /// How much work a search may do.
        optional effort: EffortTable,
        /// What the boundary report shows.
        optional boundary: BoundaryTable,
        /// What units need and what they have, set beside their risk.
        optional capacity: CapacityTable,
        /// Named tests of eligibility.
        optional test: Tables<TestTable>,
        /// The phases, in their order; at least one, or `capacity`.
        optional phase: Tables<PhaseTable>,
        /// Sums that the selected must come to.
        optional require: Tables<RequireTable>,
        /// Totals that documents give.
        optional envelope: Tables<EnvelopeTable>,
        /// What is needed and what there is.
        optional resource: Tables<ResourceTable>,
    }
}

table! {
    /// How much work a search may do.
    pub(super) struct EffortTable as "`[effort]`" {
        /// Nodes of a search, never a clock.
        required nodes: u64,
    }
}

table! {
    /// What the boundary report shows.
    pub(super) struct BoundaryTable as "`[boundary]`" {
        /// Units within so many points of a cut are listed.
        required margin: WrittenNumber,
    }
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// How messages call the file.
    pub(crate) file: String,
    /// From 1.
    pub(crate) line: u32,
}

/// The tables of a programme as they were read, each value with its place, and the texts in which
/// they stand.
#[derive(Clone, Debug)]
pub(crate) struct Positions {
    file: Box<ProgrammeFile>,
    texts: Texts,
}

impl Positions {
    pub(super) fn new(file: ProgrammeFile, texts: Texts) -> Self {
        Self { file: Box::new(file), texts }
    }

    /// The line of a key; the line of its table when the table lacks it, and none without a table.
    /// Of a key that each phase has, that of the first.
    pub(crate) fn of_key(&self, key: ProgrammeKey) -> Option<Line> {
        self.key(key).map(|at| self.line(at))
    }

    /// The line that a refusal is about: that of the narrowest rule which conflicts, of the unit that
    /// a list of units names, or of the key.
    pub(crate) fn of_refusal(&self, refused: &Objection) -> Option<Line> {
        if let Some(conflict) = &refused.conflict {
            let rule = conflict.rules.iter().find(|rule| names_a_key(rule));
            let at = match rule {
                Some(rule) => self.rule(rule),
                None => self.phase(&conflict.phase).map(|phase| &phase.upto.at),
            };
            return at.map(|at| self.line(at));
        }
        let key = refused.key?;
        let unit = refused.unit.as_deref().and_then(|code| self.unit(key, code));
        unit.or_else(|| self.key(key)).map(|at| self.line(at))
    }

    /// The line of a rule that is a key of its own.
    #[cfg(test)]
    pub(super) fn of_rule(&self, rule: &RuleRef) -> Option<Line> {
        self.rule(rule).map(|at| self.line(at))
    }

    fn line(&self, at: &Spot) -> Line {
        let (file, line) = self.texts.line(at);
        Line { file: file.to_owned(), line }
    }

    fn key(&self, key: ProgrammeKey) -> Option<&Spot> {
        let file = &self.file;
        let phase = || file.phase.value.as_ref()?.first();
        Some(match key {
            ProgrammeKey::Score => &file.programme.value.as_ref()?.score.at,
            ProgrammeKey::People => &file.programme.value.as_ref()?.people.at,
            ProgrammeKey::Exclude => &file.eligible.value.as_ref()?.exclude.at,
            ProgrammeKey::Include => &file.eligible.value.as_ref()?.include.at,
            ProgrammeKey::Unscored => &file.eligible.value.as_ref()?.unscored.at,
            ProgrammeKey::Decimals => &file.order.value.as_ref()?.decimals.at,
            ProgrammeKey::AcceptTies => &file.order.value.as_ref()?.accept_ties.at,
            ProgrammeKey::DrawBy => &file.order.value.as_ref()?.by.at,
            ProgrammeKey::Phases => return None,
            ProgrammeKey::Upto => &phase()?.upto.at,
            ProgrammeKey::PhaseLimit => &phase()?.limit.at,
            ProgrammeKey::Quota | ProgrammeKey::QuotaBy => &phase()?.quota.at,
            ProgrammeKey::Cost => &file.budget.value.as_ref()?.cost.at,
            ProgrammeKey::Limit => &file.budget.value.as_ref()?.limit.at,
            ProgrammeKey::WhenShort => &file.budget.value.as_ref()?.when_short.at,
            ProgrammeKey::MaxMembers => &file.unions.value.as_ref()?.max_members.at,
            ProgrammeKey::Same => &file.unions.value.as_ref()?.same.at,
            ProgrammeKey::Neighbours => &file.unions.value.as_ref()?.neighbours.at,
            ProgrammeKey::Population => &file.unions.value.as_ref()?.population.at,
            ProgrammeKey::ReserveBy => &file.reserve.value.as_ref()?.by.at,
            ProgrammeKey::Decisions => &file.decisions.value.as_ref()?.source.at,
            ProgrammeKey::Previous => &file.decisions.value.as_ref()?.previous.at,
            ProgrammeKey::Require => &file.require.value.as_ref()?.first()?.site.at,
            ProgrammeKey::Effort => &file.effort.value.as_ref()?.nodes.at,
        })
    }

    /// Where a list of units names a unit.
    fn unit(&self, key: ProgrammeKey, code: &str) -> Option<&Spot> {
        let eligible = self.file.eligible.value.as_ref()?;
        let locks: &Spanned<Option<Vec<LockTable>>> = match key {
            ProgrammeKey::Exclude => &eligible.exclude,
            ProgrammeKey::Include => &eligible.include,
            _ => return None,
        };
        let codes = locks.value.iter().flatten().filter_map(|lock| lock.code.value.as_ref());
        codes.flatten().find(|known| known.code == code).map(|Code { at, .. }| at)
    }

    fn phase(&self, id: &str) -> Option<&PhaseTable> {
        let mut phases = self.file.phase.value.iter().flatten();
        phases.find(|phase| phase.id.value.as_deref() == Some(id))
    }

    fn rule(&self, rule: &RuleRef) -> Option<&Spot> {
        match rule {
            RuleRef::Least { phase, by, .. }
            | RuleRef::Most { phase, by, .. }
            | RuleRef::Quota { phase, by, .. } => {
                let quotas = &self.phase(phase)?.quota;
                let mut known = quotas.value.iter().flatten();
                let quota = known.find(|quota| quota.by.value.as_deref() == Some(by));
                Some(quota.map_or(&quotas.at, |quota| &quota.site.at))
            }
            RuleRef::Money { .. } => self.key(ProgrammeKey::Limit),
            RuleRef::Sum { sum, .. } => {
                let mut required = self.file.require.value.iter().flatten();
                let own = |table: &&RequireTable| {
                    table.sum.value.as_ref().is_some_and(|written| written.text == *sum)
                };
                required.find(own).map(|table| &table.site.at)
            }
            RuleRef::Locked { .. } => self.key(ProgrammeKey::Include),
            RuleRef::Places { .. } => None,
        }
    }
}

/// Whether a rule is a key of its own, not the places of a phase.
fn names_a_key(rule: &RuleRef) -> bool {
    !matches!(rule, RuleRef::Places { .. })
}
