//! A conflict of rules in words.

use super::Part;
use crate::selection::phases::money;
use crate::selection::problem::{Problem, Row, RowName, count};
use crate::selection::refusal::{Conflict, Relaxation};
use crate::selection::result::Clause;

/// A conflict in words.
pub(super) struct Words<'a> {
    pub(super) problem: &'a Problem,
    pub(super) parts: &'a [Part],
}

impl Words<'_> {
    pub(super) fn clause(&self, part: &Part) -> Clause {
        let phase = self.problem.phase.clone();
        match part {
            Part::PlacesLow | Part::PlacesHigh => Clause::Places { phase },
            Part::Low(row) => self.problem.least(*row),
            Part::High(row) => self.problem.most(*row),
            Part::Money => Clause::Money { phase },
            Part::Locked => Clause::Locked { phase },
            Part::Minima(quota) | Part::Maxima(quota) => {
                Clause::Quota { phase, by: String::new(), number: quota + 1 }
            }
        }
    }

    fn group(row: &Row) -> String {
        match &row.name {
            RowName::Places => "the list".to_owned(),
            RowName::Group { by, group, .. } => format!("{by} {group}"),
        }
    }

    fn lows(&self) -> Vec<&Row> {
        self.rows(|part| if let Part::Low(row) = part { Some(*row) } else { None })
    }

    fn highs(&self) -> Vec<&Row> {
        self.rows(|part| if let Part::High(row) = part { Some(*row) } else { None })
    }

    fn rows(&self, pick: impl Fn(&Part) -> Option<usize>) -> Vec<&Row> {
        self.parts.iter().filter_map(pick).map(|row| &self.problem.rows[row]).collect()
    }

    /// Units that a row counts.
    fn eligible(&self, row: &Row) -> i64 {
        let at = self.problem.rows.iter().position(|other| other == row).unwrap_or(0);
        count(self.problem.units.iter().filter(|unit| unit.rows.contains(&at)).count())
    }

    fn has(&self, part: &Part) -> bool {
        self.parts.contains(part)
    }

    /// The violated count as a stable text.
    pub(super) fn code(&self) -> String {
        let (lows, highs) = (self.lows(), self.highs());
        let need: i64 = lows.iter().map(|row| row.lo).sum();
        let room = highs.iter().fold(0_i64, |sum, row| sum.saturating_add(row.hi));
        let slug = |row: &Row| Self::group(row).replace(' ', "-");
        let places = &self.problem.rows[0];
        match (lows.as_slice(), highs.as_slice()) {
            ([], []) if self.has(&Part::PlacesLow) && self.parts.len() == 1 => {
                format!("size-{}-eligible-{}", places.lo, self.problem.units.len())
            }
            ([row], []) if self.parts.len() == 1 => {
                format!("{}-min-{}-eligible-{}", slug(row), row.lo, self.eligible(row))
            }
            (_, []) if self.parts.len() == lows.len() + 1 && self.has(&Part::PlacesHigh) => {
                format!("sum-of-minima-{need}-exceeds-size-{}", places.hi)
            }
            ([], _) if self.parts.len() == highs.len() + 1 && self.has(&Part::PlacesLow) => {
                format!("sum-of-maxima-{room}-below-size-{}", places.lo)
            }
            (_, [row]) if self.parts.len() == lows.len() + 1 => {
                format!("sum-of-minima-{need}-exceeds-{}-max-{}", slug(row), row.hi)
            }
            ([], [row]) if self.parts.len() == 2 && self.has(&Part::Locked) => {
                format!("locked-exceeds-{}-max-{}", slug(row), row.hi)
            }
            _ if self.has(&Part::Money) => {
                format!("least-cost-exceeds-limit-{}", self.problem.limit.unwrap_or(0))
            }
            _ => format!("conflict-of-{}-rules", self.parts.len()),
        }
    }

    pub(super) fn key(&self) -> &'static str {
        if self.has(&Part::Money) {
            "budget.limit"
        } else if self.lows().is_empty() && self.highs().is_empty() {
            "phase.upto"
        } else {
            "phase.quota"
        }
    }

    pub(super) fn message(&self, conflict: &Conflict) -> String {
        let said: Vec<_> = self.parts.iter().map(|part| self.say(part)).collect();
        let is_money = |r: &Relaxation| matches!(r.clause, Clause::Money { .. });
        let missing = if conflict.relaxations.iter().any(is_money) {
            money(conflict.missing)
        } else if conflict.missing == 1 {
            "1 place".to_owned()
        } else {
            format!("{} places", conflict.missing)
        };
        let listed = if said.len() > 8 {
            format!("{}; … ({} rules in all)", said[..8].join("; "), said.len())
        } else {
            said.join("; ")
        };
        let short = format!("{missing} missing");
        format!("phase `{}` has no list: {listed}: {short}", self.problem.phase)
    }

    fn say(&self, part: &Part) -> String {
        let places = &self.problem.rows[0];
        match part {
            Part::PlacesLow => format!(
                "{} places must be filled ({} units may take one)",
                places.lo,
                self.problem.units.len()
            ),
            Part::PlacesHigh => format!("there are {} places", places.hi),
            Part::Low(row) => {
                let row = &self.problem.rows[*row];
                let eligible = self.eligible(row);
                format!("{} must have at least {} ({eligible} eligible)", Self::group(row), row.lo)
            }
            Part::High(row) => {
                let row = &self.problem.rows[*row];
                format!("{} may have at most {}", Self::group(row), row.hi)
            }
            Part::Money => format!("the money is {}", money(self.problem.limit.unwrap_or(0))),
            Part::Locked => {
                let locked = self.problem.units.iter().filter(|unit| unit.locked).count();
                format!("{locked} units are in already")
            }
            Part::Minima(_) | Part::Maxima(_) => String::new(),
        }
    }

    pub(super) fn hint(conflict: &Conflict) -> String {
        if conflict.relaxations.is_empty() {
            return "no change of one of these rules alone would do".to_owned();
        }
        let mut changes: Vec<_> = conflict
            .relaxations
            .iter()
            .map(|change| match &change.clause {
                Clause::Money { .. } => format!("a limit of {}", money(change.to)),
                Clause::Places { .. } => format!("{} places", change.to),
                Clause::Least { by, group, .. } => {
                    format!("at least {} for {by} {group}", change.to)
                }
                Clause::Most { by, group, .. } => format!("at most {} for {by} {group}", change.to),
                other => other.to_string(),
            })
            .collect();
        changes.dedup();
        if changes.len() > 6 {
            let more = changes.len() - 6;
            changes.truncate(6);
            changes.push(format!("… ({more} more)"));
        }
        format!("one of these changes would do: {}", changes.join("; or "))
    }
}
