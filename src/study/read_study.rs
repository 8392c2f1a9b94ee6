//! From the text of a study file to a checked [`Study`], with every problem on the way.

use std::collections::BTreeMap;

use super::document::Document;
use super::expression::{self, Kind, Known};
use super::fields::Fields;
use super::file::{
    Acceptance, AcceptanceTable, Adopted, AnySource, BundledRegisterTable, OwnRegisterTable,
    Predicate, Publish, PublishTable, RegisterChoice, RegisterTable, SignOff, Study, StudyFile,
};
use super::letter_head::LetterHead;
use super::lists::ListSource;
use super::problem::{Problems, Spot};
use super::shape::{Entry, Table};
use super::source::Source;
use super::source_key::Key;
use super::values::is_identifier;
use crate::index::{Formula, Operand};
use crate::language::Language;
use crate::message::study::source as message;
use crate::message::suggest;
use crate::register::{Register, RegisterError, Unit, find_unit};
use crate::spelling;

impl Study {
    /// Reads a study file. `file` is its name in messages. All problems are added to `problems`;
    /// without errors there is a study.
    pub fn read(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Self> {
        let mut found = Problems::new();
        let study = Document::decode(file, bytes, &mut found).and_then(|document| {
            let table = document.parse(&mut found);
            let at = Spot { file: document.file, span: 0..0 };
            let fields = Fields::new(&StudyFile::name(), at, &table);
            StudyFile::read_keys(fields, &mut found).check(&mut found)
        });
        found.sort();
        let study = study.filter(|_| !found.has_errors());
        problems.extend(found);
        study
    }

    /// The language of reports: the one that was asked for, else that of the study, else Romanian.
    pub fn language(&self, asked: Option<Language>) -> Language {
        asked.or(self.lang).unwrap_or_default()
    }

    /// Checks what only the register can tell: that every level is one of its columns, and that no key
    /// has a period where its units have none. `file` is the name under which the study was read.
    pub fn check_against(&self, file: &str, register: &Register, problems: &mut Problems) {
        for source in &self.sources {
            if register.level(&source.level).is_none() {
                let known: Vec<&str> = register.level_names().collect();
                let hint = suggest(&source.level, known.iter().copied());
                let said = message::no_level(register.id(), &source.level, &source.id);
                problems.error_on_line(file, source.line, said.advise(hint));
            }
            let is_panel = matches!(&self.register, RegisterChoice::File { period: Some(_), .. });
            if !is_panel && matches!(&source.key, Some(Key::Code { period: Some(_), .. })) {
                problems.error_on_line(file, source.line, message::key_of_a_panel(&source.id));
            }
        }
    }

    /// Adds the codes of the units that `[[accept]]` names, beside names of areas above them. `file` is
    /// the name under which the study was read.
    pub(crate) fn name_accepted(
        &mut self,
        file: &str,
        register: &Register,
        problems: &mut Problems,
    ) {
        let levels: Vec<_> = register.level_names().filter_map(|it| register.level(it)).collect();
        for acceptance in &mut self.accept {
            let mut codes = Vec::new();
            for unit in &acceptance.unit {
                match find_unit(register, unit) {
                    Ok(at) => codes.push(register.codes()[at].clone()),
                    Err(_) if levels.iter().any(|level| level.areas.contains(unit)) => {}
                    Err(error) => {
                        let said = error.message.advise(error.hint);
                        problems.error_on_line(file, acceptance.line, said);
                    }
                }
            }
            acceptance.unit.extend(codes);
        }
    }

    /// What is known of a column of the register; those of a bundled register hold no other texts.
    pub(in crate::study) fn words_of<'r>(&self, register: &'r Register, name: &str) -> Known<'r> {
        let is_closed =
            matches!(&self.register, RegisterChoice::Bundled { name, .. } if name == register.id());
        register.domain(name).map_or(Known::Nothing, |all| Known::Words { all, is_closed })
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
                let hint = suggest(name, known.iter().copied());
                Err(message::register_without_column(name).advise(hint))
            }
        };
        let words = |name: &str| self.words_of(&register, name);
        let formula = match expression::compile(&predicate.text, Kind::Condition, &lookup, &words) {
            Ok(formula) => formula,
            Err(refusals) => {
                for refusal in refusals {
                    problems.error_on_line(file, predicate.line, refusal.said);
                }
                return None;
            }
        };
        let chosen = chosen(&formula, &register);
        if chosen.is_err() {
            problems.error_on_line(file, predicate.line, message::no_unit_chosen());
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
    let chosen = Register::new(id, title, register.columns().to_vec(), units.collect());
    chosen.map(|chosen| chosen.chosen_from(register))
}

