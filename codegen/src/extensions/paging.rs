//! How an operation that lists is paged.

use serde::{Deserialize, Serialize};

use super::Extension;

/// How an operation that lists is paged. A property with a dot in its name is that of an object in the response.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Paging {
    /// Where the page token goes in: a query parameter, or a property of the request.
    #[serde(rename = "in")]
    pub location: TokenLocation,
    /// What the parameter takes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub by: PagedBy,
    /// The parameter or property that takes the page token, the number of the page or the offset.
    pub token: String,
    /// The number of the first page, or the offset of the first item, where the document says it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub first: Option<i64>,
    /// The property of the response that holds the number of the page itself.
    #[serde(default, skip_serializing_if = "is_default")]
    pub current: String,
    /// The property of the response that holds the next page token, number or offset.
    #[serde(default, skip_serializing_if = "is_default")]
    pub next: String,
    /// Whether what is there is a URL, which has the token in its query.
    #[serde(default, rename = "next-is-url", skip_serializing_if = "is_default")]
    pub next_is_url: bool,
    /// The property that says whether there is another page.
    #[serde(default, skip_serializing_if = "is_default")]
    pub more: String,
    /// The property that holds the number of the last page.
    #[serde(default, skip_serializing_if = "is_default")]
    pub last: String,
    /// The property that says how many pages there are.
    #[serde(default, skip_serializing_if = "is_default")]
    pub pages: String,
    /// The property that says how many items there are on all pages.
    #[serde(default, skip_serializing_if = "is_default")]
    pub total: String,
    /// The property of the response that holds the items; empty where the response is the list itself.
    #[serde(default, skip_serializing_if = "is_default")]
    pub items: String,
    /// Whether the items are the values of a map, and not an array.
    #[serde(default, skip_serializing_if = "is_default")]
    pub map: bool,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// What asks for a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum PagedBy {
    /// A page token.
    #[default]
    Token,
    /// The number of the page.
    Page,
    /// The number of items before the page.
    Offset,
    /// A parameter of the URL of the next page, which the header `Link` holds.
    Link,
}

/// Where a page token goes in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum TokenLocation {
    #[default]
    Query,
    Body,
}

impl Extension for Paging {
    const KEY: &'static str = "x-codegen-paging";
}
