//! Page tokens, and the lists that they continue.
//!
//! A list is what it was when its first page was read: what changes meanwhile moves nothing from one
//! page to another. A token says which list, and where in it; it is good for the query that made it.

use std::collections::VecDeque;
use std::sync::Arc;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::Rng as _;
use rand::rngs::ChaCha8Rng;

use super::customer_state::Invitation;

/// How many invitations are kept in all lists together. The oldest lists are given up first.
const KEPT: usize = 2_000_000;

/// The invitations of one list, in its order.
#[derive(Debug)]
pub(crate) struct Listed {
    /// What was asked for.
    pub query: String,
    pub invitations: Vec<Arc<Invitation>>,
}

/// A place in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    list: u64,
    pub from: u64,
    /// How often an endless list has begun again.
    pub round: u64,
}

impl Place {
    /// Another place in the same list.
    pub(crate) fn at(self, from: usize, round: u64) -> Self {
        Self {
            list: self.list,
            from: from as u64,
            round,
        }
    }
}

/// The lists that can be continued.
#[derive(Debug)]
pub(crate) struct Pages {
    key: hmac::Key,
    lists: VecDeque<(u64, Arc<Listed>)>,
    next_list: u64,
    kept: usize,
}

impl Pages {
    pub(crate) fn new(random: &mut ChaCha8Rng) -> Self {
        let mut secret = [0; 32];
        random.fill_bytes(&mut secret);
        Self {
            key: hmac::Key::new(hmac::HMAC_SHA256, &secret),
            lists: VecDeque::new(),
            next_list: 0,
            kept: 0,
        }
    }

    /// Keeps a list of more than one page, and returns its beginning.
    pub(crate) fn keep(&mut self, listed: &Arc<Listed>) -> Place {
        let list = self.next_list;
        self.next_list += 1;
        self.kept += listed.invitations.len();
        self.lists.push_back((list, Arc::clone(listed)));
        while self.kept > KEPT && self.lists.len() > 1 {
            if let Some((_, oldest)) = self.lists.pop_front() {
                self.kept -= oldest.invitations.len();
            }
        }
        Place {
            list,
            from: 0,
            round: 0,
        }
    }

    /// The list that a token continues, and where. `None` for a token of another query, of another
    /// server, of a list that was given up, or of nothing at all.
    pub(crate) fn resume(&self, token: &str, query: &str) -> Option<(Arc<Listed>, Place)> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (place, tag) = bytes.split_first_chunk::<24>()?;
        hmac::verify(&self.key, place, tag).ok()?;
        let place = Place {
            list: number(place, 0)?,
            from: number(place, 8)?,
            round: number(place, 16)?,
        };
        let at = self
            .lists
            .binary_search_by_key(&place.list, |(list, _)| *list)
            .ok()?;
        let (_, listed) = self.lists.get(at)?;
        (listed.query == query).then(|| (Arc::clone(listed), place))
    }

    pub(crate) fn token(&self, place: Place) -> String {
        let mut bytes = Vec::with_capacity(56);
        for number in [place.list, place.from, place.round] {
            bytes.extend(number.to_be_bytes());
        }
        bytes.extend(hmac::sign(&self.key, &bytes).as_ref());
        URL_SAFE_NO_PAD.encode(bytes)
    }
}

fn number(bytes: &[u8], from: usize) -> Option<u64> {
    let bytes = bytes.get(from..from + 8)?.try_into().ok()?;
    Some(u64::from_be_bytes(bytes))
}
