//! What is to be said of the files of a folder: first what is missing, then what cannot be read, then
//! what is in doubt; and what was left aside.

use super::fit::{By, Fit, Fitted, Taken};
use super::is_boundaries;
use super::offer::{Offer, file_name};
use super::trial::Trial;
use super::vocabulary::{Term, says_any};
use crate::ingest::fold;
use crate::inspect::marks::is_usual;
use crate::inspect::portrait::Portrait;
use crate::language::Period;
use crate::message::begin as message;
use crate::message::inspect;
use crate::quality::Message;

/// The most columns of a table that are named.
const COLUMNS: usize = 5;

/// Everything that is known of a folder.
pub(super) struct Account<'a> {
    pub(super) portraits: &'a [Portrait],
    /// Files that were not opened, each with the reason.
    pub(super) beside: &'a [(String, Message)],
    pub(super) offers: &'a [Offer],
    pub(super) fit: &'a Fit,
    pub(super) trial: &'a Trial,
}

impl Account<'_> {
    /// What a person mends, in that order. `refused` was recognised and could not be read.
    pub(super) fn to_mend(&self, refused: Vec<Message>) -> Vec<Message> {
        let mut mend = Vec::new();
        if self.fit.sources.is_empty() {
            mend.push(message::nothing_fits(self.fit.methodology));
        }
        for term in self.fit.missing() {
            mend.push(message::missing(&term.name(), term.what, term.levels));
            mend.extend(self.related(term));
            mend.extend(self.perhaps(term));
        }
        mend.extend(refused);
        mend.extend(self.trial.errors.iter().cloned());
        let sources = || self.fit.sources.iter();
        mend.extend(sources().flat_map(|fitted| self.marks(fitted)));
        mend.extend(sources().flat_map(|fitted| self.doubts(fitted)));
        mend.extend(self.apart().into_iter().filter(|(is_sure, _)| !is_sure).map(|(_, said)| said));
        mend.extend(self.gaps());
        mend
    }

    /// Measures of one source that stand in two files, and whether both are known to be of one period.
    fn apart(&self) -> Vec<(bool, Message)> {
        let path = |fitted: &Fitted| self.offers[fitted.offer].path.as_str();
        let apart = self.fit.apart().map(|(fitted, taken, whole)| {
            let periods = [fitted.period(), whole.period()];
            let is_sure = periods[0].is_some() && periods[0] == periods[1];
            let name = (taken.term.name(), fitted.name(taken));
            let files = [path(fitted), path(whole)];
            let said = if is_sure {
                message::two_files((&name.0, &name.1), files)
            } else {
                let periods = periods.map(|period| period.map(Period::text));
                message::two_dates((&name.0, &name.1), files, periods)
            };
            (is_sure, said)
        });
        apart.collect()
    }

    /// Tables that speak of a measure, of a level at which it is taken, and have no such column.
    fn related(&self, term: &Term) -> Vec<Message> {
        let speaks = |offer: &&Offer| {
            let own = [&offer.title, &offer.sheet, &offer.name];
            let headers = offer.measures.iter().map(|measure| &measure.header);
            let is_of_level = term.levels.contains(&offer.level.as_str());
            is_of_level && own.into_iter().chain(headers).any(|text| says_any(text, term.about))
        };
        let idle = self.offers.iter().filter(|offer| !offer.is_list()).filter(speaks);
        idle.map(|offer| {
            let columns = offer.measures.iter().take(COLUMNS).map(|one| one.shown.clone());
            message::related(&term.name(), &offer.path, &columns.collect::<Vec<_>>())
        })
        .collect()
    }

    /// Files that speak of a measure and are no sources.
    fn perhaps(&self, term: &Term) -> Vec<Message> {
        let speaks = |portrait: &&Portrait| {
            let table = portrait.table.as_ref();
            let above = table.map(|table| table.above.join(" ")).unwrap_or_default();
            let headers = table.map(|table| table.columns.iter().map(|one| one.header.as_str()));
            let headers = headers.map(|headers| headers.collect::<Vec<_>>().join(" "));
            let name = file_name(&portrait.path).replace(['_', '-', '.'], " ");
            let text = fold(&format!("{name} {above} {}", headers.unwrap_or_default()));
            says_any(&text, term.about)
        };
        let no_source = self.portraits.iter().filter(|portrait| !stands(portrait)).filter(speaks);
        no_source
            .map(|portrait| message::perhaps(&term.name(), &portrait.path, &why_not(portrait)))
            .collect()
    }

    /// Texts among the numbers of a source of which nobody said what they mean.
    fn marks(&self, fitted: &Fitted) -> Vec<Message> {
        let offer = &self.offers[fitted.offer];
        let Some(declared) = offer.block.get("missing").and_then(toml::Value::as_table) else {
            return Vec::new();
        };
        let columns = fitted.measures.iter().map(|taken| &offer.measures[taken.at]);
        columns
            .flat_map(|column| {
                let is_open = |mark: &String| declared.contains_key(mark) && !is_usual(mark);
                let undeclared = column.marks.iter().filter(move |(mark, _)| is_open(mark));
                undeclared
                    .map(|(mark, count)| message::mark(&fitted.id, mark, (&column.shown, *count)))
            })
            .collect()
    }

    /// Doubts about the choice of a source and its columns.
    fn doubts(&self, fitted: &Fitted) -> Vec<Message> {
        let offer = &self.offers[fitted.offer];
        let mut doubts = Vec::new();
        for taken in &fitted.measures {
            let Taken { term, at, by, others, .. } = taken;
            let (name, shown) = (fitted.name(taken), &offer.measures[*at].shown);
            if *by == By::Doubt {
                doubts.push(message::by_file(&name, shown, &offer.path, term.what));
            }
            if let Some(numbers) = offer.measures[*at].declared.get("numbers") {
                doubts.push(message::two_readings(&name, shown, &numbers.to_string()));
            }
            if !others.is_empty() {
                let others: Vec<String> =
                    others.iter().map(|&at| format!("`{}`", offer.measures[at].shown)).collect();
                doubts.push(message::several(&name, shown, &others));
            }
        }
        let is_beside = |at: usize| self.offers[at].path == offer.path;
        if fitted.passed_over.iter().any(|other| is_beside(other.0)) {
            doubts.push(message::blocks(&fitted.id, &offer.path));
        }
        let as_good = fitted.passed_over.iter().filter(|other| self.is_as_good(fitted, other));
        let has_same = |offer: usize| {
            fitted.measures.iter().any(|taken| self.fit.column_of(taken.term, offer).is_some())
        };
        let others = as_good.filter(|other| !is_beside(other.0));
        let as_new = others.filter(|other| has_same(other.0));
        doubts.extend(
            as_new.map(|(at, _)| message::as_new(&fitted.id, &offer.path, &self.offers[*at].path)),
        );
        doubts
    }

    /// Whether a table that was passed over is of the same level and of the same period.
    fn is_as_good(&self, fitted: &Fitted, (at, period): &(usize, Option<Period>)) -> bool {
        self.offers[*at].level == self.offers[fitted.offer].level && *period == fitted.period()
    }

    /// Measures without a value somewhere.
    fn gaps(&self) -> Vec<Message> {
        let lacking = self.trial.coverage.iter().filter(|coverage| coverage.without > 0);
        lacking
            .map(|lack| message::gaps(&lack.measure, (lack.without, lack.of), lack.confidential))
            .collect()
    }

    /// Indicators that no file gives, with the reason; none when no file gives any.
    pub(super) fn omitted(&self) -> Vec<(String, Message)> {
        if self.fit.sources.is_empty() {
            return Vec::new();
        }
        let lacking = self.fit.needs.iter().filter_map(|need| {
            let lacking = need.terms.iter().filter(|term| self.fit.lacks(term));
            let lacking: Vec<String> = lacking.map(|term| term.name()).collect();
            let reason = message::omitted(&lacking);
            (!lacking.is_empty()).then(|| (need.indicator.clone(), reason))
        });
        lacking.collect()
    }

    /// What was left aside, and why.
    pub(super) fn to_know(&self) -> Vec<Message> {
        let mut know = Vec::new();
        if !self.trial.counties.is_empty() {
            let counties: Vec<&str> = self.trial.counties.iter().map(String::as_str).collect();
            know.push(message::restricted(&counties));
        }
        know.extend(self.apart().into_iter().filter(|(is_sure, _)| *is_sure).map(|(_, said)| said));
        know.extend(self.fit.sources.iter().filter_map(|fitted| self.older(fitted)));
        let mut idle: Vec<String> = Vec::new();
        let mut refused: Vec<(Message, Vec<String>)> = Vec::new();
        let mut refuse =
            |path: &String, why: Message| match refused.iter_mut().find(|(known, _)| *known == why)
            {
                Some((_, paths)) => paths.push(path.clone()),
                None => refused.push((why, vec![path.clone()])),
            };
        for portrait in self.portraits {
            if self.is_spoken_of(&portrait.path) {
                continue;
            }
            if stands(portrait) {
                idle.push(portrait.path.clone());
            } else {
                refuse(&portrait.path, why_not(portrait));
            }
        }
        self.beside.iter().for_each(|(path, why)| refuse(path, why.clone()));
        if !idle.is_empty() {
            know.push(message::not_needed(&idle, self.fit.methodology));
        }
        know.extend(refused.iter().map(|(why, paths)| message::no_source(paths, why)));
        know
    }

    /// Tables that have a source too, and are older or smaller.
    fn older(&self, fitted: &Fitted) -> Option<Message> {
        let taken = &self.offers[fitted.offer].path;
        let worse = fitted.passed_over.iter().filter(|other| !self.is_as_good(fitted, other));
        let paths = worse.map(|(at, _)| self.offers[*at].path.clone());
        let paths: Vec<String> = paths.filter(|path| path != taken).collect();
        (!paths.is_empty()).then(|| message::passed_over(&fitted.id, taken, &paths))
    }

    /// Whether a file is read, or named as one that could be.
    fn is_spoken_of(&self, path: &str) -> bool {
        let has = |offer: &Offer| offer.files().any(|file| file == path);
        let more = self.more().into_iter().any(has);
        more || self.fit.sources.iter().any(|fitted| {
            let passed_over = fitted.passed_over.iter().map(|(at, _)| *at);
            passed_over.chain([fitted.offer]).any(|at| has(&self.offers[at]))
        })
    }

    /// Tables that the index does not use and a study can have: lists of units, and boundaries.
    pub(super) fn more(&self) -> Vec<&Offer> {
        let is_used = |at: usize| {
            self.fit.sources.iter().any(|fitted| {
                fitted.offer == at || fitted.passed_over.iter().any(|other| other.0 == at)
            })
        };
        let more = self
            .offers
            .iter()
            .enumerate()
            .filter(|(at, offer)| !is_used(*at) && (offer.is_list() || is_boundaries(offer)));
        more.map(|(_, offer)| offer).collect()
    }
}

/// What is good to know of a table that the index does not use.
pub(super) fn of_more(offer: &Offer) -> Message {
    if is_boundaries(offer) { message::drawn(&offer.path) } else { message::listed(&offer.path) }
}

fn stands(portrait: &Portrait) -> bool {
    portrait.tables().any(|table| table.draft.stands)
}

/// Why a file is no source.
fn why_not(portrait: &Portrait) -> Message {
    let first = || portrait.table.as_ref().and_then(|table| table.draft.notes.first());
    match &portrait.obstacle {
        Some(obstacle) if obstacle.hint.en.is_empty() => obstacle.message.clone(),
        Some(obstacle) => inspect::with_advice(&obstacle.message, &obstacle.hint),
        None => first().map_or_else(inspect::no_table, |note| note.text.clone()),
    }
}
