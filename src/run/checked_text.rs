//! What checking a study gave, as a person reads it in a terminal.

use std::fmt::Write as _;

use super::check::{AreaCoverage, Checked, DoubtsOutlook};
use crate::language::Language;
use crate::message::{self, check as words, labels};
use crate::quality::{Finding, Message, Place, Severity, block, printable};

/// Places shown of a finding; the rest are counted.
const PLACES: usize = 3;
/// Findings of one rule about one subject that are shown; the rest are counted.
const ALIKE: usize = 4;

/// Rules whose findings stand in the table of sums.
const SUMS: [&str; 3] = [
    message::ingest::SUMS_RECONCILED.id,
    message::ingest::SUMS_DIFFER.id,
    message::ingest::SUMS_INCOMPLETE.id,
];

impl Checked {
    /// The check in words: findings by source, sums, coverage, and the count.
    pub fn render(&self, language: Language) -> String {
        let mut page = Page { text: String::new(), language };
        for (subject, findings) in self.by_subject() {
            let told: Vec<&Finding> =
                findings.into_iter().filter(|finding| !SUMS.contains(&finding.rule)).collect();
            if !told.is_empty() {
                page.line(&self.heading(subject, language));
                page.group(&told);
                page.text.push('\n');
            }
        }
        self.sums(&mut page);
        page.table(&words::coverage_of_measures(), &self.measures);
        page.table(&words::coverage_of_indicators(), &self.indicators);
        for measure in &self.unread {
            page.say(&words::measure_unread(measure));
        }
        self.programme(&mut page);
        if let Some(DoubtsOutlook { id, drawn, runs, sensitivity_runs }) = &self.doubts {
            page.say(&words::assumptions(id, *drawn, [*runs, *sensitivity_runs]));
            page.text.push('\n');
        }
        page.say(&self.counts());
        page.text
    }

    /// How each phase of the programme will be solved.
    fn programme(&self, page: &mut Page) {
        let Some(programme) = &self.programme else { return };
        if programme.phases.is_empty() && programme.refused.is_none() {
            page.say(&words::selects_nobody(&programme.id));
            page.text.push('\n');
            return;
        }
        page.say(&words::may_take_a_place(&programme.id, programme.eligible));
        let phase = words::phase();
        for (id, how) in &programme.phases {
            let how = how.text(page.language);
            page.line(&format!("  {} {id:<6} {how}", phase.text(page.language)));
        }
        if let Some(refused) = &programme.refused {
            page.say(&words::no_phase_solved(refused));
        }
        page.text.push('\n');
    }

    fn heading(&self, subject: &str, language: Language) -> String {
        let Some(source) = self.study.sources.iter().find(|source| source.id == subject) else {
            return subject.to_owned();
        };
        let files: Vec<_> = self.files.iter().filter(|file| file.source == subject).collect();
        let rows: u64 = files.iter().map(|file| file.rows_used).sum();
        let used = words::rows_used(rows);
        let used = used.text(language);
        match files.as_slice() {
            [] => format!("{subject} ({})", source.file),
            [one] => format!("{subject} ({}, {used})", one.path),
            several => {
                let count = labels::FILES.of(several.len(), language);
                format!("{subject} ({}, {count}, {used})", source.file)
            }
        }
    }

    fn sums(&self, page: &mut Page) {
        let told = || self.findings.iter().filter(|finding| SUMS.contains(&finding.rule));
        if told().next().is_none() {
            return;
        }
        page.say(&words::sums());
        for finding in told() {
            let mark = match finding.rule {
                rule if rule == message::ingest::SUMS_RECONCILED.id => words::equal(),
                rule if rule == message::ingest::SUMS_DIFFER.id => words::differ(),
                _ => words::open(),
            };
            let (mark, said) = (mark.text(page.language), finding.message_in(page.language));
            page.line(&format!("  {mark:<8} {}: {said}", finding.subject));
            if finding.rule == message::ingest::SUMS_DIFFER.id {
                page.places(finding);
            }
        }
        page.text.push('\n');
    }

