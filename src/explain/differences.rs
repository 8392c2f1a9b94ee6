//! What a letter says of the components: what makes the difference to the unit at the cut, or, without
//! one, what makes the score.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use maud::{Markup, html};

use super::citation::Page;
use super::decision::{Against, Difference};
use super::nodes::NodeAccount;
use crate::language::{Label, Language, shown};
use crate::message::explain as message;
use crate::quality::Message;

/// Components of a difference that are told one by one.
const DIFFERENCES: usize = 5;

/// Decimals of a score; more where they tell two units apart.
const SCORE_DECIMALS: usize = 3;

/// Decimals of a measured value and of the points of a component; more where they say something.
const VALUE_DECIMALS: usize = 2;

/// Decimals shown at most.
const MOST_DECIMALS: usize = 9;

/// Components of a score that are told where it is compared with none.
const COMPONENTS: usize = 3;

impl Page<'_> {
    /// What makes the difference to the unit at the cut; without one, what makes the score.
    pub(super) fn differences(&self) -> Markup {
        let against = self.it.decision.as_ref().and_then(|decision| decision.against.as_ref());
        match against.or(self.it.against.as_ref()) {
            Some(against) => self.beside(against),
            None if self.it.decision.is_none() => self.components(),
            None => html! {},
        }
    }

    fn beside(&self, against: &Against) -> Markup {
        let as_message = |label: &Label| Message { en: label.en.clone(), ro: label.ro.clone() };
        let mut parts: Vec<&Difference> = against.differences.iter().collect();
        // Stable: of equal parts the first of the methodology stands first.
        parts.sort_by(|a, b| b.points.abs().total_cmp(&a.points.abs()));
        let (same, differ): (Vec<&Difference>, Vec<&Difference>) =
            parts.into_iter().partition(|part| self.is_same(part));
        // one that is left stands for itself
        let told = if differ.len() == DIFFERENCES + 1 { differ.len() } else { DIFFERENCES };
        let rest: f64 = differ.iter().skip(told).fold(0.0, |sum, part| sum + part.points);
        let mut cited = BTreeSet::new();
        let items: Vec<Markup> =
            differ.iter().take(told).map(|part| self.difference(part, &mut cited)).collect();
        let labels = |language: Language| {
            let of = |part: &&Difference| {
                self.it.node(&part.node).map(|node| node.label.text(language).to_owned())
            };
            same.iter().filter_map(of).collect::<Vec<_>>().join("; ")
        };
        let alike = Message { en: labels(Language::En), ro: labels(Language::Ro) };
        html! {
            (self.heading(&message::against(&as_message(&against.name), &as_message(&against.role))))
            (self.said("", &scores_of_both(against)))
            ol { "\n" @for item in &items { (item) } }
            "\n"
            @if differ.len() > told {
                (self.said("", &message::other_components(&signed(rest, VALUE_DECIMALS))))
            }
            @if !same.is_empty() { (self.said("", &message::same_in_both(&alike))) }
        }
    }

    /// Whether both units have the same by a component, in what was measured and in points.
    fn is_same(&self, part: &Difference) -> bool {
        let node = self.it.node(&part.node);
        let is_measured_same = node.is_none_or(|node| {
            // a category is its word
            if node.word.is_some() || part.other_word.is_some() {
                return node.word == part.other_word;
            }
            let own = node.steps.first().and_then(|step| step.shown.value);
            own.zip(part.other).is_none_or(|(own, other)| own.total_cmp(&other).is_eq())
                && own.is_some() == part.other.is_some()
        });
        is_measured_same && is_zero(part.points)
    }

    fn difference(&self, part: &Difference, cited: &mut BTreeSet<String>) -> Markup {
        let Some(node) = self.it.node(&part.node) else { return html! {} };
        let label = Message { en: node.label.en.clone(), ro: node.label.ro.clone() };
        let value = node.steps.first().and_then(|step| step.shown.value);
        let decimals = value.zip(part.other).map_or(VALUE_DECIMALS, |(own, other)| {
            telling_apart(own, other, VALUE_DECIMALS..=MOST_DECIMALS)
        });
        let other = Self::value(node, part.other_word.as_deref(), part.other, decimals);
        let own = match value {
            // the unit of measure stands behind the second number
            Some(value) if node.word.is_none() && part.other.is_some() => {
                Message::number(value, decimals)
            }
            _ => Self::own(node),
        };
        let said = message::difference(&label, &signed(part.points, VALUE_DECIMALS), &own, &other);
        self.item(&said, &self.origin(node, cited))
    }

    /// The components that weigh most in the score, each with its number and where it comes from.
    fn components(&self) -> Markup {
        let Some(score) = &self.it.standing.score else { return html! {} };
        let mut parts: Vec<(&NodeAccount, f64)> = self
            .it
            .nodes
            .iter()
            .filter_map(|node| {
                let entry = node.enters.iter().find(|entry| &entry.parent == score)?;
                Some((node, entry.contribution?))
            })
            .collect();
        parts.sort_by(|a, b| b.1.total_cmp(&a.1));
        if parts.is_empty() {
            return html! {};
        }
        let mut cited = BTreeSet::new();
        let items: Vec<Markup> = parts
            .iter()
            .take(COMPONENTS)
            .map(|(node, part)| self.component(node, *part, &mut cited))
            .collect();
        html! {
            (self.heading(&message::components()))
            ol { "\n" @for item in &items { (item) } }
            "\n"
        }
    }

    fn component(&self, node: &NodeAccount, part: f64, cited: &mut BTreeSet<String>) -> Markup {
        let label = Message { en: node.label.en.clone(), ro: node.label.ro.clone() };
        let points = Message::number(part, VALUE_DECIMALS);
        let said = message::component(&label, &Self::own(node), &points);
        self.item(&said, &self.origin(node, cited))
    }

    fn item(&self, said: &Message, origin: &[String]) -> Markup {
        let parts: Vec<&str> =
            std::iter::once(self.text(said)).chain(origin.iter().map(String::as_str)).collect();
        html! { li { (parts.join("; ")) "." } "\n" }
    }
}

