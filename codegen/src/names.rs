//! Names of Rust, made from names of the document.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToPascalCase, ToSnakeCase};
use unicode_normalization::UnicodeNormalization as _;

/// A type's name.
pub(crate) fn pascal(name: &str) -> String {
    match name {
        "" => "Empty".to_owned(),
        name => identifier(&settled(name, |name| name.to_pascal_case()), 'X'),
    }
}

/// The name of a function, a field or an argument.
pub(crate) fn snake(name: &str) -> String {
    let case = |name: &str| name.to_snake_case().replace(char::is_uppercase, " ");
    identifier(&settled(name, case), 'x')
}

/// The name of a parameter: of an argument of a method, or of a setter of its request.
pub(crate) fn parameter(name: &str) -> String {
    /// The other methods of a request.
    const RESERVED: [&str; 9] = [
        "clone",
        "from",
        "header",
        "into",
        "items",
        "pages",
        "retry_policy",
        "send",
        "with_null",
    ];
    match snake(name) {
        name if RESERVED.contains(&name.as_str()) => format!("{name}_parameter"),
        name => name,
    }
}

/// Names that every client or resource has already, or that mean something else in Rust.
const RESERVED: &[&str] = &[
    "builder",
    "clone",
    "from_runtime",
    "new",
    "runtime",
    "with_parameters",
    "with_retry_policy",
];

/// The names of types that the modules of requests and resources take from the standard library.
pub(crate) fn prelude() -> BTreeSet<String> {
    let names = ["Into", "IntoIterator", "Option", "String", "Vec"];
    names.map(str::to_owned).into()
}

/// The names that nothing of a document may have in a client or resource.
pub(crate) fn reserved() -> impl Iterator<Item = &'static str> {
    RESERVED.iter().copied()
}

/// What an operation is called in Rust: its id without the name of the API in front.
pub(crate) fn operation(id: &str) -> String {
    method(id.split_once('.').map_or(id, |(_, rest)| rest))
}

/// What a method is called.
pub(crate) fn method(name: &str) -> String {
    let name = snake(name);
    if RESERVED.contains(&name.as_str()) {
        return format!("{name}_method");
    }
    name
}

/// Gives each of several names of the document one of Rust that no other has and that is not `taken`.
///
/// `rule` makes the name that is wanted. Where it makes the same of several, the one that is written like
/// that already keeps it, or else the plainest of them; the others get numbers, in the order of the
/// alphabet. A name that collides with none is never changed by those that do.
pub(crate) fn distinct<'a>(
    wires: impl IntoIterator<Item = &'a str>,
    rule: impl Fn(&str) -> String,
    taken: &BTreeSet<String>,
) -> BTreeMap<&'a str, String> {
    let mut groups: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for wire in wires {
        groups.entry(rule(wire)).or_default().push(wire);
    }
    let mut used: BTreeSet<String> = groups.keys().chain(taken).cloned().collect();
    let mut names = BTreeMap::new();
    for (wanted, mut group) in groups {
        let is_plain = |wire: &str| wire.chars().all(|c| c.is_alphanumeric() || c == '_');
        group.sort_by_key(|wire| (*wire != wanted, !is_plain(wire), *wire));
        let mut group = group.into_iter();
        if !taken.contains(&wanted) {
            names.extend(group.next().map(|wire| (wire, wanted.clone())));
        }
        for wire in group {
            names.insert(wire, unique(wanted.clone(), &mut used));
        }
    }
    names
}

/// A name that is not taken yet: the one that is wanted, or it with the first number that is free.
pub(crate) fn unique(wanted: String, taken: &mut BTreeSet<String>) -> String {
    let name = match taken.contains(&wanted) {
        // With a number it is no keyword.
        true => numbered(wanted.trim_end_matches('_'), |name| taken.contains(name)),
        false => wanted,
    };
    taken.insert(name.clone());
    name
}

/// A name with the first number that is free. Behind many that are taken in a row it is the one behind the
/// last of them, which is found without a look at each: there may be as many names as a document has.
pub(crate) fn numbered(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let is_taken = |number: usize| is_taken(&format!("{name}{number}"));
    let mut free = 2;
    while free < MANY && is_taken(free) {
        free += 1;
    }
    let mut taken = free - 1;
    while is_taken(free) {
        (taken, free) = (free, 2 * free);
    }
    while taken + 1 < free {
        let middle = taken + (free - taken) / 2;
        match is_taken(middle) {
            true => taken = middle,
            false => free = middle,
        }
    }
    format!("{name}{free}")
}

/// How many numbers are tried one after the other.
const MANY: usize = 16;

/// The name in a case, as it is when it is put into that case once more: progenitor does so, and two names
/// must not become one by that. It is in NFKC: the compiler compares names in NFC, and warns of characters that
/// have a plainer form.
fn settled(name: &str, case: impl Fn(&str) -> String) -> String {
    let settle = |name: &str| -> String { case(&plain(name)).nfkc().collect() };
    let mut settled = settle(&name.nfkc().collect::<String>());
    loop {
        match settle(&settled) {
            again if again == settled => return settled,
            again => settled = again,
        }
    }
}

/// The name with nothing in it but what an identifier may hold, and blanks.
fn plain(name: &str) -> String {
    let kept = |c: char| c.is_alphanumeric() && unicode_ident::is_xid_continue(c);
    name.chars()
        .map(|c| if kept(c) { c } else { ' ' })
        .collect()
}

/// The name as an identifier: not empty, with a letter in front, and no keyword. What begins with a
/// capital letter does so in every script, also in those without cases: so no argument is called like a
/// type or a value of an enum.
fn identifier(name: &str, letter: char) -> String {
    let fits = |first: char| first.is_uppercase() == letter.is_uppercase();
    let name = match name.chars().next() {
        Some(first) if unicode_ident::is_xid_start(first) && fits(first) => name.to_owned(),
        _ => format!("{letter}{name}"),
    };
    match is_keyword(&name) {
        true => format!("{name}_"),
        false => name,
    }
}

/// Whether a word means something else in Rust than a name.
pub fn is_keyword(word: &str) -> bool {
    // syn does not know the one that came with edition 2024.
    word == "gen" || syn::parse_str::<syn::Ident>(word).is_err()
}

/// Whether OpenAPI allows a character in the name of a component.
pub(crate) fn is_of_component(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')
}
