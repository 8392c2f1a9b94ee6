//! What a run says in the terminal: a dozen lines a planner can read, or its findings.

mod selection;
mod what_if;

use std::path::Path;

use crate::language::{Language, Words, decimals, machine, shown, whole};
use crate::message::{check, labels};
use crate::quality::{Finding, Findings, Place, Severity, printable};
use crate::report::file::File;
use crate::report::model::{Profile, View, Wording, important, sureness, unscored_lines};
use crate::report::pack::Pack;

pub use what_if::what_if;

/// Units listed as most at risk.
const LISTED: usize = 10;
/// Findings told in words.
const TOLD: usize = 5;
/// Letters of a finding's message.
const MESSAGE: usize = 160;

/// The selection of a run in a dozen lines; empty for a run without one.
pub fn spoken(view: &View<'_>) -> String {
    let Some(chosen) = view.selection else { return String::new() };
    let wording = Wording::new(chosen, view.language);
    let mut lines = selection::lines(wording, Profile::of(chosen));
    if let Some(assessed) = chosen.robustness {
        lines.push(String::new());
        lines.extend(sureness(&wording, assessed));
    }
    let printed: Vec<String> = lines.iter().map(|line| printable(line)).collect();
    printed.join("\n")
}

/// The summary of a run, or of the pack of a county, whose files were written into `folder`.
pub fn summary(view: &View<'_>, folder: &Path, files: &[File]) -> String {
    match Pack::new(view) {
        Some(pack) => told(&pack.view(view), folder, files),
        None => told(view, folder, files),
    }
}

fn told(view: &View<'_>, folder: &Path, files: &[File]) -> String {
    let language = view.language;
    let word = |words: Words| words.text(language);
    let mut lines = vec![view.head().title.into_owned()];
    let notice = view.head().notice();
    if !notice.is_empty() {
        lines.push(notice);
    }
    lines.push(String::new());
    let scored = whole(view.figures.scored(), language);
    let units = labels::UNITS.of(view.figures.register.len(), language);
    let mut counts = vec![format!("{units}: {scored} {}", word(labels::WITH_SCORE))];
    let distinct =
        view.figures.headline().map(|headline| view.figures.index.nodes[headline].distinct);
    counts.extend(distinct.map(|distinct| labels::SCORES.of(distinct, language)));
    lines.push(counts.join(", "));
    let unscored = unscored_lines(view);
    if !unscored.is_empty() {
        lines.push(format!("{}:", word(labels::UNITS_UNSCORED)));
        lines.extend(unscored.into_iter().map(|line| format!("  {line}")));
    }
    lines.push(String::new());
    lines.extend(most_at_risk(view));
    lines.extend(findings(view));
    let count = labels::FILES.of(files.len(), language);
    lines.push(format!("{count} {} {}", word(labels::WRITTEN), folder.display()));
    let report = files.iter().find(|file| file.path == "report.xlsx");
    lines.extend(report.map(|file| {
        format!("{}: {}", word(labels::OPEN_REPORT), folder.join(&file.path).display())
    }));
    let printed: Vec<String> = lines.iter().map(|line| printable(line)).collect();
    printed.join("\n")
}

fn most_at_risk(view: &View<'_>) -> Vec<String> {
    let units = view.figures.most_at_risk(LISTED);
    let Some(scores) = view.figures.scores().filter(|_| !units.is_empty()) else {
        return Vec::new();
    };
    let title = view
        .figures
        .headline()
        .map_or("", |headline| view.figures.node_label(headline, view.language));
    let most = labels::MOST_AT_RISK.text(view.language);
    let mut lines = vec![format!("{most} ({title}):")];
    let decimals = decimals(scores.values());
    let score = |unit: usize| shown(scores.values()[unit], decimals, view.language);
    let name = |unit: usize| view.unit_name(unit);
    let widest = units.iter().map(|&unit| name(unit).chars().count()).max().unwrap_or(0);
    let longest = units.iter().map(|&unit| score(unit).len()).max().unwrap_or(0);
    for &unit in &units {
        let place = view.figures.place(unit).map(machine).unwrap_or_default();
        let (name, score) = (name(unit), score(unit));
        let county = view.figures.register_text("county", unit);
        lines.push(format!("  {place:>4}  {name:widest$}  {score:>longest$}  {county}"));
    }
    lines.extend(units.last().and_then(|&last| unlisted(view, last, &units)));
    lines.push(String::new());
    lines
}

