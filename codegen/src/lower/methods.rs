//! Lowers operations: progenitor is shown a signature, and nothing that it could stumble over.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3::{
    MediaType, OpenAPI, Operation, Parameter, ParameterData, ParameterSchemaOrContent, PathItem,
    PathStyle, QueryStyle, ReferenceOr, RequestBody, Response, Responses, Schema, StatusCode,
    StringType, VariantOrUnknownOrEmpty,
};

use super::facts::{Argument, Method, Place, ResourceNameType};
use super::options::{self, parameter_schema, string};
use super::paging;
use super::schemas::{RESOURCE_NAME_FORMAT, Types};
use crate::extensions::{Extension, Idempotent, ResourceName, ResourceNames};
use crate::names::{self, snake, unique};
use crate::operations::{Located, query_parameters};
use crate::schemas::{is_empty_message, reference_to, resolve};

/// The name that progenitor gives to the argument that is the body.
const BODY: &str = "body";
/// The name of the argument that holds every optional parameter.
const OPTIONS: &str = "options";

/// Lowers an operation. Returns the path that progenitor is to know it by, and what it finds there.
pub(super) fn lower(
    document: &OpenAPI,
    each: &Located,
    types: &mut Types,
) -> (String, PathItem, Method) {
    let name = names::operation(each.id());
    let request = request_schema(document, each.operation);
    let options = options::of_operation(document, each.operation, types);
    let mut signature = Signature::new(options.is_some(), matches!(request, Request::Body(_)));
    signature.add_path(each, types);
    signature.add_required_query(document, each.operation, types);
    if let Some(options) = &options {
        signature.add(
            OPTIONS,
            String::new(),
            Place::Options,
            reference_to(options),
        );
    }
    let body = match &request {
        Request::Body(schema) => Some(signature.add_body(schema, types, &name)),
        _ => None,
    };
    let response = response_schema(each.operation)
        .map(|schema| types.lower(schema, &format!("{name} response")));
    let method = Method {
        id: each.id().to_owned(),
        verb: each.verb.to_owned(),
        template: each.path.to_owned(),
        doc: each.operation.description.clone().unwrap_or_default(),
        deprecated: each.operation.deprecated,
        scopes: scopes(each.operation),
        idempotent: Idempotent::get(&each.operation.extensions).is_some_and(|known| known.0),
        empty_message: matches!(request, Request::EmptyMessage),
        returns_nothing: response.is_none(),
        paging: paging::fields(
            each.operation,
            options.as_deref(),
            body.as_ref(),
            response.as_ref(),
            types,
        ),
        arguments: signature.arguments,
        names: signature.names,
        name,
    };
    let mut path = format!("/{}", method.name);
    for argument in method.arguments.iter().filter(|a| a.place == Place::Path) {
        path.push_str(&format!("/{{{}}}", argument.name));
    }
    let operation = Operation {
        operation_id: Some(method.name.clone()),
        parameters: signature.parameters,
        request_body: body.map(|schema| {
            ReferenceOr::Item(RequestBody {
                content: json(schema),
                required: true,
                ..RequestBody::default()
            })
        }),
        responses: responses(response),
        ..Operation::default()
    };
    let item = PathItem {
        post: Some(operation),
        ..PathItem::default()
    };
    (path, item, method)
}

/// The arguments of a method, while they are being gathered.
struct Signature {
    arguments: Vec<Argument>,
    parameters: Vec<ReferenceOr<Parameter>>,
    names: Vec<ResourceNameType>,
    taken: BTreeSet<String>,
}

impl Signature {
    fn new(has_options: bool, has_body: bool) -> Self {
        let reserved = [(OPTIONS, has_options), (BODY, has_body)];
        Self {
            arguments: Vec::new(),
            parameters: Vec::new(),
            names: Vec::new(),
            taken: reserved
                .into_iter()
                .filter(|&(_name, reserved)| reserved)
                .map(|(name, _reserved)| name.to_owned())
                .collect(),
        }
    }

    /// Adds the arguments that go into the path, in the order in which they stand there.
    fn add_path(&mut self, each: &Located, types: &mut Types) {
        let names = ResourceNames::get(&each.operation.extensions)
            .unwrap_or_default()
            .0;
        let values: BTreeMap<&str, &ParameterData> = path_parameters(each)
            .map(|parameter| (parameter.name.as_str(), parameter))
            .collect();
        let mut added = BTreeSet::new();
        for placeholder in names::placeholders(each.path) {
            let of_name = names
                .iter()
                .find(|name| name.placeholders.iter().any(|each| each == placeholder));
            match of_name {
                Some(name) if added.insert(&name.parameter) => self.add_name(name),
                Some(_) => {}
                None => {
                    if let Some(parameter) = values.get(placeholder) {
                        self.add_parameter(parameter, Place::Path, types, each.id());
                    }
                }
            }
        }
    }

