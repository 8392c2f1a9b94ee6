//! The words of letters: what a mayor is handed, in Romanian and in English.

use crate::language::Noun;
use crate::quality::{Message, message, sentences};

/// People.
pub(crate) fn persons() -> Noun {
    Noun::new(["o persoană", "persoane"], ["one person", "people"])
}

/// Families and single persons.
pub(crate) fn families() -> Noun {
    Noun::new(["o familie", "familii"], ["one family", "families"])
}

/// Cases, files, events.
pub(crate) fn cases() -> Noun {
    Noun::new(["un caz", "cazuri"], ["one case", "cases"])
}

sentences! {
    illustrative()
        "Illustrative methodology: the numbers of the method are assumptions, adopted by no act.",
        "Metodologie ilustrativă: cifrele metodei sunt ipoteze, neadoptate prin niciun act.";
    code(code: &str)
        "SIRUTA code {code}",
        "Cod SIRUTA {code}";
    methodology(title: &Message, version: &str)
        "methodology “{title}”, version {version}",
        "metodologia „{title}”, versiunea {version}";
    adopted_by(act: &str)
        "adopted by {act}",
        "aprobată prin {act}";
    result()
        "Result",
        "Rezultatul";
    withheld_score()
        "The score of this unit is not published: it would give a small count back.",
        "Scorul acestei unități nu se publică: ar dezvălui o numărătoare mică.";
    no_score(lacking: &Message)
        "The unit has no score. There is no value for: {lacking}.",
        "Unitatea nu are scor. Lipsesc valorile pentru: {lacking}.";
    score(points: &Message, place: &Message)
        "Score: {points} points, {place} in the ranking of the index; position 1 is the greatest risk.",
        "Scor: {points} puncte, {place} în clasamentul indicelui; poziția 1 înseamnă riscul cel mai mare.";
    score_of_a_list(points: &Message)
        "Score: {points} points of the index.",
        "Scor: {points} puncte ale indicelui.";
    decision(programme: &Message)
        "Decision under the programme “{programme}”",
        "Decizia în programul „{programme}”";
    programme_adopted(act: &str)
        "The rules of the programme were adopted by {act}.",
        "Regulile programului au fost aprobate prin {act}.";
    programme_illustrative()
        "The rules of the programme are assumptions, adopted by no act.",
        "Regulile programului sunt ipoteze, neaprobate prin niciun act.";
    against(other: &Message, role: &Message)
        "Why: the differences from {other} ({role})",
        "De ce: diferențele față de {other} ({role})";
    scores_of_both(own: &Message, other: &Message, gap: &Message)
        "This unit has {own} points, that one {other}: a difference of {gap}, which comes from (rounded points):",
        "Această unitate are {own} puncte, cealaltă {other}: o diferență de {gap}, care vine din (puncte rotunjite):";
    same_score()
        "Both have the same score.",
        "Ambele au același scor.";
    difference(label: &Message, points: &Message, own: &Message, other: &Message)
        "{label}: {points} points ({own} against {other})",
        "{label}: {points} puncte ({own} față de {other})";
    other_components(points: &Message)
        "The other components together: {points} points.",
        "Celelalte componente împreună: {points} puncte.";
    same_in_both(labels: &Message)
        "The same for both: {labels}.",
        "La fel pentru ambele: {labels}.";
    components()
        "The components that count most in the score",
        "Componentele care contează cel mai mult în scor";
    component(label: &Message, value: &Message, points: &Message)
        "{label}: {value}, which is {points} points of the score",
        "{label}: {value}, adică {points} puncte din scor";
    no_value()
        "no value",
        "fără valoare";
    measured_for(area: &Message)
        "measured for {area}, not for this unit",
        "valoare măsurată pentru {area}, nu pentru această unitate";
    source(cells: &Message)
        "source: {cells}",
        "sursa: {cells}";
    sheet(sheet: &str)
        "sheet {sheet}",
        "foaia {sheet}";
    cell(cell: &str)
        "cell {cell}",
        "celula {cell}";
    sum_of_cells(count: &Message, first: &str, last: &str)
        "the sum of {count}, {first}–{last}",
        "suma a {count}, {first}–{last}";
    sum_of_files(count: &Message, files: &Message)
        "the sum of {count} in {files}",
        "suma a {count} din {files}";
    small_count(things: &Message)
        "{things}: a small number that is not published",
        "{things}: un număr mic, care nu se publică";
    whole_country()
        "the whole country",
        "toată țara";
    changes_of_selected()
        "What would have taken it off the list (a single figure, the rest as it is)",
        "Ce ar fi scos-o de pe listă (o singură cifră, restul la fel)";
    changes_of_others()
        "What would have given it a place (a single figure, the rest as it is)",
        "Ce i-ar fi adus un loc (o singură cifră, restul la fel)";
    changes_of_class()
        "What would have changed its class (a single figure, the rest as it is)",
        "Ce i-ar fi schimbat clasa (o singură cifră, restul la fel)";
    instead(to: &Message, from: &Message)
        "{to} instead of {from}",
        "{to} în loc de {from}";
    for_all_of(area: &Message)
        "for all of {area}",
        "pentru {area} în întregime";
    result_would_be(class: &Message)
        "the class would be {class}",
        "clasa ar fi {class}";
    appeals()
        "How to appeal",
        "Cum se contestă";
    appeal(version: &str)
        "The appeal goes to the authority that published the list. If a figure is wrong, name the file and the cell in which it stands, the right figure and the document that proves it. Anybody can do the computation again from the published archive, with the program risk-index {version}: risk-index replay ARCHIVE.",
        "Contestația se depune la autoritatea care a publicat lista. Dacă o cifră este greșită, indicați fișierul și celula în care se află, cifra corectă și documentul care o dovedește. Oricine poate reface calculul din arhiva publicată, cu programul risk-index {version}: risk-index replay ARHIVA.";
    digest_of_list(digest: &str)
        "Digest (SHA-256) of the list, the file selection.csv: {digest}",
        "Amprenta (SHA-256) a listei, fișierul selection.csv: {digest}";
    issuer()
        "Issued by",
        "Emitent";
    number()
        "No.",
        "Nr.";
    date()
        "Date",
        "Data";
    legal_basis()
        "Legal basis",
        "Temeiul legal";
    addressee()
        "To",
        "Către";
    term()
        "Term of appeal",
        "Termenul de contestare";
    signatory()
        "Signed",
        "Semnează";
}

