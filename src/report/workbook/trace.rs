//! The *Trace* sheet: each unit's way from the cells that were read, step by step, to its score.
//!
//! One row a unit; the columns of an indicator stand together, read from left to right: what was
//! read, from which cells, the value, and the value after each step. Scores and measured values of
//! the sheet *Index* link here.

use rust_xlsxwriter::utility::{quote_sheet_name, row_col_to_cell};
use rust_xlsxwriter::{ColNum, IgnoreError, RowNum, Url, Worksheet, XlsxError};

use super::layout::TOP_ROWS;
use super::look::{self, NumberLook, Scale};
use super::page::{Heading, Page};
use crate::index::method::{Node, Origin};
use crate::index::{Mark, TraceColumn, reference};
use crate::language;
use crate::language::Words;
use crate::message::labels;
use crate::observation::{Cell, Missing, Nature, Series};
use crate::register::UNIT;
use crate::report::tables::{self, SourcePart};
use crate::report::view::View;
use crate::report::words;

const GROUPS: RowNum = TOP_ROWS + 1;
const HEADER: RowNum = TOP_ROWS + 2;
const FIRST: RowNum = HEADER + 1;
/// Links that one sheet may hold.
const LINK_LIMIT: usize = 65_530;
/// Percent of its size at which the sheet is printed; it is as wide as it is, pages side by side.
const PRINT_SCALE: u16 = 70;

