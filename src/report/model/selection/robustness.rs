//! The tables of robustness: how sure each place is, what each doubt decides, what one component does.

use std::collections::BTreeMap;

use super::Wording;
use crate::index::Method;
use crate::report::model::column::Column;
use crate::report::model::sensitivity::{Masks, Rows, Sensitivity};
use crate::report::model::table::Table;
use crate::robustness::{
    Assessed, Design, Layer, Moves, OneCase, Output, RankSet, Times, UnitStanding, Unmade,
};
use crate::selection::Standing;

/// Names without extension, and the tables.
pub(crate) fn tables<'a>(
    wording: &Wording<'a>,
    method: &'a Method,
    assessed: &'a Assessed,
    masks: &'a Masks,
) -> Vec<(String, Table<'a>)> {
    let told = Told { wording, method, assessed, masks };
    [
        ("robustness", told.units()),
        ("sensitivity", told.sensitivity()),
        ("leave_out", told.leave_out()),
        ("leave_out_moves", told.moves()),
        ("variants", told.variants()),
        ("pairs", told.pairs()),
        ("summary_robustness_county", told.counties()),
    ]
    .into_iter()
    .map(|(name, table)| (name.to_owned(), table))
    .collect()
}

/// A changed count as tables write it: `vmg.families+1`.
pub(crate) fn one_case_text(case: &OneCase) -> String {
    format!("{}{:+}", case.measure, case.cases)
}

struct Told<'t, 'a> {
    wording: &'t Wording<'a>,
    method: &'a Method,
    assessed: &'a Assessed,
    masks: &'a Masks,
}

