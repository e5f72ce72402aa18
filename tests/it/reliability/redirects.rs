//! Redirects lead nowhere: what another server would get is a token, an address, or a second mail.

use futures_util::TryStreamExt as _;
use generated_client::cloudidentity::{Client, Parameters, StandardParameters as _};
use generated_client_fake::{Fault, Redirect};
use tests::recorder::{Recorder, ResponseTemplate};

use super::{ADA, VirtualClock, builder, customer, four_accounts, told};

/// Calls every method, and returns what the caller gets.
async fn all(client: &Client, id: &str) -> [String; 5] {
    let customer = client.customer(id).unwrap();
    let ada = customer.invitation(ADA).unwrap();
    [
        told(&ada.is_invitable().await),
        told(&ada.get().await),
        told(&customer.invitations().items().try_next().await),
        told(&ada.send().await),
        told(&ada.cancel().await),
    ]
}

#[tokio::test]
async fn redirects_of_the_fake_are_not_followed() {
    for how in [Redirect::Temporary, Redirect::Found] {
        let fake = four_accounts()
            .fault(Fault::Redirect(how))
            .start()
            .await
            .unwrap();
        let client = builder(&fake).build().unwrap();
        let told = all(&client, fake.customer_id()).await;
        assert_eq!(told, ["redirect"; 5], "{how:?}");
        assert_eq!(
            (fake.redirected_requests(), fake.all_emails_sent()),
            (0, 0),
            "{how:?}"
        );
    }
}

#[tokio::test]
async fn redirect_targets_receive_no_request() {
    let elsewhere = Recorder::start([ResponseTemplate::ok("{}")]).await.unwrap();
    // Headers of the recorder's responses are written into the program.
    let target: &'static str = format!("{}/v1/x", elsewhere.base_url()).leak();
    for status in [300, 301, 302, 303, 304, 305, 307, 308] {
        let response = ResponseTemplate::new(status, "{}").header("location", target);
        let server = Recorder::start([response]).await.unwrap();
        let parameters = Parameters::new().key("a-key-of-an-api");
        // A caller's own connection does not bring its own redirects with it.
        let as_it_is = |http: reqwest::ClientBuilder| http;
        let follows =
            |http: reqwest::ClientBuilder| http.redirect(reqwest::redirect::Policy::limited(10));
        for http in [as_it_is, follows] {
            let client = Client::builder()
                .base_url(server.base_url())
                .http(http)
                .token("ya29.token")
                .parameters(parameters.clone())
                .clock(VirtualClock::default())
                .build()
                .unwrap();
            assert_eq!(all(&client, "C1").await, ["redirect"; 5], "{status}");
            assert_eq!(server.take().len(), 5, "{status}");
        }
    }
    assert_eq!(elsewhere.take(), []);
}

#[tokio::test]
async fn errors_of_redirects_have_the_location_header() {
    let fake = four_accounts()
        .fault(Fault::Redirect(Redirect::Temporary))
        .start()
        .await
        .unwrap();
    let client = builder(&fake).build().unwrap();
    let invitation = customer(&fake, &client).invitation(ADA).unwrap();
    let error = invitation.send().await.unwrap_err();
    assert!(error.headers().unwrap().contains_key("location"));
    assert_eq!(error.http_status().map(|it| it.as_u16()), Some(307));
}
