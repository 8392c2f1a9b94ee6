//! The steps a column goes through, one file a family, and the one table of all of them.

mod categories;
mod cells;
mod distance;
mod elementary;
mod from_rank;
mod goalposts;
mod impute;
mod logarithm;
mod minmax;
mod operation;
mod panel;
mod post;
mod ranking;
mod rounding;
mod row_mean;
mod screen;
mod shrink;
#[cfg(test)]
pub(crate) mod stage;
mod treat;
mod winsorise;
mod zscore;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use categories::{Categories, Closed, ScoredBand};
pub use cells::{Clip, Fill, Flag};
pub use distance::{
    AboveBelowMean, Cap, DistanceToMax, DistanceToReference, DistanceToTarget, FractionOfMax,
    Logistic, ShareOfSum, Vector,
};
pub use elementary::{
    Arcsinh, Cbrt, Ln, Log1p, Log10, LogSigned, Power, Reverse, Scale, Shift, Sqrt,
};
pub use from_rank::{Exponential, NormalScores, Position, RankShare, Scaled, Steepness};
pub use goalposts::{Beyond, Goalposts, Logarithm};
pub use impute::{Donation, Donors, Impute};
pub use logarithm::{Boxcox, LogCt, LogCtMirror, LogShift};
pub use minmax::{AroundReference, MinMax};
pub(crate) use operation::Operation;
pub use panel::{Latest, Linear, Outside};
pub use post::{Post, Taken};
pub use ranking::{Borda, Counted, Definition, PercentRank, Percentile, Rank};
pub use rounding::{Round, Significant, Single, Truncate};
pub use row_mean::RowMean;
pub use screen::Screen;
pub use shrink::{Shrink, Shrunk};
pub use treat::{Keep, Treat};
pub use winsorise::{Limits, Winsorise, WinsorisePercentile};
pub use zscore::{RobustZScore, ZScore};

use super::Column;
use super::reference::{Entry, Options};
use super::scene::Scene;

/// Declares [`Step`], its names and the table behind the reference text from one list.
macro_rules! steps {
    ($($variant:ident($name:literal): $summary:literal, $formula:literal, $example:literal, $source:literal;)*) => {
        /// One named operation with its parameters, as a methodology declares it.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
        pub enum Step {
            $(
                #[doc = $summary]
                #[serde(rename = $name)]
                $variant($variant),
            )*
        }

        impl Step {
            /// The name a methodology uses.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$variant(_) => $name,)* }
            }

            fn operation(&self) -> &dyn Operation {
                match self { $(Self::$variant(operation) => operation,)* }
            }
        }

        pub(crate) const TABLE: &[Entry] = &[$(Entry {
            name: $name,
            summary: $summary,
            formula: $formula,
            example: $example,
            source: $source,
            options: Options::All(|| schemars::schema_for!($variant)),
        }),*];
    };
}

