//! Classes of a column, as a methodology declares them.

mod cutting;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(crate) use cutting::classify;

use super::stats::Order;

/// How a column is cut into classes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Draft", into = "Draft")]
pub(crate) struct Class {
    /// Where the cuts are.
    pub rule: ClassRule,
    /// A name for each class, from the first; the number of the class where there are none.
    pub labels: Vec<String>,
}

/// Where classes are cut.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ClassRule {
    /// Equal shares of the units, cut at quantiles of type 7; equal values are never split.
    Quantiles {
        /// How many classes.
        classes: u32,
        /// Which end of an interval belongs to it.
        closed: Side,
        /// Which end is class 1.
        order: Order,
    },
    /// Equal shares of the places: `ceil` gives ceil(10·r/n), `floor` gives floor(10·(r-1)/n) + 1.
    Tenths {
        /// Which of the two rules.
        rule: TenthsRule,
        /// How many classes; 10 unless declared.
        parts: u32,
        /// Which end is class 1.
        order: Order,
    },
    /// Declared cuts, rising.
    Cuts {
        /// The cuts.
        cuts: Vec<f64>,
        /// Which end of an interval belongs to it.
        closed: Side,
    },
    /// Natural breaks: the cuts that make the squared distances within classes least (Fisher),
    /// lowest class first.
    Natural {
        /// How many classes.
        classes: u32,
    },
    /// Declared bands; the first that holds the value.
    Bands(Vec<Band>),
}

/// The end that belongs to an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Side {
    /// The lower: from <= x < to.
    Left,
    /// The upper: from < x <= to.
    Right,
}

/// A rule of tenths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum TenthsRule {
    /// ceil(10·r/n).
    Ceil,
    /// floor(10·(r-1)/n) + 1.
    Floor,
}

/// A declared band: from <= x < below.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Band {
    /// Lower end, which belongs to the band; open when absent.
    #[serde(default)]
    pub from: Option<f64>,
    /// Upper end, which does not; open when absent.
    #[serde(default)]
    pub below: Option<f64>,
    /// Its name.
    pub label: String,
}

/// How a class is written: one of the five rules, with its options.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "Class")]
struct Draft {
    /// Number of quantile classes (type 7).
    #[serde(skip_serializing_if = "Option::is_none")]
    quantiles: Option<u32>,
    /// Tenths of the places, by one of the two rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    tenths: Option<TenthsRule>,
    /// Number of parts instead of ten.
    #[serde(skip_serializing_if = "Option::is_none")]
    parts: Option<u32>,
    /// Declared cuts, rising.
    #[serde(skip_serializing_if = "Option::is_none")]
    cuts: Option<Vec<f64>>,
    /// Number of classes by natural breaks (Fisher).
    #[serde(skip_serializing_if = "Option::is_none")]
    natural: Option<u32>,
    /// Declared bands.
    #[serde(skip_serializing_if = "Option::is_none")]
    bands: Option<Vec<Band>>,
    /// Which end of an interval belongs to it: for quantiles `right`, for cuts `left` unless declared.
    #[serde(skip_serializing_if = "Option::is_none")]
    closed: Option<Side>,
    /// Which end is class 1: for quantiles `lowest-first`, for tenths `highest-first` unless declared.
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<Order>,
    /// A name for each class, from the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    labels: Option<Vec<String>>,
}

impl JsonSchema for Class {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Draft::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Draft::json_schema(generator)
    }
}

impl Draft {
    fn rule(&self) -> Result<ClassRule, String> {
        let order = |default| self.order.unwrap_or(default);
        let closed = |default| self.closed.unwrap_or(default);
        let several = |name: &str, classes: u32| {
            if classes < 2 { Err(format!("`{name}` must be at least 2")) } else { Ok(classes) }
        };
        match (self.quantiles, self.tenths, &self.cuts, self.natural, &self.bands) {
            (Some(classes), None, None, None, None) => Ok(ClassRule::Quantiles {
                classes: several("quantiles", classes)?,
                closed: closed(Side::Right),
                order: order(Order::LowestFirst),
            }),
            (None, Some(rule), None, None, None) => Ok(ClassRule::Tenths {
                rule,
                parts: several("parts", self.parts.unwrap_or(10))?,
                order: order(Order::HighestFirst),
            }),
            (None, None, Some(cuts), None, None) => {
                if cuts.is_empty() || cuts.iter().any(|cut| !cut.is_finite()) {
                    return Err("`cuts` needs at least one number".into());
                }
                if cuts.windows(2).any(|pair| pair[0] >= pair[1]) {
                    return Err("`cuts` must rise".into());
                }
                Ok(ClassRule::Cuts { cuts: cuts.clone(), closed: closed(Side::Left) })
            }
            (None, None, None, Some(classes), None) => {
                Ok(ClassRule::Natural { classes: several("natural", classes)? })
            }
            (None, None, None, None, Some(bands)) if !bands.is_empty() => {
                Ok(ClassRule::Bands(bands.clone()))
            }
            _ => {
                Err("a class needs one of `quantiles`, `tenths`, `cuts`, `natural`, `bands`".into())
            }
        }
    }
}

