//! What rules cost, and what another list changes, in words.

use super::Wording;
use crate::language::Language::{En, Ro};
use crate::message::labels;
use crate::quality::Message;
use crate::selection::{Bound, Difference, NoList, Points, Price, Priced, RuleRef, Shift};

impl Wording<'_> {
    /// The price of a rule, what each phase changes without it a line of its own; lists of units are cut
    /// after `named`.
    pub(crate) fn price(&self, price: &Price, named: usize) -> Vec<String> {
        let rules = self.rules_priced(&price.rules);
        let head = match (self.language, price.rules.len()) {
            (Ro, 1) => format!("Costul regulii {rules}"),
            (Ro, _) => format!("Costul regulilor {rules} luate împreună"),
            (En, 1) => format!("Cost of the rule {rules}"),
            (En, _) => format!("Cost of the rules {rules} together"),
        };
        let rerun = match &price.without {
            Ok(rerun) => rerun,
            Err(none) => return vec![format!("{head}: {}", self.no_list(price, none))],
        };
        let difference = &rerun.difference;
        let whole = &difference.whole;
        let without = self.without(price);
        let mut text = match (whole.moves_nobody(), difference.moves_nobody(), self.language) {
            (_, true, Ro) => format!("{head}: {without} nu s-ar muta nimeni"),
            (_, true, En) => format!("{head}: {without} nobody would move"),
            (true, _, Ro) => format!("{head}: {without} lista ar fi aceeași, dar nu și etapele"),
            (true, _, En) => {
                format!("{head}: {without} the list would be the same, the phases not")
            }
            _ => {
                let (cost, moves) = (self.amounts(&reversed(whole)), self.moves(whole, named));
                format!("{head}: {cost}; {without} {moves}")
            }
        };
        if let Some(gap) = rerun.gap {
            let words = [labels::NOT_PROVED, labels::PER_MILLION_SHORT].map(|w| self.word(w));
            text += &format!("; {} {gap} {}", words[0], words[1]);
        }
        let mut lines = vec![text];
        lines.extend(self.phase_shifts(difference, named));
        lines
    }

    /// What each phase changes, where somebody moves; none where there is one phase.
    pub(crate) fn phase_shifts(&self, difference: &Difference, named: usize) -> Vec<String> {
        let is_told = difference.phases.len() > 1;
        let phases = difference.phases.iter().filter(|(_, s)| is_told && !s.moves_nobody());
        phases
            .map(|(id, shift)| {
                let phase = self.word(labels::PHASE_IN_TEXT);
                format!("  {phase} {id}: {}; {}", self.moves(shift, named), self.amounts(shift))
            })
            .collect()
    }

    fn without(&self, price: &Price) -> &'static str {
        match (self.language, price.rules.len()) {
            (Ro, 1) => "fără ea",
            (Ro, _) => "fără ele",
            (En, 1) => "without it",
            (En, _) => "without them",
        }
    }

    /// Why there is no list without a rule.
    pub(super) fn no_list(&self, price: &Price, none: &NoList) -> String {
        let without = self.without(price);
        match (none, self.language) {
            (NoList::Rules { phase: Some(id) }, Ro) => {
                format!("{without} celelalte reguli nu lasă nicio listă (etapa {id})")
            }
            (NoList::Rules { phase: Some(id) }, En) => {
                format!("{without} the other rules allow no list (phase {id})")
            }
            (NoList::Rules { phase: None }, Ro) => {
                format!("{without} celelalte reguli nu lasă nicio listă")
            }
            (NoList::Rules { phase: None }, En) => {
                format!("{without} the other rules allow no list")
            }
            (NoList::Effort, Ro) => {
                format!("necunoscut: lista {without} nu a fost găsită cu efortul declarat")
            }
            (NoList::Effort, En) => {
                format!("not known: the list {without} was not found within the declared effort")
            }
        }
    }

    /// The rules of a price, quoted.
    pub(super) fn rules_priced(&self, rules: &[Priced]) -> String {
        let (open, close) = match self.language {
            Ro => ("„", "”"),
            En => ("“", "”"),
        };
        let quoted = rules.iter().map(|rule| format!("{open}{}{close}", self.priced(rule)));
        self.in_words(&quoted.collect::<Vec<_>>())
    }

    fn priced(&self, rule: &Priced) -> String {
        match (rule, self.language) {
            (Priced::Quota { by, bound, phases }, Ro) => {
                let kind = match bound {
                    Bound::Min => "minimul",
                    Bound::Max => "maximul",
                    Bound::Exactly => "numărul exact",
                    Bound::Share => "ponderea din locuri",
                    Bound::Apportioned => "repartizarea locurilor",
                };
                let word = if phases.len() > 1 { "etapele" } else { "etapa" };
                let because = self.because(by, phases);
                format!("{kind} pe {}, {word} {}{because}", self.family(by), self.in_words(phases))
            }
            (Priced::Quota { by, bound, phases }, En) => {
                let kind = match bound {
                    Bound::Min => "minimum",
                    Bound::Max => "maximum",
                    Bound::Exactly => "exact number",
                    Bound::Share => "share of places",
                    Bound::Apportioned => "apportionment",
                };
                let word = if phases.len() > 1 { "phases" } else { "phase" };
                let because = self.because(by, phases);
                format!("{kind} by {}, {word} {}{because}", self.family(by), self.in_words(phases))
            }
            (Priced::Sum { sum, most, phases }, Ro) => {
                let kind = if *most { "totalul maxim" } else { "totalul minim" };
                let word = if phases.len() > 1 { "până la etapele" } else { "până la etapa" };
                let why = self.because_of_sum(sum, *most);
                format!("{kind} cerut (`{sum}`), {word} {}{why}", self.in_words(phases))
            }
            (Priced::Sum { sum, most, phases }, En) => {
                let kind = if *most { "largest total" } else { "least total" };
                let word = if phases.len() > 1 { "up to phases" } else { "up to phase" };
                let why = self.because_of_sum(sum, *most);
                format!("{kind} required (`{sum}`), {word} {}{why}", self.in_words(phases))
            }
            (Priced::Phases, Ro) => "împărțirea pe etape".to_owned(),
            (Priced::Phases, En) => "several phases".to_owned(),
            (Priced::Money, Ro) => "limita de bani".to_owned(),
            (Priced::Money, En) => "limit of money".to_owned(),
            (Priced::Unions, Ro) => "asocierea comunelor vecine".to_owned(),
            (Priced::Unions, En) => "unions of neighbours".to_owned(),
        }
    }

    /// Why the phases have quotas on a classification, where the programme says so.
    fn because(&self, by: &str, phases: &[String]) -> String {
        let plan = self.chosen.plan;
        let said = phases.iter().filter_map(|phase| plan.because.quota(phase, by));
        let mut said: Vec<&str> = said.map(|label| label.text(self.language)).collect();
        said.dedup();
        if said.is_empty() { String::new() } else { format!(" ({})", said.join("; ")) }
    }

    /// Why a sum is required, where the programme says so.
    fn because_of_sum(&self, sum: &str, most: bool) -> String {
        let rule = RuleRef::Sum { phase: String::new(), sum: sum.to_owned(), most };
        let said = self.chosen.plan.because.rule(&rule);
        said.map_or_else(String::new, |label| format!(" ({})", label.text(self.language)))
    }

    /// Who enters and who leaves.
    pub(crate) fn moves(&self, shift: &Shift, named: usize) -> String {
        let [enter, leave] = match (self.language, shift.leaves.len()) {
            (Ro, 1) => ["intră", "iese"],
            (Ro, _) => ["intră", "ies"],
            (En, _) => ["these enter:", "these leave:"],
        };
        let side = |word: &str, codes: &[String]| {
            (!codes.is_empty()).then(|| format!("{word} {}", self.placed(codes, named)))
        };
        let sides = [side(enter, &shift.enters), side(leave, &shift.leaves)];
        sides.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }

    /// Units with their counties, the first `named` of them and how many more.
    pub(crate) fn placed<'c>(
        &self,
        codes: impl IntoIterator<Item = &'c String>,
        named: usize,
    ) -> String {
        let codes: Vec<&String> = codes.into_iter().collect();
        let one = |code: &&String| match self.chosen.group("county", code) {
            Some(county) => format!("{} ({county})", self.name(code)),
            None => self.name(code),
        };
        let names = codes.iter().take(named).map(one).collect::<Vec<_>>().join(", ");
        let more = codes.len().saturating_sub(named);
        Message::same(names).and_more(more).text(self.language).to_owned()
    }

    /// Points, and people and lei where the programme counts them, as more or less.
    pub(crate) fn amounts(&self, shift: &Shift) -> String {
        let plan = self.chosen.plan;
        let side = |value: i128| match (value < 0, self.language) {
            (true, Ro) => " în minus",
            (false, Ro) => " în plus",
            (true, En) => " less",
            (false, En) => " more",
        };
        let points = self.rounded(shift.points.saturating_abs());
        let mut said = vec![match (shift.points, self.language) {
            (0, Ro) => "același total de puncte".to_owned(),
            (0, En) => "the same total of points".to_owned(),
            (value, _) => format!("{points} {}{}", self.word(labels::POINTS), side(value)),
        }];
        if plan.people.is_some() && shift.people != 0 {
            let people = usize::try_from(shift.people.unsigned_abs()).unwrap_or(usize::MAX);
            let people = labels::PERSONS.of(people, self.language);
            said.push(format!("{people}{}", side(shift.people)));
        }
        if plan.rules.budget.is_some() && shift.cost != 0 {
            let cost = self.lei(shift.cost.saturating_abs());
            said.push(format!("{cost}{}", side(shift.cost)));
        }
        said.join(", ")
    }

    /// Points with two decimals, or with all where two would say nothing.
    fn rounded(&self, points: i128) -> String {
        let decimals = self.chosen.plan.rules.order.decimals;
        let fine = 10_i128.pow(u32::from(decimals.saturating_sub(2)));
        let hundredths = (points + fine / 2) / fine;
        if decimals <= 2 || hundredths == 0 {
            return self.points_text(i64::try_from(points).unwrap_or(i64::MAX));
        }
        let text = Points::from_units(i64::try_from(hundredths).unwrap_or(i64::MAX)).text(2);
        match self.language {
            Ro => text.replace('.', ","),
            En => text,
        }
    }

    /// A sum of points with its sign, as a cell.
    pub(super) fn signed_points(&self, points: i128) -> String {
        let own = i64::try_from(points).unwrap_or(if points < 0 { -i64::MAX } else { i64::MAX });
        match self.language {
            Ro => Points::from_units(own)
                .text(self.chosen.plan.rules.order.decimals)
                .replace('.', ","),
            En => Points::from_units(own).text(self.chosen.plan.rules.order.decimals),
        }
    }

    fn in_words(&self, texts: &[String]) -> String {
        let and = match self.language {
            Ro => " și ",
            En => " and ",
        };
        match texts {
            [rest @ .., last] if !rest.is_empty() => format!("{}{and}{last}", rest.join(", ")),
            one => one.concat(),
        }
    }
}

/// What a rule does to the list that it left out would undo.
fn reversed(shift: &Shift) -> Shift {
    Shift { points: -shift.points, people: -shift.people, cost: -shift.cost, ..Shift::default() }
}
