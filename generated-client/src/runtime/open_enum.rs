//! Open enums: a value that the client does not know is kept, shown, and sent back unchanged.

use std::fmt;
use std::marker::PhantomData;

use serde::de;

/// Reads text into anything that can be made of it. For the macro.
pub struct TextVisitor<T>(pub PhantomData<T>);

impl<T: for<'a> From<&'a str>> de::Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        Ok(T::from(text))
    }
}

/// Makes an enum readable and writable as text, by its table `VALUES` and its variant `Unrecognized`.
///
/// ```
/// #[derive(Clone, Debug, PartialEq)]
/// pub enum Colour {
///     Red,
///     Unrecognized(String),
/// }
/// impl Colour {
///     pub const VALUES: &'static [(&'static str, Self)] = &[("RED", Self::Red)];
/// }
/// generated_client::runtime::open_enum!(Colour);
///
/// assert_eq!(Colour::from("RED"), Colour::Red);
/// assert_eq!(Colour::from("MAUVE").as_str(), "MAUVE");
/// ```
#[macro_export]
macro_rules! open_enum {
    ($name:ident) => {
        #[allow(deprecated)]
        const _: () = {
            use $crate::runtime::macros::{TextVisitor, serde};

            impl $name {
                /// The value's name on the wire.
                pub fn as_str(&self) -> &str {
                    match self {
                        Self::Unrecognized(text) => text,
                        known => Self::VALUES
                            .iter()
                            .find(|(_, value)| value == known)
                            .map_or("", |(text, _)| text),
                    }
                }
            }

            impl std::convert::From<&str> for $name {
                fn from(text: &str) -> Self {
                    match Self::VALUES.iter().find(|(known, _)| *known == text) {
                        std::option::Option::Some((_, value)) => value.clone(),
                        std::option::Option::None => Self::Unrecognized(text.to_owned()),
                    }
                }
            }

            impl std::fmt::Display for $name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str(self.as_str())
                }
            }

            impl serde::Serialize for $name {
                fn serialize<S: serde::Serializer>(
                    &self,
                    to: S,
                ) -> std::result::Result<S::Ok, S::Error> {
                    to.serialize_str(self.as_str())
                }
            }

            impl<'de> serde::Deserialize<'de> for $name {
                fn deserialize<D: serde::Deserializer<'de>>(
                    from: D,
                ) -> std::result::Result<Self, D::Error> {
                    from.deserialize_str(TextVisitor(std::marker::PhantomData))
                }
            }

            impl $crate::runtime::PathValue for $name {
                fn each_part(&self, take: &mut dyn FnMut(&str)) {
                    take(self.as_str());
                }
            }
        };
    };
}
