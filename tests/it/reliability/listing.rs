//! What a list asks for, page by page.

use futures_util::TryStreamExt as _;
use generated_client::cloudidentity::{
    Client, Invitations, OrderBy, Parameters, StandardParameters as _,
};
use serde_json::{Value, json};
use tests::recorder::{Recorder, ResponseTemplate};

use super::VirtualClock;

/// A page with these people, and the token of the next one.
fn page(names: &[&str], next: &str) -> ResponseTemplate {
    let names: Vec<Value> = names.iter().map(|name| json!({ "name": name })).collect();
    let mut page = json!({ "nextPageToken": next });
    if !names.is_empty() {
        page["userInvitations"] = names.into();
    }
    ResponseTemplate::ok(page.to_string())
}

async fn list(server: &Recorder) -> Invitations {
    let parameters = Parameters::new().quota_user("batch 7");
    Client::builder()
        .base_url(server.base_url())
        .parameters(parameters.clone())
        .clock(VirtualClock::default())
        .build()
        .unwrap()
        .customer("C1")
        .unwrap()
        .invitations()
}

/// All that comes of a list, and how it ends.
async fn drain(list: Invitations) -> (Vec<String>, String) {
    let mut items = list.items();
    let mut names = Vec::new();
    loop {
        match items.try_next().await {
            Ok(Some(item)) => names.extend(item.name),
            Ok(None) => return (names, "end".to_owned()),
            Err(error) => return (names, crate::support::holding(&error)),
        }
    }
}

#[tokio::test]
async fn an_empty_page_does_not_end_a_list() {
    let pages = [
        page(&[], "t1"),
        page(&["a"], "t2"),
        page(&[], "t3"),
        page(&[], "t4"),
        page(&["b"], ""),
    ];
    let server = Recorder::start(pages).await.unwrap();
    let (names, end) = drain(list(&server).await).await;
    assert_eq!((names, end.as_str()), (vec!["a".into(), "b".into()], "end"));
    assert_eq!(server.take().len(), 5);
}

#[tokio::test]
async fn cycles_of_page_tokens_are_errors() {
    // Each is where the list starts, the tokens that its pages name, and what is found before the
    // circle is noticed.
    let a_b_a = ["A", "B", "A"];
    for (start, tokens, found) in [
        (None, &["A", "A"][..], 2),
        (None, &a_b_a, 3),
        (None, &["A", "B", "C", "B"], 4),
        (Some("A"), &["A"], 1),
        (Some("A"), &["B", "A"], 2),
        (Some("A"), &["B", "C", "B"], 3),
    ] {
        let names: Vec<_> = (0..tokens.len()).map(|n| n.to_string()).collect();
        let pages = names.iter().zip(tokens);
        let server = Recorder::start(pages.map(|(name, token)| page(&[name], token)))
            .await
            .unwrap();
        let mut list = list(&server).await;
        if let Some(start) = start {
            list = list.page_token(start);
        }
        let (names, end) = drain(list).await;
        let what = format!("{start:?} {tokens:?}");
        assert_eq!(
            (names.len(), end.as_str()),
            (found, "repeated page"),
            "{what}"
        );
        assert_eq!(server.take().len(), found, "{what}");
    }
}

#[tokio::test]
async fn every_page_is_requested_with_the_same_parameters() {
    let pages = [
        page(&["a"], "t/1+ä&"),
        ResponseTemplate::new(503, ""),
        page(&["b"], "t2"),
        page(&["c"], ""),
    ];
    let server = Recorder::start(pages).await.unwrap();
    let list = list(&server)
        .await
        .unmanaged()
        .order_by(OrderBy::UpdateTime.desc())
        .page_size(50);
    let (names, _) = drain(list).await;
    assert_eq!(names, ["a", "b", "c"]);
    let received = server.take();
    let queries: Vec<Vec<_>> = received
        .iter()
        .map(|it| it.query().split('&').collect())
        .collect();
    let token = |query: &[&str]| {
        let token = query.iter().find(|pair| pair.starts_with("pageToken="));
        token.map(|pair| (*pair).to_owned())
    };
    let tokens: Vec<_> = queries.iter().map(|query| token(query)).collect();
    let escaped = Some("pageToken=t%2F1%2B%C3%A4%26".to_owned());
    assert_eq!(
        tokens,
        [None, escaped.clone(), escaped, Some("pageToken=t2".into())]
    );
    for query in &queries {
        let others = query.iter().filter(|pair| !pair.starts_with("pageToken="));
        let mut others: Vec<_> = others.copied().collect();
        others.sort_unstable();
        assert_eq!(
            others,
            [
                "filter=state%21%3D%27accepted%27",
                "orderBy=update_time%20desc",
                "pageSize=50",
                "quotaUser=batch%207",
            ]
        );
    }
    assert!(
        received
            .iter()
            .all(|it| it.path() == "/v1/customers/C1/userinvitations")
    );
}

#[tokio::test]
async fn page_sizes_are_bounded_by_the_maximum_of_the_api() {
    for (size, sent) in [
        (None, "pageSize=200"),
        (Some(1), "pageSize=1"),
        (Some(200), "pageSize=200"),
        (Some(201), "pageSize=200"),
        (Some(u32::MAX), "pageSize=200"),
    ] {
        let server = Recorder::start([page(&[], "")]).await.unwrap();
        let mut list = list(&server).await;
        if let Some(size) = size {
            list = list.page_size(size);
        }
        drain(list).await;
        let received = server.take().remove(0);
        let found = received
            .query()
            .split('&')
            .find(|it| it.starts_with("pageSize"));
        assert_eq!(found, Some(sent), "{size:?}");
    }
}
