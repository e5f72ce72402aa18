//! The credentials of attempts.

use std::sync::Arc;
use std::time::Instant;

use http::HeaderName;

use crate::error::Error;
use crate::retry_state::RetryState;
use crate::{Authorization, Client};

/// The project whose quota a call counts against.
const QUOTA_PROJECT: HeaderName = HeaderName::from_static("x-goog-user-project");

/// Sets the credentials of the client in a request, where it has any.
pub(super) async fn authorize(
    client: &Client,
    request: &mut reqwest::Request,
    deadline: Instant,
) -> Result<Option<Arc<Authorization>>, Error> {
    let Some(credentials) = &client.shared.credentials else {
        return Ok(None);
    };
    let caller = credentials.get(&client.token_client(deadline)).await?;
    caller.apply(request);
    if let Some(project) = client
        .shared
        .quota_project
        .as_ref()
        .or(caller.quota_project.as_ref())
    {
        request.headers_mut().insert(QUOTA_PROJECT, project.clone());
    }
    Ok(Some(caller))
}

/// Fetches the credentials again that the server has rejected, once in a call: an attempt that fails with
/// 401 was not executed. Returns whether they are other ones now.
pub(super) async fn reauthenticate(
    client: &Client,
    state: &mut RetryState<'_>,
    error: &Error,
    caller: Option<Arc<Authorization>>,
) -> bool {
    let (Some(credentials), Some(caller)) = (&client.shared.credentials, caller) else {
        return false;
    };
    if !error.is_unauthenticated() || !state.may_reauthenticate() {
        return false;
    }
    credentials.rejected(&caller);
    let renewed = credentials
        .get(&client.token_client(state.deadline()))
        .await;
    renewed.is_ok_and(|renewed| !renewed.is_as(&caller))
}
