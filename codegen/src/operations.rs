//! Small questions about operations.

use indexmap::IndexMap;
use openapiv3::{
    MediaType, OpenAPI, Operation, Parameter, ParameterData, ParameterSchemaOrContent, PathItem,
    ReferenceOr, Schema, SchemaKind, SecurityRequirement, StringType, Type,
};

use crate::extensions::{Extension, MethodName};
use crate::media_types::Form;
use crate::names;
use crate::schemas::string;

/// An operation of a document, with where it stands.
pub(crate) struct Located<'a> {
    pub path: &'a str,
    pub verb: &'a str,
    pub operation: &'a Operation,
}

impl Located<'_> {
    /// The operation's id, as the document writes it.
    pub fn id(&self) -> &str {
        self.operation.operation_id.as_deref().unwrap_or_default()
    }

    /// The resource that the operation belongs to, from the outermost to the innermost, and what its method
    /// is called there. Resources in an id are nested; a tag is one resource.
    pub fn place(&self) -> (Vec<&str>, String) {
        let Some(tag) = self.operation.tags.first() else {
            return (Vec::new(), names::operation(self.id()));
        };
        match self.id().rsplit_once('.') {
            Some((before, method))
                if before == tag || resource_in_id(self.id()).as_ref() == Some(tag) =>
            {
                (tag.split('.').collect(), names::method(method))
            }
            _ => (vec![tag], names::operation(self.id())),
        }
    }

    /// What the operation's method is called, if it is not told apart by its resource.
    pub fn method_name(&self) -> String {
        match MethodName::get(&self.operation.extensions) {
            Some(MethodName(name)) => name,
            None => self.name_by_rule(),
        }
    }

    /// What the operation's method would be called if no other had that name.
    pub fn name_by_rule(&self) -> String {
        let whole = self.id().rsplit_once('.').map(|(before, _)| before);
        match self.operation.tags.first() {
            // The id has no name of an API in front.
            Some(tag) if whole == Some(tag) => names::method(self.id()),
            _ => names::operation(self.id()),
        }
    }
}

/// The path and the query of a key of a document's paths, without the fragment that tells it apart from others.
pub(crate) fn path_and_query(whole: &str) -> (&str, &str) {
    let sent = whole.split_once('#').map_or(whole, |(sent, _)| sent);
    sent.split_once('?').unwrap_or((sent, ""))
}

/// The resource in an id of the form `api.resource.resource.method`, without the API and the method;
/// nothing where the method belongs to the API itself.
pub(crate) fn resource_in_id(id: &str) -> Option<String> {
    let (_, rest) = id.split_once('.')?;
    rest.rsplit_once('.')
        .map(|(resource, _)| resource.to_owned())
}

/// Every operation of a document.
pub(crate) fn operations(document: &OpenAPI) -> impl Iterator<Item = Located<'_>> {
    document.paths.iter().flat_map(|(path, item)| {
        item.as_item().into_iter().flat_map(move |item| {
            item.iter().map(move |(verb, operation)| Located {
                path,
                verb,
                operation,
            })
        })
    })
}

/// Every operation of a document, to be changed.
pub(crate) fn operations_mut(
    document: &mut OpenAPI,
) -> impl Iterator<Item = (&str, &mut Operation)> {
    document.paths.paths.values_mut().flat_map(|item| {
        let verbs = match item {
            ReferenceOr::Item(item) => verbs_mut(item),
            ReferenceOr::Reference { .. } => Vec::new(),
        };
        verbs
            .into_iter()
            .filter_map(|(verb, slot)| Some((verb, slot.as_mut()?)))
    })
}

/// The place of a path for the operation of a verb.
pub(crate) fn operation_slot<'a>(
    item: &'a mut PathItem,
    verb: &str,
) -> Option<&'a mut Option<Operation>> {
    verbs_mut(item)
        .into_iter()
        .find_map(|(name, slot)| (name == verb).then_some(slot))
}

/// The place of a path for each verb.
pub(crate) fn verbs_mut(item: &mut PathItem) -> Vec<(&'static str, &mut Option<Operation>)> {
    vec![
        ("delete", &mut item.delete),
        ("get", &mut item.get),
        ("head", &mut item.head),
        ("options", &mut item.options),
        ("patch", &mut item.patch),
        ("post", &mut item.post),
        ("put", &mut item.put),
        ("trace", &mut item.trace),
    ]
}

