//! The *Cover* sheet: what this is, by which method, how much of it can be relied on.

use rust_xlsxwriter::{Format, RowNum, Url, Worksheet, XlsxError};

use super::look;
use super::page::{Page, lines};
use crate::index::method::Status;
use crate::language::Words;
use crate::language::whole;
use crate::message::labels;
use crate::quality::Severity;
use crate::report::stamp::Role;
use crate::report::summary;
use crate::report::view::View;

/// Widths of the columns of captions and of texts.
const CAPTION: u16 = 32;
const TEXT: u16 = 105;

/// A sheet and what it holds, for the table of contents.
pub(super) struct Entry {
    pub(super) sheet: String,
    pub(super) about: String,
}

/// A cover being written, row by row.
struct Cover<'p, 'a, 'w> {
    page: &'p mut Page<'a, 'w>,
    row: RowNum,
}

/// Composes the sheet.
pub(super) fn compose(
    sheet: &mut Worksheet,
    view: &View<'_>,
    contents: &[Entry],
) -> Result<(), XlsxError> {
    let name = labels::SHEET_COVER.text(view.language);
    let mut page = Page::new(sheet, view, name)?;
    page.text(0, 0, view.study.title.text(view.language), &look::title())?;
    page.sheet.set_column_width(0, CAPTION)?.set_column_width(1, TEXT)?;
    page.sheet.set_print_fit_to_pages(1, 1);
    let notice = super::page::notice(view);
    if !notice.is_empty() {
        page.sheet.merge_range(1, 0, 1, 1, "", &look::banner())?;
        page.text(1, 0, &notice, &look::banner())?;
        page.sheet.set_row_height(1, 10.0 + 15.0 * lines(&notice, CAPTION + TEXT) as f64)?;
    }
    let mut cover = Cover { page: &mut page, row: 3 };
    methodology(&mut cover)?;
    result(&mut cover)?;
    omitted(&mut cover)?;
    sign_off(&mut cover)?;
    digests(&mut cover)?;
    contents_list(&mut cover, contents)
}

impl Cover<'_, '_, '_> {
    fn section(&mut self, title: Words) -> Result<(), XlsxError> {
        self.row += 1;
        let text = self.page.word(title);
        self.page.text(self.row, 0, text, &look::section())?;
        self.row += 1;
        Ok(())
    }

    fn line(&mut self, caption: &str, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.page.text(self.row, 0, caption, &look::caption())?;
        self.page.text(self.row, 1, text, format)?;
        self.page.fit_row(self.row, [(caption, CAPTION), (text, TEXT)])?;
        self.row += 1;
        Ok(())
    }

    fn say(&mut self, caption: Words, text: &str) -> Result<(), XlsxError> {
        let caption = self.page.word(caption);
        self.line(caption, text, &look::wrapped())
    }
}

fn methodology(cover: &mut Cover<'_, '_, '_>) -> Result<(), XlsxError> {
    let view = cover.page.view;
    let word = |words: Words| words.text(view.language);
    let method = view.figures.method;
    cover.row -= 1;
    cover.section(labels::METHODOLOGY)?;
    let title = method.title.text(view.language);
    let version = word(labels::VERSION);
    cover.say(
        labels::METHODOLOGY,
        &format!("{title} ({}, {version} {})", method.id, method.version),
    )?;
    match &method.status {
        Status::Illustrative => {
            let caption = word(labels::STATUS);
            cover.line(caption, word(labels::ILLUSTRATIVE_WORD), &look::alarm())?;
        }
        Status::Adopted { act } => {
            cover.say(labels::STATUS, &format!("{} {act}", word(labels::ADOPTED_WORD)))?;
        }
    }
    if let Some(adopted) = &view.study.adopted {
        let text = format!("{} {} {}", adopted.act, word(labels::OF_DATE), adopted.date);
        cover.say(labels::ADOPTED_ACT, &text)?;
    }
    let register = view.figures.register;
    let title = register.title().text(view.language);
    cover.say(labels::REGISTER, &format!("{title} ({})", register.id()))?;
    let indicators = method.nodes.iter().enumerate().filter(|(_, node)| node.is_indicator());
    let named: Vec<&str> =
        indicators.map(|(at, _)| view.figures.node_label(at, view.language)).collect();
    cover.say(labels::INDICATORS, &named.join("; "))?;
    if let Some(over) = &method.over {
        cover.say(labels::DISTRIBUTION, over.text())?;
    }
    Ok(())
}

