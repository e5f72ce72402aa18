//! The same seed gives the same data.

use std::time::{Duration, UNIX_EPOCH};

use generated_client_fake::{FakeServer, Method, State};
use serde_json::Value;

use super::{LIST, NOON, call};

/// Everything that a fake of a seed says in a few calls, tokens of all kinds among it.
async fn said(seed: u64) -> Vec<Value> {
    let fake = FakeServer::builder()
        .seed(seed)
        .starts_at(UNIX_EPOCH + Duration::from_secs(NOON))
        .invitations(40)
        .start()
        .await
        .unwrap();
    fake.seed_invitations(10);
    let mut said = vec![
        fake.token().into(),
        fake.authorized_user().replace(fake.base_url(), "").into(),
    ];
    for query in [
        "?pageSize=50",
        "?pageSize=7&orderBy=update_time",
        "?filter=state==invited",
    ] {
        said.push(call(&fake, "GET", &format!("{LIST}{query}")).await.1);
    }
    said
}

#[tokio::test]
async fn equal_seeds_make_equal_state() {
    let first = said(1).await;
    assert_eq!(first, said(1).await);
    for (number, (one, other)) in first.iter().zip(&said(2).await).enumerate() {
        assert_ne!(one, other, "{number}");
    }
}

#[tokio::test]
async fn seeded_state_has_accounts_of_every_kind() {
    let fake = FakeServer::builder()
        .invitations(450)
        .start()
        .await
        .unwrap();
    assert_eq!(fake.addresses().len(), 450);
    for state in State::ALL {
        let is_there = |address: &String| fake.state(address) == Some(state);
        assert!(fake.addresses().iter().any(is_there), "{state:?}");
    }
    assert!(fake.addresses().iter().any(|address| address.contains('+')));
    assert!(
        fake.addresses()
            .iter()
            .any(|address| address.contains('\''))
    );
}

#[tokio::test]
async fn every_method_counts_its_own_requests() {
    let fake = FakeServer::builder()
        .account("ada@example.com")
        .start()
        .await
        .unwrap();
    let ada = format!("{LIST}/ada@example.com");
    call(&fake, "GET", LIST).await;
    for verb in ["", ":isInvitableUser"] {
        call(&fake, "GET", &format!("{ada}{verb}")).await;
    }
    for verb in [":send", ":send", ":cancel"] {
        call(&fake, "POST", &format!("{ada}{verb}")).await;
    }
    call(&fake, "GET", "/v1/nothing").await;
    let counts = Method::ALL.iter().map(|method| fake.requests(*method));
    assert_eq!(
        counts.collect::<Vec<_>>(),
        [1, 1, 1, 2, 1, 0, 0, 0, 0, 0, 0, 0]
    );
}

#[tokio::test]
async fn a_dropped_fake_accepts_no_requests() {
    let fake = FakeServer::start().await.unwrap();
    let url = format!("{}{LIST}", fake.base_url());
    let client = super::http();
    assert_eq!(client.get(&url).send().await.unwrap().status(), 401);
    drop(fake);
    // The sockets close when the runtime comes round to the tasks that had them.
    for _ in 0..100 {
        if client.get(&url).send().await.is_err() {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("it still responds");
}

#[tokio::test]
async fn only_loopback_is_listened_on() {
    let error = FakeServer::builder()
        .address("0.0.0.0:0".parse().unwrap())
        .start()
        .await;
    assert_eq!(error.unwrap_err().kind(), std::io::ErrorKind::InvalidInput);
}
