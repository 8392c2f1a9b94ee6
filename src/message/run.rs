//! What a run as a whole finds: shares above the whole, counts of small populations, what was accepted.

use super::declare;
use super::index::CONSTANT_COLUMN;
use super::register::REGISTER_INVALID;
use crate::language::{Words, counted, numbered};
use crate::quality::{Finding, Message, Place, message, sentences};

declare! {
    SMALL_POPULATION = "small-population", Note,
        "units so small that their rates are unstable",
        "unități atât de mici încât ratele lor sunt instabile";
    ILLUSTRATIVE = "illustrative", Note,
        "a methodology or programme whose numbers are assumptions until an authority adopts them",
        "o metodologie sau un program cu cifre ipotetice până le adoptă o autoritate";
    TOTAL_AS_UNIT = "total-as-unit", Error,
        "the printed total of a county that was read as the value of its seat",
        "totalul tipărit al unui județ, citit ca valoare a reședinței lui";
    OUTWEIGHS_COUNTY = "outweighs-county", Warning,
        "a seat with more than all other units of its county together, though it has less than half of its people",
        "o reședință cu mai mult decât toate celelalte unități ale județului la un loc, deși are sub jumătate din locuitori";
    SMALL_COUNTS = "small-counts", Note,
        "small counts in whose place a declared value is computed with and published",
        "numărători mici în locul cărora se calculează și se publică o valoare declarată";
    WITHHELD_FINDINGS = "withheld-findings", Note,
        "findings that are not published, since they would say something of small counts",
        "constatări care nu se publică, fiindcă ar spune ceva despre numărători mici";
    MASKED_SOURCE = "masked-source", Note,
        "confidential counts in whose place the middle of what they may be is computed with",
        "numărători confidențiale în locul cărora se calculează cu mijlocul valorilor posibile";
    ABOVE_WHOLE = "above-whole", Error,
        "a share above 100 per cent: its numerator is larger than its denominator",
        "o pondere peste 100 la sută: numărătorul este mai mare decât numitorul";
    ALIAS_IDLE = "alias-idle", Note,
        "entries of the study's alias file that no file needed",
        "rânduri din fișierul de alias-uri al studiului de care nu a avut nevoie niciun fișier";
    UNKNOWN_WORD = "unknown-word", Warning,
        "a word with which a formula compares a column that does not hold it",
        "un cuvânt cu care o formulă compară o coloană care nu îl conține";
    NOBODY_CHOSEN = "nobody-chosen", Error,
        "a condition or a list that chooses no unit",
        "o condiție sau o listă care nu alege nicio unitate";
    SCALE_MIXED = "scale-mixed", Warning,
        "an alternative of a doubt that leaves the children of a node on scales of their own",
        "o variantă a unei incertitudini care lasă componentele unui nod pe scale diferite";
    ACCEPT_UNUSED = "accept-unused", Warning,
        "an `[[accept]]` that matches no finding",
        "un `[[accept]]` care nu se potrivește niciunei constatări";
    ACCEPT_EXCEEDED = "accept-exceeded", Warning,
        "an `[[accept]]` that fits more than were looked at, and so accepts none of them",
        "un `[[accept]]` căruia i se potrivesc mai multe decât s-au verificat, așa că nu acceptă niciuna";
    ACCEPT_COUNT = "accept-count", Note,
        "an `[[accept]]` without the number that was looked at, or with a larger one than there is",
        "un `[[accept]]` fără numărul celor verificate sau cu unul mai mare decât este";
}

