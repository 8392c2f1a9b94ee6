//! One declaration for each table of a file: its keys, how they are read, and their JSON Schema.
//!
//! [`table!`] makes all three of one list of keys. A key is read by its [`Shape`], which also knows
//! the schema of its values, and comes back as a [`Spanned`] value: with its place, and with the
//! knowledge whether the file has it. A table is read whole, whatever is wrong with some of its
//! keys, so that a check finds what is wrong with the others.
//!
//! [`Shape`]: super::shape::Shape
//! [`Spanned`]: super::shape::Spanned

/// Declares a table of a file: the struct, how it is read, and its JSON Schema.
///
/// ```text
/// table! {
///     /// The money.
///     struct BudgetTable as "`[budget]`" {
///         /// The limit in lei.
///         required limit: Lei,
///         /// What happens when a unit cannot be paid.
///         optional when_short: WhenShort = WhenShort::Skip,
///     }
/// }
/// ```
///
/// The text behind `as` is how messages call the table, with the Romanian one behind a comma where
/// it is no key. A key is `required` or `optional`, and an
/// optional one may have a default; its type is a `Shape`, its comment the description in the
/// schema. The struct has a `Spanned` field for each key and the `Site` of the table. `by "id"`
/// lets a table of a list stand over that of the same id in a file that is extended, and `over`
/// names a function that does so in another way than key by key.
///
/// A key that is `inherited` must be there when a file is laid over the one it extends, though not
/// in each of them. One that is `expected` must be there too, and its check says so in its own words.
///
/// With `pub struct Source from SourceTable as …` there are two structs: the table, and what has
/// passed all checks, with the plain values. A key that a check turns into something else is
/// `checked` and stands in the table only; what a check fills in is `computed` and is no key. A key
/// that is `refused` is read to be reported, and is no part of the schema.
macro_rules! table {
    (@called $both:literal) => { $crate::language::Words::new($both, $both) };
    (@called $en:literal, $ro:literal) => { $crate::language::Words::new($ro, $en) };

    (@id) => { None };
    (@id $id:literal) => { Some($id) };

    (@field computed $type:ty) => { Option<$type> };
    (@field $mode:ident $shape:ty) => {
        $crate::study::shape::Spanned<Option<<$shape as $crate::study::shape::Shape>::Value>>
    };
    (@field $mode:ident $shape:ty = $default:expr) => {
        $crate::study::shape::Spanned<<$shape as $crate::study::shape::Shape>::Value>
    };

    (@take computed $key:ident $type:ty, $fields:ident, $problems:ident) => { None };
    (@take inherited $key:ident $shape:ty, $fields:ident, $problems:ident) => {
        table!(@take required $key $shape, $fields, $problems)
    };
    (@take required $key:ident $shape:ty, $fields:ident, $problems:ident) => {{
        let key = const { $crate::study::shape::key_name(stringify!($key)) };
        let taken = <$shape as $crate::study::shape::Shape>::take(&mut $fields, key, $problems);
        if !taken.is_written {
            $fields.missing(key, $problems);
        }
        taken
    }};
    (@take $mode:ident $key:ident $shape:ty $(= $default:expr)?, $fields:ident, $problems:ident) => {{
        let key = const { $crate::study::shape::key_name(stringify!($key)) };
        <$shape as $crate::study::shape::Shape>::take(&mut $fields, key, $problems)$(.or($default))?
    }};

    (@describe computed $key:ident $about:expr, $type:ty, $table:ident, $generator:ident) => {};
    (@describe refused $key:ident $about:expr, $shape:ty, $table:ident, $generator:ident) => {};
    (@describe expected $key:ident $about:expr, $shape:ty, $table:ident, $generator:ident) => {
        table!(@describe required $key $about, $shape, $table, $generator);
    };
    (@describe required $key:ident $about:expr, $shape:ty, $table:ident, $generator:ident) => {
        table!(@describe optional $key $about, $shape, $table, $generator);
        $table.require(const { $crate::study::shape::key_name(stringify!($key)) });
    };
    (@describe $mode:ident $key:ident $about:expr, $shape:ty $(= $default:expr)?, $table:ident, $generator:ident) => {
        let key = const { $crate::study::shape::key_name(stringify!($key)) };
        $table.key(key, $about, <$shape as $crate::study::shape::Shape>::schema($generator));
        $(
            let default: <$shape as $crate::study::shape::Shape>::Value = $default;
            $table.default(key, default);
        )?
    };

    // the checked struct: one key after the other goes into its fields and into how they are filled
    (@whole $head:tt $name:ident $table:ident $it:ident [$($field:tt)*] [$($made:tt)*]
        { $doc:tt required $key:ident $shape:ty } $($rest:tt)*) => {
        table!(@whole $head $name $table $it
            [$($field)* { $doc $key: <$shape as $crate::study::shape::Shape>::Value }]
            [$($made)* $key: $it.$key.value?,] $($rest)*);
    };
    (@whole $head:tt $name:ident $table:ident $it:ident [$($field:tt)*] [$($made:tt)*]
        { $doc:tt optional $key:ident $shape:ty } $($rest:tt)*) => {
        table!(@whole $head $name $table $it
            [$($field)* { $doc $key: Option<<$shape as $crate::study::shape::Shape>::Value> }]
            [$($made)* $key: $it.$key.value,] $($rest)*);
    };
    (@whole $head:tt $name:ident $table:ident $it:ident [$($field:tt)*] [$($made:tt)*]
        { $doc:tt optional $key:ident $shape:ty = $default:expr } $($rest:tt)*) => {
        table!(@whole $head $name $table $it
            [$($field)* { $doc $key: <$shape as $crate::study::shape::Shape>::Value }]
            [$($made)* $key: $it.$key.value,] $($rest)*);
    };
    (@whole $head:tt $name:ident $table:ident $it:ident [$($field:tt)*] [$($made:tt)*]
        { $doc:tt computed $key:ident $type:ty } $($rest:tt)*) => {
        table!(@whole $head $name $table $it
            [$($field)* { $doc $key: $type }]
            [$($made)* $key: $it.$key?,] $($rest)*);
    };
    (@whole $head:tt $name:ident $table:ident $it:ident $fields:tt $made:tt
        { $($only_in_the_table:tt)* } $($rest:tt)*) => {
        table!(@whole $head $name $table $it $fields $made $($rest)*);
    };
    (@whole { $(#[$meta:meta])* $vis:vis } $name:ident $table:ident $it:ident
        [$({ [$(#[$doc:meta])*] $field:ident: $type:ty })*] [$($made:tt)*]) => {
        $(#[$meta])*
        $vis struct $name {
            $( $(#[$doc])* $vis $field: $type, )*
        }

        impl $name {
            /// What a table says, when every key that must be there was read.
            pub(super) fn of($it: $table) -> Option<Self> {
                Some(Self { $($made)* })
            }
        }
    };

    (
        $(#[doc = $about:literal])*
        $vis:vis struct $name:ident as $called:literal $(, $called_ro:literal)?
            $(by $id:literal)? $(over $over:path)? {
            $( $(#[doc = $doc:literal])* $mode:ident $key:ident: $shape:ty $(= $default:expr)? ),* $(,)?
        }
    ) => {
        $(#[doc = $about])*
        #[derive(Clone, Debug)]
        $vis struct $name {
            /// Where it stands.
            pub(super) site: $crate::study::fields::Site,
            $( $(#[doc = $doc])* pub(super) $key: table!(@field $mode $shape $(= $default)?), )*
        }

        impl $crate::study::shape::Table for $name {
            const NAME: $crate::language::Words = table!(@called $called $(, $called_ro)?);
            const ID: Option<&'static str> = table!(@id $($id)?);

            fn read_keys(
                mut fields: $crate::study::fields::Fields<'_>,
                problems: &mut $crate::study::problem::Problems,
            ) -> Self {
                $( let $key = table!(@take $mode $key $shape $(= $default)?, fields, problems); )*
                Self { site: fields.finish(problems), $($key),* }
            }

            fn site(&self) -> &$crate::study::fields::Site {
                &self.site
            }

            $(
                fn lay_over<'t>(
                    below: $crate::study::fields::Fields<'t>,
                    above: $crate::study::fields::Fields<'t>,
                ) -> $crate::study::fields::Fields<'t> {
                    $over(below, above)
                }
            )?
        }

        impl $crate::study::shape::Shape for $name {
            type Value = Self;

            fn read(
                item: &$crate::study::fields::Item<'_>,
                problems: &mut $crate::study::problem::Problems,
            ) -> Option<Self> {
                $crate::study::shape::read(item, problems)
            }

            fn schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                generator.subschema_for::<Self>()
            }

            fn take(
                fields: &mut $crate::study::fields::Fields<'_>,
                key: &'static str,
                problems: &mut $crate::study::problem::Problems,
            ) -> $crate::study::shape::Spanned<Option<Self>> {
                $crate::study::shape::take(fields, key, problems)
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).trim_end_matches("Table").into()
            }

            fn schema_id() -> std::borrow::Cow<'static, str> {
                concat!(module_path!(), "::", stringify!($name)).into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let mut table = $crate::study::shape::TableSchema::new(&[$($about),*]);
                $( table!(@describe $mode $key &[$($doc),*], $shape $(= $default)?, table, generator); )*
                table.finish()
            }
        }
    };

    (
        $(#[doc = $about:literal])*
        $(#[derive($($derive:path),* $(,)?)])?
        $(#[expect($lint:ident, reason = $why:literal)])?
        $vis:vis struct $name:ident from $table:ident as $called:literal {
            $( $(#[doc = $doc:literal])* $mode:ident $key:ident: $shape:ty $(= $default:expr)? ),* $(,)?
        }
    ) => {
        table! {
            $(#[doc = $about])*
            pub(in $crate::study) struct $table as $called {
                $( $(#[doc = $doc])* $mode $key: $shape $(= $default)? ),*
            }
        }

        table!(@whole { $(#[doc = $about])* $(#[derive($($derive),*)])? $(#[expect($lint, reason = $why)])? $vis } $name $table table [] []
            $( { [$(#[doc = $doc])*] $mode $key $shape $(= $default)? } )*);
    };
}
pub(crate) use table;
