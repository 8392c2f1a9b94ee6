//! A checked programme: the rules of the engine, and where their values come from.

use super::lines::Lines;
use crate::index::Formula;
use crate::index::method::Status;
use crate::language::Label;
use crate::selection;

/// A programme that has passed all checks which need no numbers.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The rules as the engine applies them. Exclusions and inclusions that lists name are added
    /// when the lists are read.
    pub rules: selection::Programme,
    /// Its version, as text.
    pub version: Option<String>,
    /// Whether an authority adopted it.
    pub status: Status,
    /// What reports print about its sources, assumptions and open questions.
    pub texts: Texts,
    /// The node that orders the list, a position in [`crate::index::Method::nodes`].
    pub score: usize,
    /// The conditions of `where`, each of which a unit must meet; none: everybody passes.
    pub conditions: Vec<Formula>,
    /// Lists of units locked out.
    pub exclude: Vec<ListUse>,
    /// Lists of units locked in.
    pub include: Vec<ListUse>,
    /// The declared tie keys, in the order of `rules.order.ties`.
    pub ties: Vec<TieKey>,
    /// What counts as people.
    pub people: Option<Formula>,
    /// Inhabitants, for the limits of unions.
    pub population: Option<Formula>,
    /// What a project costs.
    pub cost: Option<Cost>,
    /// What counts as votes of an apportionment, in the order of their first mention.
    pub votes: Vec<Formula>,
    /// The classifications that rules use: register columns and measures of categories.
    pub families: Vec<String>,
    /// The source of common borders.
    pub borders: Option<String>,
    /// The source of decisions.
    pub decisions: Option<String>,
    /// The source of the list that was published before.
    pub previous: Option<String>,
    /// Totals that documents give.
    pub envelopes: Vec<EnvelopePlan>,
    /// What is needed and what there is, where the programme asks for it.
    pub capacity: Option<Capacity>,
    /// Units within this many points of a cut are reported, in units of the last published decimal.
    pub margin: i64,
    /// Where each key stands, for messages about it.
    pub lines: Lines,
}

/// What reports print about a programme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// Documents that its numbers come from.
    pub sources: Vec<Source>,
    /// What was assumed.
    pub assumptions: Vec<Label>,
    /// What documents leave open.
    pub open_questions: Vec<Label>,
}

/// A document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its title, with publisher and date.
    pub title: Label,
    /// Where in it, or where to find it.
    pub place: Option<String>,
}

/// A list of units that a rule uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListUse {
    /// The source.
    pub source: String,
    /// Why, for all of its units; the list's own column of reasons otherwise.
    pub reason: Option<String>,
}

/// A declared tie key.
#[derive(Clone, Debug)]
pub struct TieKey {
    /// Its value.
    pub value: Formula,
    /// Whether the larger value comes first.
    pub larger_first: bool,
}

/// What a project costs.
#[derive(Clone, Debug)]
pub enum Cost {
    /// The same for each, in bani.
    Each(i64),
    /// A formula, in lei; of a union over the sums of its members.
    Formula(Formula),
}

/// A total that a document gives, with what a list is held against.
#[derive(Clone, Debug)]
pub struct EnvelopePlan {
    /// The total, in whole units or bani.
    pub(crate) envelope: selection::Envelope,
    /// Name for reports.
    pub title: Label,
    /// Whether it is money, printed in lei with two decimals.
    pub money: bool,
    /// What the list comes to.
    pub computed: Yardstick,
    /// How the two must stand.
    pub holds: Holds,
    /// What the comparison assumes.
    pub assumption: Option<Label>,
}

/// What a list is counted in.
#[derive(Clone, Debug)]
pub enum Yardstick {
    /// So many for each place.
    EachPlace(i64),
    /// So many for each unit covered.
    EachUnit(i64),
    /// A count summed over the units covered.
    Sum(Formula),
    /// The cost of the list.
    Cost,
    /// Nothing is computed: the total is only shared out.
    Nothing,
}

/// What units need and what they have, set beside their risk.
#[derive(Clone, Debug)]
pub struct Capacity {
    /// The register column whose areas are summed up.
    pub by: String,
    /// The condition of the units that are counted, where a resource has none of its own; none:
    /// all.
    pub counted: Option<Formula>,
    /// What weighs the units in the mean score of an area; equal weights when absent.
    pub weight: Option<Formula>,
    /// The resources in the order of the file.
    pub resources: Vec<Resource>,
    /// Optional resources that the study has no source for.
    pub absent: Vec<Absent>,
}

/// Something that units have and may need.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Identifier; columns are named after it.
    pub id: String,
    /// Name for reports.
    pub title: Label,
    /// The condition of the units in which it is counted.
    pub counted: Option<Formula>,
    /// How much of it a unit has.
    pub supply: Formula,
    /// How much of it a unit needs.
    pub need: Option<Need>,
    /// Whether reports name the units that have some of it.
    pub named: bool,
    /// Where need or supply come from.
    pub source: Option<String>,
    /// What they assume.
    pub assumption: Option<Label>,
}

/// How much of a resource a unit needs.
#[derive(Clone, Debug)]
pub enum Need {
    /// The same for each unit.
    Each(f64),
    /// A formula.
    Formula(Formula),
}

/// An optional resource that is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absent {
    /// Its identifier.
    pub id: String,
    /// Its name for reports.
    pub title: Label,
    /// The source that the study does not have.
    pub source: String,
}

/// How a computed total must stand to its envelope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Holds {
    /// Equal.
    #[default]
    Exactly,
    /// Not less.
    AtLeast,
    /// Not more.
    AtMost,
    /// It is shown, whatever it is.
    Shown,
}

impl Holds {
    /// Whether a computed total stands as it must.
    pub fn accepts(self, computed: i64, envelope: i64) -> bool {
        match self {
            Self::Exactly => computed == envelope,
            Self::AtLeast => computed >= envelope,
            Self::AtMost => computed <= envelope,
            Self::Shown => true,
        }
    }
}
