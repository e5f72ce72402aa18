//! What an answer holds, read strictly.

use serde::Deserializer;
use serde::de::{DeserializeOwned, Visitor};

use super::exchange::Answer;
use super::{Error, Operation, Response};

/// What an answer holds.
pub(super) fn read<T: DeserializeOwned>(
    answer: Answer,
    operation: &'static Operation,
) -> Result<Response<T>, Error> {
    match decode(&answer.body) {
        Ok(value) => {
            let attempts = answer.trace.attempts;
            Ok(Response::new(
                answer.status,
                answer.headers,
                attempts,
                value,
            ))
        }
        Err(error) => {
            let what = what_is_wrong(&answer.body, &error);
            Err(answer.unreadable(operation, what))
        }
    }
}

/// What a body holds.
fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, serde_json::Error> {
    let mut from = serde_json::Deserializer::from_slice(body);
    let value = T::deserialize(Strict(&mut from))?;
    from.end()?;
    Ok(value)
}

/// Reads a struct from an object only. Left alone, a struct could be read from an array too, which
/// would take any list for a resource.
struct Strict<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Strict<D> {
    type Error = D::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(visitor)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// Where a body is not as it should be. What serde would say holds values, which may be anyone's
/// address.
fn what_is_wrong(body: &[u8], error: &serde_json::Error) -> String {
    let place = format!("at line {}, column {}", error.line(), error.column());
    if body.is_empty() {
        "it is empty".to_owned()
    } else if error.is_data() {
        format!("it has another form than the API describes, {place}")
    } else {
        format!("it is not JSON, {place}")
    }
}
