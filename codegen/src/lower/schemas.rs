//! Lowers schemas: every type that needs a name becomes a schema of its own, under a unique name.

mod fields;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, IntegerType, ObjectType, OpenAPI,
    ReferenceOr, Schema, SchemaData, SchemaKind, StringType, Type, VariantOrUnknownOrEmpty,
};

use super::enums::enumeration;
use super::formats::{NUMBER, with_type};
use super::nullable::{Nullable, or_null};
use super::type_names::TypeNames;
use super::unions;
use crate::extensions::{Extension, LongRunning, Partial};
use crate::model::{Model, TypeFacts};
use crate::schemas::{boxed, is_free_form, is_map, needs_name, reference_to, sole_reference};

/// The types of a client, while they are being lowered.
pub(super) struct Types<'a> {
    document: &'a OpenAPI,
    names: TypeNames,
    lowered: BTreeMap<String, ReferenceOr<Schema>>,
    /// What methods take and return.
    signatures: BTreeMap<String, ReferenceOr<Schema>>,
    /// Whether what is being lowered is a part of something that may be sent in part.
    partial: bool,
    nullable: Nullable,
    facts: BTreeMap<String, TypeFacts>,
    pub unions: unions::Known,
}

impl<'a> Types<'a> {
    /// Lowers the schemas of a document. One that only refers to another has no type of its own.
    pub fn new(document: &'a OpenAPI) -> Self {
        let mut types = Self {
            document,
            names: TypeNames::new(document),
            lowered: BTreeMap::new(),
            signatures: BTreeMap::new(),
            partial: false,
            nullable: Nullable::new(document),
            facts: BTreeMap::new(),
            unions: unions::Known::new(document),
        };
        let schemas = document.components.iter().flat_map(|all| &all.schemas);
        let mut schemas: Vec<_> = schemas
            .filter(|(_, schema)| sole_reference(schema).is_none())
            .filter_map(|(wire, schema)| Some((wire, schema.as_item()?)))
            .collect();
        schemas.sort_by_key(|(wire, _)| *wire);
        for (wire, schema) in schemas {
            let name = types.names.of(wire);
            types.define(name.clone(), schema);
            if let Some(facts) = types.facts.get_mut(&name) {
                facts.schema.clone_from(wire);
            }
        }
        types
    }

    /// The lowered schemas. What is known of them is added to the facts.
    pub fn finish(mut self, model: &mut Model) -> IndexMap<String, ReferenceOr<Schema>> {
        self.unions.finish(&mut self.facts);
        model.types = self.facts;
        model.renamed = self.names.renamed();
        // Where a type holds itself, the first one on the way gets the box: never one of these.
        self.lowered.into_iter().chain(self.signatures).collect()
    }

