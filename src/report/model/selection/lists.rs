//! The lists of a selection as people read them: one a sheet of the workbook.

use std::collections::BTreeMap;

use super::tables::places;
use super::{Profile, Wording};
use crate::language::Words;
use crate::message::labels::{self, robustness as sure};
use crate::message::robustness;
use crate::report::model::column::{Column, Kind};
use crate::report::model::sensitivity::{Masks, Rows, Sensitivity};
use crate::report::model::table::{Table, Titled};
use crate::robustness::{Design, UnitStanding};
use crate::selection::{Boundary, DecidedBy, State, UnitOutcome};

/// Every list of a selection, in the order of the workbook.
pub(crate) fn lists<'a>(
    wording: &Wording<'a>,
    capacity: Option<&Profile<'a>>,
    masks: &'a Masks,
) -> Vec<Titled<'a>> {
    let capacity = capacity.map(|profile| profile.lists(wording, masks)).unwrap_or_default();
    if wording.chosen.selects_nobody() {
        return capacity;
    }
    let phases = wording.chosen.selection.phases.iter();
    let mut lists: Vec<Titled<'_>> =
        phases.map(|phase| wording.phase_list(&phase.id, masks)).collect();
    lists.push(wording.annex(masks));
    lists.extend(wording.reserve_list(masks));
    for (family, title) in [("county", labels::LIST_COUNTY), ("region", labels::LIST_REGION)] {
        lists.extend(wording.places_list(family, title, masks));
    }
    lists.push(wording.boundary(masks));
    lists.extend(wording.unions_list(masks));
    lists.extend(wording.decisions_list(masks));
    lists.extend(wording.envelopes_list(masks));
    lists.extend(capacity);
    lists.push(wording.rules(masks));
    lists.push(wording.reasons_list(masks));
    lists
}

impl<'a> Wording<'a> {
    /// A list under a title.
    pub(super) fn list(&self, title: Words, about: Words, table: Table<'a>) -> Titled<'a> {
        let (title, about) = (self.word(title).to_owned(), self.word(about).to_owned());
        Titled { title, about, table }
    }

    /// Units of the list as computed, in the order of their places.
    fn selected(&self, phase: Option<&str>) -> Vec<&'a UnitOutcome> {
        let mut units: Vec<&UnitOutcome> = self
            .chosen
            .selection
            .units
            .iter()
            .filter(|unit| unit.phase.is_some() && self.chosen.is_here(&unit.code))
            .filter(|unit| phase.is_none() || unit.phase.as_deref() == phase)
            .collect();
        units.sort_by_key(|unit| (unit.place.is_none(), unit.place, unit.rank));
        units
    }

    fn phase_list(&self, phase: &str, masks: &'a Masks) -> Titled<'a> {
        let units = self.selected(Some(phase));
        let codes = codes(&units);
        let places = units.iter().map(|unit| unit.place);
        let mut table = self.table_of(codes.iter().copied(), masks);
        table
            .push(Column::counts("place", Column::PUBLIC, places).headed(self.word(labels::PLACE)));
        table.extend(self.identified(&codes));
        table.push(self.scores(units.iter().map(|unit| Some(*unit))));
        table.push(self.ranks(units.iter().map(|unit| Some(*unit))));
        table.extend(self.sure(&units));
        table.push(self.reasons(&units));
        let title = format!("{} {phase}", self.word(labels::PHASE_NAMED));
        Titled { title, about: self.word(labels::ABOUT_PHASE).to_owned(), table }
    }

    /// In what share of the variants each unit has a place, and between which ranks it stands; nothing where
    /// no doubts were drawn.
    fn sure(&self, units: &[&UnitOutcome]) -> Vec<Column<'a>> {
        let Some(assessed) = self.chosen.robustness.filter(|_| self.chosen.county.is_none()) else {
            return Vec::new();
        };
        let outcome = &assessed.outcome;
        let runs = outcome.designs.get(&Design::Joint).map_or(0, |joint| joint.made);
        let by_unit: BTreeMap<usize, &UnitStanding> =
            outcome.units.iter().map(|unit| (unit.unit, unit)).collect();
        let standing = |unit: &&UnitOutcome| {
            let at = self.register.position(&unit.code)?;
            by_unit.get(&at).copied()
        };
        let share = |unit: &&UnitOutcome| standing(unit).map(|it| it.times.share(runs) * 100.0);
        let interval = |unit: &&UnitOutcome| {
            let [_, low, high] = standing(unit)?.ranks?;
            Some(robustness::interval(low, high).text(self.language).to_owned())
        };
        vec![
            Column::numbers("share", Sensitivity::Unit, units.iter().map(share))
                .shown_as(Kind::Decimals(1))
                .headed(self.word(sure::SHARE_IN_PERCENT))
                .only_on_sheets(),
            Column::text(
                "interval",
                Sensitivity::Unit,
                units.iter().map(|unit| interval(unit).unwrap_or_default()),
            )
            .headed(self.word(sure::INTERVAL))
            .only_on_sheets(),
        ]
    }

