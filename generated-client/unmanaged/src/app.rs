//! What every command works with: the options, the folders, the clock, and the connection.

use std::collections::HashSet;
use std::env;
use std::io::{self, IsTerminal as _, Write as _};
use std::time::Duration;

use futures_util::StreamExt as _;

use crate::cli::{Global, ServiceName};
use crate::clock::Clock;
use crate::exit::{Exit, Failure};
use crate::folders::Folders;
use crate::journal::{Journal, Lock};
use crate::output::{Format, Screen};
use crate::profile::Profile;
use crate::run::Progress;
use crate::service::{self, Connection, SERVER};

/// The time of the tests: with a server on this machine only.
const CLOCK: &str = "UNMANAGED_CLOCK";

/// So often the lock of the list is tried, five times a second: ten minutes.
const LIST_TRIES: u32 = 3_000;

/// So many pages in a row may hold nothing new.
const REPEATED: u32 = 100;

/// What stands above everything that the fake says.
const BANNER: &str = "FAKE: an organization that does not exist. No email leaves this machine.";

/// The program, while a command runs.
pub struct App {
    /// The options of every command.
    pub global: Global,
    /// Where settings and journals are.
    pub folders: Folders,
    /// The time.
    pub clock: Clock,
    /// Standard output.
    pub screen: Screen,
    #[cfg(feature = "fake")]
    fake: Option<generated_client_fake::FakeServer>,
}

impl App {
    /// Prepares a command. Nothing is created or sent.
    ///
    /// # Errors
    ///
    /// There is no home folder; a variable of the tests is wrong.
    pub fn new(global: Global) -> Result<Self, Failure> {
        let is_local = global.fake || env::var_os(SERVER).is_some();
        let set = env::var(CLOCK).ok().filter(|_| is_local);
        let clock = set.and_then(|text| Clock::parse(&text)).unwrap_or_default();
        Ok(Self {
            global,
            folders: Folders::find()?,
            clock,
            screen: Screen::find(),
            #[cfg(feature = "fake")]
            fake: None,
        })
    }

    /// The form of the output.
    pub fn format(&self) -> Format {
        self.global.output.unwrap_or_default()
    }

    /// Whether a person sees progress.
    pub fn shows_progress(&self) -> bool {
        !self.global.quiet && io::stderr().is_terminal()
    }

    /// Tells a person something that is no data.
    pub fn say(&self, text: &str) {
        // There is nobody to tell where standard error is closed.
        let _ = writeln!(io::stderr().lock(), "{text}");
    }

    /// The profile, with what the command line says instead.
    ///
    /// # Errors
    ///
    /// The profile that was named is not there, or is none.
    pub fn profile(&self) -> Result<Profile, Failure> {
        let name = self.global.profile.as_deref().unwrap_or("default");
        let found = Profile::read(&self.folders.profile(name)?)?;
        if found.is_none() && self.global.profile.is_some() {
            return Err(Failure::new(
                Exit::NotFound,
                format!("there is no profile `{name}`"),
                format!("`unmanaged auth login --profile {name} …` writes it"),
            ));
        }
        let mut profile = found.unwrap_or_default();
        match self.global.service {
            Some(ServiceName::Confluent) => profile.service = "confluent".to_owned(),
            Some(ServiceName::Google) => profile.service = "google".to_owned(),
            None => {}
        }
        profile.customer = self.global.customer.clone().or(profile.customer);
        profile.subject = self.global.subject.clone().or(profile.subject);
        Ok(profile)
    }

    /// Connects to the service: of the profile, or to the fake.
    ///
    /// # Errors
    ///
    /// No credentials, no customer, no fake in this build.
    pub async fn connect(&mut self) -> Result<(Connection, Journal), Failure> {
        if self.global.fake {
            return self.connect_fake().await;
        }
        let connection = service::connect(&self.profile()?, self.global.rate)?;
        if let Some(server) = env::var_os(SERVER) {
            let server = server.to_string_lossy();
            self.say(&format!("LOCAL SERVER: {server}, and not the real service"));
        }
        let journal = Journal::open(&self.folders.journal(&connection.journal)?)?;
        Ok((connection, journal))
    }

    /// The journal alone, for commands that call nothing.
    ///
    /// # Errors
    ///
    /// No customer is known; the journal fails.
    pub fn journal(&self) -> Result<Journal, Failure> {
        let name = match self.global.fake {
            true => {
                self.say(BANNER);
                "fake".to_owned()
            }
            false => service::journal_name(&self.profile()?)?,
        };
        Journal::open(&self.folders.journal(&name)?)
    }

    #[cfg(feature = "fake")]
    async fn connect_fake(&mut self) -> Result<(Connection, Journal), Failure> {
        if self.global.service == Some(ServiceName::Confluent) {
            return Err(Failure::usage(
                "the fake has no organization of Confluent",
                "",
            ));
        }
        self.say(BANNER);
        let fake = crate::fake::start(self.clock).await?;
        let connection = crate::fake::connect(&fake, self.global.rate)?;
        let journal = Journal::open(&self.folders.journal(&connection.journal)?)?;
        crate::fake::replay(&fake, &journal, self.clock)?;
        // It stops when the program ends.
        self.fake = Some(fake);
        Ok((connection, journal))
    }

    #[cfg(not(feature = "fake"))]
    async fn connect_fake(&mut self) -> Result<(Connection, Journal), Failure> {
        Err(Failure::usage(
            "this build has no fake",
            "install it with the feature `fake`",
        ))
    }

    /// The lock of the list; waits for another process that lists.
    async fn list_lock(&self, journal: &Journal) -> Result<Lock, Failure> {
        let mut tries = 0;
        loop {
            match Lock::list(journal.folder()) {
                Err(failure) if failure.exit == Exit::Conflict && tries < LIST_TRIES => {
                    if tries == 0 {
                        self.say("another process lists: waiting for it");
                    }
                    tries += 1;
                    tokio::time::sleep(Duration::from_millis(200)).await;
                }
                taken => return taken,
            }
        }
    }

    /// Lists all accounts into the journal. Returns how many there are.
    ///
    /// # Errors
    ///
    /// The list fails; the one before stays then.
    pub async fn refresh(
        &self,
        connection: &Connection,
        journal: &mut Journal,
    ) -> Result<i64, Failure> {
        let _lock = self.list_lock(journal).await?;
        let progress = Progress::list(self.shows_progress());
        let snapshot = journal.begin_snapshot()?;
        let (mut count, mut unreadable, mut repeated) = (0, 0, 0);
        // An object that comes twice, because the list changed between two pages. Google's have one address each.
        let mut seen = HashSet::new();
        let mut pages = connection.service.pages();
        while let Some(page) = pages.next().await {
            let (mut accounts, without_address) = page?;
            if connection.service.is_confluent() {
                accounts.retain(|account| seen.insert(account.id.clone()));
            }
            let new = journal.write_page(snapshot, &accounts)?;
            repeated = if new == 0 { repeated + 1 } else { 0 };
            if repeated > REPEATED {
                let what = "the list does not end: its pages hold nothing new";
                return Err(Failure::new(Exit::TryLater, what, "try again later"));
            }
            count += i64::try_from(accounts.len()).unwrap_or(0);
            unreadable += without_address;
            progress.listed(count);
        }
        journal.finish_snapshot(snapshot, self.clock.now())?;
        progress.end();
        if unreadable > 0 {
            self.say(&format!(
                "warning: {unreadable} objects of the list have no address, and are left out"
            ));
        }
        Ok(count)
    }
}
