//! The types that progenitor makes of a lowered document, out of its type space.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator, TypeImpl};
use quote::{format_ident, quote};
use schemars::schema::{InstanceType, SchemaObject};
use typify::{Type, TypeDetails, TypeId, TypeSpace};

use crate::Problem;
use crate::lower::{FORMATS, Lowered, RESOURCE_NAME, STAND_INS};

/// Runs progenitor on a lowered document.
pub(super) fn run(lowered: &Lowered) -> Result<Generator, Problem> {
    let mut generator = Generator::new(&settings(lowered));
    generator
        .generate_tokens(&lowered.document)
        .map_err(Problem::internal)?;
    Ok(generator)
}

fn settings(lowered: &Lowered) -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    for (format, type_name) in FORMATS.iter().chain(STAND_INS) {
        convert(&mut settings, format, type_name);
    }
    for name in &lowered.model.names {
        let format = format!("{RESOURCE_NAME}{}", name.name);
        convert(&mut settings, &format, &format!("names::{}", name.name));
    }
    settings
}

/// Has progenitor take `type_name` for every string of this format.
fn convert(settings: &mut GenerationSettings, format: &str, type_name: &str) {
    let schema = SchemaObject {
        instance_type: Some(InstanceType::String.into()),
        format: Some(format.to_owned()),
        ..SchemaObject::default()
    };
    settings.with_conversion(schema, type_name, [TypeImpl::Display].into_iter());
}

/// The types of a client, and how they are written.
pub(super) struct Space<'a> {
    types: &'a TypeSpace,
    /// The types that have a name, by name.
    pub named: BTreeMap<String, Type<'a>>,
}

/// Who writes and reads a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// serde.
    #[default]
    Plain,
    /// The runtime, but only in JSON: in a URL or a header, an integer is the same without the quotation
    /// marks that it has there.
    OwnInJson,
    /// The runtime.
    Own,
}

/// How a method takes a value.
pub(super) enum Passed {
    Value(TokenStream),
    Reference(TokenStream),
    /// Items of this type, as a slice.
    Slice(TokenStream),
    /// Text.
    Str,
}

/// Where types are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    /// Where the types are defined.
    Types,
    /// In another module.
    Elsewhere,
}

impl<'a> Space<'a> {
    pub fn new(types: &'a TypeSpace) -> Self {
        let named = types.iter_types().filter(|each| {
            matches!(
                each.details(),
                TypeDetails::Struct(_) | TypeDetails::Enum(_) | TypeDetails::Newtype(_)
            )
        });
        Self {
            types,
            named: named.map(|each| (each.name(), each)).collect(),
        }
    }

