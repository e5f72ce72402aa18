//! Prints the requests: a table for each, with its operation and a setter for each optional parameter.

use std::fmt::Write as _;

use quote::quote;

use super::super::attributes;
use super::super::docs::{Comment, code_span};
use super::super::module::{Module, Piece, Table};
use super::super::types::shown;
use super::arguments::Value;
use super::{Signed, paging, resources};
use crate::Problem;
use crate::extensions::MediaTransfer;
use crate::model::{Argument, Encoding, Method, Model, PageFields, Role};

/// How long a line may be, behind the blanks that it begins with.
const WIDTH: usize = 96;

/// The module of the requests; nothing where a client has no methods.
pub(super) fn emit(
    methods: &[Signed],
    standard: &[(&Argument, Value)],
    model: &Model,
) -> Result<Option<Module>, Problem> {
    if methods.is_empty() && standard.is_empty() {
        return Ok(None);
    }
    let requests = methods.iter().zip(resources::links(model));
    let requests = requests.map(|(each, link)| request(each, &link));
    let mut tables: Vec<Table> = requests.collect();
    if !standard.is_empty() {
        let table = Table {
            name: "standard_parameters",
            of: "StandardParameters".to_owned(),
            rows: setters(standard),
        };
        tables.insert(0, table);
    }
    let uses = |text: &str| {
        let of = |table: &Table| {
            table.of.contains(text) || table.rows.iter().any(|row| row.contains(text))
        };
        tables.iter().any(of)
    };
    let types = uses("types::").then(|| quote!(types));
    let types = types.map(|types| {
        quote!(
            use super::#types;
        )
    });
    let mut module = Module::parse(quote! {
        use ::generated_client_runtime as runtime;
        #types
    })?;
    module.pieces.extend(tables.into_iter().map(Piece::Table));
    Ok(Some(module))
}

fn request(each: &Signed, link: &str) -> Table {
    let method = each.method;
    let mut of = format!(
        "{}: {} -> {}",
        method.request, each.response.send, each.response.kind
    );
    let media = method.media.iter().filter_map(|transfer| match transfer {
        MediaTransfer::Download => Some("download"),
        MediaTransfer::Upload => Some("upload"),
        MediaTransfer::Resumable => Some("resumable"),
        MediaTransfer::Elsewhere => None,
    });
    let media: Vec<&str> = media.collect();
    if !media.is_empty() {
        let _ = write!(of, ", media {}", media.join(" "));
    }
    let mut rows = Comment::link("Made by", link).lines();
    rows.extend(deprecated(method.deprecated));
    rows.extend(method.paging.iter().flat_map(paging));
    rows.extend(operation(method));
    rows.extend(setters(&each.values));
    Table {
        name: "request",
        of,
        rows,
    }
}

/// The setters among some values, by name.
fn setters(values: &[(&Argument, Value)]) -> Vec<String> {
    let setters = values.iter();
    let setters = setters.filter(|(argument, _)| argument.role != Role::Argument);
    let mut setters: Vec<_> = setters.collect();
    setters.sort_by_key(|(argument, _)| &argument.name);
    let rows = setters.into_iter();
    rows.flat_map(|(argument, value)| setter(argument, value))
        .collect()
}

fn setter(argument: &Argument, value: &Value) -> Vec<String> {
    let mut comment = match argument.doc.trim() {
        "" => Comment::of(&format!(
            "The {} {}.",
            match argument.place.is_part() {
                true => "part",
                false => "parameter",
            },
            code_span(argument.place.wire())
        )),
        doc => Comment::of(doc),
    };
    if argument.role == Role::RequiredSetter {
        comment.add_own("It has to be set.");
    }
    let mut rows = comment.lines();
    rows.extend(deprecated(argument.deprecated));
    rows.push(value.setter(argument));
    rows
}

fn deprecated(deprecated: bool) -> Option<String> {
    attributes::deprecated(deprecated).map(|_| "#[deprecated]".to_owned())
}

