//! Who may call.

use serde_json::{Map, Value, json};

/// The security schemes of a document.
pub(super) fn schemes(definitions: Map<String, Value>) -> Map<String, Value> {
    let schemes = definitions.into_iter().map(|(name, scheme)| match scheme {
        Value::Object(object) => (name, scheme_of(object).into()),
        other => (name, other),
    });
    schemes.collect()
}

fn scheme_of(mut scheme: Map<String, Value>) -> Map<String, Value> {
    match scheme.get("type").and_then(Value::as_str) {
        Some("basic") => {
            scheme.insert("type".to_owned(), "http".into());
            scheme.insert("scheme".to_owned(), "basic".into());
        }
        Some("oauth2") => flow(&mut scheme),
        _ => {}
    }
    scheme
}

/// Puts the one flow of a scheme where OpenAPI has all of them.
fn flow(scheme: &mut Map<String, Value>) {
    let name = match scheme.get("flow").and_then(Value::as_str) {
        Some("accessCode") => "authorizationCode",
        Some("application") => "clientCredentials",
        Some("implicit") => "implicit",
        Some("password") => "password",
        _ => return,
    };
    scheme.remove("flow");
    let mut flow = Map::from_iter([("scopes".to_owned(), json!({}))]);
    for key in ["authorizationUrl", "scopes", "tokenUrl"] {
        flow.extend(scheme.remove(key).map(|value| (key.to_owned(), value)));
    }
    scheme.insert("flows".to_owned(), json!({ name: flow }));
}