    /// The properties of a struct, with their types.
    pub fn properties(&self, name: &str) -> Vec<(String, TypeId)> {
        match self.named.get(name).map(Type::details) {
            Some(TypeDetails::Struct(details)) => {
                let properties = details.properties();
                properties.map(|(name, id)| (name.to_owned(), id)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// A type of the standard library, as short as it can be here.
    pub fn standard(&self, name: &str, within: Within) -> TokenStream {
        let short = format_ident!("{name}");
        let is_own = |name: &str| within == Within::Types && self.named.contains_key(name);
        match name {
            // It is imported where the types are.
            "BTreeMap" if within == Within::Elsewhere || is_own(name) => {
                quote!(::std::collections::BTreeMap)
            }
            name if !is_own(name) => quote!(#short),
            "Box" => quote!(::std::boxed::Box),
            "String" => quote!(::std::string::String),
            "Vec" => quote!(::std::vec::Vec),
            "Some" => quote!(::std::option::Option::Some),
            _ => quote!(::std::option::Option),
        }
    }

    /// A type, and who writes and reads its values.
    pub fn write(&self, id: &TypeId, within: Within) -> Result<(TokenStream, Form), Problem> {
        let entry = self.types.get_type(id).map_err(Problem::internal)?;
        let around = |outer: &str, inner: &TypeId| {
            let (inner, form) = self.write(inner, within)?;
            let outer = self.standard(outer, within);
            Ok((quote!(#outer<#inner>), form))
        };
        match entry.details() {
            TypeDetails::Struct(_) | TypeDetails::Enum(_) | TypeDetails::Newtype(_) => {
                let name = format_ident!("{}", entry.name());
                let path = match within {
                    Within::Types => quote!(#name),
                    Within::Elsewhere => quote!(types::#name),
                };
                Ok((path, Form::Plain))
            }
            TypeDetails::Option(inner) => match self.optional(&inner)? {
                Some(_) => self.write(&inner, within),
                None => around("Option", &inner),
            },
            // What is made of a type that holds itself.
            TypeDetails::Box(inner) => match self.optional(&inner)? {
                Some(inner) => {
                    let (boxed, form) = around("Box", &inner)?;
                    let option = self.standard("Option", within);
                    Ok((quote!(#option<#boxed>), form))
                }
                None => around("Box", &inner),
            },
            TypeDetails::Vec(inner) | TypeDetails::Set(inner) => around("Vec", &inner),
            TypeDetails::Map(_, value) if self.is_any(&value)? => {
                Ok((quote!(runtime::JsonObject), Form::Plain))
            }
            TypeDetails::Map(_, value) => self.map(&value, within),
            TypeDetails::String => Ok((self.standard("String", within), Form::Plain)),
            TypeDetails::Unit => Ok((quote!(()), Form::Plain)),
            TypeDetails::Builtin(name) => builtin(name),
            TypeDetails::Tuple(_) | TypeDetails::Array(..) => {
                Err(Problem::internal("a type that is in no lowered document"))
            }
        }
    }

    /// A type as another module writes it.
    pub fn write_shown(&self, id: &TypeId) -> Result<String, Problem> {
        let (kind, _) = self.write(id, Within::Elsewhere)?;
        Ok(super::client::shown(&kind))
    }

    /// A map from text to values.
    pub fn map(&self, value: &TypeId, within: Within) -> Result<(TokenStream, Form), Problem> {
        let (value, form) = self.write(value, within)?;
        let (map, string) = (
            self.standard("BTreeMap", within),
            self.standard("String", within),
        );
        Ok((quote!(#map<#string, #value>), form))
    }

    /// How a method takes a value of a type, and who writes it.
    pub fn pass(&self, id: &TypeId) -> Result<(Passed, Form), Problem> {
        let entry = self.types.get_type(id).map_err(Problem::internal)?;
        let (kind, form) = self.write(id, Within::Elsewhere)?;
        let passed = match entry.details() {
            TypeDetails::Vec(item) | TypeDetails::Set(item) => {
                Passed::Slice(self.write(&item, Within::Elsewhere)?.0)
            }
            TypeDetails::String => Passed::Str,
            TypeDetails::Enum(_) | TypeDetails::Option(_) | TypeDetails::Unit => {
                Passed::Value(kind)
            }
            TypeDetails::Builtin(name) if BY_VALUE.contains(&name) => Passed::Value(kind),
            _ => Passed::Reference(kind),
        };
        Ok((passed, form))
    }

    /// What a type is besides nothing, if it can be nothing.
    fn optional(&self, id: &TypeId) -> Result<Option<TypeId>, Problem> {
        let entry = self.types.get_type(id).map_err(Problem::internal)?;
        Ok(match entry.details() {
            TypeDetails::Option(inner) => Some(inner),
            _ => None,
        })
    }

    fn is_any(&self, id: &TypeId) -> Result<bool, Problem> {
        let entry = self.types.get_type(id).map_err(Problem::internal)?;
        Ok(matches!(entry.details(), TypeDetails::Builtin(ANY)))
    }

    /// The type of the items of a list; nothing where a type is none.
    pub fn item(&self, id: &TypeId) -> Result<Option<TypeId>, Problem> {
        let entry = self.types.get_type(id).map_err(Problem::internal)?;
        Ok(match entry.details() {
            TypeDetails::Vec(item) | TypeDetails::Set(item) => Some(item),
            _ => None,
        })
    }

    /// Whether a type is a struct or a union.
    pub fn is_struct(&self, id: &TypeId) -> Result<bool, Problem> {
        let entry = self.types.get_type(id).map_err(Problem::internal)?;
        Ok(matches!(entry.details(), TypeDetails::Struct(_)))
    }

    /// Whether a type is a list or a map.
    pub fn is_list_or_map(&self, id: &TypeId) -> Result<bool, Problem> {
        let entry = self.types.get_type(id).map_err(Problem::internal)?;
        Ok(matches!(
            entry.details(),
            TypeDetails::Vec(_) | TypeDetails::Set(_) | TypeDetails::Map(..)
        ))
    }

    /// The type of the values of a map; nothing where a type is none.
    pub fn values_of_map(&self, id: &TypeId) -> Result<Option<TypeId>, Problem> {
        let entry = self.types.get_type(id).map_err(Problem::internal)?;
        Ok(match entry.details() {
            TypeDetails::Map(_, value) => Some(value),
            _ => None,
        })
    }
}

/// What progenitor calls a value that may be anything.
const ANY: &str = "::serde_json::Value";

/// The types that methods take by value.
const BY_VALUE: &[&str] = &[
    "bool",
    "f32",
    "f64",
    "i8",
    "i16",
    "i32",
    "i64",
    "u8",
    "u16",
    "u32",
    "u64",
    "wire::F64",
    "wire::I64",
    "wire::U64",
];

/// A type that has no definition, and who writes its values.
fn builtin(name: &str) -> Result<(TokenStream, Form), Problem> {
    let (name, form) = match name {
        ANY => ("runtime::JsonValue", Form::Plain),
        "wire::Bytes" => ("runtime::Bytes", Form::Own),
        "wire::Duration" => ("runtime::Duration", Form::Own),
        "wire::F64" => ("f64", Form::Own),
        "wire::I64" => ("i64", Form::OwnInJson),
        "wire::U64" => ("u64", Form::OwnInJson),
        name => (name, Form::Plain),
    };
    let path: TokenStream = name.parse().map_err(Problem::internal)?;
    Ok((path, form))
}
