//! `[order]`: who comes first, by decimals, tie keys and lottery.

use schemars::JsonSchema;
use serde::Deserialize;

use super::context::{ProgrammeContext, Use};
use crate::index::Formula;
use crate::language::Words;
use crate::message::study::file::kinds;
use crate::message::study::programme as message;
use crate::selection::{Draw, Lottery, Order};
use crate::study::problem::{Problems, Spot};
use crate::study::shape::{Element, List};
use crate::study::table::table;
use crate::study::values::{Date, SpannedFormula, Text, shapes};

/// Most decimals that a published score has.
const MOST_DECIMALS: u8 = 9;

table! {
    /// Who comes first.
    pub(super) struct OrderTable as "`[order]`" {
        /// Decimals of the published score, 0 to 9. Ties are judged on them.
        optional decimals: u8 = 6,
        /// Tie keys in order, each with its direction: `population.children DESC`.
        optional ties: List<TieText>,
        /// The public draw that separates what the keys leave tied.
        optional lottery: LotteryTable,
        /// Why the code may decide a tie across a cut that no measurement separates.
        optional accept_ties: Text,
        /// Among whom lots are drawn: `contested`, those who have a place in some of the declared variants
        /// and not in others. Who is certain comes before them, who is out behind them.
        optional among: Among,
        /// Classification within whose groups lots are drawn: each group keeps the positions that its
        /// contested units have by score.
        optional by: Text,
    }
}

table! {
    /// A public draw, announced before the data were frozen.
    pub(super) struct LotteryTable as "`lottery`" {
        /// Where the seed comes from.
        required source: Text,
        /// When that was announced, `2026-11-20`.
        required announced: Date,
        /// What was drawn, letter for letter.
        expected seed: Text,
    }
}

/// Among whom lots are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Among {
    /// Those whose place is contested under the declared doubts.
    Contested,
}

shapes! {
    /// A formula and its direction.
    TieText: SpannedFormula = SpannedFormula::read, { "type": "string" };
}

impl Element for TieText {
    const LIST: Words = kinds::TIES;
}

/// A declared tie key.
#[derive(Clone, Debug)]
pub(crate) struct TieKey {
    /// Its value.
    pub(crate) value: Formula,
    /// Whether the larger value comes first.
    pub(crate) larger_first: bool,
}

impl OrderTable {
    /// The rules of the order, and the keys that its ties name.
    pub(super) fn check(
        &self,
        context: &ProgrammeContext<'_>,
        problems: &mut Problems,
    ) -> (Order, Vec<TieKey>) {
        let decimals = self.decimals.value;
        if decimals > MOST_DECIMALS {
            problems.error(&self.decimals.at, message::too_many_decimals(MOST_DECIMALS));
        }
        let mut keys: Vec<(String, TieKey)> = Vec::new();
        for written in self.ties.value.iter().flatten() {
            let Some(key) = tie_key(written, context, problems) else { continue };
            if keys.iter().any(|(name, _)| *name == written.text) {
                problems.error(written.at(), message::twice(&written.text));
            } else {
                keys.push((written.text.clone(), key));
            }
        }
        let lottery = self.lottery.value.as_ref();
        let lottery = lottery.and_then(|table| table.check(problems));
        let (ties, keys) = keys.into_iter().unzip();
        let accept_ties = self.accept_ties.value.clone();
        let draw = self.draw(context, problems);
        (Order { decimals, ties, lottery, accept_ties, draw }, keys)
    }

    /// Where it says among whom lots are drawn.
    pub(super) fn among(&self) -> &Spot {
        &self.among.at
    }

    /// `among = "contested"`, perhaps with `by`: lots are drawn among them.
    fn draw(&self, context: &ProgrammeContext<'_>, problems: &mut Problems) -> Option<Draw> {
        let by = context.classification(&self.by, problems);
        let Some(Among::Contested) = self.among.value else {
            if self.by.is_written {
                problems.error(&self.by.at, message::draw_among_nobody());
            }
            return None;
        };
        if !self.lottery.is_written {
            problems.error(&self.among.at, message::draw_without_lottery());
        }
        Some(Draw { by })
    }
}

/// `children_share DESC`: a formula and its direction, which must be there.
fn tie_key(
    written: &SpannedFormula,
    context: &ProgrammeContext<'_>,
    problems: &mut Problems,
) -> Option<TieKey> {
    let Some((value, larger_first)) = direction(&written.text) else {
        problems.error(written.at(), message::tie_without_direction(&written.text));
        return None;
    };
    let value = context.value(&written.beginning(value), Use::ByUnit, problems)?;
    Some(TieKey { value, larger_first })
}

fn direction(text: &str) -> Option<(&str, bool)> {
    let (value, word) = text.trim_end().rsplit_once(char::is_whitespace)?;
    match word.to_ascii_uppercase().as_str() {
        "DESC" => Some((value.trim_end(), true)),
        "ASC" => Some((value.trim_end(), false)),
        _ => None,
    }
}

impl LotteryTable {
    fn check(&self, problems: &mut Problems) -> Option<Lottery> {
        if !self.seed.is_written {
            problems.error(&self.site.at, message::lottery_without_seed());
        }
        Some(Lottery {
            source: self.source.value.clone()?,
            announced: self.announced.value.clone()?,
            seed: self.seed.value.clone()?,
        })
    }
}
