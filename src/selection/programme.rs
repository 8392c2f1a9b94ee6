//! A programme as a planner declares it: who may be chosen, how many, and what *best* means.
//!
//! Each key of a programme file has one field here. Texts are as written; whether they name
//! something that exists is checked against the pool when a selection runs.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::apportion::Method;
use super::history::Day;
use crate::language::Label;

/// A selection programme, free of places in files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Programme {
    /// Identifier, `sci-139`.
    pub id: String,
    /// Title for people.
    pub title: Label,
    /// What *best* means.
    pub rule: Rule,
    /// Who may be chosen at all.
    pub eligible: Eligible,
    /// Who comes first.
    pub order: Order,
    /// The phases in their order; at least one.
    pub phases: Vec<Phase>,
    /// The money, where there is a limit.
    pub budget: Option<Budget>,
    /// Whether small neighbours may join in one project.
    pub unions: Option<Unions>,
    /// Who waits for a place.
    pub reserve: Option<Reserve>,
    /// What happens to decisions and appeals.
    pub decisions: Decisions,
    /// Sums that the selected must come to.
    pub require: Vec<Require>,
    /// How much work a search may do.
    pub effort: Effort,
}

/// A sum over the selected that must lie between bounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Require {
    /// What is summed, a measure of the pool.
    pub sum: String,
    /// The phase up to and including which it is summed; none: the last.
    pub phase: Option<String>,
    /// The least.
    pub least: Option<Least>,
    /// The most.
    pub most: Option<i64>,
}

/// The least that a sum must come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Least {
    /// So much.
    Of(i64),
    /// A share of what all who pass `where` come to, rounded up.
    ShareOfEligible(Share),
}

/// What *best* means among the lists that keep every rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rule {
    /// The list that holds the highest unit on which lists differ: walk down the ranking, take a
    /// unit when the list can still be completed.
    #[default]
    Priority,
    /// The largest sum; equal sums are decided by priority.
    Coverage(Objective),
}

/// What coverage sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Objective {
    /// Published points.
    Score,
    /// People, as `Candidate::people` counts them.
    People,
}

/// Who may be chosen: what comes after the `where` of the programme file, which decides
/// `Candidate::ineligible`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Eligible {
    /// Locked out, each with its reason.
    pub exclude: Vec<Lock>,
    /// Locked in, each with its reason; they take places.
    pub include: Vec<Lock>,
    /// What happens to an eligible unit without a score.
    pub unscored: Unscored,
}

/// A unit that is in or out by decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lock {
    /// The unit's code.
    pub code: String,
    /// Why.
    pub reason: String,
}

/// What happens to an eligible unit without a score.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Unscored {
    /// The selection is refused and names them.
    #[default]
    Stop,
    /// They are left out, for a reason.
    Exclude(String),
    /// They come behind everybody who has a score, for a reason.
    LastPlace(String),
}

/// Who comes first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Decimals of the published score, 0 to 9; ties are judged on them.
    pub decimals: u8,
    /// Names of the declared tie keys, in order; the values are in `Candidate::keys`.
    pub ties: Vec<String>,
    /// The public lottery that separates what the keys leave tied.
    pub lottery: Option<Lottery>,
    /// Why a tie across a cut is accepted although nothing measured in the units separates them.
    pub accept_ties: Option<String>,
    /// The draw among those whose place is contested; none: the score orders them too.
    pub(crate) draw: Option<Draw>,
}

/// The lottery orders those whose place is contested: behind the certain ones, before those that are out.
/// How sure a place is, `Candidate::standing` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Draw {
    /// The classification within whose groups tickets are compared: a group keeps the positions that its
    /// contested units have by score. None: they are compared among all.
    pub(crate) by: Option<String>,
}

impl Default for Order {
    fn default() -> Self {
        Self { decimals: 6, ties: Vec::new(), lottery: None, accept_ties: None, draw: None }
    }
}

/// A public draw, announced before the data were frozen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lottery {
    /// Where the seed comes from, in words.
    pub source: String,
    /// When the source was announced, as written.
    pub announced: String,
    /// What was drawn, as hashed.
    pub seed: String,
}

/// A phase. Places and quotas count everything selected up to and including it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phase {
    /// Identifier, `I`.
    pub id: String,
    /// Places filled up to and including this phase; none means as many as the money allows.
    pub upto: Option<u32>,
    /// Bounds on groups.
    pub quota: Vec<Quota>,
    /// Money up to and including this phase, in bani, where it is less than the whole budget.
    pub limit: Option<i64>,
    /// Whether places may stay empty; not given: only where there is a budget or unions.
    pub fill: Option<Fill>,
}

/// Whether places may stay empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fill {
    /// Exactly `upto` places are filled, or the programme is refused.
    Exactly,
    /// At most `upto` places are filled.
    AtMost,
}

/// Bounds on the groups of one classification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quota {
    /// The classification, a `Family::id`.
    pub by: String,
    /// The bounds.
    pub rule: QuotaRule,
}

/// How the bounds of a quota are given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuotaRule {
    /// At least, at most, exactly.
    Bounds {
        /// Least places.
        min: Limits,
        /// Most places.
        max: Limits,
        /// Both at once.
        exactly: Limits,
    },
    /// Each named group gets its share of the places, by largest remainder; the rest is free.
    Share(BTreeMap<String, Share>),
    /// All places are shared out among the groups.
    Apportioned {
        /// The method.
        method: Method,
        /// The measure that counts as votes; none: the number of units passing `where`.
        on: Option<String>,
        /// Least places.
        min: Limits,
        /// Most places.
        max: Limits,
    },
}

