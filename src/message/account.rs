//! The words of the account of a unit in a terminal.

use super::labels;
use crate::quality::{Message, sentences};

sentences! {
    none()
        "none",
        "niciuna";
    findings()
        "findings that name it",
        "constatări care o numesc";
    illustrative()
        "illustrative: its numbers are assumptions",
        "ilustrativă: cifrele ei sunt ipoteze";
    adopted_by(act: &str)
        "adopted by {act}",
        "aprobată prin {act}";
    methodology(id: &str, act: &Message)
        "methodology {id} ({act})",
        "metodologia {id} ({act})";
    withheld_score()
        "its score is not said: it would give a small count back",
        "scorul ei nu se spune: ar dezvălui o numărătoare mică";
    no_score()
        "no score: what it lacks is below",
        "fără scor: ce îi lipsește este mai jos";
    shared(units: usize)
        ", shared by {units} units",
        ", aceeași pentru mai multe unități ({units})";
    place(place: &str, of: usize, shared: &Message, score: &str, value: &str)
        "place {place} of {of}{shared}: {score} = {value}",
        "poziția {place} din {of}{shared}: {score} = {value}";
    not_ranked(score: &str, value: &str)
        "{score} = {value}; it is not among the units ranked",
        "{score} = {value}; nu este între unitățile din clasament";
    above()
        "above",
        "sus";
    below()
        "below",
        "jos";
    place_of_phase(place: usize, phase: &str)
        ", place {place}, phase {phase}",
        ", locul {place}, etapa {phase}";
    on_reserve(place: usize)
        ", number {place} of the reserve",
        ", numărul {place} de pe lista de rezervă";
    decided(programme: &str, state: &Message, place: &Message)
        "programme {programme}: {state}{place}",
        "programul {programme}: {state}{place}";
    rule(code: &str)
        "  rule: {code}",
        "  regula: {code}";
    points(points: &str)
        "{points} points, ",
        "{points} puncte, ";
    distance(points: &Message, ranks: &Message, with: &str)
        "  distance to the cut: {points}{ranks}, against {with}",
        "  distanța față de pragul de selecție: {points}{ranks}, față de {with}";
    decided_since(programme: &str, after: &Message, state: &Message, place: &Message)
        "programme {programme}: {after}; on the list as it was made: {state}{place}",
        "programul {programme}: {after}; pe lista întocmită: {state}{place}";
    columns_of_parts()
        "    weight    value     adds",
        "   pondere  valoare   adaugă";
    formula(formula: &str)
        "  formula: {formula}",
        "  formula: {formula}";
    steps(way: &str)
        "  steps: {way}",
        "  pași: {way}";
    above_unit(level: &Message, area: &str)
        "({level} value of {area}, not measured in this unit)",
        "(valoare la nivel de {level}, {area}; nu este măsurată în această unitate)";
    no_value()
        "no value",
        "fără valoare";
    sum_of_areas(areas: usize)
        ", the sum of {areas} areas",
        ", suma ariilor: {areas}";
    not_said()
        "(not said: it would give a small count back)",
        "(nu se spune: ar dezvălui o numărătoare mică)";
    another_file()
        "(the file is not the one that was read)",
        "(fișierul nu este cel care a fost citit)";
    more_cells(more: usize)
        "    and {more} more cells",
        "    și alte celule: {more}";
    through(way: &str)
        " through {way}",
        " prin {way}";
    adds(points: &str)
        " and adds {points} points",
        " și adaugă {points} puncte";
    enters(parent: &str, through: &Message, weight: &str, adds: &Message)
        "  enters {parent}{through} with weight {weight}{adds}",
        "  intră în {parent}{through} cu ponderea {weight}{adds}";
    smallest_changes()
        "what the smallest change of one number would have given, each confirmed by a run",
        "ce ar fi dat cea mai mică schimbare a unei singure cifre, fiecare confirmată prin calcul";
    for_all_of(area: &str)
        " (for all of {area})",
        " (pentru toată aria {area})";
    gives(measure: &str, whose: &Message, way: &str, outcome: &Message)
        "  {measure}{whose}: {way} gives {outcome}",
        "  {measure}{whose}: {way} dă {outcome}";
    value()
        "value",
        "valoare";
    imputed()
        "imputed",
        "completată";
    substituted()
        "substituted",
        "înlocuită";
    not_available()
        "not available",
        "indisponibilă";
    confidential()
        "confidential",
        "confidențială";
    withheld()
        "withheld",
        "reținută";
    not_applicable()
        "not applicable",
        "neaplicabilă";
    constant()
        "constant everywhere",
        "constantă peste tot";
}

/// So many positions of the order.
pub(crate) fn ranks(ranks: i64) -> Message {
    let many = usize::try_from(ranks.unsigned_abs()).unwrap_or(usize::MAX);
    let counted = Message::counted(many, ["rank", "ranks"], ["poziție", "poziții"]);
    if ranks < 0 {
        return Message { en: format!("-{}", counted.en), ro: format!("-{}", counted.ro) };
    }
    counted
}

/// The word of a state or an answer; what is none of these, as the name of a class, stays as it is.
pub(crate) fn state(word: &str) -> Message {
    let known = [
        labels::STATE_SELECTED,
        labels::STATE_RESERVE,
        labels::STATE_NOT_SELECTED,
        labels::STATE_EXCLUDED,
        labels::STATE_INELIGIBLE,
        labels::STATE_UNSCORED,
        labels::ANSWER_ACCEPTED,
        labels::ANSWER_REFUSED,
        labels::ANSWER_WITHDRAWN,
        labels::ANSWER_SILENT,
        labels::TOOK_A_PLACE,
        labels::MOVED_UP,
    ];
    let found = known.iter().find(|words| words.en == word || words.en == word.replace(' ', "-"));
    let ro = found.map_or(word, |words| words.ro);
    Message { en: word.to_owned(), ro: ro.to_owned() }
}
