//! How well a value fits a type: what tells the members of a union apart where nothing else does.

use std::cmp::Reverse;

use serde_json::Value;

/// How well a value fits: by the properties that are known, then by those that are not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score {
    known: usize,
    unknown: Reverse<usize>,
}

/// A type that says how well a value fits. For the macro [`fit!`](crate::fit).
pub trait Fit {
    /// How well a value fits; nothing where it does not.
    fn fit(value: &Value) -> Option<Score>;
}

impl<T: Fit> Fit for Box<T> {
    fn fit(value: &Value) -> Option<Score> {
        T::fit(value)
    }
}

/// Every type fits `null` where it may be that.
impl<T: Fit> Fit for Option<T> {
    fn fit(value: &Value) -> Option<Score> {
        match value {
            Value::Null => Some(Score::default()),
            value => T::fit(value),
        }
    }
}

impl<T: Fit> Fit for Vec<T> {
    fn fit(value: &Value) -> Option<Score> {
        let scores = value.as_array()?.iter().map(T::fit);
        scores.into_iter().try_fold(Score::default(), |sum, each| {
            let each = each?;
            Some(Score {
                known: sum.known + each.known,
                unknown: Reverse(sum.unknown.0 + each.unknown.0),
            })
        })
    }
}

/// A property of an object, as far as it says whether a value fits.
pub struct Property {
    /// Its name.
    pub name: &'static str,
    /// Whether it has to be there.
    pub required: bool,
    /// Whether no other value than those that are allowed can be there.
    pub constant: bool,
    /// Whether a value is documented.
    pub allows: fn(&Value) -> bool,
}

/// How well a value fits an object with these properties; `open` says that it may have others.
pub fn fit_object(value: &Value, properties: &[Property], open: bool) -> Option<Score> {
    let object = value.as_object()?;
    let mut known = 0;
    for property in properties {
        match object.get(property.name) {
            Some(value) if (property.allows)(value) => known += 1,
            Some(_) if property.constant => return None,
            None if property.required => return None,
            _ => {}
        }
    }
    let unknown = match open {
        true => 0,
        false => object.len() - known,
    };
    Some(Score {
        known,
        unknown: Reverse(unknown),
    })
}

/// Says how well a value fits a struct that is a member of a union: by the properties that it has in JSON. Those
/// that are `required` have to be there; `[value, …]` are all values that are documented; `..` stands for
/// properties of any other name.
///
/// ```
/// # use generated_client_runtime as runtime;
/// # #[derive(Clone, Debug, Default, PartialEq)]
/// # pub struct Circle { pub radius: Option<i32>, pub unit: Option<String> }
/// # runtime::message!(Circle { radius: "radius", unit: "unit", });
/// runtime::fit!(Circle {
///     "radius" required,
///     "unit" ["cm", "inch"],
/// });
/// ```
#[macro_export]
macro_rules! fit {
    ($name:ident {
        $($property:literal
            $($required:ident)?
            $(= $constant:literal)?
            $([$($value:literal),*])?,)*
        $(..$open:literal)?
    }) => {
        const _: () = {
            use $crate::macros;

            impl macros::Fit for $name {
                fn fit(value: &$crate::JsonValue) -> std::option::Option<macros::Score> {
                    let properties: &[macros::Property] = &[$(macros::Property {
                        name: $property,
                        required: $crate::fit!(@required $($required)?),
                        constant: $crate::fit!(@constant $($constant)?),
                        allows: |_value| true
                            $(&& *_value == $constant)?
                            $(&& (false $(|| *_value == $value)*))?,
                    }),*];
                    macros::fit_object(value, properties, $crate::fit!(@open $($open)?))
                }
            }
        };
    };
    (@required) => { false };
    (@required required) => { true };
    (@constant) => { false };
    (@constant $constant:literal) => { true };
    (@open) => { false };
    (@open $open:literal) => { $open };
}
