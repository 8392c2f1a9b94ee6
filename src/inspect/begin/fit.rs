//! Which table of a folder gives which measure of a methodology: the words decide, then the level, then
//! the newest period.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::needs::{Need, needs};
use super::offer::{Offer, Offered};
use super::vocabulary::{Term, says_any};
use crate::language::Period;
use crate::observation::Nature;
use crate::study::bundled_methodologies;

/// What says that a column is a measure, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum By {
    /// The name of its file alone, or a title that names other things too.
    Doubt,
    /// The title of its table, its sheet or its dimensions, or the code of a TEMPO matrix.
    Title,
    /// Its own header.
    Header,
}

/// A column that a measure is taken from.
#[derive(Clone, Debug)]
pub(super) struct Taken {
    pub(super) term: &'static Term,
    /// Position among the measures of the offer.
    pub(super) at: usize,
    pub(super) by: By,
    pub(super) period: Option<Period>,
    /// Other columns of the same table that could be it as well.
    pub(super) others: Vec<usize>,
}

/// A table that becomes a source.
#[derive(Clone, Debug)]
pub(super) struct Fitted {
    pub(super) id: String,
    /// Position among the offers.
    pub(super) offer: usize,
    pub(super) measures: Vec<Taken>,
    /// Other tables that have measures of this source too, with their period.
    pub(super) passed_over: Vec<(usize, Option<Period>)>,
}

impl Fitted {
    /// A measure of it, as formulas name it.
    pub(super) fn name(&self, taken: &Taken) -> String {
        format!("{}.{}", self.id, taken.term.measure[1])
    }

    /// The period of its first measure that has one.
    pub(super) fn period(&self) -> Option<Period> {
        self.measures.iter().find_map(|taken| taken.period)
    }
}

/// The tables of a folder fitted to a methodology.
#[derive(Debug)]
pub(super) struct Fit {
    pub(super) methodology: &'static str,
    pub(super) needs: Vec<Need>,
    pub(super) sources: Vec<Fitted>,
    /// For each offer the measures that it has and could give, missing ones among them.
    given: Vec<Vec<(&'static Term, usize)>>,
}

/// Measures that were tried and could not be read: offer and measure.
pub(super) type Failed = BTreeSet<(usize, usize)>;

impl Fit {
    /// The offers fitted to the bundled methodology that finds most of its measures; the first of
    /// those that find as many.
    pub(super) fn best(offers: &[Offer], failed: &Failed) -> Self {
        let fits = bundled_methodologies().map(|name| Self::to(name, offers, failed));
        let best = fits.min_by_key(|fit| fit.missing().len());
        best.expect("there are bundled methodologies")
    }

    fn to(methodology: &'static str, offers: &[Offer], failed: &Failed) -> Self {
        let needs = needs(methodology);
        let mut ids: Vec<&'static str> = Vec::new();
        for term in needs.iter().flat_map(|need| &need.terms) {
            if !ids.contains(&term.measure[0]) {
                ids.push(term.measure[0]);
            }
        }
        let choice = Choice { needs: &needs, offers, failed };
        let sources = ids.into_iter().filter_map(|id| choice.source(id)).collect();
        let given = offers.iter().enumerate().map(|(at, offer)| {
            let terms = needs.iter().flat_map(|need| &need.terms);
            let given =
                terms.filter_map(|term| Some((*term, taken(term, (at, offer), failed)?.at)));
            given.collect()
        });
        let mut fit = Self { methodology, sources, given: given.collect(), needs };
        fit.take_apart(offers, failed);
        fit
    }

    /// Takes measures that the table of their source lacks from tables of their own.
    fn take_apart(&mut self, offers: &[Offer], failed: &Failed) {
        for term in self.missing() {
            let choice = Choice { needs: &self.needs, offers, failed };
            let whole = self.sources.iter().position(|fitted| fitted.id == term.measure[0]);
            let Some(whole) = whole else { continue };
            let period = self.sources[whole].period();
            let id = term.measure.join("_");
            let Some(apart) = choice.best(id, &[term], period) else { continue };
            self.sources[whole].passed_over.retain(|(offer, _)| *offer != apart.offer);
            self.sources.push(apart);
        }
    }

