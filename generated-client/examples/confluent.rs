//! Invites a user to an organization of Confluent Cloud, lists the invitations, and deletes one.
//!
//! ```sh
//! cargo run --example confluent --features confluent
//! ```

use std::error::Error;

use futures_util::TryStreamExt as _;
use generated_client::auth::Authorization;
use generated_client::confluent::Client;
use generated_client_fake::FakeServer;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let fake = FakeServer::start().await?;
    // Against Confluent Cloud: `generated_client::confluent::from_env()?`, and no `base_url`.
    let (id, secret) = fake.confluent().key();
    let client = Client::builder()
        .base_url(fake.base_url())
        .credentials(Authorization::basic(&id, secret)?)
        .build()?;

    client.invite("ada@example.com").send().await?;
    match client.invite("ada@example.com").send().await {
        Err(error) if error.is_conflict() => {
            let existing = client.existing(&error).ok_or("the server names none")?;
            println!("ada@example.com is invited already: {}", existing.id());
        }
        other => _ = other?,
    }

    let mut invitations = client.invitations().items();
    while let Some(invitation) = invitations.try_next().await? {
        let id = invitation.id.unwrap_or_default();
        println!("{id}: {}", invitation.email.unwrap_or_default());
        client.invitation(id)?.delete().await?;
    }
    Ok(())
}
