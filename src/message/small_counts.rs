//! What is said of small counts: what stands in their place, and what would give one back.

use std::collections::{BTreeMap, BTreeSet};

use super::run::{MASKED_SOURCE, SMALL_COUNTS, WITHHELD_FINDINGS};
use crate::quality::{Advice, Finding, Message, message};

/// What stands for the counts of a series.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StandIns {
    /// Small counts.
    pub(crate) cells: usize,
    /// Larger counts that took a difference.
    pub(crate) partners: usize,
    /// Counts from 1 to one below this are small.
    pub(crate) below: u32,
}

/// Counts of a measure in whose place something else is computed with and published.
pub(crate) fn small_counts(source: &str, measure: &str, stand: &StandIns) -> Finding {
    let middle = Message::trimmed(f64::from(stand.below) / 2.0, 1);
    let cells =
        Message::counted(stand.cells, ["count", "counts"], ["numărătoare mică", "numărători mici"]);
    let most = stand.below - 1;
    let mut message = message!(
        "`{measure}`: {cells} from 1 to {most}, computed with and published as {middle}",
        "`{measure}`: {cells}, de la 1 la {most}, calculate și publicate ca {middle}",
        ;
        cells = cells,
        middle = middle,
    );
    if stand.partners > 0 {
        let partners = Message::counted(
            stand.partners,
            ["larger count takes", "larger counts take"],
            ["numărătoare mai mare preia", "numărători mai mari preiau"],
        );
        message = message.and(
            &format!("; {} the difference, so that known totals hold", partners.en),
            &format!("; {} diferența, ca totalurile cunoscute să se păstreze", partners.ro),
        );
    }
    Finding::new(&SMALL_COUNTS, source, message)
}

/// Rates of small counts, or of counts that take a difference, computed from what stands for these.
pub(crate) fn rates_of_small_counts(source: &str, measure: &str, cells: usize) -> Finding {
    let message = message!(
        "`{measure}`: {cells} of such counts, computed from what stands for them",
        "`{measure}`: {cells} a unor astfel de numărători, din ce ține locul lor",
        ;
        cells = Message::counted(
            cells,
            ["rate", "rates"],
            ["rată calculată", "rate calculate"],
        ),
    );
    Finding::new(&SMALL_COUNTS, source, message)
}

/// Confidential counts of a source that says what they hide: how many, below what they lie, and what is
/// computed with.
pub(crate) fn masked_source(
    source: &str,
    measure: &str,
    (cells, below, middle): (usize, u32, f64),
) -> Finding {
    let message = message!(
        "`{measure}`: {cells}, below {below} as the source says, computed with as {middle}",
        "`{measure}`: {cells}, sub {below} după cum spune sursa, calculate ca {middle}",
        ;
        cells = Message::counted(
            cells,
            ["confidential count", "confidential counts"],
            ["numărătoare confidențială", "numărători confidențiale"],
        ),
        middle = Message::trimmed(middle, 1),
    );
    Finding::new(&MASKED_SOURCE, source, message)
}

/// A known sum that gives a small count of a measure back, where no other count can take the difference.
pub(crate) fn total_gives_back(measure: &str, level: &str, area: &str) -> Advice {
    let message = message!(
        "a known sum of {area} (`{level}`) would give a small count of `{measure}` back, and no other \
         count there can take the difference; nothing was published",
        "o sumă cunoscută pentru {area} (`{level}`) ar dezvălui o numărătoare mică din `{measure}` și \
         nicio altă numărătoare de acolo nu poate prelua diferența; nu s-a publicat nimic",
    );
    message.advise(message!(
        "use the measure at the level of the sum, or leave the measure or the sum out of the study",
        "folosiți măsura la nivelul sumei sau scoateți din studiu măsura ori suma",
    ))
}

/// A public rate that gives the small counts of a measure back.
pub(crate) fn rate_gives_back(measure: &str, rate: &str, whole: &str) -> Advice {
    let message = message!(
        "`{rate}`, which everybody has, is the rate of `{measure}` in `{whole}` and would give its small \
         counts back; nothing was published",
        "`{rate}`, pe care îl are oricine, este rata lui `{measure}` în `{whole}` și i-ar dezvălui \
         numărătorile mici; nu s-a publicat nimic",
    );
    message.advise(message!(
        "take `public = true` off the source of the rate if it is not public; if it is, everybody can \
         compute the counts, and their source is public too",
        "ștergeți `public = true` de la sursa ratei dacă aceasta nu este publică; dacă este, oricine \
         poate calcula numărătorile, iar sursa lor este și ea publică",
    ))
}

