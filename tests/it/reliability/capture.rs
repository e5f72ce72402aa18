//! Writes down all that is told by `tracing`, of whatever crate and level.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, Once};

use generated_client_fake::{FakeServer, Fault};
use tests::recorder::{Recorder, ResponseTemplate};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Event, Metadata, Subscriber};

use super::four_accounts;

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

thread_local! {
    /// What the thread tells goes there.
    static HERE: RefCell<Option<Capture>> = const { RefCell::new(None) };
}

/// Hands on what a thread tells to the capture of that thread.
///
/// There is one for the whole process: `tracing` keeps for each place of the program whether anybody
/// listens, and where a thread without a listener comes first, it would keep that nobody does.
struct ByThread;

impl ByThread {
    fn start() {
        static STARTED: Once = Once::new();
        STARTED.call_once(|| {
            tracing::subscriber::set_global_default(Self).expect("there is one only");
            tracing::callsite::rebuild_interest_cache();
        });
    }

    fn here<T>(then: impl FnOnce(&Capture) -> T) -> Option<T> {
        HERE.with_borrow(|capture| capture.as_ref().map(then))
    }
}

impl Subscriber for ByThread {
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }

    fn enabled(&self, _: &Metadata<'_>) -> bool {
        Self::here(|_| ()).is_some()
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        Self::here(|capture| capture.new_span(span)).unwrap_or(Id::from_u64(u64::MAX))
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        Self::here(|capture| capture.record(span, values));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        Self::here(|capture| capture.event(event));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl Capture {
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

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::new();
        event.record(&mut Writer(&mut fields));
        let mut events = self.0.events.lock().unwrap();
        events.push((event.metadata().target(), fields));
    }
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
    ByThread::start();
    HERE.set(Some(capture.clone()));
    let done = runtime.block_on(async { run(&servers).await });
    HERE.set(None);
    (done, capture)
}

/// Where servers run.
pub struct Servers(tokio::runtime::Runtime);

impl Servers {
    /// A fake with one more account.
    pub async fn fake(&self, address: &str, fault: Option<Fault>) -> FakeServer {
        let mut builder = four_accounts().account(address);
        if let Some(fault) = fault {
            builder = builder.fault(fault);
        }
        let starting = self.0.spawn(async move { builder.start().await });
        starting.await.unwrap().unwrap()
    }

    /// A server that always responds so.
    pub async fn recorder(&self, response: ResponseTemplate) -> Recorder {
        let starting = self
            .0
            .spawn(async move { Recorder::start([response]).await });
        starting.await.unwrap().unwrap()
    }
}
