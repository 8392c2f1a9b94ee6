//! Two runs side by side: who moves, who enters and leaves, and what changed in what they were made
//! from.
//!
//! A side is read from what a run wrote, so that a study, a run folder and a bag are compared alike.

mod mixed;
mod moves;
mod shares;
mod side;
mod sources;
mod sureness;

pub use side::{Side, Unreadable};

use serde::Serialize;

use crate::ingest::ReadLimits;
use crate::language::{Language, lei};
use crate::message::compare as message;
use crate::quality::{Message, printable};
use crate::watch::{Interrupted, Watch};
use moves::{Area, Crossing, Move, Moves, PhaseChange, Share, Totals, moves};
use sources::sources;
use sureness::{Sureness, sureness};

/// Two runs compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// How the sides are called.
    pub(crate) names: [String; 2],
    /// What changed in inputs, study, methodology and programme, a sentence each.
    pub(crate) changes: Vec<Message>,
    /// Whether every cell of the index and of the selection is the same.
    pub same_results: bool,
    /// Why the moves do not say how much of them each change made; `None` when they do, or when
    /// nobody moved.
    pub(crate) untold: Option<Message>,
    /// Who moved.
    pub(crate) moves: Moves,
    /// What changed in how sure places are, where both sides drew doubts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sureness: Option<Sureness>,
}

/// Compares two sides; input files are read under the given terms where a run shows how much of a
/// move each change made.
///
/// # Errors
/// Somebody asked to stop.
pub fn compare(
    a: &Side,
    b: &Side,
    terms: &ReadLimits,
    watch: &dyn Watch,
) -> Result<Comparison, Interrupted> {
    let mut moves = moves(a, b);
    let untold = shares::attribute(&mut moves, [a, b], terms, watch)?;
    Ok(Comparison {
        names: [a.name.clone(), b.name.clone()],
        changes: sources(a, b),
        same_results: a.index == b.index && a.selection == b.selection && a.sure == b.sure,
        untold,
        moves,
        sureness: sureness(a, b),
    })
}

impl Comparison {
    /// The same with what is said in one language only.
    #[must_use]
    pub fn only(mut self, language: Language) -> Self {
        self.changes = self.changes.into_iter().map(|change| change.only(language)).collect();
        self.untold = self.untold.map(|why| why.only(language));
        self
    }
}

/// Units shown of each list; the rest are counted. `--json` has them all.
const SHOWN: usize = 15;

/// The comparison in words, a line or a block each.
pub fn text(it: &Comparison, language: Language) -> String {
    let mut page = Page { out: String::new(), language };
    let [a, b] = &it.names;
    page.line(&format!("{a} -> {b}\n"));
    page.say(&if it.changes.is_empty() { message::same() } else { message::changed() });
    page.some(it.changes.iter().map(|change| change.text(language).to_owned()).collect());
    page.scored(&it.moves, [a, b]);
    page.largest(&it.moves.units);
    if let Some(why) = &it.untold {
        page.say(&message::untold(why));
    }
    it.moves.phases.iter().for_each(|phase| page.phase(phase));
    if it.moves.moved > 0 {
        page.say(&message::by_county());
        it.moves.counties.iter().for_each(|area| page.county(area));
    }
    it.sureness.iter().for_each(|sureness| page.sureness(sureness));
    page.out
}

/// A page of words in one language.
struct Page {
    out: String,
    language: Language,
}

impl Page {
    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn say(&mut self, message: &Message) {
        self.line(message.text(self.language));
    }

    /// The first of some lines, and how many more there are.
    fn some(&mut self, lines: Vec<String>) {
        let more = lines.len().saturating_sub(SHOWN);
        lines.into_iter().take(SHOWN).for_each(|it| self.line(&format!("  {}", printable(&it))));
        if more > 0 {
            self.say(&message::and_more(&count(more)));
        }
    }

    fn fixed(&self, value: f64, decimals: usize) -> String {
        Message::number(value, decimals).text(self.language).to_owned()
    }

    /// Who has a score, and how alike the two orders are.
    fn scored(&mut self, moves: &Moves, [a, b]: [&String; 2]) {
        let number = |value: Option<f64>| {
            value.map_or_else(|| Message::same("-"), |value| Message::number(value, 4))
        };
        let units =
            Message::counted(moves.both, ["unit has", "units have"], ["unitate are", "unități au"]);
        let (spearman, kendall) = (number(moves.spearman), number(moves.kendall));
        self.say(&message::both(&units, &count(moves.moved), &spearman, &kendall));
        for (codes, side) in [(&moves.only_first, a), (&moves.only_second, b)] {
            if !codes.is_empty() {
                let units =
                    Message::counted(codes.len(), ["unit", "units"], ["unitate", "unități"]);
                self.say(&message::only_scored(side, &units));
                self.some(codes.clone());
            }
        }
        for overlap in &moves.overlaps {
            let share = Message::number(overlap.shared as f64 / overlap.k as f64 * 100.0, 1);
            self.say(&message::shared(&count(overlap.k), &count(overlap.shared), &share));
        }
    }

    fn largest(&mut self, units: &[Move]) {
        if !units.is_empty() {
            self.say(&message::largest_moves());
        }
        for it in units.iter().take(SHOWN) {
            let [from, to] = it.places;
            let [old, new] = it.scores.map(|score| self.fixed(score, 3));
            let name = printable(&format!("{}, {} ({})", it.name, it.county, it.code));
            self.line(&format!("  {from:>6} -> {to:>6}  {old:>9} -> {new:>9}  {name}"));
            if it.shares.len() > 1 {
                let shares: Vec<String> =
                    it.shares.iter().map(|it| share(it).text(self.language).to_owned()).collect();
                self.line(&format!("    {}", shares.join("; ")));
            }
        }
        if units.len() > SHOWN {
            self.say(&message::and_more(&count(units.len() - SHOWN)));
        }
    }

