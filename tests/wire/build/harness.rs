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
    check_fields(&messages)?;
    let documented = methods(&document);
    let (mut functions, mut choices, mut called) = (String::new(), String::new(), Vec::new());
    for (index, method) in generated_methods(&read("client.rs")?).iter().enumerate() {
        let id = ids.get(&method.operation);
        let id = id.ok_or_else(|| format!("{} has no operation", method.name))?;
        let described = documented.get(id);
        let described = described.ok_or_else(|| format!("{id} is not documented"))?;
        let call = call(method, described, &parameters).map_err(|it| format!("{id}: {it}"))?;
        writeln!(
            functions,
            "fn call_{index}(client: &Client) -> super::Calling<'_> {{ Box::pin(async move {{ {call} }}) }}"
        )?;
        write!(choices, "{index} => call_{index}(&client).await,")?;
        called.push(id);
    }
    let types = messages.keys();
    let types = types.map(|it| format!("({it:?}, super::through::<types::{it}>),"));
    Ok(format!(
        "{}{functions}{}pub const HARNESS: super::Harness = super::Harness {{ document: {file:?}, \
         base_url: match <Client as runtime::Api>::BASE_URL {{ Some(url) => url, None => \"\" }}, start, methods: &{called:?}, types: &[{}] }};\n}}\n",
        head(name),
        start(&choices),
        types.collect::<String>()
    ))
}

fn head(name: &str) -> String {
    format!(
        "#[allow(deprecated, unused, missing_docs, clippy::all, clippy::unwrap_used, clippy::expect_used)]\n\
         mod harness_of_{name} {{\n\
         use super::{name}::*;\nuse super::{{value, wire_value}};\nuse generated_client::runtime;\n"
    )
}

/// The function that builds a client, and calls the method of a number.
fn start(choices: &str) -> String {
    format!(
        "fn start(base: &str) -> Result<super::Calls, String> {{\n\
         let client = Client::builder().base_url(base).build().map_err(|it| it.to_string())?;\n\
         Ok(Box::new(move |index| {{ let client = client.clone(); Box::pin(async move {{\n\
         match index {{ {choices} _ => Err(\"there is no such method\".to_owned()) }} }}) }})) }}\n"
    )
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
    let (mut before, mut arguments) = (String::new(), Vec::new());
    for (name, kind) in &method.arguments {
        arguments.push(if method.path.contains(name) {
            path_argument(kind, &value_in_path(name, described)?)
        } else if let Some(wire) = method.query.get(name) {
            let parameter = parameter(name, wire, described)?;
            query_argument(kind, &query_json(wire, parameter).to_string())
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

/// The value of the placeholder that an argument is called after.
fn value_in_path(argument: &str, described: &Value) -> Fallible<String> {
    let (placeholders, _) = template(text(&described["path"]));
    let mut placeholders = placeholders.iter().map(|(_, it)| *it);
    let found = placeholders.find(|it| is_called(argument, it.name));
    let found = found.ok_or_else(|| format!("{argument}: there is no placeholder of that name"))?;
    Ok(path_value(described, found)?)
}

/// The parameter that goes by the name `wire`, which the argument or field has to be called after.
fn parameter<'a>(name: &str, wire: &str, described: &'a Value) -> Fallible<&'a Value> {
    let parameter = described["parameters"].get(wire);
    let parameter = parameter.filter(|_| is_called(name, wire));
    Ok(parameter.ok_or_else(|| format!("{name} goes by the name `{wire}`"))?)
}

/// Whether each field is called after what it is on the wire: JSON that goes through a type comes out
/// equal also where two of its fields have each other's names.
fn check_fields(messages: &Tables) -> Fallible<()> {
    for (message, fields) in messages {
        let mut fields = fields.iter();
        if let Some((field, wire, _)) = fields.find(|it| !is_called(&it.0, &it.1)) {
            return Err(format!("{message}.{field} goes by the name `{wire}`").into());
        }
    }
    Ok(())
}

/// Whether a name in Rust is that of a parameter, with or without a number against collisions.
fn is_called(name: &str, wire: &str) -> bool {
    let (name, wire) = (bare(name.trim_start_matches("r#")), bare(wire));
    name == wire || name.trim_end_matches(char::is_numeric) == wire
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
        let json = query_json(wire, parameter(field, wire, described)?).to_string();
        let of = if *own_form { "wire_value" } else { "value" };
        write!(code, "options.{field} = {of}({json:?});")?;
    }
    Ok(code)
}
