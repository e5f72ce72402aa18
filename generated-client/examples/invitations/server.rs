//! A server that knows just enough of the User Invitation API for the example.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// How many mails each account was sent.
type Mails = Arc<Mutex<BTreeMap<String, u64>>>;

/// Starts the server on a free port of this machine. Returns its URL.
pub async fn start() -> io::Result<String> {
    let accounts = ["editor", "painter", "reader", "singer", "writer"];
    let accounts = accounts.map(|name| (format!("{name}@altostrat.com"), 0));
    let mails: Mails = Arc::new(Mutex::new(accounts.into()));
    let app = Router::new()
        .route("/v1/customers/{customer}/userinvitations", get(list))
        .route(
            "/v1/customers/{customer}/userinvitations/{email}",
            get(read).post(send),
        )
        .with_state(mails);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(url)
}

async fn list(
    State(mails): State<Mails>,
    Path(customer): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Json<Value> {
    let number = |key: &str| query.get(key).and_then(|text| text.parse::<usize>().ok());
    let (start, size) = (
        number("pageToken").unwrap_or(0),
        number("pageSize").unwrap_or(100),
    );
    let mails = mails.lock().unwrap_or_else(PoisonError::into_inner);
    let all = mails
        .iter()
        .map(|(email, sent)| invitation(&customer, email, *sent));
    let page: Vec<Value> = all.skip(start).take(size).collect();
    let mut answer = json!({ "userInvitations": page });
    if start + size < mails.len() {
        answer["nextPageToken"] = json!((start + size).to_string());
    }
    Json(answer)
}

async fn read(
    State(mails): State<Mails>,
    Path((customer, email)): Path<(String, String)>,
) -> Result<Json<Value>, (StatusCode, Json<Value>)> {
    let mails = mails.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(email) = email.strip_suffix(":isInvitableUser") {
        return Ok(Json(
            json!({ "isInvitableUser": mails.contains_key(email) }),
        ));
    }
    match mails.get(&email) {
        Some(sent) => Ok(Json(invitation(&customer, &email, *sent))),
        None => Err(not_found()),
    }
}

async fn send(
    State(mails): State<Mails>,
    Path((_, target)): Path<(String, String)>,
) -> Result<Json<Value>, (StatusCode, Json<Value>)> {
    let email = target.strip_suffix(":send").ok_or_else(not_found)?;
    let mut mails = mails.lock().unwrap_or_else(PoisonError::into_inner);
    *mails.entry(email.to_owned()).or_default() += 1;
    Ok(Json(json!({ "done": true, "response": {} })))
}

fn invitation(customer: &str, email: &str, sent: u64) -> Value {
    json!({
        "name": format!("customers/{customer}/userinvitations/{email}"),
        "mailsSentCount": sent.to_string(),
        "state": if sent > 0 { "INVITED" } else { "NOT_YET_SENT" },
        "updateTime": "2026-11-22T02:08:57.123456789Z",
    })
}

fn not_found() -> (StatusCode, Json<Value>) {
    let error = json!({ "code": 404, "message": "Not found.", "status": "NOT_FOUND" });
    (StatusCode::NOT_FOUND, Json(json!({ "error": error })))
}