impl TryFrom<Draft> for Class {
    type Error = String;

    fn try_from(draft: Draft) -> Result<Self, String> {
        let rule = draft.rule()?;
        let unused = |given: bool, name: &str| {
            if given { Err(format!("`{name}` does not go with this class")) } else { Ok(()) }
        };
        let (uses_order, uses_closed) = match &rule {
            ClassRule::Quantiles { .. } => (true, true),
            ClassRule::Tenths { .. } => (true, false),
            ClassRule::Cuts { .. } => (false, true),
            ClassRule::Natural { .. } | ClassRule::Bands(_) => (false, false),
        };
        unused(draft.order.is_some() && !uses_order, "order")?;
        unused(draft.closed.is_some() && !uses_closed, "closed")?;
        unused(draft.parts.is_some() && !matches!(rule, ClassRule::Tenths { .. }), "parts")?;
        unused(draft.labels.is_some() && matches!(rule, ClassRule::Bands(_)), "labels")?;
        let labels = draft.labels.unwrap_or_default();
        let classes = match &rule {
            ClassRule::Quantiles { classes, .. } | ClassRule::Natural { classes } => {
                *classes as usize
            }
            ClassRule::Tenths { parts, .. } => *parts as usize,
            ClassRule::Cuts { cuts, .. } => cuts.len() + 1,
            ClassRule::Bands(bands) => bands.len(),
        };
        if !labels.is_empty() && labels.len() != classes {
            return Err(format!("{classes} classes have {} labels", labels.len()));
        }
        Ok(Self { rule, labels })
    }
}

impl From<Class> for Draft {
    fn from(class: Class) -> Self {
        let labels = (!class.labels.is_empty()).then_some(class.labels);
        let draft = Self { labels, ..Self::default() };
        match class.rule {
            ClassRule::Quantiles { classes, closed, order } => {
                Self { quantiles: Some(classes), closed: Some(closed), order: Some(order), ..draft }
            }
            ClassRule::Tenths { rule, parts, order } => {
                Self { tenths: Some(rule), parts: Some(parts), order: Some(order), ..draft }
            }
            ClassRule::Cuts { cuts, closed } => {
                Self { cuts: Some(cuts), closed: Some(closed), ..draft }
            }
            ClassRule::Natural { classes } => Self { natural: Some(classes), ..draft },
            ClassRule::Bands(bands) => Self { bands: Some(bands), ..draft },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Class, String> {
        toml::from_str(text).map_err(|error: toml::de::Error| error.message().to_owned())
    }

    #[test]
    fn each_rule_has_its_own_options() {
        let quintiles = read("quantiles = 5").unwrap();
        let expected =
            ClassRule::Quantiles { classes: 5, closed: Side::Right, order: Order::LowestFirst };
        assert_eq!(quintiles.rule, expected);
        assert!(read("tenths = 'ceil'").is_ok());
        assert!(read("cuts = [2, 3.5, 5, 6.5]\nlabels = ['a', 'b', 'c', 'd', 'e']").is_ok());
        assert!(read("bands = [ { from = 6.5, label = 'high' }, { label = 'low' } ]").is_ok());
        assert!(read("natural = 5").is_ok());
    }

    #[test]
    fn mistakes_are_refused() {
        assert_eq!(read("cuts = [2, 1]").unwrap_err(), "`cuts` must rise");
        assert_eq!(read("quantiles = 1").unwrap_err(), "`quantiles` must be at least 2");
        assert_eq!(read("quantiles = 3\nlabels = ['a']").unwrap_err(), "3 classes have 1 labels");
        assert_eq!(
            read("natural = 3\norder = 'lowest-first'").unwrap_err(),
            "`order` does not go with this class"
        );
        assert!(read("").unwrap_err().starts_with("a class needs one of"));
        assert!(read("quantile = 3").unwrap_err().starts_with("unknown field `quantile`"));
    }
}
