//! Sentences about a file of doubts: what it may say, and what touches nothing.

use crate::quality::{Message, sentences};

sentences! {
    too_many_runs(key: &str, least: u32, most: u32)
        "`{key}` is a whole number from {least} to {most}",
        "`{key}` este un număr întreg de la {least} la {most}"
        => "more points would not be those of one Sobol sequence",
           "mai multe puncte nu ar mai fi ale unei singure secvențe Sobol";
    no_power_of_two(key: &str, number: u32, below: u32, above: u32)
        "`{key} = {number}` is no power of two, and points of a Sobol sequence are even only at one",
        "`{key} = {number}` nu este o putere a lui doi, iar punctele unei secvențe Sobol sunt uniforme numai la una"
        => "write {below} or {above}",
           "scrieți {below} sau {above}";
    more_alone_than_runs(alone: u32, runs: u32)
        "`alone` reuses the points of the joint design: {alone} of {runs}",
        "`alone` refolosește punctele rulărilor comune: {alone} din {runs}"
        => "at most {runs}",
           "cel mult {runs}";
    no_cases()
        "`cases` is a whole number from 1 to 100",
        "`cases` este un număr întreg de la 1 la 100";
    no_interval()
        "an interval of ranks lies between two shares above 0 and below 1",
        "un interval al pozițiilor se află între două ponderi peste 0 și sub 1"
        => "for example `interval = [0.05, 0.95]`",
           "de exemplu `interval = [0.05, 0.95]`";
    certain_below_half()
        "a place is certain from more than half of the variants on",
        "un loc este sigur de la mai mult de jumătate din variante în sus"
        => "for example `certain = 0.95`",
           "de exemplu `certain = 0.95`";
    no_confidence()
        "a confidence lies above 0 and below 1",
        "un nivel de încredere este peste 0 și sub 1"
        => "for example 0.95",
           "de exemplu 0.95";
    nothing_doubted()
        "this file draws no doubt",
        "fișierul nu trage nicio incertitudine"
        => "`[[doubt]]` with `id` and one verb, for example `weights = {{ of = \"…\", spread = 0.25 }}`",
           "`[[doubt]]` cu `id` și un singur verb, de exemplu `weights = {{ of = \"…\", spread = 0.25 }}`";
    omits_no_doubt(id: &str)
        "`omit` names `{id}`, and no doubt is called so",
        "`omit` numește `{id}`, iar nicio incertitudine nu se numește așa";
    no_verb(verbs: &str)
        "this doubt does not say what is drawn",
        "această incertitudine nu spune ce se trage"
        => "one of `{verbs}`",
           "unul dintre `{verbs}`";
    two_verbs(first: &str, second: &str)
        "a doubt has one verb, and `{second}` stands beside `{first}`",
        "o incertitudine are un singur verb, iar `{second}` stă lângă `{first}`"
        => "make two doubts of it; `with` lets them share a draw",
           "faceți două incertitudini; cu `with` se trag împreună";
    odds_of_nothing()
        "`odds` say how often alternatives are drawn, and this doubt has none",
        "`odds` spune cât de des se trag variantele, iar această incertitudine nu are variante";
    law_of_nothing()
        "`law` says how `counts` are drawn, and this doubt has none",
        "`law` spune cum se trag numerele din `counts`, iar această incertitudine nu le are";
    odds_of_nobody(name: &str)
        "`odds` name `{name}`, which is no alternative",
        "`odds` numește `{name}`, care nu este o variantă";
    odds_missing(name: &str)
        "`odds` name every alternative, and `{name}` is missing",
        "`odds` numește fiecare variantă, iar `{name}` lipsește"
        => "add `{name} = 1`, or leave `odds` out: then all are drawn alike",
           "adăugați `{name} = 1` sau scoateți `odds`: atunci toate se trag la fel de des";
    alternative_without_name()
        "an alternative has a name, because reports say it",
        "o variantă are un nume, pentru că rapoartele îl spun";
    declared_twice()
        "a second alternative is what the methodology declares",
        "și a doua variantă este cea declarată de metodologie"
        => "exactly one is: leave one of them out",
           "exact una este: scoateți una dintre ele";
    nothing_declared()
        "no alternative is what the methodology declares",
        "nicio variantă nu este cea declarată de metodologie"
        => "one of them is `\"as-is\"`, so that the declared list is among the variants",
           "una dintre ele este `\"as-is\"`, ca lista declarată să fie printre variante";
    no_second_alternative()
        "nothing can be drawn: there is no second alternative",
        "nu este ce trage: nu există o a doua variantă"
        => "at least two alternatives with odds above 0",
           "cel puțin două variante cu `odds` peste 0";
    with_nobody(id: &str)
        "no doubt above this one is called `{id}`",
        "nicio incertitudine de mai sus nu se numește `{id}`"
        => "`with` names a doubt that stands before it in the file",
           "`with` numește o incertitudine aflată mai sus în fișier";
    with_another_kind(id: &str, other: &str)
        "`{id}` cannot share the draw of `{other}`: they are not drawn alike",
        "`{id}` nu se poate trage împreună cu `{other}`: nu se trag la fel"
        => "two doubts share a draw when both are choices with as many numbers drawn, or both are errors",
           "două incertitudini se trag împreună când amândouă sunt alegeri cu tot atâtea numere trase sau amândouă sunt erori";
    chosen_twice(other: &str, id: &str)
        "`{other}` and `{id}` choose the same thing, so that one undoes the other",
        "`{other}` și `{id}` aleg același lucru, deci una o anulează pe cealaltă";
    the_other()
        "the other stands",
        "cealaltă se află";
    beside_the_score(id: &str, score: &str)
        "`{id}` is not among the nodes of which `{score}` is made: nothing would change",
        "`{id}` nu este printre nodurile din care se calculează `{score}`: nimic nu s-ar schimba";
    no_children(id: &str)
        "`{id}` has no children with weights",
        "`{id}` nu are componente cu ponderi"
        => "name an `[[aggregate]]` with `of`",
           "numiți un `[[aggregate]]` cu `of`";
    one_child(id: &str)
        "`{id}` has one child that counts: nothing would change",
        "`{id}` are o singură componentă care contează: nimic nu s-ar schimba";
    no_child(id: &str)
        "`{id}` is no child of this node",
        "`{id}` nu este o componentă a acestui nod";
    method_without_weights(id: &str)
        "`{id}` is made of its children without their weights: nothing would change",
        "`{id}` se calculează din componente fără ponderile lor: nimic nu s-ar schimba";
    weights_from_data(id: &str)
        "the weights of `{id}` are taken from the data, not declared",
        "ponderile nodului `{id}` se iau din date, nu sunt declarate";
    weights_without_law()
        "`weights` does not say how they are drawn",
        "`weights` nu spune cum se trag ponderile"
        => "one of `spread = 0.25`, `concentration = 60`, `any = true`, `sets = \"…\"`",
           "una dintre: `spread = 0.25`, `concentration = 60`, `any = true`, `sets = \"…\"`";
    one_law_of_weights()
        "weights are drawn in one way",
        "ponderile se trag într-un singur fel"
        => "one of `spread`, `concentration`, `any`, `sets`",
           "una dintre: `spread`, `concentration`, `any`, `sets`";
    no_spread()
        "a spread lies above 0 and below 1",
        "`spread` este peste 0 și sub 1"
        => "0.25 draws each weight between three quarters and five quarters of the declared one",
           "0.25 trage fiecare pondere între trei sferturi și cinci sferturi din cea declarată";
    no_concentration()
        "a concentration is a number above 0; the greater, the closer to the declared weights",
        "`concentration` este un număr peste 0; cu cât e mai mare, cu atât mai aproape de ponderile declarate";
    no_expert()
        "the row does not say who proposes the weight",
        "rândul nu spune cine propune ponderea";
    weight_of_nobody(node: &str)
        "the methodology has no node `{node}`",
        "metodologia nu are nodul `{node}`";
    no_weight(text: &str)
        "`{text}` is no weight",
        "`{text}` nu este o pondere"
        => "a number from 0, with a point or in the whole file with a comma",
           "un număr de la 0 în sus, cu punct sau, în tot fișierul, cu virgulă";
    weight_twice(expert: &str, node: &str)
        "`{expert}` gives `{node}` a weight twice",
        "`{expert}` dă de două ori o pondere pentru `{node}`";
    weight_missing(expert: &str, node: &str)
        "`{expert}` gives no weight for `{node}`",
        "`{expert}` nu dă nicio pondere pentru `{node}`";
    weights_of_nothing(expert: &str)
        "`{expert}` gives every child of a node the weight 0",
        "`{expert}` dă tuturor componentelor unui nod ponderea 0";
    one_expert()
        "there are at least two sets of weights, or nothing can be drawn",
        "seturile de ponderi sunt cel puțin două, altfel nu este ce trage";
    any_is_true()
        "`any` is `true`, or it is left out",
        "`any` este `true` sau lipsește";
    order_without_any()
        "`order` sorts weights that are drawn by `any`",
        "`order` ordonează ponderi trase cu `any`"
        => "add `any = true`, or leave `order` out",
           "adăugați `any = true` sau scoateți `order`";
    order_of_several()
        "`order` names children of one node, and `of` names several",
        "`order` numește componente ale unui singur nod, iar `of` numește mai multe"
        => "make a doubt of each node",
           "faceți câte o incertitudine pentru fiecare nod";
    order_of_one()
        "an order has at least two children",
        "o ordine are cel puțin două componente";
    no_recipe(recipe: &str, score: &str)
        "no node of which `{score}` is made uses the recipe `{recipe}`: nothing would change",
        "niciun nod din care se calculează `{score}` nu folosește rețeta `{recipe}`: nimic nu s-ar schimba";
    no_step(recipe: &str, step: &str)
        "the recipe `{recipe}` has no step `{step}`: nothing would change",
        "rețeta `{recipe}` nu are pasul `{step}`: nimic nu s-ar schimba";
    never_turned(name: &str, node: &str)
        "the alternative `{name}` has no step that turns `{node}` round, of which more is less risk",
        "varianta `{name}` nu are niciun pas care să întoarcă sensul lui `{node}`, la care o valoare mai mare înseamnă risc mai mic"
        => "add a step that normalises, such as `minmax`, `zscore` or `percent_rank`",
           "adăugați un pas de normalizare, de exemplu `minmax`, `zscore` sau `percent_rank`";
    bounds_of_nothing(score: &str)
        "no step of the nodes of which `{score}` is made takes bounds or ranks from other units: nothing would change",
        "niciun pas al nodurilor din care se calculează `{score}` nu ia limite sau poziții din alte unități: nimic nu s-ar schimba";
    same_units()
        "every alternative is the same units of this register: nothing would change",
        "toate variantele sunt aceleași unități ale registrului: nimic nu s-ar schimba";
    no_chance()
        "a chance lies above 0 and is at most 1",
        "o șansă este peste 0 și cel mult 1"
        => "0.3 leaves out a child in three of ten variants",
           "0.3 lasă deoparte o componentă în trei din zece variante";
    no_measure(name: &str)
        "the study has no measure `{name}`",
        "studiul nu are măsura `{name}`";
    words(name: &str)
        "`{name}` holds words, and only numbers are drawn",
        "`{name}` conține cuvinte, iar de tras se trag numai numere";
    unread_measure(name: &str, score: &str)
        "neither `{score}` nor the programme reads `{name}`: nothing would change",
        "nici `{score}`, nici programul nu citește `{name}`: nimic nu s-ar schimba";
    no_source(id: &str)
        "the study has no source `{id}`",
        "studiul nu are sursa `{id}`";
    unread_source(id: &str, score: &str)
        "neither `{score}` nor the programme reads a measure of `{id}`: nothing would change",
        "nici `{score}`, nici programul nu citește vreo măsură din `{id}`: nimic nu s-ar schimba";
    no_counterpart(source: &str, measure: &str)
        "the source `{source}` has no measure `{measure}` to be read instead",
        "sursa `{source}` nu are măsura `{measure}`, care să fie citită în loc"
        => "a source stands for another by measures of the same ids; `measure` pairs two of other names",
           "o sursă ține locul alteia prin măsuri cu aceiași identificatori; `measure` pune în pereche două cu alte nume";
    series_apart(a: &str, series: &str, b: &str, other: &str)
        "`{a}` is of the series `{series}` and `{b}` of `{other}`: their values are not comparable",
        "`{a}` este din seria `{series}`, iar `{b}` din `{other}`: valorile lor nu sunt comparabile"
        => "choose one of the same series, or leave the doubt out",
           "alegeți una din aceeași serie sau renunțați la incertitudine";
    levels_apart(a: &str, level: &Message, b: &str, other: &Message)
        "`{a}` is measured by {level} and `{b}` by {other}",
        "`{a}` este măsurată pe {level}, iar `{b}` pe {other}";
    kinds_apart(a: &str, b: &str)
        "`{a}` and `{b}` do not measure the same kind of thing",
        "`{a}` și `{b}` nu măsoară același fel de lucru"
        => "`nature` and `counts` of both are the same",
           "`nature` și `counts` sunt aceleași la amândouă";
    no_count(name: &str)
        "`{name}` is no count",
        "`{name}` nu este un număr de persoane, de familii sau de cazuri"
        => "only what was counted one by one follows a law of counts: `nature = \"count\"`",
           "numai ce s-a numărat unul câte unul urmează o lege a numerelor: `nature = \"count\"`";
    moves_no_rate(name: &str)
        "`{name}` is no rate, and only a published rate moves with its count",
        "`{name}` nu este o rată, iar numai o rată publicată se mișcă odată cu numărătorul ei";
    count_of_itself(name: &str)
        "`{name}` is counted among itself",
        "`{name}` este numărat din el însuși"
        => "`of` is the measure of all who could be counted",
           "`of` este măsura tuturor celor care ar putea fi numărați";
    drawn_twice(name: &str)
        "`{name}` is drawn twice in this doubt",
        "`{name}` se trage de două ori în această incertitudine";
    no_correlation()
        "`rho` is the correlation of two persons of one place: above 0 and below 1",
        "`rho` este corelația a două persoane din același loc: peste 0 și sub 1"
        => "for none write `law = \"binomial\"`",
           "pentru niciuna scrieți `law = \"binomial\"`";
    error_without_size()
        "`error` does not say how large it is",
        "`error` nu spune cât de mare este eroarea"
        => "one of `sd = 1.5`, `relative = 0.05`, `se = \"<source>.<measure>\"`, `interval = [\"…\", \"…\"]`",
           "una dintre: `sd = 1.5`, `relative = 0.05`, `se = \"<sursă>.<măsură>\"`, `interval = [\"…\", \"…\"]`";
    one_size_of_error()
        "the size of an error is said once",
        "mărimea unei erori se spune o singură dată"
        => "one of `sd`, `relative`, `se`, `interval`",
           "una dintre: `sd`, `relative`, `se`, `interval`";
    level_without_interval()
        "`level` is the confidence of an `interval`",
        "`level` este nivelul de încredere al unui `interval`";
    no_size()
        "a standard error is a number above 0",
        "o eroare standard este un număr peste 0";
    two_ends()
        "an interval has two ends",
        "un interval are două capete"
        => "`interval = [\"poverty.low\", \"poverty.high\"]`",
           "`interval = [\"poverty.low\", \"poverty.high\"]`";
    too_many_decimals(most: u32)
        "a measure has at most {most} decimals",
        "o măsură are cel mult {most} zecimale";
    nothing_imputed(id: &str)
        "no step of `{id}` fills missing cells from other units: nothing would change",
        "niciun pas al lui `{id}` nu completează celulele lipsă din alte unități: nimic nu s-ar schimba";
}
