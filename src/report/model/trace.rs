//! Each unit's way from the cells that were read, step by step, to its score: for machines and as the
//! sheet *Trace*.
//!
//! On the sheet one row is a unit; the columns of an indicator stand together, read from left to
//! right: what was read, from which cells, the value, and the value after each step. Scores and
//! measured values of the sheet *Index* link there.

use super::column::{Aside, Column, Kind};
use super::sources::{SourcePart, source_parts};
use super::table::Table;
use crate::index::method::{Node, Origin};
use crate::index::{Figures, Mark, TraceColumn, reference};
use crate::language::{Language, Words, decimals};
use crate::message::labels;
use crate::observation::{Cell, Missing, Nature, Series};
use crate::register::UNIT;
use crate::report::words;

/// One row a unit and step: `code,node,into,position,step,value,mark`. `into` is the parent into
/// which the node enters for `each` steps; position 0 is the value before the first step.
pub(crate) fn trace<'a>(figures: &Figures<'a>) -> Table<'a> {
    let steps = &figures.index.trace;
    let units = figures.register.len();
    let read = Column::FIGURES;
    let of_step = |text: &'a str| std::iter::repeat_n(text, units);
    let codes = steps.iter().flat_map(|_| figures.register.codes().iter().map(String::as_str));
    let into = steps.iter().flat_map(|step| of_step(step.into.as_deref().unwrap_or("")));
    let position = |position: u32| i32::try_from(position).ok();
    let positions =
        steps.iter().flat_map(|step| std::iter::repeat_n(position(step.position), units));
    let values = steps.iter().flat_map(|step| (0..units).map(|unit| step.column.value(unit)));
    let marks = steps.iter().flat_map(|step| step.column.marks());
    let mut table = Table::default();
    table.push(Column::text("code", read, codes));
    table.push(Column::text("node", read, steps.iter().flat_map(|step| of_step(&step.node))));
    table.push(Column::text("into", read, into));
    table.push(Column::integers("position", read, positions));
    table.push(Column::text("step", read, steps.iter().flat_map(|step| of_step(&step.step))));
    table.push(Column::numbers("value", read, values));
    table.push(Column::text("mark", read, marks.map(|mark| mark.word())));
    table
}

/// The sheet *Trace*, and where each node begins on it.
pub(crate) struct TraceSheet<'a> {
    pub(crate) table: Table<'a>,
    /// For each node, its first column; the first of all where nothing is shown of the node.
    pub(crate) first: Vec<usize>,
}

/// The sheet of a run.
pub(crate) fn trace_sheet<'a>(figures: &Figures<'a>, language: Language) -> TraceSheet<'a> {
    let maker = ColumnMaker { figures, language };
    let mut table = Table::default();
    let unit = labels::GROUP_UNIT.text(language);
    table.extend(maker.unit().map(|column| column.grouped(0, unit)));
    let mut first = Vec::new();
    for (at, node) in figures.method.nodes.iter().enumerate() {
        let columns = maker.node(node);
        first.push(if columns.is_empty() { 0 } else { table.columns().len() });
        let title = figures.node_title(at, language);
        table.extend(columns.into_iter().map(|column| column.grouped(at + 1, title.clone())));
    }
    let used = |series: &Series| figures.method.nodes.iter().any(|node| uses(node, series));
    let unused = figures.observations.series.iter().filter(|series| !used(series));
    let (last, other) = (first.len() + 1, labels::GROUP_OTHER_READ.text(language));
    let columns = unused.flat_map(|series| maker.series(series));
    table.extend(columns.map(|column| column.grouped(last, other)));
    TraceSheet { table, first }
}

/// Whether a node is computed from a series.
fn uses(node: &Node, series: &Series) -> bool {
    match &node.origin {
        Origin::Measures(formula) => formula.names().contains(&series.name),
        Origin::Category(name) => *name == series.name,
        Origin::Children(_) | Origin::Nodes(_) => false,
    }
}

/// Makes the columns of the sheet.
struct ColumnMaker<'t, 'a> {
    figures: &'t Figures<'a>,
    language: Language,
}

