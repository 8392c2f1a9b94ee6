//! What choosing by a programme finds.

pub(crate) mod lists;
pub(crate) mod reasons;
pub(crate) mod refusal;
pub(crate) mod what_if;

use self::refusal::Across;
use super::{declare, run};
use crate::language::numbered;
use crate::quality::{Finding, Message, Place, message};

declare! {
    TIE_AT_CUT = "tie-at-cut", Warning,
        "units that share score and tie keys across a cut, so that the lottery or the code decided",
        "unități cu același scor și aceleași criterii de departajare de o parte și de alta a pragului de selecție, decise prin tragere la sorți sau prin cod";
    LOTS_DRAWN = "lots-drawn", Note,
        "units whose place is contested and among whom the programme drew lots",
        "unități cu locul disputat, între care programul a tras la sorți";
    LIST_ROWS = "list-rows", Error,
        "rows of a list that say nothing a programme could use",
        "rânduri ale unei liste care nu spun nimic ce ar putea folosi un program";
    TIE_KEY_MISSING = "tie-key-missing", Warning,
        "units without a value of a tie key, which puts them behind those they tie with",
        "unități fără valoarea unui criteriu de departajare, trecute în urma celor cu care sunt la egalitate";
    NOT_PROVED = "not-proved", Error,
        "a list that is not proved to be the best one within the work allowed",
        "o listă despre care nu s-a demonstrat că este cea mai bună în limita de calcul admisă";
    ENVELOPE_DIFFERS = "envelope-differs", Error,
        "a total that a document gives and that the list does not come to",
        "un total dat de un document, la care lista nu ajunge";
    RESERVE_GAP = "reserve-gap", Warning,
        "places for which nobody on the reserve could enter if they were given up",
        "locuri pentru care nu poate intra nimeni de pe lista de rezervă, dacă rămân libere";
    TIE_IN_RESERVE = "tie-in-reserve", Warning,
        "units of the reserve that share score and tie keys, so that the code orders them or keeps others off it",
        "unități de pe lista de rezervă cu același scor și aceleași criterii de departajare, ordonate numai după cod";
    BEYOND_RESERVE = "beyond-reserve", Warning,
        "units that took a place although they were not on the reserve, where nobody on it could",
        "unități care au primit un loc fără să fie pe lista de rezervă, când nimeni de pe ea nu putea intra";
    PLACE_EMPTY = "place-empty", Warning,
        "a place that was given up and that nobody could take",
        "un loc rămas liber, pe care nu îl poate ocupa nimeni";
    ANSWER_WITHOUT_PLACE = "answer-without-place", Warning,
        "answers of units that had no place on that day; they count for none",
        "răspunsuri ale unor unități care nu aveau un loc în acea zi; ele nu contează pentru niciun loc";
    SILENCE = "silence", Warning,
        "units that held a place and did not answer by the day after which silence counts as a refusal",
        "unități care aveau un loc și nu au răspuns până în ziua după care tăcerea înseamnă refuz";
    RESOURCE_ABSENT = "resource-absent", Note,
        "a resource of a programme that is not shown because the study has no source for it",
        "o resursă a unui program care nu este arătată, fiindcă studiul nu are sursa ei";
    USED_TWICE = "used-twice", Note,
        "what decides more than once: who is eligible, the score, ties",
        "ceea ce decide de mai multe ori: cine este eligibil, scorul, egalitățile";
    UNIVERSES_DIFFER = "universes-differ", Warning,
        "a programme that chooses among other units than those whose distribution sets bounds and ranks",
        "un program care alege dintre alte unități decât cele a căror distribuție stabilește limitele și pozițiile";
}

/// Units that may take a place and have no value of a tie key; `names` lists them.
pub(crate) fn tie_key_missing(
    programme: &str,
    key: &str,
    codes: Vec<String>,
    names: &Message,
) -> Finding {
    let message = message!(
        "the tie key `{key}` has no value for {units} that may take a place, and puts \
         them behind: {names}",
        "criteriul de departajare `{key}` nu are valoare pentru {units}, care trec în \
         urmă: {names}",
        ;
        names = names,
        units = Message::counted(
            codes.len(),
            ["unit", "units"],
            ["unitate care poate primi un loc", "unități care pot primi un loc"],
        ),
    );
    Finding::new(&TIE_KEY_MISSING, programme, message).units(codes)
}

/// A resource without a source.
pub(crate) fn resource_absent(programme: &str, resource: &str, source: &str) -> Finding {
    let message = message!(
        "the resource `{resource}` is not shown: the study has no source `{source}`",
        "resursa `{resource}` nu este arătată: studiul nu are sursa `{source}`",
    );
    Finding::new(&RESOURCE_ABSENT, programme, message)
}

