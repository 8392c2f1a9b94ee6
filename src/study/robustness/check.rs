//! From the tables of a file of doubts to the plan of what is drawn.

use std::ops::Range;

use super::errors::{counts, drawable, law, rounded};
use super::file::{DoubtTable, RobustnessFile, VERBS, WITH_ALTERNATIVES};
use super::ground::{DoubtContext, Ground, Refused};
use super::head::RobustnessTable;
use crate::language::Label;
use crate::message::study as findings;
use crate::message::study::file::kinds;
use crate::message::study::robustness as message;
use crate::message::{meant, suggest};
use crate::quality::{Advice, Findings, Message};
use crate::robustness::plan::{Choice, Doubt, LeftOut, Plan, Verb};
use crate::study::bundled::{bundled_robustness, bundled_robustnesses};
use crate::study::layers::{Layer, Layered, Load};
use crate::study::problem::{Problems, Spot};

const KIND: Layered = Layered {
    word: "robustness",
    noun: kinds::ROBUSTNESS,
    several: kinds::ROBUSTNESS_FILES,
    bundled: bundled_robustness,
    known: || bundled_robustnesses().collect(),
};

/// A file of doubts with everything it extends, loaded and not yet checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Doubts {
    /// The file that was asked for first, then the one it extends, and so on.
    pub(crate) layers: Vec<Layer>,
}

impl Doubts {
    /// Loads a file of doubts by bundled name or path, and what it extends, as
    /// [`Methodology::load`](crate::study::Methodology::load) does.
    pub(crate) fn load(
        reference: &str,
        load: &mut Load<'_>,
        problems: &mut Problems,
    ) -> Option<Self> {
        KIND.load(reference, load, problems).map(|layers| Self { layers })
    }

    /// The bundled file that was written for a methodology: for the first of its layers that has one.
    pub(crate) fn written_for(methodology: &[Layer]) -> Option<String> {
        let mut names = methodology.iter().map(|layer| format!("{}-robust", layer.name));
        names.find(|name| bundled_robustness(name).is_some())
    }

    /// Checks the doubts against a study, its register, its methodology and its programme. All problems
    /// are added to `problems`; without errors there is a plan, with what it leaves out as findings.
    pub(crate) fn check(
        &self,
        context: DoubtContext<'_>,
        problems: &mut Problems,
    ) -> Option<(Plan, Findings)> {
        KIND.checked(&self.layers, problems, |file: RobustnessFile, found| {
            let mut ground = Ground::new(context)?;
            // other steps may look around where those that are declared do not
            ground.looks_around |= file.doubts_steps(&ground);
            file.check(&ground, found)
        })
    }
}

/// The doubts of a file as they are checked, one after the other.
#[derive(Default)]
struct Drawn {
    doubts: Vec<Doubt>,
    /// Where the id of each of them stands.
    places: Vec<Spot>,
    left_out: Vec<LeftOut>,
    /// Measures that a doubt leaves out, each with the doubt and the reason.
    parts: Vec<(String, String, Message)>,
    /// Ids and coordinates of all doubts so far, drawn or not.
    declared: Vec<(String, Range<usize>)>,
}

impl RobustnessFile {
    fn check(self, ground: &Ground<'_>, problems: &mut Problems) -> Option<(Plan, Findings)> {
        let table = self.robustness.value.as_ref();
        let head = table.and_then(|table| table.check(problems));
        let tables = self.doubt.value.as_deref().unwrap_or_default();
        let omitted = self.omitted(tables, problems);
        let mut drawn = Drawn::default();
        let mut next = 0;
        for table in tables {
            let reason = omitted.iter().find(|(id, _)| *id == table.called()).map(|(_, why)| *why);
            let own = next..next + table.coordinates(ground);
            next = own.end;
            drawn.take_in(table, (own, reason), ground, problems);
        }
        if drawn.doubts.is_empty() && !problems.has_errors() && !ground.context.is_default {
            problems.error(&self.site.at, message::nothing_doubted());
        }
        let people = self.people(ground, &mut drawn, problems);
        let head = head?;
        let mut found = Findings::default();
        for LeftOut { id, reason, .. } in &drawn.left_out {
            found.push(findings::doubt_left_out(&head.id, id, reason));
        }
        for (id, measure, reason) in &drawn.parts {
            found.push(findings::doubt_without(&head.id, id, measure, reason));
        }
        let plan = Plan {
            id: head.id,
            version: head.version,
            status: head.status,
            title: head.title,
            settings: head.settings,
            doubts: drawn.doubts,
            left_out: drawn.left_out,
            people,
        };
        (!plan.doubts.is_empty()).then_some((plan, found))
    }

