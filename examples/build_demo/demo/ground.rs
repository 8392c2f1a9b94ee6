//! Where places lie: a tile for each county, cut into as many rectangles as it has places. The county
//! seat lies in the middle of its tile, its large communes round it. The shapes resemble no real place.

use std::collections::BTreeMap;

use super::anchors::LARGE;
use super::country::Kind;

/// Cells along each side of a tile.
pub(super) const SIDE: usize = 22;

/// Counties by row of tiles from the north, each row with the column of its first tile.
pub(super) const ROWS: [(usize, &[&str]); 7] = [
    (2, &["Satu Mare", "Maramureș", "Bistrița-Năsăud", "Suceava", "Botoșani"]),
    (1, &["Bihor", "Sălaj", "Cluj", "Mureș", "Neamț", "Iași"]),
    (1, &["Arad", "Hunedoara", "Alba", "Harghita", "Bacău", "Vaslui"]),
    (1, &["Timiș", "Caraș-Severin", "Sibiu", "Brașov", "Covasna", "Vrancea", "Galați"]),
    (2, &["Gorj", "Vâlcea", "Argeș", "Prahova", "Buzău", "Brăila", "Tulcea"]),
    (1, &["Mehedinți", "Dolj", "Olt", "Dâmbovița", "Ilfov", "Ialomița", "Constanța"]),
    (3, &["Teleorman", "Giurgiu", "București", "Călărași"]),
];

/// A rectangle of cells: west, south, width, height, counted over the whole map.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cells {
    pub(super) west: usize,
    pub(super) south: usize,
    pub(super) wide: usize,
    pub(super) high: usize,
}

impl Cells {
    /// Whether two rectangles share some of their border.
    fn touches(self, other: Self) -> bool {
        let (east, north) = (self.west + self.wide, self.south + self.high);
        let (other_east, other_north) = (other.west + other.wide, other.south + other.high);
        let beside = east == other.west || other_east == self.west;
        let above = north == other.south || other_north == self.south;
        let overlap = |from: usize, to: usize, a: usize, b: usize| from.max(a) < to.min(b);
        beside && overlap(self.south, north, other.south, other_north)
            || above && overlap(self.west, east, other.west, other_east)
    }

    fn holds(self, x: usize, y: usize) -> bool {
        let inside = |at: usize, from: usize, length: usize| (from..from + length).contains(&at);
        inside(x, self.west, self.wide) && inside(y, self.south, self.high)
    }
}

/// What is known of a place before it gets its land: its code and kind.
pub(super) type Known<'a> = (&'a str, Kind);

/// The land of every place by its code. `places` holds those of each county, in listing order.
pub(super) fn land<'a>(places: &BTreeMap<&'a str, Vec<Known<'a>>>) -> BTreeMap<&'a str, Cells> {
    let mut land = BTreeMap::new();
    for (row, (first, counties)) in ROWS.iter().enumerate() {
        for (at, county) in counties.iter().enumerate() {
            let (west, south) = ((first + at) * SIDE, (ROWS.len() - 1 - row) * SIDE);
            let tile = Cells { west, south, wide: SIDE, high: SIDE };
            let known = &places[county];
            let mut slots = Vec::new();
            cut(known.len(), tile, &mut slots);
            settle(known, slots, (west + SIDE / 2, south + SIDE / 2), &mut land);
        }
    }
    land
}

/// Gives the slots of a tile to its places: the seat gets the one in the middle, the large communes
/// those round it, all others what is left in listing order.
fn settle<'a>(
    places: &[Known<'a>],
    mut slots: Vec<Cells>,
    (x, y): (usize, usize),
    land: &mut BTreeMap<&'a str, Cells>,
) {
    let mut left: Vec<&'a str> = Vec::new();
    let is_large = |code: &str| LARGE.iter().any(|(large, _)| *large == code);
    let seat = places.iter().find(|(_, kind)| *kind == Kind::Seat);
    let middle = slots.iter().position(|cells| cells.holds(x, y)).expect("a tile has a middle");
    let centre = slots[middle];
    if let Some((code, _)) = seat {
        land.insert(code, slots.remove(middle));
    }
    let (large, others): (Vec<Known<'a>>, Vec<Known<'a>>) = places
        .iter()
        .filter(|(_, kind)| *kind != Kind::Seat)
        .partition(|(code, kind)| *kind == Kind::Commune && is_large(code));
    for (code, _) in large {
        match slots.iter().position(|cells| cells.touches(centre)) {
            Some(at) => drop(land.insert(code, slots.remove(at))),
            None => left.push(code),
        }
    }
    // towns do not stand together as in a list: every few communes lies one
    let (towns, communes): (Vec<Known<'a>>, Vec<Known<'a>>) =
        others.into_iter().partition(|(_, kind)| *kind != Kind::Commune);
    let every = communes.len() / (towns.len() + 1) + 1;
    let mut towns = towns.into_iter().map(|(code, _)| code);
    for (at, (code, _)) in communes.into_iter().enumerate() {
        if at % every == every - 1 {
            left.extend(towns.next());
        }
        left.push(code);
    }
    left.extend(towns);
    land.extend(left.into_iter().zip(slots));
}

/// The places that each place borders, as positions of the list.
pub(super) fn neighbours(land: &[Cells]) -> Vec<Vec<usize>> {
    (0..land.len())
        .map(|one| {
            (0..land.len())
                .filter(|&other| other != one && land[one].touches(land[other]))
                .collect()
        })
        .collect()
}

/// Cuts a rectangle in two by the numbers of units until each has its own.
fn cut(units: usize, cells: Cells, slots: &mut Vec<Cells>) {
    if units == 1 {
        slots.push(cells);
        return;
    }
    let half = units / 2;
    let Cells { west, south, wide, high } = cells;
    // the longer side is cut, so that each part has at least as many cells as units
    let (long, short) = if wide >= high { (wide, high) } else { (high, wide) };
    let least = |units: usize| units.div_ceil(short);
    let share = (long * half + units / 2) / units;
    let cut_at = share.clamp(least(half), long - least(units - half));
    let (one, two) = if wide >= high {
        (
            Cells { wide: cut_at, ..cells },
            Cells { west: west + cut_at, wide: wide - cut_at, ..cells },
        )
    } else {
        (
            Cells { high: cut_at, ..cells },
            Cells { south: south + cut_at, high: high - cut_at, ..cells },
        )
    };
    cut(half, one, slots);
    cut(units - half, two, slots);
}
