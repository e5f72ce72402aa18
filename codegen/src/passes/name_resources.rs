//! Gives every form of a resource name a type, and its parts the names that the manifest has.
//!
//! Without an entry in the manifest, the type is called after all collections of the name, so that
//! selecting more operations never renames it: `customers/{customersId}/userinvitations/…` becomes
//! `CustomersUserinvitationsName`.

use std::collections::BTreeMap;

use openapiv3::{OpenAPI, Parameter, ReferenceOr};

use crate::Problem;
use crate::extensions::{Extension, ResourceName, ResourceNames};
use crate::manifest::{Client, Entry};
use crate::names::{pascal, placeholders};

/// What a pattern is called, and its placeholders.
struct Naming {
    type_name: String,
    pattern: String,
}

pub(super) fn run(document: &mut OpenAPI, client: &Client) -> Result<(), Problem> {
    let mut unused: BTreeMap<&String, &Entry<String>> = client.names.iter().collect();
    let paths = std::mem::take(&mut document.paths.paths);
    for (path, item) in paths {
        let ReferenceOr::Item(mut item) = item else {
            continue;
        };
        let mut renamed = path.clone();
        for (_, slot) in crate::operations::verbs_mut(&mut item) {
            let Some(operation) = slot else { continue };
            let Some(mut names) = ResourceNames::get(&operation.extensions) else {
                continue;
            };
            for name in &mut names.0 {
                let naming = naming(name, client, &mut unused)?;
                renamed = renamed.replace(&name.pattern, &naming.pattern);
                rename_parameters(&mut operation.parameters, &name.pattern, &naming.pattern);
                name.pattern = naming.pattern;
                name.type_name = naming.type_name;
            }
            names.set(&mut operation.extensions);
        }
        document
            .paths
            .paths
            .insert(renamed, ReferenceOr::Item(item));
    }
    match unused.into_iter().next() {
        None => Ok(()),
        Some((name, entry)) => Err(entry.problem(
            format!("no selected operation takes a name of the form that `{name}` has"),
            "correct the form segment by segment, or remove the entry",
        )),
    }
}

fn naming<'a>(
    name: &ResourceName,
    client: &'a Client,
    unused: &mut BTreeMap<&'a String, &'a Entry<String>>,
) -> Result<Naming, Problem> {
    let by_rule = Naming {
        type_name: type_name_by_rule(&name.pattern),
        pattern: name.pattern.clone(),
    };
    let entry = client
        .names
        .iter()
        .find(|(_, entry)| same_form(&entry.value, &name.pattern));
    let Some((type_name, entry)) = entry else {
        return Ok(by_rule);
    };
    if type_name == &by_rule.type_name && entry.value == by_rule.pattern {
        return Err(entry.problem(
            format!("`{type_name}` is what the document says by itself"),
            "remove the entry",
        ));
    }
    unused.remove(type_name);
    Ok(Naming {
        type_name: type_name.clone(),
        pattern: entry.value.clone(),
    })
}

/// Whether two patterns differ in nothing but what their placeholders are called.
fn same_form(one: &str, other: &str) -> bool {
    let is_placeholder = |segment: &str| segment.starts_with('{') && segment.ends_with('}');
    let (mut one, mut other) = (one.split('/'), other.split('/'));
    loop {
        match (one.next(), other.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if a == b || (is_placeholder(a) && is_placeholder(b)) => {}
            _ => return false,
        }
    }
}

fn type_name_by_rule(pattern: &str) -> String {
    let collections: Vec<&str> = pattern
        .split('/')
        .filter(|segment| !segment.starts_with('{'))
        .collect();
    pascal(&format!("{} name", collections.join(" ")))
}

fn rename_parameters(parameters: &mut [ReferenceOr<Parameter>], from: &str, to: &str) {
    let renames: BTreeMap<&str, &str> = placeholders(from).zip(placeholders(to)).collect();
    for parameter in parameters {
        if let ReferenceOr::Item(Parameter::Path { parameter_data, .. }) = parameter
            && let Some(name) = renames.get(parameter_data.name.as_str())
        {
            parameter_data.name = (*name).to_owned();
        }
    }
}
