//! Sentences about a methodology: its nodes, steps, outputs and summaries.

use crate::quality::{Message, sentences};

sentences! {
    within_nothing()
        "`within` says in which areas ranks and classes are taken, and this output has neither steps nor classes",
        "`within` spune în ce arii se iau pozițiile și clasele, iar acest rezultat nu are nici pași, nici clase"
        => "add `steps` or `class`, or leave it out",
           "adăugați `steps` sau `class` ori scoateți cheia";
    no_nodes()
        "this methodology has no nodes",
        "metodologia nu are noduri";
    indicator_and_aggregate(id: &str)
        "`{id}` is an indicator and an aggregate",
        "`{id}` este și indicator, și agregat";
    column_of_the_register(id: &str)
        "`{id}` is already a column of the register",
        "`{id}` este deja o coloană a registrului"
        => "rename the node",
           "dați nodului alt nume";
    omits_no_indicator(id: &str)
        "`omit` names `{id}`, which is not an indicator",
        "`omit` numește `{id}`, care nu este un indicator";
    all_children_omitted(id: &str)
        "`omit` leaves out every child of `{id}`, so nothing is left",
        "`omit` lasă deoparte toate componentele agregatului `{id}`, deci nu mai rămâne nimic";
    value_and_children(key: &str)
        "an aggregate has either a `value` or children, not `{key}` too",
        "un agregat are ori `value`, ori componente, nu și `{key}`";
    direction_twice(step: &str)
        "the step `{step}` already says which direction is risk",
        "pasul `{step}` spune deja în ce sens crește riscul"
        => "leave `direction` out",
           "scoateți `direction`";
    made_of_nothing()
        "this aggregate does not say what it is made of",
        "agregatul nu spune din ce este făcut"
        => "`of = {{ child = weight, … }}`, or a formula over nodes as `value`",
           "`of = {{ nod = pondere, … }}` sau, în `value`, o formulă peste noduri";
    no_children()
        "this aggregate has no children",
        "agregatul nu are componente";
    weights_zero()
        "all weights are zero",
        "toate ponderile sunt zero";
    weight_below_zero()
        "a weight is a number from 0",
        "o pondere este un număr de la 0 în sus"
        => "to turn a child round, give it `direction = \"protective\"`",
           "ca să întoarceți sensul unei componente, scrieți la ea `direction = \"protective\"`";
    range_backwards()
        "the first number must be the smaller one",
        "primul număr trebuie să fie cel mai mic";
    omitted(id: &str)
        "`{id}` is left out by `omit`",
        "`{id}` este lăsat deoparte prin `omit`"
        => "leave it out here too, or do not omit it",
           "scoateți-l și de aici sau nu îl lăsați deoparte";
    no_node(id: &str)
        "`{id}` is not a node",
        "`{id}` nu este un nod"
        => "make an `[[indicator]]` of it first",
           "faceți întâi din el un `[[indicator]]`";
    unknown_node(id: &str)
        "unknown node `{id}`",
        "nod necunoscut: `{id}`";
    text_without_score(name: &str)
        "`{name}` is a text, and nothing turns it into a number",
        "`{name}` este un text și nimic nu îl face număr"
        => "begin `steps` with `{{ categories = … }}`, which scores each word",
           "începeți `steps` cu `{{ categories = … }}`, care dă puncte fiecărui cuvânt";
    measured_apart(a: &str, here: &str, b: &str, there: &str)
        "`{a}` is measured by {here} and `{b}` by {there}, and neither lies inside the other",
        "`{a}` este măsurată la nivelul `{here}`, iar `{b}` la nivelul `{there}`, și niciunul nu se află în celălalt";
    rate_not_added(name: &str, level: &str, coarse: &str)
        "`{name}` is a rate or text by {level} and cannot be added up to {coarse}, the level at which this formula runs",
        "`{name}` este o rată sau un text la nivelul `{level}` și nu se poate aduna la nivelul `{coarse}`, la care lucrează formula"
        => "make an indicator of each and combine them in an `[[aggregate]]`",
           "faceți câte un indicator din fiecare și combinați-i într-un `[[aggregate]]`";
    differs_inside(name: &str, coarse: &str)
        "`{name}` differs inside a {coarse}, the level at which this formula runs",
        "`{name}` nu este aceeași peste tot într-o arie de nivelul `{coarse}`, la care lucrează formula"
        => "make an indicator of each and combine them in an `[[aggregate]]`",
           "faceți câte un indicator din fiecare și combinați-i într-un `[[aggregate]]`";
    step_of_unknown_unit(step: &str, unit: &str)
        "the step `{step}` names the unit `{unit}`, which the register does not have",
        "pasul `{step}` numește unitatea `{unit}`, pe care registrul nu o are";
    step_of_omitted(step: &str, id: &str)
        "the step `{step}` reads `{id}`, which `omit` leaves out",
        "pasul `{step}` citește `{id}`, lăsat deoparte prin `omit`";
    no_indicator(id: &str)
        "`{id}` is not an indicator",
        "`{id}` nu este un indicator";
    step_of_panel(step: &str)
        "the step `{step}` needs a panel",
        "pasul `{step}` are nevoie de date pe mai multe perioade"
        => "add `period` to `[methodology]`: the register column that holds it",
           "adăugați `period` în `[methodology]`: coloana din registru care o conține";
    output_named_as_node(id: &str)
        "the output `{id}` has the name of a node",
        "coloana de rezultat `{id}` poartă numele unui nod"
        => "both would be the same column of the tables: rename one",
           "ar fi aceeași coloană în tabele: dați uneia alt nume";
    no_contributions(node: &str)
        "`{node}` has no children whose contributions could be shown",
        "`{node}` nu are componente ale căror contribuții să se arate";
    no_weight(name: &str)
        "`{name}` is not a count, and only counts and amounts weigh areas",
        "`{name}` nu este o numărătoare, iar ariile se ponderează numai cu numărări și sume";
    text_not_measure(name: &str)
        "`{name}` is a text, not a measure",
        "`{name}` este un text, nu o măsură";
    omitted_headline(id: &str)
        "`{id}` leads the reports, and `omit` leaves it out",
        "rapoartele pornesc de la `{id}`, lăsat deoparte prin `omit`"
        => "name another node as `headline`",
           "numiți alt nod în `headline`";
    one_statistic()
        "a column has one statistic",
        "o coloană are o singură statistică"
        => "for example `poverty_mean = {{ mean = \"poverty\" }}`",
           "de exemplu `poverty_mean = {{ mean = \"poverty\" }}`";
    unknown_statistic(word: &str)
        "unknown statistic `{word}`",
        "statistică necunoscută: `{word}`";
    cycle_of_recipes(way: &str)
        "recipes form a cycle: {way}",
        "rețetele formează un cerc: {way}";
    too_many_steps(most: usize)
        "this list has more than {most} steps",
        "lista are mai mult de {most} de pași";
    unknown_step_or_recipe(word: &str)
        "unknown step or recipe `{word}`",
        "pas sau rețetă necunoscută: `{word}`";
    unused_recipe(name: &str)
        "no list of steps names the recipe `{name}`",
        "nicio listă de pași nu numește rețeta `{name}`"
        => "write its name into `steps` or `each`, or leave it out",
           "scrieți numele ei la `steps` sau `each` ori ștergeți-o";
    unknown_step(word: &str)
        "unknown step `{word}`",
        "pas necunoscut: `{word}`";
    of_step(step: &str, what: &Message)
        "the step `{step}`: {what}",
        "pasul `{step}`: {what}";
    one_step()
        "a step has one name",
        "un pas are un singur nume"
        => "write each step in braces of its own: `{{ winsorise = {{ max = 5 }} }}, …`",
           "scrieți fiecare pas între acoladele lui: `{{ winsorise = {{ max = 5 }} }}, …`";
}

/// Two measures, each with its level, of which neither level lies inside the other.
pub(crate) fn levels_apart([a, one]: [&str; 2], [b, other]: [&str; 2]) -> Message {
    measured_apart(a, one, b, other)
}