impl<'a> Told<'_, 'a> {
    fn code(&self, unit: usize) -> &'a str {
        &self.wording.register.codes()[unit]
    }

    fn phases(&self) -> impl Iterator<Item = (usize, &'a str)> + use<'a> {
        self.wording.chosen.plan.rules.phases.iter().map(|phase| phase.id.as_str()).enumerate()
    }

    /// The ids of a group, as one word.
    fn group(&self, group: usize) -> String {
        self.assessed.doubts.group_id(group)
    }

    fn node(&self, node: usize) -> &'a str {
        &self.method.nodes[node].id
    }

    /// One row a unit that may have a place, or has one in some run.
    fn units(&self) -> Table<'a> {
        let outcome = &self.assessed.outcome;
        let units: Vec<&UnitStanding> = outcome.units.iter().collect();
        let codes: Vec<&str> = units.iter().map(|unit| self.code(unit.unit)).collect();
        let runs = |design| outcome.designs.get(&design).map_or(0, |design| design.made);
        let joint = runs(Design::Joint);
        let of = |times: Option<Times>, design| times.map(|times| times.share(runs(design)));
        let number = |id: &str, cells: Vec<Option<f64>>| {
            Column::numbers(id.to_owned(), Sensitivity::Unit, cells)
        };
        let mut table = self.wording.table_of(codes.iter().copied(), self.masks);
        table.extend(self.wording.identified(&codes));
        let chosen = self.wording.chosen.selection;
        let states =
            codes.iter().map(|code| chosen.unit(code).map_or("", |unit| unit.state.word()));
        table.push(Column::text("state", Column::PUBLIC, states));
        let rank = |unit: &&UnitStanding| unit.rank.map(|rank| rank as usize);
        table.push(Column::counts("rank", Sensitivity::Unit, units.iter().map(rank)));
        for (at, id) in ["rank_median", "rank_low", "rank_high"].into_iter().enumerate() {
            let of = |unit: &&UnitStanding| unit.ranks.map(|ranks| ranks[at]);
            table.push(number(id, units.iter().map(of).collect()));
        }
        let share = |unit: &&UnitStanding| Some(unit.times.share(joint));
        table.push(number("share", units.iter().map(share).collect()));
        for (phase, id) in self.phases() {
            let own = |unit: &&UnitStanding| Some(unit.by_phase[phase].share(joint));
            table.push(number(&format!("share_{id}"), units.iter().map(own).collect()));
        }
        let layers = [("share_choice", Design::Choices), ("share_error", Design::Errors)];
        for (at, (id, design)) in layers.into_iter().enumerate() {
            let own = |unit: &&UnitStanding| of(unit.layers[at], design);
            table.push(number(id, units.iter().map(own).collect()));
        }
        let confidence = self.assessed.doubts.settings.confidence;
        for (at, id) in ["mc_low", "mc_high"].into_iter().enumerate() {
            let own = |unit: &&UnitStanding| Some(unit.times.wilson(joint, confidence)[at]);
            table.push(number(id, units.iter().map(own).collect()));
        }
        let standings = units.iter().map(|unit| unit.standing.map_or("", Standing::word));
        table.push(Column::text("standing", Column::PUBLIC, standings));
        let ends: [(&str, fn(RankSet) -> u32); 2] =
            [("set_low", |set| set.low), ("set_high", |set| set.high)];
        for (id, end) in ends {
            let own = |unit: &&UnitStanding| unit.set.map(|set| end(set) as usize);
            table.push(Column::counts(id, Sensitivity::Unit, units.iter().map(own)));
        }
        let cut = self.wording.chosen.plan.rules.phases.iter().filter_map(|it| it.upto).max();
        let by_set = |unit: &&UnitStanding| match (unit.set, cut) {
            (Some(set), Some(cut)) => set.standing(cut).word(),
            _ => "",
        };
        table.push(Column::text("set_standing", Column::PUBLIC, units.iter().map(by_set)));
        let driver =
            |unit: &&UnitStanding| unit.driver.map_or_else(String::new, |group| self.group(group));
        table.push(Column::text("driver", Column::PUBLIC, units.iter().map(driver)));
        let case = |unit: &&UnitStanding| {
            let case = self.assessed.one_cases[unit.unit].as_ref();
            case.map_or_else(String::new, one_case_text)
        };
        table.push(Column::text("one_case", Sensitivity::Unit, units.iter().map(case)));
        table
    }

    /// One row an output and a group.
    fn sensitivity(&self) -> Table<'a> {
        let outcome = &self.assessed.outcome;
        let groups = self.assessed.doubts.groups();
        let rows: Vec<_> = outcome
            .shares
            .iter()
            .flat_map(|own| own.indices.iter().enumerate().map(move |(at, it)| (own, at, it)))
            .collect();
        let mut table = Table::new(Rows::Other, self.masks);
        let output = |output: Output| match output {
            Output::List => "list".to_owned(),
            Output::Phase(phase) => {
                format!("list:{}", self.wording.chosen.plan.rules.phases[phase].id)
            }
            Output::Shift => "mean_rank_shift".to_owned(),
            Output::Score(unit, _) => format!("score:{}", self.code(unit)),
        };
        let outputs = rows.iter().map(|(own, ..)| output(own.output));
        table.push(Column::text("output", Column::PUBLIC, outputs));
        table.push(Column::text("group", Column::PUBLIC, rows.iter().map(|row| self.group(row.1))));
        let layers = rows.iter().map(|(_, at, _)| self.layer(&groups[*at]));
        table.push(Column::text("layer", Column::PUBLIC, layers));
        let mut numbers = |id: &str, cells: Vec<Option<f64>>| {
            table.push(Column::numbers(id.to_owned(), Column::PUBLIC, cells));
        };
        numbers("first", rows.iter().map(|row| Some(row.2.first.estimate)).collect());
        numbers("first_low", rows.iter().map(|row| Some(row.2.first.low)).collect());
        numbers("first_high", rows.iter().map(|row| Some(row.2.first.high)).collect());
        numbers("total", rows.iter().map(|row| Some(row.2.total.estimate)).collect());
        numbers("total_low", rows.iter().map(|row| Some(row.2.total.low)).collect());
        numbers("total_high", rows.iter().map(|row| Some(row.2.total.high)).collect());
        let alone = |at: usize| {
            rows.iter()
                .map(|row| {
                    let alone = &outcome.alone[row.1];
                    (row.0.output == Output::List && alone.runs > 0).then(|| alone.exchanged[at])
                })
                .collect()
        };
        numbers("alone_mean", alone(0));
        numbers("alone_95", alone(1));
        let points = rows.iter().map(|row| Some(row.0.points));
        table.push(Column::counts("runs", Column::PUBLIC, points));
        table
    }

    fn layer(&self, group: &[usize]) -> &'static str {
        let mut layers = group.iter().map(|doubt| self.assessed.doubts.doubts[*doubt].layer());
        let first = layers.next().map_or("", Layer::word);
        if layers.all(|layer| layer.word() == first) { first } else { "both" }
    }

    /// One row a child that is left out.
    fn leave_out(&self) -> Table<'a> {
        let rows = &self.assessed.leave_out;
        let mut table = Table::new(Rows::Other, self.masks);
        table.push(Column::text("node", Column::PUBLIC, rows.iter().map(|it| self.node(it.child))));
        table.push(Column::text("of", Column::PUBLIC, rows.iter().map(|it| self.node(it.parent))));
        let of = |number: &dyn Fn(&crate::robustness::Shifted) -> Option<f64>| {
            rows.iter()
                .map(|row| row.result.as_ref().ok().and_then(number))
                .collect::<Vec<Option<f64>>>()
        };
        let mut numbers = |id: &str, cells| {
            table.push(Column::numbers(id.to_owned(), Column::PUBLIC, cells));
        };
        numbers("mean_rank_shift", of(&|it| Some(it.mean)));
        numbers("max_rank_shift", of(&|it| Some(f64::from(it.largest))));
        numbers("spearman", of(&|it| it.spearman));
        let lists = std::iter::once(String::new());
        let lists = lists.chain(self.phases().map(|(_, id)| format!("_{id}")));
        for (at, suffix) in lists.enumerate() {
            let sides: [(&str, fn(&Moves) -> usize); 2] =
                [("enter", |moves| moves.enter.len()), ("leave", |moves| moves.leave.len())];
            for (id, side) in sides {
                let count = rows.iter().map(|row| Some(side(&row.result.as_ref().ok()?.moves[at])));
                table.push(Column::counts(format!("{id}{suffix}"), Column::PUBLIC, count));
            }
        }
        table
    }

    /// One row a unit that enters or leaves a list without a child.
    fn moves(&self) -> Table<'a> {
        let mut rows: Vec<(&str, String, usize, &str)> = Vec::new();
        for row in &self.assessed.leave_out {
            let Ok(shifted) = &row.result else { continue };
            for (at, moves) in shifted.moves.iter().enumerate() {
                let phase = at.checked_sub(1).map_or_else(String::new, |phase| {
                    self.wording.chosen.plan.rules.phases[phase].id.clone()
                });
                let both = [(&moves.enter, "enters"), (&moves.leave, "leaves")];
                for (units, word) in both {
                    rows.extend(
                        units.iter().map(|unit| (self.node(row.child), phase.clone(), *unit, word)),
                    );
                }
            }
        }
        let codes: Vec<&str> = rows.iter().map(|row| self.code(row.2)).collect();
        let mut table = self.wording.table_of(codes.iter().copied(), self.masks);
        table.push(Column::text("node", Column::PUBLIC, rows.iter().map(|row| row.0)));
        table.push(Column::text("phase", Column::PUBLIC, rows.iter().map(|row| row.1.clone())));
        table.extend(self.wording.identified(&codes));
        table.push(Column::text("move", Column::PUBLIC, rows.iter().map(|row| row.3)));
        table
    }

    /// One row a run: what each doubt came to, and what the list is.
    fn variants(&self) -> Table<'a> {
        let rows = &self.assessed.outcome.variants;
        let doubts = &self.assessed.doubts.doubts;
        let mut table = Table::new(Rows::Other, self.masks);
        let designs = rows.iter().map(|row| row.design.word());
        table.push(Column::text("design", Column::PUBLIC, designs));
        let runs = rows.iter().map(|row| Some(row.n as usize));
        table.push(Column::counts("run", Column::PUBLIC, runs));
        for (at, doubt) in doubts.iter().enumerate() {
            let cells = rows.iter().map(|row| row.choices.get(at).cloned().unwrap_or_default());
            table.push(Column::text(doubt.id.clone(), Column::PUBLIC, cells));
        }
        let digest = |list: &[u8; 32]| {
            list.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
        };
        let digests = rows.iter().map(|row| row.list.as_ref().map_or_else(String::new, digest));
        table.push(Column::text("list_sha256", Sensitivity::Figures, digests));
        let of = |at: usize| {
            rows.iter()
                .map(|row| row.result.ok().map(|(exchanged, shift)| [exchanged, shift][at]))
                .collect::<Vec<_>>()
        };
        table.push(Column::numbers("exchanged", Column::PUBLIC, of(0)));
        table.push(Column::numbers("mean_rank_shift", Column::PUBLIC, of(1)));
        let failure = |row: &crate::robustness::RunOf| match row.result {
            Ok(_) => String::new(),
            Err(Unmade::NoList) => "no-list".to_owned(),
            Err(Unmade::Value(failed)) => {
                format!("{}:{}", self.node(failed.node), self.code(failed.unit))
            }
        };
        table.push(Column::text("failure", Column::PUBLIC, rows.iter().map(failure)));
        table
    }

    /// One row a pair near a cut.
    fn pairs(&self) -> Table<'a> {
        let rows = &self.assessed.outcome.pairs;
        let phases = &self.wording.chosen.plan.rules.phases;
        let name = |unit: usize| self.wording.register.names()[unit].as_str();
        let mut table = Table::new(Rows::Other, self.masks);
        let cuts = rows.iter().map(|row| phases[row.phase].id.as_str());
        table.push(Column::text("phase", Column::PUBLIC, cuts));
        let above = rows.iter().map(|row| self.code(row.above));
        table.push(Column::text("above", Column::PUBLIC, above));
        let names = rows.iter().map(|row| name(row.above));
        table.push(Column::text("above_name", Column::PUBLIC, names));
        let below = rows.iter().map(|row| self.code(row.below));
        table.push(Column::text("below", Column::PUBLIC, below));
        let names = rows.iter().map(|row| name(row.below));
        table.push(Column::text("below_name", Column::PUBLIC, names));
        let shares = rows.iter().map(|row| Some(row.share)).collect::<Vec<_>>();
        table.push(Column::numbers("share_above", Sensitivity::Figures, shares));
        table
    }

    /// One row a county.
    fn counties(&self) -> Table<'a> {
        let rows = by_county(self.wording, self.assessed);
        let mut table = Table::new(Rows::Other, self.masks);
        table.push(Column::text("county", Column::PUBLIC, rows.iter().map(|row| row.county)));
        let places = rows.iter().map(|row| Some(row.places));
        table.push(Column::counts("places", Column::PUBLIC, places));
        let expected = rows.iter().map(|row| Some(row.expected));
        table.push(Column::numbers("expected_places", Column::PUBLIC, expected));
        for (at, id) in ["certain", "contested", "out"].into_iter().enumerate() {
            let cells = rows.iter().map(move |row| Some(row.bands[at]));
            table.push(Column::counts(id, Column::PUBLIC, cells));
        }
        table
    }
}

