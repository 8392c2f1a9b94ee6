//! What is found about the sureness of a list: disputed places, what decides them, what could not be
//! drawn.

use super::declare;
use crate::language::{Label, counted, numbered};
use crate::quality::{Advice, Finding, Message, Severity, message};
use crate::spelling;

declare! {
    CONTESTED = "contested", Warning,
        "units that have a place in some of the declared variants and not in others",
        "unități care au un loc în unele dintre variantele declarate și în altele nu";
    PHASE_CONTESTED = "phase-contested", Note,
        "the same, up to the cut of one phase",
        "același lucru, până la pragul unei etape";
    DRIVER = "driver", Note,
        "what decides most who is on the list: total shares of its variance of at least 0.1",
        "ce hotărăște cel mai mult cine intră pe listă: ponderi totale de cel puțin 0,1 din varianța ei";
    ONE_CASE = "one-case", Warning,
        "units that one case more or less would move across the list",
        "unități pe care un singur caz în plus sau în minus le-ar trece de cealaltă parte a listei";
    ROUNDING_DECIDES = "rounding-decides", Warning,
        "the rounding of published figures exchanges at least one place on average",
        "rotunjirea cifrelor publicate schimbă în medie cel puțin un loc";
    COMPONENT_DECIDES = "component-decides", Warning,
        "a component without which more than 5 % of the places would change",
        "o componentă fără de care s-ar schimba peste 5 % dintre locuri";
    RUNS_FAILED = "runs-failed", Error,
        "variants in which a score cannot be computed or the rules leave no list",
        "variante în care un scor nu se poate calcula sau regulile nu lasă nicio listă";
    RUNS_FEW = "runs-few", Warning,
        "so few runs that the standing of more than 5 % of the eligible units is open",
        "atât de puține variante încât pentru peste 5 % dintre unitățile eligibile încadrarea rămâne nesigură";
    RUNS_BY_TICKET = "runs-by-ticket", Note,
        "variants in which equal units could not share a place alike, so that a ticket of the seed decided",
        "variante în care unități egale nu au putut împărți un loc în mod egal, așa că a hotărât un bilet al seminței";
    RUNS_NOT_PROVED = "runs-not-proved", Note,
        "variants whose list is not proved to be the best",
        "variante a căror listă nu este demonstrată ca fiind cea mai bună";
    COUNT_EXCEEDS = "count-exceeds", Note,
        "counts greater than that of which they are some, or without a whole one: drawn as rare cases",
        "numărători mai mari decât totalul din care fac parte, sau fără un total întreg: trase ca evenimente rare";
    ERROR_BEYOND = "error-beyond", Note,
        "drawn values outside the plausible range of an indicator",
        "valori trase în afara intervalului plauzibil al unui indicator";
    CELLS_KEPT = "cells-kept", Note,
        "cells that another source lacks and that keep the declared value",
        "celule care lipsesc din altă sursă și păstrează valoarea declarată";
}

/// A label as a part of a sentence.
pub(crate) fn label(label: &Label) -> Message {
    Message { en: label.en.clone(), ro: label.ro.clone() }
}

/// Some units are contested.
pub(crate) fn contested(
    plan: &str,
    (contested, of): (usize, usize),
    (disputed, places): (usize, usize),
) -> Finding {
    let message = message!(
        "{contested} of {of} eligible units are contested: {disputed} of the {places} places",
        "{ro} din {of} sunt disputate: {disputed} din cele {of_places}",
        ro = numbered(contested, "unitate eligibilă", "unități eligibile"),
        of_places = numbered(places, "loc", "locuri"),
    );
    Finding::new(&CONTESTED, plan, message).hint(message!(
        "which places are certain, and what decides the others, stands in `tables/robustness.csv`",
        "care locuri sunt sigure și ce le hotărăște pe celelalte scrie în `tables/robustness.csv`",
    ))
}

/// The same up to the cut of a phase.
pub(crate) fn phase_contested(plan: &str, phase: &str, counts: [usize; 3]) -> Finding {
    let [certain, contested, out] = counts;
    let message = message!(
        "up to phase {phase}: {certain} certain, {contested} contested, {out} out",
        "până la etapa {phase}: {certain} sigure, {contested} disputate, {out} în afară",
    );
    Finding::new(&PHASE_CONTESTED, plan, message)
}

