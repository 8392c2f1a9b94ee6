//! Sums of products of rows, many at once so that a number that was read is used more than once.

use std::ops::{Add, Mul};

/// Sums that run side by side.
pub(super) const LANES: usize = 4;

/// The sums of products of each row with each column, all of one length, a multiple of [`LANES`].
pub(super) fn products<T, const R: usize, const C: usize>(
    rows: [&[T]; R],
    columns: [&[T]; C],
) -> [[T; C]; R]
where
    T: Copy + Default + Add<Output = T> + Mul<Output = T>,
{
    let total = |lanes: [T; LANES]| lanes.into_iter().fold(T::default(), Add::add);
    side_by_side(rows, columns).map(|sums| sums.map(total))
}

/// The same by lanes. A function of its own: where the compiler sees the lanes of one sum added up, it
/// lays those of different sums side by side and spends its time on moving them.
#[inline(never)]
fn side_by_side<T, const R: usize, const C: usize>(
    rows: [&[T]; R],
    columns: [&[T]; C],
) -> [[[T; LANES]; C]; R]
where
    T: Copy + Default + Add<Output = T> + Mul<Output = T>,
{
    let rows = rows.map(|row| row.as_chunks::<LANES>().0);
    let columns = columns.map(|column| column.as_chunks::<LANES>().0);
    let length = rows.iter().chain(&columns).map(|row| row.len()).min().unwrap_or_default();
    let (rows, columns) = (rows.map(|row| &row[..length]), columns.map(|row| &row[..length]));
    let mut sums = [[[T::default(); LANES]; C]; R];
    for at in 0..length {
        for (sums, row) in sums.iter_mut().zip(rows) {
            for (sums, column) in sums.iter_mut().zip(columns) {
                for lane in 0..LANES {
                    sums[lane] = sums[lane] + row[at][lane] * column[at][lane];
                }
            }
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_meets_each_column() {
        let one = [1.0, 2.0, 3.0, 4.0, 5.0, 0.0, 0.0, 0.0];
        let two = [1.0, 0.0, -1.0, 0.0, 2.0, 0.0, 0.0, 0.0];
        assert_eq!(
            products([&one[..], &two], [&one[..], &two, &[1.0; 8]]),
            [[55.0, 8.0, 15.0], [8.0, 6.0, 2.0],]
        );
    }
}