/// A bound for each group, and others for groups by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// For every group with a unit passing `where`.
    pub each: Option<Limit>,
    /// For groups by name; wins over `each`.
    pub named: BTreeMap<String, Limit>,
}

impl Limits {
    /// The same bound for every group.
    pub fn each(limit: Limit) -> Self {
        Self { each: Some(limit), named: BTreeMap::new() }
    }
}

/// A number of places, or a share of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Places.
    Places(u32),
    /// A share of `upto`: a minimum is rounded up, a maximum down.
    Share(Share),
}

/// A share of the places, as a fraction of integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Parts.
    pub parts: u32,
    /// Of how many; not zero.
    pub of: u32,
}

/// The money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// The limit over all phases, in bani.
    pub limit: i64,
    /// What happens under [`Rule::Priority`] when a unit cannot be paid.
    pub when_short: WhenShort,
}

/// What happens when a unit cannot be paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum WhenShort {
    /// The first unit that cannot be paid ends the list.
    Stop,
    /// It is passed over, also when paying it would leave too little for the minima.
    #[default]
    Skip,
}

/// Small neighbours under one project. With unions a place is a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unions {
    /// Most members of a project, 1 to 3.
    pub max_members: u8,
    /// Most inhabitants of a union together.
    pub max_population: i64,
    /// Most inhabitants of a member of a union.
    pub member_max_population: Option<i64>,
    /// The classification in which members must agree; none: any neighbours may join.
    pub same: Option<String>,
    /// Least length of a common border, in metres, for two units to be neighbours.
    pub min_border_m: i64,
}

/// Who waits for a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reserve {
    /// So many in all.
    Size(u32),
    /// So many in each group of a classification.
    Each {
        /// The classification.
        by: String,
        /// How many in each group.
        each: u32,
    },
}

/// What happens to decisions and appeals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// What a corrected input does to the list that was published.
    pub policy: Appeals,
    /// Who may take a place that is given up.
    pub vacancy: Vacancy,
    /// When silence counts as a refusal; none: it counts for nothing.
    pub silent: Option<Silence>,
}

/// When silence counts as a refusal: who held a place before that day and has no answer up to it
/// refuses on it. No clock is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Silence {
    /// The last day of an answer.
    pub after: Day,
}

/// Who may take a place that is given up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Vacancy {
    /// The highest who fits: of a later phase, whose place is then filled in turn, or of the reserve.
    #[default]
    Promote,
    /// The highest who fits of the reserve; whoever holds a place keeps it.
    InPlace,
}

/// What a corrected input does to the list that was published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Appeals {
    /// The list is computed again; who no longer qualifies leaves, unless the place was accepted.
    #[default]
    Strict,
    /// Who was on the list stays; who now qualifies is added.
    HoldHarmless,
}

/// How much work a search may do; never a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Nodes of a search, summed over one selection.
    pub nodes: u64,
}

impl Default for Effort {
    fn default() -> Self {
        Self { nodes: 200_000 }
    }
}

/// A key of a programme file: what a refusal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProgrammeKey {
    /// The node that orders the list.
    Score,
    /// Who counts as people.
    People,
    /// Who is locked out.
    Exclude,
    /// Who is locked in.
    Include,
    /// What happens to units without a score.
    Unscored,
    /// The decimals of the published score.
    Decimals,
    /// Why the code may decide.
    AcceptTies,
    /// The classification within whose groups lots are drawn.
    DrawBy,
    /// The phases.
    Phases,
    /// The places of a phase.
    Upto,
    /// The money of a phase.
    PhaseLimit,
    /// The quotas of a phase.
    Quota,
    /// The classification of a quota.
    QuotaBy,
    /// What a project costs.
    Cost,
    /// The limit of the money.
    Limit,
    /// What happens when a unit cannot be paid.
    WhenShort,
    /// The most members of a union.
    MaxMembers,
    /// The classification in which members agree.
    Same,
    /// Which units touch.
    Neighbours,
    /// The inhabitants of a unit.
    Population,
    /// The classification of the reserve.
    ReserveBy,
    /// The source of decisions.
    Decisions,
    /// The list that was published before.
    Previous,
    /// Sums that the selected must come to.
    Require,
    /// How much work a search may do.
    Effort,
}

impl ProgrammeKey {
    /// The table and the key, as machines are told them.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Score => "programme.score",
            Self::People => "programme.people",
            Self::Exclude => "eligible.exclude",
            Self::Include => "eligible.include",
            Self::Unscored => "eligible.unscored",
            Self::Decimals => "order.decimals",
            Self::AcceptTies => "order.accept_ties",
            Self::DrawBy => "order.by",
            Self::Phases => "phase",
            Self::Upto => "phase.upto",
            Self::PhaseLimit => "phase.limit",
            Self::Quota => "phase.quota",
            Self::QuotaBy => "phase.quota.by",
            Self::Cost => "budget.cost",
            Self::Limit => "budget.limit",
            Self::WhenShort => "budget.when_short",
            Self::MaxMembers => "unions.max_members",
            Self::Same => "unions.same",
            Self::Neighbours => "unions.neighbours",
            Self::Population => "unions.population",
            Self::ReserveBy => "reserve.by",
            Self::Decisions => "decisions.source",
            Self::Previous => "decisions.previous",
            Self::Require => "require",
            Self::Effort => "effort.nodes",
        }
    }
}
