//! `selection.csv` and the tables beside it: stable English columns, one row a unit, place or rule.

use std::collections::BTreeMap;

use super::{Profile, Wording};
use crate::language::Words;
use crate::message::labels;
use crate::register::COUNTY;
use crate::report::model::column::Column;
use crate::report::model::sensitivity::{Masks, Rows, Sensitivity, Sum};
use crate::report::model::table::Table;
use crate::selection::{
    Candidate, Change, Day, Decision, Holder, PhaseOutcome, PlaceHistory, Points, Replacement,
    UnitOutcome,
};

/// Classifications of which places are counted.
const FAMILIES: [&str; 3] = [COUNTY, "region", "kind"];

/// Names without extension, and the tables.
pub(crate) fn tables<'a>(
    wording: &Wording<'a>,
    capacity: Option<&Profile<'a>>,
    masks: &'a Masks,
) -> Vec<(String, Table<'a>)> {
    let chosen = wording.chosen;
    let capacity = capacity.map(|profile| profile.files(wording, masks)).unwrap_or_default();
    if chosen.selects_nobody() {
        return capacity;
    }
    let mut tables = vec![
        ("selection".to_owned(), wording.units(masks)),
        ("reserve".to_owned(), reserve(wording, masks)),
        ("replacements".to_owned(), replacements(wording, masks)),
    ];
    if chosen.plan.rules.unions.is_some() {
        tables.push(("unions".to_owned(), unions(wording, masks)));
    }
    if chosen
        .selection
        .places
        .iter()
        .any(|place| place.holders.iter().any(|h| !h.answers.is_empty()))
    {
        tables.push(("decisions".to_owned(), decisions(wording, masks)));
    }
    if chosen.past.previous.is_some() {
        tables.push(("changes".to_owned(), changes(wording, masks)));
    }
    let is_told = |family: &&str| chosen.county.is_none() || *family == COUNTY;
    for family in FAMILIES.into_iter().filter(is_told) {
        let name = format!("summary_places_{family}");
        tables.extend(places(wording, family, masks).map(|table| (name, table)));
    }
    if !chosen.envelopes.is_empty() {
        tables.push(("summary_envelopes".to_owned(), envelopes(wording, masks)));
    }
    if let Some(county) = chosen.county {
        tables.iter_mut().for_each(|(_, table)| table.keep_where("county", county));
    }
    tables.extend(capacity);
    tables
}

fn reserve<'a>(wording: &Wording<'a>, masks: &'a Masks) -> Table<'a> {
    let selection = wording.chosen.selection;
    let rows: Vec<(usize, &[String], &str)> = (1..)
        .zip(&selection.reserve)
        .flat_map(|(number, codes)| {
            codes.iter().map(move |code| (number, codes.as_slice(), code.as_str()))
        })
        .collect();
    let codes: Vec<&str> = rows.iter().map(|(_, _, code)| *code).collect();
    let units: Vec<_> = codes.iter().map(|code| selection.unit(code)).collect();
    let joined = |codes: &[String]| if codes.len() > 1 { codes.join("+") } else { String::new() };
    let mut table = wording.table_of(codes.iter().copied(), masks);
    table.extend(wording.identified(&codes));
    table.push(Column::counts(
        "reserve",
        Sensitivity::Unit,
        rows.iter().map(|(number, ..)| Some(*number)),
    ));
    table.push(Column::text(
        "project",
        Column::PUBLIC,
        rows.iter().map(|(_, codes, _)| joined(codes)),
    ));
    table.push(wording.scores(units.iter().copied()));
    table.push(wording.ranks(units.iter().copied()));
    table
}

/// Who would enter if a place were given up now and everybody else stayed.
fn replacements<'a>(wording: &Wording<'a>, masks: &'a Masks) -> Table<'a> {
    let rows = &wording.chosen.selection.replacements;
    let enters = |row: &Replacement| row.enters.clone().unwrap_or_default();
    let county = |row: &Replacement| {
        let lead = row.leaves.first().and_then(|code| wording.chosen.group("county", code));
        lead.unwrap_or_default().to_owned()
    };
    let mut table = Table::new(Rows::Other, masks);
    table.push(Column::text("county", Column::PUBLIC, rows.iter().map(county)));
    table.push(Column::text("leaves", Column::PUBLIC, rows.iter().map(|row| row.leaves.join("+"))));
    let names = rows.iter().map(|row| wording.names(&row.leaves));
    table.push(Column::text("leaves_name", Column::PUBLIC, names));
    table.push(Column::text(
        "enters",
        Column::PUBLIC,
        rows.iter().map(|row| enters(row).join("+")),
    ));
    let names = rows.iter().map(|row| wording.names(&enters(row)));
    table.push(Column::text("enters_name", Column::PUBLIC, names));
    table
}

