//! The layer around both APIs: it counts each request, and has go wrong what was asked for, before the API
//! is called, instead of it, or afterwards.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Body;
use axum::http::Response;
use axum::http::request::Parts;

use super::{Fault, Plan, distort, replies};
use crate::clock::Clock;
use crate::counters::Counters;
use crate::error::ApiError;
use crate::locked;
use crate::method::Method;
use crate::reply::Broken;
use crate::request;

/// The head of a reply, and its text.
pub(crate) type Reply = (Response<Body>, String);

/// An API that the layer is around.
pub(crate) trait Api {
    /// What a path says besides the method.
    type Route;

    /// Which method a request calls; the reply where it calls none.
    fn route(&self, parts: &Parts) -> Result<(Method, Self::Route), Box<Reply>>;

    /// The reply of a fault that comes instead of the call, where the API has one of its own.
    fn instead(&self, _fault: &Fault) -> Option<Reply> {
        None
    }

    /// Carries a call out.
    fn respond(&self, call: &Call<'_, Self::Route>, body: Result<Vec<u8>, ApiError>) -> Reply;
}

/// A call that is carried out.
pub(crate) struct Call<'a, R> {
    pub method: Method,
    pub route: R,
    pub parts: &'a Parts,
    pub fault: Option<&'a Fault>,
    /// Where redirects lead.
    pub elsewhere: &'a str,
}

/// What the layer knows. None of its locks is held while another one is taken.
#[derive(Debug)]
pub(crate) struct Layer {
    pub clock: Arc<Clock>,
    /// How long the rest of a request may take to come.
    pub request_timeout: Duration,
    /// Where redirects lead.
    pub elsewhere: String,
    pub plan: Mutex<Plan>,
    pub counters: Mutex<Counters>,
    /// How many requests were redirected, and came.
    pub redirected: AtomicU64,
}

impl Layer {
    /// Responds to a request to an API.
    pub(crate) async fn respond(&self, api: &impl Api, parts: Parts, body: Body) -> Response<Body> {
        let (method, route) = match api.route(&parts) {
            Ok(found) => found,
            Err(reply) => {
                // A body that is not read would reset the connection before the response is read.
                let _ = request::body(&parts, body, self.request_timeout).await;
                return whole(*reply);
            }
        };
        let fault = self.meet(method, &parts);
        if fault == Some(Fault::ResetBefore) {
            return Broken::reset();
        }
        let body = request::body(&parts, body, self.request_timeout).await;
        if let Some(instead) = fault.as_ref().and_then(|it| self.instead(api, it, &parts)) {
            return instead;
        }
        let call = Call {
            method,
            route,
            parts: &parts,
            fault: fault.as_ref(),
            elsewhere: &self.elsewhere,
        };
        let (reply, text) = api.respond(&call, body);
        match &fault {
            Some(fault) => distort::reply(fault, reply, &text),
            None => whole((reply, text)),
        }
    }

    /// Counts the request, and says what goes wrong with it.
    fn meet(&self, method: Method, parts: &Parts) -> Option<Fault> {
        let query = parts.uri.query().unwrap_or_default();
        let has_page_token = query
            .split('&')
            .any(|pair| pair.starts_with("pageToken=") || pair.starts_with("page_token="));
        let fault = locked(&self.plan).next(method, has_page_token);
        let mut counters = locked(&self.counters);
        counters.request(method);
        if fault.is_some() {
            counters.fault(method);
        }
        fault
    }

    /// The reply, if the fault comes instead of the call.
    fn instead(&self, api: &impl Api, fault: &Fault, parts: &Parts) -> Option<Response<Body>> {
        // A date that a client compares with its own clock.
        let now = self.clock.unmoved();
        api.instead(fault)
            .map(whole)
            .or_else(|| replies::instead(fault, &parts.uri, &self.elsewhere, now))
    }

    /// Counts a request that was redirected.
    pub(crate) fn count_redirected(&self) {
        self.redirected.fetch_add(1, Ordering::Relaxed);
    }
}

fn whole((reply, text): Reply) -> Response<Body> {
    reply.map(|_| Body::from(text))
}
