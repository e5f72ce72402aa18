//! What goes over the wire: method, path, query, headers and body of each of the five methods.

use generated_client::cloudidentity::api::Client;
use generated_client::cloudidentity::api::names::{CustomerName, UserInvitationName};
use generated_client::cloudidentity::api::requests::StandardParameters as _;
use generated_client::cloudidentity::api::types::{StandardParametersAlt, StandardParametersXgafv};
use generated_client::runtime::{Api as _, Builder, Error, Parameters};
use tests::recorder::{Received, Recorder, ResponseTemplate};

/// The methods of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Call {
    Cancel,
    Get,
    IsInvitableUser,
    List,
    Send,
}

/// Each method, with the verb and the target of the how-to's sample request.
const SAMPLES: &[(Call, &str, &str)] = &[
    (
        Call::IsInvitableUser,
        "GET",
        "/v1/customers/C00000000/userinvitations/writer@altostrat.com:isInvitableUser",
    ),
    (
        Call::Get,
        "GET",
        "/v1/customers/C00000000/userinvitations/writer@altostrat.com",
    ),
    (Call::List, "GET", "/v1/customers/C00000000/userinvitations"),
    (
        Call::Send,
        "POST",
        "/v1/customers/C00000000/userinvitations/writer@altostrat.com:send",
    ),
    (
        Call::Cancel,
        "POST",
        "/v1/customers/C00000000/userinvitations/writer@altostrat.com:cancel",
    ),
];

async fn call(client: &Client, call: Call) -> Result<(), Error> {
    let name = UserInvitationName::new("C00000000", "writer@altostrat.com").unwrap();
    let parent = CustomerName::new("C00000000").unwrap();
    match call {
        Call::Cancel => client
            .customers()
            .userinvitations()
            .cancel(&name)
            .send()
            .await
            .map(drop),
        Call::Get => client
            .customers()
            .userinvitations()
            .get(&name)
            .send()
            .await
            .map(drop),
        Call::IsInvitableUser => client
            .customers()
            .userinvitations()
            .is_invitable_user(&name)
            .send()
            .await
            .map(drop),
        Call::List => client
            .customers()
            .userinvitations()
            .list(&parent)
            .send()
            .await
            .map(drop),
        Call::Send => client
            .customers()
            .userinvitations()
            .send(&name)
            .send()
            .await
            .map(drop),
    }
}

/// A client as its default features make it: the tests have all features, and `gzip` asks for more.
fn client_of(server: &Recorder) -> Builder<Client> {
    Client::builder()
        .base_url(server.base_url())
        .http(reqwest::ClientBuilder::no_gzip)
}

async fn server() -> (Recorder, Client) {
    let server = Recorder::start([ResponseTemplate::ok("{}")]).await.unwrap();
    let client = client_of(&server).token("t").build().unwrap();
    (server, client)
}

fn only(server: &Recorder) -> Received {
    let mut received = server.take();
    assert_eq!(received.len(), 1, "{received:?}");
    received.remove(0)
}

/// The only request that there should be, with nothing in it that nobody asked for.
fn expected(verb: &str, target: String, token: Option<&str>) -> Received {
    let mut headers = vec![("accept", "application/json".to_owned())];
    headers.extend(token.map(|token| ("authorization", format!("Bearer {token}"))));
    if verb == "POST" {
        headers.push(("content-length", "2".to_owned()));
        headers.push(("content-type", "application/json".to_owned()));
    }
    headers.push(("user-agent", "generated-client/0.1.0".to_owned()));
    let headers = headers
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value));
    let body = if verb == "POST" { "{}" } else { "" };
    Received {
        method: verb.to_owned(),
        target,
        headers: headers.collect(),
        body: body.to_owned(),
        bytes: body.into(),
    }
}

#[tokio::test]
async fn sample_requests_of_the_guide_are_sent_as_documented() {
    let (server, client) = server().await;
    for (method, verb, target) in SAMPLES {
        call(&client, *method).await.unwrap();
        let expected = expected(verb, (*target).to_owned(), Some("t"));
        assert_eq!(only(&server), expected, "{method:?}");
    }
}

#[tokio::test]
async fn the_filtered_list_of_the_guide_sends_every_parameter() {
    let (server, client) = server().await;
    let parent = CustomerName::new("C00000000").unwrap();
    let list = client.customers().userinvitations().list(&parent);
    let list = list
        .filter("state!='accepted'")
        .order_by("update_time desc");
    list.send().await.unwrap();
    let received = only(&server);
    assert_eq!(received.path(), "/v1/customers/C00000000/userinvitations");
    assert_eq!(
        received.query(),
        "filter=state%21%3D%27accepted%27&orderBy=update_time%20desc"
    );
}

/// Sets one of the standard parameters.
type Set = fn(Parameters) -> Parameters;

