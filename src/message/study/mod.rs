//! What is wrong with a study, a methodology or a programme, and what somebody should look at.
//!
//! Findings stand here, problems of a file in a module for each kind of file and of text.

pub(crate) mod file;
pub(crate) mod formula;
pub(crate) mod library;
pub(crate) mod methodology;
pub(crate) mod programme;
pub(crate) mod robustness;
pub(crate) mod source;

use std::collections::BTreeSet;

use super::declare;
use crate::language::Language;
use crate::quality::{Finding, Message, Rule, message};

declare! {
    CONCEPTS_MIXED = "concepts-mixed", Warning,
        "a numerator and a denominator of different concepts of population",
        "numărător și numitor după concepte de populație diferite";
    COUNTS_MIXED = "counts-mixed", Warning,
        "families or cases over persons: a ratio that is not a share of people",
        "familii sau cazuri raportate la persoane: un raport care nu este o pondere din populație";
    MIXED_YEARS = "mixed-years", Note,
        "sources of different reference dates in one index",
        "surse cu date de referință diferite într-un singur indice";
    SERIES_BREAK = "series-break", Warning,
        "measures of different series in one indicator",
        "măsuri din serii diferite într-un singur indicator";
    FORGOTTEN = "forgotten", Warning,
        "an indicator that is computed and enters nothing",
        "un indicator care se calculează și nu intră nicăieri";
    OTHER_METHODOLOGY = "other-methodology", Warning,
        "a programme applied to another methodology than the one it was written for",
        "un program aplicat unei alte metodologii decât cea pentru care a fost scris";
    OMITTED = "omitted", Warning,
        "an indicator that the study leaves out, with its reason",
        "un indicator lăsat deoparte de studiu, cu motivul";
    DOUBT_LEFT_OUT = "doubt-left-out", Note,
        "a doubt, or a part of one, that is not drawn, with its reason",
        "o incertitudine, sau o parte din ea, care nu se trage, cu motivul";
}

/// A doubt that is not drawn, with its reason.
pub(crate) fn doubt_left_out(file: &str, id: &str, reason: &Message) -> Finding {
    let message = message!(
        "`{file}`: the doubt `{id}` is not drawn: {reason}",
        "`{file}`: incertitudinea `{id}` nu se trage: {reason}";
        file = Message::same(file), id = Message::same(id), reason = reason,
    );
    Finding::new(&DOUBT_LEFT_OUT, file, message)
}

/// A measure of a doubt that is not drawn, with its reason; the other measures of the doubt are.
pub(crate) fn doubt_without(file: &str, id: &str, measure: &str, reason: &Message) -> Finding {
    let message = message!(
        "`{file}`: the doubt `{id}` leaves out `{measure}`: {reason}",
        "`{file}`: incertitudinea `{id}` lasă deoparte `{measure}`: {reason}";
        file = Message::same(file), id = Message::same(id), measure = Message::same(measure),
        reason = reason,
    );
    Finding::new(&DOUBT_LEFT_OUT, file, message)
}

/// The study leaves an indicator out.
pub(crate) fn omitted(id: &str, reason: &str) -> Finding {
    let message =
        message!("the study leaves out `{id}`: {reason}", "studiul lasă deoparte `{id}`: {reason}");
    Finding::new(&OMITTED, id, message)
}

/// A programme says that it was written for a methodology, and another one is used.
pub(crate) fn other_methodology(programme: &str, meant: &str, used: &str) -> Finding {
    let message = message!(
        "the programme `{programme}` was written for the methodology `{meant}`, and this run uses \
         `{used}`: scores, thresholds and cuts are not those that were meant",
        "programul `{programme}` a fost scris pentru metodologia `{meant}`, iar rularea folosește \
         `{used}`: scorurile, limitele și pragurile nu sunt cele avute în vedere",
    );
    Finding::new(&OTHER_METHODOLOGY, programme, message).hint(message!(
        "use `{meant}` (`[study]` without `methodology`, or `--methodology`); if `{used}` is meant, say \
         so as `methodology` of a programme that extends this one",
        "folosiți `{meant}` (`[study]` fără `methodology` sau `--methodology`); dacă se dorește \
         `{used}`, spuneți-o prin `methodology` într-un program care îl extinde pe acesta",
    ))
}

/// An indicator that no aggregate, output, summary or step takes.
pub(crate) fn forgotten(id: &str) -> Finding {
    let message = message!(
        "`{id}` is computed and enters nothing: it is in no `of`, no formula and no output",
        "`{id}` se calculează și nu intră nicăieri: nu este în niciun `of`, în nicio formulă și în \
         niciun rezultat",
    );
    Finding::new(&FORGOTTEN, id, message).hint(message!(
        "add it to the `of` of an aggregate, or leave it out of the methodology",
        "adăugați-l în `of` la un agregat sau scoateți-l din metodologie",
    ))
}

/// An indicator takes its measures by several concepts of population.
pub(crate) fn concepts_mixed(id: &str, concepts: &BTreeSet<Message>) -> Finding {
    let what = message!("concepts of population", "concepte de populație");
    let hint = message!(
        "take numerator and denominator from the same concept",
        "luați numărătorul și numitorul din același concept",
    );
    mixed(&CONCEPTS_MIXED, id, &what, concepts).hint(hint)
}

/// An indicator sets counts of different things beside each other.
pub(crate) fn counts_mixed(id: &str, counted: &BTreeSet<Message>) -> Finding {
    let what = message!("what is counted", "lucruri numărate diferit");
    let hint = message!(
        "the ratio is not a share of people: let the label say so",
        "raportul nu este o pondere a persoanelor: spuneți-o în denumire",
    );
    mixed(&COUNTS_MIXED, id, &what, counted).hint(hint)
}

/// An indicator takes measures of several series.
pub(crate) fn series_break(id: &str, series: &BTreeSet<Message>) -> Finding {
    let what = message!("series", "serii");
    let hint = message!(
        "values of different series are not comparable",
        "valorile unor serii diferite nu sunt comparabile",
    );
    mixed(&SERIES_BREAK, id, &what, series).hint(hint)
}

fn mixed(rule: &'static Rule, id: &str, what: &Message, words: &BTreeSet<Message>) -> Finding {
    let joined =
        |language| words.iter().map(|word| word.text(language)).collect::<Vec<_>>().join(", ");
    let words = Message { en: joined(Language::En), ro: joined(Language::Ro) };
    let message = message!(
        "`{id}` mixes {what}: {words}",
        "`{id}` amestecă {what}: {words}";
        what = what, words = words,
    );
    Finding::new(rule, id, message)
}

/// The sources of a method, each as `<id> <year>`, are of different years.
pub(crate) fn mixed_years(method: &str, sources: &[String]) -> Finding {
    let message = message!(
        "sources of different years: {list}",
        "surse din ani diferiți: {list}",
        list = sources.join(", "),
    );
    Finding::new(&MIXED_YEARS, method, message)
}

/// What a count of people counts.
pub(crate) fn persons() -> Message {
    message!("persons", "persoane")
}

/// What a count of families counts.
pub(crate) fn families() -> Message {
    message!("families", "familii")
}

/// What a count of cases counts.
pub(crate) fn cases() -> Message {
    message!("cases", "cazuri")
}
