//! What libraries and the system say about a file, in our words and in both languages.

use crate::message::suggest;
use crate::quality::{Advice, Message, message};

/// What the parser of TOML says, and what it expected, which stands on lines of its own.
pub(crate) fn syntax(said: &str) -> Message {
    let mut lines = said.lines();
    let what = lines.next().unwrap_or_default();
    let known = SYNTAX.iter().find(|(en, _)| *en == what);
    let ro =
        known.map_or_else(|| format!("sintaxă TOML greșită: `{what}`"), |(_, ro)| (*ro).into());
    let mut message = Message { en: what.to_owned(), ro };
    for part in lines {
        message = message.and(&format!(", {part}"), &format!(", {}", wanted(part)));
    }
    message
}

/// What the parser of TOML says, in Romanian.
const SYNTAX: &[(&str, &str)] = &[
    ("cannot recurse further; max recursion depth met", "prea multe niveluri unul în altul"),
    ("recursion limit", "prea multe niveluri unul în altul"),
    ("carriage return must be followed by newline", "un retur de car stă fără sfârșit de linie"),
    ("duplicate key", "cheie scrisă de două ori"),
    ("extra `=`", "un `=` în plus"),
    ("extra assignment between key-value pairs", "un `=` în plus între chei"),
    ("extra comma in array", "o virgulă în plus în listă"),
    ("extra comma in inline table", "o virgulă în plus în tabel"),
    ("integers with a radix cannot be signed", "un număr scris în altă bază nu are semn"),
    ("invalid basic string", "textul dintre ghilimele nu este valid"),
    ("invalid literal string", "textul dintre apostrofuri nu este valid"),
    ("invalid multi-line basic string", "textul pe mai multe linii nu este valid"),
    ("invalid multi-line literal string", "textul pe mai multe linii nu este valid"),
    ("invalid comment character", "caracter nepermis în comentariu"),
    ("invalid inline table element", "element nevalid în tabel"),
    ("invalid key-value pair", "perechea de cheie și valoare nu este validă"),
    ("invalid unquoted key", "numele cheii nu este valid"),
    ("invalid value", "valoarea nu este validă"),
    ("invalid integer number", "numărul întreg nu este valid"),
    ("invalid float", "numărul nu este valid"),
    ("invalid fraction", "zecimalele numărului nu sunt valide"),
    ("invalid binary number", "numărul binar nu este valid"),
    ("invalid octal number", "numărul octal nu este valid"),
    ("invalid hexadecimal number", "numărul hexazecimal nu este valid"),
    ("invalid boolean", "se poate scrie numai `true` sau `false`"),
    ("invalid date-time", "data nu este validă"),
    ("invalid key", "cheia nu este validă"),
    ("invalid string", "textul nu este valid"),
    ("invalid table", "antetul tabelului nu este valid"),
    ("invalid mantissa", "numărul nu este valid"),
    ("invalid exponent", "exponentul numărului nu este valid"),
    ("key with no value", "cheie fără valoare"),
    ("keys cannot be multi-line basic strings", "o cheie nu poate avea mai multe linii"),
    ("keys cannot be multi-line literal strings", "o cheie nu poate avea mai multe linii"),
    ("missing array opening", "lipsește `[` la începutul listei"),
    ("missing assignment between key-value pairs", "lipsește `=` între cheie și valoare"),
    ("missing comma between array elements", "lipsește virgula dintre elementele listei"),
    ("missing comma between key-value pairs", "lipsește virgula dintre chei"),
    ("missing comment start", "lipsește `#` la începutul comentariului"),
    ("missing escaped value", "după bara inversă lipsește ce înseamnă"),
    ("missing inline table opening", "lipsește `{` la începutul tabelului"),
    ("missing key for inline table element", "lipsește cheia din tabel"),
    ("missing opening quote", "lipsește ghilimeaua de început"),
    ("missing table open", "lipsește `[` la începutul tabelului"),
    ("missing value", "lipsește valoarea"),
    ("missing value for key", "lipsește valoarea cheii"),
    ("radix must be lowercase", "baza numărului se scrie cu literă mică"),
    ("redundant integer number prefix", "prefix de prisos la un număr întreg"),
    ("redundant numeric sign", "semn de prisos la un număr"),
    ("string values must be quoted", "un text se scrie între ghilimele drepte"),
    ("too few unicode value digits", "prea puține cifre la un caracter Unicode"),
    ("unclosed array", "listă neînchisă"),
    ("unclosed array table", "antet de tabel neînchis"),
    ("unclosed inline table", "tabel neînchis"),
    ("unclosed table", "antet de tabel neînchis"),
    ("unexpected `=` in array", "un `=` neașteptat în listă"),
    ("unexpected content", "text neașteptat"),
    (
        "unexpected content between comment and newline",
        "text neașteptat între comentariu și sfârșitul liniei",
    ),
    ("unexpected key or value", "cheie sau valoare neașteptată"),
    ("unexpected leading zero", "zero neașteptat la începutul numărului"),
    ("unexpected sign", "semn neașteptat"),
    ("unquoted keys cannot be empty", "o cheie nu poate fi goală"),
    ("`_` may only go between digits", "`_` stă numai între cifre"),
];

