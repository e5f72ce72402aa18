//! Compares what is sent with every call of an operation.

use std::collections::BTreeMap;

use super::Found;
use super::matching::pairs;
use super::methods::shape;
use super::surface::MethodSurface;
use super::table::operations as row;

/// What is sent with every call.
pub(super) fn compare(key: &str, old: &MethodSurface, new: &MethodSurface, found: &mut Found) {
    let verbs = (old.verb.to_uppercase(), new.verb.to_uppercase());
    let retried = match (old.idempotent, new.idempotent) {
        (false, true) => "now retried on ambiguous failures",
        (true, false) => "no longer retried on ambiguous failures",
        _ => "",
    };
    found.turn(&row::VERB, key, &verbs.0, &verbs.1, retried);
    url(key, old, new, found);
    headers(key, old, new, found);
    body(key, old, new, found);
}

/// The server, the path and the query.
fn url(key: &str, old: &MethodSurface, new: &MethodSurface, found: &mut Found) {
    let query = |it: &MethodSurface| listed(&it.query);
    if shape(&old.template) != shape(&new.template) {
        found.turn(
            &row::PATH,
            key,
            &old.template,
            &new.template,
            "another URL is called",
        );
    }
    found.turn(
        &row::PATH,
        key,
        &query(old),
        &query(new),
        "another query is sent",
    );
    let server = |it: &MethodSurface| it.server.clone().unwrap_or_default();
    found.turn(
        &row::OPERATION_SERVER,
        key,
        &server(old),
        &server(new),
        "another server is called",
    );
}

/// How the body is written, and what is sent where there is none.
fn body(key: &str, old: &MethodSurface, new: &MethodSurface, found: &mut Found) {
    let wrapped = |it: &MethodSurface| {
        if it.data_wrapper {
            "in `data`"
        } else {
            "plain"
        }
    };
    found.turn(&row::DATA_WRAPPER, key, wrapped(old), wrapped(new), "");
    let sets_body = |it: &MethodSurface| {
        let mut values = it.arguments.iter().chain(&it.setters);
        values.any(|value| value.place == "body" || value.place.starts_with("part "))
    };
    if !sets_body(old) && !sets_body(new) {
        let body = |it: &MethodSurface| if it.empty_message { "`{}`" } else { "no body" };
        found.turn(&row::EMPTY_MESSAGE, key, body(old), body(new), "");
    }
    found.turn(
        &row::ENCODING,
        key,
        &listed(&old.encodings),
        &listed(&new.encodings),
        "",
    );
    found.turn(
        &row::OTHER_MEDIA,
        key,
        &old.other_media.join(", "),
        &new.other_media.join(", "),
        "",
    );
}

/// The headers of every call, each for itself.
fn headers(key: &str, old: &MethodSurface, new: &MethodSurface, found: &mut Found) {
    let by_name = |it: &MethodSurface| -> BTreeMap<String, String> {
        let headers = it.headers.iter();
        headers
            .map(|(name, value)| (name.to_lowercase(), value.clone()))
            .collect()
    };
    let (one, other) = (by_name(old), by_name(new));
    for (name, before, after) in pairs(&one, &other) {
        let shown = |value: Option<&String>| match value {
            Some(value) => format!("{name}: {value}"),
            None => String::new(),
        };
        found.turn(
            &row::FIXED_HEADERS,
            key,
            &shown(before),
            &shown(after),
            "sent with every call",
        );
    }
}

fn listed(pairs: &[(String, String)]) -> String {
    let pairs = pairs.iter().map(|(name, value)| format!("{name}={value}"));
    pairs.collect::<Vec<_>>().join(", ")
}