/// Whose place a unit is compared with.
pub(crate) mod role {
    use super::{Message, sentences};

    sentences! {
        last_in()
            "the last that was admitted by score",
            "ultima admisă după scor";
        first_out()
            "the first that was not admitted",
            "prima neadmisă";
        last_of_group(among: &Message)
            "the last that was admitted {among}",
            "ultima admisă {among}";
        could_be_replaced()
            "whose place it could take",
            "unitatea al cărei loc l-ar putea lua";
        would_replace()
            "which would take its place",
            "unitatea care i-ar lua locul";
        when_listed(role: &Message)
            "{role} when the list was made",
            "{role}, la întocmirea listei";
        next_class()
            "the nearest by score in another class",
            "cea mai apropiată după scor din altă clasă";
    }
}

/// Cells that were summed.
pub(crate) fn cells(count: usize) -> Message {
    Message::counted(count, ["cell", "cells"], ["celulă", "celule"])
}

/// Files of cells that were summed.
pub(crate) fn files(count: usize) -> Message {
    Message::counted(count, ["file", "files"], ["fișier", "fișiere"])
}

/// A place in the ranking of an index, which several units may share.
pub(crate) fn place(place: &Message, of: &Message, sharing: usize) -> Message {
    let shared = match sharing {
        0 | 1 => Message::same(""),
        several => Message {
            en: format!(" (shared by {several} units)"),
            ro: crate::language::numbered(several, "unitate", "unități"),
        },
    };
    let shared = match sharing {
        0 | 1 => shared,
        _ => Message { ro: format!(" (aceeași pentru {})", shared.ro), en: shared.en },
    };
    message!(
        "position {place} of {of}{shared}",
        "poziția {place} din {of}{shared}",
        ; place = place, of = of, shared = shared
    )
}

/// So many things more than there are.
pub(crate) fn more(count: &Message, to: &Message, from: &Message) -> Message {
    let count = compared(count, "more");
    message!(
        "{count} ({to} instead of {from})",
        "{count} în plus ({to} în loc de {from})";
        count = count, to = to, from = from
    )
}

/// So many things fewer than there are.
pub(crate) fn fewer(count: &Message, to: &Message, from: &Message) -> Message {
    let count = compared(count, "fewer");
    message!(
        "{count} ({to} instead of {from})",
        "{count} în minus ({to} în loc de {from})";
        count = count, to = to, from = from
    )
}

/// English has the word between the number and the things: `114 more children`, `one more family`.
fn compared(count: &Message, word: &str) -> Message {
    let en = match count.en.split_once(' ') {
        Some(("a" | "an", things)) => format!("one {word} {things}"),
        Some((number, things)) => format!("{number} {word} {things}"),
        None => format!("{} {word}", count.en),
    };
    Message { en, ro: count.ro.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compared_reads_as_in_a_sentence() {
        let of = |count: &str| Message { en: count.to_owned(), ro: "o familie".to_owned() };
        let number = |value| Message::number(value, 0);
        let said = more(&of("114 children"), &number(982.0), &number(868.0));
        assert_eq!(said.en, "114 more children (982 instead of 868)");
        let said = more(&of("a family"), &number(22.0), &number(21.0));
        assert_eq!(said.en, "one more family (22 instead of 21)");
        assert_eq!(said.ro, "o familie în plus (22 în loc de 21)");
        let said = fewer(&of("5,086 inhabitants"), &number(3963.0), &number(9049.0));
        assert_eq!(said.en, "5,086 fewer inhabitants (3,963 instead of 9,049)");
        assert_eq!(said.ro, "o familie în minus (3.963 în loc de 9.049)");
    }
}
