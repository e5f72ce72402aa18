//! Parameters in every style of OpenAPI, and credentials in every place, as they are sent.

use generated_client::auth::Together;
use generated_client::runtime::{Api as _, Credentials, Secret};
use tests::fixtures::openapi_styles::{Client, credentials, requests, servers, types};
use tests::recorder::{Received, Recorder, ResponseTemplate};

/// A client with credentials, and the server that it calls.
async fn client(credentials: impl Credentials + 'static) -> (Client, Recorder) {
    let recorder = Recorder::start([ResponseTemplate::ok("{}")]).await.unwrap();
    let builder = Client::builder().base_url(recorder.base_url());
    (builder.credentials(credentials).build().unwrap(), recorder)
}

fn key() -> impl Credentials {
    credentials::key("k").unwrap()
}

fn filter() -> types::Filter {
    let mut filter = types::Filter::default();
    filter.colour = Some(types::Colour::Red);
    filter.sizes = vec![1, 2];
    filter
}

fn only(recorder: &Recorder) -> Received {
    let mut received = recorder.take();
    assert_eq!(received.len(), 1, "{received:?}");
    received.remove(0)
}

type List = requests::ListThings;

/// Sets a parameter.
type Set = fn(List) -> List;

#[tokio::test]
async fn each_style_is_written_as_openapi_prescribes() {
    let cases: [(Set, &str); 9] = [
        (|it| it.repeated(["a", "b,"]), "repeated=a&repeated=b%2C"),
        (|it| it.commas([1, 2]), "commas=1%2C2"),
        (|it| it.spaces(["a", "b"]), "spaces=a%20b"),
        (|it| it.pipes(["a", "b"]), "pipes=a%7Cb"),
        (
            |it| it.deep(filter()),
            "deep%5Bcolour%5D=red&deep%5Bsizes%5D%5B%5D=1&deep%5Bsizes%5D%5B%5D=2",
        ),
        (|it| it.exploded(filter()), "colour=red&sizes=1&sizes=2"),
        (
            |it| it.joined(filter()),
            "joined=colour%2Cred%2Csizes%2C%5B1%2C2%5D",
        ),
        (
            |it| it.json(filter()),
            "json=%7B%22colour%22%3A%22red%22%2C%22sizes%22%3A%5B1%2C2%5D%7D",
        ),
        (|it| it.shared(types::Colour::Green), "shared=green"),
    ];
    let (client, recorder) = client(key()).await;
    for (set, query) in cases {
        set(client.list_things()).send().await.unwrap();
        assert_eq!(only(&recorder).target, format!("/things?{query}"));
    }
}

#[tokio::test]
async fn labels_and_matrices_are_written_as_uri_templates_prescribe() {
    let (client, recorder) = client(key()).await;
    let ids = ["a.b".to_owned(), "c,d;".to_owned()];
    let mut colour = types::Filter::default();
    colour.colour = Some(types::Colour::Red);
    let request = client.get_labels("x y", &ids, &[1, 2], &colour);
    request.send().await.unwrap();
    let path = "/labels/.x%20y/.a.b,c%2Cd%3B/.1.2/.colour=red";
    assert_eq!(only(&recorder).target, path);
    let request = client.get_matrices(7, &ids, &ids, &colour);
    request.send().await.unwrap();
    let path = "/matrices/;one=7/;ids=a.b,c%2Cd%3B/;each=a.b;each=c%2Cd%3B/;filter=colour,red";
    assert_eq!(only(&recorder).target, path);
    // No value makes another path.
    for one in ["", ".", "a/b", "a\\b", "\n"] {
        let request = client.get_labels(one, &ids, &[1], &colour);
        let refused = request.send().await.unwrap_err();
        assert!(refused.is_invalid_argument(), "{one:?}");
    }
}

#[tokio::test]
async fn lists_in_paths_and_headers_are_joined_by_commas() {
    let (client, recorder) = client(key()).await;
    let ids = ["a".to_owned(), "b".to_owned()];
    client.get_things(&ids, &filter()).send().await.unwrap();
    let target = "/things/a%2Cb/colour%2Cred%2Csizes%2C%5B1%2C2%5D";
    assert_eq!(only(&recorder).target, target);
    let list = client.list_things().x_ids([1, 2]).session("s");
    list.send().await.unwrap();
    let received = only(&recorder);
    assert_eq!(received.header("x-ids"), Some("1,2"));
    assert_eq!(received.header("cookie"), Some("session=s"));
}

#[tokio::test]
async fn a_cookie_with_a_separator_in_it_is_refused() {
    let (client, recorder) = client(key()).await;
    let error = client
        .list_things()
        .session("s; admin=1")
        .send()
        .await
        .unwrap_err();
    assert!(error.is_invalid_argument(), "{error}");
    assert!(recorder.take().is_empty());
}

#[tokio::test]
async fn the_query_of_a_path_is_sent_and_its_fragment_is_not() {
    let (client, recorder) = client(key()).await;
    client.preview_things().send().await.unwrap();
    assert_eq!(only(&recorder).target, "/things?preview=true");
    client.list_colours().send().await.unwrap();
    assert_eq!(only(&recorder).target, "/things");
}

#[tokio::test]
async fn credentials_stand_where_the_document_says() {
    let application = credentials::application("app").unwrap();
    let (client, recorder) = client(Together::new(key()).and(application)).await;
    client.list_things().send().await.unwrap();
    let received = only(&recorder);
    assert_eq!(received.header("x-api-key"), Some("k"));
    assert_eq!(received.header("x-application"), Some("app"));

    let (client, recorder) = self::client(credentials::query_key("k&y")).await;
    client.list_things().repeated(["a"]).send().await.unwrap();
    assert_eq!(only(&recorder).target, "/things?repeated=a&api_key=k%26y");

    let cookie = credentials::cookie_key("c").unwrap();
    let (client, recorder) = self::client(cookie).await;
    client.list_things().session("s").send().await.unwrap();
    assert_eq!(only(&recorder).header("cookie"), Some("session=s; sid=c"));
}

#[test]
fn a_credential_in_the_query_is_never_shown() {
    let shown = format!("{:?}", credentials::query_key(Secret::from("k3y")));
    assert!(!shown.contains("k3y"), "{shown}");
}

#[test]
fn servers_are_constants_and_functions_of_their_variables() {
    assert_eq!(Client::BASE_URL, Some("https://styles.example.com"));
    assert_eq!(servers::SERVER, "https://styles.example.com");
    let by_region = servers::by_region("us-1").unwrap();
    assert_eq!(by_region, "https://us-1.styles.example.com/v1");
    let error = servers::by_region("evil.org/").unwrap_err();
    assert!(error.is_invalid_argument(), "{error}");
    let upload = requests::Upload::OPERATION;
    assert_eq!(upload.own_server(), Some("https://uploads.example.com/v2"));
}

#[tokio::test]
async fn a_base_url_that_is_set_counts_for_every_operation() {
    let (client, recorder) = client(key()).await;
    client.upload().send().await.unwrap();
    assert_eq!(only(&recorder).target, "/uploads");
}
