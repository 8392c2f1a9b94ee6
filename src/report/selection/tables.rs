//! `selection.csv` and the tables beside it: stable English columns, one row a unit, place or rule.

use std::collections::BTreeMap;

use super::Chosen;
use super::capacity;
use super::sentences::Speaker;
use crate::language::Language::{En, Ro};
use crate::report::View;
use crate::report::table::Table;
use crate::report::tables::PLACES;
use crate::selection::{PhaseOutcome, Points, UnitOutcome};

/// Names without extension, and the tables.
pub(crate) fn tables<'a>(view: &View<'a>, chosen: Chosen<'a>) -> Vec<(String, Table<'a>)> {
    if chosen.selects_nobody() {
        return capacity::tables(view, chosen);
    }
    let mut tables = vec![
        ("selection".to_owned(), selection(view, chosen)),
        ("reserve".to_owned(), reserve(view, chosen)),
        ("replacements".to_owned(), replacements(view, chosen)),
    ];
    if chosen.plan.rules.unions.is_some() {
        tables.push(("unions".to_owned(), unions(view, chosen)));
    }
    if chosen
        .selection
        .places
        .iter()
        .any(|place| place.holders.iter().any(|h| !h.answers.is_empty()))
    {
        tables.push(("decisions".to_owned(), decisions(view, chosen)));
    }
    if chosen.past.previous.is_some() {
        tables.push(("changes".to_owned(), changes(view, chosen)));
    }
    for family in ["county", "region", "kind"] {
        if chosen.pool.classification(family).is_some() {
            tables.push((format!("summary_places_{family}"), places(chosen, family)));
        }
    }
    if !chosen.envelopes.is_empty() {
        tables.push(("summary_envelopes".to_owned(), envelopes(chosen)));
    }
    if let Some(county) = chosen.county {
        tables.iter_mut().for_each(|(_, table)| table.keep_where("county", county));
    }
    tables.extend(capacity::tables(view, chosen));
    tables
}

/// The state of every registered unit, in the order of the register.
fn selection<'a>(view: &View<'a>, chosen: Chosen<'a>) -> Table<'a> {
    let units = &chosen.selection.units;
    let mut table = leads(view, units.iter().map(|unit| unit.code.clone()));
    let decimals = chosen.plan.rules.order.decimals;
    let seats = seats(chosen);
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
    table.numbers("score", units.iter().map(|unit| unit.points.and_then(|p| number(p, decimals))));
    table.integers("rank", units.iter().map(|unit| small(unit.rank)));
    table.text("phase", units.iter().map(phase));
    table.integers("place", units.iter().map(|unit| small(place(unit))));
    table.integers("reserve", units.iter().map(|unit| small(unit.reserve)));
    table.text("project", units.iter().map(project));
    table.text("state", units.iter().map(|unit| unit.state.word()));
    table.text("decision", units.iter().map(|unit| unit.decision.map_or("", |d| d.word())));
    table.text("reason", units.iter().map(|unit| unit.reason.code()));
    let distance = |unit: &UnitOutcome| {
        let points = unit.distance.as_ref().and_then(|distance| distance.points)?;
        number(Points::from_units(points), decimals)
    };
    table.numbers("distance", units.iter().map(distance));
    let ranks = |unit: &UnitOutcome| unit.distance.as_ref().map(|distance| distance.ranks);
    table
        .integers("distance_ranks", units.iter().map(|u| ranks(u).and_then(|r| r.try_into().ok())));
    let with = |unit: &UnitOutcome| unit.distance.as_ref().map(|d| d.with.clone());
    table.text("distance_to", units.iter().map(|unit| with(unit).unwrap_or_default()));
    table.text("ticket", units.iter().map(|unit| unit.ticket.clone().unwrap_or_default()));
    let speaker = Speaker::new(view, chosen);
    for (id, language) in [("sentence_ro", Ro), ("sentence_en", En)] {
        let speaker = speaker.in_language(language);
        table.text(id, units.iter().map(|unit| speaker.sentence(unit)));
    }
    table
}

/// Phase, number and project of whoever holds a place now, by code.
fn seats(chosen: Chosen<'_>) -> BTreeMap<&str, (&str, usize, &[String])> {
    let mut seats = BTreeMap::new();
    for (at, place) in chosen.selection.places.iter().enumerate() {
        let Some(holder) = place.holders.last().filter(|_| !place.empty) else { continue };
        for code in &holder.codes {
            seats.insert(code.as_str(), (place.phase.as_str(), at + 1, holder.codes.as_slice()));
        }
    }
    seats
}

/// Code, name and register columns of some units.
fn leads<'a>(view: &View<'a>, codes: impl Iterator<Item = String>) -> Table<'a> {
    let mut table = Table::default();
    let codes: Vec<String> = codes.collect();
    let of = |column: &str| -> Vec<String> {
        let text = |code: &String| match view.figures.register.position(code) {
            Some(unit) if column == "name" => view.figures.register.names()[unit].clone(),
            Some(unit) => view.figures.register_text(column, unit).to_owned(),
            None => String::new(),
        };
        codes.iter().map(text).collect()
    };
    table.text("code", codes.clone());
    table.text("name", of("name"));
    for place in PLACES {
        table.text(place, of(place));
    }
    table
}

