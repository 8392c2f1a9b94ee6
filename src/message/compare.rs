//! What a comparison of two runs says.

use crate::language::Words;
use crate::quality::{Message, sentences};

/// What of the records of two runs is compared.
pub(crate) const VERSION: Words = Words::new("versiunea programului", "program version");
/// As above.
pub(crate) const METHODOLOGY: Words = Words::new("metodologia", "methodology");
/// As above.
pub(crate) const EDITION: Words = Words::new("versiunea metodologiei", "methodology version");
/// As above.
pub(crate) const SCORE: Words = Words::new("scorul", "score");
/// As above.
pub(crate) const REGISTER: Words = Words::new("registrul", "register");

/// What role a file of a run has, as people say it.
pub(crate) fn role(role: &str) -> Message {
    match role {
        "study" => Words::new("studiul", "study").into(),
        "methodology" => METHODOLOGY.into(),
        "programme" => Words::new("programul", "programme").into(),
        other => Message::same(other),
    }
}

/// How sure a place is, by the word of tables.
pub(crate) fn standing(word: &str) -> Message {
    match word {
        "certain" => Words::new("sigură", "certain").into(),
        "contested" => Words::new("disputată", "contested").into(),
        "out" => Words::new("în afară", "out").into(),
        "" => Message::same("-"),
        other => Message::same(other),
    }
}

sentences! {
    unreadable(name: &str, file: &str)
        "`{name}` holds no `{file}` that can be compared",
        "`{name}` nu conține un `{file}` care să poată fi comparat";
    run_folder()
        "a run folder does not hold what its run read: compare studies or bags",
        "un dosar de rulare nu conține ce a citit rularea: comparați studii sau arhive";
    not_nested()
        "the methods do not nest: neither runs on what the other stands on",
        "metodele nu se îmbină: niciuna nu rulează pe ce se sprijină cealaltă";

    other(what: Words, one: &str, two: &str)
        "{what}: `{one}` -> `{two}`",
        "{what}: `{one}` -> `{two}`";
    other_bytes(path: &str)
        "input `{path}`: other bytes",
        "intrarea `{path}`: alt conținut";
    unread(path: &str)
        "input `{path}`: no longer read",
        "intrarea `{path}`: nu se mai citește";
    new_input(path: &str)
        "input `{path}`: new",
        "intrarea `{path}`: nouă";
    other_values(measure: &str, areas: &Message, first: &str)
        "measure `{measure}`: {areas} another value, first {first}",
        "măsura `{measure}`: {areas} altă valoare, prima {first}";
    unused(name: &str)
        "file `{name}`: no longer used",
        "fișierul `{name}`: nu se mai folosește";
    new_file(name: &str)
        "file `{name}`: new",
        "fișierul `{name}`: nou";
    other_file(role: &Message, name: &str)
        "{role} `{name}`: another file (compare bags or studies to see its keys)",
        "{role} `{name}`: alt fișier (comparați arhive sau studii ca să vedeți cheile)";
    other_key(name: &str, key: &str, one: &str, two: &str)
        "{name}: {key} = {one} -> {two}",
        "{name}: {key} = {one} -> {two}";
    key_gone(name: &str, key: &str, value: &str)
        "{name}: {key} = {value} is gone",
        "{name}: {key} = {value} a dispărut";
    key_new(name: &str, key: &str, value: &str)
        "{name}: {key} = {value} is new",
        "{name}: {key} = {value} este nouă";
    same_values(name: &str)
        "{name}: other comments or spaces, the same values",
        "{name}: alte comentarii sau spații, aceleași valori";

    same()
        "made from the same",
        "făcute din aceleași date și reguli";
    changed()
        "what changed",
        "ce s-a schimbat";
    both(units: &Message, moved: &Message, spearman: &Message, kendall: &Message)
        "\n{units} a score on both sides, {moved} of them another place; Spearman {spearman}, Kendall \
         {kendall}",
        "\n{units} scor de ambele părți, pe altă poziție: {moved}; Spearman {spearman}, Kendall {kendall}";
    only_scored(side: &str, units: &Message)
        "only {side} scores {units}",
        "numai {side} dă scor: {units}";
    shared(first: &Message, shared: &Message, share: &Message)
        "  first {first}: {shared} shared ({share} %)",
        "  primele {first}: comune {shared} ({share} %)";
    largest_moves()
        "\nlargest moves: places before and after, scores before and after",
        "\ncele mai mari schimbări: poziții înainte și după, scoruri înainte și după";
    and_more(more: &Message)
        "  and {more} more",
        "  și încă {more}";
    untold(why: &Message)
        "how much of a move each change made is not told: {why}",
        "nu se spune cât din schimbare vine din fiecare modificare: {why}";
    list()
        "list",
        "lista";
    phase(phase: &str)
        "phase {phase}",
        "etapa {phase}";
    crossings(which: &Message, enter: &Message, leave: &Message)
        "\n{which}: {enter} enter, {leave} leave",
        "\n{which}: intră {enter}, ies {leave}";
    in_all()
        "the list comes to:",
        "lista însumează:";
    phase_adds()
        "the phase adds:",
        "etapa adaugă:";
    points(before: &Message, after: &Message)
        "points {before} -> {after}",
        "puncte {before} -> {after}";
    people(before: &Message, after: &Message)
        "people {before} -> {after}",
        "persoane {before} -> {after}";
    money(before: &Message, after: &Message)
        "{before} -> {after}",
        "{before} -> {after}";
    by_county()
        "\nby county: units, mean and largest move, selected before and after",
        "\npe județe: unități, schimbarea medie și cea mai mare, selectate înainte și după";
    sure(units: &Message, turned: &Message)
        "\nhow sure places are: {units} on both sides, {turned} of them with another standing",
        "\ncât de sigure sunt locurile: {units} de ambele părți, cu altă încadrare: {turned}";
    turned(before: &Message, after: &Message, units: &Message)
        "  {before} -> {after}: {units}",
        "  {before} -> {after}: {units}";
    largest_shares()
        "\nlargest moves of the share of declared variants with a place, in %, before and after",
        "\ncele mai mari schimbări ale ponderii variantelor declarate cu loc, în %, înainte și după";
    contested_by_county()
        "\ncontested units by county, before and after",
        "\nunități disputate pe județe, înainte și după";
    share(change: &Message, places: &Message, points: &Message)
        "{change} {places} places, {points} points",
        "{change}: poziții {places}, puncte {points}";
    inputs()
        "inputs",
        "intrările";
    of_methodology(entry: &str)
        "methodology{entry}",
        "metodologia{entry}";
}
