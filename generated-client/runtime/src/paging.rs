//! Pagination: lists as streams of pages or items.
//!
//! The generator implements [`Page`] for each type of a page; the rest is written once, here.

use std::collections::HashSet;
use std::fmt;
use std::future::Future;
use std::hash::{BuildHasher as _, RandomState};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use reqwest::Url;
use serde::de::DeserializeOwned;

use super::{Call, Error, Response};

/// A page of a list.
pub trait Page {
    /// The name of the property that holds the next page token, in JSON.
    const NEXT_PAGE_TOKEN: &'static str;

    /// The items: an array, or a map.
    type Items: IntoIterator;

    /// The query parameter that is the page token, for an API whose next page is a URL. The URL itself is
    /// never called.
    const IN_URL: Option<&'static str> = None;

    /// The token of the next page, or its URL. There is a next page unless it is absent or empty.
    fn next_page_token(&self) -> Option<&str>;

    /// The items of this page.
    fn into_items(self) -> Self::Items;
}

/// The request of a page.
type Fetch<R> = Pin<Box<dyn Future<Output = Result<Response<R>, Error>> + Send>>;

/// The pages of a list, as a stream. Every parameter but the page token is the same for all of them.
///
/// The stream ends after the last page, or after an error. A list of more than a million pages is an
/// error ([`Error::is_endless_list`]).
#[must_use = "nothing is called before the stream is polled"]
pub struct Pages<R> {
    call: Box<dyn Fn(Option<String>) -> Call + Send + Sync>,
    next: Next,
    /// The hashes of all tokens so far: a list may have very many.
    seen: HashSet<u64>,
    hasher: RandomState,
    left: Option<usize>,
    failed: bool,
    /// Where the first page came from.
    base_url: String,
    fetch: Option<Fetch<R>>,
    page: PhantomData<fn() -> R>,
}

/// The next page.
#[derive(Clone, PartialEq, Eq)]
enum Next {
    First,
    Token(String),
    /// A repeated page token: the list would never end.
    Repeated,
    /// A URL of another server, or without a page token.
    Foreign,
    /// There were too many pages.
    Endless,
    Nothing,
}

/// The most pages of a list, and the most pages in a row without an item that [`Items`] goes through.
const MAX_PAGES: usize = 1_000_000;
const MAX_EMPTY_PAGES: usize = 1_000;

impl<R: Page + DeserializeOwned + 'static> Pages<R> {
    /// The pages of a list whose page token is this query parameter.
    pub fn query(call: Call, token: &'static str) -> Self {
        let start = call.parameter(token).map(str::to_owned);
        Self::new(start, move |next| match next {
            None => call.clone(),
            Some(next) => call.clone().query(token, &next, None),
        })
    }

    /// The pages of a list whose page token is this property of the body.
    pub fn body(call: Call, token: &'static str) -> Self {
        let start = call.text_in_body(token);
        Self::new(start, move |next| match next {
            None => call.clone(),
            Some(next) => call.clone().property_of_body(token, next),
        })
    }

    fn new(
        start: Option<String>,
        call: impl Fn(Option<String>) -> Call + Send + Sync + 'static,
    ) -> Self {
        let hasher = RandomState::new();
        Self {
            call: Box::new(call),
            // The token that a list starts from must not be repeated either.
            seen: start.iter().map(|token| hasher.hash_one(token)).collect(),
            hasher,
            next: start.map_or(Next::First, Next::Token),
            left: None,
            failed: false,
            base_url: String::new(),
            fetch: None,
            page: PhantomData,
        }
    }

    /// Ends the stream after this many pages.
    pub fn max_pages(mut self, pages: usize) -> Self {
        self.left = Some(pages);
        self
    }

    /// The token of the next page, or of the one that failed; `None` before the first page and after the
    /// last one. A later list with the same parameters can resume from it.
    pub fn next_page_token(&self) -> Option<&str> {
        match &self.next {
            Next::Token(token) => Some(token),
            _ => None,
        }
    }

    /// The items of all pages, one by one.
    pub fn items(self) -> Items<R> {
        Items {
            pages: self,
            page: None,
            empty: 0,
        }
    }

    /// Starts to fetch the next page; `None` where there is none.
    fn begin(&mut self) -> Option<Result<Fetch<R>, Error>> {
        if self.failed || self.left == Some(0) {
            return None;
        }
        let token = match &self.next {
            Next::First => None,
            Next::Token(token) => Some(token.clone()),
            Next::Repeated => return Some(Err(Error::repeated_page_token())),
            Next::Foreign => return Some(Err(Error::foreign_page())),
            Next::Endless => return Some(Err(Error::endless_list())),
            Next::Nothing => return None,
        };
        let call = (self.call)(token);
        if self.base_url.is_empty() {
            self.base_url = call.base_url().to_owned();
        }
        if let Err(error) = call.returns(R::NEXT_PAGE_TOKEN) {
            return Some(Err(error));
        }
        Some(Ok(Box::pin(call.send())))
    }

    /// Sets the next page. A page with a repeated token is still returned; the one after it is an error.
    fn note(&mut self, page: &R) {
        self.left = self.left.map(|left| left.saturating_sub(1));
        let said = page.next_page_token().filter(|said| !said.is_empty());
        let token = match (said, R::IN_URL) {
            (None, _) => {
                self.next = Next::Nothing;
                return;
            }
            (Some(token), None) => Some(token.to_owned()),
            (Some(url), Some(parameter)) => token_in_url(&self.base_url, url, parameter),
        };
        self.next = match token {
            None => Next::Foreign,
            Some(token) if !self.seen.insert(self.hasher.hash_one(&token)) => Next::Repeated,
            Some(_) if self.seen.len() > MAX_PAGES => Next::Endless,
            Some(token) => Next::Token(token),
        };
    }
}

