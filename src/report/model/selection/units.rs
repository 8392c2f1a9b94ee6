//! The columns of units in a selection, each said once: tables and lists pick from them.

use std::collections::BTreeMap;

use super::Wording;
use crate::language::Language::{En, Ro};
use crate::message::labels;
use crate::report::model::column::Column;
use crate::report::model::sensitivity::{Masks, Rows, Sensitivity};
use crate::report::model::table::Table;
use crate::selection::{Points, Standing, State, UnitOutcome};

impl<'a> Wording<'a> {
    /// An empty table with a row for each of these units.
    pub(super) fn table_of<'c>(
        &self,
        codes: impl IntoIterator<Item = &'c str>,
        masks: &'a Masks,
    ) -> Table<'a> {
        let units = codes.into_iter().map(|code| self.register.position(code));
        Table::new(Rows::Units(units.collect()), masks)
    }

    /// Code, name and register columns of some units.
    pub(super) fn identified(&self, codes: &[&str]) -> [Column<'a>; 5] {
        let of =
            |column: &'static str| codes.iter().map(move |code| self.register_text(column, code));
        let names = codes.iter().map(|code| {
            let unit = self.register.position(code);
            unit.map_or("", |unit| self.register.names()[unit].as_str())
        });
        let public = Column::PUBLIC;
        [
            Column::text("code", public, codes.iter().map(|code| (*code).to_owned()))
                .headed("SIRUTA")
                .wide(10)
                .in_files_and_sheets(),
            Column::text("name", public, names)
                .headed(self.word(labels::UNIT))
                .wide(26)
                .in_files_and_sheets(),
            Column::text("kind", public, of("kind")).only_in_files(),
            Column::text("county", public, of("county"))
                .headed(self.word(labels::COUNTY))
                .wide(18)
                .in_files_and_sheets(),
            Column::text("region", public, of("region"))
                .headed(self.word(labels::REGION))
                .wide(20)
                .in_files_and_sheets(),
        ]
    }

    /// The register column of a unit.
    pub(super) fn register_text(&self, column: &str, code: &str) -> &'a str {
        let text = self.register.column(column).zip(self.register.position(code));
        text.map_or("", |(values, unit)| values[unit].as_str())
    }

    /// The published score.
    pub(super) fn scores<'u>(
        &self,
        units: impl IntoIterator<Item = Option<&'u UnitOutcome>>,
    ) -> Column<'a> {
        let decimals = self.chosen.plan.rules.order.decimals;
        let score = |unit: Option<&UnitOutcome>| {
            let unit = unit?;
            number(unit.points.or_else(|| self.withheld_points(unit))?, decimals)
        };
        self.points("score", labels::TIE_SCORE, units.into_iter().map(score))
    }

    /// The points that a published selection says nothing of; the table takes them out, and says so.
    fn withheld_points(&self, unit: &UnitOutcome) -> Option<Points> {
        let candidate = &self.chosen.pool.candidates[self.register.position(&unit.code)?];
        Points::round(candidate.score?, self.chosen.plan.rules.order.decimals).ok()
    }

    /// A column of points, which give scores back.
    fn points(
        &self,
        id: &str,
        heading: crate::language::Words,
        cells: impl Iterator<Item = Option<f64>>,
    ) -> Column<'a> {
        let decimals = usize::from(self.chosen.plan.rules.order.decimals);
        Column::numbers(id, Sensitivity::Unit, cells)
            .headed(self.word(heading))
            .shown_as(crate::report::model::column::Kind::Decimals(decimals))
    }

    /// The number by score.
    pub(super) fn ranks<'u>(
        &self,
        units: impl IntoIterator<Item = Option<&'u UnitOutcome>>,
    ) -> Column<'a> {
        let ranks = units.into_iter().map(|unit| unit.and_then(|unit| unit.rank));
        Column::counts("rank", Column::PUBLIC, ranks).headed(self.word(labels::UNIT_RANK))
    }

    /// Why each unit stands where it stands, in the language of the report.
    pub(super) fn reasons(&self, units: &[&UnitOutcome]) -> Column<'a> {
        let sentences = units.iter().map(|unit| self.sentence(unit));
        Column::text("sentence", Column::FIGURES, sentences)
            .headed(self.word(labels::REASON))
            .wide(80)
    }

    /// What became of the place of each unit.
    pub(super) fn decisions(&self, units: &[&UnitOutcome]) -> Column<'a> {
        let words = units.iter().map(|unit| unit.decision.map_or("", |decision| decision.word()));
        Column::text("decision", Column::PUBLIC, words).headed(self.word(labels::DECISION)).wide(14)
    }

    /// The phases of units.
    pub(super) fn phases(&self, cells: impl IntoIterator<Item = String>) -> Column<'a> {
        Column::text("phase", Column::PUBLIC, cells).headed(self.word(labels::PHASE)).wide(8)
    }

    /// Every registered unit, in the order of the register: where it stands and why.
    pub(crate) fn units(&self, masks: &'a Masks) -> Table<'a> {
        let units: Vec<&UnitOutcome> = self.chosen.selection.units.iter().collect();
        let codes: Vec<&str> = units.iter().map(|unit| unit.code.as_str()).collect();
        let seats = self.seats();
        let seat = |unit: &UnitOutcome| seats.get(unit.code.as_str()).copied();
        let phase = |unit: &UnitOutcome| {
            let held = seat(unit).map(|(phase, ..)| phase.to_owned());
            unit.phase.clone().or(held).unwrap_or_default()
        };
        let place = |unit: &UnitOutcome| unit.place.or(seat(unit).map(|(_, place, _)| place));
        let project = |unit: &UnitOutcome| match seat(unit) {
            Some((_, _, codes)) if codes.len() > 1 => codes.join("+"),
            Some(_) | None => String::new(),
        };
        let decimals = self.chosen.plan.rules.order.decimals;
        let distance = |unit: &UnitOutcome| {
            let points = unit.distance.as_ref().and_then(|distance| distance.points)?;
            number(Points::from_units(points), decimals)
        };
        let ranks = |unit: &UnitOutcome| unit.distance.as_ref()?.ranks.try_into().ok();
        let with = |unit: &UnitOutcome| {
            unit.distance.as_ref().map_or_else(String::new, |distance| distance.with.clone())
        };
        let public = Column::PUBLIC;
        let all = || units.iter().copied();
        let mut table = self.table_of(codes.iter().copied(), masks);
        table.extend(self.identified(&codes));
        table.push(self.scores(all().map(Some)).only_in_files());
        table.push(self.ranks(all().map(Some)).only_in_files());
        table.push(self.phases(all().map(phase)).only_in_files());
        table.push(Column::counts("place", Sensitivity::Unit, all().map(place)).only_in_files());
        table.push(
            Column::counts("reserve", public, all().map(|unit| unit.reserve)).only_in_files(),
        );
        table.push(Column::text("project", public, all().map(project)).only_in_files());
        table.push(self.computed_phases(&units));
        table.push(
            Column::text("state", public, all().map(|unit| unit.state.word())).in_files_and_maps(),
        );
        table.push(
            Column::text("state", public, all().map(|unit| self.state(unit.state)))
                .headed(self.word(labels::STATE))
                .wide(16)
                .only_on_sheets(),
        );
        table.push(self.decisions(&units).only_in_files());
        table.push(
            Column::text("reason", public, all().map(|unit| unit.reason.code())).only_in_files(),
        );
        table.extend(self.passed_tests(&units));
        table.push(self.points("distance", labels::DISTANCE, all().map(distance)).only_in_files());
        table.push(Column::integers("distance_ranks", public, all().map(ranks)).only_in_files());
        table.push(Column::text("distance_to", public, all().map(with)).only_in_files());
        table.extend(self.lots(&units));
        for (id, language) in [("sentence_ro", Ro), ("sentence_en", En)] {
            let column = self.in_language(language).reasons(&units).wide(90).named(id);
            let is_own = language == self.language;
            table.push(if is_own { column.in_files_and_sheets() } else { column.only_in_files() });
        }
        table
    }

    /// The ticket of each unit, and where lots are drawn among the contested how sure its place is.
    fn lots(&self, units: &[&UnitOutcome]) -> Vec<Column<'a>> {
        let ticket = |unit: &&UnitOutcome| unit.ticket.clone().unwrap_or_default();
        let mut columns = vec![Column::text("ticket", Column::PUBLIC, units.iter().map(ticket))];
        if self.chosen.plan.rules.order.draw.is_some() {
            let candidates = &self.chosen.pool.candidates;
            let standing = |unit: &&UnitOutcome| {
                let at = self.register.position(&unit.code)?;
                candidates[at].standing.map(Standing::word)
            };
            let words = units.iter().map(|unit| standing(unit).unwrap_or_default());
            columns.push(Column::text("standing", Column::PUBLIC, words));
        }
        columns.into_iter().map(Column::only_in_files).collect()
    }

    /// The named tests that each unit passes; none where the programme has no tests.
    fn passed_tests(&self, units: &[&UnitOutcome]) -> Option<Column<'a>> {
        let ids = |unit: &&UnitOutcome| {
            let ids: Vec<&str> = self.tests(&unit.code).map(|test| test.id.as_str()).collect();
            ids.join("+")
        };
        let column = Column::text("tests", Column::PUBLIC, units.iter().map(ids));
        (!self.chosen.plan.tests.named.is_empty()).then(|| column.only_in_files())
    }

    /// The phase of each unit as the list was computed, whoever holds its place now.
    fn computed_phases(&self, units: &[&UnitOutcome]) -> Column<'a> {
        let phases = units.iter().map(|unit| unit.phase.clone().unwrap_or_default());
        self.phases(phases).only_on_maps()
    }

    /// Phase, number and project of whoever holds a place now, by code.
    fn seats(&self) -> BTreeMap<&'a str, (&'a str, usize, &'a [String])> {
        let mut seats = BTreeMap::new();
        for (at, place) in self.chosen.selection.places.iter().enumerate() {
            let Some(holder) = place.holders.last().filter(|_| !place.empty) else { continue };
            for code in &holder.codes {
                let seat = (place.phase.as_str(), at + 1, holder.codes.as_slice());
                seats.insert(code.as_str(), seat);
            }
        }
        seats
    }

    fn state(&self, state: State) -> &'static str {
        self.word(match state {
            State::Selected => labels::STATE_SELECTED,
            State::Reserve => labels::STATE_RESERVE,
            State::NotSelected => labels::STATE_NOT_SELECTED,
            State::Excluded => labels::STATE_EXCLUDED,
            State::Ineligible => labels::STATE_INELIGIBLE,
            State::Unscored => labels::STATE_UNSCORED,
        })
    }
}

/// A published score as a number.
fn number(points: Points, decimals: u8) -> Option<f64> {
    points.text(decimals).parse().ok()
}
