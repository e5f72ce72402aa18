//! The `orderBy` of a list: `email` or `update_time`, `asc` or `desc`; one key, no more.

use std::sync::Arc;

use super::customer_state::Invitation;

/// By what a list is sorted.
#[derive(Debug, Default)]
pub(crate) struct Order {
    by_update_time: bool,
    descending: bool,
}

impl Order {
    /// Reads an order, also in the quotes of Google's sample. An error says what is wrong.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let inner = ['\'', '"']
            .into_iter()
            .find_map(|quote| text.strip_prefix(quote)?.strip_suffix(quote))
            .unwrap_or(text);
        let mut words = inner.split_whitespace();
        let by_update_time = match words.next() {
            None | Some("email") => false,
            Some("update_time" | "updateTime") => true,
            Some(_) => return Err("a list is sorted by `email` or by `update_time`".to_owned()),
        };
        let descending = match words.next() {
            None => false,
            Some(word) if word.eq_ignore_ascii_case("asc") => false,
            Some(word) if word.eq_ignore_ascii_case("desc") => true,
            Some(_) => return Err("a direction is `asc` or `desc`".to_owned()),
        };
        match words.next() {
            None => Ok(Self {
                by_update_time,
                descending,
            }),
            Some(_) => Err("a list is sorted by one key".to_owned()),
        }
    }

    /// Sorts what comes by address. Of those that changed at one time, the address decides.
    pub(crate) fn sort(&self, invitations: &mut [Arc<Invitation>]) {
        match (self.by_update_time, self.descending) {
            (false, false) => {}
            (false, true) => invitations.reverse(),
            (true, false) => invitations.sort_by_key(|invitation| invitation.updated),
            (true, true) => {
                invitations.sort_by_key(|invitation| std::cmp::Reverse(invitation.updated));
            }
        }
    }
}