/// A programme that no authority has adopted.
pub(crate) fn illustrative(programme: &str) -> Finding {
    let message = message!(
        "the numbers of programme `{programme}` are assumptions",
        "cifrele programului `{programme}` sunt ipoteze",
    );
    let hint = message!(
        "no authority has adopted it: an act would be named in `status` and `act`",
        "nicio autoritate nu l-a adoptat: un act ar fi numit în `status` și `act`",
    );
    Finding::new(&run::ILLUSTRATIVE, programme, message).hint(hint)
}

/// How many units enter, leave and change phase because something stands for small counts.
pub(crate) fn changed_sides(entering: usize, leaving: usize, moving: usize) -> Message {
    let units = |count| Message::counted(count, ["unit", "units"], ["unitate", "unități"]);
    message!(
        "in place of small counts their middle is computed with: by it {enter} on the list that true \
         counts would leave out, {leave} off it that they would put there, {moved} in another phase \
         (said here and in the archive only: do not publish it)",
        "în locul numărătorilor mici se calculează cu mijlocul lor: de aceea {enter} pe listă, deși \
         valorile reale le-ar lăsa în afară, {leave} în afara ei, deși acestea le-ar pune pe listă, {moved} \
         în altă fază (se spune numai aici și în arhivă: nu publicați)",
        ;
        enter = units(entering),
        leave = units(leaving),
        moved = units(moving),
    )
}

/// With true counts the rules allow no list.
pub(crate) fn no_list_with_true_counts() -> Message {
    message!(
        "in place of small counts their middle is computed with; with true counts the rules would allow \
         no list (said here and in the archive only: do not publish it)",
        "în locul numărătorilor mici se calculează cu mijlocul lor; cu valorile reale, regulile nu ar \
         permite nicio listă (se spune numai aici și în arhivă: nu publicați)",
    )
}

/// Units that share score and keys across a cut, and whether the lottery decided or the code.
pub(crate) fn tie_at_cut(programme: &str, tie: &Across<'_>, by_lottery: bool) -> Finding {
    let message = message!(
        "phase `{phase}`: {inside} score and tie keys with {outside} outside, and {by} decided",
        "etapa `{phase}`: {inside} același scor și aceleași criterii de departajare cu {outside} \
         din afară, iar {by} hotărât",
        phase = tie.phase, outside = tie.outside.len();
        inside = Message::counted(
            tie.inside.len(),
            ["unit inside shares", "units inside share"],
            ["unitate dinăuntru are", "unități dinăuntru au"],
        ),
        by = if by_lottery {
            message!("the lottery", "tragerea la sorți a")
        } else {
            message!("the code", "codul a")
        },
    );
    let message = if tie.alike && tie.scored {
        message.and(
            "; nothing that was measured for the score tells them apart",
            "; nimic din ce s-a măsurat pentru scor nu le deosebește",
        )
    } else {
        message
    };
    Finding::new(&TIE_AT_CUT, programme, message)
        .units(tie.inside.iter().chain(tie.outside).cloned())
}

/// Lots were drawn across a cut among units whose place is contested.
pub(crate) fn lots_drawn(
    programme: &str,
    tie: &Across<'_>,
    (source, announced): (&str, &str),
) -> Finding {
    let message = message!(
        "phase `{phase}`: lots were drawn ({source}, announced {announced}) among {all} whose place is \
         contested; {inside} and {outside} did not",
        "etapa `{phase}`: s-a tras la sorți ({source}, anunțată la {announced}) între {all} cu locul disputat; \
         {inside}, iar {outside} nu",
        phase = tie.phase, outside = tie.outside.len();
        all = Message::counted(
            tie.inside.len() + tie.outside.len(),
            ["unit", "units"],
            ["unitate", "unități"],
        ),
        inside = Message::counted(
            tie.inside.len(),
            ["unit won a place", "units won a place"],
            ["unitate a primit loc", "unități au primit loc"],
        ),
    );
    Finding::new(&LOTS_DRAWN, programme, message)
}

/// Of so many places those for which nobody on the reserve could enter, and those for which nobody at
/// all could.
pub(crate) fn reserve_gap(
    programme: &str,
    places: usize,
    uncovered: usize,
    irreplaceable: usize,
) -> Finding {
    let message = message!(
        "nobody on the reserve could enter for {uncovered} of the {places} places if they were given \
         up; for {irreplaceable} of them nobody at all could",
        "pentru {uncovered} din {locuri}, dacă rămân libere, nu poate intra nimeni de pe lista de \
         rezervă; pentru {irreplaceable} dintre ele nu poate intra nimeni",
        locuri = numbered(places, "loc", "locuri"),
    );
    let finding = Finding::new(&RESERVE_GAP, programme, message);
    if uncovered == irreplaceable {
        return finding;
    }
    finding.hint(message!(
        "a larger reserve covers the other {more}: it takes first whoever covers most",
        "o listă de rezervă mai lungă le acoperă pe celelalte {more}: ea ia întâi unitățile care \
         acoperă cele mai multe locuri",
        more = uncovered - irreplaceable
    ))
}

