//! Faults whose responses are whole, and say what no server should.

use generated_client_fake::{Fault, Method};

use super::{LIST, call, http, one_of_each};

#[tokio::test]
async fn unknown_values_and_fields_can_be_in_every_object() {
    let fake = one_of_each()
        .fault(Fault::UnknownEnumValue)
        .start()
        .await
        .unwrap();
    let (_, body) = call(&fake, "GET", LIST).await;
    let items = body["userInvitations"].as_array().unwrap();
    assert!(
        items
            .iter()
            .all(|item| item["state"] == "STATE_FROM_THE_FUTURE")
    );
    fake.clear_faults();
    fake.inject(Fault::UnknownField);
    let (_, body) = call(&fake, "POST", &format!("{LIST}/new@example.com:send")).await;
    assert!(body["fieldFromTheFuture"].is_object());
    assert!(body["response"]["fieldFromTheFuture"].is_object());
    assert_eq!(body["response"]["state"], "INVITED");
}

#[tokio::test]
async fn token_responses_can_have_unknown_fields() {
    let fake = one_of_each()
        .fault(Fault::UnknownField)
        .start()
        .await
        .unwrap();
    let file: serde_json::Value = serde_json::from_str(&fake.authorized_user()).unwrap();
    let mut form = vec![("grant_type", "refresh_token")];
    for name in ["client_id", "client_secret", "refresh_token"] {
        form.push((name, file[name].as_str().unwrap()));
    }
    let reply = http()
        .post(fake.token_uri())
        .form(&form)
        .send()
        .await
        .unwrap();
    let body: serde_json::Value = reply.json().await.unwrap();
    assert!(body["fieldFromTheFuture"].is_object());
    assert!(body["access_token"].is_string());
}

#[tokio::test]
async fn a_repeated_token_is_the_one_that_was_sent() {
    let fault = Fault::RepeatedPageToken;
    let fake = one_of_each().fault(fault).start().await.unwrap();
    let (_, first) = call(&fake, "GET", &format!("{LIST}?pageSize=1")).await;
    let token = first["nextPageToken"].as_str().unwrap();
    assert_eq!(
        fake.faults(Method::List),
        0,
        "the first page has no token to repeat"
    );
    let path = format!("{LIST}?pageSize=1&pageToken={token}");
    let (_, second) = call(&fake, "GET", &path).await;
    assert_eq!(second["nextPageToken"], token);
    assert_ne!(second["userInvitations"], first["userInvitations"]);
    assert_eq!(fake.faults(Method::List), 1);
}

#[tokio::test]
async fn an_endless_list_starts_again_and_repeats_no_page_token() {
    let fake = one_of_each()
        .fault(Fault::EndlessList)
        .start()
        .await
        .unwrap();
    let mut tokens = Vec::<String>::new();
    let mut listed = 0;
    for _ in 0..24 {
        let token = tokens
            .last()
            .map_or(String::new(), |token| format!("&pageToken={token}"));
        let (status, page) = call(&fake, "GET", &format!("{LIST}?pageSize=3{token}")).await;
        assert_eq!(status, 200);
        listed += page["userInvitations"].as_array().unwrap().len();
        let next = page["nextPageToken"].as_str().expect("no end").to_owned();
        assert!(!tokens.contains(&next), "a token came twice");
        tokens.push(next);
    }
    assert_eq!(
        listed, 48,
        "pages of three and one in turn, of four invitations"
    );
}
