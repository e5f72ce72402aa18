//! Arguments of the path that say less, or more, than usual.

use tests::fixtures::{path_arguments, slashes};

use crate::fixtures::{recorder, request, requests};

#[tokio::test]
async fn path_arguments_are_sent_in_their_segment() {
    use path_arguments::names::{FoldersName, RoomsShelvesName, ShelvesName};
    let server = recorder(&["{}"]).await;
    let client = path_arguments::Client::builder().base_url(server.base_url());
    let client = client.build().unwrap();
    let shelf = ShelvesName::new("s").unwrap();
    client.shelves_open(&shelf, "a:b/c").await.unwrap();
    client.shelves_card(&shelf).await.unwrap();
    client
        .shelves_numbered(&FoldersName::new("7").unwrap())
        .await
        .unwrap();
    let within = RoomsShelvesName::new("r", "s").unwrap();
    client.shelves_within(&within, "b").await.unwrap();
    client.shelves_open(&shelf, "../x").await.unwrap_err();
    assert_eq!(
        requests(&server),
        [
            request("GET", "/v1/shelves/s/open/a%3Ab/c", ""),
            request("GET", "/v1/shelves/s/card", ""),
            request("GET", "/v1/folders/7/numbered", ""),
            request("GET", "/v1/rooms/r/shelves/s/blocks/b", ""),
        ]
    );
}

#[tokio::test]
async fn values_with_slashes_keep_them_and_their_position() {
    use slashes::names::{ShelvesFilesName, ShelvesFilesPathName, ShelvesName};
    let server = recorder(&["{}"]).await;
    let client = slashes::Client::builder().base_url(server.base_url());
    let client = client.build().unwrap();
    let path: ShelvesFilesPathName = "shelves/s/files/a b/ü/c:d?e#f%2F".parse().unwrap();
    assert_eq!(
        (path.shelves_id(), path.files_id()),
        ("s", "a b/ü/c:d?e#f%2F")
    );
    assert_eq!(path.to_string(), "shelves/s/files/a b/ü/c:d?e#f%2F");
    client.shelves_file(&path).await.unwrap();
    client.shelves_move(&path).await.unwrap();
    client.shelves_any("projects/p/topics/t").await.unwrap();
    let shelf = ShelvesName::new("s").unwrap();
    client.shelves_open(&shelf, "a//b").await.unwrap();
    let file = "/v1/shelves/s/files/a%20b/%C3%BC/c%3Ad%3Fe%23f%252F";
    assert_eq!(
        requests(&server),
        [
            request("GET", file, ""),
            request("POST", &format!("{file}:move"), ""),
            request("GET", "/v1/any/projects/p/topics/t:test", ""),
            request("GET", "/v1/shelves/s/open/a//b", ""),
        ]
    );
    for value in [
        "", "/", "/a", "a/", "//", ".", "..", "a/..", "../a", "a/../b", "a/./b", "a\\..\\b",
        "a/\u{0}",
    ] {
        assert!(ShelvesFilesPathName::new("s", value).is_err(), "{value:?}");
        let error = client.shelves_any(value).await.unwrap_err();
        assert!(error.is_invalid_argument(), "{value:?}: {error}");
    }
    // The other parts of the name, and names of the other form, have none.
    ShelvesFilesPathName::new("s/t", "a").unwrap_err();
    ShelvesFilesName::new("s", "a/b").unwrap_err();
    "shelves/s/t/files/a"
        .parse::<ShelvesFilesPathName>()
        .unwrap_err();
    "shelves/s/files"
        .parse::<ShelvesFilesPathName>()
        .unwrap_err();
    "shelves/s/files/a/b"
        .parse::<ShelvesFilesName>()
        .unwrap_err();
    assert_eq!(requests(&server), []);
}