    /// Who enters and leaves a phase, or the list.
    fn phase(&mut self, change: &PhaseChange) {
        let which = match change.phase.as_str() {
            "any" => message::list(),
            phase => message::phase(phase),
        };
        let [enter, leave] = [&change.enter, &change.leave].map(|units| count(units.len()));
        self.say(&message::crossings(&which, &enter, &leave));
        for (sign, units) in [('+', &change.enter), ('-', &change.leave)] {
            self.some(units.iter().map(|it| self.crossing(sign, it)).collect());
        }
        let moves = !change.enter.is_empty() || !change.leave.is_empty();
        if let (true, [Some(before), Some(after)]) = (moves, &change.totals) {
            let told: Vec<String> = totals(before, after)
                .iter()
                .map(|total| total.text(self.language).to_owned())
                .collect();
            let all = if change.phase == "any" { message::in_all() } else { message::phase_adds() };
            self.line(&format!("  {} {}", all.text(self.language), told.join(", ")));
        }
    }

    /// A unit that enters or leaves.
    fn crossing(&self, sign: char, it: &Crossing) -> String {
        let score = it.score.as_deref().map_or_else(String::new, |score| {
            format!("  {}", as_published(score).text(self.language))
        });
        format!("{sign} {}, {} ({}){score}", it.name, it.county, it.code)
    }

    fn county(&mut self, area: &Area) {
        let (mean, largest) = (self.fixed(area.mean_move, 1), area.largest_move);
        let [before, after] = area.selected;
        let (units, name) = (area.units, printable(&area.county));
        self.line(&format!(
            "  {units:>5}  {mean:>8}  {largest:>6}  {before:>5} -> {after:>5}  {name}"
        ));
    }
}

impl Page {
    /// Whose standing is another one, and whose share of variants moved most.
    fn sureness(&mut self, it: &Sureness) {
        let turned = it.units.iter().filter(|unit| unit.turns()).count();
        let units = Message::counted(it.both, ["unit", "units"], ["unitate", "unități"]);
        self.say(&message::sure(&units, &count(turned)));
        for turn in &it.turns {
            let [before, after] = turn.standings.each_ref().map(|it| message::standing(it));
            self.say(&message::turned(&before, &after, &count(turn.units)));
        }
        if !it.units.is_empty() {
            self.say(&message::largest_shares());
        }
        let share = |share: Option<f64>, page: &Self| {
            share.map_or_else(|| "-".to_owned(), |share| page.fixed(share * 100.0, 1))
        };
        for unit in it.units.iter().take(SHOWN) {
            let [old, new] = unit.shares.map(|it| share(it, self));
            let [before, after] = unit.standings.each_ref().map(|it| message::standing(it));
            let standing = if unit.turns() {
                format!("{} -> {}", before.text(self.language), after.text(self.language))
            } else {
                after.text(self.language).to_owned()
            };
            let name = printable(&format!("{}, {} ({})", unit.name, unit.county, unit.code));
            self.line(&format!("  {old:>6} -> {new:>6}  {standing:<22}  {name}"));
        }
        if it.units.len() > SHOWN {
            self.say(&message::and_more(&count(it.units.len() - SHOWN)));
        }
        if !it.counties.is_empty() {
            self.say(&message::contested_by_county());
        }
        for county in &it.counties {
            let ([before, after], name) = (county.units, printable(&county.county));
            self.line(&format!("  {before:>5} -> {after:>5}  {name}"));
        }
    }
}

/// A count in the marks of each language.
fn count(count: usize) -> Message {
    Message::number(count as f64, 0)
}

/// A number as published, in the marks of each language.
fn as_published(text: &str) -> Message {
    let decimals = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    text.parse().map_or_else(|_| Message::same(text), |value| Message::number(value, decimals))
}

/// What a list comes to before and after, of what both sides say and the programme counts.
fn totals(before: &Totals, after: &Totals) -> Vec<Message> {
    let counts = |pair: &(i128, i128)| *pair != (0, 0);
    let points = before.points.as_deref().zip(after.points.as_deref());
    let people = before.people.zip(after.people).filter(counts);
    let money = before.cost_bani.zip(after.cost_bani).filter(counts);
    let number = |value: i128| Message::number(value as f64, 0);
    let lei = |bani| Message { en: lei(bani, Language::En), ro: lei(bani, Language::Ro) };
    let told = [
        points.map(|(a, b)| message::points(&as_published(a), &as_published(b))),
        people.map(|(a, b)| message::people(&number(a), &number(b))),
        money.map(|(a, b)| message::money(&lei(a), &lei(b))),
    ];
    told.into_iter().flatten().collect()
}

/// What a change did to a unit.
fn share(it: &Share) -> Message {
    let signed = |value: f64, decimals| {
        let number = Message::number(value, decimals);
        if value < 0.0 {
            number
        } else {
            Message { en: format!("+{}", number.en), ro: format!("+{}", number.ro) }
        }
    };
    let change = match it.change.strip_prefix("methodology") {
        Some(entry) => message::of_methodology(&printable(entry)),
        None => message::inputs(),
    };
    message::share(&change, &signed(it.up, 2), &signed(it.score, 3))
}
