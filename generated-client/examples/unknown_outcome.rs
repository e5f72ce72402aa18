//! An email whose outcome is unknown, because the connection broke after the request was sent.
//!
//! ```sh
//! cargo run --example unknown_outcome
//! ```

use std::error::Error;

use generated_client::cloudidentity::{Client, SendOutcome};
use generated_client_fake::{FakeServer, Fault, Method};

const ADDRESSES: [&str; 3] = ["ada@example.com", "bob@example.com", "eve@example.com"];

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut fake = FakeServer::builder();
    for address in ADDRESSES {
        fake = fake.account(address);
    }
    let fake = fake.start().await?;
    // The second email is sent, and the response is lost. The third is not sent, which a client cannot know.
    fake.inject(Fault::ResetAfter.on(Method::Send).nth(2));
    fake.inject(Fault::ResetBefore.on(Method::Send).nth(3));

    let client = Client::builder()
        .base_url(fake.base_url())
        .token(fake.token())
        .build()?;
    let customer = client.customer(fake.customer_id())?;
    for address in ADDRESSES {
        match customer.invitation(address)?.send_once().await {
            SendOutcome::Sent(Some(_)) => println!("{address}: sent"),
            SendOutcome::Sent(None) => println!("{address}: sent, by the counter of its emails"),
            SendOutcome::NotSent(error) => println!("{address}: not sent\n{}", error.report()),
            // `Invitation::settle` decides in ten minutes. Keep `unsettled` until then.
            SendOutcome::Unknown(unsettled) => {
                println!(
                    "{address}: may have been sent\n{}",
                    unsettled.error.report()
                );
            }
            outcome => println!("{address}: {outcome:?}"),
        }
    }
    Ok(())
}
