//! The lists of a selection as people read them: one a sheet of the workbook.

use super::Chosen;
use super::capacity_words;
use super::sentences::Speaker;
use crate::report::View;
use crate::report::labels::{self, Words};
use crate::selection::{Points, UnitOutcome};

/// A list for people.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct List {
    /// Name of its sheet.
    pub(crate) name: String,
    /// What it is, in a sentence.
    pub(crate) about: String,
    /// Its columns, all of one length.
    pub(crate) columns: Vec<Column>,
}

/// A column of a list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Column {
    pub(crate) heading: String,
    /// Width in characters.
    pub(crate) width: u16,
    pub(crate) filling: Filling,
}

/// Cells of a column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Filling {
    Text(Vec<String>),
    /// Numbers with a fixed count of decimals.
    Numbers(Vec<Option<f64>>, usize),
}

impl List {
    pub(super) fn new(name: &str, about: &str) -> Self {
        Self { name: name.to_owned(), about: about.to_owned(), columns: Vec::new() }
    }

    /// How many rows it has.
    pub(crate) fn rows(&self) -> usize {
        self.columns.first().map_or(0, |column| match &column.filling {
            Filling::Text(cells) => cells.len(),
            Filling::Numbers(cells, _) => cells.len(),
        })
    }

    pub(super) fn text(
        mut self,
        heading: &str,
        width: u16,
        cells: impl Iterator<Item = String>,
    ) -> Self {
        let filling = Filling::Text(cells.collect());
        self.columns.push(Column { heading: heading.to_owned(), width, filling });
        self
    }

    pub(super) fn numbers(
        mut self,
        heading: &str,
        decimals: usize,
        cells: impl Iterator<Item = Option<f64>>,
    ) -> Self {
        let filling = Filling::Numbers(cells.collect(), decimals);
        self.columns.push(Column { heading: heading.to_owned(), width: 12, filling });
        self
    }

    pub(super) fn count(self, heading: &str, cells: impl Iterator<Item = Option<usize>>) -> Self {
        self.numbers(heading, 0, cells.map(|cell| cell.map(|count| count as f64)))
    }
}

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

struct Writer<'v, 'a> {
    view: &'v View<'a>,
    chosen: Chosen<'a>,
    speaker: Speaker<'a>,
}