impl<'a> ColumnMaker<'_, 'a> {
    fn word(&self, words: Words) -> &'static str {
        words.text(self.language)
    }

    fn unit(&self) -> [Column<'a>; 2] {
        let (codes, names) = (self.figures.register.codes(), self.figures.register.names());
        let text = |id: &str, words: Words, cells: &'a [String]| {
            Column::text(id, Column::PUBLIC, cells.iter().map(String::as_str))
                .headed(self.word(words))
                .shown_as(Kind::SetOff)
        };
        [text("code", labels::CODE, codes).wide(9), text("name", labels::NAME, names).wide(24)]
    }

    /// What was read for a node, what entered it from its children, and its steps.
    fn node(&self, node: &Node) -> Vec<Column<'a>> {
        let figures = self.figures;
        let read = figures.observations.series.iter().filter(|series| uses(node, series));
        let mut columns: Vec<Column<'a>> = read.flat_map(|series| self.series(series)).collect();
        let is_category = matches!(node.origin, Origin::Category(_));
        if let Origin::Category(name) = &node.origin
            && figures.register.column(name).is_some()
        {
            columns.push(self.register(name));
        }
        let entering = |step: &&TraceColumn| step.into.as_deref() == Some(node.id.as_str());
        // before its steps a category is a word, which stands there already
        let own = |step: &&TraceColumn| {
            step.into.is_none() && step.node == node.id && !(is_category && step.position == 0)
        };
        let trace = &figures.index.trace;
        columns.extend(trace.iter().filter(entering).map(|step| self.step(step)));
        columns.extend(trace.iter().filter(own).map(|step| self.step(step)));
        columns
    }

    /// A word of the register.
    fn register(&self, id: &str) -> Column<'a> {
        let units = 0..self.figures.register.len();
        let words = units.map(|unit| {
            let word = self.figures.register_text(id, unit);
            words::named(labels::KINDS, word, self.language)
        });
        Column::text(id, Column::PUBLIC, words).wide(14).shown_as(Kind::SetOff)
    }

    /// The value after a step.
    fn step(&self, step: &TraceColumn) -> Column<'a> {
        let node = self.figures.method.node(&step.node);
        let label = node.map_or("", |at| self.figures.node_label(at, self.language));
        let (heading, width) = match (step.position, &step.into) {
            (0, _) => (format!("{label}: {}", self.word(labels::BEFORE_STEPS)), 14),
            (position, into) => {
                let sentence = reference::step_sentence(&step.step, self.language).to_owned();
                let is_known = into.is_some() && node.is_some();
                let child = if is_known { format!("{label}: ") } else { String::new() };
                (format!("{child}{position}. {sentence}"), 16)
            }
        };
        Column::computed(step.node.as_str(), Column::FIGURES, &step.column)
            .headed(heading)
            .wide(width)
    }

    /// What was read of a series, and from which cells.
    fn series(&self, series: &'a Series) -> [Column<'a>; 2] {
        [self.read(series), self.cells(series)]
    }

    /// What was read: numbers as numbers, words as words, gaps as signs.
    fn read(&self, series: &'a Series) -> Column<'a> {
        let units = 0..self.figures.register.len();
        let cells: Vec<Option<&Cell>> =
            units.map(|unit| Some(&series.cells[self.area(series, unit)?])).collect();
        let states = cells.iter().map(|cell| match cell {
            Some(Cell::Missing(why)) => mark(*why),
            Some(Cell::Withheld) => Mark::Withheld,
            Some(Cell::Substitute(_)) => Mark::Substituted,
            Some(Cell::Number(_) | Cell::Text(_)) | None => Mark::Value,
        });
        let states = states.collect();
        let is_text = matches!(series.nature, Nature::Category | Nature::Text);
        let column = if is_text {
            let text = |cell: Option<&'a Cell>| match cell {
                Some(Cell::Text(text)) => text.clone(),
                Some(Cell::Number(number) | Cell::Substitute(number)) => number.to_string(),
                Some(Cell::Missing(_) | Cell::Withheld) | None => String::new(),
            };
            Column::text(series.name.as_str(), Column::FIGURES, cells.iter().copied().map(text))
                .shown_as(Kind::Word)
        } else {
            let number = |cell: Option<&Cell>| cell.and_then(Cell::number);
            Column::numbers(
                series.name.as_str(),
                Column::FIGURES,
                cells.iter().copied().map(number),
            )
            .shown_as(Kind::Decimals(shown_decimals(series)))
        };
        let (heading, aside) = if series.level == UNIT {
            (format!("{} – {}", series.name, self.word(labels::READ_VALUE)), Aside::Nothing)
        } else {
            let level = words::named(labels::LEVELS, &series.level, self.language);
            let value = self.word(labels::VALUE_OF);
            (format!("{} · {value} {level}", series.name), Aside::Column)
        };
        column.in_states(states).headed(heading).wide(14).aside(aside)
    }

    /// From which cells; file and sheet stand in the heading where they are the same for all.
    fn cells(&self, series: &'a Series) -> Column<'a> {
        let one = self.one_place(series);
        let place = one.as_ref().map_or_else(String::new, |part| {
            let sheet = if part.sheet.is_empty() { "" } else { ", " };
            format!(" {}{sheet}{}", part.file, part.sheet)
        });
        let files = &self.figures.observations.files;
        let spots = |part: SourcePart<'_>| match (one.is_some(), part.sheet) {
            (true, _) => part.cells,
            (false, "") => format!("{}!{}", part.file, part.cells),
            (false, sheet) => format!("[{}]{sheet}!{}", part.file, part.cells),
        };
        let text = |unit: usize| {
            let area = self.area(series, unit);
            let parts = area.map(|area| source_parts(files, &series.origins[area]));
            parts.into_iter().flatten().map(spots).collect::<Vec<_>>().join("; ")
        };
        let texts = (0..self.figures.register.len()).map(text);
        Column::text(format!("{}.cells", series.name), Column::FIGURES, texts)
            .headed(format!("{}{place}", self.word(labels::READ_CELLS)))
            .wide(20)
            .shown_as(Kind::SetOff)
    }

    /// The position of a unit's area among the areas of a series.
    fn area(&self, series: &Series, unit: usize) -> Option<usize> {
        let level = self.figures.register.level(&series.level)?;
        let area = *level.of_unit.get(unit)? as usize;
        (area < series.cells.len()).then_some(area)
    }

    /// The sheet of the file from which the whole of a series was read, where it is one.
    fn one_place(&self, series: &Series) -> Option<SourcePart<'a>> {
        let mut origins = series.origins.iter().flatten();
        let first = *origins.next()?;
        let is_same = |other: &crate::observation::Origin| {
            (other.file, other.sheet) == (first.file, first.sheet)
        };
        let files = &self.figures.observations.files;
        origins.all(is_same).then(|| source_parts(files, &[first]).pop())?
    }
}

fn shown_decimals(series: &Series) -> usize {
    let numbers: Vec<f64> = series.cells.iter().filter_map(Cell::number).collect();
    match series.nature {
        Nature::Count => 0,
        Nature::Rate | Nature::Amount | Nature::Category | Nature::Text => decimals(&numbers),
    }
}

fn mark(why: Missing) -> Mark {
    match why {
        Missing::NotAvailable => Mark::NotAvailable,
        Missing::Confidential => Mark::Confidential,
        Missing::NotApplicable => Mark::NotApplicable,
    }
}

#[cfg(test)]
mod tests {
    use super::trace;
    use crate::report::fixture::Fixture;
    use crate::report::format::csv;

    #[test]
    fn each_step_of_each_unit_is_a_row() {
        let fixture = Fixture::new();
        let view = fixture.view();
        let text = String::from_utf8(csv(&trace(&view.figures))).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "code,node,into,position,step,value,mark");
        assert_eq!(lines[1], "10,children,,0,value,20,value");
        assert_eq!(lines[6], "10,children,,1,minmax,50,value");
        assert_eq!(lines[10], "21,children,,1,minmax,,confidential");
        assert_eq!(lines.len(), 1 + 2 * 5);
    }
}
