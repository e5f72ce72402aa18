//! Faults that come after the call: what they do to the response.

use axum::body::Body;
use axum::http::Response;
use axum::http::header::CONTENT_ENCODING;
use serde_json::{Value, json};

use super::body::{Drip, End};
use super::{Fault, bomb};
use crate::query::Query;
use crate::reply::{self, Broken};

/// Into how many pieces a slow body is cut, or a few more.
const PIECES: usize = 16;

/// Changes what a response says.
pub(crate) fn distort(fault: &Fault, query: &Query, response: &mut Value) {
    match fault {
        Fault::UnknownEnumValue => everywhere(response, &mut |object| {
            if let Some(state) = object.get_mut("state") {
                *state = "STATE_FROM_THE_FUTURE".into();
            }
            if let Some(status) = object.get_mut("status") {
                *status = "STATUS_FROM_THE_FUTURE".into();
            }
        }),
        Fault::UnknownField => everywhere(response, &mut |object| {
            let value = json!({"since": "the next version", "parts": [1, null, true]});
            object.insert("fieldFromTheFuture".to_owned(), value);
        }),
        Fault::FailedOperation => {
            let error = json!({"code": 13, "message": "The work was done, and then it failed."});
            *response = json!({"done": true, "error": error});
        }
        Fault::RepeatedPageToken => {
            response["nextPageToken"] = query.get("pageToken").into();
        }
        _ => {}
    }
}

/// Changes how a reply is sent.
pub(crate) fn reply(fault: &Fault, reply: Response<Body>, text: &str) -> Response<Body> {
    let bytes = text.as_bytes();
    let middle = bytes.len() / 2;
    let half = || bytes.get(..middle).unwrap_or_default().to_vec();
    let body = match fault {
        Fault::ResetAfter => return Broken::reset(),
        Fault::ResetInResponse => {
            let body = Drip::new([half()], End::Broken).promising(bytes.len());
            return Broken::in_body(reply, Body::new(body));
        }
        Fault::EmptyBody => Body::empty(),
        Fault::CutOffJson => Body::from(half()),
        Fault::SlowBody(pause) => {
            let pieces = bytes.chunks(bytes.len().div_ceil(PIECES).max(1));
            let pieces = pieces.map(<[u8]>::to_vec);
            let body = Drip::new(pieces, End::Finished).pausing(*pause);
            Body::new(body.promising(bytes.len()))
        }
        Fault::EndlessBody => Body::new(Drip::new([half()], End::Never)),
        Fault::CompressedBomb => {
            let mut reply = reply;
            reply::set_header(&mut reply, CONTENT_ENCODING, "gzip");
            return reply.map(|_| Body::from(bomb::gigabyte()));
        }
        _ => Body::from(bytes.to_vec()),
    };
    reply.map(|_| body)
}

/// Visits every object of a value.
fn everywhere(value: &mut Value, change: &mut dyn FnMut(&mut serde_json::Map<String, Value>)) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| everywhere(item, change)),
        Value::Object(fields) => {
            fields
                .values_mut()
                .for_each(|field| everywhere(field, change));
            change(fields);
        }
        _ => {}
    }
}
