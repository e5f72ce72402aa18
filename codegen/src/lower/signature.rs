//! The arguments of a method.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3::{
    OpenAPI, Parameter, ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle,
    ReferenceOr, Schema, SchemaKind, StringType, Type, VariantOrUnknownOrEmpty,
};

use super::facts::{Argument, Place, ResourceNameType};
use super::formats::RESOURCE_NAME;
use super::schemas::Types;
use crate::extensions::{Extension, ResourceName, ResourceNames};
use crate::names::{self, snake, unique};
use crate::operations::{Located, header_parameters, parameter_schema, query_parameters};
use crate::schemas::{reference_to, string};

/// The name that progenitor gives to the argument that is the body.
const BODY: &str = "body";
/// The name of the argument that holds every optional parameter.
const OPTIONS: &str = "options";

/// The arguments of a method, while they are being gathered.
pub(super) struct Signature {
    pub arguments: Vec<Argument>,
    pub parameters: Vec<ReferenceOr<Parameter>>,
    pub names: Vec<ResourceNameType>,
    /// The headers that have one value only, and that value.
    pub headers: Vec<(String, String)>,
    taken: BTreeSet<String>,
}

impl Signature {
    pub fn new(has_options: bool, has_body: bool) -> Self {
        let reserved = [(OPTIONS, has_options), (BODY, has_body)];
        Self {
            arguments: Vec::new(),
            parameters: Vec::new(),
            names: Vec::new(),
            headers: Vec::new(),
            taken: reserved
                .into_iter()
                .filter(|&(_name, reserved)| reserved)
                .map(|(name, _reserved)| name.to_owned())
                .collect(),
        }
    }

    /// Adds the arguments that go into the path, in the order in which they stand there.
    pub fn add_path(&mut self, each: &Located, types: &mut Types) {
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
                        self.add_parameter(parameter, Place::Path, types, &each.method_name());
                    }
                }
            }
        }
    }

    /// Adds the argument that holds every optional parameter.
    pub fn add_options(&mut self, type_name: &str) {
        let schema = reference_to(type_name);
        self.add(OPTIONS, String::new(), Place::Options, schema);
    }

    fn add_name(&mut self, name: &ResourceName) {
        let schema = string(StringType {
            format: VariantOrUnknownOrEmpty::Unknown(format!("{RESOURCE_NAME}{}", name.type_name)),
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

    pub fn add_required_query(&mut self, document: &OpenAPI, each: &Located, types: &mut Types) {
        let method = each.method_name();
        for parameter in query_parameters(document, each.operation).filter(|it| it.required) {
            let place = Place::Query(parameter.name.clone());
            self.add_parameter(parameter, place, types, &method);
        }
    }

    /// Adds the arguments that are headers: first those that have to be there. One that has to be there
    /// and has a single value is no argument.
    pub fn add_headers(&mut self, each: &Located, types: &mut Types) {
        let method = each.method_name();
        let mut headers: Vec<_> = header_parameters(each.operation).collect();
        headers.sort_by_key(|parameter| (!parameter.required, &parameter.name));
        for parameter in headers {
            if let Some(value) = only_value(parameter) {
                self.headers.push((parameter.name.clone(), value));
                continue;
            }
            let place = Place::Header(parameter.name.clone(), !parameter.required);
            self.add_parameter(parameter, place, types, &method);
        }
    }

    fn add_parameter(
        &mut self,
        parameter: &ParameterData,
        place: Place,
        types: &mut Types,
        method: &str,
    ) {
        let wanted = format!("{method} {}", parameter.name);
        let schema = types.lower(&ReferenceOr::Item(parameter_schema(parameter)), &wanted);
        let name = unique(snake(&parameter.name), &mut self.taken);
        let doc = parameter.description.clone().unwrap_or_default();
        self.add(&name, doc, place, schema);
    }

    /// Adds the body. Returns its schema.
    pub fn add_body(
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
            required: !matches!(place, Place::Header(_, true)),
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

/// The parameters of an operation's path.
pub(super) fn path_parameters<'a>(each: &Located<'a>) -> impl Iterator<Item = &'a ParameterData> {
    let parameters = each.operation.parameters.iter();
    parameters.filter_map(|parameter| match parameter.as_item()? {
        Parameter::Path { parameter_data, .. } => Some(parameter_data),
        _ => None,
    })
}

/// The value of a parameter that has to be there, and can have no other.
fn only_value(parameter: &ParameterData) -> Option<String> {
    let schema = parameter_schema(parameter);
    let SchemaKind::Type(Type::String(string)) = &schema.schema_kind else {
        return None;
    };
    match string.enumeration.as_slice() {
        [Some(only)] if parameter.required => Some(only.clone()),
        _ => None,
    }
}
