//! Pagination: lists as streams of pages or items.
//!
//! The generator says how each list is paged ([`Paging`]), and implements [`Page`] for each type of a page; the rest
//! is written once, here.

mod facts;
mod form;
mod link;
mod progress;

use std::collections::HashSet;
use std::fmt;
use std::future::Future;
use std::hash::{BuildHasher as _, RandomState};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::decode::read;
use super::{Call, Error, Response};
pub use form::Paging;
use progress::{Position, Progress, Said};

/// A page of a list.
pub trait Page {
    /// The items: an array, or a map.
    type Items: IntoIterator;

    /// The items of this page.
    fn into_items(self) -> Self::Items;
}

/// A response that is nothing but its items.
impl<T> Page for Vec<T> {
    type Items = Self;

    fn into_items(self) -> Self {
        self
    }
}

/// The request of a page.
type Fetch<R> = Pin<Box<dyn Future<Output = Result<(Response<R>, Said), Error>> + Send>>;

/// The pages of a list, as a stream. Every parameter but those that ask for a page is the same for all of them.
///
/// The first page is the one that the request asks for. A list with page tokens or next URLs ends where a response
/// has none, also behind pages without items; one with page numbers or offsets ends where a response says so, and in
/// any case with a page without items. Where the next page begins behind the last item, and a response without items
/// says that there are more, that page would come a second time.
///
/// The stream ends after the last page, or after an error. A page that comes a second time is an error
/// ([`Error::is_repeated_page`]), and so is a list of more than a million pages ([`Error::is_endless_list`]). Of a
/// next URL, only parameters are used, and only if it is one of the same server ([`Error::is_foreign_page`]).
#[must_use = "nothing is called before the stream is polled"]
pub struct Pages<R> {
    call: Call,
    paging: Paging,
    progress: Progress,
    next: Next,
    /// The hashes of all pages so far: a list may have very many.
    seen: HashSet<u64>,
    hasher: RandomState,
    left: Option<usize>,
    failed: bool,
    fetch: Option<Fetch<R>>,
    page: PhantomData<fn() -> R>,
}

/// The next page.
enum Next {
    First,
    At(Position),
    /// What is wrong with it.
    Failed(Error),
    Nothing,
}

/// The most pages of a list, and the most pages in a row without an item that [`Items`] goes through.
const MAX_PAGES: usize = 1_000_000;
const MAX_EMPTY_PAGES: usize = 1_000;

/// The property that a field mask of one of Google's APIs could leave out, and a list would end early.
const NEXT_PAGE_TOKEN: &str = "nextPageToken";

impl<R: Page + DeserializeOwned + 'static> Pages<R> {
    /// The pages of the list of a call, which is paged like this.
    pub fn new(call: Call, paging: Paging) -> Self {
        let progress = Progress::new(paging, &call);
        let hasher = RandomState::new();
        // The page that a list starts from must not be repeated either.
        let start = progress.start(&call);
        let seen = start.iter().map(|it| hasher.hash_one(progress.key(it)));
        Self {
            seen: seen.collect(),
            hasher,
            next: start.map_or(Next::First, Next::At),
            left: None,
            failed: false,
            fetch: None,
            page: PhantomData,
            call,
            paging,
            progress,
        }
    }

    /// Ends the stream after this many pages.
    pub fn max_pages(mut self, pages: usize) -> Self {
        self.left = Some(pages);
        self
    }

    /// The token of the next page, or of the one that failed; `None` before the first page and after the
    /// last one. A later list with the same parameters can resume from it. Of a list with page numbers or offsets
    /// it is the number; of one with next URLs, the first parameter that asks for a page.
    pub fn next_page_token(&self) -> Option<&str> {
        match &self.next {
            Next::At(position) => position.0.first().map(|(_, value)| value.as_str()),
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
        let call = match &self.next {
            Next::First => self.call.clone(),
            Next::At(position) => self.progress.call(self.call.clone(), position),
            Next::Failed(error) => return Some(Err(error.clone())),
            Next::Nothing => return None,
        };
        let is_google = self.paging.next == Some(NEXT_PAGE_TOKEN);
        if let Some(Err(error)) = is_google.then(|| call.returns(NEXT_PAGE_TOKEN)) {
            return Some(Err(error));
        }
        Some(Ok(Box::pin(fetch(call, self.paging))))
    }

    /// Sets the next page. A page with a repeated token is still returned; the one after it is an error.
    fn note(&mut self, said: Said) {
        self.left = self.left.map(|left| left.saturating_sub(1));
        self.next = match self.progress.after(said) {
            Err(error) => Next::Failed(error),
            Ok(None) => Next::Nothing,
            Ok(Some(position)) => {
                let key = self.hasher.hash_one(self.progress.key(&position));
                if !self.seen.insert(key) {
                    Next::Failed(Error::repeated_page_token())
                } else if self.seen.len() > MAX_PAGES {
                    Next::Failed(Error::endless_list())
                } else {
                    Next::At(position)
                }
            }
        };
    }
}

/// Fetches a page, and what it says of the next one.
async fn fetch<R: DeserializeOwned>(
    call: Call,
    paging: Paging,
) -> Result<(Response<R>, Said), Error> {
    let operation = call.operation;
    let response = call.execute().await?;
    let said = Said::of(
        &response.raw.body,
        &response.raw.headers,
        &paging,
        operation,
    );
    Ok((read(response, operation)?, said))
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
        Poll::Ready(Some(match outcome {
            Ok((page, said)) => {
                self.note(said);
                Ok(page)
            }
            // Its token stays, so that a later list can resume from it.
            Err(error) => {
                self.failed = true;
                Err(error)
            }
        }))
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
            if self.empty > MAX_EMPTY_PAGES && matches!(self.pages.next, Next::At(_)) {
                self.pages.next = Next::Failed(Error::endless_list());
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