    fn add_name(&mut self, name: &ResourceName) {
        let schema = string(StringType {
            format: VariantOrUnknownOrEmpty::Unknown(format!(
                "{RESOURCE_NAME_FORMAT}{}",
                name.type_name
            )),
            ..StringType::default()
        });
        let argument = unique(snake(&name.parameter), &mut self.taken);
        self.add(
            &argument,
            name.description.clone(),
            Place::Path,
            ReferenceOr::Item(schema),
        );
        self.names.push(ResourceNameType {
            name: name.type_name.clone(),
            pattern: name.pattern.clone(),
        });
    }

    fn add_required_query(&mut self, document: &OpenAPI, operation: &Operation, types: &mut Types) {
        let id = operation.operation_id.as_deref().unwrap_or_default();
        for parameter in query_parameters(document, operation).filter(|each| each.required) {
            let place = Place::Query(parameter.name.clone());
            self.add_parameter(parameter, place, types, id);
        }
    }

    fn add_parameter(
        &mut self,
        parameter: &ParameterData,
        place: Place,
        types: &mut Types,
        id: &str,
    ) {
        let wanted = format!("{} {}", names::operation(id), parameter.name);
        let schema = types.lower(&ReferenceOr::Item(parameter_schema(parameter)), &wanted);
        let name = unique(snake(&parameter.name), &mut self.taken);
        let doc = parameter.description.clone().unwrap_or_default();
        self.add(&name, doc, place, schema);
    }

    /// Adds the body. Returns its schema.
    fn add_body(
        &mut self,
        schema: &ReferenceOr<Schema>,
        types: &mut Types,
        method: &str,
    ) -> ReferenceOr<Schema> {
        self.arguments.push(Argument {
            name: BODY.to_owned(),
            doc: String::new(),
            place: Place::Body,
        });
        types.lower(schema, &format!("{method} request"))
    }

    fn add(&mut self, name: &str, doc: String, place: Place, schema: ReferenceOr<Schema>) {
        let data = ParameterData {
            name: name.to_owned(),
            description: None,
            required: true,
            deprecated: None,
            format: ParameterSchemaOrContent::Schema(schema),
            example: None,
            examples: IndexMap::new(),
            explode: None,
            extensions: IndexMap::new(),
        };
        self.parameters.push(ReferenceOr::Item(match place {
            Place::Path => Parameter::Path {
                parameter_data: data,
                style: PathStyle::Simple,
            },
            _ => Parameter::Query {
                parameter_data: data,
                allow_reserved: false,
                style: QueryStyle::Form,
                allow_empty_value: None,
            },
        }));
        self.arguments.push(Argument {
            name: name.to_owned(),
            doc,
            place,
        });
    }
}

/// What an operation sends.
enum Request<'a> {
    Nothing,
    /// `{}`: a message that has no fields.
    EmptyMessage,
    Body(&'a ReferenceOr<Schema>),
}

fn request_schema<'a>(document: &'a OpenAPI, operation: &'a Operation) -> Request<'a> {
    let body = operation
        .request_body
        .as_ref()
        .and_then(ReferenceOr::as_item);
    let media = body.and_then(|body| body.content.values().next());
    let Some(schema) = media.and_then(|media| media.schema.as_ref()) else {
        return Request::Nothing;
    };
    match resolve(document, schema) {
        Some(message) if is_empty_message(message) => Request::EmptyMessage,
        _ => Request::Body(schema),
    }
}

fn response_schema(operation: &Operation) -> Option<&ReferenceOr<Schema>> {
    let response = operation.responses.responses.values().next()?.as_item()?;
    response.content.values().next()?.schema.as_ref()
}

fn path_parameters<'a>(each: &Located<'a>) -> impl Iterator<Item = &'a ParameterData> {
    let parameters = each.operation.parameters.iter();
    parameters.filter_map(|parameter| match parameter.as_item()? {
        Parameter::Path { parameter_data, .. } => Some(parameter_data),
        _ => None,
    })
}

fn scopes(operation: &Operation) -> Vec<String> {
    let requirements = operation.security.iter().flatten();
    let mut scopes: Vec<String> = requirements
        .flat_map(|requirement| requirement.values().flatten().cloned())
        .collect();
    scopes.sort();
    scopes
}

fn responses(schema: Option<ReferenceOr<Schema>>) -> Responses {
    let response = Response {
        content: schema.map(json).unwrap_or_default(),
        ..Response::default()
    };
    Responses {
        responses: IndexMap::from([(StatusCode::Code(200), ReferenceOr::Item(response))]),
        ..Responses::default()
    }
}

fn json(schema: ReferenceOr<Schema>) -> IndexMap<String, MediaType> {
    let media = MediaType {
        schema: Some(schema),
        ..MediaType::default()
    };
    IndexMap::from([("application/json".to_owned(), media)])
}