/// The token in the URL of a page, if that is a page of the server at `base`.
fn token_in_url(base: &str, url: &str, parameter: &str) -> Option<String> {
    let base = Url::parse(base).ok()?;
    let url = base.join(url).ok()?;
    if url.origin() != base.origin() {
        return None;
    }
    let mut pairs = url.query_pairs();
    let (_, token) = pairs.find(|(name, value)| name == parameter && !value.is_empty())?;
    Some(token.into_owned())
}

impl<R: Page + DeserializeOwned + 'static> Stream for Pages<R> {
    type Item = Result<Response<R>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut fetch = match self.fetch.take() {
            Some(fetch) => fetch,
            None => match self.begin() {
                None => return Poll::Ready(None),
                Some(Ok(fetch)) => fetch,
                Some(Err(error)) => {
                    self.failed = true;
                    return Poll::Ready(Some(Err(error)));
                }
            },
        };
        let Poll::Ready(outcome) = fetch.as_mut().poll(context) else {
            self.fetch = Some(fetch);
            return Poll::Pending;
        };
        match &outcome {
            Ok(page) => self.note(page.body()),
            // Its token stays, so that a later list can resume from it.
            Err(_) => self.failed = true,
        }
        Poll::Ready(Some(outcome))
    }
}

impl<R> fmt::Debug for Pages<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}

/// The items of a list, as a stream. Pages are fetched as they are needed. A thousand pages in a row
/// without an item are an error ([`Error::is_endless_list`]).
#[must_use = "nothing is called before the stream is polled"]
pub struct Items<R: Page> {
    pages: Pages<R>,
    page: Option<<R::Items as IntoIterator>::IntoIter>,
    /// The number of pages in a row without an item.
    empty: usize,
}

impl<R: Page + DeserializeOwned + 'static> Items<R> {
    /// The token of the page after the current one.
    pub fn next_page_token(&self) -> Option<&str> {
        self.pages.next_page_token()
    }
}

// Nothing in it is pinned.
impl<R: Page> Unpin for Items<R> {}

impl<R: Page + DeserializeOwned + 'static> Stream for Items<R> {
    type Item = Result<<R::Items as IntoIterator>::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.page.as_mut().and_then(Iterator::next) {
                self.empty = 0;
                return Poll::Ready(Some(Ok(item)));
            }
            // A page with items has reset the count.
            self.empty += usize::from(self.page.take().is_some());
            if self.empty > MAX_EMPTY_PAGES && matches!(self.pages.next, Next::Token(_)) {
                self.pages.next = Next::Endless;
            }
            self.page = match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(page)) => Some(page.into_body().into_items().into_iter()),
            };
        }
    }
}

impl<R: Page> fmt::Debug for Items<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").finish_non_exhaustive()
    }
}
