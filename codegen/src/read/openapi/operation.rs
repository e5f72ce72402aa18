//! Paths, and the operations that are called by them.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase as _;
use indexmap::IndexMap;
use openapiv3::{Operation, Parameter, PathItem, ReferenceOr};

use super::parameter::Key;
use super::{description, only, parameter, response, security};
use crate::Problem;
use crate::extensions::{CredentialKinds, Extension};
use crate::names::placeholders;
use crate::operations::{self, operation_slot, verbs_mut};
use crate::read::node::Node;

const VERBS: [&str; 8] = [
    "delete", "get", "head", "options", "patch", "post", "put", "trace",
];

/// Every path, in the order of the alphabet, with its operations.
pub(super) fn paths(root: &Node) -> Result<IndexMap<String, ReferenceOr<PathItem>>, Problem> {
    let mut paths = IndexMap::new();
    let mut ids = BTreeSet::new();
    for (path, node) in root.members_of("paths")? {
        if path.starts_with("x-") {
            continue;
        }
        let mut known = vec!["description", "parameters", "summary"];
        known.extend(VERBS);
        only(&node, &known)?;
        check_path(path, &node)?;
        let mut item = PathItem::default();
        for verb in VERBS {
            let Some(below) = node.get(verb) else {
                continue;
            };
            let operation = operation(root, &node, &below, (verb, path))?;
            if !ids.insert(operation.operation_id.clone()) {
                return Err(below.problem(
                    "another operation has this id",
                    "give each operation an id of its own",
                ));
            }
            if let Some(slot) = operation_slot(&mut item, verb) {
                *slot = Some(operation);
            }
        }
        paths.insert(path.to_owned(), ReferenceOr::Item(item));
    }
    // In a document of our own, the tags are what they should be.
    if root.get("x-generated").is_none() {
        tag_by_id(&mut paths, has_api_in_ids(&ids));
    }
    Ok(paths)
}

/// Whether every id begins with the name of the API, as in Discovery: `api.users.list`.
fn has_api_in_ids(ids: &BTreeSet<Option<String>>) -> bool {
    let mut ids = ids.iter().flatten();
    let Some((api, _)) = ids.clone().next().and_then(|id| id.split_once('.')) else {
        return false;
    };
    ids.all(|id| id.split('.').count() > 2 && id.split('.').next() == Some(api))
}

/// An id with dots says to which resource its operation belongs: `users.list`.
fn tag_by_id(paths: &mut IndexMap<String, ReferenceOr<PathItem>>, has_api: bool) {
    let items = paths.values_mut().filter_map(|item| match item {
        ReferenceOr::Item(item) => Some(item),
        ReferenceOr::Reference { .. } => None,
    });
    let slots = items.flat_map(verbs_mut);
    for operation in slots.filter_map(|(_, slot)| slot.as_mut()) {
        let id = operation.operation_id.as_deref().unwrap_or_default();
        let resource = match has_api {
            true => operations::resource_in_id(id),
            false => id.rsplit_once('.').map(|(resource, _)| resource.to_owned()),
        };
        if let Some(resource) = resource {
            operation.tags = vec![resource];
        }
    }
}

fn check_path(path: &str, node: &Node) -> Result<(), Problem> {
    let segments = || path.split('/');
    if path.starts_with('/')
        && !path.contains(['?', '#', '\\'])
        && !segments().any(|segment| segment == "." || segment == "..")
        && path.matches('{').count() == path.matches('}').count()
    {
        return Ok(());
    }
    Err(node.problem(
        "this is no path below the server's URL",
        "write it with a slash in front, without query and fragment, with `{` and `}` in pairs",
    ))
}

fn operation(
    root: &Node,
    item: &Node,
    node: &Node,
    (verb, path): (&str, &str),
) -> Result<Operation, Problem> {
    only(
        node,
        &[
            "deprecated",
            "description",
            "externalDocs",
            "operationId",
            "parameters",
            "requestBody",
            "responses",
            "security",
            "summary",
            "tags",
        ],
    )?;
    let id = node.text_of("operationId")?.map(str::to_owned);
    let (security, kinds) = security::requirements(root, node)?;
    let mut operation = Operation {
        operation_id: Some(id.unwrap_or_else(|| format!("{verb} {path}").to_snake_case())),
        tags: first_tag(node)?,
        description: description(node)?,
        deprecated: node.flag("deprecated")?,
        parameters: parameters(root, item, node, path)?,
        responses: response::read(root, &node.require("responses")?)?,
        security: (!security.is_empty()).then_some(security),
        ..Operation::default()
    };
    if let Some(body) = node.get("requestBody") {
        operation.request_body = Some(ReferenceOr::Item(response::request(root, &body)?));
    }
    if !kinds.is_empty() {
        CredentialKinds(kinds).set(&mut operation.extensions);
    }
    Ok(operation)
}

/// The tag that groups an operation with others: the first one.
fn first_tag(node: &Node) -> Result<Vec<String>, Problem> {
    let tags = node.texts_of("tags")?;
    Ok(tags.first().map(ToString::to_string).into_iter().collect())
}

/// The parameters of an operation: those of its path, and its own, which come first where both have one.
fn parameters(
    root: &Node,
    item: &Node,
    node: &Node,
    path: &str,
) -> Result<Vec<ReferenceOr<Parameter>>, Problem> {
    let mut all: BTreeMap<Key, Parameter> = BTreeMap::new();
    for holder in [item, node] {
        let mut own = BTreeSet::new();
        for each in holder.items_of("parameters")? {
            let Some((key, parameter)) = parameter::read(root, &each)? else {
                continue;
            };
            if !own.insert(key.clone()) {
                return Err(each.problem(
                    format!(
                        "there are two parameters called `{}` in the {}",
                        key.1, key.0
                    ),
                    "remove one of the two",
                ));
            }
            all.insert(key, parameter);
        }
    }
    let described: BTreeSet<&str> = all
        .keys()
        .filter(|(place, _)| place == "path")
        .map(|(_, name)| name.as_str())
        .collect();
    let placeholders: BTreeSet<&str> = placeholders(path).collect();
    if let Some(missing) = placeholders.symmetric_difference(&described).next() {
        return Err(node.problem(
            format!("`{missing}` is either a placeholder of the path or a parameter, but not both"),
            "describe each placeholder as a parameter in the path, and no other",
        ));
    }
    Ok(all.into_values().map(ReferenceOr::Item).collect())
}
