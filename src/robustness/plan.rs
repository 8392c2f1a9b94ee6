//! A checked file of doubts: what somebody chose and might have chosen otherwise, what somebody
//! measured and might have measured otherwise.

use crate::index::Formula;
use crate::index::aggregate::{Combine, Share};
use crate::index::method::{RecipeUse, Status};
use crate::index::steps::Step;
use crate::language::Label;
use crate::quality::Message;

/// A checked robustness file. Nodes are positions in [`Method::nodes`](crate::index::Method), measures
/// are named as formulas name them (`population.total`).
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// Identifier (`irc-robust`).
    pub(crate) id: String,
    /// Version, as text.
    pub(crate) version: String,
    /// Whether an authority adopted it.
    pub(crate) status: Status,
    /// Title for reports.
    pub(crate) title: Label,
    /// How much is drawn, and how it is read.
    pub(crate) settings: Settings,
    /// The doubts that are drawn, in the order of the file. Those that were left out or skipped keep
    /// their coordinates, so that the draws of the others do not change.
    pub(crate) doubts: Vec<Doubt>,
    /// The doubts that are not drawn, in the order of the file.
    pub(crate) left_out: Vec<LeftOut>,
    /// The measure of the people whom a wrong list loses, where the file names one.
    pub(crate) people: Option<String>,
}

/// A doubt that is not drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LeftOut {
    /// Identifier.
    pub(crate) id: String,
    /// Name for reports.
    pub(crate) label: Label,
    /// Why: the reason that the file gives, or what the study lacks.
    pub(crate) reason: Message,
}

/// How much is drawn, and how it is read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Settings {
    /// Runs of each design: joint, choices alone, errors alone.
    pub(crate) runs: u32,
    /// Base points of the sensitivity design; 0 for none.
    pub(crate) shares: u32,
    /// Points of the joint design with one doubt drawn and all else as declared.
    pub(crate) alone: u32,
    /// How many cases a count is changed by, at most, to find what moves a unit across the cut.
    pub(crate) cases: u32,
    /// How the points of choices are laid.
    pub(crate) design: Design,
    /// The text from which every draw follows.
    pub(crate) seed: String,
    /// Lower and upper share of the interval of ranks.
    pub(crate) interval: [f64; 2],
    /// The share of variants from which on a place is certain; its complement: out.
    pub(crate) certain: Share,
    /// Of intervals of shares and of rank sets.
    pub(crate) confidence: f64,
}

/// How the points of choices are laid.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Design {
    /// A scrambled Sobol sequence.
    #[default]
    Sobol,
    /// Independent points.
    Random,
}

/// Something that might be otherwise.
#[derive(Clone, Debug)]
pub(crate) struct Doubt {
    /// Identifier; key of its draws.
    pub(crate) id: String,
    /// Name for reports.
    pub(crate) label: Label,
    /// The doubt whose draws it shares, by its position; both are one group.
    pub(crate) with: Option<usize>,
    /// The first of its coordinates of the design, counted over all doubts that the file declares; of
    /// one that is drawn `with` another, those of that other.
    pub(crate) coordinate: usize,
    /// What is drawn.
    pub(crate) verb: Verb,
}

/// What a doubt draws.
#[derive(Clone, Debug)]
pub(crate) enum Verb {
    /// Other weights of the children of nodes, each node by itself.
    Weights {
        /// The nodes.
        of: Vec<usize>,
        /// How they are drawn.
        law: WeightLaw,
    },
    /// Other steps of the nodes that use a recipe, or another one for one of its steps.
    Steps {
        /// The nodes whose steps hold the recipe, or the steps that their children go through.
        nodes: Vec<usize>,
        /// The recipe; where it stands in the steps, the nodes know (`recipes`).
        recipe: String,
        /// The name of the step that is replaced; none: the steps of the recipe all together.
        step: Option<&'static str>,
        /// What stands in its place.
        choice: Choice<OtherStep>,
    },
    /// Another function by which the children of a node become it.
    Method {
        /// The node.
        of: usize,
        /// The functions.
        choice: Choice<Combine>,
        /// The range on which children are laid for all but the declared one.
        lift: Option<[f64; 2]>,
    },
    /// One child of a node left out.
    Omit {
        /// The node.
        of: usize,
        /// How often one is.
        chance: f64,
    },
    /// Other units that set bounds and ranks; none: all of them.
    Over(Choice<Option<Formula>>),
    /// Other measures read in place of declared ones: of each pair, the declared one first.
    Measures {
        /// What is replaced, as the file names it: a measure or a source.
        of: String,
        /// The pairs.
        choice: Choice<Vec<(String, String)>>,
    },
    /// Counts drawn by the law of small numbers, at the level at which they were counted.
    Counts {
        /// The counts.
        counts: Vec<Count>,
        /// The law.
        law: CountLaw,
    },
    /// The error of an estimate, normal, one draw for each area of its level.
    Error {
        /// The measure.
        measure: String,
        /// Its standard error.
        spread: Spread,
    },
    /// What rounding hid: half a unit of the last decimal up or down, one draw for each area.
    Rounding {
        /// The measures; of each the decimals, where the file says them, else those of its cells.
        measures: Vec<(String, Option<u32>)>,
    },
    /// Imputed cells of an indicator drawn from a donor of the same group instead.
    Impute {
        /// The indicator.
        node: usize,
    },
}

