//! From the tables of a programme file to the rules that they make together.

use std::collections::BTreeMap;

use super::amounts::Unit;
use super::budget::{Cost, EnvelopePlan, Yardstick};
use super::capacity::{Capacity, ResourceTable};
use super::context::{ProgrammeContext, Use};
use super::eligible::{CheckedEligible, ListUse, Tests};
use super::file::{Positions, ProgrammeFile};
use super::order::TieKey;
use super::phases::{self, CheckedPhases};
use super::programme_table::{CheckedHead, Texts};
use super::reserve::CheckedDecisions;
use super::unions::CheckedUnions;
use crate::index::Formula;
use crate::index::method::Status;
use crate::language::Label;
use crate::message::study::file::kinds;
use crate::message::study::programme as message;
use crate::selection::{self, Effort, Objective, Order, Require, Reserve, Rule, RuleRef};
use crate::study::bundled::{bundled_programme, bundled_programmes};
use crate::study::layers::{Layer, Layered, Load};
use crate::study::problem::Problems;

const KIND: Layered = Layered {
    word: "programme",
    noun: kinds::PROGRAMME,
    several: kinds::PROGRAMMES,
    bundled: bundled_programme,
    known: || bundled_programmes().collect(),
};

/// A programme with everything it extends, loaded and not yet checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Programme {
    /// The file that was asked for first, then the one it extends, and so on.
    pub(crate) layers: Vec<Layer>,
}

/// A programme that has passed all checks which need no numbers.
#[derive(Clone, Debug)]
pub(crate) struct CheckedProgramme {
    /// The rules as the engine applies them. Exclusions and inclusions that lists name are added
    /// when the lists are read.
    pub(crate) rules: selection::Programme,
    /// Its version, as text.
    pub(crate) version: Option<String>,
    /// Whether an authority adopted it.
    pub(crate) status: Status,
    /// What reports print about its sources, assumptions and open questions.
    pub(crate) texts: Texts,
    /// The node that orders the list, a position in [`crate::index::Method::nodes`].
    pub(crate) score: usize,
    /// The conditions of `where`, each of which a unit must meet; none: everybody passes.
    pub(crate) conditions: Vec<Formula>,
    /// Named tests, of which a unit must pass some beside the conditions.
    pub(crate) tests: Tests,
    /// Why conditions and quotas are as they are.
    pub(crate) because: Because,
    /// Lists of units locked out.
    pub(crate) exclude: Vec<ListUse>,
    /// Lists of units locked in.
    pub(crate) include: Vec<ListUse>,
    /// The declared tie keys, in the order of `rules.order.ties`.
    pub(crate) ties: Vec<TieKey>,
    /// What counts as people.
    pub(crate) people: Option<Formula>,
    /// Inhabitants, for the limits of unions.
    pub(crate) population: Option<Formula>,
    /// What a project costs.
    pub(crate) cost: Option<Cost>,
    /// What counts as votes of an apportionment, in the order of their first mention.
    pub(crate) votes: Vec<Formula>,
    /// The classifications that rules use: register columns and measures of categories.
    pub(crate) families: Vec<String>,
    /// The source of common borders.
    pub(crate) borders: Option<String>,
    /// The source of decisions.
    pub(crate) decisions: Option<String>,
    /// The source of the list that was published before.
    pub(crate) previous: Option<String>,
    /// Totals that documents give.
    pub(crate) envelopes: Vec<EnvelopePlan>,
    /// What is needed and what there is, where the programme asks for it.
    pub(crate) capacity: Option<Capacity>,
    /// Units within this many points of a cut are reported, in units of the last published decimal.
    pub(crate) margin: i64,
    /// Where each key stands, for messages about it.
    pub(crate) positions: Positions,
}

/// What conditions and quotas are there for, as sentences for people.
#[derive(Clone, Debug, Default)]
pub(crate) struct Because {
    /// By the text of a condition.
    conditions: BTreeMap<String, Label>,
    /// By phase and classification.
    quotas: BTreeMap<(String, String), Label>,
    /// By what is summed.
    sums: BTreeMap<String, Label>,
}