/// What the parser of TOML expected, in Romanian.
fn wanted(part: &str) -> String {
    let words = [
        ("non-double-quote visible characters", "caractere vizibile fără ghilimele"),
        ("non-single-quote visible characters", "caractere vizibile fără apostrof"),
        ("non-single-quote characters", "caractere fără apostrof"),
        ("printable characters", "caractere vizibile"),
        ("unicode hexadecimal value", "un cod Unicode hexazecimal"),
        ("multi-line basic string", "un text pe mai multe linii"),
        ("basic string", "un text între ghilimele"),
        ("literal string", "un text între apostrofuri"),
        ("characters", "caractere"),
        ("newline", "sfârșit de linie"),
        ("letters", "litere"),
        ("numbers", "cifre"),
        ("digits", "cifre"),
        ("value", "o valoare"),
        ("nothing", "nimic"),
        ("key", "o cheie"),
    ];
    let Some(rest) = part.strip_prefix("expected ") else { return format!("`{part}`") };
    let each = rest.split(", ").map(|word| {
        let known = words.iter().find(|(en, _)| *en == word);
        known.map_or_else(|| word.to_owned(), |(_, ro)| (*ro).to_owned())
    });
    format!("se aștepta {}", each.collect::<Vec<_>>().join(", "))
}

/// What a value read through serde is refused for, with what is known where it lists that.
pub(crate) fn refused_value(said: &str) -> Advice {
    let said = said.lines().next().unwrap_or_default();
    let quoted: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
    let (word, known) = match quoted.split_first() {
        Some((word, known)) => (*word, known),
        None => ("", [].as_slice()),
    };
    if said.starts_with("unknown variant") {
        let message = message!("unknown word `{word}`", "cuvânt necunoscut: `{word}`");
        return message.advise(suggest(word, known.iter().copied()));
    }
    if said.starts_with("unknown field") || said.starts_with("unexpected key") {
        let message = message!("unknown key `{word}`", "cheie necunoscută: `{word}`");
        return message.advise(suggest(word, known.iter().copied()));
    }
    if said.starts_with("missing field") {
        return message!("the key `{word}` is missing", "lipsește cheia `{word}`").into();
    }
    let refused = said.strip_prefix("invalid type: ").or(said.strip_prefix("invalid value: "));
    if let Some((found, wanted)) = refused.and_then(|said| said.split_once(", expected ")) {
        let said = super::file::expected(&kind_wanted(wanted), &kind_found(found));
        let in_quotes = found.starts_with("string ") && kind_wanted(wanted).en.contains("number");
        return said.advise(in_quotes.then(|| {
            message!(
                "write a number without quotes and with a point: `0.5`",
                "scrieți numărul fără ghilimele și cu punct: `0.5`",
            )
        }));
    }
    let quoted = said.replace('`', "'");
    message!("{said}", "valoarea nu se potrivește aici: `{quoted}`").into()
}

