//! The table of the kinds, a row for each.

pub(crate) mod api;
pub(crate) mod operations;
pub(crate) mod parameters;
pub(crate) mod schemas;

/// Defines the rows of a part of the table: a name in the code, the id, the id of the mirror, the class, the
/// step; what changed in the document, in the Rust API, in behaviour.
macro_rules! rows {
    ($($name:ident = $id:literal <> $mirror:literal $class:ident $step:ident
        $document:literal $rust:literal $behaviour:literal;)*) => {
        use crate::diff::kinds::{Class, Kind, Step};
        $(pub(crate) static $name: Kind = Kind {
            id: $id,
            mirror: $mirror,
            class: Class::$class,
            step: Step::$step,
            document: $document,
            rust: $rust,
            behaviour: $behaviour,
        };)*
        /// The rows.
        pub(crate) const ALL: &[&Kind] = &[$(&$name),*];
    };
}
pub(crate) use rows;