/// What decides most who is on the list, the largest first, each with its total share.
pub(crate) fn driver(plan: &str, drivers: &[(Message, f64)]) -> Finding {
    let told = |(name, share): &(Message, f64)| {
        message!(
            "{name} (T = {share})", "{name} (T = {share})";
            name = name, share = Message::number(*share, 2),
        )
    };
    let mut list = drivers.iter().map(told);
    let first = list.next().unwrap_or_else(|| Message::same(String::new()));
    let list = list.fold(
        first,
        |all, next| message!("{all}, then {next}", "{all}, apoi {next}"; all = all, next = next),
    );
    let message = message!(
        "what decides most who is on the list: {list}",
        "ce hotărăște cel mai mult cine intră pe listă: {list}";
        list = list,
    );
    Finding::new(&DRIVER, plan, message)
}

/// Units that one case of a count would move.
pub(crate) fn one_case(measure: &str, entering: usize, leaving: usize) -> Finding {
    let message = message!(
        "one case more of `{measure}` would bring {entering} onto the list, one less would take {leaving} off it",
        "cu un singur caz în plus la `{measure}` ar intra pe listă {in_ro}, cu unul în minus ar ieși {out_ro}",
        in_ro = numbered(entering, "unitate", "unități"),
        out_ro = numbered(leaving, "unitate", "unități"),
    );
    Finding::new(&ONE_CASE, measure, message)
}

/// Places that rounding exchanges.
pub(crate) fn rounding_decides(doubt: &str, places: f64) -> Finding {
    let message = message!(
        "the rounding of published rates exchanges {places} places on average",
        "rotunjirea ratelor publicate mută în medie {places} locuri";
        places = Message::number(places, 1),
    );
    Finding::new(&ROUNDING_DECIDES, doubt, message).hint(message!(
        "ask the publisher for more decimals",
        "cereți instituției mai multe zecimale",
    ))
}

/// A component without which many places change.
pub(crate) fn component_decides(node: &str, exchanged: usize, places: usize) -> Finding {
    let message = message!(
        "without `{node}`, {exchanged} of {places} places would change",
        "fără `{node}` s-ar schimba {exchanged} din cele {all}",
        all = numbered(places, "loc", "locuri"),
    );
    Finding::new(&COMPONENT_DECIDES, node, message)
}

/// Runs that made no list; `first` says why the first of them did not.
pub(crate) fn runs_failed(plan: &str, failed: u32, tried: u32, first: &Message) -> Finding {
    let message = message!(
        "{failed} of {tried} variants have no list; the first: {first}",
        "{failed} din {all} nu au listă; prima: {first}",
        all = numbered(tried as usize, "variantă", "variante");
        first = first,
    );
    Finding::new(&RUNS_FAILED, plan, message).hint(message!(
        "shares are over the variants that have one; give the function a `lift`, or leave the alternative out",
        "ponderile se calculează peste variantele care au listă; dați metodei un `lift` sau renunțați la alternativă",
    ))
}

/// A unit whose value a function cannot take.
pub(crate) fn no_value(node: &str, unit: &str, code: &str) -> Message {
    message!(
        "`{node}` cannot be computed for {unit} ({code})",
        "`{node}` nu se poate calcula pentru {unit} ({code})",
    )
}

/// The rules leave no list.
pub(crate) fn no_list() -> Message {
    message!("the rules leave no list", "regulile nu lasă nicio listă")
}

/// So few runs that standings are open.
pub(crate) fn runs_few(plan: &str, open: usize, eligible: usize, runs: u32, more: u32) -> Finding {
    let message = message!(
        "with {runs} variants the standing of {open} of {eligible} eligible units is open",
        "cu {ro} rămâne nesigură încadrarea pentru {open} din {eligible} unități eligibile",
        ro = numbered(runs as usize, "variantă", "variante"),
    );
    Finding::new(&RUNS_FEW, plan, message)
        .hint(message!("raise `runs` to {more}", "măriți `runs` la {more}"))
}

/// Runs in which tickets decided between equal units.
pub(crate) fn by_ticket(plan: &str, runs: u32, of: u32) -> Finding {
    let message = message!(
        "in {runs} of {of} variants equal units could not share a place alike; a ticket of the seed decided",
        "în {runs} din {all} unități egale nu au putut împărți un loc în mod egal; a hotărât un bilet al seminței",
        all = numbered(of as usize, "variantă", "variante"),
    );
    Finding::new(&RUNS_BY_TICKET, plan, message)
}