    /// Whether steps are doubted that the score goes through.
    fn doubts_steps(&self, ground: &Ground<'_>) -> bool {
        let tables = self.doubt.value.iter().flatten();
        tables.filter_map(|table| table.steps.value.as_ref()).any(|steps| steps.touch(ground))
    }

    /// The doubts that the file leaves out, each with its reason.
    fn omitted<'t>(
        &'t self,
        tables: &[DoubtTable],
        problems: &mut Problems,
    ) -> Vec<(&'t str, &'t Label)> {
        let known: Vec<&str> = tables.iter().map(DoubtTable::called).collect();
        let mut omitted = Vec::new();
        for entry in self.robustness.value.iter().flat_map(RobustnessTable::omitted) {
            if !known.contains(&entry.key.as_str()) {
                let hint = suggest(&entry.key, known.iter().copied());
                problems.error(&entry.key_at, message::omits_no_doubt(&entry.key).advise(hint));
            }
            omitted.extend(entry.value.as_ref().map(|reason| (entry.key.as_str(), reason)));
        }
        omitted
    }

    /// The measure of the people whom a wrong list loses.
    fn people(
        &self,
        ground: &Ground<'_>,
        drawn: &mut Drawn,
        problems: &mut Problems,
    ) -> Option<String> {
        let people = self.robustness.value.as_ref()?.people.value.as_ref()?;
        let found = ground.measure(people).and_then(|(_, measure)| {
            let said = message::no_count(&people.id);
            let is_count = measure.nature.sums();
            if is_count { Ok(()) } else { Err(Refused::Idle(people.at.clone(), said)) }
        });
        match found {
            Ok(()) => return Some(people.id.clone()),
            Err(Refused::Idle(_, said)) if ground.context.is_default => {
                drawn.parts.push(("people".to_owned(), people.id.clone(), said.message));
            }
            Err(Refused::Idle(at, said)) => problems.error(&at, said),
            Err(Refused::Reported) => {}
        }
        None
    }
}

impl Drawn {
    /// Takes in a doubt: drawn, left out for a reason, or reported as wrong.
    fn take_in(
        &mut self,
        table: &DoubtTable,
        (own, omitted): (Range<usize>, Option<&Label>),
        ground: &Ground<'_>,
        problems: &mut Problems,
    ) {
        let Some(id) = table.id.value.clone() else { return };
        let label = table.label.value.clone().unwrap_or_else(|| Label::same(&id));
        let leave_out = |reason| LeftOut { id: id.clone(), label: label.clone(), reason };
        if let Some(reason) = omitted {
            let reason = Message { en: reason.en.clone(), ro: reason.ro.clone() };
            self.left_out.push(leave_out(reason));
            self.declared.push((id, own));
            return;
        }
        let mut parts = Vec::new();
        match table.verb(ground, &mut parts, problems) {
            Ok(verb) => {
                let (with, own) = self.shared(table, (&verb, own), problems);
                self.check_target(table, &verb, problems);
                self.parts.extend(parts.into_iter().map(|(part, why)| (id.clone(), part, why)));
                let coordinate = own.start;
                self.declared.push((id.clone(), own));
                self.doubts.push(Doubt { id, label, with, coordinate, verb });
                self.places.push(table.id.at.clone());
                return;
            }
            Err(Refused::Idle(_, said)) if ground.context.is_default => {
                self.left_out.push(leave_out(said.message));
            }
            Err(Refused::Idle(at, said)) => problems.error(&at, said),
            Err(Refused::Reported) => {}
        }
        self.declared.push((id, own));
    }

    /// The doubt above with which one shares its draw, where that is drawn, and the coordinates that it
    /// draws from: those of that doubt, or its own.
    fn shared(
        &self,
        table: &DoubtTable,
        (verb, own): (&Verb, Range<usize>),
        problems: &mut Problems,
    ) -> (Option<usize>, Range<usize>) {
        let Some(with) = &table.with.value else { return (None, own) };
        let Some((_, coordinates)) = self.declared.iter().find(|(id, _)| *id == with.id) else {
            let known: Vec<&str> = self.declared.iter().map(|(id, _)| id.as_str()).collect();
            let Advice { message, hint } = message::with_nobody(&with.id);
            let hint = meant(&with.id, known.iter().copied()).or(hint);
            problems.error(&with.at, message.advise(hint));
            return (None, own);
        };
        let other = self.doubts.iter().position(|doubt| doubt.id == with.id);
        let layer = other.map(|at| self.doubts[at].verb.layer());
        let is_alike = layer.is_none_or(|layer| layer == verb.layer());
        if !is_alike || coordinates.len() != own.len() {
            problems.error(&with.at, message::with_another_kind(table.called(), &with.id));
        }
        (other, coordinates.clone())
    }

