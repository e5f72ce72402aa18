//! Lists the unmanaged users of a customer, and invites one of them.
//!
//! For many people there is the command `unmanaged`, with a plan and a journal.
//!
//! It runs anywhere: unless it is told which customer to look at, it starts a Cloud Identity on this
//! machine, and authenticates there as a service account on behalf of an administrator.
//!
//! ```sh
//! cargo run --example invitations
//! cargo run --example invitations -- --json
//! cargo run --example invitations -- --customer C01234567 --subject admin@example.com
//! ```

mod arguments;
mod list;

use std::error::Error;
use std::process::ExitCode;

use clap::Parser as _;
use futures_util::TryStreamExt as _;
use generated_client::auth::{ServiceAccount, from_env};
use generated_client::cloudidentity::{Client, Customer, Invitation, OrderBy, UserInvitation};
use generated_client_fake::FakeServer;

use arguments::Arguments;

/// Their unmanaged users are several pages.
const INVITATIONS: usize = 60;
const PAGE_SIZE: u32 = 16;

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    // It stops when it is dropped.
    let (_fake, customer, invitable) = match &arguments.customer {
        Some(id) => {
            let credentials = from_env(arguments.subject.as_deref())?;
            let client = Client::builder().credentials(credentials).build()?;
            (None, client.customer(id)?, None)
        }
        None => {
            let fake = FakeServer::builder().seed(7).invitations(INVITATIONS);
            let fake = fake.account("writer@example.com").start().await?;
            let customer = customer_of(&fake)?;
            (Some(fake), customer, Some("writer@example.com".to_owned()))
        }
    };
    list::print(&unmanaged(&customer).await?, arguments.form())?;
    match arguments.invite.or(invitable) {
        Some(address) => invite(&customer.invitation(address)?).await,
        None => Ok(()),
    }
}

/// The fake's customer, for a service account that acts on behalf of the fake's administrator.
fn customer_of(fake: &FakeServer) -> Result<Customer, Box<dyn Error>> {
    let key = fake.service_account_key()?;
    let account = ServiceAccount::from_json(&key)?.subject(fake.administrator());
    let client = Client::builder()
        .base_url(fake.base_url())
        .credentials(account);
    Ok(client.build()?.customer(fake.customer_id())?)
}

/// All unmanaged users, those who changed last first, page by page.
async fn unmanaged(customer: &Customer) -> Result<Vec<UserInvitation>, Box<dyn Error>> {
    let unmanaged = customer.invitations().unmanaged();
    let latest = unmanaged.order_by(OrderBy::UpdateTime.desc());
    let mut pages = latest.page_size(PAGE_SIZE).pages();
    let mut found = Vec::new();
    while let Some(page) = pages.try_next().await? {
        found.extend(page.into_body().user_invitations);
    }
    Ok(found)
}

/// Checks whether an account can be invited, invites it, and reads its invitation. What happens is printed on
/// standard error: standard output is the list.
async fn invite(invitation: &Invitation) -> Result<(), Box<dyn Error>> {
    let address = invitation.name().email();
    if !invitation.is_invitable().await? {
        eprintln!("{address} cannot be invited");
        return Ok(());
    }
    invitation.send().await?;
    let read = invitation.get().await?.into_body();
    eprintln!(
        "{address} was invited: {}, {} email(s) sent",
        list::state(&read),
        read.mails_sent_count.unwrap_or(0)
    );
    eprintln!("`Invitation::cancel` withdraws it, until the user has responded");
    Ok(())
}