/// Each standard parameter: how it is set, and the query that it makes.
const STANDARD: &[(Set, &str)] = &[
    (|it| it.xgafv(StandardParametersXgafv::V2), "$.xgafv=2"),
    (|it| it.access_token("ya29.a+b"), "access_token=ya29.a%2Bb"),
    (|it| it.alt(StandardParametersAlt::Json), "alt=json"),
    (|it| it.alt("avro"), "alt=avro"),
    (|it| it.callback("go"), "callback=go"),
    (
        |it| it.fields("userInvitations(name,state),nextPageToken"),
        "fields=userInvitations%28name%2Cstate%29%2CnextPageToken",
    ),
    (|it| it.key("AIza"), "key=AIza"),
    (|it| it.oauth_token("o"), "oauth_token=o"),
    (|it| it.pretty_print(false), "prettyPrint=false"),
    (|it| it.quota_user("ü&="), "quotaUser=%C3%BC%26%3D"),
    (|it| it.upload_type("media"), "uploadType=media"),
    (|it| it.upload_protocol("raw"), "upload_protocol=raw"),
];

#[tokio::test]
async fn every_method_sends_the_standard_parameters() {
    let server = Recorder::start([ResponseTemplate::ok("{}")]).await.unwrap();
    for (set, query) in STANDARD {
        let parameters = set(Parameters::new());
        let builder = || client_of(&server);
        let per_client = builder().parameters(parameters.clone()).build().unwrap();
        let per_call = builder()
            .build()
            .unwrap()
            .with_parameters(parameters.clone())
            .unwrap();
        for (method, verb, target) in SAMPLES {
            for client in [&per_client, &per_call] {
                call(client, *method).await.unwrap();
                let expected = expected(verb, format!("{target}?{query}"), None);
                assert_eq!(only(&server), expected, "{method:?}");
            }
        }
    }
}

#[tokio::test]
async fn parameters_of_a_call_override_those_of_its_client() {
    let server = Recorder::start([ResponseTemplate::ok("{}")]).await.unwrap();
    let parameters = Parameters::new().fields("name").pretty_print(true);
    let client = Client::builder()
        .base_url(server.base_url())
        .parameters(parameters.clone());
    let client = client.build().unwrap();
    let of_the_call = Parameters::new().pretty_print(false);
    call(&client.with_parameters(of_the_call).unwrap(), Call::Get)
        .await
        .unwrap();
    assert_eq!(only(&server).query(), "prettyPrint=false&fields=name");
    call(&client, Call::Get).await.unwrap();
    assert_eq!(only(&server).query(), "fields=name&prettyPrint=true");
}

#[tokio::test]
async fn unset_parameters_are_not_sent() {
    let (server, client) = server().await;
    let client = client.with_parameters(Parameters::new()).unwrap();
    for (method, ..) in SAMPLES {
        call(&client, *method).await.unwrap();
        assert!(!only(&server).target.contains('?'));
    }
}

#[test]
fn a_quota_user_over_40_characters_is_refused() {
    for (length, allowed) in [(40, true), (41, false)] {
        let parameters = Parameters::new().quota_user("ü".repeat(length));
        let built = Client::builder().parameters(parameters.clone()).build();
        assert_eq!(built.is_ok(), allowed);
        let client = Client::builder().build().unwrap();
        assert_eq!(client.with_parameters(parameters.clone()).is_ok(), allowed);
        if let Err(error) = built {
            assert!(error.is_invalid_argument());
            assert!(error.to_string().contains("quotaUser"), "{error}");
            assert!(!error.to_string().contains('ü'), "{error}");
        }
    }
}

#[test]
fn operations_have_the_documented_scopes_and_idempotency() {
    let write = "https://www.googleapis.com/auth/cloud-identity.userinvitations";
    let read = "https://www.googleapis.com/auth/cloud-identity.userinvitations.readonly";
    let expected = [
        ("cancel", "POST", false, vec![write]),
        ("get", "GET", true, vec![write, read]),
        ("isInvitableUser", "GET", true, vec![write, read]),
        ("list", "GET", true, vec![write, read]),
        ("send", "POST", false, vec![write]),
    ];
    assert_eq!(Client::OPERATIONS.len(), expected.len());
    for (operation, (id, verb, idempotent, scopes)) in Client::OPERATIONS.iter().zip(expected) {
        assert_eq!(
            operation.id(),
            format!("cloudidentity.customers.userinvitations.{id}")
        );
        assert_eq!(operation.method().as_str(), verb);
        assert_eq!(operation.is_idempotent(), idempotent);
        assert_eq!(operation.allowed_scopes(), scopes);
    }
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let elsewhere = Recorder::start([ResponseTemplate::ok("{}")]).await.unwrap();
    let target: &'static str = elsewhere.base_url().to_owned().leak();
    for status in [301, 302, 303, 307, 308] {
        let server =
            Recorder::start([ResponseTemplate::new(status, "").header("location", target)]);
        let server = server.await.unwrap();
        let client = Client::builder()
            .base_url(server.base_url())
            .token("t")
            .build()
            .unwrap();
        for (method, ..) in SAMPLES {
            let error = call(&client, *method).await.unwrap_err();
            assert!(error.is_redirect(), "{error}");
            assert_eq!(server.take().len(), 1);
        }
    }
    assert_eq!(elsewhere.take(), []);
}
