//! What is wrong in a file that a person wrote: collected, with line, column, caret and advice.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::Serialize;

use crate::language::Language;
use crate::message::labels;
use crate::message::study::file as message;
use crate::quality::{Advice, Message, Severity};

/// One thing that is wrong, or worth a word, in a study, methodology or programme file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Errors stop a run; notes do not.
    pub severity: Severity,
    /// The file, as the user named it.
    pub file: String,
    /// Line, from 1; absent when the whole file is meant.
    pub line: Option<u32>,
    /// Column in characters, from 1.
    pub column: Option<u32>,
    /// What is wrong, lower case, no full stop.
    pub message: Message,
    /// What to do about it.
    pub hint: Option<Message>,
    /// The bytes of the file it is about.
    #[serde(skip)]
    span: Option<Range<usize>>,
    /// Which of the texts of its [`Problems`] it is in, where that is known.
    #[serde(skip)]
    text: Option<usize>,
}

impl Problem {
    /// The same with what is said in one language only, as machines read it.
    #[must_use]
    pub(crate) fn only(mut self, language: Language) -> Self {
        self.message = self.message.only(language);
        self.hint = self.hint.map(|hint| hint.only(language));
        self
    }
}

/// A range of bytes in one of the files of a [`Problems`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) file: usize,
    pub(crate) span: Range<usize>,
}

impl Spot {
    /// Whether it stands in a file that the file of the other extends: the layers of a file are
    /// numbered from the top.
    pub(crate) fn is_below(&self, other: &Self) -> bool {
        self.file > other.file
    }
}

/// Whether problems are printed in colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paint {
    /// Letters only.
    #[default]
    Plain,
    /// With terminal colours; the meaning never hangs on them.
    Coloured,
}

/// All problems of the files of a run, with the texts to show them in.
///
/// Reading a file never stops at its first problem; it goes on and adds what else it finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    texts: Texts,
    list: Vec<Problem>,
}

/// The texts of files, for what is said about their lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Texts(Vec<Text>);

impl Texts {
    /// How messages call the file of a spot, and the line of the spot.
    pub(crate) fn line(&self, at: &Spot) -> (&str, u32) {
        let text = &self.0[at.file];
        (&text.file, position(&text.content, at.span.start).0)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Text {
    file: String,
    content: String,
    /// Lines on which the syntax is broken: what is read there is not to be trusted.
    broken: Vec<u32>,
}

impl Problems {
    /// No problems yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// In the order of the files and of their lines.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.list.iter()
    }

    /// Whether there are none, not even notes.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether one of them stops the run.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// How many of them stop the run.
    pub(crate) fn errors(&self) -> usize {
        self.list.iter().filter(|problem| problem.severity == Severity::Error).count()
    }

    /// All problems as people read them: message, file, line, column, the line itself with a
    /// caret, and advice.
    pub fn render(&self, language: Language, paint: Paint) -> String {
        let renderer = match paint {
            Paint::Plain => Renderer::plain(),
            Paint::Coloured => Renderer::styled(),
        };
        let rendered: Vec<String> =
            self.list.iter().map(|p| self.render_one(p, language, &renderer)).collect();
        rendered.join("\n\n")
    }

    fn render_one(&self, problem: &Problem, language: Language, renderer: &Renderer) -> String {
        let level = match problem.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let level = level.with_name(labels::severity(problem.severity).text(language));
        let title = level.primary_title(problem.message.text(language));
        let mut group = match (&problem.span, problem.text.map(|text| &self.texts.0[text])) {
            (Some(span), Some(text)) => title.element(
                Snippet::source(text.content.as_str())
                    .path(text.file.as_str())
                    .annotation(AnnotationKind::Primary.span(span.clone())),
            ),
            _ => {
                let origin = annotate_snippets::Origin::path(problem.file.as_str());
                title.element(match problem.line {
                    Some(line) => origin.line(line as usize),
                    None => origin,
                })
            }
        };
        if let Some(hint) = &problem.hint {
            group = group.element(
                Level::HELP.with_name(labels::ADVICE.text(language)).message(hint.text(language)),
            );
        }
        renderer.render(&[group])
    }

    /// Puts the problems into the order of the files and of their lines.
    pub(crate) fn sort(&mut self) {
        self.list.sort_by(|a, b| {
            let start = |p: &Problem| p.span.as_ref().map_or(0, |span| span.start);
            let file = |p: &Problem| p.text.unwrap_or(usize::MAX);
            (file(a), start(a), &a.message).cmp(&(file(b), start(b), &b.message))
        });
        self.list.dedup();
    }

    /// Adds all of another collection, behind our own.
    pub(crate) fn extend(&mut self, other: Self) {
        let offset = self.texts.0.len();
        self.texts.0.extend(other.texts.0);
        self.list.extend(other.list.into_iter().map(|mut problem| {
            problem.text = problem.text.map(|text| text + offset);
            problem
        }));
    }

    /// Takes in the text of a file, so that problems can be shown in it.
    pub(crate) fn add_text(&mut self, file: &str, text: &str) -> usize {
        if let Some(at) = self.texts.0.iter().position(|t| t.file == file && t.content == text) {
            return at;
        }
        self.texts.0.push(Text {
            file: file.to_owned(),
            content: text.to_owned(),
            broken: Vec::new(),
        });
        self.texts.0.len() - 1
    }

    /// The texts of the files that were taken in.
    pub(crate) fn texts(&self) -> &Texts {
        &self.texts
    }

    /// The text of a file that was taken in.
    pub(crate) fn text(&self, file: usize) -> &str {
        &self.texts.0[file].content
    }

    /// The bytes of a line of a file.
    pub(crate) fn line_of(&self, file: usize, line: u32) -> Range<usize> {
        line_span(&self.texts.0[file].content, line)
    }

    /// `the first is on line 7`, with the file when there are several.
    pub(crate) fn says_line(&self, what: &Message, at: &Spot) -> Message {
        let (file, line) = self.texts.line(at);
        if self.texts.0.len() > 1 {
            message::stands_in_file(what, line, file)
        } else {
            message::stands_on_line(what, line)
        }
    }

    /// Adds an error at a spot, unless the syntax is broken on that line.
    pub(crate) fn error(&mut self, at: &Spot, said: impl Into<Advice>) {
        let (line, _) = position(&self.texts.0[at.file].content, at.span.start);
        if !self.texts.0[at.file].broken.contains(&line) {
            self.push(Severity::Error, at, said.into());
        }
    }

    /// Adds a warning at a spot.
    pub(crate) fn warning(&mut self, at: &Spot, said: impl Into<Advice>) {
        self.push(Severity::Warning, at, said.into());
    }

    /// Adds a note at a spot.
    pub(crate) fn note(&mut self, at: &Spot, said: impl Into<Advice>) {
        self.push(Severity::Note, at, said.into());
    }

    /// Adds an error of syntax; from here on nothing else on that line is reported.
    pub(crate) fn syntax(&mut self, at: &Spot, said: impl Into<Advice>) {
        let text = &mut self.texts.0[at.file];
        let (line, _) = position(&text.content, at.span.start);
        if !text.broken.contains(&line) {
            text.broken.push(line);
            self.push(Severity::Error, at, said.into());
        }
    }

    /// Whether the syntax of a file is broken somewhere, so that what seems missing may be there.
    pub(crate) fn is_broken(&self, file: usize) -> bool {
        !self.texts.0[file].broken.is_empty()
    }

    /// Adds an error about a line of a file, or about the whole file when its text is not known.
    pub(crate) fn error_on_line(&mut self, file: &str, line: u32, said: impl Into<Advice>) {
        let Advice { message, hint } = said.into();
        match self.texts.0.iter().position(|text| text.file == file) {
            Some(at) => {
                let span = line_span(&self.texts.0[at].content, line);
                self.error(&Spot { file: at, span }, message.advise(hint));
            }
            None => self.list.push(Problem {
                severity: Severity::Error,
                file: file.to_owned(),
                line: Some(line),
                column: None,
                message,
                hint,
                span: None,
                text: None,
            }),
        }
    }

    /// Adds an error about a file as a whole.
    pub(crate) fn error_in_file(&mut self, file: &str, said: impl Into<Advice>) {
        let Advice { message, hint } = said.into();
        let text = self.texts.0.iter().position(|text| text.file == file);
        self.list.push(Problem {
            severity: Severity::Error,
            file: file.to_owned(),
            line: None,
            column: None,
            message,
            hint,
            span: None,
            text,
        });
    }

    fn push(&mut self, severity: Severity, at: &Spot, Advice { message, hint }: Advice) {
        let text = &self.texts.0[at.file];
        let (line, column) = position(&text.content, at.span.start);
        self.list.push(Problem {
            severity,
            file: text.file.clone(),
            line: Some(line),
            column: Some(column),
            message,
            hint,
            span: Some(first_line(&text.content, &at.span)),
            text: Some(at.file),
        });
    }
}

/// In English, without colours.
impl fmt::Display for Problems {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.render(Language::En, Paint::Plain))
    }
}

