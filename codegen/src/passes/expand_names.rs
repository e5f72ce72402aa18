//! Puts the parts of a resource name into the path, where the document has one placeholder for all of them and
//! the manifest says which form the name has.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{OpenAPI, Operation, Parameter, PathItem, PathStyle, ReferenceOr, StringType};

use crate::extensions::{Extension, ResourceName, ResourceNames};
use crate::manifest::{Client, Entry};
use crate::names::numbered;
use crate::operations::{operation_slot, operations, verbs_mut};
use crate::path_template::{PathTemplate, Placeholder};
use crate::schemas::string;
use crate::{Diagnostics, Problem};

pub(super) fn run(document: &mut OpenAPI, client: &Client) -> Result<(), Diagnostics> {
    if client.arguments.is_empty() {
        return Ok(());
    }
    let mut wrong = Diagnostics::default();
    check_selected(document, client, &mut wrong);
    let paths = std::mem::take(&mut document.paths.paths);
    for (path, item) in paths {
        let ReferenceOr::Item(mut item) = item else {
            continue;
        };
        let parameters = std::mem::take(&mut item.parameters);
        for (verb, slot) in verbs_mut(&mut item) {
            let Some(mut operation) = slot.take() else {
                continue;
            };
            let id = operation.operation_id.as_deref().unwrap_or_default();
            let arguments = client.arguments.get(id);
            let path = match arguments {
                Some(arguments) => wrong.note(expand(&path, &mut operation, arguments)),
                None => Some(path.clone()),
            };
            let Some(path) = path else { continue };
            if let Some(other) = put(document, (path, verb), &parameters, operation) {
                let others = client.arguments.get(&other);
                let entries = arguments
                    .into_iter()
                    .chain(others)
                    .flat_map(|it| it.values());
                entries.for_each(|entry| wrong.push(same_path(entry)));
            }
        }
    }
    document.paths.paths.sort_keys();
    wrong.or(())
}

/// Puts an operation at a path, which gets these parameters if it is new. Returns the id of another operation
/// that was there.
fn put(
    document: &mut OpenAPI,
    (path, verb): (String, &str),
    parameters: &[ReferenceOr<Parameter>],
    operation: Operation,
) -> Option<String> {
    let item = document.paths.paths.entry(path).or_insert_with(|| {
        ReferenceOr::Item(PathItem {
            parameters: parameters.to_vec(),
            ..PathItem::default()
        })
    });
    let ReferenceOr::Item(item) = item else {
        return None;
    };
    operation_slot(item, verb)?.replace(operation)?.operation_id
}

/// Finds the entries of operations that are not selected.
fn check_selected(document: &OpenAPI, client: &Client, wrong: &mut Diagnostics) {
    for (id, arguments) in &client.arguments {
        if !operations(document).any(|each| each.id() == id) {
            let entries = arguments.values();
            entries.for_each(|entry| wrong.push(entry.not_selected(id)));
        }
    }
}

/// What is wrong with a form that gives two operations one path.
fn same_path(entry: &Entry<String>) -> Problem {
    entry.problem(
        "another operation has the same path then, and the same HTTP method",
        "give each operation the form of its own resource",
    )
}

/// Expands the arguments of an operation. Returns its new path.
fn expand(
    path: &str,
    operation: &mut Operation,
    arguments: &BTreeMap<String, Entry<String>>,
) -> Result<String, Problem> {
    let mut path = path.to_owned();
    let mut names = ResourceNames::get(&operation.extensions).unwrap_or_default();
    for (argument, entry) in arguments {
        let mut name = name(&path, argument, entry)?;
        name.description = description(operation, argument);
        let plain = PathTemplate::parse(&name.pattern);
        let plain = plain.fill(|part| Placeholder(part.name()).to_string());
        path =
            PathTemplate::parse(&path).fill(|placeholder| match placeholder.name() == argument {
                true => plain.clone(),
                false => placeholder.to_string(),
            });
        replace(operation, &name);
        names.0.push(name);
    }
    names.set(&mut operation.extensions);
    Ok(path)
}

/// The name of a resource that an argument is, with placeholders that the path does not have yet.
fn name(path: &str, argument: &str, entry: &Entry<String>) -> Result<ResourceName, Problem> {
    let template = PathTemplate::parse(path);
    if !template.clone().names().any(|name| name == argument) {
        return Err(entry.problem(
            format!("`{argument}` is no placeholder of the path `{path}`"),
            "correct it, or remove the entry: the document may name the parts itself now",
        ));
    }
    let others = template.names().filter(|it| *it != argument);
    let mut taken: BTreeSet<String> = others.map(str::to_owned).collect();
    let mut parts = Vec::new();
    let pattern = PathTemplate::parse(&entry.value).fill(|placeholder| {
        let part = placeholder.name();
        let free = match taken.contains(part) {
            true => numbered(part, |name| taken.contains(name)),
            false => part.to_owned(),
        };
        taken.insert(free.clone());
        parts.push(free.clone());
        placeholder.renamed(&free)
    });
    Ok(ResourceName {
        parameter: argument.to_owned(),
        pattern,
        placeholders: parts,
        type_name: String::new(),
        description: String::new(),
    })
}

/// What the document says of an argument.
fn description(operation: &Operation, argument: &str) -> String {
    let parameters = operation.parameters.iter().filter_map(ReferenceOr::as_item);
    let mut data = parameters.map(Parameter::parameter_data_ref);
    let found = data.find(|data| data.name == argument);
    found
        .and_then(|data| data.description.clone())
        .unwrap_or_default()
}

/// Gives an operation a parameter for each part of a name, in the place of the one for all of them.
fn replace(operation: &mut Operation, name: &ResourceName) {
    let is_whole = |parameter: &ReferenceOr<Parameter>| match parameter.as_item() {
        Some(Parameter::Path { parameter_data, .. }) => parameter_data.name == name.parameter,
        _ => false,
    };
    let Some(position) = operation.parameters.iter().position(is_whole) else {
        return;
    };
    let ReferenceOr::Item(whole) = operation.parameters.remove(position) else {
        return;
    };
    for part in name.placeholders.iter().rev() {
        let mut data = whole.parameter_data_ref().clone();
        data.name.clone_from(part);
        data.description = None;
        data.format = openapiv3::ParameterSchemaOrContent::Schema(ReferenceOr::Item(string(
            StringType::default(),
        )));
        let parameter = Parameter::Path {
            parameter_data: data,
            style: PathStyle::Simple,
        };
        operation
            .parameters
            .insert(position, ReferenceOr::Item(parameter));
    }
}
