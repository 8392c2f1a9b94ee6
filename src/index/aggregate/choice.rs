//! Choices that a person may write as a word or as a table with options.

use serde::de::{self, MapAccess};

/// Reads an enum whose variants may be named by a word alone: `"pca"` means `{ pca = {} }`, and
/// `{ equal = {} }` means `"equal"`.
///
/// The enum derives `Deserialize` with `remote = "Self"`, which gives it an inherent function.
macro_rules! word_or_table {
    ($choice:ident, $expecting:literal) => {
        impl<'de> serde::Deserialize<'de> for $choice {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Reader;
                impl<'de> serde::de::Visitor<'de> for Reader {
                    type Value = $choice;

                    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        out.write_str($expecting)
                    }

                    fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<$choice, E> {
                        $crate::index::aggregate::choice::from_word(word, |value| {
                            $choice::deserialize(value)
                        })
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(
                        self,
                        map: A,
                    ) -> Result<$choice, A::Error> {
                        $crate::index::aggregate::choice::from_table(map, |value| {
                            $choice::deserialize(value)
                        })
                    }
                }
                deserializer.deserialize_any(Reader)
            }
        }

        impl serde::Serialize for $choice {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $choice::serialize(self, serializer)
            }
        }
    };
}

pub(super) use word_or_table;

type Read<T> = fn(serde_json::Value) -> Result<T, serde_json::Error>;

/// The choice that a word names.
pub(super) fn from_word<T, E: de::Error>(word: &str, read: Read<T>) -> Result<T, E> {
    let plain = read(serde_json::Value::from(word));
    plain.or_else(|first| {
        if first.to_string().starts_with("unknown variant") {
            return Err(E::custom(first));
        }
        read(serde_json::json!({ word: {} })).map_err(E::custom)
    })
}

/// The choice that the one key of a table names.
pub(super) fn from_table<'de, T, A: MapAccess<'de>>(
    mut map: A,
    read: Read<T>,
) -> Result<T, A::Error> {
    let Some((word, options)) = map.next_entry::<String, serde_json::Value>()? else {
        return Err(de::Error::custom("an empty table names nothing"));
    };
    if let Some(second) = map.next_key::<String>()? {
        let message = format!("only one choice is possible: `{word}` or `{second}`");
        return Err(de::Error::custom(message));
    }
    let empty = options.as_object().is_some_and(serde_json::Map::is_empty);
    let table = read(serde_json::json!({ word.as_str(): options }));
    match table {
        Ok(choice) => Ok(choice),
        Err(error) if empty => {
            read(serde_json::Value::from(word)).map_err(|_| de::Error::custom(error))
        }
        Err(error) => Err(de::Error::custom(error)),
    }
}
