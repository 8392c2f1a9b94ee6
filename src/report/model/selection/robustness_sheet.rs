//! The sheet of robustness: how sure the places are, in bands and by county, and what decides them.

use super::Wording;
use crate::index::Method;
use crate::language::Words;
use crate::message::labels::{self, robustness as words};
use crate::message::robustness as message;
use crate::report::model::column::{Column, Kind};
use crate::report::model::sensitivity::{Masks, Rows, Sensitivity};
use crate::report::model::table::{Table, Titled};
use crate::robustness::{Assessed, Design, Layer, Moves, OneCase, Output};

/// Widths of the columns that all tables of the sheet share.
pub(crate) const WIDTHS: [u16; 7] = [44, 18, 18, 18, 18, 18, 18];

/// The tables of the sheet, one below the other.
pub(crate) fn parts<'a>(
    wording: &Wording<'a>,
    method: &'a Method,
    assessed: &'a Assessed,
    masks: &'a Masks,
) -> Vec<Titled<'a>> {
    let sheet = Sheet { wording, method, assessed, masks };
    let all = [
        (words::IN_WORDS, words::ABOUT_WORDS, sheet.sentences()),
        (words::BANDS, words::ABOUT_BANDS, sheet.bands()),
        (words::DRIVERS, words::ABOUT_DRIVERS, sheet.drivers()),
        (words::ALTERNATIVES, words::ABOUT_ALTERNATIVES, sheet.alternatives()),
        (words::COMPONENTS, words::ABOUT_COMPONENTS, sheet.components()),
        (words::COUNTIES, words::ABOUT_COUNTIES, sheet.counties()),
        (words::CASES, words::ABOUT_CASES, sheet.cases()),
    ];
    let titled = |(title, about, table): (Words, Words, Table<'a>)| Titled {
        title: sheet.word(title).to_owned(),
        about: sheet.word(about).to_owned(),
        table,
    };
    all.into_iter().filter(|(.., table)| table.rows() > 0).map(titled).collect()
}

struct Sheet<'s, 'a> {
    wording: &'s Wording<'a>,
    method: &'a Method,
    assessed: &'a Assessed,
    masks: &'a Masks,
}

