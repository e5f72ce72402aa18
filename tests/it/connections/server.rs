//! A server on a thread of its own, which closes connections in the ways that real ones do.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What becomes of a connection after a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// It is closed when the test says so.
    Fin,
    /// It is reset when the test says so.
    Reset,
    /// It is reset when another request comes, as by a machine that has forgotten it.
    WhenWritten,
    /// It stays open for more requests.
    Never,
}

impl Closing {
    /// All that leave a connection behind which is of no use.
    pub const ALL: [Self; 3] = [Self::Fin, Self::Reset, Self::WhenWritten];
}

/// A server that responds to the calls of both facades. It runs until the program ends.
pub struct Server {
    pub base_url: String,
    shared: Arc<Shared>,
}

struct Shared {
    closing: Closing,
    closes: watch::Sender<()>,
    connections: AtomicUsize,
    open: AtomicUsize,
    requests: Mutex<Vec<String>>,
}

impl Server {
    pub fn start(closing: Closing) -> Self {
        let shared = Arc::new(Shared {
            closing,
            closes: watch::Sender::default(),
            connections: AtomicUsize::default(),
            open: AtomicUsize::default(),
            requests: Mutex::default(),
        });
        let (tell, told) = mpsc::channel();
        let serving = shared.clone();
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime.unwrap().block_on(accept(serving, tell));
        });
        let base_url = format!("http://127.0.0.1:{}", told.recv().unwrap());
        Self { base_url, shared }
    }

    /// Closes the idle connections, and waits until they are.
    pub fn close_idle(&self) {
        if matches!(self.shared.closing, Closing::Fin | Closing::Reset) {
            while self.shared.open.load(Ordering::SeqCst) > 0 {
                self.shared.closes.send_replace(());
                thread::sleep(Duration::from_millis(1));
            }
        }
    }

    /// How many connections there were.
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// How many requests with this method got a response.
    pub fn requests(&self, method: &str) -> usize {
        let requests = self.shared.requests.lock().unwrap();
        requests.iter().filter(|known| *known == method).count()
    }
}

async fn accept(shared: Arc<Shared>, tell: mpsc::Sender<u16>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    tell.send(listener.local_addr().unwrap().port()).unwrap();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        shared.connections.fetch_add(1, Ordering::SeqCst);
        shared.open.fetch_add(1, Ordering::SeqCst);
        let (shared, closes) = (shared.clone(), shared.closes.subscribe());
        tokio::spawn(async move {
            serve(&shared, closes, stream).await;
            shared.open.fetch_sub(1, Ordering::SeqCst);
        });
    }
}

async fn serve(shared: &Shared, mut closes: watch::Receiver<()>, mut stream: TcpStream) {
    loop {
        let method = tokio::select! {
            method = request(&mut stream) => method,
            _ = closes.changed() => {
                if shared.closing == Closing::Reset {
                    stream.set_zero_linger().unwrap();
                }
                return;
            }
        };
        let Some(method) = method else { return };
        shared.requests.lock().unwrap().push(method);
        let body = r#"{"done":true,"isInvitableUser":true}"#;
        let length = body.len();
        let response = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{body}");
        stream.write_all(response.as_bytes()).await.unwrap();
        match shared.closing {
            Closing::Never | Closing::Fin | Closing::Reset => {}
            Closing::WhenWritten => {
                // What is read is a request that gets no response, or the end.
                let _ = stream.read(&mut [0]).await;
                return stream.set_zero_linger().unwrap();
            }
        }
    }
}

/// Reads a request. Returns its method; nothing where the connection ends.
async fn request(stream: &mut TcpStream) -> Option<String> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?.into());
    }
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        let is_length = name.eq_ignore_ascii_case("content-length");
        is_length.then(|| value.parse().unwrap())
    });
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).await.ok()?;
    Some(head.split(' ').next()?.to_owned())
}
