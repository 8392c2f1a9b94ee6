//! The sets of weights that experts propose: read from the sources that doubts name.

use std::collections::BTreeMap;

use super::listed_file::input_file;
use crate::index::Method;
use crate::index::method::Origin;
use crate::ingest::{Inputs, ListedRow, Listing};
use crate::message::selection::lists as message;
use crate::message::study::robustness as words;
use crate::message::suggest;
use crate::observation::InputFile;
use crate::quality::{Advice, Findings, Message, Place};
use crate::robustness::plan::{Plan, Verb, WeightLaw, WeightSet};
use crate::study::{ListSource, Study};

/// What reading the sets of weights came to.
#[derive(Default)]
pub(super) struct Read {
    pub(super) findings: Findings,
    pub(super) files: Vec<InputFile>,
    /// Whether every set that a doubt names is there.
    pub(super) is_complete: bool,
}

/// Fills in the sets of weights that the doubts of a plan name, where there is one.
pub(super) fn fill(
    plan: Option<&mut Plan>,
    study: &Study,
    method: &Method,
    inputs: &Inputs,
) -> Read {
    let mut read = Read { is_complete: true, ..Read::default() };
    for doubt in plan.into_iter().flat_map(|plan| &mut plan.doubts) {
        let Verb::Weights { of, law: WeightLaw::Sets { source, sets } } = &mut doubt.verb else {
            continue;
        };
        let list = study.lists.iter().find(|list| list.id == *source);
        let children: Vec<Vec<&str>> = of.iter().map(|&node| children(method, node)).collect();
        let found = list.and_then(|list| read.sets(list, (method, &children), inputs));
        match found {
            Some(found) => *sets = found,
            None => read.is_complete = false,
        }
    }
    read
}

fn children(method: &Method, node: usize) -> Vec<&str> {
    match &method.nodes[node].origin {
        Origin::Children(aggregate) => {
            aggregate.children.iter().map(|child| method.nodes[child.node].id.as_str()).collect()
        }
        Origin::Measures(_) | Origin::Category(_) | Origin::Nodes(_) => Vec::new(),
    }
}

impl Read {
    /// The sets of a source, in the order in which its experts first appear.
    fn sets(
        &mut self,
        list: &ListSource,
        (method, children): (&Method, &[Vec<&str>]),
        inputs: &Inputs,
    ) -> Option<Vec<WeightSet>> {
        let listing = Listing { file: &list.file, sheet: list.sheet.as_ref(), subject: &list.id };
        let columns = list.layout.columns().iter().map(|(name, must)| (list.column(name), *must));
        let wanted: Vec<(&str, bool)> = columns.collect();
        let (rows, findings) = listing.rows(inputs, &wanted);
        self.findings.extend(findings);
        let rows = rows?;
        let (file, finding) = input_file(list, inputs, rows.len()).unzip();
        self.files.extend(file);
        finding.flatten().into_iter().for_each(|finding| self.findings.push(finding));
        let mut sheet = Sheet { rows: Vec::new(), wrong: Vec::new() };
        let is_comma = rows.iter().any(|row| cell(row, 2).contains(','));
        for row in &rows {
            sheet.take_in(row, is_comma, method);
        }
        let sets = sheet.sets(children);
        if sheet.wrong.is_empty() {
            return Some(sets);
        }
        let why = sheet.wrong[0].1.clone();
        let place = |row: Option<u32>| {
            let file = Place::file(&list.file);
            row.map_or(file.clone(), |row| file.at_row(row))
        };
        let places = sheet.wrong.iter().map(|(row, _)| place(*row)).collect();
        self.findings.push(message::wrong_rows(&list.id, &why.message, places, true));
        None
    }
}

/// The rows of a file of weights.
struct Sheet {
    /// Expert, node and weight, in the order of the file.
    rows: Vec<(String, String, f64)>,
    /// What is wrong, each with its row where it is about one.
    wrong: Vec<(Option<u32>, Advice)>,
}

fn cell(row: &ListedRow, at: usize) -> &str {
    row.texts.get(at).and_then(Option::as_deref).unwrap_or_default()
}

