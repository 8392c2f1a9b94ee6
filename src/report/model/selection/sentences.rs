//! Why a unit stands where it stands, as a sentence that its mayor can read.

use super::SelectionView;
use crate::language::Language::{self, En, Ro};
use crate::language::{Label, Words, counted, lei, numbered, shown};
use crate::register::Register;
use crate::selection::{
    Distance, FailedCondition, Judgement, Points, Reason, RuleRef, State, UnitOutcome,
    conditions_text,
};
use crate::study::programme::NamedTest;

/// How many units with a lower score hold places, as the first question of a mayor below the cut has
/// it; `None` where none does.
pub(crate) fn below_the_cut(chosen: SelectionView<'_>, rank: usize) -> Option<Label> {
    let lower = chosen.selection.selected_below(rank);
    (lower > 0).then(|| Label {
        ro: numbered(
            lower,
            "unitate cu scor mai mic are un loc cerut",
            "unități cu scor mai mic au locuri cerute",
        ) + " de reguli sau de decizii",
        en: counted(
            lower,
            "unit with a lower score holds a place",
            "units with lower scores hold places",
        ) + " that rules or decisions ask for",
    })
}

/// A selection with the names of its units, in one language.
#[derive(Clone, Copy)]
pub(crate) struct Wording<'a> {
    pub(crate) chosen: SelectionView<'a>,
    pub(crate) register: &'a Register,
    pub(crate) language: Language,
}

impl<'a> Wording<'a> {
    pub(crate) fn new(
        chosen: SelectionView<'a>,
        register: &'a Register,
        language: Language,
    ) -> Self {
        Self { chosen, register, language }
    }