impl Because {
    /// What a condition asks for.
    pub(crate) fn condition(&self, text: &str) -> Option<&Label> {
        self.conditions.get(text)
    }

    /// Why the quotas of a phase on a classification are as they are.
    pub(crate) fn quota(&self, phase: &str, by: &str) -> Option<&Label> {
        self.quotas.get(&(phase.to_owned(), by.to_owned()))
    }

    /// Why a rule is as it is.
    pub(crate) fn rule(&self, rule: &RuleRef) -> Option<&Label> {
        match rule {
            RuleRef::Least { phase, by, .. }
            | RuleRef::Most { phase, by, .. }
            | RuleRef::Quota { phase, by, .. } => self.quota(phase, by),
            RuleRef::Sum { sum, .. } => self.sums.get(sum),
            RuleRef::Places { .. } | RuleRef::Money { .. } | RuleRef::Locked { .. } => None,
        }
    }
}

impl CheckedProgramme {
    /// Everything that decides who is eligible: conditions and tests.
    pub(crate) fn eligibility(&self) -> impl Iterator<Item = &Formula> {
        self.conditions.iter().chain(self.tests.named.iter().map(|test| &test.condition))
    }

    /// The formulas of amounts that decide who is on the list: what a place costs, how many live in a union,
    /// what is apportioned or must be reached, and the people where they are what is covered.
    pub(crate) fn deciding(&self) -> impl Iterator<Item = &Formula> {
        let cost = match &self.cost {
            Some(Cost::Formula(cost)) => Some(cost),
            Some(Cost::Each(_)) | None => None,
        };
        let covers_people = self.rules.rule == Rule::Coverage(Objective::People);
        let people = self.people.as_ref().filter(|_| covers_people);
        cost.into_iter().chain(&self.population).chain(people).chain(&self.votes)
    }

    /// Every formula that decides who is on the list: who is eligible, ties, amounts.
    pub(crate) fn formulas_of_list(&self) -> impl Iterator<Item = &Formula> {
        let ties = self.ties.iter().map(|key| &key.value);
        self.eligibility().chain(ties).chain(self.deciding())
    }

    /// Every formula of the programme, in the order of its tables.
    pub(crate) fn formulas(&self) -> impl Iterator<Item = &Formula> {
        let cost = match &self.cost {
            Some(Cost::Formula(cost)) => Some(cost),
            Some(Cost::Each(_)) | None => None,
        };
        let ties = self.ties.iter().map(|key| &key.value);
        let people = [&self.people, &self.population].into_iter().flatten();
        let envelopes = self.envelopes.iter().filter_map(|envelope| match &envelope.computed {
            Yardstick::Sum(counted) => Some(counted),
            Yardstick::EachPlace(_)
            | Yardstick::EachUnit(_)
            | Yardstick::Cost
            | Yardstick::Nothing => None,
        });
        let capacity = self.capacity.iter().flat_map(Capacity::formulas);
        let rules = self.eligibility().chain(ties).chain(people).chain(cost).chain(&self.votes);
        rules.chain(envelopes).chain(capacity)
    }

    /// Whether a rule reads a list.
    pub(crate) fn uses_list(&self, id: &str) -> bool {
        let locks = self.exclude.iter().chain(&self.include).map(|used| &used.source);
        let others = [&self.borders, &self.decisions, &self.previous].into_iter().flatten();
        locks.chain(others).any(|source| source == id)
    }
}

impl Programme {
    /// Loads a programme by bundled name or path, and what it extends, as
    /// [`Methodology::load`](crate::study::Methodology::load) does.
    pub(crate) fn load(
        reference: &str,
        load: &mut Load<'_>,
        problems: &mut Problems,
    ) -> Option<Self> {
        KIND.load(reference, load, problems).map(|layers| Self { layers })
    }

    /// The methodology that it was written for, by bundled name or path, where it names one.
    pub(crate) fn methodology(&self) -> Option<String> {
        KIND.names(&self.layers, "methodology")
    }

    /// Whether it draws lots among those whose place is contested, so that it needs doubts.
    pub(crate) fn draws_lots(&self) -> bool {
        Layered::has(&self.layers, "order", "among")
    }