/// Units on the reserve that share score and keys, and so many of their equals that the code keeps off;
/// `names` lists them all.
pub(crate) fn tie_in_reserve(
    programme: &str,
    (on, off): (usize, usize),
    codes: Vec<String>,
    names: &Message,
) -> Finding {
    let shared = Message::counted(
        on + off,
        ["unit", "units share score and tie keys"],
        ["unitate", "unități au același scor și aceleași criterii de departajare"],
    );
    let message = match (on, off) {
        (_, 0) => message!(
            "{shared}, and only their codes order them on the reserve: {names}",
            "{shared}, iar pe lista de rezervă le ordonează numai codurile: {names}",
            ;
            shared = shared,
            names = names,
        ),
        _ => message!(
            "{shared}, and only their codes put {on} on the reserve and keep {off} off it: {names}",
            "{shared}; numai codurile fac ca pe lista de rezervă să fie {on}, iar {off} să rămână în \
             afara ei: {names}",
            ;
            shared = shared,
            names = names,
        ),
    };
    Finding::new(&TIE_IN_RESERVE, programme, message).units(codes).hint(message!(
        "a `lottery` in `[order]` or a further tie key orders them; tied units enter in the printed order",
        "o tragere la sorți (`lottery` în `[order]`) sau încă un criteriu de departajare le ordonează; \
         unitățile la egalitate intră în ordinea tipărită",
    ))
}

/// Units that took a place from beyond the reserve.
pub(crate) fn beyond_reserve(programme: &str, codes: Vec<String>) -> Finding {
    let message = message!(
        "{units} not on the reserve, because nobody on it could take the place",
        "{units} pe lista de rezervă, pentru că nimeni de pe ea nu putea ocupa locul",
        ;
        units = Message::counted(
            codes.len(),
            ["unit took a place and was", "units took a place and were"],
            ["unitate a primit un loc fără să fie", "unități au primit un loc fără să fie"],
        ),
    );
    Finding::new(&BEYOND_RESERVE, programme, message).units(codes)
}

/// So many answers of units that had no place at the end of that day, with the rows that hold them;
/// `names` lists the units.
pub(crate) fn answer_without_place(
    programme: &str,
    answers: usize,
    names: &Message,
    rows: Vec<Place>,
) -> Finding {
    let message = message!(
        "{answers} without a place on that day, and count for none: {names}",
        "{answers} un loc în acea zi și nu contează pentru niciunul: {names}",
        ;
        answers = Message::counted(
            answers,
            ["answer comes from a unit", "answers come from units"],
            ["răspuns vine de la o unitate care nu avea", "răspunsuri vin de la unități care nu aveau"],
        ),
        names = names,
    );
    let hint = message!(
        "check the unit and the day; an acceptance gives no place, and whoever refused or withdrew \
         does not enter from the reserve",
        "verificați unitatea și ziua; o acceptare nu dă un loc, iar cine a refuzat sau s-a retras nu mai \
         intră de pe lista de rezervă",
    );
    Finding::new(&ANSWER_WITHOUT_PLACE, programme, message).hint(hint).places(rows)
}

/// Units that held a place and gave no answer up to a day; `names` lists them.
pub(crate) fn silence(programme: &str, day: &str, codes: Vec<String>, names: &Message) -> Finding {
    let message = message!(
        "{units} no answer up to {day}, which counts as a refusal: {names}",
        "{units} până în {day}, ceea ce înseamnă refuz: {names}",
        ;
        units = Message::counted(
            codes.len(),
            ["unit with a place gave", "units with places gave"],
            ["unitate cu loc nu a răspuns", "unități cu locuri nu au răspuns"],
        ),
        names = names,
    );
    Finding::new(&SILENCE, programme, message).units(codes)
}

/// A place that stays empty: its phase and number, and the rule that keeps it from the first who
/// waits; none where nobody waits.
pub(crate) fn place_empty(
    programme: &str,
    (phase, number): (&str, usize),
    rule: Option<&str>,
) -> Finding {
    let place = message!(
        "place {number} of phase `{phase}` was given up and stays empty",
        "locul {number} al etapei `{phase}` a fost lăsat liber și rămâne gol",
    );
    let message = match rule {
        Some(rule) => place.and(
            &format!(": `{rule}` keeps it from the first who waits"),
            &format!(": `{rule}` nu o lasă să îl ocupe pe prima unitate care așteaptă"),
        ),
        None => place.and(": nobody waits for one", ": nimeni nu mai așteaptă un loc"),
    };
    Finding::new(&PLACE_EMPTY, programme, message)
}

