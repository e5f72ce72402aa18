//! Rewrites the fields of a struct.

use quote::quote;
use syn::{Attribute, Fields, Type, Visibility, parse_quote};

use super::super::{attributes, docs};
use super::paths::Paths;
use super::shown;
use crate::lower::{Field, TypeFacts};

/// The fields of a struct, rewritten.
#[derive(Default)]
pub(super) struct Rewritten {
    /// The fields, by the names that the lowered document has for them.
    pub keyed: Vec<(String, syn::Field)>,
    /// What the runtime has to know of them, a line for each.
    pub rows: Vec<String>,
}

/// Rewrites every field.
pub(super) fn rewrite(fields: &mut Fields, known: &TypeFacts, paths: &mut Paths) -> Rewritten {
    let mut rewritten = Rewritten::default();
    for field in fields {
        let key = key(field);
        let row = match known.fields.get(&key) {
            Some(facts) => rewrite_field(field, facts, paths),
            None => rewrite_rest(field, paths),
        };
        field.vis = Visibility::Public(Default::default());
        rewritten.rows.push(row);
        rewritten.keyed.push((key, field.clone()));
    }
    rewritten
}

/// Rewrites a field that is a property or a parameter. Returns what the runtime has to know of it.
fn rewrite_field(field: &mut syn::Field, facts: &Field, paths: &mut Paths) -> String {
    let form = form(paths.rewrite(&mut field.ty));
    let wire = facts.wire.as_str();
    field.attrs = docs::or_else(&facts.doc, || {
        format!("The property {}.", docs::code_span(wire))
    });
    let deprecated = attributes::deprecated(facts.deprecated);
    field.attrs.extend(deprecated);
    format!("{}: {}{form},", identifier(field), shown(wire))
}

/// Rewrites a field that holds whatever has no field of its own. Returns what the runtime has to know
/// of it.
fn rewrite_rest(field: &mut syn::Field, paths: &mut Paths) -> String {
    if field.ident.is_some() && is_free_form(&field.ty) {
        // One of anything has the same form as any other.
        field.ty = parse_quote!(
            ::std::collections::BTreeMap<::std::string::String, ::serde_json::Value>
        );
    }
    let on_the_wire = paths.rewrite(&mut field.ty);
    if field.ident.is_some() {
        field.attrs = docs::outer("Every property that has no field of its own.");
        return format!("..{}{}", identifier(field), form(on_the_wire));
    }
    field.attrs = docs::outer("What stands in JSON.");
    if on_the_wire {
        let with = attributes::list("serde", quote!(with = "runtime::wire"));
        field.attrs.push(with);
    }
    String::new()
}

/// Whether a type is progenitor's for an object of anything.
fn is_free_form(kind: &Type) -> bool {
    matches!(kind, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Map"))
}

/// How a field says that it travels in a form of its own.
fn form(on_the_wire: bool) -> &'static str {
    match on_the_wire {
        true => " as wire",
        false => "",
    }
}

fn identifier(field: &syn::Field) -> String {
    let identifier = field.ident.as_ref().map(ToString::to_string);
    identifier.unwrap_or_default()
}

/// The name that the lowered document has for a field: what progenitor renames it to, if it does.
fn key(field: &syn::Field) -> String {
    renamed(&field.attrs).unwrap_or_else(|| identifier(field).trim_start_matches("r#").to_owned())
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