/// How sure the places of a county are.
pub(super) struct CountyRow<'a> {
    pub(super) county: &'a str,
    /// Places of the declared list.
    pub(super) places: usize,
    /// The sum of the shares.
    pub(super) expected: f64,
    /// Units that are certain, contested and out.
    pub(super) bands: [usize; 3],
}

/// The counties in the order of their names.
pub(super) fn by_county<'a>(wording: &Wording<'a>, assessed: &Assessed) -> Vec<CountyRow<'a>> {
    let outcome = &assessed.outcome;
    let joint = outcome.designs.get(&Design::Joint).map_or(0, |design| design.made);
    let mut rows: BTreeMap<&'a str, (usize, Times, [usize; 3])> = BTreeMap::new();
    for unit in &outcome.units {
        let code = &wording.register.codes()[unit.unit];
        let row = rows.entry(wording.register_text("county", code)).or_default();
        let own = wording.chosen.selection.unit(code);
        row.0 += usize::from(own.is_some_and(|unit| unit.phase.is_some()));
        row.1 += unit.times;
        let standing = unit.standing.into_iter();
        standing.for_each(|standing| row.2[standing as usize] += 1);
    }
    let row = |(county, (places, times, bands)): (&'a str, (usize, Times, [usize; 3]))| CountyRow {
        county,
        places,
        expected: times.share(joint),
        bands,
    };
    rows.into_iter().map(row).collect()
}