/// One row a member of a project, unions and single units alike.
fn unions<'a>(wording: &Wording<'a>, masks: &'a Masks) -> Table<'a> {
    let chosen = wording.chosen;
    let phases = chosen.selection.phases.iter();
    let projects = phases.flat_map(|phase| phase.projects.iter().map(move |p| (phase, p)));
    let rows: Vec<(usize, &PhaseOutcome, &Vec<String>, &str)> = (1..)
        .zip(projects)
        .flat_map(|(at, (phase, codes))| {
            codes.iter().map(move |code| (at, phase, codes, code.as_str()))
        })
        .collect();
    let codes: Vec<&str> = rows.iter().map(|(.., code)| *code).collect();
    let candidate = |code: &str| chosen.pool.candidates.iter().find(|unit| unit.code == code);
    let role = |codes: &[String], code: &str| {
        if codes.first().is_some_and(|lead| lead == code) { "lead" } else { "partner" }
    };
    let sum = |of: fn(&Candidate) -> i64| -> Vec<Option<i32>> {
        codes.iter().map(|code| i32::try_from(of(candidate(code)?)).ok()).collect()
    };
    let mut table = wording.table_of(codes.iter().copied(), masks);
    table.extend(wording.identified(&codes));
    table.push(wording.phases(rows.iter().map(|(_, phase, ..)| phase.id.clone())));
    table.push(Column::counts("place", Column::PUBLIC, rows.iter().map(|(at, ..)| Some(*at))));
    let projects = rows.iter().map(|(_, _, codes, _)| codes.join("+"));
    table.push(Column::text("project", Column::PUBLIC, projects));
    let roles = rows.iter().map(|(_, _, codes, code)| role(codes, code));
    table.push(Column::text("role", Column::PUBLIC, roles));
    table.push(Column::integers("people", Sensitivity::Sum(Sum::People), sum(|it| it.people)));
    table.push(Column::integers(
        "population",
        Sensitivity::Sum(Sum::Population),
        sum(|it| it.population),
    ));
    table
}

