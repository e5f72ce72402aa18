//! The types of resource names: one for each form.
//!
//! Without an entry in the manifest, a type is called after its whole form, so that selecting more
//! operations never renames it: `customers/{customersId}/userinvitations/{userinvitationsId}` becomes
//! `CustomersUserinvitationsName`.

use std::collections::{BTreeMap, BTreeSet};

use crate::manifest::{Client, Entry};
use crate::names::{numbered, pascal};
use crate::path_template::PathTemplate;
use crate::{Diagnostics, Problem};

/// A type that holds names of one form.
#[derive(Clone)]
pub(super) struct Type {
    /// What the type is called.
    pub name: String,
    /// The form, with a placeholder for each part.
    pub pattern: String,
}

/// The types of a client, while they are being given out.
pub(super) struct Types<'a> {
    entries: &'a BTreeMap<String, Entry<String>>,
    unused: BTreeSet<&'a str>,
    /// The forms of the types that were given out, by name.
    given: BTreeMap<String, String>,
}

impl<'a> Types<'a> {
    /// The types that a manifest names.
    pub fn new(client: &'a Client) -> Self {
        Self {
            entries: &client.names,
            unused: client.names.keys().map(String::as_str).collect(),
            given: BTreeMap::new(),
        }
    }

    /// The type of names of a form.
    pub fn of(&mut self, pattern: &str) -> Result<Type, Problem> {
        let by_rule = by_rule(pattern);
        let entry = self
            .entries
            .iter()
            .find(|(_, entry)| same_form(&entry.value, pattern));
        let Some((name, entry)) = entry else {
            return match self.entries.get(&by_rule.name) {
                None => Ok(self.given_out(by_rule)),
                Some(entry) => Err(entry.problem(
                    format!(
                        "`{}` is what names like `{pattern}` are called",
                        by_rule.name
                    ),
                    "call the type something else, or name that form too",
                )),
            };
        };
        self.unused.remove(name.as_str());
        if name == &by_rule.name && entry.value == by_rule.pattern {
            return Err(entry.problem(
                format!("`{name}` is what the document says by itself"),
                "remove the entry",
            ));
        }
        Ok(Type {
            name: name.clone(),
            pattern: entry.value.clone(),
        })
    }

    /// The type of a form, as it was given out before, whatever its placeholders are called here. Forms
    /// that the rule calls the same get numbers.
    fn given_out(&mut self, by_rule: Type) -> Type {
        let of_another_form = |given: &String| !same_form(given, &by_rule.pattern);
        let is_taken = |name: &str| {
            self.entries.contains_key(name) || self.given.get(name).is_some_and(of_another_form)
        };
        let name = match is_taken(&by_rule.name) {
            true => numbered(&by_rule.name, is_taken),
            false => by_rule.name,
        };
        let pattern = self.given.entry(name.clone()).or_insert(by_rule.pattern);
        Type {
            name,
            pattern: pattern.clone(),
        }
    }

    /// An entry that names nothing is a mistake.
    pub fn every_entry_was_used(self) -> Result<(), Diagnostics> {
        let mut wrong = Diagnostics::default();
        for name in &self.unused {
            wrong.push(self.entries[*name].problem(
                format!("no selected operation takes a name of the form that `{name}` has"),
                "correct the form segment by segment, or remove the entry",
            ));
        }
        wrong.or(())
    }
}

/// What the document says of a form by itself. Where it has a placeholder twice in one path, it puts
/// a number behind the second, which is not part of the name.
fn by_rule(pattern: &str) -> Type {
    let template = PathTemplate::parse(pattern);
    let unnumbered = template.fill(|placeholder| {
        let name = placeholder.name();
        placeholder.renamed(name.trim_end_matches(|c: char| c.is_ascii_digit()))
    });
    let parts: BTreeSet<&str> = PathTemplate::parse(&unnumbered).names().collect();
    let unique = parts.len() == template.names().count() && !parts.contains("");
    Type {
        name: name_by_rule(pattern),
        pattern: if unique {
            unnumbered
        } else {
            pattern.to_owned()
        },
    }
}

/// A name that no other form has: a collection and its placeholder are called after the collection,
/// and what stands alone, or may have slashes in it, says so.
pub(crate) fn name_by_rule(pattern: &str) -> String {
    let mut words = Vec::new();
    let segments = PathTemplate::parse(pattern).segments();
    let mut segments = segments.iter().peekable();
    while let Some(segment) = segments.next() {
        if segment.first_placeholder().is_some() {
            words.push("any".to_owned());
            continue;
        }
        words.push(segment.fill(|placeholder| placeholder.to_string()));
        let part = segments.next_if(|next| next.first_placeholder().is_some());
        match part.and_then(PathTemplate::first_placeholder) {
            None => words.push("collection".to_owned()),
            Some(part) if part.may_have_slashes() => words.push("path".to_owned()),
            Some(_) => {}
        }
    }
    words.push("name".to_owned());
    pascal(&words.join(" "))
}

/// Whether two patterns differ in nothing but what their placeholders are called.
fn same_form(one: &str, other: &str) -> bool {
    PathTemplate::parse(one).shape() == PathTemplate::parse(other).shape()
}
