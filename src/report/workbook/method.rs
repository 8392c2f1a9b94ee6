//! The *Method* sheet: every node, its formula, its steps in plain words, its weights.

use rust_xlsxwriter::{ColNum, Format, FormatAlign, RowNum, Worksheet, XlsxError};

use super::layout::TOP_ROWS;
use super::page::{Heading, Page};
use super::{look, notes};
use crate::index::method::{Node, Origin, Status};
use crate::index::steps::Step;
use crate::language::Words;
use crate::message::labels;
use crate::report::view::View;
use crate::report::words;

/// Widths of the columns that all parts of the sheet share.
const WIDTHS: [u16; 8] = [20, 36, 16, 46, 13, 22, 16, 16];
/// Width of the last four together.
const WIDE: u16 = 64;

/// A sheet being written, part by part.
struct Parts<'p, 'a, 'w> {
    page: &'p mut Page<'a, 'w>,
    row: RowNum,
}

/// Composes the sheet.
pub(super) fn compose(sheet: &mut Worksheet, view: &View<'_>) -> Result<(), XlsxError> {
    let name = labels::SHEET_METHOD.text(view.language);
    let mut page = Page::new(sheet, view, name)?;
    for (column, width) in (0..).zip(WIDTHS) {
        page.sheet.set_column_width(column, width)?;
    }
    let method = view.figures.method;
    let title = method.title.text(view.language);
    let version = page.word(labels::VERSION);
    let line = format!("{title} ({}, {version} {})", method.id, method.version);
    page.text(TOP_ROWS, 0, &line, &look::quiet())?;
    let mut parts = Parts { page: &mut page, row: TOP_ROWS + 1 };
    nodes(&mut parts)?;
    steps(&mut parts)?;
    weights(&mut parts)?;
    outputs(&mut parts)
}

impl Parts<'_, '_, '_> {
    fn begin(&mut self, title: Words, headings: &[Words]) -> Result<(), XlsxError> {
        self.row += 1;
        let text = self.page.word(title);
        self.page.text(self.row, 0, text, &look::section())?;
        self.row += 1;
        let headings: Vec<Heading> = headings
            .iter()
            .zip(WIDTHS)
            .map(|(words, width)| Heading::new(self.page.word(*words), width))
            .collect();
        self.widen(headings.len(), &look::header())?;
        self.page.headings(self.row, &headings)?;
        self.row += 1;
        Ok(())
    }

    /// Lets the last of five cells run over all columns that are left.
    fn widen(&mut self, cells: usize, format: &Format) -> Result<(), XlsxError> {
        if is_wide(cells, 4) {
            self.page.sheet.merge_range(self.row, 4, self.row, 7, "", format)?;
        }
        Ok(())
    }

    /// A row of texts; the last runs over all columns that are left.
    fn texts(&mut self, texts: &[String]) -> Result<(), XlsxError> {
        let format = look::wrapped();
        self.widen(texts.len(), &format)?;
        for (column, text) in (0..).zip(texts) {
            self.page.text(self.row, column, text, &format)?;
        }
        let widths = WIDTHS.into_iter().enumerate();
        let widths = widths.map(|(at, width)| if is_wide(texts.len(), at) { WIDE } else { width });
        self.page.fit_row(self.row, texts.iter().map(String::as_str).zip(widths))?;
        self.row += 1;
        Ok(())
    }
}

fn is_wide(cells: usize, column: usize) -> bool {
    cells == 5 && column == 4
}

fn nodes(parts: &mut Parts<'_, '_, '_>) -> Result<(), XlsxError> {
    let view = parts.page.view;
    parts.begin(
        labels::SECTION_NODES,
        &[
            labels::NODE,
            labels::LABEL,
            labels::ROLE,
            labels::FROM,
            labels::UNIT_OF_MEASURE,
            labels::DIRECTION,
            labels::PLAUSIBLE,
            labels::BASIS,
        ],
    )?;
    for (at, node) in view.figures.method.nodes.iter().enumerate() {
        let plausible =
            node.plausible.map(|[low, high]| format!("{low} – {high}")).unwrap_or_default();
        let direction =
            if node.is_indicator() { notes::direction(node).text(view.language) } else { "" };
        let mut from = notes::made_from(view, node);
        if !node.overlaps.is_empty() {
            let overlaps = labels::OVERLAPS.text(view.language);
            from = format!("{from}\n({overlaps}: {})", node.overlaps.join(", "));
        }
        parts.texts(&[
            node.id.clone(),
            view.figures.node_label(at, view.language).to_owned(),
            role(node).text(view.language).to_owned(),
            from,
            node.unit.as_ref().map_or("", |unit| unit.text(view.language)).to_owned(),
            direction.to_owned(),
            plausible,
            basis(view),
        ])?;
    }
    Ok(())
}

