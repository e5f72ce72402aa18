//! Arguments of the path that say less, or more, than usual.

use tests::fixtures::path_arguments;

use crate::fixtures::{recorder, request, requests};

#[tokio::test]
async fn an_argument_of_the_path_goes_elsewhere() {
    use path_arguments::names::{FoldersName, RoomsShelvesName, ShelvesName};
    let server = recorder(&["{}"]).await;
    let client = path_arguments::Client::builder().base_url(server.base_url());
    let client = client.build().unwrap();
    let shelf = ShelvesName::new("s").unwrap();
    client.shelves_open(&shelf, "a:b").await.unwrap();
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
            request("GET", "/v1/shelves/s/open/a%3Ab", ""),
            request("GET", "/v1/shelves/s/card", ""),
            request("GET", "/v1/folders/7/numbered", ""),
            request("GET", "/v1/rooms/r/shelves/s/blocks/b", ""),
        ]
    );
}
