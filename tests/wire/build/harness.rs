//! Prints the harness of one client: a function for each method, and a list of its types.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;
use syn::{ImplItem, Item};

use crate::Fallible;
use crate::arguments::Method;
use crate::document::{bare, methods, path_value, query_json, template, text};

/// The tables by which structs are read and written: for each struct its fields, with the names that
/// they have on the wire and whether they have a form of their own.
type Tables = BTreeMap<String, Vec<(String, String, bool)>>;

/// The harness of the client called `name`.
pub fn of(name: &str, file: &str, path: &Path, out: &Path) -> Fallible<String> {
    let document: Value = serde_json::from_str(&fs::read_to_string(path)?)?;
    let read = |module: &str| -> Fallible<syn::File> {
        let text = fs::read_to_string(out.join(name).join(module)).unwrap_or_default();
        Ok(syn::parse_file(&text)?)
    };
    let ids = operations(&fs::read_to_string(out.join(name).join("operations.rs"))?);
    let (parameters, messages) = tables(&read("types.rs")?);
    let documented = methods(&document);
    let (mut called, mut arms) = (String::new(), String::new());
    for (index, method) in generated_methods(&read("client.rs")?).iter().enumerate() {
        let id = ids
            .get(&method.operation)
            .ok_or("a method has no operation")?;
        let described = documented
            .get(id)
            .ok_or_else(|| format!("{id} is not documented"))?;
        let call = call(method, described, &parameters)?;
        writeln!(called, "{id:?},")?;
        writeln!(
            arms,
            "fn call_{index}(client: &Client) -> super::Calling<'_> {{ Box::pin(async move {{ {call} }}) }}"
        )?;
    }
    let count = called.lines().count();
    let choices: String = (0..count)
        .map(|index| format!("{index} => call_{index}(&client).await,"))
        .collect();
    let types: String = messages
        .keys()
        .map(|name_of| format!("({name_of:?}, super::through::<types::{name_of}>),"))
        .collect();
    Ok(format!(
        "#[allow(deprecated, unused, missing_docs, clippy::all, clippy::unwrap_used, clippy::expect_used)]\n\
         mod harness_of_{name} {{\n\
         use super::{name}::*;\n use super::{{value, wire_value}};\n use generated_client::runtime;\n\
         {arms}\n\
         fn start(base: &str) -> Result<super::Calls, String> {{\n\
         let client = Client::builder().base_url(base).build().map_err(|it| it.to_string())?;\n\
         Ok(Box::new(move |index| {{ let client = client.clone(); Box::pin(async move {{\n\
         match index {{ {choices} _ => Err(\"there is no such method\".to_owned()) }} }}) }})) }}\n\
         pub const HARNESS: super::Harness = super::Harness {{ document: {file:?}, \
         base_url: <Client as runtime::Api>::BASE_URL, start, methods: &[{called}], \
         types: &[{types}] }};\n}}\n"
    ))
}

/// The ids of the operations, by their constants.
fn operations(code: &str) -> BTreeMap<String, String> {
    let constants = code.split("pub const ").skip(1).filter_map(|constant| {
        let (name, rest) = constant.split_once(':')?;
        Some((name.to_owned(), rest.split('"').nth(1)?.to_owned()))
    });
    constants.collect()
}

fn generated_methods(client: &syn::File) -> Vec<Method> {
    let items = client.items.iter().filter_map(|item| match item {
        Item::Impl(item) if item.trait_.is_none() => Some(&item.items),
        _ => None,
    });
    let methods = items.flatten().filter_map(|item| match item {
        ImplItem::Fn(method) => Method::read(method),
        _ => None,
    });
    methods.collect()
}

