//! Where the values of arguments go.

use openapiv3::{
    OpenAPI, Parameter, ParameterData, ParameterSchemaOrContent, QueryStyle, Schema, SchemaKind,
    Type,
};

use crate::model::{PathStyle, Place, Simple, Style};
use crate::operations::{Located, parameter_schema};
use crate::schemas::resolve;

/// The parameters of an operation's path.
pub(super) fn path_parameters<'a>(
    each: &Located<'a>,
) -> impl Iterator<Item = (&'a ParameterData, &'a openapiv3::PathStyle)> {
    let parameters = each.operation.parameters.iter();
    parameters.filter_map(|parameter| match parameter.as_item()? {
        Parameter::Path {
            parameter_data,
            style,
        } => Some((parameter_data, style)),
        _ => None,
    })
}

/// Where a parameter goes that is not in the path.
pub(super) fn place(document: &OpenAPI, parameter: &Parameter) -> Option<Place> {
    let name = || parameter.parameter_data_ref().name.clone();
    match parameter {
        Parameter::Path { .. } => None,
        Parameter::Header { parameter_data, .. } => {
            Some(Place::Header(name(), simple(document, parameter_data)))
        }
        Parameter::Cookie { .. } => Some(Place::Cookie(name())),
        Parameter::Query {
            parameter_data,
            style,
            ..
        } => Some(match style_of(document, parameter_data, style) {
            Some(style) => Place::Styled(name(), style),
            None => Place::Query(name()),
        }),
    }
}

/// Where a parameter goes that is in the path.
pub(super) fn path_place(
    document: &OpenAPI,
    data: &ParameterData,
    style: &openapiv3::PathStyle,
) -> Place {
    let expanded = |style| Place::Expanded(data.name.clone(), style, data.explode == Some(true));
    match style {
        openapiv3::PathStyle::Label => expanded(PathStyle::Label),
        openapiv3::PathStyle::Matrix => expanded(PathStyle::Matrix),
        openapiv3::PathStyle::Simple => Place::Path(simple(document, data)),
    }
}

/// How a parameter of the path or of a header is written.
fn simple(document: &OpenAPI, data: &ParameterData) -> Simple {
    if matches!(data.format, ParameterSchemaOrContent::Content(_)) {
        return Simple::Json;
    }
    let schema = parameter_schema(data);
    let kind = resolve(document, &schema).map(|schema| &schema.schema_kind);
    match kind {
        Some(SchemaKind::Type(Type::Object(_))) if data.explode == Some(true) => Simple::Exploded,
        _ => Simple::Joined,
    }
}

/// The style of a parameter of the query; nothing where it is one value, or a parameter for each item.
pub(super) fn style_of(
    document: &OpenAPI,
    data: &ParameterData,
    style: &QueryStyle,
) -> Option<Style> {
    if matches!(data.format, ParameterSchemaOrContent::Content(_)) {
        return Some(Style::Json);
    }
    let schema = parameter_schema(data);
    let kind = resolve(document, &schema).map(|schema| &schema.schema_kind);
    let is_list = matches!(kind, Some(SchemaKind::Type(Type::Array(_))));
    let is_object = matches!(kind, Some(SchemaKind::Type(Type::Object(_))));
    let is_scalar = matches!(kind, Some(SchemaKind::Type(_))) && !is_list && !is_object;
    let exploded = data.explode.unwrap_or(*style == QueryStyle::Form);
    let is_repeated = exploded && is_list && *style != QueryStyle::DeepObject;
    // Only `form` has properties as parameters of their own.
    let in_properties = exploded && *style == QueryStyle::Form;
    (!is_scalar && !is_repeated).then(|| Style::of(style, in_properties))
}

/// The value of a parameter that has to be there, and can have no other.
pub(super) fn only_value(document: &OpenAPI, parameter: &ParameterData) -> Option<String> {
    let schema = parameter_schema(parameter);
    let SchemaKind::Type(Type::String(string)) = &resolve(document, &schema)?.schema_kind else {
        return None;
    };
    match string.enumeration.as_slice() {
        [Some(only)] if parameter.required => Some(only.clone()),
        _ => None,
    }
}

pub(super) fn max_length(schema: &Schema) -> Option<usize> {
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) => string.max_length,
        _ => None,
    }
}
