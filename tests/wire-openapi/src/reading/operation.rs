//! Operations: what a document says of a request and of its responses.

use serde_json::{Value, json};

use super::security::Scheme;
use super::{Document, items, members, text};

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its id; empty where it has none.
    pub id: String,
    /// The method of HTTP, in capitals.
    pub verb: String,
    /// Its path, with parameters in braces.
    pub path: String,
    /// Its parameters, with those of its path.
    pub parameters: Vec<Parameter>,
    /// Its request body, in each media type.
    pub bodies: Vec<Media>,
    /// Whether it has to have a request body.
    pub body_required: bool,
    /// The credentials that it takes together.
    pub credentials: Vec<Scheme>,
    /// The responses of success: their statuses and media types.
    pub successes: Vec<(String, Vec<Media>)>,
    /// The media types of all other responses.
    pub failures: Vec<Media>,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// What it is called.
    pub name: String,
    /// Where it is: `path`, `query`, `header` or `cookie`.
    pub place: String,
    /// Its style, as OpenAPI 3 calls it.
    pub style: String,
    /// Whether a list, or an object, is several parameters.
    pub explode: bool,
    /// Whether it is JSON.
    pub json: bool,
    /// Its schema.
    pub schema: Value,
}

/// A body in a media type.
#[derive(Clone, Debug)]
pub struct Media {
    /// The media type, as it stands in the document.
    pub kind: String,
    /// Its schema; null where there is none.
    pub schema: Value,
    /// How its properties are written.
    pub encoding: Value,
    /// Its examples.
    pub examples: Vec<Value>,
}

const VERBS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

impl Document {
    /// Every operation.
    pub fn operations(&self) -> Vec<Operation> {
        let mut found = Vec::new();
        for (path, item) in members(&self.0["paths"]) {
            let item = self.resolved(item);
            for (verb, operation) in members(item) {
                if VERBS.contains(&verb.as_str()) {
                    found.push(self.operation(path, verb, item, operation));
                }
            }
        }
        found
    }

    fn operation(&self, path: &str, verb: &str, item: &Value, operation: &Value) -> Operation {
        let mut stated: Vec<&Value> = Vec::new();
        for parameter in items(&operation["parameters"])
            .iter()
            .chain(items(&item["parameters"]))
        {
            let parameter = self.resolved(parameter);
            let is_same =
                |it: &&Value| it["name"] == parameter["name"] && it["in"] == parameter["in"];
            if !stated.iter().any(is_same) {
                stated.push(parameter);
            }
        }
        let (bodies, body_required) = match self.is_swagger() {
            true => self.swagger_bodies(operation, &stated),
            false => {
                let body = self.resolved(&operation["requestBody"]);
                (self.contents(body), body["required"] == true)
            }
        };
        let parameters = stated.iter().filter_map(|it| self.parameter(it));
        let mut parameters: Vec<_> = parameters.collect();
        let path = &with_plain_placeholders(path, &parameters);
        correct_placeholders(path, &mut parameters);
        Operation {
            id: text(&operation["operationId"]).to_owned(),
            verb: verb.to_uppercase(),
            path: path.to_owned(),
            parameters,
            bodies,
            body_required,
            credentials: self.credentials(operation),
            successes: self.successes(operation),
            failures: self.failures(operation),
        }
    }

    fn parameter(&self, stated: &Value) -> Option<Parameter> {
        let place = text(&stated["in"]);
        let by_default = match place {
            "query" | "cookie" => "form",
            "path" | "header" => "simple",
            _ => return None,
        };
        let mut style = text(&stated["style"]).to_owned();
        if style.is_empty() {
            style = by_default.to_owned();
        }
        let mut explode = stated["explode"].as_bool().unwrap_or(style == "form");
        let content = members(&stated["content"]).next();
        let mut schema = match content {
            Some((_, media)) => media["schema"].clone(),
            None => stated["schema"].clone(),
        };
        if self.is_swagger() {
            (style, explode) = match text(&stated["collectionFormat"]) {
                "multi" => ("form".to_owned(), true),
                "ssv" => ("spaceDelimited".to_owned(), false),
                "pipes" => ("pipeDelimited".to_owned(), false),
                _ => (by_default.to_owned(), false),
            };
            schema = stated.clone();
        }
        Some(Parameter {
            name: text(&stated["name"]).to_owned(),
            place: place.to_owned(),
            json: content.is_some_and(|(kind, _)| kind.contains("json")),
            style,
            explode,
            schema,
        })
    }

    /// The media types of a body or a response.
    fn contents(&self, of: &Value) -> Vec<Media> {
        let media = members(&of["content"]).map(|(kind, media)| Media {
            kind: kind.clone(),
            schema: media["schema"].clone(),
            encoding: media["encoding"].clone(),
            examples: self.examples(media),
        });
        media.collect()
    }

