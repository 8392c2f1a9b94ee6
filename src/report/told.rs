//! Findings as a person reads them in a terminal: what, where, and what to do.

pub(crate) use crate::quality::printable;
use crate::quality::{Finding, Findings, Severity};

/// Places shown of one finding; the rest are counted.
const SHOWN: usize = 3;

/// The findings of at least that weight that nobody accepted, each with its first places and its
/// advice, in the order of reports. `Severity::Error` tells only errors.
pub fn told(findings: &Findings, least: Severity) -> String {
    let open = findings.iter().filter(|f| f.severity <= least && f.accepted.is_none());
    open.map(one).collect::<Vec<_>>().join("\n")
}

fn one(finding: &Finding) -> String {
    let mut lines =
        vec![format!("{}: {}", finding.severity.word(), printable(&finding.message.en))];
    for place in finding.places.iter().take(SHOWN) {
        let text = place.text.as_deref().map_or_else(String::new, |text| format!(": `{text}`"));
        lines.push(printable(&format!("  at {place}{text}")));
    }
    if finding.places.len() > SHOWN {
        lines.push(format!("  and {} more places", finding.places.len() - SHOWN));
    }
    lines.push(format!("  rule: {} ({})", finding.rule, printable(&finding.subject)));
    if let Some(hint) = &finding.hint {
        lines.push(format!("  hint: {}", printable(&hint.en)));
    }
    lines.push(String::new());
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message;
    use crate::quality::{Place, message};

    #[test]
    fn a_finding_says_what_where_and_what_to_do() {
        let mut findings = Findings::default();
        let place = |row| Place::file("vmg.xlsx").on_sheet("2023").at_row(row).at_column(4);
        findings.push(
            Finding::new(
                &message::ingest::TEXT_IN_NUMBERS,
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
            &message::ingest::ENCODING,
            "vmg",
            message!("read as UTF-8", "citit ca UTF-8"),
        ));
        assert_eq!(
            told(&findings, Severity::Error),
            "error: a text in a column of numbers\n  at vmg.xlsx › 2023 › D7: `n/a\u{FFFD}[31m`\n  \
             at vmg.xlsx › 2023 › D8\n  at vmg.xlsx › 2023 › D9\n  and 1 more places\n  \
             rule: text-in-numbers (vmg)\n  hint: declare it in `missing`\n"
        );
    }
}
