//! Sentences of refusals: what is wrong with a programme, a pool, a quota or a decision.
//!
//! They are in English, the language of the terminal and of `selection.json`.

use std::fmt::Display;

use crate::spelling::suggest;

/// A sentence of the engine with what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Advice {
    /// What is wrong, lower case, no full stop.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) hint: Option<String>,
}

impl From<String> for Advice {
    fn from(message: String) -> Self {
        Self { message, hint: None }
    }
}

impl Advice {
    fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: Some(hint.into()) }
    }

    /// Advice about a name that is not known: the one probably meant, or the known ones.
    fn unknown<'a>(message: String, name: &str, known: impl Iterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.collect();
        Self { message, hint: suggest(name, known.iter().copied()) }
    }
}

// --- what is wrong with a pool or a programme

/// A score without a published form.
pub(crate) fn unfit_score(code: &str, error: impl Display) -> String {
    format!("unit `{code}` has {error}")
}

/// An eligible unit without a score.
pub(crate) fn unscored(code: &str) -> Advice {
    Advice::new(
        format!("unit `{code}` is eligible and has no score"),
        "say `unscored = { rule = \"exclude\", reason = … }` or `\"last-place\"`, or give the unit a score",
    )
}

/// A code that is twice in a pool.
pub(crate) fn duplicate_candidate(code: &str) -> String {
    format!("unit `{code}` is in the pool twice")
}

/// A unit whose lists are not those of its pool.
pub(crate) fn pool_shape(code: &str) -> String {
    format!("unit `{code}` has other groups, measures or keys than the pool names")
}

/// People below zero.
pub(crate) fn negative_people(code: &str) -> String {
    format!("unit `{code}` has a negative number of people")
}

/// A programme that selects nobody.
pub(crate) fn no_phase() -> String {
    "a programme without a phase selects nobody".to_owned()
}

/// More decimals than a score can have.
pub(crate) fn too_many_decimals(decimals: u8) -> String {
    format!("{decimals} decimals are more than the 9 that a score can have")
}

/// A code that the register does not have.
pub(crate) fn unknown_unit<'a>(code: &str, known: impl Iterator<Item = &'a str>) -> Advice {
    Advice::unknown(format!("`{code}` is no unit of the register"), code, known)
}

/// A unit that is locked in and out.
pub(crate) fn lock_conflict(code: &str, excluded: &str, included: &str) -> Advice {
    Advice::new(
        format!("unit `{code}` is excluded (\"{excluded}\") and included (\"{included}\")"),
        "keep one of the two decisions",
    )
}

/// A unit that is excluded although it accepted its place.
pub(crate) fn accepted_and_excluded(code: &str, why: &str) -> Advice {
    Advice::new(
        format!("unit `{code}` accepted its place and is excluded (\"{why}\")"),
        "an accepted place is never taken back: a decision `withdrawn` gives it up",
    )
}

/// A unit that accepted its place and is not registered.
pub(crate) fn accepted_and_unknown(code: &str) -> String {
    format!("unit `{code}` accepted its place and is no unit of the register")
}

/// A budget below zero; lei as shown.
pub(crate) fn negative_limit(lei: &str) -> String {
    format!("a limit of {lei} lei: money cannot be negative")
}

/// A unit that may take a place and has no cost.
pub(crate) fn missing_cost(code: &str) -> String {
    format!("unit `{code}` may take a place and has no cost")
}

/// A unit that may take a place and costs less than nothing; lei as shown.
pub(crate) fn negative_cost(code: &str, lei: &str) -> String {
    format!("unit `{code}` may take a place and costs {lei} lei")
}

/// Sums that a solver would round.
pub(crate) fn too_large() -> Advice {
    Advice::new(
        "scores, people or costs sum to more than 2^53 units of their last decimal",
        "publish fewer decimals (`order.decimals`)",
    )
}

// --- quotas

