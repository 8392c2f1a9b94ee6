//! What somebody looked at: which things of which findings an `[[accept]]` names, and its block as text.

use std::collections::BTreeSet;

use super::finding::{Finding, Findings, Thing};

/// Texts, units or cells that a block lists; where there are more it says only how many.
const LISTED: usize = 8;

/// The things of the findings of a rule that somebody looked at. A list that is empty names all.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope<'a> {
    /// Id of the rule.
    pub(crate) rule: &'a str,
    /// The source or node that it is about; any when absent.
    pub(crate) subject: Option<&'a str>,
    /// Texts that stand in the cells.
    pub(crate) texts: &'a [String],
    /// Codes of units.
    pub(crate) units: &'a [String],
    /// Cells: `sheet!D17`, `file:sheet!D17`; in a text file `D17`, `file:D17`.
    pub(crate) cells: &'a [String],
}

impl Scope<'_> {
    /// Whether it names some things only, not all of a finding.
    pub(crate) fn is_narrow(&self) -> bool {
        !(self.texts.is_empty() && self.units.is_empty() && self.cells.is_empty())
    }

    /// Whether it may name things of a finding.
    pub(super) fn is_about(&self, finding: &Finding) -> bool {
        finding.rule == self.rule && self.subject.is_none_or(|subject| subject == finding.subject)
    }

    /// Whether it names a thing of a finding that it is about.
    pub(super) fn names(&self, thing: &Thing<'_>) -> bool {
        let text = thing.text();
        let has_text = |wanted: &String| text == Some(wanted.trim());
        let is_unit = |wanted: &String| thing.unit == Some(wanted.as_str());
        let is_cell = |wanted: &String| thing.place.is_some_and(|place| place.is_called(wanted));
        (self.texts.is_empty() || self.texts.iter().any(has_text))
            && (self.units.is_empty() || self.units.iter().any(is_unit))
            && (self.cells.is_empty() || self.cells.iter().any(is_cell))
    }
}

