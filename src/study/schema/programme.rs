//! The keys of a programme file.

mod capacity;
mod unions;

use std::collections::BTreeMap;

use schemars::JsonSchema;

use self::capacity::{Capacity, Envelope, Resource};
use self::unions::Unions;
use super::{Label, TextOrNumber};

/// A programme: who is chosen.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "Programme of risk-index")]
pub(super) struct ProgrammeFile {
    /// What the programme is.
    programme: Head,
    /// Who may be chosen.
    eligible: Option<Eligible>,
    /// Who comes first.
    order: Option<Order>,
    /// The phases, in their order; at least one, or `capacity`.
    phase: Option<Vec<Phase>>,
    /// The money.
    budget: Option<Budget>,
    /// Whether small neighbours may join under one project.
    unions: Option<Unions>,
    /// Who waits for a place.
    reserve: Option<Reserve>,
    /// What happened after the list was made.
    decisions: Option<Decisions>,
    /// How much work a search may do.
    effort: Option<Effort>,
    /// What the boundary report shows.
    boundary: Option<Boundary>,
    /// Totals that documents give.
    envelope: Option<Vec<Envelope>>,
    /// What units need and what they have, set beside their risk.
    capacity: Option<Capacity>,
    /// What is needed and what there is.
    resource: Option<Vec<Resource>>,
}

/// What the programme is.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Head {
    /// Identifier: lower-case letters, digits, `_` and `-`.
    id: String,
    /// Version, as text.
    version: Option<TextOrNumber>,
    /// `illustrative`, or `adopted` with `act`; taken from what it extends when absent.
    status: Option<Status>,
    /// The act that adopted it.
    act: Option<String>,
    /// Title for reports; taken from what it extends when absent.
    title: Option<Label>,
    /// The node of the methodology that orders the list.
    score: Option<String>,
    /// What *best* means; `priority` when absent.
    rule: Option<Rule>,
    /// What `coverage` sums.
    objective: Option<Objective>,
    /// Formula over measures: who counts as people.
    people: Option<String>,
    /// Documents that its numbers come from, printed in reports.
    sources: Option<Vec<Document>>,
    /// What was assumed, printed in reports.
    assumptions: Option<Vec<Label>>,
    /// What documents leave open, printed in reports.
    open_questions: Option<Vec<Label>>,
    /// Bundled name or path of a programme of which this one replaces keys and adds phases.
    extends: Option<String>,
}

/// Whether an authority adopted it.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Status {
    /// Its numbers are assumptions.
    Illustrative,
    /// Fixed by an act.
    Adopted,
}

/// What *best* means among the lists that keep every rule.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Rule {
    /// The list that holds the highest unit on which lists differ.
    Priority,
    /// The list with the largest sum of `objective`.
    Coverage,
}

/// What coverage sums.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Objective {
    /// Published scores.
    Score,
    /// People.
    People,
}

/// A document.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Document {
    /// Its title.
    Title(Label),
    /// Its title and where in it.
    Placed(PlacedDocument),
}

/// A document with a place in it.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct PlacedDocument {
    /// Title, with publisher and date.
    title: Label,
    /// Page, chapter, or where to find it.
    place: Option<String>,
}

/// Who may be chosen.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Eligible {
    /// Condition over register columns, measures and nodes; everybody when absent.
    r#where: Option<String>,
    /// Locked out, each with a reason.
    exclude: Option<Vec<Lock>>,
    /// Locked in, each with a reason; they take places.
    include: Option<Vec<Lock>>,
    /// What happens to an eligible unit without a score; `stop` when absent.
    unscored: Option<Unscored>,
}

/// Units by code, or the list of a source.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Lock {
    /// A code of the register, or several.
    code: Option<Codes>,
    /// A `[[source]]` with `layout = "units"`.
    source: Option<String>,
    /// Why; a list may have a column of reasons instead.
    reason: Option<String>,
}

/// One code or several.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Codes {
    /// One.
    One(TextOrNumber),
    /// Several.
    Several(Vec<TextOrNumber>),
}

/// What happens to an eligible unit without a score.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Unscored {
    /// `stop`.
    Word(UnscoredRule),
    /// A rule with its reason.
    Reasoned(ReasonedUnscored),
}

/// What happens, and why.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ReasonedUnscored {
    /// What happens.
    rule: UnscoredRule,
    /// Why.
    reason: Option<String>,
}

/// What happens to an eligible unit without a score.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum UnscoredRule {
    /// Nothing is selected, and they are named.
    Stop,
    /// They are left out.
    Exclude,
    /// They come behind everybody who has a score.
    LastPlace,
}

