//! Sentences of refusals: what is wrong with a programme, a pool, a quota or a decision.

use crate::language::{Words, numbered};
use crate::message::{study, suggest};
use crate::quality::{Advice, Message, message, sentences};

/// Advice about a name that is not known: the one probably meant, or the known ones.
pub(super) fn unknown<'a>(
    message: Message,
    name: &str,
    known: impl Iterator<Item = &'a str>,
) -> Advice {
    let known: Vec<&str> = known.collect();
    message.advise(suggest(name, known.iter().copied()))
}

// --- what is wrong with a pool or a programme

sentences! {
    score_not_finite(code: &str)
        "unit `{code}` has a score that is not a finite number",
        "unitatea `{code}` are un scor care nu este un număr finit";
    score_too_large(code: &str)
        "unit `{code}` has a score too large for its decimals",
        "unitatea `{code}` are un scor prea mare pentru zecimalele lui";
    unscored(code: &str)
        "unit `{code}` is eligible and has no score",
        "unitatea `{code}` este eligibilă și nu are scor"
        => "say `unscored = {{ rule = \"exclude\", reason = … }}` or `\"last-place\"`, or give the unit a score",
           "scrieți `unscored = {{ rule = \"exclude\", reason = … }}` sau `\"last-place\"`, sau dați unității datele din care se calculează scorul";
    duplicate_candidate(code: &str)
        "unit `{code}` is in the pool twice",
        "unitatea `{code}` apare de două ori printre candidate";
    pool_shape(code: &str)
        "unit `{code}` has other groups, measures or keys than the pool names",
        "unitatea `{code}` are alte grupe, măsuri sau criterii decât celelalte candidate";
    negative_people(code: &str)
        "unit `{code}` has a negative number of people",
        "unitatea `{code}` are un număr de persoane sub zero";
    too_many_decimals(decimals: u8)
        "{decimals} decimals are more than the 9 that a score can have",
        "un scor poate avea cel mult 9 zecimale, nu {decimals}";
    lock_conflict(code: &str, excluded: &str, included: &str)
        "unit `{code}` is excluded (\"{excluded}\") and included (\"{included}\")",
        "unitatea `{code}` este exclusă („{excluded}”) și inclusă („{included}”)"
        => "keep one of the two decisions",
           "păstrați una dintre cele două decizii";
    accepted_and_excluded(code: &str, why: &str)
        "unit `{code}` accepted its place and is excluded (\"{why}\")",
        "unitatea `{code}` și-a acceptat locul și este exclusă („{why}”)"
        => "an accepted place is never taken back: a decision `withdrawn` gives it up",
           "un loc acceptat nu se ia înapoi: la el se renunță printr-o decizie `retras`";
    accepted_and_unknown(code: &str)
        "unit `{code}` accepted its place and is no unit of the register",
        "unitatea `{code}` și-a acceptat locul și nu este o unitate a registrului";
    negative_limit(money: &Message)
        "a limit of {money}: money cannot be negative",
        "o limită de {money}: o sumă de bani nu poate fi sub zero";
    missing_cost(code: &str)
        "unit `{code}` may take a place and has no cost",
        "unitatea `{code}` poate primi un loc și nu are cost";
    negative_cost(code: &str, money: &Message)
        "unit `{code}` may take a place and costs {money}",
        "unitatea `{code}` poate primi un loc și costă {money}";
    too_large()
        "scores, people or costs sum to more than 2^53 units of their last decimal",
        "suma scorurilor, a persoanelor sau a costurilor depășește 2^53 de unități ale ultimei zecimale"
        => "publish fewer decimals (`order.decimals`)",
           "publicați mai puține zecimale (`order.decimals`)";
}

/// A programme that selects nobody.
pub(crate) fn no_phase() -> Message {
    study::programme::no_phase().message
}

/// A code that the register does not have.
pub(crate) fn unknown_unit<'a>(code: &str, known: impl Iterator<Item = &'a str>) -> Advice {
    unknown(study::programme::no_unit(code), code, known)
}

// --- quotas

