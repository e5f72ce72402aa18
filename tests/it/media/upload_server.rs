//! A server that knows the protocol of resumable uploads, and breaks connections when it is told to.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What goes wrong with a request that sends media or asks for its state.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// The connection ends when so much of the body is read, which is kept.
    Cut(usize),
    /// Nothing is kept, and this is the status.
    Status(u16),
    /// So much is kept, and no more.
    Keep(usize),
    /// All is kept, and this is the status.
    Done(u16),
    /// What was kept is lost.
    Forget,
}

#[derive(Default)]
pub struct State {
    /// What goes wrong with the next requests, the last one first.
    pub faults: Vec<Fault>,
    /// The body of the request that announces the upload.
    pub message: String,
    /// The media type and the length that it announces.
    pub announced: (String, u64),
    pub kept: Vec<u8>,
    pub all_authorized: bool,
}

pub struct UploadServer {
    url: String,
    state: Arc<Mutex<State>>,
}

impl UploadServer {
    pub async fn start(faults: &[Fault]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State {
            faults: faults.iter().rev().copied().collect(),
            all_authorized: true,
            ..State::default()
        }));
        let (shared, origin) = (state.clone(), url.clone());
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (shared, origin) = (shared.clone(), origin.clone());
                tokio::spawn(async move {
                    while serve(&mut stream, &shared, &origin).await.is_some() {}
                });
            }
        });
        Self { url, state }
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}

/// A request without its body.
struct Head {
    line: String,
    headers: Vec<(String, String)>,
    /// What was read of the body.
    body: Vec<u8>,
}

impl Head {
    async fn read(stream: &mut TcpStream) -> Option<Self> {
        let mut read = Vec::new();
        loop {
            if let Some(end) = read.windows(4).position(|it| it == b"\r\n\r\n") {
                let head = String::from_utf8(read[..end].to_vec()).unwrap();
                let (line, headers) = head.split_once("\r\n").unwrap();
                let headers = headers.lines().map(|line| line.split_once(": ").unwrap());
                let headers =
                    headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()));
                return Some(Self {
                    line: line.to_owned(),
                    headers: headers.collect(),
                    body: read[end + 4..].to_vec(),
                });
            }
            if stream.read_buf(&mut read).await.ok()? == 0 {
                return None;
            }
        }
    }

    fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }

    /// Reads the body, up to so many bytes.
    async fn body(&mut self, stream: &mut TcpStream, most: usize) -> Option<Vec<u8>> {
        let length: usize = self.header("content-length").parse().unwrap();
        let mut body = std::mem::take(&mut self.body);
        while body.len() < length.min(most) {
            if stream.read_buf(&mut body).await.ok()? == 0 {
                return None;
            }
        }
        body.truncate(most);
        Some(body)
    }
}

/// Serves one request; nothing where the connection is to be closed.
async fn serve(stream: &mut TcpStream, state: &Mutex<State>, origin: &str) -> Option<()> {
    let mut head = Head::read(stream).await?;
    let is_authorized = head.header("authorization") == "Bearer secret";
    state.lock().unwrap().all_authorized &= is_authorized;
    let response = match head.line.as_str() {
        "POST /upload/v1/shelves?uploadType=resumable HTTP/1.1" => {
            let body = head.body(stream, usize::MAX).await?;
            let mut state = state.lock().unwrap();
            state.message = String::from_utf8(body).unwrap();
            let length = head.header("x-upload-content-length").parse().unwrap();
            state.announced = (head.header("x-upload-content-type").to_owned(), length);
            response(200, &format!("Location: {origin}/session/1\r\n"), "")
        }
        "PUT /session/1 HTTP/1.1" => put(&mut head, stream, state).await?,
        other => response(404, "", &format!("{other:?}")),
    };
    stream.write_all(response.as_bytes()).await.ok()
}

async fn put(head: &mut Head, stream: &mut TcpStream, state: &Mutex<State>) -> Option<String> {
    let fault = state.lock().unwrap().faults.pop();
    let most = match fault {
        Some(Fault::Cut(most)) => most,
        _ => usize::MAX,
    };
    let body = head.body(stream, most).await;
    let mut state = state.lock().unwrap();
    let (range, length) = head.header("content-range").split_once('/').unwrap();
    assert_eq!(length, state.announced.1.to_string());
    let offset = range
        .strip_prefix("bytes ")
        .unwrap()
        .split('-')
        .next()
        .unwrap();
    let mut body = body?;
    match fault {
        Some(Fault::Status(status)) => return Some(response(status, "", "")),
        Some(Fault::Keep(most)) => body.truncate(most),
        Some(Fault::Forget) => state.kept.clear(),
        Some(Fault::Cut(_) | Fault::Done(_)) | None => {}
    }
    // Bytes that do not follow those that are kept are not taken.
    if offset == state.kept.len().to_string() {
        state.kept.extend(body);
    }
    match fault {
        Some(Fault::Cut(_)) => return None,
        Some(Fault::Done(status)) => return Some(response(status, "", "")),
        _ => {}
    }
    Some(match state.kept.len() as u64 {
        kept if kept == state.announced.1 => response(200, "", r#"{"name":"uploaded"}"#),
        0 => response(308, "", ""),
        kept => response(308, &format!("Range: bytes=0-{}\r\n", kept - 1), ""),
    })
}

fn response(status: u16, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status} X\r\n{headers}Content-Length: {length}\r\n\r\n{body}")
}
