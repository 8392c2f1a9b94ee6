//! What doubts stand on: the nodes and measures that reach the score, and the words for those that do
//! not.

use std::collections::BTreeSet;

use crate::index::aggregate::{Combine, Weights};
use crate::index::method::{Aggregate, Method, Origin};
use crate::index::steps::Step;
use crate::message::study::{programme, robustness as message};
use crate::message::suggest;
use crate::observation::Nature;
use crate::quality::Advice;
use crate::register::Register;
use crate::study::methodology::{Mention, MethodologyContext};
use crate::study::problem::Spot;
use crate::study::programme::CheckedProgramme;
use crate::study::{Measure, Source, Study};

/// What doubts are checked against.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DoubtContext<'a> {
    /// The study, with its measures and lists.
    pub(crate) study: &'a Study,
    /// The name of the study's file, for messages.
    pub(crate) file: &'a str,
    /// Who is counted.
    pub(crate) register: &'a Register,
    /// The checked methodology.
    pub(crate) method: &'a Method,
    /// The programme whose list is doubted; without one the score that reports lead with is.
    pub(crate) programme: Option<&'a CheckedProgramme>,
    /// Whether the study takes the file without naming it: what it lacks is then left out and told,
    /// not refused.
    pub(crate) is_default: bool,
}

/// Why a doubt cannot be drawn.
#[derive(Debug)]
pub(super) enum Refused {
    /// Something is wrong with it, which has been reported.
    Reported,
    /// It touches nothing: where that is seen, and why.
    Idle(Spot, Advice),
}

/// A context with what reaches the score of it.
pub(super) struct Ground<'a> {
    pub(super) context: DoubtContext<'a>,
    /// The node whose score makes the list.
    pub(super) score: usize,
    /// For each node whether the score is made of it.
    below: Vec<bool>,
    /// Whether a step, a weight or a function looks at which units set bounds and ranks.
    pub(super) looks_around: bool,
    /// The measures that the score or the programme reads.
    reached: BTreeSet<String>,
}

impl<'a> Ground<'a> {
    /// The ground of a context; none for a methodology without nodes.
    pub(super) fn new(context: DoubtContext<'a>) -> Option<Self> {
        let method = context.method;
        let score = context.programme.map(|programme| programme.score);
        let score = score.or_else(|| method.headline())?;
        let below = method.below(score);
        let mut reached = BTreeSet::new();
        for at in (0..method.nodes.len()).filter(|&at| below[at]) {
            reached.extend(read_by(method, at));
        }
        let programme = context.programme.into_iter().flat_map(CheckedProgramme::formulas);
        let formulas = programme.chain(&method.over);
        reached.extend(formulas.flat_map(|formula| formula.names().iter().cloned()));
        let looks_around = (0..method.nodes.len()).any(|at| below[at] && looks_around(method, at));
        Some(Self { context, score, below, looks_around, reached })
    }

