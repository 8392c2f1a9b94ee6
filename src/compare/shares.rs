//! How much of each move each change made, found by running the engine with some of the changes and
//! without the others.
//!
//! With `v(S)` the place of a unit when only the changes of `S` are made, the share of a change is its
//! Shapley value (Shapley 1953, *A value for n-person games*): what it adds at its turn, as the mean
//! over all orders in which the changes can be made. The shares of a unit sum to its move, and no
//! order is preferred.

use std::collections::BTreeMap;

use super::mixed::{Change, Mixed, Scores};
use super::moves::{Moves, Share};
use super::side::Side;
use crate::index::stats::{self, Ranking};
use crate::ingest::ReadLimits;
use crate::message::compare as message;
use crate::quality::Message;
use crate::watch::{Interrupted, Watch};

/// Changes told apart, at most: `n` of them take `2^n - 2` runs.
const MOST: usize = 4;

/// The scores and places of the units of both sides after some of the changes.
struct Stand {
    scores: Vec<f64>,
    places: Vec<f64>,
}

impl Stand {
    /// `None` when one of the units has no score.
    fn of(scores: &Scores, codes: &[&str]) -> Option<Self> {
        let scores: Vec<f64> =
            codes.iter().map(|code| scores.get(*code).copied()).collect::<Option<_>>()?;
        let places = stats::ranks(&scores, &vec![true; codes.len()], Ranking::default());
        Some(Self { scores, places })
    }
}

/// Writes into each move the shares of the changes.
///
/// Where they cannot be found the moves stay as they are and the answer says why.
///
/// # Errors
/// Somebody asked to stop.
pub(super) fn attribute(
    moves: &mut Moves,
    [a, b]: [&Side; 2],
    terms: &ReadLimits,
    watch: &dyn Watch,
) -> Result<Option<Message>, Interrupted> {
    if moves.units.is_empty() {
        return Ok(None);
    }
    let Some(mixed) = Mixed::new(a, b) else {
        return Ok(Some(message::run_folder()));
    };
    let coarse = mixed.coarse();
    let mut tries: Vec<Vec<Change>> = mixed.fine().into_iter().collect();
    tries.retain(|fine| fine.len() <= MOST);
    tries.push(coarse);
    let [first, second] = [a, b].map(|side| -> Scores {
        side.scores().into_iter().map(|(code, score)| (code.to_owned(), score)).collect()
    });
    let codes: Vec<&str> =
        first.keys().filter(|it| second.contains_key(*it)).map(String::as_str).collect();
    for changes in tries.iter().filter(|changes| !changes.is_empty()) {
        let full = (1_usize << changes.len()) - 1;
        let mut stands = Vec::with_capacity(full + 1);
        for set in 0..=full {
            let made: Vec<&Change> =
                (0..changes.len()).filter(|at| set >> at & 1 == 1).map(|at| &changes[at]).collect();
            let stand = match set {
                0 => Stand::of(&first, &codes),
                _ if set == full => Stand::of(&second, &codes),
                _ => {
                    let scores = mixed.scores(&made, terms, watch)?;
                    scores.and_then(|scores| Stand::of(&scores, &codes))
                }
            };
            let Some(stand) = stand else { break };
            stands.push(stand);
        }
        if stands.len() > full {
            write(moves, &codes, changes, &stands);
            return Ok(None);
        }
    }
    Ok(Some(message::not_nested()))
}

fn write(moves: &mut Moves, codes: &[&str], changes: &[Change], stands: &[Stand]) {
    let position: BTreeMap<&str, usize> =
        codes.iter().enumerate().map(|(at, code)| (*code, at)).collect();
    for unit in &mut moves.units {
        let at = position[unit.code.as_str()];
        let share = |change: usize, value: &dyn Fn(&Stand) -> f64| {
            shapley(change, changes.len(), &|set| value(&stands[set]))
        };
        let shares = changes.iter().enumerate().map(|(change, it)| Share {
            change: it.name(),
            up: -share(change, &|stand| stand.places[at]),
            score: share(change, &|stand| stand.scores[at]),
        });
        unit.shares = shares.collect();
    }
}

/// The Shapley value of a player among `players`; sets are bit masks.
fn shapley(player: usize, players: usize, value: &dyn Fn(usize) -> f64) -> f64 {
    let factorial = |n: usize| (1..=n).map(|it| it as f64).product::<f64>();
    let without = (0..1_usize << players).filter(|set| set >> player & 1 == 0);
    let added = without.map(|set| {
        let size = set.count_ones() as usize;
        let weight = factorial(size) * factorial(players - size - 1) / factorial(players);
        weight * (value(set | 1 << player) - value(set))
    });
    stats::sum(added)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_sum_to_the_whole_and_give_the_published_values() {
        // The glove game (Shapley 1953; one left glove, two right ones): a pair is worth 1, and the
        // values are 2/3, 1/6, 1/6.
        let worth = |set: usize| f64::from(u8::from(set & 1 == 1 && set & 6 != 0));
        let values = [0, 1, 2].map(|player| shapley(player, 3, &worth));
        for (value, expected) in values.iter().zip([2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0]) {
            assert!((value - expected).abs() < 1e-15, "{values:?}");
        }
        assert!((values.iter().sum::<f64>() - 1.0).abs() < 1e-15);
    }
}
