//! What OpenAPI 3.1 has at the top of a document, and 3.0 has not.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::Version;

/// Converts what stands at the top of a document, and in its `info` and `components`.
pub(super) fn convert(document: &mut Value, version: Version) {
    let Value::Object(document) = document else {
        return;
    };
    if let Some(number) = document.get("openapi").filter(|it| it.is_number()) {
        let text = number.to_string();
        document.insert("openapi".to_owned(), text.into());
    }
    if version != Version::V3_1 {
        if document.get("openapi").is_some_and(|it| it == "3.0") {
            document.insert("openapi".to_owned(), "3.0.3".into());
        }
        return;
    }
    document.insert("openapi".to_owned(), "3.0.3".into());
    for key in ["$self", "jsonSchemaDialect", "webhooks"] {
        document.remove(key);
    }
    document.entry("paths").or_insert_with(|| json!({}));
    if let Some(Value::Object(info)) = document.get_mut("info") {
        summary_into_description(info);
    }
    if let Some(Value::Object(components)) = document.get_mut("components") {
        components.remove("pathItems");
    }
    without_client_certificates(document);
}

/// The summary is the first line, the description the rest.
fn summary_into_description(info: &mut Map<String, Value>) {
    let Some(Value::String(summary)) = info.remove("summary") else {
        return;
    };
    let text = match info.get("description") {
        Some(Value::String(rest)) => format!("{}\n\n{rest}", summary.trim()),
        _ => summary,
    };
    info.insert("description".to_owned(), text.into());
}

/// Removes `mutualTLS`: a certificate belongs to the connections of a client, and is no part of a request.
/// An alternative that asks for a certificate alone goes where there are others.
fn without_client_certificates(document: &mut Map<String, Value>) {
    let Some(Value::Object(schemes)) = document
        .get_mut("components")
        .and_then(|components| components.get_mut("securitySchemes"))
    else {
        return;
    };
    let is_certificate = |scheme: &Value| scheme.get("type").is_some_and(|it| it == "mutualTLS");
    let names: BTreeSet<String> = schemes
        .iter()
        .filter(|(_, scheme)| is_certificate(scheme))
        .map(|(name, _)| name.clone())
        .collect();
    if names.is_empty() {
        return;
    }
    schemes.retain(|_, scheme| !is_certificate(scheme));
    if let Some(security) = document.get_mut("security") {
        strip(security, &names);
    }
    for operation in operations(document.get_mut("paths")) {
        if let Some(security) = operation.get_mut("security") {
            strip(security, &names);
        }
    }
}

/// Every operation below `paths`.
fn operations(paths: Option<&mut Value>) -> impl Iterator<Item = &mut Value> {
    let items = paths.and_then(Value::as_object_mut).into_iter();
    items
        .flat_map(Map::values_mut)
        .filter_map(Value::as_object_mut)
        .flat_map(Map::values_mut)
}

fn strip(security: &mut Value, names: &BTreeSet<String>) {
    let Value::Array(alternatives) = security else {
        return;
    };
    let only_certificates = |alternative: &Value| {
        let named = alternative.as_object();
        named.is_some_and(|it| !it.is_empty() && it.keys().all(|name| names.contains(name)))
    };
    if !alternatives.iter().all(only_certificates) {
        alternatives.retain(|alternative| !only_certificates(alternative));
    }
    for alternative in alternatives.iter_mut().filter_map(Value::as_object_mut) {
        alternative.retain(|name, _| !names.contains(name));
    }
}
