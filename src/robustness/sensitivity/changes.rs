//! What a group of doubts changed at each base point, in as few bytes as it takes.

/// The units that changed at each point and by how much, in bytes: how far the unit stands behind the one
/// before and how it changed in one number of seven bits a byte, then the change where it is not a whole
/// place.
#[derive(Clone, Debug, Default)]
pub(super) struct Changes {
    bytes: Vec<u8>,
    /// Where each point ends.
    ends: Vec<usize>,
    /// The unit behind the last change of the open point.
    next: usize,
}

/// How many ways of a change a number tells apart.
const WAYS: usize = 3;
/// The changes that are told by their number, in its order; another one follows in full.
const PLACES: [f64; WAYS - 1] = [1.0, -1.0];

impl Changes {
    /// Adds a change to the open point, its units in ascending order.
    pub(super) fn push(&mut self, unit: usize, change: f64) {
        let way = PLACES.iter().position(|&place| place == change).unwrap_or(PLACES.len());
        let mut number = (unit - self.next) * WAYS + way;
        while number > 0x7f {
            self.bytes.push(number as u8 & 0x7f | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
        if way == PLACES.len() {
            self.bytes.extend(change.to_le_bytes());
        }
        self.next = unit + 1;
    }

    /// Closes the open point.
    pub(super) fn end(&mut self) {
        self.ends.push(self.bytes.len());
        self.next = 0;
    }

    /// Adds the points of another behind ours.
    pub(super) fn append(&mut self, later: Self) {
        let before = self.bytes.len();
        self.bytes.extend(later.bytes);
        self.ends.extend(later.ends.iter().map(|end| before + end));
    }

    /// The changes of each point.
    pub(super) fn points(&self) -> impl Iterator<Item = Vec<(usize, f64)>> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let mut bytes = self.bytes[start..end].iter().copied();
            start = end;
            let mut next = 0;
            let mut changes = Vec::new();
            while let Some((gap, change)) = read(&mut bytes) {
                changes.push((next + gap, change));
                next += gap + 1;
            }
            changes
        })
    }
}

/// How far a unit stands behind the one before, and its change.
fn read(bytes: &mut impl Iterator<Item = u8>) -> Option<(usize, f64)> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let byte = bytes.next()?;
        number |= usize::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 0x80 {
            break;
        }
    }
    let change = match PLACES.get(number % WAYS) {
        Some(place) => *place,
        None => f64::from_le_bytes(std::array::from_fn(|_| bytes.next().unwrap_or_default())),
    };
    Some((number / WAYS, change))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_come_back_as_they_went_in() {
        let points =
            [vec![(0, 1.0), (1, -1.0), (500, 1.0), (90_000, 0.25)], vec![], vec![(7, -2.0)]];
        let mut changes = Changes::default();
        for point in &points {
            point.iter().for_each(|&(unit, change)| changes.push(unit, change));
            changes.end();
        }
        assert!(changes.points().eq(points));
    }
}