/// What serde wanted.
fn kind_wanted(kind: &str) -> Message {
    match kind {
        "f64" | "f32" => message!("a number", "un număr"),
        "u8" | "u16" | "u32" | "u64" | "usize" => {
            message!("a whole number from 0", "un număr întreg, de la 0")
        }
        "i8" | "i16" | "i32" | "i64" | "isize" => message!("a whole number", "un număr întreg"),
        "a boolean" => message!("`true` or `false`", "`true` sau `false`"),
        "a string" | "string" => message!("text", "un text"),
        "a sequence" => message!("a list", "o listă"),
        "a map" => message!("a table", "un tabel"),
        "string or table" => message!("a word or a table", "un cuvânt sau un tabel"),
        _ if kind.starts_with("an array of length ") => {
            let length = kind.rsplit(' ').next().unwrap_or_default();
            message!("a list of {length}", "o listă de {length} elemente")
        }
        _ if kind.starts_with("struct ") => message!("a table", "un tabel"),
        _ if kind.starts_with("enum ") => message!("a word", "un cuvânt"),
        _ => message!("{kind}", "altceva (`{kind}`)"),
    }
}

/// What serde found: a value as written, or what kind of thing it is.
fn kind_found(kind: &str) -> Message {
    match kind {
        "sequence" => return message!("a list", "o listă"),
        "map" => return message!("a table", "un tabel"),
        _ => {}
    }
    let value = match kind.split_once(' ') {
        Some(("string", text)) => Some(text.trim_matches('"')),
        _ => kind.split('`').nth(1),
    };
    match value {
        Some(value) => Message::same(format!("`{value}`")),
        None => message!("{kind}", "`{kind}`"),
    }
}

/// What the parser of formulas says: what it expected and found, or another sentence.
pub(crate) fn formula(said: &str) -> Message {
    let said = said.replace("Expected: ", "expected ").replace("found: ", "found ");
    let Some((before, found)) = said.split_once("found ") else {
        let ro = match said.as_str() {
            "Unterminated string literal" => "un text fără apostroful de la sfârșit".to_owned(),
            other => format!("`{}`", other.replace('`', "'")),
        };
        return Message { en: said, ro };
    };
    let wanted = before.strip_prefix("expected ").map(|what| what.trim_end_matches(", "));
    let wanted = match wanted {
        Some("an expression") => "se aștepta o expresie, ".to_owned(),
        Some(what) => format!("se aștepta `{}`, ", what.replace('`', "'")),
        None => String::new(),
    };
    match found {
        "EOF" => {
            message!("{before}found the end of the formula", "{wanted}s-a găsit sfârșitul formulei",)
        }
        found => message!("{before}found `{found}`", "{wanted}s-a găsit `{found}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_serde_refuses_is_said_in_our_words() {
        let advice = refused_value("unknown variant `cout`, expected one of `count`, `rate`");
        assert_eq!(advice.message.en, "unknown word `cout`");
        assert_eq!(advice.hint.unwrap().ro, "ați vrut să scrieți `count`?");
        let missing = refused_value("missing field `decimals`").message;
        assert_eq!(missing.en, "the key `decimals` is missing");
        let wrong = refused_value("invalid type: string \"1\", expected f64").message;
        assert_eq!(wrong.en, "expected a number, found `1`");
        assert_eq!(wrong.ro, "se aștepta un număr, s-a găsit `1`");
    }

    #[test]
    fn parsers_are_understood_in_both_languages() {
        let said = syntax("missing value\nexpected value");
        assert_eq!(said.en, "missing value, expected value");
        assert_eq!(said.ro, "lipsește valoarea, se aștepta o valoare");
        let said = formula("Expected: an expression, found: EOF");
        assert_eq!(said.en, "expected an expression, found the end of the formula");
        assert_eq!(said.ro, "se aștepta o expresie, s-a găsit sfârșitul formulei");
    }
}
