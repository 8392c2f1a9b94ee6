//! `[unions]`: small neighbours under one project.

use super::context::{ProgrammeContext, Use};
use crate::index::Formula;
use crate::message::study::programme as message;
use crate::selection::Unions;
use crate::study::ListKind;
use crate::study::expression::Kind;
use crate::study::problem::Problems;
use crate::study::table::table;
use crate::study::values::{SpannedFormula, Text, shapes};

table! {
    /// Small neighbours under one project.
    pub(super) struct UnionsTable as "`[unions]`" {
        /// Most members of a project, 2 or 3.
        inherited max_members: u8,
        /// Most inhabitants of a union together.
        inherited max_population: u32,
        /// Most inhabitants of a member of a union.
        optional member_max_population: u32,
        /// Classification in which members must agree; any neighbours may join when absent.
        optional same: Text,
        /// Which units touch.
        inherited neighbours: NeighboursTable,
        /// Formula over measures: who counts as people.
        optional people: SpannedFormula,
        /// Formula over measures: inhabitants; `population.total` when absent.
        optional population: SpannedFormula,
        /// What takes a place: `project`.
        optional place: Place,
    }
}

table! {
    /// Which units touch.
    pub(super) struct NeighboursTable as "`neighbours`" {
        /// A `[[source]]` with `layout = "borders"`, or the boundaries of the units.
        required source: Text,
        /// Least length of a common border in metres.
        optional min_border_m: u32 = 0,
    }
}

shapes! {
    /// What takes a place where there are unions.
    Place: String = Text::read, { "type": "string", "enum": ["project"] };
}

/// Measure of inhabitants where a programme does not name its own.
const POPULATION: &str = "population.total";

/// `[unions]`, checked: the rules, the source of neighbours, the formulas of people and inhabitants.
pub(super) struct CheckedUnions {
    pub(super) rules: Unions,
    pub(super) borders: String,
    pub(super) people: Option<Formula>,
    pub(super) population: Formula,
}

impl UnionsTable {
    pub(super) fn check(
        &self,
        context: &ProgrammeContext<'_>,
        problems: &mut Problems,
    ) -> Option<CheckedUnions> {
        if let Some(members) = self.max_members.value.filter(|members| !(1..=3).contains(members)) {
            problems.error(&self.max_members.at, message::union_size(members));
        }
        let same = context.classification(&self.same, problems);
        let neighbours = self.neighbours.value.as_ref();
        let borders =
            neighbours.and_then(|touch| context.list(&touch.source, ListKind::Borders, problems));
        let people = self.people.value.as_ref();
        let people = people.and_then(|written| context.value(written, Use::OfSums, problems));
        let population = self.inhabitants(context, problems);
        if let Some(word) = self.place.value.as_ref().filter(|word| *word != "project") {
            problems.error(&self.place.at, message::place_of_project(word));
        }
        let rules = Unions {
            max_members: self.max_members.value?,
            max_population: i64::from(self.max_population.value?),
            member_max_population: self.member_max_population.value.map(i64::from),
            same,
            min_border_m: i64::from(neighbours?.min_border_m.value),
        };
        Some(CheckedUnions { rules, borders: borders?, people, population: population? })
    }

    fn inhabitants(
        &self,
        context: &ProgrammeContext<'_>,
        problems: &mut Problems,
    ) -> Option<Formula> {
        if self.population.is_written {
            let written = self.population.value.as_ref()?;
            return context.value(written, Use::OfSums, problems);
        }
        let usual = context.compile(POPULATION, Kind::Number, Use::OfSums).ok();
        if usual.is_none() {
            problems.error(&self.site.at, message::inhabitants_unknown(POPULATION));
        }
        usual
    }
}
