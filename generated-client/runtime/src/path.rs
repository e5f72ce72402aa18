//! Paths: values take the places of placeholders, and can never change which path is called.

use std::fmt;

use base64::Engine as _;
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::error::InvalidArgument;
use super::names::{Refusal, refuse, refuse_segments};
use super::path_style::{Expanded, Piece};
use super::query_style::joined;
use super::value::to_text;
use super::wire::{Out, URL_SAFE};
use super::{Bytes, Date, DateTime, Duration, FieldMask, Secret};
use super::{Exploded, JsonText};

/// Everything is escaped but what RFC 3986 calls unreserved, and `@`, which no path gives a meaning.
/// A `:` is escaped because Google's paths end in `:verb`.
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'@');

/// A value that may have slashes in it keeps them.
const IN_PATH_WITH_SLASHES: &AsciiSet = &IN_PATH.remove(b'/');

/// What a path has between its values stands as the API writes it, but for what no URL may have in it.
const BETWEEN_VALUES: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// In a query `$` means nothing either, and Google has a parameter that begins with it.
const IN_QUERY: &AsciiSet = &IN_PATH.remove(b'$');

/// A value that can stand in a path: text, a number, a time, bytes, the name of a resource.
pub trait PathValue {
    /// Calls `take` with each placeholder's value, in their order.
    fn each_part(&self, take: &mut dyn FnMut(&str));

    /// The value as its style writes it, where it has one: then it has no parts.
    fn expanded(&self) -> Option<&Expanded> {
        None
    }
}

impl PathValue for Expanded {
    fn each_part(&self, _: &mut dyn FnMut(&str)) {}

    fn expanded(&self) -> Option<&Expanded> {
        Some(self)
    }
}

impl PathValue for str {
    fn each_part(&self, take: &mut dyn FnMut(&str)) {
        take(self);
    }
}

/// A list or an object in a path: its items, or names and values, with commas between them.
impl<T: Serialize + ?Sized> PathValue for Joined<'_, T> {
    fn each_part(&self, take: &mut dyn FnMut(&str)) {
        let value = serde_json::to_value(self.0).unwrap_or_default();
        take(&joined(value, ","));
    }
}

impl<T: Serialize + ?Sized> PathValue for Exploded<'_, T> {
    fn each_part(&self, take: &mut dyn FnMut(&str)) {
        take(&self.text());
    }
}

impl<T: Serialize + ?Sized> PathValue for JsonText<'_, T> {
    fn each_part(&self, take: &mut dyn FnMut(&str)) {
        take(&self.text());
    }
}

impl PathValue for String {
    fn each_part(&self, take: &mut dyn FnMut(&str)) {
        take(self);
    }
}

impl<T: PathValue + ?Sized> PathValue for &T {
    fn each_part(&self, take: &mut dyn FnMut(&str)) {
        (**self).each_part(take);
    }
}

/// Bytes in a path are base64 of the alphabet that has no slash.
impl PathValue for Bytes {
    fn each_part(&self, take: &mut dyn FnMut(&str)) {
        take(&URL_SAFE.encode(self));
    }
}

impl PathValue for Secret {
    fn each_part(&self, take: &mut dyn FnMut(&str)) {
        take(self.expose());
    }
}

macro_rules! written {
    (as wire: $($kind:ty)*) => {$(
        impl PathValue for $kind {
            fn each_part(&self, take: &mut dyn FnMut(&str)) {
                take(&text(&Out(self)));
            }
        }
    )*};
    ($($kind:ty)*) => {$(
        impl PathValue for $kind {
            fn each_part(&self, take: &mut dyn FnMut(&str)) {
                take(&text(self));
            }
        }
    )*};
}

written!(bool i8 i16 i32 u8 u16 u32 Date DateTime FieldMask);
written!(as wire: i64 u64 f64 Duration);

/// A list or an object in a path, which is written in the style `simple` of OpenAPI.
#[derive(Clone, Copy, Debug)]
pub struct Joined<'a, T: ?Sized>(pub &'a T);

/// A value as it is in JSON, without quotation marks. Nothing that has no form there can stand in a path.
fn text(value: &impl Serialize) -> String {
    serde_json::to_value(value).map_or_else(|_| String::new(), to_text)
}

/// A template whose placeholders are being replaced, from left to right. The value of `{+name}` may have
/// slashes in it.
#[derive(Clone)]
pub(super) struct Path {
    done: String,
    rest: &'static str,
}

/// Values may be addresses of people.
impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Path").finish_non_exhaustive()
    }
}

/// Why a value cannot stand in a path.
pub(super) struct RefusedValue {
    /// The placeholder that it was meant for.
    pub placeholder: &'static str,
    /// What is wrong with it.
    pub refusal: Refusal,
}

impl From<RefusedValue> for InvalidArgument {
    fn from(refused: RefusedValue) -> Self {
        let RefusedValue {
            placeholder,
            refusal,
        } = refused;
        Self::new(format!("the value of `{placeholder}` {refusal}"))
    }
}

impl Path {
    /// A template without any values yet.
    pub fn new(template: &'static str) -> Self {
        Self {
            done: String::with_capacity(template.len() + 32),
            rest: template,
        }
    }

    /// Puts a value into the place of the next placeholder.
    pub fn push(&mut self, value: &str) -> Result<(), RefusedValue> {
        self.replace(value, |path, escaped| {
            path.extend(utf8_percent_encode(value, escaped));
        })
    }

    /// Replaces the next placeholder by a value, which `write` writes.
    fn replace(
        &mut self,
        value: &str,
        write: impl FnOnce(&mut String, &'static AsciiSet),
    ) -> Result<(), RefusedValue> {
        let Some((literal, after)) = self.rest.split_once('{') else {
            // More values than placeholders: the generator makes as many of one as of the other.
            return Ok(());
        };
        let (placeholder, rest) = after.split_once('}').unwrap_or((after, ""));
        let (placeholder, refusal, escaped) = match placeholder.strip_prefix('+') {
            Some(name) => (name, refuse_segments(value), IN_PATH_WITH_SLASHES),
            None => (placeholder, refuse(value), IN_PATH),
        };
        if let Some(refusal) = refusal {
            return Err(RefusedValue {
                placeholder,
                refusal,
            });
        }
        self.done
            .extend(utf8_percent_encode(literal, BETWEEN_VALUES));
        write(&mut self.done, escaped);
        self.rest = rest;
        Ok(())
    }

    /// Puts a value that has a style into the place of the next placeholder.
    pub fn push_expanded(&mut self, value: &Expanded) -> Result<(), RefusedValue> {
        let pieces = || value.pieces.iter();
        let whole: String = pieces().map(Piece::as_str).collect();
        self.replace(&whole, |path, escaped| {
            for piece in pieces() {
                match piece {
                    Piece::Mark(mark) => path.push_str(mark),
                    Piece::Text(text) => path.extend(utf8_percent_encode(text, escaped)),
                }
            }
        })
    }

    /// The whole path.
    pub fn finish(mut self) -> String {
        self.done
            .extend(utf8_percent_encode(self.rest, BETWEEN_VALUES));
        self.done
    }
}

/// Adds a parameter to a query.
pub(super) fn push_query(query: &mut String, name: &str, value: &str) {
    query.push(if query.is_empty() { '?' } else { '&' });
    query.extend(utf8_percent_encode(name, IN_QUERY));
    query.push('=');
    query.extend(utf8_percent_encode(value, IN_QUERY));
}
