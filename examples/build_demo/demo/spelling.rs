//! How agencies spell names of places: without diacritics, with cedillas, in the older orthography.

use super::country::Kind;

/// `MUNICIPIUL BRASOV`, `ORAS ABRUD`, `ALMASU MARE`: upper case without diacritics, as TEMPO writes.
pub(super) fn tempo(kind: Kind, name: &str) -> String {
    let prefix = match kind {
        Kind::Seat | Kind::Municipality => "MUNICIPIUL ",
        Kind::Town => "ORAS ",
        Kind::Commune => "",
    };
    format!("{prefix}{}", plain(name).to_uppercase())
}

/// `MUNICIPIUL BRAȘOV`, `ORAȘ ABRUD`, `ALMAȘU MARE`: as the register of localities writes.
pub(super) fn register(kind: Kind, name: &str) -> String {
    let prefix = match kind {
        Kind::Seat | Kind::Municipality => "MUNICIPIUL ",
        Kind::Town => "ORAȘ ",
        Kind::Commune => "",
    };
    format!("{prefix}{}", name.to_uppercase())
}

/// `Municipiul Brașov`, `Orașul Abrud`, `Comuna Almașu Mare`: as letters are addressed.
pub(super) fn addressed(kind: Kind, name: &str) -> String {
    let prefix = match kind {
        Kind::Seat | Kind::Municipality => "Municipiul",
        Kind::Town => "Oraș",
        Kind::Commune => "Comuna",
    };
    format!("{prefix} {name}")
}

/// Without diacritics.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            'ă' | 'â' => 'a',
            'Ă' | 'Â' => 'A',
            'î' => 'i',
            'Î' => 'I',
            'ș' => 's',
            'Ș' => 'S',
            'ț' => 't',
            'Ț' => 'T',
            other => other,
        })
        .collect()
}

/// With the cedillas that Windows-1250 has instead of the comma below.
pub(super) fn cedilla(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            'ș' => 'ş',
            'Ș' => 'Ş',
            'ț' => 'ţ',
            'Ț' => 'Ţ',
            other => other,
        })
        .collect()
}

/// With `î` for `â`, as written before 1993.
pub(super) fn before_1993(text: &str) -> String {
    text.replace('â', "î").replace('Â', "Î")
}

/// `1.234.567`, as Romanian tables mark thousands.
pub(super) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// Tenths with a decimal comma: `3,0`.
pub(super) fn comma_tenths(tenths: u64) -> String {
    format!("{},{}", tenths / 10, tenths % 10)
}