/// The operation, as an expression of one line or more.
fn operation(method: &Method) -> Vec<String> {
    let what = [shown(&method.id), shown(&method.template)];
    let constructor = call(&format!("runtime::Operation::{}", method.verb), &what);
    let mut steps = Vec::new();
    if method.idempotent {
        steps.push(vec![".idempotent()".to_owned()]);
    }
    steps.extend(list("scopes", method.scopes.iter().map(|it| shown(it))));
    let kinds = method.credentials.iter();
    steps.extend(list(
        "credentials",
        kinds.map(|kind| format!("runtime::CredentialKind::{kind:?}")),
    ));
    let headers = method.headers.iter();
    let headers = headers.map(|(name, value)| {
        let name = name.to_ascii_lowercase();
        format!("({}, {})", shown(&name), shown(value))
    });
    steps.extend(list("headers", headers));
    let query = method.query.iter();
    let query = query.map(|(name, value)| format!("({}, {})", shown(name), shown(value)));
    steps.extend(list("query", query));
    if let Some(server) = &method.server {
        steps.push(call(".server", &[shown(server)]));
    }
    if method.data_wrapper {
        steps.push(vec![".data_wrapper()".to_owned()]);
    }
    let encodings = method.encodings.iter();
    steps.extend(list("encodings", encodings.map(encoding)));
    let required = method.signature.arguments.iter();
    let required = required.filter(|argument| argument.role == Role::RequiredSetter);
    let is_part = |argument: &&Argument| argument.place.is_part();
    let (parts, required): (Vec<_>, Vec<_>) = required.partition(is_part);
    for (step, arguments) in [("required", required), ("required_parts", parts)] {
        let names = arguments.iter().map(|it| shown(it.place.wire()));
        steps.extend(list(step, names));
    }
    chain("operation", constructor, steps)
}

/// How a list is paged, as an expression of one line or more.
fn paging(paging: &PageFields) -> Vec<String> {
    let mut steps = paging::steps(paging).into_iter();
    let first = steps.next().unwrap_or_default();
    let steps = steps.map(|step| vec![format!(".{step}")]);
    let also = list("also", paging.also.iter().map(|it| shown(it)));
    let steps = steps.chain(also).collect();
    chain("paging", vec![format!("runtime::Paging::{first}")], steps)
}

/// A row of a table with an expression: a call of a constructor, and steps behind it.
fn chain(label: &str, constructor: Vec<String>, steps: Vec<Vec<String>>) -> Vec<String> {
    let one_line: String = [&constructor]
        .into_iter()
        .chain(&steps)
        .flatten()
        .map(|it| it.as_str())
        .collect();
    if one_line.len() + label.len() + ": ;".len() <= WIDTH {
        return vec![format!("{label}: {one_line};")];
    }
    let mut rows = constructor;
    let indent = if rows.len() > 1 { "" } else { "    " };
    rows[0].insert_str(0, &format!("{label}: "));
    let steps = steps.into_iter().flatten();
    rows.extend(steps.map(|step| format!("{indent}{step}")));
    if let Some(last) = rows.last_mut() {
        last.push(';');
    }
    rows
}

/// How a property of a body is written, as an expression.
fn encoding((name, encoding): &(String, Encoding)) -> String {
    let encoding = match encoding {
        Encoding::ContentType(kind) => format!("ContentType({})", shown(kind)),
        Encoding::Style(style) => format!("Style(runtime::QueryStyle::{style:?})"),
    };
    format!("({}, runtime::Encoding::{encoding})", shown(name))
}

/// A step with a list of what it takes; nothing where that is empty.
fn list(name: &str, items: impl Iterator<Item = String>) -> Option<Vec<String>> {
    let items: Vec<String> = items.collect();
    (!items.is_empty()).then(|| {
        let mut lines = call(&format!(".{name}"), &[format!("&[{}]", items.join(", "))]);
        if lines.len() > 1 {
            lines = [format!(".{name}(&[")]
                .into_iter()
                .chain(items.iter().map(|item| format!("    {item},")))
                .chain(["])".to_owned()])
                .collect();
        }
        lines
    })
}

/// A call, on one line if it is short enough.
fn call(function: &str, arguments: &[String]) -> Vec<String> {
    let one_line = format!("{function}({})", arguments.join(", "));
    if one_line.len() <= WIDTH - "operation: ".len() {
        return vec![one_line];
    }
    let arguments = arguments.iter().map(|it| format!("    {it},"));
    [format!("{function}(")]
        .into_iter()
        .chain(arguments)
        .chain([")".to_owned()])
        .collect()
}