/// Alternatives of which one is the declared one.
#[derive(Clone, Debug)]
pub(crate) struct Choice<T> {
    /// All of them, in the order of the file.
    pub(crate) alternatives: Vec<Alternative<T>>,
}

/// One of several.
#[derive(Clone, Debug)]
pub(crate) struct Alternative<T> {
    /// How reports call it.
    pub(crate) name: String,
    /// How often it is drawn, beside the others.
    pub(crate) odds: u32,
    /// What it is; none: as declared.
    pub(crate) other: Option<T>,
}

/// What stands in place of a step, or of the steps of a recipe.
#[derive(Clone, Debug)]
pub(crate) enum OtherStep {
    /// Nothing.
    LeftOut,
    /// Other steps.
    Steps(Vec<Step>),
}

impl OtherStep {
    /// A list of steps in which this stands in place of a recipe, or of one of its steps by name,
    /// wherever the recipe stands in it.
    pub(crate) fn put_into(
        &self,
        steps: &[Step],
        recipes: &[RecipeUse],
        (recipe, step): (&str, Option<&'static str>),
    ) -> Vec<Step> {
        let held = |at: usize| {
            let mut uses = recipes.iter().filter(|used| used.recipe == recipe);
            uses.find(|used| used.steps.contains(&at)).map(|used| used.steps.start)
        };
        let mut all = Vec::with_capacity(steps.len());
        for (at, declared) in steps.iter().enumerate() {
            let start = held(at).filter(|_| step.is_none_or(|name| declared.name() == name));
            match (start, self) {
                (None, _) => all.push(declared.clone()),
                (Some(_), Self::LeftOut) => {}
                // the whole recipe is replaced once, where it begins
                (Some(start), Self::Steps(_)) if step.is_none() && at > start => {}
                (Some(_), Self::Steps(other)) => all.extend(other.iter().cloned()),
            }
        }
        all
    }
}

/// How weights are drawn.
#[derive(Clone, Debug)]
pub(crate) enum WeightLaw {
    /// Each between (1 − spread) and (1 + spread) times the declared one, rescaled.
    Spread(f64),
    /// Dirichlet around the declared weights; the greater, the closer.
    Concentration(f64),
    /// Any weights, those of the named children falling in their order (positions among the children,
    /// the heaviest first).
    Any {
        /// The order; empty for none.
        order: Vec<usize>,
    },
    /// One of several sets, with equal chances.
    Sets {
        /// The source that lists them.
        source: String,
        /// The sets, in the order of the file; empty until it is read.
        sets: Vec<WeightSet>,
    },
}

/// Weights of the children of the doubted nodes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct WeightSet {
    /// Who proposes them.
    pub(crate) name: String,
    /// For each doubted node, a weight for each of its children.
    pub(crate) weights: Vec<Vec<f64>>,
}

/// A count and of how many it is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Count {
    /// The measure that is counted.
    pub(crate) measure: String,
    /// The measure of all who could be.
    pub(crate) of: String,
    /// A published rate that moves with the count, in place of the count itself.
    pub(crate) moves: Option<String>,
}

/// By which law counts are drawn.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CountLaw {
    /// Each person by himself.
    #[default]
    Binomial,
    /// Rare cases of many.
    Poisson,
    /// Persons of one place alike: ρ = 1 / (α + β + 1).
    BetaBinomial {
        /// The correlation within a place.
        rho: f64,
    },
}

/// The standard error of an estimate.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Spread {
    /// In the unit of the measure.
    Sd(f64),
    /// As a share of the value.
    Relative(f64),
    /// A measure of the same level.
    Se(String),
    /// From the ends of an interval of that level; the centre stays at the value.
    Interval {
        /// The measure of its lower end.
        low: String,
        /// The measure of its upper end.
        high: String,
        /// Its confidence level.
        level: f64,
    },
}

/// Whether somebody chose or somebody measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Layer {
    /// A choice of the method.
    Choice,
    /// An error of the data.
    Error,
}

impl Layer {
    /// The word of tables.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Choice => "choice",
            Self::Error => "error",
        }
    }
}

impl Doubt {
    /// The layer, which follows from what is drawn.
    pub(crate) fn layer(&self) -> Layer {
        self.verb.layer()
    }
}

impl Verb {
    /// Whether somebody chose or somebody measured what is drawn.
    pub(crate) fn layer(&self) -> Layer {
        match self {
            Self::Weights { .. }
            | Self::Steps { .. }
            | Self::Method { .. }
            | Self::Omit { .. }
            | Self::Over(_)
            | Self::Measures { .. } => Layer::Choice,
            Self::Counts { .. }
            | Self::Error { .. }
            | Self::Rounding { .. }
            | Self::Impute { .. } => Layer::Error,
        }
    }
}