    /// How many findings there are, by weight.
    fn counts(&self) -> Message {
        let count = |severity| self.findings.count(severity);
        let accepted = self.findings.iter().filter(|finding| finding.accepted.is_some()).count();
        let severities = [Severity::Error, Severity::Warning, Severity::Note];
        words::counts(severities.map(count), accepted)
    }
}

/// A page of the terminal in a language.
struct Page {
    text: String,
    language: Language,
}

impl Page {
    fn line(&mut self, words: &str) {
        writeln!(self.text, "{}", printable(words)).expect("a String takes all");
    }

    fn say(&mut self, words: &Message) {
        self.line(words.text(self.language));
    }

    /// Findings of one subject, in runs of the same rule.
    fn group(&mut self, findings: &[&Finding]) {
        for run in findings.chunk_by(|a, b| a.rule == b.rule && a.severity == b.severity) {
            for finding in run.iter().take(ALIKE) {
                self.one(finding);
            }
            if run.len() > ALIKE {
                let places: usize =
                    run[ALIKE..].iter().map(|finding| finding.places.len().max(1)).sum();
                let (more, places) = (run.len() - ALIKE, words::places(places));
                self.say(&words::more_alike(more, run[0].rule, &places));
            }
            self.acceptable(run);
        }
    }

    /// The `[[accept]]` of findings of one rule about one subject, to be copied once they were looked
    /// at. An error about a whole column or file is mended, not accepted.
    fn acceptable(&mut self, run: &[&Finding]) {
        if run[0].severity == Severity::Note || !run.iter().any(|finding| is_of_things(finding)) {
            return;
        }
        let Some(block) = block(run) else { return };
        self.say(&words::to_accept());
        for words in block.lines() {
            self.line(&format!("             {words}"));
        }
    }

    fn one(&mut self, finding: &Finding) {
        let count = match finding.places.len() {
            0 | 1 => String::new(),
            places => format!(", {}", words::places(places).text(self.language)),
        };
        let word = labels::severity(finding.severity).text(self.language);
        let said = finding.message_in(self.language);
        self.line(&format!("  {word:<8} {said} [{}{count}]", finding.rule));
        if let Some(reason) = finding.acceptance() {
            self.say(&words::accepted(&reason));
        }
        if finding.accepted.is_some() {
            return;
        }
        if finding.severity != Severity::Note {
            self.places(finding);
            if let Some(hint) = finding.hint_in(self.language) {
                let label = labels::ADVICE.text(self.language);
                self.line(&format!("           {label}: {hint}"));
            }
        }
    }

    fn places(&mut self, finding: &Finding) {
        let at = labels::AT.text(self.language);
        for place in finding.open_places().take(PLACES) {
            let seen = place.text.as_deref().map_or_else(String::new, |seen| format!(": `{seen}`"));
            self.line(&format!("           {at} {}{seen}", place.text(self.language)));
        }
        let open = finding.open_places().count();
        if open > PLACES {
            self.say(&words::more_places(open - PLACES));
        }
    }

    fn table(&mut self, title: &Message, rows: &[AreaCoverage]) {
        if rows.is_empty() {
            return;
        }
        let title = title.text(self.language);
        let width = rows
            .iter()
            .map(|row| row.name.chars().count())
            .max()
            .unwrap_or(0)
            .max(title.chars().count());
        let [level, values, of, absent, withheld, idle] =
            words::COVERAGE.map(|it| it.text(self.language));
        self.line(&format!(
            "{title:<width$}  {level:<10} {values:>7} {of:>7} {absent:>13} {withheld:>12} {idle:>14}"
        ));
        for row in rows {
            self.line(&format!(
                "{:<width$}  {:<10} {:>7} {:>7} {:>13} {:>12} {:>14}",
                row.name,
                row.level,
                row.values,
                row.of,
                row.not_available,
                row.confidential,
                row.not_applicable
            ));
        }
        self.text.push('\n');
    }
}
/// Whether a finding is about rows, cells or units, or is no error: accepting what keeps a whole column or
/// file from being read would not read it.
fn is_of_things(finding: &Finding) -> bool {
    let has_row = |place: &Place| place.row.is_some();
    finding.severity != Severity::Error
        || !finding.units.is_empty()
        || finding.places.iter().any(has_row)
}
