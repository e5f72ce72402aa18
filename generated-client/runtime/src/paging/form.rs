//! How a list is paged, as data.

/// How a list is paged: which parameters ask for a page, and which part of a response says whether there is
/// another one. A part is the name of a property; with dots, that of a property within others.
///
/// ```
/// use generated_client_runtime::Paging;
///
/// const BY_TOKEN: Paging = Paging::query("page_token").next("metadata.next");
/// const BY_NUMBER: Paging = Paging::page("page").first(1).pages("meta.pages").items("users");
/// const BY_LINK: Paging = Paging::link(&["page"]).also(&["per_page"]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    pub(super) by: By,
    pub(super) also: &'static [&'static str],
    pub(super) first: Option<i64>,
    pub(super) current: Option<&'static str>,
    pub(super) next: Option<&'static str>,
    pub(super) more: Option<&'static str>,
    pub(super) last: Option<&'static str>,
    pub(super) pages: Option<&'static str>,
    pub(super) total: Option<&'static str>,
    pub(super) items: &'static str,
}

/// What asks for a page.
#[derive(Clone, Copy, Debug)]
pub(super) enum By {
    /// A page token, in the query.
    Query(&'static str),
    /// A page token, in the body.
    Body(&'static str),
    /// The number of the page.
    Page(&'static str),
    /// The number of items before the page.
    Offset(&'static str),
    /// Parameters of the URL of the next page, which a property holds.
    Url(&'static [&'static str]),
    /// Parameters of the URL of the next page, which the header `Link` holds.
    Link(&'static [&'static str]),
}

impl Paging {
    const fn new(by: By) -> Self {
        Self {
            by,
            also: &[],
            first: None,
            current: None,
            next: None,
            more: None,
            last: None,
            pages: None,
            total: None,
            items: "",
        }
    }

    /// By a page token, which this parameter of the query takes.
    pub const fn query(parameter: &'static str) -> Self {
        Self::new(By::Query(parameter))
    }

    /// By a page token, which this property of the request body takes.
    pub const fn body(property: &'static str) -> Self {
        Self::new(By::Body(property))
    }

    /// By the number of the page, which this parameter of the query takes.
    pub const fn page(parameter: &'static str) -> Self {
        Self::new(By::Page(parameter))
    }

    /// By the number of items before the page, which this parameter of the query takes.
    pub const fn offset(parameter: &'static str) -> Self {
        Self::new(By::Offset(parameter))
    }

    /// By the URL of the next page, which a property holds. One of these parameters of the query is in it. The
    /// URL itself is never called.
    pub const fn url(parameters: &'static [&'static str]) -> Self {
        Self::new(By::Url(parameters))
    }

    /// By the URL of the next page, which the header `Link` holds (RFC 8288). One of these parameters of the
    /// query is in it. The URL itself is never called.
    pub const fn link(parameters: &'static [&'static str]) -> Self {
        Self::new(By::Link(parameters))
    }

    /// These parameters, too, are taken from the URL of the next page.
    #[must_use]
    pub const fn also(mut self, parameters: &'static [&'static str]) -> Self {
        self.also = parameters;
        self
    }

    /// The number of the first page, or the offset of the first item. Unless it is stated, the first page of a
    /// list is the one that its response says it is.
    #[must_use]
    pub const fn first(mut self, number: i64) -> Self {
        self.first = Some(number);
        self
    }

    /// The property that holds the number of the page itself.
    #[must_use]
    pub const fn current(mut self, property: &'static str) -> Self {
        self.current = Some(property);
        self
    }

    /// The property that holds the next page: its token, number, offset or URL. There is none if that is
    /// absent, `null` or empty; of numbers and offsets also if it is less than 1. `data[].id` is the property `id`
    /// of the last item of the list `data`.
    #[must_use]
    pub const fn next(mut self, property: &'static str) -> Self {
        self.next = Some(property);
        self
    }

    /// The property that says whether there is another page. Absent and `null` say that there is none.
    #[must_use]
    pub const fn more(mut self, property: &'static str) -> Self {
        self.more = Some(property);
        self
    }

    /// The property that holds the number of the last page.
    #[must_use]
    pub const fn last(mut self, property: &'static str) -> Self {
        self.last = Some(property);
        self
    }

    /// The property that says how many pages there are.
    #[must_use]
    pub const fn pages(mut self, property: &'static str) -> Self {
        self.pages = Some(property);
        self
    }

    /// The property that says how many items there are on all pages.
    #[must_use]
    pub const fn total(mut self, property: &'static str) -> Self {
        self.total = Some(property);
        self
    }

    /// The property that holds the items; unless it is stated, the response is the list itself. A list that is
    /// paged by numbers or offsets ends with a page that has none.
    #[must_use]
    pub const fn items(mut self, property: &'static str) -> Self {
        self.items = property;
        self
    }
}