    /// The list that is published with the act.
    fn annex(&self, masks: &'a Masks) -> Titled<'a> {
        let units = self.selected(None);
        let codes = codes(&units);
        let [code, name, _, county, _] = self.identified(&codes);
        let numbers = (1..=units.len()).map(Some);
        let mut table = self.table_of(codes.iter().copied(), masks);
        table.push(Column::counts("number", Column::PUBLIC, numbers).headed("Nr. crt."));
        table.extend([county, name.headed("UAT"), code]);
        table.push(self.scores(units.iter().map(|unit| Some(*unit))));
        table.push(self.phases(units.iter().map(|unit| unit.phase.clone().unwrap_or_default())));
        table.extend(self.sure(&units));
        self.list(labels::LIST_ANNEX, labels::ABOUT_ANNEX, table)
    }

    fn reserve_list(&self, masks: &'a Masks) -> Option<Titled<'a>> {
        self.chosen.plan.rules.reserve.as_ref()?;
        let all = self.chosen.selection.units.iter();
        let mut units: Vec<&UnitOutcome> = all
            .filter(|unit| unit.state == State::Reserve && self.chosen.is_here(&unit.code))
            .collect();
        units.sort_by_key(|unit| (unit.reserve.is_none(), unit.reserve, unit.rank));
        let codes = codes(&units);
        let numbers = units.iter().map(|unit| unit.reserve);
        let mut table = self.table_of(codes.iter().copied(), masks);
        table.push(
            Column::counts("reserve", Column::PUBLIC, numbers).headed(self.word(labels::POSITION)),
        );
        table.extend(self.identified(&codes));
        table.push(self.scores(units.iter().map(|unit| Some(*unit))));
        table.push(self.decisions(&units));
        Some(self.list(labels::LIST_RESERVE, labels::ABOUT_RESERVE, table))
    }

    fn places_list(&self, family: &str, title: Words, masks: &'a Masks) -> Option<Titled<'a>> {
        let mut table = places(self, family, masks)?;
        if let Some(county) = self.chosen.county {
            // other areas hold units elsewhere
            table = Some(table).filter(|_| family == "county")?;
            table.keep_where("county", county);
        }
        Some(self.list(title, labels::ABOUT_PLACES, table))
    }

    /// Who is last in and first out, who shares the place, who is near.
    fn boundary(&self, masks: &'a Masks) -> Titled<'a> {
        let mut rows: Vec<Near<'_>> = Vec::new();
        let selection = self.chosen.selection;
        for cut in &selection.boundaries {
            rows.extend(cut_rows(cut));
        }
        for tie in &selection.ties {
            let (inside, outside, distance) = match tie.decided_by {
                // their scores are other ones
                DecidedBy::Draw => (labels::DRAWN_INSIDE, labels::DRAWN_OUTSIDE, None),
                DecidedBy::Lottery | DecidedBy::Code => {
                    (labels::TIED_INSIDE, labels::TIED_OUTSIDE, Some(0))
                }
            };
            for (what, codes) in [(inside, &tie.inside), (outside, &tie.outside)] {
                let near = |code| Near { phase: &tie.phase, what, code, distance };
                rows.extend(codes.iter().map(String::as_str).map(near));
            }
        }
        if self.chosen.plan.margin > 0 {
            rows.extend(selection.near(self.chosen.plan.margin).into_iter().map(|unit| Near {
                phase: unit.phase.as_deref().unwrap_or_default(),
                what: labels::WITHIN_MARGIN,
                code: &unit.code,
                distance: unit.distance.as_ref().and_then(|distance| distance.points),
            }));
        }
        rows.retain(|row| self.chosen.is_here(row.code));
        self.list(labels::LIST_BOUNDARY, labels::ABOUT_BOUNDARY, self.near(&rows, masks))
    }

    fn near(&self, rows: &[Near<'_>], masks: &'a Masks) -> Table<'a> {
        let codes: Vec<&str> = rows.iter().map(|row| row.code).collect();
        let [code, name, _, county, _] = self.identified(&codes);
        let what = rows.iter().map(|row| self.word(row.what));
        let points = |row: &Near<'_>| row.distance.map(|points| self.points_text(points));
        let distances = rows.iter().map(|row| points(row).unwrap_or_default());
        let mut table = self.table_of(codes.iter().copied(), masks);
        table.push(self.phases(rows.iter().map(|row| row.phase.to_owned())));
        table.push(
            Column::text("what", Column::PUBLIC, what).headed(self.word(labels::WHAT)).wide(26),
        );
        table.extend([code, name, county]);
        table.push(self.scores(codes.iter().map(|code| self.chosen.selection.unit(code))));
        table.push(
            Column::text("distance", Column::FIGURES, distances)
                .headed(self.word(labels::DISTANCE))
                .wide(14),
        );
        table
    }

    /// Every registered unit with its sentence.
    fn reasons_list(&self, masks: &'a Masks) -> Titled<'a> {
        let mut table = self.units(masks);
        if let Some(county) = self.chosen.county {
            table.keep_where("county", county);
        }
        self.list(labels::LIST_REASONS, labels::ABOUT_REASONS, table)
    }

    /// The joint projects.
    fn unions_list(&self, masks: &'a Masks) -> Option<Titled<'a>> {
        self.chosen.plan.rules.unions.as_ref()?;
        Some(self.list(labels::LIST_UNIONS, labels::ABOUT_UNIONS, self.union_rows(masks)))
    }

    /// What was answered for places.
    fn decisions_list(&self, masks: &'a Masks) -> Option<Titled<'a>> {
        let table = self.answers(masks);
        let found = table.rows() > 0;
        let list = || self.list(labels::LIST_DECISIONS, labels::ABOUT_DECISIONS, table);
        found.then(list)
    }

    fn envelopes_list(&self, masks: &'a Masks) -> Option<Titled<'a>> {
        let table = self.envelope_rows(masks);
        let found = table.rows() > 0;
        let list = || self.list(labels::LIST_ENVELOPES, labels::ABOUT_ENVELOPES, table);
        found.then(list)
    }

    /// What each rule costs, then sources, assumptions and open questions.
    fn rules(&self, masks: &'a Masks) -> Titled<'a> {
        let table = Table::new(Rows::Other, masks);
        self.list(labels::LIST_RULES, labels::ABOUT_RULES, self.rule_rows(table))
    }
}

/// The ends of a cut and who stands apart from it, then the ends of each group.
fn cut_rows<'s>(cut: &'s Boundary) -> Vec<Near<'s>> {
    let phase = &cut.phase;
    let mut rows = Vec::new();
    let mut add = |what, codes: &mut dyn Iterator<Item = &'s String>, distance| {
        rows.extend(codes.map(|code| Near { phase, what, code, distance }));
    };
    add(labels::LAST_IN, &mut cut.last_in.iter(), cut.gap);
    add(labels::FIRST_OUT, &mut cut.first_out.iter(), cut.gap);
    add(labels::SEATED, &mut cut.seated.iter(), None);
    add(labels::DISPLACED, &mut cut.displaced.iter(), None);
    for group in &cut.groups {
        add(labels::GROUP_LAST_IN, &mut group.last_in.iter(), group.gap);
        add(labels::GROUP_FIRST_OUT, &mut group.first_out.iter(), group.gap);
    }
    rows
}

/// A unit around the cut.
struct Near<'s> {
    phase: &'s str,
    /// What it is there.
    what: Words,
    code: &'s str,
    /// Points between it and the other side.
    distance: Option<i64>,
}

fn codes<'u>(units: &[&'u UnitOutcome]) -> Vec<&'u str> {
    units.iter().map(|unit| unit.code.as_str()).collect()
}
