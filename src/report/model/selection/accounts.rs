//! The rows of the lists that give account of a selection: unions, answers, envelopes, rules.

use super::Wording;
use crate::message::labels;
use crate::report::model::column::{Column, Kind};
use crate::report::model::sensitivity::{Masks, Rows, Sensitivity, Sum};
use crate::report::model::table::Table;
use crate::selection::{Decision, Points, Price, Shift};

/// An amount of an envelope: of the whole, or of a part.
struct Amount {
    title: String,
    county: String,
    phase: String,
    amount: f64,
    computed: Option<f64>,
    source: String,
}

/// Units named in a cell; `selection.json` has them all.
const NAMED: usize = 200;

/// What the list or a phase is without a rule, or a line of text beside the rules.
#[derive(Default)]
struct RuleRow {
    rule: String,
    phase: String,
    enters: String,
    leaves: String,
    points: String,
    people: Option<f64>,
    cost: Option<f64>,
}

impl<'a> Wording<'a> {
    /// A row for each project of more than one unit.
    pub(super) fn union_rows(&self, masks: &'a Masks) -> Table<'a> {
        let phases = self.chosen.selection.phases.iter();
        let all = phases.flat_map(|phase| phase.projects.iter().map(move |p| (&phase.id, p)));
        let projects: Vec<(usize, (&String, &Vec<String>))> = (1..)
            .zip(all)
            .filter(|(_, (_, codes))| codes.len() > 1 && self.chosen.is_here(&codes[0]))
            .collect();
        let people = |codes: &[String]| {
            let own = |code: &String| {
                let unit = self.chosen.pool.candidates.iter().find(|unit| unit.code == *code);
                unit.map_or(0, |unit| unit.population)
            };
            codes.iter().map(own).sum::<i64>() as f64
        };
        let places = projects.iter().map(|(at, _)| Some(*at));
        let names = projects.iter().map(|(_, (_, codes))| self.names(codes));
        let codes = projects.iter().map(|(_, (_, codes))| codes.join("+"));
        let inhabitants = projects.iter().map(|(_, (_, codes))| Some(people(codes)));
        let mut table = Table::new(Rows::Other, masks);
        table
            .push(Column::counts("place", Column::PUBLIC, places).headed(self.word(labels::PLACE)));
        table.push(self.phases(projects.iter().map(|(_, (phase, _))| (*phase).clone())));
        table.push(
            Column::text("members", Column::PUBLIC, names)
                .headed(self.word(labels::MEMBERS))
                .wide(50),
        );
        table.push(Column::text("project", Column::PUBLIC, codes).headed("SIRUTA").wide(24));
        table.push(
            Column::numbers("population", Sensitivity::Sum(Sum::Population), inhabitants)
                .headed(self.word(labels::INHABITANTS)),
        );
        table
    }

    /// A row for each answer that was given for a place.
    pub(super) fn answers(&self, masks: &'a Masks) -> Table<'a> {
        let places = (1..).zip(&self.chosen.selection.places);
        let rows: Vec<(usize, &str, &Decision)> = places
            .flat_map(|(at, place)| {
                let answers = place.holders.iter().flat_map(|holder| &holder.answers);
                answers.map(move |answer| (at, place.phase.as_str(), answer))
            })
            .filter(|(.., answer)| self.chosen.is_here(&answer.code))
            .collect();
        let codes: Vec<&str> = rows.iter().map(|(.., answer)| answer.code.as_str()).collect();
        let [code, name, ..] = self.identified(&codes);
        let text = |id: &str, of: &dyn Fn(&Decision) -> String| {
            Column::text(id, Column::PUBLIC, rows.iter().map(|(.., answer)| of(answer)))
        };
        let word = |answer: &Decision| self.word(answer.answer.words()).to_owned();
        let places = rows.iter().map(|(at, ..)| Some(*at));
        let mut table = self.table_of(codes.iter().copied(), masks);
        table
            .push(Column::counts("place", Column::PUBLIC, places).headed(self.word(labels::PLACE)));
        table.push(self.phases(rows.iter().map(|(_, phase, _)| (*phase).to_owned())));
        table.extend([code, name]);
        table.push(text("decision", &word).headed(self.word(labels::DECISION)).wide(12));
        let day = |answer: &Decision| answer.day.to_string();
        table.push(text("date", &day).headed(self.word(labels::DATE)).wide(12));
        let document = |answer: &Decision| answer.reference.clone();
        table.push(text("reference", &document).headed(self.word(labels::DOCUMENT)).wide(30));
        table
    }

    /// Envelopes: computed against given, then the parts by county and phase.
    pub(super) fn envelope_rows(&self, masks: &'a Masks) -> Table<'a> {
        let mut rows: Vec<Amount> = Vec::new();
        for (filled, planned) in self.chosen.envelopes.iter().zip(&self.chosen.plan.envelopes) {
            let title = planned.title.text(self.language);
            let amount = |units: i64| {
                let text = Points::from_units(units).text(if planned.money { 2 } else { 0 });
                text.parse().unwrap_or(f64::NAN)
            };
            rows.push(Amount {
                title: title.to_owned(),
                county: self.word(labels::IN_ALL).to_owned(),
                phase: String::new(),
                amount: amount(planned.envelope.total),
                computed: filled.compared.as_ref().map(|compared| amount(compared.computed)),
                source: planned.envelope.source.clone(),
            });
            rows.extend(filled.parts.iter().map(|part| Amount {
                title: title.to_owned(),
                county: part.county.clone(),
                phase: part.phase.clone(),
                amount: amount(part.amount),
                computed: None,
                source: String::new(),
            }));
        }
        rows.retain(|row| self.chosen.county.is_none_or(|county| row.county == county));
        let text = |id: &str, words, of: fn(&Amount) -> &String| {
            let cells = rows.iter().map(|row| of(row).clone());
            Column::text(id, Column::PUBLIC, cells).headed(self.word(words))
        };
        let number = |id: &str, words, of: fn(&Amount) -> Option<f64>| {
            Column::numbers(id, Column::FIGURES, rows.iter().map(of))
                .headed(self.word(words))
                .shown_as(Kind::Decimals(2))
        };
        let mut table = Table::new(Rows::Other, masks);
        table.push(text("envelope", labels::ENVELOPE, |row| &row.title).wide(30));
        table.push(text("county", labels::COUNTY, |row| &row.county).wide(18));
        table.push(text("phase", labels::PHASE, |row| &row.phase).wide(8));
        table.push(number("amount", labels::ENVELOPE_AMOUNT, |row| Some(row.amount)));
        table.push(number("computed", labels::ENVELOPE_COMPUTED, |row| row.computed));
        table.push(text("source", labels::ENVELOPE_SOURCE, |row| &row.source).wide(50));
        table
    }

    /// What each rule costs, then sources, assumptions and open questions.
    pub(super) fn rule_rows(&self, mut table: Table<'a>) -> Table<'a> {
        let mut rows: Vec<RuleRow> =
            self.chosen.prices.iter().flat_map(|price| self.price_rows(price)).collect();
        let texts = &self.chosen.plan.texts;
        let line = |words, text: String| RuleRow {
            rule: self.word(words).to_owned(),
            enters: text,
            ..RuleRow::default()
        };
        rows.extend(texts.sources.iter().map(|source| {
            let place =
                source.place.as_deref().map_or_else(String::new, |place| format!(", {place}"));
            let title = source.title.text(self.language);
            line(labels::RULE_SOURCE, format!("{title}{place}"))
        }));
        for (words, all) in [
            (labels::BASIS_ASSUMPTION, &texts.assumptions),
            (labels::OPEN_QUESTION, &texts.open_questions),
        ] {
            rows.extend(all.iter().map(|text| line(words, text.text(self.language).to_owned())));
        }
        let text = |id: &str, sensitivity, words, of: fn(&RuleRow) -> &String| {
            let cells = rows.iter().map(|row| of(row).clone());
            Column::text(id, sensitivity, cells).headed(self.word(words)).wide(60)
        };
        let number = |id: &str, sum, words, of: fn(&RuleRow) -> Option<f64>| {
            Column::numbers(id, Sensitivity::Sum(sum), rows.iter().map(of)).headed(self.word(words))
        };
        let (points, decimals) = (Sensitivity::Sum(Sum::Scores), Kind::Decimals(2));
        table.push(text("rule", Column::PUBLIC, labels::RULE, |row| &row.rule).wide(40));
        table.push(text("phase", Column::PUBLIC, labels::PHASE, |row| &row.phase).wide(8));
        table.push(text("enters", Column::PUBLIC, labels::ENTERS_WITHOUT, |row| &row.enters));
        table.push(text("leaves", Column::PUBLIC, labels::LEAVES_WITHOUT, |row| &row.leaves));
        table.push(text("points", points, labels::POINTS_WITHOUT, |row| &row.points).wide(16));
        if self.chosen.plan.people.is_some() {
            table.push(number("people", Sum::People, labels::PEOPLE_WITHOUT, |row| row.people));
        }
        if self.chosen.plan.rules.budget.is_some() {
            let cost = number("cost", Sum::Cost, labels::COST_WITHOUT, |row| row.cost);
            table.push(cost.shown_as(decimals));
        }
        table
    }

    /// The list without a rule, then each phase in which somebody moves.
    fn price_rows(&self, price: &Price) -> Vec<RuleRow> {
        let rule = self.rules_priced(&price.rules);
        let difference = match &price.without {
            Ok(rerun) => &rerun.difference,
            Err(none) => {
                return vec![RuleRow {
                    rule,
                    enters: self.no_list(price, none),
                    ..RuleRow::default()
                }];
            }
        };
        let row = |phase: &str, shift: &Shift| RuleRow {
            rule: rule.clone(),
            phase: phase.to_owned(),
            enters: self.placed(self.chosen.here(&shift.enters), NAMED),
            leaves: self.placed(self.chosen.here(&shift.leaves), NAMED),
            points: self.signed_points(shift.points),
            people: Some(shift.people as f64),
            cost: Some(shift.cost as f64 / 100.0),
        };
        let phases = difference.phases.iter().filter(|(_, shift)| !shift.moves_nobody());
        let mut rows = vec![row("", &difference.whole)];
        if difference.phases.len() > 1 {
            rows.extend(phases.map(|(id, shift)| row(id, shift)));
        }
        rows
    }
}
