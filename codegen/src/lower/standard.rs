//! The parameters that every method takes.

use openapiv3::{OpenAPI, Parameter, ParameterData};

use super::schemas::Types;
use super::signature::Arguments;
use crate::extensions::{Extension, Preset, StandardParameter};
use crate::model::{Place, Signature};

/// Lowers the standard parameters, as if one operation took all of them.
pub(super) fn lower(document: &OpenAPI, types: &mut Types) -> Signature {
    let mut standard = standard(document);
    standard.sort_by_key(|parameter| &parameter.name);
    let mut arguments = Arguments::new("StandardParameters", false);
    for data in standard {
        arguments.add_parameter(data, Place::Query(data.name.clone()), types);
    }
    arguments.define(None, types)
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
