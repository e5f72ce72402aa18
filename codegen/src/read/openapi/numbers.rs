//! Schemas of numbers, and their bounds.

use openapiv3::{IntegerType, NumberType, VariantOrUnknownOrEmpty};

use super::enums;
use crate::Problem;
use crate::read::bounds::{self, End, Written};
use crate::read::node::Node;

pub(super) fn integer(node: &Node) -> Result<IntegerType, Problem> {
    let format = match node.format()? {
        VariantOrUnknownOrEmpty::Empty if bounds::is_unsigned(node) => {
            VariantOrUnknownOrEmpty::Unknown("uint64".to_owned())
        }
        stated => stated,
    };
    Ok(IntegerType {
        format,
        enumeration: enums::integers(node)?,
        minimum: bounds::of_integer(node, minimum(node), Written::AsNumbers)?,
        maximum: bounds::of_integer(node, maximum(node), Written::AsNumbers)?,
        exclusive_minimum: node.lenient_flag("exclusiveMinimum"),
        exclusive_maximum: node.lenient_flag("exclusiveMaximum"),
        multiple_of: bounds::multiple_of_integer(node)?,
    })
}

pub(super) fn number(node: &Node) -> Result<NumberType, Problem> {
    Ok(NumberType {
        format: node.format()?,
        minimum: bounds::of_number(node, minimum(node), Written::AsNumbers)?,
        maximum: bounds::of_number(node, maximum(node), Written::AsNumbers)?,
        exclusive_minimum: node.lenient_flag("exclusiveMinimum"),
        exclusive_maximum: node.lenient_flag("exclusiveMaximum"),
        multiple_of: bounds::multiple_of_number(node)?,
        enumeration: enums::numbers(node)?,
    })
}

fn minimum(node: &Node) -> End {
    let exclusive = node.lenient_flag("exclusiveMinimum");
    End::Minimum { exclusive }
}

fn maximum(node: &Node) -> End {
    let exclusive = node.lenient_flag("exclusiveMaximum");
    End::Maximum { exclusive }
}
