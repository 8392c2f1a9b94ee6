//! What is allowed and should be looked at: mixed concepts, counts, series and years, omissions.

use std::collections::BTreeSet;

use super::names::Against;
use crate::index::Method;
use crate::index::method::Origin;
use crate::language::Language;
use crate::message;
use crate::observation::Counts;
use crate::quality::{Finding, Findings, Message, Rule, message};

/// Findings that follow from the files alone, before any number is read: `omitted`,
/// `concepts-mixed`, `counts-mixed`, `series-break` for each indicator and `mixed-years` for the
/// method.
pub fn doubts(method: &Method, against: &Against<'_>) -> Findings {
    let mut findings = Findings::default();
    for (id, reason) in &against.study.omit {
        let message = message!(
            "the study leaves out `{id}`: {reason}",
            "studiul lasă deoparte `{id}`: {reason}"
        );
        findings.push(Finding::new(&message::study::OMITTED, id, message));
    }
    for node in &method.nodes {
        let Origin::Measures(formula) = &node.origin else { continue };
        one_indicator(&node.id, formula.names(), against, &mut findings);
    }
    years(method, against, &mut findings);
    findings
}

fn one_indicator(id: &str, names: &[String], against: &Against<'_>, findings: &mut Findings) {
    let measures: Vec<_> = names.iter().filter_map(|name| against.measure(name)).collect();
    let mut mixed = |rule: &Rule, words: BTreeSet<Message>, what: Message, hint: Message| {
        if words.len() > 1 {
            let joined = |language| {
                words.iter().map(|word| word.text(language)).collect::<Vec<_>>().join(", ")
            };
            let words = Message { en: joined(Language::En), ro: joined(Language::Ro) };
            let message = message!(
                "`{id}` mixes {what}: {words}",
                "`{id}` amestecă {what}: {words}";
                what = what, words = words,
            );
            findings.push(Finding::new(rule, id, message).hint(hint));
        }
    };
    let concepts = measures.iter().filter_map(|(source, _)| source.concept.as_deref());
    let concepts = concepts.map(Message::same).collect();
    mixed(
        &message::study::CONCEPTS_MIXED,
        concepts,
        message!("concepts of population", "concepte de populație"),
        message!(
            "take numerator and denominator from the same concept",
            "luați numărătorul și numitorul din același concept",
        ),
    );
    let counts = measures.iter().filter_map(|(_, measure)| measure.counts).map(word).collect();
    mixed(
        &message::study::COUNTS_MIXED,
        counts,
        message!("what is counted", "lucruri numărate diferit"),
        message!(
            "the ratio is not a share of people: let the label say so",
            "raportul nu este o pondere a persoanelor: spuneți-o în denumire",
        ),
    );
    let series = measures.iter().filter_map(|(source, _)| source.series.as_deref());
    let series = series.map(Message::same).collect();
    mixed(
        &message::study::SERIES_BREAK,
        series,
        message!("series", "serii"),
        message!(
            "values of different series are not comparable",
            "valorile unor serii diferite nu sunt comparabile",
        ),
    );
}

fn word(counts: Counts) -> Message {
    match counts {
        Counts::Persons => message!("persons", "persoane"),
        Counts::Families => message!("families", "familii"),
        Counts::Cases => message!("cases", "cazuri"),
    }
}

/// One finding when the sources of a method are of different years.
fn years(method: &Method, against: &Against<'_>, findings: &mut Findings) {
    let mut years: BTreeSet<(String, &str)> = BTreeSet::new();
    for node in &method.nodes {
        let names = match &node.origin {
            Origin::Measures(formula) => formula.names().to_vec(),
            Origin::Category(name) => vec![name.clone()],
            Origin::Children(_) | Origin::Nodes(_) => continue,
        };
        for (source, _) in names.iter().filter_map(|name| against.measure(name)) {
            let year = source.reference.as_deref().and_then(|text| text.get(..4));
            if let Some(year) = year.filter(|year| year.chars().all(|c| c.is_ascii_digit())) {
                years.insert((year.to_owned(), &source.id));
            }
        }
    }
    if years.iter().map(|(year, _)| year).collect::<BTreeSet<_>>().len() > 1 {
        let list: Vec<String> = years.iter().map(|(year, id)| format!("{id} {year}")).collect();
        let message = message!(
            "sources of different years: {list}",
            "surse din ani diferiți: {list}",
            list = list.join(", "),
        );
        findings.push(Finding::new(&message::study::MIXED_YEARS, &method.id, message));
    }
}