steps! {
    Screen("screen"): "Leaves units out for want of data or people", "no value where a rule is not met", "{ screen = { of = [\"a\", \"b\", \"c\"], present = 0.66 } }", "OECD/JRC Handbook (2008), step 2";
    Impute("impute"): "Puts a value where there is none, by a declared rule", "mean or median of the donors, a constant, the row, or the panel", "{ impute = { median = { within = \"county\" } } }", "OECD/JRC Handbook (2008), step 3";
    Fill("fill"): "Puts a constant where there is no value, after a transformation", "value where missing", "{ fill = { value = 0 } }", "SIMD 2016: a missing indicator scores 0 after the normal transformation";
    Shrink("shrink"): "Draws rates of small populations towards the rate of their area", "w·m + (1 - w)·M in log odds, w = t²/(t² + s²)", "{ shrink = { toward = \"county\", by = \"people\" } }", "English Indices of Deprivation 2010, technical report: shrinkage estimation";
    Winsorise("winsorise"): "Moves the most extreme values to the next, while skewness and kurtosis are both out of bounds", "while |skew| >= 2 and kurtosis >= 3.5 and fewer than max points: the extreme value (with its ties) := the next", "{ winsorise = { max = 5 } }", "COIN tool of the JRC; Groeneveld and Meeden (1984) for the limits";
    WinsorisePercentile("winsorise_percentile"): "Cuts values to quantiles of the distribution", "min(max(x, q_low), q_high), quantiles of type 7", "{ winsorise_percentile = { low = 0.025, high = 0.975 } }", "OECD/JRC Handbook (2008), step 5; SDG Index, 2.5th percentile";
    Clip("clip"): "Cuts values to declared bounds", "min(max(x, low), high)", "{ clip = { low = 0, high = 100 } }", "OECD/JRC Handbook (2008), step 5";
    LogCt("log_ct"): "Logarithm with a shift taken from the range", "ln(x - min + 0.01 (max - min))", "{ log_ct = {} }", "COIN tool of the JRC";
    LogCtMirror("log_ct_mirror"): "As `log_ct`, mirrored for a left skew", "ln(x - min + 0.01 range), or -ln(max - x + 0.01 range) for a negative skewness", "{ log_ct_mirror = {} }", "COIN tool of the JRC; COINr log_CT_plus";
    LogShift("log_shift"): "Logarithm of the distance from the least value, plus 1", "ln(x - min + 1)", "{ log_shift = {} }", "COIN tool of the JRC, first versions";
    LogSigned("log_signed"): "Logarithm that keeps the sign", "sign(x) ln(1 + |x|)", "{ log_signed = {} }", "John and Draper (1980)";
    Boxcox("boxcox"): "Box-Cox power transformation of the distance from the least value", "((x - min + 1)^lambda - 1)/lambda; ln for lambda 0", "{ boxcox = { lambda = 0.25 } }", "Box and Cox (1964)";
    Treat("treat"): "Tries treatments until skewness or kurtosis is within bounds", "the first attempt, each from the original column, with |skew| < limit or kurtosis < limit", "{ treat = { until = { skew = 2, kurtosis = 3.5 }, try = [ { winsorise = { max = 5 } }, { log_ct = {} } ], keep = \"last\" } }", "COIN tool of the JRC";
    Ln("ln"): "Natural logarithm", "ln x", "{ ln = {} }", "OECD/JRC Handbook (2008), step 5";
    Log10("log10"): "Decimal logarithm", "log10 x", "{ log10 = {} }", "INFORM Risk Index, methodology";
    Log1p("log1p"): "Natural logarithm of x + 1", "ln(x + 1)", "{ log1p = {} }", "Townsend, Phillimore and Beattie (1988)";
    Sqrt("sqrt"): "Square root", "√x", "{ sqrt = {} }", "OECD/JRC Handbook (2008), step 5";
    Cbrt("cbrt"): "Cube root", "∛x", "{ cbrt = {} }", "FEMA National Risk Index, technical documentation";
    Power("power"): "Power", "x^exponent", "{ power = { exponent = 2 } }", "INFORM Risk Index, methodology";
    Arcsinh("arcsinh"): "Inverse hyperbolic sine", "ln(x + √(x² + 1))", "{ arcsinh = {} }", "Johnson (1949)";
    Shift("shift"): "Adds a constant", "x + by", "{ shift = { by = 1 } }", "arithmetic";
    Scale("scale"): "Multiplies by a constant", "x · by", "{ scale = { by = 100 } }", "arithmetic";
    Reverse("reverse"): "Turns a score round", "from - x", "{ reverse = { from = 1 } }", "CDC/ATSDR SVI: per-capita income, after rounding";
    Round("round"): "Rounds half up on the shortest decimal text", "x to decimals, a half away from zero", "{ round = { decimals = 9 } }", "published methods that round; no other rounding happens";
    Truncate("truncate"): "Cuts off decimals", "x towards zero at decimals", "{ truncate = { decimals = 3 } }", "published methods that truncate";
    Significant("significant"): "Rounds to significant digits", "x to digits, as %.{digits}g", "{ significant = { digits = 7 } }", "English indices 2010: seven digits, the text form of a four-byte number";
    Single("single"): "Stores the number in four bytes", "x in IEEE single precision", "{ single = {} }", "English indices 2010 and 2019";
    Flag("flag"): "1 at or above a cut-off, else 0", "1 if x >= at_least else 0", "{ flag = { at_least = 0.9 } }", "CDC/ATSDR SVI; Alkire and Foster (2011)";
    MinMax("minmax"): "Scales the range of the distribution to a declared range", "(x - min)/(max - min) · (to₂ - to₁) + to₁", "{ minmax = { to = [0, 100] } }", "OECD/JRC Handbook (2008), step 5";
    ZScore("zscore"): "Distance from the mean in standard deviations", "(x - mean)/sd · sd' + mean'", "{ zscore = { mean = 0, sd = 1, ddof = 1 } }", "OECD/JRC Handbook (2008), step 5";
    RobustZScore("robust_zscore"): "Distance from the median in median absolute deviations", "(x - median)/(1.4826 MAD)", "{ robust_zscore = {} }", "Rousseeuw and Croux (1993)";
    Rank("rank"): "The place of each unit", "1 for the first; ties as declared", "{ rank = { ties = \"mean\", order = \"highest-first\" } }", "OECD/JRC Handbook (2008), step 5";
    PercentRank("percent_rank"): "Share of the other units that lie below", "(r - 1)/(n - 1), r ascending", "{ percent_rank = { round = 4 } }", "CDC/ATSDR SVI; Excel PERCENTRANK.INC";
    Percentile("percentile"): "Share of the distribution at or below, by a named definition", "r/n, (r-1/2)/n, r/(n+1), (r-1)/(n-1) or ceil(100r/n), r ascending", "{ percentile = { formula = \"r/n\", ties = \"max\", scale = 100 } }", "Hyndman and Fan (1996); FEMA National Risk Index";
    Borda("borda"): "How many units lie below", "r - 1, r ascending", "{ borda = {} }", "Borda (1781)";
    Goalposts("goalposts"): "Scales between goalposts that are declared or taken from the distribution", "(x - low)/(high - low), of logarithms where declared, cut to 0..1", "{ goalposts = { low = 100, high = 75000, log = \"ln\" } }", "UNDP, Human Development Report, technical note 1";
    DistanceToReference("distance_to_reference"): "Distance from the least value as a share of that of a reference unit", "1 - (x_ref - x)/(x_ref - min)", "{ distance_to_reference = { unit = \"179132\" } }", "OECD/JRC Handbook (2008), step 5";
    DistanceToTarget("distance_to_target"): "Distance from the least value as a share of that of a target", "(x - min)/(target - min)", "{ distance_to_target = { target = 9, cap = \"one\" } }", "SDG Index; OECD/JRC Handbook (2008), step 5";
    DistanceToMax("distance_to_max"): "Distance from the greatest value as a share of the range", "1 - (max - x)/(max - min)", "{ distance_to_max = {} }", "OECD/JRC Handbook (2008), step 5";
    FractionOfMax("fraction_of_max"): "Share of the greatest value; what is missing to it for a protective indicator", "x/max, or 1 - x/max", "{ fraction_of_max = {} }", "OECD/JRC Handbook (2008), step 5";
    AboveBelowMean("above_below_mean"): "Above, near or below the mean", "1, 0 or -1 by mean · (1 ± threshold)", "{ above_below_mean = { threshold = 0.1 } }", "OECD/JRC Handbook (2008), step 5";
    AroundReference("around_reference"): "Scales so that a reference falls on the middle", "(x - (ref - Δ))/(2Δ), Δ = (max - min)/2, to 70..130", "{ around_reference = { reference = 50, to = [70, 130] } }", "Mazziotta and Pareto (2018)";
    Categories("categories"): "Scores words or bands of values", "the score of the word, or of the first band that holds x", "{ categories = { bands = [ { to = 60, score = 0 }, { from = 60, to = 89.6, score = 10 }, { from = 89.6, score = 20 } ] } }", "OECD/JRC Handbook (2008), step 5";
    RankShare("rank_share"): "The share R that a rank stands for, for methods that store it before they transform it", "(n+1-r)/n, (n-r)/n or r/n", "{ rank_share = { r = \"(n+1-r)/n\" } }", "English Indices of Deprivation 2010 and 2019: R is stored in four bytes";
    Exponential("exponential"): "Exponential transformation of a rank", "-c ln(1 - R (1 - e^(-100/c)))", "{ exponential = { c = 23, r = \"(n+1-r)/n\" } }", "English Indices of Deprivation, technical report";
    NormalScores("normal_scores"): "The standard normal value of a rank", "probit((a - 1/2)/n), a/(n+1), (a - 3/8)/(n + 1/4) or (a - 1/3)/(n + 1/3), a = n + 1 - r", "{ normal_scores = { formula = \"van-der-waerden\" } }", "van der Waerden (1952), Blom (1958), Tukey (1962); NIMDM 2017, annex B";
    Logistic("logistic"): "Logistic curve", "1/(1 + e^(-k(x - m)))", "{ logistic = { midpoint = 50, steepness = 0.1 } }", "Verhulst (1845)";
    Vector("vector"): "Share of the length of the column as a vector", "x/√Σx²", "{ vector = {} }", "Hwang and Yoon (1981), TOPSIS";
    ShareOfSum("share_of_sum"): "Share of the sum of the column", "x/Σx", "{ share_of_sum = {} }", "Saaty (1980)";
}

impl Step {
    /// What is wrong with its parameters, in words for the person who wrote them.
    pub fn problems(&self) -> Vec<String> {
        self.operation().problems()
    }

    /// Register columns it names, which the register must have.
    pub fn areas(&self) -> Vec<&str> {
        self.operation().areas()
    }

    /// Indicators whose measured columns it reads.
    pub fn indicators(&self) -> Vec<&str> {
        self.operation().indicators()
    }

    /// Codes of units it names, which the register must have.
    pub fn units(&self) -> Vec<&str> {
        match self {
            Self::DistanceToReference(step) => vec![&step.unit],
            Self::Screen(step) => {
                step.include.keys().chain(step.exclude.keys()).map(String::as_str).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether it normalises: the first such step of an indicator turns a protective one round.
    pub fn normalises(&self) -> bool {
        self.operation().normalises()
    }

    /// Whether it needs the methodology to name a `period`.
    pub fn needs_period(&self) -> bool {
        matches!(self, Self::Impute(Impute::Latest(_) | Impute::Linear(_)))
    }

    /// The column after the step.
    pub(crate) fn apply(&self, column: &Column, scene: &mut Scene<'_>) -> Column {
        self.operation().apply(column, scene)
    }
}
