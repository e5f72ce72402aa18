//! The fields of a struct.

use openapiv3::{AdditionalProperties, ObjectType, ReferenceOr, Schema};

use super::Types;
use crate::lower::enums::with_values;
use crate::model::{Field, TypeFacts};
use crate::names::{distinct, snake};
use crate::schemas::{boxed, is_free_form, is_list_or_map};

/// The field that progenitor adds to a struct for whatever has no field of its own.
const REST: &str = "extra";

impl Types<'_> {
    /// The fields of a struct.
    pub(super) fn object(
        &mut self,
        name: &str,
        object: &ObjectType,
        facts: &mut TypeFacts,
    ) -> ObjectType {
        let mut lowered = ObjectType::default();
        let mut properties: Vec<_> = object.properties.iter().collect();
        properties.sort_by_key(|(wire, _)| *wire);
        let rest = match &object.additional_properties {
            Some(AdditionalProperties::Schema(values)) => Some(values),
            _ => None,
        };
        let names = properties.iter().map(|(wire, _)| wire.as_str());
        let taken = rest.map(|_| REST.to_owned()).into_iter().collect();
        let names = distinct(names, snake, &taken);
        for (wire, schema) in properties {
            let schema = schema.clone().unbox();
            let data = schema.as_item().map(|schema| &schema.schema_data);
            let is_read_only = data.is_some_and(|data| data.read_only);
            let field = Field {
                wire: wire.clone(),
                doc: with_values(
                    &schema,
                    data.and_then(|data| data.description.clone())
                        .unwrap_or_default(),
                ),
                deprecated: data.is_some_and(|data| data.deprecated),
                required: object.required.contains(wire) && !is_read_only,
                nullable: (self.partial || object.required.contains(wire))
                    && self.nullable.has(&schema)
                    && !is_read_only,
            };
            let key = names[wire.as_str()].clone();
            self.add_field(name, (key, field), &schema, &mut lowered, facts);
        }
        if let Some(values) = rest {
            let values = self.lower_held(values, &format!("{name} value"));
            lowered.additional_properties = Some(AdditionalProperties::Schema(Box::new(values)));
        }
        lowered
    }

    /// Adds a field to a struct, under the name `key`.
    fn add_field(
        &mut self,
        of: &str,
        (key, field): (String, Field),
        schema: &ReferenceOr<Schema>,
        object: &mut ObjectType,
        facts: &mut TypeFacts,
    ) {
        let about = format!("{of} {}", field.wire);
        self.names
            .note(&format!("property {about}"), &snake(&field.wire), &key);
        let mut lowered = self.lower(schema, &about);
        if let (ReferenceOr::Item(lowered), ReferenceOr::Item(schema)) = (&mut lowered, schema) {
            // A message may be there and have no fields, where a map without entries is absent.
            let cleared = self.partial && is_list_or_map(schema);
            lowered.schema_data.nullable =
                cleared || is_free_form(schema) || schema.schema_data.nullable;
        }
        object.properties.insert(key.clone(), boxed(lowered));
        facts.fields.insert(key, field);
    }
}
