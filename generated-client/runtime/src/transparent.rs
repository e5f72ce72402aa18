//! Schemas that are another type in JSON, such as a list with a name.

/// Makes a struct with one field readable and writable as that field is; with `as wire`, in the field's form of its
/// own.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// pub struct Tags(pub Vec<String>);
/// generated_client_runtime::transparent!(Tags);
///
/// let tags: Tags = serde_json::from_str(r#"["red", "round"]"#)?;
/// assert_eq!(tags, Tags(vec!["red".to_owned(), "round".to_owned()]));
/// assert_eq!(serde_json::to_string(&tags)?, r#"["red","round"]"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! transparent {
    ($name:ident) => {
        $crate::transparent!(@impl $name, $crate::macros::serde::Serialize::serialize,
            $crate::macros::serde::Deserialize::deserialize);
    };
    ($name:ident as wire) => {
        $crate::transparent!(@impl $name, $crate::wire::serialize, $crate::wire::deserialize);
    };
    (@impl $name:ident, $serialize:expr, $deserialize:expr) => {
        impl $crate::macros::serde::Serialize for $name {
            fn serialize<S: $crate::macros::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $serialize(&self.0, serializer)
            }
        }

        impl<'de> $crate::macros::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::macros::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $deserialize(deserializer).map(Self)
            }
        }
    };
}