    /// The examples of a media type.
    fn examples(&self, of: &Value) -> Vec<Value> {
        let named = members(&of["examples"]).map(|(_, it)| self.resolved(it));
        let named = named.filter_map(|it| it.get("value"));
        of.get("example")
            .into_iter()
            .chain(named)
            .cloned()
            .collect()
    }

    /// The responses of success; where no status is one, what is stated for all others.
    fn successes(&self, operation: &Value) -> Vec<(String, Vec<Media>)> {
        let all = members(&operation["responses"]);
        let mut found: Vec<_> = all
            .filter(|(status, _)| status.starts_with('2') && status.len() == 3)
            .collect();
        if found.is_empty() {
            let default = members(&operation["responses"]);
            found.extend(default.filter(|(status, _)| *status == "default"));
        }
        let found = found.into_iter().map(|(status, response)| {
            let response = self.resolved(response);
            let media = match self.is_swagger() {
                // There is nothing in it, by RFC 9110.
                _ if matches!(status.as_str(), "204" | "205") => Vec::new(),
                true => self.swagger_response(operation, response),
                false => self.contents(response),
            };
            (status.clone(), media)
        });
        found.collect()
    }

    fn failures(&self, operation: &Value) -> Vec<Media> {
        let all = members(&operation["responses"]);
        let others = all.filter(|(status, _)| !status.starts_with('2'));
        let media = others.flat_map(|(_, response)| {
            let response = self.resolved(response);
            match self.is_swagger() {
                true => self.swagger_response(operation, response),
                false => self.contents(response),
            }
        });
        media.collect()
    }
}

/// A path in which `{.id*}`, as RFC 6570 has it, is `{id}` where that is a parameter.
fn with_plain_placeholders(path: &str, parameters: &[Parameter]) -> String {
    let mut plain = path.to_owned();
    let in_path = parameters.iter().filter(|it| it.place == "path");
    for name in in_path.map(|it| &it.name) {
        for before in ["", ".", ";", "/", "#", "?", "&"] {
            for behind in ["", "*", "+"] {
                let expression = format!("{{{before}{name}{behind}}}");
                plain = plain.replace(&expression, &format!("{{{name}}}"));
            }
        }
    }
    plain
}

/// A placeholder without a parameter of its very name stands for a string; a parameter of the path without a
/// placeholder for nothing.
fn correct_placeholders(path: &str, parameters: &mut Vec<Parameter>) {
    let placeholders = path.split('{').skip(1);
    let placeholders: Vec<&str> = placeholders
        .filter_map(|it| Some(it.split_once('}')?.0))
        .collect();
    parameters.retain(|it| it.place != "path" || placeholders.contains(&it.name.as_str()));
    for name in placeholders {
        if !parameters
            .iter()
            .any(|it| it.place == "path" && it.name == name)
        {
            parameters.push(Parameter {
                name: name.to_owned(),
                place: "path".to_owned(),
                style: "simple".to_owned(),
                explode: false,
                json: false,
                schema: json!({ "type": "string" }),
            });
        }
    }
}

impl Media {
    /// The media type without its parameters.
    pub fn essence(&self) -> String {
        let essence = self.kind.split(';').next().unwrap_or_default();
        essence.trim().to_ascii_lowercase()
    }

    /// Whether it is JSON. A range is where its schema is that of no text and of no bytes.
    pub fn is_json(&self) -> bool {
        let essence = self.essence();
        let is_wide = matches!(essence.as_str(), "*/*" | "application/*");
        if is_wide && (self.schema["$ref"].is_string() || self.schema["type"] == "object") {
            return true;
        }
        essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
    }
}

impl Operation {
    /// The request body that a client sends, of those in several media types: JSON before parts, before a form,
    /// before text, before bytes; of patches, a merge.
    pub fn body(&self) -> Option<&Media> {
        let rank = |media: &&Media| match media.essence().as_str() {
            "application/json" => 0,
            "application/merge-patch+json" => 0,
            _ if media.is_json() => 1,
            "multipart/form-data" => 2,
            "application/x-www-form-urlencoded" => 3,
            "text/plain" => 4,
            kind if kind.starts_with("text/") || kind.ends_with("xml") => 5,
            "application/octet-stream" => 6,
            _ => 7,
        };
        self.bodies.iter().min_by_key(rank)
    }

    /// The request body in parts.
    pub fn parts(&self) -> Option<&Media> {
        let mut all = self.bodies.iter();
        all.find(|it| it.essence() == "multipart/form-data")
    }

    /// A parameter.
    pub fn parameter(&self, place: &str, name: &str) -> Option<&Parameter> {
        let mut all = self.parameters.iter();
        all.find(|it| it.place == place && it.name == name)
    }
}
