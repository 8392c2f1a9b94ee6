//! Unions under money and places, beside optima that another solver proved.

use risk_index::selection::{History, Pool, select};

#[path = "../../benches/selection/parishes.rs"]
mod parishes;

use parishes::{parishes, shared_costs, unions};

/// Grids of communes: 3,244 candidates.
const GRIDS: usize = 12;

/// The list is proved, and covers as many people as `HiGHS` 1.16 proved to be the most.
#[track_caller]
fn covers(pool: &Pool, places: Option<u32>, millions: i64, people: i128) {
    let programme = unions(places, Some(100 * 1_000_000 * millions));
    let selection = select(&programme, pool, &History::default()).unwrap();
    let proof = &selection.phases[0].proof;
    assert!(proof.proved, "{proof:?}");
    assert_eq!((proof.sum, proof.bound), (Some(people), Some(people)));
}

#[test]
fn the_most_people_for_money_is_what_an_integer_programme_proves() {
    covers(&parishes(GRIDS), None, 10, 35_705);
    covers(&shared_costs(GRIDS), None, 10, 61_576);
}

#[test]
fn places_and_money_are_short_at_once() {
    covers(&parishes(GRIDS), Some(60), 14, 47_005);
    covers(&shared_costs(GRIDS), Some(60), 14, 71_715);
}
