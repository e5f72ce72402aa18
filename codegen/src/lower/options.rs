//! Gathers optional parameters into structs: one for each method, one for all methods together.

use openapiv3::{OpenAPI, Parameter, ParameterData, Schema, SchemaKind, Type};

use super::facts::Field;
use super::schemas::Types;
use crate::extensions::{Extension, Preset, StandardParameter};
use crate::operations::{Located, parameter_schema, query_parameters};

/// Defines the struct of the parameters that every method takes. Returns its name, or nothing where
/// there are no such parameters.
pub(super) fn standard_parameters(document: &OpenAPI, types: &mut Types) -> Option<String> {
    define(
        "StandardParameters",
        "StandardParameters",
        "The parameters that every method takes. What is not set is not sent.",
        &standard(document),
        types,
    )
}

/// The standard parameters that are always sent, and their values.
pub(super) fn preset(document: &OpenAPI) -> Vec<(String, String)> {
    let preset = standard(document).into_iter().filter_map(|parameter| {
        let Preset(value) = Preset::get(&parameter.extensions)?;
        Some((parameter.name.clone(), value))
    });
    preset.collect()
}

fn standard(document: &OpenAPI) -> Vec<&ParameterData> {
    let all = document
        .components
        .iter()
        .flat_map(|all| all.parameters.values());
    let in_query = all.filter_map(|parameter| match parameter.as_item()? {
        Parameter::Query { parameter_data, .. } => Some(parameter_data),
        _ => None,
    });
    in_query
        .filter(|data| StandardParameter::get(&data.extensions).is_some())
        .collect()
}

/// Defines the struct of a method's optional parameters. Returns its name, or nothing where the
/// method has none.
pub(super) fn of_operation(
    document: &OpenAPI,
    each: &Located,
    types: &mut Types,
) -> Option<String> {
    let method = each.method_name();
    let optional: Vec<&ParameterData> = query_parameters(document, each.operation)
        .filter(|parameter| !parameter.required)
        .collect();
    define(
        &format!("{method} options"),
        &method,
        &format!("What `{method}` can be told besides its arguments. What is not set is not sent."),
        &optional,
        types,
    )
}

fn define(
    wanted: &str,
    of: &str,
    doc: &str,
    parameters: &[&ParameterData],
    types: &mut Types,
) -> Option<String> {
    if parameters.is_empty() {
        return None;
    }
    let mut parameters = parameters.to_vec();
    parameters.sort_by_key(|parameter| &parameter.name);
    let name = types.reserve(wanted);
    let fields = parameters.into_iter().map(|parameter| {
        let schema = parameter_schema(parameter);
        let field = Field {
            wire: parameter.name.clone(),
            doc: parameter.description.clone().unwrap_or_default(),
            deprecated: parameter.deprecated.unwrap_or_default(),
            max_length: max_length(&schema),
        };
        (field, schema)
    });
    types.define_options(&name, of, fields.collect(), doc);
    Some(name)
}

fn max_length(schema: &Schema) -> Option<usize> {
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) => string.max_length,
        _ => None,
    }
}
