//! Requests of the generated API: optional parameters, standard parameters, pages and items, a retry policy.
//!
//! ```sh
//! cargo run --example requests
//! ```

use std::error::Error;

use futures_util::TryStreamExt as _;
use generated_client::cloudidentity::api::Client;
use generated_client::cloudidentity::{CustomerName, StandardParameters as _};
use generated_client::runtime::RetryPolicy;
use generated_client_fake::FakeServer;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let fake = FakeServer::builder().seed(7).invitations(120);
    let fake = fake.start().await?;
    let client = Client::builder()
        .base_url(fake.base_url())
        .token(fake.token())
        .build()?;
    let customer = CustomerName::new(fake.customer_id())?;
    let invitations = client.customers().userinvitations();

    // One page, of some fields only, without a retry.
    let request = invitations.list(&customer).page_size(10);
    let request = request
        .fields("userInvitations(name,state),nextPageToken")
        .retry_policy(RetryPolicy::once());
    let response = request.send().await?;
    println!(
        "status {}: {} invitations on the first page",
        response.status(),
        response.body().user_invitations.len()
    );

    // All pages.
    let mut pages = invitations.list(&customer).page_size(50).pages();
    while let Some(page) = pages.try_next().await? {
        let page = page.into_body();
        println!("a page of {} invitations", page.user_invitations.len());
    }

    // The items of all pages.
    let declined = invitations.list(&customer).filter("state=='declined'");
    let declined: Vec<_> = declined.items().try_collect().await?;
    println!("{} invitations were declined", declined.len());
    Ok(())
}
