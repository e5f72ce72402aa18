//! Lists: nothing missing, nothing twice, and an end.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::{StreamExt as _, TryStreamExt as _};
use generated_client::cloudidentity::{Client, Invitations, Parameters, StandardParameters as _};
use generated_client::runtime::{Error, RetryPolicy};
use generated_client_fake::{FakeServer, Fault, Hint, Method};

use super::{Spy, builder, customer, four_accounts, told};

/// The list of the customer, two a page.
fn by_two(fake: &FakeServer, client: &Client) -> Invitations {
    customer(fake, client).invitations().page_size(2)
}

#[tokio::test]
async fn every_invitation_is_listed_once_while_every_tenth_request_fails() {
    let faults = [
        Fault::Unavailable(Hint::Nothing).percent(4),
        Fault::ResetBefore.percent(2),
        Fault::ResetInResponse.percent(2),
        Fault::TooManyRequests(Hint::Seconds(1)).percent(2),
    ];
    let mut fake = FakeServer::builder()
        .seed(41)
        .starts_at(super::noon())
        .invitations(10_000);
    for fault in faults {
        fake = fake.fault(fault);
    }
    let fake = fake.start().await.unwrap();
    let spy = Spy::default();
    let client = builder(&fake).observer(spy.clone()).build().unwrap();
    let list = customer(&fake, &client).invitations().page_size(20);
    let found: Vec<_> = list.items().try_collect().await.unwrap();
    let names: BTreeSet<_> = found.iter().filter_map(|it| it.name.clone()).collect();
    let all: BTreeSet<_> = fake.addresses().iter().map(|it| fake.name(it)).collect();
    assert_eq!((found.len(), names.len()), (10_000, 10_000));
    assert!(names == all, "other invitations than there are");
    let retries = spy.attempts().iter().filter(|it| it.wait.is_some()).count();
    assert_eq!(fake.requests(Method::List) as usize, 500 + retries);
    assert_eq!(fake.faults(Method::List) as usize, retries);
    assert!((50..=60).contains(&retries), "{retries}");
}

#[tokio::test]
async fn a_repeated_page_token_is_an_error() {
    // The second page names itself as the next one.
    let fake = four_accounts()
        .fault(Fault::RepeatedPageToken)
        .start()
        .await
        .unwrap();
    let client = builder(&fake).build().unwrap();
    let mut items = by_two(&fake, &client).items();
    let mut found = 0;
    let error = loop {
        match items.try_next().await {
            Ok(Some(_)) => found += 1,
            Ok(None) => panic!("the list has no end"),
            Err(error) => break error,
        }
    };
    assert_eq!(crate::support::holding(&error), "repeated page");
    assert_eq!((found, fake.requests(Method::List)), (4, 2));
    assert!(items.next().await.is_none(), "it goes on after an error");
}

#[tokio::test]
async fn an_endless_list_ends_at_max_pages() {
    let fake = four_accounts()
        .fault(Fault::EndlessList)
        .start()
        .await
        .unwrap();
    let client = builder(&fake).build().unwrap();
    let pages: Vec<_> = by_two(&fake, &client)
        .max_pages(7)
        .pages()
        .try_collect()
        .await
        .unwrap();
    assert_eq!((pages.len(), fake.requests(Method::List)), (7, 7));
    let mut none = by_two(&fake, &client).max_pages(0).pages();
    assert!(none.next().await.is_none());
    assert_eq!(fake.requests(Method::List), 7);
}

#[tokio::test]
async fn a_list_continues_from_its_page_token() {
    let fake = four_accounts().start().await.unwrap();
    let client = builder(&fake).build().unwrap();
    let mut pages = by_two(&fake, &client).pages();
    assert_eq!(pages.next_page_token(), None);
    let first = pages.try_next().await.unwrap().unwrap();
    let token = pages.next_page_token().unwrap().to_owned();
    let mut rest = by_two(&fake, &client).page_token(&token).pages();
    assert_eq!(rest.next_page_token(), Some(token.as_str()));
    let second = rest.try_next().await.unwrap().unwrap();
    assert_eq!(rest.next_page_token(), None);
    assert!(rest.next().await.is_none());
    let both = [first.into_body(), second.into_body()];
    let names: BTreeSet<_> = both
        .iter()
        .flat_map(|page| &page.user_invitations)
        .map(|it| it.name.clone())
        .collect();
    assert_eq!(names.len(), 4);
}

#[tokio::test]
async fn a_failed_page_keeps_its_page_token() {
    let fake = four_accounts().start().await.unwrap();
    let client = builder(&fake)
        .retry_policy(RetryPolicy::once())
        .build()
        .unwrap();
    let mut items = by_two(&fake, &client).items();
    items.try_next().await.unwrap().unwrap();
    let token = items.next_page_token().unwrap().to_owned();
    items.try_next().await.unwrap().unwrap();
    fake.inject(Fault::Internal.nth(1));
    assert_eq!(told(&items.try_next().await), "server error");
    assert_eq!(items.next_page_token(), Some(token.as_str()));
    assert!(items.next().await.is_none(), "it goes on after an error");
    assert_eq!(fake.requests(Method::List), 2);
    let rest = by_two(&fake, &client).page_token(token).items();
    let rest: Vec<_> = rest.try_collect().await.unwrap();
    assert_eq!(rest.len(), 2);
}

#[tokio::test]
async fn field_masks_without_the_page_token_are_refused() {
    let (no, yes) = (false, true);
    for (mask, allowed) in [
        ("userInvitations", no),
        ("userInvitations(name)", no),
        ("userInvitations/name", no),
        ("userInvitations(name,nextPageToken)", no),
        ("nextPageTokens", no),
        ("*", yes),
        ("nextPageToken,userInvitations", yes),
        ("userInvitations(name,state),nextPageToken", yes),
    ] {
        let fake = four_accounts().start().await.unwrap();
        let parameters = Parameters::new().fields(mask);
        let client = builder(&fake).build().unwrap();
        let client = client.with_parameters(parameters.clone()).unwrap();
        let mut pages = by_two(&fake, &client).pages();
        let outcome = pages.try_next().await;
        let expected = if allowed { "ok" } else { "invalid argument" };
        assert_eq!(told(&outcome), expected, "{mask}");
        let requests = fake.requests(Method::List);
        assert_eq!(requests, u64::from(allowed), "{mask}");
        let rest: Result<Vec<_>, Error> = pages.try_collect().await;
        assert_eq!(rest.unwrap().len(), usize::from(allowed), "{mask}");
    }
}

#[tokio::test]
async fn an_endless_list_of_empty_pages_is_an_error() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let pages = Arc::new(AtomicUsize::new(0));
    let app = axum::Router::new().fallback({
        let pages = pages.clone();
        move || async move {
            let page = pages.fetch_add(1, Ordering::SeqCst);
            // One item is on the tenth page, and none after it.
            let items = if page == 9 { r#"{"name": "x"}"# } else { "" };
            format!(r#"{{"userInvitations": [{items}], "nextPageToken": "{page}"}}"#)
        }
    });
    tokio::spawn(async move { axum::serve(listener, app).await });
    let client = Client::builder().base_url(url).build().unwrap();
    let mut items = client.customer("C1").unwrap().invitations().items();
    assert!(items.try_next().await.unwrap().is_some());
    let error = items.try_next().await.unwrap_err();
    assert!(error.is_endless_list() && !error.is_retryable(), "{error}");
    assert_eq!(pages.load(Ordering::SeqCst), 10 + 1_000);
    assert!(items.try_next().await.unwrap().is_none());
}
