//! Messages: structs that are read from JSON objects and written as such, by a table of their fields.
//!
//! What serde would derive for every struct stands here once. A generated struct brings nothing but
//! the names that its fields have on the wire, which is what a user's compiler has to read again and
//! again.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::wire::{In, Out, Wire};

/// A struct that is an object in JSON. For the macro [`message!`](crate::message).
pub trait Message: Default {
    /// Reads the value that follows a key into its field. Returns whether there is such a field; the
    /// value is left where it is otherwise.
    fn read<'de, A: MapAccess<'de>>(&mut self, key: &str, from: &mut A) -> Result<bool, A::Error>;

    /// Writes every field that is there.
    fn write<M: SerializeMap>(&self, to: &mut M) -> Result<(), M::Error>;
}

/// A field of a message: something that may be absent.
pub trait Field: Sized {
    /// Whether there is nothing to write.
    fn is_absent(&self) -> bool;
}

impl<T> Field for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> Field for Vec<T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<T> Field for BTreeMap<String, T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

/// Reads a field. `null` is as good as nothing.
pub fn read_field<'de, T, A>(from: &mut A) -> Result<T, A::Error>
where
    T: Field + Default + Deserialize<'de>,
    A: MapAccess<'de>,
{
    Ok(from.next_value::<Option<T>>()?.unwrap_or_default())
}

/// Reads a field that travels in a form of its own.
pub fn read_wire_field<'de, T, A>(from: &mut A) -> Result<T, A::Error>
where
    T: Field + Default + Wire,
    A: MapAccess<'de>,
{
    let value = from.next_value::<Option<In<T>>>()?;
    Ok(value.map_or_else(T::default, |value| value.0))
}

/// Writes a field, if it is there.
pub fn write_field<T, M>(to: &mut M, key: &'static str, value: &T) -> Result<(), M::Error>
where
    T: Field + Serialize,
    M: SerializeMap,
{
    match value.is_absent() {
        true => Ok(()),
        false => to.serialize_entry(key, value),
    }
}

/// Writes a field that is required, also where it is empty.
pub fn write_required<T, M>(to: &mut M, key: &'static str, value: &T) -> Result<(), M::Error>
where
    T: Serialize,
    M: SerializeMap,
{
    to.serialize_entry(key, value)
}

/// Writes a field that is required and travels in a form of its own, also where it is empty.
pub fn write_wire_required<T, M>(to: &mut M, key: &'static str, value: &T) -> Result<(), M::Error>
where
    T: Wire,
    M: SerializeMap,
{
    to.serialize_entry(key, &Out(value))
}

/// Writes a field that travels in a form of its own, if it is there.
pub fn write_wire_field<T, M>(to: &mut M, key: &'static str, value: &T) -> Result<(), M::Error>
where
    T: Field + Wire,
    M: SerializeMap,
{
    match value.is_absent() {
        true => Ok(()),
        false => to.serialize_entry(key, &Out(value)),
    }
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

/// Reads a value whose key no field has.
pub fn read_rest<'de, T, A>(
    rest: &mut BTreeMap<String, T>,
    key: &str,
    from: &mut A,
) -> Result<(), A::Error>
where
    T: Deserialize<'de>,
    A: MapAccess<'de>,
{
    rest.insert(key.to_owned(), from.next_value()?);
    Ok(())
}

/// Reads a value whose key no field has, and which travels in a form of its own.
pub fn read_wire_rest<'de, T, A>(
    rest: &mut BTreeMap<String, T>,
    key: &str,
    from: &mut A,
) -> Result<(), A::Error>
where
    T: Wire,
    A: MapAccess<'de>,
{
    let In(value) = from.next_value()?;
    rest.insert(key.to_owned(), value);
    Ok(())
}

/// Writes the values whose keys no field has.
pub fn write_rest<T, M>(rest: &BTreeMap<String, T>, to: &mut M) -> Result<(), M::Error>
where
    T: Serialize,
    M: SerializeMap,
{
    rest.iter()
        .try_for_each(|(key, value)| to.serialize_entry(key, value))
}

/// Writes the values whose keys no field has, and which travel in a form of their own.
pub fn write_wire_rest<T, M>(rest: &BTreeMap<String, T>, to: &mut M) -> Result<(), M::Error>
where
    T: Wire,
    M: SerializeMap,
{
    rest.iter()
        .try_for_each(|(key, value)| to.serialize_entry(key, &Out(value)))
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
