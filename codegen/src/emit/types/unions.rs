//! Prints unions: a variant for each member, and one for every other value, which is kept as it came.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use serde_json::Value;
use typify::TypeStruct;

use super::super::module::{Piece, Table};
use super::super::space::{Form, Space, Within};
use super::super::{attributes, client, docs};
use super::shown;
use crate::Problem;
use crate::diff::surface::MemberSurface;
use crate::model::{Fit, TypeFacts, Union, UnionMember, Written};

/// A member with its type.
struct Member<'a> {
    known: &'a UnionMember,
    /// What the variant holds.
    kind: TokenStream,
    /// The type that it is made from.
    from: String,
    form: Form,
}

/// A union, and the table by which the runtime reads and writes it.
pub(super) fn print(
    name: &str,
    details: &TypeStruct,
    (known, union): (&TypeFacts, &Union),
    space: &Space,
) -> Result<Vec<Piece>, Problem> {
    let members = members(details, union, space, Within::Types)?;
    let ident = format_ident!("{name}");
    let variants = members.iter().map(|member| {
        let (name, kind) = (format_ident!("{}", member.known.name), &member.kind);
        let doc = docs::or_else(&member.known.doc, || about(member));
        quote!(#(#doc)* #name(#kind))
    });
    let doc = docs::or_else(&known.doc, || format!("The schema `{name}`."));
    let deprecated = attributes::deprecated(known.deprecated);
    let item = syn::parse2(quote! {
        #(#doc)*
        #deprecated
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants,)*
            /// A value that is none of these, as it came.
            Unrecognized(runtime::JsonValue),
        }
    })
    .map_err(Problem::internal)?;
    let tag = match union.tag.as_str() {
        "" => String::new(),
        tag => format!(" by {}", shown(tag)),
    };
    let table = Table {
        name: "union",
        of: format!("{name}{tag}"),
        rows: rows(&members, space),
    };
    Ok(vec![Piece::Item(item), Piece::Table(table)])
}

/// The table by which the runtime finds out how well a value fits.
pub(super) fn fit(name: &str, fit: &Fit) -> Piece {
    let rows = fit.properties.iter().map(|property| {
        let required = if property.required { " required" } else { "" };
        let values = match property.values.as_slice() {
            [] => String::new(),
            [only] => format!(" = {}", literal(only)),
            several => format!(" [{}]", literals(several)),
        };
        format!("{}{required}{values},", shown(&property.wire))
    });
    let open = fit.open.then(|| "..true".to_owned());
    Piece::Table(Table {
        name: "fit",
        of: name.to_owned(),
        rows: rows.chain(open).collect(),
    })
}

fn members<'a>(
    details: &TypeStruct,
    union: &'a Union,
    space: &Space,
    within: Within,
) -> Result<Vec<Member<'a>>, Problem> {
    let types: BTreeMap<_, _> = details.properties().collect();
    let members = union.members.iter().map(|known| {
        let lacks = || Problem::internal(format!("`{}` has no type", known.name));
        let id = types.get(known.field.as_str()).ok_or_else(lacks)?;
        let id = space.item(id)?.ok_or_else(lacks)?;
        let (kind, form) = space.write(&id, within)?;
        let from = client::shown(&kind);
        let kind = match space.is_struct(&id)? {
            true => {
                let boxed = space.standard("Box", within);
                quote!(#boxed<#kind>)
            }
            false => kind,
        };
        Ok(Member {
            known,
            kind,
            from,
            form,
        })
    });
    members.collect()
}

