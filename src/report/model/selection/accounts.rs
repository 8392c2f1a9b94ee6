//! The rows of the lists that give account of a selection: unions, answers, envelopes, rules.

use super::Wording;
use crate::message::labels;
use crate::report::model::column::{Column, Kind};
use crate::report::model::sensitivity::{Masks, Rows, Sensitivity, Sum};
use crate::report::model::table::Table;
use crate::selection::{Decision, Points};

/// An amount of an envelope: of the whole, or of a part.
struct Amount {
    title: String,
    county: String,
    phase: String,
    amount: f64,
    computed: Option<f64>,
    source: String,
}

/// What a rule did, or a line of text beside the rules.
#[derive(Default)]
struct RuleRow {
    rule: String,
    admits: String,
    keeps_out: String,
    cost: String,
}

impl<'a> Wording<'a> {
    /// A row for each project of more than one unit.
    pub(super) fn union_rows(&self, masks: &'a Masks) -> Table<'a> {
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
            .filter(|(.., answer)| self.is_here(&answer.code))
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
        let names = |codes: &[String]| {
            codes.iter().map(|code| self.name(code)).collect::<Vec<_>>().join(", ")
        };
        let mut rows: Vec<RuleRow> = Vec::new();
        rows.extend(self.chosen.prices.iter().map(|price| RuleRow {
            rule: self.clause(&price.rule),
            admits: names(&price.admits),
            keeps_out: names(&price.keeps_out),
            cost: self.points_text(i64::try_from(price.points).unwrap_or(i64::MAX)),
        }));
        let texts = &self.chosen.plan.texts;
        let line = |words, text: String| RuleRow {
            rule: self.word(words).to_owned(),
            admits: text,
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
        let column = |id: &str, sensitivity, words, of: fn(&RuleRow) -> &String| {
            let cells = rows.iter().map(|row| of(row).clone());
            Column::text(id, sensitivity, cells).headed(self.word(words)).wide(60)
        };
        let cost = Sensitivity::Sum(Sum::Scores);
        table.push(column("rule", Column::PUBLIC, labels::RULE, |row| &row.rule).wide(40));
        table.push(column("admits", Column::PUBLIC, labels::ADMITS, |row| &row.admits));
        table.push(column("keeps_out", Column::PUBLIC, labels::KEEPS_OUT, |row| &row.keeps_out));
        table.push(column("cost", cost, labels::COST_IN_POINTS, |row| &row.cost).wide(16));
        table
    }
}
