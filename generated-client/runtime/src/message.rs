//! Messages: structs that are read from JSON objects and written as such, by a table of their fields.
//!
//! What serde would derive for every struct stands here once. A generated struct brings nothing but
//! the names that its fields have on the wire, which is what a user's compiler has to read again and
//! again.

mod fields;

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};

pub use fields::*;

/// A struct that is an object in JSON. For the macro [`message!`](crate::message).
pub trait Message: Default {
    /// Reads the value that follows a key into its field. Returns whether there is such a field; the
    /// value is left where it is otherwise.
    fn read<'de, A: MapAccess<'de>>(&mut self, key: &str, from: &mut A) -> Result<bool, A::Error>;

    /// Writes every field that is there.
    fn write<M: SerializeMap>(&self, to: &mut M) -> Result<(), M::Error>;
}

/// Reads a message.
pub fn read_message<'de, T: Message, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    from.deserialize_map(MessageVisitor(PhantomData))
}

/// Writes a message.
pub fn write_message<T: Message, S: Serializer>(message: &T, to: S) -> Result<S::Ok, S::Error> {
    let mut map = to.serialize_map(None)?;
    message.write(&mut map)?;
    map.end()
}

struct MessageVisitor<T>(PhantomData<T>);

impl<'de, T: Message> Visitor<'de> for MessageVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut message = T::default();
        while let Some(Key(key)) = map.next_key()? {
            if !message.read(&key, &mut map)? {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(message)
    }
}

/// A key, borrowed from the text where it stands there as it is.
struct Key<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_str(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: de::Error>(self, key: &'de str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Borrowed(key)))
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(key.to_owned())))
    }

    fn visit_string<E: de::Error>(self, key: String) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(key)))
    }
}

/// Makes a struct readable from JSON and writable as such, by the names that its fields have there.
///
/// Every field is an `Option`, a `Vec`, a `BTreeMap` or a `Nullable`: what is absent when it is read, is empty, and
/// what is empty is left out when it is written. `as wire` stands behind a field that JSON has no word
/// for (see `runtime::wire`), `as nullable` and `as nullable_wire` behind a
/// [`Nullable`](crate::Nullable), `or empty` behind one that is written also where it is empty, and `..` before the
/// field that holds all other properties.
///
/// ```
/// #[derive(Clone, Debug, Default, PartialEq)]
/// pub struct Shelf {
///     pub book_count: Option<i64>,
///     pub labels: Vec<String>,
/// }
/// generated_client_runtime::message!(Shelf {
///     book_count: "bookCount" as wire,
///     labels: "labels",
/// });
///
/// let shelf: Shelf = serde_json::from_str(r#"{"bookCount":"9007199254740993","new":[]}"#)?;
/// assert_eq!(shelf.book_count, Some(9_007_199_254_740_993));
/// assert_eq!(serde_json::to_string(&shelf)?, r#"{"bookCount":"9007199254740993"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! message {
    ($name:ident {
        $($field:ident: $wire:literal $(as $form:ident)? $(or $empty:ident)?,)*
        $(..$rest:ident $(as $rest_form:ident)?)?
    }) => {
        #[allow(deprecated)]
        const _: () = {
            use $crate::macros::{self, serde};

            impl macros::Message for $name {
                fn read<'de, A: serde::de::MapAccess<'de>>(
                    &mut self,
                    key: &str,
                    from: &mut A,
                ) -> std::result::Result<bool, A::Error> {
                    match key {
                        $($wire => {
                            self.$field = $crate::message!(@read_field $($form)?)(from)?;
                        })*
                        $(key => {
                            $crate::message!(@read_rest $($rest_form)?)(&mut self.$rest, key, from)?;
                        })?
                        #[allow(unreachable_patterns)]
                        _ => return std::result::Result::Ok(false),
                    }
                    #[allow(unreachable_code)]
                    std::result::Result::Ok(true)
                }

                fn write<M: serde::ser::SerializeMap>(
                    &self,
                    to: &mut M,
                ) -> std::result::Result<(), M::Error> {
                    $($crate::message!(@write_field $($form)? $(or $empty)?)(to, $wire, &self.$field)?;)*
                    $($crate::message!(@write_rest $($rest_form)?)(&self.$rest, to)?;)?
                    std::result::Result::Ok(())
                }
            }

            impl<'de> serde::Deserialize<'de> for $name {
                fn deserialize<D: serde::Deserializer<'de>>(
                    from: D,
                ) -> std::result::Result<Self, D::Error> {
                    macros::read_message(from)
                }
            }

            impl serde::Serialize for $name {
                fn serialize<S: serde::Serializer>(
                    &self,
                    to: S,
                ) -> std::result::Result<S::Ok, S::Error> {
                    macros::write_message(self, to)
                }
            }
        };
    };
    (@read_field) => { $crate::macros::read_field };
    (@read_field wire) => { $crate::macros::read_wire_field };
    (@read_field nullable) => { $crate::macros::read_nullable };
    (@read_field nullable_wire) => { $crate::macros::read_nullable_wire };
    (@read_rest) => { $crate::macros::read_rest };
    (@read_rest wire) => { $crate::macros::read_wire_rest };
    (@write_field) => { $crate::macros::write_field };
    (@write_field or empty) => { $crate::macros::write_required };
    (@write_field wire or empty) => { $crate::macros::write_wire_required };
    (@write_field wire) => { $crate::macros::write_wire_field };
    (@write_field nullable) => { $crate::macros::write_field };
    (@write_field nullable_wire) => { $crate::macros::write_wire_field };
    (@write_rest) => { $crate::macros::write_rest };
    (@write_rest wire) => { $crate::macros::write_wire_rest };
}
