//! The five methods: what each reads of a request, and its response, as JSON.

use std::sync::Arc;

use axum::http::StatusCode;
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};

use super::CloudIdentity;
use super::customer_state::{Invitation, Refused};
use super::filter::Filter;
use super::mask::Shape;
use super::order::Order;
use super::pages::{Listed, Place};
use super::route::Route;
use crate::error::ApiError;
use crate::locked;
use crate::method::Method;
use crate::query::Query;

/// How many invitations a page has if `pageSize` is not set.
const DEFAULT_PAGE: usize = 100;
/// How many it has at most.
const LARGEST_PAGE: usize = 200;

/// The longest address there can be.
const LONGEST_ADDRESS: usize = 254;

const INVITATION: Shape = Shape::Fields(&[
    ("name", Shape::Leaf),
    ("mailsSentCount", Shape::Leaf),
    ("state", Shape::Leaf),
    ("updateTime", Shape::Leaf),
]);

const LIST: Shape = Shape::Fields(&[
    ("userInvitations", INVITATION),
    ("nextPageToken", Shape::Leaf),
]);

const OPERATION: Shape = Shape::Fields(&[
    ("name", Shape::Leaf),
    ("metadata", Shape::Any),
    ("done", Shape::Leaf),
    ("error", Shape::Any),
    ("response", Shape::Any),
]);

/// Which fields a method's reply can have.
pub(crate) fn shape(method: Method) -> Shape {
    match method {
        Method::Get => INVITATION,
        Method::List => LIST,
        Method::IsInvitableUser => Shape::Fields(&[("isInvitableUser", Shape::Leaf)]),
        Method::Send | Method::Cancel => OPERATION,
        _ => Shape::Any,
    }
}

/// Executes a call whose caller is authorized. `endless`: the list has no last page.
pub(crate) fn carry_out(
    api: &CloudIdentity,
    route: &Route,
    query: &Query,
    endless: bool,
) -> Result<Value, ApiError> {
    let now = api.clock.now();
    if route.method == Method::List {
        return list(api, query, now, endless);
    }
    let address = address(&route.id)?;
    let mut state = locked(&api.customer_state);
    match route.method {
        Method::IsInvitableUser => Ok(match state.is_invitable(address) {
            true => json!({"isInvitableUser": true}),
            // As everywhere in the API, a value that is its type's default is left out.
            false => json!({}),
        }),
        Method::Send => state
            .send(address, now)
            .map(|sent| operation(api, &sent))
            .map_err(ApiError::from),
        Method::Cancel => state
            .cancel(address, now)
            .map(|cancelled| operation(api, &cancelled))
            .map_err(ApiError::from),
        _ => state
            .get(address, now)
            .map(|found| invitation(api, &found))
            .map_err(ApiError::from),
    }
}

fn list(
    api: &CloudIdentity,
    query: &Query,
    now: DateTime<Utc>,
    endless: bool,
) -> Result<Value, ApiError> {
    let filter_text = query.get("filter").unwrap_or_default();
    let order_text = query.get("orderBy").unwrap_or_default();
    let size = page_size(query.get("pageSize").unwrap_or("0"))?;
    let filter = Filter::parse(filter_text).map_err(|why| ApiError::invalid("filter", why))?;
    let order = Order::parse(order_text).map_err(|why| ApiError::invalid("orderBy", why))?;
    let asked = json!([filter_text, order_text, size]).to_string();
    let (listed, place) = match query.get("pageToken") {
        Some(token) => {
            let found = locked(&api.pages).resume(token, &asked);
            let (listed, place) = found.ok_or_else(|| {
                ApiError::invalid("pageToken", "no page of this query has this token")
            })?;
            (listed, Some(place))
        }
        None => {
            let listed = Listed {
                query: asked,
                invitations: collect(api, &filter, &order, now),
            };
            (Arc::new(listed), None)
        }
    };
    Ok(page(api, &listed, place, size, endless))
}

fn collect(
    api: &CloudIdentity,
    filter: &Filter,
    order: &Order,
    now: DateTime<Utc>,
) -> Vec<Arc<Invitation>> {
    let mut found: Vec<_> = locked(&api.customer_state)
        .shown(now)
        .filter(|invitation| filter.accepts(invitation.state))
        .cloned()
        .collect();
    order.sort(&mut found);
    found
}