impl<'a> Sheet<'_, 'a> {
    fn word(&self, words: Words) -> &'static str {
        words.text(self.wording.language)
    }

    fn table(&self) -> Table<'a> {
        Table::new(Rows::Other, self.masks)
    }

    fn text<T: Into<std::borrow::Cow<'a, str>>>(
        &self,
        id: &str,
        heading: Words,
        cells: impl IntoIterator<Item = T>,
    ) -> Column<'a> {
        Column::text(id, Column::PUBLIC, cells).headed(self.word(heading)).shown_as(Kind::Word)
    }

    fn count(
        &self,
        id: &str,
        heading: Words,
        cells: impl IntoIterator<Item = Option<usize>>,
    ) -> Column<'a> {
        Column::counts(id, Column::PUBLIC, cells).headed(self.word(heading))
    }

    fn number(
        &self,
        id: &str,
        (heading, decimals): (Words, usize),
        cells: impl IntoIterator<Item = Option<f64>>,
    ) -> Column<'a> {
        let column = Column::numbers(id, Column::PUBLIC, cells).headed(self.word(heading));
        column.shown_as(Kind::Decimals(decimals))
    }

    fn sentences(&self) -> Table<'a> {
        let said = sureness(self.wording, self.assessed).into_iter().map(|line| line + ".");
        let mut table = self.table();
        table.push(self.text("sentence", words::SENTENCE, said));
        table
    }

    /// How many units are certain, contested and out, and how many of the declared places they hold.
    fn bands(&self) -> Table<'a> {
        let outcome = &self.assessed.outcome;
        let mut places = [0; 3];
        for unit in outcome.units.iter().filter(|unit| unit.eligible) {
            let code = &self.wording.register.codes()[unit.unit];
            let own = self.wording.chosen.selection.unit(code);
            if let (true, Some(standing)) =
                (own.is_some_and(|own| own.phase.is_some()), unit.standing)
            {
                places[standing as usize] += 1;
            }
        }
        let mut table = self.table();
        let names = [words::CERTAIN, words::IS_CONTESTED, words::OUT].map(|it| self.word(it));
        table.push(self.text("band", words::BAND, names));
        table.push(self.count("units", words::UNITS, outcome.bands().map(Some)));
        table.push(self.count("places", words::PLACES, places.map(Some)));
        table
    }

    /// What each group of doubts decides of the list.
    fn drivers(&self) -> Table<'a> {
        let outcome = &self.assessed.outcome;
        let doubts = &self.assessed.doubts;
        let list = outcome.shares.iter().find(|own| own.output == Output::List);
        let groups = doubts.groups();
        let mut order: Vec<usize> = (0..groups.len()).collect();
        let total = |at: usize| list.map(|list| list.indices[at].total.estimate);
        order.sort_by(|a, b| {
            let of = |at: &usize| total(*at).unwrap_or(outcome.alone[*at].exchanged[0]);
            of(b).total_cmp(&of(a)).then(a.cmp(b))
        });
        let mut table = self.table();
        let labels =
            order.iter().map(|at| doubts.group_label(*at).text(self.wording.language).to_owned());
        table.push(self.text("doubt", words::DOUBT, labels));
        let layers = order.iter().map(|at| {
            let choice =
                groups[*at].iter().all(|doubt| doubts.doubts[*doubt].layer() == Layer::Choice);
            self.word(if choice { words::CHOICE } else { words::ERROR })
        });
        table.push(self.text("layer", words::LAYER, layers));
        let first = order.iter().map(|at| list.map(|list| list.indices[*at].first.estimate));
        table.push(self.number("first", (words::FIRST, 2), first));
        table.push(self.number("total", (words::TOTAL, 2), order.iter().map(|at| total(*at))));
        for (at, (id, heading)) in
            [("alone_mean", words::ALONE), ("alone_95", words::ALONE_95)].into_iter().enumerate()
        {
            let cells = order.iter().map(|group| {
                let alone = &outcome.alone[*group];
                (alone.runs > 0).then(|| alone.exchanged[at])
            });
            table.push(self.number(id, (heading, 0), cells));
        }
        table
    }

    /// What the list would be had somebody chosen otherwise in one thing.
    fn alternatives(&self) -> Table<'a> {
        let rows = &self.assessed.singly;
        let doubts = &self.assessed.doubts.doubts;
        let mut table = self.table();
        let labels = rows.iter().map(|row| {
            let label = doubts[row.doubt].label.text(self.wording.language);
            format!("{label}: {}", row.name)
        });
        table.push(self.text("alternative", words::ALTERNATIVE, labels));
        let exchanged = rows.iter().map(|row| row.result.as_ref().map(|(places, ..)| *places));
        table.push(self.number("exchanged", (words::EXCHANGED, 0), exchanged));
        let shift = rows.iter().map(|row| row.result.as_ref().map(|(_, shift, _)| *shift));
        table.push(self.number("shift", (words::SHIFT, 1), shift));
        let moved = |side: fn(&Moves) -> usize| {
            let of = move |row: &crate::robustness::Singly| {
                row.result.as_ref().map(|(.., moves)| side(moves))
            };
            rows.iter().map(of).collect::<Vec<_>>()
        };
        table.push(self.count("enter", words::ENTER, moved(|moves| moves.enter.len())));
        table.push(self.count("leave", words::LEAVE, moved(|moves| moves.leave.len())));
        table
    }

    /// What the list would be without one component.
    fn components(&self) -> Table<'a> {
        let rows = &self.assessed.leave_out;
        let mut table = self.table();
        let labels =
            rows.iter().map(|row| self.method.nodes[row.child].label.text(self.wording.language));
        table.push(self.text("node", words::COMPONENT, labels));
        let shifted = || rows.iter().map(|row| row.result.as_ref().ok());
        let leave = shifted().map(|it| it.and_then(|it| Some(it.moves.first()?.leave.len())));
        table.push(self.count("exchanged", words::EXCHANGED, leave));
        let mean = shifted().map(|it| it.map(|it| it.mean));
        table.push(self.number("shift", (words::SHIFT, 1), mean));
        let largest = shifted().map(|it| it.map(|it| it.largest as usize));
        table.push(self.count("largest", words::LARGEST_SHIFT, largest));
        table
    }

    fn counties(&self) -> Table<'a> {
        let rows = super::robustness::by_county(self.wording, self.assessed);
        let mut table = self.table();
        table.push(self.text("county", labels::COUNTY, rows.iter().map(|row| row.county)));
        table.push(self.count("places", words::PLACES, rows.iter().map(|row| Some(row.places))));
        let expected = rows.iter().map(|row| Some(row.expected));
        table.push(self.number("expected", (words::EXPECTED, 1), expected));
        for (at, (id, heading)) in
            [("certain", words::CERTAIN), ("contested", words::IS_CONTESTED), ("out", words::OUT)]
                .into_iter()
                .enumerate()
        {
            let cells = rows.iter().map(move |row| Some(row.bands[at]));
            table.push(self.count(id, heading, cells));
        }
        table
    }

    /// The units that a single case would move.
    fn cases(&self) -> Table<'a> {
        let cases = self.assessed.one_cases.iter().enumerate();
        let mut rows: Vec<(usize, &OneCase)> = cases
            .filter_map(|(unit, case)| {
                Some((unit, case.as_ref().filter(|it| it.cases.abs() == 1)?))
            })
            .collect();
        let register = self.wording.register;
        let county = |unit: usize| self.wording.register_text("county", &register.codes()[unit]);
        rows.sort_by(|a, b| (county(a.0), a.0).cmp(&(county(b.0), b.0)));
        let mut table =
            Table::new(Rows::Units(rows.iter().map(|(unit, _)| Some(*unit)).collect()), self.masks);
        let names = rows.iter().map(|(unit, _)| register.names()[*unit].as_str());
        table.push(self.text("name", labels::UNIT, names));
        table.push(self.text("county", labels::COUNTY, rows.iter().map(|(unit, _)| county(*unit))));
        let measures = rows.iter().map(|(_, case)| case.measure.as_str());
        let measures = Column::text("measure", Sensitivity::Unit, measures);
        table.push(measures.headed(self.word(words::MEASURE)).shown_as(Kind::Word));
        let change = rows.iter().map(|(_, case)| Some(case.cases));
        let change = Column::integers("cases", Sensitivity::Unit, change);
        table.push(change.headed(self.word(words::CASE)));
        let effect = rows.iter().map(|(_, case)| {
            self.word(if case.cases > 0 { words::WOULD_ENTER } else { words::WOULD_LEAVE })
        });
        let effect = Column::text("effect", Sensitivity::Unit, effect);
        table.push(effect.headed(self.word(words::EFFECT)).shown_as(Kind::Word));
        table
    }
}

/// How sure a list is, in a few sentences.
pub(crate) fn sureness(wording: &Wording<'_>, assessed: &Assessed) -> Vec<String> {
    let outcome = &assessed.outcome;
    let mut said = Vec::new();
    if let Some(joint) = outcome.designs.get(&Design::Joint) {
        said.push(message::variants(joint.made, joint.tried));
        said.push(message::bands(outcome.bands(), outcome.eligible()));
    }
    if let Some((exchanged, lost)) = &outcome.misallocation {
        let places = wording.chosen.selection.list().len();
        said.push(message::misallocated(*exchanged, places));
        let people: usize = format!("{:.0}", lost.people).parse().unwrap_or_default();
        said.extend((people > 0).then(|| message::people_lost(people)));
    }
    if let Some([measured, bias]) = outcome.flattered.as_ref().and_then(|all| all.first()) {
        said.push(message::flattered(*measured, measured - bias));
    }
    said.into_iter().map(|line| line.text(wording.language).to_owned()).collect()
}
