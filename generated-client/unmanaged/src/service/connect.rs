//! From a profile to a service that can be called.

use std::env;

use generated_client::auth::{AuthorizedUser, Keyless, ServiceAccount, from_env};
use generated_client::cloudidentity::{self, Client};
use generated_client::confluent;
use generated_client::runtime::{Api, Builder, Error, RateLimit, RateLimiter};

use super::Service;
use crate::exit::{Exit, Failure};
use crate::profile::{Profile, Source};
use crate::words::Rate;

/// A server on this machine, in place of the service's own: for tests.
pub const SERVER: &str = "UNMANAGED_SERVER";

/// A service, and what belongs to it.
#[derive(Clone, Debug)]
pub struct Connection {
    /// The service.
    pub service: Service,
    /// The rate limiter of its client.
    pub limiter: RateLimiter,
    /// The name of its journal.
    pub journal: String,
    /// The customer, for people.
    pub customer: String,
    /// Who calls, where that is known: for the audit row.
    pub subject: Option<String>,
}

/// The server of [`SERVER`], which has to be one of this machine.
///
/// # Errors
///
/// It is another machine's.
pub fn local_server() -> Result<Option<String>, Failure> {
    let Some(server) = env::var(SERVER).ok().filter(|it| !it.is_empty()) else {
        return Ok(None);
    };
    let local = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"];
    match local.iter().any(|start| server.starts_with(start)) {
        true => Ok(Some(server)),
        false => Err(Failure::usage(
            format!("{SERVER} is not on this machine"),
            "it is for tests: unset it",
        )),
    }
}

/// The name of a profile's journal: there is one for each customer, whoever calls.
///
/// # Errors
///
/// No customer is known.
pub fn journal_name(profile: &Profile) -> Result<String, Failure> {
    let prefix = if local_server()?.is_some() {
        "local-"
    } else {
        ""
    };
    if profile.service == "confluent" {
        return Ok(format!("{prefix}confluent"));
    }
    let id = profile.customer.as_deref().ok_or_else(no_customer)?;
    let id = id.trim().trim_start_matches("customers/");
    Ok(format!("{prefix}{id}"))
}

fn no_customer() -> Failure {
    Failure::new(
        Exit::Setup,
        "no customer is known",
        "run `unmanaged auth login --key FILE --subject ADDRESS --customer ID`, or give \
         --customer; to try without an account, use --fake",
    )
}

/// Connects by a profile. Nothing is sent.
///
/// # Errors
///
/// No credentials; no customer.
pub fn connect(profile: &Profile, rate: Option<Rate>) -> Result<Connection, Failure> {
    let server = local_server()?;
    let limit = match rate {
        Some(rate) => RateLimit::new().per_second(rate.per_second),
        None => RateLimit::new(),
    };
    let limiter = RateLimiter::new(limit);
    let journal = journal_name(profile)?;
    if profile.service == "confluent" {
        let credentials = confluent::from_env().map_err(no_credentials)?;
        let builder = confluent::Client::builder().credentials(credentials);
        let client: confluent::Client = finished(builder, server, &limiter)?;
        return Ok(Connection {
            service: Service::Confluent(client),
            limiter,
            journal,
            customer: "Confluent Cloud".to_owned(),
            subject: None,
        });
    }
    let id = profile.customer.as_deref().ok_or_else(no_customer)?;
    let builder = with_credentials(Client::builder(), profile)?;
    let client: Client = finished(builder, server, &limiter)?;
    let customer = client.customer(id)?;
    let id = customer.name().customer().to_owned();
    Ok(Connection {
        service: Service::Google(customer),
        limiter,
        journal,
        customer: id,
        subject: profile.subject.clone(),
    })
}

/// A client of Google's API with these scopes: for `auth check`.
///
/// # Errors
///
/// No credentials.
pub fn google_client(profile: &Profile, scope: &str) -> Result<Client, Failure> {
    let builder = with_credentials(Client::builder(), profile)?.scopes([scope]);
    let limiter = RateLimiter::default();
    finished(builder, local_server()?, &limiter)
}

fn finished<A: Api>(
    builder: Builder<A>,
    server: Option<String>,
    limiter: &RateLimiter,
) -> Result<A, Failure> {
    let builder = builder
        .rate_limiter(limiter.clone())
        .user_agent(concat!("unmanaged/", env!("CARGO_PKG_VERSION")));
    let builder = match server {
        Some(server) => builder.base_url(server),
        None => builder,
    };
    Ok(builder.build()?)
}

fn with_credentials(
    builder: Builder<cloudidentity::Client>,
    profile: &Profile,
) -> Result<Builder<cloudidentity::Client>, Failure> {
    let subject = profile.subject.as_deref();
    let wanted = || {
        let help = "give the address of an administrator with --subject";
        let what = "a service account acts for an administrator, and none is known";
        Failure::new(Exit::Setup, what, help)
    };
    Ok(match &profile.credentials {
        Source::Environment => builder.credentials(from_env(subject).map_err(no_credentials)?),
        Source::Key { path } => {
            let subject = subject.ok_or_else(wanted)?;
            let key = ServiceAccount::from_file(path).map_err(no_credentials)?;
            builder.credentials(key.subject(subject))
        }
        Source::Keyless { account } => {
            let subject = subject.ok_or_else(wanted)?;
            let base = from_env(None).map_err(no_credentials)?;
            builder.credentials(Keyless::new(base, account, subject))
        }
        Source::User { path } => {
            let user = AuthorizedUser::from_file(path).map_err(no_credentials)?;
            builder.credentials(user)
        }
    })
}

fn no_credentials(error: Error) -> Failure {
    Failure::new(
        Exit::Credentials,
        error.to_string(),
        "`unmanaged auth login` sets up who calls; the page \"Invite everybody\" begins with it",
    )
}