/// The members of a union, for its users.
pub(in super::super) fn variants(
    details: &TypeStruct,
    union: &Union,
    space: &Space,
    types: &BTreeMap<String, TypeFacts>,
) -> Result<BTreeMap<String, MemberSurface>, Problem> {
    let mut variants = BTreeMap::new();
    let members = members(details, union, space, Within::Elsewhere)?;
    let rows = rows(&members, space);
    let fits = members.iter().map(|member| {
        let of_type = member.from.rsplit(['<', ':']).next().unwrap_or_default();
        let fit = types
            .get(of_type.trim_end_matches('>'))
            .and_then(|it| it.fit.as_ref());
        fit.filter(|_| member.known.fit)
    });
    let fits: Vec<Option<&Fit>> = fits.collect();
    let shared = shared(&fits);
    for ((member, row), fit) in members.iter().zip(&rows).zip(&fits) {
        let (told_apart, from) = match row.split_once(" from ") {
            Some((told_apart, _)) => (told_apart, Some(member.from.clone())),
            None => (row.trim_end_matches(','), None),
        };
        let known = MemberSurface {
            kind: client::shown(&member.kind),
            from,
            told_apart: match fit {
                Some(fit) => format!("{told_apart} {}", decisive(fit, &shared)),
                None => told_apart.to_owned(),
            },
        };
        variants.insert(member.known.name.clone(), known);
    }
    Ok(variants)
}

/// The properties that several members have, for which an object may fit either.
fn shared<'a>(fits: &[Option<&'a Fit>]) -> BTreeSet<&'a str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for fit in fits.iter().flatten() {
        for property in &fit.properties {
            *counts.entry(&property.wire).or_default() += 1;
        }
    }
    let several = counts.into_iter().filter(|(_, count)| *count > 1);
    several.map(|(wire, _)| wire).collect()
}

/// What decides which member a value fits best: what has to be there, constants, what several members have, and
/// whether it may have more.
fn decisive(fit: &Fit, shared: &BTreeSet<&str>) -> String {
    let properties = fit
        .properties
        .iter()
        .filter(|it| it.required || !it.values.is_empty() || shared.contains(it.wire.as_str()));
    let mut properties: Vec<String> = properties
        .map(|it| {
            let required = if it.required { "" } else { "?" };
            let values = literals(&it.values);
            format!("{}{required} {values}", it.wire)
                .trim_end()
                .to_owned()
        })
        .collect();
    properties.sort();
    properties.extend(fit.open.then(|| "..".to_owned()));
    format!("{{{}}}", properties.join(", "))
}

fn about(member: &Member) -> String {
    match member.known.kind {
        "boolean" => "True or false.".to_owned(),
        "integer" => "An integer.".to_owned(),
        "number" => "A number.".to_owned(),
        "string" => "Text.".to_owned(),
        _ => format!("{}.", docs::code_span(&member.from)),
    }
}

fn rows(members: &[Member], space: &Space) -> Vec<String> {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for member in members {
        *counted.entry(&member.from).or_default() += 1;
    }
    let string = space.standard("String", Within::Types).to_string();
    let rows = members.iter().map(|member| {
        let known = member.known;
        let mut row = format!("{}: {}", known.name, known.kind);
        match &known.written {
            Written::WithTag { field, .. } => {
                row.push_str(&format!(" = {}", literals(&known.tags)));
                if let Some(field) = field {
                    row.push_str(&format!(" unless {field}"));
                }
            }
            Written::ByItself if !known.tags.is_empty() => {
                row.push_str(&format!(" [{}]", literals(&known.tags)));
            }
            Written::ByItself => {}
        }
        if known.fit {
            row.push_str(" with fit");
        }
        if member.form != Form::Plain {
            row.push_str(" as wire");
        }
        if counted.get(member.from.as_str()) == Some(&1) {
            row.push_str(&format!(" from {}", member.from));
            if member.from == string {
                row.push_str(" | &str");
            }
        }
        row + ","
    });
    rows.collect()
}

fn literals(values: &[Value]) -> String {
    let values: Vec<String> = values.iter().map(literal).collect();
    values.join(", ")
}

/// A value as it stands in source code.
fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => shown(text),
        Value::Number(number) => match number.as_i64() {
            Some(integer) => Literal::i64_suffixed(integer).to_token_stream().to_string(),
            None => shown(&number.to_string()),
        },
        Value::Bool(boolean) => boolean.to_string(),
        other => shown(&other.to_string()),
    }
}