/// What a column shows.
#[derive(Clone, Copy)]
enum Told<'a> {
    Code,
    Name,
    /// What was read.
    Read(&'a Series),
    /// From which cells.
    Cells(&'a Series),
    /// A word of the register.
    Register(&'a str),
    /// The value after a step.
    Step(&'a TraceColumn),
}

/// Columns that belong together, with their title.
struct Group<'a> {
    title: String,
    /// The node they lead to; none for what no node uses.
    node: Option<usize>,
    columns: Vec<Told<'a>>,
}

/// Where everything stands on the sheet.
pub(super) struct Trace<'a> {
    groups: Vec<Group<'a>>,
    /// The sheet as links name it.
    sheet: String,
}

impl<'a> Trace<'a> {
    /// The columns for a run.
    pub(super) fn new(view: &View<'a>) -> Self {
        let unit = Group {
            title: labels::GROUP_UNIT.text(view.language).to_owned(),
            node: None,
            columns: vec![Told::Code, Told::Name],
        };
        let of_node = |(at, node): (usize, &'a Node)| Group {
            title: view.figures.node_title(at, view.language),
            node: Some(at),
            columns: columns(view, node),
        };
        let mut groups = vec![unit];
        groups.extend(view.figures.method.nodes.iter().enumerate().map(of_node));
        let used =
            |series: &Series| view.figures.method.nodes.iter().any(|node| uses(node, series));
        let unused = view.figures.observations.series.iter().filter(|series| !used(series));
        groups.push(Group {
            title: labels::GROUP_OTHER_READ.text(view.language).to_owned(),
            node: None,
            columns: unused.flat_map(|series| [Told::Read(series), Told::Cells(series)]).collect(),
        });
        groups.retain(|group| !group.columns.is_empty());
        let sheet = quote_sheet_name(labels::SHEET_TRACE.text(view.language));
        Self { groups, sheet }
    }

    /// How many columns there are.
    pub(super) fn width(&self) -> usize {
        self.groups.iter().map(|group| group.columns.len()).sum()
    }

    /// How many links a sheet can hold for each unit.
    pub(super) fn links_of_each(units: usize) -> usize {
        LINK_LIMIT / units.max(1)
    }

    /// The link to where a node of a unit is told; to the unit, where nothing is told of the node.
    pub(super) fn link(&self, node: usize, unit: usize) -> Option<Url> {
        let at = self.groups.iter().position(|group| group.node == Some(node)).unwrap_or(0);
        let before = self.groups[..at].iter().map(|group| group.columns.len()).sum();
        let cell = row_col_to_cell(FIRST + RowNum::try_from(unit).ok()?, column(before));
        Some(Url::new(format!("internal:{}!{cell}", self.sheet)).set_text(" "))
    }
}

/// Whether a node is computed from a series.
fn uses(node: &Node, series: &Series) -> bool {
    match &node.origin {
        Origin::Measures(formula) => formula.names().contains(&series.name),
        Origin::Category(name) => *name == series.name,
        Origin::Children(_) | Origin::Nodes(_) => false,
    }
}

/// What was read for a node, what entered it from its children, and its steps.
fn columns<'a>(view: &View<'a>, node: &'a Node) -> Vec<Told<'a>> {
    let read = view.figures.observations.series.iter().filter(|series| uses(node, series));
    let mut columns: Vec<Told<'a>> =
        read.flat_map(|series| [Told::Read(series), Told::Cells(series)]).collect();
    let is_category = matches!(node.origin, Origin::Category(_));
    if let Origin::Category(name) = &node.origin
        && view.figures.register.column(name).is_some()
    {
        columns.push(Told::Register(name));
    }
    let entering = |step: &&TraceColumn| step.into.as_deref() == Some(node.id.as_str());
    // before its steps a category is a word, which stands there already
    let own = |step: &&TraceColumn| {
        step.into.is_none() && step.node == node.id && !(is_category && step.position == 0)
    };
    columns.extend(view.figures.index.trace.iter().filter(entering).map(Told::Step));
    columns.extend(view.figures.index.trace.iter().filter(own).map(Told::Step));
    columns
}

/// Composes the sheet.
pub(super) fn compose(
    sheet: &mut Worksheet,
    view: &View<'_>,
    trace: &Trace<'_>,
) -> Result<(), XlsxError> {
    let mut page = Page::new(sheet, view, labels::SHEET_TRACE.text(view.language))?;
    let about = page.word(labels::ABOUT_TRACE);
    page.text(TOP_ROWS, 0, about, &look::quiet())?;
    let told = || trace.groups.iter().flat_map(|group| &group.columns);
    let headings: Vec<Heading> = told().map(|told| heading(view, *told)).collect();
    page.table("TraceTable", HEADER, view.figures.register.len(), &headings)?;
    let mut first = 0;
    for group in &trace.groups {
        let last = first + group.columns.len() - 1;
        page.group(GROUPS, (column(first), column(last)), &group.title)?;
        first = last + 1;
    }
    for (at, told) in told().enumerate() {
        fill(&mut page, column(at), *told)?;
    }
    page.sheet.set_freeze_panes(FIRST, 2)?;
    page.sheet.set_repeat_columns(0, 1)?;
    page.sheet.set_print_scale(PRINT_SCALE);
    let last = FIRST + RowNum::try_from(view.figures.register.len()).unwrap_or(0);
    page.sheet.ignore_error_range(FIRST, 0, last, 0, IgnoreError::NumberStoredAsText)?;
    Ok(())
}

fn heading(view: &View<'_>, told: Told<'_>) -> Heading {
    let word = |words: Words| words.text(view.language);
    match told {
        Told::Code => Heading::new(word(labels::CODE), 9),
        Told::Name => Heading::new(word(labels::NAME), 24),
        Told::Read(series) => {
            let level = words::named(labels::LEVELS, &series.level, view.language);
            if series.level == UNIT {
                Heading::new(format!("{} – {}", series.name, word(labels::READ_VALUE)), 14)
            } else {
                let text = format!("{} · {} {level}", series.name, word(labels::VALUE_OF));
                Heading { format: look::broadcast_header(), ..Heading::new(text, 14) }
            }
        }
        Told::Cells(series) => {
            let place = one_place(view, series).map_or_else(String::new, |part| {
                let sheet = if part.sheet.is_empty() { "" } else { ", " };
                format!(" {}{sheet}{}", part.file, part.sheet)
            });
            Heading::new(format!("{}{place}", word(labels::READ_CELLS)), 20)
        }
        Told::Register(column) => Heading::new(column, 14),
        Told::Step(step) if step.position == 0 => {
            let label = view
                .figures
                .method
                .node(&step.node)
                .map_or("", |at| view.figures.node_label(at, view.language));
            Heading::new(format!("{label}: {}", word(labels::BEFORE_STEPS)), 14)
        }
        Told::Step(step) => {
            let sentence = reference::step_sentence(&step.step, view.language);
            let into = step
                .into
                .as_ref()
                .map(|_| view.figures.method.node(&step.node))
                .unwrap_or_default();
            let child = into.map_or_else(String::new, |at| {
                format!("{}: ", view.figures.node_label(at, view.language))
            });
            Heading::new(format!("{child}{}. {sentence}", step.position), 16)
        }
    }
}

/// The sheet of the file from which the whole of a series was read, where it is one.
fn one_place<'a>(view: &View<'a>, series: &Series) -> Option<SourcePart<'a>> {
    let mut origins = series.origins.iter().flatten();
    let first = origins.next()?;
    let is_same =
        |other: &crate::observation::Origin| (other.file, other.sheet) == (first.file, first.sheet);
    origins
        .all(is_same)
        .then(|| tables::source_parts(&view.figures.observations.files, &[*first]).pop())?
}

