//! The operations: list, create, get, delete.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::organization::{Invitation, Organization};
use super::response::{ConfluentResponse, at_fault, failure};
use super::{ConfluentCloud, credentials};
use crate::faults::{Call, Fault, Hint};
use crate::locked;
use crate::method::Method;
use crate::query::Query;

const PAGE_SIZE: usize = 10;
const MAX_PAGE_SIZE: usize = 100;
const TYPES: [&str; 2] = ["AUTH_TYPE_LOCAL", "AUTH_TYPE_SSO"];
/// What a query may hold: by the names that it has once it was read.
const PARAMETERS: [&str; 6] = [
    "creator",
    "email",
    "pageSize",
    "pageToken",
    "status",
    "user",
];

impl ConfluentCloud {
    /// Carries a call out.
    pub(crate) fn carry_out(
        &self,
        call: &Call<'_, String>,
        query: &Query,
        body: &[u8],
    ) -> ConfluentResponse {
        let now = self.clock.now();
        let organization = &mut *locked(&self.organization);
        if !organization.count(now) {
            let (_, _, reset) = organization.limits(now);
            let seconds = reset.try_into().unwrap_or(u32::MAX);
            return ConfluentResponse::too_many(Hint::Seconds(seconds));
        }
        if call.method == Method::ConfluentToken {
            return credentials::exchange(organization, call.parts, body, now);
        }
        if let Err(refused) = credentials::check(organization, call.parts, now) {
            return refused;
        }
        let elsewhere = |wanted: &Fault| (call.fault == Some(wanted)).then_some(call.elsewhere);
        match call.method {
            Method::ConfluentList => list(organization, query, elsewhere(&Fault::ForeignNext), now),
            Method::ConfluentCreate => {
                create(organization, body, elsewhere(&Fault::ForeignLocation), now)
            }
            Method::ConfluentGet => get(organization, &call.route, now),
            _ => delete(organization, &call.route, now),
        }
    }
}

fn get(organization: &Organization, id: &str, now: DateTime<Utc>) -> ConfluentResponse {
    match organization.present(now).find(|(known, _)| *known == id) {
        Some((id, invitation)) => ConfluentResponse::ok(organization.show(id, invitation, now)),
        None => failure(404, "not_found", "There is no such invitation."),
    }
}

fn delete(organization: &mut Organization, id: &str, now: DateTime<Utc>) -> ConfluentResponse {
    if !organization.present(now).any(|(known, _)| known == id) {
        return failure(404, "not_found", "There is no such invitation.");
    }
    if let Some(invitation) = organization.invitations.get_mut(id) {
        invitation.gone.get_or_insert(now);
    }
    ConfluentResponse::new(204, None)
}

fn create(
    organization: &mut Organization,
    body: &[u8],
    elsewhere: Option<&str>,
    now: DateTime<Utc>,
) -> ConfluentResponse {
    let (email, kind) = match wish(body) {
        Ok(wish) => wish,
        Err(refused) => return refused,
    };
    let open = |status: &str| status == "INVITE_STATUS_SENT" || status == "INVITE_STATUS_ACCEPTED";
    let existing = organization
        .present(now)
        .find(|(_, it)| it.email == email && open(it.status(now)));
    if let Some((id, _)) = existing {
        let url = organization.url(id);
        let url = elsewhere.map_or(url.clone(), |base| {
            url.replacen(&organization.base_url, base, 1)
        });
        return failure(409, "resource_already_exists", "They were invited already.").location(url);
    }
    if organization.present(now).count() >= organization.quota {
        return failure(
            402,
            "quota_exceeded",
            "The organization may have no more invitations.",
        );
    }
    let id = organization.invite(&email, &kind, now);
    let shown = organization
        .invitations
        .get(&id)
        .map(|it| organization.show(&id, it, now));
    ConfluentResponse::new(201, shown).location(organization.url(&id))
}

fn list(
    organization: &Organization,
    query: &Query,
    elsewhere: Option<&str>,
    now: DateTime<Utc>,
) -> ConfluentResponse {
    let (start, size) = match page_of(query) {
        Ok(page) => page,
        Err(name) => {
            let source = json!({ "parameter": name });
            return at_fault(
                400,
                "invalid_filter",
                "A parameter is not as it has to be.",
                source,
            );
        }
    };
    let found = matching(organization, query, now);
    let page = found.iter().skip(start).take(size);
    let data: Vec<_> = page
        .map(|(id, it)| organization.show(id, it, now))
        .collect();
    let base = elsewhere.unwrap_or(&organization.base_url);
    let url = |start: usize| {
        format!(
            "{base}{}?page_size={size}&page_token=p-{start}",
            super::INVITATIONS
        )
    };
    let next = (start + size < found.len()).then(|| url(start + size));
    let prev = (start > 0).then(|| url(start.saturating_sub(size)));
    ConfluentResponse::ok(json!({
        "api_version": "iam/v2",
        "kind": "InvitationList",
        "metadata": { "first": url(0), "last": null, "prev": prev, "next": next, "total_size": found.len() },
        "data": data,
    }))
}

/// Where the page begins that a query asks for, and its size; or the parameter that is not as it has to be.
fn page_of(query: &Query) -> Result<(usize, usize), &str> {
    if let Some(name) = query.names().find(|name| !PARAMETERS.contains(name)) {
        return Err(name);
    }
    let size = query
        .get("pageSize")
        .map_or(Some(PAGE_SIZE), |size| size.parse().ok());
    let size = size.filter(|size| *size > 0).ok_or("page_size")?;
    let start = query
        .get("pageToken")
        .map_or(Some(0), |token| token.strip_prefix("p-")?.parse().ok());
    Ok((start.ok_or("page_token")?, size.min(MAX_PAGE_SIZE)))
}

/// The invitations that every filter of a query lets through.
fn matching<'a>(
    organization: &'a Organization,
    query: &Query,
    now: DateTime<Utc>,
) -> Vec<(&'a String, &'a Invitation)> {
    let user = |id: &str| id.replacen("i-", "u-", 1);
    let same = |name: &str, value: &str| query.get(name).is_none_or(|wanted| wanted == value);
    let filtered = organization.present(now).filter(|(id, it)| {
        same("email", &it.email)
            && same("status", it.status(now))
            && same("user", &user(id))
            && same("creator", "u-fake")
    });
    filtered.collect()
}

/// Who is to be invited, and how they will sign in.
fn wish(body: &[u8]) -> Result<(String, String), ConfluentResponse> {
    let Ok(Value::Object(wish)) = serde_json::from_slice(body) else {
        return Err(failure(
            400,
            "bad_request",
            "The body is no object of JSON.",
        ));
    };
    let invalid = |pointer: &str| {
        let source = json!({ "pointer": pointer });
        at_fault(
            422,
            "invalid_configuration",
            "A property is not as it has to be.",
            source,
        )
    };
    let email = wish.get("email").and_then(Value::as_str);
    let email = email
        .filter(|it| it.contains('@'))
        .ok_or_else(|| invalid("/email"))?;
    let kind = wish.get("auth_type").map_or(Some(TYPES[0]), Value::as_str);
    let kind = kind.filter(|kind| TYPES.contains(kind));
    let kind = kind.ok_or_else(|| invalid("/auth_type"))?;
    Ok((email.to_owned(), kind.to_owned()))
}
