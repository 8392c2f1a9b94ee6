//! From the text of a study file to a checked [`Study`], with every problem on the way.

use std::collections::BTreeMap;

use super::document::Document;
use super::expression::{self, Kind};
use super::fields::{Fields, Item, any};
use super::file::{Acceptance, Adopted, ListSource, Predicate, RegisterChoice, SignOff, Study};
use super::problem::{Problems, position};
use super::shapes::{self, date, label, relative_path, sha256, text};
use super::source::Source;
use super::{read_list, read_source, spelling};
use crate::index::{Formula, Operand};
use crate::message;
use crate::register::{Register, RegisterError, Unit};

impl Study {
    /// Reads a study file. `file` is its name in messages. All problems are added to `problems`;
    /// without errors there is a study.
    pub fn read(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Self> {
        let mut found = Problems::new();
        let study = Document::decode(file, bytes, &mut found).and_then(|document| {
            let table = document.parse(&mut found);
            let at = super::problem::Spot { file: document.file, span: 0..0 };
            study(Fields::new("the study", at, &table), &mut found)
        });
        found.sort();
        let study = study.filter(|_| !found.has_errors());
        problems.extend(found);
        study
    }

    /// Checks what only the register can tell: that every level is one of its columns. `file` is
    /// the name under which the study was read.
    pub fn check_against(&self, file: &str, register: &Register, problems: &mut Problems) {
        for source in &self.sources {
            if register.level(&source.level).is_none() {
                let message = format!(
                    "the register `{}` has no level `{}`, which source `{}` measures",
                    register.id(),
                    source.level,
                    source.id
                );
                let known: Vec<&str> = register.level_names().collect();
                let hint = spelling::suggest(&source.level, known.iter().copied());
                problems.error_on_line(file, source.line, message, hint);
            }
        }
    }

    /// The register of those units that the study's `[register] where` chooses; the same register
    /// when it chooses none. `file` is the name under which the study was read. Without an answer
    /// the problems say why.
    pub fn choose_units(
        &self,
        file: &str,
        register: Register,
        problems: &mut Problems,
    ) -> Option<Register> {
        let Some(predicate) = &self.units else { return Some(register) };
        let known: Vec<&str> = register.columns().iter().map(String::as_str).collect();
        let lookup = |name: &str| {
            if known.contains(&name) {
                Ok(Kind::Text)
            } else {
                let hint = spelling::suggest(name, known.iter().copied());
                Err((format!("the register has no column `{name}`"), hint))
            }
        };
        let formula = match expression::compile(&predicate.text, Kind::Condition, &lookup) {
            Ok(formula) => formula,
            Err(refusals) => {
                for refusal in refusals {
                    let line = predicate.line;
                    problems.error_on_line(file, line, refusal.message, refusal.hint);
                }
                return None;
            }
        };
        let chosen = chosen(&formula, &register);
        if chosen.is_err() {
            let message = "`where` chooses no unit of the register";
            problems.error_on_line(file, predicate.line, message, None);
        }
        chosen.ok()
    }
}

/// The units of a register that a predicate chooses.
fn chosen(formula: &Formula, register: &Register) -> Result<Register, RegisterError> {
    let columns: Vec<&[String]> =
        register.columns().iter().filter_map(|column| register.column(column)).collect();
    let texts: Vec<Vec<Option<&str>>> = formula
        .names()
        .iter()
        .map(|name| register.column(name).unwrap_or_default().iter().map(|t| Some(&**t)).collect())
        .collect();
    let operands: Vec<Operand<'_>> = texts.iter().map(|texts| Operand::Texts(texts)).collect();
    let holds = formula.evaluate(&operands);
    let units = (0..register.len()).filter(|&unit| holds[unit] == Some(1.0)).map(|unit| Unit {
        code: register.codes()[unit].clone(),
        name: register.names()[unit].clone(),
        values: columns.iter().map(|column| column[unit].clone()).collect(),
    });
    let (id, title) = (register.id(), register.title().clone());
    Register::new(id, title, register.columns().to_vec(), units.collect())
}

fn study(mut fields: Fields<'_>, problems: &mut Problems) -> Option<Study> {
    let head = if let Some(head) = fields.table("study", "`[study]`", problems) {
        head_of(head, problems)
    } else {
        fields.missing("study", problems);
        None
    };
    let adopted = fields.table("adopted", "`[adopted]`", problems);
    let adopted = adopted.map(|table| adopted_of(table, problems));
    let sign_off = fields.table("sign_off", "`[sign_off]`", problems);
    let sign_off = sign_off.map(|table| sign_off_of(table, problems));
    let mut register = fields.table("register", "`[register]`", problems);
    if !fields.has("register") {
        fields.missing("register", problems);
    }
    let units = register.as_mut().and_then(|table| table.optional("where", predicate, problems));
    let register = register.and_then(|table| register_of(table, problems));
    let accept: Vec<Option<Acceptance>> = fields
        .tables("accept", "`[[accept]]`", problems)
        .into_iter()
        .map(|table| acceptance(table, problems))
        .collect();
    let (sources, lists) = sources(&mut fields, problems);
    let min_count = fields.table("publish", "`[publish]`", problems).and_then(|mut table| {
        let count = table.optional("min_count", any::<u32>, problems);
        table.finish(problems);
        count
    });
    fields.finish(problems);
    let head = head?;
    check_accepted(&accept, &sources, problems, &head);
    Some(Study {
        title: head.title,
        methodology: head.methodology,
        programme: head.programme,
        notice: head.notice,
        omit: head.omit,
        adopted: adopted.flatten(),
        sign_off,
        register: register?,
        units,
        accept: accept.into_iter().flatten().collect(),
        sources,
        lists,
        min_count,
    })
}

struct Head {
    file: usize,
    title: crate::language::Label,
    methodology: String,
    programme: Option<String>,
    notice: Option<crate::language::Label>,
    omit: BTreeMap<String, String>,
}

fn head_of(mut fields: Fields<'_>, problems: &mut Problems) -> Option<Head> {
    let title = fields.required("title", label, problems);
    let methodology = fields.required("methodology", relative_path, problems);
    let programme = fields.optional("programme", relative_path, problems);
    let notice = fields.optional("notice", label, problems);
    let omit = fields.table("omit", "`omit`", problems).map(|table| reasons(table, problems));
    let file = fields.at().file;
    fields.finish(problems);
    Some(Head {
        file,
        title: title?,
        methodology: methodology?,
        programme,
        notice,
        omit: omit.unwrap_or_default(),
    })
}

/// A table of ids, each with a reason.
fn reasons(mut fields: Fields<'_>, problems: &mut Problems) -> BTreeMap<String, String> {
    let rest = fields.rest();
    rest.into_iter()
        .filter_map(|(id, _, item)| Some((id.to_owned(), text(&item, problems)?)))
        .collect()
}

fn adopted_of(mut fields: Fields<'_>, problems: &mut Problems) -> Option<Adopted> {
    let act = fields.required("act", text, problems);
    let on = fields.required("date", date, problems);
    let methodology_sha256 = fields.optional("methodology_sha256", sha256, problems);
    let programme_sha256 = fields.optional("programme_sha256", sha256, problems);
    fields.finish(problems);
    Some(Adopted { act: act?, date: on?, methodology_sha256, programme_sha256 })
}

fn sign_off_of(mut fields: Fields<'_>, problems: &mut Problems) -> SignOff {
    let prepared = fields.optional("prepared", text, problems);
    let approved = fields.optional("approved", text, problems);
    let date = fields.optional("date", shapes::text_or_number, problems);
    fields.finish(problems);
    SignOff { prepared, approved, date }
}

/// A predicate whose names only the register can check.
fn predicate(item: &Item<'_>, problems: &mut Problems) -> Option<Predicate> {
    let formula = text(item, problems)?;
    let (line, _) = position(problems.text(item.file), item.at().span.start);
    if let Err(refusals) = expression::names(&formula) {
        for refusal in refusals {
            item.error(refusal.message, refusal.hint, problems);
        }
        return None;
    }
    Some(Predicate { text: formula, line })
}

fn register_of(mut fields: Fields<'_>, problems: &mut Problems) -> Option<RegisterChoice> {
    let aliases = fields.optional("aliases", shapes::input_path, problems);
    let bundled = fields.optional("bundled", text, problems);
    if fields.has("bundled") {
        if let (Some(item), true) = (fields.peek("file"), fields.has("file")) {
            let message = "a register is either `bundled` or a `file` of your own, not both";
            item.error(message, None, problems);
            return None;
        }
        fields.finish(problems);
        return bundled.map(|name| RegisterChoice::Bundled { name, aliases });
    }
    if !fields.has("file") {
        let hint = "write `bundled = \"ro-uat-2025\"`, or `file = …` with `code` and `name`";
        problems.error(
            &fields.at(),
            "`[register]` does not say which register",
            Some(hint.to_owned()),
        );
        for key in ["file", "sheet", "code", "period", "name", "columns"] {
            fields.item(key);
        }
        fields.finish(problems);
        return None;
    }
    let file = fields.required("file", shapes::input_path, problems);
    let sheet = fields.optional("sheet", shapes::text_or_number, problems);
    let code = fields.required("code", shapes::text_or_number, problems);
    let period = fields.optional("period", shapes::text_or_number, problems);
    let name = fields.required("name", shapes::text_or_number, problems);
    let columns = fields.table("columns", "`columns`", problems).map(|mut table| {
        let mut columns = BTreeMap::new();
        for (column, at, item) in table.rest() {
            if !shapes::is_identifier(column) {
                let hint = "use lower-case letters a-z, digits and `_`, starting with a letter";
                let message = format!("`{column}` cannot be the name of a register column");
                problems.error(&at, message, Some(hint.to_owned()));
            }
            if let Some(from) = shapes::text_or_number(&item, problems) {
                columns.insert(column.to_owned(), from);
            }
        }
        columns
    });
    fields.finish(problems);
    let columns = columns.unwrap_or_default();
    let (file, code, name) = (file?, code?, name?);
    Some(RegisterChoice::File { file, sheet, code, period, name, columns, aliases })
}

fn acceptance(mut fields: Fields<'_>, problems: &mut Problems) -> Option<Acceptance> {
    let at = fields.at();
    let finding = fields.required("finding", text, problems);
    if let Some(rule) = &finding
        && message::rule(rule).is_none()
    {
        let hint = spelling::suggest(rule, message::rules().map(|known| known.id));
        problems.error(&fields.at_key("finding"), format!("unknown finding `{rule}`"), hint);
    }
    let source = fields.optional("source", text, problems);
    let reason = fields.required("reason", text, problems);
    fields.finish(problems);
    let (line, _) = position(problems.text(at.file), at.span.start);
    Some(Acceptance { finding: finding?, source, reason: reason?, line })
}

fn sources(fields: &mut Fields<'_>, problems: &mut Problems) -> (Vec<Source>, Vec<ListSource>) {
    let tables = fields.tables("source", "`[[source]]`", problems);
    if tables.is_empty() && !fields.has("source") {
        fields.missing("source", problems);
    }
    let (mut sources, mut lists): (Vec<Source>, Vec<ListSource>) = (Vec::new(), Vec::new());
    let mut lines: BTreeMap<String, u32> = BTreeMap::new();
    for table in tables {
        let at = table.at_key("id");
        let (id, line) = match read_list::kind(&table) {
            Some(kind) => {
                let Some(list) = read_list::list(table, kind, problems) else { continue };
                lists.push(list.clone());
                (list.id, list.line)
            }
            None => {
                let Some(source) = read_source::source(table, problems) else { continue };
                sources.push(source.clone());
                (source.id, source.line)
            }
        };
        match lines.get(&id) {
            Some(first) => {
                let message = format!("the source `{id}` is declared twice");
                let hint = format!("the first is on line {first}");
                problems.error(&at, message, Some(hint));
            }
            None => {
                lines.insert(id, line);
            }
        }
    }
    (sources, lists)
}

/// An acceptance may be about a source or about a node; a source misspelt is told here.
fn check_accepted(
    accept: &[Option<Acceptance>],
    sources: &[Source],
    problems: &mut Problems,
    head: &Head,
) {
    let ids: Vec<&str> = sources.iter().map(|source| source.id.as_str()).collect();
    for acceptance in accept.iter().flatten() {
        let Some(subject) = &acceptance.source else { continue };
        let near = spelling::nearest(subject, ids.iter().copied());
        if let Some(meant) = near.filter(|meant| *meant != subject.as_str()) {
            let at = super::problem::Spot {
                file: head.file,
                span: problems.line_of(head.file, acceptance.line),
            };
            let message = format!("`{subject}` is not a source of this study");
            problems.note(&at, message, Some(format!("did you mean `{meant}`?")));
        }
    }
}
