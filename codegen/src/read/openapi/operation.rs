//! Paths, and the operations that are called by them.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase as _;
use indexmap::IndexMap;
use openapiv3::{Operation, Parameter, PathItem, ReferenceOr, Responses};

use super::parameter::Key;
use super::path_queries::Path;
use super::path_templates::{match_placeholders, plain};
use super::{description, only, parameter, response, security, servers, swagger_bodies};
use crate::extensions::{CredentialKinds, Extension, OtherMediaTypes};
use crate::names::numbered;
use crate::operations::{self, operation_slot, verbs_mut};
use crate::path_template::PathTemplate;
use crate::read::findings::Findings;
use crate::read::neutral;
use crate::read::node::Node;
use crate::{NoteKind, Problem};

pub(super) const VERBS: [&str; 8] = [
    "delete", "get", "head", "options", "patch", "post", "put", "trace",
];

const KNOWN: &[&str] = &[
    "callbacks",
    "deprecated",
    "description",
    "externalDocs",
    "operationId",
    "parameters",
    "requestBody",
    "responses",
    "security",
    "servers",
    "summary",
    "tags",
];

/// Every path, in the order of the alphabet, with its operations. What is wrong with one of them is kept by
/// its id, and what could be read of it stays.
pub(super) fn paths(
    root: &Node,
    findings: &mut BTreeMap<String, Findings>,
) -> Result<IndexMap<String, ReferenceOr<PathItem>>, Problem> {
    let mut paths = IndexMap::new();
    let mut ids = Ids::stated(root);
    let members = root.members_of("paths")?;
    for (whole, node) in &members {
        if whole.starts_with("x-") {
            continue;
        }
        let is_taken =
            |key: &str| paths.contains_key(key) || members.iter().any(|(path, _)| *path == key);
        let whole = &plain(root, node, whole, is_taken);
        let path = &Path::of(whole, is_taken);
        let mut item = PathItem::default();
        for verb in VERBS {
            let Some(below) = node.get(verb) else {
                continue;
            };
            let operation = operation(root, node, &below, (verb, path), &mut ids);
            let found = root.take_findings();
            if !found.is_empty() {
                findings.insert(operation.operation_id.clone().unwrap_or_default(), found);
            }
            if let Some(slot) = operation_slot(&mut item, verb) {
                *slot = Some(operation);
            }
        }
        if let Some(reference) = node.get("$ref") {
            node.leave_out(reference.unresolved_path());
            if let Some(slot) = free_slot(node, &mut item) {
                // Which operations are there is not known: the path stands for them.
                let id = ids.take(&path.key);
                findings.insert(id.clone(), root.take_findings());
                *slot = Some(of_id(id));
            }
        }
        paths.insert(path.key.clone(), ReferenceOr::Item(item));
    }
    // In a document of our own, the tags are what they should be.
    if !neutral::is_neutral(root) {
        tag_by_id(&mut paths, has_api_in_ids(&ids.taken));
    }
    Ok(paths)
}

/// The slot of the first verb that a path does not have.
fn free_slot<'a>(node: &Node, item: &'a mut PathItem) -> Option<&'a mut Option<Operation>> {
    let verb = VERBS.into_iter().find(|verb| node.get(verb).is_none())?;
    operation_slot(item, verb)
}

/// An operation of which nothing is known but what it is called.
fn of_id(id: String) -> Operation {
    Operation {
        operation_id: Some(id),
        ..Operation::default()
    }
}