fn reserve<'a>(view: &View<'a>, chosen: Chosen<'a>) -> Table<'a> {
    let rows: Vec<(usize, &[String], &String)> = (1..)
        .zip(&chosen.selection.reserve)
        .flat_map(|(number, codes)| codes.iter().map(move |code| (number, codes.as_slice(), code)))
        .collect();
    let mut table = leads(view, rows.iter().map(|(_, _, code)| (*code).clone()));
    table.integers("reserve", rows.iter().map(|(number, ..)| small(Some(*number))));
    let joined = |codes: &[String]| if codes.len() > 1 { codes.join("+") } else { String::new() };
    table.text("project", rows.iter().map(|(_, codes, _)| joined(codes)));
    let unit = |code: &str| chosen.selection.unit(code);
    let decimals = chosen.plan.rules.order.decimals;
    let points = |code: &str| unit(code).and_then(|unit| unit.points);
    table.numbers(
        "score",
        rows.iter().map(|(_, _, code)| points(code).and_then(|p| number(p, decimals))),
    );
    table.integers("rank", rows.iter().map(|(_, _, code)| small(unit(code).and_then(|u| u.rank))));
    table
}

/// Who would enter if a place were given up now and everybody else stayed.
fn replacements<'a>(view: &View<'a>, chosen: Chosen<'a>) -> Table<'a> {
    let speaker = Speaker::new(view, chosen);
    let rows = &chosen.selection.replacements;
    let enters = |row: &crate::selection::Replacement| row.enters.clone().unwrap_or_default();
    let county = |row: &crate::selection::Replacement| {
        let lead = row.leaves.first().and_then(|code| chosen.group("county", code));
        lead.unwrap_or_default().to_owned()
    };
    let mut table = Table::default();
    table.text("county", rows.iter().map(county));
    table.text("leaves", rows.iter().map(|row| row.leaves.join("+")));
    table.text("leaves_name", rows.iter().map(|row| speaker.names(&row.leaves)));
    table.text("enters", rows.iter().map(|row| enters(row).join("+")));
    table.text("enters_name", rows.iter().map(|row| speaker.names(&enters(row))));
    table
}

/// One row a member of a project, unions and single units alike.
fn unions<'a>(view: &View<'a>, chosen: Chosen<'a>) -> Table<'a> {
    let phases = chosen.selection.phases.iter();
    let projects = phases.flat_map(|phase| phase.projects.iter().map(move |p| (phase, p)));
    let rows: Vec<(usize, &PhaseOutcome, &Vec<String>, &String)> = (1..)
        .zip(projects)
        .flat_map(|(at, (phase, codes))| codes.iter().map(move |code| (at, phase, codes, code)))
        .collect();
    let mut table = leads(view, rows.iter().map(|(.., code)| (*code).clone()));
    let candidate = |code: &str| chosen.pool.candidates.iter().find(|unit| unit.code == code);
    table.text("phase", rows.iter().map(|(_, phase, ..)| phase.id.clone()));
    table.integers("place", rows.iter().map(|(at, ..)| small(Some(*at))));
    table.text("project", rows.iter().map(|(_, _, codes, _)| codes.join("+")));
    let role = |codes: &[String], code: &String| {
        if codes.first() == Some(code) { "lead" } else { "partner" }
    };
    table.text("role", rows.iter().map(|(_, _, codes, code)| role(codes, code)));
    let people = |code: &str| candidate(code).and_then(|unit| i32::try_from(unit.people).ok());
    if !chosen.withheld.people {
        table.integers("people", rows.iter().map(|(.., code)| people(code)));
    }
    let inhabitants =
        |code: &str| candidate(code).and_then(|unit| i32::try_from(unit.population).ok());
    if !chosen.withheld.population {
        table.integers("population", rows.iter().map(|(.., code)| inhabitants(code)));
    }
    table
}