    /// Checks the programme against a study, its register and its methodology. All problems are
    /// added to `problems`; without errors there is a programme to select by.
    pub(crate) fn check(
        &self,
        context: &ProgrammeContext<'_>,
        problems: &mut Problems,
    ) -> Option<CheckedProgramme> {
        KIND.checked(&self.layers, problems, |file: ProgrammeFile, found| {
            file.check(context, found)
        })
    }
}

impl ProgrammeFile {
    fn check(
        self,
        context: &ProgrammeContext<'_>,
        problems: &mut Problems,
    ) -> Option<CheckedProgramme> {
        self.check_tables(problems);
        let head = self.programme.value.as_ref().and_then(|table| table.check(context, problems));
        let eligible = self.eligibility(context, problems);
        let (order, ties) = self.order(context, problems);
        let (budget, cost) = self.budget(context, problems).unzip();
        let mut phases = self.phases(context, problems);
        let (require, sums) = self.required(&mut phases, context, problems);
        let unions = self.unions.value.as_ref().and_then(|table| table.check(context, problems));
        let reserve = self.reserve.value.as_ref().and_then(|table| table.check(context, problems));
        let decisions = self.decisions(context, problems);
        let envelopes = self.envelopes(context, problems);
        let margin = self.margin(order.decimals, problems);

        let CheckedHead { id, version, status, title, score, rule, people, texts } = head?;
        let (unions, borders, covered, population) = match unions {
            Some(CheckedUnions { rules, borders, people, population }) => {
                (Some(rules), Some(borders), people, Some(population))
            }
            None => (None, None, None, None),
        };
        let people = covered.or(people);
        self.check_rule(rule, people.as_ref(), &order, problems);
        let rules = selection::Programme {
            id,
            title,
            rule,
            eligible: eligible.rules,
            order,
            phases: phases.phases,
            budget,
            unions,
            reserve,
            decisions: decisions.rules,
            require,
            effort: self.effort(),
        };
        Some(CheckedProgramme {
            families: classifications(&rules),
            rules,
            version,
            status,
            texts,
            score,
            conditions: eligible.conditions,
            tests: eligible.tests,
            because: Because { conditions: eligible.because, quotas: phases.because, sums },
            exclude: eligible.exclude,
            include: eligible.include,
            ties,
            people,
            population,
            cost,
            votes: phases.votes,
            borders,
            decisions: decisions.source,
            previous: decisions.previous,
            envelopes,
            capacity: self.capacity(context, problems),
            margin,
            positions: Positions::new(self, problems.texts().clone()),
        })
    }

    /// `[[require]]`, with why each sum is required; what is summed is added to the votes.
    fn required(
        &self,
        phases: &mut CheckedPhases,
        context: &ProgrammeContext<'_>,
        problems: &mut Problems,
    ) -> (Vec<Require>, BTreeMap<String, Label>) {
        let ids: Vec<&str> = phases.phases.iter().map(|phase| phase.id.as_str()).collect();
        let (mut required, mut because) = (Vec::new(), BTreeMap::new());
        for table in self.require.value.iter().flatten() {
            let Some(rule) = table.check((&mut phases.votes, &ids), context, problems) else {
                continue;
            };
            because.extend(table.because.value.clone().map(|why| (rule.sum.clone(), why)));
            required.push(rule);
        }
        (required, because)
    }

    /// `[order]`.
    fn order(
        &self,
        context: &ProgrammeContext<'_>,
        problems: &mut Problems,
    ) -> (Order, Vec<TieKey>) {
        let order = self.order.value.as_ref().map(|table| table.check(context, problems));
        order.unwrap_or_default()
    }

    /// `[decisions]`.
    fn decisions(
        &self,
        context: &ProgrammeContext<'_>,
        problems: &mut Problems,
    ) -> CheckedDecisions {
        let decisions = self.decisions.value.as_ref().map(|table| table.check(context, problems));
        decisions.unwrap_or_default()
    }