impl Finding {
    /// Marks those of its open things that a scope names.
    fn accept(&mut self, scope: &Scope<'_>, reason: &str) {
        let named = |(_, thing): &(usize, Thing<'_>)| thing.is_open() && scope.names(thing);
        let named: Vec<usize> = self.things().enumerate().filter(named).map(|(at, _)| at).collect();
        self.accepted_things.extend(named.into_iter().map(|at| (at, reason.to_owned())));
        self.settle();
    }

    /// Accepts it as a whole where each of its things is accepted.
    pub(super) fn settle(&mut self) {
        if self.accepted_things.len() == self.things().count() {
            self.accepted = Some(self.reasons());
        }
    }
}

impl Findings {
    /// The open things that a scope names, in the order of their findings.
    pub(crate) fn covered(&self, scope: &Scope<'_>) -> impl Iterator<Item = Thing<'_>> {
        let about = self.list.iter().filter(|finding| scope.is_about(finding));
        about.flat_map(Finding::things).filter(|thing| thing.is_open() && scope.names(thing))
    }

    /// Marks the open things that a scope names as looked at.
    pub(crate) fn accept(&mut self, scope: &Scope<'_>, reason: &str) {
        for finding in self.list.iter_mut().filter(|finding| scope.is_about(finding)) {
            finding.accept(scope, reason);
        }
    }
}

/// The `[[accept]]` of what is open in findings of one rule about one subject, as a study holds it; the
/// reason is left to whoever looked. It names units, else texts, else cells, where these are few, so
/// that it covers nothing else later. None where nothing is open.
pub(crate) fn block(findings: &[&Finding]) -> Option<String> {
    let first = findings.first()?;
    let open: Vec<Thing<'_>> =
        findings.iter().flat_map(|finding| finding.things()).filter(Thing::is_open).collect();
    if open.is_empty() {
        return None;
    }
    let mut block = format!("[[accept]]\nfinding = {}\n", quoted(first.rule));
    block.push_str(&format!("source  = {}\n", quoted(&first.subject)));
    let ways: [(&str, fn(&Thing<'_>) -> Option<String>); 3] = [
        ("unit   ", |thing| thing.unit.map(str::to_owned)),
        ("text   ", |thing| thing.text().map(str::to_owned)),
        ("cell   ", |thing| thing.place.and_then(super::Place::cell)),
    ];
    let listed = ways.iter().find_map(|(key, of)| Some(format!("{key} = {}\n", list(&open, *of)?)));
    block.push_str(&listed.unwrap_or_default());
    block.push_str(&format!("count   = {}\nreason  = \"\"\n", open.len()));
    Some(block)
}

/// What all things have, each once, as TOML; none where one has it not, or where there are many.
fn list(open: &[Thing<'_>], of: fn(&Thing<'_>) -> Option<String>) -> Option<String> {
    let different: Option<BTreeSet<String>> = open.iter().map(of).collect();
    let different = different.filter(|all| all.len() <= LISTED)?;
    let quoted: Vec<String> = different.iter().map(|text| quoted(text)).collect();
    Some(match quoted.as_slice() {
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    })
}

/// A text as TOML writes it on one line.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            letter if letter.is_control() => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(letter)));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::super::{Place, message};
    use super::*;
    use crate::message::ingest::{TEXT_IN_NUMBERS, UNIT_ABSENT};

    fn cell(row: u32, text: &str) -> Place {
        Place::file("vmg.xlsx").on_sheet("2023").at_row(row).at_column(4).with_text(text)
    }

    fn unreadable(places: Vec<Place>) -> Finding {
        Finding::new(&TEXT_IN_NUMBERS, "vmg", message!("texts", "texte")).places(places)
    }

    #[test]
    fn a_part_of_a_finding_keeps_its_units_and_what_was_accepted_of_them() {
        let rule = &crate::message::ingest::NEAR_MATCH;
        let message = crate::quality::message!("three units", "trei unități");
        let place = |code: &str| Place { unit: Some(code.to_owned()), ..Place::file("a.csv") };
        let about = ["2", "3"].map(str::to_owned);
        let finding = Finding::new(rule, "a", message).units(about).at(place("1")).at(place("2"));
        let mut finding = finding.at(Place::file("b.csv"));
        // places of 1 and 2, a place of nobody, then 3, whom no place names
        assert_eq!(finding.things().count(), 4);
        finding.accepted_things.insert(1, "seen".to_owned());
        let of = |codes: &[&str]| finding.of_units(&|code| codes.contains(&code));
        let own = of(&["2", "3"]).unwrap();
        assert_eq!((own.places.len(), own.units.len()), (2, 2));
        assert_eq!(
            own.things().map(|it| it.accepted).collect::<Vec<_>>(),
            [Some("seen"), None, None]
        );
        assert_eq!(own.accepted, None);
        // what is of no unit stands in every part
        assert_eq!(of(&[]).unwrap().places, [Place::file("b.csv")]);
        finding.places.pop();
        let of = |codes: &[&str]| finding.of_units(&|code| codes.contains(&code));
        assert!(of(&["4"]).is_none());
        assert_eq!(of(&["2"]).unwrap().accepted.as_deref(), Some("seen"));
    }

    #[test]
    fn a_block_names_units_else_texts_else_cells_and_counts() {
        let units = unreadable(vec![cell(7, "n/a").of_unit("1017"), cell(9, "n/a").of_unit("20")]);
        let seen = block(&[&units]).unwrap();
        assert_eq!(
            seen,
            "[[accept]]\nfinding = \"text-in-numbers\"\nsource  = \"vmg\"\n\
             unit    = [\"1017\", \"20\"]\ncount   = 2\nreason  = \"\"\n"
        );
        let note = unreadable(vec![cell(99, " *) date \"provizorii\"\t")]);
        let seen = block(&[&note]).unwrap();
        assert!(seen.contains("text    = \"*) date \\\"provizorii\\\"\"\ncount   = 1\n"), "{seen}");
        let empty = Place::file("a.csv").at_row(3).at_column(2);
        let seen = block(&[&unreadable(vec![empty])]).unwrap();
        assert!(seen.contains("cell    = \"a.csv:B3\"\n"), "{seen}");
        let many = unreadable((1..30).map(|row| cell(row, &row.to_string())).collect());
        let seen = block(&[&many]).unwrap();
        assert!(!seen.contains("text ") && seen.contains("count   = 29\n"), "{seen}");
    }

    #[test]
    fn an_accepted_footnote_does_not_accept_a_commune() {
        let places = vec![cell(7, "n/a").of_unit("1017"), cell(99, "*) provizoriu")];
        let mut findings: Findings = [unreadable(places)].into_iter().collect();
        let texts = ["*) provizoriu".to_owned()];
        let scope = Scope {
            rule: "text-in-numbers",
            subject: Some("vmg"),
            texts: &texts,
            ..Scope::default()
        };
        assert_eq!(findings.covered(&scope).count(), 1);
        findings.accept(&scope, "a footnote");
        let finding = findings.iter().next().unwrap();
        assert_eq!(finding.accepted, None);
        assert_eq!(finding.acceptance().unwrap(), "1/2: a footnote");
        let open: Vec<&Place> = finding.open_places().collect();
        assert_eq!(open, [&cell(7, "n/a").of_unit("1017")]);
        assert!(block(&[finding]).unwrap().contains("unit    = \"1017\"\ncount   = 1\n"));
        let rest = Scope { rule: "text-in-numbers", ..Scope::default() };
        findings.accept(&rest, "asked the county");
        let finding = findings.iter().next().unwrap();
        assert_eq!(finding.accepted.as_deref(), Some("a footnote; asked the county"));
        assert_eq!(block(&[finding]), None);
    }

    #[test]
    fn cells_and_units_are_named_as_findings_write_them() {
        let units = ["20".to_owned()];
        let absent = Finding::new(&UNIT_ABSENT, "vmg", message!("absent", "lipsă"));
        let mut findings: Findings =
            [absent.units(["1017".to_owned(), "20".to_owned()])].into_iter().collect();
        let scope = Scope { rule: "unit-absent", units: &units, ..Scope::default() };
        findings.accept(&scope, "merged in 2023");
        assert_eq!(findings.iter().next().unwrap().acceptance().unwrap(), "1/2: merged in 2023");
        let place = cell(7, "x");
        for name in ["2023!D7", "vmg.xlsx:2023!D7", "'2023'!d7"] {
            assert!(place.is_called(name), "{name}");
        }
        for name in ["D7", "2024!D7", "23!D7", "2023!D77", "other.xlsx:2023!D7", ""] {
            assert!(!place.is_called(name), "{name}");
        }
        let line = Place::file("in/a.csv").at_row(3).at_column(2);
        assert!(line.is_called("B3") && line.is_called("in/a.csv:B3") && !line.is_called("C3"));
    }
}
