//! The lists of a selection as people read them: one a sheet of the workbook.

use super::Chosen;
use super::capacity_words;
use super::list::List;
use super::sentences::Speaker;
use crate::language::Words;
use crate::message::labels;
use crate::report::View;
use crate::selection::UnitOutcome;

/// Every list of a selection, in the order of the workbook.
pub(crate) fn lists(view: &View<'_>, chosen: Chosen<'_>) -> Vec<List> {
    let capacity = capacity_words::lists(view, chosen);
    if chosen.selects_nobody() {
        return capacity;
    }
    let writer = Writer { view, chosen, speaker: Speaker::new(view, chosen) };
    let mut lists = writer.phases();
    lists.push(writer.annex());
    lists.extend(writer.reserve());
    lists.extend(["county", "region"].into_iter().filter_map(|family| writer.places(family)));
    lists.push(writer.boundary());
    lists.extend(writer.unions());
    lists.extend(writer.decisions());
    lists.extend(writer.envelopes());
    lists.extend(capacity);
    lists.push(writer.rules());
    lists.push(writer.reasons());
    lists
}

pub(super) struct Writer<'v, 'a> {
    pub(super) view: &'v View<'a>,
    pub(super) chosen: Chosen<'a>,
    pub(super) speaker: Speaker<'a>,
}

