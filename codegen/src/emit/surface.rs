//! What a client is for its users, out of what is printed from.

mod whole;

use std::collections::{BTreeMap, BTreeSet};

use typify::{TypeDetails, TypeStruct};

use super::client;
use super::space::{self, Space, Within};
use super::types::variants;
use crate::Problem;
use crate::diff::surface::{
    FieldSurface, MethodSurface, PagesSurface, Shape, StructSurface, Surface, TypeSurface, Value,
};
use crate::extensions::MediaTransfer;
use crate::lower::Lowered;
use crate::model::{Argument, Method, Model, Place, Role, Simple, SuccessBody, TypeFacts, Union};

/// The most arguments that `new` has.
const MOST: usize = super::types::MOST_REQUIRED;

/// What a client is for its users.
pub(crate) fn of(lowered: &Lowered) -> Result<Surface, Problem> {
    let model = &lowered.model;
    let generator = space::run(lowered)?;
    let space = Space::new(generator.get_type_space());
    let standard = client::given(&space, &model.standard)?;
    let standard = standard.into_iter().map(|(argument, kind)| {
        let wire = argument.place.wire().to_owned();
        (wire, value(argument, kind))
    });
    Ok(Surface {
        base_url: model.base_url.clone(),
        base_path: model.base_path.clone(),
        scopes: model.scopes.clone(),
        preset: model.preset.clone(),
        methods: methods(&space, model)?,
        types: types(&space, model)?,
        names: whole::names(model),
        resources: whole::resources(model),
        credentials: model.credentials.iter().map(whole::credentials).collect(),
        servers: whole::servers(model),
        standard: standard.collect(),
        headers: whole::headers(model),
    })
}

fn methods(space: &Space, model: &Model) -> Result<BTreeMap<String, MethodSurface>, Problem> {
    let paths = whole::paths(model);
    let mut methods = BTreeMap::new();
    for (index, method) in model.methods.iter().enumerate() {
        let path = paths.get(&index).cloned().unwrap_or_default();
        let mut key = method.id.clone();
        while methods.contains_key(&key) {
            key.push_str(" (parts)");
        }
        methods.insert(key, self::method(space, method, path)?);
    }
    Ok(methods)
}

fn method(space: &Space, method: &Method, path: String) -> Result<MethodSurface, Problem> {
    let values = client::given(space, &method.signature)?;
    let values = values.into_iter();
    let values = values.map(|(argument, kind)| value(argument, kind));
    let (arguments, setters) = values.partition(|value| value.role == Role::Argument);
    let (response, send) = client::returned(space, method)?;
    Ok(MethodSurface {
        id: method.id.clone(),
        verb: method.verb.clone(),
        template: method.template.clone(),
        path,
        request: method.request.clone(),
        arguments,
        setters,
        pages: pages(space, method)?,
        response,
        send: send.to_owned(),
        idempotent: method.idempotent,
        deprecated: method.deprecated,
        empty_message: method.empty_message,
        data_wrapper: method.data_wrapper,
        scopes: method.scopes.iter().cloned().collect(),
        credentials: method
            .credentials
            .iter()
            .map(|it| format!("{it:?}"))
            .collect(),
        query: method.query.clone(),
        headers: method.headers.clone(),
        server: method.server.clone(),
        encodings: method
            .encodings
            .iter()
            .map(|(name, encoding)| (name.clone(), format!("{encoding:?}")))
            .collect(),
        other_media: method.other_media_types.clone(),
        media: media(method),
        failures: by_status(method),
    })
}

/// The types that a status decides on: those of failures, and those of a response with several.
fn by_status(method: &Method) -> Vec<(String, String)> {
    let successes = match &method.success {
        SuccessBody::JsonByStatus(types) => types.as_slice(),
        _ => &[],
    };
    let all = method.failures.iter().chain(successes);
    let all = all.map(|(status, kind)| (status.clone(), kind.clone().unwrap_or_default()));
    all.collect()
}

/// The methods of a request that send or read media.
fn media(method: &Method) -> BTreeSet<String> {
    let ways = method.media.iter().filter_map(|way| match way {
        MediaTransfer::Download => Some("download"),
        MediaTransfer::Upload => Some("upload"),
        MediaTransfer::Resumable => Some("upload_resumable"),
        MediaTransfer::Elsewhere => None,
    });
    ways.map(str::to_owned).collect()
}

