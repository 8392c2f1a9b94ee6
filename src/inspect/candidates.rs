//! Which columns could say what area a row is about, from a sample of their cells.

use std::collections::BTreeSet;

use super::extent::header_above;
use super::join::{Aside, KeyChoice};
use crate::ingest::{
    Around, Heading, KeyColumns, Page, heading, says_nothing, short, trim, unprotected,
};
use crate::register::{AreaMatch, CodeMatch, Level, Matcher, NameMatch, UNIT};
use crate::study::CountyFrom;

/// How many cells of a column are looked at.
const SAMPLE: usize = 240;
/// How many cells are looked up as names, which is slower.
const NAMES: usize = 60;
/// How many texts of a column may stand above its data: titles and the rows of a header.
const ABOVE: usize = 3;
/// How many columns are looked at, from the left.
const COLUMNS: u32 = 80;
/// How many columns of each kind are tried on the whole page.
const TRIED: usize = 3;

/// What the cells of a column may be, as shares of those that say anything.
struct Shares {
    column: u32,
    /// Whether most of its texts stand more than once.
    repeats: bool,
    code: f64,
    glued: f64,
    name: f64,
    /// Shares of labels of areas, by level, in the order of [`levels`].
    areas: Vec<f64>,
}

/// The keys that are worth a look, none twice. `around` is what stands around the table, where the county
/// of its names may be.
pub(super) fn candidates(
    page: &Page,
    matcher: &Matcher<'_>,
    around: Option<Around<'_>>,
) -> Vec<KeyChoice> {
    let levels = levels(matcher);
    let shares: Vec<Shares> = (1..=page.grid.width().min(COLUMNS))
        .filter_map(|column| shares(page, column, matcher, &levels))
        .collect();
    let best = |of: fn(&Shares) -> f64, least: f64| -> Vec<u32> {
        let mut found: Vec<(f64, u32)> = shares
            .iter()
            .map(|shares| (of(shares), shares.column))
            .filter(|(share, _)| *share >= least)
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        found.into_iter().map(|(_, column)| column).take(TRIED).collect()
    };
    let county = county(&shares, &levels);
    // Counties have the names of towns too: a column of few of them names no units.
    let is_county = |column: &u32| {
        let repeats = |of: &Shares| of.column == *column && of.repeats;
        county == Some(*column) && shares.iter().any(repeats)
    };
    let mut names = best(|shares| shares.name, 0.3);
    names.retain(|column| !is_county(column));
    let unit = |columns: KeyColumns| KeyChoice { columns, level: UNIT.to_owned(), aside: None };
    let mut choices = Vec::new();
    for code in best(|shares| shares.code, 0.1) {
        let beside = names.iter().copied().filter(|name| *name != code);
        let name = beside.rev().max_by_key(|&name| agreeing(page, [code, name], matcher));
        let county = county.filter(|county| *county != code && Some(*county) != name);
        choices.push(unit(KeyColumns { code: Some(code), name, county, ..KeyColumns::default() }));
    }
    for glued in best(|shares| shares.glued, 0.1) {
        choices.push(unit(KeyColumns { glued: Some(glued), ..KeyColumns::default() }));
    }
    for name in names {
        if let Some(county) = county.filter(|county| *county != name) {
            let (name, county) = (Some(name), Some(county));
            choices.push(unit(KeyColumns { name, county, ..KeyColumns::default() }));
        } else if county.is_none() {
            let columns = KeyColumns { name: Some(name), ..KeyColumns::default() };
            let asides = around.map(|around| asides(&around, name)).unwrap_or_default();
            choices.extend(
                asides.into_iter().map(|aside| KeyChoice { aside: Some(aside), ..unit(columns) }),
            );
        }
    }
    for (at, (level, _)) in levels.iter().enumerate() {
        let labelled = shares.iter().filter(|shares| shares.areas[at] >= 0.4).max_by(|a, b| {
            a.areas[at].total_cmp(&b.areas[at]).then_with(|| b.column.cmp(&a.column))
        });
        if let Some(shares) = labelled {
            let columns = KeyColumns { area: Some(shares.column), ..KeyColumns::default() };
            choices.push(KeyChoice { columns, level: (*level).to_owned(), aside: None });
        }
    }
    choices
}

/// Where the county of a column of names stands, when no column has it: in a row above the first of them,
/// or in the name of the file, a line above the header, the name of the sheet. Where these name several
/// counties, the names themselves tell of which they are.
fn asides(around: &Around<'_>, name: u32) -> Vec<Aside> {
    let Around { grid, matcher, .. } = *around;
    let is_unit = |&at: &usize| {
        let row = grid.row(at);
        let known = || matcher.name(trim(&short(row.cell(name).text())), None);
        row.cells().count() > 1
            && match known() {
                NameMatch::Unit(..) => true,
                NameMatch::Ambiguous(units) => !units.is_empty(),
                NameMatch::Unknown(_) => false,
            }
    };
    let Some(first) = (0..grid.len()).find(is_unit) else { return Vec::new() };
    let header = header_above(grid, first);
    let below = header.last().map_or(first, |&row| grid.after(row));
    if (below..first).any(|at| matches!(heading(matcher, &grid.row(at)), Some(Heading::County(_))))
    {
        return vec![Aside { places: vec![CountyFrom::Section], county: None }];
    }
    let top = header.first().copied();
    let places = [CountyFrom::File, CountyFrom::Title, CountyFrom::Sheet];
    let named = places.map(|from| (from, around.stated(from, top)));
    let mut asides: Vec<Aside> = Vec::new();
    for (from, county) in named {
        match asides.iter_mut().find(|aside| aside.county.as_deref() == county) {
            Some(known) => known.places.push(from),
            None => asides.extend(
                county.map(|county| Aside { places: vec![from], county: Some(county.to_owned()) }),
            ),
        }
    }
    asides
}