fn result(cover: &mut Cover<'_, '_, '_>) -> Result<(), XlsxError> {
    let view = cover.page.view;
    let whole = |count| whole(count, view.language);
    cover.section(labels::RESULT)?;
    cover.say(labels::UNITS_COUNTED, &whole(view.figures.register.len()))?;
    cover.say(labels::UNITS_SCORED, &whole(view.figures.scored()))?;
    if view.figures.method.over.is_some() {
        cover.say(labels::UNITS_RANKED, &whole(view.figures.ranked()))?;
    }
    let unscored: Vec<String> = summary::unscored_lines(view);
    let count = whole(view.figures.register.len() - view.figures.scored());
    let text = if unscored.is_empty() { count } else { unscored.join("\n") };
    cover.say(labels::UNITS_UNSCORED, &text)?;
    if let Some(headline) = view.figures.headline() {
        cover.say(labels::DISTINCT_SCORES, &whole(view.figures.index.nodes[headline].distinct))?;
    }
    let [(_, errors), (_, warnings), (_, notes)] = view.open_findings();
    let text = [
        labels::ERRORS.of(errors, view.language),
        labels::WARNINGS.of(warnings, view.language),
        labels::NOTES.of(notes, view.language),
    ];
    let format = if errors > 0 { look::alarm() } else { look::wrapped() };
    let caption = labels::FINDINGS.text(view.language);
    cover.line(caption, &text.join(", "), &format)?;
    for finding in summary::important(view, 5) {
        let severity = match finding.severity {
            Severity::Error => labels::ERROR,
            Severity::Warning => labels::WARNING,
            Severity::Note => labels::NOTE,
        };
        let text = format!("{}: {}", finding.subject, finding.message_in(view.language));
        cover.line(severity.text(view.language), &text, &look::wrapped())?;
    }
    Ok(())
}

fn omitted(cover: &mut Cover<'_, '_, '_>) -> Result<(), XlsxError> {
    let study = cover.page.view.study;
    if study.omit.is_empty() {
        return Ok(());
    }
    cover.section(labels::OMITTED)?;
    for (indicator, reason) in &study.omit {
        cover.line(indicator, reason, &look::wrapped())?;
    }
    Ok(())
}

fn sign_off(cover: &mut Cover<'_, '_, '_>) -> Result<(), XlsxError> {
    let Some(sign_off) = &cover.page.view.study.sign_off else { return Ok(()) };
    cover.section(labels::SIGN_OFF)?;
    let said = [
        (labels::PREPARED, &sign_off.prepared),
        (labels::APPROVED, &sign_off.approved),
        (labels::DATE, &sign_off.date),
    ];
    for (caption, text) in said {
        cover.say(caption, text.as_deref().unwrap_or("…"))?;
    }
    Ok(())
}

fn digests(cover: &mut Cover<'_, '_, '_>) -> Result<(), XlsxError> {
    let view = cover.page.view;
    cover.section(labels::DIGESTS)?;
    cover.say(labels::PROGRAM, &format!("risk-index {}", view.stamp.version))?;
    if let Some(digest) = &view.stamp.bag {
        let caption = cover.page.word(labels::BAG);
        cover.line(caption, digest, &look::digest())?;
    }
    for file in &view.stamp.files {
        let caption = format!("{} ({})", role(file.role).text(view.language), file.name);
        cover.line(&caption, &file.sha256, &look::digest())?;
    }
    let files = labels::FILES.of(view.figures.observations.files.len(), view.language);
    let sheet = labels::SHEET_SOURCES.text(view.language);
    let text = format!("{files}: {} „{sheet}”", labels::SEE_SHEET.text(view.language));
    cover.say(labels::INPUT_FILES, &text)
}

fn role(role: Role) -> Words {
    match role {
        Role::Study => labels::ROLE_STUDY,
        Role::Methodology => labels::ROLE_METHODOLOGY,
        Role::Programme => labels::ROLE_PROGRAMME,
        Role::Register => labels::ROLE_REGISTER,
        Role::Aliases => labels::ROLE_ALIASES,
    }
}

fn contents_list(cover: &mut Cover<'_, '_, '_>, contents: &[Entry]) -> Result<(), XlsxError> {
    cover.section(labels::CONTENTS)?;
    for entry in contents {
        let link = Url::new(format!("internal:'{}'!A1", entry.sheet)).set_text(&entry.sheet);
        cover.page.sheet.write_url_with_format(cover.row, 0, link, &look::link())?;
        cover.page.text(cover.row, 1, &entry.about, &look::wrapped())?;
        cover.row += 1;
    }
    Ok(())
}
