//! Every kind of credentials calls every method.

use generated_client::auth::from_fn;
use generated_client::cloudidentity::Client;
use generated_client::runtime::{Authorization, Builder, Error, Secret};
use generated_client_fake::FakeServer;
use tests::recorder::{Recorder, ResponseTemplate};

use super::{administrator, base, bearer, builder, keyless, service_account};
use crate::reliability::{ADA, customer, four_accounts};

/// Adds credentials of one kind.
type SetCredentials = fn(&FakeServer, Builder<Client>) -> Builder<Client>;

const KINDS: [(&str, SetCredentials); 5] = [
    ("token", |fake, builder| builder.token(fake.token())),
    ("key", |fake, builder| {
        builder.credentials(service_account(fake))
    }),
    ("keyless", |fake, builder| {
        builder.credentials(keyless(fake, base(fake)))
    }),
    ("user", |fake, builder| {
        builder.credentials(administrator(fake))
    }),
    ("function", |fake, builder| {
        let token = fake.token();
        builder.credentials(from_fn(move || std::future::ready(Ok(bearer(&token)))))
    }),
];

/// Calls a method as every kind: the fake refuses requests without `Authorization`.
async fn as_everybody(call: impl AsyncFn(&FakeServer, &Client) -> Result<(), Error>) {
    for (kind, log_in) in KINDS {
        let fake = four_accounts().start().await.unwrap();
        let unauthenticated = builder(&fake).build().unwrap();
        let error = call(&fake, &unauthenticated).await.unwrap_err();
        assert!(error.is_unauthenticated(), "{kind}: {error}");
        let client = log_in(&fake, builder(&fake)).build().unwrap();
        call(&fake, &client)
            .await
            .unwrap_or_else(|error| panic!("{kind}: {error}"));
    }
}

#[tokio::test]
async fn get_is_authenticated_by_every_kind() {
    as_everybody(async |fake, client| {
        customer(fake, client)
            .invitation(ADA)?
            .get()
            .await
            .map(drop)
    })
    .await;
}

#[tokio::test]
async fn is_invitable_user_is_authenticated_by_every_kind() {
    as_everybody(async |fake, client| {
        customer(fake, client)
            .invitation(ADA)?
            .is_invitable()
            .await
            .map(drop)
    })
    .await;
}

#[tokio::test]
async fn list_is_authenticated_by_every_kind() {
    as_everybody(async |fake, client| {
        let mut items = customer(fake, client).invitations().items();
        futures_util::TryStreamExt::try_next(&mut items)
            .await
            .map(drop)
    })
    .await;
}

#[tokio::test]
async fn send_is_authenticated_by_every_kind() {
    as_everybody(async |fake, client| {
        customer(fake, client)
            .invitation(ADA)?
            .send()
            .await
            .map(drop)
    })
    .await;
}

#[tokio::test]
async fn cancel_is_authenticated_by_every_kind() {
    as_everybody(async |fake, client| {
        customer(fake, client)
            .invitation("bob@example.com")?
            .cancel()
            .await
            .map(drop)
    })
    .await;
}

#[tokio::test]
async fn static_credentials_are_sent_in_their_header() {
    let secret = Secret::from("a secret+/");
    for (authorization, header, value) in [
        (
            Authorization::bearer(&secret),
            "authorization",
            "Bearer a secret+/",
        ),
        (
            Authorization::api_key(&secret),
            "x-goog-api-key",
            "a secret+/",
        ),
        // The example of RFC 7617.
        (
            Authorization::basic("Aladdin", "open sesame"),
            "authorization",
            "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        ),
    ] {
        let server = Recorder::start([ResponseTemplate::ok("{}")]).await.unwrap();
        let client = Client::builder()
            .base_url(server.base_url())
            .credentials(authorization.unwrap())
            .build()
            .unwrap();
        let ada = client.customer("C1").unwrap().invitation(ADA).unwrap();
        ada.get().await.unwrap();
        let request = server.take().remove(0);
        assert_eq!(request.header(header), Some(value));
        assert!(!request.target.contains("secret") && request.query().is_empty());
    }
    assert!(Authorization::basic("a:b", &secret).is_err());
    assert!(Authorization::bearer("a\nb").is_err());
}

#[tokio::test]
async fn the_quota_project_is_sent() {
    let server = Recorder::start([ResponseTemplate::ok("{}")]).await.unwrap();
    let named = || bearer("t").quota_project("by-the-file");
    for (builder, expected) in [
        (Client::builder().credentials(bearer("t")), None),
        (Client::builder().credentials(named()), Some("by-the-file")),
        (
            Client::builder()
                .credentials(named())
                .quota_project("by-the-caller"),
            Some("by-the-caller"),
        ),
    ] {
        let client = builder.base_url(server.base_url()).build().unwrap();
        let ada = client.customer("C1").unwrap().invitation(ADA).unwrap();
        ada.get().await.unwrap();
        let request = server.take().remove(0);
        assert_eq!(request.header("x-goog-user-project"), expected);
    }
}
