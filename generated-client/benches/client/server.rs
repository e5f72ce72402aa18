//! A server that answers at once, from texts that it made before, on a thread of its own.

use std::collections::HashMap;
use std::sync::{Arc, mpsc};

use axum::Router;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// How many invitations are listed.
pub const INVITATIONS: usize = 100_000;
const PAGE: usize = 200;

/// Starts the server. Returns its URL.
pub fn start() -> String {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime is built");
        runtime.block_on(serve(tell));
    });
    told.recv().expect("the server starts")
}

async fn serve(tell: mpsc::Sender<String>) {
    let pages = (0..INVITATIONS / PAGE).map(page).collect::<Vec<String>>();
    let app = Router::new()
        .route("/v1/customers/{customer}/userinvitations", get(list))
        .route(
            "/v1/customers/{customer}/userinvitations/{email}",
            get(|| async { json(invitation(7)) })
                .post(|| async { json("{\"done\":true}".to_owned()) }),
        )
        .with_state(Arc::new(pages));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
    let listener = listener.expect("a port is free");
    let address = listener.local_addr().expect("it has an address");
    tell.send(format!("http://{address}"))
        .expect("somebody waits");
    axum::serve(listener, app).await.expect("the server serves");
}

async fn list(
    State(pages): State<Arc<Vec<String>>>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let token = query.get("pageToken").and_then(|token| token.parse().ok());
    let page: usize = token.unwrap_or(0);
    json(pages[page].clone())
}

fn page(number: usize) -> String {
    let invitations: Vec<String> = (number * PAGE..(number + 1) * PAGE)
        .map(invitation)
        .collect();
    let next = match number + 1 {
        next if next < INVITATIONS / PAGE => format!(",\"nextPageToken\":\"{next}\""),
        _ => String::new(),
    };
    format!("{{\"userInvitations\":[{}]{next}}}", invitations.join(","))
}

fn invitation(number: usize) -> String {
    format!(
        "{{\"name\":\"customers/C00000000/userinvitations/user{number}@altostrat.com\",\
         \"mailsSentCount\":\"{}\",\"state\":\"INVITED\",\
         \"updateTime\":\"2026-11-22T02:08:57.123456Z\"}}",
        number % 3
    )
}

fn json(text: String) -> Response {
    ([("content-type", "application/json")], text).into_response()
}
