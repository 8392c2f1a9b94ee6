//! Why a unit has a place or none, as its mayor and its citizens read it: no code, no formula, no name
//! of a file's key.

use crate::language::Language::{En, Ro};
use crate::language::{Noun, counted, numbered, whole};
use crate::message::labels;
use crate::quality::{Message, message, sentences};

/// A group of units that a rule speaks of, in the forms that sentences need.
pub(crate) struct Group {
    /// `județul Ilfov`, `Ilfov county`.
    pub(crate) name: Message,
    /// `județului Ilfov`, `Ilfov county`.
    pub(crate) of: Message,
    /// Behind *the last*: `din județul Ilfov`, `dintre comune`.
    pub(crate) among: Message,
}

/// A group of a classification. Those of a register of localities are known by name; any other is told
/// by its own name alone.
pub(crate) fn group(by: &str, group: &str) -> Group {
    let (name, of) = match by {
        "county" if group == "București" => (
            message!("the municipality of Bucharest", "municipiul București"),
            message!("the municipality of Bucharest", "municipiului București"),
        ),
        "county" => (
            message!("{group} county", "județul {group}"),
            message!("{group} county", "județului {group}"),
        ),
        "region" => (
            message!("the region {group}", "regiunea {group}"),
            message!("the region {group}", "regiunii {group}"),
        ),
        "macroregion" => (
            message!("the macroregion {group}", "macroregiunea {group}"),
            message!("the macroregion {group}", "macroregiunii {group}"),
        ),
        "kind" => {
            let (many, of, en) = match group {
                "commune" => ("comune", "comunelor", "communes"),
                "town" => ("orașe", "orașelor", "towns"),
                "municipality" => ("municipii", "municipiilor", "municipalities"),
                other => (other, other, other),
            };
            let name = message!("{en}", "{many}");
            let among = message!("of the {en}", "dintre {many}");
            return Group { of: message!("{en}", "{of}"), name, among };
        }
        _ => (
            message!("the group “{group}”", "grupa „{group}”"),
            message!("the group “{group}”", "grupei „{group}”"),
        ),
    };
    let among = message!("of {name}", "din {name}", ; name = name);
    Group { name, of, among }
}

/// A classification as rules are told by it: `pe județ`, `by county`.
pub(crate) fn family(by: &str) -> Message {
    match by {
        "county" => message!("by county", "pe județ"),
        "region" => message!("by region", "pe regiune"),
        "macroregion" => message!("by macroregion", "pe macroregiune"),
        "kind" => message!("by kind of locality", "pe tip de localitate"),
        _ => message!("by group", "pe grupe"),
    }
}

/// A unit with its county: `Bertea, județul Prahova`.
pub(crate) fn named(name: &str, county: &str) -> Message {
    if county.is_empty() || county == name {
        return Message::same(name);
    }
    let county = group("county", county).name;
    message!("{name}, {county}", "{name}, {county}", ; county = county)
}

/// Places, with their number.
pub(crate) fn places(count: usize) -> Message {
    Message { en: counted(count, "place", "places"), ro: numbered(count, "loc", "locuri") }
}

/// A number in the marks of each language.
pub(crate) fn number(number: usize) -> Message {
    Message { en: whole(number, En), ro: whole(number, Ro) }
}

/// A position in the order of a programme: `poziția 1.998 din 2.862`.
pub(crate) fn position(rank: usize, of: usize) -> Message {
    let (rank, of) = (number(rank), number(of));
    message!("position {rank} of {of}", "poziția {rank} din {of}", ; rank = rank, of = of)
}

/// So many units, perhaps of a group: `12 unități din județul Ilfov`.
pub(crate) fn contested(count: usize, among: Option<&Message>) -> Message {
    let units = Message::counted(count, ["unit", "units"], ["unitate", "unități"]);
    match among {
        Some(among) => message!("{units} {among}", "{units} {among}"; units = units, among = among),
        None => units,
    }
}

/// Why the list put a unit where it did, told of a unit that stands elsewhere by now.
pub(crate) fn when_listed(reason: &Message) -> Message {
    let reason = Message { en: uncapitalised(&reason.en), ro: uncapitalised(&reason.ro) };
    message!(
        "When the list was made: {reason}",
        "La întocmirea listei: {reason}",
        ; reason = reason
    )
}

/// A sentence that goes on behind a colon.
fn uncapitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