fn value(argument: &Argument, kind: String) -> Value {
    let (place, style) = match &argument.place {
        Place::Path(style) => (String::new(), simple(*style)),
        Place::Expanded(_, style, explode) => {
            (String::new(), format!("{style:?} {explode}").to_lowercase())
        }
        Place::Query(wire) => (format!("query {wire}"), String::new()),
        Place::Styled(wire, style) => {
            (format!("query {wire}"), format!("{style:?}").to_lowercase())
        }
        Place::Header(wire, style) => (format!("header {}", wire.to_lowercase()), simple(*style)),
        Place::Cookie(wire) => (format!("cookie {wire}"), String::new()),
        Place::Body(form) => ("body".to_owned(), format!("{form:?}").to_lowercase()),
        Place::Part(wire) => (format!("part {wire}"), String::new()),
        Place::File(wire) => (format!("part {wire}"), "file".to_owned()),
    };
    Value {
        name: argument.name.clone(),
        place,
        style,
        kind,
        role: argument.role,
        deprecated: argument.deprecated,
        max_length: argument
            .max_length
            .filter(|_| argument.role != Role::Argument),
    }
}

/// How a value is written in the style that needs no other word.
fn simple(style: Simple) -> String {
    match style {
        Simple::Joined => String::new(),
        other => format!("{other:?}").to_lowercase(),
    }
}

fn pages(space: &Space, method: &Method) -> Result<Option<PagesSurface>, Problem> {
    let Some(paging) = &method.paging else {
        return Ok(None);
    };
    let fields = client::paging_steps(paging);
    let Some((response, field)) = &paging.items else {
        let (items, _) = client::returned(space, method)?;
        return Ok(Some(PagesSurface { items, fields }));
    };
    let properties = space.properties(response);
    let mut items = properties.iter().filter(|(name, _)| name == field);
    let items = match items.next() {
        Some((_, id)) => space.write_shown(id)?,
        None => String::new(),
    };
    // Where a list may be cleared, it is optional, and what is gone through is the list.
    let list = items
        .strip_prefix("Option<")
        .and_then(|items| items.strip_suffix('>'));
    let items = list.map_or(items.clone(), str::to_owned);
    Ok(Some(PagesSurface { items, fields }))
}

fn types(space: &Space, model: &Model) -> Result<BTreeMap<String, TypeSurface>, Problem> {
    let signatures = model.methods.iter().map(|method| &method.signature);
    let signatures = signatures.chain([&model.standard]);
    let signatures: BTreeSet<&str> = signatures.map(|it| it.name.as_str()).collect();
    let mut types = BTreeMap::new();
    let printed = space.named.iter();
    for (name, each) in printed.filter(|(name, _)| !signatures.contains(name.as_str())) {
        let known = model.types.get(name).cloned().unwrap_or_default();
        let shape = match each.details() {
            TypeDetails::Struct(details) => match &known.union {
                Some(union) => Shape::Union {
                    tag: union.tag.clone(),
                    members: variants(&details, union, space, &model.types)?,
                    order: by_fit(union),
                },
                None => Shape::Struct(structure(space, &details, &known)?),
            },
            TypeDetails::Enum(_) => Shape::Enum(
                known
                    .variants
                    .iter()
                    .map(|(name, it)| (name.clone(), (it.wire.clone(), it.deprecated)))
                    .collect(),
            ),
            TypeDetails::Newtype(details) => Shape::Newtype(space.write_shown(&details.inner())?),
            _ => continue,
        };
        let known = TypeSurface {
            schema: known.schema,
            deprecated: known.deprecated,
            long_running: known.long_running,
            shape,
        };
        types.insert(name.clone(), known);
    }
    Ok(types)
}

/// The members that have to fit best.
fn by_fit(union: &Union) -> Vec<String> {
    let members = union.members.iter().filter(|member| member.fit);
    members.map(|member| member.name.clone()).collect()
}

fn structure(
    space: &Space,
    details: &TypeStruct,
    known: &TypeFacts,
) -> Result<StructSurface, Problem> {
    let mut shape = StructSurface::default();
    let mut new = Vec::new();
    for (key, id) in details.properties() {
        let Some(field) = known.fields.get(key) else {
            let kind = match space.values_of_map(&id)? {
                Some(values) => client::shown(&space.map(&values, Within::Elsewhere)?.0),
                None => space.write_shown(&id)?,
            };
            shape.rest = Some((key.to_owned(), kind));
            continue;
        };
        let mut kind = space.write_shown(&id)?;
        if known.is_nullable(field)
            && let Some(inside) = kind.strip_prefix("Option<")
        {
            kind = format!("runtime::Nullable<{inside}");
        }
        if field.required {
            let inside = kind.strip_prefix("Option<");
            let inside = inside.and_then(|kind| kind.strip_suffix('>'));
            new.push((key.to_owned(), inside.unwrap_or(&kind).to_owned()));
        }
        let field = FieldSurface {
            wire: field.wire.clone(),
            kind,
            required: field.required,
            deprecated: field.deprecated,
        };
        shape.fields.insert(key.to_owned(), field);
    }
    let has_new = known.is_sent && (1..=MOST).contains(&new.len());
    shape.is_sent = known.is_sent;
    shape.new = has_new.then_some(new);
    Ok(shape)
}
