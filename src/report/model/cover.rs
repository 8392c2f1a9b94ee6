//! The cover: what a report is, by which method, and how much of it can be relied on.

use super::View;
use crate::index::Unscored;
use crate::index::method::Status;
use crate::language::{Words, whole};
use crate::message::labels;
use crate::quality::{Finding, Severity};
use crate::report::provenance::Role;

/// Findings told on the cover.
const TOLD: usize = 5;

/// A part of the cover.
pub(crate) struct CoverSection {
    pub(crate) title: &'static str,
    pub(crate) lines: Vec<CoverLine>,
}

/// A line of the cover.
pub(crate) struct CoverLine {
    pub(crate) caption: String,
    pub(crate) text: String,
    pub(crate) emphasis: Emphasis,
}

/// How loudly a line speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Emphasis {
    Plain,
    /// It must not be overlooked.
    Alarm,
    /// A digest, there for the record.
    Digest,
}

fn line(caption: impl Into<String>, text: impl Into<String>) -> CoverLine {
    CoverLine { caption: caption.into(), text: text.into(), emphasis: Emphasis::Plain }
}

/// The parts of the cover, before its table of contents.
pub(crate) fn cover(view: &View<'_>) -> Vec<CoverSection> {
    let section = |title: Words, lines: Vec<CoverLine>| CoverSection {
        title: title.text(view.language),
        lines,
    };
    let mut sections = vec![
        section(labels::METHODOLOGY, methodology(view)),
        section(labels::RESULT, result(view)),
    ];
    if !view.study.omit.is_empty() {
        let omitted = view.study.omit.iter();
        let lines = omitted.map(|(indicator, reason)| line(indicator, reason)).collect();
        sections.push(section(labels::OMITTED, lines));
    }
    if let Some(sign_off) = &view.study.sign_off {
        let signed = [
            (labels::PREPARED, &sign_off.prepared),
            (labels::APPROVED, &sign_off.approved),
            (labels::DATE, &sign_off.date),
        ];
        let lines = signed.map(|(caption, text)| {
            line(caption.text(view.language), text.as_deref().unwrap_or("…"))
        });
        sections.push(section(labels::SIGN_OFF, lines.into()));
    }
    sections.push(section(labels::DIGESTS, digests(view)));
    sections
}

fn methodology(view: &View<'_>) -> Vec<CoverLine> {
    let word = |words: Words| words.text(view.language);
    let method = view.figures.method;
    let head = view.head();
    let programme = head.programme.as_ref();
    let programme = programme.map(|it| line(word(labels::LISTED_PROGRAMME), it.as_str()));
    let mut lines: Vec<CoverLine> = programme.into_iter().collect();
    lines.push(line(word(labels::METHODOLOGY), head.methodology()));
    let description = method.description.as_ref();
    lines.extend(description.map(|it| line(word(labels::DESCRIPTION), it.text(view.language))));
    lines.push(match &method.status {
        Status::Illustrative => CoverLine {
            emphasis: Emphasis::Alarm,
            ..line(word(labels::STATUS), word(labels::ILLUSTRATIVE_WORD))
        },
        Status::Adopted { act } => {
            line(word(labels::STATUS), format!("{} {act}", word(labels::ADOPTED_WORD)))
        }
    });
    if let Some(adopted) = &view.study.adopted {
        let text = format!("{} {} {}", adopted.act, word(labels::OF_DATE), adopted.date);
        lines.push(line(word(labels::ADOPTED_ACT), text));
    }
    let register = view.figures.register;
    let title = register.title().text(view.language);
    lines.push(line(word(labels::REGISTER), format!("{title} ({})", register.id())));
    let indicators = method.nodes.iter().enumerate().filter(|(_, node)| node.is_indicator());
    let named: Vec<&str> =
        indicators.map(|(at, _)| view.figures.node_label(at, view.language)).collect();
    lines.push(line(word(labels::INDICATORS), named.join("; ")));
    let over = method.over.as_ref();
    lines.extend(over.map(|over| line(word(labels::DISTRIBUTION), over.text())));
    lines
}