    /// Reports a doubt that chooses what a doubt above chooses already.
    fn check_target(&self, table: &DoubtTable, verb: &Verb, problems: &mut Problems) {
        let other = self.doubts.iter().position(|doubt| is_same_target(&doubt.verb, verb));
        if let Some(other) = other {
            let said = message::chosen_twice(&self.doubts[other].id, table.called());
            let hint = problems.says_line(&message::the_other(), &self.places[other]);
            problems.error(&table.id.at, said.advise(hint));
        }
    }
}

impl DoubtTable {
    /// What the doubt draws, by its one verb; measures that the study lacks go to `left_out`.
    fn verb(
        &self,
        ground: &Ground<'_>,
        left_out: &mut Vec<(String, Message)>,
        problems: &mut Problems,
    ) -> Result<Verb, Refused> {
        self.check_keys(problems)?;
        let odds = &self.odds;
        if let Some(table) = &self.weights.value {
            return table.check(ground, problems);
        }
        if let Some(table) = &self.steps.value {
            return table.check(odds, ground, problems);
        }
        if let Some(table) = &self.method.value {
            return table.check(odds, ground, problems);
        }
        if let Some(table) = &self.omit.value {
            return table.check(ground, problems);
        }
        if let Some(table) = &self.over.value {
            return table.check(odds, ground, problems);
        }
        if let Some(table) = &self.measure.value {
            return table.check(odds, ground, problems);
        }
        if let Some(table) = &self.source.value {
            return table.check(odds, ground, problems);
        }
        if let Some(tables) = self.counts.value.as_ref().filter(|_| self.counts.is_written) {
            let law = law(&self.law, problems)?;
            let tables = (tables.as_slice(), &self.counts.at);
            let parts = counts(tables, ground, problems)?;
            return Ok(Verb::Counts { counts: drawable(parts, ground, left_out, problems)?, law });
        }
        if let Some(table) = &self.error.value {
            return table.check(ground, problems);
        }
        if let Some(list) = &self.rounding.value {
            let list = (list.as_slice(), &self.rounding.at);
            let measures = drawable(rounded(list, ground, problems)?, ground, left_out, problems)?;
            return Ok(Verb::Rounding { measures });
        }
        // one that is written and was refused
        self.impute.value.as_ref().ok_or(Refused::Reported)?.check(ground)
    }

    /// Whether it has one verb, and no key of another.
    fn check_keys(&self, problems: &mut Problems) -> Result<(), Refused> {
        let before = problems.errors();
        let verbs = self.verbs();
        let is_one_of = |known: &[&str]| verbs.iter().any(|(verb, _)| known.contains(verb));
        match verbs.as_slice() {
            [_] => {}
            [] => problems.error(&self.site.at, message::no_verb(&VERBS.join("`, `"))),
            [(first, _), (second, at), ..] => problems.error(at, message::two_verbs(first, second)),
        }
        if self.odds.is_written && !is_one_of(&WITH_ALTERNATIVES) {
            problems.error(&self.odds.at, message::odds_of_nothing());
        }
        if self.law.is_written && !is_one_of(&["counts"]) {
            problems.error(&self.law.at, message::law_of_nothing());
        }
        if problems.errors() > before { Err(Refused::Reported) } else { Ok(()) }
    }

    /// How many coordinates of the design it has, drawn or not.
    fn coordinates(&self, ground: &Ground<'_>) -> usize {
        let weighed = self.weights.value.as_ref();
        let weighed = weighed.map_or(0, |table| table.coordinates(ground.context.method));
        let is_one = WITH_ALTERNATIVES.into_iter().chain(["omit"]);
        let is_one =
            is_one.into_iter().any(|one| self.verbs().iter().any(|(verb, _)| *verb == one));
        weighed + usize::from(is_one)
    }
}

/// Whether two doubts choose the same thing, so that one would undo the other.
fn is_same_target(a: &Verb, b: &Verb) -> bool {
    let replaced = |pairs: &Choice<Vec<(String, String)>>| -> Vec<String> {
        let all = pairs.alternatives.iter().filter_map(|it| it.other.as_ref()).flatten();
        all.map(|(declared, _)| declared.clone()).collect()
    };
    match (a, b) {
        (Verb::Steps { recipe, step, .. }, Verb::Steps { recipe: other, step: other_step, .. }) => {
            recipe == other && step == other_step
        }
        (Verb::Method { of, .. }, Verb::Method { of: other, .. })
        | (Verb::Omit { of, .. }, Verb::Omit { of: other, .. }) => of == other,
        (Verb::Over(_), Verb::Over(_)) => true,
        (Verb::Measures { choice, .. }, Verb::Measures { choice: other, .. }) => {
            let other = replaced(other);
            replaced(choice).iter().any(|name| other.contains(name))
        }
        _ => false,
    }
}
