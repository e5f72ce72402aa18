//! What a type holds, whether it is printed by us or by progenitor.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use syn::visit::{Visit, visit_file};
use syn::{
    Attribute, Field, Fields, GenericArgument, ItemEnum, ItemMacro, ItemStruct, LitStr,
    PathArguments, Type,
};

/// What a value is in JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    Any,
    Boolean,
    Number,
    Text,
    List(Box<Shape>),
    Map(Box<Shape>),
    /// A type with a name.
    Named(String),
    /// One of several.
    Union,
}

/// The types of a module.
#[derive(Default)]
pub struct Shapes {
    /// The properties of each struct, by their names in JSON.
    pub structs: BTreeMap<String, BTreeMap<String, Shape>>,
    /// What is written in another way than as a struct.
    others: BTreeMap<String, Shape>,
    /// The names in JSON of what a macro of the runtime reads and writes.
    rows: BTreeMap<String, BTreeMap<String, String>>,
}

impl Shapes {
    /// Those of a client of ours.
    pub fn of_client(code: &str) -> Self {
        Self::read(&syn::parse_file(code).unwrap())
    }

    /// Those that progenitor printed.
    pub fn of_progenitor(printed: TokenStream) -> Self {
        Self::read(&syn::parse2(printed).unwrap())
    }

    fn read(file: &syn::File) -> Self {
        let mut shapes = Self::default();
        visit_file(&mut shapes, file);
        for (name, rows) in std::mem::take(&mut shapes.rows) {
            let fields = shapes.structs.remove(&name).unwrap_or_default();
            let renamed = fields.into_iter();
            // What has no row holds all other properties.
            let renamed =
                renamed.filter_map(|(field, shape)| Some((rows.get(&field)?.clone(), shape)));
            let renamed = renamed.collect();
            shapes.structs.insert(name, renamed);
        }
        shapes
    }

    /// The shape behind a name that is no struct's.
    pub fn resolve(&self, shape: &Shape) -> Shape {
        match shape {
            Shape::Named(name) => match self.others.get(name) {
                Some(other) => self.resolve(other),
                None => shape.clone(),
            },
            Shape::List(item) => Shape::List(Box::new(self.resolve(item))),
            Shape::Map(value) => Shape::Map(Box::new(self.resolve(value))),
            shape => shape.clone(),
        }
    }
}

impl Shape {
    /// Whether values of both are written alike. Numbers may travel as text.
    pub fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number, Self::Text) | (Self::Union, _) | (_, Self::Union) => true,
            (Self::Map(value), Self::Any) | (Self::Any, Self::Map(value)) => **value == Self::Any,
            (Self::List(one), Self::List(other)) | (Self::Map(one), Self::Map(other)) => {
                one.is_like(other)
            }
            (one, other) => one == other,
        }
    }

    fn of(kind: &Type) -> Self {
        let Type::Path(path) = kind else {
            return Self::Any;
        };
        let Some(last) = path.path.segments.last() else {
            return Self::Any;
        };
        let inner: Vec<Self> = match &last.arguments {
            PathArguments::AngleBracketed(arguments) => {
                let types = arguments.args.iter().filter_map(|it| match it {
                    GenericArgument::Type(kind) => Some(Self::of(kind)),
                    _ => None,
                });
                types.collect()
            }
            _ => Vec::new(),
        };
        let inner = inner.into_iter().last().map(Box::new);
        match (last.ident.to_string().as_str(), inner) {
            ("Option" | "Box" | "Nullable", Some(inner)) => *inner,
            ("Vec", Some(inner)) => Self::List(inner),
            ("BTreeMap" | "HashMap", Some(inner)) => Self::Map(inner),
            ("JsonObject" | "Map", _) => Self::Map(Box::new(Self::Any)),
            ("JsonValue" | "Value", _) => Self::Any,
            ("bool", _) => Self::Boolean,
            ("f32" | "f64" | "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64", _)
            | ("NonZeroU8" | "NonZeroU16" | "NonZeroU32" | "NonZeroU64", _) => Self::Number,
            (
                "Bytes" | "String" | "Duration" | "FieldMask" | "DateTime" | "NaiveDate" | "Date",
                _,
            )
            | ("Uuid" | "Ipv4Addr" | "Ipv6Addr" | "IpAddr", _) => Self::Text,
            (name, _) => Self::Named(name.to_owned()),
        }
    }
}

impl<'a> Visit<'a> for Shapes {
    fn visit_item_struct(&mut self, item: &'a ItemStruct) {
        let name = item.ident.to_string();
        match &item.fields {
            Fields::Named(fields) => {
                let fields = fields.named.iter().filter_map(property);
                self.structs.insert(name, fields.collect());
            }
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                self.others.insert(name, Shape::of(&fields.unnamed[0].ty));
            }
            _ => {}
        }
    }

    fn visit_item_enum(&mut self, item: &'a ItemEnum) {
        let data: BTreeSet<bool> = item
            .variants
            .iter()
            .filter(|variant| variant.ident != "Unrecognized")
            .map(|variant| variant.fields.is_empty())
            .collect();
        let shape = match data.contains(&false) {
            true => Shape::Union,
            false => Shape::Text,
        };
        self.others.insert(item.ident.to_string(), shape);
    }

    /// `message!(Name { field: "wireName", … })`.
    fn visit_item_macro(&mut self, item: &'a ItemMacro) {
        if item
            .mac
            .path
            .segments
            .last()
            .is_none_or(|it| it.ident != "message")
        {
            return;
        }
        let text = item.mac.tokens.to_string();
        let Some((name, rows)) = text.split_once('{') else {
            return;
        };
        let rows = rows.split(',').filter_map(|row| {
            let (field, wire) = row.split_once(':')?;
            let wire = wire.split('"').nth(1)?;
            Some((bare(field), wire.to_owned()))
        });
        let name = name.split_whitespace().next().unwrap_or_default();
        self.rows.insert(name.to_owned(), rows.collect());
    }
}

/// A name of Rust without the mark of a raw one.
fn bare(name: &str) -> String {
    let name = name.split_whitespace().last().unwrap_or_default();
    name.trim_start_matches("r#").to_owned()
}

/// A property by its name in JSON, as serde has it; nothing for one that holds all others.
fn property(field: &Field) -> Option<(String, Shape)> {
    let mut name = bare(&field.ident.as_ref()?.to_string());
    let mut holds_others = false;
    let serde = |it: &&Attribute| it.path().is_ident("serde");
    for attribute in field.attrs.iter().filter(serde) {
        attribute
            .parse_nested_meta(|meta| {
                if meta.path.is_ident("rename") {
                    name = meta.value()?.parse::<LitStr>()?.value();
                } else if meta.path.is_ident("flatten") {
                    holds_others = true;
                } else if let Ok(value) = meta.value() {
                    value.parse::<syn::Expr>()?;
                }
                Ok(())
            })
            .unwrap();
    }
    (!holds_others).then(|| (name, Shape::of(&field.ty)))
}
