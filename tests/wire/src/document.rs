//! A small reading of Discovery documents that shares nothing with the generator.

use std::collections::BTreeMap;

use serde_json::Value;

/// Our own documents, relative to the workspace, and what their clients are called.
pub const OWN: &[(&str, &str)] = &[
    ("depot", "tests/corpus/discovery/depot.v1.json"),
    ("harbour", "tests/corpus/discovery/harbour.v2.json"),
    ("user_invitations", "spec/cloudidentity.v1.json"),
    // One without methods.
    ("no_methods", "tests/fixtures/accepted/no_methods.json"),
];

/// The public documents, relative to their folder, and what their clients are called.
pub const PUBLIC: &[(&str, &str)] = &[
    ("bigquery", "bigquery.v2.json"),
    ("blogger", "blogger.v3.json"),
    ("cloudidentity", "cloudidentity.v1.json"),
    ("containeranalysis", "containeranalysis.v1alpha1.json"),
    ("drive", "drive.v3.json"),
    ("iap", "iap.v1.json"),
    ("monitoring", "monitoring.v3.json"),
    ("oauth2", "oauth2.v2.json"),
    ("sqladmin", "sqladmin.v1beta4.json"),
    ("storage", "storage.v1.json"),
    ("tasks", "tasks.v1.json"),
    ("translate", "translate.v2.json"),
    // One without methods.
    ("youtube_analytics", "youtubeAnalytics.v1.json"),
];

/// Public documents whose clients take more time to compile than all others together. They are compiled where
/// `LARGE_SPECS` is set.
pub const LARGE: &[(&str, &str)] = &[("compute", "compute.preview.json")];

/// The methods of a document, by id.
pub fn methods(document: &Value) -> BTreeMap<String, &Value> {
    let mut found = BTreeMap::new();
    gather(document, &mut found);
    found
}

fn gather<'a>(resource: &'a Value, found: &mut BTreeMap<String, &'a Value>) {
    let below = |key: &str| resource[key].as_object().into_iter().flatten();
    for (_, method) in below("methods") {
        found.insert(text(&method["id"]).to_owned(), method);
    }
    for (_, resource) in below("resources") {
        gather(resource, found);
    }
}

/// A string of the document; empty where there is none.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// A parameter of the path: its name, and whether it keeps slashes.
#[derive(Clone, Copy, Debug)]
pub struct Placeholder<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Whether it is written `{+name}`.
    pub plus: bool,
}

/// The text before each placeholder of a template with the placeholder, and the text after the last.
pub fn template(path: &str) -> (Vec<(&str, Placeholder<'_>)>, &str) {
    let (mut parts, mut rest) = (Vec::new(), path);
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        let plus = name.starts_with('+');
        let name = name.trim_start_matches('+');
        parts.push((before, Placeholder { name, plus }));
        rest = after;
    }
    (parts, rest)
}

/// The value of a parameter of the path. Nothing where it can have one value only, and what that is.
pub fn path_value(method: &Value, placeholder: Placeholder<'_>) -> Result<String, String> {
    let pattern = text(&method["parameters"][placeholder.name]["pattern"]);
    if !placeholder.plus {
        let parameter = &method["parameters"][placeholder.name];
        let is_number = matches!(
            text(&parameter["format"]),
            "int32" | "int64" | "uint32" | "uint64"
        );
        return Ok(match is_number || parameter["enum"].is_array() {
            true => query_values(placeholder.name, parameter).swap_remove(0),
            false => segment(placeholder.name, 0),
        });
    }
    let by_segments = pattern.trim_start_matches('^').trim_end_matches('$');
    let plain = by_segments.replace("[^/]", "*");
    let form = match plain.contains(['(', '|']) || slash_in_brackets(&plain) {
        true => flat_form(method, placeholder),
        false => plain,
    };
    let literal = |part: &str| {
        part.chars()
            .all(|c| c.is_ascii_alphanumeric() || "_-".contains(c))
    };
    if !form.is_empty() && form.split('/').all(literal) {
        return Err(form);
    }
    let parts = form.split('/').enumerate().map(|(index, part)| match part {
        ".*" | ".+" | "" => format!("{}/b c", segment(placeholder.name, index)),
        part if literal(part) => part.to_owned(),
        _ => segment(placeholder.name, index),
    });
    Ok(parts.collect::<Vec<_>>().join("/"))
}

fn slash_in_brackets(pattern: &str) -> bool {
    let mut within = pattern
        .split('[')
        .skip(1)
        .filter_map(|part| part.split(']').next());
    within.any(|part| part.contains('/'))
}

/// The form of the only `{+name}` of a path whose pattern does not say how many segments it has: what the
/// flat path has in its place.
fn flat_form(method: &Value, placeholder: Placeholder<'_>) -> String {
    let (path, flat) = (text(&method["path"]), text(&method["flatPath"]));
    let written = format!("{{+{}}}", placeholder.name);
    let (before, after) = path.split_once(&written).unwrap_or((path, ""));
    let form = flat
        .strip_prefix(before)
        .and_then(|rest| rest.strip_suffix(after));
    form.unwrap_or_default().to_owned()
}

/// A value of one segment, different for each parameter and part, with what has to be escaped.
fn segment(name: &str, index: usize) -> String {
    format!("v{index}-{name} ü:%@")
}

/// The values of a parameter of the query, as text. One, or two where it may be repeated.
pub fn query_values(name: &str, parameter: &Value) -> Vec<String> {
    let seed = name.bytes().map(u32::from).sum::<u32>() % 1000;
    let one = |index: u32| match (text(&parameter["type"]), text(&parameter["format"])) {
        _ if parameter["enum"].is_array() => text(&parameter["enum"][0]).to_owned(),
        ("boolean", _) => (seed + index).is_multiple_of(2).to_string(),
        ("integer", _) => (seed + index).to_string(),
        ("number", _) => format!("{}.5", seed + index),
        (_, "int64") => (i64::MIN + i64::from(seed + index)).to_string(),
        (_, "uint64") => (u64::MAX - u64::from(seed + index)).to_string(),
        (_, "google-datetime" | "date-time") => {
            format!("2026-11-22T02:08:57.{seed:03}{:06}Z", index + 1)
        }
        (_, "date") => format!("2026-11-{:02}", seed % 28 + 1),
        (_, "google-duration") => format!("{seed}.00000000{}s", index + 1),
        (_, "google-fieldmask") => format!("{name},a.b{index}"),
        (_, "byte") => "+/+/".to_owned(),
        _ => format!("v{index} {name} &=ü+%/"),
    };
    match parameter["repeated"].as_bool() {
        Some(true) => vec![one(0), one(1)],
        _ => vec![one(0)],
    }
}

/// The same values as JSON, for the generated types to read.
pub fn query_json(name: &str, parameter: &Value) -> Value {
    let scalar = |value: String| match text(&parameter["type"]) {
        "boolean" | "integer" | "number" => value.parse().unwrap_or(Value::String(value)),
        _ => Value::String(value),
    };
    let mut values: Vec<Value> = query_values(name, parameter)
        .into_iter()
        .map(scalar)
        .collect();
    match parameter["repeated"].as_bool() {
        Some(true) => values.into(),
        _ => values.swap_remove(0),
    }
}

/// A name with nothing left that Rust and JSON write in different ways.
pub fn bare(name: &str) -> String {
    let kept = name.chars().filter(char::is_ascii_alphanumeric);
    kept.map(|c| c.to_ascii_lowercase()).collect()
}