/// A quota by something that classifies nothing.
pub(crate) fn unknown_quota<'a>(
    phase: &str,
    by: &str,
    known: impl Iterator<Item = &'a str>,
) -> Advice {
    let message = format!("phase `{phase}` has a quota by `{by}`, which is no classification");
    Advice::unknown(message, by, known)
}

/// A name that is no classification.
pub(crate) fn unknown_classification<'a>(by: &str, known: impl Iterator<Item = &'a str>) -> Advice {
    Advice::unknown(format!("`{by}` is no classification"), by, known)
}

/// A group that a classification does not have.
pub(crate) fn unknown_group<'a>(
    by: &str,
    group: &str,
    known: impl Iterator<Item = &'a str>,
) -> Advice {
    Advice::unknown(format!("no `{by}` is called `{group}`"), group, known)
}

/// A share (or an apportionment) of places that are not counted.
pub(crate) fn share_of_nothing(what: &str, phase: &str) -> Advice {
    Advice::new(
        format!("{what} of the places of phase `{phase}`, which has no `upto`"),
        "say `upto`, or give the quota as places",
    )
}

/// A minimum above its maximum.
pub(crate) fn bounds_crossed(group: &str, least: i64, most: i64, phase: &str) -> String {
    format!("{group} must have at least {least} and at most {most} places in phase `{phase}`")
}

/// Shares above the whole.
pub(crate) fn shares_too_large(by: &str) -> String {
    format!("shares by `{by}` sum to more than the whole")
}

/// Places that the groups cannot share.
pub(crate) fn not_apportioned(places: i64, by: &str, least: i64, most: i64) -> Advice {
    Advice::new(
        format!(
            "{places} places cannot be apportioned by `{by}`: the groups need at least {least} and can take at most {most}"
        ),
        "change `upto`, `min` or `max`",
    )
}

/// A measure that the pool does not have.
pub(crate) fn unknown_measure<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Advice {
    Advice::unknown(format!("nothing to apportion on is called `{name}`"), name, known)
}

/// Votes below zero.
pub(crate) fn negative_votes(code: &str, value: i64, measure: &str) -> String {
    format!("unit `{code}` has {value} in `{measure}`: votes cannot be negative")
}

/// Votes that do not fit.
pub(crate) fn votes_too_large(measure: &str) -> String {
    format!("the sum of `{measure}` does not fit")
}

// --- unions

/// Projects of a size that cannot be.
pub(crate) fn union_size(members: u8) -> String {
    format!("projects of {members} members: 1 to 3 are possible")
}

/// A border of a unit that is not registered.
pub(crate) fn unknown_neighbour(a: &str, b: &str, code: &str) -> String {
    format!("the border `{a}` - `{b}`: `{code}` is no unit of the register")
}

/// A unit that borders itself.
pub(crate) fn own_neighbour(code: &str) -> String {
    format!("unit `{code}` has a border with itself")
}

// --- phases without a list

/// Work that ended before a list was found.
pub(crate) fn out_of_nodes(phase: &str) -> Advice {
    Advice::new(
        format!("phase `{phase}`: no list was found within the nodes allowed"),
        "raise `effort.nodes`",
    )
}

/// Money that ends before a minimum is met, at a unit where there is one.
pub(crate) fn money_ends(
    phase: &str,
    at: Option<&str>,
    group: &str,
    held: i64,
    least: i64,
) -> Advice {
    let end = at.map_or_else(String::new, |code| format!(" at unit `{code}`"));
    Advice::new(
        format!(
            "phase `{phase}`: the money ends{end} and {group} has {held} of at least {least} places"
        ),
        "`when_short = \"skip\"` keeps money for the minima",
    )
}