/// Runs whose list is not proved.
pub(crate) fn not_proved(plan: &str, runs: u32, of: u32) -> Finding {
    let message = message!(
        "in {runs} of {of} variants the list is not proved to be the best within its `[effort]`",
        "în {runs} din {all} lista nu este demonstrată ca fiind cea mai bună în limita `[effort]`",
        all = numbered(of as usize, "variantă", "variante"),
    );
    Finding::new(&RUNS_NOT_PROVED, plan, message)
}

/// Counts that are more than they can be.
pub(crate) fn count_exceeds(measure: &str, cells: usize) -> Finding {
    let message = message!(
        "{cells} counts of `{measure}` are greater than that of which they are some, or have none: drawn as \
         rare cases (Poisson)",
        "{ro} din `{measure}` sunt mai mari decât totalul din care fac parte sau nu au unul: trase ca \
         evenimente rare (Poisson)",
        ro = numbered(cells, "numărătoare", "numărători"),
    );
    Finding::new(&COUNT_EXCEEDS, measure, message)
}

/// Drawn values that are not plausible.
pub(crate) fn error_beyond(node: &str, share: f64) -> Finding {
    let message = message!(
        "{share} % of the drawn values of `{node}` lie outside its plausible range",
        "{share} % dintre valorile trase pentru `{node}` ies din intervalul plauzibil";
        share = Message::number(100.0 * share, 2),
    );
    Finding::new(&ERROR_BEYOND, node, message)
}

/// Cells that another source lacks.
pub(crate) fn cells_kept(measure: &str, alternative: &str, cells: usize) -> Finding {
    let message = message!(
        "{cells} cells of `{measure}` are not in the alternative `{alternative}` and keep the declared value",
        "{ro} din `{measure}` lipsesc din alternativa `{alternative}` și păstrează valoarea declarată",
        ro = numbered(cells, "celulă", "celule"),
    );
    Finding::new(&CELLS_KEPT, measure, message).weighing(Severity::Note)
}

/// How many variants were made of how many.
pub(crate) fn variants(made: u32, tried: u32) -> Message {
    message!(
        "Variants of method and data: {made} of {tried} have a list",
        "Variante ale metodei și ale datelor: {made} din {tried} au listă";
        made = Message::number(f64::from(made), 0),
        tried = Message::number(f64::from(tried), 0),
    )
}

/// So many things, in the words of each language.
fn things(n: usize, en: [&str; 2], ro: [&str; 2]) -> Message {
    Message { en: counted(n, en[0], en[1]), ro: numbered(n, ro[0], ro[1]) }
}

/// How sure the places are.
pub(crate) fn bands(counts: [usize; 3], of: usize) -> Message {
    let [certain, contested, out] = counts.map(|count| Message::number(count as f64, 0));
    message!(
        "Of {units} {certain} have a certain place, {contested} are contested, {out} are out",
        "Din {units}: {certain} au loc sigur, {contested} sunt disputate, {out} sunt în afara listei";
        units = things(of, ["eligible unit", "eligible units"], ["unitate eligibilă", "unități eligibile"]),
        certain = certain,
        contested = contested,
        out = out,
    )
}

/// Places that errors of the data take from those who should have them.
pub(crate) fn misallocated(exchanged: f64, places: usize) -> Message {
    message!(
        "At least about {exchanged} of {of} would go to other units if the data had no error",
        "Cel puțin circa {exchanged} din {of} ar reveni altor unități dacă datele ar fi fără eroare";
        of = things(places, ["place", "places"], ["loc", "locuri"]),
        exchanged = Message::number(exchanged, 0),
    )
}

/// The people whom that costs a place.
pub(crate) fn people_lost(people: usize) -> Message {
    message!(
        "In the units that would lose their place live about {people}",
        "În unitățile care și-ar pierde locul trăiesc circa {people}";
        people = things(people, ["person", "people"], ["locuitor", "locuitori"]),
    )
}

/// The mean score of a list as measured and without what the choice of the highest adds to it.
pub(crate) fn flattered(measured: f64, corrected: f64) -> Message {
    message!(
        "Mean score of the selected: {measured} as measured, {corrected} without the part that choosing the \
         highest adds to errors",
        "Scorul mediu al unităților selectate: {measured} măsurat, {corrected} fără partea pe care alegerea \
         celor mai mari valori o adaugă erorilor";
        measured = Message::number(measured, 2),
        corrected = Message::number(corrected, 2),
    )
}

/// A table of variants without a column for a doubt.
pub(crate) fn no_doubt_in_heading<'k>(known: impl Iterator<Item = &'k str>) -> Message {
    let known = spelling::list(known);
    message!(
        "no column of the table of variants is named as a doubt is: {known}",
        "nicio coloană a tabelului de variante nu poartă numele unei incertitudini: {known}",
    )
}

