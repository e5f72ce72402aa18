//! The forms in which lists are paged that many APIs have, and that leave no doubt: a cursor, or the URL of the
//! next page.

use heck::ToSnakeCase as _;
use openapiv3::{ObjectType, OpenAPI, ReferenceOr, Schema, SchemaKind, StringFormat, Type};
use openapiv3::{Operation, VariantOrUnknownOrEmpty};

use super::derive_paging::{is_text, object_of, only};
use crate::operations::{parameter_schema, query_parameters};

/// Parameters that take a cursor, and the properties that hold the next one, both in snake case.
const CURSORS: &[(&str, &[&str])] = &[
    ("after", &["next_after"]),
    (
        "continuation_token",
        &["continuation_token", "next_continuation_token"],
    ),
    ("continue", &["continue"]),
    ("cursor", &["next_cursor"]),
    ("next_cursor", &["next_cursor"]),
    ("next_page_token", &["next_page_token"]),
    ("next_token", &["next_token"]),
    ("page_cursor", &["next_cursor", "next_page_cursor"]),
    ("page_token", &["next_page_token"]),
    (
        "pagination_token",
        &["next_pagination_token", "next_token", "pagination_token"],
    ),
    ("start_cursor", &["next_cursor"]),
];

/// Parameters of which one is in the URL of a next page, in snake case.
const IN_URLS: &[&str] = &[
    "after",
    "continuation_token",
    "cursor",
    "next_token",
    "offset",
    "page",
    "page_after",
    "page_cursor",
    "page_number",
    "page_token",
    "starting_after",
];

/// Objects of a response that say something of the page, in snake case.
const ABOUT_THE_PAGE: &[&str] = &[
    "links",
    "meta",
    "metadata",
    "next",
    "page",
    "page_info",
    "pages",
    "pagination",
    "paging",
    "response_metadata",
];

/// Where the token goes in, and where the next one is.
pub(super) struct Shape {
    pub token: String,
    /// The property; with a dot, that of an object.
    pub next: String,
    pub next_is_url: bool,
}

/// The form in which an operation is paged; nothing where it is none of these, or more than one.
pub(super) fn of(
    document: &OpenAPI,
    operation: &Operation,
    response: &ObjectType,
) -> Option<Shape> {
    let properties = texts(document, response);
    let parameters: Vec<_> = query_parameters(document, operation).collect();
    let cursors = parameters
        .iter()
        .filter(|it| is_text(&parameter_schema(it)));
    let cursors = cursors.flat_map(|parameter| {
        let name = parameter.name.to_snake_case();
        let known = CURSORS.iter().find(|(token, _)| *token == name);
        let known = known.map_or(&[][..], |(_, next)| *next);
        let next = properties.iter().filter(move |text| {
            let within = text.path.contains(".next.") && text.name == name;
            known.contains(&text.name.as_str()) || within
        });
        next.map(|text| Shape {
            token: parameter.name.clone(),
            next: text.path.clone(),
            next_is_url: false,
        })
    });
    let cursors: Vec<Shape> = cursors.collect();
    if !cursors.is_empty() {
        return only(cursors.into_iter());
    }
    let tokens = parameters.iter();
    let tokens = tokens.filter(|it| IN_URLS.contains(&it.name.to_snake_case().as_str()));
    let token = only(tokens)?.name.clone();
    let next = only(properties.iter().filter(|text| text.is_next_url()))?;
    Some(Shape {
        token,
        next: next.path.clone(),
        next_is_url: true,
    })
}

/// A property that is text.
struct Text {
    /// Its name, and those of the objects that it is in.
    path: String,
    /// Its name in snake case.
    name: String,
    is_uri: bool,
}

impl Text {
    /// Whether it is the URL of the next page.
    fn is_next_url(&self) -> bool {
        match self.name.as_str() {
            "next_link" | "next_page_url" | "next_url" => true,
            "next" | "next_page" => self.is_uri || self.path.contains("links."),
            "href" => self.path.ends_with(".next.href") || self.path == "next.href",
            _ => false,
        }
    }
}

/// The properties of a response that are text, also of the objects in it that are about the page.
fn texts(document: &OpenAPI, response: &ObjectType) -> Vec<Text> {
    let mut texts = Vec::new();
    let mut waiting = vec![(String::new(), response, 0)];
    while let Some((within, object, depth)) = waiting.pop() {
        for (wire, property) in &object.properties {
            let (path, name) = (format!("{within}{wire}"), wire.to_snake_case());
            if is_text(property) {
                let is_uri = is_uri(property);
                texts.push(Text { path, name, is_uri });
            } else if depth < DEEPEST
                && ABOUT_THE_PAGE.contains(&name.as_str())
                && let Some(object) = object_of(document, property)
            {
                waiting.push((format!("{path}."), object, depth + 1));
            }
        }
    }
    texts
}

/// How many objects are in each other that say something of the page.
const DEEPEST: usize = 3;

fn is_uri(property: &ReferenceOr<Box<Schema>>) -> bool {
    let Some(SchemaKind::Type(Type::String(string))) = property.as_item().map(|it| &it.schema_kind)
    else {
        return false;
    };
    match &string.format {
        VariantOrUnknownOrEmpty::Unknown(format) => {
            matches!(format.as_str(), "uri" | "uri-reference" | "url")
        }
        VariantOrUnknownOrEmpty::<StringFormat>::Item(_) | VariantOrUnknownOrEmpty::Empty => false,
    }
}
