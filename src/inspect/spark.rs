//! Draws how numbers are spread, in one line of text.

/// How many steps the line has.
const STEPS: usize = 12;
/// From none to most.
const BARS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The histogram of finite numbers between the smallest and the largest: each step as high as its
/// share of the fullest step, and never empty when it holds a number. Empty for fewer than two
/// different numbers.
pub(super) fn line(values: &[f64], least: f64, greatest: f64) -> String {
    let width = greatest - least;
    if !(width > 0.0 && width.is_finite()) {
        return String::new();
    }
    let mut counts = [0_usize; STEPS];
    for value in values {
        counts[step((value - least) / width)] += 1;
    }
    let most = counts.iter().copied().max().unwrap_or(1).max(1);
    counts
        .iter()
        .map(|&count| match count {
            0 => BARS[0],
            count => BARS[(count * (BARS.len() - 1)).div_ceil(most).min(BARS.len() - 1)],
        })
        .collect()
}

/// The step of a share between 0 and 1.
fn step(share: f64) -> usize {
    (1..STEPS).take_while(|&at| share >= at as f64 / STEPS as f64).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_a_histogram() {
        let values: Vec<f64> = (0..12).map(f64::from).collect();
        assert_eq!(line(&values, 0.0, 11.0), "████████████");
        assert_eq!(line(&[0.0, 0.0, 0.0, 11.0], 0.0, 11.0), "█          ▃");
        assert_eq!(line(&[5.0, 5.0], 5.0, 5.0), "");
        assert_eq!(line(&[], 0.0, 0.0), "");
    }
}