/// Rules that conflict, what is missing, and the changes of one rule each that would do.
pub(crate) fn no_list(
    phase: &str,
    rules: &[String],
    missing: &str,
    mut changes: Vec<String>,
) -> Advice {
    let listed = if rules.len() > 8 {
        format!("{}; … ({} rules in all)", rules[..8].join("; "), rules.len())
    } else {
        rules.join("; ")
    };
    let message = format!("phase `{phase}` has no list: {listed}: {missing} missing");
    if changes.is_empty() {
        return Advice::new(message, "no change of one of these rules alone would do");
    }
    if changes.len() > 6 {
        let more = changes.len() - 6;
        changes.truncate(6);
        changes.push(format!("… ({more} more)"));
    }
    Advice::new(message, format!("one of these changes would do: {}", changes.join("; or ")))
}

/// Lei as shown.
pub(crate) fn money(lei: &str) -> String {
    format!("{lei} lei")
}

/// So many places.
pub(crate) fn places(places: i64) -> String {
    if places == 1 { "1 place".to_owned() } else { format!("{places} places") }
}

/// The least number of places.
pub(crate) fn places_to_fill(places: i64, units: usize) -> String {
    format!("{places} places must be filled ({units} units may take one)")
}

/// The most places.
pub(crate) fn places_there(places: i64) -> String {
    format!("there are {places} places")
}

/// The minimum of a group.
pub(crate) fn group_needs(group: &str, least: i64, eligible: usize) -> String {
    format!("{group} must have at least {least} ({eligible} eligible)")
}

/// The maximum of a group.
pub(crate) fn group_takes(group: &str, most: i64) -> String {
    format!("{group} may have at most {most}")
}

/// The limit of money; lei as shown.
pub(crate) fn money_there(lei: &str) -> String {
    format!("the money is {}", money(lei))
}

/// Units that are in already.
pub(crate) fn units_locked(units: usize) -> String {
    format!("{units} units are in already")
}

/// Another limit of money; lei as shown.
pub(crate) fn other_limit(lei: &str) -> String {
    format!("a limit of {}", money(lei))
}

/// Another number of places.
pub(crate) fn other_places(places: i64) -> String {
    format!("{places} places")
}

/// Another minimum.
pub(crate) fn other_least(places: i64, by: &str, group: &str) -> String {
    format!("at least {places} for {by} {group}")
}

/// Another maximum.
pub(crate) fn other_most(places: i64, by: &str, group: &str) -> String {
    format!("at most {places} for {by} {group}")
}

// --- ties and decisions

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
        "share the score and every tie key"
    } else {
        "have no score and share every tie key"
    };
    let profile = if *scored && *alike {
        format!("; nothing that was measured for the score tells these {all} apart")
    } else {
        String::new()
    };
    Advice::new(
        format!(
            "phase `{phase}`: {all} units {share} across the cut, and only the order of their codes \
             puts {inside} in and leaves {outside} out{profile}"
        ),
        "draw lots in public: `lottery = { source = \"Loto 6/49\", announced = 2026-11-20, seed = \"what \
         was drawn, letter for letter\" }` in `[order]`, with the day on which the draw was announced; \
         or name a further tie key in `ties`; or say in `accept_ties` why the code may decide",
    )
}

/// A decision of a unit that holds no place, or of nobody.
pub(crate) fn not_selected(
    code: &str,
    is_registered: bool,
    answer: &str,
    day: impl Display,
    reference: &str,
) -> Advice {
    let why =
        if is_registered { "holds no place on that day" } else { "is no unit of the register" };
    Advice::new(
        format!("unit `{code}` {why}, and {answer} one on {day} ({reference})"),
        "decisions are replayed by day against the list as computed and the reserve",
    )
}

/// Two answers of one unit on one day.
pub(crate) fn answered_twice(code: &str, day: impl Display) -> Advice {
    Advice::new(
        format!("unit `{code}` gives two answers on {day}"),
        "keep the row that holds; answers of one day have no order",
    )
}

/// An answer to a place that was accepted before.
pub(crate) fn decision_conflict(code: &str, answer: &str, day: impl Display) -> Advice {
    Advice::new(
        format!("unit `{code}` {answer} a place on {day} that it had accepted"),
        "a place that was accepted is given up by `withdrawn`",
    )
}
