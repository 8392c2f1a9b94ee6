//! What is said of small counts: what stands in their place, and what would give one back.

use super::run::{MASKED_SOURCE, SMALL_COUNTS};
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
pub(crate) fn withheld_gives_back(cells: usize, count: u32, tables: &[&str]) -> Advice {
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
        tables = Message::same(
            tables.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", ")
        ),
    );
    message.advise(message!(
        "write `small = \"midpoint\"`: then the whole run computes with the middle of the small counts, \
         and everything can be published",
        "scrieți `small = \"midpoint\"`: atunci totul se calculează cu mijlocul numărătorilor mici și se \
         poate publica integral",
    ))
}
