//! Sentences about the formulas of a methodology, a programme or a register.

use crate::quality::{Message, message, sentences};

sentences! {
    no_such_word(column: &str, word: &str)
        "`{column}` is never `{word}`",
        "`{column}` nu este niciodată `{word}`";
    never_true()
        "this comparison can never be true: a count is never below 0",
        "comparația nu poate fi adevărată niciodată: o numărătoare nu este niciodată sub 0"
        => "look at the number, and at the side of the sign",
           "verificați numărul și sensul semnului";
    always_true()
        "this comparison is always true: a count is never below 0",
        "comparația este adevărată întotdeauna: o numărătoare nu este niciodată sub 0"
        => "look at the number, or leave the comparison out",
           "verificați numărul sau scoateți comparația";
    no_column()
        "this formula uses no column",
        "formula nu folosește nicio coloană";
    too_long(most: usize)
        "this formula is longer than {most} bytes",
        "formula este mai lungă de {most} de octeți"
        => "split it into nodes of its own",
           "împărțiți-o în mai multe noduri";
    too_deep()
        "this formula is nested too deeply",
        "formula are prea multe niveluri unul în altul"
        => "split it into nodes of its own",
           "împărțiți-o în mai multe noduri";
    too_large()
        "this part of the formula is too large",
        "această parte a formulei este prea mare"
        => "split it into nodes of its own",
           "împărțiți-o în mai multe noduri";
    comment()
        "a formula holds no comments",
        "într-o formulă nu încap comentarii"
        => "comments belong outside the quotes, after `#`; write `a - -b` for `a--b`",
           "comentariile stau în afara ghilimelelor, după `#`; pentru `a--b` scrieți `a - -b`";
    unexpected(token: &str)
        "unexpected `{token}` after the end of the formula",
        "`{token}` este în plus după sfârșitul formulei"
        => "allowed: + - * / = <> < <= > >= AND OR NOT, IS NULL, IN (…), BETWEEN, CASE, COALESCE, LEAST, GREATEST, ABS, SIGN, SQRT, CBRT, LN, LOG10, EXP, POWER",
           "permise: + - * / = <> < <= > >= AND OR NOT, IS NULL, IN (…), BETWEEN, CASE, COALESCE, LEAST, GREATEST, ABS, SIGN, SQRT, CBRT, LN, LOG10, EXP, POWER";
    unreadable(why: &Message)
        "this formula cannot be read: {why}",
        "formula nu poate fi citită: {why}";
    not_allowed(what: &Message)
        "{what} is not allowed in a formula",
        "într-o formulă nu este permis: {what}"
        => "allowed: + - * / = <> < <= > >= AND OR NOT, IS NULL, IN (…), BETWEEN, CASE, COALESCE, LEAST, GREATEST, ABS, SIGN, SQRT, CBRT, LN, LOG10, EXP, POWER",
           "permise: + - * / = <> < <= > >= AND OR NOT, IS NULL, IN (…), BETWEEN, CASE, COALESCE, LEAST, GREATEST, ABS, SIGN, SQRT, CBRT, LN, LOG10, EXP, POWER";
    round_is_a_step(name: &str)
        "`{name}` is not allowed in a formula",
        "`{name}` nu este permis într-o formulă"
        => "rounding is a step: `{{ round = {{ decimals = 2 }} }}`",
           "rotunjirea este un pas: `{{ round = {{ decimals = 2 }} }}`";
    statistics_are_steps(name: &str)
        "`{name}` is not allowed in a formula",
        "`{name}` nu este permis într-o formulă"
        => "a formula works unit by unit; statistics over units are steps",
           "o formulă lucrează unitate cu unitate; statisticile peste unități sunt pași";
    so_many_arguments(name: &str, wanted: usize, given: usize)
        "`{name}` takes {wanted} arguments, found {given}",
        "funcția `{name}` se scrie cu alt număr de argumente: {wanted}, nu {given}";
    few_arguments(name: &str, least: usize, given: usize)
        "`{name}` takes at least {least} arguments, found {given}",
        "funcția `{name}` are prea puține argumente: {given}, cel puțin {least}";
    no_number(digits: &str)
        "`{digits}` is not a number",
        "`{digits}` nu este un număr";
    no_order_of_texts()
        "texts have no order in a formula",
        "textele nu au ordine într-o formulă"
        => "compare texts with `=`, `<>` or `IN (…)`",
           "comparați textele cu `=`, `<>` sau `IN (…)`";
    empty_in()
        "`IN ()` names nothing",
        "`IN ()` nu numește nimic";
    text_and_number()
        "a text and a number do not go together here",
        "un text și un număr nu se potrivesc aici";
    number_needed()
        "a number is needed here, and this is a text",
        "aici trebuie un număr, iar acesta este un text"
        => "compare it (`kind = 'commune'`), or score it with the step `categories`",
           "comparați-l (`kind = 'commune'`) sau dați-i puncte cu pasul `categories`";
    condition_needed()
        "a condition is needed here",
        "aici trebuie o condiție"
        => "compare it with something: `… > 0`, `kind = 'commune'`",
           "comparați cu ceva: `… > 0`, `kind = 'commune'`";
    node_not_measure(name: &str)
        "`{name}` is a node, not a measure",
        "`{name}` este un nod, nu o măsură"
        => "a formula over nodes belongs into an `[[aggregate]]` with `value`",
           "o formulă peste noduri stă într-un `[[aggregate]]` cu `value`";
    counted_above_units(name: &str, level: &str)
        "`{name}` is counted by {level}, and this formula runs unit by unit",
        "`{name}` este numărată la nivelul `{level}`, iar formula lucrează unitate cu unitate"
        => "make an `[[indicator]]` of it first, which runs at its own level",
           "faceți întâi din ea un `[[indicator]]`, care lucrează la nivelul ei";
    no_measure_of_source(source: &str, name: &str)
        "the source `{source}` has no measure `{name}`",
        "sursa `{source}` nu are măsura `{name}`";
    unknown_name(name: &str)
        "unknown name `{name}`",
        "nume necunoscut: `{name}`";
    no_source(source: &str, name: &str)
        "the study has no source `{source}`, so there is no `{name}`",
        "studiul nu are sursa `{source}`, deci nu există `{name}`"
        => "add a `[[source]]` with the id `{source}`, or leave the indicator out with `omit` in `[study]`",
           "adăugați un `[[source]]` cu identificatorul `{source}` sau lăsați indicatorul deoparte cu `omit` în `[study]`";
    not_summed(name: &str)
        "`{name}` cannot be added up over several units",
        "`{name}` nu se poate aduna peste mai multe unități"
        => "only counts and amounts measured by unit add up",
           "se adună numai numărările și sumele măsurate pe unitate";
    cycle_of_nodes(way: &str)
        "nodes form a cycle: {way}",
        "nodurile formează un cerc: {way}";
}

/// A function with other than its least and most arguments.
pub(crate) fn arguments(name: &str, [least, most]: [usize; 2], given: usize) -> Message {
    if least == most {
        so_many_arguments(name, least, given)
    } else {
        few_arguments(name, least, given)
    }
}

/// What may not stand in a formula: rounding.
pub(crate) fn rounding() -> Message {
    message!("rounding", "rotunjirea")
}

/// What may not stand in a formula: a cast.
pub(crate) fn cast() -> Message {
    message!("a cast", "o conversie de tip")
}

/// What may not stand in a formula: a query.
pub(crate) fn query() -> Message {
    message!("a query", "o interogare")
}