/// An alternative of a doubt leaves two children of a node further apart than they are as declared: so
/// many times.
pub(crate) fn scale_mixed(
    file: &str,
    [doubt, alternative]: [&str; 2],
    parent: &str,
    [wide, narrow]: [&str; 2],
    times: f64,
) -> Finding {
    let parts = [doubt, alternative, parent, wide, narrow].map(Message::same);
    let [doubt, alternative, parent, wide, narrow] = &parts;
    let message = message!(
        "`{doubt}`, alternative `{alternative}`: among the children of `{parent}` the standard \
         deviation of `{wide}` to that of `{narrow}` is {times} times what is declared, so that the \
         scale decides and not the alternative",
        "`{doubt}`, varianta `{alternative}`: între componentele nodului `{parent}`, abaterea standard \
         a lui `{wide}` față de cea a lui `{narrow}` este de {times} ori cât s-a declarat, deci \
         hotărăște scala, nu varianta";
        doubt = *doubt, alternative = *alternative, parent = *parent, wide = *wide,
        narrow = *narrow, times = Message::number(times, 1),
    );
    Finding::new(&SCALE_MIXED, file, message).hint(message!(
        "let the alternative leave its columns on the scale of the declared one: beside 0 to 100, \
         `zscore = {{ mean = 50, sd = 20 }}` or `percent_rank = {{ to = [0, 100] }}`",
        "faceți ca varianta să lase coloanele pe scala celei declarate: lângă 0–100, \
         `zscore = {{ mean = 50, sd = 20 }}` sau `percent_rank = {{ to = [0, 100] }}`",
    ))
}

/// Units that a message names.
const NAMED: usize = 5;

/// A word that a formula compares with a measure `<source>.<measure>`, which holds `others` instead.
pub(crate) fn unknown_word(measure: &str, word: &str, others: Vec<&str>) -> Finding {
    let source = measure.split_once('.').map_or(measure, |(source, _)| source);
    let message = message!(
        "`{measure}` is compared with `{word}`, which none of its cells holds",
        "`{measure}` se compară cu `{word}`, care nu apare în nicio celulă a ei",
    );
    let finding = Finding::new(&UNKNOWN_WORD, source, message);
    match super::suggest(word, others) {
        Some(hint) => finding.hint(hint),
        None => finding,
    }
}

/// What to do about a condition that holds for nobody.
fn look_at_condition() -> Message {
    message!(
        "compare its words and numbers with those of its columns, letter by letter",
        "comparați cuvintele și numerele ei cu cele din coloane, literă cu literă",
    )
}

/// The condition `key` of a methodology, output or resource that holds for no unit.
pub(crate) fn condition_of_nobody(subject: &str, key: &str, condition: &str) -> Finding {
    let message = message!(
        "`{key}` holds for no unit: `{condition}`",
        "`{key}` nu este îndeplinită de nicio unitate: `{condition}`",
    );
    Finding::new(&NOBODY_CHOSEN, subject, message).hint(look_at_condition())
}

/// A programme in which no unit may take a place; the conditions that nobody meets, or all of them
/// where somebody meets each.
pub(crate) fn nobody_passes(programme: &str, unmet: &[&str]) -> Finding {
    let conditions = unmet.iter().map(|text| format!("`{text}`")).collect::<Vec<_>>().join(", ");
    let message = message!(
        "no unit may take a place, so that any list would be empty: nobody meets {conditions}",
        "nicio unitate nu poate primi un loc, deci orice listă ar fi goală: nimeni nu îndeplinește \
         {conditions}",
    );
    Finding::new(&NOBODY_CHOSEN, programme, message).hint(look_at_condition())
}

/// A list without a unit, though so many meet the conditions.
pub(crate) fn list_of_nobody(programme: &str, passing: usize) -> Finding {
    let message = message!(
        "the list is empty, though {units} the conditions of `[eligible]`",
        "lista este goală, deși {of} condițiile din `[eligible]`",
        units = counted(passing, "unit meets", "units meet"),
        of = numbered(passing, "unitate îndeplinește", "unități îndeplinesc"),
    );
    Finding::new(&NOBODY_CHOSEN, programme, message).hint(message!(
        "look at the reasons of the units: who has no score, is left out, or finds no place or money",
        "verificați motivele unităților: cine nu are scor, este lăsat deoparte sau nu mai are loc ori bani",
    ))
}

