//! The lists of a selection as people read them: one a sheet of the workbook.

use super::Chosen;
use super::capacity_words;
use super::sentences::Speaker;
use crate::report::View;
use crate::report::labels;
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
    fn say<'t>(&self, ro: &'t str, en: &'t str) -> &'t str {
        self.speaker.say(ro, en)
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
            .text(self.say("UAT", "Unit"), 26, names)
            .text(labels::COUNTY.text(self.view.language), 18, column("county").into_iter())
            .text(labels::REGION.text(self.view.language), 20, column("region").into_iter())
    }

    fn phases(&self) -> Vec<List> {
        let phases = self.chosen.selection.phases.iter();
        phases
            .map(|phase| {
                let name = format!("{} {}", self.say("Etapa", "Phase"), phase.id);
                let about = self.say(
                    "unitățile selectate în această etapă, în ordinea scorului, fiecare cu motivul ei",
                    "the units selected in this phase by score, each with its reason",
                );
                let units = self.selected(Some(&phase.id));
                let list = List::new(&name, about)
                    .count(self.say("Loc pe listă", "Place"), units.iter().map(|unit| unit.place));
                let reasons = units.iter().map(|unit| self.speaker.sentence(unit));
                self.identified(list, &units)
                    .numbers(self.say("Scor", "Score"), self.decimals(), units.iter().map(|u| self.score(u)))
                    .count(self.say("Ordine", "Rank"), units.iter().map(|unit| unit.rank))
                    .text(self.say("Motiv", "Reason"), 80, reasons)
            })
            .collect()
    }

    /// The list that is published with the act.
    fn annex(&self) -> List {
        let units = self.selected(None);
        let about =
            self.say("lista care se publică odată cu actul", "the list published with the act");
        let county = units.iter().map(|unit| self.column("county", &unit.code));
        let phase = units.iter().map(|unit| unit.phase.clone().unwrap_or_default());
        List::new(self.say("Anexă", "Annex"), about)
            .count("Nr. crt.", (1..=units.len()).map(Some))
            .text(self.say("Județ", "County"), 18, county)
            .text("UAT", 26, units.iter().map(|unit| self.speaker.name(&unit.code)))
            .text("SIRUTA", 10, units.iter().map(|unit| unit.code.clone()))
            .numbers(
                self.say("Scor", "Score"),
                self.decimals(),
                units.iter().map(|u| self.score(u)),
            )
            .text(self.say("Etapă", "Phase"), 8, phase)
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
        let about = self.say(
            "cine așteaptă un loc, în ordinea intrării",
            "who waits for a place, in the order of entry",
        );
        let list = List::new(self.say("Rezerve", "Reserve"), about)
            .count(self.say("Nr.", "No."), units.iter().map(|unit| unit.reserve));
        let decision = |unit: &&UnitOutcome| unit.decision.map_or("", |d| d.word()).to_owned();
        Some(
            self.identified(list, &units)
                .numbers(
                    self.say("Scor", "Score"),
                    self.decimals(),
                    units.iter().map(|u| self.score(u)),
                )
                .text(self.say("Decizie", "Decision"), 14, units.iter().map(decision)),
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
            "county" => {
                (self.say("Locuri pe județe", "Places by county"), self.say("Județ", "County"))
            }
            _ => (self.say("Locuri pe regiuni", "Places by region"), self.say("Regiune", "Region")),
        };
        let about = self.say("eligibile, selectate și rezerve", "eligible, selected and waiting");
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
            .count(self.say("UAT-uri", "Units"), counted(&|_| true).into_iter())
            .count(self.say("Eligibile", "Eligible"), counted(&|u| u.rank.is_some()).into_iter())
            .count(self.say("Selectate", "Selected"), counted(&|u| u.place.is_some()).into_iter());
        for phase in &self.chosen.selection.phases {
            let id = Some(phase.id.as_str());
            let heading = format!("{} {}", self.say("Etapa", "Phase"), phase.id);
            list = list.count(&heading, counted(&|u| u.phase.as_deref() == id).into_iter());
        }
        Some(
            list.count(
                self.say("Rezerve", "Reserve"),
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
                (self.say("ultima selectată", "last in"), &cut.last_in),
                (self.say("prima din afară", "first out"), &cut.first_out),
            ] {
                if let Some(code) = code {
                    rows.push([cut.phase.clone(), what.to_owned(), code.clone(), gap.clone()]);
                }
            }
        }
        for tie in &self.chosen.selection.ties {
            for (what, codes) in [
                (self.say("la egalitate, înăuntru", "tied, inside"), &tie.inside),
                (self.say("la egalitate, în afară", "tied, outside"), &tie.outside),
            ] {
                rows.extend(codes.iter().map(|code| {
                    [tie.phase.clone(), what.to_owned(), code.clone(), self.speaker.points(0)]
                }));
            }
        }
        if self.chosen.plan.margin > 0 {
            let near = self.say("în marja declarată", "within the stated margin");
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
        let about = self.say(
            "cine este în jurul liniei de selecție și la ce distanță",
            "who is around the cut, and how far",
        );
        let score =
            |row: &[String; 4]| self.chosen.selection.unit(&row[2]).and_then(|u| self.score(u));
        List::new(self.say("Linia de selecție", "Boundary"), about)
            .text(self.say("Etapă", "Phase"), 8, rows.iter().map(|row| row[0].clone()))
            .text(self.say("Ce este", "What"), 26, rows.iter().map(|row| row[1].clone()))
            .text("SIRUTA", 10, rows.iter().map(|row| row[2].clone()))
            .text(self.say("UAT", "Unit"), 26, rows.iter().map(|row| self.speaker.name(&row[2])))
            .text(
                self.say("Județ", "County"),
                18,
                rows.iter().map(|row| self.column("county", &row[2])),
            )
            .numbers(self.say("Scor", "Score"), self.decimals(), rows.iter().map(score))
            .text(self.say("Distanță", "Distance"), 14, rows.iter().map(|row| row[3].clone()))
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
        let about =
            self.say("proiecte comune ale comunelor vecine", "joint projects of neighbours");
        Some(
            List::new(self.say("Asocieri", "Unions"), about)
                .count(self.say("Loc pe listă", "Place"), projects.iter().map(|(at, _)| Some(*at)))
                .text(
                    self.say("Etapă", "Phase"),
                    8,
                    projects.iter().map(|(_, (id, _))| (*id).clone()),
                )
                .text(
                    self.say("Membre", "Members"),
                    50,
                    projects.iter().map(|(_, (_, p))| self.speaker.names(p)),
                )
                .text("SIRUTA", 24, projects.iter().map(|(_, (_, p))| p.join("+")))
                .numbers(
                    self.say("Locuitori", "Inhabitants"),
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
            let ro = match answer {
                crate::selection::Answer::Accepted => "acceptat",
                crate::selection::Answer::Refused => "refuzat",
                crate::selection::Answer::Withdrawn => "retras",
            };
            self.say(ro, answer.word()).to_owned()
        };
        let about = self.say("ce s-a întâmplat cu fiecare loc", "what became of each place");
        Some(
            List::new(self.say("Decizii", "Decisions"), about)
                .count(self.say("Loc pe listă", "Place"), rows.iter().map(|(at, ..)| Some(*at)))
                .text(self.say("Etapă", "Phase"), 8, rows.iter().map(|(_, p, _)| p.phase.clone()))
                .text("SIRUTA", 10, rows.iter().map(|(.., said)| said.code.clone()))
                .text(
                    self.say("UAT", "Unit"),
                    26,
                    rows.iter().map(|(.., said)| self.speaker.name(&said.code)),
                )
                .text(
                    self.say("Decizie", "Decision"),
                    12,
                    rows.iter().map(|(.., said)| word(said.answer)),
                )
                .text(
                    self.say("Data", "Date"),
                    12,
                    rows.iter().map(|(.., said)| said.day.to_string()),
                )
                .text(
                    self.say("Document", "Document"),
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
            let whole = self.say("în total", "in all").to_owned();
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
        let about = self.say(
            "totalurile din documente, calculate pe listă și repartizate pe județe și etape; părțile dau exact totalul",
            "totals of documents, computed on the list and shared out by county and phase; the parts sum exactly",
        );
        Some(
            List::new(self.say("Plafoane", "Envelopes"), about)
                .text(self.say("Plafon", "Envelope"), 30, rows.iter().map(|row| row.0.clone()))
                .text(self.say("Județ", "County"), 18, rows.iter().map(|row| row.1.clone()))
                .text(self.say("Etapă", "Phase"), 8, rows.iter().map(|row| row.2.clone()))
                .numbers(self.say("Plafon", "Envelope"), 2, rows.iter().map(|row| Some(row.3)))
                .numbers(self.say("Calculat", "Computed"), 2, rows.iter().map(|row| row.4))
                .text(self.say("Sursa", "Source"), 50, rows.iter().map(|row| row.5.clone())),
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
            rows.push(line(self.say("sursă", "source"), &format!("{title}{place}")));
        }
        for assumption in &texts.assumptions {
            let text = assumption.text(self.view.language);
            rows.push(line(self.say("ipoteză", "assumption"), text));
        }
        for question in &texts.open_questions {
            let text = question.text(self.view.language);
            rows.push(line(self.say("întrebare deschisă", "open question"), text));
        }
        let about = self.say(
            "pentru fiecare regulă: cine este pe listă și cine nu este din cauza ei, și cât costă în puncte",
            "for each rule: who is on the list and who is not because of it, and what it costs in points",
        );
        let cells =
            |at: usize| rows.iter().map(|row| row[at].clone()).collect::<Vec<_>>().into_iter();
        List::new(self.say("Reguli", "Rules"), about)
            .text(self.say("Regulă", "Rule"), 40, cells(0))
            .text(self.say("Aduce pe listă", "Admits"), 60, cells(1))
            .text(self.say("Lasă în afară", "Keeps out"), 60, cells(2))
            .text(self.say("Cost în puncte", "Cost in points"), 16, cells(3))
    }

    /// Every registered unit with its sentence.
    fn reasons(&self) -> List {
        let units: Vec<&UnitOutcome> =
            self.chosen.selection.units.iter().filter(|unit| self.is_here(&unit.code)).collect();
        let about = self.say(
            "fiecare unitate din registru: unde este și de ce",
            "each registered unit: where it stands and why",
        );
        let list = List::new(self.say("Motive", "Reasons"), about);
        let sentences = units.iter().map(|unit| self.speaker.sentence(unit));
        let words = units.iter().map(|unit| self.state(unit).to_owned());
        self.identified(list, &units).text(self.say("Stare", "State"), 16, words).text(
            self.say("Motiv", "Reason"),
            90,
            sentences,
        )
    }

    fn state(&self, unit: &UnitOutcome) -> &'static str {
        use crate::selection::State;
        let ro = match unit.state {
            State::Selected => "selectată",
            State::Reserve => "rezervă",
            State::NotSelected => "neselectată",
            State::Excluded => "exclusă",
            State::Ineligible => "neeligibilă",
            State::Unscored => "fără scor",
        };
        self.speaker.say(ro, unit.state.word())
    }
}
