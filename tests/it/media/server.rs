//! A server that writes bytes when it is told to, and sees when a request ends.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// A connection of a client, whose request was read.
pub struct Exchange {
    stream: TcpStream,
    /// The head of the request, and what came of its body.
    pub request: Vec<u8>,
}

/// A port where one client after the other can connect.
pub struct Port(TcpListener);

impl Port {
    pub async fn open() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.0.local_addr().unwrap())
    }

    /// Waits for a request, and reads it up to this text.
    pub async fn accept(&self, end: &str) -> Exchange {
        let (stream, _) = self.0.accept().await.unwrap();
        let mut exchange = Exchange {
            stream,
            request: Vec::new(),
        };
        exchange.read_until(end).await;
        exchange
    }
}

impl Exchange {
    /// Reads until the request holds this text.
    pub async fn read_until(&mut self, end: &str) {
        let has = |request: &[u8]| request.windows(end.len()).any(|it| it == end.as_bytes());
        while !has(&self.request) {
            let read = self.stream.read_buf(&mut self.request).await.unwrap();
            assert_ne!(read, 0, "{}", String::from_utf8_lossy(&self.request));
        }
    }

    pub async fn write(&mut self, bytes: impl AsRef<[u8]>) {
        // The client may have gone.
        let _ = self.stream.write_all(bytes.as_ref()).await;
        let _ = self.stream.flush().await;
    }
}
