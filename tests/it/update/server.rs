//! A server on loopback that publishes a document, or does not.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::thread;
use std::time::Duration;

/// What the server sends.
#[derive(Clone)]
pub struct Response {
    status: u16,
    kind: &'static str,
    body: String,
    /// How much of the body is sent.
    length: usize,
    location: Option<String>,
    slow: bool,
}

/// A document.
pub fn document(text: &str) -> Response {
    Response {
        status: 200,
        kind: "application/json",
        length: text.len(),
        body: text.to_owned(),
        location: None,
        slow: false,
    }
}

/// A web page.
pub fn html() -> Response {
    Response {
        kind: "text/html",
        ..document("<!DOCTYPE html><title>Library</title>")
    }
}

/// A redirect; what is sent at `/newer` is the text.
pub fn redirect(to: &str, text: &str) -> Response {
    Response {
        location: Some(to.to_owned()),
        ..document(text)
    }
}

impl Response {
    /// The connection is closed after so many bytes of the body.
    pub fn cut(self, length: usize) -> Self {
        Self { length, ..self }
    }

    /// It comes byte by byte.
    pub fn slow(self) -> Self {
        Self { slow: true, ..self }
    }

    pub fn status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    /// All bytes of the response to a request for a path.
    fn bytes(&self, path: &str) -> Vec<u8> {
        let reason = if self.status == 404 {
            "Not Found"
        } else {
            "OK"
        };
        let head = match &self.location {
            Some(to) if path != "/newer" => format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\n"),
            _ => format!("HTTP/1.1 {} {reason}\r\n", self.status),
        };
        let body = if head.contains("302") { "" } else { &self.body };
        let length = self.length.min(body.len());
        let (kind, whole) = (self.kind, body.len());
        let head = format!(
            "{head}content-type: {kind}\r\ncontent-length: {whole}\r\nconnection: close\r\n\r\n"
        );
        [head.as_bytes(), &body.as_bytes()[..length]].concat()
    }
}

/// A server that sends the same to every request, at most twelve times.
pub struct Server(SocketAddr);

impl Server {
    pub fn start(response: Response) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            for connection in listener.incoming().take(12) {
                let Ok(mut connection) = connection else {
                    return;
                };
                let mut request = [0; 4096];
                let read = connection.read(&mut request).unwrap_or_default();
                let request = String::from_utf8_lossy(&request[..read]).into_owned();
                let path = request.split(' ').nth(1).unwrap_or_default();
                let bytes = response.bytes(path);
                if !response.slow {
                    let _ = connection.write_all(&bytes);
                    continue;
                }
                for byte in bytes.chunks(1).take(400) {
                    thread::sleep(Duration::from_millis(20));
                    if connection.write_all(byte).is_err() {
                        break;
                    }
                }
            }
        });
        Self(address)
    }

    pub fn url(&self) -> String {
        format!("http://{}/api.json", self.0)
    }
}