/// Each place with everybody who held it, in order.
fn decisions<'a>(view: &View<'a>, chosen: Chosen<'a>) -> Table<'a> {
    let mut rows = Vec::new();
    for (at, place) in (1..).zip(&chosen.selection.places) {
        for (number, holder) in (1..).zip(&place.holders) {
            for code in &holder.codes {
                let said: Vec<_> =
                    holder.answers.iter().filter(|said| said.code == *code).collect();
                if said.is_empty() && place.holders.len() > 1 {
                    rows.push((at, place, number, holder, code, None));
                }
                rows.extend(said.iter().map(|s| (at, place, number, holder, code, Some(*s))));
            }
        }
    }
    let mut table = leads(view, rows.iter().map(|(.., code, _)| (*code).clone()));
    table.text("phase", rows.iter().map(|(_, place, ..)| place.phase.clone()));
    table.integers("place", rows.iter().map(|(at, ..)| small(Some(*at))));
    table.integers("holder", rows.iter().map(|(_, _, number, ..)| small(Some(*number))));
    let since =
        |day: Option<crate::selection::Day>| day.map_or_else(String::new, |d| d.to_string());
    table.text("since", rows.iter().map(|(_, _, _, holder, ..)| since(holder.since)));
    let word = |said: Option<&crate::selection::Decision>| said.map_or("", |s| s.answer.word());
    table.text("decision", rows.iter().map(|(.., said)| word(*said)));
    table.text("date", rows.iter().map(|(.., said)| since(said.map(|said| said.day))));
    let reference = |said: Option<&crate::selection::Decision>| {
        said.map(|said| said.reference.clone()).unwrap_or_default()
    };
    table.text("reference", rows.iter().map(|(.., said)| reference(*said)));
    table
}

/// Who entered and who left since the list that was published before.
fn changes<'a>(view: &View<'a>, chosen: Chosen<'a>) -> Table<'a> {
    let rows = &chosen.selection.changes;
    let mut table = leads(view, rows.iter().map(|change| change.code.clone()));
    table.text("before", rows.iter().map(|change| change.before.word()));
    let after = |change: &crate::selection::Change| match change.reserve {
        Some(number) => format!("reserve-{number}"),
        None => change.after.word().to_owned(),
    };
    table.text("after", rows.iter().map(after));
    table.text("why", rows.iter().map(|change| change.why.to_string()));
    table
}

/// Eligible units, places by phase, people and money of each group.
fn places<'a>(chosen: Chosen<'a>, family: &'a str) -> Table<'a> {
    let Some(at) = chosen.pool.classification(family) else { return Table::default() };
    let groups = &chosen.pool.classifications[at].groups;
    let group_of: BTreeMap<&str, Option<usize>> =
        chosen.pool.candidates.iter().map(|unit| (unit.code.as_str(), unit.groups[at])).collect();
    let candidates: BTreeMap<&str, &crate::selection::Candidate> =
        chosen.pool.candidates.iter().map(|unit| (unit.code.as_str(), unit)).collect();
    let counted = |holds: &dyn Fn(&UnitOutcome) -> bool| -> Vec<Option<i32>> {
        let mut counts = vec![0; groups.len()];
        for unit in chosen.selection.units.iter().filter(|unit| holds(unit)) {
            if let Some(Some(group)) = group_of.get(unit.code.as_str()) {
                counts[*group] += 1;
            }
        }
        counts.into_iter().map(Some).collect()
    };
    let mut table = Table::default();
    table.text(family, groups.iter().map(String::as_str));
    table.integers("units", counted(&|_| true));
    table.integers("eligible", counted(&|unit| unit.rank.is_some()));
    table.integers("selected", counted(&|unit| unit.place.is_some()));
    for phase in &chosen.selection.phases {
        let id = Some(phase.id.as_str());
        table.integers(format!("phase_{}", phase.id), counted(&|u| u.phase.as_deref() == id));
    }
    table.integers("reserve", counted(&|unit| unit.reserve.is_some()));
    let mut people = vec![0_i64; groups.len()];
    for unit in chosen.selection.units.iter().filter(|unit| unit.place.is_some()) {
        let candidate = candidates.get(unit.code.as_str());
        if let (Some(Some(group)), Some(unit)) = (group_of.get(unit.code.as_str()), candidate) {
            people[*group] += unit.people;
        }
    }
    if chosen.plan.people.is_some() && !chosen.withheld.people {
        table.integers("people", people.into_iter().map(|p| i32::try_from(p).ok()));
    }
    table
}

/// Envelopes by county and phase; the parts of each sum to its total.
fn envelopes(chosen: Chosen<'_>) -> Table<'_> {
    let mut rows = Vec::new();
    for (filled, planned) in chosen.envelopes.iter().zip(&chosen.plan.envelopes) {
        rows.extend(filled.parts.iter().map(|part| (filled, planned, part)));
    }
    let mut table = Table::default();
    table.text("envelope", rows.iter().map(|(filled, ..)| filled.id.clone()));
    table.text("county", rows.iter().map(|(.., part)| part.county.clone()));
    table.text("phase", rows.iter().map(|(.., part)| part.phase.clone()));
    let amount = |units: i64, money: bool| {
        if money { Points::from_units(units).text(2) } else { units.to_string() }
    };
    table.text("amount", rows.iter().map(|(_, planned, part)| amount(part.amount, planned.money)));
    table.text(
        "unit",
        rows.iter().map(|(_, planned, _)| if planned.money { "lei" } else { "count" }),
    );
    table
}

fn number(points: Points, decimals: u8) -> Option<f64> {
    points.text(decimals).parse().ok()
}

fn small(count: Option<usize>) -> Option<i32> {
    count.and_then(|count| i32::try_from(count).ok())
}
