//! Exit codes, and what is said when something fails.

use std::fmt;
use std::io;
use std::process::ExitCode;

use generated_client::runtime::Error;

/// What a script learns from the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Exit {
    /// 0
    Done,
    /// 1
    SomeFailed,
    /// 2
    Usage,
    /// 3
    NotFound,
    /// 4
    Credentials,
    /// 5
    Conflict,
    /// 6
    Unknown,
    /// 75
    TryLater,
    /// 78
    Setup,
    /// 130
    Interrupted,
}

impl Exit {
    /// Every code, in the order of the numbers.
    pub const ALL: [Self; 10] = [
        Self::Done,
        Self::SomeFailed,
        Self::Usage,
        Self::NotFound,
        Self::Credentials,
        Self::Conflict,
        Self::Unknown,
        Self::TryLater,
        Self::Setup,
        Self::Interrupted,
    ];

    /// The number.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::SomeFailed => 1,
            Self::Usage => 2,
            Self::NotFound => 3,
            Self::Credentials => 4,
            Self::Conflict => 5,
            Self::Unknown => 6,
            Self::TryLater => 75,
            Self::Setup => 78,
            Self::Interrupted => 130,
        }
    }

    /// What it means, for the help.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::SomeFailed => "some failed: the report says which, and why",
            Self::Usage => "usage: the command line or a file cannot be used as it is",
            Self::NotFound => "not found: an account, a run, a profile",
            Self::Credentials => "credentials: missing, expired, or not those of an administrator",
            Self::Conflict => "conflict: another run holds the journal, or the state forbids it",
            Self::Unknown => "some outcomes are unknown: `unmanaged resume` settles them",
            Self::TryLater => "try later: a quota, the network, or the server",
            Self::Setup => "set-up: a folder, the API, or the delegation",
            Self::Interrupted => "interrupted: `unmanaged resume` goes on",
        }
    }

    /// The table of the help.
    pub fn table() -> String {
        let lines = Self::ALL.map(|exit| format!("  {:>3}  {}\n", exit.code(), exit.meaning()));
        format!("Exit codes:\n{}", lines.concat())
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}

/// Why a command ends early: for a person, and for a script.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// What is wrong, without an address.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Failure {
    /// A failure.
    pub fn new(exit: Exit, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            exit,
            message: message.into(),
            help: help.into(),
        }
    }

    /// The command line cannot be used as it is.
    pub fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message, help)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.message)?;
        match self.help.is_empty() {
            true => Ok(()),
            false => write!(f, "\n  help: {}", self.help),
        }
    }
}

impl std::error::Error for Failure {}

/// The errors of the library hold no address.
impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let exit = exit_of(&error);
        let message = error.to_string();
        let help = match (error.help().is_some(), exit) {
            // It is in the message already.
            (true, _) => "`unmanaged auth check` says what is missing",
            (_, Exit::Credentials | Exit::Setup) => "`unmanaged auth check` says what is missing",
            (_, Exit::TryLater) => "try again later; `unmanaged resume` continues a run",
            (_, Exit::NotFound) => "accounts younger than 48 hours are not found yet",
            (_, Exit::Unknown) => "`unmanaged resume` settles it, after 15 minutes",
            _ => "",
        };
        Self::new(exit, message, help)
    }
}

/// The class of an error of the library.
pub fn exit_of(error: &Error) -> Exit {
    let reason = error.google().and_then(|google| google.reason());
    let disabled = ["SERVICE_DISABLED", "accessNotConfigured"];
    if error.is_outcome_unknown() {
        Exit::Unknown
    } else if error.is_throttled() || error.is_retryable() {
        Exit::TryLater
    } else if error.oauth_code() == Some("unauthorized_client")
        || reason.is_some_and(|reason| disabled.contains(&reason))
    {
        Exit::Setup
    } else if error.is_authentication()
        || error.is_unauthenticated()
        || error.is_permission_denied()
    {
        Exit::Credentials
    } else if error.is_not_found() {
        Exit::NotFound
    } else if error.is_conflict() {
        Exit::Conflict
    } else if error.is_connect()
        || error.is_timeout()
        || error.is_server_error()
        || error.is_decode()
    {
        Exit::TryLater
    } else if error.is_redirect() {
        // A proxy that asks for something, or another server.
        Exit::Setup
    } else if error.is_invalid_argument() && error.attempts() == 0 {
        Exit::Usage
    } else {
        Exit::SomeFailed
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            // `unmanaged list | head`: the reader has what it wanted.
            io::ErrorKind::BrokenPipe => Self::new(Exit::Done, "the output was closed", ""),
            kind => Self::new(
                Exit::Setup,
                format!("a file or folder failed: {kind}"),
                "look at the folders of settings and journals, and who may write there",
            ),
        }
    }
}

/// SQLite's messages can hold values; its codes cannot.
impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        let code = error.sqlite_error_code();
        let (exit, what, help) = match code {
            Some(ErrorCode::DiskFull) => (
                Exit::Setup,
                "the disk is full: nothing more can be recorded, so nothing more was sent",
                "free some space, then `unmanaged resume`",
            ),
            Some(ErrorCode::SystemIoFailure) => (
                Exit::Setup,
                "the journal cannot be written: nothing more was sent",
                "look at the disk, then `unmanaged resume`",
            ),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => (
                Exit::Conflict,
                "another process is writing to the journal",
                "wait until it has ended",
            ),
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => (
                Exit::Setup,
                "the journal is damaged, or no journal",
                "restore it from a backup; without it, wait 48 hours before you invite again",
            ),
            _ => {
                let what = format!("the journal failed: {}", class(&error));
                return Self::new(Exit::Setup, what, "report it, with the command");
            }
        };
        Self::new(exit, what, help)
    }
}

/// The kind of an error of SQLite, without values.
fn class(error: &rusqlite::Error) -> String {
    match error.sqlite_error() {
        Some(error) => format!("SQLite's code {}", error.extended_code),
        None => "a value has another type".to_owned(),
    }
}