/// Units with fewer than `least` persons, by the population that an indicator uses.
pub(crate) fn small_population(
    source: &str,
    population: &str,
    least: f64,
    units: &[&str],
) -> Finding {
    let message = message!(
        "{units} fewer than {least} persons in `{population}`: {names}{dots}",
        "{au} sub {least} de persoane în `{population}`: {names}{dots}",
        names = units[..units.len().min(NAMED)].join(", "),
        dots = if units.len() > NAMED { " …" } else { "" },
        au = numbered(units.len(), "unitate are", "unități au"),
        units = counted(units.len(), "unit has", "units have"),
    );
    Finding::new(&SMALL_POPULATION, source, message).hint(message!(
        "read their rates with care: one case more or less moves them",
        "citiți cu grijă ratele lor: un caz în plus sau în minus le schimbă",
    ))
}

/// A unit recognised by its name whose value is the sum of all other `parts` units of its county.
pub(crate) fn total_as_unit(
    source: &str,
    series: &str,
    name: &str,
    value: f64,
    parts: usize,
) -> Finding {
    let message = message!(
        "`{name}` has {value} in `{series}`, which is the sum of the other {parts} units of its county: \
         the total of the county stands under the name of its seat",
        "`{name}` are {value} în `{series}`, adică suma celorlalte {of} din județ: totalul județului \
         stă sub numele reședinței",
        of = numbered(parts, "unitate", "unități");
        value = Message::number(value, 0),
    );
    Finding::new(&TOTAL_AS_UNIT, source, message).hint(message!(
        "write `JUDEȚUL {name}` or `TOTAL` into that row, or delete it; if it is the town's own number, \
         accept this finding with a reason",
        "scrieți `JUDEȚUL {name}` sau `TOTAL` pe acel rând ori ștergeți-l; dacă este chiar numărul \
         orașului, acceptați constatarea, cu un motiv",
    ))
}

/// A unit recognised by its name with more than all other `parts` units of its county together:
/// its value and their sum.
pub(crate) fn outweighs_county(
    source: &str,
    series: &str,
    name: &str,
    [value, others]: [f64; 2],
    parts: usize,
) -> Finding {
    let message = message!(
        "`{name}` has {value} in `{series}`, more than the {others} of the other {parts} units of its \
         county together, though it has less than half of the county's people",
        "`{name}` are {value} în `{series}`, mai mult decât cele {others} ale celorlalte {of} din județ \
         la un loc, deși are sub jumătate din locuitorii județului",
        of = numbered(parts, "unitate", "unități");
        value = Message::number(value, 0),
        others = Message::number(others, 0),
    );
    Finding::new(&OUTWEIGHS_COUNTY, source, message).hint(message!(
        "look whether the total of the county stands under the name of its seat",
        "verificați dacă nu cumva totalul județului stă sub numele reședinței",
    ))
}

/// A methodology that no authority adopted.
pub(crate) fn illustrative_methodology(id: &str) -> Finding {
    let message = message!(
        "the numbers of methodology `{id}` are assumptions",
        "cifrele metodologiei `{id}` sunt ipoteze",
    );
    Finding::new(&ILLUSTRATIVE, id, message).hint(message!(
        "no authority has adopted it: an act would be named in `status` and `act`",
        "nicio autoritate nu a adoptat-o: un act ar fi numit în `status` și `act`",
    ))
}

/// An `[[accept]]` that matches no finding of its rule, or none about its subject; `line` is that of the
/// study.
pub(crate) fn accept_unused(rule: &str, subject: Option<&str>, line: Place) -> Finding {
    let message = message!(
        "no finding `{rule}`{about} to accept",
        "nicio constatare `{rule}`{despre} de acceptat",
        about = subject.map_or_else(String::new, |id| format!(" about `{id}`")),
        despre = subject.map_or_else(String::new, |id| format!(" despre `{id}`")),
    );
    let hint = message!(
        "remove this `[[accept]]`, or correct what it names",
        "ștergeți acest `[[accept]]` sau corectați ce numește",
    );
    Finding::new(&ACCEPT_UNUSED, rule, message).hint(hint).at(line)
}

