//! A server that responds at once, from texts that it made before, on a thread of its own.

use std::collections::HashMap;
use std::future::IntoFuture as _;
use std::net::SocketAddr;
use std::sync::{Arc, mpsc};

use axum::Router;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::serve::Listener;
use rustls::pki_types::PrivateKeyDer;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// How many invitations are listed.
pub const INVITATIONS: usize = 100_000;
const PAGE: usize = 200;

/// Starts the server. Returns its URL, another one where it speaks TLS, and the certificate of that.
pub fn start() -> (String, String, Vec<u8>) {
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

/// A listener that speaks TLS.
struct Tls {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl Tls {
    /// The listener, and its certificate.
    async fn bind() -> (Self, Vec<u8>) {
        let signed = rcgen::generate_simple_self_signed(["localhost".to_owned()]);
        let signed = signed.expect("a certificate is made");
        let key = PrivateKeyDer::Pkcs8(signed.signing_key.serialize_der().into());
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("TLS has versions")
            .with_no_client_auth()
            .with_single_cert(vec![signed.cert.der().clone()], key);
        let acceptor = TlsAcceptor::from(Arc::new(
            config.expect("the key is that of the certificate"),
        ));
        let listener = bind().await;
        (Self { listener, acceptor }, signed.cert.der().to_vec())
    }
}

impl Listener for Tls {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let (stream, address) = Listener::accept(&mut self.listener).await;
            if let Ok(stream) = self.acceptor.accept(stream).await {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

async fn bind() -> TcpListener {
    let listener = TcpListener::bind("127.0.0.1:0").await;
    listener.expect("a port is free")
}

async fn serve(tell: mpsc::Sender<(String, String, Vec<u8>)>) {
    let pages = (0..INVITATIONS / PAGE).map(page).collect::<Vec<String>>();
    let app = Router::new()
        .route("/v1/customers/{customer}/userinvitations", get(list))
        .route(
            "/v1/customers/{customer}/userinvitations/{email}",
            get(|| async { json(invitation(7)) })
                .post(|| async { json("{\"done\":true}".to_owned()) }),
        )
        .with_state(Arc::new(pages));
    let listener = bind().await;
    let (tls, certificate) = Tls::bind().await;
    let port = |address: std::io::Result<SocketAddr>| address.expect("it has an address").port();
    let url = format!("http://127.0.0.1:{}", port(listener.local_addr()));
    let tls_url = format!("https://localhost:{}", port(tls.local_addr()));
    tell.send((url, tls_url, certificate))
        .expect("the benchmark waits");
    let (plain, tls) = (axum::serve(listener, app.clone()), axum::serve(tls, app));
    let (plain, tls) = tokio::join!(plain.into_future(), tls.into_future());
    plain.and(tls).expect("the server serves");
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
