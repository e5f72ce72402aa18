//! The organization's invitations, as a list.

use std::fmt;

use super::api::requests::ListIamV2Invitations;
use super::api::types::IamV2InvitationList;
use super::{Status, api};
use crate::runtime::{Items, Pages, RetryPolicy};

/// The most invitations that a page may hold.
const MAX_PAGE_SIZE: u32 = 100;

/// The organization's invitations, to be listed. Each filter is an exact match, and all of them hold.
#[derive(Clone)]
#[must_use = "nothing is called before the stream is polled"]
pub struct Invitations {
    request: ListIamV2Invitations,
    max_pages: Option<usize>,
}

/// A filter may hold a person's address.
impl fmt::Debug for Invitations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Invitations").finish_non_exhaustive()
    }
}

impl Invitations {
    pub(super) fn new(api: &api::Client) -> Self {
        let request = api.invitations_iam_v2().list_iam_v2_invitations();
        let all = Self {
            request,
            max_pages: None,
        };
        all.page_size(MAX_PAGE_SIZE)
    }

    /// Only invitations to this address.
    pub fn email(mut self, email: impl Into<String>) -> Self {
        self.request = self.request.email(email);
        self
    }

    /// Only invitations of this status.
    pub fn status(mut self, status: &Status) -> Self {
        self.request = self.request.status(status.as_str());
        self
    }

    /// Only invitations of this user, by id.
    pub fn user(mut self, id: impl Into<String>) -> Self {
        self.request = self.request.user(id);
        self
    }

    /// Only invitations that this user made, by id.
    pub fn creator(mut self, id: impl Into<String>) -> Self {
        self.request = self.request.creator(id);
        self
    }

    /// This many invitations a page: 100 unless set, which is also the most.
    pub fn page_size(mut self, size: u32) -> Self {
        self.request = self.request.page_size(size.min(MAX_PAGE_SIZE).into());
        self
    }

    /// Goes on from the page that this token stands for.
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

    /// The pages, as a stream. The server says where the next page is; only the token in that URL is
    /// used, and only if it is one of the same server.
    pub fn pages(self) -> Pages<IamV2InvitationList> {
        let pages = self.request.pages();
        match self.max_pages {
            Some(most) => pages.max_pages(most),
            None => pages,
        }
    }

    /// The invitations one by one, as a stream.
    pub fn items(self) -> Items<IamV2InvitationList> {
        self.pages().items()
    }
}
