//! Discovery's parameters.

use openapiv3::{
    HeaderStyle, Parameter, ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle,
    ReferenceOr, Schema, StringType,
};

use super::schema;
use crate::Problem;
use crate::extensions::{AllowSlashes, Extension};
use crate::operations::parameter_data;
use crate::read::node::Node;
use crate::schemas::string;

/// A parameter of the query.
pub(super) fn in_query(name: &str, node: &Node) -> Result<Parameter, Problem> {
    let mut data = data(name, schema::of_parameter(node)?);
    data.description = node.text_of("description")?.map(str::to_owned);
    data.required = node.flag("required")?;
    data.deprecated = node.flag("deprecated")?.then_some(true);
    Ok(Parameter::Query {
        parameter_data: data,
        allow_reserved: false,
        style: QueryStyle::Form,
        allow_empty_value: None,
    })
}

/// The header that says by which version of the API a method is called. It has one value.
///
/// Source: <https://cloud.google.com/apis/docs/system-parameters>.
pub(super) fn api_version(version: &str) -> Parameter {
    let only = StringType {
        enumeration: vec![Some(version.to_owned())],
        ..StringType::default()
    };
    let mut data = data("X-Goog-Api-Version", string(only));
    data.required = true;
    Parameter::Header {
        parameter_data: data,
        style: HeaderStyle::Simple,
    }
}

/// A parameter that is one segment of the path, or a part of one.
pub(super) fn in_path(name: &str, node: &Node) -> Result<Parameter, Problem> {
    let mut data = data(name, schema::of_parameter(node)?);
    data.description = node.text_of("description")?.map(str::to_owned);
    Ok(path(data))
}

/// A segment of a resource's name, of which the document says nothing more.
pub(super) fn segment(name: &str) -> Parameter {
    path(data(name, string(StringType::default())))
}

/// The same parameter, whose value may have slashes in it.
pub(super) fn with_slashes(mut parameter: Parameter) -> Parameter {
    if let Parameter::Path { parameter_data, .. } = &mut parameter {
        AllowSlashes(true).set(&mut parameter_data.extensions);
    }
    parameter
}

fn path(mut data: ParameterData) -> Parameter {
    data.required = true;
    Parameter::Path {
        parameter_data: data,
        style: PathStyle::Simple,
    }
}

fn data(name: &str, schema: Schema) -> ParameterData {
    parameter_data(
        name,
        ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)),
    )
}
