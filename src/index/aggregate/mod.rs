//! Weights and functions by which children become a parent.

mod choice;
pub(crate) mod combine;
pub(crate) mod component;
mod rows;
mod share;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::message::index::parameters;
use crate::quality::Message;
use choice::word_or_table;
pub use share::Share;

/// Where weights come from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", remote = "Self")]
pub enum Weights {
    /// As declared in `of`.
    #[default]
    Declared,
    /// All the same.
    Equal,
    /// The first eigenvector of the children's correlation matrix.
    Pca(PcaWeights),
    /// Score coefficients of a one-factor model fitted by maximum likelihood.
    Factor(FactorWeights),
    /// Found so that each child's correlation with the parent has the share that `of` declares.
    Optimise(OptimisedWeights),
}

/// Weights from a principal component.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PcaWeights {
    /// What happens when the loadings do not all have the same sign.
    pub signs: Signs,
}

/// What happens when the loadings of a component do not all have the same sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Signs {
    /// A finding names the children that disagree, and nobody gets a score.
    #[default]
    Checked,
    /// They are used as they are; weights of opposite signs may nearly cancel.
    AsIs,
}

/// Weights from a one-factor model.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct FactorWeights {
    /// The iteration ends when no uniqueness moves by more than this.
    pub tolerance: f64,
    /// Least uniqueness allowed (Heywood cases end there).
    pub heywood: f64,
    /// What happens when the coefficients do not all have the same sign.
    pub signs: Signs,
}

impl Default for FactorWeights {
    fn default() -> Self {
        Self { tolerance: 1e-10, heywood: 0.005, signs: Signs::Checked }
    }
}

/// Weights that give each child a declared share of influence.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OptimisedWeights {
    /// The search ends when no share is off by more than this.
    pub tolerance: f64,
}

impl Default for OptimisedWeights {
    fn default() -> Self {
        Self { tolerance: 1e-9 }
    }
}

/// How children are combined.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", remote = "Self")]
pub enum Combine {
    /// Weighted arithmetic mean: Σwx/Σw.
    #[default]
    Arithmetic,
    /// Weighted geometric mean: exp(Σw·ln x/Σw); values must be above 0.
    Geometric,
    /// Geometric mean on a reversed and shifted scale (INFORM).
    GeometricReversed(GeometricReversed),
    /// Weighted harmonic mean: Σw/Σ(w/x); values must be above 0.
    Harmonic,
    /// Generalised mean: (Σw·x^p/Σw)^(1/p).
    Generalised(Generalised),
    /// The least child; a weight of 0 leaves a child out.
    Min,
    /// The greatest child; a weight of 0 leaves a child out.
    Max,
    /// Weighted median: the least value at which half of the weight is reached, or the mean of the
    /// two values where exactly half is.
    Median,
    /// Ordered weighted average: weights by place, the greatest child first.
    Owa(Owa),
    /// Product of x^w.
    Product,
    /// Weighted sum: Σwx over the children present, never rescaled.
    Sum,
    /// Share of the children (by weight) that have a value.
    Present,
    /// Counting deprivations: weighted share or sum of children at or above a cut-off.
    CountAbove(CountAbove),
    /// Mazziotta-Pareto: mean plus or minus deviation times coefficient of variation.
    MazziottaPareto(MazziottaPareto),
    /// Pairwise majority: how many units are beaten, minus how many beat.
    Copeland(Copeland),
    /// Score on the first principal component of the children.
    PcaScore(PcaScore),
}

/// Geometric mean on a reversed and shifted scale: c becomes
/// floor + (high - c)/(high - low)·(high - floor), the weighted geometric mean is taken, and the
/// result goes back the same way.
///
/// Source: INFORM Risk Index, methodology: (10 - geomean((10 - c)/10·9 + 1))/9·10.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct GeometricReversed {
    /// The scale of the children.
    pub scale: [f64; 2],
    /// What the upper end becomes; above 0.
    pub floor: f64,
}

impl Default for GeometricReversed {
    fn default() -> Self {
        Self { scale: [0.0, 10.0], floor: 1.0 }
    }
}

