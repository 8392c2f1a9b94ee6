//! Everything a study reads, read and joined, and what there is to say about it before any index.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Prepared, Request, RunError, Wanted, prepare, review, scales, select};
use crate::index::method::{Node, Origin};
use crate::index::{self, Formula, Index, Mark, Method, TraceMode};
use crate::ingest::RefusedLabel;
use crate::language::Language;
use crate::message;
use crate::observation::{Cell, InputFile, Missing, Observations};
use crate::quality::{Finding, Findings, Message};
use crate::register::{Matcher, Register, UNIT};
use crate::robustness::plan::Plan;
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
    /// The doubts that the study names, or that come with its methodology.
    pub doubts: Option<DoubtsOutlook>,
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
    pub phases: Vec<(String, Message)>,
    /// Why no phase can be solved, where that is clear already.
    pub refused: Option<Message>,
}

/// Doubts that fit a study, before anything is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DoubtsOutlook {
    /// The id of the file.
    pub id: String,
    /// Doubts that are drawn.
    pub drawn: usize,
    /// Runs of each design.
    pub runs: u64,
    /// Runs of the sensitivity design.
    pub sensitivity_runs: u64,
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
pub fn check(request: &Request<'_>, watch: &dyn Watch) -> Result<Checked, RunError> {
    let prepared = prepare(request, Wanted::ALL, watch)?;
    let Prepared {
        study, method, plan, doubts, whole, register, reading, mut findings, notes, ..
    } = prepared;
    let matcher = Matcher::new(&whole.register, &whole.gazetteer, &whole.aliases);
    findings.extend(select::look(&study, plan.as_ref(), (&matcher, &register), request.inputs));
    let idle = whole.aliases.idle(whole.own_aliases);
    if !idle.is_empty() {
        findings.push(message::run::idle_aliases(idle));
    }
    let is_complete = reading.is_complete();
    let observations = reading.observations;
    watch.at(Stage::Computing, 0, 1)?;
    let bare = indicators_only(&method, &observations, &register);
    let (index, found) = index::compute(&bare, &register, &observations, TraceMode::Drop);
    findings.extend(found);
    for (node, result) in bare.nodes.iter().zip(&index.nodes) {
        let values = result.raw.values();
        let constant = review::constant(node, values, &findings);
        let above = review::above_whole(node, values, &register);
        constant.into_iter().chain(above).for_each(|finding| findings.push(finding));
    }
    let of_nobody = review::conditions_of_nobody(&bare, &register, &observations, &index);
    of_nobody.into_iter().for_each(|finding| findings.push(finding));
    let unused = review::unused_measures(&method, plan.as_ref(), &observations);
    unused.into_iter().for_each(|finding| findings.push(finding));
    if let Some(doubts) = doubts.as_ref().filter(|_| is_complete) {
        let mixed = scales::mixed(doubts, &method, &register, &observations);
        mixed.into_iter().for_each(|finding| findings.push(finding));
    }
    let programme = plan.map(|plan| {
        let twice = select::used_twice(&plan, &method);
        twice.into_iter().for_each(|finding| findings.push(finding));
        let pool = select::structure(&plan, &register, &observations);
        select::nobody_passes(&plan, &pool).into_iter().for_each(|finding| findings.push(finding));
        if is_known_before_computing(&plan, &observations, &register) {
            let other_units = select::universe_differs(&plan, &method, &pool, &index.ranked);
            other_units.into_iter().for_each(|finding| findings.push(finding));
        }
        ProgrammeOutlook::new(plan, &pool)
    });
    let small = review::small_populations(&study, &bare, &register, &observations);
    let totals = review::county_totals(&study, &bare, &register, &observations);
    totals.into_iter().chain(small).for_each(|finding| findings.push(finding));
    // an acceptance that fits nothing may be about what only `compute` finds
    review::accept(&study, &request.study.name, review::Stage::BeforeComputing, &mut findings);
    findings.sort();
    watch.at(Stage::Computing, 1, 1)?;
    Ok(Checked {
        programme,
        doubts: doubts.as_ref().map(DoubtsOutlook::new),
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
fn indicators_only(method: &Method, observations: &Observations, register: &Register) -> Method {
    let is_read = |name: &String| is_known(name, observations, register);
    let nodes = method.nodes.iter().filter_map(|node| {
        let kept = match &node.origin {
            Origin::Measures(formula) if formula.names().iter().all(is_read) => 0,
            Origin::Category(name) if is_read(name) => 1,
            Origin::Measures(_) | Origin::Category(_) | Origin::Children(_) | Origin::Nodes(_) => {
                return None;
            }
        };
        let steps = node.steps.iter().take(kept).cloned().collect();
        Some(Node { steps, recipes: Vec::new(), ..node.clone() })
    });
    let over = method.over.clone().filter(|over| over.names().iter().all(is_read));
    Method {
        nodes: nodes.collect(),
        over,
        headline: None,
        outputs: Vec::new(),
        summaries: Vec::new(),
        ..method.clone()
    }
}

/// Whether a name stands for a measure that was read, or a column of the register.
fn is_known(name: &str, observations: &Observations, register: &Register) -> bool {
    observations.series(name).is_some() || register.column(name).is_some()
}

/// Whether `where` uses nothing but what was read.
fn is_known_before_computing(
    plan: &CheckedProgramme,
    observations: &Observations,
    register: &Register,
) -> bool {
    let names = plan.conditions.iter().flat_map(Formula::names);
    names.into_iter().all(|name| is_known(name, observations, register))
}

fn measures(observations: &Observations, register: &Register) -> Vec<AreaCoverage> {
    observations
        .series
        .iter()
        .map(|series| {
            let mut coverage = AreaCoverage::none(&series.name, &series.level, series.cells.len());
            for cell in &series.cells {
                match cell {
                    Cell::Number(_) | Cell::Substitute(_) | Cell::Text(_) => coverage.values += 1,
                    Cell::Missing(Missing::NotAvailable) => coverage.not_available += 1,
                    Cell::Missing(Missing::Confidential) | Cell::Withheld => {
                        coverage.confidential += 1;
                    }
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
                    Mark::Value | Mark::Imputed | Mark::Substituted => coverage.values += 1,
                    Mark::NotAvailable | Mark::Constant => coverage.not_available += 1,
                    Mark::Confidential | Mark::Withheld => coverage.confidential += 1,
                    Mark::NotApplicable => coverage.not_applicable += 1,
                }
            }
            coverage
        })
        .collect()
}

impl ProgrammeOutlook {
    /// The same with what is said in one language only, as machines read it.
    #[must_use]
    pub fn only(mut self, language: Language) -> Self {
        let phases = self.phases.into_iter();
        self.phases = phases.map(|(id, how)| (id, how.only(language))).collect();
        self.refused = self.refused.map(|why| why.only(language));
        self
    }

    fn new(plan: CheckedProgramme, pool: &Pool) -> Self {
        let eligible = pool.candidates.iter().filter(|unit| unit.passes()).count();
        let phases = plan.rules.phases.iter().map(|phase| phase.id.clone());
        if plan.rules.phases.is_empty() {
            return Self { id: plan.rules.id, eligible, phases: Vec::new(), refused: None };
        }
        let (phases, refused) = match selection::ways(&plan.rules, pool) {
            Ok(ways) => (phases.zip(ways.into_iter().map(Message::from)).collect(), None),
            Err(refusal) => (Vec::new(), Some(refusal.message())),
        };
        Self { id: plan.rules.id, eligible, phases, refused }
    }
}

impl DoubtsOutlook {
    fn new(plan: &Plan) -> Self {
        let [runs, sensitivity_runs] = plan.work();
        Self { id: plan.id.clone(), drawn: plan.doubts.len(), runs, sensitivity_runs }
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
    pub(crate) fn by_subject(&self) -> Vec<(&str, Vec<&Finding>)> {
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
