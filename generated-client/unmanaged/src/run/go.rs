//! The loop of a run.

use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt as _, StreamExt as _};
use generated_client::runtime::Error;

use super::outcome::{Outcome, outcome};
use super::{Interrupt, Progress, recheck};
use crate::app::App;
use crate::clock::rfc3339;
use crate::exit::{Exit, Failure};
use crate::journal::{Item, Journal, Run, Status};
use crate::service::{Connection, ready};

/// At most so many requests at once: so many rows are unknown after a crash.
const AT_ONCE: usize = 4;
/// Every so often the accounts are listed again, in seconds.
const LIST_EVERY: i64 = 600;
/// For so long a run waits for a server that cannot be reached.
const OUTAGE: Duration = Duration::from_secs(600);
/// After so many unknown outcomes in a row the run ends: the server is failing.
const UNKNOWN_IN_A_ROW: u32 = 8;

/// How a run ended.
#[derive(Clone, Debug)]
pub enum Ended {
    /// Nothing is planned any more.
    Finished,
    /// By a person, or a signal.
    Interrupted,
    /// By this failure; the rest is still planned.
    Failed(Failure),
}

/// A run, while it goes on.
pub struct Runner<'a> {
    app: &'a App,
    connection: &'a Connection,
    journal: &'a mut Journal,
    run: Run,
    interrupt: Interrupt,
    progress: Progress,
    unknown_in_a_row: u32,
    outage: Option<Instant>,
    backoff: Duration,
    failed: Option<Failure>,
}

/// A request in flight, and its row.
type Pending = BoxFuture<'static, (Item, Result<(), Error>)>;
type InFlight = FuturesUnordered<Pending>;

impl<'a> Runner<'a> {
    /// A run that is about to go on. The caller holds the journal's lock.
    pub fn new(
        app: &'a App,
        connection: &'a Connection,
        journal: &'a mut Journal,
        run: Run,
        interrupt: Interrupt,
    ) -> Result<Self, Failure> {
        let people = journal.tally(run.id)?.count(Status::Planned);
        let progress = Progress::run(app.shows_progress(), people);
        Ok(Self {
            app,
            connection,
            journal,
            run,
            interrupt,
            progress,
            unknown_in_a_row: 0,
            outage: None,
            backoff: Duration::ZERO,
            failed: None,
        })
    }

    /// Goes on until nothing is planned, or something stops it.
    ///
    /// # Errors
    ///
    /// The journal fails: what is in flight then is unknown.
    pub async fn go(mut self) -> Result<Ended, Failure> {
        let id = self.run.id;
        self.journal
            .set_run_state(id, "running", self.app.clock.now())?;
        let ended = self.requests().await;
        self.progress.end();
        let state = match &ended {
            Ok(Ended::Finished) => "finished",
            _ => "interrupted",
        };
        let recorded = self.journal.set_run_state(id, state, self.app.clock.now());
        let ended = ended?;
        recorded?;
        Ok(ended)
    }

    async fn requests(&mut self) -> Result<Ended, Failure> {
        let mut in_flight = InFlight::new();
        let ended = self.request_all(&mut in_flight).await;
        // Where the journal failed, the calls in flight end all the same; what cannot be recorded is unknown.
        while let Some((item, result)) = in_flight.next().await {
            let _ = self.record(&item, outcome(result));
        }
        ended
    }

    async fn request_all(&mut self, in_flight: &mut InFlight) -> Result<Ended, Failure> {
        let mut listed = self.app.clock.now();
        loop {
            while !self.stops() && in_flight.len() < AT_ONCE {
                if self.app.clock.now() - listed >= LIST_EVERY {
                    break;
                }
                match self.next(in_flight.is_empty()).await? {
                    Some(item) => in_flight.push(self.request(item)?),
                    None => break,
                }
                // It takes its permit now, so that the next one sees that.
                if let Some(Some((item, result))) = in_flight.next().now_or_never() {
                    self.record(&item, outcome(result))?;
                }
            }
            match in_flight.next().await {
                Some((item, result)) => self.record(&item, outcome(result))?,
                None if self.interrupt.is_set() => return Ok(Ended::Interrupted),
                None => match self.failed.take() {
                    Some(failure) => return Ok(Ended::Failed(failure)),
                    None if self.app.clock.now() - listed >= LIST_EVERY => {
                        self.list_again().await?;
                        listed = self.app.clock.now();
                    }
                    None if self.journal.next_planned(self.run.id)?.is_none() => {
                        return Ok(Ended::Finished);
                    }
                    None => {}
                },
            }
        }
    }