sentences! {
    by_rank(phase: &str, position: &Message)
        "Selected in phase {phase}: {position} in the order of the programme.",
        "Selectată în etapa {phase}: {position} în clasamentul programului.";
    seated(phase: &str, group: &Message, position: &Message)
        "Selected in phase {phase} under the minimum of {group}: its score alone ({position}) would not have given it a place.",
        "Selectată în etapa {phase} în temeiul cotei minime a {group}. Numai după scor ({position}) nu ar fi primit un loc.";
    seated_by_another_rule(phase: &str, rule: &Message, position: &Message)
        "Selected in phase {phase} because of a rule of the programme ({rule}): its score alone ({position}) would not have given it a place.",
        "Selectată în etapa {phase} în temeiul unei reguli a programului ({rule}). Numai după scor ({position}) nu ar fi primit un loc.";
    drawn(phase: &str, contested: &Message)
        "Selected in phase {phase} by lot, which the programme draws among {contested} whose place is contested.",
        "Selectată în etapa {phase} prin tragere la sorți, pe care programul o face între {contested} cu locul disputat.";
    not_drawn(contested: &Message)
        "Not selected: the programme draws lots among {contested} whose place is contested, and the lots fell on others.",
        "Neselectată: programul trage la sorți între {contested} cu locul disputat, iar sorții au căzut pe altele.";
    largest_sum(phase: &str)
        "Selected in phase {phase}: the list with the largest sum holds it.",
        "Selectată în etapa {phase}: face parte din lista cu suma cea mai mare.";
    included(why: &str)
        "Selected by decision: {why}.",
        "Selectată prin decizie: {why}.";
    kept()
        "Keeps its place, which it had accepted already.",
        "Își păstrează locul, pe care l-a acceptat deja.";
    held_harmless()
        "Keeps its place on the published list: an appeal harms nobody.",
        "Își păstrează locul de pe lista publicată: o contestație nu dăunează altora.";
    partner(lead: &Message)
        "Covered by the joint project led by {lead}.",
        "Cuprinsă în proiectul comun condus de {lead}.";
    below(position: &Message)
        "Not selected: {position} in the order of the programme, behind the cut.",
        "Neselectată: {position} în clasamentul programului, sub pragul de selecție.";
    full(group: &Message, count: &Message)
        "Not selected: the largest number of places for {group} is reached ({count}).",
        "Neselectată: s-a atins numărul maxim de locuri al {group} ({count}).";
    full_by_another_rule(rule: &Message)
        "Not selected: {rule} is reached.",
        "Neselectată: s-a atins {rule}.";
    displaced(by: &Message, group: &Message)
        "Not selected: the place that its score would have given it went to {by}, under the minimum of {group}.",
        "Neselectată: locul pe care i l-ar fi dat scorul a revenit unității {by}, selectată în temeiul cotei minime a {group}.";
    displaced_by_another_rule(by: &Message, rule: &Message)
        "Not selected: the place that its score would have given it went to {by}, because of a rule of the programme ({rule}).",
        "Neselectată: locul pe care i l-ar fi dat scorul a revenit unității {by}, în temeiul unei reguli a programului ({rule}).";
    money(rule: &Message)
        "Not selected: {rule} is not enough for it.",
        "Neselectată: {rule} nu mai ajunge pentru ea.";
    smaller_sum()
        "Not selected: the list with the largest sum does without it.",
        "Neselectată: lista cu suma cea mai mare nu o cuprinde.";
    lost_the_draw(with: &Message)
        "Not selected: tied with {with}; the draw decided.",
        "Neselectată: la egalitate cu {with}, a decis tragerea la sorți.";
    lost_by_code(with: &Message)
        "Not selected: tied with {with}; nothing measured separates them, and the order of codes decided.",
        "Neselectată: la egalitate cu {with}; nimic măsurat nu le deosebește, iar ordinea codurilor SIRUTA a decis.";
    excluded(why: &str)
        "Excluded by decision: {why}.",
        "Exclusă prin decizie: {why}.";
    ineligible(conditions: &Message)
        "Not eligible: {conditions}.",
        "Neeligibilă: {conditions}.";
    unscored(why: &str)
        "Without a score: {why}.",
        "Fără scor: {why}.";
    on_reserve(number: usize)
        "It is on the reserve, number {number}.",
        "Este pe lista de rezervă, cu numărul {number}.";
}

/// The least number of places of a group, with how many it has: a rule that seated somebody.
pub(crate) fn minimum(group: &Group, phase: &str) -> Message {
    message!(
        "the minimum of places for {name} in phase {phase}",
        "minimul de locuri pentru {name} în etapa {phase}",
        ; name = group.name
    )
}

/// The largest number of places of a group.
pub(crate) fn maximum(group: &Group, phase: &str) -> Message {
    message!(
        "the maximum of places for {name} in phase {phase}",
        "maximul de locuri pentru {name} în etapa {phase}",
        ; name = group.name
    )
}

/// A whole quota.
pub(crate) fn quota(by: &str, phase: &str) -> Message {
    let by = family(by);
    message!("the quota {by} of phase {phase}", "cota {by} din etapa {phase}", ; by = by)
}

