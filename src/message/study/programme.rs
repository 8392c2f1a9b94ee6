//! Sentences about a programme: who may be chosen, in what order, for how many places and how much
//! money.

use crate::language::Words;
use crate::message::suggest;
use crate::quality::{Advice, Message, message, sentences};

sentences! {
    expected_number(called: &Message, found: Words)
        "expected {called} such as 1250.50, found {found}",
        "se aștepta {called}, de exemplu 1250.50, s-a găsit {found}";
    no_amount(text: &str, called: &Message, decimals: u8)
        "`{text}` is not {called}",
        "`{text}` nu este {called}"
        => "digits, and behind a point at most {decimals} more; no spaces and no thousands marks",
           "cifre, iar după punct cel mult {decimals}; fără spații și fără semne între mii";
    negative(subject: &Message)
        "{subject} cannot be negative",
        "{subject} nu poate fi sub zero";
    no_groups()
        "this table names no group",
        "tabelul nu numește nicio grupă";
    shares_too_large()
        "these shares are more than the whole",
        "aceste părți depășesc întregul";
    no_share(found: Words)
        "expected a number of places or a share, found {found}",
        "se aștepta un număr de locuri sau o parte din ele, s-a găsit {found}"
        => "a share is written `0.6`, `\"60 %\"` or `\"3/5\"`, and is at most the whole",
           "o parte se scrie `0.6`, `\"60 %\"` sau `\"3/5\"` și este cel mult întregul";
    cost_without_budget()
        "`cost` is what `[budget]` says a place costs, in lei",
        "`cost` este costul unui loc în lei, spus de `[budget]`";
    one_yardstick()
        "an envelope has one of `each_place`, `each_unit` and `sum`",
        "un total din documente are unul dintre `each_place`, `each_unit` și `sum`";
    holds_without_sum()
        "`holds` needs to know what is computed",
        "`holds` trebuie să știe ce se calculează"
        => "`each_place = 5`, `each_unit = 1`, `sum = \"population.total\"`",
           "`each_place = 5`, `each_unit = 1`, `sum = \"population.total\"`";
    capacity_of_nothing()
        "nothing says what is needed or what there is",
        "nimic nu spune de ce este nevoie sau ce există"
        => "`[[resource]]` with `id` and `supply`",
           "`[[resource]]` cu `id` și `supply`";
    negative_need()
        "a need cannot be negative",
        "un necesar nu poate fi sub zero";
    because_of_each(texts: usize, conditions: usize)
        "`because` has {texts} texts, and `where` joins {conditions} conditions by AND",
        "`because` are texte: {texts}, iar `where` leagă prin AND condiții: {conditions}"
        => "one text for all of them, or one for each, in their order",
           "un text pentru toate sau câte unul pentru fiecare, în ordinea lor";
    because_of_another()
        "this `where` replaces that of the file which is extended, whose `because` speaks of another condition",
        "acest `where` îl înlocuiește pe cel din fișierul extins, al cărui `because` spune altă condiție"
        => "say in `because` what this test asks for",
           "spuneți în `because` ce cere acest test";
    no_phase()
        "a programme without a phase selects nobody",
        "un program fără etape nu selectează pe nimeni"
        => "`[[phase]]` with `id` and `upto`; or `[capacity]`, if it only sets need beside supply",
           "`[[phase]]` cu `id` și `upto`; sau `[capacity]`, dacă doar pune necesarul lângă ce există";
    resource_without_capacity()
        "a resource is shown by `[capacity]`",
        "o resursă este arătată de `[capacity]`"
        => "add a table `[capacity]`; it may be empty",
           "adăugați tabelul `[capacity]`; poate fi gol";
    people_unknown()
        "`objective = \"people\"` needs to know who counts",
        "`objective = \"people\"` trebuie să știe cine se numără"
        => "add `people = \"<source>.<measure>\"` to `[programme]`",
           "adăugați `people = \"<sursă>.<măsură>\"` în `[programme]`";
    methodology_without_node(methodology: &str, id: &str)
        "the methodology `{methodology}` has no node `{id}`",
        "metodologia `{methodology}` nu are nodul `{id}`";
    measure_and_node(name: &str)
        "`{name}` is a measure of the study and a column of a node",
        "`{name}` este și o măsură a studiului, și o coloană a unui nod"
        => "rename the node or the source",
           "dați alt nume nodului sau sursei";
    bare_indicator(id: &str)
        "`{id}` is a node: a programme says which of its columns is meant",
        "`{id}` este un nod: un program spune care dintre coloanele lui"
        => "`{id}.measured` is the value in its own unit, `{id}.score` the same after the steps of the methodology, as it enters the index",
           "`{id}.measured` este valoarea în unitatea ei de măsură, `{id}.score` aceeași valoare după pașii metodologiei, cum intră în indice";
    bare_node(id: &str)
        "`{id}` is a node: a programme says which of its columns is meant",
        "`{id}` este un nod: un program spune care dintre coloanele lui"
        => "`{id}.score` is its value after the steps of the methodology",
           "`{id}.score` este valoarea lui după pașii metodologiei";
    words_measured(id: &str, words: &str)
        "what `{id}` measures are words",
        "ce măsoară `{id}` sunt cuvinte"
        => "`{words}` has the words, `{id}.score` their score",
           "`{words}` are cuvintele, `{id}.score` punctajul lor";
    measured_nowhere(id: &str)
        "`{id}` is made from other nodes and measured nowhere",
        "`{id}` se calculează din alte noduri și nu este măsurat nicăieri"
        => "write `{id}.score`",
           "scrieți `{id}.score`";
    no_classification(id: &str)
        "`{id}` is no classification of the units",
        "`{id}` nu este o clasificare a unităților";
    no_group(by: &str, group: &str)
        "no `{by}` of the register is called `{group}`",
        "la `{by}`, registrul nu are nicio arie numită `{group}`";
    no_unit(code: &str)
        "`{code}` is no unit of the register",
        "`{code}` nu este o unitate a registrului";
    meant_unit(near: &str, name: &str)
        "did you mean `{near}` ({name})?",
        "ați vrut să scrieți `{near}` ({name})?";
    no_list(id: &str, kind: &Message, word: &str)
        "the source `{id}` is no list of {kind}",
        "sursa `{id}` nu este o listă de {kind}"
        => "a `[[source]]` with `layout = \"{word}\"` is",
           "una este un `[[source]]` cu `layout = \"{word}\"`";
    list_absent(id: &str, word: &str)
        "the study has no source `{id}`",
        "studiul nu are sursa `{id}`"
        => "add a `[[source]]` with `layout = \"{word}\"` to the study",
           "adăugați în studiu un `[[source]]` cu `layout = \"{word}\"`";
    code_or_source(key: &str)
        "an entry of `{key}` has either a `code` or a `source`",
        "o intrare din `{key}` are ori `code`, ori `source`";
    entry_of(key: &str)
        "this entry of `{key}`",
        "această intrare din `{key}`";
    unit_twice(code: &str, key: &str)
        "unit `{code}` stands twice in `{key}`",
        "unitatea `{code}` apare de două ori în `{key}`";
    unscored_without_reason()
        "who leaves out units without a score, or puts them last, says why",
        "cine lasă deoparte unitățile fără scor sau le pune la urmă spune de ce"
        => "for example `unscored = {{ rule = \"exclude\", reason = \"…\" }}`",
           "de exemplu `unscored = {{ rule = \"exclude\", reason = \"…\" }}`";
    too_many_decimals(most: u8)
        "a score is published with at most {most} decimals",
        "un scor se publică cu cel mult {most} zecimale";
    twice(text: &str)
        "`{text}` stands twice",
        "`{text}` apare de două ori";
    tie_without_direction(text: &str)
        "`{text}` does not say which comes first",
        "`{text}` nu spune cine este înainte"
        => "end it with ` DESC` (the larger first) or ` ASC` (the smaller first)",
           "încheiați cu ` DESC` (valoarea mai mare întâi) sau cu ` ASC` (valoarea mai mică întâi)";
    lottery_without_seed()
        "a lottery without a `seed` cannot be drawn again by anybody",
        "o tragere la sorți fără `seed` nu poate fi repetată de nimeni"
        => "give what the public draw showed, `seed = \"6/49 2026-12-06: 3 11 17 …\"`; before the draw leave `lottery` out",
           "scrieți ce a arătat extragerea publică, `seed = \"6/49 2026-12-06: 3 11 17 …\"`; înainte de extragere scoateți `lottery`";
    draw_without_lottery()
        "lots are drawn among the contested, and no `lottery` says how",
        "se trage la sorți între cele disputate, dar nicio `lottery` nu spune cum"
        => "announce a public draw and give what it showed: `lottery = {{ source = \"Loto 6/49\", announced = 2026-11-20, seed = \"…\" }}`",
           "anunțați o extragere publică și scrieți ce a arătat: `lottery = {{ source = \"Loto 6/49\", announced = 2026-11-20, seed = \"…\" }}`";
    draw_among_nobody()
        "`by` says within which groups lots are drawn, and `among` does not say among whom",
        "`by` spune în ce grupe se trage la sorți, dar `among` nu spune între cine"
        => "add `among = \"contested\"`, or leave `by` out",
           "adăugați `among = \"contested\"` sau scoateți `by`";
    draw_under_coverage()
        "lots are drawn in an order, and under a rule of coverage the largest sum decides",
        "se trage la sorți într-un clasament, iar la o regulă de acoperire hotărăște suma cea mai mare"
        => "choose by `rule = \"priority\"`, or leave `among` out of `[order]`",
           "alegeți după `rule = \"priority\"` sau scoateți `among` din `[order]`";
    unknown_apportionment(name: &str)
        "unknown method of apportionment `{name}`",
        "metodă de repartizare necunoscută: `{name}`";
    share_of_what()
        "a required share says of what it is one",
        "o parte cerută spune din ce este parte"
        => "`share = 0.6, of = \"eligible\"`",
           "`share = 0.6, of = \"eligible\"`";
    require_of_nothing()
        "a required sum has either a `share` or a `min`, or a `max`",
        "o sumă cerută are fie `share`, fie `min`, sau un `max`";
    required_sum()
        "a required sum",
        "o sumă cerută";
    sum_crossed(least: i64, most: i64)
        "the least, {least}, is above the most, {most}",
        "minimul, {least}, este peste maximul, {most}";
    no_phase_named(id: &str)
        "no phase is called `{id}`",
        "nicio etapă nu se numește `{id}`";
    no_upto(text: &str)
        "`{text}` is no number of places",
        "`{text}` nu este un număr de locuri"
        => "a whole number, or `\"all\"` for as many as there are eligible units",
           "un număr întreg sau `\"all\"`, adică atâtea câte unități eligibile sunt";
    upto_after_all(id: &str)
        "phase `{id}` takes all who are eligible, and leaves nobody for a later one with a number of places",
        "etapa `{id}` ia toate unitățile eligibile și nu lasă nimic unei etape ulterioare cu un număr de locuri"
        => "give the earlier phase a number, or leave the later one out",
           "dați un număr etapei anterioare sau renunțați la cea ulterioară";
    upto_below(id: &str, earlier: u32)
        "`upto` counts all places up to this phase, and phase `{id}` fills {earlier}",
        "`upto` numără toate locurile până la această etapă inclusiv, iar etapa `{id}` are deja {earlier}";
    limit_without_budget()
        "a phase has a `limit` only where `[budget]` says what a place costs",
        "o etapă are `limit` numai unde `[budget]` spune cât costă un loc";
    quota_of_nothing()
        "this quota bounds nothing",
        "această cotă nu limitează nimic"
        => "one of `min` and `max`, `exactly`, `share`, or `apportion` with `on`, `min`, `max`",
           "una dintre: `min` și `max`, `exactly`, `share` sau `apportion` cu `on`, `min`, `max`";
    quota_of_too_much()
        "these keys of a quota do not go together",
        "aceste chei ale unei cote nu merg împreună"
        => "one of `min` and `max`, `exactly`, `share`, or `apportion` with `on`, `min`, `max`",
           "una dintre: `min` și `max`, `exactly`, `share` sau `apportion` cu `on`, `min`, `max`";
    crossed(low: u32, high: u32)
        "the minimum, {low}, is above the maximum, {high}",
        "minimul, {low}, este peste maximul, {high}";
    crossed_of_group(group: &str, low: u32, high: u32)
        "the minimum of `{group}`, {low}, is above the maximum, {high}",
        "minimul grupei `{group}`, {low}, este peste maximul ei, {high}";
    coverage_of_what()
        "the rule `coverage` needs to know what it sums",
        "regula `coverage` trebuie să știe ce adună"
        => "add `objective = \"score\"` or `objective = \"people\"`",
           "adăugați `objective = \"score\"` sau `objective = \"people\"`";
    priority_sums_nothing()
        "the rule `priority` sums nothing and has no `objective`",
        "regula `priority` nu adună nimic și nu are `objective`"
        => "write `rule = \"coverage\"` if the sum should decide",
           "scrieți `rule = \"coverage\"` dacă suma trebuie să hotărască";
    reserve_of_nothing()
        "a reserve has a `size`, or so many `each` `by` a classification",
        "o rezervă are `size` sau câte `each` pentru fiecare grupă din `by`"
        => "`size = 100`, or `by = \"county\"` and `each = 2`",
           "`size = 100` sau `by = \"county\"` și `each = 2`";
    harmless_without_list()
        "who holds somebody harmless says which list was published before",
        "cine păstrează locurile publicate spune care listă a fost publicată"
        => "add `previous = \"…\"`: a `[[source]]` with `layout = \"selection\"`",
           "adăugați `previous = \"…\"`: un `[[source]]` cu `layout = \"selection\"`";
    silence_without_source()
        "silence counts where answers are read",
        "tăcerea contează unde se citesc răspunsuri"
        => "add `source = \"…\"`: a `[[source]]` with `layout = \"decisions\"`; without it everybody is silent",
           "adăugați `source = \"…\"`: un `[[source]]` cu `layout = \"decisions\"`; fără ea tac toate unitățile";
    union_size(members: u8)
        "a union has 2 or 3 members, not {members}",
        "o asociere are 2 sau 3 membri, nu {members}";
    place_of_project(word: &str)
        "with unions a place is a `project`, not `{word}`",
        "la asocieri, un loc este un `project`, nu `{word}`";
    inhabitants_unknown(usual: &str)
        "`[unions]` does not say which measure counts inhabitants",
        "`[unions]` nu spune care măsură numără locuitorii"
        => "the study has no `{usual}`: add `population = \"<source>.<measure>\"`",
           "studiul nu are `{usual}`: adăugați `population = \"<sursă>.<măsură>\"`";
}

/// How a number is called: money.
pub(crate) fn lei() -> Message {
    message!("an amount of lei", "o sumă în lei")
}

/// How a number is called: whole things.
pub(crate) fn whole_number() -> Message {
    message!("a whole number", "un număr întreg")
}

/// How a number is called: points of a score.
pub(crate) fn points() -> Message {
    message!("a number of points", "un număr de puncte")
}

/// What cannot be negative: money.
pub(crate) fn money() -> Message {
    message!("money", "o sumă de bani")
}

/// What cannot be negative: a total of a document.
pub(crate) fn total() -> Message {
    message!("a total", "un total")
}

/// A phase that the programme does not have.
pub(crate) fn unknown_phase(id: &str, known: &[&str]) -> Advice {
    no_phase_named(id).advise(suggest(id, known.iter().copied()))
}
