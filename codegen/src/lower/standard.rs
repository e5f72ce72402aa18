//! The parameters that every method takes.

use openapiv3::{OpenAPI, Operation, Parameter, ParameterData, PathItem};

use super::facts::{Place, Signature};
use super::methods::{under_any_verb, without_body};
use super::schemas::Types;
use super::signature::Arguments;
use crate::extensions::{Extension, Preset, StandardParameter};

/// What progenitor prints the signature of the standard parameters as: no id of an operation makes this
/// name.
const NAME: &str = "standard_parameters";

/// Lowers the standard parameters, as if one operation took all of them. Nothing where there are none.
pub(super) fn lower(document: &OpenAPI, types: &mut Types) -> Option<(PathItem, Signature)> {
    let mut standard = standard(document);
    if standard.is_empty() {
        return None;
    }
    standard.sort_by_key(|parameter| &parameter.name);
    let mut arguments = Arguments::new("StandardParameters", false);
    for data in standard {
        arguments.add_parameter(data, Place::Query(data.name.clone()), types);
    }
    let operation = Operation {
        operation_id: Some(NAME.to_owned()),
        parameters: arguments.parameters,
        responses: without_body(),
        ..Operation::default()
    };
    let signature = Signature {
        name: NAME.to_owned(),
        arguments: arguments.arguments,
    };
    Some((under_any_verb(operation), signature))
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