impl std::error::Error for Problems {}

/// Line and column, both from 1, of a byte; the column counts characters.
pub(crate) fn position(text: &str, byte: usize) -> (u32, u32) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |rest| rest.chars().count()) + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}

/// The part of a span that lies on its first line, so that a caret never covers a page.
fn first_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let start = span.start.min(text.len());
    let end = span.end.clamp(start, text.len());
    match text.get(start..end).and_then(|part| part.find('\n')) {
        Some(length) => start..start + length.max(1),
        None => start..end,
    }
}

/// The bytes of a line counted from 1, without its indentation and line end.
fn line_span(text: &str, line: u32) -> Range<usize> {
    let mut start = 0;
    for (number, content) in (1..).zip(text.split_inclusive('\n')) {
        if number == line {
            let trimmed = content.trim();
            let from = start + content.find(trimmed).unwrap_or(0);
            return from..from + trimmed.len();
        }
        start += content.len();
    }
    text.len()..text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_and_characters_from_one() {
        assert_eq!(position("ab\nșț=1", 0), (1, 1));
        assert_eq!(position("ab\nșț=1", 7), (2, 3));
        assert_eq!(position("ab", 99), (1, 3));
    }

    #[test]
    fn a_span_over_several_lines_is_shown_on_its_first() {
        assert_eq!(first_line("a = [\n1\n]", &(4..9)), 4..5);
        assert_eq!(first_line("abc", &(1..2)), 1..2);
        assert_eq!(first_line("abc", &(9..12)), 3..3);
    }

    #[test]
    fn a_line_is_found_without_its_indentation() {
        assert_eq!(line_span("a\n  b = 1\n", 2), 4..9);
        assert_eq!(line_span("a", 7), 1..1);
    }

    #[test]
    fn nothing_more_is_said_about_a_line_with_broken_syntax() {
        let mut problems = Problems::new();
        let file = problems.add_text("s.toml", "a = \nb = 1\n");
        problems.syntax(&Spot { file, span: 4..4 }, Message::same("no value"));
        problems.error(&Spot { file, span: 0..1 }, Message::same("unknown key `a`"));
        problems.error(&Spot { file, span: 5..6 }, Message::same("unknown key `b`"));
        let said: Vec<_> = problems.iter().map(|p| (p.line, p.message.en.as_str())).collect();
        assert_eq!(said, [(Some(1), "no value"), (Some(2), "unknown key `b`")]);
    }
}