fn result(view: &View<'_>) -> Vec<CoverLine> {
    let figures = &view.figures;
    let word = |words: Words| words.text(view.language);
    let whole = |count| whole(count, view.language);
    let (all, scored) = (figures.register.len(), figures.scored());
    let mut lines = vec![
        line(word(labels::UNITS_COUNTED), whole(all)),
        line(word(labels::UNITS_SCORED), whole(scored)),
    ];
    if figures.method.over.is_some() {
        lines.push(line(word(labels::UNITS_RANKED), whole(figures.ranked())));
    }
    let unscored: Vec<String> = unscored_lines(view);
    let text = if unscored.is_empty() { whole(all - scored) } else { unscored.join("\n") };
    lines.push(line(word(labels::UNITS_UNSCORED), text));
    if let Some(headline) = figures.headline() {
        let distinct = figures.index.nodes[headline].distinct;
        lines.push(line(word(labels::DISTINCT_SCORES), whole(distinct)));
    }
    let [(_, errors), (_, warnings), (_, notes)] = view.open_findings();
    let text = [
        labels::ERRORS.of(errors, view.language),
        labels::WARNINGS.of(warnings, view.language),
        labels::NOTES.of(notes, view.language),
    ];
    let emphasis = if errors > 0 { Emphasis::Alarm } else { Emphasis::Plain };
    lines.push(CoverLine { emphasis, ..line(word(labels::FINDINGS), text.join(", ")) });
    lines.extend(important(view, TOLD).into_iter().map(|finding| {
        let text = format!("{}: {}", finding.subject, finding.message_in(view.language));
        line(word(labels::severity(finding.severity)), text)
    }));
    lines
}

fn digests(view: &View<'_>) -> Vec<CoverLine> {
    let word = |words: Words| words.text(view.language);
    let digest = |caption: String, text: &str| CoverLine {
        emphasis: Emphasis::Digest,
        ..line(caption, text)
    };
    let provenance = view.provenance;
    let mut lines = vec![line(word(labels::PROGRAM), format!("risk-index {}", provenance.version))];
    let bag = provenance.bag.as_ref();
    lines.extend(bag.map(|bag| digest(word(labels::BAG).to_owned(), bag)));
    lines.extend(
        provenance
            .files
            .iter()
            .map(|file| digest(format!("{} ({})", word(role(file.role)), file.name), &file.sha256)),
    );
    let files = labels::FILES.of(view.figures.observations.files.len(), view.language);
    let text = format!("{files}: {} „{}”", word(labels::SEE_SHEET), word(labels::SHEET_SOURCES));
    lines.push(line(word(labels::INPUT_FILES), text));
    lines
}

fn role(role: Role) -> Words {
    match role {
        Role::Study => labels::ROLE_STUDY,
        Role::Methodology => labels::ROLE_METHODOLOGY,
        Role::Programme => labels::ROLE_PROGRAMME,
        Role::Robustness => labels::ROLE_ROBUSTNESS,
        Role::Register => labels::ROLE_REGISTER,
        Role::Aliases => labels::ROLE_ALIASES,
    }
}

/// Units without a score, a line for each reason: how many, what they lack, the first few names.
pub(crate) fn unscored_lines(view: &View<'_>) -> Vec<String> {
    let language = view.language;
    let line = |group: Unscored| {
        let count = labels::UNITS.of(group.units.len(), language);
        let reason = if group.missing.is_empty() {
            labels::OUTSIDE_METHOD.text(language).to_owned()
        } else {
            let missing =
                group.missing.iter().map(|&node| view.figures.method.nodes[node].id.as_str());
            let missing = missing.collect::<Vec<_>>().join(", ");
            format!("{} {missing}", labels::WITHOUT_VALUE.text(language))
        };
        let names = group.units.iter().take(3).map(|&unit| view.unit_name(unit));
        let names = names.collect::<Vec<_>>().join(", ");
        let more = if group.units.len() > 3 { "…" } else { "" };
        format!("{count}: {reason} ({names}{more})")
    };
    view.figures.unscored().into_iter().map(line).collect()
}

/// The open errors and warnings one should read first, at most one of each rule and subject, in
/// the order of reports.
pub(crate) fn important<'a>(view: &View<'a>, count: usize) -> Vec<&'a Finding> {
    let mut told: Vec<&Finding> = Vec::new();
    for severity in [Severity::Error, Severity::Warning] {
        for finding in view.findings.iter() {
            let is_open = finding.severity == severity && finding.accepted.is_none();
            let is_new =
                !told.iter().any(|it| (it.rule, &it.subject) == (finding.rule, &finding.subject));
            if is_open && is_new && told.len() < count {
                told.push(finding);
            }
        }
    }
    told
}
