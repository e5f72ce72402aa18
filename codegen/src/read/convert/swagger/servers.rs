//! Where the API is: a scheme, a host and a path.

use serde_json::{Value, json};

use super::at_top;
use crate::read::convert::origins::{At, Table};

/// The servers, those of `https` first.
pub(super) fn convert([schemes, host, path]: [Option<Value>; 3], table: &mut Table) -> Value {
    let text = |value: &Option<Value>| match value {
        Some(Value::String(text)) => text.trim_end_matches('/').to_owned(),
        _ => String::new(),
    };
    let (host, path) = (text(&host), text(&path));
    let path = match path.is_empty() || path.starts_with('/') {
        true => path,
        false => format!("/{path}"),
    };
    let root = At::ROOT;
    let from = if host.is_empty() { "basePath" } else { "host" };
    table.moved(&root.child("servers"), at_top(&[from]));
    if host.is_empty() {
        return match path.is_empty() {
            true => json!([]),
            false => json!([{ "url": path }]),
        };
    }
    // A scheme in front of a host is a common slip.
    let (stated, host) = host.split_once("://").unwrap_or(("https", &host));
    let Some(Value::Array(schemes)) = schemes else {
        return json!([{ "url": format!("{stated}://{host}{path}") }]);
    };
    let has = |name: &str| schemes.iter().any(|scheme| scheme == name);
    let served = ["https", "http"].into_iter().filter(|name| has(name));
    let servers = served.map(|name| json!({ "url": format!("{name}://{host}{path}") }));
    servers.collect()
}
