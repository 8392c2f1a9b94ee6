//! How choices came about: each adds one thing to an earlier one, and what two share is kept once.

/// Entries of a search. An entry is a choice: what it added, and the choice it added that to.
#[derive(Debug)]
pub(super) struct Trails {
    entries: Vec<(usize, usize)>,
}

impl Trails {
    /// The choice of nothing.
    pub(super) const START: usize = 0;

    /// With the choice of nothing.
    pub(super) fn new() -> Self {
        Self { entries: vec![(Self::START, usize::MAX)] }
    }

    /// The choice that adds `what` to an earlier one.
    pub(super) fn push(&mut self, before: usize, what: usize) -> usize {
        self.entries.push((before, what));
        self.entries.len() - 1
    }

    /// What a choice added, the last first.
    pub(super) fn of(&self, mut trail: usize) -> impl Iterator<Item = usize> {
        std::iter::from_fn(move || {
            (trail != Self::START).then(|| {
                let (before, what) = self.entries[trail];
                trail = before;
                what
            })
        })
    }

    /// What each of two choices added since they parted.
    pub(super) fn apart(&self, mut a: usize, mut b: usize) -> (Vec<usize>, Vec<usize>) {
        let (mut one, mut two) = (Vec::new(), Vec::new());
        while a != b {
            let (trail, added) = if a > b { (&mut a, &mut one) } else { (&mut b, &mut two) };
            let (before, what) = self.entries[*trail];
            added.push(what);
            *trail = before;
        }
        (one, two)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_choices_differ_in_what_they_added_since_they_parted() {
        let mut trails = Trails::new();
        let common = trails.push(Trails::START, 7);
        let one = trails.push(common, 3);
        let other = trails.push(common, 5);
        let further = trails.push(other, 9);
        assert_eq!(trails.apart(one, further), (vec![3], vec![9, 5]));
        assert_eq!(trails.of(further).collect::<Vec<_>>(), [9, 5, 7]);
        assert_eq!(trails.of(Trails::START).count(), 0);
    }
}
