//! The errors that stopped a run, as a person reads them in the terminal.

use crate::quality::{Finding, Findings, Severity};

/// Places told of one error; a person repairs the first and looks for the others beside it.
const PLACES: usize = 5;

/// Every open error with its places and what to do about it, in the order of the findings.
pub fn errors(findings: &Findings) -> String {
    let open = findings.iter().filter(|finding| {
        finding.severity == Severity::Error && finding.accepted.is_none()
    });
    open.map(told).collect::<Vec<_>>().join("\n\n")
}

fn told(finding: &Finding) -> String {
    let mut lines = vec![format!("error: {}", finding.message)];
    for place in finding.places.iter().take(PLACES) {
        let text = place.text.as_ref().map(|text| format!(": `{text}`")).unwrap_or_default();
        lines.push(format!("  at {place}{text}"));
    }
    if finding.places.len() > PLACES {
        lines.push(format!("  and at {} more places", finding.places.len() - PLACES));
    }
    lines.extend(finding.hint.as_ref().map(|hint| format!("  hint: {hint}")));
    lines.push(format!("  rule: {} ({})", finding.rule, finding.subject));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::errors;
    use crate::report::fixture::Fixture;

    #[test]
    fn an_error_names_its_places_and_the_remedy() {
        let fixture = Fixture::new();
        assert_eq!(
            errors(&fixture.findings),
            "error: a text in a column of numbers\n  at inputs/pop.xlsx › 2024 › D7: `lipsă`\n  \
             at inputs/pop.xlsx › 2024 › D9: `=HYPERLINK(\"x\")`\n  hint: correct the cell\n  \
             rule: text-in-numbers (population)"
        );
    }
}
