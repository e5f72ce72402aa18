//! Lists, page by page.
//!
//! The generator says of each type where its token and its items are; what follows from that is
//! written once, here.

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
    /// The name on the wire of the property that holds the next page token.
    const NEXT_PAGE_TOKEN: &'static str;

    /// The items: an array, or a map.
    type Items: IntoIterator;

    /// The parameter in the query of a URL that is the token, for an API that says where the next page
    /// is. The URL itself is never called.
    const IN_URL: Option<&'static str> = None;

    /// The token of the next page, or its URL. There is a next page if it is there and not empty.
    fn next_page_token(&self) -> Option<&str>;

    /// The items of this page.
    fn into_items(self) -> Self::Items;
}

/// A page that is under way.
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

/// What comes after the pages so far.
#[derive(Clone, PartialEq, Eq)]
enum Next {
    First,
    Token(String),
    /// A token that came before: the list would never end.
    Repeated,
    /// A URL that is not this server's, or has no token.
    Foreign,
    /// There were too many pages.
    Endless,
    Nothing,
}

/// The most pages of a list, and the most pages in a row without an item that [`Items`] goes through.
const MAX_PAGES: usize = 1_000_000;
const MAX_EMPTY_PAGES: usize = 1_000;

impl<R: Page + DeserializeOwned + 'static> Pages<R> {
    /// The pages of a list whose page token is this parameter of the query.
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
            // The page that a list starts from may not come again either.
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

    /// Ends the stream after this many pages, whatever comes after them.
    pub fn max_pages(mut self, pages: usize) -> Self {
        self.left = Some(pages);
        self
    }

    /// The token of the page that comes next, or that failed; nothing before the first page and after
    /// the last one. A list can be gone on with from there later, with the same parameters.
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

    /// Begins to fetch the next page; nothing where there is none.
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

    /// Notes what comes after a page. A page whose token came before is still a page; what would come
    /// after it is not.
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
            Ok(page) => self.note(page),
            // Its token stays, for whoever wants to go on from there.
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
    /// How many pages in a row had no item.
    empty: usize,
}

impl<R: Page + DeserializeOwned + 'static> Items<R> {
    /// The token of the page after the one whose items come now.
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
            // Not again where the last page had items: those have set it back.
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