impl Sheet {
    fn take_in(&mut self, row: &ListedRow, is_comma: bool, method: &Method) {
        let [expert, node, text] = [0, 1, 2].map(|at| cell(row, at));
        let mut refuse = |said: Advice| self.wrong.push((Some(row.number), said));
        if expert.is_empty() {
            return refuse(words::no_expert().into());
        }
        if method.node(node).is_none() {
            let known = method.nodes.iter().map(|node| node.id.as_str());
            return refuse(words::weight_of_nobody(node).advise(suggest(node, known)));
        }
        let Some(weight) = number(text, is_comma) else { return refuse(words::no_weight(text)) };
        if self.rows.iter().any(|(known, of, _)| known == expert && of == node) {
            return refuse(words::weight_twice(expert, node).into());
        }
        self.rows.push((expert.to_owned(), node.to_owned(), weight));
    }

    /// A set for each expert: a weight for each child of each doubted node.
    fn sets(&mut self, children: &[Vec<&str>]) -> Vec<WeightSet> {
        let mut experts: Vec<&str> = Vec::new();
        let mut weights: BTreeMap<(&str, &str), f64> = BTreeMap::new();
        for (expert, node, weight) in &self.rows {
            if !experts.contains(&expert.as_str()) {
                experts.push(expert);
            }
            weights.insert((expert, node), *weight);
        }
        let mut wrong: Vec<Message> = Vec::new();
        let mut sets = Vec::new();
        for expert in experts {
            let mut of_expert = Vec::new();
            for children in children {
                let given = children.iter().map(|child| weights.get(&(expert, *child)).copied());
                let given: Vec<Option<f64>> = given.collect();
                if let Some(lacking) = given.iter().position(Option::is_none) {
                    wrong.push(words::weight_missing(expert, children[lacking]));
                }
                let given: Vec<f64> = given.into_iter().flatten().collect();
                if given.len() == children.len() && given.iter().all(|weight| *weight == 0.0) {
                    wrong.push(words::weights_of_nothing(expert));
                }
                of_expert.push(given);
            }
            sets.push(WeightSet { name: expert.to_owned(), weights: of_expert });
        }
        if sets.len() < 2 && wrong.is_empty() && self.wrong.is_empty() {
            wrong.push(words::one_expert());
        }
        self.wrong.extend(wrong.into_iter().map(|said| (None, said.into())));
        sets
    }
}

/// A weight as a person writes it, with a point, or with a comma in a file that uses commas.
fn number(text: &str, is_comma: bool) -> Option<f64> {
    let text = if is_comma { text.replace(',', ".") } else { text.to_owned() };
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    text.parse().ok().filter(|weight: &f64| is_plain && weight.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_is_a_plain_number() {
        assert_eq!(number("0.25", false), Some(0.25));
        assert_eq!(number("0,25", true), Some(0.25));
        assert_eq!(number("2", true), Some(2.0));
        for text in ["", "-1", "1e9", "nan", "inf", "1.234,5", "a"] {
            assert_eq!(number(text, true), None, "{text}");
        }
    }

    #[test]
    fn a_set_gives_each_child_of_each_node_a_weight() {
        let row = |expert: &str, node: &str, weight| (expert.to_owned(), node.to_owned(), weight);
        let rows =
            vec![row("B", "x", 1.0), row("A", "y", 2.0), row("B", "y", 0.0), row("A", "x", 3.0)];
        let mut sheet = Sheet { rows, wrong: Vec::new() };
        let sets = sheet.sets(&[vec!["x", "y"], vec!["y"]]);
        assert_eq!(
            sets[0],
            WeightSet { name: "B".into(), weights: vec![vec![1.0, 0.0], vec![0.0]] }
        );
        assert_eq!(sets[1].weights, [vec![3.0, 2.0], vec![2.0]]);
        assert_eq!(sheet.wrong.len(), 1);
        let mut sheet = Sheet { rows: vec![row("A", "x", 1.0)], wrong: Vec::new() };
        sheet.sets(&[vec!["x", "y"]]);
        assert!(sheet.wrong[0].1.message.en.contains("no weight for `y`"));
        let mut sheet = Sheet { rows: vec![row("A", "x", 1.0)], wrong: Vec::new() };
        sheet.sets(&[vec!["x"]]);
        assert!(sheet.wrong[0].1.message.en.contains("at least two"));
    }
}