    /// The same in another language.
    pub(crate) fn in_language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// Words of the table of labels.
    pub(crate) fn word(&self, words: Words) -> &'static str {
        words.text(self.language)
    }

    /// The name of a unit.
    pub(crate) fn name(&self, code: &str) -> String {
        let unit = self.register.position(code);
        unit.map_or_else(|| code.to_owned(), |unit| self.register.names()[unit].clone())
    }

    /// Names joined: of the members of a project.
    pub(crate) fn names(&self, codes: &[String]) -> String {
        codes.iter().map(|code| self.name(code)).collect::<Vec<_>>().join(" + ")
    }

    /// Points as people read them.
    pub(crate) fn points_text(&self, units: i64) -> String {
        let decimals = self.chosen.plan.rules.order.decimals;
        let text = Points::from_units(units).text(decimals);
        match self.language {
            Ro => text.replace('.', ","),
            En => text,
        }
    }

    /// Bani as lei.
    pub(crate) fn lei(&self, bani: i128) -> String {
        lei(bani, self.language)
    }

    /// A count as people read it.
    pub(crate) fn count(&self, count: i128) -> String {
        shown(count as f64, 0, self.language)
    }

    /// A rule of the programme in words, with why it is there where the programme says so.
    pub(crate) fn clause(&self, clause: &RuleRef) -> String {
        let text = self.rule(clause);
        match self.chosen.plan.because.rule(clause) {
            Some(because) => format!("{text} ({})", because.text(self.language)),
            None => text,
        }
    }

    fn rule(&self, clause: &RuleRef) -> String {
        let group = |by: &str, group: &str| match (by, self.language) {
            ("county", Ro) => format!("județul {group}"),
            ("county", En) => format!("{group} county"),
            ("region", Ro) => format!("regiunea {group}"),
            ("region", En) => format!("the region {group}"),
            ("kind", _) => format!("„{}”", self.kind(group)),
            (by, _) => format!("{by} = {group}"),
        };
        match (clause, self.language) {
            (RuleRef::Places { phase }, Ro) => format!("numărul de locuri al etapei {phase}"),
            (RuleRef::Places { phase }, En) => format!("the number of places of phase {phase}"),
            (RuleRef::Least { phase, by, group: g }, Ro) => {
                format!("minimul de locuri pentru {} în etapa {phase}", group(by, g))
            }
            (RuleRef::Least { phase, by, group: g }, En) => {
                format!("the minimum of places for {} in phase {phase}", group(by, g))
            }
            (RuleRef::Most { phase, by, group: g }, Ro) => {
                format!("maximul de locuri pentru {} în etapa {phase}", group(by, g))
            }
            (RuleRef::Most { phase, by, group: g }, En) => {
                format!("the maximum of places for {} in phase {phase}", group(by, g))
            }
            (RuleRef::Quota { phase, by, .. }, Ro) => {
                format!("cota pe {} din etapa {phase}", self.family(by))
            }
            (RuleRef::Quota { phase, by, .. }, En) => {
                format!("the quota by {} of phase {phase}", self.family(by))
            }
            (RuleRef::Money { phase }, Ro) => format!("bugetul până la etapa {phase}"),
            (RuleRef::Money { phase }, En) => format!("the budget up to phase {phase}"),
            (RuleRef::Sum { phase, sum, most }, Ro) => {
                let bound = if *most { "cel mult" } else { "cel puțin" };
                format!(
                    "cerința ca „{sum}” să fie {bound} cât spune programul, până la etapa {phase}"
                )
            }
            (RuleRef::Sum { phase, sum, most }, En) => {
                let bound = if *most { "most" } else { "least" };
                format!("the {bound} that \"{sum}\" must come to up to phase {phase}")
            }
            (RuleRef::Locked { phase }, Ro) => {
                format!("locurile acordate deja, pe care etapa {phase} le păstrează")
            }
            (RuleRef::Locked { phase }, En) => {
                format!("the places already given, which phase {phase} keeps")
            }
        }
    }

    /// A classification in words, behind *by*.
    pub(super) fn family(&self, by: &str) -> String {
        let known = match (by, self.language) {
            ("county", Ro) => "județ",
            ("region", Ro) => "regiune",
            ("kind", Ro) => "tip de localitate",
            ("kind", En) => "kind of locality",
            (by, _) => by,
        };
        known.to_owned()
    }

    /// A kind of locality in words.
    pub(crate) fn kind(&self, kind: &str) -> String {
        let known = match (kind, self.language) {
            ("commune", Ro) => "comună",
            ("town", Ro) => "oraș",
            ("municipality", Ro) => "municipiu",
            (kind, _) => kind,
        };
        known.to_owned()
    }

    /// The whole sentence: where the unit stands, why, and what would have changed it.
    pub(crate) fn sentence(&self, unit: &UnitOutcome) -> String {
        let mut text = self.reason(unit);
        text.push_str(&self.passed(unit));
        if let Some(number) = unit.reserve {
            text.push_str(&match self.language {
                Ro => format!(" Este pe lista de rezervă, numărul {number}."),
                En => format!(" It is on the reserve, number {number}."),
            });
        }
        text.push_str(self.afterwards(unit));
        if let Some(distance) = &unit.distance {
            text.push(' ');
            text.push_str(&self.distance(unit, distance));
        }
        text
    }

    /// What a unit does not meet: in the words of the programme, where it has some.
    fn conditions(&self, failed: &[FailedCondition]) -> String {
        let one = |failed: &FailedCondition| {
            let because = self.chosen.plan.because.condition(&failed.condition);
            let text = because.map(|because| because.text(self.language).to_owned());
            FailedCondition {
                condition: text.unwrap_or_else(|| failed.condition.clone()),
                seen: failed.seen.clone(),
            }
        };
        conditions_text(&failed.iter().map(one).collect::<Vec<_>>())
    }

    /// The named tests that a unit passes.
    pub(crate) fn tests(&self, code: &str) -> impl Iterator<Item = &'a NamedTest> + use<'a> {
        let SelectionView { plan, pool, .. } = self.chosen;
        let unit = self.register.position(code).map(|unit| &pool.candidates[unit]);
        let passed = unit.map(|unit| unit.passed.as_slice()).unwrap_or_default();
        passed.iter().map(|at| &plan.tests.named[*at])
    }

    /// Which tests the unit passed, where the programme has some.
    fn passed(&self, unit: &UnitOutcome) -> String {
        let passed: Vec<&str> =
            self.tests(&unit.code).map(|test| test.because.text(self.language)).collect();
        match (passed.is_empty(), self.language) {
            (true, _) => String::new(),
            (false, Ro) => format!(" Îndeplinește: {}.", passed.join("; ")),
            (false, En) => format!(" It meets: {}.", passed.join("; ")),
        }
    }

    /// What became of the unit after the list was made.
    fn afterwards(&self, unit: &UnitOutcome) -> &'static str {
        match (unit.decision, self.language) {
            (None, _) => "",
            (Some(Judgement::Accepted), Ro) => " Și-a acceptat locul.",
            (Some(Judgement::Accepted), En) => " It accepted its place.",
            (Some(Judgement::Refused), Ro) => " A refuzat locul, care a trecut mai departe.",
            (Some(Judgement::Refused), En) => " It refused its place, which passed on.",
            (Some(Judgement::Withdrawn), Ro) => " S-a retras, iar locul a trecut mai departe.",
            (Some(Judgement::Withdrawn), En) => " It withdrew, and its place passed on.",
            (Some(Judgement::Silent), Ro) => {
                " Nu a răspuns în termen, ceea ce înseamnă refuz; locul a trecut mai departe."
            }
            (Some(Judgement::Silent), En) => {
                " It gave no answer in time, which counts as a refusal; its place passed on."
            }
            (Some(Judgement::Replacement), Ro) => " A intrat pe un loc lăsat liber.",
            (Some(Judgement::Replacement), En) => " It took a place that was given up.",
            (Some(Judgement::MovedUp), Ro) => {
                " A trecut pe un loc lăsat liber într-o etapă anterioară."
            }
            (Some(Judgement::MovedUp), En) => {
                " It moved up to a place that was given up in an earlier phase."
            }
        }
    }

    fn reason(&self, unit: &UnitOutcome) -> String {
        let phase = unit.phase.as_deref().unwrap_or_default();
        let rank = unit.rank.unwrap_or_default();
        let ro = self.language == Ro;
        match &unit.reason {
            Reason::Rank if ro => {
                format!("Selectată în etapa {phase}: locul {rank} în ordinea scorului.")
            }
            Reason::Rank => format!("Selected in phase {phase}: number {rank} by score."),
            Reason::Needed(clause) if ro => format!(
                "Selectată în etapa {phase}, pe un loc pe care numai scorul nu i l-ar fi dat: îl cere {}.",
                self.clause(clause)
            ),
            Reason::Needed(clause) => format!(
                "Selected in phase {phase}, in a place that its score alone would not have given it: \
                 {} asks for it.",
                self.clause(clause)
            ),
            Reason::LargestSum if ro => {
                format!("Selectată în etapa {phase}: lista cu suma cea mai mare o cuprinde.")
            }
            Reason::LargestSum => {
                format!("Selected in phase {phase}: the list with the largest sum holds it.")
            }
            Reason::Included(why) if ro => format!("Selectată prin decizie: {why}."),
            Reason::Included(why) => format!("Selected by decision: {why}."),
            Reason::Accepted if ro => "Își păstrează locul, pe care l-a acceptat deja.".to_owned(),
            Reason::Accepted => "Keeps its place, which it had accepted already.".to_owned(),
            Reason::HeldHarmless if ro => {
                "Își păstrează locul de pe lista publicată: o contestație nu dăunează altora."
                    .to_owned()
            }
            Reason::HeldHarmless => {
                "Keeps its place on the published list: an appeal harms nobody.".to_owned()
            }
            Reason::Partner(lead) if ro => {
                format!("Cuprinsă în proiectul comun condus de {}.", self.name(lead))
            }
            Reason::Partner(lead) => {
                format!("Covered by the joint project led by {}.", self.name(lead))
            }
            _ => self.left_out(unit),
        }
    }

    /// That the places went to units above; and, where a rule gave some to units below, how many.
    fn below_cut(&self, rank: usize) -> String {
        let text = match self.language {
            Ro => {
                format!(
                    "Nu este selectată: locul {rank} în ordinea scorului, sub linia de selecție."
                )
            }
            En => format!("Not selected: number {rank} by score, below the cut."),
        };
        match below_the_cut(self.chosen, rank) {
            Some(lower) => format!("{text} {}.", lower.text(self.language)),
            None => text,
        }
    }

    fn left_out(&self, unit: &UnitOutcome) -> String {
        let ro = self.language == Ro;
        let rank = unit.rank.unwrap_or_default();
        match &unit.reason {
            Reason::BelowCut => self.below_cut(rank),
            Reason::Full(clause) if ro => format!(
                "Nu este selectată, deși are scor mai mare decât unele selectate: s-a atins {}.",
                self.clause(clause)
            ),
            Reason::Full(clause) => format!(
                "Not selected although its score is higher than that of some who are: {} is reached.",
                self.clause(clause)
            ),
            Reason::Displaced { by, rule } if ro => format!(
                "Nu este selectată: locul pe care i l-ar fi dat scorul este ocupat de {}, cerută de {}.",
                self.name(by),
                self.clause(rule)
            ),
            Reason::Displaced { by, rule } => format!(
                "Not selected: the place that its score would have given it is held by {}, for {}.",
                self.name(by),
                self.clause(rule)
            ),
            Reason::Money(clause) if ro => {
                format!("Nu este selectată: nu ajunge {}.", self.clause(clause))
            }
            Reason::Money(clause) => {
                format!("Not selected: {} is not enough.", self.clause(clause))
            }
            Reason::SmallerSum if ro => {
                "Nu este selectată: lista cu suma cea mai mare nu o cuprinde.".to_owned()
            }
            Reason::SmallerSum => {
                "Not selected: the list with the largest sum does without it.".to_owned()
            }
            Reason::TieLost(to) => self.tie_lost(to),
            Reason::Excluded(why) if ro => format!("Exclusă prin decizie: {why}."),
            Reason::Excluded(why) => format!("Excluded by decision: {why}."),
            Reason::Ineligible(failed) if ro => {
                format!("Neeligibilă: nu îndeplinește {}.", self.conditions(failed))
            }
            Reason::Ineligible(failed) => {
                format!("Not eligible: it does not meet {}.", self.conditions(failed))
            }
            Reason::Unscored(why) if ro => format!("Fără scor: {why}."),
            Reason::Unscored(why) => format!("Without a score: {why}."),
            _ => String::new(),
        }
    }

    fn tie_lost(&self, to: &str) -> String {
        let lottery = self.chosen.plan.rules.order.lottery.is_some();
        let name = self.name(to);
        match (self.language, lottery) {
            (Ro, true) => {
                format!("Nu este selectată: la egalitate cu {name}, a decis tragerea la sorți.")
            }
            (Ro, false) => format!("Nu este selectată: la egalitate cu {name}, a decis codul."),
            (En, true) => format!("Not selected: tied with {name}, and the lottery decided."),
            (En, false) => format!("Not selected: tied with {name}, and the code decided."),
        }
    }

    fn distance(&self, unit: &UnitOutcome, distance: &Distance) -> String {
        let name = self.name(&distance.with);
        let inside = unit.state == State::Selected;
        let ranks = match (usize::try_from(distance.ranks.unsigned_abs()), self.language) {
            (Ok(1), Ro) => "un loc".to_owned(),
            (Ok(1), En) => "one rank".to_owned(),
            (ranks, Ro) => numbered(ranks.unwrap_or(usize::MAX), "loc", "locuri"),
            (ranks, En) => counted(ranks.unwrap_or(usize::MAX), "rank", "ranks"),
        };
        let Some(points) = distance.points.map(i64::abs) else {
            return match self.language {
                Ro => format!("Unitatea cu care s-ar schimba: {name}."),
                En => format!("The unit it would change places with: {name}."),
            };
        };
        let points = self.points_text(points);
        let more = distance.points.is_some_and(|points| points < 0);
        match (self.language, inside) {
            (Ro, true) => format!(
                "Cea care ar înlocui-o, {name}, este la {points} puncte și {ranks} distanță."
            ),
            (En, true) => {
                format!("Who would replace it, {name}, is {points} points and {ranks} away.")
            }
            (Ro, false) if more => format!(
                "Are cu {points} puncte mai mult ({ranks}) decât {name}, singura pe care ar putea-o \
                 înlocui."
            ),
            (En, false) if more => format!(
                "It has {points} points more ({ranks}) than {name}, the only one it could replace."
            ),
            (Ro, false) => {
                format!("I-au lipsit {points} puncte ({ranks}) ca să ia locul unității {name}.")
            }
            (En, false) => {
                format!("It lacked {points} points ({ranks}) to take the place of {name}.")
            }
        }
    }
}
