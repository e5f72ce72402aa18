//! What a page is. The generator says of each type where its token and its items are.

/// What asks for a page.
pub trait PageRequest: Clone {
    /// Asks for the page that this token stands for. Everything else stays as it is, as the APIs
    /// demand.
    fn set_page_token(&mut self, token: String);
}

/// A page of a list.
pub trait Page {
    /// The items: an array, or a map.
    type Items: IntoIterator;

    /// The token of the next page. There is a next page if it is there and not empty.
    fn next_page_token(&self) -> Option<&str>;

    /// The items of this page.
    fn into_items(self) -> Self::Items;
}