sentences! {
    quota_by_nothing(phase: &str, by: &str)
        "phase `{phase}` has a quota by `{by}`, which is no classification",
        "etapa `{phase}` are o cotă după `{by}`, care nu este o clasificare";
    no_classification(by: &str)
        "`{by}` is no classification",
        "`{by}` nu este o clasificare";
    no_group(by: &str, group: &str)
        "no `{by}` is called `{group}`",
        "la `{by}` nu există grupa `{group}`";
    share_of_nothing(what: Words, phase: &str)
        "{what} of the places of phase `{phase}`, which has no number of places",
        "{what} din locurile etapei `{phase}`, care nu are un număr de locuri"
        => "give `upto` a number, or give the quota as places",
           "dați un număr pentru `upto` sau dați cota în locuri";
    bounds_crossed(group: &Message, least: i64, most: i64, phase: &str)
        "{group} must have at least {least} and at most {most} places in phase `{phase}`",
        "{group}, etapa `{phase}`: un minim de {least} și un maxim de {most} nu se pot împreună";
    shares_too_large(by: &str)
        "shares by `{by}` sum to more than the whole",
        "părțile după `{by}` depășesc împreună întregul";
    not_apportioned(places: i64, by: &str, least: i64, most: i64)
        "{places} places cannot be apportioned by `{by}`: the groups need at least {least} and can take at most {most}",
        "locurile ({places}) nu se pot repartiza după `{by}`: grupele au nevoie de cel puțin {least} și pot lua cel mult {most}"
        => "change `upto`, `min` or `max`",
           "schimbați `upto`, `min` sau `max`";
    no_measure(name: &str)
        "nothing to apportion on is called `{name}`",
        "nu există `{name}`, după care să se repartizeze";
    negative_votes(code: &str, value: i64, measure: &str)
        "unit `{code}` has {value} in `{measure}`: votes cannot be negative",
        "unitatea `{code}` are {value} în `{measure}`: ce se repartizează nu poate fi sub zero";
    votes_too_large(measure: &str)
        "the sum of `{measure}` does not fit",
        "suma din `{measure}` este prea mare";
}

/// What is taken of the places: a share.
pub(crate) const SHARE: Words = Words::new("o parte", "a share");
/// What is taken of the places: all, shared out.
pub(crate) const APPORTIONMENT: Words = Words::new("o repartizare", "an apportionment");

/// A quota by something that classifies nothing.
pub(crate) fn unknown_quota<'a>(
    phase: &str,
    by: &str,
    known: impl Iterator<Item = &'a str>,
) -> Advice {
    unknown(quota_by_nothing(phase, by), by, known)
}

/// A name that is no classification.
pub(crate) fn unknown_classification<'a>(by: &str, known: impl Iterator<Item = &'a str>) -> Advice {
    unknown(no_classification(by), by, known)
}

/// A group that a classification does not have.
pub(crate) fn unknown_group<'a>(
    by: &str,
    group: &str,
    known: impl Iterator<Item = &'a str>,
) -> Advice {
    unknown(no_group(by, group), group, known)
}

/// A measure that the pool does not have.
pub(crate) fn unknown_measure<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Advice {
    unknown(no_measure(name), name, known)
}

// --- unions

sentences! {
    union_size(members: u8)
        "projects of {members} members: 1 to 3 are possible",
        "proiecte cu {members} membri: se poate de la 1 la 3";
    unknown_neighbour(a: &str, b: &str, code: &str)
        "the border `{a}` - `{b}`: `{code}` is no unit of the register",
        "limita comună `{a}` - `{b}`: `{code}` nu este o unitate a registrului";
    own_neighbour(code: &str)
        "unit `{code}` has a border with itself",
        "unitatea `{code}` are limită comună cu ea însăși";
}

// --- phases without a list

