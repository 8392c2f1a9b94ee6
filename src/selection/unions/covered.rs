//! Which units choices cover, as bits that are compared without walking through the choices.

use std::cmp::Ordering;

use super::packing::Line;

/// Units covered by the choices of one step and by what may be added to each.
pub(super) struct Covered {
    /// By project: the places of its members among the units of the line, the highest first.
    places: Vec<Vec<usize>>,
    words: usize,
    /// Bits of each choice, the highest unit first.
    choices: Vec<u64>,
    /// Bits of each addition.
    added: Vec<u64>,
}

impl Covered {
    /// With one choice, which covers nobody.
    pub(super) fn new(line: &Line) -> Self {
        let mut ranks = line.ranks.clone();
        ranks.sort_unstable();
        let place = |rank: &usize| ranks.partition_point(|other| other < rank);
        let places =
            line.projects.iter().map(|project| project.members.iter().map(place).collect());
        let words = ranks.len().div_ceil(64).max(1);
        Self { places: places.collect(), words, choices: vec![0; words], added: Vec::new() }
    }

    /// What may be added from now on: lists of projects, told by their places.
    pub(super) fn additions<'p>(&mut self, lists: impl Iterator<Item = &'p [usize]>) {
        self.added.clear();
        for list in lists {
            let first = self.added.len();
            self.added.resize(first + self.words, 0);
            for at in list.iter().flat_map(|project| &self.places[*project]) {
                self.added[first + at / 64] |= 1 << (63 - at % 64);
            }
        }
    }

    /// Greater covers the highest unit on which two choices differ, each with its addition.
    pub(super) fn compare(&self, a: (usize, usize), b: (usize, usize)) -> Ordering {
        self.bits(a).cmp(self.bits(b))
    }

    /// Takes choices with their additions for the choices of the next step.
    pub(super) fn step(&mut self, taken: impl Iterator<Item = (usize, usize)>) {
        let next = taken.flat_map(|pair| self.bits(pair)).collect();
        self.choices = next;
    }

    fn bits(&self, (choice, added): (usize, usize)) -> impl Iterator<Item = u64> {
        let choice = &self.choices[choice * self.words..][..self.words];
        let added = &self.added[added * self.words..][..self.words];
        choice.iter().zip(added).map(|(one, other)| one | other)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::selection::unions::packing::Placed;

    #[test]
    fn the_highest_unit_on_which_choices_differ_decides() {
        let alone = |rank: usize| Placed {
            bits: 0,
            members: vec![rank],
            worth: 1,
            cost: 0,
            rows: Vec::new(),
            required: 0,
        };
        // projects 0 to 2 cover ranks 70, 3 and 150
        let line = Line::new([70, 3, 150].map(alone).to_vec(), &BTreeSet::new()).expect("short");
        let mut covered = Covered::new(&line);
        covered.additions([&[][..], &[0], &[1], &[0, 2]].into_iter());
        assert_eq!(covered.compare((0, 2), (0, 3)), Ordering::Greater, "rank 3 beats 70 and 150");
        assert_eq!(covered.compare((0, 3), (0, 1)), Ordering::Greater, "150 more");
        covered.step([(0, 1), (0, 2)].into_iter());
        covered.additions([&[][..], &[1], &[0]].into_iter());
        assert_eq!(covered.compare((0, 1), (1, 2)), Ordering::Equal);
        assert_eq!(covered.compare((0, 0), (1, 0)), Ordering::Less);
    }
}