fn fill(page: &mut Page<'_, '_>, column: ColNum, told: Told<'_>) -> Result<(), XlsxError> {
    let view = page.view;
    match told {
        Told::Code => {
            texts(page, column, |unit| view.figures.register.codes()[unit].as_str().into())
        }
        Told::Name => {
            texts(page, column, |unit| view.figures.register.names()[unit].as_str().into())
        }
        Told::Read(series) => read(page, column, series),
        Told::Cells(series) => {
            let is_one = one_place(view, series).is_some();
            texts(page, column, |unit| match area(view, series, unit) {
                Some(area) => cells(view, &series.origins[area], is_one).into(),
                None => "".into(),
            })
        }
        Told::Register(id) => texts(page, column, |unit| {
            words::named(labels::KINDS, view.figures.register_text(id, unit), view.language).into()
        }),
        Told::Step(step) => {
            let values = step.column.values();
            let format = look::number_format(language::decimals(values));
            let look = NumberLook::new(&format, Scale::Own);
            for (row, (unit, &mark)) in (FIRST..).zip(step.column.marks().iter().enumerate()) {
                match step.column.value(unit) {
                    Some(value) => page.number(row, column, value, look.of(mark))?,
                    None => page.text(row, column, look::missing_sign(mark), look.of(mark))?,
                }
            }
            Ok(())
        }
    }
}

fn texts<'t>(
    page: &mut Page<'_, '_>,
    column: ColNum,
    text: impl Fn(usize) -> std::borrow::Cow<'t, str>,
) -> Result<(), XlsxError> {
    let format = look::set_off();
    (FIRST..)
        .zip(0..page.view.figures.register.len())
        .try_for_each(|(row, unit)| page.text(row, column, &text(unit), &format))
}

/// The position of a unit's area among the areas of a series.
fn area(view: &View<'_>, series: &Series, unit: usize) -> Option<usize> {
    let level = view.figures.register.level(&series.level)?;
    let area = *level.of_unit.get(unit)? as usize;
    (area < series.cells.len()).then_some(area)
}

/// What was read: numbers as numbers, words as words, gaps as signs.
fn read(page: &mut Page<'_, '_>, column: ColNum, series: &Series) -> Result<(), XlsxError> {
    let view = page.view;
    let numbers: Vec<f64> = series.cells.iter().filter_map(Cell::number).collect();
    let decimals = match series.nature {
        Nature::Count => 0,
        _ => language::decimals(&numbers),
    };
    let scale = if series.level == UNIT { Scale::Own } else { Scale::Broadcast };
    let look = NumberLook::new(&look::number_format(decimals), scale);
    let words = look::cell();
    for (row, unit) in (FIRST..).zip(0..view.figures.register.len()) {
        let cell = area(view, series, unit).map(|area| &series.cells[area]);
        match cell {
            Some(Cell::Number(value)) => page.number(row, column, *value, look.of(Mark::Value))?,
            Some(Cell::Text(text)) => page.text(row, column, text, &words)?,
            Some(Cell::Missing(why)) => {
                let mark = mark(*why);
                page.text(row, column, look::missing_sign(mark), look.of(mark))?;
            }
            None => page.text(row, column, "", &words)?,
        }
    }
    Ok(())
}

fn mark(why: Missing) -> Mark {
    match why {
        Missing::NotAvailable => Mark::NotAvailable,
        Missing::Confidential => Mark::Confidential,
        Missing::NotApplicable => Mark::NotApplicable,
    }
}

/// Source cells as one text; file and sheet stand in it where the header does not say them.
fn cells(view: &View<'_>, origins: &[crate::observation::Origin], is_one: bool) -> String {
    let parts = tables::source_parts(&view.figures.observations.files, origins);
    let told = parts.into_iter().map(|part| match (is_one, part.sheet) {
        (true, _) => part.cells,
        (false, "") => format!("{}!{}", part.file, part.cells),
        (false, sheet) => format!("[{}]{sheet}!{}", part.file, part.cells),
    });
    told.collect::<Vec<_>>().join("; ")
}

fn column(at: usize) -> ColNum {
    ColNum::try_from(at).unwrap_or(ColNum::MAX)
}