    /// The document.
    pub fn document(&self) -> &'a OpenAPI {
        self.document
    }

    /// What is known of a type.
    pub fn facts(&self, name: &str) -> Option<&TypeFacts> {
        self.facts.get(name)
    }

    /// Notes that a lowered schema is a request body, or that its items are.
    pub fn is_sent(&mut self, schema: &ReferenceOr<Schema>) {
        if let Some(facts) = sole_reference(schema).and_then(|name| self.facts.get_mut(name)) {
            facts.is_sent = true;
        }
        let item = schema.as_item().map(|schema| &schema.schema_kind);
        if let Some(SchemaKind::Type(Type::Array(array))) = item
            && let Some(items) = &array.items
        {
            self.is_sent(&items.clone().unbox());
        }
    }

    /// The type that a schema of the document refers to.
    pub fn name_of(&self, schema: &ReferenceOr<Schema>) -> Option<String> {
        self.names.behind(schema)
    }

    /// Takes a name that no type has yet: the wanted one if possible.
    pub fn reserve(&mut self, wanted: &str) -> String {
        self.names.reserve(wanted)
    }

    /// Defines the struct whose properties are what a method takes and returns. It is printed nowhere.
    /// Returns its name.
    pub fn define_signature(
        &mut self,
        wanted: &str,
        properties: Vec<(String, ReferenceOr<Schema>)>,
    ) -> String {
        let name = self.names.reserve_unnoted(wanted);
        let names = properties.iter().map(|(name, _)| name.clone());
        let object = ObjectType {
            required: names.collect(),
            properties: properties
                .into_iter()
                .map(|(name, schema)| (name, boxed(schema)))
                .collect(),
            ..ObjectType::default()
        };
        let kind = SchemaKind::Type(Type::Object(object));
        self.signatures.insert(name.clone(), plain(kind));
        name
    }

    /// Lowers a schema that stands where no type has a name. `wanted` is what its type is called if
    /// it turns out to need one.
    pub fn lower(&mut self, schema: &ReferenceOr<Schema>, wanted: &str) -> ReferenceOr<Schema> {
        if sole_reference(schema).is_some() {
            return reference_to(&self.names.behind(schema).unwrap_or_default());
        }
        let ReferenceOr::Item(item) = schema else {
            return any();
        };
        if needs_name(item) {
            let name = self.reserve(wanted);
            self.define(name.clone(), item);
            return reference_to(&name);
        }
        plain(self.kind(item, wanted))
    }

    /// Lowers a schema that stands in a list, in a map or in a response, where `null` is a value of its
    /// own.
    pub fn lower_held(
        &mut self,
        schema: &ReferenceOr<Schema>,
        wanted: &str,
    ) -> ReferenceOr<Schema> {
        let lowered = self.lower(schema, wanted);
        match self.nullable.has(schema) {
            true => or_null(lowered),
            false => lowered,
        }
    }

    /// Defines the type of a schema under a name that has been taken for it.
    fn define(&mut self, name: String, item: &Schema) {
        let extensions = &item.schema_data.extensions;
        let mut facts = TypeFacts {
            doc: item.schema_data.description.clone().unwrap_or_default(),
            deprecated: item.schema_data.deprecated,
            long_running: LongRunning::get(extensions).is_some(),
            ..TypeFacts::default()
        };
        let within = self.partial;
        self.partial |= Partial::get(extensions).is_some();
        let kind = match &item.schema_kind {
            SchemaKind::Type(Type::Object(object)) if !is_map(object) => {
                SchemaKind::Type(Type::Object(self.object(&name, object, &mut facts)))
            }
            SchemaKind::Type(Type::String(string)) if !string.enumeration.is_empty() => {
                SchemaKind::Type(Type::String(enumeration(string, item, &mut facts)))
            }
            SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. } => {
                let (shown, union) = unions::lower(self, &name, item);
                facts.union = Some(union);
                SchemaKind::Type(Type::Object(shown))
            }
            _ => self.kind(item, &name),
        };
        self.partial = within;
        self.insert(&name, kind, facts);
    }

    fn insert(&mut self, name: &str, kind: SchemaKind, facts: TypeFacts) {
        for (variant, known) in facts.variants.iter().filter(|(_, known)| known.renamed) {
            let about = format!("value {name} {:?}", known.wire);
            self.names.note(&about, "", variant);
        }
        self.lowered.insert(name.to_owned(), plain(kind));
        self.facts.insert(name.to_owned(), facts);
    }

    /// The kind of a schema that needs no name.
    fn kind(&mut self, schema: &Schema, wanted: &str) -> SchemaKind {
        let SchemaKind::Type(kind) = &schema.schema_kind else {
            return SchemaKind::Any(AnySchema::default());
        };
        SchemaKind::Type(match kind {
            Type::String(string) => Type::String(StringType {
                format: with_type(&string.format),
                ..StringType::default()
            }),
            Type::Integer(integer) => Type::Integer(IntegerType {
                format: integer.format.clone(),
                ..IntegerType::default()
            }),
            Type::Number(_) => Type::String(StringType {
                format: VariantOrUnknownOrEmpty::Unknown(NUMBER.to_owned()),
                ..StringType::default()
            }),
            Type::Boolean(_) => Type::Boolean(BooleanType::default()),
            Type::Array(array) => Type::Array(self.array(array, wanted)),
            Type::Object(_) if is_free_form(schema) => Type::Object(ObjectType {
                additional_properties: Some(AdditionalProperties::Any(true)),
                ..ObjectType::default()
            }),
            Type::Object(object) => Type::Object(self.map(object, wanted)),
        })
    }

    fn array(&mut self, array: &ArrayType, wanted: &str) -> ArrayType {
        let items = array.items.as_ref().map(|items| items.clone().unbox());
        ArrayType {
            items: Some(boxed(match items {
                Some(items) => self.lower_held(&items, &format!("{wanted} item")),
                None => any(),
            })),
            min_items: None,
            max_items: None,
            unique_items: false,
        }
    }

    fn map(&mut self, object: &ObjectType, wanted: &str) -> ObjectType {
        let values = match &object.additional_properties {
            Some(AdditionalProperties::Schema(values)) => {
                self.lower_held(values, &format!("{wanted} value"))
            }
            _ => any(),
        };
        ObjectType {
            additional_properties: Some(AdditionalProperties::Schema(Box::new(values))),
            ..ObjectType::default()
        }
    }
}

pub(super) fn plain(kind: SchemaKind) -> ReferenceOr<Schema> {
    ReferenceOr::Item(Schema {
        schema_data: SchemaData::default(),
        schema_kind: kind,
    })
}

/// The schema of anything.
pub(super) fn any() -> ReferenceOr<Schema> {
    plain(SchemaKind::Any(AnySchema::default()))
}
