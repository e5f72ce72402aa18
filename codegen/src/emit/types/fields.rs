//! Rewrites the fields of a struct.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::Parser;
use syn::{Attribute, Fields, Type, Visibility};

use super::super::docs;
use super::paths::Paths;
use crate::lower::{Field, TypeFacts};

/// Whether enough names on the wire are the fields' own in camel case to say so once.
pub(super) fn rename_all(fields: &Fields, known: &TypeFacts) -> bool {
    let (mut better, mut worse) = (0, 0);
    for field in fields {
        let (name, key) = (field_name(field), key(field));
        let Some(known) = known.fields.get(&key) else {
            continue;
        };
        let plain = name == known.wire;
        let camel = camel_case(&name) == known.wire;
        better += usize::from(camel && !plain);
        worse += usize::from(plain && !camel);
    }
    better > worse
}

/// A field as it is printed, under the name that the lowered document has for it.
pub(super) type Keyed = Vec<(String, syn::Field)>;

/// Rewrites every field. Returns them by the names that the lowered document has for them.
pub(super) fn rewrite(
    fields: &mut Fields,
    known: &TypeFacts,
    paths: &mut Paths,
    camel: bool,
) -> Keyed {
    let mut keyed = Vec::new();
    for field in fields {
        let key = key(field);
        match known.fields.get(&key) {
            Some(facts) => rewrite_field(field, facts, paths, camel),
            None => rewrite_rest(field, paths),
        }
        field.vis = Visibility::Public(Default::default());
        keyed.push((key, field.clone()));
    }
    keyed
}

/// Rewrites a field that is a property or a parameter.
fn rewrite_field(field: &mut syn::Field, facts: &Field, paths: &mut Paths, camel: bool) {
    let on_the_wire = paths.rewrite(&mut field.ty);
    let name = field_name(field);
    let implied = if camel { camel_case(&name) } else { name };
    let wire = facts.wire.as_str();
    let rename = (implied != wire).then(|| quote!(rename = #wire));
    let with = on_the_wire.then(|| quote!(with = "runtime::wire"));
    let skip = skip(&field.ty, paths).map(|skip| quote!(skip_serializing_if = #skip));
    let doc = docs::or_else(&facts.doc, || format!("The property `{wire}`."));
    let deprecated = docs::deprecated(facts.deprecated);
    let serde = serde([rename, with, skip]);
    field.attrs = attributes(quote!(#doc #deprecated #serde));
}

/// Rewrites a field that holds whatever has no field of its own.
fn rewrite_rest(field: &mut syn::Field, paths: &mut Paths) {
    let with = paths
        .rewrite(&mut field.ty)
        .then(|| quote!(with = "runtime::wire"));
    let (doc, flatten) = match field.ident {
        Some(_) => (
            "Every property that has no field of its own.",
            Some(quote!(flatten)),
        ),
        None => ("What stands in JSON.", None),
    };
    let doc = docs::outer(doc);
    let serde = serde([flatten, with, None]);
    field.attrs = attributes(quote!(#doc #serde));
}

fn serde(parts: [Option<TokenStream>; 3]) -> Option<TokenStream> {
    let parts: Vec<TokenStream> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| quote!(#[serde(#(#parts),*)]))
}

/// Attributes out of their tokens, which are always well formed here.
fn attributes(tokens: TokenStream) -> Vec<Attribute> {
    Attribute::parse_outer.parse2(tokens).unwrap_or_default()
}

/// The function that says that a field is not there.
fn skip(field: &Type, paths: &Paths) -> Option<String> {
    let Type::Path(path) = field else { return None };
    let (long, function) = match path.path.segments.last()?.ident.to_string().as_str() {
        "Option" => ("::std::option::Option", "is_none"),
        "Vec" => ("::std::vec::Vec", "is_empty"),
        "BTreeMap" => ("::std::collections::BTreeMap", "is_empty"),
        _ => return None,
    };
    Some(format!("{}::{function}", paths.short(long)))
}

/// The name of a field, as serde sees it.
fn field_name(field: &syn::Field) -> String {
    let name = field.ident.as_ref().map(ToString::to_string);
    name.unwrap_or_default().trim_start_matches("r#").to_owned()
}

/// The name that the lowered document has for a field: what progenitor renames it to, if it does.
fn key(field: &syn::Field) -> String {
    renamed(&field.attrs).unwrap_or_else(|| field_name(field))
}

/// The name that an attribute of serde gives.
pub(super) fn renamed(attributes: &[Attribute]) -> Option<String> {
    let mut name = None;
    for attribute in attributes
        .iter()
        .filter(|each| each.path().is_ident("serde"))
    {
        // What cannot be read here is not a name.
        let _ = attribute.parse_nested_meta(|meta| {
            if let Ok(value) = meta.value() {
                let text: syn::LitStr = value.parse()?;
                if meta.path.is_ident("rename") {
                    name = Some(text.value());
                }
            }
            Ok(())
        });
    }
    name
}

/// What serde makes of a field's name under `rename_all = "camelCase"`.
fn camel_case(name: &str) -> String {
    let mut camel = String::new();
    for word in name.split('_') {
        let mut characters = word.chars();
        let first = characters.next();
        if camel.is_empty() {
            camel.extend(first.map(|c| c.to_ascii_lowercase()));
        } else {
            camel.extend(first.map(|c| c.to_ascii_uppercase()));
        }
        camel.extend(characters);
    }
    camel
}
