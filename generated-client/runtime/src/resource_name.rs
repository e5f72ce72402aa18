//! The type of resource names of one form.

/// Defines the type that holds names of resources of one form.
///
/// ```
/// generated_client_runtime::resource_name!(ShelfName, "libraries/{library}/shelves/{shelf}", library, shelf);
///
/// let name: ShelfName = "libraries/city/shelves/7".parse()?;
/// assert_eq!(name, ShelfName::new("city", "7")?);
/// assert_eq!(name.shelf(), "7");
/// assert!(ShelfName::new("city", "..").is_err());
/// assert_eq!(ShelfName::try_from("libraries/city/shelves/7"), Ok(name.clone()));
/// assert_eq!(String::from(name), "libraries/city/shelves/7");
/// # Ok::<(), generated_client_runtime::InvalidName>(())
/// ```
#[macro_export]
macro_rules! resource_name {
    ($name:ident, $pattern:literal, $($part:ident),+ $(,)?) => {
        /// The name of a resource, of the form that [`Self::PATTERN`] shows.
        ///
        /// A part is never empty, `.` or `..`, and has no `/`, no `\` and no control character in
        /// it, so that a name can never change which path is called. A part that the form has as
        /// `{+part}` may have `/` in it, between segments of that kind.
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name {
            $($part: std::string::String,)+
        }

        impl $name {
            /// The form of the name, with its parts in braces.
            pub const PATTERN: &'static str = $pattern;

            /// Builds the name from its parts.
            ///
            /// # Errors
            ///
            /// A part that cannot stand in a path.
            pub fn new(
                $($part: impl std::convert::Into<std::string::String>),+
            ) -> std::result::Result<Self, $crate::InvalidName> {
                let name = Self { $($part: $part.into()),+ };
                let parts = [$((stringify!($part), name.$part.as_str())),+];
                $crate::macros::check(Self::PATTERN, &parts)?;
                std::result::Result::Ok(name)
            }

            $(
                #[doc = concat!("The part `", stringify!($part), "`.")]
                pub fn $part(&self) -> &str {
                    &self.$part
                }
            )+
        }

        /// A name may hold a person's address: its form is shown, and its parts are not.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(Self::PATTERN)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::macros::write(f, Self::PATTERN, &[$(&self.$part),+])
            }
        }

        impl std::convert::From<$name> for std::string::String {
            fn from(name: $name) -> Self {
                std::string::ToString::to_string(&name)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::InvalidName;

            fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
                let [$($part),+] = $crate::macros::split(Self::PATTERN, text)?;
                Self::new($($part),+)
            }
        }

        impl std::convert::TryFrom<&str> for $name {
            type Error = $crate::InvalidName;

            fn try_from(text: &str) -> std::result::Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl std::convert::TryFrom<std::string::String> for $name {
            type Error = $crate::InvalidName;

            fn try_from(text: std::string::String) -> std::result::Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl $crate::macros::serde::Serialize for $name {
            fn serialize<S: $crate::macros::serde::Serializer>(
                &self,
                to: S,
            ) -> std::result::Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> $crate::macros::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::macros::serde::Deserializer<'de>>(
                from: D,
            ) -> std::result::Result<Self, D::Error> {
                $crate::macros::read_name(from)
            }
        }

        impl $crate::PathValue for $name {
            fn each_part(&self, take: &mut dyn FnMut(&str)) {
                $(take(&self.$part);)+
            }
        }
    };
}