/// A run that withholds small counts, in which published tables would be others with all of them so.
pub(crate) fn withheld_gives_back(
    cells: usize,
    count: u32,
    tables: &BTreeMap<String, Vec<String>>,
) -> Advice {
    let message = message!(
        "with {cells} withheld, what is published would still tell something of them: if each was \
         {count}, {tables} would differ; nothing was published",
        "cu {cells} nepublicate, ce se publică tot ar spune ceva despre ele: dacă fiecare ar fi {count}, \
         ar fi altfel {tables}; nu s-a publicat nimic",
        ;
        cells = Message::counted(
            cells,
            ["small count", "small counts"],
            ["numărătoare mică", "numărători mici"],
        ),
        tables = listed(tables),
    );
    let is_list = |path: &String| path.contains("selection") || path.contains("reserve");
    let midpoint = message!(
        "write `small = \"midpoint\"`: then the whole run computes with the middle of the small counts, \
         and everything can be published",
        "scrieți `small = \"midpoint\"`: atunci totul se calculează cu mijlocul numărătorilor mici și se \
         poate publica integral",
    );
    message.advise(if tables.keys().any(is_list) {
        midpoint.and(
            "; a list that follows from small counts cannot be published without saying something of them",
            "; o listă care depinde de numărători mici nu poate fi publicată fără a spune ceva despre ele",
        )
    } else {
        midpoint.and(
            "; or let no bound, mean or deviation of all units follow from them: `goalposts` with bounds of \
             your own in place of `minmax` and `zscore`",
            "; sau nicio limită, medie sau abatere a tuturor unităților să nu depindă de ele: `goalposts` cu \
             limite declarate în loc de `minmax` și `zscore`",
        )
    })
}

/// Tables that are named, and columns of each.
const TABLES: usize = 3;
const COLUMNS: usize = 4;

/// Tables, each with its first columns; those whose columns are known first.
fn listed(tables: &BTreeMap<String, Vec<String>>) -> Message {
    let table = |(path, columns): (&String, &Vec<String>)| {
        let named: Vec<String> =
            columns.iter().take(COLUMNS).map(|column| format!("`{column}`")).collect();
        match (named.is_empty(), columns.len() > COLUMNS) {
            (true, _) => format!("`{path}`"),
            (false, false) => format!("`{path}` ({})", named.join(", ")),
            (false, true) => format!("`{path}` ({}, …)", named.join(", ")),
        }
    };
    let mut first: Vec<_> = tables.iter().collect();
    first.sort_by_key(|(_, columns)| columns.is_empty());
    let said: Vec<String> = first.into_iter().take(TABLES).map(table).collect();
    Message::same(said.join(", ")).and_more(tables.len().saturating_sub(TABLES))
}

/// A run that withholds small counts, whose rules allow a list only with some of these.
pub(crate) fn withheld_needs_list(count: u32) -> Advice {
    let message = message!(
        "that there is a list would tell something of the small counts that are withheld: if each was \
         {count}, there would be none; nothing was published",
        "faptul că există o listă ar spune ceva despre numărătorile mici nepublicate: dacă fiecare ar fi \
         {count}, nu ar exista; nu s-a publicat nimic",
    );
    message.advise(message!(
        "write `small = \"midpoint\"`, or change the rules so that they allow a list whatever these counts \
         are",
        "scrieți `small = \"midpoint\"` sau schimbați regulile, ca să permită o listă oricare ar fi aceste \
         numărători",
    ))
}

/// Kinds of findings that are not published, by rule and subject.
pub(crate) fn withheld_findings(kinds: &BTreeSet<(&'static str, String)>) -> Finding {
    let named = kinds.iter().map(|(rule, subject)| format!("`{rule}` ({subject})"));
    let message = message!(
        "findings that would say something of small counts are not published: {kinds}; the archive of the \
         run keeps them under `unmasked/`",
        "constatările care ar spune ceva despre numărători mici nu se publică: {kinds}; arhiva rulării le \
         păstrează în `unmasked/`",
        ;
        kinds = Message::same(named.collect::<Vec<_>>().join(", "))
    );
    Finding::new(&WITHHELD_FINDINGS, "publish", message)
}