impl Plan {
    /// Doubts that are drawn together, each by the positions of its doubts, in the order of the file.
    pub(crate) fn groups(&self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for (at, doubt) in self.doubts.iter().enumerate() {
            let own =
                doubt.with.and_then(|other| groups.iter_mut().find(|group| group.contains(&other)));
            match own {
                Some(group) => group.push(at),
                None => groups.push(vec![at]),
            }
        }
        groups
    }

    /// The ids of the doubts of a group, joined by `+`.
    pub(crate) fn group_id(&self, group: usize) -> String {
        let doubts = self.groups().swap_remove(group);
        let ids: Vec<&str> = doubts.iter().map(|doubt| self.doubts[*doubt].id.as_str()).collect();
        ids.join("+")
    }

    /// The names of the doubts of a group, joined by `+`.
    pub(crate) fn group_label(&self, group: usize) -> Label {
        let doubts = self.groups().swap_remove(group);
        let of = |text: fn(&Label) -> &str| {
            let names: Vec<&str> = doubts.iter().map(|at| text(&self.doubts[*at].label)).collect();
            names.join(" + ")
        };
        Label { ro: of(|label| &label.ro), en: of(|label| &label.en) }
    }

    /// The same with one point of the joint design and of each layer.
    pub(crate) fn one_point(&self) -> Self {
        let mut few = self.clone();
        let Settings { runs, shares, alone, .. } = &mut few.settings;
        (*runs, *shares, *alone) = (1, 0, 0);
        few
    }

    /// The same with a few points of each design.
    pub(crate) fn some_points(&self) -> Self {
        const POINTS: u32 = 16;
        let mut few = self.clone();
        let Settings { runs, shares, alone, .. } = &mut few.settings;
        [runs, shares, alone].into_iter().for_each(|points| *points = (*points).min(POINTS));
        few
    }

    /// How many variants are computed: of each point all doubts, each layer alone where there are two, each
    /// group alone, and those of the sensitivity design.
    pub(crate) fn variants(&self) -> u64 {
        let Settings { runs, shares, alone, .. } = self.settings;
        let [runs, shares, alone] = [runs, shares, alone].map(u64::from);
        let has = |layer: Layer| self.doubts.iter().any(|doubt| doubt.layer() == layer);
        let layers = if has(Layer::Choice) && has(Layer::Error) { 2 } else { 0 };
        let groups = self.groups().len() as u64;
        runs.max(shares) + runs * layers + alone * groups + shares * (groups + 1)
    }

    /// The runs that the file asks for: those of a design and those of the sensitivity design.
    pub(crate) fn work(&self) -> [u64; 2] {
        let Settings { runs, shares, .. } = self.settings;
        [u64::from(runs), u64::from(shares) * (self.groups().len() as u64 + 2)]
    }
}

impl<T> Choice<T> {
    /// The alternative of a uniform number: the first j with u < (odds 1 + … + odds j) / their sum.
    pub(crate) fn drawn(&self, u: f64) -> usize {
        let total: u64 = self.alternatives.iter().map(|it| u64::from(it.odds)).sum();
        let mut reached = 0;
        for (at, alternative) in self.alternatives.iter().enumerate() {
            reached += u64::from(alternative.odds);
            if u * (total as f64) < reached as f64 {
                return at;
            }
        }
        self.declared()
    }

    /// What reports call an alternative.
    pub(crate) fn name(&self, at: usize) -> String {
        self.alternatives[at].name.clone()
    }

    /// The declared one.
    pub(crate) fn declared(&self) -> usize {
        self.alternatives.iter().position(|it| it.other.is_none()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::method::Steps;

    fn steps(text: &str) -> Vec<Step> {
        serde_json::from_str::<Steps>(text).unwrap().list().to_vec()
    }

    #[test]
    fn other_steps_stand_where_the_recipe_stood() {
        let minmax = r#"{"minmax":{}}"#;
        let (round, winsorise) = (r#"{"round":{"decimals":2}}"#, r#"{"winsorise":{"max":5}}"#);
        let declared = steps(&format!("[{round},{winsorise},{minmax},{minmax}]"));
        let recipes = [RecipeUse { recipe: "share".into(), steps: 1..3 }];
        let put = |other: &OtherStep, step| other.put_into(&declared, &recipes, ("share", step));
        let rank = OtherStep::Steps(steps(r#"[{"rank":{}},{"sqrt":{}}]"#));
        let expected = steps(&format!(r#"[{round},{{"rank":{{}}}},{{"sqrt":{{}}}},{minmax}]"#));
        assert_eq!(put(&rank, None), expected);
        let expected =
            steps(&format!(r#"[{round},{winsorise},{{"rank":{{}}}},{{"sqrt":{{}}}},{minmax}]"#));
        assert_eq!(put(&rank, Some("minmax")), expected);
        assert_eq!(put(&OtherStep::LeftOut, None), steps(&format!("[{round},{minmax}]")));
        assert_eq!(put(&OtherStep::LeftOut, Some("rank")), declared);
        let other = OtherStep::LeftOut.put_into(&declared, &recipes, ("other", None));
        assert_eq!(other, declared);
    }
}