    fn stops(&self) -> bool {
        self.interrupt.is_set() || self.failed.is_some()
    }

    /// The next person, once a request would be sent at once. With requests in flight it does not wait.
    async fn next(&mut self, may_wait: bool) -> Result<Option<Item>, Failure> {
        if !may_wait && !self.backoff.is_zero() {
            return Ok(None);
        }
        let since = rfc3339(self.app.clock.now());
        let (backoff, limiter) = (self.backoff, self.connection.limiter.clone());
        let opens = async move {
            tokio::time::sleep(backoff).await;
            ready(&limiter).await;
        };
        let mut opens = std::pin::pin!(opens);
        let soon = tokio::time::timeout(Duration::from_millis(200), &mut opens).await;
        if soon.is_err() {
            if !may_wait {
                return Ok(None);
            }
            let why = match backoff.is_zero() {
                true => "waiting for quota",
                false => "the server cannot be reached: waiting",
            };
            self.progress.waits(format!("{why} since {since}"));
            tokio::select! {
                () = &mut opens => {}
                () = self.interrupt.set() => {}
            }
            self.progress.waits(String::new());
        }
        self.backoff = Duration::ZERO;
        match self.stops() {
            true => Ok(None),
            false => self.journal.next_planned(self.run.id),
        }
    }

    /// Records that a request is about to be sent, and returns it.
    fn request(&self, item: Item) -> Result<Pending, Failure> {
        let service = self.connection.service.clone();
        let cancels = self.run.cancels();
        let listed = match cancels {
            true => self.journal.listed_account(&item.address)?,
            false => None,
        };
        let id = listed.map(|it| it.id).unwrap_or_default();
        self.journal.mark_sending(item.id, self.app.clock.now())?;
        Ok(Box::pin(async move {
            let result = match cancels {
                true => service.cancel(&item.address, &id).await,
                false => service.send(&item.address).await,
            };
            (item, result)
        }))
    }

    fn record(&mut self, item: &Item, outcome: Outcome) -> Result<(), Failure> {
        let now = self.app.clock.now();
        let again = |journal: &Journal| journal.mark(item.id, Status::Planned, ("", ""), now);
        match outcome {
            Outcome::Recorded {
                status,
                reason,
                error,
            } => {
                self.journal.mark(item.id, status, (reason, &error), now)?;
                self.progress.one_more();
                self.outage = None;
                self.count_unknown(status);
                Ok(())
            }
            Outcome::Throttled => again(self.journal),
            Outcome::Fatal(failure) => {
                self.failed = Some(failure);
                again(self.journal)
            }
            Outcome::Unreachable(failure) => {
                let since = *self.outage.get_or_insert_with(Instant::now);
                match since.elapsed() >= OUTAGE {
                    true => self.failed = Some(failure),
                    false => {
                        let longest = Duration::from_secs(30);
                        self.backoff = (since.elapsed() / 2).clamp(Duration::from_secs(1), longest);
                    }
                }
                again(self.journal)
            }
        }
    }

    fn count_unknown(&mut self, status: Status) {
        self.unknown_in_a_row = match status {
            Status::Unknown => self.unknown_in_a_row + 1,
            _ => 0,
        };
        if self.unknown_in_a_row >= UNKNOWN_IN_A_ROW {
            let what = format!("the server failed {UNKNOWN_IN_A_ROW} times in a row");
            let help = "try again later; `unmanaged resume` continues the run";
            self.failed = Some(Failure::new(Exit::TryLater, what, help));
        }
    }

    /// Lists again, so that nobody is mailed whom others have mailed meanwhile.
    async fn list_again(&mut self) -> Result<(), Failure> {
        let at = self.app.clock.now();
        if let Err(failure) = self.app.refresh(self.connection, self.journal).await {
            self.failed = Some(failure);
            return Ok(());
        }
        let is_confluent = self.connection.service.is_confluent();
        recheck(self.journal, &self.run, is_confluent, at)?;
        Ok(())
    }
}