/// An `[[accept]]` that says how many were looked at, and fits more: both numbers.
pub(crate) fn accept_exceeded(rule: &str, [count, found]: [usize; 2], line: Place) -> Finding {
    let message = message!(
        "an `[[accept]]` of `{rule}` fits {found}, and only {count} {were} looked at: none of them is \
         accepted",
        "unui `[[accept]]` de `{rule}` i se potrivesc {found}, dar {verificat} doar {count}: nu este \
         acceptată niciuna",
        were = if count == 1 { "was" } else { "were" },
        verificat = if count == 1 { "s-a verificat" } else { "s-au verificat" },
    );
    let hint = message!(
        "look at each of them; if all are right write `count = {found}`, else name those that are with \
         `unit`, `text` or `cell`",
        "verificați-le pe toate; dacă toate sunt corecte, scrieți `count = {found}`, altfel numiți-le pe \
         cele corecte prin `unit`, `text` sau `cell`",
    );
    Finding::new(&ACCEPT_EXCEEDED, rule, message).hint(hint).at(line)
}

/// An `[[accept]]` that does not say how many were looked at, and covers so many.
pub(crate) fn accept_uncounted(rule: &str, found: usize, line: Place) -> Finding {
    let message = message!(
        "an `[[accept]]` of `{rule}` covers {found}, and would cover more: add `count = {found}`",
        "un `[[accept]]` de `{rule}` acoperă {found} și ar acoperi și mai multe: adăugați \
         `count = {found}`",
    );
    Finding::new(&ACCEPT_COUNT, rule, message).at(line)
}

/// An `[[accept]]` that says how many were looked at, and covers fewer: both numbers.
pub(crate) fn accept_fewer(rule: &str, [count, found]: [usize; 2], line: Place) -> Finding {
    let message = message!(
        "an `[[accept]]` of `{rule}` covers {found} of the {count} that were looked at: write \
         `count = {found}`, so that no other takes the place of one that is gone",
        "un `[[accept]]` de `{rule}` acoperă {found} din {count} verificate: scrieți `count = {found}`, \
         ca nu cumva alta să ia locul uneia dispărute",
    );
    Finding::new(&ACCEPT_COUNT, rule, message).at(line)
}

/// An indicator that is the same number for every unit.
pub(crate) fn constant_indicator(node: &str, value: f64) -> Finding {
    let message = message!(
        "`{node}` is {value} for every unit and cannot separate them",
        "`{node}` este {value} pentru fiecare unitate și nu le poate deosebi",
    );
    Finding::new(&CONSTANT_COLUMN, node, message).hint(message!(
        "look whether the right column was read, or leave the indicator out with `omit`",
        "verificați dacă s-a citit coloana bună sau scoateți indicatorul cu `omit`",
    ))
}

/// Units whose share is above the whole, with the value and the name of the first.
pub(crate) fn above_whole(node: &str, codes: Vec<String>, value: f64, name: &str) -> Finding {
    let message = message!(
        "`{node}` is above 100 % for {units}, as {value} in {name}: the numerator is larger than \
         the denominator",
        "`{node}` depășește 100 % la {of}, de exemplu {value} în {name}: numărătorul este mai mare \
         decât numitorul",
        units = counted(codes.len(), "unit", "units"),
        of = numbered(codes.len(), "unitate", "unități"),
    );
    let hint = message!(
        "look whether both are of one date and concept, and count the same thing",
        "verificați dacă amândoi au aceeași dată, același concept și numără același lucru",
    );
    Finding::new(&ABOVE_WHOLE, node, message).hint(hint).units(codes)
}

/// What findings about the register of a run are about.
const REGISTER: &str = "register";

/// A bundled register that does not exist, with those that do.
pub(crate) fn no_bundled_register(name: &str, known: &[&str]) -> Finding {
    let message =
        message!("there is no bundled register `{name}`", "nu există un registru inclus `{name}`",);
    let known = known.join("`, `");
    Finding::new(&REGISTER_INVALID, REGISTER, message)
        .hint(message!("the bundled registers are `{known}`", "registrele incluse sunt `{known}`",))
}