impl<'a> Writer<'_, 'a> {
    pub(super) fn word(&self, words: Words) -> &'static str {
        self.speaker.word(words)
    }

    pub(super) fn column(&self, column: &str, code: &str) -> String {
        let unit = self.view.figures.register.position(code);
        unit.map_or_else(String::new, |unit| {
            self.view.figures.register_text(column, unit).to_owned()
        })
    }

    /// Whether a unit belongs to the county to which lists are restricted.
    pub(super) fn is_here(&self, code: &str) -> bool {
        self.chosen.county.is_none_or(|county| self.column("county", code) == county)
    }

    pub(super) fn score(&self, unit: &UnitOutcome) -> Option<f64> {
        let decimals = self.chosen.plan.rules.order.decimals;
        unit.points.and_then(|points| points.text(decimals).parse().ok())
    }

    pub(super) fn decimals(&self) -> usize {
        usize::from(self.chosen.plan.rules.order.decimals)
    }

    /// Units of the list as computed, in the order of their places.
    fn selected(&self, phase: Option<&str>) -> Vec<&'a UnitOutcome> {
        let mut units: Vec<&UnitOutcome> = self
            .chosen
            .selection
            .units
            .iter()
            .filter(|unit| unit.place.is_some() && self.is_here(&unit.code))
            .filter(|unit| phase.is_none() || unit.phase.as_deref() == phase)
            .collect();
        units.sort_by_key(|unit| (unit.place, unit.rank));
        units
    }

    pub(super) fn identified(&self, list: List, units: &[&UnitOutcome]) -> List {
        let names = units.iter().map(|unit| self.speaker.name(&unit.code));
        let column = |id: &'static str| {
            units.iter().map(move |unit| self.column(id, &unit.code)).collect::<Vec<_>>()
        };
        list.text("SIRUTA", 10, units.iter().map(|unit| unit.code.clone()))
            .text(self.word(labels::UNIT), 26, names)
            .text(labels::COUNTY.text(self.view.language), 18, column("county").into_iter())
            .text(labels::REGION.text(self.view.language), 20, column("region").into_iter())
    }

    fn phases(&self) -> Vec<List> {
        let phases = self.chosen.selection.phases.iter();
        phases
            .map(|phase| {
                let name = format!("{} {}", self.word(labels::PHASE_NAMED), phase.id);
                let about = self.word(labels::ABOUT_PHASE);
                let units = self.selected(Some(&phase.id));
                let list = List::new(&name, about)
                    .count(self.word(labels::PLACE), units.iter().map(|unit| unit.place));
                let reasons = units.iter().map(|unit| self.speaker.sentence(unit));
                self.identified(list, &units)
                    .numbers(
                        self.word(labels::TIE_SCORE),
                        self.decimals(),
                        units.iter().map(|u| self.score(u)),
                    )
                    .count(self.word(labels::UNIT_RANK), units.iter().map(|unit| unit.rank))
                    .text(self.word(labels::REASON), 80, reasons)
            })
            .collect()
    }

    /// The list that is published with the act.
    fn annex(&self) -> List {
        let units = self.selected(None);
        let about = self.word(labels::ABOUT_ANNEX);
        let county = units.iter().map(|unit| self.column("county", &unit.code));
        let phase = units.iter().map(|unit| unit.phase.clone().unwrap_or_default());
        List::new(self.word(labels::LIST_ANNEX), about)
            .count("Nr. crt.", (1..=units.len()).map(Some))
            .text(self.word(labels::COUNTY), 18, county)
            .text("UAT", 26, units.iter().map(|unit| self.speaker.name(&unit.code)))
            .text("SIRUTA", 10, units.iter().map(|unit| unit.code.clone()))
            .numbers(
                self.word(labels::TIE_SCORE),
                self.decimals(),
                units.iter().map(|u| self.score(u)),
            )
            .text(self.word(labels::PHASE), 8, phase)
    }

    fn reserve(&self) -> Option<List> {
        let mut units: Vec<&UnitOutcome> = self
            .chosen
            .selection
            .units
            .iter()
            .filter(|unit| unit.reserve.is_some() && self.is_here(&unit.code))
            .collect();
        units.sort_by_key(|unit| (unit.reserve, unit.rank));
        self.chosen.plan.rules.reserve.as_ref()?;
        let about = self.word(labels::ABOUT_RESERVE);
        let list = List::new(self.word(labels::LIST_RESERVE), about)
            .count(self.word(labels::POSITION), units.iter().map(|unit| unit.reserve));
        let decision = |unit: &&UnitOutcome| unit.decision.map_or("", |d| d.word()).to_owned();
        Some(
            self.identified(list, &units)
                .numbers(
                    self.word(labels::TIE_SCORE),
                    self.decimals(),
                    units.iter().map(|u| self.score(u)),
                )
                .text(self.word(labels::DECISION), 14, units.iter().map(decision)),
        )
    }

    fn places(&self, family: &str) -> Option<List> {
        let at = self.chosen.pool.classification(family)?;
        let groups: Vec<&String> = self.chosen.pool.classifications[at]
            .groups
            .iter()
            .filter(|group| {
                family != "county" || self.chosen.county.is_none_or(|county| county == *group)
            })
            .collect();
        let (name, heading) = match family {
            "county" => (self.word(labels::LIST_COUNTY), self.word(labels::COUNTY)),
            _ => (self.word(labels::LIST_REGION), self.word(labels::REGION)),
        };
        let about = self.word(labels::ABOUT_PLACES);
        let counted = |holds: &dyn Fn(&UnitOutcome) -> bool| -> Vec<Option<usize>> {
            let of = |group: &&String| {
                let units = self.chosen.selection.units.iter().filter(|unit| holds(unit));
                let mine = |unit: &&UnitOutcome| self.column(family, &unit.code) == **group;
                Some(units.filter(mine).count())
            };
            groups.iter().map(of).collect()
        };
        let mut list = List::new(name, about)
            .text(heading, 26, groups.iter().map(|group| (*group).clone()))
            .count(self.word(labels::COUNTED_UNITS), counted(&|_| true).into_iter())
            .count(self.word(labels::COUNTED_ELIGIBLE), counted(&|u| u.rank.is_some()).into_iter())
            .count(
                self.word(labels::COUNTED_SELECTED),
                counted(&|u| u.place.is_some()).into_iter(),
            );
        for phase in &self.chosen.selection.phases {
            let id = Some(phase.id.as_str());
            let heading = format!("{} {}", self.word(labels::PHASE_NAMED), phase.id);
            list = list.count(&heading, counted(&|u| u.phase.as_deref() == id).into_iter());
        }
        Some(
            list.count(
                self.word(labels::LIST_RESERVE),
                counted(&|u| u.reserve.is_some()).into_iter(),
            ),
        )
    }

    /// Who is last in and first out, who shares the place, who is near.
    fn boundary(&self) -> List {
        let mut rows: Vec<[String; 4]> = Vec::new();
        for cut in &self.chosen.selection.boundaries {
            let gap = cut.gap.map_or_else(String::new, |gap| self.speaker.points(gap));
            for (what, code) in [
                (self.word(labels::LAST_IN), &cut.last_in),
                (self.word(labels::FIRST_OUT), &cut.first_out),
            ] {
                if let Some(code) = code {
                    rows.push([cut.phase.clone(), what.to_owned(), code.clone(), gap.clone()]);
                }
            }
        }
        for tie in &self.chosen.selection.ties {
            for (what, codes) in [
                (self.word(labels::TIED_INSIDE), &tie.inside),
                (self.word(labels::TIED_OUTSIDE), &tie.outside),
            ] {
                rows.extend(codes.iter().map(|code| {
                    [tie.phase.clone(), what.to_owned(), code.clone(), self.speaker.points(0)]
                }));
            }
        }
        if self.chosen.plan.margin > 0 {
            let near = self.word(labels::WITHIN_MARGIN);
            rows.extend(self.chosen.selection.near(self.chosen.plan.margin).into_iter().map(
                |unit| {
                    let points = unit.distance.as_ref().and_then(|distance| distance.points);
                    let gap = points.map_or_else(String::new, |gap| self.speaker.points(gap));
                    [
                        unit.phase.clone().unwrap_or_default(),
                        near.to_owned(),
                        unit.code.clone(),
                        gap,
                    ]
                },
            ));
        }
        rows.retain(|row| self.is_here(&row[2]));
        let about = self.word(labels::ABOUT_BOUNDARY);
        let score =
            |row: &[String; 4]| self.chosen.selection.unit(&row[2]).and_then(|u| self.score(u));
        List::new(self.word(labels::LIST_BOUNDARY), about)
            .text(self.word(labels::PHASE), 8, rows.iter().map(|row| row[0].clone()))
            .text(self.word(labels::WHAT), 26, rows.iter().map(|row| row[1].clone()))
            .text("SIRUTA", 10, rows.iter().map(|row| row[2].clone()))
            .text(self.word(labels::UNIT), 26, rows.iter().map(|row| self.speaker.name(&row[2])))
            .text(
                self.word(labels::COUNTY),
                18,
                rows.iter().map(|row| self.column("county", &row[2])),
            )
            .numbers(self.word(labels::TIE_SCORE), self.decimals(), rows.iter().map(score))
            .text(self.word(labels::DISTANCE), 14, rows.iter().map(|row| row[3].clone()))
    }

    /// Every registered unit with its sentence.
    fn reasons(&self) -> List {
        let units: Vec<&UnitOutcome> =
            self.chosen.selection.units.iter().filter(|unit| self.is_here(&unit.code)).collect();
        let about = self.word(labels::ABOUT_REASONS);
        let list = List::new(self.word(labels::LIST_REASONS), about);
        let sentences = units.iter().map(|unit| self.speaker.sentence(unit));
        let words = units.iter().map(|unit| self.state(unit).to_owned());
        self.identified(list, &units).text(self.word(labels::STATE), 16, words).text(
            self.word(labels::REASON),
            90,
            sentences,
        )
    }

    fn state(&self, unit: &UnitOutcome) -> &'static str {
        use crate::selection::State;
        self.word(match unit.state {
            State::Selected => labels::STATE_SELECTED,
            State::Reserve => labels::STATE_RESERVE,
            State::NotSelected => labels::STATE_NOT_SELECTED,
            State::Excluded => labels::STATE_EXCLUDED,
            State::Ineligible => labels::STATE_INELIGIBLE,
            State::Unscored => labels::STATE_UNSCORED,
        })
    }
}
