//! What a response says of its list: values at a few places of its JSON.
//!
//! They are read beside the type of the response, so that pagination does not depend on that type.

use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A value that is not `null`.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Fact {
    Text(String),
    Number(i64),
    Flag(bool),
    /// A list, or an object, with this many items.
    Items(usize),
}

impl Fact {
    /// An integer, which may be written as text.
    pub fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => number(text),
            Self::Flag(_) | Self::Items(_) => None,
        }
    }

    /// A text, or an integer as one.
    pub fn text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::Number(number) => Some(number.to_string()),
            Self::Flag(_) | Self::Items(_) => None,
        }
    }
}

/// The integer that a text is, also where it is written as a decimal fraction.
pub(super) fn number(text: &str) -> Option<i64> {
    text.parse()
        .ok()
        .or_else(|| text.parse().ok().and_then(integer))
}

// Its limits are checked: what is beyond 2^53 is no count.
#[allow(clippy::cast_possible_truncation)]
fn integer(number: f64) -> Option<i64> {
    const LIMIT: f64 = 9_007_199_254_740_992.0;
    (number.fract() == 0.0 && number.abs() < LIMIT).then_some(number as i64)
}

/// A place: names of properties with dots between them, each of an object within the one before; empty for the
/// whole. Behind `[]`, it is in the last item of a list.
type Place<'a> = &'a str;

/// What stands between a list and a property of its items.
pub(super) const IN_ITEMS: &str = "[].";

/// Reads what stands at each place. With `wrapped`, the places may be within the member `data`.
pub(super) fn read<const N: usize>(
    body: &[u8],
    places: [Option<Place>; N],
    wrapped: bool,
) -> [Option<Fact>; N] {
    let mut found = [const { None }; N];
    let places = places.iter().enumerate();
    let wanted = places.filter_map(|(index, place)| Some((index, (*place)?)));
    let reader = Reader {
        wanted: wanted.collect(),
        found: &mut found,
        wrapped,
    };
    // What is wrong with a body is found when it is decoded.
    let _ = reader.deserialize(&mut serde_json::Deserializer::from_slice(body));
    found
}

/// Reads a value with some places in it.
struct Reader<'a> {
    wanted: Vec<(usize, Place<'a>)>,
    found: &'a mut [Option<Fact>],
    wrapped: bool,
}

impl Reader<'_> {
    fn forget(&mut self) {
        for (index, _) in &self.wanted {
            if let Some(found) = self.found.get_mut(*index) {
                *found = None;
            }
        }
    }

    fn note(&mut self, fact: Option<Fact>) {
        for (index, _) in self.wanted.iter().filter(|(_, place)| place.is_empty()) {
            if let Some(found) = self.found.get_mut(*index) {
                found.clone_from(&fact);
            }
        }
    }
}

/// Reads an item of a list. What the item before had at the same places is forgotten.
struct Item<'a>(Reader<'a>);

impl<'de> DeserializeSeed<'de> for Item<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(mut self, from: D) -> Result<(), D::Error> {
        self.0.forget();
        self.0.deserialize(from)
    }
}

/// The rest of a place within a property. A name may have dots in it.
fn within<'a>(place: Place<'a>, name: &str) -> Option<Place<'a>> {
    match place.strip_prefix(name)? {
        "" if !place.is_empty() => Some(""),
        rest if rest.starts_with(IN_ITEMS) => Some(rest),
        rest => rest.strip_prefix('.'),
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of JSON")
    }

    fn visit_unit<E: Error>(mut self) -> Result<(), E> {
        self.note(None);
        Ok(())
    }

    fn visit_bool<E: Error>(mut self, flag: bool) -> Result<(), E> {
        self.note(Some(Fact::Flag(flag)));
        Ok(())
    }

    fn visit_i64<E: Error>(mut self, number: i64) -> Result<(), E> {
        self.note(Some(Fact::Number(number)));
        Ok(())
    }

    fn visit_u64<E: Error>(mut self, number: u64) -> Result<(), E> {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        self.note(Some(Fact::Number(number)));
        Ok(())
    }

    fn visit_f64<E: Error>(mut self, number: f64) -> Result<(), E> {
        self.note(integer(number).map(Fact::Number));
        Ok(())
    }

    fn visit_str<E: Error>(mut self, text: &str) -> Result<(), E> {
        self.note(Some(Fact::Text(text.to_owned())));
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        let within = self.wanted.iter();
        let within =
            within.filter_map(|(index, place)| Some((*index, place.strip_prefix(IN_ITEMS)?)));
        let within: Vec<_> = within.collect();
        let mut count = 0;
        if within.is_empty() {
            while items.next_element::<IgnoredAny>()?.is_some() {
                count += 1;
            }
        } else {
            while {
                let reader = Reader {
                    wanted: within.clone(),
                    found: self.found,
                    wrapped: false,
                };
                items.next_element_seed(Item(reader))?.is_some()
            } {
                count += 1;
            }
        }
        self.note(Some(Fact::Items(count)));
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<(), A::Error> {
        let mut count = 0;
        while let Some(name) = members.next_key::<String>()? {
            count += 1;
            let wanted = self.wanted.iter();
            let wanted = wanted.filter_map(|(index, place)| match within(place, &name) {
                None if self.wrapped && name == "data" => Some((*index, *place)),
                rest => Some((*index, rest?)),
            });
            let wanted: Vec<_> = wanted.collect();
            match wanted.is_empty() {
                true => {
                    members.next_value::<IgnoredAny>()?;
                }
                false => members.next_value_seed(Reader {
                    wanted,
                    found: self.found,
                    wrapped: false,
                })?,
            }
        }
        self.note(Some(Fact::Items(count)));
        Ok(())
    }
}
