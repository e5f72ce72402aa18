//! The arguments of a method, and the setters of its request.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{OpenAPI, ParameterData, ReferenceOr, Schema, StringType, VariantOrUnknownOrEmpty};

use super::formats::RESOURCE_NAME;
use super::places::{max_length, only_value, path_parameters, path_place, place};
use super::schemas::Types;
use crate::extensions::{Extension, ResourceName, ResourceNames};
use crate::model::{Argument, BodyForm, Place, ResourceNameType, Role, Signature, Simple};
use crate::names::{distinct, parameter, snake, unique};
use crate::operations::{Located, parameter_schema, resolve_parameter};
use crate::path_template::PathTemplate;
use crate::schemas::string;

/// The name of the argument that is the body.
const BODY: &str = "body";

/// How many arguments a method may have. Of one that would have more, those in the query are set by
/// setters, and then the parts of the body.
const MOST: usize = 6;

/// The arguments of a method, while they are being gathered.
pub(super) struct Arguments {
    pub arguments: Vec<Argument>,
    /// Their schemas, by the names of the arguments.
    pub schemas: Vec<(String, ReferenceOr<Schema>)>,
    pub names: Vec<ResourceNameType>,
    /// The headers that have one value only, and that value.
    pub headers: Vec<(String, String)>,
    taken: BTreeSet<String>,
    /// What types without a name of their own are called after.
    of: String,
}

impl Arguments {
    pub fn new(of: &str, has_body: bool) -> Self {
        Self {
            arguments: Vec::new(),
            schemas: Vec::new(),
            names: Vec::new(),
            headers: Vec::new(),
            taken: has_body.then(|| BODY.to_owned()).into_iter().collect(),
            of: of.to_owned(),
        }
    }

    /// Leaves these names to the methods of a request.
    pub fn reserve(&mut self, names: &[&str]) {
        self.taken.extend(names.iter().map(ToString::to_string));
    }

    /// Adds the arguments that go into the path, in the order in which they stand there.
    pub fn add_path(&mut self, document: &OpenAPI, each: &Located, types: &mut Types) {
        let names = ResourceNames::get(&each.operation.extensions)
            .unwrap_or_default()
            .0;
        let values: BTreeMap<&str, (&ParameterData, &openapiv3::PathStyle)> = path_parameters(each)
            .map(|(data, style)| (data.name.as_str(), (data, style)))
            .collect();
        let mut added = BTreeSet::new();
        for placeholder in PathTemplate::parse(each.path).names() {
            let of_name = names
                .iter()
                .find(|name| name.placeholders.iter().any(|each| each == placeholder));
            match of_name {
                Some(name) if added.insert(&name.parameter) => self.add_name(name),
                Some(_) => {}
                None => {
                    if let Some((parameter, style)) = values.get(placeholder) {
                        let place = path_place(document, parameter, style);
                        self.add_parameter(parameter, place, types);
                    }
                }
            }
        }
    }

    fn add_name(&mut self, name: &ResourceName) {
        let schema = string(StringType {
            format: VariantOrUnknownOrEmpty::Unknown(format!("{RESOURCE_NAME}{}", name.type_name)),
            ..StringType::default()
        });
        let argument = Argument {
            name: unique(parameter(&name.parameter), &mut self.taken),
            doc: name.description.clone(),
            place: Place::Path(Simple::Joined),
            deprecated: false,
            max_length: None,
            role: Role::Argument,
        };
        self.add(argument, ReferenceOr::Item(schema));
        self.names.push(ResourceNameType {
            name: name.type_name.clone(),
            pattern: name.pattern.clone(),
            parts: parts_of(&name.pattern),
        });
    }

    /// Adds the parameters of the query, the headers and the cookies: first those that have to be there. A
    /// header that has to be there and has a single value is no argument.
    pub fn add_query_and_headers(&mut self, document: &OpenAPI, each: &Located, types: &mut Types) {
        let parameters = each.operation.parameters.iter();
        let parameters = parameters.filter_map(|it| resolve_parameter(document, it));
        let mut all: Vec<_> = parameters
            .filter_map(|it| Some((it.parameter_data_ref(), place(document, it)?)))
            .collect();
        all.sort_by_key(|(data, place)| {
            let in_header = matches!(place, Place::Header(..));
            let required_header = in_header && data.required;
            (
                !data.required,
                required_header,
                &data.name,
                !place.is_in_query(),
            )
        });
        let names = all.iter().map(|(data, _)| data.name.as_str());
        let names = distinct(names, parameter, &self.taken);
        for (data, place) in all {
            match (&place, only_value(document, data)) {
                (Place::Header(name, _), Some(value)) => self.headers.push((name.clone(), value)),
                _ => self.add_named(&names[data.name.as_str()], data, place, types),
            }
        }
    }