/// A table of variants with a name that a doubt does not have.
pub(crate) fn unknown_alternative<'k>(
    doubt: &str,
    text: &str,
    known: impl Iterator<Item = &'k str>,
) -> Message {
    let known = spelling::list(known);
    message!(
        "`{doubt}` has no alternative `{text}`; it has {known}",
        "`{doubt}` nu are alternativa `{text}`; are {known}",
    )
}

/// A table of variants with weights that are none.
pub(crate) fn wrong_weights(doubt: &str, text: &str) -> Message {
    message!(
        "`{text}` are no weights of `{doubt}`: one number for each child, nodes apart by `;`",
        "`{text}` nu sunt ponderi pentru `{doubt}`: câte un număr pentru fiecare copil, nodurile despărțite prin `;`",
    )
}

/// A programme without phases has no places that could be sure or not.
pub(crate) fn selects_nobody() -> Advice {
    message!(
        "it has no `[[phase]]`: it orders the units and selects nobody, so no place can be sure or contested",
        "nu are niciun `[[phase]]`: ordonează unitățile și nu selectează pe nimeni, deci niciun loc nu poate fi sigur sau disputat",
    )
    .advise(message!(
        "name a programme with phases with `--programme`, or run `select`, which writes what this one orders",
        "numiți cu `--programme` un program cu etape sau rulați `select`, care scrie ce ordonează acesta",
    ))
}

/// A table of variants that is no delimited text.
pub(crate) fn unread_variants() -> Message {
    message!(
        "the table of variants is no delimited text with commas in UTF-8",
        "tabelul de variante nu este un text delimitat prin virgule în UTF-8",
    )
}

/// From one rank to another: `1.874–2.131`.
pub(crate) fn interval(low: f64, high: f64) -> Message {
    let (low, high) = (Message::number(low.floor(), 0), Message::number(high.ceil(), 0));
    message!("{low}–{high}", "{low}–{high}"; low = low, high = high)
}

/// The list, had somebody chosen otherwise in one thing.
pub(crate) fn list_if(doubt: &str, alternative: &str) -> Message {
    message!("The list, if {doubt}: {alternative}", "Lista, dacă {doubt}: {alternative}")
}

/// In how many variants a unit of a kind has a place.
pub(crate) fn in_variants(kind: &str, with_place: f64, variants: u32) -> Message {
    // a place that equal units share counts in parts
    let decimals = usize::from(with_place.fract() != 0.0);
    let (times, of) =
        (Message::number(with_place, decimals), Message::number(f64::from(variants), 0));
    let ro = numbered(variants as usize, "variantă declarată", "variante declarate");
    let of = Message { ro, ..of };
    let (en, ro) = match kind {
        "commune" => ("commune", "comuna"),
        "town" => ("town", "orașul"),
        "municipality" => ("municipality", "municipiul"),
        _ => ("unit", "unitatea"),
    };
    message!(
        "In {times} of {of} declared variants of the method and of the data the {en} is on the list.",
        "În {times} din {of} ale metodei și ale datelor, {ro} este pe listă.",
        ; times = times, of = of
    )
}

/// Between which ranks a unit stands in that share of the variants.
pub(crate) fn rank_interval([low, high]: [f64; 2], share: f64) -> Message {
    message!(
        "In {share} % of them its position by score lies between {low} and {high}.",
        "În {share} % dintre ele poziția după scor este între {low} și {high}.",
        ; share = Message::number(share * 100.0, 0), low = Message::number(low.floor(), 0),
        high = Message::number(high.ceil(), 0)
    )
}

/// The doubts that move a unit most across the list.
pub(crate) fn depends_most_on(doubt: &Message) -> Message {
    message!(
        "It depends most on: {doubt}.",
        "Cel mai mult depinde de: {doubt}.",
        ; doubt = doubt
    )
}

/// What variants are for.
pub(crate) fn decided_by_method(is_adopted: bool) -> Message {
    if is_adopted {
        message!(
            "The decision is taken by the adopted method; the variants show how close it was.",
            "Decizia se ia după metoda adoptată; variantele arată cât de aproape a fost.",
        )
    } else {
        message!(
            "The decision is taken by the declared method; the variants show how close it was.",
            "Decizia se ia după metoda declarată; variantele arată cât de aproape a fost.",
        )
    }
}
