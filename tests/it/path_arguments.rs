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
    client.shelves().open(&shelf, "a:b/c").send().await.unwrap();
    client.shelves().card(&shelf).send().await.unwrap();
    client
        .shelves()
        .numbered(&FoldersName::new("7").unwrap())
        .send()
        .await
        .unwrap();
    let within = RoomsShelvesName::new("r", "s").unwrap();
    client.shelves().within(&within, "b").send().await.unwrap();
    client
        .shelves()
        .open(&shelf, "../x")
        .send()
        .await
        .unwrap_err();
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
    client.shelves().file(&path).send().await.unwrap();
    client.shelves().move_(&path).send().await.unwrap();
    client
        .shelves()
        .any("projects/p/topics/t")
        .send()
        .await
        .unwrap();
    let shelf = ShelvesName::new("s").unwrap();
    client.shelves().open(&shelf, "a//b").send().await.unwrap();
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
        let error = client.shelves().any(value).send().await.unwrap_err();
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