    /// The checks of names and formulas of methodologies.
    pub(super) fn against(&self) -> MethodologyContext<'a> {
        let DoubtContext { study, file, register, .. } = self.context;
        MethodologyContext { study, file, register }
    }

    /// The nodes of which the score is made, each with its position.
    pub(super) fn nodes(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.below.len()).filter(|&at| self.below[at])
    }

    /// The position of a node of which the score is made.
    pub(super) fn node(&self, mention: &Mention) -> Result<usize, Refused> {
        let method = self.context.method;
        let Some(at) = method.node(&mention.id) else {
            let known = self.nodes().map(|at| method.nodes[at].id.as_str());
            let known: Vec<&str> = known.collect();
            let said = programme::methodology_without_node(&method.id, &mention.id);
            let said = said.advise(suggest(&mention.id, known.iter().copied()));
            return Err(Refused::Idle(mention.at.clone(), said));
        };
        if !self.below[at] {
            let said = message::beside_the_score(&mention.id, self.score_id());
            return Err(Refused::Idle(mention.at.clone(), said.into()));
        }
        Ok(at)
    }

    /// The position of a node that has children, and how it is made of them.
    pub(super) fn parent(&self, mention: &Mention) -> Result<(usize, &'a Aggregate), Refused> {
        let at = self.node(mention)?;
        match &self.context.method.nodes[at].origin {
            Origin::Children(aggregate) => Ok((at, aggregate)),
            Origin::Measures(_) | Origin::Category(_) | Origin::Nodes(_) => {
                Err(Refused::Idle(mention.at.clone(), message::no_children(&mention.id)))
            }
        }
    }

    /// A measure that holds numbers.
    pub(super) fn measure(&self, name: &Mention) -> Result<(&'a Source, &'a Measure), Refused> {
        let refused = |said: Advice| Refused::Idle(name.at.clone(), said);
        let Some((source, measure)) = self.against().measure(&name.id) else {
            let all = self.context.study.sources.iter().flat_map(|source| {
                source.measures.iter().map(|measure| format!("{}.{}", source.id, measure.id))
            });
            let all: Vec<String> = all.collect();
            let hint = suggest(&name.id, all.iter().map(String::as_str));
            return Err(refused(message::no_measure(&name.id).advise(hint)));
        };
        match measure.nature {
            Nature::Count | Nature::Rate | Nature::Amount => Ok((source, measure)),
            Nature::Category | Nature::Text => Err(refused(message::words(&name.id).into())),
        }
    }

    /// A measure that the score or the programme reads.
    pub(super) fn read_measure(
        &self,
        name: &Mention,
    ) -> Result<(&'a Source, &'a Measure), Refused> {
        let found = self.measure(name)?;
        if self.is_read(&name.id) {
            return Ok(found);
        }
        let said = message::unread_measure(&name.id, self.score_id());
        Err(Refused::Idle(name.at.clone(), said.into()))
    }

    /// Whether the score or the programme reads a measure.
    pub(super) fn is_read(&self, name: &str) -> bool {
        self.reached.contains(name)
    }

    /// A source of measures.
    pub(super) fn source(&self, name: &Mention) -> Result<&'a Source, Refused> {
        let sources = &self.context.study.sources;
        sources.iter().find(|source| source.id == name.id).ok_or_else(|| {
            let known = sources.iter().map(|source| source.id.as_str());
            let said = message::no_source(&name.id).advise(suggest(&name.id, known));
            Refused::Idle(name.at.clone(), said)
        })
    }

    pub(super) fn score_id(&self) -> &'a str {
        &self.context.method.nodes[self.score].id
    }
}

/// The measures that a node reads: by its formula, and by steps that look at other indicators.
fn read_by(method: &Method, at: usize) -> Vec<String> {
    let node = &method.nodes[at];
    let mut names = own_names(&node.origin);
    let each = match &node.origin {
        Origin::Children(aggregate) => aggregate.each.as_slice(),
        Origin::Measures(_) | Origin::Category(_) | Origin::Nodes(_) => &[],
    };
    let others = node.steps.iter().chain(each).flat_map(Step::indicators);
    let others = others.filter_map(|id| method.node(id));
    names.extend(others.flat_map(|other| own_names(&method.nodes[other].origin)));
    names
}

/// Whether a node is made by looking at which units set bounds and ranks.
fn looks_around(method: &Method, at: usize) -> bool {
    let node = &method.nodes[at];
    let of_children = match &node.origin {
        Origin::Children(aggregate) => {
            let is_fixed = matches!(aggregate.weights, Weights::Declared | Weights::Equal);
            let by_all = matches!(aggregate.combine, Combine::Copeland(_) | Combine::PcaScore(_));
            !is_fixed || by_all || !aggregate.each.iter().all(Step::looks_alone)
        }
        Origin::Measures(_) | Origin::Category(_) | Origin::Nodes(_) => false,
    };
    of_children || !node.steps.iter().all(Step::looks_alone)
}

fn own_names(origin: &Origin) -> Vec<String> {
    match origin {
        Origin::Measures(formula) | Origin::Nodes(formula) => formula.names().to_vec(),
        Origin::Category(name) => vec![name.clone()],
        Origin::Children(_) => Vec::new(),
    }
}