/// The scores of two units and what lies between them, which a reader computes from the two as printed.
fn scores_of_both(against: &Against) -> Message {
    let [own, other] = against.scores;
    let decimals = telling_apart(own, other, SCORE_DECIMALS..=against.decimals.max(SCORE_DECIMALS));
    let printed = [own, other].map(|score| Message::number(score, decimals));
    if printed[0] == printed[1] {
        return message::same_score();
    }
    let [own, other] = [own, other].map(|score| rounded(score, decimals));
    message::scores_of_both(&printed[0], &printed[1], &signed(own - other, decimals))
}

/// The fewest decimals, of those allowed, with which two numbers are printed differently; the first
/// where they are the same.
fn telling_apart(a: f64, b: f64, allowed: RangeInclusive<usize>) -> usize {
    let first = *allowed.start();
    let differ = |decimals: &usize| Message::number(a, *decimals) != Message::number(b, *decimals);
    if a.total_cmp(&b).is_eq() { first } else { allowed.clone().find(differ).unwrap_or(first) }
}

/// A number as it is printed with so many decimals.
fn rounded(value: f64, decimals: usize) -> f64 {
    format!("{value:.decimals$}").parse().unwrap_or(value)
}

/// Whether points are none to the last decimal that is ever shown.
fn is_zero(points: f64) -> bool {
    rounded(points.abs(), MOST_DECIMALS).total_cmp(&0.0).is_eq()
}

/// Points with their sign, in as many decimals as tell them from none, at least so many.
fn signed(points: f64, least: usize) -> Message {
    if is_zero(points) {
        return Message::number(0.0, least);
    }
    let decimals = telling_apart(points.abs(), 0.0, least..=MOST_DECIMALS.max(least));
    let sign = if points < 0.0 { "−" } else { "+" };
    let of = |language| format!("{sign}{}", shown(points.abs(), decimals, language));
    Message { en: of(Language::En), ro: of(Language::Ro) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn seen(points: f64, expected: &str) {
        assert_eq!(signed(points, 2).ro, expected);
    }

    #[test]
    fn points_have_as_many_decimals_as_tell_them_from_none() {
        seen(1.305, "+1,30");
        seen(-0.004, "−0,004");
        seen(-0.0, "0,00");
        seen(1e-12, "0,00");
    }

    #[test]
    fn a_difference_is_that_of_the_scores_as_they_are_printed() {
        let against = |scores| Against {
            code: "1".into(),
            name: Label::same("Bertea"),
            role: Label::same("ultima"),
            scores,
            decimals: 6,
            differences: Vec::new(),
        };
        let said = |scores| scores_of_both(&against(scores)).en;
        assert!(
            said([28.2374, 28.5016])
                .contains("28.237 points, that one 28.502: a difference of −0.265,")
        );
        assert!(said([28.50012, 28.50018]).contains("28.5001 points, that one 28.5002:"));
        assert_eq!(said([28.500_000_1, 28.500_000_2]), "Both have the same score.");
    }
}
