//! Lists of many pages: nothing missing, nothing twice, whatever happens meanwhile.

use std::collections::BTreeMap;

use generated_client_fake::FakeServer;
use serde_json::Value;

use super::{LIST, request};

/// Reads a list to its end: its items, and how many each page had.
async fn read(fake: &FakeServer, query: &[(&str, &str)]) -> (Vec<Value>, Vec<usize>) {
    let mut items = Vec::new();
    let mut pages = Vec::new();
    let mut token = None::<String>;
    loop {
        let page = page(fake, query, token.as_deref()).await;
        let found = page["userInvitations"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        pages.push(found.len());
        items.extend(found);
        match page["nextPageToken"].as_str() {
            Some(next) => token = Some(next.to_owned()),
            None => return (items, pages),
        }
        assert!(pages.len() < 1_000, "the list does not end");
    }
}

async fn page(fake: &FakeServer, query: &[(&str, &str)], token: Option<&str>) -> Value {
    let mut sent = request(fake, "GET", LIST).query(query);
    if let Some(token) = token {
        sent = sent.query(&[("pageToken", token)]);
    }
    let reply = sent.send().await.unwrap();
    assert_eq!(reply.status(), 200, "{query:?}");
    reply.json().await.unwrap()
}

fn names(items: &[Value]) -> Vec<&str> {
    items
        .iter()
        .map(|item| item["name"].as_str().unwrap())
        .collect()
}

/// Asserts that a list has each of the fake's addresses once.
fn assert_whole(fake: &FakeServer, items: &[Value], what: &str) {
    let mut found = names(items);
    found.sort_unstable();
    let expected: Vec<_> = fake
        .addresses()
        .iter()
        .map(|address| fake.name(address))
        .collect();
    assert_eq!(found, expected, "{what}");
}

#[tokio::test]
async fn pages_have_the_documented_sizes() {
    let fake = FakeServer::builder()
        .invitations(450)
        .start()
        .await
        .unwrap();
    let cases: [(_, &[usize]); 6] = [
        (None, &[100, 100, 100, 100, 50]),
        (Some("0"), &[100, 100, 100, 100, 50]),
        (Some("200"), &[200, 200, 50]),
        (Some("201"), &[200, 200, 50]),
        (Some("2147483647"), &[200, 200, 50]),
        (Some("150"), &[150, 150, 150]),
    ];
    for (size, expected) in cases {
        let query = Vec::from_iter(size.map(|size| ("pageSize", size)));
        let (items, pages) = read(&fake, &query).await;
        assert_eq!(pages, expected, "{query:?}");
        assert_whole(&fake, &items, &format!("{query:?}"));
    }
}

#[tokio::test]
async fn every_order_lists_everything_once_and_sorted() {
    let fake = FakeServer::builder()
        .invitations(450)
        .start()
        .await
        .unwrap();
    for (order, field, descending) in [
        ("email", "name", false),
        ("email desc", "name", true),
        ("update_time", "updateTime", false),
        ("update_time desc", "updateTime", true),
    ] {
        let (items, _) = read(&fake, &[("orderBy", order), ("pageSize", "7")]).await;
        assert_whole(&fake, &items, order);
        // Times of different lengths do not compare as text: without the `Z` they do.
        let keys = items
            .iter()
            .map(|item| item[field].as_str().unwrap().trim_end_matches('Z'));
        let mut keys: Vec<_> = keys.collect();
        if descending {
            keys.reverse();
        }
        assert!(keys.is_sorted(), "{order}");
    }
}

#[tokio::test]
async fn the_filters_of_all_states_partition_the_list() {
    let fake = FakeServer::builder()
        .invitations(450)
        .start()
        .await
        .unwrap();
    let mut all = Vec::new();
    for state in ["not_yet_sent", "invited", "accepted", "declined"] {
        let filter = format!("state=='{state}'");
        let (items, _) = read(&fake, &[("filter", &filter), ("pageSize", "11")]).await;
        assert!(!items.is_empty(), "{state}");
        let is_right = |item: &Value| item["state"] == state.to_uppercase();
        assert!(items.iter().all(is_right), "{state}");
        let (others, _) = read(&fake, &[("filter", &filter.replace("==", "!="))]).await;
        assert_eq!(items.len() + others.len(), 450, "{state}");
        all.extend(items);
    }
    assert_whole(&fake, &all, "all states");
}

#[tokio::test]
async fn sending_meanwhile_neither_hides_nor_repeats_anything() {
    for query in [
        &[("orderBy", "update_time desc"), ("pageSize", "10")],
        &[("orderBy", "update_time asc"), ("pageSize", "10")],
        &[("orderBy", "email desc"), ("pageSize", "10")],
        &[("filter", "state!='accepted'"), ("pageSize", "10")],
        &[("filter", "state=='not_yet_sent'"), ("pageSize", "10")],
    ] {
        let fake = FakeServer::builder()
            .invitations(450)
            .seed(3)
            .start()
            .await
            .unwrap();
        let (before, _) = read(&fake, query).await;
        let addresses = fake.addresses();
        let sending = async {
            for address in addresses.iter().cycle().take(450) {
                let path = format!("{LIST}/{address}:send");
                request(&fake, "POST", &path).send().await.unwrap();
            }
        };
        let listing = read(&fake, query);
        let ((meanwhile, _), ()) = tokio::join!(listing, sending);
        assert!(fake.all_emails_sent() > 300);
        assert_eq!(names(&meanwhile), names(&before), "{query:?}");
    }
}

#[tokio::test]
async fn a_page_token_is_valid_for_its_own_query_only() {
    let fake = FakeServer::builder().invitations(30).start().await.unwrap();
    let other = FakeServer::builder()
        .invitations(30)
        .seed(1)
        .start()
        .await
        .unwrap();
    let own = [
        ("filter", "state!='accepted'"),
        ("orderBy", "email"),
        ("pageSize", "5"),
    ];
    let first = page(&fake, &own, None).await;
    let token = first["nextPageToken"].as_str().unwrap();
    let again = page(&fake, &own, Some(token)).await;
    assert_eq!(
        page(&fake, &own, Some(token)).await,
        again,
        "a token can be used again"
    );
    for (fake, query) in [
        (&fake, [("filter", "state!='declined'"), own[1], own[2]]),
        (&fake, [("fields", "*"), own[1], own[2]]),
        (&fake, [own[0], ("orderBy", "email desc"), own[2]]),
        (&fake, [own[0], own[1], ("pageSize", "6")]),
        (&other, own),
    ] {
        let sent = request(fake, "GET", LIST)
            .query(&query)
            .query(&[("pageToken", token)]);
        assert_eq!(sent.send().await.unwrap().status(), 400, "{query:?}");
    }
    // Every change of a token makes it worthless.
    for at in 0..token.len() {
        let mut changed = token.as_bytes().to_vec();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        let sent = request(&fake, "GET", LIST)
            .query(&own)
            .query(&[("pageToken", changed)]);
        assert_eq!(sent.send().await.unwrap().status(), 400, "character {at}");
    }
}

#[tokio::test]
async fn standard_parameters_may_change_from_page_to_page() {
    let fake = FakeServer::builder().invitations(30).start().await.unwrap();
    let first = page(&fake, &[("pageSize", "5")], None).await;
    let token = first["nextPageToken"].as_str();
    let query = [
        ("pageSize", "5"),
        ("prettyPrint", "false"),
        ("quotaUser", "x"),
    ];
    let second = page(&fake, &query, token).await;
    assert_eq!(second["userInvitations"].as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn an_invitation_is_listed_as_get_reads_it() {
    let fake = FakeServer::builder().invitations(60).start().await.unwrap();
    let (items, _) = read(&fake, &[]).await;
    let mut digits = BTreeMap::new();
    for item in items {
        let name = item["name"].as_str().unwrap();
        let got = request(&fake, "GET", &format!("/v1/{name}"))
            .send()
            .await
            .unwrap();
        assert_eq!(got.json::<Value>().await.unwrap(), item);
        let time = item["updateTime"].as_str().unwrap().trim_end_matches('Z');
        let length = time.split_once('.').map_or(0, |(_, digits)| digits.len());
        *digits.entry(length).or_insert(0) += 1;
    }
    assert!(
        digits.keys().all(|length| [0, 3, 6, 9].contains(length)),
        "{digits:?}"
    );
}

#[tokio::test]
async fn a_customer_has_several_domains() {
    let fake = FakeServer::builder()
        .also_domain("example.org")
        .account("ada@example.com")
        .account("bob@example.org")
        .account("eve@example.net")
        .start()
        .await
        .unwrap();
    let list = page(&fake, &[], None).await;
    let names = list["userInvitations"].as_array().unwrap();
    assert_eq!(names.len(), 2, "{list}");
}
