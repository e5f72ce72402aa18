//! Lists, reads and sends invitations.
//!
//! It runs anywhere: instead of Google it calls a small server on this machine.
//!
//! ```sh
//! cargo run --example invitations
//! ```

mod server;

use std::error::Error;

use futures_util::TryStreamExt as _;
use generated_client::cloudidentity::{Client, Customer, Invitation, OrderBy, UserInvitationName};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let base_url = server::start().await?;
    let client = Client::builder()
        .base_url(base_url)
        .token("example")
        .build()?;
    let customer = client.customer("C00000000")?;

    list_unmanaged(&customer).await?;
    invite(&customer.invitation("writer@altostrat.com")?).await?;

    let stranger = customer.invitation("nobody@altostrat.com")?;
    match stranger.get().await {
        Err(error) if error.is_not_found() => println!("{} is not there", stranger.name().email()),
        other => println!("unexpected: {other:?}"),
    }
    Ok(())
}

/// Lists every unmanaged account, two on a page.
async fn list_unmanaged(customer: &Customer) -> Result<(), Box<dyn Error>> {
    println!("Unmanaged accounts of {}:", customer.name());
    let unmanaged = customer.invitations().unmanaged().order_by(OrderBy::Email);
    let mut unmanaged = unmanaged.page_size(2).items();
    while let Some(invitation) = unmanaged.try_next().await? {
        let name: UserInvitationName = invitation.name.unwrap_or_default().parse()?;
        let state = invitation.state.map(|state| state.to_string());
        println!("  {:24} {}", name.email(), state.unwrap_or_default());
    }
    Ok(())
}

/// Sends an invitation, and reads what has become of it.
async fn invite(invitation: &Invitation) -> Result<(), Box<dyn Error>> {
    if !invitation.is_invitable().await? {
        return Ok(());
    }
    let operation = invitation.send().await?;
    println!(
        "Sent; the operation is done: {}",
        operation.done.unwrap_or(false)
    );
    let read = invitation.get().await?;
    let state = read.state.as_ref();
    println!(
        "{} is {} after {} mail(s)",
        invitation.name().email(),
        state.map_or("in no state", |state| state.as_str()),
        read.mails_sent_count.unwrap_or(0),
    );
    Ok(())
}
