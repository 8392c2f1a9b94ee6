//! Who is counted in a run: the bundled register or one of the study's own, with its aliases.

use std::collections::BTreeMap;

use crate::ingest::{Inputs, Listing};
use crate::language::Label;
use crate::message::run as message;
use crate::quality::{Findings, Place};
use crate::register::{Aliases, Gazetteer, Register, Unit, bundled, bundled_names};
use crate::report::{FileDigest, Role, sha256};
use crate::study::{RegisterChoice, SheetChoice, Study};

/// The register of a run with what is known around it.
#[derive(Clone)]
pub(crate) struct LoadedRegister {
    pub(crate) register: Register,
    pub(crate) gazetteer: Gazetteer,
    pub(crate) aliases: Aliases,
    /// How many of the aliases, in front of the others, are the study's own.
    pub(crate) own_aliases: usize,
    /// Digests of the files it was made from.
    pub(crate) files: Vec<FileDigest>,
}

/// What findings about the register are about.
const SUBJECT: &str = "register";

/// Reads the register that a study names; `None` when it cannot be, which is a finding.
pub(super) fn load(
    study: &Study,
    inputs: &Inputs,
    findings: &mut Findings,
) -> Option<LoadedRegister> {
    let RegisterChoice::Bundled { name, aliases } = &study.register else {
        return own(study, inputs, findings);
    };
    let Some(bundled) = bundled(name) else {
        findings.push(message::no_bundled_register(name, bundled_names()));
        return None;
    };
    let mut loaded = LoadedRegister {
        register: bundled.register,
        gazetteer: bundled.gazetteer,
        aliases: bundled.aliases,
        own_aliases: 0,
        files: Vec::new(),
    };
    add_aliases(&mut loaded, aliases.as_deref(), inputs, findings)?;
    Some(loaded)
}

/// A register of the study's own: a table with a column of codes, one of names, and free columns.
fn own(study: &Study, inputs: &Inputs, findings: &mut Findings) -> Option<LoadedRegister> {
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
        findings.push(message::repeated_codes(twice));
        return None;
    }
    let names = columns.keys().cloned().collect();
    let register = match Register::new(file.clone(), Label::same(file), names, units) {
        Ok(register) => register,
        Err(error) => {
            findings.push(message::invalid_register(error.message(), Place::file(file)));
            return None;
        }
    };
    let mut loaded = LoadedRegister {
        register,
        gazetteer: Gazetteer::default(),
        aliases: Aliases::default(),
        own_aliases: 0,
        files: digest(Role::Register, file, inputs).into_iter().collect(),
    };
    add_aliases(&mut loaded, aliases.as_deref(), inputs, findings)?;
    Some(loaded)
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

/// Puts the study's own aliases in front of the bundled ones.
fn add_aliases(
    loaded: &mut LoadedRegister,
    file: Option<&str>,
    inputs: &Inputs,
    findings: &mut Findings,
) -> Option<()> {
    let Some(file) = file else { return Some(()) };
    let text = match inputs.bytes(file) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) => {
            findings.push(message::unopened_aliases(file, &error.to_string()));
            return None;
        }
    };
    let problems = match Aliases::parse(&text, file) {
        Ok(own) => {
            let problems = own.check(&loaded.register);
            loaded.aliases = loaded.aliases.merged(&own);
            loaded.own_aliases = own.list().len();
            problems
        }
        Err(problems) => problems,
    };
    let sound = problems.is_empty();
    problems.into_iter().for_each(|problem| findings.push(problem));
    loaded.files.extend(digest(Role::Aliases, file, inputs));
    sound.then_some(())
}

fn digest(role: Role, file: &str, inputs: &Inputs) -> Option<FileDigest> {
    let bytes = inputs.bytes(file).ok()?;
    Some(FileDigest { role, name: file.to_owned(), sha256: sha256(&bytes) })
}