    /// `[eligible]` and the named tests.
    fn eligibility(
        &self,
        context: &ProgrammeContext<'_>,
        problems: &mut Problems,
    ) -> CheckedEligible {
        let eligible = self.eligible.value.as_ref().map(|table| table.check(context, problems));
        let tests = self.test.value.iter().flatten();
        let tests = tests.filter_map(|table| table.check(context, problems)).collect();
        eligible.unwrap_or_default().with_tests(tests)
    }

    /// Which tables go together.
    fn check_tables(&self, problems: &mut Problems) {
        let phases = self.phase.value.iter().flatten().count();
        let top = &self.site.at;
        if phases == 0 && self.capacity.value.is_none() && !problems.is_broken(top.file) {
            problems.error(top, message::no_phase());
        }
        if let (None, Some(first)) = (&self.capacity.value, self.resources().first()) {
            problems.error(&first.site.at, message::resource_without_capacity());
        }
    }

    /// Who counts as people must be known where people are what is summed, and lots need an order.
    fn check_rule(
        &self,
        rule: Rule,
        people: Option<&Formula>,
        order: &Order,
        problems: &mut Problems,
    ) {
        let summed = rule == Rule::Coverage(Objective::People);
        if summed && people.is_none() && !problems.has_errors() {
            problems.error(&self.site.at, message::people_unknown());
        }
        if let (Some(_), Rule::Coverage(_), Some(table)) = (&order.draw, rule, &self.order.value) {
            problems.error(table.among(), message::draw_under_coverage());
        }
    }

    fn resources(&self) -> &[ResourceTable] {
        self.resource.value.as_deref().unwrap_or_default()
    }

    fn budget(
        &self,
        context: &ProgrammeContext<'_>,
        problems: &mut Problems,
    ) -> Option<(selection::Budget, Cost)> {
        let how = if self.unions.value.is_some() { Use::OfSums } else { Use::ByUnit };
        self.budget.value.as_ref().and_then(|table| table.check(how, context, problems))
    }

    fn phases(&self, context: &ProgrammeContext<'_>, problems: &mut Problems) -> CheckedPhases {
        let tables = self.phase.value.as_deref().unwrap_or_default();
        phases::check(tables, self.budget.value.is_some(), context, problems)
    }

    fn envelopes(
        &self,
        context: &ProgrammeContext<'_>,
        problems: &mut Problems,
    ) -> Vec<EnvelopePlan> {
        let has_budget = self.budget.value.is_some();
        let tables = self.envelope.value.iter().flatten();
        tables.filter_map(|table| table.check(has_budget, context, problems)).collect()
    }

    fn capacity(
        &self,
        context: &ProgrammeContext<'_>,
        problems: &mut Problems,
    ) -> Option<Capacity> {
        let table = self.capacity.value.as_ref()?;
        Some(table.check(self.resources(), context, problems))
    }

    fn effort(&self) -> Effort {
        let nodes = self.effort.value.as_ref().and_then(|table| table.nodes.value);
        nodes.map_or_else(Effort::default, |nodes| Effort { nodes })
    }

    /// `margin` of `[boundary]`, counted in the last published decimal.
    fn margin(&self, decimals: u8, problems: &mut Problems) -> i64 {
        let margin = self.boundary.value.as_ref().and_then(|table| table.margin.value.as_ref());
        margin.and_then(|number| number.count(Unit::points(decimals), problems)).unwrap_or(0)
    }
}

/// The classifications that rules use, in the order of their first mention.
fn classifications(rules: &selection::Programme) -> Vec<String> {
    let quotas = rules.phases.iter().flat_map(|phase| &phase.quota).map(|quota| &quota.by);
    let same = rules.unions.iter().filter_map(|unions| unions.same.as_ref());
    let reserve = rules.reserve.iter().filter_map(|reserve| match reserve {
        Reserve::Each { by, .. } => Some(by),
        Reserve::Size(_) => None,
    });
    let drawn = rules.order.draw.iter().filter_map(|draw| draw.by.as_ref());
    let mut known: Vec<String> = Vec::new();
    for by in quotas.chain(same).chain(reserve).chain(drawn) {
        if !known.contains(by) {
            known.push(by.clone());
        }
    }
    known
}
