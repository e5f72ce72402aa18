//! Lists, reads and sends invitations through the generated client.
//!
//! It runs anywhere: instead of Google it calls a small server on this machine.
//!
//! ```sh
//! cargo run --example invitations
//! ```

mod server;

use std::error::Error;

use generated_client::cloudidentity::Client;
use generated_client::cloudidentity::names::{CustomerName, UserInvitationName};
use generated_client::cloudidentity::types::CustomersUserinvitationsListOptions;
use generated_client::runtime::{Page, PageRequest};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let base_url = server::start().await?;
    let client = Client::builder()
        .base_url(base_url)
        .token("example")
        .build()?;

    list_unmanaged(&client, &CustomerName::new("C00000000")?).await?;
    invite(
        &client,
        &UserInvitationName::new("C00000000", "writer@altostrat.com")?,
    )
    .await?;

    let stranger = UserInvitationName::new("C00000000", "nobody@altostrat.com")?;
    match client.customers_userinvitations_get(&stranger).await {
        Err(error) if error.is_not_found() => println!("{} is not there", stranger.email()),
        other => println!("unexpected: {other:?}"),
    }
    Ok(())
}

/// Lists every unmanaged account, page by page.
async fn list_unmanaged(client: &Client, customer: &CustomerName) -> Result<(), Box<dyn Error>> {
    let mut options = CustomersUserinvitationsListOptions::default();
    options.filter = Some("state!='accepted'".to_owned());
    options.page_size = Some(2);
    println!("Unmanaged accounts of {customer}:");
    loop {
        let page = client
            .customers_userinvitations_list_with(customer, &options)
            .await?
            .into_body();
        let next = page.next_page_token().map(str::to_owned);
        for invitation in page.into_items() {
            let name: UserInvitationName = invitation.name.unwrap_or_default().parse()?;
            let state = invitation.state.map(|state| state.to_string());
            println!("  {:24} {}", name.email(), state.unwrap_or_default());
        }
        match next.filter(|token| !token.is_empty()) {
            Some(token) => options.set_page_token(token),
            None => return Ok(()),
        }
    }
}

/// Sends an invitation, and reads what has become of it.
async fn invite(client: &Client, name: &UserInvitationName) -> Result<(), Box<dyn Error>> {
    let operation = client.customers_userinvitations_send(name).await?;
    println!(
        "Sent; the operation is done: {}",
        operation.done.unwrap_or(false)
    );
    let invitation = client.customers_userinvitations_get(name).await?;
    let state = invitation.state.as_ref();
    println!(
        "{} is {} after {} mail(s)",
        name.email(),
        state.map_or("in no state", |state| state.as_str()),
        invitation.mails_sent_count.unwrap_or(0),
    );
    Ok(())
}
