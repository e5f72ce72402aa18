//! A property that is absent, `null` or a value.

use serde::de::{Deserialize, Deserializer, MapAccess};
use serde::ser::{Serialize, Serializer};

use super::message::Field;
use super::wire::{In, Out, Wire};

/// A property that is absent, `null` or a value: three things where a request changes what is stored. What is
/// absent stays as it is, `null` clears it, a value replaces it
/// ([RFC 7396](https://www.rfc-editor.org/rfc/rfc7396.html)).
///
/// ```
/// use generated_client_runtime::Nullable;
///
/// #[derive(Debug, Default, PartialEq)]
/// struct Shelf {
///     theme: Nullable<String>,
/// }
/// generated_client_runtime::message!(Shelf { theme: "theme" as nullable, });
///
/// for (theme, json) in [
///     (Nullable::Absent, "{}"),
///     (Nullable::Null, r#"{"theme":null}"#),
///     (Nullable::Value("Poems".to_owned()), r#"{"theme":"Poems"}"#),
/// ] {
///     let shelf = Shelf { theme };
///     assert_eq!(serde_json::to_string(&shelf)?, json);
///     assert_eq!(serde_json::from_str::<Shelf>(json)?, shelf);
/// }
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nullable<T> {
    /// It is not there.
    #[default]
    Absent,
    /// It is there, and `null`.
    Null,
    /// It has a value.
    Value(T),
}

impl<T> Nullable<T> {
    /// Whether it is not there.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether it is there, and `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether it has no value: it is absent or `null`.
    pub fn is_none(&self) -> bool {
        self.as_ref().is_none()
    }

    /// The value, if it has one.
    pub fn as_ref(&self) -> Option<&T> {
        match self {
            Self::Absent | Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// The value, as what it dereferences to.
    pub fn as_deref(&self) -> Option<&T::Target>
    where
        T: std::ops::Deref,
    {
        self.as_ref().map(T::deref)
    }

    /// The value, if it has one.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Absent | Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// The value, or else the default of its type.
    pub fn unwrap_or_default(self) -> T
    where
        T: Default,
    {
        self.into_value().unwrap_or_default()
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl From<&str> for Nullable<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

impl<T> Field for Nullable<T> {
    fn is_absent(&self) -> bool {
        self.is_absent()
    }
}

impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.as_ref().serialize(to)
    }
}

/// A property that is there is not absent.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let value = Option::<T>::deserialize(from)?;
        Ok(value.map_or(Self::Null, Self::Value))
    }
}

impl<T: Wire> Wire for Nullable<T> {
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.as_ref().map(Out).serialize(to)
    }

    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let value = Option::<In<T>>::deserialize(from)?;
        Ok(value.map_or(Self::Null, |value| Self::Value(value.0)))
    }
}

/// Reads a field, also where it is `null`.
pub fn read_nullable<'de, T, A>(from: &mut A) -> Result<Nullable<T>, A::Error>
where
    T: Deserialize<'de>,
    A: MapAccess<'de>,
{
    from.next_value()
}

/// Reads a field that travels in a form of its own, also where it is `null`.
pub fn read_nullable_wire<'de, T, A>(from: &mut A) -> Result<Nullable<T>, A::Error>
where
    T: Wire,
    A: MapAccess<'de>,
{
    Ok(from.next_value::<In<Nullable<T>>>()?.0)
}