sentences! {
    out_of_nodes(phase: &str)
        "phase `{phase}`: no list was found within the nodes allowed",
        "etapa `{phase}`: nu s-a găsit nicio listă în limita de calcul admisă"
        => "raise `effort.nodes`",
           "măriți `effort.nodes`";
    answers_out_of_nodes(day: &str)
        "the places that answers of {day} leave open: no list was proved to be the best within the nodes allowed",
        "locurile lăsate libere de răspunsurile din {day}: nu s-a demonstrat care listă este cea mai bună în limita de calcul admisă"
        => "raise `effort.nodes`",
           "măriți `effort.nodes`";
    money_ends_at(phase: &str, code: &str, group: &Message, held: i64, least: i64)
        "phase `{phase}`: the money ends at unit `{code}` and {group} has {held} of at least {least} places",
        "etapa `{phase}`: banii se termină la unitatea `{code}`, iar {group} a ajuns la {held} din minimul de {least}"
        => "`when_short = \"skip\"` keeps money for the minima",
           "`when_short = \"skip\"` păstrează bani pentru minime";
    money_ends_before(phase: &str, group: &Message, held: i64, least: i64)
        "phase `{phase}`: the money ends and {group} has {held} of at least {least} places",
        "etapa `{phase}`: banii se termină, iar {group} a ajuns la {held} din minimul de {least}"
        => "`when_short = \"skip\"` keeps money for the minima",
           "`when_short = \"skip\"` păstrează bani pentru minime";
    money_ends_sum_at(phase: &str, code: &str, sum: &str, reached: i64, least: i64)
        "phase `{phase}`: the money ends at unit `{code}` and `{sum}` comes to {reached} of at least {least}",
        "etapa `{phase}`: banii se termină la unitatea `{code}`, iar `{sum}` însumează {reached} din cel puțin {least}"
        => "`when_short = \"skip\"` keeps money for what is required",
           "`when_short = \"skip\"` păstrează bani pentru ce se cere";
    money_ends_sum_before(phase: &str, sum: &str, reached: i64, least: i64)
        "phase `{phase}`: the money ends and `{sum}` comes to {reached} of at least {least}",
        "etapa `{phase}`: banii se termină, iar `{sum}` însumează {reached} din cel puțin {least}"
        => "`when_short = \"skip\"` keeps money for what is required",
           "`when_short = \"skip\"` păstrează bani pentru ce se cere";
    has_no_list(phase: &str, rules: &Message, missing: &Message)
        "phase `{phase}` has no list: {rules}: {missing} missing",
        "etapa `{phase}` nu are nicio listă: {rules}: lipsesc {missing}";
    no_change_would_do()
        "no change of one of these rules alone would do",
        "nicio schimbare a uneia singure dintre aceste reguli nu ar ajunge";
    changes_that_would_do(changes: &Message)
        "one of these changes would do: {changes}",
        "ar ajunge una dintre aceste schimbări: {changes}";
    places_to_fill(places: i64, units: usize)
        "{places} places must be filled ({units} units may take one)",
        "locuri de ocupat: {places} (unități care pot primi unul: {units})";
    places_there(places: i64)
        "there are {places} places",
        "numărul de locuri este {places}";
    group_needs(group: &Message, least: i64, eligible: usize)
        "{group} must have at least {least} ({eligible} eligible)",
        "{group} trebuie să aibă cel puțin {least} (eligibile: {eligible})";
    group_takes(group: &Message, most: i64)
        "{group} may have at most {most}",
        "{group} poate avea cel mult {most}";
    money_there(money: &Message)
        "the money is {money}",
        "suma disponibilă este de {money}";
    units_locked(units: usize)
        "{units} units are in already",
        "unități deja admise: {units}";
    sum_needs(sum: &str, least: i64)
        "`{sum}` of the list must come to at least {least}",
        "`{sum}` pe listă trebuie să fie cel puțin {least}";
    sum_takes(sum: &str, most: i64)
        "`{sum}` of the list may come to at most {most}",
        "`{sum}` pe listă poate fi cel mult {most}";
    amount(amount: i64, sum: &str)
        "{amount} of `{sum}`",
        "{amount} din `{sum}`";
    sums_and_unions()
        "`[[require]]` and `[unions]` do not go together: which neighbours join is found for each group of neighbours apart, and a sum ties all of them together",
        "`[[require]]` și `[unions]` nu se pot folosi împreună: asocierile se caută separat în fiecare grup de vecini, iar o sumă le leagă pe toate"
        => "take `[unions]` out to require a sum; with unions, a quota by a classification is the rule that can be kept",
           "scoateți `[unions]` ca să puteți cere o sumă; cu asocieri, regula care se poate respecta este o cotă pe o clasificare";
    other_limit(money: &Message)
        "a limit of {money}",
        "o limită de {money}";
    other_least(places: i64, group: &Message)
        "at least {places} for {group}",
        "cel puțin {places} pentru {group}";
    other_most(places: i64, group: &Message)
        "at most {places} for {group}",
        "cel mult {places} pentru {group}";
    the_list()
        "the list",
        "lista";
}

/// A group of a classification.
pub(crate) fn group(by: &str, group: &str) -> Message {
    match by {
        "county" => message!("{by} {group}", "județul {group}"),
        "region" => message!("{by} {group}", "regiunea {group}"),
        _ => message!("{by} {group}", "grupa `{by}` {group}"),
    }
}

/// Money that ends before a minimum is met, at a unit where there is one.
pub(crate) fn money_ends(
    phase: &str,
    at: Option<&str>,
    group: &Message,
    held: i64,
    least: i64,
) -> Advice {
    match at {
        Some(code) => money_ends_at(phase, code, group, held, least),
        None => money_ends_before(phase, group, held, least),
    }
}

/// The money ends before a required sum is reached.
pub(crate) fn money_ends_sum(
    phase: &str,
    at: Option<&str>,
    sum: &str,
    reached: i64,
    least: i64,
) -> Advice {
    match at {
        Some(code) => money_ends_sum_at(phase, code, sum, reached, least),
        None => money_ends_sum_before(phase, sum, reached, least),
    }
}

/// Rules that conflict, what is missing, and the changes of one rule each that would do.
pub(crate) fn no_list(
    phase: &str,
    rules: &[Message],
    missing: &Message,
    mut changes: Vec<Message>,
) -> Advice {
    let mut listed = joined(&rules[..rules.len().min(8)], "; ", "; ");
    if rules.len() > 8 {
        let all = rules.len();
        listed = listed
            .and(&format!("; … ({all} rules in all)"), &format!("; … (în total {all} reguli)"));
    }
    let message = has_no_list(phase, &listed, missing);
    if changes.is_empty() {
        return message.advise(no_change_would_do());
    }
    if changes.len() > 6 {
        let more = changes.len() - 6;
        changes.truncate(6);
        changes.push(message!("… ({more} more)", "… (și încă {more})"));
    }
    message.advise(changes_that_would_do(&joined(&changes, "; or ", "; sau ")))
}

