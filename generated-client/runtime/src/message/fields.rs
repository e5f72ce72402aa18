//! How the fields of a message are read and written.

use std::collections::BTreeMap;

use serde::de::{Deserialize, MapAccess};
use serde::ser::{Serialize, SerializeMap};

use crate::wire::{In, Out, Wire};

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
