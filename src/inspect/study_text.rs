//! The text of a new study: commented, to be filled in, with the sources that were found.

use std::fmt::Write as _;

use super::portrait::Portrait;
use super::sketch::{identifier, quoted};

/// The files of a new study.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStudy {
    /// `study.toml`.
    pub study: String,
    /// `method.toml`, where there are measures to make indicators of.
    pub method: Option<String>,
    /// Paths of the files that became sources.
    pub sources: Vec<String>,
}

const HEAD: &str = "\
# A study: which year, which files. Lines that begin with `#` say what may stand there.
# Look at a file with `risk-index inspect FILE`; look at this study with `risk-index check`.

[study]
title       = { ro = \"Titlul studiului\", en = \"Title of the study\" }
";

const REST: &str = "\
# notice    = { ro = \"Date provizorii\", en = \"Provisional data\" }    # printed on every page
# omit      = { poverty = \"no source yet\" }                          # indicators left out, with a reason

[register]                               # who is counted
bundled = \"ro-uat-2025\"
# aliases = \"aliases.csv\"                # names that files write otherwise; `check --aliases` proposes them

# [[accept]]                             # what somebody looked at; `check` prints this block
# finding = \"near-match\"
# source  = \"population\"
# unit    = \"Apa, Satu Mare\"             # or `text` or `cell`; without them every unit
# count   = 1                            # how many were looked at; where there are more, none is accepted
# reason  = \"the clerk of the county confirmed the spelling\"
";

const EXAMPLE: &str = "
# One block for each file. `risk-index inspect --source FILE >> study.toml` writes it for you.
#
# [[source]]
# id        = \"population\"
# file      = \"inputs/POP107D_*.csv\"     # a file, or a pattern for several of one kind
# layout    = \"tempo\"                    # INS TEMPO; leave it out for ordinary tables
# publisher = \"INS\"
# reference = \"2024-01-01\"
# [[source.measure]]
# id     = \"total\"
# nature = \"count\"                       # count | rate | amount | category | text
# counts = \"persons\"                     # persons | families | cases
# where  = { \"Varste si grupe de varsta\" = \"Total\", \"Sexe\" = \"Total\", \"Ani\" = \"2024\" }
#
# [[source]]
# id      = \"vmg\"
# file    = \"inputs/vmg.xlsx\"
# sheet   = \"2023\"
# header  = [4, 5]                       # rows of the header
# key     = { code = \"SIRUTA\" }          # or { name = \"UAT\", county = \"Judet\" }, or { county = \"Judet\" }
# [[source.measure]]
# id     = \"families\"
# column = \"Nr. dosare\"
# nature = \"count\"
# counts = \"families\"
";

/// A study without sources, with examples in comments.
pub fn empty_study() -> NewStudy {
    let study = format!(
        "{HEAD}methodology = \"irc\"                    # a bundled name, or a file\n{REST}{EXAMPLE}"
    );
    NewStudy { study, method: None, sources: Vec::new() }
}

/// A study of the files that were looked at. `file` is what it calls a file: the path of its
/// portrait, from the folder of the study.
pub fn study_of(portraits: &[Portrait], file: impl Fn(&str) -> String) -> NewStudy {
    let mut blocks = String::new();
    let mut ids: Vec<String> = Vec::new();
    let mut sources = Vec::new();
    let mut indicators = Vec::new();
    for portrait in portraits {
        let Some(table) = portrait.table.as_ref().filter(|table| table.draft.stands) else {
            writeln!(blocks, "\n{}", portrait.why_no_source(&file(&portrait.path)))
                .expect("a String takes all");
            continue;
        };
        let id = identifier(&table.draft.id, "source", &ids);
        let toml = table
            .draft
            .toml
            .replacen(
                &format!("id      = {}", quoted(&table.draft.id)),
                &format!("id      = {}", quoted(&id)),
                1,
            )
            .replacen(
                &format!("file    = {}", quoted(&table.draft.file)),
                &format!("file    = {}", quoted(&file(&portrait.path))),
                1,
            );
        blocks.push('\n');
        blocks.push_str(&toml);
        indicators.extend(
            table.draft.numbers.iter().take(MEASURES).map(|measure| format!("{id}.{measure}")),
        );
        ids.push(id);
        sources.push(portrait.path.clone());
    }
    let method = (!indicators.is_empty()).then(|| method(&indicators));
    let reference = if method.is_some() {
        "methodology = \"method.toml\"            # beside this file; `irc` is a bundled one\n"
    } else {
        "methodology = \"irc\"                    # a bundled name, or a file\n"
    };
    NewStudy { study: format!("{HEAD}{reference}{REST}{blocks}"), method, sources }
}

/// Measures of one source that become indicators of the first methodology.
const MEASURES: usize = 2;

/// A methodology to begin with: every measure an indicator, min-max, a mean of equal weights.
fn method(measures: &[String]) -> String {
    let mut text = String::from(
        "\
# How risk is measured. Every measure is an indicator for a start: keep those that mean risk, divide
# counts by a population, say which way they point, and give weights that somebody answers for.

[methodology]
id      = \"first\"
version = \"0.1\"
status  = \"illustrative\"
title   = { ro = \"Metodologie de început\", en = \"A methodology to begin with\" }
",
    );
    let mut ids: Vec<String> = Vec::new();
    for measure in measures {
        let id = identifier(&measure.replace('.', "_"), "indicator", &ids);
        write!(
            text,
            "
[[indicator]]
id        = {id}
label     = {{ ro = {name}, en = {name} }}
value     = {name}                     # or `a.b / c.d * 100`
direction = \"risk\"                     # or \"protective\": more means less risk
steps     = [{{ minmax = {{ to = [0, 100] }} }}]
",
            id = quoted(&id),
            name = quoted(measure),
        )
        .expect("a String takes all");
        ids.push(id);
    }
    let of: Vec<String> = ids.iter().map(|id| format!("{id} = 1")).collect();
    write!(
        text,
        "
[[aggregate]]
id      = \"score\"
label   = {{ ro = \"Scor\", en = \"Score\" }}
of      = {{ {} }}
method  = \"arithmetic\"
missing = {{ require = 0.5 }}            # the share of indicators that a unit must have

[[output]]
id    = \"rank\"
of    = \"score\"
steps = [{{ round = {{ decimals = 9 }} }}, {{ rank = {{ order = \"highest-first\", ties = \"min\" }} }}]
",
        of.join(", ")
    )
    .expect("a String takes all");
    text
}