/// Sentences one behind the other, with what stands between them in English and in Romanian.
fn joined(parts: &[Message], en: &str, ro: &str) -> Message {
    let text =
        |of: fn(&Message) -> &str, between| parts.iter().map(of).collect::<Vec<_>>().join(between);
    Message { en: text(|part| &part.en, en), ro: text(|part| &part.ro, ro) }
}

/// Lei as shown.
pub(crate) fn money(lei: &str) -> Message {
    let with_comma = lei.replace('.', ",");
    message!("{lei} lei", "{with_comma} lei")
}

/// So many places.
pub(crate) fn places(places: i64) -> Message {
    if places == 1 {
        message!("1 place", "1 loc")
    } else {
        let many = usize::try_from(places).unwrap_or_default();
        message!("{places} places", "{locuri}", locuri = numbered(many, "loc", "locuri"))
    }
}

// --- ties and decisions

sentences! {
    decision_of_nobody(code: &str, answer: Words, day: &str, reference: &str)
        "`{code}` is no unit of the register, and its decision of {day} ({reference}) is `{answer}`",
        "`{code}` nu este o unitate a registrului, iar decizia din {day} ({reference}) este `{answer}`"
        => "decisions are replayed by day against the list as computed and the reserve",
           "deciziile se aplică zi de zi pe lista calculată și pe rezervă";
    answered_twice(code: &str, day: &str)
        "unit `{code}` gives two answers on {day}",
        "unitatea `{code}` are două decizii în {day}"
        => "keep the row that holds; answers of one day have no order",
           "păstrați rândul valabil; deciziile din aceeași zi nu au ordine";
    decision_conflict(code: &str, answer: Words, day: &str)
        "unit `{code}` has the decision `{answer}` of {day} about a place that it had accepted",
        "unitatea `{code}` are în {day} decizia `{answer}` despre un loc pe care îl acceptase"
        => "a place that was accepted is given up by `withdrawn`",
           "la un loc acceptat se renunță prin `retras`";
}

/// Units that share score and keys across the cut of a phase.
pub(crate) struct Across<'a> {
    /// The phase.
    pub(crate) phase: &'a str,
    /// Codes of those that have a place.
    pub(crate) inside: &'a [String],
    /// Codes of those that have none.
    pub(crate) outside: &'a [String],
    /// Whether they have a score.
    pub(crate) scored: bool,
    /// Whether each component of the score has one measured value for all of them.
    pub(crate) alike: bool,
}

/// Units that only their codes tell apart, some with a place and some without.
pub(crate) fn tie_at_cut(across: &Across<'_>) -> Advice {
    let Across { phase, inside, outside, scored, alike } = across;
    let (inside, outside) = (inside.len(), outside.len());
    let all = inside + outside;
    let share = if *scored {
        message!(
            "share the score and every tie key",
            "au același scor și aceleași criterii de departajare",
        )
    } else {
        message!(
            "have no score and share every tie key",
            "nu au scor și au aceleași criterii de departajare",
        )
    };
    let profile = if *scored && *alike {
        message!(
            "; nothing that was measured for the score tells these {all} apart",
            "; nimic din ce s-a măsurat pentru scor nu le deosebește",
        )
    } else {
        Message::same("")
    };
    message!(
        "phase `{phase}`: {units} {share} across the cut, and only the order of their codes puts \
         {inside} in and leaves {outside} out{profile}",
        "etapa `{phase}`: {units} {share} de o parte și de alta a pragului de selecție, și numai \
         ordinea codurilor face ca {inside} să intre și {outside} să rămână în afară{profile}";
        units = Message::counted(all, ["unit", "units"], ["unitate", "unități"]),
        share = share,
        profile = profile,
    )
    .advise(message!(
        "draw lots in public: `lottery = {{ source = \"Loto 6/49\", announced = 2026-11-20, seed = \
         \"what was drawn, letter for letter\" }}` in `[order]`, with the day on which the draw was \
         announced; or name a further tie key in `ties`; or say in `accept_ties` why the code may \
         decide",
        "trageți la sorți în public: `lottery = {{ source = \"Loto 6/49\", announced = 2026-11-20, \
         seed = \"ce s-a extras, literă cu literă\" }}` în `[order]`, cu ziua în care a fost anunțată \
         extragerea; sau numiți încă un criteriu de departajare în `ties`; sau spuneți în \
         `accept_ties` de ce poate hotărî codul",
    ))
}
