//! What stands below the table: method, sources, findings, and what identifies the run.

use std::fmt::Write as _;

use super::Page;
use crate::index::method::Origin;
use crate::language;
use crate::language::Words;
use crate::language::whole;
use crate::message::labels;
use crate::quality::{Finding, Severity};
use crate::report::markup::escape;
use crate::report::words;
use crate::report::workbook::{made_from, meaning};

/// Writes method, sources and findings.
pub(super) fn write(page: &mut Page<'_, '_>) {
    method(page);
    sources(page);
    findings(page);
}

fn begin(page: &mut Page<'_, '_>, id: &str, title: Words) {
    let _ = write!(page.out, "<section aria-labelledby=\"{id}\">");
    page.element(&format!("h2 id=\"{id}\""), page.word(title));
}

fn table(page: &mut Page<'_, '_>, caption: &str, headings: &[Words]) {
    page.put("<table>");
    page.element("caption", caption);
    page.put("<thead><tr>");
    for words in headings {
        page.element("th scope=\"col\"", page.word(*words));
    }
    page.put("</tr></thead><tbody>");
}

fn row(page: &mut Page<'_, '_>, cells: &[&str]) {
    page.put("<tr>");
    for (at, cell) in cells.iter().enumerate() {
        let tag = if at == 0 { "th scope=\"row\"" } else { "td" };
        page.element(tag, cell);
    }
    page.put("</tr>");
}

fn method(page: &mut Page<'_, '_>) {
    let view = page.view;
    begin(page, "method-part", labels::SHEET_METHOD);
    let headings = [labels::LABEL, labels::FROM, labels::UNIT_OF_MEASURE, labels::SECTION_STEPS];
    table(page, page.word(labels::SECTION_NODES), &headings);
    for (at, node) in view.figures.method.nodes.iter().enumerate() {
        let steps: Vec<String> =
            node.steps.iter().map(|step| words::step_sentence(step, view.language)).collect();
        row(
            page,
            &[
                view.figures.node_label(at, view.language),
                &made_from(view, node),
                node.unit.as_ref().map_or("", |unit| unit.text(view.language)),
                &steps.join("; "),
            ],
        );
    }
    page.put("</tbody></table>");
    weights(page);
    if !view.study.omit.is_empty() {
        page.element("h3", page.word(labels::OMITTED));
        page.put("<ul>");
        for (indicator, reason) in &view.study.omit {
            page.element("li", &format!("{indicator}: {reason}"));
        }
        page.put("</ul>");
    }
    page.put("</section>");
}

fn weights(page: &mut Page<'_, '_>) {
    let view = page.view;
    let headings = [
        labels::CHILD,
        labels::PARENT,
        labels::WEIGHT_DECLARED,
        labels::WEIGHT_NOMINAL,
        labels::WEIGHT_EFFECTIVE,
    ];
    if view.figures.index.nodes.iter().all(|node| node.weights.is_empty()) {
        return;
    }
    table(page, page.word(labels::SECTION_WEIGHTS), &headings);
    for (at, (node, result)) in
        view.figures.method.nodes.iter().zip(&view.figures.index.nodes).enumerate()
    {
        let Origin::Children(aggregate) = &node.origin else { continue };
        for (child, weight) in aggregate.children.iter().zip(&result.weights) {
            let effective = weight
                .effective
                .map_or_else(|| "–".to_owned(), |value| language::shown(value, 3, view.language));
            row(
                page,
                &[
                    view.figures.node_label(child.node, view.language),
                    view.figures.node_label(at, view.language),
                    &language::shown(child.weight, 3, view.language),
                    &language::shown(weight.nominal, 3, view.language),
                    &effective,
                ],
            );
        }
    }
    page.put("</tbody></table>");
}

fn sources(page: &mut Page<'_, '_>) {
    let view = page.view;
    begin(page, "sources-part", labels::SHEET_SOURCES);
    let headings =
        [labels::SOURCE, labels::PUBLISHER, labels::REFERENCE, labels::LEVEL, labels::FILE];
    table(page, page.word(labels::ABOUT_SOURCES), &headings);
    for source in &view.study.sources {
        let files: Vec<&str> = view
            .figures
            .observations
            .files
            .iter()
            .filter(|file| file.source == source.id)
            .map(|file| file.path.as_str())
            .collect();
        let files = match files.as_slice() {
            [] | [_] => files.join(""),
            [first, ..] => {
                let count = labels::FILES.of(files.len(), view.language);
                format!("{count}: {first}, …")
            }
        };
        row(
            page,
            &[
                &source.id,
                source.publisher.as_deref().unwrap_or(""),
                source.reference.as_deref().unwrap_or(""),
                words::named(labels::LEVELS, &source.level, view.language),
                &files,
            ],
        );
    }
    page.put("</tbody></table></section>");
}

fn findings(page: &mut Page<'_, '_>) {
    let view = page.view;
    begin(page, "quality-part", labels::SHEET_QUALITY);
    if view.findings.is_empty() {
        page.element("p", page.word(labels::NO_FINDINGS));
        page.put("</section>");
        return;
    }
    let headings =
        [labels::SEVERITY, labels::MEANING, labels::SUBJECT, labels::MESSAGE, labels::PLACE_COUNT];
    table(page, page.word(labels::ABOUT_QUALITY), &headings);
    for finding in view.findings.iter() {
        let places = finding.places.len().max(finding.units.len());
        row(
            page,
            &[
                severity(finding).text(view.language),
                meaning(finding.rule, view.language),
                &finding.subject,
                finding.message_in(view.language),
                &whole(places, view.language),
            ],
        );
    }
    page.put("</tbody></table></section>");
}

fn severity(finding: &Finding) -> Words {
    match finding.severity {
        Severity::Error => labels::ERROR,
        Severity::Warning => labels::WARNING,
        Severity::Note => labels::NOTE,
    }
}

/// What identifies the run.
pub(super) fn footer(page: &mut Page<'_, '_>) {
    let view = page.view;
    page.put("<footer>");
    page.element("p class=\"quiet\"", &format!("risk-index {}", view.stamp.version));
    page.put("<ul class=\"digest\">");
    for file in &view.stamp.files {
        let _ = write!(page.out, "<li>{} sha256 {}</li>", escape(&file.name), escape(&file.sha256));
    }
    page.put("</ul></footer>");
}
