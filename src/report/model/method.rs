//! How an index is computed: every node, its formula, its steps in plain words, its weights.

use super::column::{Column, Kind};
use super::table::Table;
use crate::index::Figures;
use crate::index::method::{Direction, Node, Origin, Status};
use crate::index::steps::Step;
use crate::language::{Language, Words, trimmed};
use crate::message::labels;
use crate::report::words;
use crate::study::Source;

/// The tables of a methodology, in one language.
pub(crate) struct MethodTables<'t, 'a> {
    pub(crate) figures: &'t Figures<'a>,
    pub(crate) language: Language,
}

/// A step in its list.
struct StepRow<'s> {
    node: &'s Node,
    label: String,
    position: usize,
    step: &'s Step,
}

/// A child of a parent, with its weights.
struct WeightRow<'s> {
    parent: usize,
    child: usize,
    origin: String,
    declared: f64,
    nominal: f64,
    effective: Option<f64>,
    id: &'s str,
}

impl<'a> MethodTables<'_, 'a> {
    fn word(&self, words: Words) -> &'static str {
        words.text(self.language)
    }

    /// A column of texts that run over several lines.
    fn text<R>(
        &self,
        id: &str,
        heading: Words,
        rows: &[R],
        of: impl Fn(&R) -> String,
    ) -> Column<'a> {
        Column::text(id, Column::PUBLIC, rows.iter().map(of))
            .headed(self.word(heading))
            .shown_as(Kind::Text)
    }

    /// Every node: on the sheet with its role and direction, on the page with its steps.
    pub(crate) fn nodes(&self) -> Table<'a> {
        let method = self.figures.method;
        let nodes: Vec<(usize, &Node)> = method.nodes.iter().enumerate().collect();
        let column = |id: &str, words, of: &dyn Fn(usize, &Node) -> String| {
            self.text(id, words, &nodes, |(at, node)| of(*at, node))
        };
        let from = |node: &Node| made_from(self.figures, node, self.language);
        let from_and_overlaps = |_: usize, node: &Node| match node.overlaps.as_slice() {
            [] => from(node),
            overlaps => {
                let words = self.word(labels::OVERLAPS);
                format!("{}\n({words}: {})", from(node), overlaps.join(", "))
            }
        };
        let direction = |_: usize, node: &Node| {
            let word = if node.is_indicator() { self.word(direction(node)) } else { "" };
            word.to_owned()
        };
        let plausible = |_: usize, node: &Node| {
            node.plausible.map(|[low, high]| format!("{low} – {high}")).unwrap_or_default()
        };
        let unit = |_: usize, node: &Node| {
            node.unit.as_ref().map_or("", |unit| unit.text(self.language)).to_owned()
        };
        let steps = |_: usize, node: &Node| {
            let sentence = |step| words::step_sentence(step, self.language);
            node.steps.iter().map(sentence).collect::<Vec<_>>().join("; ")
        };
        let label = |at: usize, _: &Node| self.label(at);
        let role = |_: usize, node: &Node| self.word(role(node)).to_owned();
        let mut table = Table::default();
        table.push(column("node", labels::NODE, &|_, node| node.id.clone()).only_on_sheets());
        table.push(column("label", labels::LABEL, &label));
        table.push(column("role", labels::ROLE, &role).only_on_sheets());
        table.push(column("from", labels::FROM, &from_and_overlaps).only_on_sheets());
        table.push(column("from", labels::FROM, &|_, node| from(node)).only_on_page());
        table.push(column("unit", labels::UNIT_OF_MEASURE, &unit));
        table.push(column("direction", labels::DIRECTION, &direction).only_on_sheets());
        table.push(column("plausible", labels::PLAUSIBLE, &plausible).only_on_sheets());
        table.push(column("basis", labels::BASIS, &|_, _| self.basis()).only_on_sheets());
        table.push(column("steps", labels::SECTION_STEPS, &steps).only_on_page());
        table
    }

    fn label(&self, node: usize) -> String {
        self.figures.node_label(node, self.language).to_owned()
    }

    /// On what a number of the methodology rests: the act that adopted it, else an assumption.
    fn basis(&self) -> String {
        match &self.figures.method.status {
            Status::Illustrative => self.word(labels::BASIS_ASSUMPTION).to_owned(),
            Status::Adopted { act } => act.clone(),
        }
    }

    /// Every step, in the order in which they run.
    pub(crate) fn steps(&self) -> Table<'a> {
        let mut rows: Vec<StepRow<'_>> = Vec::new();
        for (at, node) in self.figures.method.nodes.iter().enumerate() {
            let mut list = |label: String, steps: &'a [Step]| {
                let numbered = (1..).zip(steps);
                rows.extend(numbered.map(|(position, step)| StepRow {
                    node,
                    label: label.clone(),
                    position,
                    step,
                }));
            };
            list(self.label(at), &node.steps);
            if let Origin::Children(aggregate) = &node.origin {
                let entering = format!("{} {}", self.word(labels::ENTERING), self.label(at));
                list(entering, &aggregate.each);
            }
        }
        let sentence = |row: &StepRow<'_>| words::step_sentence(row.step, self.language);
        let mut table = Table::default();
        table.push(self.text("node", labels::NODE, &rows, |row| row.node.id.clone()));
        table.push(self.text("label", labels::LABEL, &rows, |row| row.label.clone()));
        let positions =
            self.text("position", labels::POSITION, &rows, |it| it.position.to_string());
        table.push(positions);
        table.push(self.text("step", labels::STEP, &rows, sentence));
        table.push(self.text("declared", labels::DECLARED, &rows, |it| words::declared(it.step)));
        table
    }

    /// Every weight: as it was declared, used, and as it works.
    pub(crate) fn weights(&self) -> Table<'a> {
        let figures = self.figures;
        let nodes = figures.method.nodes.iter().zip(&figures.index.nodes).enumerate();
        let mut rows: Vec<WeightRow<'_>> = Vec::new();
        for (parent, (node, result)) in nodes {
            let Origin::Children(aggregate) = &node.origin else { continue };
            let origin = words::choice(labels::WEIGHTS, &aggregate.weights, self.language);
            let pairs = aggregate.children.iter().zip(&result.weights);
            rows.extend(pairs.map(|(child, weight)| WeightRow {
                parent,
                child: child.node,
                origin: origin.clone(),
                declared: child.weight,
                nominal: weight.nominal,
                effective: weight.influence.effective,
                id: &weight.child,
            }));
        }
        let number = |id: &str, words, of: fn(&WeightRow<'_>) -> Option<f64>| {
            Column::numbers(id, Column::FIGURES, rows.iter().map(of))
                .headed(self.word(words))
                .shown_as(Kind::Parameter(3))
                .with_gap(":")
        };
        let parent = |row: &WeightRow<'_>| figures.method.nodes[row.parent].id.clone();
        let mut table = Table::default();
        table.push(self.text("parent", labels::PARENT, &rows, parent).only_on_sheets());
        table.push(self.text("child", labels::CHILD, &rows, |row| self.label(row.child)));
        let nodes = self.text("node", labels::NODE, &rows, |row| row.id.to_owned());
        table.push(nodes.only_on_sheets());
        let labels_of = self.text("parent", labels::PARENT, &rows, |row| self.label(row.parent));
        table.push(labels_of.only_on_page());
        let origins = self.text("origin", labels::WEIGHT_ORIGIN, &rows, |row| row.origin.clone());
        table.push(origins.only_on_sheets());
        table.push(number("declared", labels::WEIGHT_DECLARED, |row| Some(row.declared)));
        table.push(number("nominal", labels::WEIGHT_NOMINAL, |row| Some(row.nominal)));
        table.push(number("effective", labels::WEIGHT_EFFECTIVE, |row| row.effective));
        let basis = self.text("basis", labels::BASIS, &rows, |_| self.basis());
        table.push(basis.shown_as(Kind::SetOff).only_on_sheets());
        table
    }

    /// Every declared output; `None` where there is none.
    pub(crate) fn outputs(&self) -> Option<Table<'a>> {
        let outputs = &self.figures.method.outputs;
        if outputs.is_empty() {
            return None;
        }
        let sentences = |output: &crate::index::method::Output| {
            let sentence = |step| words::step_sentence(step, self.language);
            output.steps.iter().map(sentence).collect::<Vec<_>>().join(";\n")
        };
        let declared = |output: &crate::index::method::Output| {
            let mut parts: Vec<String> = output.steps.iter().map(words::declared).collect();
            let class = output.class.as_ref().map(words::declared);
            parts.extend(class.map(|it| format!("{}: {it}", self.word(labels::CLASS_RULE))));
            let within = output.within.as_ref();
            parts.extend(within.map(|it| format!("{} {it}", self.word(labels::WITHIN))));
            let filter = output.filter.as_ref();
            parts.extend(
                filter.map(|it| format!("{} {}", self.word(labels::ONLY_WHERE), it.text())),
            );
            parts.join(";\n")
        };
        let label = |output: &crate::index::method::Output| {
            let label = output.label.text(self.language);
            if label.is_empty() { output.id.clone() } else { label.to_owned() }
        };
        let node =
            |output: &crate::index::method::Output| self.figures.method.nodes[output.of].id.clone();
        let mut table = Table::default();
        table.push(self.text("column", labels::COLUMN, outputs, |output| output.id.clone()));
        table.push(self.text("label", labels::LABEL, outputs, label));
        table.push(self.text("shows", labels::SHOWS, outputs, node));
        table.push(self.text("step", labels::STEP, outputs, sentences));
        table.push(self.text("declared", labels::DECLARED, outputs, declared));
        Some(table)
    }
}

