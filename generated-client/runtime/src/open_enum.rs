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

/// Makes an enum readable and writable as text, by the names that its values have on the wire. Every
/// other text becomes its variant `Unrecognized`. The default is the value that ends in `UNSPECIFIED`,
/// which is what an absent value means; an empty text where there is none.
///
/// ```
/// #[derive(Clone, Debug, PartialEq)]
/// pub enum Colour {
///     Red,
///     Unrecognized(String),
/// }
/// generated_client_runtime::open_enum!(Colour {
///     Red: "RED",
/// });
///
/// assert_eq!(Colour::from("RED"), Colour::Red);
/// assert_eq!(Colour::from("MAUVE").as_str(), "MAUVE");
/// assert_eq!(Colour::VALUES, [("RED", Colour::Red)]);
/// assert_eq!("MAUVE".parse(), Ok(Colour::from("MAUVE")));
/// assert_eq!(format!("{:<5}|", Colour::Red), "RED  |");
/// ```
#[macro_export]
macro_rules! open_enum {
    ($name:ident { $($variant:ident: $wire:literal,)* }) => {
        #[allow(deprecated)]
        const _: () = {
            use $crate::macros::{self, serde};

            impl $name {
                /// Every value that the API documents, with its name on the wire.
                pub const VALUES: &'static [(&'static str, Self)] =
                    &[$(($wire, Self::$variant)),*];

                /// The value's name on the wire.
                pub fn as_str(&self) -> &str {
                    match self {
                        $(Self::$variant => $wire,)*
                        Self::Unrecognized(text) => text,
                    }
                }
            }

            impl std::convert::From<&str> for $name {
                fn from(text: &str) -> Self {
                    match text {
                        $($wire => Self::$variant,)*
                        _ => Self::Unrecognized(text.to_owned()),
                    }
                }
            }

            impl std::convert::From<std::string::String> for $name {
                fn from(text: std::string::String) -> Self {
                    Self::from(text.as_str())
                }
            }

            impl std::convert::AsRef<str> for $name {
                fn as_ref(&self) -> &str {
                    self.as_str()
                }
            }

            impl std::str::FromStr for $name {
                type Err = std::convert::Infallible;

                // `Self::Err` might be a value.
                fn from_str(
                    text: &str,
                ) -> std::result::Result<Self, std::convert::Infallible> {
                    std::result::Result::Ok(text.into())
                }
            }

            impl std::default::Default for $name {
                fn default() -> Self {
                    let unspecified = Self::VALUES.iter().find(|(wire, _)| wire.ends_with("UNSPECIFIED"));
                    unspecified.map_or_else(|| Self::from(""), |(_, value)| value.clone())
                }
            }

            impl std::fmt::Display for $name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.pad(self.as_str())
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
                    from.deserialize_str(macros::TextVisitor(std::marker::PhantomData))
                }
            }

            impl $crate::PathValue for $name {
                fn each_part(&self, take: &mut dyn FnMut(&str)) {
                    take(self.as_str());
                }
            }
        };
    };
}
