//! Lists that are paged by the header `Link`, by the number of a page, by an offset or by the last item of a page.

mod derived;
mod last_items;
mod links;
mod numbers;
mod offsets;
mod stated;

use std::pin::Pin;

use futures_util::{Stream, TryStreamExt as _};
use generated_client::runtime::Error;
use serde_json::{Value, json};
use tests::fixtures::openapi_pages::Client;
use tests::fixtures::openapi_pages::types::Thing;
use tests::recorder::{Recorder, ResponseTemplate};

type Listed = Pin<Box<dyn Stream<Item = Result<Thing, Error>>>>;

/// A list, the responses of a server, and what follows.
struct Case<'a> {
    list: fn(&Client) -> Listed,
    responses: Vec<ResponseTemplate>,
    /// The queries that are sent.
    queries: &'a [&'a str],
    /// The items that are found.
    ids: &'a str,
    /// How the list ends.
    end: &'a str,
}

impl Case<'_> {
    async fn check(self) {
        let recorder = Recorder::start(self.responses).await.unwrap();
        let builder = Client::builder().base_url(recorder.base_url());
        let mut list = (self.list)(&builder.build().unwrap());
        let mut ids = String::new();
        let end = loop {
            match list.try_next().await {
                Ok(Some(thing)) => ids += &thing.id.unwrap_or_default(),
                Ok(None) => break "end".to_owned(),
                Err(error) if error.is_foreign_page() => break "foreign page".to_owned(),
                Err(error) => break crate::support::holding(&error),
            }
        };
        let received = recorder.take();
        let queries: Vec<&str> = received.iter().map(|it| it.query()).collect();
        let found = (queries.as_slice(), ids.as_str(), end.as_str());
        assert_eq!(found, (self.queries, self.ids, self.end));
        assert!(list.try_next().await.unwrap().is_none(), "it goes on");
    }
}

/// Things with these ids, each of one character.
fn things(ids: &str) -> Value {
    ids.chars()
        .map(|id| json!({"id": id.to_string()}))
        .collect()
}

/// A response with this body.
fn ok(body: Value) -> ResponseTemplate {
    ResponseTemplate::ok(body.to_string())
}

/// The bodies of pages, the queries that are sent, the items that are found, and how the list ends.
type Row<'a> = (Vec<Value>, &'a [&'a str], &'a str, &'a str);

/// Checks a list against servers with these pages.
async fn check(list: fn(&Client) -> Listed, rows: impl IntoIterator<Item = Row<'_>>) {
    for (pages, queries, ids, end) in rows {
        let case = Case {
            list,
            responses: pages.into_iter().map(ok).collect(),
            queries,
            ids,
            end,
        };
        case.check().await;
    }
}