impl StudyFile {
    /// What is wrong with the file as a whole is added to `problems`; the study, as far as there is
    /// one.
    fn check(self, problems: &mut Problems) -> Option<Study> {
        let (register, units) = self.register.value.map(|table| table.check(problems)).unzip();
        let units = units.flatten();
        let accept = self.accept.value.unwrap_or_default();
        let accept: Vec<Acceptance> =
            accept.into_iter().filter_map(|table| table.check(problems)).collect();
        let (sources, lists) = sources(self.source.value.unwrap_or_default(), problems);
        let head = self.study.value?;
        let title = head.title.value?;
        check_accepted(&accept, &sources, head.site.at.file, problems);
        Some(Study {
            title,
            lang: head.lang.value,
            methodology: head.methodology.value,
            programme: head.programme.value,
            robustness: head.robustness.value,
            notice: head.notice.value,
            omit: written(head.omit.value.unwrap_or_default()),
            adopted: self.adopted.value.and_then(Adopted::of),
            sign_off: self.sign_off.value.and_then(SignOff::of),
            letter: self.letter.value.and_then(LetterHead::of).map(Box::new),
            register: register.flatten()?,
            units,
            accept,
            sources,
            lists,
            publish: self.publish.value.and_then(|table| table.check(problems)),
        })
    }
}

/// The entries of a table whose values were read.
fn written<T>(entries: Vec<Entry<T>>) -> BTreeMap<String, T> {
    entries.into_iter().filter_map(|entry| Some((entry.key, entry.value?))).collect()
}

impl RegisterTable {
    /// The register, and the predicate of the units that are counted.
    fn check(self, problems: &mut Problems) -> (Option<RegisterChoice>, Option<Predicate>) {
        match self {
            Self::Bundled(table) => {
                let BundledRegisterTable { bundled, aliases, r#where, .. } = *table;
                let aliases = aliases.value;
                let bundled = bundled.value.map(|name| RegisterChoice::Bundled { name, aliases });
                (bundled, r#where.value)
            }
            Self::Own(mut table) => {
                let units = table.r#where.value.take();
                (table.check(problems), units)
            }
        }
    }
}

impl OwnRegisterTable {
    fn check(self, problems: &mut Problems) -> Option<RegisterChoice> {
        if self.bundled.is_written {
            problems.error(&self.file.at, message::two_registers());
        } else if !self.file.is_written {
            problems.error(&self.site.at, message::which_register());
        }
        let columns = self.columns.value.unwrap_or_default();
        for Entry { key, key_at, .. } in &columns {
            if !is_identifier(key) {
                problems.error(key_at, message::register_column_name(key));
            }
        }
        Some(RegisterChoice::File {
            file: self.file.value?,
            sheet: self.sheet.value,
            code: self.code.value?,
            period: self.period.value,
            name: self.name.value?,
            columns: written(columns),
            aliases: self.aliases.value,
        })
    }
}

impl PublishTable {
    fn check(mut self, problems: &mut Problems) -> Option<Publish> {
        if self.min_count.value.is_some_and(|least| least < 2) {
            problems.error(&self.min_count.at, message::no_small_count());
        }
        self.line = Some(problems.texts().line(&self.site.at).1);
        Publish::of(self)
    }
}

impl AcceptanceTable {
    fn check(mut self, problems: &mut Problems) -> Option<Acceptance> {
        if self.count.value == Some(0) {
            problems.error(&self.count.at, message::nothing_looked_at());
        }
        self.line = Some(problems.texts().line(&self.site.at).1);
        Acceptance::of(self)
    }
}

/// The sources of measures and the lists, each id once.
fn sources(tables: Vec<AnySource>, problems: &mut Problems) -> (Vec<Source>, Vec<ListSource>) {
    let (mut sources, mut lists): (Vec<Source>, Vec<ListSource>) = (Vec::new(), Vec::new());
    let mut lines: BTreeMap<String, u32> = BTreeMap::new();
    for table in tables {
        let (at, (id, line)) = match table {
            AnySource::List(table) => {
                let at = table.id.at.clone();
                let Some(list) = table.check(problems) else { continue };
                let known = (list.id.clone(), list.line);
                lists.push(list);
                (at, known)
            }
            AnySource::Measures(table) => {
                let at = table.id.at.clone();
                let Some(source) = table.check(problems) else { continue };
                let known = (source.id.clone(), source.line);
                sources.push(source);
                (at, known)
            }
        };
        match lines.get(&id) {
            Some(first) => {
                problems.error(&at, message::source_twice(&id, *first));
            }
            None => {
                lines.insert(id, line);
            }
        }
    }
    (sources, lists)
}

/// An acceptance may be about a source or about a node; a source misspelt is told here.
fn check_accepted(accept: &[Acceptance], sources: &[Source], file: usize, problems: &mut Problems) {
    let ids: Vec<&str> = sources.iter().map(|source| source.id.as_str()).collect();
    for acceptance in accept {
        let Some(subject) = &acceptance.source else { continue };
        let near = spelling::nearest(subject, ids.iter().copied());
        if let Some(meant) = near.filter(|meant| *meant != subject.as_str()) {
            let at = Spot { file, span: problems.line_of(file, acceptance.line) };
            problems.note(&at, message::accepted_of_nobody(subject, meant));
        }
    }
}
