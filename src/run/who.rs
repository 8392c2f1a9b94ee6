//! Who is counted in a run: the bundled register or one of the study's own, with its aliases.

use std::collections::BTreeMap;

use crate::ingest::{Inputs, Listing};
use crate::language::Label;
use crate::message;
use crate::quality::{Finding, Findings, Place, message};
use crate::register::{Aliases, Gazetteer, Register, Unit, bundled, bundled_names};
use crate::report::{FileDigest, Role, sha256};
use crate::study::{RegisterChoice, SheetChoice, Study};

/// The register of a run with what is known around it.
#[derive(Clone)]
pub(crate) struct Who {
    pub(crate) register: Register,
    pub(crate) gazetteer: Gazetteer,
    pub(crate) aliases: Aliases,
    /// Digests of the files it was made from.
    pub(crate) files: Vec<FileDigest>,
}

/// The subject of findings about the register.
const SUBJECT: &str = "register";

/// Reads the register that a study names; `None` when it cannot be, which is told.
pub(super) fn read(study: &Study, inputs: &Inputs, findings: &mut Findings) -> Option<Who> {
    match &study.register {
        RegisterChoice::Bundled { name, aliases } => {
            let Some(bundled) = bundled(name) else {
                let known = bundled_names().join("`, `");
                let message = message!(
                    "there is no bundled register `{name}`",
                    "nu există un registru inclus `{name}`",
                );
                let hint = message!(
                    "the bundled registers are `{known}`",
                    "registrele incluse sunt `{known}`",
                );
                let finding = Finding::new(&message::register::REGISTER_INVALID, SUBJECT, message);
                findings.push(finding.hint(hint));
                return None;
            };
            let mut who = Who {
                register: bundled.register,
                gazetteer: bundled.gazetteer,
                aliases: bundled.aliases,
                files: Vec::new(),
            };
            add_aliases(&mut who, aliases.as_deref(), inputs, findings)?;
            Some(who)
        }
        RegisterChoice::File { .. } => own(study, inputs, findings),
    }
}

/// A register of the study's own: a table with a column of codes, one of names, and free columns.
fn own(study: &Study, inputs: &Inputs, findings: &mut Findings) -> Option<Who> {
    let RegisterChoice::File { file, sheet, code, period, name, columns, aliases } =
        &study.register
    else {
        return None;
    };
    let sheet = sheet.clone().map(SheetChoice::Name);
    let mut wanted = vec![code.as_str(), name.as_str()];
    wanted.extend(columns.values().map(String::as_str));
    let listing = Listing { file, sheet: sheet.as_ref(), subject: SUBJECT };
    wanted.extend(period.as_deref());
    let (rows, found) = listing.full_rows(inputs, &wanted);
    findings.extend(found);
    let mut rows = rows?;
    if period.is_some() {
        rows.iter_mut().for_each(|(_, texts)| in_period(texts));
    }
    let (units, twice) = units(rows, file);
    if !twice.is_empty() {
        let message = message!(
            "{codes} appear more than once in the register",
            "{codes} apar de mai multe ori în registru",
            codes = codes(&twice),
        );
        let finding = Finding::new(&message::register::REGISTER_INVALID, SUBJECT, message);
        let hint = message!(
            "every unit has one row: remove the repetition",
            "fiecare unitate are un singur rând: ștergeți repetarea",
        );
        findings.push(finding.hint(hint).places(twice));
        return None;
    }
    let names = columns.keys().cloned().collect();
    let register = match Register::new(file.clone(), Label::same(file), names, units) {
        Ok(register) => register,
        Err(error) => {
            let finding =
                Finding::new(&message::register::REGISTER_INVALID, SUBJECT, error.message());
            findings.push(finding.at(Place::file(file)));
            return None;
        }
    };
    let mut who = Who {
        register,
        gazetteer: Gazetteer::default(),
        aliases: Aliases::default(),
        files: digest(Role::Register, file, inputs).into_iter().collect(),
    };
    add_aliases(&mut who, aliases.as_deref(), inputs, findings)?;
    Some(who)
}

/// Joins the code, which stands first, with the period, which stands last.
fn in_period(texts: &mut Vec<String>) {
    if let (Some(period), Some(code)) = (texts.pop(), texts.first_mut()) {
        *code = format!("{code}|{period}");
    }
}

/// The units of the rows, and every place where a code stands again.
fn units(rows: Vec<(u32, Vec<String>)>, file: &str) -> (Vec<Unit>, Vec<Place>) {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let mut units = Vec::new();
    let mut twice = Vec::new();
    for (row, mut texts) in rows {
        let values = texts.split_off(2);
        let name = texts.pop().unwrap_or_default();
        let code = texts.pop().unwrap_or_default();
        if seen.insert(code.clone(), row).is_some() {
            twice.push(Place::file(file).at_row(row).with_text(code));
        } else {
            units.push(Unit { code, name, values });
        }
    }
    (units, twice)
}

fn codes(places: &[Place]) -> String {
    let texts: Vec<String> = places
        .iter()
        .take(5)
        .map(|place| format!("`{}`", place.text.as_deref().unwrap_or_default()))
        .collect();
    let dots = if places.len() > texts.len() { " …" } else { "" };
    format!("{}{dots}", texts.join(", "))
}

/// Puts the study's own aliases in front of the bundled ones.
fn add_aliases(
    who: &mut Who,
    file: Option<&str>,
    inputs: &Inputs,
    findings: &mut Findings,
) -> Option<()> {
    let Some(file) = file else { return Some(()) };
    let text = match inputs.bytes(file) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) => {
            let message = message!(
                "the alias file `{file}` could not be opened: {error}",
                "fișierul de alias-uri `{file}` nu a putut fi deschis: {error}",
            );
            findings.push(Finding::new(&message::register::REGISTER_INVALID, SUBJECT, message));
            return None;
        }
    };
    let problems = match Aliases::parse(&text, file) {
        Ok(own) => {
            let problems = own.check(&who.register);
            who.aliases = who.aliases.merged(&own);
            problems
        }
        Err(problems) => problems,
    };
    let sound = problems.is_empty();
    problems.into_iter().for_each(|problem| findings.push(problem));
    who.files.extend(digest(Role::Aliases, file, inputs));
    sound.then_some(())
}

fn digest(role: Role, file: &str, inputs: &Inputs) -> Option<FileDigest> {
    let bytes = inputs.bytes(file).ok()?;
    Some(FileDigest { role, name: file.to_owned(), sha256: sha256(&bytes) })
}