impl<'a> Writer<'_, 'a> {
    fn word(&self, words: Words) -> &'static str {
        self.speaker.word(words)
    }

    fn column(&self, column: &str, code: &str) -> String {
        let unit = self.view.register.position(code);
        unit.map_or_else(String::new, |unit| self.view.register_text(column, unit).to_owned())
    }

    /// Whether a unit belongs to the county to which lists are restricted.
    fn is_here(&self, code: &str) -> bool {
        self.chosen.county.is_none_or(|county| self.column("county", code) == county)
    }

    fn score(&self, unit: &UnitOutcome) -> Option<f64> {
        let decimals = self.chosen.plan.rules.order.decimals;
        unit.points.and_then(|points| points.text(decimals).parse().ok())
    }

    fn decimals(&self) -> usize {
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

    fn identified(&self, list: List, units: &[&UnitOutcome]) -> List {
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
        let at = self.chosen.pool.family(family)?;
        let groups: Vec<&String> = self.chosen.pool.families[at]
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

    fn unions(&self) -> Option<List> {
        self.chosen.plan.rules.unions.as_ref()?;
        let phases = self.chosen.selection.phases.iter();
        let all = phases.flat_map(|phase| phase.projects.iter().map(move |p| (&phase.id, p)));
        let projects: Vec<(usize, (&String, &Vec<String>))> = (1..)
            .zip(all)
            .filter(|(_, (_, codes))| codes.len() > 1 && self.is_here(&codes[0]))
            .collect();
        let people = |codes: &[String]| {
            let own = |code: &String| {
                let unit = self.chosen.pool.candidates.iter().find(|unit| unit.code == *code);
                unit.map_or(0, |unit| unit.population)
            };
            let known = !self.chosen.withheld.population;
            known.then(|| codes.iter().map(own).sum::<i64>() as f64)
        };
        let about = self.word(labels::ABOUT_UNIONS);
        Some(
            List::new(self.word(labels::LIST_UNIONS), about)
                .count(self.word(labels::PLACE), projects.iter().map(|(at, _)| Some(*at)))
                .text(
                    self.word(labels::PHASE),
                    8,
                    projects.iter().map(|(_, (id, _))| (*id).clone()),
                )
                .text(
                    self.word(labels::MEMBERS),
                    50,
                    projects.iter().map(|(_, (_, p))| self.speaker.names(p)),
                )
                .text("SIRUTA", 24, projects.iter().map(|(_, (_, p))| p.join("+")))
                .numbers(
                    self.word(labels::INHABITANTS),
                    0,
                    projects.iter().map(|(_, (_, p))| people(p)),
                ),
        )
    }

    fn decisions(&self) -> Option<List> {
        let mut rows = Vec::new();
        for (at, place) in (1..).zip(&self.chosen.selection.places) {
            for holder in &place.holders {
                rows.extend(holder.said.iter().map(|said| (at, place, said)));
            }
        }
        rows.retain(|(_, _, said)| self.is_here(&said.code));
        if rows.is_empty() {
            return None;
        }
        let word = |answer: crate::selection::Answer| {
            let word = match answer {
                crate::selection::Answer::Accepted => labels::ANSWER_ACCEPTED,
                crate::selection::Answer::Refused => labels::ANSWER_REFUSED,
                crate::selection::Answer::Withdrawn => labels::ANSWER_WITHDRAWN,
            };
            self.word(word).to_owned()
        };
        let about = self.word(labels::ABOUT_DECISIONS);
        Some(
            List::new(self.word(labels::LIST_DECISIONS), about)
                .count(self.word(labels::PLACE), rows.iter().map(|(at, ..)| Some(*at)))
                .text(self.word(labels::PHASE), 8, rows.iter().map(|(_, p, _)| p.phase.clone()))
                .text("SIRUTA", 10, rows.iter().map(|(.., said)| said.code.clone()))
                .text(
                    self.word(labels::UNIT),
                    26,
                    rows.iter().map(|(.., said)| self.speaker.name(&said.code)),
                )
                .text(
                    self.word(labels::DECISION),
                    12,
                    rows.iter().map(|(.., said)| word(said.answer)),
                )
                .text(
                    self.word(labels::DATE),
                    12,
                    rows.iter().map(|(.., said)| said.day.to_string()),
                )
                .text(
                    self.word(labels::DOCUMENT),
                    30,
                    rows.iter().map(|(.., said)| said.reference.clone()),
                ),
        )
    }

    /// Envelopes: computed against given, then the parts by county and phase.
    fn envelopes(&self) -> Option<List> {
        let mut rows: Vec<(String, String, String, f64, Option<f64>, String)> = Vec::new();
        for (filled, planned) in self.chosen.envelopes.iter().zip(&self.chosen.plan.envelopes) {
            let title = planned.title.text(self.view.language).to_owned();
            let amount = |units: i64| {
                let text = Points::from_units(units).text(if planned.money { 2 } else { 0 });
                text.parse().unwrap_or(f64::NAN)
            };
            let computed = filled.compared.as_ref().map(|compared| amount(compared.computed));
            let whole = self.word(labels::IN_ALL).to_owned();
            let source = planned.envelope.source.clone();
            rows.push((
                title.clone(),
                whole,
                String::new(),
                amount(planned.envelope.total),
                computed,
                source,
            ));
            rows.extend(filled.parts.iter().map(|part| {
                let (county, phase) = (part.county.clone(), part.phase.clone());
                (title.clone(), county, phase, amount(part.amount), None, String::new())
            }));
        }
        rows.retain(|row| self.chosen.county.is_none_or(|county| row.1 == county));
        if rows.is_empty() {
            return None;
        }
        let about = self.word(labels::ABOUT_ENVELOPES);
        Some(
            List::new(self.word(labels::LIST_ENVELOPES), about)
                .text(self.word(labels::ENVELOPE), 30, rows.iter().map(|row| row.0.clone()))
                .text(self.word(labels::COUNTY), 18, rows.iter().map(|row| row.1.clone()))
                .text(self.word(labels::PHASE), 8, rows.iter().map(|row| row.2.clone()))
                .numbers(self.word(labels::ENVELOPE), 2, rows.iter().map(|row| Some(row.3)))
                .numbers(self.word(labels::ENVELOPE_COMPUTED), 2, rows.iter().map(|row| row.4))
                .text(self.word(labels::ENVELOPE_SOURCE), 50, rows.iter().map(|row| row.5.clone())),
        )
    }

    /// What each rule costs, then sources, assumptions and open questions.
    fn rules(&self) -> List {
        let mut rows: Vec<[String; 4]> = Vec::new();
        for price in self.chosen.prices {
            let names = |codes: &[String]| {
                codes.iter().map(|code| self.speaker.name(code)).collect::<Vec<_>>().join(", ")
            };
            let points = i64::try_from(price.points).unwrap_or(i64::MAX);
            let known = !self.chosen.withheld.scores;
            rows.push([
                self.speaker.clause(&price.clause),
                names(&price.admits),
                names(&price.keeps_out),
                if known { self.speaker.points(points) } else { String::new() },
            ]);
        }
        let texts = &self.chosen.plan.texts;
        let line = |what: &str, text: &str| {
            [what.to_owned(), text.to_owned(), String::new(), String::new()]
        };
        for source in &texts.sources {
            let place =
                source.place.as_deref().map_or_else(String::new, |place| format!(", {place}"));
            let title = source.title.text(self.view.language);
            rows.push(line(self.word(labels::RULE_SOURCE), &format!("{title}{place}")));
        }
        for assumption in &texts.assumptions {
            let text = assumption.text(self.view.language);
            rows.push(line(self.word(labels::BASIS_ASSUMPTION), text));
        }
        for question in &texts.open_questions {
            let text = question.text(self.view.language);
            rows.push(line(self.word(labels::OPEN_QUESTION), text));
        }
        let about = self.word(labels::ABOUT_RULES);
        let cells =
            |at: usize| rows.iter().map(|row| row[at].clone()).collect::<Vec<_>>().into_iter();
        List::new(self.word(labels::LIST_RULES), about)
            .text(self.word(labels::RULE), 40, cells(0))
            .text(self.word(labels::ADMITS), 60, cells(1))
            .text(self.word(labels::KEEPS_OUT), 60, cells(2))
            .text(self.word(labels::COST_IN_POINTS), 16, cells(3))
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