/// Generalised (power) mean.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Generalised {
    /// The exponent; not 0 (that is the geometric mean).
    pub p: f64,
}

/// Ordered weighted average.
///
/// Source: R. R. Yager, "On ordered weighted averaging aggregation operators", IEEE Transactions
/// on Systems, Man and Cybernetics 18 (1988).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Owa {
    /// Weight of the greatest child, the second greatest, and so on.
    pub weights: Vec<f64>,
}

/// Counting deprivations.
///
/// Source: S. Alkire and J. Foster, "Counting and multidimensional poverty measurement", Journal
/// of Public Economics 95 (2011).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CountAbove {
    /// A child is deprived from this value on; compared at 9 decimals.
    pub at_least: f64,
    /// Least weighted share of deprivations from which the unit is poor; 0 counts everybody.
    pub k: f64,
    /// What the node shows.
    pub show: CountShown,
}

impl Default for CountAbove {
    fn default() -> Self {
        Self { at_least: 1.0, k: 0.0, show: CountShown::Score }
    }
}

/// What a counting node shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CountShown {
    /// The weighted share of deprivations.
    #[default]
    Score,
    /// The same, 0 for a unit that is not poor: its mean over units is M0.
    Censored,
    /// 1 for a poor unit, else 0: its mean over units is the headcount H.
    Poor,
    /// The weighted number of deprivations.
    Count,
}

/// Mazziotta-Pareto index: M ± S·cv over the children of a unit, cv = S/M.
///
/// Source: M. Mazziotta and A. Pareto, "On a generalized non-compensatory composite index for
/// measuring socio-economic phenomena", Social Indicators Research 127 (2016). On children scaled
/// by `zscore = { mean = 100, sd = 10 }` it is the index of that paper, on children scaled by
/// `around_reference` the adjusted one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MazziottaPareto {
    /// The sign of the penalty.
    pub penalty: Penalty,
    /// 0: deviations between children are divided by their number; 1: by their number less one.
    pub ddof: u8,
}

/// The sign of the Mazziotta-Pareto penalty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Penalty {
    /// Added, for a phenomenon where more is worse: unbalanced units are at more risk.
    #[default]
    Plus,
    /// Taken away, for a phenomenon where more is better.
    Minus,
}

/// Pairwise majority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Copeland {
    /// Decimals to which children are compared.
    pub decimals: u32,
}

impl Default for Copeland {
    fn default() -> Self {
        Self { decimals: 9 }
    }
}

/// Score on the first principal component.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PcaScore {
    /// What happens when the loadings do not all have the same sign.
    pub signs: Signs,
}

/// What happens to a parent when children are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MissingChildren {
    /// Share of the children (by number) that must have a value, a number or a fraction such as
    /// `"2/3"`; below it the unit has no score. The weights of those present are rescaled. Children that are not applicable or constant are
    /// not counted.
    pub require: Share,
    /// What a child does whose column is constant.
    pub constant: ConstantChild,
}

impl Default for MissingChildren {
    fn default() -> Self {
        Self { require: Share::ALL, constant: ConstantChild::Share }
    }
}

/// What a child does whose column is constant and could not be normalised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ConstantChild {
    /// Its weight is shared among its siblings.
    #[default]
    Share,
    /// It counts as 0 in an arithmetic mean or sum; elsewhere its weight is shared.
    Zero,
}

word_or_table!(Weights, "a word such as \"equal\", or a table such as { pca = {} }");
word_or_table!(
    Combine,
    "a word such as \"geometric\", or a table such as { generalised = { p = 2 } }"
);

impl Weights {
    /// What is wrong with the parameters.
    pub(crate) fn problems(&self) -> Vec<Message> {
        let mut problems = Vec::new();
        let mut positive = |name: &str, value: f64| {
            if !(value.is_finite() && value > 0.0) {
                problems.push(parameters::positive(name));
            }
        };
        match self {
            Self::Declared | Self::Equal | Self::Pca(_) => {}
            Self::Factor(factor) => {
                positive("tolerance", factor.tolerance);
                positive("heywood", factor.heywood);
            }
            Self::Optimise(search) => positive("tolerance", search.tolerance),
        }
        problems
    }
}

