//! Sentences about a change that is tried out: how it is written, and what it cannot change.

use super::refusal::unknown;
use crate::quality::{Advice, Message, sentences};

sentences! {
    not_a_wish(text: &str)
        "`{text}` says no change",
        "`{text}` nu spune nicio schimbare"
        => "write what and by how much: `county Teleorman +1`, `max county Teleorman =8`, `phase I places +10`, `limit -2000000`, `weight poverty =0.5`",
           "scrieți ce și cu cât: `county Teleorman +1`, `max county Teleorman =8`, `phase I places +10`, `limit -2000000`, `weight poverty =0.5`";
    not_a_change(word: &str)
        "`{word}` is no change: expected a sign and a number as the last word",
        "`{word}` nu este o schimbare: ultimul cuvânt trebuie să fie un semn și un număr"
        => "`+1` adds, `-1` takes away, `=5` sets; `+5%` changes a share",
           "`+1` adaugă, `-1` scade, `=5` stabilește; `+5%` schimbă o pondere";
    weight_of_what()
        "a weight needs the id of one node, and no phase",
        "o pondere are nevoie de id-ul unui singur nod și de nicio etapă"
        => "write `weight poverty =0.5`",
           "scrieți `weight poverty =0.5`";
    no_target(word: &str)
        "`{word}` is no classification, and none of `places`, `limit`, `weight`",
        "`{word}` nu este o clasificare și nici `places`, `limit` sau `weight`";
    no_such_phase(id: &str)
        "the programme has no phase `{id}`",
        "programul nu are etapa `{id}`";
    no_phase()
        "the programme has no phase",
        "programul nu are nicio etapă";
    no_such_group(by: &str, group: &str)
        "no `{by}` is called `{group}`",
        "la `{by}` nu există grupa `{group}`";
    no_such_node(node: &str)
        "no node that has a weight is called `{node}`",
        "niciun nod cu pondere nu se numește `{node}`";
    other_weights(node: &str, parent: &str)
        "`{parent}` computes its weights: that of `{node}` is not declared",
        "`{parent}` își calculează ponderile: cea a lui `{node}` nu este declarată";
    open_phase(phase: &str)
        "phase `{phase}` has no number of places",
        "etapa `{phase}` nu are un număr de locuri";
    no_budget()
        "the programme has no limit of money",
        "programul nu are o limită de bani";
    unbounded(by: &str)
        "there is no bound of this kind by `{by}` to change",
        "nu există o astfel de limită pe `{by}` care să fie schimbată"
        => "a bound that the programme does not have is set: `max county Teleorman =8`",
           "o limită pe care programul nu o are se stabilește: `max county Teleorman =8`";
    unbounded_group(by: &str, group: &str)
        "there is no bound of this kind on `{by}` `{group}` to change",
        "nu există o astfel de limită pentru `{by}` `{group}` care să fie schimbată"
        => "a bound that the programme does not have is set: `max {by} {group} =8`",
           "o limită pe care programul nu o are se stabilește: `max {by} {group} =8`";
    not_places(now: u32)
        "places are whole numbers from 0 on (now {now})",
        "locurile sunt numere întregi de la 0 în sus (acum {now})"
        => "write `+1`, `-1` or `=5`",
           "scrieți `+1`, `-1` sau `=5`";
    not_money(now: &str)
        "money is an amount of lei from 0 on, with two decimals at most (now {now})",
        "banii sunt o sumă în lei de la 0 în sus, cu cel mult două zecimale (acum {now})"
        => "write `+1000`, `-2500.50` or `=100000`",
           "scrieți `+1000`, `-2500,50` sau `=100000`";
    not_a_share(now: &str)
        "this is a share of the places, from 0% to 100% (now {now})",
        "aceasta este o pondere din locuri, de la 0% la 100% (acum {now})"
        => "write `+5%`, `-5%` or `=20%`",
           "scrieți `+5%`, `-5%` sau `=20%`";
    wrong_weight(node: &str, now: f64)
        "a weight is a number from 0 on, not a share (that of `{node}` is now {now})",
        "o pondere este un număr de la 0 în sus, nu un procent (cea a lui `{node}` este acum {now})";
    no_weight_left(parent: &str)
        "all weights of `{parent}` would be zero",
        "toate ponderile lui `{parent}` ar fi zero";
    places_of(phase: &str)
        "places filled up to and including phase {phase}",
        "locurile ocupate până la etapa {phase} inclusiv";
    limit()
        "the limit of money",
        "limita de bani";
    limit_of(phase: &str)
        "the limit of money up to phase {phase}",
        "limita de bani până la etapa {phase} inclusiv";
    weight(node: &str, parent: &str)
        "the weight of `{node}` in `{parent}`",
        "ponderea lui `{node}` în `{parent}`";
    minimum()
        "the minimum",
        "minimul";
    maximum()
        "the maximum",
        "maximul";
    exact_number()
        "the exact number",
        "numărul exact";
    share()
        "the share",
        "cota";
    bound_of(phase: &str, bound: &Message, group: &Message)
        "up to phase {phase}, {bound} for {group}",
        "până la etapa {phase} inclusiv, {bound} pentru {group}";
    bound_of_each(phase: &str, bound: &Message, family: &Message)
        "up to phase {phase}, {bound} {family}, for all that have no number of their own",
        "până la etapa {phase} inclusiv, {bound} {family}, pentru cele care nu au un număr propriu";
    percent(points: u64)
        "{points} % of the places",
        "{points} % din locuri";
    part(parts: u32, of: u32)
        "{parts}/{of} of the places",
        "{parts}/{of} din locuri";
    becomes(what: &Message, now: &Message, before: &Message)
        "{what}: {now} instead of {before}",
        "{what}: {now} în loc de {before}";
    stays(what: &Message, now: &Message)
        "{what}: {now}, as before",
        "{what}: {now}, ca înainte";
    is_set(what: &Message, now: &Message)
        "{what}: {now}, where there was no such bound",
        "{what}: {now}, unde nu exista o astfel de limită";
    allows_no_list(why: &Message)
        "with these changes there is no list: {why}",
        "cu aceste schimbări nu există nicio listă: {why}";
}

/// A word that names no quota, size, limit or weight.
pub(crate) fn unknown_target<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Advice {
    unknown(no_target(word), word, known)
}

/// A phase that the programme does not have.
pub(crate) fn unknown_phase<'a>(id: &str, known: impl Iterator<Item = &'a str>) -> Advice {
    unknown(no_such_phase(id), id, known)
}

/// A group that a classification does not have.
pub(crate) fn unknown_group<'a>(
    (by, group): (&str, &str),
    known: impl Iterator<Item = &'a str>,
) -> Advice {
    unknown(no_such_group(by, group), group, known)
}

/// A node without a weight.
pub(crate) fn unknown_node<'a>(node: &str, known: impl Iterator<Item = &'a str>) -> Advice {
    unknown(no_such_node(node), node, known)
}

/// A bound that a programme does not have.
pub(crate) fn no_bound(by: &str, group: Option<&str>) -> Advice {
    group.map_or_else(|| unbounded(by), |group| unbounded_group(by, group))
}
