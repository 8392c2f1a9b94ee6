//! Everything a study reads, read and joined, and what there is to say about it before any index.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Programmes, Read, Request, Stopped, read, review, select};
use crate::index::method::{Node, Origin};
use crate::index::{self, Index, Mark, Method, TraceMode};
use crate::ingest::RefusedLabel;
use crate::language::{counted, numbered};
use crate::message;
use crate::observation::{Cell, InputFile, Missing, Observations};
use crate::quality::{Finding, Findings, message};
use crate::register::{Register, UNIT};
use crate::selection::{self, Pool};
use crate::study::programme::CheckedProgramme;
use crate::study::{Problems, Study};
use crate::watch::{Stage, Watch};

/// What checking a study gave.
#[derive(Debug)]
pub struct Checked {
    /// The study.
    pub study: Study,
    /// The units it counts.
    pub register: Register,
    /// The files that were read.
    pub files: Vec<InputFile>,
    /// How far each measure of each source covers its areas, in the order of the study.
    pub measures: Vec<AreaCoverage>,
    /// How far each indicator covers the units, in the order of the methodology; an indicator whose
    /// measures could not be read is not among them.
    pub indicators: Vec<AreaCoverage>,
    /// The programme that the study names, with the way in which each phase will be solved.
    pub programme: Option<ProgrammeOutlook>,
    /// Measures that could not be filled.
    pub unread: Vec<String>,
    /// Names that the register does not recognise.
    pub refused: Vec<RefusedLabel>,
    /// What was found, in the order of reports.
    pub findings: Findings,
    /// Notes about the files of the study.
    pub notes: Problems,
}

/// A programme that fits its study, before anything is computed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProgrammeOutlook {
    /// Its id.
    pub id: String,
    /// Units that pass those conditions of `where` that need no score.
    pub eligible: usize,
    /// Phases and the words of the algorithm that will solve each.
    pub phases: Vec<(String, &'static str)>,
    /// Why no phase can be solved, where that is clear already.
    pub refused: Option<String>,
}

/// For how many areas there is a value, and why there is none for the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AreaCoverage {
    /// `<source>.<measure>`, or the id of an indicator.
    pub name: String,
    /// The level at which it is measured.
    pub level: String,
    /// Areas, or units, in all.
    pub of: usize,
    /// With a value.
    pub values: usize,
    /// Nobody measured it, or there is no row.
    pub not_available: usize,
    /// Withheld.
    pub confidential: usize,
    /// Without meaning there.
    pub not_applicable: usize,
}

/// Reads and joins everything a study names and says what it finds. Of the methodology nothing runs
/// but the formulas of indicators, so that their values can be looked at; nothing is normalised,
/// weighted or ranked.
pub fn check(request: &Request<'_>, watch: &dyn Watch) -> Result<Checked, Stopped> {
    let read = read(request, Programmes::Checked, watch)?;
    let Read { study, method, plan, register, reading, mut findings, notes, .. } = read;
    let observations = reading.observations;
    watch.at(Stage::Computing, 0, 1)?;
    let bare = indicators_only(&method, &observations);
    let index = index::compute(&bare, &register, &observations, TraceMode::Drop, &mut findings);
    for (node, result) in bare.nodes.iter().zip(&index.nodes) {
        constant(node, result.raw.values(), &mut findings);
        above_whole(node, result.raw.values(), &register, &mut findings);
    }
    let programme = plan.map(|plan| {
        let pool = select::structure(&plan, &register, &observations);
        if told_before_computing(&plan, &observations, &register) {
            let other_units = select::universe_differs(&plan, &method, &pool, &index.ranked);
            other_units.into_iter().for_each(|finding| findings.push(finding));
        }
        ProgrammeOutlook::new(plan, &pool)
    });
    review::small_populations(&bare, &register, &observations, &mut findings);
    for acceptance in &study.accept {
        // An acceptance that fits nothing may be about what only `compute` finds.
        findings.accept(&acceptance.finding, acceptance.source.as_deref(), &acceptance.reason);
    }
    findings.sort();
    watch.at(Stage::Computing, 1, 1)?;
    Ok(Checked {
        programme,
        measures: measures(&observations, &register),
        indicators: indicators(&index, &register),
        unread: reading.unread,
        refused: reading.refused,
        files: observations.files,
        study,
        register,
        findings,
        notes,
    })
}