/// The tables of parameters, and those of messages.
fn tables(types: &syn::File) -> (Tables, Tables) {
    let (mut parameters, mut messages) = (Tables::new(), Tables::new());
    for item in &types.items {
        let Item::Macro(item) = item else { continue };
        let (tokens, path) = (item.mac.tokens.to_string(), &item.mac.path);
        let kind = path.segments.last().map(|last| last.ident.to_string());
        let Some((name, rows)) = tokens.split_once('{') else {
            continue;
        };
        let rows = rows
            .trim_end_matches([' ', '}'])
            .split(" ,")
            .filter_map(row);
        match kind.as_deref() {
            Some("parameters") => parameters.insert(name.trim().to_owned(), rows.collect()),
            Some("message") => messages.insert(name.trim().to_owned(), rows.collect()),
            _ => None,
        };
    }
    (parameters, messages)
}

fn row(row: &str) -> Option<(String, String, bool)> {
    let (field, rest) = row.split_once(':')?;
    let wire: syn::LitStr = syn::parse_str(&rest[..=rest.rfind('"')?]).ok()?;
    Some((
        field.trim().to_owned(),
        wire.value(),
        rest.contains("as wire"),
    ))
}

/// The body of the function that calls a method with made-up arguments.
fn call(method: &Method, described: &Value, parameters: &Tables) -> Fallible<String> {
    let (placeholders, _) = template(text(&described["path"]));
    let values = placeholders
        .iter()
        .filter_map(|(_, it)| path_value(described, *it).ok());
    let path: BTreeMap<&String, String> = method.path.iter().zip(values).collect();
    let (mut before, mut arguments) = (String::new(), Vec::new());
    for (name, kind) in &method.arguments {
        arguments.push(if let Some(value) = path.get(name) {
            path_argument(kind, value)
        } else if let Some(wire) = method.query.get(name) {
            query_argument(
                kind,
                &query_json(wire, &described["parameters"][wire]).to_string(),
            )
        } else if name == "options" {
            let kind = kind.trim_start_matches('&');
            before += &options(kind, described, parameters)?;
            "&options".to_owned()
        } else {
            "&Default::default()".to_owned()
        });
    }
    Ok(format!(
        "{before} client.{}({}).await.map(drop).map_err(|it| it.to_string())",
        method.name,
        arguments.join(", ")
    ))
}

fn path_argument(kind: &str, value: &str) -> String {
    match kind {
        "&str" => format!("{value:?}"),
        kind if kind.starts_with("&names::") => {
            format!(
                "&{value:?}.parse::<{}>().unwrap()",
                kind.trim_start_matches('&')
            )
        }
        kind => query_argument(kind, &format!("{value:?}")),
    }
}

fn query_argument(kind: &str, json: &str) -> String {
    // Outside of a table, a 64-bit integer is read as the number that it is.
    let json = match kind.trim_start_matches('&') {
        "i64" | "u64" => json.trim_matches('"'),
        _ => json,
    };
    match kind.strip_prefix('&') {
        Some("str") => format!("&value::<String>({json:?})"),
        Some(list) if list.starts_with('[') => {
            format!("&value::<Vec<{}>>({json:?})", list.trim_matches(['[', ']']))
        }
        Some(kind) => format!("&value::<{kind}>({json:?})"),
        None => format!("value::<{kind}>({json:?})"),
    }
}

/// Sets every field of a struct of options.
fn options(kind: &str, described: &Value, parameters: &Tables) -> Fallible<String> {
    let name = kind.trim_start_matches("types::");
    let fields = parameters
        .get(name)
        .ok_or_else(|| format!("{name} has no table"))?;
    let mut code = format!("let mut options = {kind}::default();");
    for (field, wire, own_form) in fields {
        let parameter = described["parameters"].get(wire);
        let parameter = parameter.ok_or_else(|| format!("{name}.{field}: there is no `{wire}`"))?;
        if !bare(wire).starts_with(bare(field).trim_end_matches(char::is_numeric)) {
            return Err(format!("{name}.{field} is called `{wire}`").into());
        }
        let json = query_json(wire, parameter).to_string();
        let of = if *own_form { "wire_value" } else { "value" };
        write!(code, "options.{field} = {of}({json:?});")?;
    }
    Ok(code)
}