fn role(node: &Node) -> Words {
    match node.origin {
        Origin::Measures(_) | Origin::Category(_) => labels::INDICATOR,
        Origin::Children(_) => labels::AGGREGATE,
        Origin::Nodes(_) => labels::FORMULA,
    }
}

/// On what a number of the methodology rests: the act that adopted it, else an assumption.
fn basis(view: &View<'_>) -> String {
    match &view.figures.method.status {
        Status::Illustrative => labels::BASIS_ASSUMPTION.text(view.language).to_owned(),
        Status::Adopted { act } => act.clone(),
    }
}

fn steps(parts: &mut Parts<'_, '_, '_>) -> Result<(), XlsxError> {
    let view = parts.page.view;
    let headings = [labels::NODE, labels::LABEL, labels::POSITION, labels::STEP, labels::DECLARED];
    parts.begin(labels::SECTION_STEPS, &headings)?;
    for (at, node) in view.figures.method.nodes.iter().enumerate() {
        let label = view.figures.node_label(at, view.language);
        list(parts, &node.id, label, &node.steps)?;
        if let Origin::Children(aggregate) = &node.origin {
            let entering = labels::ENTERING.text(view.language);
            list(parts, &node.id, &format!("{entering} {label}"), &aggregate.each)?;
        }
    }
    Ok(())
}

fn list(
    parts: &mut Parts<'_, '_, '_>,
    id: &str,
    label: &str,
    steps: &[Step],
) -> Result<(), XlsxError> {
    for (position, step) in (1..).zip(steps) {
        parts.texts(&[
            id.to_owned(),
            label.to_owned(),
            position.to_string(),
            words::step_sentence(step, parts.page.view.language),
            words::declared(step),
        ])?;
    }
    Ok(())
}

fn weights(parts: &mut Parts<'_, '_, '_>) -> Result<(), XlsxError> {
    let view = parts.page.view;
    let headings = [
        labels::PARENT,
        labels::CHILD,
        labels::NODE,
        labels::WEIGHT_ORIGIN,
        labels::WEIGHT_DECLARED,
        labels::WEIGHT_NOMINAL,
        labels::WEIGHT_EFFECTIVE,
        labels::BASIS,
    ];
    parts.begin(labels::SECTION_WEIGHTS, &headings)?;
    for (node, result) in view.figures.method.nodes.iter().zip(&view.figures.index.nodes) {
        let Origin::Children(aggregate) = &node.origin else { continue };
        for (child, weight) in aggregate.children.iter().zip(&result.weights) {
            let texts = [
                node.id.clone(),
                view.figures.node_label(child.node, view.language).to_owned(),
                weight.child.clone(),
                words::choice(labels::WEIGHTS, &aggregate.weights, view.language),
            ];
            let row = parts.row;
            parts.texts(&texts)?;
            let numbers = [Some(child.weight), Some(weight.nominal), weight.effective];
            for (column, number) in (4..).zip(numbers) {
                weight_cell(parts, (row, column), number)?;
            }
            parts.page.text(row, 7, &basis(view), &look::set_off())?;
        }
    }
    Ok(())
}

fn weight_cell(
    parts: &mut Parts<'_, '_, '_>,
    (row, column): (RowNum, ColNum),
    number: Option<f64>,
) -> Result<(), XlsxError> {
    let format: Format = look::cell().set_align(FormatAlign::Top);
    match number {
        Some(number) => parts.page.number(row, column, number, &format.set_num_format("0.000")),
        None => parts.page.text(row, column, ":", &format.set_align(FormatAlign::Right)),
    }
}

fn outputs(parts: &mut Parts<'_, '_, '_>) -> Result<(), XlsxError> {
    let view = parts.page.view;
    if view.figures.method.outputs.is_empty() {
        return Ok(());
    }
    let headings = [labels::COLUMN, labels::LABEL, labels::SHOWS, labels::STEP, labels::DECLARED];
    parts.begin(labels::SECTION_OUTPUTS, &headings)?;
    let word = |words: Words| words.text(view.language);
    for output in &view.figures.method.outputs {
        let sentences = output.steps.iter().map(|step| words::step_sentence(step, view.language));
        let mut declared: Vec<String> = output.steps.iter().map(words::declared).collect();
        let class = output.class.as_ref().map(words::declared);
        declared.extend(class.map(|class| format!("{}: {class}", word(labels::CLASS_RULE))));
        let within = output.within.as_ref();
        declared.extend(within.map(|within| format!("{} {within}", word(labels::WITHIN))));
        let filter = output.filter.as_ref();
        declared.extend(filter.map(|it| format!("{} {}", word(labels::ONLY_WHERE), it.text())));
        let label = output.label.text(view.language);
        parts.texts(&[
            output.id.clone(),
            if label.is_empty() { output.id.clone() } else { label.to_owned() },
            view.figures.method.nodes[output.of].id.clone(),
            sentences.collect::<Vec<_>>().join(";\n"),
            declared.join(";\n"),
        ])?;
    }
    Ok(())
}
