//! Which page comes after another one.

use http::HeaderMap;
use reqwest::Url;

use super::facts::{self, Fact, IN_ITEMS, number};
use super::form::{By, Paging};
use super::link;
use crate::{Call, Error, Operation};

/// The parameters that ask for a page, and their values.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Position(pub Vec<(&'static str, String)>);

/// What a response says of the list.
pub(super) struct Said {
    current: Option<Fact>,
    next: Option<Fact>,
    more: Option<Fact>,
    last: Option<Fact>,
    pages: Option<Fact>,
    total: Option<Fact>,
    items: usize,
    /// The URL of the next page in its headers, if they can be read.
    link: Result<Option<String>, link::Malformed>,
}

impl Said {
    pub fn of(body: &[u8], headers: &HeaderMap, paging: &Paging, operation: &Operation) -> Self {
        let is_counted = matches!(paging.by, By::Page(_) | By::Offset(_));
        let places = [
            paging.current,
            paging.next,
            paging.more,
            paging.last,
            paging.pages,
            paging.total,
            is_counted.then_some(paging.items),
        ];
        let [current, next, more, last, pages, total, items] =
            facts::read(body, places, operation.has_data_wrapper());
        Self {
            current,
            next,
            more,
            last,
            pages,
            total,
            items: match items {
                Some(Fact::Items(count)) => count,
                _ => 0,
            },
            link: match paging.by {
                By::Link(_) => link::next(headers),
                _ => Ok(None),
            },
        }
    }
}

/// How far a list has been read.
pub(super) struct Progress {
    paging: Paging,
    /// What the URL of a page begins with.
    base_url: String,
    /// The number of the page that is being read, or of the items before it, where that is known.
    at: Option<i64>,
    first: Option<i64>,
    /// How many items there were on all pages so far.
    items: i64,
}

impl Progress {
    pub fn new(paging: Paging, call: &Call) -> Self {
        Self {
            paging,
            base_url: call.base_url().to_owned(),
            at: None,
            first: paging.first,
            items: 0,
        }
    }

    /// The page that a call asks for, where it asks for one.
    pub fn start(&self, call: &Call) -> Option<Position> {
        let parameters = match self.paging.by {
            By::Body(property) => {
                let token = call.text_in_body(property)?;
                return Some(Position(vec![(property, token)]));
            }
            By::Query(ref one) | By::Page(ref one) | By::Offset(ref one) => {
                std::slice::from_ref(one)
            }
            By::Url(several) | By::Link(several) => several,
        };
        let set = parameters.iter();
        let set = set.filter_map(|name| Some((*name, call.parameter(name)?.to_owned())));
        let set: Vec<_> = set.collect();
        (!set.is_empty()).then_some(Position(set))
    }

    /// The call for a page.
    pub fn call(&mut self, mut call: Call, position: &Position) -> Call {
        match self.paging.by {
            By::Page(_) | By::Offset(_) => {
                self.at = position.0.first().and_then(|(_, value)| number(value));
            }
            By::Url(parameters) | By::Link(parameters) => {
                for name in parameters {
                    call = call.query(name, &None::<&str>, None);
                }
            }
            By::Query(_) | By::Body(_) => {}
        }
        for (name, value) in &position.0 {
            call = match self.paging.by {
                By::Body(_) => call.property_of_body(name, value.clone()),
                _ => call.query(name, value, None),
            };
        }
        call
    }