    /// Measures that are not taken from the table of their source, each with that source.
    pub(super) fn apart(&self) -> impl Iterator<Item = (&Fitted, &Taken, &Fitted)> {
        self.taken().filter_map(|(fitted, taken)| {
            let whole = self.sources.iter().find(|whole| whole.id == taken.term.measure[0])?;
            (whole.id != fitted.id).then_some((fitted, taken, whole))
        })
    }

    /// The formulas of the indicators that need measures under other names than the methodology gives
    /// them, by the id of the indicator.
    pub(super) fn renamed(&self) -> Vec<(&str, String)> {
        let other = |name: &str| {
            let mut apart = self.apart();
            let (fitted, taken, _) = apart.find(|(_, taken, _)| taken.term.name() == name)?;
            Some(fitted.name(taken))
        };
        let renamed = self.needs.iter();
        renamed.filter_map(|need| Some((need.indicator.as_str(), need.renamed(&other)?))).collect()
    }

    /// The position of the column of an offer that is a measure, if any is.
    pub(super) fn column_of(&self, term: &Term, offer: usize) -> Option<usize> {
        let given = self.given[offer].iter().find(|(known, _)| known.measure == term.measure);
        given.map(|(_, at)| *at)
    }

    /// Every measure that is taken, with its table.
    pub(super) fn taken(&self) -> impl Iterator<Item = (&Fitted, &Taken)> {
        self.sources
            .iter()
            .flat_map(|fitted| fitted.measures.iter().map(move |taken| (fitted, taken)))
    }

    /// The measures that no table gives, each once, in the order of the methodology.
    pub(super) fn missing(&self) -> Vec<&'static Term> {
        let mut missing: Vec<&'static Term> = Vec::new();
        for term in self.needs.iter().flat_map(|need| &need.terms).copied() {
            if self.lacks(term) && missing.iter().all(|known| known.measure != term.measure) {
                missing.push(term);
            }
        }
        missing
    }

    /// Whether no table gives a measure.
    pub(super) fn lacks(&self, term: &Term) -> bool {
        !self.taken().any(|(_, taken)| taken.term.measure == term.measure)
    }
}

/// What a table is chosen by, and among which.
struct Choice<'a> {
    needs: &'a [Need],
    offers: &'a [Offer],
    failed: &'a Failed,
}

impl Choice<'_> {
    /// The best table for a source with all its measures.
    fn source(&self, id: &str) -> Option<Fitted> {
        let mut terms: Vec<&'static Term> = Vec::new();
        for term in self.asked() {
            if term.measure[0] == id && terms.iter().all(|known| known.measure != term.measure) {
                terms.push(term);
            }
        }
        self.best(id.to_owned(), &terms, None)
    }

    /// Every measure that an indicator asks for, as often as it is asked for.
    fn asked(&self) -> impl Iterator<Item = &'static Term> {
        self.needs.iter().flat_map(|need| &need.terms).copied()
    }

    /// The best table for some measures: the one with those that most indicators ask for, of the finest
    /// level, of many of the areas, with a title or header that says so, of the period that is wanted,
    /// else of the newest.
    fn best(&self, id: String, terms: &[&'static Term], wanted: Option<Period>) -> Option<Fitted> {
        let offers = self.offers;
        let mut candidates: Vec<(usize, Vec<Taken>)> = Vec::new();
        for (at, offer) in offers.iter().enumerate() {
            let taken = terms.iter().filter_map(|term| taken(term, (at, offer), self.failed));
            let taken: Vec<Taken> = taken.collect();
            if !taken.is_empty() {
                candidates.push((at, taken));
            }
        }
        let most = candidates.iter().map(|(at, _)| offers[*at].areas).max().unwrap_or(0);
        let asked =
            |taken: &Taken| self.asked().filter(|term| term.measure == taken.term.measure).count();
        candidates.sort_by_key(|(at, taken)| {
            let offer = &offers[*at];
            let level = taken[0].term.levels.iter().position(|level| *level == offer.level);
            let wide = offer.areas * 2 >= most;
            let by = taken.iter().map(|taken| taken.by).min();
            let newest = taken[0].period;
            let is_wanted = wanted.is_some() && newest == wanted;
            let sure = by > Some(By::Doubt);
            let asked: usize = taken.iter().map(asked).sum();
            (Reverse(asked), level, Reverse((wide, sure, is_wanted, newest, by)))
        });
        let mut candidates = candidates.into_iter();
        let (offer, measures) = candidates.next()?;
        let passed_over = candidates.map(|(at, taken)| (at, taken[0].period)).collect();
        Some(Fitted { id, offer, measures, passed_over })
    }
}