sentences! {
    kept_for_minimum(group: &Message, phase: &str)
        "places kept for the minimum of {group}, phase {phase}",
        "locuri rezervate pentru minimul {group}, etapa {phase}";
    places_of(phase: &str)
        "the number of places of phase {phase}",
        "numărul de locuri al etapei {phase}";
    budget(phase: &str)
        "the budget up to phase {phase}",
        "bugetul până la etapa {phase}";
    least_total(phase: &str)
        "the least total that the programme asks of the selected up to phase {phase}",
        "totalul minim pe care programul îl cere celor selectate până la etapa {phase}";
    largest_total(phase: &str)
        "the largest total that the programme allows the selected up to phase {phase}",
        "totalul maxim pe care programul îl permite celor selectate până la etapa {phase}";
    locked(phase: &str)
        "the places already given, which phase {phase} keeps",
        "locurile acordate deja, pe care etapa {phase} le păstrează";
}

/// How many places a group has up to a phase, and who is the last of it.
pub(crate) fn group_has(
    group: &Group,
    phase: &str,
    count: usize,
    last: Option<(&Message, &Message)>,
) -> Message {
    let held = message!(
        "Places of {of} on the list up to and including phase {phase}: {count}",
        "Locuri pe listă ale {of} până la etapa {phase} inclusiv: {count}",
        ; of = group.of, count = number(count)
    );
    match last {
        Some((last, position)) => message!(
            "{held}; the last of them by score: {last} ({position}).",
            "{held}; ultima unitate după scor: {last} ({position}).",
            ; held = held, last = last, position = position
        ),
        None => message!("{held}.", "{held}.", ; held = held),
    }
}

sentences! {
    by_quotas()
        "quotas",
        "cotelor";
    by_rules()
        "rules of the programme",
        "regulilor programului";
    by_decision()
        "an earlier decision",
        "unei decizii anterioare";
}

/// How many units further down have a place, and what gave it to them.
pub(crate) fn lower_are_in(count: usize, by: &[Message]) -> Message {
    let en = counted(
        count,
        "unit further down in the order has a place",
        "units further down in the order have places",
    );
    let ro = match count {
        1 => "O unitate aflată mai jos în clasament a primit loc".to_owned(),
        _ => numbered(count, "unitate", "unități") + " aflate mai jos în clasament au primit loc",
    };
    if by.is_empty() {
        return message!("{en}.", "{ro}.");
    }
    let joined =
        |of: fn(&Message) -> &str, or: &str| by.iter().map(of).collect::<Vec<_>>().join(or);
    let (by, virtue) = (joined(|it| &it.en, " or "), joined(|it| &it.ro, " sau a "));
    message!("{en} by {by}.", "{ro} în virtutea {virtue}.")
}

/// How far a unit outside is from one that it could replace. It may have more points and be kept out by
/// a rule.
pub(crate) fn lacked(points: Option<(&Message, bool)>, ranks: &Message, with: &Message) -> Message {
    match points {
        None => exchange(with),
        Some((points, true)) => message!(
            "It has {points} points more ({ranks}) than {with}, the only one it could replace.",
            "Are cu {points} puncte mai mult ({ranks}) decât {with}, singura pe care ar putea-o înlocui.",
            ; points = points, ranks = ranks, with = with
        ),
        Some((points, false)) => message!(
            "It lacked {points} points ({ranks}) to take the place of {with}.",
            "I-au lipsit {points} puncte ({ranks}) ca să ia locul unității {with}.",
            ; points = points, ranks = ranks, with = with
        ),
    }
}

/// How far a unit inside is from the one that would replace it.
pub(crate) fn spared(points: Option<&Message>, ranks: &Message, with: &Message) -> Message {
    match points {
        None => exchange(with),
        Some(points) => message!(
            "Who would replace it, {with}, is {points} points and {ranks} away.",
            "Cea care ar înlocui-o, {with}, este la {points} puncte și {ranks} distanță.",
            ; points = points, ranks = ranks, with = with
        ),
    }
}

fn exchange(with: &Message) -> Message {
    message!(
        "The unit with which it would change places: {with}.",
        "Unitatea cu care ar face schimb de loc: {with}.",
        ; with = with
    )
}

/// Ranks between two units.
pub(crate) fn ranks(count: usize) -> Message {
    let noun = Noun::new(["o poziție", "poziții"], ["one position", "positions"]);
    Message { en: noun.counted(count, En), ro: noun.counted(count, Ro) }
}