    /// The page after the one that says this; nothing after the last one.
    ///
    /// # Errors
    ///
    /// The URL of a next page that is malformed, of another server or without a parameter that asks for a page.
    pub fn after(&mut self, said: Said) -> Result<Option<Position>, Error> {
        if self.paging.more.is_some() && said.more != Some(Fact::Flag(true)) {
            return Ok(None);
        }
        let one = |name, value: Option<String>| {
            let value = value.filter(|value| !value.is_empty());
            Ok(value.map(|value| Position(vec![(name, value)])))
        };
        match self.paging.by {
            By::Query(name) | By::Body(name) => {
                let next = said.next.and_then(Fact::text);
                let is_behind_an_item = self.paging.next.is_some_and(|it| it.contains(IN_ITEMS));
                if next.is_none() && self.paging.more.is_some() && is_behind_an_item {
                    // Without an item to begin behind, the next page would be this one.
                    return Err(Error::repeated_page_token());
                }
                one(name, next)
            }
            By::Page(name) | By::Offset(name) => one(
                name,
                self.number_after(name, said)?.map(|it| it.to_string()),
            ),
            By::Url(parameters) => self.in_url(parameters, said.next.and_then(Fact::text)),
            By::Link(parameters) => {
                let url = said.link.map_err(|_| Error::foreign_page())?;
                self.in_url(parameters, url)
            }
        }
    }

    /// The number of the next page, or the next offset.
    fn number_after(&mut self, name: &str, said: Said) -> Result<Option<i64>, Error> {
        if said.items == 0 {
            return Ok(None);
        }
        let here = i64::try_from(said.items).unwrap_or(i64::MAX);
        self.items = self.items.saturating_add(here);
        if self.paging.next.is_some() {
            let next = said.next.as_ref().and_then(Fact::number);
            return Ok(next.filter(|next| *next >= 1));
        }
        // Less than one is no count of a list that has items.
        let count = |said: &Option<Fact>| said.as_ref()?.number().filter(|count| *count >= 1);
        let total = count(&said.total);
        if let By::Offset(_) = self.paging.by {
            let first = self.first.unwrap_or(0);
            let next = self.at.unwrap_or(first).saturating_add(here);
            let is_last = total.is_some_and(|total| next.saturating_sub(first) >= total);
            return Ok((!is_last).then_some(next));
        }
        let current = said.current.as_ref().and_then(Fact::number);
        let Some(at) = self.at.or(self.first).or(current) else {
            let what =
                format!("no response says which page it is: set `{name}` to begin with a page");
            return Err(Error::invalid_argument(what));
        };
        if self.at.is_none() {
            self.first = Some(at);
        }
        // Where the number of the first page is not known, it is the greater one that it can be: then the page
        // after the last one may be requested, which has no items.
        let first = self.first.unwrap_or(1);
        let last = count(&said.pages).map(|pages| pages.saturating_add(first).saturating_sub(1));
        let last = last.or(said.last.as_ref().and_then(Fact::number));
        let is_last =
            last.is_some_and(|last| at >= last) || total.is_some_and(|total| self.items >= total);
        Ok((!is_last).then_some(at.saturating_add(1)))
    }

    /// The page that a URL asks for, which has to be one of the same server.
    fn in_url(
        &self,
        parameters: &[&'static str],
        url: Option<String>,
    ) -> Result<Option<Position>, Error> {
        let Some(url) = url.filter(|url| !url.is_empty()) else {
            return Ok(None);
        };
        let position = self.of_same_server(&url).map(|url| {
            let names = parameters.iter().chain(self.paging.also);
            let taken = names.filter_map(|name| {
                let mut pairs = url.query_pairs();
                let (_, value) = pairs.find(|(known, value)| known == name && !value.is_empty())?;
                Some((*name, value.into_owned()))
            });
            taken.collect::<Vec<_>>()
        });
        let asks_for_a_page =
            |taken: &Vec<(&str, _)>| taken.iter().any(|(name, _)| parameters.contains(name));
        match position.filter(asks_for_a_page) {
            Some(taken) => Ok(Some(Position(taken))),
            None => Err(Error::foreign_page()),
        }
    }

    fn of_same_server(&self, url: &str) -> Option<Url> {
        let base = Url::parse(&self.base_url).ok()?;
        let url = base.join(url).ok()?;
        (url.origin() == base.origin()).then_some(url)
    }

    /// What tells a page from others: no list has two pages of which this is the same.
    pub fn key<'a>(&self, position: &'a Position) -> Vec<(&'static str, &'a str)> {
        let pairs = position.0.iter();
        let pairs = pairs.filter(|(name, _)| !self.paging.also.contains(name));
        pairs.map(|(name, value)| (*name, value.as_str())).collect()
    }
}
