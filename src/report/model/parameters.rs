//! What the live formulas of a workbook point at (weights, cuts, places, bounds), and what is drawn
//! from them.

use super::live::{Live, LiveClass, Norm, Rounded, Rule, used_weights};
use crate::index::method::Origin;
use crate::index::{Column, Figures, OutputColumn, stats};
use crate::language::{Language, Words, decimals};
use crate::message::labels;
use crate::report::words;

/// Everything that stands on the sheet *Weights*.
pub(crate) struct Parameters {
    pub(crate) weights: Vec<WeightSet>,
    pub(crate) classes: Vec<ClassSet>,
    pub(crate) phases: Option<PhaseSet>,
    pub(crate) bounds: Vec<Bound>,
}

/// The weights of a node's children.
pub(crate) struct WeightSet {
    pub(crate) node: usize,
    pub(crate) label: String,
    /// Whether they may be changed.
    pub(crate) is_live: bool,
    pub(crate) entries: Vec<WeightEntry>,
}

/// The weight of a child.
pub(crate) struct WeightEntry {
    pub(crate) label: String,
    pub(crate) id: String,
    pub(crate) weight: f64,
}

/// The cuts of an output in classes.
pub(crate) struct ClassSet {
    pub(crate) output: usize,
    pub(crate) title: String,
    /// Names of the classes, that of the lowest values first.
    pub(crate) names: Vec<String>,
    pub(crate) class: LiveClass,
}

/// The places of a programme: name of each phase, and the places filled up to and including it.
pub(crate) struct PhaseSet {
    pub(crate) title: String,
    pub(crate) upto: Vec<(String, u32)>,
}

/// What a live normalisation takes from the distribution.
pub(crate) struct Bound {
    pub(crate) node: usize,
    pub(crate) label: String,
    /// The rule in words.
    pub(crate) rule: String,
    pub(crate) decimals: usize,
    pub(crate) norm: Norm,
}

/// The parameters of a run, under the title of its programme where it has one.
pub(crate) fn parameters(
    figures: &Figures<'_>,
    programme: &str,
    live: &Live,
    language: Language,
) -> Parameters {
    let label = |node: usize| figures.node_label(node, language).to_owned();
    let nodes = 0..figures.method.nodes.len();
    let with_weights = nodes.filter(|&node| !figures.index.nodes[node].weights.is_empty());
    let set = |node: usize| {
        let weights = used_weights(figures, node);
        let children = figures.children(&figures.method.nodes[node]);
        let entry = |(child, weight): (usize, f64)| WeightEntry {
            label: label(child),
            id: figures.method.nodes[child].id.clone(),
            weight,
        };
        WeightSet {
            node,
            label: label(node),
            is_live: live.means.contains_key(&node),
            entries: children.into_iter().zip(weights).map(entry).collect(),
        }
    };
    let is_combined =
        |node: &usize| matches!(figures.method.nodes[*node].origin, Origin::Children(_));
    let named = |label: &String| words::named(labels::CLASSES, label, language).to_owned();
    let classes = live.classes().map(|(output, class)| ClassSet {
        output,
        title: figures.output_title(output, language),
        names: class.labels.iter().map(named).collect(),
        class: class.clone(),
    });
    let phases = live
        .phases
        .as_ref()
        .map(|phases| PhaseSet { title: programme.to_owned(), upto: phases.upto.clone() });
    let bounds = live.norms.iter().map(|(&node, norm)| Bound {
        node,
        label: label(node),
        rule: rule(norm, |words| words.text(language)),
        decimals: decimals(figures.index.nodes[node].raw.values()).max(2),
        norm: norm.clone(),
    });
    Parameters {
        weights: with_weights.filter(is_combined).map(set).collect(),
        classes: classes.collect(),
        phases,
        bounds: bounds.collect(),
    }
}

fn rule(norm: &Norm, word: impl Fn(Words) -> &'static str) -> String {
    let rule = match norm.rule {
        Rule::Same => labels::RULE_SAME,
        Rule::MinMax { .. } => labels::RULE_MINMAX,
        Rule::ZScore { .. } => labels::RULE_ZSCORE,
        Rule::Rank { .. } => labels::RULE_RANK,
    };
    if norm.protective && norm.rule != Rule::Same {
        format!("{}, {}", word(rule), word(labels::RULE_TURNED))
    } else {
        word(rule).to_owned()
    }
}

/// Points of the curve: more are not told apart on paper.
const POINTS: usize = 200;

/// The charts of a run.
pub(crate) struct Charts {
    /// Name of the score.
    pub(crate) score: String,
    /// The scores that are ranked, where they stand rounded on the sheet *Index*.
    pub(crate) rounded: Rounded,
    /// Places with their scores.
    pub(crate) curve: Vec<(usize, f64)>,
    /// The output in classes of the headline, by its position.
    pub(crate) class: Option<usize>,
    pub(crate) parts: Option<Parts>,
}

/// Mean weighted value of each child by class.
pub(crate) struct Parts {
    pub(crate) node: usize,
    pub(crate) children: Vec<String>,
    /// Name of each class, and the means of its units.
    pub(crate) classes: Vec<(String, Vec<f64>)>,
}

/// The charts; `None` where there is no more than one score to draw, and of a part of the units.
pub(crate) fn charts(figures: &Figures<'_>, live: &Live, language: Language) -> Option<Charts> {
    let is_drawn = figures.ranked() > 1 && !figures.is_part();
    let headline = figures.headline().filter(|_| is_drawn)?;
    let units = figures.most_at_risk(usize::MAX);
    let points = units.len().min(POINTS);
    let place = |point: usize| match points {
        1 => 1,
        _ => 1 + point * (units.len() - 1) / (points - 1),
    };
    let scores = figures.index.nodes[headline].value.values();
    let point = |place: usize| (place, scores[units[place - 1]]);
    let class = live.classes().find(|(_, class)| class.rounded.node == headline);
    let class = class.map(|(output, _)| output);
    Some(Charts {
        score: figures.node_label(headline, language).to_owned(),
        rounded: Rounded { node: headline, raw: false, decimals: 9 },
        curve: (0..points).map(|at| point(place(at))).collect(),
        class,
        parts: class.and_then(|output| parts(figures, live, output, language)),
    })
}

fn parts(figures: &Figures<'_>, live: &Live, output: usize, language: Language) -> Option<Parts> {
    let node = figures.headline()?;
    let mean = live.means.get(&node)?;
    let (_, class) = live.classes().find(|(at, _)| *at == output)?;
    let OutputColumn::Classes(of_unit) = &figures.index.outputs[output].column else {
        return None;
    };
    let weighted: Vec<Column> =
        (0..mean.children.len()).map(|child| mean.weighted(figures, child)).collect();
    let means = |id: &String| weighted.iter().map(|it| mean_of(it, of_unit, id)).collect();
    let named = |id: &String| words::named(labels::CLASSES, id, language).to_owned();
    let label = |&child: &usize| figures.node_label(child, language).to_owned();
    Some(Parts {
        node,
        children: mean.children.iter().map(label).collect(),
        classes: class.labels.iter().map(|id| (named(id), means(id))).collect(),
    })
}

fn mean_of(column: &Column, classes: &[Option<String>], id: &str) -> f64 {
    let units = classes.iter().enumerate().filter(|(_, class)| class.as_deref() == Some(id));
    let values: Vec<f64> = units.filter_map(|(unit, _)| column.value(unit)).collect();
    if values.is_empty() { 0.0 } else { stats::mean(&values) }
}
