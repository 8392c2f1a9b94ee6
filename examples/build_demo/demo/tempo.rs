//! The long text tables that the INS TEMPO site exports.

use std::fmt::Write;

/// A table under construction: fields parted by a comma and a space, never quoted.
pub(super) struct Table {
    text: String,
}

impl Table {
    pub(super) fn new(header: &str) -> Self {
        Self { text: format!("{header}\n") }
    }

    /// A table with the empty first line, ended as Windows does, that older exports have.
    pub(super) fn after_blank_line(header: &str) -> Self {
        Self { text: format!("\r\n{header}\n") }
    }

    pub(super) fn row(&mut self, labels: &[&str], value: impl std::fmt::Display) {
        for label in labels {
            self.text.push_str(label);
            self.text.push_str(", ");
        }
        writeln!(self.text, "{value}").expect("a string takes everything");
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }
}

/// Tenths as TEMPO prints them: no zero before the point and none after it (`.8`, `3`, `1.2`).
pub(super) fn tenths(number: u64) -> String {
    match (number / 10, number % 10) {
        (whole, 0) => whole.to_string(),
        (0, tenth) => format!(".{tenth}"),
        (whole, tenth) => format!("{whole}.{tenth}"),
    }
}

/// Name of a county in TEMPO.
pub(super) fn county(name: &str) -> String {
    let plain = super::spelling::plain(name);
    if is_capital(name) { "Municipiul Bucuresti".to_owned() } else { plain }
}

/// Whether an area is Bucharest, which is city and county at once.
pub(super) fn is_capital(county: &str) -> bool {
    county.ends_with("București")
}