fn page(
    api: &CloudIdentity,
    listed: &Arc<Listed>,
    place: Option<Place>,
    size: usize,
    endless: bool,
) -> Value {
    let all = &listed.invitations;
    let from = place.map_or(0, |place| usize::try_from(place.from).unwrap_or(all.len()));
    let to = from.saturating_add(size).min(all.len());
    let items = all.get(from..to).unwrap_or_default();
    let mut page = Map::new();
    // As everywhere in the API, a list without items is left out.
    if !items.is_empty() {
        let items = items.iter().map(|item| invitation(api, item)).collect();
        page.insert("userInvitations".to_owned(), items);
    }
    let next = match (to < all.len(), endless) {
        (true, _) => Some((to, 0)),
        (false, true) => Some((0, 1)),
        (false, false) => None,
    };
    if let Some((next, rounds)) = next {
        let mut pages = locked(&api.pages);
        let place = place.unwrap_or_else(|| pages.keep(listed));
        let token = pages.token(place.at(next, place.round.saturating_add(rounds)));
        page.insert("nextPageToken".to_owned(), token.into());
    }
    Value::Object(page)
}

fn page_size(text: &str) -> Result<usize, ApiError> {
    match text.parse::<i32>() {
        Ok(0) => Ok(DEFAULT_PAGE),
        Ok(size) if size > 0 => {
            Ok(usize::try_from(size).map_or(LARGEST_PAGE, |size| size.min(LARGEST_PAGE)))
        }
        Ok(_) => Err(ApiError::invalid("pageSize", "it is negative")),
        Err(_) => Err(ApiError::invalid("pageSize", "it is no 32-bit number")),
    }
}

fn address(text: &str) -> Result<&str, ApiError> {
    let is_address = text.len() <= LONGEST_ADDRESS
        && text.split_once('@').is_some_and(|(user, domain)| {
            !user.is_empty() && !domain.is_empty() && !domain.contains('@')
        })
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "/\\".contains(c));
    match is_address {
        true => Ok(text),
        false => Err(ApiError::invalid(
            "name",
            "its last part is no email address",
        )),
    }
}

fn invitation(api: &CloudIdentity, invitation: &Invitation) -> Value {
    let customer = &api.customer;
    let address = &invitation.address;
    let mut value = json!({
        "name": format!("customers/{customer}/userinvitations/{address}"),
        "state": invitation.state.as_str(),
        "updateTime": invitation.updated.to_rfc3339_opts(SecondsFormat::AutoSi, true),
    });
    // A 64-bit number is text in JSON, and left out where it is 0.
    if invitation.emails_sent > 0 {
        value["mailsSentCount"] = invitation.emails_sent.to_string().into();
    }
    value
}

/// What `send` and `cancel` did, which is done when they respond.
fn operation(api: &CloudIdentity, done: &Invitation) -> Value {
    let mut response = invitation(api, done);
    response["@type"] = "type.googleapis.com/google.apps.cloudidentity.v1.UserInvitation".into();
    json!({"done": true, "response": response})
}

/// The errors of the API.
impl From<Refused> for ApiError {
    fn from(refused: Refused) -> Self {
        let (reason, why) = match refused {
            Refused::NotFound => return Self::not_found("The user invitation"),
            Refused::NotInvitable => ("NOT_INVITABLE", "no unmanaged account of a verified domain"),
            Refused::Managed => ("ALREADY_ACCEPTED", "the user has accepted an invitation"),
            Refused::NotSent => ("NOT_SENT", "no invitation was sent"),
            Refused::Settled => ("ALREADY_ANSWERED", "the user has accepted or declined"),
        };
        Self::new(
            StatusCode::BAD_REQUEST,
            "FAILED_PRECONDITION",
            format!("Precondition check failed: {why}."),
        )
        .reason(reason)
        .detail(json!({
            "@type": "type.googleapis.com/google.rpc.PreconditionFailure",
            "violations": [{"type": reason, "description": why}],
        }))
    }
}
