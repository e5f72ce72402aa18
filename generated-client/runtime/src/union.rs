//! Unions: a value is of one of several types. A value that is of none of them is kept, and written as it
//! came.

mod fit;

use std::cell::Cell;
use std::cmp::Reverse;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, IgnoredAny};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use super::message::Message;
use super::wire::{In, Wire};
pub use fit::{Fit, Property, Score, fit_object};

/// A union. For the macro [`union!`](crate::union).
pub trait Union: Sized + 'static {
    /// The property that says which member an object is; empty where none does.
    const TAG: &'static str;

    /// The members. Of those that fit equally well, the first one is taken.
    const MEMBERS: &'static [Member<Self>];

    /// A value that is none of the members.
    fn unrecognized(value: Value) -> Self;
}

/// A member of a union.
pub struct Member<U> {
    /// The type that it has in JSON.
    pub kind: Kind,
    /// Whether a value of the tag is one of this member.
    pub is_tag: fn(&Value) -> bool,
    /// How well a value fits.
    pub fit: fn(&Value) -> Option<Score>,
    /// Reads a value.
    pub read: fn(&Value) -> Option<U>,
}

/// A type of JSON.
#[derive(Clone, Copy, PartialEq, Eq)]
#[allow(non_camel_case_types, missing_docs)] // They are what stands in the table.
pub enum Kind {
    any,
    array,
    boolean,
    integer,
    number,
    object,
    string,
}

impl Kind {
    fn holds(self, value: &Value) -> bool {
        match self {
            Self::any => true,
            Self::array => value.is_array(),
            Self::boolean => value.is_boolean(),
            Self::integer => value.is_i64() || value.is_u64(),
            Self::number => value.is_number(),
            Self::object => value.is_object(),
            Self::string => value.is_string(),
        }
    }
}

thread_local! {
    /// Whether it is tried if a value can be read, apart from the unions in it: reading one never fails.
    static TRYING: Cell<bool> = const { Cell::new(false) };
}

/// Reads a union.
pub fn read_union<'de, U: Union, D: Deserializer<'de>>(from: D) -> Result<U, D::Error> {
    if TRYING.get() {
        IgnoredAny::deserialize(from)?;
        return Ok(U::unrecognized(Value::Null));
    }
    let value = Value::deserialize(from)?;
    Ok(member_of(&value).unwrap_or_else(|| U::unrecognized(value)))
}

/// The members that a value may be, by how well it fits. A tag that no member has, or none, leaves none.
fn fitting<U: Union>(value: &Value) -> impl Iterator<Item = (Score, &'static Member<U>)> {
    let object = value.as_object().filter(|_| !U::TAG.is_empty());
    let tag = object.map(|object| object.get(U::TAG));
    let members = U::MEMBERS.iter().filter(move |member| {
        let has_tag = match tag {
            Some(tag) => tag.is_some_and(|tag| (member.is_tag)(tag)),
            None => true,
        };
        has_tag && member.kind.holds(value)
    });
    members.filter_map(|member| Some(((member.fit)(value)?, member)))
}

/// How well a value fits a union: as well as the best of its members.
pub fn fit_union<U: Union>(value: &Value) -> Option<Score> {
    fitting::<U>(value).map(|(score, _)| score).max()
}

/// The member that a value is; nothing where it is none.
fn member_of<U: Union>(value: &Value) -> Option<U> {
    let mut fitting: Vec<_> = fitting::<U>(value).collect();
    if let [(_, only)] = fitting.as_slice() {
        return (only.read)(value);
    }
    fitting.sort_by_key(|(score, member)| Reverse((*score, member.kind == Kind::integer)));
    let mut members = fitting.into_iter().map(|(_, member)| member);
    let found = members.find(|member| can_be_read(member, value))?;
    (found.read)(value)
}

/// Whether a value can be read as this member. Unions in it are not looked at: so what is nested is read once,
/// however many members are tried around it.
fn can_be_read<U>(member: &Member<U>, value: &Value) -> bool {
    struct Reset(bool);
    impl Drop for Reset {
        fn drop(&mut self) {
            TRYING.set(self.0);
        }
    }
    let _reset = Reset(TRYING.replace(true));
    (member.read)(value).is_some()
}

/// Reads a value.
pub fn read_member<T: DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(value).ok()
}

/// Reads a value that travels in a form of its own.
pub fn read_wire_member<T: Wire>(value: &Value) -> Option<T> {
    In::<T>::deserialize(value).ok().map(In::into_inner)
}

/// What a member fits whose type alone decides.
pub fn fit_any<T, U>(_: fn(T) -> U, _: &Value) -> Option<Score> {
    Some(Score::default())
}

/// How well a value fits a member.
pub fn fit_member<T: Fit, U>(_: fn(T) -> U, value: &Value) -> Option<Score> {
    T::fit(value)
}

/// Writes a message with the tag that it has in a union. `tag` is nothing where the message itself has it.
pub fn write_tagged<U: Union, T: Message, V: Serialize, S: Serializer>(
    message: &T,
    tag: Option<V>,
    to: S,
) -> Result<S::Ok, S::Error> {
    let mut map = to.serialize_map(None)?;
    if let Some(tag) = tag {
        map.serialize_entry(U::TAG, &tag)?;
    }
    message.write(&mut map)?;
    map.end()
}

