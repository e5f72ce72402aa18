//! A customer's invitations, as a list.

use crate::runtime::{Items, Pages, RetryPolicy};

use super::api::requests::CustomersUserinvitationsList;
use super::api::types::ListUserInvitationsResponse;
use super::{CustomerName, Filter, Order, api};

/// The most invitations that a page may hold. The API counts a larger number as this one.
const MAX_PAGE_SIZE: i32 = 200;

/// A customer's invitations, to be listed.
///
/// Every unmanaged account has an invitation, also if it was never sent. Accounts and
/// domains appear 48 hours after they were created or verified.
#[derive(Clone, Debug)]
#[must_use = "nothing is called before the stream is polled"]
pub struct Invitations {
    request: CustomersUserinvitationsList,
    max_pages: Option<usize>,
}

impl Invitations {
    pub(super) fn new(api: &api::Client, customer: &CustomerName) -> Self {
        let request = api.customers().userinvitations().list(customer);
        let all = Self {
            request,
            max_pages: None,
        };
        all.page_size(MAX_PAGE_SIZE.unsigned_abs())
    }

    /// Only the accounts that are still unmanaged: all whose invitation was not accepted. It takes the place of another
    /// filter.
    pub fn unmanaged(self) -> Self {
        self.filter(Filter::unmanaged())
    }

    /// Only these invitations. It takes the place of another filter, also of [`unmanaged`](Self::unmanaged): one filter
    /// can have several conditions.
    pub fn filter(mut self, filter: impl Into<Filter>) -> Self {
        self.request = self.request.filter(filter.into().to_string());
        self
    }

    /// In this order; by address unless set.
    pub fn order_by(mut self, order: impl Into<Order>) -> Self {
        self.request = self.request.order_by(order.into().to_string());
        self
    }

    /// This many invitations a page: 200 unless set, which is also the most. For 0 the API chooses.
    pub fn page_size(mut self, size: u32) -> Self {
        let size = i32::try_from(size).unwrap_or(MAX_PAGE_SIZE);
        self.request = self.request.page_size(size.min(MAX_PAGE_SIZE));
        self
    }

    /// Goes on from the page that this token stands for. Filter, order and page size must be what
    /// they were when the token was given out.
    pub fn page_token(mut self, token: impl Into<String>) -> Self {
        self.request = self.request.page_token(token);
        self
    }

    /// Ends after this many pages.
    pub fn max_pages(mut self, pages: usize) -> Self {
        self.max_pages = Some(pages);
        self
    }

    /// Sets the retry policy of the request for each page.
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.request = self.request.retry_policy(policy);
        self
    }

    /// The pages, as a stream.
    pub fn pages(self) -> Pages<ListUserInvitationsResponse> {
        let pages = self.request.pages();
        match self.max_pages {
            Some(most) => pages.max_pages(most),
            None => pages,
        }
    }

    /// The invitations one by one, as a stream.
    pub fn items(self) -> Items<ListUserInvitationsResponse> {
        self.pages().items()
    }
}