impl Combine {
    /// Whether children add up to the parent, each by its weight.
    pub(crate) fn is_linear(&self) -> bool {
        matches!(self, Self::Arithmetic | Self::Sum)
    }

    /// What is wrong with the parameters for that many children.
    pub fn problems(&self, children: usize) -> Vec<Message> {
        let problem = match self {
            Self::Generalised(mean) if !mean.p.is_finite() || mean.p == 0.0 => {
                Some(parameters::exponent())
            }
            Self::GeometricReversed(mean) if !(mean.floor.is_finite() && mean.floor > 0.0) => {
                Some(parameters::positive("floor"))
            }
            Self::GeometricReversed(mean)
                if mean.scale[0].total_cmp(&mean.scale[1]).is_ge()
                    || mean.scale[1] <= mean.floor =>
            {
                Some(parameters::scale_rises())
            }
            Self::Owa(owa) if owa.weights.len() != children => {
                Some(parameters::owa_count(children, owa.weights.len()))
            }
            Self::Owa(owa) if owa.weights.iter().any(|weight| weight.is_nan() || *weight < 0.0) => {
                Some(parameters::owa_weights())
            }
            Self::CountAbove(count)
                if !count.at_least.is_finite() || !(0.0..=1.0).contains(&count.k) =>
            {
                Some(parameters::count_above())
            }
            Self::MazziottaPareto(index) if index.ddof > 1 => {
                Some(parameters::degrees_of_freedom())
            }
            _ => None,
        };
        problem.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Line {
        weights: Option<Weights>,
        method: Option<Combine>,
    }

    fn read(text: &str) -> Result<Line, String> {
        toml::from_str(text).map_err(|error: toml::de::Error| error.message().to_owned())
    }

    #[test]
    fn a_choice_is_a_word_or_a_table() {
        assert_eq!(read("weights = 'equal'").unwrap().weights, Some(Weights::Equal));
        assert_eq!(
            read("weights = 'pca'").unwrap().weights,
            Some(Weights::Pca(PcaWeights::default()))
        );
        let pca = Weights::Pca(PcaWeights { signs: Signs::AsIs });
        assert_eq!(read("weights = { pca = { signs = 'as-is' } }").unwrap().weights, Some(pca));
        let power = Combine::Generalised(Generalised { p: 2.0 });
        assert_eq!(read("method = { generalised = { p = 2 } }").unwrap().method, Some(power));
        assert_eq!(read("method = { arithmetic = {} }").unwrap().method, Some(Combine::Arithmetic));
    }

    #[test]
    fn mistakes_name_what_is_known() {
        let error = read("method = 'geometrical'").unwrap_err();
        assert!(error.starts_with("unknown variant `geometrical`, expected one of"), "{error}");
        let error = read("method = 'generalised'").unwrap_err();
        assert_eq!(error, "missing field `p`");
        let error = read("weights = { pca = { sign = 1 } }").unwrap_err();
        assert!(error.starts_with("unknown field `sign`, expected `signs`"), "{error}");
        assert!(read("weights = 3").unwrap_err().contains("a word such as \"equal\""));
    }

    #[test]
    fn a_required_share_is_a_number_or_a_fraction() {
        let read = |text: &str| toml::from_str::<MissingChildren>(text);
        assert_eq!(read("require = '2/3'").unwrap().require, Share::fraction("2/3").unwrap());
        assert_eq!(read("require = 0.75").unwrap().require, Share::fraction("3/4").unwrap());
        assert_eq!(read("require = 1").unwrap(), MissingChildren::default());
        let error = read("require = '4/3'").unwrap_err();
        assert!(error.message().contains("a share from 0 to 1"), "{error}");
        assert!(read("require = 1.2").is_err());
    }

    #[test]
    fn impossible_parameters_are_refused() {
        assert!(!Combine::Generalised(Generalised { p: 0.0 }).problems(2).is_empty());
        assert!(!Combine::Owa(Owa { weights: vec![1.0] }).problems(2).is_empty());
        assert!(Combine::GeometricReversed(GeometricReversed::default()).problems(2).is_empty());
    }
}
