//! Names of Rust, made from names of the document.

use std::collections::BTreeSet;

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};

/// A type's name.
pub(crate) fn pascal(name: &str) -> String {
    identifier(&plain(name).to_pascal_case())
}

/// The name of a function, a field or an argument.
pub(crate) fn snake(name: &str) -> String {
    identifier(&plain(name).to_snake_case())
}

/// The name of a constant.
pub(crate) fn shouty(name: &str) -> String {
    identifier(&plain(name).to_shouty_snake_case())
}

/// Names of methods that every client has, or that mean something else in Rust.
const RESERVED: &[&str] = &["builder", "clone", "new", "with_parameters", "with_policy"];

/// What an operation is called in Rust: its id without the name of the API in front.
pub(crate) fn operation(id: &str) -> String {
    let name = snake(id.split_once('.').map_or(id, |(_, rest)| rest));
    if RESERVED.contains(&name.as_str()) {
        return format!("{name}_method");
    }
    name
}

/// A name that is not taken yet: the one that is wanted, or it with the first number that is free.
pub(crate) fn unique(wanted: String, taken: &mut BTreeSet<String>) -> String {
    let mut name = wanted.clone();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{wanted}{number}");
        number += 1;
    }
    name
}

/// What the placeholders of a template are called, in their order.
pub(crate) fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    template
        .split('{')
        .skip(1)
        .filter_map(|after| Some(after.split_once('}')?.0))
}

/// The name with nothing in it but what an identifier may hold, and blanks.
fn plain(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect()
}

/// The name as an identifier: no keyword, not empty, and no digit in front.
fn identifier(name: &str) -> String {
    if syn::parse_str::<syn::Ident>(name).is_ok() {
        return name.to_owned();
    }
    match name.chars().next() {
        None => "x".to_owned(),
        Some(c) if c.is_ascii_digit() => format!("_{name}"),
        Some(_) => format!("{name}_"),
    }
}