/// Makes an enum readable and writable as a value of one of several types, its members. Reading never fails: a
/// value that is of no member becomes the variant `Unrecognized`, which is written as it came.
///
/// Each row is a variant and the type that it has in JSON: `array`, `boolean`, `integer`, `number`, `object`
/// or `string`. Which variant a value becomes is decided in this order:
///
/// 1. By the type in JSON. An integer is an `integer` before it is a `number`.
/// 2. By the tag, where `by` names a property that has another value in each object. `= value` is the value of
///    one variant, and is written where the field behind `unless` is absent; `[value, …]` are several.
/// 3. By what fits best, where a row says `fit` (see [`fit!`](crate::fit)): required properties are there, no
///    property has a value that is not documented; then the most known and the fewest unknown properties count.
/// 4. By the order of the rows: the first one as which the value can be read.
///
/// `as wire` stands for a value that JSON has no word for, and `from` for the types that the enum is made
/// from. A union has no default: none of its members is one, and `null` is another value.
///
/// ```
/// # use generated_client_runtime as runtime;
/// #[derive(Clone, Debug, Default, PartialEq)]
/// pub struct Circle {
///     pub radius: Option<i32>,
/// }
/// runtime::message!(Circle {
///     radius: "radius",
/// });
///
/// #[derive(Clone, Debug, PartialEq)]
/// pub enum Shape {
///     Circle(Box<Circle>),
///     Name(String),
///     Unrecognized(runtime::JsonValue),
/// }
/// runtime::union!(Shape by "kind" {
///     Circle: object = "circle" from Circle,
///     Name: string from String | &str,
/// });
///
/// let shape: Shape = serde_json::from_str(r#"{"kind":"circle","radius":2}"#)?;
/// assert_eq!(shape, Circle { radius: Some(2) }.into());
/// assert_eq!(serde_json::to_string(&shape)?, r#"{"kind":"circle","radius":2}"#);
/// assert_eq!(serde_json::from_str::<Shape>(r#""round""#)?, "round".into());
///
/// let unknown = r#"{"kind":"square","side":3}"#;
/// let shape: Shape = serde_json::from_str(unknown)?;
/// assert!(matches!(shape, Shape::Unrecognized(_)));
/// assert_eq!(serde_json::to_string(&shape)?, unknown);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! union {
    ($name:ident $(by $by:literal)? {
        $($variant:ident: $kind:ident
            $(= $tag:literal $(unless $field:ident)?)?
            $([$($tags:literal),*])?
            $(with $fit:ident)?
            $(as $form:ident)?
            $(from $($from:ty)|+)?,)*
    }) => {
        #[allow(deprecated)]
        const _: () = {
            use $crate::macros::{self, serde};

            impl macros::Union for $name {
                const TAG: &'static str = concat!($($by)?);
                const MEMBERS: &'static [macros::Member<Self>] = &[$(macros::Member {
                    kind: macros::Kind::$kind,
                    is_tag: |_value| false $(|| *_value == $tag)? $($(|| *_value == $tags)*)?,
                    fit: |value| $crate::union!(@fit $($fit)?)(Self::$variant, value),
                    read: |value| {
                        $crate::union!(@read $($form)?)(value).map(Self::$variant)
                    },
                }),*];

                fn unrecognized(value: $crate::JsonValue) -> Self {
                    Self::Unrecognized(value)
                }
            }

            impl macros::Fit for $name {
                fn fit(value: &$crate::JsonValue) -> std::option::Option<macros::Score> {
                    macros::fit_union::<Self>(value)
                }
            }

            $($($(impl std::convert::From<$from> for $name {
                fn from(value: $from) -> Self {
                    Self::$variant(value.into())
                }
            })+)?)*

            impl<'de> serde::Deserialize<'de> for $name {
                fn deserialize<D: serde::Deserializer<'de>>(
                    from: D,
                ) -> std::result::Result<Self, D::Error> {
                    macros::read_union(from)
                }
            }

            impl serde::Serialize for $name {
                fn serialize<S: serde::Serializer>(
                    &self,
                    to: S,
                ) -> std::result::Result<S::Ok, S::Error> {
                    match self {
                        $(Self::$variant(member) => $crate::union!(
                            @write member, to, $($tag $(unless $field)?)?; $($form)?
                        ),)*
                        Self::Unrecognized(value) => serde::Serialize::serialize(value, to),
                    }
                }
            }
        };
    };
    (@fit) => { macros::fit_any };
    (@fit fit) => { macros::fit_member };
    (@read) => { macros::read_member };
    (@read wire) => { macros::read_wire_member };
    (@write $member:ident, $to:ident, ; ) => {
        serde::Serialize::serialize($member, $to)
    };
    (@write $member:ident, $to:ident, ; wire) => {
        serde::Serialize::serialize(&macros::Out($member), $to)
    };
    (@write $member:ident, $to:ident, $tag:literal; ) => {
        macros::write_tagged::<Self, _, _, _>(
            &**$member,
            std::option::Option::Some($tag),
            $to,
        )
    };
    (@write $member:ident, $to:ident, $tag:literal unless $field:ident; ) => {
        macros::write_tagged::<Self, _, _, _>(
            &**$member,
            macros::Field::is_absent(&$member.$field).then_some($tag),
            $to,
        )
    };
}
