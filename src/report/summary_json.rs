//! What a run says in the terminal, for machines.

use serde::Serialize;

use super::View;
use super::record::{Counts, counts};
use crate::quality::{Finding, Severity};

/// Units listed as most at risk.
const LISTED: usize = 10;

#[derive(Serialize)]
struct Summary<'a> {
    title: &'a str,
    notice: Option<&'a str>,
    methodology: &'a str,
    units: usize,
    distinct_scores: Option<usize>,
    counts: Counts,
    unscored: Vec<Group<'a>>,
    most_at_risk: Vec<Listed<'a>>,
    findings: Vec<Told<'a>>,
}

/// Units that share one reason for having no score.
#[derive(Serialize)]
struct Group<'a> {
    missing: Vec<&'a str>,
    units: Vec<&'a str>,
}

#[derive(Serialize)]
struct Listed<'a> {
    place: Option<f64>,
    code: &'a str,
    name: &'a str,
    county: &'a str,
    score: Option<f64>,
}

#[derive(Serialize)]
struct Told<'a> {
    rule: &'a str,
    severity: Severity,
    subject: &'a str,
    unit: Option<&'a str>,
    message: &'a str,
    hint: Option<&'a str>,
    places: usize,
    units: usize,
    accepted: Option<&'a str>,
}

/// The summary of a run as one JSON object, with the findings but not their places.
pub fn summary_json(view: &View<'_>) -> String {
    let code = |unit: &usize| view.register.codes()[*unit].as_str();
    let groups = view.unscored();
    let unscored = groups.iter().map(|group| Group {
        missing: group.missing.iter().map(|&node| view.method.nodes[node].id.as_str()).collect(),
        units: group.units.iter().map(code).collect(),
    });
    let most_at_risk = view.most_at_risk(LISTED).into_iter().map(|unit| Listed {
        place: view.place(unit),
        code: code(&unit),
        name: &view.register.names()[unit],
        county: view.register_text("county", unit),
        score: view.scores().and_then(|scores| scores.value(unit)),
    });
    let summary = Summary {
        title: view.study.title.text(view.language),
        notice: view.study.notice.as_ref().map(|notice| notice.text(view.language)),
        methodology: &view.method.id,
        units: view.register.len(),
        distinct_scores: view.headline().map(|node| view.index.nodes[node].distinct),
        counts: counts(view),
        unscored: unscored.collect(),
        most_at_risk: most_at_risk.collect(),
        findings: view.findings.iter().map(told).collect(),
    };
    let mut text = serde_json::to_string_pretty(&summary).expect("a summary is plain data");
    text.push('\n');
    text
}

fn told(finding: &Finding) -> Told<'_> {
    Told {
        rule: finding.rule,
        severity: finding.severity,
        subject: &finding.subject,
        unit: finding.unit.as_deref(),
        message: &finding.message,
        hint: finding.hint.as_deref(),
        places: finding.places.len(),
        units: finding.units.len(),
        accepted: finding.accepted.as_deref(),
    }
}

#[cfg(test)]
mod tests {
    use super::summary_json;
    use crate::report::fixture::Fixture;

    #[test]
    fn machines_read_the_same_counts_and_places() {
        let fixture = Fixture::new();
        let json: serde_json::Value =
            serde_json::from_str(&summary_json(&fixture.view())).unwrap();
        assert_eq!(json["counts"]["scored"], 4);
        assert_eq!(json["unscored"][0]["missing"][0], "children");
        assert_eq!(json["most_at_risk"][1]["code"], "20");
        assert_eq!(json["most_at_risk"][1]["place"], 1.0);
        assert_eq!(json["findings"][0]["places"], 2);
    }
}