/// A list that may be short of the best by so many parts per million, as far as that is known.
pub(crate) fn not_proved(programme: &str, phase: &str, gap: Option<i128>) -> Finding {
    let hint = message!("raise `effort.nodes`", "măriți `effort.nodes`");
    let Some(gap) = gap else {
        let message = message!(
            "phase `{phase}`: the list keeps every rule, and it is not proved to be the best within the \
             work allowed",
            "etapa `{phase}`: lista respectă toate regulile, dar nu s-a demonstrat că este cea mai bună în \
             limita de calcul admisă",
        );
        return Finding::new(&NOT_PROVED, programme, message).hint(hint);
    };
    let message = message!(
        "phase `{phase}`: the list is not proved to be the best; it is at most {gap} parts per \
         million short of it",
        "etapa `{phase}`: nu s-a demonstrat că lista este cea mai bună; îi lipsesc cel mult {gap} \
         părți la milion",
    );
    Finding::new(&NOT_PROVED, programme, message).hint(hint)
}

/// A total that a document gives, and what the list comes to; amounts as shown.
pub(crate) fn envelope_differs(
    programme: &str,
    envelope: &str,
    source: &str,
    given: &Message,
    computed: &Message,
) -> Finding {
    let message = message!(
        "`{envelope}` of `{source}` is {given}, and the list comes to {computed}",
        "`{envelope}` din `{source}` este {given}, iar lista ajunge la {computed}",
        ;
        given = given,
        computed = computed,
    );
    Finding::new(&ENVELOPE_DIFFERS, programme, message)
}

/// Where a programme lets a variable decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Decides {
    /// Who is eligible.
    Eligibility,
    /// The score.
    Score,
    /// Ties.
    Ties,
}

/// A variable that decides in several places.
pub(crate) fn used_twice(programme: &str, variable: &str, decides: &[Decides]) -> Finding {
    let word = |one: &Decides| match one {
        Decides::Eligibility => message!("who is eligible", "cine este eligibil"),
        Decides::Score => message!("the score", "scorul"),
        Decides::Ties => message!("ties", "egalitățile"),
    };
    let words: Vec<Message> = decides.iter().map(word).collect();
    let list = |of: fn(&Message) -> &str, and: &str| {
        let words: Vec<&str> = words.iter().map(of).collect();
        match words.split_last() {
            Some((last, [])) => (*last).to_owned(),
            Some((last, others)) => format!("{} {and} {last}", others.join(", ")),
            None => String::new(),
        }
    };
    let message = message!(
        "`{variable}` decides more than once: {en}",
        "`{variable}` decide de mai multe ori: {ro}",
        en = list(|it| &it.en, "and"),
        ro = list(|it| &it.ro, "și"),
    );
    Finding::new(&USED_TWICE, programme, message).hint(message!(
        "whoever gains or loses by it does so each time; where that is not meant, take it out of one of them",
        "cine câștigă sau pierde prin ea o face de fiecare dată; dacă nu este intenționat, scoateți-o \
         dintr-una dintre ele",
    ))
}

/// Units, and the condition that makes them; none for all units.
pub(crate) struct Universe<'a> {
    /// How many.
    pub(crate) units: usize,
    /// The condition as written.
    pub(crate) condition: Option<&'a str>,
}

/// A programme that chooses among other units than those whose distribution made the scores.
pub(crate) fn universes_differ(
    programme: &str,
    passing: &Universe<'_>,
    distributed: &Universe<'_>,
) -> Finding {
    let counted = |universe: &Universe<'_>| {
        Message::counted(universe.units, ["unit", "units"], ["unitate", "unități"])
    };
    let quoted = |universe: &Universe<'_>| match universe.condition {
        Some(text) => Message::same(format!("`{text}`")),
        None => message!("all units", "toate unitățile"),
    };
    let message = message!(
        "the programme chooses among {units}, and the methodology takes bounds and ranks from {base}: \
         `where` is {condition}, `over` is {over}",
        "programul alege dintre {units}, iar metodologia ia limitele și pozițiile de la {base}: \
         `where` este {condition}, `over` este {over}",
        ;
        units = counted(passing),
        base = counted(distributed),
        condition = quoted(passing),
        over = quoted(distributed),
    );
    let hint = message!(
        "that is right where the index is meant for all of them; else set `over` in a methodology \
         that `extends` this one, or accept the finding",
        "este bine dacă indicele este gândit pentru toate; altfel puneți `over` într-o metodologie \
         care o extinde (`extends`) sau acceptați constatarea",
    );
    Finding::new(&UNIVERSES_DIFFER, programme, message).hint(hint)
}
