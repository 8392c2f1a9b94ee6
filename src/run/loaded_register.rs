//! Who is counted in a run: the bundled register or one of the study's own, with its aliases.

use std::collections::BTreeMap;

use crate::ingest::{HeaderColumn, Inputs, Listing, fold, header, probe};
use crate::language::Label;
use crate::message::run as message;
use crate::quality::{Findings, Message, Place, Severity};
use crate::register::{Aliases, Bundled, Gazetteer, Register, Unit, bundled, bundled_names};
use crate::report::{FileDigest, Role, sha256};
use crate::study::{Problems, RegisterChoice, SheetChoice, Study};

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
    choice: &RegisterChoice,
    inputs: &Inputs,
    findings: &mut Findings,
) -> Option<LoadedRegister> {
    let RegisterChoice::Bundled { name, aliases } = choice else {
        return own(choice, inputs, findings);
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

/// The register of a file, to look at others by: the one that a study (`.toml`) names, or a table of
/// units with a column `code`, a column `name`, and the columns of the register beside them.
///
/// # Errors
/// In words, why there is none.
pub fn register_of(file: &str, inputs: &Inputs) -> Result<Bundled, Message> {
    let choice = if file.to_ascii_lowercase().ends_with(".toml") {
        named_by_study(file, inputs)?
    } else {
        of_table(file, inputs)?
    };
    let mut findings = Findings::default();
    match load(&choice, inputs, &mut findings) {
        Some(LoadedRegister { register, gazetteer, aliases, .. }) => {
            Ok(Bundled { register, gazetteer, aliases })
        }
        None => Err(first_error(&findings)),
    }
}

/// The error that a register could not be made for.
fn first_error(findings: &Findings) -> Message {
    let error = findings.iter().find(|finding| finding.severity == Severity::Error);
    error.map_or_else(message::no_register, |finding| finding.message.clone())
}

fn named_by_study(file: &str, inputs: &Inputs) -> Result<RegisterChoice, Message> {
    let bytes = inputs.bytes(file).map_err(|error| message::unopened(file, &error.to_string()))?;
    let mut problems = Problems::new();
    let study = Study::read(file, &bytes, &mut problems);
    study.map(|study| study.register).ok_or_else(|| message::no_study(file))
}

/// What headers of codes and of names are called.
const CODES: [&str; 5] = ["code", "cod", "siruta", "cod siruta", "id"];
const NAMES: [&str; 4] = ["name", "nume", "denumire", "uat"];

fn of_table(file: &str, inputs: &Inputs) -> Result<RegisterChoice, Message> {
    let found = probe(inputs, file, None);
    let Some(page) = found.page else {
        let why = found.refusal.map(|refusal| refusal.message);
        return Err(why.unwrap_or_else(message::no_register));
    };
    let wanted: Vec<&str> = CODES.iter().chain(&NAMES).copied().collect();
    let header = header::detect(&page.grid, &wanted);
    let labels: Vec<String> = header.columns.iter().map(HeaderColumn::label).collect();
    let called = |names: &[&str]| {
        let is_so = |label: &&String| names.contains(&fold(label).as_str());
        labels.iter().find(is_so).cloned()
    };
    let (Some(code), Some(name)) = (called(&CODES), called(&NAMES)) else {
        return Err(message::no_columns_of_units(&labels));
    };
    let others = labels.iter().filter(|label| **label != code && **label != name);
    let columns = others.map(|label| (column_of(label), label.clone())).collect();
    let file = file.to_owned();
    Ok(RegisterChoice::File { file, sheet: None, code, period: None, name, columns, aliases: None })
}

/// The column of a register that a header means.
fn column_of(header: &str) -> String {
    match fold(header).as_str() {
        "judet" | "judetul" | "jud" | "county" => "county".to_owned(),
        "regiune" | "regiunea" | "region" => "region".to_owned(),
        other => other.replace(|letter: char| !letter.is_ascii_alphanumeric(), "_"),
    }
}

/// A register of the study's own: a table with a column of codes, one of names, and free columns.
fn own(
    choice: &RegisterChoice,
    inputs: &Inputs,
    findings: &mut Findings,
) -> Option<LoadedRegister> {
    let RegisterChoice::File { file, sheet, code, period, name, columns, aliases } = choice else {
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