/// Says that the list ends inside a block of equal scores.
fn unlisted(view: &View<'_>, last: usize, units: &[usize]) -> Option<String> {
    let listed =
        units.iter().filter(|&&unit| view.figures.place(unit) == view.figures.place(last)).count();
    let more = view.figures.sharing(last).saturating_sub(listed);
    let units = labels::MORE_UNITS.of(more, view.language);
    let same = labels::SAME_SCORE.text(view.language);
    let still = labels::STILL.text(view.language);
    (more > 0).then(|| format!("        {}", format!("{still} {units} {same}").trim_start()))
}

fn findings(view: &View<'_>) -> Vec<String> {
    let language = view.language;
    let [(_, errors), (_, warnings), (_, notes)] = view.open_findings();
    if view.findings.is_empty() {
        return vec![labels::NO_FINDINGS.text(language).to_owned()];
    }
    let counts = [
        labels::ERRORS.of(errors, language),
        labels::WARNINGS.of(warnings, language),
        labels::NOTES.of(notes, language),
    ];
    let accepted = view.findings.iter().filter(|finding| finding.accepted.is_some()).count();
    let accepted =
        (accepted > 0).then(|| check::beside_accepted(accepted).text(language).to_owned());
    let counts: Vec<String> = counts.into_iter().chain(accepted).collect();
    let all = labels::READ_FINDINGS.text(language);
    let mut lines = vec![format!("{}; {all}: tables/findings.csv", counts.join(", "))];
    for finding in important(view, TOLD) {
        let word = labels::severity(finding.severity);
        let said = finding.message_in(language);
        let message: String = said.chars().take(MESSAGE).collect();
        let cut = if message.len() < said.len() { "…" } else { "" };
        let (word, rule, subject) = (word.text(language), finding.rule, &finding.subject);
        lines.push(format!("  {word} {rule} ({subject}): {message}{cut}"));
        if finding.severity == Severity::Error {
            lines.extend(finding.open_places().next().map(|place| format!("    {}", seen(place))));
        }
    }
    lines.push(String::new());
    lines
}

/// A place with the text that stands there.
fn seen(place: &Place) -> String {
    let text = place.text.as_deref().map_or_else(String::new, |text| format!(": `{text}`"));
    printable(&format!("{place}{text}"))
}

/// Places shown of one finding; the rest are counted.
const SHOWN: usize = 3;

/// The findings of at least that weight that nobody accepted, each with its first places and its
/// advice, in the order of reports. `Severity::Error` gives only errors.
pub fn render_findings(findings: &Findings, least: Severity, language: Language) -> String {
    let open = findings.iter().filter(|f| f.severity <= least && f.accepted.is_none());
    open.map(|finding| one(finding, language)).collect::<Vec<_>>().join("\n")
}