/// Whether every id begins with the name of the API, as in Discovery: `api.users.list`.
fn has_api_in_ids(ids: &BTreeSet<String>) -> bool {
    let Some((api, _)) = ids.first().and_then(|id| id.split_once('.')) else {
        return false;
    };
    ids.iter()
        .all(|id| id.split('.').count() > 2 && id.split('.').next() == Some(api))
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

/// Checks a path. Operations of one path may be told apart by a query that is always the same, and by a fragment,
/// which is not sent.
fn check_path(whole: &str, node: &Node) -> Result<(), Problem> {
    let (path, query) = operations::path_and_query(whole);
    let segments = || path.split('/');
    if path.starts_with('/')
        && !path.contains('\\')
        && !segments().any(|segment| segment == "." || segment == "..")
        && PathTemplate::parse(path).has_braces_in_pairs()
        && !query.contains(['{', '}'])
    {
        return Ok(());
    }
    Err(node.problem(
        "this is no path below the server's URL",
        "write it with a slash in front, with `{` and `}` in pairs, and in a query as whole values only",
    ))
}

/// Reads an operation, as far as that is possible.
fn operation(
    root: &Node,
    item: &Node,
    node: &Node,
    (verb, path): (&str, &Path),
    ids: &mut Ids,
) -> Operation {
    node.or_leave_out(check_path(&path.key, item));
    node.or_leave_out(only(node, KNOWN));
    if let Some(reference) = node.get("$ref") {
        node.leave_out(reference.unresolved_path());
    }
    let mut operation = Operation {
        operation_id: Some(id(node, (verb, &path.key), ids)),
        tags: node.or_leave_out(first_tag(node)).unwrap_or_default(),
        description: description(node),
        deprecated: node.lenient_flag("deprecated"),
        parameters: node
            .or_leave_out(parameters(root, item, node, path))
            .unwrap_or_default(),
        ..Operation::default()
    };
    operation.responses = responses(root, node);
    if let Some((security, kinds)) = node.or_leave_out(security::requirements(root, node)) {
        operation.security = (!security.is_empty()).then_some(security);
        if !kinds.is_empty() {
            CredentialKinds(kinds).set(&mut operation.extensions);
        }
    }
    operation.servers = servers::of_operation(root, item, node);
    if let Some(body) = node.get("requestBody") {
        let body = node.or_leave_out(response::request(root, &body));
        let (body, others) = body.unwrap_or_default();
        operation.request_body = body.map(ReferenceOr::Item);
        if !others.is_empty() {
            OtherMediaTypes(others).set(&mut operation.extensions);
        }
    }
    operation
}

/// The responses of an operation; none where the document says nothing of them.
fn responses(root: &Node, node: &Node) -> Responses {
    let Some(responses) = node.get("responses") else {
        let what = "it has no `responses`: what is returned is not read";
        node.note(NoteKind::Corrected, what);
        return Responses::default();
    };
    let responses = response::read(root, &responses);
    node.or_leave_out(responses).unwrap_or_default()
}

/// The ids of a document's operations.
#[derive(Default)]
struct Ids {
    /// Those that the document states.
    stated: BTreeSet<String>,
    /// Those that an operation has.
    taken: BTreeSet<String>,
}

impl Ids {
    fn stated(root: &Node) -> Self {
        let items = root.members_of("paths").unwrap_or_default();
        let operations = items
            .iter()
            .flat_map(|(_, item)| VERBS.map(|verb| item.get(verb)));
        let ids = operations.filter_map(|it| it?.get("operationId")?.value().as_str());
        Self {
            stated: ids.map(str::to_owned).collect(),
            ..Self::default()
        }
    }

    /// Takes an id that no operation has: the wanted one if possible.
    fn take(&mut self, wanted: &str) -> String {
        let id = match self.taken.contains(wanted) {
            true => numbered(wanted, |id| {
                self.taken.contains(id) || self.stated.contains(id)
            }),
            false => wanted.to_owned(),
        };
        self.taken.insert(id.clone());
        id
    }
}

/// The id of an operation, which no other has: its own, or one made of its verb and path.
fn id(node: &Node, (verb, path): (&str, &str), ids: &mut Ids) -> String {
    let stated = node.or_leave_out(node.text_of("operationId")).flatten();
    let made = || format!("{verb} {path}").to_snake_case();
    let wanted = stated.map_or_else(made, str::to_owned);
    let id = ids.take(&wanted);
    if id != wanted {
        let what = format!("another operation is called `{wanted}`, too: this one is `{id}` here");
        node.note(NoteKind::Corrected, what);
    }
    id
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
    path: &Path,
) -> Result<Vec<ReferenceOr<Parameter>>, Problem> {
    let mut all: BTreeMap<Key, Parameter> = BTreeMap::new();
    for holder in [item, node] {
        let mut own = BTreeSet::new();
        for each in holder.items_of("parameters")? {
            if swagger_bodies::is_noted(node, &each) {
                continue;
            }
            let read = || parameter::read(root, &each);
            let read = match parameter::is_optional(root, &each) {
                true => each.or_without(read),
                false => node.or_leave_out(read()),
            };
            let Some((key, parameter)) = read.flatten() else {
                continue;
            };
            if !own.insert(key.clone()) {
                let what = format!("another parameter in the {} is called `{}`", key.0, key.1);
                each.note(NoteKind::Corrected, format!("{what}: the last one counts"));
            }
            all.insert(key, parameter);
        }
    }
    path.move_parameters(node, &mut all);
    match_placeholders(node, &path.key, &mut all);
    Ok(all.into_values().map(ReferenceOr::Item).collect())
}