/// A unit of a holder of a place, with an answer that was given for it.
struct Answer<'a> {
    place: (usize, &'a PlaceHistory),
    holder: (usize, &'a Holder),
    code: &'a str,
    decision: Option<&'a Decision>,
}

/// Each place with everybody who held it, in order.
fn decisions<'a>(wording: &Wording<'a>, masks: &'a Masks) -> Table<'a> {
    let mut rows: Vec<Answer<'_>> = Vec::new();
    for place in (1..).zip(&wording.chosen.selection.places) {
        for holder in (1..).zip(&place.1.holders) {
            for code in &holder.1.codes {
                let row = |decision| Answer { place, holder, code, decision };
                let before = rows.len();
                let own = holder.1.answers.iter().filter(|said| said.code == *code);
                rows.extend(own.map(|said| row(Some(said))));
                if rows.len() == before && place.1.holders.len() > 1 {
                    rows.push(row(None));
                }
            }
        }
    }
    let codes: Vec<&str> = rows.iter().map(|row| row.code).collect();
    let day = |day: Option<Day>| day.map_or_else(String::new, |day| day.to_string());
    let mut table = wording.table_of(codes.iter().copied(), masks);
    table.extend(wording.identified(&codes));
    table.push(wording.phases(rows.iter().map(|row| row.place.1.phase.clone())));
    table.push(Column::counts("place", Column::PUBLIC, rows.iter().map(|row| Some(row.place.0))));
    table.push(Column::counts("holder", Column::PUBLIC, rows.iter().map(|row| Some(row.holder.0))));
    table.push(Column::text(
        "since",
        Column::PUBLIC,
        rows.iter().map(|row| day(row.holder.1.since)),
    ));
    let words = rows.iter().map(|row| row.decision.map_or("", |said| said.answer.word()));
    table.push(Column::text("decision", Column::PUBLIC, words));
    let dates = rows.iter().map(|row| day(row.decision.map(|said| said.day)));
    table.push(Column::text("date", Column::PUBLIC, dates));
    let reference = |row: &Answer<'_>| row.decision.map(|said| said.reference.clone());
    let references = rows.iter().map(|row| reference(row).unwrap_or_default());
    table.push(Column::text("reference", Column::PUBLIC, references));
    table
}

/// Who entered and who left since the list that was published before.
fn changes<'a>(wording: &Wording<'a>, masks: &'a Masks) -> Table<'a> {
    let rows = &wording.chosen.selection.changes;
    let codes: Vec<&str> = rows.iter().map(|change| change.code.as_str()).collect();
    let after = |change: &Change| match change.reserve {
        Some(number) => format!("reserve-{number}"),
        None => change.after.word().to_owned(),
    };
    let mut table = wording.table_of(codes.iter().copied(), masks);
    table.extend(wording.identified(&codes));
    table.push(Column::text(
        "before",
        Column::PUBLIC,
        rows.iter().map(|change| change.before.word()),
    ));
    table.push(Column::text("after", Column::PUBLIC, rows.iter().map(after)));
    table.push(Column::text(
        "why",
        Column::PUBLIC,
        rows.iter().map(|change| change.why.to_string()),
    ));
    table
}

/// Eligible units, places by phase and people of each group of a classification; `None` where the
/// programme has no such classification.
pub(super) fn places<'a>(
    wording: &Wording<'a>,
    family: &str,
    masks: &'a Masks,
) -> Option<Table<'a>> {
    let chosen = wording.chosen;
    let at = chosen.pool.classification(family)?;
    let groups = &chosen.pool.classifications[at].groups;
    let candidates: BTreeMap<&str, &Candidate> =
        chosen.pool.candidates.iter().map(|unit| (unit.code.as_str(), unit)).collect();
    let group_of = |unit: &UnitOutcome| {
        let candidate = candidates.get(unit.code.as_str())?;
        Some((candidate.groups[at]?, *candidate))
    };
    let counted = |holds: &dyn Fn(&UnitOutcome) -> bool| -> Vec<Option<usize>> {
        let mut counts = vec![0; groups.len()];
        for unit in chosen.selection.units.iter().filter(|unit| holds(unit)) {
            if let Some((group, _)) = group_of(unit) {
                counts[group] += 1;
            }
        }
        counts.into_iter().map(Some).collect()
    };
    let column = |id: &str, words: Words, holds: &dyn Fn(&UnitOutcome) -> bool| {
        Column::counts(id, Column::PUBLIC, counted(holds)).headed(wording.word(words))
    };
    let heading = if family == "county" { labels::COUNTY } else { labels::REGION };
    let mut table = Table::new(Rows::Other, masks);
    table.push(
        Column::text(family, Column::PUBLIC, groups.iter().map(String::as_str))
            .headed(wording.word(heading))
            .wide(26),
    );
    table.push(column("units", labels::COUNTED_UNITS, &|_| true));
    table.push(column("eligible", labels::COUNTED_ELIGIBLE, &|unit| unit.rank.is_some()));
    table.push(column("selected", labels::COUNTED_SELECTED, &|unit| unit.place.is_some()));
    for phase in &chosen.selection.phases {
        let id = Some(phase.id.as_str());
        let heading = format!("{} {}", wording.word(labels::PHASE_NAMED), phase.id);
        let counts = counted(&|unit| unit.phase.as_deref() == id);
        let name = format!("phase_{}", phase.id);
        table.push(Column::counts(name, Column::PUBLIC, counts).headed(heading));
    }
    table.push(column("reserve", labels::LIST_RESERVE, &|unit| unit.reserve.is_some()));
    if chosen.plan.people.is_some() {
        let mut people = vec![0_i64; groups.len()];
        for unit in chosen.selection.units.iter().filter(|unit| unit.place.is_some()) {
            if let Some((group, candidate)) = group_of(unit) {
                people[group] += candidate.people;
            }
        }
        let people = people.into_iter().map(|people| i32::try_from(people).ok());
        let sensitivity = Sensitivity::Sum(Sum::People);
        table.push(Column::integers("people", sensitivity, people).only_in_files());
    }
    Some(table)
}

/// Envelopes by county and phase; the parts of each sum to its total.
fn envelopes<'a>(wording: &Wording<'a>, masks: &'a Masks) -> Table<'a> {
    let chosen = wording.chosen;
    let mut rows = Vec::new();
    for (filled, planned) in chosen.envelopes.iter().zip(&chosen.plan.envelopes) {
        rows.extend(filled.parts.iter().map(|part| (filled, planned, part)));
    }
    let amount = |units: i64, money: bool| {
        if money { Points::from_units(units).text(2) } else { units.to_string() }
    };
    let mut table = Table::new(Rows::Other, masks);
    let ids = rows.iter().map(|(filled, ..)| filled.id.clone());
    table.push(Column::text("envelope", Column::PUBLIC, ids));
    table.push(Column::text("county", Column::PUBLIC, rows.iter().map(|row| row.2.county.clone())));
    table.push(wording.phases(rows.iter().map(|row| row.2.phase.clone())));
    let amounts = rows.iter().map(|(_, planned, part)| amount(part.amount, planned.money));
    table.push(Column::text("amount", Column::PUBLIC, amounts));
    let units = rows.iter().map(|(_, planned, _)| if planned.money { "lei" } else { "count" });
    table.push(Column::text("unit", Column::PUBLIC, units));
    table
}