/// Requirements of which any one is enough: one for each scope.
pub(crate) fn any_one_of<T: AsRef<str>>(scheme: &str, scopes: &[T]) -> Vec<SecurityRequirement> {
    let alone = |scope: &T| IndexMap::from([(scheme.to_owned(), vec![scope.as_ref().to_owned()])]);
    scopes.iter().map(alone).collect()
}

const PARAMETERS: &str = "#/components/parameters/";

/// A reference to a parameter of the document.
pub(crate) fn parameter_reference(name: &str) -> ReferenceOr<Parameter> {
    ReferenceOr::Reference {
        reference: format!("{PARAMETERS}{name}"),
    }
}

/// A parameter, or the one of the document that is referred to.
pub(crate) fn resolve_parameter<'a>(
    document: &'a OpenAPI,
    parameter: &'a ReferenceOr<Parameter>,
) -> Option<&'a Parameter> {
    match parameter {
        ReferenceOr::Item(parameter) => Some(parameter),
        ReferenceOr::Reference { reference } => {
            let name = reference.strip_prefix(PARAMETERS)?;
            let components = document.components.as_ref()?;
            components.parameters.get(name)?.as_item()
        }
    }
}

/// The query parameters of an operation itself; not those of its path.
pub(crate) fn query_parameters<'a>(
    document: &'a OpenAPI,
    operation: &'a Operation,
) -> impl Iterator<Item = &'a ParameterData> {
    operation
        .parameters
        .iter()
        .filter_map(|parameter| resolve_parameter(document, parameter))
        .filter_map(|parameter| match parameter {
            Parameter::Query { parameter_data, .. } => Some(parameter_data),
            _ => None,
        })
}

/// The header parameters of an operation.
pub(crate) fn header_parameters(operation: &Operation) -> impl Iterator<Item = &ParameterData> {
    let parameters = operation.parameters.iter();
    parameters.filter_map(|parameter| match parameter.as_item()? {
        Parameter::Header { parameter_data, .. } => Some(parameter_data),
        _ => None,
    })
}

/// A parameter of which no more is said than its name and its values.
pub(crate) fn parameter_data(name: &str, format: ParameterSchemaOrContent) -> ParameterData {
    ParameterData {
        name: name.to_owned(),
        description: None,
        required: false,
        deprecated: None,
        format,
        example: None,
        examples: IndexMap::new(),
        explode: None,
        extensions: IndexMap::new(),
    }
}

/// The schema of a parameter. No item of a list is `null`: outside of JSON there is no such value.
pub(crate) fn parameter_schema(parameter: &ParameterData) -> ReferenceOr<Schema> {
    let mut schema = match &parameter.format {
        ParameterSchemaOrContent::Schema(schema) => schema.clone(),
        ParameterSchemaOrContent::Content(content) => {
            let schema = content
                .values()
                .next()
                .and_then(|media| media.schema.clone());
            return schema.unwrap_or_else(|| ReferenceOr::Item(string(StringType::default())));
        }
    };
    if let ReferenceOr::Item(schema) = &mut schema
        && let SchemaKind::Type(Type::Array(array)) = &mut schema.schema_kind
        && let Some(ReferenceOr::Item(items)) = &mut array.items
    {
        items.schema_data.nullable = false;
    }
    schema
}

/// What an operation is sent: media types, and their entries. JSON comes first.
pub(crate) fn request_bodies(operation: &Operation) -> impl Iterator<Item = (&str, &MediaType)> {
    let body = operation
        .request_body
        .as_ref()
        .and_then(ReferenceOr::as_item);
    let content = body.into_iter().flat_map(|body| &body.content);
    content.map(|(kind, media)| (kind.as_str(), media))
}

/// The schema of what an operation is sent as JSON.
pub(crate) fn request_schema(operation: &Operation) -> Option<&ReferenceOr<Schema>> {
    let (kind, media) = request_bodies(operation).next()?;
    let schema = media.schema.as_ref()?;
    (Form::of(kind, media) == Form::Json).then_some(schema)
}

/// The schema of what an operation is sent as JSON, to be changed.
pub(crate) fn request_schema_mut(operation: &mut Operation) -> Option<&mut ReferenceOr<Schema>> {
    let ReferenceOr::Item(body) = operation.request_body.as_mut()? else {
        return None;
    };
    let (kind, media) = body.content.first_mut()?;
    match Form::of(kind, media) {
        Form::Json => media.schema.as_mut(),
        _ => None,
    }
}