/// Codes that stand again in a register, each at its place.
pub(crate) fn repeated_codes(places: Vec<Place>) -> Finding {
    let codes: Vec<String> = places
        .iter()
        .take(NAMED)
        .map(|place| format!("`{}`", place.text.as_deref().unwrap_or_default()))
        .collect();
    let dots = if places.len() > NAMED { " …" } else { "" };
    let codes = format!("{}{dots}", codes.join(", "));
    let message = message!(
        "{codes} appear more than once in the register",
        "{codes} apar de mai multe ori în registru",
    );
    let hint = message!(
        "every unit has one row: remove the repetition",
        "fiecare unitate are un singur rând: ștergeți repetarea",
    );
    Finding::new(&REGISTER_INVALID, REGISTER, message).hint(hint).places(places)
}

/// A file of aliases that cannot be opened.
pub(crate) fn unopened_aliases(file: &str, error: &str) -> Finding {
    let message = message!(
        "the alias file `{file}` could not be opened: {error}",
        "fișierul de alias-uri `{file}` nu a putut fi deschis: {error}",
    );
    Finding::new(&REGISTER_INVALID, REGISTER, message)
}

/// Entries of an alias file that explained nothing, each at its place.
pub(crate) fn idle_aliases(places: Vec<Place>) -> Finding {
    let names = places.iter().take(NAMED).filter_map(|place| place.text.as_deref());
    let names = names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let dots = if places.len() > NAMED { " …" } else { "" };
    let message = message!(
        "{entries} of the alias file explained nothing: {names}{dots}",
        "{alias} din fișierul de alias-uri nu a explicat nimic: {names}{dots}",
        entries = counted(places.len(), "entry", "entries"),
        alias = numbered(places.len(), "rând", "rânduri"),
    );
    Finding::new(&ALIAS_IDLE, REGISTER, message).places(places)
}

/// A study whose register is wanted and that cannot be opened.
pub(crate) fn unopened(file: &str, error: &str) -> Message {
    message!("`{file}` could not be opened: {error}", "`{file}` nu a putut fi deschis: {error}")
}

/// A study whose register is wanted and that has errors.
pub(crate) fn no_study(file: &str) -> Message {
    message!(
        "`{file}` is no sound study: `risk-index check {file}` says why",
        "`{file}` nu este un studiu corect: `risk-index check {file}` spune de ce",
    )
}

/// A file that gives no register.
pub(crate) fn no_register() -> Message {
    message!("it has no table of units", "nu are un tabel de unități")
}

/// A table that does not say which of its columns are those of codes and names.
pub(crate) fn no_columns_of_units(headers: &[String]) -> Message {
    message!(
        "its columns `code` and `name` are not found among {headers}: rename them, or name a study \
         whose `[register]` says which they are",
        "coloanele `code` și `name` nu se găsesc între {headers}: redenumiți-le sau indicați un studiu \
         a cărui secțiune `[register]` spune care sunt";
        headers = Message::same(headers.join(", ")),
    )
}

/// What is wrong with a register, in the words of that room.
pub(crate) fn invalid_register(message: Message, place: Place) -> Finding {
    Finding::new(&REGISTER_INVALID, REGISTER, message).at(place)
}

/// A file that an act fixes.
pub(crate) const METHODOLOGY: Words = Words::new("metodologia", "methodology");
/// As above.
pub(crate) const PROGRAMME: Words = Words::new("programul", "programme");

/// The file of doubts, as what an act fixed.
pub(crate) const ROBUSTNESS: Words = Words::new("fișierul de incertitudini", "file of doubts");

sentences! {
    not_adopted(act: &str, noun: Words, fixed: &str, used: &str)
        "`{act}` fixed the {noun} with SHA-256 `{fixed}`, and the one used has `{used}`",
        "`{act}` a fixat {noun} cu SHA-256 `{fixed}`, iar fișierul folosit are `{used}`";
}