fn role(node: &Node) -> Words {
    match node.origin {
        Origin::Measures(_) | Origin::Category(_) => labels::INDICATOR,
        Origin::Children(_) => labels::AGGREGATE,
        Origin::Nodes(_) => labels::FORMULA,
    }
}

/// Which way an indicator points.
fn direction(node: &Node) -> Words {
    match node.direction {
        Direction::Risk => labels::DIRECTION_RISK,
        Direction::Protective => labels::DIRECTION_PROTECTIVE,
    }
}

/// The formula of a node, empty for weighted children.
fn formula(node: &Node) -> String {
    match &node.origin {
        Origin::Measures(formula) | Origin::Nodes(formula) => formula.text().to_owned(),
        Origin::Category(column) => column.clone(),
        Origin::Children(_) => String::new(),
    }
}

/// What a node is computed from, in one line.
pub(crate) fn made_from(figures: &Figures<'_>, node: &Node, language: Language) -> String {
    match &node.origin {
        Origin::Measures(_) | Origin::Category(_) | Origin::Nodes(_) => formula(node),
        Origin::Children(aggregate) => {
            let children = aggregate.children.iter();
            let named: Vec<&str> =
                children.map(|child| figures.method.nodes[child.node].id.as_str()).collect();
            let combined = words::choice(labels::COMBINES, &aggregate.combine, language);
            let require = aggregate.missing.require;
            let share = match (require.number(), require.terms()) {
                (Some(number), _) => format!("{} %", trimmed(number * 100.0, 4, language)),
                (None, [part, whole]) => format!("{part}/{whole}"),
            };
            let required = labels::REQUIRE.text(language);
            format!("{combined}: {} ({required}: {share})", named.join(", "))
        }
    }
}

/// What an indicator is, from which sources, measured where.
pub(crate) fn about_indicator(
    figures: &Figures<'_>,
    node: usize,
    sources: &[&Source],
    language: Language,
) -> String {
    let spec = &figures.method.nodes[node];
    let mut lines = vec![figures.node_label(node, language).to_owned()];
    let mut say = |label: Words, text: &str| {
        if !text.is_empty() {
            lines.push(format!("{}: {text}", label.text(language)));
        }
    };
    say(labels::NOTE_UNIT, spec.unit.as_ref().map_or("", |unit| unit.text(language)));
    say(labels::NOTE_FORMULA, &formula(spec));
    for source in sources {
        let parts = [Some(&source.id), source.publisher.as_ref(), source.reference.as_ref()];
        let line = parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ");
        say(labels::NOTE_SOURCE, &line);
    }
    say(labels::NOTE_DIRECTION, direction(spec).text(language));
    let level = &figures.index.nodes[node].level;
    say(labels::NOTE_LEVEL, words::named(labels::LEVELS, level, language));
    if figures.broadcast_level(node).is_some() {
        lines.push(labels::LEGEND_BROADCAST.text(language).to_owned());
    }
    lines.join("\n")
}