/// The column with most labels of counties, or of the finest level above the units.
fn county(shares: &[Shares], levels: &[(&str, &Level)]) -> Option<u32> {
    levels.first()?;
    shares
        .iter()
        .filter(|shares| shares.areas[0] >= 0.6)
        .max_by(|a, b| a.areas[0].total_cmp(&b.areas[0]).then_with(|| b.column.cmp(&a.column)))
        .map(|shares| shares.column)
}

/// The levels of areas above the units that are places, finest first: those that lie inside each
/// other, the first of those that cut the country alike.
pub(super) fn levels<'m>(matcher: &'m Matcher<'_>) -> Vec<(&'m str, &'m Level)> {
    let register = matcher.register();
    let mut levels: Vec<(&str, &Level)> = register
        .columns()
        .iter()
        .filter_map(|name| Some((name.as_str(), register.level(name)?)))
        .filter(|(_, level)| level.areas.len() > 1)
        .collect();
    levels.sort_by_key(|(_, level)| std::cmp::Reverse(level.areas.len()));
    let mut chain: Vec<(&str, &Level)> = Vec::new();
    for (name, level) in levels.iter().filter(|(name, _)| *name == "county").chain(&levels) {
        let fits = chain.iter().all(|(_, finer)| finer.refines(level) && !level.refines(finer));
        if fits {
            chain.push((name, level));
        }
    }
    chain
}

/// Cells of a column, spread evenly over the page, that say something.
fn sample(page: &Page, column: u32) -> Vec<String> {
    let rows = page.grid.len();
    let step = rows.div_ceil(SAMPLE).max(1);
    (0..rows)
        .step_by(step)
        .map(|at| unprotected(trim(&short(page.grid.row(at).cell(column).text()))).to_owned())
        .filter(|text| !says_nothing(text))
        .collect()
}

/// How many sampled rows have a code and the name of its unit in two columns.
fn agreeing(page: &Page, [code, name]: [u32; 2], matcher: &Matcher<'_>) -> usize {
    let step = page.grid.len().div_ceil(SAMPLE).max(1);
    let agrees = |at: &usize| {
        let text = |column: u32| short(page.grid.row(*at).cell(column).text());
        match matcher.code(unprotected(trim(&text(code)))) {
            CodeMatch::Unit(unit, _) => matcher.is_name_of(trim(&text(name)), unit),
            CodeMatch::Locality { .. } | CodeMatch::Area { .. } | CodeMatch::Unknown { .. } => {
                false
            }
        }
    };
    (0..page.grid.len()).step_by(step).filter(agrees).count()
}

fn shares(
    page: &Page,
    column: u32,
    matcher: &Matcher<'_>,
    levels: &[(&str, &Level)],
) -> Option<Shares> {
    let texts = sample(page, column);
    if texts.is_empty() {
        return None;
    }
    let share = |hits: usize, of: usize| hits as f64 / of.max(1) as f64;
    let spells = |text: &&String| text.contains(char::is_alphabetic);
    let words: Vec<&String> = texts.iter().filter(spells).collect();
    let (mut units, mut known, mut glued) = (0, 0, 0);
    for text in &texts {
        match matcher.code(text) {
            CodeMatch::Unit(..) => (units, known) = (units + 1, known + 1),
            CodeMatch::Locality { .. } | CodeMatch::Area { .. } => known += 1,
            CodeMatch::Unknown { .. } => {}
        }
        let code = matcher.split_glued(text).map(|(code, _)| matcher.code(code));
        glued += usize::from(matches!(code, Some(CodeMatch::Unit(..))));
    }
    let is_code = share(known, texts.len()) >= 0.5;
    let distinct: BTreeSet<&str> = texts.iter().map(String::as_str).collect();
    // Beside a county that is written once for its block, titles and headers are many.
    let is_sparse = texts.len() * 3 <= page.grid.len().min(SAMPLE);
    let below = if is_sparse { texts.len().saturating_sub(ABOVE) } else { texts.len() };
    let areas = levels.iter().map(|(level, _)| {
        let is = |text: &&&String| matches!(matcher.area(level, text), AreaMatch::Area(..));
        let found = words.iter().filter(is).count();
        // Numbers may be codes of areas too, but then a code of a unit is the better key.
        share(found, below.max(found))
    });
    let looked_up = || words.iter().step_by(words.len().div_ceil(NAMES).max(1));
    let is_name = |text: &&&String| match matcher.name(text, None) {
        NameMatch::Unit(..) => true,
        NameMatch::Ambiguous(units) => !units.is_empty(),
        NameMatch::Unknown(_) => false,
    };
    let named = share(looked_up().filter(is_name).count(), looked_up().count());
    Some(Shares {
        column,
        repeats: distinct.len() * 2 < texts.len(),
        code: if is_code { share(units, texts.len()) } else { 0.0 },
        glued: share(glued, texts.len()),
        name: named * share(words.len(), texts.len()),
        areas: areas.collect(),
    })
}