/// The indicators of a method whose measures were all read, without their steps; a list of words
/// keeps the step that scores it.
fn indicators_only(method: &Method, observations: &Observations) -> Method {
    let is_read = |name: &String| !name.contains('.') || observations.series(name).is_some();
    let nodes = method.nodes.iter().filter_map(|node| {
        let kept = match &node.origin {
            Origin::Measures(formula) if formula.names().iter().all(is_read) => 0,
            Origin::Category(name) if is_read(name) => 1,
            Origin::Measures(_) | Origin::Category(_) | Origin::Children(_) | Origin::Nodes(_) => {
                return None;
            }
        };
        let steps = node.steps.iter().take(kept).cloned().collect();
        Some(Node { steps, ..node.clone() })
    });
    let over = method.over.clone().filter(|over| over.names().iter().all(is_read));
    Method {
        nodes: nodes.collect(),
        over,
        outputs: Vec::new(),
        summaries: Vec::new(),
        ..method.clone()
    }
}

/// An indicator that cannot separate the units.
fn constant(node: &Node, values: &[f64], findings: &mut Findings) {
    let mut found = values.iter().filter(|value| value.is_finite());
    let Some(first) = found.next() else { return };
    let told = findings.iter().any(|finding| {
        finding.rule == message::index::CONSTANT_COLUMN.id && finding.subject == node.id
    });
    let mut more = found.clone();
    if told || more.next().is_none() || !found.all(|value| value.total_cmp(first).is_eq()) {
        return;
    }
    let message = message!(
        "`{node}` is {first} for every unit and cannot separate them",
        "`{node}` este {first} pentru fiecare unitate și nu le poate deosebi",
        node = &node.id,
    );
    let hint = message!(
        "look whether the right column was read, or leave the indicator out with `omit`",
        "verificați dacă s-a citit coloana bună sau scoateți indicatorul cu `omit`",
    );
    findings.push(Finding::new(&message::index::CONSTANT_COLUMN, &node.id, message).hint(hint));
}

/// Shares above the whole, where the methodology declares no range of its own.
fn above_whole(node: &Node, values: &[f64], register: &Register, findings: &mut Findings) {
    let is_share =
        node.unit.as_ref().is_some_and(|unit| unit.en == "%") && node.plausible.is_none();
    let above: Vec<usize> = (0..values.len()).filter(|&unit| values[unit] > 100.0).collect();
    if !is_share || above.is_empty() {
        return;
    }
    let first = above[0];
    let message = message!(
        "`{node}` is above 100 % for {units}, as {value} in {name}: the numerator is larger than \
         the denominator",
        "`{node}` depășește 100 % la {of}, de exemplu {value} în {name}: numărătorul este mai mare \
         decât numitorul",
        node = &node.id,
        units = counted(above.len(), "unit", "units"),
        of = numbered(above.len(), "unitate", "unități"),
        value = values[first],
        name = &register.names()[first],
    );
    let hint = message!(
        "look whether both are of one date and concept, and count the same thing",
        "verificați dacă amândoi au aceeași dată, același concept și numără același lucru",
    );
    let codes = above.into_iter().map(|unit| register.codes()[unit].clone());
    findings
        .push(Finding::new(&message::run::ABOVE_WHOLE, &node.id, message).hint(hint).units(codes));
}

/// Whether `where` uses nothing but what was read.
fn told_before_computing(
    plan: &CheckedProgramme,
    observations: &Observations,
    register: &Register,
) -> bool {
    let is_read =
        |name: &String| observations.series(name).is_some() || register.column(name).is_some();
    plan.conditions.iter().all(|formula| formula.names().iter().all(is_read))
}

fn measures(observations: &Observations, register: &Register) -> Vec<AreaCoverage> {
    observations
        .series
        .iter()
        .map(|series| {
            let mut coverage = AreaCoverage::none(&series.name, &series.level, series.cells.len());
            for cell in &series.cells {
                match cell {
                    Cell::Number(_) | Cell::Text(_) => coverage.values += 1,
                    Cell::Missing(Missing::NotAvailable) => coverage.not_available += 1,
                    Cell::Missing(Missing::Confidential) => coverage.confidential += 1,
                    Cell::Missing(Missing::NotApplicable) => coverage.not_applicable += 1,
                }
            }
            debug_assert!(register.level(&series.level).is_some(), "reading checked the level");
            coverage
        })
        .collect()
}

