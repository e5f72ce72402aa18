//! Where a client may connect to, and with which credentials.

use generated_client::cloudidentity::api::Client;

#[test]
fn base_urls_are_https_or_loopback() {
    for (url, allowed) in [
        ("https://cloudidentity.example.com", true),
        ("https://cloudidentity.example.com/stem/", true),
        ("http://127.0.0.1:8080", true),
        ("http://127.9.9.9", true),
        ("http://[::1]:8080", true),
        ("http://localhost:8080", true),
        ("http://cloudidentity.example.com", false),
        ("http://127.0.0.1.example.com", false),
        ("http://localhost.example.com", false),
        ("ftp://127.0.0.1", false),
        ("https://user:password@example.com", false),
        ("https://example.com/?a=b", false),
        ("https://example.com/#top", false),
        ("example.com", false),
        ("", false),
    ] {
        let built = Client::builder().base_url(url).build();
        assert_eq!(built.is_ok(), allowed, "{url}: {built:?}");
    }
}

#[test]
fn a_token_that_is_not_a_header_value_is_refused() {
    let error = Client::builder().token("a\nb").build().unwrap_err();
    assert!(error.is_invalid_argument());
    assert!(!format!("{error} {error:?}").contains("a\nb"));
}