    /// Adds a parameter.
    pub fn add_parameter(&mut self, data: &ParameterData, place: Place, types: &mut Types) {
        self.add_named(&parameter(&data.name), data, place, types);
    }

    fn add_named(&mut self, name: &str, data: &ParameterData, place: Place, types: &mut Types) {
        let wanted = format!("{} {}", self.of, data.name);
        let schema = parameter_schema(data);
        let argument = Argument {
            name: unique(name.to_owned(), &mut self.taken),
            doc: data.description.clone().unwrap_or_default(),
            deprecated: data.deprecated.unwrap_or_default(),
            max_length: schema.as_item().and_then(max_length),
            role: match data.required || matches!(place, Place::Path(_) | Place::Expanded(..)) {
                true => Role::Argument,
                false => Role::Setter,
            },
            place,
        };
        let schema = types.lower(&schema, &wanted);
        self.add(argument, schema);
    }

    /// Adds the body.
    pub fn add_body(&mut self, form: BodyForm, schema: ReferenceOr<Schema>, role: Role) {
        let doc = match role {
            Role::Argument => "",
            _ => "The request body.",
        };
        let argument = Argument {
            name: BODY.to_owned(),
            doc: doc.to_owned(),
            place: Place::Body(form),
            deprecated: false,
            max_length: None,
            role,
        };
        self.add(argument, schema);
    }

    /// What types without a name of their own are called after.
    pub fn of(&self) -> &str {
        &self.of
    }

    /// Adds a part of the body, under a name that no other argument has.
    pub fn add_part(&mut self, argument: Argument, schema: ReferenceOr<Schema>) {
        let name = unique(argument.name, &mut self.taken);
        self.add(Argument { name, ..argument }, schema);
    }

    /// The signature as a struct, of which each value is a property, and what is returned another.
    pub fn define(self, response: Option<ReferenceOr<Schema>>, types: &mut Types) -> Signature {
        let mut taken = self.taken;
        let response = response.map(|schema| (unique("response".to_owned(), &mut taken), schema));
        let name = response.as_ref().map(|(name, _)| name.clone());
        let properties: Vec<_> = self.schemas.into_iter().chain(response).collect();
        Signature {
            // A struct without properties would be a map.
            name: match properties.is_empty() {
                true => String::new(),
                false => types.define_signature(&format!("{} signature", self.of), properties),
            },
            response: name,
            arguments: self.arguments,
        }
    }

    /// Leaves no method with too many arguments.
    pub fn limit(&mut self) {
        for may_be_set in [Place::is_in_query, Place::is_part] {
            let arguments = self.arguments.iter_mut();
            let arguments = arguments.filter(|argument| argument.role == Role::Argument);
            let arguments: Vec<_> = arguments.collect();
            if arguments.len() > MOST {
                let set = arguments.into_iter().filter(|it| may_be_set(&it.place));
                set.for_each(|argument| argument.role = Role::RequiredSetter);
            }
        }
    }

    /// Whether a part of the body has to be given.
    pub fn has_required_parts(&self) -> bool {
        let mut parts = self.arguments.iter().filter(|it| it.place.is_part());
        parts.any(|part| part.role != Role::Setter)
    }

    fn add(&mut self, argument: Argument, schema: ReferenceOr<Schema>) {
        self.schemas.push((argument.name.clone(), schema));
        self.arguments.push(argument);
    }
}

/// What the functions are called that return the parts of a name.
fn parts_of(pattern: &str) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let parts = PathTemplate::parse(pattern).names().map(|part| {
        let wanted = match snake(part) {
            // Names have a function of that name.
            part if part == "new" => "new_".to_owned(),
            part => part,
        };
        unique(wanted, &mut taken)
    });
    parts.collect()
}
