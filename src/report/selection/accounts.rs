//! The lists that give account of a selection: unions, answers, envelopes, and what each rule did.

use super::list::List;
use super::lists::Writer;
use crate::message::labels;
use crate::selection::Points;

impl Writer<'_, '_> {
    pub(super) fn unions(&self) -> Option<List> {
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

    pub(super) fn decisions(&self) -> Option<List> {
        let mut rows = Vec::new();
        for (at, place) in (1..).zip(&self.chosen.selection.places) {
            for holder in &place.holders {
                rows.extend(holder.answers.iter().map(|said| (at, place, said)));
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
    pub(super) fn envelopes(&self) -> Option<List> {
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
                .numbers(self.word(labels::ENVELOPE_AMOUNT), 2, rows.iter().map(|row| Some(row.3)))
                .numbers(self.word(labels::ENVELOPE_COMPUTED), 2, rows.iter().map(|row| row.4))
                .text(self.word(labels::ENVELOPE_SOURCE), 50, rows.iter().map(|row| row.5.clone())),
        )
    }

    /// What each rule costs, then sources, assumptions and open questions.
    pub(super) fn rules(&self) -> List {
        let mut rows: Vec<[String; 4]> = Vec::new();
        for price in self.chosen.prices {
            let names = |codes: &[String]| {
                codes.iter().map(|code| self.speaker.name(code)).collect::<Vec<_>>().join(", ")
            };
            let points = i64::try_from(price.points).unwrap_or(i64::MAX);
            let known = !self.chosen.withheld.scores;
            rows.push([
                self.speaker.clause(&price.rule),
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
}
