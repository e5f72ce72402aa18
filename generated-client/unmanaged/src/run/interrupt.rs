//! Ctrl-C, and the signal by which a service is stopped.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

/// Whether a run is to stop.
#[derive(Clone, Debug, Default)]
pub struct Interrupt {
    stop: Arc<AtomicBool>,
    changed: Arc<Notify>,
}

impl Interrupt {
    /// Listens from now on. The first signal stops the run after the calls in flight, the second one ends the
    /// process: what is in flight then is settled later.
    pub fn listen() -> Self {
        let interrupt = Self::default();
        let told = interrupt.clone();
        tokio::spawn(async move {
            if !signal().await {
                return;
            }
            told.stop.store(true, Ordering::SeqCst);
            told.changed.notify_waiters();
            if signal().await {
                std::process::exit(i32::from(crate::exit::Exit::Interrupted.code()));
            }
        });
        interrupt
    }

    /// Whether it is to stop.
    pub fn is_set(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }

    /// Waits until it is to stop.
    pub async fn set(&self) {
        let changed = self.changed.notified();
        if !self.is_set() {
            changed.await;
        }
    }
}

/// Waits for a signal. Says whether one came.
async fn signal() -> bool {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            return tokio::select! {
                pressed = tokio::signal::ctrl_c() => pressed.is_ok(),
                stopped = terminate.recv() => stopped.is_some(),
            };
        }
    }
    tokio::signal::ctrl_c().await.is_ok()
}