fn one(finding: &Finding, language: Language) -> String {
    let word = labels::severity(finding.severity).text(language);
    let mut lines = vec![format!("{word}: {}", printable(finding.message_in(language)))];
    for place in finding.open_places().take(SHOWN) {
        let text = place.text.as_deref().map_or_else(String::new, |text| format!(": `{text}`"));
        let at = labels::AT.text(language);
        lines.push(printable(&format!("  {at} {}{text}", place.text(language))));
    }
    let open = finding.open_places().count();
    if open > SHOWN {
        lines.push(format!("  {}", check::more_places(open - SHOWN).text(language).trim_start()));
    }
    let rule = labels::BY_RULE.text(language);
    lines.push(format!("  {rule}: {} ({})", finding.rule, printable(&finding.subject)));
    if let Some(hint) = finding.hint_in(language) {
        lines.push(format!("  {}: {}", labels::ADVICE.text(language), printable(hint)));
    }
    lines.push(String::new());
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quality::message;
    use crate::report::fixture::Fixture;

    fn text(language: Language) -> String {
        let fixture = Fixture::new();
        let files = [File { path: "report.xlsx".into(), bytes: Vec::new() }];
        summary(&fixture.view_in(language), Path::new("out"), &files)
    }

    #[test]
    fn a_planner_reads_counts_reasons_places_and_findings() {
        insta::assert_snapshot!(text(Language::Ro), @r#"
        Indicele de risc comunitar 2023
        Date demonstrative & generate · METODOLOGIE ILUSTRATIVĂ: cifrele metodei sunt ipoteze, neadoptate prin niciun act

        5 unități: 4 cu scor, 3 scoruri distincte
        Unități fără scor:
          1 unitate: fără valoare pentru children (23 August)

        cele mai vulnerabile (Scor IRC):
             1  =2+3      50,00  Alba
             1  Delta     50,00  Cluj
             3  Gâștești  37,50  Alba
             4  Alfa      25,00  Alba

        1 eroare, 1 avertizare, 1 notă, acceptate: 1; toate constatările: tables/findings.csv
          eroare text-in-numbers (population): un text într-o coloană de numere
            inputs/pop.xlsx › 2024 › D7: `lipsă`
          avertizare no-score (irc): 1 unitate nu are scor: fără valoare pentru `children`

        1 fișier în dosarul out
        raportul: out/report.xlsx
        "#);
    }

    #[test]
    fn a_list_that_ends_inside_a_block_of_ties_says_so() {
        let fixture = Fixture::new();
        let view = fixture.view();
        assert_eq!(unlisted(&view, 1, &[1]).unwrap().trim(), "încă 1 unitate cu același scor");
        assert_eq!(unlisted(&view, 1, &[1, 3]), None);
    }

    #[test]
    fn the_same_in_english() {
        insta::assert_snapshot!(text(Language::En), @r#"
        Community risk index 2023
        Demonstration & generated data · ILLUSTRATIVE METHODOLOGY: its numbers are assumptions, adopted by no act

        5 units: 4 with a score, 3 distinct scores
        Units without a score:
          1 unit: no value for children (23 August)

        most at risk (IRC score):
             1  =2+3      50.00  Alba
             1  Delta     50.00  Cluj
             3  Gâștești  37.50  Alba
             4  Alfa      25.00  Alba

        1 error, 1 warning, 1 note, 1 accepted; all findings: tables/findings.csv
          error text-in-numbers (population): a text in a column of numbers
            inputs/pop.xlsx › 2024 › D7: `lipsă`
          warning no-score (irc): 1 unit has no score: no value of `children`

        1 file written to out
        report: out/report.xlsx
        "#);
    }

    #[test]
    fn a_finding_says_what_where_and_what_to_do() {
        let mut findings = Findings::default();
        let place = |row| Place::file("vmg.xlsx").on_sheet("2023").at_row(row).at_column(4);
        findings.push(
            Finding::new(
                &crate::message::ingest::TEXT_IN_NUMBERS,
                "vmg",
                message!("a text in a column of numbers", "un text într-o coloană de numere"),
            )
            .hint(message!("declare it in `missing`", "declarați-l în `missing`"))
            .places([
                place(7).with_text("n/a\u{1b}[31m"),
                place(8),
                place(9),
                place(10),
            ]),
        );
        findings.push(Finding::new(
            &crate::message::ingest::ENCODING,
            "vmg",
            message!("read as UTF-8", "citit ca UTF-8"),
        ));
        assert_eq!(
            render_findings(&findings, Severity::Error, Language::En),
            "error: a text in a column of numbers\n  at vmg.xlsx › 2023 › D7: `n/a\u{FFFD}[31m`\n  \
             at vmg.xlsx › 2023 › D8\n  at vmg.xlsx › 2023 › D9\n  and 1 more place\n  \
             rule: text-in-numbers (vmg)\n  hint: declare it in `missing`\n"
        );
    }
}
