//! What checking a study gave, as a person reads it in a terminal.

use std::fmt::Write as _;

use super::check::{AreaCoverage, Checked};
use crate::language::plural;
use crate::message;
use crate::quality::{Finding, Severity, block, printable};

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
    pub fn render(&self) -> String {
        let mut text = String::new();
        for (subject, findings) in self.by_subject() {
            let told: Vec<&Finding> =
                findings.into_iter().filter(|finding| !SUMS.contains(&finding.rule)).collect();
            if !told.is_empty() {
                line(&mut text, &self.heading(subject));
                group(&mut text, &told);
                text.push('\n');
            }
        }
        self.sums(&mut text);
        table(&mut text, "coverage of measures", &self.measures);
        table(&mut text, "coverage of indicators", &self.indicators);
        for measure in &self.unread {
            line(&mut text, &format!("`{measure}` could not be read"));
        }
        self.programme(&mut text);
        line(&mut text, &self.counts());
        text
    }

    /// How each phase of the programme will be solved.
    fn programme(&self, text: &mut String) {
        let Some(programme) = &self.programme else { return };
        if programme.phases.is_empty() && programme.refused.is_none() {
            line(text, &format!("programme `{}` selects nobody: need beside supply", programme.id));
            text.push('\n');
            return;
        }
        let eligible = plural(programme.eligible, "unit");
        line(text, &format!("programme `{}`: {eligible} may take a place", programme.id));
        for (phase, words) in &programme.phases {
            line(text, &format!("  phase {phase:<6} {words}"));
        }
        if let Some(refused) = &programme.refused {
            line(text, &format!("  no phase can be solved: {refused}"));
        }
        text.push('\n');
    }

    fn heading(&self, subject: &str) -> String {
        let Some(source) = self.study.sources.iter().find(|source| source.id == subject) else {
            return subject.to_owned();
        };
        let files: Vec<_> = self.files.iter().filter(|file| file.source == subject).collect();
        match files.as_slice() {
            [] => format!("{subject} ({})", source.file),
            [one] => format!("{subject} ({}, {} rows used)", one.path, one.rows_used),
            several => {
                let rows: u64 = several.iter().map(|file| file.rows_used).sum();
                format!("{subject} ({}, {} files, {rows} rows used)", source.file, several.len())
            }
        }
    }

    fn sums(&self, text: &mut String) {
        let told = || self.findings.iter().filter(|finding| SUMS.contains(&finding.rule));
        if told().next().is_none() {
            return;
        }
        line(text, "sums");
        for finding in told() {
            let mark = match finding.rule {
                rule if rule == message::ingest::SUMS_RECONCILED.id => "equal",
                rule if rule == message::ingest::SUMS_DIFFER.id => "differ",
                _ => "open",
            };
            line(text, &format!("  {mark:<8} {}: {}", finding.subject, finding.message));
            if finding.rule == message::ingest::SUMS_DIFFER.id {
                places(text, finding);
            }
        }
        text.push('\n');
    }

    /// How many findings there are, by weight.
    fn counts(&self) -> String {
        let count = |severity| self.findings.count(severity);
        let accepted = self.findings.iter().filter(|finding| finding.accepted.is_some()).count();
        let accepted = match accepted {
            0 => String::new(),
            count => format!(", {count} accepted"),
        };
        format!(
            "{}, {}, {}{accepted}; nothing was written",
            plural(count(Severity::Error), "error"),
            plural(count(Severity::Warning), "warning"),
            plural(count(Severity::Note), "note")
        )
    }
}

fn line(text: &mut String, words: &str) {
    writeln!(text, "{}", printable(words)).expect("a String takes all");
}

/// Findings of one subject, in runs of the same rule.
fn group(text: &mut String, findings: &[&Finding]) {
    for run in findings.chunk_by(|a, b| a.rule == b.rule && a.severity == b.severity) {
        for finding in run.iter().take(ALIKE) {
            one(text, finding);
        }
        if run.len() > ALIKE {
            let places: usize =
                run[ALIKE..].iter().map(|finding| finding.places.len().max(1)).sum();
            let more = run.len() - ALIKE;
            line(text, &format!("  … and {more} more `{}`, in {places} places", run[0].rule));
        }
        acceptable(text, run);
    }
}

/// The `[[accept]]` of findings of one rule about one subject, to be copied once they were looked at.
fn acceptable(text: &mut String, run: &[&Finding]) {
    let Some(block) = block(run).filter(|_| run[0].severity != Severity::Note) else { return };
    line(text, "           if that was looked at and is right, add to the study, with the reason:");
    for words in block.lines() {
        line(text, &format!("             {words}"));
    }
}

fn one(text: &mut String, finding: &Finding) {
    let count = match finding.places.len() {
        0 | 1 => String::new(),
        places => format!(", {places} places"),
    };
    line(
        text,
        &format!("  {:<8} {} [{}{count}]", finding.severity.word(), finding.message, finding.rule),
    );
    if let Some(reason) = finding.acceptance() {
        line(text, &format!("           accepted: {reason}"));
    }
    if finding.accepted.is_some() {
        return;
    }
    if finding.severity != Severity::Note {
        places(text, finding);
        if let Some(hint) = &finding.hint {
            line(text, &format!("           hint: {hint}"));
        }
    }
}

fn places(text: &mut String, finding: &Finding) {
    for place in finding.open_places().take(PLACES) {
        let seen = place.text.as_deref().map_or_else(String::new, |seen| format!(": `{seen}`"));
        line(text, &format!("           at {place}{seen}"));
    }
    let open = finding.open_places().count();
    if open > PLACES {
        line(text, &format!("           and {} more places", open - PLACES));
    }
}

fn table(text: &mut String, title: &str, rows: &[AreaCoverage]) {
    if rows.is_empty() {
        return;
    }
    let width = rows.iter().map(|row| row.name.chars().count()).max().unwrap_or(0).max(title.len());
    line(
        text,
        &format!(
            "{title:<width$}  {:<10} {:>7} {:>7} {:>13} {:>12} {:>14}",
            "level", "values", "of", "not available", "confidential", "not applicable"
        ),
    );
    for row in rows {
        line(
            text,
            &format!(
                "{:<width$}  {:<10} {:>7} {:>7} {:>13} {:>12} {:>14}",
                row.name,
                row.level,
                row.values,
                row.of,
                row.not_available,
                row.confidential,
                row.not_applicable
            ),
        );
    }
    text.push('\n');
}
