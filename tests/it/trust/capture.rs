//! Writes down all that is told by `tracing`, of whatever crate and level.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use generated_client::fake::{FakeServer, Fault};
use tests::recorder::{Answer, Recorder};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::world;

/// The fields of a span or an event, as they print.
pub type Fields = BTreeMap<String, String>;

/// What was told so far.
#[derive(Clone, Default)]
pub struct Capture(Arc<Inner>);

#[derive(Default)]
struct Inner {
    next: AtomicU64,
    spans: Mutex<BTreeMap<u64, (&'static str, Fields)>>,
    events: Mutex<Vec<(&'static str, Fields)>>,
}

impl Capture {
    /// The spans of a name, in the order in which they began.
    pub fn spans(&self, name: &str) -> Vec<Fields> {
        let spans = self.0.spans.lock().unwrap();
        let those = spans.values().filter(|(known, _)| *known == name);
        those.map(|(_, fields)| fields.clone()).collect()
    }

    /// The events whose target begins like this.
    pub fn events(&self, target: &str) -> Vec<Fields> {
        let events = self.0.events.lock().unwrap();
        let those = events.iter().filter(|(known, _)| known.starts_with(target));
        those.map(|(_, fields)| fields.clone()).collect()
    }

    /// All of it, as one text.
    pub fn text(&self) -> String {
        let spans = self.0.spans.lock().unwrap();
        let events = self.0.events.lock().unwrap();
        let spans = spans.values().map(|span| format!("{span:?}\n"));
        let events = events.iter().map(|event| format!("{event:?}\n"));
        spans.chain(events).collect()
    }
}

struct Writer<'a>(&'a mut Fields);

impl Visit for Writer<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let text = format!("{value:?}");
        self.0.insert(field.name().to_owned(), text);
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }
}

impl Subscriber for Capture {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let id = self.0.next.fetch_add(1, Ordering::Relaxed) + 1;
        let mut fields = Fields::new();
        span.record(&mut Writer(&mut fields));
        let mut spans = self.0.spans.lock().unwrap();
        spans.insert(id, (span.metadata().name(), fields));
        Id::from_u64(id)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        if let Some((_, fields)) = self.0.spans.lock().unwrap().get_mut(&span.into_u64()) {
            values.record(&mut Writer(fields));
        }
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::new();
        event.record(&mut Writer(&mut fields));
        let mut events = self.0.events.lock().unwrap();
        events.push((event.metadata().target(), fields));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Runs where all that is told is written down. The server is on another thread, so that only what
/// the client tells is there.
pub fn captured<T>(run: impl AsyncFnOnce(&Servers) -> T) -> (T, Capture) {
    let servers = Servers(
        tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap(),
    );
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let capture = Capture::default();
    let done = tracing::subscriber::with_default(capture.clone(), || {
        runtime.block_on(async { run(&servers).await })
    });
    (done, capture)
}

/// Where servers run.
pub struct Servers(tokio::runtime::Runtime);

impl Servers {
    /// A fake with one more account.
    pub async fn fake(&self, address: &str, fault: Option<Fault>) -> FakeServer {
        let mut builder = world().account(address);
        if let Some(fault) = fault {
            builder = builder.fault(fault);
        }
        let starting = self.0.spawn(async move { builder.start().await });
        starting.await.unwrap().unwrap()
    }

    /// A server that always answers this.
    pub async fn recorder(&self, answer: Answer) -> Recorder {
        let starting = self.0.spawn(async move { Recorder::start([answer]).await });
        starting.await.unwrap().unwrap()
    }
}