fn indicators(index: &Index, register: &Register) -> Vec<AreaCoverage> {
    index
        .nodes
        .iter()
        .map(|node| {
            let mut coverage = AreaCoverage::none(&node.id, &node.level, register.len());
            for mark in node.raw.marks() {
                match mark {
                    Mark::Value | Mark::Imputed => coverage.values += 1,
                    Mark::NotAvailable | Mark::Constant => coverage.not_available += 1,
                    Mark::Confidential => coverage.confidential += 1,
                    Mark::NotApplicable => coverage.not_applicable += 1,
                }
            }
            coverage
        })
        .collect()
}

impl ProgrammeOutlook {
    fn new(plan: CheckedProgramme, pool: &Pool) -> Self {
        let eligible = pool.candidates.iter().filter(|unit| unit.passes()).count();
        let phases = plan.rules.phases.iter().map(|phase| phase.id.clone());
        if plan.rules.phases.is_empty() {
            return Self { id: plan.rules.id, eligible, phases: Vec::new(), refused: None };
        }
        let (phases, refused) = match selection::algorithms(&plan.rules, pool) {
            Ok(algorithms) => (phases.zip(algorithms.iter().map(|a| a.words())).collect(), None),
            Err(refusal) => (Vec::new(), Some(refusal.to_string())),
        };
        Self { id: plan.rules.id, eligible, phases, refused }
    }
}

impl AreaCoverage {
    fn none(name: &str, level: &str, of: usize) -> Self {
        Self {
            name: name.to_owned(),
            level: level.to_owned(),
            of,
            values: 0,
            not_available: 0,
            confidential: 0,
            not_applicable: 0,
        }
    }
}

impl Checked {
    /// An alias file for the names that the register does not recognise. Every line is a comment with
    /// what the name probably means, so that nothing is believed before somebody took the `#` away.
    pub fn aliases(&self) -> String {
        let mut text = String::from(
            "seen,level,to,county,reason,source\n\
             # names that the register does not recognise: look at each, correct `to`, say why in\n\
             # `reason`, and take the `#` away; then name this file in `[register] aliases`\n",
        );
        for refused in &self.refused {
            let known: Vec<String> =
                refused.candidates.iter().map(|to| self.described(to)).collect();
            if !known.is_empty() {
                let known: String = format!("# it may be {}", known.join("; "));
                text.extend(known.chars().map(|c| if c.is_control() { ' ' } else { c }));
                text.push('\n');
            }
            text.push('#');
            text.push_str(&self.alias(refused));
        }
        text
    }

    fn alias(&self, refused: &RefusedLabel) -> String {
        let target = refused.candidates.first().cloned().unwrap_or_default();
        let fields = [
            refused.label.clone(),
            refused.level.clone(),
            target,
            self.county(refused),
            "the spelling of the source".to_owned(),
            format!("{} ({})", refused.source, refused.place),
        ];
        let clean = |field: &String| -> String {
            field.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
        };
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(fields.iter().map(clean)).expect("a Vec takes all");
        let bytes = writer.into_inner().expect("a Vec takes all");
        String::from_utf8(bytes).expect("it was written from texts")
    }

    /// The county as the register names it; an alias file knows no other spelling.
    fn county(&self, refused: &RefusedLabel) -> String {
        let of_candidate = || {
            let unit = self.register.position(refused.candidates.first()?)?;
            Some(self.register.column("county")?[unit].clone())
        };
        match &refused.county {
            Some(_) if refused.level == UNIT => of_candidate().unwrap_or_default(),
            _ => String::new(),
        }
    }

    fn described(&self, target: &str) -> String {
        let Some(unit) = self.register.position(target) else { return target.to_owned() };
        let name = &self.register.names()[unit];
        match self.register.column("county") {
            Some(county) => format!("{name}, {} ({target})", county[unit]),
            None => format!("{name} ({target})"),
        }
    }

    /// Findings by the source or node they are about: sources in the order of the study, then the
    /// rest by name.
    pub fn by_subject(&self) -> Vec<(&str, Vec<&Finding>)> {
        let mut groups: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
        for finding in self.findings.iter() {
            groups.entry(&finding.subject).or_default().push(finding);
        }
        let sources = self.study.sources.iter().map(|source| source.id.as_str());
        let mut ordered: Vec<(&str, Vec<&Finding>)> =
            sources.filter_map(|id| Some((id, groups.remove(id)?))).collect();
        ordered.extend(groups);
        ordered
    }
}
