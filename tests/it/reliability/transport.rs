//! Connections that are set up in a caller's own way: proxies, authorities, client certificates.

use std::sync::Arc;

use axum::Router;
use axum::serve::Listener;
use generated_client::cloudidentity::Client;
use generated_client::runtime::{Error, RetryPolicy};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use reqwest::ClientBuilder;
use rustls::RootCertStore;
use rustls::pki_types::PrivateKeyDer;
use rustls::server::WebPkiClientVerifier;
use tests::recorder::{Recorder, ResponseTemplate};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::{ADA, VirtualClock};
use crate::support::holding;

pub type Authority = CertifiedIssuer<'static, KeyPair>;

/// An authority that nobody trusts unless told.
pub fn authority() -> Authority {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A certificate of this machine, and its key.
fn certificate(authority: &Authority) -> (rcgen::Certificate, KeyPair) {
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    (params.signed_by(&key, authority).unwrap(), key)
}

/// A listener that speaks TLS. Connections on which that fails are forgotten.
struct Tls {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl Listener for Tls {
    type Io = TlsStream<TcpStream>;
    type Addr = std::net::SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let (connection, address) = self.listener.accept().await.unwrap();
            if let Ok(connection) = self.acceptor.accept(connection).await {
                return (connection, address);
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}

/// A server with a certificate of this authority, which asks every client for one of it too if
/// `mutual`. Returns its URL.
pub async fn serve(authority: &Authority, mutual: bool) -> String {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = rustls::ServerConfig::builder_with_provider(provider.clone());
    let builder = builder.with_safe_default_protocol_versions().unwrap();
    let builder = if mutual {
        let mut roots = RootCertStore::empty();
        roots.add(authority.der().clone()).unwrap();
        let verifier = WebPkiClientVerifier::builder_with_provider(roots.into(), provider);
        builder.with_client_cert_verifier(verifier.build().unwrap())
    } else {
        builder.with_no_client_auth()
    };
    let (certificate, key) = certificate(authority);
    let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
    let config = builder.with_single_cert(vec![certificate.der().clone()], key);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!(
        "https://localhost:{}",
        listener.local_addr().unwrap().port()
    );
    let acceptor = TlsAcceptor::from(Arc::new(config.unwrap()));
    let tls = Tls { listener, acceptor };
    let app = Router::new().fallback(|| async { "{}" });
    tokio::spawn(async move { axum::serve(tls, app).await });
    url
}

/// What a call of a client with this connection ends in.
async fn outcome(
    base_url: &str,
    http: impl Fn(ClientBuilder) -> ClientBuilder + Send + Sync + 'static,
) -> Result<(), Error> {
    let client = Client::builder()
        .base_url(base_url)
        .http(http)
        .retry_policy(RetryPolicy::once())
        .clock(VirtualClock::default());
    let invitation = client.build()?.customer("C1")?.invitation(ADA)?;
    invitation.send().await.map(drop)
}

pub fn trusting(authority: &Authority) -> impl Fn(ClientBuilder) -> ClientBuilder + Clone + use<> {
    let root = reqwest::Certificate::from_der(authority.der()).unwrap();
    move |http| http.tls_certs_only([root.clone()])
}

#[tokio::test]
async fn a_private_authority_is_trusted_only_when_configured() {
    let authority = authority();
    let url = serve(&authority, false).await;
    outcome(&url, trusting(&authority)).await.unwrap();
    let nobody = outcome(&url, |http| http).await;
    let stranger = outcome(&url, trusting(&self::authority())).await;
    for outcome in [nobody, stranger] {
        let error = outcome.unwrap_err();
        // It is known that nothing was sent.
        assert_eq!(holding(&error), "connect");
        let text = format!("{error:?}");
        assert!(!text.contains(ADA) && !text.contains("localhost"), "{text}");
    }
}

#[tokio::test]
async fn client_certificates_are_presented() {
    let authority = authority();
    let url = serve(&authority, true).await;
    let (certificate, key) = certificate(&authority);
    let pem = format!("{}{}", key.serialize_pem(), certificate.pem());
    let identity = reqwest::Identity::from_pem(pem.as_bytes()).unwrap();
    let trusts = trusting(&authority);
    let http = move |http| trusts(http).identity(identity.clone());
    outcome(&url, http).await.unwrap();
    outcome(&url, trusting(&authority)).await.unwrap_err();
}

#[tokio::test]
async fn the_tls_provider_can_be_chosen() {
    let authority = authority();
    let url = serve(&authority, false).await;
    let mut roots = RootCertStore::empty();
    roots.add(authority.der().clone()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let http = move |http: ClientBuilder| http.tls_backend_preconfigured(config.clone());
    outcome(&url, http).await.unwrap();
}

#[tokio::test]
async fn configured_proxies_are_used() {
    let proxy = Recorder::start([ResponseTemplate::ok("{}")]).await.unwrap();
    let through = |proxy: &Recorder| {
        let proxy = reqwest::Proxy::all(proxy.base_url()).unwrap();
        move |http: ClientBuilder| http.proxy(proxy.clone())
    };
    // No server listens there: every response comes from the proxy.
    outcome("http://127.0.0.1:1", through(&proxy))
        .await
        .unwrap();
    let received = proxy.take();
    assert_eq!(received.len(), 1);
    assert!(
        received[0]
            .target
            .starts_with("http://127.0.0.1:1/v1/customers/C1")
    );

    // Through a proxy that refuses the tunnel, nothing reaches it but the name of the host.
    let refusing = Recorder::start([ResponseTemplate::new(403, "")])
        .await
        .unwrap();
    let error = outcome("https://localhost:1", through(&refusing))
        .await
        .unwrap_err();
    assert!(error.is_connect() && !error.is_outcome_unknown());
    for request in refusing.take() {
        assert_eq!(
            (request.method.as_str(), request.header("authorization")),
            ("CONNECT", None)
        );
    }
}