/// Who comes first.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Order {
    /// Decimals of the published score, 0 to 9; 6 when absent. Ties are judged on them.
    decimals: Option<u8>,
    /// Tie keys in order, each with its direction: `population.children DESC`.
    ties: Option<Vec<String>>,
    /// The public draw that separates what the keys leave tied.
    lottery: Option<Lottery>,
    /// Why the code may decide a tie across a cut that no measurement separates.
    accept_ties: Option<String>,
}

/// A public draw, announced before the data were frozen.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Lottery {
    /// Where the seed comes from.
    source: String,
    /// When that was announced, `2026-11-20`.
    announced: String,
    /// What was drawn, letter for letter.
    seed: String,
}

/// A phase.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Phase {
    /// Identifier, `I`.
    id: String,
    /// Places filled up to and including this phase. May be left out where there is a budget, or
    /// where it is taken from `extends`.
    upto: Option<u32>,
    /// Bounds on groups; they count everything selected up to and including this phase.
    quota: Option<Vec<Quota>>,
    /// Money up to and including this phase, in lei, where it is less than the whole budget.
    limit: Option<Amount>,
    /// Whether places may stay empty; not given: only where there is a budget or unions.
    fill: Option<Fill>,
}

/// An amount, as a number or as text.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Amount {
    /// As text, with a point: `40000000.00`.
    Text(String),
    /// As a number.
    Number(f64),
}

/// Whether places may stay empty.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Fill {
    /// Every place is filled, or nothing is selected.
    Exactly,
    /// Places may stay empty.
    AtMost,
}

/// Bounds on the groups of one classification: `min` and `max`, `exactly`, `share`, or `apportion`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Quota {
    /// Register column or measure of categories.
    by: String,
    /// Least places.
    min: Option<Limits>,
    /// Most places.
    max: Option<Limits>,
    /// Both at once.
    exactly: Option<Limits>,
    /// Share of the places of each named group, by largest remainder; the rest is free.
    share: Option<BTreeMap<String, Amount>>,
    /// Method by which all places are shared out among the groups.
    apportion: Option<Method>,
    /// Formula of what counts as votes; the number of units passing `where` when absent.
    on: Option<String>,
}

/// A bound for every group, or by group (`*` is every other).
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Limits {
    /// For every group with a unit passing `where`: places, or a share (`0.6`, `60 %`, `3/5`).
    Each(Amount),
    /// By group.
    Named(BTreeMap<String, Amount>),
}

/// A method of apportionment.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Method {
    /// Largest remainder.
    Hamilton,
    /// Hamilton by its other name.
    LargestRemainder,
    /// Jefferson; favours large groups.
    Dhondt,
    /// D'Hondt by its other name.
    Jefferson,
    /// Sainte-Laguë; favours nobody on average.
    Webster,
    /// Webster by its other name.
    SainteLague,
    /// Huntington-Hill.
    Hill,
    /// Hill by its other name.
    HuntingtonHill,
    /// Favours small groups.
    Adams,
}

/// The money.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Budget {
    /// What a place costs in lei: an amount, or a formula; of a union over the sums of its members.
    cost: Amount,
    /// The limit in lei.
    limit: Amount,
    /// What happens under `priority` when a unit cannot be paid; `skip` when absent.
    when_short: Option<WhenShort>,
}

/// What happens when a unit cannot be paid.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum WhenShort {
    /// It ends the list.
    Stop,
    /// It is passed over.
    Skip,
}

/// Who waits: `size`, or `each` of every group.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Reserve {
    /// So many in all.
    size: Option<u32>,
    /// Classification of whose groups each has its own reserve.
    by: Option<String>,
    /// How many in each group.
    each: Option<u32>,
}

/// What happened after the list was made.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Decisions {
    /// A `[[source]]` with `layout = "decisions"`.
    source: Option<String>,
    /// What a corrected input does to a list that was published; `strict` when absent.
    policy: Option<Policy>,
    /// A `[[source]]` with `layout = "selection"`: the list that was published before.
    previous: Option<String>,
}

/// What a corrected input does to a list that was published.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum Policy {
    /// The list is made again; who no longer qualifies leaves, unless the place was accepted.
    Strict,
    /// Who was on the list stays; who now qualifies is added.
    HoldHarmless,
}

/// How much work a search may do.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Effort {
    /// Nodes of a search, never a clock.
    nodes: u64,
}

/// What the boundary report shows.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Boundary {
    /// Units within so many points of a cut are listed.
    margin: Amount,
}