/// What a unit is that does not pass a condition, by a column of the register: `tipul localității:
/// municipiu`. `None` where the column has no name for people.
pub(crate) fn seen(column: &str, value: &str) -> Option<Message> {
    let known = |words: crate::language::Words| Message {
        en: words.en.to_owned(),
        ro: words.ro.to_owned(),
    };
    Some(match column {
        "kind" => {
            let kind = labels::KINDS.iter().find(|(id, _)| *id == value);
            let kind = kind.map_or_else(|| Message::same(value), |(_, words)| known(*words));
            message!("it is a {kind}", "este {kind}", ; kind = kind)
        }
        "county" | "region" | "macroregion" => {
            let group = group(column, value).name;
            message!("it lies in {group}", "se află în {group}", ; group = group)
        }
        _ => return None,
    })
}

/// That a unit does not meet a condition, in the words of the programme, and what the unit is.
pub(crate) fn fails(why: &Message, seen: Option<&Message>) -> Message {
    let condition = message!(
        "it does not meet the condition “{why}”",
        "nu îndeplinește condiția „{why}”";
        why = why
    );
    with_seen(condition, seen)
}

/// That a unit does not meet so many conditions for which the programme has no words, and what the unit is.
pub(crate) fn fails_without_words(conditions: usize, seen: Option<&Message>) -> Message {
    let condition = match conditions {
        1 => message!(
            "it does not meet a condition of eligibility of the programme",
            "nu îndeplinește o condiție de eligibilitate a programului",
        ),
        _ => message!(
            "it does not meet {many} of eligibility of the programme",
            "nu îndeplinește {many} de eligibilitate ale programului";
            many = Message::counted(conditions, ["condition", "conditions"], ["condiție", "condiții"])
        ),
    };
    with_seen(condition, seen)
}

fn with_seen(condition: Message, seen: Option<&Message>) -> Message {
    match seen {
        Some(seen) => message!(
            "{condition}: {seen}", "{condition}: {seen}"; condition = condition, seen = seen
        ),
        None => condition,
    }
}

sentences! {
    passes(tests: &Message)
        "It meets: {tests}.",
        "Îndeplinește: {tests}.";
    among_others(seen: &Message)
        "among other things, {seen}",
        "între altele, {seen}";
}

/// What became of a place after the list was made.
pub(crate) struct Answered<'a> {
    /// The unit that answered.
    pub(crate) name: &'a str,
    /// The day, `05.03.2026`.
    pub(crate) day: &'a Message,
    /// The document.
    pub(crate) document: &'a str,
}

impl Answered<'_> {
    /// It accepted its place.
    pub(crate) fn accepted(&self) -> Message {
        let Self { name, day, document } = *self;
        message!(
            "{name} accepted its place on {day} ({document}).",
            "{name} și-a acceptat locul la {day} ({document}).",
            ; day = day
        )
    }

    /// It refused its place, which went on as `onward` says.
    pub(crate) fn refused(&self, onward: &Message) -> Message {
        let Self { name, day, document } = *self;
        message!(
            "{name} refused its place on {day} ({document}); {onward}.",
            "{name} a refuzat locul la {day} ({document}); {onward}.",
            ; day = day, onward = onward
        )
    }

    /// It did not answer in time, and its place went on as `onward` says.
    pub(crate) fn silent(&self, onward: &Message) -> Message {
        let Self { name, day, .. } = *self;
        message!(
            "{name} gave no answer up to {day}, which counts as a refusal; {onward}.",
            "{name} nu a răspuns până la {day}, ceea ce înseamnă refuz; {onward}.",
            ; day = day, onward = onward
        )
    }

    /// It gave its place up, which went on as `onward` says.
    pub(crate) fn withdrew(&self, onward: &Message) -> Message {
        let Self { name, day, document } = *self;
        message!(
            "{name} withdrew on {day} ({document}); {onward}.",
            "{name} s-a retras la {day} ({document}); {onward}.",
            ; day = day, onward = onward
        )
    }
}

sentences! {
    passed_on(number: &Message, phase: &str, to: &Message)
        "place {number}, of phase {phase}, passed to {to}",
        "locul {number}, din etapa {phase}, a trecut la {to}";
    passed_up(number: &Message, phase: &str, to: &Message)
        "place {number}, of phase {phase}, passed to {to}, which had a place in a later phase",
        "locul {number}, din etapa {phase}, a trecut la {to}, care avea un loc într-o etapă ulterioară";
    left_empty(number: &Message, phase: &str)
        "place {number}, of phase {phase}, stayed empty",
        "locul {number}, din etapa {phase}, a rămas liber";
    entered(number: &Message, phase: &str, after: &Message, day: &Message)
        "It took place {number}, of phase {phase}, on {day}, which {after} had given up.",
        "A primit la {day} locul {number}, din etapa {phase}, lăsat liber de {after}.";
    moved_up(number: &Message, phase: &str, after: &Message, day: &Message)
        "It moved up on {day} to place {number}, of phase {phase}, which {after} had given up.",
        "A trecut la {day} pe locul {number}, din etapa {phase}, lăsat liber de {after}.";
}