/// Whether a table has a measure.
pub(super) fn has(term: &'static Term, offer: &Offer) -> bool {
    taken(term, (0, offer), &Failed::new()).is_some()
}

/// The column of a table that is the measure, if any is.
fn taken(term: &'static Term, (at, offer): (usize, &Offer), failed: &Failed) -> Option<Taken> {
    if !term.levels.contains(&offer.level.as_str()) {
        return None;
    }
    let mut found: Vec<Candidate> = Vec::new();
    for (position, measure) in offer.measures.iter().enumerate() {
        if let Some(by) = recognised(term, offer, measure)
            && !failed.contains(&(at, position))
        {
            let worse = term.rather.iter().position(|word| says_any(&measure.header, &[word]));
            let worse = Reverse(worse.unwrap_or(term.rather.len()));
            let likely = (by, worse, measure.period);
            found.push(Candidate { likely, position: Reverse(position) });
        }
    }
    found.sort();
    let Candidate { likely, position } = found.pop()?;
    let alike = found.iter().rev().filter(|other| other.likely == likely);
    let others = alike.map(|other| other.position.0).collect();
    let (by, _, period) = likely;
    Some(Taken { term, at: position.0, by, period: period.or(offer.period), others })
}

/// A column that could be the measure; the likeliest is the greatest.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    /// What says so, how far from the best word for it, and its period.
    likely: (By, Reverse<usize>, Option<Period>),
    position: Reverse<usize>,
}

/// What says that a column is the measure; `None` when nothing does, or when something speaks against
/// it.
fn recognised(term: &Term, offer: &Offer, measure: &Offered) -> Option<By> {
    let header = &measure.header;
    if !term.allows(header) || !fits_numbers(term, measure) {
        return None;
    }
    let by = if says_any(header, term.about) {
        By::Header
    } else if term.is_other(header) {
        return None;
    } else {
        around(term, offer)?
    };
    let is_column = term.column.is_empty() || says_any(header, term.column);
    // A column without words of its own is what its table is about.
    let is_of_table = || {
        let texts = [&offer.title, &offer.sheet, &offer.name];
        texts.into_iter().any(|text| says_any(text, term.column))
    };
    (is_column || (is_bare(header) && is_of_table())).then_some(by)
}

/// What around a column says that it is the measure; a title that names measures of several sources
/// says it of none.
fn around(term: &Term, offer: &Offer) -> Option<By> {
    let own = |text: &String| says_any(text, term.about);
    let titles = [&offer.title, &offer.sheet];
    if says_any(&offer.name, term.matrices)
        || titles.iter().any(|text| own(text) && !term.is_other(text))
    {
        return Some(By::Title);
    }
    (own(&offer.name) || titles.into_iter().any(own)).then_some(By::Doubt)
}

/// Whether a header says no more than that there is a value, or of which year.
fn is_bare(header: &str) -> bool {
    let words = ["anul", "valoare", "valori", "value", "values", "total", "date"];
    let mut texts = header.split(|letter: char| !letter.is_alphabetic());
    texts.all(|word| word.is_empty() || words.contains(&word))
}

/// Whether the numbers of a column can be those of the measure.
fn fits_numbers(term: &Term, measure: &Offered) -> bool {
    let drafted = measure.declared.get("nature").and_then(toml::Value::as_str);
    let is_count = drafted == Some("count");
    match (term.nature, measure.whole) {
        (Nature::Count, Some(whole)) => whole,
        (Nature::Count, None) => is_count,
        (Nature::Rate, Some(_)) => measure.greatest.is_none_or(|greatest| greatest <= 100.0),
        (Nature::Rate, None) => !is_count,
        (Nature::Amount | Nature::Category | Nature::Text, _) => true,
    }
}
